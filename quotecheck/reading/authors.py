"""Who wrote a document, out of the field in which its file says so.

Such fields hold more than names: roles, agencies, sentences, several people, and the name under
which somebody is logged in. What is not surely a person, or an institution that bears its name in
capitals, is not an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from quotecheck.language.bylines import ORGANISATION_NOUNS, names_person
from quotecheck.language.outlets import is_outlet
from quotecheck.language.person_nouns import (
    PARTICLES,
    POST_NOMINALS,
    SUFFIXES,
    is_given_name,
)
from quotecheck.language.word_frequencies import word_bits

__all__ = ["authors"]

_FIELD_CHARS: Final = 1000
"""What is longer names nobody."""
_BY = re.compile(
    r"^\s*(?:(?:story|text|words|report|review|analysis|opinion|written|posted|edited)\s+)?by\b:?\s*",
    re.IGNORECASE,
)
_OTHER_WORK = re.compile(
    r"\s*(?:photo(?:graph(?:y|s)?|s)?|pictures?|illustrat(?:ions?|ed)|graphics?|videos?|images?|edit(?:ed"
    r"|ing)|translat(?:ed|ion)|data|design(?:ed)?|produced)\s+by\b",
    re.IGNORECASE,
)
"""What others did for a text is not a writing of it."""
_OR = re.compile(r"\s(?:or|OR)\s|\bvel\b|\?")
_ASIDE = re.compile(
    r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]|<[^<>]{0,200}>|(?<!\S)[^\s@]{1,64}@\S+|https?://\S+|(?<!\w)@\w+"
)
_BETWEEN = re.compile(
    r"(?:(?<!\s)\s++)?"
    r"(?:[;|/\n·•]|&(?!\w)|,|(?<=\s)[–—-]\s|\b(?:and|AND|And|with|WITH|With)\b(?=\s))\s*+"
)
_SUFFIX = re.compile(r",\s*(?=(?:Jr|Sr|II|III|IV)\b)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|['’.-](?=[^\W\d_]))*[.'’]?")
_MAX_NAME_WORDS: Final = 6
"""Words of a person's name in a field."""
_INITIALS_CHARS: Final = 3
"""Letters up to which a word in capitals is initials."""
_LINKING: Final = frozenset("of for the and to in on".split())
_PLACEHOLDERS: Final = frozenset(
    "admin administrator anonymous author authors contributor default editor editors guest guests "
    "hp dell lenovo microsoft windows office owner pc root scanner staff superuser system test "
    "unknown user users various webmaster writer writers reporter newsroom desk".split()
)
"""Words that stand where nobody filled in a name; none is a part of one."""
_ROLES: Final = frozenset(
    "reporter writer correspondent editor columnist journalist contributor anchor photographer "
    "critic blogger producer host analyst".split()
)
_BEFORE_ROLES: Final = frozenset(
    "staff senior chief political national foreign sports business science health special "
    "contributing deputy managing associate freelance guest assistant investigative local "
    "international diplomatic economics education environment technology".split()
)
_SENTENCE: Final = frozenset(
    "is was has covers writes reports contributes contributed joined leads edits of for in from at "
    "on to who".split()
)
"""Words that go on after an author's name; others make it a part of something longer."""
_FAMILIAR_BITS: Final = 12
"""Words below this are so common that no surname of an unlisted given name is made of them."""


def authors(words: str, *, also_institutions: bool = False, also_mononyms: bool = False) -> str:
    """Return the authors that a field surely names, separated by commas; "" where it names none.

    Args:
        words: the field, several names in it separated by anything that people put there.
        also_institutions: whether a ministry or a university may have written it.
        also_mononyms: whether one word may be an author ("Voltaire"), as in catalogues of books.

    >>> authors("By SINA ROTH, Interwire Political Writer"), authors("Sina Roth is a reporter")
    ('Sina Roth', 'Sina Roth')
    >>> authors("Sina Roth and Omar Vance; Interwire"), authors("HAMILTON OR MADISON")
    ('Sina Roth, Omar Vance', '')
    >>> authors("localuser"), authors("Windows User"), authors("Authority control databases")
    ('', '', '')
    """
    if len(words) > _FIELD_CHARS:
        return ""
    words = _SUFFIX.sub(" ", _BY.sub("", _ASIDE.sub(" ", words)))
    if _OR.search(words):
        return ""  # one of them wrote it, and it is not said which
    parts = [part for part in _BETWEEN.split(words) if part and part.strip()]
    parts = [part for part in parts if not _OTHER_WORK.match(part)]
    if inverted := _uninverted(parts):
        parts = [inverted]
    names: dict[str, None] = {}
    for name in _names(parts, mononyms=also_mononyms, institutions=also_institutions):
        names.setdefault(name)
    return ", ".join(names)


