"""Decide whether words name a person or an organisation, so that a register may hold them.

A register of speakers joins what is said in many documents under one name. Words such as
"evidence", "prosecutors" or "Speaker 2" stand for somebody in one document alone: they are
descriptions. The errors are not alike: a name that is left out cannot be found again, so what may
be a name stays one ("Baker", "Page", "Friends of the Earth").
"""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.bylines import ORGANISATION_NOUNS
from quotecheck.language.calendar import DAYS
from quotecheck.language.outlets import OUTLET_NOUNS, is_outlet
from quotecheck.language.person_nouns import is_given_name, is_title, person_nouns
from quotecheck.language.word_classes import FUNCTION_WORDS, PERSONS
from quotecheck.language.word_frequencies import word_bits

__all__ = [
    "BODY_NOUNS",
    "is_body_of_somebody",
    "is_party_plural",
    "is_plural_person_noun",
    "is_unnamed_voice",
    "names_members_of_party",
    "names_party",
    "names_turn",
]

_UNKNOWN: Final = frozenset(
    "unidentified unknown question questioner q a inaudible male female man woman voice"
    " participant caller an".split()
)
_NUMBERED = re.compile(  # as recorders and studies call those whose names are not known
    r"(?:speaker|participant|person|respondent|interviewe[re])[ ]*#?[ ]?(?:\d{1,3}|[A-Z])"
    r"|interviewe[re]|respondent",
    re.IGNORECASE,
)
_QUANTIFIERS: Final = frozenset(
    "each every both all some any many most few several another other others one ones two three"
    " four five six seven eight nine ten eleven twelve dozens hundreds thousands millions half"
    " none no nobody neither either numerous various much more less fewer a an".split()
)
_DETERMINERS: Final = frozenset("the this that these those such same what whose which who".split())
_PLURAL_QUANTIFIERS: Final = frozenset(
    "many most few several some numerous various dozens hundreds thousands millions fewer".split()
)
"""Words that leave open who is meant, whatever stands after them ("Many African-Americans")."""
_MEASURES: Final = frozenset("percent per pct % points".split())
_NO_NAMES: Final = (
    _QUANTIFIERS
    | _DETERMINERS
    | frozenset(PERSONS)
    | frozenset(DAYS)
    | (FUNCTION_WORDS - {"may", "will", "do"})
)
"""Words of grammar, and days. "May" and "Will" are given names, "Do" is a surname."""
_LINKS: Final = frozenset(
    "of for in at from on to with within near by against between behind who whose which that about"
    " ranging including close along under over such as than after before".split()
)
"""Lower-case words after which no head of a name stands."""
_PLACE_LINKS: Final = frozenset("in at from on with within near who that which close".split())
_OWN_BODIES: Final = frozenset("campaign administration government ministry".split())
"""Heads in small letters that make a name even with an owner ("Clinton's campaign")."""
_BODIES: Final = (
    _OWN_BODIES
    | OUTLET_NOUNS
    | frozenset(
        "agency alliance assembly association authority bank board bureau cabinet center centre"
        " chamber church club coalition college commission committee company confederation"
        " corporation council court department directorate division embassy federation foundation"
        " group guild hospital institute institution laboratory league library museum parliament"
        " party police school secretariat senate society syndicate team tribunal union"
        " university".split()
    )
)
"""Heads in small letters that make a name with a name before them ("the Tarn water board")."""
_OF_PLACES: Final = frozenset(
    "bank branch chapter church city college county court department diocese government kingdom"
    " ministry parish parliament province republic state town university village".split()
)
"""Heads in small letters that make a name with a name after "of" ("the city of Tarn")."""
BODY_NOUNS: Final = (
    _BODIES | _OF_PLACES | frozenset("area district division oblast office page region".split())
)
"""Nouns that names of bodies and places are made with; two translations may differ in them."""
_GENERIC: Final = frozenset(
    "people men women children police officers sources residents witnesses voters aides allies"
    " others families relatives neighbours neighbors opponents protesters survivors victims"
    " polls surveys studies reports data figures records documents papers findings".split()
)
"""Plural heads that stand for nobody who could be named, beside the plurals of person nouns."""
_PARTIES: Final = frozenset("conservatives democrats liberals republicans socialists".split())
"""Plurals of people that are names of parties as well."""
_MEMBERS: Final = _PARTIES | frozenset("communists greens libertarians tories whigs".split())
"""Plurals by which a party is called as those who belong to it."""
_FELLOWS: Final = frozenset("fellow former ex one another other".split())
_MOST_PARTY_WORDS: Final = 3
"""Words that the name of a party's members has at most ("Tarn Social Democrats")."""
_SHORT_FORM_CHARS: Final = 6
"""Capitals up to which a word is an organisation's short form, not a heading."""
_EDGES: Final = " \t\r\n,;:.!?()[]<>*_\"'“”‘’«»—–-"
_POSSESSIVE = re.compile(r"(?<=\w)(?:['’]s?)\Z")
_SIGNS = re.compile(r"(?<=\w\w)\.(?=\w\w)|\A@\w|\w[&+]\w")
"""What makes a name of a word in small letters: a domain, an account, two firms in one."""
_SCORE = re.compile(r"[\d.,:%/–-]+\Z")
_UNLISTED_BITS: Final = 20
"""What `word_bits` gives to words that English hardly knows: "adidas"."""


