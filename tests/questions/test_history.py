"""The story of one entity, told from models of five lines."""

import datetime

import pytest

from costs import calls
from pasts import on, past
from platctl.model.lookup import find_any
from platctl.model.past import Past
from platctl.model.ref import Ref
from platctl.model.settings.config import Config
from platctl.model.validator import validated
from platctl.outlook.lifelines import lives
from platctl.questions.history.derive import story
from platctl.questions.history.report import StoryReport
from platctl.source.errors import SourceError

PASSKEYS = "kind: initiative\nid: passkeys\n"


def told(found: Past, name: str) -> StoryReport:
    known = lives(found)
    return story(found, known.named[find_any(known.model(), name)])


def events(*texts: str, name: str = "passkeys") -> list[str]:
    """What happened, by the number of the commit: `1 slipped end: 2027-03-31 -> 2027-06-30 (91, 1)`."""
    return [
        f"{int(chapter.at.commit)} {each.what} {each.field}: {each.was} -> {each.now}"
        + (f" ({each.days}, {each.nth})" if each.days else "")
        for chapter in told(past(*texts), name).chapters
        for each in chapter.events
    ]


def planned(*lines: str, status: str = "planned") -> str:
    return PASSKEYS + f"status: {status}\n" + "".join(f"{line}\n" for line in lines)


def test_an_end_that_moves_later_is_a_slip_and_counted() -> None:
    found = past(
        planned("period: 2027-Q1"), planned("period: 2027-Q2"), planned("end: 2027-06-01"), planned("end: 2027-07-01")
    )
    report = told(found, "passkeys")
    assert [(each.what.value, each.days, each.nth) for chapter in report.chapters[1:] for each in chapter.events] == [
        ("slipped", 91, 1),
        ("pulled-in", 29, None),
        ("slipped", 30, 2),
    ]
    assert (report.slips, report.slipped_days, str(report.planned_end)) == (2, 121, "2027-07-01")


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("planned", "active", ["slipped", "status"]),
        ("idea", "planned", ["rescheduled", "status"]),
        ("shaped", "shaped", ["rescheduled"]),
        ("planned", "parked", ["dropped", "rescheduled", "status"]),
        ("active", "done", ["done-early", "edited", "status"]),
    ],
)
def test_only_what_others_could_count_on_slips(before: str, after: str, what: list[str]) -> None:
    first, second = planned("end: 2027-03-31", status=before), planned("end: 2027-04-01", status=after)
    found = [each.split()[1] for each in events(first, second)[1:]]
    assert found == what


def test_work_that_is_done_with_a_later_end_slipped_and_is_late() -> None:
    done = planned("end: 2027-04-05", status="done")
    found = on(("2027-01-01", planned("end: 2027-03-31")), ("2027-04-10", done))
    report = told(found, "passkeys")
    assert [(each.what.value, each.was, each.now, each.days) for each in report.chapters[1].events[:2]] == [
        ("slipped", "2027-03-31", "2027-04-05", 5),
        ("done-late", "2027-03-31", "2027-04-05", 5),
    ]


def test_a_slip_is_told_with_the_days_of_the_calendar_that_counts_now() -> None:
    config = validated(Config, {"calendar": {"fiscal_year_start": 4}})
    report = told(past(planned("period: 2027-Q1"), planned("period: 2027-Q2"), config=config), "passkeys")
    (event,) = report.chapters[1].events
    assert (event.was, event.now) == ("2027-06-30", "2027-09-30")


def test_a_day_that_is_new_or_taken_away_is_no_slip() -> None:
    assert events(planned(), planned("end: 2027-03-31"), planned())[1:] == [
        "1 edited end: None -> 2027-03-31",
        "2 edited end: 2027-03-31 -> None",
    ]


def test_status_owner_and_scope_are_told_in_their_own_words() -> None:
    before = planned("owner: access", "effort: {access: 10}", "requested_by: [shop]", status="shaped")
    after = planned(
        "owner: core",
        "effort: {access: 12.5, core: 4}",
        "requested_by: [app]",
        "changes: [{component: identity#rest, effect: removal, version: 2.10}]",
    )
    assert events(before, after)[1:] == [
        "1 scope changes: None -> identity#rest, effect removal, version 2.10",
        "1 scope effort access: 10 -> 12.5",
        "1 scope effort core: None -> 4",
        "1 owner owner: access -> core",
        "1 scope requested_by: None -> app",
        "1 scope requested_by: shop -> None",
        "1 status status: shaped -> planned",
    ]


def test_components_tell_what_they_offer() -> None:
    before = "kind: component\nid: identity\ninterfaces: [{id: rest, versions: [{version: 2.10}, 3.0.0]}]\n".replace(
        "3.0.0", "{version: 3.0.0}"
    )
    after = (
        "kind: component\nid: identity\nlifecycle: deprecated\nx-cost: 1.50\n"
        "interfaces: [{id: rest, type: http, versions: [{version: 2.10, sunset: 2027-03-31}, {version: 4.0.0}]}]\n"
    )
    assert events(before, after, name="identity")[1:] == [
        "1 edited interfaces rest type: None -> http",
        "1 offer interfaces rest versions 2.10 sunset: None -> 2027-03-31",
        "1 offer interfaces rest versions: None -> 4.0.0",
        "1 offer interfaces rest versions: 3.0.0 -> None",
        "1 lifecycle lifecycle: production -> deprecated",
        "1 edited x-cost: None -> 1.50",
    ]


