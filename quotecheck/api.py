"""The public Python face: one function for each command, and the records they give.

`import quotecheck` has the names that most programs need. The rest is for those that want more
control: several documents of one file, JSON Schemas, brat files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final, Literal

from quotecheck.records.check import Check, CheckedQuotation
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, with_document
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from quotecheck.building.build import BuildReport
    from quotecheck.checking.drafts import check_text
    from quotecheck.checking.trace import Trace
    from quotecheck.library.library import Library, open_library
    from quotecheck.output.interchange.brat import read_standoff as read_brat
    from quotecheck.output.serialising import schema
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.reading.documents import document_of
    from quotecheck.searching.search import SearchResults

__all__ = [
    "Attributor",
    "BuildReport",
    "Check",
    "CheckedQuotation",
    "Document",
    "Library",
    "Quotation",
    "SearchResults",
    "Span",
    "Trace",
    "attribute",
    "attribute_file",
    "attribute_text",
    "build",
    "check",
    "check_quotation",
    "check_text",
    "document_of",
    "export",
    "open_library",
    "read_brat",
    "schema",
    "search",
    "trace",
    "with_document",
]

_LATER: Final = {
    "Attributor": ("quotecheck.pipeline.attributor", "Attributor"),
    "BuildReport": ("quotecheck.building.build", "BuildReport"),
    "Library": ("quotecheck.library.library", "Library"),
    "SearchResults": ("quotecheck.searching.search", "SearchResults"),
    "Trace": ("quotecheck.checking.trace", "Trace"),
    "check_text": ("quotecheck.checking.drafts", "check_text"),
    "document_of": ("quotecheck.reading.documents", "document_of"),
    "open_library": ("quotecheck.library.library", "open_library"),
    "read_brat": ("quotecheck.output.interchange.brat", "read_standoff"),
    "schema": ("quotecheck.output.serialising", "schema"),
}
"""Names that are loaded when they are first used: the modules behind them take long to import."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load one of the names that take long to import."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        module, its_name = _LATER[name]
        value = getattr(import_module(module), its_name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__


def attribute(
    source: str | os.PathLike[str] | Document, *, attributor: Attributor | None = None
) -> tuple[Quotation, ...]:
    """Find who said what in one text.

    Args:
        source: a path (`pathlib.Path`) is a file. A `str` is the text itself, unless it is the name
            of a file that exists; one word that ends like a file's name ("article.txt"), where
            there is no such file, is an error. For a string that is certainly a text, use
            `api.attribute_text`. A `Document` is taken as it is.
        attributor: made by `Attributor.load` with other options. Without it the weights that are
            shipped are loaded when they are first needed, and kept for the whole process.

    Returns:
        The quotations in the order of the text. Each has ``speaker`` (None when unsure), ``text``,
        ``kind``, ``confidence`` (a probability in 0..1), and its places as spans of the document's
        text; ``to_dict()`` gives all of it as JSON has it.

    Raises:
        InputError: the file cannot be read, or holds several documents: for these use
            `api.attribute_file`, which gives each with its quotations.
        WeightsError: weights are missing, or are not those that were shipped.

    Example:
        >>> import quotecheck
        >>> for quotation in quotecheck.attribute("“Enough,” said Ann Lee, a doctor."):
        ...     print(quotation.speaker, quotation.role, quotation.text, quotation.kind)
        Ann Lee doctor “Enough,” direct
    """
    return _attributor(attributor)(_document(source))


def attribute_text(text: str, *, attributor: Attributor | None = None) -> tuple[Quotation, ...]:
    """Find who said what in a text, whatever it looks like; see `attribute`."""
    from quotecheck.reading.documents import document_of

    return _attributor(attributor)(document_of(text))


def attribute_file(
    path: Path | str, *, attributor: Attributor | None = None
) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
    """Find who said what in a file; several documents where the file holds several.

    Yields:
        Each document with its quotations.

    Raises:
        InputError: the file, or a document in it, cannot be read.
    """
    from quotecheck.reading.documents import read_documents

    attributor = _attributor(attributor)
    for document in read_documents(path):
        if not isinstance(document, Document):
            raise document
        yield document, attributor(document)


def build(
    sources: str | os.PathLike[str] | Sequence[str | os.PathLike[str]],
    library: str | os.PathLike[str],
    *,
    attribute: bool | None = None,
    speaker: str | None = None,
    metadata: Mapping[str, str] | None = None,
    speakers_table: str | os.PathLike[str] | None = None,
    link_copies: bool = True,
    semantic: bool = False,
    jobs: int = 1,
    progress: Callable[[str, int, int, str], None] | None = None,
) -> BuildReport:
    """Bring sources into a library that quotations can be checked against.

    The library is opened once, and what is in it already is passed over: a build may be stopped at
    any moment and started again.

    Args:
        sources: files and folders of any kind that ``quotecheck build`` reads.
        library: the SQLite file; made when it is missing, brought up to date when it is older.
        attribute: True finds who is quoted in every source, False in none; None (as the command
            does) in articles, but not in speeches and transcripts, which say who speaks.
        speaker: who speaks in sources without turns (a speech).
        metadata: title, author, date, publication or url that win over what the sources say;
            ``derived`` ("yes") for sources that repeat others, ``machine_transcript`` ("yes") for
            speech that a machine wrote down.
        speakers_table: a table of speakers with their other names and identifiers.
        link_copies: link documents that are near copies of earlier ones; they count once.
        semantic: keep vectors of sentences too, so that `check` finds other words.
        jobs: how many processes attribute. With more than one, guard the beginning of the script
            with ``if __name__ == "__main__":``, as the processes load it again.
        progress: called with (what is being done, how far, of how much, the name of a source).

    Returns:
        What was done: documents ``added``, ``skipped``, ``attributed``; ``quotations``; and
        ``failed`` with ``failures`` for what could not be read, which does not stop the rest.

    Raises:
        InputError: the table of speakers cannot be read.
        LibraryError: the library cannot be opened or written to.

    Example:
        >>> import quotecheck
        >>> report = quotecheck.build(["speeches/"], "new.db", attribute=False)
        >>> print(report.added, report.failed)
        2 0
    """
    from quotecheck.building.build import build as build_library
    from quotecheck.pipeline.attributor import attributor_factory

    listed = [sources] if isinstance(sources, (str, os.PathLike)) else sources
    return build_library(
        [os.fspath(source) for source in listed],
        os.fspath(library),
        attribute=attribute is not False,
        turns=attribute is True,
        attributor_factory=None if attribute is False else attributor_factory(),
        jobs=jobs,
        defaults=metadata,
        speaker=speaker,
        speakers_table=None if speakers_table is None else Path(speakers_table),
        link_copies=link_copies,
        semantic=semantic,
        progress=progress,
    )


def check(
    quote: str, library: str | os.PathLike[str] | Library, speaker: str | None = None
) -> Check:
    """Check a quotation: is it in the library, by whom, and how faithful is its wording.

    Args:
        quote: the words, with or without quotation marks around them.
        library: the path of a library, or one that is open (`open_library`), which is quicker for
            many quotations.
        speaker: who is said to have said them; None when that is not asked.

    Returns:
        A `Check`: ``verdict`` ("verbatim", "typographic", "truncated", "spliced", "altered",
        "paraphrase", "misattributed" or "not_found"), ``severity`` ("none", "wording" or
        "meaning"), ``reasons`` in words, ``edits``, and where the words stand. ``searched`` says
        what a "not_found" covers: it does not make a quotation false.

    Raises:
        InputError: the quotation holds no word, or more than 20,000.
        LibraryError: there is no library at this path, or it cannot be read.

    Example:
        >>> import quotecheck
        >>> check = quotecheck.check("We paid it.", "library.db", "Maud Ellis")
        >>> print(check.verdict, check.severity, check.title, check.date)
        verbatim none To the guild 1861-05-02
    """
    from quotecheck.checking.checker import check_quote
    from quotecheck.checking.paraphrase_search import semantic_search
    from quotecheck.library.library import opened

    with opened(library) as opened_library:
        return check_quote(
            opened_library, quote, speaker=speaker, semantic=semantic_search(opened_library)
        )


def check_quotation(quote: str, library: Path | str, *, speaker: str | None = None) -> Check:
    """Check a quotation; the former name of `check`."""
    return check(quote, library, speaker)


def trace(quote: str, library: str | os.PathLike[str] | Library, *, limit: int = 100) -> Trace:
    """Find every occurrence of a quotation: who, where, when, what was changed, taken from whom.

    Args:
        quote: the words, with or without quotation marks around them.
        library: the path of a library, or one that is open.
        limit: the most occurrences to give, the earliest first.

    Returns:
        A trace: ``occurrences`` in order of time, ``variants`` of the wording, ``earliest`` and
        ``best`` (numbers of variants), ``independent_origins``, ``left_out`` and ``searched``.

    Raises:
        InputError: the quotation holds no word.
        LibraryError: there is no library at this path, or it cannot be read.

    Example:
        >>> import quotecheck
        >>> for occurrence in quotecheck.trace("the dam takes a village", "library.db").occurrences:
        ...     print(occurrence.date, occurrence.speaker, occurrence.words)
        2030-05 Ilse Norran The dam takes a village
    """
    from quotecheck.checking.checker import Checker
    from quotecheck.checking.trace import trace_quote
    from quotecheck.library.library import opened

    with opened(library) as opened_library:
        return trace_quote(Checker(opened_library), quote, limit=limit)


def search(
    words: str,
    library: str | os.PathLike[str] | Library,
    *,
    speaker: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
    publication: str | None = None,
    kinds: Sequence[str] | None = None,
    order: Literal["best", "oldest", "newest"] = "best",
    limit: int = 20,
    offset: int = 0,
) -> SearchResults:
    """Search what was said: in turns and texts of a library, and in quotations of its articles.

    Args:
        words: words that must all be there, in any case, and "phrases" in double quotes.
        library: the path of a library, or one that is open.
        speaker: only what this speaker said, by any of their names.
        date_from: only of this year, month or day ("1861", "2030-06"), or later.
        date_to: only of this date or earlier.
        publication: only publications with these words in their name.
        kinds: only these of "text" (turns and passages), "direct", "mixed", "indirect", "scare" and
            "title"; without, all but scare quotes and titles.
        order: the best first, or by date.
        limit: how many places to give.
        offset: how many to leave out in front.

    Returns:
        ``hits`` with their text, speakers, document and place; ``total`` and ``searched``.

    Raises:
        InputError: no word to look for, a date or kind that is not one, an unknown or ambiguous
            speaker (with the nearest names).
        LibraryError: there is no library at this path, or it cannot be read.

    Example:
        >>> import quotecheck
        >>> for hit in quotecheck.search('"dam takes"', "library.db").hits:
        ...     print(hit.date, hit.speakers, hit.text)
        2030-05 ('Ilse Norran',) The dam takes a village. No village will be asked to move twice.
    """
    from quotecheck.library.library import opened
    from quotecheck.searching.search import search_library

    with opened(library) as opened_library:
        return search_library(
            opened_library, words, speaker=speaker, date_from=date_from, date_to=date_to,
            publication=publication, kinds=kinds, order=order, limit=limit, offset=offset,
        )  # fmt: skip


def export(
    library: str | os.PathLike[str] | Library,
    target: str | os.PathLike[str] | IO[str] | IO[bytes],
    *,
    format: str = "jsonl",  # noqa: A002 - the name of the command's option
    document: str | None = None,
    speaker: str | None = None,
    date_from: str | None = None,
    date_to: str | None = None,
) -> None:
    """Write what a library holds for other programs. All of it is of one moment.

    Args:
        library: the path of a library, or one that is open.
        target: a file, which takes its name when it is whole; a folder for "tei", "w3c" and
            "schema-org", which gets a file for each document (one that exists, or a name without a
            suffix); or a stream that is open for writing, of text or of bytes.
        format: "jsonl", "csv", "parquet", "tei", "w3c" or "schema-org" for the newest quotations;
            "prov" for where everything came from.
        document: only the document with this key.
        speaker: only what this speaker said, by any of their names.
        date_from: only documents of this year, month or day, or later.
        date_to: only documents of this date or earlier.

    Raises:
        InputError: there is no such format, document or speaker, or the target cannot take it.
        LibraryError: there is no library at this path, or it cannot be read.
        MissingExtraError: Parquet needs pyarrow (``quotecheck-toolkit[parquet]``).

    Example:
        >>> import io, quotecheck
        >>> said = io.StringIO()
        >>> quotecheck.export("library.db", said, format="jsonl", speaker="Ilse Norran")
        >>> said.getvalue()  # nobody is quoted in speeches that were built with attribute=False
        ''
    """
    from quotecheck.library.library import opened
    from quotecheck.output.library_export import Selection, export_library

    selection = Selection(document, speaker, date_from, date_to)
    where = Path(target) if isinstance(target, (str, os.PathLike)) else target
    with opened(library) as opened_library:
        export_library(opened_library, format, where, selection)


def _attributor(attributor: Attributor | None) -> Attributor:
    if attributor is not None:
        return attributor
    from quotecheck.pipeline.attributor import load_attributor

    return load_attributor()


def _document(source: str | os.PathLike[str] | Document) -> Document:
    if isinstance(source, Document):
        return source
    from quotecheck.reading.documents import only_document

    remedy = "Check the name; for words that are a text, give api.document_of(text)."
    return only_document(source, remedy=remedy)
