"""Ideas and proposals as a page: a table for each stage, then what is similar."""

from collections.abc import Iterator

from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.intake.report import Alike, Candidate, IntakeReport, IntakeStage, MissingField
from platctl.writing.phrases import counted, dim, in_state, listed
from platctl.writing.sections import entries_section

_TITLES = {Status.IDEA: "Ideas", Status.PROPOSED: "Proposed", Status.SHAPED: "Shaped"}
_HEADER = ("Initiative", "Proposed by", "Age", "Asked by", "Helps", "Needs")


def page(report: IntakeReport, *, quiet: bool = False) -> Page:
    """All stages, or only the verdict."""
    title = line(Run("Intake", Tone.STRONG), f" {in_state(report.state)}")
    body = () if quiet else tuple(_body(report))
    return Page((Paragraph((title,)), *body, Paragraph(tuple(_summary(report)))))


def _body(report: IntakeReport) -> Iterator[Block]:
    for stage in report.stages:
        if stage.candidates:
            rows = tuple(map(_row, stage.candidates))
            yield Section(_title(stage), (Table(rows, _HEADER, frozenset({2}), optional=(4, 3)),))
    yield from entries_section("Similar", (_alike_entry(each) for each in report.candidates if each.alike))


def _title(stage: IntakeStage) -> Line:
    following = next((each.next for each in stage.candidates if each.next), None)
    then = f", next stage: {following.value}" if following else ""
    return line(f"{_TITLES[stage.status]} ({len(stage.candidates)}){then}")


def _row(candidate: Candidate) -> tuple[Line, ...]:
    return row(
        Run(candidate.initiative.label_with_id, Tone.STRONG),
        candidate.proposed_by if candidate.proposed_by else Run("unknown", Tone.WARN),
        age(candidate.age),
        listed([each.label for each in candidate.requested_by], 3),
        listed([each.label for each in candidate.helps], 3),
        Run(", ".join(each.field for each in candidate.lacks), Tone.CODE)
        if candidate.lacks
        else Run("ready", Tone.GOOD),
    )


def age(days: int | None) -> str:
    """`12 d`, `9 wk`, `2.5 y`; an empty string for None."""
    if days is None:
        return ""
    if days < 28:
        return f"{days} d"
    return f"{days // 7} wk" if days < 730 else f"{days / 365.25:.1f} y"


def _alike_entry(candidate: Candidate) -> Entry:
    head = line(Run(candidate.initiative.label_with_id, Tone.STRONG))
    more = (dim(f"and {candidate.more_alike:,} more"),) if candidate.more_alike else ()
    return Entry(head, (*map(_alike, candidate.alike), *more))


def _alike(alike: Alike) -> Line:
    how = Run("same title as", Tone.WARN) if alike.is_duplicate else f"{alike.likeness:.0%} similar to"
    both = [f"`{word}`" for word in alike.words] if not alike.is_duplicate else []
    on = [f"both change {listed([each.label for each in alike.components], 3)}"] if alike.components else []
    why = "; ".join(filter(None, [listed(both, 4), *on]))
    other = line(alike.other.label, " ", dim(f"({alike.other.id}, {alike.status.value})"))
    return line(how, " ", other, f": {why}" if why else "")


def _summary(report: IntakeReport) -> Iterator[Line]:
    candidates = report.candidates
    stages = ", ".join(f"{len(each.candidates)} {each.status.value}" for each in report.stages if each.candidates)
    yield line(f"{counted(len(candidates), 'initiative')}{f': {stages}' if stages else ''}")
    if ready := [each.initiative.id for each in candidates if each.is_ready]:
        command = Run("platctl promote", Tone.CODE)
        yield line(Run("Ready for the next stage", Tone.GOOD), " (", command, f"): {listed(ready)}")
    if overdue := [each.initiative.label_with_id for each in candidates if each.overdue]:
        yield line(Run("Incomplete for the current stage", Tone.WARN), f": {listed(overdue)}")
    if undated := sum(each.proposed_on is None for each in candidates):
        field = Run("proposed_on", Tone.CODE)
        yield line(f"Age unknown: {undated} (set ", field, " to the day of the proposal)")


def lacking(name: str, stage: Status, lacks: tuple[MissingField, ...]) -> Page:
    """The fields that an initiative lacks for a stage, with an example line for each."""
    fields = counted(len(lacks), "missing field")
    said = line(Run(name, Tone.STRONG), f" can't be {stage.value} yet: add {fields}. Examples:")
    entries = (
        Entry(line(Run(each.example, Tone.CODE)), (dim(each.description.rstrip(".")),) if each.description else ())
        for each in lacks
    )
    do = line("To set them, replace the words in capitals, and all values that don't fit:")
    return Page((Paragraph((said,)), Entries(tuple(entries)), Paragraph((do,))))


def filling(ref: Ref, lacks: tuple[MissingField, ...]) -> list[str]:
    """The commands that fill all gaps, as typed in a shell; what does not exist yet is created first."""
    kinds = dict.fromkeys(each.new for each in lacks if each.new)
    values = " ".join(f"{_quoted(each.field)} {each.value}" for lack in lacks for each in lack.values)
    return [*(f"platctl new {kind} {kind.upper()} --title TITLE" for kind in kinds), f"platctl set {ref} {values}"]


def _quoted(field: str) -> str:
    return f"'{field}'" if "[" in field else field
