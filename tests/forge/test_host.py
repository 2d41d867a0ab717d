"""Where platctl runs, by the variables that hosts set."""

import json
from pathlib import Path

import pytest

from platctl.forge.host import Host, HostKind, checked_run, detect, number_in_event


def test_a_shell_says_nothing() -> None:
    assert detect({}) == Host(HostKind.SHELL)
    assert detect({"GITHUB_ACTIONS": "", "GITLAB_CI": "false", "GITHUB_RUN_ID": "5"}) == Host(HostKind.SHELL)


def test_github_actions_say_which_pull_request_and_where_to_write() -> None:
    assert detect(
        {
            "GITHUB_ACTIONS": "true",
            "GITHUB_RUN_ID": "1658821493",
            "GITHUB_REF": "refs/pull/7/merge",
            "GITHUB_REPOSITORY": "acme/platform",
            "GITHUB_SERVER_URL": "https://github.example.com",
            "GITHUB_STEP_SUMMARY": "/home/runner/summary.md",
            "GITHUB_OUTPUT": "/home/runner/output",
            "GITHUB_EVENT_PATH": "/home/runner/event.json",
        }
    ) == Host(
        HostKind.GITHUB,
        run="1658821493",
        number="7",
        repository="acme/platform",
        server="github.example.com",
        summary=Path("/home/runner/summary.md"),
        outputs=Path("/home/runner/output"),
        event=Path("/home/runner/event.json"),
    )


def test_gitlab_says_which_merge_request_of_the_target_project() -> None:
    assert detect(
        {
            "GITLAB_CI": "true",
            "CI_PIPELINE_ID": "987",
            "CI_MERGE_REQUEST_IID": "7",
            "CI_PROJECT_PATH": "fork/platform",
            "CI_MERGE_REQUEST_PROJECT_PATH": "acme/group/platform",
            "CI_SERVER_HOST": "gitlab.example.com",
        }
    ) == Host(HostKind.GITLAB, run="987", number="7", repository="acme/group/platform", server="gitlab.example.com")


@pytest.mark.parametrize("run", ["", "x", "0", "-1", "1\n2", "٣", "1" * 19, "1 quiet=yes"])
def test_a_run_that_is_no_number_is_none(run: str) -> None:
    assert detect({"GITHUB_ACTIONS": "true", "GITHUB_RUN_ID": run}).run == ""


@pytest.mark.parametrize("ref", ["refs/heads/main", "refs/pull/7/merge2", "refs/pull/x/merge", "refs/tags/v7"])
def test_a_ref_that_is_no_pull_request_has_no_number(ref: str) -> None:
    assert detect({"GITHUB_ACTIONS": "true", "GITHUB_REF": ref}).number == ""


@pytest.mark.parametrize(
    ("content", "number"),
    [
        ({"pull_request": {"number": 7}}, "7"),
        ({"number": 8}, "8"),
        ({"pull_request": {"number": "9; rm"}}, ""),
        ({"pull_request": []}, ""),
        ([], ""),
        ("x", ""),
    ],
)
def test_the_number_of_a_pull_request_may_stand_in_the_event(tmp_path: Path, content: object, number: str) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps(content))
    assert number_in_event(Host(HostKind.GITHUB, event=event)) == number


def test_an_event_that_can_not_be_read_names_no_number(tmp_path: Path) -> None:
    assert number_in_event(Host(HostKind.GITHUB, event=tmp_path / "none.json")) == ""
    (tmp_path / "deep.json").write_text("[" * 100_000)
    assert number_in_event(Host(HostKind.GITHUB, event=tmp_path / "deep.json")) == ""


def test_a_workflow_that_another_started_posts_for_the_run_of_that_other(tmp_path: Path) -> None:
    event = tmp_path / "event.json"
    event.write_text(json.dumps({"workflow_run": {"id": 41}}))
    assert checked_run(Host(HostKind.GITHUB, run="99", event=event)) == "41"
    assert checked_run(Host(HostKind.GITHUB, run="99")) == "99"


@pytest.mark.parametrize(
    ("ref", "number"),
    [
        (f"refs/heads/gh-readonly-queue/main/pr-104-{'a' * 40}", "104"),
        (f"refs/heads/gh-readonly-queue/release/2.x/pr-7-{'0' * 40}", "7"),
        (f"refs/heads/gh-readonly-queue/main/pr-1-{'a' * 40}/pr-2-{'b' * 40}", ""),
        (f"refs/heads/gh-readonly-queue/pr-104-{'a' * 40}", ""),
        (f"refs/heads/other/main/pr-104-{'a' * 40}", ""),
        ("refs/heads/gh-readonly-queue/main/pr-104-main", ""),
    ],
)
def test_a_merge_queue_names_the_pull_request_that_it_is_about_to_merge(ref: str, number: str) -> None:
    host = detect({"GITHUB_ACTIONS": "true", "GITHUB_REF": ref})
    assert (host.queued, host.number) == (number, "")
