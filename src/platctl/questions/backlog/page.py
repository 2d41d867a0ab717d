"""The ranked backlog as a page: the order, what can't be ranked, decisions, and how good the order is."""

from collections.abc import Iterator, Mapping, Sequence

from platctl.finding import Finding
from platctl.model.named import Named
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.backlog.explain import title, why_not
from platctl.questions.backlog.matrix_page import matrix_section
from platctl.questions.backlog.report import NOT_RANKED, BacklogReport, ClassShare, RankComparison
from platctl.ranking.items import RankedItem
from platctl.writing.findings import INCOMPLETE, failing, mark
from platctl.writing.numbers import brief, number, percent
from platctl.writing.phrases import counted, dim, listed, place
from platctl.writing.ranking import decided_entry, though_harmed
from platctl.writing.sections import entries_section, more

_HEADER = ("#", "Initiative", "Score", "Priority", "Reach", "Effort", "Migration", "Status", "Asked by", "Goals")
_NUMBERS = frozenset({0, 2, 3, 4, 5, 6})
_OPTIONAL = (9, 8)


_MOST_RANKED = 60
_MOST_APART = 10
_FEW_APART = 3
"""In a terminal: the ranks that are shown, and of more than so many that can't be ranked for one reason, the first."""


def page(report: BacklogReport, *, quiet: bool = False, is_short: bool = False) -> Page:
    """The whole backlog, or only its verdict. With `is_short`, of long lists only the beginning."""
    body = () if quiet else tuple(_body(report, is_short=is_short))
    return Page((Paragraph((title(report),)), *body, Paragraph(tuple(_summary(report)))))


def sheet(report: BacklogReport) -> Page:
    """The same, with the verdict first."""
    return Page((Paragraph((title(report),)), Paragraph(tuple(_summary(report))), *_body(report)))


def _body(report: BacklogReport, *, is_short: bool = False) -> Iterator[Block]:
    if report.groups:
        items = {item.initiative: item for item in report.items}
        for group in report.groups:
            found = [items[each] for each in group.items if each in items]
            yield Section(line(f"{group.title} ({len(found)})"), (_table(found),))
    elif report.items:
        shown = report.items[:_MOST_RANKED] if is_short else report.items
        yield _table(shown)
        yield from more(len(report.items) - len(shown), "all with `--limit` or `--format csv`")
    if report.classes and report.items:
        yield Section(line("Effort by class"), (_classes(report.classes),))
    if report.matrix and report.items:
        yield matrix_section(report.matrix)
    if report.apart:
        yield Section(line(f"Not ranked ({len(report.apart):,})"), (Entries(tuple(_apart(report, is_short=is_short))),))
    yield from entries_section("Decisions", map(decided_entry, report.decided))
    if report.comparison:
        yield from _comparison(report.comparison)
    yield from _findings(report)


def _table(items: tuple[RankedItem, ...] | list[RankedItem]) -> Table:
    return Table(tuple(map(_row, items)), _HEADER, _NUMBERS, _OPTIONAL)


def _row(item: RankedItem) -> tuple[Line, ...]:
    facts = item.facts
    is_raised = item.priority is not None and item.priority != item.score.value
    return row(
        f"{'=' if item.is_tied else ''}{item.rank}",
        Run(item.initiative.label_with_id, Tone.STRONG),
        _score(item),
        brief(item.priority) if is_raised else (),
        f"{brief(facts.reach)}{though_harmed(facts.reach_harmed)}",
        brief(facts.effort),
        brief(facts.induced_cost or None),
        facts.status,
        listed([each.label for each in facts.asked_by], 2),
        listed([each.label for each in facts.goals], 2),
    )


def _classes(shares: tuple[ClassShare, ...]) -> Table:
    rows = tuple(
        row(
            Run(each.word, Tone.STRONG),
            str(each.initiatives),
            number(each.effort),
            Run("" if each.share is None else percent(each.share), Tone.WARN if each.is_over else Tone.PLAIN),
            "" if each.limit is None else percent(each.limit),
            str(each.unknown) if each.unknown else "",
        )
        for each in shares
    )
    return Table(rows, ("Class", "Initiatives", "Effort", "Share", "Limit", "No estimate"), frozenset(range(1, 6)))


def _score(item: RankedItem) -> Line:
    score = item.score
    if score.word:
        return line(score.word)
    return line(brief(score.value)) if score.value is not None else line(Run("none", Tone.WARN))


