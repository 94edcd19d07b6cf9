"""Who wrote a document: people whom its file surely names, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.reading.authors import authors
from quotecheck.reading.documents import read_documents
from quotecheck.reading.metadata import Metadata
from quotecheck.records.document import Document


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("Dora Quill", "Dora Quill"),
        ("DORA QUILL", "Dora Quill"),
        ("By DORA QUILL, Harlwire Chief Ferry Correspondent", "Dora Quill"),
        ("Story by Dora Quill", "Dora Quill"),
        ("Dora Quill is a reporter", "Dora Quill"),
        ("Dora Quill covers rivers for Harlwire.", "Dora Quill"),
        ("Dora Quill Political Reporter", "Dora Quill"),
        ("Dora Quill (Harlwire)", "Dora Quill"),
        ("Dora Quill | Harlwire", "Dora Quill"),
        ("Dora Quill - Harlwire", "Dora Quill"),
        ("Dora Quill <dq@harl.example>", "Dora Quill"),
        ("Dora Quill, Ph.D.", "Dora Quill"),
        ("Martin Luther Quill, Jr.", "Martin Luther Quill Jr."),
        ("Quill, Dora", "Dora Quill"),
        ("MARTIN McCRAE", "Martin McCrae"),
        ("J. K. Quill", "J. K. Quill"),
        ("Jane van der Berg", "Jane van der Berg"),
        ("Dora Quill and Martin Tarr", "Dora Quill, Martin Tarr"),
        ("Dora Quill & Martin Tarr", "Dora Quill, Martin Tarr"),
        ("DORA QUILL, MARTIN TARR, JO ANN MARSH Harlwire", "Dora Quill, Martin Tarr, Jo Ann Marsh"),
        ("Harl Media, Dora Quill", "Dora Quill"),
        ("Dora Quill in Harl and Martin Tarr in Brandle", "Dora Quill, Martin Tarr"),
        ("Dora Quill; Dora Quill", "Dora Quill"),
    ],
)
def test_whoever_surely_wrote_it_is_named(field: str, names: str) -> None:
    assert authors(field) == names


@pytest.mark.parametrize(
    "field",
    [
        "localuser", "Administrator", "Windows User", "Microsoft Office User", "HP", "jsmith",
        "Reuters", "AP", "Associated Press", "Harl Herald Staff", "Editorial Board", "Our Reporter",
        "Guest Author", "Authority control databases", "Read more", "TARR OR QUILL",
        "Martin Tarr or Dora Quill", "dora.quill@harl.example", "https://harl.example/dora",
        "Dora Quill Harlwire Political Reporter", "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_not_sure_is_no_author(field: str) -> None:
    assert authors(field) == ""


def test_books_have_authors_of_one_word_and_reports_institutions() -> None:
    assert authors("Voltaire", also_mononyms=True) == "Voltaire"
    assert authors("Unknown", also_mononyms=True) == ""
    assert authors("Ministry of Rivers", also_institutions=True) == "Ministry of Rivers"
    assert authors("Windows User", also_institutions=True) == ""


def test_what_the_user_says_stays_as_it_is() -> None:
    metadata = Metadata()
    metadata.add({"author": "Administrator"}, "html")
    assert metadata.get("author") is None
    metadata.add({"author": "the keeper"}, "option")
    assert metadata.get("author") == "the keeper"


def test_a_page_whose_template_names_no_person_has_no_author(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><title>Of hens</title></head><body><article><h1>Of hens</h1>"
        + "<p>The hens of Harl lay on Tuesdays, and on Wednesdays they think about it.</p>" * 4
        + '<a rel="author" href="/x">Category control pages</a></article></body></html>'
    )
    (document,) = read_documents(page)
    assert isinstance(document, Document)
    assert document.author is None


def test_who_took_the_pictures_wrote_nothing() -> None:
    assert authors("Written by Dora Quill, photographs by Rudi Koss") == "Dora Quill"
    assert authors("Dora Quill; Illustrations by Rudi Koss; Edited by Bo Tarr") == "Dora Quill"
    assert authors("Photo by Rudi Koss") == ""
