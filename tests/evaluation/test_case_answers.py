"""What a benchmark's output says of each case, and that its exit code is that of `check`."""

from __future__ import annotations

import inspect
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotecheck.checking.verdict import DEFAULT_GATE
from quotecheck.cli import app
from quotecheck.cli.check import FailOn, check_command
from tests.support.documents import document, fill

TEXT = "The harbour will stay open all winter. We will not sell the ferries. Ask me in spring."
QUOTES = {
    "kept": "We will not sell the ferries.",
    "denied": "We will sell the ferries.",
    "nowhere": "Nineteen herons were counted on the mole at dawn.",
    "nothing": "…",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("answers") / "sources.db"
    with fill(path, [document("speech", TEXT, author="Ida Brandt", date="2021-03-04")]):
        return path


@pytest.fixture(scope="module")
def lines(library: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    folder = tmp_path_factory.mktemp("misquotes")
    gold, output = folder / "gold.jsonl", folder / "system.jsonl"
    rows = [
        {"id": name, "quote": quote, "verdict": "verbatim", "kind": "k", "doc": None}
        for name, quote in QUOTES.items()
    ]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    command = ["evaluate", "misquotes", str(gold), "--db", str(library), "-o", str(output)]
    run = CliRunner().invoke(app, command)
    assert run.exit_code == 0, run.output
    written = output.read_text(encoding="utf-8").splitlines()
    return {row["id"]: row for row in map(json.loads, written)}


def test_each_line_says_what_a_scorer_asks(lines: dict[str, dict[str, object]]) -> None:
    fields = (
        "id", "verdict", "wording", "severity", "exit", "doc", "start", "end", "speaker", "score",
        "reasons", "candidates",
    )  # fmt: skip
    assert list(lines) == list(QUOTES)
    assert all(tuple(line) == fields for line in lines.values())
    assert lines["denied"]["verdict"] == "altered"
    assert lines["denied"]["severity"] == "meaning"
    assert any("not" in reason for reason in lines["denied"]["reasons"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", QUOTES)
def test_the_exit_code_is_that_of_check(
    name: str, library: Path, lines: dict[str, dict[str, object]]
) -> None:
    if name == "nothing":  # check refuses it; a benchmark counts it as not found
        assert lines[name]["exit"] == 1
        return
    run = CliRunner().invoke(app, ["check", QUOTES[name], "--db", str(library)])
    assert run.exit_code == lines[name]["exit"]


def test_the_default_gate_is_one() -> None:
    assert inspect.signature(check_command).parameters["fail_on"].default == FailOn(DEFAULT_GATE)
