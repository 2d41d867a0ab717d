"""`platctl rename`: another id, the former one as an alias, and references that follow if asked to."""

import json
import shutil
from pathlib import Path

import pytest

from platctl.model.model import Model
from platctl.outlook.difference import Renamed, diff
from platctl.workspace.workspace import Workspace, open_workspace
from repos import Repo
from running import platctl

EXAMPLES = Path(__file__).parents[2] / "examples"

AUTH = """\
# Who may come in
kind: component
id: Auth   # since 2019
aliases: [login]
interfaces: [{id: rest, version: 2.0.0}]
depends_on:
  - store
  - "component:Store"
"""
SHOP = """\
kind: consumer
id: shop
owner: core
uses:
  - auth   # for everyone
  - {component: 'auth#rest', requires: ">=2,<3"}
  - component: "component:default/AUTH#rest"
    requires: ">=2,<4"
x-note: auth
"""
WORK = """\
kind: initiative
id: passkeys
title: Passkeys
owner: core
status: shaped
effort: {core: 3}
changes:
  - component: login#rest
    effect: change
---
kind: ballot
id: ana
by: Ana
votes:
  passkeys:   # the first
    reach: 5
---
kind: initiative
id: next
title: Next
proposed_by: Ana
depends_on: [passkeys]
"""
FILES = {
    "auth.yaml": AUTH,
    "store.yaml": "kind: component\nid: store\nversion: 1.0.0\n",
    "shop.yaml": SHOP,
    "work.yaml": WORK,
    "team.yaml": "kind: team\nid: core\ntitle: Core\n",
    "platctl.yaml": "waivers:\n  - {rule: missing-owner, entity: auth, reason: soon}\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).write_text(text)
    return tmp_path


def lines(folder: Path, path: str) -> list[tuple[str, str]]:
    """The lines that differ from those before, in pairs."""
    before, after = FILES[path].splitlines(), (folder / path).read_text().splitlines()
    return [(one, other) for one, other in zip(before, after, strict=True) if one != other]


def unchanged(folder: Path) -> set[str]:
    return {path for path, text in FILES.items() if (folder / path).read_text() == text}


def test_the_former_id_becomes_an_alias(folder: Path) -> None:
    done = platctl("rename", "component:auth", "identity", cwd=folder)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [
        "wrote auth.yaml:3",
        "4 references have the former id, which works as an alias; `--references` writes the new one",
    ]
    assert lines(folder, "auth.yaml") == [
        ("id: Auth   # since 2019", "id: identity   # since 2019"),
        ("aliases: [login]", "aliases: [login, Auth]"),
    ]
    assert unchanged(folder) == FILES.keys() - {"auth.yaml"}


def test_references_follow_as_they_are_written(folder: Path) -> None:
    assert platctl("rename", "component:auth", "identity", "--references", cwd=folder).returncode == 0
    assert lines(folder, "shop.yaml") == [
        ("  - auth   # for everyone", "  - identity   # for everyone"),
        tuple(f"  - {{component: '{each}#rest', requires: \">=2,<3\"}}" for each in ("auth", "identity")),
        ('  - component: "component:default/AUTH#rest"', '  - component: "component:default/identity#rest"'),
    ]
    assert lines(folder, "work.yaml") == [("  - component: login#rest", "  - component: identity#rest")]


def test_keys_follow_too(folder: Path) -> None:
    assert platctl("rename", "passkeys", "sign-in", "--references", cwd=folder).returncode == 0
    assert platctl("rename", "team:core", "heart", "--references", cwd=folder).returncode == 0
    text = (folder / "work.yaml").read_text()
    assert "  sign-in:   # the first\n    reach: 5\n" in text
    assert "effort: {heart: 3}\n" in text
    assert "depends_on: [sign-in]\n" in text
    assert "owner: heart\n" in (folder / "shop.yaml").read_text()


def test_in_another_namespace_everything_means_what_it_meant(folder: Path) -> None:
    assert platctl("rename", "component:auth", "access/auth", "--references", cwd=folder).returncode == 0
    text = (folder / "auth.yaml").read_text()
    assert "id: auth   # since 2019\nnamespace: access\naliases: [default/login, default/Auth]\n" in text
    assert '  - default/store\n  - "component:default/Store"\n' in text
    assert "  - access/auth   # for everyone\n" in (folder / "shop.yaml").read_text()
    assert platctl("rename", "access/auth", "default/auth", "--references", cwd=folder).returncode == 0
    again = (folder / "auth.yaml").read_text()
    assert "namespace" not in again
    assert "aliases: [default/login, access/auth]\n" in again


def test_a_name_that_comes_back_changes_places_with_its_alias(folder: Path) -> None:
    platctl("rename", "component:auth", "identity", cwd=folder)
    platctl("rename", "component:identity", "auth", cwd=folder)
    assert "id: auth   # since 2019\naliases: [login, identity]\n" in (folder / "auth.yaml").read_text()


def test_another_spelling_is_no_other_name(folder: Path) -> None:
    platctl("rename", "component:auth", "auth", cwd=folder)
    assert lines(folder, "auth.yaml") == [("id: Auth   # since 2019", "id: auth   # since 2019")]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("store", "component:store already exists (store.yaml:2:5)"),
        ("old-store", "component:old-store is a former id of component:store (store.yaml:2:5)"),
        ("a b", "`a b` is not an id"),
        ("../etc", "`../etc` is not an id"),
        ("", "`` is not an id"),
        ("team:auth", "component:auth can't become a team"),
    ],
)
def test_a_name_that_is_taken_or_none_is_refused(folder: Path, name: str, message: str) -> None:
    (folder / "store.yaml").write_text(FILES["store.yaml"] + "aliases: [old-store]\n")
    done = platctl("rename", "component:auth", name, "--references", cwd=folder)
    assert (done.returncode, done.stderr.splitlines()[0]) == (2, f"error: {message}")
    assert unchanged(folder) == FILES.keys() - {"store.yaml"}


