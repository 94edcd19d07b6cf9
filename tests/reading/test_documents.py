"""Readers: text, Markdown, HTML, JSON Lines; metadata and where they come from; finding files."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.reading.documents import find_inputs, read_documents
from quotecheck.reading.formats.front_matter import front_matter
from quotecheck.reading.formats.html import declared_charset, read_page
from quotecheck.reading.formats.html_text import visible_text
from quotecheck.reading.formats.markdown import blockquotes, heading
from quotecheck.reading.metadata import iso_date
from quotecheck.records.document import Document, Segment
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex
from quotecheck.text.paragraphs import decode

BODY = (
    "The ferry will sail again on Monday, the harbour master said. “We have mended the engine "
    "twice,” Marta Oyelaran told the council, “and the third time we bought a new one.”"
)


def read_one(path: Path | str, **defaults: str) -> Document:
    (document,) = read_documents(path, defaults=defaults)
    assert isinstance(document, Document)
    return document


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# ----------------------------------------------------------------------------------------- finding


def test_folders_are_walked_in_order_and_known_kinds_kept(tmp_path: Path) -> None:
    for name in (
        "b.txt",
        "a.HTML",
        "c.pdf",
        "c.png",
        ".hidden.txt",
        "d.jsonl",
        "d.meta.json",
        "e.md",
    ):
        written(tmp_path, name, "x")
    (tmp_path / "sub" / "deep").mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    written(tmp_path / "sub" / "deep", "f.htm", "x")
    written(tmp_path / ".git", "g.txt", "x")
    (tmp_path / "sub" / "loop").symlink_to(tmp_path, target_is_directory=True)
    found = [str(path.relative_to(tmp_path)) for path in find_inputs([tmp_path])]
    assert found == [
        "a.HTML",
        "b.txt",
        "c.pdf",
        "d.jsonl",
        "e.md",
        str(Path("sub", "deep", "f.htm")),
    ]


def test_a_named_file_is_taken_whatever_its_kind(tmp_path: Path) -> None:
    odd = written(tmp_path, "speech.transcript", "x")
    hidden = written(tmp_path, ".x.txt", "x")
    assert find_inputs([odd, str(hidden)]) == [odd, hidden]


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    for name in (tmp_path / "no.txt", "no\0name.txt", tmp_path / ("x" * 5000)):
        with pytest.raises(InputError) as caught:
            find_inputs([name])
        assert caught.value.where
        assert caught.value.remedy


# -------------------------------------------------------------------------------------- plain text


def test_plain_text_is_read_as_it_is(tmp_path: Path) -> None:
    text = f"Ferry To Sail Again\r\n\r\n{BODY}\r\n"
    document = read_one(written(tmp_path, "ferry.txt", text))
    assert document.text == text
    assert document.reader == "text"
    assert document.encoding == "utf-8"
    assert document.path == str(tmp_path / "ferry.txt")
    assert document.bytes_sha256 == document.text_sha256 == sha256_hex(text.encode())
    assert document.id == f"ferry-{document.text_sha256[:8]}"
    assert document.headline is not None
    assert document.headline.of(text) == "Ferry To Sail Again"
    assert document.metadata_origin == {}


@pytest.mark.parametrize(
    "first",
    [
        "The ferry sails again, and nobody knows for how long it will do so this time.",
        "“We have mended it,” she said.",
        "By Ann Lee",
        "and so it goes",
        "The following is a list of ferries:",
        "Word " * 60,
    ],
)
def test_first_paragraphs_that_are_no_headline(first: str, tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "x.txt", f"{first}\n\n{BODY}")).headline is None


def test_the_title_in_the_metadata_tells_the_headline(tmp_path: Path) -> None:
    path = written(tmp_path, "x.txt", f"The ferry sails again.\n\n{BODY}")
    document = read_one(path, title="The Ferry Sails Again")
    assert document.title == "The Ferry Sails Again"
    document = read_one(
        written(tmp_path, "y.txt", f"---\ntitle: The ferry sails again\n---\n{document.text}")
    )
    assert document.headline is not None
    assert document.headline.of(document.text) == "The ferry sails again."


def test_one_paragraph_has_no_headline(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "x.txt", "Ferry To Sail Again")).headline is None


def test_turns_become_segments(tmp_path: Path) -> None:
    text = "ANN LEE: Will it sail?\nRUDI KOSS: It will sail.\nLEE: When will it?\nKOSS: On Monday."
    document = read_one(written(tmp_path, "talk.txt", text))
    assert [s.speaker for s in document.segments] == ["Ann Lee", "Rudi Koss"] * 2
    assert text[document.segments[3].start : document.segments[3].end] == "On Monday."


def test_a_speaker_in_the_metadata_holds_all_but_the_headline(tmp_path: Path) -> None:
    text = f"---\nspeaker: Rudi Koss\n---\nOn Ferries\n\n{BODY}\n"
    document = read_one(written(tmp_path, "speech.txt", text))
    (segment,) = document.segments
    assert segment.speaker == "Rudi Koss"
    assert document.text[segment.start : segment.end] == BODY


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_bytes(data: bytes) -> list[Any]:
        stream = io.TextIOWrapper(io.BytesIO(data))
        monkeypatch.setattr("sys.stdin", stream)
        return list(read_documents("-"))

    (document,) = given_bytes(BODY.encode())
    assert document.text == BODY
    assert document.path is None
    assert document.id.startswith("stdin-")
    (document,) = given_bytes(f"<!DOCTYPE html><p>{BODY}</p>".encode())
    assert document.reader == "html"
    first, second = given_bytes(b'{"text": "One."}\n{"text": "Two."}\n')
    assert (first.text, second.text) == ("One.", "Two.")
    assert first.path is None


# ---------------------------------------------------------------------------------- front matter


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    matter = (
        '---\r\nTitle: "Ferry: again"\r\nauthors:\r\n  - Ann Lee\r\n  - Rudi Koss\r\n'
        "date: March 10, 2024 # the day it was printed\r\npublication: Tarn Post\r\n"
        "license: CC0\r\nurl: https://tarn.example/ferry\r\ndraft: yes\r\n---\r\n\r\n"
    )
    document = read_one(written(tmp_path, "ferry.md", matter + BODY))
    assert document.text == BODY
    assert document.title == "Ferry: again"
    assert document.author == "Ann Lee, Rudi Koss"
    assert document.date == "2024-03-10"
    assert document.publication == "Tarn Post"
    assert document.licence == "CC0"
    assert document.url == "https://tarn.example/ferry"
    assert set(document.metadata_origin.values()) == {"front matter"}
    assert document.bytes_sha256 == sha256_hex((matter + BODY).encode())


@pytest.mark.parametrize(
    "text",
    [
        "---\nIt was a dark night.\n---\nAnd so on.",
        "---\n\n---\nNothing between the rules.",
        "---\ntitle: never closed\n\nAnd so on.",
        "--- title: x ---",
        "title: no rule above\n---\nText.",
        "----\ntitle: x\n----\n",
        "---",
        "",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text) is None


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("a: 'it''s' # c", {"a": "it"}),
        ('a: "x # y"', {"a": "x # y"}),
        ("a: [one, 'two', ]", {"a": "one, two"}),
        ("a: >\n  one\n  two", {"a": "one two"}),
        ("a:\n- one\n- two\nb: c", {"a": "one, two", "b": "c"}),
        ("# only\na: b:c", {"a": "b:c"}),
        ("a: !!python/object:os.system x", {"a": "!!python/object:os.system x"}),
    ],
)
def test_forms_of_front_matter(lines: str, values: dict[str, str]) -> None:
    found = front_matter(f"---\n{lines}\n---\nText.")
    assert found is not None
    assert found[0] == values


@given(st.text(st.sampled_from("-: ab\n\r\"'[]#>|."), max_size=60))
def test_front_matter_never_raises(text: str) -> None:
    found = front_matter("---\n" + text)
    if found:
        assert found[1].start == 0
        assert found[1].end <= len(text) + 4


@pytest.mark.parametrize(
    ("words", "date"),
    [
        ("2024-03-10", "2024-03-10"),
        ("2024-03-10T08:00:00Z", "2024-03-10"),
        ("2024/3/1", "2024-03-01"),
        ("20240310", "2024-03-10"),
        ("2024-03", "2024-03"),
        ("1861", "1861"),
        ("Sunday, 10 March 2024", "2024-03-10"),
        ("Sun, 10 Mar 2024 08:00:00 GMT", "2024-03-10"),
        ("March 10th, 2024", "2024-03-10"),
        ("Sept. 3, 2015", "2015-09-03"),
        ("May 2024", "2024-05"),
        ("03/04/2024", "03/04/2024"),
        ("2024-13-40", "2024-13-40"),
        ("Spring 2024", "Spring 2024"),
        ("31 Foo 2024", "31 Foo 2024"),
        ("soon", "soon"),
    ],
)
def test_dates(words: str, date: str) -> None:
    assert iso_date(words) == date


# ------------------------------------------------------------------- sidecars, options, precedence


def test_what_stands_nearer_to_the_user_wins(tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.md", f"---\ntitle: One\nauthor: One\ngenre: news\n---\n{BODY}")
    written(
        tmp_path, "ferry.meta.json", json.dumps({"author": ["Two", "Too"], "date": 2024, "x": 1})
    )
    document = read_one(path, date="2025-01-02", url="")
    assert (document.title, document.author, document.date) == ("One", "Two, Too", "2025-01-02")
    assert document.metadata_origin == {
        "title": "front matter", "genre": "front matter", "author": "sidecar", "date": "option",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("ferry.html.meta.json", True),
        ("ferry.meta.json", True),
        ("ferry.json", True),
        ("other.meta.json", False),
    ],
)
def test_names_of_sidecars(name: str, taken: bool, tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.html", f"<p>{BODY}</p>")
    written(tmp_path, name, '{"publication": "Tarn Post"}')
    assert read_one(path).publication == ("Tarn Post" if taken else None)


def test_a_json_file_with_a_text_is_no_sidecar(tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.txt", BODY)
    written(tmp_path, "ferry.json", '{"publication": "Tarn Post", "text": "Another article."}')
    assert read_one(path).publication is None


@pytest.mark.parametrize("content", ["{", "[1]", '"x"', "\xff\xfe", "[" * 100_000])
def test_a_broken_sidecar_is_named(content: str, tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.txt", BODY)
    written(tmp_path, "ferry.meta.json", content)
    with pytest.raises(InputError) as caught:
        read_one(path)
    assert caught.value.where == str(tmp_path / "ferry.meta.json")


# ---------------------------------------------------------------------------------------- Markdown


def test_markdown_keeps_its_text_and_tells_heading_and_blocks(tmp_path: Path) -> None:
    text = f"# Ferry *to* sail #\n\n{BODY}\n\n> We **mended** it.\n> Twice.\n\nSo it is.\n"
    document = read_one(written(tmp_path, "ferry.md", text))
    assert document.text == text
    assert document.reader == "markdown"
    assert document.title == "Ferry *to* sail"
    assert document.metadata_origin == {"title": "heading"}
    assert document.headline is not None
    assert document.headline.of(text) == "Ferry *to* sail"
    assert [b.of(text) for b in document.blocks] == ["> We **mended** it.\n> Twice."]


def test_plain_text_has_no_blockquotes(tmp_path: Path) -> None:
    assert read_one(written(tmp_path, "x.txt", "He wrote:\n\n> We mended it.")).blocks == ()


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        ("> one\nlazy\n\nnot", ["> one\nlazy"]),
        ("> one\n- not", ["> one"]),
        ("> one\n# not", ["> one"]),
        ("> one\n>\n> two", ["> one\n>\n> two"]),
        ("> one\n\n> two", ["> one", "> two"]),
        (">> deep\n> one", [">> deep\n> one"]),
        ("   > one\r\n   > two\r\n", ["> one\r\n   > two"]),
        ("    > code", []),
        ("```\n> code\n```\n> one", ["> one"]),
        ("a > b", []),
        ("", []),
    ],
)
def test_blockquotes(text: str, blocks: list[str]) -> None:
    assert [span.of(text) for span in blockquotes(text)] == blocks


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# One\n\nTwo", "One"),
        ("\n\n#  C# and F# ##\n", "C# and F#"),
        ("One\n===\nTwo", "One"),
        ("## Second level", None),
        ("#hashtag", None),
        ("One\nTwo", None),
        ("", None),
    ],
)
def test_headings(text: str, words: str | None) -> None:
    found = heading(text)
    assert (found.of(text) if found else None) == words


@given(st.text(st.sampled_from("> #=-`~a\n\r\t"), max_size=80))
def test_markdown_never_raises_and_blocks_are_places(text: str) -> None:
    heading(text)
    for span in blockquotes(text):
        assert span.of(text).startswith(">")


# -------------------------------------------------------------------------------------------- HTML

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


# -------------------------------------------------------------------------------------- JSON Lines


def lines(folder: Path, *objects: Any) -> Path:
    return written(folder, "docs.jsonl", "\n".join(json.dumps(o) for o in objects) + "\n")


def test_json_lines_keep_ids_metadata_and_places(tmp_path: Path) -> None:
    path = lines(
        tmp_path,
        {
            "id": "talk-1", "title": "Talk", "date": "2024-03-10", "author": "Ann Lee",
            "publication": "Tarn Post", "url": "https://tarn.example/1", "genre": "interview",
            "licence": "CC0", "origin": "own", "group": "x", "text": "Is it so? It is. Good.",
            "segments": [[10, 16, "Rudi Koss"], [0, 9, "Ann Lee"],
                         {"start": 17, "end": 22, "speaker": None}],
            "blocks": [[0, 9]], "headline": [0, 9],
        },
        {"id": 7, "text": "Another."},
        {"text": "A third."},
    )  # fmt: skip
    first, second, third = read_documents(path)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(third, Document)
    assert first.id == "talk-1"
    assert first.segments == (
        Segment(0, 9, "Ann Lee"), Segment(10, 16, "Rudi Koss"), Segment(17, 22, None),
    )  # fmt: skip
    assert first.blocks == (Span(0, 9),)
    assert first.headline == Span(0, 9)
    assert (first.publication, first.url, first.genre) == (
        "Tarn Post", "https://tarn.example/1", "interview",
    )  # fmt: skip
    assert first.metadata_origin["title"] == "json lines"
    assert first.reader == "jsonl"
    assert first.path == str(path)
    assert first.bytes_sha256 == sha256_hex(path.read_bytes())
    assert second.id == "7"
    assert third.id == f"docs-{third.text_sha256[:8]}"


def test_options_win_in_json_lines(tmp_path: Path) -> None:
    path = lines(tmp_path, {"text": "One.", "author": "Ann Lee"})
    (document,) = read_documents(path, defaults={"author": "Rudi Koss", "speaker": "Rudi Koss"})
    assert isinstance(document, Document)
    assert document.author == "Rudi Koss"
    assert document.metadata_origin == {"author": "option"}
    assert document.segments == (Segment(0, 4, "Rudi Koss"),)


def test_bad_lines_do_not_hide_the_good_ones(tmp_path: Path) -> None:
    bad: list[str] = [
        "{", "[1]", "{}", '{"text": ""}', '{"text": 5}', '{"text": "a\\u0000b"}',
        '{"text": "\\ud800"}', '{"text": "One.", "segments": [[0, 9, "x"]]}',
        '{"text": "One.", "segments": [[-1, 2, "x"]]}', '{"text": "One.", "segments": "all"}',
        '{"text": "One.", "segments": [[0, 2]]}', '{"text": "One.", "segments": [[0, 2, 5]]}',
        '{"text": "One.", "segments": [[0, true, "x"]]}', '{"text": "One.", "blocks": [[2, 1]]}',
        '{"text": "One.", "headline": [0, 1, 2]}', "[" * 100_000,
    ]  # fmt: skip
    content = "\n".join(f'{line}\n\n{{"text": "Good {n}."}}' for n, line in enumerate(bad))
    found = list(read_documents(written(tmp_path, "docs.jsonl", content)))
    errors = [item for item in found if isinstance(item, InputError)]
    assert len(errors) == len(bad)
    assert [e.where for e in errors] == [
        f"{tmp_path / 'docs.jsonl'}:{3 * n + 1}" for n in range(len(bad))
    ]
    assert all(e.remedy and len(str(e)) < 600 for e in errors)
    assert [d.text for d in found if isinstance(d, Document)] == [
        f"Good {n}." for n in range(len(bad))
    ]


def test_json_lines_in_other_encodings(tmp_path: Path) -> None:
    record = json.dumps({"text": "“Café”, she said."}, ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        path = written(tmp_path, "docs.jsonl", f"{record}\r\n{record}\r\n".encode(encoding))
        texts = [d.text for d in read_documents(path) if isinstance(d, Document)]
        assert texts == ["“Café”, she said."] * 2


def test_the_shared_form_is_read_whole(shared: Path) -> None:
    """The corpora that quotecheck is measured on: every id and every turn comes through."""
    for path in sorted((shared / "misquotes" / "corpus").glob("*.jsonl")):
        with path.open(encoding="utf-8") as file:
            for line, document in zip(file, read_documents(path), strict=True):
                assert isinstance(document, Document)
                record = json.loads(line)
                assert document.id == record["id"]
                assert document.text == record["text"]
                assert len(document.segments) == len(record["segments"])


def test_the_decoded_text_is_the_files_own(tmp_path: Path) -> None:
    data = BODY.encode("cp1252")
    document = read_one(written(tmp_path, "x.txt", data))
    assert document.encoding == "cp1252"
    assert document.text == decode(data)[0] == BODY
    assert document.bytes_sha256 == sha256_hex(data)
    assert document.text_sha256 == sha256_hex(BODY.encode())
