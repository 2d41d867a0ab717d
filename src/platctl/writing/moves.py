"""How plans move, in words that several pages share."""

from collections.abc import Mapping
from typing import Final

from platctl.outlook.moves import Detour

DETOURS: Final[Mapping[Detour, str]] = {
    Detour.UNDATED: "without an end in between",
    Detour.UNCOMMITTED: "not planned in between",
    Detour.ABSENT: "not in the plan in between",
}


def done_unpromised(on: str | None, end: str | None, days: int | None) -> str:
    """Work that is done and was never promised; `days` after the end that it has."""
    done = f"done {on}" if on else "done"
    if end and days:
        return f"{done}, {'after' if days > 0 else 'before'} its end {end}"
    return done if end else f"{done}, without a planned end"
