"""Options that several commands share, and how their texts become values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from platctl.model.calendar import Date, parse_date
from platctl.model.similar_names import Names, did_you_mean
from platctl.shell.errors import CliError

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to a file instead.")
]
TodayOption = Annotated[
    str | None,
    typer.Option("--today", metavar="DATE", help="What counts as today; the day of the last commit if left out."),
]

_E = TypeVar("_E", bound=StrEnum)


def completions(values: Iterable[str]) -> Callable[[], list[str]]:
    """What a shell offers where a value is one of these."""
    known = [str(value) for value in values]
    return lambda: known


def one_of(option: str, text: str, choices: Iterable[str]) -> str:
    """The choice that a text is. Raises CliError with the nearest one."""
    known = list(choices)
    if text in known:
        return text
    near = did_you_mean(Names(known).nearest(text, 1), "? ")
    raise CliError(f"`{option}` can't be `{text}`", f"{near}write one of {', '.join(known)}")


def threshold(text: str, kind: type[_E], allowed: Iterable[_E], option: str = "--fail-on") -> _E | None:
    """The value of `--fail-on`; `never` is None."""
    found = one_of(option, text, [*(each.value for each in allowed), "never"])
    return None if found == "never" else kind(found)


def day(option: str, text: str | None) -> Date | None:
    """The date that an option gives."""
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        raise CliError(f"{option}: {error}") from None


@dataclass(frozen=True, slots=True)
class Globals:
    """The options of all commands."""

    directory: Path
    color: str
    quiet: bool
