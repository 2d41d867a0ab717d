"""The worked example of the effect table, from two commits to the printed report."""

import re
from pathlib import Path

import pytest

from running import Run, git
from worked_example import BASE, CHANGE, component, needs, offering

EXPECTED = """\
Base 1f3c9a2 (merge base of origin/main and HEAD) -> working tree

Changes (2)
  identity#api     breaking  3.0.0 replaces 2.4.0          components/identity.yaml:9:7
  media-codec#sdk  addition  5.2.0 added alongside 5.1.0   components/media-codec.yaml:10:7

Consumers (11): 1 breaks, 1 must act, 3 at risk, 2 gain, 1 informed, 1 already broken, 1 moved away, 1 not affected; 2
    would break

  Breaks
    mobile-app, tier 1
      mobile-app <- gateway <- identity: no available version meets >=2,<3   components/gateway.yaml:8:5

  Must act
    kiosk, tier 2
      kiosk <- identity: no available version meets >=2,<3; soft, so must act rather than breaks
        consumers/kiosk.yaml:9:5

  At risk
    web-shop, tier 1
      web-shop <- billing <- identity: no available version meets >=2,<3; billing has to absorb it
        components/billing.yaml:8:5
    catalog-site, tier 2
      catalog-site <- search <- billing <- identity: no available version meets >=2,<3; billing has to absorb it
        components/billing.yaml:8:5
    partner-portal, tier 3
      partner-portal <- identity: >=2 also allows 3.0.0, but no one has confirmed that it works in place of 2.4.0
        consumers/partner-portal.yaml:9:5

  Gains
    studio, tier 2
      studio <- media-codec: 5.2.0 is new within >=5,<6   consumers/studio.yaml:9:5
    tv-app, tier 2
      tv-app <- identity: no version met >=3,<4 before; new: 3.0.0   consumers/tv-app.yaml:9:5

  Informed
    signage, tier 2
      signage <- identity: moves to >=3,<4 in this change   consumers/signage.yaml:9:5

  Would be affected if the change did not edit or remove dependencies
    signage, tier 2: edited; would break
      signage <- identity: no available version meets >=2,<3   consumers/signage.yaml:9:5
    crm, tier 3: left; would break
      crm <- identity: no available version meets >=2,<3   consumers/crm.yaml:9:5

  Already broken before this change (not counted)
    legacy-admin, tier 3: no version of identity#api meets >=1,<2   consumers/legacy-admin.yaml:9:5

Components to port (2)
  billing breaks now
    billing <- identity: no available version meets >=2,<3   components/billing.yaml:8:5
  gateway breaks now
    gateway <- identity: no available version meets >=2,<3   components/gateway.yaml:8:5

Affected components: billing breaks, gateway breaks, search at risk, recommender informed
Not known: nothing; every dependency involved has a version range.

FAIL: 1 consumer breaks (--fail-on breaks)
"""


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A clone whose origin/main is the base; the change is not committed yet."""
    origin, clone = tmp_path / "origin", tmp_path / "clone"
    write(origin, BASE)
    git(origin, "init", "-q", "-b", "main")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "base")
    git(tmp_path, "clone", "-q", str(origin), str(clone))
    return clone


def report(run: Run, repository: Path, *options: str) -> tuple[int, str]:
    result = run("-C", repository, "impact", *options, env={"COLUMNS": "120"})
    assert result.stderr == ""
    return result.returncode, re.sub(r"^Base [0-9a-f]{7}", "Base 1f3c9a2", result.stdout)


def test_the_report_reads_as_specified(repository: Path, run: Run) -> None:
    write(repository, CHANGE)
    assert report(run, repository) == (1, EXPECTED)


def test_the_old_version_stays_live_and_nobody_has_to_do_anything(repository: Path, run: Run) -> None:
    write(repository, {"components/identity.yaml": offering("identity", "api", "2.4.0", "3.0.0")})
    code, text = report(run, repository)
    assert code == 0
    assert "identity#api  breaking  3.0.0 added alongside 2.4.0" in text
    assert "breaks" not in text.split("Consumers")[1].split("\n")[0]


def test_the_old_version_stays_deprecated_and_there_is_a_day_to_act_by(repository: Path, run: Run) -> None:
    ending = "2.4.0\n      lifecycle: deprecated\n      sunset: 2027-06-30"
    write(repository, {"components/identity.yaml": offering("identity", "api", ending, "3.0.0")})
    code, text = report(run, repository)
    assert code == 0
    assert "only versions being phased out meet >=2,<3: 2.4.0, by 2027-06-30" in text
    assert report(run, repository, "--fail-on", "must-act")[0] == 1


def test_a_gateway_that_keeps_its_own_contract_absorbs(repository: Path, run: Run) -> None:
    absorbing = {"components/gateway.yaml": component("gateway", needs("identity#api", ">=2,<3"))}
    write(repository, absorbing)
    git(repository, "commit", "-qam", "gateway absorbs")
    write(repository, CHANGE)
    code, text = report(run, repository, "--base", "HEAD")
    assert code == 0
    assert "mobile-app <- gateway <- identity: " in text
    assert "; gateway has to absorb it" in text


def test_a_component_that_is_deleted_breaks_those_who_stood_on_it(repository: Path, run: Run) -> None:
    (repository / "components/identity.yaml").unlink()
    code, text = report(run, repository)
    assert code == 1
    assert "mobile-app <- gateway <- identity: " in text
    dangling = run("-C", repository, "validate")
    assert dangling.returncode == 1
    assert "error[unknown-reference]" in dangling.stdout


def test_reformatting_changes_nothing(repository: Path, run: Run) -> None:
    path = repository / "components/identity.yaml"
    path.write_text("# moved and reformatted\n" + path.read_text().replace("2.4.0", '"2.4.0"'), "utf-8")
    path.rename(repository / "elsewhere.yaml")
    code, text = report(run, repository)
    assert code == 0
    assert "Nothing in the model changes, so no product is affected." in text


def test_a_rename_with_an_alias_breaks_nobody(repository: Path, run: Run) -> None:
    path = repository / "components/identity.yaml"
    path.write_text(path.read_text().replace("id: identity\n", "id: accounts\naliases: [identity]\n"), "utf-8")
    code, text = report(run, repository)
    assert code == 0
    assert "Changes (" not in text.replace("Other changes (", "")
    assert "renamed from identity" in text
