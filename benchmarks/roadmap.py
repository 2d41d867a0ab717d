"""`platctl roadmap --output-dir` for a whole model, as ratios to parsing the same files with CSafeLoader.

For each initiative there are half a component, a quarter of a consumer, and one and a half dependencies between
initiatives. Sizes are doubled to show growth; the measured runs find all pages up to date.

    python benchmarks/roadmap.py [--initiatives 2000] [--runs 3]
"""

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path

from impact import _PARSE, component, consumer, measure, write

_STATUSES = ("proposed", "shaped", "planned", "planned", "active", "done")


def goal(index: int) -> str:
    """A goal in a tree with four branches at each node."""
    parent = [f"parent: goal-{(index - 1) // 4}"] if index else []
    metric = f"metrics: [{{id: m, baseline: 0, target: 100, values: {{2026-10-01: {index % 90}}}}}]"
    lines = ["kind: goal", f"id: goal-{index}", f"title: Goal {index}", "due: 2027-12-31", *parent, metric]
    return "\n".join(lines) + "\n"


def initiative(index: int, earlier: list[int], count: int, choose: random.Random) -> str:
    """An initiative in one of eight quarters that waits for some earlier ones and changes a component."""
    effect = choose.choice(("addition", "addition", "deprecation", "internal"))
    version = ", version: 2.9.0" if effect == "addition" else ", version: '<2'" if effect == "deprecation" else ""
    period = index * 8 // count
    lines = [
        "kind: initiative",
        f"id: initiative-{index}",
        f"title: Initiative {index}",
        f"status: {choose.choice(_STATUSES)}",
        f"owner: team-{index % 40}",
        f"goals: [goal-{choose.randrange(100)}]",
        f"period: {2026 + period // 4}-Q{period % 4 + 1}",
        f"requested_by: [product-{choose.randrange(count // 4)}]",
        f"effort: {{team-{index % 40}: {choose.randrange(1, 20)}}}",
        f"changes: [{{component: component-{choose.randrange(count // 2)}#rest, effect: {effect}{version}}}]",
    ]
    if earlier:
        lines.append(f"depends_on: [{', '.join(f'initiative-{each}' for each in earlier)}]")
    return "\n".join(lines) + "\n"


def generate(folder: Path, count: int) -> None:
    """Initiatives, and a platform with consumers, teams and goals."""
    choose = random.Random(20261123)
    documents = [component(index, choose) for index in range(count // 2)]
    documents += [consumer(index, count // 2, choose) for index in range(count // 4)]
    documents += [f"kind: team\nid: team-{index}\ntitle: Team {index}\nlead: Lead {index}\n" for index in range(40)]
    documents += [goal(index) for index in range(100)]
    earlier: list[set[int]] = [set() for _ in range(count)]
    while sum(map(len, earlier)) < count * 3 // 2:
        one, other = sorted(choose.sample(range(count), 2))
        earlier[other].add(one)
    documents += [initiative(index, sorted(earlier[index]), count, choose) for index in range(count)]
    write(folder, documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    run = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
    for count in (options.initiatives // 4, options.initiatives // 2, options.initiatives):
        with tempfile.TemporaryDirectory() as name:
            model, wiki = Path(name) / "model", Path(name) / "wiki"
            model.mkdir()
            generate(model, count)
            platctl = [sys.executable, "-P", "-c", run, "-q", "-C", str(model), "roadmap", "--today", "2026-11-23"]
            whole = [*platctl, "--output-dir", str(wiki)]
            measure(whole)
            commands = ([sys.executable, "-c", _PARSE, str(model)], whole, platctl)
            rounds = [tuple(map(measure, commands)) for _ in range(options.runs)]
            pages = len(list(wiki.iterdir()))
        parse, written, shown = (statistics.median(each[column][0] for each in rounds) for column in range(3))
        ratio = statistics.median(each[1][0] / each[0][0] for each in rounds)
        what = f"{count:,} initiatives, {count * 3 // 2:,} dependencies, {pages:,} pages"
        print(f"{what}: CSafeLoader {parse:.2f} s, all pages {written:.2f} s, x{ratio:.1f}; one roadmap {shown:.2f} s")


if __name__ == "__main__":
    main()
