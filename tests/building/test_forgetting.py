"""Documents that are taken out of a library again, and what is left of them: nothing."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from quotecheck.building import forgetting, near_copies
from quotecheck.building.build import build
from quotecheck.building.embeddings import embed_passages
from quotecheck.building.near_copies import link_copies
from quotecheck.errors import InputError
from quotecheck.library import forgetting as rows_of
from quotecheck.library.kept_checks import keep_check
from quotecheck.library.library import Library, open_library
from quotecheck.library.vectors import UnitPlace, add_block, count_lacking
from quotecheck.library.verification import Verification
from quotecheck.rechecking.recheck import Recheck
from quotecheck.records.document import Document, Locator, Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.speakers.changes import merge_speakers
from quotecheck.text.digest import sha256_hex
from tests.support.commands import Run

OPEN = "Ada Fenwick said: “The weir was mended in spring.” The wardens wrote it down."
HIDDEN = (
    "Minutes nobody should keep: “The zephyrine ledger was burnt,” said Quillon Abernaut,"
    " and Miss Fenwick agreed that “the vellichor stays shut.”"
)
OLDER = "An earlier draft called it the “xanthic ledger”, in the words of Quillon Abernaut."
WORDS = (
    *("zephyrine", "vellichor", "xanthic", "quillon", "abernaut", "miss fenwick"),
    *("umbratile", "secret-minutes", "hush-hush"),
)
"""What must be nowhere once the minutes are forgotten: from their texts, title, file, speakers."""
ENCODER = "ab" * 32


def document(key: str, text: str, **fields: Any) -> Document:
    digest = sha256_hex(text.encode())
    return Document(key, text, digest, digest, **fields)


def at(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def said(text: str, words: str, name: str, form: str | None = None) -> Quotation:
    mention = at(text, form or name)
    return Quotation(
        (at(text, words),),
        (),
        (mention,),
        "direct",
        "marks",
        0.9,
        speakers=(Speaker(name, mention),),
    )


def minutes(text: str) -> Document:
    turn = Segment(0, len(text), "Quillon Abernaut")
    return document(
        "secret-minutes", text, title="Umbratile minutes", path="/papers/secret-minutes.txt",
        url="https://example.org/hush-hush", date="2031-04-02", segments=(turn,),
        locators=(Locator(0, len(text), "page", "1"),),
    )  # fmt: skip


def found_in(text: str) -> list[Quotation]:
    if text == OLDER:
        return [said(text, "xanthic ledger", "Quillon Abernaut")]
    return [
        said(text, "The zephyrine ledger was burnt", "Quillon Abernaut"),
        said(text, "the vellichor stays shut", "Ada Fenwick", "Miss Fenwick"),
    ]


def write(path: Path) -> Path:
    """A library with two public documents, and minutes in two versions and three runs."""
    with open_library(path, create=True) as library:
        for text in (OPEN, OLDER, HIDDEN):
            settings = {"paths": ["/papers/secret-minutes.txt", "secret-minutes.txt", "/other"]}
            run = library.start_run("build", version="0", settings=settings)
            if text == OPEN:
                for key in ("open", "open-too"):
                    one = document(key, OPEN, title="On the weir", path=f"/papers/{key}.txt")
                    row = library.add_document(one, passages=[Span(0, len(OPEN))], run=run)
                    spoken = said(OPEN, "The weir was mended in spring.", "Ada Fenwick")
                    library.add_quotations(row.id, [spoken], run=run)
            else:
                half = len(text) // 2
                spans = [Span(0, half), Span(half, len(text))]
                row = library.add_document(minutes(text), passages=spans, run=run)
                library.add_quotations(row.id, found_in(text), run=run)
            library.finish_run(run)
        run = library.start_run("recheck", version="0")
        library.add_quotations(row.id, found_in(HIDDEN)[:1], run=run, again=True)
        library.finish_run(run)
        for file in ("/papers/secret-minutes.txt", "/papers/open.txt"):
            library.add_input(file, "f" * 64, documents=1, attributed=True, run=run)
            where = f"{file}, line 3"
            library.add_failure(run, InputError("a line that is no line", where=where))
        _add_speaker(library, "Quillon Abernaut, Esq.")
        merge_speakers(library, "Quillon Abernaut", ["Quillon Abernaut, Esq."], by="me")
        _add_vectors(library)
        with library.write() as db:
            for number, (quote, found) in enumerate(CHECKS):
                keep_check(db, record(quote, found), article=None, number=number, version="0")
            article = minutes(HIDDEN)
            keep_check(db, record("mended", "open"), article=article, number=9, version="0")
    return path


CHECKS = (("The zephyrine ledger was burnt", "secret-minutes"), ("The weir was mended", "open"))


def record(quote: str, found: str) -> dict[str, Any]:
    """A check as a desk keeps it, with what it says of other documents."""
    others = [["open-too", 3, 9, None], ["secret-minutes", 3, 9, "Quillon Abernaut"]]
    reasons = ["said in spring (open-too)", "nearest: “zephyrine” (secret-minutes)"]
    return {
        "quote": quote, "claimed_speaker": None, "document": found, "verdict": "verbatim",
        "severity": "none", "others": others, "reasons": reasons,
    }  # fmt: skip


def _add_speaker(library: Library, name: str) -> None:
    """A speaker of this name with a turn in the minutes, to be merged."""
    with library.write() as db:
        (number,) = db.execute("SELECT max(id) + 1 FROM speakers").fetchone()
        db.execute("INSERT INTO speakers (id, name) VALUES (?, ?)", [number, name])
        db.execute(
            'INSERT INTO segments (document_id, start, "end", speaker_id, speaker_name)'
            " SELECT id, 0, 5, ?, ? FROM documents WHERE key = 'secret-minutes'",
            [number, name],
        )


def _add_vectors(library: Library) -> None:
    """A row of vectors over all passages, one unit for each, with their numbers in it."""
    held = "SELECT id, start, text FROM passages ORDER BY id"
    rows = library.db.execute(held).fetchall()
    places = [UnitPlace(row, start, start + len(text)) for row, start, text in rows]
    signs = b"".join(bytes([row[0]]) * 48 for row in rows)
    vectors = b"".join(bytes([row[0]]) * 192 for row in rows)
    assert add_block(library, ENCODER, rows, places, 384, signs, vectors)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write(tmp_path / "library.db")


def told(path: Path) -> bytes:
    """All bytes of a library that nobody has open, in small letters."""
    assert [one.name for one in path.parent.glob(f"{path.name}*")] == [path.name]
    return path.read_bytes().lower()


def left(path: Path) -> set[str]:
    held = told(path)
    return {word for word in WORDS if word.encode() in held}


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of every table, without the index of the search."""
    with open_library(path) as library:
        names = library.db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%fts%'"
            " AND name NOT LIKE '%vocab'"
        ).fetchall()
        return {
            name: [tuple(row.values()) for row in library.db.table(name).rows] for (name,) in names
        }


