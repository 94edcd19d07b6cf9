"""One parsed sentence as an index: tree, phrases, the clause of a cue. No torch."""
