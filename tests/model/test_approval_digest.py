"""What an approval is bound to: the digest of what an initiative changes, and when."""

import hashlib
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from platctl.model.approval_digest import digest, is_digest_of
from platctl.model.model import Model
from platctl.model.ref import Ref

COMPONENTS = """\
kind: component
id: identity
aliases: [login]
interfaces: [{id: api, version: 2.4.0}, {id: sdk, version: 5.1.0}]
---
kind: component
id: gateway
version: 1.8.0
"""


@dataclass(frozen=True)
class Change:
    component: str = "identity"
    effect: str = "deprecation"
    version: str | None = "2.4.0"
    sunset: str | None = None

    def lines(self, note: str = "") -> str:
        entries = {"effect": self.effect, "component": self.component, "version": self.version, "sunset": self.sunset}
        written = [f'{name}: "{text}"' for name, text in entries.items() if text] + ([f"note: {note}"] if note else [])
        return "  - " + "\n    ".join(written)


def plan(*changes: Change, when: str = "end: 2027-03-31", title: str = "", note: str = "") -> Model:
    head = f"kind: initiative\nid: plan\n{when}\n" + (f"title: {title}\n" if title else "")
    return model(COMPONENTS, head + "changes:\n" + "\n".join(change.lines(note) for change in changes) + "\n")


def digest_of(state: Model) -> str:
    return digest(state, state.initiatives[Ref("initiative", "default", "plan")])


CHANGES = st.builds(
    Change,
    st.sampled_from(["identity", "identity#api", "identity#sdk", "gateway", "nowhere"]),
    st.sampled_from(["change", "deprecation", "removal", "internal"]),
    st.sampled_from([None, "2.4.0", "2.40", "<3"]),
    st.sampled_from([None, "2027-06-30", "2027-07-01"]),
)
LISTS = st.lists(CHANGES, min_size=1, max_size=4, unique=True)


def test_it_is_the_hash_of_a_form_that_anybody_can_write() -> None:
    state = plan(Change("login#API", "removal", "<3"), Change("gateway", "change", None, "2027-06-30"))
    form = (
        '["2027-03-31",'
        '[["component:gateway",null,"change",null,"2027-06-30"],'
        '["component:identity","api","removal","<3",null]]]'
    )
    assert digest_of(state) == hashlib.sha256(form.encode()).hexdigest()[:12]


@given(LISTS, st.randoms(use_true_random=False))
def test_order_notes_titles_and_names_of_old_do_not_count(changes: list[Change], random) -> None:
    before = digest_of(plan(*changes))
    shuffled = random.sample(changes, len(changes))
    aliased = [replace(each, component=each.component.replace("identity", "login")) for each in shuffled]
    assert digest_of(plan(*aliased, title="Other", note="Other words.")) == before


def test_the_style_of_the_file_does_not_count() -> None:
    text = "kind: initiative\nid: plan\n"
    block = model(COMPONENTS, text + "changes:\n- component: identity#api\n  effect: removal\n  version: 2.40\n")
    flow = model(COMPONENTS, text + "changes: [{version: '2.40', effect: removal, component: default/Identity#API}]\n")
    assert digest_of(block) == digest_of(flow)


def test_a_period_is_the_day_on_which_it_ends() -> None:
    assert digest_of(plan(Change(), when="period: 2027-Q1")) == digest_of(plan(Change(), when="end: 2027-03-31"))


@given(LISTS, CHANGES)
def test_every_change_counts(changes: list[Change], other: Change) -> None:
    differs = other not in changes
    assert (digest_of(plan(*changes)) != digest_of(plan(*changes, other))) == differs
    assert (digest_of(plan(*changes)) != digest_of(plan(other, *changes[1:]))) == (other != changes[0])


@pytest.mark.parametrize(
    "altered",
    [
        Change(component="gateway"),
        Change(component="identity#api"),
        Change(effect="removal"),
        Change(version="2.4"),
        Change(version=None),
        Change(sunset="2027-06-30"),
    ],
)
def test_every_field_counts(altered: Change) -> None:
    assert digest_of(plan(altered)) != digest_of(plan(Change()))


@pytest.mark.parametrize("when", ["end: 2027-04-01", "period: 2027-Q2", "start: 2027-03-31"])
def test_the_day_counts(when: str) -> None:
    assert digest_of(plan(Change(), when=when)) != digest_of(plan(Change()))


def test_it_outlives_a_rename_and_a_new_alias() -> None:
    text = (
        "kind: initiative\nid: plan\nchanges: [{component: a, effect: removal}, {component: b, effect: change}]\n---\n"
    )
    before = model(text + "kind: component\nid: a\n---\nkind: component\nid: b\n")
    after = model(text + "kind: component\nid: z\naliases: [a, y]\n---\nkind: component\nid: b\naliases: [c]\n")
    initiative = after.initiatives[Ref("initiative", "default", "plan")]
    assert is_digest_of(digest_of(before), after, initiative)
    assert is_digest_of(digest_of(after), after, initiative)
    assert not is_digest_of("000000000000", after, initiative)


def test_thousands_of_aliases_cost_no_time() -> None:
    text = "kind: initiative\nid: plan\nchanges: [{component: a, effect: removal}, {component: b, effect: change}]\n"
    many = [
        f"---\nkind: component\nid: {name}\naliases: [{', '.join(f'{name}{n}' for n in range(2000))}]\n"
        for name in "ab"
    ]
    state = model(text + "".join(many))
    assert not is_digest_of("000000000000", state, state.initiatives[Ref("initiative", "default", "plan")])


@pytest.mark.parametrize(
    ("written", "is_one"),
    [
        ('"012345678901"', True),
        ("0a1b2c3d4e5f", True),
        ("012345678901", True),
        ("0A1B2C3D4E5F", False),
        ("abc", False),
        ("0a1b2c3d4e5f0", False),
    ],
)
def test_a_digest_has_twelve_digits_in_lower_case(written: str, is_one: bool) -> None:
    state = model(f"kind: initiative\nid: plan\napprovals: [{{consumer: shop, by: Ana, digest: {written}}}]\n")
    (initiative,) = state.initiatives.values()
    assert [each.digest for each in initiative.approvals] == [written.strip('"') if is_one else None]
    assert (state.findings == ()) == is_one
