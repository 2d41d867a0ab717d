"""The facts of `discover` in words."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from platctl.model.named import Named
from platctl.page import Line, Run, Tone, line
from platctl.questions.discover.report import (
    Appearance,
    BlankState,
    Coming,
    DeadUser,
    DiscoverReport,
    Discovery,
    Leaving,
    Missing,
    NearMiss,
    OfficialEdit,
    Pattern,
    RecordBegins,
    RenamedEntity,
    Shortfall,
    Stamp,
    Trap,
    UsedComponent,
)
from platctl.questions.history.words import cut_off
from platctl.writing.phrases import counted, listed

ONE: Final[Mapping[Pattern, str]] = {
    Pattern.SHARED: "shared component",
    Pattern.CORE: "core product",
    Pattern.TWINS: "pair of twins",
    Pattern.LOSING: "platform component that loses users",
}
MANY: Final[Mapping[Pattern, str]] = {
    Pattern.SHARED: "shared components",
    Pattern.CORE: "core products",
    Pattern.TWINS: "pairs of twins",
    Pattern.LOSING: "platform components that lose users",
}
RULES: Final[Mapping[Pattern, str]] = {
    Pattern.SHARED: "Three or more consumers with two or more owners use it, and no layer or goal calls it platform.",
    Pattern.CORE: "It is of the product layer, or a product's team owns it, and users of other owners build on it.",
    Pattern.TWINS: "Two components of one type with different owners and no common user agree in these facts.",
    Pattern.LOSING: "A layer or goal calls it platform, and in the last 365 days more users left than came.",
}
COMING: Final[Mapping[Coming, str]] = {
    Coming.CAME: "",
    Coming.UNCOMMITTED: "not committed",
    Coming.RECORDED: "when recording began",
    Coming.MERGED: "as part of another",
    Coming.SHOWN: "shown since then",
}
LEAVING: Final[Mapping[Leaving, str]] = {
    Leaving.LEFT: "left",
    Leaving.REMOVED: "left the model",
    Leaving.RETIRED: "retired",
    Leaving.MERGED: "became part of another",
    Leaving.UNDEFINED: "the component was not there",
}
_MOST_COUNTS = 8
_FIELDS: Final[Mapping[str, str]] = {"uses": "consumers", "depends_on": "components"}


def at(stamp: Stamp) -> str:
    """`2027-03-01 (b138809, Ada)`; for an audience the day alone."""
    if stamp.commit is None:
        return stamp.day or "not committed"
    return f"{stamp.day or 'on an unknown day'} ({stamp.short}, {stamp.author or 'an unknown author'})"


def day_of(stamp: Stamp | None) -> str:
    """Its day alone."""
    if stamp is None:
        return ""
    return stamp.day or ("unknown" if stamp.commit else "not committed")


def holds_since(found: Discovery) -> str:
    """Who makes a component match, and since when."""
    since = f" now; it has matched since {_begin(found.since)}" if found.since else ""
    match found.pattern:
        case Pattern.SHARED:
            return f"{counted(found.needed, 'consumer')}{since}"
        case Pattern.CORE:
            return f"{counted(found.needed, 'user')} of other owners{since}"
        case Pattern.LOSING:
            return f"{found.component.left:,} left and {found.component.came:,} came in the last 365 days"
    return f"agree in {agreed(found)}; no common user"


def _begin(stamp: Stamp) -> str:
    return at(stamp) if stamp.day or stamp.commit else "what is not committed"


def used_by(each: UsedComponent) -> str:
    """`used by 4 of the 9 users of components of type service, of 3 owners: Shop, Kiosk, Search`."""
    kind = f"components of type {each.type}" if each.type else "components without a type"
    if not each.users:
        return f"no user; {kind} have {counted(each.type_users, 'user')}"
    if each.type_users == 1:
        owner = each.users[0].owner
        of = f"of {owner.label}" if owner else "without an owner"
        return f"its only user is {each.users[0].user.label}, {of}; {kind} have no other one"
    owners = f", of {counted(len(each.owners), 'owner')}: {names(each.owners)}" if each.owners else ""
    unowned = f"; {each.unowned:,} without an owner" if each.unowned else ""
    return f"used by {len(each.users):,} of the {each.type_users:,} users of {kind}{owners}{unowned}"


def standing(each: UsedComponent) -> str:
    """`owner Search, layer product, lifecycle production`."""
    owner = f"owner {each.owner.label}" if each.owner else "no owner"
    layer = f"layer {each.layer}" if each.layer else "no layer"
    by_goal = each.called and each.called != f"layer {each.layer}"
    called = f"; called platform by {each.called}" if by_goal else ""
    return f"{owner}, {layer}, lifecycle {each.lifecycle}{called}"


def names(found: Sequence[Named]) -> str:
    """Their labels."""
    return listed([each.label for each in found])


def broke(each: UsedComponent) -> str:
    """How often its contract broke since its first user came."""
    if not each.breaks:
        return "contract not broken since its first user came"
    days = listed([at(found) for found in each.breaks], 3)
    times = {1: "once", 2: "twice"}.get(len(each.breaks), f"{len(each.breaks):,} times")
    return f"contract broken {times} since its first user came: {days}"


def counts(used: UsedComponent) -> str:
    """`users by quarter: 1 in 2026-Q1, 3 in 2026-Q2, 4 now`: the quarters in which the number changed."""
    told: list[str] = []
    last = None
    for each in used.counts:
        if each.users != last or each.is_now:
            told.append(f"{each.users:,} now" if each.is_now else f"{each.users:,} at the end of {each.quarter}")
        last = each.users
    left_out = max(len(told) - _MOST_COUNTS, 0)
    earlier = f"{left_out:,} earlier changes, " if left_out else ""
    return f"users: {earlier}{', '.join(told[left_out:])}"


def agreed(found: Discovery) -> str:
    """The facts in which twins agree."""
    return "; ".join(f"{each.what} {listed(each.values)}" for each in found.agreed)


def edit(found: OfficialEdit) -> Line:
    """What to run, or to write first."""
    if found.command is None:
        return line("to make it official: first add a layer such as `platform` to `layers` in platctl.yaml")
    return line("to make it official: ", Run(found.command, Tone.CODE))


def miss(each: NearMiss) -> str:
    """`Search: no shared component yet, 2 of 3 consumers (Shop, Kiosk)`."""
    about = f" ({names(each.about)})" if each.about else ""
    return f"{_MISSED[each.pattern]}: {_LACKS[each.lacks].format(has=each.has, needs=each.needs)}{about}"


_MISSED: Final[Mapping[Pattern, str]] = {
    Pattern.SHARED: "just misses a shared component",
    Pattern.CORE: "just misses a core product",
    Pattern.TWINS: "just misses twins",
    Pattern.LOSING: "just misses one that loses users",
}
_LACKS: Final[Mapping[Shortfall, str]] = {
    Shortfall.CONSUMERS: "{has} of {needs} consumers",
    Shortfall.OWNERS: "its consumers have {has} of {needs} owners",
    Shortfall.KNOWN_OWNER: "an owner is not written",
    Shortfall.COMMON_USER: "{has} common user",
    Shortfall.MORE_LEFT: "{has} left, and as many came",
}


def lacking(report: DiscoverReport) -> Iterator[Line]:
    """What the answer lacks, a sentence each."""
    for each in report.missing:
        if each is Missing.EARLIER_COMMITS and report.look:
            yield from cut_off(report.look)
        else:
            why = report.lacking or "unknown"
            seen = f", as far as {report.audience} may see" if report.audience and each in _SEEN else ""
            yield line(Run(_MISSING[each].format(why=why) + seen, Tone.WARN))


_SEEN = frozenset({Missing.COMPONENTS, Missing.USERS, Missing.OWNERS})
"""What an audience may lack although it is there."""


_MISSING: Final[Mapping[Missing, str]] = {
    Missing.HISTORY: "No history: {why}; so it is not known when users came and left",
    Missing.SECOND_COMMIT: "Only one commit: what it lists may be older, and no other one says who came or left",
    Missing.EARLIER_COMMITS: "Shallow clone: earlier commits are missing",
    Missing.COMMITS: "Commits and authors are not shown to an audience, nor what is gone",
    Missing.COMPONENTS: "There is no component",
    Missing.USERS: "No component has a user",
    Missing.OWNERS: "No component and no consumer names an owner, so nothing says what teams share",
    Missing.FULL_STATE: "The last state lists almost nothing; who left it is told once it lists more",
    Missing.DAYS: "This audience is not shown which quarter a day is in",
    Missing.UNREAD: "Not all of this state could be read; what is missing is taken from the commit before",
    Missing.QUARTERS: "No quarter of the history is over yet",
}


def trap(each: Trap) -> Line:
    """What happened, and that it is not users that came or left."""
    match each:
        case RecordBegins(at=when, appear=appear):
            new = " and ".join(map(_appearing, appear))
            return _dated(when, f"recording begins, as {new} appear; it is not known when they came")
        case BlankState(at=when):
            return _dated(when, _blank(each))
        case RenamedEntity(at=when, entity=entity, former=former, is_guess=is_guess):
            if is_guess:
                taken = f"{entity.ref.kind} {entity.id} is taken for what was {former}, as all else is the same"
                return _dated(when, f"{taken}; `aliases: [{former}]` would say so")
            return _dated(when, f"{entity.ref.kind} {former} is called {entity.id} now; no one came or left")
        case DeadUser(entity=entity, uses=uses, why=why):
            return line(f"{entity.label_with_id} is {why}, and still names {names(uses)}; it is not counted as a user")


def _dated(when: Stamp, text: str) -> Line:
    return line(Run(f"{at(when)}: ", Tone.STRONG), text)


def _appearing(each: Appearance) -> str:
    return f"{each.new:,} of {each.total:,} dependencies of {_FIELDS[each.field]} (`{each.field}`)"


def _blank(each: BlankState) -> str:
    has = f"{each.has:,} of {each.had:,} {'dependencies' if each.is_dependencies else 'components'}"
    until = f"until {at(each.until)}" if each.until else "until now"
    return f"a placeholder, which lists almost nothing: {has}, {until}; no one left or came back"
