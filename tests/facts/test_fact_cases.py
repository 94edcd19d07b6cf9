"""Facts from stored parses: what was said, whether, when, where, to whom, through whom."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.facts.extract import Reader, facts_of, is_statement, relay_of, with_facts
from quotecheck.facts.filters import omitted_label, parse_filter, partition
from quotecheck.records.quotation import Attribution, Facts, Kind, Quotation, Speaker
from quotecheck.records.text import ParsedDocument, Sentence, Span, Token
from tests.support.cases import cases
from tests.support.store_parses import REMEDY, parsed

CASES = cases("facts")
LISTS = ("addressee", "time", "place")


def attribution_of(case: dict[str, Any]) -> Attribution:
    text = case["text"]

    def spans(name: str) -> tuple[Span, ...]:
        found = []
        for words in case[name]:
            start = text.index(words)
            found.append(Span(start, start + len(words)))
        return tuple(found)

    return Attribution(
        spans("content"), spans("cue"), spans("source"), case["kind"], case["rule"], 0.9,
        via=spans("via"),
    )  # fmt: skip


def quotation_of(case: dict[str, Any]) -> Quotation:
    found = attribution_of(case)
    return Quotation(
        found.content, found.cue, found.source, found.kind, found.rule, 0.9, via_spans=found.via
    )


def assert_facts(name: str, case: dict[str, Any]) -> None:
    parse = parsed(name, case["label"])
    assert parse.text == case["text"], REMEDY
    (quotation,) = with_facts(parse, [quotation_of(case)])
    facts, text, wanted = quotation.facts, case["text"], case["expect"]
    assert replace(facts, report_probability=1.0) == facts_of(parse, attribution_of(case))
    if "class" in wanted:
        assert facts.cue_class == wanted["class"]
    if "negated" in wanted:
        assert [span.of(text) for span in facts.negation] == wanted["negated"]
        assert facts.negated == bool(wanted["negated"])
    for name in ("tense", "modality"):
        if name in wanted:
            assert getattr(facts, name) == wanted[name]
    for name in LISTS:
        if name in wanted:
            assert [span.of(text) for span in getattr(facts, name)] == wanted[name]
    if "relay" in wanted:
        assert [[link.part, link.name] for link in quotation.relay] == wanted["relay"]
        assert quotation.relay == relay_of(parse, attribution_of(case))
    if "statement" in wanted:
        assert is_statement(quotation) == wanted["statement"]
    if "left" in wanted:
        assert omitted_label(quotation) == wanted["left"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_each_fact_with_its_words(case: dict[str, Any]) -> None:
    assert_facts("facts", case)


@pytest.mark.parametrize("case", cases("facts-negative"), ids=lambda case: case["label"])
def test_what_looks_like_a_fact_of_the_report_and_is_none(case: dict[str, Any]) -> None:
    assert_facts("facts-negative", case)


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="each case says why")
@pytest.mark.parametrize("case", cases("facts-known-failures"), ids=lambda case: case["label"])
def test_known_failures(case: dict[str, Any]) -> None:
    assert_facts("facts-known-failures", case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_without_a_tree_nothing_breaks(case: dict[str, Any]) -> None:
    """Sentences that were not parsed are read in a line; negation and class are found there too."""
    parse = parsed("facts", case["label"])
    flat = ParsedDocument(
        parse.text,
        tuple(
            replace(s, parsed=False, tokens=tuple(replace(t, head=-1, deprel="") for t in s.tokens))
            for s in parse.sentences
        ),
    )
    facts = facts_of(flat, attribution_of(case))
    assert_inside(case["text"], facts)
    if case["cue"] in (["did not say"], ["refused to say"]) or "never said" in case["text"]:
        assert facts.negated
    if case["cue"] in (["denied"], ["thinks"], ["told"], ["praised"]):
        assert facts.cue_class == case["expect"].get("class", facts.cue_class)
    if "told reporters in Bergen" in case["text"]:
        assert [span.of(case["text"]) for span in facts.addressee] == ["reporters"]
        assert [span.of(case["text"]) for span in facts.time] == ["on Tuesday"]


def assert_inside(text: str, facts: Facts) -> None:
    for name in ("negation", *LISTS):
        found = getattr(facts, name)
        assert list(found) == sorted(set(found))
        for span in found:
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip() == span.of(text)


def test_facts_lie_outside_of_content_source_and_outlet() -> None:
    for case in CASES:
        found = attribution_of(case)
        facts = facts_of(parsed("facts", case["label"]), found)
        assert_inside(case["text"], facts)
        for span in (*facts.addressee, *facts.time, *facts.place):
            assert not any(span.overlaps(other) for other in (*found.content, *found.via))


def test_the_role_that_stands_elsewhere_gives_the_principal() -> None:
    case = next(
        c for c in CASES if c["label"] == "a spokeswoman in an apposition speaks for her principal"
    )
    parse = parsed("facts", case["label"])
    start = case["text"].index("a spokeswoman for Kemp")
    role = Span(start, start + len("a spokeswoman for Kemp"))
    name = Span(0, len("Ana Ruiz"))
    bare = replace(quotation_of(case), source=(name,))
    assert Reader(parse).relay(bare) == ()
    known = replace(bare, speakers=(Speaker("Ana Ruiz", name, role_span=role),))
    links = Reader(parse).relay(known)
    assert [(link.part, link.name) for link in links] == [
        ("relayer", "Ana Ruiz"),
        ("principal", "Kemp"),
    ]


# --------------------------------------------------------------------------- anything whatever


PARTS = "VERB NOUN PROPN AUX ADP PUNCT PART ADV PRON DET ADJ".split()


@st.composite
def documents(draw: st.DrawFn) -> tuple[ParsedDocument, Quotation]:
    """A document of random words under a random tree, and a random attribution in it."""
    vocabulary = (
        "said told never not to on Tuesday , will would in Ohio reporters spokesman for 2015 "
        "at a rally last week “ ” refused saying if 's p.m. ago no through his lawyer & 🏺"
    ).split()
    words = draw(st.lists(st.sampled_from(vocabulary), min_size=1, max_size=14))
    relations = (
        "root nsubj obj iobj obl obl:unmarked case advmod aux mark xcomp ccomp acl advcl conj cc "
        "det nmod nmod:poss compound flat appos punct nsubj:pass obl:agent"
    ).split()
    text, tokens = "", []
    for word in words:
        start = len(text)
        text += word
        tokens.append(
            Token(
                start, len(text), word, word.lower(),
                draw(st.sampled_from(PARTS)),
                draw(st.sampled_from("VBD VBZ VB VBG VBN MD NN NNP IN TO RB .".split())),
                "", draw(st.integers(-1, len(words) - 1)), draw(st.sampled_from(relations)),
            )
        )  # fmt: skip
        text += draw(st.sampled_from([" ", " ", "\n", ""]))
    parse = ParsedDocument(
        text, (Sentence(Span(0, len(text)), tuple(tokens), parsed=draw(st.booleans())),)
    )

    def places(most: int) -> tuple[Span, ...]:
        found = []
        for _ in range(draw(st.integers(0, most))):
            start = draw(st.integers(0, len(text) - 1))
            found.append(Span(start, draw(st.integers(start, len(text)))))
        return tuple(sorted(found))

    kind: Kind = draw(st.sampled_from(["direct", "mixed", "indirect", "scare", "title"]))
    return parse, Quotation(places(2), places(2), places(1), kind, "x", 0.5, via_spans=places(1))


@settings(max_examples=300, deadline=None)
@given(documents())
def test_any_tree_gives_spans_inside_the_text(made: tuple[ParsedDocument, Quotation]) -> None:
    parse, quotation = made
    (told,) = with_facts(parse, [quotation])
    for name in ("negation", *LISTS):
        for span in getattr(told.facts, name):
            assert 0 <= span.start < span.end <= len(parse.text)
    for link in told.relay:
        assert 0 <= link.span.start <= link.span.end <= len(parse.text)
    assert told.facts.negated == bool(told.facts.negation)
    is_statement(told)


def test_a_document_without_sentences() -> None:
    one = Quotation((Span(0, 3),), (Span(4, 8),), (), "indirect", "x", 0.5, cue_lemma="deny")
    (told,) = with_facts(ParsedDocument("so? said", ()), [one])
    assert replace(told.facts, report_probability=1.0) == Facts(cue_class="deny")
    assert with_facts(ParsedDocument("", ()), []) == ()


def test_facts_of_a_whole_article_stand_within_it() -> None:
    parse = parsed("sample", "article")
    found = [
        Quotation(*(tuple(Span(*p) for p in row[k]) for k in ("content", "cue", "source")),
                  row["kind"], "gold", 1.0)
        for row in _gold_rows() if row["cue"]
    ]  # fmt: skip
    with_them = with_facts(parse, found)
    assert len(with_them) == len(found) > 10
    for quotation in with_them:
        assert_inside(parse.text, quotation.facts)


def _gold_rows() -> list[dict[str, Any]]:
    from tests.support.store_parses import SAMPLE

    rows = (SAMPLE / "article.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows]


# -------------------------------------------------------------------------------------- choices


def made(kind: Kind, **facts: Any) -> Quotation:
    return Quotation((Span(0, 1),), (), (), kind, "x", 0.5, facts=Facts(**facts))


SAID = made("indirect", cue_class="say")
DENIED = made("indirect", cue_class="deny")
THOUGHT = made("indirect", cue_class="think")
PRAISED = made("indirect", cue_class="praise")
UNSAID = made("indirect", cue_class="say", negated=True)
QUOTED = made("mixed", cue_class="think")
SCARE = made("scare")
EVERY = [SAID, DENIED, THOUGHT, PRAISED, UNSAID, QUOTED, SCARE]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("statements", [SAID, DENIED]),
        ("quotes", [QUOTED]),
        ("attitudes", [THOUGHT, QUOTED]),
        ("acts", [PRAISED]),
        ("deny", [DENIED]),
        (" Deny , say ", [SAID, DENIED, UNSAID]),
        ("statements,quotes", [SAID, DENIED, QUOTED]),
        ("all", EVERY),
        (None, [SAID, DENIED, QUOTED, SCARE]),
    ],
)
def test_what_is_chosen(words: str | None, wanted: list[Quotation]) -> None:
    shown, left = partition(EVERY, parse_filter(words) if words is not None else None)
    assert shown == wanted
    assert sorted(map(repr, shown + left)) == sorted(map(repr, EVERY))


@pytest.mark.parametrize("words", ["", " , ", "sentences", "say,frob"])
def test_a_choice_of_nothing_known_is_an_error(words: str) -> None:
    with pytest.raises(InputError, match="class"):
        parse_filter(words)


def test_why_it_is_left_out() -> None:
    assert [omitted_label(one) for one in EVERY] == [
        None, None, "attitude", "act", "unsaid", None, None,
    ]  # fmt: skip
