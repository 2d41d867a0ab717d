"""The language of scoring formulas: what it computes, what it refuses, and that nothing in it is executed."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from platctl.model.language.formula import FormulaError, UndefinedError, parse_formula
from platctl.model.language.unit import parse_unit, unit_of, unit_text


def value(text: str, **values: float) -> float:
    return parse_formula(text).value(values)


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("-2 ** 2", -4),
        ("2 ** -1", 0.5),
        ("7 / 2 - 1", 2.5),
        ("min(3, 1, 2) + max(4, 5)", 6),
        ("min(3)", 3),
        ("abs(0 - 4)", 4),
        ("sqrt(16)", 4),
        ("log(1)", 0),
        ("1 if 2 > 1 else 5", 1),
        ("1 if 1 < 0 else 5", 5),
        ("0 if 1 < 2 < 3 and not 2 == 3 else 9", 0),
        ("3 >= 3", 1),
        ("1 != 1 or 0", 0),
        ("1.5e3", 1500),
        ("a * b / c", 3),
        ("1/0 if a < 0 else 2", 2),
    ],
)
def test_a_formula_has_the_value_of_arithmetic(text: str, result: float) -> None:
    assert value(text, a=2, b=3, c=2) == result


def test_names_are_the_criteria_in_their_order() -> None:
    assert parse_formula("reach * impact / max(effort, reach)").names == ("reach", "impact", "effort")


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "empty"),
        ("  ", 1, "empty"),
        ("1 +", 4, "syntax error"),
        ("1) + (2", 2, "brackets"),
        ("reach.imag", 1, "`reach.imag` is not allowed"),
        ("1 + mni(2, 3)", 5, "no function `mni`"),
        ("abs(1, 2)", 1, "`abs` takes one number"),
        ("max()", 1, "`max` takes numbers"),
        ("2 + 'a'", 5, "`'a'` is not allowed"),
        ("2 + [1][0]", 5, "is not allowed"),
        ("a := 1", 1, "is not allowed"),
        ("lambda: 1", 1, "is not allowed"),
        ("True + 1", 1, "`True` is not allowed"),
        ("1j", 1, "is not allowed"),
        ("5 % 2", 1, "is not allowed"),
        ("1 in a", 1, "is not allowed"),
        ("a\n+1", 2, "ASCII characters"),
        ("1 × 2", 3, "ASCII characters"),
        ("1e400", 1, "too large"),
        ("__import__('os')", 1, "no function `__import__`"),
        ("min(*a)", 5, "is not allowed"),
        ("min(a, key=b)", 1, "`min(a, key=b)` can't be|no function"),
        ("(" * 400 + "1" + ")" * 400, None, "nested too deeply|syntax error"),
        ("+".join("1" * 400), None, "too long"),
        ("a" * 1001, None, "characters"),
    ],
)
def test_what_is_no_formula_is_said_with_its_place(text: str, column: int | None, message: str) -> None:
    with pytest.raises(FormulaError, match=message) as caught:
        parse_formula(text)
    assert caught.value.help
    assert column is None or caught.value.offset + 1 == column


def test_a_formula_may_have_three_hundred_parts_and_a_thousand_characters() -> None:
    """A number, a sum and a plus are one part each, a name is two."""
    assert parse_formula("a+b+" + "+".join("1" * 98)).names == ("a", "b")
    with pytest.raises(FormulaError, match="too long"):
        parse_formula("a+b+c+" + "+".join("1" * 97))
    assert parse_formula("a" * 1000).names == ("a" * 1000,)


@pytest.mark.parametrize(
    ("text", "part", "message"),
    [
        ("2 + 1 / (a - a)", "1 / (a - a)", "division by zero"),
        ("log(0)", "log(0)", "the result is undefined"),
        ("sqrt(0 - 1)", "sqrt(0 - 1)", "the result is undefined"),
        ("(0 - 8) ** 0.5", "(0 - 8) ** 0.5", "the result is undefined"),
        ("10 ** 10 ** 10", "10 ** 10 ** 10", "too large"),
        ("1e15 ** 15 * 1e15 ** 15", "1e15 ** 15 * 1e15 ** 15", "too large"),
    ],
)
def test_what_has_no_value_says_which_part(text: str, part: str, message: str) -> None:
    with pytest.raises(UndefinedError, match=message) as caught:
        value(text, a=1)
    assert caught.value.part == part


@given(st.text("ab+-*/().,<> 012minmaxifelse'[]=:_\\@", max_size=30))
def test_any_text_is_a_formula_or_an_error_with_a_place(text: str) -> None:
    try:
        formula = parse_formula(text)
        result = formula.value(dict.fromkeys(formula.names, 1.5))
    except FormulaError as error:
        if not 0 <= error.offset <= len(text):
            pytest.fail(f"{text!r}: {error.offset}")
    except UndefinedError:
        pass
    else:
        assert math.isfinite(result)


numbers = st.floats(-100, 100, allow_nan=False)


@given(numbers, numbers, numbers)
def test_a_formula_agrees_with_python(a: float, b: float, c: float) -> None:
    assert value("a * b - max(a, b, c) + abs(c)", a=a, b=b, c=c) == a * b - max(a, b, c) + abs(c)


# Units ------------------------------------------------------------------------------------------------------

UNITS = {
    "reach": parse_unit("users"),
    "effort": parse_unit("person-weeks"),
    "money": parse_unit("€/week"),
    "weeks": parse_unit("week"),
    "share": parse_unit(""),
}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("reach * share / effort", "users/person-weeks"),
        ("2 * reach", "users"),
        ("money * weeks", "€"),
        ("reach + 5", "users"),
        ("max(reach, 0)", "users"),
        ("sqrt(reach * reach)", "users"),
        ("reach ** 2", "users^2"),
        ("reach / reach + share", "a plain number"),
        ("log(reach)", "a plain number"),
        ("share if reach > 5 else 1", "a plain number"),
    ],
)
def test_a_formula_has_a_unit(text: str, unit: str) -> None:
    assert unit_text(unit_of(parse_formula(text), UNITS)) == unit


@pytest.mark.parametrize(
    "text",
    [
        "1 + reach / effort + share",
        "reach + effort",
        "min(reach, share)",
        "1 if reach > effort else 2",
        "reach ** share",
    ],
)
def test_units_that_do_not_go_together_are_an_error(text: str) -> None:
    with pytest.raises(FormulaError, match=r"have different units|can't be raised"):
        unit_of(parse_formula(text), UNITS)


def test_what_is_no_unit() -> None:
    for text in ("users//week", "*", "a b\x1b"):
        with pytest.raises(ValueError, match="is not a unit"):
            parse_unit(text)
