"""`quotecheck attribute`: what --only, --explain and --entities change; without weights."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecheck.records.document import Document
from quotecheck.records.quotation import Evidence, Facts, Kind, Quotation, RelayLink, Speaker
from quotecheck.records.text import Span
from tests.support.commands import Run

TEXT = (
    "“The kiln is cold,” Marta Oyelaran told reporters in Bergen on Tuesday. She hopes for rain."
    " The guild praised her. A spokesman for the guild refused to say who paid.\n"
)


def span(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def made(content: str, cue: str, source: str, kind: Kind, facts: Facts, **more: Any) -> Quotation:
    return Quotation(
        (span(content),), (span(cue),), (span(source),), kind, "tagger", 0.9, facts=facts, **more
    )


QUOTATIONS = (
    made(
        "“The kiln is cold,”", "told", "Marta Oyelaran", "direct",
        Facts(
            "say", tense="past", addressee=(span("reporters"),), time=(span("on Tuesday"),),
            place=(span("in Bergen"),),
        ),
        speakers=(Speaker("Marta Oyelaran", span("Marta Oyelaran"), "potter", identifier="Q12"),),
        evidence=(
            Evidence("tagger content", 0.93, "probability"),
            Evidence("link", 1.5, "log odds", "next to the cue"),
            Evidence("rule quoted:inverted"),
        ),
        candidates=(("Marta Oyelaran", 0.9), ("Berit Solheim", 0.06)),
    ),
    made("for rain", "hopes", "She", "indirect", Facts("hope", tense="present")),
    made("her", "praised", "The guild", "indirect", Facts("praise", tense="past")),
    made(
        "who paid", "refused to say", "A spokesman for the guild", "indirect",
        Facts("say", negated=True, tense="past", negation=(span("refused"),)),
        relay=(
            RelayLink("A spokesman", span("A spokesman"), "relayer"),
            RelayLink("guild", span("guild"), "principal"),
        ),
    ),
)  # fmt: skip


class Attributor:
    """Answers as if it had read the article."""

    def __init__(self) -> None:
        self.weights_sha256: dict[str, str] = {}

    def each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
        for document in documents:
            yield document, QUOTATIONS if document.text == TEXT else ()


@pytest.fixture
def options(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The options that the attributor was loaded with."""
    given: dict[str, Any] = {}

    def load(**wanted: Any) -> Attributor:
        given.update(wanted)
        return Attributor()

    monkeypatch.setattr("quotecheck.pipeline.attributor.load_attributor", load)
    return given


@pytest.fixture
def article(tmp_path: Path, options: dict[str, Any]) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_table_shows_statements_and_says_what_it_leaves_out(article: Path, run: Run) -> None:
    ran = run("attribute", article)
    assert ran.code == 0
    assert "4 quotations, 1 of them shown: 1 direct." in ran.out
    assert "Left out: 1 attitude, 1 act, 1 not said, or not yet. Show them with --only all." in (
        words(ran.out)
    )
    assert "for rain" not in ran.out


def test_facts_stand_in_the_table(article: Path, run: Run) -> None:
    out = words(run("attribute", article, "--only", "all").out)
    assert "direct, sure (90%); to reporters; on Tuesday; in Bergen" in out
    assert "indirect, sure (90%); NOT said" in out
    assert "Left out" not in out
    assert "4 quotations" in out


@pytest.mark.parametrize(
    ("only", "counted"),
    [("statements", 1), ("quotes", 1), ("acts", 1), ("hope,praise", 2), ("say", 2), ("all", 4)],
)
def test_only_the_wanted_are_given(only: str, counted: int, article: Path, run: Run) -> None:
    lines = run("attribute", article, "--only", only, "--format", "jsonl").out.splitlines()
    assert len(lines) == counted
    shown = "" if counted == 4 else f", {counted} of them shown"
    assert f"4 quotations{shown}:" in run("attribute", article, "--only", only).out


def test_programs_get_everything_unless_they_ask(article: Path, run: Run) -> None:
    assert len(run("attribute", article, "--format", "jsonl").out.splitlines()) == 4


def test_an_unknown_class_is_an_error_that_names_the_classes(article: Path, run: Run) -> None:
    ran = run("attribute", article, "--only", "rumours")
    assert ran.code == 2
    assert "rumours" in ran.err
    assert "promise" in ran.err


def test_everything_is_stored_whatever_is_shown(article: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "said.db"
    assert run("attribute", article, "--db", path, "--only", "acts").code == 0
    with sqlite3.connect(path) as connection:
        (count,) = connection.execute("select count(*) from quotations").fetchone()
    connection.close()
    assert count == 4


def test_explain_shows_what_decided(article: Path, run: Run) -> None:
    out = words(run("attribute", article, "--explain", "--only", "all").out)
    for told in (
        "rule: tagger, sure (90%)",
        "because: tagger content 93%",
        "because: link +1.50 log odds (next to the cue)",
        "because: rule quoted:inverted",
        "cue: “told”: say, a statement",
        "cue: “hopes”: hope, an attitude",
        "to: “reporters”",
        "when: “on Tuesday”",
        "where: “in Bergen”",
        "not said: “refused”",
        "speaker: Marta Oyelaran (Q12), potter, named at",
        "came by: A spokesman (relayer) < guild (principal)",
        "runners-up: Marta Oyelaran 90%, Berit Solheim 6%",
    ):
        assert told in out


def test_explanations_go_into_a_file_too(article: Path, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "told.txt"
    assert run("attribute", article, "--explain", "--output", path).code == 0
    assert "because: " in path.read_text(encoding="utf-8")


def test_a_table_of_entities_is_handed_on(
    article: Path, tmp_path: Path, run: Run, options: dict[str, Any]
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,identifier\nMarta Oyelaran,Q12\n", encoding="utf-8")
    assert run("attribute", article, "--entities", table).code == 0
    assert options["entities"] is not None
    options.clear()
    assert run("attribute", article).code == 0
    assert "entities" not in options


def test_a_table_of_entities_that_is_not_there(article: Path, tmp_path: Path, run: Run) -> None:
    ran = run("attribute", article, "--entities", tmp_path / "none.csv")
    assert ran.code == 2
    assert "none.csv" in ran.err


def test_json_carries_the_facts(article: Path, run: Run) -> None:
    (line,) = run("attribute", article, "-f", "jsonl", "--only", "quotes").out.splitlines()
    facts = json.loads(line)["facts"]
    assert facts["cue_class"] == "say"
    assert [place["text"] for place in facts["addressee"]] == ["reporters"]
