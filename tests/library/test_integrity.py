"""A library that somebody or something has tampered with is found out, whatever was changed."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from quotecheck.errors import LibraryError
from quotecheck.library.forgetting import find_documents, forget_documents
from quotecheck.library.library import open_library
from quotecheck.library.schema.migrations import SCHEMA_VERSION
from quotecheck.library.verification import Finding, Verification
from quotecheck.records.document import Segment
from quotecheck.records.text import Span
from tests.support.commands import Run
from tests.support.library_samples import QUOTATION, make, whole
from tests.support.older_libraries import older_library


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with two documents, one of them in two versions, and quotations of two runs."""
    path = tmp_path / "library.db"
    with open_library(path, create=True) as library:
        for version in ("1", "2"):
            run = library.start_run("build", version=version)
            document = make(
                path="/log.txt",
                segments=(Segment(0, 39, "Harbour Master"),),
                blocks=(Span(0, 5),),
                headline=Span(0, 15),
            )
            added = library.add_document(document, passages=whole(document), run=run)
            library.add_quotations(added.id, [QUOTATION], run=run, again=True)
        for text in ("The pilot slept.", "The pilot is awake. 🌊"):
            other = make("other", text, path="/other.txt")
            library.add_document(other, passages=whole(other), run=run)
    return path


def found(path: Path) -> list[Finding]:
    with Verification(path) as verification:
        return list(verification.findings())


def tamper(path: Path, sql: str, *values: object) -> None:
    conn = sqlite3.connect(path)
    conn.execute("PRAGMA ignore_check_constraints = ON")
    conn.execute(sql, values)
    conn.commit()
    conn.close()


def test_a_whole_library_is_found_so_and_not_touched(path: Path) -> None:
    before = path.read_bytes()
    progress: list[tuple[int, int, str]] = []
    with Verification(path) as verification:
        assert list(verification.findings(lambda *told: progress.append(told))) == []
        assert verification.version == SCHEMA_VERSION
        assert (verification.documents, verification.passages) == (3, 2)
        assert verification.quotations == 2
    assert progress[-1] == (3, 3, "other")
    assert path.read_bytes() == before


