"""PDF files: the characters of each page with their places, handed on to be laid out as text."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from quotecheck.errors import InputError
from quotecheck.readers.pdf_layout import Piece, lay_out
from quotecheck.readers.record import Reading

__all__ = ["read_pdf"]

_WIDE = 1.2
"""Heights of a line: a gap between words that is wider parts two columns or cells."""
_LIGATURES = {
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st",
    0xFB06: "st",
}  # fmt: skip
_HYPHEN = 2  # what pdfium makes of a hyphen at the end of a line
_BREAKS = frozenset({10, 13})
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})?(\d{2})?")
# What programs write into fields that nobody filled in.
_NO_TITLE = re.compile(
    r"untitled|anonymous|unspecified|\(?none\)?|microsoft word - .*|.*\.(?:docx?|odt|rtf|pdf|tex|"
    r"indd|qxd)",
    re.IGNORECASE,
)
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def read_pdf(data: bytes) -> Reading:
    """The running text of a PDF, with a locator for each page, and its information fields.

    Columns are read one after another, words divided at line ends are made whole, lines are joined
    to paragraphs, and page numbers and running heads are left out. Pages are called as the file
    labels them (``xii``), else by their number.

    Raises:
        InputError: it is no PDF, needs a password, is damaged, or holds no text.
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
            f"it is no PDF, or is cut off or damaged ({error})", remedy="Get the file anew."
        ) from error
    with closing(document):
        pages: list[tuple[str, float, list[Piece]]] = []
        for number in range(len(document)):
            try:
                pages.append(_page(document, number))
            except (pypdfium2.PdfiumError, ctypes.ArgumentError) as error:
                raise InputError(
                    f"its page {number + 1} is damaged ({error})", remedy="Get the file anew."
                ) from error
        metadata = _metadata(document)
    text, locators = lay_out(pages)
    if not text.strip():
        number = len(pages)
        raise InputError(
            f"there is no text on its {number} page{'s' if number != 1 else ''}",
            remedy="They are pictures, most likely: run the file through OCR (ocrmypdf, say).",
        )
    return Reading(text, "pdf", locators=locators, metadata=metadata, origin="pdf")


def _metadata(document: Any) -> dict[str, str]:
    try:
        fields = document.get_metadata_dict()
    except Exception:  # a damaged field must not cost the text
        return {}
    found: dict[str, str] = {}
    for name in ("Title", "Author"):
        words = " ".join(str(fields.get(name) or "").replace("\0", "").split())
        if words and not _NO_TITLE.fullmatch(words):
            found[name.lower()] = words
    day = _DATE.match(str(fields.get("CreationDate") or ""))
    if day:
        found["date"] = "-".join(filter(None, day.groups()))
    return found


def _page(document: Any, number: int) -> tuple[str, float, list[Piece]]:
    """A page's label, its height, and its pieces of text in pdfium's order."""
    label = str(number + 1)
    try:
        label = document.get_page_label(number).strip("\0 ") or label
    except Exception:  # labels are an extra; the number does as well
        label = str(number + 1)
    page = document[number]
    with closing(page):
        turned = page.get_rotation()
        width, height = page.get_size()
        with closing(page.get_textpage()) as text:
            pieces = list(_pieces(text, turned))
    if turned in (90, 270):
        width, height = height, width
    return label, float(height), pieces


def _characters(text: Any, turned: int) -> Iterator[tuple[int, tuple[float, ...] | None]]:
    """Each character's number and its box (left, right, bottom, top), None for one made up."""
    import pypdfium2.raw as pdfium

    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        if pdfium.FPDFText_IsGenerated(text, index) == 1 or not pdfium.FPDFText_GetLooseCharBox(
            text, index, reference
        ):
            yield code, None
            continue
        left, right, low, high = box.left, box.right, box.bottom, box.top
        if turned == 90:
            left, right, low, high = low, high, -right, -left
        elif turned == 180:
            left, right, low, high = -right, -left, -high, -low
        elif turned == 270:
            left, right, low, high = -high, -low, left, right
        yield code, (left, right, low, high)


def _pieces(text: Any, turned: int) -> Iterator[Piece]:
    """Stretches of characters side by side on one line, parted at wide gaps."""
    signs: list[str] = []
    edges: list[float] = []  # left, right, bottom, top of the piece so far
    for code, box in _characters(text, turned):
        if code in _BREAKS:
            yield from _finished(signs, edges)
            signs, edges = [], []
            continue
        sign = _LIGATURES.get(code) or ("\u00ad" if code == _HYPHEN else chr(code))
        if sign.isspace() or box is None:
            if signs and (box is None or sign.isspace()):
                signs.append("\u00ad" if code == _HYPHEN else " ")
            continue
        if code < 32 and code != _HYPHEN:
            continue
        left, right, low, high = box
        if edges:
            size = edges[3] - edges[2]
            middle, line = (low + high) / 2, (edges[2] + edges[3]) / 2
            if (
                left - edges[1] > _WIDE * size
                or left < edges[1] - 2 * size
                or abs(middle - line) > 0.6 * max(size, high - low)
                or signs[-1] == "\u00ad"
            ):
                yield from _finished(signs, edges)
                signs, edges = [], []
        if not edges:
            edges = [left, right, low, high]
        edges[1] = max(edges[1], right)
        signs.append(sign)
    yield from _finished(signs, edges)


def _finished(signs: list[str], edges: list[float]) -> Iterator[Piece]:
    # Characters beyond the first plane come in halves.
    words = "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    words = " ".join(words.replace("\0", "").split())
    if words and edges:
        yield Piece(words, *edges)
