"""Find who said what in a text, and check quotations against their sources.

    import quotecheck

    text = "“No village will be asked to move twice,” Ilse Norran said on Monday."
    for quotation in quotecheck.attribute(text):
        print(quotation.speaker, quotation.text, quotation.confidence)

    quotecheck.build(["speeches/", "news.zip"], "library.db")
    check = quotecheck.check("No village will move twice.", "library.db", speaker="Ilse Norran")
    print(check.verdict, check.severity, check.reasons)

Functions
    attribute      the quotations of a text or a file: who said what
    build          bring sources into a library, one SQLite file
    check          a quotation against a library: its verdict, place, speaker, differences
    check_text     every quotation of a draft, against a library or a few given texts
    trace          every occurrence of a quotation in a library, in order of time
    search         what was said about something, by whom and when
    export         the quotations of a library for other programs
    open_library   a library itself: its documents and quotations

Records and classes
    Quotation      what `attribute` gives
    Check          what `check` gives
    CheckedQuotation  a check with its quotation, what `check_text` gives
    Document       a text and where it comes from
    Span           a place in a document's text
    Attributor     attributes many documents, with options
    Library        what `open_library` gives
    BuildReport    what `build` gives
    Trace          what `trace` gives
    SearchResults  what `search` gives

All that fails raises a subclass of `quotecheck.errors.QuotecheckError`, which says what failed,
where, and what to do about it: `InputError` for a file or a text, `LibraryError` for a library,
`WeightsError` for the weights. Nothing prints, nothing exits, and nothing touches the network.

Places are half-open pairs of code points into the document's raw text: ``text[start:end]`` gives
the words back. Importing this package loads nothing; each name is loaded when it is first used,
and the weights, once a process, when the first text is attributed.
"""

from typing import TYPE_CHECKING, Any

from quotecheck._version import __version__

if TYPE_CHECKING:
    from quotecheck.api import (
        Attributor,
        BuildReport,
        Check,
        CheckedQuotation,
        Document,
        Library,
        Quotation,
        SearchResults,
        Span,
        Trace,
        attribute,
        build,
        check,
        check_text,
        export,
        open_library,
        search,
        trace,
    )

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
    "__version__",
    "attribute",
    "build",
    "check",
    "check_text",
    "export",
    "open_library",
    "search",
    "trace",
]

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Load a name of the public face when it is first used."""
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = getattr(import_module("quotecheck.api"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
