"""The words before a quotation in its sentence, divided into pieces, and the quoted clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from quotecheck.comparison.words import fold
from quotecheck.language.clause_operators import (
    CONNECTIVES,
)

__all__ = ["LeadPiece", "core_of", "pieces_of", "prefix_size"]

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|--|[,—–:()]")


class LeadPiece(NamedTuple):
    """Words between two commas, dashes or brackets, with where they begin in the lead."""

    forms: tuple[str, ...]
    raw: tuple[str, ...]
    start: int
    mark: str


def pieces_of(lead: str) -> list[LeadPiece]:
    """The lead divided at its commas, dashes, colons and brackets."""
    pieces: list[LeadPiece] = []
    forms: list[str] = []
    raw: list[str] = []
    start = 0
    for match in _TOKEN.finditer(lead):
        token = match[0]
        if token[0].isalnum():
            if not forms:
                start = match.start()
            forms.append(fold(token))
            raw.append(token)
        elif forms:
            pieces.append(LeadPiece(tuple(forms), tuple(raw), start, token))
            forms, raw = [], []
        elif pieces and match[0] == ":":
            pieces[-1] = pieces[-1]._replace(mark=":")
    if forms:
        pieces.append(LeadPiece(tuple(forms), tuple(raw), start, ""))
    return pieces


def core_of(piece: LeadPiece) -> tuple[str, ...]:
    """The words of a piece without the connectives at its beginning."""
    k = 0
    while k < len(piece.forms) and piece.forms[k] in CONNECTIVES:
        k += 1
    return piece.forms[k:]


def prefix_size(forms: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> int:
    """How many words the longest of some phrases takes at the beginning; 0 for none."""
    return next((len(p) for p in phrases if tuple(forms[: len(p)]) == p), 0)
