"""Many machines: shards, parts, loading, a real scheduler; the rows that one process gives."""

from __future__ import annotations

import errno
import importlib.util
import json
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from quotecheck.building.build import build
from quotecheck.cli import app, main
from quotecheck.cluster import loading, shards
from quotecheck.cluster import parquet_parts as parts
from quotecheck.cluster.json_codec import (
    pack,
    pack_document,
    pack_outcome,
    unpack,
    unpack_document,
    unpack_outcome,
)
from quotecheck.cluster.loading import find_parts, load_parts
from quotecheck.cluster.parquet_parts import Part, read_header
from quotecheck.cluster.shards import Made, make_part, parse_shard, plan, shard_of
from quotecheck.errors import InputError, MissingExtraError, QuotecheckError, WeightsError
from quotecheck.library.library import open_library
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from tests.support import building_cases as cases
from tests.support import paths
from tests.support.library_rows import all_rows

if importlib.util.find_spec("pyarrow") is None:
    pytest.skip("pyarrow is not installed", allow_module_level=True)

HERE = paths.ROOT
FACTORY: Any = cases.make_attributor


# Records

spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(
    lambda pair: Span(min(pair), max(pair))
)
st.register_type_strategy(Span, spans)


@settings(max_examples=60, deadline=None)
@given(st.from_type(Quotation))
def test_a_quotation_comes_back_as_it_was(quotation: Quotation) -> None:
    written = pack(quotation)
    assert written.isascii()
    assert repr(unpack(Quotation, written)) == repr(quotation)  # NaN is not equal to itself


@settings(max_examples=60, deadline=None)
@given(st.from_type(Document), st.text(st.characters(), max_size=20))
def test_a_document_comes_back_as_it_was(document: Document, text: str) -> None:
    document = replace(document, text=text)
    assert unpack_document(*pack_document(document)) == document


def test_text_that_utf_8_cannot_hold_comes_back_too() -> None:
    document = cases.invented("plain", path="a.txt")
    document = replace(document, text="half \ud83c of a pair")
    text, record = pack_document(document)
    assert text is None
    assert unpack_document(text, record) == document


def test_outcomes_come_back() -> None:
    found = tuple(cases.attribute(cases.invented("“Yes,” said Ada. “No.”", path="a.txt")))
    assert unpack_outcome(pack_outcome(found)) == found
    assert unpack_outcome(pack_outcome(())) == ()
    assert unpack_outcome(pack_outcome(None)) is None
    error = WeightsError("gone", where="here", remedy="mend it")
    back = unpack_outcome(pack_outcome(error))
    assert isinstance(back, WeightsError)
    assert (back.what, back.where, back.remedy) == ("gone", "here", "mend it")


@pytest.mark.parametrize("broken", ["", "{", "[1]", '[{"content": 3}]', '{"error": 1}', "[" * 9999])
def test_what_is_no_outcome_is_refused(broken: str) -> None:
    with pytest.raises(InputError, match="Make the part again"):
        unpack_outcome(broken)


# Shards


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


# Parts, and the same rows


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Sources with everything that a build may meet."""
    folder = tmp_path / "sources"
    cases.write_sources(folder)
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "broken.jsonl").write_text(
        '{"id": "ok", "text": "Fine words."}\n{"id": "bad", "te\n'
        '{"id": "m0-0", "text": "An id that another file has."}\n',
        encoding="utf-8",
    )
    # One text under one name in two folders: the first of them is the document's place.
    for name in ("x", "y"):
        (folder / name).mkdir()
        (folder / name / "twice.txt").write_text("“Twice,” said Ada Fenwick.\n", encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><title>A page</title><meta name=date content=2031-02-03><body><article><p>“It"
        " holds,” said the pilot of the ferry, who had been asked.</p><blockquote><p>Set off, and"
        " long enough to be a paragraph of its own.</p></blockquote></article></body></html>",
        encoding="utf-8",
    )
    (folder / "play.txt").write_text("ADA: We meet.\n\nBEN: We part.\n\nADA: So be it.\n", "utf-8")
    return folder


def make_all(sources: Path, folder: Path, number: int, **options: Any) -> list[Made]:
    return [make_part(task) for task in plan([sources], folder, number, **options)]


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


def test_a_part_that_is_whole_is_not_made_again(sources: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    options: Any = {"factory": cases.logging(str(log))}
    make_all(sources, tmp_path / "p", 2, **options)
    log.unlink()
    shards._HELD.clear()
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
    left = task.path.with_name(f"{task.path.name}.dead.tmp")
    left.write_bytes(b"half")
    make_part(task)
    assert [path.name for path in (tmp_path / "p").iterdir()] == [task.path.name]


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


def test_no_damage_goes_unseen(sources: Path, tmp_path: Path) -> None:
    (made,) = make_all(sources, tmp_path / "p", 1, factory=FACTORY)

    def rows() -> list[parts.Row]:
        part = Part(made.path)
        try:
            return [row for group in range(part.groups) for row in part.rows(group)]
        finally:
            part.close()

    whole, expected = made.path.read_bytes(), repr(rows())
    chance = random.Random(1)
    seen = set()
    for _ in range(60):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        made.path.write_bytes(data)
        try:
            found = repr(rows())
        except InputError as error:
            seen.add(error.where)
        else:
            assert found == expected  # where it does no harm
    assert seen == {str(made.path)}


def test_what_is_no_part_is_told_apart(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    foreign = tmp_path / "part-00001-of-00002.parquet"
    pyarrow.parquet.write_table(pyarrow.table({"a": [1]}), foreign)
    with pytest.raises(InputError, match="no part of quotecheck's"):
        read_header(foreign)
    with pytest.raises(InputError, match="no part of quotecheck's"):
        load_parts([tmp_path], tmp_path / "a.db")
    with pytest.raises(InputError, match="no such part"):
        find_parts([tmp_path / "nothing"])
    with pytest.raises(InputError, match="no parts here"):
        find_parts([paths.CASES])
    with pytest.raises(InputError, match="no such part"):
        Part(tmp_path / "nothing")


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
        (["--shard", "4/3", "--parts", "p"], "'4/3' is no shard"),
        (["--shard", "1/3"], "no folder for the part"),
        ([], "no library is named"),
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
    monkeypatch.setattr("quotecheck.cluster.dask_runner._TIMEOUT", 2.0)
    started = time.monotonic()
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert told in capsys.readouterr().err
    assert time.monotonic() - started < 15


def test_an_address_where_nobody_answers_is_told_soon(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    command = [sys.executable, "-m", "quotecheck", "build", "a.txt", "--no-attribute", "--db", "x"]
    done = subprocess.run(
        [*command, "--cluster", f"tcp://127.0.0.1:{_free_port()}"],
        env=ONLINE,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "no Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr


# A real scheduler, and workers that are processes of their own. The suite cuts the network, even
# that of the machine with itself, so whoever talks to the scheduler is a process of its own too.

ONLINE = os.environ | {"PYTHONPATH": str(HERE)}

DRIVER = """
import os, signal, sys
from pathlib import Path
from tests.support import building_cases as cases
from quotecheck.cluster.dask_runner import build_on_cluster
from quotecheck.errors import QuotecheckError

