"""Whom things move, as a page: dependents, slips, shares of the work, and what changed together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from platctl.graph.reach import Count, EdgeSet
from platctl.model.named import Named
from platctl.page import Block, Entry, Fold, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.graph.page import matrix, table
from platctl.questions.graph.report import GraphReport
from platctl.questions.influence.report import (
    Absence,
    AskedShare,
    ChangedTogether,
    ComponentInfluence,
    ConsumerInfluence,
    CountedKinds,
    InfluenceReport,
    MigrationBalance,
    Migrations,
    MovedGoal,
    MovedProduct,
    MovedPromise,
    MovedWork,
    PromiseKind,
    PropagationCost,
    Pull,
    Push,
    TogetherReport,
)
from platctl.writing.numbers import brief, number, person_weeks
from platctl.writing.phrases import counted, dim, in_state, listed, place, tier_words
from platctl.writing.sections import entries_section, table_section

_MOST_PAIRS = 20
_EDGES: Final[Mapping[EdgeSet, str]] = {
    EdgeSet.ALL: "all dependencies",
    EdgeSet.HARD: "without soft ones",
    EdgeSet.EXPOSING: "exposing ones only",
}
_SCOPES: Final[Mapping[CountedKinds, str]] = {
    CountedKinds.COMPONENTS: "components alone",
    CountedKinds.ALL: "components and consumers",
}
_PROMISES: Final[Mapping[PromiseKind, str]] = {
    PromiseKind.DEADLINE: "deadline",
    PromiseKind.NEED_BY: "needed by",
}


def page(report: InfluenceReport, *, quiet: bool = False) -> Page:
    """Everything, or only the propagation cost."""
    title = Paragraph((_title(report),))
    costs = Paragraph(tuple(map(_cost, report.propagation)))
    if quiet:
        return Page((title, costs))
    return Page((title, *_body(report, costs)))


def sheet(report: InfluenceReport, graph: GraphReport | None) -> Page:
    """The same with a design structure matrix after the propagation cost."""
    whole = page(report)
    if graph is None or graph.matrix is None or not graph.edges:
        return whole
    title, cost, *rest = whole.blocks
    pairs = Fold(line("As a table"), (table(graph, graph.matrix.drawing),))
    return Page((title, cost, Section(line("Design structure matrix"), (matrix(graph.matrix), pairs)), *rest))


def _title(report: InfluenceReport) -> Line:
    about = f" of {report.subject.label_with_id}" if report.subject else ""
    told = [f"today: {report.today}"] if report.today else []
    told += [f"for {report.audience}"] if report.audience else []
    told += [f"only {report.only}"] if report.only else []
    return line(
        Run(f"Influence{about}", Tone.STRONG), f", {in_state(report.state)}", f" ({', '.join(told)})" if told else ""
    )


def _body(report: InfluenceReport, costs: Paragraph) -> Iterator[Block]:
    if report.subject is None:
        yield Section(line("Propagation cost"), (costs, Paragraph((dim(_COST_IS),))))
        yield from _components(report.components)
    else:
        for each in report.components:
            yield Section(line(f"Dependents of {each.component.label}"), tuple(_dependents(each)))
    yield from table_section(
        "Consumers",
        map(_consumer, report.consumers),
        ("Consumer", "Tier", "Owner", "Uses, direct", "Uses, all"),
        frozenset({3, 4}),
    )
    if report.push:
        yield Section(
            line(f"If {_what(report)} ends {counted(report.push.days, 'day')} later"), tuple(_push(report.push))
        )
    if report.without and report.subject:
        yield Section(line(f"Without {report.subject.label}"), (_without(report.without),))
    yield from _pull(report.pull, report.subject)
    yield from _migrations(report.migrations)
    yield from _together(report.together)


_COST_IS = (
    "Pairs of which one depends on the other, directly or through others, per square of their number; "
    "without the diagonal."
)


def _cost(cost: PropagationCost) -> Line:
    if cost.share is None:
        return line(f"{_SCOPES[cost.scope]}: none")
    text = f"{_SCOPES[cost.scope]}: {cost.pairs:,}/{cost.nodes:,}² ({_percent(cost.share)})"
    if cost.was_nodes is None or cost.was_pairs is None:
        return line(text)
    if (cost.was_pairs, cost.was_nodes) == (cost.pairs, cost.nodes):
        return line(text, ", unchanged")
    was = f" ({_percent(cost.was_pairs / cost.was_nodes**2)})" if cost.was_nodes else ""
    return line(text, f", was {cost.was_pairs:,}/{cost.was_nodes:,}²{was}")


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


# Dependents

_HEADER = (
    *("Component", "Layer", "Owner", "Components", "Consumers", "Hard components", "Hard consumers"),
    *("Exposing components", "Exposing consumers", "Users", "Developers", "Revenue", "Tier 1", "Uses"),
)
_OPTIONAL = (7, 8, 10, 5, 6, 11, 1, 2, 12, 9)


def _components(components: Sequence[ComponentInfluence]) -> Iterator[Block]:
    if not components:
        yield Paragraph((line("No component to count the dependents of."),))
        return
    title = line(f"Dependents, direct/all ({len(components):,})")
    rows = tuple(map(_component, components))
    yield Section(title, (Table(rows, _HEADER, frozenset(range(3, 14)), _OPTIONAL), Paragraph((dim(_COUNTED),))))


_COUNTED = (
    "Direct ones, and all that a path of dependencies reaches. Users, developers and revenue are those of the "
    "consumers among them; a person may be counted more than once."
)


def _component(each: ComponentInfluence) -> tuple[Line, ...]:
    counts = [_both(count) for found in each.dependents for count in (found.components, found.consumers)]
    first = sum(tier.consumers for tier in each.tiers if tier.tier == 1)
    return row(
        Run(each.component.label_with_id, Tone.STRONG, anchor=str(each.component.ref)),
        each.layer or "",
        each.owner.label if each.owner else "",
        *counts,
        brief(each.reach.users),
        brief(each.reach.developers),
        brief(each.reach.revenue),
        str(first),
        _both(each.dependencies),
    )


def _both(count: Count) -> str:
    return f"{count.direct:,}/{count.transitive:,}"


def _dependents(each: ComponentInfluence) -> Iterator[Block]:
    rows = tuple(
        row(
            _EDGES[found.edges],
            *(
                f"{part:,}"
                for count in (found.components, found.consumers)
                for part in (count.direct, count.transitive)
            ),
        )
        for found in each.dependents
    )
    header = ("By", "Components, direct", "all", "Consumers, direct", "all")
    yield Table(rows, header, frozenset({1, 2, 3, 4}))
    tiers = listed([f"{tier.consumers:,} of {tier_words(tier.tier)}" for tier in each.tiers]) or "none"
    reach = [
        f"{name}: {number(value) if value is not None else 'not known'}"
        for name, value in (
            ("users", each.reach.users),
            ("developers", each.reach.developers),
            ("revenue", each.reach.revenue),
        )
    ]
    yield Paragraph(
        (
            line(f"consumers among them: {tiers}"),
            line("; ".join(reach)),
            line(
                f"depends on {each.dependencies.direct:,} components directly, {each.dependencies.transitive:,} in all"
            ),
        )
    )


def _consumer(each: ConsumerInfluence) -> tuple[Line, ...]:
    uses = each.dependencies
    return row(
        Run(each.consumer.label_with_id, Tone.STRONG, anchor=str(each.consumer.ref)),
        tier_words(each.tier),
        each.owner.label if each.owner else "",
        f"{uses.direct:,}",
        f"{uses.transitive:,}",
    )


# Push


def _what(report: InfluenceReport) -> str:
    subject = report.subject
    if subject is None or subject.ref.kind == "initiative":
        return "it"
    return f"the work on {subject.label}"


def _push(push: Push) -> Iterator[Block]:
    if not push.work:
        yield Paragraph((line("Nothing moves: no open work of it has a known end."),))
    yield from table_section(
        "Work", map(_work, push.work), ("Work", "Status", "Ends", "Then", "Days"), frozenset({4}), (1,)
    )
    yield from table_section(
        "Products",
        map(_product, push.products),
        ("Consumer", "Tier", "Gets", "Then", "Days", "By"),
        frozenset({4}),
        (1,),
    )
    yield from entries_section("Promises", map(_promise, push.promises))
    yield from table_section(
        "Goals", map(_goal, push.goals), ("Goal", "Due", "Last work", "Then", "Days"), frozenset({4})
    )
    if push.undated:
        names = listed([each.label_with_id for each in push.undated])
        yield Paragraph((line(Run("Not known: ", Tone.NOTE), f"when {names} can end"),))


def _work(each: MovedWork) -> tuple[Line, ...]:
    name = Run(each.initiative.label_with_id, Tone.STRONG if each.slips else Tone.PLAIN)
    return row(name, each.status, str(each.was), str(each.now), f"+{each.days}")


def _product(each: MovedProduct) -> tuple[Line, ...]:
    more = f" and {counted(each.others, 'other', 'others')}" if each.others else ""
    by = f"{each.initiative.label}{more}"
    return row(each.consumer.label_with_id, tier_words(each.tier), str(each.was), str(each.now), f"+{each.days}", by)


def _promise(each: MovedPromise) -> Entry:
    of = each.of.label_with_id
    by = f", by {each.by.label}" if each.by != each.of else ""
    late = (each.now - each.due).days
    word = Run(f"{counted(late, 'day')} late", Tone.BAD) if each.is_missed else Run("still holds", Tone.GOOD)
    was = " (it was missed before)" if each.was_missed else ""
    head = line(Run(of, Tone.STRONG), f", {_PROMISES[each.kind]} {each.due}: ", word, was, place(each.span))
    return Entry(head, (line(f"{each.was} -> {each.now}{by}"),))


def _goal(each: MovedGoal) -> tuple[Line, ...]:
    late = (each.now - each.due).days if each.due else 0
    told = Run(f"{counted(late, 'day')} late", Tone.BAD) if late > 0 else ""
    return row(each.goal.label_with_id, str(each.due or ""), str(each.was), str(each.now), f"+{each.days}", told)


def _without(absence: Absence) -> Paragraph:
    return Paragraph(
        (
            line(f"consumers left without a version that they require: {_counted_names(absence.consumers)}"),
            line(f"goals that lose their only work: {_counted_names(absence.goals)}"),
        )
    )


def _counted_names(names: Sequence[Named]) -> str:
    return f"{len(names):,} ({listed([each.label for each in names])})" if names else "none"


# Pull


def _pull(pull: Pull, subject: Named | None) -> Iterator[Block]:
    shares = [each for each in pull.shares if subject is None or each.consumer == subject]
    if subject is None and not shares:
        yield Section(line("Who asked for the work"), (Paragraph((line("There is no planned or active work."),)),))
    if not shares:
        return
    rows = tuple(_share(each, pull) for each in shares)
    table = Table(rows, ("Consumer", "Initiatives", "Person-weeks", "Of all", "Share"), frozenset({1, 2, 3, 4}))
    lacking = counted(len(pull.without_effort), "initiative")
    notes = (dim(f"{lacking} without effort: {listed([each.id for each in pull.without_effort])}"),)
    blocks = (table, Paragraph(notes)) if pull.without_effort else (table,)
    yield Section(line("Who asked for the planned and active work, divided equally among several"), blocks)


def _share(each: AskedShare, pull: Pull) -> tuple[Line, ...]:
    name = line(each.consumer.label_with_id) if each.consumer else line(Run("no one", Tone.DIM))
    share = f"{100 * each.weeks / pull.weeks:.1f} %" if pull.weeks else "-"
    return row(name, f"{each.initiatives:,}", number(each.weeks), number(pull.weeks), share)


def _migrations(migrations: Migrations) -> Iterator[Block]:
    if not migrations.teams:
        return
    header = ("", "Causes", "Gets", "Balance", "For itself")
    blocks: list[Block] = []
    for title, rows, nobody in (
        ("By team", migrations.teams, "no team"),
        ("By product that asked", migrations.products, "no product"),
    ):
        table = Table(tuple(_balance(each, nobody) for each in rows), (title, *header[1:]), frozenset({1, 2, 3, 4}))
        blocks.append(table)
    assumed = f", {person_weeks(migrations.assumed)} of them assumed" if migrations.assumed else ""
    yield Section(line(f"Migration work: {person_weeks(migrations.weeks)}{assumed}"), tuple(blocks))


def _balance(each: MigrationBalance, nobody: str) -> tuple[Line, ...]:
    name = line(each.who.label_with_id) if each.who else line(Run(nobody, Tone.DIM))
    return row(name, number(each.caused), number(each.received), f"{each.balance:+.4g}", number(each.own))


# Changed together


def _together(found: TogetherReport) -> Iterator[Block]:
    if found.missing:
        yield Section(line("Changed together"), (Paragraph((line(f"Not known: {found.missing}."),)),))
        return
    rows = tuple(_pair(each) for each in found.pairs[:_MOST_PAIRS])
    notes = [f"{counted(found.commits, 'commit')} since {found.since}" if found.since else f"{found.commits:,} commits"]
    notes += ["a shallow clone lacks earlier ones"] if found.is_cut else []
    notes += [f"{counted(found.large, 'commit')} of more than {found.most} entities left out"] if found.large else []
    notes += [f"{counted(found.below, 'pair')} with fewer than {found.at_least} common commits"] if found.below else []
    rest = len(found.pairs) - _MOST_PAIRS
    notes += [f"{counted(rest, 'more pair')} in JSON and CSV"] if rest > 0 else []
    told = Paragraph((dim("; ".join(notes)),))
    if not rows:
        empty = Paragraph((line(f"No two entities changed in the same commit {counted(found.at_least, 'time')}."),))
        yield Section(line("Changed together"), (empty, told))
        return
    header = ("Together", "", "Both", "The one", "The other")
    yield Fold(
        line(f"Changed together in git, which says nothing about why ({len(found.pairs):,})"),
        (Table(rows, header, frozenset({2, 3, 4})), told),
    )


def _pair(each: ChangedTogether) -> tuple[Line, ...]:
    return row(
        _with_kind(each.one),
        _with_kind(each.other),
        f"{each.both:,}",
        f"{each.one_commits:,}",
        f"{each.other_commits:,}",
    )


def _with_kind(each: Named) -> str:
    return f"{each.ref.kind} {each.label}"
