"""Not read is not gone: every way in which a file goes out of view, in real repositories, with real commands.

The change takes away what a product requires, and puts the product's file out of view. The check may pass in no case.
"""

import json
import shlex
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from platctl.workspace.unread import judged_head
from platctl.workspace.workspace import open_workspace
from repos import Repo, as_anyone
from running import platctl

SHOP = """\
kind: consumer
id: shop
title: Shop
tier: 1
owner: web
product_manager: Ana
uses:
  - component: auth#rest
    requires: ">=1,<2"
"""
FILES = {
    "platctl.yaml": "strategy: One platform\n",
    "teams.yaml": "kind: team\nid: core\n---\nkind: team\nid: web\n",
    "components/auth.yaml": """\
kind: component
id: auth
owner: core
interfaces:
  - id: rest
    versions:
      - version: 1.4.0
      - version: 2.0.0
""",
    "components/store.yaml": "kind: component\nid: store\nowner: core\nversion: 1.0.0\n",
    "products/shop.yaml": SHOP,
}
Way = Callable[[Repo], None]


def gone(repo: Repo) -> Path:
    """Takes the product's file away, and gives back where it was."""
    path = repo.path / "products/shop.yaml"
    path.unlink()
    return path


def sparse(repo: Repo) -> None:
    repo.git("update-index", "-q", "--refresh")  # in a copy, files have other times
    repo.git("sparse-checkout", "set", "--cone", "components")


def broken_yaml(repo: Repo) -> None:
    repo.write("products/shop.yaml", f"{SHOP}  - component: [\n")


def broken_second_document(repo: Repo) -> None:
    gone(repo)
    repo.write("products/shops.yaml", f"kind: team\nid: new\n---\nuses: [\n{SHOP}")


def unknown_kind(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("kind: consumer", "kind: consumr"))


def kind_of_another_format(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("kind: consumer", "apiVersion: v1\nkind: Consumer"))


def no_kind(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("kind: consumer\n", "").replace("id: shop\n", ""))


def no_id(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("id: shop\n", ""))


def not_a_mapping(repo: Repo) -> None:
    repo.write("products/shop.yaml", "- " + SHOP.replace("\n", "\n  "))


def unreadable_dependency(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("component: auth#rest", "component: [auth, rest]"))


def misspelt_field(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("uses:", "usess:"))


def misspelt_range(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("requires:", "require:"))


def defined_twice(repo: Repo) -> None:
    repo.write("a-shop.yaml", "kind: consumer\nid: shop\ntitle: Shop\n")


def unreadable(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP + "#" * (1 << 20))


def binary(repo: Repo) -> None:
    (repo.path / "products/shop.yaml").write_bytes(b"\0" + SHOP.encode())


def utf16(repo: Repo) -> None:
    (repo.path / "products/shop.yaml").write_bytes(SHOP.encode("utf-16"))


