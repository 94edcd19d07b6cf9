"""The library: what goes in comes out, nothing is lost, and no foreign file is touched."""

from __future__ import annotations

import itertools
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.library.library import Library, open_library
from quotecheck.library.speaker_totals import SpeakerTotals, speaker_totals
from quotecheck.records.document import Document, Locator, Segment
from quotecheck.records.quotation import Evidence, Facts, Quotation, Relay, Speaker
from quotecheck.records.text import Span
from tests.support.library_samples import QUOTATION, TEXT, make, whole

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", create=True) as opened:
        opened.start_run("build", version="1")
        yield opened


def sound(library: Library) -> None:
    """Nothing in the library contradicts anything else in it."""
    db = library.db
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    assert db.execute(WRONG_WORDS).fetchall() == []


WRONG_WORDS = """
    WITH places AS (
        SELECT document_id, start, end, text AS words FROM passages
        UNION ALL SELECT document_id, start, end, exact FROM quotations
        UNION ALL SELECT q.document_id, s.start, s.end, s.exact
            FROM quotation_spans AS s JOIN quotations AS q ON q.id = s.quotation_id
    )
    SELECT p.words FROM places AS p JOIN documents AS d ON d.id = p.document_id
    WHERE p.words != substr(d.text, p.start + 1, p.end - p.start)
"""


# Documents


def test_a_document_comes_back_as_it_was(library: Library) -> None:
    document = make(
        title="From the log",
        publication="The Harbour Post",
        author="A. Clerk",
        date="1861-05",
        url="https://example.org/log?a=1&b=2",
        path="/sources/log.html",
        genre="log",
        licence="CC0",
        origin="the port's archive",
        encoding="cp1252",
        reader="html",
        segments=(Segment(0, 41, "Harbour Master"), Segment(43, 80, None)),
        blocks=(Span(43, 50),),
        headline=Span(0, 15),
        metadata_origin={"title": "html", "date": "option"},
    )
    added = library.add_document(document, passages=whole(document), run=1)
    assert (added.id, added.status, added.attributed) == (1, "added", False)
    assert library.document("log") == document
    assert list(library.documents()) == [document]
    assert library.document("no such key") is None
    sound(library)


def test_the_same_text_again_adds_nothing(library: Library) -> None:
    document = make(segments=(Segment(0, 41, "Harbour Master"),))
    library.add_document(document, passages=whole(document), run=1)
    before = list(library.db.conn.iterdump())
    again = library.add_document(document, passages=whole(document), run=1)
    assert (again.id, again.status) == (1, "present")
    assert list(library.db.conn.iterdump()) == before


def test_passages_are_cut_only_when_they_are_needed(library: Library) -> None:
    def cutter() -> Iterator[Span]:
        cut.append(True)
        yield Span(0, 5)

    cut: list[bool] = []
    library.add_document(make(), passages=cutter(), run=1)
    library.add_document(make(), passages=cutter(), run=1)
    assert cut == [True]


def test_better_metadata_from_the_same_place_is_taken_over(library: Library) -> None:
    first = make(path="/a.txt", title="Log", date="1861")
    library.add_document(first, passages=whole(first), run=1)
    run = library.start_run("build", version="2")
    second = replace(
        first, date="1861-05-02", title=None, segments=(Segment(0, 41, "Harbour Master"),)
    )
    assert library.add_document(second, passages=whole(second), run=run).status == "updated"
    assert library.document("log") == replace(second, title="Log")
    assert library.add_document(second, passages=whole(second), run=run).status == "present"
    # The same text found elsewhere says nothing about the first.
    elsewhere = replace(first, path="/b.txt", date="1999")
    assert library.add_document(elsewhere, passages=whole(first), run=run).status == "present"
    assert library.db.execute("SELECT run_id, updated_run_id FROM documents").fetchall() == [
        (1, run)
    ]
    sound(library)


