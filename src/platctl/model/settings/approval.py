"""Which approvals satisfy the policies."""

from enum import StrEnum

from platctl.model.part import Field, Part


class Trust(StrEnum):
    """Where an approval has to be so that it counts: in the base, or in any file of the change."""

    BASE = "base"
    FILE = "file"


class ApprovalSettings(Part):
    """Which approvals in files count. Approving reviews on the code host count in either case."""

    trust: Trust = Field(
        Trust.BASE,
        description="base: approvals that the base already has. "
        "file: also those that the change itself brings, for teams in which everyone who can push is trusted.",
    )
