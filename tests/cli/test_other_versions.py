"""Versions of other ecosystems, from the file to what a command says."""

from pathlib import Path

import pytest

from repos import Repo
from running import platctl

STORE = """\
kind: component
id: store
owner: core
interfaces:
  - {id: plain, versioning: pep440, versions: [{version: 1}, {version: 2}, {version: 3}]}
  - id: k8s
    versioning: ordered
    versions: [{version: v1alpha1}, {version: v1beta1}, {version: v1beta2}, {version: v1}]
  - {id: dated, versioning: calver, versions: [{version: 2026-01}, {version: 2026-04}, {version: 2026-07}]}
  - {id: stripe, versioning: calver, versions: [{version: "2026-01-15"}, {version: 2026-04-22.dahlia}]}
  - id: npm
    versioning: npm
    versions: [{version: 1.20.0-next.1}, {version: 5.0.0-canary.3}, {version: 1.0.0-alpha.beta}, {version: 1.20.1}]
  - id: jvm
    versioning: maven
    versions: [{version: 1.2.3.Final}, {version: 5.3.0.RELEASE}, {version: 6.0.0-SNAPSHOT}]
"""
MET = {
    "plain": ["2", ">2"],
    "k8s": ["v1", "v1beta1", ">=v1beta1,<v1", ">=v1beta1"],
    "dated": ["2026-04", ">=2026-04", ">2026-04", "<2026-04"],
    "stripe": ["2026-01-15", ">=2026-02"],
    "npm": [">=1.20.0", "^1.2", "~1.20", "1.x", "1.0.0 - 2", "^1 || ^3", ">=1.2 <2", "5.0.0-canary.3"],
    "jvm": ["[1.0,2.0)", "5.0", "[6.0.0-SNAPSHOT]"],
}
UNMET = {
    "plain": ["4"],
    "k8s": ["v2", "<v1alpha1"],
    "dated": ["2026-02", ">2026-07"],
    "stripe": ["2026-04-23"],
    "npm": ["^2", "~1.2", "<1.20.0", "^5"],
    "jvm": ["[2.0,3.0)", "7"],
}


def uses(ranges: dict[str, list[str]]) -> str:
    listed = [f'  - {{component: store#{on}, requires: "{each}"}}\n' for on, all_ in ranges.items() for each in all_]
    return f"kind: consumer\nid: kiosk\nowner: core\nproduct_manager: Bo\nuses:\n{''.join(listed)}"


def validated(tmp_path: Path, store: str, shop: str, settings: str = "{}\n") -> tuple[int, str]:
    (tmp_path / "platctl.yaml").write_text(settings)
    (tmp_path / "teams.yaml").write_text("kind: team\nid: core\nlead: Kim\n")
    (tmp_path / "store.yaml").write_text(store)
    (tmp_path / "kiosk.yaml").write_text(shop)
    done = platctl("-C", tmp_path, "validate", env={"COLUMNS": "150"})
    assert done.stderr == ""
    return done.returncode, done.stdout


def test_the_versions_that_people_write_are_read_and_their_ranges_are_met(tmp_path: Path) -> None:
    code, text = validated(tmp_path, STORE, uses(MET))
    assert (code, text.startswith("No findings")) == (0, True), text


def test_what_no_version_meets_is_found_in_every_scheme(tmp_path: Path) -> None:
    code, text = validated(tmp_path, STORE, uses(UNMET))
    wanted = [f"no available version of `store#{on}` meets `{each}`" for on, all_ in UNMET.items() for each in all_]
    assert code == 1
    assert [each for each in wanted if each not in text] == []
    assert text.count("error[") == len(wanted)


def test_a_pre_release_that_decides_is_named(tmp_path: Path) -> None:
    _, text = validated(tmp_path, STORE, uses({"npm": [">=4"]}))
    told = "meets `>=4`: `5.0.0-canary.3` is a pre-release, which a range admits only if it names one"
    assert told in " ".join(text.split())


def test_nothing_of_it_stops_a_first_import_and_no_help_changes_what_is_meant(tmp_path: Path) -> None:
    store = STORE
    for each in ("pep440", "ordered", "calver", "npm", "maven"):
        store = store.replace(f"    versioning: {each}\n", "").replace(f"versioning: {each}, ", "")
    ranges = {"plain": ["2"], "k8s": ["v1"], "dated": ["2026-04"], "stripe": ["2026-01-15"], "npm": ["^0.2.3", "1.x"]}
    code, text = validated(tmp_path, store, uses(ranges))
    assert (code, "error[" in text, "unsatisfied-range" in text) == (0, False, False), text
    assert "use `2026`" not in text
    assert "<1`" not in text
    assert "`versioning: calver` of `store#stripe` reads it" in text
    assert "`versioning: maven` of `store#jvm` reads it" in text
    assert "`versioning: semver` of `store#npm` reads it" in text


