"""Nobody is accused for a name that the speaker may bear besides: married, of a title, at birth."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecheck.checking.checker import check_quote
from quotecheck.language.second_names import has_name_of_title, may_be_married_name
from quotecheck.library.library import Library
from quotecheck.records.document import Segment
from tests.support.documents import document, fill

OPEN = [
    ("Hillary Rodham", "Hillary Clinton"),
    ("Margaret Roberts", "Margaret Thatcher"),
    ("Anna Lind", "Anna Berg"),
    ("Anna Lind", "Anna Berg, née Lind"),
    ("Anna Berg (née Lind)", "Anna Lind"),
    ("Anna Berg, formerly Lind", "Anna Lind"),
    ("Inge Talle", "Mrs. Peder Talle"),
    ("Lord Melhurst", "Arthur Penhale"),
    ("Arthur Penhale", "Baroness Melhurst"),
    ("Charles Grey", "2nd Earl Grey"),
    ("Peter Doyle", "Brother Anselm"),
    ("Sister Mary Agnes", "Agnes Doyle"),
    ("Bruce Jenner", "Caitlyn Jenner"),
    ("Kemal Atatürk", "Mustafa Kemal Pasha"),
    ("Dwight Eisenhower", "Ike Eisenhower"),
    ("R. B. Cole", "Bertram Cole"),
    ("Haile Selassie", "Ras Tafari Makonnen"),
]
OTHERS = [
    ("Peter Lind", "Peter Berg"),
    ("Otto Ferris", "Otto Lorne"),
    ("Anna Lind", "Eva Berg"),
    ("Anna Lind", "Mr. Arne Berg"),
    ("Inge Talle", "Mrs. Peder Holm"),
    ("Lord Melhurst", "Lord Ashby"),
    ("Arthur Penhale", "Sir Edmund Carr"),
    ("Brother Anselm", "Brother Odo"),
    ("Arthur Penhale", "Lord Justice Marsh"),
    ("R. B. Cole", "Xavier Cole"),
    ("Anna Berg (née Lind)", "Eva Holm"),
]
WORDS = "The lantern of the old customs house was repainted twice before the harbour froze"


@pytest.mark.parametrize(("author", "claimed"), [*OPEN, *((b, a) for a, b in OPEN)])
def test_a_second_name_is_left_open(author: str, claimed: str, tmp_path: Path) -> None:
    with fill(tmp_path / "a.db", [document("a", f"{WORDS}.", author=author)]) as library:
        check = check_quote(library, WORDS, speaker=claimed)
    assert check.verdict == "verbatim"
    assert check.claim != "refuted"


@pytest.mark.parametrize(("author", "claimed"), [*OTHERS, *((b, a) for a, b in OTHERS)])
def test_somebody_else_is_still_told(author: str, claimed: str, tmp_path: Path) -> None:
    with fill(tmp_path / "a.db", [document("a", f"{WORDS}.", author=author)]) as library:
        check = check_quote(library, WORDS, speaker=claimed)
    assert (check.verdict, check.claim) == ("misattributed", "refuted")


@pytest.fixture
def debate(tmp_path: Path) -> Iterator[Library]:
    text = f"{WORDS}. Nobody asked the painters why they had used tar for it."
    turns = (
        Segment(0, len(WORDS) + 1, "Anna Lind"),
        Segment(len(WORDS) + 2, len(text), "Anna Berg"),
    )
    with fill(tmp_path / "a.db", [document("a", text, segments=turns)]) as library:
        yield library


def test_two_who_speak_in_one_transcript_are_two(debate: Library) -> None:
    assert check_quote(debate, WORDS, speaker="Anna Berg").verdict == "misattributed"
    assert check_quote(debate, WORDS, speaker="Anna Holm").claim == "undecided"


def test_from_names_alone() -> None:
    assert may_be_married_name("Ms. Robin Lind", "Robin Berg")
    assert not may_be_married_name("Mr. Robin Lind", "Robin Berg")
    assert not may_be_married_name("Lind", "Anna Berg")
    assert not has_name_of_title("the mayor", "Lord Melhurst")
