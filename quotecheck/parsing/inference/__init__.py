"""Stanza's networks run for inference alone, over padded batches."""
