"""The chain that words came along: outlet, then who passed them on, then whom that one speaks for.

"Tass quoted Kremlin spokesman Dmitry Peskov as saying" has three links: Tass, Dmitry Peskov, the
Kremlin. Names are the words of the text; `resolve` knows better names of the speakers.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from quotecheck.language.outlets import MEDIUM_NOUNS, is_outlet
from quotecheck.records.quotation import RelayLink
from quotecheck.records.text import Span
from quotecheck.syntax.clause import Clause
from quotecheck.syntax.tree import Tree

__all__ = ["Representation", "relay_chain", "represented", "spoken_through"]

# Those who speak for somebody else by their office.
_VOICES: Final = frozenset(
    "spokesman spokeswoman spokesperson spokesmen spokespeople spokeswomen lawyer attorney aide "
    "adviser advisor representative agent publicist counsel counselor surrogate secretary manager "
    "strategist assistant emissary envoy handler director co-counsel barrister solicitor "
    "mouthpiece translator interpreter".split()
)
# Of these offices only with the word in front: "press secretary", "campaign manager".
_ONLY_WITH: Final = {
    "secretary": frozenset({"press"}),
    "manager": frozenset({"campaign"}),
    "director": frozenset({"communication", "communications", "press", "campaign"}),
    "assistant": frozenset({"personal", "special"}),
    "strategist": frozenset({"campaign", "chief"}),
}
_MANNER: Final = frozenset(
    "press campaign communication communications personal special chief senior former top defense "
    "defence longtime longstanding deputy divorce civil criminal trial foreign policy economic "
    "legal political national security military then acting state federal district rights "
    "immigration lead principal official media law".split()
)
_NO_MORE: Final = frozenset({"former", "ex", "onetime", "one-time", "then"})
Representation = tuple[Span | None, Span, bool]
"""Whom somebody speaks for (None if untold), the one who speaks, whether that one has a name."""


def relay_chain(
    text: str,
    via: Sequence[Span],
    speaking_for: Representation | None,
    *,
    quoted: bool = False,
    people: Collection[Span] = (),
) -> tuple[RelayLink, ...]:
    """The links from the outside in; none where the source speaks for itself and to the reader.

    Args:
        text: the raw text.
        via: outlets and media of the attribution; a mere medium ("statement") is not a link.
        speaking_for: what `represented` or `spoken_through` found.
        quoted: whether the outlet quotes, so that whatever stands there passes words on.
        people: of ``via`` those who are somebody that tells what was said, and no outlet.
    """
    links = []
    for span in via:
        words = span.of(text).split()
        if span in people and not is_outlet(span.of(text)):
            links.append(RelayLink(_name(text, span), span, "relayer"))
            continue
        medium = not words or words[-1].lower().rstrip("s") in MEDIUM_NOUNS
        if is_outlet(span.of(text)) or quoted or (not medium and span.of(text)[:1].isupper()):
            links.append(RelayLink(_name(text, span), span, "outlet"))
    if speaking_for is not None:
        principal, relayer, _ = speaking_for
        links.append(RelayLink(_name(text, relayer), relayer, "relayer"))
        if principal is not None:
            links.append(RelayLink(_name(text, principal), principal, "principal"))
    return tuple(links)


def represented(sentence: Tree, source: Sequence[Span]) -> Representation | None:
    """Who in a source speaks for whom; None when it names nobody that is spoken for."""
    for span in source:
        tokens = sentence.inside(span)
        inside = set(tokens)
        for index in tokens:
            if not _is_voice(sentence, index):
                continue
            principal = _principal(sentence, index, inside)
            if principal is not None:
                relayer = _named(sentence, index, inside)
                return principal, relayer or _title(sentence, index, principal), bool(relayer)
    return None


def spoken_through(clause: Clause, source: Sequence[Span]) -> Representation | None:
    """A statement that the source made by another's mouth: "said through his lawyer"."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    for verb in {clause.head, *clause.verbs}:
        for child in clause.kids(verb, "obl", "nmod") if verb >= 0 else ():
            cases = {sentence.texts[k] for k in sentence.children[child]}
            if cases & {"through", "via", "by"} and _is_voice(sentence, child):
                kids = [k for k in sentence.children[child] if tokens[k].deprel != "case"]
                first = min([child, *(k for k in kids if k < child)])
                name = _named(sentence, child, _below(sentence, child) - clause.barred)
                return (
                    source[0] if source else None,
                    name or sentence.between(first, child),
                    bool(name),
                )
    return None


def _below(sentence: Tree, index: int) -> set[int]:
    members = {index}
    stack = [index]
    while stack:
        for child in sentence.children[stack.pop()]:
            if child not in members:
                members.add(child)
                stack.append(child)
    return members


def _is_voice(sentence: Tree, index: int) -> bool:
    token, lemma = sentence.tokens[index], sentence.lemmas[index]
    staff = lemma == "chief" and sentence.lemmas[index + 1 : index + 3] == ["of", "staff"]
    if not staff and (token.upos not in {"NOUN", "PROPN"} or lemma not in _VOICES):
        return False
    if token.deprel == "conj":  # "Kemp and his aides" speak for themselves
        return False
    if any(sentence.lemmas[i] in _NO_MORE for i in range(max(0, index - 3), index)):
        return False
    needed = _ONLY_WITH.get(lemma)
    return needed is None or (index > 0 and sentence.lemmas[index - 1] in needed)


