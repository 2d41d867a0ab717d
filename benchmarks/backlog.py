"""`platctl backlog` on initiatives with dependencies, as ratios to parsing the same files with CSafeLoader.

There are one and a half times as many dependencies as initiatives. Sizes are doubled to show growth.

    python benchmarks/backlog.py [--initiatives 2000] [--runs 3]
"""

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

from impact import _PARSE, component, consumer, measure, write


def initiative(index: int, earlier: list[int], components: int, choose: random.Random) -> str:
    """An initiative that waits for some earlier ones and changes a component."""
    effect = choose.choice(("addition", "deprecation", "breaking", "internal"))
    lines = [
        "kind: initiative",
        f"id: initiative-{index}",
        f"title: Initiative {index}",
        "status: proposed",
        f"requested_by: [product-{choose.randrange(200)}]",
        f"scores: {{reach: {choose.randrange(10_000)}, impact: {choose.randrange(1, 4)}, confidence: 0.8}}",
        f"effort: {{team-{index % 40}: {choose.randrange(1, 20)}}}",
        f"changes: [{{component: component-{choose.randrange(components)}#rest, effect: {effect}}}]",
    ]
    if earlier:
        lines.append(f"depends_on: [{', '.join(f'initiative-{each}' for each in earlier)}]")
    return "\n".join(lines) + "\n"


def generate(folder: Path, count: int) -> None:
    """Initiatives, and a platform as large as that of a company with 200 products."""
    choose = random.Random(20261123)
    documents = [component(index, choose) for index in range(600)]
    documents += [consumer(index, 600, choose) for index in range(200)]
    documents += [f"kind: team\nid: team-{index}\ntitle: Team {index}\nlead: Lead {index}\n" for index in range(40)]
    earlier: list[set[int]] = [set() for _ in range(count)]
    while sum(map(len, earlier)) < count * 3 // 2:
        one, other = sorted(choose.sample(range(count), 2))
        earlier[other].add(one)
    documents += [initiative(index, sorted(earlier[index]), 600, choose) for index in range(count)]
    write(folder, documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    run = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
    for count in (options.initiatives // 2, options.initiatives, options.initiatives * 2):
        with tempfile.TemporaryDirectory() as name:
            generate(Path(name), count)
            platctl = [sys.executable, "-P", "-c", run, "-C", name]
            commands = ([sys.executable, "-c", _PARSE, name], [*platctl, "backlog", "--format", "json"])
            rounds = [tuple(map(measure, commands)) for _ in range(options.runs)]
        parse, ranked = (statistics.median(each[column][0] for each in rounds) for column in (0, 1))
        ratio = statistics.median(each[1][0] / each[0][0] for each in rounds)
        what = f"{count:,} initiatives, {count * 3 // 2:,} dependencies"
        print(f"{what}: CSafeLoader {parse:.2f} s, backlog {ranked:.2f} s, x{ratio:.1f}")


if __name__ == "__main__":
    main()
