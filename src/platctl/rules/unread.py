"""Names in the parts of a model that could not be read, so that no rule reports them as missing."""

from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from platctl.model.external import ExternalNameError, is_external, package_url
from platctl.model.fields import written
from platctl.model.model import Model
from platctl.model.ref import Ref, is_id
from platctl.record import record
from platctl.source.yaml.document import Route
from platctl.source.yaml.parse import Document


@record(slots=False)
class Unread:
    """What the files contain, but the model lacks because it could not be read."""

    model: Model

    def may_define(self, ref: Ref) -> bool:
        """Whether an unread part may define the entity."""
        return self.model.may_be_unread(ref) or ref.id in self._other_names

    def may_use(self, ref: Ref) -> bool:
        """Whether an unread part may refer to the entity."""
        return self.model.may_be_unread(ref) or ref.id in self._named

    @cached_property
    def _documents(self) -> tuple[Document, ...]:
        """Documents that became no entity: of an unknown kind, without an id, or defined a second time."""
        config = self.model.config_placement
        read = {id(placement.document) for placement in self.model.documents.values()}
        read |= {id(config.document)} if config else set()
        files = self.model.files.values()
        return tuple(each for file in files for each in file.documents if id(each) not in read)

    @cached_property
    def _other_names(self) -> frozenset[str]:
        fields = ("aliases", "external")
        values = [each.value.get(name) for each in self._documents if isinstance(each.value, dict) for name in fields]
        for placement in self.model.documents.values():
            values += [_at(placement.document.value, route) for route in placement.removed if route[0] in fields]
        return frozenset(id_ for value in values for id_ in _ids(value))

    @cached_property
    def _named(self) -> frozenset[str]:
        values = [each.value for each in self._documents]
        for placement in self.model.documents.values():
            values += [_at(placement.document.value, route) for route in placement.removed]
        return frozenset(id_ for value in values for id_ in _ids(value))


def _at(value: object, route: Route) -> object:
    for step in route:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def _ids(value: object) -> Iterator[str]:
    """The ids in everything that looks like a reference, at any depth."""
    stack = [value]
    while stack:
        each = stack.pop()
        if isinstance(each, dict):
            stack += each.values()
        elif isinstance(each, list):
            stack += each
        elif text := written(each):
            name = text.partition("#")[0]
            if is_external(name):
                with suppress(ExternalNameError):
                    yield package_url(name).lower()
                continue
            id_ = text.partition("#")[0].rpartition("/")[2].rpartition(":")[2]
            if is_id(id_):
                yield id_.lower()
