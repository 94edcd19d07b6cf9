"""The numbers by which everybody who may speak a line is weighed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.discourse import Reference
from quotecheck.coreference.person_clusters import Person

__all__ = ["FEATURES", "NOBODY", "TURN_FEATURES", "Sheet", "sheets"]

NOBODY = 0
"""The id of the candidate that stands for somebody without a name or a description."""
_REACH = 30
"""Paragraphs back in which who was named or described may speak."""
_NEIGHBOURS = 16
"""Turns on either side whose speakers are candidates."""
_UNBROKEN = 2
"""Paragraphs from one turn to the next in an exchange: one of narration may stand between."""
_MOST = 14
"""People weighed for one line, the nearest. Bounds the time; the trees were fitted with it."""
_FAR = 12  # Turns. Whoever is farther away counts as this far; the trees were fitted with it.

LINE_FEATURES = (
    "orphan", "pronoun", "nominal", "gap_before", "gap_behind", "asks", "asked_before",
    "words_outside", "words_said", "untagged_run", "participants", "mark_to_mark", "lines",
    "first_of_turn", "candidates", "quoted_share",
)  # fmt: skip
PERSON_FEATURES = (
    "nobody", "described", "narrator", "share", "share_rank", "linked", "gender_agrees",
    "gender_unknown", "addressed_here", "addressed_before", "addressed_behind", "spoken_of",
    "spoken_of_before", "address_gender_agrees", "address_gender_differs", "beat_subject_before",
    "beat_subject_behind", "beat_before", "beat_behind", "lead_subject", "lead_last", "lead_colon",
    "next_subject", "turns_since", "times_spoke", "spoke_share", "paragraphs_back",
    "near_mentions", "mentions_share", "recency_rank", "noun_fits", "objects_before",
    "spoke_behind", "same_side_before", "other_side_before", "same_side_behind",
    "other_side_behind",
)  # fmt: skip
TURN_FEATURES = (
    "same_turn", "turn_before", "second_before", "third_before", "turn_behind", "second_behind",
    "before_known", "second_known", "behind_known", "before_other", "rival_second",
)  # fmt: skip
FEATURES = LINE_FEATURES + PERSON_FEATURES + TURN_FEATURES


@dataclass(slots=True)
class Sheet:
    """A line with its candidates (ids; the last is `NOBODY`) and their features except for turns.

    ``hidden``: the source of the line is ignored, so that a line whose speaker is named serves as
    training data for lines without a name.
    """

    line: Line
    candidates: list[int]
    rows: list[list[float]]
    hidden: bool = False


def sheets(conversation: Conversation, *, hidden: bool = False) -> list[Sheet]:
    """A sheet for each line somebody has to be found for, or with ``hidden`` for each other one."""
    maker = _Maker(conversation)
    lines = conversation.lines
    if not hidden:
        return [maker.sheet(line) for line in lines if line.is_open]
    return [maker.sheet(line, hidden=True) for line in lines if line.source is not None]


def _known_of(conversation: Conversation, turn: int) -> int:
    """The id of who is known to speak a turn; 0 where nobody is."""
    return next((id(o.known) for o in conversation.of_turn(turn) if o.known is not None), 0)


class _Maker:
    def __init__(self, conversation: Conversation) -> None:
        self.conversation = conversation
        text = conversation.discourse.text
        quoted_chars = sum(s.end - s.start for line in conversation.lines for s in line.content)
        self.quoted_share = quoted_chars / max(1, len(text))
        self.known = [_known_of(conversation, turn) for turn in range(len(conversation.turns))]
        self.total = sum(map(len, conversation.narrated.values())) or 1
        self.outside = {
            p: conversation.outside(p) for p in {line.paragraph for line in conversation.lines}
        }

    def sheet(self, line: Line, *, hidden: bool = False) -> Sheet:
        """The candidates of a line and their numbers."""
        form = "orphan" if hidden else line.form
        gender = "" if hidden else line.gender
        recent = self._recent(line, hidden=hidden)
        people = self._candidates(line, recent, gender, hidden=hidden)
        common = self._of_line(line, form, len(people))
        around = _Around(self.conversation, line, hidden=hidden)
        spoken = self._spoken(line)
        sides = self._sides(line)
        ranks = sorted((line.shares.get(id(p), 0.0) for p in people), reverse=True)
        rows = []
        for place, person in enumerate(people):
            numbers = self._of_person(line, person, place, recent, around, gender)
            share = 0.0 if hidden else line.shares.get(id(person), 0.0)
            numbers["share"] = share
            numbers["share_rank"] = ranks.index(share) if share else 6
            numbers.update(_history(id(person), spoken))
            numbers.update(
                {name: person_values.get(id(person), _FAR) for name, person_values in sides.items()}
            )
            rows.append(common | numbers)
        rest = dict.fromkeys(PERSON_FEATURES, 0.0)
        rest["nobody"] = 1.0
        rest["share"] = 0.0 if hidden else max(0.0, 1.0 - sum(line.shares.values()))
        rest.update(dict.fromkeys(sides, _FAR))
        rest["turns_since"] = rest["paragraphs_back"] = rest["recency_rank"] = _FAR
        rows.append(common | rest)
        names = LINE_FEATURES + PERSON_FEATURES
        return Sheet(
            line,
            [*map(id, people), NOBODY],
            [[float(row[name]) for name in names] for row in rows],
            hidden,
        )

    def _recent(self, line: Line, *, hidden: bool) -> dict[int, list[Reference]]:
        """The narration's references by person, the last before the line first."""
        references_of: dict[int, list[Reference]] = {}
        source = line.source if hidden else None
        for paragraph in range(line.paragraph, max(-1, line.paragraph - _REACH - 1), -1):
            for reference in reversed(self.conversation.narrated.get(paragraph, ())):
                if source is not None and source.start <= reference.start < source.end:
                    continue
                references_of.setdefault(id(reference.person), []).append(reference)
        return references_of

    def _candidates(
        self, line: Line, recent: dict[int, list[Reference]], gender: str, *, hidden: bool
    ) -> list[Person]:
        conversation = self.conversation
        order: dict[int, int] = {}
        for key, references in recent.items():
            order[key] = line.paragraph - references[0].paragraph
        for turns in range(-_NEIGHBOURS, _NEIGHBOURS + 1):
            turn = conversation.beside(line, turns=turns)
            for other in conversation.of_turn(turn) if turn is not None else ():
                if other is line and hidden:
                    continue
                ids = [id(p) for p in (other.known, other.linked) if p is not None]
                ids += other.addressed
                for key in (*ids, *(k for k, s in other.shares.items() if s > 0.1)):
                    order[key] = min(order.get(key, _FAR), abs(turns))
        people = [conversation.people[k] for k in order if k in conversation.people]
        fitting = [p for p in people if not gender or p.gender in {"", gender}]
        fitting.sort(key=lambda p: order[id(p)])
        return fitting[:_MOST]

    def _of_line(self, line: Line, form: str, candidates: int) -> dict[str, float]:
        conversation = self.conversation
        before, behind = conversation.beside(line, turns=-1), conversation.beside(line, turns=1)
        known: set[int] = set()
        run = 0
        place = conversation.turns[line.turn].first
        for other in reversed(conversation.lines[max(0, place - 8) : place]):
            if other.known is not None:
                known.add(id(other.known))
        for other in reversed(conversation.lines[max(0, place - 6) : place]):
            if other.form != "orphan":
                break
            run += 1
        asked = before is not None and conversation.of_turn(before)[-1].asks
        return {
            "orphan": form == "orphan",
            "pronoun": form == "pronoun",
            "nominal": form == "nominal",
            "gap_before": _gap(conversation, before, line),
            "gap_behind": _gap(conversation, behind, line),
            "asks": line.asks,
            "asked_before": asked,
            "words_outside": math.log1p(self.outside[line.paragraph]),
            "words_said": math.log1p(sum(s.end - s.start for s in line.content)),
            "untagged_run": run,
            "participants": min(5, len(known)),
            "mark_to_mark": before is not None
            and conversation.turns[before].paragraph == line.paragraph,
            "lines": math.log1p(len(conversation.lines)),
            "first_of_turn": conversation.lines[conversation.turns[line.turn].first] is line,
            "candidates": candidates,
            "quoted_share": self.quoted_share,
        }

    def _of_person(
        self,
        line: Line,
        person: Person,
        rank: int,
        recent: dict[int, list[Reference]],
        around: _Around,
        gender: str,
    ) -> dict[str, float]:
        key = id(person)
        references = recent.get(key, [])
        near = [r for r in references if line.paragraph - r.paragraph <= 4]
        back = line.paragraph - references[0].paragraph if references else _FAR
        nouns = line.noun and person.described and line.noun in person.name.lower().split()
        return {
            "nobody": 0.0,
            "described": person.described,
            "narrator": person.described and person.name == "I",
            "linked": line.linked is person,
            "gender_agrees": bool(gender) and person.gender == gender,
            "gender_unknown": not person.gender,
            "paragraphs_back": min(_FAR, back),
            "near_mentions": min(8, len(near)),
            "mentions_share": len(references) / self.total,
            "recency_rank": min(_FAR, rank),
            "noun_fits": bool(nouns),
            **around.numbers(person),
        }

    def _sides(self, line: Line) -> dict[str, dict[int, int]]:
        """How many turns away, in an unbroken exchange, somebody is known to speak.

        An even number of turns away is the same side of an exchange of two, an odd one the other.
        """
        turns = self.conversation.turns
        sides: dict[str, dict[int, int]] = {
            f"{side}_side_{way}": {} for way in ("before", "behind") for side in ("same", "other")
        }
        for way, step in (("before", -1), ("behind", 1)):
            last = line.turn
            for distance in range(1, _FAR):
                turn = line.turn + step * distance
                if not 0 <= turn < len(turns):
                    break
                if abs(turns[turn].paragraph - turns[last].paragraph) > _UNBROKEN:
                    break
                last = turn
                if self.known[turn]:
                    side = "other" if distance % 2 else "same"
                    sides[f"{side}_side_{way}"].setdefault(self.known[turn], distance)
        return sides

    def _spoken(self, line: Line) -> list[tuple[int, int]]:
        """Who is known to have spoken in which turn before, and how many turns back."""
        conversation = self.conversation
        turns = []
        first = max(0, line.turn - 20)
        for turn in range(first, min(len(conversation.turns), line.turn + 4)):
            for other in conversation.of_turn(turn):
                if other is line or other.known is None:
                    continue
                turns.append((id(other.known), line.turn - turn))
        return turns


