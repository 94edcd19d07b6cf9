"""How letters are misread by machines."""

from __future__ import annotations

from typing import Final

__all__ = ["MISREADINGS"]

MISREADINGS: Final[tuple[tuple[str, str], ...]] = tuple(
    pair
    for a, b in (
        ("e", "c"), ("a", "u"), ("a", "o"), ("h", "b"), ("o", "0"), ("l", "1"), ("i", "1"),
        ("l", "i"), ("s", "5"), ("b", "8"), ("b", "6"), ("g", "9"), ("g", "q"), ("z", "2"),
        ("m", "rn"), ("n", "ri"), ("w", "vv"), ("d", "cl"), ("h", "li"), ("u", "ii"), ("n", "u"),
        ("f", "s"), ("t", "f"), ("t", "l"), ("t", "i"), ("ti", "fi"), ("y", "v"), ("h", "n"),
        ("k", "lc"), ("in", "m"), ("ni", "m"), ("c", "o"), ("e", "o"), ("ll", "u"), ("fi", "n"),
        ("r", "n"), ("li", "n"), ("i", "j"), ("t", "r"), ("b", "lb"), ("p", "jp"), ("o", "c"),
    )
    for pair in ((a, b), (b, a))
)  # fmt: skip
"""Pairs (letters in the source, letters in the copy)."""
