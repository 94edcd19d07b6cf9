"""Align a quotation with a source text, word by word. Pure functions on words.

Equal runs of words are chained first, so that a gap or a jump costs little where the words around
it agree; what lies between two runs is then compared word by word, and likeness of letters decides
which word stands for which.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quotecheck.comparison.ellipses import after_ellipsis, at_brackets, at_ellipses, before_ellipsis
from quotecheck.comparison.quantity_alignment import with_whole_quantities
from quotecheck.comparison.quantity_parsing import is_number_form
from quotecheck.comparison.shared_runs import ANCHOR_WEIGHT, Run, shared_runs
from quotecheck.comparison.word_alignment import AlignmentBlock, alike, between, head, merge, tail
from quotecheck.comparison.words import Words

__all__ = ["Alignment", "Anchors", "align", "exact"]

Weight = Callable[[str], float]

_INSERTED_SHARE: Final = 0.1
"""What a word in square brackets weighs: an editor's, though it may stand nearby in the source."""
_LOOK_BACK_RUNS: Final = 60
"""Equal runs before and after one that may be linked with it; longer chains repeat words."""
_FAR_WORDS: Final = 400
"""Words of the source between two runs from which on they are two places and not one."""
_FEW_WORDS: Final = 3
"""Words of the source on either side that are read beyond the number of words left over."""
_TURNED: Final = 12
"""Words in another order up to which they are looked for."""
_JUMP_WORDS: Final = 10
"""Words left out at once from which on a number may have been sought in the wrong place."""
_MAX_RIVALS: Final = 12
"""Chains, the strongest first, among which the rivals of the best one are looked for."""
_CHAINS: Final = 3
"""Chains at most that are laid out."""
_RIVAL_SHARE: Final = 0.85
"""Share of the best chain's worth from which on another is laid out too."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a stretch of quotation lies over a stretch of source.

    ``blocks`` run in order over source words ``first:last`` and over all words of the quotation
    that were given; a block of source words alone stands between two blocks, never at either end.
    ``score`` orders rival places. ``matched`` is the weight of quotation words that found their
    like, out of ``total``; ``agreed`` is their number.
    """

    blocks: tuple[AlignmentBlock, ...]
    first: int
    last: int
    score: float
    matched: float
    total: float
    agreed: int

    @property
    def share(self) -> float:
        """Matched weight out of all, 0..1."""
        return self.matched / self.total if self.total else 0.0

    @property
    def longest(self) -> int:
        """Words in the longest stretch that is equal."""
        return max((b.b1 - b.b0 for b in self.blocks if b.op == "equal"), default=0)


def align(quote: Words, source: Words, weight: Weight) -> Alignment | None:
    """Align ``quote`` with the best stretch of ``source``.

    Args:
        quote: words of the quotation, or of a part of it.
        source: words of the text around a candidate passage.
        weight: how much a folded word tells (rarer: more); positive.

    Returns:
        The alignment, or None where not one telling word is shared.

    >>> from quotecheck.comparison.words import quotation_words, source_words
    >>> found = align(quotation_words("will deploy troops"),
    ...               source_words("We will not deploy any troops."), lambda word: 3.0)
    >>> [(b.op, b.a0, b.a1) for b in found.blocks]
    [('equal', 1, 2), ('delete', 2, 3), ('equal', 3, 4), ('delete', 4, 5), ('equal', 5, 6)]
    """
    return Anchors(quote, source, [weight(form) for form in quote.forms]).alignment()


def exact(quote: Words, source: Words, first: int, weight: Weight) -> Alignment:
    """The alignment of a quotation whose words stand in a row in a source.

    Args:
        quote: words of the quotation.
        source: words of the text.
        first: index of the source's word that is the quotation's first.
        weight: how much a folded word tells.
    """
    weights = [weight(form) for form in quote.forms]
    size = len(quote)
    blocks = [AlignmentBlock("equal", first, first + size, 0, size)]
    return _made(blocks, quote, source, weights, sum(weights))


def _made(
    blocks: Sequence[AlignmentBlock],
    quote: Words,
    source: Words,
    weights: Sequence[float],
    score: float,
) -> Alignment:
    """The alignment of some blocks, with the quantities in them whole.

    ``score`` is that of the words in equal runs.
    """
    widened, dressed = with_whole_quantities(blocks, quote, source)
    filled = [b for b in widened if b.a1 > b.a0]
    matched = equal = 0.0
    agreed = 0
    alike_before = sum(sum(weights[b.b0 : b.b1]) for b in blocks if b.op == "equal")
    for block in widened:
        if block.op == "equal":
            equal += sum(weights[block.b0 : block.b1])
            agreed += block.b1 - block.b0
        elif block.op == "replace":
            likely, number = _likeness(block, quote.forms, source.forms, weights, dressed)
            matched += likely
            agreed += number
    likely, number = _turned(widened, quote, source, weights)
    matched += likely
    agreed += number
    return Alignment(
        tuple(widened),
        filled[0].a0,
        filled[-1].a1,
        score - alike_before + equal + matched,  # what is now within a quantity counts there
        matched + equal,
        sum(weights),
        agreed,
    )


