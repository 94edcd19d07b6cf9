"""Sentence vectors: the encoder, what is encoded, the codes."""

from __future__ import annotations

import itertools
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.paraphrase.encoder import LONGEST, SIZE, load_encoder
from quotecheck.paraphrase.sentences import (
    bound_to_units,
    sentences,
    sentences_with_clauses,
    unit_text,
)
from quotecheck.paraphrase.vector_codes import (
    nearest_signs,
    pack,
    sign_cosines,
    signs_as_numbers,
    signs_of,
    unpack,
)
from quotecheck.training.sentence_encoder import packed_parameters

BRIDGE = "The old bridge over the Lorne must be closed before winter."
CROSSING = "Prior to the cold season they have to shut the ancient river crossing."
SOUP = "She likes her soup with a little more pepper than her brother does."


def test_close_in_meaning_is_close():
    bridge, crossing, soup = load_encoder().encode([BRIDGE, CROSSING, SOUP])
    assert bridge @ crossing > 0.6 > 0.2 > bridge @ soup
    assert np.allclose([v @ v for v in (bridge, crossing, soup)], 1, atol=1e-5)


def test_batches_change_nothing():
    encoder = load_encoder()
    together = encoder.encode([SOUP, "No.", BRIDGE * 4, CROSSING])
    for n, text in enumerate([SOUP, "No.", BRIDGE * 4, CROSSING]):
        assert together[n] @ encoder.encode([text])[0] > 0.9999


def test_nothing_and_too_much():
    encoder = load_encoder()
    assert encoder.encode([]).shape == (0, SIZE)
    assert np.isfinite(encoder.encode([""])).all()
    assert np.isfinite(encoder.encode(["word " * 10 * LONGEST])).all()


def test_states_of_pieces():
    one, other = load_encoder().states(["Rain fell.", "Yesterday the rain fell on Lorne."])
    assert one.starts == [0, 5, 9]
    assert (one.last @ other.last.T).argmax(1)[0] == 2  # rain
    assert one.middle.shape == one.last.shape == (3, SIZE)
    assert len(load_encoder().states([""])[0].starts) == 0


def test_torch_makes_the_same_vectors():
    from quotecheck.paraphrase.torch_encoder import TorchEncoder
    from quotecheck.weights import FOLDER

    texts = [BRIDGE, SOUP, CROSSING * 3]
    quick = TorchEncoder(FOLDER).encode(texts)
    assert ((quick * load_encoder().encode(texts)).sum(1) > 0.999).all()


