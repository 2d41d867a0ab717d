"""The table of direct effects, one row a cell, and what the table leaves to the words around it."""

import datetime

import pytest

from platctl.model.level import Level
from platctl.model.ref import Ref
from platctl.model.version import Range, Version
from platctl.model.vocabulary import ChangeEffect
from platctl.outlook.effects import Effect, Need, Reason, Standing, Transition, effect_of, standing
from platctl.outlook.offers import Offer, Offers

IDENTITY = Ref("component", "default", "identity")


def offer(text: str) -> Offer:
    """`ui:2.4.0 deprecated breaking until 2027-06-30`; the interface is `api` where none is named, `-` no version."""
    name, *words = text.split()
    interface, _, version = name.rpartition(":")
    ends = datetime.date.fromisoformat(words[words.index("until") + 1]) if "until" in words else None
    return Offer(
        interface or "api",
        None if version == "-" else Version(version),
        is_deprecated="deprecated" in words,
        ends=ends,
        is_breaking="breaking" in words,
    )


def offers(text: str) -> Offers:
    return tuple(offer(each.strip()) for each in text.split(",") if each.strip())


def effect(
    requires: str | None,
    before: str,
    after: str,
    *declared: tuple[str | None, ChangeEffect],
    interface: str | None = "api",
    soft: bool = False,
    was: str | None = "same",
) -> Effect:
    """The effect on one dependency; `was` is the range that it had in base, where that is another one."""
    asked = requires if was == "same" else was
    transition = Transition(IDENTITY, offers(before), offers(after), None, declared)
    now = Need(interface, Range(requires) if requires else None, soft)
    return effect_of(transition, Need(interface, Range(asked) if asked else None, soft), now)


def verdict(found: Effect) -> tuple[Level | None, Reason]:
    return found.level, found.reason


