"""A Word document with a comment at each quotation: the draft itself, or the text of another draft.

A .docx draft comes back as it was: only the main part, the comments and what lists them are
written again, every other part is the same bytes. Where a quotation cannot be found in the
paragraphs (it may stand in a text box), its comment stands at the end and says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError, needing
from quotecheck.output.desk.summaries import CheckSummary, summary_of
from quotecheck.output.unfinished import written_whole
from quotecheck.output.unprintable import printable

if TYPE_CHECKING:
    from quotecheck.output.registry import ArticleChecks
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["require_python_docx", "write_commented"]

_AUTHOR: Final = "quotecheck"
_INITIALS: Final = "qc"
_MAIN: Final = "word/document.xml"


def require_python_docx() -> None:
    """Raise an error with the remedy where python-docx is missing or too old for comments.

    Raises:
        MissingExtraError: it is not installed, or older than 1.2.
    """
    with needing("comments in Word documents need python-docx, 1.2 or newer", "office"):
        from docx.comments import Comments  # noqa: F401


def write_commented(result: ArticleChecks, path: Path) -> None:
    """Write the one article of a result as a Word document with comments.

    Raises:
        InputError: there are several articles or none, the draft is gone, or the file cannot be
            written.
        MissingExtraError: python-docx is not installed.
    """
    require_python_docx()
    articles = [article for article in result.articles if article[0] is not None]
    if len(articles) != 1:
        raise InputError(
            "a Word document holds the comments on one draft"
            + (f", and there are {len(articles)}" if articles else ""),
            remedy="Check one draft at a time: quotecheck check DRAFT --format docx -o FILE",
        )
    document, pairs = articles[0]
    assert document is not None  # noqa: S101 - chosen above
    notes = [
        _Note(quotation, summary_of(number, result.readable(document, check), result))
        for number, (check, quotation) in zip(result.numbers(document, pairs), pairs, strict=True)
        if quotation is not None
    ]
    written = _commented(document, notes)
    with written_whole(path) as unfinished:
        unfinished.write_bytes(written)


@dataclass(frozen=True, slots=True)
class _Note:
    quotation: Quotation
    summary: CheckSummary

    def paragraphs(self) -> Iterator[str]:
        row = self.summary
        yield f"{row.verdict.upper()}{f' – {row.severity}' if row.severity else ''}"
        yield row.in_words
        if row.difference:
            yield f"Difference: {row.difference}."
        if row.credited_to:
            yield f"Credited to: {row.credited_to}"
        place = ", ".join(part for part in (row.source, row.date, row.place) if part)
        if place and row.verdict != "not found":
            yield f"Source: {place}"
        if row.link:
            yield row.link
        if row.fact_checks:
            yield f"Published: {row.fact_checks}."


def _commented(document: Document, notes: Sequence[_Note]) -> bytes:
    import docx

    draft = _draft(document)
    word = docx.Document(io.BytesIO(draft)) if draft is not None else _made_of(document)
    text = _Runs(word.element.body)
    for note in notes:
        words = [span.of(document.text) for span in note.quotation.content]
        runs = text.take(words)
        paragraphs = [printable(line) for line in note.paragraphs()]
        if not runs:
            paragraphs.insert(
                0, f"About “{note.summary.quotation[:200]}”, whose place was not found:"
            )
            runs = [word.add_paragraph().add_run("")._r]
        _comment(word, runs, paragraphs)
    buffer = io.BytesIO()
    word.save(buffer)
    return _with_old_parts(buffer.getvalue(), draft) if draft is not None else buffer.getvalue()


def _draft(document: Document) -> bytes | None:
    """The draft's own bytes where it is a Word document; None for any other kind."""
    if document.reader != "docx" or document.path is None:
        return None
    try:
        return Path(document.path).read_bytes()
    except OSError as error:
        raise InputError(
            f"the draft cannot be read again ({error.strerror or error})",
            where=document.path,
            remedy="Leave it where it is until the comments are written.",
        ) from error


def _made_of(document: Document) -> Any:
    import docx

    word = docx.Document()
    if document.title:
        word.core_properties.title = printable(document.title)[:255]
    for paragraph in document.text.split("\n"):
        if paragraph.strip():
            word.add_paragraph(printable(paragraph))
    return word


