"""The grammar of selectors. Traps of dbt's grammar are errors here, with the place of the fault."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.calendar import Calendar, Date
from platctl.model.language.selector import ALL, Atom, SelectorError, parse_selector
from platctl.model.language.selector_ranges import days_between, numbers_between


def atom(text: str) -> Atom:
    (found,) = parse_selector(text).atoms
    return found


@pytest.mark.parametrize(
    ("text", "method", "value", "up", "down"),
    [
        ("identity", None, "identity", 0, 0),
        ("identity+", None, "identity", 0, ALL),
        ("+identity", None, "identity", ALL, 0),
        ("identity+2", None, "identity", 0, 2),
        ("2+identity", None, "identity", 2, 0),
        ("1+identity+2", None, "identity", 1, 2),
        ("identity+0", None, "identity", 0, 0),
        ("2+tag:pci+", "tag", "pci", 2, ALL),
        ("media/identity#rest+1", None, "media/identity#rest", 0, 1),
        ("component:media/identity", "component", "media/identity", 0, 0),
        ("period:2027-Q1..2027-Q3", "period", "2027-Q1..2027-Q3", 0, 0),
        ("tier:<=2", "tier", "<=2", 0, 0),
        ("owner:team:core", "owner", "team:core", 0, 0),
        ("3+", None, "3", 0, ALL),
    ],
)
def test_an_atom_is_a_value_with_a_method_and_steps(
    text: str, method: str | None, value: str, up: int, down: int
) -> None:
    found = atom(text)
    assert (found.method, found.value, found.up, found.down) == (method, value, up, down)


def test_blanks_unite_and_commas_intersect() -> None:
    unions = parse_selector("tag:pci+,tier:1  @identity").unions
    assert [[each.value for each in union] for union in unions] == [["pci", "1"], ["identity"]]
    assert [each.offset for union in unions for each in union] == [0, 9, 17]
    assert unions[1][0].is_whole


TRAPS = [
    ("", 1, "the selector is empty"),
    ("   ", 1, "the selector is empty"),
    ("a+b", 2, "not valid|not allowed"),
    ("a++", 2, "not valid|not allowed"),
    ("++a", 1, r"`\+\+` is not allowed before a name"),
    ("@@a", 1, "`@@` is not allowed before a name"),
    ("1+2+a", 1, r"`1\+2\+` is not allowed before a name"),
    ("+", 1, "a name is missing here"),
    ("@", 1, "a name is missing here"),
    ("3+ +", 4, "a name is missing here"),
    ("tag:", 5, "the value after `tag:` is missing"),
    ("tag:+", 5, "the value after `tag:` is missing"),
    ("@a+", 3, "can't be combined"),
    ("@2+a", 3, "can't be combined"),
    ("@+a", 2, "can't be combined"),
    ("a,,b", 2, "before or after this comma"),
    (",a", 1, "before or after this comma"),
    ("a,", 2, "before or after this comma"),
    ("a, b", 2, "before or after this comma"),
    ("x a,tga:pci", 5, "there is no selector method `tga:`"),
    ("Tag:pci", 1, "`Tag` is not allowed before a colon"),
    ("a\tb", 2, "only spaces"),
    ("a\nb", 2, "only spaces"),
    ("tag:a@b:", 1, "not valid|not allowed"),
]


@pytest.mark.parametrize(("text", "column", "message"), TRAPS, ids=[repr(text) for text, *_ in TRAPS])
def test_a_fault_is_said_with_its_place(text: str, column: int, message: str) -> None:
    with pytest.raises(SelectorError, match=message) as caught:
        parse_selector(text)
    assert caught.value.offset + 1 == column
    assert caught.value.help


def test_a_misspelt_method_gets_the_nearest() -> None:
    with pytest.raises(SelectorError) as caught:
        parse_selector("ower:team-x")
    assert "did you mean `owner`?" in caught.value.help
    assert (caught.value.offset, caught.value.length) == (0, 4)


def test_a_fault_in_the_settings_is_said_with_its_character() -> None:
    config = "policies: [{id: p, when: {consumers: 'x a,tga:pci'}, action: tell}]"
    (finding,) = model("kind: team\nid: core", config=config).findings
    assert "at character 5 of `x a,tga:pci`" in finding.message


def test_selectors_have_limits() -> None:
    assert parse_selector("a" * 2_000).unions
    assert parse_selector(" ".join(["a"] * 200)).unions
    for text in ("a" * 2_001, " ".join("a" * 1 for _ in range(201))):
        with pytest.raises(SelectorError, match=r"characters|too long"):
            parse_selector(text)


STRICT = re.compile(
    r"\A(?P<at>@)?(?:(?P<up>\d*)\+)?(?:(?P<method>[a-z_][a-z0-9_.]*):)?"
    r"(?P<value>[^\s,@+:][^\s,+:]*(?::[^\s,+:]+)*)(?:\+(?P<down>\d*))?\Z"
)


@given(st.text("ab@+,: 12#*\t", max_size=12))
def test_what_can_be_read_is_what_the_strict_grammar_says(text: str) -> None:
    """Compared with the regular expression of the reference, applied to the parts as dbt makes them."""
    parts = [part.split(",") for part in text.split(" ") if part]
    matches = [[STRICT.match(each) for each in part] for part in parts]
    methods = [match["method"] for part in matches for match in part if match and match["method"]]
    fits = bool(parts) and all(match and _has_sense(match) for part in matches for match in part)
    if fits and not methods:
        found = parse_selector(text)
        values = [[match["value"] for match in part if match] for part in matches]
        assert [[each.value for each in union] for union in found.unions] == values
    elif not fits:
        with pytest.raises(SelectorError) as caught:
            parse_selector(text)
        assert 0 <= caught.value.offset <= len(text)


def _has_sense(match: re.Match[str]) -> bool:
    """`@` takes no `+`, and a colon needs a method before it."""
    return not (match["at"] and "+" in match[0]) and bool(match["method"] or ":" not in match["value"])


def test_ranges_of_numbers() -> None:
    inside = {
        text: [n for n in range(6) if numbers_between(text).overlaps(n, n)] for text in ("2", "<=2", "2..4", "..1")
    }
    assert inside == {"2": [2], "<=2": [0, 1, 2], "2..4": [2, 3, 4], "..1": [0, 1]}
    assert [n for n in range(6) if numbers_between(">3").overlaps(n, n)] == [4, 5]
    assert [n for n in range(6) if numbers_between("<1").overlaps(n, n)] == [0]


@pytest.mark.parametrize("text", ["", "..", "x", "1..x", "3..1", "<", "<=1..2", "1...2", "--1", "²", "9" * 10])
def test_what_is_no_range(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a range|not a number|ends before"):
        numbers_between(text)


def test_ranges_of_days_are_those_of_the_calendar() -> None:
    calendar = Calendar(fiscal_year_start=4)
    assert days_between("2027-Q1", calendar).low == Date(2027, 4, 1)
    assert days_between("2027-Q1..2027-Q2", calendar).high == Date(2027, 9, 30)
    assert days_between("<2027-Q1", calendar).high == Date(2027, 3, 31)
    assert days_between(">=2027-03-15", calendar).low == Date(2027, 3, 15)
    for text in ("2027-Q5", "2027-02-30", "<0001-01-01", ">9999-12-31"):
        with pytest.raises(ValueError, match=r"not a|out of range"):
            days_between(text, calendar)
