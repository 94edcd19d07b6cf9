"""Web pages: their best text, its set-off quotations, and what the page says of itself.

The raw text of a page is the text that is extracted here, since a page has no other that people
read. `trafilatura` finds the article in the page; where it finds nothing, or fails, all of the
page's visible text is taken.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from quotecheck.annotations import Span

__all__ = ["Page", "declared_charset", "read_page"]

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes; browsers look no further for a charset


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: text, blockquotes, headline, metadata as field names and values."""

    text: str
    blocks: tuple[Span, ...]
    headline: Span | None
    metadata: dict[str, Any] = field(default_factory=dict)


def declared_charset(data: bytes) -> str | None:
    """The charset that a page's ``meta`` element or XML declaration names.

    >>> declared_charset(b'<html><head><meta charset="windows-1252">')
    'windows-1252'
    """
    match = _CHARSET.search(data, 0, _HEAD)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def read_page(source: str) -> Page:
    """Extract the article from a page.

    ``<q>`` becomes quotation marks in the text, ``<blockquote>`` a block. Paragraphs, headings and
    list items are parted by blank lines. A headline that the extraction leaves out is put back on
    top.

    Args:
        source: the page's HTML, decoded; any damage is borne.

    Returns:
        The page; its text is empty where the page shows none.
    """
    metadata: dict[str, Any] = {}
    builder = _Builder()
    tree = _parse(source)
    heading = ""
    if tree is not None:
        heading = _first_heading(tree)
        metadata = _metadata(tree)
        _write_marks(tree)
        body = _article(tree)
        if body is not None:
            _walk(body, builder)
    if not builder.parts:
        plain = _VisibleText()
        plain.feed(source)
        plain.close()
        builder = plain.builder
    title = str(metadata.get("title") or "")
    headline = _headline(builder, title, heading)
    text = builder.text()
    return Page(text, tuple(builder.spans), headline, metadata)


# ---------------------------------------------------------------------------------- text and places


class _Builder:
    """Lays blocks of text one below the other, a blank line between them."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.line: list[str] = []
        self.spans: list[Span] = []
        self.firsts: dict[int, str] = {}  # where a block begins -> the tag it came from

    def add(self, words: str | None) -> None:
        """More of the block at hand."""
        if words:
            self.line.append(words)

    def end_block(self, tag: str = "p") -> Span | None:
        """Finish the block at hand; its place, None where it was empty."""
        # HTML folds ASCII white space; a no-break space is a character of the text.
        lines = "".join(self.line).split("\v")
        self.line = []
        folded = [re.sub(r"[ \t\r\n\f]+", " ", line).strip(" ") for line in lines]
        block = re.sub(r"\n{3,}", "\n\n", "\n".join(folded)).strip()
        if not block:
            return None
        if self.parts:
            self.parts.append("\n\n")
            self.length += 2
        start = self.length
        self.firsts.setdefault(start, tag)
        self.parts.append(block)
        self.length += len(block)
        return Span(start, self.length)

    def text(self) -> str:
        """All blocks."""
        return "".join(self.parts)


def _headline(builder: _Builder, title: str, heading: str) -> Span | None:
    """Where the headline stands; it is put on top where the text does not begin with it."""
    for start, tag in list(builder.firsts.items())[:4]:
        end = builder.text()[start:].find("\n\n")
        line = builder.text()[start:] if end < 0 else builder.text()[start : start + end]
        if line and (_same(line, title) or _same(line, heading)):
            return Span(start, start + len(line))
        if tag == "h1":
            return Span(start, start + len(line))
    # The heading says it as readers see it; the title may carry the outlet's name.
    top = heading if heading and (not title or _key(heading) in _key(title)) else title
    if not top or not builder.parts:
        return None
    shift = len(top) + 2
    builder.parts[:0] = [top, "\n\n"]
    builder.length += shift
    builder.spans = [Span(span.start + shift, span.end + shift) for span in builder.spans]
    return Span(0, len(top))


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _same(one: str, other: str) -> bool:
    return bool(_key(one)) and _key(one) == _key(other)


# ------------------------------------------------------------------------------- what is in a page

_BLOCKS = frozenset(
    "p head item list quote table row cell div ab fw figure caption pre h1 h2 h3 h4 h5 h6".split()
)


def _parse(source: str) -> Any:
    from lxml import etree, html

    # A declared encoding in text that is decoded already makes lxml refuse it.
    source = re.sub(r"\A\s*<\?xml[^>]*>", "", source)
    try:
        return html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _quietly() -> None:
    """Keep the extraction's warnings from standard error, where nobody asked for them."""
    for name in ("trafilatura", "htmldate", "courlan", "justext", "charset_normalizer"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())


