"""Lines of novels with who speaks them, as examples for the model of dialogue."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotecheck.coreference.antecedent_ranker import Ranker
from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.dialogue import conversation_of
from quotecheck.coreference.dialogue_features import Sheet, sheets
from quotecheck.coreference.resolver import Resolver
from quotecheck.errors import InputError
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.training.coreference_walk import AnnotatedDocument, aligned_persons

__all__ = ["Dialogue", "SpokenLine", "Taught", "dialogue_of", "read_lines"]

_HALF = 0.5
"""The share of a quotation that has to be found for the two to be one."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """A quotation of the gold, and the chain of who speaks it."""

    content: tuple[Span, ...]
    chain: str


@dataclass(slots=True)
class Taught:
    """A sheet with the candidates that are right; none where nobody of them speaks."""

    sheet: Sheet
    right: frozenset[int]
    weight: float = 1.0


@dataclass(slots=True)
class Dialogue:
    """A document's conversation with what is known of its lines."""

    id: str
    conversation: Conversation
    taught: list[Taught] = field(default_factory=list)


def read_lines(path: Path) -> dict[str, list[SpokenLine]]:
    """The quotations of a file of LitBank's form, by document.

    Raises:
        InputError: the file is missing, or is not of this form.
    """
    lines_of: dict[str, list[SpokenLine]] = {}
    try:
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            content = tuple(Span(start, end) for start, end in record["content"])
            lines_of.setdefault(record["doc"], []).append(SpokenLine(content, str(record["chain"])))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"cannot be read ({type(error).__name__}: {error})",
            where=str(path),
            remedy="Lay the data out as quotecheck/training/parts.py says.",
        ) from error
    return lines_of


def dialogue_of(
    document: AnnotatedDocument,
    gold: Sequence[SpokenLine],
    parsed: ParsedDocument,
    attributions: Sequence[Attribution],
    paragraphs: Sequence[Span],
    quoted: Sequence[Span],
    ranker: Ranker,
) -> Dialogue:
    """The conversation of a document, with the lines whose speaker the gold tells.

    Lines with a source teach twice: as they are, if they are open, and as if they had none.
    """
    resolver = Resolver(parsed, attributions, paragraphs, quoted, None, ranker=ranker)
    answers = resolver.sources()
    conversation = conversation_of(resolver.discourse, attributions, answers)
    persons = aligned_persons(document, resolver.discourse)
    dialogue = Dialogue(document.id, conversation)
    for hidden, weight in ((False, 1.0), (True, 0.3)):
        for sheet in sheets(conversation, hidden=hidden):
            spoken = _match(sheet.line, gold)
            if spoken is not None:
                speakers = persons.get(document.chains.get(spoken.chain, -1), ())
                right = frozenset(map(id, speakers)) & frozenset(sheet.candidates)
                dialogue.taught.append(Taught(sheet, right, weight))
    return dialogue


def _match(line: Line, gold: Sequence[SpokenLine]) -> SpokenLine | None:
    """The gold quotation that shares most with a line."""
    best, most = None, 0.0
    size = sum(span.end - span.start for span in line.content)
    for spoken in gold:
        shared = sum(
            max(0, min(a.end, b.end) - max(a.start, b.start))
            for a in line.content
            for b in spoken.content
        )
        if shared > most:
            best, most = spoken, float(shared)
    return best if most >= _HALF * size else None
