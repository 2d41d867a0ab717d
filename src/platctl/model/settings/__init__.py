"""What platctl.yaml says, one file a part of it."""
