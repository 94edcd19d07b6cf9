"""The measure of growth: libraries recombined from real sentences, planted quotations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.evaluation.runs.library_growth import evaluate_growth, grown_library
from quotecheck.library.library import open_library
from tests.support.commands import Run
from tests.support.documents import document, fill
from tests.support.prose import prose


def test_figures_of_two_sizes(tmp_path: Path, run: Run) -> None:
    documents = [document(f"d{n}", prose(n, 400)) for n in range(40, 66)]
    fill(tmp_path / "real.db", documents).close()
    folder = tmp_path / "grown"
    sizes = ["--size", "1000", "--size", "2000"]
    command = [
        "evaluate",
        "growth",
        folder,
        "--db",
        tmp_path / "real.db",
        "--queries",
        "60",
        *sizes,
    ]
    ran = run(*command, "--json")
    assert ran.code == 0
    figures = json.loads(ran.out)
    assert figures["queries"] == 60
    small, large = figures["growth"]["1,000"], figures["growth"]["2,000"]
    assert 1000 <= small["passages"] < 1400
    assert 2000 <= large["passages"] < 2800
    assert small["retrieval"] > 0.9
    assert large["verbatim"] == 1
    assert 0 < small["cpu_ms"] <= small["cpu_ms_95"] * 20
    # Made once; the same seed asks the same.
    again = json.loads(run(*command, "--json").out)["growth"]["1,000"]
    assert again["build_seconds"] < 0.5
    assert again["retrieval"] == small["retrieval"]
    assert "retrieval" in run(*command).out


def test_too_few_documents_are_refused(tmp_path: Path) -> None:
    few = fill(tmp_path / "few.db", [document("a", prose(1))])
    with few as library, pytest.raises(InputError, match="too few documents"):
        evaluate_growth(library, tmp_path, [1000])


def test_real_documents_are_spread_over_the_library(tmp_path: Path) -> None:
    real = [document(f"d{n}", prose(n)) for n in range(6)]
    held = grown_library(tmp_path / "grown.db", real, 1500, seed=3)
    with open_library(tmp_path / "grown.db") as library:
        assert library.statistics().passages == held
        rows = library.db.execute("SELECT id FROM documents WHERE key LIKE 'd_' ORDER BY id")
        places = [row[0] for row in rows]
        (count,) = library.db.execute("SELECT count(*) FROM documents").fetchone()
    assert len(places) == 6
    assert places[-1] - places[0] > count // 2
