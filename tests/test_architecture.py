"""The flow of docs/architecture.md, held by import-linter, and what a start may load."""

import ast
import subprocess
import sys
from collections import Counter, defaultdict
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
    print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""


def test_every_room_imports_only_what_its_contract_allows(capsys: pytest.CaptureFixture[str]):
    code = lint_imports(str(ROOT / ".importlinter"), no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


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


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]])
def test_help_and_version_load_none_of_the_large_libraries(arguments: list[str]):
    loaded = loaded_by(arguments)
    assert loaded.isdisjoint({"pydantic", "networkx", "yaml", "rich", "packaging"})


def test_the_version_is_printed_without_the_command_line_library():
    assert loaded_by(["--version"]).isdisjoint({"typer", "click"})


@pytest.mark.parametrize("question", [["impact", "initiative:retire-identity-2"], ["validate"], ["backlog"]])
def test_asking_about_a_model_without_circles_does_not_load_the_graph_library(question: list[str], tmp_path: Path):
    loaded_by(["init", str(tmp_path)])
    loaded = loaded_by(["-C", str(tmp_path), *question])
    assert "pydantic" in loaded
    assert "networkx" not in loaded


def loaded_by(arguments: list[str]) -> set[str]:
    """The packages that one run of platctl loads."""
    run = subprocess.run(
        [sys.executable, "-c", SHOW_LOADED, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    return set(run.stderr.splitlines()[-1].split())
