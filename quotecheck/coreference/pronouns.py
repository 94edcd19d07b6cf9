"""Pronouns and descriptions: whom they refer to, where they stand, what "who" belongs to."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.language.person_nouns import noun_gender, titles
from quotecheck.records.text import ParsedDocument, Sentence, Span, Token
from quotecheck.syntax.tree import Tree, tree_of

__all__ = ["GENDERS", "PronounMention", "pronoun_mentions", "relative_antecedent"]

GENDERS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
"""Pronouns for one person with the gender they tell: "m" or "f"."""
_LONGEST = 7  # Words from an article to its noun. By eye: "the tall man in the grey coat".
_LINKS = frozenset({"case", "cc", "cc:preconj", "mark", "punct"})
"""Relations of words before a noun that are not part of its name ("as well as many voters")."""
_FINITE = frozenset({"VBD", "VBZ", "MD"})


@dataclass(frozen=True, slots=True)
class PronounMention:
    """A pronoun or a description ("the senator") for one person, outside quotation marks.

    ``noun`` and ``others`` are the words of a description, "" and empty for a pronoun; ``core`` is
    where it stands without its article.
    """

    span: Span
    sentence: int
    gender: str
    subject: bool
    possessive: bool
    noun: str = ""
    others: frozenset[str] = frozenset()
    core: Span | None = None


def pronoun_mentions(parsed: ParsedDocument, quoted: Sequence[Span]) -> deque[PronounMention]:
    """What takes up persons in a document, in text order, quotations left out."""
    mentions: deque[PronounMention] = deque()
    quotations = sorted(quoted)
    here = 0
    for number, sentence in enumerate(parsed.sentences):
        for place, token in enumerate(sentence.tokens):
            low = token.text.lower()
            if not (token.upos == "PRON" and low in GENDERS) and low != "the":
                continue
            while here < len(quotations) and quotations[here].end <= token.start:
                here += 1
            if here < len(quotations) and quotations[here].start <= token.start:
                continue
            mention = (
                _description(sentence, number, place)
                if low == "the"
                else _pronoun(sentence, number, token)
            )
            if mention is not None:
                mentions.append(mention)
    return mentions


def _pronoun(sentence: Sentence, number: int, token: Token) -> PronounMention:
    low = token.text.lower()
    possessive = token.xpos == "PRP$" or token.deprel == "nmod:poss"
    subject = token.deprel.startswith("nsubj") or (not sentence.parsed and low in {"he", "she"})
    return PronounMention(token.span, number, GENDERS[low], subject, possessive)


def _description(sentence: Sentence, number: int, article: int) -> PronounMention | None:
    """The description that begins with an article: its head a noun for a person, singular."""
    tokens = sentence.tokens
    last = _end(tokens, article)
    head = tokens[last]
    if head.upos != "NOUN" or head.xpos != "NN" or not is_person_noun(head):
        return None
    following = tokens[last + 1] if last + 1 < len(tokens) else None
    if following is None or following.text in {"of", "for", "who", "and"}:
        return None  # said of somebody else, or of no one yet
    if following.text == "," and any(t.upos == "PROPN" for t in tokens[last + 2 : last + 4]):
        return None  # the name stands beside it
    before = tokens[article - 1] if article else None
    if before is not None and (before.text in {",", "—", "as"} or before.lemma in {"be", "become"}):
        return None
    noun = head.lemma.lower()
    words = [t.text.lower().strip(".") for t in tokens[article + 1 : last]]
    if noun in titles() and not words:
        return None  # there are several presidents
    subject = following.xpos in _FINITE
    core = Span(tokens[article + 1].start, head.end)
    span = Span(tokens[article].start, head.end)
    return PronounMention(
        span, number, noun_gender(noun), subject, False, noun, frozenset(words) - {"-"}, core
    )


def _end(tokens: Sequence[Token], article: int) -> int:
    """The last token of a noun phrase without complements, from its article on."""
    last = article
    while (
        last + 1 < len(tokens)
        and last - article < _LONGEST
        and (
            tokens[last + 1].upos in {"NOUN", "PROPN", "ADJ", "NUM"} or tokens[last + 1].text == "-"
        )
    ):
        last += 1
    return last


def relative_antecedent(sentence: Sentence, pronoun: Span) -> Span | None:
    """The noun with its modifiers that a relative pronoun stands for, by the parse."""
    tokens = sentence.tokens
    for index in tree_of(sentence).beginning_in(pronoun):
        token = tokens[index]
        if token.start != pronoun.start or token.head < 0:
            continue
        verb = tokens[token.head]
        if verb.deprel.startswith("acl") and verb.head >= 0:
            noun = tokens[verb.head]
            if nearer := _object_before(sentence, noun, pronoun):
                return nearer
            tree = tree_of(sentence)
            names = [tokens[i] for i in tree.children[verb.head]]
            last = [t for t in names if t.deprel.startswith("flat")]
            start = tokens[_first_modifier(tree, verb.head)].start
            if person := _person_before(sentence, noun, pronoun):
                return person
            return Span(start, max(t.end for t in [noun, *last]))
    return _noun_before(sentence, pronoun)


def _object_before(sentence: Sentence, noun: Token, pronoun: Span) -> Span | None:
    """The name right in front of ", which", past a verb: "Rail blamed Track, which"."""
    tokens = sentence.tokens
    last = bisect_left(tokens, pronoun.start, key=lambda t: t.start) - 1
    if last < 1 or tokens[last].text != "," or tokens[last - 1].upos != "PROPN":
        return None
    between = [t for t in tokens[: last - 1] if t.start > noun.end]
    if noun.head < 0 or tokens[noun.head] not in between:
        return None
    return _noun_before(sentence, pronoun)


def _person_before(sentence: Sentence, noun: Token, pronoun: Span) -> Span | None:
    """The person whom an aside with a place or a body follows: "Ann Lee, late of The Pan, who"."""
    tokens = sentence.tokens
    if is_person_noun(noun) or noun.upos != "PROPN":
        return None
    people = [m.span for m in sentence.mentions if m.label == "Person"]
    if any(span.contains(noun.span) for span in people):
        return None
    near = [span for span in people if span.end <= noun.start]
    if not near:
        return None
    first = bisect_left(tokens, near[-1].end, key=lambda t: t.start)
    last = bisect_left(tokens, pronoun.start, key=lambda t: t.start) - 1
    commas = [i for i in range(first, last + 1) if tokens[i].text == ","]
    aside = tokens[first + 1 : last]
    if commas != [first, last] or not any(t.upos == "ADP" for t in aside):
        return None
    return None if any(t.upos in {"VERB", "AUX"} for t in aside) else near[-1]


def _noun_before(sentence: Sentence, pronoun: Span) -> Span | None:
    """The noun phrase right in front of ", who", where the parse hangs the clause elsewhere."""
    tokens = sentence.tokens
    last = bisect_left(tokens, pronoun.start, key=lambda t: t.start) - 1
    while last >= 0 and tokens[last].text == ",":
        last -= 1
    if last < 0 or tokens[last].upos not in {"PROPN", "NOUN"}:
        return None
    if person := _person_before(sentence, tokens[last], pronoun):
        return person
    first = last
    while first and tokens[first - 1].upos in {"PROPN", "NOUN", "ADJ", "DET"}:
        first -= 1
    return Span(tokens[first].start, tokens[last].end)


def _first_modifier(tree: Tree, noun: int) -> int:
    """Where a noun with what modifies it begins: at "politically active groups" the first."""
    tokens = tree.tokens
    below = [i for i in tree.children[noun] if i < noun and tokens[i].deprel not in _LINKS]
    first = below[0] if below else noun
    while (
        first and first <= tokens[first - 1].head < noun and tokens[first - 1].deprel not in _LINKS
    ):
        first -= 1
    return first
