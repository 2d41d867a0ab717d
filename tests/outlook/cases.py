"""Worked cases of one dependency, read from the tables in `cases.md`, which also explains the notation."""

import datetime
import re
from dataclasses import dataclass
from pathlib import Path

from builders import model
from platctl.model.model import Model

TODAY = datetime.date(2026, 11, 20)
NOTICE = 90
EFFECTS = {"-": "removal", "+": "addition", "d": "deprecation", "b": "breaking", "c": "change"}
STATUSES = ("proposed", "planned", "active", "done", "dropped")


@dataclass(frozen=True)
class Case:
    """A row: both states in the notation of the table, and the expected result. `start` is None for `now`."""

    number: int
    title: str
    catalog: tuple[str, str]
    plans: tuple[str, str]
    edge: tuple[str, str]
    at: datetime.date | None
    level: str | None
    reason: str
    start: datetime.date | None
    until: datetime.date | None
    by: datetime.date | None

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"

    @property
    def texts(self) -> tuple[str, str]:
        """The YAML of base and head."""
        states = zip(self.catalog, self.plans, self.edge, strict=True)
        base, head = (_yaml(*state) for state in states)
        return base, head

    @property
    def models(self) -> tuple[Model, Model]:
        """Base and head."""
        base, head = self.texts
        return model(base), model(head)


def cases() -> list[Case]:
    """All cases, in the order of their numbers."""
    text = Path(__file__).with_name("cases.md").read_text(encoding="utf-8")
    rows = [re.split(r"\s*\|\s*", line.strip())[1:-1] for line in text.splitlines() if re.match(r"\| *\d", line)]
    return [_case(*row) for row in rows]


def _case(
    number: str,
    title: str,
    catalog: str,
    plans: str,
    edge: str,
    at: str,
    level: str,
    reason: str,
    start: str,
    until: str,
    by: str,
) -> Case:
    return Case(
        int(number),
        title,
        _both(catalog, "→"),
        _both(plans, "→"),
        _both(edge, "->"),
        _date(at),
        None if level == "none" else level,
        reason,
        _date("" if start == "now" else start),
        _date(until),
        _date(by),
    )


def _both(text: str, arrow: str) -> tuple[str, str]:
    before, changed, after = (part.strip() for part in text.partition(arrow))
    return (before, before if not changed or after == "=" else after)


def _date(text: str) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def _yaml(catalog: str, plans: str, edge: str) -> str:
    return "---\n".join([_component(catalog), _consumer(edge, "api:" in catalog), *_initiatives(plans)])


def _component(catalog: str) -> str:
    head = "kind: component\nid: c\n"
    if "api:" not in catalog:
        return f"{head}versions: [{_versions(catalog)}]\n"
    interfaces = (part.strip().split(": ") for part in catalog.split(";"))
    lines = [f"  - {{id: {id_}, versions: [{_versions(versions)}]}}\n" for id_, versions in interfaces]
    return f"{head}interfaces:\n{''.join(lines)}"


def _versions(text: str) -> str:
    # An interface that lists no version at all counts as available itself, so `(none)` lists a retired one.
    return ", ".join(_version(part) for part in ("0.0.1 retired" if text == "(none)" else text).split(", "))


def _version(text: str) -> str:
    version, *words = text.split()
    fields = [f"version: {version}"]
    for word in words:
        name, dated, day = word.partition("=")
        fields.append(f"{name}: {day}" if dated else f"lifecycle: {name}")
    return f"{{{', '.join(fields)}}}"


def _consumer(edge: str, has_interfaces: bool) -> str:
    head = "kind: consumer\nid: u\n"
    if edge == "gone":
        return head
    requires, *words = edge.split()
    fields = [f"component: {'c#api' if has_interfaces and 'bare' not in words else 'c'}"]
    fields += [] if requires == "none" else [f'requires: "{requires}"']
    fields += ["strength: soft"] if "soft" in words else []
    fields += [word.replace("=", ": ") for word in words if word.startswith("confirmed=")]
    return f"{head}uses:\n  - {{{', '.join(fields)}}}\n"


def _initiatives(plans: str) -> list[str]:
    parts = [part.strip() for part in plans.split(";") if part.strip() not in ("", "–")]
    return [_initiative(number, part) for number, part in enumerate(parts, start=1)]


def _initiative(number: int, text: str) -> str:
    named, _, work = text.partition(": ") if ": " in text else (f"work-{number}", "", text)
    effect, day, *words = work.split()
    status = next((word for word in words if word in STATUSES), "planned")
    sunset = next((word.replace("=", ": ") for word in words if word.startswith("sunset=")), None)
    versions = [word for word in words if word != status and not word.startswith("sunset=")]
    fields = ["component: c", f"effect: {EFFECTS[effect]}"]
    fields += [f'version: "{version}"' for version in versions]
    fields += [sunset] if sunset else []
    end = "" if day == "none" else f"end: {_iso(day)}\n"
    return f"kind: initiative\nid: {named}\nstatus: {status}\n{end}changes: [{{{', '.join(fields)}}}]\n"


def _iso(day: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return day
    month, number = day.split("-")
    return f"2027-{int(month):02}-{int(number):02}"
