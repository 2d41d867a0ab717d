"""Shares of effort and value: who gets how much of the open, planned and delivered work."""

from platctl.graph.graph import Graph
from platctl.model.model import Model
from platctl.outlook.overload import overloads
from platctl.outlook.plan import Plan
from platctl.questions.balance.bands import Bands, finding
from platctl.questions.balance.division import BalanceOptions, Divided
from platctl.questions.balance.report import BalanceReport
from platctl.ranking.criteria import Criteria
from platctl.rules.validation import weighed


def balance(model: Model, state: str, options: BalanceOptions) -> BalanceReport:
    """All requested shares, compared with the bands of platctl.yaml."""
    divided = Divided(Criteria(Graph(model), options.today), options)
    held = Bands(divided)
    bands = tuple(held.compared(index, band) for index, band in enumerate(model.config.balance.bands))
    outside = (finding(band, share) for band in bands for share in band.shares if share.is_outside)
    findings = tuple(weighed(model, model.config, outside))
    return BalanceReport(
        state=state,
        method=options.method.label,
        since=str(options.since) if options.since else None,
        totals=divided.totals,
        shares=tuple(divided.shares(by, measure) for measure in options.measures for by in options.by),
        bands=bands,
        over_capacity=tuple(overloads(Plan(model, options.today))),
        findings=findings,
        failing=sum(each.severity.rank <= options.fail_on.rank for each in findings) if options.fail_on else 0,
        fail_on=options.fail_on,
    )
