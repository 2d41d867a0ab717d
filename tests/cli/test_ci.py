"""`platctl ci` in real clones of a real remote, with what each pipeline sets."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from markdown_it import MarkdownIt

from render.oracles import annotations, commands, step_outputs
from render.schemas import code_quality, junit_suites, sarif_run
from running import git, platctl

SETTINGS = """\
rules: {missing-owner: error}
policies:
  - {id: tier-1-stays-whole, when: {level: breaks, tier: 1}, action: forbid}
"""
MODEL = """\
kind: team
id: crew
---
kind: component
id: identity
title: Identity
owner: crew
version: 2.4.0
---
kind: consumer
id: shop
owner: crew
tier: 1
uses: [{component: identity, requires: "<3"}]
"""
VERSION_LINE = "8"
BREAKING = MODEL.replace("2.4.0", "3.0.0")
ENDING = MODEL.replace("version: 2.4.0", "version: 2.4.0\nlifecycle: deprecated\nsunset: 2027-06-30")
LOOSENED = """\
rules: {unsatisfied-range: off}
waivers:
  - {rule: impact, entity: "consumer:shop", reason: never mind}
  - {rule: unsatisfied-range, reason: never mind}
policies: []
"""
BRANCHES: dict[str, dict[str, str | None]] = {
    "harmless": {"model.yaml": MODEL.replace("title: Identity", "title: Accounts")},
    "breaking": {"model.yaml": BREAKING},
    "ending": {"model.yaml": ENDING},
    "loosened": {"model.yaml": BREAKING, "platctl.yaml": LOOSENED},
    "moved": {"model.yaml": None, "platctl.yaml": None, "../elsewhere/model.yaml": BREAKING},
}


def commit(folder: Path, files: dict[str, str | None]) -> str:
    """Writes or removes files of the model, and commits."""
    for name, text in files.items():
        path = folder / "platform" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink() if text is None else path.write_text(text, "utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "-m", "Change the model")
    return git(folder, "rev-parse", "HEAD").strip()


@dataclass(frozen=True)
class Remote:
    """A bare repository; `parted` is the commit that all branches start from, `main` the one that others added."""

    path: Path
    parted: str
    main: str
    merged: str

    def checkout(self, folder: Path, ref: str, *options: str) -> Path:
        """What the checkout of a pipeline leaves: one ref, fetched over the protocol of a server."""
        git(folder.parent, "init", "-q", str(folder))
        git(folder, "remote", "add", "origin", f"file://{self.path}")
        git(folder, "fetch", "-q", "--no-tags", *options, "origin", ref)
        git(folder, "checkout", "-q", "--detach", "FETCH_HEAD")
        return folder

    def clone(self, folder: Path, branch: str) -> Path:
        """What a person has."""
        git(folder.parent, "clone", "-q", "-b", branch, f"file://{self.path}", str(folder))
        return folder


@pytest.fixture(scope="module")
def remote(tmp_path_factory: pytest.TempPathFactory) -> Remote:
    folder = tmp_path_factory.mktemp("remote")
    work, bare = folder / "work", folder / "remote.git"
    git(folder, "init", "-q", "-b", "main", str(work))
    parted = commit(work, {"platctl.yaml": SETTINGS, "model.yaml": MODEL})
    for name, files in BRANCHES.items():
        git(work, "checkout", "-q", "-b", name, parted)
        commit(work, files)
    git(work, "checkout", "-q", "main")
    main = commit(work, {"later.yaml": "kind: team\nid: later\n"})
    git(work, "checkout", "-q", "--detach")
    git(work, "merge", "-q", "--no-ff", "-m", "Merge", "breaking")
    git(work, "update-ref", "refs/pull/7/merge", "HEAD")
    merged = git(work, "rev-parse", "HEAD").strip()
    git(work, "checkout", "-q", "main")
    git(folder, "clone", "-q", "--mirror", str(work), str(bare))
    git(bare, "config", "uploadpack.allowAnySHA1InWant", "true")
    return Remote(bare, parted, main, merged)


def github(folder: Path, remote: Remote) -> dict[str, str]:
    """What GitHub Actions sets for pull request 7; its files lie in a folder of the runner."""
    runner = folder.parent / "runner"
    runner.mkdir(exist_ok=True)
    (runner / "event.json").write_text(json.dumps({"pull_request": {"number": 7, "base": {"sha": remote.parted}}}))
    for name in ("summary.md", "outputs"):
        (runner / name).touch()
    return {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": "pull_request",
        "GITHUB_BASE_REF": "main",
        "GITHUB_REF": "refs/pull/7/merge",
        "GITHUB_SHA": remote.merged,
        "GITHUB_RUN_ID": "1658821493",
        "GITHUB_REPOSITORY": "acme/platform",
        "GITHUB_EVENT_PATH": str(runner / "event.json"),
        "GITHUB_STEP_SUMMARY": str(runner / "summary.md"),
        "GITHUB_OUTPUT": str(runner / "outputs"),
    }


def outputs(folder: Path) -> dict[str, str]:
    return step_outputs((folder.parent / "runner" / "outputs").read_text())


def summary(folder: Path) -> str:
    return (folder.parent / "runner" / "summary.md").read_text("utf-8")


def ci(folder: Path, *options: str | Path, env: dict[str, str] | None = None) -> "CompletedProcess[str]":
    return platctl("ci", "--today", "2026-11-23", *options, cwd=folder / "platform", env=env)


def as_json(folder: Path, *options: str | Path, env: dict[str, str] | None = None) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(ci(folder, "--format", "json", *options, env=env).stdout)
    return report


# GitHub Actions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ran:
    result: "CompletedProcess[str]"
    folder: Path

    @property
    def comment(self) -> str:
        return (self.folder / "platform" / "comment.md").read_text("utf-8")


@pytest.fixture(scope="module")
def pull_request(remote: Remote, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """A pull request that breaks a product, checked out at depth 1 as actions/checkout does."""
    folder = remote.checkout(tmp_path_factory.mktemp("github") / "clone", "refs/pull/7/merge", "--depth=1")
    options = ("--comment", "comment.md", "--report", "sarif=a.sarif", "--report", "junit=b.xml")
    return Ran(ci(folder, *options, env=github(folder, remote)), folder)


def test_a_pull_request_is_compared_with_its_target_which_is_fetched_and_said(
    pull_request: Ran, remote: Remote
) -> None:
    assert pull_request.result.returncode == 1
    assert pull_request.result.stderr == f"fetching commit {remote.main} without its history from origin\n"
    base = f"Base {remote.main[:7]} (first parent of the pull request's merge commit) -> working tree"
    assert base in pull_request.result.stdout
    assert git(pull_request.folder, "rev-list", "--count", "--all").strip() == "1"


def test_the_log_ends_with_annotations_that_lead_from_the_top_of_the_repository(pull_request: Ran) -> None:
    log = pull_request.result.stdout
    read = annotations(log)
    assert [(each.command, each.properties["title"], each.place[:2]) for each in read] == [
        ("error", "breaks: shop, tier 1", ("platform/model.yaml", VERSION_LINE)),
        ("error", "forbidden-change", ("platform/model.yaml", VERSION_LINE)),
        ("error", "unsatisfied-range", ("platform/model.yaml", "14")),
    ]
    assert log.splitlines()[-3:] == commands(log)
    assert commands(pull_request.result.stderr) == []
    assert "FAIL: 1 finding at or above error (--fail-on-finding error); 1 effect forbidden" in log


def test_the_summary_of_the_step_is_the_comment(pull_request: Ran, remote: Remote) -> None:
    marker, text = pull_request.comment.split("\n", 1)
    assert marker == (
        f"<!-- platctl:comment id=platform base={remote.main} head={remote.merged} run=1658821493 quiet=no -->"
    )
    assert text.startswith("### Breaks 1 product. New findings: 1 error\n")
    assert summary(pull_request.folder) == text


def test_the_comment_says_once_why_the_check_failed(pull_request: Ran) -> None:
    (reasons,) = (line for line in pull_request.comment.splitlines() if "Check failed" in line)
    said = "Check failed: 1 finding at or above error (--fail-on-finding error); 1 effect forbidden by policy"
    assert MarkdownIt().parse(reasons)[1].content.replace("**", "") == said


def test_later_steps_can_decide_by_the_outputs(pull_request: Ran) -> None:
    assert outputs(pull_request.folder) == {
        "outcome": "fail",
        "breaks": "1",
        "must-act": "0",
        "at-risk": "0",
        "gains": "0",
        "informed": "0",
        "escaped": "0",
        "approvals-missing": "0",
        "errors": "1",
        "warnings": "0",
        "new-findings": "1",
    }


def test_both_checks_are_in_every_report_of_the_run(pull_request: Ran) -> None:
    folder = pull_request.folder / "platform"
    run = sarif_run((folder / "a.sarif").read_text("utf-8"))
    assert run["automationDetails"] == {"id": "platctl/validate-impact/"}
    assert {each["ruleId"] for each in run["results"]} == {"impact/breaks", "forbidden-change", "unsatisfied-range"}
    suites = junit_suites((folder / "b.xml").read_text("utf-8"))
    assert {suite.get("name"): suite.get("failures") for suite in suites} == {
        "platctl.validate": "1",
        "platctl.impact": "2",
    }


def test_a_log_that_another_program_reads_has_no_annotations(pull_request: Ran, remote: Remote) -> None:
    env = github(pull_request.folder, remote)
    for output in ((), ("-o", "-")):
        report = as_json(pull_request.folder, *output, env=env)
        assert (report["format"], report["outcome"]) == ("platctl.ci", "fail")


def test_what_can_not_be_compared_is_exit_2_and_claims_nothing(remote: Remote, tmp_path: Path) -> None:
    folder = remote.checkout(tmp_path / "clone", "refs/pull/7/merge", "--depth=1")
    (folder / "platform/old.sarif").write_text("old")
    env = github(folder, remote)
    result = ci(folder, "--no-fetch", "--comment", "comment.md", "--report", "sarif=old.sarif", env=env)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"the first parent of the pull request's merge commit, {remote.main}, is not in this clone" in result.stderr
    assert "fetch-depth: 0" in result.stderr
    assert (folder / "platform/old.sarif").read_text() == "old"
    comment = (folder / "platform/comment.md").read_text("utf-8")
    marker, text = comment.split("\n", 1)
    assert marker == "<!-- platctl:comment id=platform base= head= run=1658821493 quiet=no -->"
    assert text.startswith("### This change could not be checked\n")
    assert not [word for word in ("PASS", "Breaks", "affected", "wrong", "product") if word in text]
    assert summary(folder) == text
    assert outputs(folder) == {"outcome": "unknown"}


def test_a_summary_without_room_is_said_and_left_as_it_is(pull_request: Ran, remote: Remote) -> None:
    env = github(pull_request.folder, remote)
    full = pull_request.folder.parent / "full.md"
    full.write_bytes(b"x" * ((1 << 20) - 100))
    result = ci(pull_request.folder, "--base", "HEAD", env=env | {"GITHUB_STEP_SUMMARY": str(full)})
    assert "note: the summary of this step is full\n" in result.stderr
    assert full.stat().st_size == (1 << 20) - 100


def test_files_of_the_runner_that_can_not_be_written_fail_nothing(
    remote: Remote, tmp_path: Path, pull_request: Ran
) -> None:
    env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path), "GITHUB_OUTPUT": str(tmp_path / "no/file")}
    result = ci(pull_request.folder, "--base", "HEAD", "--fail-on-finding", "never", env=env)
    assert result.returncode == 0
    assert "note: can't write the summary of this step" in result.stderr
    assert "note: can't write the outputs of this step" in result.stderr


# GitLab ------------------------------------------------------------------------------------------------------


def test_a_merge_request_is_compared_with_its_diff_base_and_leaves_its_reports(remote: Remote, tmp_path: Path) -> None:
    folder = remote.checkout(tmp_path / "clone", "refs/heads/breaking", "--depth=20")
    env = {
        "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": remote.parted,
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_PIPELINE_ID": "41",
    }
    options = ("--report", "gitlab=quality.json", "--report", "junit=junit.xml", "--comment", "comment.md")
    result = ci(folder, *options, env=env)
    assert (result.returncode, result.stderr, commands(result.stdout)) == (1, "", [])
    assert f"Base {remote.parted[:7]} (diff base of the merge request)" in result.stdout
    entries = code_quality((folder / "platform/quality.json").read_text("utf-8"))
    assert {each["location"]["path"] for each in entries} == {"platform/model.yaml"}
    assert junit_suites((folder / "platform/junit.xml").read_text("utf-8")).get("failures") == "3"
    assert " run=41 " in (folder / "platform/comment.md").read_text("utf-8")


# A plain shell -----------------------------------------------------------------------------------------------


def test_a_branch_is_compared_with_where_it_left_the_default_branch(remote: Remote, tmp_path: Path) -> None:
    folder = remote.clone(tmp_path / "clone", "harmless")
    result = ci(folder, "--comment", "comment.md")
    assert (result.returncode, result.stderr, commands(result.stdout)) == (0, "", [])
    assert f"Base {remote.parted[:7]} (merge base of origin/main and HEAD)" in result.stdout
    assert result.stdout.endswith("\nPASS\n")
    assert "later" not in result.stdout


def test_a_commit_is_checked_without_checking_it_out(remote: Remote, tmp_path: Path) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    result = ci(folder, "--head", "origin/breaking")
    assert result.returncode == 1
    assert f"Base {remote.parted[:7]} (merge base of origin/main and origin/breaking)" in result.stdout


def test_without_a_base_nothing_is_claimed(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    git(tmp_path, "init", "-q", "-b", "trunk", str(folder))
    commit(folder, {"model.yaml": BREAKING})
    result = ci(folder, "--comment", "comment.md")
    assert (result.returncode, result.stdout) == (2, "")
    assert "error: there is no default branch" in result.stderr
    assert "### This change could not be checked" in (folder / "platform/comment.md").read_text("utf-8")


# What fails --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("branch", "options", "code"),
    [
        ("ending", (), 0),
        ("ending", ("--fail-on", "must-act"), 1),
        ("ending", ("--fail-on-finding", "warning"), 1),
        ("breaking", ("--fail-on", "never"), 1),
        ("breaking", ("--fail-on-finding", "never"), 1),
        ("breaking", ("--fail-on", "never", "--fail-on-finding", "never"), 0),
    ],
)
def test_levels_severities_and_policies_decide_the_exit_code(
    clone: Path, branch: str, options: tuple[str, ...], code: int
) -> None:
    assert ci(clone, "--head", f"origin/{branch}", *options).returncode == code


@pytest.fixture(scope="module")
def clone(remote: Remote, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone that stays as it is; what differs is named by --head."""
    return remote.clone(tmp_path_factory.mktemp("shell") / "clone", "main")


