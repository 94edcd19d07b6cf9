"""What records print between the words that were spoken: line numbers, page marks, times.

A deposition numbers its lines, the Congressional Record marks its pages in the middle of sentences,
and captions copied from a page have a time on every other line. The text of such a file is what is
left without them, as the text of a page is what is left without its markup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from quotecheck.reading.transcripts.turn_labels import TIME
from quotecheck.records.document import Locator

__all__ = ["Unmarked", "begins_line", "unmarked"]

_NUMBERED = re.compile(r"[ \t]{0,20}(?P<number>\d{1,2})(?:[ \t]+(?P<words>\S.*)|[ \t]*)")
_NUMBER = re.compile(r"[ \t]*(?:Page[ \t]+)?(?P<page>\d{1,4})[ \t]*")
_MIN_NUMBERED: Final = 5
"""Numbered lines that make a record with line numbers."""
_NUMBERED_SHARE: Final = 0.8
"""Share of the lines that are numbered in such a record."""
_NEW_LINE = re.compile(r"(?:[QA][.:]?[ \t]|BY[ \t]|[A-Z][A-Z.'’ -]{1,40}:|[(\[])")
_REPEATED: Final = 3
"""A line without a number that comes so often is the head or foot of a page."""

_TIME_FIRST = re.compile(
    rf"[ \t]{{0,8}}[\[(]?(?P<time>{TIME})[\])]?(?:[ \t]+(?P<words>\S.*)|[ \t]*)"
)
_CHAT_LABEL = re.compile(r"<[^<>\n]{1,40}>[ \t]|[^\s:][^:\n]{0,40}:[ \t]")
_MIN_TIMES: Final = 3
"""Lines of a time alone that make copied captions."""
_TIMED_SHARE: Final = 0.4
"""Share of the lines that begin with a time in copied captions."""
_RUNNING_SHARE: Final = 0.25
"""Of the lines after times: those that go on in small letters, where they are running text."""

_PAGE_MARK = re.compile(
    r"^[ \t]{0,60}\[\[Page[ ](?P<page>[A-Z]{0,2}\d{1,6})\]\][ \t\r]{0,60}$", re.MULTILINE
)
_FIRST_PAGE = re.compile(r"^[ \t]*\[Pages?[ ](?P<page>[A-Z]{0,2}\d+)", re.MULTILINE)
_RECORD_DATE = re.compile(
    r"\[Congressional Record[^\]\n]{0,80}\((?:[A-Z][a-z]{2,6}day, )?"
    r"(?P<date>[A-Z][a-z]{2,8} \d{1,2}, \d{4})\)"
)
_HEAD_CHARS: Final = 2000
"""Code points at the beginning in which the date and first page stand."""
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Unmarked:
    """A text without the marks of its record; where each page or time of it begins; its date."""

    text: str
    locators: tuple[Locator, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)


def unmarked(text: str) -> Unmarked | None:
    r"""The words of a record without line numbers, page marks and times; None where it has none.

    >>> found = unmarked("1  Q.  Was it\n2  open?\n3  A.  I saw\n4  that it\n5  was.\n")
    >>> found.text
    'Q.  Was it open?\nA.  I saw that it was.'
    """
    return _without_page_marks(text) or _without_line_numbers(text) or _without_times(text)


def begins_line(words: str) -> bool:
    """Whether a line of a record begins something new: a question, a name, a heading.

    >>> begins_line("Q.  Was it open?"), begins_line("that it was.")
    (True, False)
    """
    return _NEW_LINE.match(words) is not None


class _Writer:
    """Puts a text together, and keeps where each label of a page or time begins."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._parts: list[str] = []
        self._length = 0
        self._marks: list[tuple[int, str]] = []

    def mark(self, label: str) -> None:
        self._marks.append((self._length, label))

    def add(self, words: str, gap: str) -> None:
        if self._parts:
            words = gap + words
        self._parts.append(words)
        self._length += len(words)

    def finished(self, metadata: dict[str, str] | None = None) -> Unmarked:
        text = "".join(self._parts)
        ends = [*(at for at, _ in self._marks[1:]), len(text)] if self._marks else []
        locators: list[Locator] = []
        for (at, label), end in zip(self._marks, ends, strict=True):
            while at < end and text[at].isspace():
                at += 1
            if at < end:
                locators.append(Locator(at, end, self._kind, label))
        return Unmarked(text, tuple(locators), metadata or {})


# --------------------------------------------------------------------------------------- page marks


def _without_page_marks(text: str) -> Unmarked | None:
    dated = _RECORD_DATE.search(text, 0, _HEAD_CHARS)
    marks = list(_PAGE_MARK.finditer(text)) if "[[Page" in text else []
    if dated is None and not marks:
        return None
    writer = _Writer("page")
    if first := _FIRST_PAGE.search(text, 0, _HEAD_CHARS):
        writer.mark(first["page"])
    at, gap = 0, ""
    for mark in [*marks, None]:
        words = text[at : mark.start()].rstrip() if mark else text[at:]
        if words:
            writer.add(words, gap)
        if mark is None:
            break
        at = mark.end()
        while text[at : at + 1].isspace():
            at += 1
        goes_on = not _SENTENCE_END.search(words[-8:]) or text[at : at + 1].islower()
        gap = "\n" if goes_on else "\n\n" + _indent(text, at)
        writer.mark(mark["page"])
    return writer.finished({"date": dated["date"]} if dated else {})


