"""How much of a page is read: the measure, the command, and the floors on pages of many makers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.reading import score_reading
from quotecheck.evaluation.runs.reading import evaluate_reading
from tests.support.pages import write_pages

_FEWEST_PAGES = 90
_RECALL_FLOOR = 0.999
_PRECISION_FLOOR = 0.998


def test_runs_of_words_that_are_lost_or_too_many() -> None:
    gold = "The ferry left at six.\n\nNobody waved at it."
    assert score_reading("The ferry left at six. \n\n NOBODY waved at it", gold).precision == 1
    lost = score_reading("The ferry left at six.", gold)
    assert (lost.recall, lost.precision) == (2 / 3, 1)
    assert score_reading(f"{gold}\n\nSign up", gold).precision == 3 / 4
    assert score_reading(f"{gold}\n\nSign up", gold, "Sign up").precision == 1
    assert score_reading(f"{gold}\n\nNobody waved at it.", gold).precision == 3 / 4
    assert score_reading("The fer\u00adry left at six.\n\nNobody waved at it.", gold).recall == 1
    assert score_reading("", gold).precision == 1
    joined = score_reading("The ferry left at six. Nobody waved at it.", gold)
    assert joined.recall == 1
    assert joined.precision < 1


def test_pages_of_many_makers_are_read_whole(tmp_path: Path) -> None:
    number = write_pages(tmp_path)
    figures, lines = evaluate_reading(tmp_path)
    assert figures["files"] == number >= _FEWEST_PAGES
    wrong = [line for line in lines if line["recall"] < 1 or line["precision"] < 1]
    assert figures["recall"] >= _RECALL_FLOOR, wrong
    assert figures["precision"] >= _PRECISION_FLOOR, wrong


def test_the_command_reads_any_kind_of_file(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text("# A note\n\nThe ferry left at six.\n", encoding="utf-8")
    (tmp_path / "note.gold.txt").write_text("A note\n\nThe ferry left.\n", encoding="utf-8")
    (tmp_path / "empty.html").write_text("<p></p>", encoding="utf-8")
    (tmp_path / "empty.gold.txt").write_text("Words", encoding="utf-8")
    output = tmp_path / "lines.jsonl"
    arguments = ["evaluate", "reading", str(tmp_path), "--json", "--output", str(output)]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    figures = json.loads(result.output)
    assert figures["files"] == 2
    rows = {row["file"]: row for row in map(json.loads, output.read_text("utf-8").splitlines())}
    assert rows["empty.html"]["recall"] == 0
    assert rows["note.md"] == {"file": "note.md", "recall": 0.5, "precision": 1 / 3 // 0.0001 / 1e4}


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="gold text"):
        evaluate_reading(tmp_path)
    (tmp_path / "a.html").write_text("<p>A</p>", encoding="utf-8")
    (tmp_path / "a.gold.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(InputError, match="gold text cannot be read"):
        evaluate_reading(tmp_path)
