"""Lists of the explorer say what kept checks found about their rows, in signs and words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quotecheck.checking.checker import check_quote
from quotecheck.library.checked_places import DocumentSpan, checked_places
from quotecheck.library.document_lookup import document_row
from quotecheck.library.kept_checks import keep_check, set_status
from quotecheck.library.library import open_library
from quotecheck.records.plain import check_record
from tests.support.web_cases import LINE, write_library

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.server import application
from tests.support.web_pages import Get, checked, text_of

OTHER = LINE.replace("hundred", "dozen")


@pytest.fixture
def ask(tmp_path: Path, serving: Callable[[Any], Get]) -> Get:
    """A library in which the article's own line and a word of a turn were checked and kept."""
    path = write_library(tmp_path / "chips.db")
    with open_library(path, create=True) as library:
        found = check_quote(library, OTHER, speaker="Ada Fenwick")
        article = library.document("article")
        assert article is not None
        with library.write() as connection:
            own = check_record(check_quote(library, LINE))
            first = keep_check(connection, own, article=article, number=1, version="1")
            keep_check(connection, check_record(found), article=None, number=1, version="1")
            set_status(connection, [first], status="confirmed", note=None, who="desk")
    return serving(application(path))


def chips(page: str) -> list[str]:
    return [
        text_of(one)
        for block in re.findall(r'<ul class="known".*?</ul>', page, re.S)
        for one in re.findall(r"<li .*?</li>", block, re.S)
    ]


def test_rows_have_the_verdict_as_a_sign_and_in_words(ask: Get) -> None:
    for address in ("/search?q=hundred", "/speaker?name=Ada+Fenwick", f"/trace?quote={LINE}"):
        answer = ask(address)
        while answer.status_code == 302:
            answer = ask(answer.headers["location"])
        shown = chips(checked(answer))
        assert any(re.search(r"≠ altered: other meaning as .+, ○ open", chip) for chip in shown), (
            address,
            shown,
        )


def test_an_articles_own_words_come_first(ask: Get) -> None:
    shown = chips(checked(ask(f"/trace?quote={LINE}")))
    own = [chip for chip in shown if "as this article quotes it" in chip]
    assert own
    assert any(chip.startswith("✓ verbatim") and "✓ confirmed" in chip for chip in own), own


def test_a_chip_leads_to_its_check(ask: Get) -> None:
    page = checked(ask(f"/trace?quote={LINE}"))
    links = re.findall(r'<ul class="known".*?href="(/checks/\d+)"', page, re.S)
    assert links
    assert "Where it stands" in text_of(checked(ask(links[0])))


def test_places_beside_those_of_a_check_have_none(tmp_path: Path) -> None:
    path = write_library(tmp_path / "beside.db")
    with open_library(path, create=True) as library:
        found = check_quote(library, OTHER, speaker="Ada Fenwick")
        assert found.document is not None
        with library.write() as connection:
            for number in (1, 2):
                keep_check(connection, check_record(found), article=None, number=number,
                           version="1")  # fmt: skip
        start, end = found.spans[0].start, found.spans[0].end
        beside = [
            DocumentSpan(found.document, start, end),
            DocumentSpan(found.document, end, end + 5),
            DocumentSpan(found.document, max(0, start - 5), start),
            DocumentSpan("no such document", 0, 5),
        ]
        assert document_row(library.db, "no such document") is None
        about = [
            [check.verdict for check in checks if check.article is None]
            for checks in checked_places(library.db, beside)
        ]
    assert about == [["altered"], [], [], []], "kept twice, told once"
    with open_library(path) as library:
        assert checked_places(library.db, []) == []


@pytest.mark.parametrize("checked_as", ["{name}", "drafts/{name}", "{path}", "C:\\drafts\\{name}"])
def test_an_article_may_be_checked_in_another_folder(tmp_path: Path, checked_as: str) -> None:
    path = write_library(tmp_path / "folders.db")
    with open_library(path, create=True) as library:
        library.db.execute(
            "UPDATE documents SET path = '/desk/day/bridge.txt' WHERE key = 'article'"
        )
        library.db.execute("DELETE FROM kept_check_changes")
        library.db.execute("DELETE FROM kept_checks")
        article = library.document("article")
        assert article is not None
        named = checked_as.format(name="bridge.txt", path="/desk/day/bridge.txt")
        at = article.text.index(LINE[:20])
        words = article.text[at : at + 40]
        record = check_record(check_quote(library, words))
        other = check_record(check_quote(library, "Nothing of this stands in the article at all"))
        with library.write() as connection:
            for number, kept in enumerate((record, other), 1):
                keep_check(connection, kept, article=replace(article, path=named), number=number,
                           version="1")  # fmt: skip
        (found,) = checked_places(library.db, [DocumentSpan("article", at, at + 40)])
        assert [(check.verdict, check.own) for check in found] == [(record["verdict"], True)]
        beside = checked_places(library.db, [DocumentSpan("article", at + 1, at + 40)])
        assert [check for check in beside[0] if check.own] == []
