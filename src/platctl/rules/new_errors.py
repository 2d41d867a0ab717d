"""Errors in what is written that one state has and another has not."""

from platctl.finding import Finding, Severity
from platctl.graph.graph import Graph
from platctl.model.model import Model
from platctl.outlook.timeline import Timeline
from platctl.rules.places import Whereabouts
from platctl.rules.references import duplicate_id, unknown_interface, unknown_reference
from platctl.rules.rule import Context
from platctl.rules.validation import weighed

_RULES = (unknown_reference, unknown_interface, duplicate_id)


def new_errors(base: Model, head: Model) -> tuple[Finding, ...]:
    """What head can't read or what leads nowhere in it, and did not in base, by the severities of head."""
    known = {each.fingerprint for each in _errors(base, head)}
    return tuple(each for each in _errors(head, head) if each.fingerprint not in known)


def _errors(model: Model, judge: Model) -> list[Finding]:
    context = Context(model, Graph(model), Timeline(model, None))
    found = [*model.findings, *(each for rule in _RULES if rule.check for each in rule.check(context))]
    ordered = sorted(dict.fromkeys(found), key=lambda each: each.sort_key)
    rated = weighed(model, judge.config, Whereabouts(model).recognizable(ordered))
    return [each for each in rated if each.severity is Severity.ERROR]
