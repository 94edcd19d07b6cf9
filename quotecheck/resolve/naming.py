"""Names of persons as words: titles taken off, parts compared, genders told by name or office."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources

from quotecheck.annotations import Span
from quotecheck.names import same_person

__all__ = [
    "SUFFIXES",
    "byline",
    "clean_name",
    "compatible",
    "given_gender",
    "is_given_name",
    "noun_gender",
    "parts",
    "person_nouns",
    "surname_of",
    "titles",
]

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
"""Words behind a surname that tell father from son."""
_LOWER_PARTS = frozenset("de la le van von der den di da del al el bin ibn ben dos du y e".split())
_BYLINE = re.compile(r"^\s*By\s+([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})\s*(?:,|$)", re.MULTILINE)
_TRIM = " \t\r\n,;:()[]<>\"“”‘’'@#*_"
_MALE_ENDS = ("man", "father", "husband", "king", "son", "boy", "uncle", "nephew", "brother")
_FEMALE_ENDS = ("woman", "mother", "wife", "queen", "daughter", "girl", "aunt", "niece", "sister")
_BOTH = frozenset({"person", "human", "women", "shaman"})
_BY_NOUN = {
    "actor": "m", "actress": "f", "heiress": "f", "waitress": "f", "duchess": "f", "heroine": "f",
    "widow": "f", "lady": "f", "princess": "f", "baroness": "f", "prince": "m", "duke": "m",
    "lord": "m", "gentleman": "m", "guy": "m", "dad": "m", "mom": "f", "priest": "m", "monk": "m",
    "nun": "f", "midwife": "f", "fiancée": "f", "fiancé": "m", "boyfriend": "m", "girlfriend": "f",
    "pope": "m", "friar": "m", "abbot": "m", "baron": "m", "lad": "m", "lass": "f",
}  # fmt: skip


@cache
def _table(name: str) -> dict[str, str]:
    raw = resources.files("quotecheck.lexicon").joinpath(name).read_text("utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows}


def titles() -> dict[str, str]:
    """Titles before names with the gender they tell: "m", "f" or "-"."""
    return _table("titles.tsv")


@cache
def person_nouns() -> frozenset[str]:
    """Nouns for a person, singular ("spokesman")."""
    return frozenset(_table("persons.txt"))


def given_gender(name: str) -> str:
    """What the given name at the start of a name tells: "m", "f" or ""."""
    words = parts(name)
    return _table("given_names.tsv").get(words[0], "") if words else ""


def is_given_name(word: str) -> bool:
    """Whether a word is a given name of the lexicon.

    >>> is_given_name("Mary"), is_given_name("Maryland")
    (True, False)
    """
    return word.lower().strip(".,") in _table("given_names.tsv")


def noun_gender(noun: str) -> str:
    """What a noun for a person tells of their gender: "m", "f" or "".

    >>> noun_gender("spokeswoman"), noun_gender("congressman"), noun_gender("lawyer")
    ('f', 'm', '')
    """
    low = noun.lower().strip(".")
    if low in _BY_NOUN:
        return _BY_NOUN[low]
    if low.endswith(_FEMALE_ENDS):
        return "f"
    if low in _BOTH or low.endswith("person") or not low.endswith(_MALE_ENDS):
        return ""
    return "m" if low in person_nouns() or low.endswith("man") else ""


def clean_name(text: str) -> tuple[str, str, list[str]]:
    """A name without titles, what stands before them, possessive and brackets.

    Returns:
        The name, the gender that the titles tell ("" if none), the titles taken off.

    >>> clean_name("Mrs. Clinton’s")
    ('Clinton', 'f', ['Mrs.'])
    >>> clean_name("Nevada Sen. Harry Reid")
    ('Harry Reid', '', ['Sen.'])
    >>> clean_name("the Herald’s Ann Lee")[0]
    'Ann Lee'
    >>> clean_name("Ann Lee herself")[0]
    'Ann Lee'
    """
    text = re.sub(r"\s*\([^)]*\)?", "", text)
    text = re.sub(r"(?<=\w) (?:him|her|it|them)sel(?:f|ves)\Z", "", text)
    text = re.sub(r"['’]s?$", "", text.strip(_TRIM))
    owned = re.split(r"(?<=\w)(?:['’]s|(?<=s)['’])\s+(?=[A-Z])", text)
    words = owned[-1].split()
    taken: list[str] = []
    gender = ""
    known = titles()
    last = -1
    for place, word in enumerate(words[:-1]):
        low = word.lower().strip(".,")
        # "Dean" and "King" are names as well, unless they stand in front or are cut short.
        if low in known and (place == last + 1 or word.endswith(".")):
            last = place
            told = known[low]
            gender = told if told in {"m", "f"} else gender
            taken.append(word)
    if taken and len(words) - last - 1 == 1 and is_given_name(words[last]) and last == 0:
        taken, last, gender = [], -1, ""  # "Dean Johnson", "Major Garrett"
    name = " ".join(words[last + 1 :]).strip(_TRIM)
    if name.endswith(".") and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", name):
        name = name[:-1]
    return name, gender, taken


@cache
def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def parts(name: str) -> list[str]:
    """The words of a name in lower case, without accents, stops and commas."""
    return [w for w in (_fold(word).strip(".,") for word in name.split()) if w]


def surname_of(name: str) -> str:
    """The last word of a name that is not "Jr."; "" when there is none.

    >>> surname_of("Martin Luther King Jr.")
    'king'
    """
    words = parts(name)
    words = [w for w in words if w not in SUFFIXES] or words
    return words[-1] if words else ""


def compatible(a: list[str], b: list[str]) -> bool:
    """Whether two names may be the same person's, from their words (`parts`) alone.

    >>> compatible(["debbie", "wasserman", "schultz"], ["wasserman", "schultz"])
    True
    >>> compatible(["bill", "clinton"], ["hillary", "clinton"])
    False
    """
    sons = {w for w in a if w in SUFFIXES}, {w for w in b if w in SUFFIXES}
    a = [w for w in a if w not in SUFFIXES]
    b = [w for w in b if w not in SUFFIXES]
    if not a or not b or (sons[0] and sons[1] and sons[0] != sons[1]):
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if len(short) == 1:
        return (
            short[0] == long[-1]
            or (short[0] == long[0] and len(long) > 1)
            or (short[0] in long and short[0] not in _LOWER_PARTS)
        )
    if a[-1] != b[-1] and not (short[-1] in long and "-" in short[-1] + long[-1]):
        return False
    if short == long[-len(short) :]:
        return True
    if len(a) > 2 and len(b) > 2 and a[1][0] != b[1][0]:
        return False  # George W. is not George H. W.
    if a[0] == b[0]:
        return True
    if len(a[0]) == 1 or len(b[0]) == 1:
        return a[0][0] == b[0][0]
    return same_person(" ".join(a), " ".join(b)) is True


def byline(text: str, paragraphs: Sequence[Span]) -> str | None:
    """The author whom a line at the start names ("By Ann Lee")."""
    for span in paragraphs[:3]:
        match = _BYLINE.search(span.of(text)[:200])
        if match:
            return match.group(1).title() if match.group(1).isupper() else match.group(1)
    return None
