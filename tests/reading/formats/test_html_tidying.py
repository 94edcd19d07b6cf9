"""Pages whose markup must neither cut sentences nor put signs into them."""

from __future__ import annotations

import pytest

from quotecheck.reading.formats.html import read_page
from quotecheck.reading.formats.html_inline import raised_text
from quotecheck.reading.formats.html_text import visible_text

FIRST = (
    "The council of Harl met on Tuesday to speak of the ferry, which has not crossed for nine"
    " weeks and may not cross again."
)
SECOND = (
    "“It is a good ferry,” said Dora Quill, who painted it. “It wants an engine and a little"
    " patience.”"
)
THIRD = "The engine lies in a shed behind the inn, where the hens have come to like it very much."
LAST = "The council will meet again when the river is low enough to be walked across by the clerk."
ALL = (FIRST, SECOND, THIRD, LAST)


def page(body: str) -> str:
    return (
        "<html><head><title>The ferry of Harl</title></head><body><nav>Home</nav><article>"
        f"<h1>The ferry of Harl</h1>{body}</article></body></html>"
    )


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def text_of(body: str) -> str:
    return read_page(page(body)).text


@pytest.mark.parametrize("note", ["<!-- -->", "<!--$-->", "<!-- a > b -->", "<?x y?>"])
def test_a_comment_ends_no_paragraph_and_no_word(note: str) -> None:
    broken = SECOND.replace("Dora Quill", f"{note}Dora Quill{note}").replace(
        "engine", f"en{note}gine"
    )
    text = text_of(paragraphs(FIRST, broken, THIRD, LAST))
    assert text.split("\n\n") == ["The ferry of Harl", *ALL]


@pytest.mark.parametrize("name", ["post-content", "article__body", "StoryText", "rich-text"])
def test_an_article_in_several_containers_is_whole_and_in_order(name: str) -> None:
    first = f'<div class="{name}">{paragraphs(FIRST, THIRD)}</div>'
    later = f'<div class="{name}">{paragraphs(SECOND, LAST)}</div>'
    text = text_of(first + '<div class="promo"><p>Buy boots at Tarr and Sons.</p></div>' + later)
    assert [text.find(part) for part in (FIRST, THIRD, SECOND, LAST)] == sorted(
        text.find(part) for part in ALL
    )
    assert -1 not in [text.find(part) for part in ALL]


def test_comments_of_readers_are_not_taken_for_the_article() -> None:
    comment = '<div class="comment-content"><p>First! I never liked this ferry at all.</p></div>'
    text = text_of(f'<div class="post-content">{paragraphs(*ALL)}</div>' + 2 * comment)
    assert "never liked" not in text
    assert LAST in text


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("wait<sup>1</sup> for", "wait for"),
        ('wait<sup><a href="#n2">b</a></sup> for', "wait for"),
        ("wait<a href='#n'><sup>12</sup></a> for", "wait for"),
        ("wait.<sup>[3]</sup> For", "wait. For"),
        ("wait<sup>*</sup> for", "wait for"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("an area of 12 km<sup>2</sup> there", "an area of 12 km² there"),
        ("some 10<sup>6</sup> fish", "some 10⁶ fish"),
        ("Brand<sup>TM</sup> soap", "BrandTM soap"),
        ("carries <del>nine</del><ins>eleven</ins> hens", "carries eleven hens"),
        ("costs <s>two</s> three marks", "costs three marks"),
        ("a <ruby>lamp<rt>ramp</rt></ruby> there", "a lamp there"),
        ("a <ruby>lamp<rp>(</rp><rt>ramp</rt><rp>)</rp></ruby> there", "a lamp there"),
        ('pro<span class="pagenum">[Pg 13]</span>ud of it', "proud of it"),
        ('pro<span epub:type="pagebreak" title="13">13</span>ud', "proud"),
        ('pro<a id="p13" role="doc-pagebreak"></a>ud', "proud"),
        ('<span class="big">13</span> hens', "13 hens"),
    ],
)
def test_what_is_no_word_of_a_sentence_is_left_out(markup: str, shown: str) -> None:
    sentence = f"Then we said {markup} and went."
    wanted = f"Then we said {shown} and went."
    assert wanted in text_of(paragraphs(FIRST, sentence, SECOND, THIRD, LAST))
    assert visible_text(f"<p>{sentence}</p>").text == wanted  # the reader of books and Word files


def test_a_strike_that_is_never_closed_loses_nothing() -> None:
    assert LAST in text_of(paragraphs(FIRST, "Then <s>we went", SECOND, THIRD, LAST))
    assert LAST in visible_text("<del>" + paragraphs(*ALL)).text


@pytest.mark.parametrize(
    "heading",
    ["<h2>{}</h2>", "<p><strong>{}</strong></p>", "<strong>{}</strong>", "<p><b>{}</b></p>"],
)
def test_a_heading_is_a_block(heading: str) -> None:
    text = text_of(paragraphs(FIRST) + heading.format("An engine in a shed") + paragraphs(*ALL[1:]))
    assert "An engine in a shed" in text.split("\n\n")


def test_letters_are_raised_text_unless_they_link() -> None:
    assert raised_text("a", "word", linked=False) is None
    assert raised_text("a", "word", linked=True) == ""
    assert raised_text("2", "mc", linked=False) == "²"
