"""Effects on one dependency that the worked cases don't have: unreadable versions, 0.x, readings, work in place."""

import datetime

import pytest
from judging import judged
from oracle import Expected

from builders import model

TODAY = datetime.date(2026, 11, 20)


def component(versions: str) -> str:
    """`2.4.0, ui:2.0.0 deprecated`: the interface is `api` where none is named, `-` is one without a version."""
    listed: dict[str, list[str]] = {"api": []}
    for text in filter(None, versions.split(", ")):
        name, *words = text.split()
        interface, _, version = name.rpartition(":")
        entries = listed.setdefault(interface or "api", [])
        if version != "-":
            entries.append(f"{{version: {version}{''.join(f', lifecycle: {word}' for word in words)}}}")
        elif not entries:
            continue
    if versions in ("", "none"):
        listed["api"] = ["{version: 0.0.1, lifecycle: retired}"]
    interfaces = "\n".join(f"  - {{id: {id_}, versions: [{', '.join(each)}]}}" for id_, each in listed.items())
    return f"kind: component\nid: c\ninterfaces:\n{interfaces}\n"


def effect(requires: str | None, before: str, after: str, *work: str, on: str = "c#api", more: str = "") -> Expected:
    """The effect on one dependency. Each piece of work is a change that head plans for 2027-06-30."""
    asked = f', requires: "{requires}"' if requires else ""
    consumer = f"---\nkind: consumer\nid: u\nuses: [{{component: {on}{asked}{more}}}]\n"
    plans = [
        f"---\nkind: initiative\nid: w{number}\nstatus: planned\nend: 2027-06-30\nchanges: [{{{change}}}]\n"
        for number, change in enumerate(work)
    ]
    states = model(component(before) + consumer), model(component(after) + consumer + "".join(plans))
    (found,) = judged(*states, today=TODAY)["u"]
    return found


def said(found: Expected) -> str:
    return f"{found.level} {found.reason}"


@pytest.mark.parametrize(
    ("requires", "before", "after", "expected"),
    [
        pytest.param(">=0.4", "0.4.0", "0.4.1", "gains moved-in-range", id="0.x: a patch is compatible"),
        pytest.param(">=0.4", "0.4.0", "0.5.0", "at-risk open-range", id="0.x: a minor is not"),
        pytest.param(">=0.4", "0.9.0", "1.0.0", "at-risk open-range", id="0.x to 1.0 is not"),
        pytest.param(">=2", "2.4.0, 3.0.0", "3.1.0", "at-risk open-range", id="only a higher major continues"),
        pytest.param(">=3", "2.4.0", "3.0.0rc1", "None pre-existing", id="a pre-release doesn't meet a range"),
        pytest.param(">=3.0.0rc1", "2.4.0", "3.0.0rc1", "gains range-now-met", id="unless the range names one"),
        pytest.param(">=2,<3", "2.4.0", "2.5.0-SNAPSHOT", "at-risk unreadable-version", id="live to unreadable"),
        pytest.param(">=2,<3", "2.4.0 deprecated", "r5", "at-risk unreadable-version", id="deprecated to unreadable"),
        pytest.param(">=2,<3", "r5", "2.4.0", "at-risk unreadable-version", id="unreadable to live"),
        pytest.param(">=2,<3", "r5", "r6", "at-risk unreadable-version", id="unreadable to unreadable"),
        pytest.param(">=2,<3", "r5", "none", "breaks range-unmet", id="unreadable to none"),
        pytest.param(">=2,<3", "2.4.0", "2.4.0, r5", "informed still-met", id="an unreadable one alongside"),
        pytest.param(">=2", "-", "2.4.0", "gains range-now-met", id="no version meets no range"),
        pytest.param(">=2", "2.4.0", "-", "breaks range-unmet", id="a version is no longer declared"),
        pytest.param(None, "-", "2.4.0", "informed no-range", id="a first version is declared, no range"),
        pytest.param(None, "r5", "r6", "at-risk no-range", id="an unreadable one replaced, no range"),
        pytest.param(None, "2.4.0", "r6", "at-risk no-range", id="live to unreadable, no range"),
        pytest.param(None, "r5", "none", "breaks no-range", id="an unreadable one removed, no range"),
        pytest.param(None, "r5", "r5, r6", "informed no-range", id="an unreadable one kept, no range"),
        pytest.param(None, "2.4.0", "2.4.0, 3.0.0", "informed no-range", id="a new major alongside, no range"),
        pytest.param(None, "2.4.0", "3.0.0", "breaks no-range", id="a new major instead, no range"),
        pytest.param(None, "2.4.0", "2.5.0", "gains no-range", id="a compatible one instead, no range"),
        pytest.param(None, "2.4.0", "2.4.0", "None same", id="nothing changes, no range"),
    ],
)
def test_what_is_available_before_and_after_decides(
    requires: str | None, before: str, after: str, expected: str
) -> None:
    assert said(effect(requires, before, after)) == expected


