"""Who is addressed by name in a dialogue: not the one who speaks, and the one who answers.

“Did you lock the gate, Edmund?” is not said by Edmund, and “I did.” in the next paragraph is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Final

from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.dialogue_features import NOBODY
from quotecheck.coreference.dialogue_model import Shares, lifted

__all__ = ["with_addresses"]

_ADDRESSED: Final = 0.1
"""How much less likely whoever a line addresses is to speak it. Of 9 open lines of LitBank's train
part that models which never saw it give to somebody so addressed, 8 are another's."""
_NAME_WORDS: Final = 2
"""Words of a line that may be no more than one's own name: “Pip, sir.”"""
_OPENING: Final = 3
"""Code points from the start of a paragraph in which the words that open it begin."""
_ANSWERS: Final = 0.8
"""How likely whoever is asked something by name speaks next: 7 of 8 in LitBank's train part."""


def with_addresses(conversation: Conversation, shares: Mapping[int, Shares]) -> dict[int, Shares]:
    """The probabilities of each open line again, after who is addressed in it and before it.

    Args:
        conversation: the lines.
        shares: how likely each candidate speaks, by the attribution's number, for each open line.
    """
    decisions = dict(shares)
    narrated = {id(r.person) for references in conversation.narrated.values() for r in references}
    for line in conversation.lines:
        candidates = decisions.get(line.number)
        if candidates is None:
            continue
        if line.addressed & candidates.keys() and _words(conversation, line) > _NAME_WORDS:
            candidates = _less_the_addressed(line, candidates)
        asked = _who_is_asked(conversation, line, narrated)
        if asked != NOBODY and asked in candidates and asked not in line.addressed:
            candidates = lifted(candidates, asked, _ANSWERS)
        decisions[line.number] = candidates
    return decisions


def _words(conversation: Conversation, line: Line) -> int:
    text = conversation.discourse.text
    return sum(len(span.of(text).split()) for span in line.content)


def _less_the_addressed(line: Line, shares: Shares) -> Shares:
    """The probabilities with those of the addressed lowered; what they lose is somebody else's."""
    less = {k: s * (_ADDRESSED if k in line.addressed else 1.0) for k, s in shares.items()}
    return {**less, NOBODY: less.get(NOBODY, 0.0) + sum(shares.values()) - sum(less.values())}


def _who_is_asked(conversation: Conversation, line: Line, narrated: Set[int]) -> int:
    """The one whom the question in the paragraph before asks by name; `NOBODY` if none is."""
    before = conversation.beside(line, turns=-1)
    if line.form != "orphan" or before is None:
        return NOBODY
    turn, lines = conversation.turns[before], conversation.of_turn(before)
    opens = line.span.start - conversation.discourse.paragraphs[line.paragraph].start < _OPENING
    if not opens or line.paragraph - turn.paragraph != 1 or not lines[-1].asks:
        return NOBODY
    asked = _called(lines) - {id(other.known) for other in lines if other.known is not None}
    if len(asked) != 1:
        return NOBODY
    (person,) = asked
    # Where somebody in it tells the story, a name in marks alone may be the teller's.
    return person if person in narrated else NOBODY


def _called(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset().union(*(line.addressed for line in lines))
