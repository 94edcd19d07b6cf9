"""How it was said: negation, tense, modality, addressee, time, place, relay chain."""
