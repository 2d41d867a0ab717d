"""`platctl graph` for whole models, as ratios to parsing the same files with CSafeLoader.

There are three dependencies for each entity, in three layers, of ten owners. Sizes grow tenfold to show growth. Beside
them, one layered drawing of every entity, which a page never contains.

    python benchmarks/graph.py [--entities 10000] [--runs 3]
"""

import argparse
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from impact import _PARSE, measure, write

from platctl.render.picture.layered.layout import layout

_LAYERS = ("technology", "platform", "product")


def edges(count: int, choose: random.Random) -> tuple[list[int], list[tuple[int, int]]]:
    """The layer of each entity, and dependencies that lead down or to an earlier entity of the layer."""
    layers = [choose.randrange(3) for _ in range(count)]
    found: set[tuple[int, int]] = set()
    while len(found) < 3 * count:
        one, other = choose.randrange(count), choose.randrange(count)
        if (layers[one], one) > (layers[other], other):
            found.add((one, other))
    return layers, sorted(found)


def generate(folder: Path, count: int, choose: random.Random) -> None:
    """Components only; consumers would be one more row."""
    layers, found = edges(count, choose)
    uses: dict[int, list[str]] = {}
    for one, other in found:
        uses.setdefault(one, []).append(f"component-{other}")
    documents = [
        f"kind: component\nid: component-{index}\nowner: team-{choose.randrange(10)}\nlayer: {_LAYERS[layer]}\n"
        f"depends_on: [{', '.join(uses.get(index, ()))}]\n"
        for index, layer in enumerate(layers)
    ]
    write(folder, documents)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entities", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    run = "import sys; from platctl.cli import main; sys.argv[0] = 'platctl'; main()"
    for count in (options.entities // 10, options.entities):
        with tempfile.TemporaryDirectory() as name:
            generate(Path(name), count, random.Random(20261128))
            platctl = [sys.executable, "-P", "-c", run, "-C", name, "graph", "--format"]
            commands = [[sys.executable, "-c", _PARSE, name], *([*platctl, each] for each in ("html", "svg", "json"))]
            rounds = [tuple(map(measure, commands)) for _ in range(options.runs)]
        ratios = [statistics.median(each[nth][0] / each[0][0] for each in rounds) for nth in (1, 2, 3)]
        parse = statistics.median(each[0][0] for each in rounds)
        html, svg, json = (f"x{ratio:.1f}" for ratio in ratios)
        print(f"{count:,} entities: CSafeLoader {parse:.2f} s, page {html}, picture {svg}, node-link JSON {json}")
    for nodes in (30, 200, 1000):
        layers, found = edges(nodes, random.Random(nodes))
        start = time.process_time()
        drawn = layout([2 - layer for layer in layers], [80.0] * nodes, found)
        seconds = time.process_time() - start
        print(f"{nodes:,} nodes, {len(found):,} edges one by one: {seconds:.2f} s, {drawn.crossings:,} crossings")


if __name__ == "__main__":
    main()
