"""Which files belong to a model: `roots`, `exclude`, a first model, and a model that moves."""

import json
from pathlib import Path

import pytest

from repos import Repo
from running import platctl

AUTH = "kind: component\nid: auth\nowner: core\nversion: 1.4.0\n"
SHOP = 'kind: consumer\nid: shop\nowner: core\nuses: [{component: auth, requires: "<2"}]\n'
FILES = {
    "teams.yaml": "kind: team\nid: core\n",
    "components/auth.yaml": AUTH,
    "products/shop.yaml": SHOP,
}
COMMANDS = (
    *("validate", "impact", "ci", "roadmap", "backlog", "balance", "goals", "changelog HEAD", "owners", "needs shop"),
    *("intake", "sensitivity", "tradeoff a b", "history --all", "baseline"),
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "r")


def written(repo: Repo, folder: str = "", settings: str | None = "strategy: One platform\n") -> None:
    for path, text in FILES.items():
        repo.write(folder + path, text)
    if settings is not None:
        repo.write(f"{folder}platctl.yaml", settings)


def findings(repo: Repo, *arguments: str) -> list[tuple[str, str, int]]:
    """Rule, path and line of each finding of `validate`."""
    result = platctl("validate", *arguments, "--format", "json", cwd=repo.path)
    found = [each["finding"] for each in json.loads(result.stdout)["diagnostics"]]
    return [(each["rule"], each["span"]["path"], each["span"]["line"]) for each in found]


# Roots and excludes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "line", "message"),
    [
        ("roots:\n  - components\n  - product", 3, "`product` matches no YAML file"),
        ("roots: [components, 'team?']", 1, "`team?` matches no YAML file"),
        ("roots: [components, ../other]", 1, "`../other` leads out of the model's folder"),
        ("roots: [components, /etc]", 1, "`/etc` leads out of the model's folder"),
        ("exclude: [components/../../x]", 1, "`components/../../x` leads out of the model's folder"),
    ],
)
def test_an_entry_that_leads_nowhere_is_an_error_with_its_line(
    repo: Repo, settings: str, line: int, message: str
) -> None:
    written(repo, settings=f"{settings}\n")
    assert ("invalid-root", "platctl.yaml", line) in findings(repo)
    result = platctl("validate", cwd=repo.path)
    assert (result.returncode, message in result.stdout) == (1, True)


def test_a_root_in_another_repository_is_an_error_with_its_line(repo: Repo) -> None:
    written(repo, settings="roots:\n  - products\n  - components\n  - shared/model\n")
    other = Repo(repo.path / "shared")
    other.write("model/team.yaml", "kind: team\nid: other\n")
    other.commit()
    assert ("invalid-root", "platctl.yaml", 4) in findings(repo)


def test_a_new_root_that_leads_nowhere_fails_the_checks(repo: Repo) -> None:
    written(repo)
    repo.commit()
    repo.write("platctl.yaml", "roots: [components, products, teams.yaml, plans]\n")
    for command in ("impact", "ci"):
        result = platctl(command, "--base", "HEAD", cwd=repo.path)
        assert (result.returncode, "`plans` matches no YAML file" in result.stdout) == (1, True)


def test_globs_name_what_belongs_to_the_model_and_what_does_not(repo: Repo) -> None:
    written(repo, settings="roots: ['*s', teams.yaml]\nexclude: ['**/*.tmpl.yaml', components/old]\n")
    repo.write("components/old/gone.yaml", "kind: component\nid: gone\n")
    repo.write("products/a.tmpl.yaml", "{{ broken\n")
    repo.write("else/lost.yaml", "kind: component\nid: lost\n")
    assert {path for _, path, _ in findings(repo)} <= set(FILES)
    report = json.loads(platctl("validate", "--format", "json", cwd=repo.path).stdout)
    assert (report["entities"], report["summary"]["error"]) == (3, 0)


def test_what_base_read_is_read_whatever_the_settings_of_head_say(repo: Repo) -> None:
    written(repo)
    repo.commit()
    repo.write("components/auth.yaml", AUTH.replace("1.4.0", "2.0.0"))
    for settings in ("roots: [components, teams.yaml]\n", "exclude: [products]\n", "exclude: ['**']\n"):
        repo.write("platctl.yaml", settings)
        for command in ("impact", "ci"):
            result = platctl(command, "--base", "HEAD", "--format", "json", cwd=repo.path)
            report = json.loads(result.stdout)
            verdicts = (report.get("impact") or report)["verdicts"]
            assert (result.returncode, [each["consumer"]["id"] for each in verdicts]) == (1, ["shop"])


def test_a_folder_may_be_renamed_with_its_root(repo: Repo) -> None:
    written(repo, settings="roots: [components, products, teams.yaml]\n")
    repo.commit()
    repo.git("mv", "products", "consumers")
    repo.write("platctl.yaml", "roots: [components, consumers, teams.yaml]\n")
    for command in ("impact", "ci"):
        assert platctl(command, "--base", "HEAD", cwd=repo.path).returncode == 0
    repo.write("platctl.yaml", "roots: [components, products, teams.yaml]\n")
    result = platctl("ci", "--base", "HEAD", "--fail-on-finding", "never", cwd=repo.path)
    assert (result.returncode, result.stdout.startswith("INCOMPLETE: ")) == (2, True)


