"""What changed in the plan: each kind of change, told once, and nothing left out."""

import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import model
from costs import calls
from pasts import on
from platctl.model.ref import Ref
from platctl.outlook.compared import Compared
from platctl.outlook.lifelines import lives
from platctl.outlook.recollection import recall
from platctl.questions.changelog.derive import ChangelogOptions, changelog
from platctl.questions.changelog.page import page
from platctl.questions.changelog.report import ChangelogReport, Kind, Promise
from platctl.questions.changelog.words import subject, text
from platctl.questions.history.derive import story
from platctl.questions.history.page import story_page
from platctl.render.page.text import render

PLANNED = """
kind: initiative
id: passkeys
title: Passkeys
status: planned
owner: access
requested_by: [web]
effort: {access: 10}
changes: [{component: identity, effect: addition, version: "2.1"}]
end: 2027-03-31
---
kind: consumer
id: web
title: Web
uses: [identity]
---
kind: component
id: identity
title: Identity
version: "2.0"
---
kind: team
id: access
title: Access
"""


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def compared(
    before: str,
    after: str,
    *,
    today: str | None = None,
    since: str | None = None,
    **options: object,
) -> ChangelogReport:
    now, then = (day(each) if each else None for each in (today, since))
    asked = ChangelogOptions(now, then, **options)  # type: ignore[arg-type]
    return changelog(model(before), model(after), Compared("head", "base"), asked)


def told(before: str, after: str, **options: object) -> list[str]:
    """Every entry as `kind: who, what`, in order."""
    return entries(compared(before, after, **options))  # type: ignore[arg-type]


def entries(report: ChangelogReport) -> list[str]:
    return [f"{each.kind}: {subject(each)}: {text(each)}" for each in report.entries]


def edited(*changes: tuple[str, str], **options: object) -> list[str]:
    """What is told of edits of the planned work."""
    after = PLANNED
    for old, new in changes:
        assert old in after
        after = after.replace(old, new)
    return told(PLANNED, after, **options)


# Work -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("idea", "proposed: Later: idea"),
        ("proposed", "proposed: Later: proposed"),
        ("planned", "added: Later: planned, ends 2027-06-30"),
        ("active", "added: Later: active, ends 2027-06-30"),
        ("done", "delivered: Later: done 2027-06-30"),
        ("parked", "given-up: Later: parked"),
    ],
)
def test_new_work_is_told_by_how_far_it_is(status: str, said: str) -> None:
    new = f"---\nkind: initiative\nid: later\ntitle: Later\nstatus: {status}\nperiod: 2027-Q2\n"
    assert told(PLANNED, PLANNED + new) == [said]


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ("idea", "proposed", "stage-changed: X: proposed (was idea)"),
        ("shaped", "planned", "added: X: planned (was shaped), ends 2027-06-30"),
        ("done", "active", "added: X: active (was done), ends 2027-06-30"),
        ("planned", "active", "started: X: active (was planned), ends 2027-06-30"),
        ("active", "planned", "stage-changed: X: planned (was active), ends 2027-06-30"),
        ("active", "dropped", "dropped: X: dropped (was active); was to end 2027-06-30"),
        ("planned", "parked", "dropped: X: parked (was planned); was to end 2027-06-30"),
        ("planned", "shaped", "dropped: X: shaped (was planned); was to end 2027-06-30"),
        ("proposed", "dropped", "given-up: X: dropped (was proposed)"),
        ("idea", "done", "delivered: X: done 2027-06-30"),
    ],
)
def test_a_status_that_moves_is_told_once(was: str, now: str, said: str) -> None:
    document = "kind: initiative\nid: x\ntitle: X\nend: 2027-06-30\nstatus: "
    assert told(document + was, document + now) == [said]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("planned", "dropped: X: no longer in the plan (was planned)"),
        ("idea", "given-up: X: no longer in the plan (was idea)"),
        ("done", "entity-removed: X: no longer in the plan (was done)"),
    ],
)
def test_work_that_is_no_longer_written_down_is_told_by_how_far_it_was(status: str, said: str) -> None:
    assert said in told(f"kind: initiative\nid: x\ntitle: X\nstatus: {status}", "kind: team\nid: y")