def assert_whole(path: Path) -> None:
    with Verification(path) as verification:
        assert list(verification.findings()) == []


def test_nothing_is_left_of_it_and_all_of_the_rest(path: Path, run: Run) -> None:
    assert left(path) == set(WORDS)
    ran = run("forget", "secret-minutes", "--db", path, "--yes")
    assert ran.code == 0, ran.said
    assert "2 versions" in ran.out
    assert "4 quotations, 2 kept checks" in ran.out
    assert "speaker with nothing else here: Quillon Abernaut" in " ".join(ran.out.split())
    assert left(path) == set()
    assert_whole(path)
    rows = everything(path)
    assert [row[1] for row in rows["documents"]] == ["open", "open-too"]
    assert [row[1] for row in rows["speakers"]] == ["Ada Fenwick"]
    assert rows["aliases"] == rows["speaker_changes"] == rows["locators"] == []
    assert [row[0] for row in rows["inputs"]] == ["/papers/open.txt"]
    assert [row[2] for row in rows["failures"]] == ["/papers/open.txt, line 3"]
    assert len(rows["quotations"]) == 2
    assert len(rows["passages"]) == 2
    (check,) = rows["kept_checks"]
    held = json.loads(check[-1])
    assert held["others"] == [["open-too", 3, 9, None]]
    assert held["reasons"] == ["said in spring (open-too)"]
    assert (held["quote"], held["document"]) == ("The weir was mended", "open")
    assert [row[1] for row in rows["runs"]] == ["build"] * 3 + ["recheck", "forget"]
    assert {row[7] for row in rows["runs"]} == {"finished"}
    found = run("search", "weir", "--db", path)
    assert "2 places" in found.out
    assert "Nothing" in run("search", "ledger", "--db", path).out


