"""What ideas and proposals still need, whom they would help, and which of them are alike."""

import datetime
import time

import pytest

from builders import model
from costs import calls
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.model.vocabulary import Status
from platctl.questions.intake.derive import IntakeOptions, intake
from platctl.questions.intake.likeness import Likeness
from platctl.questions.intake.report import Candidate, IntakeReport

TODAY = datetime.date(2026, 11, 23)
PLATFORM = """
    kind: component
    id: identity
    version: 2.4.0
    ---
    kind: consumer
    id: shop
    title: Web shop
    uses: [identity]
    ---
    kind: consumer
    id: tv
    ---
    kind: initiative
    id: passkeys
    title: Sign in without a password
    proposed_by: Ana Ruiz
    proposed_on: 2026-11-01
    requested_by: [tv]
    changes: [{component: identity, effect: addition, version: 2.5.0}]
"""


def report(of: Model, **options: object) -> IntakeReport:
    return intake(of, "here", IntakeOptions(**{"today": TODAY, **options}))  # type: ignore[arg-type]


def candidate(*texts: str, id_: str = "passkeys") -> Candidate:
    return next(each for each in report(model(*texts)).candidates if each.initiative.id == id_)


def test_a_candidate_says_what_its_next_stage_asks_for_with_a_line_that_fills_it_in() -> None:
    found = candidate(PLATFORM)
    assert (found.status, found.next, found.is_ready) == (Status.IDEA, Status.PROPOSED, False)
    (lack,) = found.lacks
    assert (lack.field, lack.example, lack.new) == ("owner", "owner: TEAM", "team")
    (lack,) = candidate(PLATFORM, "kind: team\nid: access").lacks
    assert (lack.field, lack.example, lack.new) == ("owner", "owner: access", None)
    assert lack.description == "The team or user responsible for it."


def test_what_it_should_have_had_already_is_told_apart() -> None:
    found = candidate(PLATFORM.replace("proposed_by: Ana Ruiz", "status: shaped"))
    assert found.overdue == ("proposed_by", "owner", "effort")
    assert [each.field for each in found.lacks] == ["proposed_by", "owner", "effort", "goals", "period"]


def test_it_helps_those_who_ask_and_those_who_stand_on_what_it_adds_to() -> None:
    found = candidate(PLATFORM)
    assert [each.label for each in found.requested_by] == ["tv"]
    assert [each.label for each in found.helps] == ["Web shop", "tv"]


def test_a_removal_helps_only_those_who_ask() -> None:
    found = candidate(PLATFORM.replace("effect: addition, version: 2.5.0", "effect: internal"))
    assert [each.label for each in found.helps] == ["tv"]


@pytest.mark.parametrize(
    ("proposed_on", "today", "age"),
    [("2026-11-01", TODAY, 22), ("2026-11-01", None, None), ("2027-01-01", TODAY, None), ("2026-11-23", TODAY, 0)],
)
def test_its_age_counts_from_the_day_on_which_it_was_proposed(
    proposed_on: str, today: datetime.date | None, age: int | None
) -> None:
    of = model(PLATFORM.replace("2026-11-01", proposed_on))
    assert report(of, today=today).candidates[0].age == age


def test_only_what_nobody_counts_on_is_listed_the_oldest_first() -> None:
    of = model(
        *(f"kind: initiative\nid: {status}\nstatus: {status}" for status in Status),
        "kind: initiative\nid: old\nproposed_on: 2025-01-01",
        "kind: initiative\nid: young\nproposed_on: 2026-01-01",
    )
    stages = [(stage.status.value, [each.initiative.id for each in stage.candidates]) for stage in report(of).stages]
    assert stages == [("idea", ["old", "young", "idea"]), ("proposed", ["proposed"]), ("shaped", ["shaped"])]
    only = report(of, only=frozenset({Ref("initiative", "default", "young")}))
    assert [each.initiative.id for each in only.candidates] == ["young"]


# What is alike --------------------------------------------------------------------------------------------------


def titled(*titles: str, more: str = "") -> Model:
    return model(*(f"kind: initiative\nid: i{at}\ntitle: {title}\n{more}" for at, title in enumerate(titles)))


def likeness(of: Model, one: str = "i0", other: str = "i1") -> float:
    matches = Likeness(of).of(Ref("initiative", "default", one))
    return next((each.likeness for each in matches if each.other.id == other), 0)


