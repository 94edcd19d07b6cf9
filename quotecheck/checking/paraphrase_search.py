"""Find the same statement in other words, where the words of a quotation are not to be found.

What it finds is a candidate for people to read, never a faithful quotation. What to call it is
decided in `quotecheck.checking.verdict`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from quotecheck.checking.evidence import NearPlace, ParaphraseEvidence
from quotecheck.comparison.quantity_parsing import is_number_form
from quotecheck.library.places import document_facts, has_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotecheck.checking.sentence_index import FoundSentence, NearSentence
    from quotecheck.library.library import Library
    from quotecheck.paraphrase.alignment import Alignment
    from quotecheck.paraphrase.contradictions import Contradiction
    from quotecheck.paraphrase.encoder import SentenceEncoder, States
    from quotecheck.paraphrase.features import Nearness
    from quotecheck.paraphrase.ranking import Ranking
    from quotecheck.paraphrase.statements import Statement

__all__ = ["Candidates", "Hit", "SemanticIndex", "SemanticSearch", "semantic_search"]

_FEWEST: Final = 4
"""Words of a quotation that has a meaning of its own to look for."""
_WITHOUT_SPACES: Final = "\u0e00"
"""Thai, Chinese, Japanese and Korean letters come from here on; two of them count as a word."""
_VOTED: Final = 24
"""Passages that share rare words with the quotation, whose sentences compete as well."""
_BEYOND: Final = 99
"""The place in the order of cosines of a sentence that is there for its words alone."""
_COMPARED: Final = 20
"""Candidates that are compared word by word, those that lead by cosine and shared words: of 126
right ones that led in the end 125 are among them, and among the first 48 as many."""
_COMPARED_OF_CLAIMED: Final = 8
"""Those of the claimed speaker that are compared in any case."""
_SHARED: Final = 0.5
"""What the share of the words that a candidate has in some form, 0..1, counts beside its cosine
(see above; without it 92 of 100 that lead are among them, with it 95)."""
_KEPT: Final = 1024
"""Sentences that are kept as they were read, about 10 kB each."""
_STRANGE: Final = 0.3
"""The likeness below which no word of a sentence stands for one of the quotation's."""
_TELLING: Final = 4.0
"""The weight from which on a word is named as one that has no counterpart."""
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
    """A sentence with the numbers that it is weighed by, and what they come to.

    ``statement`` is the sentence as it is compared, ``laid`` the quotation aligned with it.
    ``numbers`` are those of `quotecheck.paraphrase.ranking.READ_FEATURES`, or of the wording alone
    where it was not read piece by piece; ``words`` says where it was which words stand for one
    another (`quotecheck.paraphrase.context.words_in_context`).
    """

    sentence: FoundSentence
    statement: Statement
    laid: Alignment
    numbers: list[float]
    score: float = 0.0
    words: Any = None


