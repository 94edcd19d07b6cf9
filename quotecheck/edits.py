"""Says what one difference between a source and a quotation is, and what it does to the sense.

Rules in order, surest first; each edit carries the name of its class and a severity: none (the
reader loses nothing), wording (other words, same sense), meaning (the sense may be another).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from quotecheck.align import Block, alike
from quotecheck.annotations import Edit, Severity
from quotecheck.lexicon.misprints import MISREADINGS, REAL_WORDS
from quotecheck.lexicon.wording import (
    ABBREVIATIONS,
    CONTRACTIONS,
    FUNCTION_WORDS,
    MODALS,
    NEGATIONS,
    NUMBER_WORDS,
    OPPOSITES,
    PERSONS,
    QUANTIFIERS,
    SOUND_ALIKE,
    SPELLINGS,
    TIMES,
    UNITS,
)
from quotecheck.words import bare

__all__ = ["TYPOGRAPHIC", "Stretch", "classify", "is_misprint", "number_value", "same_spelling"]

TYPOGRAPHIC: Final = frozenset(
    {"typography", "spelling", "abbreviation", "numeral", "hyphenation", "misprint"}
)
"""Classes of edit that leave the words the same."""

_NUMERAL = re.compile(r"\d+(?:\.\d+)?\Z")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|s)\Z")
_DIGIT_IN_WORD = re.compile(r"[a-z]\d|\d[a-z]")
_AMBIGUOUS: Final = frozenset(
    "we're were i'll ill she'll shell he'll hell we'll well we'd wed she'd shed he'd hed i'd id "
    "who're whore can't cant won't wont".split()
)
"""With and without the apostrophe these are different words."""
_CAPITAL_ONLY: Final = frozenset(
    "us un uk eu la ny dc no co min sat sun mon mar st wed ave v rep gen sec jan may aug mt ms fri "
    "col maj hon rev pres inc ft la amb dec".split()
)
"""Abbreviations only where they are written with a capital or a stop."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some words with both forms: ``forms`` folded, ``raw`` as written."""

    forms: tuple[str, ...]
    raw: tuple[str, ...]

    @property
    def text(self) -> str:
        """The words as written, one space between them."""
        return " ".join(self.raw)


def classify(
    block: Block,
    before: Stretch,
    after: Stretch,
    *,
    bracketed: bool = False,
    frequency: Callable[[str], int] | None = None,
    misprinted: bool = False,
) -> Edit:
    """Class and severity of one block that is not equal.

    Args:
        block: the block; its operation tells omission from insertion.
        before: the source's words (none for an insertion).
        after: the quotation's words (none for an omission).
        bracketed: whether the quotation's words stand in square brackets.
        frequency: how often the library holds a folded word; without it, no word is known.
        misprinted: whether other words of the quotation are surely misread, so that this one may be.

    >>> classify(Block("replace", 0, 1, 0, 1), Stretch(("43",), ("43",)), Stretch(("34",), ("34",)))
    Edit(kind='number', before='43', after='34', severity='meaning')
    """
    kind, severity = _class(block.op, before, after, bracketed, frequency, misprinted)
    return Edit(kind, before.text, after.text, severity)