def test_the_same_name_is_nothing_to_do(folder: Path) -> None:
    done = platctl("rename", "store", "store", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "nothing to do: component:store already has this id\n")
    done = platctl("rename", "team:core", "core", "--references", cwd=folder)
    assert done.stderr == "nothing to do: team:core already has this id, and so have all references to it\n"


def test_a_dry_run_shows_all_files_and_writes_none(folder: Path) -> None:
    done = platctl("rename", "component:auth", "identity", "--references", "--dry-run", cwd=folder)
    assert [line for line in done.stdout.splitlines() if line.startswith("+++")] == [
        "+++ b/auth.yaml",
        "+++ b/shop.yaml",
        "+++ b/work.yaml",
    ]
    assert unchanged(folder) == FILES.keys()


def test_a_reference_that_cant_be_edited_leaves_every_file_as_it_was(folder: Path) -> None:
    """Another field uses the same text, by an anchor of YAML, and means no component."""
    before = SHOP.replace("x-note: auth", "x-note: *who").replace("  - auth   # for", "  - &who auth   # for")
    (folder / "shop.yaml").write_text(before)
    done = platctl("rename", "component:auth", "identity", "--references", cwd=folder)
    assert done.returncode == 2
    assert done.stderr.startswith("error: `shop.yaml` was not changed: line ")
    assert (folder / "shop.yaml").read_text() == before
    assert unchanged(folder) == FILES.keys() - {"shop.yaml"}


def test_a_file_that_cant_be_written_leaves_every_file_as_it_was(folder: Path) -> None:
    (folder / "other").hardlink_to(folder / "work.yaml")
    done = platctl("rename", "component:auth", "identity", "--references", cwd=folder)
    assert done.returncode == 2
    assert "`work.yaml` is one of 2 hard links" in done.stderr
    assert unchanged(folder) == FILES.keys()


def test_what_cant_be_read_may_still_have_the_former_id(folder: Path) -> None:
    (folder / "more.yaml").write_text("kind: consumer\nid: kiosk\nuses: [auth\n")
    done = platctl("rename", "component:auth", "identity", "--references", cwd=folder)
    assert done.returncode == 0
    assert "what can't be read may still have the former id, which works as an alias" in done.stderr


def read(folder: Path) -> Model:
    workspace: Workspace = open_workspace(folder)
    return workspace.model(workspace.source.working_tree())


@pytest.mark.parametrize("example", ["streaming", "opensearch"])
@pytest.mark.parametrize("namespace", ["", "elsewhere/"])
def test_nothing_but_the_name_changes_in_any_example(tmp_path: Path, example: str, namespace: str) -> None:
    model = read(EXAMPLES / example / "model")
    for kind in sorted({ref.kind for ref in model.entities}):
        # An initiative's effort names teams of its own namespace.
        if namespace and kind in ("initiative", "team", "ballot"):
            continue
        ref = max((each for each in model.entities if each.kind == kind), key=lambda each: len(users(model, each)))
        folder = tmp_path / kind
        shutil.copytree(EXAMPLES / example / "model", folder)
        done = platctl("rename", str(ref), f"{namespace}renamed", "--references", "--quiet", cwd=folder)
        assert done.returncode == 0, done.stderr
        after = read(folder)
        assert {type(each) for each in diff(model, after)} == {Renamed}
        assert users(after, ref) == []


def users(model: Model, ref: object) -> list[object]:
    """Who refers to an entity by exactly this name."""
    return [each.source for each in model.written_references() if each.target == ref]


def test_an_initiative_whose_effort_names_a_team_of_its_namespace_stays_in_it(folder: Path) -> None:
    done = platctl("rename", "passkeys", "access/passkeys", cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith("error[unknown-reference]: ")
    assert unchanged(folder) == FILES.keys()


def test_a_renamed_entity_is_judged_as_the_same(tmp_path: Path) -> None:
    repo = Repo(tmp_path / "r")
    for path, text in FILES.items():
        repo.write(path, text)
    repo.commit()
    platctl("rename", "component:auth", "identity", "--references", cwd=repo.path)
    done = platctl("ci", "--base", "HEAD", "--format", "json", cwd=repo.path)
    found = json.loads(done.stdout)["impact"]
    assert done.returncode == 0
    assert (found["verdicts"], found["escapes"]) == ([], [])
