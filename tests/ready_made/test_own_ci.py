"""The workflow that checks platctl itself covers what it claims, and its wheel runs."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from platctl import __version__
from ready_made.pipelines import OWN_CI, ROOT, read
from ready_made.test_ready_made import strings

JOBS: dict[str, Any] = read(OWN_CI)[0]["jobs"]


def test_every_python_that_is_claimed_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    claimed = {each for line in project["classifiers"] for each in re.findall(r"Python :: (3\.\d+)$", line)}
    tested = {*JOBS["test"]["strategy"]["matrix"]["python"], *strings(JOBS["everything"], "python-version")}
    assert tested == claimed


def test_the_lowest_dependencies_are_tested_on_the_lowest_python() -> None:
    matrix = JOBS["test"]["strategy"]["matrix"]
    assert matrix["include"] == [{"python": matrix["python"][0], "dependencies": "lowest"}]


def test_what_a_job_names_of_this_project_exists() -> None:
    (named,) = re.findall(r"--deselect=(\S+?)::(\w+)", OWN_CI.read_text("utf-8"))
    assert f"def {named[1]}(" in (ROOT / named[0]).read_text("utf-8")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_wheel_is_built_and_runs_in_a_fresh_environment(tmp_path: Path) -> None:
    output = tmp_path / "output"
    env = {**os.environ, "RUNNER_TEMP": str(tmp_path), "GITHUB_OUTPUT": str(output)}
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    install, run = (step["run"] for step in JOBS["wheel"]["steps"] if "run" in step)
    built = bash(install, env)
    if "No matching distribution found" in built.stderr:
        pytest.skip("no package index can be reached, from which pip would install")
    assert built.returncode == 0, built.stderr
    done = bash(run, {**env, "PLATCTL": output.read_text("utf-8").strip().partition("=")[2]})
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"platctl {__version__}\n")


def bash(script: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """What a runner makes of the `run` of a step, in the checkout."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=110)
