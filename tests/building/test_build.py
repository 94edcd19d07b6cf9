"""Building: all that can be read gets in, once, whatever is broken, killed or in parallel."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from quotecheck.building.build import BuildReport, build, store_attributed
from quotecheck.errors import LibraryError, QuotecheckError, WeightsError
from quotecheck.library.library import open_library
from quotecheck.pipeline.workers import attribute_in_order
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from tests.support import building_cases as cases
from tests.support import paths

HERE = paths.ROOT
build_sources = partial(build, attribute=False)
build_all: Any = partial(build, attributor_factory=cases.make_attributor)


def rows(path: Path, *, ordered: bool = False) -> dict[str, list[Any]]:
    """All that a library holds, bar times, runs and (unless ordered) row numbers."""
    db = sqlite3.connect(path)
    queries = {
        "documents": "SELECT key, title, date, bytes_sha256, text_sha256, path, searched, version,"
        " text FROM documents ORDER BY key",
        "segments": "SELECT d.key, g.start, g.end, s.name FROM segments AS g"
        " JOIN documents AS d ON d.id = g.document_id"
        " LEFT JOIN speakers AS s ON s.id = g.speaker_id ORDER BY 1, 2, 3",
        "passages": "SELECT d.key, p.start, p.end, p.text FROM passages AS p"
        " JOIN documents AS d ON d.id = p.document_id ORDER BY 1, 2, 3",
        "quotations": "SELECT d.key, q.position, q.kind, q.content, q.start, q.end, s.name"
        " FROM quotations AS q JOIN documents AS d ON d.id = q.document_id"
        " LEFT JOIN quotation_speakers AS qs ON qs.quotation_id = q.id"
        " LEFT JOIN speakers AS s ON s.id = qs.speaker_id ORDER BY 1, 2",
        "attributed": "SELECT d.key, a.quotations FROM attributed AS a"
        " JOIN documents AS d ON d.id = a.document_id ORDER BY 1",
        "vocabulary": "SELECT term, doc, cnt FROM passages_vocab ORDER BY term",
        "inputs": "SELECT path, fingerprint, documents, attributed FROM inputs ORDER BY path",
    }
    if ordered:
        queries["ids"] = "SELECT id, key FROM documents ORDER BY id"
        queries["quotation ids"] = "SELECT id, document_id, position FROM quotations ORDER BY id"
        queries["speaker ids"] = "SELECT id, name FROM speakers ORDER BY id"
    held = {name: db.execute(sql).fetchall() for name, sql in queries.items()}
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    db.close()
    return held


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    cases.write_sources(tmp_path / "sources")
    return tmp_path / "sources"


def counts(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.skipped, report.attributed, report.failed


def test_a_second_run_adds_nothing_and_attributes_nothing(sources: Path, tmp_path: Path) -> None:
    db, log = tmp_path / "a.db", tmp_path / "log"
    factory: Any = cases.logging(str(log))
    report = build([sources], db, attributor_factory=factory)
    assert counts(report) == (54, 0, 54, 0)
    assert report.quotations == 6 * 8 * 4 + 6 * 2
    assert report.bytes_read == sum(p.stat().st_size for p in sources.iterdir())
    assert (report.documents, report.library_bytes) == (54, db.stat().st_size)
    with open_library(db) as library:
        assert report.words == sum(len(one.text.split()) for one in library.documents())
    first, noted = rows(db, ordered=True), log.read_text()
    assert len(first["documents"]) == 54
    assert len(first["inputs"]) == 12
    report = build([sources], db, attributor_factory=factory)
    assert counts(report) == (0, 54, 0, 0)
    assert (report.updated, report.replaced, report.quotations) == (0, 0, 0)
    assert (report.words, report.documents, report.library_bytes) == (0, 54, db.stat().st_size)
    assert rows(db, ordered=True) == first
    assert log.read_text() == noted  # nothing was loaded either


def test_known_documents_are_passed_over_even_where_the_file_is_new(
    sources: Path, tmp_path: Path
) -> None:
    db, log = tmp_path / "a.db", tmp_path / "log"
    build_all([sources], db)
    with (sources / "minutes-0.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "new", "text": "“One more,” said Ada."}) + "\n")
    report = build([sources], db, attributor_factory=cases.logging(str(log)))  # type: ignore[arg-type]
    assert (report.added, report.attributed) == (1, 1)
    assert log.read_text().split("\n")[1:] == ["new", ""]


def test_sources_can_be_attributed_later(sources: Path, tmp_path: Path) -> None:
    report = build_sources([sources], tmp_path / "a.db")
    assert counts(report) == (54, 0, 0, 0)
    assert counts(build_sources([sources], tmp_path / "a.db")) == (0, 54, 0, 0)
    assert counts(build_all([sources], tmp_path / "a.db")) == (0, 54, 54, 0)
    assert counts(build_sources([sources], tmp_path / "a.db")) == (0, 54, 0, 0)
    build_all([sources], tmp_path / "b.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "b.db")


def test_several_processes_give_the_same_library(sources: Path, tmp_path: Path) -> None:
    build_all([sources], tmp_path / "one.db")
    report = build_all([sources], tmp_path / "two.db", jobs=2)
    assert counts(report) == (54, 0, 54, 0)
    for name in ("one.db", "two.db"):
        with open_library(tmp_path / name) as library:
            (run,) = library.db.query("SELECT * FROM runs")
            assert json.loads(run["weights"]) == {"marks": "ab" * 32}
            assert (run["attributed"], run["quotations"]) == (54, report.quotations)
    assert rows(tmp_path / "two.db", ordered=True) == rows(tmp_path / "one.db", ordered=True)


def test_a_changed_file_replaces_what_it_held(sources: Path, tmp_path: Path) -> None:
    db = tmp_path / "a.db"
    build_all([sources], db)
    path = sources / "minutes-0.jsonl"
    path.write_text(path.read_text("utf-8").replace("The ", "All the ", 1), encoding="utf-8")
    (sources / "article-0.txt").write_text("“It was closed,” said Ada.\n", encoding="utf-8")
    report = build_all([sources], db)
    assert (report.replaced, report.added, report.failed) == (2, 0, 0)
    with open_library(db) as library:
        assert library.statistics().documents == 54
        document = library.document("m0-0")
        assert document is not None
        assert "All the " in document.text
    assert counts(build_all([sources], db)) == (0, 54, 0, 0)


def test_options_reach_the_documents_and_the_run(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text("\nWe meet again. The bridge holds.\n", encoding="utf-8")
    build_sources(
        [tmp_path / "speech.txt"],
        tmp_path / "a.db",
        defaults={"title": "A speech", "date": "1861-05"},
        speaker="Ada Fenwick",
        weights={"ner": "ab"},
    )
    with open_library(tmp_path / "a.db") as library:
        (document,) = library.documents()
        assert (document.title, document.date) == ("A speech", "1861-05")
        (segment,) = document.segments
        assert segment.speaker == "Ada Fenwick"
        assert document.text[segment.start : segment.end] == document.text.strip()
        assert document.path == str(tmp_path / "speech.txt")
        (run,) = library.db.query("SELECT * FROM runs")
        assert json.loads(run["settings"])["speaker"] == "Ada Fenwick"
        assert json.loads(run["weights"]) == {"ner": "ab"}
        assert (run["status"], run["added"]) == ("finished", 1)
    # Other options: the file is read again, and its metadata are brought up to date.
    report = build_sources(
        [tmp_path / "speech.txt"], tmp_path / "a.db", defaults={"title": "The speech"}
    )
    assert report.updated == 1


def test_progress_is_told(sources: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int, str]] = []
    report = build_sources(
        [sources], tmp_path / "a.db", progress=lambda *told_now: told.append(told_now)
    )
    assert told[0] == ("building", 0, report.bytes_read, "")
    assert told[-1] == ("building", report.bytes_read, report.bytes_read, "minutes-5.jsonl")
    assert [done for _, done, _, _ in told] == sorted(done for _, done, _, _ in told)


def test_metadata_beside_a_file_are_read_again_when_they_change(tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    source.write_text("The bridge holds.\n", encoding="utf-8")
    for title in ("A talk", "The talk"):
        beside = json.dumps({"title": title})
        (tmp_path / "talk.meta.json").write_text(beside, encoding="utf-8")
        build_sources([source], tmp_path / "a.db")
        with open_library(tmp_path / "a.db") as library:
            assert [document.title for document in library.documents()] == [title]


def test_articles_are_stored_on_their_way_and_are_no_sources(tmp_path: Path) -> None:
    article = cases.invented("“The bridge is safe,” said Ada Fenwick.", path="article.txt")
    found = cases.attribute(article)
    for _ in range(2):
        stream = store_attributed([(article, found)], tmp_path / "a.db", weights={"ner": "ab"})
        assert list(stream) == [(article, found)]
    with open_library(tmp_path / "a.db") as library:
        held = library.statistics()
        assert (held.documents, held.articles, held.quotations) == (0, 1, 1)
        assert library.db.execute("SELECT count(*) FROM quotations").fetchone() == (1,)
        (document,) = library.documents()
        assert document.path == str(Path("article.txt").absolute())
        runs = library.db.execute("SELECT command, status, added, skipped, attributed FROM runs")
        assert runs.fetchall() == [
            ("attribute", "finished", 1, 0, 1),
            ("attribute", "finished", 0, 1, 0),
        ]
    # Another opinion is kept beside the first; whoever stops listening leaves a clean library.
    stream = store_attributed([(article, []), (article, found)], tmp_path / "a.db")
    assert next(stream) == (article, [])
    stream.close()  # type: ignore[attr-defined]
    with open_library(tmp_path / "a.db") as library:
        assert library.statistics().quotations == 0
        assert library.db.execute("SELECT count(*) FROM quotations").fetchone() == (1,)
        assert library.db.execute("SELECT status FROM runs WHERE id = 3").fetchone() == (
            "interrupted",
        )


# What is broken


def test_broken_files_are_reported_and_the_rest_is_in(sources: Path, tmp_path: Path) -> None:
    (sources / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (sources / "nothing.txt").write_bytes(b"")
    (sources / "broken.jsonl").write_text(
        '{"id": "ok", "text": "Fine words."}\n{"id": "bad", "te\n{"id": "ok2", "text": "More."}\n'
        '{"id": "ok", "text": "Other words."}\n{"id": "half", "text": "a \\ud83c b"}\n',
        encoding="utf-8",
    )
    missing = tmp_path / "missing.txt"
    for _ in range(2):  # again: what failed is tried again, what is in stays in
        report = build_all([sources, missing, sources], tmp_path / "a.db")
        told = "\n".join(str(failure) for failure in report.failures)
        assert report.failed == len(report.failures)
        for name in ("binary.txt", "broken.jsonl", "missing.txt"):
            assert name in told
        assert "stands for two texts" in told
        with open_library(tmp_path / "a.db") as library:
            keys = {document.id for document in library.documents()}
            assert {"ok", "ok2", "m0-0", "m5-7"} <= keys
            assert "half" not in keys
            assert library.document("ok").text == "Fine words."  # type: ignore[union-attr]
            sql = "SELECT count(*) FROM failures WHERE run_id = ?"
            assert library.db.execute(sql, [report.run]).fetchone() == (report.failed,)
    assert counts(report)[:3] == (0, 56, 0)


def test_an_id_that_two_files_use_is_reported(tmp_path: Path) -> None:
    for name in "ab":
        line = json.dumps({"id": "1", "text": f"Words of {name}."})
        (tmp_path / f"{name}.jsonl").write_text(line, encoding="utf-8")
    for name, remedy in [("a", ""), ("b", "a.jsonl"), ("a", "")]:
        report = build_sources([tmp_path / f"{name}.jsonl"], tmp_path / "x.db")
        assert report.failed == bool(remedy)
        assert remedy in "".join(str(failure) for failure in report.failures)
    with open_library(tmp_path / "x.db") as library:
        assert [d.text for d in library.documents()] == ["Words of a."]


@pytest.mark.parametrize("fragile", [cases.make_fragile, cases.make_together])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_document_that_breaks_the_attributor_costs_only_itself(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, fragile: Any
) -> None:
    if jobs > 1:
        monkeypatch.setenv("QUOTECHECK_TEST_DIES", "1")
    report = build([sources], tmp_path / "a.db", attributor_factory=fragile, jobs=jobs)
    told = "\n".join(str(failure) for failure in report.failures)
    assert "ZeroDivisionError: a mistake in a rule" in told
    assert "beyond the end of the text" in told
    assert "CHECK constraint failed" in told
    assert ("process that attributed it died" in told) == (jobs > 1)
    assert report.failed == (4 if jobs > 1 else 3)
    assert report.attributed == 54 - report.failed
    with open_library(tmp_path / "a.db") as library:
        kept = {document.id for document in library.documents()}
    # Their texts can be searched all the same, but for the one that the tables refuse.
    assert {"m1-1", "m2-2", "m4-4"} <= kept
    monkeypatch.delenv("QUOTECHECK_TEST_DIES", raising=False)
    build_all([sources], tmp_path / "a.db")  # mended: the next run makes up for it
    build_all([sources], tmp_path / "b.db")
    assert rows(tmp_path / "a.db") == rows(tmp_path / "b.db")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_missing_attributor_stops_the_build(sources: Path, tmp_path: Path, jobs: int) -> None:
    none: Any = cases.make_none
    with pytest.raises(WeightsError) as caught:
        build([sources], tmp_path / "a.db", attributor_factory=none, jobs=jobs)
    assert (caught.value.what, caught.value.remedy) == ("ner.pt is missing", "Install it.")
    with open_library(tmp_path / "a.db") as library:
        assert library.db.execute("SELECT status FROM runs").fetchall() == [("failed",)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_attributor_that_fails_in_an_unforeseen_way_stops_the_build(
    sources: Path, tmp_path: Path, jobs: int
) -> None:
    nothing: Any = cases.make_from_nothing
    with pytest.raises(QuotecheckError, match="No such file") as caught:
        build([sources], tmp_path / "a.db", attributor_factory=nothing, jobs=jobs)
    assert caught.value.where == "no-such-weights.pt"


def test_processes_that_all_die_stop_the_build(sources: Path, tmp_path: Path) -> None:
    corpse: Any = cases.make_corpse
    with pytest.raises(QuotecheckError, match="died"):
        build([sources], tmp_path / "a.db", attributor_factory=corpse, jobs=2)


def test_a_foreign_file_is_no_place_to_build(sources: Path, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("Dear diary,\n")
    with pytest.raises(LibraryError, match="not a quotecheck library"):
        build_sources([sources], tmp_path / "diary.txt")
    assert (tmp_path / "diary.txt").read_text() == "Dear diary,\n"


def test_impossible_wishes_are_mistakes_of_the_caller(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="attributor_factory"):
        build([tmp_path], tmp_path / "a.db")
    with pytest.raises(ValueError, match="jobs"):
        build_sources([tmp_path], tmp_path / "a.db", jobs=0)
    assert list(tmp_path.iterdir()) == []


def test_no_more_is_read_than_the_processes_need() -> None:
    read: list[int] = []

    def items() -> Any:
        for n in range(1000):
            read.append(n)
            yield n

    factory: Any = cases.make_attributor
    stream = attribute_in_order(items(), lambda _: None, factory, 2)
    assert [next(stream)[0] for _ in range(10)] == list(range(10))
    assert len(read) < 40
    stream.close()  # type: ignore[attr-defined]


# Killed, interrupted, two at once

SCRIPT = """
import sys
from tests.support import building_cases as cases
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.building.build import build
if __name__ == "__main__":
    sources, db, log, wait, jobs = sys.argv[1:]
    factory = cases.logging(log, float(wait))
    build([sources], db, attributor_factory=factory, jobs=int(jobs))
