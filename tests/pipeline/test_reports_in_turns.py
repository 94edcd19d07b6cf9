"""Who is meant by "it" within a turn of a transcript: no person, and nobody's label."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.reading.documents import document_of
from quotecheck.reading.transcripts.turns import segments

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

HEARING = (
    "THE CHAIR (Baroness Abara): Mr Teller, how many inspections were missed before the Corrie "
    "sank in the autumn?\n\n"
    "MR JONAS TELLER: Three that I know of, possibly four. The records are incomplete, and I have "
    "asked for them twice.\n\n"
    'MS ONWUDE MP: The union wrote to you in March. It said, "Our members will not sail in a ship '
    'that leaks." Did you read that letter?\n\n'
    "MR JONAS TELLER: I read it. I thought it was exaggerated. The board met in June. It said, "
    '"Carry on."\n\n'
    "THE CHAIR: And who signed them off?\n\n"
    "MR JONAS TELLER: I did, on the advice of the harbour master.\n"
)


@pytest.mark.weights
@pytest.mark.parametrize("words", ["Our members will not sail in a ship that leaks.", "Carry on."])
def test_it_is_not_whoever_has_the_label_of_another_turn(
    attributor: Attributor, words: str
) -> None:
    document = replace(document_of(HEARING), segments=segments(HEARING))
    (report,) = (q for q in attributor(document) if q.text.strip('"') == words)
    assert report.speaker is None
