"""The nearest sentences of a library: all of them where there are few, each where it stands."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from quotecheck.building.embeddings import embed_passages
from quotecheck.checking.sentence_index import SentenceIndex
from quotecheck.checking.vector_index import VectorIndex
from quotecheck.library.library import Library, open_library
from quotecheck.library.vectors import add_block, encoders_held, lacking
from quotecheck.paraphrase.encoder import load_encoder
from quotecheck.paraphrase.vector_codes import pack, signs_of
from quotecheck.records.document import Segment
from tests.support.documents import document, fill

_SIGNATURE = "e" * 64


def _vectors(count: int, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(count, 384)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Vectors of no meaning for 40 passages of three units each, five passages a block."""
    texts = [f"Passage {n}: rain fell on the quay." for n in range(40)]
    with fill(tmp_path / "l.db", [document(f"d{n}", t) for n, t in enumerate(texts)]) as held:
        rows = [row for batch in lacking(held.db.conn, _SIGNATURE) for row in batch]
        vectors = _vectors(3 * len(rows), 4)
        for begin in range(0, len(rows), 5):
            part = rows[begin : begin + 5]
            places = [
                (row, start + 4 * n, start + 4 * n + 4) for row, start, _ in part for n in range(3)
            ]
            mine = vectors[3 * begin : 3 * (begin + len(part))]
            signs = signs_of(mine).astype("<u8").tobytes()
            assert add_block(held, _SIGNATURE, part, places, 384, signs, pack(mine).tobytes())
    return open_library(tmp_path / "l.db")


def test_the_nearest_by_all_their_numbers(library: Library) -> None:
    index, vectors = VectorIndex(library, _SIGNATURE), _vectors(120, 4)
    query = vectors[77] + vectors[12]
    query /= np.linalg.norm(query)
    rows, cosines = index.nearest(query, 10)
    wanted = np.argsort(-(vectors @ query))[:10]
    assert set(rows[:2].tolist()) == {12, 77}
    assert len(set(rows.tolist()) & set(wanted.tolist())) >= 8
    assert np.abs(cosines - (vectors @ query)[rows]).max() < 0.03
    assert (np.diff(cosines) <= 0).all()


def test_among_some_rows_only(library: Library) -> None:
    index, vectors = VectorIndex(library, _SIGNATURE), _vectors(120, 4)
    among = np.arange(30, 60)
    rows, _ = index.nearest(vectors[12], 100, among=among)
    assert sorted(rows.tolist()) == among.tolist()
    rows, cosines = index.nearest(vectors[12], 100, among=among[:0])
    assert len(rows) == len(cosines) == 0


def test_the_cosine_of_the_passage_around(library: Library) -> None:
    index, vectors = VectorIndex(library, _SIGNATURE), _vectors(120, 4)
    rows = np.array([36, 77, 37])
    around = index.around(rows, vectors[36])
    assert around[0] == around[2] > 0.3 > abs(around[1])
    mean = vectors[36:39].sum(0)
    assert abs(around[0] - mean @ vectors[36] / np.linalg.norm(mean)) < 0.2


def test_another_encoders_vectors_are_not_there(library: Library) -> None:
    index = VectorIndex(library, "f" * 64)
    assert len(index) == 0
    assert len(SentenceIndex(library)) == 0


def test_sentences_with_their_speakers(tmp_path: Path) -> None:
    text = "MARR: The toll must fall.\nLIND: Nobody (LAUGHTER) wants to pay twice. I do not.\n"
    cut = text.index("LIND:")
    turns = (Segment(0, cut, "Thomas Marr"), Segment(cut, len(text), "Oskar Lind"))
    other = document("other", "The heron stood in the reeds all morning.", author="Ida Voss")
    with fill(tmp_path / "l.db", [document("talk", text, segments=turns), other]) as held:
        embed_passages(held)
    encoder = load_encoder()
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held, encoder)
        vector = encoder.encode(["Paying a second time is wanted by no one."])[0]
        found = index.near(vector, "Oskar Lind")
        assert [near.sentence.claimed_speaker_matches for near in found] == [True, False, False]
        best = found[0].sentence
        assert best.text == "Nobody wants to pay twice. I do not."
        assert text[best.start : best.end] == "Nobody (LAUGHTER) wants to pay twice. I do not"
        assert {near.sentence.speaker for near in found} == {
            "Oskar Lind",
            "Thomas Marr",
            "Ida Voss",
        }
        index.excluded_documents = frozenset({best.document})
        assert [near.sentence.speaker for near in index.near(vector, None)] == ["Ida Voss"]


def test_sentences_wanted_for_their_words_or_place(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("quotecheck.checking.sentence_index.CANDIDATES", 1)
    texts = [
        f"The ferry number {n} left the quay at noon. It was late by {n} days." for n in range(9)
    ]
    with fill(tmp_path / "l.db", [document(f"d{n}", t) for n, t in enumerate(texts)]) as held:
        embed_passages(held)
    encoder = load_encoder()
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held, encoder)
        vector = encoder.encode(["The ferry number 3 left the quay."])[0]
        row = dict(held.db.execute("SELECT key, id FROM documents").fetchall())
        passage = dict(held.db.execute("SELECT document_id, id FROM passages").fetchall())
        assert len(index.near(vector, None)) == 1
        place = (row["d7"], texts[7].index("It was") + 3, len(texts[7]))
        found = index.near(vector, None, places=[place], passages=[passage[row["d5"]]])
        assert [near.rank for near in found] == [0, None, None, None]
        first, second, *rest = (near.sentence for near in found)
        assert (first.document, second.document) == (row["d3"], row["d7"])
        assert second.text == "It was late by 7 days."
        assert {sentence.document for sentence in rest} == {row["d5"]}
        assert found[2].cosine > found[3].cosine
        assert len(index.near(vector, None, places=[(row["d3"], 0, 9)])) == 1
        assert len(index.near(vector, None, places=[(10_000, 0, 9)], passages=[10_000])) == 1


