"""What Datasette says about a library's tables, so that they make sense without an explanation."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["datasette_metadata"]

_VIEWS: Final = {
    "who_said_what": (
        "Who said what, one quotation a row, in words: the newest attribution of each document. "
        "Offsets count characters of the document’s text."
    ),
    "who_spoke": "The turns of transcripts: who holds which stretch of a document.",
    "what_is_here": "The documents, with how many turns, passages and quotations each has.",
}

_TABLES: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "documents": (
        "The texts with their metadata and where they come from. An older version of a text stays, "
        "and points to the newer one by replaced_by.",
        {
            "key": "The document’s lasting name",
            "date": "ISO 8601, as precise as known: 1861, 2016-11, 2016-11-08",
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

_HIDDEN: Final = ("_sqlite_migrations", "passages_vocab")


def datasette_metadata(database: str = "library", *, name: str = "library") -> dict[str, Any]:
    """Metadata for Datasette: titles, and what each table, view and column holds.

    Args:
        database: what Datasette calls the file (its name without the suffix).
        name: what people call it.

    >>> sorted(datasette_metadata("tour")["databases"])
    ['tour']
    """
    tables: dict[str, Any] = {view: {"description": told} for view, told in _VIEWS.items()}
    for table, (told, columns) in _TABLES.items():
        tables[table] = {"description": told, **({"columns": columns} if columns else {})}
    tables |= {hidden: {"hidden": True} for hidden in _HIDDEN}
    return {
        "title": f"quotecheck: {name}",
        "description": "Who said what, with where it was said and which run found it.",
        "databases": {
            database: {
                "description": "Begin with the views who_said_what, who_spoke and what_is_here.",
                "tables": tables,
            }
        },
    }