class Candidates:
    """A quotation with the sentences that may say the same, in no order.

    Args:
        encoder: reads sentences piece by piece.
        read: makes a statement of a text.
        quote: the quotation.
        states: of its pieces.
        found: the sentences.
    """

    def __init__(
        self,
        encoder: SentenceEncoder,
        read: Callable[[str], Statement],
        quote: str,
        states: States,
        near_sentences: Sequence[NearSentence],
    ) -> None:
        self._encoder = encoder
        self._read = read
        self._states = states
        self.quote = read(quote)
        every = list(zip(near_sentences, _known(near_sentences), strict=True))
        self.hits = [self._hit(near, known) for near, known in self._foremost(every)]

    def _foremost(
        self, every: Sequence[tuple[NearSentence, Nearness]]
    ) -> list[tuple[NearSentence, Nearness]]:
        """The candidates that are worth comparing word by word, in the order given."""
        from quotecheck.paraphrase.statements import shared_weight

        def worth(n: int) -> float:
            near, known = every[n]
            cosines = [c for c in (near.clause, known.multilingual) if not math.isnan(c)]
            shared = shared_weight(self.quote, near.sentence.text)
            return sum(cosines) / len(cosines) + _SHARED * shared

        order = sorted(range(len(every)), key=worth, reverse=True)
        of_claimed = [n for n in order if every[n][0].sentence.claimed_speaker_matches]
        compared = {*order[:_COMPARED], *of_claimed[:_COMPARED_OF_CLAIMED]}
        return [every[n] for n in sorted(compared)]

    def _hit(self, near: NearSentence, known: Nearness) -> Hit:
        from quotecheck.paraphrase.alignment import align_statements
        from quotecheck.paraphrase.features import wording_numbers

        statement = self._read(near.sentence.text)
        alignment = align_statements(self.quote, statement)
        return Hit(
            near.sentence,
            statement,
            alignment,
            wording_numbers(self.quote, statement, alignment, known),
        )

    def pieces(self, hits: Sequence[Hit]) -> list[tuple[list[float], Any]]:
        """The numbers of each sentence that is read piece by piece, and its words in context.

        The numbers are in the order of `STATE_FEATURES`. Sentences are read together: the encoder's
        weights are fetched once.
        """
        every = self._encoder.states([hit.sentence.text for hit in hits])
        return [self._pieces(hit, states) for hit, states in zip(hits, every, strict=True)]

    def _pieces(self, hit: Hit, states: States) -> tuple[list[float], Any]:
        from quotecheck.paraphrase.context import words_in_context
        from quotecheck.paraphrase.features import state_numbers

        own_states, sentence = self._states, hit.statement
        likeness = (own_states.middle @ states.middle.T, own_states.last @ states.last.T)
        gram = (own_states.last @ own_states.last.T, states.last @ states.last.T)
        starts = (own_states.starts, states.starts)
        words = words_in_context(self.quote, sentence, hit.laid, *starts, likeness)
        return state_numbers(self.quote, sentence, *starts, likeness, gram), words

    def clashes(self, hit: Hit) -> tuple[Contradiction, ...]:
        """What contradicts that a sentence says the same."""
        from quotecheck.paraphrase.contradictions import contradictions

        around = self._read(hit.sentence.passage)
        return contradictions(self.quote, hit.statement, hit.laid, around, hit.words)

    def ordered(self, rank: Ranking) -> list[Hit]:
        """The sentences, the likeliest first; the first few were read piece by piece."""
        from quotecheck.paraphrase.ranking import REACH

        hits = [hit._replace(score=rank.by_wording(hit.numbers)) for hit in self.hits]
        hits.sort(key=lambda hit: -hit.score)
        leading: list[Hit] = []
        first = hits[: rank.read]
        near = [hit for hit in first if hit.score >= first[0].score - REACH]
        for hit, (numbers, words) in zip(near, self.pieces(near), strict=True):
            rest = max((h.score for h in first if h is not hit), default=hit.score)
            numbers = [*hit.numbers, *numbers, hit.score, hit.score - rest]
            leading.append(hit._replace(numbers=numbers, words=words))
        scores = rank.by_pieces([hit.numbers for hit in leading])
        leading = [hit._replace(score=s) for hit, s in zip(leading, scores, strict=True)]
        leading.sort(key=lambda hit: -hit.score)
        return [*leading, *hits[len(near) :]]


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
        self.excluded_documents: frozenset[int] = frozenset()
        """Rows of documents that are not looked into."""

    def __call__(
        self, quote: str, speaker: str | None, places: Sequence[tuple[int, int, int]] = ()
    ) -> ParaphraseEvidence | None:
        """The nearest sentence, or None when nothing comes near.

        Args:
            quote: the quotation.
            speaker: who is said to have said it; None when that is not asked.
            places: document (row number), start and end of places that compete in any case.
        """
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

        self._index.leave_out(self.excluded_documents)
        sentences = self._index.sentences
        abroad = nearest_translation(sentences, quote, speaker)
        # What weighs sentences of one language knows English alone.
        in_english = not sentences.is_multilingual or quoted_language(quote) == ENGLISH
        evidence = self._index.nearest(quote, speaker, places) if in_english else None
        if abroad is not None:
            evidence = likelier(evidence, abroad, self._library.db.conn)
        return with_origin(evidence, self._library.db.conn) if evidence is not None else None


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
        # The quotations of one article come from the same few speeches.
        self._read = lru_cache(maxsize=_KEPT)(self._read_anew)

    def leave_out(self, documents: frozenset[int]) -> None:
        """Do not look into these documents, given by their row numbers."""
        self.sentences.excluded_documents = documents

    def nearest(
        self, quote: str, speaker: str | None, places: Sequence[tuple[int, int, int]] = ()
    ) -> ParaphraseEvidence | None:
        """The sentence that comes nearest in meaning, with what speaks against it."""
        from quotecheck.paraphrase.features import least_clause
        from quotecheck.paraphrase.ranking import LEAD, chance_numbers, lacks_a_like, ranking

        candidates, rank = self.candidates(quote, speaker, places), ranking()
        hits = candidates.ordered(rank)
        if not hits:
            return None
        best = hits[0]
        sentence = best.sentence
        rivals = [hit for hit in hits[1:] if hit.words is not None]
        lead = best.score - rivals[0].score if rivals else LEAD
        differences = candidates.clashes(best)
        least = least_clause(candidates.quote, best.laid)
        chance = rank.probability(
            chance_numbers(best.numbers, best.score, lead, differences, least)
        )
        if chance < rank.shown_from:
            return None
        evidence = sentence.evidence(
            self._db,
            likeness=best.numbers[0],
            chance=chance,
            is_likely=chance >= rank.likely_from and not lacks_a_like(best.numbers),
        )
        return replace(
            evidence,
            differences=differences,
            unmatched=_unmatched(candidates.quote, best.laid),
            next_nearest=tuple(
                NearPlace(self.key(near.document), near.start, near.end, near.text)
                for near in (hit.sentence for hit in hits[1:_SHOWN])
            ),
        )

    def candidates(
        self, quote: str, speaker: str | None, places: Sequence[tuple[int, int, int]] = ()
    ) -> Candidates:
        """The sentences that may say what a quotation says; see `SemanticSearch`."""
        from quotecheck.library.passage_index import search_terms

        ((vector, states),) = self._encoder.read([quote])
        passages = self._words.candidates_by_terms([search_terms(quote)], limit=_VOTED)
        near = self.sentences.near(vector, speaker, quote=quote, places=places, passages=passages)
        return Candidates(self._encoder, self._read, quote, states, near)

    def key(self, document: int) -> str:
        """The id of the document with this row number."""
        return document_facts(self._db, document).key

    def _read_anew(self, text: str) -> Statement:
        from quotecheck.paraphrase.statements import read_statement
        from quotecheck.paraphrase.static_vectors import load_word_vectors

        return read_statement(text, self._words.weight, load_word_vectors())


