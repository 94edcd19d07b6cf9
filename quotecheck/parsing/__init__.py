"""Text to tokens, tags, entities and trees, by Stanza. Torch lives here and in `tagging`."""
