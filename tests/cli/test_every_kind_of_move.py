"""One history with every kind of move, and counts known by construction: the same in every command."""

import json
import shutil
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from repos import Repo
from running import platctl

DAYS = ("2027-01-05", "2027-02-01", "2027-03-01", "2027-03-20")
GONE = "-"
"""The work is not in the model."""

MOVES: Mapping[str, tuple[tuple[str, str, str, str], Mapping[str, int]]] = {
    # name: status and end in each commit, and what that is
    "slip": (("planned 03-31", "planned 03-31", "planned 06-30", "planned 06-30"), {"slipped": 1}),
    "slip-twice": (("planned 03-31", "planned 04-30", "active 04-30", "active 06-30"), {"slipped": 2}),
    "pulled-in": (("planned 06-30", "planned 06-30", "planned 05-31", "active 05-31"), {"pulled-in": 1}),
    "to-and-fro": (
        ("planned 03-31", "planned 05-31", "planned 03-31", "planned 03-31"),
        {"slipped": 1, "pulled-in": 1},
    ),
    "by-no-date": (("planned 03-31", "planned", "planned", "planned 12-31"), {"slipped": 1}),
    "by-stage": (
        ("planned 03-31", "proposed", "proposed 10-31", "planned 12-31"),
        {"slipped": 1, "dropped": 1, "replanned": 1},
    ),
    "no-date-earlier": (("planned 09-30", "planned", "planned 08-31", "planned 08-31"), {"pulled-in": 1}),
    "same-date-again": (("planned 06-30", "planned", "planned 06-30", "planned 06-30"), {}),
    "dropped": (("planned 06-30", "planned 06-30", "dropped 06-30", "dropped 06-30"), {"dropped": 1}),
    "replanned": (("planned 06-30", "parked", "parked", "active 06-30"), {"dropped": 1, "replanned": 1}),
    "removed": (("planned 06-30", "planned 06-30", GONE, GONE), {"dropped": 1}),
    "away-and-back": (("planned 06-30", GONE, GONE, "planned 06-30"), {}),
    "away-and-late": (("planned 03-31", GONE, "planned 06-30", "planned 06-30"), {"slipped": 1}),
    "idea": (("idea 03-31", "idea 06-30", "proposed 09-30", GONE), {}),
    "new": ((GONE, "idea", "planned 06-30", "planned 06-30"), {}),
    "early": (("active 06-30", "active 06-30", "active 06-30", "done 06-30"), {"done-early": 1}),
    "on-time": (("active 03-20", "active 03-20", "active 03-20", "done 03-20"), {"done-on-time": 1}),
    "late": (("active 02-10", "active 02-10", "active 02-10", "done 02-10"), {"done-late": 1}),
    "slow": (("planned 02-10", "active 03-10", "done 03-10", "done 03-10"), {"slipped": 1, "done-early": 1}),
    "overdue": (("active 02-15", "active 02-15", "active 02-15", "active 02-15"), {}),
    "old-idea": (("proposed 02-15", "proposed 02-15", "proposed 02-15", "proposed 02-15"), {}),
}
SPECIAL: Mapping[str, Mapping[str, int]] = {
    "renamed": {"slipped": 1},
    "part-one": {},
    "part-two": {},
    "merged": {"slipped": 1},
    "merge-b": {"slipped": 1},
    "in-folder": {},
    "in-file": {},
    "unreadable": {"slipped": 1},
}
COUNTS = {
    name: Counter(found) for name, found in (*((name, found) for name, (_, found) in MOVES.items()), *SPECIAL.items())
}
TOTAL = sum(COUNTS.values(), Counter[str]())


def work(name: str, state: str, more: str = "") -> str:
    status, _, end = state.partition(" ")
    days = f"end: 2027-{end}\n" if end else ""
    return f"kind: initiative\nid: {name}\nowner: core\nstatus: {status}\nrequested_by: [shop]\n{days}{more}"


