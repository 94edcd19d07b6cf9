"""Which of a family a title means: Mr Harcourt is not his son Edmund, Lady Vane is not Miss Vane.

Papers introduce somebody in full and then say Mr or Mrs; novels call the heads of a family by title
alone. A title before a bare surname is therefore somebody of their own where others bear the
surname and nobody whom it fits was named in full before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol

from quotecheck.coreference.persons import Person, given_gender
from quotecheck.language.name_parts import parts
from quotecheck.language.person_nouns import given_name_gender
from quotecheck.records.text import Span

__all__ = ["Named", "fitting_title", "title_before", "title_families"]

_CLASSES = {
    "mr": "mr", "mister": "mr", "monsieur": "mr", "herr": "mr", "signor": "mr", "señor": "mr",
    "mrs": "mrs", "madame": "mrs", "mme": "mrs", "frau": "mrs", "signora": "mrs",
    "miss": "miss", "mlle": "miss", "mademoiselle": "miss", "lady": "lady", "lord": "lord",
    "sir": "sir", "dr": "dr", "doctor": "dr", "captain": "captain", "capt": "captain",
    "colonel": "colonel", "col": "colonel", "major": "major", "lieutenant": "lieutenant",
    "lt": "lieutenant", "rev": "rev", "reverend": "rev",
}  # fmt: skip
"""Titles by which members of a family are told apart."""
_GENDERS = {"mr": "m", "lord": "m", "sir": "m", "mrs": "f", "miss": "f", "lady": "f"}
_PROFESSIONS = frozenset("dr rev captain colonel major lieutenant".split())
"""Classes that exclude each other: a doctor and a clergyman of one surname are two people."""
_PEERS = frozenset({"lady", "lord", "sir"})
_WIFE = "wife"
"""The class of those who are called by their husband's name."""
_TITLE = re.compile(r"(?<![\w’'-])([^\W\d_]+)(?P<stop>\.?)\s\Z")
_TITLE_CHARS = 14
"""Code points before a name in which its title stands."""


class Named(Protocol):
    """A mention of a person: its bare name, whose ``name`` may become one with a title."""

    span: Span
    name: str
    gender: str


def title_families(
    text: str, mentions: Sequence[Named], is_quoted: Callable[[int], bool] | None
) -> None:
    """Give the mentions by title and surname alone their title where that tells them apart.

    Changes ``name`` of the mentions: "Harcourt" becomes "Mr. Harcourt", and "Robert Pellew" after
    "Mrs." becomes "Mrs. Robert Pellew".

    Args:
        text: the raw text.
        mentions: the mentions of persons, names without titles.
        is_quoted: whether somebody speaks at a place in a text that is written as a novel is;
            None for other texts.
    """
    dialogue = is_quoted is not None
    bare_names = _called_bare(text, mentions, is_quoted) if is_quoted else frozenset()
    bare: dict[str, dict[str, list[Named]]] = defaultdict(lambda: defaultdict(list))
    full: dict[str, list[tuple[Named, str]]] = defaultdict(list)
    wives: dict[str, list[tuple[Named, str]]] = defaultdict(list)
    written: dict[int, str] = {}
    further: dict[int, str] = {}
    for mention in mentions:
        words = parts(mention.name)
        title, kind = title_before(text, mention.span.start)
        written[id(mention)] = title
        if title:  # "the Rev. Dr. Lee" is both
            further[id(mention)] = title_before(text, mention.span.start - len(title) - 1)[1]
        if len(words) > 1:
            if _GENDERS.get(kind) == "f" and given_name_gender(words[0], surely=True) == "m":
                mention.gender = "f"
                wives[words[-1]].append((mention, title))
                continue
            full[words[-1]].append((mention, kind))
        elif words and kind:
            bare[words[0]][kind].append(mention)
    for surname, called in wives.items():
        # "Mrs. Robert Pellew" introduces Mrs. Pellew once; said again, it tells her from another.
        introduced = len(called) == 1 and "mrs" in bare[surname]
        for mention, title in called:
            mention.name = f"{title} {mention.name.split()[-1] if introduced else mention.name}"
            full[surname].append((mention, _WIFE))
    for surname, kinds in bare.items():
        bearers = full.get(surname, [])
        for kind, ones in kinds.items():
            twice = any(further.get(id(mention)) == kind for mention, _ in bearers)
            is_own = _is_own(kind, ones, kinds, bearers, dialogue=dialogue)
            is_own = is_own or (dialogue and _is_the_elder(kind, bearers, bare_names))
            if is_own and not twice:
                title = written[id(min(ones, key=lambda mention: mention.span))]
                for mention in ones:
                    mention.name = f"{title} {mention.name}"
                    mention.gender = mention.gender or _GENDERS.get(kind, "")


