"""Texts of other kinds than news for the span tagger: novels, courts, interviews, papers, dialogue.

The data folder has polnear/train, beyond/litbank and beyond/gum (quotations of novels, and
attributions of GUM's genres, with their speakers, one a line).
`quotecheck.training.span_finetuning` learns from what the annotators said and, where they said
nothing, from what the tagger that learns on made of it before, so that it keeps what it could do.
"""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.evaluation.gold import GoldDocument, MarkedSpans, read_gold, read_text, spans_in
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex
from quotecheck.training.span_dialogues import dialogues, sentences_in_marks
from quotecheck.training.span_examples import (
    UNKNOWN,
    Example,
    Tagged,
    held_out,
    tagged,
    windows_of,
)

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["MixedText", "followed", "mixed_examples", "mixed_texts"]

_RESTYLED: Final = 0.4
"""The share of texts that are seen in another typography."""
_NEWS: Final = 8
"""One news article in so many is in the mixture: of news there is most, and it is known."""
_DIALOGUES: Final = 70  # Invented dialogues in an epoch. By eye.
_UNWRAPPED: Final = 0.5
"""The share of novels whose printed lines are joined; a paragraph is one line on most pages."""
_FEW: Final = 4
"""Texts of a kind when only the recipe is tried."""


@dataclass(frozen=True, slots=True)
class MixedText:
    """A text with its gold.

    Args:
        kind: "news" and "dialogue" (everything is annotated), "novel" (all direct speech is) or
            "genres" (some attributions are; their limits are not those of news).
        document: the text and its attributions.
        doubtful: places where an attribution may or may not be.
    """

    kind: str
    document: GoldDocument
    doubtful: tuple[Span, ...] = ()


def _read(folder: Path, part: str, kind: str) -> list[MixedText]:
    """The documents of a part, those without a quotation too."""
    lines = (folder / "docs.jsonl").read_text("utf-8").splitlines()
    names = [row["doc"] for row in map(json.loads, lines) if row["part"] == part]
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    for line in (folder / f"{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["doc"]].append(row)
    return [_document(folder / "text" / f"{name}.txt", kind, rows[name]) for name in names]


def _document(path: Path, kind: str, rows: Sequence[dict[str, Any]]) -> MixedText:
    text = read_text(path)
    chance = random.Random(path.stem)
    if kind == "novel" and chance.random() < _UNWRAPPED:
        text = _unwrapped(text)
    events: dict[Any, MarkedSpans] = {}
    doubtful: list[Span] = []
    for number, row in enumerate(rows):
        content, source, cue = (spans_in(row, name) for name in ("content", "source", "cue"))
        content = tuple(_trimmed(text, span) for span in content)
        if kind == "genres" and (row.get("optional") or not cue or not source):
            doubtful += [*content, *source, *cue]
            continue
        key = (source, cue) if cue else number  # one clause between two halves of a quotation
        before = events[key].content if key in events else ()
        events[key] = MarkedSpans(before + content, cue, source)
    attributions = tuple(events.values())
    return MixedText(
        kind,
        GoldDocument(path.stem, text, attributions, sha256_hex(text.encode())),
        tuple(doubtful),
    )


def _unwrapped(text: str) -> str:
    """The text with lines joined within paragraphs; no offset moves."""
    letters = list(text)
    for place, letter in enumerate(letters):
        around = text[place - 1 : place] + text[place + 1 : place + 2]
        if letter == "\n" and len(around) == 2 and not any(c in "\r\n \t" for c in around):
            letters[place] = " "
    return "".join(letters)


def _trimmed(text: str, span: Span) -> Span:
    """The span without the full stop or comma after bare words, which news gold leaves out."""
    end = span.end
    while end > span.start and text[end - 1] in ".,; \n":
        end -= 1
    return Span(span.start, end if text[span.start : span.start + 1].isalnum() else span.end)


def mixed_texts(data: Path, *, short: bool = False) -> tuple[list[MixedText], list[MixedText]]:
    """The texts to learn from, of every kind, and those held out (every tenth of each).

    Of GUM and the novels only texts with an attribution are taken.
    """
    news = read_gold(data / "polnear" / "train")
    genres = _read(data / "beyond" / "gum", "train", "genres")
    novels = _read(data / "beyond" / "litbank", "train", "novel")
    most = _FEW if short else None
    training: list[MixedText] = []
    waiting: list[MixedText] = []
    for texts, step in (
        (genres, 1),
        (novels, 1),
        ([MixedText("news", document) for document in news], _NEWS),
    ):
        spoken = {text.document.id: text for text in texts if text.document.attributions}
        kept_out, other = held_out([text.document for text in spoken.values()])
        training += [spoken[document.id] for document in kept_out[::step][:most]]
        waiting += [spoken[document.id] for document in other[:most]]
    passages = sentences_in_marks(held_out(news)[0])
    dialogue_documents = dialogues(passages, _FEW if short else _DIALOGUES)
    return training + [MixedText("dialogue", document) for document in dialogue_documents], waiting


def _cut(text: MixedText, tokenizer: Tokenizer) -> Tagged:
    """The text in pieces, some in another typography; the same in every run."""
    chance = random.Random(text.document.id)
    doubts = MarkedSpans(text.doubtful)
    document = replace(text.document, attributions=(*text.document.attributions, doubts))
    other = chance if chance.random() < _RESTYLED else None
    whole = tagged(document, tokenizer, other)
    number = len(text.document.attributions)
    tags = whole.tags.copy()
    for _, first, last, event in whole.spans:
        if event == number:
            tags[first:last] = UNKNOWN
    for role, first, last, event in whole.spans:
        if event != number:
            tags[first], tags[first + 1 : last] = 1 + 2 * role, 2 + 2 * role
    spans = tuple(span for span in whole.spans if span[3] != number)
    return replace(whole, tags=tags, spans=spans)


def mixed_examples(
    texts: Sequence[MixedText], tokenizer: Tokenizer, chance: random.Random | None = None
) -> list[tuple[str, Example]]:
    """The windows of texts, each with its kind; with ``chance``, cut at random places."""
    return [(text.kind, e) for text in texts for e in windows_of(_cut(text, tokenizer), chance)]


def followed(kind: str, example: Example, soft: np.ndarray) -> Example:
    """The example with tags where its annotators are to be followed, and scores elsewhere.

    News: both everywhere. Dialogue, which is right by construction: the tags alone. Novels: every
    piece of direct speech is gold, and what stands in marks and is not one is nothing; the words
    around it are the student's as far as it sees nothing there, else unknown. Genres: where the
    student finds an annotated span its own limits stand, for they are those of news; where it
    misses it, the gold.

    Args:
        kind: as in `MixedText`.
        example: a window with its gold.
        soft: the student's scores of the tags, (pieces, tags).
    """
    if kind == "dialogue":
        return example
    if kind == "news":
        return replace(example, soft=soft)
    tags, taught = example.tags.copy(), soft.astype(np.float32)
    best_tags = soft.argmax(1)
    nothing = tags == 0
    quoted = example.aspects[3] != 0 if kind == "novel" else np.zeros(len(tags), dtype=bool)
    tags[nothing & ~quoted] = UNKNOWN
    taught[(nothing & (quoted | (best_tags != 0))) | (example.tags == UNKNOWN)] = np.nan
    for role, first, last, _ in example.spans:
        same = bool(np.isin(best_tags[first:last], (1 + 2 * role, 2 + 2 * role)).all())
        if same and (role != 2 or kind == "genres"):
            tags[first:last] = UNKNOWN
        else:
            taught[first:last] = np.nan
    return replace(example, tags=tags, soft=taught)
