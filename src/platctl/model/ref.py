"""References to entities: `[kind:][namespace/]id`, compared in lower case."""

import re
from typing import NamedTuple

from platctl.model.external import ExternalNameError, is_external, package_url

DEFAULT_NAMESPACE = "default"
EXTERNAL = "pkg:"
"""The namespace of external names; no other can have a colon."""
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9._-]{0,62}"
_ID = re.compile(ID_PATTERN)
ID_HELP = "1 to 63 letters, digits, `.`, `_` or `-`, starting with a letter or digit"


class Ref(NamedTuple):
    """The identity of an entity, in lower case."""

    kind: str
    namespace: str
    id: str

    @property
    def name(self) -> str:
        """The reference without its kind: `identity`, `media/identity`, or `pkg:npm/identity`."""
        if self.namespace == EXTERNAL:
            return f"{EXTERNAL}{self.id}"
        return self.id if self.namespace == DEFAULT_NAMESPACE else f"{self.namespace}/{self.id}"

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


class InterfaceRef(NamedTuple):
    """A component, or one interface of it: `identity#rest`."""

    component: Ref
    interface: str | None = None

    @property
    def name(self) -> str:
        return f"{self.component.name}#{self.interface}" if self.interface else self.component.name

    def __str__(self) -> str:
        return self.name


class RefError(ValueError):
    """A text that does not follow the grammar of references."""


def is_id(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.fullmatch(text) is not None


def a_kind(kind: str) -> str:
    """`a team`, `an initiative`."""
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"


def parse_ref(text: str, kind: str, namespace: str = DEFAULT_NAMESPACE) -> Ref:
    """Parse a reference; `kind` and `namespace` are the defaults for omitted parts.

    The grammar is Backstage's: a colon is a separator only before the first slash. What begins with `pkg:` or an
    ecosystem is an external name.
    """
    if is_external(text):
        return _external(text, kind)
    slash = text.find("/")
    head, colon, rest = text.partition(":")
    if colon and (slash == -1 or len(head) < slash):
        if not head:
            raise RefError("the kind before the colon is missing")
        kind, text = head, rest
        if is_external(text):
            return _external(text, kind)
    space, has_space, rest = text.partition("/")
    if has_space:
        namespace, text = space, rest
    for part in (kind, namespace, text):
        if not is_id(part):
            raise RefError(f"`{part}` can't be part of a reference" if part else "one of its parts is empty")
    return Ref(kind.lower(), namespace.lower(), text.lower())


def _external(text: str, kind: str) -> Ref:
    try:
        return Ref(kind.lower(), EXTERNAL, package_url(text).lower())
    except ExternalNameError as error:
        raise RefError(str(error)) from None


def parse_interface_ref(text: str, namespace: str = DEFAULT_NAMESPACE) -> InterfaceRef:
    """Parse `component` or `component#interface`."""
    component, has_interface, interface = text.partition("#")
    if has_interface and not is_id(interface):
        raise RefError(f"`{interface}` is not a valid interface id")
    return InterfaceRef(parse_ref(component, "component", namespace), interface.lower() or None)
