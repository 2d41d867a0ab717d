"""Mathematics of what waits for what, which knows no model: best orders, earliest ends, resampling, circles."""
