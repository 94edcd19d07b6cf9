"""What the library's views, tables and columns hold, in words.

They stand in the file itself, as the view ``what_it_means``, for whoever opens it with any program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

__all__ = ["MAIN_TABLES", "TABLES", "VIEWS", "meanings"]

VIEWS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "who_said_what": (
        "Who said what, one quotation a row, in words: the newest attribution of each document.",
        {
            "speaker": "Names, joined by “and”; empty where nobody is named",
            "speaker_description": "The article’s words for speakers without a name",
            "speaker_identifier": "From the user’s own table, such as Wikidata’s Q7747",
            "kind": "direct: all in marks; mixed: some; indirect: none; scare and title: no speech",
            "content": "What was said",
            "cue": "The words that report it",
            "negated": "1: the article says that it was not said",
            "source": "The words for who said it",
            "document": "The document’s key",
            "start": "Where it begins, in characters of the document’s text",
            "end": "Where it ends",
            "turn": "The number of the turn that it stands in",
            "locator": "Page, time or chapter",
            "confidence": "The probability that content, source and name are all right, 0 to 1",
            "within": "The quotation within which it is reported",
        },
    ),
    "who_spoke": (
        "The turns of transcripts: who holds which stretch of a document.",
        {
            "speaker": "Empty where the transcript names nobody",
            "words": "The whole turn",
            "start": "Where it begins, in characters of the document’s text",
            "end": "Where it ends",
        },
    ),
    "what_is_here": (
        "The documents, with how many turns, passages and quotations each has.",
        {
            "document": "The document’s key",
            "date": "ISO 8601, as precise as known: 1861, 2016-11, 2016-11-08",
            "quotations": "Found by the newest run; NULL where none has looked",
        },
    ),
    "what_it_means": (
        "What each view, table and column holds: this explanation.",
        {
            "name": "Of a view or table",
            "column": "NULL for the view or table as a whole",
        },
    ),
}
"""Each view's description, and those of its columns that need one."""

TABLES: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "documents": (
        "The texts with their metadata and where they come from. An older version of a text stays, "
        "and points to the newer one by replaced_by.",
        {
            "key": "The document’s lasting name",
            "date": "ISO 8601, as precise as known: 1861, 2016-11, 2016-11-08",
            "language": "BCP 47, such as de; NULL: nobody said",
            "translated": "yes, or the language of the original",
            "derived": "1: a collection of what others said or wrote; NULL: nobody said",
            "machine_transcript": "1: a machine wrote down what was spoken; NULL: nobody said",
            "searched": "1: quotations are checked against it; 0: kept for what it quotes",
            "bytes_sha256": "Of the file as it was read",
            "text_sha256": "Of the text in UTF-8",
            "metadata_origin": "JSON: where each field came from",
            "run_id": "The run that brought it in",
            "retrieved_at": "UTC",
        },
    ),
    "quotations": (
        "What each run found in each document; the newest of them in words: the view "
        "who_said_what. start, end, prefix, exact and suffix are W3C selectors.",
        {
            "kind": "direct: all in marks; mixed: some; indirect: none; scare and title: no speech",
            "cue": "The words that report it",
            "source": "The words for who said it",
            "confidence": "The probability that content, source and name are all right, 0 to 1",
            "confidence_span": "The probability of the content alone",
            "confidence_source": "That of the source, given the content",
            "confidence_name": "That of the name, given both; NULL where no name is given",
            "parent_id": "The quotation within which it is reported; NULL for an outermost one",
            "rule": "Which rule or model decided",
            "negated": "1: the article says that it was not said",
            "report_probability": "How likely words without marks are a report, not a deed",
        },
    ),
    "quotation_spans": ("The exact places of a quotation’s content, cue, source and facts.", {}),
    "quotation_speakers": (
        "Who said a quotation: several rows for joint speakers, none for an unknown one.",
        {"speaker_name": "The name that it was stored under, which never changes"},
    ),
    "quotation_candidates": ("Guesses for a quotation without a speaker: never a fact.", {}),
    "quotation_relay": ("The chain that words took to an article, outermost first.", {}),
    "speakers": (
        "Everybody who speaks in a document or is quoted in one.",
        {"identifier": "From the user’s own table, such as Wikidata’s Q7747"},
    ),
    "aliases": ("Other names of speakers, and how articles write them.", {}),
    "speaker_changes": ("Who merged, split, renamed or identified speakers, and when.", {}),
    "speaker_change_rows": (
        "The rows before and after such a change, so that it can be undone.",
        {},
    ),
    "segments": ("The turns of transcripts, as places in documents.", {}),
    "locators": ("Where in its source a stretch of text stands: page, time or chapter.", {}),
    "passages": ("The pieces of documents that the search looks through.", {}),
    "passage_vectors": ("The meaning of sentences, for the search in other words.", {}),
    "attributed": ("Which run looked through which document for quotations.", {}),
    "document_copies": ("Documents that are near copies of others, such as wire stories.", {}),
    "document_signatures": ("What near copies are found by; see document_copies.", {}),
    "kept_checks": (
        "Checks that a desk keeps, and where each stands.",
        {
            "document_id": "where the words were found; the check goes with that document",
            "record": "JSON: the whole check",
        },
    ),
    "fact_checks": (
        "Fact-checks that others have published, as their ClaimReviews tell them.",
        {
            "claim": "As the publisher puts it",
            "words": "The words that were checked, where they are given apart",
            "said_by": "Who is said to have claimed it",
            "rating": "The publisher’s own word",
            "replaced_by": "The same one, as it was told later",
        },
    ),
    "kept_check_changes": ("Who set the status of a kept check to what, and when.", {}),
    "runs": (
        "Every build: version, settings, weights, counts.",
        {
            "weights": "JSON: the sha256 of each file of weights",
            "finished": "NULL: going, or killed",
        },
    ),
    "inputs": ("Files that were read to their end, as they last were.", {}),
    "failures": ("What could not be read, with the reason.", {}),
}
"""Each table's description, and those of its columns that need one."""

MAIN_TABLES: Final = (
    "documents", "quotations", "speakers", "segments", "locators", "kept_checks", "fact_checks",
    "runs",
    "failures",
)  # fmt: skip
"""The tables that people ask; the others serve these."""


def meanings() -> Iterator[tuple[str, str | None, str]]:
    """Every description: view or table, column (None for the whole), words; views first."""
    for name, (description, columns) in {**VIEWS, **TABLES}.items():
        yield name, None, description
        for column, meaning in columns.items():
            yield name, column, meaning
