"""What the text says about who can and who cannot be meant, before any likelihood is asked.

The words of a quotation testify: whoever is addressed in it by name, or spoken of by name, is
usually not the one who says it. A definite noun ("the judge") is somebody new unless the text ties
it to a person who was named.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quotecheck.coreference.discourse import Discourse, Query
from quotecheck.coreference.mention_heads import role_words
from quotecheck.coreference.person_clusters import Person
from quotecheck.language.person_nouns import noun_gender
from quotecheck.records.text import Span

__all__ = [
    "as_testified",
    "has_particulars",
    "is_tied",
    "learn_gender",
    "take_in",
]

_Ranked = Sequence[tuple[Person, float]]
"""Persons with their probabilities."""

_NAMED = 0.15
"""How much less likely who is named in a quotation is to be its speaker."""
_OWNERS = frozenset("his her their its".split())
_OWNER = 7
"""Characters at the start of a description that hold a possessive pronoun."""
_LEARNT = 0.5
"""The probability from which a resolved pronoun tells the gender of its person."""
_NEW_CHARS = 1_000
"""Code points before a description in which somebody new is looked for. By eye."""
_COMPLEMENT = re.compile(
    r"\s(?:of|at|for|from|in|with|on|to|behind)\s(?:the\s)?[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*)*"
)
_YEARS_OLD = re.compile(r"\b(\d{1,3})-year-old\b")
_TEENS = range(13, 20)
_AGE_BEHIND = re.compile(r"(?:,\s|\s\()(?:aged\s)?(\d{1,3})(?=[,).]|\s(?:from|of)\b)")
_AGE_BEFORE = re.compile(r"\b(\d{1,3})-year-old\s(?:[\w-]+\s){0,2}\Z")
_AGE_CHARS = 60
"""Code points in front of a name in which an age stands."""
_SAME_AGE = 0.9
"""The probability, at least, of the only candidate who is as old as a description tells. By eye."""
_BESIDE = 0.85
"""The same of the only one whom the noun itself introduced, between commas. By eye."""
_NOUN_CHARS = 60
"""Code points in front of a name in which such a noun stands."""
_OWNS = re.compile(r"['’]s?\s")


def as_testified(discourse: Discourse, query: Query, source: Span, ranked: _Ranked) -> _Ranked:
    """Whom a source may mean, after what the words said and those of the source itself tell."""
    ranked = _less_the_named(discourse, query.content, ranked)
    if query.form != "nominal":
        return ranked
    ranked = _of_same_age(discourse, source, _without_owners(discourse, source, ranked))
    return _set_beside(discourse, source, query.noun, ranked)


def _less_the_named(
    discourse: Discourse, content: Sequence[Span], ranked: _Ranked
) -> list[tuple[Person, float]]:
    """The candidates again, those whom the quotation itself names far less likely.

    “Anna Cole was lucky,” she said: most likely somebody else said so.
    """
    named = {id(person) for span in content for _, person in discourse.clusters.within(span)}
    if not any(id(person) in named for person, _ in ranked):
        return list(ranked)
    nobody = max(0.0, 1.0 - sum(share for _, share in ranked))
    less = [(p, share * (_NAMED if id(p) in named else 1.0)) for p, share in ranked]
    whole = nobody + sum(share for _, share in less) or 1.0
    return sorted(((p, share / whole) for p, share in less), key=lambda item: -item[1])


def _without_owners(discourse: Discourse, source: Span, ranked: _Ranked) -> _Ranked:
    """The candidates again, without those who own what a description names: "Lee's aide"."""
    owners = {
        id(person)
        for appearance, person in discourse.clusters.within(source)
        if appearance.span.end < source.end and _OWNS.match(discourse.text, appearance.span.end)
    }
    return [(person, share) for person, share in ranked if id(person) not in owners]


def _of_same_age(discourse: Discourse, source: Span, ranked: _Ranked) -> _Ranked:
    """The candidates again, without those of another age than "the 22-year-old", "the teenager".

    The only one who has it is who is meant.
    """
    ages = _ages_told(source.of(discourse.text).lower())
    if not ages:
        return ranked
    known = [(person, share, _age(discourse, person)) for person, share in ranked]
    same = [(person, share) for person, share, age in known if age in ages]
    if len(same) == 1:
        return [(same[0][0], max(same[0][1], _SAME_AGE))]
    return same or [(person, share) for person, share, age in known if age is None]


def _set_beside(discourse: Discourse, source: Span, noun: str, ranked: _Ranked) -> _Ranked:
    """The candidates again, the only one who was introduced by the same noun the surest.

    "The vicar, the Rev Miles Lind, and the organist, Pru Lomax, met", and then "the vicar".
    """
    if source.of(discourse.text).lower() != f"the {noun}":
        return ranked
    called = [person for person, _ in ranked if _is_introduced(discourse, person, noun)]
    if len(called) != 1:
        return ranked
    share = max(_BESIDE, sum(share for person, share in ranked if person is called[0]))
    rest = [(person, (1 - share) * s) for person, s in ranked if person is not called[0]]
    return [(called[0], share), *rest]


def _is_introduced(discourse: Discourse, person: Person, noun: str) -> bool:
    """Whether a noun stands right before somebody's name, between commas: "the vicar, Ann Lee,"."""
    text = discourse.text
    introduced = re.compile(
        rf"(?i:\b(?:the|his|her|their|its)|['’]s?)\s(?i:{re.escape(noun)}),\s"
        rf"(?:(?:the\s)?[A-Z][a-z]{{1,12}}\.?\s)?\Z"
    )
    return any(
        text[span.end : span.end + 1] == ","
        and introduced.search(text, max(0, span.start - _NOUN_CHARS), span.start) is not None
        for span in (appearance.span for appearance in person.appearances)
    )