def test_a_changed_text_takes_the_key_and_the_older_one_is_kept(library: Library) -> None:
    old = make(path="/a.jsonl")
    added = library.add_document(old, passages=whole(old), run=1)
    library.add_quotations(added.id, [QUOTATION], run=1)
    new = make(text="The pilot has corrected himself.", path="/a.jsonl")
    replaced = library.add_document(new, passages=whole(new), run=1)
    assert replaced.status == "replaced"
    assert library.document("log") == new
    assert list(library.documents()) == [new]
    kept = library.document(f"log@{added.id}")
    assert kept == replace(old, id=f"log@{added.id}")
    # History keeps its quotations, but they and its words are no longer found as current.
    assert list(library.quotations()) == []
    assert [q.quotation for q in library.quotations(f"log@{added.id}")] == [QUOTATION]
    found = library.db.execute(
        "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH 'tide'"
    ).fetchone()
    assert found == (0,)
    assert library.statistics().documents == 1
    # Back to the first text: a third version.
    assert library.add_document(old, passages=whole(old), run=1).status == "replaced"
    versions = library.db.execute("SELECT key, version, replaced_by FROM documents").fetchall()
    assert versions == [("log@1", 1, 2), ("log@2", 2, 3), ("log", 3, None)]
    sound(library)


def test_a_one_document_file_that_changed_is_a_new_version_whatever_its_key(
    library: Library,
) -> None:
    old, new = make("a-11", path="/a.txt"), make("a-22", "Other words.", path="/a.txt")
    library.add_document(old, passages=whole(old), run=1)
    assert library.add_document(new, passages=whole(new), run=1).status == "replaced"
    assert library.holds(new) is not None
    assert library.holds(old) is None


def test_an_id_that_is_taken_by_another_file_is_refused(library: Library) -> None:
    library.add_document(make(path="/a.jsonl"), passages=[], run=1)
    with pytest.raises(InputError, match="already belongs") as caught:
        library.add_document(make(text="Other.", path="/b.jsonl"), passages=[], run=1)
    assert caught.value.where == "/b.jsonl"
    assert "/a.jsonl" in (caught.value.remedy or "")


def test_an_article_is_kept_out_of_the_search_until_it_is_built_as_a_source(
    library: Library,
) -> None:
    document = make()
    assert library.add_document(document, passages=None, run=1).status == "added"
    counts = library.statistics()
    assert (counts.documents, counts.articles, counts.passages) == (0, 1, 0)
    assert library.add_document(document, passages=None, run=1).status == "present"
    assert library.add_document(document, passages=whole(document), run=1).status == "updated"
    counts = library.statistics()
    assert (counts.documents, counts.articles, counts.passages) == (1, 0, 1)
    sound(library)


@pytest.mark.parametrize(
    ("document", "passages"),
    [
        (make(""), []),
        (make(text="a\0b"), []),
        (Document("k", "half \ud83c", "0" * 64, "0" * 64), []),
        (make(title="half \ud83c"), []),
        (make(path="/caf\udce9.txt"), []),
        (make(segments=(Segment(0, 4, "A\0B"),)), []),
        (make(segments=(Segment(0, 1000, "A"),)), []),
        (make(blocks=(Span(0, 1000),)), []),
        (make(), [Span(0, 3), Span(0, 1000)]),
    ],
)
def test_what_cannot_be_stored_is_refused_whole(
    library: Library, document: Document, passages: list[Span]
) -> None:
    before = list(library.db.conn.iterdump())
    with library.write(), pytest.raises(InputError):
        library.add_document(document, passages=passages, run=1)
    assert list(library.db.conn.iterdump()) == before


HOSTILE = [
    "'; DROP TABLE documents; --",
    '"quoted" \\ back',
    "<script>alert(1)</script>",
    "AND OR NOT NEAR(a, 3) * ^ : -",
    "%s {0} ${x}",
    "../../etc/passwd",
    "tab\tline\nend\r\x1b[31mred\u202eRTL\u2066",
    "  spaces  ",
    "名前 Ἀθῆναι مرحبا 🏳️‍🌈",
    "x" * 5000,
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_what_they_are(library: Library, name: str) -> None:
    segment = Segment(0, 41, name)
    document = make(name, title=name, author=name, url=name, path=name, segments=(segment,))
    added = library.add_document(document, passages=whole(document), run=1)
    quotation = replace(QUOTATION, speakers=(Speaker(name, None, name, name),), via=(name,))
    library.add_quotations(added.id, [quotation], run=1)
    library.add_alias(name, name + "!")
    assert library.document(name) == document
    assert [q.quotation for q in library.quotations(name)] == [quotation]
    assert [s.name for s in speaker_totals(library.db)] == [name]
    sound(library)


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)


