"""Read one personal name into its parts: titles, given names, particles, surname and what follows.

Comparing two names is the work of `quotecheck.language.person_names`, which builds on this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from quotecheck.language.person_nouns import (
    PARTICLES,
    PLAIN_POST_NOMINALS,
    POST_NOMINALS,
    SEAT_LETTERS,
    SUFFIXES,
    fold_name,
    given_name_gender,
    is_family_name_first,
    is_given_name,
    is_title,
    person_nouns,
    plain_marks,
    title_class,
    title_flags,
    title_gender,
    titles,
)
from quotecheck.language.quotation_characters import ANY_MARK

__all__ = ["NameParts", "clean_name", "name_readings", "parts", "read_name", "surname_of"]

_SHORT_NUMERALS: Final = frozenset({"i", "v", "x"})  # initials but after a title of rule
_LABELS: Final = frozenset(
    "unidentified unknown unnamed male female voice voices audience several anonymous second "
    "third crowd all others other question answer caption text pro tempore tem".split()
)
_NAME_CHARS: Final = 300
"""Code points of a name that are read; no name is longer."""
_LEAD = re.compile(r"^(?:(?:analysis|comment|opinion|review|interview|text|story) )?by\s+", re.I)
_FORMERLY = re.compile(r"\b(then|ex|former|now)-(?=\w)", re.I)
_TRIM = " \t\r\n,;:()[]<>@#*_" + ANY_MARK
_TOKEN = re.compile(r"[^\W_]+(?:['.-][^\W_]+)*[.']?")
_BRACKET = re.compile(r"\(([^()]{0,80})\)?")
_NICKNAME = re.compile(r'(?<=[\w.,]\s)["\']([^"\'\s][^"\']{0,29})["\'](?=\s)')


def clean_name(text: str) -> tuple[str, str, list[str]]:
    """A name without titles, what stands before them, possessive and brackets.

    Returns:
        The name, the gender that the titles tell ("" if none), the titles taken off.

    >>> clean_name("Mrs. Clinton’s")
    ('Clinton', 'f', ['Mrs.'])
    >>> clean_name("Nevada Sen. Harry Reid")
    ('Harry Reid', '', ['Sen.'])
    >>> clean_name("the Herald’s Ann Lee")[0]
    'Ann Lee'
    >>> clean_name("Ann Lee herself")[0]
    'Ann Lee'
    """
    text = re.sub(r"(?:(?<!\s)\s++)?\([^)]*+\)?", "", text)
    text = re.sub(r"(?<=\w) (?:him|her|it|them)sel(?:f|ves)\Z", "", text)
    text = re.sub(r"['’]s?$", "", text.strip(_TRIM))
    owned = re.split(r"(?<=\w)(?:['’]s|(?<=s)['’])\s+(?=[A-Z])", text)
    words = owned[-1].split()
    title_words: list[str] = []
    gender = ""
    known = titles()
    last = -1
    for place, word in enumerate(words[:-1]):
        low = word.lower().strip(".,")
        # "Dean" and "King" are names as well, unless they stand in front or are cut short.
        if low in known and (place == last + 1 or word.endswith(".")):
            last = place
            title = known[low]
            gender = title if title in {"m", "f"} else gender
            title_words.append(word)
    if title_words and len(words) - last - 1 == 1 and is_given_name(words[last]) and last == 0:
        title_words, last, gender = [], -1, ""  # "Dean Johnson", "Major Garrett"
    name = " ".join(words[last + 1 :]).strip(_TRIM)
    if name.endswith(".") and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", name):
        name = name[:-1]
    return name, gender, title_words


def parts(name: str) -> list[str]:
    """The words of a name in lower case, without accents, stops and commas."""
    return [w for w in (fold_name(word).strip(".,") for word in name.split()) if w]


@dataclass(frozen=True, slots=True)
class NameParts:
    """One reading of a personal name; all words are folded.

    ``role`` is an office or a label that stands instead of a name ("the president"); it has no
    ``surname`` then. A name of one word is a surname without given names, whatever it is in life.
    ``place`` tells bearers of one surname apart ("Mr. Smith of Texas").
    """

    titles: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    surname: str = ""
    generation: str = ""
    post_nominals: tuple[str, ...] = ()
    nickname: str = ""
    place: str = ""
    role: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Given names and surname."""
        return (*self.given, self.surname) if self.surname else self.given

    @property
    def title_gender(self) -> str:
        """What the titles tell: "m", "f" or "" (also where they contradict each other)."""
        genders = {title_gender(title) for title in self.titles} - {""}
        return genders.pop() if len(genders) == 1 else ""

    @property
    def given_gender(self) -> str:
        """What the first given name tells: "m", "f" or "" (also of names that both bear)."""
        return given_name_gender(self.given[0], surely=True) if self.given else ""


