"""What rules say about a model in a test."""

import datetime

from builders import model
from platctl.finding import Finding, Severity
from platctl.graph.graph import Graph
from platctl.model.model import Model
from platctl.outlook.timeline import Timeline
from platctl.rules.registry import check, rule
from platctl.rules.rule import Context

TODAY = datetime.date(2027, 1, 15)


def context(of: Model, today: datetime.date | None = TODAY) -> Context:
    return Context(of, Graph(of), Timeline(of, None), today)


def found(id_: str, *texts: str, config: str = "", today: datetime.date | None = TODAY) -> list[Finding]:
    """The findings of one rule about a model that loads as its writer meant."""
    run = rule(id_)
    assert run
    assert run.check
    findings = list(run.check(context(model(*texts, config=config), today)))
    return sorted(findings, key=lambda finding: finding.sort_key)


def messages(id_: str, *texts: str, config: str = "", today: datetime.date | None = TODAY) -> list[str]:
    """The same as `line: message`."""
    return [f"{each.span.line}: {each.message}" for each in found(id_, *texts, config=config, today=today) if each.span]


def everything(*texts: str, config: str = "") -> list[Finding]:
    """What loading and all rules find."""
    loaded = model(*texts, config=config)
    return [*loaded.findings, *check(context(loaded))]


def errors(findings: list[Finding]) -> set[str]:
    return {each.rule for each in findings if each.severity is Severity.ERROR}
