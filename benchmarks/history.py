"""`platctl history` on 10,000 commits, as ratios to `git log` and to parsing with CSafeLoader.

Each runs as a cold process, alternately, several times; the medians and their ratios are printed.

    python benchmarks/history.py [--commits 10000] [--entities 2000] [--per-file 10] [--runs 3]
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

_PERIODS = [f"{year}-Q{quarter}" for year in range(2015, 2030) for quarter in range(1, 5)]
_DAY = 86_400
_FIRST = 1_420_113_600
# Parses each blob of each commit once: the minimum for any program that reads the content.
_PARSE = """
import subprocess, sys, yaml
git = ["git", "-C", sys.argv[1]]
listed = subprocess.run([*git, "log", "--raw", "--no-abbrev", "--format="], capture_output=True, check=True).stdout
names = dict.fromkeys(line.split()[3] for line in listed.splitlines() if line)
with subprocess.Popen([*git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as objects:
    for name in names:
        objects.stdin.write(name + b"\\n")
        objects.stdin.flush()
        size = int(objects.stdout.readline().split()[2])
        list(yaml.load_all(objects.stdout.read(size + 1), Loader=yaml.CSafeLoader))
"""


class Plan:
    """Initiatives in files; each commit edits one."""

    def __init__(self, entities: int, per_file: int) -> None:
        self.choose = random.Random(20261123)
        self.per_file = per_file
        self.periods = [self.choose.randrange(8) for _ in range(entities)]
        self.statuses = ["planned"] * entities

    def step(self, day: int) -> int:
        """Edit one initiative; returns the number of its file."""
        index = self.choose.randrange(len(self.periods))
        if self.choose.random() < 0.2:
            self.statuses[index] = "done" if self.statuses[index] == "planned" else "planned"
        else:
            self.periods[index] = min(day // 91 + self.choose.randrange(4), len(_PERIODS) - 1)
        return index // self.per_file

    def text(self, number: int) -> str:
        """The current content of a file."""
        start = number * self.per_file
        return "---\n".join(map(self._document, range(start, min(start + self.per_file, len(self.periods)))))

    def _document(self, index: int) -> str:
        return (
            f"kind: initiative\nid: initiative-{index}\ntitle: Initiative {index}\n"
            "description: What it does, in a sentence of ordinary length for a roadmap.\n"
            f"owner: team-{index % 40}\ntype: improvement\nstatus: {self.statuses[index]}\n"
            f"period: {_PERIODS[self.periods[index]]}\neffort:\n  team-{index % 40}: {index % 9 + 1}\n"
            f"requested_by: [product-{index % 70}]\nchanges:\n"
            f"  - component: component-{index % 300}#rest\n    effect: addition\n    version: 2.{index % 7}.0\n"
        )


def generate(folder: Path, commits: int, entities: int, per_file: int) -> None:
    """A repository with this number of commits, spread over ten years."""
    plan = Plan(entities, per_file)
    subprocess.run(["git", "-C", str(folder), "init", "-q", "-b", "main"], check=True)
    fast = subprocess.Popen(["git", "-C", str(folder), "fast-import", "--quiet"], stdin=subprocess.PIPE)
    assert fast.stdin is not None
    with fast.stdin as stream:
        for number in range(commits):
            day = number * 3650 // commits
            files = range((entities + per_file - 1) // per_file) if not number else [plan.step(day)]
            at = _FIRST + day * _DAY
            stream.write(f"commit refs/heads/main\ncommitter A{number % 30} <a@example.org> {at} +0000\n".encode())
            stream.write(b"data 0\n")
            for each in files:
                data = plan.text(each).encode()
                stream.write(f"M 100644 inline plans/file-{each:04}.yaml\ndata {len(data)}\n".encode() + data + b"\n")
    if fast.wait():
        raise SystemExit("git fast-import failed")


def measure(command: list[str]) -> tuple[float, float]:
    """CPU seconds of one cold process and its children, and its peak memory in MiB."""
    before = os.times()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    after = os.times()
    if os.waitstatus_to_exitcode(status):
        raise SystemExit(f"{command} failed")
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commits", type=int, default=10_000)
    parser.add_argument("--entities", type=int, default=2_000)
    parser.add_argument("--per-file", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, options.commits, options.entities, options.per_file)
        git = ["git", "-C", name, "log", "--first-parent", "--raw", "--no-abbrev", "--format=%an %ad"]
        parse = [sys.executable, "-c", _PARSE, name]
        run = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
        history = [sys.executable, "-P", "-c", run, "-C", name, "history"]
        one, over_all = [*history, "initiative-7"], [*history, "--all"]
        rounds = [tuple(map(measure, (git, parse, one, over_all))) for _ in range(options.runs)]
    size = f"{options.commits:,} commits, {options.entities:,} initiatives, {options.per_file} a file"
    print(f"{size}, {options.runs} runs, medians")
    labels = ("git log --raw", "CSafeLoader, each blob", "platctl history ENTITY", "platctl history --all")
    for column, label in enumerate(labels):
        seconds = statistics.median(each[column][0] for each in rounds)
        memory = statistics.median(each[column][1] for each in rounds)
        ratios = [statistics.median(each[column][0] / each[base][0] for each in rounds) for base in (0, 1)]
        print(f"{label:24} {seconds:6.2f} s  x{ratios[0]:.1f} git  x{ratios[1]:.2f} parser  {memory:6.0f} MiB")


if __name__ == "__main__":
    main()