def test_vectors_of_others_stay(path: Path) -> None:
    with open_library(path, create=True) as library:
        assert forgetting.forget(library, forgetting.plan(library, ["secret-minutes"]))
        assert count_lacking(library.db.conn, ENCODER) == 0
        ((first, last, units, places, signs, vectors),) = library.db.execute(
            "SELECT first, last, units, places, signs, vectors FROM passage_vectors"
        ).fetchall()
        passages = [row for (row,) in library.db.execute("SELECT id FROM passages ORDER BY id")]
    assert (first, last, units) == (passages[0], passages[-1], len(passages))
    assert (np.frombuffer(places, "<i4").reshape(-1, 3)[:, 0] + first).tolist() == passages
    assert signs == b"".join(bytes([row]) * 48 for row in passages)
    assert vectors == b"".join(bytes([row]) * 192 for row in passages)


@pytest.mark.parametrize(
    "name",
    [
        "secret-minutes",
        "/papers/secret-minutes.txt",
        "../papers/secret-minutes.txt",
        "https://example.org/hush-hush",
        "umbratile MINUTES",
    ],
)
def test_what_it_may_be_called(path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("/usr")
    if folder.is_dir():
        monkeypatch.chdir(folder)
    with open_library(path) as library:
        wanted = forgetting.plan(library, [name])
    assert [one.key for one in wanted.documents] == ["secret-minutes"]
    (one,) = wanted.documents
    assert (one.versions, one.passages, one.quotations) == (2, 2, 4)
    assert one.characters == len(OLDER) + len(HIDDEN)


def test_a_folder_stands_for_all_within_it(path: Path) -> None:
    with open_library(path) as library:
        wanted = forgetting.plan(library, ["/papers/", "secret-minutes"])
    assert [one.key for one in wanted.documents] == ["open", "open-too", "secret-minutes"]
    assert wanted.speakers == ("Ada Fenwick", "Quillon Abernaut")


def test_a_name_that_is_not_clear_removes_nothing(path: Path, run: Run) -> None:
    before = everything(path)
    ran = run("forget", "On the weir", "--db", path, "--yes")
    assert ran.code == 2
    assert "2 documents have this title" in ran.err
    assert "open, open-too" in ran.err
    for name in ("nothing", "", "a\0b", "%", "secret-minutes@"):
        ran = run("forget", "secret-minutes", name, "--db", path, "--yes")
        assert ran.code == 2
        assert "no such document" in ran.err
    assert run("forget", "--db", path).code == 2
    missing = path.with_name("none.db")
    assert run("forget", "x", "--db", missing, "--yes").code == 2
    assert not missing.exists()
    assert everything(path) == before


def test_one_is_asked_first(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(path)
    ran = run("forget", "secret-minutes", "--db", path)
    assert ran.code == 2
    assert "Add --yes" in ran.err
    ran = run("forget", "secret-minutes", "--db", path, "--dry-run")
    assert ran.code == 0
    assert "Umbratile minutes" in ran.out
    monkeypatch.setattr("quotecheck.cli.forget._agrees", lambda: False)
    ran = run("forget", "secret-minutes", "--db", path)
    assert (ran.code, ran.out.splitlines()[-1]) == (1, "Nothing was removed.")
    assert everything(path) == before
    monkeypatch.setattr("quotecheck.cli.forget._agrees", lambda: True)
    assert run("forget", "secret-minutes", "--db", path).code == 0
    assert left(path) == set()


def test_the_question_itself(path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr("quotecheck.cli.forget.sys", terminal)
    for answer, code in ((b"\n", 1), (b"no\n", 1), (b"y\n", 0)):
        ran = run("forget", "secret-minutes", "--db", path, stdin=answer)
        assert ran.code == code
        assert "It cannot be undone" in ran.said
    assert left(path) == set()


def test_an_error_on_the_way_removes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(path)

    def fail(*_: object) -> None:
        raise RuntimeError("a cut")

    monkeypatch.setattr(rows_of, "forget_settings", fail)
    with open_library(path, create=True) as library:
        wanted = forgetting.plan(library, ["secret-minutes"])
        with pytest.raises(RuntimeError, match="a cut"):
            forgetting.forget(library, wanted)
    after = everything(path)
    del before["runs"], after["runs"]  # the attempt is noted
    assert after == before
    assert_whole(path)


def test_what_was_stopped_is_made_up_for(
    path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(forgetting, "wipe", stop)
        with open_library(path, create=True) as library:
            wanted = forgetting.plan(library, ["secret-minutes"])
            with pytest.raises(KeyboardInterrupt):
                forgetting.forget(library, wanted)
            assert forgetting.is_unfinished(library)
    assert [row[1] for row in everything(path)["documents"]] == ["open", "open-too"]
    ran = run("forget", "--db", path)
    assert ran.code == 0, ran.said
    assert left(path) == set()
    assert_whole(path)
    assert run("forget", "--db", path).code == 2  # nothing is left to do


def test_a_reader_who_holds_the_old_state_is_waited_for(path: Path) -> None:
    with open_library(path) as reader:
        reader.db.execute("BEGIN")
        assert reader.document("secret-minutes") is not None
        with open_library(path, create=True, timeout=0.3) as library:
            wanted = forgetting.plan(library, ["secret-minutes"])
            assert forgetting.forget(library, wanted) is False
        reader.db.execute("ROLLBACK")
        assert reader.document("secret-minutes") is None
        with open_library(path, create=True) as library:
            assert forgetting.is_unfinished(library)
            assert forgetting.finish(library) is True
    assert left(path) == set()


def test_an_older_version_alone(path: Path) -> None:
    with open_library(path, create=True) as library:
        (key,) = library.db.execute("SELECT key FROM documents WHERE key LIKE '%@%'").fetchone()
        wanted = forgetting.plan(library, [key])
        assert [one.versions for one in wanted.documents] == [1]
        assert forgetting.forget(library, wanted)
        assert library.document("secret-minutes") is not None
    assert left(path) == set(WORDS) - {"xanthic"}
    assert_whole(path)


def test_a_version_in_the_middle(path: Path) -> None:
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="0")
        third = minutes("A third text of the minutes.")
        library.add_document(third, passages=[Span(0, 5)], run=run)
        library.finish_run(run)
        rows = library.db.execute("SELECT id, key FROM documents WHERE key LIKE '%@%'").fetchall()
        assert forgetting.forget(library, forgetting.plan(library, [max(rows)[1]]))
        chain = dict(library.db.execute("SELECT id, replaced_by FROM documents").fetchall())
        (newest,) = library.db.execute(
            "SELECT id FROM documents WHERE key = 'secret-minutes'"
        ).fetchone()
        assert chain[min(rows)[0]] == newest
    assert_whole(path)


def test_copies_are_linked_again(tmp_path: Path) -> None:
    path = tmp_path / "copies.db"
    text = " ".join(f"The {word} was counted on the long pier." for word in "abcdefghijklmnop" * 4)
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="0")
        for year in (1901, 1902, 1903):
            one = document(f"d{year}", f"{text} {year}", date=str(year))
            library.add_document(one, passages=[Span(0, len(text))], run=run)
        library.finish_run(run)
        assert link_copies(library).copies == 2
        assert forgetting.forget(library, forgetting.plan(library, ["d1901"]))
        keys = dict(library.db.execute("SELECT id, key FROM documents").fetchall())
        links = library.db.execute("SELECT document_id, copy_of FROM document_copies").fetchall()
    assert [(keys[copy], keys[model]) for copy, model in links] == [("d1903", "d1902")]
    assert_whole(path)


def test_a_file_that_is_still_there_comes_back(tmp_path: Path, run: Run) -> None:
    path, source = tmp_path / "library.db", tmp_path / "note.txt"
    source.write_text("The lamps were lit at six on the quay.", encoding="utf-8")
    archive = tmp_path / "many.jsonl"
    archive.write_text(
        "".join(f'{{"id": "m{n}", "text": "Number {n} of the harbour log."}}\n' for n in range(3)),
        encoding="utf-8",
    )
    sources: list[str | Path] = [source, archive]
    assert build(sources, path, attribute=False).added == 4
    assert run("forget", source, "m1", "--db", path, "--yes").code == 0
    again = build(sources, path, attribute=False)
    assert (again.added, again.skipped) == (1, 2)  # the archive is as it was, and is not read
    assert_whole(path)


def test_the_library_may_be_shown_meanwhile(path: Path) -> None:
    readers: list[Library] = [open_library(path) for _ in range(3)]
    versions = [reader.data_version for reader in readers]
    with open_library(path, create=True) as library:
        assert forgetting.forget(library, forgetting.plan(library, ["secret-minutes"]))
    assert all(r.data_version != v for r, v in zip(readers, versions, strict=True))
    assert all(reader.statistics().documents == 2 for reader in readers)
    for reader in readers:
        reader.close()
    assert left(path) == set()


# --------------------------------------------------------------------- while others are at work


def forget_beside(path: Path, key: str, instead: str | None = None) -> None:
    """Forget a document by a connection of its own; then another one gets its number."""
    # Who reads meanwhile stands in the same thread and would never be done: no use to wait long.
    with open_library(path, create=True, timeout=0.3) as library:
        forgetting.forget(library, forgetting.plan(library, [key]))
        if instead is not None:
            run = library.start_run("build", version="0")
            one = document("instead", instead)
            library.add_document(one, passages=[Span(0, len(instead))], run=run)
            library.finish_run(run)


LONG = " ".join(f"The {word} was counted on the long pier." for word in "abcdefghijklmnop" * 4)
OTHER = " ".join(f"Nobody saw a {word} fall into the dark water." for word in "qrstuvwxyz" * 6)


@pytest.mark.parametrize("instead", [None, OTHER])
@pytest.mark.parametrize("gone", ["d1901", "d1903"])
def test_copies_that_are_linked_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str, instead: str | None
) -> None:
    path = tmp_path / "copies.db"
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="0")
        for year in (1901, 1902, 1903):
            one = document(f"d{year}", f"{LONG} {year}", date=str(year))
            library.add_document(one, passages=[Span(0, len(LONG))], run=run)
        library.finish_run(run)
    read = near_copies.store_copies.read_signatures
    calls = []

    def reading(*arguments: Any) -> Any:
        found = read(*arguments)
        calls.append(None)
        if len(calls) == 1:
            forget_beside(path, gone, instead)
        return found

    monkeypatch.setattr(near_copies.store_copies, "read_signatures", reading)
    assert link_copies(path).copies == 1
    with open_library(path) as library:
        keys = dict(library.db.execute("SELECT id, key FROM documents").fetchall())
        links = library.db.execute("SELECT document_id, copy_of FROM document_copies").fetchall()
    left_over = sorted({"d1901", "d1902", "d1903"} - {gone})
    assert [(keys[copy], keys[model]) for copy, model in links] == [tuple(reversed(left_over))]
    assert_whole(path)


