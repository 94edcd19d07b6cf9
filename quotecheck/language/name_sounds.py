"""How names sound and are spelt: whether two spellings may be of one name."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.name_parts import NameParts
from quotecheck.language.person_nouns import is_family_name_first, is_given_name

__all__ = [
    "are_spelt_alike",
    "is_romanised",
    "is_transcribed",
    "is_turned_round",
    "may_be_one_family",
    "plain_vowels",
    "skeleton_of",
    "without_doubles",
    "without_umlauts",
]

_CLOSE_LETTERS: Final = 5
"""Letters from which on two surnames may differ by one and be one in two spellings; by two from
`_LONG_LETTERS` on."""
_LONG_LETTERS: Final = 8  # Letters. By eye on spellings of one name ("Khrushchev", "Krushchov").
_SOUNDS: Final = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"^j(?=ou)", "zh"),
        (r"^[gh](?=r)", "g"),
        (r"c(?![heiykz])", "k"),
        (r"x", "ks"),
        (r"^y(?=e)|^tch|^ch(?=a)", lambda m: "" if m[0] == "y" else "c"),
        (r"shch|tsch|sch|tch|ch|sh|zh|cz|sz", "c"),
        (r"kh|gh|q|ck|k|g(?=[aou])", "k"),
        (r"ph|v|w", "f"),
        (r"ts|tz|z", "s"),
        (r"th|dh", lambda m: m[0][0]),
        (r"j", "i"),
        (r"(?<!^)h(?![aeiou])", ""),
        (r"^[ou]+", "u"),
        (r"^[ae]+", "a"),
        (r"^[iy]+", "i"),
        (r"(?<!^)[aeiouy']+", ""),
        (r"(.)\1+", r"\1"),
    )
)
"""Letters that transcriptions take for one another, in order; vowels inside do not count."""
_SKELETON_LETTERS: Final = 3
"""Letters of a skeleton (see `skeleton_of`) from which on spellings that share it are alike."""


def without_umlauts(word: str) -> str:
    """A folded name without the e that stands for the dots of an umlaut: Boehm, Bohm.

    >>> without_umlauts("boehm"), without_umlauts("noel")
    ('bohm', 'noel')
    """
    return re.sub(r"(?<=[aou])e", "", word) if len(word) >= _CLOSE_LETTERS else word


def skeleton_of(word: str) -> str:
    """A folded name as it sounds, without its vowels.

    >>> skeleton_of("chou") == skeleton_of("zhou")
    True
    """
    for pattern, letters in _SOUNDS:
        word = pattern.sub(letters, word)
    return word


def are_spelt_alike(a: str, b: str) -> bool:
    """Whether two folded names may be one in two spellings or transcriptions."""
    from rapidfuzz.distance import Levenshtein

    shorter, longer = sorted((len(a), len(b)))
    key_a, key_b = skeleton_of(a), skeleton_of(b)
    if len(key_a) >= _SKELETON_LETTERS and key_a == key_b:
        return True
    if shorter < _CLOSE_LETTERS or not key_a or key_a[0] != key_b[:1]:
        return False
    return Levenshtein.distance(a, b) <= (2 if longer >= _LONG_LETTERS else 1)


_ROMANISATIONS: Final = tuple(
    frozenset(group.split())
    for group in (
        "lee yi rhee ri li lei|park pak bak|kim gim|choi choe|jung chung jeong cheong|"
        "noh roh no ro|"
        "lim rim im lin lam|kang gang|cho jo|shin sin|yoon yun|kwon gwon|oh o|woo u|moon mun|"
        "chan chen tan|wong wang huang|cheung zhang chang|leung liang leong|kwok guo kuo|"
        "ng wu huang|"
        "cheng zheng|yip ye yeh|chow zhou chou|tsang zeng tseng|ho he|lau liu|mak mai|fung feng|"
        "yeung yang|tse xie hsieh|kwan guan|tsai cai choi|hsu xu|chu zhu|tsui cui xu"
    ).split("|")
)
"""Family names of Korea and China that are one, written in several ways."""


def may_be_one_family(a: str, b: str) -> bool:
    """Whether two folded family names of Korea or China may be one.

    >>> may_be_one_family("lee", "yi"), may_be_one_family("lee", "kim")
    (True, False)
    """
    return any({a, b} <= group for group in _ROMANISATIONS)


def plain_vowels(word: str) -> str:
    """A folded Japanese name with its long vowels short: Saitou, Saito.

    >>> plain_vowels("saitou"), plain_vowels("yuuko")
    ('saito', 'yuko')
    """
    return re.sub(r"(?<=[^aeiou])(?:ou|oo|oh(?![aeiou]))", "o", re.sub(r"uu", "u", word))


def without_doubles(word: str) -> str:
    """A folded name with double letters single.

    >>> without_doubles("banna")
    'bana'
    """
    return re.sub(r"(.)\1+", r"\1", word)


def is_turned_round(a: NameParts, b: NameParts) -> bool:
    """Whether two names are one with the surname first: Viktor Orbán, Orbán Viktor.

    Of two given names (Henry James, James Henry) or two surnames that is not sure.
    """
    if not len(a.words) == len(b.words) == 2 or a.words != b.words[::-1]:
        return False
    tells = (is_given_name, is_family_name_first)
    return any(sum(map(is_one, a.words)) == 1 for is_one in tells)


def is_romanised(a: NameParts, b: NameParts) -> bool:
    """Whether the given names of one family may be one in two ways to write Chinese.

    The older one divides the syllables: Mao Tse-tung, Mao Zedong.
    """
    hyphens = [name.given[0].count("-") for name in (a, b)]
    western = is_given_name(a.given[0]) or is_given_name(b.given[0])
    return sorted(hyphens) == [0, 1] and is_family_name_first(a.surname) and not western


def is_transcribed(a: NameParts, b: NameParts) -> bool:
    """Whether the words of two names sound alike: Zhou Enlai, Chou En-lai."""
    first, second = (sorted(skeleton_of(word.replace("-", "")) for word in x.words) for x in (a, b))
    same = {word.replace("-", "") for word in a.words} & {w.replace("-", "") for w in b.words}
    if bool(same) and first == second:
        return True
    return len(a.words) == 2 and {*map(plain_vowels, a.words)} == {*map(plain_vowels, b.words)}
