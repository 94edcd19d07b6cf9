"""Says what one difference between a source and a quotation is, and what it does to the sense.

Rules in order, surest first; each edit carries the name of its class and a severity: none (the
reader loses nothing), wording (other words, same sense), meaning (the sense may be another).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from quotecheck.comparison.bleeped import is_bleeped
from quotecheck.comparison.compounds import SpacedWords, division_severity
from quotecheck.comparison.contractions import (
    contracted,
    is_half,
    is_other_without_mark,
    lacks_apostrophe,
    periphrased,
    sounded,
)
from quotecheck.comparison.name_forms import (
    are_name_forms,
    is_another_family,
    is_another_name,
    is_renamed,
    names_in,
)
from quotecheck.comparison.quantity_classes import class_of_quantities, unpaired_class
from quotecheck.comparison.spelling import (
    is_compared,
    is_halved,
    is_misprint,
    number_value,
    same_spelling,
    stem,
)
from quotecheck.comparison.stretches import WordRun, is_bracketed_acronym
from quotecheck.comparison.unrealised import (
    is_hearsay,
    is_not_done,
    is_only_meant,
    leaves_open,
    names_another,
    reference_change,
)
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.words import bare, fold
from quotecheck.language.abbreviations import may_abbreviate
from quotecheck.language.directions import are_contrary
from quotecheck.language.homophones import is_misspelt_alike
from quotecheck.language.name_spellings import is_other_name, with_umlauts
from quotecheck.language.privatives import GRANTING
from quotecheck.language.synonyms import are_synonyms, say_the_same
from quotecheck.language.word_classes import (
    ABBREVIATIONS,
    CAPITAL_ONLY,
    COMMON_TELLING,
    FUNCTION_WORDS,
    LIMITING,
    MODALS,
    NEARLY_ONE,
    NEGATIONS,
    OPPOSITES,
    PERSONS,
    QUANTIFIERS,
    RELATION_PAIRS,
    SPELLINGS,
    TIMES,
    UNITS,
)
from quotecheck.records.check import Edit, Severity

__all__ = ["TYPOGRAPHIC", "classify_edit"]

TYPOGRAPHIC: Final = frozenset(
    {"typography", "spelling", "abbreviation", "numeral", "hyphenation", "misprint"}
)
"""Classes of edit that leave the words the same."""

_HEDGE = re.compile(
    r"(?:and |but |so |well )?(?:(?:i|we) (?:think|believe|guess|suppose|mean|hope|feel|suspect)|"
    r"in (?:my|our) (?:view|opinion|judgment)|as far as (?:i|we) know|"
    r"so to speak|kind of|sort of)(?: that)?"
)
"""What makes a statement a speaker's opinion; an article that leaves it out sounds surer."""
_WITH_IT: Final = frozenset(("in't", "on't", "upon't"))
"""Contractions of "it", which are not negations."""
_QUALITIES: Final = ("good", "great", "new")
_BEFORE_DAYS: Final = frozenset("on last next this past coming".split())
"""Before the name of a day; without more than "on" it is left open which day it is."""
_NOTED = re.compile(r"([a-z]{3,})\d{1,2}")
"""A word with the number of a note after it ("rule1")."""


