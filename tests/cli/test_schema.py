"""`platctl schema`, and the schemas that `init` puts beside a new model."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from builders import parsed
from platctl.model.vocabulary import SCHEMA_NAMES
from running import Run

FILES = sorted(f"{name}.schema.json" for name in SCHEMA_NAMES)


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_one_kind_is_printed(run: Run) -> None:
    done = run("schema", "component")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["$id"] == "component.schema.json"


def test_without_a_kind_any_entity_is_described(run: Run) -> None:
    assert json.loads(run("schema").stdout)["$id"] == "entity.schema.json"


def test_an_unknown_kind_gets_the_nearest_one(run: Run) -> None:
    done = run("schema", "componnent")
    assert done.returncode == 2
    assert "did you mean `component`?" in done.stderr


def test_all_are_written_into_a_folder_and_compared_there(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "a" / "b"
    assert run("schema", "--write", folder).returncode == 0
    assert names_in(folder) == FILES
    checked = run("schema", "--write", folder, "--check")
    assert (checked.returncode, checked.stdout) == (0, "")


def test_the_check_names_what_is_out_of_date_and_changes_nothing(tmp_path: Path, run: Run) -> None:
    run("schema", "--write", tmp_path)
    (tmp_path / "goal.schema.json").write_text("{}\n")
    (tmp_path / "team.schema.json").unlink()
    checked = run("schema", "--write", tmp_path, "--check")
    assert checked.returncode == 1
    assert [line.rpartition("/")[2] for line in checked.stdout.splitlines()] == ["team.schema.json", "goal.schema.json"]
    assert (tmp_path / "goal.schema.json").read_text() == "{}\n"


def test_one_kind_is_written_alone(tmp_path: Path, run: Run) -> None:
    assert run("schema", "goal", "--write", tmp_path).returncode == 0
    assert names_in(tmp_path) == ["goal.schema.json"]


def test_either_all_are_written_or_none(tmp_path: Path, run: Run) -> None:
    (tmp_path / "team.schema.json").mkdir()
    done = run("schema", "--write", tmp_path)
    assert done.returncode == 2
    assert "team.schema.json" in done.stderr
    assert names_in(tmp_path) == ["team.schema.json"]


@pytest.mark.parametrize("wrong", [["--check"], ["--write", "model.yaml"], ["--write", "model.yaml", "--check"]])
def test_what_can_not_be_done_is_said(wrong: list[str], tmp_path: Path, run: Run) -> None:
    (tmp_path / "model.yaml").write_text("kind: team\nid: a\n")
    done = run("schema", *wrong, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("error: ")


def test_each_file_of_a_new_model_names_a_schema_that_it_meets(tmp_path: Path, run: Run) -> None:
    assert run("init", cwd=tmp_path).returncode == 0
    paths = sorted(tmp_path.glob("*.yaml"))
    assert len(paths) == 5
    for path in paths:
        first, rest = path.read_text("utf-8").split("\n", 1)
        schema = tmp_path / first.removeprefix("# yaml-language-server: $schema=")
        assert rest.startswith("#")
        validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
        for document in parsed(rest, path.name).documents:
            assert list(validator.iter_errors(document.value)) == []


def test_the_schemas_of_a_new_model_are_up_to_date_and_no_part_of_it(tmp_path: Path, run: Run) -> None:
    run("init", cwd=tmp_path)
    assert run("schema", "--write", ".platctl/schema", "--check", cwd=tmp_path).returncode == 0
    (tmp_path / ".platctl/schema/other.yaml").write_text("nothing: here\n")
    assert "No findings in 5 files" in run("validate", cwd=tmp_path).stdout


def test_a_new_model_replaces_no_schema(tmp_path: Path, run: Run) -> None:
    (tmp_path / ".platctl").mkdir()
    done = run("init", cwd=tmp_path)
    assert done.returncode == 2
    assert ".platctl` already exists" in done.stderr
    assert names_in(tmp_path) == [".platctl"]
