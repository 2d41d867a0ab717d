"""One entity on one screen: what it is, how far it is, who works with it, what is planned, and what is wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, TypeVar

from platctl.finding import Span
from platctl.graph.reach import Count
from platctl.model.named import Named
from platctl.outlook.contacts import Contact
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.compat.words import cell
from platctl.questions.history.page import told
from platctl.questions.show.report import (
    Answer,
    Recent,
    Rung,
    ShownChange,
    ShownFinding,
    ShownGoal,
    ShownUse,
    ShownVersion,
    ShownWork,
    ShowReport,
)
from platctl.writing.changes import change_words
from platctl.writing.findings import TONES
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, dim, in_state, listed, place, prose

T = TypeVar("T")

_ANSWERS: Final[Mapping[Answer, tuple[str, Tone]]] = {
    Answer.YES: ("● yes", Tone.GOOD),
    Answer.IN_PART: ("◐ in part", Tone.WARN),
    Answer.NO: ("○ no", Tone.PLAIN),
    Answer.UNKNOWN: ("? not known", Tone.NOTE),
}
_MOST: Final = {"versions": 4, "uses": 3, "used_by": 3, "work": 3, "goals": 2, "recent": 2, "findings": 2}
"""The rows of each part on one screen; the rest is counted, and JSON has all."""


def page(report: ShowReport, *, quiet: bool = False, short: bool = True) -> Page:
    """One screen, or with `short=False` everything; or only what it is."""
    head = Paragraph(tuple(_head(report)))
    return Page((head,)) if quiet else Page((head, *_body(report, short=short)))


def _head(report: ShowReport) -> Iterator[Line]:
    entity = report.entity
    days = [f"today: {report.today}"] if report.today else []
    days += [f"for {report.audience}"] if report.audience else []
    shown = f" ({', '.join(days)})" if days else ""
    yield line(Run(entity.label, Tone.STRONG), f" ({entity.ref.kind}:{entity.id}), {in_state(report.state)}{shown}")
    if report.gone:
        day = f", {report.gone.date}" if report.gone.date else ""
        yield line(Run(f"removed in {report.gone.short}{day}", Tone.WARN), "; this is what it was")
    if report.description:
        yield line(_shortened(prose(report.description)))
    if report.span:
        yield line("written in ", dim(str(report.span)))
    if report.former:
        yield line(f"formerly {listed(report.former)}")
    yield line(*_people(report))
    if known := [f"{each.field} {_shortened(each.value, 60)}" for each in report.facts if each.value is not None]:
        yield line("; ".join(known))
    if unknown := [each.field for each in report.facts if each.value is None]:
        yield line(Run("not known: ", Tone.NOTE), ", ".join(unknown))


_LONGEST = 150


def _shortened(text: str, most: int = _LONGEST) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _people(report: ShowReport) -> Iterator[str | Run]:
    owner = report.owner
    if owner is None:
        yield Run("no owner", Tone.WARN)
    else:
        yield f"owner {owner.name}" + (f" (lead {owner.contact})" if owner.contact else "")
    if report.contacts:
        yield f"; ask {listed([_contact(each) for each in report.contacts], 3)}"


def _contact(each: Contact) -> str:
    return f"{each.name} ({each.role})"


def _body(report: ShowReport, *, short: bool) -> Iterator[Block]:
    if report.ladder:
        rungs = tuple(_rung(each, report.span) for each in report.ladder)
        yield Section(line("From idea to end"), (Table(rungs),))
    yield from _part(
        "versions", f"Versions ({len(report.versions):,})", report.versions, _version, _VERSIONS, short=short
    )
    yield from _part("used_by", _used_by(report), report.used_by, _use, short=short)
    yield from _part("uses", _depends_on(report), report.uses, _use, short=short)
    yield from _part("work", f"Work ({len(report.work):,})", report.work, _work_of(report), short=short)
    if report.before or report.after:
        yield Paragraph(
            (
                line(f"waits for: {_names(report.before)}"),
                line(f"waited for by: {_names(report.after)}"),
            )
        )
    yield from _part("goals", f"Goals ({len(report.goals):,})", report.goals, _goal, short=short)
    yield from _recent(report.recent, short=short)
    if not report.audience and not report.gone:
        yield from _findings(report.findings, short=short)


def _names(names: Sequence[Named]) -> str:
    return listed([each.label_with_id for each in names], 4) or "nothing"


def _part(
    name: str,
    title: str,
    items: Sequence[T],
    shown: Callable[[T], tuple[Line, ...]],
    header: tuple[str, ...] = (),
    *,
    short: bool,
) -> Iterator[Section]:
    """A table of some rows; the rest is counted."""
    if not items:
        return
    most = _MOST[name] if short else len(items)
    table = Table(tuple(map(shown, items[:most])), header, frozenset({4, 5}) if header else frozenset())
    yield Section(line(title), (table, *_more(len(items) - most)))


def _more(rest: int) -> tuple[Paragraph, ...]:
    return (Paragraph((dim(f"and {rest:,} more, with `--format json`"),)),) if rest > 0 else ()


def _rung(each: Rung, own: Span | None) -> tuple[Line, ...]:
    word, tone = _ANSWERS[each.answer]
    return row(each.step.value, Run(word, tone), line(each.fact, _near(each.span, own)))


def _near(span: Span | None, own: Span | None) -> Line:
    """A place; in the file of the entity itself, which is named above, only the line."""
    if span and own and span.path == own.path:
        return dim(f"   line {span.line}")
    return place(span)


_VERSIONS = ("Version", "Since", "Leaves", "Go to", "Works for", "Nothing else")


def _version(each: ShownVersion) -> tuple[Line, ...]:
    tone = Tone.DIM if each.is_over else Tone.WARN if each.is_deprecated else Tone.STRONG
    name = f"{each.on.partition('#')[2]} {each.version or 'any'}".strip()
    planned = f"{each.begins}, planned" if each.begins and each.by else str(each.begins or each.since or "not known")
    return row(
        Run(name, tone),
        planned,
        str(each.ends or ("over" if each.is_over else "")),
        each.successor or "",
        f"{len(each.users):,}",
        f"{len(each.only):,}",
    )


def _used_by(report: ShowReport) -> str:
    components, consumers = report.components, report.consumers
    if components is None or consumers is None:
        return "Used by"
    return f"Used by {_all(consumers, 'consumer')}, {_all(components, 'component')}"


def _depends_on(report: ShowReport) -> str:
    return f"Depends on {_all(report.dependencies, 'component')}" if report.dependencies else "Depends on"


def _all(count: Count, what: str) -> str:
    """`8 consumers (11 in all)`."""
    more = f" ({count.transitive:,} in all)" if count.transitive > count.direct else ""
    return counted(count.direct, what) + more


def _use(each: ShownUse) -> tuple[Line, ...]:
    words = [word for word, is_so in (("soft", each.is_soft), ("exposes", each.exposes)) if is_so]
    interface = each.on.partition("#")[2]
    works = cell(each.cell) if each.cell else line(Run("does not exist", Tone.BAD))
    return row(
        Run(each.who.label, Tone.STRONG),
        f"{interface} {each.requires or 'no range'}".strip(),
        line(works, f", {', '.join(words)}" if words else ""),
    )


def _work_of(report: ShowReport) -> Callable[[ShownWork], tuple[Line, ...]]:
    def shown(each: ShownWork) -> tuple[Line, ...]:
        end = Run(f"{each.end}, overdue", Tone.BAD) if each.overdue_since else str(each.end or "not known")
        does = "; ".join(_change(change, report.entity) for change in each.changes[:2])
        rest = len(each.changes) - 2
        does += f" and {rest} more" if rest > 0 else ""
        weeks = f"{number(each.weeks)} w" if each.weeks is not None else ""
        return row(Run(each.initiative.label, Tone.STRONG), each.status, end, weeks, does)

    return shown


def _change(each: ShownChange, entity: Named) -> str:
    interface = each.on.partition("#")[2]
    own = interface or "it"
    subject = own if each.on.partition("#")[0] == entity.id else each.on
    return change_words(each.effect, subject, each.version, str(each.sunset) if each.sunset else None)


def _goal(each: ShownGoal) -> tuple[Line, ...]:
    share = percent(each.share) if each.share is not None else "progress not known"
    return row(each.goal.label, f"due {each.due}" if each.due else "no due date", share)


def _recent(recent: Recent, *, short: bool) -> Iterator[Block]:
    title = f"Since {recent.since}" if recent.since else "Lately"
    if recent.missing:
        yield Paragraph((line(f"{title}: not known; {recent.missing}"),))
        return
    if not recent.chapters:
        yield Paragraph((line(f"{title}: no commit changed it"),))
        return
    most = _MOST["recent"] if short else len(recent.chapters)
    rows = []
    for chapter in recent.chapters[:most]:
        words = "; ".join(_shortened(text, 90) for text in map(told, chapter.events[:1]))
        rest = len(chapter.events) - 1
        rows.append(
            row(
                str(chapter.at.date or ""),
                Run(chapter.at.short, Tone.CODE),
                words + (f"; {rest} more" if rest > 0 else ""),
            )
        )
    table = Table(tuple(rows))
    yield Section(
        line(f"{title} ({counted(len(recent.chapters), 'commit')})"), (table, *_more(len(recent.chapters) - most))
    )


def _findings(findings: Sequence[ShownFinding], *, short: bool) -> Iterator[Block]:
    if not findings:
        yield Paragraph((line("Findings: none"),))
        return
    most = _MOST["findings"] if short else len(findings)
    entries = tuple(_finding(each) for each in findings[:most])
    yield Section(line(f"Findings ({len(findings):,})"), (Entries(entries), *_more(len(findings) - most)))


def _finding(each: ShownFinding) -> Entry:
    name = Run(f"{each.severity.value}[{each.rule}]", TONES[each.severity])
    return Entry(line(name, f": {_shortened(each.message)}", place(each.span)))
