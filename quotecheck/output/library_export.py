"""What a library holds, chosen and written in any format: one call for commands and programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from quotecheck.errors import InputError
from quotecheck.output.export import (
    export_weights,
    one_moment,
    quoted_documents,
    with_quotations,
)
from quotecheck.output.files import Target, check_target, write_result
from quotecheck.output.registry import format_of

if TYPE_CHECKING:
    from quotecheck.library.library import Library, StoredQuotation
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["LibraryExport", "Selection", "check_export", "export_library"]

_PROVENANCE = ("prov", "prov-json")


@dataclass(frozen=True, slots=True)
class Selection:
    """Which documents and quotations to write: those of a document, a speaker, between dates."""

    document: str | None = None
    speaker: str | None = None
    date_from: str | None = None
    date_to: str | None = None


@dataclass(frozen=True)
class LibraryExport:
    """The newest quotations of an open library, as far as they are selected."""

    library: Library
    selection: Selection
    progress: Callable[[int, str], None] | None = None

    @cached_property
    def weights(self) -> Mapping[str, str]:
        """The sha256 of each file of weights of the newest run that looked for quotations."""
        return export_weights(self.library)

    def stored(self) -> Iterator[tuple[Document, list[StoredQuotation]]]:
        """Each document with its quotations as they are stored."""
        chosen = self.selection
        quoted = quoted_documents(
            self.library,
            document=chosen.document,
            speaker=chosen.speaker,
            date_from=chosen.date_from,
            date_to=chosen.date_to,
        )
        for number, (document, stored) in enumerate(quoted, start=1):
            yield document, stored
            if self.progress is not None:
                self.progress(number, document.title or document.id)

    def documents(self) -> Iterator[tuple[Document, Sequence[Quotation]]]:
        """Each document with its quotations."""
        return with_quotations(self.stored())

    @property
    def name(self) -> str:
        """The library's name, from its file's."""
        return Path(self.library.path).stem


def check_export(name: str, target: Target, selection: Selection) -> None:
    """Check whether a library can be written in this format, to this target.

    Raises:
        InputError: there is no such format, the target cannot take it, or part of a document is
            asked for where only whole ones can be written.
        MissingExtraError: the format needs a package that is not installed.
    """
    chosen = selection
    if name in _PROVENANCE and (chosen.speaker or chosen.date_from or chosen.date_to):
        raise InputError(
            "provenance is of whole documents",
            remedy="Leave out --speaker, --from and --to; --document may be given.",
        )
    check_target(format_of("library", name), target)


def export_library(
    library: Library,
    name: str,
    target: Target,
    selection: Selection | None = None,
    *,
    progress: Callable[[int, str], None] | None = None,
) -> None:
    """Write what a library holds; all of it is of one moment, whatever others write meanwhile.

    Args:
        library: open for reading or writing.
        name: a format of `quotecheck.output.registry.RESULTS` for "library".
        target: a file, a folder (a file for each document), or a stream.
        selection: what to write; everything when None.
        progress: called with how many documents are written, and the name of the last.

    Raises:
        InputError: there is no such format, document, speaker or date, or the target cannot take
            it.
        LibraryError: the library cannot be read.
        MissingExtraError: the format needs a package that is not installed.
    """
    selection = selection or Selection()
    check_export(name, target, selection)
    with one_moment(library):
        write_result(
            format_of("library", name), LibraryExport(library, selection, progress), target
        )


# The writers that the registry names.


def as_prov(export: LibraryExport) -> Iterator[str]:
    """Where everything came from, as PROV-JSON."""
    from quotecheck.output.interchange.prov import prov_json

    return prov_json(export.library, export.selection.document)


def as_corpus(export: LibraryExport) -> Iterator[str]:
    """One TEI corpus."""
    from quotecheck.output.interchange.corpora import tei_corpus

    title = f"Quotations of the library {export.name}"
    return tei_corpus(export.documents(), title=title, weights=export.weights)


def as_collection(export: LibraryExport) -> Iterator[str]:
    """One collection of W3C annotations."""
    from quotecheck.output.interchange.corpora import annotation_collection

    urn = f"urn:quotecheck:library:{quote(export.name, safe='')}"
    return annotation_collection(export.documents(), name=urn, weights=export.weights)


def as_graph(export: LibraryExport) -> Iterator[str]:
    """One graph in schema.org's words."""
    from quotecheck.output.interchange.corpora import library_graph

    return library_graph(export.documents())


def to_parquet(export: LibraryExport, path: Path) -> int:
    """One table of Parquet; gives the number of its rows."""
    from quotecheck.output.interchange.parquet import write_parquet

    return write_parquet(path, export.stored(), weights=export.weights)
