"""What a quotation leaves out or turns round, and what is no change: each case both ways."""

from __future__ import annotations

import json
from typing import Any

import pytest

from quotecheck.comparison.alignment import align
from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.wording import WordingVerdict, compare_wording
from quotecheck.comparison.words import quotation_words, source_words
from quotecheck.language.word_classes import FUNCTION_WORDS
from tests.support.cases import cases
from tests.support.paths import ROOT

CHANGED = cases("wording")
# Sentences of the catalogue with one thing changed: words moved, left out, divided. Each stands
# for a line of the comparison that no other test would miss (see tests/README.md, mutants).
ONE_CHANGE = [
    json.loads(line)
    for line in (ROOT / "tests" / "data" / "wording_changes.jsonl").read_text("utf-8").splitlines()
]
SAME = cases("wording-negative")
AROUND = "The evening was long and the hall was cold.", "Then the lamps went out in the square."


def judged(case: dict[str, Any], *, surrounded: bool) -> WordingVerdict:
    """The judgement of a case, its source alone or with a sentence before and after it."""
    before, after = AROUND if surrounded else ("", "")
    text = f"{before}\n{case['source']}\n{after}" if surrounded else case["source"]
    words, source = quotation_words(case["quotation"]), source_words(text)
    found = align(words, source, lambda form: 1.0 if form in FUNCTION_WORDS else 5.0)
    assert found is not None
    return compare_wording(
        case["quotation"], words, [MatchContext(text, 0, source, found, 0, "case")]
    )


@pytest.mark.parametrize("surrounded", [False, True], ids=["alone", "surrounded"])
@pytest.mark.parametrize("case", [*CHANGED, *SAME, *ONE_CHANGE], ids=lambda case: case["label"])
def test_wording(case: dict[str, Any], surrounded: bool) -> None:
    judgement = judged(case, surrounded=surrounded)
    expect = case["expect"]
    assert judgement.verdict in expect["verdict"], judgement
    assert judgement.severity in expect["severity"], judgement
    kinds = {reason.kind for reason in judgement.reasons}
    assert kinds.issuperset(expect.get("reasons", ())), judgement
    if "edits" in expect:
        assert [edit.kind for edit in judgement.edits] == expect["edits"], judgement
