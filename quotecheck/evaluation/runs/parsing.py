"""Measures a parser on a treebank and on entities, both from raw text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.parsing import (
    entity_scores,
    raw_text,
    read_entities,
    treebank_scores,
)
from quotecheck.parsing.parser import StanzaParser
from quotecheck.records.text import ParsedDocument

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["evaluate_parse"]


def evaluate_parse(
    conllu: Path, ner: Path | None, parser: StanzaParser
) -> dict[str, float | dict[str, str]]:
    """Scores from raw text, in percent.

    Args:
        conllu: a treebank in CoNLL-U with ``# text`` lines.
        ner: words with BIO tags (see `quotecheck.evaluation.metrics.parsing.read_entities`); None:
        no entities.
        parser: what is measured.

    Returns:
        F1 of sentences, tokens, words, upos, xpos, ufeats, lemmas, uas, las; with ``ner``:
        ner_precision, ner_recall, ner_f1 from raw text and ner_f1_gold_tokens with the gold
        tokens; words_per_cpu_second (words of the text between spaces, whole pipeline, every
        sentence parsed); weights (sha256 by file).

    Raises:
        InputError: a file cannot be read or is of another form.
    """
    try:
        gold = conllu.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the treebank cannot be read ({error})",
            where=str(conllu),
            remedy="Give a CoNLL-U file in UTF-8.",
        ) from error
    text = raw_text(gold)
    start = time.process_time()
    system = parser.conllu(text)
    seconds = time.process_time() - start
    figures: dict[str, float | dict[str, str]] = dict(treebank_scores(gold, system))
    figures["words_per_cpu_second"] = round(len(text.split()) / seconds, 1) if seconds else 0.0
    if ner is not None:
        entities = read_entities(ner)
        parsed = parser.parse(entities.text, parse_filter=lambda _: False)
        for name, value in entity_scores(entities.entities, _mentions(parsed)).items():
            figures[f"ner_{name}"] = value
        tagged = parser.tag_entities(entities.sentences)
        figures["ner_f1_gold_tokens"] = entity_scores(
            entities.entities,
            [
                (places[first].start, places[after - 1].end, label)
                for places, sentence in zip(entities.spans, tagged, strict=True)
                for first, after, label in sentence
            ],
        )["f1"]
    figures["weights"] = dict(parser.weights_sha256)
    return figures


def _mentions(parsed: ParsedDocument) -> list[tuple[int, int, str]]:
    return [
        (mention.span.start, mention.span.end, mention.label)
        for sentence in parsed.sentences
        for mention in sentence.mentions
    ]
