"""Results as pages that need no script and no network."""
