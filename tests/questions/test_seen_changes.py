"""What an audience reads of a changed plan, and what it can't."""

import datetime
import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import model
from platctl.model.model import Model
from platctl.model.settings.audience import BUILT_IN, audience
from platctl.outlook.audience import dates_of
from platctl.outlook.compared import Compared
from platctl.questions.changelog.derive import ChangelogOptions, changelog
from platctl.questions.changelog.page import page
from platctl.questions.changelog.report import ChangelogReport
from platctl.questions.changelog.seen_states import both_seen_by
from platctl.questions.changelog.words import subject, text
from platctl.render.data.json import render as json
from platctl.render.page.markdown import render as markdown
from platctl.render.page.text import render as plain

TODAY = datetime.date(2027, 2, 10)
PLAN = """
kind: consumer
id: tv
title: Television
visibility: public
---
kind: initiative
id: passkeys
title: WebAuthn
outcome: Sign in with a finger.
visibility: public
status: planned
for: tv
end: 2027-03-31
"""


def seen(before: str | Model, after: str | Model, name: str, config: str = "") -> ChangelogReport:
    base, head = (model(each, config=config) if isinstance(each, str) else each for each in (before, after))
    reader = audience(name, head.config.audiences)
    assert reader is not None
    options = ChangelogOptions(TODAY, audience=reader, dates=dates_of(head, reader, TODAY))
    return changelog(*both_seen_by(base, head, reader, TODAY), Compared("head", "base"), options)


def told(before: str, after: str, name: str = "customers", config: str = "") -> list[str]:
    return [f"{each.kind}: {subject(each)}: {text(each)}" for each in seen(before, after, name, config).entries]


@pytest.mark.parametrize(
    ("name", "end", "said"),
    [
        ("developers", "2027-05-02", "slipped: WebAuthn: 2027-03-31 -> 2027-05-02, 32 days later"),
        ("by-period", "2027-05-02", "slipped: WebAuthn: 2027-Q1 -> 2027-Q2"),
        ("customers", "2027-05-02", "slipped: Sign in with a finger.: now -> next"),
        ("customers", "2027-08-02", "slipped: Sign in with a finger.: now -> later"),
    ],
)
def test_days_are_as_exact_as_the_audience_may_know_them(name: str, end: str, said: str) -> None:
    config = "audiences: {by-period: {like: developers, dates: period}}"
    report = seen(PLAN, PLAN.replace("2027-03-31", end), name, config)
    assert told(PLAN, PLAN.replace("2027-03-31", end), name, config)[0] == said
    assert all(each.span is None for each in report.entries)
    assert (end in repr(report.entries)) is (name == "developers")


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("2026-12-31", "2027-03-31", "slipped: Sign in with a finger.: was overdue; expected now"),
        ("2026-12-31", "2027-08-02", "slipped: Sign in with a finger.: was overdue; expected later"),
        ("2027-08-02", "2026-12-31", "pulled-in: Sign in with a finger.: later -> a past date"),
    ],
)
def test_a_day_that_has_passed_is_told_in_words(was: str, now: str, said: str) -> None:
    moved = told(*(PLAN.replace("2027-03-31", end) for end in (was, now)))
    assert said in moved
    if was < now:
        assert f"promise-broken: Sign in with a finger., for Television: {PROMISED[now]}" in moved


PROMISED = {
    "2027-03-31": "promised for a past date, expected now",
    "2027-08-02": "promised for a past date, now later",
}
SPANS = ("", "end: 2026-05-31", "end: 2026-12-31", "end: 2027-03-31", "end: 2027-06-30", "end: 2028-01-31")
STAGES = ("idea", "planned", "done", "dropped")
CATALOG = """
---
kind: component
id: identity
visibility: public
interfaces: [{{id: rest, versions: [{{version: 1.0.0, {0}}}, {{version: 2.0.0}}]}}]
---
kind: goal
id: trust
title: Trust
visibility: public
due: {1}
---
kind: initiative
id: removal
title: Removal
visibility: public
status: planned
deadline: {1}
end: {1}
changes: [{{component: identity#rest, effect: removal, version: 1.0.0, date: {1}}}]
"""
EVERYTHING = "audiences: {all: {like: product-managers, dates: horizon, sees: public}}"