def special(repo: Repo, at: int) -> None:
    """What is more than a state for each commit: other names, other files, and one that can't be read."""
    if at == 0:
        repo.write("renamed.yaml", work("old-name", "planned 03-31"))
        repo.write("split.yaml", work("whole", "planned 03-31"))
        repo.write("merge.yaml", work("merge-a", "planned 03-31") + "---\n" + work("merge-b", "planned 03-31"))
        repo.write("folder/in-folder.yaml", work("in-folder", "planned 06-30"))
        repo.write("in-file.yaml", work("in-file", "planned 06-30"))
        repo.write("unreadable.yaml", work("unreadable", "planned 03-31"))
    elif at == 1:
        shutil.move(repo.path / "folder", repo.path / ".folder")
        repo.write("unreadable.yaml", work("unreadable", "planned 03-31") + "title: [\n")
    elif at == 2:
        shutil.move(repo.path / ".folder", repo.path / "folder")
        (repo.path / "other").mkdir()
        shutil.move(repo.path / "in-file.yaml", repo.path / "other" / "here.yaml")
        repo.write("renamed.yaml", work("renamed", "planned 06-30", "aliases: [old-name]\n"))
        parts = (work("part-one", "planned 03-31", "aliases: [whole]\n"), work("part-two", "planned 06-30"))
        repo.write("split.yaml", "---\n".join(parts))
        repo.write("merge.yaml", work("merged", "planned 04-30", "aliases: [merge-a, merge-b]\n"))
    else:
        repo.write("unreadable.yaml", work("unreadable", "planned 05-31"))


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    made = Repo(tmp_path_factory.mktemp("moves") / "plan")
    made.write("platctl.yaml", "strategy: One platform\n")
    made.write("others.yaml", "kind: consumer\nid: shop\n---\nkind: team\nid: core\n")
    for at, day in enumerate(DAYS):
        for name, (states, _) in MOVES.items():
            if states[at] == GONE:
                (made.path / f"{name}.yaml").unlink(missing_ok=True)
            else:
                made.write(f"{name}.yaml", work(name, states[at]))
        special(made, at)
        made.commit(date=f"{day}T23:30:00-0000")
    return made


def asked(repo: Repo, *arguments: str) -> dict[str, Any]:
    run = platctl(*arguments, "--format", "json", cwd=repo.path)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)  # type: ignore[no-any-return]


def commits(repo: Repo) -> Sequence[str]:
    return repo.git("rev-list", "--reverse", "HEAD").split()


def of_history(report: Mapping[str, Any], commit: str | None = None) -> Counter[tuple[str, str]]:
    """By initiative and kind: how often, as `history --all` lists it; in one commit, or in all."""
    slips = [("slipped", each) for each in report["slips"]]
    found = [*slips, *((each["what"], each) for each in report["moves"])]
    return Counter((each["initiative"]["id"], what) for what, each in found if commit in (None, each["at"]["commit"]))


EXPECTED = Counter({(name, what): count for name, found in COUNTS.items() for what, count in found.items()})


def test_the_overview_counts_each_move_once(repo: Repo) -> None:
    report = asked(repo, "history", "--all")
    assert of_history(report) == EXPECTED
    total = report["total"]
    named = {"slips": "slipped", "dropped": "dropped", "replanned": "replanned", "pulled_in": "pulled-in"}
    named |= {"early": "done-early", "on_time": "done-on-time", "late": "done-late"}
    assert {key: total[key] for key in named} == {key: TOTAL[what] for key, what in named.items()}
    for key in named:
        assert sum(each["figures"][key] for each in report["periods"]) == total[key]
        assert sum(each["figures"][key] for each in report["teams"]) == total[key]


def test_what_can_t_be_read_changes_nothing_and_is_counted(repo: Repo) -> None:
    (broken,) = asked(repo, "history", "--all")["broken"]
    assert (broken["path"], broken["until"]["date"]) == ("unreadable.yaml", DAYS[3])
    assert "Not readable (1)" in platctl("history", "--all", cwd=repo.path).stdout
    (slip,) = (each for each in asked(repo, "history", "--all")["slips"] if each["initiative"]["id"] == "unreadable")
    assert (slip["at"]["date"], slip["was"], slip["now"]) == (DAYS[3], "2027-03-31", "2027-05-31")
    report = asked(repo, "changelog", commits(repo)[1])
    assert report["incomplete"] == [commits(repo)[1][:7]]
    (told,) = (each for each in report["entries"] if each["entity"]["id"] == "unreadable" and each["kind"] == "slipped")
    assert (told["fact"]["was"], told["fact"]["now"]) == ("2027-03-31", "2027-05-31")


@pytest.mark.parametrize("name", [*COUNTS])
def test_the_story_of_one_initiative_has_the_same_counts(repo: Repo, name: str) -> None:
    report = asked(repo, "history", f"initiative:{name}")
    events = Counter(each["what"] for chapter in report["chapters"] for each in chapter["events"])
    counted = {"slipped", "pulled-in", "dropped", "replanned", "done-early", "done-on-time", "done-late"}
    assert Counter({what: count for what, count in events.items() if what in counted}) == COUNTS[name]
    assert report["slips"] == COUNTS[name]["slipped"]


_IN_CHANGELOG = {"slipped": "slipped", "pulled-in": "pulled-in", "dropped": "dropped", "replanned": "replanned"}


def of_changelog(report: Mapping[str, Any]) -> Counter[tuple[str, str]]:
    """The same from a changelog; what is done as `done-early`, and a slip or a move to earlier also as `replanned` if
    there was a stage in between that others can't count on."""
    found = Counter[tuple[str, str]]()
    for each in report["entries"]:
        fact, kind, name = each["fact"], each["kind"], each["entity"]["id"]
        if kind == "delivered":
            found[name, f"done-{fact['punctuality']}"] += 1
        elif kind in _IN_CHANGELOG:
            found[name, kind] += 1
            found[name, "replanned"] += fact.get("detour") == "uncommitted"
    return +found


