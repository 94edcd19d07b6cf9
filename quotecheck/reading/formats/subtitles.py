"""Captions, WebVTT and SRT: running text with the time of each caption, voices as speakers.

Captions that roll say each line twice or more, once for each place on the screen; it is said once
here. Text is parted where the voice changes, where a caption marks a change (``>>``, ``-``), and
where a long silence follows a full stop.
"""

from __future__ import annotations

import html
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quotecheck.errors import InputError
from quotecheck.language.register_names import is_unnamed_voice
from quotecheck.reading.extraction import Reading, joined_locators
from quotecheck.reading.transcripts.speaker_labels import label_of
from quotecheck.reading.transcripts.talk_signs import is_sure_label, is_talk
from quotecheck.reading.transcripts.turn_names import spelled
from quotecheck.records.document import Locator, Segment

__all__ = ["read_subtitles"]

_VOICE = re.compile(r"<v(?:\.[^\s<>]{0,200}+)?[ \t]([^>]{1,200})>|</v>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,500}>|<\d[\d:.]{0,20}>|\{\\[^{}]{0,200}\}")
_CHANGE = re.compile(r"(?:>>+|[-–—])\s*(?=\S)")
_LABEL = re.compile(r"[A-Z][A-Z .'’-]{1,40}(?: \([^()]{1,40}\))?:\s")
_ENDS = re.compile(r"[.!?…][\"'”’)\]♪]*\Z")
_CAPTION_LABEL = re.compile(r"(?P<label>[^\s:][^:]{0,79}):(?:\s|\Z)")
_LABELLED = 0.8  # of the captions: those that begin with a label, where labels are voices
_CHANGES_SHARE = 0.1  # of the captions, where labels mark who goes on
_ADDED = re.compile(r"(?:(?<!\s)\s++)?\([^()]{1,40}\)\Z")
_TOUCH = 0.25  # seconds: captions nearer than that are one display that goes on
_SILENCE_SECONDS = 3.0
"""Seconds between two captions from which on a new paragraph begins."""


@dataclass(slots=True)
class _Line:
    """One line of a caption: who says it where that is known, what, and when it came up."""

    voice: str | None
    words: str
    start: float


def read_subtitles(source: str, encoding: str, kind: str) -> Reading:
    """The running text of captions.

    Args:
        source: the file, decoded.
        encoding: that decoded it.
        kind: "webvtt" or "srt".

    Returns:
        The text; a locator of kind "time" for each caption with when it came up; a segment for
        each stretch of one voice, where voices are named.

    Raises:
        InputError: it is no such file, or no caption in it has words.
    """
    lines = list(_unrolled(_with_voices(list(_captions(source, kind)))))
    if not lines:
        raise InputError(
            "there are no captions with words in it", remedy="Get the file again, or export it so."
        )
    parts: list[str] = []
    length = 0
    locators: list[Locator] = []
    turns: list[Segment] = []
    before: _Line | None = None
    for line in lines:
        if before is not None:
            gap = "\n\n" if _starts_paragraph(before, line) else " "
            parts.append(gap)
            length += len(gap)
        start, end = length, length + len(line.words)
        parts.append(line.words)
        length = end
        locators.append(Locator(start, end, "time", _shown(line.start)))
        if turns and before is not None and before.voice == line.voice is not None:
            turns[-1] = Segment(turns[-1].start, end, line.voice)
        elif line.voice is not None:
            turns.append(Segment(start, end, line.voice))
        before = line
    return Reading(
        "".join(parts),
        kind,
        encoding=encoding,
        locators=joined_locators(locators),
        segments=tuple(turns),
    )


def _starts_paragraph(before: _Line, line: _Line) -> bool:
    if before.voice != line.voice or _CHANGE.match(line.words) or _LABEL.match(line.words):
        return True
    return line.start - before.start > _SILENCE_SECONDS + len(before.words) / 12 and bool(
        _ENDS.search(before.words)
    )


def _shown(seconds: float) -> str:
    """Hours, minutes, seconds, and thousandths where there are any."""
    thousandths = round(seconds * 1000)
    whole, rest = divmod(thousandths, 1000)
    shown = f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
    return f"{shown}.{rest:03}" if rest else shown


def _captions(source: str, kind: str) -> Iterator[tuple[float, float, list[_Line]]]:
    """Each caption: from when to when, and its lines that have words."""
    for caption in _parsed(source, kind):
        try:
            start, end = _seconds(str(caption.start)), _seconds(str(caption.end))
        except ValueError:
            continue
        voice: str | None = None
        lines: list[_Line] = []
        for line in str(caption.raw_text).split("\n"):
            at = 0
            for match in _VOICE.finditer(line):
                _add(lines, voice, line[at : match.start()], start)
                voice = _voice(match[1]) if match[1] else None
                at = match.end()
            _add(lines, voice, line[at:], start)
        if lines:
            yield start, end, lines


def _voice(words: str) -> str:
    """The name of a voice, without what a meeting adds to it ("(Guest)")."""
    return _ADDED.sub("", " ".join(html.unescape(words).split()))


