"""What all commands share: options, formats, output, selection, and error messages."""
