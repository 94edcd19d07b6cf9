"""Prose made from word lists, the same for the same seed."""

from __future__ import annotations

import random

NOUNS = [
    *("harbour", "tide", "pilot", "rope", "anchor", "lamp", "signal", "fog", "ledger", "crane"),
    *("barrel", "sail", "keel", "gull", "winter", "letter", "council", "bridge", "market"),
    *("engine", "whistle", "ticket", "garden", "mill", "ferry", "gate", "lock", "wall", "dam"),
]
COMMON = ["the", "of", "and", "a", "to", "in"]


VERBS = ["holds", "keeps", "mends", "sees", "finds", "leaves", "counts", "turns", "guards", "sells"]


ODD = [
    "quince",
    "tamarind",
    "obsidian",
    "marmot",
    "cobalt",
    "juniper",
    "saffron",
    "walnut",
    "basalt",
]


def prose(seed: int, sentences: int = 60) -> str:
    """Sentences with words of their own, so that each is to be found."""
    rng = random.Random(seed)
    told = []
    for number in range(sentences):
        words = [
            "The", rng.choice(NOUNS), rng.choice(VERBS), rng.choice(COMMON), rng.choice(ODD),
            rng.choice(NOUNS), "and", "the", f"{rng.choice(ODD)}{rng.choice(NOUNS)}",
            rng.choice(VERBS), "the", rng.choice(NOUNS), "near", f"pier{seed}x{number}", "again",
        ]  # fmt: skip
        told.append(" ".join(words) + ".")
    return " ".join(told)