class Anchors:
    """What a quotation and a source have in common, word for word: the frame of an alignment.

    Cheap enough to be made for every candidate; only the best are laid out in full.

    Args:
        quote: words of the quotation.
        source: words of the text around a candidate passage.
        weights: the weight of each word of the quotation.
    """

    def __init__(self, quote: Words, source: Words, weights: Sequence[float]) -> None:
        self.quote = quote
        self.source = source
        if len(quote.bracketed) < len(quote):
            weights = [
                _INSERTED_SHARE * weight if k in quote.bracketed else weight
                for k, weight in enumerate(weights)
            ]
        self.weights = weights
        self._runs = shared_runs(quote, source, weights)
        self._forward: list[tuple[float, int, int]] = []
        self._backward: list[float] = []
        runs = self._runs
        for k, run in enumerate(runs):
            best, came, trimmed = run.worth, -1, 0
            for p in range(max(0, k - _LOOK_BACK_RUNS), k):
                if self._forward[p][0] + run.worth <= best:
                    continue  # a link gains no more than the run's own worth
                link = self._link(runs[p], run)
                if link is not None and self._forward[p][0] + link[0] > best:
                    best, came, trimmed = self._forward[p][0] + link[0], p, link[1]
            self._forward.append((best, came, trimmed))

    @property
    def score(self) -> float:
        """Worth of the best chain of equal runs; 0 where there is none."""
        return max((best for best, _, _ in self._forward), default=0.0)

    def before(self, cut: int) -> float:
        """Worth of the best chain over the quotation's words before index ``cut``."""
        best = 0.0
        for (worth, _, _), run in zip(self._forward, self._runs, strict=True):
            over = run.q + run.size - cut
            if over <= 0:
                best = max(best, worth)
            elif over < run.size:
                best = max(best, worth - sum(self.weights[cut : cut + over]))
        return best

    def after(self, cut: int) -> float:
        """Worth of the best chain over the quotation's words from index ``cut`` on."""
        if not self._backward and self._runs:
            runs = self._runs
            worths = [run.worth for run in runs]
            for k in range(len(runs) - 1, -1, -1):
                for m in range(k + 1, min(len(runs), k + 1 + _LOOK_BACK_RUNS)):
                    link = self._link(runs[k], runs[m])
                    if link is not None:
                        worths[k] = max(
                            worths[k], runs[k].worth + link[0] + worths[m] - runs[m].worth
                        )
            self._backward = worths
        best = 0.0
        for worth, run in zip(self._backward, self._runs, strict=True):
            under = cut - run.q
            if under <= 0:
                best = max(best, worth)
            elif under < run.size:
                best = max(best, worth - sum(self.weights[run.q : cut]))
        return best

    def _link(self, before: Run, after: Run) -> tuple[float, int] | None:
        """Gain in going on from one run to a later one, and how many of its words to trim."""
        q_end, s_end = before.q + before.size, before.s + before.size
        trim = max(0, q_end - after.q, s_end - after.s)
        if trim >= after.size:
            return None
        skipped_q = after.q + trim - q_end
        skipped_s = after.s + trim - s_end
        if skipped_s > _FAR_WORDS:
            return None
        worth = after.worth
        if trim:
            worth -= sum(self.weights[after.q : after.q + trim])
        jump = abs(skipped_s - skipped_q)
        if not jump:
            return worth - 0.3 * skipped_q, trim
        if any(q_end <= gap <= after.q + trim for gap in self.quote.gaps):
            return worth - 0.5 - 0.3 * skipped_q - 0.02 * jump, trim
        return worth - 0.8 - 0.3 * skipped_q - min(8.0, 0.15 * jump) - 0.01 * jump, trim

    def _ends(self) -> list[int]:
        """Indices of the last runs of the best chains, the best first, no two of one chain."""
        order = sorted(
            range(len(self._runs)), key=lambda k: (-self._forward[k][0], self._runs[k].s)
        )
        best = self._forward[order[0]][0]
        ends = order[:1]
        linked = set(self._links(ends[0]))
        for k in order[1:_MAX_RIVALS]:
            if self._forward[k][0] >= _RIVAL_SHARE * best and k not in linked:
                ends.append(k)
                linked.update(self._links(k))
        return ends[:_CHAINS]

    def _links(self, at: int) -> Iterator[int]:
        """Indices of the runs of the chain that ends with a run, from its end."""
        while at >= 0:
            yield at
            at = self._forward[at][1]

    def _chain(self, at: int) -> list[Run]:
        chain: list[Run] = []
        for k in self._links(at):
            run, trim = self._runs[k], self._forward[k][2]
            chain.append(Run(run.q + trim, run.s + trim, run.size - trim, run.worth))
        chain.reverse()
        return chain

    def alignment(self) -> Alignment | None:
        """The best chain with everything between its runs laid out; None where there is none.

        Of chains that are nearly equal the one that explains more words is taken, words that stand
        close by in another order among them.
        """
        if not self._runs:
            return None
        chains = [(self._chain(end), self._forward[end][0]) for end in self._ends()]
        best, chain = max(
            ((self._laid(*chain), chain[0]) for chain in chains), key=lambda laid: laid[0].score
        )
        if any(map(is_number_form, self.quote.forms)):
            for runs, worth in self._without_jump(chain):
                other = self._laid(runs, worth)
                if other.share >= best.share and other.last - other.first < best.last - best.first:
                    best = other
        return best

    def _without_jump(self, chain: Sequence[Run]) -> Iterator[tuple[list[Run], float]]:
        """What is left of a chain before and after its widest jump, with its worth.

        The word for a number may stand elsewhere, while here the number stands in figures.
        """
        jumps = [
            (after.s - before.s - before.size - (after.q - before.q - before.size), k)
            for k, (before, after) in enumerate(itertools.pairwise(chain), 1)
        ]
        widest, at = max(jumps, default=(0, 0))
        if widest > _JUMP_WORDS:
            for runs in (chain[:at], chain[at:]):
                worth = sum(sum(self.weights[run.q : run.q + run.size]) for run in runs)
                yield list(runs), worth

    def _laid(self, runs: Sequence[Run], score: float) -> Alignment:
        """A chain with everything between its runs laid out."""
        quote, source, weights = self.quote, self.source, self.weights
        blocks = before_ellipsis(quote, source, runs[0].q, runs[0].s) or head(
            quote.forms[: runs[0].q], source.forms[: runs[0].s], source.before_stop(runs[0].s)
        )
        for k, run in enumerate(runs):
            if k:
                before = runs[k - 1]
                blocks.extend(
                    between(
                        source.forms, before.s + before.size, run.s,
                        quote.forms, before.q + before.size, run.q,
                    )
                )  # fmt: skip
            blocks.append(AlignmentBlock("equal", run.s, run.s + run.size, run.q, run.q + run.size))
        end_q, end_s = runs[-1].q + runs[-1].size, runs[-1].s + runs[-1].size
        blocks.extend(
            after_ellipsis(quote, source, end_q, end_s)
            or tail(quote.forms[end_q:], source.forms[end_s:], source.to_stop(end_s), end_q, end_s)
        )
        merged = at_ellipses(merge(blocks), source.forms, quote.gaps)
        merged = at_brackets(merged, quote.forms, quote.bracketed)
        return _made(merged, quote, source, weights, score)


