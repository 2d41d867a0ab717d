"""Why an initiative has its rank: the inputs of its score, and what comes before it."""

from collections.abc import Iterator

from platctl.model.named import Named
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, joined, line, row
from platctl.questions.backlog.report import BacklogReport
from platctl.ranking.inputs import Input, Origin, Portion
from platctl.ranking.items import DecisionStanding, RankedItem
from platctl.writing.numbers import number
from platctl.writing.phrases import dim, listed
from platctl.writing.ranking import method_line


def title(report: BacklogReport) -> Line:
    return method_line(report.method, "Ranked by", report.state)


def why_not(item: RankedItem) -> str:
    score = item.score
    return score.undefined or f"missing {listed(list(score.missing))}"


def explanation(report: BacklogReport, item: RankedItem) -> Page:
    """Where the score of one item comes from, and why it has its rank."""
    head = line(Run(item.initiative.label_with_id, Tone.STRONG), f": {_place(item, report)}")
    return Page((Paragraph((title(report), head)), *_explained(report, item)))


def _place(item: RankedItem, report: BacklogReport) -> str:
    if item.rank is None:
        return f"not ranked: {why_not(item)}"
    tied = ", tied" if item.is_tied else ""
    return f"rank {item.rank} of {len(report.items) + report.left_out}{tied}"


def _explained(report: BacklogReport, item: RankedItem) -> Iterator[Block]:
    yield Section(
        line("Score"), (Paragraph(tuple(_arithmetic(report, item))), Entries(tuple(map(_input, item.score.inputs))))
    )
    if len(item.block) > 1:
        yield Section(line("Priority"), tuple(_block(item)))
    elif item.lifted_by:
        raised = f"raised to {number(item.priority)}, the score of {item.lifted_by.label_with_id}, which waits for it"
        yield Section(line("Priority"), (Paragraph((line(raised),)),))
    order = [
        *(line("after ", Run(each.label_with_id, Tone.STRONG), ", which has to end first") for each in item.waits_for),
        *(line("before ", Run(each.label_with_id, Tone.STRONG), ", which waits for it") for each in item.unlocks),
        *_above(report, item),
    ]
    if order:
        yield Section(line("Order"), (Paragraph(tuple(order)),))


def _arithmetic(report: BacklogReport, item: RankedItem) -> Iterator[Line]:
    score, method = item.score, report.method
    if score.word:
        yield line(f"{score.word} = {number(score.value)}; the best of {len(method.classes)} classes counts most")
    elif score.value is None:
        yield line(Run(f"none: {why_not(item)}", Tone.WARN))
    elif score.gain is not None:
        yield line(f"{method.value} = {number(score.gain)}")
        yield line(f"{method.size} = {number(score.work)}")
        yield line(f"{number(score.gain)} / {number(score.work)} = {number(score.value)}")
    else:
        yield line(f"{method.value} = {number(score.value)}")


def _input(found: Input) -> Entry:
    value = found.word or number(found.value) or "unknown"
    unit = f" {found.unit}" if found.unit and found.value is not None else ""
    share = f", counts as {number(found.used)}" if found.used is not None and found.used != found.value else ""
    head = line(Run(found.label, Tone.STRONG), f" {value}{unit}{share}  ({_ORIGIN[found.origin]})")
    return Entry(line(head, "   ", dim(str(found.span or ""))), tuple(_input_notes(found)))


_ORIGIN = {
    Origin.WRITTEN: "declared",
    Origin.VOTES: "voted",
    Origin.GRAPH: "derived",
    Origin.DEFAULT: "assumed",
    Origin.MISSING: "missing",
}


def _input_notes(found: Input) -> Iterator[Line]:
    if len(found.portions) > 1 or (found.portions and found.origin is Origin.GRAPH):
        yield joined((_portion(each) for each in found.portions), " + ")
    if found.note:
        yield line(found.note)
    if found.harmed:
        yield line(f"counted, but must act: {listed([each.label for each in found.harmed])}")
    if found.written is not None:
        yield line(f"declared as {number(found.written)}, but the derived value takes precedence")


def _portion(portion: Portion) -> Line:
    return line(f"{number(portion.value)} ({portion.of})")


def _block(item: RankedItem) -> Iterator[Block]:
    """The initiatives of the block, and the ratio of the sums that is their priority."""
    rows = tuple(
        row(
            Run(each.initiative.label, Tone.STRONG if each.initiative == item.initiative else Tone.PLAIN),
            number(each.gain),
            line(number(each.work), " (assumed)" if each.is_assumed else ""),
        )
        for each in item.block
    )
    gain, work = sum(each.gain for each in item.block), sum(each.work for each in item.block)
    total = row(Run("total", Tone.STRONG), number(gain), number(work))
    yield Paragraph((line("Ranked as one block with its prerequisites and the work that it unlocks:"),))
    yield Table((*rows, total), ("Initiative", "Value", "Work"), frozenset({1, 2}))
    yield Paragraph((line(f"{number(gain)} / {number(work)} = {number(item.priority)}"),))


def _above(report: BacklogReport, item: RankedItem) -> Iterator[Line]:
    """The initiative one rank above, and why."""
    above = next((each for each in report.items if item.rank and each.rank == item.rank - 1), None)
    if above is None:
        return
    name = Run(above.initiative.label_with_id, Tone.STRONG)
    if _chosen_over(report, above.initiative, item.initiative):
        yield line("one rank above: ", name, ", by a decision")
    elif above.is_tied and item.is_tied:
        yield line("one rank above: ", name, ", with the same priority; ordered by id")
    elif above.priority == item.priority:
        yield line("one rank above: ", name, ", in the same block")
    else:
        yield line(
            "one rank above: ", name, f", with priority {number(above.priority)} compared with {number(item.priority)}"
        )


def _chosen_over(report: BacklogReport, one: Named, other: Named) -> bool:
    return any(
        each.chose == one and other in each.over for each in report.decided if each.standing is DecisionStanding.MOVED
    )
