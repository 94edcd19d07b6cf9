"""Results into files: one stream, one page a document, or a folder of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.cli.console import write_pieces
from quotecheck.errors import InputError

if TYPE_CHECKING:
    from quotecheck.output.registry import OutputFormat
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["check_output", "write_results"]


def check_output(name: str, output: Path | None) -> None:
    """Whether this output can take this format; asked before an hour's work, not after.

    Args:
        name: the format's name in `quotecheck.output.registry.FORMATS`.
        output: a file, a folder, or None for standard output.

    Raises:
        InputError: the format needs a folder, or a stream was given one.
    """
    from quotecheck.output.registry import FORMATS

    form = FORMATS[name]
    if form.files is not None and (output is None or str(output) == "-"):
        raise InputError(
            f"{name} needs a folder to write to",
            remedy=f"Name one: --format {name} --output FOLDER",
        )
    if form.stream is not None and output is not None and output.is_dir():
        raise InputError(
            f"{name} goes into one file, and this is a folder",
            where=str(output),
            remedy=f"Name a file: --output {output / ('quotations' + form.suffix)}",
        )


def write_results(
    name: str,
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    output: Path | None,
    weights: Mapping[str, str],
) -> None:
    """Write the results in a format.

    A format with one file a document goes to standard output or to a file where there is one
    document; for several, ``output`` is a folder: one that exists, or a name without a suffix.

    Args:
        name: the format's name in `quotecheck.output.registry.FORMATS`.
        results: documents with their quotations, as they come.
        output: a file, a folder, or None for standard output.
        weights: the sha256 of each file of weights, by name.

    Raises:
        InputError: the output cannot be written, or cannot hold more than one document.
    """
    from quotecheck.output.registry import FORMATS

    check_output(name, output)
    form = FORMATS[name]
    if form.stream is not None:
        write_pieces(output, form.stream(results, weights))
    elif output is None or str(output) == "-" or not (form.files or _is_folder(output)):
        write_pieces(output, _only_page(form, results, weights))
    else:
        _write_folder(form, results, output, weights)


def _is_folder(output: Path) -> bool:
    return output.is_dir() or not (output.suffix or output.exists())


def _only_page(
    form: OutputFormat,
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    weights: Mapping[str, str],
) -> Iterator[str]:
    assert form.page is not None  # noqa: S101 - `files` formats always go to a folder
    for number, (document, quotations) in enumerate(results):
        if number:
            raise InputError(
                f"{form.name} takes one article a file, and there are several",
                remedy="Name a folder, which gets a file for each: --output FOLDER",
            )
        yield from form.page(document, quotations, weights)


def _write_folder(
    form: OutputFormat,
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    folder: Path,
    weights: Mapping[str, str],
) -> None:
    from quotecheck.output.registry import file_stem

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made ({error.strerror or error})",
            where=str(folder),
            remedy="Name a folder in a place that you may write to.",
        ) from error
    taken: set[str] = set()
    for document, quotations in results:
        if form.files is not None:
            for name, content in form.files(document, quotations).items():
                write_pieces(folder / name, [content])
        elif form.page is not None:
            stem = _apart(file_stem(document), taken)
            pieces = form.page(document, quotations, weights)
            write_pieces(folder / f"{stem}{form.suffix}", pieces)


def _apart(stem: str, taken: set[str]) -> str:
    """The stem, or with a number where another file of this run has it (on any file system)."""
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}-{number}"
    taken.add(name.casefold())
    return name
