"""The page of an article: whole, escaped, linked, and nothing in it that runs or fetches."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from lxml import html as lxml_html

from quotecheck.output.html.article import VARIANTS, page_html
from quotecheck.output.unprintable import printable
from quotecheck.records.document import Document
from quotecheck.records.quotation import Facts, Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs
from tests.support.formats_samples import annotated, rich
from tests.support.gold_sample import document, document_of, quotations

VOID = {"meta", "br", "hr", "img", "link", "input"}
KNOWN = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "p", "h1", "h2", "main",
    "article", "div", "span", "sup", "ul", "li", "b", "bdi", "aside", "nav", "table", "thead",
    "tbody", "tr", "th", "td", "footer", "details", "summary",
}  # fmt: skip


class Balance(HTMLParser):
    """Fails on a tag that is not closed where it should be, or that the page does not use."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN, tag
        for name, _ in attrs:
            assert not name.startswith("on")
            assert name != "style"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def page(article: Document, found: list[Quotation]) -> str:
    written = "".join(page_html(article, found, weights={"pos.pt": "0" * 64}))
    checker = Balance()
    checker.feed(written)
    checker.close()
    assert checker.open == []
    written.encode("utf-8")
    return written


def texts(written: str) -> list[str]:
    """The text of each paragraph of the article, without the numbers of the notes."""
    shown = []
    for found in re.finditer(r'<(p|h1) class="text" dir="auto">(.*?)</\1>', written, re.DOTALL):
        words = re.sub(r'<sup class="ref">.*?</sup>', "", found[2])
        shown.append(html.unescape(re.sub(r"</?span[^>]*>", "", words)))
    return shown


def parsed(written: str) -> Any:
    return lxml_html.fromstring(written)


@pytest.mark.parametrize(
    ("article", "found"), [rich(), (document(), quotations()), (document_of("One.\n\nTwo."), [])]
)
def test_the_page_holds_the_text_and_its_links_lead_somewhere(
    article: Document, found: list[Quotation]
) -> None:
    written = page(article, found)
    assert texts(written) == [p.of(article.text) for p in paragraphs(article.text)]
    root = parsed(written)
    ids = [one.get("id") for one in root.xpath("//*[@id]")]
    assert len(ids) == len(set(ids))
    for target in root.xpath("//a/@href"):
        assert not target.startswith("#") or target[1:] in ids
    for number in range(1, len(found) + 1):
        assert f"q{number}" in ids
        assert f"n{number}" in ids
    assert len(root.xpath("//h1")) == 1


@given(annotated())
@settings(max_examples=150, deadline=None)
def test_no_input_breaks_the_page(sample: tuple[Document, list[Quotation]]) -> None:
    article, found = sample
    written = page(article, found)
    wanted = [printable(p.of(article.text)) for p in paragraphs(article.text)]
    assert texts(written) == wanted
    assert "javascript:" not in written
    ids = re.findall(r' id="([^"]*)"', written)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]*)"', written):
        assert target in ids


def test_nothing_runs_and_nothing_is_fetched() -> None:
    written = page(*rich())
    assert "<script" not in written
    style = re.search(r"<style>(.*?)</style>", written, re.DOTALL)
    assert style is not None
    assert not re.search(r"url\(|@import|@font-face|expression", style[1])
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', written)
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert html.unescape(policy[1]) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    outside = re.findall(r'(?:href|src)="([^"#][^"]*)"', written)
    assert outside == ["https://example.org/vell?a=1&amp;b=2"]


def test_hostile_words_are_only_words() -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    text = f"“{bad}” said {bad}."
    speaker = Speaker(bad, Span(0, 5), bad, "Person", None, bad, bad)
    quotation = Quotation((Span(0, len(bad) + 2),), (Span(len(bad) + 3, len(bad) + 7),), (),
                          "direct", bad, 0.4, bad, (speaker,), bad, (bad,), (), "none",
                          ((bad, 0.3),), Facts(bad, True, "past"))  # fmt: skip
    article = document_of(text, id=bad, title=bad, author=bad, publication=bad, date=bad, url=bad)
    written = page(article, [quotation])
    root = parsed(written)
    assert root.xpath("//script | //img") == []
    assert root.xpath("string(//title)") == f"{bad} · who said what"
    assert root.xpath("string(//h1)") == bad
    assert root.xpath("string(//li[@id='n1']//b)") == bad
    assert "49" not in root.xpath("string(//main)")


def note(number: int) -> str:
    root = parsed(page(*rich()))
    return " ".join(root.xpath(f"string(//li[@id='n{number}'])").split())


def test_a_note_leads_to_the_one_it_is_told_in() -> None:
    text = "Koss said Amadi had told her: “Sign it.”"
    outer = Quotation((Span(10, 40),), (Span(5, 9),), (Span(0, 4),), "indirect", "r", 0.95)
    inner = Quotation(
        (Span(30, 40),), (Span(20, 24),), (Span(10, 15),), "direct", "r", 0.8,
        parent=outer.content,
    )  # fmt: skip
    root = parsed(page(document_of(text), [outer, inner]))
    assert root.xpath("//li[@id='n2']//a[@href='#n1']/text()") == ["1"]
    assert "told in 1" in " ".join(root.xpath("string(//li[@id='n2'])").split())


