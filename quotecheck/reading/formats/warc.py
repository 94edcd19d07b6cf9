"""Web archives: every page that a WARC file keeps, with its address and the day it was kept."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from quotecheck.errors import InputError

__all__ = ["WebRecord", "read_records"]

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_LARGEST: Final = 64 << 20
"""Bytes of a page. What is larger was not written for people."""
_REST: Final = 1 << 30
"""Bytes of one record that are passed over before the file is given up."""
_REMEDY = "Get the file again; warcio check FILE says what is wrong."


@dataclass(frozen=True, slots=True)
class WebRecord:
    """A page of an archive: its bytes, its kind ("html" or "text"), and what its headers say."""

    data: bytes
    kind: str
    charset: str | None
    where: str
    metadata: dict[str, str] = field(default_factory=dict)


def read_records(file: BinaryIO, *, name: str) -> Iterator[WebRecord | InputError]:
    """Yield the web pages of a WARC file in their order, one in memory at a time.

    These are responses and resources of HTML (of responses only those that succeeded), and the
    plain texts of conversion records. All others are passed over.

    Args:
        file: the file, open for reading in binary; gzip is seen through.
        name: what to call it in messages.

    Yields:
        Pages, and an InputError in the place of each that cannot be read. After damage that leaves
        no way to the next record, an InputError comes last.

    Raises:
        InputError: it is not a WARC file, or holds no web page.
    """
    from warcio.archiveiterator import ArchiveIterator

    noise = io.StringIO()  # warcio writes its warnings to standard error
    with contextlib.redirect_stderr(noise):
        records = ArchiveIterator(file)
    number = pages = 0
    while True:
        try:
            with contextlib.redirect_stderr(noise):
                record = next(records, None)
                if record is None:
                    break
                number += 1
                page = _page(record, f"{name}, record {number}")
        except InputError as error:
            pages += 1
            yield error
            if isinstance(error, _LostError):
                return
            continue
        except Exception as error:  # warcio and zlib raise many kinds for damage
            lost = InputError(
                f"it is damaged or cut off after record {number} ({error})"
                if number
                else f"it is not a WARC file, or is damaged ({error})",
                where=name,
                remedy=_REMEDY,
            )
            if not pages:
                raise lost from error
            yield lost
            return
        if page is not None:
            pages += 1
            yield page
    if not pages:
        raise InputError(
            "there is no web page among its records" if number else "it is not a WARC file",
            where=name,
            remedy=_REMEDY,
        )


class _LostError(InputError):
    """After this, there is no way to the next record."""


def _page(record: Any, where: str) -> WebRecord | None:
    """The page that a record holds; None where it holds none."""
    kind = record.rec_type
    headers = record.http_headers
    content_type = record.content_type or ""
    if headers is not None:
        content_type = headers.get_header("Content-Type") or ""
    media, _, parameters = content_type.partition(";")
    media = media.strip().lower()
    is_page = (kind in ("response", "resource") and media in _HTML) or (
        kind == "conversion" and media == "text/plain"
    )
    if not is_page or (headers is not None and not str(headers.get_statuscode()).startswith("2")):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    url = url.strip().strip("<>")
    where = f"{where} ({url})" if url else where
    data = _content(record, where)
    if not data.strip():
        return None
    day = (record.rec_headers.get_header("WARC-Date") or "")[:10]
    charset = parameters.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    identity = record.rec_headers.get_header("WARC-Record-ID") or ""
    metadata = {"url": url, "date": day, "origin": identity and f"WARC record {identity}"}
    return WebRecord(
        data,
        "html" if media in _HTML else "text",
        charset,
        where,
        {name: value for name, value in metadata.items() if value},
    )


def _content(record: Any, where: str) -> bytes:
    from warcio.bufferedreaders import BufferedReader

    packed = record.http_headers and record.http_headers.get_header("Content-Encoding")
    known = BufferedReader.get_supported_decompressors()
    if packed and packed.lower() == "br" and "br" not in known:
        raise InputError(
            "the page is compressed with Brotli, which cannot be read here",
            where=where,
            remedy="Install it: pip install brotli",
        )
    stream = record.content_stream()
    parts: list[bytes] = []
    size = 0
    while block := stream.read(1 << 16):
        size += len(block)
        if size <= _LARGEST:
            parts.append(block)
        else:
            parts.clear()
        if size > _REST:
            raise _LostError(
                "it unpacks to an unreasonable size, as files made to do harm do;"
                " what comes after it is left out",
                where=where,
                remedy="Take the record out of the file.",
            )
    if size > _LARGEST:
        raise InputError(
            f"the page is {size >> 20:,} MB large", where=where, remedy="Read it from a file."
        )
    return b"".join(parts)
