"""The findings that a state of a model already has."""

from platctl.model.calendar import Date
from platctl.model.model import Model
from platctl.model.settings.config import Config
from platctl.questions.validate.report import Baseline, KnownFinding
from platctl.rules.validation import ValidationOptions, validate

_MISSING = frozenset({"unknown-reference", "unknown-interface", "unsatisfied-range"})
"""Rules that find something missing."""


def baseline(model: Model, today: Date | None, settings: Config | None = None) -> Baseline:
    """All findings of a model that no waiver accepts, rated by its own settings or by `settings`."""
    report = validate(model, "", ValidationOptions(today, settings=settings))
    found = [diagnostic.finding for diagnostic in report.diagnostics]
    known = (KnownFinding(each.span.path if each.span else "", each.rule, each.fingerprint) for each in found)
    return Baseline(tuple(sorted(known)))


def known_before(base: Model, head: Model, today: Date | None) -> frozenset[str]:
    """The fingerprints of findings that base already has, by its own settings or by those of head.

    What base misses only because it could not read a file that head can read is not known.
    """
    states = [baseline(base, today)]
    if base.config != head.config:
        # A finding waived in base is not new when the waiver ends.
        states.append(baseline(base, today, head.config))
    misses = _MISSING if base.unread_paths - head.unread_paths else frozenset()
    return frozenset(each.fingerprint for state in states for each in state.findings if each.rule not in misses)
