"""The learned ranker: which person a pronoun or a nominal stands for.

Every person named before the mention is described by numbers; boosted trees, fitted to people's
annotation (`quotecheck.training.antecedent_ranker`), turn them into a score, and the scores of all
candidates, with that of "none of them", into probabilities.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from quotecheck.coreference.discourse import Query, Reference, Scene, Turn
from quotecheck.coreference.mention_heads import role_words
from quotecheck.coreference.person_clusters import Person
from quotecheck.errors import WeightsError
from quotecheck.language.person_nouns import is_given_name, noun_gender
from quotecheck.weights import FOLDER, verified_table
from quotecheck.weights.boosted_trees import BoostedTrees

__all__ = ["FEATURES", "Ranker", "candidates", "load_ranker"]

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
)
_FAR = 12
_MOST = 24
"""Candidates that are scored; the nearest ones."""


def candidates(scene: Scene, query: Query) -> list[tuple[Person, list[float]]]:
    """The persons a mention may stand for, each with its numbers in order of `FEATURES`.

    Persons whose gender is known to be another are none, nor are those named in its content alone.
    """
    seen: dict[int, list[Reference]] = {}
    people: dict[int, Person] = {}
    order: list[int] = []
    for reference in reversed(scene.before(query.place)):
        person = reference.person
        if query.gender and person.gender and person.gender != query.gender:
            continue
        if any(span.start <= reference.start < span.end for span in query.content):
            continue
        key = id(person)
        if key not in seen:
            if len(order) == _MOST:
                continue
            order.append(key)
            people[key] = person
        seen.setdefault(key, []).append(reference)
    if not order:
        return []
    total = sum(len(references) for references in seen.values())
    everywhere = sum(len(people[key].appearances) for key in order)
    turns = [t for t in scene.turns[-12:] if t.end <= query.place]
    openers = _openers(scene, query)
    told = {
        key: _role_match(scene, people[key], query) if query.form == "nominal" else (0, 0, 0)
        for key in order
    }
    rivals = sum(match[1] for match in told.values())
    latest = next((key for key in order if told[key][1]), None)
    salience = {key: _salience(people[key], seen[key], query, turns) for key in order}
    whole = sum(value**2 for value in salience.values()) or 1.0
    found = []
    for rank, key in enumerate(order):
        numbers = _numbers(people[key], seen[key], query, turns, openers)
        known, is_noun, shared = told[key]
        numbers.update(
            recency_rank=min(_FAR, rank),
            fitting=min(_FAR, len(order)),
            share_before=len(seen[key]) / total,
            share_of_all=len(people[key].appearances) / max(1, everywhere),
            salience=salience[key],
            salience_share=salience[key] ** 2 / whole,
            role_known=known,
            role_is_noun=is_noun,
            role_shared=shared,
            role_rivals=min(4, rivals - is_noun),
            role_latest=float(key == latest),
        )
        found.append((people[key], [float(numbers[name]) for name in FEATURES]))
    return found


def _openers(scene: Scene, query: Query) -> tuple[int, int, int]:
    """Who is the first named in this paragraph, in the one before, in the last sentence (ids)."""
    here = before = sentence = 0
    for reference in scene.before(query.place):
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
    """What is told of one candidate alone; ``references`` are his, the last first."""
    last = references[0]
    named = next((r for r in references if r.named), last)
    near = [r for r in references if query.sentence - r.sentence <= 2]
    spoken = [back for back, turn in enumerate(reversed(turns)) if turn.person is person]
    latest = turns[-1] if turns else None
    given = person.name.split()[0]
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
        "given_name": is_given_name(given),
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


def _role_match(scene: Scene, person: Person, query: Query) -> tuple[int, int, int]:
    """Whether a role is known, whether it has the nominal's noun, how many words they share."""
    told = scene.roles.told(person)
    if not told:
        return 0, 0, 0
    nouns = role_words(query.noun)
    gender = noun_gender(query.noun)
    fits = bool(nouns & told) and not (gender and person.gender and gender != person.gender)
    return 1, int(fits), min(3, len(query.others & told))


@dataclass(frozen=True, slots=True)
class Ranker:
    """Scores for pronouns and nominals, and how they become probabilities.

    ``none`` is by form the score, in log odds, of no candidate being right; ``sharpness`` by form
    multiplies the scores. Both were fitted to held-out documents.
    """

    trees: Mapping[str, BoostedTrees]
    sharpness: Mapping[str, float]
    none: Mapping[str, float]

    def rank(self, scene: Scene, query: Query) -> list[tuple[Person, float]]:
        """The candidates with their probabilities, best first; what is left to 1 is "none"."""
        rows = candidates(scene, query)
        form = query.form if query.form in self.trees else "pronoun"
        scores = self.trees[form].log_odds([numbers for _, numbers in rows])
        shares = self.shares(form, scores)
        ranked = [(person, share) for (person, _), share in zip(rows, shares, strict=True)]
        return sorted(ranked, key=lambda item: -item[1])

    def shares(self, form: str, scores: Sequence[float]) -> list[float]:
        """Probabilities of candidates with these scores."""
        sharp = [score * self.sharpness[form] for score in scores]
        none = self.none[form]
        top = max([*sharp, none])
        whole = sum(math.exp(score - top) for score in sharp) + math.exp(none - top)
        return [math.exp(score - top) / whole for score in sharp]


@cache
def load_ranker(folder: Path = FOLDER) -> Ranker:
    """The ranker that is shipped, or another of the same form.

    Raises:
        WeightsError: the file is missing, cannot be read, or is shipped and not the one that was.
    """
    path = folder / "antecedents.json"
    try:
        if folder == FOLDER:
            held = verified_table(path.name)
        else:
            held = json.loads(path.read_text(encoding="utf-8"))
        forms = held["forms"]
        trees = {form: BoostedTrees(record) for form, record in forms.items()}
        if any(forest.features != FEATURES for forest in trees.values()):
            raise ValueError("its features are others")
        return Ranker(
            trees,
            {form: float(record["sharpness"]) for form, record in forms.items()},
            {form: float(record["none"]) for form, record in forms.items()},
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"the ranker of antecedents cannot be read ({error})",
            where=str(path),
            remedy="Install quotecheck again (pip install --force-reinstall quotecheck-toolkit; "
            "in a checkout: git checkout -- quotecheck/weights).",
        ) from error
