"""Checks the imports that docs/architecture.md describes, with import-linter, and what a start may load."""

import ast
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import grimp
import networkx
import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent
SHOW_LOADED = """
import sys
from platctl.cli import main
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""
HELP_OF_ALL = """
import sys
from platctl.cli.app import COMMANDS, run
for name in COMMANDS:
    assert run([name, "--help"]) == 0, name
print(*sorted(sys.modules), file=sys.stderr)
"""
OF_TYPER = {"typer", "annotated_doc", "shellingham"}
OF_MODELS = {"pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection", "yaml", "_yaml"}
OF_COMPILED = {"_cython", "cython_runtime", "_sysconfigdata"}
DOOR = {
    "cli",
    "cli.app",
    "finding",
    "model",
    "model.level",
    "model.settings",
    "model.settings.usual_scoring",
    "model.vocabulary",
    "record",
    "render",
    "render.data",
    "render.data.part_of_json",
    "render.errors",
    "shell",
    "shell.errors",
    "shell.options",
    "shell.progress",
    "source",
    "source.errors",
}
"""What the table of commands and the options of all commands are made of."""
FORMATS = {"render.page", "render.page.markdown_dialect", "shell.formats"}
OWN = re.compile(r"actions(\.\w+)?|questions(\.\w+(\.(command|choices|options|views|compare(\.command)?))?)?")
NAMES_OF_RULES = {"rules", "rules.registry"}
EXAMPLES = {"workspace", "workspace.examples"}
OF_OTHERS = re.compile(
    r"actions|edit|forge|ranking|rules\.(?!waivers)\w+|questions\.(?!impact)\w+|render\.(alerts|data\.(?!part_of_json))"
)


def test_every_room_imports_only_what_its_contract_allows(capsys: pytest.CaptureFixture[str]):
    code = lint_imports(str(ROOT / ".importlinter"), no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


def test_every_folder_of_modules_is_a_package_since_import_linter_passes_over_others():
    folders = {path.parent for path in (ROOT / "src").rglob("*.py")}
    assert [folder.name for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


def test_no_modules_import_each_other_in_a_circle():
    modules = grimp.build_graph("platctl", cache_dir=None)
    imports = networkx.DiGraph(
        (importer, imported)
        for importer in modules.modules
        for imported in modules.find_modules_directly_imported_by(importer)
    )
    circles = [sorted(group) for group in networkx.strongly_connected_components(imports) if len(group) > 1]
    assert circles == []


def test_modules_and_folders_stay_small_enough_to_find_ones_way_in():
    modules = sorted((ROOT / "src").rglob("*.py"))
    assert [path.name for path in modules if path.read_text("utf-8").count("\n") > 400] == []
    assert {folder for folder, size in Counter(path.parent for path in modules).items() if size > 40} == set()


def test_no_class_name_means_two_things():
    places = defaultdict(list)
    for path in sorted((ROOT / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name.lstrip("_")].append(f"{path.name}:{node.lineno}")
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_the_version_is_printed_without_the_command_line_library():
    assert packages(loaded_by(["--version"])) == set()
    assert rooms(loaded_by(["--version"])) == {"cli"}


def test_the_list_of_commands_loads_no_command():
    loaded = loaded_by(["--help"])
    assert packages(loaded) == OF_TYPER
    assert rooms(loaded) <= DOOR


def test_the_help_of_a_command_loads_its_options_and_nothing_that_it_does():
    loaded = loaded_by([], script=HELP_OF_ALL)
    assert packages(loaded) == OF_TYPER
    assert {name for name in rooms(loaded) - DOOR - FORMATS - EXAMPLES if not OWN.fullmatch(name)} == set()


@pytest.mark.parametrize(
    "line",
    ["imp", "impact --eff", "impact --effect re", "impact --format s", "backlog --model r", "rule unkn", "new co"],
)
def test_completing_a_word_loads_what_help_does(line: str):
    words = f"platctl {line}".split(" ")
    asked = {"COMP_WORDS": " ".join(words), "COMP_CWORD": str(len(words) - 1)}
    loaded = loaded_by([], {"_PLATCTL_COMPLETE": "complete_bash", **asked})
    assert packages(loaded) == OF_TYPER
    assert {name for name in rooms(loaded) - DOOR - FORMATS - NAMES_OF_RULES if not OWN.fullmatch(name)} == set()


def test_an_impact_loads_what_it_needs_to_answer_and_no_other_question(tmp_path: Path):
    loaded_by(["init", str(tmp_path)])
    loaded = loaded_by(["-C", str(tmp_path), "impact", "initiative:retire-identity-2", "--fail-on", "never"])
    assert packages(loaded) <= OF_TYPER | OF_MODELS | OF_COMPILED | {"packaging", "rich"}
    assert {name for name in rooms(loaded) if OF_OTHERS.match(name)} == set()
    assert not {"model.past", "source.git.history"} & rooms(loaded)
    assert not {"model.declared_schemes", "model.versioning.schemes"} & rooms(loaded), "only where a scheme is declared"
    assert len(rooms(loaded)) <= 196


def test_plugins_that_others_installed_for_pydantic_are_not_run(tmp_path: Path):
    plugin = tmp_path / "plugin-1.0.dist-info"
    plugin.mkdir()
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: plugin\nVersion: 1.0\n")
    (plugin / "entry_points.txt").write_text("[pydantic]\nplugin = plugin:plugin\n")
    (tmp_path / "plugin.py").write_text("import os\nopen(os.environ['RAN'], 'w').close()\nplugin = None\n")
    loaded_by(["init", str(tmp_path / "model")])
    ran = tmp_path / "ran"
    loaded_by(["-C", str(tmp_path / "model"), "validate"], {"PYTHONPATH": str(tmp_path), "RAN": str(ran)})
    assert not ran.exists()


@pytest.mark.parametrize("question", ["validate", "backlog"])
def test_asking_about_a_model_without_circles_does_not_load_the_graph_library(question: str, tmp_path: Path):
    loaded_by(["init", str(tmp_path)])
    loaded = loaded_by(["-C", str(tmp_path), question])
    assert packages(loaded) >= {"packaging", "rich"}
    assert "networkx" not in packages(loaded)


@pytest.mark.parametrize("question", ["validate", "impact initiative:retire-identity-2 --fail-on never", "backlog"])
def test_what_was_read_before_is_read_without_pydantic_and_without_yaml(question: str, tmp_path: Path):
    loaded_by(["init", str(tmp_path / "model")])
    runs = [
        packages(loaded_by(["-C", str(tmp_path / "model"), *question.split()], {"PLATCTL_CACHE_DIR": str(tmp_path)}))
        for _ in range(3)
    ]
    assert {"pydantic", "yaml"} <= runs[0]
    assert runs[2] <= OF_TYPER | {"packaging", "rich"}


def loaded_by(arguments: list[str], environment: dict[str, str] | None = None, script: str = SHOW_LOADED) -> set[str]:
    """The modules that one run of platctl loads."""
    command = [sys.executable, "-c", script, *arguments]
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, env={**os.environ, **(environment or {})})
    assert run.returncode == 0, run.stderr
    return set(run.stderr.splitlines()[-1].split()) - bare()


@cache
def bare() -> frozenset[str]:
    """What Python loads by itself."""
    script = "import sys; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return frozenset(run.stdout.split())


def packages(loaded: set[str]) -> set[str]:
    """Those from elsewhere, neither Python's own nor ours."""
    found = {name.partition(".")[0] for name in loaded} - sys.stdlib_module_names - {"platctl"}
    return {re.sub(r"_?_\d+(_\d+)*$|__.*$", "", name) for name in found}


def rooms(loaded: set[str]) -> set[str]:
    """Modules of platctl, by their place in it."""
    return {name.removeprefix("platctl.") for name in loaded if name.startswith("platctl.")}
