"""Say in words how a sentence near in meaning stands to a quotation: what a reader should compare.

Whether it is called the same statement is decided in `quotecheck.checking.verdict`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotecheck.records.check import Reason
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from quotecheck.checking.evidence import ParaphraseEvidence
    from quotecheck.checking.matches import Match

__all__ = ["DIFFERENCES", "holds_place", "nearest_places", "other_words_reasons"]

DIFFERENCES: Final = {
    "number": "other numbers",
    "name": "other names",
    "negation": "one of the two denies",
    "opposite": "a word and its opposite",
    "quantifier": "all in the one, some in the other",
    "addition": "nothing there stands for a clause",
    "roles": "other persons in the same parts",
}
"""What keeps a sentence near in meaning from being the same statement, in words."""

_SHOWN_CHARS: Final = 200
"""Code points of a sentence that a reason shows."""
_MAX_WORDS: Final = 5
"""Words of the quotation without a counterpart that a reason names."""


def other_words_reasons(
    near: ParaphraseEvidence, claimed: str | None, *, is_same: bool
) -> Iterator[Reason]:
    """The sentence that comes nearest in meaning, and what speaks against it.

    Args:
        near: the sentence.
        claimed: who is said to have said the quotation.
        is_same: whether the verdict is that it is the same statement.
    """
    first = "probably the same statement in other words:" if is_same else "nearest in meaning:"
    whose = f", said by {near.speaker}" if near.speaker else ""
    yield Reason(
        "other words",
        f"{first} “{_shortened(near.text)}” ({near.document}){whose}, likeness "
        f"{near.likeness:.2f}, {percent(near.chance)} likely; a candidate for you to read: its "
        "words are others",
        near.document,
        "meaning" if near.differences else "none",
    )
    for difference in near.differences:
        wording = DIFFERENCES[difference.kind]
        if difference.quoted or difference.in_sentence:
            quoted = f"“{difference.quoted}” in the quotation" if difference.quoted else ""
            sentence = (
                f"“{difference.in_sentence}” in the sentence" if difference.in_sentence else ""
            )
            wording = f"{wording}: {', '.join(filter(None, (quoted, sentence)))}"
        yield Reason(f"differs: {difference.kind}", wording, difference.quoted, "meaning")
    if near.spoken_by_claimed is False:
        yield Reason(
            "differs: speaker", f"spoken by {near.speaker}, not {claimed or ''}", claimed or ""
        )
    if is_same and near.unmatched:
        words = ", ".join(f"“{word}”" for word in near.unmatched[:_MAX_WORDS])
        yield Reason(
            "no counterpart", f"nothing in the sentence stands for {words}", near.unmatched[0]
        )
    if not is_same:
        for document, _, _, text in near.next_nearest:
            yield Reason("also near", f"or: “{_shortened(text)}” ({document})", document)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[: _SHOWN_CHARS - 1]}…"


def nearest_places(near: ParaphraseEvidence) -> tuple[tuple[str, int, int, str], ...]:
    """The sentence and the candidates after it, as a check keeps them."""
    return ((near.document, near.start, near.end, near.text), *near.next_nearest)


def holds_place(near: ParaphraseEvidence, places: Sequence[Match]) -> bool:
    """Whether a sentence holds one of some places, or a part of it."""
    return any(
        place.origin.key == near.document and place.start < near.end and near.start < place.end
        for place in places
    )
