"""From the words that name a source to the speaker: the fullest name the article gives.

Stages before it: `attribute`. Unsure means None: an orphan quotation gets candidates, no speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from quotecheck.annotations import (
    Attribution,
    ParsedDocument,
    Quotation,
    Sentence,
    Span,
    Speaker,
)
from quotecheck.resolve.casting import Roles
from quotecheck.resolve.heads import speaking_persons
from quotecheck.resolve.organisations import joint_names
from quotecheck.resolve.people import Cast, Person
from quotecheck.resolve.pronouns import Turn, gender_of, rank_persons
from quotecheck.resolve.roles import core_phrase, head_of, is_person_noun

__all__ = ["resolve"]

_PERSONAL = frozenset("he she him her his hers himself herself".split())
_FIRST = frozenset("i we me us my our myself ourselves".split())
_RELATIVE = frozenset("who whom whose which that".split())
_GENERIC = frozenset(
    "analyst critic expert insider observer official other people person source some many "
    "those few several anyone someone everyone nobody one skeptic sceptic witness aide".split()
)
_COUNTING = frozenset(
    "some several many few most one two three four five six seven eight nine ten dozens hundreds "
    "thousands numerous various other others unnamed".split()
)
_NAMED_KINDS = ("org", "loc", "norp", "gpe")
_REACH = 3
"""Paragraphs back within which "they" and "it" may stand for a source."""
_SIDE_BY_SIDE = 40
"""Names looked back at for two that stand side by side."""
_EARLY = 3
"""Paragraphs at the start in which a person may be described before being named."""
_LEAST_GUESS = 0.05


def resolve(
    parsed: ParsedDocument,
    attributions: Sequence[Attribution],
    paragraphs: Sequence[Span],
    quoted: Sequence[Span] = (),
    author: str | None = None,
) -> tuple[Quotation, ...]:
    """Quotations with their speakers.

    Args:
        parsed: the text.
        attributions: what `attribute` found in it, in text order.
        paragraphs: its paragraphs.
        quoted: passages in quotation marks; names in them weigh less as antecedents.
        author: who wrote the text, if known: the speaker behind "I" outside quotations.
    """
    return _Resolver(parsed, attributions, paragraphs, quoted, author).run()


class _Resolver:
    def __init__(
        self,
        parsed: ParsedDocument,
        attributions: Sequence[Attribution],
        paragraphs: Sequence[Span],
        quoted: Sequence[Span],
        author: str | None,
    ) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self.attributions = attributions
        self.paragraphs = paragraphs
        self.author = author
        self.cast = Cast(parsed, list(quoted))
        self.starts = [s.span.start for s in parsed.sentences]
        self.paragraph_starts = [p.start for p in paragraphs]
        self.turns: list[Turn] = []
        self.groups: list[tuple[int, tuple[Speaker, ...]]] = []
        self.roles = Roles(parsed, self.cast)

    def run(self) -> tuple[Quotation, ...]:
        found = []
        for attribution in self.attributions:
            speakers, form, role, candidates = self._speakers(attribution)
            if len(speakers) > 1 or (speakers and speakers[0].label != "person"):
                place = self._paragraph(attribution.content[0].start)
                self.groups.append((place, speakers))
            found.append(
                Quotation(
                    content=attribution.content,
                    cue=attribution.cue,
                    source=attribution.source,
                    kind=attribution.kind,
                    rule=attribution.rule,
                    confidence=attribution.confidence,
                    cue_lemma=attribution.cue_lemma,
                    speakers=speakers,
                    role=role,
                    via=tuple(self._via(span) for span in attribution.via),
                    via_spans=attribution.via,
                    source_form=form,
                    candidates=candidates,
                )
            )
        return tuple(found)

    def _speakers(
        self, attribution: Attribution
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        if attribution.kind in {"scare", "title"}:
            return (), "none", None, ()
        if not attribution.source:
            candidates = self._orphan(attribution) if attribution.kind != "indirect" else ()
            return (), "none", None, candidates
        source = Span.cover(attribution.source)
        number = self._sentence(source.start)
        sentence = self.sentences[number]
        head = head_of(sentence, source)
        low = source.of(self.text).lower().strip(" ,.")
        if low in _PERSONAL or low in {"who", "whom", "whose", "which", "that"}:
            return self._pronoun(attribution, source, number, low)
        if low in _FIRST:
            speaker = (Speaker(self.author),) if self.author and low in {"i", "me", "my"} else ()
            return speaker, "pronoun", None, ()
        if low in {"they", "them", "both", "it"}:
            return self._group(attribution, plural=low != "it"), "pronoun", None, ()
        if low in {"this", "these", "those", "one", "some", "many", "you"}:
            return (), "pronoun", None, ()
        people = speaking_persons(self.text, self.cast, source, sentence, head)
        if people:
            return self._named(attribution, people, source)
        return self._nominal(attribution, source, sentence, head)

    def _group(self, attribution: Attribution, *, plural: bool) -> tuple[Speaker, ...]:
        """What "they" or "it" stands for: the last source before it that fits in number."""
        together = self._side_by_side(attribution) if plural else ()
        if together:
            return together
        paragraph = self._paragraph(attribution.content[0].start)
        for number, speakers in reversed(self.groups):
            if paragraph - number > _REACH:
                break
            several = len(speakers) > 1 or speakers[0].label == "group"
            if several == plural or (plural and speakers[0].label == "organisation"):
                return speakers
        return ()

    def _side_by_side(self, attribution: Attribution) -> tuple[Speaker, ...]:
        """Two persons whom the sentences before name side by side ("Daal and Moreno")."""
        place = attribution.source[0].start
        number = self._sentence(place)
        for back in range(number, max(-1, number - 2), -1):
            span = self.sentences[back].span
            people = [
                (a.span, p)
                for a, p in self.cast.before(place, _SIDE_BY_SIDE)
                if span.contains(a.span)
            ]
            for (left, one), (right, other) in pairwise(people):
                between = self.text[left.end : right.start]
                if one is not other and re.fullmatch(r"\s+and\s+(?:\w+\.?\s+)?", between):
                    return tuple(
                        Speaker(
                            p.name, p.appearances[0].span, self.roles.at(p.appearances[0]), "person"
                        )
                        for p in (one, other)
                    )
        return ()

    def _named(
        self, attribution: Attribution, people: list[Person], source: Span
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        people = self.roles.told_apart(people, source)
        speakers = tuple(
            Speaker(p.name, p.appearances[0].span, self.roles.of(p, source), "person")
            for p in people
        )
        self._spoke(attribution, people[0])
        text = source.of(self.text).lower()
        full = all(p.name.lower() in text for p in people)
        return speakers, "name" if full else "partial-name", speakers[0].role, ()

    def _speaker(self, person: Person, source: Span) -> Speaker:
        role = self.roles.of(person, source)
        return Speaker(person.name, person.appearances[0].span, role, "person")

    def _pronoun(
        self, attribution: Attribution, source: Span, number: int, low: str
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        if low in _RELATIVE:
            antecedent = self._antecedent(source, number)
            if antecedent is not None:
                sentence = self.sentences[number]
                people = speaking_persons(
                    self.text, self.cast, antecedent, sentence, head_of(sentence, antecedent)
                )
                if people:
                    found = self._named(attribution, people, source)
                    return found[0], "pronoun", found[2], ()
                nominal = self._nominal(
                    attribution, antecedent, sentence, head_of(sentence, antecedent)
                )
                return nominal[0], "pronoun", nominal[2], ()
            return (), "pronoun", None, ()
        place = source.start
        # A pronoun behind its quotation looks back from where the quotation began.
        before = min(place, attribution.content[0].start) if attribution.kind == "direct" else place
        ranked = rank_persons(
            self.cast,
            before if before < place and not self._named_between(before, place) else place,
            number,
            self._paragraph(place),
            self.paragraphs,
            self.turns,
            gender_of(low),
            attribution.content,
        )
        if not ranked:
            return (), "pronoun", None, ()
        best = ranked[0][0]
        self._spoke(attribution, best)
        speaker = Speaker(
            best.name, best.appearances[0].span, self.roles.of(best, source), "person"
        )
        guesses = tuple((p.name, round(c, 3)) for p, c in ranked[:5] if c >= _LEAST_GUESS)
        return (speaker,), "pronoun", speaker.role, guesses

    def _named_between(self, start: int, end: int) -> bool:
        near = self.cast.before(end, _SIDE_BY_SIDE)
        return any(start <= a.span.start and not a.quoted for a, _ in near)

    def _antecedent(self, source: Span, number: int) -> Span | None:
        """The noun that a relative pronoun stands for, by the parse."""
        tokens = self.sentences[number].tokens
        for token in tokens:
            if token.start != source.start or token.head < 0:
                continue
            verb = tokens[token.head]
            if verb.deprel.startswith("acl") and verb.head >= 0:
                noun = tokens[verb.head]
                left = [t for t in tokens if t.head == verb.head and t.end <= noun.start] or [noun]
                last = [t for t in tokens if t.head == verb.head and t.deprel.startswith("flat")]
                return Span(min(t.start for t in left), max(t.end for t in [noun, *last]))
        return None

    def _nominal(
        self, attribution: Attribution, source: Span, sentence: Sentence, head: int
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        if head < 0:
            return (), "nominal", None, ()
        token = sentence.tokens[head]
        core = core_phrase(sentence, source, head)
        words = re.sub(r"\s+", " ", core.of(self.text)).strip()
        organisations = [m for m in sentence.mentions if source.overlaps(m.span)]
        organisations = [m for m in organisations if m.label.lower().startswith(_NAMED_KINDS)]
        at_head = [m for m in organisations if m.span.contains(token.span)]
        plural = token.xpos in {"NNS", "NNPS"}
        if is_person_noun(token) and not at_head and not plural:
            return self._described(attribution, source, token.lemma.lower(), words)
        if at_head and core.end <= at_head[0].span.end:
            joint = joint_names(self.text, organisations)
            return joint, "name", None, ()
        bare = core.end - core.start == token.end - token.start
        first = source.of(self.text).split()[0].lower()
        counted = first in _COUNTING or first[:1].isdigit()
        generic = token.lemma.lower() in _GENERIC
        if (generic and counted) or (plural and counted and is_person_noun(token)):
            return (), "nominal", words, ()
        if generic and bare:
            whole = source.of(self.text).split(",")[0]
            if len(whole.split()) <= 1:
                return (), "nominal", words, ()
            words = whole
        if token.upos == "PRON":
            return (), "pronoun", None, ()
        linked = [t for t in sentence.tokens if t.deprel == "conj" and t.head == head]
        if plural and linked and linked[0].end <= source.end:
            words = re.sub(r"\s+", " ", self.text[core.start : source.end]).split(",")[0]
        form = "name" if token.upos == "PROPN" else "nominal"
        return (Speaker(words, core, None, "group" if plural else "organisation"),), form, None, ()

    def _described(
        self, attribution: Attribution, source: Span, noun: str, words: str
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        """A single person who is described: named elsewhere, or nameless."""
        definite = source.of(self.text).lower().startswith(("the ", "his ", "her ", "their "))
        person = self.roles.holder(noun, source) if definite else None
        if person is None and self._paragraph(source.start) < _EARLY:
            person = self.roles.named_later(noun, words, source)
        if person is None:
            return (), "nominal", words, ()
        self._spoke(attribution, person)
        role = self.roles.of(person, source) or words
        speaker = Speaker(person.name, person.appearances[0].span, role, "person")
        return (speaker,), "nominal", role, ()

    def _orphan(self, attribution: Attribution) -> tuple[tuple[str, float], ...]:
        place = attribution.content[0].start
        number = self._sentence(place)
        ranked = rank_persons(
            self.cast,
            place,
            number,
            self._paragraph(place),
            self.paragraphs,
            self.turns,
            "",
            attribution.content,
        )
        # Half of the orphans are nobody's who is named: no candidate may look sure.
        return tuple((p.name, round(0.5 * c, 3)) for p, c in ranked[:3] if c >= _LEAST_GUESS)

    def _spoke(self, attribution: Attribution, person: Person) -> None:
        end = attribution.content[-1].end
        self.turns.append(Turn(end, self._paragraph(attribution.content[-1].start), person))

    def _via(self, span: Span) -> str:
        name = re.sub(r"\s+", " ", span.of(self.text)).strip()
        if re.match(r"(?:re)?tweet", name, re.IGNORECASE):
            return "Twitter"
        return re.sub(r"['’]s?$", "", name)

    def _sentence(self, offset: int) -> int:
        return max(0, bisect_right(self.starts, offset) - 1)

    def _paragraph(self, offset: int) -> int:
        return max(0, bisect_right(self.paragraph_starts, offset) - 1)
