"""Lemmas of words that no dictionary knows: what the ends of words alike became.

A rule says, for a Penn tag and an ending, how much to cut off and what to put on: "ies" of a plural
noun loses three letters and gains a y. The longest ending that has a rule decides. On EWT dev with
gold tags the dictionary alone has 96.60 % of the lemmas right, with these rules 98.19 %.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

__all__ = ["LONGEST", "guess", "learn"]

LONGEST = 5
"""Letters of an ending, at most."""

Rules = Mapping[str, str]
"""Key: part of speech, Penn tag, "A" for a capital or "a", ending, with spaces between them.
Value: "=" (case kept) or "-" (lowered), the number of letters cut off, what is put on."""


def guess(word: str, upos: str, xpos: str, rules: Rules) -> str:
    """The lemma of a word by the rule of its longest known ending; the word itself without one.

    >>> guess("ferries", "NOUN", "NNS", {"NOUN NNS a ies": "=3y", "NOUN NNS a s": "=1"})
    'ferry'
    """
    for key in _keys(word, upos, xpos):
        if key in rules:
            return _apply(word, rules[key])
    return word


def learn(words: Iterable[tuple[str, str, str, str]]) -> dict[str, str]:
    """Rules from (word, part of speech, Penn tag, lemma), each counted once.

    A rule needs two words; one that says the same as the next shorter ending is left out.
    """
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, upos, xpos, lemma in sorted(set(words)):
        change = _change(word, lemma)
        if change is not None:
            for key in _keys(word, upos, xpos):
                counts[key][change] += 1
    # Of changes seen equally often the one that changes least: the same rules from the same words.
    best = {
        key: max(counted.items(), key=lambda item: (item[1], -len(item[0]), item[0]))
        for key, counted in counts.items()
    }
    common = {key: change for key, (change, count) in best.items() if count > 1}
    return {key: common[key] for key in sorted(common) if common.get(_shorter(key)) != common[key]}


def _keys(word: str, upos: str, xpos: str) -> list[str]:
    """From the longest ending to the empty one."""
    low = word.lower()
    head = f"{upos} {xpos} {'A' if word[:1].isupper() else 'a'} "
    return [head + low[len(low) - size :] for size in range(min(LONGEST, len(low)), -1, -1)]


def _shorter(key: str) -> str:
    """The key of the next shorter ending; of none, where there is no shorter one."""
    head, _, ending = key.rpartition(" ")
    return f"{head} {ending[1:]}" if ending else ""


def _change(word: str, lemma: str) -> str | None:
    for mark, form in (("=", word), ("-", word.lower())):
        shared = 0
        while shared < min(len(form), len(lemma)) and form[shared] == lemma[shared]:
            shared += 1
        cut, put = len(form) - shared, lemma[shared:]
        if cut <= LONGEST and len(put) <= LONGEST and (shared or not form):
            return f"{mark}{cut}{put}"
    return None


def _apply(word: str, change: str) -> str:
    form = word if change[0] == "=" else word.lower()
    cut = int(change[1])
    return (form[: len(form) - cut] + change[2:] if cut < len(form) else form) or word