IN_PLACE, BEHAVIOR, ADDITION = (
    "component: c#api, effect: breaking",
    "component: c#api, effect: change",
    "component: c#api, effect: addition",
)


@pytest.mark.parametrize(
    ("work", "level", "reason"),
    [
        pytest.param(IN_PLACE, "breaks", "in-place", id="broken in place"),
        pytest.param(BEHAVIOR, "at-risk", "behaviour", id="behavior changes"),
        pytest.param(ADDITION, "gains", "addition", id="an addition without a version"),
    ],
)
@pytest.mark.parametrize("requires", [">=2,<3", None])
@pytest.mark.parametrize("versions", ["2.4.0", "2.4.0 deprecated"])
def test_a_change_in_place_concerns_whoever_was_met(
    work: str, level: str, reason: str, requires: str | None, versions: str
) -> None:
    assert said(effect(requires, versions, versions, work)) == f"{level} {reason if requires else 'no-range'}"
    assert said(effect(">=3,<4", versions, versions, work)) == "None pre-existing"


def test_a_version_whose_behavior_does_not_change_is_a_way_out() -> None:
    both = "2.4.0, 2.5.0"
    added = "component: c#api, effect: addition, version: 2.6.0"
    assert said(effect(">=2,<3", both, both, BEHAVIOR)) == "at-risk behaviour"
    # Nobody uses the new version yet.
    assert said(effect(">=2,<3", both, both, BEHAVIOR, added)) == "at-risk behaviour"


def test_a_new_version_declared_to_break_is_unconfirmed() -> None:
    breaking = "component: c#api, effect: breaking, version: 2.6.0"
    removal = "component: c#api, effect: removal, version: 2.4.0"
    assert said(effect(">=2", "2.4.0", "2.4.0", breaking)) == "informed still-met"
    assert said(effect(">=2", "2.4.0", "2.4.0", breaking, removal)) == "at-risk open-range"
    assert said(effect(">=2,<3", "2.4.0", "2.4.0", breaking, removal)) == "informed moved-in-range"


def test_of_several_interfaces_one_broken_in_place_is_a_risk_for_a_reference_without_interface() -> None:
    both = "2.4.0, ui:2.0.0"
    assert said(effect(">=2", both, both, "component: c#ui, effect: breaking", on="c")) == "at-risk not-known"
    assert said(effect(">=2", both, both, "component: c, effect: breaking", on="c")) == "breaks in-place"
    assert said(effect(">=2", both, both, "component: c#ui, effect: breaking")) == "None same"


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
    firm, softened = effect(requires, before, after), effect(requires, before, after, more=", strength: soft")
    assert (firm.level, softened.level, softened.reason) == (hard, soft, firm.reason)


def test_the_same_range_in_other_words_is_no_change() -> None:
    base = component("2.4.0") + '---\nkind: consumer\nid: u\nuses: [{component: c#api, requires: ">=2,<3"}]\n'
    head = base.replace(">=2,<3", "< 3, >= 2")
    assert said(judged(model(base), model(head), today=TODAY)["u"][0]) == "None same"
