"""What can't be rendered."""


class RenderError(Exception):
    """A format that can't be had, or a template that is wrong, and what to do about it; the CLI exits 2."""

    def __init__(self, message: str, help: str = "") -> None:  # noqa: A002
        super().__init__(message)
        self.message = message
        self.help = help


def missing_extra(what: str, extra: str) -> RenderError:
    """What needs a library that comes with an extra of the package."""
    return RenderError(f"{what} needs an optional dependency", f"install it with `pip install 'platctl[{extra}]'`")
