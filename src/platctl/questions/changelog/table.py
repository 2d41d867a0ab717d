"""What changed in the plan, as rows for a spreadsheet."""

from collections.abc import Iterator

from platctl.model.placement import LazySpan
from platctl.questions.changelog.report import ChangelogReport
from platctl.questions.changelog.words import text

HEADER = ("kind", "entity", "title", "change", "owner", "waiting", "file", "line", "because")


def rows(report: ChangelogReport) -> Iterator[tuple[str | float | None, ...]]:
    """One row for each thing that happened, in the order of the report; lists are separated by blanks."""
    for each in report.entries:
        span = each.span.resolve() if isinstance(each.span, LazySpan) else each.span
        yield (
            *(each.kind.value, str(each.entity.ref), each.entity.label, text(each)),
            *(each.owner.label if each.owner else None, " ".join(named.ref.name for named in each.waiting)),
            *((span.path, span.line) if span and span.path else (None, None)),
            f"{each.because.kind.value} {each.because.entity.ref}" if each.because else None,
        )
