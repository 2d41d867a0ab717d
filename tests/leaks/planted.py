"""A plan in which whatever is written carries a marker of its own, and what of it an audience may read.

Nothing here knows platctl's projection: who may read what is computed from what stands in the files.
"""

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple
from zlib import crc32

TODAY = datetime.date(2027, 2, 10)
COUNTS = {"team": 4, "goal": 4, "component": 5, "consumer": 4, "initiative": 12, "decision": 4, "ballot": 2}
VISIBILITIES = ("public", "internal", "restricted")
STATUSES = ("idea", "proposed", "shaped", "planned", "active", "done", "dropped", "parked")
_STAGES = (STATUSES[:3], STATUSES[3:6], STATUSES[6:])
EFFECTS = ("addition", "change", "breaking", "deprecation", "removal", "internal")


# What stands in a file --------------------------------------------------------------------------------------


class Mark(NamedTuple):
    """Something written that is unmistakable: a word, a number, a version."""

    text: str
    value: Any


class On(NamedTuple):
    """A day."""

    day: datetime.date


class To(NamedTuple):
    """A reference, by the place of what it leads to; by a former name if `is_former`."""

    kind: str
    number: int
    interface: int | None = None
    is_former: bool = False


class Place(NamedTuple):
    """A field of a document."""

    kind: str
    number: int
    field: str


class Turn(NamedTuple):
    """Which of the possible values a field has: any other for another `value`, other days alike for other `days`."""

    value: int = 0
    days: int = 0


_WITHIN = [day for day in range(2, 28) if day != TODAY.day]
"""Days of a month that are neither today nor the end of anything."""
Turns = Callable[[Place], Turn]
_NAMING = ("component", "goal", "consumer")
"""Parts of an item without which nothing is left of it."""


@dataclass(frozen=True)
class Document:
    """One entity as it is written."""

    kind: str
    number: int
    visibility: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Reader:
    """An audience as platctl.yaml describes it, with what it inherits written out."""

    name: str
    sees: str
    statuses: frozenset[str]
    fields: frozenset[str] | None
    dates: str
    wording: tuple[str, ...] = ()

    def reads(self, field: str) -> bool:
        return self.fields is None or field in self.fields


@dataclass(frozen=True)
class Plan:
    """All documents; `kept` are those that are in the files, with the fields that they have there."""

    documents: Mapping[tuple[str, int], Document]
    kept: Mapping[tuple[str, int], Mapping[str, Any]]

    # Who may read what ------------------------------------------------------------------------------------------

    def sees(self, reader: Reader, kind: str, number: int) -> bool:
        """Whether an audience may know that something exists."""
        document = self.documents[kind, number]
        if VISIBILITIES.index(document.visibility) > VISIBILITIES.index(reader.sees):
            return False
        if kind == "initiative" and document.fields["status"] not in reader.statuses:
            return False
        about = [document.fields["chose"], *document.fields["over"]] if kind == "decision" else []
        return all(self.sees(reader, each.kind, each.number) for each in about)

    def readable(self, reader: Reader) -> Iterator[Mark | On]:
        """All that an audience may read."""
        for (kind, number), document in self.documents.items():
            if self.sees(reader, kind, number):
                for name, value in document.fields.items():
                    if name in ("id", *reader.wording) or reader.reads(name):
                        yield from self._within(reader, value)

    def everything(self) -> Iterator[Mark | On]:
        """All that is written."""
        for document in self.documents.values():
            yield from _marks(document.fields)

    def _within(self, reader: Reader, value: Any) -> Iterator[Mark | On]:
        match value:
            case Mark() | On():
                yield value
            case To(kind, number, interface):
                if interface is not None and self.sees(reader, kind, number):
                    yield self.documents[kind, number].fields["interfaces"][interface]["id"]
            case list():
                for each in value:
                    yield from self._within(reader, each)
            case dict():
                naming = [value[key] for key in _NAMING if isinstance(value.get(key), To)]
                if all(self.sees(reader, each.kind, each.number) for each in naming):
                    for key, each in value.items():
                        if not isinstance(key, To) or self.sees(reader, key.kind, key.number):
                            yield from self._within(reader, key)
                            yield from self._within(reader, each)

    # As files ---------------------------------------------------------------------------------------------------

    def files(self) -> dict[str, str]:
        """The text of each file; JSON is YAML, too."""
        return {
            f"{word('file', kind, number)}.yaml": json.dumps(
                {
                    "kind": kind,
                    "visibility": self.documents[kind, number].visibility,
                    **self._plain(fields),
                }
            )
            for (kind, number), fields in self.kept.items()
        }

    def _plain(self, value: Any) -> Any:
        match value:
            case Mark(_, plain):
                return plain
            case On(day):
                return day.isoformat()
            case To(kind, number, interface, is_former):
                fields = self.documents[kind, number].fields
                name = (fields["aliases"][0] if is_former else fields["id"]).value
                return name if interface is None else f"{name}#{fields['interfaces'][interface]['id'].value}"
            case list():
                return [self._plain(each) for each in value]
            case dict():
                return {self._plain(key): self._plain(each) for key, each in value.items() if each is not None}
        return value


