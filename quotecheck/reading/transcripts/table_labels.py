"""Turns in tables: the speaker in one cell of a row, the words in the last."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from quotecheck.reading.transcripts.speaker_labels import key_of, label_of
from quotecheck.reading.transcripts.talk_signs import is_sure_label
from quotecheck.reading.transcripts.turn_labels import TIME, TurnLabel

__all__ = ["row_labels"]

_ROW = re.compile(
    rf"^(?:\|[ ]?)?(?:[\[(]?{TIME}[\])]?[ ]\|[ ])?(?P<label>[^\W\d_][^|\n:]{{0,60}}?):?[ ]\|[ ]"
    rf"(?:[\[(]?{TIME}[\])]?[ ]\|[ ])?(?=[^\s|])",
    re.MULTILINE,
)
_HEADS: Final = frozenset("speaker name participant person who time text words".split())
_MIN_ROWS: Final = 3
"""Rows with a speaker that make a transcript of a table."""
_ROWS_SHARE: Final = 0.6
"""Of the rows of a text: those that begin with a label."""


def row_labels(text: str) -> list[TurnLabel]:
    r"""Turns of rows as readers lay them out; none where no two people speak, and one again.

    >>> text = "Ann Lee | So?\n\nBo Roe | Yes.\n\nAnn Lee | Good."
    >>> [(label.name, text[label.start]) for label in row_labels(text)]
    [('Ann Lee', 'S'), ('Bo Roe', 'Y'), ('Ann Lee', 'G')]
    """
    if " | " not in text:
        return []
    labels: list[TurnLabel] = []
    for match in _ROW.finditer(text):
        label = label_of(match["label"])
        if label is not None and label.name.casefold() not in _HEADS:
            labels.append(TurnLabel(match.start(), match.end(), label.name, is_described=True))
    counts = Counter(key_of(label.name) for label in labels)
    again = [count for count in counts.values() if count > 1]
    if len(labels) < _MIN_ROWS or len(counts) < 2 or not again:
        return []
    labels = [each for each in labels if counts[key_of(each.name)] > 1 or is_sure_label(each.name)]
    rows = sum(" | " in line for line in text.splitlines())
    return labels if len(labels) >= _ROWS_SHARE * rows else []
