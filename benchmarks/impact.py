"""platctl on 10,000 entities: `validate`, `impact` and `ci`, as ratios to parsing with PyYAML's CSafeLoader.

Each runs as a cold process, alternately, several times; the medians and their ratios are printed.

    python benchmarks/impact.py [--entities 10000] [--runs 5]
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

_PER_FILE = 25
_PARSE = """
import pathlib, sys, yaml
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    with path.open("rb") as file:
        list(yaml.load_all(file, Loader=yaml.CSafeLoader))
"""


def component(index: int, choose: random.Random) -> str:
    """A component with two versions that depends on a few earlier ones."""
    lines = [
        "kind: component",
        f"id: component-{index}",
        f"title: Component {index}",
        "description: What it does, in a sentence of ordinary length for a catalog.",
        f"owner: team-{index % 40}",
        "layer: platform",
        "lifecycle: production",
        "interfaces:",
        "  - id: rest",
        "    type: http",
        "    versions:",
        "      - version: 1.4.0",
        "        lifecycle: deprecated",
        "        sunset: 2027-06-30",
        f"      - version: 2.{index % 7}.0",
    ]
    if index:
        lines.append("depends_on:")
        for other in sorted({choose.randrange(max(0, index - 400), index) for _ in range(3)}):
            lines += [f"  - component: component-{other}#rest", '    requires: ">=2,<3"']
    return "\n".join(lines) + "\n"


def consumer(index: int, components: int, choose: random.Random) -> str:
    """A product that uses some components."""
    lines = [
        "kind: consumer",
        f"id: product-{index}",
        f"title: Product {index}",
        f"owner: team-{index % 40}",
        "type: product",
        f"tier: {index % 3 + 1}",
        f"product_manager: Manager {index}",
        "reach:",
        f"  users: {choose.randrange(1000, 100000)}",
        "uses:",
    ]
    for other in sorted({choose.randrange(components) for _ in range(4)}):
        lines += [f"  - component: component-{other}#rest", '    requires: ">=2,<3"']
    return "\n".join(lines) + "\n"


def generate(folder: Path, entities: int) -> None:
    """A repository with two commits; the second one removes version 2 of every hundredth component."""
    choose = random.Random(20261123)
    components = entities * 3 // 5
    documents = [component(index, choose) for index in range(components)]
    documents += [consumer(index, components, choose) for index in range(entities - components - 40)]
    documents += [f"kind: team\nid: team-{index}\ntitle: Team {index}\nlead: Lead {index}\n" for index in range(40)]
    write(folder, documents)
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "base")
    for index in range(0, components, 100):
        documents[index] = documents[index].replace(f"version: 2.{index % 7}.0", "version: 3.0.0")
    write(folder, documents)
    commit(folder, "change")


def write(folder: Path, documents: list[str]) -> None:
    for start in range(0, len(documents), _PER_FILE):
        path = folder / f"part-{start // 2500:02}" / f"file-{start // _PER_FILE:04}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text("---\n".join(documents[start : start + _PER_FILE]), "utf-8")


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True)


def commit(folder: Path, subject: str) -> None:
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", subject)


def measure(command: list[str], environment: Mapping[str, str] | None = None) -> tuple[float, float]:
    """CPU seconds and peak memory in MiB of one cold process; `environment` adds to the current one."""
    env = {**os.environ, **(environment or {})}
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"{command} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, options.entities)
        parse = [sys.executable, "-c", _PARSE, name]
        run = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
        platctl = [sys.executable, "-P", "-c", run, "-C", name]
        never = ["--fail-on", "never"]
        validate = [*platctl, "validate", *never]
        impact = [*platctl, "impact", "--base", "HEAD~1", *never]
        ci = [*platctl, "ci", "--base", "HEAD~1", *never, "--fail-on-finding", "never", "--new-only"]
        rounds = [tuple(map(measure, (parse, validate, impact, ci))) for _ in range(options.runs)]
    print(f"{options.entities:,} entities, {options.runs} runs, medians; CSafeLoader parses the same files once")
    labels = ("CSafeLoader", "platctl validate", "platctl impact (two states)", "platctl ci (two states)")
    for column, label in enumerate(labels):
        seconds = statistics.median(each[column][0] for each in rounds)
        memory = statistics.median(each[column][1] for each in rounds)
        time_ratio = statistics.median(each[column][0] / each[0][0] for each in rounds)
        memory_ratio = statistics.median(each[column][1] / each[0][1] for each in rounds)
        print(f"{label:28} {seconds:6.2f} s  x{time_ratio:.2f}   {memory:7.0f} MiB  x{memory_ratio:.2f}")


if __name__ == "__main__":
    main()
