"""What can't be rendered."""


class RenderError(Exception):
    """A format that is not available, or an invalid template, and what to do about it; the CLI exits 2."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help


def missing_extra(what: str, extra: str) -> RenderError:
    """The error for a feature that needs a library from an extra of the package."""
    return RenderError(f"{what} needs an optional dependency", f"install it with `pip install 'platctl[{extra}]'`")