def test_a_rename_goes_on_with_the_story_under_both_names() -> None:
    texts = (planned(), "kind: initiative\nid: Keys\naliases: [passkeys]\nstatus: active\n")
    for name in ("passkeys", "keys", "initiative:keys"):
        assert events(*texts, name=name) == [
            "0 added : None -> a.yaml",
            "1 renamed : passkeys -> Keys",
            "1 status status: planned -> active",
        ]
    assert told(past(*texts), "keys").former == ("passkeys",)


def test_an_alias_that_is_written_later_joins_both_parts() -> None:
    renamed = "kind: initiative\nid: keys\nstatus: active\n"
    assert events(PASSKEYS, renamed, renamed + "aliases: [passkeys]\n", name="keys") == [
        "0 added : None -> a.yaml",
        "1 renamed : passkeys -> keys",
        "1 status status: idea -> active",
    ]
    assert events(PASSKEYS, "# a.yaml\n", renamed, renamed + "aliases: [passkeys]\n", name="passkeys") == [
        "0 added : None -> a.yaml",
        "1 removed : a.yaml -> None",
        "2 returned : None -> a.yaml",
        "2 renamed : passkeys -> keys",
        "2 status status: idea -> active",
    ]


def test_a_name_that_is_used_again_for_something_else_is_a_life_of_its_own() -> None:
    keys = "kind: initiative\nid: keys\naliases: [passkeys]\n"
    texts = (PASSKEYS, keys, "kind: initiative\nid: keys\n---\n" + PASSKEYS)
    assert events(*texts) == ["2 added : None -> a.yaml"]
    assert events(*texts, name="keys") == ["0 added : None -> a.yaml", "1 renamed : passkeys -> keys"]


def test_references_to_what_is_renamed_are_no_change() -> None:
    waits = planned("depends_on: [tokens]")
    tokens = "---\nkind: initiative\nid: tokens\n"
    renamed = "---\nkind: initiative\nid: ids\naliases: [tokens]\n"
    assert events(waits + tokens, waits + renamed, waits.replace("tokens", "ids") + renamed) == [
        "0 added : None -> a.yaml"
    ]


def test_what_is_removed_and_comes_back_has_one_story_and_its_slips_count_on() -> None:
    first, second = planned("period: 2027-Q1"), planned("period: 2027-Q2")
    texts = (first, second, "# a.yaml\n", "# old/a.yaml\n" + second, "# b.yaml\n" + planned("period: 2027-Q3"))
    assert events(*texts) == [
        "0 added : None -> a.yaml",
        "1 slipped end: 2027-03-31 -> 2027-06-30 (91, 1)",
        "2 removed : a.yaml -> None",
        "3 returned : None -> old/a.yaml",
        "4 moved : old/a.yaml -> b.yaml",
        "4 slipped end: 2027-06-30 -> 2027-09-30 (92, 2)",
    ]
    report = told(past(*texts), "passkeys")
    assert [(each.status, int(each.since.commit)) for each in report.phases] == [
        ("planned", 0),
        ("removed", 2),
        ("planned", 3),
    ]


def test_what_changed_while_it_was_away_is_told_when_it_is_back() -> None:
    assert events(planned("end: 2027-03-31"), "# a.yaml\n", planned("end: 2027-04-30", "title: Keys"))[2:] == [
        "2 returned : None -> a.yaml",
        "2 slipped end: 2027-03-31 -> 2027-04-30 (30, 1)",
        "2 edited title: None -> Keys",
    ]


def test_formatting_and_the_order_of_lists_are_nothing_that_happened() -> None:
    texts = (planned("tags: [a, b]"), "\n# a note\n" + planned('"tags":', "  - b", "  - a"))
    assert events(*texts) == ["0 added : None -> a.yaml"]


def test_a_story_may_begin_later_and_says_what_it_left_out() -> None:
    found = past(planned("end: 2027-03-01"), planned("end: 2027-03-02"), planned("end: 2027-03-03"))
    known = lives(found)
    report = story(found, known.named[Ref("initiative", "default", "passkeys")], datetime.date(2027, 1, 3))
    assert (len(report.chapters), report.earlier, report.chapters[0].events[0].nth) == (1, 2, 2)


def test_a_name_that_never_was_gets_the_nearest_that_was() -> None:
    with pytest.raises(SourceError) as raised:
        told(past(PASSKEYS, "kind: team\nid: core\n"), "paskeys")
    assert "did you mean `initiative:passkeys`" in raised.value.help


def test_a_removal_is_followed_without_a_look_at_all_that_is_there() -> None:
    def shrinking(size: int) -> Past:
        work = [f"kind: initiative\nid: work-{number}\naliases: [former-{number}]\n" for number in range(size)]
        return past(*("---\n".join(work[: size - number]) for number in range(size)))

    histories = [shrinking(size) for size in (15, 60)]
    small, large = (calls(lambda of=of: lives(of)) for of in histories)  # type: ignore[misc]
    assert large < small * 4 * 1.5
