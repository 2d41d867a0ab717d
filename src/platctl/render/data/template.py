"""A report through a user's own Jinja template, in a sandbox. The library comes with `platctl[template]`.

A template gets `report`: what `--format json` prints, with `format` and `format_version`. What controls a terminal or
hides is written out in it beforehand. The filters `md` and `html` make text harmless for Markdown and for HTML.
A template reads nothing but templates below its own folder, and what it prints, its memory and its time are bounded.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from platctl.render import escape
from platctl.render.data.confined import MOST_MEMORY, MOST_SECONDS, Answer, confined
from platctl.render.data.json import document
from platctl.render.data.sandbox import MARK, MOST_OUTPUT, sandbox
from platctl.render.errors import RenderError, missing_extra

_PRINTED = "printed"
_HELP = "a template has `report`, with the fields that `--format json` prints, and the filters `md` and `html`"


def render(template: Path, report: object, kind: str) -> str:
    """What a template prints for a report.

    Raises RenderError where the library is missing, or with file and line where the template is wrong.
    """
    try:
        sandbox(template.parent)
    except ImportError as error:
        raise missing_extra("`--template`", "template") from error
    try:
        answer = confined(_filled, template, _cleaned(document(report, kind)))
    except MemoryError as error:
        raise RenderError(f"{template}: needs more than {MOST_MEMORY >> 20} MiB of memory", _HELP) from error
    if answer is None:
        raise RenderError(f"{template}: takes longer than {MOST_SECONDS} seconds, or was ended by the system", _HELP)
    what, text = answer
    if what != _PRINTED:
        raise RenderError(text, _HELP)
    return text


def _filled(template: Path, report: object) -> Answer:
    """What a template prints, or what is wrong with it."""
    try:
        parts = sandbox(template.parent).get_template(template.name).generate(report=report)
        return _PRINTED, "".join(_bounded(parts))
    except MemoryError:
        raise
    except RecursionError as error:
        return "wrong", f"{_place(template, error)}: includes or calls itself without end"
    except Exception as error:
        return "wrong", f"{_place(template, error)}: {error or type(error).__name__}"


def _bounded(parts: Iterator[str]) -> Iterator[str]:
    length = 0
    for part in parts:
        length += len(part)
        if length > MOST_OUTPUT:
            raise ValueError(f"prints more than {MOST_OUTPUT:,} characters")
        yield part


def _place(template: Path, error: Exception) -> str:
    """The template and line of an error: the syntax error, or else the last line of a template in the traceback."""
    name, line = getattr(error, "name", None), getattr(error, "lineno", 0)
    step = None if line else error.__traceback__
    while step:
        file = step.tb_frame.f_code.co_filename
        if file.startswith(MARK):
            name, line = file.removeprefix(MARK), step.tb_lineno
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
