"""How long platctl takes to start, as ratios to a bare start of the same interpreter.

Each runs as a cold process, alternately, several times; the lowest CPU time of each counts. The first round is not
measured, because Python compiles and caches modules in it.

    python benchmarks/start_up.py [--runs 10]
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from impact import measure

from platctl.cli.app import COMMANDS

_RUN = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
_PLATCTL = [sys.executable, "-P", "-c", _RUN]
_IMPORTED = ("typer", "yaml", "packaging.specifiers", "pydantic", "rich.table", "networkx")
_COMPLETED = (
    "im",
    "impact --eff",
    "impact --effect re",
    "impact --fail-on ",
    "validate --format s",
    "roadmap --view ",
    "roadmap --audience ",
    "backlog --model ",
    "new co",
    "rule missing-o",
)
Command = tuple[list[str], dict[str, str]]


def commands(example: str) -> dict[str, Command]:
    """The commands to measure, by label."""
    model, never = [*_PLATCTL, "-C", example], ["--fail-on", "never"]
    return {
        "python -c pass": ([sys.executable, "-c", "pass"], {}),
        **{f"import {name}": ([sys.executable, "-c", f"import {name}"], {}) for name in _IMPORTED},
        "--version": ([*_PLATCTL, "--version"], {}),
        "--help": ([*_PLATCTL, "--help"], {}),
        **{f"{name} --help": ([*_PLATCTL, name, "--help"], {}) for name in COMMANDS},
        **{f"complete `{line}`": (_PLATCTL, completing(line)) for line in _COMPLETED},
        "rule missing-owner": ([*_PLATCTL, "rule", "missing-owner"], {}),
        "validate": ([*model, "validate", *never], {}),
        "impact component:common-utils": (
            [*model, "impact", "component:common-utils", "--effect", "breaking", *never],
            {},
        ),
        "impact --base HEAD~1": ([*model, "impact", "--base", "HEAD~1", *never], {}),
    }


def completing(line: str) -> dict[str, str]:
    """The environment in which a shell asks a program to complete a line."""
    words = f"platctl {line}"
    position = str(words.count(" "))
    return {"_PLATCTL_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": position}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as name:
        example = str(Path(name) / "opensearch")
        measure([*_PLATCTL, "init", "--example", "opensearch", example])
        wanted = commands(example)
        rounds = [[measure(*each)[0] for each in wanted.values()] for _ in range(options.runs + 1)][1:]
    least = dict(zip(wanted, map(min, zip(*rounds, strict=True)), strict=True))
    bare = least["python -c pass"]
    print(f"{options.runs} runs, the least CPU time of each; a bare start of Python took {bare * 1000:.1f} ms")
    for label, seconds in least.items():
        print(f"{label:34} x{seconds / bare:.1f}")


if __name__ == "__main__":
    main()
