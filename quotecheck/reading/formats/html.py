"""Web pages: their best text, its set-off quotations, and what the page says of itself.

The raw text of a page is the text that is extracted here, since a page has no other that people
read. `trafilatura` finds the article in the page; where it finds nothing, or fails, all of the
page's visible text is taken.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from typing import Any

from quotecheck.reading.formats.html_linked_data import article_body
from quotecheck.reading.formats.html_text import PageText, visible_text
from quotecheck.reading.formats.html_tidying import tidy
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs

__all__ = ["Page", "declared_charset", "read_page"]

_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*+=\s*+["']?\s*+([\w.:-]+)|<\?xml[^>]{0,100}encoding\s*+=\s*+["']([\w.:-]+)""",
    re.IGNORECASE,
)
# What no page shows and no XML tree may hold.
_CONTROLS = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 127, *range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF], " "
)
_HEAD = 4096  # bytes; browsers look no further for a charset


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page holds: text, blockquotes, headline, metadata as field names and values.

    ``bold`` and ``italic`` are blocks that are so throughout, such as the questions of interviews.
    """

    text: str
    blocks: tuple[Span, ...]
    headline: Span | None
    metadata: dict[str, Any] = field(default_factory=dict)
    bold: tuple[Span, ...] = ()
    italic: tuple[Span, ...] = ()


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
    list items are separated by blank lines. A headline that the extraction leaves out is put back
    on top.

    Args:
        source: the page's HTML, decoded; any damage is borne.

    Returns:
        The page; its text is empty where the page shows none.
    """
    source = source.translate(_CONTROLS)
    metadata: dict[str, Any] = {}
    heading = ""
    body = ""
    page = PageText()
    tree = _parse(source)
    if tree is not None:
        body = article_body(tree)
        is_shallow = _is_shallow(tree)
        tidy(tree, whole=is_shallow)
        heading = _first_heading(tree)
        metadata = _metadata(tree)
        tree = tree if is_shallow else None
    if tree is not None:
        try:
            _write_marks(tree)
            _open_preformatted(tree)
        except ValueError:  # a character reference to what no tree may hold
            tree = None
    if tree is not None:
        _lay_out(_article(tree), page)
    if len(page.blocks) < _FEW_BLOCKS:
        # Of small pages the extraction gives one lump or nothing; then the layout is the page's.
        shown = visible_text(source)
        fuller = len(shown.blocks) > len(page.blocks)
        if not page.blocks or (fuller and len(shown.text) < 1.5 * len(page.text) + 300):
            page = shown
    if len(page.text) < _SHOWN_SHARE * len(body) or (len(page.blocks) < _FEW_BLOCKS and body):
        page = _from_linked_data(body, page)
    title = " ".join(str(metadata.get("title") or "").split())
    headline = _headline(page, title, heading)
    return Page(
        page.text,
        _set_off(page, headline),
        headline,
        metadata,
        tuple(page.bold),
        tuple(page.italic),
    )


def _set_off(page: PageText, headline: Span | None) -> tuple[Span, ...]:
    """The quotations that are blocks; none where ``<blockquote>`` only gives a page its margins."""
    quoted = sum(span.end - span.start for span in page.quotes)
    above = headline.end - headline.start if headline else 0
    return tuple(page.quotes) if len(page.text) - quoted - above >= _FRAME_CHARS else ()


def _from_linked_data(body: str, shown: PageText) -> PageText:
    """The article as the page's linked data have it, where that is more than the page shows."""
    page = PageText()
    for span in paragraphs(body):
        page.add(span.of(body))
        page.end_block()
    return page if len(page.blocks) > len(shown.blocks) or not shown.blocks else shown


def _headline(page: PageText, title: str, heading: str) -> Span | None:
    """Where the headline stands; it is put on top where the text does not begin with it."""
    text = page.text
    for span, tag in page.blocks[:_HEADLINE_WITHIN]:
        line = span.of(text)
        if tag == "h1" or _same(line, title) or _same(line, heading):
            return span
    # The heading says it as readers see it; the title may carry the outlet's name.
    top = heading if heading and (not title or _key(heading) in _key(title)) else title
    return page.put_on_top(top) if top and page.blocks else None


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _same(first: str, second: str) -> bool:
    return bool(_key(first)) and _key(first) == _key(second)


# ------------------------------------------------------------------------------- what is in a page

_BLOCKS = frozenset(("p", "head", "list", "item", "table", "row", "div", "ab", "code", "fw"))
_RUNNING = frozenset(("p", "hi", "ref", "item", "cell"))
_TABLE_TAGS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption"))
_FEW_BLOCKS = 3
"""Blocks below which the extraction may have missed the article."""
_FRAME_CHARS = 40  # of an article around what it quotes
_SHOWN_SHARE = 0.5  # of the text in the linked data: what shows less comes by script
_HEADLINE_WITHIN = 3  # blocks: a headline may stand below a label and a date