def _marks(value: Any) -> Iterator[Mark | On]:
    match value:
        case Mark() | On():
            yield value
        case list():
            for each in value:
                yield from _marks(each)
        case dict():
            for key, each in value.items():
                yield from _marks(key)
                yield from _marks(each)


def word(*place: object) -> str:
    """A word that stands nowhere else."""
    return f"mk{crc32(repr(place).encode()):08x}zz"


# How it is made ---------------------------------------------------------------------------------------------


def plan(seed: int, turns: Turns = lambda _: Turn()) -> Plan:
    """One of many plans; who may see what is the same whatever the fields say."""
    documents = {}
    for kind, count in COUNTS.items():
        for number in range(count):
            random = Random(f"{seed} {kind} {number}")
            visibility = random.choice(("public", "public", "internal", "restricted"))
            status = STATUSES[3 + number % 3] if number % 2 else random.choice(STATUSES)
            fields = {
                name: make(_Maker(seed, Place(kind, number, name), turns(Place(kind, number, name)), status))
                for name, make in _FIELDS[kind].items()
            }
            documents[kind, number] = Document(kind, number, visibility, fields)
    return Plan(documents, {key: document.fields for key, document in documents.items()})


class _Maker:
    """Makes the value of one field."""

    def __init__(self, seed: int, place: Place, turn: Turn, status: str) -> None:
        self.place, self.turn, self.status = place, turn, status
        self.random = Random(f"{seed} {place} {turn.value}")
        self._days = Random(f"{seed} {place} {turn}")
        self._count = 0

    @property
    def _unique(self) -> str:
        self._count += 1
        return word(self.place, self.turn.value, self._count)

    def word(self) -> Mark:
        text = self._unique
        return Mark(text, text)

    def number(self) -> Mark:
        number = 9_000_000 + int(self._unique[2:10], 16) % 999_983
        return Mark(str(number), number)

    def version(self) -> Mark:
        text = f"{self.random.randint(1, 3)}.{10_000 + int(self._unique[2:10], 16) % 89_989}.0"
        return Mark(text, text)

    def range(self) -> Mark:
        low, other = self.random.randint(1, 3), self.version()
        return Mark(other.text, f">={low},<{low + self.random.randint(1, 2)},!={other.text}")

    def chance(self, share: float = 0.5) -> bool:
        return self.random.random() < share

    def day(self, first: int = -200, last: int = 600) -> On:
        """A day that does not begin or end a month; another turn gives another one that is told alike."""
        day = TODAY + datetime.timedelta(self.random.randint(first, last))
        if self.turn.days:
            month = day.month - (day.month - 1) % 3 + self._days.randint(0, 2)
            day = day.replace(month=month, day=15)
        return On(day.replace(day=self._days.choice(_WITHIN)))

    def to(self, kind: str) -> To:
        number = self.random.randrange(COUNTS[kind])
        interface = self.random.randint(0, 1) if kind == "component" and self.chance() else None
        return To(kind, number, interface, self.chance(0.2))

    def some(self, kind: str, most: int = 3) -> list[To]:
        numbers = self.random.sample(range(COUNTS[kind]), self.random.randint(0, most))
        return [To(kind, number, None, self.chance(0.2)) for number in numbers]


