"""Shares of effort and value as a page: the bands, and a table with bars for each division that is asked for."""

from collections.abc import Iterator, Mapping
from typing import Final

from platctl.finding import Finding
from platctl.model.settings.balance import Stage
from platctl.model.vocabulary import Dimension, Measure
from platctl.page import Block, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.balance.report import (
    BalanceReport,
    BandCheck,
    BandStanding,
    Concentration,
    Held,
    Row,
    Shares,
    StageTotal,
)
from platctl.writing.conflicts import overload
from platctl.writing.findings import failing, mark
from platctl.writing.numbers import number
from platctl.writing.phrases import counted, dim, in_state, listed, place
from platctl.writing.sections import entries_section, table_section

_STAGES: Final[Mapping[Stage, str]] = {
    Stage.RANKED: "Ranked",
    Stage.PLANNED: "Planned",
    Stage.DELIVERED: "Delivered",
}
_TITLES: Final[Mapping[Measure, str]] = {Measure.EFFORT: "Effort", Measure.VALUE: "Value"}
_SPLIT: Final[Mapping[Dimension, str]] = {
    Dimension.CONSUMER: "split equally among consumers that asked for it or gain from it",
    Dimension.TIER: "split in the same way as by consumer",
    Dimension.GOAL: "split equally among its goals",
    Dimension.TEAM: "split by the effort of each team",
    Dimension.TYPE: "",
    Dimension.LAYER: "split equally among the components that it changes",
    Dimension.SYSTEM: "split equally among the components that it changes",
    Dimension.DOMAIN: "split equally among the components that it changes",
}
"""How an initiative that belongs to several is divided."""
_BAR = 20
_HINT = line("To see who gets which share, add ", Run("--by WHAT", Tone.CODE), f": {', '.join(Dimension)}.")


def page(report: BalanceReport, *, with_shares: bool = True, quiet: bool = False) -> Page:
    """The bands, and with `with_shares` all shares; or only the verdict."""
    body = () if quiet else tuple(_body(report, with_shares=with_shares))
    hint = () if quiet or with_shares else (_HINT,)
    return Page((Paragraph((_title(report),)), *body, Paragraph((*hint, *_summary(report)))))


def _title(report: BalanceReport) -> Line:
    since = f", delivered since {report.since}" if report.since else ""
    return line(Run("Balance of work", Tone.STRONG), f" {in_state(report.state)}{since}; value by {report.method}")


def _body(report: BalanceReport, *, with_shares: bool) -> Iterator[Block]:
    yield from table_section("Bands", map(_band, report.bands), ("Band", "Of", "Target", "Actual", ""))
    yield from entries_section("Teams over capacity", map(overload, report.over_capacity))
    yield from entries_section("Findings", map(_finding, report.findings))
    if with_shares or not report.bands:
        yield _totals(report)
    if with_shares:
        yield from _divisions(report)


def _totals(report: BalanceReport) -> Table:
    return Table(
        tuple(_total(_STAGES[stage], total) for stage, total in report.totals.items()),
        ("Work", "Initiatives", "Effort", "Without effort", "Value", "Without value"),
        frozenset(range(1, 6)),
    )


def _divisions(report: BalanceReport) -> Iterator[Block]:
    for shares in report.shares:
        if any(not row.is_empty for row in shares.rows):
            how = f", {_SPLIT[shares.by]}" if _SPLIT[shares.by] else ""
            yield Section(line(f"{_TITLES[shares.measure]} by {shares.by.value}{how}"), tuple(_shares(shares)))
        else:
            yield Section(line(f"{_TITLES[shares.measure]} by {shares.by.value}"), (Paragraph((line("no data"),)),))
    if any(found for shares in report.shares for found in shares.concentration.values()):
        yield Section(line("Concentration, without unassigned work"), tuple(_concentrations(report)))


def _finding(finding: Finding) -> Entry:
    return Entry(line(mark(finding), f": {finding.message}"), (line("help: ", finding.help, place(finding.span)),))


def _total(name: str, total: StageTotal) -> tuple[Line, ...]:
    return row(
        name,
        number(total.initiatives),
        number(total.effort),
        number(len(total.without_effort) or None),
        number(total.value),
        number(len(total.without_value) or None),
    )


