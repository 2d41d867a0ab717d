"""Which work needs an approval that nobody has given."""

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.settings.policy import Action
from platctl.model.vocabulary import Status
from platctl.outlook.compared import Compared
from platctl.outlook.events import events_of
from platctl.questions.impact.derive import ImpactOptions, what_if


def unapproved(model: Model, today: Date | None) -> frozenset[Ref]:
    """The open work that is not running and lacks an approval, by the policies and the approvals in its file."""
    if not any(policy.action is Action.APPROVE for policy in model.config.policies):
        return frozenset()
    found = set()
    for ref, each in model.initiatives.items():
        events = tuple(events_of(model, each))
        if events and each.status.is_open and each.status is not Status.ACTIVE:
            report = what_if(model, events, Compared(""), ImpactOptions(today=today))
            if report.summary.approvals_missing:
                found.add(ref)
    return frozenset(found)
