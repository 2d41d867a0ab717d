"""Each question says that something could not be read; none takes it for gone."""

from pathlib import Path

import pytest

from repos import Repo
from running import platctl

RELEASE = "kind: release\nid: r1\ndate: 2027-03-31\n"
FILES = {
    "platctl.yaml": "scoring: {model: wsjf}\n",
    "r.yaml": RELEASE,
    "a.yaml": "kind: component\nid: auth\nowner: core\ninterfaces: [{id: rest, versions: [{version: 1.0.0, "
    "sunset: 'release:r1'}]}]\n---\nkind: team\nid: core\n---\nkind: consumer\nid: shop\nuses: ['auth#rest']\n",
    "i.yaml": "kind: initiative\nid: passkeys\nstatus: planned\nend: release:r1\nrequested_by: [shop]\n"
    "changes: [{component: auth#rest, effect: addition, version: 1.1.0}]\n",
}
BROKEN = {
    "the release": {"r.yaml": RELEASE.replace("2027-03-31", "[2027-03-31")},
    "its day": {"r.yaml": RELEASE.replace("2027-03-31", "2027-13-31")},
    "its day and a field": {
        "r.yaml": RELEASE.replace("2027-03-31", "[2027-03-31"),
        "i.yaml": FILES["i.yaml"].replace("[shop]", "5"),
    },
    "a field that names it": {"i.yaml": FILES["i.yaml"].replace("release:r1", "2027-03-99")},
    "the work": {"i.yaml": FILES["i.yaml"].replace("[shop]", "[shop")},
}
QUESTIONS = (
    "balance",
    "backlog",
    "compat",
    "discover",
    "goals",
    "graph",
    "influence auth",
    "intake",
    "list",
    "needs shop",
    "owners",
    "plan",
    "roadmap",
    "sensitivity",
    "show auth",
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "model")
    write(made, FILES)
    made.commit()
    return made


def write(repo: Repo, files: dict[str, str]) -> None:
    for path, text in files.items():
        repo.write(path, text)


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_could_not_be_read_is_told(question: str, repo: Repo) -> None:
    complete = platctl(*question.split(), cwd=repo.path)
    write(repo, BROKEN["the release"])
    told = platctl(*question.split(), cwd=repo.path)
    assert "could not be read" not in complete.stdout + complete.stderr
    assert "could not be read" in told.stdout + told.stderr or "Not all of this state could be read" in told.stdout
    assert told.returncode == complete.returncode


@pytest.mark.parametrize("what", BROKEN)
def test_a_changelog_takes_nothing_for_gone_that_could_not_be_read(what: str, repo: Repo) -> None:
    write(repo, BROKEN[what])
    for audience in ([], ["--audience", "product-managers"]):
        result = platctl("changelog", "HEAD", *audience, cwd=repo.path)
        assert "none in the plan" in result.stdout.replace("\n ", "")
        assert "Some files of the working tree could not be read" in result.stdout


def test_a_changelog_tells_what_could_be_read_beside_it(repo: Repo) -> None:
    moved = BROKEN["the release"] | {"i.yaml": FILES["i.yaml"].replace("planned", "active")}
    write(repo, moved)
    result = platctl("changelog", "HEAD", cwd=repo.path)
    assert "passkeys" in result.stdout
    assert "no end date" not in result.stdout
    assert "promise" not in result.stdout
