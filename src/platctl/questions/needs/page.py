"""What a product waits for as a page: the two dates, the critical path, all work, unmet needs, migrations."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from platctl.outlook.demands import ForcedMove, Requirement
from platctl.outlook.earliest import Certainty, Obstacle, When
from platctl.page import (
    Arrow,
    Block,
    Box,
    Diagram,
    Entries,
    Entry,
    Fold,
    Line,
    Page,
    Paragraph,
    Run,
    Section,
    Table,
    Tone,
    joined,
    line,
    row,
)
from platctl.questions.needs.report import Decider, Feature, NeededWork, NeedsReport, Pause
from platctl.writing.conflicts import conflict
from platctl.writing.endings import ending, ending_tone
from platctl.writing.numbers import number, person_weeks
from platctl.writing.phrases import counted, in_state, listed, place, prose
from platctl.writing.sections import entries_section

_HEADER = ("Work", "Status", "Owner", "Weeks", "Starts", "Ends", "Slack")
_NUMBERS = frozenset({3, 6})
_OPTIONAL = (3,)
_TONES = {Certainty.UNKNOWN: Tone.WARN, Certainty.NEVER: Tone.BAD, Certainty.DONE: Tone.GOOD}
_OBSTACLES: Final[Mapping[Obstacle, str]] = {
    Obstacle.GIVEN_UP: "it is {status}, so it will not be done",
    Obstacle.CIRCLE: "it waits for itself, so it can't start",
    Obstacle.MISSING: "there is no such initiative",
    Obstacle.UNREAD: "it could not be read",
    Obstacle.NO_DATES: "it has no dates",
    Obstacle.NO_START: "it has no start, so its length is not known",
    Obstacle.NO_END: "it has no end",
    Obstacle.ENDS_BEFORE_START: "it ends before it starts",
}


def page(report: NeedsReport, *, quiet: bool = False) -> Page:
    """Everything, or only the dates."""
    if quiet:
        dates = (line(_name(each, report), ": ", _when(each.earliest.ready)) for each in report.features)
        return Page((Paragraph((_title(report), *dates)),))
    return Page((Paragraph((_title(report),)), *_body(report)))


def _title(report: NeedsReport) -> Line:
    days = [f"today: {report.today}"] if report.today else []
    days += [f"versions as of {report.at}"] if report.at else []
    told = f" ({', '.join(days)})" if days else ""
    return line(Run(f"What {report.subject.label_with_id} needs", Tone.STRONG), f", {in_state(report.state)}{told}")


def _name(feature: Feature, report: NeedsReport) -> str:
    """With the id, unless the heading has it already."""
    initiative = feature.initiative
    return initiative.label if initiative == report.subject else initiative.label_with_id


def _body(report: NeedsReport) -> Iterator[Block]:
    if len(report.features) > 1:
        yield Section(line(f"Requested work ({len(report.features)})"), (_overview(report),))
    elif not report.features:
        yield Paragraph((line("No planned work: no open initiative is `for` it or requested by it."),))
    for feature in report.features:
        yield Section(line(_feature_title(feature, report)), tuple(_feature(feature, report)))
    yield from _reasons(report)
    yield from entries_section("Unmet needs", map(_requirement, report.requirements))
    yield from entries_section("Required migrations", map(_move, report.moves))


def _overview(report: NeedsReport) -> Table:
    rows = tuple(
        row(
            Run(each.initiative.label, Tone.STRONG),
            each.status,
            _when(each.planned.ready),
            _when(each.earliest.ready),
            str(sum(step.ends.certainty is not Certainty.DONE for step in each.steps) - 1),
        )
        for each in report.features
    )
    return Table(rows, ("Work", "Status", "Planned", "Earliest", "Waits for"), frozenset({4}))


def _feature_title(feature: Feature, report: NeedsReport) -> str:
    for_ = f", for {feature.consumer.label}" if feature.consumer else ""
    return f"{_name(feature, report)}, {feature.status}{for_}"


def _feature(feature: Feature, report: NeedsReport) -> Iterator[Block]:
    yield Paragraph(tuple(_dates(feature)))
    if feature.is_open:
        yield Table(tuple(map(_step_row, feature.steps)), _HEADER, _NUMBERS, _OPTIONAL)
    if feature.consumer != report.subject:
        yield from entries_section("Unmet needs", map(_requirement, feature.requirements))
    if len(feature.steps) > 1:
        yield Fold(line("Graph"), (_diagram(feature),))


def _dates(feature: Feature) -> Iterator[Line]:
    if not feature.is_open:
        yield line("done", f" on {feature.earliest.work.date}" if feature.earliest.work.date else "")
        return
    yield line("planned: ", _when(feature.planned.ready, long=True))
    yield line("earliest: ", _when(feature.earliest.ready, long=True))
    pauses = (pause for shipping in (feature.planned, feature.earliest) for pause in shipping.pauses)
    yield from map(_pause, dict.fromkeys(pauses))
    if feature.chain:
        yield line("critical path: ", joined((Run(each.label, Tone.STRONG) for each in feature.chain), " -> "))
    for circle in feature.circles:
        yield line(Run("waits for itself: ", Tone.BAD), " -> ".join(each.label for each in (*circle, circle[0])))
    if because := _held_up(feature):
        yield line(f"{feature.earliest.work.certainty.value} because of ", Run(listed(because), Tone.BAD))
    if open_ := [step for step in feature.steps if step.status and not step.is_promised and not step.obstacle]:
        yield line(f"not committed: {listed([f'{each.initiative.label} ({each.status})' for each in open_])}")


def _held_up(feature: Feature) -> list[str]:
    """What makes the day unknown or impossible."""
    certainty = feature.earliest.work.certainty
    names = [each.initiative.label for each in feature.steps if each.obstacle and each.ends.certainty is certainty]
    if certainty is Certainty.UNKNOWN:
        unmet = (each for each in feature.requirements if not each.is_soft and not each.brought_by)
        names += [_asked(each)[0].text for each in unmet if not each.earliest.date]
    return names


def _when(when: When, *, long: bool = False) -> Run:
    tone = _TONES.get(when.certainty, Tone.STRONG)
    if when.certainty is Certainty.KNOWN:
        return Run(str(when.date), tone)
    if when.certainty is Certainty.UNKNOWN and when.date and long:
        return Run(f"unknown, not before {when.date}", tone)
    return Run(when.certainty.value, tone)


def _pause(pause: Pause) -> Line:
    reason = f" ({prose(pause.reason)})" if pause.reason else ""
    text = f"{pause.date} falls in the freeze {pause.start} to {pause.end}{reason}; the next day after it counts"
    return line(Run(text, Tone.WARN), place(pause.span))


def _step_row(step: NeededWork) -> tuple[Line, ...]:
    return row(
        Run(step.initiative.label, Tone.STRONG if step.is_critical else Tone.PLAIN),
        step.status or "missing",
        step.owner.label if step.owner else "",
        number(step.weeks),
        str(step.begins or ""),
        _when(step.ends),
        "critical" if step.is_critical else "" if step.slack is None else counted(step.slack, "day"),
    )


def _reasons(report: NeedsReport) -> Iterator[Block]:
    """Why each piece of work ends when it does, and the conflicts, once for all features."""
    steps = dict.fromkeys(_reason(step) for feature in report.features for step in feature.steps)
    if steps:
        yield Section(line("Why not sooner"), (Entries(tuple(steps)),))
    conflicts = dict.fromkeys(conflict for feature in report.features for conflict in feature.conflicts)
    found = (Entry(line(conflict(each), place(each.span))) for each in conflicts)
    yield from entries_section("Conflicts", found)


def _reason(step: NeededWork) -> Entry:
    name = Run(step.initiative.label, Tone.STRONG)
    return Entry(line(name, f": {_why(step)}", place(step.deciding or step.span)))


def _why(step: NeededWork) -> str:
    if step.ends.certainty is Certainty.DONE:
        return f"done on {step.end}" if step.end else "done"
    if step.obstacle:
        return _OBSTACLES[step.obstacle].format(status=step.status)
    if step.ends.certainty is Certainty.NEVER:
        return "it waits for work that will never be done"
    text = _DECIDED[step.decided_by](step) if step.decided_by else ""
    if step.ends.certainty is Certainty.UNKNOWN:
        return "it waits for work with no known end" + (f"; not before {step.ends.date}" if step.ends.date else "")
    return text


def _planned(step: NeededWork) -> str:
    if step.start and step.end:
        return f"planned {step.start} to {step.end}"
    return f"planned to end on {step.end}" if step.end else f"planned to start on {step.start}"


_DECIDED: Final[Mapping[Decider, Callable[[NeededWork], str]]] = {
    Decider.PLAN: _planned,
    Decider.EARLIEST: lambda step: f"{_planned(step)}, but not before {step.begins}",
    Decider.PREREQUISITE: lambda step: f"after {step.after.label if step.after else ''}; {_planned(step)}",
    Decider.TODAY: lambda step: f"{_planned(step)}, but not before today",
}


def _diagram(feature: Feature) -> Diagram:
    """Which work comes before which, with the critical path highlighted."""
    nodes = tuple(Box(str(each.initiative.ref), _node(each), _node_tone(each)) for each in feature.steps)
    edges = tuple(
        Arrow(str(before.ref), str(each.initiative.ref)) for each in feature.steps for before in each.waits_for
    )
    return Diagram(nodes, edges)


def _node(step: NeededWork) -> str:
    return f"{step.initiative.label}, {_when(step.ends).text}"


def _node_tone(step: NeededWork) -> Tone:
    if step.is_critical:
        return Tone.NOTE
    return Tone.DIM if step.ends.certainty is Certainty.DONE else _TONES.get(step.ends.certainty, Tone.PLAIN)


def _requirement(need: Requirement) -> Entry:
    by = f", needed by {need.need_by}" if need.need_by else ""
    head = line(_asked(need), f": no available version{by}", place(need.span))
    return Entry(head, (line(_met_by(need), place(need.deciding)),))


def _asked(asked: Requirement | ForcedMove) -> Line:
    soft = " (soft)" if asked.is_soft else ""
    return line(Run(f"{asked.on.shown} {asked.requires or 'in any version'}", Tone.STRONG), soft)


def _met_by(need: Requirement) -> Line:
    late = Run(", too late", Tone.BAD) if need.is_late else ""
    if need.brought_by is None:
        nobody = Run("no planned work provides it", Tone.BAD)
        return line("available from ", _when(need.earliest), late) if need.earliest.date else line(nobody)
    status = "" if need.is_promised else f" ({need.status}, not committed)"
    days = line("planned ", _when(need.planned), ", earliest ", _when(need.earliest, long=True))
    return line(f"provided by {need.brought_by.label}{status}: ", days, late)


def _move(move: ForcedMove) -> Entry:
    tone = ending_tone(move.kind) if move.gone else Tone.NOTE
    end = Run(ending(move.kind, str(move.gone)) if move.gone else "deprecated, no end date", tone)
    by = f", by {move.by.label}" if move.by else ""
    to = f"move to {listed(move.move_to)}" if move.move_to else "no successor declared"
    weeks = f", {person_weeks(move.weeks)}" if move.weeks is not None else ""
    uses = f"; uses {listed(move.uses)}" if move.uses else ""
    return Entry(
        line(_asked(move), ": ", end, by, place(move.deciding)),
        (line(f"{to}{weeks}{uses}", place(move.span)),),
    )
