"""Conversion of repository paths between bytes and text."""


def to_text(raw: bytes) -> str:
    """A path as text, independent of the locale; bytes that are not UTF-8 become surrogates."""
    return raw.decode("utf-8", "surrogateescape")


def to_raw(text: str) -> bytes:
    """The bytes of a path returned by `to_text`."""
    return text.encode("utf-8", "surrogateescape")