def _comment(word: Any, runs: Sequence[Any], paragraphs: Sequence[str]) -> None:
    """A comment from the first of these runs to the last."""
    from docx.text.run import Run

    ends = [Run(run, word) for run in (runs[0], runs[-1])]
    comment = word.add_comment(ends, text=paragraphs[0], author=_AUTHOR, initials=_INITIALS)
    for line in paragraphs[1:]:
        comment.add_paragraph(line)


class _Runs:
    """The runs of a document in order, found by the words that they hold."""

    def __init__(self, body: Any) -> None:
        from docx.oxml.ns import qn

        self._text_tag, self._run_tag = qn("w:t"), qn("w:r")
        self._paragraphs = list(body.iter(qn("w:p")))
        self._at = (0, 0)

    def take(self, pieces: Sequence[str]) -> list[Any]:
        """The runs that hold these pieces, cut so that they hold nothing else; [] if not found.

        They are looked for after those found before, then everywhere.
        """
        sought = ["".join(piece.split()) for piece in pieces]
        for begin in (self._at, (0, 0)):
            taken_runs: list[Any] = []
            at = begin
            for piece in sought:
                place = self._find(piece, at)
                if place is None:
                    break
                number, start, end = place
                taken_runs += self._cut(number, start, end)
                at = (number, end)
            else:
                self._at = at
                return taken_runs
        return []

    def _find(self, piece: str, at: tuple[int, int]) -> tuple[int, int, int] | None:
        """(paragraph, start, end) of a piece without white space, in code points of its text."""
        for number in range(at[0], len(self._paragraphs)):
            text = self._text(number)
            places = [place for place, char in enumerate(text) if not char.isspace()]
            bare = "".join(text[place] for place in places)
            first = sum(place < at[1] for place in places) if number == at[0] else 0
            start = bare.find(piece, first) if piece else -1
            if start >= 0:
                return number, places[start], places[start + len(piece) - 1] + 1
        return None

    def _runs(self, number: int) -> list[Any]:
        return list(self._paragraphs[number].iter(self._run_tag))

    def _words(self, run: Any) -> str:
        return "".join(part.text or "" for part in run.findall(self._text_tag))

    def _text(self, number: int) -> str:
        return "".join(self._words(run) for run in self._runs(number))

    def _cut(self, number: int, start: int, end: int) -> list[Any]:
        """The runs from one place to another; one that reaches beyond is divided."""
        pieces = []
        at = 0
        for run in self._runs(number):
            words = self._words(run)
            low, high = max(start - at, 0), min(end - at, len(words))
            at += len(words)
            if low >= high:
                continue
            parts = run.findall(self._text_tag)
            if len(parts) == 1 and len(run.xpath("./*[not(self::w:rPr)]")) == 1:
                run = self._divided(run, parts[0], low, high)
            pieces.append(run)
        return pieces

    def _divided(self, run: Any, part: Any, low: int, high: int) -> Any:
        """The part of a run from low to high as a run of its own, what is around it beside it."""
        words = part.text or ""
        if high < len(words):
            after = deepcopy(run)
            self._set(after, words[high:])
            run.addnext(after)
        if low > 0:
            before = deepcopy(run)
            self._set(before, words[:low])
            run.addprevious(before)
        self._set(run, words[low:high])
        return run

    def _set(self, run: Any, words: str) -> None:
        part = run.find(self._text_tag)
        part.text = words
        part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _with_old_parts(new: bytes, old: bytes) -> bytes:
    """The new document with every part that needed no change as the old one had it."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(new)) as written,
        zipfile.ZipFile(io.BytesIO(old)) as before,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as together,
    ):
        names = set(before.namelist())
        changed = {_MAIN, "[Content_Types].xml", "word/_rels/document.xml.rels"}
        changed |= {name for name in written.namelist() if name.startswith("word/comments")}
        for entry in before.infolist():
            fresh = entry.filename in changed and entry.filename in written.namelist()
            data = (written if fresh else before).read(entry.filename)
            together.writestr(entry, data, zipfile.ZIP_DEFLATED)
        for name in written.namelist():
            if name not in names and name in changed:
                together.writestr(name, written.read(name))
    return buffer.getvalue()
