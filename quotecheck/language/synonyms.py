"""Whether two words are near synonyms, by a list written for slips of quotation."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from quotecheck.language.tables import table_rows

__all__ = ["are_synonyms", "say_the_same", "synonym_groups"]


@cache
def _groups() -> dict[str, frozenset[int]]:
    groups: dict[str, set[int]] = {}
    for number, (line,) in enumerate(table_rows("synonyms.txt")):
        for word in line.split():
            groups.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in groups.items()}


_IRREGULAR = {
    form: (base, kind)
    for line in (
        "said say d|told tell d|went go d|thought think d|began begin d|bought buy d|sent send d|"
        "built build d|taught teach d|made make d|got get d|kept keep d|left leave d|won win d|"
        "gave give d|given give d|took take d|taken take d|came come d|saw see d|seen see d|"
        "knew know d|known know d|spoke speak d|spoken speak d|chose choose d|chosen choose d|"
        "fought fight d|paid pay d|brought bring d|grew grow d|grown grow d|held hold d|"
        "fell fall d|sold sell d|stole steal d|threw throw d|wrote write d|ran run d|"
        "understood understand d|"
        "hid hide d|rose rise d|led lead d|met meet d|lost lose d|beat beat d|hurt hurt d|"
        "men man s|women woman s|children child s|wives wife s|lives life s|feet foot s|"
        "worse bad er|worst bad est|better good er|best good est"
    ).split("|")
    for form, base, kind in (line.split(),)
}
_ENDINGS = ("'s", "ing", "ed", "es", "ly", "s", "d", "er", "est")


def _bases(word: str) -> dict[str, str]:
    """Base forms that a word may be made of, each with the ending taken off ("" for none)."""
    bases = {word: ""}
    if word in _IRREGULAR:
        base, kind = _IRREGULAR[word]
        bases[base] = kind
    if word.endswith("ies"):
        bases[f"{word[:-3]}y"] = "s"
    if word.endswith("ied"):
        bases[f"{word[:-3]}y"] = "d"
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            base, kind = word.removesuffix(ending), {"es": "s", "ed": "d"}.get(ending, ending)
            bases.setdefault(base, kind)
            bases.setdefault(f"{base}e", kind)
            if len(base) > 2 and base[-1] == base[-2]:  # stopped
                bases.setdefault(base[:-1], kind)
    return bases


_SAME_LITTLE_WORDS: Final = (
    frozenset(("but", "except", "excepting", "save")),
    frozenset(("no", "none", "zero", "0", "nil")),
    frozenset(("by", "x")),
    frozenset(("nobody", "no one", "none")),
    frozenset(("each other", "one another")),
    frozenset(("each other's", "one another's")),
)
"""Little words of which one may stand for another where one of them stands for anything: "all but
one", "no deaths", "120 by 80"."""


def say_the_same(a: str, b: str) -> bool:
    """Whether two little words say the same in the only place where one is put for the other.

    >>> say_the_same("but", "except"), say_the_same("0", "no"), say_the_same("no", "but")
    (True, True, False)
    """
    return any({a, b} <= group for group in _SAME_LITTLE_WORDS)


def are_synonyms(a: str, b: str) -> bool:
    """Whether two different folded words are near synonyms in the same inflection.

    >>> are_synonyms("started", "began"), are_synonyms("started", "begins")
    (True, False)
    >>> are_synonyms("said", "declared"), are_synonyms("kids", "children")
    (True, True)
    >>> are_synonyms("worker", "laborer"), are_synonyms("friend", "enemy")
    (True, False)
    """
    groups = _groups()
    others = _bases(b)
    for base, ending in _bases(a).items():
        own_groups = groups.get(base)
        if own_groups and any(
            ending == other_ending and own_groups & groups.get(other, frozenset())
            for other, other_ending in others.items()
        ):
            return a != b
    return False


@lru_cache(maxsize=1 << 15)
def synonym_groups(word: str) -> frozenset[tuple[int, str]]:
    """The groups of near synonyms a folded word is in, each with its inflection.

    Two words that share one are near synonyms, as `are_synonyms` has it.

    >>> bool(synonym_groups("started") & synonym_groups("began"))
    True
    >>> bool(synonym_groups("started") & synonym_groups("begins"))
    False
    """
    groups = _groups()
    return frozenset(
        (group, ending) for base, ending in _bases(word).items() for group in groups.get(base, ())
    )
