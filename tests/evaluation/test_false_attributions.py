from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans
from quotecheck.evaluation.metrics.false_attributions import (
    CLASSES,
    Passage,
    form_class,
    nameless_rows,
    score_false_names,
    unowned,
)
from quotecheck.evaluation.runs.false_attributions import evaluate_false_names
from quotecheck.records.document import Document
from quotecheck.records.quotation import Evidence, Quotation, Speaker
from quotecheck.records.text import Span

TEXT = (
    "Mayor Edda Moore read “Winter on the Quay” to the “crew” of the ferry.\n"
    "“Nobody will be left ashore.”\n"
    "“We sail at dawn,” said Moore.\n"
)


def at(phrase: str) -> Span:
    start = TEXT.index(phrase)
    return Span(start, start + len(phrase))


def line(*attributions: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"doc": "a", "attributions": list(attributions)}]


def claim(phrase: str, speaker: Any, kind: str = "direct", sure: float = 0.5) -> dict[str, Any]:
    span = at(phrase)
    return {
        "content": [[span.start, span.end]],
        "source": [],
        "speaker": speaker,
        "kind": kind,
        "rule": "fake",
        "confidence": sure,
    }


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Winter on the Quay", "title"),
        ("Winter on the Quay,", "title"),
        ("Ashore", "title"),
        ("Ashore!", "scare"),
        ("crew", "scare"),
        ("a crew of one.", "scare"),
        ("Nobody will be left ashore.", "orphan"),
        ("Nobody will be left ashore", "orphan"),
        ("59 percent of them left.", "orphan"),
        ("…", "scare"),
        ("", "scare"),
    ],
)
def test_form_tells_the_class(words: str, expected: str) -> None:
    assert form_class(words) == expected


@given(st.text())
def test_every_text_has_a_class(words: str) -> None:
    assert form_class(words) in CLASSES


def test_what_no_gold_content_holds_is_unowned() -> None:
    document = GoldDocument("a", TEXT, (MarkedSpans((at("“We sail at dawn,”"),)),), "")
    passages = [
        at(x)
        for x in ("Winter on the Quay", "crew", "Nobody will be left ashore.", "We sail at dawn,")
    ]
    found = unowned(document, passages)
    assert [(p.text, p.name) for p in found] == [
        ("Winter on the Quay", "title"),
        ("crew", "scare"),
        ("Nobody will be left ashore.", "orphan"),
    ]


def test_half_a_passage_in_a_content_is_not_enough() -> None:
    span = at("Nobody will be left ashore.")
    for share, expected in ((0.3, 1), (0.8, 0)):
        part = Span(span.start, span.start + int(share * (span.end - span.start)))
        document = GoldDocument("a", TEXT, (MarkedSpans((part,)),), "")
        assert len(unowned(document, [span])) == expected


def test_marks_around_nothing_are_passed_over() -> None:
    assert unowned(GoldDocument("a", "He wrote “…”.", (), ""), [Span(10, 11)]) == []


def passages() -> list[Passage]:
    document = GoldDocument("a", TEXT, (), "")
    return unowned(
        document, [at("Winter on the Quay"), at("crew"), at("Nobody will be left ashore.")]
    )


def test_names_are_counted_by_class_and_rule() -> None:
    figures = score_false_names(
        passages(),
        {"a": TEXT},
        line(
            claim("“Winter on the Quay”", "Edda Moore", sure=0.4),
            claim("“crew”", None),
            claim("“Nobody will be left ashore.”", ["Edda Moore", "Tam Weld"], sure=0.9),
        ),
        errors=5,
    )
    assert (figures["passages"], figures["named"], figures["share"]) == (3, 2, 0.6667)
    assert [figures["classes"][name]["named"] for name in CLASSES] == [1, 0, 1]
    assert figures["rules"] == {"fake": 2}
    assert [row["class"] for row in figures["errors"]] == ["orphan", "title"]
    assert "read “Winter on the Quay” to" in figures["errors"][1]["around"]


