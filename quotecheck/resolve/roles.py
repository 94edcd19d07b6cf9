"""What a person is in the article's words: "Kremlin spokesman", "head of the union"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from quotecheck.annotations import Sentence, Span, Token
from quotecheck.resolve.naming import person_nouns, titles

__all__ = ["core_phrase", "head_of", "is_person_noun", "role_at", "role_words"]

_MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})
_NO_ROLE = frozenset({"mr", "mrs", "ms", "miss", "mx", "sir", "lord", "lady", "dame", "then", "ex"})
_LONGEST = 14
_IN_FULL = {
    "amb": "ambassador", "capt": "captain", "cmdr": "commander", "col": "colonel", "dr": "doctor",
    "gen": "general", "gov": "governor", "lt": "lieutenant", "maj": "major", "prof": "professor",
    "rep": "representative", "rev": "reverend", "sen": "senator", "sgt": "sergeant",
    "pres": "president", "sec": "secretary", "det": "detective", "supt": "superintendent",
}  # fmt: skip
_SAME_OFFICE = {
    "congressman": "representative", "congresswoman": "representative",
    "lawmaker": "representative",
    "chair": "chairman", "chairwoman": "chairman", "chairperson": "chairman",
    "lawyer": "attorney", "frontrunner": "front-runner", "runner": "front-runner",
    "spokesperson": "spokesman", "spokeswoman": "spokesman",
}  # fmt: skip
_TIMES = frozenset(
    "day week month year decade century hour minute moment morning afternoon evening night time "
    "weekend summer winter spring fall autumn monday tuesday wednesday thursday friday saturday "
    "sunday january february march april june july august september october november december "
    "move step decision sign reference nod claim charge line quote way thing issue place fact idea "
    "development position stance proposal plan policy vote state city town country county "
    "news report story article interview statement speech debate show book column op-ed post tweet "
    "poll survey study campaign rally event party group company organization organisation firm "
    "committee agency network newspaper magazine website site rate number percentage majority "
    "effort bid trip tour visit win victory loss defeat prospect possibility practice process "
    "while lot bit kind sort part hand house home university college school church team".split()
)
"""Nouns behind a comma or before a name that are no words for a person."""
_ENDS = (
    "man", "woman", "person", "ist", "ian", "eer", "ster", "smith", "wright", "holder", "keeper",
    "owner", "maker", "goer", "worker", "fighter", "writer", "player", "runner", "yer", "ologist",
)  # fmt: skip
_JOINTS = frozenset({"'s", "’s", "'", "’", "-", "&", "of", "/"})
_QUOTES = frozenset({"”", '"', "''", "“", "``"})
_NO_OPENING = frozenset("who whose which speaking then i we he she".split())
_NAME_LINKS = frozenset("compound appos flat nmod nsubj obl obj".split())
_LOOSE_ENDS = frozenset({"ADP", "DET", "CCONJ", "ADV", "SCONJ", "PART"})
_DASHES = frozenset({"—", "–", "--", "-", "―"})


def is_person_noun(token: Token) -> bool:
    """Whether a noun, singular or plural, is one for persons by office, work or kin."""
    known = person_nouns()
    low, lemma = token.text.lower(), token.lemma.lower()
    return low in known or lemma in known or low.removesuffix("s") in known


def _may_be_person(token: Token) -> bool:
    """The same, with nouns that only their ending betrays ("salesman", "florist")."""
    if is_person_noun(token):
        return True
    low = token.lemma.lower()
    return low.endswith(_ENDS) and low not in _TIMES and len(low) > 5


def head_of(sentence: Sentence, span: Span) -> int:
    """The index of the head of the words in ``span``; -1 when it holds no word.

    Trailing punctuation does not count; in a span that the parse breaks up, the head is the first
    word that depends on something outside and is no adverb or preposition, if there is any.
    """
    inside = [i for i, t in enumerate(sentence.tokens) if span.start <= t.start < span.end]
    members = set(inside)
    words = [i for i in inside if sentence.tokens[i].upos != "PUNCT"]
    tops = [i for i in words if sentence.tokens[i].head not in members]
    if not sentence.parsed:
        return _head_unparsed(sentence, words)
    for index in tops:
        if sentence.tokens[index].upos in {"NOUN", "PROPN", "PRON", "NUM"}:
            return index
    return tops[0] if tops else (words[-1] if words else -1)


def _head_unparsed(sentence: Sentence, words: Sequence[int]) -> int:
    """The last noun before what may follow a head; -1 when there is no word."""
    best = -1
    for index in words:
        token = sentence.tokens[index]
        if token.upos in {"NOUN", "PROPN", "PRON"}:
            best = index
        elif best >= 0 and (token.upos in {"ADP", "VERB", "AUX", "PUNCT", "SCONJ"}):
            break
    return best if best >= 0 else (words[-1] if words else -1)


def core_phrase(sentence: Sentence, span: Span, head: int) -> Span:
    """Modifiers and head, without article, possessive pronoun and what follows the head."""
    tokens = sentence.tokens
    first = head
    while (
        first > 0
        and tokens[first - 1].start >= span.start
        and (
            tokens[first - 1].upos in _MODIFIERS
            or tokens[first - 1].text in {"'s", "’s", "'", "’", "-", "/", "&"}
            or (
                tokens[first - 1].deprel in {"amod", "compound", "nmod:poss", "flat"}
                and tokens[first - 1].upos not in {"PRON", "DET"}
            )
        )
    ):
        first -= 1
    last = head
    while (
        last + 1 < len(tokens)
        and tokens[last + 1].start < span.end
        and (tokens[last + 1].deprel.startswith("flat") and tokens[last + 1].head in {head, last})
    ):
        last += 1
    return Span(tokens[first].start, tokens[last].end)


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
    before = _before(tokens, first)
    if before is not None and not _is_title(tokens[first - 1]):
        return before
    return (
        _apposition(tokens, last)
        or before
        or _named_after(tokens, first)
        or _copula(tokens, first, last)
        or _introduced(tokens, first)
    )


def _is_title(token: Token) -> bool:
    low = token.text.lower().strip(".")
    return low in titles() and token.text[:1].isupper()


def _before(tokens: Sequence[Token], first: int) -> Span | None:
    """Modifiers and a person noun right before the name: "Kremlin spokesman Dmitry Peskov"."""
    last = first - 1
    if last < 0 or not _opens_name(tokens, last):
        return None
    here = last
    while (
        here > 0
        and last - here < _LONGEST
        and (
            tokens[here - 1].upos in _MODIFIERS
            or tokens[here - 1].text in _JOINTS
            or (
                tokens[here - 1].upos in {"VERB", "ADV"}
                and tokens[here - 1].deprel in {"amod", "advmod"}
            )
        )
    ):
        if tokens[here - 1].text == "of" and here - 1 == 0:
            break
        if tokens[here - 1].text.lower() in {"mr.", "mrs.", "ms."}:
            break
        here -= 1
    while here < last and tokens[here].upos in {"PART", "PUNCT", "ADP", "ADV", "NUM"}:
        here += 1
    return Span(tokens[here].start, tokens[last].end)


def _opens_name(tokens: Sequence[Token], last: int) -> bool:
    """Whether the word in front of a name says what the bearer is."""
    noun = tokens[last]
    low = noun.text.lower().strip(".")
    if low in _NO_ROLE or noun.upos in {"VERB", "AUX", "ADP", "ADV", "DET", "CCONJ", "PRON"}:
        return False
    if is_person_noun(noun) or _is_title(noun):
        return not (noun.xpos == "NNS" and not is_singular(noun))
    if noun.text in {"-elect", "elect", "designate"}:
        return True
    # "retired neurosurgeon Ben Carson": a common noun that a name follows, but for "campaign".
    return (
        noun.upos == "NOUN"
        and noun.xpos == "NN"
        and noun.text.islower()
        and low not in _TIMES
        and noun.deprel.split(":")[0]
        in {"compound", "appos", "flat", "nmod", "nsubj", "obl", "obj"}
        and _may_be_person(noun)
    )


def is_singular(token: Token) -> bool:
    """Whether a noun that the tagger calls plural is a known singular ("boss")."""
    return token.text.lower() in person_nouns()


def _apposition(tokens: Sequence[Token], last: int) -> Span | None:
    """What stands between commas or dashes behind the name: "Hugh Hill, a doctor, said"."""
    here = _past_brackets(tokens, last + 1)
    if here >= len(tokens) or tokens[here].text not in {",", *_DASHES}:
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
    noun = _role_noun(words)
    if noun is None:
        return None
    first_word = 0
    while first_word < len(words) - 1 and words[first_word].upos in {"DET", "PRON", "CCONJ"}:
        first_word += 1
    return Span(words[first_word].start, words[-1].end)


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
        if token.text in {",", ";", ":", ".", "(", ")", *_QUOTES, "—", "–", "--"}:
            break
        if token.upos in {"VERB", "AUX"} and token.deprel not in {"amod", "acl"} and end > start:
            break
        if token.text.lower() in {"who", "which", "whose", "that"} and end > start:
            break
        end += 1
    while end > start + 1 and tokens[end - 1].upos in _LOOSE_ENDS:
        end -= 1
    return end


def _role_noun(words: Sequence[Token]) -> Token | None:
    """The noun that an apposition turns on, if it is one for a person."""
    opened = bool(words) and words[0].text.lower() in {"a", "an", "the", "his", "her", "its", "one"}
    for place, token in enumerate(words[:10]):
        following = words[place + 1] if place + 1 < len(words) else None
        if token.upos not in {"NOUN", "PROPN", "ADJ"}:
            if token.upos in {"ADP", "SCONJ", "VERB"} and place and token.deprel != "amod":
                return None
            continue
        if token.lemma.lower() in _TIMES:
            if following is None or following.upos not in {"NOUN", "PROPN", "PART", "ADJ", "PUNCT"}:
                return None
            continue
        if following is not None and following.upos in {"NOUN", "PROPN"} and not _names(following):
            continue
        if following is not None and following.text in {"-", "'s", "’s", "'", "’", "/"}:
            continue
        if is_person_noun(token) or (opened and _may_be_person(token)):
            plural = token.xpos in {"NNS", "NNPS"} and not is_singular(token)
            return None if plural else token
        if token.upos != "ADJ" and (following is None or following.upos != "CCONJ"):
            return None
    return None


def _names(token: Token) -> bool:
    return token.upos == "PROPN" and token.deprel in {"appos", "flat"}


def _named_after(tokens: Sequence[Token], first: int) -> Span | None:
    """A description before a comma: "Trump's campaign manager, Kellyanne Conway"."""
    if first < 2 or tokens[first - 1].text not in {",", *_DASHES}:
        return None
    head = tokens[first].head
    last = first - 2
    here = last
    while (
        here > 0 and last - here < _LONGEST and tokens[here].text not in {",", ";", ".", *_QUOTES}
    ):
        if tokens[here].upos in {"VERB", "AUX", "SCONJ"} and tokens[here].deprel != "amod":
            break
        here -= 1
    start = here if here == 0 and tokens[0].upos not in {"VERB", "AUX", "PUNCT"} else here + 1
    while start < last and tokens[start].upos in {"PUNCT", "ADP", "ADV"}:
        start += 1
    words = tokens[start : last + 1]
    if not words or not (start <= head <= last):
        return None
    if not is_person_noun(tokens[head]) or tokens[head].xpos in {"NNS", "NNPS"}:
        return None
    begin = 0
    while begin < len(words) - 1 and words[begin].upos in {"CCONJ", "DET", "PRON"}:
        begin += 1
    return Span(words[begin].start, words[-1].end)


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
    while start > 0 and (tokens[start - 1].upos in _MODIFIERS or tokens[start - 1].text in _JOINTS):
        start -= 1
    while start < head and tokens[start].upos in {"PART", "PUNCT", "ADP"}:
        start += 1
    return Span(tokens[start].start, tokens[first - 1].end)


def role_words(role: str | None) -> set[str]:
    """The words of a role in lower case, abbreviated titles also in full ("Gov." -> governor)."""
    words = {w.strip(".,").lower() for w in role.split()} if role else set()
    words |= {_IN_FULL[w] for w in words if w in _IN_FULL}
    return words | {_SAME_OFFICE[w] for w in words if w in _SAME_OFFICE}
