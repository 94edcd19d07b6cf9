"""Lines of two speakers who speak in turn.

“Where?” asked Ann. / “There,” said Tom. / “I see nothing.” / “Look again.”: where every line is a
paragraph of its own, with no more than a clause beside it, and two are known to speak in turn, the
lines without a clause go on in the same way. The trees of `dialogue_model`, which weigh all the
rest, leave half of such lines open.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from typing import Final

from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.dialogue_features import NOBODY
from quotecheck.coreference.dialogue_model import Shares, lifted, lowered
from quotecheck.coreference.grammatical_roles import SUBJECT
from quotecheck.language.quotation_characters import ANY_MARK

__all__ = ["with_alternation"]

_LIKELY: Final = 0.92
"""How likely whose turn it is speaks: in LitBank's train part, beside models that never saw it, 20
lines are found that the trees are less sure of, and all are right."""
_SURE: Final = 0.6
"""The probability from which a line with a pronoun counts as known; one with a description may be
a third's (“Dinner!” cried the cook)."""
_MOST_CLAUSE: Final = 60
"""Letters outside the marks of a paragraph with a line and its reporting clause. By eye."""
_BACK_TURNS: Final = 10
"""Turns back in which both speakers are looked for. By eye."""
_AHEAD_TURNS: Final = 6
"""Turns ahead in which one of them may show that the order is another. By eye."""
_MOST_OUTSIDE: Final = 3
"""Letters outside the marks of a paragraph that is a line alone: a stray word of the layout."""
_CLOSING: Final = frozenset(ANY_MARK)
"""Marks, one of which ends words that are closed."""
_UNNAMED: Final = frozenset({"nominal", "other", "narrator"})
"""Forms of a source that, where nobody is known for it, may be a third."""
_TELEPHONE = re.compile(r"\b(?:tele)?phone\b|\breceiver\b", re.IGNORECASE)
"""What leaves one side of a talk unheard."""
_IN_A_ROW = re.compile(r"(?:,|,? and)(?: [a-z]+)? [A-Z]")
_ROW_CHARS: Final = 20
"""Code points after a name in which the next one of a row begins."""
_REPEATED: Final = 0.1
"""How much less likely whoever has just closed a line is to speak the next; as for who is called
in a line (`addresses`)."""
_ROUNDS: Final = 3
"""Times that what was found helps to find more. By eye."""


def with_alternation(conversation: Conversation, shares: Mapping[int, Shares]) -> dict[int, Shares]:
    """The probabilities of each open line again, those of lines in strict turns made sure.

    Args:
        conversation: the lines.
        shares: how likely each candidate speaks, by the attribution's number, for each open line.
    """
    decisions = dict(shares)
    exchange = _Exchange(conversation, decisions)
    for _ in range(_ROUNDS):
        new = {
            line.number: person
            for line in conversation.lines
            if line.number in decisions
            and line.form == "orphan"
            and not exchange.speakers[line.turn]
            and (person := exchange.whose_turn(line))
        }
        for number, person in new.items():
            decisions[number] = lifted(decisions[number], person, _LIKELY)
        if not new:
            break
        exchange = _Exchange(conversation, decisions)
    for line in conversation.lines:
        last = exchange.last_speaker(line) if line.number in decisions else NOBODY
        if last != NOBODY:
            decisions[line.number] = lowered(decisions[line.number], {last}, _REPEATED)
    return decisions


