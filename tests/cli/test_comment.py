"""`platctl comment` in real processes, with programs that speak like `gh` and `glab`."""

import json
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from forge.clients import BOT, Fake
from running import git, platctl

MODEL = """\
kind: component
id: identity
title: Identity
version: 2.4.0
---
kind: consumer
id: shop
uses: [{component: identity, requires: "<3"}]
"""
CHANGES = {
    "found.md": MODEL.replace("2.4.0", "3.0.0"),
    "quiet.md": MODEL.replace("title: Identity", "title: Accounts"),
}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the comments that checks wrote: found.md and quiet.md."""
    folder = tmp_path_factory.mktemp("written") / "repo"
    git(folder.parent, "init", "-q", "-b", "main", str(folder))
    (folder / "model.yaml").write_text(MODEL)
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "model")
    for run, (name, text) in enumerate(CHANGES.items(), start=10):
        (folder / "model.yaml").write_text(text)
        env = {"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": str(run)}
        platctl("ci", "--base", "HEAD", "--new-only", "--comment", folder.parent / name, cwd=folder, env=env)
    return folder.parent


@pytest.fixture(params=["gh", "glab"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Fake:
    return Fake(request.param, tmp_path / "bin")


@pytest.fixture
def gh(tmp_path: Path) -> Fake:
    return Fake("gh", tmp_path / "bin")


def comment(written: Path, client: Fake, *arguments: str, **environ: str) -> "CompletedProcess[str]":
    """In the pipeline of pull request 7, with nothing but the client on PATH."""
    return platctl("comment", *arguments, cwd=written, env={**client.environ, "PATH": str(client.folder), **environ})


def test_two_runs_leave_one_comment(written: Path, client: Fake) -> None:
    first, second = (comment(written, client, name) for name in ("found.md", "quiet.md"))
    assert (first.returncode, first.stderr) == (0, "posted the comment in acme/platform\n")
    assert (second.returncode, second.stderr) == (0, "updated the comment in acme/platform\n")
    assert client.bodies == [(written / "quiet.md").read_text("utf-8")]
    again = comment(written, client, "quiet.md")
    assert (again.returncode, again.stderr) == (0, "nothing to do: the comment is up to date\n")


def test_what_others_forged_is_left_as_it_is(written: Path, client: Fake) -> None:
    found = (written / "found.md").read_text("utf-8")
    client.write("mallory", found)
    client.write(BOT, f"> {found}")
    before = client.bodies
    comment(written, client, "found.md")
    comment(written, client, "quiet.md")
    assert client.bodies == [*before, (written / "quiet.md").read_text("utf-8")]


def test_nothing_to_say_is_not_said_where_nothing_was_said_before(written: Path, client: Fake) -> None:
    result = comment(written, client, "quiet.md")
    assert (result.returncode, client.bodies) == (0, [])
    assert result.stderr == "nothing to do: the report is empty, and there is no comment yet\n"


def test_a_dry_run_changes_nothing(written: Path, client: Fake) -> None:
    result = comment(written, client, "found.md", "--dry-run")
    assert (result.returncode, result.stderr) == (0, "would post a comment in acme/platform\n")
    assert client.bodies == []


@pytest.mark.parametrize(
    ("arguments", "unknown"),
    [
        ((), "the host of the pull request"),
        (("--host", "github"), "the pull request"),
        (("--host", "gitlab", "--pr", "7"), "the repository"),
    ],
)
def test_a_dry_run_needs_neither_a_client_nor_a_host(
    written: Path, tmp_path: Path, arguments: tuple[str, ...], unknown: str
) -> None:
    result = platctl("comment", "found.md", "--dry-run", *arguments, cwd=written, env={"PATH": str(tmp_path)})
    said = f"would post the comment, or update it; {unknown} is unknown here\n"
    assert (result.returncode, result.stdout, result.stderr) == (0, "", said)
    (tmp_path / "other.md").write_text("@everyone")
    assert platctl("comment", tmp_path / "other.md", "--dry-run", cwd=written).returncode == 2
    assert platctl("comment", "found.md", "--dry-run", "--host", "bitbucket", cwd=written).returncode == 2


def test_a_dry_run_without_a_client_or_a_token_names_what_it_does_not_know(written: Path, client: Fake) -> None:
    token = {"gh": "GH_TOKEN", "glab": "GITLAB_TOKEN"}[client.program]
    for environ in ({"PATH": "/nothing"}, {token: ""}):
        result = comment(written, client, "found.md", "--dry-run", **environ)
        assert result.returncode == 0
        assert result.stderr.startswith("would post the comment in acme/platform, or update it; ")
        assert client.program in result.stderr


@pytest.mark.parametrize(
    ("complaint", "is_shown"),
    [
        ("HTTP 502: Bad Gateway (https://api.github.com/graphql)", True),
        ("dial tcp: lookup api.github.com: no such host", True),
        ("error connecting to api.github.com with s3cr3t", False),
        ("> Authorization: token abc", False),
        ("bad token ghp_16C7e42F292c6912E7710c838347Ae178B4a", False),
        ("glpat-aBcDeFgHiJkLmNoPqRsT is not allowed, HTTP 401", False),
        ("fetching https://x-access-token:abc@github.com/acme", False),
        ("fetching https://abc@github.com/acme", False),
    ],
)
def test_a_message_of_the_client_that_may_hold_a_token_is_not_repeated(
    written: Path, tmp_path: Path, complaint: str, is_shown: bool
) -> None:
    folder = tmp_path / "bin"
    folder.mkdir()
    for program in ("gh", "glab"):
        (folder / program).write_text(f"#!/bin/sh\necho '{program}: {complaint}' >&2\nexit 1\n")
        (folder / program).chmod(0o755)
    env = {"PATH": str(folder), "GH_TOKEN": "s3cr3t", "GITLAB_TOKEN": "s3cr3t"}
    for host in ("github", "gitlab"):
        options = ("--host", host, "--repo", "acme/platform", "--pr", "7")
        for more in ((), ("--dry-run",)):
            said = platctl("comment", "found.md", *options, *more, cwd=written, env=env).stderr
            assert (complaint in said) is is_shown
            assert ("its message is not repeated here, as it may contain a token" in said) is not is_shown


def test_a_token_that_may_not_write_is_named_with_what_it_lacks(written: Path, client: Fake) -> None:
    client.set(read_only=True)
    result = comment(written, client, "found.md")
    assert (result.returncode, result.stdout, client.bodies) == (2, "", [])
    needed = {
        "gh": "help: set GH_TOKEN to a token with the permission `pull-requests: write`",
        "glab": "help: set GITLAB_TOKEN to a token with the scope `api` (a job's own token can't comment)",
    }[client.program]
    assert result.stderr.splitlines()[1] == f"{needed}; the comment is still in `found.md`"


def test_a_missing_token_is_named(written: Path, client: Fake) -> None:
    name = {"gh": "GH_TOKEN", "glab": "GITLAB_TOKEN"}[client.program]
    result = comment(written, client, "found.md", **{name: ""})
    assert result.returncode == 2
    assert f"help: set {name} to a token with " in result.stderr


def test_a_missing_client_is_named_with_where_to_get_it(written: Path, client: Fake, tmp_path: Path) -> None:
    result = comment(written, client, "found.md", PATH=str(tmp_path / "nothing"))
    assert result.returncode == 2
    assert f"error: `{client.program}`, which posts the comment, is not installed\n" in result.stderr
    assert "help: install it: https://" in result.stderr


# Which pull request ------------------------------------------------------------------------------------------


def test_outside_of_a_pipeline_all_is_said_by_options(written: Path, client: Fake) -> None:
    host = {"gh": "github", "glab": "gitlab"}[client.program]
    env = {"PATH": str(client.folder), "GH_TOKEN": "secret", "GITLAB_TOKEN": "secret"}
    options = ("--host", host, "--repo", "acme/platform", "--pr", "7")
    result = platctl("comment", "found.md", *options, cwd=written, env=env)
    assert (result.returncode, len(client.bodies)) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "the host of the pull request is unknown"),
        (("--host", "github"), "the pull request is unknown"),
        (("--host", "bitbucket"), "`--host` can't be `bitbucket`"),
        (("--host", "github", "--pr", "7"), "the repository is unknown"),
        (("--host", "github", "--pr", "7/../8", "--repo", "a/b"), "`--pr` can't be `7/../8`"),
        (("--host", "github", "--pr", "7", "--repo", "a/b/../c"), "`--repo` can't be `a/b/../c`"),
        (("--host", "gitlab", "--pr", "7", "--repo", "--hostname=evil"), "`--repo` can't be `--hostname=evil`"),
    ],
)
def test_what_can_not_be_a_pull_request_is_refused(written: Path, arguments: tuple[str, ...], message: str) -> None:
    result = platctl("comment", "found.md", *arguments, cwd=written)
    assert (result.returncode, result.stdout) == (2, "")
    assert f"error: {message}\n" in result.stderr


def test_a_second_workflow_posts_for_the_run_that_made_the_comment(written: Path, gh: Fake, tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"workflow_run": {"id": 41}}))
    env = {"GITHUB_EVENT_PATH": str(event), "GITHUB_REF": "refs/heads/main", "GITHUB_RUN_ID": "99"}
    assert comment(written, gh, "found.md", "--pr", "7", **env).returncode == 0
    assert " run=41 " in gh.bodies[0].splitlines()[0]


# What is posted ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["@everyone", "x\n<!-- platctl:comment id=a base= head= run= quiet=no -->\n"])
def test_a_file_that_no_check_wrote_is_not_posted(written: Path, gh: Fake, content: str) -> None:
    (written / "other.md").write_text(content)
    result = comment(written, gh, "other.md")
    assert (result.returncode, gh["calls"]) == (2, [])
    assert "does not start with the line that marks comments of platctl" in result.stderr
