"""Words of names: titles, given names and their short forms, nouns for persons, particles."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from quotecheck.language.folding import folded
from quotecheck.language.tables import table_rows

__all__ = [
    "ANIMAL_NOUNS",
    "PARTICLES",
    "PLAIN_POST_NOMINALS",
    "POST_NOMINALS",
    "SEAT_LETTERS",
    "SUFFIXES",
    "fold_name",
    "given_name_gender",
    "given_names_agree",
    "is_family_name_first",
    "is_given_name",
    "is_title",
    "likely_given_gender",
    "may_be_one_given_name",
    "noun_gender",
    "person_nouns",
    "plain_marks",
    "title_class",
    "title_flags",
    "title_gender",
    "titles",
]

SUFFIXES: Final = frozenset(
    "jr sr jnr snr fils pere ii iii iv vi vii viii ix xi xii xiii xiv xv xvi".split()
)
"""Words after a name that tell generations or rulers of one name apart."""
POST_NOMINALS: Final = frozenset(
    "esq md phd dphil dds dvm jd llb llm mba mph msc bsc rn cpa ceng mp mep msp mla mlc mpp mnla "
    "mbe obe kbe cbe dbe gbe cmg kcmg kcb om ch cvo dso mc qc kc sc san jsc jca ganu frs frcp "
    "usn usa usaf usmc ret od gcon con oon ofr cfr mfr ac ao am op sj osb ma ba dd td tds "
    "rtd retd".split()
)
"""Letters of degrees, offices and orders after a name."""
PLAIN_POST_NOMINALS: Final = frozenset("esq md phd dphil mbe obe kbe cbe dbe llb llm".split())
"""Those of them that are not part of a name, even where all is written in capitals."""
SEAT_LETTERS: Final = frozenset("mp mep msp mla mlc qc kc td".split())
"""Those of them that no surname is written as: "MA" may be one."""
ANIMAL_NOUNS: Final = frozenset(
    "dog cat hound spaniel terrier collie sheepdog retriever poodle greyhound mastiff bulldog "
    "puppy kitten tomcat tabby horse mare pony colt foal stallion gelding donkey mule cow bull "
    "calf ox goat sheep lamb ram pig sow hen cockerel goose parrot canary budgerigar raven hawk "
    "falcon rabbit hamster ferret tortoise goldfish monkey".split()
)
"""Nouns for animals that people keep, name and talk to."""
PARTICLES: Final = frozenset(
    "van von de der den del della dela di da do dos das du la le los las lo al el bin ibn bint ben "
    "ter ten te zu zur zum af av y e o mac mc st ní nic uí ó".split()
)
"""Words that belong to the surname after them."""
_LETTERS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "„": '"', "‐": "-", "‑": "-",
     "–": "-"}
)  # fmt: skip
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
_MALE_ENDS = ("man", "father", "husband", "king", "son", "boy", "uncle", "nephew", "brother")
_FEMALE_ENDS = ("woman", "mother", "wife", "queen", "daughter", "girl", "aunt", "niece", "sister")
_MEN_IN_A = frozenset("krishna ramakrishna zakaria zechariah elia mattia tobia hosea".split())
_BOTH = frozenset({"person", "human", "women", "shaman"})
_BY_NOUN = {
    "actor": "m", "actress": "f", "heiress": "f", "waitress": "f", "duchess": "f", "heroine": "f",
    "widow": "f", "lady": "f", "princess": "f", "baroness": "f", "prince": "m", "duke": "m",
    "lord": "m", "gentleman": "m", "guy": "m", "dad": "m", "mom": "f", "priest": "m", "monk": "m",
    "nun": "f", "midwife": "f", "fiancée": "f", "fiancé": "m", "boyfriend": "m", "girlfriend": "f",
    "pope": "m", "friar": "m", "abbot": "m", "baron": "m", "lad": "m", "lass": "f",
}  # fmt: skip


@cache
def _rows(name: str) -> dict[str, tuple[str, ...]]:
    return {row[0]: tuple(row[1:]) for row in table_rows(name)}


def title_flags(title: str) -> str:
    """The flags of a folded title: "name" where it is a surname as well, "context"."""
    row = _rows("titles.tsv").get(title, ())
    return row[2] if len(row) > 2 else ""


def title_class(word: str) -> str:
    """The class of a folded title in titles.tsv ("address", "office" …); "" of others."""
    row = _rows("titles.tsv").get(word)
    return row[1] if row else ""


def is_title(word: str) -> bool:
    """Return whether a folded word is a form of address or a word of an office, as before names.

    >>> is_title("mrs"), is_title("hillary")
    (True, False)
    """
    return word in _rows("titles.tsv")


@cache
def titles() -> dict[str, str]:
    """Titles before names with the gender they tell: "m", "f" or "-"."""
    return {w: row[0] for w, row in _rows("titles.tsv").items() if "context" not in title_flags(w)}


@cache
def person_nouns() -> frozenset[str]:
    """Nouns for a person, singular ("spokesman")."""
    return frozenset(_rows("persons.txt"))


def given_name_gender(word: str, *, surely: bool = False) -> str:
    """What a folded given name tells: "m", "f" or ""; ``surely`` leaves out names that both bear.

    >>> given_name_gender("leslie"), given_name_gender("leslie", surely=True)
    ('m', '')
    """
    row = _rows("given_names.tsv").get(word, ("",))
    return "" if surely and len(row) > 1 else row[0]


def likely_given_gender(word: str) -> str:
    """What the end of a folded given name tells that the lexicon does not have: "f" or "".

    Of the lexicon's 159 names in "-na" and "-ia" all but two (Kwabena, Obinna) are women's.

    >>> likely_given_gender("zelvina"), likely_given_gender("krishna"), likely_given_gender("osric")
    ('f', '', '')
    """
    known = word in _rows("given_names.tsv") or word in _MEN_IN_A
    return "f" if not known and len(word) > 4 and word.endswith(("na", "ia")) else ""


def is_given_name(word: str) -> bool:
    """Return whether a word is a given name of the lexicon.

    >>> is_given_name("Mary"), is_given_name("Maryland")
    (True, False)
    """
    return word.lower().strip(".,") in _rows("given_names.tsv")


def noun_gender(noun: str) -> str:
    """What a noun for a person says about their gender: "m", "f" or "".

    >>> noun_gender("spokeswoman"), noun_gender("congressman"), noun_gender("lawyer")
    ('f', 'm', '')
    """
    low = noun.lower().strip(".")
    if low in _BY_NOUN:
        return _BY_NOUN[low]
    if low.endswith(_FEMALE_ENDS):
        return "f"
    if low in _BOTH or low.endswith("person") or not low.endswith(_MALE_ENDS):
        return ""
    return "m" if low in person_nouns() or low.endswith("man") else ""


def plain_marks(text: str) -> str:
    """Write apostrophes, quotation marks and hyphens in their plain forms, one for one."""
    return text.translate(_LETTERS)


@lru_cache(maxsize=1 << 14)
def fold_name(text: str) -> str:
    """Fold a name for comparison: no case, no accents, plain apostrophes and hyphens.

    >>> fold_name("Ó Søren’s")
    "o soren's"
    """
    return folded(text.translate(_LETTERS)).translate(_PLAIN)


@cache
def _full_names() -> dict[str, frozenset[str]]:
    """From a short form to the given names that it stands for."""
    full_names: dict[str, set[str]] = {}
    for full, (forms, *_) in _rows("nicknames.tsv").items():
        for form in forms.split():
            full_names.setdefault(form, set()).add(full)
    return {form: frozenset(full) for form, full in full_names.items()}


def given_names_agree(a: str, b: str) -> bool | None:
    """Compare two folded given names; None where one is an initial or the other's start.

    >>> given_names_agree("bill", "william"), given_names_agree("w", "william")
    (True, None)
    """
    a, b = a.replace("-", ""), b.replace("-", "")
    full = _full_names()
    if a == b or ({a} | full.get(a, frozenset())) & ({b} | full.get(b, frozenset())):
        return True
    if a[:1] == b[:1] and (len(a) == 1 or len(b) == 1):
        return None
    begins = min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a))
    return None if begins else False


def may_be_one_given_name(a: str, b: str) -> bool:
    """Return whether two folded given names may be one, written in two ways: Geoffrey, Jeffrey.

    >>> may_be_one_given_name("geoffrey", "jeffrey"), may_be_one_given_name("peter", "petra")
    (True, False)
    """
    return any({a, b} <= set(line.split()) for (line,) in table_rows("given_variants.txt"))


def title_gender(title: str) -> str:
    """What a folded title tells: "m", "f" or ""."""
    row = _rows("titles.tsv").get(title)
    return row[0].strip("-") if row else ""


def is_family_name_first(word: str) -> bool:
    """Whether a folded word is a family name of peoples who write it first ("xi", "park")."""
    return word in _rows("family_first.txt")
