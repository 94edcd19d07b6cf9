"""Decide from its words whether a name is an outlet's: a paper, a broadcaster, an agency, a site.

``outlets.tsv`` lists names and the words that mark a name as one. The decision is by form alone:
"the Sun" is a paper and "the sun" is not; who knows the context (an entity label) asks that first.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import Final

from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.language.tables import table_rows

__all__ = [
    "CARRIER_NOUNS",
    "MEDIUM_NOUNS",
    "OUTLET_NOUNS",
    "PUBLISHER_NOUNS",
    "find_outlet",
    "is_outlet",
]

PUBLISHER_NOUNS: Final = frozenset("newspaper paper magazine network outlet publication".split())
"""Nouns by which a text takes up an outlet as an organisation ("the paper")."""
OUTLET_NOUNS: Final = frozenset(
    "newspaper magazine radio station network channel podcast show program programme website "
    "blog paper tabloid".split()
)
"""Nouns that end the description of an outlet or programme ("the KQED show")."""
CARRIER_NOUNS: Final = (
    OUTLET_NOUNS
    | PUBLISHER_NOUNS
    | frozenset({"broadcaster", "agency", "newswire", "weekly", "daily", "monthly"})
)
"""Nouns that introduce an outlet's name ("state broadcaster TVT")."""
MEDIUM_NOUNS: Final = frozenset(
    "statement letter interview memo email e-mail tweet post essay op-ed column book memoir blog "
    "release editorial report website newsletter broadcast podcast programme program show "
    "message radio filing affidavit communique bulletin circular".split()
)
"""Nouns for what carries words and is not an outlet by itself ("in a statement")."""

_DETERMINERS: Final = frozenset({"the", "a", "an"})
_NUMBERED: Final = frozenset({"channel", "radio", "tv", "television"})
_NUMBERS: Final = frozenset("one two three four five six seven eight nine".split())
_MAX_NAME_WORDS: Final = 7
"""Words of an outlet's name."""
_EDGES: Final = " \t\r\n,;:" + DOUBLE + "‘"
_WORD = re.compile(r"[^\s,]+")


@cache
def _entries() -> dict[str, frozenset[str]]:
    """The words of the table by how they are read."""
    entries: dict[str, set[str]] = defaultdict(set)
    for words, use in table_rows("outlets.tsv"):
        entries[use].add(words)
    return {use: frozenset(words) for use, words in entries.items()}


def is_outlet(name: str) -> bool:
    """Decide whether a name, with or without its article, is that of an outlet.

    A capital letter is asked for: "the press" and "the post" are not names.

    >>> is_outlet("the Valley Herald"), is_outlet("The Post"), is_outlet("ABC’s “This Week”")
    (True, True, True)
    >>> is_outlet("the press"), is_outlet("the Post Office"), is_outlet("a Guardian")
    (False, False, False)
    """
    words = name.replace("’", "'").strip(_EDGES).split()
    article = words[0].lower() if words and words[0].lower() in _DETERMINERS else ""
    words = words[1:] if article else words
    if not words or len(words) > _MAX_NAME_WORDS:
        return False
    words[-1] = _without_possessive(words[-1].rstrip(_EDGES))
    low = [word.lower() for word in words]
    if article in {"a", "an"} and not _is_listed(low):
        return False  # "an Independent", "a Washington Post" is one copy of it
    if name.islower() and not any(c.isdigit() for c in name):
        return False
    return _is_listed(low) or _opens_with_name(words, low) or _ends_as_name(words, low)


