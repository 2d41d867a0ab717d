"""Rules about the bands of the balance: each must name something that exists."""

from collections.abc import Iterable, Iterator

from platctl.finding import Finding, Severity
from platctl.model.entity.initiative import InitiativeType
from platctl.model.model import Model
from platctl.model.ref import RefError, parse_ref
from platctl.model.settings.balance import NOBODY, Band
from platctl.model.similar_names import Names, did_you_mean
from platctl.model.vocabulary import Dimension
from platctl.rules.context import Context
from platctl.rules.rule import rule


@rule(
    "invalid-balance",
    Severity.ERROR,
    "A band for something that does not exist",
    example="""
        # platctl.yaml
        balance:
          bands:
            - {by: type, of: [reliabilty, debt], at_least: 20%}
    """,
    fix="""
        # platctl.yaml
        balance:
          bands:
            - {by: type, of: [reliability, debt], at_least: 20%}
    """,
)
def invalid_balance(context: Context) -> Iterator[Finding]:
    """Reports a band under `balance` in platctl.yaml that names a consumer, goal, team, tier, type or layer that does
    not exist.

    No work ever counts towards it, so the band is either always met or never met.
    """
    placement = context.model.config_placement
    if placement is None:
        return
    for index, band in enumerate(context.model.config.balance.bands):
        for nth, text in enumerate(band.of):
            if text != NOBODY and not _exists(context.model, band, text):
                span = placement.span(("balance", "bands", index, "of", nth))
                known = _known(context.model, band.by)
                near = did_you_mean(Names(known).nearest(text, 1))
                message = f"there is no {band.by.value} `{text}`"
                yield invalid_balance.finding(message, span, near or _one_of(known))


def _one_of(known: list[str]) -> str:
    return f"use one of {', '.join(known[:10])}" if known else "the model has none"


def _exists(model: Model, band: Band, text: str) -> bool:
    if band.by in (Dimension.TIER, Dimension.TYPE, Dimension.LAYER):
        return text in _known(model, band.by)
    try:
        ref = model.canonical(parse_ref(text, band.by.value))
    except RefError:
        return False
    return ref.kind == band.by.value and (ref in model.entities or model.may_be_unread(ref))


def _known(model: Model, by: Dimension) -> list[str]:
    found: Iterable[str]
    match by:
        case Dimension.TIER:
            found = (str(each.tier) for each in model.consumers.values() if each.tier is not None)
        case Dimension.TYPE:
            return list(InitiativeType)
        case Dimension.LAYER:
            return list(model.config.layers)
        case _:
            found = (ref.name for ref in model.entities if ref.kind == by.value)
    return sorted(set(found))
