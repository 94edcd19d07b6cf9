"""What a reader gives back, and the stretches of text that it is put together from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from quotecheck.records.document import Locator, Segment
from quotecheck.records.text import Span

__all__ = ["Reading", "joined_locators"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read out of a file, before it is a document.

    ``bold`` and ``italic`` are blocks that are set so throughout, where the markup tells.
    ``metadata`` are fields as `metadata.Metadata` takes them, ``origin`` the word for where they
    came from. ``segments`` are there where the file itself says who speaks. All places are code
    points of ``text``.
    """

    text: str
    reader: str
    encoding: str | None = None
    locators: tuple[Locator, ...] = ()
    segments: tuple[Segment, ...] = ()
    blocks: tuple[Span, ...] = ()
    headline: Span | None = None
    bold: tuple[Span, ...] = ()
    italic: tuple[Span, ...] = ()
    metadata: dict[str, Any] = field(default_factory=dict)
    origin: str = ""


def joined_locators(locators: list[Locator]) -> tuple[Locator, ...]:
    """Locators in order, without empty ones; neighbours with one kind and label become one."""
    joined: list[Locator] = []
    for locator in locators:
        if locator.start >= locator.end:
            continue
        last = joined[-1] if joined else None
        if last and (last.kind, last.label) == (locator.kind, locator.label):
            joined[-1] = Locator(last.start, locator.end, last.kind, last.label)
        else:
            joined.append(locator)
    return tuple(joined)
