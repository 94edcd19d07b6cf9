"""The timeline of a quotation as a picture in SVG, whole in itself.

No script, no font, nothing fetched. Colours follow the reader's light or dark scheme; nothing rests
on colour alone: left-out words are struck through, put-in words underlined, and a copy is named in
words beside the line that leads to its model. Every word of a document is data and escaped.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from quotecheck.output.plain_text import plural, shorten
from quotecheck.output.unprintable import printable

if TYPE_CHECKING:
    from quotecheck.checking.trace import Occurrence, Trace

__all__ = ["trace_svg"]

_WIDTH: Final = 960  # Pixels, of the whole drawing.
_LEFT: Final = 250
"""Where the text begins; arcs and dates stand left of it."""
_AXIS: Final = 222  # Pixels from the left: between the dates and the text.
_LINE: Final = 21  # Pixels from line to line, for type of 15 pixels.
_COLUMNS: Final = 82  # Characters of a line of 15-pixel type in the width that is left. By eye.
_ARCS: Final = 6  # Steps after which arcs bow no farther, so that they stay within the picture.
_STYLE: Final = """
svg { background: #fff; color: #1c1c1e; font: 15px system-ui, "Segoe UI", Roboto, sans-serif }
.t { fill: #1c1c1e } .q { fill: #58585f } .w { fill: #1c1c1e; font-weight: 600 }
.gone { fill: #a3231b; text-decoration: line-through }
.new { fill: #11622b; text-decoration: underline }
.axis, .arc { stroke: #8a8a93; fill: none } .arc { stroke-dasharray: 4 3 }
.dot { stroke: #1c1c1e; fill: #fff; stroke-width: 2 } .own { fill: #1c1c1e }
@media (prefers-color-scheme: dark) {
svg { background: #161618; color: #ececf0 }
.t, .w { fill: #ececf0 } .q { fill: #b0b0ba } .gone { fill: #ff9c92 } .new { fill: #7ddc98 }
.axis, .arc { stroke: #85858f } .dot { stroke: #ececf0; fill: #161618 } .own { fill: #ececf0 }
}
"""

Run = tuple[str, str]
"""A class and the words in it."""


def trace_svg(trace: Trace) -> Iterator[str]:
    """The picture, in pieces of text."""
    rows = [_rows_of(trace, occurrence) for occurrence in trace.occurrences]
    head = _head(trace)
    top = 40 + _LINE * len(head)
    places: list[int] = []
    at = top + 34
    for lines in rows:
        places.append(at)
        at += _LINE * len(lines) + 22
    height = at + 30
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-labelledby="title desc">\n'
        f'<title id="title">{_text(f"Timeline of “{shorten(trace.quote, 120)}”")}</title>\n'
        f'<desc id="desc">{_text(_summary(trace))}</desc>\n<style>{_STYLE}</style>\n'
    )
    for number, runs in enumerate(head):
        yield _line(24, 40 + number * _LINE, runs)
    if places:
        yield (
            f'<line class="axis" x1="{_AXIS}" y1="{places[0] - 5}" x2="{_AXIS}" '
            f'y2="{places[-1] - 5}"/>\n'
        )
    yield from _arcs(trace, places)
    for occurrence, lines, y in zip(trace.occurrences, rows, places, strict=True):
        css_class = "dot own" if occurrence.copies is None else "dot"
        yield f'<circle class="{css_class}" cx="{_AXIS}" cy="{y - 5}" r="6"/>\n'
        yield (f'<text class="q" x="24" y="{y}">{_text(occurrence.date or "undated")}</text>\n')
        for number, runs in enumerate(lines):
            yield _line(_LEFT, y + number * _LINE, runs)
    yield _line(24, height - 18, [("q", _summary(trace))])
    yield "</svg>\n"


def _head(trace: Trace) -> list[list[Run]]:
    lines: list[list[Run]] = [[("q", "Timeline of a quotation")]]
    lines += [[("w", line)] for line in _wrapped(f"“{shorten(trace.quote, 400)}”", _COLUMNS + 10)]
    by_number = {variant.number: variant for variant in trace.variants}
    best = by_number.get(trace.best or 0)
    if best is not None and trace.best != trace.earliest:
        attested = f"Best attested: “{shorten(best.words, 300)}”"
        lines += [[("t", line)] for line in _wrapped(attested, _COLUMNS + 14)]
    return lines


def _summary(trace: Trace) -> str:
    count = len(trace.occurrences)
    if not count:
        return f"Not in these {trace.searched}; that does not make it false."
    wordings = len(trace.variants)
    copies = sum(occurrence.copies is not None for occurrence in trace.occurrences)
    more = f" {trace.left_out} later ones are left out." if trace.left_out else ""
    return (
        f"{count} {plural(count, 'place')}, {wordings} {plural(wordings, 'wording')}, "
        f"{copies} taken from an earlier one (hollow dots).{more} Searched: these {trace.searched}."
    )


def _rows_of(trace: Trace, occurrence: Occurrence) -> list[list[Run]]:
    """The lines of text beside one dot."""
    who = occurrence.speaker or "speaker not known"
    if occurrence.quoted:
        who += f", quoting {' and '.join(occurrence.quoted)}"
    wording = f" (wording {occurrence.variant})" if len(trace.variants) > 1 else ""
    lines: list[list[Run]] = [
        [("w", shorten(f"{occurrence.number}  {who}", _COLUMNS))],
        [("q", shorten((occurrence.title or occurrence.document) + wording, _COLUMNS))],
    ]
    runs: list[Run] = []
    for operation, before, after in occurrence.diff:
        if operation == "equal":
            runs.append(("t", after))
        else:
            runs += [(name, words) for name, words in (("gone", before), ("new", after)) if words]
    lines += _flowed(runs or [("t", occurrence.words)])
    if occurrence.copies is not None:
        copied_from = f"← {occurrence.copies}: {occurrence.evidence}"
        lines += [[("q", line)] for line in _wrapped(copied_from, _COLUMNS)]
    return lines


def _flowed(runs: list[Run], most: int = 8) -> list[list[Run]]:
    """Runs of words broken into lines."""
    lines: list[list[Run]] = [[]]
    room = _COLUMNS
    for name, words in runs:
        for word in printable(words).split():
            word = word if _columns(word) <= _COLUMNS else f"{word[: _COLUMNS // 2]}…"
            if _columns(word) + 1 > room and lines[-1]:
                if len(lines) == most:
                    lines[-1].append(("q", "…"))
                    return lines
                lines.append([])
                room = _COLUMNS
            line = lines[-1]
            if line and line[-1][0] == name:
                line[-1] = (name, f"{line[-1][1]} {word}")
            else:
                line.append((name, word))
            room -= _columns(word) + 1
    return lines


def _columns(word: str) -> int:
    """How wide a word is, in columns; letters of East Asian scripts take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in word)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(printable(text), width, max_lines=5, placeholder=" …") or [""]


def _line(x: int, y: int, runs: list[Run]) -> str:
    spans = " ".join(f'<tspan class="{name}">{_text(words)}</tspan>' for name, words in runs)
    return f'<text x="{x}" y="{y}">{spans}</text>\n'


def _arcs(trace: Trace, places: list[int]) -> Iterator[str]:
    """Curves from copies to their models, on the left; further models bow further out."""
    for occurrence in trace.occurrences:
        if occurrence.copies is None or not 0 < occurrence.copies <= len(places):
            continue
        start, end = places[occurrence.number - 1] - 5, places[occurrence.copies - 1] - 5
        bow = 30 + 14 * min(_ARCS, occurrence.number - occurrence.copies)
        x = _AXIS - 8
        yield (
            f'<path class="arc" d="M{x} {start} C{x - bow} {start} {x - bow} {end} {x} {end}"/>\n'
        )


def _text(text: str) -> str:
    return escape(" ".join(printable(text).split()))
