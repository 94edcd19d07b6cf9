"""Parts as files: plain Parquet, and no damage goes unseen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from quotecheck.cluster import parquet_parts as parts
from quotecheck.cluster.loading import find_parts, load_parts
from quotecheck.cluster.parquet_parts import Part, read_header
from quotecheck.errors import InputError
from tests.support import paths
from tests.support.cluster_parts import FACTORY, make_all


def test_no_damage_goes_unseen(sources: Path, tmp_path: Path) -> None:
    (made,) = make_all(sources, tmp_path / "p", 1, factory=FACTORY)

    def rows() -> list[parts.Row]:
        part = Part(made.path)
        try:
            return [row for group in range(part.groups) for row in part.rows(group)]
        finally:
            part.close()

    whole, expected = made.path.read_bytes(), repr(rows())
    chance = random.Random(1)
    seen = set()
    for _ in range(60):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        made.path.write_bytes(data)
        try:
            found = repr(rows())
        except InputError as error:
            seen.add(error.where)
        else:
            assert found == expected  # where it does no harm
    assert seen == {str(made.path)}


def test_what_is_no_part_is_told_apart(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    foreign = tmp_path / "part-00001-of-00002.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"a": [1]}), foreign)
    with pytest.raises(InputError, match="not part of quotecheck's"):
        read_header(foreign)
    with pytest.raises(InputError, match="not part of quotecheck's"):
        load_parts([tmp_path], tmp_path / "a.db")
    with pytest.raises(InputError, match="no such part"):
        find_parts([tmp_path / "nothing"])
    with pytest.raises(InputError, match="no parts here"):
        find_parts([paths.CASES])
    with pytest.raises(InputError, match="no such part"):
        Part(tmp_path / "nothing")


def test_the_row_format_is_plain_parquet(sources: Path, tmp_path: Path) -> None:
    (made,) = make_all(sources, tmp_path / "p", 1, factory=FACTORY)
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(made.path)
    assert table.num_rows == made.header.rows
    kinds = set(table["kind"].to_pylist())
    assert kinds == {"document", "failure", "end"}
    assert parts.part_number(made.path) == (1, 1)
