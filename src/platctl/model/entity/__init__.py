"""What people write: one file a kind."""
