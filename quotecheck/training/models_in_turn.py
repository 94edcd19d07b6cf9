"""Models of who is meant that never saw some documents, each part of the documents in turn.

What is fitted to the answers of other models has to see them as they are in texts that those were
not fitted to: in their own they are surer than they are right elsewhere. So the trees for pronouns
and those for dialogue are fitted again without a part of the documents, and answer for that part
(cross-fitting; Wolpert 1992, "Stacked generalization"). The trees for descriptions and for
quotations without a source are small and stay those that are shipped.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from quotecheck.coreference.antecedent_ranker import Ranker, load_ranker
from quotecheck.coreference.dialogue_model import DialogueModel, load_dialogue_model
from quotecheck.training.antecedent_ranker import antecedent_examples, pronoun_ranker
from quotecheck.training.coreference_walk import Example
from quotecheck.training.dialogue_examples import Dialogue
from quotecheck.training.dialogue_model import novel_dialogues, refitted

__all__ = ["PARTS", "models_in_turn", "models_without", "part_of"]

PARTS: Final = 2
"""Parts of the documents. More would give models nearer to those that are shipped, at as many more
fits; with two, answers come out a little less sure than they might be."""
_FEW: Final = 6
"""Novels when only the recipe is tried."""


def part_of(document: str) -> int:
    """The part, 0 to `PARTS` - 1, that a document belongs to, by its name alone."""
    return zlib.crc32(document.encode()) % PARTS


def models_in_turn(
    data: Path, *, short: bool = False
) -> Iterator[tuple[int, Ranker, DialogueModel]]:
    """Each part with models that never saw its documents.

    Args:
        data: as `quotecheck.training.antecedent_ranker.fit_antecedents` and
            `quotecheck.training.dialogue_model.fit_dialogue` want it.
        short: use few documents, to try the recipe.

    Raises:
        MissingExtraError: scikit-learn is not installed.
        InputError: the data is not there.
    """
    examples = antecedent_examples(data, short=short)
    folder = data / "beyond" / "litbank"
    dialogues = list(novel_dialogues(folder, "train", most=_FEW if short else None))
    yield from models_without(examples, dialogues)


def models_without(
    examples: Sequence[Example], dialogues: Sequence[Dialogue]
) -> Iterator[tuple[int, Ranker, DialogueModel]]:
    """Each part with models fitted to the examples and dialogues of the other parts."""
    ranker, dialogue = load_ranker(), load_dialogue_model()
    for part in range(PARTS):
        pronouns = pronoun_ranker([e for e in examples if part_of(e.document) != part])
        trees = {**ranker.trees, **pronouns.trees}
        others = [d for d in dialogues if part_of(d.id) != part]
        yield part, replace(ranker, trees=trees), refitted(others, dialogue)
