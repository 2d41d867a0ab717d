"""Rules about scoring models: formulas must name known criteria, and units must match."""

from collections.abc import Iterator
from itertools import chain

from platctl.finding import Finding, Severity
from platctl.model.entity.metric import Direction
from platctl.model.language.formula import FormulaError
from platctl.model.language.unit import parse_unit, unit_of
from platctl.model.model import Model
from platctl.model.placement import Placement
from platctl.model.settings.scoring import GRAPH_VALUES, Criterion, Normalise, ScoringModel
from platctl.model.similar_names import Names, did_you_mean
from platctl.rules.context import Context
from platctl.rules.rule import rule
from platctl.source.yaml.document import Route


@rule(
    "invalid-scoring",
    Severity.ERROR,
    "A scoring model that can't rank anything",
    example="""
        # platctl.yaml
        scoring:
          models:
            - id: ours
              value: reach + effort
              criteria:
                - {id: reach, unit: users}
                - {id: effort, unit: person-weeks}
    """,
    fix="""
        # platctl.yaml
        scoring:
          models:
            - id: ours
              value: reach
              size: effort
              criteria:
                - {id: reach, unit: users}
                - {id: effort, unit: person-weeks}
    """,
)
def invalid_scoring(context: Context) -> Iterator[Finding]:
    """Reports a scoring model whose formulas use an unknown criterion, or add or compare different units; a criterion
    with `direction: down` that is not normalised; an unknown graph value; a model without formula, criteria and
    classes, or with both classes and a formula; two models with the same id; and a default model that does not exist.

    Work would be ranked differently than intended, or not at all.
    """
    placement = context.model.config_placement
    if placement is None:
        return
    yield from _default(context, placement)
    seen: dict[str, int] = {}
    for index, model in enumerate(context.model.config.scoring.models):
        route: Route = ("scoring", "models", index)
        if seen.setdefault(model.id, index) != index:
            span = placement.span((*route, "id"))
            message = f"two scoring models have the id `{model.id}`"
            yield invalid_scoring.finding(message, span, "give each scoring model a unique id")
        yield from _faults(context.model, placement, route, model)


def faults_of(model: Model, method: ScoringModel) -> Iterator[Finding]:
    """The findings about one scoring model; built-in models have none."""
    for index, each in enumerate(model.config.scoring.models):
        if each is method and model.config_placement:
            yield from _faults(model, model.config_placement, ("scoring", "models", index), each)


def _faults(model: Model, placement: Placement, route: Route, method: ScoringModel) -> Iterator[Finding]:
    yield from chain(
        _ways(placement, route, method),
        _limits(placement, route, method),
        _criteria(placement, route, method),
        _formulas(model, placement, route, method),
    )


def _ways(placement: Placement, route: Route, method: ScoringModel) -> Iterator[Finding]:
    """Check that a model has exactly one way to rank."""
    if not (method.classes or method.criteria or method.value):
        message = f"scoring model `{method.id}` does not define how to rank"
        yield invalid_scoring.finding(
            message, placement.span((*route, "id")), "add `value:`, `criteria:` or `classes:`"
        )
    for field in ("value", "size") if method.classes else ():
        if getattr(method, field):
            message = f"scoring model `{method.id}` has both `classes` and `{field}`"
            yield invalid_scoring.finding(message, placement.span((*route, field)), f"remove `{field}:` or `classes:`")


def _default(context: Context, placement: Placement) -> Iterator[Finding]:
    scoring = context.model.config.scoring
    if scoring.model not in scoring.by_name:
        near = did_you_mean(Names(scoring.by_name).nearest(scoring.model, 1), "? ")
        help_ = f"{near}use one of {', '.join(scoring.by_name)}"
        span = placement.span(("scoring", "model"))
        yield invalid_scoring.finding(f"there is no scoring model `{scoring.model}`", span, help_)


def _limits(placement: Placement, route: Route, method: ScoringModel) -> Iterator[Finding]:
    known = {each.casefold() for each in method.classes}
    for word in method.limits:
        if word.casefold() not in known:
            near = did_you_mean(Names(method.classes).nearest(word, 1), "? ")
            message = f"scoring model `{method.id}` has no class `{word}`"
            help_ = f"{near}use one of {', '.join(method.classes)}" if known else "add `classes:`, or remove `limits:`"
            yield invalid_scoring.finding(message, placement.span((*route, "limits", word), key=True), help_)


def _criteria(placement: Placement, route: Route, model: ScoringModel) -> Iterator[Finding]:
    seen: set[str] = set()
    for nth, criterion in enumerate(model.criteria):
        if criterion.id in seen:
            span = placement.span((*route, "criteria", nth, "id"))
            yield invalid_scoring.finding(f"two criteria have the id `{criterion.id}`", span, "remove one of them")
        seen.add(criterion.id)
        for field, message, help_ in _doubts(criterion):
            yield invalid_scoring.finding(message, placement.span((*route, "criteria", nth, field)), help_)


def _doubts(criterion: Criterion) -> Iterator[tuple[str, str, str]]:
    if criterion.direction is Direction.DOWN and not criterion.is_normalised:
        message = f"criterion `{criterion.id}` has `direction: down`, but is not normalised"
        yield "direction", message, "add `normalise: range`, or subtract or divide by it in the formula"
    if criterion.normalise is Normalise.SCALE and not criterion.scale:
        message = f"criterion `{criterion.id}` is normalised by its scale, but has no `scale`"
        yield "normalise", message, "add `scale: [0, 10]`"
    if criterion.instead and criterion.instead not in GRAPH_VALUES:
        near = did_you_mean(Names(GRAPH_VALUES).nearest(criterion.instead, 1), "? ")
        known = f"{near}use one of {', '.join(GRAPH_VALUES)}"
        yield "instead", f"there is no graph value `{criterion.instead}`", known
    try:
        parse_unit(criterion.unit or "")
    except ValueError as error:
        yield "unit", str(error), "join words with `*` and `/`"


def _formulas(whole: Model, placement: Placement, route: Route, model: ScoringModel) -> Iterator[Finding]:
    known = {*GRAPH_VALUES, *(each.id for each in model.criteria)} | _rated(whole)
    for field, formula in (("value", model.value_formula), ("size", model.size_formula)):
        written = getattr(model, field)
        if formula is None or written is None:
            continue
        for name in formula.names:
            if name not in known:
                message = f"`{name}` is not a criterion, a graph value, or anything that is rated"
                near = did_you_mean(Names(known).nearest(name)) or "list it under `criteria`"
                yield invalid_scoring.finding(message, placement.span((*route, field)), near)
        try:
            unit_of(formula, {name: parse_unit(model.criterion(name).unit_text) for name in formula.names})
        except FormulaError as error:
            yield invalid_scoring.finding(error.message, placement.span((*route, field)), error.help)
        except ValueError:
            return  # the unit can't be read, which is reported above


def _rated(model: Model) -> set[str]:
    initiatives = model.initiatives.values()
    written = {name for each in initiatives for name in each.scores}
    voted = {name for each in initiatives for vote in each.votes for name in vote.scores}
    on_ballots = {name for ballot in model.ballots.values() for scores in ballot.votes.values() for name in scores}
    return written | voted | on_ballots
