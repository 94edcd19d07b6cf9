"""From the words that name a source to the speaker: the fullest name the article gives.

Stages before it: `attribute`. Unsure means None: an orphan quotation gets candidates, no speaker.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from quotecheck.annotations import Attribution, ParsedDocument, Quotation, Sentence, Span, Speaker
from quotecheck.resolve.people import Appearance, Cast, Person, titles
from quotecheck.resolve.pronouns import Turn, gender_of, rank_persons
from quotecheck.resolve.roles import core_phrase, head_of, is_person_noun, role_at

__all__ = ["resolve"]

_PERSONAL = frozenset("he she him her his hers himself herself".split())
_FIRST = frozenset("i we me us my our myself ourselves".split())
_RELATIVE = frozenset("who whom whose which that".split())
_GENERIC = frozenset(
    "analyst critic expert insider observer official other people person source some many "
    "those few several anyone someone everyone nobody one skeptic sceptic witness aide".split()
)
_JOINTS = frozenset({"and", "&", ",", "both"})
_COUNTING = frozenset(
    "some several many few most one two three four five six seven eight nine ten "
    "dozens hundreds thousands numerous various other others unnamed".split()
)
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
        self.roles: dict[int, str | None] = {}

    def run(self) -> tuple[Quotation, ...]:
        found = []
        for attribution in self.attributions:
            speakers, form, role, candidates = self._speakers(attribution)
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
        if low in {"they", "them", "it", "this", "these", "those", "one", "some", "many", "you"}:
            return (), "pronoun", None, ()
        people = self._heads(source, sentence, head)
        if people:
            return self._named(attribution, people, source)
        return self._nominal(attribution, source, sentence, head)

    def _named(
        self, attribution: Attribution, people: list[Person], source: Span
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        speakers = tuple(
            Speaker(p.name, p.appearances[0].span, self._role(p, source), "person") for p in people
        )
        self._spoke(attribution, people[0])
        text = source.of(self.text).lower()
        full = all(p.name.lower() in text for p in people)
        return speakers, "name" if full else "partial-name", speakers[0].role, ()

    def _pronoun(
        self, attribution: Attribution, source: Span, number: int, low: str
    ) -> tuple[tuple[Speaker, ...], str, str | None, tuple[tuple[str, float], ...]]:
        if low in _RELATIVE:
            antecedent = self._antecedent(source, number)
            if antecedent is not None:
                sentence = self.sentences[number]
                people = self._heads(antecedent, sentence, head_of(sentence, antecedent))
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
        speaker = Speaker(best.name, best.appearances[0].span, self._role(best, source), "person")
        guesses = tuple((p.name, round(c, 3)) for p, c in ranked[:5] if c >= _LEAST_GUESS)
        return (speaker,), "pronoun", speaker.role, guesses

    def _named_between(self, start: int, end: int) -> bool:
        return any(
            start <= a.span.start < end and not a.quoted
            for p in self.cast.people
            for a in p.appearances
        )

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
        organisations = [
            m
            for m in sentence.mentions
            if m.label.lower().startswith(("org", "loc", "norp", "gpe"))
            and m.span.start <= token.start < m.span.end
        ]
        plural = token.xpos in {"NNS", "NNPS"}
        if is_person_noun(token) and not organisations and not plural:
            person = self._by_role(token.lemma.lower(), source)
            definite = sentence.tokens and source.of(self.text).lower().startswith(
                ("the ", "his ", "her ", "their ")
            )
            if person is not None and definite:
                self._spoke(attribution, person)
                role = self._role(person, source) or words
                return (
                    (Speaker(person.name, person.appearances[0].span, role, "person"),),
                    "nominal",
                    role,
                    (),
                )
            return (), "nominal", words, ()
        if organisations:
            span = organisations[0].span
            name = re.sub(r"['’]s?$", "", span.of(self.text))
            if span.contains(token.span) and core.end <= span.end:
                return (Speaker(self._fuller(name), span, None, "organisation"),), "name", None, ()
        bare = core.end - core.start == token.end - token.start
        first = source.of(self.text).split()[0].lower()
        counted = first in _COUNTING or first[:1].isdigit()
        if token.lemma.lower() in _GENERIC and (bare or counted):
            return (), "nominal", words, ()
        if plural and counted and is_person_noun(token):
            return (), "nominal", words, ()
        if token.upos == "PRON":
            return (), "pronoun", None, ()
        form = "name" if token.upos == "PROPN" else "nominal"
        return (Speaker(words, core, None, "group" if plural else "organisation"),), form, None, ()

    def _fuller(self, name: str) -> str:
        """The organisation's name without its article; the long form of an acronym if given."""
        name = re.sub(r"^(?:the|The)\s+", "", name)
        if name.isupper() and 2 <= len(name) <= 6:
            pattern = (
                r"((?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and|on|in)\s+)*){1,7}[A-Z][\w’'-]+)\s*\("
                + re.escape(name)
                + r"\)"
            )
            match = re.search(pattern, self.text)
            if match:
                return re.sub(r"^The\s+", "", match.group(1))
        return name

    def _heads(self, source: Span, sentence: Sentence, head: int) -> list[Person]:
        """The persons a source names as speaking: not those who only own or are described."""
        named = [
            (a.span, p)
            for p in self.cast.at(source)
            for a in p.appearances
            if source.overlaps(a.span)
        ]
        named.sort(key=lambda item: item[0])
        if not named or head < 0:
            return []
        token = sentence.tokens[head]
        first = next((i for i, (span, _) in enumerate(named) if span.overlaps(token.span)), None)
        if first is None:
            first = self._described(source, sentence, head, [span for span, _ in named])
        if first is None:
            return []
        chosen = [named[first][1]]
        for (left, _), (right, person) in zip(named[first:], named[first + 1 :], strict=False):
            between = self.text[left.end : right.start]
            words = re.findall(r"[^\s,]+|,", between)
            links = [w for w in words if w.lower() in _JOINTS]
            if not links or any(
                w.lower().strip(".") not in titles() for w in words if w.lower() not in _JOINTS
            ):
                break
            joined = self.text[left.end : source.end]
            if not re.search(r"\band\b|&", joined) and self.text[right.end : source.end].strip(
                " ,"
            ):
                break
            if person not in chosen:
                chosen.append(person)
        return chosen

    def _described(
        self, source: Span, sentence: Sentence, head: int, spans: list[Span]
    ) -> int | None:
        """A name beside the noun that describes it ("a spokesman, Lee Ross", "spokesman Ross")."""
        token = sentence.tokens[head]
        for number, span in enumerate(spans):
            inside = [t for t in sentence.tokens if span.start <= t.start < span.end]
            tops = [
                t
                for t in inside
                if not any(
                    o is not t and t.head >= 0 and sentence.tokens[t.head] is o for o in inside
                )
            ]
            for top in tops:
                if top.head == head and top.deprel.split(":")[0] in {
                    "appos",
                    "flat",
                    "nmod",
                    "dep",
                    "conj",
                    "compound",
                }:
                    possessive = (
                        self.text[span.end : span.end + 2] in {"'s", "’s"}
                        or top.deprel == "nmod:poss"
                    )
                    if not possessive and (top.deprel != "compound" or span.start > token.start):
                        if top.deprel == "nmod" and span.start > token.end + 1:
                            continue
                        return number
            gap = self.text[token.end : span.start]
            if is_person_noun(token) and span.start >= token.end and gap.strip() in {"", ","}:
                return number
        if len(spans) == 1 and spans[0].start == source.start and is_person_noun(token) is False:
            tail = self.text[spans[0].end : source.end].strip()
            if tail.startswith((",", "(")):
                return 0
        return None

    def _role(self, person: Person, source: Span) -> str | None:
        here = [a for a in person.appearances if source.overlaps(a.span)]
        for appearance in (*here, *person.appearances):
            role = self._role_of(appearance)
            if role:
                return role
        return None

    def _role_of(self, appearance: Appearance) -> str | None:
        key = appearance.span.start
        if key not in self.roles:
            raw = appearance.span.of(self.text)
            first = appearance.name.split()[0]
            shift = raw.find(first)
            start = appearance.span.start + max(0, shift)
            name = Span(start, max(start + 1, appearance.span.end))
            self.roles[key] = role_at(self.text, self.sentences[appearance.sentence], name)
        return self.roles[key]

    def _by_role(self, noun: str, source: Span) -> Person | None:
        """The one person whom the text so far calls by this noun; the nearest of several."""
        fitting: list[tuple[int, Person]] = []
        for person in self.cast.people:
            for appearance in person.appearances:
                if appearance.span.start >= source.start:
                    break
                role = self._role_of(appearance)
                if role and noun in {w.strip(".,").lower() for w in role.split()}:
                    fitting.append((appearance.span.start, person))
        return max(fitting, key=lambda item: item[0])[1] if fitting else None

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