sources, folder, address, factory, kill = sys.argv[1:]
log = Path(folder, "log")
killed = []

def progress(done, total, name):
    if kill == "kill" and name.startswith("shard") and done >= 2 and not killed and log.exists():
        # Whoever is at work on the newest document.
        killed.append(int(log.read_text().rsplit("by ", 1)[1].split()[0]))
        os.kill(killed[0], signal.SIGKILL)

factories = {"signing": cases.signing(str(log), 0.05), "none": cases.make_none,
             "corpse": cases.make_corpse}
try:
    report = build_on_cluster(
        [sources], Path(folder, "many.db"), Path(folder, "parts"), address=address,
        shards=6, attributor_factory=factories[factory], progress=progress, timeout=30,
        wait=10 if factory == "corpse" else 60,
    )
except QuotecheckError as error:
    print(f"{type(error).__name__}: {error}")
else:
    print(killed, report.added, report.attributed, report.failed)
    print(*report.failures, sep="\\n")
"""


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler, and its two workers."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("Dask is not installed")
    port = str(_free_port())
    address = f"tcp://127.0.0.1:{port}"
    log = (tmp_path / "dask.log").open("wb")

    def start(name: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{name}", *options]
        return subprocess.Popen(
            command, env=ONLINE, stdout=log, stderr=log, cwd=tmp_path, start_new_session=True
        )

    started = [start("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
    # Without a nanny: who is killed stays dead.
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory")
    started += [
        start("dask_worker", address, *options, str(tmp_path / f"dask-{n}")) for n in range(2)
    ]
    try:
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()
        log.close()


def drive(sources: Path, tmp_path: Path, address: str, factory: str, kill: str = "") -> list[str]:
    """Build on the cluster in another process; what it printed, by lines."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(sources), str(tmp_path), address, factory, kill],
        env=ONLINE,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_cluster_with_a_worker_killed_gives_the_rows_of_one_process(
    sources: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    address, workers = cluster
    told = drive(sources, tmp_path, address, "signing", "kill")
    killed = [worker.pid for worker in workers if worker.poll() is not None]
    assert len(killed) == 1
    assert told[0].startswith(f"{killed} ")
    build([sources], tmp_path / "one.db", attributor_factory=FACTORY)
    assert all_rows(tmp_path / "many.db") == all_rows(tmp_path / "one.db")
    assert len(list((tmp_path / "parts").iterdir())) == 6  # and no half ones
    # Once more: nothing is made, nothing is added.
    seen = (tmp_path / "log").read_text()
    assert drive(sources, tmp_path, address, "signing")[0].startswith("[] 0 0 ")
    assert (tmp_path / "log").read_text() == seen


def test_a_cluster_says_what_its_workers_lack(
    sources: Path, tmp_path: Path, cluster: tuple[str, list[subprocess.Popen[bytes]]]
) -> None:
    told = drive(sources, tmp_path, cluster[0], "none")
    assert told == ["WeightsError: ner.pt is missing", "  Install it."]
    # Workers that die of a shard, one after another, are no riddle either.
    told = drive(sources, tmp_path, cluster[0], "corpse")
    assert any("no workers" in line or "died, one after another" in line for line in told)


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


def test_the_row_format_is_plain_parquet(sources: Path, tmp_path: Path) -> None:
    (made,) = make_all(sources, tmp_path / "p", 1, factory=FACTORY)
    import pyarrow.parquet

    table = pyarrow.parquet.read_table(made.path)
    assert table.num_rows == made.header.rows
    kinds = set(table["kind"].to_pylist())
    assert kinds == {"document", "failure", "end"}
    assert parts.part_number(made.path) == (1, 1)
