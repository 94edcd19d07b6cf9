"""Whose words stand in a text's quotation marks, where no turn and no attribution says so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecheck.checking.checker import check_quote
from quotecheck.library.library import Library
from quotecheck.records.document import Segment
from tests.support.documents import document, fill

STORY = (
    "Work on the weir has stopped, after a diver found two hens asleep in the dry half of the"
    " lock.\n\n“They looked at me as if I had come without an appointment,” said the diver, Jory"
    " Penhall.\n\n“I like a hen as well as anybody. But a hen does not buy a tuba for the band.”"
    "\n\n“We shall wait for the hens to leave,\n\n“and then we shall finish the wall by autumn,”"
    " the trust wrote to its members.\n\nThe contractor keeps one watchman on the bank, who counts"
    " the hens every evening."
)
BESIDE = "They looked at me as if I had come without an appointment"
ALONE = "But a hen does not buy a tuba for the band"
GOES_ON = "and then we shall finish the wall by autumn"
PLAIN = "The contractor keeps one watchman on the bank, who counts the hens every evening"


@pytest.fixture(scope="module", params=[None, "news", "column"])
def story(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    path = tmp_path_factory.mktemp("library") / "sources.db"
    with fill(path, [document("a", STORY, author="Hedda Quarles", genre=request.param)]) as library:
        yield library


@pytest.mark.parametrize("quote", [BESIDE, ALONE, GOES_ON])
@pytest.mark.parametrize("claimed", ["Hedda Quarles", "Basil Thorn", None])
def test_the_author_of_a_story_neither_said_nor_lost_what_it_quotes(
    story: Library, quote: str, claimed: str | None
) -> None:
    check = check_quote(story, quote, speaker=claimed)
    assert check.verdict == "verbatim"
    assert check.speaker != "Hedda Quarles"
    assert check.claim == ("undecided" if claimed else "not asked")


def test_who_is_named_beside_the_marks_said_it(story: Library) -> None:
    assert check_quote(story, BESIDE, speaker="Jory Penhall").speaker == "Jory Penhall"


def test_what_stands_in_no_marks_is_the_author_s(story: Library) -> None:
    assert check_quote(story, PLAIN, speaker="Hedda Quarles").speaker == "Hedda Quarles"


@pytest.mark.parametrize("fields", [{"genre": "speech"}, {"genre": "letter"}])
def test_in_a_speech_the_marks_are_spoken_as_well(tmp_path: Path, fields: dict[str, str]) -> None:
    source = document("a", STORY, author="Hedda Quarles", **fields)
    with fill(tmp_path / "sources.db", [source]) as library:
        assert check_quote(library, ALONE, speaker="Hedda Quarles").speaker == "Hedda Quarles"


def test_a_given_speaker_holds_what_stands_in_marks(tmp_path: Path) -> None:
    whole = (Segment(0, len(STORY), "Hedda Quarles"),)
    with fill(tmp_path / "sources.db", [document("a", STORY, segments=whole)]) as library:
        assert check_quote(library, ALONE, speaker="Hedda Quarles").speaker == "Hedda Quarles"
        check = check_quote(library, STORY[:60], speaker="Hedda Quarles")
        assert check.speaker == "Hedda Quarles"
