"""Examples of antecedents from GUM, whose annotators said which entity each mention is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from quotecheck.attribution.attribute import needs_parse
from quotecheck.errors import InputError
from quotecheck.parsing.parser import load_parser
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.training.coreference_walk import AnnotatedDocument, Example, Walk

__all__ = ["gum_examples", "read_gum"]

_DEFINITE = frozenset("the this that his her their its our my your".split())
_OPENING = re.compile(r"\((\d+)-([a-z]+)-")
_PIECES = re.compile(r"\(\d+-[^()]*\)?|\d+\)")


def read_gum(path: Path) -> list[AnnotatedDocument]:
    """The documents of a CoNLL-U file of GUM, their texts put together from the words.

    Raises:
        InputError: the file is missing or has no entities.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="Give the folder of ud/."
        ) from error
    documents: list[AnnotatedDocument] = []
    for chunk in re.split(r"(?m)^# newdoc id = ", raw)[1:]:
        name, _, body = chunk.partition("\n")
        documents.append(_document(name.strip(), body))
    if not any(document.mentions for document in documents):
        raise InputError(
            "has no entities in its last column", where=str(path), remedy="Take GUM's own release."
        )
    return documents


def _document(name: str, body: str) -> AnnotatedDocument:
    text = ""
    mentions: list[tuple[Span, int, str]] = []
    open_: list[tuple[int, int, str]] = []
    for block in body.split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if not rows:
            continue
        if text:
            new = any(re.match(r"# newpar(?!_)", line) for line in lines)
            text = text.rstrip() + ("\n\n" if new else " ")
        whole = (0, 0, 0, 0)
        for row in rows:
            gap = "" if "SpaceAfter=No" in row[9] else " "
            if "-" in row[0]:
                first, last = map(int, row[0].split("-"))
                whole = (first, last, len(text), len(text) + len(row[1]))
                text += row[1] + gap
                continue
            if "." in row[0]:
                continue
            if whole[0] <= int(row[0]) <= whole[1]:
                start, end = whole[2:]
            else:
                start, end = len(text), len(text) + len(row[1])
                text += row[1] + gap
            entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
            for piece in _PIECES.findall(entity.group(1)) if entity else ():
                opened = _OPENING.match(piece)
                if opened:
                    open_.append((start, int(opened.group(1)), opened.group(2)))
                if piece.endswith(")"):
                    number = int(opened.group(1)) if opened else int(piece[:-1])
                    place = max(i for i, item in enumerate(open_) if item[1] == number)
                    first_char, _, kind = open_.pop(place)
                    mentions.append((Span(first_char, end), number, kind))
    return AnnotatedDocument(
        name, text.rstrip(), tuple(sorted(mentions, key=lambda m: (m[0], m[1])))
    )


def gum_examples(documents: Sequence[AnnotatedDocument]) -> Iterator[Example]:
    """Every pronoun and nominal for a person in these documents, with its candidates."""
    parser = load_parser()
    paragraph_lists = [paragraphs(document.text) for document in documents]
    texts = zip((document.text for document in documents), paragraph_lists, strict=True)
    parses = parser.parse_many(texts, parse_filter=needs_parse)
    for document, limit, parse in zip(documents, paragraph_lists, parses, strict=True):
        yield from Walk(document, parse, limit).examples()
