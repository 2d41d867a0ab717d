"""Histories that merged each other have several merge bases: none of them hides a change, or shows one twice."""

import json
from pathlib import Path

import pytest

from repos import Repo
from running import platctl

AUTH = """\
kind: component
id: auth
owner: core
interfaces:
  - id: rest
    versions:
      - version: 1.4.0
      - version: 2.0.0
"""
OLD = "      - version: 1.4.0\n"
SHOP = 'kind: consumer\nid: shop\ntitle: Shop\nowner: core\nuses: [{component: auth#rest, requires: ">=1,<2"}]\n'
KIOSK = SHOP.replace("shop", "kiosk").replace("Shop", "Kiosk")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """`main` brought a kiosk, `topic` a mailer, and each merged the other: criss-cross. `topic` is checked out."""
    made = Repo(tmp_path / "r")
    made.write("platctl.yaml", "strategy: One platform\n")
    made.write("team.yaml", "kind: team\nid: core\nlead: Lee\n")
    made.write("auth.yaml", AUTH)
    made.write("shop.yaml", SHOP)
    made.commit()
    made.git("switch", "-q", "-c", "topic")
    made.write("mail.yaml", "kind: component\nid: mail\nowner: core\nversion: 1.0.0\n")
    topic = made.commit()
    made.git("switch", "-q", "main")
    made.write("kiosk.yaml", KIOSK)
    main = made.commit()
    made.git("merge", "-q", "--no-edit", topic)
    made.git("switch", "-q", "topic")
    made.git("merge", "-q", "--no-edit", main)
    return made


def impact(repo: Repo) -> dict[str, object]:
    done = platctl("impact", "--base", "main", "--format", "json", cwd=repo.path)
    assert done.returncode in (0, 1), done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def verdicts(repo: Repo) -> dict[str, str]:
    rows = impact(repo)["verdicts"]
    assert isinstance(rows, list)
    return {row["consumer"]["ref"]: row["level"] for row in rows}


def test_the_report_lists_the_bases(repo: Repo) -> None:
    bases = sorted(repo.git("merge-base", "--all", "main", "topic").split("\n"))
    assert len(bases) == 2
    done = platctl("impact", "--base", "main", cwd=repo.path)
    assert f"Base {bases[0][:7]}, {bases[1][:7]} (merge bases of main and HEAD)" in done.stdout


@pytest.mark.parametrize("command", ["impact", "ci"])
def test_what_the_target_holds_is_no_change(repo: Repo, command: str) -> None:
    done = platctl(command, "--base", "main", cwd=repo.path)
    assert done.returncode == 0, done.stderr
    assert verdicts(repo) == {}
    assert impact(repo)["others"] == []


def test_a_change_is_judged_for_what_either_side_brought(repo: Repo) -> None:
    repo.write("auth.yaml", AUTH.replace(OLD, ""))
    assert verdicts(repo) == {"consumer:kiosk": "breaks", "consumer:shop": "breaks"}
    assert platctl("ci", "--base", "main", cwd=repo.path).returncode == 1


def test_dropping_what_the_target_brought_is_no_way_out(repo: Repo) -> None:
    """One base does not have the kiosk, and against that one nothing would be gone."""
    repo.write("auth.yaml", AUTH.replace(OLD, ""))
    (repo.path / "kiosk.yaml").unlink()
    escapes = impact(repo)["escapes"]
    assert isinstance(escapes, list)
    assert [each["consumer"]["ref"] for each in escapes] == ["consumer:kiosk"]


def test_what_both_sides_did_meanwhile_is_no_change(repo: Repo) -> None:
    repo.write("auth.yaml", AUTH.replace(OLD, ""))
    tip = repo.commit()
    repo.git("switch", "-q", "main")
    repo.git("checkout", "-q", tip, "--", "auth.yaml")
    repo.commit()
    repo.git("switch", "-q", "topic")
    assert verdicts(repo) == {}


def test_settings_of_every_base_judge(repo: Repo) -> None:
    """The target has had a policy since one of the bases; leaving it out of the merge does not take it away."""
    repo.git("switch", "-q", "main")
    policy = "policies: [{id: keep, when: {level: breaks}, action: forbid}]\n"
    repo.write("platctl.yaml", policy)
    with_policy = repo.commit()
    repo.git("switch", "-q", "topic")
    repo.write("note.yaml", "kind: component\nid: note\nowner: core\nversion: 1.0.0\n")
    topic = repo.commit()
    repo.git("merge", "-q", "--no-edit", with_policy)
    repo.git("switch", "-q", "main")
    repo.git("merge", "-q", "--no-edit", topic)
    repo.git("switch", "-q", "topic")
    repo.write("platctl.yaml", "strategy: One platform\n")
    repo.write("auth.yaml", AUTH.replace(OLD, ""))
    assert len(repo.git("merge-base", "--all", "main", "topic").split("\n")) == 2
    done = platctl("ci", "--base", "main", cwd=repo.path)
    assert done.returncode == 1
    assert "keep" in done.stdout
