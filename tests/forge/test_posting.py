"""What becomes of a comment, told with programs that speak like `gh` and `glab`."""

import os
from pathlib import Path

import pytest
from clients import BOT, Fake

from platctl.forge.client import Client
from platctl.forge.comment import Comment, Marker
from platctl.forge.github import GitHub
from platctl.forge.gitlab import GitLab
from platctl.forge.posting import CommentAction, Forge, post
from platctl.source.errors import SourceError

BASE, HEAD, LATER = "a" * 40, "b" * 40, "c" * 40
FOUND = Comment(Marker("model", BASE, HEAD, "10"), "### Breaks 1 product\n")
QUIET = Comment(Marker("model", BASE, LATER, "11", quiet=True), "No product is affected.\n")


@pytest.fixture(params=["gh", "glab"])
def client(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Fake:
    fake = Fake(request.param, tmp_path / "bin")
    monkeypatch.setenv("PATH", str(fake.folder))
    for name, value in fake.environ.items():
        monkeypatch.setenv(name, value)
    return fake


@pytest.fixture
def forge(client: Fake) -> Forge:
    return GitHub("acme/platform", "7") if client.program == "gh" else GitLab("acme/platform", "7")


def refusal(comment: Comment, forge: Forge) -> tuple[str, str]:
    with pytest.raises(SourceError) as error:
        post(comment, forge)
    return error.value.message, error.value.help


# The matrix


def test_a_first_finding_is_posted(client: Fake, forge: Forge) -> None:
    assert post(FOUND, forge).action is CommentAction.CREATE
    assert client.bodies == [str(FOUND)]


def test_the_next_run_updates_it_in_place(client: Fake, forge: Forge) -> None:
    post(FOUND, forge)
    changed = Comment(Marker("model", BASE, LATER, "11"), "### Breaks 2 products\n")
    assert post(changed, forge).action is CommentAction.UPDATE
    assert client.bodies == [str(changed)]


def test_what_was_mended_is_said_in_the_same_comment(client: Fake, forge: Forge) -> None:
    post(FOUND, forge)
    assert post(QUIET, forge).action is CommentAction.UPDATE
    assert client.bodies == [str(QUIET)]


def test_nothing_to_say_is_not_said_where_nothing_was_said_before(client: Fake, forge: Forge) -> None:
    assert post(QUIET, forge).action is CommentAction.NOTHING_TO_SAY
    assert client.bodies == []


def test_the_same_again_leaves_the_comment_as_it_is(client: Fake, forge: Forge) -> None:
    post(FOUND, forge)
    again = Comment(Marker("model", BASE, HEAD, "12"), FOUND.text)
    assert post(again, forge).action is CommentAction.SAME
    assert client.bodies == [str(FOUND)]


def test_a_run_that_was_overtaken_does_not_replace_the_comment_of_a_newer_one(client: Fake, forge: Forge) -> None:
    post(Comment(Marker("model", BASE, LATER, "11"), "newer\n"), forge)
    assert post(FOUND, forge).action is CommentAction.NEWER
    assert client.bodies[0].endswith("newer\n")


def test_runs_are_numbers_and_not_words(client: Fake, forge: Forge) -> None:
    post(Comment(Marker("model", run="9"), "older\n"), forge)
    assert post(FOUND, forge).action is CommentAction.UPDATE


def test_each_model_of_a_repository_has_its_comment(client: Fake, forge: Forge) -> None:
    other = Comment(Marker("other"), "other\n")
    post(FOUND, forge)
    assert post(other, forge).action is CommentAction.CREATE
    assert client.bodies == [str(FOUND), str(other)]


def test_a_dry_run_only_says_what_it_would_do(client: Fake, forge: Forge) -> None:
    assert post(FOUND, forge, dry_run=True).action is CommentAction.CREATE
    assert client.bodies == []
    post(FOUND, forge)
    assert post(QUIET, forge, dry_run=True).action is CommentAction.UPDATE
    assert client.bodies == [str(FOUND)]


# Whose comment it is


def test_markers_that_others_forged_are_left_alone(client: Fake, forge: Forge) -> None:
    client.write("mallory", str(FOUND))
    client.write("mallory", str(Comment(Marker("model", run="999999999"), "frozen\n")))
    client.write(BOT, f"I quote:\n\n{FOUND}")
    client.write(BOT, f"> {FOUND}")
    client.write(BOT, "something of another tool")
    before = client.bodies
    assert post(FOUND, forge).action is CommentAction.CREATE
    assert post(QUIET, forge).action is CommentAction.UPDATE
    assert client.bodies == [*before, str(QUIET)]


def test_the_comment_is_found_on_the_last_of_many_pages(client: Fake, forge: Forge) -> None:
    comments = [{"id": number, "author": "ada", "body": f"{number}"} for number in range(1, 251)]
    client.set(comments=comments)
    post(FOUND, forge)
    assert post(QUIET, forge).action is CommentAction.UPDATE
    assert len(client.bodies) == 251
    assert client.bodies[-1] == str(QUIET)


def test_what_gitlab_itself_notes_is_nobodys_comment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Fake("glab", tmp_path / "bin")
    monkeypatch.setenv("PATH", str(client.folder))
    monkeypatch.setenv("GITLAB_TOKEN", "secret")
    client.write(BOT, str(FOUND), system=True)
    assert post(FOUND, GitLab("acme/platform", "7")).action is CommentAction.CREATE


# How clients are called


def test_neither_the_text_nor_the_token_is_an_argument(client: Fake, forge: Forge) -> None:
    post(Comment(Marker("model"), "--help @file $(id) `id`\n"), forge)
    words = [word for call in client["calls"] for word in call["arguments"]]
    assert not [word for word in words if "help" in word or "id`" in word or "secret" in word]


def test_clients_get_no_more_of_the_environment_than_they_need(
    client: Fake, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
    monkeypatch.setenv("GH_DEBUG", "api")
    post(FOUND, forge)
    seen = {name for call in client["calls"] for name in call["environment"]}
    assert seen.isdisjoint({"AWS_SECRET_ACCESS_KEY", "GH_DEBUG", "GITHUB_REF"})


def test_clients_do_not_work_in_the_checkout(client: Fake, forge: Forge) -> None:
    post(FOUND, forge)
    assert {call["folder"] for call in client["calls"]} == {"/"}


def test_a_repository_on_a_server_of_its_own_is_asked_for_there(client: Fake) -> None:
    if client.program == "gh":
        post(FOUND, GitHub("acme/platform", "7", "github.example.com"))
        expected = ["api", "graphql", "--hostname", "github.example.com", "--input", "-"]
    else:  # a project in groups is one word of the address
        client.set(repository="acme/group/platform")
        post(FOUND, GitLab("acme/group/platform", "7", "gitlab.example.com"))
        expected = [
            *("api", "projects/acme%2Fgroup%2Fplatform/merge_requests/7/notes", "--hostname", "gitlab.example.com"),
            *("--method", "POST", "--header", "Content-Type: application/json", "--input", "-"),
        ]
    assert client["calls"][-1]["arguments"] == expected


# When it fails


def test_a_token_that_may_not_write_is_named_with_what_it_lacks(client: Fake, forge: Forge) -> None:
    client.set(read_only=True)
    assert (
        refusal(FOUND, forge)
        == {
            "gh": (
                "gh is not allowed to comment there: Resource not accessible by integration",
                "set GH_TOKEN to a token with the permission `pull-requests: write`",
            ),
            "glab": (
                "glab is not allowed to comment there: 403 Forbidden (HTTP 403)",
                "set GITLAB_TOKEN to a token with the scope `api` (a job's own token can't comment)",
            ),
        }[client.program]
    )


def test_a_missing_token_is_named(client: Fake, forge: Forge, monkeypatch: pytest.MonkeyPatch) -> None:
    name = {"gh": "GH_TOKEN", "glab": "GITLAB_TOKEN"}[client.program]
    monkeypatch.delenv(name)
    message, help_ = refusal(FOUND, forge)
    assert message.startswith(f"{client.program} is not allowed to comment there: ")
    assert help_.startswith(f"set {name} to a token with ")


def test_a_client_that_is_not_installed_is_named(
    client: Fake, forge: Forge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message, help_ = refusal(FOUND, forge)
    assert message == f"`{client.program}`, which posts the comment, is not installed"
    assert help_.startswith("install it: https://")


def test_a_client_that_the_checkout_brings_is_not_started(
    client: Fake, forge: Forge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(client.folder)
    monkeypatch.setenv("PATH", os.pathsep.join([".", ""]))
    assert "is not installed" in refusal(FOUND, forge)[0]
    assert client["calls"] == []


def test_a_pull_request_that_does_not_exist_is_said(client: Fake) -> None:
    forge = GitHub("acme/platform", "8") if client.program == "gh" else GitLab("acme/platform", "8")
    message, _ = refusal(FOUND, forge)
    assert message in (
        "there is no pull request 8 in acme/platform",
        "glab is not allowed to comment there: 404 Not found (HTTP 404)",
    )


def test_an_answer_that_is_no_json_is_said(client: Fake, forge: Forge) -> None:
    client.set(broken=True)
    assert refusal(FOUND, forge)[0] == f"{client.program} gave an unexpected answer"


def test_an_answer_of_another_shape_is_said(client: Fake, forge: Forge) -> None:
    client.set(odd=True)
    assert refusal(FOUND, forge)[0] == f"{client.program} gave an unexpected answer"


def test_a_client_that_does_not_answer_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "slow"
    script.write_text("#!/bin/sh\nexec sleep 60\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("platctl.forge.client._SECONDS", 0.2)
    client = Client("slow", frozenset(), (), "install", "TOKEN", "permission")
    with pytest.raises(SourceError, match="slow did not answer within"):
        client.call(["api"])