TAMPERED = {
    "a letter of a text": (
        "UPDATE documents SET text = replace(text, 'tide', 'Tide') WHERE key = 'log'",
        {"text", "places"},
        "document log",
    ),
    "the length of a text": (
        "UPDATE documents SET text = text || '!' WHERE key = 'other'",
        {"text"},
        "document other",
    ),
    "bytes that are no text": (
        "UPDATE documents SET text = CAST(x'41ff42' AS TEXT) WHERE key = 'other'",
        {"text", "places"},
        "document other",
    ),
    "a hash": (
        "UPDATE documents SET text_sha256 = hex(zeroblob(32)) WHERE key = 'other'",
        {"text"},
        "document other",
    ),
    "a headline": (
        "UPDATE documents SET headline_end = 999 WHERE key = 'log'",
        {"places"},
        "document log",
    ),
    "the origins": ("UPDATE documents SET metadata_origin = '{'", {"text"}, "document log"),
    "a place": ("UPDATE quotations SET start = start + 1", {"places"}, "quotations 1"),
    "a selector": ("UPDATE quotations SET prefix = 'x'", {"places"}, "quotations 1"),
    "words of a quotation": (
        "UPDATE quotations SET content = 'We did it'",
        {"places"},
        "quotations 1",
    ),
    "a cue": (
        "UPDATE quotation_spans SET exact = 'lied' WHERE part = 'cue'",
        {"places"},
        "quotations 1, cue",
    ),
    "an addressee": (
        "UPDATE quotation_spans SET exact = 'Ada' WHERE part = 'addressee'",
        {"places"},
        "quotations 1, addressee",
    ),
    "a relay": (
        "UPDATE quotation_relay SET exact = 'x' WHERE part = 'outlet'",
        {"places"},
        "quotations 1, outlet",
    ),
    "no content": (
        "DELETE FROM quotation_spans WHERE part = 'content'",
        {"places"},
        "quotations 1",
    ),
    "where a name stands": (
        "UPDATE quotation_speakers SET mention_end = 5000",
        {"places"},
        "quotations 1, speaker",
    ),
    "evidence": ("UPDATE quotations SET evidence = '[' WHERE id = 2", {"places"}, "quotations 2"),
    "a turn": ("UPDATE segments SET end = 5000", {"places"}, "segments 1"),
    "a passage": (
        "UPDATE passages SET text = 'Other words' WHERE id = 1",
        {"places"},
        "passages 1",
    ),
    "the search": (
        "INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')",
        {"search"},
        "passages_fts",
    ),
    "an entry of the search": (
        "INSERT INTO passages_fts (rowid, text) VALUES (77, 'planted')",
        {"search"},
        "passages_fts",
    ),
    "a document is gone": ("DELETE FROM documents WHERE key = 'log'", {"references"}, "passages 1"),
    "a speaker is gone": ("DELETE FROM speakers", {"references"}, "segments 1"),
    "a quotation is gone": (
        "DELETE FROM quotations WHERE id = 1",
        {"references", "counts"},
        "attributed 1, run 1",
    ),
    "a run's note is gone": ("DELETE FROM attributed WHERE run_id = 1", {"counts"}, "quotations 1"),
    "an old version in the search": (
        "INSERT INTO passages SELECT 9, id, 0, 3, 'The' FROM documents WHERE key LIKE 'other@%'",
        {"counts", "search"},
        "document other@2",
    ),
    "versions": (
        "UPDATE documents SET version = 1 WHERE key = 'other'",
        {"counts"},
        "document other@2",
    ),
    "a table": ("DROP TABLE quotation_candidates", {"schema"}, "quotation_candidates"),
    "the search's table": ("DROP TABLE passages_vocab", {"schema"}, "passages_vocab"),
    "a column": ("ALTER TABLE documents DROP COLUMN origin", {"schema"}, "documents"),
    "a trigger": ("DROP TRIGGER passages_after_update", {"schema"}, "passages_after_update"),
    "an index": ("DROP INDEX documents_path", {"schema"}, "documents_path"),
    "a rule of a table": ("UPDATE quotations SET kind = 'shouted'", {"file"}, "library"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_tampering_is_found(path: Path, case: str) -> None:
    sql, checks, place = TAMPERED[case]
    tamper(path, sql)
    findings = found(path)
    assert {finding.check for finding in findings} == checks, findings
    assert any(finding.place.startswith(place) for finding in findings), findings
    assert found(path) == findings  # looking has mended and broken nothing


def test_what_others_have_added_is_no_finding(path: Path) -> None:
    tamper(path, "CREATE VIEW mine AS SELECT 1 AS one")
    tamper(path, "CREATE TABLE notes (words TEXT)")
    assert found(path) == []


@pytest.mark.parametrize("steps", range(4, SCHEMA_VERSION))
def test_an_older_library_is_looked_through_as_it_is(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "old.db"
    older_library(path, steps)
    before = path.read_bytes()
    assert path.read_bytes() == before
    findings = found(path)
    assert [finding.check for finding in findings] == ["schema", "search", "text"]
    assert f"version {steps} of {SCHEMA_VERSION}" in findings[0].what
    with open_library(path, create=True):
        pass
    assert [finding.check for finding in found(path)] == ["search", "text"]  # its false hash


def test_a_damaged_file_is_a_finding_and_not_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="1")
        for number in range(20):
            document = make(f"d{number}", f"{number} words and words\n" * 2000)
            library.add_document(document, passages=whole(document), run=run)
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * (size // 4))
    findings = found(path)
    assert {"file"} <= {finding.check for finding in findings}


@pytest.mark.parametrize("kind", ["missing", "text", "foreign", "newer", "cut"])
def test_what_is_no_library_is_an_error(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "it.db"
    if kind == "text":
        path.write_text("Dear diary\n" * 9)
    elif kind == "foreign":
        tamper(path, "CREATE TABLE documents (id INTEGER)")
    elif kind in ("newer", "cut"):
        open_library(path, create=True).close()
        if kind == "newer":
            tamper(path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        else:
            os.truncate(path, 300)
    with pytest.raises(LibraryError) as caught:
        Verification(path)
    assert caught.value.where == str(path)
    assert caught.value.remedy


READ_ONLY = """
import os, sys
from quotecheck.library.verification import Verification
if os.getuid() == 0:
    os.setuid(65534)  # the superuser may write anywhere
with Verification(sys.argv[1]) as verification:
    print([finding.check for finding in verification.findings()])
"""


@pytest.mark.parametrize("broken", [False, True])
def test_a_read_only_library_is_looked_through_whole(path: Path, broken: bool) -> None:
    if broken:
        tamper(path, "INSERT INTO passages_fts (passages_fts) VALUES ('delete-all')")
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "library.db")
        shutil.copy(path, copy)
        copy.chmod(0o444)
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, copy], capture_output=True, text=True, check=False
        )
        Path(folder).chmod(0o755)
    assert done.stderr == ""
    assert done.stdout.strip() == ("['search']" if broken else "[]")


# The command


def test_the_command_says_that_all_is_well(path: Path, run: Run) -> None:
    ran = run("verify", path)
    assert ran.code == 0
    assert "All is well." in ran.out
    assert "3 documents, 2 passages, 2 quotations" in ran.out


def test_the_command_tells_what_is_wrong(path: Path, run: Run) -> None:
    tamper(path, "UPDATE documents SET text = replace(text, 'tide', 'Tide') WHERE key = 'log'")
    ran = run("verify", path)
    assert ran.code == 1
    assert "document log" in ran.out
    assert "not the one that was read" in " ".join(ran.out.split())
    ran = run("verify", path, "--format", "jsonl")
    assert ran.code == 1
    *lines, summary = map(json.loads, ran.out.splitlines())
    assert {line["check"] for line in lines} == {"text", "places"}
    assert summary["findings"] == len(lines)
    assert summary["documents"] == 3


def test_the_command_on_no_library(tmp_path: Path, run: Run) -> None:
    ran = run("verify", tmp_path / "none.db")
    assert ran.code == 2
    assert "no library" in ran.err


def test_what_is_forgotten_meanwhile_is_no_finding(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="0")
        for key in ("a", "b", "c"):
            one = make(key, f"The {key} of it.")
            library.add_document(one, passages=whole(one), run=run)
        library.finish_run(run)

    def forget(_done: int, _total: int, key: str) -> None:
        if key == "a":
            with open_library(path, create=True) as library, library.write() as db:
                forget_documents(db, find_documents(db, "b"))

    with Verification(path) as verification:
        assert list(verification.findings(forget)) == []
    with open_library(path) as library:
        assert library.document("b") is None
