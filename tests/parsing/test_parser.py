from __future__ import annotations

import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import WeightsError
from quotecheck.parsing.parser import MAX_PARSED, StanzaParser, load_parser, touching
from quotecheck.parsing.token_offsets import cut_pieces, divide, plain_form
from quotecheck.records.text import ParsedDocument, Sentence, Span
from tests.support import paths

pytestmark = pytest.mark.weights

POLNEAR = paths.SHARED / "polnear/dev/text"

ARTICLE = (
    "“I don’t know who moved the ferry,” Harbour master Nils Brandt’s deputy said.\n"
    "   \n"
    "The Fjord Gazette quoted council spokeswoman Anna Lind as saying that it won't return.  "
    "“We cannot wait,” she added\u00a0— but she did not say why."
)


@pytest.fixture(scope="module")
def parser() -> StanzaParser:
    return load_parser()


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

    sentences = parser.parse(ARTICLE, wanted=wanted).sentences
    assert [s.parsed for s in sentences] == [False, True, False]
    assert all(t.head == -1 and t.deprel == "" for t in sentences[0].tokens)
    assert [s.span for s in asked] == [s.span for s in sentences]


def test_only_sentences_that_matter_are_tagged(parser: StanzaParser) -> None:
    place = ARTICLE.index("quoted")
    near = touching([Span(place, place + 6)])
    first, second, third = parser.parse(ARTICLE, wanted=None, tagged=near).sentences
    whole = parser.parse(ARTICLE).sentences
    assert labels(ParsedDocument(ARTICLE, (second,))) == labels(ParsedDocument(ARTICLE, whole[1:2]))
    for sentence, known in ((first, whole[0]), (third, whole[2])):
        assert not sentence.parsed
        assert {t.upos for t in sentence.tokens} == {"X"}
        assert [t.lemma for t in sentence.tokens] == [t.text for t in known.tokens]
        assert sentence.mentions == known.mentions
    assert [s.parsed for s in parser.parse(ARTICLE, wanted=near).sentences] == [False, True, False]


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


@given(st.text(max_size=200), st.integers(0, 20))
def test_plain_text_keeps_places(text: str, start: int) -> None:
    piece = Span(min(start, len(text)), len(text))
    plain, places = plain_form(text, piece)
    assert len(plain) == len(places)
    assert plain == plain.strip()
    assert places == sorted(places)
    assert all(piece.start <= place < piece.end for place in places)


@given(st.text(alphabet="a. \n", max_size=9_000))
@settings(max_examples=20)
def test_pieces_make_up_the_paragraph(text: str) -> None:
    pieces = list(cut_pieces(text, Span(0, len(text))))
    assert "".join(piece.of(text) for piece in pieces) == text
    assert all(0 < piece.end - piece.start <= 3_000 for piece in pieces)


@pytest.mark.parametrize(
    ("word", "parts", "places"),
    [
        ("cannot", ["can", "not"], [(0, 3), (3, 6)]),
        ("won’t", ["wo", "n’t"], [(0, 2), (2, 5)]),
        ("won't", ["will", "not"], [(0, 5), (0, 5)]),
    ],
)
def test_contractionsdivide(word: str, parts: list[str], places: list[tuple[int, int]]) -> None:
    assert divide(word, Span(0, len(word)), parts) == [Span(*place) for place in places]


def labels(document: ParsedDocument) -> list[list[tuple[object, ...]]]:
    return [
        [
            *(
                (t.start, t.end, t.lemma, t.upos, t.xpos, t.feats, t.head, t.deprel)
                for t in s.tokens
            ),
            *((m.span.start, m.span.end, m.label) for m in s.mentions),
        ]
        for s in document.sentences
    ]


def flat(document: ParsedDocument) -> list[tuple[object, ...]]:
    return [label for sentence in labels(document) for label in sentence]


PROSE = (
    ARTICLE
    + "\nNobody told the press, the mayor said, who had seen it and left it. Write to a@b.org!!!\n"
    + "Asked what he thought, what did Kofi Mensah of Transport & Co. say? He gave them, gave her"
    " a list, the list: 14 ferries, 3.5 million crowns, 7 May 2011 ... and then, he didn't.\n"
    + "Go. " * 200
    + "\n"
    + "- "
)


@pytest.mark.parametrize("text", [PROSE, ARTICLE, "!", "Ünïcode ☃ 😀 said so."])
def test_fast_networks_in_single_precision_are_those_of_stanza(
    parser: StanzaParser, text: str
) -> None:
    from quotecheck.parsing.inference.runner import Networks

    pipeline, rules = parser._pipeline, parser._networks._rules
    results = []
    for settings_ in ({"fast": False}, {"precision": torch.float32}):
        other = StanzaParser(pipeline, {}, rules)
        other._networks = Networks(pipeline, rules, **settings_)
        results.append(labels(other.parse(text)))
    assert results[0] == results[1]


def test_shipped_networks_are_all_of_a_known_kind(parser: StanzaParser) -> None:
    assert parser.quick == dict.fromkeys(
        ("tokenizer", "tagger", "entity tagger", "dependency parser"), True
    )


