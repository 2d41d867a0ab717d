"""The impact report as a page of its own: the verdict, then who, why and by when, then the picture, then the rest."""

from collections.abc import Iterator, Sequence

from platctl.model.level import Level
from platctl.outlook.asides import Aside
from platctl.outlook.totals import Total
from platctl.page import (
    Block,
    Conclusion,
    Entries,
    Entry,
    Fold,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Target,
    Tone,
    line,
    row,
)
from platctl.questions.impact import rows, words
from platctl.questions.impact.comment import plans, whom
from platctl.questions.impact.consequences import consequences
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.questions.impact.ways import ways
from platctl.writing import phrases
from platctl.writing.asides import already_broken
from platctl.writing.compared import compared
from platctl.writing.levels import level_run
from platctl.writing.sections import entries_section, table_section

_MOST_STEPS = 6
_HEADER = ("Who", "Tier", "By when", "Why", "Ask", "Policy")


def page(report: ImpactReport) -> Page:
    """Everything, the answer first."""
    return Page((heading(report), *blocks(report, rows.failures(report), steps(report))))


def heading(report: ImpactReport) -> Paragraph:
    """Whom it affects; or what was asked."""
    if report.compared.base is None:
        return Paragraph((compared(report.compared),))
    return Paragraph((line(Run(whom(report), Tone.STRONG)),))


def blocks(report: ImpactReport, failing: str, then: Sequence[Line]) -> tuple[Block, ...]:
    """What follows the heading; `failing` gives the reasons why the check fails, `then` what to do."""
    return (
        *rows.incomplete(report),
        conclusion(report, failing, then),
        Paragraph(tuple(_about(report))),
        *_consumers(report),
        *_travels(report),
        *_plan(report),
        *_rest(report),
        *_unknown(report),
    )


def _about(report: ImpactReport) -> Iterator[Line]:
    """How plans change, and what was compared."""
    if report.compared.base is None:
        yield line(f"{whom(report)}.")
    if moved := plans(report):
        yield line(f"{moved}.")
    if report.compared.base is not None:
        yield compared(report.compared)


def conclusion(report: ImpactReport, failing: str, then: Sequence[Line]) -> Conclusion:
    """Whether it passes, why not, and what to do."""
    if failing:
        text = line(Run("Does not pass", Tone.BAD, mark="✕"), f": {failing}.")
        return Conclusion(text, Tone.BAD, tuple(then))
    if report.incomplete:
        return Conclusion(line(Run("Incomplete", Tone.WARN, mark="▲"), ": see above."), Tone.WARN)
    limit = report.fail_on.value if report.fail_on else "never"
    return Conclusion(line(Run("Passes", Tone.GOOD, mark="✓"), f" (--fail-on {limit})."), Tone.GOOD)


def steps(report: ImpactReport) -> tuple[Line, ...]:
    """What to do about each verdict that fails the check, the strongest first."""
    found = [_step(each) for each in report.failing]
    found += [line(each.message, phrases.place(each.span)) for each in report.errors]
    rest = len(found) - _MOST_STEPS
    return (*found[:_MOST_STEPS], *([line(f"and {rest:,} more")] if rest > 0 else []))


def _step(verdict: Verdict) -> Line:
    who = (Run(verdict.consumer.label, Tone.STRONG, _row_of(verdict)), Run(" "), words.level_of(verdict))
    missing = [each for each in verdict.approvals if not each.is_given]
    asked = words.ask(verdict) if missing else ""
    forbidden = [each.label.rstrip(".") for each in verdict.forbidden]
    said = [*([asked] if asked else []), *(f"forbidden: {each}" for each in forbidden)]
    return line(*who, f": {'; '.join(said)}" if said else f": {words.reason(verdict.cause)}")


# Who, why and by when


def _consumers(report: ImpactReport) -> Iterator[Block]:
    if report.is_first_model:
        yield Paragraph((line(words.FIRST_MODEL),))
        return
    totals = dict(report.totals)
    table: list[tuple[Line, ...]] = []
    groups: list[tuple[int, Line]] = []
    for level in Level:
        if found := [each for each in report.verdicts if each.level is level]:
            groups.append((len(table), _group(level, len(found), totals.get(level), report.whole)))
            table += map(_row, found)
    if report.escapes:
        title = Run("would be affected if the change did not edit or remove dependencies", Tone.WARN, mark="▲")
        groups.append((len(table), line(title, f" {len(report.escapes):,}")))
        table += map(_row, report.escapes)
    if table:
        title_ = line(f"Who, why, by when ({report.summary.consumers:,} consumers)")
        yield Section(title_, (Table(tuple(table), _HEADER, frozenset({1}), groups=tuple(groups)),))


def _group(level: Level, count: int, total: Total | None, whole: Total) -> Line:
    """`breaks 3, 11,380,000 users (46%)`."""
    names = ("users", "developers", "revenue")
    counts = [(getattr(total, name), getattr(whole, name), name) for name in names] if total else []
    parts = [f"{part:,.0f} {name}" + (f" ({part / all_:.0%})" if all_ else "") for part, all_, name in counts if part]
    return line(level_run(level), f" {count:,}", phrases.dim(f", {', '.join(parts)}") if parts else ())


