"""The register holds people and organisations; what else was entered can be taken out again."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.library.library import Library, open_library
from quotecheck.library.speakers import speaker_id
from quotecheck.library.verification import Verification
from quotecheck.records.document import Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.speakers.changes import history, identify, merge_speakers, undo
from quotecheck.speakers.directory import list_speakers
from quotecheck.speakers.lookup import find_speaker, with_library_names
from quotecheck.speakers.merge_suggestions import suggest_merges
from quotecheck.speakers.table_import import import_speaker_table
from quotecheck.speakers.tidying import descriptions, tidy
from tests.support.commands import Run
from tests.support.older_libraries import older_library
from tests.support.speaker_samples import add, assert_consistent, counts, document, rows

TEXT = (
    "Prosecutors said the bridge was unsafe. Evidence suggests that it had been so for years, and"
    " the evidence is public. Each said nothing more. “It held,” the engineer Baker said."
    " The Tarn Water Board said it would pay."
)
PEOPLE = {"Baker": "person", "Tarn Water Board": "organisation"}
NOBODY = {"Prosecutors": "group", "Evidence": "organisation", "Each": "organisation"}


def article() -> list[Quotation]:
    found = []
    for name, label in (NOBODY | PEOPLE).items():
        start = TEXT.index(name)
        place = Span(start, start + len(name))
        content = Span(place.end + 1, place.end + 5)
        form = "name" if name in PEOPLE else "nominal"
        speaker = Speaker(name, place, None, label)
        found.append(
            Quotation((content,), (), (place,), "indirect", "r", 0.9, speakers=(speaker,),
                      source_form=form)
        )  # fmt: skip
    return found


def older(library: Library) -> None:
    """Enter everybody, as earlier versions did."""
    with library.write() as db:
        for name in NOBODY:
            speaker_id(db, name)


@pytest.fixture
def empty(tmp_path: Path) -> Library:
    return open_library(tmp_path / "empty.db", create=True)


def test_a_build_enters_people_and_organisations_alone(empty: Library) -> None:
    with empty as library:
        add(library, document("a", TEXT), article())
        assert set(counts(library)) == set(PEOPLE)
        stored = [one.quotation.speakers[0] for one in library.quotations("a")]
        assert [one.name or one.description for one in stored] == [*NOBODY, *PEOPLE]
        assert [one.name for one in stored] == [None, None, None, *PEOPLE]
        assert_consistent(library)
    with Verification(library.path) as verification:
        assert list(verification.findings()) == []


def test_what_is_found_again_is_called_as_it_is_stored(empty: Library) -> None:
    with empty as library:
        add(library, document("a", TEXT), article())
        stored = [one.quotation for one in library.quotations("a")]
        found = with_library_names(library, TEXT, article())
        assert [one.speakers for one in found] == [one.speakers for one in stored]


def test_turns_of_unknown_voices_keep_their_label_and_enter_nobody(empty: Library) -> None:
    text = "Speaker 1: Hello.\nNurse: Hello.\nAll: Hello."
    turns = (Segment(11, 17, "Speaker 1"), Segment(25, 31, "Nurse"), Segment(37, 43, "All"))
    with empty as library:
        add(library, document("t", text, *turns))
        assert counts(library) == {"Nurse": (1, 0)}
        kept = library.document("t")
        assert kept is not None
        assert kept.segments == turns
        before = rows(library)
        add(library, document("t", text, *turns))
        assert rows(library) == before  # nothing is written again


def test_tidying_an_older_library_and_its_undoing(empty: Library) -> None:
    with empty as library:
        older(library)
        add(library, document("a", TEXT), article())
        add(library, document("b", TEXT + " "), article())
        assert set(counts(library)) == {*NOBODY, *PEOPLE}
        before = rows(library)
        assert descriptions(library).names == tuple(sorted(NOBODY))
        assert rows(library) == before
        done = tidy(library, by="Ann")
        assert (done.names, done.released) == (tuple(sorted(NOBODY)), 6)
        assert set(counts(library)) == set(PEOPLE)
        assert_consistent(library)
        first, *_ = history(library)
        assert (first.id, first.change, first.by) == (done.change, "tidy", "Ann")
        assert "“Evidence”" in first.summary
        stored = [one.quotation.speakers[0] for one in library.quotations("a")]
        assert [one.name or one.description for one in stored] == [*NOBODY, *PEOPLE]
        assert tidy(library).change is None
        tidied = rows(library)
        back = undo(library)
        assert back.moved == 6
        assert rows(library) == before
        undo(library, back.change)
        assert rows(library) == tidied
        assert_consistent(library)


def test_what_somebody_has_decided_stays(empty: Library) -> None:
    with empty as library:
        older(library)
        add(library, document("a", TEXT), article())
        identify(library, "Evidence", "Q7")
        merge_speakers(library, "Tarn Water Board", ["Each"])
        assert tidy(library).names == ("Prosecutors",)
        assert set(counts(library)) == {"Evidence", *PEOPLE}


def test_an_entry_that_one_document_names_stays(empty: Library) -> None:
    text = "A singer, Evidence, said he was late. The rapper Evidence left."
    place = Span(10, 18)
    named = Quotation(
        (Span(25, 36),), (), (place,), "indirect", "r", 0.9, source_form="name",
        speakers=(Speaker("Evidence", place, None, "organisation"),),
    )  # fmt: skip
    with empty as library:
        older(library)
        add(library, document("a", TEXT), article())
        add(library, document("b", text), [named])
        assert "Evidence" not in tidy(library).names


def test_a_table_that_says_who_speaker_2_is_takes_the_turns(empty: Library, tmp_path: Path) -> None:
    table = tmp_path / "who.csv"
    table.write_text("name,alias\nIna Norran,Speaker 2\n")
    text = "Speaker 1: Hello.\nSpeaker 2: Hello."
    with empty as library:
        add(
            library, document("t", text, Segment(11, 17, "Speaker 1"), Segment(29, 35, "Speaker 2"))
        )
        assert counts(library) == {}
        assert import_speaker_table(library, table).moved == 1
        assert counts(library) == {"Ina Norran": (1, 0)}
        undo(library)
        assert counts(library) == {"Ina Norran": (0, 0)}
        assert_consistent(library)


def test_nothing_common_is_suggested(empty: Library) -> None:
    with empty as library:
        older(library)
        add(library, document("a", TEXT), article())
        with library.write() as db:
            for name in ("prosecutors", "evidence", "each", "Ina Norran", "INA NORRAN"):
                speaker_id(db, name)
        pairs = {frozenset((pair.into, pair.other)) for pair in suggest_merges(library)}
        assert pairs == {frozenset(("Ina Norran", "INA NORRAN"))}


def test_the_command_lists_tidies_and_is_undone(empty: Library, run: Run) -> None:
    with empty as library:
        older(library)
        add(library, document("a", TEXT), article())
    db = str(library.path)
    asked = run("speakers", "tidy", "--dry-run", "--db", db)
    assert asked.code == 0
    assert "Nothing was changed" in asked.out
    done = run("speakers", "tidy", "--db", db)
    assert "Change 1: 3 entries name no person or organisation" in done.out
    assert "Prosecutors" not in run("speakers", "list", "--db", db).out
    assert "Every entry" in run("speakers", "tidy", "--db", db).out
    run("speakers", "undo", "--db", db)
    assert "Prosecutors" in run("speakers", "list", "--db", db).out


def test_an_older_library_is_brought_up_to_date_and_tidied(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "old.db"
    older_library(path, 10)
    with contextlib.closing(sqlite3.connect(path)) as db:
        for number, name in enumerate(("prosecutors", "Ina Norran"), 1):
            db.execute("INSERT INTO speakers (id, name) VALUES (?, ?)", (number, name))
            db.execute(
                'INSERT INTO segments (document_id, start, "end", speaker_id, speaker_name)'
                " VALUES (1, 0, 3, ?, ?)",
                (number, name),
            )
        db.execute("INSERT INTO speaker_changes VALUES (1, 'rename', 'x', 'Ann', '2020', NULL)")
        db.execute("INSERT INTO speaker_change_rows VALUES (1, 0, 9, 'speakers', 'y', NULL, NULL)")
        db.commit()
    assert run("speakers", "list", "--db", path).code == 2
    done = run("speakers", "tidy", "--db", path)
    assert "Change 2: 1 entry names no person or organisation" in done.out
    with open_library(path) as library:
        assert counts(library) == {"Ina Norran": (1, 0)}
        assert [change.change for change in history(library)] == ["tidy", "rename"]
        assert_consistent(library)


def test_nobody_is_found_by_a_description(empty: Library) -> None:
    with empty as library:
        add(library, document("a", TEXT), article())
        assert {one.name for one in list_speakers(library, "e")} == {"Baker", "Tarn Water Board"}
        with pytest.raises(InputError, match="nobody here"):
            find_speaker(library, "Evidence")


def test_a_body_called_after_somebody_is_not_suggested_for_them(empty: Library) -> None:
    names = (
        "Ina Sorley", "Ina Sorley’s campaign", "Sorley’s campaign", "Norran",
        "Norran administration", "Tarn Finance Committee", "Committee for Rivers",
        "Water Board", "Tarn Water Board",
    )  # fmt: skip
    with empty as library:
        with library.write() as db:
            for name in names:
                speaker_id(db, name)
        pairs = {frozenset((pair.into, pair.other)) for pair in suggest_merges(library)}
        assert pairs == {
            frozenset(("Ina Sorley’s campaign", "Sorley’s campaign")),
            frozenset(("Water Board", "Tarn Water Board")),
        }