def _principal(sentence: Tree, voice: int, inside: set[int]) -> Span | None:
    """Whom the office speaks for: the words in front of it, or after "for" and "of"."""
    tokens = sentence.tokens
    if not sentence.parsed:
        return _principal_in_line(sentence, voice, inside)
    for child in sentence.children[voice]:
        if child > voice and child in inside and tokens[child].deprel == "nmod":
            cases = {sentence.texts[k] for k in sentence.children[child]}
            if cases & {"for", "of", "to"} and sentence.lemmas[child] != "staff":
                first = child
                while first - 1 > voice and tokens[first - 1].upos not in {"ADP"}:
                    first -= 1
                last = child
                while last + 1 in inside and (
                    tokens[last + 1].deprel.startswith(("flat", "compound"))
                    and tokens[last + 1].head >= child
                ):
                    last += 1
                return _without_article(sentence, first, last)
    owners = [
        c
        for c in sentence.children[voice]
        if c < voice and c in inside and tokens[c].deprel == "nmod:poss"
    ]
    if owners:
        owner = owners[-1]
        first = owner
        while first - 1 in inside and tokens[first - 1].head in range(first, owner + 1):
            first -= 1
        last = owner
        while last + 1 < voice and tokens[last + 1].deprel.startswith("flat"):
            last += 1
        return _without_article(sentence, first, last)
    return _words_before(sentence, voice, inside)


def _words_before(sentence: Tree, voice: int, inside: set[int]) -> Span | None:
    """The names or nouns right in front of the office that do not belong to it ("Kremlin")."""
    tokens = sentence.tokens
    last = voice - 1
    while last in inside and sentence.lemmas[last] in _MANNER:
        last -= 1
    first = last + 1
    while (
        first - 1 in inside
        and tokens[first - 1].upos in {"PROPN", "NOUN", "PART"}
        and sentence.lemmas[first - 1] not in _MANNER - {"state"}
    ):
        first -= 1
    while last >= first and tokens[last].upos == "PART":
        last -= 1
    if last < first or not any(tokens[i].upos in {"PROPN", "NOUN"} for i in range(first, last + 1)):
        return None
    while (  # "White" of "White House" may be an adjective
        first - 1 in inside
        and tokens[first - 1].upos == "ADJ"
        and tokens[first - 1].text[:1].isupper()
        and tokens[first].text[:1].isupper()
    ):
        first -= 1
    return sentence.between(first, last)


def _principal_in_line(sentence: Tree, voice: int, inside: set[int]) -> Span | None:
    tokens = sentence.tokens
    after = voice + 1
    if after in inside and sentence.texts[after] in {"for", "of"}:
        first = last = after + 1
        while last + 1 in inside and tokens[last + 1].upos in {"PROPN", "NOUN", "ADJ"}:
            last += 1
        if first in inside:
            return _without_article(sentence, first, last)
    before = voice - 1
    if before in inside and tokens[before].xpos == "PRP$":
        return tokens[before].span
    return _words_before(sentence, voice, inside)


def _named(sentence: Tree, voice: int, inside: set[int]) -> Span | None:
    """The person's name beside the office: a mention that is not the one spoken for."""
    for mention in sentence.mentions:
        if mention.label != "Person":
            continue
        tokens = sentence.inside(mention.span)
        if not tokens or any(i not in inside for i in tokens) or voice in tokens:
            continue
        if tokens[0] > voice:
            between = range(voice + 1, tokens[0])
            if any(sentence.texts[i] in {"for", "of", "to"} for i in between):
                continue
            return _whole_name(sentence, mention.span, voice)
        between = range(tokens[-1] + 1, voice)
        # "Robby Mook, a spokesman for …", but not "Sanders, his aides and …"
        beside = sentence.tokens[voice].head in tokens or not sentence.parsed
        if beside and any(sentence.texts[i] == "," for i in between):
            return _whole_name(sentence, mention.span, -1)
    return None


def _whole_name(sentence: Tree, span: Span, after: int) -> Span:
    """A name with the first names that the parse gives it and the tagger left out."""
    tokens = sentence.inside(span)
    first = tokens[0]
    while (
        first - 1 > after
        and sentence.tokens[first].deprel.startswith("flat")
        and sentence.tokens[first].head == first - 1
        and sentence.tokens[first - 1].upos == "PROPN"
    ):
        first -= 1
    return Span(min(sentence.tokens[first].start, span.start), span.end)


def _title(sentence: Tree, voice: int, principal: Span) -> Span:
    """The words for one without a name: "a spokesman", "lawyer" of "Kemp's lawyer"."""
    tokens = sentence.tokens
    first = voice
    while (
        first > 0
        and tokens[first - 1].start >= principal.end
        and (sentence.lemmas[first - 1] in _MANNER or tokens[first - 1].upos == "DET")
    ):
        first -= 1
    if tokens[first].start > principal.start:
        while tokens[first].upos in {"PART", "PUNCT"} and first < voice:
            first += 1
    else:
        while first > 0 and (
            sentence.lemmas[first - 1] in _MANNER or tokens[first - 1].upos == "DET"
        ):
            first -= 1
    return sentence.between(first, voice)


def _without_article(sentence: Tree, first: int, last: int) -> Span:
    while first < last and sentence.tokens[first].upos == "DET":
        first += 1
    return sentence.between(first, last)


def _name(text: str, span: Span) -> str:
    words = " ".join(span.of(text).split())
    for ending in ("'s", "’s"):
        words = words.removesuffix(ending)
    return words
