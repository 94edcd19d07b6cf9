"""Fits the report model (`quotecheck.facts.report_likelihood`).

Examples are the indirect quotations that quotecheck finds: in news with gold attributions, where
one is a report if its cue touches a gold cue or it shares half of its content with one; and in the
sentences of ``reports.tsv``, our own, each with its label. A logistic regression (scikit-learn, L2)
over the named features; what ships is the table of weights as JSON. Needs the ``train`` extra.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quotecheck.attribution.attribute import attribute, worth_parsing
from quotecheck.attribution.candidates import overlap_share
from quotecheck.coreference.resolve import resolve
from quotecheck.errors import needing
from quotecheck.evaluation.gold import GoldDocument, read_gold
from quotecheck.facts.extract import Reader
from quotecheck.parsing.parser import load_parser
from quotecheck.reading.documents import document_of
from quotecheck.records.quotation import Quotation
from quotecheck.tagging import load_tagger
from quotecheck.text.layout import layout_of
from quotecheck.training.span_examples import held_out

__all__ = ["fit_reports", "fitted", "of_gold", "of_sentences"]

_LEAST_SEEN = 2  # Examples that a feature must be seen in; rarer ones are learned by heart.
_STRENGTH = 0.1
"""Inverse strength of the penalty, chosen by five-fold cross-validation."""
_OWN_WEIGHT = 3.0
"""What a sentence of our own counts for beside one of the news."""
_HALF = 0.5  # Share of overlap, 0..1, from which an attribution is the one of the gold.
_LEAST_WEIGHT = 1e-3  # A weight below it changes no answer and is not written.
_SENTENCES = Path(__file__).with_name("reports.tsv")

Example = tuple[dict[str, float], bool, float]


def fit_reports(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit the model on the held-out tenth of ``data/polnear/train`` and on ``reports.tsv``.

    Args:
        data: has polnear/train with text/ and attributions/.
        out: the folder to write reports.json to.
        short: use ten documents, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    _, waiting = held_out(read_gold(data / "polnear" / "train"))
    parser, tagger = load_parser(), load_tagger()
    examples = [
        *of_gold(waiting[:10] if short else waiting, parser, tagger),
        *of_sentences(parser, tagger),
    ]
    out.mkdir(parents=True, exist_ok=True)
    target = out / "reports.json"
    target.write_text(json.dumps(fitted(examples), indent=0) + "\n", encoding="utf-8")
    return target


def of_gold(documents: Sequence[GoldDocument], parser: Any, tagger: Any) -> Iterator[Example]:
    """The indirect quotations of gold documents, each with whether it is a report."""
    texts = [document.text for document in documents]
    for gold, indirect in zip(documents, _indirect(texts, parser, tagger), strict=True):
        cues = [span for attribution in gold.attributions for span in attribution.cue]
        for quotation, values in indirect:
            touches = any(a.overlaps(b) for a in quotation.cue for b in cues)
            shares = any(
                overlap_share(quotation.content, attribution.content) >= _HALF
                for attribution in gold.attributions
            )
            yield values, touches or shares, 1.0


def of_sentences(parser: Any, tagger: Any) -> Iterator[Example]:
    """The same for our own sentences, each labelled as a whole."""
    rows = [
        line.split("\t")
        for line in _SENTENCES.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    texts = [text for _, text in rows]
    for (label, _), indirect in zip(rows, _indirect(texts, parser, tagger), strict=True):
        for _, values in indirect:
            yield values, label == "1", _OWN_WEIGHT


def _indirect(
    texts: Sequence[str], parser: Any, tagger: Any
) -> Iterator[list[tuple[Quotation, dict[str, float]]]]:
    """Each text's indirect quotations with their features."""
    documents = [document_of(text) for text in texts]
    layouts = [layout_of(document) for document in documents]
    tags = [
        tagger.tag(document.text, layout.paragraphs, layout.passages)
        for document, layout in zip(documents, layouts, strict=True)
    ]
    parses = parser.parse_many(
        [
            (document.text, layout.paragraphs, worth_parsing(tagged))
            for document, layout, tagged in zip(documents, layouts, tags, strict=True)
        ]
    )
    for parsed, layout, tagged in zip(parses, layouts, tags, strict=True):
        marked = attribute(parsed, layout.passages, layout.paragraphs, tagged=tagged)
        quoted = [passage.outer for passage in layout.outermost]
        reader = Reader(parsed)
        yield [
            (quotation, reader.report_features(quotation))
            for quotation in resolve(parsed, marked, layout.paragraphs, quoted, None)
            if quotation.kind == "indirect" and quotation.cue
        ]


def fitted(examples: Sequence[Example]) -> dict[str, Any]:
    """The table of weights; features seen once are left out.

    Raises:
        MissingExtraError: scikit-learn is not installed.
    """
    with needing("fitting needs scikit-learn", "train"):
        import numpy as np
        from sklearn.feature_extraction import DictVectorizer
        from sklearn.linear_model import LogisticRegression
    counts = Counter(name for values, _, _ in examples for name in values)
    rows = [
        {n: v for n, v in values.items() if counts[n] >= _LEAST_SEEN} for values, _, _ in examples
    ]
    labels = np.array([label for _, label, _ in examples])
    weights = np.array([weight for _, _, weight in examples])
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(rows)
    model = LogisticRegression(C=_STRENGTH, max_iter=2000, fit_intercept=False)
    model.fit(matrix, labels, sample_weight=weights)
    table = {
        name: round(float(weight), 4)
        for name, weight in zip(vectorizer.feature_names_, model.coef_[0], strict=True)
        if abs(weight) >= _LEAST_WEIGHT
    }
    return {"weights": dict(sorted(table.items())), "examples": len(examples)}
