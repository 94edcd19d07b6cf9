"""What stands around an article is left out, and what only looks so is kept."""

from __future__ import annotations

import json

import pytest

from quotecheck.reading.formats.html import read_page

LINES = (
    "The council of Harl met on Tuesday to speak of the ferry, which has not crossed for weeks.",
    "“It is a good ferry,” said Dora Quill, who painted it. “It wants an engine and patience.”",
    "The engine lies in a shed behind the inn, where the hens have come to like it very much.",
    "The council will meet again when the river is low enough to be walked across by the clerk.",
)
TEASER = "<a href='/x'>A goat on the pier has opinions</a><p>Its owner denies that it can read.</p>"


def text_of(body: str, *, around: str = "article") -> str:
    head = "<title>The ferry of Harl</title>"
    return read_page(f"{head}<{around}><h1>The ferry of Harl</h1>{body}</{around}>").text


def article(middle: str) -> str:
    first, second = ("".join(f"<p>{line}</p>" for line in half) for half in (LINES[:2], LINES[2:]))
    return f"<div class='entry-content'>{first}{middle}{second}</div>"


def blocks(text: str) -> list[str]:
    return [" ".join(block.split()) for block in text.split("\n\n")]


ALL = ["The ferry of Harl", *LINES]


@pytest.mark.parametrize(
    "middle",
    [
        f"<div class='related-stories'>{TEASER}</div>",
        f"<aside data-component='rich-link'>{TEASER}</aside>",
        f"<ul class='inline most-read'><li>{TEASER}</li></ul>",
        "<div class='newsletter-box'><p>Get the tide in your inbox every morning at six.</p></div>",
        "<p class='ad-label'>Your ferry, our insurance.</p>",
        "<p>ADVERTISEMENT</p>",
        "<p>Story continues below advertisement</p>",
        "<p><strong>READ MORE: <a href='/x'>A goat on the pier has opinions</a></strong></p>",
        "<p>➤ <a href='/x'>A goat on the pier has opinions</a></p>",
        "<p><a href='/x'>GOAT ON THE PIER HAS OPINIONS</a></p>",
        "<span class='sr-only'>Skip the picture</span>",
        "<div hidden><p>A template of the page that nobody is shown before he asks.</p></div>",
        "<figure class='pullquote'><p>It is a good ferry</p></figure>",
    ],
)
def test_what_stands_around_an_article_is_left_out(middle: str) -> None:
    assert blocks(text_of(article(middle))) == ALL


def test_links_below_a_heading_that_says_more_are_left_out() -> None:
    cards = "".join(f"<li><a href='/{n}'>A goat on the pier, part {n}</a></li>" for n in range(4))
    for below in (
        f"<div><h2>Keep reading</h2><ul>{cards}</ul></div>",
        f"<h3>Related stories</h3><ul>{cards}</ul>",
    ):
        assert blocks(text_of(f"{article('')}{below}")) == ALL
    said = f"<h3>More</h3><p>{LINES[0]}</p>"
    assert blocks(text_of(f"{article('')}{said}"))[-1] == LINES[0]


KEPT = "What was said behind the shed is not known, and the hens have not been asked about it."


@pytest.mark.parametrize(
    "middle",
    [
        f"<div class='paywall'><p>{KEPT}</p></div>",
        f"<p><a href='/x'>{KEPT}</a></p>",
        f"<p>Read <a href='/x'>the report</a> first. {KEPT}</p>",
        f"<p>MORE: {KEPT}</p>",
        f"<p>{KEPT.upper()}</p>",
        f"<div class='has-sidebar'><p>{KEPT}</p></div>",
        f"<figure class='pullquote'><p>{KEPT}</p></figure>",
        f"<button aria-controls='more'>More</button><div id='more' hidden><p>{KEPT}</p></div>",
        f"<div class='adjacent'><p>{KEPT}</p></div>",
    ],
)
def test_what_only_looks_so_is_kept(middle: str) -> None:
    assert KEPT.casefold() in text_of(article(middle)).casefold()


def test_what_a_wall_lets_through_is_the_article() -> None:
    whole = "".join(f"<p>{line}</p>" for line in LINES[1:])
    assert blocks(text_of(f"<p>{LINES[0]}</p><div class='paywall'>{whole}</div>")) == ALL


def test_a_layout_named_after_its_sidebar_is_no_sidebar() -> None:
    inside = (
        f"<div class='content with-sidebar'><div class='sidebar-layout'>{article('')}</div></div>"
    )
    assert blocks(text_of(inside, around="div")) == ALL


