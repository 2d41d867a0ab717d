"""`platctl discover` on an organisation whose platform emerges, and what it says where something is missing."""

import json
import shlex
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from judges import JUDGES
from render.oracles import HOSTILE
from repos import Repo
from running import platctl

TEAMS = "\n---\n".join(
    f"kind: team\nid: {name}\ntitle: {title}"
    for name, title in (("find", "Search"), ("sell", "Shop"), ("go", "Mobile"), ("booth", "Kiosk"), ("id", "Identity"))
)
START: Mapping[str, str] = {
    "search-index": "kind: component\ntitle: Search index\ntype: service\nlayer: technology\nowner: find",
    "identity": "kind: component\ntitle: Identity\ntype: service\nlayer: platform\nowner: id\nversion: 1.0.0",
    "old-cache": "kind: component\ntitle: Old cache\ntype: library\nlayer: platform\nowner: id",
    "mailer": "kind: component\ntitle: Mailer\ntype: service\nowner: sell\ntags: [mail]\n"
    "interfaces: [{id: send, type: http}]",
    "notifier": "kind: component\ntitle: Notifier\ntype: service\nowner: go\ntags: [mail]\n"
    "interfaces: [{id: rest, type: http}]",
    "cart": "kind: component\ntitle: Cart\ntype: service\nlayer: product\nowner: sell",
    "batch": "kind: component\ntitle: Nightly batch\ntype: service\nowner: id\ndepends_on: [identity]",
    "shop": "kind: consumer\ntitle: Shop\ntype: product\nowner: sell",
    "portal": "kind: consumer\ntitle: Portal\ntype: product\nowner: find",
    "mobile": "kind: consumer\ntitle: Mobile app\ntype: product\nowner: go",
}
USES = {
    "shop": ["identity", "old-cache", "mailer", "cart"],
    "portal": ["identity", "old-cache"],
    "mobile": ["identity", "notifier", "old-cache"],
}


