"""Who is who in a library: look-up, name matching, merge, split, identify, suggest, undo."""
