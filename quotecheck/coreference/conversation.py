"""A document's direct speech as lines in turns: what tells, beside a source, who speaks.

Lines of one paragraph are one turn unless they stand mark to mark; turns follow one another. Who is
named or meant in the paragraph of a line, who is addressed in it and in its neighbours, and who
spoke before and after are noted here; `dialogue_features` makes numbers of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from quotecheck.coreference.discourse import Discourse, Reference
from quotecheck.coreference.person_clusters import Person
from quotecheck.language.person_nouns import titles
from quotecheck.records.text import Span

__all__ = ["Conversation", "Line", "Turn"]

_BEFORE_ADDRESS = re.compile(
    r"(?:\A|[,;:!?.…“\"‘'(—–-])\s*(?:(?:my|dear|poor|old|little|good|oh|o|ah|well|yes|no|come|now|"
    r"hush|hello|hallo|hullo|hey|hi|thank|thanks|you|sorry|please|and|but|so|look|here|listen|"
    r"good-?bye|goodnight|why|what|indeed|really|night|morning|evening)[,\s]+){0,3}\Z",
    re.IGNORECASE,
)
_AFTER_ADDRESS = re.compile(r"\s*(?:[,;!?.…”\"’)—–]|--|'|\Z)")
_ADDRESS_CHARS = 40
"""Code points before a name in which the words that lead to an address stand."""
_MALE = re.compile(
    r"(?<=[,.!?“\"‘ ])(?:sir|papa|father|dad|daddy|grandfather|grandpa|pop|pa|uncle|my lord|"
    r"my boy|my lad|my son|old man|old fellow|old chap|my (?:dear |good )?fellow|"
    r"my (?:dear |good )?sir|brother|monsieur|mister|my good man|lad|boy)(?=[,.!?;”\"’—-])",
    re.IGNORECASE,
)
_FEMALE = re.compile(
    r"(?<=[,.!?“\"‘ ])(?:ma[’']?am|madam|madame|mamma|mama|mother|mum|mummy|mom|grandmother|"
    r"grandma|granny|ma|aunt|auntie|my lady|my girl|miss|mistress|my daughter|sister|"
    r"mademoiselle|my good woman|my dear lady)(?=[,.!?;”\"’—-])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Line:
    """A quotation in marks.

    ``number`` is that of its attribution; ``form`` is "named", "pronoun", "nominal", "narrator",
    "orphan" or "other" (a group, a text); ``gender`` is what the source tells. ``known`` is who is
    named, ``shares`` what the words of the source say about who is meant, by id of the person.
    ``beside`` says that its reporting clause stands beside its marks; ``linked`` is somebody named
    in another paragraph to whom the tagger gives the words.
    """

    number: int
    span: Span
    content: tuple[Span, ...]
    paragraph: int
    form: str
    gender: str = ""
    source: Span | None = None
    known: Person | None = None
    linked: Person | None = None
    noun: str = ""
    shares: dict[int, float] = field(default_factory=dict)
    beside: bool = False
    turn: int = 0
    asks: bool = False
    addressed: frozenset[int] = frozenset()
    address_gender: str = ""
    spoken_of: frozenset[int] = frozenset()

    @property
    def is_open(self) -> bool:
        """Whether somebody has to be found for it."""
        return self.form in {"pronoun", "nominal", "orphan"}


@dataclass(slots=True)
class Turn:
    """Lines that follow one another in a paragraph."""

    first: int
    last: int
    paragraph: int


class Conversation:
    """The lines of a document in order, and the narration around them.

    Args:
        discourse: who is named where; pronouns that were resolved are among the references.
        lines: the direct quotations, in text order.
    """

    def __init__(self, discourse: Discourse, lines: Sequence[Line]) -> None:
        self.discourse = discourse
        self.lines = list(lines)
        self.turns: list[Turn] = []
        self.people: dict[int, Person] = {}
        self._references = discourse.before(len(discourse.text) + 1, everything=True)
        self._starts = [r.start for r in self._references]
        self.narrated: dict[int, list[Reference]] = {}
        for reference in self._references:
            self.people[id(reference.person)] = reference.person
            if not reference.quoted:
                self.narrated.setdefault(reference.paragraph, []).append(reference)
        for line in self.lines:
            for person in (line.known, line.linked):
                if person is not None:
                    self.people[id(person)] = person
            self._read(line)
        self._divide()

    def references_in(self, span: Span) -> Sequence[Reference]:
        """The references that begin in a span."""
        first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
        return self._references[first:last]

    def outside(self, paragraph: int) -> int:
        """How many letters and digits of a paragraph stand outside the lines."""
        place = self.discourse.paragraphs[paragraph]
        whole = sum(map(str.isalnum, place.of(self.discourse.text)))
        for line in self.lines_in(paragraph):
            for span in line.content:
                if place.contains(span):
                    whole -= sum(map(str.isalnum, span.of(self.discourse.text)))
        return max(0, whole)

    def lines_in(self, paragraph: int) -> Sequence[Line]:
        """The lines that begin in a paragraph."""
        return [self.lines[k] for k in self._by_paragraph.get(paragraph, ())]

    def beside(self, line: Line, *, turns: int) -> int | None:
        """The turn so many turns before (negative) or after a line; None where there is none."""
        place = line.turn + turns
        return place if 0 <= place < len(self.turns) else None

    def of_turn(self, turn: int) -> Sequence[Line]:
        """The lines of a turn."""
        span = self.turns[turn]
        return self.lines[span.first : span.last + 1]

    def _read(self, line: Line) -> None:
        text = self.discourse.text
        addressed, named = set(), set()
        words = " ".join(span.of(text) for span in line.content)
        line.asks = words.rstrip("”\"’'» ").endswith("?")
        for span in line.content:
            for reference in self.references_in(span):
                named.add(id(reference.person))
                if _is_address(text, span, reference):
                    addressed.add(id(reference.person))
        line.addressed, line.spoken_of = frozenset(addressed), frozenset(named - addressed)
        male, female = bool(_MALE.search(words)), bool(_FEMALE.search(words))
        line.address_gender = "" if male == female else "m" if male else "f"

    def _divide(self) -> None:
        text = self.discourse.text
        self._by_paragraph: dict[int, list[int]] = {}
        last: Line | None = None
        for number, line in enumerate(self.lines):
            self._by_paragraph.setdefault(line.paragraph, []).append(number)
            between = text[last.span.end : line.span.start] if last is not None else ""
            same = last is not None and last.paragraph == line.paragraph and between.strip()
            if same:
                self.turns[-1].last = number
            else:
                self.turns.append(Turn(number, number, line.paragraph))
            line.turn = len(self.turns) - 1
            last = line


def _is_address(text: str, content: Span, reference: Reference) -> bool:
    """Whether a name within words said is set apart as whoever they are said to."""
    low = max(content.start, reference.start - _ADDRESS_CHARS)
    before = text[low : reference.start]
    words = before.split()
    while words and words[-1].strip(".,").lower() in titles():
        before = before[: before.rindex(words.pop())]
    after = text[reference.end : min(content.end, reference.end + 4)]
    return bool(_AFTER_ADDRESS.match(after)) and bool(_BEFORE_ADDRESS.search(before))
