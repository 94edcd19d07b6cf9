"""Texts with coreference in the form of LitBank's lines, and rows of GAP, as examples."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from quotecheck.coreference.antecedent_ranker import Ranker
from quotecheck.errors import InputError
from quotecheck.evaluation.runs.gap import GapRow, read_gap, resolver_of
from quotecheck.parsing.parser import load_parser
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.training.coreference_walk import AnnotatedDocument, Example, Walk
from quotecheck.training.parsed_texts import parsed_as_usual

__all__ = ["gap_example", "gap_examples", "novel_examples", "read_novels"]


def read_novels(folder: Path, part: str) -> list[AnnotatedDocument]:
    """The documents of LitBank: ``folder/coref.PART.jsonl`` and ``folder/text/DOC.txt``.

    Raises:
        InputError: a file is missing, or is not of this form.
    """
    path = folder / f"coref.{part}.jsonl"
    try:
        return [
            _document(folder, json.loads(line))
            for line in path.read_text(encoding="utf-8").splitlines()
        ]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"cannot be read ({type(error).__name__}: {error})",
            where=str(path),
            remedy="Lay the data out as quotecheck/training/parts.py says.",
        ) from error


def _document(folder: Path, record: dict[str, Any]) -> AnnotatedDocument:
    text = (folder / "text" / f"{record['doc']}.txt").read_bytes().decode("utf-8")
    numbers: dict[str, int] = {}
    mentions = []
    for mention in record["mentions"]:
        chain = mention.get("chain")
        if chain is None:
            continue
        start, end = mention["span"]
        number = numbers.setdefault(str(chain), len(numbers))
        kind = "person" if mention.get("type", "PER") == "PER" else "thing"
        mentions.append((Span(start, end), number, kind))
    ordered = tuple(sorted(mentions, key=lambda m: (m[0], m[1])))
    return AnnotatedDocument(str(record["doc"]), text, ordered, numbers)


def novel_examples(documents: Sequence[AnnotatedDocument]) -> Iterator[Example]:
    """Every pronoun for a person outside quotation marks, with its candidates."""
    for document, parse in zip(documents, parsed_as_usual(documents), strict=True):
        limit = paragraphs(document.text)
        yield from Walk(document, parse.parsed, limit, nominals=False).examples()


def gap_examples(path: Path, ranker: Ranker, *, most: int | None = None) -> Iterator[Example]:
    """The rows of GAP whose pronoun means one of the two names; ``ranker`` resolves the others."""
    rows = read_gap(path)[:most]
    parses = load_parser().parse_many((row.text, paragraphs(row.text)) for row in rows)
    for row, parsed in zip(rows, parses, strict=True):
        example = gap_example(row, parsed, ranker)
        if example is not None:
            yield example


def gap_example(row: GapRow, parsed: ParsedDocument, ranker: Ranker) -> Example | None:
    """The example of a row; None where neither name is meant, or no candidate is right."""
    if not any(row.gold):
        return None
    resolver = resolver_of(row, parsed, ranker)
    rows = resolver.asked(row.pronoun)
    name = row.names[0] if row.gold[0] else row.names[1]
    bearers = {id(person) for _, person in resolver.clusters.within(name)}
    right = tuple(id(person) in bearers for person, _ in rows)
    if not any(right):
        return None
    numbers = tuple(tuple(row) for _, row in rows)
    return Example(row.id, "pronoun", numbers, right, 1.0)
