"""Text to sentences of tokens: places, tags, entities, heads, and only what is wanted."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import WeightsError
from quotecheck.parsing.parser import MAX_PARSED, StanzaParser, load_parser, touching
from quotecheck.records.text import ParsedDocument, Sentence, Span
from tests.support.parser_texts import ARTICLE, labels

pytestmark = pytest.mark.weights


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def test_loads_and_parses_with_the_network_cut(cut_off: None) -> None:
    assert load_parser().parse("She left.").sentences[0].parsed


def test_importing_parse_loads_neither_torch_nor_stanza() -> None:
    code = (
        "import sys, quotecheck.parsing.parser, quotecheck.evaluation.runs.parsing;"
        "sys.exit(any(m in sys.modules for m in ('torch', 'stanza')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_tokens_are_slices_of_the_raw_text(parser: StanzaParser) -> None:
    document = parser.parse(ARTICLE)
    assert document.text == ARTICLE
    words = [token.text for sentence in document.sentences for token in sentence.tokens]
    assert words[:5] == ["“", "I", "do", "n’t", "know"]
    for sentence in document.sentences:
        for token in sentence.tokens:
            assert ARTICLE[token.start : token.end] == token.text
            assert sentence.span.contains(token.span)


def test_sentences_lemmas_entities_and_heads(parser: StanzaParser) -> None:
    sentences = parser.parse(ARTICLE).sentences
    assert len(sentences) == 3
    first, second, _ = sentences
    assert [t.lemma for t in first.tokens][2:5] == ["do", "not", "know"]
    said = next(i for i, t in enumerate(first.tokens) if t.text == "said")
    deputy = next(t for t in first.tokens if t.text == "deputy")
    assert (deputy.head, deputy.deprel) == (said, "nsubj")
    names = {m.span.of(ARTICLE): m.label for s in sentences for m in s.mentions}
    assert names["Nils Brandt"] == "Person"
    assert names["Anna Lind"] == "Person"
    assert sum(t.head == -1 for t in second.tokens) == 1


def test_only_wanted_sentences_are_parsed(parser: StanzaParser) -> None:
    asked: list[Sentence] = []

    def wanted(sentence: Sentence) -> bool:
        asked.append(sentence)
        return any(token.lemma == "quote" for token in sentence.tokens)

    sentences = parser.parse(ARTICLE, parse_filter=wanted).sentences
    assert [s.parsed for s in sentences] == [False, True, False]
    assert all(t.head == -1 and t.deprel == "" for t in sentences[0].tokens)
    assert [s.span for s in asked] == [s.span for s in sentences]


def test_only_sentences_that_matter_are_tagged(parser: StanzaParser) -> None:
    place = ARTICLE.index("quoted")
    near = touching([Span(place, place + 6)])
    first, second, third = parser.parse(ARTICLE, parse_filter=None, tag_filter=near).sentences
    whole = parser.parse(ARTICLE).sentences
    assert labels(ParsedDocument(ARTICLE, (second,))) == labels(ParsedDocument(ARTICLE, whole[1:2]))
    for sentence, known in ((first, whole[0]), (third, whole[2])):
        assert not sentence.parsed
        assert {t.upos for t in sentence.tokens} == {"X"}
        assert [t.lemma for t in sentence.tokens] == [t.text for t in known.tokens]
        assert sentence.mentions == known.mentions
    assert [s.parsed for s in parser.parse(ARTICLE, parse_filter=near).sentences] == [
        False,
        True,
        False,
    ]


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9))),
    st.tuples(st.integers(0, 60), st.integers(0, 9)),
)
def test_touching_is_overlapping(places: list[tuple[int, int]], place: tuple[int, int]) -> None:
    spans = [Span(start, start + size) for start, size in places]
    sentence = Span(place[0], place[0] + place[1])
    expected = any(span.overlaps(sentence) for span in spans)
    assert touching(spans)(Sentence(sentence, ())) == expected


def test_tokens_of_a_spelling_share_one_string(parser: StanzaParser) -> None:
    sentences = parser.parse("The ferry left the ferry.\nThe ferry left.").sentences
    assert len({id(t.text) for s in sentences for t in s.tokens if t.text == "ferry"}) == 1


def test_paragraphs_limit_sentences_and_leave_out_the_rest(parser: StanzaParser) -> None:
    text = "He came\nand went. Footer"
    whole = parser.parse(text, paragraphs=[Span(0, 17)]).sentences
    assert [s.span.of(text) for s in whole] == ["He came\nand went."]
    halves = parser.parse(text).sentences
    assert halves[0].span.of(text) == "He came"


def test_many_are_as_one_by_one(parser: StanzaParser) -> None:
    texts = [ARTICLE, "", " \n\t\n", "One line.", "Ünïcode ☃ 😀 said so.", ARTICLE * 3]
    together = list(parser.parse_many(texts))
    assert [d.text for d in together] == texts
    for text, document in zip(texts, together, strict=True):
        alone = parser.parse(text)
        assert [s.span for s in alone.sentences] == [s.span for s in document.sentences]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "\u200b\u200b",
        "a" * 9_000,
        "word " * 3_000,
        "!" * 5_000,
        "😀" * 4_000,
        "\n" * 50,
    ],
)
def test_strange_texts_are_taken(parser: StanzaParser, text: str) -> None:
    document = parser.parse(text)
    for sentence in document.sentences:
        assert len(sentence.tokens) <= MAX_PARSED or not sentence.parsed


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet=st.sampled_from("ab Z.,!?\"“”’'-—\n\t\u00a0é😀0%$:;«»"), max_size=120))
def test_offsets_hold_for_any_text(parser: StanzaParser, text: str) -> None:
    before = 0
    for sentence in parser.parse(text).sentences:
        assert sentence.tokens
        for token in sentence.tokens:
            assert text[token.start : token.end] == token.text
            assert token.start >= before or token.end >= before
            assert token.start < token.end
            before = token.start
        for mention in sentence.mentions:
            assert sentence.span.contains(mention.span)


def test_conllu_marks_contracted_words(parser: StanzaParser) -> None:
    lines = parser.conllu("I don't know.").splitlines()
    assert [line.split("\t")[:2] for line in lines[:4]] == [
        ["1", "I"],
        ["2-3", "don't"],
        ["2", "do"],
        ["3", "n't"],
    ]


def test_signature_names_every_file(parser: StanzaParser) -> None:
    assert {
        f"{part}.safetensors" for part in ("tokenize", "pos", "depparse", "ner", "vectors")
    } <= set(parser.weights_sha256)
    assert all(len(sha256) == 64 for sha256 in parser.weights_sha256.values())


def test_other_models_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"stanza\.download"):
        load_parser(stanza_dir=tmp_path)


def test_lemmas_are_those_of_stanza_where_its_dictionary_has_the_word(
    parser: StanzaParser,
) -> None:
    networks = parser._networks
    words = [("boats", "NOUN", "NNS"), ("Went", "VERB", "VBD"), ("was", "AUX", "VBD"),
             ("zorblings", "NOUN", "NNS"), ("boats", "NOUN", "NNS")]  # fmt: skip
    pairs = [word[:2] for word in words]
    (found,) = networks.lemmatise([words])
    (theirs,) = networks._lemmatise_documents([pairs])
    known = networks._parts["lemma"].trainer.skip_seq2seq(pairs)
    assert known == [True, True, True, False, True]
    assert [a for a, k in zip(found, known, strict=True) if k] == [
        b for b, k in zip(theirs, known, strict=True) if k
    ]
    assert found[3] == "zorbling"
