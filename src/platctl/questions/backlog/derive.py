"""What to do first, and why: open work ranked, grouped, compared across scoring models, with findings."""

import re
import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from platctl.finding import Finding, Severity, Span
from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.model.ref import Ref
from platctl.model.settings.scoring import ScoringModel
from platctl.questions.backlog.choices import GroupBy
from platctl.questions.backlog.classes import class_shares, over_limit
from platctl.questions.backlog.matrix import matrix
from platctl.questions.backlog.report import NOT_RANKED, BacklogGroup, BacklogReport, RankComparison
from platctl.ranking.inputs import Score
from platctl.ranking.items import DecisionStanding, RankedItem, WorkFacts, method_of
from platctl.ranking.ordering import Ranking, ranked
from platctl.record import record
from platctl.rules.scoring import faults_of


@record
class BacklogOptions:
    """The request. `only` limits what is shown, not what is ranked; `compare` lists more models to rank by."""

    method: ScoringModel
    today: Date | None = None
    only: frozenset[Ref] | None = None
    top: int | None = None
    group_by: GroupBy | None = None
    compare: tuple[ScoringModel, ...] = ()
    decisions: bool = True
    fail_on: Severity | None = Severity.ERROR
    matrix: bool = False


def backlog(model: Model, state: str, options: BacklogOptions) -> BacklogReport:
    """All open work in order."""
    ranking = ranked(model, options.method, options.today, decisions=options.decisions)
    items = tuple(each for each in ranking.items if _is_shown(each, options))
    apart = tuple(each for each in map(ranking.item_apart, ranking.apart) if _is_shown(each, options))
    shown = items[: options.top] if options.top else items
    shares = class_shares(options.method, ranking.items)
    found = (*_findings(ranking, options), *over_limit(options.method, shares))
    findings = tuple(sorted(found, key=lambda each: each.sort_key))
    others = [each for each in findings if each.rule not in NOT_RANKED]
    cut = frozenset(map(id, others[options.top :])) if options.top else frozenset()
    told = tuple(each for each in findings if id(each) not in cut)
    return BacklogReport(
        state=state,
        method=method_of(options.method),
        items=shown,
        apart=apart,
        decided=ranking.decided,
        groups=tuple(_groups(shown, options.group_by)) if options.group_by else (),
        optimum=ranking.optimum,
        left_out=len(items) - len(shown),
        findings=told,
        failing=sum(each.severity.rank <= options.fail_on.rank for each in findings) if options.fail_on else 0,
        fail_on=options.fail_on,
        comparison=_comparison(ranking, options) if options.compare else None,
        matrix=matrix(options.method, ranking.items, shown) if options.matrix else None,
        is_complete=model.is_complete,
        classes=shares,
        findings_left_out=len(findings) - len(told),
    )


def _is_shown(item: RankedItem, options: BacklogOptions) -> bool:
    return options.only is None or item.initiative.ref in options.only


_OF: Mapping[GroupBy, Callable[[WorkFacts], tuple[Named, ...]]] = {
    GroupBy.TEAM: lambda facts: facts.teams,
    GroupBy.GOAL: lambda facts: facts.goals,
    GroupBy.COMPONENT: lambda facts: facts.components,
    GroupBy.CONSUMER: lambda facts: tuple(dict.fromkeys((*facts.asked_by, *facts.gains))),
}


def _groups(items: Iterable[RankedItem], by: GroupBy) -> Iterator[BacklogGroup]:
    """Groups sorted by title; work without a group comes last."""
    found: dict[Named, list[Named]] = {}
    none: list[Named] = []
    for item in items:
        groups = _OF[by](item.facts)
        for group in groups:
            found.setdefault(group, []).append(item.initiative)
        if not groups:
            none.append(item.initiative)
    for group, members in sorted(found.items(), key=lambda each: (each[0].label.casefold(), each[0].ref)):
        yield BacklogGroup(group.label, tuple(members))
    if none:
        yield BacklogGroup(f"no {by.value}", tuple(none))


def _comparison(ranking: Ranking, options: BacklogOptions) -> RankComparison:
    """The ranks of the work that at least one model ranks, largest difference first."""
    rankings = [ranking, *(replace(ranking, method=method) for method in options.compare)]
    places = [{ref: rank for rank, ref in enumerate(each.ordered, start=1)} for each in rankings]
    ranked_somewhere: set[Ref] = set().union(*places)
    rows = [
        (named(ranking.model, ref), tuple(place.get(ref) for place in places))
        for ref in sorted(ranked_somewhere)
        if options.only is None or ref in options.only
    ]
    rows.sort(key=lambda row: (-_spread(row[1]), row[0].ref))
    names = tuple(each.method.id for each in rankings)
    agreement = tuple(
        (names[one], names[other], correlation(places[one], places[other]))
        for one, other in combinations(range(len(names)), 2)
    )
    return RankComparison(names, tuple(rows), agreement)