class _Exchange:
    """Who is known to speak each turn, and which turns are a line alone."""

    def __init__(self, conversation: Conversation, shares: Mapping[int, Shares]) -> None:
        self.conversation = conversation
        self.shares = shares
        turns = range(len(conversation.turns))
        self.speakers = [self._known(turn) for turn in turns]
        self.outside = {
            paragraph: conversation.outside(paragraph)
            for paragraph in {turn.paragraph for turn in conversation.turns}
        }
        self.bare = [self.outside[turn.paragraph] <= _MOST_OUTSIDE for turn in conversation.turns]

    def _known(self, turn: int) -> int:
        """The id of who is known to speak a turn; `NOBODY` where nobody is."""
        best, most = NOBODY, 0.0
        for line in self.conversation.of_turn(turn):
            if line.known is not None:
                return id(line.known)
            candidates = self.shares.get(line.number, {})
            likeliest = max(candidates, key=lambda key: candidates[key], default=NOBODY)
            least = _SURE if line.form == "pronoun" else _LIKELY
            if likeliest != NOBODY and candidates[likeliest] >= max(most, least):
                best, most = likeliest, candidates[likeliest]
        return best

    def last_speaker(self, line: Line) -> int:
        """The id of who closed the line right before one that stands alone; `NOBODY` if open."""
        if not self.bare[line.turn] or line.form != "orphan" or not self._follows(line.turn):
            return NOBODY
        return self.speakers[line.turn - 1]

    def whose_turn(self, line: Line) -> int:
        """The id of the person whose turn it is; `NOBODY` where the page does not tell."""
        turns = self.conversation.turns
        if not self.bare[line.turn] or turns[line.turn].first != turns[line.turn].last:
            return NOBODY
        sides: dict[int, set[int]] = {}
        turns_back = 0
        for distance in range(1, _BACK_TURNS + 1):
            if not self._follows(line.turn - distance + 1):
                break
            turns_back = distance
            speaker = self.speakers[line.turn - distance]
            if speaker != NOBODY:
                sides.setdefault(speaker, set()).add(distance % 2)
        same = [person for person, places in sides.items() if places == {0}]
        other = [person for person, places in sides.items() if places == {1}]
        if len(same) != 1 or len(other) != 1 or len(sides) != 2:
            return NOBODY
        if not line.addressed <= set(other) or not self._is_kept(line, same[0], other[0]):
            return NOBODY
        if self._has_a_third(line, turns_back, {same[0], other[0]}):
            return NOBODY
        return same[0]

    def _has_a_third(self, line: Line, turns_back: int, two: Set[int]) -> bool:
        """Whether more than the two are there, or on the telephone: then a turn is not sure."""
        turns, paragraphs = self.conversation.turns, self.conversation.discourse.paragraphs
        if any(map(self._is_unnamed, range(line.turn - turns_back, line.turn))):
            return True
        first = turns[line.turn - turns_back].paragraph
        for paragraph in range(max(0, first - 1), line.paragraph):
            acting = self._acting(paragraph)
            if acting - two and (paragraph >= first or acting & two):
                return True
            if _TELEPHONE.search(paragraphs[paragraph].of(self.conversation.discourse.text)):
                return True
        return False

    def _is_unnamed(self, turn: int) -> bool:
        """Whether somebody without a name speaks a turn, who may be a third."""
        forms = {line.form for line in self.conversation.of_turn(turn)}
        return self.speakers[turn] == NOBODY and bool(forms & _UNNAMED)

    def _acting(self, paragraph: int) -> set[int]:
        """The ids of those who are named as subjects in the writer's words of a paragraph.

        Of names in a row the first or the last may be the subject: "Ann, Tom and Eve sat down."
        """
        references = self.conversation.narrated.get(paragraph, ())
        text = self.conversation.discourse.text
        return {
            id(reference.person)
            for reference in references
            if reference.named
            and (
                reference.subject
                or reference.place.role == SUBJECT
                or _IN_A_ROW.match(text, reference.end, reference.end + _ROW_CHARS)
            )
            and not reference.possessive
            and not reference.person.described
        }

    def _follows(self, turn: int) -> bool:
        """Whether a turn stands in the paragraph right after the turn before, which was closed."""
        turns, lines = self.conversation.turns, self.conversation.lines
        if turn <= 0 or turns[turn].paragraph - turns[turn - 1].paragraph != 1:
            return False
        if self.outside[turns[turn - 1].paragraph] > _MOST_CLAUSE:
            return False  # after what else happens, whoever spoke last may speak again
        text, last = self.conversation.discourse.text, lines[turns[turn - 1].last]
        return text[last.span.end - 1] in _CLOSING  # else the speech goes on

    def _is_kept(self, line: Line, same: int, other: int) -> bool:
        """Whether the next known speaker of the exchange is the one whose turn it is then."""
        for distance in range(1, _AHEAD_TURNS + 1):
            turn = line.turn + distance
            if turn >= len(self.speakers) or not self._follows(turn):
                return True
            speaker = self.speakers[turn]
            if speaker != NOBODY:
                return speaker == (other if distance % 2 else same)
            if self._is_unnamed(turn):
                return False
        return True
