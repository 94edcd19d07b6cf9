"""Decide whether a byline or a label names a person: "Staff Reporter" and "admin" do not."""

from __future__ import annotations

from typing import Final

from quotecheck.language.name_parts import read_name
from quotecheck.language.outlets import is_outlet
from quotecheck.language.person_nouns import is_given_name, person_nouns
from quotecheck.language.word_classes import PERSONS
from quotecheck.language.word_frequencies import word_bits

__all__ = ["COMPANY_FORMS", "ORGANISATION_NOUNS", "names_office_or_group", "names_person"]

ORGANISATION_NOUNS: Final = frozenset(
    "administration agency alliance archive archives assembly associates association authority "
    "bank board bureau campaign center centre chamber charity church club coalition college "
    "commission committee "
    "company confederation conference consortium contributors corp corporation council court "
    "database databases department desk directorate division editorial editors embassy "
    "enterprises federation fellowship forum foundation front fund government group guild "
    "headquarters holdings inc initiative institute institution international laboratory league "
    "library limited llc llp ltd magazine media ministry mission monitor movement museum network "
    "networks news newsroom ngo office online organisation organization panel parliament partners "
    "partnership party police politburo press project publications publishing radio releases "
    "reporters research school secretariat senate service services society staff studios "
    "syndicate team television times today tribunal trust union university watch website wire "
    "writers".split()
)
"""Last words of names that are borne by organisations, not by people."""
COMPANY_FORMS: Final = frozenset("ltd inc llc plc llp corp gmbh".split())
"""Letters after the name of a company, without stops."""
_DETERMINERS: Final = frozenset(
    "the a an some one two three several many other another our his her its their all most".split()
)
_OFFICIAL: Final = frozenset(
    "administration ambassadors aides cabinet camp carrier chancellery command congress firm "
    "kremlin legislature management minister ministers office officers palace people police "
    "polls presidency president residents source sources staffers witnesses".split()
)
"""Words for bodies and their people that stand for whoever speaks for them."""
_NOBODY: Final = frozenset("n/a na various multiple several unknown unnamed none tbd staff".split())
"""What a column of names says where there is no name, or more than one."""
_LINKS: Final = frozenset("of for at in from with within close to near on who".split())
_RARE_BITS: Final = 15
"""Words of English below this are not surnames by themselves ("Human Rights Watch")."""


def names_person(byline: str) -> bool:
    """Say whether a byline surely names a person, by name and not by office alone.

    >>> names_person("By Dana Whitlock, Staff Reporter"), names_person("Umaru Yar’Adua")
    (True, True)
    >>> names_person("Human Rights Watch"), names_person("localuser"), names_person("Guest Author")
    (False, False, False)
    >>> names_person("PIA ORR, DAN REY Associated Press"), names_person("Michael Bloomberg")
    (False, True)
    """
    if is_outlet(byline) or _ends_in_outlet(byline):
        return False
    name = read_name(byline)
    if name.role or not name.surname or name.surname in ORGANISATION_NOUNS:
        return False
    if not any(word[:1].isupper() for word in byline.split()):
        return False
    if name.titles:
        return True
    if not name.given:
        return False
    first = name.given[0]
    if len(first) == 1 or is_given_name(first):
        return True
    return min(word_bits(first), word_bits(name.surname)) >= _RARE_BITS


def _ends_in_outlet(byline: str) -> bool:
    """Whether an agency or a paper of two words or three follows the names.

    Of one word it may be somebody's surname: Michael Bloomberg.
    """
    words = byline.split()
    return any(is_outlet(" ".join(words[-size:])) for size in (2, 3) if len(words) > size)


def names_office_or_group(speaker: str) -> bool:
    """Say whether a claimed speaker is an office, a body or people without a name.

    Whoever that is may be the one who is known to have spoken.

    >>> names_office_or_group("the Foreign Ministry"), names_office_or_group("senior officials")
    (True, True)
    >>> names_office_or_group("Rosencrantz"), names_office_or_group("the Rev. John Birk")
    (False, False)
    """
    words = speaker.replace("’", "'").split()
    if not words:
        return False
    if len(words) == 1 and words[0].lower() in PERSONS:
        return True
    if speaker.strip(" .").lower() in _NOBODY or words[0] == "Team":
        return True
    if words[-1].lower().replace(".", "") in COMPANY_FORMS:
        return True
    if words[0].lower() in _DETERMINERS:
        return not (words[0].lower() == "the" and names_person(" ".join(words[1:])))
    owner = next((k for k, word in enumerate(words[:-1]) if word.endswith(("'s", "s'"))), None)
    if owner is not None and words[owner + 1][:1].islower():
        office = " ".join(words[owner + 1 :])  # Northgate's chief executive
        return bool(read_name(office).role) or names_office_or_group(office)
    if names_person(speaker) or (len(words) == 2 and is_given_name(words[0])):
        return False
    if is_outlet(speaker) or read_name(speaker).role:
        return True
    ends = [k for k, word in enumerate(words) if k and word.lower() in _LINKS]
    head = words[ends[0] - 1 if ends else -1].strip(".,;:").lower()
    if head in ORGANISATION_NOUNS | _OFFICIAL:
        return True
    if head.removesuffix("s") in ORGANISATION_NOUNS and (len(words) > 1 or speaker.islower()):
        return True
    # Cook may be a surname; cooks and a small cook are not.
    return (head.removesuffix("s") in person_nouns() and head.endswith("s")) or (
        speaker.islower() and head in person_nouns()
    )
