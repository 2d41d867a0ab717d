"""What the tests of impact share: asking for a report in one line, and reading it in one line."""

import datetime

from builders import model
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.outlook.compared import Compared
from platctl.questions.impact.derive import ImpactOptions, impact, what_if
from platctl.questions.impact.report import ImpactReport, Verdict
from platctl.questions.impact.what_if import Question, events_asked


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def compared(
    before: str | Model,
    after: str | Model,
    *,
    at: str | None = None,
    today: str | None = None,
    config: str = "",
    was: str | None = None,
    fail_on: Level | None = Level.BREAKS,
) -> ImpactReport:
    """The report on two states. With `was`, the settings of base, these judge, as in CI."""
    base = model(before, config=config if was is None else was) if isinstance(before, str) else before
    head = model(after, config=config) if isinstance(after, str) else after
    judging = None if was is None else base.config
    options = ImpactOptions(day(at) if at else None, day(today) if today else None, fail_on, settings=judging)
    return impact(base, head, Compared("head", "base"), options)


def asked(text: str, *what: str, at: str | None = None, config: str = "", **question: object) -> ImpactReport:
    """The report on a what-if."""
    found = model(text, config=config)
    events = events_asked(found, Question(what, **question))  # type: ignore[arg-type]
    return what_if(found, events, Compared("head"), ImpactOptions(day(at) if at else None))


def verdict(report: ImpactReport, consumer: str) -> Verdict:
    (found,) = (each for each in report.verdicts if each.consumer.id == consumer)
    return found


def effects(report: ImpactReport) -> dict[str, str]:
    """By consumer: level and reason."""
    return {each.consumer.id: f"{each.level} {each.cause.reason}" for each in report.verdicts}