def _indent(text: str, at: int) -> str:
    """The white space before a place on its line, which tells where a paragraph begins."""
    begin = text.rfind("\n", 0, at) + 1
    return text[begin:at] if not text[begin:at].strip() else ""


# ------------------------------------------------------------------------------------- line numbers


def _without_line_numbers(text: str) -> Unmarked | None:
    if not re.search(r"^[ \t]{0,20}\d{1,2}[ \t]", text, re.MULTILINE):
        return None
    lines = [line for line in text.splitlines() if line.strip()]
    kinds = _kinds(lines)
    numbered = [match for _, match in kinds if match is not None]
    others = Counter(re.sub(r"\d+", "#", line.strip()) for line, match in kinds if match is None)
    plain = sum(1 for line, match in kinds if match is None and not _NUMBER.fullmatch(line))
    heads = sum(count for count in others.values() if count >= _REPEATED)
    words = [match["words"] or "" for match in numbered]
    running = any(_NEW_LINE.match(w) for w in words) and sum(w[:1].islower() for w in words) > 0
    if len(numbered) < _MIN_NUMBERED or not running:
        return None
    if len(numbered) < _NUMBERED_SHARE * (len(numbered) + max(0, plain - heads)):
        return None
    writer = _Writer("page")
    blank = True
    for line, match in kinds:
        if match is None:
            page = _NUMBER.fullmatch(line)
            if page is not None:
                writer.mark(page["page"])
            elif others[re.sub(r"\d+", "#", line.strip())] < _REPEATED:
                writer.add(line.strip(), "\n")
                blank = True
            continue
        content = (match["words"] or "").rstrip()
        if content:
            anew = blank or _NEW_LINE.match(content) or content.isupper()
            writer.add(content, "\n" if anew else " ")
        blank = not content or content.isupper()
    return writer.finished()


def _kinds(lines: Sequence[str]) -> list[tuple[str, re.Match[str] | None]]:
    """Each line, with its number where that goes on from the line before or begins again."""
    kinds: list[tuple[str, re.Match[str] | None]] = []
    last = 0
    for number, line in enumerate(lines):
        match = _NUMBERED.fullmatch(line)
        value = int(match["number"]) if match else 0
        follows = match is not None and value in (last + 1, 1)
        if follows and match is not None and not match["words"] and number + 1 < len(lines):
            # The number of a page stands above a first line.
            below = _NUMBERED.fullmatch(lines[number + 1])
            follows = below is None or int(below["number"]) == value + 1 or value == last + 1 > 1
        kinds.append((line, match if follows else None))
        last = value if follows else last
    return kinds


# -------------------------------------------------------------------------------------------- times


def _without_times(text: str) -> Unmarked | None:
    if not re.search(rf"^[ \t]{{0,8}}[\[(]?{TIME}", text, re.MULTILINE):
        return None
    lines = text.splitlines()
    matches = [(line, _TIME_FIRST.fullmatch(line)) for line in lines]
    filled = [(line, match) for line, match in matches if line.strip()]
    times = [_seconds(match["time"]) for _, match in filled if match]
    rising = sum(a <= b for a, b in pairwise(times))
    if len(times) < _MIN_TIMES or rising < len(times) - 1:
        return None
    if len(times) < _TIMED_SHARE * len(filled) or not _runs_on(filled):
        return None
    labelled = sum(
        _CHAT_LABEL.match(match["words"] or "") is not None for _, match in filled if match
    )
    if labelled * 2 > len(times):
        return None  # a chat's lines, each with its writer: turns of the text as it is
    writer = _Writer("time")
    before = ""
    for line, match in filled:
        words = ((match["words"] or "") if match else line).strip()
        if match is not None:
            writer.mark(_shown(match["time"]))
        if words:
            writer.add(words, " ")
            before = words
    return writer.finished() if before else None


def _runs_on(filled: Sequence[tuple[str, re.Match[str] | None]]) -> bool:
    """Whether the text between times runs on from one to the next."""
    starts: list[str] = []
    awaited = False
    for line, match in filled:
        words = (match["words"] if match else line.strip()) or ""
        if words and (awaited or match is not None):
            starts.append(words[:1])
        awaited = match is not None and not words
    return bool(starts) and sum(map(str.islower, starts)) >= _RUNNING_SHARE * len(starts)


def _seconds(time: str) -> float:
    total = 0.0
    for part in time.replace(",", ".").split(":"):
        total = 60 * total + float(part)
    return total


def _shown(time: str) -> str:
    seconds = int(_seconds(time))
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
