"""Policy on top of facts: how severe a verdict is, and what is waived."""

from collections.abc import Iterable

from platctl.finding import Severity
from platctl.model.calendar import Date
from platctl.model.entity.consumer import Consumer
from platctl.model.level import Level
from platctl.model.model import Model
from platctl.model.ref import Ref, RefError, parse_ref
from platctl.model.settings.config import Config, Waiver
from platctl.outlook.cause import Cause
from platctl.questions.impact.report import PolicyName
from platctl.rules.waivers import IMPACT_RULE, is_in_force


def severity_of(
    consumer: Consumer, cause: Cause, forbidden: Iterable[PolicyName], today: Date | None
) -> tuple[Severity, tuple[str, ...]]:
    """The severity of an effect on a consumer, and what raised it above the usual."""
    severity, because = cause.level.severity, []
    if consumer.tier == 1 and cause.level is Level.MUST_ACT:
        severity = Severity.ERROR
        because.append("its tier is 1")
    freeze = consumer.frozen_on(cause.due or today) if cause.level.is_harm else None
    if freeze:
        severity = Severity.ERROR
        because.append(f"it falls in the freeze {freeze}")
    for policy in forbidden:
        severity = Severity.ERROR
        because.append(f"the policy {policy.id} forbids it")
    return severity, tuple(because)


def waiver_for(model: Model, settings: Config, consumer: Ref, today: Date | None) -> Waiver | None:
    """The waiver in force that accepts effects on a consumer."""
    for waiver in settings.waivers:
        if waiver.rule == IMPACT_RULE and waiver.entity and is_in_force(waiver, today):
            try:
                named = parse_ref(waiver.entity, "consumer")
            except RefError:
                continue
            if model.canonical(named) == consumer:
                return waiver
    return None
