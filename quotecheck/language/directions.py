"""Prepositions and particles of which one says the contrary of the other: into, out of.

They are few and closed classes, so that a table by direction holds them all: where a thing goes,
where it stands, whose side it is on, what it is for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["are_contrary"]

_DIRECTIONS: Final = (
    ("into|onto|to|toward|towards|inside", "out of|from|off|off of|away from|outside|outside of"),
    ("above|over|on top of|atop|on|upon|higher than", "below|under|beneath|underneath|lower than"),
    ("before|in front of|ahead of|prior to", "behind|after|following|in the rear of"),
    ("inside|within|in", "outside|outside of|out of|beyond|without"),
    ("for|in favor of|in favour of|in support of|pro", "against|in opposition to|opposed to"),
    ("with|including|together with|along with", "without|excluding|except|apart from|minus"),
    ("because of|thanks to|owing to|due to", "despite|in spite of|notwithstanding"),
    ("near|close to|next to|beside", "far from|away from"),
    ("up|upward|upwards", "down|downward|downwards"),
    ("more than|over|above|upward of|upwards of", "less than|fewer than|under|below"),
    ("at least|no less than|no fewer than", "at most|no more than|up to"),
    ("forward|forwards|ahead", "back|backward|backwards"),
    ("since|from", "until|till|up to"),
)
"""Prepositions and particles of one direction, and those of the contrary one."""
_CONTRARY: Final = frozenset(
    pair
    for forward, backward in _DIRECTIONS
    for first in forward.split("|")
    for second in backward.split("|")
    for pair in ((first, second), (second, first))
)
"""Pairs of phrases, both ways round."""
_LONGEST: Final = max(len(phrase.split()) for pair in _CONTRARY for phrase in pair)


def are_contrary(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two folded phrases are prepositions or particles of contrary directions.

    >>> are_contrary(["into"], ["out", "of"]), are_contrary(["above"], ["under"])
    (True, True)
    >>> are_contrary(["upon"], ["on"]), are_contrary(["into"], ["to"])
    (False, False)
    """
    if len(a) > _LONGEST or len(b) > _LONGEST:
        return False
    return (" ".join(a), " ".join(b)) in _CONTRARY
