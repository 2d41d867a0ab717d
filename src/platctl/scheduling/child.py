"""What the processes of all solvers do: read questions as lines of JSON, and answer each."""

import json
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any

_MEMORY = 6 << 30
"""Bytes of address space that a solver may use."""

Tell = Callable[[Mapping[str, object]], None]
Answer = Callable[[Mapping[str, Any], Tell], Mapping[str, object]]
"""Answers a question; may tell how far it is."""


def answer_all(prepare: Callable[[], Answer]) -> None:
    """Answer until the input ends. `prepare` loads the solver."""
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # HiGHS writes a banner there, whatever its options say
    _bound()
    answer = prepare()

    def tell(found: Mapping[str, object]) -> None:
        answers.write(json.dumps(found) + "\n")
        answers.flush()

    for line in sys.stdin:
        tell(answer(json.loads(line), tell))


def _bound() -> None:
    try:
        import resource
    except ImportError:  # other systems than Unix
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