def _called_bare(
    text: str, mentions: Sequence[Named], is_quoted: Callable[[int], bool]
) -> frozenset[str]:
    """The bare names, folded, by which a narrator calls persons without a title."""
    return frozenset(
        words[0]
        for mention in mentions
        if len(words := parts(mention.name)) == 1
        and not is_quoted(mention.span.start)
        and not title_before(text, mention.span.start)[1]
    )


def _is_the_elder(kind: str, bearers: Sequence[tuple[Named, str]], called: Collection[str]) -> bool:
    """Whether Mr or Mrs is nobody of a family whose members a narrator calls by their given names.

    "Nell" is Nell Vane, and "Mrs. Vane" her mother, unless somebody is "Mrs. Nell Vane".
    """
    fitting = _of_gender(_GENDERS.get(kind, ""), bearers)
    return (
        kind in {"mr", "mrs"}
        and bool(fitting)
        and all(title != kind and parts(bearer.name)[0] in called for bearer, title in fitting)
    )


def _of_gender(gender: str, bearers: Sequence[tuple[Named, str]]) -> list[tuple[Named, str]]:
    """Those of whom a title of this gender can be said, wives by their husbands' names apart."""
    return [
        (bearer, title)
        for bearer, title in bearers
        if title != _WIFE
        and (not gender or (bearer.gender or given_gender(bearer.name)) in {gender, ""})
    ]


def title_before(text: str, start: int) -> tuple[str, str]:
    """The title in front of a name as it is written, and its class; "" where there is none.

    >>> title_before("said Mrs. Vane", 10)
    ('Mrs.', 'mrs')
    """
    match = _TITLE.search(text, max(0, start - _TITLE_CHARS), start)
    kind = _CLASSES.get(match[1].lower(), "") if match and match[1][:1].isupper() else ""
    return (f"{match[1]}{match['stop']}", kind) if match and kind else ("", "")


def fitting_title(people: Sequence[Person], kind: str) -> list[Person]:
    """The people of a surname that it can refer to after a title of this class ("": no title).

    A person known by a title alone is referred to by that title; a surname without a title does
    not refer to a woman who has one.
    """
    titled = [(person, _CLASSES.get(parts(person.name)[0], "")) for person in people]
    if kind:
        same = [person for person, title in titled if title == kind]
        return same or [person for person, title in titled if not title]
    return [p for p, title in titled if _GENDERS.get(title) != "f"] or list(people)


def _is_own(
    kind: str,
    ones: Sequence[Named],
    kinds: Iterable[str],
    bearers: Sequence[tuple[Named, str]],
    *,
    dialogue: bool,
) -> bool:
    """Whether a title before a bare surname means nobody who is named in full."""
    others = set(kinds) - {kind}
    fitting = _of_gender(_GENDERS.get(kind, ""), bearers)
    if kind == "mrs" and any(title == _WIFE for _, title in bearers):
        return True  # the one who is not called by her husband's name
    if not fitting:
        return bool(others or bearers)
    titles = {title for _, title in fitting}
    before = min(bearer.span for bearer in ones) < min(bearer.span for bearer, _ in fitting)
    if kind in _PROFESSIONS and kind not in titles and titles <= _PROFESSIONS:
        return True
    if not dialogue:  # papers introduce in full
        return before and kind in _PEERS and kind not in titles
    mother = kind == "mrs" and ("miss" in others or "miss" in titles)
    if kind not in titles and (mother or (kind == "mr" and titles == {"sir"})):
        return True
    return before
