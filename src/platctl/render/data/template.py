"""A report through a user's own Jinja template, in a sandbox. The library comes with `platctl[template]`.

A template gets `report`: what `--format json` prints, with `format` and `format_version`. What controls a terminal or
hides is written out in it beforehand. The filters `md` and `html` make text harmless for Markdown and for HTML.
A template reads nothing but templates below its own folder, and what it prints is bounded; the time it takes is not.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platctl.render import escape
from platctl.render.data.json import document
from platctl.render.errors import RenderError, missing_extra

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_OUTPUT = 10_000_000
"""Characters that a template may print."""
_MOST_SOURCE = 1_000_000
_MOST_DIGITS = 10_000
_NO_FILTERS = ("random", "format", "center", "pprint")
"""Left out: what differs from run to run, and what makes a huge text of a short one."""
_NO_GLOBALS = ("lipsum",)
_MARK = "template:"
"""What names of templates begin with where Python says in which file something happened."""
_HELP = "a template has `report`, with the fields that `--format json` prints, and the filters `md` and `html`"


def render(template: Path, report: object, kind: str) -> str:
    """What a template prints for a report.

    Raises RenderError where the library is missing, or with file and line where the template is wrong.
    """
    try:
        environment = _environment(template.parent)
    except ImportError as error:
        raise missing_extra("`--template`", "template") from error
    try:
        parts = environment.get_template(template.name).generate(report=_cleaned(document(report, kind)))
        return "".join(_bounded(parts))
    except RecursionError as error:
        raise RenderError(f"{_place(template, error)}: includes or calls itself without end", _HELP) from error
    except Exception as error:
        raise RenderError(f"{_place(template, error)}: {error or type(error).__name__}", _HELP) from error


def _bounded(parts: Iterator[str]) -> Iterator[str]:
    length = 0
    for part in parts:
        length += len(part)
        if length > MOST_OUTPUT:
            raise ValueError(f"prints more than {MOST_OUTPUT:,} characters")
        yield part


def _place(template: Path, error: Exception) -> str:
    """The template and the line at fault: where the syntax is wrong, or else the last line on the way there."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", 0)
    step = None if line else error.__traceback__
    while step:
        file = step.tb_frame.f_code.co_filename
        if file.startswith(_MARK):
            name, line = file.removeprefix(_MARK), step.tb_lineno
        step = step.tb_next
    place = str(template.parent / (name or template.name)) if line else str(template)
    return f"{place}:{line}" if line else place


def _cleaned(value: Any) -> Any:
    """Plain values with every text made visible, line by line."""
    match value:
        case str():
            return "\n".join(escape.visible(each) for each in value.split("\n"))
        case list():
            return [_cleaned(each) for each in value]
        case dict():
            return {_cleaned(key): _cleaned(each) for key, each in value.items()}
    return value


# The sandbox -------------------------------------------------------------------------------------------------


def _environment(folder: Path) -> "Environment":
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Loader(jinja2.BaseLoader):
        def get_source(self, environment: "Environment", template: str) -> tuple[str, str, None]:  # noqa: ARG002
            return _source(folder, template), f"{_MARK}{template}", None

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**", "%", "+"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            _check_size(operator, left, right)
            return super().call_binop(context, operator, left, right)

        def getattr(self, obj: Any, attribute: str) -> Any:
            """A field of the report goes before a method of the mapping that it stands in."""
            return obj[attribute] if isinstance(obj, Mapping) and attribute in obj else super().getattr(obj, attribute)

    environment = Sandbox(
        loader=Loader(),
        undefined=jinja2.StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
        finalize=lambda value: "" if value is None else value,
    )
    for name in _NO_FILTERS:
        del environment.filters[name]
    for name in _NO_GLOBALS:
        del environment.globals[name]
    environment.filters |= {"md": lambda value: escape.markdown(_in_one_line(value)), "html": _html}
    return environment


def _html(value: object) -> str:
    return escape.element(_in_one_line(value))


def _in_one_line(value: object) -> str:
    return " ".join(str(value).split("\n"))


def _source(folder: Path, name: str) -> str:
    """The text of a template; of one below the folder of the first, and of no other."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"the template `{name}` is not below the folder of the template that is named")
    if not path.is_file():
        raise ValueError(f"there is no template `{name}`")
    with path.open("rb") as file:
        data = file.read(_MOST_SOURCE + 1)
    if len(data) > _MOST_SOURCE:
        raise ValueError(f"the template `{name}` has more than {_MOST_SOURCE:,} bytes")
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"the template `{name}` is not UTF-8") from error


def _check_size(operator: str, left: Any, right: Any) -> None:
    """Refuse what would make something huge before anything is printed."""
    if operator == "%" and isinstance(left, str):
        raise ValueError("`%` works on numbers only")
    if operator == "**" and isinstance(left, int) and isinstance(right, int):
        is_huge = left.bit_length() * right > _MOST_DIGITS
    elif operator == "*":
        is_huge = max(_size(left) * _times(right), _size(right) * _times(left)) > MOST_OUTPUT
    else:
        is_huge = operator == "+" and _size(left) + _size(right) > MOST_OUTPUT
    if is_huge:
        raise ValueError(f"`{operator}` makes something too large")


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _times(value: Any) -> int:
    return value if isinstance(value, int) else 0
