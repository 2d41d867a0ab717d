"""A trade-off as a page: initiatives in columns, who gains and pays, what each delays, and what would swap them."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from platctl.model.named import Named
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.tradeoff.report import (
    Fixing,
    Flip,
    GoalStake,
    Later,
    Order,
    Pair,
    Side,
    Stake,
    StakePart,
    TradeoffReport,
)
from platctl.ranking.inputs import Input, Origin
from platctl.writing.numbers import brief, number, percent
from platctl.writing.phrases import counted, dim, listed
from platctl.writing.ranking import decided_entry, method_line, though_harmed
from platctl.writing.sections import entries_section, table_section

_ORIGINS: Final[Mapping[Origin, str]] = {
    Origin.WRITTEN: "",
    Origin.GRAPH: "",
    Origin.VOTES: " (voted)",
    Origin.DEFAULT: " (assumed)",
    Origin.MISSING: "",
}
_MANY_TIMES: Final = 10


def page(report: TradeoffReport, *, quiet: bool = False) -> Page:
    """The whole comparison, or only its verdict."""
    title = Paragraph((method_line(report.method, "Compared by", report.state),))
    return Page(
        (title, *(() if quiet else _body(report)), Paragraph(tuple(_verdict(each, report) for each in report.pairs)))
    )


def _body(report: TradeoffReport) -> Iterator[Block]:
    sides = tuple(each.item.initiative.label for each in report.sides)
    yield Table(tuple(_rows(report)), ("", *(each.item.initiative.label_with_id for each in report.sides)))
    header = ("", "Tier", "Users", *sides)
    title = "Gains, and costs in person-weeks"
    yield from table_section(title, map(_stake, report.stakes), header, frozenset({1, 2}))
    if report.goals:
        rows = tuple(map(_goal, report.goals))
        numbers = frozenset(range(1, len(sides) + 1))
        yield Section(line("Contribution to the strategy"), (Table(rows, ("Goal", *sides), numbers),))
    yield Section(line("What each delays if it goes first"), tuple(_delays(report)))
    for pair in report.pairs:
        yield _swap(pair)
    yield from entries_section("Decisions", map(decided_entry, report.decided))


_FACTS: Final[Mapping[str, Callable[[Side], str]]] = {
    "effort": lambda side: _with_unit(side.item.facts.effort, "person-weeks"),
    "cost to others": lambda side: _with_unit(side.item.facts.induced_cost, "person-weeks"),
    "reach": lambda side: _with_unit(side.item.facts.reach, "users") + though_harmed(side.item.facts.reach_harmed),
    "must act": lambda side: counted(side.item.facts.must_act, "consumer"),
    "unlocks": lambda side: listed([each.label for each in side.unlocks], 3),
    "waits for": lambda side: listed([each.label for each in side.after], 3),
    "teams": lambda side: listed([each.label for each in side.item.facts.teams], 4),
    "asked by": lambda side: listed([each.label for each in side.item.facts.asked_by], 3),
    "status": lambda side: side.item.facts.status,
    "earliest start": lambda side: str(side.earliest or ""),
    "start": lambda side: str(side.start or ""),
    "end": lambda side: str(side.end or ""),
    "deadline": lambda side: str(side.deadline or ""),
}


def _rows(report: TradeoffReport) -> Iterator[tuple[Line, ...]]:
    """The criteria of the model, what follows from them, and further facts; empty rows are omitted."""
    criteria = report.sides[0].item.score.inputs
    told = {text for each in criteria for text in (each.name, each.label)}
    for nth in range(len(criteria)):
        inputs = [side.item.score.inputs[nth] for side in report.sides]
        yield row(inputs[0].label, *(Run(_input(each), _input_tone(each)) for each in inputs))
    yield row(Run("score", Tone.STRONG), *(Run(_score(side), Tone.STRONG) for side in report.sides))
    if any(_priority(side) for side in report.sides):
        yield row("priority", *(_priority(side) for side in report.sides))
    yield row("rank", *(_rank(side, report) for side in report.sides))
    for label, fact in _FACTS.items():
        values = [fact(side) for side in report.sides]
        if any(values) and label not in told:
            yield row(label, *values)


def _input(found: Input) -> str:
    if found.word:
        return found.word if found.value is None else f"{found.word} = {number(found.value)}"
    if found.value is None:
        return "missing"
    return _with_unit(found.value, found.unit) + _ORIGINS[found.origin] + though_harmed(found.harmed)


def _input_tone(found: Input) -> Tone:
    return Tone.WARN if found.origin is Origin.MISSING else Tone.PLAIN


def _score(side: Side) -> str:
    score = side.item.score
    return score.word or number(score.value) or "none"


def _priority(side: Side) -> str:
    item = side.item
    return number(item.priority) if item.priority != item.score.value else ""


def _rank(side: Side, report: TradeoffReport) -> str:
    return "not ranked" if side.item.rank is None else f"{side.item.rank} of {report.ranked}"


def _with_unit(value: float | None, unit: str | None) -> str:
    return f"{number(value)} {unit or ''}".rstrip() if value is not None else ""


def _stake(stake: Stake) -> tuple[Line, ...]:
    tier = "" if stake.tier is None else str(stake.tier)
    return row(stake.who.label, tier, brief(stake.users), *map(_part, stake.parts))


def _part(part: StakePart) -> Line:
    if part.gains and not part.weeks:
        return line(Run("gains", Tone.GOOD))
    said = ["gains"] if part.gains else ["must act"] if part.must_act else []
    if part.weeks:
        said.append(f"pays {number(part.weeks)}{' (assumed)' if part.is_assumed else ''}")
    return line(Run(", ".join(said), Tone.WARN))


def _goal(stake: GoalStake) -> tuple[Line, ...]:
    return row(stake.goal.label, *("" if each is None else percent(each) for each in stake.contributions))


def _delays(report: TradeoffReport) -> Iterator[Block]:
    yield Entries(tuple(map(_order, report.orders)))
    known = sorted((total, order.order[0].label) for order in report.orders if (total := order.total) is not None)
    if len(known) > 1:
        (least, best), (most, worst) = known[0], known[-1]
        less = f"{number(most - least)} less than with {worst} first" if most > least else "the same as in other orders"
        yield Paragraph((line("Smallest loss with ", Run(best, Tone.STRONG), f" first: {less}"),))
    if any(order.cost is not None for order in report.orders):
        first = f"{report.method.size} of the work that goes first"
        yield Paragraph((dim(f"Loss by waiting: {report.method.value} of the delayed work, times {first}."),))


def _order(order: Order) -> Entry:
    first = Run(order.order[0].label, Tone.STRONG)
    if order.waits_for:
        return Entry(line(first, f" can't go first: it waits for {_names(order.waits_for)}"))
    notes = tuple(map(_later, order.later))
    uncounted = (line(f"not counted, value unknown: {_names(order.uncounted)}"),)
    total = (line(f"total loss until all of them are done: {number(order.total)}"),)
    more = (*(uncounted if order.uncounted else ()), *(total if order.total is not None else ()))
    return Entry(line("If ", first, " goes first", _loss(order)), (*notes, *more))


def _loss(order: Order) -> str:
    if order.work is None:
        return ""
    return f": it delays the others by {number(order.work)} {order.unit}, a loss of {number(order.cost)}"


def _later(later: Later) -> Line:
    name = line(Run(later.initiative.label, Tone.STRONG), f", which waits for {later.via.label}" if later.via else "")
    said = [f"loses {number(later.cost)}"] if later.cost is not None else []
    if not later.via:
        said.append(_weeks(later))
    return line(name, f": {'; '.join(said)}" if said else "")


def _weeks(later: Later) -> str:
    if later.team is None:
        return "no shared team"
    if later.weeks is None:
        return f"{later.team.label} works on both, but its capacity is not declared"
    return f"{number(round(later.weeks, 1))} weeks later, while {later.team.label} is busy"


def _names(names: Sequence[Named]) -> str:
    return listed([each.label for each in names])


def _swap(pair: Pair) -> Section:
    title = line("What would put ", Run(pair.second.label, Tone.STRONG), " above ", Run(pair.first.label, Tone.STRONG))
    found = [each for each in pair.flips if each.to is not None]
    none = [each for each in pair.flips if each.to is None]
    blocks: list[Block] = []
    if found:
        blocks.append(Table(tuple(map(_flip, found)), ("Any one of these", "Now", "Needed", "Change", "")))
    if none:
        each = listed([f"{_whose(flip)} ({_range(flip)})" for flip in none])
        blocks.append(Paragraph((line(f"Not enough on its own, whatever the value: {each}"),)))
    if not pair.flips:
        blocks.append(Paragraph((line(_no_flips(pair)),)))
    if pair.fixed is not Fixing.NONE:
        blocks.append(Paragraph((line(Run(_fixed(pair), Tone.WARN)),)))
    return Section(title, tuple(blocks))


def _flip(flip: Flip) -> tuple[Line, ...]:
    if flip.was_word:
        return row(_whose(flip), flip.was_word, flip.to_word or "", (), ())
    is_up = (flip.change or 0.0) > 0
    share = "" if flip.relative is None else _signed_percent(flip.relative)
    return row(
        _whose(flip),
        number(flip.was),
        _beyond(flip),
        f"{'+' if is_up else '-'}{number(abs(flip.change or 0.0))}",
        share,
    )


def _signed_percent(share: float) -> str:
    if share >= _MANY_TIMES:
        return f"x {number(round(share + 1, 1))}"
    return f"{'+' if share > 0 else '-'}{percent(abs(share))}"


def _beyond(flip: Flip) -> str:
    """`above 1.39`: rounded towards the side on which the pair is swapped."""
    to = flip.to or 0.0
    is_up = to > flip.was
    if abs(to - flip.was) < (flip.high - flip.low) * 1e-12:
        return "any increase" if is_up else "any decrease"
    digits = 0 if abs(to) >= 1000 else 2 if abs(to) >= 1 or not to else 2 - math.floor(math.log10(abs(to)))
    near = round(to, digits)
    step = 10.0**-digits
    if abs(near - to) > abs(to) * 1e-9 and (near < to) == is_up:
        near = round(near + step if is_up else near - step, digits)
    return f"{'above' if is_up else 'below'} {number(near)}"


def _whose(flip: Flip) -> str:
    return f"{flip.label} of {flip.of.label}" if flip.of else f"weight of {flip.label}"


def _range(flip: Flip) -> str:
    return f"{flip.was_word}" if flip.was_word else f"{number(flip.low)} to {number(flip.high)}"


def _no_flips(pair: Pair) -> str:
    if pair.is_tied:
        return "They have the same score: any change decides"
    silent = (
        pair.second.label if pair.first_score is not None else f"neither {pair.first.label} nor {pair.second.label}"
    )
    return f"Can't be compared: {silent} has {'a' if pair.first_score is None else 'no'} score"


def _fixed(pair: Pair) -> str:
    ahead = pair.ahead.label if pair.ahead else ""
    match pair.fixed:
        case Fixing.PRECEDENCE:
            return f"{ahead} goes first regardless of the scores: the other one waits for it"
        case Fixing.DECISION:
            by = f"the decision {pair.decision.label_with_id}" if pair.decision else "decisions about other work"
            return f"{ahead} goes first regardless of the scores, because of {by}"
    return f"{ahead} still comes first in the backlog, raised by the work that it unlocks"


def _verdict(pair: Pair, report: TradeoffReport) -> Line:
    if pair.first_score is None or pair.second_score is None:
        return line(_no_flips(pair))
    first = Run(pair.first.label, Tone.STRONG)
    shown = {side.item.initiative: _score(side) for side in report.sides}
    if pair.is_tied:
        return line(first, f" and {pair.second.label} have the same score, {shown[pair.first]}")
    scores = f"{shown[pair.first]} compared with {shown[pair.second]}"
    best = pair.flips[0] if pair.flips and pair.flips[0].to is not None else None
    nearest = f"; smallest change to swap them: {_said(best)}" if best else "; no single change swaps them"
    return line(first, f" scores higher than {pair.second.label}, {scores}{nearest}")


def _said(flip: Flip) -> str:
    if flip.was_word:
        return f"{_whose(flip)} {flip.to_word}"
    share = "" if flip.relative is None else f" ({_signed_percent(flip.relative)})"
    return f"{_whose(flip)} {_beyond(flip)}{share}"
