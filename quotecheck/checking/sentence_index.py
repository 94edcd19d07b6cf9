"""Find the sentences of a library that lie nearest to a quotation in meaning.

They are candidates, in the order of their likeness as vectors. Which of them says the same is
weighed in `quotecheck.paraphrase.ranking`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from quotecheck.checking.evidence import ParaphraseEvidence
from quotecheck.checking.second_index import second_index
from quotecheck.checking.utterance_speaker import UtteranceSpeakers
from quotecheck.checking.vector_index import VectorIndex
from quotecheck.comparison.context import squeeze
from quotecheck.library.languages import languages_beside_english
from quotecheck.library.places import document_facts, passage_row, passages_between, passages_of
from quotecheck.library.utterances import passages_with_speaker
from quotecheck.library.vectors import encoders_held
from quotecheck.paraphrase.encoder import load_encoder
from quotecheck.paraphrase.languages import ENGLISH
from quotecheck.paraphrase.sentences import unit_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from quotecheck.library.library import Library
    from quotecheck.paraphrase.encoder import SentenceEncoder
    from quotecheck.paraphrase.multilingual_encoder import MultilingualEncoder

__all__ = ["FoundSentence", "NearSentence", "SentenceIndex"]

CANDIDATES: Final = 48
"""Sentences that are weighed; as many again of the claimed speaker."""
_LOOKED_AT: Final = 3 * CANDIDATES
"""Sentences nearest by one encoder that the candidates are chosen of."""
_BY_ONE: Final = 8
"""Candidates that are the best by one encoder alone, whatever the other says."""
_AROUND: Final = 0.2
"""How much the passage counts beside the sentence for being one of them."""
_BY_WORDS: Final = 16
"""Sentences that are added for the words of their passages, and how many of one passage."""
_OF_A_PASSAGE: Final = 2  # Sentences of one passage.
_NAMES: Final = 50
"""Names of a speaker whose sentences are looked for: bounds the question to the database."""


class FoundSentence(NamedTuple):
    """A sentence of the library: its place, its words, the passage it stands in, who says it.

    ``claimed_speaker_matches`` says whether the claimed speaker does: None when unsure or when
    nobody is claimed.
    """

    document: int
    start: int
    end: int
    text: str
    passage: str
    speaker: str | None
    claimed_speaker_matches: bool | None

    def evidence(
        self, connection: sqlite3.Connection, *, likeness: float, chance: float, is_likely: bool
    ) -> ParaphraseEvidence:
        """The evidence that this sentence is, with what is known of its document."""
        facts = document_facts(connection, self.document)
        return ParaphraseEvidence(
            document=facts.key,
            title=facts.title,
            date=facts.date,
            start=self.start,
            end=self.end,
            text=self.text,
            passage=squeeze(self.passage),
            speaker=self.speaker,
            likeness=likeness,
            chance=chance,
            is_likely=is_likely,
            spoken_by_claimed=self.claimed_speaker_matches,
        )


class NearSentence(NamedTuple):
    """A sentence near a quotation: its cosine with it, and about that of its whole passage.

    ``rank`` is its place among the nearest, from 0; None when it is not one of them and was added
    for its words or its place. ``clause`` is the cosine of the sentence or of its nearest clause,
    and ``multilingual`` the same by the second encoder, None where the library has no such vectors.
    """

    sentence: FoundSentence
    cosine: float
    around: float
    rank: int | None
    multilingual: float | None = None
    clause: float = 0.0


class _Scored(NamedTuple):
    """Arrays of one length.

    ``whole`` are the cosines of whole sentences, ``cosines`` those of the sentence or its nearest
    clause; ``second`` is nan where the second encoder has no vector.
    """

    whole: Any
    cosines: Any
    around: Any
    second: Any

    def near(self, n: int, sentence: FoundSentence, rank: int | None) -> NearSentence:
        other = None if np.isnan(self.second[n]) else float(self.second[n])
        whole, around = float(self.whole[n]), float(self.around[n])
        return NearSentence(sentence, whole, around, rank, other, float(self.cosines[n]))


class SentenceIndex:
    """The sentences of one library with their vectors and speakers.

    Args:
        library: an open library with vectors. What is added to it later goes unseen.
        encoder: the one that ships unless given.
        second: the multilingual one, where it is installed, unless given.
    """

    def __init__(
        self,
        library: Library,
        encoder: SentenceEncoder | None = None,
        second: MultilingualEncoder | None = None,
    ) -> None:
        self._db = library.db.conn
        self.encoder = encoder or load_encoder()
        self._vectors = VectorIndex(library, _encoder_sha256(library, self.encoder))
        self._second = second_index(library, self._vectors, second)
        self._utterances = UtteranceSpeakers(self._db)
        self._own: dict[str, Any] = {}
        self._languages = languages_beside_english(self._db) if self._second is not None else {}
        self._abroad: Any = None
        self.excluded_documents: frozenset[int] = frozenset()
        """Rows of documents that are not looked into."""

    def __len__(self) -> int:
        return len(self._vectors)

    def near(
        self,
        vector: Any,
        speaker: str | None,
        *,
        quote: str = "",
        places: Sequence[tuple[int, int, int]] = (),
        passages: Sequence[int] = (),
    ) -> list[NearSentence]:
        """The sentences nearest to a quotation, and those of its claimed speaker, best first.

        Args:
            vector: of the quotation.
            speaker: who is said to have said it; None when that is not asked.
            quote: the quotation, for the second encoder; without it that one is not asked.
            places: document (row number), start and end of places whose sentences are wanted in
                any case.
            passages: row numbers of passages that share words with the quotation: the sentences
                nearest to it of each are wanted too, some in all.
        """
        other = self._second.vector(quote) if self._second is not None and quote else None
        rows = self._nearest(vector, other)
        if speaker is not None:
            of_speaker = self._nearest(vector, other, among=self._rows_of(speaker))
            rows = np.concatenate([rows, of_speaker[~np.isin(of_speaker, rows)]])
        scored = self._scored(rows, vector, other)
        near_sentences: list[NearSentence] = []
        claimed = 0
        for read, n in enumerate(self._in_order(scored).tolist()):
            if read >= CANDIDATES and (speaker is None or claimed >= CANDIDATES):
                break
            sentence = self._sentence(int(rows[n]), speaker, reads_any=read < CANDIDATES)
            if sentence is not None:
                claimed += bool(sentence.claimed_speaker_matches)
                near_sentences.append(scored.near(n, sentence, read))
        known = {(near.sentence.document, near.sentence.start) for near in near_sentences}
        more = self._added(vector, places, passages)
        scored = self._scored(more, vector, other)
        for n, row in enumerate(more.tolist()):
            sentence = self._sentence(row, speaker, reads_any=True)
            if sentence is not None and (sentence.document, sentence.start) not in known:
                near_sentences.append(scored.near(n, sentence, None))
        return near_sentences

    @property
    def is_multilingual(self) -> bool:
        """Whether there are vectors of the multilingual encoder, and the encoder."""
        return self._second is not None

    @property
    def has_other_languages(self) -> bool:
        """Whether documents in other languages than English are there."""
        return bool(self._languages)

    def language(self, document: int) -> str:
        """The language of a document, by row number."""
        return self._languages.get(document, ENGLISH)

    def abroad(
        self, quote: str, speaker: str | None, *, not_english: bool, count: int
    ) -> list[NearSentence]:
        """The sentences nearest to a quotation by the multilingual encoder, best first.

        Args:
            quote: in any language.
            speaker: who is said to have said it; None when that is not asked.
            not_english: whether only documents in other languages than English are looked into.
            count: how many sentences.
        """
        if self._second is None:
            return []
        vector = self._second.vector(quote)
        among = self._rows_abroad() if not_english else None
        rows = self._second.nearest(vector, count, among=among)
        cosines = self._second.cosines(rows, vector)
        near: list[NearSentence] = []
        for rank, (row, cosine) in enumerate(zip(rows.tolist(), cosines.tolist(), strict=True)):
            sentence = self._sentence(row, speaker, reads_any=True)
            if sentence is not None:
                near.append(NearSentence(sentence, 0.0, 0.0, rank, cosine))
        return near

    def _rows_abroad(self) -> Any:
        if self._abroad is None:
            passages = np.array(passages_of(self._db, list(self._languages)), dtype=np.int64)
            self._abroad = np.flatnonzero(np.isin(self._vectors.places[:, 0], passages))
        return self._abroad

    def _nearest(self, vector: Any, other: Any, among: Any = None) -> Any:
        """Rows near to a quotation by either encoder."""
        rows = self._vectors.likeliest(vector, _LOOKED_AT, among=among)
        if other is None or self._second is None:
            return rows
        return np.union1d(rows, self._second.likeliest(other, _LOOKED_AT, among=among))

    def _scored(self, rows: Any, vector: Any, other: Any) -> _Scored:
        around = self._vectors.around(rows, vector)
        whole, cosines = self._vectors.both_cosines(rows, vector)
        second = (
            self._second.cosines(rows, other)
            if self._second is not None and other is not None
            else np.full(len(rows), np.nan, dtype=np.float32)
        )
        return _Scored(whole, cosines, around, second)

    @staticmethod
    def _in_order(scored: _Scored) -> Any:
        """Candidates by the mean of both cosines; the best by each alone are among the first."""
        both = np.where(
            np.isnan(scored.second), scored.cosines, (scored.cosines + scored.second) / 2
        )
        order = np.argsort(-(both + _AROUND * scored.around), kind="stable")
        if np.isnan(scored.second).all():
            return order
        first = [
            np.argsort(-values, kind="stable")[:_BY_ONE]
            for values in (scored.cosines, scored.second)
        ]
        is_first = np.zeros(len(order), dtype=bool)
        is_first[np.concatenate(first)] = True
        is_first[order[: CANDIDATES - int(is_first.sum())]] = True
        return np.concatenate([order[is_first[order]], order[~is_first[order]]])

    def _added(
        self, vector: Any, places: Sequence[tuple[int, int, int]], passages: Sequence[int]
    ) -> Any:
        """Rows that are wanted for their place or their words."""
        rows_added: list[int] = []
        for document, start, end in places:
            rows = self._vectors.rows_in(passages_between(self._db, document, start, end))
            at = self._vectors.places[rows]
            rows_added += rows[(at[:, 1] < end) & (at[:, 2] > start)].tolist()
        best: list[tuple[float, int]] = []
        for passage in passages:
            rows = self._vectors.rows_in([passage])
            cosines = self._vectors.estimates(rows, vector)
            order = np.argsort(-cosines)[:_OF_A_PASSAGE]
            best += zip(cosines[order].tolist(), rows[order].tolist(), strict=True)
        best.sort(reverse=True)
        rows_added += [row for _, row in best[:_BY_WORDS]]
        return np.array(list(dict.fromkeys(rows_added)), dtype=np.int64)

    def _sentence(self, row: int, speaker: str | None, *, reads_any: bool) -> FoundSentence | None:
        """The sentence of a row with whoever says it.

        None when the library has changed, and for another speaker's sentence unless ``reads_any``.
        """
        passage, start, end = self._vectors.places[row].tolist()
        known = passage_row(self._db, passage)
        if known is None or known[0] in self.excluded_documents:
            return None
        document, offset, text, author = known
        if not offset <= start < end <= offset + len(text):
            return None
        who = self._utterances.speaker(document, (start + end) // 2, author)
        speaker_matches = self._utterances.names.matches_claim(speaker, who, author)
        if not (reads_any or speaker_matches):
            return None
        words = unit_text(text, start - offset, end - offset)
        return FoundSentence(document, start, end, words, text, who, speaker_matches)

    def _rows_of(self, speaker: str) -> Any:
        """The rows in whose passages a speaker speaks."""
        known = self._own.get(speaker)
        if known is None:
            names = self._utterances.names.names_for(speaker)[:_NAMES]
            passages = np.array(passages_with_speaker(self._db, names), dtype=np.int64)
            known = np.flatnonzero(np.isin(self._vectors.places[:, 0], passages))
            self._own[speaker] = known
        return known


def _encoder_sha256(library: Library, encoder: SentenceEncoder) -> str:
    """That of the encoder, or an older one of its own whose vectors the library has instead."""
    encoders = encoders_held(library.db.conn)
    known = (encoder.sha256, *encoder.older)
    return next((sha256 for sha256 in known if sha256 in encoders), encoder.sha256)
