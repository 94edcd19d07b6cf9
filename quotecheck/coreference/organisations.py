"""Organisations, groups and documents as sources: their names, what "it" or "the poll" means."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.language.outlets import PUBLISHER_NOUNS, is_outlet
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.records.quotation import Speaker
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token
from quotecheck.syntax.tree import tree_of

__all__ = ["PARTY_NOUNS", "Parties", "joint_spans", "plain_name", "via_name"]

_NAMED_KINDS = ("org", "loc", "norp", "gpe", "misc", "fac", "prod")
_SPEAKING_KINDS = ("org", "loc", "gpe", "norp")
_MODIFIERS = frozenset({"PROPN", "NOUN", "ADJ", "NUM"})
_JOINTS = frozenset({"'s", "’s", "'", "’", "-", "&", "/"})
_TAILS = frozenset(
    "university college institute corp corp. inc inc. co co. company group foundation news "
    "administration department campaign".split()
)
_LONG_FORM = re.compile(
    r"(?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and|on|in)\s+)*){1,7}[A-Z][\w’'-]+(?=\s*\Z)"
)
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Z.&]{1,7})\)")
_LONGEST = 160
"""Characters before "(AWB)" in which its long form stands."""
_AGE = re.compile(r"^(?:new|recent|latest|another|separate|earlier|previous)\s++(?=.*[A-Z])")
"""Words before a name that are none of it ("a new Tarn University poll")."""
_SHORT_FORM = re.compile(r"[A-Z][A-Z.&]{1,7}")
_FAR = 4000
"""Characters back within which a bare noun ("the poll") may take up a fuller phrase."""
_TYPES = {
    "company": ("org",), "firm": ("org",), "corporation": ("org",), "group": ("org",),
    "organization": ("org",), "organisation": ("org",), "agency": ("org",), "network": ("org",),
    "newspaper": ("org",), "paper": ("org",), "magazine": ("org",), "bank": ("org",),
    "union": ("org",), "country": ("loc", "gpe"), "nation": ("loc", "gpe"), "outlet": ("org",),
    "publication": ("org",), "nonprofit": ("org",), "charity": ("org",), "retailer": ("org",),
    "automaker": ("org",), "website": ("org",), "organizer": ("org",), "association": ("org",),
}  # fmt: skip
PARTY_NOUNS = frozenset(_TYPES)
"""Nouns by which an organisation or a state is taken up."""
_EMPTY = frozenset("fact thing way time day week month year reason result issue".split())
_PEOPLE = frozenset("people man woman state nation country company group union family".split())


def plain_name(text: str, span: Span) -> str:
    """The words at a place, white space made one, without article, possessive and "itself".

    >>> plain_name("The Aldry Water Board’s", Span(0, 23))
    'Aldry Water Board'
    """
    name = re.sub(r"\s+", " ", span.of(text)).strip(" ,;:." + DOUBLE)
    name = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", name, flags=re.IGNORECASE)
    name = re.sub(r"(?<=\w) (?:itself|themselves)$", "", name)
    return re.sub(r"(?<=\w)['’]s?$", "", name)


def via_name(text: str, span: Span) -> str:
    """What an outlet or a medium is called: a tweet is Twitter, a name has no possessive.

    >>> via_name("retweeted", Span(0, 9)), via_name("Fox’s", Span(0, 5))
    ('Twitter', 'Fox')
    """
    name = re.sub(r"\s+", " ", span.of(text)).strip()
    if re.match(r"(?:re)?tweet", name, re.IGNORECASE):
        return "Twitter"
    return re.sub(r"['’]s?$", "", name)


def joint_spans(text: str, mentions: Sequence[Mention]) -> list[Span]:
    """Organisations or states that stand side by side, from the first of ``mentions``."""
    found: list[Span] = []
    for mention in mentions:
        if found and not re.fullmatch(
            r"[\s,]*(?:and|&|,)\s*(?:the\s+)?",
            text[found[-1].end : mention.span.start],
        ):
            break
        found.append(mention.span)
    return found


class Parties:
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
        self._full: dict[str, str] = {}
        self._acronyms: dict[str, list[int]] = {}
        for match in _IN_BRACKETS.finditer(parsed.text):
            self._acronyms.setdefault(match.group(1), []).append(match.start())
        self._longer: dict[str, list[str]] = {}
        for mention, _ in self._mentions:
            words = plain_name(parsed.text, mention.span).split()
            if len(words) > 1 and mention.label.lower().startswith("org"):
                for word in {words[0], words[-1]}:
                    self._longer.setdefault(word, []).append(" ".join(words))
        self._heads: dict[str, list[tuple[int, int]]] | None = None

    def named_in(self, source: Span, sentence: Sentence) -> list[Mention]:
        """The organisations and states that a source names."""
        return [
            m
            for m in sentence.mentions
            if source.overlaps(m.span) and m.label.lower().startswith(_NAMED_KINDS)
        ]

    def full_name(self, name: str) -> str:
        """The long form of an acronym or of a name cut short, where the text gives it."""
        if name not in self._full:
            self._full[name] = self._lengthened(name)
        return self._full[name]

    def _lengthened(self, name: str) -> str:
        for place in self._acronyms.get(name, ()) if _SHORT_FORM.fullmatch(name) else ():
            match = _LONG_FORM.search(self.text, max(0, place - _LONGEST), place)
            if match:
                return self._fitted(match.group(0), name)
        if len(name.split()) != 1 or not name[:1].isupper():
            return name
        longer: Counter[str] = Counter()
        for other in self._longer.get(name, ()):
            words = other.split()
            first = words[0] == name and len(words) == 2 and words[1].lower() in _TAILS
            if first or (words[-1] == name and is_outlet(other)):
                longer[other] += 1
        return max(longer, key=lambda key: (longer[key], len(key))) if longer else name

    @staticmethod
    def _fitted(long: str, short: str) -> str:
        """Of the capitalised words before "(AWB)", those that its letters begin."""
        letters = [c.lower() for c in short if c.isalpha()]
        words = long.split()
        for first in range(len(words)):
            rest = words[first:]
            initials = [w[0].lower() for w in rest]
            capitals = [w[0].lower() for w in rest if w[0].isupper()]
            if rest[0][0].lower() == letters[0] and letters in (initials, capitals):
                return " ".join(rest)
        return re.sub(r"^The\s+", "", long)

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
        found: dict[str, list[tuple[int, int]]] = {}
        for sentence in self.sentences:
            tokens = sentence.tokens
            for index, token in enumerate(tokens):
                if token.upos not in {"NOUN", "PROPN"} or index == 0:
                    continue
                if index + 1 < len(tokens) and tokens[index + 1].upos in {"NOUN", "PROPN"}:
                    continue
                first = _first_modifier(tokens, index)
                if any(t.upos == "PROPN" for t in tokens[first:index]):
                    key = token.lemma.lower()
                    found.setdefault(key, []).append((tokens[first].start, token.end))
        return found

    def last_organisation(
        self, place: int, sentence: int, noun: str = "", *, outside: Sequence[Span] = ()
    ) -> Span | None:
        """The organisation or state named last before ``place``; of the kind a noun asks for.

        Subjects of this and the two sentences before come first; names in ``outside`` are none.
        """
        kinds = _TYPES.get(noun, _SPEAKING_KINDS[:3])
        reach = 2 if not noun else 6
        end = bisect_left(self._starts, place)
        best: tuple[float, Span] | None = None
        for mention, number in reversed(self._mentions[max(0, end - 40) : end]):
            if sentence - number > reach:
                break
            if not mention.label.lower().startswith(kinds):
                continue
            if any(span.overlaps(mention.span) for span in outside):
                continue
            if noun in PUBLISHER_NOUNS and not is_outlet(plain_name(self.text, mention.span)):
                continue
            weight = 1.0 / (1 + sentence - number) + 0.6 * self._is_subject(mention, number)
            if best is None or weight > best[0]:
                best = (weight, mention.span)
        return best[1] if best else None

    def last_subject(
        self, place: int, number: int, *, plural: bool, outside: Sequence[Span] = ()
    ) -> Span | None:
        """The subject that "it" or "they" most likely takes up: no person, of the same number.

        Subjects in ``outside`` are none.
        The nearest before it in its own sentence, else the first of the sentence before.
        """
        for back in (number, number - 1):
            if back < 0:
                break
            sentence = self.sentences[back]
            found = [
                i
                for i, token in enumerate(sentence.tokens)
                if token.end <= place
                and (back == number or _is_main(sentence, i))
                and _may_be_meant(sentence, i, plural=plural)
                and not any(span.overlaps(token.span) for span in outside)
            ]
            if found:
                head = found[-1] if back == number else found[0]
                first = _first_modifier(sentence.tokens, head)
                return Span(sentence.tokens[first].start, sentence.tokens[head].end)
        return None

    def _is_subject(self, mention: Mention, number: int) -> bool:
        return any(
            mention.span.start <= t.start < mention.span.end and t.deprel.startswith("nsubj")
            for t in self.sentences[number].tokens
        )

    def speaker(self, span: Span, label: str = "organisation") -> Speaker:
        """A speaker by the words at a place, by the fullest name."""
        name = _AGE.sub("", plain_name(self.text, span))
        return Speaker(self.full_name(name), span, None, label)


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
    return not (person or is_person_noun(token))


def _first_modifier(tokens: Sequence[Token], index: int) -> int:
    first = index
    while first > 0 and (tokens[first - 1].upos in _MODIFIERS or tokens[first - 1].text in _JOINTS):
        first -= 1
    while first < index and tokens[first].upos in {"PART", "PUNCT"}:
        first += 1
    return first