ABROAD = [
    document(
        "mill", "The mill on the hill was sold for a song. Nobody in the village had the money."
    ),
    document("ferry", "The ferry left the quay at noon. It carried nine passengers and a horse."),
    document("frost", "Frost came early that year. The potatoes stayed in the ground."),
]


class Few:
    """An encoder of little meaning, so that what the other one finds is seen."""

    size = 512
    sha256 = "d" * 64

    def encode(self, sentences):  # type: ignore[no-untyped-def]
        rows = [[1.0 + ("horse" in s or "Pferd" in s) * k for k in range(512)] for s in sentences]
        table = np.array(rows, dtype=np.float32).reshape(-1, 512)
        return table / np.linalg.norm(table, axis=1, keepdims=True)

    def encode_units(self, units):  # type: ignore[no-untyped-def]
        return self.encode([unit.text for unit in units])


def test_both_encoders_propose(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("quotecheck.checking.sentence_index.CANDIDATES", 2)
    monkeypatch.setattr("quotecheck.checking.sentence_index._BY_ONE", 1)
    fill(tmp_path / "l.db", ABROAD).close()
    encoder, second = load_encoder(), Few()
    report = embed_passages(tmp_path / "l.db", encoders=[encoder, second])
    assert (report.passages, report.vectors, report.multilingual) == (3, 6, 6)
    quote = "They sold the mill, and the Pferd, too cheaply."
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held, encoder, second)  # type: ignore[arg-type]
        vector = encoder.encode([quote])[0]
        found = index.near(vector, None, quote=quote)
        texts = {near.sentence.text for near in found}
        assert texts == {
            "The mill on the hill was sold for a song.",
            "It carried nine passengers and a horse.",
        }
        assert all(near.multilingual is not None for near in found)
        alone = index.near(vector, None)
        assert all(near.multilingual is None for near in alone)


def test_a_library_with_the_second_vectors_in_part(tmp_path: Path) -> None:
    fill(tmp_path / "l.db", ABROAD[:1]).close()
    encoder, second = load_encoder(), Few()
    embed_passages(tmp_path / "l.db", encoders=[encoder, second])
    fill(tmp_path / "l.db", ABROAD[1:]).close()
    assert embed_passages(tmp_path / "l.db", encoders=[encoder]).passages == 2
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held, encoder, second)  # type: ignore[arg-type]
        vector = encoder.encode(["A horse on the ferry."])[0]
        found = index.near(vector, None, quote="A horse on the ferry.")
        assert len(found) == 6
        with_both = [near for near in found if near.multilingual is not None]
        assert {near.sentence.document for near in with_both} == {1}
    report = embed_passages(tmp_path / "l.db", encoders=[encoder, second])
    assert (report.vectors, report.multilingual) == (0, 4)


def test_vectors_of_another_second_encoder_are_replaced(tmp_path: Path) -> None:
    fill(tmp_path / "l.db", ABROAD).close()
    encoder, second, other = load_encoder(), Few(), Few()
    other.sha256 = "c" * 64
    embed_passages(tmp_path / "l.db", encoders=[encoder, other])
    with open_library(tmp_path / "l.db") as held:
        assert SentenceIndex(held, encoder, second)._second is None  # type: ignore[arg-type]
    assert embed_passages(tmp_path / "l.db", encoders=[encoder]).multilingual == 0
    with open_library(tmp_path / "l.db") as held:  # left: its encoder is not here
        assert set(encoders_held(held.db.conn)) == {encoder.sha256, other.sha256}
    assert embed_passages(tmp_path / "l.db", encoders=[encoder, second]).multilingual == 6
    with open_library(tmp_path / "l.db") as held:
        assert encoders_held(held.db.conn) == {encoder.sha256: 384, second.sha256: 512}


LONG = (
    "The council met on Tuesday in the old hall, and the ferry company has promised nine boats"
    " a day, although nobody on the north shore had asked them for more than two."
)


def test_a_clause_finds_its_sentence(tmp_path: Path) -> None:
    with fill(
        tmp_path / "l.db", [document("long", LONG + " It rained on all of them."), *ABROAD]
    ) as held:
        embed_passages(held, encoders=[load_encoder()])
    encoder = load_encoder()
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held, encoder)
        vector = encoder.encode(["The shipping line assured us of nine ferries daily."])[0]
        best = index.near(vector, None)[0]
        assert best.sentence.text == LONG
        assert best.clause > best.cosine + 0.05
        assert len(index) == 8  # sentences; the clauses are no rows of their own


def test_vectors_of_sentences_alone_are_still_searched(tmp_path: Path) -> None:
    encoder = load_encoder()

    class Older:
        sha256, size = encoder.older[0], encoder.size
        encode_units = encoder.encode_units

    with fill(tmp_path / "l.db", ABROAD) as held:
        embed_passages(held, encoders=[Older()])
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held, encoder)
        found = index.near(encoder.encode(["The mill was sold cheaply."])[0], None)
        assert found[0].sentence.text == "The mill on the hill was sold for a song."
    embed_passages(tmp_path / "l.db", encoders=[encoder])
    with open_library(tmp_path / "l.db") as held:
        assert set(encoders_held(held.db.conn)) == {encoder.sha256}