cut_texts = st.tuples(
    texts.filter(bool),
    texts,
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), texts), max_size=4),
)


def test_any_text_comes_back_and_offsets_hold(library: Library) -> None:
    @settings(max_examples=60, deadline=None)
    @given(cut_texts)
    def holds(case: tuple[str, str, list[tuple[int, int, str]]]) -> None:
        key, text, cuts = case
        key += f" {next(number)}"
        places = [sorted((min(a, len(text)), min(b, len(text)))) for a, b, _ in cuts]
        spans = [Span(*place) for place in places]
        segments = tuple(
            Segment(s.start, s.end, cut[2] or None) for s, cut in zip(spans, cuts, strict=True)
        )
        document = make(key, text, segments=segments, blocks=tuple(spans))
        added = library.add_document(document, passages=spans, run=1)
        assert library.add_document(document, passages=spans, run=1).status == "present"
        if spans:
            quotation = Quotation(tuple(spans), (), tuple(spans), "indirect", "r", 0.5)
            library.add_quotations(added.id, [quotation], run=1)
            assert [q.quotation for q in library.quotations(key)] == [quotation]
        assert library.document(key) == document

    number = itertools.count()
    holds()
    sound(library)


# Quotations


def test_a_quotation_comes_back_with_its_selectors(library: Library) -> None:
    added = library.add_document(make(), passages=None, run=1)
    assert library.add_quotations(added.id, [QUOTATION], run=1) == 1
    (stored,) = library.quotations("log")
    assert stored.quotation == QUOTATION
    assert (stored.document, stored.run) == ("log", 1)
    assert stored.exact == "Then,” I said, “we wait for it"
    assert TEXT[stored.start : stored.end] == stored.exact
    assert TEXT[: stored.start].endswith(stored.prefix)
    assert TEXT[stored.end :].startswith(stored.suffix)
    assert 0 < len(stored.prefix) <= 32
    rows = library.db.execute(
        "SELECT part, exact FROM quotation_spans ORDER BY part, position"
    ).fetchall()
    assert rows == [
        ("addressee", "HARBOUR"),
        ("addressee", "MASTER"),
        ("content", "Then"),
        ("content", "we wait for it"),
        ("cue", "said"),
        ("negation", "turns"),
        ("place", "The tide"),
        ("source", "I"),
        ("time", "at six"),
        ("via", "HARBOUR"),
    ]
    assert library.db.execute("SELECT name FROM aliases").fetchall() == [("PILOT",)]
    sound(library)


def quotations_of(text: str) -> st.SearchStrategy[Quotation]:
    """Quotations with anything in any of their fields, in ``text``."""
    span = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
        lambda pair: Span(min(pair), max(pair))
    )
    spans = st.lists(span, max_size=3).map(tuple)
    name, maybe = texts.filter(bool), st.none() | texts
    number = st.floats(allow_nan=False)
    small = st.floats(0, 1) | st.floats(0, 1, width=32)
    return st.builds(
        Quotation,
        content=st.lists(span, min_size=1, max_size=3).map(tuple),
        cue=spans,
        source=spans,
        kind=st.sampled_from(["direct", "mixed", "indirect", "scare", "title"]),
        rule=texts,
        confidence=small,
        cue_lemma=texts,
        speakers=st.lists(
            st.builds(
                Speaker,
                st.none() | name,
                st.none() | span,
                maybe,
                texts,
                st.none() | span,
                maybe,
                maybe,
            ),
            max_size=3,
        ).map(tuple),
        role=maybe,
        via=st.lists(texts, max_size=2).map(tuple),
        via_spans=spans,
        source_form=texts,
        candidates=st.lists(st.tuples(texts, number), max_size=3).map(tuple),
        facts=st.builds(Facts, texts, st.booleans(), texts, texts, spans, spans, spans, spans),
        relay=st.lists(st.builds(Relay, texts, span, texts), max_size=3).map(tuple),
        evidence=st.lists(
            st.builds(Evidence, texts, st.none() | number, texts, texts), max_size=3
        ).map(tuple),
    )


