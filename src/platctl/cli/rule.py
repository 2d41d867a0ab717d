"""`platctl rule`: what a rule finds, why, and what to write instead."""

from typing import Annotated

import typer

from platctl.cli.options import completions, one_of
from platctl.cli.output import as_text, write
from platctl.rules.registry import RULES
from platctl.view.rule import list_page, page


def rule(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            help="The rule; all of them if left out.",
            autocompletion=completions(each.id for each in RULES),
        ),
    ] = None,
) -> int:
    """Explain a rule, or list them all."""
    rules = {each.id: each for each in RULES}
    shown = list_page(RULES) if name is None else page(rules[one_of("NAME", name, rules)])
    write([(as_text(shown, context.obj, None), None)])
    return 0
