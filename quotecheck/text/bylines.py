"""Find the author whom a line at the start of a text names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.records.text import Span

__all__ = ["byline"]

_BYLINE = re.compile(
    r"^[^\S\n]*+By\s++([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})\s*(?:,|$)", re.MULTILINE
)


def byline(text: str, paragraphs: Sequence[Span]) -> str | None:
    """Return the author whom a line at the start names ("By Ann Lee"), None without one."""
    for span in paragraphs[:3]:
        match = _BYLINE.search(span.of(text)[:200])
        if match:
            return match.group(1).title() if match.group(1).isupper() else match.group(1)
    return None