class Plan:
    """A repository, one file an entity."""

    def __init__(self, path: Path) -> None:
        self.repo = Repo(path)
        self.entities = dict(START)
        self.uses = {name: list(used) for name, used in USES.items()}
        self.versions = {"search-index": "1.0.0"}

    def commit(self, day: str, *only: str) -> str:
        for file in self.repo.path.glob("*.yaml"):
            file.unlink()
        self.repo.write("teams.yaml", f"{TEAMS}\n")
        for name in only or self.entities:
            lines = [self.entities[name], f"id: {name}"]
            lines += [f"version: {self.versions[name]}"] if name in self.versions else []
            lines += [f"uses: [{', '.join(self.uses[name])}]"] if name in self.uses and not only else []
            self.repo.write(f"{name}.yaml", "\n".join(lines) + "\n")
        return self.repo.commit(date=f"{day}T12:00:00Z")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Search emerges, Cart becomes a core product, the old cache loses its users; in between, everything misleading."""
    made = Plan(tmp_path_factory.mktemp("emerging") / "plan")
    made.commit("2024-01-10")
    made.uses["shop"].append("search-index")
    made.commit("2024-05-02")
    made.uses["portal"].append("search-index")
    made.entities["kiosk"] = "kind: consumer\ntitle: Kiosk\ntype: partner\nowner: booth"
    made.uses["kiosk"] = ["identity"]
    made.commit("2024-08-20")
    made.uses["mobile"].append("search-index")
    made.commit("2024-11-05")
    made.versions["search-index"] = "2.0.0"
    made.commit("2025-01-20")
    made.uses["mobile"].remove("search-index")
    made.commit("2025-02-14")
    made.uses["kiosk"].append("cart")
    made.commit("2025-03-03")
    made.uses["mobile"].append("search-index")
    made.commit("2025-04-01")
    made.entities["web-portal"] = made.entities.pop("portal") + "\naliases: [portal]"
    made.uses["web-portal"] = made.uses.pop("portal")
    made.commit("2025-06-10")
    made.commit("2025-07-01", "identity")
    made.commit("2025-07-02")
    made.uses["shop"].remove("old-cache")
    made.commit("2025-08-15")
    made.uses["web-portal"].remove("old-cache")
    made.entities["batch"] += "\nlifecycle: retired"
    made.commit("2025-09-30")
    return made.repo.path


TODAY = ("--today", "2025-12-01")
SHOWN = {
    "discover-80.txt": ("80", ()),
    "discover-120.txt": ("120", ()),
    "discover.md": ("80", ("--format", "markdown")),
    "discover.json": ("80", ("--format", "json")),
    "discover.csv": ("80", ("--format", "csv")),
    "discover-backtest.txt": ("80", ("--backtest",)),
    "discover-backtest.md": ("80", ("--backtest", "--format", "markdown")),
    "discover-backtest.csv": ("80", ("--backtest", "--format", "csv")),
    "discover-developers.txt": ("80", ("--audience", "developers")),
}


def answer(*arguments: str, cwd: Path) -> Any:
    done = platctl("discover", *arguments, "--format", "json", cwd=cwd)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def found(report: Any, *, is_emerging: bool = True) -> set[tuple[str, str]]:
    return {
        (each["pattern"], each["component"]["entity"]["id"])
        for each in report["found"]
        if each["is_emerging"] == is_emerging
    }


@pytest.mark.parametrize("name", SHOWN)
def test_what_emerges_reads_as_before(plan: Path, golden: Callable[[str, str], None], name: str) -> None:
    width, arguments = SHOWN[name]
    done = platctl("discover", *arguments, *TODAY, cwd=plan, env={"COLUMNS": width})
    assert (done.returncode, done.stderr) == (0, "")
    golden(name, done.stdout)


# What is told of each


def test_whoever_leaves_and_comes_back_is_one_user_with_a_pause(plan: Path) -> None:
    report = answer(*TODAY, cwd=plan)
    (search,) = (each for each in report["found"] if each["pattern"] == "shared-component")
    assert [(each["user"]["id"], each["came"]["day"]) for each in search["component"]["users"]] == [
        ("shop", "2024-05-02"),
        ("web-portal", "2024-08-20"),
        ("mobile", "2024-11-05"),
    ]
    (pause,) = search["component"]["users"][2]["pauses"]
    assert (pause["left"]["day"], pause["why"], pause["back"]["day"]) == ("2025-02-14", "left", "2025-04-01")
    assert search["since"]["day"] == "2025-04-01"


def test_commits_are_told_with_their_author_as_a_history_does(plan: Path) -> None:
    report = answer(*TODAY, cwd=plan)
    (old,) = (each for each in report["found"] if each["pattern"] == "losing-users")
    left = {each["user"]["id"]: each["left"] for each in old["component"]["former"]}
    log = Repo(plan).git("log", "--format=%cs %H %an").splitlines()
    assert {f"{each['day']} {each['commit']} {each['author']}" for each in left.values()} <= set(log)
    assert "ada@example.com" not in json.dumps(report)


def test_the_share_of_users_has_both_counts(plan: Path) -> None:
    """Of the services, Identity is used by four, and nothing else by anybody who does not use that."""
    report = answer(*TODAY, cwd=plan)
    shares = {
        each["component"]["entity"]["id"]: (len(each["component"]["users"]), each["component"]["type_users"])
        for each in report["found"]
    }
    assert shares == {"search-index": (3, 4), "cart": (2, 4), "mailer": (1, 4), "old-cache": (1, 1)}
    assert "%" not in platctl("discover", *TODAY, cwd=plan).stdout


@pytest.mark.parametrize("pattern", ["shared-component", "core-product", "twins", "losing-users"])
def test_the_edit_can_be_run_and_then_it_is_no_candidate_any_more(plan: Path, tmp_path: Path, pattern: str) -> None:
    repo = Repo(plan).clone(f"edited-{pattern}")
    before = found(answer(*TODAY, cwd=repo.path))
    for each in answer(*TODAY, cwd=repo.path)["found"]:
        if each["pattern"] == pattern:
            _, *words = shlex.split(each["edit"]["command"])
            done = platctl(*words, *TODAY, cwd=repo.path)
            assert done.returncode == 0, done.stderr
    after = found(answer(*TODAY, cwd=repo.path))
    assert {each for each, _ in before} - {each for each, _ in after} >= {pattern}
    assert platctl("validate", "--fail-on", "error", *TODAY, cwd=repo.path).returncode == 0


def test_what_is_not_committed_came_without_a_day(plan: Path) -> None:
    repo = Repo(plan).clone("uncommitted")
    text = (repo.path / "kiosk.yaml").read_text()
    repo.write("kiosk.yaml", text.replace("uses: [", "uses: [mailer, "))
    report = answer("-s", "mailer", *TODAY, cwd=repo.path)
    mailer = next(each["component"] for each in report["found"] if each["pattern"] == "core-product")
    (_, kiosk) = mailer["users"]
    assert (kiosk["user"]["id"], kiosk["how"], kiosk["came"]) == (
        "kiosk",
        "uncommitted",
        {"day": None, "commit": None, "author": None},
    )
    assert "not committed" in platctl("discover", "-s", "mailer", *TODAY, cwd=repo.path).stdout


# A part of it


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("cart", {("core-product", "cart")}),
        ("kiosk", {("core-product", "cart")}),
        ("team:booth", {("core-product", "cart")}),
        ("old-cache", {("losing-users", "old-cache")}),
        ("notifier", {("twins", "mailer")}),
    ],
)
def test_a_selection_has_what_concerns_it(plan: Path, selector: str, expected: set[tuple[str, str]]) -> None:
    report = answer("--select", selector, *TODAY, cwd=plan)
    assert found(report) == expected
    assert report["only"] == f"`{selector}`"
    told = answer("--select", selector, "--backtest", *TODAY, cwd=plan)["backtest"]["quarters"][-1]["candidates"]
    assert {(each["pattern"], each["component"]["id"]) for each in told} == expected


@pytest.mark.parametrize("name", ["cart", "mailer", "notifier"])
def test_what_is_excluded_is_not_told(plan: Path, name: str) -> None:
    report = answer("--exclude", name, *TODAY, cwd=plan)
    before = answer(*TODAY, cwd=plan)
    kept = [
        each
        for each in before["found"]
        if name not in (each["component"]["entity"]["id"], (each["twin"] or {"entity": {"id": ""}})["entity"]["id"])
    ]
    assert report["found"] == kept
    assert len(kept) < len(before["found"])
    told = answer("--exclude", name, "--backtest", *TODAY, cwd=plan)["backtest"]["quarters"]
    named = [
        one["id"] for each in told for found in each["candidates"] for one in (found["component"], found["twin"]) if one
    ]
    assert named
    assert name not in named


def test_counts_are_of_all_also_in_a_selection(plan: Path) -> None:
    (cart,) = answer("--select", "cart", *TODAY, cwd=plan)["found"]
    assert (len(cart["component"]["users"]), cart["component"]["type_users"]) == (2, 4)


def test_an_earlier_state_is_told_as_it_was(plan: Path) -> None:
    report = answer("--head", "HEAD~7", cwd=plan)
    assert report["today"] == "2025-02-14"
    assert ("shared-component", "search-index") not in found(report)
    assert report["look"]["commits"] == 6


def test_a_base_is_for_selectors_of_states(plan: Path) -> None:
    report = answer("--base", "HEAD~1", "-s", "state:modified", *TODAY, cwd=plan)
    assert ("losing-users", "old-cache") in found(report)
    done = platctl("discover", "--base", "HEAD~1", cwd=plan)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: `--base` is only used by `state:` selectors")


# What is missing

SMALL = "kind: component\nid: auth\nowner: core\n---\nkind: consumer\nid: shop\nowner: sell\nuses: [auth]\n"
OWNERS = "---\nkind: team\nid: core\n---\nkind: team\nid: sell\n"


def said(*arguments: str, cwd: Path) -> str:
    """The text in one line for each paragraph."""
    done = platctl("discover", *arguments, cwd=cwd, env={"COLUMNS": "200"})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_without_a_repository_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(SMALL + OWNERS)
    text = said(cwd=tmp_path)
    assert "No history: this is not a git repository; so it is not known when users came and left" in text
    assert "Nothing emerges" in text
    assert "No history" in said("--backtest", cwd=tmp_path)


def test_before_the_first_commit_it_says_so(tmp_path: Path) -> None:
    Repo(tmp_path / "new").write("model.yaml", SMALL + OWNERS)
    assert "No history: there is no commit yet" in said(cwd=tmp_path / "new")


def test_one_commit_is_not_enough(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "one")
    repo.write("model.yaml", SMALL + OWNERS)
    repo.commit()
    text = said(cwd=repo.path)
    assert "Only one commit: what it lists may be older, and no other one says who came or left" in text
    assert "No quarter of the history is over yet" in said("--backtest", cwd=repo.path)


def test_a_shallow_clone_says_what_is_missing(plan: Path) -> None:
    clone = Repo(plan).clone("shallow", "--depth", "2")
    first = clone.git("rev-list", "--max-parents=0", "HEAD")[:7]
    expected = f"Shallow clone: history before {first} is missing; run `git fetch --unshallow`"
    assert expected in said(*TODAY, cwd=clone.path)
    assert expected in said(*TODAY, "--backtest", cwd=clone.path)
    report = answer(*TODAY, cwd=clone.path)
    assert {("shared-component", "search-index"), ("core-product", "cart")} <= found(report, is_emerging=False)


def test_a_folder_has_no_history(plan: Path, tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(SMALL + OWNERS)
    assert "No history: a folder has no history" in said("--head", str(tmp_path), cwd=plan)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kind: team\nid: core\n", "There is no component"),
        ("kind: component\nid: auth\n", "No component has a user"),
        (SMALL.replace("owner: core\n", "").replace("owner: sell\n", ""), "names an owner"),
    ],
)
def test_a_model_without_what_it_takes_says_so(tmp_path: Path, text: str, expected: str) -> None:
    repo = Repo(tmp_path / "poor")
    for more in ("", "---\nkind: goal\nid: one\n"):
        repo.write("model.yaml", text + more)
        repo.commit()
    assert expected in said(cwd=repo.path)


def test_a_last_state_that_lists_almost_nothing_is_no_end(plan: Path) -> None:
    clone = Repo(plan).clone("placeholder")
    for file in clone.path.glob("*.yaml"):
        if file.stem not in ("identity", "teams"):
            file.unlink()
    clone.commit(date="2025-10-30T12:00:00Z")
    text = said(*TODAY, cwd=clone.path)
    assert "The last state lists almost nothing; who left it is told once it lists more" in text
    assert "a placeholder, which lists almost nothing: 1 of 7 components, until now" in text
    assert not found(answer(*TODAY, cwd=clone.path))


@pytest.mark.parametrize("is_committed", [True, False])
@pytest.mark.parametrize("uses", ["uses: [", "uses: 5"])
def test_what_cannot_be_read_is_not_gone(plan: Path, uses: str, is_committed: bool) -> None:
    clone = Repo(plan).clone(f"unread-{'file' if '[' in uses else 'field'}-{is_committed}")
    clone.write("mobile.yaml", f"kind: consumer\nid: mobile\ntitle: Mobile app\ntype: product\nowner: go\n{uses}\n")
    if is_committed:
        clone.commit(date="2025-10-30T12:00:00Z")
    before, report = (answer(*TODAY, cwd=path) for path in (plan, clone.path))
    assert report["found"] == before["found"]
    assert report["missing"] == ["unread"]
    text = platctl("discover", *TODAY, cwd=clone.path, env={"COLUMNS": "200"}).stdout
    assert "Not all of this state could be read; what is missing is taken from the commit before" in text
    assert ("Not readable (1); the last readable content is used instead" in text) == is_committed
    seen = answer("--audience", "developers", *TODAY, cwd=clone.path)
    assert (seen["broken"], seen["missing"]) == ([], ["commits"])


# Hostile and hidden

READABLE = [each for each in HOSTILE if each.isprintable()]
"""Texts that YAML takes; the others are not read at all."""


@pytest.mark.parametrize("arguments", [(), ("--backtest",)])
def test_hostile_texts_and_authors_stay_texts(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    repo = Repo(tmp_path / "hostile")
    entities: list[dict[str, object]] = [
        {"kind": "team", "id": f"t{number}", "title": READABLE[number]} for number in range(4)
    ]
    for number, text in enumerate(READABLE):
        own = {"title": text, "owner": f"t{number % 4}", "type": "service", "tags": [READABLE[number // 2]]}
        entities.append({"kind": "component", "id": f"c{number}", **own, "layer": "product" if number % 2 else text})
    for day in ("2025-01-01", "2025-06-01", "2025-07-01"):
        repo.write("model.yaml", "\n---\n".join(map(json.dumps, entities)))
        repo.git("add", "--all")
        repo.git(
            "commit",
            "-q",
            "-m",
            "x",
            f"--author={READABLE[len(entities) % 9]} <a@example.com>",
            date=f"{day}T12:00:00Z",
        )
        for number, text in enumerate(READABLE):
            used = [f"c{(number * 7 + step) % len(READABLE)}" for step in range(1 + len(day) % 4)]
            user = {"kind": "consumer", "id": f"u{number}{day}", "title": text, "owner": f"t{number % 4}"}
            entities.append({**user, "uses": used})
    report = answer(*arguments, *TODAY, cwd=repo.path)
    assert report["found"] or arguments
    for format_ in ("text", "markdown", "json", "html", "confluence", "mediawiki", "csv"):
        done = platctl("discover", *arguments, *TODAY, "--format", format_, cwd=repo.path)
        assert (done.returncode, done.stderr) == (0, "")
        JUDGES[format_](done.stdout)


def test_an_audience_sees_no_commit_and_nothing_that_is_gone(plan: Path) -> None:
    report = json.dumps(answer("--audience", "developers", *TODAY, cwd=plan))
    log = Repo(plan).git("log", "--format=%H").splitlines()
    assert not [commit for commit in log if commit[:7] in report]
    assert "Ada" not in report


def test_a_restricted_user_is_in_no_count_of_an_audience(plan: Path) -> None:
    clone = Repo(plan).clone("hidden")
    for name in ("mobile", "kiosk"):
        file = clone.path / f"{name}.yaml"
        file.write_text(file.read_text() + "visibility: restricted\n")
    clone.commit(date="2025-10-30T12:00:00Z")
    report = answer("--audience", "developers", *TODAY, cwd=clone.path)
    text = json.dumps(report) + said("--audience", "developers", *TODAY, "--backtest", cwd=clone.path)
    assert ("shared-component", "search-index") not in found(report)
    assert ("core-product", "cart") not in found(report)
    for word in ("mobile", "Mobile app", "kiosk", "Kiosk (", "notifier"):
        assert word not in text.replace('"title": "Kiosk"', "")
    shares = {each["component"]["type_users"] for each in report["found"] if each["component"]["type"] == "service"}
    assert shares <= {2}
    assert {one["total"] for each in report["traps"] for one in each.get("appear", ()) if one["field"] == "uses"} == {6}
