"""How good and how fast schedules are: instances of PSPLIB (j30 and j60), with and without a solver.

    python benchmarks/schedule.py             # a table of both sets, and one of what is not proven
    python benchmarks/schedule.py --set j30   # one set

A gap is how much later the schedule ends than what is proven to be the least, as a share of that; an excess the same
against the best known makespan. Seconds are those of this machine, × the multiple of the serial schedule.
"""

import argparse
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from platctl.scheduling.project import finish
from platctl.scheduling.project_search import ScheduleLimits, Scheduler, scheduler
from platctl.scheduling.serial import Aim
from scheduling.psplib import best_known, instance, instances


@dataclass(frozen=True)
class Row:
    """An instance: its best known makespan, and what was found in how many seconds."""

    name: str
    best: int
    serial: int
    serial_seconds: float
    found: int
    least: int
    seconds: float

    @property
    def gap(self) -> float:
        return self.found / self.least - 1

    @property
    def excess(self) -> float:
        return self.found / self.best - 1


def measured(running: Scheduler, set_: str, name: str, best: int) -> Row:
    project = instance(set_, name)
    begin = time.perf_counter()
    simple = Scheduler().schedule(project, Aim.FINISH)
    between = time.perf_counter()
    found = running.schedule(project, Aim.FINISH)
    end = time.perf_counter()
    assert simple is not None
    assert found is not None
    assert finish(project, found.starts) == found.reached[0]
    return Row(name, best, simple.reached[0], between - begin, found.reached[0], found.least[0], end - between)


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=("j30", "j60"), help="only this set")
    only = parser.parse_args().set
    best, open_ = best_known(), []
    print("| | instances | mean excess, serial | proven | best known found | mean excess | mean gap | longest, s | × |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with scheduler(ScheduleLimits()) as running:
        for set_ in (only,) if only else ("j30", "j60"):
            rows = [measured(running, set_, name, best[name]) for name in instances(set_)]
            open_ += [row for row in rows if row.gap]
            multiple = sum(row.seconds for row in rows) / sum(row.serial_seconds for row in rows)
            print(
                f"| {set_} | {len(rows)} | {statistics.mean(row.serial / row.best - 1 for row in rows):.2%} "
                f"| {sum(not row.gap for row in rows)} | {sum(row.found == row.best for row in rows)} "
                f"| {statistics.mean(row.excess for row in rows):.2%} | {statistics.mean(row.gap for row in rows):.2%} "
                f"| {max(row.seconds for row in rows):.1f} | {multiple:.0f} |",
                flush=True,
            )
    print("\n| not proven | best known | serial | found | at least | gap | s |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for row in open_:
        ends = f"{row.best} | {row.serial} | {row.found} | {row.least}"
        print(f"| {row.name} | {ends} | {row.gap:.1%} | {row.seconds:.1f} |")


if __name__ == "__main__":
    main()
