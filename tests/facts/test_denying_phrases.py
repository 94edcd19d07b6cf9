"""Participles of what was not done: "stopped short of saying", "far from conceding"."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotecheck.reading.documents import document_of

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor


@pytest.mark.weights
@pytest.mark.parametrize(
    ("text", "negated"),
    [
        ("Harre stopped short of saying that the vote was rigged.", ["short"]),
        ("Instead of saying that he was sorry, Rudi Koss left the room.", ["Instead"]),
        ("Ada Roon left the hall without saying that the vote was lost.", ["without"]),
        ("Per Lodge apologised rather than claiming that the dam was safe.", ["rather"]),
        ("Olav Rist paid the fine without admitting that the dam was weak.", ["without"]),
        ("The board stopped short of promising that wages would rise.", ["short"]),
        ("Mina Quarles, a farmer from Lund, left, saying that the dam was safe.", []),
        ("Ruth Holt spoke of rain, adding that the dam was safe.", []),
        ("She told reporters, instead of her lawyer, that the dam was safe.", []),
        ("Olav Rist went far, warning that the dam was weak.", []),
        ("Karin Holt was short of money, admitting that she had borrowed.", []),
        ("Far from the hall, Ada Roon said that the vote was lost.", []),
    ],
)
def test_what_leaves_a_participle_undone(
    text: str, negated: list[str], attributor: Attributor
) -> None:
    found = [q for q in attributor(document_of(text + "\n")) if "that" in q.text]
    words = [span.of(text) for q in found for span in q.facts.negation]
    assert words == negated
