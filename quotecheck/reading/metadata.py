"""What a document says of itself: names of fields, where each value came from, sidecars, dates.

Each field keeps where it came from. What stands nearer to the user wins: an option over a sidecar,
a sidecar over front matter or HTML.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.held_files import require_free
from quotecheck.language.calendar import MONTH_NUMBERS
from quotecheck.reading.authors import authors

if TYPE_CHECKING:
    from pathlib import Path

    from quotecheck.records.document import Document

__all__ = ["FIELDS", "Metadata", "iso_date", "read_sidecar", "sidecar_fields"]

FIELDS: Final = (
    "id",
    "title",
    "publication",
    "author",
    "date",
    "url",
    "genre",
    "licence",
    "origin",
    "language",
    "translated",
    "speaker",
)
"""The fields that front matter, a sidecar or options may set. ``speaker`` is who speaks throughout
a text that has no turns of its own."""


_FLAGS: Final = ("derived", "machine_transcript")
"""Fields that are yes or no: whether a source repeats others, and whether a machine wrote it down
from speech."""

_NAMES = {
    **{name: name for name in (*FIELDS, *_FLAGS)},
    "asr": "machine_transcript",
    "headline": "title",
    "authors": "author",
    "byline": "author",
    "by": "author",
    "published": "date",
    "pubdate": "date",
    "publication_date": "date",
    "date_published": "date",
    "datepublished": "date",
    "created": "date",
    "source": "publication",
    "publisher": "publication",
    "outlet": "publication",
    "newspaper": "publication",
    "site": "publication",
    "site_name": "publication",
    "sitename": "publication",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "permalink": "url",
    "source_url": "url",
    "type": "genre",
    "license": "licence",
    "lang": "language",
    "inlanguage": "language",
    "translation": "translated",
    "translated_from": "translated",
    "original_language": "translated",
}
METADATA_KEYS: Final = frozenset(_NAMES)
"""The keys that are known, in small letters, among them other words for a field."""

_FLAG: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}

_WRITTEN_BY_PROGRAMS = frozenset({"html", "pdf", "docx", "epub", "eml"})
"""Origins whose author is what a program or a page's template wrote; the user wrote the others."""
_UNNOTED = frozenset({"id", "speaker"})  # no metadata of the document in its record


