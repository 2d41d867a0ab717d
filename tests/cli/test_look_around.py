"""`platctl show`, `list` and `influence`: the calls, and what they say where something is missing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from repos import Repo
from running import platctl

MODEL = """\
kind: component
id: auth
title: Auth
owner: core
type: service
versions: [{version: 1.0.0}]
---
kind: component
id: secret-store
visibility: restricted
depends_on: [auth]
---
kind: consumer
id: shop
title: Shop
visibility: public
tier: 1
uses: [{component: auth, requires: "<2"}]
---
kind: initiative
id: keys
title: Keys
owner: core
status: planned
start: 2027-03-01
end: 2027-03-31
effort: {core: 4}
requested_by: [shop]
changes: [{component: auth, effect: addition, version: 1.1.0}]
---
kind: team
id: core
title: Core
lead: Lee
"""
SHOWN = {
    "streaming-show.txt": ("80", ("show", "identity")),
    "streaming-show-wide.txt": ("120", ("show", "identity")),
    "streaming-show.md": ("80", ("show", "identity", "--format", "markdown")),
    "streaming-show.json": ("80", ("show", "account-centre", "--format", "json")),
    "streaming-list.txt": ("80", ("list", "initiatives", "-s", "owner:access")),
    "streaming-influence.txt": ("80", ("influence", "--base", "HEAD~1")),
    "streaming-influence.md": ("80", ("influence", "--format", "markdown")),
    "streaming-influence-identity.txt": ("120", ("influence", "identity")),
    "streaming-influence-downloads.json": ("80", ("influence", "downloads-2", "--format", "json")),
}
CALLS = [["show", "component:auth"], ["list"], ["influence"], ["influence", "component:auth"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "model.yaml").write_text(MODEL)
    return tmp_path


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "r")
    made.write("model.yaml", MODEL)
    made.commit()
    return made


def answer(*arguments: str, cwd: Path) -> dict[str, Any]:
    done = platctl(*arguments, "--format", "json", cwd=cwd)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("name", "width", "arguments"), [(name, *how) for name, how in SHOWN.items()], ids=SHOWN)
def test_reports_read_as_before(
    unpacked: Path, golden: Callable[[str, str], None], name: str, width: str, arguments: tuple[str, ...]
) -> None:
    result = platctl("-C", unpacked, *arguments, env={"COLUMNS": width})
    assert (result.returncode, result.stderr) == (0, "")
    golden(name, result.stdout)


# Where there is nothing to tell


@pytest.mark.parametrize("call", CALLS)
def test_without_git_they_say_what_is_missing(folder: Path, call: list[str]) -> None:
    done = platctl(*call, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    if call != ["list"]:
        assert "this is not a git repository" in done.stdout


@pytest.mark.parametrize("call", CALLS)
def test_before_the_first_commit(tmp_path: Path, call: list[str]) -> None:
    repo = Repo(tmp_path / "r")
    repo.write("model.yaml", MODEL)
    done = platctl(*call, cwd=repo.path)
    assert done.returncode == 0, done.stderr
    if call != ["list"]:
        assert "there is no commit yet" in done.stdout


@pytest.mark.parametrize("call", CALLS)
def test_after_one_commit(repo: Repo, call: list[str]) -> None:
    done = platctl(*call, cwd=repo.path)
    assert (done.returncode, done.stderr) == (0, "")


def test_in_a_shallow_clone(repo: Repo) -> None:
    repo.write("more.yaml", "kind: team\nid: more\n")
    repo.commit()
    clone = repo.clone("clone", "--depth", "1")
    done = platctl("influence", cwd=clone.path)
    assert done.returncode == 0
    assert "a shallow clone lacks earlier ones" in done.stdout
    assert "older than the first commit" in platctl("show", "component:auth", cwd=clone.path).stdout


def test_of_a_folder_and_of_a_ref(repo: Repo) -> None:
    repo.git("tag", "v1")
    assert "a folder has no history" in platctl("show", "component:auth", "--head", ".", cwd=repo.path).stdout
    assert answer("show", "component:auth", "--head", "v1", cwd=repo.path)["recent"]["missing"] is None


def test_what_is_written_and_not_committed_yet(repo: Repo) -> None:
    repo.write("more.yaml", "kind: team\nid: more\n")
    assert "it is not in a commit yet" in platctl("show", "more", cwd=repo.path).stdout


# One entity


def test_a_bare_id_is_enough_where_only_one_has_it(folder: Path) -> None:
    assert platctl("show", "auth", cwd=folder).stdout.startswith("Auth (component:auth)")
    (folder / "more.yaml").write_text("kind: team\nid: auth\n")
    done = platctl("show", "auth", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: `auth` is ambiguous")


def test_what_was_removed_is_found_by_its_history(repo: Repo) -> None:
    repo.write("model.yaml", MODEL.replace("id: keys", "id: other"))
    (repo.path / "model.yaml").write_text(MODEL.partition("---\nkind: team")[0])
    repo.commit()
    done = platctl("show", "team:core", cwd=repo.path)
    assert done.returncode == 0
    assert "removed in " in done.stdout
    assert platctl("show", "team:cor", cwd=repo.path).returncode == 2


def test_every_format_has_the_same_facts(folder: Path) -> None:
    for format_ in ("markdown", "html", "confluence", "mediawiki", "csv"):
        done = platctl("show", "component:auth", "--format", format_, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "1.1.0" in done.stdout
        assert "2027-03-31" in done.stdout.replace('"', "")


# Many


def test_kinds_in_singular_and_plural_with_columns(folder: Path) -> None:
    for word in ("component", "components", "Components"):
        found = answer("list", word, "--columns", "id,owner,type,dependents", cwd=folder)
        assert [each["values"] for each in found["entities"]] == [
            {"id": "auth", "owner": "core", "type": "service", "dependents": 2},
            {"id": "secret-store", "owner": None, "type": None, "dependents": 0},
        ]
    done = platctl("list", "initiatives", "--columns", "id,end,weeks", "--format", "csv", cwd=folder)
    assert done.stdout.splitlines() == ["id,end,weeks", "keys,2027-03-31,4"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["componets"], ["error: there is no kind `componets`", "did you mean `component`?"]),
        (["--columns", "ttle"], ["error: there is no column `ttle`", "did you mean `title`?"]),
        (["--columns", ","], ["error: no column is named"]),
        (["teams", "--columns", "tier"], ["error: there is no column `tier`"]),
    ],
)
def test_a_wrong_name_is_told_with_the_nearest(folder: Path, arguments: list[str], said: list[str]) -> None:
    done = platctl("list", *arguments, cwd=folder)
    assert done.returncode == 2
    assert all(each in done.stderr for each in said), done.stderr


def test_a_list_can_be_narrowed(folder: Path) -> None:
    found = answer("list", "-s", "owner:core", "--exclude", "kind:initiative", cwd=folder)
    assert [each["entity"]["id"] for each in found["entities"]] == ["auth"]


# Whom things move


def test_a_slip_is_told_in_weeks_or_days(folder: Path) -> None:
    for text, days in (("2w", 14), ("5d", 5)):
        push = answer("influence", "keys", "--slip", text, cwd=folder)["push"]
        assert [(each["was"], each["now"]) for each in push["work"]] == [("2027-03-31", f"2027-04-{days:02}")]
    done = platctl("influence", "keys", "--slip", "soon", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, "error: `--slip` can't be `soon`")


def test_propagation_since_a_ref(repo: Repo) -> None:
    repo.write("more.yaml", "kind: component\nid: more\ndepends_on: [secret-store]\n")
    costs = answer("influence", "--base", "HEAD", cwd=repo.path)["propagation"]
    assert [(each["pairs"], each["nodes"], each["was_pairs"], each["was_nodes"]) for each in costs] == [
        (3, 3, 1, 2),
        (4, 4, 2, 3),
    ]


def test_pairs_that_changed_together_have_a_threshold(repo: Repo) -> None:
    for nth in range(3):
        repo.write("model.yaml", MODEL.replace("Keys", f"Keys {nth}").replace("title: Shop", f"title: Shop {nth}"))
        repo.commit()
    found = answer("influence", "--together", "3", cwd=repo.path)["together"]
    assert [(each["one"]["id"], each["other"]["id"], each["both"]) for each in found["pairs"]] == [("shop", "keys", 4)]
    assert platctl("influence", "--together", "0", cwd=repo.path).returncode == 2


# Audiences


@pytest.mark.parametrize("call", [["list"], ["influence"], ["show", "component:auth"]])
def test_an_audience_reads_nothing_of_what_it_may_not_see(repo: Repo, call: list[str]) -> None:
    for _ in range(3):
        repo.commit("note.txt")
    done = platctl(*call, "--audience", "developers", "--format", "json", cwd=repo.path)
    assert done.returncode == 0, done.stderr
    assert "auth" in done.stdout
    assert "secret" not in done.stdout
    if call == ["influence"]:
        (row,) = json.loads(done.stdout)["components"]
        assert row["dependents"][0]["components"] == {"direct": 0, "transitive": 0}


def test_what_is_hidden_is_refused_with_who_may_see_it(folder: Path) -> None:
    done = platctl("show", "secret-store", "--audience", "developers", "--today", "2027-01-01", cwd=folder)
    assert done.returncode == 2
    assert "names a component that is restricted: developers may not see it" in done.stderr
