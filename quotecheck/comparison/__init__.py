"""Compare two texts of words: alignment, edits, wording verdict, quantities."""
