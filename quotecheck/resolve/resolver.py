"""Goes through the attributions of a document in order and says who stands behind each source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from quotecheck.annotations import (
    Attribution,
    Evidence,
    ParsedDocument,
    Quotation,
    Sentence,
    Span,
    Speaker,
)
from quotecheck.resolve.antecedents import Ranker
from quotecheck.resolve.casting import Roles, words_at
from quotecheck.resolve.heads import speaking_persons
from quotecheck.resolve.naming import noun_gender
from quotecheck.resolve.nominals import description_of, is_definite, kind_of, name_span
from quotecheck.resolve.parties import PARTY_NOUNS, Parties, joint_spans, plain_name
from quotecheck.resolve.people import Cast, Person
from quotecheck.resolve.pronouns import GENDERS, echoes, relative_antecedent
from quotecheck.resolve.roles import core_phrase, head_of
from quotecheck.resolve.scene import Query, Scene

__all__ = ["Resolver"]

_FIRST = frozenset("i we me us my our myself ourselves mine ours".split())
_RELATIVE = frozenset("who whom whose which that".split())
_THEY = frozenset("they them their both themselves".split())
_IT = frozenset("it its itself".split())
_NOBODY = frozenset("this these those one some many you your others all none anyone".split())
_SMALL = frozenset("the that this his her its their our a an of for to".split())
_BYLINE = re.compile(r"^\s*By\s+([A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})\s*(?:,|$)", re.MULTILINE)
_REACH = 3
"""Paragraphs back within which "they" and "it" may stand for a source."""
_SIDE_BY_SIDE = 40
"""Names looked back at for two that stand side by side."""
_EARLY = 3
"""Paragraphs at the start in which a person may be described before being named."""
_LEAST_GUESS = 0.05
_LEAST = {"pronoun": 0.25, "nominal": 0.4}
"""The probability below which a mention stays without a name."""


@dataclass(frozen=True, slots=True)
class _Answer:
    speakers: tuple[Speaker, ...] = ()
    form: str = "none"
    role: str | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Resolver:
    """Resolves one document.

    Args:
        parsed: the text.
        attributions: what was found in it.
        paragraphs: its paragraphs.
        quoted: its passages in quotation marks.
        author: who wrote it, if known; else a byline in the text tells.
        ranker: chooses antecedents; without one, pronouns stand for nobody.
    """

    def __init__(
        self,
        parsed: ParsedDocument,
        attributions: Sequence[Attribution],
        paragraphs: Sequence[Span],
        quoted: Sequence[Span],
        author: str | None,
        *,
        ranker: Ranker | None,
    ) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self.attributions = attributions
        self.author = author or _byline(parsed.text, paragraphs)
        self.cast = Cast(parsed, quoted)
        self.roles = Roles(parsed, self.cast)
        self.scene = Scene(parsed, self.cast, self.roles, paragraphs, quoted)
        self.parties = Parties(parsed)
        self.ranker = ranker
        self.echoes = echoes(parsed, quoted)
        self.groups: list[tuple[int, tuple[Speaker, ...]]] = []

    def run(self) -> tuple[Quotation, ...]:
        """The quotations, in the order of the attributions."""
        answers: list[_Answer] = []
        for attribution in self.attributions:
            answer = self._answer(attribution)
            speakers = answer.speakers
            if len(speakers) > 1 or (speakers and speakers[0].label not in {"person", ""}):
                place = self.scene.paragraph(attribution.content[0].start)
                self.groups.append((place, speakers))
            answers.append(answer)
        answers = [
            self._first_person(attribution, answer, answers)
            for attribution, answer in zip(self.attributions, answers, strict=True)
        ]
        return tuple(map(self._quotation, self.attributions, answers))

    def rank(self, query: Query) -> list[tuple[Person, float]]:
        """The persons a mention may stand for, with their probabilities, best first."""
        return self.ranker.rank(self.scene, query) if self.ranker else []

    def heard(self, attribution: Attribution, person: Person, place: int) -> None:
        """Called when a source at ``place`` names somebody, before that counts as a turn."""

    def _quotation(self, attribution: Attribution, answer: _Answer) -> Quotation:
        return Quotation(
            content=attribution.content,
            cue=attribution.cue,
            source=attribution.source,
            kind=attribution.kind,
            rule=attribution.rule,
            confidence=attribution.confidence,
            cue_lemma=attribution.cue_lemma,
            speakers=answer.speakers,
            role=answer.role,
            via=tuple(self._via(span) for span in attribution.via),
            via_spans=attribution.via,
            source_form=answer.form,
            candidates=answer.candidates,
            evidence=(*attribution.evidence, *answer.evidence),
        )

    def _answer(self, attribution: Attribution) -> _Answer:
        self._hear_pronouns(attribution.content[0].start)
        if attribution.kind in {"scare", "title"}:
            return _Answer()
        if not attribution.source:
            return self._orphan(attribution) if attribution.kind != "indirect" else _Answer()
        source = self._trimmed(Span.cover(attribution.source))
        number = self.scene.sentence(source.start)
        sentence = self.sentences[number]
        low = source.of(self.text).lower()
        if low in GENDERS:
            return self._pronoun(attribution, source, number, low)
        if low in _RELATIVE:
            return self._relative(attribution, source, sentence)
        if low in _FIRST:
            known = self.author if low in {"i", "me", "my", "myself", "mine"} else None
            return _Answer((Speaker(known),) if known else (), "pronoun")
        if low in _THEY or low in _IT:
            return _Answer(self._group(attribution, plural=low in _THEY), "pronoun")
        if low in _NOBODY or not low:
            return _Answer((), "pronoun")
        head = head_of(sentence, source)
        people = speaking_persons(self.text, self.cast, source, sentence, head)
        if people:
            return self._named(attribution, people, source)
        return self._nominal(attribution, source, sentence, head)

    def _trimmed(self, source: Span) -> Span:
        start, end = source.start, source.end
        while start < end and (self.text[start].isspace() or self.text[start] in ',;:—–"“”'):
            start += 1
        while end > start and (self.text[end - 1].isspace() or self.text[end - 1] in ',;:—–"“”'):
            end -= 1
        return Span(start, end)

    def _hear_pronouns(self, place: int) -> None:
        """Resolve the pronouns before ``place``, so that whom they mean is fresh in mind."""
        while self.echoes and self.echoes[0].span.start < place:
            echo = self.echoes.popleft()
            query = Query(
                place=echo.span.start,
                sentence=echo.sentence,
                paragraph=self.scene.paragraph(echo.span.start),
                form="pronoun",
                gender=echo.gender,
                subject=echo.subject,
                possessive=echo.possessive,
            )
            ranked = self.rank(query)
            if ranked and ranked[0][1] >= 0.5:
                self.scene.mean(
                    echo.span, ranked[0][0], subject=echo.subject, possessive=echo.possessive
                )

    def _first_person(
        self, attribution: Attribution, answer: _Answer, answers: Sequence[_Answer]
    ) -> _Answer:
        """Behind "I" and "we" in a quotation stands its speaker."""
        if answer.form != "pronoun" or not attribution.source:
            return answer
        source = attribution.source[0]
        if source.of(self.text).lower().strip(" ,") not in _FIRST:
            return answer
        holding = [
            (span.end - span.start, other)
            for one, other in zip(self.attributions, answers, strict=True)
            for span in one.content
            if one is not attribution and span.contains(source)
        ]
        if not holding:
            return answer
        outer = min(holding, key=lambda item: item[0])[1]
        return replace(answer, speakers=outer.speakers, role=outer.role)

    def _group(self, attribution: Attribution, *, plural: bool) -> tuple[Speaker, ...]:
        """What "they" or "it" stands for: the last source before it that fits in number."""
        together = self._side_by_side(attribution) if plural else ()
        if together:
            return together
        paragraph = self.scene.paragraph(attribution.content[0].start)
        place = attribution.source[0].start
        named = self.parties.last_organisation(place, self.scene.sentence(place))
        for number, speakers in reversed(self.groups):
            if paragraph - number > _REACH:
                break
            several = len(speakers) > 1 or speakers[0].label == "group"
            if several == plural or (plural and speakers[0].label == "organisation"):
                return speakers
        return () if plural or named is None else (self.parties.speaker(named),)

    def _side_by_side(self, attribution: Attribution) -> tuple[Speaker, ...]:
        """Two persons whom the sentences before name side by side ("Daal and Moreno")."""
        place = attribution.source[0].start
        number = self.scene.sentence(place)
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
                    return self._speakers((one, other), None)
        return ()

    def _named(self, attribution: Attribution, people: list[Person], source: Span) -> _Answer:
        people = self.roles.told_apart(people, source)
        speakers = self._speakers(people, source)
        self.heard(attribution, people[0], source.start)
        self._spoke(attribution, people[0])
        text = " ".join(source.of(self.text).lower().split())
        full = all(p.name.lower() in text for p in people)
        given = plain_name(self.text, source)
        evidence = [Evidence("name", note=f"{given} -> {p.name}") for p in people if not full]
        return _Answer(
            speakers, "name" if full else "partial-name", _joined(speakers), (), tuple(evidence)
        )

    def _speakers(self, people: Sequence[Person], source: Span | None) -> tuple[Speaker, ...]:
        found = []
        for person in people:
            role = self.roles.of(person, source)
            words = words_at(self.text, role) if role else None
            found.append(Speaker(person.name, person.mention, words, "person", role))
        return tuple(found)

    def _pronoun(self, attribution: Attribution, source: Span, number: int, low: str) -> _Answer:
        self._hear_pronouns(source.start)
        query = Query(
            place=source.start,
            sentence=number,
            paragraph=self.scene.paragraph(source.start),
            form="pronoun",
            gender=GENDERS[low],
            subject=low in {"he", "she"},
            possessive=low in {"his", "her"},
            content=attribution.content,
        )
        return self._ranked(attribution, source, query, low, None)

    def _ranked(
        self, attribution: Attribution, source: Span, query: Query, words: str, told: str | None
    ) -> _Answer:
        """Whom the ranker prefers, if it is sure enough; else the description alone."""
        ranked = self.rank(query)
        nobody = 1.0 - sum(share for _, share in ranked)
        guesses = tuple((p.name, round(c, 3)) for p, c in ranked[:5] if c >= _LEAST_GUESS)
        evidence = [
            Evidence(name, round(share, 3), "probability", f"{words} -> {p.name}")
            for name, (p, share) in zip(
                ("antecedent", "antecedent, runner-up"), ranked[:2], strict=False
            )
        ]
        if not ranked or ranked[0][1] < max(_LEAST[query.form], 0.0 if not told else nobody):
            evidence.append(Evidence("no antecedent", round(nobody, 3), "probability"))
            self._spoke(attribution, None)
            unnamed = self._unnamed(source, told) if told else ()
            return _Answer(unnamed, query.form, told, guesses, tuple(evidence))
        best = ranked[0][0]
        self._spoke(attribution, best)
        subject, possessive = query.subject, query.possessive
        self.scene.mean(source, best, subject=subject, possessive=possessive)
        speakers = self._speakers((best,), source)
        role = speakers[0].role or told
        return _Answer(speakers, query.form, role, guesses, tuple(evidence))

    def _unnamed(self, source: Span, role: str | None) -> tuple[Speaker, ...]:
        words = description_of(self.text, source)
        return (Speaker(None, None, role, "anonymous", source if role else None, words),)

    def _relative(self, attribution: Attribution, source: Span, sentence: Sentence) -> _Answer:
        antecedent = relative_antecedent(sentence, source)
        if antecedent is None:
            return _Answer((), "pronoun")
        head = head_of(sentence, antecedent)
        people = speaking_persons(self.text, self.cast, antecedent, sentence, head)
        if people:
            return replace(self._named(attribution, people, source), form="pronoun")
        return replace(self._nominal(attribution, antecedent, sentence, head), form="pronoun")

    def _nominal(
        self, attribution: Attribution, source: Span, sentence: Sentence, head: int
    ) -> _Answer:
        if head < 0:
            return _Answer((), "nominal")
        token = sentence.tokens[head]
        if token.upos == "PRON":
            return _Answer((), "pronoun")
        words = " ".join(source.of(self.text).split())
        mentions = self.parties.named_in(source, sentence)
        at_head = [m for m in mentions if m.span.contains(token.span)]
        core = core_phrase(sentence, source, head)
        if at_head and core.end <= at_head[0].span.end:
            return _Answer(self._organisations(source, sentence, head), "name")
        kind = kind_of(sentence, source, head, words)
        if kind == "person":
            return self._described(attribution, source, sentence, head)
        if kind == "anonymous":
            self._spoke(attribution, None)
            role = plain_name(self.text, name_span(self.text, sentence, source, head))
            return _Answer(self._unnamed(source, role), "nominal", role)
        form = "name" if token.upos == "PROPN" else "nominal"
        if form == "nominal" and token.xpos == "NN" and is_definite(words):
            taken = self._taken_up(source, core, token.lemma.lower())
            if taken is not None:
                return _Answer((self.parties.speaker(taken, kind),), "nominal")
        span = name_span(self.text, sentence, source, head)
        return _Answer((self.parties.speaker(span, kind),), form)

    def _organisations(self, source: Span, sentence: Sentence, head: int) -> tuple[Speaker, ...]:
        mentions = self.parties.named_in(source, sentence)
        joint = joint_spans(self.text, mentions)
        if len(joint) > 1:
            return tuple(self.parties.speaker(span) for span in joint)
        whole = name_span(self.text, sentence, source, head)
        return (self.parties.speaker(whole),)

    def _taken_up(self, source: Span, core: Span, noun: str) -> Span | None:
        """What a bare noun for a party or a text takes up ("the company", "the poll")."""
        if len(core.of(self.text).split()) > 1:
            return None
        fuller = self.parties.taken_up(noun, source.start)
        if fuller is not None:
            return fuller
        return (
            self.parties.last_organisation(source.start, self.scene.sentence(source.start), noun)
            if noun in PARTY_NOUNS
            else None
        )

    def _described(
        self, attribution: Attribution, source: Span, sentence: Sentence, head: int
    ) -> _Answer:
        """A single person who is described: named elsewhere, or nameless."""
        token = sentence.tokens[head]
        words = description_of(self.text, source)
        role = plain_name(self.text, name_span(self.text, sentence, source, head))
        noun = token.lemma.lower()
        low = {w.strip(".,’'").removesuffix("’s").removesuffix("'s") for w in words.lower().split()}
        query = Query(
            place=source.start,
            sentence=self.scene.sentence(source.start),
            paragraph=self.scene.paragraph(source.start),
            form="nominal",
            gender=noun_gender(noun),
            subject=token.deprel.startswith("nsubj"),
            noun=noun,
            others=frozenset(low - {noun} - _SMALL),
            content=attribution.content,
        )
        if is_definite(words):
            answer = self._ranked(attribution, source, query, words, role)
            if answer.speakers and answer.speakers[0].name:
                return answer
        else:
            answer = _Answer(self._unnamed(source, role), "nominal", role)
        if query.paragraph < _EARLY:
            person = self.roles.named_later(noun, query.others, source)
            if person is not None:
                self._spoke(attribution, person)
                speakers = self._speakers((person,), source)
                return replace(answer, speakers=speakers, role=speakers[0].role or role)
        self._spoke(attribution, None)
        return answer

    def _orphan(self, attribution: Attribution) -> _Answer:
        place = attribution.content[0].start
        query = Query(
            place=place,
            sentence=self.scene.sentence(place),
            paragraph=self.scene.paragraph(place),
            form="pronoun",
            subject=True,
            content=attribution.content,
        )
        ranked = self.rank(query)
        # Half of the orphans are nobody's who is named: no candidate may look sure.
        guesses = tuple((p.name, round(0.5 * c, 3)) for p, c in ranked[:3])
        return _Answer(candidates=tuple(g for g in guesses if g[1] >= _LEAST_GUESS))

    def _spoke(self, attribution: Attribution, person: Person | None) -> None:
        self.scene.spoke(attribution.content[-1].end, person)

    def _via(self, span: Span) -> str:
        name = re.sub(r"\s+", " ", span.of(self.text)).strip()
        if re.match(r"(?:re)?tweet", name, re.IGNORECASE):
            return "Twitter"
        return re.sub(r"['’]s?$", "", name)


def _joined(speakers: Sequence[Speaker]) -> str | None:
    """The roles of joint speakers side by side; None when there are none."""
    roles = list(dict.fromkeys(s.role for s in speakers if s.role))
    return "; ".join(roles) or None


def _byline(text: str, paragraphs: Sequence[Span]) -> str | None:
    """The author whom a line at the start names ("By Ann Lee")."""
    for span in paragraphs[:3]:
        match = _BYLINE.search(span.of(text)[:200])
        if match:
            return match.group(1).title() if match.group(1).isupper() else match.group(1)
    return None
