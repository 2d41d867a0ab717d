"""All figures of docs/explanation/how-fast-it-is.md, as one table in Markdown.

Each command runs as a process of its own. Commands of a group run alternately, and of each the lowest CPU time counts
(user and system, with child processes such as git). A multiple is one of what stands first in its group, in the same
run. Cold runs have an empty cache folder, and write it; warm runs have read the same files before.

    python -m benchmarks [--runs 5] [--entities 10000] [--large]
"""

import argparse
import importlib.metadata
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import backlog
import impact

_RUN = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
PLATCTL = [sys.executable, "-P", "-c", _RUN]
NEVER = ["--fail-on", "never"]
_GRIMP = """
import sys, grimp
sys.path.insert(0, sys.argv[1])
print(len(grimp.build_graph("pile", cache_dir=sys.argv[2]).find_downstream_modules("pile.m0")))
"""


@dataclass
class Work:
    """One command to measure; `cache` is its cache folder, emptied before each run if it is cold."""

    label: str
    command: Sequence[str]
    cache: Path | None = None
    cold: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Figure:
    """The least CPU and wall time, the largest memory, and the size of the output."""

    cpu: float
    wall: float
    memory: float
    output: int


def measured(work: Work, folder: Path) -> Figure:
    """One run."""
    if work.cache and work.cold:
        shutil.rmtree(work.cache, ignore_errors=True)
    cache = {"PLATCTL_CACHE_DIR": str(work.cache)} if work.cache else {}
    environment = {**os.environ, **cache, **work.environment}
    out = folder / "output"
    with out.open("wb") as stream:
        before = time.perf_counter()
        child = subprocess.Popen(work.command, stdout=stream, stderr=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - before
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        raise SystemExit(f"failed: {' '.join(work.command)}")
    return Figure(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024, out.stat().st_size)


def rows(group: Sequence[Work], runs: int, folder: Path) -> Iterator[str]:
    """The rows of a group; the first round is not measured."""
    rounds = [[measured(each, folder) for each in group] for _ in range(runs + 1)][1:]
    best = [
        Figure(*(min(getattr(each[nth], name) for each in rounds) for name in ("cpu", "wall", "memory", "output")))
        for nth in range(len(group))
    ]
    for work, figure in zip(group, best, strict=True):
        multiple = figure.cpu / best[0].cpu
        yield (
            f"| {work.label} | {figure.cpu:.3f} | {multiple:.1f} | {figure.wall:.3f} | {figure.memory:.0f} "
            f"| {figure.output / 1000:,.1f} |"
        )


def on(folder: Path, *arguments: str) -> list[str]:
    return [*PLATCTL, "-C", str(folder), *arguments]


def both(label: str, command: Sequence[str], cache: Path) -> list[Work]:
    """A command, cold and warm."""
    return [
        Work(f"{label}, cold", command, cache / "cold", cold=True),
        Work(f"{label}, warm", command, cache / "warm"),
    ]


def start_up(example: Path, cache: Path) -> list[Work]:
    asked = {"COMP_WORDS": "platctl impact --eff", "COMP_CWORD": "2", "_PLATCTL_COMPLETE": "complete_bash"}
    return [
        Work("`python -c pass`", [sys.executable, "-c", "pass"]),
        Work("`--version`", [*PLATCTL, "--version"]),
        Work("`--help`", [*PLATCTL, "--help"]),
        Work("`impact --help`", [*PLATCTL, "impact", "--help"]),
        Work("completion of an option", PLATCTL, environment=asked),
        *both("`impact`, OpenSearch example", on(example, "impact", "--base", "HEAD~1", *NEVER), cache),
        *both("the same as JSON", on(example, "impact", "--base", "HEAD~1", *NEVER, "-f", "json"), cache),
        *both("`validate`, the same example", on(example, "validate", *NEVER), cache),
    ]


def parsing(folder: Path) -> Work:
    return Work("CSafeLoader, the same files once", [sys.executable, "-c", impact._PARSE, str(folder)])


def large_model(folder: Path, entities: int, cache: Path) -> list[Work]:
    """A model, with five files edited and not committed."""
    folder.mkdir()
    impact.generate(folder, entities)
    for path in sorted(folder.rglob("*.yaml"))[50:100:10]:
        edited = re.sub(r"version: 2\.\d\.0", "version: 3.0.0", path.read_text("utf-8"), count=1)
        path.write_text(edited, "utf-8")
    compare = on(folder, "impact", "--base", "HEAD", *NEVER)
    return [
        parsing(folder),
        *both("`validate`", on(folder, "validate", *NEVER), cache),
        *both("`impact`, 5 files edited", compare, cache),
        *both("the same as JSON", [*compare, "-f", "json"], cache),
        Work("the same with `--brief`, warm", [*compare, "-f", "json", "--brief"], cache / "warm"),
    ]


def plans(folder: Path, count: int, cache: Path) -> list[Work]:
    """Planned work, which was proposed one commit before."""
    folder.mkdir()
    backlog.generate(folder, count)
    impact.git(folder, "init", "-q", "-b", "main")
    impact.commit(folder, "ideas")
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text("utf-8")
        path.write_text(text.replace("status: proposed\n", "status: planned\nperiod: 2027-Q1\n"), "utf-8")
    impact.commit(folder, "plan")
    pages = folder.parent / f"pages-{count}"
    asked = {
        "backlog": ["backlog", "-f", "json"],
        "roadmap": ["roadmap"],
        "balance": ["balance"],
        "changelog": ["changelog", "HEAD~1"],
        "all pages of a roadmap, nothing changed": ["roadmap", "--output-dir", str(pages)],
    }
    return [
        parsing(folder),
        *(Work(f"`{name}`" if " " not in name else name, on(folder, *call), cache) for name, call in asked.items()),
    ]


def peers(folder: Path, count: int) -> list[Work]:
    """What depends on one of many modules that import three earlier ones each, asked of grimp."""
    pile = folder / "pile"
    pile.mkdir()
    (pile / "__init__.py").touch()
    for nth in range(count):
        imports = {(nth * step) // (step + 1) for step in (1, 3, 7)} if nth else set()
        (pile / f"m{nth}.py").write_text("".join(f"import pile.m{each}\n" for each in sorted(imports)), "utf-8")
    model = folder / "model"
    model.mkdir()
    for nth in range(count):
        uses = ", ".join(
            f"m{each}" for each in sorted({(nth * step) // (step + 1) for step in (1, 3, 7)} if nth else ())
        )
        (model / f"m{nth}.yaml").write_text(f"kind: component\nid: m{nth}\nversion: 1.0.0\ndepends_on: [{uses}]\n")
    question = on(model, "owners", "m0+", "-f", "json")
    return [
        Work("`grimp`, cold", [sys.executable, "-c", _GRIMP, str(folder), str(folder / "g")], folder / "g", cold=True),
        Work("`grimp`, warm", [sys.executable, "-c", _GRIMP, str(folder), str(folder / "g2")]),
        *both("`platctl owners m0+`", question, folder / "c"),
    ]


def table(title: str, group: Sequence[Work], runs: int, folder: Path) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield "| | CPU, s | × | wall, s | memory, MiB | output, kB |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    yield from rows(group, runs, folder)


def report(options: argparse.Namespace, folder: Path) -> Iterator[str]:
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("typer", "pydantic", "PyYAML"))
    yield f"Python {platform.python_version()} on {platform.system()}, {os.cpu_count()} cores; {versions}."
    cache, runs = folder / "cache", options.runs
    subprocess.run(
        [*PLATCTL, "init", "--example", "opensearch", str(folder / "opensearch")], check=True, capture_output=True
    )
    yield from table("Start-up", start_up(folder / "opensearch", cache / "1"), runs, folder)
    few = max(runs // 2, 1)
    model = large_model(folder / "large", options.entities, cache / "2")
    yield from table(f"{options.entities:,} entities", model, few, folder)
    if options.large:
        model = large_model(folder / "larger", 100_000, cache / "3")
        yield from table("100,000 entities", model, 1, folder)
    for count in (1_000, 2_000):
        plan = plans(folder / f"plan-{count}", count, cache / f"plan-{count}")
        yield from table(f"{count:,} planned initiatives, 600 components, 200 consumers, warm", plan, few, folder)
    (folder / "peers").mkdir()
    yield from table("5,000 modules or components: what depends on one", peers(folder / "peers", 5_000), few, folder)


def main(arguments: Iterable[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--large", action="store_true", help="also a model of 100,000 entities")
    options = parser.parse_args(None if arguments is None else list(arguments))
    with tempfile.TemporaryDirectory() as name:
        for line in report(options, Path(name)):
            print(line, flush=True)


if __name__ == "__main__":
    main()