@dataclass(frozen=True, slots=True)
class _Word:
    raw: str
    fold: str

    @property
    def capital(self) -> bool:
        return any(c.isupper() for c in self.raw) or not self.raw[0].islower()

    @property
    def role(self) -> bool:
        """Whether the word may be of an office or a label."""
        return (
            is_title(self.fold)
            or self.fold in person_nouns()
            or self.fold in _LABELS
            or self.fold.isdigit()
        )


def read_name(name: str) -> NameParts:
    """Read a name into its parts: the likeliest of `name_readings`.

    >>> read_name("Rev. Dr. Martin Luther King, Jr.").given, surname_of("Prime Minister Major")
    (('martin', 'luther'), 'major')
    """
    return name_readings(name)[0]


@lru_cache(maxsize=1 << 14)
def name_readings(name: str) -> tuple[NameParts, ...]:
    """All sensible readings of a name, the likeliest first; at least one.

    "Dean Johnson" is a dean or somebody called Dean, "Kim Young" has either name first.
    """
    text = _LEAD.sub("", plain_marks(name[:_NAME_CHARS]).strip())
    text = _FORMERLY.sub(r"\1 ", re.sub(r"'s?\Z", "", text.strip()))
    nicknames = _NICKNAME.findall(text)
    text = _NICKNAME.sub("", text)
    text = _BRACKET.sub(lambda m: _unbracket(m, nicknames), text)
    nickname = fold_name(nicknames[0]) if nicknames else ""
    head, *tails = [_words(piece) for piece in text.split(",")]
    after: list[str] = []
    titles_behind: list[str] = []
    for tail in tails:
        ends, rest = [w.fold for w in tail if _is_behind(w)], [w for w in tail if not _is_behind(w)]
        if not rest:
            after += ends
        elif all(is_title(w.fold) and "name" not in title_flags(w.fold) for w in rest):
            titles_behind += [w.fold for w in rest]
        elif tail is tails[0] and _is_inverted(head, rest):
            head, after = rest + head, after + ends
    words, place = _without_place(head)
    base = NameParts(titles=tuple(titles_behind), nickname=nickname, place=place)
    return tuple(dict.fromkeys(_read(words, after, base))) or (base,)


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    for raw in _TOKEN.findall(text):
        fold = fold_name(raw).rstrip(".")
        bare = fold.replace(".", "")
        if "." not in fold or bare in POST_NOMINALS:
            pieces = [_Word(raw, bare.strip("'") or bare)]
        else:  # "J.R.R.", "Dr.King"
            pieces = [_Word(f"{p}.", fold_name(p)) for p in raw.split(".") if p]
        if words and re.fullmatch(r"[a-z]{1,2}'", fold_name(words[-1].raw)):  # "O' Neill"
            last = words.pop()
            pieces[0] = _Word(last.raw + pieces[0].raw, f"{last.fold}'{pieces[0].fold}")
        words += pieces
    return words


def _unbracket(match: re.Match[str], nicknames: list[str]) -> str:
    """Titles in brackets stay, a word before a surname is a nickname, all else goes."""
    inner = _words(match[1])
    if inner and all(is_title(word.fold) for word in inner):
        return f" {match[1]} "
    behind = match.string[match.end() :].lstrip()
    if len(inner) == 1 and inner[0].capital and match.start() and behind[:1].isalpha():
        nicknames.append(match[1])
    return " "


def _is_behind(word: _Word) -> bool:
    return word.fold in SUFFIXES or word.fold in POST_NOMINALS


