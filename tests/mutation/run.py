"""Changes the code in one place at a time and lists the changes that no test notices. README.md says more."""

import argparse
import ast
import fnmatch
import random
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
import venv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from attrs import evolve
from cosmic_ray.commands import init
from cosmic_ray.config import serialize_config
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkItem

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads(Path(__file__).with_name("mutation.toml").read_text("utf-8"))
OPERATORS = re.compile(rf"core/(?:{'|'.join(SETTINGS['operators'])})")
PLUGINS = ("xdist", "pytest_timeout", "_hypothesis_pytestplugin")  # loading all that are installed takes as long again
IGNORED = re.compile("|".join(SETTINGS["ignored_lines"]))


@dataclass
class Part:
    """Modules that are judged by the same tests."""

    package: str
    modules: list[str]
    tests: list[str]
    excluded: list[str] = field(default_factory=list)

    def paths(self) -> list[Path]:
        """Its modules, relative to the root."""
        found = (path for name in self.modules for path in ROOT.glob(name))
        files = (file for path in found for file in (path.rglob("*.py") if path.is_dir() else [path]))
        wanted = (file for file in files if not any(fnmatch.fnmatch(file.stem, name) for name in self.excluded))
        return sorted(file.relative_to(ROOT) for file in wanted)

    def command(self, python: Path) -> list[str]:
        """What runs its tests in a copy of the repository."""
        tests = (path for name in self.tests for path in sorted(ROOT.glob(name)))
        quick = ["-x", "-q", "-n", "0", "-p", "no:cacheprovider", "--hypothesis-profile=fast"]
        plugins = [part for name in PLUGINS for part in ("-p", name)]
        pytest = ["env", "PYTEST_DISABLE_PLUGIN_AUTOLOAD=1", str(python), "-m", "pytest", *plugins, *quick]
        return [*pytest, *(str(path.relative_to(ROOT)) for path in tests)]


@dataclass
class Outcome:
    """What became of the mutants of a package."""

    killed: int = 0
    survivors: list[tuple[MutationSpec, str]] = field(default_factory=list)


def main() -> int:
    options = _options()
    parts = [Part(**each) for each in SETTINGS["part"]]
    parts = [each for each in parts if not options.package or each.package in options.package]
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        work = sampled(mutants(parts, Path(folder), options.only), options.sample, options.seed)
        print(f"{len(work)} mutants in {sum(len(part.paths()) for part in parts)} modules", flush=True)
        shares = [(part, [item for item, its in work if its is part]) for part in parts]
        with ThreadPoolExecutor(options.jobs) as pool:
            ended = pool.map(lambda share: judged(*share, Path(folder)), [share for share in shares if share[1]])
            outcomes = told(ended)
    for package, outcome in outcomes.items():
        total = outcome.killed + len(outcome.survivors)
        print(f"{package}: {outcome.killed} of {total} killed, {outcome.killed / total:.0%}")
    return 0


def _options() -> argparse.Namespace:
    packages = sorted({each["package"] for each in SETTINGS["part"]})
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--package", action="append", choices=packages, help="only this package; can be repeated")
    parser.add_argument("--only", metavar="PATTERN", default="*", help="only modules like this, such as */calendar.py")
    parser.add_argument("--sample", type=int, metavar="N", help="only so many mutants, drawn at random; default: all")
    parser.add_argument("--seed", type=int, default=1, help="of the sample; default: 1")
    parser.add_argument("--jobs", type=int, default=1, help="parts that are run at once; default: 1")
    return parser.parse_args()


# Which mutants ----------------------------------------------------------------------------------------------------


def mutants(parts: Iterable[Part], folder: Path, only: str) -> Iterator[tuple[WorkItem, Part]]:
    """All that cosmic-ray would try, without what is not counted."""
    for part in parts:
        modules = [path for path in part.paths() if fnmatch.fnmatch(str(path), only)]
        with use_db(str(folder / "all.sqlite")) as db:
            init([ROOT / path for path in modules], db, {})
            found = list(db.work_items)
        code = {path: _Code((ROOT / path).read_text("utf-8")) for path in modules}
        for item in found:
            (mutation,) = item.mutations
            if code[mutation.module_path.relative_to(ROOT)].counts(mutation):
                yield item, part