@pytest.mark.parametrize(
    ("requires", "before", "after", "level", "reason"),
    [
        pytest.param(">=1,<2", "2.4.0", "3.0.0", None, "pre-existing", id="none → none"),
        pytest.param(">=3,<4", "2.4.0", "3.0.0", "gains", "range-now-met", id="none → live"),
        pytest.param(">=3,<4", "2.4.0", "3.0.0 deprecated", "gains", "range-now-met", id="none → deprecated"),
        pytest.param(">=1", "", "1.0.0", "gains", "range-now-met", id="nothing at all → live"),
        pytest.param(">=2,<3", "2.4.0", "3.0.0", "breaks", "range-unmet", id="live → none"),
        pytest.param(">=2,<3", "2.4.0", "", "breaks", "range-unmet", id="live → nothing at all"),
        pytest.param(">=2,<3", "2.4.0 deprecated", "3.0.0", "breaks", "range-unmet", id="deprecated → none"),
        pytest.param(
            ">=2,<3", "2.4.0", "2.4.0 deprecated, 3.0.0", "must-act", "deprecated-only", id="live → deprecated"
        ),
        pytest.param(">=2,<3", "2.4.0", "2.4.0 until 2027-06-30", "must-act", "deprecated-only", id="live → ending"),
        pytest.param(
            ">=2,<3",
            "2.4.0 until 2027-06-30",
            "2.4.0 until 2027-03-31",
            "must-act",
            "deprecated-only",
            id="sunset closer",
        ),
        pytest.param(
            ">=2,<3",
            "2.4.0 deprecated",
            "2.4.0 deprecated until 2027-03-31",
            "must-act",
            "deprecated-only",
            id="a sunset where there was none",
        ),
        pytest.param(
            ">=2,<3",
            "2.4.0 until 2027-03-31, 2.5.0 until 2027-06-30",
            "2.4.0 until 2027-03-31",
            "must-act",
            "deprecated-only",
            id="the one that stayed longest goes",
        ),
        pytest.param(
            ">=2,<3", "2.4.0 until 2027-06-30", "2.4.0 until 2027-09-30", "gains", "relieved", id="sunset later"
        ),
        pytest.param(
            ">=2,<3",
            "2.4.0 deprecated until 2027-06-30",
            "2.4.0 deprecated",
            "gains",
            "relieved",
            id="sunset withdrawn",
        ),
        pytest.param(">=2,<3", "2.4.0 deprecated", "2.4.0", "gains", "relieved", id="deprecated → live"),
        pytest.param(">=2,<3", "2.4.0 deprecated", "2.5.0", "gains", "relieved", id="deprecated → another one live"),
        pytest.param(
            ">=2,<3",
            "2.4.0 deprecated",
            "2.4.0 deprecated, 3.0.0",
            "informed",
            "still-met",
            id="deprecated → as deprecated",
        ),
        pytest.param(
            ">=2",
            "2.4.0 deprecated",
            "3.0.0 deprecated",
            "at-risk",
            "open-range",
            id="deprecated → deprecated, none kept",
        ),
        pytest.param(">=2,<3", "2.4.0", "2.4.0, 2.5.0", "gains", "new-in-range", id="kept, a new one inside"),
        pytest.param(">=2", "2.4.0", "2.4.0, 3.0.0", "gains", "new-in-range", id="kept, a new major inside"),
        pytest.param(">=2,<3", "2.4.0", "2.4.0, 3.0.0", "informed", "still-met", id="kept, a new one outside"),
        pytest.param(">=2,<3", "2.4.0, 2.5.0", "2.5.0", "informed", "still-met", id="kept, another one inside leaves"),
        pytest.param(">=2,<3", "1.9.0, 2.4.0", "2.4.0", "informed", "still-met", id="kept, one outside leaves"),
        pytest.param(
            ">=2,<3", "2.4.0, 2.5.0", "2.4.0 deprecated, 2.5.0", "informed", "still-met", id="kept, another one ends"
        ),
        pytest.param(">=2,<3", "2.4.0", "2.5.0", "gains", "moved-in-range", id="none kept, compatible"),
        pytest.param(
            ">=2,<3", "2.4.0", "2.4.0 deprecated, 2.5.0", "gains", "new-in-range", id="the old ends, compatible"
        ),
        pytest.param(">=2", "2.4.0", "3.0.0", "at-risk", "open-range", id="none kept, higher major"),
        pytest.param(">=2", "2.4.0", "2.5.0 breaking", "at-risk", "open-range", id="none kept, declared breaking"),
        pytest.param(
            ">=2", "2.4.0", "2.4.0 until 2027-06-30, 3.0.0", "at-risk", "open-range", id="the old ends, higher major"
        ),
        pytest.param(">=2", "2.4.0", "2.3.0", "at-risk", "open-range", id="none kept, backwards"),
        pytest.param(">=2", "2.4.0, 3.0.0", "3.1.0", "gains", "moved-in-range", id="none kept, continues one of them"),
        pytest.param(">=0.4", "0.4.0", "0.4.1", "gains", "moved-in-range", id="0.x: a patch is compatible"),
        pytest.param(">=0.4", "0.4.0", "0.5.0", "at-risk", "open-range", id="0.x: a minor is breaking"),
        pytest.param(">=0.4", "0.9.0", "1.0.0", "at-risk", "open-range", id="0.x → 1.0 is breaking"),
        pytest.param(">=2,<3", "2.4.0", "2.5.0rc1", "breaks", "range-unmet", id="a pre-release doesn't meet a range"),
        pytest.param(">=3", "2.4.0", "3.0.0rc1", None, "pre-existing", id="nor one from its major on"),
        pytest.param(">=3.0.0rc1", "2.4.0", "3.0.0rc1", "gains", "range-now-met", id="unless the range names one"),
        pytest.param(">=2,<3", "2.4.0", "2.5.0-SNAPSHOT", "at-risk", "unreadable-version", id="live → unreadable"),
        pytest.param(">=2,<3", "2.4.0 deprecated", "r5", "at-risk", "unreadable-version", id="deprecated → unreadable"),
        pytest.param(">=2,<3", "r5", "2.4.0", "at-risk", "unreadable-version", id="unreadable → live"),
        pytest.param(">=2,<3", "r5", "r6", "at-risk", "unreadable-version", id="unreadable → unreadable"),
        pytest.param(">=2,<3", "r5", "", "breaks", "range-unmet", id="unreadable → none"),
        pytest.param(">=2,<3", "2.4.0", "2.4.0, r5", "informed", "still-met", id="an unreadable one beside"),
        pytest.param(">=2", "-", "2.4.0", "at-risk", "unreadable-version", id="no version written → one"),
    ],
)
def test_the_transition_of_what_is_on_offer_decides(
    requires: str, before: str, after: str, level: str | None, reason: str
) -> None:
    assert verdict(effect(requires, before, after)) == (Level(level) if level else None, Reason(reason))


def test_must_act_says_until_when_what_is_left_stays() -> None:
    both = "2.4.0 until 2027-03-31, 2.5.0 until 2027-06-30"
    assert effect(">=2,<3", "2.4.0, 2.5.0", both).until == datetime.date(2027, 6, 30)
    assert effect(">=2,<3", "2.4.0", "2.4.0 deprecated").until is None
    assert effect(">=2,<3", "2.4.0, 2.5.0", "2.4.0 until 2027-03-31, 2.5.0 deprecated").until is None


def test_a_dependency_that_nothing_touches_is_not_affected() -> None:
    assert effect(">=2,<3", "2.4.0", "2.4.0").level is None
    assert effect(None, "2.4.0", "2.4.0").level is None


