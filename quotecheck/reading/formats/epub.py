"""EPUB books: their chapters in the order of the spine, each laid out like a page."""

from __future__ import annotations

import io
import posixpath
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from quotecheck.errors import InputError
from quotecheck.reading.extraction import Reading, joined_locators
from quotecheck.reading.formats.html import declared_charset
from quotecheck.reading.formats.html_text import PageText, visible_text
from quotecheck.reading.formats.safe_xml import parse_xml
from quotecheck.reading.formats.safe_zip import Unpacker
from quotecheck.records.document import Locator
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import decode

__all__ = ["read_epub"]

_REMEDY = "Get the book again, or open it in a reader and export its text."
_PAGES = frozenset({"application/xhtml+xml", "text/html", "text/x-oeb1-document"})
_FIELDS = {
    "title": "title",
    "creator": "author",
    "date": "date",
    "publisher": "publication",
    "rights": "licence",
    "source": "origin",
}
# The signs of notes stand within sentences, where nobody said them.
_NOTE_SIGNS = re.compile(
    r"<a\b[^>]{0,400}(?:noteref|footnote-ref|backlink|footnote-back)[^>]{0,400}>.{0,60}?</a>",
    re.DOTALL | re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3")
_MAX_LABEL_CHARS = 120
"""Code points of a chapter's name that are kept."""


def read_epub(data: bytes) -> Reading:
    """The text of a book, with a locator for each chapter, and what its package says of it.

    A chapter begins with each heading of the highest rank in its file; a file without headings is
    a chapter named as in the table of contents, else after the file.

    Raises:
        InputError: it is not an EPUB, is damaged, is protected against reading, or holds no text.
    """
    with Unpacker(io.BytesIO(data), "EPUB") as unpacker:
        book = _Book(unpacker)
        parts: list[str] = []
        length = 0
        locators: list[Locator] = []
        blocks: list[Span] = []
        encoding = "utf-8"
        for href in book.spine:
            page, encoding = book.page(href)
            text = page.text
            if not text.strip():
                continue
            if parts:
                parts.append("\n\n")
                length += 2
            named = book.contents.get(href, "")
            locators += _chapters(page, named or posixpath.splitext(href)[0], length, named)
            blocks += [Span(span.start + length, span.end + length) for span in page.quotes]
            parts.append(text)
            length += len(text)
    if not parts:
        raise InputError(
            "there is no text in it", remedy="Its pages may be pictures: run them through OCR."
        )
    return Reading(
        "".join(parts),
        "epub",
        encoding=encoding,
        locators=joined_locators(locators),
        blocks=tuple(blocks),
        metadata=book.metadata,
        origin="epub",
    )


def _chapters(page: PageText, name: str, shift: int, named: str) -> Iterator[Locator]:
    """The chapters of one file of a book."""
    heads = [(span, tag) for span, tag in page.blocks if tag in _HEADINGS]
    top = min((tag for _, tag in heads), default="")
    heads = [(span, tag) for span, tag in heads if tag == top]
    labels = [" ".join(span.of(page.text).split())[:_MAX_LABEL_CHARS] for span, _ in heads]
    if len(heads) == 1 and named:
        labels = [named]
    starts = [span.start for span, _ in heads]
    # Ornaments and the like above the first heading belong to it.
    if starts and (starts[0] < 0.1 * len(page.text) or len(starts) == 1):
        starts[0] = 0
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
        labels.insert(0, name)
    for start, end, label in zip(starts, [*starts[1:], len(page.text)], labels, strict=True):
        yield Locator(start + shift, end + shift, "chapter", label or name)


class _Book:
    """The package of a book: which files make it up, in which order, and what it says of itself."""

    def __init__(self, unpacker: Unpacker) -> None:
        self._unpacker = unpacker
        container = parse_xml(unpacker.read("META-INF/container.xml"))
        roots = [str(e.get("full-path") or "") for e in container.iter("{*}rootfile")]
        if not roots or not roots[0]:
            raise InputError("its container names no package", remedy=_REMEDY)
        self._folder = posixpath.dirname(roots[0])
        package = parse_xml(unpacker.read(roots[0]))
        self.metadata = _metadata(package)
        self._locked = self._protected()
        items = {str(item.get("id")): item for item in package.iter("{*}item")}
        self.spine: list[str] = []
        for reference in package.iter("{*}itemref"):
            item = items.get(str(reference.get("idref")))
            if item is None or item.get("media-type") not in _PAGES:
                continue
            if "nav" not in str(item.get("properties") or "").split():
                self.spine.append(self._path(str(item.get("href") or "")))
        if not self.spine:
            raise InputError("its spine names no pages", remedy=_REMEDY)
        self.contents = self._contents(items)

    def page(self, href: str) -> tuple[PageText, str]:
        """One file of the spine, laid out, and its encoding."""
        if href in self._locked:
            raise InputError(
                "it is protected against reading (DRM)",
                remedy="Ask the publisher for a copy without protection.",
            )
        data = self._unpacker.read(href)
        source, encoding = decode(data, declared_charset(data)) if data.strip() else ("", "utf-8")
        return visible_text(_NOTE_SIGNS.sub("", source)), encoding

    def _path(self, href: str, folder: str | None = None) -> str:
        place = unquote(urlsplit(href).path)
        return posixpath.normpath(
            posixpath.join(self._folder if folder is None else folder, place)
        ).lstrip("/")

    def _protected(self) -> set[str]:
        """Files that are encrypted; fonts often are, and no harm is done."""
        if not self._unpacker.holds("META-INF/encryption.xml"):
            return set()
        root = parse_xml(self._unpacker.read("META-INF/encryption.xml"))
        return {self._path(str(e.get("URI") or ""), "") for e in root.iter("{*}CipherReference")}

    def _contents(self, items: dict[str, Any]) -> dict[str, str]:
        """What the table of contents calls each file: the first entry that leads to its top."""
        headings: dict[str, str] = {}
        for item in items.values():
            kind = item.get("media-type")
            is_nav = "nav" in str(item.get("properties") or "").split()
            if not is_nav and kind != "application/x-dtbncx+xml":
                continue
            path = self._path(str(item.get("href") or ""))
            try:
                root = parse_xml(self._unpacker.read(path))
            except InputError:
                continue  # chapters go by their headings then
            folder = posixpath.dirname(path)
            for href, label in _nav_entries(root) if is_nav else _ncx_entries(root):
                words = " ".join(label.split())[:_MAX_LABEL_CHARS]
                if href and words:
                    headings.setdefault(self._path(href, folder), words)
        return headings


def _nav_entries(root: Any) -> Iterator[tuple[str, str]]:
    kind = "{http://www.idpf.org/2007/ops}type"
    for nav in root.iter("{*}nav"):
        if nav.get(kind, "toc") == "toc":
            for link in nav.iter("{*}a"):
                yield str(link.get("href") or ""), "".join(link.itertext())


def _ncx_entries(root: Any) -> Iterator[tuple[str, str]]:
    for point in root.iter("{*}navPoint"):
        content = point.find("{*}content")
        label = point.find("{*}navLabel/{*}text")
        if content is not None and label is not None:
            yield str(content.get("src") or ""), label.text or ""


def _metadata(package: Any) -> dict[str, str]:
    fields: dict[str, list[str]] = {}
    for element in package.iter("{http://purl.org/dc/elements/1.1/}*"):
        name = str(element.tag).rpartition("}")[2]
        words = " ".join("".join(element.itertext()).split())
        if words and name in _FIELDS:
            fields.setdefault(_FIELDS[name], []).append(words)
        elif name == "identifier" and words.startswith(("http://", "https://")):
            fields.setdefault("url", []).append(words)
    # Several dates are of several editions, several titles a title and its parts: the first is it.
    return {
        name: ", ".join(values) if name == "author" else values[0]
        for name, values in fields.items()
    }
