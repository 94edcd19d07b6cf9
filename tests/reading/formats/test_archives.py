"""Files of many documents: ZIP, WARC, CSV; and archives made to do harm."""

from __future__ import annotations

import json
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.reading.documents import container, find_inputs, read_documents
from quotecheck.records.document import Document
from tests.support.archives import PAGE, Writer, table, warc, word_file, zipped
from tests.support.reading_checks import check, read_all

if TYPE_CHECKING:
    from pathlib import Path

# --------------------------------------------------------------------------------------------- ZIP


def test_an_archive_of_many_kinds(tmp_path: Path) -> None:
    path = zipped(
        tmp_path / "talks.zip",
        {
            "may/one.txt": "It rained all day.",
            "may/one.txt.meta.json": json.dumps({"title": "On rain", "date": "2031-05"}),
            "two.docx": word_file(),
            "three.vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Rain.\n",
            "four.jsonl": '{"text": "A"}\nno JSON\n{"text": "B"}\n',
            "page.html": PAGE.format("Quay"),
            "picture.png": b"\x89PNG",
            ".hidden.txt": "x",
            "__MACOSX/one.txt": "x",
            "empty/": "",
        },
    )
    documents, errors = read_all(path)
    by_path = {document.path: document for document in documents}
    assert set(by_path) == {
        f"{path}/{name}"
        for name in ("may/one.txt", "two.docx", "three.vtt", "four.jsonl", "page.html")
    }
    assert len(documents) == 6
    one = by_path[f"{path}/may/one.txt"]
    assert (one.title, one.date, one.text) == ("On rain", "2031-05", "It rained all day.")
    assert one.metadata_origin["title"] == "sidecar"
    assert by_path[f"{path}/three.vtt"].segments[0].speaker == "Ann"
    assert [error.where for error in errors] == [f"{path}/four.jsonl:2"]


def test_a_file_of_an_archive_is_read_by_its_path(tmp_path: Path) -> None:
    path = zipped(tmp_path / "talks.zip", {"may/one.txt": "One.", "two.txt": "Two."})
    inside = path / "may" / "one.txt"
    assert container(str(inside)) == (str(path), "may/one.txt")
    assert find_inputs([inside]) == [inside]
    (found,) = read_documents(inside)
    assert isinstance(found, Document)
    assert (check(found).text, found.path) == ("One.", str(inside))
    with pytest.raises(InputError, match=r"no three\.txt"):
        list(read_documents(path / "three.txt"))
    with pytest.raises(InputError, match="no such file"):
        list(read_documents(tmp_path / "no.zip" / "three.txt"))


def test_members_that_lead_astray_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "bad.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("../../escape.txt", "x")
        made.writestr("/etc/passwd.txt", "x")
        made.writestr("C:\\windows.txt", "x")
        made.writestr("inner.zip", "x")
        made.writestr("deep.tar.gz", "x")
        made.writestr("bomb.txt", b" " * (64 << 20))
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("twice.txt", "first")
        with pytest.warns(UserWarning, match="Duplicate"):
            made.writestr("twice.txt", "second")
        made.writestr("empty.txt", "")
        made.writestr("good.txt", "Good words.")
    documents, errors = read_all(path)
    assert {document.text for document in documents} >= {"Good words."}
    told = {(error.where or "").removeprefix(f"{path}/"): error.what for error in errors}
    for name, words in {
        "../../escape.txt": "points outside",
        "/etc/passwd.txt": "points outside",
        "C:\\windows.txt": "points outside",
        "inner.zip": "archive within",
        "deep.tar.gz": "archive within",
        "bomb.txt": "hundreds of times",
        "link.txt": "symbolic link",
        "twice.txt": "two files of this name",
        "empty.txt": "empty",
    }.items():
        assert words in told[name], name


def test_encrypted_members(tmp_path: Path) -> None:
    path = zipped(tmp_path / "locked.zip", {"a.txt": "Secret words.", "b.txt": "Open words."})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1  # the bit that says so, of the first member
    path.write_bytes(data)
    documents, errors = read_all(path)
    assert [document.text for document in documents] == ["Open words."]
    assert "encrypted" in errors[0].what


@pytest.mark.usefixtures("no_hang")
def test_members_that_share_their_bytes_do_not_grow_without_end(tmp_path: Path) -> None:
    members = {f"{n}.txt": b"quay " * (3 << 20) for n in range(6)}  # each below what is free
    _, errors = read_all(zipped(tmp_path / "many.zip", members))
    assert any("hundreds of times" in error.what for error in errors)


