"""One entity as rows for a spreadsheet: each fact of each part."""

from collections.abc import Iterator

from platctl.finding import Span
from platctl.model.placement import LazySpan
from platctl.questions.show.report import ShowReport

HEADER = ("part", "what", "value", "since", "until", "file", "line")
Row = tuple[str | float | None, ...]


def rows(report: ShowReport) -> Iterator[Row]:
    """The parts in the order of the page."""
    for fact in report.facts:
        yield _row("field", fact.field, fact.value)
    for rung in report.ladder:
        yield _row("step", rung.step.value, f"{rung.answer.value}: {rung.fact}", span=rung.span)
    for version in report.versions:
        users = " ".join(each.ref.name for each in version.users)
        since, until = version.begins or version.since, version.ends
        yield _row("version", f"{version.on} {version.version or ''}".rstrip(), users, since, until, version.span)
    for part, uses in (("used by", report.used_by), ("depends on", report.uses)):
        for use in uses:
            word = use.cell.word.value if use.cell else "does not exist"
            until = use.cell.until if use.cell else None
            yield _row(
                part, use.who.ref.name, f"{use.on} {use.requires or ''}".rstrip() + f": {word}", None, until, use.span
            )
    for work in report.work:
        yield _row("work", work.initiative.ref.name, work.status, work.start, work.end, work.span)
    for goal in report.goals:
        yield _row("goal", goal.goal.ref.name, None if goal.share is None else f"{goal.share:.4g}", None, goal.due)
    for chapter in report.recent.chapters:
        for event in chapter.events:
            told = f"{event.field} {event.was or ''} -> {event.now or ''}".strip()
            yield _row("history", event.what.value, told, chapter.at.date)
    for finding in report.findings:
        yield _row("finding", finding.rule, finding.message, span=finding.span)


def _row(
    part: str,
    what: str,
    value: str | None,
    since: object = None,
    until: object = None,
    span: Span | LazySpan | None = None,
) -> Row:
    place = span.resolve() if isinstance(span, LazySpan) else span
    days = (str(day) if day else None for day in (since, until))
    return (part, what, value, *days, *((place.path, place.line) if place and place.path else (None, None)))
