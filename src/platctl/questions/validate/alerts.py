"""The findings of a model as alerts."""

from collections.abc import Collection
from dataclasses import replace

from platctl.alert import Alerts
from platctl.rules.report import ValidationReport
from platctl.writing.alerts import finding_alert, together


def from_validation(report: ValidationReport, new: Collection[str] | None = None) -> Alerts:
    """Every finding, including waived ones. `new` are the fingerprints that base does not have."""
    threshold = report.fail_on.rank if report.fail_on else -1
    shown = [
        replace(
            finding_alert(each.finding, "validate", report.anchor, threshold),
            is_old=new is not None and each.finding.fingerprint not in new,
        )
        for each in report.diagnostics
    ]
    waived = [finding_alert(each.finding, "validate", report.anchor, -1, each.reason) for each in report.waived]
    return together(("validate",), [*shown, *waived])
