"""Shards of the sources: which files a machine takes, and the part that it makes of them."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotecheck.building.build import build
from quotecheck.cli import app, main
from quotecheck.cluster.shards import make_part, parse_shard, plan, shard_of
from quotecheck.errors import InputError, QuotecheckError
from tests.support import building_cases as cases
from tests.support.cluster_parts import FACTORY, make_all
from tests.support.library_rows import all_rows


@pytest.mark.parametrize("given", ["", "3", "0/4", "5/4", "-1/4", "a/b", "1/4/5", "1/0", "9" * 50])
def test_a_broken_shard_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="from 1/16 to 16/16"):
        parse_shard(given)


def test_a_file_stays_in_its_shard_whatever_else_there_is(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    files = cases.write_sources(folder, files=4)
    before = {
        path: task.shard for task in plan([folder], tmp_path / "p", 3) for _, path in task.inputs
    }
    assert set(before) == set(map(str, files))
    (folder / "a-new-one.txt").write_text("New words.", encoding="utf-8")
    after = {
        path: task.shard for task in plan([folder], tmp_path / "p", 3) for _, path in task.inputs
    }
    assert before.items() < after.items()
    assert all(shard_of(path, 3) == shard[0] for path, shard in after.items())
    with pytest.raises(InputError, match="standard input"):
        plan(["-"], tmp_path / "p", 3)


def test_parts_of_another_division_are_not_mixed(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    cases.write_sources(folder, files=1)
    make_part(plan([folder], tmp_path / "p", 2, attribute=False)[0])
    with pytest.raises(InputError, match="parts of 2 shards, not of 3"):
        plan([folder], tmp_path / "p", 3)
    assert len(plan([folder], tmp_path / "p")) == 2  # the folder has decided it


def test_a_part_that_is_whole_is_not_made_again(sources: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    options: Any = {"factory": cases.logging(str(log))}
    make_all(sources, tmp_path / "p", 2, **options)
    log.unlink()
    # A process holds one attributor: with another in its place, this one would be loaded again.
    make_all(sources, tmp_path / "other", 1, factory=FACTORY)
    assert all(one.skipped for one in make_all(sources, tmp_path / "p", 2, **options))
    assert not log.exists()
    # Other options, or another file: the shards that it concerns.
    (sources / "x" / "twice.txt").write_text("Other words, and enough.\n", encoding="utf-8")
    made = make_all(sources, tmp_path / "p", 2, **options)
    concerned = shard_of(str(sources / "x" / "twice.txt"), 2)
    assert [one.skipped for one in made] == [n != concerned for n in (1, 2)]
    made = make_all(sources, tmp_path / "p", 2, turns=False, **options)
    assert not any(one.skipped for one in made)
    # And one that is not whole.
    made[0].path.write_bytes(made[0].path.read_bytes()[:-40])
    assert [m.skipped for m in make_all(sources, tmp_path / "p", 2, turns=False, **options)] == [
        False,
        True,
    ]


def test_what_a_dead_machine_left_is_cleared_away(sources: Path, tmp_path: Path) -> None:
    (task,) = plan([sources], tmp_path / "p", 1, attribute=False)
    left = task.path.with_name(f"{task.path.name}.deadbeef.tmp")
    left.write_bytes(b"half")
    make_part(task)
    assert [path.name for path in (tmp_path / "p").iterdir()] == [task.path.name]


def test_a_full_disk_is_told_and_leaves_no_half_part(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = plan([sources], tmp_path / "p", 1, attribute=False)

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    import pyarrow.parquet

    with monkeypatch.context() as patch:
        patch.setattr(pyarrow.parquet.ParquetWriter, "write_table", full)
        with pytest.raises(QuotecheckError, match="the disk is full") as caught:
            make_part(task)
    assert caught.value.where == str(task.path)
    assert list((tmp_path / "p").iterdir()) == []
    assert make_part(task).header.documents > 50


def test_a_file_that_this_machine_does_not_see_stops_the_shard(
    sources: Path, tmp_path: Path
) -> None:
    (task,) = plan([sources], tmp_path / "p", 1, attribute=False)
    (sources / "play.txt").unlink()
    with pytest.raises(InputError, match="does not see the file"):
        make_part(task)


# The command


def test_a_job_array_by_the_command(sources: Path, tmp_path: Path) -> None:
    runner = CliRunner()
    common = ["build", str(sources), "--no-attribute", "--parts", str(tmp_path / "p")]
    codes = [runner.invoke(app, [*common, "--shard", f"{n}/3"]).exit_code for n in (1, 2, 3)]
    assert set(codes) == {0, 1}  # some files are broken
    again = runner.invoke(app, [*common, "--shard", "2/3"])
    assert "there already" in again.output
    loaded = runner.invoke(
        app, ["load", str(tmp_path / "p"), "--db", str(tmp_path / "a.db"), "--no-copies"]
    )
    assert loaded.exit_code == 1
    build([sources], tmp_path / "one.db", attribute=False, turns=False)
    assert all_rows(tmp_path / "a.db") == all_rows(tmp_path / "one.db")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--shard", "4/3", "--parts", "p"], "'4/3' is not a shard"),
        (["--shard", "1/3"], "no folder for the part"),
        (["--db", "a.db", "--cluster", "nonsense://"], "no Dask scheduler answers"),
    ],
)
def test_what_cannot_be_is_told_at_once(
    arguments: list[str],
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["quotecheck", "build", "a.txt", "--no-attribute", *arguments])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert told in capsys.readouterr().err
