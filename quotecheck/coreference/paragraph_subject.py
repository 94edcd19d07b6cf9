"""Who a paragraph is about: the one person whom it names, as the subject or agent of a sentence.

"Co-author Fabrice Colin disagrees. “We had a second mask,” he said": whoever spoke in the paragraph
before is not meant, however often they spoke. What was fitted to likelihoods prefers who spoke
last; a paragraph that brings in one person, and nobody else who fits, says more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Final

from quotecheck.coreference.discourse import Discourse, Query, Reference
from quotecheck.coreference.grammatical_roles import SUBJECT
from quotecheck.coreference.person_clusters import Person

__all__ = ["with_paragraph_subject"]

_TAKEN: Final = 0.9
"""The share of the likelihood of all others that the paragraph's person takes over. By eye: in our
own texts the person is the one meant wherever nobody else who fits is spoken of in the paragraph;
what is left keeps the answer from being certain."""
_AGENT_TOKENS: Final = 4
"""Tokens before a "by" in which the participle of a passive stands ("was handed in by")."""


def with_paragraph_subject(
    discourse: Discourse, query: Query, ranked: Sequence[tuple[Person, float]]
) -> list[tuple[Person, float]]:
    """The candidates of a pronoun again, the one whom its paragraph is about before the others.

    Args:
        discourse: who was named and meant so far.
        query: the pronoun; nothing changes for descriptions and orphans.
        ranked: the candidates with their probabilities, best first.
    """
    if query.form != "pronoun" or not query.gender:
        return list(ranked)
    person = _subject(discourse, query)
    if person is None:
        return list(ranked)
    others = [(other, share) for other, share in ranked if other is not person]
    own_share = sum(share for other, share in ranked if other is person)
    added = _TAKEN * sum(share for _, share in others)
    shares = [
        (person, own_share + added),
        *((other, share * (1.0 - _TAKEN)) for other, share in others),
    ]
    return sorted(shares, key=lambda item: -item[1])


def _subject(discourse: Discourse, query: Query) -> Person | None:
    """The one who fits and is spoken of in the paragraph so far, if a sentence is about them."""
    references = [
        reference
        for reference in discourse.before(query.place)
        if reference.paragraph == query.paragraph
        and not reference.quoted
        and query.gender in {"", reference.person.gender or query.gender}
    ]
    if not references or len({id(reference.person) for reference in references}) > 1:
        return None
    first = references[0]
    if not first.named or first.possessive or first.sentence >= query.sentence:
        return None
    is_subject = first.subject or first.place.role == SUBJECT
    return first.person if is_subject or _is_agent(discourse, first) else None


def _is_agent(discourse: Discourse, reference: Reference) -> bool:
    """Whether a name is that of who does what a passive tells: "was handed in by Edie Malone"."""
    tokens = discourse.sentences[reference.sentence].tokens
    place = bisect_left(tokens, reference.start, key=lambda token: token.start)
    while place and tokens[place - 1].upos in {"NOUN", "PROPN", "ADJ", "DET"}:
        place -= 1
    if not place or tokens[place - 1].text.lower() != "by":
        return False
    before = tokens[max(0, place - 1 - _AGENT_TOKENS) : place - 1]
    return any(token.xpos == "VBN" for token in before)
