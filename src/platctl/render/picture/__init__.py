"""Charts, schedules and matrices: one file for what is drawn and with what."""
