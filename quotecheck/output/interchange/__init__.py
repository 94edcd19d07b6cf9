"""Results in the formats of other programs, each with a schema or read back in the tests."""
