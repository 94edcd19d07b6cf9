"""To whom something was said: objects of telling, and "to", "with" or "before" somebody."""

from __future__ import annotations

from typing import Final

from quotecheck.language.outlets import is_outlet
from quotecheck.language.person_nouns import person_nouns
from quotecheck.syntax.clause import Clause
from quotecheck.syntax.phrases import nominal_head, phrase_end, phrase_start, words_of
from quotecheck.syntax.tree import Tree

__all__ = [
    "NOUNS_TO",
    "SPEAKING",
    "add_listener",
    "can_be_addressee",
    "leads_to_listener",
    "objects",
]

# Verbs whose object is the one spoken to.
_TELLING: Final = frozenset(
    "tell ask warn remind inform assure notify advise urge order promise question beg implore "
    "instruct brief email e-mail text persuade convince challenge press address lecture quiz "
    "update reassure caution counsel encourage command invite alert thank congratulate greet grill "
    "interrogate admonish exhort tweet message lobby petition answer teach show".split()
)
# Verbs that are done "to" somebody who hears; "compared him to her" and "pointed to him" are not.
_DONE_TO: Final = frozenset(
    "say speak talk write complain assert explain announce admit confess suggest propose describe "
    "report declare insist mention repeat whisper shout boast brag joke lie promise pledge vow "
    "apologize apologise reply respond reveal disclose read deliver tweet post email send recount "
    "relate confide lament remark swear testify lecture preach pitch present appeal plead indicate "
    "hint confirm concede acknowledge recommend stress emphasize lobby quip mutter murmur open "
    "forward leak issue give offer make express convey outline clarify address text break show "
    "claim argue add note state answer voice raise put release hand submit pass warn".split()
)
NOUNS_TO: Final = frozenset(
    "letter memo message email e-mail note remark speech address statement comment testimony "
    "appeal reply response warning briefing presentation tweet apology plea petition report toast "
    "question lecture sermon advice dictum word".split()
)
SPEAKING: Final = frozenset("speak talk address appear campaign testify travel stump visit".split())
_WITH: Final = frozenset({"speak", "talk", "chat", "meet", "share", "converse", "argue", "plead"})
# Listeners that are not persons by the lexicon of persons.
_AUDIENCES: Final = frozenset(
    "crowd audience congress committee court panel group press media rally convention nation world "
    "public staff team police parliament senate house jury board council assembly cabinet troop "
    "family class gathering subcommittee commission conference people electorate throng reporter "
    "lawmaker voter supporter viewer listener reader donor delegate fan attendee student member "
    "grand-jury church congregation union workforce chamber".split()
)
_NOMINAL: Final = frozenset({"PRON", "NOUN", "PROPN", "DET", "ADJ"})
_LISTENERS: Final = frozenset({"him", "her", "them", "me", "us", "you", "myself", "himself"})
# Verbs that are done to people alone, and what can be their object all the same.
_TELLS_A_PERSON: Final = frozenset({"tell", "inform", "remind", "notify", "assure"})
_NO_ADDRESSEE: Final = frozenset(
    "it that this what which itself who whom truth lie story tale joke secret thing anecdote "
    "something anything nothing everything lot fib newspaper paper network station channel "
    "magazine agency broadcaster outlet website site program programme show podcast series".split()
)
_LISTENER_LABELS: Final = frozenset({"Person", "Organization", "NORP", "Location"})


def objects(clause: Clause) -> list[int]:
    """Those who are told or asked, as the object of the verb or the subject of its passive."""
    sentence, tokens = clause.sentence, clause.sentence.tokens
    heads: list[int] = []
    for verb in {clause.head, *clause.verbs}:
        if verb < 0 or sentence.lemmas[verb] not in _TELLING:
            continue
        if not sentence.parsed:
            after = verb + 1
            if after < len(tokens) and tokens[after].upos in _NOMINAL:
                heads.append(nominal_head(sentence, after))
            continue
        objects = clause.kids(verb, "iobj") or clause.kids(verb, "obj")
        passive = [c for c in sentence.children[verb] if tokens[c].deprel == "nsubj:pass"]
        heads += objects or [c for c in passive if c not in clause.source]
    return [i for i in heads if i >= 0 and i not in clause.barred]


def add_listener(
    clause: Clause,
    head: int,
    free: set[int],
    in_times: set[int],
    listeners: list[tuple[int, int]],
    text: str,
    *,
    is_object: bool,
) -> None:
    """Add the phrase of ``head`` to ``listeners`` unless it is an outlet or nobody who hears.

    Args:
        clause: the clause of the cue.
        head: the phrase's head.
        free: tokens of the clause that are not source, content, outlet or time.
        in_times: tokens of expressions of time.
        listeners: first and last token of each found so far.
        text: the raw text.
        is_object: whether the phrase is the object of a verb of telling.
    """
    sentence = clause.sentence
    if not (is_object and _is_addressable(sentence, head)) and not can_be_addressee(sentence, head):
        return
    members = free | {head} | (set(sentence.children[head]) - clause.barred - in_times)
    first = phrase_start(sentence, head, members)
    last = phrase_end(sentence, head, members, places=False)
    if any(first <= b and last >= a for a, b in listeners):
        return
    named = sentence.labels.get(head) == "Person"  # "CNN's Chris Cuomo" is not an outlet
    if not named and is_outlet(words_of(sentence, text, first, last)):
        return
    if any(i in clause.barred for i in range(first, last + 1)):
        return
    listeners.append((first, last))


def _is_addressable(sentence: Tree, head: int) -> bool:
    """Whether the object of "tell" is one who hears: not "the truth", not "a question"."""
    token = sentence.tokens[head]
    if token.upos in {"PROPN", "PRON"}:
        return sentence.texts[head] not in _NO_ADDRESSEE
    if token.upos != "NOUN" or sentence.lemmas[head] in _NO_ADDRESSEE:
        return False
    return can_be_addressee(sentence, head) or sentence.lemmas[token.head] in _TELLS_A_PERSON


def can_be_addressee(sentence: Tree, head: int) -> bool:
    """Whether a noun or pronoun is somebody who can hear or read."""
    if sentence.labels.get(head) in _LISTENER_LABELS:
        return True
    lemma, text = sentence.lemmas[head], sentence.texts[head]
    if sentence.tokens[head].upos == "PRON":
        return text in _LISTENERS
    return lemma in _AUDIENCES or lemma in person_nouns() or text in _AUDIENCES


def leads_to_listener(clause: Clause, word: str, head: int, index: int) -> bool:
    """Whether "to", "with" or "before" in front of ``head`` names who heard it."""
    sentence = clause.sentence
    if not can_be_addressee(sentence, head):
        return False
    above = sentence.tokens[head].head if sentence.parsed else index - 1
    lemma = sentence.lemmas[above] if above >= 0 else ""
    if word == "to":
        return lemma in NOUNS_TO or lemma in SPEAKING or lemma in _DONE_TO
    if word == "with":
        return lemma in _WITH
    if word == "before":
        return sentence.lemmas[head] in _AUDIENCES
    return False
