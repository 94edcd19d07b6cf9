"""Sentences that nobody said: made up from parts, and in no document."""

from __future__ import annotations

import random
from typing import Final

__all__ = ["invented"]

_SUBJECTS: Final = (
    "The lantern guild of Ostermoor", "My grandfather’s clockmaker", "Every beekeeper here",
    "The widowed ferry pilot", "Our choir of retired dockers", "The town’s only cartographer",
    "A bakery with three ovens", "The warden of the salt museum", "Nobody at the kite factory",
    "The youngest of the bell founders", "Each glassworks apprentice", "The parrot at the inn",
)  # fmt: skip
_VERBS: Final = (
    "will repaint", "has forgotten", "keeps polishing", "once pawned", "ought to return",
    "refuses to tune", "photographed", "cannot stop counting", "buried", "inherited", "mislaid",
    "plans to auction",
)  # fmt: skip
_OBJECTS: Final = (
    "the brass weathercock", "eleven crates of quinces", "the mayor’s velvet umbrella",
    "a map of the frozen canals", "the organ in the drained swimming pool", "two stuffed herons",
    "the last sledge of the tram company", "a jar of lighthouse keys", "the rope bridge’s logbook",
    "four hundred pewter thimbles", "the orchard’s oldest ladder", "a violin without pegs",
)  # fmt: skip
_ADJUNCTS: Final = (
    "before the plum harvest", "in a drawer under the pulpit", "to settle a bet about marzipan",
    "whenever the fog horn sounds twice", "on the eve of the skating fair",
    "with a spoon borrowed from the sexton", "behind the shuttered pharmacy",
    "at the request of a travelling dentist", "between the two Lenten markets",
    "because the harmonium was damp", "to please the lock keepers", "under the viaduct",
)  # fmt: skip


def invented(rng: random.Random) -> str:
    """A sentence of odd particulars."""
    parts = (_SUBJECTS, _VERBS, _OBJECTS, _ADJUNCTS)
    return f"{' '.join(rng.choice(words) for words in parts)}."
