"""Alerts for tests: one that reads well, and alerts of any text."""

from dataclasses import replace

from hypothesis import strategies as st
from oracles import texts

from platctl.alert import Alert, AlertRule, Alerts, Grade
from platctl.finding import Label, Severity, Span

UNUSED = AlertRule(
    "unused-component", "A component that nobody uses", "Nobody knows.", Severity.WARNING, "id: x\n", "id: y\n"
)
BREAKS = AlertRule("impact/breaks", "A product breaks", "It is not there any more.", Severity.ERROR)
AT_RISK = AlertRule("impact/at-risk", "A product is at risk", "Who knows?", Severity.INFO, is_certain=False)
RULES = (AT_RISK, BREAKS, UNUSED)

WARNING = Alert(
    "validate",
    "unused-component",
    Severity.WARNING,
    Grade.MINOR,
    "unused-component in a.yaml (f1)",
    "unused-component",
    "nobody uses `identity`",
    Span("components/a.yaml", 3, 5, 3, 13),
    "f1",
    help="remove it",
)
BROKEN = Alert(
    "impact",
    "impact/breaks",
    Severity.ERROR,
    Grade.BLOCKER,
    "mobile-app",
    "breaks: mobile-app (tier 1)",
    "mobile-app <- gateway <- identity: nothing on offer meets >=2,<3",
    Span("initiatives/retire.yaml", 15, 5, 18, 30),
    "f2",
    related=(Label(Span("components/gateway.yaml", 25, 5, 27, 1), "gateway stands on identity: decided here"),),
    way=(
        Label(Span("components/gateway.yaml", 25, 5, 27, 1), "gateway stands on identity"),
        Label(Span("consumers/apps.yaml", 56, 5, 56, 12), "mobile-app stands on gateway"),
    ),
    fails=True,
)


def alerts(*some: Alert, checks: tuple[str, ...] = ("validate", "impact")) -> Alerts:
    """A run with these alerts."""
    return Alerts(checks, some, RULES)


def many(count: int, alert: Alert = WARNING) -> Alerts:
    """A run with so many alerts, each with its own fingerprint and name."""
    return alerts(*(replace(alert, name=f"n{each}", fingerprint=f"{each:016x}") for each in range(count)))


def _file_name(text: str) -> str:
    """What a file may be called; bytes that are no UTF-8 are surrogates, as Python reads them."""
    return text.replace("/", "").replace("\0", "").encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")


paths = st.lists(texts.map(_file_name).filter(bool), min_size=1, max_size=3).map("/".join)
_numbers = st.integers(1, 60)
spans = st.tuples(paths, _numbers, _numbers, _numbers, _numbers).map(
    lambda five: Span(five[0], *(five[1], five[2]), *max((five[1], five[2]), (five[3], five[4])))
)
_labels = st.lists(st.builds(Label, spans, texts), max_size=2).map(tuple)
_any_alert = st.builds(
    Alert,
    st.sampled_from(("validate", "impact")),
    st.sampled_from([rule.id for rule in RULES]),
    st.sampled_from(Severity),
    st.sampled_from(Grade),
    texts,
    texts.filter(bool),
    texts,
    spans,
    st.just(""),
    texts,
    _labels,
    _labels,
    st.booleans(),
    st.booleans(),
    st.none() | texts,
)


def _named_apart(some: list[Alert]) -> Alerts:
    return alerts(*(replace(each, name=f"{each.name} {n}", fingerprint=f"{n:016x}") for n, each in enumerate(some)))


any_alerts = st.lists(_any_alert, max_size=3).map(_named_apart)
