"""Whether two words are one word written in two ways: spellings, numerals, misprints."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from quotecheck.comparison.words import bare, fold
from quotecheck.language.ocr_confusions import MISREADINGS
from quotecheck.language.ordinary_words import is_ordinary
from quotecheck.language.word_classes import FUNCTION_WORDS, NEGATIONS, NUMBER_WORDS, SPELLINGS
from quotecheck.language.word_frequencies import is_rare

__all__ = ["is_compared", "is_halved", "is_misprint", "number_value", "same_spelling", "stem"]

_NUMERAL = re.compile(r"\d+(?:\.\d+)?\Z")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|s)\Z")
_DOUBLED = re.compile(r"([bcdfgklmnprstvz])\1(ed|ing|ers?)\Z")
_VERB_LETTERS: Final = 6
"""Letters from which on a word in -e is a verb where its participle is a word; shorter ones may be
torn ("thre" and "thred")."""
_DIGIT_IN_WORD = re.compile(r"[a-z]\d|\d[a-z]")


def number_value(words: Sequence[str]) -> float | None:
    """The number that a run of words stands for, or None when it is not a number.

    >>> number_value(("twenty", "five")), number_value(("2", "million")), number_value(("two",))
    (25.0, 2000000.0, 2.0)
    """
    if not words:
        return None
    total = current = 0.0
    any_number = False
    for word in words:
        ordinal = _ORDINAL.match(word)
        if _NUMERAL.match(word):
            value = float(word)
            current = (
                current + value
                if any_number and current and value < 100 <= current
                else (current * 1_000 + value if any_number and current and value >= 100 else value)
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
        elif word in ("and", "a", "an"):
            continue
        else:
            return None
        any_number = True
    return total + current if any_number else None


_VARIANT_ENDINGS: Final = (  # enough letters before an ending that four is not for
    (
        re.compile(
            r"(?<=\w{2})(?<!\Asc)(?<!\Afl)our(?=s?\Z|ed\Z|ing\Z|abl[ey]\Z|ites?\Z|itism\Z|ful\Z|less\Z|ers?\Z|"
            r"hoods?\Z|ly\Z|y\Z|al\Z)"
        ),
        "or",
    ),
    (re.compile(r"\A(harb|neighb|col|lab|fav|hum|rum|vap|arm|behavi|endeav|flav)our"), r"\1or"),
    (re.compile(r"(?<=\w{3})is(?=e[sd]?\Z|ing\Z|ations?\Z|ers?\Z)"), "iz"),
    (re.compile(r"(?<=\w{3})ys(?=e[sd]?\Z|ing\Z)"), "yz"),
    (re.compile(r"(?<=\w{2})tre(?=s?\Z)"), "ter"),
    (re.compile(r"(?<=\w{3})ogu(?:e(?=s?\Z)|(?=ed\Z|ing\Z|ers?\Z))"), "og"),
    (re.compile(r"(?<=[aeiou]\w[aeiou])(?<!fi)ll(?=ed\Z|ing\Z|ers?\Z|ors?\Z|ous\Z)"), "l"),
    (re.compile(r"(?<=[aeiou]\w{2}[aeiou])(?<!fi)ll(?=ed\Z|ing\Z|ers?\Z|ors?\Z|ous\Z)"), "l"),
    (re.compile(r"(?<=[^cge])eabl(?=[ey]\Z)"), "abl"),
    (re.compile(r"(?<=\w{3}[^aeio])oes\Z"), "os"),
    (
        re.compile(
            r"(?<=(?:in|up|on|ea|me))wards\Z|(?<=(?:out|own|ast|est|rth|uth|sky|sea|and))wards\Z"
        ),
        "ward",
    ),
    (re.compile(r"(?<=\w{2})e?'d\Z"), "ed"),
    (re.compile(r"ct?ion(?=s?\Z)"), "xion"),
    (
        re.compile(
            r"\A(an|h|p)ae(?=m|d|sth)|\A()ae(?=sth)|\A(medi|arch|encyclop|gyn|prim|leuk|orthop|f)ae"
        ),
        r"\1\2\3e",
    ),
    (re.compile(r"\A(f?)oe(?=t|s[ot]|d)|(diarrh|homo|am)oe"), r"\1\2e"),
    (re.compile(r"(?<=[aeiouy]\w)ick(?=s?\Z|ly\Z)|(?<=[aeiouy]\w\w)ick(?=s?\Z|ly\Z)"), "ic"),
    (
        re.compile(r"\Av(?=[^aeiouy'\W][^\W]{2})(?=[^aeiouy]{1,3}[aeiouy])"),
        "u",
    ),  # vnder, vsed; no modern word begins so
    (re.compile(r"(?<=[aeior])u(?=[aeio])(?!an\Z)"), "v"),  # euery, haue, serue
    (
        re.compile(r"\Ai(?=(?:[aou]\w{2,}|oy)\Z)(?!ain|oan|ulia|ana|on|ota|od|owa)"),
        "j",
    ),  # iust, ioy
)


_REGULAR: Final = ("s", "ed", "ing", "er", "ers", "able", "less", "ist", "ists")
"""Endings that a word takes in both of its spellings."""


def _inflected(word: str) -> str | None:
    """A word whose base has two spellings, in the one form: "offences" as "offenses".

    Of the silent e of old books nothing follows: "starred" is not "stared".
    """
    for ending in _REGULAR:
        base = word.removesuffix(ending)
        if base == word or len(base) < 4:
            continue
        if base in SPELLINGS and not base.startswith(SPELLINGS[base]):
            return f"{SPELLINGS[base]}{ending}"
        to = SPELLINGS.get(f"{base}e") if ending[0] in "eia" else None
        if to is not None and not base.startswith(to):
            return to.removesuffix("e") + ending
    return None


def _canonical(word: str) -> str:
    word = SPELLINGS.get(word) or _inflected(word) or word
    if word.endswith("'s"):
        return f"{_canonical(word[:-2])}s"  # neighbour's
    for ending, to in _VARIANT_ENDINGS:
        word = ending.sub(to, word)
    return bare(word)


def same_spelling(a: str, b: str) -> bool:
    """Whether two folded words are one word in two spellings.

    >>> same_spelling("strain'd", "strained"), same_spelling("labour", "labor")
    (True, True)
    >>> same_spelling("four", "for"), same_spelling("interest", "interests")
    (False, False)
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

    An ordinary word is not a misprint of another, and none that the library knows, unless other
    words of the quotation are misread too and it is rare.

    >>> is_misprint("because", "becausc"), is_misprint("will", "wiU"), is_misprint("much", "rnuch")
    (True, True, True)
    >>> is_misprint("rnayor", "mayor", frequency=lambda word: 9), is_misprint("tlie", "the")
    (True, True)
    >>> is_misprint("hat", "bat"), is_misprint("tunnel", "funnel")
    (False, False)
    """
    copy = re.sub(r"(?<=[a-z])U", "ll", raw)
    copy = re.sub(r"(?<=[a-z])I", "l", copy)
    copy = bare(fold(copy))
    source = bare(source)
    if source == copy:
        return True
    if source.isdigit() or copy.isdigit() or not source:
        return False
    written = bare(fold(raw))
    if _DIGIT_IN_WORD.search(written) and not _DIGIT_IN_WORD.search(source):
        return _misread(source, copy, 1 + len(source) // 3)
    if written in FUNCTION_WORDS or written in NEGATIONS:
        return _is_garbled(source, written)
    slip = len(source) >= 5 and raw[:1].islower() and _slip(source, copy)
    if slip and is_ordinary(written) and not _is_word(source):
        return True  # a misprint of the source, repaired
    if raw[:1].islower() and is_ordinary(written) and _is_garbled(source, written):
        return True  # rnayor, mayor
    written_frequency = frequency(written) if frequency is not None else 0
    source_frequency = frequency(source) if frequency is not None else 0
    if written_frequency and not (
        written_frequency <= 3 and (others or source_frequency > 50 * written_frequency)
    ):
        return False
    if stem(source) == stem(written):
        return False  # an inflection that the library happens not to hold
    if _is_word(written) and _is_word(source) and not (others and is_rare(written)):
        return False
    return slip or _misread(source, copy, 1 + len(source) // 4)


def _is_word(word: str) -> bool:
    """Whether a word is in common use, or made of one by an ending that many words take.

    A verb may be rarer than its participle: "proscribe" is a word as "proscribed" is.
    """
    return (
        is_ordinary(word)
        or any(
            word.endswith(ending) and is_ordinary(word.removesuffix(ending))
            for ending in ("ly", "ness")
        )
        or (len(word) >= _VERB_LETTERS and word.endswith("e") and is_ordinary(f"{word}d"))
    )


def _is_garbled(source: str, repaired: str) -> bool:
    """Whether a source's letters are a word misread: "tlie" is "the", "rnayor" is "mayor".

    Only where one letter was read as two or two as one: a name may differ in one letter.
    """
    return (
        len(source) != len(repaired)
        and not is_ordinary(source)
        and source not in FUNCTION_WORDS
        and any(
            len(x) != len(y)
            and source[at : at + len(x)] == x
            and source[:at] + y + source[at + len(x) :] == repaired
            for x, y in MISREADINGS
            for at in range(len(source))
        )
    )


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


def is_halved(a: str, b: str) -> bool:
    """Whether two words differ in one double consonant before an ending, and are two verbs.

    >>> is_halved("starred", "stared"), is_halved("hoping", "hopping"), is_halved("works", "work")
    (True, True, False)
    """
    single = [_DOUBLED.sub(r"\1\2", word) for word in (a, b)]
    return a != b and single[0] == single[1] and _is_word(a) and _is_word(b)


_DEGREE = re.compile(r"e?(?:r|st)\Z")


def is_compared(a: str, b: str) -> bool:
    """Whether one of two words compares and the other does not: loud, louder.

    Not of verbs and those who do them: teach, teacher.

    >>> is_compared("loud", "louder"), is_compared("happier", "happy")
    (True, True)
    >>> is_compared("teach", "teacher"), is_compared("fewer", "fewest")
    (False, False)
    """
    plain, compared = sorted((a, b), key=len)
    root = _DEGREE.sub("", compared)
    if root == compared or root.rstrip("i") not in (plain, plain[:-1], plain + plain[-1:]):
        return False
    return is_ordinary(f"{root}er") and is_ordinary(f"{root}est") and not _DEGREE.search(plain)


_INFLECTIONS: Final = (
    ("'s", 2), ("ies", 3), ("ing", 4), ("edst", 3), ("eth", 3), ("est", 4), ("ed", 3), ("es", 3),
    ("ly", 4), ("s", 3), ("d", 4), ("er", 4),
)  # fmt: skip


def stem(word: str) -> str:
    """A folded word without its inflection, roughly.

    >>> stem("working") == stem("works") == stem("workers") == stem("work")
    True
    """
    doubled = False
    for _ in range(2):
        for ending, least in _INFLECTIONS:
            if (
                word.endswith(ending)
                and len(word) - len(ending) >= least
                and not word.endswith("ss")
            ):
                word = word[: -len(ending)]
                doubled = doubled or ending in ("ed", "ing", "er", "est")
                break
    if doubled and len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e").removesuffix("y").removesuffix("i") or word