"""


def start(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    script = folder / "build_here.py"
    script.write_text(SCRIPT)
    env = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, str(script), *map(str, arguments)]
    return subprocess.Popen(
        command, env=env, stderr=subprocess.PIPE, text=True, preexec_fn=_heed_interrupts
    )


def _heed_interrupts() -> None:
    """A shell starts what it runs in the background deaf to SIGINT, and children inherit that."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def wait_for(process: subprocess.Popen[str], db: Path, documents: int) -> None:
    """Until the library holds so many documents; the process must still be at it."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        assert process.poll() is None, process.communicate()[1]
        try:
            with open_library(db) as library:
                if library.statistics().documents >= documents:
                    return
        except LibraryError:
            pass  # not there yet
        time.sleep(0.02)
    raise AssertionError("the build does not get on")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_build_that_was_killed_goes_on(sources: Path, tmp_path: Path, jobs: int) -> None:
    db, log = tmp_path / "killed.db", tmp_path / "log"
    process = start(tmp_path, sources, db, log, 0.15, jobs)
    wait_for(process, db, 5)
    process.kill()
    process.communicate()
    with open_library(db) as library:
        kept = {document.id for document in library.documents()}
        assert 5 <= len(kept) < 54
        assert library.db.execute("SELECT status, finished FROM runs").fetchall() == [
            ("running", None)
        ]
        # No half documents: each has its passages and was looked through.
        half = library.db.execute(
            "SELECT key FROM documents WHERE id NOT IN (SELECT document_id FROM attributed)"
            " OR id NOT IN (SELECT document_id FROM passages)"
        ).fetchall()
        assert half == []
    log.unlink()
    report = build([sources], db, attributor_factory=cases.logging(str(log)))  # type: ignore[arg-type]
    assert report.added == 54 - len(kept)
    assert not kept & set(log.read_text().split("\n"))  # committed work is not done again
    build_all([sources], tmp_path / "undisturbed.db")
    assert rows(db, ordered=True) == rows(tmp_path / "undisturbed.db", ordered=True)


def test_an_interrupted_build_says_so_and_leaves_no_processes(
    sources: Path, tmp_path: Path
) -> None:
    db, log = tmp_path / "a.db", tmp_path / "log"
    process = start(tmp_path, sources, db, log, 0.15, 2)
    wait_for(process, db, 3)
    process.send_signal(signal.SIGINT)
    assert "KeyboardInterrupt" in process.communicate(timeout=20)[1]
    assert not Path(f"{db}-wal").exists()
    with open_library(db) as library:
        assert library.db.execute("SELECT status FROM runs").fetchall() == [("interrupted",)]
    workers = [int(line.split()[1]) for line in log.read_text().split("\n") if "loaded" in line]
    assert workers
    for worker in workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    assert build_all([sources], db).failed == 0
    build_all([sources], tmp_path / "undisturbed.db")
    assert rows(db) == rows(tmp_path / "undisturbed.db")


def test_two_builds_at_once_into_one_library_lose_nothing(tmp_path: Path) -> None:
    # Half of what each brings is also brought by the other.
    folder = tmp_path / "sources"
    cases.write_sources(folder, files=6, per_file=20)
    shares = []
    for first in (0, 2):
        share = tmp_path / f"share-{first}"
        share.mkdir()
        for n in range(first, first + 4):
            for name in (f"minutes-{n}.jsonl", f"article-{n}.txt"):
                (share / name).symlink_to(folder / name)
        shares.append(share)
    db = tmp_path / "both.db"
    both = [start(tmp_path, share, db, tmp_path / "log", 0.002, 1) for share in shares]
    for process in both:
        assert process.communicate(timeout=60)[1] == ""
        assert process.returncode == 0
    build_all(shares, tmp_path / "single.db")
    held, expected = rows(db), rows(tmp_path / "single.db")
    for name in ("documents", "inputs"):  # of the same text under two paths either may be first
        assert len(held.pop(name)) >= len(expected.pop(name))
    assert held == expected
    with open_library(db) as library:
        runs = library.db.execute("SELECT status, added, skipped FROM runs").fetchall()
        assert [status for status, _, _ in runs] == ["finished"] * 2
        assert sum(added for _, added, _ in runs) == 126


def test_documents_with_speaker_turns_can_be_passed_over(tmp_path: Path) -> None:
    lines = [
        {"id": "talk", "text": "I like the quay.", "segments": [[0, 16, "Ann Holm"]]},
        {"id": "news", "text": "“I like the quay,” said Ann Holm."},
    ]
    source = tmp_path / "two.jsonl"
    source.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def factory() -> Callable[[Document], Sequence[Quotation]]:
        return lambda _: ()

    library = tmp_path / "a.db"
    report = build([source], library, turns=False, attributor_factory=factory)
    assert (report.added, report.attributed) == (2, 1)
    assert build([source], library, turns=False, attributor_factory=factory).attributed == 0
    assert build([source], library, attributor_factory=factory).attributed == 1


def test_an_error_is_not_the_cause_of_itself(sources: Path, tmp_path: Path) -> None:
    none: Any = cases.make_none  # who follows causes to their end would never get there
    with pytest.raises(WeightsError) as caught:
        build([sources], tmp_path / "a.db", attributor_factory=none)
    assert caught.value.__cause__ is None
