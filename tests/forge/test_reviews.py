"""Which approving reviews count, from what both hosts answer."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forge.review_answers import (
    EARLIER,
    HEAD,
    LATER,
    OLDER,
    VERSION_PUSHED,
    gh_commit,
    gh_query,
    gh_review,
    gh_view,
    lab,
    lab_approval,
    lab_commit,
    printed,
)
from platctl.forge.printed import read_printed
from platctl.forge.reviews import judged
from platctl.source.errors import SourceError

Counted = dict[str, str]
"""By login: why it does not count; "" if it does."""


def of(text: str, folder: Path, *, checked: str = HEAD, committed: tuple[str, ...] = (), name: str = "") -> Counted:
    file = folder / "reviews.json"
    file.write_text(text, "utf-8")
    found = judged(read_printed(file), frozenset({checked}), frozenset(committed), lambda _: [name] if name else [])
    return {each.login: each.why_not for each in found}


GITHUB: list[Callable[..., Any]] = [gh_query, gh_view]


@pytest.mark.parametrize("host", GITHUB)
@pytest.mark.parametrize(
    ("reviews", "counted"),
    [
        ([gh_review("Ana")], {"ana": ""}),
        ([gh_review("ana", commit=OLDER)], {"ana": "was given for an older commit"}),
        ([gh_review("ana", commit=None)], {"ana": "the host does not say for which commit"}),
        ([gh_review("ana", at=None)], {"ana": "the host does not say when"}),
        ([gh_review("ana", at="2026-11-20 10:00")], {"ana": "the host does not say when"}),
        ([gh_review("DEV")], {"dev": "opened the pull request"}),
        ([gh_review("ana", "COMMENTED"), gh_review("bo", "PENDING", at=None)], {}),
        ([gh_review("ana", "CHANGES_REQUESTED"), gh_review("bo", "DISMISSED")], {}),
        ([gh_review("ana", at=EARLIER), gh_review("ana", "COMMENTED", at=LATER)], {"ana": ""}),
        ([gh_review("ana", at=EARLIER), gh_review("ana", "CHANGES_REQUESTED", at=LATER)], {}),
        ([gh_review("ana", at=LATER), gh_review("Ana", "DISMISSED", at=EARLIER)], {"ana": ""}),
        ([gh_review("ana", at=LATER), gh_review("ana", "DISMISSED", at=LATER)], {}),
        ([gh_review("ana", at=LATER), gh_review("ana", "CHANGES_REQUESTED", at=None)], {}),
        ([gh_review("ana\u212a"), gh_review("::error::x"), gh_review("<b>"), gh_review("")], {}),
    ],
)
def test_what_counts_on_github(tmp_path: Path, host: Callable[..., Any], reviews: list[Any], counted: Counted) -> None:
    assert of(printed(host(*reviews)), tmp_path) == counted


@pytest.mark.parametrize("host", GITHUB)
@pytest.mark.parametrize(
    "commit",
    [
        gh_commit("Ana"),
        gh_commit(None, "ana  RUIZ"),
        gh_commit(None, email="12345+ana@users.noreply.github.com"),
        gh_commit(None, email="ANA"),
    ],
)
def test_nobody_reviews_commits_of_their_own(tmp_path: Path, host: Callable[..., Any], commit: Any) -> None:
    answer = host(gh_review("ana"), gh_review("bo"), commits=(gh_commit("dev"), commit))
    found = of(printed(answer), tmp_path)
    assert found == {"ana": "has commits in this change", "bo": ""} or "RUIZ" in str(commit)
    named = of(printed(host(gh_review("ana"), commits=(commit,))), tmp_path, name="Ana Ruiz")
    assert named == {"ana": "has commits in this change"}


def test_who_committed_counts_by_all_that_git_knows(tmp_path: Path) -> None:
    answer = printed(gh_query(gh_review("ana")))
    assert of(answer, tmp_path, committed=("ana ruiz",), name="Ana Ruiz") == {"ana": "has commits in this change"}
    pushed = gh_commit("dev")
    pushed["commit"]["committer"]["user"] = {"login": "Ana"}
    found = of(printed(gh_query(gh_review("ana"), commits=(pushed,))), tmp_path)
    assert found == {"ana": "has commits in this change"}


def test_the_name_that_an_account_shows_is_compared_with_the_commits(tmp_path: Path) -> None:
    review = gh_review("ana")
    review["author"]["name"] = "Ana Ruiz"
    answer = gh_query(review, commits=(gh_commit(None, "ana ruiz", "someone@else.example"),))
    assert of(printed(answer), tmp_path) == {"ana": "has commits in this change"}


@pytest.mark.parametrize("host", GITHUB)
def test_reviews_of_another_state_than_the_checked_one_do_not_count(tmp_path: Path, host: Callable[..., Any]) -> None:
    (why,) = of(printed(host(gh_review("ana"))), tmp_path, checked=OLDER).values()
    assert why == "the pull request has a different newest commit than the one that is checked"


def test_bots_and_programs_are_nobody_and_teams_are_those_of_the_review(tmp_path: Path) -> None:
    bot, member = gh_review("ana"), gh_review("bo")
    bot["author"]["__typename"] = "Bot"
    member["onBehalfOf"]["nodes"] = [{"combinedSlug": "Acme/Payments"}, {"combinedSlug": "<b>"}, None]
    file = tmp_path / "reviews.json"
    file.write_text(printed(gh_query(bot, member)), "utf-8")
    (found,) = judged(read_printed(file), frozenset({HEAD}), frozenset(), lambda _: [])
    assert found.handles == ("bo", "acme/payments")


def test_a_list_that_may_be_cut_proves_nothing(tmp_path: Path) -> None:
    (why,) = of(printed(gh_view(gh_review("ana"), commits=(gh_commit("dev"),) * 100)), tmp_path).values()
    assert why == "the host did not list all commits of this change"
    assert of(printed(gh_view(gh_review("ana"), commits=(gh_commit("dev"),) * 99)), tmp_path) == {"ana": ""}
    cut = gh_query(gh_review("ana"))
    cut["data"]["repository"]["pullRequest"]["reviews"]["pageInfo"]["hasNextPage"] = True
    assert "" not in of(printed(cut), tmp_path).values()


def test_a_push_between_two_pages_proves_nothing(tmp_path: Path) -> None:
    pages = (gh_query(gh_review("ana", commit=OLDER), head=OLDER), gh_query(gh_review("bo"), head=HEAD))
    assert "" not in of(printed(*pages), tmp_path).values()
    assert "" not in of(printed(*pages), tmp_path, checked=OLDER).values()


@pytest.mark.parametrize(
    ("approval", "counted"),
    [
        (lab_approval("Ana", at=LATER), {"ana": ""}),
        (lab_approval("ana", at="2026-11-20T11:00:00.001+01:00"), {"ana": ""}),
        (lab_approval("ana", at=VERSION_PUSHED), {"ana": "was given before the newest version was pushed"}),
        (lab_approval("ana", at=EARLIER), {"ana": "was given before the newest version was pushed"}),
        (lab_approval("ana", at=None), {"ana": "the host does not say when"}),
        (lab_approval("ana", at="2026-11-21"), {"ana": "the host does not say when"}),
        (lab_approval("dev"), {"dev": "opened the pull request"}),
        (lab_approval("<script>"), {}),
    ],
)
def test_what_counts_on_gitlab(tmp_path: Path, approval: Any, counted: Counted) -> None:
    assert of(printed(*lab(approval).values()), tmp_path) == counted


@pytest.mark.parametrize(
    "commit",
    [
        lab_commit("Ana Ruiz"),
        lab_commit("ana"),
        lab_commit(email="7-ana@users.noreply.gitlab.com"),
        lab_commit() | {"committer_name": "ANA RUIZ"},
    ],
)
def test_nobody_approves_commits_of_their_own_on_gitlab(tmp_path: Path, commit: Any) -> None:
    found = of(printed(*lab(lab_approval("ana", "Ana Ruiz"), commits=(commit,)).values()), tmp_path)
    assert found == {"ana": "has commits in this change"}


def test_where_gitlab_does_not_say_when_the_version_came_nothing_counts(tmp_path: Path) -> None:
    for created in (None, "yesterday"):
        answers = lab(lab_approval("ana"))
        answers["versions"][0]["created_at"] = created
        (why,) = of(printed(*answers.values()), tmp_path).values()
        assert why == "the host does not say when the newest version was pushed"
    answers = lab(lab_approval("ana")) | {"commits": [lab_commit(id_=OLDER)]}
    assert "" not in of(printed(*answers.values()), tmp_path).values()


def test_a_push_that_brings_back_an_older_head_is_a_new_version(tmp_path: Path) -> None:
    answers = lab(lab_approval("ana", at=LATER))
    again = {"id": 111, "head_commit_sha": HEAD, "created_at": "2026-11-22T10:00:00.000Z"}
    answers["versions"].insert(0, again)
    assert of(printed(*answers.values()), tmp_path) == {"ana": "was given before the newest version was pushed"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not json",
        "[]",
        "{}",
        "null",
        '{"reviews": []}',
        '{"data": null}',
        '{"data": {"repository": null}}',
        printed({each: gh_view()[each] for each in ("commits", "headRefOid", "reviews")}),
        printed({each: gh_view()[each] for each in ("author", "headRefOid", "reviews")}),
        printed(gh_view(), gh_view()),
        printed(gh_view() | {"reviews": [{"state": []}]}),
        printed(gh_view() | {"author": {"login": 7}}),
        printed(*list(lab().values())[:2], *list(lab().values())[:1]),
        "[" * 100_000,
        '{"headRefOid": ' + "9" * 10_000 + "}",
    ],
)
def test_what_says_too_little_is_an_error_and_no_approval(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError) as error:
        of(text, tmp_path)
    assert "gh pr view NUMBER --json author,commits,headRefOid,reviews" in error.value.help


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.data())
def test_whatever_a_part_of_the_answer_is_replaced_by_nothing_breaks(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    answers = [[gh_query(gh_review("ana"))], [gh_view(gh_review("ana"))], [*lab(lab_approval("ana")).values()]]
    at: Any = (whole := data.draw(st.sampled_from(answers)))
    while True:
        key = data.draw(st.sampled_from(sorted(at)) if isinstance(at, dict) else st.integers(0, len(at) - 1))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            break
        at = at[key]
    at[key] = data.draw(_JSON)
    try:
        found = of(printed(*whole), tmp_path_factory.getbasetemp())
    except SourceError:
        return
    assert all(each.isascii() for each in found)
