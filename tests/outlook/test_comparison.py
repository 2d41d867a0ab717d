"""Every worked case, judged by platctl."""

import pytest
from cases import NOTICE, TODAY, Case, cases
from judging import judged, spread_of

from platctl.outlook.asides import Asides


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_case_is_judged_as_the_table_says(case: Case) -> None:
    (found,) = judged(*case.models, today=TODAY, at=case.at, notice=NOTICE)["u"]
    expected = (case.level, case.reason, case.start, case.until, case.by)
    assert (found.level, found.reason, found.start, found.until, found.by) == expected


@pytest.mark.parametrize("case", cases(), ids=str)
def test_a_report_has_each_case_in_the_list_where_it_belongs(case: Case) -> None:
    base, head = case.models
    spread = spread_of(base, head, today=TODAY, at=case.at)
    reached = {ref.id: str(spread.propagation.strongest(ref).state.level) for ref in spread.consumers}
    assert reached == ({"u": case.level} if case.level else {})
    assert [each.consumer.id for each in Asides(spread).left()] == (["u"] if case.reason == "left" else [])
    broken = [each.consumer.id for each in Asides(spread).already_broken()]
    assert broken == (["u"] if case.reason == "pre-existing" else [])
