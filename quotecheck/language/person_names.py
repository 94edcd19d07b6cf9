"""Compare two personal names, from the names alone. Where a reader would not be sure, None.

The errors are not alike: to call two names of one person different accuses somebody falsely, so
every doubt (a bare surname, an office, a spelling, a married name) is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import Final

from quotecheck.language.name_parts import NameParts, name_readings, read_name, surname_of
from quotecheck.language.person_nouns import (
    POST_NOMINALS,
    SUFFIXES,
    fold_name,
    given_name_gender,
    given_names_agree,
    is_family_name_first,
    is_given_name,
    is_title,
    may_be_one_given_name,
    person_nouns,
    title_class,
)
from quotecheck.language.tables import table_rows

__all__ = ["initials_of", "is_known_pope", "persons_in", "same_person", "surname_of"]

_SEVERAL = re.compile(r";\s*+|(?<!\s)\s++(?:;\s*+|(?:and|or|&)\s++)", re.IGNORECASE)
_INITIALISM = re.compile(r"[A-Z]{2,4}\Z")
_CLOSE_LETTERS: Final = 5
"""Letters from which on two surnames may differ by one and be one in two spellings; by two from
`_LONG_LETTERS` on."""
_LONG_LETTERS: Final = 8  # Letters. By eye on spellings of one name ("Khrushchev", "Krushchov").
_SOUNDS: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"c(?![heiykz])", "k"),
        (r"x", "ks"),
        (r"^y(?=e)|^tch|^ch(?=a)", lambda m: "" if m[0] == "y" else "c"),
        (r"shch|tsch|sch|tch|ch|sh|zh|cz|sz", "c"),
        (r"kh|gh|q|ck|k|g(?=[aou])", "k"),
        (r"ph|v|w", "f"),
        (r"ts|tz|z", "s"),
        (r"th|dh", lambda m: m[0][0]),
        (r"j", "i"),
        (r"(?<!^)h(?![aeiou])", ""),
        (r"^[ou]+", "u"),
        (r"^[ae]+", "a"),
        (r"^[iy]+", "i"),
        (r"(?<!^)[aeiouy']+", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""Letters that transcriptions take for one another, in order; vowels inside do not count."""
_SKELETON_LETTERS: Final = 3
"""Letters of a skeleton (see `_skeleton`) from which on spellings that share it are alike."""


def same_person(a: str, b: str, *, aliases: Iterable[str] = ()) -> bool | None:
    """Return whether two names can be one person's.

    Args:
        a: a name as somebody gives it ("Sen. Clinton", "HRC").
        b: the name to compare, as fully known as can be ("Hillary Clinton").
        aliases: further names known to belong to ``b``.

    Returns:
        True when they agree, False when they cannot be the same person, None when it may be so (a
        surname alone, initials, an office without a name, another spelling).

    >>> same_person("President Barack H. Obama", "Barack Obama")
    True
    >>> same_person("Bill Clinton", "Hillary Clinton")
    False
    >>> same_person("Dr. King", "Martin Luther King Jr.") is None
    True
    """
    verdicts = [_compare(*sorted((a, name))) for name in (b, *aliases)]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def initials_of(name: str) -> str:
    """The initials of a full name in capitals, "" of a single word or an office.

    >>> initials_of("Secretary Hillary Rodham Clinton")
    'HRC'
    """
    read = read_name(name)
    words = (*read.given, *read.particles, read.surname)
    return "".join(word[:1] for word in words).upper() if read.given and read.surname else ""


def persons_in(line: str) -> list[str]:
    """The names in a line of authors; a lone name as it is.

    >>> persons_in("Ann Lee and Jon Orr"), persons_in("Lee, Ann")
    (['Ann Lee', 'Jon Orr'], ['Lee, Ann'])
    """
    persons = [piece for piece in _SEVERAL.split(line) if piece.strip()]
    if len(persons) == 1:
        pieces = [piece.strip() for piece in line.split(",")]
        persons = pieces if sum(map(_is_full_name, pieces)) > 1 else persons
    return persons if all(read_name(piece).words for piece in persons) else [line]


