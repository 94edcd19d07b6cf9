"""Parts: Parquet files with all that was read and found in one shard of the sources.

A row is a document with its quotations, a failure, or the end of a file, in the order in which one
process would have met them. A part appears only when it is complete, and every page in it has a
checksum, so that damage is noticed.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotecheck.building.sources import BuildItem, FileEnd
from quotecheck.cluster.json_codec import (
    pack_document,
    pack_outcome,
    unpack_document,
    unpack_outcome,
)
from quotecheck.errors import InputError, QuotecheckError, needing
from quotecheck.held_files import require_free
from quotecheck.pipeline.workers import AttributionResult

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["Header", "Part", "PartWriter", "Row", "part_name", "part_number", "read_header"]

_FORMAT: Final = 1  # Version of the layout of a part; another is refused.
_KEY: Final = b"quotecheck"
_NAME: Final = re.compile(r"part-(\d+)-of-(\d+)\.parquet")
_COLUMNS: Final = (
    "kind", "input", "id", "text_sha256", "name", "reader_version", "record", "outcome", "text",
)  # fmt: skip
_GROUP_ROWS: Final = 500  # Rows of a row group: what a reader holds in memory at once.
_GROUP_CHARACTERS: Final = 4_000_000
"""Code points of a row group, 4 to 16 MB; long texts have few to a group."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the item, what was found in it, and the number of its file among all sources."""

    input: int
    item: BuildItem
    outcome: AttributionResult = None


@dataclass(frozen=True, slots=True)
class Header:
    """What a part says of itself.

    ``shard`` is (number from 1, shards in all). ``inputs`` are (path, fingerprint) of its files,
    ``settings`` the options, ``weights`` the sha256 of each file of weights, ``version`` the
    quotecheck that made it, ``digests`` the sha256 of the rows of each piece. ``documents``,
    ``quotations``, ``failed`` and ``words`` count what it holds, ``seconds`` is the CPU time that
    it took.
    """

    shard: tuple[int, int]
    version: str
    settings: Mapping[str, Any]
    weights: Mapping[str, str]
    inputs: tuple[tuple[str, str | None], ...]
    digests: tuple[str, ...] = ()
    rows: int = 0
    documents: int = 0
    quotations: int = 0
    failed: int = 0
    words: int = 0
    seconds: float = 0.0

    def stands_for(self, other: Header) -> bool:
        """Whether it was made from the same files in the same way."""
        return (self.shard, self.version, self.settings, self.inputs) == (
            other.shard,
            other.version,
            other.settings,
            other.inputs,
        )


def part_name(shard: tuple[int, int]) -> str:
    """The file name of a shard's part.

    >>> part_name((3, 16))
    'part-00003-of-00016.parquet'
    """
    return f"part-{shard[0]:05}-of-{shard[1]:05}.parquet"


def part_number(path: Path) -> tuple[int, int] | None:
    """The shard that a file name tells; None where it is not part's name."""
    match = _NAME.fullmatch(path.name)
    return None if match is None else (int(match[1]), int(match[2]))


