from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.misquotes import (
    VERDICTS,
    is_retrieved,
    read_lines,
    score_misquotes,
)
from tests.support import paths

SHARED = paths.SHARED / "misquotes"

CASE = {
    "id": "c1",
    "quote": "We came to listen.",
    "verdict": "verbatim",
    "kind": "verbatim",
    "doc": "speech",
    "start": 10,
    "end": 30,
    "speaker": "Ilse Norran",
}


def answer(**fields: object) -> dict[str, object]:
    return {"id": "c1", "verdict": "verbatim", "doc": "speech", "start": 10, "end": 30} | fields


@pytest.mark.parametrize(
    ("fields", "right"),
    [
        ({}, True),
        ({"start": 20, "end": 40}, True),  # half of twenty
        ({"start": 21, "end": 41}, False),
        ({"start": 0, "end": 500}, True),  # all of the shorter one
        ({"start": 30, "end": 31}, False),
        ({"doc": "other"}, False),
        ({"doc": None}, False),
        ({"start": None}, False),
    ],
)
def test_a_place_is_right_when_half_of_the_shorter_is_shared(
    fields: dict[str, object], right: bool
) -> None:
    assert is_retrieved(CASE, answer(**fields)) is right


def test_parts_of_a_splice_and_other_places_of_the_words_are_right() -> None:
    case = CASE | {"alts": [["copy", 0, 20]], "spans": [["speech", 10, 30], ["later", 5, 9]]}
    assert is_retrieved(case, answer(doc="copy", start=0, end=20))
    assert is_retrieved(case, answer(doc="later", start=5, end=9))


def test_all_right_scores_one() -> None:
    figures = score_misquotes([CASE], [answer(speaker="Ilse Norran", score=0.9)])
    assert figures["verdict"] == figures["retrieval"] == figures["joint"] == 1.0
    assert figures["speaker"] == 1.0
    assert figures["false_alarm"] is None
    assert figures["score_auroc"] is None


def test_a_case_without_an_answer_is_not_found() -> None:
    figures = score_misquotes([CASE], [])
    assert figures["confusion"] == {"verbatim": {"not_found": 1}}
    assert figures["retrieval"] == 0.0


def test_an_altered_quotation_passed_as_faithful_is_harmful() -> None:
    case = CASE | {"verdict": "altered"}
    assert score_misquotes([case], [answer(verdict="typographic")])["harmful"] == 1.0
    assert score_misquotes([case], [answer(verdict="truncated")])["harmful"] == 0.0


def test_an_unknown_verdict_is_refused() -> None:
    with pytest.raises(InputError, match="'true' is not a verdict"):
        score_misquotes([CASE], [answer(verdict="true")])


def test_a_bad_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"id": 1}\n\n{"id": \n', encoding="utf-8")
    with pytest.raises(InputError, match="line 3"):
        list(read_lines(path))
    path.write_text("[1]\n", encoding="utf-8")
    with pytest.raises(InputError, match="not a JSON object"):
        list(read_lines(path))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_lines(tmp_path / "none.jsonl"))


@pytest.mark.shared("misquotes")
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_benchmarks_own_scorer(seed: int, tmp_path: Path) -> None:
    cases = list(read_lines(SHARED / "dev.jsonl"))
    rng = random.Random(seed)
    lines = []
    for case in cases:
        if rng.random() < 0.05:
            continue
        place = [case["doc"], case["start"], case["end"]]
        if case.get("alts") and rng.random() < 0.5:
            place = rng.choice(case["alts"])
        if place[0] is not None and rng.random() < 0.3:
            place = [place[0], place[1] + rng.randrange(80), place[2] + rng.randrange(80)]
        line = {
            "id": case["id"],
            "verdict": case["verdict"] if rng.random() < 0.7 else rng.choice(VERDICTS),
            "doc": place[0] if rng.random() < 0.9 else None,
            "start": place[1],
            "end": place[2],
            "speaker": case["speaker"] if rng.random() < 0.8 else "Somebody",
        }
        if rng.random() < 0.9:
            line["score"] = round(rng.random(), 2)
        lines.append(line)
    system = tmp_path / "system.jsonl"
    system.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, SHARED / "score.py", SHARED / "dev.jsonl", system, "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    theirs = json.loads(run.stdout)
    ours = json.loads(json.dumps(score_misquotes(cases, lines)))
    assert ours == theirs
    assert list(ours) == list(theirs)