def days_of_catalog(day: str) -> str:
    return CATALOG.format(f"sunset: {day}", day)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["customers", "all"])
def test_past_is_no_day_that_a_sentence_names(name: str) -> None:
    kinds: set[str] = set()
    for was, before, now, after in itertools.product(SPANS, STAGES, SPANS, STAGES):
        states = (
            PLAN.replace("end: 2027-03-31", span).replace("planned", stage) + days_of_catalog(span[5:] or "2026-01-31")
            for span, stage in ((was, before), (now, after))
        )
        for each in told(*states, name, EVERYTHING):
            kinds.add(each.partition(":")[0])
            assert not re.search(r"\bpast\b(?! date)|None", each), each
    assert {"slipped", "overdue", "promise-broken", "delivered", "dropped"} <= kinds
    assert name == "customers" or {"goal-moved", "sunset-moved", "offer-planned"} <= kinds


@pytest.mark.parametrize(
    ("name", "end", "said"),
    [
        ("developers", "2027-02-09", "overdue: WebAuthn: overdue since 2027-02-09, by 1 day"),
        ("by-period", "2026-12-30", "overdue: WebAuthn: overdue since 2026-Q4"),
        ("customers", "2026-12-30", "overdue: Sign in with a finger.: overdue"),
    ],
)
def test_overdue_work_is_told_of_with_the_days_that_the_audience_may_know(name: str, end: str, said: str) -> None:
    config = "audiences: {by-period: {like: developers, dates: period}}"
    ended = PLAN.replace("2027-03-31", end)
    assert told(PLAN.replace("planned", "idea"), ended, name, config)[0] == said


@pytest.mark.parametrize("name", ["by-period", "customers"])
def test_who_knows_no_days_is_told_once_the_whole_period_has_passed(name: str) -> None:
    config = "audiences: {by-period: {like: developers, dates: period}}"
    ended = PLAN.replace("2027-03-31", "2027-01-05")
    assert not [each for each in told(ended, ended, name, config) if "overdue" in each]


def test_who_may_not_read_a_status_is_not_told_what_is_overdue() -> None:
    config = "audiences: {some: {statuses: [planned], fields: [title, for, start, end], wording: []}}"
    ended = PLAN.replace("2027-03-31", "2026-12-30")
    assert [each.partition(":")[0] for each in told(ended.replace("planned", "idea"), ended, "some", config)] == [
        "added"
    ]


def test_what_moves_within_what_may_be_known_has_not_moved() -> None:
    later = PLAN.replace("2027-03-31", "2027-03-15")
    assert told(PLAN, later) == told(later, PLAN) == []


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_an_audience_reads_titles_and_no_ids_to_type(name: str) -> None:
    shown = plain(page(seen(PLAN, PLAN.replace("2027-03-31", "2028-03-31"), name)), width=200, color=False)
    assert "(passkeys)" not in shown


def test_work_that_customers_read_of_no_more_is_dropped_whatever_became_of_it() -> None:
    gone = ["dropped: Sign in with a finger.: no longer in the plan (was planned); was to end now"]
    gone += ["promise-broken: Sign in with a finger., for Television: promised for now, no longer in the plan"]
    for status in ("dropped", "parked", "shaped"):
        assert told(PLAN, PLAN.replace("status: planned", f"status: {status}")) == gone


def test_what_becomes_confidential_is_not_spoken_of() -> None:
    hidden = PLAN.replace("outcome: Sign in with a finger.\nvisibility: public", "visibility: internal")
    assert told(PLAN, hidden) == []


def test_what_becomes_public_is_added() -> None:
    hidden = PLAN.replace("finger.\nvisibility: public", "finger.\nvisibility: internal")
    assert told(hidden, PLAN) == ["added: Sign in with a finger.: planned, ends now"]


