"""Rows in GAP's form: how they are read, resolved and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.gap import GapAnswer, gap_figures
from quotecheck.evaluation.runs.gap import evaluate_gap, read_gap, with_names
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span

HEAD = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n"
TEXT = "Nora Pell wrote to Ada Harrow in May. She asked Harrow for the key."


def row(number: int, pronoun: str = "She", **changes: str) -> str:
    fields = {
        "ID": f"own-{number}",
        "Text": TEXT,
        "Pronoun": pronoun,
        "Pronoun-offset": str(TEXT.index("She")),
        "A": "Nora Pell",
        "A-offset": "0",
        "A-coref": "TRUE",
        "B": "Ada Harrow",
        "B-offset": str(TEXT.index("Ada")),
        "B-coref": "FALSE",
        "URL": "",
    } | changes
    return "\t".join(fields.values()) + "\n"


def written(folder: Path, *rows: str, head: str = HEAD) -> Path:
    path = folder / "rows.tsv"
    path.write_text(head + "".join(rows), encoding="utf-8")
    return path


def test_rows_are_read_with_their_places(tmp_path: Path) -> None:
    (one,) = read_gap(written(tmp_path, row(1)))
    assert one.id == "own-1"
    assert [span.of(one.text) for span in (one.pronoun, *one.names)] == [
        "She", "Nora Pell", "Ada Harrow",
    ]  # fmt: skip
    assert one.gold == (True, False)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"A-offset": "3"}, "A of line 2 does not stand at its offset"),
        ({"Pronoun": "asked", "Pronoun-offset": str(TEXT.index("asked"))}, "no gender: asked"),
        ({"B-offset": "many"}, "B of line 2"),
    ],
)
def test_bad_rows_are_told(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_gap(written(tmp_path, row(1, **changes)))


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="has no column"):
        read_gap(written(tmp_path, row(1), head="ID\tText\n"))
    with pytest.raises(InputError, match="cannot be read"):
        read_gap(tmp_path / "none.tsv")


def test_the_names_given_are_persons() -> None:
    text = "Pell met Harrow."
    sentence = Sentence(Span(0, 16), (), (Mention(Span(0, 4), "Organization"),))
    held = with_names(ParsedDocument(text, (sentence,)), [Span(0, 4), Span(9, 15)])
    mentions = held.sentences[0].mentions
    assert [(m.span.of(text), m.label) for m in mentions] == [
        ("Pell", "Person"), ("Harrow", "Person"),
    ]  # fmt: skip


def test_figures_count_each_name_of_each_row() -> None:
    figures = gap_figures(
        [
            GapAnswer("a", "f", (True, False), (True, False)),
            GapAnswer("b", "f", (False, True), (True, False)),
            GapAnswer("c", "m", (False, False), (False, False)),
            GapAnswer("d", "m", (True, False), (True, False)),
        ]
    )
    assert figures["rows"] == 4
    assert figures["scores"]["overall"] == {
        "p": 0.6667, "r": 0.6667, "f1": 0.6667, "tp": 2, "fp": 1, "fn": 1,
    }  # fmt: skip
    assert figures["scores"]["masculine"]["f1"] == 1.0
    assert figures["bias"] == 0.5


@pytest.mark.weights
def test_pronouns_are_resolved(tmp_path: Path) -> None:
    from quotecheck.parsing.parser import load_parser

    figures, lines = evaluate_gap(written(tmp_path, row(1), row(2)), load_parser())
    assert lines == [("own-1", True, False), ("own-2", True, False)]
    assert figures["scores"]["overall"]["f1"] == 1.0