# Nothing to check ---------------------------------------------------------------------------------------------


def empty(repo: Repo) -> None:
    repo.write("README.md", "hello\n")


def only_settings(repo: Repo) -> None:
    repo.write("platctl.yaml", "strategy: none\n")


def only_a_submodule(repo: Repo) -> None:
    library = Repo(repo.path.parent / "library")
    written(library)
    library.commit()
    repo.write("platctl.yaml", "roots: [platform]\n")
    repo.git("submodule", "--quiet", "add", str(library.path), "platform")


def roots_without_files(repo: Repo) -> None:
    written(repo, settings="roots: [model]\n")


def only_what_is_broken(repo: Repo) -> None:
    repo.write("team.yaml", "kind: team\nid: [\n")


def only_foreign(repo: Repo) -> None:
    repo.write("docker-compose.yml", "services: {}\n")


NOTHING = (empty, only_settings, only_a_submodule, roots_without_files, only_what_is_broken, only_foreign)


@pytest.mark.parametrize("nothing", NOTHING, ids=lambda each: each.__name__)
def test_a_model_without_entities_is_nothing_to_check(repo: Repo, nothing: object) -> None:
    nothing(repo)  # type: ignore[operator]
    repo.commit()
    for command in COMMANDS:
        result = platctl(*command.split(), cwd=repo.path)
        assert result.returncode == 2, command
        assert "there is no model: " in result.stderr, command
        assert "PASS" not in result.stdout
    assert platctl("ci", "--fail-on", "never", "--fail-on-finding", "never", cwd=repo.path).returncode == 2


def test_what_is_wrong_is_listed_before_it_is_called_nothing(repo: Repo) -> None:
    only_what_is_broken(repo)
    result = platctl("validate", cwd=repo.path)
    assert "error[yaml-syntax]" in result.stdout
    assert result.stderr.startswith("error: there is no model: ")


# The first model, and a model that moves ----------------------------------------------------------------------


@pytest.mark.parametrize("settings", [None, "strategy: One platform\n"])
@pytest.mark.parametrize("folder", ["", "platform/"])
def test_the_first_model_is_green_in_both_commands(repo: Repo, folder: str, settings: str | None) -> None:
    repo.write("README.md", "hello\n")
    repo.write("deploy/docker-compose.yml", "services: {}\n")
    repo.commit()
    written(repo, folder, settings)
    repo.commit()
    where = repo.path / folder
    said = "This is the first model: base has none yet, so nothing can break."
    for command in ("impact", "ci"):
        result = platctl(command, "--base", "HEAD~1", "--report", "markdown=c.md", cwd=where)
        assert (result.returncode, said in result.stdout) == (0, True), result.stdout + result.stderr
        assert said.removesuffix(".") in (where / "c.md").read_text()
        (where / "c.md").unlink()
    report = json.loads(platctl("impact", "--base", "HEAD~1", "--format", "json", cwd=where).stdout)
    assert report["is_first_model"] is True


def test_a_base_that_could_not_be_read_is_not_a_first_model(repo: Repo) -> None:
    repo.write("shop.yaml", "kind: consumer\nid: [\n")
    repo.commit()
    repo.write("shop.yaml", "kind: consumer\nid: shop\n")
    report = json.loads(platctl("impact", "--base", "HEAD", "--format", "json", cwd=repo.path).stdout)
    assert report["is_first_model"] is False
    assert "unread" in {each["kind"] for each in report["unknown"]}


MOVES = [
    ("platform/", "pm/", "strategy: One platform\n"),
    ("platform/", "pm/", None),
    ("", "platform/", "strategy: One platform\n"),
    ("", "platform/", None),
    ("platform/", "", "strategy: One platform\n"),
    ("a/platform/", "a/b/platform/", "strategy: One platform\n"),
]


def moved(repo: Repo, old: str, new: str, settings: str | None) -> Path:
    """The folder to which a model has moved since HEAD."""
    written(repo, old, settings)
    repo.write("README.md", "hello\n")
    repo.commit()
    for path in [*FILES, *(["platctl.yaml"] if settings else [])]:
        (repo.path / new / path).parent.mkdir(parents=True, exist_ok=True)
        repo.git("mv", old + path, new + path)
    return repo.path / new


@pytest.mark.parametrize(("old", "new", "settings"), MOVES)
def test_a_model_that_only_moves_is_green(repo: Repo, old: str, new: str, settings: str | None) -> None:
    where = moved(repo, old, new, settings)
    for head in ((), ("--head", "HEAD")):
        for command in ("impact", "ci"):
            result = platctl(command, "--base", "HEAD~1" if head else "HEAD", *head, "--format", "json", cwd=where)
            report = json.loads(result.stdout)
            report = report.get("impact") or report
            assert result.returncode == 0, result.stderr
            assert (report["is_first_model"], report["incomplete"], report["others"]) == (False, [], [])
        repo.commit()