def names_party(name: str, *, label: str = "", as_name: bool | None = None) -> bool:
    """Return whether words by which a document calls a speaker name a person or an organisation.

    Args:
        name: the words, without article ("Clinton campaign").
        label: what attribution takes the speaker for: "person", "organisation", "group",
            "document", "anonymous", or "" where it does not say.
        as_name: whether the document writes the words as a name, with a capital inside a sentence;
            False where it writes them small elsewhere, or takes them for a noun; None where that
            cannot be seen.

    Returns:
        True also where it is not sure: what may be a name is one.

    >>> names_party("Jo Baker"), names_party("Baker", label="person"), names_party("Tarn police")
    (True, True, True)
    >>> names_party("prosecutors"), names_party("Prosecutors"), names_party("Each")
    (False, False, False)
    >>> names_party("Evidence", label="organisation", as_name=False), names_party("Apple")
    (False, True)
    """
    words = name.split()
    folds = [_fold(word) for word in words]
    if sum(map(str.isalnum, name)) < 2 or not any(map(str.isalpha, name)):
        return False
    if label == "document":
        return is_outlet(name)
    if len(words) == 1 and (_SIGNS.search(words[0]) or is_outlet(name)):
        return True
    if len(words) == 1 and folds[0] in _NO_NAMES:  # a surname in a few cases: "He", "So"
        return label == "person" and as_name is True and folds[0] not in {"the", "a", "an", "i"}
    if label == "person":
        return _may_be_person(words, folds, as_name=as_name)
    if is_outlet(name):
        return True
    if set(folds) & _MEASURES or (folds[0] in _LINKS and words[0].islower()):
        return False
    if folds[0].isdigit() and (folds[-1].endswith("s") or not _is_capital(words[-1])):
        return False  # "31 Latinos", but "50 Cent"
    if folds[0] in _PLURAL_QUANTIFIERS:  # "Many Voices Foundation", but not "Many Americans"
        return folds[-1] in ORGANISATION_NOUNS and all(map(_is_capital, words))
    return _head_names(words, folds, as_name=as_name)


def is_party_plural(word: str) -> bool:
    """Return whether a word calls a party by those who belong to it, as a name does.

    >>> is_party_plural("Democrats"), is_party_plural("democrats"), is_party_plural("Tarnbys")
    (True, False, False)
    """
    return _is_capital(word) and _fold(word) in _MEMBERS


def names_members_of_party(name: str) -> bool:
    """Return whether words are the name of those who belong to a party, and nothing but that name.

    >>> names_members_of_party("Democrats"), names_members_of_party("Senate Republicans")
    (True, True)
    >>> names_members_of_party("skittish Democrats"), names_members_of_party("Two Democrats")
    (False, False)
    >>> names_members_of_party("conservatives"), names_members_of_party("Americans")
    (False, False)
    """
    words = name.split()
    if not words or len(words) > _MOST_PARTY_WORDS or not all(map(_is_capital, words)):
        return False
    return is_party_plural(words[-1]) and names_party(name, label="group")


def names_turn(label: str) -> bool:
    """Return whether the label of a turn names who has the floor, by name or by part.

    "Nurse", "First Witch" and "The Chair" do so in their record. "Speaker 2", "All" and "Unknown"
    do not: they are somebody else in each record.

    >>> names_turn("BAKER"), names_turn("First Witch"), names_turn("Judge")
    (True, True, True)
    >>> names_turn("Speaker 2"), names_turn("UNIDENTIFIED MALE"), names_turn("Each")
    (False, False, False)
    """
    words = label.split()
    folds = [_fold(word) for word in words]
    if not any(map(str.isalnum, label)):
        return True  # an account's sign
    if is_unnamed_voice(label):
        return False
    if len(words) == 1 and folds[0] in _NO_NAMES:
        return False
    if sum(map(str.isalpha, label)) < 2 and label.isascii():
        return False
    if len(words) == 1 and words[0].islower() and words[0].isalpha():
        known = folds[0] in person_nouns() or is_title(folds[0]) or is_given_name(folds[0])
        return known or word_bits(folds[0]) >= _UNLISTED_BITS  # an account's name in a chat
    return True


def is_body_of_somebody(name: str) -> bool:
    """Return whether a name is that of a body called after somebody, not theirs.

    >>> is_body_of_somebody("Norran’s campaign"), is_body_of_somebody("Norran administration")
    (True, True)
    >>> is_body_of_somebody("Ina Norran"), is_body_of_somebody("Tarn Water Board")
    (False, False)
    """
    words = name.split()
    return len(words) > 1 and words[-1].islower() and _fold(words[-1]) in _BODIES


