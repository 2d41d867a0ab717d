"""The typed answers, one module per question; complete, and the same for every output format."""
