"""Dialogue for the span tagger, made by recombining quotations of annotated news.

News has few conversations: one speaker is quoted for a whole article, and a passage without a
clause is nearly always the last speaker's. Here short passages of many articles stand in the forms
of conversations (the clause before, after and within; both orders of subject and verb; two tagged
passages side by side; questions and answers; untagged turns; speeches over paragraphs), all of them
with their gold by construction.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from quotecheck.evaluation.gold import GoldDocument, MarkedSpans
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex

__all__ = ["dialogues", "sentences_in_marks"]

_PASSAGE: Final = re.compile(r"[\"“]([A-Z][^\"“”\n]{2,200}[.,?!])[\"”]")
_NAMES: Final = (
    "Dara Quill", "Mr Osgood", "Mrs Tamsin Fell", "Ingrid", "Pavel", "Dr Moreno", "Captain Reyes",
    "Judge Halloran", "Lena Brandvold", "Ruth", "Tobias Ekwueme", "Miss Carrow", "Aunt Hettie",
    "Sergeant Pruitt", "Hamid Rostami", "Sister Agnes", "Mayor Lindqvist", "Joe", "Nadia",
    "Professor Adeyemi", "Sir Miles", "Councillor Bray", "Yusuf", "Marguerite Anholt", "Colm",
    "Old Jenks", "Ms. Vance", "Mr. Tetley", "Lieutenant Ochoa", "Priya Raman", "Wen", "Halvard Moe",
)  # fmt: skip
_OTHERS: Final = (
    "the doctor", "her brother", "a neighbour", "the old man", "his mother", "the landlord",
    "the judge", "a voice behind them", "the girl", "the driver", "the clerk", "one of the men",
    "the coach", "my uncle", "the prosecutor", "another witness", "the nurse", "their teacher",
    "a woman in the front row", "the foreman", "the boy", "a second officer",
)  # fmt: skip
_PRONOUNS: Final = ("he", "she", "he", "she", "he", "she", "I", "they")
_VERBS: Final = (
    "said", "said", "said", "said", "asked", "replied", "answered", "cried", "told them",
    "whispered", "added", "shouted", "murmured", "repeated", "says", "insisted", "called",
    "muttered", "observed", "exclaimed", "went on", "agreed", "remarked", "recalled",
)  # fmt: skip
_TELLING: Final = ("told the court", "told the reporter", "told us", "wrote", "testified", "warned")
_MANNERS: Final = (
    " quietly", " at once", " with a smile", ", without looking up", " after a while", ", smiling",
    ", and sat down", ", turning to the window", " in a low voice", ", who had not moved",
    " from the doorway", ", shaking out the map", " for the third time", " on Thursday",
)  # fmt: skip
_BEATS: Final = (
    "{} put down the cup.", "{} shook the rain from an umbrella.",
    "{} looked along the empty road.", "{} closed the file and got up.",
    "{} counted the coins twice.", "{} did not answer at once.",
    "{} laughed.", "{} leaned over the rail.", "{} nodded towards the door.",
    "For a moment {} stood still.", "{} had reached the last page.", "{} held up a hand.",
)  # fmt: skip
_SCENES: Final = (
    "The bus had long gone, and the square was quiet.", "Nobody in the hall had sat down yet.",
    "It rained all through the hearing.", "A door slammed somewhere below.",
    "The clock over the counter showed a quarter past nine.", "Then the lights came on again.",
    "The second day began with the accounts.", "There was a long silence.",
    "Outside, someone was moving crates.", "The crew had been up since four.",
)  # fmt: skip

Part = tuple[str, int, int]
"""Words, their role (source, cue, content as 0, 1, 2; -1 for none), and their attribution."""
_NONE: Final = -1
"""The role of words that have none, and the attribution of words that are in none."""


def sentences_in_marks(documents: Sequence[GoldDocument]) -> list[str]:
    """What stands in marks as one piece of an attribution and begins and ends as a sentence."""
    sentences = []
    for document in documents:
        for attribution in document.attributions:
            for span in attribution.content:
                whole = _PASSAGE.fullmatch(document.text[span.start : span.end])
                if whole:
                    sentences.append(whole.group(1))
    return sentences


class _Scene:
    """Makes the paragraphs of one text; ``words`` are the passages to draw from."""

    def __init__(self, words: Sequence[str], chance: random.Random) -> None:
        self._words, self._chance = words, chance
        self._number = -1
        self._cast = chance.sample(_NAMES, 2) + chance.sample(_OTHERS, 1)
        self._short = chance.random() < 0.6

    def _passage(self, *, question: bool = False, comma: bool = False, last: bool = True) -> str:
        """A passage in marks; with ``comma``, as before a clause."""
        for _ in range(30):
            words = self._chance.choice(self._words)
            if question == words.endswith("?") and (not self._short or len(words) < 90):
                break
        body, sign = words[:-1], words[-1]
        if self._short and self._chance.random() < 0.3 and ", " in body:
            body = body.split(", ")[0]
        if comma:
            sign = sign if sign in "?!" else ","
        elif sign == ",":
            sign = "."
        return f"“{body}{sign}" + ("”" if last else "")

    def _source(self, *, beginning: bool = False) -> str:
        pick = self._chance.random()
        if pick < 0.5:
            name = self._chance.choice(self._cast)
        elif pick < 0.7:
            name = self._chance.choice((*_NAMES, *_OTHERS))
        else:
            name = self._chance.choice(_PRONOUNS)
        return name[0].upper() + name[1:] if beginning else name

    def _clause(self, *, beginning: bool = False) -> list[Part]:
        """Who says it, in either order."""
        event = self._number
        source = self._source(beginning=beginning)
        verb = self._chance.choice(_VERBS)
        if beginning:
            verb = self._chance.choice((verb, verb, *_TELLING))
        pronoun = source.lower() in {"he", "she", "they", "i"}
        turned = not beginning and " " not in verb and self._chance.random() < (
            0.15 if pronoun else 0.55
        )  # fmt: skip
        parts = [(source, 0, event), (" ", _NONE, event), (verb, 1, event)]
        return parts[::-1] if turned else parts

    def _manner(self) -> list[Part]:
        if self._chance.random() < 0.4:
            return [(self._chance.choice(_MANNERS), _NONE, 0)]
        return []

    def _new(self) -> int:
        self._number += 1
        return self._number

    def behind(self, *, question: bool = False) -> list[Part]:
        """“…,” said she."""
        event = self._new()
        part = (self._passage(question=question, comma=True), 2, event)
        return [part, (" ", _NONE, 0), *self._clause(), *self._manner(), (".", _NONE, 0)]

    def before(self, *, question: bool = False) -> list[Part]:
        """She said, “…”."""
        event = self._new()
        sign = self._chance.choice((", ", ", ", ": "))
        clause = self._clause(beginning=True)
        return [*clause, (sign, _NONE, 0), (self._passage(question=question), 2, event)]

    def within(self, *, question: bool = False) -> list[Part]:
        """“…,” said she. “…” The clause stands between two halves."""
        head = self.behind(question=question)
        if self._chance.random() < 0.4:
            head[-1] = (",", _NONE, 0)
        return [*head, (" ", _NONE, 0), (self._passage(), 2, self._number)]

    def bare(self, *, question: bool = False) -> list[Part]:
        """“…”, a turn without words around it."""
        return [(self._passage(question=question), 2, self._new())]

    def beat(self, *, question: bool = False) -> list[Part]:
        """What somebody does, and a passage before or after it; no clause."""
        event = self._new()
        deed = self._chance.choice(_BEATS).format(self._source(beginning=True))
        parts = [(deed, _NONE, 0), (" ", _NONE, 0), (self._passage(question=question), 2, event)]
        return parts if self._chance.random() < 0.6 else parts[::-1]

    def neighbours(self) -> list[Part]:
        """Two tagged passages with two speakers in one paragraph."""
        form = self._chance.choice((self.behind, self.before))
        return [*form(), (" ", _NONE, 0), *form()]

    def _speech(self) -> list[list[Part]]:
        """One speaker over paragraphs that are left open, and the next one."""
        first = self.before() if self._chance.random() < 0.5 else self.within()
        words, role, event = first[-1]
        first[-1] = (words[:-1], role, event)
        paragraphs = [first]
        more = range(self._chance.randint(1, 3), 0, -1)
        return paragraphs + [[(self._passage(last=left == 1), 2, event)] for left in more]

    def paragraphs(self) -> Iterator[list[Part]]:
        """A few turns that belong together."""
        any_form: tuple[Callable[..., list[Part]], ...] = (
            self.behind, self.behind, self.before, self.within, self.beat,
        )  # fmt: skip
        pick = self._chance.random()
        if pick < 0.15:
            yield [(self._chance.choice(_SCENES), _NONE, 0)]
        elif pick < 0.40:  # a question and its answer
            yield self._chance.choice(any_form)(question=True)
            yield self._chance.choice((*any_form, self.bare))()
        elif pick < 0.60:
            yield self.neighbours()
        elif pick < 0.75:  # turns without clauses between two that have them
            yield self._chance.choice(any_form)()
            for _ in range(self._chance.randint(1, 3)):
                yield self.bare(question=self._chance.random() < 0.3)
            yield self.behind()
        elif pick < 0.85:
            yield from self._speech()
            yield self._chance.choice(any_form)()
        else:
            yield self._chance.choice(any_form)()


def dialogues(words: Sequence[str], texts: int, seed: int = 0) -> Iterator[GoldDocument]:
    """Texts of about 3,000 characters; the same for the same passages and seed."""
    chance = random.Random(seed)
    for number in range(texts if words else 0):
        discourse = _Scene(words, chance)
        gap = chance.choice(("\n\n", "\n\n", "\n"))
        text, size = [], 0
        spans: dict[int, tuple[list[Span], list[Span], list[Span]]] = {}
        while size < 3000:
            for paragraph in discourse.paragraphs():
                for part, role, event in paragraph:
                    if role != _NONE:
                        event_spans = spans.setdefault(event, ([], [], []))
                        event_spans[role].append(Span(size, size + len(part)))
                    text.append(part)
                    size += len(part)
                text.append(gap)
                size += len(gap)
        whole = "".join(text)
        gold = tuple(
            MarkedSpans(content=tuple(content), cue=tuple(cue), source=tuple(who))
            for who, cue, content in spans.values()
        )
        yield GoldDocument(f"dialogue-{seed}-{number}", whole, gold, sha256_hex(whole.encode()))