def test_what_is_attributed_again_meanwhile(path: Path) -> None:
    def attribute(one: Document) -> list[Quotation]:
        if one.id == "secret-minutes":
            forget_beside(path, one.id, OTHER)
        return []

    with open_library(path, create=True) as library:
        looked = Recheck(library)
        list(looked.sources())
        changes = list(looked.attributions(attribute, store=True))
    assert {change.document for change in changes} == {"open", "open-too"}
    assert_whole(path)


class Forgetful:
    """An encoder of sentences during whose work a document is forgotten."""

    sha256 = "cd" * 32
    size = 384

    def __init__(self, path: Path, instead: str | None) -> None:
        self.path = path
        self.instead = instead

    def encode_units(self, units: Any) -> Any:
        if any("zephyrine" in unit.text for unit in units):
            forget_beside(self.path, "secret-minutes", self.instead)
        return np.zeros((len(units), 384), dtype=np.float32)


@pytest.mark.parametrize("instead", [None, OTHER])
def test_vectors_that_are_made_meanwhile(path: Path, instead: str | None) -> None:
    encoder: Any = Forgetful(path, instead)
    embed_passages(path, encoders=[encoder])
    with open_library(path) as library:
        held = library.db.execute("SELECT count(*) FROM passage_vectors").fetchone()
        assert held == (0,), "they were those of passages that are gone"
    embed_passages(path, encoders=[encoder])
    with open_library(path) as library:
        assert count_lacking(library.db.conn, encoder.sha256) == 0
    assert_whole(path)


def test_a_page_shows_one_state(path: Path) -> None:
    pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")
    from quotecheck.web.explorer import Reading

    def question(reading: Reading) -> tuple[bool, bool]:
        before = reading.library.document("secret-minutes") is not None
        with open_library(path, create=True, timeout=0.3) as library:
            forgetting.forget(library, forgetting.plan(library, ["secret-minutes"]))
        return before, reading.library.document("secret-minutes") is not None

    reading = Reading(path)
    try:
        assert reading.ask(question, 60) == (True, True)
        assert reading.ask(lambda held: held.library.document("secret-minutes"), 60) is None
    finally:
        reading.library.close()