def lfs(repo: Repo) -> None:
    repo.write("products/shop.yaml", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n")


def link(repo: Repo) -> None:
    repo.write("shop.md", SHOP)
    gone(repo).symlink_to("../shop.md")


def dangling_link(repo: Repo) -> None:
    gone(repo).symlink_to("../../nowhere")


def linked_folder(repo: Repo) -> None:
    (repo.path / "products").rename(repo.path / ".products")
    (repo.path / "products").symlink_to(".products")


def folder_linked_away(repo: Repo) -> None:
    (repo.path / "products").rename(repo.path.parent / "products")
    (repo.path / "products").symlink_to("../nowhere")


def new_linked_folder(repo: Repo) -> None:
    (repo.path / "products").rename(repo.path / ".hidden")
    (repo.path / "consumers").symlink_to(".hidden")


def gitlink(repo: Repo) -> None:
    other = Repo(repo.path.parent / "other")
    other.write("shop.yaml", SHOP)
    other.commit()
    repo.git("rm", "-q", "-r", "products")
    repo.git("submodule", "--quiet", "add", str(other.path), "products")


def nested_repository(repo: Repo) -> None:
    gone(repo)
    other = Repo(repo.path / "consumers")
    other.write("shop.yaml", SHOP)
    other.commit()


def hidden(repo: Repo) -> None:
    gone(repo)
    repo.write("products/.shop.yaml", SHOP)


def hidden_folder(repo: Repo) -> None:
    gone(repo)
    repo.write("products/.old/shop.yaml", SHOP)


def hidden_under_another_name(repo: Repo) -> None:
    gone(repo)
    repo.write("products/.attic/old.yml", SHOP.replace("Shop", "The shop"))


def ignored(repo: Repo) -> None:
    repo.git("rm", "-q", "--cached", "products/shop.yaml")
    repo.write(".gitignore", "shop.yaml\n")


def moved_and_ignored(repo: Repo) -> None:
    gone(repo)
    repo.write("build/shop.yaml", SHOP)
    repo.write(".gitignore", "build\n")


def other_ending(repo: Repo) -> None:
    gone(repo)
    repo.write("products/shop.yaml.txt", SHOP)


def backup(repo: Repo) -> None:
    gone(repo)
    repo.write("products/old.yaml~", SHOP.replace("Shop", "The shop"))


def other_name(repo: Repo) -> None:
    repo.git("mv", "products/shop.yaml", "products/notes.txt")


def folder_of_that_name(repo: Repo) -> None:
    path = gone(repo)
    path.mkdir()
    (path / "shop.txt").write_text("nothing\n")


def settings_by_name(repo: Repo) -> None:
    gone(repo)
    repo.write("products/platctl.yaml", SHOP)


def moved_and_excluded(repo: Repo) -> None:
    gone(repo)
    repo.write("attic/store.yaml", SHOP)
    repo.write("platctl.yaml", "strategy: One platform\nexclude: [attic]\n")


WAYS: tuple[Way, ...] = (
    *(sparse, broken_yaml, broken_second_document, unknown_kind, kind_of_another_format, no_kind, no_id),
    *(not_a_mapping, unreadable_dependency, misspelt_field, misspelt_range, defined_twice, unreadable, binary, utf16),
    *(lfs, link, dangling_link, linked_folder, folder_linked_away, new_linked_folder, gitlink, nested_repository),
    *(hidden, hidden_folder, hidden_under_another_name, ignored, moved_and_ignored, other_ending, backup, other_name),
    *(folder_of_that_name, settings_by_name, moved_and_excluded),
)
COMMITTED = tuple(way for way in WAYS if way not in (sparse, ignored, moved_and_ignored, nested_repository))
"""The ways that a commit keeps. What git ignores is not in it, and a commit is always complete."""
each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model on `main`, and a branch for the change."""
    made = Repo(tmp_path_factory.mktemp("untouched") / "r")
    for path, text in FILES.items():
        made.write(path, text)
    made.commit()
    made.git("switch", "-q", "-c", "topic")
    return made.path


@pytest.fixture
def repo(untouched: Path, tmp_path: Path) -> Repo:
    """A copy of it."""
    return Repo(Path(shutil.copytree(untouched, tmp_path / "r")))


def removal(repo: Repo) -> None:
    """The change takes away what the product requires."""
    repo.write("components/auth.yaml", FILES["components/auth.yaml"].replace("      - version: 1.4.0\n", ""))


def hook() -> list[str]:
    """The call of the ready-made hook."""
    hooks = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text())
    (entry,) = (each["entry"] for each in hooks if each["id"] == "platctl-impact")
    return shlex.split(entry)[1:]


def run(repo: Repo, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return platctl(*arguments, cwd=repo.path)


NEVER = ("--fail-on", "never", "--fail-on-finding", "never")


@each_way
def test_the_break_is_found_all_the_same(repo: Repo, way: Way) -> None:
    removal(repo)
    way(repo)
    reports = ("--format", "json", "--report", "markdown=../c.md", "--report", "text=../r.txt")
    impact = run(repo, "impact", "--base", "main", *reports)
    report = json.loads(impact.stdout)
    assert impact.returncode == 1
    assert [(each["consumer"]["id"], each["level"]) for each in report["verdicts"]] == [("shop", "breaks")]
    assert not report["left"]
    assert any(entity["id"] == "shop" for each in report["incomplete"] for entity in each["entities"])
    assert report["summary"]["not_read"] == len({each["span"]["path"] for each in report["incomplete"]})
    for name in ("c.md", "r.txt"):
        text = (repo.path.parent / name).read_text()
        assert text.lstrip("# ").startswith("INCOMPLETE: ")
        assert all(Path(each["span"]["path"]).name.rstrip("~").strip(".") in text for each in report["incomplete"])
    assert run(repo, *hook(), "--base", "main").returncode == 1
    ci = run(repo, "ci", "--base", "main", "--format", "json")
    both = json.loads(ci.stdout)
    assert (ci.returncode, both["outcome"]) == (1, "fail")
    assert both["impact"]["incomplete"] == report["incomplete"]
    assert both["impact"]["verdicts"] == report["verdicts"]


OPENED = (broken_yaml, broken_second_document, unknown_kind, kind_of_another_format, no_kind, no_id, not_a_mapping)
WITH_ERRORS = (*OPENED, unreadable_dependency, misspelt_field, misspelt_range, defined_twice, binary, utf16, lfs)
"""The ways that are errors in what is written, too."""


@each_way
def test_nothing_but_an_error_or_a_break_makes_it_a_failure(repo: Repo, way: Way) -> None:
    way(repo)
    code = 1 if way in WITH_ERRORS else 2
    assert run(repo, "impact", "--base", "main").returncode == code
    assert run(repo, *hook(), "--base", "main").returncode == code
    ci = run(repo, "ci", "--base", "main", "--format", "json")
    assert (ci.returncode, json.loads(ci.stdout)["outcome"]) == (code, "fail" if code == 1 else "incomplete")


@each_way
def test_what_is_out_of_view_does_not_pass_even_if_nothing_breaks(repo: Repo, way: Way) -> None:
    way(repo)
    impact = run(repo, "impact", "--base", "main", "--fail-on", "never")
    assert (impact.returncode, impact.stderr) == (2, "")
    assert impact.stdout.startswith("INCOMPLETE: ")
    assert impact.stdout.splitlines()[-1].startswith("INCOMPLETE: ")
    reports = ("--comment", "../c.md", "--report", "text=../r.txt", "--report", "sarif=../r.sarif")
    ci = run(repo, "ci", "--base", "main", *NEVER, "--format", "json", *reports)
    assert (ci.returncode, json.loads(ci.stdout)["outcome"]) == (2, "incomplete")
    text = (repo.path.parent / "r.txt").read_text()
    assert text.startswith("INCOMPLETE: ")
    assert text.splitlines()[-1].startswith("INCOMPLETE: ")
    assert "INCOMPLETE: " in (repo.path.parent / "c.md").read_text().splitlines()[1]
    found = json.loads((repo.path.parent / "r.sarif").read_text())["runs"][0]["results"]
    assert "not-read" in {each["ruleId"] for each in found}


@pytest.mark.parametrize("way", COMMITTED, ids=lambda way: way.__name__)
def test_a_commit_hides_no_more_than_a_working_tree(repo: Repo, way: Way) -> None:
    removal(repo)
    way(repo)
    repo.commit()
    on_disk = json.loads(run(repo, "impact", "--base", "main", "--format", "json").stdout)
    in_git = run(repo, "impact", "--base", "main", "--head", "HEAD", "--format", "json")
    report = json.loads(in_git.stdout)
    assert in_git.returncode == 1
    assert [each["consumer"]["id"] for each in report["verdicts"]] == ["shop"]
    assert bool(report["incomplete"]) is bool(on_disk["incomplete"]) is True


@pytest.mark.parametrize("way", [broken_yaml, link, hidden, other_ending, defined_twice], ids=lambda way: way.__name__)
def test_a_folder_hides_no_more_than_a_repository(repo: Repo, tmp_path: Path, way: Way) -> None:
    shutil.copytree(repo.path, tmp_path / "base", ignore=shutil.ignore_patterns(".git"))
    removal(repo)
    way(repo)
    shutil.copytree(repo.path, tmp_path / "head", symlinks=True, ignore=shutil.ignore_patterns(".git"))
    result = platctl("impact", "--base", "../base", "--format", "json", cwd=tmp_path / "head")
    assert result.returncode == 1
    assert [each["consumer"]["id"] for each in json.loads(result.stdout)["verdicts"]] == ["shop"]


def out_of_view(repo: Repo) -> list[str]:
    """Why something of the last commit can't be read now."""
    workspace = open_workspace(repo.path)
    base = workspace.model(workspace.source.at("HEAD"))
    return [each.why for each in judged_head(workspace, base, workspace.source.working_tree()).model.not_read]


def unreadable_to(folder: Path) -> list[str]:
    """What is out of view for a user who may not read the product's file, or its folder."""
    found = []
    for number, locked in enumerate(("products/shop.yaml", "products")):
        made = Repo(folder / str(number))
        for path, text in FILES.items():
            made.write(path, text)
        made.commit()
        (made.path / locked).chmod(0)
        found += out_of_view(made)
    return found


def test_what_the_user_may_not_read_is_not_gone(repo: Repo) -> None:
    hidden(repo)
    # Also loads what the other user could not.
    assert out_of_view(repo) == ["`products/.shop.yaml` is hidden, and hidden files are not read"]
    assert as_anyone(unreadable_to) == [
        "`products/shop.yaml` can't be read: permission denied",
        "`products/shop.yaml` can't be read: permission denied",
    ]


# What is really gone, and what was not read before -------------------------------------------------------------


def delete(repo: Repo) -> None:
    gone(repo)


def delete_with_other_hidden_files(repo: Repo) -> None:
    gone(repo)
    repo.write(".github/workflows/shop.yml", "on: push\njobs: {}\n")
    repo.write("docs/shop.md", "The shop is sold.\n")


def move(repo: Repo) -> None:
    repo.git("mv", "products/shop.yaml", "shops.yml")


def rename_with_alias(repo: Repo) -> None:
    repo.write("products/shop.yaml", SHOP.replace("id: shop", "id: store-front\naliases: [shop]"))


@pytest.mark.parametrize("way", [delete, delete_with_other_hidden_files, move, rename_with_alias])
def test_what_head_can_read_is_complete(repo: Repo, way: Way) -> None:
    way(repo)
    result = run(repo, "impact", "--base", "main", "--format", "json")
    assert (result.returncode, json.loads(result.stdout)["incomplete"]) == (0, [])


def test_what_base_could_not_read_either_is_no_matter_of_the_change(repo: Repo) -> None:
    repo.git("switch", "-q", "main")
    repo.write("old.yaml", "kind: team\nid: [\n")
    (repo.path / "linked.yaml").symlink_to("teams.yaml")
    repo.write("products/kiosk.yaml", "kind: consumer\nid: kiosk\nuses: [{component: store, requires: [1]}]\n")
    repo.commit()
    repo.write(
        "products/kiosk.yaml",
        "kind: consumer\nid: kiosk\ntitle: Kiosk\nuses: [store, {component: store, requires: [1]}]\n",
    )
    (repo.path / "components/store.yaml").write_text(FILES["components/store.yaml"].replace("1.0.0", "1.1.0"))
    result = run(repo, "impact", "--base", "main", "--format", "json")
    report = json.loads(result.stdout)
    assert (result.returncode, report["incomplete"], report["errors"]) == (0, [], [])


def test_a_field_is_told_with_its_line_in_base(repo: Repo) -> None:
    removal(repo)
    unreadable_dependency(repo)
    report = json.loads(run(repo, "impact", "--base", "main", "--format", "json").stdout)
    (verdict,) = report["verdicts"]
    assert report["steps"][verdict["cause"]["steps"][-1]]["span"]["line"] == 8
    text = run(repo, "impact", "--base", "main").stdout
    assert "`uses` of consumer `shop` can't be read in `products/shop.yaml`" in text


# Errors that only head has ------------------------------------------------------------------------------------


def test_a_reference_that_leads_nowhere_fails_unless_told_never_to(repo: Repo) -> None:
    repo.write("teams.yaml", "kind: team\nid: core\n")
    result = run(repo, "impact", "--base", "main")
    assert result.returncode == 1
    assert "New errors (1)" in result.stdout
    assert "team `web` does not exist" in result.stdout
    assert result.stdout.splitlines()[-1] == "FAIL: 1 new error"
    assert run(repo, "impact", "--base", "main", "--fail-on", "never").returncode == 0
    assert run(repo, "ci", "--base", "main").returncode == 1
    repo.git("switch", "-q", "main")
    repo.commit()
    assert run(repo, "impact", "--base", "main").returncode == 0


def test_a_reference_to_what_was_not_read_is_no_error(repo: Repo) -> None:
    (repo.path / "teams.yaml").rename(repo.path / ".teams.yaml")
    for command in (("impact",), ("ci",)):
        result = run(repo, *command, "--base", "main")
        assert (result.returncode, "does not exist" in result.stdout) == (2, False)


def test_nothing_is_known_because_base_could_not_read_what_it_missed(repo: Repo) -> None:
    repo.git("switch", "-q", "main")
    (repo.path / "teams.yaml").unlink()
    (repo.path / "teams.yaml").symlink_to("../elsewhere.yaml")
    repo.commit()
    (repo.path / "teams.yaml").unlink()
    repo.write("teams.yaml", "kind: team\nid: core\n")
    for command in ("validate", "ci"):
        result = run(repo, command, "--base", "HEAD", "--new-only")
        assert (result.returncode, "team `web` does not exist" in result.stdout) == (1, True)


@each_way
def test_what_is_out_of_view_is_never_a_known_finding(repo: Repo, way: Way) -> None:
    way(repo)
    run(repo, "baseline", "-o", "../baseline.json")
    ci = run(repo, "ci", "--base", "main", "--new-only", "--baseline", "../baseline.json", *NEVER)
    assert (ci.returncode, ci.stdout.startswith("INCOMPLETE: ")) == (2, True)


def test_many_files_out_of_view_are_counted(repo: Repo) -> None:
    repo.git("switch", "-q", "main")
    for number in range(30):
        repo.write(f"teams/team-{number}.yaml", f"kind: team\nid: team-{number}\n")
    repo.commit()
    (repo.path / "teams").rename(repo.path / ".teams")
    text = run(repo, "impact", "--base", "HEAD").stdout
    assert text.startswith("INCOMPLETE: 30 files of base could not be read")
    assert "\nand 10 more\n" in text
