"""What stops a run before anything could be read."""


class SourceError(Exception):
    """A source that can't be read at all, and what to do about it; the CLI prints both and exits 2."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help
