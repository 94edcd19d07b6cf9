"""Organisations, groups and documents as sources: their names, what "it" or "the poll" means."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from quotecheck.coreference.body_phrases import (
    end_of_body,
    first_modifier,
    people_behind_dateline,
)
from quotecheck.coreference.full_names import FullNames, plain_name
from quotecheck.coreference.mention_heads import core_phrase, head_of, is_person_noun
from quotecheck.coreference.name_runs import is_headline
from quotecheck.language.bylines import ORGANISATION_NOUNS
from quotecheck.language.calendar import DAYS, MONTHS
from quotecheck.language.outlets import PUBLISHER_NOUNS, is_outlet
from quotecheck.language.person_nouns import is_title
from quotecheck.language.register_names import (
    is_party_plural,
    names_members_of_party,
)
from quotecheck.records.quotation import Speaker
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token
from quotecheck.syntax.tree import tree_of

__all__ = ["PARTY_NOUNS", "Organisations", "plain_name", "via_name"]

_NAMED_KINDS = ("org", "loc", "norp", "gpe", "misc", "fac", "prod")
_NAMES_OF_BODIES = ("org", "misc", "fac", "prod")
_SPEAKING_KINDS = ("org", "loc", "gpe", "norp")
_AGE = re.compile(r"^(?:new|recent|latest|another|separate|earlier|previous)\s++(?=.*[A-Z])")
"""Words before a name that are none of it ("a new Tarn University poll")."""
_MADE = re.compile(
    r"\s(?:published|released|issued|conducted|taken|commissioned|carried out|put out)\b.*\Z"
)
"""What is said of a document after its name ("a Tarn University poll released in May")."""
_INTRODUCED = re.compile(
    r"^(?:[a-z-]+ ){0,2}(?:agency|firm|company|group|charity|union|newspaper|paper|magazine|"
    r"network|bank|retailer|airline|website|operator|supplier|broker|maker|giant|think[ -]tank|"
    r"watchdog|regulator|insurer|lender|brewer|start-?up|developer|carrier|builder) (?=[A-Z])"
)
"""What a name is introduced by ("the news agency Orda")."""
_FAR = 4000
"""Characters back within which a bare noun ("the poll") may take up a fuller phrase."""
_TYPES = {
    "company": ("org",), "firm": ("org",), "corporation": ("org",), "group": ("org",),
    "organization": ("org",), "organisation": ("org",), "agency": ("org",), "network": ("org",),
    "newspaper": ("org",), "paper": ("org",), "magazine": ("org",), "bank": ("org",),
    "union": ("org",), "country": ("loc", "gpe"), "nation": ("loc", "gpe"), "outlet": ("org",),
    "publication": ("org",), "nonprofit": ("org",), "charity": ("org",), "retailer": ("org",),
    "airline": ("org",), "carrier": ("org",), "insurer": ("org",), "lender": ("org",),
    "manufacturer": ("org",), "broadcaster": ("org",), "federation": ("org",),
    "automaker": ("org",), "website": ("org",), "organizer": ("org",), "association": ("org",),
}  # fmt: skip
_RUNNERS = frozenset(
    "operator maker owner developer landlord supplier builder contractor regulator publisher "
    "producer club team watchdog brewer utility chain franchise distributor promoter".split()
)
"""Nouns for companies that are set off before their name: "The operator, Tarran Lines,"."""
PARTY_NOUNS = frozenset(_TYPES)
"""Nouns by which an organisation or a state is taken up."""
_BODY_BEHIND = re.compile(
    r",\s(?:the|an?)\s(?:[a-z’'-]+\s){0,2}?([a-z]+)(?=\s(?:which|that|for|of|behind)\b|,)"
)
"""What a body is, after its name: "Unite, the union which", "Crisis, the charity for"."""
_NAME_IN_FRONT = re.compile(r"([A-Z][\w&’'-]*(?: [A-Z][\w&’'-]*){0,4}), (?:the|an?) ")
_LABEL_CHARS = 60  # code points of a label
_DATES = frozenset({*DAYS, *MONTHS})
_EMPTY = frozenset("fact thing way time day week month year reason result issue".split())
_PEOPLE = frozenset("people man woman state nation country company group union family".split())


def via_name(text: str, span: Span) -> str:
    """What an outlet or a medium is called: a tweet is Twitter, a name has no possessive.

    >>> via_name("retweeted", Span(0, 9)), via_name("Fox’s", Span(0, 5))
    ('Twitter', 'Fox')
    """
    name = re.sub(r"\s+", " ", span.of(text)).strip()
    if re.match(r"(?:re)?tweet", name, re.IGNORECASE):
        return "Twitter"
    return re.sub(r"['’]s?$", "", name)


class Organisations:
    """What a document calls its organisations and documents.

    Args:
        parsed: the document.
    """

    def __init__(self, parsed: ParsedDocument) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self._mentions = [
            (m, number)
            for number, sentence in enumerate(parsed.sentences)
            for m in sentence.mentions
            if m.label.lower().startswith(_NAMED_KINDS)
        ]
        self._starts = [m.span.start for m, _ in self._mentions]
        self._names = FullNames(parsed.text, [m for m, _ in self._mentions])
        self._heads: dict[str, list[tuple[int, int]]] | None = None
        self._sentence_starts = [s.span.start for s in parsed.sentences]
        self._lower: frozenset[str] | None = None

    def named_in(self, source: Span, sentence: Sentence) -> list[Mention]:
        """The organisations and states that a source names."""
        return [
            m
            for m in sentence.mentions
            if source.overlaps(m.span) and m.label.lower().startswith(_NAMED_KINDS)
        ]

    def is_called(self, words: str, sentence: Sentence, source: Span) -> bool:
        """Whether a word in capitals is an organisation's or a state's short form ("WHO", "US")."""
        if len(words) < 2 or not words.isupper():
            return False
        named = any(m.span == source for m in self.named_in(source, sentence))
        return named or self._names.is_short_form(words)

    def called(self, span: Span) -> Speaker:
        """An organisation or a state by its short form."""
        return Speaker(self._names.of(span.of(self.text)), span, None, "organisation")

    def apposed(self, source: Span, sentence: Sentence, head: int, core: Span) -> Speaker | None:
        """The organisation that a common noun introduces or that is set off after it, by name.

        "Port operator Halden Marine", "the firm that runs the festival, Blue Heron Events,".
        """
        token = sentence.tokens[head]
        if token.upos != "NOUN" or token.xpos not in {"NN", "NNS"}:
            return None
        if front := _NAME_IN_FRONT.match(self.text, source.start, token.start):
            span = Span(*front.span(1))
            return self.speaker(span) if self._is_body_by_name(span) else None
        named = [m for m in self.named_in(source, sentence) if m.span.start > token.end]
        for mention in named:
            last = mention.span.of(self.text).split()[-1].lower().strip(".")
            if not mention.label.lower().startswith(_NAMES_OF_BODIES) or is_title(last):
                continue
            gap = self.text[token.end : mention.span.start]
            beside = not gap.strip() and not is_title(token.text.lower())
            before = self.text[: mention.span.start].rstrip()[-1:]
            tail = self.text[mention.span.end : source.end].strip(" ,")
            noun = token.lemma.lower()
            set_off = before == "," and not tail and (noun in PARTY_NOUNS or noun in _RUNNERS)
            if beside or set_off:
                role = Span(core.start, token.end).of(self.text) if beside else None
                return replace(self.speaker(mention.span), role=role)
        return None

    def taken_up(self, noun: str, place: int) -> Span | None:
        """The fuller phrase that a bare "the poll" takes up: "a Quinnipiac University poll".

        The nearest phrase before ``place`` that ends in the same noun and has a name in it.
        """
        if self._heads is None:
            self._heads = self._index()
        rows = self._heads.get(noun, [])
        end = bisect_left(rows, (place, 0))
        for start, stop in reversed(rows[:end]):
            if place - start > _FAR:
                return None
            return Span(start, stop)
        return None

    def _index(self) -> dict[str, list[tuple[int, int]]]:
        """Where each noun ends a phrase that begins with a name, by the noun's lemma."""
        places: dict[str, list[tuple[int, int]]] = {}
        for sentence in self.sentences:
            tokens = sentence.tokens
            for index, token in enumerate(tokens):
                if token.upos not in {"NOUN", "PROPN"} or index == 0:
                    continue
                if index + 1 < len(tokens) and tokens[index + 1].upos in {"NOUN", "PROPN"}:
                    continue
                body = end_of_body(tokens, index)
                if body > index:
                    first = first_modifier(tokens, index)
                    span = (tokens[first].start, tokens[body].end)
                    places.setdefault(token.lemma.lower(), []).append(span)
                    continue
                first = first_modifier(tokens, index)
                if any(t.upos == "PROPN" for t in tokens[first:index]):
                    start = min(
                        (m.span.start for m in sentence.mentions if m.span.end == token.end),
                        default=token.end,
                    )  # "the Bakers and Allied Workers Union"
                    key = token.lemma.lower()
                    places.setdefault(key, []).append((min(start, tokens[first].start), token.end))
        return places

    def last_organisation(
        self, place: int, sentence: int, noun: str = "", *, outside: Sequence[Span] = ()
    ) -> Span | None:
        """The organisation or state named last before ``place``; of the kind a noun asks for.

        Subjects of this and the two sentences before come first; names in ``outside`` do not count.
        """
        kinds = _TYPES.get(noun, _SPEAKING_KINDS[:3])
        reach = 2 if not noun else 6
        end = bisect_left(self._starts, place)
        best: tuple[float, Span] | None = None
        for mention, number in reversed(self._mentions[max(0, end - 40) : end]):
            if sentence - number > reach:
                break
            is_outside = any(span.overlaps(mention.span) for span in outside)
            if is_outside or not mention.label.lower().startswith(kinds):
                continue
            if mention.span.of(self.text).lower() in _DATES or self._is_label(mention.span):
                continue
            if noun in PUBLISHER_NOUNS and not is_outlet(plain_name(self.text, mention.span)):
                continue
            weight = 1.0 / (1 + sentence - number) + 0.6 * self._is_subject(mention, number)
            if best is None or weight > best[0]:
                best = (weight, mention.span)
        return best[1] if best else None

    def _is_label(self, span: Span) -> bool:
        """Whether words stand in the label of a turn: "MR JONAS TELLER: I read it"."""
        line = self.text.rfind("\n", 0, span.start) + 1
        colon = self.text.find(":", span.end, line + _LABEL_CHARS)
        return colon > 0 and "\n" not in self.text[line:colon]

    def last_subject(
        self, place: int, number: int, *, plural: bool, outside: Sequence[Span] = ()
    ) -> Span | None:
        """The subject that "it" or "they" most likely takes up: no person, of the same number.

        The nearest before it in its own sentence, else the first of the sentence before; never one
        in ``outside``.
        """
        for back in (number, number - 1):
            if back < 0:
                break
            sentence = self.sentences[back]
            subjects = [
                i
                for i, token in enumerate(sentence.tokens)
                if token.end <= place
                and (back == number or _is_main(sentence, i))
                and _may_be_meant(sentence, i, plural=plural)
                and not any(span.overlaps(token.span) for span in outside)
            ]
            if subjects:
                head = subjects[-1] if back == number else subjects[0]
                token = sentence.tokens[head]
                first = sentence.tokens[first_modifier(sentence.tokens, head)].start
                named = [m.span.start for m in sentence.mentions if m.span.end == token.end]
                return Span(max([first, *named]), token.end)
        return None

    def _is_subject(self, mention: Mention, number: int) -> bool:
        return any(
            mention.span.start <= t.start < mention.span.end and t.deprel.startswith("nsubj")
            for t in self.sentences[number].tokens
        )

    def speaker(self, span: Span, label: str = "organisation") -> Speaker:
        """A party by the words at a place: the fullest name, or the words where they name nobody.

        A name is a proper noun's, whoever bears it. Of groups that is those who belong to a party
        ("Democrats", not "prosecutors"); organisations and documents have one where a proper noun
        stands in the phrase: "the Aldry council" and "an Aldry University poll", not "the council".
        """
        words = plain_name(self.text, span)
        if people := people_behind_dateline(self.text, span):
            return Speaker(None, None, None, "group", None, people)
        if label != "group" and self._is_of_members(span):
            label = "group"
        if label == "group" and self._names_members(span, words):
            return Speaker(words, span, None, label)
        if label == "group" or not (self._is_named(span) or self._is_body_by_name(span)):
            return Speaker(None, None, None, label, None, words)
        name = _INTRODUCED.sub("", _AGE.sub("", words))
        if label == "document":
            name = _MADE.sub("", name)
        return Speaker(self._names.of(name), span, None, label)

    def _is_of_members(self, span: Span) -> bool:
        """Whether the words are what several people are by faith, nation or party ("Democrats")."""
        sentence = self._sentence_at(span.start)
        head = head_of(sentence, span)
        if head < 0:
            return False
        token = sentence.tokens[head]
        if span.of(self.text)[:1].isdigit() and token.text.endswith("s"):
            return True  # "31 Latinos"
        if is_party_plural(token.text):
            return True
        if token.xpos != "NNPS":
            return False
        return any(
            m.label.lower().startswith("norp") and m.span.contains(token.span)
            for m in sentence.mentions
        )

    def _names_members(self, span: Span, words: str) -> bool:
        """Whether a source names the members of a party ("Democrats"), not the party itself."""
        if not names_members_of_party(words):
            return False
        for token in self._sentence_at(span.start).tokens:
            if span.contains(token.span) and self._opens_sentence(token):
                proper = token.upos == "PROPN" or len(words.split()) == 1
                return proper and token.text.lower() not in self._small_words()
        return True

    def _is_named(self, span: Span) -> bool:
        """Whether a proper noun heads a phrase or stands before its head."""
        sentence = self._sentence_at(span.start)
        head = head_of(sentence, span)
        if head < 0:
            return False
        core = core_phrase(sentence, span, head)
        place = sentence.tokens[head].span
        tags = {"PROPN"} if is_headline(sentence) else {"PROPN", "NOUN"}  # "Popular Website Says"
        return any(
            t.text[:1].isupper()
            and t.upos in tags
            and (t.upos == "PROPN" or not self._opens_sentence(t))
            and not self._is_common(t)
            and not (t.end < place.start and place.of(self.text).islower() and self._is_office(t))
            for t in sentence.tokens
            if core.contains(t.span)
        )

    def _is_body_by_name(self, span: Span) -> bool:
        """Whether words with capitals have what they are after a comma: "Unite, the union"."""
        capital = all(word[:1].isupper() for word in span.of(self.text).split())
        match = _BODY_BEHIND.match(self.text, span.end)
        return capital and match is not None and match[1] in PARTY_NOUNS

    def _is_common(self, token: Token) -> bool:
        """Whether a capital is only that of a sentence's start, as the word's other uses show."""
        if token.text.lower() == token.text or not self._opens_sentence(token):
            return False
        if is_person_noun(token):
            return True
        return token.text.lower() in self._small_words()

    def _is_office(self, token: Token) -> bool:
        """Whether a body's common noun opens a sentence and modifies: "Court documents say"."""
        return self._opens_sentence(token) and token.text.lower() in ORGANISATION_NOUNS

    def _small_words(self) -> frozenset[str]:
        """The words that stand in small letters somewhere."""
        if self._lower is None:
            self._lower = frozenset(
                t.text for s in self.sentences for t in s.tokens if t.text.islower()
            )
        return self._lower

    def _opens_sentence(self, token: Token) -> bool:
        return self._sentence_at(token.start).tokens[0].start == token.start

    def _sentence_at(self, place: int) -> Sentence:
        number = bisect_right(self._sentence_starts, place) - 1
        return self.sentences[max(0, number)]


def _is_main(sentence: Sentence, index: int) -> bool:
    """Whether a token is the subject of the sentence, not of a clause in it."""
    head = sentence.tokens[index].head
    return head < 0 or sentence.tokens[head].head < 0


def _may_be_meant(sentence: Sentence, index: int, *, plural: bool) -> bool:
    """Whether a token heads a subject that no single person is, in the number asked for."""
    token = sentence.tokens[index]
    if not token.deprel.startswith("nsubj") or token.upos not in {"NOUN", "PROPN"}:
        return False
    several = token.xpos in {"NNS", "NNPS"} and token.lemma.lower() != "series"
    if any(sentence.tokens[i].deprel == "conj" for i in tree_of(sentence).children[index]):
        several = True
    if several != plural or token.lemma.lower() in _EMPTY:
        return False
    if plural:
        return token.upos == "PROPN" or is_person_noun(token) or token.lemma.lower() in _PEOPLE
    person = any(m.span.contains(token.span) and m.label.lower().startswith("per")
                 for m in sentence.mentions)  # fmt: skip
    if index and sentence.tokens[index - 1].lemma.lower() in _TYPES:
        person = False  # "the news agency Orda"
    return not (person or is_person_noun(token))