def test_archives_without_sources_and_damaged_ones(tmp_path: Path) -> None:
    path = zipped(tmp_path / "none.zip", {"a.png": "x"})
    assert "no source in it" in read_all(path)[1][0].what
    whole = zipped(tmp_path / "x.zip", {f"{n}.txt": f"Words {n}. " * 50 for n in range(5)})
    data = whole.read_bytes()
    path = tmp_path / "cut.zip"
    for number in range(10):
        cut = len(data) * number // 10
        path.write_bytes(data[:cut])
        documents, errors = read_all(path)
        assert not documents
        assert len(errors) == 1
        path.write_bytes(data[:cut] + b"\xff" * 9 + data[cut + 9 :])
        documents, errors = read_all(path)
        assert documents or errors


def test_an_archive_is_known_without_its_ending(tmp_path: Path) -> None:
    path = zipped(tmp_path / "talks", {"a.txt": "Words."})
    assert read_all(path)[0][0].path == f"{path}/a.txt"


# -------------------------------------------------------------------------------------------- WARC


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_pages_of_a_web_archive(tmp_path: Path, name: str) -> None:
    path = warc(tmp_path / name, packed=name.endswith(".gz"))
    documents, errors = read_all(path)
    assert [document.url for document in documents] == [
        "https://example.org/quay", "https://example.org/old", "https://example.org/text",
    ]  # fmt: skip
    assert [document.title for document in documents[:2]] == ["Quay", "Süd"]
    assert [document.date for document in documents[:2]] == ["2031-05-06"] * 2
    assert {document.path for document in documents} == {str(path)}
    assert [document.encoding for document in documents] == ["utf-8", "cp1252", "utf-8"]
    assert documents[0].id == f"x-{documents[0].text_sha256[:8]}"
    assert documents[0].metadata_origin["url"] == "warc"
    assert (documents[0].origin or "").startswith("WARC record <urn:uuid:")
    (error,) = errors
    assert "example.org/nothing" in (error.where or "")


def test_damaged_web_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("x.warc", "x.warc.gz"):
        data = warc(tmp_path / name, packed=name.endswith(".gz")).read_bytes()
        path = tmp_path / f"bad-{name}"
        for number in range(7):
            cut = len(data) * number // 7
            for changed in (data[:cut], data[:cut] + b"\0\xff" * 40 + data[cut + 80 :]):
                path.write_bytes(changed)
                documents, errors = read_all(path)
                assert documents or errors
    assert capsys.readouterr() == ("", "")


def test_a_web_archive_without_pages(tmp_path: Path) -> None:
    path = tmp_path / "x.warc"
    with path.open("wb") as file:
        writer = Writer(file, gzip=False)
        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "none"}))
    assert "no web page" in read_all(path)[1][0].what


# --------------------------------------------------------------------------------------------- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_are_documents(tmp_path: Path, delimiter: str) -> None:
    words = 'She said: "No",\nand; went\t|home.'
    path = table(
        tmp_path / "x.csv",
        [
            ["id", "Title", "date", "text", "segments", "mood"],
            ["a1", "On rain", "6 May 2031", words, '[[0, 4, "Ann Lee"]]', "wet"],
            ["", "", "", "", "", ""],
            ["a2", "", "", "Fog.", "", ""],
        ],
        delimiter,
    )
    documents, errors = read_all(path)
    assert not errors
    first, second = documents
    assert (first.id, first.title, first.date, first.text) == ("a1", "On rain", "2031-05-06", words)
    assert (first.reader, first.metadata_origin["title"]) == ("csv", "csv")
    assert first.segments[0].speaker == "Ann Lee"
    assert (second.id, second.text, second.title) == ("a2", "Fog.", None)


def test_bad_rows_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text(
        'text,segments\nGood.,\n,none\n"two\nlines","[[0, 99, 1]]"\na,b,c\nx,{\n"bad"mark,\n'
        "End.,\n",
        encoding="utf-8",
    )
    documents, errors = read_all(path)
    assert [document.text for document in documents] == ["Good.", "End."]
    assert [(error.where or "").removeprefix(str(path)) for error in errors] == [
        ":3", ":4", ":6", ":7", ":8",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("a,b\n1,2\n", "no column"),
        ("text,text\n1,2\n", "two columns"),
        ("text,title\n", "no rows"),
        ('"text', "header"),
    ],
)
def test_tables_that_are_something_else(tmp_path: Path, source: str, what: str) -> None:
    path = tmp_path / "x.csv"
    path.write_text(source, encoding="utf-8")
    documents, (error,) = read_all(path)
    assert not documents
    assert what in error.what


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet="ab\",;\n\r\t 'é“[]{}1", max_size=80))
def test_any_table_below_a_header(tmp_path: Path, source: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text("text,title,segments\n" + source, encoding="utf-8", newline="")
    read_all(path)
