"""Histories of models, made of a text for each commit."""

import datetime

from platctl.model.load import load
from platctl.model.past import EntityState, Moment, Past
from platctl.model.ref import Ref
from platctl.model.settings.config import Config
from platctl.source.git.history import Revision
from platctl.source.tree import SourceFile
from platctl.source.yaml.parse import parse_file

FIRST_DAY = datetime.date(2027, 1, 1)


def past(*texts: str, config: Config | None = None) -> Past:
    """A history in which each commit has one text, in `a.yaml` or in the file that it names in its first line."""
    moments, now = [], dict[Ref, EntityState]()
    for index, text in enumerate(texts):
        path = text.partition("\n")[0].removeprefix("# ") if text.startswith("# ") else "a.yaml"
        after = {
            ref: EntityState(entity, path)
            for ref, entity in load([parse_file(SourceFile(path, text.encode()))]).entities.items()
        }
        changed = {ref: after.get(ref) for ref in sorted(now.keys() | after.keys()) if now.get(ref) != after.get(ref)}
        day = FIRST_DAY + datetime.timedelta(days=index)
        moments.append(Moment(Revision(f"{index:040}", "Ada", day), changed))
        now = after
    return Past(tuple(moments), (), config or Config())


def on(*commits: tuple[str, str], config: Config | None = None) -> Past:
    """The same with a day for each: `on(("2027-01-01", text), …)`."""
    found = past(*(text for _, text in commits), config=config)
    days = [datetime.date.fromisoformat(day) if day else None for day, _ in commits]
    moments = (
        Moment(Revision(each.at.commit, each.at.author, day), each.changed)
        for each, day in zip(found.moments, days, strict=True)
    )
    return Past(tuple(moments), (), found.config)
