"""The user's table of speakers: who is called what else, and by which identifier they are known."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from quotecheck.errors import InputError
from quotecheck.held_files import require_free
from quotecheck.text.paragraphs import decode

__all__ = ["TableSpeaker", "read_speaker_table"]

_NAMES = {
    "name": "name", "speaker": "name", "alias": "alias", "aliases": "alias",
    "identifier": "identifier", "id": "identifier",
}  # fmt: skip
_LONGEST = 200  # code points of a name
_REMEDY = (
    "Begin with a line that names the columns, name and alias, and identifier if there is one;"
    " several aliases are separated by semicolons."
)


@dataclass(frozen=True, slots=True)
class TableSpeaker:
    """A speaker of the table, with the line that names them first.

    ``aliases`` are other names under which turns and quotations come, each once, none of them
    ``name``, with the line of each.
    """

    name: str
    aliases: tuple[tuple[str, int], ...]
    identifier: str | None
    line: int


def read_speaker_table(path: Path | str) -> tuple[TableSpeaker, ...]:
    """The speakers of a table, in its order; lines about one name are brought together.

    Args:
        path: CSV (separated by commas or semicolons) or TSV, with a header: name, alias, and
            identifier if the user keeps any. An alias may be several, separated by ``;``.

    Raises:
        InputError: the file cannot be read or has no such header, a line has no name, or an alias
            or identifier is said to be of two; the error names the line.
    """
    name = str(path)
    rows = list(_rows(Path(path), name))
    aliases: dict[str, dict[str, int]] = {}
    identifiers: dict[str, str] = {}
    lines: dict[str, int] = {}
    owners: dict[str, tuple[str, int]] = {}
    for line, fields in rows:
        who = _on_one_line(fields.get("name", ""))
        if not who:
            raise InputError("this line has no name", where=f"{name}:{line}", remedy=_REMEDY)
        lines.setdefault(who, line)
        names = aliases.setdefault(who, {})
        for alias in filter(None, map(_on_one_line, fields.get("alias", "").split(";"))):
            owner, there = owners.setdefault(alias, (who, line))
            if owner != who:
                raise InputError(
                    f"“{alias}” is “{who}” here, and “{owner}” on line {there}",
                    where=f"{name}:{line}",
                    remedy="An alias must be of one speaker: leave out what two people share.",
                )
            if alias != who:
                names.setdefault(alias, line)
        identifier = _on_one_line(fields.get("identifier", ""))
        if identifier and identifiers.setdefault(who, identifier) != identifier:
            raise InputError(
                f"“{who}” is {identifier} here, and {identifiers[who]} on another line",
                where=f"{name}:{line}",
                remedy="Give each speaker one identifier; two people need two names.",
            )
    for who, names in aliases.items():
        for alias, line in names.items():
            if alias in aliases:
                raise InputError(
                    f"“{alias}” is another name of “{who}” here, and a name of its own on line"
                    f" {lines[alias]}",
                    where=f"{name}:{line}",
                    remedy="Write its aliases on the lines of the one name that is to stay.",
                )
    return tuple(
        TableSpeaker(who, tuple(names.items()), identifiers.get(who), lines[who])
        for who, names in aliases.items()
    )


def _rows(path: Path, name: str) -> list[tuple[int, dict[str, str]]]:
    require_free(path)
    try:
        source, _ = decode(path.read_bytes())
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(f"it cannot be read ({why})", where=name, remedy="Check the name.") from (
            error
        )
    except InputError as error:
        raise InputError(error.what, where=name, remedy=error.remedy) from error
    head = source.split("\n", 1)[0]
    delimiter = max("\t,;", key=head.count)
    reader = csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True)
    records: list[tuple[int, dict[str, str]]] = []
    columns: list[str] = []
    line = 0
    try:
        for row in reader:
            begins, line = line + 1, reader.line_num
            if not any(field.strip() for field in row):
                continue
            if not columns:
                columns = [_NAMES.get(field.strip().lower(), "") for field in row]
                if "name" not in columns or not {"alias", "identifier"} & set(columns):
                    raise InputError(
                        "this line does not name the columns", where=f"{name}:1", remedy=_REMEDY
                    )
                continue
            if len(row) > len(columns) and any(row[len(columns) :]):
                raise InputError(
                    f"this line has {len(row)} fields, and the first line names {len(columns)}",
                    where=f"{name}:{begins}",
                    remedy='A field with the separator in it stands in "quotation marks".',
                )
            records.append((begins, {c: f for c, f in zip(columns, row, strict=False) if c}))
    except csv.Error as error:
        raise InputError(
            f"this line cannot be read ({error})", where=f"{name}:{line + 1}", remedy=_REMEDY
        ) from error
    if not columns:
        raise InputError("the file is empty", where=name, remedy=_REMEDY)
    for number, fields in records:
        for words in fields.values():
            if any(len(part) > _LONGEST for part in words.split(";")):
                raise InputError(
                    f"a name has more than {_LONGEST} characters",
                    where=f"{name}:{number}",
                    remedy=_REMEDY,
                )
    return records


def _on_one_line(words: str) -> str:
    return " ".join(words.split())