@pytest.mark.parametrize(
    ("end", "today", "said"),
    [
        ("2027-03-31", None, "on time, 2027-03-31"),
        ("2027-03-31", "2027-05-01", "on time, 2027-03-31"),
        ("2027-03-31", "2027-03-01", "30 days early: planned 2027-03-31, done 2027-03-01"),
        ("2027-03-15", "2027-05-01", "16 days early: planned 2027-03-31, done 2027-03-15"),
        ("2027-04-01", "2027-05-01", "1 day late: planned 2027-03-31, done 2027-04-01"),
    ],
)
def test_a_delivery_is_early_on_time_or_late_against_the_end_that_base_had_planned(
    end: str, today: str | None, said: str
) -> None:
    found = edited(("status: planned", "status: done"), ("end: 2027-03-31", f"end: {end}"), today=today)
    assert found[0] == f"delivered: Passkeys: {said}"


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("end: 2027-04-30", "slipped: Passkeys: 2027-03-31 -> 2027-04-30, 30 days later"),
        ("period: 2027-Q2", "slipped: Passkeys: 2027-03-31 -> 2027-06-30, 91 days later"),
        ("end: 2027-03-01", "pulled-in: Passkeys: 2027-03-31 -> 2027-03-01, 30 days earlier"),
        ("", "undated: Passkeys: was to end 2027-03-31; no end date now"),
    ],
)
def test_an_end_that_moves_says_from_where_to_where_and_by_how_much(end: str, said: str) -> None:
    assert edited(("end: 2027-03-31", end))[0] == said


def test_an_end_written_as_a_period_that_ends_on_the_same_day_has_not_moved() -> None:
    assert edited(("end: 2027-03-31", "period: 2027-Q1")) == [
        "other: Passkeys (initiative): end: removed, was 2027-03-31",
        "other: Passkeys (initiative): period: set to 2027-Q1",
    ]


def test_work_that_had_no_end_gets_one() -> None:
    before = PLANNED.replace("end: 2027-03-31\n", "")
    assert told(before, PLANNED) == [
        "dated: Passkeys: ends 2027-03-31; no end date before",
        "offer-planned: identity: 2.1 to be added on 2027-03-31, by Passkeys",
    ]


def since(commit: int, *texts: str, head: str | None = None, **options: object) -> list[str]:
    """What is told since a commit of a history of these texts, up to the last one or a head that is not committed."""
    past = on(*((f"2027-0{number}-01", text) for number, text in enumerate(texts, 1)))
    base, now = model(texts[commit]), model(texts[-1] if head is None else head)
    today = past.moments[-1].at.date
    known = recall(past, f"{commit:040}", now, today)
    asked = ChangelogOptions(today, past.moments[commit].at.date, history=known, **options)  # type: ignore[arg-type]
    return entries(changelog(base, now, Compared("head", "base"), asked))


@pytest.mark.parametrize(
    ("commit", "said"),
    [
        (0, "2027-08-31 -> 2027-12-31, 122 days later, 3rd slip"),
        (2, "2027-10-31 -> 2027-12-31, 61 days later, 3rd slip"),
    ],
)
def test_which_time_it_slips_is_said_where_the_history_is_known(commit: int, said: str) -> None:
    ends = ("2027-08-31", "2027-09-30", "2027-10-31", "2027-12-31")
    texts = [PLANNED.replace("2027-03-31", end) for end in ends]
    assert since(commit, *texts)[0] == f"slipped: Passkeys: {said}"
    assert since(2, *texts[:3], head=texts[3])[0].endswith("3rd slip")
    assert told(texts[2], texts[3])[0] == "slipped: Passkeys: 2027-10-31 -> 2027-12-31, 61 days later"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'changes: [{component: identity, effect: addition, version: "2.1"}]\n',
            "",
            "descoped: Passkeys: without addition of identity 2.1",
        ),
        (
            'version: "2.1"}]',
            'version: "2.1"}, {component: mail, effect: removal}]',
            "extended: Passkeys: with removal of mail",
        ),
        ("effect: addition", "effect: breaking", "rescoped: Passkeys: effect of identity: addition -> breaking"),
        ("requested_by: [web]\n", "", "descoped: Passkeys: no longer for Web"),
        ("requested_by: [web]", "requested_by: [web, tv]", "extended: Passkeys: now also for tv"),
        ("access: 10", "access: 8", "descoped: Passkeys: effort 10 -> 8 person-weeks"),
        ("access: 10", "access: 12", "extended: Passkeys: effort 10 -> 12 person-weeks"),
        ("access: 10", "access: 9", "other: Passkeys (initiative): effort.access: 10 -> 9"),
    ],
)
def test_the_scope_of_promised_work_is_changes_consumers_and_effort(old: str, new: str, said: str) -> None:
    assert said in edited((old, new))


