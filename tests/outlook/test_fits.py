"""With which versions a dependency works on which day: against a judge that looks at each day by itself."""

from datetime import date, timedelta

import pytest
from fitting import FAILS, Fitting
from oracle import Available, change_days
from pairs import TODAY, pair

from builders import model
from platctl.graph.graph import Graph, Use
from platctl.model.model import Model
from platctl.outlook.ahead import ahead
from platctl.outlook.fits import FitDays, Fits
from platctl.outlook.timeline import Timeline

BLOCK = 100
BLOCKS = [pytest.param(first, marks=[pytest.mark.slow] if first else []) for first in range(0, 600, BLOCK)]


def days_of(model: Model, use: Use, first: date) -> list[date]:
    """The first day, all on which anything may change, and the ones after."""
    changing = {day for day in change_days(model, use.target, TODAY) if day >= first}
    return sorted({first, *changing, *(day + timedelta(days=1) for day in changing)})


def on(days: tuple[FitDays, ...], day: date) -> tuple[str, str | None]:
    """What is said of a day."""
    (found,) = [each for each in days if each.start <= day and (each.until is None or day < each.until)]
    return found.fit.value, found.why.value if found.why else None


@pytest.mark.parametrize("first", BLOCKS)
def test_each_version_fits_on_each_day_as_the_oracle_says(first: int) -> None:
    for seed in range(first, first + BLOCK):
        _, head, today, at = pair(seed)
        check(model(head), today, at, f"pair({seed})")


def check(state: Model, today: date, at: date | None, label: str) -> None:
    timeline = ahead(Timeline(state, today), at)
    for use in Graph(state).uses:
        if use.target not in state.components:
            continue
        days = days_of(state, use, at or today)
        judge, fits = Fitting(state, use, today, days), Fits(timeline, use)
        versions = {(each.interface, text(each)) for day in days for each in judge.offers[day]}
        for identity in sorted(versions, key=str):
            found = fits.with_version(identity)
            for day in days:
                assert on(found, day) == judge.answer(day, *identity), (label, use.key, identity, day)
        for day in days:
            words = {judge.answer(day, each.interface, text(each))[0] for each in judge.offers[day]}
            best = next(word for word in ("works", "deprecated", "unknown", FAILS) if word in words | {FAILS})
            assert on(fits.whole, day)[0] == best, (label, use.key, day)


def text(each: Available) -> str | None:
    return each.version.text if each.version else None
