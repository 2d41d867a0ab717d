"""How findings look on a page."""

from platctl.finding import Severity
from platctl.page import Run, Tone, line

INCOMPLETE = line(Run("The picture is incomplete: some of it could not be read.", Tone.WARN))


TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN, Severity.INFO: Tone.NOTE}
