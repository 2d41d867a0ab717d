"""Where platforms emerge, as a page."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set

from platctl.model.ref import Ref
from platctl.page import Block, Entries, Entry, Line, Page, Paragraph, Run, Section, Table, Tone, line, row
from platctl.questions.discover.backtest_page import backtest
from platctl.questions.discover.report import (
    ComponentUser,
    DiscoverReport,
    Discovery,
    NearMiss,
    Pattern,
    TrapKind,
    UsedComponent,
)
from platctl.questions.discover.words import (
    COMING,
    LEAVING,
    MANY,
    ONE,
    RULES,
    at,
    broke,
    counts,
    day_of,
    edit,
    holds_since,
    lacking,
    miss,
    standing,
    trap,
    used_by,
)
from platctl.questions.history.words import broken, looked_at
from platctl.writing.phrases import counted, dim, in_state

_MOST_FOUND = 15
_MOST_USERS = 12
_MOST_LINES = 20


def page(report: DiscoverReport, *, quiet: bool = False) -> Page:
    """The whole answer, or only how many candidates there are."""
    head = Paragraph(tuple(_head(report)))
    if quiet:
        return Page((head,))
    body = backtest(report.backtest) if report.backtest else _body(report)
    return Page((head, *body, *_traps(report), *broken(report.broken)))


def _head(report: DiscoverReport) -> Iterator[Line]:
    told = [f"today: {report.today}"] if report.today else []
    told += [f"for {report.audience}"] if report.audience else []
    told += [f"only {report.only}"] if report.only else []
    state = f", {in_state(report.state)}"
    yield line(Run("Where a platform emerges", Tone.STRONG), state, f" ({', '.join(told)})" if told else "")
    if report.look:
        yield line(f"by what changed {looked_at(report.look)}")
    if report.backtest is None:
        yield line(_summary(report))
    yield from lacking(report)


def _summary(report: DiscoverReport) -> str:
    found = Counter(each.pattern for each in report.found if each.is_emerging)
    told = [counted(found[each], ONE[each], MANY[each]) for each in Pattern if found[each]]
    early = sum(not each.is_emerging for each in report.found)
    more = f"{early:,}{' more' if told else ''} {'matches' if early == 1 else 'match'}"
    then = f"; {more} by what was there when recording began" if early else ""
    return (", ".join(told) or "Nothing emerges: no component matches a pattern by users that came") + then


def _body(report: DiscoverReport) -> Iterator[Block]:
    told, misses = set[Ref](), set[NearMiss]()
    for pattern in Pattern:
        found = [each for each in report.found if each.pattern is pattern and each.is_emerging]
        if found:
            shown = [_candidate(each, is_told=_is_told(each, told)) for each in found[:_MOST_FOUND]]
            misses |= {miss_ for each in found[:_MOST_FOUND] if not _is_told(each, told) for miss_ in each.misses}
            told |= {used.entity.ref for each in found[:_MOST_FOUND] for used in _components(each)}
            blocks = (Paragraph((dim(RULES[pattern]),)), *shown, *_more(len(found) - _MOST_FOUND, "json"))
            yield Section(line(f"{MANY[pattern].capitalize()} ({len(found):,})"), blocks)
    yield from _early([each for each in report.found if not each.is_emerging])
    yield from _near(report, misses)


def _is_told(found: Discovery, told: Set[Ref]) -> bool:
    """Whether the facts of its component stand above, with another pattern."""
    return found.twin is None and found.component.entity.ref in told


def _candidate(found: Discovery, *, is_told: bool) -> Section:
    names = [each.entity.label_with_id for each in _components(found)]
    facts = Paragraph(tuple(_facts(found, is_told=is_told)))
    return Section(line(" and ".join(names)), (facts,) if is_told else (facts, *_users(found)))


def _components(found: Discovery) -> tuple[UsedComponent, ...]:
    return (found.component, found.twin) if found.twin else (found.component,)


def _facts(found: Discovery, *, is_told: bool) -> Iterator[Line]:
    yield line(Run(holds_since(found), Tone.STRONG))
    if is_told:
        yield line("users and all other facts: see above")
        if found.pattern is Pattern.LOSING:
            yield edit(found.edit)
        return
    for each in _components(found):
        name = f"{each.entity.label}: " if found.twin else ""
        yield line(name, used_by(each))
        yield line(name, standing(each))
        yield line(name, broke(each))
        yield line(name, counts(each))
    for miss_ in found.misses:
        yield line(miss(miss_))
    yield edit(found.edit)


_HEADER = ("Of", "User", "Owner", "Came", "In", "By", "Then")
_COMMIT, _OPTIONAL = (4, 5), (5, 4, 2)


def _users(found: Discovery) -> Iterator[Block]:
    rows = [(used, user) for used in _components(found) for user in (*used.users, *used.former)]
    shown = [(line(used.entity.label), *_user(user)) for used, user in rows[:_MOST_USERS]]
    has_commits = any(user.came and user.came.commit for _, user in rows)
    kept = [at for at in range(len(_HEADER)) if (at or found.twin) and (has_commits or at not in _COMMIT)]
    optional = tuple(kept.index(at) for at in _OPTIONAL if at in kept)
    yield Table(
        tuple(tuple(cells[at] for at in kept) for cells in shown), tuple(_HEADER[at] for at in kept), optional=optional
    )
    yield from _more(len(rows) - _MOST_USERS, "csv")


def _more(rest: int, format_: str) -> Iterator[Block]:
    """Counts what is left out."""
    if rest > 0:
        yield Paragraph((line(f"and {rest:,} more, with `--format {format_}`"),))


def _user(each: ComponentUser) -> tuple[Line, ...]:
    came = each.came
    how = COMING[each.how]
    day = f"{day_of(came)}, {how}" if came and came.day and how else how or day_of(came)
    if came is None:
        day = "not known"
    return row(
        Run(each.user.label_with_id, Tone.STRONG if each.is_using else Tone.DIM),
        each.owner.label if each.owner else "",
        day,
        Run(came.short if came else "", Tone.CODE),
        (came.author or "") if came else "",
        _then(each),
    )


def _then(each: ComponentUser) -> str:
    told = [f"{LEAVING[pause.why]} {at(pause.left)}, back {at(pause.back)}" for pause in each.pauses]
    if each.left and each.why:
        told.append(f"{LEAVING[each.why]} {at(each.left)}")
    if each.since:
        told.append(f"declared since {each.since}")
    return "; ".join(told)


def _early(found: Sequence[Discovery]) -> Iterator[Block]:
    if found:
        header = ("Component", "Pattern", "Users", "Owners", "Owner")
        table = Table(tuple(map(_early_row, found[:_MOST_LINES])), header, frozenset({2, 3}), (4,))
        more = _more(len(found) - _MOST_LINES, "json")
        yield Section(line(f"Matches by what was there when recording began ({len(found):,})"), (table, *more))


def _early_row(found: Discovery) -> tuple[Line, ...]:
    used = found.component
    return row(
        Run(used.entity.label_with_id, Tone.STRONG),
        ONE[found.pattern],
        f"{len(used.users):,} of {used.type_users:,}",
        f"{len(used.owners):,}",
        used.owner.label if used.owner else "",
    )


def _near(report: DiscoverReport, told: Set[NearMiss]) -> Iterator[Block]:
    near = [each for each in report.near if each not in told]
    yield from _entries("Just missed", list(map(_near_entry, near)))
    if report.crowds:
        several = counted(report.crowds, "group")
        yield Paragraph((line(f"{several} of components of one type agree in a fact but are too many to be twins"),))


def _near_entry(each: NearMiss) -> Entry:
    twin = f" and {each.twin.label_with_id}" if each.twin else ""
    return Entry(line(Run(f"{each.component.label_with_id}{twin}", Tone.STRONG), f" {miss(each)}"))


_TITLES: Sequence[tuple[TrapKind, str]] = (
    (TrapKind.RECORDING, "Recording begins"),
    (TrapKind.PLACEHOLDER, "States that list almost nothing"),
    (TrapKind.RENAME, "Renames"),
    (TrapKind.DEAD_USER, "Dead users"),
)


def _traps(report: DiscoverReport) -> Iterator[Block]:
    found: list[Block] = []
    for kind, title in _TITLES:
        found += _entries(title, [Entry(trap(each)) for each in report.traps if each.kind is kind])
    if found:
        yield Section(line("What is not told as users that came or left"), tuple(found))


def _entries(title: str, entries: Sequence[Entry]) -> Iterator[Block]:
    """A section with the first of them, and the number of all."""
    if entries:
        rest = len(entries) - _MOST_LINES
        more = [Entry(line(f"and {rest:,} more, with --format json"))] if rest > 0 else []
        yield Section(line(f"{title} ({len(entries):,})"), (Entries((*entries[:_MOST_LINES], *more)),))
