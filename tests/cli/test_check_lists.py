"""`quotecheck check` with lists, several inputs, lines, and nothing to check."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import quotecheck
from quotecheck.cli import app
from quotecheck.errors import InputError
from tests.support import paths

TRUE = "No village will be asked to move twice."
FALSE = "I will sign a paper that leaves the mills dry."


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "library.db"
    quotecheck.build(paths.ROOT / "corpora" / "sample" / "sources", path, attribute=False)
    return path


def ran(*words: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, words)])


def test_a_list_is_checked_row_by_row(db: Path, tmp_path: Path) -> None:
    listed = tmp_path / "quotes.csv"
    listed.write_text(f"quotation,speaker,page\n{TRUE},Ilse Norran,3\n{FALSE},,4\n…,,5\n")
    done = ran("--quotes", listed, "--db", db, "--format", "jsonl")
    assert done.exit_code == 1
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["verdict"] for row in rows] == ["verbatim", "altered", "not_found"]
    assert [row["carried"]["page"] for row in rows] == ["3", "4", "5"]
    assert rows[0]["claimed_speaker"] == "Ilse Norran"
    done = ran("--quotes", listed, "--db", db, "--format", "csv")
    cells = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [row["page"] for row in cells] == ["3", "4", "5"]
    table = ran("--quotes", listed, "--db", db)
    assert "3 quotations checked" in table.stdout
    out = tmp_path / "checked.csv"
    assert ran("--quotes", listed, "--db", db, "--format", "sheet", "-o", out).exit_code == 1
    assert "credited to" in out.read_text(encoding="utf-8")
    assert isinstance(ran("--quotes", listed, "--db", db, "-o", listed).exception, InputError)


def test_a_speaker_for_the_whole_list(db: Path, tmp_path: Path) -> None:
    listed = tmp_path / "quotes.txt"
    listed.write_text(f"{TRUE}\n")
    done = ran("--quotes", listed, "--speaker", "Ilse Norran", "--db", db, "--format", "jsonl")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["claim"] != "not asked"


def test_nothing_to_check_is_a_finding_where_something_was_required(
    db: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "quotes.csv"
    listed.write_text("quotation,speaker\n,Ann\n")
    done = ran("--quotes", listed, "--db", db)
    assert done.exit_code == 1
    assert "no quotation was checked" in done.output
    plain = tmp_path / "lines.txt"
    plain.write_text("\n\n ---\n")
    assert ran(plain, "--lines", "--db", db, "--require-quotations").exit_code == 1
    done = ran(plain, "--lines", "--db", db)
    assert done.exit_code == 0
    assert "no quotation was checked" in done.output


def test_a_file_without_marks_is_checked_line_by_line(db: Path, tmp_path: Path) -> None:
    plain = tmp_path / "lines.txt"
    plain.write_text(f"{TRUE}\n\n- {FALSE}\n")
    done = ran(plain, "--lines", "--db", db, "--format", "jsonl")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [row["verdict"] for row in rows] == ["verbatim", "altered"]
    assert done.exit_code == 1


def test_several_quotations_and_what_is_none(db: Path, tmp_path: Path) -> None:
    done = ran(TRUE, FALSE, "--text", "--db", db, "--format", "jsonl")
    assert [json.loads(line)["verdict"] for line in done.stdout.splitlines()] == [
        "verbatim", "altered",
    ]  # fmt: skip
    for words in ([TRUE, FALSE], [TRUE, str(tmp_path)]):
        error = ran(*words, "--db", db).exception
        assert isinstance(error, InputError)
        assert "no such file" in str(error)
    error = ran("--db", db).exception
    assert isinstance(error, InputError)
    assert "nothing to check" in str(error)
    error = ran(TRUE, "--db", db, "--format", "docx", "-o", tmp_path / "a.docx").exception
    assert isinstance(error, InputError)
    assert "one draft" in str(error)


@pytest.mark.weights
def test_several_articles_and_a_broken_one(db: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"“{TRUE[:-1]},” said Ilse Norran.", encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"“{FALSE[:-1]},” said Ilse Norran.", encoding="utf-8")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.4 broken")
    done = ran(tmp_path, "--db", db, "--format", "github")
    assert done.exit_code == 1
    assert done.stdout.count("::error") == 1
    assert "b.txt" in done.stdout
    assert "c.pdf" in done.stderr