def test_the_scope_of_a_proposal_is_a_field_like_any_other() -> None:
    idea = PLANNED.replace("status: planned", "status: idea")
    assert told(idea, idea.replace("requested_by: [web]\n", "")) == [
        "other: Passkeys (initiative): requested_by[1]: removed, was Web"
    ]


# Promises -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("status: planned", "status: done", "kept: promised for 2027-03-31, done 2027-03-31"),
        ("status: planned", "status: parked", "broken: promised for 2027-03-31, parked"),
        ("status: planned", "status: shaped", "broken: promised for 2027-03-31, shaped"),
        ("end: 2027-03-31", "end: 2027-04-01", "broken: promised for 2027-03-31, now 2027-04-01"),
        ("end: 2027-03-31", "", "broken: promised for 2027-03-31, no end date now"),
        ("requested_by: [web]", "", "broken: promised for 2027-03-31, no longer for this consumer"),
        ("end: 2027-03-31", "end: 2027-03-01", "open"),
        ("requested_by: [web]", "for: web", "open"),
        ("title: Passkeys", "title: Passkeys and more", "open"),
    ],
)
def test_a_promise_is_kept_broken_or_can_still_be_kept(old: str, new: str, said: str) -> None:
    report = compared(PLANNED, PLANNED.replace(old, new), today="2027-05-01" if "done" in new else "2027-02-01")
    found = [
        f"{each.kind.value.removeprefix('promise-')}: {text(each)}" for each in report.entries if "promise" in each.kind
    ]
    assert (found or ["open"], report.open_promises) == ([said], 1 if said == "open" else 0)


def test_a_promise_is_broken_by_a_delivery_after_the_day() -> None:
    late = edited(("status: planned", "status: done"), ("end: 2027-03-31", "end: 2027-04-02"), today="2027-05-01")
    assert "promise-broken: Passkeys, for Web: promised for 2027-03-31, done 2027-04-02" in late


def test_a_promise_is_broken_when_its_day_has_passed_and_nothing_is_done() -> None:
    broken = [
        "overdue: Passkeys: overdue since 2027-03-31, by 1 day",
        "promise-broken: Passkeys, for Web: promised for 2027-03-31, not done",
    ]
    assert told(PLANNED, PLANNED, today="2027-03-31", since="2027-03-01") == []
    assert told(PLANNED, PLANNED, today="2027-04-01", since="2027-03-01") == broken
    assert told(PLANNED, PLANNED, today="2027-04-01", since="2027-03-31") == broken


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2027-03-31", "done 2027-02-01, before its end 2027-03-31"),
        ("2027-01-10", "done 2027-02-01, after its end 2027-01-10"),
        ("2027-02-01", "done 2027-02-01"),
        ("", "done 2027-02-01, without a planned end"),
    ],
)
def test_work_that_was_never_promised_is_done_before_or_after_the_end_that_it_has(end: str, said: str) -> None:
    dated = PLANNED.replace("end: 2027-03-31", f"end: {end}" if end else "")
    idea, done = (dated.replace("status: planned", f"status: {each}") for each in ("idea", "done"))
    found = on(("2027-01-01", idea), ("2027-02-01", done))
    assert since(0, idea, done)[0] == f"delivered: Passkeys: {said}"
    report = story(found, lives(found).named[Ref("initiative", "default", "passkeys")])
    assert said in render(story_page(report), width=200, color=False)


