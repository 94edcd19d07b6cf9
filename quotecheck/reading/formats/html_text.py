"""The text of a web page laid out in blocks, and all of a page's visible text without judgement."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from quotecheck.reading.formats.html_inline import (
    RUBY_READINGS,
    STRUCK,
    is_page_mark,
    marks_note,
    raised_text,
)
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["BOLD_SIGN", "ITALIC_SIGN", "PageText", "visible_text"]

BOLD_SIGN = "\ufdd0"
"""Stands in a tree before a paragraph that is all in bold; no character of any text."""
ITALIC_SIGN = "\ufdd1"
"""The same for italics."""
_WHITE = re.compile(r"[ \t\r\n\f]+")  # what HTML folds; a no-break space is a character of the text


_NO_EMPHASIS = dict.fromkeys(map(ord, (BOLD_SIGN, ITALIC_SIGN)))


class PageText:
    """Blocks of text, one below the other with a blank line between them.

    Attributes:
        blocks: the span and the tag of each block so far.
        quotes: the spans of the outermost blockquotes so far.
        bold: the spans of blocks that are set in bold throughout, or are headings that ask.
        italic: those of blocks in italics throughout.
    """

    def __init__(self) -> None:
        self.blocks: list[tuple[Span, str]] = []
        self.quotes: list[Span] = []
        self.bold: list[Span] = []
        self.italic: list[Span] = []
        self._parts: list[str] = []
        self._lines: list[list[str]] = [[]]  # of the block at hand
        self._length = 0
        self._open: list[Span | None] = []  # for each open blockquote, the stretch it covers so far

    @property
    def text(self) -> str:
        """All finished blocks."""
        return "".join(self._parts)

    def add(self, words: str | None) -> None:
        """More of the block at hand."""
        if words:
            self._lines[-1].append(words)

    def break_line(self) -> None:
        """A line of the block at hand ends (``<br>``)."""
        self._lines.append([])

    def end_block(self, tag: str = "p") -> None:
        """Finish the block at hand; nothing happens where it is empty."""
        lines = ["".join(line) for line in self._lines]
        self._lines = [[]]
        block = "\n".join(_WHITE.sub(" ", line).strip(" ") for line in lines)
        block = re.sub(r"\n{3,}", "\n\n", block).strip()
        emphasis = block[:1]
        block = block.translate(_NO_EMPHASIS).strip()
        if not block:
            return
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        span = Span(self._length, self._length + len(block))
        self._parts.append(block)
        self._length = span.end
        self.blocks.append((span, tag))
        if emphasis == BOLD_SIGN:
            self.bold.append(span)
        elif emphasis == ITALIC_SIGN:
            self.italic.append(span)
        if self._open:
            self._open[-1] = Span.cover([*filter(None, [self._open[-1]]), span])

    def open_quote(self) -> None:
        """A blockquote begins."""
        self.end_block()
        self._open.append(None)

    def close_quote(self) -> None:
        """The innermost blockquote ends; nothing happens where none is open."""
        self.end_block()
        if not self._open:
            return
        opened = self._open.pop()
        if opened is None:
            return
        if self._open:
            self._open[-1] = Span.cover([*filter(None, [self._open[-1]]), opened])
        else:
            self.quotes.append(opened)

    def finish(self) -> None:
        """End whatever is open."""
        self.end_block()
        while self._open:
            self.close_quote()

    def put_on_top(self, line: str) -> Span:
        """Lay a line above everything; its place."""
        shift = len(line) + 2
        self._parts[:0] = [line, "\n\n"]
        self._length += shift
        top = Span(0, len(line))
        moved = [(Span(span.start + shift, span.end + shift), tag) for span, tag in self.blocks]
        self.blocks = [(top, "h1"), *moved]
        for spans in (self.quotes, self.bold, self.italic):
            spans[:] = [Span(span.start + shift, span.end + shift) for span in spans]
        return top


# ------------------------------------------------------------------------------------ visible text

_NO_TEXT = frozenset(
    ("script", "style", "template", "noscript", "textarea", "title", "svg", "iframe")
)
_ASIDE = frozenset(("nav", "footer", "form", "select", "button", "aside"))
_BREAKING = frozenset(
    (
        *("p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "td", "th", "caption", "blockquote"),
        *("pre", "figure", "figcaption", "body", "html", "address", "hr", "details", "summary"),
        *_ASIDE,
    )
)
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_INLINE = frozenset((*STRUCK, *RUBY_READINGS, "sup", "span", "a"))
_INLINE_CHARS = {"sup": 400, "span": 200, "a": 200}
"""How far the end of an element within a line is looked for; 2,000 where nothing is said."""
_ANY_TAG = re.compile(r"<[^<>]{0,400}>")
_ENDINGS = {tag: re.compile(rf"</{tag}\s*>", re.IGNORECASE) for tag in _INLINE}


def visible_text(source: str) -> PageText:
    """All text that a page shows, except for menus and the like: for pages with no article in them.

    Written for damage: no nesting is too deep, and every character is looked at once.
    """
    page = _shown(source, _ASIDE)
    # A menu that is never closed would swallow the page.
    return page if page.blocks else _shown(source, frozenset())


def _shown(source: str, hidden: frozenset[str]) -> PageText:
    page = PageText()
    aside = quoted = 0
    for tag, closes, words in _tokens(source):
        if words and not aside:
            page.add(words)
        if tag in hidden:
            page.end_block()
            aside = max(0, aside + (-1 if closes else 1))
        elif tag == "br":
            page.break_line()
        elif tag == "q" and not aside:
            quoted = max(0, quoted - closes)
            page.add(("”" if closes else "“") if quoted % 2 == 0 else ("’" if closes else "‘"))
            quoted += not closes
        elif tag == "blockquote":
            (page.close_quote if closes else page.open_quote)()
        elif tag in _BREAKING:
            page.end_block(tag)
    page.finish()
    return page


def _tokens(source: str) -> Iterator[tuple[str, bool, str]]:
    """(tag, whether it closes, text) in order; the tag is empty for text, the text for tags."""
    at = 0
    while at < len(source):
        begin = source.find("<", at)
        if begin < 0:
            yield "", False, html.unescape(source[at:])
            return
        if begin > at:
            yield "", False, html.unescape(source[at:begin])
        comment = source.startswith("<!--", begin)
        match = _TAG.match(source, begin)
        if not comment and match is None and source[begin + 1 : begin + 2] not in {"!", "?"}:
            yield "", False, "<"
            at = begin + 1
            continue
        end = source.find("-->" if comment else ">", begin + 1)
        if end < 0:
            return  # a tag or comment that never ends takes the rest with it, as in a browser
        at = end + (3 if comment else 1)
        if match is None:
            continue
        tag, closes = match[1].lower(), source[begin + 1] == "/"
        if tag in _NO_TEXT and not closes and source[end - 1] != "/":
            close = re.compile(f"</{tag}", re.IGNORECASE).search(source, at)
            if close is None:
                return
            at = close.start()
            continue
        if tag in _INLINE and not closes and (unread := _unread(source, begin, at, tag)):
            replaced, at = unread
            if replaced:
                yield "", False, replaced
            continue
        yield tag, closes, ""


def _unread(source: str, begin: int, at: int, tag: str) -> tuple[str, int] | None:
    """What stands for an element that is not a word of its sentence, and where it ends.

    Args:
        source: the page.
        begin: where its start tag begins.
        at: where that ends.
        tag: its name.

    Returns:
        None where the element is read as it is.
    """
    attributes = source[begin:at]
    if tag in ("span", "a") and not is_page_mark(attributes, ""):
        return None
    ending = _ENDINGS[tag].search(source, at, at + _INLINE_CHARS.get(tag, 2000))
    if ending is None:
        return None
    inside = source[at : ending.start()]
    if tag in ("span", "a"):
        return ("", ending.end()) if is_page_mark(attributes, inside) else None
    if tag != "sup":
        return "", ending.end()
    before = source[max(0, begin - 60) : begin]
    linked = "href" in inside or marks_note(attributes) or bool(_OPEN_LINK.search(before))
    lead = html.unescape(_ANY_TAG.sub("", before))
    settled = raised_text(html.unescape(_ANY_TAG.sub("", inside)), lead, linked=linked)
    return None if settled is None else (settled, ending.end())


_OPEN_LINK = re.compile(r"<a\b[^<>]{0,59}>\Z", re.IGNORECASE)
