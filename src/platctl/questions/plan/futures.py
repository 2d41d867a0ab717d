"""What a plan is made for: the model as it is, or as a scenario supposes it."""

from dataclasses import replace

from platctl.model.entity.scenario import Scenario
from platctl.model.lookup import find
from platctl.model.model import Model
from platctl.model.named import Named, named
from platctl.record import record
from platctl.shell.errors import CliError, note
from platctl.shell.seen import Seen


@record(slots=False)
class Future:
    """A model to plan for, as its readers may see it, and the scenario that supposes it; None for what files say.

    `open` has the same entities with all their fields, to select by them.
    """

    model: Model
    open: Model
    scenario: Scenario | None = None
    name: Named | None = None


def future(seen: Seen, text: str | None) -> Future:
    """The future that a scenario supposes. Raises CliError if it does not fit the model, each misfit of which is told
    before, or if there is nothing to plan.
    """
    found = Future(seen.model, seen.open) if text is None else _supposed(seen, text)
    if not any(each.status.is_open for each in found.model.initiatives.values()):
        raise CliError("there is nothing to plan: no initiative is open", "add one with `platctl new initiative ID`")
    return found


def _supposed(seen: Seen, text: str) -> Future:
    from platctl.model.scenarios import supposed

    model = seen.session.model
    ref = find(model, text, "scenario")
    scenario = model.scenarios[ref]
    if seen.audience and not seen.audience.may_see(model.visibility(ref)):
        raise CliError(f"scenario `{scenario.name}` is not for this audience", "raise its `visibility`, or use another")
    check = "`platctl validate` shows each place"
    if any(not str(route[-1]).startswith("x-") for route in model.documents[ref].removed):
        raise CliError(f"scenario `{scenario.name}` can't be read completely", check)
    found = supposed(model, ref, seen.session.day)
    for each in found.misfits:
        note(f"{'error' if each.blocks else 'note'}: {each.span}: {each.message}")
    if found.blocking:
        raise CliError(f"scenario `{scenario.name}` does not fit the model", check)
    supposing = found.model
    if seen.audience:
        from platctl.outlook.audience import is_hidden

        hidden = {each for each in model.entities if is_hidden(model, each, seen.audience)}
        shown = {each: entity for each, entity in supposing.entities.items() if each not in hidden}
        supposing = replace(supposing, entities=shown)  # an edit makes nothing less confidential
    return Future(seen.of(supposing), seen.opened(supposing), scenario, named(model, ref))