@pytest.mark.parametrize(
    ("commit", "said"),
    [
        (0, "on time, 2027-04-01; at the start promised for 2027-03-31"),
        (1, "on time, 2027-04-01; at the start promised for 2027-03-15"),
        (2, "on time, 2027-04-01"),
    ],
)
def test_work_is_on_time_by_the_last_promised_end_and_the_one_at_the_start_is_told(commit: int, said: str) -> None:
    texts = [PLANNED.replace("2027-03-31", end) for end in ("2027-03-31", "2027-03-15", "2027-04-01")]
    done = texts[2].replace("status: planned", "status: done")
    assert since(commit, *texts, done)[0] == f"delivered: Passkeys: {said}"
    assert since(commit, *texts[: commit + 1], head=done)[0].startswith("delivered: Passkeys: ")


def test_work_that_was_done_and_then_removed_is_delivered_and_not_dropped() -> None:
    done, gone = PLANNED.replace("status: planned", "status: done"), PLANNED.partition("---\n")[2]
    assert since(0, PLANNED, done, gone)[:2] == [
        "delivered: Passkeys: 58 days early: planned 2027-03-31, done 2027-02-01",
        "promise-kept: Passkeys, for Web: promised for 2027-03-31, done 2027-02-01",
    ]
    other = PLANNED.replace("2027-03-31", "2027-12-31")
    assert [each.split(":")[0] for each in since(0, PLANNED, done, gone, other)][:2] == ["delivered", "added"]


def test_what_was_overdue_before_is_no_news_but_counted() -> None:
    report = compared(PLANNED, PLANNED, today=day("2027-05-01").isoformat(), since="2027-04-01")
    assert (entries(report), report.still_overdue) == ([], 1)
    assert "Still overdue: 1" in render(page(report), width=100, color=False)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("end: 2027-03-31", "end: 2027-04-10", ["slipped", "overdue"]),
        ("status: planned", "status: active", ["started"]),
        ("status: planned", "status: done", ["delivered"]),
        ("status: planned", "status: proposed", ["dropped"]),
        ("end: 2027-03-31", "", ["undated"]),
    ],
)
def test_work_that_was_overdue_is_told_of_again_if_its_new_day_has_passed_too(
    before: str, after: str, said: list[str]
) -> None:
    report = compared(PLANNED, PLANNED.replace(before, after), today="2027-05-01", since="2027-04-05")
    of_work = {"slipped", "overdue", "started", "delivered", "dropped", "undated"}
    assert [each.kind.value for each in report.entries if each.kind in of_work] == said
    assert report.still_overdue == (said == ["started"])


def test_new_work_whose_day_has_passed_is_overdue() -> None:
    idea = PLANNED.replace("status: planned", "status: idea")
    assert "overdue: Passkeys: overdue since 2027-03-31, by 2 days" in told(idea, PLANNED, today="2027-04-02")


def test_nothing_was_promised_to_a_consumer_that_is_gone_nor_by_work_that_nobody_had_committed() -> None:
    gone = PLANNED.replace("kind: consumer\nid: web\ntitle: Web\nuses: [identity]\n---\n", "").replace("[web]", "[]")
    assert not compared(PLANNED, gone).totals.keys() & {Kind.PROMISE_BROKEN, Kind.PROMISE_KEPT}
    idea = PLANNED.replace("status: planned", "status: shaped")
    assert not compared(idea, idea.replace("shaped", "dropped")).totals.keys() & {Kind.PROMISE_BROKEN}


# Priorities and decisions ---------------------------------------------------------------------------------------


def scored(**reach: int) -> str:
    return "---\n".join(
        f"kind: initiative\nid: {name}\nstatus: shaped\neffort: {{a: 1}}\n"
        f"scores: {{reach: {number}, impact: 1, confidence: 1}}\n"
        for name, number in reach.items()
    )


def test_only_work_that_moved_against_the_others_is_reprioritised() -> None:
    found = told(scored(a=9, b=8, c=7, d=6), scored(a=9, b=8, c=7, d=10))
    assert found == [
        "reprioritised: d: rank 4 -> 1 (rice)",
        "other: d (initiative): scores.reach: 6 -> 10",
    ]