def _shares(shares: Shares) -> Iterator[Block]:
    """The rows that are not empty, with a bar for planned, or else ranked, or else delivered work."""
    filled = [row for row in shares.rows if not row.is_empty]
    stages = (Stage.PLANNED, Stage.RANKED, Stage.DELIVERED)
    drawn = next(stage for stage in stages if any(row.parts[stage].amount for row in filled))
    rows = tuple(_row(row, drawn) for row in filled)
    yield Table(rows, ("", *_STAGES.values(), f"{_STAGES[drawn]} (bar)"), frozenset({1, 2, 3}))
    if empty := [row.label for row in shares.rows if row.is_empty and row.id is not None]:
        yield Paragraph((line(f"no work for: {listed(empty)}"),))


def _row(row: Row, drawn: Stage) -> tuple[Line, ...]:
    name = line(row.label) if row.id is not None else line(Run(row.label, Tone.DIM))
    cells = (line(_percent(part.share) if part.amount else "-") for part in (row.parts[stage] for stage in _STAGES))
    return (name, *cells, line(Run("#" * round(row.parts[drawn].share * _BAR), Tone.CODE)))


def _percent(share: float) -> str:
    """In whole percent; only 0 is shown as `0 %`."""
    return "<1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def _concentrations(report: BalanceReport) -> Iterator[Block]:
    rows = tuple(
        row(f"{_TITLES[shares.measure]} by {shares.by.value}", _STAGES[stage], *_concentration(found))
        for shares in report.shares
        for stage, found in shares.concentration.items()
        if found
    )
    yield Table(rows, ("", "Work", "Largest share", "", "Index", "1 / index"), frozenset({3, 4, 5}))
    index = "Index: the sum of the squared shares (Herfindahl-Hirschman), 1 if one has everything. "
    inverse = "1 / index: the number of equal shares with the same index."
    yield Paragraph((dim(index + inverse),))


def _concentration(found: Concentration) -> tuple[Line, ...]:
    shares = (_percent(found.top_share), f"{found.index:.2f}", f"{found.as_if:.1f}")
    return row(found.top, *shares)


def _band(band: BandCheck) -> tuple[Line, ...]:
    """The band, with the share nearest to a limit or furthest outside."""
    outside = sum(held.is_outside for held in band.shares)
    several = f" ({outside} of {len(band.shares)})" if len(band.shares) > 1 and outside else ""
    is_idle = all(held.standing is BandStanding.IDLE for held in band.shares)
    verdict = Run(f"outside{several}", Tone.WARN) if outside else Run("within", Tone.GOOD)
    return row(
        line(band.of, f" ({band.by.value})" if not band.of.startswith("each ") else ""),
        f"{band.stage.value} {band.measure.value}",
        _wanted(band),
        _extreme(band),
        Run("no such work", Tone.DIM) if is_idle else verdict,
    )


def _wanted(band: BandCheck) -> str:
    ends = [f"at least {_percent(band.at_least)}"] if band.at_least is not None else []
    ends += [f"at most {_percent(band.at_most)}"] if band.at_most is not None else []
    ends += ["more than 0 %"] if band.served else []
    return ", ".join(ends)


def _extreme(band: BandCheck) -> str:
    if not band.shares:
        return ""
    lowest, highest = (pick(band.shares, key=_share) for pick in (min, max))
    found = highest if band.at_most is not None and (highest.is_outside or not lowest.is_outside) else lowest
    return _percent(found.share) + (f", {found.label}" if len(band.shares) > 1 else "")


def _share(held: Held) -> float:
    return held.share


def _summary(report: BalanceReport) -> Iterator[Line]:
    out = sum(any(held.is_outside for held in band.shares) for band in report.bands)
    if not report.bands:
        yield line("No bands to compare with: set `balance.bands` in platctl.yaml.")
    else:
        yield line(f"{counted(len(report.bands), 'band')}, {out} not met")
    if report.failing and report.fail_on:
        yield line(Run(f"FAIL: {failing(report.failing, report.fail_on)}", Tone.BAD))
