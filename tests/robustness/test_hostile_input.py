"""Files made to break a reader: deep, huge, circular; each is read or refused."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from quotecheck.building.build import build
from quotecheck.errors import InputError
from quotecheck.reading.documents import find_inputs, read_documents
from quotecheck.reading.formats.front_matter import front_matter
from quotecheck.reading.formats.html import read_page
from quotecheck.reading.transcripts.turns import segments
from quotecheck.records.document import Document
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from tests.support.cpu_limit import cpu_limit

DEEP = 100_000
WORDS = "The ferry left at six, and “nobody waved,” said the pilot."


# ------------------------------------------------------------------------------------------- pages


@pytest.mark.parametrize("tag", ["div", "q", "blockquote", "pre"])
def test_pages_of_a_hundred_thousand_nested_tags(tag: str) -> None:
    source = f"<html><body>{f'<{tag}>' * DEEP}<p>{WORDS}</p>{f'</{tag}>' * DEEP}</body></html>"
    with cpu_limit():
        page = read_page(source)
    assert "ferry" in page.text
    for span in page.blocks:
        assert 0 <= span.start <= span.end <= len(page.text)


@pytest.mark.parametrize("tag", ["div", "q"])
def test_tags_that_are_never_closed(tag: str) -> None:
    with cpu_limit():
        page = read_page(f"<p>{WORDS}</p>" + f"<{tag}>a" * DEEP)
    assert "ferry" in page.text


HUGE: dict[str, Callable[[], str]] = {
    "an attribute of two megabytes": lambda: f'<p title="{"x" * 2_000_000}">{WORDS}</p>',
    "a hundred thousand attributes": lambda: (
        f"<p {' '.join(f'a{n}=1' for n in range(DEEP))}>{WORDS}</p>"
    ),
    "an address of two megabytes": lambda: f'<a href="{"y" * 2_000_000}">{WORDS}</a>',
    "a tag with a name of a megabyte": lambda: f"<{'z' * 1_000_000}>{WORDS}",
    "a title of two megabytes": lambda: f"<title>{'t ' * 1_000_000}</title><p>{WORDS}</p>",
    "metadata of two megabytes": lambda: (
        f'<meta name="author" content="{"Ann, " * 400_000}"><p>{WORDS}</p>'
    ),
    "many references": lambda: f"<p>{WORDS}{'&amp;' * 200_000}</p>",
    "references to nothing": lambda: f"<p>{WORDS}{'&#x110000;&#xD800;&nosuch;&#0;' * 10_000}</p>",
    "comments that open": lambda: f"<p>{WORDS}</p>{'<!--' * DEEP}",
    "less-than signs": lambda: f"<p>{WORDS}</p>{'<' * DEEP}",
    "declarations": lambda: f"{'<!DOCTYPE html>' * DEEP}<p>{WORDS}</p>",
    "entities of their own": lambda: (
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        f'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><p>{WORDS} &c;</p>'
    ),
    "a file of the system": lambda: (
        f'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><p>{WORDS} &f;</p>'
    ),
}


@pytest.mark.parametrize("name", HUGE)
def test_huge_and_hostile_pages(name: str, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(HUGE[name](), encoding="utf-8")
    with cpu_limit():
        (document,) = read_documents(path)
    assert isinstance(document, Document)
    assert "ferry" in document.text
    assert "root:" not in document.text
    assert document.text.count("ha") < 5000


# ----------------------------------------------------------------------------- text, JSON, sidecars


def test_json_that_is_nested_a_hundred_thousand_deep(tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    deep = "[" * DEEP + "]" * DEEP
    path.write_text(
        f'{{"text": "{WORDS}", "x": {deep}}}\n{{"text": {deep}}}\n{json.dumps({"text": WORDS})}\n',
        encoding="utf-8",
    )
    with cpu_limit():
        found = list(read_documents(path))
    assert [type(item) for item in found] == [InputError, InputError, Document]


def test_a_sidecar_that_is_nested_or_huge(tmp_path: Path) -> None:
    path, beside = tmp_path / "a.txt", tmp_path / "a.txt.meta.json"
    path.write_text(WORDS, encoding="utf-8")
    for content in ("[" * DEEP, '{"title": ' * DEEP, '{"title": "' + "x" * 5_000_000 + '"}'):
        beside.write_text(content, encoding="utf-8")
        with cpu_limit(), suppress(InputError):
            assert all(isinstance(item, Document) for item in read_documents(path))


LONG: dict[str, Callable[[], str]] = {
    "marks": lambda: "“" * DEEP + '"' * DEEP,
    "marks and words": lambda: "“a ‘b " * DEEP,
    "labels": lambda: "ANN LEE:\n" * DEEP,
    "labels of one line": lambda: "ANN: " * DEEP,
    "questions": lambda: "Q. Is it?\nA. It is.\n" * 50_000,
    "brackets": lambda: "(" * DEEP + "[" * DEEP,
    "front matter without an end": lambda: "---\n" + "a: b\n" * DEEP,
    "rules": lambda: "---\n" * DEEP,
    "blockquotes": lambda: "> " * DEEP + "\n" + "> x\n" * DEEP,
    "hashes": lambda: "#" * DEEP + "\n" + "# x\n" * DEEP,
    "spaces": lambda: "a" + " " * 1_000_000 + "b\n",
    "blank lines": lambda: "a" + "\n" * 1_000_000 + "b",
    "asterisks": lambda: "*" * DEEP + "_" * DEEP + "a:",
    "combining marks": lambda: "e" + "\u0301" * DEEP,
    "no spaces": lambda: "x" * 2_000_000,
}


@pytest.mark.parametrize("name", LONG)
def test_long_and_odd_texts_take_linear_time(name: str) -> None:
    text = LONG[name]()
    with cpu_limit():
        front_matter(text)
        limits = paragraphs(text)
        quoted_passages(text, limits)
        segments(text)


# ---------------------------------------------------------------------------------- links and names


def test_links_that_lead_round_in_a_circle(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    inner = folder / "inner"
    inner.mkdir(parents=True)
    (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    (inner / "up").symlink_to(folder)
    (inner / "self").symlink_to(inner)
    (inner / "loop.txt").symlink_to(inner / "loop.txt")
    (inner / "one.txt").symlink_to(inner / "two.txt")
    (inner / "two.txt").symlink_to(inner / "one.txt")
    (inner / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    with cpu_limit():
        found = find_inputs([folder])
    assert [path.name for path in found if path.name == "a.txt"] == ["a.txt"]
    report = build([str(folder)], tmp_path / "library.db", attribute=False)
    assert report.added == 1
    assert all(failure.where and failure.remedy for failure in report.failures)
    assert {Path(str(failure.where)).name for failure in report.failures} <= {
        "loop.txt",
        "one.txt",
        "two.txt",
        "gone.txt",
    }


def test_pipes_sockets_and_devices_in_a_folder_do_not_hang(tmp_path: Path) -> None:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "a.txt").write_text(WORDS, encoding="utf-8")
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")
    (folder / "folder.txt").mkdir()
    with cpu_limit():
        report = build([str(folder)], tmp_path / "library.db", attribute=False)
    assert report.added == 1


def test_a_folder_of_a_thousand_levels(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    levels = 0
    try:
        for _ in range(1000):
            os.mkdir("d", dir_fd=here)
            deeper = os.open("d", os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = deeper
            levels += 1
        with cpu_limit(), suppress(InputError):
            find_inputs([tmp_path])
    finally:
        os.close(here)
        os.system(f"rm -rf '{tmp_path}/d'")  # noqa: S605 - deeper than Python's own removal goes
    assert levels == 1000


@pytest.mark.parametrize("name", ["new\nline.txt", "-o.txt", "“q”.txt", "a'b;c$(d).txt"])
def test_odd_names_of_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / "sources" / name
    path.parent.mkdir()
    path.write_text(WORDS, encoding="utf-8")
    report = build([str(path.parent)], tmp_path / "library.db", attribute=False)
    assert (report.added, report.failed) == (1, 0)
