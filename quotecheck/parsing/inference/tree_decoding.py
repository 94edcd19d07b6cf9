"""From scores of arcs to trees: one root, no cycle, one subject and one object a head.

Where the best head of every word gives a tree with one root, which is nearly always, there is no
better one. What is left goes through the contraction of cycles (Chu, Liu and Edmonds), and heads
with two subjects or two objects are corrected as Stanza does (`depparse/head_constraints.py`
there), in numpy instead of label by label. Used by `net_trees` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from quotecheck.parsing.inference.stanza_internals import (
    DEPREL_TO_GROUP,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = [
    "has_duplicate_core_argument",
    "max_spanning_tree",
    "one_tree",
    "resolve_head_constraints",
]

_ROUNDS = 5
"""Heads of a sentence that are corrected, at most; as many as Stanza corrects."""


def max_spanning_tree(scores: NDArray[np.floating]) -> list[int]:
    """The best tree with one root.

    Args:
        scores: (n, n) log probabilities, ``scores[word, head]``; 0 is the root, and no word heads
            itself (-inf).

    Returns:
        The head of every word, with 0 for the root itself.
    """
    return one_tree(scores.argmax(axis=1).tolist(), scores)


def one_tree(heads: list[int], scores: NDArray[np.floating]) -> list[int]:
    """As `max_spanning_tree`, with the best head of every word known already."""
    heads = [0, *heads[1:]]
    if heads.count(0) == 2 and _cycle(heads) is None:
        return heads
    tree = _contracted(scores.copy())
    if (tree[1:] == 0).sum() != 1:
        # The root is made so dear that only one word will hang on it (Stanojević and Cohen 2021).
        dear = scores.astype(np.float64)
        dear[:, 0] += dear[np.isfinite(dear)].min() * len(dear)
        tree = _contracted(dear)
    head_list: list[int] = tree.tolist()
    return head_list


def has_duplicate_core_argument(tree: Sequence[int], relations: Sequence[str]) -> bool:
    """Whether a head has two dependents of a kind of which it can have one."""
    return bool(_rivals(tree, relations))


def resolve_head_constraints(
    scores: NDArray[np.floating],
    labels: NDArray[np.floating],
    tree: list[int],
    names: Sequence[str],
) -> tuple[list[int], list[str]]:
    """A tree in which no head has two subjects or two objects, if five rounds get there.

    Of the rivals at a head one stays as it is; each other one weighs, for every head it could
    have, the arc with the best relation allowed there. The best of these trees goes on.

    Args:
        scores: as in `max_spanning_tree`.
        labels: (n, n, relations) log probabilities.
        tree: the best tree.
        names: of the relations.

    Returns:
        The heads, and the relation of every word but the root.
    """
    groups = np.array([DEPREL_TO_GROUP.get(name, "") for name in names])
    barred: dict[tuple[int, int], set[str]] = {}

    def allowed(word: int, head: int, more: str = "") -> NDArray[np.floating]:
        row = labels[word, head]
        barred_groups = barred.get((word, head), set()) | ({more} if more else set())
        return (
            np.where(np.isin(groups, list(barred_groups)), -np.inf, row) if barred_groups else row
        )

    def labelled(heads: Sequence[int]) -> list[int]:
        return [int(allowed(word, heads[word]).argmax()) for word in range(1, len(heads))]

    chosen = labelled(tree)
    for _ in range(_ROUNDS):
        rivals = _rivals(tree, [names[label] for label in chosen])
        if not rivals:
            break
        head, group, words = rivals[0]
        trials: list[tuple[float, list[int], list[int], int]] = []
        for subject in words:
            trial = scores.copy()
            others = [word for word in words if word != subject]
            for word in others:
                gain = labels[word].max(axis=1)
                for other in {head} | {h for w, h in barred if w == word}:
                    gain[other] = allowed(word, other, group if other == head else "").max()
                trial[word] = scores[word] + gain
            heads = max_spanning_tree(trial)
            relations = labelled(heads)
            for word in others:
                if heads[word] == head:
                    relations[word - 1] = int(allowed(word, head, group).argmax())
            place = np.arange(1, len(heads))
            total = float(
                scores[place, heads[1:]].sum() + labels[place, heads[1:], relations].sum()
            )
            trials.append((total, heads, relations, subject))
        _, tree, chosen, subject = max(trials, key=lambda trial: trial[0])
        for word in words:
            if word != subject:
                barred.setdefault((word, head), set()).add(group)
    return tree, [names[label] for label in chosen]


def _rivals(tree: Sequence[int], relations: Sequence[str]) -> list[tuple[int, str, list[int]]]:
    """Heads with more than one dependent of a group, in the order of their first dependents."""
    groups_of: dict[int, dict[str, list[int]]] = {}
    for word, relation in enumerate(relations, 1):
        group = DEPREL_TO_GROUP.get(relation)
        if group is not None:
            groups_of.setdefault(tree[word], {}).setdefault(group, []).append(word)
    return [
        (head, group, words)
        for head, groups in groups_of.items()
        for group, words in groups.items()
        if len(words) > 1
    ]


def _contracted(scores: NDArray[np.floating]) -> NDArray[np.int64]:
    """The best tree of any number of roots; ``scores`` is used up."""
    stack = []
    while True:
        scores[0] = -np.inf
        np.fill_diagonal(scores, -np.inf)
        scores[0, 0] = 0
        tree: NDArray[np.int64] = scores.argmax(axis=1)
        cycle_words = _cycle(tree.tolist())
        if cycle_words is None:
            break
        cycle = np.array(sorted(cycle_words))
        outside = np.ones(len(tree), dtype=bool)
        outside[cycle] = False
        rest = np.flatnonzero(outside)
        count = len(rest)
        # The cycle becomes the last word: breaking it at a word costs that word's arc in it.
        into = scores[cycle[:, None], rest] - scores[cycle, tree[cycle]][:, None]
        out = scores[rest[:, None], cycle]
        broken, left = into.argmax(axis=0), out.argmax(axis=1)
        smaller = np.zeros((count + 1, count + 1), dtype=scores.dtype)
        smaller[:count, :count] = scores[rest[:, None], rest]
        smaller[count, :count] = into[broken, np.arange(count)]
        smaller[:count, count] = out[np.arange(count), left]
        stack.append((tree, cycle, rest, broken, left))
        scores = smaller
    for outer, cycle, rest, broken, left in reversed(stack):
        inner, last = tree[:-1], tree[-1]
        whole = outer.copy()
        inside = inner == len(rest)
        whole[rest[~inside]] = rest[inner[~inside]]
        whole[rest[inside]] = cycle[left[inside]]
        whole[cycle[broken[last]]] = rest[last]
        tree = whole
    return tree


def _cycle(heads: Sequence[int]) -> list[int] | None:
    """Words that lead to one another and never to the root, the first such; None in a tree."""
    visited = [0] * len(heads)
    visited[0] = -1
    for word in range(1, len(heads)):
        node = word
        while visited[node] == 0:
            visited[node] = word
            node = heads[node]
        if visited[node] == word:
            cycle = [node]
            after = heads[node]
            while after != node:
                cycle.append(after)
                after = heads[after]
            return cycle
    return None
