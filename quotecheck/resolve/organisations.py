"""Organisations and states as sources: side by side, and by their full names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from quotecheck.annotations import Mention, Span, Speaker

__all__ = ["full_name", "joint_names"]

_ACRONYM = r"((?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and|on|in)\s+)*){1,7}[A-Z][\w’'-]+)\s*\(%s\)"


def joint_names(text: str, mentions: Sequence[Mention]) -> tuple[Speaker, ...]:
    """Organisations or states that a source names side by side, from the first of ``mentions``."""
    found: list[Span] = []
    for mention in mentions:
        if found and not re.fullmatch(
            r"[\s,]*(?:and|&|,)\s*(?:the\s+)?",
            text[found[-1].end : mention.span.start],
        ):
            break
        found.append(mention.span)
    names = [re.sub(r"['’]s?$", "", span.of(text)) for span in found]
    return tuple(
        Speaker(full_name(text, name), span, None, "organisation")
        for name, span in zip(names, found, strict=True)
    )


@lru_cache(maxsize=1024)
def full_name(text: str, name: str) -> str:
    """The name without its article; the long form of an acronym where the text gives it."""
    name = re.sub(r"^(?:the|The)\s+", "", name)
    if name.isupper() and 2 <= len(name) <= 6:
        match = re.search(_ACRONYM % re.escape(name), text)
        if match:
            return re.sub(r"^The\s+", "", match.group(1))
    return name
