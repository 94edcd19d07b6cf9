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

from quotecheck.coreference.antecedent_features import FEATURES, candidates
from quotecheck.coreference.discourse import Discourse, Query
from quotecheck.coreference.paragraph_subject import with_paragraph_subject
from quotecheck.coreference.person_clusters import Person
from quotecheck.errors import WeightsError
from quotecheck.weights import FOLDER, verified_table
from quotecheck.weights.boosted_trees import BoostedTrees

__all__ = ["FEATURES", "Ranker", "candidates", "load_ranker"]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Scores for pronouns and nominals, and how they become probabilities.

    ``none`` is by form the score, in log odds, of no candidate being right; ``sharpness`` by form
    multiplies the scores. Both were fitted to held-out documents.
    """

    trees: Mapping[str, BoostedTrees]
    sharpness: Mapping[str, float]
    none: Mapping[str, float]

    def rank(self, discourse: Discourse, query: Query) -> list[tuple[Person, float]]:
        """The candidates with their probabilities, best first; what is left to 1 is "none"."""
        rows = candidates(discourse, query)
        form = query.form if query.form in self.trees else "pronoun"
        scores = self.trees[form].log_odds([numbers for _, numbers in rows])
        shares = self.shares(form, scores)
        ranked = [(person, share) for (person, _), share in zip(rows, shares, strict=True)]
        ranked.sort(key=lambda item: -item[1])
        return with_paragraph_subject(discourse, query, ranked)

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
            table = verified_table(path.name)
        else:
            table = json.loads(path.read_text(encoding="utf-8"))
        forms = table["forms"]
        trees = {form: BoostedTrees(record) for form, record in forms.items()}
        if any(forest.features != FEATURES for forest in trees.values()):
            raise ValueError("its features are not those of this version")
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
