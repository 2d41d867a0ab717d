"""Tables for spreadsheets."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st
from oracles import commands, texts

from platctl.render.data.csv import render
from platctl.render.escape import visible

cells = st.one_of(st.none(), st.text(max_size=12), texts, st.floats(-1e9, 1e9, allow_nan=False))


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_another_reader_finds_the_same_cells_and_no_formula(rows: list[tuple[str | float | None, ...]]) -> None:
    header, *found = list(csv.reader(io.StringIO(render(("a", "b"), rows), newline="")))
    assert header == ["a", "b"]
    assert len(found) == len(rows)
    assert commands(render(("a", "b"), rows)) == []
    for row, written in zip(rows, found, strict=True):
        for cell, text in zip(row, written, strict=True):
            if isinstance(cell, str):
                assert not text.startswith(("=", "+", "-", "@", "\t", "\r"))
                assert text.removeprefix("'") == visible(" ".join(cell.split())).removeprefix("'")
            elif cell is None:
                assert text == ""
            else:
                assert float(text) == round(cell, 9)


def test_numbers_are_written_in_full() -> None:
    assert render(("x",), [[4_644_000.0], [0.1], [None], [1e15]]) == 'x\n4644000\n0.1\n""\n1000000000000000\n'
