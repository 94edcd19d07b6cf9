"""Measures pronouns on rows in the form of GAP: a text, a pronoun in it, and two names."""

from __future__ import annotations

import csv
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from quotecheck._version import __version__
from quotecheck.coreference.antecedent_ranker import Ranker, load_ranker
from quotecheck.coreference.pronouns import GENDERS
from quotecheck.coreference.resolver import Resolver
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.gap import GapAnswer, gap_figures
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span
from quotecheck.text.digest import sha256_hex
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotecheck.coreference.person_clusters import Person
    from quotecheck.pipeline.attributor import Parser

__all__ = ["GapRow", "evaluate_gap", "meant", "read_gap", "resolver_of", "with_names"]

_COLUMNS: Final = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "B", "B-offset")
_GOLD: Final = ("A-coref", "B-coref")
_LEAST: Final = 0.3
"""The probability from which a name is taken for meant (best F1 on GAP's development part)."""


@dataclass(frozen=True, slots=True)
class GapRow:
    """One row: places in ``text``; ``gold`` says whether the pronoun means A, and B."""

    id: str
    text: str
    pronoun: Span
    names: tuple[Span, Span]
    gold: tuple[bool, bool]


def read_gap(path: Path) -> list[GapRow]:
    """The rows of a file of GAP (tab-separated, a line with the names of the columns first).

    Raises:
        InputError: the file cannot be read, lacks a column, or an offset does not fit its words.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [c for c in (*_COLUMNS, *_GOLD) if c not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"has no column {missing[0]}",
                    where=str(path),
                    remedy="Give a file of GAP with its head line (gap-development.tsv).",
                )
            return [_row(path, number, row) for number, row in enumerate(reader, start=2)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(
            f"cannot be read ({type(error).__name__})",
            where=str(path),
            remedy="Give a file of GAP: UTF-8, tab-separated.",
        ) from error


def _row(path: Path, number: int, row: dict[str, str | None]) -> GapRow:
    text = row["Text"] or ""
    places = []
    for name in ("Pronoun", "A", "B"):
        words, offset = row[name] or "", row[f"{name}-offset"] or ""
        start = int(offset) if offset.isdecimal() else -1
        if not words or start < 0 or text[start : start + len(words)] != words:
            raise InputError(
                f"{name} of line {number} does not stand at its offset",
                where=str(path),
                remedy="Give a file of GAP as it was published.",
            )
        places.append(Span(start, start + len(words)))
    if places[0].of(text).lower() not in GENDERS:
        raise InputError(
            f"line {number} has a pronoun of no gender: {places[0].of(text)}",
            where=str(path),
            remedy="Rows of GAP have he, she and their forms.",
        )
    gold = tuple((row[name] or "").upper() == "TRUE" for name in _GOLD)
    return GapRow(row["ID"] or "", text, places[0], (places[1], places[2]), (gold[0], gold[1]))


def evaluate_gap(
    path: Path, parser: Parser, *, progress: Callable[[int, int], None] | None = None
) -> tuple[dict[str, Any], list[tuple[str, bool, bool]]]:
    """Resolve the pronoun of every row and count whether the names are rightly its own.

    The two names are given, as in the gold-two-mention setting of GAP; every person of the text
    competes with them.

    Returns:
        The figures (`quotecheck.evaluation.metrics.gap`), and a line a row as GAP's own scorer
        reads it: its ID, whether A is meant, whether B is.

    Raises:
        InputError: the file cannot be read as rows of GAP.
    """
    rows = read_gap(path)
    ranker = load_ranker()
    answers: list[GapAnswer] = []
    parses = parser.parse_many((row.text, paragraphs(row.text)) for row in rows)
    for done, (row, parsed) in enumerate(zip(rows, parses, strict=True), start=1):
        answer = meant(row, resolver_of(row, parsed, ranker))
        gender = GENDERS[row.pronoun.of(row.text).lower()]
        answers.append(GapAnswer(row.id, gender, row.gold, answer))
        if progress is not None:
            progress(done, len(rows))
    figures = gap_figures(answers)
    figures["gold_sha256"] = sha256_hex(path.read_bytes())
    figures["version"] = __version__
    return figures, [(answer.id, *answer.answers) for answer in answers]


def resolver_of(row: GapRow, parsed: ParsedDocument, ranker: Ranker | None) -> Resolver:
    """What resolves the pronoun of a row."""
    paragraph_spans = paragraphs(row.text)
    outer = [p.outer for p in quoted_passages(row.text, paragraph_spans) if p.depth == 0]
    named = with_names(parsed, row.names)
    return Resolver(named, (), paragraph_spans, outer, None, ranker=ranker)


def meant(row: GapRow, resolver: Resolver) -> tuple[bool, bool]:
    """Whether the pronoun means A, and whether it means B: the likelier of the two, or neither."""
    ranked = resolver.meant_by(row.pronoun)
    first, second = (_share(ranked, resolver.clusters.within(name)) for name in row.names)
    return (first >= second and first > _LEAST, second > first and second > _LEAST)


def _share(ranked: Sequence[tuple[Person, float]], bearers: Sequence[tuple[Any, Person]]) -> float:
    people = {id(person) for _, person in bearers}
    return max((share for person, share in ranked if id(person) in people), default=0.0)


def with_names(parsed: ParsedDocument, names: Sequence[Span]) -> ParsedDocument:
    """A parsed text in which each of these places is the name of a person."""
    sentences = []
    for sentence in parsed.sentences:
        here = [name for name in names if sentence.span.overlaps(name)]
        sentences.append(_with_mentions(sentence, here) if here else sentence)
    return ParsedDocument(parsed.text, tuple(sentences))


def _with_mentions(sentence: Sentence, names: Sequence[Span]) -> Sentence:
    known = [m.span for m in sentence.mentions if m.label.lower() in {"person", "per"}]
    new = [n for n in names if not any(span.overlaps(n) for span in known)]
    others = [m for m in sentence.mentions if not any(m.span.overlaps(n) for n in new)]
    mentions = sorted((*others, *(Mention(n, "Person") for n in new)), key=lambda m: m.span)
    return replace(sentence, mentions=tuple(mentions))