def test_breaks_part_paragraphs() -> None:
    assert blocks(text_of(f"<div>{'<br><br>'.join(LINES)}</div>", around="div")) == ALL
    assert blocks(text_of(f"<font>{'<BR> <BR>'.join(LINES)}</font>", around="td")) == ALL
    indented = "<br>".join(f"&nbsp;&nbsp;&nbsp;{line}" for line in LINES)
    assert blocks(text_of(f"<p>{indented}</p>", around="div")) == ALL


def test_one_break_parts_none_but_behind_a_bold_question() -> None:
    body = "".join(f"<p><b>And then?</b><br>{line}</p>" for line in LINES)
    assert blocks(text_of(body))[1:3] == ["And then?", LINES[0]]
    body = "".join(f"<p>{line.replace(' the ', ' the<br>', 1)}</p>" for line in LINES)
    assert blocks(text_of(body)) == ALL
    body = "".join(f"<p><b>Note</b> {line}<br>{line}</p>" for line in LINES)
    assert blocks(text_of(body))[1] == f"Note {LINES[0]} {LINES[0]}"


def test_tables_that_lay_out_a_page_and_tables_of_figures() -> None:
    words = "".join(f"<p>{line}</p>" for line in LINES)
    page = f"<table><tr><td><a href='/'>Home</a></td><td>{words}</td></tr></table>"
    assert blocks(text_of(page, around="div"))[-4:] == list(LINES)
    rows = "".join(f"<tr><td>Crossings in week {n}</td><td>{n}</td></tr>" for n in range(9))
    figures = f"<table>{rows}</table>"
    assert "Crossings in week 2 | 2" in text_of(article(figures))


def test_headings_that_fold_what_stands_below() -> None:
    body = "".join(
        f"<h3><button>Day {n}</button></h3><div><p>{line}</p></div>" for n, line in enumerate(LINES)
    )
    assert "Day 2" in text_of(body)


def test_entries_of_a_live_page_stand_in_their_order() -> None:
    entries = "".join(
        f"<article><h2>At {n} o’clock</h2><p>{line}</p></article>" for n, line in enumerate(LINES)
    )
    found = blocks(text_of(f"<div>{entries}</div>", around="main"))
    assert [block for block in found if block in LINES] == list(LINES)
    assert found.index("At 1 o’clock") == found.index(LINES[1]) - 1


def test_teasers_below_an_article_that_is_none() -> None:
    cards = "".join(
        f"<article><h3><a href='/{n}'>Goat {n}</a></h3><p>{KEPT}</p></article>" for n in range(3)
    )
    words = "".join(f"<p>{line}</p>" for line in LINES)
    assert blocks(text_of(f"<div>{words}</div><div>{cards}</div>", around="main")) == ALL
    assert KEPT in text_of(f"<div>{cards}</div>", around="main")  # a page of nothing else


def linked_data(body: str) -> str:
    data = json.dumps([{"@graph": [{"@type": "NewsArticle", "articleBody": body}]}])
    return f"<script type='application/ld+json'>{data}</script>"


def test_a_text_that_comes_by_script_is_read_from_the_linked_data() -> None:
    page = f"<title>The ferry of Harl</title>{linked_data(chr(10).join(LINES))}<div id='app'></div>"
    assert blocks(read_page(page).text) == ALL
    marked = "".join(
        f"<p>{line.replace('“', '&ldquo;').replace('”', '&rdquo;')}</p>" for line in LINES
    )
    assert (
        blocks(read_page(page.replace(linked_data("\n".join(LINES)), linked_data(marked))).text)
        == ALL
    )
    assert blocks(text_of(article("") + linked_data("Something else. " * 20))) == ALL
    broken = linked_data("x").replace("}", "")
    assert blocks(text_of(article("") + broken)) == ALL


def test_a_quotation_element_for_the_margins_quotes_nothing() -> None:
    words = "".join(f"<p>{line}</p>" for line in LINES)
    head = "<title>The ferry of Harl</title><h1>The ferry of Harl</h1>"
    assert read_page(f"{head}<blockquote>{words}</blockquote>").blocks == ()
    framed = read_page(f"{head}<p>{LINES[0]}</p><blockquote>{words}</blockquote>")
    assert len(framed.blocks) == 1


def test_a_speaker_whom_only_a_style_parts_from_the_words() -> None:
    rows = "".join(
        f"<div><span class='speaker'>{name}</span><span class='text'>{words}</span></div>"
        for name, words in (("Dora Quill", LINES[0]), ("Rudi Koss", LINES[2]))
    )
    assert f"Dora Quill: {LINES[0]}" in text_of(rows, around="main")
    kept = "<p><span class='speaker'>Dora Quill</span>, who painted it, says nothing of hens.</p>"
    assert "Dora Quill, who painted it" in text_of(article(kept))
