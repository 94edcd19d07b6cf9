"""The registry of formats, and results written to standard output, files and folders."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import IO, Any

import pytest

from quotecheck.cli import formats as options
from quotecheck.errors import InputError
from quotecheck.output.attributions import attribution_lines, attribution_rows, attributions_json
from quotecheck.output.files import check_target, file_stem, write_pieces, write_result
from quotecheck.output.interchange.brat import ANNOTATION_CONF, read_standoff, standoff
from quotecheck.output.registry import RESULTS, Attributions, OutputFormat, format_of
from quotecheck.output.serialising import schema
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from tests.support.formats_samples import rich
from tests.support.gold_sample import document, document_of, quotations
from tests.support.json_schemas import fits

Pair = tuple[Document, list[Quotation]]
FORMATS = {name: form for name, form in RESULTS["attributions"].items() if not form.table}
EVERY = [form for forms in RESULTS.values() for form in forms.values()]
PAGES = [name for name, form in FORMATS.items() if form.page]
STREAMS = [name for name, form in FORMATS.items() if form.stream]


def two() -> list[Pair]:
    return [rich(), (document(), quotations())]


def write_results(name: str, results: Iterable[Any], target: Path | IO[Any]) -> None:
    write_result(format_of("attributions", name), Attributions(results), target)


def test_the_commands_offer_every_format() -> None:
    for kind, choice in (
        ("attributions", options.AttributionFormat), ("checks", options.CheckFormat),
        ("trace", options.TraceFormat), ("search", options.SearchFormat),
        ("timeline", options.SearchFormat), ("speakers", options.SpeakersFormat),
        ("merge suggestions", options.SpeakersFormat), ("recheck", options.LinesFormat),
        ("recheck summary", options.LinesFormat), ("library", options.LibraryFormat),
    ):  # fmt: skip
        names: Any = choice
        assert [one.value for one in names] == list(RESULTS[kind])  # type: ignore[index]


@pytest.mark.parametrize("form", EVERY, ids=lambda form: form.name)
def test_each_format_has_a_writer_that_exists_and_a_word_about_it(form: OutputFormat) -> None:
    writers = [form.table, form.stream, form.page, form.files, form.file]
    count = sum(writer is not None for writer in writers)
    assert count == 1 or (count == 2 and form.stream and form.page)
    assert form.summary
    assert form.suffix or form.files or form.table
    for writer in writers:
        if writer is not None:
            place = re.search(r"`quotecheck\.(.+)\.(\w+)`", writer.__doc__ or "")
            assert place is not None
            assert callable(getattr(import_module(f"quotecheck.{place[1]}"), place[2]))


def test_an_unknown_format_is_told_with_those_there_are() -> None:
    with pytest.raises(InputError, match="no format 'pdf'") as caught:
        format_of("trace", "pdf")
    assert "table, json, jsonl, svg" in (caught.value.remedy or "")


@pytest.mark.parametrize("name", [*PAGES, *STREAMS])
def test_one_article_goes_to_a_stream(name: str) -> None:
    of_bytes, of_text = io.BytesIO(), io.StringIO()
    write_results(name, [rich()], of_bytes)
    write_results(name, [rich()], of_text)
    assert b"Inge Roos" in of_bytes.getvalue()
    assert of_text.getvalue() == of_bytes.getvalue().decode()


def test_streams_of_text_and_of_bytes_are_told_apart(tmp_path: Path) -> None:
    for name, mode in (("text", "w"), ("bytes", "wb")):
        with (tmp_path / name).open(mode) as stream, contextlib.closing(stream):
            write_pieces(stream, ["a", "ä"])
    with tempfile.NamedTemporaryFile("w+", encoding="utf-8") as wrapped:
        write_pieces(wrapped, ["ä"])  # type: ignore[arg-type]
        wrapped.seek(0)
        assert wrapped.read() == "ä"
    assert (tmp_path / "text").read_bytes() == (tmp_path / "bytes").read_bytes()


@pytest.mark.parametrize("name", PAGES)
def test_several_articles_need_a_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="one article a file") as caught:
        write_results(name, two(), tmp_path / "one.out")
    assert "FOLDER" in (caught.value.remedy or "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_folder_gets_a_file_for_each(name: str, tmp_path: Path) -> None:
    again = (document_of("Said.", id="ARTICLE"), list[Quotation]())
    write_results(name, [*two(), again], tmp_path / "pages")
    suffix = FORMATS[name].suffix
    stems = ["ARTICLE-2", "article", "vell_ferry"]
    assert sorted(path.name for path in (tmp_path / "pages").iterdir()) == [
        f"{stem}{suffix}" for stem in stems
    ]


def test_a_page_goes_into_the_file_named(tmp_path: Path) -> None:
    write_results("html", [rich()], tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_takes_no_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder") as caught:
        check_target(FORMATS[name], tmp_path)
    assert caught.value.where == str(tmp_path)


def test_brat_needs_a_folder(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="folder"):
        check_target(FORMATS["brat"], io.BytesIO())
    write_results("brat", two(), tmp_path / "x.y")
    assert len(list((tmp_path / "x.y").iterdir())) == 5


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="folder"):
        write_results("tei", two(), tmp_path / "file" / "below")


def test_each_format_and_schema_is_described() -> None:
    folder = Path(str(files("quotecheck") / "schemas"))
    page = (folder / "README.md").read_text(encoding="utf-8")
    for name, form in FORMATS.items():
        assert re.search(rf"^\| `{name}` \| .*{re.escape(form.suffix)}", page, re.MULTILINE), name
    for path in folder.iterdir():
        assert path.name == "README.md" or f"`{path.name}`" in page


def test_stems_are_safe_on_any_file_system() -> None:
    assert file_stem(document_of("x", id="../a:b/c")) == "_a_b_c"
    assert len(file_stem(document_of("x", id="a" * 999))) == 120
    assert file_stem(document_of("x", id="..")) == "document"


# ------------------------------------------------------- every field, in the formats of our own


def test_json_has_facts_relay_and_evidence() -> None:
    value = json.loads("".join(attributions_json([rich()], weights={})))
    fits(value, schema("attributions"))
    found = value["documents"][0]["quotations"]
    assert found[1]["facts"]["addressee"][0]["text"] == "traders"
    assert found[1]["speakers"][0]["identifier"] == "Q7747"
    assert found[1]["speakers"][0]["role_span"]["text"] == "harbour chief"
    assert found[1]["evidence"][0] == {
        "name": "tagger content", "weight": 0.98, "unit": "probability", "note": "seen whole",
    }  # fmt: skip
    assert found[1]["evidence"][1]["weight"] is None
    assert [(link["part"], link["span"]["text"]) for link in found[2]["relay"]] == [
        ("outlet", "Radio Vell"), ("relayer", "Arno Beck"), ("principal", "shipping line"),
    ]  # fmt: skip
    assert found[3]["facts"]["negated"] is True
    assert found[3]["facts"]["negation"][0]["text"] == "never"
    assert found[4]["speakers"][0]["description"] == "Two dockers"
    for line in attribution_lines([rich()]):
        fits(json.loads(line), schema("attributions"), "line")


def test_csv_has_them_too() -> None:
    article, found = rich()
    rows = list(csv.DictReader(io.StringIO("".join(attribution_rows([(article, found)])))))
    assert rows[1]["time"] == "on Tuesday"
    assert rows[1]["identifier"] == "Q7747"
    assert rows[2]["relay"] == "outlet: Radio Vell < relayer: Arno Beck < principal: shipping line"
    assert [row["negated"] for row in rows].count("yes") == 1
    assert rows[4]["description"] == "Two dockers"
    assert rows[8]["modality"] == "possible"
    for field in ("addressee", "time", "place"):
        start, end = map(int, rows[1][f"{field}_spans"].split("-"))
        assert article.text[start:end] == rows[1][field]


def test_brat_has_facts_as_attributes_and_roles() -> None:
    article, found = rich()
    written = standoff(article.text, found)
    back = read_standoff(written)
    for event, quotation in zip(back, found, strict=True):
        facts = quotation.facts
        assert (event.cue_class, event.tense, event.modality, event.negated) == (
            facts.cue_class, facts.tense, facts.modality, facts.negated,
        )  # fmt: skip
        assert (event.addressee, event.time, event.place, event.negation) == (
            facts.addressee, facts.time, facts.place, facts.negation,
        )  # fmt: skip
        assert event.relay == tuple((one.part, (one.span,)) for one in quotation.relay)
    assert "R1\tRelays Arg1:" in written
    names = [line.partition("\t")[0] for line in written.splitlines()]
    assert len(names) == len(set(names))


def test_brats_configuration_names_all_that_is_written() -> None:
    article, found = rich()
    for line in standoff(article.text, found).splitlines():
        letter, label = line[0], line.split("\t")[1].split(" ")[0].split(":")[0]
        if letter in "TRA":
            assert f"{label}\n" in ANNOTATION_CONF or f"{label}\t" in ANNOTATION_CONF
