"""Which files below the folder of platctl.yaml belong to the model."""

from platctl.model.language.path_pattern import covered
from platctl.record import record


@record
class ModelScope:
    """What `roots` names, without what `exclude` names; without `roots` everything. Paths are those in the model."""

    roots: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        """Whether a file belongs to the model."""
        return (not self.roots or covered(self.roots, path)) and not covered(self.exclude, path)
