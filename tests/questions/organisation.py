"""Organisations whose products take up and leave components by chance, and what is true of them.

The truth is kept while they are made, by identities that no file has: it knows nothing of names, files, graphs or of
how platctl reads a history. What follows from it is computed from whole states, the slow and obvious way.
"""

import datetime
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

Edge = tuple[str, str]
"""Who uses what, by identity."""
DAY = datetime.timedelta(days=1)
FIRST_DAY = datetime.date(2024, 1, 10)
OWNERS = ("red", "blue", "green")
TYPES = ("service", "library")


@dataclass
class Thing:
    """A component or a consumer; `key` is its title, which never changes, `called` a former or external name in use."""

    key: str
    kind: str
    name: str
    owner: str | None
    type: str = ""
    layer: str = ""
    tags: tuple[str, ...] = ()
    interface: str = ""
    aliases: tuple[str, ...] = ()
    external: str = ""
    called: str = ""
    version: int = 1
    is_retired: bool = False


@dataclass(frozen=True)
class State:
    """What is true after a commit, and whether its files hide nearly all of it; `listed` are the edges as written."""

    day: datetime.date
    edges: frozenset[Edge]
    things: dict[str, Thing]
    is_placeholder: bool
    broke: frozenset[str] = frozenset()
    listed: frozenset[Edge] = frozenset()


@dataclass
class Organisation:
    """One organisation; `commits` are its files after each commit."""

    random: Random
    things: dict[str, Thing] = field(default_factory=dict)
    edges: dict[Edge, None] = field(default_factory=dict)
    states: list[State] = field(default_factory=list)
    commits: list[dict[str, str]] = field(default_factory=list)
    renames: int = 0
    names: int = 0
    files: int = 1

    @property
    def today(self) -> datetime.date:
        return self.states[-1].day + DAY

    # What happens

    def begin(self) -> None:
        for number in range(6):
            self.add("component", number)
        for number in range(7):
            self.add("consumer", number)
        for _ in range(self.random.randint(0, 4)):
            self.join()
        self.commit(FIRST_DAY)

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            day = self.states[-1].day + DAY * self.random.choice((0, 3, 20, 45, 90))
            chance = self.random.random()
            if chance < 0.08 and not self.states[-1].is_placeholder:
                self.commit(day, is_placeholder=True)
            elif chance < 0.25:
                self.rename()
                self.commit(day)
            else:
                happenings = (self.join, self.join, self.join, self.leave, self.end, self.hand_over, self.lay_out)
                for _ in range(self.random.randint(1, 2)):
                    self.random.choice(happenings)()
                self.commit(day, broke=self.upgrade() if self.random.random() < 0.15 else frozenset())

    def add(self, kind: str, number: int) -> None:
        pick = self.random.choice
        layers = ("technology", "platform", "product", "") if kind == "component" else ("",)
        thing = self.things[f"{kind.title()} {number}"] = Thing(
            *(f"{kind.title()} {number}", kind, self.name(), pick((*OWNERS, None))),
            type=pick(TYPES) if kind == "component" else pick(("product", "partner")),
            layer=pick(layers),
            tags=pick(((), ("search",), ("search", "index"))) if kind == "component" else (),
            interface=pick(("", "http", "events")) if kind == "component" else "",
        )
        if kind == "component" and self.random.random() < 0.3:
            name = f"npm:@acme/c{number}"
            self.things[f"{kind.title()} {number}"] = replace(thing, external=name, called=pick(("", name)))

    def name(self) -> str:
        self.names += 1
        return f"n{self.names}"

    def of(self, kind: str) -> list[str]:
        return [key for key, thing in self.things.items() if thing.kind == kind and not thing.is_retired]

    def join(self) -> None:
        users = self.of("consumer") * 3 + self.of("component")
        user, used = self.random.choice(users), self.random.choice(self.of("component"))
        if user != used:
            self.edges[user, used] = None

    def leave(self) -> None:
        if self.edges:
            del self.edges[self.random.choice(list(self.edges))]

    def end(self) -> None:
        """A consumer is removed, or a component retires and still names what it used."""
        kind = self.random.choice(("consumer", "component", ""))
        if kind and len(self.of(kind)) > 4:
            key = self.random.choice(self.of(kind))
            if kind == "component":
                self.things[key] = replace(self.things[key], is_retired=True)
            else:
                del self.things[key]
                self.edges = {edge: None for edge in self.edges if edge[0] != key}

    def rename(self) -> None:
        """With an alias, which others may still use, or without, as nobody writes one down."""
        key = self.random.choice(list(self.things))
        thing = self.things[key]
        has_alias, is_stale = self.random.random() < 0.5, self.random.random() < 0.5
        former = (*thing.aliases, thing.name) if has_alias else thing.aliases
        called = (thing.called or thing.name) if has_alias and is_stale else ""
        self.things[key] = replace(thing, name=self.name(), aliases=former, called=called or thing.external)
        self.renames += 1

    def hand_over(self) -> None:
        """Something gets another owner, or a component another layer."""
        key = self.random.choice(list(self.things))
        thing = self.things[key]
        if thing.kind == "component" and self.random.random() < 0.5:
            self.things[key] = replace(thing, layer=self.random.choice(("technology", "platform", "product", "")))
        else:
            self.things[key] = replace(thing, owner=self.random.choice((*OWNERS, None)))

    def lay_out(self) -> None:
        self.files = self.random.randint(1, 5)

    def upgrade(self) -> frozenset[str]:
        key = self.random.choice(self.of("component"))
        self.things[key] = replace(self.things[key], version=self.things[key].version + 1)
        return frozenset({key})

    def commit(self, day: datetime.date, *, is_placeholder: bool = False, broke: frozenset[str] = frozenset()) -> None:
        living = frozenset(edge for edge in self.edges if not self.things[edge[0]].is_retired)
        self.states.append(State(day, living, dict(self.things), is_placeholder, broke, frozenset(self.edges)))
        self.commits.append(self.written(is_placeholder=is_placeholder))

    # As files

    def written(self, *, is_placeholder: bool = False) -> dict[str, str]:
        """All documents in any order, in any number of files."""
        things = list(self.things.values())
        self.random.shuffle(things)
        if is_placeholder:
            things = [next(each for each in things if each.kind == "component")]
        files: dict[str, list[str]] = {}
        for number, thing in enumerate(things):
            files.setdefault(f"part-{number % self.files}.yaml", []).append(self.document(thing, not is_placeholder))
        files["teams.yaml"] = [f"kind: team\nid: {owner}\ntitle: Team {owner}\n" for owner in OWNERS]
        return {path: "---\n".join(texts) for path, texts in files.items()}

    def document(self, thing: Thing, has_uses: bool) -> str:
        used = [self.things[other] for user, other in sorted(self.edges) if user == thing.key and has_uses]
        lines = [f"kind: {thing.kind}", f"id: {thing.name}", f"title: {thing.key}", f"type: {thing.type}"]
        lines += [f"owner: {thing.owner}"] if thing.owner else []
        lines += [f"layer: {thing.layer}"] if thing.layer else []
        lines += [f"tags: [{', '.join(thing.tags)}]"] if thing.tags else []
        lines += [f"aliases: [{', '.join(thing.aliases)}]"] if thing.aliases else []
        lines += [f"external: ['{thing.external}']"] if thing.external else []
        if thing.kind == "component":
            version = f"version: {thing.version}.0.0"
            own = f"interfaces: [{{id: main, type: {thing.interface}, {version}}}]" if thing.interface else version
            lines += [own, *(["lifecycle: retired"] if thing.is_retired else [])]
        if used:
            field_ = "uses" if thing.kind == "consumer" else "depends_on"
            names = ", ".join(f"'{each.called or each.name}'" for each in used)
            lines.append(f"{field_}: [{names}]")
        return "".join(f"{line}\n" for line in lines)