def test_a_change_is_not_judged_by_the_settings_that_it_loosens(clone: Path) -> None:
    report = as_json(clone, "--head", "origin/loosened")
    assert report["outcome"] == "fail"
    (finding,) = report["validation"]["diagnostics"]
    assert (finding["finding"]["rule"], finding["finding"]["severity"]) == ("unsatisfied-range", "error")
    (verdict,) = report["impact"]["verdicts"]
    assert (verdict["fails"], verdict["waived"]) == ("forbidden", None)
    said = [(each["rule"], each["message"]) for each in report["impact"]["findings"]]
    changed = "changes: this check still uses the settings of base, the next one the new settings"
    assert [message for rule, message in said if rule == "policy-changed"] == [
        f"`{name}` {changed}" for name in ("policies", "waivers", "rules")
    ]


def test_a_change_can_not_get_away_from_settings_by_nearer_ones_or_by_removing_the_nearest(
    remote: Remote, tmp_path: Path
) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    base = commit(folder, {"platctl.yaml": None, "../platctl.yaml": SETTINGS})
    nearer = commit(folder, {"platctl.yaml": "rules: {}\n", "model.yaml": BREAKING})
    result = ci(folder, "--base", base)
    assert (result.returncode, result.stdout) == (2, "")
    settings = f"error: the settings of {base} are in `./`, but those of this change are in `platform/`\n"
    assert result.stderr.startswith(settings)
    assert ci(folder, "--base", nearer).returncode == 1
    (folder / "platform/platctl.yaml").unlink()
    assert "are in `platform/`, but those of this change are in `./`" in ci(folder, "--base", nearer).stderr


