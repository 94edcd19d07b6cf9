"""What is written for machines: complete, true to its schema, harmless, and read back the same."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck._version import __version__
from quotecheck.output.attributions import (
    ATTRIBUTION_COLUMNS,
    attribution_lines,
    attribution_rows,
    attributions_json,
)
from quotecheck.output.checks import CHECK_COLUMNS, check_lines, check_rows, checks_json
from quotecheck.output.serialising import csv_row, dumps, schema
from quotecheck.records.check import Check, Edit
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from tests.support import paths
from tests.support.gold_sample import document, document_of, quotations
from tests.support.json_schemas import fits

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCUMENTATION = paths.ROOT / "docs" / "json-schema.md"
WEIGHTS = {"pos.pt": "0" * 64}
CHECK = Check(
    quote="I will sign a paper that leaves the mills dry.",
    verdict="altered",
    wording="altered",
    severity="meaning",
    score=0.97,
    claimed_speaker="Ilse Norran",
    document="norran-tarn-speech",
    spans=(Span(10, 60),),
    speaker="Ilse Norran",
    date="2024-03-11",
    title="Remarks",
    origin_text="I will not sign a paper that leaves the mills dry.",
    surroundings="…",
    edits=(Edit("negation", "not", "", "meaning"),),
    diff=(("equal", "I will", "I will"), ("delete", "not", ""), ("equal", "sign a", "sign a")),
    reasons=("“not” was left out",),
    others=(("other", 1, 5, None),),
    searched="7 documents (2023-11 to 2024-03-12)",
)
NOT_FOUND = Check("No such words", "not_found", "not_found", "none", 0.0, searched="7 documents")


def awkward() -> tuple[Document, list[Quotation]]:
    text = "=cmd|'x' said: “[red]\x1b[31m\u2028\x9b\ud800, “so”\r\n\ttold.”"
    quotation = Quotation(
        (Span(15, len(text)),), (Span(9, 13),), (Span(0, 8),), "direct", "-rule", 0.5
    )
    return document_of(text, id="@doc"), [quotation]


def test_json_holds_every_field_and_fits_its_schema() -> None:
    article, found = document(), quotations()
    second, others = document("article-misquotes"), quotations("article-misquotes")
    pairs = [(article, found), (second, others), (document_of("Nothing."), [])]
    value = json.loads("".join(attributions_json(pairs, weights=WEIGHTS)))
    fits(value, schema("attributions"))
    assert value["schema"] == "quotecheck/attributions/2"
    assert value["quotecheck"] == __version__
    assert value["weights"] == WEIGHTS
    assert [len(read["quotations"]) for read in value["documents"]] == [45, 11, 0]
    for read, (held, given_) in zip(value["documents"], pairs, strict=True):
        assert read["id"] == held.id
        for record, quotation in zip(read["quotations"], given_, strict=True):
            for field in ("content", "cue", "source", "via_spans"):
                places = [(place["start"], place["end"]) for place in record[field]]
                assert places == [(span.start, span.end) for span in getattr(quotation, field)]
                for place in record[field]:
                    assert held.text[place["start"] : place["end"]] == place["text"]
            names = record["speaker"]
            assert (tuple(names) if isinstance(names, list) else names) == quotation.speaker
    assert value["documents"][0]["quotations"][6]["candidates"][0]["name"] == "Dalen Orrick"
    assert value["documents"][0]["quotations"][6]["speaker"] is None


@pytest.mark.parametrize("pairs", [[], [(document_of("x"), [])]])
def test_json_of_nothing_is_json(pairs: list[tuple[Document, list[Quotation]]]) -> None:
    value = json.loads("".join(attributions_json(pairs, weights={})))
    fits(value, schema("attributions"))
    assert len(value["documents"]) == len(pairs)
    empty = json.loads("".join(checks_json([])))
    fits(empty, schema("checks"))
    assert empty["checks"] == []


def test_writers_yield_as_results_come() -> None:
    def results() -> Iterator[tuple[Document, list[Quotation]]]:
        yield document(), quotations()
        raise KeyboardInterrupt

    pieces = attributions_json(results(), weights={})
    assert "documents" in next(pieces)
    assert "Ilse Norran" in next(pieces)
    with pytest.raises(KeyboardInterrupt):
        next(pieces)


def test_json_lines_are_one_quotation_a_line() -> None:
    written = "".join(attribution_lines([(document(), quotations()), awkward()]))
    assert len(written.splitlines()) == written.count("\n") == 46
    for line in written.splitlines():
        fits(json.loads(line), schema("attributions"), "line")


def test_output_is_printable_and_utf8() -> None:
    pairs = [awkward()]
    text = pairs[0][0].text
    for written in (
        "".join(attributions_json(pairs, weights={})),
        "".join(attribution_lines(pairs)),
        "".join(attribution_rows(pairs)),
    ):
        written.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x0c\x0e-\x1f\x7f-\x9f\u2028]", written)
    line = json.loads("".join(attribution_lines(pairs)))
    assert line["content"][0]["text"] == text[15:]


@given(st.text(alphabet=st.characters(), max_size=80))
def test_dumps_comes_back_and_stays_on_its_line(text: str) -> None:
    written = dumps({"text": text})
    assert json.loads(written) == {"text": text}
    assert len(written.splitlines()) == 1
    written.encode("utf-8")


def test_csv_has_its_columns_and_places() -> None:
    rows = list(
        csv.DictReader(io.StringIO("".join(attribution_rows([(document(), quotations())]))))
    )
    assert tuple(rows[0]) == ATTRIBUTION_COLUMNS
    assert len(rows) == 45
    assert rows[0]["speaker"] == "Osric Vane; Ilse Norran"
    assert rows[2]["content"] == "“We came to listen,” … “and we are leaving with a map.”"
    text = document().text
    places = [tuple(map(int, one.split("-"))) for one in rows[2]["content_spans"].split(";")]
    assert [text[start:end] for start, end in places] == rows[2]["content"].split(" … ")
    assert rows[6]["speaker"] == ""
    assert rows[6]["candidates"] == "Dalen Orrick 0.31; Ilse Norran 0.24"


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "  ="]
)
def test_csv_holds_no_formula(start: str) -> None:
    (cells,) = csv.reader(io.StringIO(csv_row([f"{start}HYPERLINK(1)", "plain"]), newline=""))
    assert cells == [f"'{start}HYPERLINK(1)", "plain"]


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"])), min_size=2))
def test_csv_comes_back(cells: list[str]) -> None:
    (back,) = csv.reader(io.StringIO(csv_row(cells), newline=""))
    assert [b == a or b == f"'{a}" for a, b in zip(cells, back, strict=True)] == [True] * len(cells)


def test_checks_hold_every_field_and_fit_their_schema() -> None:
    article, first = document(), quotations()[0]
    results = [(CHECK, first), (NOT_FOUND, None)]
    value = json.loads("".join(checks_json(results, article=article, weights=WEIGHTS)))
    fits(value, schema("checks"))
    assert value["article"]["id"] == "article"
    assert value["verdicts"] == {"altered": 1, "not_found": 1}
    assert value["checks"][0]["diff"][1] == {
        "operation": "delete",
        "origin": "not",
        "quotation": "",
    }
    assert value["checks"][0]["quotation"]["speaker"] == ["Osric Vane", "Ilse Norran"]
    assert value["checks"][1]["document"] is None
    alone = json.loads("".join(checks_json([(CHECK, None)])))
    fits(alone, schema("checks"))
    assert alone["article"] is None
    for line in "".join(check_lines(results, article=article)).splitlines():
        fits(json.loads(line), schema("checks"), "line")


def test_no_field_of_a_check_or_quotation_is_left_out() -> None:
    fields = set(Check.__dataclass_fields__)
    assert fields <= set(schema("checks")["$defs"]["check"]["properties"])
    fields = {one.name for one in dataclasses.fields(Quotation) if one.compare} | {"speaker"}
    assert fields <= set(schema("attributions")["$defs"]["quotation"]["properties"])
    left_out = {"text", "segments", "blocks", "locators", "layout"}
    fields = set(Document.__dataclass_fields__) - left_out
    assert fields <= set(schema("attributions")["$defs"]["read"]["properties"])


def test_check_rows() -> None:
    written = "".join(check_rows([(CHECK, None), (NOT_FOUND, None)], article=document()))
    rows = list(csv.DictReader(io.StringIO(written)))
    assert tuple(rows[0]) == CHECK_COLUMNS
    assert rows[0]["edits"] == "negation: not > "
    assert rows[0]["spans"] == "10-60"
    assert rows[1]["document"] == ""


def test_the_documentation_names_every_field() -> None:
    page = DOCUMENTATION.read_text(encoding="utf-8")
    for name in ("attributions", "checks"):
        rules = schema(name)  # type: ignore[arg-type]
        assert rules["properties"]["schema"]["const"] in page
        parts = [part for label, part in rules["$defs"].items() if label != "line"]
        for part in [rules, *parts]:
            for field, rule in part["properties"].items():
                described = f" | {rule['description']} |" if "description" in rule else ""
                if field not in ("start", "end", "text"):
                    assert re.search(rf"\| `{field}` \| .*{re.escape(described)}", page), field
    for column in (*ATTRIBUTION_COLUMNS, *CHECK_COLUMNS):
        assert f"`{column}`" in page


def test_machine_formats_need_neither_rich_nor_the_parser() -> None:
    code = (
        "import sys, quotecheck.output.checks, quotecheck.output.interchange.brat;"
        "print(sorted({'rich', 'stanza', 'torch', 'rapidfuzz', 'sqlite_utils'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_full_validator_agrees() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    value = json.loads("".join(attributions_json([(document(), quotations())], weights=WEIGHTS)))
    jsonschema.Draft202012Validator(schema("attributions")).validate(value)
    value = json.loads("".join(checks_json([(CHECK, quotations()[0])], article=document())))
    jsonschema.Draft202012Validator(schema("checks")).validate(value)