class PartWriter:
    """Writes one part; in a ``with`` statement, at whose end it takes its name, or nothing stays.

    Args:
        path: the part.

    Raises:
        QuotecheckError: when the disk is full or the folder cannot be written to.
        MissingExtraError: without pyarrow.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._arrow, self._parquet = _pyarrow()
        # Of its own: two machines may be at work on one shard, when one of them is thought dead.
        self._unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}.tmp")
        self._schema = _schema(self._arrow)
        self._rows: list[dict[str, Any]] = []
        self._digests: list[str] = []
        self._characters = 0
        self._writer: Any = None

    def __enter__(self) -> PartWriter:
        with _explained(self.path):
            self._writer = self._parquet.ParquetWriter(
                str(self._unfinished), self._schema, compression="zstd", write_page_checksum=True
            )
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if self._writer is not None:
            try:
                self._writer.close()
            except Exception:
                if kind is None:
                    raise
        self._unfinished.unlink(missing_ok=True)

    def add(self, row: Row) -> None:
        """Take one row."""
        written = _written(row)
        self._rows.append(written)
        self._characters += sum(len(x) for x in written.values() if isinstance(x, str))
        if len(self._rows) >= _GROUP_ROWS or self._characters >= _GROUP_CHARACTERS:
            self._flush()

    def finish(self, header: Header) -> None:
        """Write what is left and what the part says of itself, and give it its name."""
        self._flush()
        with _explained(self.path):
            metadata = {"format": _FORMAT} | {
                name: getattr(header, name) for name in Header.__dataclass_fields__
            }
            metadata["digests"] = self._digests
            self._writer.add_key_value_metadata({_KEY: json.dumps(metadata)})
            self._writer.close()
            self._writer = None
            with self._unfinished.open("rb") as file:
                os.fsync(file.fileno())
            self._unfinished.replace(self.path)
        for left in self.path.parent.glob(f"{self.path.name}.{'[0-9a-f]' * 8}.tmp"):
            left.unlink(missing_ok=True)  # of a machine that died over the same shard

    def _flush(self) -> None:
        if not self._rows:
            return
        with _explained(self.path):
            table = self._arrow.Table.from_pylist(self._rows, schema=self._schema)
            self._writer.write_table(table)
        self._digests.append(_digest(self._rows))
        self._rows = []
        self._characters = 0


@dataclass(slots=True)
class Part:
    """A part to be read.

    Raises:
        InputError: from every method, when the file is damaged or no part.
        MissingExtraError: without pyarrow.
    """

    path: Path
    header: Header = field(init=False)
    _file: Any = None

    def __post_init__(self) -> None:
        self._file, self.header = _open(self.path)

    @property
    def groups(self) -> int:
        """How many pieces it can be read in."""
        return int(self._file.num_row_groups)

    def documents(self, group: int) -> Iterator[tuple[int, str | None, str | None]]:
        """The (number of the file, id, sha256 of the text) of the rows of a piece."""
        yield from (
            (row["input"], row["id"], row["text_sha256"])
            for row in self._read(group, ["input", "id", "text_sha256"])
        )

    def rows(self, group: int) -> Iterator[Row]:
        """The rows of a piece, whole."""
        rows_read = list(self._read(group, None))
        if self.header.digests[group : group + 1] != (_digest(rows_read),):
            raise _damaged(self.path, "its rows are not those that were written")
        for fields in rows_read:
            try:
                yield _row(fields)
            except InputError as error:
                raise InputError(
                    error.what, where=str(self.path), remedy=_remedy(self.path)
                ) from error

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _read(self, group: int, columns: Sequence[str] | None) -> list[dict[str, Any]]:
        try:
            table = self._file.read_row_group(group, columns=columns)
            table.validate(full=True)
            rows: list[dict[str, Any]] = table.to_pylist()
        except Exception as error:  # pyarrow's own errors, and OSError for a wrong checksum
            raise _damaged(self.path, str(error)) from error
        return rows


def read_header(path: Path) -> Header:
    """What a part says of itself.

    Raises:
        InputError: when the file is damaged or no part.
    """
    file, header = _open(path)
    file.close()
    return header


def _open(path: Path) -> tuple[Any, Header]:
    _, parquet = _pyarrow()
    require_free(path)
    try:
        file = parquet.ParquetFile(str(path), page_checksum_verification=True, memory_map=False)
    except FileNotFoundError as error:
        raise InputError(
            "there is no such part", where=str(path), remedy="Check the name and the folder."
        ) from error
    except Exception as error:  # pyarrow's own errors
        raise _damaged(path, str(error)) from error
    try:
        metadata = json.loads((file.metadata.metadata or {})[_KEY])
        if metadata.pop("format") != _FORMAT:
            raise InputError(
                "this part was made by a newer quotecheck",
                where=str(path),
                remedy="Update quotecheck: pip install --upgrade quotecheck-toolkit",
            )
        metadata["shard"] = tuple(metadata["shard"])
        metadata["digests"] = tuple(metadata["digests"])
        metadata["inputs"] = tuple((name, fingerprint) for name, fingerprint in metadata["inputs"])
        header = Header(**metadata)
        if header.rows != file.metadata.num_rows:
            raise _damaged(path, f"{file.metadata.num_rows} of {header.rows} rows")
    except (KeyError, TypeError, ValueError) as error:
        file.close()
        raise InputError(
            "this Parquet file is not part of quotecheck's",
            where=str(path),
            remedy="Name the files part-N-of-M.parquet that build --shard or --cluster wrote.",
        ) from error
    except BaseException:
        file.close()
        raise
    return file, header


def _digest(rows: Sequence[Mapping[str, Any]]) -> str:
    """The sha256 of some rows, whichever way they are stored."""
    digest = hashlib.sha256()
    for row in rows:
        for name in _COLUMNS:
            value = row.get(name)
            value_bytes = b"" if value is None else str(value).encode()
            digest.update(f"{name}:{len(value_bytes) if value is not None else None}:".encode())
            digest.update(value_bytes)
    return digest.hexdigest()


def _damaged(path: Path, why: str) -> InputError:
    why = " ".join(why.split())[:200]
    return InputError(f"the part is damaged ({why})", where=str(path), remedy=_remedy(path))


def _remedy(path: Path) -> str:
    number = part_number(path)
    shard = f" (--shard {number[0]}/{number[1]})" if number else ""
    return f"Delete it and run its shard again{shard}; then load the folder once more."


def _pyarrow() -> tuple[ModuleType, ModuleType]:
    with needing("parts are Parquet files, which need pyarrow", "cluster"):
        import pyarrow
        import pyarrow.parquet
    return pyarrow, pyarrow.parquet


class _explained:  # noqa: N801 (used as a function is)
    """What the disk refuses, in words."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not isinstance(error, OSError):
            return
        full = error.errno in (errno.ENOSPC, errno.EDQUOT) or "No space left" in str(error)
        why = error.strerror or str(error)
        raise QuotecheckError(
            "the disk is full" if full else f"the part cannot be written ({why})",
            where=str(self.path),
            remedy="Make room and run the command again: whole parts stay."
            if full
            else "Check the folder of --parts and its permissions.",
        ) from error


