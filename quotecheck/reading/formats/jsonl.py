"""JSON Lines of documents: one object a line, the text beside what is known of it.

``{"id", "title", "date", "author", "publication", "url", "genre", "licence", "origin", "text",
"segments": [[start, end, speaker], …], "blocks": [[start, end], …], "headline": [start, end],
"locators": [[start, end, kind, label], …]}``; only ``text`` must be there, other fields are passed
over. Segments and locators may be objects with these names as well. Offsets are code points of
``text``.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck.errors import InputError
from quotecheck.reading.metadata import Metadata
from quotecheck.records.document import Document, Locator, Segment
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex
from quotecheck.text.paragraphs import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["document_of_row", "read_json_lines"]

_REMEDY = (
    'Write one object a line, such as {"id": "…", "title": "…", "text": "…", '
    '"segments": [[0, 120, "Speaker"]]}.'
)
_HOPELESS = 20  # bad lines at the beginning, without one good: the file is something else


def read_json_lines(
    lines: Iterable[bytes],
    *,
    bytes_sha256: str,
    name: str,
    path: str | None,
    defaults: Mapping[str, str],
) -> Iterator[Document | InputError]:
    """Yield the documents of a JSON Lines file, and an error in the place of each bad line.

    Args:
        lines: the file's lines, line ends and all.
        bytes_sha256: the whole file's hash.
        name: what to call the file in messages.
        path: where it lies; None for standard input.
        defaults: fields that win over those of the lines.

    Raises:
        InputError: the file holds nothing, or nothing that looks like JSON Lines.
    """
    good = bad = number = 0
    for number, line in enumerate(lines, 1):
        line = line.strip(b" \t\r\n")
        if not line:
            continue
        where = f"{name}:{number}"
        try:
            document = _document(
                line, where=where, path=path, defaults=defaults, bytes_sha256=bytes_sha256
            )
        except InputError as error:
            bad += 1
            if bad >= _HOPELESS and not good:
                raise InputError(
                    f"none of its first {bad} lines is a document ({error.what})",
                    where=name,
                    remedy=_REMEDY,
                ) from error
            yield error
            continue
        good += 1
        yield document
    if not good and not bad:
        raise InputError("the file is empty", where=name, remedy=_REMEDY)


def _document(
    line: bytes, *, where: str, path: str | None, defaults: Mapping[str, str], bytes_sha256: str
) -> Document:
    try:
        words, encoding = decode(line)
    except InputError as error:
        raise InputError(error.what, where=where, remedy=error.remedy) from error
    try:
        fields = json.loads(words)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"this line is not JSON: {str(error) or 'nested too deep'}", where=where, remedy=_REMEDY
        ) from error
    if not isinstance(fields, dict):
        raise InputError("this line is not a JSON object", where=where, remedy=_REMEDY)
    return document_of_row(
        fields,
        where=where,
        path=path,
        defaults=defaults,
        bytes_sha256=bytes_sha256,
        encoding=encoding,
    )


def document_of_row(
    fields: Mapping[str, Any],
    *,
    where: str,
    path: str | None,
    defaults: Mapping[str, str],
    bytes_sha256: str,
    encoding: str,
    reader: str = "jsonl",
) -> Document:
    """The document that the fields of a line or row describe.

    Args:
        fields: as in the module's description.
        where: the file and line, for messages.
        path: where the file lies; None for standard input.
        defaults: fields that win over those of the line.
        bytes_sha256: the whole file's hash.
        encoding: that decoded it.
        reader: "jsonl" or "csv".

    Raises:
        InputError: there is no text, or something in the fields is not what it must be.
    """
    text = fields.get("text")
    if not isinstance(text, str) or not text.strip():
        raise InputError('there is no "text" in it', where=where, remedy=_REMEDY)
    if "\0" in text:
        raise InputError("its text holds NUL characters", where=where, remedy="Leave them out.")
    try:
        text_sha256 = sha256_hex(text.encode())
    except UnicodeEncodeError as error:
        raise InputError(
            "its text holds half a surrogate pair, which is not a character",
            where=where,
            remedy="Write such characters in full, or in UTF-8 without escapes.",
        ) from error

    metadata = Metadata()
    metadata.add(fields, "json lines" if reader == "jsonl" else reader)
    metadata.add(defaults, "option")
    headline = _places(fields, "headline", text, where)
    segments = _segments(fields.get("segments"), text, where)
    speaker = metadata.get("speaker")
    if speaker and not segments:
        segments = (Segment(0, len(text), speaker),)
    known = metadata.fields()
    if "id" not in known:
        known["id"] = f"{Path(path).stem if path else 'stdin'}-{text_sha256[:8]}"
    return Document(
        text=text,
        bytes_sha256=bytes_sha256,
        text_sha256=text_sha256,
        path=path,
        encoding=encoding,
        reader=reader,
        segments=segments,
        blocks=_places(fields, "blocks", text, where),
        headline=headline[0] if headline else None,
        locators=_locators(fields.get("locators"), text, where),
        **known,
    )


def _segments(value: Any, text: str, where: str) -> tuple[Segment, ...]:
    segments = []
    for item in _list(value, "segments", where):
        if isinstance(item, dict):
            item = [item.get("start"), item.get("end"), item.get("speaker")]
        if not isinstance(item, list) or len(item) != 3:
            raise _bad_place("segments", item, text, where)
        span = _span("segments", item[:2], text, where)
        speaker = item[2]
        if speaker is not None and not isinstance(speaker, str):
            raise _bad_place("segments", item, text, where)
        segments.append(Segment(span.start, span.end, (speaker or "").strip() or None))
    return tuple(sorted(segments, key=lambda segment: (segment.start, segment.end)))


def _locators(value: Any, text: str, where: str) -> tuple[Locator, ...]:
    locators = []
    for item in _list(value, "locators", where):
        if isinstance(item, dict):
            item = [item.get(name) for name in ("start", "end", "kind", "label")]
        if not isinstance(item, list) or len(item) != 4 or not all(map(_is_word, item[2:])):
            raise _bad_place("locators", item, text, where)
        span = _span("locators", item[:2], text, where)
        locators.append(Locator(span.start, span.end, *map(str.strip, item[2:])))
    return tuple(sorted(locators, key=lambda locator: (locator.start, locator.kind)))


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _places(fields: Mapping[str, Any], name: str, text: str, where: str) -> tuple[Span, ...]:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return ()
    items = _list(value, name, where)
    if name == "headline" and items and not isinstance(items[0], list):
        items = [items]
    return tuple(sorted(_span(name, item, text, where) for item in items))


def _list(value: Any, name: str, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f'"{name}" is not a list', where=where, remedy=_REMEDY)
    return value


def _span(name: str, item: Any, text: str, where: str) -> Span:
    if (
        not isinstance(item, list)
        or len(item) != 2
        or not all(isinstance(place, int) and not isinstance(place, bool) for place in item)
        or not 0 <= item[0] < item[1] <= len(text)
    ):
        raise _bad_place(name, item, text, where)
    return Span(item[0], item[1])


def _bad_place(name: str, item: Any, text: str, where: str) -> InputError:
    shown = json.dumps(item, ensure_ascii=False)
    shown = shown if len(shown) <= 60 else shown[:59] + "…"
    return InputError(
        f'"{name}" holds {shown}, which is not a place in its text of {len(text)} characters',
        where=where,
        remedy="Places are [start, end] in characters, end not included; a segment adds its "
        "speaker, or null.",
    )
