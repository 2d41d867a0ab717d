"""Which commit had the line at the end of a day."""

import datetime

import pytest

from platctl.source.errors import SourceError
from platctl.source.git.commit_of_day import commit_of
from platctl.source.git.git import Git
from platctl.source.git.refs import Resolved
from repos import Repo


def found(repo: Repo, day: str) -> Resolved:
    head = Resolved(repo.id("HEAD"), "HEAD")
    return commit_of(Git(repo.path), datetime.date.fromisoformat(day), head)


def test_the_last_commit_up_to_the_end_of_the_day_counts(repo: Repo) -> None:
    first = repo.commit("a.yaml", date="2027-03-01T00:00:00Z")
    last_second = repo.commit("a.yaml", date="2027-03-02T23:59:59Z")
    midnight = repo.commit("a.yaml", date="2027-03-03T00:00:00Z")
    days = ("2027-03-01", "2027-03-02", "2027-03-03", "2030-01-01")
    assert [found(repo, day).commit for day in days] == [first, last_second, midnight, midnight]
    assert found(repo, "2027-03-02").how == "last commit up to 2027-03-02"


def test_the_day_is_that_of_utc(repo: Repo) -> None:
    repo.commit("a.yaml", date="2027-03-01T12:00:00Z")
    late = repo.commit("a.yaml", date="2027-03-02T20:00:00-08:00")
    assert found(repo, "2027-03-02").commit != late
    assert found(repo, "2027-03-03").commit == late


def test_what_was_merged_later_is_not_on_the_line(repo: Repo) -> None:
    first = repo.commit("a.yaml", date="2027-03-01T12:00:00Z")
    repo.git("checkout", "-q", "-b", "side")
    repo.commit("b.yaml", date="2027-03-02T12:00:00Z")
    repo.git("checkout", "-q", "main")
    repo.git("merge", "-q", "--no-ff", "-m", "merge", "side", date="2027-03-04T12:00:00Z")
    assert found(repo, "2027-03-03").commit == first


@pytest.mark.parametrize("day", ["2027-02-28", "1960-01-01"])
def test_a_day_before_the_first_commit_has_none(repo: Repo, day: str) -> None:
    repo.commit("a.yaml")
    with pytest.raises(SourceError) as refused:
        found(repo, day)
    assert refused.value.message == f"the history of HEAD has no commit up to {day}"
    assert "`git log --first-parent`" in refused.value.help


def test_where_a_clone_ends_the_rest_can_be_fetched(repo: Repo) -> None:
    repo.commit("a.yaml", date="2027-03-01T12:00:00Z")
    repo.commit("a.yaml", date="2027-03-02T12:00:00Z")
    with pytest.raises(SourceError) as refused:
        found(repo.clone("shallow", "--depth=1"), "2027-03-01")
    assert "`git fetch --unshallow`" in refused.value.help