Make = Callable[[_Maker], Any]


def _texts(maker: _Maker) -> list[Mark]:
    return [maker.word() for _ in range(maker.random.randint(0, 2))]


def _links(maker: _Maker) -> list[Any]:
    return [{"title": maker.word(), "url": Mark((it := maker.word()).text, f"https://{it.text}.example/")}]


def _offered(maker: _Maker) -> dict[str, Any]:
    found = {"version": maker.version(), "lifecycle": maker.random.choice(("production", "deprecated"))}
    if maker.chance():
        found |= {"since": maker.day(-900, -300), "sunset": maker.day(10)}
    if maker.chance(0.7):
        successor = maker.random.choice((maker.version(), maker.to("component")))
        found |= {"successor": successor, "migration": maker.number()}
    return found


def _interfaces(maker: _Maker) -> list[Any]:
    """Their names are the same in every turn: who may read who uses them reads their names there."""
    names = [word(maker.place, nth) for nth in range(2)]
    return [
        {
            **{"id": Mark(name, name), "title": maker.word(), "description": maker.word(), "type": maker.word()},
            "versions": [_offered(maker), _offered(maker)],
        }
        for name in names
    ]


def _dependency(maker: _Maker) -> dict[str, Any]:
    found = {"component": maker.to("component"), "strength": maker.random.choice(("hard", "soft"))}
    found |= {"note": maker.word(), "migration": maker.number(), "exposes": maker.chance()}
    if maker.chance():
        found |= {"requires": maker.range(), "need_by": maker.day()}
    return found


def _change(maker: _Maker) -> dict[str, Any]:
    effect = maker.random.choice(EFFECTS)
    found = {"component": maker.to("component"), "effect": effect, "note": maker.word()}
    if effect in ("addition", "breaking"):
        found["version"] = maker.version()
    if effect == "deprecation":
        found["sunset"] = maker.day(30)
    return found


def _several(make: Make, most: int = 2) -> Make:
    return lambda maker: [make(maker) for _ in range(maker.random.randint(0, most))]


def _metrics(maker: _Maker) -> list[Any]:
    values = {maker.day(-720 + 200 * nth, -640 + 200 * nth): maker.number() for nth in range(3)}
    numbers = {"baseline": maker.number(), "target": maker.number()}
    return [{"id": maker.word(), "title": maker.word(), "unit": maker.word(), **numbers, "values": values}]


def _estimate(maker: _Maker) -> Any:
    return maker.number()


def _effort(maker: _Maker) -> dict[To, Any]:
    return {team: _estimate(maker) for team in maker.some("team", 2)}


def _status(maker: _Maker) -> str:
    """In another turn, another one that is as far for whoever tells those given up, open and promised apart."""
    if not maker.turn.value:
        return maker.status
    return maker.random.choice(next(each for each in _STAGES if maker.status in each))


def _scores(maker: _Maker) -> dict[str, Any]:
    return {"reach": maker.number(), "impact": maker.random.randint(1, 3), "confidence": maker.random.random()}


def _words(maker: _Maker) -> Mark:
    return maker.word()


def _maybe(make: Make, share: float = 0.7) -> Make:
    """A value, or nothing where the field would not be written."""
    return lambda maker: make(maker) if maker.chance(share) else None


def _by(**parts: Make) -> Make:
    return lambda maker: {name: make(maker) for name, make in parts.items()}


