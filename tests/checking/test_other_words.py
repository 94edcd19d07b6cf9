"""Own pairs of sentences both ways: the same statement in other words, and something else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from quotecheck.building.embeddings import embed_passages
from quotecheck.checking.checker import Checker
from quotecheck.checking.evidence import NearPlace, ParaphraseEvidence
from quotecheck.checking.other_words import other_words_reasons
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.checking.verdict import is_same_statement, outweighs_words
from quotecheck.library.library import open_library
from quotecheck.paraphrase.contradictions import Contradiction
from quotecheck.records.check import Check, Reason
from quotecheck.records.document import Segment
from tests.support.documents import document, fill
from tests.support.paths import TESTS

LINES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (TESTS / "data" / "other_words.jsonl").read_text(encoding="utf-8").splitlines()
]
SOURCES = {line["id"]: line for line in LINES if "id" in line}
SAME = [line for line in LINES if line.get("same")]
OTHER = [line for line in LINES if line.get("same") is False]
_TOLD = 0.5
"""The share of the pairs that is called the same statement, at least."""


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Check]]:
    path = tmp_path_factory.mktemp("other-words") / "sources.db"
    documents = []
    for topic in dict.fromkeys(key.split("-")[0] for key in SOURCES):
        lines = [line for key, line in SOURCES.items() if key.split("-")[0] == topic]
        text = " ".join(line["text"] for line in lines)
        speaker = Segment(0, len(text), lines[0]["speaker"])
        documents.append(document(topic, text, segments=(speaker,)))
    fill(path, documents).close()
    embed_passages(path)
    with open_library(path) as library:
        checker = Checker(library, semantic=semantic_search(library))
        yield {line["quote"]: checker.check(line["quote"]) for line in (*SAME, *OTHER)}


def _is_at(check: Check, origin: str) -> bool:
    return SOURCES[origin]["text"].rstrip(".") in (check.origin_text or "")


def test_the_sentence_is_found_and_mostly_called_the_same(checks: dict[str, Check]) -> None:
    found = [_is_at(checks[line["quote"]], line["origin"]) for line in SAME]
    assert sum(found) >= 0.9 * len(SAME)
    told = [checks[line["quote"]].verdict == "paraphrase" for line in SAME]
    assert sum(told) >= _TOLD * len(SAME)
    for line, is_told, is_found in zip(SAME, told, found, strict=True):
        assert is_found or not is_told, line["quote"]


@pytest.mark.parametrize("line", OTHER, ids=lambda line: line["quote"][:40])
def test_something_else_is_never_called_the_same(
    checks: dict[str, Check], line: dict[str, Any]
) -> None:
    check = checks[line["quote"]]
    if line["quote"].startswith("“The labourers were made"):
        pytest.xfail("as many denials on both sides, of other clauses")
    assert check.verdict in ("not_found", "altered")
    kinds = {reason.kind for reason in check.reasons if isinstance(reason, Reason)}
    if line["differs"] and check.verdict == "not_found":
        assert f"differs: {line['differs']}" in kinds


def test_a_paraphrase_tells_who_said_it_and_how_surely(checks: dict[str, Check]) -> None:
    told = [check for check in checks.values() if check.verdict == "paraphrase"]
    assert told
    for check in told:
        assert "probably the same statement in other words" in check.reasons[0]
        assert f"said by {check.speaker}" in check.reasons[0]
        assert "% likely" in check.reasons[0]
        assert check.severity == "wording"
        assert check.nearest[0][:3] == (check.document, check.spans[0].start, check.spans[0].end)


NEAR = ParaphraseEvidence(
    "talk", None, None, 0, 40, "Boats left the harbour.", "Boats left.", "Ada Venn", 0.8, 0.93,
    is_likely=True, unmatched=("quietly",), next_nearest=(NearPlace("tale", 3, 9, "Ships went."),),
)  # fmt: skip


def test_the_reasons_say_what_to_compare() -> None:
    same = list(other_words_reasons(NEAR, None, is_same=True))
    assert [reason.kind for reason in same] == ["other words", "no counterpart"]
    assert "“quietly”" in same[1]
    kept = ParaphraseEvidence(
        "talk", None, None, 0, 40, "Nine boats left.", "Nine boats left.", "Ada Venn", 0.8, 0.9,
        is_likely=True, differences=(Contradiction("number", "seven", "Nine"),),
        spoken_by_claimed=False, next_nearest=NEAR.next_nearest,
    )  # fmt: skip
    reasons = list(other_words_reasons(kept, "Bo Karr", is_same=False))
    kinds = ["other words", "differs: number", "differs: speaker", "also near"]
    assert [reason.kind for reason in reasons] == kinds
    assert reasons[1] == "other numbers: “seven” in the quotation, “Nine” in the sentence"
    assert reasons[2] == "spoken by Ada Venn, not Bo Karr"
    assert not is_same_statement(kept)


def test_a_faint_find_of_words_gives_way_to_a_likelier_sentence_alone() -> None:
    assert outweighs_words(NEAR, is_elsewhere=False)
    unsure = ParaphraseEvidence(
        "talk", None, None, 0, 40, "Boats left.", "Boats left.", None, 0.8, 0.4, is_likely=False
    )
    assert not outweighs_words(unsure, is_elsewhere=True)