def organisation(seed: int, steps: int = 14) -> Organisation:
    """One of many. It ends in a state that lists everything."""
    found = Organisation(Random(seed))
    found.begin()
    found.go_on(steps)
    if found.states[-1].is_placeholder:
        found.commit(found.states[-1].day + DAY)
    return found


def rewritten(states: list[State], seed: int = 0) -> Organisation:
    """The same truth in other files: documents in another order, in other numbers of files."""
    found = Organisation(Random(seed))
    for state in states:
        found.things, found.edges = dict(state.things), dict.fromkeys(sorted(state.listed))
        found.lay_out()
        found.states.append(state)
        found.commits.append(found.written(is_placeholder=state.is_placeholder))
    return found


def with_rename(states: list[State], at: int, key: str, *, has_alias: bool) -> list[State]:
    """One more commit, after which something has another name for good."""
    return [*states[: at + 1], *(replace(each, things=_renamed(each.things, key, has_alias)) for each in states[at:])]


def _renamed(things: dict[str, Thing], key: str, has_alias: bool) -> dict[str, Thing]:
    if key not in things:
        return things
    thing = things[key]
    former = (*thing.aliases, thing.name) if has_alias else thing.aliases
    return things | {key: replace(thing, name=f"other-{thing.name}", aliases=former)}


def with_pause(states: list[State], at: int, edge: Edge) -> list[State]:
    """Two more commits: in the one a user leaves, in the other one it is back."""
    state = states[at]
    away = replace(state, edges=state.edges - {edge}, listed=state.listed - {edge})
    return [*states[: at + 1], away, *states[at:]]


# What follows from it --------------------------------------------------------------------------------------------


def real(states: list[State]) -> list[tuple[int, State]]:
    """The states that count, with the number of their commit."""
    return [(number, state) for number, state in enumerate(states) if not state.is_placeholder]


