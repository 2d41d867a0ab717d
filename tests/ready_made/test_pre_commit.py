"""The hooks for others, installed and run by pre-commit from a clone of this project, and those for its own commits."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ready_made.pipelines import ROOT, read
from running import git, platctl

PRE_COMMIT = Path(sys.executable).with_name("pre-commit")
CONFIG = """\
repos:
  - repo: {project}
    rev: {commit}
    hooks:
      - {{id: platctl-validate}}
      - {{id: platctl-impact, args: [--base, HEAD]}}
      - {{id: platctl-impact, entry: platctl -C platform impact, args: [--base, HEAD]}}
      - {{id: platctl-roadmap, args: [--inject, ROADMAP.md]}}
"""
PAGE = "<!-- platctl:begin roadmap -->\n<!-- platctl:end roadmap -->\n"
SOUND = "{kind: component, id: a, version: 1.0.0}\n---\n{kind: consumer, id: b, uses: [{component: a, requires: <2}]}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """This project as it is now, as a repository that pre-commit can clone."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-co", "--exclude-standard", "-z"], capture_output=True, text=True
    )
    if listed.returncode:
        pytest.skip("this is no checkout of the project")
    folder = tmp_path / "project"
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "As it is")
    return folder


def pre_commit(folder: Path, home: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    env = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PYTHON"))}
    env |= {"PATH": f"{PRE_COMMIT.parent}{os.pathsep}{env['PATH']}", "PRE_COMMIT_HOME": str(home)}
    command = [str(PRE_COMMIT), *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=110)


def test_the_hooks_are_installed_and_judge_a_commit(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit = git(project, "rev-parse", "HEAD").strip()
    (folder / ".pre-commit-config.yaml").write_text(CONFIG.format(project=project, commit=commit), "utf-8")
    (folder / "platform").mkdir()
    for name, text in zip(("a.yaml", "b.yaml"), SOUND.split("---\n"), strict=True):
        (folder / "platform" / name).write_text(text, "utf-8")
    (folder / "ROADMAP.md").write_text(PAGE, "utf-8")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "A model")
    assert platctl("roadmap", "--inject", "ROADMAP.md", cwd=folder).returncode == 0
    git(folder, "commit", "-q", "-a", "-m", "Its roadmap")
    installed = pre_commit(folder, tmp_path / "home", "install-hooks")
    if "No matching distribution found" in installed.stdout:
        pytest.skip("no package index can be reached, from which pre-commit would install")
    assert installed.returncode == 0, installed.stdout
    sound = pre_commit(folder, tmp_path / "home", "run", "--all-files")
    assert (sound.returncode, sound.stdout.count("Passed")) == (0, 4), sound.stdout
    (folder / "ROADMAP.md").write_text(PAGE, "utf-8")
    stale = pre_commit(folder, tmp_path / "home", "run", "--all-files")
    assert (stale.returncode, stale.stdout.count("Failed")) == (1, 1), stale.stdout
    assert "1 page out of date" in stale.stdout
    git(folder, "checkout", "-q", "ROADMAP.md")
    (folder / "platform/a.yaml").write_text("{kind: component, id: a, version: 2.0.0}\n", "utf-8")
    git(folder, "add", ".")
    breaking = pre_commit(folder, tmp_path / "home", "run")
    assert (breaking.returncode, breaking.stdout.count("Failed")) == (1, 3), breaking.stdout
    assert "FAIL: 1 consumer breaks" in breaking.stdout
    git(folder, "rm", "-q", "--force", "platform/a.yaml")
    removing = pre_commit(folder, tmp_path / "home", "run")
    assert (removing.returncode, removing.stdout.count("Failed")) == (1, 3), removing.stdout


def test_the_hooks_for_commits_of_this_project_pass_on_it_and_find_what_is_wrong(project: Path, tmp_path: Path) -> None:
    names = [hook["id"] for repo in read(project / ".pre-commit-config.yaml")[0]["repos"] for hook in repo["hooks"]]
    sound = pre_commit(project, tmp_path / "home", "run", "--all-files")
    assert (sound.returncode, sound.stdout.count("Passed")) == (0, len(names)), sound.stdout
    wrong = {
        "ruff-format": ("src/platctl/finding.py", "\n\n\n\nX  =  1\n"),
        "ruff-check": ("src/platctl/finding.py", "import os\n"),
        "mypy": ("src/platctl/finding.py", 'Y: int = ""\n'),
        "import-linter": (".importlinter", "\n[importlinter:contract:x]\nname = x\ntype = layers\nlayers = gone\n"),
        "github-workflows": (".github/workflows/ci.yml", "more: 1\n"),
        "zizmor": ("action.yml", "    - uses: actions/checkout@v4\n"),
        "pre-commit-hooks": (".pre-commit-hooks.yaml", "- id: x\n"),
        "example-opensearch": ("examples/opensearch/model/platctl.yaml", "nothing: 1\n"),
        "example-streaming": ("examples/streaming/model/platctl.yaml", "nothing: 1\n"),
    }
    assert set(wrong) == set(names)
    for path, text in wrong.values():
        with (project / path).open("a", encoding="utf-8") as file:
            file.write(text)
    git(project, "add", ".")
    found = pre_commit(project, tmp_path / "home", "run", "--all-files")
    assert found.stdout.count("Failed") == len(names), found.stdout
