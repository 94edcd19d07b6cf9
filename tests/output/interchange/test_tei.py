"""TEI: valid, the text code point for code point, every span where it belongs."""

from __future__ import annotations

import os
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from lxml import etree

from quotecheck.output.interchange.tei import tei
from quotecheck.records.document import Document
from quotecheck.records.quotation import Facts, Quotation
from quotecheck.records.text import Span
from tests.support.formats_samples import annotated, rich
from tests.support.gold_sample import document, document_of, quotations
from tests.support.tei_texts import NS, TEI, body, chain

SAMPLES = [
    rich(),
    (document(), quotations()),
    (document("article-misquotes"), quotations("article-misquotes")),
    (document_of(""), []),
    (document_of(" \n\t"), []),
    (document_of("\x0b One. \u2028\x0c\n\n\x85 Two.\x1c"), []),
    (document_of("\x0b"), []),
]


@cache
def grammar() -> Any:
    with (files("quotecheck") / "schemas" / "tei-attributions-1.rng").open("rb") as file:
        return etree.RelaxNG(etree.parse(file))


def written(article: Document, found: list[Quotation]) -> Any:
    text = "".join(tei(article, found, weights={"pos.pt": "0" * 64}))
    root = etree.fromstring(text.encode("utf-8"))
    assert grammar().validate(root), grammar().error_log
    return root


def covered(spans: tuple[Span, ...]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}


def pointers_lead_somewhere(root: Any) -> None:
    ids = {one.get(f"{NS}id") for one in root.iter() if one.get(f"{NS}id")}
    for one in root.iter():
        for name in ("who", "toWhom", "next", "prev", "ana", "corresp", "resp"):
            for target in (one.get(name) or "").split():
                assert target.removeprefix("#") in ids, target


@pytest.mark.parametrize(("article", "found"), SAMPLES)
def test_it_is_valid_and_the_text_is_the_text(article: Document, found: list[Quotation]) -> None:
    root = written(article, found)
    text, spans = body(root)
    assert text == article.text
    pointers_lead_somewhere(root)
    for number, quotation in enumerate(found, start=1):
        me = f"q{number}"
        assert chain(root, spans, me) == covered(quotation.content)
        assert chain(root, spans, f"{me}.source") == covered(quotation.source)
        assert chain(root, spans, f"{me}.cue") == covered(quotation.cue)


@given(annotated())
def test_any_text_comes_back_with_any_spans(sample: tuple[Document, list[Quotation]]) -> None:
    article, found = sample
    root = written(article, found)
    text, spans = body(root)
    assert text == article.text
    pointers_lead_somewhere(root)
    space = {place for place, letter in enumerate(text) if letter in " \t\n\r"}
    for number, quotation in enumerate(found, start=1):
        facts = quotation.facts
        for part, places in (
            ("", quotation.content), (".source", quotation.source), (".cue", quotation.cue),
            (".addressee", facts.addressee), (".time", facts.time),
        ):  # fmt: skip
            # between two paragraphs there is only white space, and no tag can hold it there
            assert chain(root, spans, f"q{number}{part}") ^ covered(places) <= space


def test_who_speaks_to_whom_and_how_surely() -> None:
    root = written(*rich())
    said = {one.get(f"{NS}id"): one for one in root.iter(f"{TEI}said")}
    assert said["q2"].get("direct") == "true"
    assert said["q2"].get("who") == "#s1"
    assert said["q2"].get("toWhom") == "#q2.addressee"
    assert said["q2"].get("next") == "#q2.2"
    assert said["q2"].get("cert") == "0.9700"
    assert said["q9"].get("who") == "#s1 #s4"
    assert said["q10"].get("who") is None
    assert said["q3"].get("direct") == "false"
    assert [one.text for one in said["q3"].iter(f"{TEI}quote")] == ["“ready and rested”"]
    assert [one.text for one in root.iter(f"{TEI}soCalled")] == ["“iron lady”"]
    assert [one.text for one in root.find(f".//{TEI}body").iter(f"{TEI}title")] == [
        "“Tides & <Tales>”"
    ]
    assert root.find(f".//{TEI}body/{TEI}head") is not None


def test_people_and_facts_stand_beside_the_text() -> None:
    root = written(*rich())
    (roos, beck, dockers, hahn) = root.iter(f"{TEI}person")
    assert roos.findtext(f"{TEI}persName") == "Inge Roos"
    assert roos.findtext(f"{TEI}occupation") == "harbour chief"
    assert roos.find(f"{TEI}idno").attrib == {"type": "wikidata"}
    assert dockers.find(f"{TEI}persName") is None
    assert dockers.findtext(f"{TEI}note") == "Two dockers"
    assert (beck.get(f"{NS}id"), hahn.get(f"{NS}id")) == ("s2", "s4")
    facts = {one.get(f"{NS}id"): one for one in root.iter(f"{TEI}fs") if one.get(f"{NS}id")}
    negated = facts["q4.facts"].find(f"{TEI}f[@name='negated']/{TEI}binary")
    assert negated.get("value") == "true"
    relay = facts["q3.facts"].findall(f".//{TEI}fs[@type='relay']")
    assert [one.findtext(f".//{TEI}string") for one in relay] == [
        "Radio Vell", "Arno Beck", "shipping line",
    ]  # fmt: skip
    link = next(iter(root.iter(f"{TEI}link"))).get("target").split()
    assert link == ["#q1", "#q1.source", "#q1.cue", "#q1.role"]


def test_thoughts_are_not_aloud() -> None:
    article = document_of("Ann thinks it rains.")
    found = [Quotation((Span(11, 19),), (Span(4, 10),), (Span(0, 3),), "indirect", "r", 1.0,
                       facts=Facts("think"))]  # fmt: skip
    (said,) = written(article, found).iter(f"{TEI}said")
    assert said.get("aloud") == "false"


def test_a_scare_quote_that_holds_a_quotation_stays_valid() -> None:
    article = document_of("The “so ‘we say’ called” day.")
    outer = Quotation((Span(4, 24),), (), (), "scare", "r", 1.0)
    inner = Quotation((Span(8, 16),), (), (), "direct", "r", 1.0)
    root = written(article, [outer, inner])
    (held,) = root.find(f".//{TEI}body").iter(f"{TEI}seg")
    assert held.get("type") == "soCalled"
    assert held.find(f"{TEI}said") is not None


@pytest.mark.skipif(
    not os.environ.get("TEI_ALL_RNG"),
    reason="TEI_ALL_RNG names no copy of the TEI Consortium's own grammar (tei_all.rng)",
)
@pytest.mark.parametrize(("article", "found"), SAMPLES)
def test_the_consortiums_grammar_agrees(article: Document, found: list[Quotation]) -> None:
    full = etree.RelaxNG(etree.parse(Path(os.environ["TEI_ALL_RNG"])))
    assert full.validate(written(article, found)), full.error_log


def test_white_space_is_nobody_to_speak_to() -> None:
    from quotecheck.reading.documents import document_of
    from quotecheck.records.quotation import Facts, Quotation
    from quotecheck.records.text import Span

    said = Quotation(
        (Span(1, 2),), (), (), "direct", "rule", 0.5, facts=Facts(addressee=(Span(0, 1),))
    )
    assert "toWhom" not in "".join(tei(document_of("\na"), [said], weights={}))