def is_unnamed_voice(label: str) -> bool:
    """Return whether a label says that it is not known who speaks.

    >>> is_unnamed_voice("UNIDENTIFIED MALE"), is_unnamed_voice("Speaker 1")
    (True, True)
    >>> is_unnamed_voice("The Speaker"), is_unnamed_voice("A. Lee")
    (False, False)
    """
    words = [word.strip(".,#").casefold() for word in label.split()]
    if not words or _NUMBERED.fullmatch(label):
        return True
    if len(words) > 1 and label[:1].isupper() and label[1:2] == ".":
        return False  # an initial
    return words[0] in _UNKNOWN or (len(words) > 1 and words[0] == "the" and words[1] in _UNKNOWN)


def is_plural_person_noun(word: str) -> bool:
    """Return whether a word is the plural of a noun for people ("prosecutors"), in any case.

    >>> is_plural_person_noun("Prosecutors"), is_plural_person_noun("Women")
    (True, True)
    >>> is_plural_person_noun("prosecutor"), is_plural_person_noun("Reuters")
    (False, False)
    """
    fold = _fold(word)
    if fold in _GENERIC:
        return True
    known = person_nouns()
    if fold.endswith("ies") and f"{fold[:-3]}y" in known:
        return True
    if fold.endswith("men") and (f"{fold[:-3]}man" in known or f"{fold[:-3]}person" in known):
        return True
    return fold not in known and (
        (fold.endswith("s") and fold[:-1] in known) or (fold.endswith("es") and fold[:-2] in known)
    )


def _fold(word: str) -> str:
    return _POSSESSIVE.sub("", word.strip(_EDGES)).casefold()


def _is_capital(word: str) -> bool:
    """Whether a word has a capital, or letters of a script that has none."""
    return any(sign.isupper() or (sign.isalpha() and not sign.islower()) for sign in word)


def _may_be_person(words: list[str], folds: list[str], *, as_name: bool | None) -> bool:
    if any(map(_is_capital, words)):
        # "Evidence" that a tagger takes for somebody; a surname is not a plain noun of the
        # language.
        lone = len(words) == 1 and as_name is False
        return not (lone and is_plural_person_noun(words[0]))
    nouns = person_nouns()
    described = folds[0] in _NO_NAMES or folds[-1] in nouns or is_plural_person_noun(words[-1])
    # "bell hooks", "will.i.am"
    return not described and (len(words) > 1 or any(sign in words[0][1:-1] for sign in ".-'’"))


def _head_names(words: list[str], folds: list[str], *, as_name: bool | None) -> bool:
    """Whether the noun on which a phrase turns makes a name of it."""
    link = next((n for n, word in enumerate(words) if n and word in _LINKS), len(words))
    head, fold = words[link - 1].strip(_EDGES), folds[link - 1]
    if _SCORE.fullmatch(head) and not head.isdigit():
        return False  # "the Senate's 80-19"
    if not (_is_capital(head) or head.isdigit()):
        if link < len(words) and fold in _OF_PLACES and words[link] == "of":
            return _is_capital(words[link + 1 + (words[link + 1] == "the")])
        return _small_head_names(words[:link], fold, as_name=as_name)
    if len(words) == 1:
        if is_plural_person_noun(head):
            return as_name is True or fold in _PARTIES
        return as_name is not False or _is_known_name(head)
    if folds[link - 1] in PERSONS:
        return False  # "her siblings and I"
    plural = is_plural_person_noun(head)
    if link == 1 and fold in _QUANTIFIERS:
        return False  # "Three in four"
    if folds[0] in _QUANTIFIERS | _FELLOWS and (plural or fold in person_nouns()):
        return False  # "One Republican", "some Democrats", "Former White House Doctor"
    if plural and not _is_capital(words[0]):
        return False  # "nervous Democrats"
    if not plural or link == len(words):
        return True
    if folds[-1] in ORGANISATION_NOUNS and fold not in _PARTIES:
        return words[link] in {"of", "for"}  # "Researchers at Tarn University"
    # "Prosecutors in Tarn", but "Friends of the Earth" and "Women in Film"
    placed = words[link] in _PLACE_LINKS
    behind = "".join(words[link + 1 : link + 2])
    return not placed or (as_name is not False and _is_capital(behind))


def _small_head_names(words: list[str], fold: str, *, as_name: bool | None) -> bool:
    """Whether a phrase whose head is in small letters is a name all the same."""
    if len(words) == 1:
        unlisted = word_bits(fold) >= _UNLISTED_BITS and fold not in person_nouns()
        return unlisted and as_name is not False and not is_plural_person_noun(fold)
    before = [n for n, word in enumerate(words[:-1]) if _is_capital(word)]
    if not before or fold not in _BODIES:
        return False
    if any(_POSSESSIVE.search(word) for word in words[:-1]) and fold not in _OWN_BODIES:
        return False  # "Mr. Clarke's new company"
    if before == [0]:  # "Federal court" where a sentence begins
        return _fold(words[0]) not in _NO_NAMES and as_name is not False
    return True


def _is_known_name(word: str) -> bool:
    fold = _fold(word)
    return (
        is_given_name(fold)
        or (word.isupper() and len(word) <= _SHORT_FORM_CHARS)
        or word_bits(fold) >= _UNLISTED_BITS
    )
