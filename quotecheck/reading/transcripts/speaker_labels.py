"""What may stand before a turn of a transcript: names, titles, roles; and words that are nobody."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotecheck.language.bylines import names_person
from quotecheck.language.calendar import DAYS, MONTHS
from quotecheck.language.person_nouns import POST_NOMINALS, SEAT_LETTERS, SUFFIXES

__all__ = [
    "PARTICLES",
    "TITLES",
    "Label",
    "is_upper",
    "key_of",
    "label_of",
    "surname_of",
]

_ASIDE = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_NUMBER = re.compile(
    r"(?:(?<!\s)\s++)?Q\d{1,4}[.:]?[ \t]++(?=\S)"
)  # of a question put by a committee
_WORD = re.compile(r"#?\d{1,3}|[^\W\d_](?:[^\W_]|['’.&-])*,?|&", re.UNICODE)
PARTICLES = frozenset(
    "of the and de la le du der den von van zu al el bin bint ibn da di dos y for no & to".split()
)
TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative"
    " gov governor gen general col colonel capt captain lt sgt maj major adm admiral president"
    " vice secretary sec amb ambassador judge justice chief mayor chairman chairwoman chair"
    " congressman congresswoman minister prime chancellor king queen prince princess pope"
    " father rev reverend sheriff former the speaker delegate councilman councilwoman"
    " moderator host hon madam deputy right honourable noble".split()
)
# Words that open a line with a colon and are nobody.
_NO_SPEAKERS = frozenset(
    "note notes source sources date time place location subject re from to cc bcc update"
    " updated photo photos video contact email e-mail fax phone tel telephone address website"
    " web http https example warning caution summary title headline byline by breaking related"
    " read more correction corrections editor's editor’s caption image credit tags topics"
    " filed posted published category copyright keywords abstract introduction conclusion"
    " background chapter part section scene act exhibit table figure fig step day week year"
    " page line item number total price cost score result results poll polls fact rating"
    " verdict claim ps p.s nb n.b attn attention hint tip answer length dateline load-date"
    " language publication-type body highlight graphic info debug error errors fatal trace pros"
    " cons do don't don’t for against theorem lemma proof corollary proposition definition remark"
    " remarks let therefore thus hence suppose assume if then when where since because so and or"
    " but as while although this that these those serves serving ingredients method yield prep"
    " cook-time deadline status priority theme setting plot"
    " pronunciation etymology synonyms antonyms see turnout score-line halftime".split()
) | {*DAYS, *MONTHS} - {"may"}
_NO_SURNAMES = SEAT_LETTERS | {"jr", "sr", "ii", "iii", "iv"}
_LONGEST_NAME = 5  # words of a label, titles and particles aside
_MAX_LABEL_CHARS = 60
"""Code points of a label; in capitals twice as many."""
_LONGEST_ROLE = 8  # words after a name and a comma
# Words that make a role of what stands before a name in brackets: "The Minister (Jane Doe)".
_OFFICES = frozenset(
    "speaker chair chairman chairwoman chairperson president minister secretary chancellor leader"
    " solicitor attorney advocate whip moderator clerk commissioner".split()
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label as it names its speaker.

    ``role`` is what the speaker was called where the name came from brackets ("The Minister of
    State") or stood before a comma ("Ann Lee, host"; then it is ``apposed``). ``told`` is True
    where brackets tell more of a member than a stage direction would ("(Leeds) (Lab)").
    """

    name: str
    role: str = ""
    is_described: bool = False
    apposed: bool = False


def label_of(words: str) -> Label | None:
    """What a line's beginning up to a colon says of the speaker; None where it cannot be one.

    >>> label_of("The Minister of State (Jane Doe)")
    Label(name='Jane Doe', role='The Minister of State', is_described=True, apposed=False)
    >>> label_of("Mr Smith (Leeds) (Lab)").name, label_of("He said one thing")
    ('Mr Smith', None)
    """
    words = _NUMBER.sub("", words)
    asides = [match.group()[1:-1].strip() for match in _ASIDE.finditer(words)]
    bare = _ASIDE.sub(" ", words) if asides else words
    bare = " ".join(bare.strip(" \t*_").split())
    if asides and (role := _role(bare)):
        name = _cleaned(asides[0])
        if name and len(name.split()) > 1 and all(word[0].isupper() for word in name.split()):
            return Label(name, role, is_described=True)
    if "," in bare and (apposed := _apposed(bare)):
        return apposed
    if len(bare) > _MAX_LABEL_CHARS:
        return None
    name = _cleaned(bare)
    if not name:
        return None
    described = any(aside[:1].isupper() and not aside.isupper() for aside in asides)
    return Label(name, is_described=described)


def _apposed(bare: str) -> Label | None:
    """A name with a role after a comma, as broadcasters write it; None where it is not one."""
    head, _, role = (part.strip() for part in bare.partition(","))
    words, behind = head.split(), role.split()
    if not role or len(words) < 2 or len(behind) > _LONGEST_ROLE:
        return None
    if behind[0].casefold().strip(".") in SUFFIXES | POST_NOMINALS:
        return None
    if is_upper(head) and len(bare) <= 2 * _MAX_LABEL_CHARS:
        sure = is_upper(role)
    else:
        sure = len(behind) <= _LONGEST_NAME and names_person(head)
    name = _cleaned(head) if sure else ""
    return Label(name, role, apposed=True) if name else None


def _role(words: str) -> str:
    """The words where they are an office and no name, "" otherwise."""
    listed = [word.casefold().strip(".,") for word in words.split()]
    if not listed or not words[0].isupper():
        return ""
    if listed[0] == "the" and len(listed) > 1:
        return words
    titled = all(word in TITLES or word in PARTICLES or word in _OFFICES for word in listed)
    return words if titled and set(listed) & _OFFICES else ""


def _cleaned(label: str) -> str:
    """The label, "" where it cannot name a speaker."""
    words = label.split()
    if not words or not words[0][0].isupper():
        return ""
    first = words[0].casefold().strip(".,")
    if any(word.casefold().endswith("examination") for word in words):
        return ""  # a heading of a court's record
    if first in _NO_SPEAKERS or not all(_WORD.fullmatch(word) for word in words):
        return ""
    names = 0
    for word in words:
        bare = word.casefold().strip(".,")
        if bare in PARTICLES or bare in TITLES:
            continue
        if not (word[0].isupper() or word[0] in "#0123456789" or is_upper(word)):
            return ""
        names += 1
    return " ".join(words) if names <= _LONGEST_NAME and len(words) <= 2 * _LONGEST_NAME else ""


def is_upper(label: str) -> bool:
    """Whether a label is in capitals, "McCAIN" and "MR. O’NEIL" too."""
    letters = re.sub(r"\b(?:Mc|Mac|De|La|Le|Van|Mr|Mrs|Ms|Dr|The)(?=[A-Z. ])", "", label)
    letters = "".join(filter(str.isalpha, letters))
    return bool(letters) and letters.isupper()


def key_of(label: str) -> str:
    """The label as it is compared."""
    return label.casefold().strip(" .")


def surname_of(label: str) -> str:
    """The last word of the name, "" where there is none but titles."""
    words = [w for w in key_of(label).replace(",", " ").split() if w.strip(".") not in TITLES]
    while len(words) > 1 and words[-1].strip(".") in _NO_SURNAMES:
        words.pop()
    return words[-1] if words else ""
