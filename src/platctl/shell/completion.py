"""What a shell offers where an entity can be typed."""

from pathlib import Path


def references(directory: str | Path | None, kinds: tuple[str, ...], incomplete: str) -> list[str]:
    """The ids of the model in `directory`; as `KIND:ID` once a colon is typed.

    Nothing where the model can't be read: a shell has no place for an error.
    """
    from platctl.source.errors import SourceError
    from platctl.workspace.workspace import open_workspace

    try:
        workspace = open_workspace(Path(directory or ""))
        model = workspace.model(workspace.source.working_tree(), may_be_empty=True)
    except (SourceError, OSError):
        return []
    refs = [ref for ref in model.entities if not kinds or ref.kind in kinds]
    names = {str(ref) if ":" in incomplete else ref.name for ref in refs}
    return sorted(name for name in names if name.startswith(incomplete))