def classify_edit(
    block: AlignmentBlock,
    before: WordRun,
    after: WordRun,
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
        misprinted: whether other words of the quotation are surely misread.

    >>> was, now = WordRun(("43",), ("43",)), WordRun(("34",), ("34",))
    >>> classify_edit(AlignmentBlock("replace", 0, 1, 0, 1), was, now)
    Edit(kind='number', before='43', after='34', severity='meaning')
    """
    kind, severity = _class(block.op, before, after, bracketed, frequency, misprinted)
    if kind in ("division", "hyphenation"):
        return Edit(kind, before.written, after.written, severity)
    return Edit(kind, before.text, after.text, severity)


def _class(
    op: str,
    before: WordRun,
    after: WordRun,
    bracketed: bool,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> tuple[str, Severity]:
    a, b = before.forms, after.forms
    if op == "delete" and is_bracketed_acronym(before):
        return "abbreviation", "none"
    if op == "replace" and (is_bleeped(before, after) or is_bleeped(after, before)):
        return "masked word", "wording"
    if op == "replace" and (quantity_class := class_of_quantities(before, after)):
        return quantity_class
    if op == "replace":
        division = division_severity(_spaced(before), _spaced(after), frequency)
        if division is not None:
            return ("hyphenation", "none") if division == "none" else ("division", division)
        same = _same_words(before, after, frequency, misprinted)
        if same == "misprint" and not misprinted and is_another_name(before, after):
            return "name", "wording"
        if same and is_another_family(before, after):
            return "name", "wording"
        if same:
            return same, "none"
    if contracted(a) & contracted(b):
        return "contraction", "wording"
    if op == "replace" and (is_half(a, b) or is_half(b, a)):
        return "function word", "wording"
    if sounded(a) == sounded(b) or (len(a) == len(b) == 1 and is_misspelt_alike(a[0], b[0])):
        return "transcription", "wording"
    if lacks_apostrophe(a, b):
        return "contraction", "wording"
    if op == "replace" and periphrased(a) == periphrased(b):
        return "synonym", "wording"
    if op == "replace" and len(a) > 1 and Counter(a) == Counter(b):
        return "order", _moved(before, after)
    if len(a) == len(b) == 1 and is_other_name(a[0], b[0]):
        return "name", "wording"
    if say_the_same(" ".join(a), " ".join(b)):
        return "synonym", "wording"
    guarded = _guards(before, after)
    if bracketed and not (
        guarded and (guarded[0] in ("negation", "opposite") or is_renamed(before, guarded))
    ):
        return "bracketed insertion", "wording"
    if guarded:
        return guarded
    if (op == "delete" and a[-2:] == ("rather", "than")) or (
        op != "replace" and is_not_done(a or b)
    ):
        return "negation", "meaning"
    if op == "delete" and is_only_meant(a, behind_subject=True):
        return "modality", "meaning"
    if op == "delete" and _HEDGE.fullmatch(" ".join(a)):
        return "modality", "wording"
    granted = len(a) > 1 and a[-1] in GRANTING  # weather permitting
    if op == "delete" and (a[0] in LIMITING or a[0] in ("if", "when") or granted):
        return "omission", "meaning"  # a condition, not a filler
    if op == "delete" and names_another(before):
        return "omission", "meaning"  # a possible wreck, a non-violent group
    if op == "delete" and leaves_open(a):
        return "modality", "meaning"
    if op == "replace" and len(a) == len(b) == 1 and frozenset((*a, *b)) in RELATION_PAIRS:
        return "function word", "meaning"
    if {*a, *b} < _BEFORE_DAYS and ("on",) in (a, b):
        return "function word", "wording"
    if op == "replace" and [_one(w) for w in a] == [_one(w) for w in b]:
        return "inflection", "wording"  # shalt, shall
    if op == "replace" and _says_other(a, b):
        return "word", "meaning"
    if op == "insert" and any(COMMON_TELLING.get(word) in _QUALITIES for word in b):
        return "insertion", "meaning"
    if all(word in FUNCTION_WORDS for word in (*a, *b)):
        return ("function word", "wording")
    if op == "delete":
        return "omission", "wording"
    if op == "insert":
        adverb = all(word.endswith("ly") or word in FUNCTION_WORDS for word in b)
        return "insertion", "wording" if adverb else "meaning"
    if len(a) == len(b) and all(stem(x) == stem(y) for x, y in zip(a, b, strict=True)):
        if any(is_halved(x, y) or is_compared(x, y) for x, y in zip(a, b, strict=True)):
            return "word", "meaning"  # starred, stared; loud, louder
        voices = {("ing", "ed"), ("ed", "ing")}  # developing, developed
        turned = any((x[-3:], y[-2:]) in voices or (x[-2:], y[-3:]) in voices
                     for x, y in zip(a, b, strict=True))  # fmt: skip
        return "inflection", "meaning" if turned else "wording"
    if len(a) == len(b) == 1 and are_synonyms(a[0], b[0]):
        return "synonym", "wording"
    return "word", "meaning"


def _spaced(stretch: WordRun) -> SpacedWords:
    gaps = [stretch.gap(k) for k in range(len(stretch.forms))]
    return SpacedWords(stretch.forms, stretch.raw, gaps)


def _moved(before: WordRun, after: WordRun) -> Severity:
    """Whether the same words in another order say the same.

    "Iran attacked Iraq" turned round does not; "men and women", or a word of common use put
    elsewhere, does.
    """
    content_words = [w for w in before.forms if w not in FUNCTION_WORDS]
    if content_words == [w for w in after.forms if w not in FUNCTION_WORDS] and not (
        NEGATIONS & set(before.forms)
    ):
        return "wording"
    rest = set(before.forms) - set(content_words)
    if len(content_words) == 2 and rest <= {"and", "or", "nor", "&"} and rest:
        return "wording"
    return "meaning"


def _same_words(
    before: WordRun,
    after: WordRun,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> str | None:
    """The typographic class of a replacement that leaves the words the same, else None."""
    a, b = before.forms, after.forms
    if len(a) == len(b) and any(map(is_other_without_mark, a, b)):
        return None
    joined_a, joined_b = "".join(map(bare, a)), "".join(map(bare, b))
    if joined_a == joined_b:
        owners = {(word, not many) for word, many in before.owners} & after.owners
        return None if owners else "typography"
    value_a, value_b = number_value(a), number_value(b)
    if value_a is not None or value_b is not None:
        # "fivc" is five misread; 34 is not 43 misread.
        if value_b is None and len(a) == len(b) == 1 and a[0].isalpha():
            return "misprint" if is_misprint(a[0], after.raw[0], frequency=frequency) else None
        return None
    if [*map(fold, map(with_umlauts, before.raw))] == [*map(fold, map(with_umlauts, after.raw))]:
        return "spelling"
    if {joined_a, joined_b} == {"etc", "&c"} or may_abbreviate(a, b):
        return "abbreviation"  # Elm St., Elm Street
    full_a, full_b = _expanded(before), _expanded(after)
    if full_a == full_b or (
        (len(full_a) > len(a)) != (len(full_b) > len(b))
        and full_a[full_a[0] == "the" :] == full_b[full_b[0] == "the" :]
    ):
        return "abbreviation"  # the UN, United Nations
    if same_spelling("".join(full_a), "".join(full_b)):
        return "spelling"
    if len(a) == len(b):
        kinds = [
            _same_word(x, y, ry, frequency, misprinted)
            for x, y, ry in zip(full_a, full_b, after.raw, strict=False)
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
    raw_y: str,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> str | None:
    noted = _NOTED.fullmatch(x) or _NOTED.fullmatch(y)
    if noted is not None and noted[1] in (x, y):
        return "typography"
    if bare(x) == bare(y):
        return "typography"
    if same_spelling(x, y):
        return "spelling"
    return "misprint" if is_misprint(x, raw_y, frequency=frequency, others=misprinted) else None


def _expanded(stretch: WordRun) -> list[str]:
    """Folded words with abbreviations and spelling variants spelled out."""
    out: list[str] = []
    letters = "".join(stretch.forms)
    if (
        1 < len(stretch.forms) == len(letters)
        and letters in ABBREVIATIONS
        and all(raw.isupper() for raw in stretch.raw)
    ):
        return ABBREVIATIONS[letters].split()  # U.S.
    for form, raw in zip(stretch.forms, stretch.raw, strict=True):
        full = ABBREVIATIONS.get(form)
        if full is not None and form in CAPITAL_ONLY and not (raw[:1].isupper() or "." in raw):
            full = None
        if full is None:
            full = SPELLINGS.get(form, form)
            if full == form and form.endswith("'s"):
                full = f"{SPELLINGS.get(form[:-2], form[:-2])}'s"
        out.extend(full.split())
    return out


def _polarity(words: Sequence[str]) -> int:
    negations = [
        k for k, word in enumerate(words)
        if word in NEGATIONS or (word.endswith("n't") and word not in _WITH_IT)
    ]  # fmt: skip
    # Of "not and cannot" both deny the same.
    return len(negations) - sum(
        b == a + 2 and words[a + 1] in ("and", "or") for a, b in pairwise(negations)
    )


def _guards(before: WordRun, after: WordRun) -> tuple[str, Severity] | None:
    """Edits that turn the sense, whatever else they do."""
    a, b = before.forms, after.forms
    if _polarity(a) % 2 != _polarity(b) % 2:
        return "negation", "meaning"
    if (unpaired := unpaired_class(before, after)) is not None:
        return unpaired, "meaning"
    if a and b and is_not_done(a) != is_not_done(b):
        return "negation", "meaning"
    if a and b and (is_only_meant(a) != is_only_meant(b) or is_hearsay(a) != is_hearsay(b)):
        return "modality", "meaning"
    if kind := reference_change(a, b):
        return kind, "meaning"
    for kind, words in (("modality", MODALS), ("quantifier", QUANTIFIERS)):
        source_words, quote_words = ({_one(w) for w in side if _one(w) in words} for side in (a, b))
        if source_words != quote_words and not (
            {*source_words, *quote_words} == {"every", "all"} and "each" not in (*a, *b)
        ):
            return kind, "meaning"
    if {stem(w) for w in a} & TIMES != {stem(w) for w in b} & TIMES:
        return "date", "meaning"
    if {stem(w) for w in a} & UNITS != {stem(w) for w in b} & UNITS and a and b:
        return "unit", "meaning"
    turned = any(OPPOSITES.get(x) in b or OPPOSITES.get(stem(x)) in b for x in a)
    if a and b and (turned or are_contrary(a, b)):
        return "opposite", "meaning"
    names_a, names_b = names_in(before), names_in(after)
    if names_a != names_b and (names_a or names_b) and a and b:
        # Russia for the Russian Federation, Mrs. Clinton for Hillary Clinton: one name, two forms.
        kin = any(are_name_forms(x, y) for x in names_a for y in names_b)
        return "name", "wording" if kin or not (names_a and names_b) else "meaning"
    persons_a, persons_b = ({PERSONS[w] for w in side if w in PERSONS} for side in (a, b))
    if persons_a and persons_b and persons_a != persons_b:
        return "person", "meaning"
    return None


def _says_other(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one common word that says something stands for another: "know" for "say"."""
    bases = {COMMON_TELLING.get(word) for word in (*a, *b)}
    return len(a) == len(b) == 1 and len(bases) == 2 and not (None in bases or bases in NEARLY_ONE)


_ONE: Final = {
    "each": "every", "shalt": "shall", "wilt": "will", "canst": "can", "mayst": "may",
    "wouldst": "would", "shouldst": "should", "couldst": "could", "mightst": "might",
}  # fmt: skip


def _one(word: str) -> str:
    """Of "anybody" and "anyone" one, of "each" and "every", of "shalt" and "shall"."""
    if word in _ONE:
        return _ONE[word]
    return f"{word.removesuffix('body')}one" if word.endswith("body") else word
