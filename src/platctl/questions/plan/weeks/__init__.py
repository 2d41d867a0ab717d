"""`platctl plan --granularity week`: the work of a plan in weeks."""
