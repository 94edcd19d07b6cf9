"""Mark the paragraphs of a page that are set in bold or italics throughout, as questions are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from quotecheck.reading.formats.html_text import BOLD_SIGN, ITALIC_SIGN

__all__ = ["mark_emphasis", "part_labels"]

_PARAGRAPHS: Final = ("p", "div", "li", "dt", "h2", "h3", "h4", "h5", "h6", "summary")
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6", "dt", "summary"))
_SIGNS: Final = {"b": BOLD_SIGN, "strong": BOLD_SIGN, "em": ITALIC_SIGN, "i": ITALIC_SIGN}
_STYLES: Final = (
    (re.compile(r"font-weight\s?:\s?(?:bold|[6-9]00)", re.IGNORECASE), BOLD_SIGN),
    (re.compile(r"font-style\s?:\s?italic", re.IGNORECASE), ITALIC_SIGN),
)
_LONGEST_CHARS: Final = 1200
"""What is longer is emphasised for itself and asks nothing."""
_SPEAKER = re.compile(
    r"(?:\A|[\s_-])(?:speakers?|speaker-?name|interlocutor|talker|contributor|member-?name|whosaid)"
    r"(?=\Z|[\s_-])",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[.?!…:][”\"’')\]]*\Z")


def part_labels(tree: Any) -> None:
    """Put a colon after a speaker's name that a style alone parts from the words.

    Args:
        tree: the page, in which elements are named "speaker" or the like.
    """
    for element in list(tree.iter("span", "b", "strong", "cite", "a", "em")):
        if not _SPEAKER.search(element.get("class") or ""):
            continue
        name = "".join(_texts(element)).strip()
        after = element.getnext()
        behind = element.tail or ""
        if not behind.strip() and after is not None and after.tag not in _PARAGRAPHS:
            behind += "".join(_texts(after))
        if not name or not behind[:1] or not behind.strip() or name[-1] in ":.,)":
            continue
        if behind.lstrip()[0].isalnum() or behind.lstrip()[0] in '“"‘[(':
            element.tail = f": {(element.tail or '').lstrip()}"


def mark_emphasis(tree: Any) -> None:
    """Put `BOLD_SIGN` or `ITALIC_SIGN` before such paragraphs, and before headings that ask.

    A bold paragraph without a stop at its end is a heading, and is left as it is.
    """
    for element in list(tree.iter(*_PARAGRAPHS)):
        if (
            element.tag in ("div", "li")
            and next(element.iterchildren(*_PARAGRAPHS), None) is not None
        ):
            continue
        words = "".join(_texts(element)).strip()
        if not words or len(words) >= _LONGEST_CHARS or not _ASKS.search(words[-8:]):
            continue
        if element.tag in _HEADINGS:
            sign = BOLD_SIGN if "?" in words[-4:] else ""
        else:
            sign = _emphasis(element)
        if sign:
            element.text = sign + (element.text or "")


def _texts(element: Any) -> Iterator[str]:
    number = 0
    for words in element.itertext():
        yield words
        number += len(words)
        if number >= _LONGEST_CHARS:
            return


def _emphasis(element: Any) -> str:
    """The sign of the one emphasis in which all words of an element stand; "" without one."""
    if style := _of_style(element):
        return style
    if (element.text or "").strip():
        return ""
    common = ""
    for child in element:
        if (child.tail or "").strip():
            return ""
        if not "".join(child.itertext()).strip():
            continue
        sign = _SIGNS.get(child.tag) or _of_style(child)
        if not sign and child.tag in ("span", "font", "u", "a") and len(child):
            sign = _emphasis(child)
        if not sign or (common and sign != common):
            return ""
        common = sign
    return common


def _of_style(element: Any) -> str:
    style = element.get("style") or ""
    return next((sign for pattern, sign in _STYLES if pattern.search(style)), "") if style else ""