def _is_core(word: _Word) -> bool:
    return not is_title(word.fold) and word.fold not in PARTICLES


def _is_inverted(head: Sequence[_Word], tail: Sequence[_Word]) -> bool:
    """Whether given names stand after a comma ("Obama, Barack H.")."""
    core, given_names = [w for w in head if _is_core(w)] or head, [w for w in tail if _is_core(w)]
    if (
        not given_names
        or len(given_names) > 3
        or any(w.fold in person_nouns() for w in given_names)
    ):
        return False
    if any(not w.capital and any(x.capital for x in head) for w in given_names):
        return False
    known = is_given_name(given_names[0].fold)
    return len(core) == 1 or (known and bool(core) and not is_given_name(core[0].fold))


def _without_place(words: list[_Word]) -> tuple[list[_Word], str]:
    """The words without "of Texas", and the place; of "Secretary of State Lee" an office."""
    at = next((n for n, word in enumerate(words) if word.fold == "of" and n), 0)
    if not at or at == len(words) - 1:
        return words[: at or None], ""
    left, right = words[:at], words[at + 1 :]
    if all(w.role or w.fold in {"the", "a", "an"} for w in left):
        begin = next((n for n, w in enumerate(right) if n and is_given_name(w.fold)), 0)
        if not begin:  # "Secretary of State Clinton"
            field = [w.fold in {"the", "and"} or title_class(w.fold) == "qualifier" for w in right]
            begin = field.index(False) if False in field else 0
        if begin:
            return [*left, *(w for w in right[:begin] if is_title(w.fold)), *right[begin:]], ""
    return left, " ".join(w.fold for w in right if w.fold != "the")


def _read(words: list[_Word], after: list[str], base: NameParts) -> list[NameParts]:
    article = len(words) > 1 and (
        words[0].fold == "the" or (words[0].raw in {"a", "A", "an", "An"} and words[-1].role)
    )
    words = words[article:]
    titled = bool(words) and is_title(words[0].fold)
    after = list(after)
    while len(words) > 1 and _ends_name(words, titled=titled):
        after.insert(0, words.pop().fold)
    base = replace(
        base,
        generation=next((w.replace("nr", "r") for w in after if w not in POST_NOMINALS), ""),
        post_nominals=tuple(w for w in after if w in POST_NOMINALS),
    )
    if not words:
        return []
    office = replace(base, role=" ".join(w.fold for w in words))
    if all(w.role for w in words):
        return _of_role_words(words, base, office, article=article)
    last = words[-1]
    described = article and last.role and (not last.capital or "name" not in title_flags(last.fold))
    if described and not any(is_given_name(w.fold) for w in words[:-1]):
        return [office]  # "the Norwegian bishop"
    begin = _name_start(words)
    before = tuple(w.fold for w in words[:begin] if is_title(w.fold))
    rest = words[begin:]
    names = _of_name_words(rest, replace(base, titles=before + base.titles))
    if begin == 1 and len(rest) <= 2 and not article and _may_be_given(words[0].fold):
        called = _of_name_words(words, base)[:1]  # "Dean Johnson", "M. Macron"
        starts_with_given_name = is_given_name(words[0].fold) and not words[0].raw.endswith(".")
        return (
            called + names if starts_with_given_name or len(words[0].fold) == 1 else names + called
        )
    return names


def _may_be_given(title: str) -> bool:
    if is_given_name(title) or len(title) == 1:
        return True
    return "name" in title_flags(title) and title_class(title) not in {"regnal", "peer"}


def _ends_name(words: Sequence[_Word], *, titled: bool) -> bool:
    """Whether the last word stands after the name: "Jr.", "III", "MP"."""
    fold, raw = words[-1].fold, words[-1].raw
    named = [w for w in words[:-1] if not is_title(w.fold)]
    if fold in SUFFIXES and (named or "r" in fold):
        return True
    of_seat = fold in SEAT_LETTERS and raw.isupper()
    if named and (of_seat or (fold in _SHORT_NUMERALS and titled)):
        return True
    if fold not in POST_NOMINALS or (len(named) < 2 and not titled):
        return False
    shouted = all(w.raw.isupper() for w in words)
    return (
        fold in PLAIN_POST_NOMINALS
        or ("." in raw.rstrip("."))
        or (not shouted and sum(c.isupper() for c in raw) > 1)
    )


