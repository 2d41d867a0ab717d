"""Systems and domains: what belongs to them, in selectors, roadmaps, balance and findings."""

from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.graph.areas import Areas
from platctl.graph.graph import Graph
from platctl.graph.selection import Selection
from platctl.model.language.selector import parse_selector
from platctl.model.model import Model
from platctl.model.ref import Ref

SHOP = """
{kind: domain, id: commerce, title: Commerce}
---
{kind: domain, id: payments, title: Payments, parent: commerce}
---
{kind: system, id: billing, title: Billing, domain: payments}
---
{kind: system, id: search, title: Search}
---
{kind: component, id: ledger, system: billing, version: 1.0.0}
---
{kind: component, id: rates, version: 1.0.0}
---
{kind: component, id: index, system: search, version: 1.0.0}
---
{kind: consumer, id: till, uses: [ledger], system: billing}
---
{kind: initiative, id: faster, changes: [{component: ledger, effect: addition, version: 1.1.0}]}
---
{kind: initiative, id: other, changes: [{component: index, effect: internal}]}
"""


def ref(kind: str, id_: str) -> Ref:
    return Ref(kind, "default", id_)


def selected(found: Model, text: str) -> set[str]:
    return {each.id for each in Selection(Graph(found), None, {}).of(parse_selector(text))}


def test_a_component_belongs_to_its_system_and_to_all_domains_above() -> None:
    areas = Areas(model(SHOP))
    assert areas.system(ref("component", "ledger")) == ref("system", "billing")
    assert areas.domains(ref("component", "ledger")) == (ref("domain", "payments"), ref("domain", "commerce"))
    assert areas.system(ref("component", "rates")) is None
    assert areas.domains(ref("component", "index")) == ()


def test_a_selector_takes_what_belongs_to_an_area_and_the_work_on_it() -> None:
    found = model(SHOP)
    assert selected(found, "system:billing") == {"billing", "ledger", "till", "faster"}
    assert selected(found, "domain:commerce") == {"commerce", "payments", "billing", "ledger", "till", "faster"}
    assert selected(found, "domain:commerce,kind:component") == {"ledger"}
    assert selected(found, "system:s*") == {"search", "index", "other"}


def test_a_name_that_leads_nowhere_is_a_finding_and_no_area() -> None:
    found = model(SHOP.replace("system: search", "system: serach"))
    assert [each.target for each in found.unresolved] == [ref("system", "serach")]
    assert Areas(found).system(ref("component", "index")) is None


PARENTS = st.lists(st.none() | st.integers(0, 5), min_size=6, max_size=6)


@given(PARENTS)
def test_domains_that_contain_each_other_end(parents: list[int | None]) -> None:
    texts = [
        f"kind: domain\nid: d{nth}\n" + ("" if parent is None else f"parent: d{parent}\n")
        for nth, parent in enumerate(parents)
    ]
    areas = Areas(model("---\n".join(texts)))
    for nth in range(6):
        expected, at = [], nth
        while at is not None and at not in expected:
            expected.append(at)
            at = parents[at]  # type: ignore[assignment]
        assert [each.id for each in areas.domains(ref("domain", f"d{nth}"))] == [f"d{each}" for each in expected]
