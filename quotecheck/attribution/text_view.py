"""The text as the rules see it: tokens in one row, marked as quoted or not, cut into stretches.

A *stretch* is what a reader takes for one sentence when everything in quotation marks is read as
one word: ``"Is it true? I wonder," he said.`` is one stretch though a parser sees two sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from quotecheck.language.quotation_characters import ANY_MARK
from quotecheck.records.quotation import Kind
from quotecheck.records.text import ParsedDocument, QuotedPassage, Span, Token
from quotecheck.syntax.tree import Tree, tree_of
from quotecheck.text.dialogue_layout import is_dialogue, may_be_dialogue

__all__ = ["QuotedSentence", "TextPart", "TextView", "Word"]

_TERMINATORS = frozenset(".?!…")
_ABBREVIATION = re.compile(
    r"[A-Z]\.|(?:Mr|Mrs|Ms|Dr|Prof|Sens?|Reps?|Gov|Gen|Col|Lt|Sgt|Rev|Hon|St)\."
)
_DATELINE = re.compile(
    r"[A-Z][A-Z.’' -]+(?:,[^—–()\n]{1,30})?(?:\([^()\n]{1,30}\)|/[^/\n]{1,30}/)?"
    r"\s{0,20}(?:—|–|--)\s{0,20}(?=\S)"
)
_ALL = 0.95
"""The share of content in marks from which a quotation counts as direct."""
_CLOSERS = ANY_MARK + ")]"


@dataclass(frozen=True, slots=True)
class Word:
    """A token with its sentence: ``tree.tokens[index]`` is ``token``."""

    tree: Tree
    index: int
    token: Token
    quoted: bool


@dataclass(frozen=True, slots=True)
class TextPart:
    """Either a passage in quotation marks or a run of words outside them."""

    words: tuple[Word, ...]
    passage: QuotedPassage | None = None


@dataclass(frozen=True, slots=True)
class QuotedSentence:
    """Parts in text order; two passages or two runs never stand side by side without reason."""

    parts: tuple[TextPart, ...]
    paragraph: int


class TextView:
    """A parsed document with its outermost passages, ready for the rules."""

    def __init__(
        self,
        parsed: ParsedDocument,
        passages: Sequence[QuotedPassage],
        paragraphs: Sequence[Span],
    ) -> None:
        self.text = parsed.text
        self.paragraphs = tuple(paragraphs)
        self._paragraph_starts = [p.start for p in self.paragraphs]
        self.passages = tuple(p for p in passages if p.depth == 0)
        self._starts = [p.outer.start for p in self.passages]
        self.trees = tuple(map(tree_of, parsed.sentences))
        self.words: list[Word] = [
            Word(tree, index, token, bool(self.passages) and self.is_quoted(token.start))
            for tree in self.trees
            for index, token in enumerate(tree.tokens)
        ]
        self._word_starts = [w.token.start for w in self.words]

    @cached_property
    def is_dialogue(self) -> bool:
        """Whether people talk to one another in it (`quotecheck.text.dialogue_layout`)."""
        return is_dialogue(self.text, self.paragraphs, [p.outer for p in self.passages])

    @cached_property
    def may_be_dialogue(self) -> bool:
        """Whether the next paragraph may be another's (`quotecheck.text.dialogue_layout`)."""
        return may_be_dialogue(self.text, [p.outer for p in self.passages])

    def paragraph_at(self, offset: int) -> int:
        """The number of the last paragraph that begins at ``offset`` or before it; else 0."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def is_quoted(self, offset: int) -> bool:
        """Whether the character at ``offset`` stands in quotation marks (marks included)."""
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self.passages[at].outer.end

    def whole_name(self, span: Span) -> Span:
        """``span`` grown over the rest of a name that it cuts: "said Rep." before "Ann Lee".

        Parsers cut sentences after "Rep." and names after what describes them.
        """
        low = bisect_left(self._word_starts, span.end)
        if low == 0 or low >= len(self.words):
            return span
        inside = self.words[low - 1].token
        if inside.end != span.end and inside.end <= span.end:
            return span
        end = max(span.end, inside.end)
        words = self.words[low : low + 5]
        if not words or words[0].token.upos != "PROPN" or inside.upos not in {"NOUN", "PROPN"}:
            return Span(span.start, end)
        start = words[0].token.start
        mentions = words[0].tree.mentions
        titled = _ABBREVIATION.fullmatch(inside.text) is not None
        named = any(m.label == "Person" and m.span.start == start for m in mentions)
        if not (titled or (named and inside.upos == "NOUN")):
            return Span(span.start, end)
        for word in words:
            gap = self.text[end : word.token.start]
            if word.token.upos != "PROPN" or gap.strip() or "\n" in gap or word.quoted:
                break
            end = word.token.end
        return Span(span.start, end)

    def without_dateline(self, span: Span) -> Span:
        """``span`` without the place and agency before it: "PARIS (Wire) — A minister"."""
        dateline = _DATELINE.match(self.text, span.start, span.end)
        return Span(dateline.end(), span.end) if dateline else span

    def kind_of(self, content: Sequence[Span]) -> Kind:
        """direct, mixed or indirect by the share of letters and digits inside marks."""
        letters = marked = 0
        for span in content:
            letters += sum(map(str.isalnum, span.of(self.text)))
            for passage in self.passages_around(span):
                low, high = max(span.start, passage.outer.start), min(span.end, passage.outer.end)
                marked += sum(map(str.isalnum, self.text[low:high]))
        if not marked:
            return "indirect"
        return "direct" if marked >= _ALL * letters else "mixed"

    def words_in(self, span: Span) -> list[Word]:
        """The words that begin in ``span``."""
        low = bisect_left(self._word_starts, span.start)
        high = bisect_left(self._word_starts, span.end)
        return self.words[low:high]

    def passages_in(self, span: Span) -> list[QuotedPassage]:
        """Outermost passages that begin in ``span``."""
        low = bisect_left(self._starts, span.start)
        high = bisect_left(self._starts, span.end)
        return list(self.passages[low:high])

    def passages_around(self, span: Span) -> list[QuotedPassage]:
        """Outermost passages that share a character with ``span``."""
        start, end = span.start, span.end
        low = max(0, bisect_right(self._starts, start) - 1)
        near = self.passages[low : bisect_left(self._starts, end)]
        return [p for p in near if p.outer.start < end and start < p.outer.end]

    def stretches(self, paragraph: int) -> list[QuotedSentence]:
        """The stretches of one paragraph, in order."""
        parts = self._parts(self.paragraphs[paragraph])
        sentences: list[QuotedSentence] = []
        sentence_parts: list[TextPart] = []

        def close() -> None:
            if sentence_parts:
                sentences.append(QuotedSentence(tuple(sentence_parts), paragraph))
                sentence_parts.clear()

        for number, part in enumerate(parts):
            if part.passage is None:
                self._cut_words(part, sentence_parts, close)
                continue
            sentence_parts.append(part)
            following = parts[number + 1] if number + 1 < len(parts) else None
            if self._ends_after(part.passage, following):
                close()
        close()
        return sentences

    def _parts(self, span: Span) -> list[TextPart]:
        parts: list[TextPart] = []
        place = span.start
        for passage in self.passages_in(span):
            outside = [w for w in self.words_in(Span(place, passage.outer.start)) if not w.quoted]
            if outside:
                parts.append(TextPart(tuple(outside)))
            inside = tuple(self.words_in(passage.outer))
            parts.append(TextPart(inside, passage))
            place = max(place, passage.outer.end)
        if place < span.end:
            outside = [w for w in self.words_in(Span(place, span.end)) if not w.quoted]
            if outside:
                parts.append(TextPart(tuple(outside)))
        return parts

    @staticmethod
    def _cut_words(part: TextPart, parts: list[TextPart], close: Callable[[], None]) -> None:
        run: list[Word] = []
        words = part.words
        for number, word in enumerate(words):
            run.append(word)
            last = word.index == len(word.tree.tokens) - 1
            abbreviated = _ABBREVIATION.fullmatch(word.token.text) is not None
            ends = word.token.text[-1:] in _TERMINATORS and last and not abbreviated
            if not ends and not abbreviated and last and number + 1 < len(words):
                # A sentence that ends without a stop is one all the same, unless it goes on.
                ends = words[number + 1].token.text[:1].isupper() and word.token.text != ":"
            if ends:
                parts.append(TextPart(tuple(run)))
                close()
                run = []
        if run:
            parts.append(TextPart(tuple(run)))

    def _ends_after(self, passage: QuotedPassage, following: TextPart | None) -> bool:
        if following is None or following.passage is not None:
            return following is None or self._final_stop(passage)
        first = following.words[0].token
        if first.text[:1] in _TERMINATORS:
            return False  # the stop outside the marks ends the stretch itself
        if not self._final_stop(passage):
            return False
        if first.text[:1].islower() or first.text[:1] in ",;:—–-(":
            return False
        if self.text[passage.inner.start : passage.inner.end].rstrip(_CLOSERS)[-1:] == ".":
            return True
        return not _looks_like_tail(following.words)

    def _final_stop(self, passage: QuotedPassage) -> bool:
        inner = passage.inner.of(self.text).rstrip().rstrip(_CLOSERS)
        return inner[-1:] in _TERMINATORS


def _looks_like_tail(words: Sequence[Word]) -> bool:
    """Whether "Clinton asked." follows, and not a sentence of its own."""
    for word in words[:12]:
        if word.token.text[:1] in _TERMINATORS:
            return False
        if word.token.upos == "VERB":
            below = word.tree.relation(word.index, "obj", "ccomp", "xcomp")
            return not any(b > word.index and not _quoted(word, b) for b in below)
    return False


def _quoted(word: Word, index: int) -> bool:
    return word.tree.tokens[index].text[:1] in "“\"'"
