"""Goes through the attributions of a document in order and says who stands behind each source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from quotecheck.coreference.answers import FIRST, Answer, first_person, guesses, with_descriptions
from quotecheck.coreference.antecedent_features import candidates
from quotecheck.coreference.antecedent_ranker import Ranker
from quotecheck.coreference.collectives import CollectiveSources
from quotecheck.coreference.dialogue import conversation_of, decided
from quotecheck.coreference.dialogue_model import DialogueModel
from quotecheck.coreference.discourse import Discourse, Query
from quotecheck.coreference.mention_heads import core_phrase, head_of
from quotecheck.coreference.nominals import (
    calls_somebody,
    description_of,
    indefinite,
    is_definite,
    kind_of,
    name_span,
    named_behind,
    trimmed,
    unnamed,
    writer,
)
from quotecheck.coreference.organisations import Organisations, plain_name, via_name
from quotecheck.coreference.person_clusters import Person, PersonClusters
from quotecheck.coreference.pronouns import GENDERS, pronoun_mentions, relative_antecedent
from quotecheck.coreference.role_index import RoleIndex, joined_roles
from quotecheck.coreference.source_heads import speaking_persons
from quotecheck.coreference.testimony import as_testified, has_particulars, is_tied, take_in
from quotecheck.language.outlets import is_outlet
from quotecheck.language.person_nouns import is_given_name, noun_gender
from quotecheck.records.quotation import Attribution, Evidence, Quotation, Speaker
from quotecheck.records.text import ParsedDocument, Sentence, Span
from quotecheck.text.bylines import byline
from quotecheck.text.dialogue_layout import is_dialogue

__all__ = ["Resolver"]

_ONE = frozenset("i me my myself mine".split())
_RELATIVE = frozenset("who whom whose which that".split())
_THEY = frozenset("they them their both themselves".split())
_IT = frozenset("it its itself".split())
_CAPITALS = frozenset({"us", "who"})
"""Pronouns that are organisations or states where they are written in capitals."""
_NOBODY = frozenset("this these those you your none".split())
_SMALL = frozenset("the that this his her its their our a an of for to".split())
_EARLY = 3
"""Paragraphs at the start in which a person may be described before being named."""
_SURE, _SURE_ROLE = 0.4, 0.5
"""Probabilities from which a description anywhere in the text, or as a source, tells a role."""
_LEAST = {"pronoun": 0.25, "nominal": 0.4}
"""The probability below which a mention stays without a name."""
_UNTIED = 2.0
"""The same for a description that nothing in the text ties to the person."""


class Resolver:
    """Resolves one document.

    Args:
        parsed: the text.
        attributions: what was found in it.
        paragraphs: its paragraphs.
        quoted: its passages in quotation marks.
        author: who wrote it, if known; else a byline in the text tells.
        ranker: chooses antecedents; without one, pronouns stand for nobody.
        dialogue: decides who speaks the lines of a dialogue; without it, each source stands alone.
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
        dialogue: DialogueModel | None = None,
    ) -> None:
        self.dialogue = dialogue
        self.text, self.sentences = parsed.text, parsed.sentences
        self.attributions = attributions
        self.author = author or byline(parsed.text, paragraphs)
        dialogue_form = is_dialogue(parsed.text, paragraphs, quoted)
        self.clusters = PersonClusters(parsed, quoted, dialogue=dialogue_form)
        self.roles = RoleIndex(parsed, self.clusters)
        self.discourse = Discourse(parsed, self.clusters, self.roles, paragraphs, quoted)
        self.organisations = Organisations(parsed)
        self.ranker = ranker
        self.pronoun_mentions = pronoun_mentions(parsed, quoted)
        self.described: dict[Span, Span] = {}
        self.collectives = CollectiveSources(self.discourse, self.organisations)

    def run(self) -> tuple[Quotation, ...]:
        """The quotations, in the order of the attributions."""
        answers = self.sources()
        if self.dialogue is not None and self.discourse.is_dialogue:
            conversation = conversation_of(self.discourse, self.attributions, answers)
            answers = decided(conversation, answers, self.dialogue, self._speaker)
        answers = [with_descriptions(self.text, self.described, answer) for answer in answers]
        return tuple(map(self._quotation, self.attributions, answers))

    def sources(self) -> list[Answer]:
        """What each source tells by itself, in the order of the attributions; once a resolver."""
        answer_of: dict[int, Answer] = {}
        # Speech within speech comes last: it is not a turn, and says nothing about those around it.
        for attribution in sorted(self.attributions, key=lambda item: bool(item.parent)):
            answer_of[id(attribution)] = answer = self._answer(attribution)
            if not attribution.parent:
                self.collectives.take(attribution, answer.speakers)
        answers = [answer_of[id(attribution)] for attribution in self.attributions]
        answers = first_person(self.text, self.attributions, answers)
        self._hear_pronouns(len(self.text))
        return answers

    def rank(self, query: Query) -> list[tuple[Person, float]]:
        """The persons a mention may stand for, with their probabilities, best first."""
        ranked = self.ranker.rank(self.discourse, query) if self.ranker else []
        teller = self.discourse.narrator if query.gender else None  # who is never "he" or "she"
        return [(person, share) for person, share in ranked if person is not teller]

    def meant_by(self, pronoun: Span) -> list[tuple[Person, float]]:
        """The persons that a pronoun for one may mean, best first; call it once a resolver."""
        self._hear_pronouns(pronoun.start)
        return self.rank(self.discourse.question(pronoun))

    def asked(self, pronoun: Span) -> list[tuple[Person, list[float]]]:
        """The candidates for such a pronoun with their numbers; call it once a resolver."""
        self._hear_pronouns(pronoun.start)
        return candidates(self.discourse, self.discourse.question(pronoun))

    def on_named_source(self, attribution: Attribution, person: Person, place: int) -> None:
        """Called when a source at ``place`` names somebody, before that counts as a turn."""

    def _quotation(self, attribution: Attribution, answer: Answer) -> Quotation:
        return Quotation(
            content=attribution.content,
            cue=attribution.cue,
            source=attribution.source,
            kind=attribution.kind,
            rule=attribution.rule,
            confidence=(attribution.confidence if answer.confidence is None else answer.confidence),
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

    def _answer(self, attribution: Attribution) -> Answer:
        self._hear_pronouns(attribution.content[0].start)
        if not attribution.is_speech:
            return Answer()
        if not attribution.source:
            return self._orphan(attribution) if attribution.kind != "indirect" else Answer()
        source = trimmed(self.text, Span.cover(attribution.source))
        number = self.discourse.sentence(source.start)
        sentence = self.sentences[number]
        written = source.of(self.text)
        low = written.lower()
        if low in _CAPITALS and self.organisations.is_called(written, sentence, source):
            return Answer((self.organisations.called(source),), "name")  # "WHO", "US": no pronouns
        if low in GENDERS:
            return self._pronoun(attribution, source, number, low)
        if low in _RELATIVE:
            return self._relative(attribution, source, sentence)
        if low in FIRST:
            return Answer(writer(self.text, source, self.author) if low in _ONE else (), "pronoun")
        if low in _THEY or low in _IT:
            return self._many(attribution, plural=low in _THEY)
        if low in _NOBODY or not low:
            return Answer((), "pronoun")
        head = head_of(sentence, source)
        people = speaking_persons(self.text, self.clusters, source, sentence, head)
        if people:
            return self._named(attribution, people, source)
        if somebody := indefinite(self.text, source, sentence, head):
            self._add_turn(attribution, None)
            return Answer((somebody,), "pronoun")
        return self._nominal(attribution, source, sentence, head)

    def _hear_pronouns(self, place: int) -> None:
        """Resolve the pronouns before ``place``, so that whom they mean is fresh in mind."""
        while self.pronoun_mentions and self.pronoun_mentions[0].span.start < place:
            mention = self.pronoun_mentions.popleft()
            query = Query(
                place=mention.span.start,
                sentence=mention.sentence,
                paragraph=self.discourse.paragraph(mention.span.start),
                form="nominal" if mention.noun else "pronoun",
                gender=mention.gender,
                subject=mention.subject,
                possessive=mention.possessive,
                noun=mention.noun,
                others=mention.others,
                particular=has_particulars(mention.span.of(self.text)),
                syntax=self.discourse.syntax(mention.span),
            )
            ranked = self.rank(query)
            if ranked and ranked[0][1] >= (_SURE if mention.noun else 0.5):
                person, share = ranked[0]
                if mention.noun and not is_tied(self.discourse, person, query):
                    continue
                take_in(self.discourse, query, mention.span, person, share)
                if mention.core is not None:
                    self.described.setdefault(person.mention, mention.core)

    def _many(self, attribution: Attribution, *, plural: bool) -> Answer:
        """Behind "they" and "it": two persons named side by side, or the last such source."""
        pair = self.collectives.coordinated_pair(attribution) if plural else ()
        if pair:
            speakers = self._speakers(pair, None)
            return Answer(speakers, "pronoun", joined_roles(speakers))
        return Answer(self.collectives.meant(attribution, plural=plural), "pronoun")

    def _named(self, attribution: Attribution, people: list[Person], source: Span) -> Answer:
        people = self.roles.told_apart(people, source)
        speakers = self._speakers(people, source)
        self.on_named_source(attribution, people[0], source.start)
        self._add_turn(attribution, people[0])
        words = " ".join(source.of(self.text).lower().split())
        full = all(p.name.lower() in words for p in people)
        name = plain_name(self.text, source)
        evidence = [Evidence("name", note=f"{name} -> {p.name}") for p in people if not full]
        form = "name" if full else "partial-name"
        return Answer(speakers, form, joined_roles(speakers), (), tuple(evidence), people[0])

    def _speakers(self, people: Sequence[Person], source: Span | None) -> tuple[Speaker, ...]:
        alone = len(people) == 1
        return tuple(self.roles.speaker(person, source, alone=alone) for person in people)

    def _speaker(self, person: Person, share: float) -> Speaker:
        (speaker,) = self._speakers((person,), None)
        return replace(speaker, probability=share)

    def _pronoun(self, attribution: Attribution, source: Span, number: int, low: str) -> Answer:
        self._hear_pronouns(source.start)
        query = Query(
            place=source.start,
            sentence=number,
            paragraph=self.discourse.paragraph(source.start),
            form="pronoun",
            gender=GENDERS[low],
            subject=low in {"he", "she"},
            possessive=low in {"his", "her"},
            content=attribution.content,
            syntax=self.discourse.syntax(source),
        )
        return self._ranked(attribution, source, query, low, None)

    def _ranked(
        self, attribution: Attribution, source: Span, query: Query, words: str, nominal: str | None
    ) -> Answer:
        """Whom the ranker prefers, if it is sure enough; else the description alone."""
        ranked = as_testified(self.discourse, query, source, self.rank(query))
        nobody = 1.0 - sum(share for _, share in ranked)
        shown = guesses(ranked)
        named = zip(("antecedent", "antecedent, runner-up"), ranked[:2], strict=False)
        evidence = [
            Evidence(name, round(share, 3), "probability", f"{words} -> {p.name}")
            for name, (p, share) in named
        ]
        least = _LEAST[query.form]
        if ranked and query.form == "nominal" and not is_tied(self.discourse, ranked[0][0], query):
            least = _UNTIED
        if not ranked or ranked[0][1] < max(least, 0.0 if not nominal else nobody):
            evidence.append(Evidence("no antecedent", round(nobody, 3), "probability"))
            self._add_turn(attribution, None)
            nameless = unnamed(self.text, source, nominal) if nominal else ()
            everybody = tuple(ranked)
            return Answer(nameless, query.form, nominal, shown, tuple(evidence), ranked=everybody)
        best, share = ranked[0]
        share = take_in(self.discourse, query, source, best, share)
        self._add_turn(attribution, best)
        if best.described:
            somebody = Speaker(None, None, None, "anonymous", None, best.name, probability=share)
            return Answer(
                (somebody,), query.form, None, shown, tuple(evidence), best, tuple(ranked)
            )
        speakers = tuple(
            replace(speaker, probability=share) for speaker in self._speakers((best,), source)
        )
        role = speakers[0].role or nominal
        return Answer(speakers, query.form, role, shown, tuple(evidence), best, tuple(ranked))

    def _relative(self, attribution: Attribution, source: Span, sentence: Sentence) -> Answer:
        antecedent = relative_antecedent(sentence, source)
        if antecedent is None:
            return Answer((), "pronoun")
        head = head_of(sentence, antecedent)
        people = speaking_persons(self.text, self.clusters, antecedent, sentence, head)
        if people:
            return replace(self._named(attribution, people, source), form="pronoun")
        return replace(self._nominal(attribution, antecedent, sentence, head), form="pronoun")

    def _nominal(
        self, attribution: Attribution, source: Span, sentence: Sentence, head: int
    ) -> Answer:
        if head < 0:
            return Answer((), "nominal")
        token = sentence.tokens[head]
        if token.upos == "PRON":
            return Answer((), "pronoun")
        words = " ".join(source.of(self.text).split())
        mentions = self.organisations.named_in(source, sentence)
        at_head = [m for m in mentions if m.span.contains(token.span)]
        core = core_phrase(sentence, source, head)
        called = calls_somebody(sentence, token, words)
        if at_head and core.end <= at_head[0].span.end and not called:
            return Answer(self.collectives.named(source, sentence, head), "name")
        if apposed := self.organisations.apposed(source, sentence, head, core):
            return Answer((apposed,), "name", apposed.role)
        if is_given_name(words) and words[:1].isupper():
            return Answer((Speaker(words, source, None, "person"),), "name")
        kind = kind_of(sentence, source, head, words)
        if token.upos == "PROPN" and is_outlet(plain_name(self.text, core)):
            kind = "organisation"  # the Examiner is a paper
        if kind == "person":
            return self._described(attribution, source, sentence, head)
        if kind == "anonymous":
            self._add_turn(attribution, None)
            role = plain_name(self.text, name_span(self.text, sentence, source, head))
            return Answer(unnamed(self.text, source, role), "nominal", role)
        taken_up, form = None, "name" if token.upos == "PROPN" else "nominal"
        if self.discourse.is_dialogue and kind == "organisation" and token.text.islower():
            self._add_turn(attribution, None)  # "the other", "the matron"
            return Answer(unnamed(self.text, source, None), "nominal")
        if form == "nominal" and token.xpos == "NN" and is_definite(words):
            taken_up = self.collectives.taken_up(source, core, token.lemma.lower())
        span = taken_up or name_span(self.text, sentence, source, head)
        return Answer((self.organisations.speaker(span, kind),), form)

    def _described(
        self, attribution: Attribution, source: Span, sentence: Sentence, head: int
    ) -> Answer:
        """A single person who is described: named elsewhere, or nameless."""
        token = sentence.tokens[head]
        words = description_of(self.text, source)
        role = plain_name(self.text, name_span(self.text, sentence, source, head))
        if called := named_behind(self.text, source, token):
            return Answer((called,), "name", called.role)
        noun = token.lemma.lower()
        low = {w.strip(".,’'").removesuffix("’s").removesuffix("'s") for w in words.lower().split()}
        query = Query(
            place=source.start,
            sentence=self.discourse.sentence(source.start),
            paragraph=self.discourse.paragraph(source.start),
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
                self._record_role(answer, core_phrase(sentence, source, head))
                return answer
        else:
            answer = Answer(unnamed(self.text, source, role), "nominal", role)
        person = None
        if query.paragraph < _EARLY:
            person = self.roles.named_later(noun, query.others, query.gender, source)
        self._add_turn(attribution, person)
        if person is None:
            return answer
        speakers = self._speakers((person,), source)
        described = replace(answer, speakers=speakers, role=speakers[0].role or role, person=person)
        self._record_role(described, core_phrase(sentence, source, head))
        return described

    def _record_role(self, answer: Answer, span: Span) -> None:
        """Keep the words of a description, the fullest, as what the one whom it means is."""
        if answer.person is None or answer.speakers[0].probability < _SURE_ROLE:
            return
        mention = answer.person.mention
        known = self.described.get(mention)
        if known is None or known.end - known.start < span.end - span.start:
            self.described[mention] = span

    def _orphan(self, attribution: Attribution) -> Answer:
        ranked = self.rank(self.discourse.orphan(attribution.content))
        # Half of the orphans are nobody's who is named: no candidate may look sure.
        return Answer(candidates=guesses([(p, 0.5 * share) for p, share in ranked[:3]]))

    def _add_turn(self, attribution: Attribution, person: Person | None) -> None:
        if not attribution.parent:
            self.discourse.add_speaker_turn(attribution.content[-1].end, person)
