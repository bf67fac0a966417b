"""The shapes of what goes in and out, one file a subject."""