def find_outlet(words: str) -> tuple[int, int] | None:
    """Find the listed name of an outlet inside a longer phrase, as half-open offsets into it.

    >>> phrase = "Russia's Tass state news agency"
    >>> phrase[slice(*find_outlet(phrase))]
    'Tass'
    """
    plain = words.replace("’", "'")
    places = [match.span() for match in _WORD.finditer(plain)]
    ends = [start + len(_without_possessive(plain[start:end])) for start, end in places]
    names, kinds = _entries()["name"], _last_words()
    for size in (3, 2, 1):
        for first in range(len(places) - size + 1):
            start, last = places[first][0], first + size - 1
            name = plain[start : places[last][1]].lower()
            bare = plain[start : ends[last]].lower()
            if (name in names or bare in names) and words[start].isupper():
                end = places[last][1] if name in names else ends[last]
                if last + 1 < len(places) and name in names:
                    following = plain[places[last + 1][0] : ends[last + 1]]
                    if following[:1].isupper() and following.lower() in kinds:
                        end = ends[last + 1]  # "Fox News", but not "Facebook post"
                return start, end
    return None


@cache
def _last_words() -> frozenset[str]:
    entries = _entries()
    return entries["kind"] | entries["tail"] | entries["medium"]


@cache
def _edge_words() -> tuple[frozenset[str], frozenset[str]]:
    """First words of the names and last words of kinds and tails: most phrases have neither."""
    return (
        frozenset(name.split()[0] for name in _entries()["name"]),
        frozenset(words.split()[-1] for words in _last_words()),
    )


def _is_listed(low: list[str]) -> bool:
    words = " ".join(low)
    return words in _entries()["name"] or words in _entries()["whole"]


def _opens_with_name(words: list[str], low: list[str]) -> bool:
    """Whether a listed name comes first, and then one of its programmes or divisions."""
    if low[0] in _NUMBERED and words[0][:1].isupper() and len(low) == 2:
        called = low[0] == "radio" and words[1][:1].isupper() and words[1].isalpha()
        called = called and " ".join(low) not in _entries()["not"]
        return low[1].isdigit() or low[1] in _NUMBERS or called  # "Channel 9", "Radio Sahel"
    if low[0] not in _edge_words()[0] and _without_possessive(low[0]) not in _edge_words()[0]:
        return False
    names, parts = _entries()["name"], _entries()["part"]
    for size in range(1, min(4, len(words))):
        first, rest = " ".join(low[:size]), " ".join(low[size:])
        if _without_possessive(first) in names and first not in names:
            return words[size][:1] in {"“", '"', "‘"} or _is_programme(low[size:])
        if first in names and (
            rest in parts or all(word in parts or word.isdigit() for word in low[size:])
        ):
            return True
    return False


def _is_programme(low: list[str]) -> bool:
    """Whether what an outlet owns is a programme by its form: "This Week", "Newsnight show"."""
    last_words = OUTLET_NOUNS | _last_words()
    return " ".join(low) in _entries()["part"] or _is_listed(low) or low[-1] in last_words


def _ends_as_name(words: list[str], low: list[str]) -> bool:
    """Whether the last words mark a name as an outlet's ("Herald", "News Agency", "magazine")."""
    if low[-1] not in _edge_words()[1] and "-" not in low[-1]:
        return False
    entries = _entries()
    tails = [" ".join(low[-size:]) for size in (3, 2, 1) if size <= len(low)]
    if any(tail in entries["not"] for tail in tails):
        return False
    last, capital = low[-1], words[-1][:1].isupper()
    named = any(word[:1].isupper() or word[:1].isdigit() for word in words[:-1])
    if "-" in last and capital and _is_pair(words[-1]):
        return True
    if last in entries["kind"] and capital:
        return True
    if last in entries["medium"]:
        return named
    behind = [tail for tail in tails if tail in entries["tail"] and len(tail.split()) < len(low)]
    return named and capital and bool(behind)


def _is_pair(word: str) -> bool:
    """Whether a word with a hyphen joins two kinds of outlets ("Post-Gazette", "Sun-Sentinel")."""
    first, _, second = word.rpartition("-")
    if not (first[:1].isupper() and second[:1].isupper()):
        return False
    kinds, pairs = _entries()["kind"], _entries()["pair"]
    left, right = first.lower(), second.lower()
    return right in kinds or ((left in kinds or left in pairs) and right in pairs)


def _without_possessive(word: str) -> str:
    return word[:-1] if word.endswith("s'") else word.removesuffix("'s")
