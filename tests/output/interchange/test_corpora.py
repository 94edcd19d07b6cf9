"""A library in the formats of other programs: what is read back is what was stored."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from quotecheck.building.build import build
from quotecheck.errors import InputError, MissingExtraError
from quotecheck.library.library import Library, open_library
from quotecheck.output.export import quoted_documents, with_quotations
from quotecheck.output.interchange.parquet import parquet_record, write_parquet
from quotecheck.output.library_export import Selection, export_library
from quotecheck.records.document import Document
from quotecheck.records.plain import quotation_record
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.speakers.changes import merge_speakers
from quotecheck.text.digest import sha256_hex
from tests.support.building_cases import make_attributor, write_sources
from tests.support.commands import Run
from tests.support.formats_samples import rich
from tests.support.tei_texts import NS, TEI, body, chain

BELL = "The bell\x07 tolled & tolled.\n\n“<Ring> it,” said “Old” Ned.\n"


def bell() -> tuple[Document, list[Quotation]]:
    """A text with what XML cannot hold, and a speaker whose name is markup."""
    digest = sha256_hex(BELL.encode())
    start = BELL.index("<Ring>")
    found = Quotation(
        (Span(start, start + 10),), (), (), "direct", "marks", 0.75, speakers=(Speaker('<b> & "'),)
    )
    return Document('bell & "tower"', BELL, digest, digest, date="1861", url="ftp://x"), [found]


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports")
    path = folder / "our library.db"
    write_sources(folder / "sources", files=1, per_file=2)
    build([folder / "sources"], path, attributor_factory=make_attributor)
    with open_library(path, create=True) as library:
        number = library.start_run("build", version="1", weights={"pos.pt": "0" * 64})
        for document, quotations in (rich(), bell()):
            added = library.add_document(document, passages=None, run=number)
            library.add_quotations(added.id, quotations, run=number)
        merge_speakers(library, "Inge Roos", ["Arno Beck"])
    return path


@pytest.fixture
def library(stored: Path) -> Iterator[Library]:
    with open_library(stored) as opened:
        yield opened


def everything(library: Library) -> list[tuple[Document, list[Quotation]]]:
    return list(with_quotations(quoted_documents(library)))


def written(library: Library, name: str, **filters: Any) -> str:
    text = io.StringIO()
    export_library(library, name, text, Selection(**filters))
    return text.getvalue()


def test_what_is_exported_is_what_is_stored(library: Library) -> None:
    held = everything(library)
    assert sum(len(found) for _, found in held) == library.statistics().quotations > 20
    assert [document.id for document, _ in held] == [
        document.id for document in library.documents() if list(library.quotations(document.id))
    ]
    by_key = {document.id: found for document, found in held}
    names = {s.name for one in by_key["vell/ferry"] for s in one.speakers}
    assert names == {"Inge Roos", "Lise Hahn", None}  # Arno Beck is Inge Roos since the merge


def test_json_lines_and_csv_give_the_same_rows_back(library: Library) -> None:
    wanted = [
        {"doc": document.id, "path": document.path} | quotation_record(document.text, one, number)
        for document, found in everything(library)
        for number, one in enumerate(found, start=1)
    ]
    lines = [json.loads(line) for line in written(library, "jsonl").splitlines()]
    assert [{k: v for k, v in line.items() if k != "schema"} for line in lines] == wanted
    rows = list(csv.DictReader(io.StringIO(written(library, "csv"))))
    assert [row["doc"] for row in rows] == [line["doc"] for line in wanted]
    assert [int(row["n"]) for row in rows] == [line["n"] for line in wanted]
    for row, line in zip(rows, wanted, strict=True):
        spans = [(part["start"], part["end"]) for part in line["content"]]
        assert row["content_spans"] == ";".join(f"{a}-{b}" for a, b in spans)


def test_parquet_gives_the_same_rows_back(library: Library, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    path = tmp_path / "quotations.parquet"
    wanted = [
        parquet_record(document, one, number)
        for document, found in quoted_documents(library)
        for number, one in enumerate(found, start=1)
    ]
    number = write_parquet(path, quoted_documents(library), weights={"pos.pt": "0" * 64})
    table = parquet.read_table(path)
    assert number == table.num_rows == len(wanted)
    assert table.to_pylist() == [{name: row[name] for name in table.column_names} for row in wanted]
    told = json.loads(table.schema.metadata[b"quotecheck"])
    assert told["schema"] == "quotecheck/quotations-parquet/1"
    assert list(tmp_path.iterdir()) == [path]
    texts = {document.id: document.text for document in library.documents()}
    for row in table.to_pylist():
        text = texts[row["doc"]]
        assert text[row["start"] : row["end"]] == row["exact"]
        pieces = [text[part["start"] : part["end"]] for part in row["content_spans"]]
        assert " … ".join(pieces) == row["content"]


def test_parquet_without_pyarrow_says_what_to_install(
    stored: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError) as caught:
        write_parquet(tmp_path / "q.parquet", iter(()), weights={})
    assert "quotecheck-toolkit[parquet]" in (caught.value.remedy or "")
    ran = run("export", stored, "-f", "parquet", "-o", tmp_path / "q.parquet")
    assert (ran.code, "pip install" in ran.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


@cache
def grammar() -> Any:
    return etree.RelaxNG(etree.parse(str(files("quotecheck") / "schemas" / "tei-corpus-1.rng")))


def test_a_tei_corpus_is_valid_and_holds_the_texts(library: Library) -> None:
    root = etree.fromstring(written(library, "tei").encode())
    assert grammar().validate(root), grammar().error_log
    held = everything(library)
    parts = root.findall(f"{TEI}TEI")
    assert len(parts) == len(held)
    names = [one.get(f"{NS}id") for one in root.iter() if one.get(f"{NS}id")]
    assert len(names) == len(set(names)), "a name stands twice"
    points = [
        point[1:]
        for one in root.iter()
        if isinstance(one.tag, str)
        for name in ("who", "toWhom", "ana", "resp", "next", "prev", "corresp", "target", "ref")
        for point in (one.get(name) or "").split()
        if point.startswith("#")
    ]
    assert set(points) <= set(names)
    for place, (part, (document, found)) in enumerate(zip(parts, held, strict=True), start=1):
        for one in part.iter(f"{TEI}g"):  # a character that XML cannot hold
            one.set("ref", one.get("ref").replace(f"#d{place}.", "#"))
        text, spans = body(part)
        assert text == document.text
        for number, one in enumerate(found, start=1):
            wanted = {at for span in one.content for at in range(span.start, span.end)}
            assert chain(part, spans, f"d{place}.q{number}") == wanted


def test_no_corpus_of_nothing(library: Library) -> None:
    with pytest.raises(InputError, match="no document with quotations"):
        written(library, "tei", date_from="1990", date_to="1991")


def validator(name: str, *others: str) -> Any:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    from referencing import Registry, Resource

    def rules(one: str) -> Any:
        path = files("quotecheck") / "schemas" / f"{one}.json"
        return json.loads(path.read_text(encoding="utf-8"))

    held = [Resource.from_contents(rules(one)) for one in others]
    registry: Any = Registry().with_resources([(one.id() or "", one) for one in held])
    jsonschema.Draft202012Validator.check_schema(rules(name))
    return jsonschema.Draft202012Validator(rules(name), registry=registry)


def test_w3c_annotations_are_one_valid_collection(library: Library) -> None:
    value = json.loads(written(library, "w3c"))
    validator("w3c-library-1", "w3c-annotations-1").validate(value)
    items = value["first"]["items"]
    assert value["total"] == len(items)
    links = [one for one in items if one["motivation"] == "linking"]
    assert len(links) == library.statistics().quotations
    names = [one["id"] for one in items]
    assert len(names) == len(set(names))
    texts = {f"urn:quotecheck:text:{d.text_sha256}": d.text for d in library.documents()}
    places = 0
    for one in items:
        targets = one["target"] if isinstance(one["target"], list) else [one["target"]]
        for target in targets:
            if isinstance(target, dict):
                position, quote = target["selector"]
                text = texts[target["source"]]
                assert text[position["start"] : position["end"]] == quote["exact"]
                places += 1
    assert places > len(links)


def test_schema_org_is_one_valid_graph(library: Library) -> None:
    value = json.loads(written(library, "schema-org"))
    validator("schema-org-library-1", "schema-org-quotations-1").validate(value)
    nodes = value["@graph"]
    kinds = [node["@type"] for node in nodes]
    assert sum(kind.endswith("Article") for kind in kinds) == len(everything(library))
    assert not any("never said" in node.get("description", "") for node in nodes)
    names = [node["@id"] for node in nodes]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("name", ["w3c", "schema-org", "jsonl", "csv"])
def test_an_export_of_nothing_can_be_read(library: Library, name: str) -> None:
    text = written(library, name, speaker="Lise Hahn", date_to="1700")
    if name == "w3c":
        value = json.loads(text)
        validator("w3c-library-1", "w3c-annotations-1").validate(value)
        assert value["total"] == 0
    elif name == "schema-org":
        assert json.loads(text)["@graph"] == []
    else:
        assert text.count("\n") == (name == "csv")


def test_filters(library: Library) -> None:
    def chosen(**filters: Any) -> list[tuple[str, int]]:
        return [(d.id, len(found)) for d, found in quoted_documents(library, **filters)]

    assert chosen(document="vell/ferry") == [("vell/ferry", 10)]
    assert chosen(speaker="Arno Beck") == chosen(speaker="Inge Roos") == [("vell/ferry", 5)]
    assert chosen(speaker="Inge Roos", date_from="2024-03-13") == []
    # 1861 may be March 1861, 2024-03-12 may not be 2024-03-13
    assert ('bell & "tower"', 1) in chosen(date_from="1861-03", date_to="1861-04")
    assert chosen(date_from="2024", date_to="2024-03") == [("vell/ferry", 10)]
    with pytest.raises(InputError, match="no document 'none'"):
        chosen(document="none")
    with pytest.raises(InputError, match="nobody here is called") as caught:
        chosen(speaker="Inga Ross")
    assert "Inge Roos" in (caught.value.remedy or "")
    with pytest.raises(InputError, match="is not a date"):
        chosen(date_from="last year")


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet", "tei", "w3c", "schema-org", "prov"])
def test_the_command_writes_each_format(
    stored: Path,
    tmp_path: Path,
    run: Run,
    name: str,
) -> None:
    there = tmp_path / f"out.{name}"
    assert run("export", stored, "-f", name, "-o", there).code == 0
    assert list(tmp_path.iterdir()) == [there]
    assert there.stat().st_size > 1000
    if name not in ("parquet",):
        assert run("export", stored, "-f", name).out == there.read_text(encoding="utf-8")
    else:
        ran = run("export", stored, "-f", name)
        assert (ran.code, "--output" in ran.err) == (2, True)


def test_the_command_writes_a_folder_and_refuses_what_makes_no_sense(
    stored: Path,
    tmp_path: Path,
    run: Run,
) -> None:
    folder = tmp_path / "corpus"
    assert run("export", stored, "-f", "tei", "-o", folder).code == 0
    assert len(list(folder.iterdir())) == 5
    assert "Harbour Chief" in (folder / "vell_ferry.tei.xml").read_text(encoding="utf-8")
    ran = run("export", stored, "-f", "prov", "--speaker", "Lise Hahn")
    assert (ran.code, "whole documents" in ran.err) == (2, True)
    ran = run("export", stored, "-f", "csv", "-o", tmp_path / "none" / "x.csv")
    assert (ran.code, "folder for the output does not exist" in ran.err) == (2, True)
    ran = run("export", stored, "-f", "parquet", "-o", tmp_path / "none" / "x.parquet")
    assert (ran.code, "folder for the output does not exist" in ran.err) == (2, True)
    helped = re.sub(r"\s+", " ", run("export", "--help").out)
    assert "claim-review" in helped


KILLED = """
import os, signal, sys
from pathlib import Path
from quotecheck.output import export as exporting
from quotecheck.library.library import open_library

