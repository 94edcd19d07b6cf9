"""Write results into files, folders and streams; a file is written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias

from quotecheck.errors import InputError
from quotecheck.output.registry import OutputFormat
from quotecheck.output.unfinished import written_whole
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

__all__ = ["Target", "check_target", "file_stem", "write_pieces", "write_result"]

Target: TypeAlias = Path | IO[str] | IO[bytes]
"""Where something is written: a file or folder by its path, or a stream open for writing."""


_DEVICE = re.compile(r"(?:con|prn|aux|nul|(?:com|lpt)[0-9¹²³])(?:\.|\Z)", re.IGNORECASE)


class _Documents(Protocol):
    """A result that can be written as a page for each document."""

    @property
    def weights(self) -> Mapping[str, str]: ...
    def documents(self) -> Iterator[tuple[Document, Sequence[Quotation]]]: ...


def check_target(form: OutputFormat, target: Target) -> None:
    """Check whether a format can be written there; asked before an hour's work, not after.

    Raises:
        InputError: the format needs a folder, or a file, and the target is not one.
        MissingExtraError: the format needs a package that is not installed.
    """
    if form.require is not None:
        form.require()
    folder = isinstance(target, Path) and target.is_dir()
    if isinstance(target, Path) and form.files is None and not target.parent.is_dir():
        pages = form.page is not None and _is_folder(target)  # a folder, which is made
        if not pages:
            raise InputError(
                "the folder for the output does not exist",
                where=str(target),
                remedy=f"Make it first: mkdir -p {target.parent}",
            )
    if form.files is not None and not isinstance(target, Path):
        raise InputError(
            f"{form.name} needs a folder to write to",
            remedy=f"Name one: --format {form.name} --output FOLDER",
        )
    if form.file is not None and (folder or not isinstance(target, Path)):
        raise InputError(
            f"{form.name.capitalize()} goes into a file",
            remedy=f"Name one: --output quotations{form.suffix}",
        )
    if form.stream is not None and form.page is None and folder and isinstance(target, Path):
        raise InputError(
            f"{form.name} goes into one file, and this is a folder",
            where=str(target),
            remedy=f"Name a file: --output {target / ('quotations' + form.suffix)}",
        )


def write_result(form: OutputFormat, result: Any, target: Target) -> None:
    """Write a result in a format that is not for a terminal.

    A format with a page for each document goes to a stream or a file where there is one document;
    for several, the target is a folder: one that exists, or a name without a suffix.

    Args:
        form: the format (`quotecheck.output.registry.format_of`).
        result: of the kind that the format is for.
        target: a file, a folder, or a stream.

    Raises:
        InputError: the target cannot be written, or cannot hold more than one document.
        MissingExtraError: the format needs a package that is not installed.
    """
    check_target(form, target)
    if isinstance(target, Path) and (form.files or (form.page and _is_folder(target))):
        _write_folder(form, result, target)
    elif form.stream is not None:
        text = form.stream(result)
        write_pieces(target, [text] if isinstance(text, str) else text)
    elif form.page is not None:
        write_pieces(target, _only_page(form, result))
    elif form.file is not None:
        form.file(result, target)
    else:
        raise ValueError(f"{form.name} is for a terminal")


def write_pieces(target: Target, pieces: Iterable[str]) -> None:
    """Write pieces of text as they come: to a stream, or to a file that takes its name at the end.

    Raises:
        InputError: the file cannot be written.
    """
    if not isinstance(target, Path):
        write: Any = target.write
        text = hasattr(target, "encoding")  # of a stream of text, whatever its class
        for piece in pieces:
            write(piece if text else piece.encode("utf-8", "surrogatepass"))
        return
    with written_whole(target) as unfinished, unfinished.open("wb") as file:
        for piece in pieces:
            file.write(piece.encode("utf-8", "surrogatepass"))


def file_stem(document: Document) -> str:
    """The name of a document's file without a suffix, safe on every file system.

    Different documents may get the same; who writes many keeps the names apart.
    """
    stem = (re.sub(r"[^\w.-]+", "_", document.id).lstrip(".") or "document")[:120]
    # Windows keeps these names for devices, whatever ending they have.
    return f"_{stem}" if _DEVICE.match(stem) else stem


def _is_folder(path: Path) -> bool:
    return path.is_dir() or not (path.suffix or path.exists())


def _only_page(form: OutputFormat, result: _Documents) -> Iterator[str]:
    assert form.page is not None  # noqa: S101 - the caller has looked
    for number, (document, quotations) in enumerate(result.documents()):
        if number:
            raise InputError(
                f"{form.name} takes one article a file, and there are several",
                remedy="Name a folder, which gets a file for each: --output FOLDER",
            )
        yield from form.page(document, quotations, weights=result.weights)


def _write_folder(form: OutputFormat, result: _Documents, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder cannot be made ({error.strerror or error})",
            where=str(folder),
            remedy="Name a folder in a place where you may write.",
        ) from error
    stems: dict[str, int] = {}
    for document, quotations in result.documents():
        stem = _distinct(file_stem(document), stems)
        if form.files is not None:
            for name, content in form.files(document, quotations, stem).items():
                write_pieces(folder / name, [content])
        elif form.page is not None:
            pieces = form.page(document, quotations, weights=result.weights)
            write_pieces(folder / f"{stem}{form.suffix}", pieces)


def _distinct(stem: str, stems: dict[str, int]) -> str:
    """The stem, or with a number where another file of this run has it (on any file system)."""
    name, number = stem, stems.get(stem.casefold(), 0)
    while name.casefold() in stems:
        number += 1
        name = f"{stem}-{number + 1}"
    stems[name.casefold()] = stems[stem.casefold()] = number
    return name