@lru_cache(maxsize=1 << 15)
def _compare(a: str, b: str) -> bool | None:
    if _words_alone(a) == _words_alone(b):
        return True
    several_a, several_b = persons_in(a), persons_in(b)
    if len(several_a) > 1 or len(several_b) > 1:
        each = {_compare(*sorted(pair)) for pair in product(several_a, several_b)}
        return False if each == {False} else None
    for short, other in ((a, b), (b, a)):
        if _INITIALISM.match(short.strip()) and _abbreviates(short.strip(), other):
            return None
    readings_a, readings_b = name_readings(a), name_readings(b)
    if {readings_a[0].title_gender, readings_b[0].title_gender} == {"m", "f"}:
        return False if readings_a[0].words and readings_b[0].words else None
    answers = [_agree(x, y) for x, y in product(readings_a, readings_b)]
    if answers[0]:
        return True
    if set(answers) != {False}:
        return None
    return None if _is_known_alias(readings_a[0], readings_b[0]) else False


@cache
def _aliases() -> dict[str, list[tuple[NameParts, NameParts]]]:
    """The names of those who have two, each with the other one, by the surname of the first."""
    aliases: dict[str, list[tuple[NameParts, NameParts]]] = {}
    for first, second in table_rows("pen_names.tsv"):
        name, other = read_name(first), read_name(second)
        aliases.setdefault(name.surname, []).append((name, other))
        aliases.setdefault(other.surname, []).append((other, name))
    return aliases


def _is_known_alias(a: NameParts, b: NameParts) -> bool:
    """Whether one may have written, ruled or sung under the other name: Twain, Clemens."""
    return any(
        other.surname == b.surname
        and _agree(name, a) is not False
        and _agree(other, b) is not False
        for name, other in _aliases().get(a.surname, ())
    )


def _words_alone(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold_name(name.strip())))


def _is_full_name(piece: str) -> bool:
    """Whether a piece between commas is a name in full, and no office ("Staff Reporter")."""
    words = piece.split()
    folds = [fold_name(word).strip(".") for word in words]
    return (
        len(words) > 1
        and all(word[:1].isupper() for word in words)
        and not any(fold in person_nouns() or is_title(fold) for fold in folds[1:])
        and folds[-1] not in SUFFIXES | POST_NOMINALS
    )


def _abbreviates(short: str, name: str) -> bool:
    """Whether letters are a name's initials; HRC for Hillary Clinton leaves the middle open."""
    every = (initials_of(name), initials_of(name.replace("-", " ")))
    return any(letters and (letters[0], letters[-1]) == (short[0], short[-1]) for letters in every)


def _agree(a: NameParts, b: NameParts) -> bool | None:
    if a.role or b.role:
        return _roles_agree(a, b)
    if not a.words or not b.words:
        return None
    told_a, told_b = a.title_gender, b.title_gender
    genders = {told_a or a.given_gender, told_b or b.given_gender}
    if genders == {"m", "f"} and (told_a or told_b):
        return False  # Mrs. Clinton is not Bill Clinton
    if a.generation and b.generation and a.generation != b.generation:
        return False
    if a.given and b.given:
        return _full_names_agree(a, b)
    if not a.given and not b.given:
        return _lone_names_agree(a, b)
    lone, full = (a, b) if not a.given else (b, a)
    return None if _may_belong(lone, full) else False


def _roles_agree(a: NameParts, b: NameParts) -> bool | None:
    """Whether two offices or labels are one; against a name an office tells nothing."""
    if not (a.role and b.role):
        return None
    numbers = [{word for word in x.role.split() if word.isdigit()} for x in (a, b)]
    if all(numbers) and numbers[0] != numbers[1]:
        return False  # Speaker 1, Speaker 2
    if a.role == b.role:
        return a.place == b.place if a.place and b.place else None if a.place != b.place else True
    related = a.role.endswith(b.role) or b.role.endswith(a.role)
    return False if related and a.place and b.place and a.place != b.place else None


