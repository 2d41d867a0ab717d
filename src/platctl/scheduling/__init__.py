"""Mathematics of work that knows no model: best orders, earliest ends, resampling."""
