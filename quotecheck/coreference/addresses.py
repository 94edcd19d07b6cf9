"""Who is addressed by name in a dialogue: not the one who speaks, and the one who answers.

“Did you lock the gate, Edmund?” is not said by Edmund, and “I did.” in the next paragraph is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.dialogue_features import NOBODY
from quotecheck.coreference.dialogue_model import Shares, lifted, lowered
from quotecheck.coreference.discourse import Reference
from quotecheck.language.person_nouns import ANIMAL_NOUNS, person_nouns

__all__ = ["with_addresses"]

_ADDRESSED: Final = 0.1
"""How much less likely whoever a line addresses is to speak it. Of 9 open lines of LitBank's train
part that models which never saw it give to somebody so addressed, 8 are another's."""
_NAME_WORDS: Final = 2
"""Words of a line that may be no more than one's own name: “Pip, sir.”"""
_OPENING: Final = 3
"""Code points from the start of a paragraph in which the words that open it begin."""
_NOUN_CHARS: Final = 40
"""Code points beside a name in which the noun for what it names stands."""
_NOUN_WORDS: Final = 3
"""Words after its article among which that noun is: "his old mare". By eye."""
_BEHIND = re.compile(r",? (?:the|a|an|his|her|their|my|our) ((?:[\w-]+ ){0,3}[\w-]+)")
_BEFORE = re.compile(r"\b([\w-]+),? \Z")
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
    narrated -= _mute(conversation)
    for line in conversation.lines:
        candidates = decisions.get(line.number)
        if candidates is None:
            continue
        if line.addressed & candidates.keys() and _words(conversation, line) > _NAME_WORDS:
            candidates = lowered(candidates, line.addressed, _ADDRESSED)
        asked = _who_is_asked(conversation, line, narrated)
        if asked != NOBODY and asked in candidates and asked not in line.addressed:
            candidates = lifted(candidates, asked, _ANSWERS)
        decisions[line.number] = candidates
    return decisions


def _words(conversation: Conversation, line: Line) -> int:
    text = conversation.discourse.text
    return sum(len(span.of(text).split()) for span in line.content)


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


def _mute(conversation: Conversation) -> set[int]:
    """The ids of animals that speak nowhere with a clause: "Biscuit the spaniel"."""
    text = conversation.discourse.text
    animals = {
        id(reference.person)
        for references in conversation.narrated.values()
        for reference in references
        if _names_animal(text, reference)
    }
    return animals - {id(line.known) for line in conversation.lines if line.known is not None}


def _names_animal(text: str, reference: Reference) -> bool:
    """Whether a noun for an animal stands beside a name: "Biscuit the spaniel", "the dog Tip"."""
    behind = _BEHIND.match(text, reference.end, reference.end + _NOUN_CHARS)
    before = _BEFORE.search(text[max(0, reference.start - _NOUN_CHARS) : reference.start])
    words = behind[1].lower().split() if behind else []
    if before is not None and before[1].lower() in ANIMAL_NOUNS:
        return True
    return any(
        word in ANIMAL_NOUNS
        and not set(words[place + 1 : place + 2]) & person_nouns()  # "the horse dealer"
        for place, word in enumerate(words[:_NOUN_WORDS])
    )


def _called(lines: Sequence[Line]) -> frozenset[int]:
    return frozenset().union(*(line.addressed for line in lines))
