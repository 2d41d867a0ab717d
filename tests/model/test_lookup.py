"""Which entity a reference names, whoever types it."""

import pytest

from builders import model
from platctl.model.lookup import find, find_any
from platctl.model.similar_names import Names
from platctl.source.errors import SourceError

FOUND = model("""
kind: component
id: identity
aliases: [login]
---
kind: component
id: billing
namespace: shop
---
kind: component
id: search
namespace: shop
---
kind: component
id: search
namespace: media
---
kind: consumer
id: identity
---
kind: consumer
id: tv-app
""")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("identity", "component:identity"),
        ("Identity", "component:identity"),
        ("login", "component:identity"),
        ("component:default/identity", "component:identity"),
        ("billing", "component:shop/billing"),
        ("media/search", "component:media/search"),
    ],
)
def test_a_reference_names_the_entity_of_a_kind(text: str, name: str) -> None:
    assert str(find(FOUND, text, "component")) == name


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("search", "use one of `media/search`, `shop/search`"),
        ("billin", "did you mean `shop/billing`?"),
        ("default/billing", "`shop/billing`"),
        ("consumer:tv-app", "use `component:ID`, or just `ID`"),
        ("tv-ap", "use one of"),
        ("a b", "use the id of a component"),
    ],
)
def test_what_names_no_entity_or_several_is_said_with_what_to_write(text: str, help_: str) -> None:
    with pytest.raises(SourceError) as refused:
        find(FOUND, text, "component")
    assert help_ in refused.value.help


def test_where_nothing_is_alike_what_there_is_is_listed() -> None:
    with pytest.raises(SourceError) as refused:
        find(FOUND, "zzzzzz", "consumer")
    assert "`identity`, `tv-app`" in refused.value.help


@pytest.mark.parametrize(("count", "is_listed"), [(12, True), (13, False)])
def test_at_most_twelve_are_listed(count: int, is_listed: bool) -> None:
    many = model("---\n".join(f"kind: team\nid: t{number}\n" for number in range(count)))
    with pytest.raises(SourceError) as refused:
        find(many, "zzzzzz", "team")
    assert ("`t0`, " in refused.value.help) is is_listed


@pytest.mark.parametrize(
    ("text", "name"),
    [("tv-app", "consumer:tv-app"), ("login", "component:identity"), ("consumer:identity", "consumer:identity")],
)
def test_the_kind_may_be_left_out_where_only_one_has_the_id(text: str, name: str) -> None:
    assert str(find_any(FOUND, text)) == name


@pytest.mark.parametrize(
    ("text", "help_"),
    [
        ("identity", "use one of `component:identity`, `consumer:identity`"),
        ("tvapp", "did you mean `consumer:tv-app`?"),
        ("componet:identity", "did you mean `component`?"),
        ("zzzzzz", "use the form `KIND:ID`"),
    ],
)
def test_without_a_kind_too_it_is_said_what_to_write(text: str, help_: str) -> None:
    with pytest.raises(SourceError) as refused:
        find_any(FOUND, text)
    assert help_ in refused.value.help


def test_only_the_kinds_that_are_meant_count() -> None:
    assert str(find_any(FOUND, "identity", ("consumer", "initiative"))) == "consumer:identity"
    with pytest.raises(SourceError, match="is a component, but a consumer, initiative or goal is needed here"):
        find_any(FOUND, "billing", ("consumer", "initiative", "goal"))


def test_what_could_not_be_read_may_be_what_is_meant() -> None:
    broken = model("kind: component\nid: search\nlifecycle: [x]\ntitle: [y]\n---\nkind: component\nid: 'a b'\n")
    with pytest.raises(SourceError) as refused:
        find(broken, "zzzzzz", "component")
    assert "`platctl validate`" in refused.value.help


PASSKEYS = model("""
kind: initiative
id: passkeys
---
kind: component
id: common-passes
---
kind: consumer
id: checkout
aliases: [basket]
---
kind: team
id: passkey-team
""")
WORK = ("component", "initiative")


@pytest.mark.parametrize("text", ["passkys", "PASSKYS", "default/passkys", "passk"])
def test_the_nearest_name_is_searched_in_all_kinds_that_fit(text: str) -> None:
    with pytest.raises(SourceError, match="there is no component or initiative") as refused:
        find_any(PASSKEYS, text, WORK)
    assert refused.value.help == "did you mean `initiative:passkeys`?"


@pytest.mark.parametrize("text", ["checkout", "basket", "Checkout", "component:checkout"])
def test_a_name_of_another_kind_is_said_to_be_one(text: str) -> None:
    with pytest.raises(SourceError, match="`checkout` is a consumer, but a component"):
        find_any(PASSKEYS, text, WORK)
    with pytest.raises(SourceError, match="`checkout` is a consumer, but an initiative is needed here"):
        find(PASSKEYS, text.rpartition(":")[2], "initiative")


def test_a_word_cut_short_is_completed() -> None:
    rules = Names(["unknown-rule", "unknown-reference", "reference-case"])
    assert rules.nearest("unknown-ref") == ["unknown-reference"]
    assert rules.nearest("UNKNOWN_REFERENCE") == ["unknown-reference"]
    assert rules.nearest("un") == []
