"""`platctl promote`: moves an initiative to a later stage if it has all the fields that the stage needs."""

from typing import TYPE_CHECKING, Annotated

import typer

from platctl.model.vocabulary import WAY, Status
from platctl.shell.options import DryRunOption, Globals, TodayOption, completions, entities

if TYPE_CHECKING:
    from platctl.model.entity.initiative import Initiative
    from platctl.model.model import Model
    from platctl.model.ref import Ref


def promote(
    context: typer.Context,
    initiative: Annotated[
        str, typer.Argument(metavar="INITIATIVE", help="The initiative.", autocompletion=entities("initiative"))
    ],
    to: Annotated[
        str | None,
        typer.Option(
            metavar="STAGE", help="The target stage.", show_default="the next one", autocompletion=completions(WAY)
        ),
    ] = None,
    dry_run: DryRunOption = False,
    today: TodayOption = None,
) -> int:
    """Move an initiative to a later stage, or list what it lacks and exit 1."""
    from platctl.edit.set_field import set_field
    from platctl.model.lookup import find
    from platctl.questions.intake.gaps import Gaps
    from platctl.shell.editing import carry_out, file_of
    from platctl.shell.errors import note
    from platctl.shell.output import as_text, write
    from platctl.shell.session import open_session
    from platctl.shell.values import one_of

    options: Globals = context.obj
    wanted = Status(one_of("--to", to, WAY)) if to else None
    session = open_session(options, today=today)
    model = session.model
    ref = find(model, initiative, "initiative")
    entity = model.initiatives[ref]
    stage = wanted or _next(entity)
    if stage is entity.status:
        note(f"nothing to do: {ref} is already {stage.value}")
        return 0
    _check(model, ref, stage)
    if lacking := Gaps(model, session.today).of(entity, stage):
        from platctl.questions.intake.page import filling
        from platctl.questions.intake.page import lacking as page

        # Commands are not wrapped, so that they can be copied.
        commands = "\n".join(["", *filling(ref, lacking), ""])
        write([(as_text(page(entity.label, stage, lacking), options, None) + commands, None)])
        return 1
    edit = set_field(*file_of(model, session.tree, ref), "status", stage.value)
    assert edit  # noqa: S101  its status is another one
    return carry_out(session, [edit], options, dry_run=dry_run)


def _next(initiative: "Initiative") -> Status:
    from platctl.model.stage import stage_after
    from platctl.shell.errors import CliError

    stage = stage_after(initiative.status)
    if stage is None:
        back = f"run `platctl set {initiative.ref} status active` to reopen it"
        help_ = "use `--to` to name the stage" if initiative.status.is_given_up else back
        raise CliError(f"{initiative.ref} is {initiative.status.value}, which has no next stage", help_)
    return stage


def _check(model: "Model", ref: "Ref", stage: Status) -> None:
    """Raises CliError for an earlier stage, and for fields that could not be read."""
    from platctl.model.stage import STAGES
    from platctl.shell.errors import CliError

    status = model.initiatives[ref].status
    if status in WAY and WAY.index(stage) < WAY.index(status):
        help_ = f"run `platctl set {ref} status {stage.value}` to move it back"
        raise CliError(f"{ref} is already {status.value}, which comes after {stage.value}", help_)
    asked = {"status", *STAGES[stage], *(("start", "end") if "period" in STAGES[stage] else ())}
    placement = model.documents[ref]
    if unread := sorted(route for route in placement.removed if route[:1] and route[0] in asked):
        where = placement.document.span(unread[0])
        help_ = "fix what `platctl validate` reports about it"
        raise CliError(f"`{unread[0][0]}` of {ref} can't be read ({where})", help_)