def stays(states: list[State]) -> dict[Edge, list[tuple[int, int | None]]]:
    """From which commit to which each user used something; None for one that still does."""
    found: dict[Edge, list[tuple[int, int | None]]] = {}
    before: frozenset[Edge] = frozenset()
    for number, state in real(states):
        for edge in state.edges - before:
            found.setdefault(edge, []).append((number, None))
        for edge in before - state.edges:
            found[edge][-1] = (found[edge][-1][0], number)
        before = state.edges
    return found


def recorded(states: list[State], kinds: dict[str, str]) -> set[Edge]:
    """The edges that appear on a day on which recording begins, of their field or of both."""
    first: dict[Edge, datetime.date] = {}
    for _, state in real(states):
        for edge in state.edges:
            first.setdefault(edge, state.day)
    last = {state.day: state.edges for _, state in real(states)}
    found: set[Edge] = set()
    for day in set(first.values()):
        new = {edge for edge in first if first[edge] == day}
        if day == min(first.values()) or _are_half(new, last[day]):
            found |= new
        for kind in ("component", "consumer"):
            own = {edge for edge in new if kinds[edge[0]] == kind}
            if _are_half(own, {edge for edge in last[day] if kinds[edge[0]] == kind}):
                found |= own
    return found


def _are_half(new: set[Edge], there: frozenset[Edge] | set[Edge]) -> bool:
    return len(new) >= 3 and 2 * len(new) >= len(there)


def users(state: State, key: str) -> set[str]:
    return {user for user, used in state.edges if used == key}


def _owners(state: State, keys: set[str]) -> set[str]:
    return {owner for key in keys if (owner := state.things[key].owner)}


def _there(state: State) -> list[Thing]:
    return [each for each in state.things.values() if each.kind == "component" and not each.is_retired]


def shared(state: State) -> set[str]:
    """Three or more consumers with two or more owners, and of no platform layer."""
    found = set()
    for thing in _there(state):
        own = {user for user in users(state, thing.key) if state.things[user].kind == "consumer"}
        if thing.layer != "platform" and len(own) >= 3 and len(_owners(state, own)) >= 2:
            found.add(thing.key)
    return found


def core(state: State) -> set[str]:
    """Of the product layer or a product's team, and used by another team."""
    products = {each.owner for each in state.things.values() if each.kind == "consumer" and each.type == "product"}
    return {
        thing.key
        for thing in _there(state)
        if thing.layer == "product" or (thing.layer != "platform" and thing.owner and thing.owner in products)
        if thing.owner and _owners(state, users(state, thing.key)) - {thing.owner}
    }


def matches_since(states: list[State], pattern: Callable[[State], set[str]], key: str) -> int | None:
    """The commit since which a component matches without a break; None if users it took then may be older."""
    known = list(itertools.takewhile(lambda each: key in pattern(each[1]), reversed(real(states))))
    number, state = known[-1]
    kinds = {name: thing.kind for each in states for name, thing in each.things.items()}
    old, all_stays = recorded(states, kinds), stays(states)
    needed = {user for user in users(state, key) if kinds[user] == "consumer"}
    if pattern is core:
        needed = {user for user in users(state, key) if state.things[user].owner not in (None, state.things[key].owner)}
    is_old = any((user, key) in old and all_stays[user, key][0][0] == number for user in needed)
    return None if is_old else number


def twins(state: State) -> set[frozenset[str]]:
    """Of one type, with different owners, users of their own, and the same tags or interface."""
    return {
        frozenset({one.key, other.key})
        for one, other in itertools.combinations(_there(state), 2)
        if one.type == other.type and one.owner and other.owner and one.owner != other.owner
        if (one.tags and one.tags == other.tags) or (one.interface and one.interface == other.interface)
        if users(state, one.key) and users(state, other.key)
        if not users(state, one.key) & users(state, other.key)
        if one.key not in users(state, other.key) and other.key not in users(state, one.key)
    }


def losing(found: Organisation, today: datetime.date, states: list[State]) -> set[str]:
    """Of the platform layer, and within a year more left of themselves than came."""
    kinds = {key: thing.kind for state in states for key, thing in state.things.items()}
    old, state = recorded(states, kinds), real(states)[-1][1]
    since = today - datetime.timedelta(days=365)
    lost: dict[str, int] = {}
    for (user, used), known in stays(states).items():
        last = known[-1][1]
        lost[used] = lost.get(used, 0) - (states[known[0][0]].day > since and (user, used) not in old)
        things = {} if last is None else states[last].things
        if last is not None and states[last].day > since and not (user in things and things[user].is_retired):
            lost[used] = lost.get(used, 0) + 1
    return {thing.key for thing in _there(state) if thing.layer == "platform" and lost.get(thing.key, 0) > 0}
