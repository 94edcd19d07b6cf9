"""Which words are said (content), by what expression (cue), by whom as written (source)."""
