"""A state as an audience may see it, or all of it."""

import contextlib
from collections.abc import Sequence
from functools import cached_property, partial

from platctl.model.entity.kinds import KINDS
from platctl.model.lookup import find_any
from platctl.model.model import Model
from platctl.model.past import History
from platctl.model.ref import Ref
from platctl.model.settings.audience import Audience
from platctl.record import record
from platctl.shell.audience import audience_named, found_for, note_doubts
from platctl.shell.session import Session
from platctl.source.errors import SourceError
from platctl.source.git.git import NoHistoryError


@record(slots=False)
class Seen:
    """What a session looks at; without an audience, everything."""

    session: Session
    audience: Audience | None

    @cached_property
    def model(self) -> Model:
        """What may be told."""
        return self.of(self.session.model)

    @cached_property
    def open(self) -> Model:
        """The same entities with all their fields, to select by them."""
        return self.opened(self.session.model)

    def opened(self, model: Model) -> Model:
        """The same of another state."""
        if self.audience is None:
            return model
        from platctl.outlook.audience import open_to

        return open_to(model, self.audience)

    def of(self, model: Model) -> Model:
        """Another state, as it may be told."""
        if self.audience is None:
            return model
        from platctl.outlook.audience import seen_by

        return seen_by(model, self.audience, self.session.day)

    def find(self, text: str, kinds: Sequence[str]) -> Ref:
        """The entity that a text names. Raises CliError for something hidden, with who may see it."""
        search = partial(find_any, text=text, kinds=kinds)
        if self.audience is None:
            return search(self.model)
        return found_for("ENTITY", search, self.session.model, self.model, self.audience)

    def find_ever(self, text: str, history: History) -> Ref:
        """The same, also for what only the history has; not for an audience."""
        try:
            return self.find(text, tuple(KINDS))
        except SourceError:
            if history.past is None or self.audience:
                raise
            from platctl.outlook.lifelines import lives

            with contextlib.suppress(SourceError):
                return find_any(lives(history.past).model(), text)
            raise

    def history(self) -> History:
        """The commits up to this state, or why there are none."""
        from platctl.workspace.past_reader import read_past

        session = self.session
        if session.is_folder:
            return History(None, "a folder has no history")
        try:
            return History(read_past(session.workspace, session.commit))
        except NoHistoryError:
            is_git = session.workspace.source.is_git
            return History(None, "there is no commit yet" if is_git else "this is not a git repository")
        except SourceError as error:
            return History(None, error.message)


def seen_in(session: Session, audience: str | None) -> Seen:
    """What an audience may see of a session. Raises CliError for an unknown name."""
    found = audience_named(session.model.config, audience) if audience else None
    if found:
        note_doubts(found, session.model)
    return Seen(session, found)
