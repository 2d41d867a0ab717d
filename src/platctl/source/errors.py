"""The error that stops a run because its input can't be read."""


class SourceError(Exception):
    """An input that can't be read, and what to do about it; the CLI prints both and exits with 2."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help
