"""How stable an order is, as a page: the chance of a top rank, the range of ranks, and what to clarify."""

from collections.abc import Iterator

from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.sensitivity.report import SensitivityReport, Stability, Varied
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, in_state, place


def page(report: SensitivityReport, *, quiet: bool = False) -> Page:
    """The whole report, or only how stable the top is."""
    body = () if quiet else tuple(_body(report))
    return Page((Paragraph((_title(report),)), *body, Paragraph(tuple(_summary(report)))))


def _title(report: SensitivityReport) -> Line:
    how = f"(by {percent(report.spread)} without a declared range)" if report.spread else "within their ranges"
    varied = f"{counted(report.varied, 'input varies', 'inputs vary')} {how}"
    seed = f" (seed {report.seed})" if report.seed else ""
    name = Run(f"Stability of the order by {report.method}", Tone.STRONG)
    return line(name, f", {in_state(report.state)}: {varied}, {counted(report.samples, 'sample')}{seed}")


def _body(report: SensitivityReport) -> Iterator[Block]:
    if report.items:
        header = ("#", "Initiative", f"In top {report.top}", "Rank (90 %)", "Depends most on (rank correlation)")
        yield Table(tuple(map(_row, report.items)), header, frozenset({0, 2}))
    if report.ask_first:
        entries = tuple(map(_asked, report.ask_first))
        yield Section(line(f"Clarify first, to settle the top {report.top}"), (Entries(entries),))


def _row(item: Stability) -> tuple[Line, ...]:
    tone = Tone.PLAIN if item.probability in (0, 1) else Tone.STRONG
    ranks = str(item.earliest) if item.earliest == item.latest else f"{item.earliest} to {item.latest}"
    return row(
        str(item.rank),
        Run(item.initiative.label_with_id, Tone.STRONG),
        Run(_chance(item.probability), tone),
        ranks,
        _depends_on(item),
    )


def _chance(probability: float) -> str:
    """In whole percent; only 0 and 1 are shown as `0 %` and `100 %`."""
    if 0 < probability < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 < probability < 1 else f"{100 * probability:.0f} %"


def _depends_on(item: Stability) -> str:
    for driver in item.drivers:
        of = driver.input.initiative
        whose = f" of {of.label}" if of and of != item.initiative else ""
        return f"{driver.input.label}{whose} ({driver.correlation:+.2f})"
    return ""


def _asked(varied: Varied) -> Entry:
    whose = line(Run(varied.initiative.label, Tone.STRONG), ", ") if varied.initiative else ()
    ends = f": {number(varied.low)} to {number(varied.high)}, likely {number(varied.likely)}"
    return Entry(line(whose, varied.label, ends, place(varied.span)))


def _summary(report: SensitivityReport) -> Iterator[Line]:
    if not report.items:
        yield line("There is nothing to rank.")
        return
    if not report.varied:
        yield line("Nothing varies: no input has a range. `--spread 20%` assumes one for each.")
        return
    same = Run(_chance(report.same_first), Tone.STRONG)
    yield line(f"The top {report.top} are the same in ", same, " of the samples.")
    if report.fixed and not report.spread:
        words = counted(report.fixed, "number without a range stays", "numbers without a range stay")
        yield line(f"{words} fixed; `--spread 20%` varies them and the weights.")
    if report.is_plain:
        yield line("Samples are ordered by score with prerequisites moved up: the best order would take too long.")
    if report.undefined:
        yield line(f"{counted(report.undefined, 'score')} had no value in a sample and counted as 0 there.")
