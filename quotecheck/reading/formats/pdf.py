"""PDF files: the characters of each page with their places, handed on to be laid out as text."""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from quotecheck.errors import InputError
from quotecheck.reading.extraction import Reading
from quotecheck.reading.formats.pdf_layout import lay_out
from quotecheck.reading.formats.pdf_margins import Piece

__all__ = ["read_pdf"]

_WIDE = 1.2
"""Heights of a line: a gap between words that is wider parts two columns or cells."""
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_SAMPLED_CHARS = 2000
"""Characters of a page that tell which way it is set."""
_MOST_CHARS = 0.6
"""Share of a page's characters that must run one way to tell how the page is held."""
_HYPHEN = 2  # what pdfium makes of a hyphen at the end of a line
_BREAKS = frozenset({10, 13})
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
# What programs write into fields that nobody filled in.
_NO_TITLE = re.compile(
    r"untitled|anonymous|unspecified|\(?none\)?|microsoft word - .*|.*\.(?:docx?|odt|rtf|pdf|tex|"
    r"indd|qxd)",
    re.IGNORECASE,
)
_NOTE_SIGNS = frozenset("0123456789*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰")
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(data: bytes) -> Reading:
    """The running text of a PDF, with a locator for each page, and its information fields.

    Columns are read one after another, words divided at line ends are made whole, lines are joined
    to paragraphs, and page numbers, running heads and the raised signs of notes are left out.
    Pages are called as the file labels them (``xii``), else by their number.

    Raises:
        InputError: it is not a PDF, needs a password, is damaged, or holds no text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise InputError(
                "it is protected by a password", remedy="Save a copy of it without a password."
            ) from error
        raise InputError(
            f"it is not a PDF, or is cut off or damaged ({error})", remedy="Get the file again."
        ) from error
    with closing(document):
        pages: list[tuple[str, float, list[Piece]]] = []
        for number in range(len(document)):
            try:
                pages.append(_page(document, number))
            except (pypdfium2.PdfiumError, ctypes.ArgumentError) as error:
                raise InputError(
                    f"its page {number + 1} is damaged ({error})", remedy="Get the file again."
                ) from error
        metadata = _metadata(document)
    text, locators = lay_out(pages)
    if not text.strip():
        number = len(pages)
        raise InputError(
            f"there is no text on its {number} page{'s' if number != 1 else ''}",
            remedy="They are probably pictures: run the file through OCR (for example ocrmypdf).",
        )
    return Reading(text, "pdf", locators=locators, metadata=metadata, origin="pdf")


def _metadata(document: Any) -> dict[str, str]:
    try:
        fields = document.get_metadata_dict()
    except Exception:  # a damaged field must not cost the text
        return {}
    metadata: dict[str, str] = {}
    for name in ("Title", "Author"):
        words = " ".join(str(fields.get(name) or "").replace("\0", "").split())
        if words and not _NO_TITLE.fullmatch(words):
            metadata[name.lower()] = words
    day = _DATE.match(str(fields.get("CreationDate") or ""))
    if day:
        metadata["date"] = "-".join(filter(None, day.groups()))
    return metadata


def _page(document: Any, number: int) -> tuple[str, float, list[Piece]]:
    """A page's label, its height, and its pieces of text in pdfium's order."""
    label = str(number + 1)
    try:
        label = document.get_page_label(number).strip("\0 ") or label
    except Exception:  # labels are an extra; the number does as well
        label = str(number + 1)
    page = document[number]
    with closing(page):
        with closing(page.get_textpage()) as text:
            turned = _turn(text, page.get_rotation())
            pieces = list(_pieces(text, turned))
        if turned != page.get_rotation():  # pdfium ordered the lines as the file holds the page
            pieces.sort(key=lambda piece: (-piece.middle, piece.left))
        left, low, right, high = page.get_mediabox()  # as it lies, before it is turned
        height = right - left if turned in (90, 270) else high - low
    return label, abs(float(height)), pieces


def _turn(text: Any, shown: int) -> int:
    """By how many degrees a page must be turned so that most of its lines run to the right.

    Args:
        text: pdfium's text page.
        shown: by how many degrees the file says that it is turned.
    """
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    turns: Counter[int] = Counter()
    for index in range(min(text.count_chars(), _SAMPLED_CHARS)):
        if pdfium.FPDFText_IsGenerated(text, index) == 1:
            continue
        if not pdfium.FPDFText_GetMatrix(text, index, ctypes.byref(matrix)):
            continue
        if abs(matrix.a) >= abs(matrix.b):
            turns[0 if matrix.a > 0 else 180] += 1
        else:
            turns[90 if matrix.b > 0 else 270] += 1
    if not turns:
        return shown
    best, count = turns.most_common(1)[0]
    return best if count >= _MOST_CHARS * turns.total() else shown


class _Characters:
    """The characters of a page, and where they stand on the page as it is shown.

    Args:
        text: pdfium's text page.
        turned: by how many degrees the page is turned to be shown.
    """

    def __init__(self, text: Any, turned: int) -> None:
        import pypdfium2.raw as pdfium

        self._pdfium = pdfium
        self._text = text
        self._turned = turned
        self._box = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()

    def __iter__(self) -> Iterator[tuple[int, int, tuple[float, ...] | None]]:
        """Index, number, and box (left, right, bottom, top) of each; None for one made up."""
        pdfium, text, box = self._pdfium, self._text, self._box
        reference = ctypes.byref(box)
        for index in range(text.count_chars()):
            code = pdfium.FPDFText_GetUnicode(text, index)
            if pdfium.FPDFText_IsGenerated(text, index) == 1 or not pdfium.FPDFText_GetLooseCharBox(
                text, index, reference
            ):
                yield index, code, None
                continue
            left, right, low, high = box.left, box.right, box.bottom, box.top
            if self._turned == 90:
                left, right, low, high = low, high, -right, -left
            elif self._turned == 180:
                left, right, low, high = -right, -left, -high, -low
            elif self._turned == 270:
                left, right, low, high = -high, -low, left, right
            yield index, code, (left, right, low, high)

    def line(self, index: int) -> tuple[float, float] | None:
        """The height of the line on which a character stands, and the size of its font."""
        pdfium, x, y = self._pdfium, self._x, self._y
        if not (
            pdfium.FPDFText_GetCharOrigin(self._text, index, ctypes.byref(x), ctypes.byref(y))
            and pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(self._matrix))
        ):
            return None
        size = pdfium.FPDFText_GetFontSize(self._text, index)
        size *= math.hypot(self._matrix.c, self._matrix.d)
        if not 0.5 < size < 2000:
            return None
        return {0: y.value, 90: -x.value, 180: -y.value, 270: x.value}[self._turned], size


def _pieces(text: Any, turned: int) -> Iterator[Piece]:
    """Stretches of characters side by side on one line, separated at wide gaps."""
    signs: list[str] = []
    edges: list[float] = []  # left, right, bottom, top of the piece so far
    characters = _Characters(text, turned)
    for index, code, box in characters:
        if code in _BREAKS:
            yield from _finished(signs, edges)
            signs, edges = [], []
            continue
        sign = _LIGATURES.get(code) or ("\u00ad" if code == _HYPHEN else chr(code))
        if sign.isspace() or box is None:
            if signs:
                signs.append("\u00ad" if code == _HYPHEN else " ")
            continue
        if code < 32 and code != _HYPHEN:
            continue
        left, right, low, high = box
        if edges:
            size = edges[3] - edges[2]
            if (
                left - edges[1] > _WIDE * size
                or left < edges[1] - 2 * size
                or not edges[2] - 0.1 * size < (low + high) / 2 < edges[3] + 0.1 * size
                or signs[-1] == "\u00ad"
            ):
                yield from _finished(signs, edges)
                signs, edges = [], []
        if not edges:
            line = characters.line(index)
            # The box of a character is as high as the character; a line's must be as its font.
            edges = [left, right, low, high]
            if line is not None:
                edges[2:] = line[0] - 0.25 * line[1], line[0] + 0.85 * line[1]
        elif (
            sign in _NOTE_SIGNS and _follows_a_word(signs) and _is_raised(characters, index, edges)
        ):
            continue
        edges[1] = max(edges[1], right)
        signs.append(sign)
    yield from _finished(signs, edges)


def _follows_a_word(signs: list[str]) -> bool:
    """Whether a sign of a note may stand here, after a stop or a word, and no power or unit."""
    before = "".join(signs[-4:])
    return before[-1] in ".,;:!?…\"'”’»)" or (len(before) == 4 and before.isalpha())


def _is_raised(characters: _Characters, index: int, edges: list[float]) -> bool:
    line = characters.line(index)
    if line is None:
        return False
    size = (edges[3] - edges[2]) / 1.1
    raised = line[0] - (edges[2] + 0.25 * size)
    return line[1] < 0.8 * size and raised > 0.15 * size


def _finished(signs: list[str], edges: list[float]) -> Iterator[Piece]:
    # Characters beyond the first plane come in halves.
    words = "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    words = " ".join(words.replace("\0", "").split())
    if words and edges:
        yield Piece(words, *edges)