class _Code:
    """A module, asked which mutations of it can make a difference."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        nodes = list(ast.walk(ast.parse(text)))
        types = (getattr(node, name, None) for node in nodes for name in ("annotation", "returns"))
        self._annotations = [(_start(each), _end(each)) for each in types if isinstance(each, ast.expr)]
        self._operations = [(_end(each.left), _start(each.right)) for each in nodes if isinstance(each, ast.BinOp)]

    def counts(self, mutation: MutationSpec) -> bool:
        """Whether it is one of the chosen operators, at code that runs, and at a line that is not ignored."""
        operator, at = mutation.operator_name, mutation.start_pos
        if not OPERATORS.fullmatch(operator) or IGNORED.search(self._lines[at[0] - 1]):
            return False
        if "BinaryOperator" in operator and not _is_within(at, self._operations):  # the star of `*rest` is none
            return False
        return not _is_within(at, self._annotations)


_Position = tuple[int, int]


def _start(node: ast.expr) -> _Position:
    return node.lineno, node.col_offset


def _end(node: ast.expr) -> _Position:
    return node.end_lineno or 0, node.end_col_offset or 0


def _is_within(at: _Position, stretches: Iterable[tuple[_Position, _Position]]) -> bool:
    return any(start <= at < end for start, end in stretches)


def sampled(found: Iterable[tuple[WorkItem, Part]], size: int | None, seed: int) -> list[tuple[WorkItem, Part]]:
    """Some of them, as many places as possible: no place has a second mutant before each has one."""
    places = defaultdict(list)
    for item, part in found:
        (mutation,) = item.mutations
        places[str(mutation.module_path), mutation.start_pos].append((item, part))
    draw = random.Random(seed)
    rounds = defaultdict(list)
    for _, here in sorted(places.items()):
        here.sort(key=lambda each: (each[0].mutations[0].operator_name, each[0].mutations[0].occurrence))
        draw.shuffle(here)
        for turn, each in enumerate(here):
            rounds[turn].append(each)
    for turn in rounds.values():
        draw.shuffle(turn)
    return [each for _, turn in sorted(rounds.items()) for each in turn][:size]


# Running them -----------------------------------------------------------------------------------------------------


def judged(part: Part, items: list[WorkItem], folder: Path) -> tuple[str, Outcome]:
    """Run the tests against each mutant, in a copy of the repository."""
    copy = Path(tempfile.mkdtemp(dir=folder))
    python = _copied(copy)
    command = part.command(python)
    began = time.monotonic()
    subprocess.run(command, cwd=copy, check=True, stdout=subprocess.DEVNULL)
    seconds = time.monotonic() - began
    print(f"{part.package}: {len(items)} mutants, tests of {seconds:.0f} s", flush=True)
    settings = {"timeout": SETTINGS["patience"] * seconds, "test-command": " ".join(command), "module-path": "src"}
    config = settings | {"excluded-modules": [], "distributor": {"name": "local"}}
    (copy / "cosmic-ray.toml").write_text(serialize_config(config), "utf-8")
    with use_db(str(copy / "session.sqlite")) as db:
        db.add_work_items([_in_copy(item) for item in items])
    subprocess.run(["cosmic-ray", "exec", "cosmic-ray.toml", "session.sqlite"], cwd=copy, check=True)
    with use_db(str(copy / "session.sqlite"), WorkDB.Mode.open) as db:
        return part.package, _outcome(db)


def _copied(copy: Path) -> Path:
    """Copy the files of the repository; returns an interpreter that imports platctl from there."""
    listed = subprocess.run(
        ["git", "ls-files", "-zco", "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    venv.create(copy / ".venv", symlinks=True)
    scheme = sysconfig.get_path("purelib", "venv", {"base": str(copy / ".venv")})
    Path(scheme, "copy.pth").write_text(f"{copy / 'src'}\n{sysconfig.get_path('purelib')}\n", "utf-8")
    python = Path(sysconfig.get_path("scripts", "venv", {"base": str(copy / ".venv")}), "python")
    script = python.with_name("platctl")
    script.write_text(f"#!{python}\nimport sys\nfrom platctl.cli import main\nsys.exit(main())\n", "utf-8")
    script.chmod(0o755)
    return python


def _in_copy(item: WorkItem) -> WorkItem:
    """The same mutant, of the file that stands there in the folder in which the tests run."""
    (mutation,) = item.mutations
    return WorkItem.single(item.job_id, evolve(mutation, module_path=mutation.module_path.relative_to(ROOT)))


def _outcome(db: WorkDB) -> Outcome:
    outcome = Outcome()
    for item, result in db.completed_work_items:
        if result.test_outcome is TestOutcome.KILLED:
            outcome.killed += 1
        elif result.test_outcome is TestOutcome.SURVIVED:
            outcome.survivors.append((item.mutations[0], result.diff or ""))
        else:  # neither says anything about the tests
            raise RuntimeError(f"{item.mutations[0]} could not be tried: {result.output}")
    return outcome


def told(ended: Iterable[tuple[str, Outcome]]) -> dict[str, Outcome]:
    """Print the survivors of each part when it has ended; returns what became of the packages."""
    packages: dict[str, Outcome] = defaultdict(Outcome)
    for package, outcome in ended:
        packages[package].killed += outcome.killed
        packages[package].survivors += outcome.survivors
        for mutation, diff in sorted(outcome.survivors, key=lambda each: (each[0].module_path, each[0].start_pos)):
            print(f"{mutation.module_path}:{mutation.start_pos[0]}  {mutation.operator_name.removeprefix('core/')}")
            changed = [line for line in diff.splitlines() if line[:1] in "+-" and line[:3] not in ("---", "+++")]
            print("".join(f"    {line}\n" for line in changed), end="", flush=True)
    return packages


if __name__ == "__main__":
    sys.exit(main())
