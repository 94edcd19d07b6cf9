"""Find the same statement in other words, where the words of a quotation are not to be found.

What it finds is a candidate for people to read, never a faithful quotation. What to call it is
decided in `quotecheck.checking.verdict`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from quotecheck.checking.evidence import ParaphraseEvidence
from quotecheck.comparison.context import squeeze
from quotecheck.library.places import document_facts, passage_row
from quotecheck.library.utterances import passages_with_speaker
from quotecheck.library.vectors import has_vectors
from quotecheck.paraphrase.sentences import units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.library.library import Library
    from quotecheck.paraphrase.encoder import SentenceEncoder

__all__ = ["FoundSentence", "Hit", "SemanticIndex", "SemanticSearch", "semantic_search"]

_NEAREST: Final = 2000
"""Sentences whose signs agree best: with them the nearest twenty are there 99 times in 100."""
_WEIGHED: Final = 48
"""Sentences that are read piece by piece; as many again of the claimed speaker."""
_AROUND: Final = 0.2
"""How much the passage counts beside the sentence before that."""
_FEWEST: Final = 4
"""Words of a quotation that has a meaning of its own to look for."""
_NAMES: Final = 50
_SHOWN: Final = 3
"""Candidates that are named where the first is not surely the statement."""


def semantic_search(library: Library) -> SemanticSearch | None:
    """The search for other words in a library, None where it has no vectors.

    Nothing is loaded before it is first asked.
    """
    return SemanticSearch(library) if has_vectors(library.db.conn) else None


class FoundSentence(NamedTuple):
    """A sentence of the library: its place, its words, the passage it stands in, who says it.

    ``said`` tells whether the claimed speaker does: None when unsure or when nobody is claimed.
    """

    document: int
    start: int
    end: int
    text: str
    passage: str
    speaker: str | None
    said: bool | None


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
        if len(quote.split()) < _FEWEST or not self._index.usable:
            return None
        self._index.without = self.without
        return self._index.nearest(quote, speaker)


class SemanticIndex:
    """The signs of all sentences, and all that candidates are weighed with."""

    def __init__(self, library: Library, encoder: SentenceEncoder | None) -> None:
        import numpy as np

        from quotecheck.checking.utterance_speaker import UtteranceSpeakers
        from quotecheck.library.passage_index import CandidateIndex
        from quotecheck.library.vectors import read_blocks
        from quotecheck.paraphrase.encoder import load_encoder

        self._db = library.db.conn
        self._encoder = encoder or load_encoder()
        self._words = CandidateIndex(self._db)
        self._utterances = UtteranceSpeakers(self._db)
        self._own: dict[str, Any] = {}
        self.without: frozenset[int] = frozenset()
        blocks = list(read_blocks(library, self._encoder.signature))
        self.usable = bool(blocks)
        if blocks:
            self._ids = [block.id for block in blocks]
            self._ends = np.cumsum([len(block.places) for block in blocks])
            self._places = np.concatenate([block.places for block in blocks])
            self._signs = np.ascontiguousarray(np.concatenate([b.signs for b in blocks]).T)

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
        import numpy as np

        from quotecheck.paraphrase.vector_codes import nearest_signs, signs_of

        vector = self._encoder.encode([quote])[0]
        signs = signs_of(vector[None])[0]
        rows = self._nearest(nearest_signs(self._signs, signs, _NEAREST), vector)
        if speaker is not None:
            own = self._rows_of(speaker)
            own = own[nearest_signs(self._signs[:, own], signs, _NEAREST // 2)]
            rows = np.union1d(rows, self._nearest(own, vector))
        cosines = self._vectors(rows) @ vector
        around = self._around(rows, vector)
        found: list[tuple[FoundSentence, float, float]] = []
        mine = 0
        for seen, n in enumerate(np.argsort(-(cosines + _AROUND * around)).tolist()):
            if seen >= _WEIGHED and (speaker is None or mine >= _WEIGHED):
                break
            sentence = self._sentence(int(rows[n]), speaker)
            if sentence is not None and (seen < _WEIGHED or sentence.said):
                mine += bool(sentence.said)
                found.append((sentence, float(cosines[n]), float(around[n])))
        return self._weighed(quote, found)

    def _nearest(self, rows: Any, vector: Any) -> Any:
        """Of some rows those whose vectors lie nearest."""
        return rows[(-(self._vectors(rows) @ vector)).argsort()[: 4 * _WEIGHED]]

    def key(self, document: int) -> str:
        """The id of the document with this row number."""
        return document_facts(self._db, document).key

    def _weighed(
        self, quote: str, found: Sequence[tuple[FoundSentence, float, float]]
    ) -> list[Hit]:
        """Candidates weighed by `quotecheck.paraphrase.ranking`, the likeliest first."""
        from quotecheck.paraphrase.ranking import Candidate, features, ranking, read

        weight, rank = self._words.weight, ranking()
        mine, *states = self._encoder.states([quote, *(s.text for s, _, _ in found)])
        reading = read(quote, mine, weight)
        hits: list[Hit] = []
        for (sentence, cosine, around), state in zip(found, states, strict=True):
            there = read(sentence.text, state, weight)
            candidate = Candidate(there, cosine, around, sentence.said)
            numbers = features(reading, candidate)
            hits.append(Hit(sentence, numbers, rank.score(numbers)))
        hits.sort(key=lambda hit: -hit.score)
        return hits

    def _sentence(self, row: int, speaker: str | None) -> FoundSentence | None:
        """The sentence of a row with whoever says it; None when the library has changed."""
        passage, start, end = self._places[row].tolist()
        known = passage_row(self._db, passage)
        if known is None or known[0] in self.without:
            return None
        document, offset, text, author = known
        unit = next((u for u in units(text, offset) if u.start == start), None)
        if unit is None:
            return None
        who = self._utterances.speaker(document, (start + end) // 2, author)
        said = self._utterances.names.matches_claim(speaker, who, author)
        return FoundSentence(document, start, end, unit.text, text, who, said)

    def _vectors(self, rows: Any) -> Any:
        import numpy as np

        from quotecheck.library.vectors import read_vectors
        from quotecheck.paraphrase.vector_codes import unpack

        blocks = np.searchsorted(self._ends, rows, "right")
        starts = np.concatenate([[0], self._ends[:-1]])[blocks]
        ids = [self._ids[block] for block in blocks.tolist()]
        return unpack(read_vectors(self._db, list(zip(ids, (rows - starts).tolist(), strict=True))))

    def _around(self, rows: Any, vector: Any) -> Any:
        """The cosine of each row's whole passage."""
        import numpy as np

        passages = self._places[:, 0]
        low = np.searchsorted(passages, passages[rows], "left")
        high = np.searchsorted(passages, passages[rows], "right")
        wanted = np.unique(
            np.concatenate([np.arange(a, b) for a, b in zip(low, high, strict=True)])
        )
        vectors = self._vectors(wanted)
        result = np.empty(len(rows), dtype=np.float32)
        for n, (a, b) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
            at = int(np.searchsorted(wanted, a))
            mean = vectors[at : at + b - a].sum(0)
            result[n] = mean @ vector / max(float(np.linalg.norm(mean)), 1e-9)
        return result

    def _rows_of(self, speaker: str) -> Any:
        """The rows in whose passages a speaker speaks."""
        import numpy as np

        known = self._own.get(speaker)
        if known is None:
            names = self._utterances.names.names_for(speaker)[:_NAMES]
            mine = np.array(passages_with_speaker(self._db, names), dtype=np.int64)
            known = self._own[speaker] = np.flatnonzero(np.isin(self._places[:, 0], mine))
        return known