def test_the_encoder_needs_no_torch():
    code = (
        "import sys; from quotecheck.paraphrase.encoder import load_encoder;"
        "load_encoder().encode(['Rain.']); assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_parameters_are_packed_a_row_at_a_time():
    rng = np.random.default_rng(3)
    width, inner = 8, 16
    model = {
        "embeddings.word_embeddings.weight": rng.normal(size=(20, width)),
        "embeddings.position_embeddings.weight": rng.normal(size=(12, width)),
        "embeddings.token_type_embeddings.weight": rng.normal(size=(2, width)),
    }
    shapes = {
        "attention.self.query": (width, width),
        "attention.self.key": (width, width),
        "attention.self.value": (width, width),
        "attention.output.dense": (width, width),
        "intermediate.dense": (inner, width),
        "output.dense": (width, inner),
    }
    for name, shape in shapes.items():
        model[f"encoder.layer.0.{name}.weight"] = rng.normal(size=shape)
        model[f"encoder.layer.0.{name}.bias"] = rng.normal(size=shape[0])
    for name in ("embeddings", "encoder.layer.0.attention.output", "encoder.layer.0.output"):
        model[f"{name}.LayerNorm.weight"] = np.ones(width)
        model[f"{name}.LayerNorm.bias"] = np.zeros(width)
    config = {"hidden_size": width, "num_attention_heads": 2, "num_hidden_layers": 1}
    packed = packed_parameters(model, config)
    assert packed["0.mix"].shape == (3 * width, width)
    back = packed["0.up"] * packed["0.up.scale"][:, None]
    wanted = model["encoder.layer.0.intermediate.dense.weight"]
    assert np.abs(back - wanted).max() <= np.abs(wanted).max() / 254 + 1e-6


@given(st.text(alphabet="ab (LAUGHTER)'’.;,:\n\té😀[]_", max_size=400), st.integers(0, 1000))
def test_units_stand_where_they_say(text, offset):
    last = offset
    for unit in sentences(text, offset):
        assert last <= unit.start < unit.end <= offset + len(text)
        last = unit.end


@given(st.text(alphabet="abC (LAUGHTER)'’.;,:\n\té😀[]_", max_size=400), st.integers(0, 1000))
def test_a_unit_reads_the_same_by_itself(text, offset):
    for unit in sentences(text, offset):
        assert unit_text(text, unit.start - offset, unit.end - offset) == unit.text


def test_titles_end_no_sentence():
    found = sentences("Yesterday Mr. Tolland met the council. They agreed on all of it.")
    assert [unit.text for unit in found] == [
        "Yesterday Mr. Tolland met the council.",
        "They agreed on all of it.",
    ]


def test_signs_find_what_lies_near():
    rng = np.random.default_rng(5)
    rows = rng.normal(size=(3000, SIZE)).astype(np.float32)
    query = rows[1234] + 0.5 * rng.normal(size=SIZE).astype(np.float32)
    signs = signs_of(rows).T
    assert nearest_signs(signs, query, 5)[0] == 1234
    found = nearest_signs(signs, query, 10_000)
    assert sorted(found) == list(range(3000))
    assert len(nearest_signs(signs[:, :0], query, 5)) == 0


def test_signs_tell_the_cosine_roughly():
    rng = np.random.default_rng(6)
    rows = rng.normal(size=(200, SIZE)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[100:] = rows[:100] + 0.05 * rng.normal(size=(100, SIZE))
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    found = sign_cosines(signs_of(rows), rows[0])
    assert np.abs(found - rows @ rows[0]).max() < 0.2
    assert (np.sign(rows) == signs_as_numbers(signs_of(rows))).all()


def test_four_bits_are_enough():
    rows = load_encoder().encode([BRIDGE, CROSSING, SOUP])
    back = unpack(pack(rows))
    assert np.abs(back @ back.T - rows @ rows.T).max() < 0.03


@given(
    st.text(alphabet="abC (LAUGHTER)'’.;,:\n\té😀[]_and because", max_size=600),
    st.integers(0, 1000),
)
def test_clauses_divide_their_sentence(text, offset):
    found = sentences_with_clauses(text, offset)
    read = sentences(text, offset)
    assert [unit for unit in found if unit in read] == read
    at = 0
    for sentence in read:
        at += 1
        clauses = []
        while at < len(found) and found[at].end <= sentence.end:
            clauses.append(found[at])
            at += 1
        if clauses:
            assert len(clauses) > 1
            assert (clauses[0].start, clauses[-1].end) == (sentence.start, sentence.end)
            assert all(a.end <= b.start for a, b in itertools.pairwise(clauses))
            for clause in clauses:
                assert clause.inside is not None
                assert clause.inside.of(sentence.text) == clause.text.rstrip(".!?…")
    assert at == len(found)


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("We closed the mine because coal was cheap.", []),  # short
        (
            "The council of the island met on Tuesday in the hall behind the old church there.",
            [],  # long, and one clause
        ),
        (
            "The ferry, which my father built, sank before anybody on the pier had seen the wave.",
            [
                "The ferry, which my father built",
                "sank before anybody on the pier had seen the wave.",
            ],
        ),
    ],
)
def test_clauses_of_long_sentences(sentence, clauses):
    assert [unit.text for unit in sentences_with_clauses(sentence)][1:] == clauses


def test_clauses_have_vectors_of_their_own_within_their_sentence():
    encoder = load_encoder()
    said = (
        "The ferry, which my father built with his own hands, sank in a storm before anybody on"
        " the pier had seen the wave."
    )
    read = sentences_with_clauses(f"{said} {SOUP} {said}")
    rows = encoder.encode_units(read)
    sentences = [n for n, unit in enumerate(read) if unit.inside is None]
    alone = encoder.encode([read[n].text for n in sentences])
    assert np.abs(rows[sentences] - alone).max() < 1e-5
    built, sank = encoder.encode(["My father made the boat.", "The boat went down in the gale."])
    first, last = rows[1], rows[sentences[1] - 1]
    assert first @ built > last @ built
    assert last @ sank > first @ sank
    assert (rows[sentences[0]] == rows[sentences[2]]).all(), "said again, the vector is the same"


def test_a_clause_beyond_what_is_read_has_its_sentence_s_vector():
    encoder = load_encoder()
    read = sentences_with_clauses("incontrovertibly unconstitutional " * 35 + "; " + SOUP)
    rows = encoder.encode_units(read)
    assert len(read) > 1
    assert (rows[-1] == rows[0]).all()


def test_vectors_are_bound_to_what_the_units_are():
    encoder = load_encoder()
    assert encoder.sha256 == bound_to_units(encoder.older[0]) != encoder.older[0]
