"""Web pages: the article, its metadata, its charset, and any damage."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.formats.html import declared_charset, read_page
from quotecheck.reading.formats.html_text import visible_text
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex
from tests.support.reading_checks import BODY, read_one, written

PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry To Sail Again - Tarn Post</title>
<meta name="author" content="Ann Lee"><meta property="og:site_name" content="Tarn Post">
<meta property="og:title" content="Ferry To Sail Again">
<meta property="article:published_time" content="2024-03-10T08:00:00Z">
<link rel="canonical" href="https://tarn.example/ferry"></head><body>
<nav><a href="/">Home</a> <a href="/tides">Tides</a></nav>
<article><h1>Ferry To Sail Again</h1>
<p>The ferry will sail again on Monday, the harbour master said in the town hall of Tarn, where
half of the town had come to hear it.</p>
<p>Marta Oyelaran told the council: <q>We have mended the engine twice, and he said <q>never
again</q> to me.</q> The council nodded.</p>
<p>The letter from the yard, which was read aloud, says:</p>
<blockquote><p>We regret that the engine cannot be mended a third time.</p>
<p>We have therefore sent a new one.</p></blockquote>
<p>Nobody asked what it would cost, and nobody&nbsp;said. It was a short meeting, and the rain had
stopped before it was over.</p></article>
<footer>All times are given without warranty.</footer></body></html>"""


def test_a_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    document = read_one(written(tmp_path, "ferry.html", PAGE))
    text = document.text
    assert document.reader == "html"
    assert document.title == "Ferry To Sail Again"
    assert document.author == "Ann Lee"
    assert document.date == "2024-03-10"
    assert document.publication == "Tarn Post"
    assert document.url == "https://tarn.example/ferry"
    assert set(document.metadata_origin.values()) == {"html"}
    assert "“We have mended the engine twice, and he said ‘never again’ to me.”" in text
    assert "Tides" not in text
    assert "warranty" not in text
    assert document.headline == Span(0, len("Ferry To Sail Again"))
    assert [block.of(text) for block in document.blocks] == [
        "We regret that the engine cannot be mended a third time.\n\n"
        "We have therefore sent a new one."
    ]
    assert document.text_sha256 == sha256_hex(text.encode())
    assert document.bytes_sha256 == sha256_hex(PAGE.encode())


def test_a_headline_outside_the_article_is_put_back() -> None:
    page = PAGE.replace("<h1>Ferry To Sail Again</h1>", "").replace(
        "<nav>", "<header><h1>Ferry To Sail Again</h1></header><nav>"
    )
    found = read_page(page)
    assert found.text.startswith("Ferry To Sail Again\n\nThe ferry")
    assert found.headline == Span(0, 19)
    assert found.blocks[0].of(found.text).startswith("We regret")


def test_a_page_without_headings_takes_its_title() -> None:
    found = read_page(f"<title>Ferry To Sail</title><p>{BODY}</p><p>{BODY[:60]}</p>")
    assert found.text.startswith("Ferry To Sail\n\n")


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        ("She said <q>no</q>.", "She said “no”."),
        ("She said <q> <b>no</b> </q>.", "She said “ no”."),
        ("She said “<q>no</q>”.", "She said “no”."),
        ("She said <q>“no”</q>.", "She said “no”."),
        ("She said <q></q>nothing.", "She said nothing."),
    ],
)
def test_quotation_elements_become_marks(inside: str, expected: str) -> None:
    page = PAGE.replace("Nobody asked what it would cost", inside)
    assert " ".join(expected.replace("“ ", "“").split()) in read_page(page).text.replace("“ ", "“")


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("cp1252", '<meta charset="windows-1252">'),
        ("cp1252", "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>"),
        ("koi8-r", '<meta charset="koi8-r">'),
        ("utf-8", ""),
        ("utf-16", '<meta charset="utf-16">'),
    ],
)
def test_charsets_of_pages(encoding: str, head: str, tmp_path: Path) -> None:
    words = "Река, сказала она, наша." if encoding == "koi8-r" else "“Café,” she said."
    data = f"<html><head>{head}</head><body><p>{words}</p></body></html>".encode(encoding)
    assert words in read_one(written(tmp_path, "x.html", data)).text


def test_declared_charset_is_looked_for_in_the_head_only() -> None:
    assert declared_charset(b"<p>" + b" " * 5000 + b'<meta charset="x">') is None
    assert declared_charset(b'<?xml version="1.0" encoding="iso-8859-2"?><html>') == "iso-8859-2"


def test_an_xml_declaration_does_no_harm(tmp_path: Path) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?>\n<html><body><p>She said no.</p></body></html>'
    assert "She said no." in read_one(written(tmp_path, "x.xhtml", page)).text


def test_small_pages_keep_their_layout() -> None:
    found = read_page(
        "<h1>Mayor Says No</h1><p>Hi, <q>we <q>really</q> go</q> said Ann.<br>By Bob</p>"
        "<blockquote>We go<p>Two</p></blockquote><script>var x = '<p>no</p>'</script>"
    )
    assert found.text == "Mayor Says No\n\nHi, “we ‘really’ go” said Ann.\nBy Bob\n\nWe go\n\nTwo"
    assert [block.of(found.text) for block in found.blocks] == ["We go\n\nTwo"]


def test_preformatted_prose_and_tables() -> None:
    found = read_page(
        f"<h1>Minutes</h1><pre>{BODY}\n\n“No,”  he said.</pre>"
        "<table><tr><th>Name</th><th>Vote</th></tr><tr><td>Koss</td><td>no</td></tr></table>"
    )
    assert found.text.split("\n\n")[:3] == ["Minutes", BODY, "“No,” he said."]
    assert found.blocks == ()


def test_a_page_without_headings_is_read_as_text_is(tmp_path: Path) -> None:
    page = f"<div>Ferry To Sail</div><div>{BODY}</div>"
    document = read_one(written(tmp_path, "x.html", page))
    assert document.headline is not None
    assert document.headline.of(document.text) == "Ferry To Sail"


@pytest.mark.parametrize("char", ["&#1;", "&#11;", "&#xFFFE;", "&#xD800;", "&#0;", "\x0b", "\x01"])
def test_characters_that_no_tree_may_hold(char: str) -> None:
    for page in ("<p>She <q>said{}so</q>.</p>", "<pre>She{}said\n\nso.</pre>", "<p>She{} said so."):
        text = read_page(page.replace("{}", char)).text
        assert "She" in text
        assert text.isprintable() or "\n" in text or "\ufffd" in text


def test_nothing_heavy_is_loaded_before_a_page_is_read() -> None:
    code = (
        "import sys, quotecheck.reading.documents, quotecheck.text.quotation_marks\n"
        "heavy = {'trafilatura', 'lxml', 'torch', 'stanza', 'charset_normalizer', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


MARKUP = st.sampled_from(
    [
        "<p>", "</p>", "<q>", "</q>", "<blockquote>", "</blockquote>", "<nav>", "</nav>", "<br>",
        "<script>", "</script>", "<!--", "-->", "<title>", "</title>", "<", ">", "&amp;", "&#0;",
        "&#xD800;", "said", " ", "<a href='", "<table><td>", "<h1>", "</h1>", "\n", "<?", "<!x",
    ]
)  # fmt: skip


@given(st.lists(MARKUP, max_size=40).map("".join))
def test_visible_text_bears_any_damage(source: str) -> None:
    page = visible_text(source)
    text = page.text
    text.encode()
    assert "\v" not in text
    for span, _ in page.blocks:
        assert span.of(text) == span.of(text).strip()
    for span in page.quotes:
        assert 0 <= span.start < span.end <= len(text)