def test_work_that_is_done_reprioritises_nobody() -> None:
    before = scored(a=9, b=8, c=7)
    assert [each.split(":")[0] for each in told(before, before.replace("shaped", "done", 1))] == ["delivered"]


def test_another_class_is_another_priority() -> None:
    config = "scoring: {model: moscow}"
    before = "kind: initiative\nid: a\nscores: {moscow: could}\n---\nkind: initiative\nid: b\nscores: {moscow: must}"
    base, head = (model(each, config=config) for each in (before, before.replace("could", "must")))
    report = changelog(base, head, Compared("head", "base"), ChangelogOptions())
    assert [text(each) for each in report.entries if each.kind is Kind.REPRIORITISED] == ["could -> must (moscow)"]


@pytest.mark.parametrize("config", ["scoring: {model: rise}", "scoring: {model: [rice]}"])
def test_without_a_scoring_model_that_can_be_read_it_is_said_that_nothing_is_ranked(config: str) -> None:
    base, head = (model(scored(a=9, b=number), config=config) for number in (8, 10))
    report = changelog(base, head, Compared("head", "base"), ChangelogOptions())
    assert (report.is_ranked, [*report.totals]) == (False, [Kind.OTHER])
    assert "Ranks are not compared" in str(page(report))


def test_a_recorded_decision_says_what_goes_first() -> None:
    decision = "---\nkind: decision\nid: first\nchose: passkeys\nover: [wallets]\nby: Elif\nwhy: Because.\n"
    assert told(PLANNED, PLANNED + decision) == ["decided: first: Passkeys before wallets, by Elif"]


# Versions -------------------------------------------------------------------------------------------------------

