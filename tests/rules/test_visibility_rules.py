"""What is open and stands on something restricted, or names it."""

from json import dumps

import pytest
from checking import found, messages

SECRET = """
    kind: component
    id: secret-sauce
    aliases: [moonshot]
    title: Project Bluebird
    visibility: restricted
    ---
    """


def text(field: str, value: str, visibility: str = "public") -> list[str]:
    written = f"kind: initiative\n    id: a\n    visibility: {visibility}\n    {field}: {dumps(value)}\n"
    return messages("restricted-name", SECRET + written)


@pytest.mark.parametrize("visibility", ["public", "internal"])
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kind: consumer\n    id: a\n    uses: [secret-sauce]", "consumer `a` is {} and uses"),
        ("kind: component\n    id: a\n    depends_on: [moonshot]", "component `a` is {} and depends on"),
        (
            "kind: initiative\n    id: a\n    changes: [{component: secret-sauce, effect: internal}]",
            "initiative `a` is {} and changes",
        ),
    ],
)
def test_what_is_open_and_stands_on_something_restricted_is_told(written: str, said: str, visibility: str) -> None:
    (message,) = messages("restricted-dependency", f"{SECRET}{written}\n    visibility: {visibility}\n")
    assert message.endswith(f": {said.format(visibility)} component `secret-sauce`, which is restricted")


def test_what_is_restricted_may_stand_on_anything() -> None:
    consumer = "kind: consumer\n    id: a\n    visibility: restricted\n    uses: [secret-sauce]\n"
    assert messages("restricted-dependency", SECRET + consumer) == []


def test_there_are_three_ways_out() -> None:
    (finding,) = found("restricted-dependency", f"{SECRET}kind: consumer\n    id: a\n    uses: [secret-sauce]\n")
    for way in ("`visibility: restricted` on `a`", "raise the visibility of `secret-sauce`", "a waiver"):
        assert way in finding.help


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "Wait for secret-sauce."),
        ("outcome", "What MOONSHOT brings"),
        ("description", "As soon as Project\n\n    Bluebird is there: go."),
        ("x-pitch", "project bluebird"),
    ],
)
def test_a_text_that_names_something_restricted_is_told(field: str, value: str) -> None:
    assert len(text(field, value)) == 1
    assert text(field, value, "restricted") == []


@pytest.mark.parametrize("value", ["A secret sauce", "secret-sauces", "Bluebird", "bluebird project", "my-moonshot"])
def test_words_that_are_only_like_a_name_are_none(value: str) -> None:
    assert text("outcome", value) == []


def test_a_short_word_is_no_name_that_could_be_told_from_others() -> None:
    short = "kind: component\n    id: sauce\n    title: Sauce\n    visibility: restricted\n    ---\n    "
    assert messages("restricted-name", f"{short}kind: goal\n    id: g\n    title: More sauce\n") == []


def test_a_name_that_something_open_has_too_is_no_secret() -> None:
    other = "kind: goal\n    id: g\n    title: Project Bluebird\n    description: Project Bluebird flies.\n"
    assert messages("restricted-name", SECRET + other) == []


def test_each_text_is_told_with_its_place() -> None:
    note = "kind: consumer\n    id: a\n    freezes: [{start: 2027-01-01, end: 2027-01-02, reason: Moonshot begins}]\n"
    (message,) = messages("restricted-name", SECRET + note)
    assert message == (
        "9: `freezes.reason` of consumer `a`, which is internal, names component `secret-sauce`, which is restricted"
    )
