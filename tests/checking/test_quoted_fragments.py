"""Fragments that an article quotes within its own words: what it says itself is not left out.

The whole way from the article to the verdicts. In the first file the article changes what was said,
in the negative one it does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotecheck import check_text
from quotecheck.comparison.article_words import ArticleReport
from tests.support.cases import cases

if TYPE_CHECKING:
    from typing import Any

    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.check import Check

CHANGED = cases("quoted_fragments")
FAITHFUL = cases("quoted_fragments-negative")
AROUND = "Good evening to you all. {} Thank you for coming out in this weather."


def checked(case: dict[str, Any], attributor: Attributor) -> list[Check]:
    sources = [AROUND.format(case["source"])]
    found = check_text(case["text"], sources=sources, attributor=attributor)
    assert found, "nothing was quoted"
    return [check for check, _ in found]


def is_kept(check: Check) -> bool:
    words = check.verdict in ("verbatim", "typographic", "truncated")
    return words and check.severity != "meaning"


@pytest.mark.weights
@pytest.mark.parametrize("case", FAITHFUL, ids=lambda case: case["label"])
def test_what_the_article_says_itself_is_not_held_against_it(
    case: dict[str, Any], attributor: Attributor
) -> None:
    for check in checked(case, attributor):
        assert is_kept(check), (check.quote, check.verdict, check.severity, check.reasons)


@pytest.mark.weights
@pytest.mark.parametrize("case", CHANGED, ids=lambda case: case["label"])
def test_what_the_article_changes_is_told(case: dict[str, Any], attributor: Attributor) -> None:
    assert not all(map(is_kept, checked(case, attributor)))


@pytest.mark.parametrize(
    ("beside", "left_out", "kind"),
    [
        ("nobody there", "No one at all", "negation"),
        ("she refused to", "not", "negation"),
        ("it was unlikely that they", "never", "negation"),
        ("should the state not pay", "unless the state pays", "condition"),
        ("otherwise the price", "unless the state pays", "condition"),
        ("perhaps they", "Perhaps", "hedge"),
        ("the city might", "In all likelihood", "hedge"),
        ("most of the harbour crews", "most of the crews", "head"),
    ],
)
def test_the_article_says_it(beside: str, left_out: str, kind: str) -> None:
    assert ArticleReport(beside).says(left_out, kind)


@pytest.mark.parametrize(
    ("beside", "left_out", "kind"),
    [
        ("", "not", "negation"),
        ("the people there", "nobody", "negation"),
        ("the price, whether or not the state paid,", "unless the state pays", "condition"),
        ("the state would pay, so the price", "unless the state pays", "condition"),
        ("the city will", "Perhaps", "hedge"),
        ("the crews", "most of the harbour masters", "head"),
    ],
)
def test_the_article_does_not_say_it(beside: str, left_out: str, kind: str) -> None:
    assert not ArticleReport(beside).says(left_out, kind)


def test_who_says_it_may_stand_in_the_reporting_clause() -> None:
    report = ArticleReport("", "her opponent claims")
    assert report.says("My opponent says that", "report")
    assert not report.says("Perhaps", "hedge")
    assert ArticleReport("", "she denied").says("nobody", "negation")
    assert ArticleReport("", "she asked").says("?", "question")