def _known(near_sentences: Sequence[NearSentence]) -> list[Nearness]:
    """What the search knows of each candidate beside the others."""
    from quotecheck.paraphrase.features import Nearness

    second = [
        math.nan if near.multilingual is None else near.multilingual for near in near_sentences
    ]
    best = max((near.cosine for near in near_sentences), default=0.0)
    best_clause = max((near.clause for near in near_sentences), default=0.0)
    best_second = max((cosine for cosine in second if not math.isnan(cosine)), default=math.nan)
    return [
        Nearness(
            near.cosine,
            near.around,
            best,
            _BEYOND if near.rank is None else near.rank,
            near.sentence.claimed_speaker_matches,
            near.clause,
            best_clause,
            cosine,
            best_second,
        )
        for near, cosine in zip(near_sentences, second, strict=True)
    ]


def _unmatched(quote: Statement, alignment: Alignment) -> tuple[str, ...]:
    """Words of a quotation that tell something and that no word of the sentence stands for."""
    return tuple(
        quote.text[at : at + len(form)]
        for form, weight, likeness, at in zip(
            quote.content,
            quote.weights.tolist(),
            alignment.wholly.tolist(),
            (quote.starts[n] for n in quote.places),
            strict=True,
        )
        if likeness < _STRANGE and weight >= _TELLING and not is_number_form(form)
    )
