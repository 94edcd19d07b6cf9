"""The text of an article in a page's linked data (JSON-LD): some pages show it by script alone."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["article_body"]

_KEYS: Final = ("articleBody", "reviewBody")
_MAX_DEPTH: Final = 20
"""Levels of linked data that are read."""
_BREAK = re.compile(r"</?(?:p|div|br|li|h[1-6]|blockquote)\b[^<>]{0,200}>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,400}>")
_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)*")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def article_body(tree: Any) -> str:
    """Return the longest article text among the linked data of a page.

    Args:
        tree: the page; nothing in it is changed.

    Returns:
        "" where there is none. Tags within the text are left out, each line is a paragraph.
    """
    bodies: list[str] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        words = "".join(script.itertext())
        if not any(key in words for key in _KEYS):
            continue
        try:
            data = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue
        bodies += _bodies(data, 0)
    return _plain(max(bodies, key=len, default=""))


def _bodies(data: Any, depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, dict):
        for key in _KEYS:
            if isinstance(data.get(key), str):
                yield data[key]
        for value in data.values():
            if isinstance(value, dict | list):
                yield from _bodies(value, depth + 1)
    elif isinstance(data, list):
        for value in data:
            yield from _bodies(value, depth + 1)


def _plain(body: str) -> str:
    words = html.unescape(body) if "&" in body else body
    words = _CONTROLS.sub(" ", words.replace("\r\n", "\n").replace("\r", "\n"))
    if "<" in words:
        words = html.unescape(_TAG.sub("", _BREAK.sub("\n", words)))
    return _LINES.sub("\n\n", words).strip()
