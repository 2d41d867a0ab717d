"""The fields that `platctl new` asks for, by kind."""

from collections.abc import Mapping

from platctl.model.entity.kinds import KINDS
from platctl.model.stage import STAGES
from platctl.model.vocabulary import Status
from platctl.record import record


@record
class Prompts:
    """Required fields, and optional ones that may be skipped."""

    needed: tuple[str, ...]
    more: tuple[str, ...] = ()


PROMPTS: Mapping[str, Prompts] = {
    "component": Prompts(("title",), ("type", "layer", "owner", "version")),
    "consumer": Prompts(("title",), ("type", "tier", "owner", "product_manager")),
    "initiative": Prompts(STAGES[Status.IDEA], ("type", "owner")),
    "team": Prompts(("title",), ("lead", "capacity")),
    "user": Prompts(("title",), ("contact", "handle")),
    "goal": Prompts(("title",), ("parent", "due")),
    "release": Prompts(("title",), ("date", "of")),
    "system": Prompts(("title",), ("domain", "owner")),
    "domain": Prompts(("title",), ("parent", "owner")),
    "decision": Prompts(("chose", "over[0]", "why"), ("date", "by")),
    "ballot": Prompts(("by",), ("role",)),
    "scenario": Prompts(("title",), ("description",)),
}


def meaning(kind: str, field: str) -> str:
    """The description of a field."""
    name = field.partition("[")[0]
    return next(
        (info.description or "" for each, info in KINDS[kind].all_fields.items() if name in (each, info.key)), ""
    )
