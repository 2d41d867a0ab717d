"""What selectors of options name, and what is said where they name nothing."""

from collections.abc import Callable, Sequence

from platctl.model.entity.component import Component
from platctl.model.entity.initiative import Initiative
from platctl.model.language.selector import Selector, SelectorError, parse_selector
from platctl.model.ref import Ref
from platctl.outlook.choosing import Chooser
from platctl.page import Excerpt
from platctl.record import record
from platctl.shell.errors import CliError, note

_ALL = "*"
Widened = Callable[[frozenset[Ref]], frozenset[Ref]]


@record
class Choice:
    """What the options say. Without any selector, everything is chosen."""

    select: Sequence[str]
    exclude: Sequence[str]
    fail_on_empty: bool = False

    @property
    def needs_base(self) -> bool:
        """Whether a selector asks what differs from the base. Raises CliError for one that can't be read."""
        selectors = [_parsed(text) for text in (*self.select, *self.exclude)]
        return any(atom.method == "state" for selector in selectors for atom in selector.atoms)

    @property
    def label(self) -> str:
        """What reports say of it; nothing where everything is chosen."""
        selected = " or ".join(f"`{text}`" for text in self.select)
        excluded = "".join(f", without `{text}`" for text in self.exclude)
        return f"{selected or 'all'}{excluded}" if selected or excluded else ""

    def said_of(self, state: str) -> str:
        """A state's label with what is chosen in it."""
        return f"{state}, only {self.label}" if self.label else state

    def entities(self, chooser: Chooser, widened: Widened | None = None) -> frozenset[Ref] | None:
        """What is chosen; None for everything. Raises CliError for what does not exist.

        With `widened`, what that makes of what is selected, without what it makes of what is excluded.
        """
        if not self.label:
            return None
        for text in self.select:
            if not entities_of(chooser, text):
                self._say_empty(f"the selector `{text}` names nothing")
        for text in self.exclude:
            if not entities_of(chooser, text):
                note(f"note: the selector `{text}` excludes nothing")
        select, exclude = map(_parsed, self.select or [_ALL]), map(_parsed, self.exclude)
        found = widened(chooser.of(select)) - widened(chooser.of(exclude)) if widened else chooser.of(select, exclude)
        if not found and self.exclude:
            self._say_empty("nothing is left of the selection")
        return found

    def _say_empty(self, message: str) -> None:
        if self.fail_on_empty:
            raise CliError(message, "leave out `--fail-on-empty` where that may be")
        note(f"note: {message}")


def choice(select: list[str] | None, exclude: list[str] | None, *, fail_on_empty: bool) -> Choice:
    """The options as they are given."""
    return Choice(tuple(select or ()), tuple(exclude or ()), fail_on_empty)


def entities_of(chooser: Chooser, text: str) -> frozenset[Ref]:
    """What one selector names. Raises CliError that shows the part at fault."""
    try:
        return chooser.of([_parsed(text)])
    except SelectorError as error:
        raise _shown(error, text) from None


def changes_of(chooser: Chooser, text: str, *, with_effect: bool) -> tuple[str, ...]:
    """What a what-if is about: with an effect the components that a selector names, or else the initiatives.

    A plain reference is left as it is. Raises CliError if there is none.
    """
    (atom, *others) = _parsed(text).atoms
    kinds = (Component.kind_name,) if with_effect else (Initiative.kind_name,)
    if not others and atom.is_plain and atom.method in (None, Component.kind_name, Initiative.kind_name):
        return (text,)
    found = sorted(str(ref) for ref in entities_of(chooser, text) if ref.kind in kinds)
    if not found:
        raise CliError(f"the selector `{text}` names no {kinds[0]}", "a what-if needs `--effect`, or initiatives")
    return tuple(found)


def _parsed(text: str) -> Selector:
    try:
        return parse_selector(text)
    except SelectorError as error:
        raise _shown(error, text) from None


def _shown(error: SelectorError, text: str) -> CliError:
    column = error.offset + 1
    return CliError(error.message, error.help, Excerpt("", 1, text, column, column + error.length))
