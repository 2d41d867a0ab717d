"""How plans move, in words that several pages share."""

from collections.abc import Mapping
from typing import Final

from platctl.outlook.moves import Detour

DETOURS: Final[Mapping[Detour, str]] = {
    Detour.UNDATED: "without an end in between",
    Detour.UNCOMMITTED: "not planned in between",
    Detour.ABSENT: "not in the plan in between",
}
