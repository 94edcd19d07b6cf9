"""Whether and how it was said: negation, tense and modality of a cue's clause.

Only the words around the cue count: what the content denies ("said it was not so") is its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.text import Span
from quotecheck.syntax.clause import Clause

__all__ = ["modality_of", "negation_of", "tense_of"]

_NOT: Final = frozenset({"not", "n't", "never", "nor", "neither", "hardly", "scarcely", "nowhere"})
_NOBODY: Final = frozenset({"nobody", "none", "neither", "noone"})
_AFTER_NOT: Final = frozenset("only just merely simply necessarily least always".split())
_LEFT_UNDONE: Final = frozenset(
    "refuse decline fail neglect forget avoid deny omit unable unwilling reluctant loath "
    "refusal failure inability unwillingness reluctance".split()
)
_DENYING: Final = (
    ("short", "of"),
    ("far", "from"),
    ("instead", "of"),
    ("rather", "than"),
    ("without",),
)
"""What stands before a participle of something that was not done ("stopped short of saying")."""
_WILL: Final = frozenset({"will", "'ll", "wo", "shall", "ll"})
_MODALS: Final = {
    "can": "possible", "ca": "possible", "could": "possible", "may": "possible",
    "might": "possible", "must": "necessary", "should": "necessary", "ought": "necessary",
    "would": "conditional", "'d": "conditional", "d": "conditional",
}  # fmt: skip
_ABOVE: Final = {
    **dict.fromkeys(
        "want wish hope like plan intend seek try aim mean prefer desire love long yearn attempt "
        "struggle promise vow pledge threaten offer ask urge tell order beg encourage invite "
        "determined eager willing ready prepare prepared hopeful desire intention effort "
        "decide".split(),
        "wanted",
    ),
    **dict.fromkeys(
        "expect likely seem appear suppose poise able set expected supposed poised unlikely "
        "possible schedule slate allow enable free ability chance opportunity".split(),
        "possible",
    ),
    **dict.fromkeys(
        "have need require oblige compel force necessary supposed".split(), "necessary"
    ),
}
_PERHAPS: Final = frozenset({"perhaps", "maybe", "possibly", "supposedly"})
_CONDITIONS: Final = frozenset({"if", "unless", "whether"})
_I: Final = frozenset({"i", "we"})


def negation_of(clause: Clause) -> tuple[Span, ...]:
    """The words that say it was not said ("never", "n't", "refused", "no one"), in text order."""
    negators: set[int] = set()
    tokens = clause.sentence.tokens
    for index in clause.verbs if clause.head < 0 else {clause.head, *clause.verbs}:
        negators.update(i for i in _helpers(clause, index) if _negates(clause, i))
        negators.update(_empty_subject(clause, index))
    for index in clause.above:
        if clause.sentence.lemmas[index] in _LEFT_UNDONE:
            negators.add(index)
    if clause.verb >= 0 and tokens[clause.verb].deprel.startswith("acl"):
        head = tokens[clause.verb].head
        if head >= 0 and clause.sentence.lemmas[head] in _LEFT_UNDONE:
            negators.add(head)
    if clause.head != clause.verb and clause.head >= 0:  # "made no mention of it"
        negators.update(
            c for c in clause.kids(clause.head, "det") if clause.sentence.texts[c] == "no"
        )
    negators.update(_denying_phrase(clause))
    negators.update(_denied_telling(clause))
    negators -= clause.content
    # A refusal that is itself negated ("did not refuse to say") leaves both for the reader to see.
    return tuple(sorted({tokens[i].span for i in negators}))


def _denied_telling(clause: Clause) -> set[int]:
    """The denial whose content is a participle of speech: "denied telling officers to wait"."""
    tokens, lemmas = clause.sentence.tokens, clause.sentence.lemmas
    denials = {v for v in (*clause.cue, *clause.verbs) if v >= 0 and lemmas[v] == "deny"}
    first = min(clause.content, default=-1)
    if not denials or first <= max(denials) or tokens[first].xpos != "VBG":
        return set()
    return denials if introduces_speech(tokens[first].lemma.lower()) else set()


def _denying_phrase(clause: Clause) -> tuple[int, ...]:
    """The word in front of a participle that leaves it undone: "far from conceding"."""
    tokens, texts = clause.sentence.tokens, clause.sentence.texts
    for verb in sorted({*clause.cue, *clause.verbs}):
        if verb < 0 or tokens[verb].xpos != "VBG":
            continue
        for phrase in _DENYING:
            first = verb - len(phrase)
            if first >= 0 and tuple(texts[first:verb]) == phrase:
                return (first,)
    return ()


def tense_of(clause: Clause) -> str:
    """The tense of the cue: past, present or future; "" where no form tells.

    A participle has the tense of its main verb, a perfect ("has said") is past, and modals that
    look neither back nor forward ("would", "could") have none unless "have" makes them past.
    """
    index = clause.above[-1] if clause.above else clause.verb
    visited: set[int] = set()
    tokens = clause.sentence.tokens
    while index >= 0 and index not in visited:
        visited.add(index)
        tense = _own_tense(clause, index)
        if tense is not None:
            return tense
        token = tokens[index]
        if token.xpos == "VBN" and token.deprel in {"acl", "amod", "advcl"}:
            return "past"  # "a letter written by", "asked about it, he said"
        index = token.head if token.deprel != "root" else -1
    return ""


def modality_of(clause: Clause) -> str:
    """How far it is from being said: possible, necessary, wanted, conditional; "" if it is plain.

    "I would argue" and "I must say" are ways of saying it, so they are plain.
    """
    sentence = clause.sentence
    top = clause.verbs[-1]
    if top < 0:
        return ""
    if any(_is_condition(clause, c) for v in clause.verbs for c in _marks(clause, v)):
        return "conditional"
    for index in clause.above:
        kind = _ABOVE.get(sentence.lemmas[index], "")
        if kind and not (kind == "necessary" and _says_i(clause)):
            return kind
    for index in clause.verbs:
        for helper in _helpers(clause, index):
            kind = _MODALS.get(sentence.texts[helper], "") if _is_modal(clause, helper) else ""
            if kind and not _says_i(clause):
                return kind
            if sentence.lemmas[helper] in _PERHAPS:
                return "possible"
    if _is_asked(clause):
        return "possible"
    return ""


def _helpers(clause: Clause, verb: int) -> Iterator[int]:
    """Auxiliaries and adverbs of a verb, also those it shares with the verb it is joined to."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    if verb < 0:
        return
    if not sentence.parsed:
        node = verb - 1
        while node >= 0 and verb - node < 7 and tokens[node].upos in {"AUX", "PART", "ADV"}:
            yield node
            node -= 1
        return
    kids = clause.kids(verb, "aux", "advmod", "cop", "cc")
    yield from kids
    token = tokens[verb]
    if token.deprel == "conj" and token.head >= 0:
        joined_by = {sentence.lemmas[k] for k in kids if tokens[k].deprel == "cc"}
        bare = token.xpos == "VB" and not clause.kids(verb, "mark")
        shared = bare or joined_by & {"or", "nor"}
        if shared and not clause.kids(verb, "aux", "nsubj"):
            yield from clause.kids(token.head, "aux", "advmod", "cop")


