"""Words in marks within a turn: whose they are, the label of the next turn does not say."""

from __future__ import annotations

from pathlib import Path

from quotecheck.checking.checker import check_quote
from quotecheck.records.document import Segment
from tests.support.documents import document, fill

TALK = (
    "MR JONAS TELLER: I told my wife that night, “If that boat goes down, they will hang me.”\n\n"
    "MS ONWUDE MP: The union wrote to you in March. Did you read that letter?"
)


def test_the_label_of_the_next_turn_is_not_the_speaker_of_the_marks(tmp_path: Path) -> None:
    second = TALK.index("MS ONWUDE")
    segments = (
        Segment(TALK.index("I told"), second - 2, "Jonas Teller"),
        Segment(TALK.index("The union"), len(TALK), "Ellen Onwude"),
    )
    with fill(tmp_path / "a.db", [document("hearing", TALK, segments=segments)]) as library:
        check = check_quote(
            library, "If that boat goes down, they will hang me.", speaker="Jonas Teller"
        )
    assert check.verdict == "verbatim"
    assert not [reason for reason in check.reasons if "ONWUDE" in reason or "Onwude" in reason]
