"""docs/verdicts.md is what the cases say, and the cases of the edges hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from quotecheck.checking.checker import Checker
from quotecheck.checking.verdict import DEFAULT_GATE, is_at_fault
from quotecheck.records.check import Severity, Verdict
from tests.support import verdicts_page
from tests.support.cases import cases

EDGES = cases("verdicts")


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    path = tmp_path_factory.mktemp("edges") / "edges.db"
    with verdicts_page.library_of_edges(path) as library:
        yield Checker(library)


@pytest.mark.parametrize("case", EDGES, ids=lambda case: case["label"])
def test_an_edge_is_where_it_is_said_to_be(checker: Checker, case: dict[str, Any]) -> None:
    check = checker.check(case["quote"], speaker=case.get("speaker"))
    found = {
        "verdict": check.verdict,
        "severity": check.severity,
        "exit": int(is_at_fault(check, DEFAULT_GATE)),
        "claim": check.claim,
    }
    assert {name: found[name] for name in case["expect"]} == case["expect"], check


def test_the_page_is_made_from_the_cases() -> None:
    assert verdicts_page.PAGE.read_text(encoding="utf-8") == verdicts_page.page(), (
        f"the page is not what the cases give: {verdicts_page.COMMAND}"
    )


def test_every_verdict_and_severity_has_an_edge() -> None:
    words = verdicts_page.WORDS.read_text(encoding="utf-8")
    expected = [case["expect"] for case in EDGES]
    without_encoder = set(get_args(Verdict)) - {"paraphrase"}
    assert {each["verdict"] for each in expected} == without_encoder
    assert {each["severity"] for each in expected} == set(get_args(Severity))
    for case in EDGES:
        assert f"@edges: {case['section']}@" in words
        if case["section"] != "claim":
            assert case["expect"]["verdict"] == case["section"]
        else:
            assert "claim" in case["expect"]
