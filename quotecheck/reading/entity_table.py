"""A user's table of entities: names and aliases with the identifiers they stand for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotecheck.errors import InputError
from quotecheck.held_files import require_free
from quotecheck.language.folding import folded
from quotecheck.text.paragraphs import decode

__all__ = ["Entities", "read_entities"]

_COLUMNS = ("name", "identifier", "aliases", "kind")
_REMEDY = (
    "A row has a name and an identifier, and optionally aliases (separated by ; or |) and a kind. "
    "A .csv or .tsv begins with a line that names the columns; a .jsonl has an object a line."
)


def _key(name: str) -> str:
    """A name as it is looked up: no accents, case, stops, possessive, nor "the"."""
    plain = re.sub(r"['’]s?(?!\w)", "", folded(name))
    words = re.findall(r"\w+", plain.replace(".", "").replace("'", "").replace("’", ""))
    return " ".join(words[1:] if words[:1] == ["the"] and len(words) > 1 else words)


@dataclass(frozen=True, slots=True)
class Entities:
    """Identifiers by name. What two entities share is undecided and belongs to neither.

    ``identifiers`` and ``undecided`` have names as they are looked up; `identifier` does that.
    """

    identifiers: Mapping[str, str]
    undecided: frozenset[str] = frozenset()

    @classmethod
    def of(cls, rows: Iterable[tuple[str, str, Iterable[str]]]) -> Entities:
        """The table of rows (name, identifier, aliases).

        >>> table = Entities.of([("Dmitry Peskov", "Q1", ["D. Peskov"]), ("Ann Lee", "Q2", [])])
        >>> table.identifier("dmitry peskov"), table.identifier("Lee")
        ('Q1', None)
        """
        by_name: dict[str, set[str]] = {}
        for name, identifier, aliases in rows:
            for form in (name, *aliases):
                if key := _key(form):
                    by_name.setdefault(key, set()).add(identifier)
        return cls(
            {
                key: min(identifiers)
                for key, identifiers in by_name.items()
                if len(identifiers) == 1
            },
            frozenset(key for key, identifiers in by_name.items() if len(identifiers) > 1),
        )

    def identifier(self, name: str) -> str | None:
        """The identifier of a name or alias; None when the table lacks it or two share it."""
        return self.identifiers.get(_key(name))


def read_entities(path: Path | str) -> Entities:
    """The table in a file: .csv, .tsv or .jsonl (.ndjson), in UTF-8 or another encoding.

    Raises:
        InputError: the file cannot be read, is of another kind, or a row lacks its name or
            identifier; the error names the line.
    """
    path = Path(path)
    require_free(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"the table of entities cannot be read ({error.strerror or type(error).__name__})",
            where=str(path),
            remedy="Give a file that exists and may be read.",
        ) from error
    try:
        text, _ = decode(raw)
    except InputError as error:
        raise InputError(
            "the table of entities is not text", where=str(path), remedy=_REMEDY
        ) from error
    suffix = path.suffix.lower()
    if suffix in {".jsonl", ".ndjson"}:
        rows = _json_rows(text, path)
    elif suffix in {".csv", ".tsv"}:
        rows = _table_rows(text, path, "\t" if suffix == ".tsv" else ",")
    else:
        raise InputError(
            "a table of entities is a .csv, .tsv or .jsonl, not "
            f"{suffix or 'a file without an extension'}",
            where=str(path),
            remedy=_REMEDY,
        )
    return Entities.of(rows)


def _json_rows(text: str, path: Path) -> Iterator[tuple[str, str, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        where = f"{path}, line {number}"
        try:
            row = json.loads(line)
        except ValueError as error:
            raise InputError("is not JSON", where=where, remedy=_REMEDY) from error
        if not isinstance(row, dict):
            raise InputError("is not an object", where=where, remedy=_REMEDY)
        yield _row(row, where)


def _table_rows(text: str, path: Path, delimiter: str) -> Iterator[tuple[str, str, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [column.strip().lower() for column in next(reader, [])]
        missing = [column for column in _COLUMNS[:2] if column not in header]
        if missing:
            raise InputError(
                f"the first line names no column {' and no column '.join(missing)}",
                where=f"{path}, line 1",
                remedy=_REMEDY,
            )
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            where = f"{path}, line {reader.line_num}"
            if len(cells) > len(header):
                raise InputError(
                    f"has {len(cells)} cells, the first line {len(header)}",
                    where=where,
                    remedy="Put cells that hold the separator in double quotes.",
                )
            yield _row(dict(zip(header, cells, strict=False)), where)
    except csv.Error as error:
        raise InputError(
            f"is not a row of a table ({error})",
            where=f"{path}, line {reader.line_num}",
            remedy=_REMEDY,
        ) from error


def _row(row: Mapping[str, Any], where: str) -> tuple[str, str, list[str]]:
    fields = []
    for column in _COLUMNS[:2]:
        value = row.get(column)
        if not isinstance(value, str) or not value.strip():
            raise InputError(f"has no {column}", where=where, remedy=_REMEDY)
        fields.append(value.strip())
    aliases = row.get("aliases") or []
    if isinstance(aliases, str):
        aliases = re.split(r"[;|]", aliases)
    if not isinstance(aliases, list) or not all(isinstance(a, str) for a in aliases):
        raise InputError(
            "has aliases that are neither text nor a list of texts", where=where, remedy=_REMEDY
        )
    return fields[0], fields[1], [alias.strip() for alias in aliases if alias.strip()]
