"""Where plans meet plans and announced ends, from real files and repositories."""

from pathlib import Path

import pytest

from running import Run, git

PLAN = """\
kind: component
id: identity
versions:
  - version: 2.4.0
---
kind: consumer
id: shop
tier: 1
uses:
  - component: identity
    requires: ">=2"
"""


def work(id_: str, effect: str, version: str, end: str, status: str = "planned") -> str:
    change = f"{{component: identity, effect: {effect}, version: {version!r}}}"
    return f"---\nkind: initiative\nid: {id_}\ntitle: {id_}\nstatus: {status}\nend: {end}\nchanges: [{change}]\n"


REMOVAL = work("retire-2", "removal", "<3", "2027-06-30")
BASE = PLAN + work("new-3", "addition", "3.0.0", "2027-03-31") + REMOVAL
SLIPS = PLAN + work("new-3", "addition", "3.0.0", "2027-09-30") + REMOVAL
DROPPED = PLAN + work("new-3", "addition", "3.0.0", "2027-03-31", "dropped") + REMOVAL
SWAPPED = PLAN + work("new-3", "addition", "3.0.0", "2027-06-30") + work("retire-2", "removal", "<3", "2027-03-31")


@pytest.mark.parametrize(
    ("after", "days"),
    [
        (SLIPS, "from 2027-06-30 until 2027-09-30"),
        (DROPPED, "from 2027-06-30"),
        (SWAPPED, "from 2027-03-31 until 2027-06-30"),
    ],
    ids=["slips", "is dropped", "changes places"],
)
@pytest.mark.parametrize("renamed", ["new-3", "a", "zz"])
def test_a_removal_that_stands_in_both_breaks_where_its_replacement(
    tmp_path: Path, run: Run, after: str, days: str, renamed: str
) -> None:
    for name, text in (("base", BASE), ("head", after)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.yaml").write_text(text.replace("new-3", renamed), "utf-8")
    done = run(
        "-C", "head", "impact", "--base", "./base", "--today", "2026-11-01", cwd=tmp_path, env={"COLUMNS": "160"}
    )
    assert done.returncode == 1
    assert f"no available version meets >=2, {days}" in done.stdout


ANNOUNCED = """\
kind: component
id: auth
versions:
  - {version: 1.4.0, deprecated: 2026-10-01, sunset: 2027-11-01, successor: 2.0.0}
  - version: 2.0.0
---
kind: consumer
id: shop
uses: [{component: auth, requires: ">=1,<2"}]
"""
GONE = "\n".join(line for line in ANNOUNCED.splitlines() if "1.4.0" not in line) + "\n"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "auth.yaml").write_text(ANNOUNCED, "utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "announced")
    return tmp_path


def said(folder: Path, run: Run, today: str) -> str:
    done = run("impact", "--base", "HEAD", "--today", today, "--fail-on", "never", cwd=folder, env={"COLUMNS": "160"})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_removed_before_its_sunset_says_how_many_days_before(repository: Path, run: Run) -> None:
    (repository / "auth.yaml").write_text(GONE, "utf-8")
    assert "346 days before its announced sunset on 2027-11-01" in said(repository, run, "2026-11-20")


def test_removed_after_its_sunset_says_since_when_and_for_how_long_it_was_announced(repository: Path, run: Run) -> None:
    (repository / "auth.yaml").write_text(GONE, "utf-8")
    text = said(repository, run, "2027-12-01")
    assert "Already broken before this change" in text
    assert "it ended on its sunset, 2027-11-01, announced on 2026-10-01 (396 days before)" in text


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("2027-06-30", "from 2027-06-30; 124 days before its announced sunset on 2027-11-01"),
        ("2027-11-01", "1 not affected"),
        ("2027-12-31", "1 not affected"),
    ],
)
def test_work_that_removes_it_adds_nothing_from_the_sunset_on(repository: Path, run: Run, end: str, told: str) -> None:
    plan = work("drop", "removal", "1.4.0", end).replace("identity", "auth").removeprefix("---\n")
    (repository / "drop.yaml").write_text(plan, "utf-8")
    assert told in said(repository, run, "2026-11-20")


def test_what_no_one_announced_says_how_to_give_notice(repository: Path, run: Run) -> None:
    plain = ANNOUNCED.replace(", deprecated: 2026-10-01, sunset: 2027-11-01, successor: 2.0.0", "")
    (repository / "auth.yaml").write_text(plain, "utf-8")
    git(repository, "commit", "-q", "-a", "-m", "not announced")
    (repository / "auth.yaml").write_text(GONE, "utf-8")
    done = run("impact", "--base", "HEAD", "--explain", "shop", cwd=repository)
    told = " ".join(done.stdout.split())
    assert "not announced: a `sunset` in the catalog, at least `impact.notice` days ahead, gives notice" in told


def test_done_work_that_the_catalog_contradicts_hides_nothing(tmp_path: Path, run: Run) -> None:
    run("init", ".", cwd=tmp_path)
    plan = tmp_path / "roadmap.yaml"
    planned = plan.read_text("utf-8").replace("status: proposed", "status: planned")
    plan.write_text(planned, "utf-8")
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "planned")
    done = planned.replace("status: planned", "status: done")
    plan.write_text(done.replace("period: 2027-Q1", "start: 2026-07-01\nend: 2026-10-31"), "utf-8")
    today = ("--today", "2026-11-28")
    impact = run("impact", "--base", "HEAD", *today, cwd=tmp_path, env={"COLUMNS": "160"})
    assert impact.returncode == 1
    assert "from 2026-11-29; it was to end on 2027-03-31 anyway" in impact.stdout
    assert "Retire identity 2.x is done, but the catalog does not show it" in " ".join(impact.stdout.split())
    validated = run("validate", "--rule", "done-not-delivered", *today, cwd=tmp_path)
    assert "`identity#rest` still lists `2.4.0`" in validated.stdout
    assert "roadmap.yaml:28:5" in validated.stdout
    assert "components.yaml:13:9" in validated.stdout
    needed = run("roadmap", "--for", "shop", *today, cwd=tmp_path)
    assert "Move off Identity (identity#rest) 2.4.0 by 2026-11-29" in needed.stdout
