"""Files to documents: text, pages, PDF, Word, books, mail, captions, web archives, tables, ZIP.

>>> [str(path) for path in find_inputs([])]
[]
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotecheck.errors import InputError
from quotecheck.language.bylines import names_person
from quotecheck.reading.claim_reviews import not_a_text
from quotecheck.reading.extraction import Reading
from quotecheck.reading.formats.front_matter import front_matter, heading_lines
from quotecheck.reading.formats.html import declared_charset, read_page
from quotecheck.reading.formats.jsonl import document_of_row, read_json_lines
from quotecheck.reading.formats.markdown import blockquotes, heading
from quotecheck.reading.headlines import headline_of
from quotecheck.reading.inputs import SUFFIXES, Source, container, find_inputs, names_file
from quotecheck.reading.metadata import METADATA_KEYS, Metadata, read_sidecar, sidecar_fields
from quotecheck.reading.transcripts.interviews import interview_segments, interviewee
from quotecheck.reading.transcripts.record_marks import unmarked
from quotecheck.reading.transcripts.turns import segments as transcript_segments
from quotecheck.records.document import Document, Segment
from quotecheck.text.digest import sha256_hex
from quotecheck.text.markdown_marks import shown_markdown
from quotecheck.text.paragraphs import decode, trimmed

__all__ = [
    "SUFFIXES",
    "container",
    "document_of",
    "find_inputs",
    "only_document",
    "read_documents",
]

_CAPTIONS = frozenset({"webvtt", "srt"})  # they begin with what was said
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


def read_documents(
    path: Path | str, *, defaults: Mapping[str, str] | None = None
) -> Iterator[Document | InputError]:
    """Yield the documents of one file: one, or as many as JSON Lines, CSV, WARC and ZIP have.

    The reader goes by the name's ending; standard input and files without a known ending go by
    what they hold. Metadata come from the file (HTML metadata, front matter, a PDF's information,
    Word's properties, a book's package, headers of web archives, JSON fields), from a sidecar
    (``NAME.meta.json``) and from ``defaults``, the later winning over the earlier;
    ``Document.metadata_origin`` keeps which. Front matter is not part of the document's text.

    Args:
        path: the file; ``-`` for standard input; ``talks.zip/one.txt`` for a file of an archive,
            which has that for its path when the whole archive is read, too.
        defaults: metadata from options (`metadata.FIELDS`).

    Yields:
        Documents; an InputError in the place of each line, row, record or file of an archive that
        holds none.

    Raises:
        InputError: the file as a whole cannot be read, is empty, is not text, or shows no text.
    """
    source = Source.of(path)
    yield from _documents(source, source.kind(), dict(defaults or {}))


def _documents(
    source: Source, kind: str, defaults: Mapping[str, str]
) -> Iterator[Document | InputError]:
    try:
        if kind == "jsonl":
            yield from _json_lines(source, defaults)
        elif kind == "csv":
            yield from _rows(source, defaults)
        elif kind == "warc":
            yield from _records(source, defaults)
        elif kind == "zip":
            yield from _members(source, defaults)
        elif kind in ("claims", "json"):
            raise not_a_text(kind, source.name)
        else:
            data = source.read()
            reading, metadata = _read_bytes(data, kind)
            metadata.add(_sidecar(source), "sidecar")
            yield _document(reading, data, source, metadata, defaults)
    except InputError as error:
        where = error.where or source.name
        raise InputError(error.what, where=where, remedy=error.remedy) from error


def _sidecar(source: Source) -> dict[str, Any]:
    if source.sidecar is not None:
        return sidecar_fields(source.sidecar, f"{source.name}.meta.json")
    return read_sidecar(source.file) if source.file is not None else {}


def _document(
    reading: Reading,
    data: bytes,
    source: Source,
    metadata: Metadata,
    defaults: Mapping[str, str],
) -> Document:
    """The document of a text that was read."""
    metadata.add(defaults, "option")
    speaker = metadata.get("speaker")
    text = reading.text
    digest = sha256_hex(text.encode())
    headline = reading.headline
    if headline is None and reading.reader not in _CAPTIONS:
        # Where one speaks throughout, a line that only looks like a headline is spoken, too.
        headline = headline_of(text, metadata.get("title"), by_title_alone=speaker is not None)
    author = metadata.get("author")
    answers = speaker or interviewee(metadata.get("title"), author)
    # An interview is written by the one who asks, if it is one.
    writer = author if author and names_person(author) and "," not in author else None
    asks = writer if answers else None
    document = Document(
        id=f"{source.stem}-{digest[:8]}",
        text=text,
        bytes_sha256=sha256_hex(data),
        text_sha256=digest,
        path=source.path,
        encoding=reading.encoding,
        reader=reading.reader,
        segments=reading.segments
        or transcript_segments(text, answers=answers, asks=asks, author=writer)
        or interview_segments(
            text,
            answers=answers,
            author=writer,
            bold=reading.bold,
            italic=reading.italic,
            title=metadata.get("title"),
        ),
        blocks=reading.blocks,
        headline=headline,
        locators=reading.locators,
    )
    return _with_speaker(metadata.placed_on(document), speaker)


# -------------------------------------------------------------------------- files of many documents


def _json_lines(source: Source, defaults: Mapping[str, str]) -> Iterator[Document | InputError]:
    sha256 = source.sha256()
    with source.open() as file:
        lines: Iterable[bytes] = file
        head = file.read(2)
        file.seek(0)
        if head in _UTF16_BOMS:
            lines = decode(file.read())[0].encode().splitlines(keepends=True)
        yield from read_json_lines(
            lines, bytes_sha256=sha256, name=source.name, path=source.path, defaults=defaults
        )


def _rows(source: Source, defaults: Mapping[str, str]) -> Iterator[Document | InputError]:
    from quotecheck.reading.formats.csv import read_rows

    data = source.read()
    words, encoding = decode(data)
    sha256 = sha256_hex(data)
    good = False
    for row in read_rows(words, name=source.name):
        if isinstance(row, InputError):
            good = True
            yield row
            continue
        fields, where = row
        good = True
        try:
            yield document_of_row(
                fields,
                where=where,
                path=source.path,
                defaults=defaults,
                bytes_sha256=sha256,
                encoding=encoding,
                reader="csv",
            )
        except InputError as error:
            yield error
    if not good:
        raise InputError("there are no rows below its header", remedy="Give a file with texts.")


def _records(source: Source, defaults: Mapping[str, str]) -> Iterator[Document | InputError]:
    from quotecheck.reading.formats.warc import read_records

    with source.open() as file:
        for record in read_records(file, name=source.name):
            if isinstance(record, InputError):
                yield record
                continue
            try:
                if record.kind == "html":
                    reading, metadata = _read_html(record.data, record.charset)
                else:
                    reading, metadata = _read_bytes(record.data, "text")
            except InputError as error:
                yield InputError(error.what, where=record.where, remedy=error.remedy)
                continue
            # The address is where the archive got it; the day only stands in for a date.
            fields = {
                n: v for n, v in record.metadata.items() if n != "date" or not metadata.get(n)
            }
            metadata.add(fields, "warc")
            yield _document(
                replace(reading, reader="warc"), record.data, source, metadata, defaults
            )


def _members(source: Source, defaults: Mapping[str, str]) -> Iterator[Document | InputError]:
    from quotecheck.reading.formats.zip_archive import read_members

    with source.open() as file:
        for member in read_members(file, SUFFIXES, name=source.name, only=source.member):
            if isinstance(member, InputError):
                if source.member is not None:
                    raise member
                yield member
                continue
            name = f"{source.name}/{member.name}"
            path = source.path and f"{source.path}/{member.name}"
            inner = Source(name, path, data=member.data, sidecar=member.sidecar)
            kind = inner.kind()
            try:
                # An archive that was named as a file of an archive is not opened either.
                yield from _documents(inner, "text" if kind == "zip" else kind, defaults)
            except InputError as error:
                if source.member is not None:
                    raise
                yield error


# ---------------------------------------------------------------------------- files of one document


def _read_bytes(data: bytes, kind: str) -> tuple[Reading, Metadata]:
    """The text that a file holds, and what the file says of itself."""
    metadata = Metadata()
    if kind == "html":
        return _read_html(data)
    if kind in ("pdf", "docx", "epub", "eml", "webvtt", "srt"):
        reading = _read_binary(data, kind)
        metadata.add(reading.metadata, reading.origin)
        return reading, metadata
    text, encoding = decode(data)
    front = front_matter(text)
    if front:
        metadata.add(front[0], "front matter")
        text = text[front[1].end :]
    elif kind == "text":
        metadata.add(heading_lines(text, METADATA_KEYS), "text")
    if not text.strip():
        raise InputError("there is no text in it", remedy="Give a file with text in it.")
    if kind != "markdown":
        if record := unmarked(text):
            metadata.add(record.metadata, "text")
            return Reading(record.text, "text", encoding, locators=record.locators), metadata
        return Reading(text, "text", encoding), metadata
    top = heading(text)
    if top is not None and not metadata.get("title"):
        metadata.add({"title": shown_markdown(top.of(text))}, "heading")
    return Reading(text, "markdown", encoding, blocks=blockquotes(text), headline=top), metadata


def _read_html(data: bytes, charset: str | None = None) -> tuple[Reading, Metadata]:
    source, encoding = decode(data, charset or declared_charset(data))
    page = read_page(source)
    if not page.text:
        raise InputError(
            "the page shows no text",
            remedy="Save the page as your browser shows it (a script may load its text).",
        )
    metadata = Metadata()
    metadata.add(page.metadata, "html")
    reading = Reading(
        page.text,
        "html",
        encoding,
        blocks=page.blocks,
        headline=page.headline,
        bold=page.bold,
        italic=page.italic,
    )
    return reading, metadata


def _read_binary(data: bytes, kind: str) -> Reading:
    if kind == "pdf":
        from quotecheck.reading.formats.pdf import read_pdf

        return read_pdf(data)
    if kind == "docx":
        from quotecheck.reading.formats.docx import read_docx

        return read_docx(data)
    if kind == "epub":
        from quotecheck.reading.formats.epub import read_epub

        return read_epub(data)
    if kind == "eml":
        from quotecheck.reading.formats.eml import read_message

        return read_message(data)
    from quotecheck.reading.formats.subtitles import read_subtitles

    return read_subtitles(*decode(data), kind)


def _with_speaker(document: Document, speaker: str | None) -> Document:
    """All but the headline as one speaker's turn, where the metadata name one and turns do not."""
    if not speaker or document.segments:
        return document
    start = document.headline.end if document.headline else 0
    place = trimmed(document.text, start, len(document.text))
    if place is None:
        return document
    return replace(document, segments=(Segment(place.start, place.end, speaker),))


def document_of(text: str, *, title: str | None = None, author: str | None = None) -> Document:
    """A document made of a text at hand; its id is made from the text's sha256."""
    digest = sha256_hex(text.encode("utf-8", "surrogatepass"))
    return Document(
        id=f"text-{digest[:12]}",
        text=text,
        bytes_sha256=digest,
        text_sha256=digest,
        title=title,
        author=author,
        reader="text",
    )


def only_document(source: str | os.PathLike[str], *, remedy: str) -> Document:
    """The document of a text, or of a file that holds one.

    Args:
        source: a path is a file; a ``str`` is the text itself, unless there is a file of that name.
        remedy: what to do where a ``str`` looks like the name of a file that is not there.

    Raises:
        InputError: the file cannot be read, or does not hold one document.
    """
    if isinstance(source, str) and not names_file(source, remedy=remedy):
        return document_of(source)
    documents = iter(read_documents(os.fspath(source)))
    first = next(documents, None)
    if isinstance(first, InputError):
        raise first
    if first is None or next(documents, None) is not None:
        raise InputError(
            "this file holds several documents" if first else "this file holds no document",
            where=os.fspath(source),
            remedy="Go through them: for document, quotations in api.attribute_file(path).",
        )
    return first