IN_PLACE, BEHAVIOUR, ADDITION = (
    (None, each) for each in (ChangeEffect.BREAKING, ChangeEffect.CHANGE, ChangeEffect.ADDITION)
)


@pytest.mark.parametrize(
    ("declared", "level", "reason"),
    [
        pytest.param(IN_PLACE, "breaks", "in-place", id="broken in place"),
        pytest.param(BEHAVIOUR, "at-risk", "behaviour", id="behaviour changes"),
        pytest.param(ADDITION, "gains", "addition", id="addition without a version"),
    ],
)
@pytest.mark.parametrize("requires", [">=2,<3", None])
@pytest.mark.parametrize("on_offer", ["2.4.0", "2.4.0 deprecated"])
def test_what_changes_in_place_concerns_whoever_was_met(
    declared: tuple[None, ChangeEffect], level: str, reason: str, requires: str | None, on_offer: str
) -> None:
    assert verdict(effect(requires, on_offer, on_offer, declared)) == (Level(level), Reason(reason))


@pytest.mark.parametrize("declared", [IN_PLACE, BEHAVIOUR, ADDITION])
def test_what_changes_in_place_concerns_nobody_who_was_not_met(declared: tuple[None, ChangeEffect]) -> None:
    assert verdict(effect(">=3,<4", "2.4.0", "2.4.0", declared)) == (None, Reason.PRE_EXISTING)


def test_the_stronger_of_a_transition_and_a_change_in_place_counts() -> None:
    assert verdict(effect(">=2,<3", "2.4.0", "2.4.0, 2.5.0", IN_PLACE)) == (Level.BREAKS, Reason.IN_PLACE)
    assert verdict(effect(">=2,<3", "2.4.0", "", BEHAVIOUR)) == (Level.BREAKS, Reason.RANGE_UNMET)


def test_a_change_in_place_of_another_interface_is_no_concern() -> None:
    elsewhere = ("ui", ChangeEffect.BREAKING)
    found = effect(">=2", "2.4.0, ui:2.0.0", "2.4.0, ui:2.0.0", elsewhere)
    assert found.level in (None, Level.INFORMED)


def test_one_of_several_interfaces_broken_in_place_puts_users_of_the_whole_at_risk() -> None:
    both = "2.4.0, ui:2.0.0"
    one = ("ui", ChangeEffect.BREAKING)
    assert verdict(effect(">=2", both, both, one, interface=None)) == (Level.AT_RISK, Reason.DISAGREE)
    assert verdict(effect(">=2", both, both, IN_PLACE, interface=None)) == (Level.BREAKS, Reason.IN_PLACE)


def test_a_need_of_one_interface_looks_at_that_interface_only() -> None:
    assert effect(">=2", "2.4.0, ui:2.0.0", "2.4.0").level is None
    assert verdict(effect(">=2", "2.4.0, ui:2.0.0", "ui:2.0.0")) == (Level.BREAKS, Reason.RANGE_UNMET)


def test_a_need_of_the_whole_component_is_met_by_any_interface() -> None:
    assert verdict(effect(">=2,<3", "2.4.0, ui:1.0.0", "3.0.0, ui:1.0.0", interface=None))[0] is Level.BREAKS
    assert standing(offers("2.4.0, ui:1.0.0"), Need(None, Range(">=2"))) is Standing.LIVE


@pytest.mark.parametrize("requires", [None, "^2.1", "2", ">=2 <3"])
@pytest.mark.parametrize(
    ("before", "after", "level", "reason"),
    [
        pytest.param("2.4.0", "2.4.0, 2.5.0", "gains", "new-in-range", id="addition beside"),
        pytest.param("2.4.0", "2.5.0", "gains", "moved-in-range", id="compatible replacement"),
        pytest.param("2.4.0", "2.4.0, 3.0.0", "informed", "still-met", id="breaking beside"),
        pytest.param("2.4.0", "3.0.0", "breaks", "range-unmet", id="breaking replacement"),
        pytest.param("2.4.0", "2.5.0 breaking", "breaks", "range-unmet", id="declared breaking replacement"),
        pytest.param("2.4.0", "", "breaks", "range-unmet", id="removal"),
        pytest.param("2.4.0", "2.4.0 until 2027-06-30", "must-act", "deprecated-only", id="deprecation"),
        pytest.param("2.4.0 deprecated", "2.4.0", "gains", "relieved", id="relief"),
        pytest.param("1.9.0, 2.4.0", "", "breaks", "range-unmet", id="all agree: everything goes"),
        pytest.param("1.9.0, 2.4.0", "2.4.0", "at-risk", "versions-differ", id="one of two goes"),
        pytest.param("1.9.0, 2.4.0", "1.9.0 deprecated, 2.4.0", "at-risk", "versions-differ", id="one of two ends"),
        pytest.param("1.9.0, 2.4.0", "1.9.0 deprecated", "at-risk", "versions-differ", id="one ends, the other goes"),
        pytest.param("1.9.0, 2.4.0", "1.9.0, 2.4.0, 2.5.0", "informed", "still-met", id="whichever, no harm"),
        pytest.param("r5", "r6", "at-risk", "unreadable-version", id="unreadable replaced"),
        pytest.param("r5", "r5, r6", "informed", "still-met", id="unreadable kept"),
        pytest.param("r5", "", "breaks", "range-unmet", id="unreadable removed"),
        pytest.param("-", "2.4.0", "at-risk", "unreadable-version", id="no version written → one"),
        pytest.param("-", "", "breaks", "range-unmet", id="no version written → gone"),
        pytest.param("", "2.4.0", "gains", "range-now-met", id="nothing → something"),
    ],
)
def test_without_a_range_it_is_judged_for_each_version_on_offer_before(
    requires: str | None, before: str, after: str, level: str, reason: str
) -> None:
    found = effect(requires, before, after)
    assert verdict(found) == (Level(level), Reason(reason))
    assert not found.is_range_known