def _parse(source: str) -> Any:
    from lxml import etree, html

    # A declared encoding in text that is decoded already makes lxml refuse it.
    source = re.sub(r"\A\s*<\?xml[^>]*>", "", source)
    source = _CROWDED.sub(_thinned, source)
    try:
        return html.document_fromstring(source, parser=html.HTMLParser(huge_tree=True))
    except (etree.LxmlError, ValueError, AssertionError):
        return None


# libxml2 compares each attribute of a tag with all before it: a hundred thousand take minutes.
_CROWDED = re.compile(r"<([A-Za-z][\w:.-]{0,100})\s([^<>]{8000,})")
_MAX_ATTRIBUTES = 1000
"""Attributes of one tag; a tag with more was made to break a reader."""


def _thinned(tag: re.Match[str]) -> str:
    """A start tag as it is, without its attributes where there are more than anybody writes."""
    crowded = tag[2].count("=") > _MAX_ATTRIBUTES or len(tag[2].split()) > _MAX_ATTRIBUTES
    return f"<{tag[1]} " if crowded else tag[0]


_DEEPEST = 200  # elements in each other; pages of real outlets stay under 60
_DEEPEST_TABLE = 3  # tables in each other; further in they are layout


def _is_shallow(tree: Any) -> bool:
    """Whether the extraction may have the tree; unnests its tables.

    The extraction looks at all that is inside an element, at each element again. What it takes
    grows with the square of the depth, in tables with the cube.
    """
    from lxml import etree

    depth = tables = 0
    nested = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        step = 1 if event == "start" else -1
        depth += step
        if depth > _DEEPEST:
            return False
        if element.tag == "table":
            tables += step
        if step > 0 and tables > _DEEPEST_TABLE and element.tag in _TABLE_TAGS:
            nested.append(element)
    for element in nested:
        element.tag = "div"
    return True


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
        extracted = extract_metadata(
            tree, date_config={"extensive_search": False, "original_date": True}
        )
    except Exception:  # whatever breaks in there, the text can still be read
        return {}
    url = extracted.url
    site = extracted.sitename or (extracted.hostname if url else None)
    return {
        "title": extracted.title,
        "author": (extracted.author or "").replace("; ", ", "),
        "date": extracted.date,
        "publication": site,
        "url": url,
        "licence": extracted.license,
    }


def _first_heading(tree: Any) -> str:
    headings = tree.xpath("//h1")
    if len(headings) != 1:
        inside = tree.xpath("//article//h1 | //main//h1")
        headings = inside if len(inside) == 1 else []
    return " ".join(str(headings[0].text_content()).split()) if headings else ""


def _write_marks(tree: Any) -> None:
    """Turn each ``<q>`` into the marks that a browser shows around it."""
    quotes = [(element, sum(1 for _ in element.iterancestors("q"))) for element in tree.iter("q")]
    for element, depth in quotes:
        inside = str(element.text_content()).strip()
        before = element.getprevious()
        lead = (before.tail if before is not None else element.getparent().text) or ""
        marked = inside[:1] in set("“\"‘«„'") or lead.rstrip(" ")[-1:] in set("“‘„«")
        element.tag = "span"
        if not inside or marked:
            continue
        opening, closing = ("‘", "’") if depth % 2 else ("“", "”")
        element.text = opening + (element.text or "").lstrip()
        if len(element):
            element[-1].tail = (element[-1].tail or "").rstrip() + closing
        else:
            element.text = element.text.rstrip() + closing


def _open_preformatted(tree: Any) -> None:
    """Turn prose laid out by white space into paragraphs, before its white space is folded."""
    from lxml import etree

    for element in list(tree.iter("pre")):
        words = str(element.text_content())
        tail = element.tail
        element.clear()
        element.tag, element.tail = "div", tail
        for span in paragraphs(words):
            etree.SubElement(element, "p").text = span.of(words)


def _article(tree: Any) -> Any:
    _quietly()
    from trafilatura import bare_extraction

    try:
        article = bare_extraction(tree, include_comments=False)
    except Exception:  # a page that breaks the extraction is read whole
        return None
    return article.body if article is not None and (article.text or "").strip() else None


def _lay_out(body: Any, page: PageText) -> None:
    """Write the extracted tree into the page."""
    from lxml import etree

    if body is None:
        return
    for event, element in etree.iterwalk(body, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        parent = element.getparent()
        # Only a quotation that is a block of its own is set off.
        inline = tag == "quote" and parent is not None and parent.tag in _RUNNING
        if event == "start":
            if tag == "quote" and not inline:
                page.open_quote()
            elif tag in _BLOCKS:
                page.end_block()
            elif tag == "cell" and element.getprevious() is not None:
                page.add(" | ")
            page.add(element.text if tag else None)
            if tag == "lb":
                page.break_line()
        else:
            if tag == "quote" and not inline:
                page.close_quote()
            elif tag in _BLOCKS:
                page.end_block(str(element.get("rend") or tag) if tag == "head" else tag)
            if element is not body:
                page.add(element.tail)
    page.finish()
