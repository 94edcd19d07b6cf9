"""Find the statement that a quotation translates, or that was translated for the library.

Words cannot be compared across languages. What is weighed is the cosine by the multilingual
encoder and its lead over the next sentence; numbers written in digits and denials have to agree
before a sentence is called the same statement. Needs the extra ``multilingual`` and its vectors.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from quotecheck.checking.evidence import ParaphraseEvidence, TranslationEvidence
from quotecheck.language.negations_abroad import denials_differ
from quotecheck.library.languages import document_language
from quotecheck.paraphrase.languages import ENGLISH, is_english, language_of

if TYPE_CHECKING:
    import sqlite3

    from quotecheck.checking.sentence_index import NearSentence, SentenceIndex

__all__ = ["Translation", "likelier", "nearest_translation", "quoted_language", "with_origin"]

_READ: Final = 24  # Sentences in other languages that are compared. By eye.
_COSINE: Final = 11.0  # Log odds per unit of cosine (see ``_INTERCEPT``).
_LEAD: Final = 6.0
"""Log odds per unit of cosine by which the first leads the second (see ``_INTERCEPT``)."""
_INTERCEPT: Final = -6.3
"""A logistic of cosine and lead, fitted to ``corpora/translations`` and the same with the right
sentence taken out (`quotecheck evaluate translations`)."""
_FULL_LEAD: Final = 0.3
"""Difference of cosines. A longer lead counts no more; also that of an only sentence."""
_SAME_FROM: Final = 0.9
"""The probability from which a sentence is called the same statement."""
_SHOWN: Final = 0.05  # Probability below which nothing is shown. By eye.
_DIGITS = re.compile(r"\d+(?:[.,\s]\d+)*")


class Translation(NamedTuple):
    """The sentence nearest to a quotation in another language.

    ``language`` is that of the sentence, ``quoted_in`` that of the quotation. ``is_likely`` tells
    that it may be called the same statement, ``numbers_differ`` and ``denial_differs`` what keeps
    it from that (the last is None where nobody knows the words that deny). ``others`` are the next
    ones.
    """

    near: NearSentence
    language: str
    quoted_in: str
    cosine: float
    chance: float
    is_likely: bool
    numbers_differ: bool
    denial_differs: bool | None
    others: tuple[NearSentence, ...]


def nearest_translation(
    sentences: SentenceIndex, quote: str, speaker: str | None
) -> Translation | None:
    """The sentence that a quotation most likely translates, or that translates it.

    Args:
        sentences: of the library.
        quote: the quotation.
        speaker: who is said to have said it; None when that is not asked.

    Returns:
        None where both are English, where nothing comes near, and without vectors of the
        multilingual encoder.
    """
    if not sentences.is_multilingual:
        return None
    quoted_in = quoted_language(quote)
    if is_english(quoted_in) and not sentences.has_other_languages:
        return None
    candidates = sentences.abroad(quote, speaker, not_english=is_english(quoted_in), count=_READ)
    if not candidates:
        return None
    best, *rest = candidates
    cosine = best.multilingual or 0.0
    lead = min(_FULL_LEAD, cosine - (rest[0].multilingual or 0.0) if rest else _FULL_LEAD)
    chance = 1 / (1 + math.exp(-(_INTERCEPT + _COSINE * cosine + _LEAD * lead)))
    if chance < _SHOWN:
        return None
    text = best.sentence.text
    language = language_of(text) or sentences.language(best.sentence.document)
    numbers_differ = _numbers(quote) != _numbers(text) and not _numbers(quote) <= _numbers(text)
    base = language.split("-")[0].lower()
    denial_differs = denials_differ(quote, quoted_in, text, base)
    likely = chance >= _SAME_FROM and not numbers_differ and denial_differs is False
    return Translation(
        best, language, quoted_in, cosine, chance, likely, numbers_differ, denial_differs,
        tuple(rest[:2]),
    )  # fmt: skip


def quoted_language(quote: str) -> str:
    """The language of a quotation; English where it is not sure."""
    return language_of(quote) or ENGLISH


def likelier(
    known: ParaphraseEvidence | None, abroad: Translation, connection: sqlite3.Connection
) -> ParaphraseEvidence:
    """The sentence in the quotation's language or the one in another, whichever is likelier."""
    is_better = known is None or (abroad.is_likely, abroad.chance) > (known.is_likely, known.chance)
    return _evidence(abroad, connection) if is_better or known is None else known


def with_origin(evidence: ParaphraseEvidence, connection: sqlite3.Connection) -> ParaphraseEvidence:
    """The evidence, with a note where its document is a translation."""
    translated = document_language(connection, evidence.document).translated
    return replace(evidence, translated=translated) if translated else evidence


def _evidence(translation: Translation, connection: sqlite3.Connection) -> ParaphraseEvidence:
    languages = TranslationEvidence(
        translation.language,
        translation.quoted_in,
        translation.numbers_differ,
        translation.denial_differs,
    )
    evidence = translation.near.sentence.evidence(
        connection,
        likeness=translation.cosine,
        chance=translation.chance,
        is_likely=translation.is_likely,
    )
    is_abroad = translation.language != translation.quoted_in
    return replace(evidence, translation=languages) if is_abroad else evidence


def _numbers(text: str) -> frozenset[str]:
    """The numbers in digits, without what divides thousands and decimals."""
    return frozenset(re.sub(r"\D", "", digits) for digits in _DIGITS.findall(text))