@pytest.mark.parametrize("broken", [b"policies: [\n", b"\xff\xfe", b"version https://git-lfs.github.com/spec/v1\n"])
def test_where_the_settings_of_the_base_can_not_be_read_nothing_is_claimed(
    remote: Remote, tmp_path: Path, broken: bytes
) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    (folder / "platform/platctl.yaml").write_bytes(broken)
    base = commit(folder, {})
    commit(folder, {"platctl.yaml": SETTINGS, "model.yaml": BREAKING})
    result = ci(folder, "--base", base)
    assert (result.returncode, result.stdout) == (2, "")
    message = f"error: `platform/platctl.yaml` in {base} can't be read, so the settings for this check are unknown\n"
    assert result.stderr.startswith(message)


def test_a_change_can_not_set_the_clock_back_to_a_day_on_which_a_waiver_held(
    remote: Remote, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    waiver = "waivers: [{rule: impact, entity: shop, reason: until then, expires: 2027-01-31}]\n"
    for day, code in (("2027-01-31", 0), ("2027-02-01", 1)):
        monkeypatch.setenv("GIT_COMMITTER_DATE", f"{day}T12:00:00Z")
        base = commit(folder, {"platctl.yaml": f"# {day}\n{SETTINGS}{waiver}", "model.yaml": MODEL})
        monkeypatch.setenv("GIT_COMMITTER_DATE", "2027-01-15T12:00:00Z")
        commit(folder, {"model.yaml": BREAKING})
        result = platctl("ci", "--base", base, "--fail-on-finding", "never", cwd=folder / "platform")
        assert (result.returncode, "forbidden by policy" in result.stdout) == (code, bool(code))


@pytest.mark.parametrize("setting", ["roots: [else]", "layers: [product]"])
def test_settings_that_narrow_what_is_checked_are_reported(remote: Remote, tmp_path: Path, setting: str) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    (folder / "platform/else").mkdir()
    (folder / "platform/else/team.yaml").write_text("kind: team\nid: alone\n")
    (folder / "platform/platctl.yaml").write_text(f"{SETTINGS}{setting}\n")
    findings = as_json(folder, "--base", "HEAD")["impact"]["findings"]
    name = setting.partition(":")[0]
    assert [each["rule"] for each in findings] == ["policy-changed"]
    assert (
        findings[0]["message"]
        == f"`{name}` changes, which decides what is checked: this check already uses the new setting"
    )
    assert findings[0]["span"]["line"] == 4


def test_settings_judge_from_the_next_change_on(remote: Remote, tmp_path: Path) -> None:
    folder = remote.clone(tmp_path / "clone", "loosened")
    (folder / "platform/model.yaml").write_text(BREAKING.replace("title: Identity", "title: Accounts"), "utf-8")
    report = as_json(folder, "--base", "HEAD")
    assert (report["outcome"], report["impact"]["findings"]) == ("pass", [])


def test_what_is_approved_passes_until_the_change_is_altered(remote: Remote, tmp_path: Path) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    asks = "policies:\n  - {id: agreed, when: {level: breaks}, action: approve, by: [Ana]}\n"
    base = commit(folder, {"platctl.yaml": f"{asks}approvals: {{trust: file}}\n"})
    plan = "kind: initiative\nid: retire\nstatus: planned\nend: {}\nowner: crew\nchanges:\n{}"
    change = '  - {component: identity, effect: removal, version: "<3"}\n'
    roadmap = folder / "platform/roadmap.yaml"
    roadmap.write_text(plan.format("2027-09-30", change), "utf-8")
    options = ("--base", base, "--fail-on-finding", "never")
    missing = ci(folder, *options)
    assert (missing.returncode, "1 approval missing" in missing.stdout) == (1, True)
    assert platctl("approve", "retire", "--for", "shop", "--by", "Ana", cwd=folder / "platform").returncode == 0
    assert ci(folder, *options).returncode == 0
    roadmap.write_text(roadmap.read_text("utf-8").replace("2027-09-30", "2027-03-31"), "utf-8")
    lapsed = ci(folder, *options)
    assert (lapsed.returncode, "approval by Ana lapsed" in " ".join(lapsed.stdout.split())) == (1, True)


def test_a_change_cannot_approve_itself_nor_trust_itself(remote: Remote, tmp_path: Path) -> None:
    folder = remote.clone(tmp_path / "clone", "main")
    asks = "policies:\n  - {id: agreed, when: {level: breaks}, action: approve, by: [Ana]}\n"
    base = commit(folder, {"platctl.yaml": asks})
    plan = "kind: initiative\nid: retire\nstatus: planned\nend: 2027-09-30\nowner: crew\nchanges:\n"
    change = '  - {component: identity, effect: removal, version: "<3"}\n'
    commit(folder, {"roadmap.yaml": plan + change, "platctl.yaml": f"{asks}approvals: {{trust: file}}\n"})
    assert platctl("approve", "retire", "--for", "shop", "--by", "Ana", cwd=folder / "platform").returncode == 0
    options = ("--base", base, "--fail-on-finding", "never")
    found = ci(folder, *options)
    assert (found.returncode, "claimed in this change" in " ".join(found.stdout.split())) == (1, True)
    (verdict,) = as_json(folder, *options)["impact"]["verdicts"]
    (approval,) = verdict["approvals"]
    assert (approval["state"], approval["source"], approval["by"]) == ("claimed", "change", "Ana")
    ci(folder, *options, "--comment", "comment.md")
    assert "claimed in this change" in (folder / "platform" / "comment.md").read_text("utf-8")


# The first pull request --------------------------------------------------------------------------------------


def test_the_change_that_brings_the_model_is_checked_by_its_own_settings(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    base = commit(folder, {"../README.md": "hello\n"})
    commit(folder, {"platctl.yaml": LOOSENED, "model.yaml": BREAKING})
    report = as_json(folder, "--base", base)
    assert (report["outcome"], report["impact"]["verdicts"], report["impact"]["findings"]) == ("pass", [], [])
    commit(folder, {"platctl.yaml": SETTINGS})
    report = as_json(folder, "--base", base)
    assert (report["outcome"], len(report["new"])) == ("fail", 1)


def test_a_model_that_moves_to_another_folder_does_not_pass_for_a_new_one(remote: Remote, tmp_path: Path) -> None:
    folder = remote.clone(tmp_path / "clone", "moved")
    (folder / "elsewhere/platctl.yaml").write_text("rules: {}\n")
    result = platctl("ci", "--format", "json", cwd=folder / "elsewhere")
    report = json.loads(result.stdout)["impact"]
    assert result.returncode == 1
    assert [(each["consumer"]["id"], each["fails"]) for each in report["verdicts"]] == [("shop", "forbidden")]
    assert "policy-changed" in {each["rule"] for each in report["findings"]}


# Old debts ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def indebted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository that is wrong in three places, with a change that alters none of them."""
    folder = tmp_path_factory.mktemp("debts") / "clone"
    git(folder.parent, "init", "-q", "-b", "main", str(folder))
    wrong = [f"kind: goal\nid: g{number}\nparent: gone\n" for number in range(3)]
    commit(folder, {"goals.yaml": "---\n".join(wrong), "platctl.yaml": "rules: {}\n"})
    git(folder, "checkout", "-q", "-b", "work")
    commit(folder, {"team.yaml": "kind: team\nid: crew\n"})
    return folder


def test_old_findings_are_counted_apart_and_fail_only_where_they_should(indebted: Path) -> None:
    assert ci(indebted, "--comment", "all.md").returncode == 1
    old = (indebted / "platform/all.md").read_text("utf-8")
    assert old.count("(existing)") == 3
    assert " quiet=no " in old
    new = ci(indebted, "--new-only", "--comment", "new.md")
    assert (new.returncode, "3 already known" in new.stdout) == (0, True)
    assert " quiet=yes " in (indebted / "platform/new.md").read_text("utf-8")


def test_what_is_new_comes_first_where_only_a_few_findings_are_shown(tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    git(tmp_path, "init", "-q", "-b", "main", str(folder))
    goals = "---\n".join(f"kind: goal\nid: g{number}\nparent: gone\n" for number in range(12))
    commit(folder, {"goals.yaml": goals})
    (folder / "platform/zeta.yaml").write_text("kind: goal\nid: zeta\nparent: missing\n")
    result = ci(folder, "--base", "HEAD", "--comment", "comment.md", env={"GITHUB_ACTIONS": "true"})
    first, *others = annotations(result.stdout)
    assert (first.properties["file"], len(others)) == ("platform/zeta.yaml", 9)
    lines = (folder / "platform/comment.md").read_text("utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| **error**")]
    assert ("zeta.yaml" in rows[0], "(existing)" in rows[0], len(rows)) == (True, False, 13)


def test_a_change_can_not_add_to_the_baseline_that_it_is_judged_by(indebted: Path, tmp_path: Path) -> None:
    folder = tmp_path / "clone"
    shutil.copytree(indebted, folder)
    assert platctl("baseline", cwd=folder / "platform").returncode == 0
    base = commit(folder, {})
    baseline = folder / "platform/.platctl/baseline.json"
    assert ci(folder, "--base", base, "--baseline", baseline).returncode == 0
    (folder / "platform/more.yaml").write_text("kind: goal\nid: more\nparent: gone\n")
    assert platctl("baseline", cwd=folder / "platform").stderr.startswith("wrote 4 findings")
    report = as_json(folder, "--base", base, "--baseline", baseline)
    assert (report["outcome"], len(report["new"])) == ("fail", 1)


# The comment and the reports ---------------------------------------------------------------------------------


def test_a_change_that_moves_nobody_gets_one_line(clone: Path, remote: Remote, tmp_path: Path) -> None:
    env = github(tmp_path / "clone", remote) | {"GITHUB_BASE_REF": "", "GITHUB_EVENT_NAME": "workflow_dispatch"}
    comment = tmp_path / "comment.md"
    result = ci(clone, "--head", "origin/harmless", "--comment", comment, "--id", "second", env=env)
    assert (result.returncode, commands(result.stdout)) == (0, [])
    marker, line = comment.read_text("utf-8").splitlines()
    assert marker.startswith("<!-- platctl:comment id=second ")
    assert marker.endswith(" quiet=yes -->")
    assert line.startswith("No product is affected, and there are no new findings. Base ")
    assert summary(tmp_path / "clone") == f"{line}\n"


def test_the_comment_and_the_reports_are_written_together_or_not_at_all(
    clone: Path, remote: Remote, tmp_path: Path
) -> None:
    env = github(tmp_path / "clone", remote)
    (tmp_path / "old.sarif").write_text("old")
    options = ("--report", f"sarif={tmp_path / 'old.sarif'}", "--comment", tmp_path / "no" / "comment.md")
    result = ci(clone, "--head", "origin/breaking", *options, env=env)
    assert (result.returncode, result.stdout) == (2, "")
    assert "can't write" in result.stderr
    assert (tmp_path / "old.sarif").read_text() == "old"
    assert (summary(tmp_path / "clone"), outputs(tmp_path / "clone")) == ("", {})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--comment", "a", "--report", "sarif=a"), "a report and the comment have the same file: `a`"),
        (("--comment", "a", "-o", "../platform/a"), "a report and the comment have the same file: `a`"),
        (("--id", "a b"), "`--id` can't be `a b`"),
        (("--id", "a-->"), "`--id` can't be `a-->`"),
        (("--fail-on-finding", "breaks"), "`--fail-on-finding` can't be `breaks`"),
        (("--format", "codeowners"), "`--format` can't be `codeowners`"),
    ],
)
def test_options_that_can_not_be_meant_are_refused(clone: Path, options: tuple[str, ...], message: str) -> None:
    result = ci(clone, *options)
    assert (result.returncode, result.stdout) == (2, "")
    assert message in result.stderr
    assert not (clone / "platform/a").exists()


def test_a_log_begins_with_what_the_change_brings(tmp_path: Path) -> None:
    (tmp_path / "model.yaml").write_text(MODEL)
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "model")
    (tmp_path / "model.yaml").write_text(BREAKING)
    call = ("ci", "--base", "HEAD", "--comment", tmp_path / "comment.md")
    lines = platctl(*call, cwd=tmp_path).stdout.splitlines()
    assert lines[0].startswith("Breaks 1 product")
    assert lines.index("Impact") < lines.index("Validation")
    assert lines[0].partition(".")[0] in (tmp_path / "comment.md").read_text("utf-8")
