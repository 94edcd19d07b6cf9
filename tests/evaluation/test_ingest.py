"""The measurement of ingestion: what it makes up, and that its figures add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.errors import InputError
from quotecheck.evaluation.runs.ingest import evaluate_ingest, measure_attribution
from quotecheck.evaluation.synthetic.news import articles, write_articles
from tests.support import building_cases as cases


def test_the_same_seed_gives_the_same_articles(tmp_path: Path) -> None:
    assert list(articles(50, seed=5)) == list(articles(50, seed=5))
    assert list(articles(50, seed=5)) != list(articles(50, seed=6))
    told = write_articles(tmp_path, 1200, words=60, copies=0.1)
    paths = sorted(tmp_path.iterdir())
    assert [path.name for path in paths] == ["news-00000.jsonl", "news-00001.jsonl"]
    lines = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    assert len(lines) == told["documents"] == 1200
    assert sum(len(line["text"].split()) for line in lines) == pytest.approx(told["words"], rel=0.1)
    assert 60 < len(told["copies"]) < 180
    assert {key for pair in told["copies"].items() for key in pair} <= {x["id"] for x in lines}
    assert any("said" in line["text"] for line in lines)


def test_figures_of_ingestion(tmp_path: Path) -> None:
    figures = evaluate_ingest(tmp_path / "new", 300, words=80)
    assert figures["ingest"]["mb_per_cpu_second"] > 0
    assert figures["again"]["seconds"] < figures["ingest"]["seconds"] + 1
    assert figures["copies"]["found"] == figures["copies"]["right"] == figures["copies"]["planted"]
    assert figures["megabytes"] > 0.1
    with pytest.raises(InputError, match="not empty"):
        evaluate_ingest(tmp_path / "new", 300)


@pytest.mark.parametrize("jobs", [1, 2])
def test_figures_of_attribution(tmp_path: Path, jobs: int) -> None:
    factory: Any = cases.make_attributor
    (row,) = measure_attribution(tmp_path, factory, 5, jobs=[jobs], words=120).values()
    assert row["words"] > 500
    assert row["quotations"] > 5


def test_the_command(tmp_path: Path) -> None:
    arguments = ["evaluate", "ingest", "--documents", "40", "--attribute", "0", "--json"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["documents"] == 40
