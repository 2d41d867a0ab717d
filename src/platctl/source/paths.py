"""Paths of a repository as bytes and as text."""


def to_text(raw: bytes) -> str:
    """A path as text, whatever the locale; bytes that are not UTF-8 become surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def to_raw(text: str) -> bytes:
    """The bytes of a path that `to_text` gave."""
    return text.encode("utf-8", "surrogateescape")
