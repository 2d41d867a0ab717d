"""The days of a roadmap that somebody has to remember."""

import datetime
from dataclasses import replace

from builders import model
from platctl.model.ref import Ref
from platctl.model.settings.audience import BUILT_IN, Precision
from platctl.questions.roadmap.calendar import entries
from platctl.questions.roadmap.derive import RoadmapOptions, roadmap

ASKED = RoadmapOptions(BUILT_IN["product-managers"], datetime.date(2027, 2, 10))
PLAN = """
    kind: goal
    id: trust
    title: Trust
    due: 2027-Q2
    ---
    kind: component
    id: identity
    title: Identity
    interfaces:
      - id: rest
        versions:
          - version: 2.4.0
            sunset: 2027-03-31
          - version: 3.0.0
    ---
    kind: component
    id: search
    sunset: 2028-01-31
    ---
    kind: consumer
    id: tv-app
    uses: [identity]
    ---
    kind: initiative
    id: passkeys
    title: Passkeys
    status: planned
    end: 2027-04-30
    deadline: 2027-05-31
    ---
    kind: initiative
    id: old
    status: done
    end: 2027-01-31
"""


def days(options: RoadmapOptions = ASKED, *, model_of: str = PLAN) -> list[str]:
    found = entries(roadmap(model(model_of), "working tree", options))
    return [f"{each.day} {each.title}" for each in found]


def test_work_that_ends_deadlines_due_dates_and_sunsets_are_days_to_remember() -> None:
    assert days() == [
        "2027-03-31 Sunset: Identity rest 2.4.0",
        "2027-04-30 Passkeys ends",
        "2027-05-31 Deadline: Passkeys",
        "2027-06-30 Due: Trust",
        "2028-01-31 Sunset: search",
    ]


def test_a_consumer_has_those_of_what_it_stands_on() -> None:
    assert days(replace(ASKED, about=Ref("consumer", "default", "tv-app"))) == [
        "2027-03-31 Sunset: Identity rest 2.4.0",
    ]


def test_who_is_told_periods_gets_their_last_days_and_who_is_told_less_gets_none() -> None:
    audience = BUILT_IN["product-managers"]
    coarse = days(replace(ASKED, audience=replace(audience, dates=Precision.PERIOD)))
    assert coarse[1] == "2027-06-30 Due: Trust"
    assert "2027-06-30 Passkeys ends" in coarse
    assert days(replace(ASKED, audience=replace(audience, dates=Precision.HORIZON))) == []


LATE = """
    kind: initiative
    id: rename
    title: Rename
    status: active
    end: 2027-01-31
    ---
    kind: initiative
    id: idea
    title: Idea
    status: proposed
    end: 2027-01-31
"""


def test_work_whose_last_day_has_passed_does_not_end_then() -> None:
    assert days(model_of=LATE) == ["2027-01-31 Idea was to end", "2027-01-31 Overdue: Rename"]
    in_time = replace(ASKED, today=datetime.date(2027, 1, 31))
    assert days(in_time, model_of=LATE) == ["2027-01-31 Idea ends", "2027-01-31 Rename ends"]


def test_overdue_work_keeps_the_name_of_its_day() -> None:
    on_the_day, later = (
        {each.uid for each in entries(roadmap(model(LATE), "", replace(ASKED, today=today)))}
        for today in (datetime.date(2027, 1, 31), datetime.date(2027, 2, 1))
    )
    assert on_the_day == later


def test_a_day_keeps_its_name_when_it_moves() -> None:
    before = {each.uid for each in entries(roadmap(model(PLAN), "", ASKED))}
    after = {each.uid for each in entries(roadmap(model(PLAN.replace("2027-04-30", "2027-07-31")), "", ASKED))}
    assert before == after
    assert "sunset-component-identity-rest-2.4.0" in before
