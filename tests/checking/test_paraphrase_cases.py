"""Small cases of the same statement in other words, and of another that looks like it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from quotecheck.building.embeddings import embed_passages
from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.library.library import open_library
from tests.support.cases import cases
from tests.support.documents import document, fill

SAME = cases("paraphrase")
OTHER = cases("paraphrase-negative")
KNOWN_FAILURES = cases("paraphrase-known-failures")

pytestmark = pytest.mark.weights


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    """Checks against one library in which every case has a document of one sentence."""
    path = tmp_path_factory.mktemp("paraphrases") / "sources.db"
    every = [*SAME, *OTHER, *KNOWN_FAILURES]
    fill(path, [document(case["label"], case["source"]) for case in every]).close()
    assert embed_passages(path).vectors >= len(every)
    with open_library(path) as library:
        yield Checker(library, semantic=semantic_search(library))


def assert_as_expected(checker: Checker, case: dict[str, Any]) -> None:
    check = checker.check(case["quotation"])
    if case["expect"] == "near":
        assert check.document == case["label"]
    else:
        assert check.verdict not in {"paraphrase", "verbatim", "typographic"}, check.reasons
        assert check.verdict == "not_found" or check.severity == "meaning", check.reasons


@pytest.mark.parametrize("case", SAME, ids=lambda case: case["label"])
def test_the_sentence_that_says_the_same_is_the_nearest(
    checker: Checker, case: dict[str, Any]
) -> None:
    assert_as_expected(checker, case)


@pytest.mark.parametrize("case", OTHER, ids=lambda case: case["label"])
def test_another_statement_is_not_called_the_same(checker: Checker, case: dict[str, Any]) -> None:
    assert_as_expected(checker, case)


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize("case", KNOWN_FAILURES, ids=lambda case: case["label"])
def test_known_failures(checker: Checker, case: dict[str, Any]) -> None:
    assert_as_expected(checker, case)
