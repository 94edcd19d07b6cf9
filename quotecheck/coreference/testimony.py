"""What the text says about who can and who cannot be meant, before any likelihood is asked.

The words of a quotation testify: whoever is addressed in it by name, or spoken of by name, is
usually not the one who says it. A definite noun ("the judge") is somebody new unless the text ties
it to a person who was named.
"""

from __future__ import annotations

import re
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
_COMPLEMENT = re.compile(
    r"\s(?:of|at|for|from|in|with|on|to|behind)\s(?:the\s)?[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*)*"
)
_OWNS = re.compile(r"['’]s?\s")


def as_testified(discourse: Discourse, query: Query, source: Span, ranked: _Ranked) -> _Ranked:
    """Whom a source may mean, after what the words said and those of the source itself tell."""
    ranked = _less_the_named(discourse, query.content, ranked)
    return _without_owners(discourse, source, ranked) if query.form == "nominal" else ranked


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
    known = discourse.roles.descriptions(person)
    first = discourse.text[query.place : query.place + _OWNER].split(maxsplit=1)[:1]
    if first and first[0].lower() in _OWNERS and not query.others <= known:
        return False
    gender = noun_gender(query.noun)
    if gender and person.gender and gender != person.gender:
        return False
    if role_words(query.noun) & known or query.others & known:
        return True
    return query.particular


def take_in(
    discourse: Discourse, query: Query, mention: Span, person: Person, share: float
) -> float:
    """Take in that a mention means a person: who is fresh in mind, and of what gender.

    Returns:
        How likely that is: "he … he … he" is one chain, and none of its links is surer than the
        one before.
    """
    learn_gender(person, query, share)
    for reference in reversed(discourse.before(query.place)):
        if reference.person is person:
            share = min(share, reference.share)
            break
    discourse.add_reference(
        mention, person, subject=query.subject, possessive=query.possessive, share=share
    )
    return share


def learn_gender(person: Person, query: Query, share: float) -> None:
    """A pronoun that was resolved tells the gender of whom it means, where no name told it."""
    if query.gender and not person.gender and share >= _LEARNT:
        person.gender = query.gender