def _schema(arrow: ModuleType) -> Any:
    # kind: document, failure, end. record: JSON of the document, the failure, the end of the file.
    # outcome: JSON of the document's quotations, or why there are none.
    kinds = {"input": arrow.int64(), "text": arrow.large_string()}
    return arrow.schema([(name, kinds.get(name, arrow.string())) for name in _COLUMNS])


def _written(row: Row) -> dict[str, Any]:
    item = row.item
    fields: dict[str, Any] = {"input": row.input, "name": _plain(item.name)}
    if item.document is not None:
        text, record = pack_document(item.document)
        return fields | {
            "kind": "document",
            "id": _plain(item.document.id),
            "text_sha256": item.document.text_sha256,
            "reader_version": item.reader_version,
            "record": record,
            "outcome": pack_outcome(row.outcome),
            "text": text,
        }
    if item.error is not None and item.end is None:
        return fields | {"kind": "failure", "record": pack_outcome(item.error)}
    outcome = None
    if item.end is not None:
        outcome = {
            "path": item.end.path,
            "fingerprint": item.end.fingerprint,
            "documents": item.end.documents,
            "error": pack_outcome(item.error),
        }
    return fields | {"kind": "end", "record": json.dumps(outcome)}


def _plain(text: str) -> str:
    """Text that a column can hold; only shown or compared, never stored."""
    return text.encode("utf-8", "backslashreplace").decode()


def _row(fields: Mapping[str, Any]) -> Row:
    """The row that `_written` wrote."""
    number, name, kind = fields["input"], fields["name"] or "", fields["kind"]
    if kind == "document":
        document = unpack_document(fields["text"], fields["record"])
        item = BuildItem(name, 0, document=document, reader_version=fields["reader_version"])
        return Row(number, item, unpack_outcome(fields["outcome"]))
    try:
        if kind == "failure":
            return Row(number, BuildItem(name, 0, error=_error(fields["record"])))
        record = json.loads(fields["record"])
        end = FileEnd(record["path"], record["fingerprint"], record["documents"])
        return Row(number, BuildItem(name, 0, end=end, error=_error(record["error"])))
    except (KeyError, TypeError, ValueError) as error:
        what = f"a row of kind {kind!r} cannot be read"
        raise InputError(what, remedy="Build this part again.") from error


def _error(written: str | None) -> QuotecheckError | None:
    outcome = unpack_outcome(written)
    return outcome if isinstance(outcome, QuotecheckError) else None