ALIKE = [
    ("Sign in with passkeys", "Sign in with a passkey"),
    ("Retry failed payments", "Retrying failed payments"),
    ("Faster search results", "Search results, faster"),
    ("Dark theme for the web shop", "A dark theme in the web shop"),
]
APART = [
    ("Sign in with passkeys", "Retire identity 2"),
    ("Move to PostgreSQL 17", "Move to Kubernetes 17"),
    ("A dark theme", "A sign language track"),
    ("On to the next", "On to the last"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_similar_titles_are_alike_in_both_directions(one: str, other: str) -> None:
    of = titled(one, other, "Something else", "Another one")
    assert 0.7 <= likeness(of) < 1
    assert likeness(of) == likeness(of, "i1", "i0")


@pytest.mark.parametrize(("one", "other"), APART)
def test_titles_that_share_little_are_not(one: str, other: str) -> None:
    assert likeness(titled(one, other, "Something else", "Another one")) == 0


def test_the_same_title_is_a_duplicate_whatever_its_case_and_signs() -> None:
    found = report(titled("Sign in - passkeys", "SIGN IN passkeys!")).candidates[0]
    assert [(each.other.id, each.likeness, each.is_duplicate) for each in found.alike] == [("i1", 1.0, True)]


def test_on_the_same_component_less_is_enough_and_is_named() -> None:
    titles = ("Rotate signing keys", "Signing keys without downtime")
    assert likeness(titled(*titles, "Other", "More")) == 0
    of = titled(*titles, "Other", "More", more="changes: [{component: identity, effect: internal}]")
    (found,) = Likeness(of).of(Ref("initiative", "default", "i0"))
    assert found.words == ("key", "signing")
    assert [each.id for each in found.components] == ["identity"]


def test_what_depends_on_the_other_is_no_duplicate_of_it() -> None:
    of = model(
        "kind: initiative\nid: i0\ntitle: Sign in with passkeys",
        "kind: initiative\nid: i1\ntitle: Sign in with passkeys\ndepends_on: [i0]",
    )
    assert likeness(of) == likeness(of, "i1", "i0") == 0


def test_work_that_was_dropped_before_is_found_too() -> None:
    of = model(
        "kind: initiative\nid: i0\ntitle: Sign in with passkeys",
        "kind: initiative\nid: i1\ntitle: Sign in with passkeys\nstatus: dropped",
    )
    assert [(each.other.id, each.status) for each in report(of).candidates[0].alike] == [("i1", Status.DROPPED)]


def test_without_a_title_the_words_of_the_id_count() -> None:
    of = model("kind: initiative\nid: dark-theme", "kind: initiative\nid: x\ntitle: Dark theme")
    assert likeness(of, "dark-theme", "x") == 1


def test_of_many_with_one_title_few_are_listed_and_the_rest_is_counted() -> None:
    found = report(titled(*["Dark theme"] * 60)).candidates[0]
    assert len(found.alike) + found.more_alike == 59
    assert len(found.alike) == 5


def test_the_answer_does_not_depend_on_the_order_of_files() -> None:
    titles = [title for pair in ALIKE for title in pair]
    texts = [f"kind: initiative\nid: i{at}\ntitle: {title}" for at, title in enumerate(titles)]
    assert report(model(*texts)) == report(model(*reversed(texts)))


def test_two_thousand_ideas_on_one_component_take_moments() -> None:
    change = "changes: [{component: identity, effect: internal}]"
    of = titled(*(f"Topic {at % 97} of the great {at % 89} plan part{at % 83}" for at in range(2000)), more=change)
    begun = time.process_time()
    found = Likeness(of)
    for ref in of.initiatives:
        found.of(ref)
    assert time.process_time() - begun < 10


def test_what_each_lacks_costs_no_look_at_the_whole_model() -> None:
    def many(size: int) -> Model:
        platform = [f"kind: component\nid: part-{number}\nowner: access" for number in range(size)]
        ideas = [f"kind: initiative\nid: idea-{number}\nstatus: proposed\nowner: other" for number in range(size)]
        return model("---\n".join(f"{each}\n" for each in [*platform, *ideas, "kind: goal\nid: speed"]))

    models = [many(size) for size in (50, 200)]
    small, large = (calls(lambda of=of: report(of)) for of in models)  # type: ignore[misc]
    assert large < small * 4 * 1.5
