"""Where the words around a name say what its bearer is: before it, after it, or by "is"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from quotecheck.coreference.appositions import DASHES, JOINTS, QUOTES, apposition_behind
from quotecheck.coreference.mention_heads import is_person_noun, is_singular
from quotecheck.coreference.role_nouns import (
    PARTIES,
    TIMES,
    goes_on_with_of,
    is_party,
    may_be_person,
    tells_when,
    without_title,
)
from quotecheck.language.person_nouns import titles
from quotecheck.records.text import Sentence, Span, Token

__all__ = ["role_at", "role_in_list"]

_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NO_ROLE = frozenset({"mr", "mrs", "ms", "miss", "mx", "sir", "lord", "lady", "dame", "then", "ex"})
_LONGEST, _LONGEST_LIST = 14, 24
"""Words of a role, and of a list of people before it (``_LONGEST_LIST``). By eye."""
_COMPLEMENT = frozenset({"NOUN", "PROPN", "ADJ", "DET", "CCONJ", "ADP"})
_NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NO_OPENING = frozenset("who whose which speaking then i we he she".split())
_NAME_LINKS = frozenset({"", *"compound appos flat nmod nsubj obl obj amod conj".split()})
_LOOSE_STARTS = frozenset({"DET", "PRON", "CCONJ", "ADV", "PUNCT"})
_LOOSE_ENDS = frozenset({"ADP", "DET", "CCONJ", "ADV", "SCONJ", "PART"})
_BRACKETS = frozenset({"(", ")", "."})


def role_at(sentence: Sentence, name: Span) -> Span | None:
    """Where the words around a name say what the person is; None when they do not.

    Args:
        sentence: the sentence the name stands in.
        name: where the bare name stands, without titles.
    """
    tokens = sentence.tokens
    first = bisect_left(tokens, name.start, key=lambda t: t.start)
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].start < name.end:
        last += 1
    if first >= len(tokens) or tokens[first].start >= name.end:
        return None
    before = _before(tokens, first) or _office(tokens, first)
    if before is not None and not _is_title(tokens[_word_before(tokens, first)]):
        return before
    behind = apposition_behind(tokens, first, last)
    if behind is not None and before is not None and is_party(behind, tokens):
        return before  # "Senator Ann Lee, Democrat of Tarn"
    return (
        behind
        or before
        or _named_after(tokens, first, last, parsed=sentence.parsed)
        or _copula(tokens, first, last)
        or _introduced(tokens, first)
    )


def _is_title(token: Token) -> bool:
    low = token.text.lower().strip(".")
    return low in titles() and token.text[:1].isupper()


def _before(tokens: Sequence[Token], first: int) -> Span | None:
    """Modifiers and a person noun right before the name: "Kremlin spokesman Dmitry Peskov"."""
    end = first - 1
    last = _word_before(tokens, first)
    if last < 0 or not _opens_name(tokens, last):
        return None
    here = last
    while (
        here > 0
        and last - here < _LONGEST
        and (
            tokens[here - 1].upos in _MODIFIERS
            or tokens[here - 1].text in JOINTS
            or (
                tokens[here - 1].upos in {"VERB", "ADV"}
                and tokens[here - 1].deprel in {"amod", "advmod"}
            )
        )
    ):
        if tokens[here - 1].text == "of" and (here < 2 or not goes_on_with_of(tokens[here - 2])):
            break  # "the endorsement of Gov. Lee"
        if tokens[here - 1].text.lower() in {"mr.", "mrs.", "ms."}:
            break
        here -= 1
        if here > 2 and tokens[here].text == "-" and tokens[here - 2].text == "-":
            here -= 2  # "editor-in-chief"
    while here > 1 and tokens[here - 1].text == "." and _is_title(tokens[here - 2]):
        here -= 2  # "Lt. Col."
    while here < last and (
        tokens[here].upos in {"PART", "PUNCT", "ADP", "ADV", "NUM"}
        or tells_when(tokens, here, last)
    ):
        here += 1
    return Span(tokens[here].start, tokens[without_title(tokens, here, end)].end)


def _is_plural_title(token: Token) -> bool:
    """Whether a word is a title for several ("Mayors", "Sens.")."""
    low = token.text.lower().strip(".")
    return low.endswith("s") and low[:-1] in titles() and low not in titles()


def _word_before(tokens: Sequence[Token], first: int) -> int:
    """The word before a name: "Rep" also where the tokeniser has cut off its stop."""
    last = first - 1
    if last > 0 and tokens[last].text == "." and tokens[last - 1].end == tokens[last].start:
        return last - 1 if _is_title(tokens[last - 1]) else last
    return last


def _opens_name(tokens: Sequence[Token], last: int) -> bool:
    """Whether the word in front of a name says what the bearer is."""
    noun = tokens[last]
    low = noun.text.lower().strip(".")
    if last and noun.xpos == "VB" and tokens[last - 1].upos in _MODIFIERS and is_person_noun(noun):
        return True  # "said MSNBC host Ann Lee", read as a verb
    if low in _NO_ROLE or noun.upos in {"VERB", "AUX", "ADP", "ADV", "DET", "CCONJ", "PRON"}:
        return False
    if is_person_noun(noun) or _is_title(noun):
        return not (noun.xpos == "NNS" and not is_singular(noun))
    if noun.text in {"-elect", "elect", "designate"}:
        return True
    # "retired neurosurgeon Ben Carson": a common noun that a name follows, except "campaign".
    return (
        noun.upos in {"NOUN", "ADJ"}
        and noun.xpos in {"NN", "JJ"}
        and noun.text.islower()
        and low not in TIMES
        and noun.deprel.split(":")[0] in _NAME_LINKS
        and may_be_person(noun)
    )


def _office(tokens: Sequence[Token], first: int) -> Span | None:
    """An office with its complement before the name: "former secretary of state Ann Lee"."""
    here = first - 1
    if here >= 0 and (
        _is_title(tokens[_word_before(tokens, first)]) or tokens[here].upos in {"DET", "CCONJ"}
    ):
        return None  # "a spokesman for Sen. Lee"
    while here >= 0 and first - here <= 8 and tokens[here].upos in _COMPLEMENT:
        if tokens[here].upos == "ADP":
            of = tokens[here].text.lower() in {"of", "for"}
            if not of or not here or not is_person_noun(tokens[here - 1]):
                return None
            if here == first - 1:
                return None
            start = here - 1
            while start and (
                tokens[start - 1].upos in _MODIFIERS or tokens[start - 1].text in {"'s", "’s"}
            ):
                start -= 1
            return Span(tokens[start].start, tokens[first - 1].end)
        here -= 1
    return None


def role_in_list(sentence: Sentence, name: Span) -> Span | None:
    """What a person is called together with others: "the candidates Ann Lee and Jo Marsh"."""
    tokens = sentence.tokens
    first = bisect_left(tokens, name.start, key=lambda t: t.start)
    here = first - 1
    depth = 0
    while here >= 0 and first - here <= _LONGEST_LIST:
        token = tokens[here]
        if token.text in {")", "]"}:
            depth += 1
        elif token.text in {"(", "["}:
            depth -= 1
        elif token.text.lower() in PARTIES | {"of", "from"}:
            pass  # "Senators Ann Lee, Republican of Aldry, and Jo Marsh"
        elif not depth and (token.upos == "NOUN" or _is_plural_title(token)):
            break
        elif not depth and not (token.upos in {"PROPN", "CCONJ"} or token.text in {",", "-"}):
            return None
        here -= 1
    else:
        return None
    if here < 0 or not (
        _is_plural_title(tokens[here])
        or (tokens[here].xpos == "NNS" and is_person_noun(tokens[here]))
    ):
        return None
    if tokens[here + 1].upos != "PROPN":
        return None
    start = here
    while start and (tokens[start - 1].upos in _MODIFIERS or tokens[start - 1].text in JOINTS):
        start -= 1
    while start < here and tokens[start].upos in {"PART", "PUNCT", "ADP", "ADV", "NUM"}:
        start += 1
    return Span(tokens[start].start, tokens[here].end)


def _named_after(tokens: Sequence[Token], first: int, behind: int, *, parsed: bool) -> Span | None:
    """A description before a comma: "Trump's campaign manager, Kellyanne Conway".

    In a sentence that was not parsed the name ends at a comma as well, and the description begins
    one clause: "The vicar, the Rev Miles Lind, and the organist, Pru Lomax, have".
    """
    name = first
    while first > 1 and (
        tokens[first - 1].text.lower().strip(".") in titles() or tokens[first - 1].text in _BRACKETS
    ):
        first -= 1  # "The commissioner, Engr. (Mrs) Ann Lee"
    if first > 2 and first < name and tokens[first - 1].text.lower() == "the":
        first -= 1  # "the Rev Miles Lind"
    if first < 2 or tokens[first - 1].text not in {",", *DASHES}:
        return None
    head = tokens[name].head
    if first <= head < name:
        head = tokens[head].head
    last = first - 2
    here = last
    while here > 0 and last - here < _LONGEST and tokens[here].text not in {",", ";", ".", *QUOTES}:
        if tokens[here].upos in {"VERB", "AUX", "SCONJ"} and tokens[here].deprel != "amod":
            break
        if tokens[here].xpos == "WRB":
            break  # "came to light when the club’s secretary, Ann Lee, noticed"
        here -= 1
    start = here if here == 0 and tokens[0].upos not in {"VERB", "AUX", "PUNCT"} else here + 1
    while start < last and tokens[start].upos in {"PUNCT", "ADP", "ADV"}:
        start += 1
    words = tokens[start : last + 1]
    if not parsed and words and _is_set_off(tokens, start, behind):
        head = last
    if not words or not (start <= head <= last):
        return None
    if not is_person_noun(tokens[head]):
        head = _with_complement(tokens, start, last)  # "An attorney for Hale, Jo Marsh,"
    if head < 0 or not is_person_noun(tokens[head]) or tokens[head].xpos in {"NNS", "NNPS"}:
        return None
    begin = 0
    while begin < len(words) - 1 and words[begin].upos in {"CCONJ", "SCONJ", "DET", "PRON"}:
        begin += 1
    return Span(words[begin].start, words[-1].end)


def _is_set_off(tokens: Sequence[Token], start: int, behind: int) -> bool:
    """Whether commas stand around a name, and the words in front of it open a clause or a list."""
    closed = behind + 1 < len(tokens) and tokens[behind + 1].text == ","
    before = tokens[start - 1] if start else None
    opens = before is None or before.upos == "CCONJ" or before.text in {",", ";"}
    return closed and opens and tokens[start].upos in {"DET", "PRON"}


def _with_complement(tokens: Sequence[Token], start: int, last: int) -> int:
    """The noun for a person that a phrase begins with, where a complement follows; -1 for none."""
    for index in range(start, last):
        if tokens[index].upos not in {"DET", "PRON", *_MODIFIERS} and tokens[index].text != "’s":
            return -1
        if is_person_noun(tokens[index]) and tokens[index + 1].text in {"for", "of", "at", "to"}:
            return index
    return -1


def _copula(tokens: Sequence[Token], first: int, last: int) -> Span | None:
    """What a sentence says the person is: "Henry Colm is the mayor of Aldry"."""
    name = tokens[first]
    if name.deprel != "nsubj" or name.head < 0 or not is_person_noun(tokens[name.head]):
        return None
    if tokens[name.head].deprel not in {"root", "conj"}:  # what others say somebody is
        return None
    verbs = [
        i
        for i, t in enumerate(tokens)
        if t.deprel == "cop" and t.head == name.head and t.xpos != "VB"
    ]
    if not verbs or not last < verbs[0] < name.head:
        return None
    start = verbs[0] + 1
    while start < name.head and tokens[start].upos in {"DET", "ADV", "PRON", "PART"}:
        start += 1
    if any(t.text.lower() in {"not", "n't", "n’t", "no"} for t in tokens[verbs[0] : name.head]):
        return None
    end = name.head
    while end + 1 < len(tokens) and tokens[end + 1].upos in {"ADP", "DET", *_MODIFIERS}:
        end += 1
    while end > name.head and tokens[end].upos in {"ADP", "DET"}:
        end -= 1
    return Span(tokens[start].start, tokens[end].end)


def _introduced(tokens: Sequence[Token], first: int) -> Span | None:
    """A noun with its complement before the name: "Speaker of the House Paul Ryan"."""
    name = tokens[first]
    head = name.head
    if not 0 <= head < first or name.deprel.split(":")[0] not in {"appos", "flat", "compound"}:
        return None
    if not is_person_noun(tokens[head]) or first - head > _LONGEST:
        return None
    if any(t.upos in {"VERB", "AUX", "PUNCT", "SCONJ", "CCONJ"} for t in tokens[head:first]):
        return None
    start = head
    while start > 0 and (tokens[start - 1].upos in _MODIFIERS or tokens[start - 1].text in JOINTS):
        start -= 1
    while start < head and tokens[start].upos in {"PART", "PUNCT", "ADP"}:
        start += 1
    return Span(tokens[start].start, tokens[first - 1].end)
