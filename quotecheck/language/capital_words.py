"""English words that with a capital are another word: May and may, Polish and polish.

Left out are words that one style writes with a capital and another without (church, president,
catholic, labour), and names that a reader of small letters still knows for names (john, london).
"""

from __future__ import annotations

from typing import Final

__all__ = ["OTHER_WITH_CAPITAL"]

OTHER_WITH_CAPITAL: Final = frozenset(
    "may march august lent polish turkey china pole poles java chile nice bath reading cork mobile "
    "limerick cologne jersey guinea swede swedes hamlet job mark frank rob sue bob drew pat "
    "dawn miles heather basil mercury mars polo".split()
)
"""Folded words of which a capital, within a sentence, makes another word."""
