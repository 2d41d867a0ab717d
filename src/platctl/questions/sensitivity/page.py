"""How sure an order is, as a page: the chance of being among the first, the range of ranks, and what to find out."""

from collections.abc import Iterator

from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.sensitivity.report import SensitivityReport, Stability, Varied
from platctl.writing.numbers import number, percent
from platctl.writing.phrases import counted, place


def page(report: SensitivityReport, *, quiet: bool = False) -> Page:
    """The whole report, or only how sure the first ones are."""
    body = () if quiet else tuple(_body(report))
    return Page((Paragraph((_title(report),)), *body, Paragraph(tuple(_summary(report)))))


def _title(report: SensitivityReport) -> Line:
    how = f"by {percent(report.spread)} where nobody gives a range" if report.spread else "within their ranges"
    varied = f"{counted(report.varied, 'input varies', 'inputs vary')} {how}"
    seed = f" (seed {report.seed})" if report.seed else ""
    name = Run(f"How sure the order by {report.method} is", Tone.STRONG)
    return line(name, f", on {report.state}: {varied}, in {counted(report.samples, 'sample')}{seed}")


def _body(report: SensitivityReport) -> Iterator[Block]:
    if report.items:
        header = ("#", "Initiative", f"In the first {report.top}", "Rank, 90 %", "Hangs on")
        yield Table(tuple(map(_row, report.items)), header, frozenset({0, 2}))
    if report.ask_first:
        entries = tuple(map(_asked, report.ask_first))
        yield Section(line(f"Find out first, for who is in the first {report.top}"), (Entries(entries),))


def _row(item: Stability) -> tuple[Line, ...]:
    tone = Tone.PLAIN if item.probability in (0, 1) else Tone.STRONG
    ranks = str(item.earliest) if item.earliest == item.latest else f"{item.earliest} to {item.latest}"
    return row(
        str(item.rank),
        Run(item.initiative.label, Tone.STRONG),
        Run(_chance(item.probability), tone),
        ranks,
        _hangs_on(item),
    )


def _chance(probability: float) -> str:
    """Whole percent; what is not sure is never shown as that."""
    if 0 < probability < 0.005:
        return "<1 %"
    return ">99 %" if 0.995 < probability < 1 else f"{100 * probability:.0f} %"


def _hangs_on(item: Stability) -> str:
    for driver in item.drivers:
        of = driver.input.initiative
        whose = f" of {of.id}" if of and of != item.initiative else ""
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
        yield line("Nothing varies: no input has a range. `--spread 20%` supposes one for each.")
        return
    same = Run(_chance(report.same_first), Tone.STRONG)
    yield line(f"The first {report.top} are the same as here in ", same, " of the samples.")
    if report.fixed and not report.spread:
        words = counted(report.fixed, "number without a range stays", "numbers without a range stay")
        yield line(f"{words} as they are; `--spread 20%` varies them, and weights, too.")
    if report.is_plain:
        yield line("Samples are ordered by score, prerequisites raised: the best order would take too long here.")
    if report.undefined:
        yield line(f"{counted(report.undefined, 'score')} had no value in a sample, and counted as nothing there.")
