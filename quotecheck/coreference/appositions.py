"""What stands after a name, between commas or dashes: "Hugh Hill, a doctor, said"."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.coreference.mention_heads import is_person_noun, is_singular
from quotecheck.coreference.role_nouns import TIMES, is_agent, may_be_person
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.text import Span, Token

__all__ = ["AND", "DASHES", "JOINTS", "QUOTES", "apposition_behind"]

AND = frozenset({"and", "&"})
"""Words between joint names."""
DASHES = frozenset({"—", "–", "--", "-", "―"})
"""What sets off an apposition as commas do."""
JOINTS = frozenset({"'s", "’s", "'", "’", "-", "&", "of", "/"})
"""What joins the words of a role."""
QUOTES = frozenset({*DOUBLE, "''", "``"})
"""Marks at which an apposition ends."""
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NO_OPENING = frozenset("who whose which speaking then i we he she".split())
_LOOSE_STARTS = frozenset({"DET", "PRON", "CCONJ", "ADV", "PUNCT"})
_LOOSE_ENDS = frozenset({"ADP", "DET", "CCONJ", "ADV", "SCONJ", "PART"})


def apposition_behind(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """What stands between commas or dashes after the name: "Hugh Hill, a doctor, said".

    After joint names it is said of each: "Ann Lee and Jo Marsh, the family’s lawyers".
    """
    several = first > 1 and tokens[first - 1].text in AND and tokens[first - 2].upos == "PROPN"
    if last + 2 < len(tokens) and tokens[last + 1].text in AND:
        if tokens[last + 2].upos != "PROPN":
            return None
        several = True
        last += 2
        while last + 1 < len(tokens) and tokens[last + 1].upos == "PROPN":
            last += 1
    here = _past_brackets(tokens, last + 1)
    if here >= len(tokens) or tokens[here].text not in {",", *DASHES}:
        return None
    stop = tokens[here].text
    if stop == "-" and tokens[here].start == tokens[here - 1].end:
        return None
    start = here + 1
    if start < len(tokens) and tokens[start].upos == "NUM" and start + 1 < len(tokens):
        if tokens[start + 1].text == ",":  # "Ann Lee, 55, a teacher, said"
            start += 2
        elif tokens[start + 1].upos == "PUNCT" and tokens[start + 1].text != "-":
            return None
    if start >= len(tokens) or tokens[start].upos in {"AUX", "CCONJ", "SCONJ", "ADP"}:
        return None
    opening = tokens[start]
    if opening.upos == "VERB" and opening.deprel not in {"amod", "compound"}:
        return None
    if opening.text.lower() in _NO_OPENING:
        return None
    end = _end_of_apposition(tokens, start)
    words = tokens[start:end]
    if end < len(tokens) and stop == "," and _says(tokens[end]):
        return None  # "Mr Cole, his sister said, is a liar"
    noun = _role_noun(words, several=several)
    if noun is None:
        return None
    first_word = 0
    while first_word < len(words) - 1 and words[first_word].upos in _LOOSE_STARTS:
        first_word += 1
    return Span(words[first_word].start, words[-1].end)


def _says(token: Token) -> bool:
    finite = token.xpos in {"VBD", "VBZ", "VBP"}
    return finite and introduces_speech(token.lemma.lower())


def _past_brackets(tokens: Sequence[Token], here: int) -> int:
    if here < len(tokens) and tokens[here].text in {"(", "["}:
        while here < len(tokens) and tokens[here].text not in {")", "]"}:
            here += 1
        here += 1
    return here


def _end_of_apposition(tokens: Sequence[Token], start: int) -> int:
    end = start
    while end < len(tokens) and end - start < 24:
        token = tokens[end]
        if token.text in {",", ";", ":", ".", "(", ")", *QUOTES, "—", "–", "--"}:
            break
        office = token.text[:1].isupper()  # "Managing Director"
        verb = token.upos in {"VERB", "AUX"} and token.deprel not in {"amod", "acl"}
        if verb and not office and end > start:
            break
        if token.text.lower() in {"who", "which", "whose", "that"} and end > start:
            break
        end += 1
    while end > start + 1 and tokens[end - 1].upos in _LOOSE_ENDS:
        end -= 1
    return end


def _role_noun(words: Sequence[Token], *, several: bool = False) -> Token | None:
    """The noun that an apposition turns on, if it is one for a person, or for several persons."""
    opened = bool(words) and words[0].text.lower() in {"a", "an", "the", "his", "her", "its", "one"}
    for place, token in enumerate(words[:12]):
        following = words[place + 1] if place + 1 < len(words) else None
        after = following.upos if following is not None else ""
        if token.text.isupper() and is_person_noun(token):
            return token  # "Group CFO", "SVP Partnerships"
        if following is not None and (
            following.text in JOINTS - {"of"}
            or (after in _NOMINAL and not _names(following))
            or (after == "VERB" and following.text[:1].isupper())  # "Group Managing Director"
        ):
            continue
        if token.upos not in {"NOUN", "PROPN", "ADJ"}:
            owned = any(t.text in {"'s", "’s"} for t in words[place : place + 4])
            opens = token.upos in {"ADP", "SCONJ", "VERB"} and token.deprel != "amod"
            opens = opens and not token.text[:1].isupper()
            if opens and place and not owned:
                return None
            continue
        if token.lemma.lower() in TIMES:
            return None
        if is_person_noun(token) or (opened and (may_be_person(token) or is_agent(token))):
            plural = token.xpos in {"NNS", "NNPS"} and not is_singular(token)
            return None if plural and not several else token
        owned = any(t.text in {"'s", "’s"} for t in words[place : place + 4])
        if token.upos != "ADJ" and after != "CCONJ" and not owned:
            return None  # but "Color of Change's executive director"
    return None


def _names(token: Token) -> bool:
    return token.upos == "PROPN" and token.deprel in {"appos", "flat"} and not is_person_noun(token)