OFFERS = """
kind: component
id: identity
interfaces:
  - id: rest
    versions:
      - version: "2.0"
      - version: "3.0"
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'version: "2.0"',
            'version: "2.0"\n        sunset: 2027-03-31\n        successor: "3.0"\n        migration: 4',
            "deprecated: identity#rest 2.0: sunset 2027-03-31, move to 3.0, migration 4 person-weeks",
        ),
        (
            'version: "2.0"',
            'version: "2.0"\n        lifecycle: deprecated',
            "deprecated: identity#rest 2.0: no sunset date",
        ),
        ('version: "2.0"', 'version: "2.0"\n        lifecycle: retired', "version-removed: identity#rest 2.0: removed"),
        ('      - version: "2.0"\n', "", "version-removed: identity#rest 2.0: removed"),
        (
            '      - version: "3.0"\n',
            '      - version: "3.0"\n      - version: "3.1"\n',
            "version-added: identity#rest 3.1: available",
        ),
        (
            "id: identity\n",
            "id: identity\nlifecycle: deprecated\nsuccessor: iam\n",
            "deprecated: identity: no sunset date, move to iam",
        ),
    ],
)
def test_what_is_on_offer_comes_ends_and_goes(old: str, new: str, said: str) -> None:
    assert old in OFFERS
    assert told(OFFERS, OFFERS.replace(old, new)) == [said]


def test_a_sunset_that_moves_and_a_deprecation_that_is_taken_back() -> None:
    ending = OFFERS.replace('version: "2.0"', 'version: "2.0"\n        sunset: 2027-03-31')
    later = ending.replace("2027-03-31", "2027-06-30")
    assert told(ending, later) == ["sunset-moved: identity#rest 2.0: sunset 2027-03-31 -> 2027-06-30, 91 days later"]
    assert told(ending, OFFERS) == ["relieved: identity#rest 2.0: no longer deprecated"]


def test_the_day_of_a_deprecation_alone_is_a_field() -> None:
    ending = OFFERS.replace('version: "2.0"', 'version: "2.0"\n        deprecated: 2026-01-01')
    other = ending.replace("2026-01-01", "2026-02-01")
    assert told(ending, other) == [
        "other: identity (component): interfaces[1].versions[1].deprecated: 2026-01-01 -> 2026-02-01"
    ]


def test_a_version_that_stands_alone_takes_the_place_of_the_one_before() -> None:
    before = 'kind: component\nid: identity\nversion: "2.0"\n'
    assert told(before, before.replace("2.0", "3.0")) == ["version-replaced: identity: 2.0 -> 3.0"]
    assert told(before, before.replace('version: "2.0"', 'versions: [{version: "2.0"}]')) == []


def test_what_is_planned_for_versions_moves_with_the_plan() -> None:
    assert "offer-planned: identity: 2.1 to be added on 2027-04-30 (was 2027-03-31), by Passkeys" in edited(
        ("end: 2027-03-31", "end: 2027-04-30")
    )
    assert "offer-planned: identity: withdrawn: 2.1 to be added on 2027-03-31, by Passkeys" in edited(
        ("status: planned", "status: parked")
    )


# Goals, owners, everything else ---------------------------------------------------------------------------------

GOAL = """
kind: goal
id: trust
title: Trust
due: 2027-06-30
weight: 2
owner: access
metrics: [{id: share, title: Share, target: 80, values: {2026-10-01: 40}}]
"""


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("due: 2027-06-30", "due: 2027-Q4", "goal-moved: Trust: due: 2027-06-30 -> 2027-Q4"),
        ("target: 80", "target: 70", "goal-moved: Trust: target of Share: 80 -> 70"),
        ("weight: 2", "weight: 3", "goal-moved: Trust: weight: 2 -> 3"),
        ("weight: 2", "weight: 2\nparent: vision", "goal-moved: Trust: parent: set to vision"),
        ("owner: access", "owner: media", "owner-changed: Trust (goal): owner: access -> media"),
        ("owner: access\n", "", "owner-changed: Trust (goal): owner: removed, was access"),
        ("40", "45", "other: Trust (goal): metrics[1].values.2026-10-01: 40 -> 45"),
        ("title: Trust", "title: Faith", "other: Faith (goal): title: Trust -> Faith"),
    ],
)
def test_goals_and_owners_move_and_everything_else_is_told_too(old: str, new: str, said: str) -> None:
    assert told(GOAL, GOAL.replace(old, new, 1)) == [said]


def test_entities_come_go_and_are_renamed() -> None:
    before = "kind: component\nid: a\n---\nkind: consumer\nid: b\n---\nkind: team\nid: c\n---\nkind: goal\nid: d\n"
    after = "kind: component\nid: a2\naliases: [a]\n---\nkind: consumer\nid: b2\n---\nkind: team\nid: c\n"
    assert told(before, after) == [
        "goal-removed: d: goal",
        "entity-added: b2: consumer",
        "entity-removed: b: consumer",
        "renamed: a2: component, renamed from a",
    ]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("[identity, mail]", "dependency-added: Web: depends on mail"),
        ("[]", "dependency-removed: Web: no longer depends on Identity (identity)"),
        (
            '[{component: identity, requires: ">=2"}]',
            "dependency-changed: Web: Identity (identity), requires: set to >=2",
        ),
        (
            "[{component: identity, confirmed: 2027-01-01}]",
            "other: Web (consumer): identity, confirmed: set to 2027-01-01",
        ),
    ],
)
def test_what_an_entity_stands_on_comes_goes_and_asks_for_something_else(now: str, said: str) -> None:
    assert edited(("uses: [identity]", f"uses: {now}")) == [said]


def test_a_rename_is_followed_wherever_the_entity_is_named() -> None:
    after = PLANNED.replace("id: web", "id: portal\naliases: [web]")
    assert told(PLANNED, after) == ["renamed: Web: consumer, renamed from web"]


# For whom -------------------------------------------------------------------------------------------------------

TWO = (
    PLANNED
    + """
