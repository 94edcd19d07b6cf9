"""What a library gives to other programs: provenance that hangs together, and its quotations."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from quotecheck.building.build import build
from quotecheck.errors import InputError
from quotecheck.library.library import open_library
from quotecheck.output.interchange.prov import prov_json
from quotecheck.records.document import Segment
from quotecheck.speakers.changes import identify, merge_speakers
from tests.support.building_cases import Marks, make_attributor, write_sources
from tests.support.commands import Run
from tests.support.library_samples import QUOTATION, TEXT, make, whole

RELATIONS = {
    "wasGeneratedBy": {"prov:entity": "entity", "prov:activity": "activity"},
    "used": {"prov:entity": "entity", "prov:activity": "activity"},
    "wasAssociatedWith": {"prov:activity": "activity", "prov:agent": "agent"},
    "wasAttributedTo": {"prov:entity": "entity", "prov:agent": "agent"},
    "wasDerivedFrom": {
        "prov:generatedEntity": "entity", "prov:usedEntity": "entity", "prov:activity": "activity",
    },
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "my library.db"
    folder = tmp_path / "sources"
    write_sources(folder, files=1, per_file=2)
    build([folder], path, attributor_factory=make_attributor)
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="2 é", weights={"a/b": "cd" * 32})
        document = make(
            '<key> "&"', segments=(Segment(0, len(TEXT), "The Pilot"),), url="https://x.org/?a=“1”"
        )
        added = library.add_document(document, passages=whole(document), run=run)
        library.add_quotations(added.id, [QUOTATION], run=run)
        newer = make('<key> "&"', "Another text.", url="https://x.org/?a=“1”")
        library.add_document(newer, passages=whole(newer), run=run)
    return path


def exported(path: Path, document: str | None = None) -> dict[str, Any]:
    with open_library(path) as library:
        text = "".join(prov_json(library, document))

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert len(pairs) == len(dict(pairs)), "a name stands twice"
        return dict(pairs)

    found: dict[str, Any] = json.loads(text, object_pairs_hook=once)
    return found


def hangs_together(prov: dict[str, Any]) -> None:
    """Every relation is between elements that are there, of the right sort."""
    assert set(prov) == {"prefix", "entity", "activity", "agent", *RELATIONS}
    for relation, parts in RELATIONS.items():
        for record in prov[relation].values():
            assert {part for part in record if part != "prov:type"} <= set(parts)
            for part, sort in parts.items():
                if part in record:
                    assert record[part] in prov[sort], (relation, record)
    names = {key for sort in ("entity", "activity", "agent") for key in prov[sort]}
    assert all(name.startswith("lib:") and " " not in name for name in names)


def test_the_provenance_of_a_library_hangs_together(path: Path) -> None:
    prov = exported(path)
    hangs_together(prov)
    kinds = [record["prov:type"]["$"] for record in prov["entity"].values()]
    with open_library(path) as library:
        for kind, table in (("Document", "documents"), ("Quotation", "quotations")):
            (count,) = library.db.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608
            assert kinds.count(f"qc:{kind}") == count > 1
    assert kinds.count("qc:Weights") == len(Marks.weights_sha256) + 1
    kinds = [record.get("prov:type", {}).get("$") for record in prov["wasDerivedFrom"].values()]
    assert kinds.count("prov:Revision") == 1
    labels = {record["prov:label"] for record in prov["agent"].values()}
    assert {"Ada", "The Pilot"} <= labels


def test_a_quotation_has_its_selectors_its_run_and_its_speaker(path: Path) -> None:
    with open_library(path) as library:
        (key,) = library.db.execute(
            "SELECT key FROM documents WHERE key LIKE '<key>%@%'"
        ).fetchone()
    prov = exported(path, key)
    hangs_together(prov)
    (name,) = [name for name in prov["entity"] if name.startswith("lib:quotation/")]
    record = prov["entity"][name]
    assert TEXT[record["qc:start"] : record["qc:end"]] == record["qc:exact"]
    assert TEXT[: record["qc:start"]].endswith(record["qc:prefix"])
    assert record["prov:value"] == "Then … we wait for it"
    assert record["qc:turn"] == 1
    (attributed,) = prov["wasAttributedTo"].values()
    assert prov["agent"][attributed["prov:agent"]]["prov:label"] == "The Pilot"
    (activity,) = prov["activity"].values()
    assert activity["qc:command"] == "build"


def test_who_changed_a_speaker_and_when(path: Path) -> None:
    with open_library(path, create=True) as library:
        identify(library, "The Pilot", "Q42", by="Ann “Lee”")
        merge_speakers(library, "The Pilot", ["Ada"], by="Bo")
    prov = exported(path)
    hangs_together(prov)
    told = {record["prov:label"]: record for record in prov["agent"].values()}
    assert "Ada" not in told
    assert told["The Pilot"]["qc:identifier"] == "Q42"
    pairs = {
        (prov["agent"][one["prov:agent"]]["prov:label"], prov["activity"][one["prov:activity"]]
            ["prov:label"])
        for one in prov["wasAssociatedWith"].values() if "change" in one["prov:activity"]
    }  # fmt: skip
    assert pairs == {
        ("Ann “Lee”", "identify “The Pilot” as Q42"),
        ("Bo", "merge “Ada” into “The Pilot”"),
    }


def test_no_such_document(path: Path) -> None:
    with pytest.raises(InputError, match="no document"):
        exported(path, "none")


def test_another_program_reads_it(path: Path) -> None:
    model = pytest.importorskip("prov.model", reason="the package prov is not installed")
    with open_library(path) as library:
        text = "".join(prov_json(library))
    document = model.ProvDocument.deserialize(content=text, format="json")
    again = json.loads(document.serialize(format="json"))
    ours = json.loads(text)
    for section in ("entity", "activity", "agent", "wasDerivedFrom", "used"):
        assert len(again[section]) == len(ours[section])


# The command


def test_the_command_writes_quotations(path: Path, tmp_path: Path, run: Run) -> None:
    with open_library(path) as library:
        number = library.statistics().quotations
    ran = run("export", path)
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert len(lines) == number
    rows = list(csv.DictReader(io.StringIO(run("export", path, "-f", "csv").out)))
    assert len(rows) == number
    folder = tmp_path / "notes"
    assert run("export", path, "-f", "w3c", "-o", folder).code == 0
    assert "TextPositionSelector" in next(folder.iterdir()).read_text(encoding="utf-8")


def test_the_command_writes_provenance_and_one_document(
    path: Path,
    tmp_path: Path,
    run: Run,
) -> None:
    there = tmp_path / "prov.json"
    assert run("export", path, "--format", "prov-json", "--output", there).code == 0
    hangs_together(json.loads(there.read_text(encoding="utf-8")))
    ran = run("export", path, "--document", "m0-1")
    assert {json.loads(line)["doc"] for line in ran.out.splitlines()} == {"m0-1"}
    for form in ("jsonl", "prov-json"):
        ran = run("export", path, "--document", "none", "-f", form)
        assert (ran.code, "what_is_here" in ran.err) == (2, True)
    assert run("export", tmp_path / "none.db").code == 2