def test_any_quotation_comes_back_equal(library: Library) -> None:
    @settings(max_examples=80, deadline=None)
    @given(st.lists(quotations_of(TEXT), max_size=3))
    def holds(quotations: list[Quotation]) -> None:
        key = f"log {next(number)}"
        added = library.add_document(make(key), passages=None, run=1)
        library.add_quotations(added.id, quotations, run=1)
        assert [q.quotation for q in library.quotations(key)] == quotations

    number = itertools.count()
    holds()
    sound(library)


def test_a_quotation_behind_the_end_in_any_part_is_refused(library: Library) -> None:
    added = library.add_document(make(), passages=None, run=1)
    far = Span(0, 1000)
    for bad in (
        replace(QUOTATION, facts=Facts(time=(far,))),
        replace(QUOTATION, relay=(Relay("The Post", far, "outlet"),)),
        replace(QUOTATION, speakers=(Speaker("A", role_span=far),)),
    ):
        with pytest.raises(InputError, match="behind the end"):
            library.add_quotations(added.id, [bad], run=1)


def test_the_turn_and_the_page_of_a_quotation_are_shown(library: Library) -> None:
    pilot = TEXT.index("PILOT")
    document = make(
        segments=(Segment(0, 39, "Harbour Master"), Segment(pilot, 79, "The Pilot")),
        locators=(Locator(0, 30, "page", "1"), Locator(30, 79, "page", "2")),
    )
    added = library.add_document(document, passages=None, run=1)
    library.add_quotations(added.id, [QUOTATION], run=1)
    assert library.document(document.id) == document
    (said,) = library.db.query("SELECT turn, locator FROM who_said_what")
    assert (said["turn"], said["locator"]) == (2, "page 2")


def test_a_document_is_looked_through_once_unless_asked_again(library: Library) -> None:
    document = make()
    added = library.add_document(document, passages=None, run=1)
    assert library.add_quotations(added.id, [], run=1) == 0
    held = library.holds(document)
    assert held is not None
    assert held.attributed
    assert library.add_quotations(added.id, [QUOTATION], run=1) == 0
    later = library.start_run("build", version="2")
    assert library.add_quotations(added.id, [QUOTATION], run=later) == 0
    assert library.add_quotations(added.id, [QUOTATION], run=later, again=True) == 1
    assert library.add_quotations(added.id, [QUOTATION], run=later, again=True) == 0
    assert [q.run for q in library.quotations()] == [later]
    latest = library.start_run("build", version="3")
    library.add_quotations(added.id, [], run=latest, again=True)
    assert list(library.quotations()) == []  # the newest opinion: nobody is quoted
    assert library.db.execute("SELECT count(*) FROM quotations").fetchone() == (1,)


def test_a_quotation_of_another_text_is_refused_whole(library: Library) -> None:
    added = library.add_document(make(text="Short."), passages=None, run=1)
    good = Quotation((Span(0, 5),), (), (), "direct", "r", 1)
    for bad in (QUOTATION, replace(good, content=())):
        with library.write(), pytest.raises(InputError):
            library.add_quotations(added.id, [good, bad], run=1)
    assert library.db.execute("SELECT count(*) FROM attributed").fetchone() == (0,)


def test_names_with_broken_characters_are_mended(library: Library) -> None:
    added = library.add_document(make(), passages=None, run=1)
    quotation = replace(QUOTATION, speakers=(Speaker("A\0B\ud83c"),), role="\ud83c")
    assert library.add_quotations(added.id, [quotation], run=1) == 1
    (stored,) = library.quotations()
    assert stored.quotation.speaker == "A\ufffdB\ufffd"


# Views and counts


