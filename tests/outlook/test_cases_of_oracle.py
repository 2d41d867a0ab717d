"""The judge agrees with every worked case."""

import pytest
from cases import NOTICE, TODAY, Case, cases
from oracle import compare, escaped


@pytest.mark.parametrize("case", cases(), ids=str)
def test_the_judge_agrees_with_the_worked_case(case: Case) -> None:
    base, head = case.models
    (found,) = compare(base, head, today=TODAY, at=case.at, notice=NOTICE)["u"]
    expected = (case.level, case.reason, case.start, case.until, case.by)
    assert (found.level, found.reason, found.start, found.until, found.by) == expected


def test_the_cases_are_all_read() -> None:
    assert [case.number for case in cases()] == list(range(1, 122))


@pytest.mark.parametrize("case", [case for case in cases() if case.number in (83, 84)], ids=str)
def test_what_an_edited_dependency_escapes_is_judged_as_base_has_it(case: Case) -> None:
    (found,) = escaped(*case.models, today=TODAY, notice=NOTICE)["u"]
    assert (found.level, found.reason, found.start) == ("breaks", "range-unmet", None)
