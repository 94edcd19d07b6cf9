"""Which described person is one who is named: "the doctor" is Dr Archie, "his wife" Mrs Bennet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from quotecheck.coreference.mention_heads import role_words
from quotecheck.coreference.persons import Person

__all__ = ["same_persons"]

_WIFE = re.compile(r"\A(?:his|Mr\.? .*['’]s?) (?:\w+ )?(?:wife|lady)\Z", re.IGNORECASE)
_HUSBAND = re.compile(r"\A(?:her|Mrs\.? .*['’]s?) (?:\w+ )?husband\Z", re.IGNORECASE)
_BARE = re.compile(r"\A(?:the|that|this) (?:old |good |young |poor |little |worthy )*\w+\Z", re.I)
_ANYBODY = frozenset("man woman person gentleman lady fellow boy girl child".split())
_MARRIED = re.compile(r"\b(?:(Mr)|(Mrs))\.?\s+\Z")


def same_persons(
    nameless: Iterable[Person],
    named: Sequence[Person],
    descriptions: Callable[[Person], frozenset[str]],
    text: str,
) -> dict[int, Person]:
    """The named persons whom the text ties descriptions to, by the id of the described person.

    A title ties where one person alone bears it ("Dr Archie … the doctor"); "his wife" and "her
    husband" are Mrs and Mr of the one couple that a text has.

    Args:
        nameless: described persons.
        named: named ones.
        descriptions: the words that say what a named person is.
        text: the raw text.
    """
    described = list({id(p): p for p in nameless}.values())
    if not described:
        return {}
    roles = [(person, descriptions(person)) for person in named]
    husband, wife = _couple(named, text)
    identities: dict[int, Person] = {}
    for person in described:
        words = person.name
        noun = words.lower().split()[-1].strip(".,")
        if _WIFE.match(words) and wife is not None:
            identities[id(person)] = wife
        elif _HUSBAND.match(words) and husband is not None:
            identities[id(person)] = husband
        elif _BARE.match(words) and noun not in _ANYBODY:
            bearers = [p for p, role in roles if role_words(noun) & role]
            if len(bearers) == 1 and person.gender in {"", bearers[0].gender or person.gender}:
                identities[id(person)] = bearers[0]
    return identities


def _couple(named: Sequence[Person], text: str) -> tuple[Person | None, Person | None]:
    """The Mr and the Mrs of one surname, if there is one such pair and no more."""
    men: dict[str, Person] = {}
    women: dict[str, Person] = {}
    for person in named:
        for appearance in person.appearances[:8]:
            start = appearance.span.start
            match = _MARRIED.search(text, max(0, start - 6), start)
            if match is not None:
                (men if match[1] else women).setdefault(person.surname, person)
                break
    pairs = [name for name in men if name in women and men[name] is not women[name]]
    return (men[pairs[0]], women[pairs[0]]) if len(pairs) == 1 else (None, None)
