"""Convert the texts of options to values."""

import re
from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import TypeVar

from platctl.model.calendar import Date, parse_date
from platctl.model.similar_names import Names, did_you_mean
from platctl.shell.errors import CliError

_TEN_YEARS = 3653
_E = TypeVar("_E", bound=StrEnum)
_FEW = 20
"""The largest number of choices that are listed where one of them is probably meant."""


def one_of(option: str, text: str, choices: Iterable[str]) -> str:
    """The text, if it is one of the choices. Raises CliError with the most similar one."""
    known = list(choices)
    if text in known:
        return text
    near = did_you_mean(Names(known).nearest(text, 1))
    listed = "" if near and len(known) > _FEW else f"use one of {', '.join(known)}"
    raise CliError(f"`{option}` can't be `{text}`", " ".join(filter(None, (near, listed))))


def threshold(text: str, kind: type[_E], allowed: Iterable[_E] | None = None, option: str = "--fail-on") -> _E | None:
    """The value of `--fail-on`, one of `allowed` (default: any); None for `never`."""
    found = one_of(option, text, [*(each.value for each in allowed or kind), "never"])
    return None if found == "never" else kind(found)


def day(option: str, text: str | None) -> Date | None:
    """The date given by an option."""
    if text is None:
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        raise CliError(f"{option}: {error}") from None


def days(option: str, text: str | None) -> timedelta | None:
    """A number of days or weeks, such as `90d` or `12w`; at most ten years."""
    if text is None:
        return None
    found = re.fullmatch(r"([0-9]{1,4})([dw])", text.strip())
    number = int(found[1]) * (7 if found[2] == "w" else 1) if found else 0
    if not 0 < number <= _TEN_YEARS:
        raise CliError(
            f"`{option}` can't be `{text}`", "write a number of days or weeks up to ten years, such as `90d`"
        )
    return timedelta(days=number)