def _history(key: int, spoken: Sequence[tuple[int, int]]) -> dict[str, float]:
    turns_back = [back for person, back in spoken if person == key and back > 0]
    later = [back for person, back in spoken if person == key and back < 0]
    before = [person for person, back in spoken if 0 < back <= 10]
    return {
        "turns_since": min(_FAR, min(turns_back, default=_FAR)),
        "times_spoke": math.log1p(len(turns_back)),
        "spoke_share": before.count(key) / max(1, len(before)),
        "spoke_behind": bool(later),
    }


def _gap(conversation: Conversation, turn: int | None, line: Line) -> float:
    """How many paragraphs lie between a line and the turn beside it; many where there is none."""
    if turn is None:
        return 5.0
    return float(min(4, abs(line.paragraph - conversation.turns[turn].paragraph)))


class _Around:
    """Who is named or meant in the narration around a line, and who is addressed near it."""

    def __init__(self, conversation: Conversation, line: Line, *, hidden: bool) -> None:
        self.line = line
        narrated = conversation.narrated
        source = line.source if hidden else None
        here = [
            r
            for r in narrated.get(line.paragraph, ())
            if source is None or not source.start <= r.start < source.end
        ]
        before = [r for r in here if r.start < line.span.start]
        behind = [r for r in here if r.start >= line.span.end]
        self.subject_before = _last_subject(before)
        self.subject_behind = _first_subject(behind)
        self.before = {id(r.person) for r in before}
        self.behind = {id(r.person) for r in behind}
        lead = narrated.get(line.paragraph - 1, ())
        spoken = bool(conversation.lines_in(line.paragraph - 1))
        self.lead_subject = 0 if spoken else _last_subject(lead)
        self.lead_last = 0 if spoken or not lead else id(lead[-1].person)
        text, paragraphs = conversation.discourse.text, conversation.discourse.paragraphs
        end = paragraphs[line.paragraph - 1].end if line.paragraph else 0
        self.colon = (
            end > 0
            and text[end - 1] in ":—"
            and line.span.start <= (paragraphs[line.paragraph].start + 2)
        )
        following = narrated.get(line.paragraph + 1, ())
        self.next_subject = (
            0 if conversation.lines_in(line.paragraph + 1) else _first_subject(following)
        )
        previous, after = conversation.beside(line, turns=-1), conversation.beside(line, turns=1)
        lines_before = conversation.of_turn(previous) if previous is not None else ()
        lines_after = conversation.of_turn(after) if after is not None else ()
        self.addressed_before = {k for other in lines_before for k in other.addressed}
        self.addressed_behind = {k for other in lines_after for k in other.addressed}
        self.spoken_of_before = {k for other in lines_before for k in other.spoken_of}
        genders = [other.address_gender for other in lines_before if other.address_gender]
        self.gender = genders[-1] if genders else ""
        earlier = lines_before[-1].paragraph if lines_before else -1
        self.objects = (
            {id(r.person) for r in narrated.get(earlier, ()) if not r.subject}
            if earlier != line.paragraph
            else set()
        )

    def numbers(self, person: Person) -> dict[str, float]:
        """What the surroundings say of one candidate."""
        key, line = id(person), self.line
        return {
            "addressed_here": key in line.addressed,
            "addressed_before": key in self.addressed_before,
            "addressed_behind": key in self.addressed_behind,
            "spoken_of": key in line.spoken_of,
            "spoken_of_before": key in self.spoken_of_before,
            "address_gender_agrees": bool(self.gender) and person.gender == self.gender,
            "address_gender_differs": bool(self.gender) and person.gender not in {"", self.gender},
            "beat_subject_before": self.subject_before == key,
            "beat_subject_behind": self.subject_behind == key,
            "beat_before": key in self.before,
            "beat_behind": key in self.behind,
            "lead_subject": self.lead_subject == key,
            "lead_last": self.lead_last == key,
            "lead_colon": self.colon and self.lead_subject == key,
            "next_subject": self.next_subject == key,
            "objects_before": key in self.objects,
        }


def _last_subject(references: Sequence[Reference]) -> int:
    return next((id(r.person) for r in reversed(references) if r.subject), 0)


def _first_subject(references: Sequence[Reference]) -> int:
    return next((id(r.person) for r in references if r.subject), 0)
