"""The gate: each way around `platctl ci`, in a real repository, and each legitimate move.

The change takes away a version that a product of tier 1 requires. `TOLD` says how the check tells that the product
breaks: in its verdict, or as an effect that it escapes. It may pass in silence in no case.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from repos import Repo
from running import platctl

SETTINGS = """\
strategy: One platform
policies:
  - id: agree
    when: {level: must-act, tier: 1, escaped: true}
    action: approve
    by: product-manager
"""
AUTH = """\
kind: component
id: auth
aliases: [login]
title: Auth
owner: core
interfaces:
  - id: rest
    versions:
      - version: 1.4.0
      - version: 2.0.0
"""
STORE = "kind: component\nid: store\nowner: core\nversion: 1.0.0\n"
USE = '  - component: auth#rest\n    requires: ">=1,<2"\n'
SHOP = f"kind: consumer\nid: shop\ntitle: Shop\ntier: 1\nowner: web\nproduct_manager: Ana\nuses:\n{USE}  - store\n"
KIOSK = "kind: consumer\nid: kiosk\ntitle: Kiosk\ntier: 2\nowner: web\nproduct_manager: Bo\nuses: [store]\n"
RETIRE = """\
kind: initiative
id: retire
title: Retire auth 1
owner: core
status: STATUS
end: END
changes:
  - {component: auth#rest, effect: removal, version: "<2"}
"""
OTHER = "kind: component\nid: ID\nowner: web\ninterfaces:\n  - id: rest\n    version: 1.9.0\n"
"""Something else, which would meet what the shop requires."""
FILES = {
    "platctl.yaml": SETTINGS,
    "teams.yaml": "kind: team\nid: core\n---\nkind: team\nid: web\nlead: Lee\n",
    "components/auth.yaml": AUTH,
    "components/store.yaml": STORE,
    "products/shop.yaml": SHOP,
    "products/kiosk.yaml": KIOSK,
}
Way = Callable[[Repo], None]
OLD = "      - version: 1.4.0\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A model on `main`, and a branch for the change."""
    made = Repo(tmp_path / "r")
    for path, text in FILES.items():
        made.write(path, text)
    made.commit()
    made.git("switch", "-q", "-c", "topic")
    return made


def edit(repo: Repo, path: str, *edits: tuple[str, str]) -> None:
    text = (repo.path / path).read_text()
    for old, new in edits:
        assert old in text
        text = text.replace(old, new)
    repo.write(path, text)


def removal(repo: Repo) -> None:
    edit(repo, "components/auth.yaml", (OLD, ""))


def shop(*edits: tuple[str, str]) -> Way:
    def way(repo: Repo) -> None:
        removal(repo)
        edit(repo, "products/shop.yaml", *edits)

    return way


def auth(*edits: tuple[str, str]) -> Way:
    return lambda repo: edit(repo, "components/auth.yaml", *edits)


def deleted(repo: Repo) -> None:
    removal(repo)
    (repo.path / "products/shop.yaml").unlink()


def moved(repo: Repo) -> None:
    removal(repo)
    repo.git("mv", "products/shop.yaml", "shops.yaml")


def hidden(repo: Repo) -> None:
    removal(repo)
    repo.git("mv", "products/shop.yaml", "products/.shop.yaml")


def roots(repo: Repo) -> None:
    removal(repo)
    repo.write("platctl.yaml", SETTINGS + "roots: [components, teams.yaml, products/kiosk.yaml]\n")


def excluded(repo: Repo) -> None:
    removal(repo)
    repo.write("platctl.yaml", SETTINGS + "exclude: [products/shop.yaml]\n")


def excluded_in_a_second_commit(repo: Repo) -> None:
    excluded(repo)
    repo.git("checkout", "-q", "components")
    repo.commit()
    removal(repo)
    repo.commit()


def without_policies(repo: Repo) -> None:
    deleted(repo)
    repo.write("platctl.yaml", "strategy: One platform\n")


def with_a_waiver(repo: Repo) -> None:
    deleted(repo)
    waiver = "{rule: impact, entity: shop, reason: fine, expires: 2099-01-01}"
    repo.write("platctl.yaml", f"{SETTINGS}waivers:\n  - {waiver}\n")


def renamed_elsewhere(repo: Repo) -> None:
    deleted(repo)
    repo.write("shops.yaml", SHOP.replace("id: shop", "id: storefront").replace(">=1,<2", ">=2,<3"))


def alias_of_another_consumer(repo: Repo) -> None:
    deleted(repo)
    edit(repo, "products/kiosk.yaml", ("id: kiosk\n", "id: kiosk\naliases: [shop]\n"))


def alias_of_a_new_consumer(repo: Repo) -> None:
    deleted(repo)
    repo.write("products/new.yaml", KIOSK.replace("id: kiosk\n", "id: new\naliases: [shop]\n"))


def alias_of_another_component(repo: Repo) -> None:
    (repo.path / "components/auth.yaml").unlink()
    other = "interfaces:\n  - id: rest\n    versions: [{version: 1.9.0}]\n"
    repo.write("components/store.yaml", STORE.replace("id: store\n", "id: store\naliases: [auth]\n") + other)


def id_of_an_unrelated_component(repo: Repo) -> None:
    """`auth` becomes `identity`, without what the shop requires, and another component takes the old id."""
    identity = AUTH.replace("id: auth\naliases: [login]", "id: identity\naliases: [auth, login]")
    repo.write("components/identity.yaml", identity.replace(OLD, ""))
    repo.write("components/auth.yaml", OTHER.replace("ID", "auth"))


def id_of_an_unrelated_component_without_alias(repo: Repo) -> None:
    identity = AUTH.replace("id: auth\naliases: [login]", "id: identity")
    repo.write("components/auth.yaml", identity.replace(OLD, ""))
    repo.write("components/other.yaml", OTHER.replace("ID", "auth"))


def id_of_an_unrelated_component_in_one_file(repo: Repo) -> None:
    identity = AUTH.replace("id: auth\naliases: [login]", "id: identity")
    repo.write("components/auth.yaml", f"{OTHER.replace('ID', 'auth')}---\n{identity.replace(OLD, '')}")


def alias_as_id_of_an_unrelated_component(repo: Repo) -> None:
    """The shop means `auth` by its former name, which another component takes."""
    removal(repo)
    edit(repo, "components/auth.yaml", ("aliases: [login]\n", ""))
    repo.write("components/login.yaml", OTHER.replace("ID", "login"))


def initiative(status: str, end: str) -> Way:
    """The removal, by words in a plan that no one has agreed to."""

    def way(repo: Repo) -> None:
        removal(repo)
        repo.write("retire.yaml", RETIRE.replace("STATUS", status).replace("END", end))

    return way


def done_in_words(repo: Repo) -> None:
    repo.write("retire.yaml", RETIRE.replace("STATUS", "done").replace("END", "2027-02-01"))


def split_over_commits(repo: Repo) -> None:
    edit(repo, "products/shop.yaml", (USE, ""))
    repo.commit()
    removal(repo)
    repo.commit()


def split_the_other_way(repo: Repo) -> None:
    removal(repo)
    repo.commit()
    edit(repo, "products/shop.yaml", (USE, ""))
    repo.commit()


TO_NAMESPACE = (
    *(("id: shop", "id: shop\nnamespace: retail"), ("owner: web", "owner: default/web")),
    *(("auth#", "default/auth#"), ("- store", "- default/store")),
)
TOLD: dict[str, tuple[Way, str]] = {
    "only the removal": (removal, "breaks"),
    "roots changed": (roots, "breaks"),
    "excluded": (excluded, "breaks"),
    "excluded in a commit of its own": (excluded_in_a_second_commit, "breaks"),
    "policies removed": (without_policies, "would break"),
    "waived by the change": (with_a_waiver, "would break"),
    "consumer deleted": (deleted, "would break"),
    "consumer moved": (moved, "breaks"),
    "consumer hidden": (hidden, "breaks"),
    "dependency removed": (shop((USE, "")), "would break"),
    "dependency on another component": (shop(("auth#rest", "store"), ('"\n  - store', '"')), "would break"),
    "consumer renamed without alias": (shop(("id: shop", "id: storefront")), "breaks"),
    "consumer moved to a namespace": (shop(*TO_NAMESPACE), "breaks"),
    "consumer renamed and edited elsewhere": (renamed_elsewhere, "would break"),
    "consumer's id as the alias of another": (alias_of_another_consumer, "would break"),
    "consumer's id as the alias of a new one": (alias_of_a_new_consumer, "would break"),
    "component's id as the alias of another": (alias_of_another_component, "would break"),
    "component's id for an unrelated one": (id_of_an_unrelated_component, "would break"),
    "component's id for an unrelated one, no alias": (id_of_an_unrelated_component_without_alias, "would break"),
    "component's id for an unrelated one, one file": (id_of_an_unrelated_component_in_one_file, "would break"),
    "alias for an unrelated component": (alias_as_id_of_an_unrelated_component, "breaks"),
    "range dropped": (shop(('    requires: ">=1,<2"\n', "")), "breaks"),
    "range widened": (shop((">=1,<2", ">=1,<3")), "would break"),
    "range unreadable": (shop((">=1,<2", "any")), "breaks"),
    "range moved": (shop((">=1,<2", ">=2,<3")), "would break"),
    "range made open": (shop((">=1,<2", ">=1")), "would break"),
    "dependency soft": (shop(('<2"\n', '<2"\n    strength: soft\n')), "would break"),
    "tier lowered": (shop(("tier: 1", "tier: 3")), "breaks"),
    "product manager removed": (shop(("product_manager: Ana\n", "")), "breaks"),
    "product manager and dependency removed": (shop(("product_manager: Ana\n", ""), (USE, "")), "would break"),
    "product manager replaced": (shop(("Ana", "Eve"), (USE, "")), "would break"),
    "removal in an idea": (initiative("idea", "2027-12-31"), "breaks"),
    "removal in done work": (initiative("done", "2027-02-01"), "breaks"),
    "removal only in done work": (done_in_words, "breaks"),
    "version renamed to a higher one": (auth((OLD, "      - version: 2.4.0\n")), "breaks"),
    "interface renamed": (auth(("id: rest", "id: http")), "breaks"),
    "component deleted": (lambda repo: (repo.path / "components/auth.yaml").unlink(), "breaks"),
    "component retired": (auth(("title: Auth", "title: Auth\nlifecycle: retired")), "breaks"),
    "split over commits": (split_over_commits, "would break"),
    "split the other way": (split_the_other_way, "would break"),
}


def run(repo: Repo, *arguments: str) -> "tuple[int, str, dict[str, object]]":
    """Exit code, text and JSON."""
    reports = ("--report", "json=../r.json", "--comment", "../c.md")
    result = platctl("ci", "--base", "main", "--today", "2027-03-02", *reports, *arguments, cwd=repo.path)
    path = repo.path.parent / "r.json"
    return result.returncode, result.stdout, json.loads(path.read_text()) if path.exists() else {}


@pytest.mark.parametrize("name", TOLD)
def test_no_way_passes_in_silence(repo: Repo, name: str) -> None:
    way, told = TOLD[name]
    way(repo)
    code, text, report = run(repo, "--fail-on-finding", "never")
    assert code == 1
    assert told in text
    assert "Approvals missing" in text
    impact = report["impact"]
    assert isinstance(impact, dict)
    found = impact["escapes" if told == "would break" else "verdicts"]
    (only,) = (each for each in found if each["level"] == "breaks")
    assert only["consumer"]["id"] in ("shop", "new", "storefront", "retail/shop")
    assert [each["state"] for each in only["approvals"]] == ["missing"]
    assert [each["of"] for each in only["approvals"]] == [["Ana"]]
    assert f"{told}**" in (repo.path.parent / "c.md").read_text()


@pytest.mark.parametrize("name", TOLD)
def test_without_policies_it_is_told_all_the_same(tmp_path: Path, name: str) -> None:
    made = Repo(tmp_path / "r")
    for path, text in FILES.items():
        made.write(path, "strategy: One platform\n" if path == "platctl.yaml" else text)
    made.commit()
    made.git("switch", "-q", "-c", "topic")
    way, told = TOLD[name]
    way(made)
    code, text, _ = run(made, "--fail-on-finding", "never")
    assert code == (1 if told == "breaks" else 0)
    assert told in text
    assert told in (made.path.parent / "c.md").read_text()


def test_a_version_that_is_renamed_beyond_recognition_is_a_risk(repo: Repo) -> None:
    edit(repo, "components/auth.yaml", ("1.4.0", "legacy"))
    code, text, _ = run(repo, "--fail-on-finding", "never")
    assert (code, "at risk" in text) == (0, True)
    code, text, _ = run(repo)
    assert (code, "warning[invalid-version]" in text) == (0, True)


# Legitimate moves ----------------------------------------------------------------------------------------------


def renamed_with_alias(repo: Repo) -> None:
    edit(repo, "products/shop.yaml", ("id: shop\n", "id: storefront\naliases: [shop]\n"))


def component_renamed_with_alias(repo: Repo) -> None:
    edit(repo, "components/auth.yaml", ("id: auth\naliases: [login]\n", "id: identity\naliases: [auth, login]\n"))


def model_moved(repo: Repo) -> None:
    (repo.path / "model").mkdir()
    for name in ("platctl.yaml", "teams.yaml", "components", "products"):
        repo.git("mv", name, f"model/{name}")


def files_moved(repo: Repo) -> None:
    repo.git("mv", "products/shop.yaml", "shops.yaml")
    repo.git("mv", "components/auth.yaml", "auth.yaml")


def all_removed(repo: Repo) -> None:
    (repo.path / "products/shop.yaml").unlink()


def without_removal(*edits: tuple[str, str]) -> Way:
    return lambda repo: edit(repo, "products/shop.yaml", *edits)


def after_a_change_of_its_own(repo: Repo) -> None:
    """The product has moved in an earlier change; now the version goes."""
    edit(repo, "products/shop.yaml", (">=1,<2", ">=2,<3"))
    repo.commit()
    repo.git("branch", "-f", "main")
    removal(repo)


SILENT: dict[str, Way] = {
    "consumer renamed with alias": renamed_with_alias,
    "component renamed with alias": component_renamed_with_alias,
    "files moved": files_moved,
    "model moved": model_moved,
    "consumer deleted": all_removed,
    "dependency removed": without_removal((USE, "")),
    "range moved": without_removal((">=1,<2", ">=2,<3")),
    "product manager replaced": without_removal(("Ana", "Eve")),
    "removal after the product has moved": after_a_change_of_its_own,
}


@pytest.mark.parametrize("name", SILENT)
def test_a_legitimate_move_passes(repo: Repo, name: str) -> None:
    SILENT[name](repo)
    repo.commit()
    where = ("-C", "model") if name == "model moved" else ()
    result = platctl(*where, "ci", "--base", "main", "--today", "2027-03-02", cwd=repo.path)
    assert (result.returncode, result.stderr) == (0, "")
    assert "would" not in result.stdout


def test_what_leaves_in_the_same_change_passes_once_it_is_approved(tmp_path: Path) -> None:
    """The product manager has agreed to the plan before, by an approval that base has with its digest."""
    made = Repo(tmp_path / "r")
    for path, text in FILES.items():
        made.write(path, text)
    made.write("retire.yaml", RETIRE.replace("STATUS", "planned").replace("END", "2027-03-01"))
    done = platctl("approve", "retire", "--for", "shop", "--by", "Ana", "--on", "2027-02-01", cwd=made.path)
    assert done.returncode == 0, done.stderr
    made.commit()
    made.git("switch", "-q", "-c", "topic")
    shop((">=1,<2", ">=2,<3"))(made)
    edit(made, "retire.yaml", ("planned", "done"))
    code, text, _ = run(made)
    assert "edited; would break" in text
    assert "approved by Ana" in text
    assert code == 0