def _to(kind: str) -> Make:
    return lambda maker: maker.to(kind)


def _some(kind: str) -> Make:
    return lambda maker: maker.some(kind)


def _day(maker: _Maker) -> On:
    return maker.day()


_COMMON: dict[str, Make] = {
    **{"id": _words, "title": _words, "description": _words, "owner": _to("team"), "tags": _texts, "links": _links},
    "aliases": lambda maker: [maker.word()],
    **{"x-note": _words, "x-case": lambda maker: [{"of": maker.word()}, maker.word()]},
}
_FIELDS: dict[str, dict[str, Make]] = {
    "team": {
        **_COMMON,
        **{"lead": _words, "members": _texts, "capacity": lambda maker: maker.number()},
        "handle": lambda maker: Mark((it := maker.word()).text, f"@{it.text}"),
    },
    "goal": {
        **_COMMON,
        **{"parent": _maybe(_to("goal")), "weight": lambda maker: maker.number(), "due": _day, "metrics": _metrics},
    },
    "component": {
        **_COMMON,
        "type": _words,
        "layer": lambda maker: maker.random.choice(("technology", "platform", "product")),
        "lifecycle": lambda maker: maker.random.choice(("experimental", "production", "deprecated")),
        "exposes": lambda maker: maker.chance(),
        "interfaces": _interfaces,
        "depends_on": _several(_dependency),
        "successor": _maybe(lambda maker: To("component", maker.random.randrange(COUNTS["component"])), 0.4),
        "sunset": _maybe(_day, 0.3),
        "metrics": _metrics,
    },
    "consumer": {
        **_COMMON,
        **{"type": _words, "tier": lambda maker: maker.random.randint(1, 4), "product_manager": _words},
        "reach": _by(users=_Maker.number, developers=_Maker.number, revenue=_Maker.number),
        "uses": _several(_dependency, 3),
        "freezes": _several(_by(start=_day, end=_day, reason=_words)),
        "stakeholders": _several(_by(name=_words, role=_words, contact=_words)),
    },
    "initiative": {
        **_COMMON,
        "status": _status,
        "type": lambda maker: maker.random.choice(("capability", "feature", "migration", "debt")),
        **{"proposed_by": _words, "proposed_on": lambda maker: maker.day(-500, -100)},
        **{"requested_by": _some("consumer"), "for": _maybe(_to("consumer"), 0.5)},
        "goals": lambda maker: [{"goal": each, "contribution": maker.number()} for each in maker.some("goal", 2)],
        **{"changes": _several(_change), "depends_on": _some("initiative"), "effort": _effort},
        "estimated_on": lambda maker: maker.day(-200, -20),
        **{"start": _maybe(lambda maker: maker.day(-150, 300)), "end": _maybe(lambda maker: maker.day(-100, 500))},
        **{"earliest": _maybe(_day, 0.3), "deadline": _maybe(_day)},
        "scores": _scores,
        "votes": _several(_by(by=_words, role=_words, scores=_scores)),
        "approvals": lambda maker: [
            {"consumer": each, "by": maker.word(), "on": maker.day(-90, -5), "note": maker.word()}
            for each in maker.some("consumer", 2)
        ],
        "risks": _several(_by(risk=_words, mitigation=_words)),
        "outcome": _maybe(_words, 0.8),
    },
    "decision": {
        **_COMMON,
        **{"date": lambda maker: maker.day(-100, -1), "by": _words, "why": _words, "expires": _day},
        "chose": lambda maker: To("initiative", (3 * maker.place.number + 1) % COUNTS["initiative"]),
        "over": lambda maker: [To("initiative", (3 * maker.place.number + 3) % COUNTS["initiative"])],
    },
    "ballot": {
        **_COMMON,
        **{"by": _words, "role": _words},
        "votes": lambda maker: {each: _scores(maker) for each in maker.some("initiative", 3)},
    },
}
