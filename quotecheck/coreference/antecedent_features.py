"""Whom a mention may stand for, and the numbers by which each of them is weighed."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from quotecheck.coreference.binding import BINDING_FEATURES, Binding
from quotecheck.coreference.discourse import Discourse, Query, Reference, Turn
from quotecheck.coreference.grammatical_roles import OBJECT, OBLIQUE, SUBJECT, is_above
from quotecheck.coreference.mention_heads import is_person_noun, role_words
from quotecheck.coreference.person_clusters import Person
from quotecheck.language.person_nouns import is_given_name, noun_gender
from quotecheck.records.text import Sentence

__all__ = ["FEATURES", "candidates"]

FEATURES = (
    "subject",
    "possessive",
    "gender_asked",
    "gender_agrees",
    "gender_unknown",
    "sentences_back",
    "paragraphs_back",
    "named_sentences_back",
    "recency_rank",
    "fitting",
    "last_subject",
    "last_leading",
    "last_quoted",
    "last_possessive",
    "last_named",
    "same_sentence",
    "near_references",
    "near_subjects",
    "times_before",
    "share_before",
    "share_of_all",
    "spoke_last",
    "turns_back",
    "paragraphs_since_turn",
    "nameless_spoke_last",
    "first_in_paragraph",
    "opened_paragraph_before",
    "opened_sentence_before",
    "full_name",
    "given_name",
    "salience",
    "salience_share",
    "role_known",
    "role_is_noun",
    "role_shared",
    "role_rivals",
    "role_latest",
    "role",
    "last_role",
    "same_role",
    "same_clause",
    "clause_above",
    "clause_below",
    "bound",
    "behind",
    "characters_back",
    "last_pronoun",
    "pronoun_chain",
    "pronoun_subject_chain",
    "pronouns_near",
    "subject_before",
    "subject_here",
    "described",
    "narrator",
    "first_of_text",
    "quoted",
    "paragraph_references",
    "dialogue",
    "turns",
    *BINDING_FEATURES,
)
_FAR = 12  # People. A rank farther back tells no more; the trees were fitted with it.
_MOST_TURNS = 20
"""Turns that are counted; more tell no more of what kind of text it is."""
_LATER = 2
"""Persons named after a pronoun, in its sentence, who are candidates."""
_MOST = 24
"""Candidates that are scored; the nearest ones."""


def candidates(discourse: Discourse, query: Query) -> list[tuple[Person, list[float]]]:
    """The persons a mention may stand for, each with its numbers in order of `FEATURES`.

    Persons whose gender is known to be another are none, nor are those named in its content alone.
    """
    references_of: dict[int, list[Reference]] = {}
    people: dict[int, Person] = {}
    order: list[int] = []
    before = discourse.before(query.place)
    behind = _behind(discourse, query) if query.form == "pronoun" else []
    content = [(span.start, span.end) for span in query.content]
    for reference in (*reversed(before), *behind):
        person = reference.person
        if query.gender and person.gender and person.gender != query.gender:
            continue
        if person.described and query.form != "pronoun":
            continue
        place = reference.start
        if content and any(start <= place < end for start, end in content):
            continue
        key = id(person)
        if key not in references_of:
            if len(order) == _MOST:
                continue
            order.append(key)
            people[key] = person
        references_of.setdefault(key, []).append(reference)
    if not order:
        return []
    total = sum(len(references) for references in references_of.values())
    everywhere = sum(len(people[key].appearances) for key in order)
    turns = [t for t in discourse.turns[-12:] if t.end <= query.place]
    openers = _openers(before, query)
    syntax = _Syntax(discourse, before, query)
    binding = Binding(discourse, query)
    later = _named_later(discourse, query)
    alike = sum(bool(query.gender) and people[key].gender == query.gender for key in order)
    role_matches = {
        key: _role_match(discourse, people[key], query) if query.form == "nominal" else (0, 0, 0)
        for key in order
    }
    rivals = sum(match[1] for match in role_matches.values())
    latest = next((key for key in order if role_matches[key][1]), None)
    salience = {key: _salience(people[key], references_of[key], query, turns) for key in order}
    whole = sum(value**2 for value in salience.values()) or 1.0
    rows = []
    for rank, key in enumerate(order):
        numbers = _numbers(people[key], references_of[key], query, turns, openers)
        numbers.update(syntax.numbers(people[key], references_of[key]))
        numbers.update(binding.numbers(references_of[key], later.get(key, ()), alike))
        known, is_noun, shared = role_matches[key]
        numbers.update(
            recency_rank=min(_FAR, rank),
            fitting=min(_FAR, len(order)),
            share_before=len(references_of[key]) / total,
            share_of_all=len(people[key].appearances) / max(1, everywhere),
            salience=salience[key],
            salience_share=salience[key] ** 2 / whole,
            role_known=known,
            role_is_noun=is_noun,
            role_shared=shared,
            role_rivals=min(4, rivals - is_noun),
            role_latest=float(key == latest),
        )
        rows.append((people[key], [float(numbers[name]) for name in FEATURES]))
    return rows


def _behind(discourse: Discourse, query: Query) -> list[Reference]:
    """Who is named after a pronoun in its sentence ("In her youth, Ann Lee …")."""
    sentence = discourse.sentences[query.sentence]
    later = discourse.after(query.place, sentence.span.end)
    named = [r for r in later if r.named and not r.quoted]
    if query.possessive and named and _is_owned(sentence, query.place, named[0].start):
        named = named[1:]
    return named[:_LATER]


def _named_later(discourse: Discourse, query: Query) -> dict[int, list[Reference]]:
    """Where persons (by id) are named after a pronoun in its sentence."""
    references_of: dict[int, list[Reference]] = {}
    end = discourse.sentences[query.sentence].span.end
    for reference in discourse.after(query.place, end) if query.form == "pronoun" else ():
        if reference.named and not reference.quoted:
            references_of.setdefault(id(reference.person), []).append(reference)
    return references_of


def _is_owned(sentence: Sentence, pronoun: int, name: int) -> bool:
    """Whether a possessive says whose the person named after it is: "her colleague Bram Witt"."""
    tokens = sentence.tokens
    first = bisect_right(tokens, pronoun, key=lambda t: t.start)
    between = tokens[first : bisect_left(tokens, name, key=lambda t: t.start)]
    words = [t for t in between if t.text != ","]
    return (
        bool(words)
        and is_person_noun(words[-1])
        and all(t.upos in {"NOUN", "PROPN", "ADJ", "NUM", "ADV"} for t in words)
    )


class _Syntax:
    """What the places of a mention and of a candidate in their sentences say about one another."""

    def __init__(self, discourse: Discourse, before: Sequence[Reference], query: Query) -> None:
        self.query = query
        self.sentence = discourse.sentences[query.sentence]
        outside = [r for r in reversed(before) if not r.quoted]
        agreeing = [
            r
            for r in outside
            if r.pronoun and query.gender in {"", r.person.gender or query.gender}
        ]
        self.chain = id(agreeing[0].person) if agreeing else 0
        subjects = [r for r in agreeing if r.subject]
        self.subject_chain = id(subjects[0].person) if subjects else 0
        last = [r for r in outside if r.sentence == query.sentence - 1 and r.subject]
        self.last_subject = id(last[-1].person) if last else 0
        here = [r for r in outside if r.sentence == query.sentence and r.subject]
        self.here_subject = id(here[0].person) if here else 0
        named = [r for r in before if r.named]
        self.first = id(named[0].person) if named else 0
        self.quoted = discourse.is_quoted(query.place)
        self.dialogue = discourse.is_dialogue
        self.turns = math.log1p(min(_MOST_TURNS, len(discourse.turns)))

    def numbers(self, person: Person, references: Sequence[Reference]) -> dict[str, float]:
        """The numbers of one candidate; ``references`` are his, the last first."""
        last, query = references[0], self.query
        pronoun, antecedent = query.syntax, last.place
        here = last.sentence == query.sentence
        same = here and pronoun.clause >= 0 and pronoun.clause == antecedent.clause
        near = [r for r in references if r.pronoun and query.sentence - r.sentence <= 2]
        return {
            "role": pronoun.role,
            "last_role": antecedent.role,
            "same_role": pronoun.role > 0 and pronoun.role == antecedent.role,
            "same_clause": same,
            "clause_above": here and is_above(self.sentence, antecedent.clause, pronoun.clause),
            "clause_below": here and is_above(self.sentence, pronoun.clause, antecedent.clause),
            "bound": same and pronoun.role in {OBJECT, OBLIQUE} and antecedent.role == SUBJECT,
            "behind": last.start > query.place,
            "characters_back": math.log1p(abs(query.place - last.end)),
            "last_pronoun": last.pronoun,
            "pronoun_chain": self.chain == id(person),
            "pronoun_subject_chain": self.subject_chain == id(person),
            "pronouns_near": min(4, len(near)),
            "subject_before": self.last_subject == id(person),
            "subject_here": self.here_subject == id(person),
            "described": person.described,
            "narrator": person.described and person.name == "I",
            "first_of_text": self.first == id(person),
            "quoted": self.quoted,
            "dialogue": self.dialogue,
            "turns": self.turns,
            "paragraph_references": min(6, sum(r.paragraph == query.paragraph for r in references)),
        }


def _openers(references: Sequence[Reference], query: Query) -> tuple[int, int, int]:
    """Who is the first named in this paragraph, in the one before, in the last sentence (ids)."""
    here = before = sentence = 0
    for reference in references:
        if reference.quoted:
            continue
        if reference.paragraph == query.paragraph and not here:
            here = id(reference.person)
        if reference.paragraph == query.paragraph - 1 and not before:
            before = id(reference.person)
        if reference.sentence == query.sentence - 1 and not sentence:
            sentence = id(reference.person)
    return here, before, sentence


def _numbers(
    person: Person,
    references: Sequence[Reference],
    query: Query,
    turns: Sequence[Turn],
    openers: tuple[int, int, int],
) -> dict[str, float]:
    """Features of one candidate alone; ``references`` are his, the last first."""
    last = references[0]
    named = next((r for r in references if r.named), last)
    near = [r for r in references if query.sentence - r.sentence <= 2]
    spoken = [back for back, turn in enumerate(reversed(turns)) if turn.person is person]
    latest = turns[-1] if turns else None
    given_name = person.name.split()[0]
    key = id(person)
    return {
        "subject": query.subject,
        "possessive": query.possessive,
        "gender_asked": bool(query.gender),
        "gender_agrees": bool(query.gender) and person.gender == query.gender,
        "gender_unknown": not person.gender,
        "sentences_back": min(_FAR, query.sentence - last.sentence),
        "paragraphs_back": min(6, query.paragraph - last.paragraph),
        "named_sentences_back": min(_FAR, query.sentence - named.sentence),
        "last_subject": last.subject,
        "last_leading": last.leading or not last.named,
        "last_quoted": last.quoted,
        "last_possessive": last.possessive,
        "last_named": last.named,
        "same_sentence": last.sentence == query.sentence,
        "near_references": min(6, len(near)),
        "near_subjects": min(4, sum(r.subject for r in near)),
        "times_before": math.log1p(len(references)),
        "spoke_last": latest is not None and latest.person is person,
        "turns_back": min(6, spoken[0]) if spoken else 6,
        "paragraphs_since_turn": (
            min(6, query.paragraph - turns[-1 - spoken[0]].paragraph) if spoken else 6
        ),
        "nameless_spoke_last": latest is not None and latest.person is None,
        "first_in_paragraph": openers[0] == key,
        "opened_paragraph_before": openers[1] == key,
        "opened_sentence_before": openers[2] == key,
        "full_name": len(person.name.split()) > 1,
        "given_name": is_given_name(given_name),
    }


def _salience(
    person: Person, references: Sequence[Reference], query: Query, turns: Sequence[Turn]
) -> float:
    """How fresh somebody is in mind, in the manner of Lappin and Leass (1994), by hand."""
    best = 0.0
    for reference in references:
        back, apart = query.sentence - reference.sentence, query.paragraph - reference.paragraph
        weight = 1.0 / (1.0 + 0.5 * max(0, back)) / (1.0 + 0.35 * max(0, apart))
        weight *= 2.2 if reference.subject else 1.0
        best = max(best, weight * (0.35 if reference.quoted else 1.0))
    if turns and turns[-1].person is person:
        best += 1.6 / (1.0 + 0.7 * max(0, query.paragraph - turns[-1].paragraph))
    best *= 1.25 if query.gender and person.gender == query.gender else 1.0
    return best + 0.04 * min(8, len(person.appearances))


def _role_match(discourse: Discourse, person: Person, query: Query) -> tuple[int, int, int]:
    """Whether a role is known, whether it has the nominal's noun, how many words they share."""
    role_words_known = discourse.roles.descriptions(person)
    if not role_words_known:
        return 0, 0, 0
    nouns = role_words(query.noun)
    gender = noun_gender(query.noun)
    fits = bool(nouns & role_words_known) and not (
        gender and person.gender and gender != person.gender
    )
    return 1, int(fits), min(3, len(query.others & role_words_known))
