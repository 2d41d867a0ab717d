"""Nothing leaks: what an audience may not see stands nowhere in what it is told, and moves nothing in it."""

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache
from urllib.parse import unquote

import pytest

from leaks.outputs import changed, rendered, reports, told
from leaks.planted import STATUSES, Document, Mark, On, Place, Plan, Reader, Turn, plan
from platctl.model.load import load
from platctl.model.model import Model
from platctl.model.settings.audience import Audience, audience
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

OPEN = frozenset(STATUSES) - {"dropped", "parked"}
PROMISED = frozenset({"planned", "active", "done"})
FOR_CUSTOMERS = frozenset({"title", "outcome", "status", "for", "start", "end", "period"})
FOR_DEVELOPERS = frozenset(
    {
        *("title", "description", "owner", "tags", "links", "aliases", "outcome", "type", "layer", "lifecycle"),
        *("interfaces", "version", "versions", "sunset", "successor", "depends_on", "exposes", "uses", "tier"),
        *("freezes", "parent", "due", "lead", "handle", "start", "end", "period", "status", "changes"),
        *("requested_by", "for", "goals", "deadline", "earliest"),
    }
)
ODD = frozenset({"effort", "depends_on", "start", "x-case", "votes", "scores", "uses", "metrics", "due"})
PRESS = frozenset({"changes", "requested_by", "goals", "parent", "interfaces", "why", "chose", "over", "date"})
READERS = (
    Reader("developers", "internal", OPEN, FOR_DEVELOPERS, "day"),
    Reader("product-managers", "internal", OPEN, None, "day"),
    Reader("customers", "public", PROMISED, FOR_CUSTOMERS, "horizon", ("outcome", "title")),
    Reader("board", "restricted", frozenset(STATUSES), None, "day"),
    Reader("partners", "public", OPEN, FOR_DEVELOPERS, "day"),
    Reader("staff", "internal", OPEN, None, "period"),
    Reader("odd", "internal", frozenset(STATUSES), ODD, "period", ("x-note",)),
    Reader("blind", "restricted", OPEN, frozenset({"title", "end"}), "day"),
    Reader("press", "public", OPEN, PRESS, "horizon"),
)
AUDIENCES = """
audiences:
  board: {like: product-managers, sees: restricted,
          statuses: [idea, proposed, shaped, planned, active, done, dropped, parked]}
  partners: {like: developers, sees: public}
  staff: {like: product-managers, dates: period}
  odd: {like: product-managers, dates: period, wording: [x-note],
        statuses: [idea, proposed, shaped, planned, active, done, dropped, parked],
        fields: [effort, depends_on, start, x-case, votes, scores, uses, metrics, due]}
  blind: {like: developers, sees: restricted, fields: [title, end]}
  press: {like: developers, sees: public, dates: horizon,
          fields: [changes, requested_by, goals, parent, interfaces, why, chose, over, date]}
"""
SECRETS = """
strategy: mk00000001zz
policies:
  - {id: mk00000002zz, title: mk00000003zz, when: {level: breaks}, action: forbid}
waivers:
  - {rule: unused-component, reason: mk00000004zz, by: mk00000005zz}
selectors: {mk00000006zz: "*"}
people: {mk00000007zz: "@mk00000008zz"}
scoring: {models: [{id: mk00000009zz, title: mk0000000azz, value: reach, size: effort}]}
"""
SEEDS = range(2)
EVERYBODY = pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.name)


def read(written: Plan) -> Model:
    files = [parse_file(SourceFile(path, text.encode())) for path, text in written.files().items()]
    settings = parse_file(SourceFile("platctl.yaml", (AUDIENCES + SECRETS).encode()))
    return load(files, settings)


@cache
def planted(seed: int) -> Plan:
    return plan(seed)


@cache
def loaded(seed: int) -> Model:
    return read(planted(seed))


def known(model: Model, reader: Reader) -> Audience:
    found = audience(reader.name, model.config.audiences)
    assert found is not None
    return found


# Markers ----------------------------------------------------------------------------------------------------

_MARKER = re.compile(r"mk[0-9a-f]{8}zz|(?<![0-9])9[0-9]{6}(?![0-9])|[1-3]\.[0-9]{5}\.0|20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def unescaped(text: str) -> str:
    """A text as its reader sees it, whichever format it is in."""
    if text.startswith("BEGIN:VCALENDAR"):  # lines are folded, and the end of a day is the day after
        text = re.sub(r"DTEND.*", "", re.sub(r"\r?\n (?=\S)", "", text))
    text = re.sub(r"(?<=:)(20\d\d)(\d\d)(\d\d)\b", r"\1-\2-\3", text)
    text = re.sub(r"#(\d+);", lambda found: chr(int(found[1])), text)
    text = html.unescape(html.unescape(text)).translate(_INVISIBLE)
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text)
    text = re.sub(r"\\(?=[^\w\s])|<wbr ?/?>", "", unquote(text))
    return re.sub(r"(?<=\d),(?=\d{3})", "", text).lower()