def _row(verdict: Verdict) -> tuple[Line, ...]:
    cause = verdict.cause
    consumer = verdict.consumer
    name = Run(consumer.id, Tone.STRONG, anchor=_row_of(verdict).anchor)
    title = [_aside(consumer.title)] if consumer.title and consumer.title != consumer.id else []
    level = line(words.level_of(verdict), ": ") if verdict.escape else ()
    absorbed = f"; {cause.absorbed_by.label} has to absorb it" if cause.absorbed_by else ""
    why = line(*level, f"{words.reason(cause)}{absorbed}", _aside(f"{words.way(cause)}  {cause.span}"))
    return row(
        line(name, *title),
        str(verdict.tier or ""),
        str(cause.due or "now") if verdict.level.is_harm else str(cause.due or ""),
        line(*why, *map(_aside, _more(verdict)), *_causes_link(verdict)),
        ", ".join(each.name for each in verdict.contacts) if verdict.level.is_harm else "",
        words.policy(verdict),
    )


def _aside(text: str) -> Run:
    return Run(text, Tone.DIM, is_aside=True)


def _more(verdict: Verdict) -> Iterator[str]:
    if verdict.maybe_now:
        yield words.alias_hint(verdict.consumer, verdict.maybe_now)
    if verdict.gain:
        yield f"and gains: {words.reason(verdict.gain)}"
    if verdict.because:
        yield f"severity {verdict.severity.value}: {' and '.join(verdict.because)}"


def _row_of(verdict: Verdict) -> Target:
    return Target(anchor=f"{'escape:' if verdict.escape else ''}{verdict.consumer.ref}")


def _causes_link(verdict: Verdict) -> Line:
    if not verdict.others or not verdict.level.is_harm:
        return ()
    text = phrases.counted(len(verdict.others), "more cause")
    return (Run(text, Tone.DIM, Target(anchor=f"causes:{_row_of(verdict).anchor}"), is_aside=True),)


def _more_causes(report: ImpactReport) -> Iterator[Block]:
    """Each cause that does not decide, by consumer."""
    table: list[tuple[Line, ...]] = []
    groups: list[tuple[int, Line]] = []
    for verdict in report.judged:
        if _causes_link(verdict):
            at = _row_of(verdict)
            groups.append((len(table), line(Run(verdict.consumer.id, to=at, anchor=f"causes:{at.anchor}"))))
            table += [
                row(level_run(each.level), words.reason(each), words.way(each), phrases.dim(str(each.span)))
                for each in verdict.others
            ]
    if table:
        header = ("Level", "Why", "Way", "Where")
        yield Fold(line(f"More causes ({len(table):,})"), (Table(tuple(table), header, groups=tuple(groups)),))


# The picture


def _travels(report: ImpactReport) -> Iterator[Block]:
    picture = ways(report)
    if picture:
        yield Section(line("How it travels"), (picture, *_components(report)))
    else:
        yield from _components(report)


def _components(report: ImpactReport) -> Iterator[Block]:
    """The components that change or that an effect reaches."""
    known = {each.component.id for each in report.components}
    changed = {each.subject.partition("#")[0]: each.subject.label for each in report.changes}
    found = [
        row(
            Run(name, Tone.STRONG, anchor=f"component:{name}"),
            label if label != name else "",
            "changes",
        )
        for name, label in changed.items()
        if name not in known
    ]
    found += [
        row(
            Run(each.component.id, Tone.STRONG, anchor=f"component:{each.component.id}"),
            each.component.title or "",
            line(level_run(each.level), ", changes" if each.component.id in changed else ""),
        )
        for each in report.components
    ]
    yield from table_section("Components", found, ("Component", "Title", "Effect"), kind=Fold)


# The rest


def _plan(report: ImpactReport) -> Iterator[Block]:
    told, conflicts, moves = consequences(report)
    if found := (*rows.plan_changes(report.releases, told, conflicts), *rows.goals(report, moves)):
        yield Section(line("Plans that change"), found)


def _rest(report: ImpactReport) -> Iterator[Block]:
    if parts := tuple(_folds(report)):
        yield Section(line("All the rest"), parts)


def _folds(report: ImpactReport) -> Iterator[Block]:
    yield from rows.changes(report, "Changes")
    yield from rows.arising(report, Fold)
    yield from entries_section("Policy", rows.policy_entries(report), Fold)
    was = "Already broken before this change, not counted"
    yield from entries_section(was, map(_broken, report.already_broken), Fold)
    left = (Entry(line(words.moved_away(each))) for each in report.left)
    yield from entries_section("Moved away in this change", left, Fold)
    yield from _more_causes(report)
    yield from rows.people(report, Fold)
    others = (
        row(each.entity.ref.kind, each.entity.label_with_id, each.what, phrases.dim(str(each.span or "")))
        for each in report.others
    )
    yield from table_section("Other changes", others, ("Kind", "Entity", "What", "Where"), kind=Fold)


def _broken(each: Aside) -> Entry:
    return Entry(line(already_broken(each), phrases.place(each.span)))


def _unknown(report: ImpactReport) -> Iterator[Block]:
    if found := words.unknown(report.unknown):
        yield Section(line("Not known"), (Entries(tuple(Entry(line(each)) for each in found)),))