def _with_voices(
    captions: list[tuple[float, float, list[_Line]]],
) -> Iterator[tuple[float, float, list[_Line]]]:
    """The captions; where nearly all begin with a label ("Ann Lee: …"), with that for a voice."""
    labels: list[str | None] = []
    for _, _, lines in captions:
        match = _CAPTION_LABEL.match(lines[0].words) if lines[0].voice is None else None
        label = label_of(match["label"]) if match else None
        labels.append(label.name if label is not None else None)
    counts = Counter(filter(None, labels))
    again = bool(counts) and max(counts.values()) > 1
    if again and counts.total() >= _LABELLED * len(labels):
        for (start, end, lines), name in zip(captions, labels, strict=True):
            yield start, end, _relabelled(lines, name)
    elif again and len(counts) > 1 and _mark_changes(captions, labels):
        last_voice: str | None = None
        for (start, end, lines), name in zip(captions, labels, strict=True):
            if name is not None:
                last_voice = name
                yield start, end, _relabelled(lines, name)
            else:
                voice = (
                    None
                    if last_voice is None or is_unnamed_voice(last_voice)
                    else spelled(last_voice)
                )
                yield start, end, [_Line(voice, line.words, line.start) for line in lines]
    else:
        yield from captions


def _mark_changes(
    captions: list[tuple[float, float, list[_Line]]], labels: list[str | None]
) -> bool:
    """Whether labels stand where another person begins, and hold the captions that follow."""
    turns = [
        (name, lines[0].words.partition(":")[2].strip())
        for (_, _, lines), name in zip(captions, labels, strict=True)
        if name is not None
    ]
    voiced = any(line.voice is not None for _, _, lines in captions for line in lines)
    if voiced or len(turns) < _CHANGES_SHARE * len(labels) or labels[0] is None:
        return False
    return all(is_sure_label(name) for name, _ in turns) and is_talk(turns)


def _relabelled(lines: list[_Line], label: str | None) -> list[_Line]:
    """A caption's lines as those of one voice, without its label."""
    if label is None:
        return lines
    name = None if is_unnamed_voice(label) else spelled(label)
    first = lines[0].words.partition(":")[2].strip()
    words = [first, *(line.words for line in lines[1:])]
    return [_Line(name, part, lines[0].start) for part in words if part]


def _add(lines: list[_Line], voice: str | None, words: str, start: float) -> None:
    words = " ".join(html.unescape(_TAG.sub("", words)).split()).replace("\0", "")
    if words:
        lines.append(_Line(voice or None, words, start))


def _parsed(source: str, kind: str) -> list[Any]:
    import webvtt
    from webvtt.errors import MalformedCaptionError, MalformedFileError

    source = source.lstrip("\ufeff \t\r\n")
    try:
        if kind == "srt":
            return list(webvtt.WebVTT.from_buffer(io.StringIO(source), format="srt"))
        return list(webvtt.WebVTT.from_buffer(io.StringIO(source), format="vtt"))
    except (MalformedFileError, MalformedCaptionError, ValueError, IndexError) as error:
        name = "SRT" if kind == "srt" else "WebVTT"
        raise InputError(
            f"this is not a file of {name}, or it is damaged ({error})",
            remedy="Export the captions again."
            + ("" if kind == "srt" else " A WebVTT file begins with the line WEBVTT."),
        ) from error


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return total


def _unrolled(captions: Iterator[tuple[float, float, list[_Line]]]) -> Iterator[_Line]:
    """Every line once, though captions that roll show it again and again as they go up."""
    shown: list[_Line] = []  # what stood on the screen when the last caption ended
    growing: _Line | None = None  # the last line, which may grow
    until = float("-inf")
    for start, end, lines in captions:
        fresh = lines
        if start - until <= _TOUCH:
            again = _overlap(shown, lines)
            fresh = lines[again:]
            if growing and fresh and not again and _grows(growing, fresh[0]):
                growing = _Line(growing.voice, fresh[0].words, growing.start)
                fresh = fresh[1:]
            elif growing and fresh and again == 0 and lines and _grows(growing, lines[-1]):
                growing = _Line(growing.voice, lines[-1].words, growing.start)
                fresh = lines[:-1] if len(lines) > 1 else []
        for line in fresh:
            if growing is not None:
                yield growing
            growing = line
        shown, until = lines, max(end, until if start <= until else end)
    if growing is not None:
        yield growing


def _overlap(shown: list[_Line], lines: list[_Line]) -> int:
    """How many lines at the top of a caption are those at the bottom of the one before."""
    before = [(line.voice, line.words) for line in shown]
    now = [(line.voice, line.words) for line in lines]
    for number in range(min(len(before), len(now)), 0, -1):
        if before[-number:] == now[:number]:
            return number
    return 0


def _grows(before: _Line, line: _Line) -> bool:
    """Whether a line is the one before with more words (captions painted word by word)."""
    return before.voice == line.voice and line.words.startswith(before.words + " ")
