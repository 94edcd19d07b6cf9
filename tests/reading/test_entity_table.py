"""The user's table of entities: read, looked up, and refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.reading.entity_table import Entities, read_entities

CSV = """name,identifier,aliases,kind
Dalia Renn,Q11,D. Renn;Renn | Dalia Q. Renn,person
The Aldry Water Board,Q12,AWB,organisation
"Orr, Lena",Q13,Lena Orr,
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("Dalia Renn", "Q11"),
        ("dalia renn’s", "Q11"),
        ("D Renn", "Q11"),
        ("Dália Renn", "Q11"),
        ("Dalia Q. Renn", "Q11"),
        ("Aldry Water Board", "Q12"),
        ("the AWB", "Q12"),
        ("A.W.B.", "Q12"),
        ("Lena Orr", "Q13"),
        ("Dalia", None),
        ("Renn-Orr", None),
        ("", None),
        ("…", None),
    ],
)
def test_names_and_aliases(tmp_path: Path, name: str, identifier: str | None) -> None:
    assert read_entities(written(tmp_path, "t.csv", CSV)).identifier(name) == identifier


def test_the_three_forms_say_the_same(tmp_path: Path) -> None:
    tsv = "name\tidentifier\taliases\nDalia Renn\tQ11\tRenn;D. Renn\n"
    jsonl = '{"name": "Dalia Renn", "identifier": "Q11", "aliases": ["Renn", "D. Renn"]}\n\n'
    csv = "Name,Identifier,Aliases\nDalia Renn,Q11,Renn|D. Renn\n\n"
    tables = [
        read_entities(written(tmp_path, "t.tsv", tsv)),
        read_entities(written(tmp_path, "t.jsonl", jsonl)),
        read_entities(written(tmp_path, "t.csv", csv)),
    ]
    assert tables[0] == tables[1] == tables[2]


def test_an_alias_of_two_is_undecided() -> None:
    table = Entities.of([("Dalia Renn", "Q11", ["Renn"]), ("Ivo Renn", "Q14", ["Renn"])])
    assert table.identifier("Renn") is None
    assert table.undecided == {"renn"}
    assert table.identifier("Ivo Renn") == "Q14"


def test_two_rows_of_one_entity_agree() -> None:
    table = Entities.of([("Dalia Renn", "Q11", []), ("Dalia Renn", "Q11", ["Renn"])])
    assert table.identifier("Renn") == "Q11"
    assert not table.undecided


@pytest.mark.parametrize(
    ("name", "text", "what", "where"),
    [
        ("t.csv", "name,aliases\nDalia Renn,Renn\n", "no column identifier", "line 1"),
        ("t.csv", "", "no column name and no column identifier", "line 1"),
        ("t.csv", "name,identifier\nDalia Renn,\n", "has no identifier", "line 2"),
        ("t.csv", "name,identifier\n ,Q11\n", "has no name", "line 2"),
        ("t.csv", "name,identifier\nRenn, Dalia,Q11\n", "3 cells", "line 2"),
        ("t.jsonl", '{"name": "Dalia Renn"}\n', "has no identifier", "line 1"),
        ("t.jsonl", "\n{name}\n", "is not JSON", "line 2"),
        ("t.jsonl", "[1]\n", "is not an object", "line 1"),
        ("t.jsonl", '{"name": "D", "identifier": "Q", "aliases": [1]}\n', "aliases", "line 1"),
        ("t.jsonl", '{"name": "D", "identifier": 7}\n', "has no identifier", "line 1"),
        ("t.xlsx", "name,identifier\n", "not .xlsx", "t.xlsx"),
        ("t", "name,identifier\n", "without an extension", "t"),
    ],
)
def test_what_is_refused(tmp_path: Path, name: str, text: str, what: str, where: str) -> None:
    with pytest.raises(InputError) as caught:
        read_entities(written(tmp_path, name, text))
    shown = str(caught.value)
    assert what in shown
    assert where in shown
    assert caught.value.remedy


def test_a_missing_file_and_bytes_that_are_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_entities(tmp_path / "none.csv")
    binary = tmp_path / "b.csv"
    binary.write_bytes(b"name\x00identifier\x00\xff\xfe\x00")
    with pytest.raises(InputError, match="not text"):
        read_entities(binary)


@given(st.lists(st.tuples(st.text(max_size=12), st.sampled_from(["Q1", "Q2"])), max_size=6))
def test_no_name_has_two_identifiers(rows: list[tuple[str, str]]) -> None:
    table = Entities.of([(name, identifier, []) for name, identifier in rows])
    for name, _ in rows:
        found = table.identifier(name)
        assert (
            found is None
            or (name, found) in rows
            or any(table.identifier(other) == found for other, i in rows if i == found)
        )
    assert not table.undecided & set(table.identifiers)
