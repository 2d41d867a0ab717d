"""What is asked when somebody writes a new entity: a table by kind."""

from collections.abc import Mapping
from dataclasses import dataclass

from platctl.model.initiative import Status
from platctl.model.kinds import KINDS
from platctl.model.stage import STAGES


@dataclass(frozen=True, slots=True)
class Questions:
    """Fields without which nothing is written, and those that may be passed over."""

    needed: tuple[str, ...]
    more: tuple[str, ...] = ()


QUESTIONS: Mapping[str, Questions] = {
    "component": Questions(("title",), ("type", "layer", "owner", "version")),
    "consumer": Questions(("title",), ("type", "tier", "owner", "product_manager")),
    "initiative": Questions(STAGES[Status.IDEA], ("type", "owner")),
    "team": Questions(("title",), ("lead", "capacity")),
    "goal": Questions(("title",), ("parent", "due")),
    "decision": Questions(("chose", "over[0]", "why"), ("date", "by")),
    "ballot": Questions(("by",), ("role",)),
}


def meaning(kind: str, field: str) -> str:
    """What a field says, as the model describes it."""
    name = field.partition("[")[0]
    return next(
        (info.description or "" for each, info in KINDS[kind].model_fields.items() if name in (each, info.alias)), ""
    )
