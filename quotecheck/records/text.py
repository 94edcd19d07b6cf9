"""The records that the stages hand to one another: frozen, typed, free of behaviour.

Every position is a half-open pair of code-point offsets into a document's raw text, which is never
edited: ``text[span.start:span.end]`` gives the words back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Mention", "ParsedDocument", "QuotedPassage", "Sentence", "Span", "Token"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(0, 4).of("Said he.")
    'Said'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words at this place in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    @staticmethod
    def cover(spans: Iterable[Span]) -> Span:
        """The smallest span that holds all of ``spans`` (at least one)."""
        pieces = list(spans)
        return Span(min(s.start for s in pieces), max(s.end for s in pieces))


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word. ``head`` is the index of its head in `Sentence.tokens`, -1 at the root.

    The parts of a contracted word ("don't") share the span of the whole where the text does not
    divide, so spans of neighbouring tokens may coincide but never run backwards. ``head`` is -1 and
    ``deprel`` empty for every token of a sentence that was not parsed.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str

    @property
    def span(self) -> Span:
        """Its place in the raw text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity. ``label`` is the tagger's type (Person, Organization, …)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, its tokens in order, the named entities in it."""

    span: Span
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...] = ()
    parsed: bool = True
    index: Any = field(default=None, init=False, repr=False, compare=False)
    """Its tree as `quotecheck.syntax.tree.tree_of` indexes it, once asked for; never pickled."""

    def __reduce__(self) -> tuple[type[Sentence], tuple[Any, ...]]:
        # Not __getstate__: the slots of Python 3.11.0 to 3.11.2 replace it.
        return Sentence, (self.span, self.tokens, self.mentions, self.parsed)


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A raw text with its sentences, in order of the text."""

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A stretch in quotation marks, as `marks` pairs them.

    ``outer`` takes the marks in, ``inner`` leaves them out. ``depth`` is 0 for outermost marks.
    ``closed`` is False where the closing mark is missing and the end is the paragraph's.
    ``continues`` is True when this passage goes on with the quotation of the paragraph before
    (re-opened, the former left unclosed). ``block`` is True for set-off quotations (blockquotes)
    that need no marks.
    """

    outer: Span
    inner: Span
    depth: int = 0
    closed: bool = True
    continues: bool = False
    block: bool = False
