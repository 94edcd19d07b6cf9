"""What a check says of a sentence that is in another language, or a translation itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.paraphrase.languages import language_name
from quotecheck.records.check import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotecheck.checking.evidence import ParaphraseEvidence

__all__ = ["translation_reasons"]


def translation_reasons(near: ParaphraseEvidence) -> Iterator[Reason]:
    """The reasons about languages, of the sentence nearest to a quotation in meaning."""
    abroad = near.translation
    if abroad is not None:
        source_language, quoted = language_name(abroad.language), language_name(abroad.quoted_in)
        yield Reason(
            "translation",
            f"a translation: the sentence is in {source_language}, the quotation in {quoted}; "
            "somebody who reads both has to compare them",
            abroad.language,
        )
        if abroad.numbers_differ:
            yield Reason("differs: number", "the numbers are others", severity="meaning")
        if abroad.denial_differs:
            message = "one of the two denies what the other says"
            yield Reason("differs: negation", message, severity="meaning")
        elif abroad.denial_differs is None:
            message = f"whether the sentence denies it cannot be told in {source_language}"
            yield Reason("translation", message, abroad.language)
    if near.translated is not None:
        original = "" if near.translated == "yes" else f" from {language_name(near.translated)}"
        message = f"{near.document} is a translation{original}: its wording is the translator's"
        yield Reason("translation", message, near.translated)