class Metadata:
    """Fields with the place each came from; a later one takes the place of an earlier one."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.flags: dict[str, bool] = {}
        self.origins: dict[str, str] = {}

    def add(self, fields: Mapping[str, Any], origin: str) -> None:
        """Take in the known fields that have a value.

        Args:
            fields: names as their writers spell them ("License", "pubDate"); unknown ones and
                empty values are passed over.
            origin: "html", "front matter", "pdf", "docx", "epub", "warc", "csv", "json lines",
                "sidecar", "option" or another word for the place.
        """
        for name, value in fields.items():
            key = _NAMES.get(name) or _NAMES.get(
                str(name).strip().lower().replace("-", "_").replace(" ", "_")
            )
            if key in _FLAGS:
                if (flag := _FLAG.get(str(value).strip().lower())) is not None:
                    self.flags[key] = flag
                    self.origins[key] = origin
                continue
            words = _words(value) if key is not None else ""  # not of a whole text
            if key == "translated":
                words = _translated(value, words)
            if key == "author" and origin in _WRITTEN_BY_PROGRAMS:
                words = authors(
                    words, also_institutions=origin != "html", also_mononyms=origin == "epub"
                )
            if key is None or not words:
                continue
            self.values[key] = iso_date(words) if key == "date" else words
            self.origins[key] = origin

    def get(self, name: str) -> str | None:
        """The value of a field, None where nobody gave it."""
        return self.values.get(name)

    def placed_on(self, document: Document) -> Document:
        """The document with these fields, each with a note of where it came from."""
        return replace(document, **self.fields())

    def fields(self) -> dict[str, Any]:
        """The fields of a document that these are, by name, with a note of where each came from."""
        known = {name: value for name, value in self.values.items() if name != "speaker"}
        origins = {name: origin for name, origin in self.origins.items() if name not in _UNNOTED}
        return {**known, **self.flags, "metadata_origin": origins}


def _translated(value: object, words: str) -> str:
    """What marks a translation: "yes", the language of the original, "" for what denies it."""
    if value is True or words.lower() in ("yes", "true", "1"):
        return "yes"
    return "" if words.lower() in ("no", "false", "0") else words


def _words(value: object) -> str:
    """A value on one line; a list joined by commas; an object by its name."""
    if isinstance(value, str) and value.isascii():
        return " ".join(value.split())  # most of them: soon done
    if isinstance(value, Mapping):
        value = value.get("name", "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, map(_words, value)))
    if value is None or isinstance(value, bool | dict):
        return ""
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())


# ---------------------------------------------------------------------------------------- sidecars


def read_sidecar(path: Path) -> dict[str, Any]:
    """The metadata that lies beside a file, in a JSON object of its own.

    For ``NAME.html`` these are looked for, in order: ``NAME.html.meta.json``, ``NAME.meta.json``,
    ``NAME.html.json`` and ``NAME.json``; of the last two only one without a ``text`` is taken.

    Returns:
        The object's fields, empty where there is no sidecar.

    Raises:
        InputError: a ``.meta.json`` that is not a JSON object.
    """
    for name in (f"{path.name}.meta.json", f"{path.stem}.meta.json"):
        sidecar = path.with_name(name)
        if sidecar.is_file():
            return _object(sidecar)
    for name in (f"{path.name}.json", f"{path.stem}.json"):
        sidecar = path.with_name(name)
        if sidecar != path and sidecar.is_file():
            try:
                fields = _object(sidecar)
            except InputError:
                continue  # some other JSON file
            if "text" not in fields:
                return fields
    return {}


def _object(path: Path) -> dict[str, Any]:
    require_free(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _no_sidecar(f"this metadata file cannot be read: {error}", str(path)) from error
    return sidecar_fields(data, str(path))


def sidecar_fields(data: bytes, where: str) -> dict[str, Any]:
    """The fields of a metadata file.

    Raises:
        InputError: it is not a JSON object.
    """
    try:
        fields = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _no_sidecar(f"this metadata file cannot be read: {error}", where) from error
    if not isinstance(fields, dict):
        raise _no_sidecar("this metadata file is not a JSON object", where)
    return fields


def _no_sidecar(what: str, where: str) -> InputError:
    return InputError(
        what,
        where=where,
        remedy='Write one JSON object into it, such as {"title": "…", "date": "2024-03-10"}, or'
        " remove it.",
    )


# ------------------------------------------------------------------------------------------- dates

_YMD = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?=[T\s]|\Z)")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?=T|\Z)")
_DMY = re.compile(r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]+)\.?,?\s+(\d{4})\b")
_MDY = re.compile(r"(?:[A-Za-z]+,\s+)?([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_MY = re.compile(r"([A-Za-z]+)\.?,?\s+(\d{4})\Z")


def iso_date(words: str) -> str:
    """A date in ISO 8601, as precise as the words are; the words themselves where they name none.

    Day and month in figures alone ("03/04/2024") mean different days in different countries, so
    they stay as written.

    >>> [iso_date(w) for w in ("March 10, 2024", "10 Mar 2024", "2024-03", "2024-03-10T08:00Z")]
    ['2024-03-10', '2024-03-10', '2024-03', '2024-03-10']
    """
    words = words.strip()
    year: str | None = None
    month: str | int | None = None
    day: str | None = None
    if match := _COMPACT.match(words) or _YMD.match(words):
        year, month, day = match.groups()
    elif match := _DMY.match(words):
        year, month, day = match[3], MONTH_NUMBERS.get(match[2].lower(), 0), match[1]
    elif match := _MDY.match(words):
        year, month, day = match[3], MONTH_NUMBERS.get(match[1].lower(), 0), match[2]
    elif match := _MY.match(words):
        year, month = match[2], MONTH_NUMBERS.get(match[1].lower(), 0)
    if year is None or month is None:
        return year or words
    try:
        whole = date(int(year), int(month), int(day or 1))
    except ValueError:
        return words
    return whole.isoformat() if day else whole.isoformat()[:7]
