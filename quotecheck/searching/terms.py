"""The words of a search: taken from what somebody typed, and found again in a text.

Nothing that is typed is search syntax but double quotes, which keep a phrase together.
"""

from __future__ import annotations

import re
from typing import Final

from quotecheck.errors import InputError
from quotecheck.language.folding import without_accents
from quotecheck.language.quotation_characters import DOUBLE, GUILLEMETS
from quotecheck.library.passage_index import search_terms
from quotecheck.library.storable import storable
from quotecheck.records.text import Span

__all__ = ["SearchWords"]

_LONGEST: Final = 1000  # code points of a search: whatever is longer was pasted by mistake
_MARKS = str.maketrans(dict.fromkeys(DOUBLE + GUILLEMETS, '"'))
_BITS = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORD = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_TERM = re.compile(r"[^\W_]+")
_ODD: Final = "\uffff"


class _Folded(dict[int, str]):
    """Each letter without case and accents, as `search_terms` folds it, where that is one letter.

    Others are `_ODD`. The two small sigmas, whose choice depends on their neighbours, are one.
    """

    def __missing__(self, code: int) -> str:
        plain = without_accents(chr(code), ligatures=True).lower()
        self[code] = _one_sigma(plain) if len(plain) == 1 else _ODD
        return self[code]


_FOLDED = _Folded()


def _one_sigma(term: str) -> str:
    return term.replace("ς", "σ")


class SearchWords:
    """Words and phrases that must all be there.

    Args:
        words: as they were typed.

    Attributes:
        query: the same for SQLite's full-text search.

    Raises:
        InputError: there is no word among them, or far too many.
    """

    def __init__(self, words: str) -> None:
        if len(words) > _LONGEST:
            raise InputError(
                f"the search is longer than {_LONGEST} characters",
                remedy="Search for a few words. To find the source of a quotation, use check.",
            )
        plain = (storable(words) or "").translate(_MARKS)
        bits = []
        self._phrases: list[list[str]] = []  # terms
        for phrase, word in _BITS.findall(plain):
            terms = [_one_sigma(term) for term in search_terms(phrase or word)]
            if terms:
                # Within quotes nothing is syntax but a quote, and neither pattern takes one in.
                bits.append(f'"{phrase or word}"')
                self._phrases.append(terms)
        if not bits:
            raise InputError(
                "there is no word to look for", remedy='Such as: quotecheck search "dam village"'
            )
        self.query = " ".join(bits)
        self._wanted = {term for phrase in self._phrases for term in phrase}

    def places(self, text: str) -> list[Span]:
        """Where the words stand in a text; nothing unless all of them do."""
        folded = text.lower() if text.isascii() else text.translate(_FOLDED)
        if _ODD in folded:
            terms = [
                (_one_sigma(term), starts.start(), starts.end())
                for starts in _WORD.finditer(text)
                for term in search_terms(starts[0])
            ]
        elif all(term in folded for term in self._wanted):
            terms = [(starts[0], *starts.span()) for starts in _TERM.finditer(folded)]
        else:
            return []
        at: dict[str, list[int]] = {term: [] for term in self._wanted}
        for index, (term, _, _) in enumerate(terms):
            if term in at:
                at[term].append(index)
        spans: set[Span] = set()
        for phrase in self._phrases:
            starts = [
                index
                for index in at[phrase[0]]
                if len(phrase) == 1
                or [term for term, _, _ in terms[index : index + len(phrase)]] == phrase
            ]
            if not starts:
                return []
            spans.update(
                Span(terms[index][1], terms[index + len(phrase) - 1][2]) for index in starts
            )
        return sorted(spans)
