"""Whom a name means in a library, and who is in it."""

from __future__ import annotations

import pytest

from quotecheck.errors import InputError
from quotecheck.library.library import Library
from quotecheck.records.document import Segment
from quotecheck.speakers.changes import (
    history,
    merge_speakers,
    rename_speaker,
    undo,
)
from quotecheck.speakers.directory import list_speakers
from quotecheck.speakers.lookup import find_person, find_speaker
from tests.support.speaker_samples import add, counts, document, rows


def test_who_is_there(library: Library) -> None:
    assert counts(library) == {
        "CHAIR": (2, 0), "Ilse Norran": (0, 2), "Jonas Veld": (0, 2), "NORRAN": (1, 0),
        "VELD": (1, 0),
    }  # fmt: skip
    (norran,) = list(list_speakers(library, "mrs NORRAN"))
    assert (norran.name, norran.names, norran.forms) == ("Ilse Norran", (), ("Mrs Norran",))
    assert [one.name for one in list_speakers(library, by_number=True)][:2] == [
        "CHAIR",
        "Ilse Norran",
    ]
    assert list(list_speakers(library, "nobody")) == []


def test_names_that_are_unknown_or_ambiguous(library: Library) -> None:
    before = rows(library)
    with pytest.raises(InputError, match="nobody here is called 'Ilsa Noran'") as caught:
        merge_speakers(library, "Ilsa Noran", ["NORRAN"])
    assert "“Ilse Norran”" in (caught.value.remedy or "")
    # A surname is not enough to merge by, however few bear it.
    with pytest.raises(InputError, match="nobody here is called"):
        merge_speakers(library, "Jonas Veld", ["Jonas"])
    assert find_speaker(library, "ilse  NORRAN").name == "Ilse Norran"
    assert find_speaker(library, "Mrs Norran").name == "Ilse Norran"
    library.add_alias("Jonas Veld", "Mrs Norran")
    with pytest.raises(InputError, match="may be “Ilse Norran” or “Jonas Veld”"):
        find_speaker(library, "Mrs Norran")
    library.db.execute("DELETE FROM aliases WHERE speaker_id = 5 AND name = 'Mrs Norran'")
    with pytest.raises(InputError, match="is “Ilse Norran” already"):
        merge_speakers(library, "Ilse Norran", ["Mrs Norran"])
    with pytest.raises(InputError, match="no change 99"):
        undo(library, 99)
    with pytest.raises(InputError, match="empty"):
        rename_speaker(library, "VELD", " \n")
    assert history(library) == []
    assert rows(library)["speakers"] == before["speakers"]


def test_whom_a_search_means(library: Library) -> None:
    with pytest.raises(InputError, match="'Veld' may be “Jonas Veld” or “VELD”"):
        find_person(library, "Veld")  # nobody has said yet that they are one
    assert find_person(library, "VELD").names == ("VELD",)  # an exact name counts first
    merge_speakers(library, "Jonas Veld", ["VELD"])
    assert find_person(library, "VELD").names == ("Jonas Veld", "VELD")
    assert find_person(library, "Mr. Veld").names == ("Jonas Veld", "VELD")
    add(library, document("s", "I am another.", Segment(0, 5, "Karin Veld")))
    with pytest.raises(InputError, match="Karin Veld"):
        find_person(library, "Mr. or Mrs. Veld")


def test_a_claim_by_a_merged_name_is_a_claim_of_the_speaker(library: Library) -> None:
    from quotecheck.checking.checker import check_quote

    words = "The village stays where it is."
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    for name in ("NORRAN", "Ilse Norran", "Norran"):
        check = check_quote(library, words, speaker=name)
        assert (check.verdict, check.speaker) == ("verbatim", "Ilse Norran")
    assert check_quote(library, words, speaker="Jonas Veld").verdict == "misattributed"