def _ages_told(words: str) -> range:
    """The ages, in years, that a description may be said of; empty where it tells none."""
    if years := _YEARS_OLD.search(words):
        return range(int(years[1]), int(years[1]) + 1)
    return _TEENS if words.rpartition(" ")[2] in {"teenager", "teen"} else range(0)


def _age(discourse: Discourse, person: Person) -> int | None:
    """The age, in years, that stands beside a name: "Joe Dart, 22,"; None where none does."""
    for appearance in person.appearances:
        span, text = appearance.span, discourse.text
        if behind := _AGE_BEHIND.match(text, span.end):
            return int(behind[1])
        if before := _AGE_BEFORE.search(text, max(0, span.start - _AGE_CHARS), span.start):
            return int(before[1])
    return None


def has_particulars(words: str) -> bool:
    """Whether a description holds a number or a name after its first word, or an owner's.

    A name after a preposition does not count: "the manager of Lowe's Diner" manages what
    nobody was said to.

    >>> has_particulars("The Republican nominee"), has_particulars("the judge")
    (True, False)
    >>> has_particulars("the manager of Lowe’s Diner"), has_particulars("the 34-year-old in red")
    (False, True)
    >>> has_particulars("Marsh’s former campaign manager"), has_particulars("Today’s winner")
    (True, False)
    """
    first, *rest = _COMPLEMENT.sub("", words).split() or [""]
    owned = bool(re.fullmatch(r"[A-Z][\w.-]+(?:['’]s|s['’])", first)) and len(rest) > 1
    return owned or any(word[:1].isupper() or word[:1].isdigit() for word in rest)


def is_tied(discourse: Discourse, person: Person, query: Query) -> bool:
    """Whether the text says of a person what a description calls them ("the senator").

    A description with particulars ("the 34-year-old mother", "the Republican nominee") takes up
    somebody known by itself; a bare noun for anybody's work ("the judge") does not. Whose somebody
    is with another word beside it ("his official spokesman") is not who has the noun alone in
    common ("the party's health spokesman").
    """
    if _is_somebody_new(discourse, person, query):
        return False
    known = discourse.roles.descriptions(person)
    first = discourse.text[query.place : query.place + _OWNER].split(maxsplit=1)[:1]
    if first and first[0].lower() in _OWNERS and not query.others <= known:
        return False
    gender = noun_gender(query.noun)
    if gender and person.gender and gender != person.gender:
        return False
    if role_words(query.noun) & known or query.others & known:
        return True
    if _age(discourse, person) in _ages_told(query.noun):
        return True
    if not query.others and _is_introduced(discourse, person, query.noun):
        return True
    return query.particular


def _is_somebody_new(discourse: Discourse, person: Person, query: Query) -> bool:
    """Whether another of the same kind has come in since a person was last named.

    "Doctor Wolle left. Then another doctor came": "the doctor" is not Wolle from there on.
    """
    if not query.noun or not person.starts:
        return False
    last = person.starts[bisect_right(person.starts, query.place) - 1]
    between = discourse.text[max(last, query.place - _NEW_CHARS) : query.place]
    return bool(re.search(rf"\b[Aa]nother (?:\w+ )?{re.escape(query.noun)}\b", between))


def take_in(
    discourse: Discourse, query: Query, mention: Span, person: Person, share: float
) -> float:
    """Take in that a mention means a person: who is fresh in mind, and of what gender.

    Returns:
        How likely that is: "he … he … he" is one chain, and none of its links is surer than the
        one before. A "his" beside a subject of its sentence does not count: "he had filed his".
    """
    learn_gender(person, query, share)
    link = None
    for reference in reversed(discourse.before(query.place)):
        if link is not None and (link.subject or reference.sentence != link.sentence):
            break
        if reference.person is person and (link is None or reference.subject):
            link = reference
    if link is not None:
        share = min(share, link.share)
    discourse.add_reference(
        mention, person, subject=query.subject, possessive=query.possessive, share=share
    )
    return share


def learn_gender(person: Person, query: Query, share: float) -> None:
    """A pronoun that was resolved tells the gender of whom it means, where no name told it."""
    if query.gender and not person.gender and share >= _LEARNT:
        person.gender = query.gender