@pytest.mark.parametrize("at", range(1, len(DAYS)))
def test_a_changelog_from_one_commit_to_the_next_tells_what_the_history_tells_of_that_commit(
    repo: Repo, at: int
) -> None:
    before, after = commits(repo)[at - 1 : at + 1]
    told = of_changelog(asked(repo, "changelog", before, after))
    expected = of_history(asked(repo, "history", "--all", "--head", after), after)
    merged = Counter({("merged", "slipped"): expected.pop(("merge-b", "slipped"), 0)})
    assert told == +(expected + merged)


def test_a_changelog_since_a_day_has_the_days_and_counts_of_the_history(repo: Repo) -> None:
    report, whole = asked(repo, "changelog", "--since", DAYS[0]), asked(repo, "history", "--all")
    assert (report["since"], report["today"]) == (DAYS[0], DAYS[3])
    last = {each["initiative"]["id"]: each for each in whole["slips"]}
    for each in report["entries"]:
        if each["kind"] == "slipped":
            assert each["fact"]["nth"] == last[each["entity"]["id"]]["nth"]
            assert each["fact"]["now"] == last[each["entity"]["id"]]["now"]
    slipped = {each["entity"]["id"] for each in report["entries"] if each["kind"] == "slipped"}
    one_way = {
        name for name, found in COUNTS.items() if found["slipped"] and name not in ("to-and-fro", "slow", "merge-b")
    }
    assert slipped == one_way
    done = {
        each["entity"]["id"]: each["fact"]["punctuality"] for each in report["entries"] if each["kind"] == "delivered"
    }
    assert done == {"early": "early", "on-time": "on-time", "late": "late", "slow": "early"}
    gone = {each["entity"]["id"] for each in report["entries"] if each["kind"] == "dropped"}
    assert gone == {"dropped", "removed"}
    added = {each["entity"]["id"] for each in report["entries"] if each["kind"] == "added"}
    assert added == {"new", "part-two"}


def test_the_roadmap_and_needs_have_the_state_that_the_moves_lead_to(repo: Repo) -> None:
    items = {each["initiative"]["id"]: each for each in asked(repo, "roadmap")["items"]}
    last = {name: states[-1].partition(" ")[::2] for name, (states, _) in MOVES.items() if states[-1] != GONE}
    last |= {
        name: ("planned", end) for name, end in (("renamed", "06-30"), ("part-one", "03-31"), ("part-two", "06-30"))
    }
    last |= {"merged": ("planned", "04-30"), "in-folder": ("planned", "06-30")}
    last |= {"in-file": ("planned", "06-30"), "unreadable": ("planned", "05-31")}
    shown = {name: (each["status"], each["end"]["day"][5:]) for name, each in items.items()}
    assert shown == {name: state for name, state in last.items() if state[0] != "dropped"}
    waited = {each["initiative"]["id"]: each for each in asked(repo, "needs", "shop")["features"]}
    assert waited.keys() == {name for name, (status, _) in last.items() if status not in ("done", "dropped")}
    for name, each in waited.items():
        (step,) = each["steps"]
        assert step["end"] == items[name]["end"]["day"]
    assert {name for name, each in items.items() if each["is_early"]} == {"early"}


def test_one_piece_of_work_is_overdue_in_every_answer(repo: Repo) -> None:
    items = asked(repo, "roadmap")["items"]
    assert [each["initiative"]["id"] for each in items if each["horizon"] == "overdue"] == ["overdue"]
    findings = [each["finding"] for each in asked(repo, "validate")["diagnostics"]]
    assert [each["message"] for each in findings if each["rule"] == "overdue"] == [
        "`overdue` is overdue since 2027-02-15"
    ]
    late = [each for each in asked(repo, "changelog", "--since", DAYS[1])["entries"] if each["kind"] == "overdue"]
    assert [(each["entity"]["id"], each["fact"]["since"]) for each in late] == [("overdue", "2027-02-15")]
    conflicts = [each for feature in asked(repo, "needs", "shop")["features"] for each in feature["conflicts"]]
    told = [each["subject"]["id"] for each in conflicts if each["kind"] == "overdue" and not each["detail"]]
    assert told == ["overdue"]


@pytest.mark.parametrize("at", range(len(DAYS)))
def test_each_commit_has_one_day(repo: Repo, at: int) -> None:
    commit = commits(repo)[at]
    assert asked(repo, "history", "--all", "--head", commit)["look"]["last"]["date"] == DAYS[at]
    assert asked(repo, "changelog", commit)["since"] == DAYS[at]
    assert asked(repo, "changelog", "--since", DAYS[at])["compared"]["base"] == commit[:7]
    assert asked(repo, "roadmap", "--head", commit)["today"] == DAYS[at]
    assert asked(repo, "needs", "shop", "--head", commit)["today"] == DAYS[at]
