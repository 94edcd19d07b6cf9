"""Tags sources, cues and contents in a text, and ties them together (a net, no rules)."""