def _metadata(tree: Any) -> dict[str, Any]:
    _quietly()
    from trafilatura.metadata import extract_metadata

    try:
        # Only dates that the page declares: a date picked from its prose may be any day at all.
        found = extract_metadata(
            tree, date_config={"extensive_search": False, "original_date": True}
        )
    except Exception:  # whatever breaks in there, the text can still be read
        return {}
    url = found.url
    site = found.sitename or (found.hostname if url else None)
    return {
        "title": found.title,
        "author": (found.author or "").replace("; ", ", "),
        "date": found.date,
        "publication": site,
        "url": url,
        "licence": found.license,
    }


def _first_heading(tree: Any) -> str:
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        inside = tree.xpath("//article//h1 | //main//h1")
        headings = inside if len(inside) == 1 else []
    return " ".join(str(headings[0].text_content()).split()) if headings else ""


def _write_marks(tree: Any) -> None:
    """Turn each ``<q>`` into the marks that a browser shows around it."""
    for element in list(tree.iter("q")):
        inside = str(element.text_content()).strip()
        before = element.getprevious()
        lead = (before.tail if before is not None else element.getparent().text) or ""
        marked = inside[:1] in "“\"‘«„'" or lead.rstrip(" ")[-1:] in {"“", "‘", "„", "«"}
        if inside and not marked:
            depth = sum(1 for _ in element.iterancestors("q"))
            opening, closing = ("‘", "’") if depth % 2 else ("“", "”")
            element.text = opening + (element.text or "").lstrip()
            if len(element):
                element[-1].tail = (element[-1].tail or "").rstrip() + closing
            else:
                element.text = element.text.rstrip() + closing
        element.tag = "span"


def _article(tree: Any) -> Any:
    _quietly()
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(tree, include_comments=False)
    except Exception:  # a page that breaks the extraction is read whole
        return None
    return found.body if found is not None and (found.text or "").strip() else None


def _walk(body: Any, builder: _Builder) -> None:
    from lxml import etree

    quotes: list[list[Span]] = []  # one list of blocks for each open blockquote
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        # An inline quote has kept no marks of its own: only a block of text is set off.
        inline = tag == "quote" and _is_inline(element)
        if event == "start":
            if tag in _BLOCKS and not inline:
                _finish(builder, quotes, "p")
            if tag == "quote" and not inline:
                quotes.append([])
            builder.add(element.text if tag else None)
            if tag == "lb":
                builder.add("\v")
        else:
            if tag in _BLOCKS and not inline:
                _finish(builder, quotes, _level(element))
            if tag == "quote" and not inline:
                held = quotes.pop()
                if held and not quotes:
                    builder.spans.append(Span.cover(held))
                elif held:
                    quotes[-1].extend(held)
            if element is not body:
                builder.add(element.tail)
    _finish(builder, quotes, "p")


def _finish(builder: _Builder, quotes: list[list[Span]], tag: str) -> None:
    span = builder.end_block(tag)
    if span is not None and quotes:
        quotes[-1].append(span)


def _is_inline(element: Any) -> bool:
    parent = element.getparent()
    return parent is not None and parent.tag in {"p", "hi", "ref", "item", "cell"}


def _level(element: Any) -> str:
    return str(element.get("rend") or "head") if element.tag == "head" else str(element.tag)


class _VisibleText(HTMLParser):
    """The text of a page without any judgement: for pages that hold no article."""

    _HIDDEN = frozenset("script style template noscript svg nav footer form select iframe".split())
    _BREAKING = frozenset(
        "p div section article main header aside h1 h2 h3 h4 h5 h6 li ul ol dl dt dd tr td th table"
        " blockquote pre figure figcaption body html head title address hr".split()
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.builder = _Builder()
        self.hidden: list[str] = []
        self.quoted: list[Span] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self._HIDDEN or tag == "title":
            self._end()
            self.hidden.append(tag)
        elif tag == "br":
            self.builder.add("\v")
        elif tag == "q" and not self.hidden:
            self.builder.add("“")
        elif tag in self._BREAKING:
            self._end()
            self.depth += tag == "blockquote"

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            while self.hidden.pop() != tag:
                pass
        elif tag == "q" and not self.hidden:
            self.builder.add("”")
        elif tag in self._BREAKING:
            self._end()
            if tag == "blockquote" and self.depth:
                self.depth -= 1
                if not self.depth and self.quoted:
                    self.builder.spans.append(Span.cover(self.quoted))
                    self.quoted = []

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.builder.add(data)

    def close(self) -> None:
        super().close()
        self._end()
        if self.quoted:
            self.builder.spans.append(Span.cover(self.quoted))

    def _end(self) -> None:
        span = self.builder.end_block()
        if span is not None and self.depth:
            self.quoted.append(span)
