"""Checked articles as a page and as ClaimReview, the gate, and the two texts side by side."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.checking.checker import Checker, check_quote
from quotecheck.checking.verdict import is_at_fault
from quotecheck.library.library import Library
from quotecheck.output.html.checks import page_checks
from quotecheck.output.html.word_diff import origin_runs, quotation_runs
from quotecheck.output.interchange.claim_review import claim_reviews, rating
from quotecheck.records.check import Check
from quotecheck.records.document import Document
from tests.support.checking_sources import DOCUMENTS
from tests.support.commands import Run
from tests.support.documents import document, fill

QUOTES = [
    ("We will deploy ground troops in Syria in 2015.", "Vladimir Putin"),
    ("The West has no answer to it.", "Vladimir Putin"),
    ("America's long-term scheme for the region is detrimental to all nations", "Ali Khamenei"),
    ("Nobody ever weighed the velvet comet", "Ada <b>Fenwick</b>"),
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with fill(tmp_path_factory.mktemp("pages") / "sources.db", DOCUMENTS) as library:
        yield library


@pytest.fixture(scope="module")
def checks(library: Library) -> list[Check]:
    return [check_quote(library, quote, speaker=who) for quote, who in QUOTES]


ARTICLE = document("article", "Not read here.", title="Ways <script>alert(1)</script>", date="2016")


def page(article: Document | None, checks: Sequence[Check]) -> str:
    return "".join(page_checks([(article, [(check, None) for check in checks])]))


class Balance(HTMLParser):
    """Fails on a tag that is not closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "iframe", "object"}
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)
        if tag not in {"meta", "br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_sets_source_beside_quotation(checks: list[Check]) -> None:
    written = page(ARTICLE, checks)
    balance = Balance()
    balance.feed(written)
    assert balance.open == []
    assert "<del>not</del> deploy ground troops" in written
    assert "altered: other meaning" in written
    assert "<b><bdi>Chuck Todd</bdi></b>" in written
    assert "Not found, which does not make it false." in written
    assert "4 quotations checked against these 5 documents (2015-11-22 to 2024-03-12)." in written
    assert written.count('<a href="#c1-') == 4, "each is linked to from the summary, once"
    assert written.index("</table>") < written.index('id="c1-1"'), "the summary comes first"
    assert len(re.findall(r'<p class="words" dir="auto">(?!<span)', written)) == 4, "once each"
    assert "default-src &#39;none&#39;; style-src" in written


def test_the_page_stays_whole_whatever_the_words(checks: list[Check]) -> None:
    hostile = "</p><script>alert(1)</script>\x00\ud800 ]]> “&amp;”"
    odd = replace(checks[0], quote=hostile, speaker=hostile, title=hostile, origin_text=hostile)
    written = page(None, [odd])
    balance = Balance()
    balance.feed(written)
    assert balance.open == []
    written.encode("utf-8")
    assert "No quotations to check" in page(ARTICLE, [])


def test_claim_reviews_rate_only_what_can_be_rated(checks: list[Check]) -> None:
    held = json.loads(json.dumps(claim_reviews([(ARTICLE, [(check, None) for check in checks])])))
    altered, other, faithful, missing = held["@graph"]
    assert {review["@type"] for review in held["@graph"]} == {"ClaimReview"}
    ratings = [review["reviewRating"].get("ratingValue") for review in held["@graph"]]
    assert ratings == [2, 1, 5, None]
    assert altered["reviewRating"]["alternateName"] == "Altered, with another meaning"
    assert altered["itemReviewed"]["author"]["name"] == "Vladimir Putin"
    assert other["itemReviewed"]["firstAppearance"]["creator"]["name"] == "Chuck Todd"
    assert faithful["claimReviewed"].startswith("Ali Khamenei said: “America's")
    assert "firstAppearance" not in missing["itemReviewed"]
    assert "so this says little" in missing["reviewBody"]
    assert rating(replace(checks[2], severity="meaning")) == 2


@pytest.mark.parametrize(
    ("quote", "speaker", "gates"),
    [
        ("the West has no answer to it", "Todd", ""),
        ("deploy ground troops in Syria in 2015", None, "meaning wording any"),
        ("the new axis of Iran and Russian Federation", None, "wording any"),
        ("America's long-term scheme … should be thwarted through vigilance", None, "wording any"),
        ("the West has no answer to it", "Vladimir Putin", "meaning wording any"),
        ("Nobody ever weighed the velvet comet", None, "any"),
    ],
)
def test_gates(library: Library, quote: str, speaker: str | None, gates: str) -> None:
    check = check_quote(library, quote, speaker=speaker)
    stopped = {gate for gate in ("meaning", "wording", "any") if is_at_fault(check, gate)}  # type: ignore[arg-type]
    assert stopped == set(gates.split())


def test_negatives_say_what_was_searched_of_the_claimed(library: Library) -> None:
    checker = Checker(library)
    said = checker.check("Nobody ever weighed the velvet comet", speaker="Vladimir Putin").reasons
    assert said[1] == "1 of them is by or with Vladimir Putin (2015-11-23)"
    said = checker.check("Nobody ever weighed the velvet comet", speaker="Ann Lee").reasons
    assert said[1] == "none of them is by or with Ann Lee, so this says little"
    near = checker.check("A foreign scheme for the region hurts most nations").reasons
    assert re.search(r"nearest: “.*” \(khamenei\), \d\d% of the words alike", near[-1])


@given(st.lists(st.sampled_from("we will not mend the wall , . — a A".split()), max_size=12))
def test_runs_give_the_text_back(words: list[str]) -> None:
    text = " ".join(words)
    spoken = " ".join(word for word in words if word.isalnum())
    half = len(spoken.split()) // 2
    first, rest = " ".join(spoken.split()[:half]), " ".join(spoken.split()[half:])
    diff = [("equal", first, first), ("replace", "x", rest)] if spoken else []
    assert "".join(part for _, part in quotation_runs(text, diff)) == text
    assert "".join(part for _, part in origin_runs(text, [("equal", spoken, spoken)])) == text


def test_the_command_writes_them(library: Library, tmp_path: Path, run: Run) -> None:
    db = library.path
    there = tmp_path / "check.html"
    quote = "the new axis of Iran and Russian Federation"
    assert run("check", quote, "--db", db, "-f", "html", "-o", there).code == 1
    assert "<ins>Russian" in there.read_text(encoding="utf-8")
    assert run("check", quote, "--db", db, "--fail-on", "meaning").code == 0
    assert run("check", quote, "--db", db, "--fail-on", "wording").code == 1
    ran = run("check", quote, "--db", db, "--format", "claim-review")
    assert json.loads(ran.out)["@graph"][0]["reviewRating"]["ratingValue"] == 4
