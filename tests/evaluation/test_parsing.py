from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.parsing import (
    entity_scores,
    raw_text,
    read_entities,
    treebank_scores,
)
from quotecheck.evaluation.runs.parsing import evaluate_parse
from tests.support import paths

SHARED = paths.SHARED

GOLD = """\
# newdoc
# newpar
# text = Birds don't sing.
1\tBirds\tbird\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tsing\tsing\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# text = They wait.
1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_
2\twait\twait\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

"""


def test_raw_text() -> None:
    assert raw_text(GOLD) == "Birds don't sing. They wait.\n"
    assert raw_text(GOLD + GOLD) == "\n\n".join(["Birds don't sing. They wait."] * 2) + "\n"


def test_the_gold_scores_full_marks() -> None:
    assert set(treebank_scores(GOLD, GOLD).values()) == {100.0}


def test_errors_count() -> None:
    wrong = GOLD.replace("4\tnsubj", "2\tnsubj", 1).replace("they\tPRON", "they\tNOUN")
    scores = treebank_scores(GOLD, wrong)
    assert scores["words"] == 100.0
    assert scores["upos"] == 87.5
    assert scores["uas"] == 87.5


@pytest.mark.parametrize("system", ["", "no treebank\n\n", GOLD.replace("Birds", "Fish")])
def test_other_texts_are_refused(system: str) -> None:
    with pytest.raises(InputError):
        treebank_scores(GOLD, system)


def test_entities(tmp_path: Path) -> None:
    path = tmp_path / "ner.tsv"
    path.write_text(
        "http://a.example/1\tO\n\nAnna\tB-Person\nLind\tI-Person\nBergen\tB-Location\n.\tO\n\n"
        "Bergen\tB-Location\nBergen\tB-Location\n",
        encoding="utf-8",
    )
    found = read_entities(path)
    assert found.text == "http://a.example/1\n\nAnna Lind Bergen . Bergen Bergen"
    names = sorted((found.text[a:b], label) for a, b, label in found.entities)
    assert names == [("Anna Lind", "Person")] + [("Bergen", "Location")] * 3
    for words, places in zip(found.sentences, found.spans, strict=True):
        assert list(words) == [place.of(found.text) for place in places]


@pytest.mark.parametrize("content", ["word\n", "a\tb\tO\n", "a\tX-Person\n", "a\tB-\n"])
def test_entities_of_another_form(tmp_path: Path, content: str) -> None:
    path = tmp_path / "ner.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        read_entities(path)
    with pytest.raises(InputError):
        read_entities(tmp_path / "missing.tsv")


def test_entity_scores() -> None:
    gold = [(0, 4, "Person"), (5, 9, "Date")]
    assert entity_scores(gold, gold)["f1"] == 100.0
    assert entity_scores(gold, [(0, 4, "Date")])["f1"] == 0.0
    assert entity_scores([], [])["f1"] == 0.0


@pytest.mark.weights
def test_evaluate_parse(tmp_path: Path) -> None:
    from quotecheck.parsing.parser import load_parser

    path = tmp_path / "gold.conllu"
    path.write_text(GOLD, encoding="utf-8")
    scores = evaluate_parse(path, None, load_parser())
    assert scores["words"] == 100.0
    assert isinstance(scores["las"], float)
    assert scores["las"] > 70
    with pytest.raises(InputError):
        evaluate_parse(tmp_path / "missing.conllu", None, load_parser())


@pytest.mark.weights
@pytest.mark.shared("ud", "ner")
def test_shipped_weights_on_dev(tmp_path: Path) -> None:
    from quotecheck.parsing.parser import load_parser

    blocks = (SHARED / "ud/dev.conllu").read_text(encoding="utf-8").split("\n\n")
    part = tmp_path / "dev.conllu"
    part.write_text("\n\n".join(blocks[:300]) + "\n\n", encoding="utf-8")
    scores = evaluate_parse(part, None, load_parser())
    assert isinstance(scores["las"], float)
    assert scores["las"] > 76
