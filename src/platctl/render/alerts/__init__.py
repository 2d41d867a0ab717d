"""What belongs to lines of files, as code hosts and other tools read it: one file a format."""