def _of_role_words(
    words: list[_Word], base: NameParts, office: NameParts, *, article: bool
) -> list[NameParts]:
    """Readings of words that may all be of an office: "Dr. King", "Prime Minister", "the judge"."""
    last, before = words[-1], [w.fold for w in words[:-1]]
    known = is_title(last.fold)
    nameable = "name" in title_flags(last.fold) if known else last.fold in person_nouns()
    if not nameable or not last.capital or (not before and (article or base.place)):
        return [office]
    titles_before = tuple(w for w in before if is_title(w))
    name = replace(base, titles=titles_before + base.titles, surname=last.fold)
    classes = {title_class(w) for w in titles_before}
    if title_class(last.fold) == "chair" and before:
        return [office, name] if classes <= {"address", "qualifier"} else [name]
    if known or not before:
        return [name] if classes - {"qualifier"} else [name, office]
    return [name] if classes - {"qualifier"} else [office, name]


def _name_start(words: Sequence[_Word]) -> int:
    """The index of the first word of the name itself, after titles and what goes with them."""
    begin = 0
    while begin < len(words) - 1 and is_title(words[begin].fold):
        begin += 1
    for n in range(len(words) - 2, begin, -1):
        word, following = words[n], words[n + 1 :]
        if not is_title(word.fold):
            if word.fold in person_nouns() and not word.capital:
                return n + 1  # "Kremlin spokesman Dmitry Peskov"
            continue
        firm = "name" not in title_flags(word.fold) and "context" not in title_flags(word.fold)
        if firm or (
            not any(is_given_name(w.fold) for w in words[begin:n])
            and is_given_name(following[0].fold)
            and len(following) > 1
        ):
            return n + 1  # "House Speaker Paul Ryan"
    return begin


def _of_name_words(words: list[_Word], base: NameParts) -> list[NameParts]:
    """Readings of the bare name: particles, and which end the family name stands at."""
    cased = any(w.capital for w in words)
    end = next(
        (n for n, w in enumerate(words) if n and cased and not w.capital and _is_core(w)),
        len(words),
    )
    words = words[:end]  # "Phil Harker is a reporter"
    folds = [w.fold for w in words]
    if _is_run_of_initials(words):
        folds = [*folds[0], *folds[1:]]
    at = len(folds) - 1
    while at > 0 and folds[at - 1] in PARTICLES and len(folds[at - 1]) > 1:
        at -= 1
    surname = re.sub(r"^(?:al|el|ul|ibn|bin)-(?=..)", "", folds[-1])
    lone = replace(base, particles=tuple(folds[at:-1]), surname=surname)
    if at or len(folds) == 1:
        names = [replace(lone, given=tuple(folds[:at]))]
    else:  # "Al Gore", "van der Meer"
        named = replace(lone, given=(folds[0],), particles=tuple(folds[1:-1]))
        names = [named, lone] if is_given_name(folds[0]) else [lone, named]
        names = names if words[0].capital and cased else [lone]
    if 1 < len(folds) <= 3 and is_family_name_first(folds[0]):
        first = replace(base, given=tuple(folds[1:]), surname=folds[0])
        sure = not is_family_name_first(folds[-1]) and (
            not is_given_name(folds[0]) or "-" in folds[-1]
        )
        names = [first, *(names if "-" not in folds[-1] else [])] if sure else [*names, first]
    return names


def _is_run_of_initials(words: Sequence[_Word]) -> bool:
    """Whether the first word is initials without stops ("JK Rowling"), no family name in front."""
    raw, fold = words[0].raw, words[0].fold
    written = raw.isupper() and 1 < len(fold) <= 3 and not words[-1].raw.isupper()
    return written and not (is_given_name(fold) or is_family_name_first(fold) or fold in PARTICLES)


def surname_of(name: str) -> str:
    """The folded surname, or the only word of a name; "" where a role stands instead of one.

    >>> surname_of("Martin Luther King Jr."), surname_of("Charles de Gaulle"), surname_of("a king")
    ('king', 'gaulle', '')
    """
    return read_name(name).surname