def then_dies(*args, **kwargs):
    for number, one in enumerate(known(*args, **kwargs)):
        if number == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        yield one

known, exporting.quoted_documents = exporting.quoted_documents, then_dies
from quotecheck.cli import main
sys.argv = ["quotecheck", "export", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("name", ["jsonl", "parquet", "tei", "w3c"])
def test_a_killed_export_leaves_no_half_file(stored: Path, tmp_path: Path, name: str) -> None:
    there = tmp_path / "out"
    for before in (None, b"what was there"):
        if before is not None:
            there.with_suffix(".x").write_bytes(before)
        ran = subprocess.run(
            [sys.executable, "-c", KILLED, stored, "-f", name, "-o", there.with_suffix(".x")],
            check=False, capture_output=True,
        )  # fmt: skip
        assert ran.returncode == -9, ran.stderr
        held = there.with_suffix(".x").read_bytes() if there.with_suffix(".x").exists() else None
        assert held == before


def test_an_export_is_of_one_moment(stored: Path) -> None:
    from quotecheck.output.export import one_moment

    with open_library(stored) as reader, one_moment(reader):
        before = written(reader, "jsonl")
        with open_library(stored, create=True) as writer:
            merge_speakers(writer, "Lise Hahn", ["Ada"])
        assert written(reader, "jsonl") == before
    with open_library(stored, create=True) as writer:
        from quotecheck.speakers.changes import undo

        assert written(writer, "jsonl") != before
        undo(writer)
        assert written(writer, "jsonl") == before
