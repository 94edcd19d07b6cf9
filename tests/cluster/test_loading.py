"""Loading parts: the rows that one process gives, and what a damaged part leaves."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotecheck.building.build import build
from quotecheck.cli import app
from quotecheck.cluster import loading, shards
from quotecheck.cluster.loading import find_parts, load_parts
from quotecheck.cluster.shards import make_part, plan
from quotecheck.errors import MissingExtraError
from quotecheck.library.library import open_library
from tests.support import building_cases as cases
from tests.support import paths
from tests.support.cluster_parts import FACTORY, make_all
from tests.support.library_rows import all_rows


@pytest.mark.parametrize("attribute", [True, False])
@pytest.mark.parametrize("number", [1, 3])
def test_parts_give_the_rows_of_one_process(
    sources: Path, tmp_path: Path, attribute: bool, number: int
) -> None:
    fragile: Any = cases.make_fragile
    options: Any = {"attribute": attribute, "defaults": {"publication": "The Post"}}
    single = build([sources], tmp_path / "one.db", attributor_factory=fragile, **options)
    made = make_all(sources, tmp_path / "parts", number, factory=fragile, **options)
    assert sum(one.header.rows for one in made) > 60
    report = load_parts([tmp_path / "parts"], tmp_path / "many.db")
    assert (report.added, report.attributed, report.quotations, report.failed) == (
        single.added,
        single.attributed,
        single.quotations,
        single.failed,
    )
    assert all_rows(tmp_path / "many.db") == all_rows(tmp_path / "one.db")


def test_loading_again_adds_nothing(sources: Path, tmp_path: Path) -> None:
    make_all(sources, tmp_path / "parts", 3, factory=FACTORY)
    first = load_parts([tmp_path / "parts"], tmp_path / "a.db")
    rows = all_rows(tmp_path / "a.db")
    with open_library(tmp_path / "a.db") as library:
        (run,) = library.db.query("SELECT * FROM runs")
    told = json.loads(run["settings"])
    assert [one["shard"] for one in told["parts"]] == ["1/3", "2/3", "3/3"]
    assert json.loads(run["weights"]) == {"marks": "ab" * 32}
    assert (run["command"], run["status"], run["added"]) == ("load", "finished", first.added)
    again = load_parts(find_parts([tmp_path / "parts"]), tmp_path / "a.db")
    assert (again.added, again.replaced, again.updated, again.attributed) == (0, 0, 0, 0)
    assert again.skipped >= first.added  # of a part that holds nothing else, each copy counts
    held = all_rows(tmp_path / "a.db")
    held.pop("failures")
    rows.pop("failures")  # what failed is told of each run
    assert held == rows


def test_a_damaged_part_is_named_and_the_rest_goes_on(
    tmp_path: Path,
) -> None:
    sources = tmp_path / "sources"
    cases.write_sources(sources)
    made = make_all(sources, tmp_path / "parts", 4, attribute=False)
    whole = load_parts([tmp_path / "parts"], tmp_path / "whole.db")
    # Where a file goes depends on its path, so on where the tests run: take the fullest two.
    first, second = sorted(made, key=lambda one: -one.header.documents)[:2]
    data = bytearray(first.path.read_bytes())
    data[4 : len(data) // 3] = bytes(len(data) // 3 - 4)
    first.path.write_bytes(data)
    second.path.write_bytes(second.path.read_bytes()[:-100])
    result = CliRunner().invoke(
        app, ["load", str(tmp_path / "parts"), "--db", str(tmp_path / "a.db"), "--no-copies"]
    )
    assert result.exit_code == 1
    told = "".join(result.output.split())  # lines may end anywhere
    for one in (first, second):
        assert one.path.name in told
        assert f"--shard{one.header.shard[0]}/4" in told
    with open_library(tmp_path / "a.db") as library:
        held = library.statistics().documents
        assert 0 < held < whole.added
    # Made and loaded again, nothing is missing.
    make_all(sources, tmp_path / "parts", 4, attribute=False)
    first.path.unlink()
    make_all(sources, tmp_path / "parts", 4, attribute=False)
    load_parts([tmp_path / "parts"], tmp_path / "a.db")
    mended, expected = all_rows(tmp_path / "a.db"), all_rows(tmp_path / "whole.db")
    assert mended.pop("failures")
    assert expected.pop("failures") == []
    assert mended == expected


def test_without_pyarrow_the_remedy_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "part-00001-of-00002.parquet").write_bytes(b"PAR1")
    with pytest.raises(MissingExtraError, match="pip install"):
        load_parts([tmp_path], tmp_path / "a.db")
    monkeypatch.setitem(sys.modules, "distributed", None)
    from quotecheck.cluster.dask_runner import build_on_cluster

    with pytest.raises(MissingExtraError, match="pip install"):
        build_on_cluster([tmp_path], "a.db", "p", address="tcp://x:1", attribute=False)


def test_parts_of_two_versions_make_two_runs(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = plan([sources], tmp_path / "p", 2, factory=FACTORY)
    make_part(first)
    monkeypatch.setattr(shards, "__version__", "0.0.1")
    make_part(second)
    load_parts([tmp_path / "p"], tmp_path / "a.db")
    with open_library(tmp_path / "a.db") as library:
        runs = list(library.db.query("SELECT version, settings FROM runs ORDER BY version"))
    assert [row["version"] for row in runs] == sorted(["0.0.1", loading.__version__])
    told = [json.loads(row["settings"])["parts"] for row in runs]
    assert sorted(one["shard"] for row in told for one in row) == ["1/2", "2/2"]


@pytest.mark.weights
def test_parts_with_the_real_attributor(tmp_path: Path) -> None:
    from quotecheck.pipeline.attributor import attributor_factory

    folder = tmp_path / "sources"
    folder.mkdir()
    text = (paths.SAMPLE / "article.txt").read_text("utf-8")
    for n, piece in enumerate((text, text.replace("Norran", "Lindqvist"))):
        (folder / f"article-{n}.txt").write_text(piece, encoding="utf-8")
    factory = attributor_factory()
    build([folder], tmp_path / "one.db", attributor_factory=factory)
    make_all(folder, tmp_path / "p", 2, factory=factory)
    report = load_parts([tmp_path / "p"], tmp_path / "many.db")
    assert report.quotations > 5
    assert all_rows(tmp_path / "many.db") == all_rows(tmp_path / "one.db")
    with open_library(tmp_path / "many.db") as library:
        (run,) = library.db.query("SELECT weights FROM runs")
        assert len(json.loads(run["weights"])) > 3