@pytest.mark.parametrize(
    ("was", "now"), [("shaped", "planned"), ("planned", "active"), ("idea", "shaped"), ("planned", "parked")]
)
def test_who_may_not_read_a_status_reads_nothing_that_follows_from_it_alone(was: str, now: str) -> None:
    every = "idea, shaped, planned, active, parked"
    config = f"audiences: {{some: {{statuses: [{every}], fields: [title, for, start, end], wording: []}}}}"
    states = (PLAN.replace("status: planned", f"status: {status}") for status in (was, now))
    assert told(*states, "some", config) == []


def test_a_visibility_that_can_not_be_read_hides_what_base_says() -> None:
    assert told(PLAN, PLAN.replace("finger.\nvisibility: public", "finger.\nvisibility: hidden")) == []


def test_a_rename_is_followed_though_former_names_may_not_be_read() -> None:
    after = PLAN.replace("id: tv\n", "id: television\naliases: [tv]\n").replace("for: tv", "for: television")
    after = after.replace("id: passkeys", "id: finger\naliases: [passkeys]").replace("2027-03-31", "2027-05-02")
    assert [each.split(":")[0] for each in told(PLAN, after)] == ["slipped", "promise-broken"]


def test_what_could_not_be_read_is_neither_dropped_nor_broken() -> None:
    broken = model(PLAN.split("---")[0], "kind: initiative\nid: passkeys\nstatus: [\n")
    assert seen(model(PLAN), broken, "customers").entries == ()


MARK = "zebra"
SECRET = """
kind: consumer
id: tv
title: Television
visibility: public
product_manager: {mark}
tier: {tier}
uses: [identity, {mark}-engine]
---
kind: component
id: identity
visibility: public
owner: {mark}-team
version: "{version}"
depends_on: [{mark}-engine]
---
kind: component
id: {mark}-engine
visibility: restricted
version: "{version}"
---
kind: team
id: {mark}-team
visibility: restricted
title: {mark} {version}
---
kind: goal
id: {mark}-goal
visibility: restricted
weight: {tier}
---
kind: initiative
id: passkeys
outcome: Sign in with a finger.
title: Passkeys
visibility: public
status: planned
for: tv
owner: {mark}-team
requested_by: [{mark}-partner, tv]
goals: [{mark}-goal]
depends_on: [{mark}-work]
effort: {{{mark}-team: {tier}}}
changes:
  - {{component: {mark}-engine, effect: addition, version: "{version}.1", note: {mark}}}
  - {{component: identity, effect: addition, version: "{version}.1"}}
end: 2027-0{tier}-01
---
kind: consumer
id: {mark}-partner
visibility: restricted
---
kind: initiative
id: {mark}-work
visibility: restricted
status: {status}
requested_by: [tv]
end: 2027-0{tier}-02
scores: {{reach: {tier}}}
---
kind: decision
id: first
chose: passkeys
over: [{mark}-work]
why: {mark}
"""


@pytest.mark.parametrize("name", sorted(BUILT_IN))
@pytest.mark.parametrize("turned", [False, True])
def test_nothing_of_what_is_restricted_is_in_any_output(name: str, turned: bool) -> None:
    states = [
        SECRET.format(mark=MARK, tier=tier, version=version, status=status)
        for tier, version, status in ((3, "1", "planned"), (6, "2", "dropped"))
    ]
    before, after = reversed(states) if turned else states
    report = seen(before, after, name)
    assert report.entries
    outputs = (plain(page(report), width=80, color=False), markdown(page(report)), json(report, "changelog"))
    assert all(MARK not in output.lower() for output in outputs)


