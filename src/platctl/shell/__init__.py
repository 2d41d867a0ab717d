"""What all commands share: options, formats, output, selection, and what is said when a call can't be answered."""