def test_scare_quotes_and_titles_of_the_system_have_no_speaker() -> None:
    found = line(claim("“crew”", "Edda Moore", kind="scare"))
    assert score_false_names(passages(), {"a": TEXT}, found)["named"] == 0


def test_the_tightest_content_is_the_claim() -> None:
    wide = claim("Winter on the Quay” to the “crew” of the ferry", "Edda Moore")
    figures = score_false_names(passages(), {"a": TEXT}, line(wide, claim("“crew”", None)))
    assert figures["classes"]["scare"]["named"] == 0
    assert figures["classes"]["title"]["named"] == 1


def test_a_document_without_lines_has_no_false_names() -> None:
    figures = score_false_names(passages(), {"a": TEXT}, [])
    assert (figures["named"], figures["share"], figures["errors"]) == (0, 0.0, [])
    assert score_false_names([], {}, [])["share"] == 0.0


def row(phrase: str, kind: str, form: str = "none") -> dict[str, Any]:
    span = at(phrase)
    return {"doc": "a", "content": [[span.start, span.end]], "kind": kind, "source_form": form}


def test_gold_lines_without_a_speaker() -> None:
    rows = [
        row("“Winter on the Quay”", "title"),
        row("“crew”", "scare"),
        row("“Nobody will be left ashore.”", "direct"),
        row("“We sail at dawn,”", "direct", "name"),
        row("Mayor", "indirect"),
    ]
    assert [p.name for p in nameless_rows(rows, {"a": TEXT})] == ["title", "scare", "orphan"]


@pytest.mark.parametrize("bad", [{"doc": "b", "kind": "scare", "source_form": "none"}, {}, 3])
def test_bad_gold_lines_are_named(bad: Any) -> None:
    with pytest.raises(InputError, match="line 1"):
        nameless_rows([bad], {"a": TEXT})


class Fake:
    """Gives the first passage of a text to the mayor."""

    weights_sha256: dict[str, str] = {}  # noqa: RUF012 (a fake)

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        span = Span(document.text.index("“"), document.text.index("”") + 1)
        speakers = (Speaker("Edda Moore"),)
        evidence = (Evidence("reading", 0.5, "probability", "fake"), Evidence("name", note="x"))
        return (
            Quotation((span,), (), (), "direct", "f", 0.5, speakers=speakers, evidence=evidence),
        )


def test_a_folder_in_each_form(tmp_path: Path) -> None:
    brat, plain = tmp_path / "brat", tmp_path / "plain"
    for name in ("text", "attributions"):
        (brat / name).mkdir(parents=True)
    span = at("“We sail at dawn,”")
    (brat / "text" / "a.txt").write_text(TEXT, encoding="utf-8")
    (brat / "attributions" / "a_x.ann").write_text(
        f"T1\tContent {span.start} {span.end}\twords\nE1\tAttribution:T1 Content:T1\n",
        encoding="utf-8",
    )
    plain.mkdir()
    (plain / "a.txt").write_text(TEXT, encoding="utf-8")
    rows = [row("“Winter on the Quay”", "title"), row("“We sail at dawn,”", "direct", "name")]
    (plain / "a.gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    for folder, count in ((brat, 3), (plain, 1)):
        steps: list[tuple[int, int]] = []
        figures, lines = evaluate_false_names(
            folder,
            Fake(),  # type: ignore[arg-type]
            errors=3,
            progress=lambda *step: steps.append(step),  # noqa: B023
        )
        assert (figures["passages"], figures["named"]) == (count, 1)
        assert figures["errors"][0]["evidence"] == ["reading 0.500 (fake)", "name x"]
        assert lines[0]["doc"] == "a"
        assert steps == [(1, 1)]


def test_a_folder_without_gold(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(InputError, match="no gold"):
        evaluate_false_names(tmp_path, Fake())  # type: ignore[arg-type]