def markers(outputs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Every marker that stands somewhere, and where."""
    return {marker: name for name, text in outputs for marker in _MARKER.findall(unescaped(text))}


def allowed(written: Plan, reader: Reader) -> set[str]:
    """The markers that an audience may read."""
    found = {as_text(each) for each in written.readable(reader) if isinstance(each, Mark) or reader.dates == "day"}
    return found | ({"mk00000001zz"} if reader.sees != "public" else set())


def as_text(each: Mark | On) -> str:
    return each.text if isinstance(each, Mark) else each.day.isoformat()


def leaked(written: Plan, reader: Reader, outputs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What stands somewhere and must not: words of any origin, such as names of files, and numbers and days."""
    may, every = allowed(written, reader), {as_text(each) for each in written.everything()}
    found = markers(outputs).items()
    return {marker: where for marker, where in found if marker not in may and (marker in every or "mk" in marker)}


@EVERYBODY
def test_no_output_of_a_roadmap_holds_what_its_audience_may_not_read(reader: Reader) -> None:
    model = loaded(0)
    assert leaked(planted(0), reader, rendered(model, known(model, reader))) == {}


@EVERYBODY
def test_no_report_holds_what_its_audience_may_not_read(reader: Reader) -> None:
    model = loaded(1)
    assert leaked(planted(1), reader, reports(model, known(model, reader))) == {}


# What is not told moves nothing -----------------------------------------------------------------------------


def otherwise(seed: int, reader: Reader, turn: Turn) -> Plan:
    """The same plan to this audience: all that it may not read is different, and days are others that read alike."""
    before = planted(seed)

    def turned(place: Place) -> Turn:
        is_read = place.field == "id" or place.field in reader.wording or reader.reads(place.field)
        if not before.sees(reader, place.kind, place.number) or not is_read:
            return turn
        return Turn(0, turn.days if reader.dates != "day" else 0)

    return plan(seed, turned)


def without(written: Plan, reader: Reader) -> Plan:
    """Only what an audience may see; what refers to the rest leads nowhere."""
    kept = {key: dict(_read(each, reader)) for key, each in written.documents.items() if written.sees(reader, *key)}
    return Plan(written.documents, kept)


def _read(document: Document, reader: Reader) -> Iterator[tuple[str, object]]:
    for name, value in document.fields.items():
        # Former names stay, since references are written with them; so does what decides whether it is seen.
        if name in ("id", "aliases", "status", "chose", "over", *reader.wording) or reader.reads(name):
            yield name, value


def differing(reader: Reader, one: Model, other: Model) -> list[str]:
    """What an audience is told differently."""
    told = dict(reports(one, known(one, reader)))
    now = dict(reports(other, known(other, reader)))
    return [name for name in told.keys() | now.keys() if told.get(name) != now.get(name)]


@EVERYBODY
@pytest.mark.parametrize("seed", SEEDS)
def test_what_an_audience_may_not_read_can_be_anything(reader: Reader, seed: int) -> None:
    assert differing(reader, loaded(seed), read(otherwise(seed, reader, Turn(1, 1)))) == []


@EVERYBODY
@pytest.mark.parametrize("seed", SEEDS)
def test_what_an_audience_may_not_read_can_be_missing(reader: Reader, seed: int) -> None:
    assert differing(reader, loaded(seed), read(without(planted(seed), reader))) == []


def elsewise(seed: int) -> Plan:
    """The same entities, and every field that they have is different."""
    return plan(seed, lambda place: Turn() if place.field in ("id", "aliases") else Turn(1, 1))


@EVERYBODY
def test_no_changelog_holds_what_its_audience_may_not_read(reader: Reader) -> None:
    before, after = planted(0), elsewise(0)
    base, head = loaded(0), read(after)
    found = leaked(after, reader, changed(base, head, known(head, reader)))
    assert {marker: where for marker, where in found.items() if marker not in allowed(before, reader)} == {}


@EVERYBODY
def test_where_only_that_changes_which_an_audience_may_not_read_nothing_changes_for_it(reader: Reader) -> None:
    base, head = loaded(1), read(otherwise(1, reader, Turn(1, 1)))
    assert told(base, head, known(head, reader)).entries == ()