def test_notes_say_who_how_and_how_surely() -> None:
    assert note(2) == (
        "2 Inge Roos, harbour chief direct: “told” (say) · to traders · on Tuesday · in Vell"
        " · sure (97%)"
    )
    assert "partial: “quoted … as saying”" in note(3)
    assert "for shipping line · via Radio Vell · likely (88%)" in note(3)
    assert "The article says this was not said: “never”." in note(4)
    assert "“Two dockers”, not named" in note(5)
    assert "Doubtful: check who said this before you use it." in note(9)
    assert "Only possibly said." in note(9)
    assert note(10) == (
        "10 Speaker not known The article does not say who."
        " Perhaps Inge Roos (33%) or Lise Hahn (31%). direct · doubtful (30%)"
    )
    assert note(7) == "7 words in marks, not speech"
    assert note(8) == "8 title of a work"


def test_a_split_quotation_has_its_number_at_each_piece_and_one_note() -> None:
    root = parsed(page(*rich()))
    links = root.xpath("//sup[@class='ref']/a[@href='#n2']")
    assert [link.text for link in links] == ["2", "2"]
    assert links[0].get("aria-label") == "Note 2: direct, Inge Roos"
    assert len(root.xpath("//*[@id='q2']")) == len(root.xpath("//*[@id='n2']")) == 1


def test_a_quotation_over_two_paragraphs_has_one_note_and_its_number_at_the_end() -> None:
    text = "Ann said: “One.\n\n“Two.”"
    found = [Quotation((Span(10, 23),), (Span(4, 8),), (Span(0, 3),), "direct", "r", 1.0)]
    root = parsed(page(document_of(text), found))
    first, second = root.xpath("//div[contains(@class, 'row')]")
    assert (len(first.xpath(".//li")), len(second.xpath(".//li"))) == (1, 0)
    assert (len(first.xpath(".//sup")), len(second.xpath(".//sup"))) == (0, 1)
    assert len(root.xpath("//span[contains(@class, 'said') and not(ancestor::aside)]")) == 2


def test_the_list_of_speakers_counts_and_links() -> None:
    root = parsed(page(*rich()))
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
        for row in root.xpath("//nav//tbody/tr")
    ]
    assert rows == [
        ["Inge Roos, harbour chief", "3", "1 2 9"],
        ["Arno Beck, spokesman for the shipping line", "2", "3 4"],
        ["Lise Hahn, Mayor", "2", "6 9"],
        ["“Two dockers”, not named", "1", "5"],
        ["Speaker not known", "1", "10"],
    ]
    assert root.xpath("//nav//tbody/tr[1]//a/@href") == ["#q1", "#q2", "#q9"]


@pytest.mark.parametrize(
    ("facts", "text", "heading"),
    [
        ({}, "Mayor Says No\n\nThe mayor said no.", True),
        ({}, "The mayor said no.\n\nThe end.", False),
        ({}, "Mayor Says No", False),
        ({"title": "Another name"}, "Mayor Says No\n\nThe mayor said no.", False),
        ({"title": "Mayor  Says No"}, "Mayor Says No\n\nThe mayor said no.", True),
        ({"headline": Span(0, 9)}, "What now?\n\nThe mayor said no.", True),
    ],
)
def test_the_headline_is_the_heading(facts: dict[str, Any], text: str, heading: bool) -> None:
    root = parsed(page(document_of(text, **facts), []))
    assert bool(root.xpath("//h1[@class='text']")) is heading
    assert len(root.xpath("//h1")) == 1


def test_speakers_beyond_the_variants_start_again() -> None:
    text = "x" * 20
    found = [
        Quotation((Span(n, n + 1),), (), (), "direct", "r", 1.0,
                  speakers=(Speaker(f"Speaker {n}", Span(n, n + 1)),))
        for n in range(10)
    ]  # fmt: skip
    root = parsed(page(document_of(text), found))
    classes = [one.get("class") for one in root.xpath("//span[@id]")]
    assert classes[:VARIANTS] == [f"said v{n}" for n in range(1, VARIANTS + 1)]
    assert classes[8] == "said v1"


def test_an_empty_document_gives_a_page() -> None:
    root = parsed(page(document_of("", path="a/b.txt"), []))
    assert root.xpath("string(//h1)") == "b.txt"
    assert "empty" in root.xpath("string(//main)")


def test_the_page_comes_in_pieces_and_the_same_each_time() -> None:
    text = "\n\n".join(f"Ann {n} said: “Number {n}.”" for n in range(300))
    found = [
        Quotation((Span(m.start(), m.end()),), (), (), "direct", "r", 0.9)
        for m in re.finditer("“.*”", text)
    ]
    pieces = list(page_html(document_of(text), found, weights={}))
    assert len(pieces) > 100
    assert "".join(pieces) == "".join(page_html(document_of(text), found, weights={}))
