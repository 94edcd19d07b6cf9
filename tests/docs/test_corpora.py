"""The sample corpus: what it promises in its README, its files hold."""

from __future__ import annotations

import importlib.util
import re
from typing import get_args

import pytest

from quotecheck.reading.documents import read_documents
from quotecheck.records.check import Verdict
from quotecheck.records.document import Document
from quotecheck.records.quotation import Kind
from tests.support import paths
from tests.support.gold_sample import lines

SAMPLE = paths.SAMPLE
SEED = paths.SHARED / "seed" / "article.txt"
ARTICLES = ("article", "article-misquotes", "article-second-round")


def text_of(name: str) -> str:
    return (SAMPLE / name).read_bytes().decode("utf-8")


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def test_prepare_finds_nothing_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    spec = importlib.util.spec_from_file_location("sample_prepare", SAMPLE / "prepare.py")
    assert spec is not None
    assert spec.loader is not None
    prepare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(prepare)
    assert prepare.main([]) == 0
    assert "every file and offset holds" in capsys.readouterr().out


@pytest.mark.parametrize("name", ARTICLES)
def test_offsets_give_the_noted_words(name: str) -> None:
    text = text_of(f"{name}.txt")
    gold = lines(f"{name}.gold.jsonl")
    assert [line["id"] for line in gold] == list(range(1, len(gold) + 1))
    for line in gold:
        assert line["content"], line
        for field, words in line["words"].items():
            assert [text[s:e] for s, e in line[field]] == words
            assert all(w == w.strip() and w for w in words)
            assert line[field] == sorted(line[field])


@pytest.mark.parametrize("name", ARTICLES)
def test_gold_is_consistent(name: str) -> None:
    text = text_of(f"{name}.txt")
    for line in lines(f"{name}.gold.jsonl"):
        assert line["kind"] in get_args(Kind)
        if line["kind"] in ("scare", "title"):
            assert line["speaker"] is None
            assert not line["cue"]
        speakers = line["speaker"] if isinstance(line["speaker"], list) else [line["speaker"]]
        assert all(speaker is None or speaker in text for speaker in speakers)
        roles = line["role"] if isinstance(line["role"], list) else [line["role"]]
        assert len(roles) in (1, len(speakers))
        assert all(role is None or role.casefold() in text.casefold() for role in roles)
        assert line["via"] is None or line["via"] in text
        assert not set(speakers) & set(line.get("never", []))
        assert (line["source_form"] == "none") == (not line["source"])


def test_contents_cross_only_where_they_are_nested() -> None:
    gold = lines("article.gold.jsonl")
    held = [(s, e, line) for line in gold for s, e in line["content"]]
    for s, e, line in held:
        for s2, e2, other in held:
            if other["id"] > line["id"] and s < e2 and s2 < e:
                assert other.get("nested")
                assert s <= s2
                assert e2 <= e


def test_every_phenomenon_is_there() -> None:
    held = {p for line in lines("article.gold.jsonl") for p in line["phenomena"]}
    assert held >= {
        "according to",
        "adverb cue",
        "adverbial: as X put it",
        "anonymous source",
        "collective attitude",
        "continued over paragraphs, marks re-opened",
        "colon-introduced",
        "dash-introduced",
        "doubled back-ticks and apostrophes as marks",
        "guillemets",
        "headline: X, Y Say",
        "headline: X:",
        "interrupting participle clause",
        "joint source",
        "missing closing mark",
        "negated cue: denied",
        "negated cue: never said",
        "nested marks",
        "nested speech inside indirect",
        "no source: it was said",
        "nominal source",
        "orphan quotation",
        "outlet as source",
        "outlet as via: told",
        "outlet as via: wrote in",
        "passive: was quoted as saying",
        "praised-as act",
        "pronoun he",
        "pronoun she",
        "pronoun they",
        "question asked",
        "question asked, indirect",
        "relay",
        "role apposition",
        "Said X:",
        "said that",
        "scare quote",
        "scare quote beside a named person",
        "shared surname",
        "single marks",
        "split quotation",
        "straight marks",
        "subject inside the content",
        "title and surname",
        "title of a work",
        "tweet",
    }


def test_checks_name_sources_and_verdicts() -> None:
    cases = lines("checks.gold.jsonl")
    assert {case["verdict"] for case in cases} == set(get_args(Verdict))
    for case in cases:
        assert case["verdict"] in get_args(Verdict)
        assert case["wording"] in get_args(Verdict)
        assert (case["verdict"] == "not_found") == (not case["source"])
        assert not case["source"] or (SAMPLE / "sources" / case["source"]).is_file()
        assert len(case["origin"]) == {"spliced": 2, "not_found": 0}.get(case["verdict"], 1)


def test_source_segments_lie_in_their_text() -> None:
    for document in lines("sources/saal-voices.jsonl"):
        ends = [0]
        for start, end, speaker in document["segments"]:
            assert ends[-1] <= start < end <= len(document["text"])
            assert speaker
            ends.append(end)


def test_readme_counts_hold() -> None:
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    for name in ARTICLES:
        words, count = len(text_of(f"{name}.txt").split()), len(lines(f"{name}.gold.jsonl"))
        assert f"{words} words, {count} attributions" in readme
        assert f"`{name}.gold.jsonl` |" in readme
    assert f"| {len(lines('checks.gold.jsonl'))} lines |" in readme


@pytest.mark.shared("seed")
def test_nothing_is_taken_from_the_seed() -> None:
    def runs(text: str) -> set[tuple[str, ...]]:
        words = words_of(text)
        return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}

    seed = runs(SEED.read_text(encoding="utf-8"))
    for path in SAMPLE.rglob("*.txt"):
        assert not seed & runs(path.read_text(encoding="utf-8")), path


def test_sources_are_of_every_kind_and_dated() -> None:
    found = [
        document
        for path in sorted((SAMPLE / "sources").iterdir())
        for document in read_documents(path)
        if isinstance(document, Document)
    ]
    assert len(found) == 12
    assert all(document.date and document.title and document.publication for document in found)
    genres = {document.genre for document in found}
    assert genres >= {"speech", "transcript", "report", "press note", "press conference", "article"}
    assert {document.reader for document in found} == {"text", "markdown", "html", "jsonl"}
    assert sum(bool(document.segments) for document in found) == 5


def test_each_way_of_misquoting_is_in_the_articles() -> None:
    held = {(case["verdict"], case.get("severity")) for case in lines("checks.gold.jsonl")}
    assert held >= {
        ("verbatim", "none"),
        ("typographic", "none"),
        ("truncated", "none"),
        ("truncated", "meaning"),
        ("spliced", "meaning"),
        ("altered", "meaning"),
        ("misattributed", "meaning"),
    }
    readme = (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert f"{len(lines('checks.gold.jsonl'))} lines" in readme
