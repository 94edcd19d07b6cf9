"""The ``key: value`` lines that many text files begin with, between two rules or without."""

from __future__ import annotations

import re
from collections.abc import Container

from quotecheck.records.text import Span

__all__ = ["front_matter", "heading_lines"]

_FENCE = re.compile(r"---[ \t]*(?:\r\n|\n|\r)")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*\Z")
_PAIR = re.compile(r"([A-Za-z][\w \t-]{0,39}?)[ \t]*:(?:[ \t]+(.*))?\Z")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_LONGEST = 200  # lines
_LEAST_LINES = 2  # One such line may be a heading.
_LONGEST_VALUE = 200  # Code points. By eye: longer ones are paragraphs.


def front_matter(text: str) -> tuple[dict[str, str], Span] | None:
    r"""Read the ``key: value`` lines between two ``---`` lines at the beginning of a text.

    Values may be quoted, lists (``[a, b]`` or ``- a`` lines, joined by commas) and folded blocks
    (``>`` or ``|``, joined by spaces). This is the part of YAML that people write there; nothing in
    it can do more than name a value.

    Returns:
        The values and the span of the front matter, fences and the blank lines after it taken in;
        None where the text does not begin with one.

    >>> front_matter("---\ntitle: 'On dams'\nauthor: [A. Lee, B. Roe]\n---\nWater.")
    ({'title': 'On dams', 'author': 'A. Lee, B. Roe'}, Span(start=0, end=50))
    """
    fence = _FENCE.match(text)
    if fence is None:
        return None
    values: dict[str, str] = {}
    key = ""
    at = fence.end()
    for _ in range(_LONGEST):
        match = _LINE.match(text, at)
        if match is None or at >= len(text):
            return None
        line = match.group().rstrip()
        at = match.end()
        if _END.match(line):
            end = at + len(text[at:]) - len(text[at:].lstrip())
            return (values, Span(0, end)) if values else None
        if not line or line.lstrip().startswith("#"):
            continue
        pair = _PAIR.match(line)
        if pair:
            key, value = pair[1].strip().lower(), _scalar(pair[2] or "")
            values[key] = "" if value in {">", "|", ">-", "|-"} else value
        elif key and (line[0] in " \t" or line.startswith("- ")):
            item = line.strip()
            listed = item.startswith("- ")
            item = _scalar(item[2:] if listed else item)
            values[key] = (values[key] + (", " if listed else " ") + item).strip(", ")
        else:
            return None  # prose between two rules, no front matter
    return None


def heading_lines(text: str, known: Container[str]) -> dict[str, str]:
    r"""Read the ``Key: value`` lines that a text begins with, without rules around them.

    There must be two or more, each with another key that is known and with a title or a date among
    them, and a blank line after them: labels of a dialogue look much alike.

    Args:
        text: the whole text, of which nothing is taken away.
        known: the keys, in small letters.

    >>> heading_lines("Title: On dams\nDate: 2024-03-10\n\nWater.", {"title", "date"})
    {'title': 'On dams', 'date': '2024-03-10'}
    >>> heading_lines("Title: On dams\nWater.", {"title", "date"})
    {}
    """
    values: dict[str, str] = {}
    at = len(text)
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            at = match.end()
            break
        pair = _PAIR.match(line)
        key = pair[1].strip().lower() if pair else ""
        if pair is None or not pair[2] or key not in known or key in values:
            return {}
        if len(line) > _LONGEST_VALUE:
            return {}
        values[key] = _plain(pair[2])
    has_title = not {"title", "headline", "date"}.isdisjoint(values)
    has_text = bool(text[at:].strip())
    return values if has_title and has_text and len(values) >= _LEAST_LINES else {}


def _scalar(value: str) -> str:
    value = _plain(value)
    if value.startswith("[") and value.endswith("]"):
        parts = (_plain(part.strip(" \t[]")) for part in value[1:-1].split(","))
        return ", ".join(filter(None, parts))  # lists within lists are one list
    return value


def _plain(value: str) -> str:
    """A value without its marks or the comment after it."""
    value = value.strip()
    if value[:1] in {'"', "'"}:
        end = value.find(value[0], 1)
        return value[1:end] if end > 0 else value[1:]
    return re.sub(r"(?:^|[ \t])#.*\Z", "", value).strip()