---
kind: consumer
id: tv
uses: [gateway]
---
kind: component
id: gateway
depends_on: ["identity#rest"]
interfaces: [{id: rest, version: "1"}, {id: events, version: "1"}]
---
kind: component
id: billing
"""
)


def consumer(name: str) -> Ref:
    return Ref("consumer", "default", name)


def test_a_consumer_reads_what_it_asked_for_what_it_stands_on_and_what_it_was_promised() -> None:
    after = TWO.replace("end: 2027-03-31", "end: 2027-04-30").replace("id: billing", "id: billing\ntitle: Billing")
    kinds = {name: [*compared(TWO, after, consumer=consumer(name)).totals] for name in ("web", "tv")}
    assert kinds == {
        "web": [Kind.SLIPPED, Kind.PROMISE_BROKEN, Kind.OFFER_PLANNED],
        "tv": [Kind.OFFER_PLANNED],
    }


def test_an_interface_that_nobody_on_the_way_uses_does_not_concern_a_consumer() -> None:
    base = "kind: consumer\nid: tv\nuses: ['gateway#rest']\n---\nkind: component\nid: gateway\ninterfaces: "
    before, after = base + "[{id: rest}, {id: events}]", base + "[{id: rest, version: 1}, {id: events, version: 1}]"
    (entry,) = compared(before, after, consumer=consumer("tv")).entries
    assert entry.fact.interface == "rest"  # type: ignore[union-attr]


def test_what_is_selected_is_told_with_what_speaks_of_it() -> None:
    after = TWO.replace("end: 2027-03-31", "end: 2027-04-30").replace("id: billing", "id: billing\ntitle: Billing")
    report = compared(TWO, after, only=frozenset({consumer("web")}))
    assert [*report.totals] == [Kind.PROMISE_BROKEN]


# Nothing left out -----------------------------------------------------------------------------------------------

STATUSES = ("idea", "proposed", "shaped", "planned", "active", "done", "dropped", "parked")


@st.composite
def plans(draw: st.DrawFn) -> str:
    """Some initiatives with a status, an end, somebody who waits, an effort and a change."""
    documents = ["kind: consumer\nid: web\n", "kind: component\nid: api\nversion: 1\n"]
    for name in draw(st.lists(st.sampled_from("abcd"), unique=True)):
        lines = [f"kind: initiative\nid: {name}\nstatus: {draw(st.sampled_from(STATUSES))}"]
        lines += draw(st.lists(st.sampled_from(FIELDS), unique_by=lambda each: each.split(":")[0]))
        documents.append("\n".join(lines) + "\n")
    return "---\n".join(documents)


FIELDS = (
    "end: 2027-03-31",
    "end: 2027-06-30",
    "start: 2027-01-01",
    "period: 2027-Q2",
    "requested_by: [web]",
    "for: web",
    "effort: {x: 5}",
    "effort: {x: 6}",
    "changes: [{component: api, effect: removal}]",
    "changes: [{component: api, effect: addition, version: 2}]",
    "owner: y",
    "title: T",
    "scores: {reach: 1, impact: 1, confidence: 1}",
    "x-mine: 1",
)


@given(plans())
def test_from_a_model_to_itself_nothing_changed(document: str) -> None:
    report = compared(document, document)
    assert (report.entries, dict(report.totals)) == ((), {})


@given(plans(), plans())
def test_every_piece_of_work_that_differs_is_told(before: str, after: str) -> None:
    base, head = model(before), model(after)
    report = changelog(base, head, Compared("head", "base"), ChangelogOptions())
    differs = {
        ref
        for ref in base.initiatives.keys() | head.initiatives.keys()
        if base.initiatives.get(ref) != head.initiatives.get(ref)
        or (ref in base.initiatives and base.initiatives[ref].extensions != head.initiatives[ref].extensions)
    }
    assert differs <= {each.entity.ref for each in report.entries}
    assert sum(report.totals.values()) == len(report.entries)


def test_a_page_names_entities_with_the_id_to_type() -> None:
    edits = (("2027-03-31", "2027-04-30"), ("owner: access", "owner: core"), ('version: "2.0"', 'version: "2.2"'))
    after = PLANNED
    for old, new in edits:
        after = after.replace(old, new, 1)
    shown = render(page(compared(PLANNED, after)), width=200, color=False)
    assert "  Passkeys (passkeys): 2027-03-31 -> 2027-04-30, 30 days later" in shown
    assert "    breaks the promise to Web" in shown
    assert "  Passkeys (initiative passkeys): owner: Access -> core" in shown
    assert "  Identity (identity): 2.0 -> 2.2" in shown


# Once ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "end: 2027-03-31",
            "end: 2027-04-30",
            ["Slipped (1)", "breaks the promise to Web", "2.1 to be added on 2027-04-30 (was 2027-03-31)"],
        ),
        ("end: 2027-03-31", "end: 2027-02-28", ["Moved earlier (1)", "for Web", "(was 2027-03-31)"]),
        ("status: planned", "status: parked", ["Dropped (1)", "breaks the promise to Web", "withdrawn: 2.1"]),
        ("status: planned", "status: done", ["Delivered (1)", "keeps the promise to Web"]),
        ("\nend: 2027-03-31", "", ["End date removed (1)", "breaks the promise to Web"]),
    ],
)
def test_what_follows_from_a_move_is_told_below_it_and_nowhere_else(old: str, new: str, said: list[str]) -> None:
    lines = render(page(compared(PLANNED, PLANNED.replace(old, new))), width=200, color=False).splitlines()
    assert [each for each in said if not any(each in line for line in lines)] == []
    assert [
        line
        for line in lines
        if line.startswith(("Promises kept", "Promises broken")) or line.startswith("Version plans")
    ] == []


def test_what_follows_from_nothing_that_is_told_has_a_heading_of_its_own() -> None:
    report = compared(PLANNED, PLANNED.replace("requested_by: [web]", ""))
    assert "Promises broken (1)" in render(page(report), width=200, color=False)
    assert {each.because for each in report.entries} == {None}


@pytest.mark.parametrize("seed", range(30))
def test_each_entry_is_on_the_page_once(seed: int) -> None:
    """An entry is in the list of its kind, or below the one that it follows from."""
    chance = random.Random(seed)

    def state() -> str:
        text = "kind: consumer\nid: web\n---\nkind: component\nid: identity\nversion: 1.0.0\n"
        for at in range(6):
            status, end = chance.choice(STATUSES), chance.choice(["2027-01-31", "2027-03-31", "2027-06-30", ""])
            days = f"end: {end}\n" if end else ""
            adds = f"changes: [{{component: identity, effect: addition, version: 2.{at}.0}}]\n"
            text += f"---\nkind: initiative\nid: w{at}\nstatus: {status}\nrequested_by: [web]\n{adds}{days}"
        return text

    report = compared(state(), state(), today="2027-03-10", since="2027-01-10")
    own = [each for each in report.entries if each.because is None]
    below = [follower for each in own for follower in report.following(each)]
    assert sorted(map(repr, (*own, *below))) == sorted(map(repr, report.entries))
    lines = render(page(report, most=100), width=300, color=False).splitlines()
    assert sum(" the promise to web" in line for line in lines) == sum(isinstance(each.fact, Promise) for each in below)
    assert sum(line.startswith("  ") and not line.startswith("   ") for line in lines) == len(own)


# Many -----------------------------------------------------------------------------------------------------------


def test_hundreds_of_changes_are_counted_by_who_answers_for_them() -> None:
    before = "---\n".join(
        f"kind: initiative\nid: i{number}\nstatus: planned\nowner: team-{number % 3}\nend: 2027-03-31\n"
        for number in range(500)
    )
    report = compared(before, before.replace("2027-03-31", "2027-06-30"))
    assert report.totals == {Kind.SLIPPED: 500}
    (top, section) = page(report, most=5).blocks
    (entries,) = section.blocks  # type: ignore[union-attr]
    assert top.lines[0][-1].text == "500 slipped"  # type: ignore[union-attr]
    assert len(entries.items) == 6  # type: ignore[union-attr]
    rest = "".join(run.text for run in entries.items[-1].head)  # type: ignore[union-attr]
    assert rest == "and 495 more: team-0 166, team-2 165, team-1 164"
    assert len(report.entries) == 500


def test_a_page_of_all_that_slipped_costs_what_it_tells() -> None:
    def many(size: int) -> ChangelogReport:
        work = "---\n".join(
            f"kind: initiative\nid: work-{number}\nstatus: planned\nend: 2027-03-31\n" for number in range(size)
        )
        return compared(work, work.replace("03-31", "04-30"))

    small, large = (many(size) for size in (50, 200))
    assert len(large.entries) == 200
    of_small, of_large = (calls(lambda of=of: page(of, most=1000)) for of in (small, large))  # type: ignore[misc]
    assert of_large < of_small * 4 * 1.5
