"""Goes through the attributions of a document in order and says who stands behind each source."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotecheck.coreference.antecedent_ranker import Ranker
from quotecheck.coreference.collectives import Collective
from quotecheck.coreference.discourse import Query, Scene
from quotecheck.coreference.mention_heads import core_phrase, head_of, is_person_noun
from quotecheck.coreference.nominals import (
    description_of,
    indefinite,
    is_definite,
    kind_of,
    name_span,
    named_behind,
    trimmed,
)
from quotecheck.coreference.organisations import Parties, plain_name, via_name
from quotecheck.coreference.person_clusters import Cast, Person
from quotecheck.coreference.pronouns import GENDERS, echoes, relative_antecedent
from quotecheck.coreference.role_index import Roles, joined_roles, words_at
from quotecheck.coreference.source_heads import speaking_persons
from quotecheck.coreference.testimony import has_particulars, is_tied, learn_gender, less_the_named
from quotecheck.language.outlets import is_outlet
from quotecheck.language.person_nouns import is_given_name, noun_gender
from quotecheck.records.quotation import Attribution, Evidence, Quotation, Speaker
from quotecheck.records.text import ParsedDocument, Sentence, Span
from quotecheck.text.bylines import byline

__all__ = ["Resolver"]

_FIRST = frozenset("i we me us my our myself ourselves mine ours".split())
_RELATIVE = frozenset("who whom whose which that".split())
_THEY = frozenset("they them their both themselves".split())
_IT = frozenset("it its itself".split())
_NOBODY = frozenset("this these those you your none".split())
_SMALL = frozenset("the that this his her its their our a an of for to".split())
_EARLY = 3
"""Paragraphs at the start in which a person may be described before being named."""
_NESTED = 24
"""Contents looked back at for the one that "I" stands in."""
_LEAST_GUESS = 0.05
_SURE = 0.4
"""The probability from which a description anywhere in the text tells what somebody is."""
_LEAST = {"pronoun": 0.25, "nominal": 0.4}
"""The probability below which a mention stays without a name."""
_UNTIED = 2.0
"""The same for a description that nothing in the text ties to the person."""


@dataclass(frozen=True, slots=True)
class _Answer:
    speakers: tuple[Speaker, ...] = ()
    form: str = "none"
    role: str | None = None
    candidates: tuple[tuple[str, float], ...] = ()
    evidence: tuple[Evidence, ...] = ()
    chance: float = 1.0
    """How likely the person is meant; a name in the source leaves no doubt."""


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
        self.author = author or byline(parsed.text, paragraphs)
        self.cast = Cast(parsed, quoted)
        self.roles = Roles(parsed, self.cast)
        self.scene = Scene(parsed, self.cast, self.roles, paragraphs, quoted)
        self.parties = Parties(parsed)
        self.ranker = ranker
        self.echoes = echoes(parsed, quoted)
        self.described: dict[Span, Span] = {}
        self.contents = sorted(
            (span.start, span.end, number)
            for number, attribution in enumerate(attributions)
            for span in attribution.content
        )
        self.collective = Collective(self.scene, self.parties)

    def run(self) -> tuple[Quotation, ...]:
        """The quotations, in the order of the attributions."""
        found: dict[int, _Answer] = {}
        # Speech within speech comes last: it is no turn, and tells nothing about those around it.
        for attribution in sorted(self.attributions, key=lambda one: bool(one.parent)):
            found[id(attribution)] = answer = self._answer(attribution)
            if not attribution.parent:
                self.collective.take(attribution, answer.speakers)
        answers = [found[id(attribution)] for attribution in self.attributions]
        answers = [
            self._first_person(attribution, answer, answers)
            for attribution, answer in zip(self.attributions, answers, strict=True)
        ]
        self._hear_pronouns(len(self.text))
        answers = [self._with_descriptions(answer) for answer in answers]
        return tuple(map(self._quotation, self.attributions, answers))

    def _with_descriptions(self, answer: _Answer) -> _Answer:
        """The roles that only a description elsewhere tells ("the billionaire")."""
        if not any(s.mention in self.described and s.role is None for s in answer.speakers):
            return answer
        speakers = []
        for speaker in answer.speakers:
            told = self.described.get(speaker.mention) if speaker.mention else None
            if told is not None and speaker.role is None:
                speaker = replace(speaker, role=words_at(self.text, told), role_span=told)
            speakers.append(speaker)
        return replace(answer, speakers=tuple(speakers), role=joined_roles(speakers))

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
            confidence=min(attribution.confidence, round(math.sqrt(answer.chance), 3)),
            cue_lemma=attribution.cue_lemma,
            speakers=answer.speakers,
            role=answer.role,
            via=tuple(via_name(self.text, span) for span in attribution.via),
            via_spans=attribution.via,
            source_form=answer.form,
            candidates=answer.candidates,
            evidence=(*attribution.evidence, *answer.evidence),
            parent=attribution.parent,
        )

    def _answer(self, attribution: Attribution) -> _Answer:
        self._hear_pronouns(attribution.content[0].start)
        if not attribution.is_speech:
            return _Answer()
        if not attribution.source:
            return self._orphan(attribution) if attribution.kind != "indirect" else _Answer()
        source = trimmed(self.text, Span.cover(attribution.source))
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
            return self._many(attribution, plural=low in _THEY)
        if low in _NOBODY or not low:
            return _Answer((), "pronoun")
        head = head_of(sentence, source)
        people = speaking_persons(self.text, self.cast, source, sentence, head)
        if people:
            return self._named(attribution, people, source)
        if somebody := indefinite(self.text, source, sentence, head):
            self._spoke(attribution, None)
            return _Answer((somebody,), "pronoun")
        return self._nominal(attribution, source, sentence, head)

    def _hear_pronouns(self, place: int) -> None:
        """Resolve the pronouns before ``place``, so that whom they mean is fresh in mind."""
        while self.echoes and self.echoes[0].span.start < place:
            echo = self.echoes.popleft()
            query = Query(
                place=echo.span.start,
                sentence=echo.sentence,
                paragraph=self.scene.paragraph(echo.span.start),
                form="nominal" if echo.noun else "pronoun",
                gender=echo.gender,
                subject=echo.subject,
                possessive=echo.possessive,
                noun=echo.noun,
                others=echo.others,
                particular=has_particulars(echo.span.of(self.text)),
            )
            ranked = self.rank(query)
            if ranked and ranked[0][1] >= (_SURE if echo.noun else 0.5):
                person, share = ranked[0]
                if echo.noun and not is_tied(self.scene, person, query):
                    continue
                learn_gender(person, query, share)
                self.scene.mean(echo.span, person, subject=echo.subject, possessive=echo.possessive)
                if echo.core is not None:
                    self.described.setdefault(person.mention, echo.core)

    def _many(self, attribution: Attribution, *, plural: bool) -> _Answer:
        """Behind "they" and "it": two persons named side by side, or the last such source."""
        pair = self.collective.side_by_side(attribution) if plural else ()
        if pair:
            speakers = self._speakers(pair, None)
            return _Answer(speakers, "pronoun", joined_roles(speakers))
        return _Answer(self.collective.meant(attribution, plural=plural), "pronoun")

    def _first_person(
        self, attribution: Attribution, answer: _Answer, answers: Sequence[_Answer]
    ) -> _Answer:
        """Behind "I" and "we" in a quotation stands its speaker."""
        if answer.form != "pronoun" or not attribution.source:
            return answer
        source = attribution.source[0]
        if source.of(self.text).lower().strip(" ,") not in _FIRST:
            return answer
        place = bisect_right(self.contents, (source.start, len(self.text), 0))
        for start, end, number in reversed(self.contents[max(0, place - _NESTED) : place]):
            outer = answers[number]
            if outer is not answer and start <= source.start and source.end <= end:
                return replace(answer, speakers=outer.speakers, role=outer.role)
        return answer

    def _named(self, attribution: Attribution, people: list[Person], source: Span) -> _Answer:
        people = self.roles.told_apart(people, source)
        speakers = self._speakers(people, source)
        self.heard(attribution, people[0], source.start)
        self._spoke(attribution, people[0])
        text = " ".join(source.of(self.text).lower().split())
        full = all(p.name.lower() in text for p in people)
        given = plain_name(self.text, source)
        evidence = [Evidence("name", note=f"{given} -> {p.name}") for p in people if not full]
        form = "name" if full else "partial-name"
        return _Answer(speakers, form, joined_roles(speakers), (), tuple(evidence))

    def _speakers(self, people: Sequence[Person], source: Span | None) -> tuple[Speaker, ...]:
        alone = len(people) == 1
        return tuple(self.roles.speaker(person, source, alone=alone) for person in people)

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
        ranked = less_the_named(self.scene, query.content, self.rank(query))
        nobody = 1.0 - sum(share for _, share in ranked)
        guesses = tuple((p.name, round(c, 3)) for p, c in ranked[:5] if c >= _LEAST_GUESS)
        named = zip(("antecedent", "antecedent, runner-up"), ranked[:2], strict=False)
        evidence = [
            Evidence(name, round(share, 3), "probability", f"{words} -> {p.name}")
            for name, (p, share) in named
        ]
        least = _LEAST[query.form]
        if ranked and query.form == "nominal" and not is_tied(self.scene, ranked[0][0], query):
            least = _UNTIED
        if not ranked or ranked[0][1] < max(least, 0.0 if not told else nobody):
            evidence.append(Evidence("no antecedent", round(nobody, 3), "probability"))
            self._spoke(attribution, None)
            unnamed = self._unnamed(source, told) if told else ()
            return _Answer(unnamed, query.form, told, guesses, tuple(evidence))
        best, share = ranked[0]
        learn_gender(best, query, share)
        self._spoke(attribution, best)
        subject, possessive = query.subject, query.possessive
        self.scene.mean(source, best, subject=subject, possessive=possessive)
        speakers = tuple(
            replace(speaker, probability=share) for speaker in self._speakers((best,), source)
        )
        role = speakers[0].role or told
        return _Answer(speakers, query.form, role, guesses, tuple(evidence), share)

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
        called = token.upos == "NOUN" and token.text.islower() and is_person_noun(token)
        if at_head and core.end <= at_head[0].span.end and not called:
            return _Answer(self.collective.named(source, sentence, head), "name")
        if own := self.parties.apposed(source, sentence, head, core):
            return _Answer((own,), "name", own.role)
        if is_given_name(words) and words[:1].isupper():
            return _Answer((Speaker(words, source, None, "person"),), "name")
        kind = kind_of(sentence, source, head, words)
        if token.upos == "PROPN" and is_outlet(plain_name(self.text, core)):
            kind = "organisation"  # the Examiner is a paper
        if kind == "person":
            return self._described(attribution, source, sentence, head)
        if kind == "anonymous":
            self._spoke(attribution, None)
            role = plain_name(self.text, name_span(self.text, sentence, source, head))
            return _Answer(self._unnamed(source, role), "nominal", role)
        taken, form = None, "name" if token.upos == "PROPN" else "nominal"
        if form == "nominal" and token.xpos == "NN" and is_definite(words):
            taken = self.collective.taken_up(source, core, token.lemma.lower())
        span = taken or name_span(self.text, sentence, source, head)
        return _Answer((self.parties.speaker(span, kind),), form)

    def _described(
        self, attribution: Attribution, source: Span, sentence: Sentence, head: int
    ) -> _Answer:
        """A single person who is described: named elsewhere, or nameless."""
        token = sentence.tokens[head]
        words = description_of(self.text, source)
        role = plain_name(self.text, name_span(self.text, sentence, source, head))
        if called := named_behind(self.text, source, token):
            return _Answer((called,), "name", called.role)
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
            particular=has_particulars(words),
            content=attribution.content,
        )
        if is_definite(words):
            answer = self._ranked(attribution, source, query, words, role)
            if answer.speakers and answer.speakers[0].name:
                return answer
        else:
            answer = _Answer(self._unnamed(source, role), "nominal", role)
        person = None
        if query.paragraph < _EARLY:
            person = self.roles.named_later(noun, query.others, query.gender, source)
        self._spoke(attribution, person)
        if person is None:
            return answer
        speakers = self._speakers((person,), source)
        return replace(answer, speakers=speakers, role=speakers[0].role or role)

    def _orphan(self, attribution: Attribution) -> _Answer:
        ranked = self.rank(self.scene.orphan(attribution.content))
        # Half of the orphans are nobody's who is named: no candidate may look sure.
        guesses = tuple((p.name, round(0.5 * c, 3)) for p, c in ranked[:3])
        return _Answer(candidates=tuple(g for g in guesses if g[1] >= _LEAST_GUESS))

    def _spoke(self, attribution: Attribution, person: Person | None) -> None:
        if not attribution.parent:
            self.scene.spoke(attribution.content[-1].end, person)
