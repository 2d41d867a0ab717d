"""Instances of the project scheduling library PSPLIB (Kolisch and Sprecher 1996), and small projects for tests."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from platctl.scheduling.name import Name
from platctl.scheduling.project import Activity, Project, Shape

DATA = Path(__file__).parents[3] / "shared" / "data" / "planning" / "psplib"


def instances(name: str) -> list[str]:
    """The names of the instances of a set; none where the data is missing."""
    return sorted(path.stem for path in (DATA / name).glob("*.sm"))


def best_known() -> dict[str, int]:
    with (DATA / "best_known.csv").open() as file:
        return {row["instance"]: int(row["best_makespan"]) for row in csv.DictReader(file)}


def instance(set_: str, name: str) -> Project[int]:
    lines = (DATA / set_ / f"{name}.sm").read_text().splitlines()
    after: dict[int, list[int]] = {}
    for job, _, _, *followers in _rows(lines, "PRECEDENCE", 2):
        after.setdefault(job, [])
        for each in followers:
            after.setdefault(each, []).append(job)
    tasks = {
        job: (length, {f"R{at}": amount for at, amount in enumerate(demands, start=1) if amount})
        for job, _, length, *demands in _rows(lines, "REQUESTS", 3)
    }
    (capacity,) = _rows(lines, "RESOURCEAVAIL", 2)
    return project(
        {job: (length, after[job], demands) for job, (length, demands) in tasks.items()},
        {f"R{at}": amount for at, amount in enumerate(capacity, start=1)},
    )


def _rows(lines: list[str], heading: str, skip: int) -> list[list[int]]:
    first = next(at for at, line in enumerate(lines) if line.startswith(heading)) + skip
    last = next(at for at in range(first, len(lines)) if lines[at].startswith("*"))
    return [[int(number) for number in line.split()] for line in lines[first:last]]


def project(
    tasks: Mapping[Name, tuple[int, Iterable[Name], Mapping[str, int]]], capacity: Mapping[str, int]
) -> Project[Name]:
    """A project of tasks: length, what has to end before, and what each takes of the resources."""
    last = sum(length for length, _, _ in tasks.values())
    return Project(
        {
            name: Activity(
                name,
                dict.fromkeys(range(last - length + 1), Shape(length, demands)),
                tuple((each, 0) for each in after),
            )
            for name, (length, after, demands) in tasks.items()
        },
        capacity,
    )
