"""Runs the shell lines of pipeline files as their runners do, with the real platctl."""

import os
import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from running import quick

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / "docs/how-to/workflows"
ACTION = ROOT / "action.yml"
GITHUB_CHECK = WORKFLOWS / "github-check.yml"
GITHUB_FORKS = WORKFLOWS / "github-fork-comment.yml"
GITLAB_TEMPLATE = ROOT / "templates/platctl.gitlab-ci.yml"
GITLAB = WORKFLOWS / "gitlab.yml"
GITHUB_WIKI = WORKFLOWS / "github-wiki.yml"
GITLAB_WIKI = WORKFLOWS / "gitlab-wiki.yml"
OWN_WORKFLOWS = ROOT / ".github/workflows"
OWN_CI = OWN_WORKFLOWS / "ci.yml"
"""What checks platctl itself; nothing to copy."""

_EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")


def read(path: Path) -> list[Any]:
    """The documents of a file."""
    return list(yaml.safe_load_all(path.read_text("utf-8")))


def github_steps(path: Path) -> list[dict[str, Any]]:
    """The steps of an action, or of the only job of a workflow."""
    (document,) = read(path)
    if "runs" in document:
        steps: list[dict[str, Any]] = document["runs"]["steps"]
        return steps
    ((_, job),) = document["jobs"].items()
    return list(job["steps"])


@dataclass
class GitHub:
    """A job of GitHub Actions in one folder. `values` are the expressions that its steps may use."""

    folder: Path
    temp: Path
    values: dict[str, str]
    environ: Mapping[str, str] = field(default_factory=dict)

    def run(self, step: Mapping[str, Any]) -> "subprocess.CompletedProcess[str]":
        """Runs one step, and takes up its outputs."""
        outputs = self.temp / "outputs"
        outputs.write_text("")
        env = {name: _EXPRESSION.sub(self._value, str(text)) for name, text in step.get("env", {}).items()}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.folder,
            env={**_clean(), "RUNNER_TEMP": str(self.temp), "GITHUB_OUTPUT": str(outputs), **self.environ, **env},
            capture_output=True,
            text=True,
            timeout=60,
        )
        for line in outputs.read_text().splitlines():
            name, _, value = line.partition("=")
            self.values[f"steps.{step.get('id')}.outputs.{name}"] = value
        return done

    def output(self, name: str) -> str:
        """Such as `check.outcome`."""
        return self.values.get("steps.{}.outputs.{}".format(*name.split(".")), "")

    def _value(self, found: re.Match[str]) -> str:
        return self.values.get(found[1], "") if found[1].startswith("steps.") else self.values[found[1]]


def gitlab_script(values: Mapping[str, object]) -> tuple[str, dict[str, str]]:
    """The script of the template's job, and its variables with these inputs."""
    spec, jobs = read(GITLAB_TEMPLATE)
    inputs = {name: each["default"] for name, each in spec["spec"]["inputs"].items()} | values
    texts = {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in inputs.items()}
    variables = {
        name: re.sub(r"\$\[\[ inputs\.(\S+) \]\]", lambda found: texts[found[1]], str(value))
        for name, value in jobs["platctl"]["variables"].items()
    }
    return "\n".join(jobs["platctl"]["script"]), variables


def run_gitlab(folder: Path, environ: Mapping[str, str], **inputs: object) -> "subprocess.CompletedProcess[str]":
    """Runs the script of the template's job in a folder."""
    script, variables = gitlab_script({name.replace("_", "-"): value for name, value in inputs.items()})
    env = {**_clean(), "GITLAB_CI": "true", **variables, **environ}
    return subprocess.run(["sh", "-ec", script], cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def run_gitlab_wiki(folder: Path, environ: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Runs the job that writes a wiki in a folder, but for what it installs."""
    (document,) = read(GITLAB_WIKI)
    job = document["roadmap"]
    script = "\n".join(line for line in job["script"] if not line.startswith("pip install"))
    env = {**_clean(), **job["variables"], **environ}
    return subprocess.run(["sh", "-ec", script], cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def _clean() -> dict[str, str]:
    return {"PATH": f"{quick().parent}{os.pathsep}{os.environ['PATH']}", "HOME": "/nonexistent", "LC_ALL": "C.UTF-8"}
