"""Word documents: mammoth makes HTML of them, which is laid out like any page."""

from __future__ import annotations

import io
import re
from typing import Any

from quotecheck.errors import InputError
from quotecheck.reading.extraction import Reading
from quotecheck.reading.formats.html_emphasis import mark_emphasis
from quotecheck.reading.formats.html_text import visible_text
from quotecheck.reading.formats.safe_xml import parse_xml
from quotecheck.reading.formats.safe_zip import Unpacker

__all__ = ["read_docx"]

_STYLES = """
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""
# The signs of notes stand within sentences, where nobody said them.
_NOTE_SIGNS = re.compile(
    r'<sup><a href="#(?:foot|end)note-[^"<>]{0,200}+"[^<>]{0,500}+>\[?[^<]{0,8}\]?</a></sup>'
    r'|(?:(?<!\s)\s++)?<a href="#(?:foot|end)note-ref-[^"<>]{0,200}+">↑</a>'
)
_NEXT_CELL = re.compile(r"(?:</p>)?</t[dh]>\s*+<t[dh][^<>]*+>(?:<p>)?")
_CORE = "docProps/core.xml"
_FIELDS = {"title": "title", "creator": "author", "created": "date", "publisher": "publication"}


def read_docx(data: bytes) -> Reading:
    """The text of a Word document, with its set-off quotations, and its core properties.

    The cells of a table's row stand on one line, separated by bars. Footnotes stand at the end;
    their signs in the text are left out. Text that was struck out in tracked changes is not there,
    inserted text is.

    Raises:
        InputError: it is not a Word document, is encrypted or damaged, or holds no text.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "it is protected by a password, or an old .doc file under a new name",
            remedy="Open it in a word processor and save it as .docx without a password.",
        )
    with Unpacker(io.BytesIO(data), "Word document") as unpacker:
        unpacker.check_all()
        _refuse_declarations(unpacker)
        metadata = _core_properties(unpacker)
    page = visible_text(_NEXT_CELL.sub(" | ", _NOTE_SIGNS.sub("", _emphasised(_html(data)))))
    if not page.text.strip():
        raise InputError(
            "there is no text in it", remedy="Its pages may be pictures: run them through OCR."
        )
    headline = next((span for span, tag in page.blocks[:3] if tag == "h1"), None)
    return Reading(
        page.text,
        "docx",
        blocks=tuple(page.quotes),
        headline=headline,
        bold=tuple(page.bold),
        italic=tuple(page.italic),
        metadata=metadata,
        origin="docx",
    )


def _refuse_declarations(unpacker: Unpacker) -> None:
    """Word writes no document types, and one that declares entities may grow without end."""
    for info in unpacker.archive.infolist():
        if info.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in unpacker.read(info):
            raise InputError(
                "a part of it declares a document type, which no word processor does",
                remedy="Open it in a word processor and save it again.",
            )


def _html(data: bytes) -> str:
    import mammoth

    def no_image(_: Any) -> list[Any]:
        return []  # nothing is loaded, neither from the file nor from anywhere else

    try:
        return str(
            mammoth.convert_to_html(
                io.BytesIO(data), style_map=_STYLES, convert_image=no_image
            ).value
        )
    except RecursionError as error:
        raise InputError(
            "its parts are nested too deep", remedy="Save it again in a word processor."
        ) from error
    except Exception as error:  # mammoth lets through whatever a damaged part raises
        raise InputError(
            f"it is not a Word document, or is damaged ({error})",
            remedy="Open it in a word processor and save it again.",
        ) from error


def _emphasised(source: str) -> str:
    """The page with marks before the paragraphs that are in bold or italics throughout."""
    if "<strong>" not in source and "<em>" not in source:
        return source
    from lxml import etree, html

    tree = html.fragment_fromstring(source, create_parent="div")
    mark_emphasis(tree)
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _core_properties(unpacker: Unpacker) -> dict[str, str]:
    """Title, author and the like; nothing where there are none, or none to be read."""
    if not unpacker.holds(_CORE):
        return {}
    try:
        root = parse_xml(unpacker.read(_CORE))
    except InputError:
        return {}
    fields: dict[str, str] = {}
    for element in root:
        name = str(element.tag).rpartition("}")[2]
        if name in _FIELDS and (words := (element.text or "").strip()):
            fields[_FIELDS[name]] = words
    return fields
