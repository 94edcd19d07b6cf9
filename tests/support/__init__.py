"""What several test modules need: sample builders, stored parses, kept outputs."""
