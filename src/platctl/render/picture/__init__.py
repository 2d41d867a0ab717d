"""Charts, schedules and matrices: one file per chart and format."""
