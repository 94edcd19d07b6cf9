"""A sentence on its way from raw text to tokens: what the networks see, and where it stands.

The raw text is never edited. The networks see pieces of it in which white space is single and odd
marks are put as plain ones, with the place of every character kept. Used by `parse` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from quotecheck.language.quotation_characters import GUILLEMETS, SINGLE_GUILLEMETS
from quotecheck.records.text import Sentence, Span

__all__ = [
    "PLAIN",
    "TokenisedSentence",
    "cut_drafts",
    "divide",
    "lines",
    "normalised_for_tokenizer",
    "split_long_text",
    "to_conllu",
]

_PIECE = 3_000  # code points handed to the tokenizer as one paragraph, at most
_OF_I = frozenset("i im ive ill id ima imma".split())
"""Words that are contractions of "I" without an apostrophe."""
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*\s+")

# Marks that treebanks hardly know, each put as its commonest equal of one code point, so that
# offsets stay. Only the networks see this; tokens are sliced from the raw text.
PLAIN = str.maketrans(
    {
        **dict.fromkeys("“”„‟＂″" + GUILLEMETS, '"'),
        **dict.fromkeys("‘’‚‛′´ʼ" + SINGLE_GUILLEMETS, "'"),
        "–": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "―": "—",
        "\u200b": " ", "\u200e": " ", "\u200f": " ", "\u2060": " ", "\ufeff": " ", "\x00": " ",
        "\x83": " ", "\u00ad": "-",
    }
)  # fmt: skip


_MOST_OF_NAME = 2
"""Words in capitals that are not a sentence where another capital follows."""


@dataclass(slots=True)
class TokenisedSentence:
    """A sentence on its way: plain words for the networks, their places in the raw text.

    ``contracted`` are the indices of words to expand; when that is done, ``groups`` has for each
    of them its first part, the part after its last, and its place.
    """

    words: list[str]
    spans: list[Span]
    contracted: list[int]
    groups: list[tuple[int, int, Span]]

    def expand(self, expansions: Iterator[list[str]]) -> None:
        """Replaces contracted words by their parts."""
        words: list[str] = []
        spans: list[Span] = []
        flagged = set(self.contracted)
        for i, (word, span) in enumerate(zip(self.words, self.spans, strict=True)):
            parts = next(expansions) if i in flagged else [word]
            if _is_name_torn(word, parts):
                parts = [word]
            if len(parts) > 1:
                self.groups.append((len(words), len(words) + len(parts), span))
            words += parts
            spans += divide(word, span, parts)
        self.words, self.spans, self.contracted = words, spans, []


def _is_name_torn(word: str, parts: Sequence[str]) -> bool:
    """Whether a name was taken for a contraction of "I" ("Imre", "Ivo").

    >>> _is_name_torn("Imre", ["I", "mre"]), _is_name_torn("I'm", ["I", "'m"])
    (True, False)
    """
    return parts[0] == "I" and word.isalpha() and word.lower() not in _OF_I


def divide(word: str, span: Span, parts: Sequence[str]) -> list[Span]:
    """The places of a contracted word's parts: within it where they make it up, else all of it.

    >>> divide("don't", Span(5, 10), ["do", "n't"])
    [Span(start=5, end=7), Span(start=7, end=10)]
    >>> divide("won't", Span(0, 5), ["will", "not"])
    [Span(start=0, end=5), Span(start=0, end=5)]
    """
    if len(word) != span.end - span.start or "".join(parts).lower() != word.lower():
        return [span] * len(parts)
    places = list(accumulate((len(part) for part in parts), initial=span.start))
    return [Span(start, end) for start, end in pairwise(places)]


def lines(text: str) -> list[Span]:
    """Every line of a text, without its line break; none for empty lines."""
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\r\n\u2028\u2029\x0b\x0c]+", text)]


def split_long_text(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph, cut where it is too long for the networks: at a sentence's end if it can be."""
    start = paragraph.start
    while paragraph.end - start > _PIECE:
        window = text[start : start + _PIECE]
        cuts = [m.end() for m in _SENTENCE_END.finditer(window)]
        cut = cuts[-1] if cuts and cuts[-1] > _PIECE // 4 else window.rfind(" ") + 1
        if cut <= _PIECE // 4:
            cut = _PIECE
        yield Span(start, start + cut)
        start += cut
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def normalised_for_tokenizer(text: str, piece: Span) -> tuple[str, list[int]]:
    """What the networks see of a piece, and the place in the text of each of its characters.

    Spaces are single and none at the ends.
    """
    raw = text[piece.start : piece.end].translate(PLAIN)
    if " ".join(raw.split()) == raw:  # most are so already
        return raw, list(range(piece.start, piece.start + len(raw)))
    units: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"\S+", raw):
        if units:
            units.append(" ")
            places.append(piece.start + match.start() - 1)
        units.append(match.group())
        places.extend(range(piece.start + match.start(), piece.start + match.end()))
    return "".join(units), places


def cut_drafts(
    plain: str, places: Sequence[int], labels: Sequence[int], text: str
) -> Iterator[TokenisedSentence]:
    """The sentences of a piece, from the tokeniser's labels.

    A name that opens one is not cut off by itself: "Constance" before "Ames put the lamp down".

    Args:
        plain: the piece as the networks see it.
        places: the place in the text of each of its characters.
        labels: the label of each.
        text: the raw text.
    """
    draft = TokenisedSentence([], [], [], [])
    begin = 0
    ends = [end for end, label in enumerate(labels, 1) if label]
    if ends[-1:] != [len(plain)]:
        ends.append(len(plain))
    for end in ends:
        label = labels[end - 1]
        while begin < end and plain[begin] == " ":
            begin += 1
        if begin < end:
            word = plain[begin:end].rstrip(" ")
            if label in (3, 4):
                draft.contracted.append(len(draft.words))
            draft.words.append(word)
            draft.spans.append(Span(places[begin], places[begin + len(word) - 1] + 1))
        begin = end
        if end < len(plain) and label == 2 and _opens_name(draft.words, plain[end : end + 2]):
            label = 1 if text[places[end] : places[end + 1]] == " " else label
        if draft.words and (label in (2, 4) or end == len(plain)):
            yield draft
            draft = TokenisedSentence([], [], [], [])


def _opens_name(words: Sequence[str], following: str) -> bool:
    """Whether a "sentence" is a word or two in capitals before a further capital."""
    capitals = all(word.isalpha() and word.istitle() for word in words)
    return len(words) <= _MOST_OF_NAME and capitals and following[1:].isupper()


def to_conllu(text: str, draft: TokenisedSentence, sentence: Sentence) -> str:
    """A sentence in CoNLL-U; one that was not parsed hangs on its first word."""
    groups = {first: (after, span) for first, after, span in draft.groups}
    lines = []
    for i, token in enumerate(sentence.tokens):
        place = f"start_char={token.start}|end_char={token.end}"
        if i in groups:
            after, span = groups[i]
            lines.append(f"{i + 1}-{after}\t{span.of(text)}" + "\t_" * 8)
        divided = len(draft.words[i]) == token.end - token.start
        columns = (
            str(i + 1),
            token.text if divided else draft.words[i],
            token.lemma,
            token.upos,
            token.xpos or "_",
            token.feats or "_",
            str(token.head + 1 if sentence.parsed else min(i, 1)),
            token.deprel or ("dep" if i else "root"),
            "_",
            place,
        )
        lines.append("\t".join(columns))
    return "\n".join(lines) + "\n\n"