def _lone_names_agree(a: NameParts, b: NameParts) -> bool | None:
    if a.place and b.place and a.place != b.place:
        return False  # Mr. Smith of Texas, Mr. Smith of New Jersey
    alike = _surnames_agree(a.surname, b.surname)
    if alike and a.titles == b.titles and (a.generation, a.place) == (b.generation, b.place):
        return True
    if alike is not False or given_names_agree(a.surname, b.surname) is not False:
        return None
    # "Pope Francis" and "Bergoglio": a ruler or peer has another name beside.
    return None if _may_be_ruler(a, b) else False


def _may_be_ruler(a: NameParts, b: NameParts) -> bool:
    """Whether one name is of a ruler or peer whose other name may be the other one."""
    known = is_known_pope(a) or is_known_pope(b)
    return not known and _has_other_name(a) != _has_other_name(b)


def is_known_pope(name: NameParts) -> bool:
    """Whether a name is a pope's whose other name is known: nobody else is meant by it.

    >>> is_known_pope(read_name("Pope Francis")), is_known_pope(read_name("Pope Clement"))
    (True, False)
    """
    return "pope" in name.titles and any(
        (pope.titles, pope.generation) == (("pope",), name.generation)
        for pope, _ in _aliases().get(name.surname, ())
    )


def _has_other_name(name: NameParts) -> bool:
    """Whether the title takes a name other than the family's: a pope's, a king's, a peer's."""
    classes = {title_class(title) for title in name.titles}
    lone = not name.given
    return ("regnal" in classes and (lone or bool(name.generation))) or ("peer" in classes and lone)


def _may_belong(lone: NameParts, full: NameParts) -> bool:
    """Whether a name of one word may be the surname, or the given name, of a full name."""
    if _surnames_agree(lone.surname, full.surname) is not False or _may_be_ruler(lone, full):
        return True
    if lone.surname in (*full.given, full.nickname):
        return True
    return given_names_agree(lone.surname, full.given[0]) is not False


def _full_names_agree(a: NameParts, b: NameParts) -> bool | None:
    surname = _surnames_agree(a.surname, b.surname)
    if surname is False:
        shorter, longer = sorted((a, b), key=lambda name: len(name.words))
        pieces = {piece for word in longer.words for piece in (word, *word.split("-"))}
        # A second surname left out, another order of the same words, a name of rule.
        if _is_turned_round(a, b):
            return True
        if set(shorter.words) <= pieces or _may_be_ruler(a, b):
            return None
        return None if _is_transcribed(a, b) else False
    given_names_agree = _given_agree(a, b)
    return given_names_agree if surname else (False if given_names_agree is False else None)


def _is_turned_round(a: NameParts, b: NameParts) -> bool:
    """Whether two names are one with the surname first: Viktor Orbán, Orbán Viktor.

    Of two given names (Henry James, James Henry) or two surnames that is not sure.
    """
    if not len(a.words) == len(b.words) == 2 or a.words != b.words[::-1]:
        return False
    tells = (is_given_name, is_family_name_first)
    return any(sum(map(is_one, a.words)) == 1 for is_one in tells)


def _is_romanised(a: NameParts, b: NameParts) -> bool:
    """Whether the given names of one family may be one in two ways to write Chinese.

    The older one divides the syllables: Mao Tse-tung, Mao Zedong.
    """
    hyphens = [name.given[0].count("-") for name in (a, b)]
    western = is_given_name(a.given[0]) or is_given_name(b.given[0])
    return sorted(hyphens) == [0, 1] and is_family_name_first(a.surname) and not western


def _is_transcribed(a: NameParts, b: NameParts) -> bool:
    """Whether the words of two names sound alike: Zhou Enlai, Chou En-lai."""
    first, second = (sorted(_skeleton(word.replace("-", "")) for word in x.words) for x in (a, b))
    same = {word.replace("-", "") for word in a.words} & {w.replace("-", "") for w in b.words}
    return bool(same) and first == second


