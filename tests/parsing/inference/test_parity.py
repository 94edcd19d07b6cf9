"""Quick inference gives what the networks of Stanza give."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy
import pytest
import torch

from quotecheck import weights
from quotecheck.parsing.parser import StanzaParser
from tests.support import paths
from tests.support.parser_texts import ARTICLE, flat, labels

pytestmark = pytest.mark.weights

POLNEAR = paths.SHARED / "polnear/dev/text"

PROSE = (
    ARTICLE
    + "\nNobody told the press, the mayor said, who had seen it and left it. Write to a@b.org!!!\n"
    + "Asked what he thought, what did Kofi Mensah of Transport & Co. say? He gave them, gave her"
    " a list, the list: 14 ferries, 3.5 million crowns, 7 May 2011 ... and then, he didn't.\n"
    + "Go. " * 200
    + "\n"
    + "- "
)


def parser_with(pipeline: Any, **options: Any) -> StanzaParser:
    """A parser whose networks are run in another way."""
    from quotecheck.parsing.inference.runner import StanzaRunner

    rules = weights.lemma_rules(weights.FOLDER)
    return StanzaParser(pipeline, {}, networks=StanzaRunner(pipeline, rules, **options))


@pytest.mark.parametrize("text", [PROSE, ARTICLE, "!", "Ünïcode ☃ 😀 said so."])
def test_fast_networks_in_single_precision_are_those_of_stanza(pipeline: Any, text: str) -> None:
    ours = parser_with(pipeline, precision=torch.float32).parse(text)
    assert labels(parser_with(pipeline, fast=False).parse(text)) == labels(ours)


def test_shipped_networks_are_all_of_a_known_kind(parser: StanzaParser) -> None:
    assert parser.fast_networks == dict.fromkeys(
        ("tokenizer", "tagger", "entity tagger", "dependency parser"), True
    )


def test_a_network_of_an_unknown_kind_is_warned_of(
    pipeline: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from quotecheck.parsing.inference import runner

    monkeypatch.setattr(runner.TreeNet, "knows", lambda _: False)
    with pytest.warns(RuntimeWarning, match="network: dependency parser. Stanza's own"):
        networks = runner.StanzaRunner(pipeline)
    assert [name for name, quick in networks.fast_networks.items() if not quick] == [
        "dependency parser"
    ]


@pytest.mark.shared("polnear")
def test_half_precision_moves_hardly_a_label(parser: StanzaParser, pipeline: Any) -> None:
    other = parser_with(pipeline, precision=torch.float32)
    half, single, both = 0, 0, 0
    for path in sorted(POLNEAR.glob("*.txt"))[:6]:
        text = path.read_text(encoding="utf-8")
        ours, theirs = Counter(flat(parser.parse(text))), Counter(flat(other.parse(text)))
        half, single = half + ours.total(), single + theirs.total()
        both += (ours & theirs).total()
    assert both > 0.995 * max(half, single)


def test_trees_are_the_best_ones() -> None:
    from stanza.models.common.chuliu_edmonds import chuliu_edmonds_one_root

    from quotecheck.parsing.inference.tree_decoding import max_spanning_tree

    random = numpy.random.default_rng(7)
    for size in (2, 3, 5, 9, 20, 40):
        for _ in range(20):
            scores = random.normal(size=(size, size)).astype("float32")
            numpy.fill_diagonal(scores, -numpy.inf)
            found, known = max_spanning_tree(scores.copy()), chuliu_edmonds_one_root(scores.copy())
            words = numpy.arange(1, size)
            assert numpy.isclose(scores[words, found[1:]].sum(), scores[words, known[1:]].sum())
            assert found.count(0) == 2


def test_heads_are_mended_as_stanza_mends_them() -> None:
    from stanza.models.common.vocab import VOCAB_PREFIX
    from stanza.models.depparse.head_constraints import resolve_head_constraint_violations
    from stanza.models.pos.vocab import WordVocab

    from quotecheck.parsing.inference.tree_decoding import (
        has_duplicate_core_argument,
        max_spanning_tree,
        resolve_head_constraints,
    )

    names = ["nsubj", "obj", "csubj", "obl", "iobj", "nsubj:outer", "nsubj:pass", "advmod"]
    vocab = WordVocab()
    # Stanza builds its vocabulary from a corpus; there is no public way to one of given names.
    vocab._id2unit = VOCAB_PREFIX + names
    random = numpy.random.default_rng(3)
    rivals = 0
    for size in (4, 6, 9, 14) * 12:
        scores = numpy.log(random.dirichlet(numpy.full(size, 0.3), size) + 1e-9)
        numpy.fill_diagonal(scores, -numpy.inf)
        relations = numpy.log(random.dirichlet(numpy.full(len(names), 0.3), (size, size)) + 1e-9)
        tree = max_spanning_tree(scores)
        known, numbers = resolve_head_constraint_violations(
            scores.copy(), relations.copy(), numpy.array(tree), vocab, max_iterations=5
        )
        first = [names[relations[i, tree[i]].argmax()] for i in range(1, size)]
        rivals += has_duplicate_core_argument(tree, first)
        heads, found = resolve_head_constraints(scores, relations, tree, names)
        assert heads[1:] == [int(h) for h in known[1:]]
        assert found == [names[number] for number in numbers]
    assert rivals > 10