def _spread(ranks: Sequence[int | None]) -> int:
    known = [rank for rank in ranks if rank is not None]
    return max(known) - min(known) if len(known) > 1 else 0


def correlation(one: Mapping[Ref, int], other: Mapping[Ref, int]) -> float | None:
    """Spearman's rank correlation of the work that both rank, from -1 to 1; None for fewer than two items.

    Source: Spearman 1904.
    """
    both = sorted(one.keys() & other.keys())
    if len(both) < 2:
        return None
    first = {ref: rank for rank, ref in enumerate(sorted(both, key=lambda ref: one[ref]))}
    second = {ref: rank for rank, ref in enumerate(sorted(both, key=lambda ref: other[ref]))}
    return statistics.correlation([first[ref] for ref in both], [second[ref] for ref in both])


def _findings(ranking: Ranking, options: BacklogOptions) -> Iterator[Finding]:
    for method in {each.id: each for each in (options.method, *options.compare)}.values():
        yield from faults_of(ranking.model, method)
    for ref in ranking.work:
        if options.only is not None and ref not in options.only:
            continue
        yield from _of_score(ranking, ref)
        yield from _of_ratings(ranking, ref)
        yield from _of_estimate(ranking.model, ref, options.today)
    for cycle in ranking.cycles:
        if options.only is not None and options.only.isdisjoint(cycle):
            continue
        names = [f"`{named(ranking.model, ref).id}`" for ref in cycle]
        message = f"{', '.join(names[:-1])} and {names[-1]} wait for each other, so none of them can come first"
        yield Finding("initiative-cycle", Severity.ERROR, message, ranking.model.at(cycle[0], ("depends_on",)))
    for decided in ranking.decided:
        about = {each.ref for each in (decided.chose, *decided.over)}
        if options.only is not None and options.only.isdisjoint(about):
            continue
        if decided.standing is DecisionStanding.AGAINST:
            message = f"the order contradicts the decision `{decided.decision.id}`: {decided.note}"
            help_ = "change the decision, or let it expire"
            yield Finding("ranked-against-decision", Severity.WARNING, message, decided.span, help=help_)


def _of_score(ranking: Ranking, ref: Ref) -> Iterator[Finding]:
    """Scores that are undefined, and committed work without a score."""
    model, score, method = ranking.model, ranking.scores[ref], ranking.method
    if score.undefined:
        message = f"`{ref.name}` has no {method.label} score: {score.undefined}"
        help_ = "use other numbers, or a formula that is defined for these"
        yield Finding("undefined-score", Severity.WARNING, message, _place_of(model, ref, score), help=help_)
    elif score.value is None and model.initiatives[ref].status.is_committed:
        status, missing = model.initiatives[ref].status.value, ", ".join(score.missing)
        message = f"`{ref.name}` is {status} but has no {method.label} score: missing {missing}"
        help_ = "add the missing values under `scores`, or the facts they are derived from"
        yield Finding("unscored-plan", Severity.WARNING, message, model.at(ref, ("status",)), help=help_)


def _of_ratings(ranking: Ranking, ref: Ref) -> Iterator[Finding]:
    """Ratings outside the scale of their criterion."""
    for each in ranking.scores[ref].inputs:
        scale = ranking.method.criterion(each.name).scale
        if scale and each.value is not None and not scale[0] <= each.value <= scale[1]:
            ends = f"{scale[0]:g} to {scale[1]:g}"
            message = f"{each.label} of `{ref.name}` is {each.value:g}, outside the scale of {ends}"
            help_ = "rate it again, or change the `scale` of the criterion"
            yield Finding("rating-off-scale", Severity.WARNING, message, each.span, help=help_)


def _place_of(model: Model, ref: Ref, score: Score) -> Span:
    """The position of the first input at fault: a word without a number, or a criterion that the message names."""
    names = set(re.findall(r"[a-z_][a-z0-9_]*", score.undefined))
    words = [each.span for each in score.inputs if each.word and f"`{each.word}` is" in score.undefined]
    spans = [*words, *(each.span for each in score.inputs if each.name in names)]
    return next(filter(None, spans), model.name_at(ref))


def _of_estimate(model: Model, ref: Ref, today: Date | None) -> Iterator[Finding]:
    days, looked_at = model.config.scoring.stale_days, model.initiatives[ref].estimated_on
    if days and today and looked_at and (today - looked_at).days > days:
        message = f"the estimate of `{ref.name}` has not been reviewed since {looked_at}"
        help_ = "review effort and scores, and set `estimated_on`"
        yield Finding("stale-estimate", Severity.WARNING, message, model.at(ref, ("estimated_on",)), help=help_)
