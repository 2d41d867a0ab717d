"""Evaluate the selectors in options, and report those that select nothing."""

from collections.abc import Callable, Sequence

from platctl.model.entity.component import Component
from platctl.model.entity.initiative import Initiative
from platctl.model.external import is_external
from platctl.model.language.selector import Selector, SelectorError, parse_selector
from platctl.model.model import Model
from platctl.model.ref import Ref
from platctl.outlook.choosing import Chooser
from platctl.page import Excerpt
from platctl.record import record
from platctl.shell.errors import CliError, note
from platctl.shell.session import Session

_ALL = "*"
Widened = Callable[[frozenset[Ref]], frozenset[Ref]]


@record
class Choice:
    """The given selectors: `select` narrows `what` the report is about. Without any, everything is chosen."""

    select: Sequence[str]
    exclude: Sequence[str]
    fail_on_empty: bool = False
    what: Sequence[str] = ()

    @property
    def needs_base(self) -> bool:
        """Whether a selector asks what differs from the base. Raises CliError for one that can't be read."""
        selectors = [_parsed(text) for text in (*self.what, *self.select, *self.exclude)]
        return any(atom.method == "state" for selector in selectors for atom in selector.atoms)

    @property
    def label(self) -> str:
        """The selection as reports show it; empty if everything is selected."""
        selected = " and ".join(" or ".join(f"`{text}`" for text in each) for each in self._narrowing)
        excluded = "".join(f", without `{text}`" for text in self.exclude)
        return f"{selected or 'all'}{excluded}" if selected or excluded else ""

    def said_of(self, state: str) -> str:
        """A state's label with the selection."""
        return f"{state}, only {self.label}" if self.label else state

    def entities(self, chooser: Chooser, widened: Widened | None = None) -> frozenset[Ref] | None:
        """The selected entities; None for everything. Raises CliError for names that do not exist.

        `widened` is applied to the selected and to the excluded entities before they are subtracted.
        """
        if not self.label:
            return None
        for text in (*self.what, *self.select):
            if not entities_of(chooser, text):
                self._say_empty(f"the selector `{text}` matches nothing")
        for text in self.exclude:
            if not entities_of(chooser, text):
                note(f"note: the selector `{text}` excludes nothing")
        exclude = [_parsed(text) for text in self.exclude]
        parts = [self._part(chooser, texts, exclude, widened) for texts in self._narrowing or ([_ALL],)]
        found = frozenset.intersection(*parts)
        if not found and (self.exclude or len(parts) > 1):
            self._say_empty("the selection is empty")
        return found

    def excluded(self, chooser: Chooser) -> frozenset[Ref]:
        """What is left out by name, whatever else would concern it."""
        return chooser.of([_parsed(text) for text in self.exclude]) if self.exclude else frozenset()

    @property
    def _narrowing(self) -> tuple[Sequence[str], ...]:
        return tuple(each for each in (self.what, self.select) if each)

    def _part(
        self, chooser: Chooser, texts: Sequence[str], exclude: Sequence[Selector], widened: Widened | None
    ) -> frozenset[Ref]:
        select = [_parsed(text) for text in texts]
        return widened(chooser.of(select)) - widened(chooser.of(exclude)) if widened else chooser.of(select, exclude)

    def _say_empty(self, message: str) -> None:
        if self.fail_on_empty:
            raise CliError(message, "omit `--fail-on-empty` if that is fine")
        note(f"note: {message}")


def choice(
    select: list[str] | None, exclude: list[str] | None, *, fail_on_empty: bool, what: list[str] | None = None
) -> Choice:
    """The options as they are given; `what` are the arguments."""
    return Choice(tuple(select or ()), tuple(exclude or ()), fail_on_empty, tuple(what or ()))


def base_of(session: Session, wish: Choice, base: str | None) -> Model | None:
    """The model behind `state:` selectors, in a report on one state. Raises CliError if none of them needs the base."""
    if base and not wish.needs_base:
        raise CliError("`--base` is only used by `state:` selectors", "add one, such as `-s state:modified`")
    return session.base(base, may_be_empty=True).model if wish.needs_base else None


def entities_of(chooser: Chooser, text: str) -> frozenset[Ref]:
    """The entities that one selector selects. Raises CliError that shows the wrong part."""
    try:
        return chooser.of([_parsed(text)])
    except SelectorError as error:
        raise _shown(error, text) from None


def changes_of(chooser: Chooser, text: str, *, with_effect: bool) -> tuple[str, ...]:
    """The subjects of a what-if: the selected components if an effect is given, or else the selected initiatives.

    A plain reference is returned unchanged. Raises CliError if there are none.
    """
    if is_external(text):
        return (text,)
    (atom, *others) = _parsed(text).atoms
    kinds = (Component.kind_name,) if with_effect else (Initiative.kind_name,)
    if not others and atom.is_plain and atom.method in (None, Component.kind_name, Initiative.kind_name):
        return (text,)
    found = sorted(str(ref) for ref in entities_of(chooser, text) if ref.kind in kinds)
    if not found:
        message = f"the selector `{text}` selects no {kinds[0]}"
        raise CliError(message, "select initiatives, or select components and add `--effect`")
    return tuple(found)


def _parsed(text: str) -> Selector:
    try:
        return parse_selector(text)
    except SelectorError as error:
        raise _shown(error, text) from None


def _shown(error: SelectorError, text: str) -> CliError:
    column = error.offset + 1
    return CliError(error.message, error.help, Excerpt("", 1, text, column, column + error.length))