def _class(
    op: str,
    before: Stretch,
    after: Stretch,
    bracketed: bool,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> tuple[str, Severity]:
    a, b = before.forms, after.forms
    if op == "replace":
        same = _same_words(before, after, frequency, misprinted)
        if same:
            return same, "none"
    if _contracted(a) & _contracted(b):
        return "contraction", "wording"
    if _sounded(a) == _sounded(b):
        return "transcription", "wording"
    guarded = _guards(before, after)
    if bracketed and not (guarded and guarded[0] == "negation"):
        return "bracketed insertion", "wording"
    if guarded:
        return guarded
    if all(word in FUNCTION_WORDS for word in (*a, *b)):
        return ("function word", "wording")
    if op == "delete":
        return "omission", "wording"
    if op == "insert":
        adverb = all(word.endswith("ly") or word in FUNCTION_WORDS for word in b)
        return "insertion", "wording" if adverb else "meaning"
    if len(a) == len(b) and all(_stem(x) == _stem(y) for x, y in zip(a, b, strict=True)):
        return "inflection", "wording"
    return "word", "meaning"


def _same_words(
    before: Stretch,
    after: Stretch,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> str | None:
    """The typographic class of a replacement that leaves the words the same, else None."""
    a, b = before.forms, after.forms
    joined_a, joined_b = "".join(map(bare, a)), "".join(map(bare, b))
    if joined_a == joined_b:
        if len(a) == len(b) and any(
            x != y and (x in _AMBIGUOUS or y in _AMBIGUOUS) for x, y in zip(a, b, strict=True)
        ):
            return None
        return "hyphenation" if len(a) != len(b) else "typography"
    value_a, value_b = number_value(a), number_value(b)
    if value_a is not None and value_a == value_b:
        return "numeral"
    if value_a is not None or value_b is not None:
        return None
    full_a, full_b = _expanded(before), _expanded(after)
    if full_a == full_b:
        return "abbreviation"
    if same_spelling("".join(full_a), "".join(full_b)):
        return "spelling"
    if len(a) == len(b):
        kinds = [
            _same_word(x, y, rx, ry, frequency, misprinted)
            for x, y, rx, ry in zip(full_a, full_b, before.raw, after.raw, strict=False)
        ]
        if len(full_a) == len(full_b) == len(a) and all(kinds):
            return next((k for k in kinds if k == "misprint"), kinds[0])
    # A misread or divided word: letters decide.
    if is_misprint(joined_a, "".join(after.raw), frequency=frequency, others=misprinted):
        return "misprint"
    return None


def _same_word(
    x: str,
    y: str,
    raw_x: str,
    raw_y: str,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> str | None:
    if x == y or bare(x) == bare(y):
        return None if x != y and (x in _AMBIGUOUS or y in _AMBIGUOUS) else "typography"
    if number_value((x,)) is not None and number_value((x,)) == number_value((y,)):
        return "numeral"
    if same_spelling(x, y):
        return "spelling"
    del raw_x
    return "misprint" if is_misprint(x, raw_y, frequency=frequency, others=misprinted) else None


def number_value(words: Sequence[str]) -> float | None:
    """The number that a run of words stands for, or None when it is no number.

    >>> number_value(("twenty", "five")), number_value(("2", "million")), number_value(("two",))
    (25.0, 2000000.0, 2.0)
    """
    if not words:
        return None
    total = current = 0.0
    seen = False
    for word in words:
        ordinal = _ORDINAL.match(word)
        if _NUMERAL.match(word):
            value = float(word)
            current = (
                current + value
                if seen and current and value < 100 <= current
                else (current * 1_000 + value if seen and current and value >= 100 else value)
            )
        elif ordinal:
            current += float(ordinal[1])
        elif word in NUMBER_WORDS:
            value = float(NUMBER_WORDS[word])
            if value >= 1_000 and word not in ("first",):
                total += (current or 1.0) * value
                current = 0.0
            elif value == 100:
                current = (current or 1.0) * 100
            else:
                current += value
        elif word in ("and", "a", "an") and len(words) > 1:
            continue
        else:
            return None
        seen = True
    return total + current if seen else None


def _expanded(stretch: Stretch) -> list[str]:
    """Folded words with abbreviations and spelling variants spelled out."""
    out: list[str] = []
    for form, raw in zip(stretch.forms, stretch.raw, strict=True):
        full = ABBREVIATIONS.get(form)
        if full is not None and form in _CAPITAL_ONLY and not (raw[:1].isupper() or "." in raw):
            full = None
        if full is None:
            full = SPELLINGS.get(form, form)
        out.extend(full.split())
    return out


_ENDINGS: Final = (
    (re.compile(r"our(?=s?\Z|ed\Z|ing\Z|able\Z|ite\Z|ful\Z|er\Z|ers\Z|hood\Z|ly\Z)"), "or"),
    (re.compile(r"is(?=e[sd]?\Z|ing\Z|ation\Z|ations\Z|er\Z|ers\Z)"), "iz"),
    (re.compile(r"ys(?=e[sd]?\Z|ing\Z)"), "yz"),
    (re.compile(r"tre(?=s?\Z)"), "ter"),
    (re.compile(r"ogue(?=s?\Z)"), "og"),
    (re.compile(r"ll(?=ed\Z|ing\Z|er\Z|ers\Z|or\Z|ors\Z|ous\Z)"), "l"),
    (re.compile(r"'d\Z"), "ed"),
    (re.compile(r"eed\Z"), "ed"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"ct?ion(?=s?\Z)"), "xion"),
)


def _canonical(word: str) -> str:
    word = SPELLINGS.get(word, word)
    for ending, to in _ENDINGS:
        word = ending.sub(to, word)
    return bare(word)


def same_spelling(a: str, b: str) -> bool:
    """Whether two folded words are one word in two spellings.

    >>> same_spelling("strain'd", "strained"), same_spelling("labour", "labor")
    (True, True)
    >>> same_spelling("wise", "wize"), same_spelling("interest", "interests")
    (True, False)
    """
    if a == b:
        return True
    if min(len(a), len(b)) < 3:
        return SPELLINGS.get(a, a) == SPELLINGS.get(b, b)
    return _canonical(a) == _canonical(b) or _canonical(a).replace("'", "e") == _canonical(
        b
    ).replace("'", "e")


def is_misprint(
    source: str,
    raw: str,
    *,
    frequency: Callable[[str], int] | None = None,
    others: bool = False,
) -> bool:
    """Whether ``raw`` is ``source`` as a machine or a hasty hand would misread it.

    A word that the library knows, or that is an ordinary word by itself, is no misprint, unless
    other words of the quotation are misread too and the library hardly knows it.

    >>> is_misprint("because", "becausc"), is_misprint("will", "wiU"), is_misprint("much", "rnuch")
    (True, True, True)
    >>> is_misprint("hat", "bat")
    False
    """
    copy = re.sub(r"(?<=[a-z])U", "ll", raw)
    copy = re.sub(r"(?<=[a-z])I", "l", copy)
    copy = bare(copy.casefold())
    source = bare(source)
    if source == copy:
        return True
    if source.isdigit() or copy.isdigit() or not source:
        return False
    written = bare(raw.casefold())
    if _DIGIT_IN_WORD.search(written) and not _DIGIT_IN_WORD.search(source):
        return _misread(source, copy, 1 + len(source) // 3)
    if written in FUNCTION_WORDS or written in REAL_WORDS or written in NEGATIONS:
        return False
    heard = frequency(written) if frequency is not None else 0
    usual = frequency(source) if frequency is not None else 0
    if heard and not (heard <= 3 and (others or usual > 50 * heard)):
        return False
    if _stem(source) == _stem(written):
        return False  # an inflection that the library happens not to hold
    if _misread(source, copy, 1 + len(source) // 5):
        return True
    return len(source) >= 5 and raw[:1].islower() and _slip(source, copy)


def _misread(a: str, b: str, left: int, i: int = 0, j: int = 0) -> bool:
    """Whether ``b`` from ``j`` is ``a`` from ``i`` with at most ``left`` misreadings."""
    while i < len(a) and j < len(b) and a[i] == b[j]:
        # A misreading may begin on an equal letter ("li" for "h" after "l"): rare, so not tried.
        i, j = i + 1, j + 1
    if i == len(a) and j == len(b):
        return True
    if not left:
        return False
    return any(
        a.startswith(x, i)
        and b.startswith(y, j)
        and _misread(a, b, left - 1, i + len(x), j + len(y))
        for x, y in MISREADINGS
    ) or (i > 0 and j > 0 and _misread_back(a, b, left, i, j))


def _misread_back(a: str, b: str, left: int, i: int, j: int) -> bool:
    """A misreading that began one equal letter earlier ("ti" read as "fi" is not one; "in" is)."""
    return any(
        len(x) + len(y) > 2
        and a.startswith(x, i - 1)
        and b.startswith(y, j - 1)
        and _misread(a, b, left - 1, i - 1 + len(x), j - 1 + len(y))
        for x, y in MISREADINGS
    )


def _slip(a: str, b: str) -> bool:
    """Whether two letters changed places, or a letter was doubled or halved."""
    if len(a) == len(b):
        diff = [k for k in range(len(a)) if a[k] != b[k]]
        return (
            len(diff) == 2
            and diff[1] == diff[0] + 1
            and a[diff[0]] == b[diff[1]]
            and a[diff[1]] == b[diff[0]]
        )
    short, long = sorted((a, b), key=len)
    return len(long) == len(short) + 1 and any(
        long[k] == long[k - 1] and long[:k] + long[k + 1 :] == short for k in range(1, len(long))
    )


def _contracted(words: Sequence[str]) -> set[tuple[str, ...]]:
    """The readings of some words with contractions undone."""
    readings: list[list[str]] = [[]]
    for word in words:
        full = CONTRACTIONS.get(word)
        ways = [[word]]
        if full:
            ways = [full.split()]
            if word.endswith("'s") and full.endswith(" is"):
                ways.append([full.split()[0], "has"])
            if word.endswith("'d") and full.endswith(" would"):
                ways.append([full.split()[0], "had"])
        elif word.endswith("'s"):
            ways = [[word], [word[:-2], "is"], [word[:-2], "has"]]
        elif word.endswith("'re"):
            ways = [[word], [word[:-3], "are"]]
        elif word.endswith("'ve"):
            ways = [[word], [word[:-3], "have"]]
        elif word.endswith("'ll"):
            ways = [[word], [word[:-3], "will"]]
        readings = [r + way for r in readings for way in ways][:16]
    return {tuple(r) for r in readings}


def _sounded(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    for word in words:
        out.extend(SOUND_ALIKE.get(word, word).split())
    return out


def _polarity(words: Sequence[str]) -> int:
    return sum(word in NEGATIONS or word.endswith("n't") for word in words)


def _guards(before: Stretch, after: Stretch) -> tuple[str, Severity] | None:
    """Edits that turn the sense, whatever else they do."""
    a, b = before.forms, after.forms
    if _polarity(a) % 2 != _polarity(b) % 2:
        return "negation", "meaning"
    if _numbers(a) != _numbers(b):
        return "number", "meaning"
    for kind, words in (("modality", MODALS), ("quantifier", QUANTIFIERS)):
        if {w for w in a if w in words} != {w for w in b if w in words}:
            return kind, "meaning"
    if {_stem(w) for w in a} & TIMES != {_stem(w) for w in b} & TIMES:
        return "date", "meaning"
    if {_stem(w) for w in a} & UNITS != {_stem(w) for w in b} & UNITS and a and b:
        return "unit", "meaning"
    if a and b and any(OPPOSITES.get(x) in b or OPPOSITES.get(_stem(x)) in b for x in a):
        return "opposite", "meaning"
    names_a, names_b = _names(before), _names(after)
    if names_a != names_b and (names_a or names_b) and a and b:
        # Russia for the Russian Federation, Mrs. Clinton for Hillary Clinton: one name, two forms.
        kin = any(x[:4] == y[:4] and min(len(x), len(y)) >= 4 for x in names_a for y in names_b)
        return "name", "wording" if kin or not (names_a and names_b) else "meaning"
    persons_a, persons_b = (
        {PERSONS[w] for w in a if w in PERSONS},
        {PERSONS[w] for w in b if w in PERSONS},
    )
    if persons_a and persons_b and persons_a != persons_b:
        return "person", "meaning"
    return None


def _numbers(words: Sequence[str]) -> list[float]:
    """Numbers among the words, in order; "one" and "second" alone may be no number."""
    out: list[float] = []
    run: list[str] = []
    for word in (*words, ""):
        if word and number_value((word,)) is not None and word not in ("one", "once", "second"):
            run.append(word)
        elif run:
            value = number_value(run)
            out.append(value if value is not None else -1.0)
            run = []
    return out


def _names(stretch: Stretch) -> set[str]:
    """Words that look like names: capitals on words that need none."""
    return {
        form
        for form, raw in zip(stretch.forms, stretch.raw, strict=True)
        if raw[:1].isupper() and form not in FUNCTION_WORDS and form not in CONTRACTIONS
    }


def _stem(word: str) -> str:
    """A word without its inflection, roughly."""
    for ending, least in (("'s", 2), ("ies", 3), ("ing", 4), ("edst", 3), ("eth", 3), ("est", 4),
                          ("ed", 3), ("es", 3), ("ly", 4), ("s", 3), ("d", 4), ("er", 4)):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)]
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e").removesuffix("y").removesuffix("i") or word


def likeness(before: Stretch, after: Stretch) -> float:
    """Likeness of two stretches by letters, 0..1."""
    return alike("".join(before.forms), "".join(after.forms))
