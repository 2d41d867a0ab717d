"""The answer to: what does a rule find, why, and what to write instead?"""

from platctl.finding import Severity
from platctl.record import record
from platctl.rules.rule import Rule


@record
class RuleFacts:
    """A rule with its page; `severity` is the one it has unless `platctl.yaml` sets another."""

    id: str
    severity: Severity
    title: str
    explanation: str
    example: str
    fix: str


@record
class RuleReport:
    """The rules that were asked for; `is_list` where it was all of them."""

    rules: tuple[RuleFacts, ...]
    is_list: bool


def report_of(rules: tuple[Rule, ...], *, is_list: bool) -> RuleReport:
    """The report on these rules."""
    return RuleReport(
        tuple(
            RuleFacts(each.id, each.severity, each.title, each.explanation, each.example, each.fix) for each in rules
        ),
        is_list,
    )
