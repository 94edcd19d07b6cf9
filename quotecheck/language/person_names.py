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
from quotecheck.language.name_sounds import (
    are_spelt_alike,
    is_romanised,
    is_transcribed,
    is_turned_round,
    may_be_one_family,
    skeleton_of,
    without_doubles,
    without_umlauts,
)
from quotecheck.language.name_spellings import with_umlauts
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
_INITIAL_LAST = re.compile(r"([^\W\d_]{2,30}),? ([A-Z])\.?")
_INITIAL_FIRST = re.compile(r"([A-Z])\.? ([^\W\d_]{2,30})")
_INITIALISM = re.compile(r"[A-Z]{2,4}\Z")
_ARTICLE = re.compile(r"\A[ae]l(?=[^aeiou\W]\w{3})")
"""The Arabic article, written as one word with a family name."""
_PARENT_NAMES: Final = frozenset("abu abou abo umm oum um".split())
"""How a name begins that calls somebody the father or mother of a child."""


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
    if _words_alone(a) == _words_alone(b) or (
        not (a.isascii() and b.isascii())
        and _words_alone(with_umlauts(a)) == _words_alone(with_umlauts(b))
    ):
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
    if _is_known_alias(readings_a[0], readings_b[0]) or _has_western_name(a, b):
        return None
    return _compare_otherwise(a, b)


def _compare_otherwise(a: str, b: str) -> bool | None:
    """Compare two names that do not agree as they are written: umlauts, an initial that is last."""
    for first, second in ((a, b), (b, a)):
        turned = _INITIAL_LAST.fullmatch(first.strip())
        if turned is not None and _compare(*sorted((f"{turned[2]}. {turned[1]}", second))) is None:
            return None
        initial = _INITIAL_FIRST.fullmatch(first.strip())
        other = read_name(second)
        if (
            initial is not None
            and other.given == (fold_name(initial[2]),)
            and other.surname[:1] == initial[1].casefold()
        ):
            return None  # S. Ramanathan, Ramanathan Subramaniam
    if a.isascii() and b.isascii():
        return False
    written = {with_umlauts(name) for name in (a, b)}
    return False if written == {a, b} else _compare(*sorted((with_umlauts(a), with_umlauts(b))))


def _has_western_name(a: str, b: str) -> bool:
    """Whether one may be called Peter Chan who is Chan Tai-man, with the family name first."""
    for first, second in ((a, b), (b, a)):
        name, other = read_name(first), read_name(second)
        if (
            name.given
            and other.given
            and name.surname == other.surname
            and fold_name(first).split()[0] == name.surname
            and is_family_name_first(name.surname)
            and is_given_name(other.given[0])
            and not is_given_name(name.given[0])
        ):
            return True
    return False


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
        if is_turned_round(a, b):
            return True
        if set(shorter.words) <= pieces or _may_be_ruler(a, b):
            return None
        return None if is_transcribed(a, b) else False
    given_names_agree = _given_agree(a, b)
    return given_names_agree if surname else (False if given_names_agree is False else None)


def _given_agree(a: NameParts, b: NameParts) -> bool | None:
    if "".join(a.given).replace("-", "") == "".join(b.given).replace("-", ""):
        return True
    first = _first_names_agree(a, b)
    if first is False and _is_open(a, b):
        return None
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
    if may_be_one_given_name(x, y) or is_romanised(a, b):
        return None
    if {given_name_gender(name, surely=True) for name in (x, y)} == {"m", "f"}:
        return False  # Peter, Petra
    if x in y.split("-") or y in x.split("-"):
        return None
    return None if are_spelt_alike(x, y) and not _both_known(x, y) else False


def _is_open(a: NameParts, b: NameParts) -> bool:
    """Whether one of two names of a family leaves open by which given name its bearer goes.

    A lone initial may be the second one's, and the father of somebody (Abu Hamza) has a given name
    beside.
    """
    for name, other in ((a, b), (b, a)):
        initial = name.given[0]
        if len(name.given) == 1 == len(initial) and initial in {w[0] for w in other.given}:
            return True
        if name.given[0] in _PARENT_NAMES:
            return True
    return False


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
    if x == y or without_umlauts(x) == without_umlauts(y):
        return True
    if set(a.split("-")) & set(b.split("-")) or are_spelt_alike(x, y) or may_be_one_family(x, y):
        return None
    if without_doubles(_ARTICLE.sub("", x)) == without_doubles(_ARTICLE.sub("", y)):
        return None  # ElBana, el-Banna
    return False


def _both_known(a: str, b: str) -> bool:
    """Whether both are given names of their own, not two spellings of one."""
    return is_given_name(a) and is_given_name(b) and skeleton_of(a) != skeleton_of(b)
