"""The benchmark of trust: its scores, its changes one by one, and its command."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotecheck.building.build import build
from quotecheck.cli import app
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.misquotes import read_lines
from quotecheck.evaluation.metrics.trust import is_failure, outcome_of, score_trust
from quotecheck.evaluation.runs.trust import evaluate_trust
from quotecheck.evaluation.synthetic.real_quotations import (
    Pool,
    gather,
    squeeze,
)
from quotecheck.evaluation.synthetic.trust import KINDS, trust_cases
from quotecheck.library.library import Library, open_library
from tests.support import paths

SHARED = paths.SHARED / "trust"
BY_NAME = {(kind.group, kind.name): kind for kind in KINDS}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("trust") / "trust.db"
    build([str(paths.TRUST_SAMPLE / "sources")], path, attribute=False)
    return path


@pytest.fixture(scope="module")
def library(built: Path) -> Iterator[Library]:
    with open_library(built) as library:
        yield library


@pytest.fixture(scope="module")
def pool(library: Library) -> Pool:
    return gather(library, 1)


@pytest.fixture(scope="module")
def cases(library: Library) -> list[dict[str, Any]]:
    return trust_cases(library, 3, per_kind=3)


# Scores


def case(group: str, **fields: object) -> dict[str, object]:
    verdicts = {"changed": ["altered"], "faithful": ["typographic", "verbatim"]}
    severity = {"changed": ["meaning"], "mouth": ["none"], "faithful": ["none"]}
    return {
        "id": "c1",
        "kind": "k",
        "group": group,
        "accept": verdicts.get(group, ["verbatim"]),
        "severity": severity.get(group, ["none"]),
        **fields,
    }


@pytest.mark.parametrize(
    ("asked", "answer", "outcome", "failed"),
    [
        (case("changed"), ("altered", "meaning", 1), "caught", False),
        (case("changed"), ("misattributed", "meaning", 1), "caught", False),
        (case("changed"), ("altered", "wording", 1), "mild", True),
        (case("changed"), ("typographic", "none", 0), "green", True),
        (case("changed"), ("verbatim", "meaning", 0), "green", True),
        (case("changed"), ("not_found", "none", 1), "lost", False),
        (case("faithful"), ("typographic", "none", 0), "clean", False),
        (case("faithful"), ("altered", "wording", 1), "stopped", False),
        (case("faithful"), ("verbatim", "wording", 0), "stopped", False),
        (case("faithful"), ("altered", "meaning", 1), "accused", True),
        (case("faithful"), ("misattributed", "meaning", 1), "accused", True),
        (case("faithful"), ("not_found", "none", 1), "lost", False),
        (case("mouth", sub="right"), ("verbatim", "none", 0), "clean", False),
        (case("mouth", sub="right"), ("misattributed", "meaning", 1), "accused", True),
        (case("mouth", sub="open"), ("not_found", "none", 1), "lost", False),
        (case("mouth", sub="other"), ("misattributed", "meaning", 1), "accused", False),
        (case("mouth", sub="other"), ("verbatim", "none", 0), "missed", True),
        (case("mouth", sub="other"), ("not_found", "none", 1), "lost", True),
        (case("invented"), ("not_found", "none", 1), "clean", False),
        (case("invented"), ("altered", "meaning", 1), "alarm", True),
    ],
)
def test_outcomes(
    asked: dict[str, object], answer: tuple[str, str, int], outcome: str, failed: bool
) -> None:
    verdict, severity, code = answer
    line = {"id": "c1", "verdict": verdict, "severity": severity, "exit": code}
    assert outcome_of(asked, line) == outcome
    assert is_failure(asked, outcome) is failed


def test_a_stock_phrase_may_be_lost() -> None:
    asked = case("mouth", sub="open", accept=["not_found", "verbatim"])
    assert outcome_of(asked, {"verdict": "not_found", "severity": "none"}) == "clean"


def test_rates_have_counts_beside_them() -> None:
    asked = [case("changed", id=str(n), kind="one" if n else "two") for n in range(4)]
    lines = [{"id": "0", "verdict": "verbatim", "severity": "none", "exit": 0}] + [
        {"id": str(n), "verdict": "altered", "severity": "meaning", "exit": 1} for n in (1, 2, 3)
    ]
    figures = score_trust(asked, lines)
    score = figures["scores"]["pass_through"]
    assert score == {"rate": 0.25, "by_kind": 0.5, "n": 4, "green": 1, "mild": 0, "lost": 0}
    assert figures["kinds"]["changed: two"] == {"n": 1, "failed": 1, "green": 1}
    assert figures["scores"]["false_alarm"] == {"rate": None, "n": 0, "alarm": 0}


@pytest.mark.shared("trust")
@pytest.mark.parametrize("seed", range(2))
def test_scores_are_those_of_the_benchmarks_own_scorer(seed: int, tmp_path: Path) -> None:
    gold = list(read_lines(SHARED / "dev.jsonl"))
    rng = random.Random(seed)
    verdicts = ("verbatim", "typographic", "truncated", "altered", "misattributed", "not_found")
    lines = [
        {
            "id": each["id"],
            "verdict": rng.choice(verdicts),
            "severity": rng.choice(("none", "wording", "meaning")),
            "exit": rng.randrange(2),
        }
        for each in gold
        if rng.random() < 0.95
    ]
    system = tmp_path / "system.jsonl"
    system.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    run = subprocess.run(
        [sys.executable, SHARED / "score.py", SHARED / "dev.jsonl", system, "--json"],
        capture_output=True,
        check=True,
        text=True,
    )
    theirs, ours = json.loads(run.stdout), score_trust(gold, lines)
    scores = ours["scores"]
    for name in scores:
        assert scores[name]["rate"] == theirs[name]
    assert scores["pass_through"]["by_kind"] == theirs["pass_through_macro"]
    assert scores["false_accusation"]["by_kind"] == theirs["false_accusation_macro"]
    for name, tally in ours["kinds"].items():
        assert tally["failed"] == theirs["kinds"][name.replace(": ", " | ")]["bad"]


# The cases of a library


def test_kinds_have_names_of_their_own() -> None:
    assert len(BY_NAME) == len(KINDS)


def test_the_same_seed_makes_the_same_cases(library: Library, cases: list[dict[str, Any]]) -> None:
    assert trust_cases(library, 3, per_kind=3) == cases
    assert trust_cases(library, 4, per_kind=3) != cases


def test_most_kinds_are_there(cases: list[dict[str, Any]]) -> None:
    made = {(each["group"], each["kind"]) for each in cases}
    assert len(made & set(BY_NAME)) > 0.8 * len(BY_NAME)
    groups = Counter(each["group"] for each in cases)
    assert groups["changed"] > 150
    assert groups["faithful"] > 90
    assert groups["mouth"] > 35


def test_cases_say_where_their_words_stand(library: Library, cases: list[dict[str, Any]]) -> None:
    texts = {document.id: document.text for document in library.documents()}
    assert len({each["id"] for each in cases}) == len(cases)
    for each in cases:
        assert each["verdict"] in each["accept"]
        assert each["severity"]
        assert (each["group"] == "mouth") == ("sub" in each)
        if each["doc"] is not None and each["kind"] != "ellipsis over a sentence":
            stretch = squeeze(texts[each["doc"]][each["start"] : each["end"]])
            assert stretch == squeeze(each["source"])
        if each["group"] == "changed":
            assert each["quote"] != each["source"]
        if each["group"] == "invented":
            assert each["source"] is None
            assert not any(each["quote"] in text for text in texts.values())


def test_who_spoke_is_never_somebody_named_in_the_document(
    library: Library, cases: list[dict[str, Any]]
) -> None:
    texts = {document.id: document.text for document in library.documents()}
    others = [each for each in cases if each.get("sub") == "other"]
    assert others
    for each in others:
        assert each["claimed_speaker"].split()[-1] not in texts[each["doc"]]
        assert each["claimed_speaker"] != each["speaker"]


def test_a_quotation_inside_a_story_is_not_taken_for_its_authors_words(pool: Pool) -> None:
    assert not [q for q in pool.quotations if "We will not raise the fares" in q.text]
    assert not [q for q in pool.quotations if q.document.startswith("match-report") and q.speaker]


def test_the_author_of_a_speech_speaks(pool: Pool) -> None:
    speech = [q for q in pool.quotations if q.document.startswith("budget-speech")]
    assert {q.speaker for q in speech} == {"Edda Brandvold"}
    assert {"Edda Brandvold", "Nils Brandvold", "Lena Farquhar"} <= set(pool.speakers)


# The command


def test_the_command_prints_scores_and_writes_cases(built: Path, tmp_path: Path) -> None:
    made, answers = tmp_path / "cases.jsonl", tmp_path / "answers.jsonl"
    command = ["evaluate", "trust", "--db", str(built), "--seed", "2", "--per-kind", "1"]
    run = CliRunner().invoke(app, [*command, "--cases", str(made), "--output", str(answers)])
    assert run.exit_code == 0, run.output
    for words in ("changed quotations that pass", "faithful quotations that are accused", "seed 2"):
        assert words in run.output
    asked = [json.loads(line) for line in made.read_text(encoding="utf-8").splitlines()]
    lines = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in asked] == [line["id"] for line in lines]
    again = CliRunner().invoke(
        app, ["evaluate", "trust", "--db", str(built), "--gold", str(made), "--json"]
    )
    assert again.exit_code == 0, again.output
    figures = json.loads(again.output)
    assert figures["scores"] == score_trust(asked, lines)["scores"]
    assert all({"kind", "example", "n"} <= set(row) for row in figures["worst"])


def test_every_kind_is_shown_on_request(built: Path) -> None:
    command = ["evaluate", "trust", "--db", str(built), "--per-kind", "1", "--kinds"]
    run = CliRunner().invoke(app, command)
    assert run.exit_code == 0, run.output
    assert "changed: decimal point lost" in run.output
    assert "mouth other: another speaker" in run.output


def test_a_library_without_prose_is_refused(tmp_path: Path) -> None:
    refusal = pytest.raises(InputError, match="no sentences of running prose")
    with open_library(tmp_path / "empty.db", create=True) as library, refusal:
        evaluate_trust(library)


def test_gold_needs_what_is_right(library: Library, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    row = {"id": "1", "quote": "q", "verdict": "altered", "kind": "k", "doc": None}
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="no group, no accept, no severity"):
        evaluate_trust(library, gold=gold)
