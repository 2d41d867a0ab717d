"""The sandbox for templates: they read only their own folder, call only filters, and can't create huge texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platctl.render import escape

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_OUTPUT = 10_000_000
"""Characters that a template may print."""
_MOST_SOURCE = 1_000_000
_MOST_DIGITS = 10_000
_NO_FILTERS = ("random", "format", "center", "pprint")
"""Removed, because they differ from run to run or turn a short text into a huge one."""
_NO_GLOBALS = ("lipsum",)
MARK = "template:"
"""The prefix of template names in Python tracebacks."""


def sandbox(folder: Path) -> "Environment":
    """An environment for templates of a folder. Raises ImportError where the library is missing."""
    import jinja2
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Loader(jinja2.BaseLoader):
        def get_source(self, environment: "Environment", template: str) -> tuple[str, str, None]:  # noqa: ARG002
            return _source(folder, template), f"{MARK}{template}", None

    class Sandbox(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset(("*", "**", "%", "+"))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            _check_size(operator, left, right)
            return super().call_binop(context, operator, left, right)

        def getattr(self, obj: Any, attribute: str) -> Any:
            """A field of the report takes precedence over a method of its mapping."""
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
    """The text of a template, which must be below the folder of the first one."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"the template `{name}` is outside the folder of the main template")
    if not path.is_file():
        raise ValueError(f"there is no template `{name}`")
    with path.open("rb") as file:
        data = file.read(_MOST_SOURCE + 1)
    if len(data) > _MOST_SOURCE:
        raise ValueError(f"the template `{name}` is larger than {_MOST_SOURCE:,} bytes")
    try:
        return data.decode().replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ValueError(f"the template `{name}` is not UTF-8") from error


def _check_size(operator: str, left: Any, right: Any) -> None:
    """Rejects operations with huge results before anything is printed."""
    if operator == "%" and isinstance(left, str):
        raise ValueError("`%` works on numbers only")
    if operator == "**" and isinstance(left, int) and isinstance(right, int):
        is_huge = left.bit_length() * right > _MOST_DIGITS
    elif operator == "*":
        is_huge = max(_size(left) * _times(right), _size(right) * _times(left)) > MOST_OUTPUT
    else:
        is_huge = operator == "+" and _size(left) + _size(right) > MOST_OUTPUT
    if is_huge:
        raise ValueError(f"`{operator}` has a result that is too large")


def _size(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _times(value: Any) -> int:
    return value if isinstance(value, int) else 0