def test_a_network_of_an_unknown_kind_is_warned_of(
    parser: StanzaParser, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotecheck.parsing.inference import runner

    monkeypatch.setattr(runner.TreeNet, "knows", lambda _: False)
    with pytest.warns(RuntimeWarning, match="network: dependency parser. Stanza's own"):
        networks = runner.Networks(parser._pipeline)
    assert [name for name, quick in networks.quick.items() if not quick] == ["dependency parser"]


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="needs ../shared/polnear")
def test_half_precision_moves_hardly_a_label(parser: StanzaParser) -> None:
    from quotecheck.parsing.inference.runner import Networks

    other = StanzaParser(parser._pipeline, {}, parser._networks._rules)
    other._networks = Networks(parser._pipeline, other._networks._rules, precision=torch.float32)
    half, single, both = 0, 0, 0
    for path in sorted(POLNEAR.glob("*.txt"))[:6]:
        text = path.read_text(encoding="utf-8")
        ours, theirs = Counter(flat(parser.parse(text))), Counter(flat(other.parse(text)))
        half, single = half + ours.total(), single + theirs.total()
        both += (ours & theirs).total()
    assert both > 0.995 * max(half, single)


def test_trees_are_the_best_ones() -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    from quotecheck.parsing.inference.tree_decoding import best_tree

    random = numpy.random.default_rng(7)
    for size in (2, 3, 5, 9, 20, 40):
        for _ in range(20):
            scores = random.normal(size=(size, size)).astype("float32")
            numpy.fill_diagonal(scores, -numpy.inf)
            found, known = best_tree(scores.copy()), chuliu_edmonds_one_root(scores.copy())
            words = numpy.arange(1, size)
            assert numpy.isclose(scores[words, found[1:]].sum(), scores[words, known[1:]].sum())
            assert found.count(0) == 2


def test_heads_are_mended_as_stanza_mends_them() -> None:
    from stanza.models.common.vocab import VOCAB_PREFIX
    from stanza.models.depparse.head_constraints import resolve_head_constraint_violations
    from stanza.models.pos.vocab import WordVocab

    from quotecheck.parsing.inference.tree_decoding import best_tree, mended, one_too_many

    names = ["nsubj", "obj", "csubj", "obl", "iobj", "nsubj:outer", "nsubj:pass", "advmod"]
    vocab = WordVocab()
    vocab._id2unit = VOCAB_PREFIX + names
    random = numpy.random.default_rng(3)
    rivals = 0
    for size in (4, 6, 9, 14) * 12:
        scores = numpy.log(random.dirichlet(numpy.full(size, 0.3), size) + 1e-9)
        numpy.fill_diagonal(scores, -numpy.inf)
        relations = numpy.log(random.dirichlet(numpy.full(len(names), 0.3), (size, size)) + 1e-9)
        tree = best_tree(scores)
        known, numbers = resolve_head_constraint_violations(
            scores.copy(), relations.copy(), numpy.array(tree), vocab, max_iterations=5
        )
        first = [names[relations[i, tree[i]].argmax()] for i in range(1, size)]
        rivals += one_too_many(tree, first)
        heads, found = mended(scores, relations, tree, names)
        assert heads[1:] == [int(h) for h in known[1:]]
        assert found == [names[number] for number in numbers]
    assert rivals > 10


@given(st.lists(st.integers(1, 400), min_size=1, max_size=90))
def test_batches_take_everything_once(lengths: list[int]) -> None:
    from quotecheck.parsing.inference.recurrent import batches

    found = list(batches(lengths))
    assert sorted(i for batch in found for i in batch) == list(range(len(lengths)))
    assert all(len(batch) <= 64 for batch in found)


def test_a_table_of_words_is_emptied_when_full() -> None:
    from quotecheck.parsing.inference.word_features import Seen

    made: list[str] = []

    def make(words: Sequence[str]) -> torch.Tensor:
        made.extend(words)
        return torch.tensor([[float(len(word))] for word in words])

    seen: Seen[str] = Seen(make, limit=3)
    for sentences in (["a", "bb"], ["bb", "ccc"]), (["dddd"],), (["a", "bb", "ccc", "eeeee"],):
        table, rows = seen([list(s) for s in sentences])
        got = [[int(table[row, 0]) for row in sentence] for sentence in rows]
        assert got == [[len(word) for word in sentence] for sentence in sentences]
    assert made == ["a", "bb", "ccc", "dddd", "a", "bb", "ccc", "eeeee"]


def test_conllu_marks_contracted_words(parser: StanzaParser) -> None:
    lines = parser.conllu("I don't know.").splitlines()
    assert [line.split("\t")[:2] for line in lines[:4]] == [
        ["1", "I"],
        ["2-3", "don't"],
        ["2", "do"],
        ["3", "n't"],
    ]


def test_signature_names_every_file(parser: StanzaParser) -> None:
    assert {"tokenize.pt", "pos.pt", "depparse.pt", "ner.pt", "vectors.pt"} <= set(parser.signature)
    assert all(len(sha256) == 64 for sha256 in parser.signature.values())


def test_other_models_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"stanza\.download"):
        load_parser(stanza_dir=tmp_path)
