"""The interchange layout of Citron, the BBC's quote extractor: text, quotes, coreference groups.

A quote has one cue, its sources and its contents, each with start, end and text. What that layout
has no place for stands under ``quotecheck``, which its readers pass over: the further pieces of a
cue, the speaker, the facts; and, at the top, quotations that have no cue at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.output.serialising import dumps
from quotecheck.output.speaker_index import speaker_index
from quotecheck.records.document import Document
from quotecheck.records.plain import Record, place_records, quotation_record
from quotecheck.records.quotation import Quotation, numbers_of_parents
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["citron_page", "citron_record"]

_BEYOND = (
    *("n", "parent", "kind", "speaker", "role", "cue_lemma", "cue", "source_form", "speakers"),
    *("facts", "via", "via_spans", "relay", "candidates", "rule", "confidence_parts"),
)


def citron_record(document: Document, quotations: Sequence[Quotation]) -> Record:
    """A document with its text and its quotes, as Citron reads and writes it.

    Marks around words that nobody is said to have spoken, and around titles of works, are left
    out. The offsets are code points.
    """
    text = document.text
    quotes, uncued = [], []
    parents = numbers_of_parents(quotations)
    for number, (quotation, parent) in enumerate(zip(quotations, parents, strict=True), start=1):
        if not quotation.is_speech:
            continue
        cues = [span for span in quotation.cue if span.start < span.end]
        record = quotation_record(text, quotation, number, parent)
        quote: Record = {
            "id": f"{document.id}-{number}",
            "sources": place_records(text, quotation.source),
            "contents": place_records(text, quotation.content),
            "coreferences": place_records(text, _names(quotation)),
            "confidence": round(quotation.confidence, 4),
            "quotecheck": {key: record[key] for key in _BEYOND},
        }
        if cues:
            quotes.append({"cue": place_records(text, cues[:1])[0]} | quote)
        else:
            uncued.append(quote)
    members, _ = speaker_index(quotations)
    return {
        "text": text,
        "quotes": quotes,
        "coreference_groups": [
            place_records(text, member.mentions) for member in members if len(member.mentions) > 1
        ],
        "quotecheck": {
            "version": __version__,
            "document": document.id,
            "text_sha256": document.text_sha256,
            "quotes_without_cue": uncued,
        },
    }


def citron_page(
    document: Document, quotations: Sequence[Quotation], **_about: object
) -> Iterator[str]:
    """A document's record as the text of a file."""
    yield dumps(citron_record(document, quotations), indent=2) + "\n"


def _names(quotation: Quotation) -> list[Span]:
    """Where the speakers are named, outside the source itself."""
    names = {speaker.mention for speaker in quotation.speakers if speaker.mention}
    return sorted(
        name for name in names if not any(source.contains(name) for source in quotation.source)
    )
