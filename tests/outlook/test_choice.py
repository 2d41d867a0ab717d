"""What selectors name in two states: a change can move nothing out of reach."""

import pytest

from builders import model
from platctl.model.language.selector import SelectorError, parse_selector
from platctl.outlook.choosing import chooser

BASE = """
kind: component
id: identity
tags: [pci]
version: 2.0.0
---
kind: component
id: billing
tags: [pci]
depends_on: [{component: identity, requires: "<3"}]
---
kind: component
id: old
depends_on: [billing]
---
kind: component
id: calm
version: 1.0.0
---
kind: consumer
id: shop
uses: [billing]
---
kind: consumer
id: gone
uses: [identity]
---
kind: consumer
id: desk
uses: [calm]
"""
HEAD = """
kind: component
id: identity
version: 3.0.0
---
kind: component
id: invoices
aliases: [billing]
tags: [pci]
depends_on: [{component: identity, requires: "<3"}]
---
kind: component
id: fresh
tags: [new-here]
depends_on: [invoices]
---
kind: component
id: calm
version: 1.0.0
---
kind: consumer
id: shop
uses: [fresh, billing]
---
kind: consumer
id: desk
uses: [calm]
"""


def named(select: str, exclude: str = "", *, base: str | None = BASE) -> set[str]:
    choose = chooser(model(HEAD), model(base) if base else None)
    found = choose.of([parse_selector(select)], [parse_selector(exclude)] if exclude else [])
    return {ref.id for ref in found}


@pytest.mark.parametrize(
    ("select", "names"),
    [
        ("state:new", {"fresh"}),
        ("state:removed", {"old", "gone"}),
        ("state:modified", {"identity", "invoices", "shop"}),
        ("state:modified,kind:component", {"identity", "invoices"}),
        # `shop` is among them at least, and nothing that stands on `calm` alone.
        ("state:affected,kind:consumer", {"shop"}),
        ("state:removed,kind:consumer", {"gone"}),
        ("+state:removed", {"old", "gone", "invoices", "identity"}),
        # A tag that the change takes away still selects, and so do the edges that it cuts.
        ("tag:pci", {"identity", "invoices"}),
        ("identity+1", {"identity", "invoices", "gone"}),
        ("state:modified+,+state:modified", {"identity", "invoices", "fresh", "shop"}),
        # Names of both states, each for what it is called in head.
        ("billing", {"invoices"}),
        ("invoices", {"invoices"}),
        ("gone fresh", {"gone", "fresh"}),
    ],
)
def test_a_selector_names_what_it_names_in_either_state(select: str, names: set[str]) -> None:
    assert named(select) == names


def test_what_only_one_state_excludes_stays() -> None:
    """The change takes the tag from `identity`, and could as well have put it on."""
    assert named("kind:component", "tag:pci") == {"identity", "old", "fresh", "calm"}
    assert named("kind:component", "tag:new-here") == {"identity", "invoices", "old", "calm"}


def test_what_exists_in_neither_state_is_an_error() -> None:
    with pytest.raises(SelectorError, match="there is no entity `nobody`"):
        named("shop nobody")


def test_without_a_base_there_are_no_states() -> None:
    assert named("tag:pci", base=None) == {"invoices"}
    with pytest.raises(SelectorError, match="two states"):
        named("state:new", base=None)
    with pytest.raises(SelectorError, match="there is no entity `gone`"):
        named("gone", base=None)
