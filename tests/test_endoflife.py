"""Published support tables as a model: `compat` says of each pair, on each day, what the tables say.

The tables are those of endoflife.date (MIT licence). What a product supports is written there as `4.0.x` or
`3.10 - 3.14`; the model has ranges.
"""

import datetime
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from builders import model
from platctl.questions.compat.derive import CompatOptions, compat

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("PLATCTL_SHARED_DATA", ROOT.parent / "shared" / "data")) / "endoflife" / "products"
pytestmark = pytest.mark.skipif(
    not DATA.is_dir(), reason="the support tables are not here; PLATCTL_SHARED_DATA names the folder of them"
)
Date = datetime.date


class Tables(NamedTuple):
    """The releases of a component, and those of a product with what it supports."""

    component: str
    product: str
    supports: str


TABLES = (
    Tables("spring-boot", "spring-cloud", "supportedSpringBootVersions"),
    Tables("python", "django", "supportedPythonVersions"),
)
DAYS = {
    "spring-boot": (Date(2025, 12, 30), Date(2025, 12, 31), Date(2026, 6, 30)),
    "python": (Date(2025, 10, 30), Date(2025, 10, 31), Date(2026, 10, 1)),
}


@cache
def releases(name: str) -> list[dict[str, Any]]:
    _, front, _ = (DATA / f"{name}.md").read_text("utf-8").split("---\n", 2)
    found: list[dict[str, Any]] = yaml.safe_load(front)["releases"]
    return found


def number(cycle: str) -> tuple[int, ...]:
    return tuple(map(int, cycle.split(".")))


def spans(text: str) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """The first and last cycles of a text such as `2.7, 3.4 - 3.5 (added in 1.9.2)` or `4.0.x`."""
    parts = (part.partition(" - ") for part in re.sub(r"\(.*\)", "", text).split(","))
    ends = ([each.strip().removesuffix(".x") for each in (first, last or first)] for first, _, last in parts)
    return [(number(first), number(last)) for first, last in ends]


def supported(text: str, cycles: list[str]) -> list[str]:
    """The cycles that a table lists."""
    return [each for each in cycles if any(first <= number(each) <= last for first, last in spans(text))]


def required(text: str, cycles: list[str]) -> str:
    """The same as a range: from the first up to the one after the last, without those in between."""
    first, last = min(first for first, _ in spans(text)), max(last for _, last in spans(text))
    gaps = [each for each in cycles if first < number(each) < last and each not in supported(text, cycles)]
    after = (*last[:-1], last[-1] + 1)
    return ",".join([f">={dotted(first)}", f"<{dotted(after)}", *(f"!={each}.*" for each in gaps)])


def dotted(numbers: tuple[int, ...]) -> str:
    return ".".join(map(str, numbers))


def text_of(tables: Tables) -> str:
    """The model as YAML. What has no end of active support is deprecated only on its last day."""
    cycles = [each["releaseCycle"] for each in releases(tables.component)]
    lines = [f"kind: component\nid: {tables.component}\nversions:"]
    for each in releases(tables.component):
        version, since, sunset = each["releaseCycle"], each["releaseDate"], each["eol"]
        lines.append(f'  - {{version: "{version}", since: {since}, sunset: {sunset}, {ends(each)}}}')
    for each in releases(tables.product):
        requires = required(each[tables.supports], cycles)
        lines.append(f"---\nkind: consumer\nid: {tables.product}-{each['releaseCycle']}\nuses:")
        lines.append(f'  - {{component: {tables.component}, requires: "{requires}"}}')
    return "\n".join(lines) + "\n"


def ends(release: dict[str, Any]) -> str:
    active = release.get("eoas")
    return "lifecycle: deprecated" if active is True else f"deprecated: {active or release['eol']}"


def expected(tables: Tables, release: dict[str, Any], product: dict[str, Any], day: Date) -> tuple[str, Date | None]:
    """What the tables say of a pair on a day, or on the day of the release if that is later."""
    begins = max(day, release["releaseDate"])
    cycles = [each["releaseCycle"] for each in releases(tables.component)]
    if release["eol"] <= begins or release["releaseCycle"] not in supported(product[tables.supports], cycles):
        return "doesnt", None
    active = release.get("eoas", release["eol"])
    is_deprecated = active is True or active <= begins
    return ("deprecated" if is_deprecated else "works-until"), release["eol"]


@pytest.mark.parametrize("tables", TABLES, ids=[each.product for each in TABLES])
def test_each_pair_is_what_the_tables_say_on_three_days_around_an_end_of_life(tables: Tables) -> None:
    state = model(text_of(tables))
    component = next(iter(state.components))
    yes = 0
    for day in DAYS[tables.component]:
        report = compat(state, "", "", CompatOptions(today=day, named=(component,)))
        (table,) = report.tables
        products = {f"{tables.product}-{each['releaseCycle']}": each for each in releases(tables.product)}
        assert len(table.rows) == len(products)
        by_version = {each["releaseCycle"]: each for each in releases(tables.component)}
        assert {column.version for column in table.columns} == set(by_version)
        for row in table.rows:
            for column, cell in zip(table.columns, row.cells, strict=True):
                assert column.version
                said = expected(tables, by_version[column.version], products[row.who.id], day)
                assert (cell.word.value, cell.until) == said, (day, row.who.id, column.version)
                yes += cell.why is None or cell.why.value != "out-of-range"
                assert column.is_over == (by_version[column.version]["eol"] <= day)
    assert yes


def test_seven_trains_and_seventeen_releases_make_eleven_pairs() -> None:
    tables = TABLES[0]
    cycles = [each["releaseCycle"] for each in releases(tables.component)]
    trains = releases(tables.product)
    assert (len(trains), len(cycles)) == (7, 17)
    assert sum(len(supported(each[tables.supports], cycles)) for each in trains) == 11


def test_the_next_end_of_life_is_the_next_day_in_the_calendar() -> None:
    tables = TABLES[0]
    report = compat(model(text_of(tables)), "", "", CompatOptions(today=Date(2025, 12, 30)))
    first = report.breaks[0]
    assert (first.day, first.versions, [hit.who.id for hit in first.hits]) == (
        Date(2025, 12, 31),
        ("3.4",),
        ["spring-cloud-2024.0"],
    )