def _given_agree(a: NameParts, b: NameParts) -> bool | None:
    if "".join(a.given).replace("-", "") == "".join(b.given).replace("-", ""):
        return True
    first = _first_names_agree(a, b)
    if first and len(a.given) > 1 and len(b.given) > 1:
        return _middle_names_agree(a.given[1:], b.given[1:])
    if first is None and len(a.given) > 1 and len(b.given) > 1:
        return None
    if first is not False:
        return first
    # A second given name by which somebody is called; "Mary" of "Mary-Jane"; another spelling.
    if any(given_names_agree(a.given[0], word) is not False for word in _further(b.given)):
        return None
    if any(given_names_agree(b.given[0], word) is not False for word in _further(a.given)):
        return None
    x, y = a.given[0], b.given[0]
    if may_be_one_given_name(x, y) or _is_romanised(a, b):
        return None
    if {given_name_gender(name, surely=True) for name in (x, y)} == {"m", "f"}:
        return False  # Peter, Petra
    if x in y.split("-") or y in x.split("-"):
        return None
    return None if _spelt_alike(x, y) and not _both_known(x, y) else False


def _further(given: Sequence[str]) -> Sequence[str]:
    """The given names after the first; initials only where all are: "R. B. Cole"."""
    all_initials = not any(word[1:] for word in given)
    return [word for word in given[1:] if word[1:] or all_initials]


def _first_names_agree(a: NameParts, b: NameParts) -> bool | None:
    answers = {
        given_names_agree(x, y)
        for x in (a.given[0], a.nickname)
        for y in (b.given[0], b.nickname)
        if x and y
    }
    if True in answers:
        return True
    genders = {given_name_gender(name.given[0], surely=True) for name in (a, b)}
    return None if None in answers and genders != {"m", "f"} else False


def _middle_names_agree(a: Sequence[str], b: Sequence[str]) -> bool | None:
    """Whether two runs of middle names can be one person's (first and last names agree)."""
    pairs = [given_names_agree(x, y) for x, y in zip(a, b, strict=False)]
    if False not in pairs:
        return True
    # George W. and George H. W. are two people; a second full name may simply be left out, or be
    # the father's: George Herbert Walker, George Walker.
    return False if len(a[0]) == len(b[0]) == 1 else None


def _surnames_agree(a: str, b: str) -> bool | None:
    """Whether two folded surnames are one; None where one is part of the other or spelt alike."""
    if a.removeprefix("o'") == b.removeprefix("o'") and a != b:
        return None  # O'Dowd, Dowd
    x, y = (re.sub(r"['-]", "", name) for name in (a, b))
    if x == y or _without_umlauts(x) == _without_umlauts(y):
        return True
    if set(a.split("-")) & set(b.split("-")) or _spelt_alike(x, y):
        return None
    return False


def _without_umlauts(word: str) -> str:
    return re.sub(r"(?<=[aou])e", "", word) if len(word) >= _CLOSE_LETTERS else word


def _skeleton(word: str) -> str:
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


def _spelt_alike(a: str, b: str) -> bool:
    """Whether two folded names may be one in two spellings or transcriptions."""
    from rapidfuzz.distance import Levenshtein

    shorter, longer = sorted((len(a), len(b)))
    key_a, key_b = _skeleton(a), _skeleton(b)
    if len(key_a) >= _SKELETON_LETTERS and key_a == key_b:
        return True
    if shorter < _CLOSE_LETTERS or not key_a or key_a[0] != key_b[:1]:
        return False
    return Levenshtein.distance(a, b) <= (2 if longer >= _LONG_LETTERS else 1)


def _both_known(a: str, b: str) -> bool:
    """Whether both are given names of their own, not two spellings of one."""
    return is_given_name(a) and is_given_name(b) and _skeleton(a) != _skeleton(b)