def _names(parts: Iterable[str], *, mononyms: bool, institutions: bool) -> Iterable[str]:
    for part in parts:
        part = " ".join(part.split())
        name = _person(part)
        if name:
            yield name
        elif (institutions and _is_institution(part)) or (mononyms and _is_mononym(part)):
            yield part


def _uninverted(parts: list[str]) -> str:
    """A name that was turned round ("Roth, Sina") as it is said; "" where there is none."""
    if len(parts) != 2:
        return ""
    last, first = (part.strip().split() for part in parts)
    if len(last) != 1 or not 1 <= len(first) <= 2 or is_given_name(last[0]):
        return ""
    are_given_names = all(is_given_name(word) or len(word.strip(".")) == 1 for word in first)
    return (
        f"{' '.join(first)} {last[0]}"
        if are_given_names and names_person(f"{first[0]} {last[0]}")
        else ""
    )


def _person(part: str) -> str:
    """The name with which a part begins, where it is surely a person's; "" otherwise."""
    words = part.split()
    name_words: list[str] = []
    capitals = len(words) > 1 and all(map(_in_capitals, words[:2]))
    capitals = capitals and max(len(w) for w in words if _in_capitals(w)) > _INITIALS_CHARS
    for number, word in enumerate(words):
        bare = word.casefold().strip(".,")
        if capitals and number > 1 and not _in_capitals(word) and bare not in SUFFIXES:
            break  # "ERIC TANN Interwire"
        if not _WORD.fullmatch(word) or not (word[0].isupper() or (number and bare in PARTICLES)):
            break
        name_words.append(word)
    name_words = _without_role(name_words)
    folded = [word.casefold().strip(".,") for word in name_words]
    if not 2 <= len(name_words) <= _MAX_NAME_WORDS or _PLACEHOLDERS & set(folded):
        return ""
    name = " ".join(name_words)
    if is_outlet(name) or not names_person(name):
        return ""
    rest = words[len(name_words) :]
    if rest and rest[0].islower() and rest[0] not in _SENTENCE and not is_given_name(name_words[0]):
        return ""  # "Authority Control databases"
    return _cased(name) if capitals else name


def _without_role(words: list[str]) -> list[str]:
    """A name without particles, letters and a role after it; nothing where that is not sure."""
    name_words = list(words)
    while len(name_words) > 2 and name_words[-1].casefold().strip(".") in PARTICLES | POST_NOMINALS:
        name_words.pop()
    if len(name_words) < 2 or name_words[-1].casefold() not in _ROLES:
        return name_words
    name_words.pop()
    while len(name_words) > 2 and name_words[-1].casefold() in _BEFORE_ROLES:
        name_words.pop()
    return name_words if len(name_words) == 2 else []


def _in_capitals(word: str) -> bool:
    letters = [sign for sign in word.removeprefix("Mc").removeprefix("Mac") if sign.isalpha()]
    return bool(letters) and all(map(str.isupper, letters))


def _cased(name: str) -> str:
    """A name in capitals as it is usually written."""
    words = []
    for number, word in enumerate(name.split()):
        if number and word.casefold() in PARTICLES - {"mac", "mc", "st"}:
            words.append(word.lower())
        elif len(word.strip(".")) == 1 or word.casefold() in SUFFIXES - {"jr", "sr", "jnr", "snr"}:
            words.append(word)
        else:
            low = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
            low = re.sub(r"\bMc([a-z])", lambda part: "Mc" + part[1].upper(), low)
            words.append(low)
    return " ".join(words)


def _is_institution(part: str) -> bool:
    words = part.split()
    folded = [word.casefold() for word in words]
    if len(words) < 2 or is_outlet(part) or _PLACEHOLDERS & set(folded):
        return False
    if not all(word[0].isupper() or word in _LINKING for word in words):
        return False
    return bool({folded[0], folded[-1]} & ORGANISATION_NOUNS)


def _is_mononym(part: str) -> bool:
    words = part.split()
    if len(words) != 1 or part.casefold() in _PLACEHOLDERS or is_outlet(part):
        return False
    return part[0].isupper() and part[1:].islower() and word_bits(part.casefold()) > _FAMILIAR_BITS
