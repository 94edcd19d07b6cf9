"""Whether two names mean the same person, from the names alone. Unsure cases stay unsure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Final

__all__ = ["initials_of", "is_title", "same_person", "surname_of"]

_TITLES: Final = frozenset(
    "mr mrs ms miss mister dr doctor prof professor sir dame lord lady madam madame president "
    "vice pres senator sen representative rep congressman congresswoman congressperson governor "
    "gov secretary sec "
    "minister prime chancellor mayor judge justice general gen colonel col captain capt lieutenant "
    "lt sergeant sgt major maj admiral adm ambassador amb attorney speaker chairman chairwoman "
    "chair pope bishop archbishop cardinal father fr rev reverend rabbi imam ayatollah sheikh king "
    "queen prince princess duke duchess count countess emperor saint st the hon honorable "
    "former ex acting deputy leader candidate nominee first director commissioner officer sheriff "
    "chief press spokesman spokeswoman spokesperson foreign defense defence finance interior state "
    "mother sister brother uncle aunt m mme mlle herr frau señor señora senor senora don "
    "doña".split()
)
_SUFFIXES: Final = frozenset("jr sr ii iii iv v esq md phd dds mp mep mbe obe kbe qc kc".split())
_PARTICLES: Final = frozenset(
    "van von de der den del della di da dos du la le al el bin ibn ben ter ten zu of".split()
)
_SHORT: Final[dict[str, str]] = {
    short: full
    for full, shorts in {
        "william": "bill billy will willie", "robert": "bob bobby rob robbie bert",
        "richard": "dick rick ricky rich richie", "james": "jim jimmy jamie",
        "john": "jack johnny jon",
        "joseph": "joe joey", "michael": "mike mick mickey", "thomas": "tom tommy",
        "charles": "charlie chuck", "edward": "ed eddie ted teddy ned", "theodore": "teddy ted",
        "donald": "don donnie", "barack": "barry", "bernard": "bernie", "albert": "al bert",
        "alexander": "alex sandy", "andrew": "andy drew", "anthony": "tony",
        "benjamin": "ben benny",
        "christopher": "chris kit", "daniel": "dan danny", "david": "dave davey", "dwight": "ike",
        "elizabeth": "liz beth betty eliza lizzy bess", "franklin": "frank",
        "frederick": "fred freddie",
        "gerald": "gerry jerry", "gregory": "greg", "harold": "harry hal", "henry": "harry hank",
        "jacob": "jake", "jeffrey": "jeff", "kenneth": "ken kenny", "lawrence": "larry",
        "margaret": "maggie meg peggy", "matthew": "matt", "nicholas": "nick nicky",
        "patrick": "pat paddy", "peter": "pete", "philip": "phil", "raymond": "ray",
        "ronald": "ron ronnie", "samuel": "sam sammy", "stephen": "steve", "steven": "steve",
        "timothy": "tim", "vincent": "vince", "walter": "walt", "zachary": "zach zack",
        "katherine": "kate kathy katie", "catherine": "cathy kate", "deborah": "debbie",
        "jennifer": "jen jenny", "susan": "sue susie", "rebecca": "becky", "victoria": "vicky",
        "james earl": "jimmy", "randal": "rand", "rafael": "ted", "vladimir": "vova volodya",
    }.items()
    for short in shorts.split()
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_INITIALS = re.compile(r"[A-Z]{2,4}\Z")


def same_person(a: str, b: str, *, aliases: Iterable[str] = ()) -> bool | None:
    """Whether ``a`` and ``b`` name one person.

    Args:
        a: a name as somebody gives it ("Sen. Clinton", "HRC").
        b: the name to compare, as fully known as can be ("Hillary Clinton").
        aliases: further names known to belong to ``b``.

    Returns:
        True when they agree, False when they cannot be the same person, None when it may be so (a
        surname alone, initials, a title without a name).

    >>> same_person("President Barack H. Obama", "Barack Obama")
    True
    >>> same_person("Bill Clinton", "Hillary Clinton")
    False
    >>> same_person("Mrs. Clinton", "Hillary Clinton") is None
    True
    """
    verdicts = [_compare(a, name) for name in (b, *aliases)]
    if True in verdicts:
        return True
    return None if None in verdicts else False


def _fold(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def _parts(name: str) -> tuple[list[str], set[str], set[str]]:
    """Name words without titles, the titles, and the generation suffixes."""
    if "," in name:
        head, _, tail = name.partition(",")
        if _fold(tail).strip(" .") not in _SUFFIXES and tail.strip() and len(tail.split()) <= 3:
            name = f"{tail} {head}"
    words = [_fold(w).strip(".").replace("’", "'") for w in _WORD.findall(name)]
    if len(words) > 1 and words[-1].endswith("'s"):
        words[-1] = words[-1][:-2]
    titles = {w for w in words if w in _TITLES}
    suffixes = {w for w in words[1:] if w in _SUFFIXES}
    named = [w for w in words if w not in _TITLES and (w not in _SUFFIXES)]
    return named or words, titles, suffixes


_SEX_OF_TITLES: Final = dict.fromkeys(
    "mr mister sir lord congressman chairman father king prince duke count emperor herr brother "
    "uncle señor senor spokesman".split(), "m"
) | dict.fromkeys(
    "mrs ms miss dame lady madam madame congresswoman chairwoman queen princess duchess countess "
    "mme mlle frau señora senora sister mother aunt spokeswoman".split(), "f"
)  # fmt: skip


@cache
def _given_names() -> dict[str, str]:
    text = (files("quotecheck") / "lexicon" / "given_names.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {row[0]: row[1] for row in rows if len(row) > 1}


def _sex(words: list[str], titles: set[str]) -> str:
    """The letter m or f where a title or a given name tells, else an empty string."""
    told = {_SEX_OF_TITLES[title] for title in titles if title in _SEX_OF_TITLES}
    if len(told) == 1:
        return told.pop()
    return _given_names().get(words[0], "") if len(words) > 1 else ""


def is_title(word: str) -> bool:
    """Whether a folded word is a form of address or an office, as before names.

    >>> is_title("mrs"), is_title("hillary")
    (True, False)
    """
    return word in _TITLES


def surname_of(name: str) -> str:
    """The folded surname, or the only word of a name; "" where there is none.

    >>> surname_of("Mrs. Hillary Rodham Clinton"), surname_of("Charles de Gaulle")
    ('clinton', 'gaulle')
    """
    words, _, _ = _parts(name)
    return _surname(words)[0] if words else ""


def initials_of(name: str) -> str:
    """The initials of a full name in capitals, "" of a single word.

    >>> initials_of("Secretary Hillary Rodham Clinton")
    'HRC'
    """
    words, _, _ = _parts(name)
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _given(a: str, b: str) -> bool | None:
    """Whether two given names agree; None where one is an initial."""
    if a == b or _SHORT.get(a, a) == _SHORT.get(b, b) or a in _known(b) or b in _known(a):
        return True
    a, b = a.replace(".", ""), b.replace(".", "")
    if a[:1] == b[:1] and (len(a) <= 2 or len(b) <= 2):
        return None
    return min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))


def _known(full: str) -> set[str]:
    return {short for short, name in _SHORT.items() if name == full}


def _surname(words: list[str]) -> tuple[str, list[str]]:
    """The surname with its particles, and the given names before it."""
    at = len(words) - 1
    while at > 1 and words[at - 1] in _PARTICLES:
        at -= 1
    core = [w for w in words[at:] if w not in _PARTICLES] or words[at:]
    return " ".join(core), words[:at]


def _compare(a: str, b: str) -> bool | None:
    words_a, titles_a, suffix_a = _parts(a)
    words_b, titles_b, suffix_b = _parts(b)
    if not words_a or not words_b:
        return None
    if {_sex(words_a, titles_a), _sex(words_b, titles_b)} == {"m", "f"} and (
        titles_a & _SEX_OF_TITLES.keys() or titles_b & _SEX_OF_TITLES.keys()
    ):
        return False  # Mrs. Clinton is not Bill Clinton
    if words_a == words_b:
        if suffix_a and suffix_b and suffix_a != suffix_b:
            return False
        if len(words_a) > 1 or not (titles_a | titles_b):
            return True
        return None if titles_a != titles_b else True
    for short, words in ((a, words_b), (b, words_a)):
        if _INITIALS.match(short.strip()) and len(words) > 1:
            initials = "".join(w[0] for w in words)
            wanted = short.strip().casefold()
            # HRC for Hillary Clinton: first and last letters agree, the middle one is not given.
            if initials == wanted or (initials[0], initials[-1]) == (wanted[0], wanted[-1]):
                return None
            if wanted not in words:  # else a surname in capitals, as transcripts have it
                return False
    last_a, given_a = _surname(words_a)
    last_b, given_b = _surname(words_b)
    if not given_a or not given_b:
        lone, full = (words_a, words_b) if not given_a else (words_b, words_a)
        if lone[0] in full or _surname(full)[0] == lone[0]:
            return None
        if not given_a and not given_b:
            return False
        return None if any(_given(lone[0], w) for w in full[:1]) else False
    if (
        last_a != last_b
        and last_a.replace("-", " ").split()[-1] != last_b.replace("-", " ").split()[-1]
    ):
        return False
    agreed = _given(given_a[0], given_b[0])
    if agreed is False and (
        any(_given(given_a[0], g) for g in given_b[1:])
        or any(_given(given_b[0], g) for g in given_a[1:])
    ):
        return None
    if agreed and suffix_a and suffix_b and suffix_a != suffix_b:
        return False
    if agreed and len(given_a) > 1 and len(given_b) > 1:
        return _middle(given_a[1:], given_b[1:])
    return agreed


def _middle(a: list[str], b: list[str]) -> bool | None:
    """Whether two runs of middle names can be one person's (first and last names agree)."""
    if _given(a[0], b[0]) is not False or (set(a) & set(b) and min(map(len, a + b)) > 1):
        return True
    # George W. and George H. W. are two people; a second full name may simply be left out.
    return False if len(a[0]) == len(b[0]) == 1 else None
