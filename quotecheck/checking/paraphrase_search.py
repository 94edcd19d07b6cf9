"""Find the same statement in other words, where the words of a quotation are not to be found.

What it finds is a candidate for people to read, never a faithful quotation. What to call it is
decided in `quotecheck.checking.verdict`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from quotecheck.checking.evidence import ParaphraseEvidence
from quotecheck.comparison.context import squeeze
from quotecheck.library.places import document_facts
from quotecheck.library.vectors import has_vectors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.checking.sentence_index import FoundSentence, NearSentence
    from quotecheck.library.library import Library
    from quotecheck.paraphrase.encoder import SentenceEncoder, States

__all__ = ["Hit", "SemanticIndex", "SemanticSearch", "semantic_search"]

_FEWEST: Final = 4
"""Words of a quotation that has a meaning of its own to look for."""
_WITHOUT_SPACES: Final = "\u0e00"
"""Thai, Chinese, Japanese and Korean letters come from here on; two of them count as a word."""
_SHOWN: Final = 3
"""Candidates that are named where the first is not surely the statement."""


def semantic_search(library: Library) -> SemanticSearch | None:
    """The search for other words in a library, None where it has no vectors.

    Nothing is loaded before it is first asked.
    """
    return SemanticSearch(library) if has_vectors(library.db.conn) else None


def _is_too_short(quote: str) -> bool:
    """Whether a quotation has too little meaning of its own; some scripts have no spaces."""
    without_spaces = sum(letter >= _WITHOUT_SPACES for letter in quote)
    return len(quote.split()) < _FEWEST and without_spaces < 2 * _FEWEST


class Hit(NamedTuple):
    """A sentence with the numbers that it is weighed by, and what they come to."""

    sentence: FoundSentence
    numbers: tuple[float, ...]
    score: float


class SemanticSearch:
    """Searches one library; called with a quotation and its claimed speaker.

    Args:
        library: an open library with vectors. What is added to it later goes unseen.
        encoder: the one that ships unless given.
    """

    def __init__(self, library: Library, *, encoder: SentenceEncoder | None = None) -> None:
        self._library = library
        self._encoder = encoder
        self._index: SemanticIndex | None = None
        self.without: frozenset[int] = frozenset()
        """Rows of documents that are not looked into."""

    def __call__(self, quote: str, speaker: str | None) -> ParaphraseEvidence | None:
        """The nearest sentence, or None when nothing comes near."""
        if self._index is None:
            self._index = SemanticIndex(self._library, self._encoder)
        if _is_too_short(quote) or not self._index.usable:
            return None
        from quotecheck.checking.translation_search import (
            likelier,
            nearest_translation,
            quoted_language,
            with_origin,
        )
        from quotecheck.paraphrase.languages import ENGLISH

        self._index.leave_out(self.without)
        sentences = self._index.sentences
        abroad = nearest_translation(sentences, quote, speaker)
        # What weighs sentences of one language knows English alone.
        in_english = not sentences.is_multilingual or quoted_language(quote) == ENGLISH
        found = self._index.nearest(quote, speaker) if in_english else None
        if abroad is not None:
            found = likelier(found, abroad, self._library.db.conn)
        return with_origin(found, self._library.db.conn) if found is not None else None


class SemanticIndex:
    """The sentences of a library, and what candidates are weighed with."""

    def __init__(self, library: Library, encoder: SentenceEncoder | None) -> None:
        from quotecheck.checking.sentence_index import SentenceIndex
        from quotecheck.library.passage_index import CandidateIndex

        self._db = library.db.conn
        self.sentences = SentenceIndex(library, encoder)
        self._encoder = self.sentences.encoder
        self._words = CandidateIndex(self._db)
        self.usable = bool(len(self.sentences))

    def leave_out(self, documents: frozenset[int]) -> None:
        """Do not look into these documents, given by their row numbers."""
        self.sentences.without = documents

    def nearest(self, quote: str, speaker: str | None) -> ParaphraseEvidence | None:
        """The sentence that comes nearest in meaning, with what speaks against it."""
        from quotecheck.paraphrase.contradictions import clashes, statement
        from quotecheck.paraphrase.ranking import FEATURES, LEAD, ranking

        hits = self.hits(quote, speaker)
        if not hits:
            return None
        rank = ranking()
        best = hits[0]
        there = best.sentence
        lead = best.score - hits[1].score if len(hits) > 1 else LEAD
        chance = rank.probability(best.numbers, lead)
        if chance < rank.shown:
            return None
        facts = document_facts(self._db, there.document)
        return ParaphraseEvidence(
            document=facts.key,
            title=facts.title,
            date=facts.date,
            start=there.start,
            end=there.end,
            text=there.text,
            passage=squeeze(there.passage),
            speaker=there.speaker,
            likeness=best.numbers[FEATURES.index("cosine")],
            chance=chance,
            is_likely=chance >= rank.told,
            differences=tuple(
                clashes(statement(quote), statement(there.text), statement(there.passage))
            ),
            spoken_by_claimed=there.said,
            next_nearest=tuple(
                (self.key(hit.sentence.document), hit.sentence.text) for hit in hits[1:_SHOWN]
            ),
        )

    def hits(self, quote: str, speaker: str | None) -> list[Hit]:
        """Candidates, the likeliest first."""
        ((vector, states),) = self._encoder.read([quote])
        return self._weighed(quote, states, self.sentences.near(vector, speaker, quote=quote))

    def key(self, document: int) -> str:
        """The id of the document with this row number."""
        return document_facts(self._db, document).key

    def _weighed(self, quote: str, mine: States, found: Sequence[NearSentence]) -> list[Hit]:
        """Candidates weighed by `quotecheck.paraphrase.ranking`, the likeliest first."""
        from quotecheck.paraphrase.ranking import Candidate, features, ranking, read

        weight, rank = self._words.weight, ranking()
        states = self._encoder.states([near.sentence.text for near in found])
        reading = read(quote, mine, weight)
        hits: list[Hit] = []
        for (sentence, cosine, around, *_), state in zip(found, states, strict=True):
            there = read(sentence.text, state, weight)
            candidate = Candidate(there, cosine, around, sentence.said)
            numbers = features(reading, candidate)
            hits.append(Hit(sentence, numbers, rank.score(numbers)))
        hits.sort(key=lambda hit: -hit.score)
        return hits
