"""Fits the frame model (`quotecheck.attribution.frame_model`) to news with gold attributions.

Every frame that the rules propose in the training texts is an example: right when a gold content
shares half of its letters with the frame's and the cues overlap. A logistic regression
(scikit-learn, L2) over the named features; what ships is the table of weights as JSON. Needs the
``train`` extra.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotecheck.attribution.attribute import needs_parse
from quotecheck.attribution.reported_speech import candidates
from quotecheck.attribution.text_view import TextView
from quotecheck.errors import needing
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans, read_gold
from quotecheck.parsing.parser import load_parser
from quotecheck.records.text import Span
from quotecheck.syntax.tree import spans_of
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["examples", "fit_frames"]

_LEAST_SEEN = 3  # Examples that a feature must be seen in; rarer ones are learned by heart.
_STRENGTH = 0.5
"""Inverse strength of the penalty, chosen on a third of the training documents held out."""


def fit_frames(data: Path, out: Path, *, short: bool = False) -> Path:
    """Fit the model on ``data/polnear/train`` and write ``out/frames.json``.

    Args:
        data: has polnear/train with text/ and attributions/.
        out: the folder to write to.
        short: use ten documents, to try the recipe.

    Returns:
        The file written.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    with needing("fitting needs scikit-learn", "train"):
        import numpy as np
        from scipy.sparse import csr_matrix
        from sklearn.linear_model import LogisticRegression
    gold = read_gold(data / "polnear" / "train")
    names, labels = [], []
    for features, label in examples(gold[:10] if short else gold):
        names.append(set(features) - {"bias"})
        labels.append(label)
    counts = Counter(name for features in names for name in features)
    feature_names = sorted(name for name, count in counts.items() if count >= _LEAST_SEEN)
    column = {name: number for number, name in enumerate(feature_names)}
    cells = [
        (row, column[name])
        for row, features in enumerate(names)
        for name in sorted(features)
        if name in column
    ]
    rows, columns = zip(*cells, strict=True)
    matrix = csr_matrix(
        (np.ones(len(cells)), (rows, columns)), shape=(len(names), len(feature_names))
    )
    model = LogisticRegression(C=_STRENGTH, max_iter=1000)
    model.fit(matrix, labels)
    weights = {name: round(float(model.coef_[0][column[name]]), 3) for name in feature_names}
    weights = {name: value for name, value in weights.items() if value}
    weights["bias"] = round(float(model.intercept_[0]), 3)
    out.mkdir(parents=True, exist_ok=True)
    target = out / "frames.json"
    record = {"examples": len(labels), "right": int(sum(labels)), "weights": weights}
    target.write_text(json.dumps(record, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    return target


def examples(gold: Sequence[GoldDocument]) -> Iterator[tuple[list[str], bool]]:
    """Features of every frame in these documents, and whether it is an attribution."""
    parser = load_parser()
    paragraph_lists = [paragraphs(document.text) for document in gold]
    texts = zip((document.text for document in gold), paragraph_lists, strict=True)
    parsed = parser.parse_many(texts, parse_filter=needs_parse)
    for document, limit, sentences in zip(gold, paragraph_lists, parsed, strict=True):
        page = TextView(sentences, quoted_passages(document.text, limit), limit)
        answers = [(_letters(document.text, a.content), a) for a in document.attributions]
        for tree, frame, content, features in candidates(page):
            cue = spans_of(tree, frame.cue)
            yield features, _is_right(_letters(document.text, content), cue, answers)


def _is_right(
    content: set[int], cue: Sequence[Span], answers: Sequence[tuple[set[int], MarkedSpans]]
) -> bool:
    for letters, answer in answers:
        shared = len(letters & content)
        alike = shared and 2 * shared >= len(letters | content)
        if alike and any(a.overlaps(b) for a in cue for b in answer.cue):
            return True
    return False


def _letters(text: str, spans: Sequence[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end) if text[i].isalnum()}
