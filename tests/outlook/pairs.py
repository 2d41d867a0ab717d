"""Random pairs of small models, the second made from the first by a few edits: `pair(seed)` is always the same.

Few days and few versions are drawn from, so that days often coincide: with each other, with today, with the notice.
"""

import copy
import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from platctl.model.version import Range, Version

TODAY = datetime.date(2026, 11, 20)
NOTICE = 90

OFFSETS = (-400, -150, -60, -1, 0, 1, 2, 40, 89, 90, 91, 130, 180, 222, 300, 345)
VERSIONS = ("2.3.0", "2.4.0", "2.4.1", "2.5.0", "3.0.0", "3.1.0")
EARLY_VERSIONS = ("0.4.0", "0.4.1", "0.5.0", "1.0.0", "1.1.0")
CLOSED = (">=2,<3", ">=2,<3", ">=2,<4", ">=2.4,<3", ">=3,<4", "==2.4.0", "~=2.4", "<3")
OPEN = (">=2", ">=2", ">=2.4", ">=3", "!=2.4.0", ">2.3")
EARLY_RANGES = (">=0.4,<0.5", ">=0.4,<1", ">=0.4", ">=0.5", ">=1,<2", ">=0.4,<2")
UNREADABLE = "two"
PERIODS = ("2026-Q4", "2027-Q1", "2027-Q2", "2027-06")
EFFECTS = ("removal",) * 6 + ("addition",) * 4 + ("deprecation", "breaking") * 2 + ("change", "internal")
STATUSES = ("planned", "planned", "planned", "planned", "active", "done", "proposed", "dropped")


class Pair(NamedTuple):
    """Two states as YAML, and the days to compare them on."""

    base: str
    head: str
    today: datetime.date
    at: datetime.date | None


Fields = dict[str, str]


@dataclass
class Listed:
    """An interface with its versions; the implicit one has the id ''."""

    id: str
    versions: list[Fields] = field(default_factory=list)


@dataclass
class Shared:
    """A component."""

    id: str
    fields: Fields
    interfaces: list[Listed]


@dataclass
class Work:
    """An initiative."""

    id: str
    fields: Fields
    changes: list[Fields]


@dataclass
class Product:
    """A consumer."""

    id: str
    uses: list[Fields]


