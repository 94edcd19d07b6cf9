"""Which words of a mention are a name, by what else the text calls its bearer.

A longer name needs evidence. What a character says ("Brave Otter meant it", "Joss Thinks", "Anna
Petra Lotte, come in!") is not enough, nor what somebody is like ("what a Bold Otter he was"):
where the narrator calls somebody by the bare name, the words beside it count only if they stand in
another name as well or are said again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Protocol, TypeVar

from quotecheck.language.name_parts import parts
from quotecheck.language.person_nouns import PARTICLES, SUFFIXES, is_given_name, is_title
from quotecheck.records.text import Span

__all__ = ["FoundName", "initials_before", "trim_to_evidence", "trim_to_known"]

_INITIALS = re.compile(r"(?<![\w.])(?:[A-Z]\.\s?){1,3}\Z")
_INITIALS_CHARS = 12  # Code points of up to three initials with their stops and blanks.
_ARTICLE: Final = re.compile(r"\b(?:an?|another)\s\Z", re.IGNORECASE)
_ARTICLE_CHARS: Final = 9
"""Code points in front of a name in which an article stands."""
_KIN = frozenset(
    "aunt auntie aunty uncle cousin granny grandma grandpa grandmother grandfather".split()
)
"""Words of kinship before a name, not part of it where the narrator leaves them out."""
_KIN_CHARS: Final = 16
"""Code points in front of a name in which a word of kinship stands."""
_DWELLINGS = frozenset(
    "hall house inn lodge manor castle farm cottage abbey grange street road lane square".split()
)
"""Nouns after the name of an owner or a founder."""


class FoundName(Protocol):
    """A mention of a person: where its bare name stands, and the name."""

    span: Span
    name: str


_Name = TypeVar("_Name", bound=FoundName)


def initials_before(text: str, span: Span, limit: int) -> Span:
    """The mention with the initials that the tagger left out in front of a surname.

    ``limit`` is where its sentence begins.

    >>> text = "J. P. Orr said so."
    >>> initials_before(text, Span(6, 9), 0).of(text)
    'J. P. Orr'
    """
    match = _INITIALS.search(text, max(limit, span.start - _INITIALS_CHARS), span.start)
    return Span(match.start(), span.end) if match else span


def trim_to_known(text: str, mentions: Sequence[FoundName]) -> None:
    """Cut "Vermonter Bernie Sanders" and "Trevor Noah Says" to names that also stand alone.

    So is "Aunty Pearl" where somebody was introduced as "Aunty Pearl Simms".
    """
    _without_kin(text, mentions)
    known = Counter(" ".join(parts(f.name)) for f in mentions)
    for mention in mentions:
        words = mention.name.split()
        if len(words) < 3:
            continue
        for first, last in ((1, 0), (0, 1), (2, 0), (1, 1)):
            rest = words[first : len(words) - last]
            if len(rest) < 2 or not known[" ".join(parts(" ".join(rest)))]:
                continue
            if len(rest) == 2 and rest[0].lower() in PARTICLES:
                continue  # "Bin Yusuf" is a surname
            lost = words[:first] + words[len(words) - last :]
            if is_given_name(words[0]) and first:
                continue
            if any(re.fullmatch(r"[A-Z]\.?", w) or w.lower().strip(".") in SUFFIXES for w in lost):
                continue
            _cut(mention, first, last)
            break


def _without_kin(text: str, mentions: Sequence[FoundName]) -> None:
    introduced = set()
    for mention in mentions:
        before = text[max(0, mention.span.start - _KIN_CHARS) : mention.span.start].split()
        if " " in mention.name and before and before[-1].lower() in _KIN:
            introduced.add((before[-1].lower(), parts(mention.name)[0]))
    for mention in mentions:
        words = parts(mention.name)
        if len(words) == 2 and (words[0], words[1]) in introduced:
            _cut(mention, 1, 0)


def trim_to_evidence(
    text: str,
    mentions: Sequence[_Name],
    is_spoken: Callable[[_Name], bool],
    is_heading: Callable[[_Name], bool],
    opens: Callable[[_Name], bool],
) -> list[_Name]:
    """Cut longer names that only characters or headings say to those by which the text tells.

    Args:
        text: the raw text.
        mentions: the mentions of persons.
        is_spoken: whether a character says a mention, who may speak of somebody else.
        is_heading: whether it stands in a heading, where every word has a capital.
        opens: whether it opens a sentence, whose first word has a capital.

    Returns:
        The mentions; those that are several persons called in a row left out.
    """
    narrated = [mention for mention in mentions if not (is_spoken(mention) or is_heading(mention))]
    bare = {words[0] for mention in narrated if len(words := parts(mention.name)) == 1}
    narrated_names = {
        " ".join(parts(mention.name)) for mention in narrated if not _is_likened(text, mention.span)
    }
    times = Counter(" ".join(parts(mention.name)) for mention in mentions)
    written = {" ".join(parts(mention.name)) for mention in mentions if not is_heading(mention)}
    holding: dict[str, set[str]] = {}
    for name in written:
        for word in name.split():
            holding.setdefault(word, set()).add(name)
    trimmed: list[_Name] = []
    for mention in mentions:
        words = parts(mention.name)
        name = " ".join(words)
        called = [word for word in words if word in bare]
        if len(words) < 2 or len(words) != len(mention.name.split()) or not called:
            trimmed.append(mention)
            continue
        place = words.index(called[0])
        if words[0] in _KIN and words[1] in bare and is_given_name(words[1]):
            _cut(mention, 1, len(words) - 2)
        elif words[-1] in _DWELLINGS and place == 0 and not is_given_name(words[0]):
            _cut(mention, 0, len(words) - 1)  # "Kemble Hall"
        elif name in narrated_names and not (opens(mention) and _ends_in_given(words, holding)):
            pass
        elif len(called) > 1 and is_spoken(mention):
            continue  # "Anna Petra Lotte, come in!"
        else:
            rivals = [n for n in times if n != name and called[0] in n.split() and " " in n]
            again = times[name] > 1 and not rivals
            if not again and not _is_supported(words, place, holding, spoken=is_spoken(mention)):
                _cut(mention, place, len(words) - 1 - place)
        trimmed.append(mention)
    return trimmed


def _is_likened(text: str, span: Span) -> bool:
    """Whether an article tells that this is what somebody is like: "what a Bold Otter he was"."""
    return bool(_ARTICLE.search(text, max(0, span.start - _ARTICLE_CHARS), span.start))


def _ends_in_given(words: Sequence[str], holding: dict[str, set[str]]) -> bool:
    """Whether a name ends in the given name of somebody else: "Thereupon Ruth", Ruth Quill."""
    last_word = words[-1]
    if not is_given_name(last_word) or is_given_name(words[0]) or is_title(words[0]):
        return False
    return any(name.startswith(f"{last_word} ") for name in holding.get(last_word, ()))


def _is_supported(
    words: Sequence[str], place: int, holding: dict[str, set[str]], *, spoken: bool
) -> bool:
    """Whether the words beside the bare name at ``place`` are known from other names."""
    name = " ".join(words)
    known = {w for w in words if holding.get(w, set()) - {name}}
    before, behind = words[:place], words[place + 1 :]
    is_before_surname = all(
        is_title(w) or w in known or (is_given_name(w) and not spoken) for w in before
    )
    return is_before_surname and all(w in known or w in SUFFIXES for w in behind)


def _cut(mention: FoundName, first: int, last: int) -> None:
    """Take words off both ends of a mention."""
    words = mention.name.split()
    length = mention.span.end - mention.span.start
    ahead = len(" ".join(words[:first])) + 1 if first else 0
    behind = len(" ".join(words[len(words) - last :])) + 1 if last else 0
    if ahead + behind < length:
        mention.span = Span(mention.span.start + ahead, mention.span.end - behind)
        mention.name = " ".join(words[first : len(words) - last])