def _apart(report: BacklogReport, *, is_short: bool) -> Iterator[Entry]:
    """What can't be ranked, by reason."""
    groups: dict[str, list[RankedItem]] = {}
    for item in report.apart:
        groups.setdefault(why_not(item), []).append(item)
    marks = _marks(report)
    for reason, items in groups.items():
        shown = items if len(items) <= _MOST_APART or not is_short else items[:_FEW_APART]
        notes = [_apart_item(each, marks.get(each.initiative.ref.name, ())) for each in shown]
        rest = len(items) - len(shown)
        notes += [dim(f"and {rest:,} more; all with `--format csv`")] if rest else []
        yield Entry(line(reason), tuple(notes))


def _marks(report: BacklogReport) -> Mapping[str, Sequence[Run]]:
    """By name of work that is not ranked: how severe that is. The messages begin with the name."""
    found: dict[str, list[Run]] = {}
    for each in report.findings:
        if each.rule in NOT_RANKED:
            found.setdefault(each.message.split("`", 2)[1], []).append(mark(each))
    return found


def _apart_item(item: RankedItem, marks: Sequence[Run]) -> Line:
    name = Run(item.initiative.label_with_id, Tone.STRONG)
    return line(
        name, f", {item.facts.status}", *(part for each in marks for part in (", ", each)), place(item.facts.span)
    )


def _findings(report: BacklogReport) -> Iterator[Block]:
    """All but those that only repeat that work is not ranked."""
    found = [each for each in report.findings if each.rule not in NOT_RANKED]
    yield from entries_section("Findings", map(_finding, found))
    if report.findings_left_out:
        yield Paragraph((line(f"{counted(report.findings_left_out, 'more finding')} not shown"),))


def _comparison(compared: RankComparison) -> Iterator[Block]:
    rows = tuple(
        row(named.label, *("" if rank is None else str(rank) for rank in ranks)) for named, ranks in compared.ranks
    )
    numbers = frozenset(range(1, len(compared.models) + 1))
    agreement = tuple(
        line(f"{one} and {other}: ", "too few shared initiatives" if value is None else f"rank correlation {value:.2f}")
        for one, other, value in compared.agreement
    )
    title = line("Rank by model, largest difference first")
    yield Section(title, (Table(rows, ("Initiative", *compared.models), numbers), Paragraph(agreement)))


def _finding(finding: Finding) -> Entry:
    head = line(mark(finding), f": {finding.message}", place(finding.span))
    return Entry(head, (line("help: ", finding.help),) if finding.help else ())


def _summary(report: BacklogReport) -> Iterator[Line]:
    ranked = counted(len(report.items) + report.left_out, "initiative") + " ranked"
    cut = f" ({report.left_out} not shown)" if report.left_out else ""
    yield line(f"{ranked}{cut}, {len(report.apart)} not ranked")
    if report.optimum and report.optimum.is_exact:
        yield line("Proven best order under the prerequisites.")
    elif report.optimum:
        yield line(f"Within {percent(report.optimum.gap)} of the best order under the prerequisites.")
    if not report.is_complete:
        yield INCOMPLETE
    if report.failing and report.fail_on:
        yield line(Run(f"FAIL: {failing(report.failing, report.fail_on)}", Tone.BAD))


HEADER_OF_CSV = (
    *("rank", "tied", "id", "title", "status", "score", "class", "priority", "value", "work", "missing"),
    *("reach", "effort", "induced_cost", "must_act"),
    *("teams", "goals", "components", "asked_by", "waits_for", "unlocks"),
)


def csv_rows(report: BacklogReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row per item, unranked items last; lists are separated by spaces."""
    for item in (*report.items, *report.apart):
        score, facts = item.score, item.facts
        yield (
            *(item.rank, "=" if item.is_tied else "", item.initiative.ref.name, item.initiative.label, facts.status),
            *(score.value, score.word, item.priority, score.gain, score.work, " ".join(score.missing)),
            *(facts.reach, facts.effort, facts.induced_cost, facts.must_act),
            *(_ids(facts.teams), _ids(facts.goals), _ids(facts.components), _ids(facts.asked_by)),
            *(_ids(item.waits_for), _ids(item.unlocks)),
        )


def _ids(named: tuple[Named, ...]) -> str:
    return " ".join(each.ref.name for each in named)
