"""The impact report as a pull request comment: the verdict, the table, then folded details."""

from collections.abc import Iterator, Sequence

from platctl.model.level import Level
from platctl.outlook.deliveries import DeliveryVerdict
from platctl.page import (
    Block,
    Entries,
    Fold,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    line,
    row,
)
from platctl.questions.impact import rows, words
from platctl.questions.impact.consequences import consequences
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.questions.impact.ways import ways
from platctl.writing import phrases
from platctl.writing.compared import compared
from platctl.writing.sections import table_section

_HEADER = ("Level", "Consumer", "Why", "When", "Ask", "Policy")
_MOST_ROWS = 20
"""No one reads a longer table, so further rows are folded."""


def page(report: ImpactReport) -> Page:
    """What a product manager needs, most important first."""
    failing = rows.failures(report) if report.summary.fails else ""
    return Page((Section(line(headline(report)), tuple(blocks(report, failing))),))


def headline(report: ImpactReport) -> str:
    """`Breaks 1 product and 1 team, 2 must act, 9 informed. Approvals missing: 1`, and how plans change."""
    said = whom(report)
    if report.is_first_model:
        return said
    if report.summary.approvals_missing:
        said += f". Approvals missing: {report.summary.approvals_missing:,}"
    if report.incomplete:
        said = f"{rows.not_read(report)}. {said}"
    return f"{said}. {moved}" if (moved := plans(report)) else said


def whom(report: ImpactReport) -> str:
    """`Breaks 1 product and 1 team, 2 must act, 9 informed`."""
    if report.is_first_model:
        return words.FIRST_MODEL.removesuffix(".")
    of = {level: [each for each in report.verdicts if each.level is level] for level in Level}
    parts = []
    if of[Level.BREAKS]:
        parts.append(f"Breaks {_by_type(of[Level.BREAKS])}")
    verbs = {
        Level.MUST_ACT: ("must act",) * 2,
        Level.AT_RISK: ("at risk",) * 2,
        Level.GAINS: ("gains", "gain"),
        Level.INFORMED: ("informed",) * 2,
    }
    for level, (one, many) in verbs.items():
        if number := len(of[level]):
            subject = f"{number:,}" if parts else _by_type(of[level])
            parts.append(f"{subject} {one if number == 1 else many}")
    if report.escapes:
        said = words.would_any(report.escapes, "" if parts else _by_type(report.escapes))
        parts.append(f"{said} (dependency removed or edited)")
    return ", ".join(parts) or ("No product breaks" if plans(report) else "No product is affected")


def _by_type(verdicts: Sequence[Verdict]) -> str:
    """`2 products and 1 partner`: whatever is neither a team nor a partner counts as a product."""
    types = [(each.type or "").lower() for each in verdicts]
    outside = {word: types.count(word) for word in ("team", "partner") if word in types}
    products = len(types) - sum(outside.values())
    counts = ({"product": products} if products else {}) | outside
    words = [phrases.counted(number, word) for word, number in counts.items()]
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def plans(report: ImpactReport) -> str:
    """`Plans: 1 delayed, 2 conflicts, 2 products wait longer`; empty where no plan changes."""
    moved = [each.verdict for each in report.deliveries]
    parts = [f"{moved.count(verdict):,} {verdict.value}" for verdict in DeliveryVerdict if verdict in moved]
    if report.conflicts:
        parts.append(phrases.counted(len(report.conflicts), "new conflict"))
    late = [each for each in report.deliveries if each.verdict in (DeliveryVerdict.DROPPED, DeliveryVerdict.DELAYED)]
    if waiting := len({each.ref for delivery in late for each in delivery.waiting}):
        parts.append(phrases.counted(waiting, "product waits longer", "products wait longer"))
    return f"Plans: {', '.join(parts)}" if parts else ""


def blocks(report: ImpactReport, failing: str) -> Iterator[Block]:
    """What follows the headline; `failing` gives the reasons why the check fails."""
    yield from rows.incomplete(report)
    if failing:
        yield Paragraph((line(Run(f"Check failed: {failing}", Tone.BAD)),))
    loud = [each for each in report.judged if each.level.is_harm]
    quiet = [each for each in report.verdicts if not each.level.is_harm]
    if loud:
        yield Table(tuple(map(_row, loud[:_MOST_ROWS])), _HEADER)
    if rest := loud[_MOST_ROWS:]:
        yield Fold(line(f"{len(rest):,} more affected"), (Table(tuple(map(_row, rest)), _HEADER),))
    yield from table_section("Gains and informed", (_row(each)[:4] for each in quiet), _HEADER[:4], kind=Fold)
    if entries := rows.policy_entries(report):
        yield Entries(entries)
    yield from rows.arising(report, Fold)
    yield from rows.changes(report, "What changes")
    yield from _plan(report)
    if picture := ways(report):
        yield Fold(line("Graph"), (picture,))
    yield from _numbers(report)
    yield Paragraph(tuple(_honesty(report)))


def _row(verdict: Verdict) -> tuple[Line, ...]:
    cause = verdict.cause
    by = str(cause.due or "now") if verdict.level.is_harm else str(cause.due or "")
    through = line(Run(words.way(cause), Tone.CODE), ": ") if cause.distance > 1 else ()
    return row(
        words.level_of(verdict),
        words.consumer(verdict.consumer, verdict.tier),
        line(through, words.reason(cause)),
        by,
        words.ask(verdict).removeprefix("ask "),
        words.policy(verdict),
    )


def _plan(report: ImpactReport) -> Iterator[Block]:
    told, conflicts, moves = consequences(report)
    if found := tuple(rows.plan_changes(report.releases, told, conflicts)):
        title = f"Plan changes ({len(report.deliveries):,}), new conflicts ({len(report.conflicts):,})"
        yield Fold(line(title), found)
    yield from rows.goals(report, moves, Fold)


def _numbers(report: ImpactReport) -> Iterator[Block]:
    yield from rows.people(report, Fold)
    others = (row(each.entity.ref.kind, each.entity.label_with_id, each.what) for each in report.others)
    yield from table_section("Other changes", others, ("Kind", "Entity", "What"), kind=Fold)


def _honesty(report: ImpactReport) -> Iterator[Line]:
    for sentence in words.unknown(report.unknown):
        yield line("Not known: ", sentence)
    broken, left = report.summary.already_broken, report.summary.left
    if broken:
        was = phrases.counted(broken, "consumer was", "consumers were")
        yield line(f"{was} already broken before this change (not counted).")
    if left:
        yield line(f"{phrases.counted(left, 'consumer')} moved away in this change.")
    yield compared(report.compared)