def test_where_two_schemes_read_a_text_otherwise_that_is_said_until_one_is_declared(tmp_path: Path) -> None:
    store = "kind: component\nid: store\nowner: core\nversions: [{version: 1.0.0-1}, {version: 1.9.0}]\n"
    shop = uses({}) + '  - {component: store, requires: "<2.0.0-0"}\n'
    code, text = validated(tmp_path, store, shop)
    assert (code, text.count("info[ambiguous-version]")) == (0, 2)
    assert "declare `versioning: semver` of `store`, or `versioning: pep440` to keep what it means now" in text
    for declared in ("semver", "pep440"):
        assert "ambiguous-version" not in validated(tmp_path, f"{store}versioning: {declared}\n", shop)[1]
        assert "ambiguous-version" not in validated(tmp_path, store, shop, f"versioning: {declared}\n")[1]


def test_the_interface_says_it_before_the_component_and_the_component_before_the_settings(tmp_path: Path) -> None:
    store = """\
kind: component
id: store
owner: core
versioning: maven
interfaces:
  - {id: a, versioning: cargo, version: 1.9.0}
  - {id: b, version: 1.9.0}
---
kind: component
id: other
owner: core
version: 1.9.0
"""
    shop = uses({"a": ["1.2.3"], "b": ["1.2.3"]}) + '  - {component: other, requires: "1.2.3"}\n'
    code, text = validated(tmp_path, store, shop, "versioning: npm\n")
    assert (code, text.count("error[")) == (1, 1)
    assert "no available version of `other` meets `1.2.3`" in text


def test_a_text_that_the_declared_scheme_cannot_read_is_unknown(tmp_path: Path) -> None:
    store = "kind: component\nid: store\nowner: core\nversioning: npm\nversion: 1.2\n"
    code, text = validated(tmp_path, store, uses({}) + '  - {component: store, requires: "[1.0,2.0)"}\n')
    assert code == 0
    assert "warning[invalid-version]: `1.2` is not a version of npm" in text
    assert "warning[invalid-range]: `[1.0,2.0)` is not a version range of npm" in text


def test_an_unknown_scheme_is_an_error_with_the_known_ones(tmp_path: Path) -> None:
    code, text = validated(tmp_path, "kind: component\nid: store\nowner: core\nversioning: nmp\nversion: 1\n", uses({}))
    assert (code, "npm" in text) == (1, True)


# What a change means

AUTH = """\
kind: component
id: auth
owner: core
VERSIONING
interfaces:
  - id: rest
    versions:
      - version: 1.4.0
      - version: 2.0.0
"""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo(tmp_path / "r")
    made.write("platctl.yaml", "strategy: One platform\n")
    made.write("teams.yaml", "kind: team\nid: core\nlead: Kim\n")
    return made


def impact(repo: Repo, requires: str, versions: list[str], versioning: str = "", more: str = "") -> str:
    """What `impact` says of a shop after another list of versions, which `AUTH` had before."""
    shop = f'kind: consumer\nid: shop\nowner: core\nuses:\n  - {{component: auth#rest, requires: "{requires}"{more}}}\n'
    auth = AUTH.replace("VERSIONING\n", f"versioning: {versioning}\n" if versioning else "")
    repo.write("auth.yaml", auth)
    repo.write("shop.yaml", shop)
    repo.commit()
    repo.write("auth.yaml", auth.partition("      - ")[0] + "".join(f"      - version: {each}\n" for each in versions))
    done = platctl("-C", repo.path, "impact", "--base", "HEAD", "--fail-on", "never", env={"COLUMNS": "200"})
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("versioning", ["", "npm", "maven"])
def test_who_follows_the_newest_version_is_at_risk_from_a_new_major(repo: Repo, versioning: str) -> None:
    text = impact(repo, "latest", ["1.4.0", "2.0.0", "3.0.0"], versioning)
    assert "1 at risk" in text
    assert "it follows the newest version, and 3.0.0 is not known to be compatible with 2.0.0" in text


def test_who_follows_the_newest_version_gains_a_compatible_one(repo: Repo) -> None:
    text = impact(repo, "latest", ["1.4.0", "2.0.0", "2.1.0"])
    assert "1 gains" in text
    assert "2.1.0 replaces 2.0.0 as the newest version" in text


def test_an_older_version_says_nothing_to_who_follows_the_newest_one(repo: Repo) -> None:
    assert "1 informed" in impact(repo, "latest", ["2.0.0"])
    assert "1 informed" in impact(repo, "latest", ["1.4.0", "1.5.0", "2.0.0", "3.0.0-rc.1"], "npm")


def test_taking_the_newest_version_back_is_a_risk(repo: Repo) -> None:
    assert "1 at risk" in impact(repo, "latest", ["1.4.0"])


def test_where_the_newest_version_cannot_be_told_that_is_a_risk(repo: Repo) -> None:
    text = impact(repo, "latest", ["1.4.0", "2.0.0", "blue"])
    assert "can't be read, so the outcome is not known" in text