@pytest.mark.parametrize(("old", "new", "settings"), MOVES)
def test_a_model_that_moves_is_still_compared(repo: Repo, old: str, new: str, settings: str | None) -> None:
    where = moved(repo, old, new, settings)
    (where / "components/auth.yaml").write_text(AUTH.replace("1.4.0", "2.0.0"))
    for command in ("impact", "ci"):
        result = platctl(command, "--base", "HEAD", "--format", "json", cwd=where)
        report = json.loads(result.stdout)
        verdicts = (report.get("impact") or report)["verdicts"]
        assert (result.returncode, [each["consumer"]["id"] for each in verdicts]) == (1, ["shop"])


def test_a_second_model_is_a_first_one_of_its_own(repo: Repo) -> None:
    written(repo, "a/")
    repo.commit()
    repo.write("b/platctl.yaml", "strategy: Another\n")
    repo.write("b/team.yaml", "kind: team\nid: others\n")
    for command in ("impact", "ci"):
        assert platctl(command, "--base", "HEAD", cwd=repo.path / "b").returncode == 0


# YAML files of other tools ------------------------------------------------------------------------------------

TAG = "!!python/name:material.extensions.emoji.twemoji"
OTHERS = {
    "docker-compose.yml": "services:\n  db:\n    image: x\n",
    "mkdocs.yml": f"site_name: x\nmarkdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: {TAG}\n",
    "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: a\n",
    "chart/templates/svc.yaml": "{{- if .Values.x }}\nkind: Service\n{{- end }}\n",
    "chart/templates/deployment.yaml": "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {{ .Values.name }}\n",
    "chart/values.yaml": "replicas: 2\n",
    "deploy/k8s.yml": "apiVersion: v1\nkind: Service\n---\napiVersion: v1\nkind: Secret\n",
    "api/openapi.yaml": "openapi: 3.1.0\ninfo: {title: x}\n",
    "site.yml": "- hosts: all\n  tasks: []\n",
}
LINE = "`exclude: [api, catalog-info.yaml, chart, deploy, docker-compose.yml, mkdocs.yml, site.yml]`"


def beside(repo: Repo) -> None:
    for path, text in OTHERS.items():
        repo.write(path, text)


def test_files_of_other_tools_get_one_note_with_the_line_to_write(repo: Repo) -> None:
    written(repo)
    beside(repo)
    result = platctl("validate", "--format", "json", cwd=repo.path)
    (found,) = [each["finding"] for each in json.loads(result.stdout)["diagnostics"]]
    assert (result.returncode, found["rule"], found["severity"]) == (0, "foreign-file", "info")
    assert found["message"].startswith("9 files are not read as part of the model: `api/openapi.yaml` (OpenAPI), ")
    assert LINE in found["help"]
    repo.write("platctl.yaml", f"{LINE.strip('`')}\n")
    assert findings(repo) == []


def test_many_files_of_other_tools_are_left_out_by_roots(repo: Repo) -> None:
    written(repo)
    for number in range(20):
        repo.write(f"app-{number}.yaml", "services: {}\n")
    text = " ".join(platctl("validate", cwd=repo.path).stdout.split())
    assert "`roots: [components, products, teams.yaml]`" in text
    repo.write("platctl.yaml", "roots: [components, products, teams.yaml]\n")
    assert findings(repo) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("kind: consumr\nid: shop\n", "unknown-kind"),
        ("id: shop\ntitle: Shop\n", "missing-field"),
        ("kind: consumer\nid: [\n", "yaml-syntax"),
        ("kind: consumer\nid: shop\napiVersion: v1\n", "unknown-field"),
        ("- kind: consumer\n  id: shop\n", "wrong-type"),
        ("kind: team\nid: t\n---\nservices: {}\n", "missing-field"),
    ],
)
def test_a_mistake_in_an_entity_stays_an_error(repo: Repo, text: str, rule: str) -> None:
    repo.write("team.yaml", "kind: team\nid: core\n")
    repo.write("shop.yaml", text)
    assert (rule, "shop.yaml") in {each[:2] for each in findings(repo)}
    assert platctl("validate", cwd=repo.path).returncode == 1


def test_a_folder_with_files_of_other_tools_gets_a_model_without_notes(repo: Repo) -> None:
    beside(repo)
    assert platctl("init", cwd=repo.path).returncode == 0
    assert findings(repo) == []
    settings = (repo.path / "platctl.yaml").read_text()
    assert "exclude:\n  - api\n  - catalog-info.yaml\n  - chart\n" in settings
    assert platctl("init", "new", cwd=repo.path).returncode == 0
    assert "exclude" not in (repo.path / "new/platctl.yaml").read_text()


def test_files_of_other_tools_are_no_trouble_in_a_history(repo: Repo) -> None:
    written(repo)
    beside(repo)
    repo.commit()
    assert "Not readable" not in platctl("history", "--all", cwd=repo.path).stdout
    repo.write("products/shop.yaml", "services: {}\n")
    repo.commit()
    assert "products/shop.yaml" in platctl("history", "--all", cwd=repo.path).stdout
