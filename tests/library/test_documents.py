"""Documents in the library: what goes in comes out, with every version; views and counts."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.library.library import Library
from quotecheck.library.speaker_totals import SpeakerTotals, speaker_totals
from quotecheck.records.document import Document, Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.library_samples import QUOTATION, assert_consistent, make, texts, whole

if TYPE_CHECKING:
    from collections.abc import Iterator


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
    assert_consistent(library)


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
    assert_consistent(library)


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
    assert_consistent(library)


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
    assert_consistent(library)


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
    "  Spaces  ",
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
    assert_consistent(library)


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
    assert_consistent(library)


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
