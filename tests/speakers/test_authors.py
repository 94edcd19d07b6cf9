"""Authors are known to the register: listed, suggested, merged, renamed, identified, taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.library.library import Library, open_library
from quotecheck.speakers.changes import (
    history,
    identify,
    identify_from,
    merge_speakers,
    rename_speaker,
    split_speaker,
    undo,
)
from quotecheck.speakers.directory import list_speakers
from quotecheck.speakers.lookup import find_person
from quotecheck.speakers.merge_suggestions import suggest_merges
from quotecheck.speakers.name_matching import LibraryNames
from tests.support.commands import Run
from tests.support.speaker_samples import add, assert_consistent, document, report, rows

SPEECH = "The village stays where it is, and so do we, for another hundred years."


@pytest.fixture
def written(tmp_path: Path) -> Library:
    """Ilse Norran is quoted; I. Norran, and Ada Bell with Jon Orr, wrote something."""
    library = open_library(tmp_path / "library.db", create=True)
    add(library, *report())
    add(library, document("speech", SPEECH, author="I. Norran", genre="speech"))
    add(library, document("column", SPEECH + " Or not.", author="Ada Bell, Jon Orr"))
    add(library, document("letter", SPEECH + " Never.", author="Ada Bell"))
    return library


def test_authors_are_listed_each_by_themselves(written: Library) -> None:
    with written as library:
        counts = {
            one.name: (one.turns, one.quotations, one.documents) for one in list_speakers(library)
        }
        assert counts == {
            "Ada Bell": (0, 0, 2),
            "I. Norran": (0, 0, 1),
            "Ilse Norran": (0, 2, 0),
            "Jonas Veld": (0, 2, 0),
            "Jon Orr": (0, 0, 1),
        }
        assert [one.name for one in list_speakers(library)] == sorted(counts)
        assert [one.name for one in list_speakers(library, by_number=True)][2:] == [
            "Ada Bell", "I. Norran", "Jon Orr",
        ]  # fmt: skip
        assert [one.name for one in list_speakers(library, "bell")] == ["Ada Bell"]


def test_an_author_who_may_be_a_speaker_is_suggested(written: Library) -> None:
    with written as library:
        pairs = [{pair.into, pair.other} for pair in suggest_merges(library)]
        assert {"Ilse Norran", "I. Norran"} in pairs


def test_an_author_is_merged_into_a_speaker_and_taken_back(written: Library) -> None:
    with written as library:
        before = rows(library)
        merge_speakers(library, "Ilse Norran", ["i. norran"])
        (norran,) = list_speakers(library, "norran")
        assert (norran.name, norran.names, norran.documents) == ("Ilse Norran", ("I. Norran",), 1)
        assert "I. Norran" in find_person(library, "Ilse Norran").names
        names = LibraryNames(library.db.conn)
        assert names.same_person("Ilse Norran", "I. Norran") is True
        assert names.people_named("Ilse Norran") == ("Ilse Norran",)
        assert "I. Norran" in names.names_for("Ilse Norran")
        assert_consistent(library)
        undo(library)
        assert rows(library) == before
        assert LibraryNames(library.db.conn).people_named("Ilse Norran") != ("Ilse Norran",)


@pytest.mark.parametrize(
    ("author", "claimed"),
    [
        ("Maeve O' Sarre", "O'Sarre"),
        ("Sørre, Åse", "Ms. Sorre"),
        ("Lena Weiß-Orm", "Weiss-Orm"),
        ("Sen. Ada Quill (D-Ore.)", "Quill"),
        ("Tove Runa Ilk", "TRI"),
    ],
)
def test_a_name_is_found_however_its_surname_is_written(
    author: str, claimed: str, tmp_path: Path
) -> None:
    with open_library(tmp_path / "l.db", create=True) as library:
        add(library, document("a", "Far off.", author=author))
        assert author in LibraryNames(library.db.conn).names_for(claimed)


def test_a_speaker_is_merged_into_an_author_and_taken_back(written: Library) -> None:
    with written as library:
        before = rows(library)
        merge_speakers(library, "Ada Bell", ["Jonas Veld", "Jon Orr"])
        (bell,) = list_speakers(library, "bell")
        assert (bell.quotations, bell.documents) == (2, 3)
        assert_consistent(library)
        undo(library)
        assert rows(library) == before


def test_an_author_is_renamed_and_identified(written: Library) -> None:
    with written as library:
        before = rows(library)
        rename_speaker(library, "Ada Bell", "Ada M. Bell")
        (bell,) = list_speakers(library, "bell")
        assert (bell.name, bell.names, bell.documents) == ("Ada M. Bell", ("Ada Bell",), 2)
        identify(library, "Ada Bell", "Q5")
        identify(library, "Jon Orr", "Q6")
        assert {one.identifier for one in list_speakers(library)} == {None, "Q5", "Q6"}
        for _ in range(3):
            undo(library)
        assert rows(library) == before
        assert len(history(library)) == 6


def test_a_table_identifies_authors_too(written: Library, tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,identifier\nJon Orr,Q6\nIlse Norran,Q7\n")
    with written as library:
        done = identify_from(library, table)
        assert done.assigned == (("Ilse Norran", "Q7"), ("Jon Orr", "Q6"))
        assert identify_from(library, table).unchanged == 2
        assert_consistent(library)


def test_an_author_has_no_alias_to_split_off_and_nobody_is_made(written: Library) -> None:
    with written as library:
        before = rows(library)
        for attempt in (
            lambda: split_speaker(library, "Ada Bell", ["Bell"]),
            lambda: merge_speakers(library, "Ada Bell", ["ADA BELL"]),
            lambda: merge_speakers(library, "Ada Bell", ["Nobody At All"]),
            lambda: rename_speaker(library, "Ada Bell", "Ilse Norran"),
        ):
            with pytest.raises(InputError):
                attempt()
        assert rows(library) == before
        assert history(library) == []


def test_a_check_knows_whose_further_name_an_author_is(written: Library, run: Run) -> None:
    with written as library:
        merge_speakers(library, "Ilse Norran", ["I. Norran"])
    words = "The village stays where it is, and so do we, for another hundred years."
    ran = run("check", words, "--speaker", "Ilse Norran", "--db", library.path, "--format", "json")
    assert '"misattributed"' not in ran.out


def test_the_list_says_who_wrote(written: Library, run: Run) -> None:
    written.close()
    shown = run("speakers", "list", "--db", written.path).out
    assert "wrote" in shown
    assert "Ada Bell" in shown
    table = run("speakers", "list", "--db", written.path, "--format", "csv").out
    assert table.splitlines()[0] == "name,turns,quotations,identifier,names,forms,documents"
