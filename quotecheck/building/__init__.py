"""Sources into a library: read, attribute, store, link near copies, embed."""
