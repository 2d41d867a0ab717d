"""Short phrases that several pages share."""

from collections.abc import Sequence

from platctl.finding import Span
from platctl.model.level import Level
from platctl.model.placement import LazySpan
from platctl.page import Line, Run, Tone, line
from platctl.source.tree import WORKING_TREE


def counted(number: int, one: str, many: str | None = None) -> str:
    """`1 consumer`, `2 consumers`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(names: Sequence[str], most: int = 6) -> str:
    """Names with commas; those beyond `most` are counted."""
    rest = len(names) - most
    return ", ".join(names[:most]) + (f" and {rest:,} more" if rest > 0 else "")


def prose(text: str) -> str:
    """A text of several lines as one."""
    return " ".join(text.split())


def ordinal(nth: int) -> str:
    """`1st`, `12th`, `23rd`."""
    ending = "th" if nth % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(nth % 10, "th")
    return f"{nth:,}{ending}"


def level_words(level: Level) -> str:
    """`must act` for must-act."""
    return level.value.replace("-", " ")


def in_state(label: str) -> str:
    """`in the working tree`, `in b138809 (HEAD~1)`."""
    return f"in {state_name(label)}"


def state_name(label: str) -> str:
    """The label of a state within a sentence: `the working tree`."""
    return f"the {label}" if label == WORKING_TREE else label


def tier_words(tier: int | None) -> str:
    return f"tier {tier}" if tier else "no tier"


def number(value: float | None) -> str:
    """A whole number with separators, nothing for None."""
    return f"{value:,.0f}" if value is not None else ""


def share(part: float | None, whole: float | None) -> str:
    """A number and its share of the whole."""
    if part is None:
        return "-"
    return number(part) + (f" ({part / whole:.0%})" if whole else "")


def place(span: Span | LazySpan | None) -> Line:
    """The place in a file, to append to a line about it."""
    return line("   ", dim(str(span))) if span else ()


def dim(text: str) -> Line:
    return line(Run(text, Tone.DIM)) if text else ()