def test_without_a_range_and_with_nothing_on_offer_there_is_nothing_to_judge() -> None:
    assert effect(None, "", "").level is None


@pytest.mark.parametrize(
    ("was", "requires", "before", "after", "level", "reason"),
    [
        pytest.param(">=2,<3", ">=3,<4", "2.4.0", "3.0.0", "informed", "moves-here", id="moves along"),
        pytest.param(">=2,<3", ">=2", "2.4.0", "2.4.0", "informed", "moves-here", id="widens, nothing else changes"),
        pytest.param(">=2,<3", ">=3", "2.4.0", "3.0.0 deprecated", "informed", "moves-here", id="moves to what ends"),
        pytest.param(None, ">=2", "2.4.0", "2.4.0", "informed", "moves-here", id="gets a range that is met"),
        pytest.param(">=2,<3", ">=3,<4", "2.4.0", "2.4.0", "breaks", "range-unmet", id="moves to what isn't there"),
        pytest.param(None, ">=3", "2.4.0", "2.4.0", "breaks", "range-unmet", id="gets a range that isn't met"),
        pytest.param(">=3,<4", ">=2,<3", "2.4.0", "2.4.0", "gains", "range-now-met", id="repairs itself"),
        pytest.param(">=4", ">=3", "2.4.0", "2.4.0", None, "pre-existing", id="broken, and still is"),
    ],
)
def test_a_range_that_changes_and_is_met_now_moves_here(
    was: str | None, requires: str, before: str, after: str, level: str | None, reason: str
) -> None:
    found = effect(requires, before, after, was=was)
    assert verdict(found) == (Level(level) if level else None, Reason(reason))


@pytest.mark.parametrize(
    ("requires", "before", "after", "hard", "soft"),
    [
        pytest.param(">=2,<3", "2.4.0", "3.0.0", "breaks", "must-act", id="breaks"),
        pytest.param(">=2,<3", "2.4.0", "2.4.0 deprecated", "must-act", "at-risk", id="must-act"),
        pytest.param(">=2", "2.4.0", "3.0.0", "at-risk", "informed", id="at-risk"),
        pytest.param(">=2,<3", "2.4.0", "2.4.0, 3.0.0", "informed", "informed", id="informed"),
        pytest.param(">=2,<3", "2.4.0", "2.5.0", "gains", "gains", id="gains"),
    ],
)
def test_a_soft_dependency_takes_one_step_off_the_harm(
    requires: str, before: str, after: str, hard: str, soft: str
) -> None:
    softened, firm = effect(requires, before, after, soft=True), effect(requires, before, after)
    assert (firm.level, softened.level, softened.hard_level) == (Level(hard), Level(soft), Level(hard))
    assert firm.hard_level is None
    assert (softened.reason, softened.until, softened.offers) == (firm.reason, firm.until, firm.offers)


def test_a_soft_dependency_that_was_broken_before_stays_out_of_it() -> None:
    assert verdict(effect(">=1,<2", "2.4.0", "3.0.0", soft=True)) == (None, Reason.PRE_EXISTING)


@pytest.mark.parametrize(
    ("after", "level"),
    [
        pytest.param("2.4.0, 3.0.0", Level.INFORMED, id="beside live 2.x"),
        pytest.param("2.4.0 until 2027-06-30, 3.0.0", Level.MUST_ACT, id="beside deprecated 2.x"),
        pytest.param("3.0.0", Level.BREAKS, id="in place of 2.x"),
    ],
)
def test_the_same_new_major_means_different_things_by_what_becomes_of_the_old(after: str, level: Level) -> None:
    assert effect(">=2,<3", "2.4.0", after).level is level