@dataclass
class State:
    """A model to be written as YAML."""

    components: list[Shared] = field(default_factory=list)
    work: list[Work] = field(default_factory=list)
    consumers: list[Product] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The YAML, one document per entity."""
        documents = [_component(each) for each in self.components]
        documents += [_document("consumer", each.id, {}, "uses", each.uses) for each in self.consumers]
        documents += [_document("initiative", each.id, each.fields, "changes", each.changes) for each in self.work]
        return "---\n".join(documents)


def _component(shared: Shared) -> str:
    if [each.id for each in shared.interfaces] == [""]:
        return _document("component", shared.id, shared.fields, "versions", shared.interfaces[0].versions)
    head = _document("component", shared.id, shared.fields, "interfaces", [])
    lines = [
        f"  - {{id: {each.id}, versions: [{', '.join(map(_flow, each.versions))}]}}\n" for each in shared.interfaces
    ]
    return head + ("interfaces:\n" + "".join(lines) if lines else "")


def _document(kind: str, id_: str, fields: Fields, name: str, items: list[Fields]) -> str:
    lines = [f"kind: {kind}", f"id: {id_}", *(f"{key}: {value}" for key, value in fields.items())]
    lines += [f"{name}:"] if items else []
    lines += [f"  - {_flow(each)}" for each in items]
    return "\n".join(lines) + "\n"


def _flow(fields: Fields) -> str:
    quoted = {"requires", "version"}
    written = (f'{key}: "{value}"' if key in quoted else f"{key}: {value}" for key, value in fields.items())
    return f"{{{', '.join(written)}}}"


def pair(seed: int) -> Pair:
    """The pair of this number."""
    return _Draw(Random(seed)).pair()


class _Draw:
    """One pair in the making; all days and versions come from its own small pools."""

    def __init__(self, random: Random) -> None:
        self.random = random
        early = random.random() < 0.15
        self.days = sorted(TODAY + datetime.timedelta(days=each) for each in random.sample(OFFSETS, 6))
        pool = EARLY_VERSIONS if early else VERSIONS
        self.versions = random.sample(pool, random.randint(3, len(pool)))
        self.versions += ["2.5.0rc1"] if self.often(0.05) else []
        self.ranges = EARLY_RANGES if early else random.choice((CLOSED, OPEN, (*CLOSED, *OPEN)))
        self.numbers = iter(range(1, 1000))

    def often(self, share: float) -> bool:
        return self.random.random() < share

    def day(self) -> str:
        return self.random.choice(self.days).isoformat()

    def pair(self) -> Pair:
        base = self.state()
        head = copy.deepcopy(base)
        for _ in range(self.random.choice((1, 1, 2, 2, 3, 4))):
            self.edit(head)
        ahead = [day for day in self.days if day >= TODAY]
        at = self.random.choice(ahead) if ahead and self.often(0.2) else None
        return Pair(base.text, head.text, TODAY, at)

    # A state.

    def state(self) -> State:
        state = State()
        state.components = [self.component(id_) for id_ in ("c", "d")[: 2 if self.often(0.2) else 1]]
        state.consumers = [
            Product(id_, [self.use(state.components)]) for id_ in ("u", "v", "w")[: self.random.randint(1, 3)]
        ]
        for each in state.consumers:
            self.add_use(state, each, 0.15)
        state.work = [self.work(state) for _ in range(self.random.choice((0, 1, 1, 2, 2, 3, 4)))]
        return state

    def component(self, id_: str) -> Shared:
        interfaces = [
            Listed(each, self.listed()) for each in self.random.choice((("",), ("",), ("api",), ("api", "ui")))
        ]
        fields: Fields = {}
        if self.often(0.05):
            fields["lifecycle"] = self.random.choice(("deprecated", "experimental", "retired"))
        if self.often(0.04):
            fields["sunset"] = self.day()
        return Shared(id_, fields, interfaces)

    def listed(self) -> list[Fields]:
        count = min(self.random.choice((1, 1, 2, 2, 2, 3)), len(self.versions))
        return [self.version(each) for each in self.random.sample(self.versions, count)]

    def version(self, version: str) -> Fields:
        fields = {"version": version}
        for name, share in (("since", 0.12), ("deprecated", 0.1), ("sunset", 0.15)):
            if self.often(share):
                fields[name] = self.day()
        if self.often(0.15):
            fields["lifecycle"] = self.random.choice(("deprecated", "deprecated", "retired"))
        return fields

    def use(self, components: list[Shared]) -> Fields:
        shared = self.random.choice(components)
        interface = self.random.choice(shared.interfaces).id
        is_bare = not interface or self.often(0.4)
        fields = {"component": shared.id if is_bare else f"{shared.id}#{interface}"}
        if not self.often(0.12):
            fields["requires"] = UNREADABLE if self.often(0.03) else self.range(shared)
        if self.often(0.2):
            fields["strength"] = "soft"
        if self.often(0.2):
            fields["confirmed"] = self.day()
        return fields

    def range(self, shared: Shared) -> str:
        """Mostly one that a listed version meets."""
        listed = [Version(version["version"]) for each in shared.interfaces for version in each.versions]
        meeting = [each for each in self.ranges if any(Range(each).admits(version) for version in listed)]
        return self.random.choice(meeting if meeting and self.often(0.85) else self.ranges)

    def work(self, state: State) -> Work:
        status = self.random.choice(STATUSES)
        fields = {"status": status}
        if status == "done" or self.often(0.85):
            fields["end"] = self.day()
        elif self.often(0.6):
            fields["period"] = self.random.choice(PERIODS)
        changes = [self.change(state) for _ in range(self.random.choice((1, 1, 1, 2)))]
        return Work(f"work-{next(self.numbers)}", fields, changes)

    def change(self, state: State) -> Fields:
        shared = self.random.choice(state.components)
        interface = self.random.choice(shared.interfaces).id
        effect = self.random.choice(EFFECTS)
        is_bare = not interface or (len(shared.interfaces) == 1 and self.often(0.5))
        fields = {"component": shared.id if is_bare else f"{shared.id}#{interface}", "effect": effect}
        if effect in ("removal", "deprecation"):
            one = self.random.choice(self.versions)
            fields["version"] = self.random.choice((f"<{int(one[0]) + 1}", f"=={one}", one, ">=0"))
        if effect == "deprecation" and self.often(0.8):
            fields["sunset"] = self.day()
        if effect == "addition" or (effect == "breaking" and self.often(0.25)):
            fields["version"] = self.random.choice(self.versions)
        return fields

    def add_use(self, state: State, consumer: Product, share: float) -> None:
        """One more dependency, on something that the consumer does not use yet."""
        use = self.use(state.components)
        if self.often(share) and use["component"] not in [each["component"] for each in consumer.uses]:
            consumer.uses.append(use)

    # The edits.

    def edit(self, state: State) -> None:
        if not state.components:
            return
        edits: list[tuple[Callable[[State], None], int]] = [
            (self.edit_version, 6),
            (self.edit_versions, 5),
            (self.edit_work, 8),
            (self.add_work, 5),
            (self.edit_use, 3),
            (self.edit_uses, 1),
            (self.edit_component, 1),
        ]
        (chosen,) = self.random.choices([edit for edit, _ in edits], [weight for _, weight in edits])
        chosen(state)

    def interface(self, state: State) -> Listed:
        return self.random.choice(self.random.choice(state.components).interfaces)

    def edit_version(self, state: State) -> None:
        """One field of one version."""
        listed = self.interface(state).versions
        if not listed:
            return
        version = self.random.choice(listed)
        name = self.random.choice(("since", "deprecated", "sunset", "sunset", "lifecycle"))
        if name in version and self.often(0.4):
            del version[name]
        elif name == "lifecycle":
            version[name] = self.random.choice(("deprecated", "retired", "production"))
        else:
            version[name] = self.day()

    def edit_versions(self, state: State) -> None:
        """Remove, add or replace a version; one stays listed, if only as retired."""
        listed = self.interface(state).versions
        missing = [each for each in self.versions if each not in [version["version"] for version in listed]]
        kind = self.random.choice(("add", "remove", "remove", "replace"))
        if kind != "add" and listed:
            index = self.random.randrange(len(listed))
            removed = listed.pop(index)
            if not listed and kind == "remove":
                listed.append({"version": removed["version"], "lifecycle": "retired"})
        if kind != "remove" and missing:
            listed.append(self.version(self.random.choice(missing)))
        if not listed:
            listed.append({"version": self.versions[0], "lifecycle": "retired"})

    def edit_work(self, state: State) -> None:
        """Move, drop, finish, rename or change an initiative."""
        if not state.work:
            self.add_work(state)
            return
        work = self.random.choice(state.work)
        kind = self.random.choice(("move", "move", "move", "status", "status", "remove", "rename", "change"))
        if kind == "move":
            work.fields.pop("period", None)
            work.fields["end"] = self.day()
        elif kind == "status" and "end" in work.fields:
            work.fields["status"] = self.random.choice(("done", "done", "planned", "active", "dropped", "parked"))
        elif kind == "status" and work.fields["status"] != "done":
            work.fields["status"] = self.random.choice(("planned", "active", "dropped"))
        elif kind == "remove":
            state.work.remove(work)
        elif kind == "rename":
            work.id = f"a-{work.id}"
        else:
            work.changes[self.random.randrange(len(work.changes))] = self.change(state)
        if work.fields["status"] not in ("done", "idea") and self.often(0.06):
            work.fields.pop("end", None)

    def add_work(self, state: State) -> None:
        state.work.append(self.work(state))

    def edit_use(self, state: State) -> None:
        """Range, strength or confirmation of a dependency."""
        if not any(each.uses for each in state.consumers):
            return
        uses = self.random.choice([each for each in state.consumers if each.uses]).uses
        use = self.random.choice(uses)
        name = self.random.choice(("requires", "requires", "requires", "strength", "confirmed"))
        if name in use and self.often(0.2):
            del use[name]
        elif name == "requires":
            use[name] = self.random.choice(self.ranges)
        elif name == "strength":
            use[name] = "hard" if use.get(name) == "soft" else "soft"
        else:
            use[name] = self.day()

    def edit_uses(self, state: State) -> None:
        """A dependency or a consumer more or less."""
        consumer = self.random.choice(state.consumers)
        if self.often(0.5):
            self.add_use(state, consumer, 1)
        elif consumer.uses:
            consumer.uses.remove(self.random.choice(consumer.uses))

    def edit_component(self, state: State) -> None:
        """What holds for a whole component, or one interface less."""
        shared = self.random.choice(state.components)
        if len(shared.interfaces) > 1 and self.often(0.3):
            shared.interfaces.remove(self.random.choice(shared.interfaces))
        elif self.often(0.4):
            shared.fields["sunset"] = self.day()
        else:
            shared.fields["lifecycle"] = self.random.choice(("deprecated", "production", "retired"))
