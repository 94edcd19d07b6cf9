"""Whether one person may bear two names that have nothing, or only the given name, in common.

The names alone call these two people (`quotecheck.language.person_names`), and mostly they are. But
a woman may have married, a peer has another name beside his title, a monk one beside that of his
order. Nobody is accused on the strength of such a difference alone.
"""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.name_parts import NameParts, read_name
from quotecheck.language.person_names import is_known_pope, same_person
from quotecheck.language.person_nouns import (
    fold_name,
    given_name_gender,
    given_names_agree,
    is_given_name,
    title_class,
)

__all__ = ["has_name_of_title", "is_stage_name", "may_be_married_name"]

_BORN = re.compile(r"[\s,(](?:née|nee|born|formerly)\s+(?P<name>[^(),]{1,60})\)?", re.IGNORECASE)
"""A name given up, after the name that somebody has now: "Anna Berg, née Lind"."""
_PEERS: Final = frozenset("lord lady baron baroness earl count countess viscount marquess".split())
"""Titles that are borne with a name of their own, which need not be the family's."""
_ORDERS: Final = frozenset("brother sister mother dom".split())
"""Forms of address of those who took another name with their vows."""
_STAGE: Final = frozenset("dj mc lil lil' yung".split())
"""With these the name of a stage begins."""
_FIGURES = re.compile(r"\d{1,3}")
_RANKED = re.compile(
    r"(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth)\s+"
    r"(?:earl|duke|baron|viscount|marquess|marquis)\b",
    re.IGNORECASE,
)
"""How the name of one bearer of a title begins: "2nd Earl Grey"."""


def may_be_married_name(a: str, b: str) -> bool:
    """Whether two names agree in all except the surname, which a woman may have changed.

    Of a name whose bearers are men that is not so; of others it is left open.

    >>> may_be_married_name("Hillary Rodham", "Hillary Clinton")
    True
    >>> may_be_married_name("Peter Lind", "Peter Berg"), may_be_married_name("Ann Lee", "Eva Orr")
    (False, False)
    """
    first, second = read_name(a), read_name(b)
    if not (first.given and second.given and first.surname and second.surname):
        return False
    if "m" in (first.title_gender, second.title_gender):
        return False
    agree = given_names_agree(first.given[0], second.given[0]) is True
    men = {given_name_gender(name.given[0], surely=True) for name in (first, second)}
    return agree and "m" not in men


def has_name_of_title(a: str, b: str) -> bool:
    """Whether one of two names is of a title, an order or a husband, or tells the name at birth.

    >>> has_name_of_title("Lord Melhurst", "Arthur Penhale")
    True
    >>> has_name_of_title("Anna Berg, née Lind", "Anna Lind")
    True
    >>> has_name_of_title("Mrs. Peder Talle", "Inge Talle")
    True
    >>> has_name_of_title("Mr. Melhurst", "Arthur Penhale")
    False
    """
    for name, other in ((a, b), (b, a)):
        if any(same_person(each, other) is not False for each in _at_birth(name)):
            return True
        read, its = read_name(name), read_name(other)
        if is_known_pope(its):
            continue
        if is_stage_name(name) and not is_stage_name(other):
            return True
        if (_RANKED.match(name) or _is_of_title(read)) and not _is_of_title(its) and not its.role:
            return True
        if _is_of_husband(read) and read.surname == its.surname and its.given_gender != "m":
            return True
    return False


def is_stage_name(name: str) -> bool:
    """Whether a name is by its form one of a stage: its bearer has another beside.

    >>> is_stage_name("DJ Kilo"), is_stage_name("50 Pence"), is_stage_name("Dan Kilo")
    (True, True, False)
    """
    words = name.split()
    return len(words) > 1 and (
        words[0].casefold().strip(".'’") in _STAGE or bool(_FIGURES.fullmatch(words[0]))
    )


def _at_birth(name: str) -> list[str]:
    """The names of somebody whose former name is given; none of others."""
    born = _BORN.search(name)
    if born is None:
        return []
    now = name[: born.start()].rstrip(" ,(") + name[born.end() :]
    given_names = " ".join(read_name(now).given)
    former = born["name"].strip()
    return [now, former, f"{given_names} {former}"]


def _is_of_title(name: NameParts) -> bool:
    """Whether a name is a peer's or a ruler's by its title, or of an order: no family's name."""
    if is_known_pope(name):
        return False
    titles = {fold_name(title).strip(".") for title in name.titles}
    if name.given:
        return bool(titles & _ORDERS) and given_name_gender(name.surname) != ""
    ranked = any(title_class(title) in ("peer", "regnal") for title in titles)
    names = titles - _PEERS - _ORDERS  # a Lord Justice has his own name; Lady Grace is no "Grace"
    borne = names != titles and all(map(is_given_name, names))
    return bool(name.surname) and (ranked or borne)


def _is_of_husband(name: NameParts) -> bool:
    """Whether a woman goes by her husband's whole name: "Mrs. Peder Talle"."""
    return name.titles == ("mrs",) and bool(name.given) and name.given_gender != "f"