def _negates(clause: Clause, index: int) -> bool:
    sentence = clause.sentence
    if sentence.lemmas[index] not in _NOT and sentence.texts[index] not in _NOT:
        return False
    after = sentence.texts[index + 1] if index + 1 < len(sentence.texts) else ""
    return after not in _AFTER_NOT


def _empty_subject(clause: Clause, verb: int) -> Iterator[int]:
    """Subjects that nobody is, and "without" in front of a participle."""
    sentence = clause.sentence
    if verb < 0:
        return
    for child in sentence.children[verb]:
        relation = clause.relation(child)
        if child in clause.content:
            continue
        if relation == "nsubj":
            if sentence.texts[child] in _NOBODY:
                yield child
            for below in sentence.children[child]:
                if sentence.texts[below] in {"no", "neither"} and clause.relation(below) == "det":
                    yield below
        elif relation in {"mark", "case"} and sentence.texts[child] == "without":
            yield child


def _own_tense(clause: Clause, index: int) -> str | None:
    """The tense that a verb and its auxiliaries show; None when they show none."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    helpers = [h for h in _helpers(clause, index) if tokens[h].upos == "AUX"]
    texts = {sentence.texts[h] for h in helpers}
    if texts & _WILL and any(tokens[h].xpos == "MD" for h in helpers):
        return "future"
    perfect = any(sentence.lemmas[h] == "have" for h in helpers)
    modal = next((sentence.texts[h] for h in helpers if tokens[h].xpos == "MD"), "")
    if perfect:
        return "past"
    if modal:
        return "present" if modal in {"can", "ca", "may", "must"} else ""
    finite = next(
        (tokens[h].xpos for h in helpers if tokens[h].xpos in {"VBD", "VBZ", "VBP"}),
        tokens[index].xpos,
    )
    if sentence.lemmas[index] == "go" and index in clause.above and tokens[index].xpos == "VBG":
        return "future"  # "is going to say"
    if finite == "VBD":
        return "past"
    if finite in {"VBZ", "VBP"}:
        return "present"
    if finite == "VBN" and tokens[index].deprel in {"root", "ccomp", "parataxis"}:
        return "past"  # "said" read as a participle; no auxiliary is there to make it one
    return None


def _is_modal(clause: Clause, helper: int) -> bool:
    token = clause.sentence.tokens[helper]
    return token.xpos == "MD" or token.upos == "AUX"


def _marks(clause: Clause, verb: int) -> list[int]:
    if verb < 0:
        return []
    if not clause.sentence.parsed:
        first = max(0, verb - 5)
        return [i for i in range(first, verb) if i not in clause.content]
    return clause.kids(verb, "mark")


def _is_condition(clause: Clause, index: int) -> bool:
    return clause.sentence.texts[index] in _CONDITIONS and index < max(clause.verbs)


def _says_i(clause: Clause) -> bool:
    texts = clause.sentence.texts
    if any(texts[i] in _I for i in clause.source):
        return True
    return any(texts[c] in _I for v in clause.verbs if v >= 0 for c in clause.kids(v, "nsubj"))


def _is_asked(clause: Clause) -> bool:
    """Whether the cue's clause is itself a question: "Did he say that …?"."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    last = len(tokens) - 1
    while last >= 0 and tokens[last].upos == "PUNCT" and sentence.texts[last] != "?":
        last -= 1
    if last < 0 or sentence.texts[last] != "?" or last in clause.content:
        return False
    top = clause.verbs[-1]
    return any(
        tokens[helper].upos == "AUX" and helper < subject < top
        for helper in clause.kids(top, "aux")
        for subject in clause.kids(top, "nsubj")
    )
