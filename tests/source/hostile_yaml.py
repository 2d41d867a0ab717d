"""Files that crash, stall or bloat other readers of YAML, and a program that parses them under tight limits.

As a program, it parses each in a thread with a small stack and with little memory, and prints what came of it.
"""

import json
import sys
import threading
import time

from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

MEGABYTE = 1 << 20


def _chain(first: str, link: str, count: int) -> str:
    return first + "".join(link.format(i=i, before=i - 1) for i in range(1, count))


def _filled(piece: str, size: int = MEGABYTE) -> str:
    return piece * (size // len(piece))


_NINE = ", ".join(["*a{before}"] * 9)

SHAPES: dict[str, str] = {
    # Row 1
    "billion laughs in lists": _chain("a0: &a0 [x, x]\n", f"a{{i}}: &a{{i}} [{_NINE}]\n", 10),
    "billion laughs in mappings": _chain("a0: &a0 {x: x}\n", "a{i}: &a{i} {{p: *a{before}, q: *a{before}}}\n", 30),
    "billion laughs of 30 levels": _chain("a0: &a0 [x]\n", "a{i}: &a{i} [*a{before}, *a{before}]\n", 30),
    # Row 2
    "a long list repeated": "a: &a [" + "x," * 5_000 + "]\nb:\n" + "- *a\n" * 5_000,
    "a long text repeated": "a: &a " + "x" * 60_000 + "\nb:\n" + "- *a\n" * 5_000,
    "aliases that nest": _chain("a0: &a0 [x]\n", "a{i}: &a{i} [*a{before}]\n", 2_000),
    # Row 3
    "merge keys in a chain": _chain("a0: &a0 {x: 1}\n", "a{i}: &a{i}\n  <<: [*a{before}, *a{before}]\n", 30),
    "merge keys in a row": _chain("a0: &a0 {x: 1}\n", "a{i}: &a{i} {{<<: *a{before}}}\n", 3_000),
    "one anchor in a row": "a0: &a [x]\n" + "".join(f"a{i}: &a [*a]\n" for i in range(1, 3_000)),
    "many merge keys": "a: &a {x: 1}\nb:\n" + "  <<: *a\n" * 5_000,
    # Row 5
    "deep flow lists": _filled("["),
    "deep flow mappings": _filled("{"),
    "deep block lists": _filled("- "),
    "deep keys": _filled("? "),
    "deep flow pairs": _filled("[{a: "),
    "deep block mappings": "".join(" " * depth + "a:\n" for depth in range(1_400)),
    "5,000 deep": "[" * 5_000 + "]" * 5_000,
    "60 deep": "[" * 60 + "]" * 60,
    "50 levels, all there may be": "[" * 50 + "]" * 50,
    # Row 6
    "a wide list": _filled("-\n", 210_000),
    "a wide flow list": "[" + _filled("a,", 210_000) + "]",
    "a wide mapping": "".join(f"k{i}: 1\n" for i in range(10_000)),
    "a megabyte of comments": _filled("#\n"),
    "50,000 documents": "---\na\n" * 50_000,
    "30,000 anchors": "".join(f"- &a{i} x\n" for i in range(30_000)),
    "20,000 directives": "%TAG !a! b\n" * 20_000,
    "everything at once broken": _filled("---\n]\n", 300_000),
    # Row 7
    "20,000 keys of one hash": "".join(f"{i * (2**61 - 1)}: 1\n" for i in range(1, 20_001)),
    # Row 8
    "a hexadecimal megabyte": "a: 0x" + "f" * (MEGABYTE - 10),
    "a sexagesimal megabyte": "a: 1" + ":59" * 340_000,
    "a decimal megabyte": "a: " + "9" * (MEGABYTE - 10),
    # Whatever else is one thing a million times
    **{f"nothing but {sign!r}": sign * (MEGABYTE // 8) for sign in "\t \r\n:-,?!&*%|>@`'\"#a}]\x1b"},
    "an open quote": 'a: "' + _filled("x\n", 300_000),
    "duplicate keys": "a: 1\n" * 10_000,
    "tags": "- !a b\n" * 10_000,
    "escapes": '- "\\e\\u200b"\n' * 10_000,
    "invisible characters": "- a\u200bb\n" * 10_000,
    "next lines": "- \x85\n" * 10_000,
    "merge conflicts": "<<<<<<< a\n=======\n>>>>>>> b\n" * 5_000,
    "templates": "- {{ a }}\n" * 5_000,
    "spaces around a colon": "a:" + " " * 500_000 + "b: c",
}


def _parse(name: str, outcome: dict[str, object]) -> None:
    content = SHAPES[name].encode()[:MEGABYTE]
    start = time.process_time()
    file = parse_file(SourceFile("a.yaml", content))
    outcome["seconds"] = time.process_time() - start
    outcome["rules"] = sorted({finding.rule for finding in file.findings})
    outcome["findings"] = len(file.findings)
    outcome["longest"] = max((len(finding.message + finding.help) for finding in file.findings), default=0)
    if len(content) < 100_000:
        outcome["places"] = [str(document.span((0,) * 50)) for document in file.documents]


def main() -> None:
    """Parse every shape, each on a stack of 256 kB, all in half a gigabyte."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
    threading.stack_size(256 << 10)
    for name in SHAPES:
        outcome: dict[str, object] = {"name": name}
        thread = threading.Thread(target=_parse, args=(name, outcome))
        thread.start()
        thread.join()
        sys.stdout.write(json.dumps(outcome) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
