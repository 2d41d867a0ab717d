"""Tables as comma-separated values, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Sequence

from platctl.render.escape import visible

_FORMULA = ("=", "+", "-", "@")


def render(header: Sequence[str], rows: Iterable[Sequence[str | float | None]]) -> str:
    """A table as RFC 4180 has it, with `\\n`. Numbers are written in full, and None is empty.

    What controls or hides is written out, and a text has one line. One that a spreadsheet would take for a formula
    gets an apostrophe before it, which spreadsheets hide.
    Source: OWASP, CSV injection.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(each) for each in header])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue()


def _cell(value: str | float | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = visible(" ".join(value.split()))
        return f"'{text}" if text.startswith(_FORMULA) else text
    return repr(round(value, 9)).removesuffix(".0")
