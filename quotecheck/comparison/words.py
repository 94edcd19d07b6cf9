"""Words of a raw text with their places: what alignment compares.

The text is never edited. Each word has a folded form (case, accents, apostrophes, ligatures) to be
compared, and the offsets of its raw form. What was not spoken (a transcript's ``NAME:`` labels,
stage directions, verse and page numbers) is passed over and its place remembered.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from quotecheck.language.folding import in_latin_letters, without_accents
from quotecheck.language.quotation_characters import APOSTROPHES
from quotecheck.records.text import Span

__all__ = ["Words", "bare", "fold", "join", "quotation_words", "source_words"]

_TO_APOSTROPHE: Final = {ord(a): "'" for a in APOSTROPHES}
_LETTER: Final = r"(?:[^\W_]|[\u0300-\u036f\u00ad\u200b-\u200d])"
_INITIAL: Final = r"(?:[^\W\d_]|[\u0300-\u036f\u00ad\u200b-\u200d])"
_MINUS: Final = "-−–﹣－"
_CURRENCY: Final = "$€£¥₹₽₩₪₦₫₴₱฿₺₡₵₿¢₤＄￡￥￠﹩"
_WORD: Final = (
    # Each way begins with a class of characters: so the many that cannot begin here cost nothing.
    r"(?:[Ii][ns]|[Oo][nf]|[DdTt]o|[Ff]or|[Ww]ith|[Bb][ye]|[Ss]ee|[Ww]as|IN|ON|IS|DO|TO|OF|FOR|BY|BE)"
    rf" [{APOSTROPHES}][Tt](?!{_LETTER})"  # in 't
    rf"|[Pp][Ee][Rr][\s\u00a0-]+[Cc][Ee][Nn][Tt](?!{_LETTER})"
    rf"|{_INITIAL}{_LETTER}*(?:[{APOSTROPHES}]{_LETTER}+)*"
    # 620,000; 12,34,567; 4.3; 3-2; 6:30; 1/2; 1776-07-04: the marks within a number are its own
    r"|(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,2}(?:,\d{2}){1,6},\d{3}(?![\d,])|\d+)"
    rf"(?:[.:/⁄\-‑–．：／－]\d+)*{_LETTER}*(?:[{APOSTROPHES}]{_LETTER}+)*"
    rf"|\.(?<![\w.,]\.)\d+{_LETTER}*"
    rf"|[{_MINUS}](?<![^\s(\[{{“‘\"'_*$€£¥].)(?=[{_CURRENCY}]?\.?\d)"
    rf"|[{_CURRENCY}](?:(?=\s?[{_MINUS}]?\.?\d|[A-Z]{{1,3}}\s?\d)|(?<=\d.)|(?<=\d\s.)"
    r"|(?<=\d[a-z].)|(?<=\d[a-z][a-z].))"
    r"|[%％٪‰&°º±]"
)
_STAGE: Final = (  # how a stage direction or a transcriber's note begins
    r"applau\w+|laugh\w*|chuckl\w*|giggl\w*|sigh\w*|snort\w*|sob\w*|cheer\w*|boo(?:s|ing)?|cross-?talk|inaudible|unintelligible|chant\w*|"
    r"indiscernible|music|pause[sd]?|commercial|video|audio|bell ring\w*|bleep\w*|off-?mike|sic|ph|"
    r"(?:begin|end|start|playing|on) (?:of )?(?:video|audio|clip|tape|recording)|"
    r"phonetic|whistl\w+|audience|crowd|groan\w*|gasp\w*|scream\w*|shout\w*|cough\w*|silence|exeunt|exit|aside|sings|singing|gavel"
)
_VERSE: Final = (  # 3:16 at the start of a verse, and not 6:30 p.m.
    r"^[ \t]*\d{1,3}:\d{1,3}(?=[ \t]+[\"'“‘(\[]*[A-Z])"
    r"(?![ \t]+(?:AM|PM|A\.M|P\.M|GMT|[A-Z][SD]T)\b)"
)
_NOTE: Final = (  # the mark of a footnote: faces.[12] or faith,¹
    r"\[(?<![\s(\[]\[)(?:\d{1,3}|(?<=[.,;:!?\"”’)]\[)[a-z*†‡§])\](?![^\W_])"
    r"|[¹²³⁰-⁹](?<=[.,;:!?\"”’)\]].)[¹²³⁰-⁹]*"
)
_ADDRESS: Final = (  # where a link of Markdown leads: [the gate](https://example.org)
    r"\]\((?:[Hh][Tt][Tt][Pp][Ss]?://|www\.|mailto:|[/#])[^()\s]{0,1000}"
    r"(?:[ ]\"[^\"\n]{0,200}\")?\)"
)
_SKIPPED: Final = (
    rf"{_NOTE}|{_ADDRESS}|"
    r"[ÂВРâв](?=[^\w\s])(?<![^\W_].)"  # the first half of a dash or quote decoded wrongly
    rf"|{_VERSE}"
    r"|^[ \t]*\d{1,4}[ \t]*$"  # a page number on a line of its own
    r"|(?:^[ \t]*|(?<=[.!?)\]\"”—…-][ \t])|(?<=[.!?)\]\"”—…-][ \t][ \t]))"
    r"[A-Z][A-Z.’'\-]+(?:[ \t]+[A-Z][A-Z.’'\-]*){0,4}(?:[ \t]*\([^()\n]{1,30}\))?:(?=\s|\Z)"
    rf"|\((?i:(?:{_STAGE})\b[^()\n]{{0,40}})\)"
    r"|\((?=[^() ]{1,30}[ ])[A-Z][A-Z ,.;&'’/\-]{2,60}\)"  # (CROWD ROARS), not (ECOWAS)
    rf"|(?<![^\W_])\[[^\[\]\n]{{1,80}}(?!{_ADDRESS})\](?![^\W_])"  # what an editor put in
    r"|^[ \t]*(?:APPLAUSE|LAUGHTER|CROSSTALK|CHEERING|BOOING|CHEERS AND APPLAUSE)[ \t]*$"
)
_PLAIN: Final = (
    # Most words: nothing that is skipped begins with a small letter, and after these no word goes
    # on, not even "per cent" or "in 't". They are found twice as fast as by the ways below.
    rf"[a-z]++(?=[,;:!?.)]|[ ](?![{APOSTROPHES}\s\u00a0Cc-]))"
)
_SOURCE = re.compile(f"{_PLAIN}|(?P<skip>{_SKIPPED})|(?P<word>{_WORD})", re.MULTILINE)
_GARBLED: Final = ("â€™", "вЂ™")  # a curly apostrophe decoded as cp1252 or cp1251
_NOISE: Final = (
    r"(?:applause|laugh\w*|chuckl\w*|sighs?|cheer\w*|boo(?:s|ing)?|cross-?talk|inaudible|unintelligible|"
    r"indiscernible|sic|ph|(?:my )?(?:emphas[ie]s|italics)(?: (?:added|mine|ours|supplied))?)"
)
_SURELY: Final = rf"{_NOISE}(?:(?: and|,) {_NOISE})?"
"""All of a bracket: what a quotation puts into brackets may else be an insertion."""
_UNSPOKEN: Final = (  # what is copied along with the words and was not said
    r"(?:^[ \t]*|(?<=[.!?)\]\"”—…-][ \t])|(?<=[.!?)\]\"”—…-][ \t][ \t]))"
    r"[A-Z][A-Z.’'\-]+(?:[ \t]+[A-Z][A-Z.’'\-]*){0,4}(?:[ \t]*\([^()\n]{1,30}\))?:(?=\s|\Z)"
    rf"|\((?i:{_SURELY})[.!]?\)|\[(?i:{_SURELY})[.!]?\]"
    rf"|{_VERSE}|{_NOTE}|{_ADDRESS}"
    r"|\[(?<=[.!?…\"”’]\s\[)\d{1,3}\](?=[\s\"”’]*\Z)"  # a note's mark set apart: faces. [12]
)
_QUOTATION = re.compile(
    rf"(?P<skip>{_UNSPOKEN})"
    r"|(?P<gap>\[\s*(?:…|\.\s?\.\s?\.)[\s.]*\]|\(\s*(?:…|\.\s?\.\s?\.)[\s.]*\)|…|\.\s?\.\s?\.(?:\s?\.)*)"
    r"|(?P<part>(?<![^\W_])\[[^\W\d_]{1,3}\](?=[^\W_]))"  # [T]he
    r"|(?P<ending>(?<=[^\W\d_])\[[^\W\d_]{1,3}\](?![^\W_]))"  # want[ed]
    rf"|(?P<word>{_WORD})|(?P<open>\[)|(?P<close>\])",
    re.MULTILINE,
)
_SPELLED: Final = {
    "%": "percent", "％": "percent", "٪": "percent", "‰": "permille", "°": "degrees",
    "º": "degrees", **dict.fromkeys(_MINUS, "minus"),
}  # fmt: skip
"""Marks that are words."""
_PER_CENT = re.compile(r"per[\s-]+cent", re.IGNORECASE)
_SUPERSCRIPT = re.compile(r"(?<=\w\w\w)(?<!\A10)[¹²³⁰-⁹]+|(?<=\d)(?<!\A10)[¹²³⁰-⁹]+")
"""A note's number after a word; m² and 10⁶ keep their power."""
_POWER = re.compile(r"\A10(?=[¹²³⁰-⁹])")
_MIXED = re.compile(r"(?<=\d)(?=[¼½¾⅐-⅞])")
_DASHES = str.maketrans("−–‑﹣－⁄", "-----/")
_FOLDED: dict[str, str] = {}
_STOP = re.compile(r"(?<!\b[A-HJ-Z])\.|[!?…]")
"""What ends a sentence; the stop of an initial does not."""
_BRACKETS = str.maketrans("()[]:", "     ")
_NO_BRACKETS = str.maketrans("", "", "[]")
_JUNK = re.compile(r"[\u00ad\u200b-\u200d]")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a stretch of text, as parallel tuples.

    ``forms[i]`` is the folded form of the word at ``text[starts[i]:ends[i]]``. ``skipped`` are the
    stretches passed over. In a quotation, ``gaps`` holds each index before which an ellipsis stands
    (0 before the first word, ``len(forms)`` after the last) and ``bracketed`` the indices of words
    in square brackets. In a source, ``stops`` are the indices of words that begin a sentence, in
    order. ``texts`` are the raw texts that the words stand in, each with its offset.
    """

    forms: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    skipped: tuple[Span, ...] = ()
    gaps: frozenset[int] = frozenset()
    bracketed: frozenset[int] = frozenset()
    stops: tuple[int, ...] = ()
    texts: tuple[tuple[int, str], ...] = ()

    def __len__(self) -> int:
        return len(self.forms)

    def span(self, first: int, last: int) -> Span:
        """The raw span from word ``first`` up to, not including, word ``last``."""
        return Span(self.starts[first], self.ends[last - 1])

    def raw(self, start: int, end: int) -> str:
        """The raw text between two offsets, spaces in place of what is not spoken.

        One code point of it stands for one of the text.
        """
        pieces: list[str] = []
        at = start
        for offset, text in self.texts:
            if offset + len(text) <= at:
                continue
            if offset >= end:
                break
            pieces.append(" " * (offset - at))
            at = max(at, offset)
            pieces.append(text[at - offset : end - offset])
            at = min(end, offset + len(text))
        raw = "".join(pieces).ljust(end - start)
        for skip in self.skipped:
            if skip.start < end and start < skip.end:
                first, last = max(skip.start, start) - start, min(skip.end, end) - start
                raw = raw[:first] + " " * (last - first) + raw[last:]
        return raw

    def before_stop(self, index: int) -> int:
        """How many words before ``index`` stand in the sentence that it continues."""
        at = bisect_right(self.stops, index)
        return index - self.stops[at - 1] if at else index

    def to_stop(self, index: int) -> int:
        """How many words from ``index`` on stand in the sentence of the word before it."""
        at = bisect_left(self.stops, index)
        return (self.stops[at] if at < len(self.stops) else len(self.forms)) - index

    def slice(self, first: int, last: int) -> Words:
        """Words ``first`` up to ``last``, keeping their offsets."""
        return Words(
            self.forms[first:last],
            self.starts[first:last],
            self.ends[first:last],
            self.skipped,
            frozenset(g - first for g in self.gaps if first <= g <= last),
            frozenset(b - first for b in self.bracketed if first <= b < last),
            texts=self.texts,
        )


_STROKED: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ħ": "h",
     "ı": "i", "þ": "th", "Þ": "Th", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe"}
)  # fmt: skip
"""Letters that no decomposition takes apart, as they are written without them."""


def fold(word: str) -> str:
    """The form in which words are compared.

    Lower case, without accents, ligatures undone, one kind of apostrophe, no separators between
    thousands; marks that are read as words are these words; the possessive of a word in -s without
    its ending.

    >>> fold("Don’t"), fold("Ségolène"), fold("620,000"), fold("3–2"), fold("%"), fold("−")
    ("don't", 'segolene', '620000', '3-2', 'percent', 'minus')
    >>> fold("Holmes’s"), fold("in ’t")
    ('holmes', "in't")
    """
    known = _FOLDED.get(word)
    if known is not None:
        return known
    form = _SPELLED.get(word, word)
    if len(form) > 7 and _PER_CENT.fullmatch(form):
        form = "percent"
    for garbled in _GARBLED:
        form = form.replace(garbled, "'")
    if not form.isascii():
        form = _MIXED.sub("+", _SUPERSCRIPT.sub("", _POWER.sub("10^", form)))
        form = without_accents(in_latin_letters(_JUNK.sub("", form))).translate(_TO_APOSTROPHE)
        form = form.translate(_STROKED)
    form = form.replace("`", "'").replace(" '", "'").casefold()
    if form.endswith("s's") and len(form) > 4:
        form = form[:-2]  # Holmes's, and Holmes' without its apostrophe
    if form[:1].isdigit():
        form = form.replace(",", "").translate(_DASHES)
    elif form[:1] == ".":
        form = f"0{form}"
    if len(_FOLDED) < 200_000:
        _FOLDED[word] = form
    return form


def bare(form: str) -> str:
    """A folded form without its apostrophes."""
    return form.replace("'", "")


def source_words(text: str, *, offset: int = 0, skip: Sequence[Span] = ()) -> Words:
    """The spoken words of a source text.

    Args:
        text: raw text, or a piece of it.
        offset: where the piece begins in its document; added to every position.
        skip: stretches known not to be spoken (labels between a transcript's turns), in document
            offsets, sorted, not overlapping.

    >>> w = source_words("CLINTON: Well, (LAUGHTER) it's true.")
    >>> w.forms, [w.span(i, i + 1).start for i in range(3)]
    (('well', "it's", 'true'), [9, 26, 31])
    """
    passed: list[Span] = [Span(s.start, s.end) for s in skip]
    pattern = _garbled_source() if any(g in text for g in _GARBLED) else _SOURCE
    matches = [*pattern.finditer(text)]
    unspoken = [match for match in matches if match.lastgroup == "skip"]
    if unspoken:
        passed += [Span(match.start() + offset, match.end() + offset) for match in unspoken]
        matches = [match for match in matches if match.lastgroup != "skip"]
    starts = [match.start() + offset for match in matches]
    ends = [match.end() + offset for match in matches]
    texts = [match[0] for match in matches]
    if skip:
        skip_starts = [s.start for s in skip]
        spoken = [
            not (at := bisect_left(skip_starts, end)) or skip[at - 1].end <= start
            for start, end in zip(starts, ends, strict=True)
        ]
        starts, ends, texts = (
            [*itertools.compress(starts, spoken)],
            [*itertools.compress(ends, spoken)],
            [*itertools.compress(texts, spoken)],
        )
    known = _FOLDED.get
    forms = [known(word) or fold(word) for word in texts]
    # One code point between two words is a space: most need not be looked at.
    stops = [
        k
        for k, (last, start) in enumerate(zip([offset, *ends], starts, strict=False))
        if start - last > 1 and _STOP.search(text, last - offset, start - offset)
    ]
    passed.sort()
    return Words(
        tuple(forms),
        tuple(starts),
        tuple(ends),
        tuple(passed),
        stops=tuple(stops),
        texts=((offset, text),),
    )


@cache
def _garbled_source() -> re.Pattern[str]:
    """What words look like in a text with garbled apostrophes; few texts have any."""
    return re.compile(
        f"(?P<skip>{_SKIPPED})|(?P<word>(?:(?!â€™|вЂ™){_LETTER})+(?:â€™|вЂ™){_LETTER}+|{_WORD})",
        re.MULTILINE,
    )


def quotation_words(text: str) -> Words:
    """The words of a quotation, with its ellipses and square brackets noted.

    Labels, stage directions and verse numbers that were copied along are passed over, as in a
    source.

    >>> w = quotation_words("We … [will] go")
    >>> w.forms, sorted(w.gaps), sorted(w.bracketed)
    (('we', 'will', 'go'), [1], [1])
    """
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps: set[int] = set()
    bracketed: set[int] = set()
    depth = 0
    part: re.Match[str] | None = None
    skipped: list[Span] = []
    for match in _QUOTATION.finditer(text):
        kind = match.lastgroup
        if kind == "skip":
            skipped.append(Span(match.start(), match.end()))
        elif kind == "gap":
            gaps.add(len(forms))
        elif kind == "open":
            depth += 1
        elif kind == "close":
            depth = max(0, depth - 1)
        elif kind == "part":
            part = match
        elif kind == "ending" and forms:
            forms[-1], ends[-1] = (
                fold(text[starts[-1] : match.end()].translate(_NO_BRACKETS)),
                match.end(),
            )
            bracketed.add(len(forms) - 1)
        else:
            word, start = match.group(), match.start()
            if part is not None and part.end() == start:
                word, start = part.group()[1:-1] + word, part.start()
            elif depth:
                bracketed.add(len(forms))
            forms.append(fold(word))
            starts.append(start)
            ends.append(match.end())
            part = None
    if not forms and skipped:  # nothing else: then these are the words
        return source_words(text.translate(_BRACKETS))
    return Words(
        tuple(forms),
        tuple(starts),
        tuple(ends),
        tuple(skipped),
        frozenset(gaps),
        frozenset(bracketed),
        texts=((0, text),),
    )


def join(pieces: Iterable[Words]) -> Words:
    """One run of words from neighbouring pieces of a document, given in text order.

    Words that two overlapping pieces share are taken once.
    """
    forms: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    skipped: list[Span] = []
    stops: list[int] = []
    texts: list[tuple[int, str]] = []
    for piece in pieces:
        texts.extend(piece.texts)
        first = bisect_left(piece.starts, ends[-1]) if ends else 0
        stops.append(len(forms))  # passages end with sentences
        stops.extend(stop - first + len(forms) for stop in piece.stops if stop > first)
        forms.extend(piece.forms[first:])
        starts.extend(piece.starts[first:])
        ends.extend(piece.ends[first:])
        skipped.extend(piece.skipped)
    return Words(
        tuple(forms),
        tuple(starts),
        tuple(ends),
        tuple(sorted(set(skipped))),
        stops=tuple(stops),
        texts=tuple(texts),
    )