def test_customers_read_nothing_of_fields_that_are_not_theirs() -> None:
    fields = "{{title: {0}, description: {0}, owner: {0}, tags: [{0}], proposed_by: {0}, x-{0}: {0}, risks: [{0}]}}"
    before, after = (
        PLAN.replace("title: WebAuthn", fields.format(f"{MARK}-{nth}")[1:-1].replace(", ", "\n")) for nth in (1, 2)
    )
    assert told(before, after) == []
    output = json(seen(before, after.replace("2027-03-31", "2027-05-02"), "customers"), "changelog")
    assert "Sign in with a finger." in output
    assert MARK not in output
    assert MARK in json(seen(before, after, "product-managers"), "changelog")


def test_what_is_counted_is_what_is_seen() -> None:
    states = [SECRET.format(mark=MARK, tier=tier, version="1", status="planned") for tier in (3, 6)]
    report = seen(states[0], states[1], "customers")
    assert [(kind.value, count) for kind, count in report.totals.items()] == [("slipped", 1), ("promise-broken", 1)]


KINDS = ("component", "consumer", "initiative", "team", "goal", "decision")


@st.composite
def states(draw: st.DrawFn) -> tuple[str, str]:
    """Two states of some entities that refer to each other, some of them restricted in one state or in both.

    Of those, whatever only the restricted state says holds the mark; the id does if head restricts them.
    """
    names: dict[str, list[str]] = {kind: [] for kind in KINDS}
    entities = []
    for number in range(draw(st.integers(2, 8))):
        kind = draw(st.sampled_from(KINDS))
        is_secret = draw(st.booleans()), draw(st.booleans())
        name = f"{MARK if is_secret[1] else 'open'}-{number}"
        names[kind].append(name)
        entities.append((kind, name, is_secret))
    before, after = (
        "---\n".join(draw(written(kind, name, names, is_secret=is_secret[nth])) for kind, name, is_secret in entities)
        for nth in (0, 1)
    )
    return before, after


@st.composite
def written(draw: st.DrawFn, kind: str, name: str, names: dict[str, list[str]], *, is_secret: bool) -> str:
    """One entity in one state."""
    mark = MARK if is_secret else "open"
    lines = [f"kind: {kind}", f"id: {name}", f"visibility: {'restricted' if is_secret else 'public'}"]
    lines += [f"title: {mark} {draw(st.integers(1, 2))}", f"description: {mark}"]

    def some(of: str) -> list[str]:
        return draw(st.lists(st.sampled_from(names[of]), unique=True)) if names[of] else []

    if owner := some("team"):
        lines.append(f"owner: {owner[0]}")
    match kind:
        case "component":
            lines += [f"depends_on: {some('component')}", f"version: {draw(st.integers(1, 2))}.0"]
        case "consumer":
            lines += [f"uses: {some('component')}", f"tier: {draw(st.integers(1, 2))}"]
        case "initiative":
            changes = "".join(f"\n  - {{component: {each}, effect: removal}}" for each in some("component"))
            lines += [f"status: {draw(st.sampled_from(('shaped', 'planned', 'active', 'done', 'dropped')))}"]
            lines += [f"end: 2027-0{draw(st.integers(1, 9))}-02", f"outcome: {mark}", f"effort: {{{mark}: 2}}"]
            lines += [
                f"requested_by: {some('consumer')}",
                f"depends_on: {some('initiative')}",
                f"goals: {some('goal')}",
            ]
            lines += [f"for: {each}" for each in some("consumer")[:1]] + ([f"changes:{changes}"] if changes else [])
        case "decision" if chosen := some("initiative"):
            lines += [f"chose: {chosen[0]}", f"over: {chosen[1:]}", f"why: {mark}"]
    return "\n".join(lines) + "\n"


@settings(max_examples=5 * settings.default.max_examples // 2)
@given(states(), st.sampled_from(sorted(BUILT_IN)))
def test_whatever_is_restricted_in_a_state_leaves_no_trace_of_it(pair: tuple[str, str], name: str) -> None:
    report = seen(*pair, name)
    outputs = (plain(page(report), width=200, color=False), markdown(page(report)), json(report, "changelog"))
    assert all(MARK not in output.lower() for output in outputs)