def _likeness(
    block: AlignmentBlock,
    quote: Sequence[str],
    source: Sequence[str],
    weights: Sequence[float],
    dressed: frozenset[int],
) -> tuple[float, int]:
    """Weight and number of replaced words that look like what they replace, or say the same number.

    ``dressed`` are the words of the quotation that are a quantity of the source in another dress.
    """
    a, b = source[block.a0 : block.a1], quote[block.b0 : block.b1]
    quote_weights = weights[block.b0 : block.b1]
    if alike("".join(a), "".join(b)) >= 0.75:
        return sum(quote_weights), len(b)
    if any(k in dressed for k in range(block.b0, block.b1)):
        like = [
            weights[k]
            for k in range(block.b0, block.b1)
            if k in dressed or any(alike(x, quote[k]) >= 0.75 for x in a[:60])
        ]
    elif len(a) == len(b):
        like = [w for x, y, w in zip(a, b, quote_weights, strict=True) if alike(x, y) >= 0.6]
    else:
        free = list(a[:60])
        like = []
        for y, w in zip(b, quote_weights, strict=True):
            near = next((x for x in free if alike(x, y) >= 0.75), None)
            if near is not None:
                free.remove(near)
                like.append(w)
    return sum(like), len(like)


def _turned(
    blocks: Sequence[AlignmentBlock], quote: Words, source: Words, weights: Sequence[float]
) -> tuple[float, int]:
    """Weight and number of words that stand in the same sentence, but in another order.

    "The parents praised the teachers" has all the words of "The teachers praised the parents".
    """
    turned_words = [
        k
        for b in blocks
        if b.op in ("insert", "replace")
        for k in range(b.b0, b.b1)
        if weights[k] >= ANCHOR_WEIGHT and quote.forms[k] not in source.forms[b.a0 : b.a1]
    ]
    if not 0 < len(turned_words) <= _TURNED:
        return 0.0, 0
    filled = [b for b in blocks if b.a1 > b.a0]
    first, last = filled[0].a0, filled[-1].a1
    reach = len(turned_words) + _FEW_WORDS
    free = [
        *source.forms[first - min(reach, source.before_stop(first)) : first],
        *(source.forms[k] for b in blocks if b.op != "equal" for k in range(b.a0, b.a1)),
        *source.forms[last : last + min(reach, source.to_stop(last))],
    ]
    worth, number = 0.0, 0
    for k in turned_words:
        if quote.forms[k] in free:
            free.remove(quote.forms[k])
            worth += weights[k]
            number += 1
    return worth, number
