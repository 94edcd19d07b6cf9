"""The quotations of a library as one Parquet file: a row each, for pandas, DuckDB, Spark and R.

Lists are lists there and places are structures, so nothing has to be taken apart again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from quotecheck._version import __version__
from quotecheck.errors import needing
from quotecheck.output.unfinished import written_whole

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from quotecheck.library.library import StoredQuotation
    from quotecheck.records.document import Document
    from quotecheck.records.text import Span

__all__ = ["PARQUET", "parquet_record", "require_parquet", "write_parquet"]

PARQUET: Final = "quotecheck/quotations-parquet/1"
"""The schema of the rows, kept in the file's metadata under "quotecheck"."""

_ROWS: Final = 10_000  # in memory at a time

_TEXTS: Final = (
    *("doc", "kind", "role", "cue", "cue_lemma", "source", "source_form", "content", "rule"),
    *("cue_class", "tense", "modality", "addressee", "time", "place", "prefix", "exact", "suffix"),
    *("title", "publication", "author", "date", "url", "path", "text_sha256"),
)
_LISTS: Final = ("speakers", "identifiers", "descriptions", "via")
_NUMBERS: Final = ("n", "quotation", "run", "parent", "start", "end")
_CHANCES: Final = ("confidence", "confidence_span", "confidence_source", "confidence_name")
_PLACES: Final = ("content_spans", "cue_spans", "source_spans")


def require_parquet() -> tuple[ModuleType, ModuleType]:
    """The modules ``pyarrow`` and ``pyarrow.parquet``.

    Raises:
        MissingExtraError: pyarrow is not installed.
    """
    with needing("Parquet needs pyarrow", "parquet"):
        import pyarrow
        import pyarrow.parquet
    return pyarrow, pyarrow.parquet


def parquet_record(document: Document, stored: StoredQuotation, number: int) -> dict[str, Any]:
    """One quotation as a row. ``number`` counts the quotations of its document from 1.

    ``start``, ``end``, ``prefix``, ``exact`` and ``suffix`` are its W3C selector; ``identifiers``
    and ``descriptions`` go with ``speakers``, "" where there is none.
    """
    text, quotation = document.text, stored.quotation
    facts, parts = quotation.facts, quotation.confidence_parts
    return {
        "doc": document.id,
        "n": number,
        "quotation": stored.id,
        "run": stored.run,
        "kind": quotation.kind,
        "speakers": [speaker.name or "" for speaker in quotation.speakers],
        "identifiers": [speaker.identifier or "" for speaker in quotation.speakers],
        "descriptions": [speaker.description or "" for speaker in quotation.speakers],
        "role": quotation.role,
        "via": list(quotation.via),
        "cue": _words(text, quotation.cue),
        "cue_lemma": quotation.cue_lemma,
        "source": _words(text, quotation.source),
        "source_form": quotation.source_form,
        "content": _words(text, quotation.content),
        "content_spans": _places(quotation.content),
        "cue_spans": _places(quotation.cue),
        "source_spans": _places(quotation.source),
        "confidence": quotation.confidence,
        "rule": quotation.rule,
        "cue_class": facts.cue_class,
        "negated": facts.negated,
        "tense": facts.tense,
        "modality": facts.modality,
        "addressee": _words(text, facts.addressee),
        "time": _words(text, facts.time),
        "place": _words(text, facts.place),
        "start": stored.start,
        "end": stored.end,
        "prefix": stored.prefix,
        "exact": stored.exact,
        "suffix": stored.suffix,
        "title": document.title,
        "publication": document.publication,
        "author": document.author,
        "date": document.date,
        "url": document.url,
        "path": document.path,
        "text_sha256": document.text_sha256,
        "parent": stored.parent,
        "confidence_span": None if parts is None else parts.span,
        "confidence_source": None if parts is None else parts.source,
        "confidence_name": None if parts is None else parts.name,
    }


def write_parquet(
    path: Path,
    results: Iterable[tuple[Document, Sequence[StoredQuotation]]],
    *,
    weights: Mapping[str, str],
) -> int:
    """Write all quotations into a file, which takes its name when it is whole.

    Args:
        path: the file; another one of that name is replaced.
        results: documents with their stored quotations.
        weights: the sha256 of each file of weights that took part, by file name.

    Returns:
        The number of rows.

    Raises:
        InputError: the file cannot be written.
        MissingExtraError: pyarrow is not installed.
    """
    arrow, parquet = require_parquet()
    schema = _schema(arrow, weights)
    number = 0
    with (
        written_whole(path) as unfinished,
        parquet.ParquetWriter(str(unfinished), schema, compression="zstd") as writer,
    ):
        for rows in _batches(results):
            writer.write_table(arrow.Table.from_pylist(rows, schema=schema))
            number += len(rows)
    return number


def _batches(
    results: Iterable[tuple[Document, Sequence[StoredQuotation]]],
) -> Iterator[list[dict[str, Any]]]:
    rows: list[dict[str, Any]] = []
    for document, quotations in results:
        for number, stored in enumerate(quotations, start=1):
            rows.append(parquet_record(document, stored, number))
            if len(rows) >= _ROWS:
                yield rows
                rows = []
    if rows:
        yield rows


def _schema(arrow: ModuleType, weights: Mapping[str, str]) -> Any:
    place = arrow.struct([("start", arrow.int32()), ("end", arrow.int32())])
    types = (
        dict.fromkeys(_TEXTS, arrow.string())
        | dict.fromkeys(_LISTS, arrow.list_(arrow.string()))
        | dict.fromkeys(_NUMBERS, arrow.int64())
        | dict.fromkeys(_PLACES, arrow.list_(place))
        | dict.fromkeys(_CHANCES, arrow.float64())
        | {"negated": arrow.bool_()}
    )
    order = _COLUMNS
    file_metadata = {"schema": PARQUET, "quotecheck": __version__, "weights": dict(weights)}
    metadata = {"quotecheck": json.dumps(file_metadata, sort_keys=True)}
    return arrow.schema([(name, types[name]) for name in order], metadata=metadata)


_COLUMNS: Final = (
    *("doc", "n", "kind", "speakers", "identifiers", "descriptions", "role", "via"),
    *("cue", "cue_lemma", "source", "source_form", "content", "confidence", "rule"),
    *("cue_class", "negated", "tense", "modality", "addressee", "time", "place"),
    *("content_spans", "cue_spans", "source_spans"),
    *("start", "end", "prefix", "exact", "suffix"),
    *("title", "publication", "author", "date", "url", "path", "text_sha256"),
    *("quotation", "run", "parent"),
    *("confidence_span", "confidence_source", "confidence_name"),
)


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def _places(spans: Sequence[Span]) -> list[dict[str, int]]:
    return [{"start": span.start, "end": span.end} for span in spans]
