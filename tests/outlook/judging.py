"""What platctl makes of two models, for each direct dependency of a consumer, in the words of the oracle."""

from oracle import Expected, Gain

from platctl.graph.graph import EdgeKey, Graph, Use
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.outlook.comparing import compare
from platctl.outlook.comparison import TwoTimelines
from platctl.outlook.difference import pair
from platctl.outlook.effects import Effect, EffectStretch, need_of
from platctl.outlook.escaping import as_base_depends
from platctl.outlook.spread import Spread
from platctl.outlook.timeline import Timeline


def spread_of(base: Model, head: Model, *, today: Date, at: Date | None = None) -> Spread:
    """All that a change does. The notice is that of head's settings."""
    timelines = Timeline(base, today), Timeline(head, today)
    return compare(Graph(base), Graph(head), pair(base, head), timelines, head.config.impact.notice, at)


def effects(
    base: Model, head: Model, *, today: Date, at: Date | None = None, notice: int = 90
) -> dict[EdgeKey, Effect]:
    """The effect on each dependency that both states have."""
    comparison = TwoTimelines(Timeline(base, today), Timeline(head, today), notice, at)
    before = {use.key: use for use in Graph(base).uses}
    return {
        use.key: comparison.effect(use.target, use.target, need_of(before[use.key]), need_of(use))
        for use in Graph(head).uses
        if use.key in before
    }


def judged(
    base: Model, head: Model, *, today: Date, at: Date | None = None, notice: int = 90
) -> dict[str, list[Expected]]:
    """By id of each consumer in either state, as the oracle lists it: its dependencies, those of base first."""
    found = effects(base, head, today=today, at=at, notice=notice)
    before, after = ({use.key: use for use in Graph(state).uses} for state in (base, head))
    result: dict[str, list[Expected]] = {ref.id: [] for ref in sorted({*base.consumers, *head.consumers})}
    for key, use in (before | after).items():
        if use.source.kind == "consumer":
            result[use.source.id].append(_expected(use, found.get(key), "left" if key in before else "joins"))
    return result


def _expected(use: Use, effect: Effect | None, otherwise: str) -> Expected:
    target = f"{use.target.id}#{use.interface}" if use.interface else use.target.id
    if effect is None:
        return Expected(target, None, otherwise)
    told = effect.told
    if told is None:
        return Expected(target, None, str(effect.reason))
    days = told.start, told.until, told.by
    return Expected(target, str(told.level), str(effect.reason), *days, effect.others, _gain(effect.gain))


def _gain(told: EffectStretch | None) -> Gain | None:
    return Gain(str(told.reason), told.start, told.until) if told else None


def judged_escaping(base: Model, head: Model, *, today: Date, at: Date | None = None) -> dict[str, list[Expected]]:
    """By id of each consumer of base: what each of its dependencies would meet in head."""
    spread = spread_of(base, head, today=today, at=at)
    kept = as_base_depends(spread) or spread
    uses = {use.key: use for use in kept.head.uses}
    result: dict[str, list[Expected]] = {ref.id: [] for ref in sorted(base.consumers)}
    for key, was in kept.base_uses.items():
        if key.source.kind == "consumer":
            now, target = uses[key], kept.base_name(key.target)
            found = kept.comparison.effect(target, key.target, need_of(was), need_of(now))
            result[key.source.id].append(_expected(was, found, ""))
    return result