def test_views_read_without_explanation(library: Library) -> None:
    document = make(title="From the log", date="1861", segments=(Segment(0, 39, "Harbour Master"),))
    added = library.add_document(document, passages=whole(document), run=1)
    library.add_quotations(added.id, [QUOTATION], run=1)
    (said,) = library.db.query("SELECT * FROM who_said_what")
    assert said["speaker"] == "The Pilot"
    assert said["content"] == "Then … we wait for it"
    assert (said["document"], said["date"], said["cue"]) == ("log", "1861", "said")
    assert json.loads(said["via"]) == ["The Harbour Post", "Wire & Sons"]
    assert said["relay"] == "The Harbour Post (outlet), A lamp-lighter (relayer)"
    assert (said["speaker_description"], said["speaker_identifier"]) == ("a second voice", "Q4")
    assert (said["cue_class"], said["negated"], said["tense"]) == ("say", 1, "past")
    assert (said["said_to"], said["said_when"]) == ("HARBOUR … MASTER", "at six")
    assert (said["said_where"], said["modality"]) == ("The tide", "possible")
    assert (said["turn"], said["locator"]) == (None, None)  # it stands behind the only turn
    (spoke,) = library.db.query("SELECT * FROM who_spoke")
    assert spoke["speaker"] == "Harbour Master"
    assert spoke["words"] == document.text[:39]
    (here,) = library.db.query("SELECT * FROM what_is_here")
    assert (here["turns"], here["passages"], here["quotations"]) == (1, 1, 1)


def test_statistics_tell_what_was_searched(library: Library) -> None:
    assert library.statistics().describe() == "0 documents"
    for key, date in [("a", "1789"), ("b", None), ("c", "2016-11-08")]:
        document = make(key, f"{key} words", date=date, segments=(Segment(0, 1, "Ada"),))
        library.add_document(document, passages=whole(document), run=1)
    library.add_document(make("article", date="2024"), passages=None, run=1)
    counts = library.statistics()
    assert counts.describe() == "3 documents (1789 to 2016-11-08)"
    assert (counts.passages, counts.articles, counts.speakers) == (3, 1, 1)
    assert list(speaker_totals(library.db)) == [SpeakerTotals(1, "Ada", 3, 0, None)]


def test_runs_say_what_made_them(library: Library) -> None:
    run = library.start_run(
        "build", version="9", settings={"jobs": 2, "name": "é"}, weights={"ner": "ab"}
    )
    library.count_in_run(run, {"added": 2, "failed": 1})
    library.count_in_run(run, {"added": 1})
    library.add_failure(run, QuotecheckError("no text", where="a.txt", remedy="Mend it."))
    row = next(library.db.query("SELECT * FROM runs WHERE id = ?", [run]))
    assert (row["status"], row["finished"]) == ("running", None)
    assert (row["added"], row["failed"], row["skipped"]) == (3, 1, 0)
    assert json.loads(row["settings"]) == {"jobs": 2, "name": "é"}
    assert json.loads(row["weights"]) == {"ner": "ab"}
    library.finish_run(run)
    row = next(library.db.query("SELECT * FROM runs WHERE id = ?", [run]))
    assert row["status"] == "finished"
    assert row["finished"] >= row["started"]
    assert library.db.execute("SELECT place, reason, remedy FROM failures").fetchall() == [
        ("a.txt", "no text", "Mend it.")
    ]
    with pytest.raises(ValueError, match="eggs"):
        library.count_in_run(run, {"eggs": 1})


# The one write path


