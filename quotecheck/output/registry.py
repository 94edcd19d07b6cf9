"""Every result that can be written, and every format of each: what commands and programs pick from.

`RESULTS` has the formats of each kind of result by name. The first of a kind that people read is
"table". A writer is imported when it is called: a table on a terminal needs neither lxml nor Jinja.

>>> sorted(RESULTS["trace"])
['json', 'jsonl', 'svg', 'table']
>>> RESULTS["attributions"]["tei"].suffix
'.tei.xml'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from quotecheck.errors import InputError
from quotecheck.output.readable_checks import readable_check
from quotecheck.output.tally import numbers_in
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

if TYPE_CHECKING:
    from quotecheck.checking.verdict import Gate
    from quotecheck.facts.filters import QuotationFilter
    from quotecheck.library.document_lookup import SourceFacts
    from quotecheck.records.check import Check

__all__ = [
    "RESULTS",
    "ArticleChecks",
    "Attributions",
    "CheckedWith",
    "Listing",
    "OutputFormat",
    "ResultKind",
    "format_of",
]

ResultKind = Literal[
    "attributions",
    "checks",
    "trace",
    "search",
    "timeline",
    "speakers",
    "merge suggestions",
    "speaker changes",
    "kept checks",
    "recheck",
    "recheck summary",
    "library",
]
Weights = Mapping[str, str]
"""The sha256 of each file of weights, by name."""


@dataclass(frozen=True, slots=True)
class Attributions:
    """Documents with their quotations, as they come; which are wanted; whether to explain them."""

    results: Iterable[tuple[Document, Sequence[Quotation]]]
    weights: Weights = field(default_factory=dict)
    choice: QuotationFilter | None = None
    explain: bool = False

    def documents(self) -> Iterator[tuple[Document, Sequence[Quotation]]]:
        """Each document with those of its quotations that are wanted."""
        for document, quotations in self.results:
            if self.choice is None:
                yield document, quotations
            else:
                yield (
                    document,
                    [quotation for quotation in quotations if self.choice.takes(quotation)],
                )


@dataclass(frozen=True, slots=True)
class CheckedWith:
    """Who checked against which library on which day.

    ``library`` is its file's name, ``holds`` what it holds in words, ``day`` an ISO 8601 date,
    ``who`` None where nobody is to be named.
    """

    library: str
    holds: str
    day: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleChecks:
    """Articles with their checks; None stands for quotations that were given by themselves.

    ``sources`` has what the library says of the documents in which they were found, by key.
    ``carried`` are the other columns of a list of quotations, a row for each check. ``gate`` and
    ``strict_speaker`` are those of the exit code (`quotecheck.checking.verdict.is_at_fault`).
    ``checked`` is who checked with what, where that is known. ``attributed`` are all quotations of
    each article by its id, checked or not: their order gives the numbers.
    """

    articles: Sequence[tuple[Document | None, Sequence[tuple[Check, Quotation | None]]]]
    weights: Weights = field(default_factory=dict)
    sources: Mapping[str, SourceFacts] = field(default_factory=dict)
    carried: Sequence[Mapping[str, str]] = ()
    gate: Gate = "any"
    strict_speaker: bool = False
    checked: CheckedWith | None = None
    attributed: Mapping[str, Sequence[Quotation]] = field(default_factory=dict)

    def readable(self, article: Document | None, check: Check) -> Check:
        """A check of an article as people read it, without Markdown's marks."""
        about = self.sources.get(check.document or "")
        return readable_check(
            check,
            draft=article is not None and article.reader == "markdown",
            source=about is not None and about.reader == "markdown",
        )

    def numbers(
        self, article: Document | None, pairs: Sequence[tuple[Check, Quotation | None]]
    ) -> list[int]:
        """The number that each checked quotation has in its article, from 1."""
        every = self.attributed.get(article.id) if article else None
        return numbers_in(every, [quotation for _, quotation in pairs])

    def found(self, article: Document | None) -> int | None:
        """How many quotations an article has; None where that is not known."""
        every = self.attributed.get(article.id) if article else None
        return None if every is None else len(every)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of which a table shows so many at most; all of it goes into other formats."""

    items: Iterable[Any]
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class OutputFormat:
    """One way to write results of one kind.

    ``table`` takes the result and a console of rich, ``stream`` the result and gives one text or
    pieces of one, ``file`` the result and a path. ``page`` takes a document, its quotations and, as
    ``weights``, the sha256 of each file of weights, and gives the pieces of its file; ``files``
    takes the first two and what its files are to be called, and gives names of files with their
    content. A format with ``stream`` and ``page`` writes one text into a file, and a file for each
    document into a folder. ``require`` raises an error where something is not installed. ``suffix``
    is that of a file's name.
    """

    name: str
    summary: str
    suffix: str = ""
    table: Callable[..., None] | None = None
    stream: Callable[..., str | Iterable[str]] | None = None
    page: Callable[..., Iterable[str]] | None = None
    files: Callable[..., Mapping[str, str]] | None = None
    file: Callable[..., object] | None = None
    require: Callable[[], object] | None = None


def format_of(kind: ResultKind, name: str) -> OutputFormat:
    """The format of this name for a kind of result.

    Raises:
        InputError: there is none.
    """
    try:
        return RESULTS[kind][name]
    except KeyError:
        raise InputError(
            f"there is no format {name!r}",
            remedy=f"Use one of {', '.join(RESULTS[kind])}.",
        ) from None


def _at(place: str) -> Callable[..., Any]:
    """The function at a place in this package ("traces:trace_json"), imported when it is called."""
    module, _, name = place.partition(":")

    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(import_module(f"quotecheck.output.{module}"), name)(*arguments, **options)

    call.__name__ = call.__qualname__ = name
    call.__doc__ = f"See `quotecheck.output.{module}.{name}`."
    return call


def _table(place: str) -> OutputFormat:
    return OutputFormat("table", "for people, on a terminal", table=_at(place))


def _text(name: str, summary: str, place: str, suffix: str = "") -> OutputFormat:
    return OutputFormat(name, summary, suffix or f".{name}", stream=_at(place))


def _page(name: str, summary: str, suffix: str, place: str, stream: str = "") -> OutputFormat:
    whole = _at(stream) if stream else None
    return OutputFormat(name, summary, suffix, page=_at(place), stream=whole)


def _listing(kind: str) -> tuple[OutputFormat, ...]:
    """The formats of a list of speakers, of pairs that may be one, or of changes."""
    return (
        _table(f"terminal.people:{kind}_table"),
        _text("json", "one JSON array", f"people:{kind}_json"),
        _text("jsonl", "one a line", f"people:{kind}_lines"),
        _text("csv", "one a row", f"people:{kind}_rows"),
    )


_ANNOTATIONS: Final = "interchange.w3c:annotation_pieces"
_GRAPH: Final = "interchange.schema_org:graph_page"
_FORMATS: Final[Mapping[ResultKind, Sequence[OutputFormat]]] = {
    "attributions": (
        _table("terminal.quotations:attribution_tables"),
        _text("json", "one JSON object, every field", "attributions:as_json"),
        _text("jsonl", "one quotation a line", "attributions:as_lines"),
        _text("csv", "one quotation a row", "attributions:as_rows"),
        _page("html", "a page to read and to print", ".html", "html.article:page_html"),
        _page("tei", "TEI P5, the text as it is", ".tei.xml", "interchange.tei:tei"),
        _page("w3c", "W3C Web Annotations", ".w3c.json", _ANNOTATIONS),
        _page("schema-org", "schema.org Quotations", ".schema-org.json", _GRAPH),
        _page(
            "citron", "Citron's interchange layout", ".citron.json",
            "interchange.citron:citron_page",
        ),
        OutputFormat(
            "brat", "brat standoff, a folder", files=_at("interchange.brat:standoff_files")
        ),
    ),
    "checks": (
        _table("terminal.checks:check_tables"),
        _text("json", "one JSON object an article", "checks:as_json"),
        _text("jsonl", "one check a line", "checks:as_lines"),
        _text("csv", "one check a row", "checks:as_rows"),
        _text("html", "a page to read and to print", "html.checks:checks_page"),
        _text(
            "claim-review", "schema.org ClaimReview", "interchange.claim_review:as_json", ".json"
        ),
        _text("sheet", "CSV for people, one quotation a row", "desk.sheets:sheet_rows", ".csv"),
        OutputFormat(
            "xlsx", "an Excel workbook", ".xlsx", file=_at("desk.sheets:write_workbook"),
            require=_at("desk.sheets:require_openpyxl"),
        ),
        OutputFormat(
            "docx", "the draft as a Word document with comments", ".docx",
            file=_at("desk.word_comments:write_commented"),
            require=_at("desk.word_comments:require_python_docx"),
        ),
        _text("markdown", "tables in Markdown", "desk.notes:as_markdown", ".md"),
        _text("text", "plain text to paste into a mail", "desk.notes:as_text", ".txt"),
        _text("sarif", "SARIF 2.1.0, for code scanning", "desk.findings:as_sarif"),
        _text("github", "annotations of GitHub Actions", "desk.findings:as_annotations", ".txt"),
        _text("junit", "JUnit XML, for test reports", "desk.findings:as_junit", ".xml"),
    ),
    "trace": (
        _table("terminal.traces:render_trace"),
        _text("json", "one JSON object", "traces:trace_json"),
        _text("jsonl", "one occurrence a line", "traces:trace_lines"),
        _text("svg", "a timeline as a picture", "timeline_svg:trace_svg"),
    ),
    "search": (
        _table("terminal.search:render_search"),
        _text("json", "one JSON object", "search:search_json"),
        _text("jsonl", "one place a line", "search:search_lines"),
        _text("csv", "one place a row", "search:search_rows"),
    ),
    "timeline": (
        _table("terminal.search:render_timeline"),
        _text("json", "one JSON object", "search:timeline_json"),
        _text("jsonl", "one period a line", "search:timeline_lines"),
        _text("csv", "one period a row", "search:timeline_rows"),
    ),
    "speakers": _listing("speaker"),
    "merge suggestions": _listing("suggestion"),
    "speaker changes": _listing("change"),
    "kept checks": (
        _table("kept_checks:kept_table"),
        _text("jsonl", "one check a line", "kept_checks:kept_lines"),
        _text("csv", "one check a row", "kept_checks:kept_rows"),
        _text(
            "claim-review", "schema.org ClaimReview", "kept_checks:kept_claim_reviews", ".json"
        ),
    ),
    "recheck": (
        _table("terminal.library:render_result"),
        _text("jsonl", "one result a line", "recheck:result_line"),
    ),
    "recheck summary": (
        _table("terminal.library:render_recheck"),
        _text("jsonl", "one line", "recheck:summary_line"),
    ),
    "library": (
        _text("prov", "W3C PROV-JSON", "library_export:as_prov", ".json"),
        _text("prov-json", "the same as prov", "library_export:as_prov", ".json"),
        _text("jsonl", "one quotation a line", "attributions:as_lines"),
        _text("csv", "one quotation a row", "attributions:as_rows"),
        OutputFormat(
            "parquet", "one quotation a row of Parquet", ".parquet",
            file=_at("library_export:to_parquet"),
            require=_at("interchange.parquet:require_parquet"),
        ),
        _page(
            "tei", "a TEI corpus; in a folder, a TEI file a document", ".tei.xml",
            "interchange.tei:tei", "library_export:as_corpus",
        ),
        _page(
            "w3c", "one collection of W3C annotations; in a folder, one a document", ".w3c.json",
            _ANNOTATIONS, "library_export:as_collection",
        ),
        _page(
            "schema-org", "one graph in schema.org's words; in a folder, one a document",
            ".schema-org.json", _GRAPH, "library_export:as_graph",
        ),
    ),
}  # fmt: skip

RESULTS: Final[Mapping[ResultKind, Mapping[str, OutputFormat]]] = MappingProxyType(
    {kind: MappingProxyType({one.name: one for one in forms}) for kind, forms in _FORMATS.items()}
)
"""The formats of each kind of result, by name."""
