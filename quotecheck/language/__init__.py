"""Word lists, each read by the stage that owns it."""