def test_an_error_inside_undoes_the_whole_transaction(library: Library) -> None:
    def interrupted() -> None:
        with library.write():
            library.add_document(make("a"), passages=whole(make()), run=1)
            with library.write():  # joins the outer one
                library.add_document(make("b"), passages=whole(make()), run=1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(library.documents()) == []
    assert library.statistics().passages == 0
    sound(library)
    library.add_document(make("a"), passages=whole(make()), run=1)
    assert library.statistics().documents == 1


def test_writers_wait_for_one_another(library: Library) -> None:
    done: list[str] = []

    def other() -> None:
        with open_library(library.path, create=True) as second:
            second.add_document(make("b"), passages=[], run=1)
            done.append("b")

    thread = threading.Thread(target=other)
    with library.write():
        library.add_document(make("a"), passages=[], run=1)
        thread.start()
        thread.join(0.3)
        assert done == []
    thread.join()
    assert [d.id for d in library.documents()] == ["a", "b"]


def test_a_library_that_stays_locked_is_an_error_in_words(library: Library) -> None:
    with library.write(), open_library(library.path, create=True, timeout=0.1) as second:
        assert second.statistics().documents == 0  # reading goes on
        with pytest.raises(LibraryError, match="another program is writing") as caught:
            second.add_document(make(), passages=[], run=1)
        assert caught.value.where == str(library.path)
        assert caught.value.remedy


def test_a_library_opened_for_reading_is_not_written_to(library: Library) -> None:
    library.add_document(make(), passages=[], run=1)
    with open_library(library.path) as reader:
        assert reader.document("log") == make()
        with pytest.raises(LibraryError, match="reading only"):
            reader.add_document(make("b"), passages=[], run=1)


def test_references_are_enforced(library: Library) -> None:
    with pytest.raises((LibraryError, sqlite3.IntegrityError)), library.write() as db:
        db.execute("INSERT INTO segments (document_id, start, end) VALUES (99, 0, 1)")


# Files that are no library


def damaged(path: Path) -> None:
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="1")
        document = make(text="words and words\n" * 20000)
        library.add_document(document, passages=whole(document), run=run)
    os.truncate(path, path.stat().st_size // 2)


def gutted(path: Path) -> None:
    open_library(path, create=True).close()
    conn = sqlite3.connect(path)
    conn.execute("DROP TABLE quotation_candidates")
    conn.close()


def foreign(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY)")
    conn.commit()
    conn.close()


NO_LIBRARY = {
    "text": (lambda path: path.write_text("Dear diary,\n" * 9), "not a quotecheck library"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "header": (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000), "damaged"),
    "foreign": (foreign, "another program"),
    "damaged": (damaged, "damaged"),
    "gutted": (gutted, "quotation_candidates"),
    "folder": (lambda path: path.mkdir(), "no file"),
    "pipe": (lambda path: os.mkfifo(path), "no file"),
    "missing": (lambda path: path.unlink(missing_ok=True), "no library here"),
}


@pytest.mark.parametrize("case", NO_LIBRARY)
@pytest.mark.parametrize("create", [False, True])
def test_what_is_no_library_is_refused_and_left_alone(
    tmp_path: Path, case: str, create: bool
) -> None:
    path = tmp_path / "it"
    prepare, message = NO_LIBRARY[case]
    prepare(path)
    if create and case in ("empty", "missing"):  # these may become one
        with open_library(path, create=True) as library:
            assert library.statistics().documents == 0
        return
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LibraryError, match=re.escape(message)) as caught:
        open_library(path, create=create)
    assert caught.value.where == str(path)
    assert caught.value.remedy
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [p.name for p in tmp_path.iterdir()] == ([] if case == "missing" else ["it"])


def test_a_library_in_a_missing_folder_or_under_an_impossible_name(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="folder") as caught:
        open_library(tmp_path / "no" / "library.db", create=True)
    assert "mkdir" in (caught.value.remedy or "")
    for name in ("a\0b", "x" * 300):
        with pytest.raises(LibraryError):
            open_library(tmp_path / name, create=True)


def test_any_file_name_will_do(tmp_path: Path) -> None:
    path = tmp_path / "100% sure? #1 'é' 🎉.db"
    open_library(path, create=True).close()
    assert path.is_file()
    open_library(path).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


READ_ONLY = """
import os, sys
from quotecheck.errors import LibraryError
from quotecheck.library.library import open_library
if os.getuid() == 0:
    os.setuid(65534)  # the superuser may write anywhere
with open_library(sys.argv[1]) as library:
    print(library.statistics().describe())
try:
    with open_library(sys.argv[1], create=True) as library:
        library.start_run("build", version="1")
except LibraryError as error:
    print(error.what)
"""


def test_a_read_only_library_can_be_searched_and_says_why_it_cannot_be_filled() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        with open_library(path, create=True) as library:
            run = library.start_run("build", version="1")
            library.add_document(make(date="1861"), passages=[], run=run)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        Path(folder).chmod(0o755)
        assert done.stderr == ""
        assert done.stdout.splitlines() == [
            "1 document (1861)",
            "the library cannot be written to",
        ]


UNREADABLE = """
import os, sys
from quotecheck.errors import LibraryError
from quotecheck.library.library import open_library
if os.getuid() == 0:
    os.setuid(65534)  # the superuser may read anything
for create in (False, True):
    try:
        open_library(sys.argv[1], create=create)
    except LibraryError as error:
        print(error.what, error.remedy)
"""


def test_a_library_that_may_not_be_read_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        open_library(path, create=True).close()
        path.chmod(0o000)
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", UNREADABLE, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        assert (
            done.stdout.splitlines()
            == [
                "the library cannot be read (Permission denied) Check the path and its permissions."
            ]
            * 2
        )