@pytest.mark.parametrize(
    ("versioning", "requires", "versions", "told"),
    [
        ("npm", "^1.2", ["2.0.0"], "1 breaks"),
        ("npm", "^1 || ^2", ["2.0.0"], "1 informed"),
        ("npm", "^1.2", ["1.4.1", "2.0.0"], "1 gains"),
        ("npm", "^1.2", ["1.5.0-rc.1", "2.0.0"], "1 breaks"),
        ("npm", ">=1.2", ["3.0.0"], "1 at risk"),
        ("cargo", "1.2.3", ["1.5.0", "2.0.0"], "1 gains"),
        ("cargo", "1.2.3", ["2.0.0"], "1 breaks"),
        ("maven", "1.2.3", ["2.0.0"], "1 at risk"),
        ("maven", "[1.0,2.0)", ["2.0.0"], "1 breaks"),
        ("gem", "~> 1.2", ["2.0.0"], "1 breaks"),
        ("ordered", "1.4.0", ["2.0.0"], "1 breaks"),
        ("ordered", ">=1.4.0", ["1.4.0", "2.0.0", "3.0.0"], "1 informed"),
        ("ordered", ">=2.0.0", ["2.0.0", "3.0.0"], "1 informed"),
        ("ordered", ">=2.0.0", ["3.0.0"], "1 at risk"),
    ],
)
def test_an_effect_follows_from_the_declared_scheme(
    repo: Repo, versioning: str, requires: str, versions: list[str], told: str
) -> None:
    assert told in impact(repo, requires, versions, versioning)


def test_what_was_verified_is_compared_as_the_scheme_says(repo: Repo) -> None:
    text = impact(repo, ">=1.2", ["3.0.0"], "npm", ", verified: [{version: v3.0.0}]")
    assert "1 at risk" not in text


def test_planned_names_come_after_those_that_are_listed(repo: Repo) -> None:
    work = """\
kind: initiative
id: next
owner: core
status: planned
end: 2027-06-30
changes:
  - {component: auth#rest, effect: breaking, version: coral}
"""
    repo.write("work.yaml", work)
    text = impact(repo, ">2.0.0", ["1.4.0", "2.0.0"], "ordered")
    assert "invalid" not in text
    done = platctl("-C", repo.path, "validate", env={"COLUMNS": "150"})
    assert "no available version of `auth#rest` meets `>2.0.0` before 2027-06-30" in done.stdout


def test_a_what_if_reads_its_versions_as_the_component_does(repo: Repo) -> None:
    impact(repo, "^1.2", ["1.4.0", "2.0.0"], "npm")
    asked = ["impact", "component:auth", "--interface", "rest", "--effect", "removal", "--version", "1.x"]
    text = platctl("-C", repo.path, *asked, "--fail-on", "never", env={"COLUMNS": "150"})
    assert "1 breaks" in text.stdout, text.stdout + text.stderr
    text = platctl("-C", repo.path, "compat", "auth", "--drop", "auth#rest=1.x", env={"COLUMNS": "150"})
    assert "shop" in text.stdout
    assert text.stderr == ""


def test_declaring_the_scheme_of_a_range_that_could_not_be_read_breaks_nobody(repo: Repo) -> None:
    impact(repo, "^1.2", ["1.4.0", "2.0.0"])
    repo.write("auth.yaml", AUTH.replace("VERSIONING", "versioning: npm"))
    done = platctl("-C", repo.path, "impact", "--base", "HEAD", env={"COLUMNS": "150"})
    assert (done.returncode, "1 informed" in done.stdout) == (0, True)


def test_a_scheme_that_cannot_be_read_is_that_of_base(repo: Repo) -> None:
    impact(repo, "^1.2", ["1.4.0", "2.0.0"], "npm")
    repo.write("auth.yaml", AUTH.replace("VERSIONING", "versioning: nmp"))
    done = platctl("-C", repo.path, "impact", "--base", "HEAD", "--fail-on", "breaks", env={"COLUMNS": "150"})
    assert "breaks" not in done.stdout.replace("--fail-on breaks", "")
    assert "`versioning` of component `auth` can't be read" in done.stdout + done.stderr
    repo.write("auth.yaml", AUTH.replace("VERSIONING", "versioning: nmp").replace("      - version: 1.4.0\n", ""))
    done = platctl("-C", repo.path, "impact", "--base", "HEAD", "--fail-on", "breaks", env={"COLUMNS": "150"})
    assert "1 breaks" in done.stdout


def test_who_follows_the_newest_version_takes_what_has_none(tmp_path: Path) -> None:
    shop = uses({}) + "  - {component: store, requires: latest}\n"
    code, text = validated(tmp_path, "kind: component\nid: store\nowner: core\n", shop)
    assert (code, "unsatisfied" in text) == (0, False)


def test_texts_of_any_length_are_answered_at_once(tmp_path: Path) -> None:
    long = "1." * 30_000 + "!"
    shop = uses({}) + f'  - {{component: store, requires: "{long}"}}\n'
    code, text = validated(tmp_path, f'kind: component\nid: store\nowner: core\nversion: "{long}"\n', shop)
    assert (code, text.count("warning[invalid-")) == (0, 2)
