"""Whom initials before a turn stand for ("HQ:"): somebody whom the text names, or nobody known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from quotecheck.language.bylines import names_person
from quotecheck.language.outlets import is_outlet

__all__ = ["initials_of_people", "is_initials"]

_INITIALS = re.compile(r"[A-Z]{1,3}|(?:[A-Z]\.){1,3}")
_INTRODUCED = re.compile(
    r"(?P<name>[A-Z][\w’'-]{1,30}(?: (?:[A-Z][\w.’'-]{0,30}|de|van|von|der|bin|al)){1,3})"
    r" ?[(\[](?P<sign>[A-Z]{2,3})[)\]]"
)
_NAME = re.compile(
    r"[A-Z][\w’'-]{1,30}(?: [A-Z]\.)?(?: (?:de|van|von|der|bin|al))?"
    r"(?= (?P<last>[A-Z][\w’'-]{1,30}))"
)
_READ_CHARS: Final = 20_000
"""Of a text: its introduction and its first turns name those who talk."""
_VOWELS: Final = frozenset("AEIOUY")


def is_initials(label: str, text: str = "") -> bool:
    """Whether a label is made of initials: no short surname, no outlet.

    Args:
        label: as it is written.
        text: where a short surname would be written in small letters, too ("Lee").

    >>> is_initials("HQ"), is_initials("J.P."), is_initials("LEE", "Ann Lee said so.")
    (True, True, False)
    """
    if not _INITIALS.fullmatch(label) or is_outlet(label):
        return False
    bare = label.replace(".", "")
    if len(bare) == 3 and _VOWELS & set(bare):
        return False  # LEE, COX, ALL
    if len(bare) == 1 or "." in label:
        return True
    return re.search(rf"\b{bare.capitalize()}\b", text[:_READ_CHARS]) is None


def initials_of_people(
    labels: Iterable[str], text: str, known: Iterable[str | None] = ()
) -> dict[str, str | None]:
    """The one person whose initials each label is; None where that is nobody or several.

    Args:
        labels: initials.
        text: the transcript with its introduction.
        known: people whom the metadata name.

    >>> initials_of_people(["HQ", "JP"], "Hedda Quarles (HQ) met Jory Penhall.")
    {'HQ': 'Hedda Quarles', 'JP': 'Jory Penhall'}
    """
    names = {match["sign"]: match["name"] for match in _INTRODUCED.finditer(text[:_READ_CHARS])}
    people = dict.fromkeys(name for name in known if name and names_person(name))
    for match in _NAME.finditer(text[:_READ_CHARS]):
        name = f"{match[0]} {match['last']}"
        if names_person(name):
            people.setdefault(name)
    person_of: dict[str, str | None] = {}
    for label in labels:
        bare = label.replace(".", "")
        fitting = {name for name in people if _initials(name) == bare}
        person_of[label] = names.get(bare) or (fitting.pop() if len(fitting) == 1 else None)
    return person_of


def _initials(name: str) -> str:
    """The first letters of the words of a name that are written with a capital."""
    return "".join(word[0] for word in name.replace("-", " ").split() if word[0].isupper())
