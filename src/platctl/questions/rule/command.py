"""`platctl rule`: what a rule finds, why, and what to write instead."""

from typing import Annotated

import typer

from platctl.shell.options import rule_names


def rule(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The rule; all of them if left out.", autocompletion=rule_names),
    ] = None,
) -> int:
    """Explain a rule, or list them all."""
    from platctl.questions.rule.page import list_page, page
    from platctl.rules.registry import rules
    from platctl.shell.output import as_text, write
    from platctl.shell.values import one_of

    known = {each.id: each for each in rules()}
    shown = list_page(rules()) if name is None else page(known[one_of("NAME", name, known)])
    write([(as_text(shown, context.obj, None), None)])
    return 0
