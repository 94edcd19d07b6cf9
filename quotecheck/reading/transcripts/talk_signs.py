"""Whether what stands after labels is talk: glossaries, price lists and proofs have labels, too.

Who talks says "I" and "you", asks and answers; who defines, counts or lists does not. A label that
surely is a person's needs few such signs, any other word needs many.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from quotecheck.language.bylines import names_person
from quotecheck.language.person_nouns import is_given_name, person_nouns
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.language.register_names import is_unnamed_voice
from quotecheck.reading.transcripts.speaker_labels import TITLES, surname_of

__all__ = ["is_sure_label", "is_talk"]

_SIGN = re.compile(
    r"\b(?:I|[Mm]e|[Mm]y(?:self)?|mine|[Yy]ou(?:rs?|rself)?|[Ww]e|us|[Oo]urs?|[Ll]et[’']s|[Yy]es"
    r"|Welcome|Yeah|[Oo][Kk](?:ay)?|(?:No|Oh|Ah|Well)(?=[,.!?…—-])|[Tt]hanks?|[Pp]lease"
    r"|[Hh]ello|[Hh]i|[Gg]ood[ ](?:morning|day|evening|afternoon|night)"
    r"|[Ss]ir|[Mm]a[’']am|[Mm]adam|Mr|Mrs|Ms|Objection|Sustained|Overruled"
    r"|[Mm]y[ ][Ll]ord|thee|thou|thy)\b|[?!]"
)
_QUOTED = re.compile(rf"[{DOUBLE}][^{DOUBLE}\n]{{0,600}}[{DOUBLE}]?")
_WORD = re.compile(r"[^\W\d_]+")
_SOME_WORDS = re.compile(r"\b\w++\W++\w++\W++\w")
_ENGLISH: Final = frozenset("the of and to a in is that it for on was with be".split())
_FOREIGN_WORDS: Final = 40
"""So many words without one in twenty-five of `_ENGLISH` are of another language."""
_ENGLISH_SHARE: Final = 0.04
"""Share of English function words below which a text is in another language."""
_TURN_CHARS: Final = 600
"""Of each turn that are looked at."""
_SURE_SHARE: Final = 0.1
"""Of the turns: those with a sign of talk, where most labels are surely people."""
_UNSURE_SHARE: Final = 0.3
"""Share of the turns with signs of talk that is enough where labels are unsure."""
_PEOPLE_SHARE: Final = 0.5
"""Share of labels that are names of people from which on fewer signs of talk are enough."""
_SMALL_SHARE: Final = 0.5
"""Of the turns: where more begin in small letters, they are definitions and values."""
_ROLES: Final = frozenset(
    "audience chorus crowd all both narrator announcer voice computer court bench panel jury clerk "
    "ghost spirit fool witch fairy interviewer interviewee reporter press moderator translator "
    "staff operator".split()
)


def is_sure_label(name: str) -> bool:
    """Whether a label is surely a person's, by name, title or role, or says that nobody knows.

    >>> [is_sure_label(name) for name in ("Ann Lee", "MR. KOSS", "Nurse", "Weir", "LONDON")]
    [True, True, True, False, False]
    """
    words = [word.strip(".,#") for word in name.casefold().split()]
    if not words or is_unnamed_voice(name):
        return True
    if "," in name:
        return False  # turned round, as in lists of books
    if len(words) > 1 and words[0] in TITLES | {"the"} and surname_of(name):
        return words[0] != "the" or bool({words[-1]} & (person_nouns() | _ROLES | TITLES))
    last = words[-1].removesuffix("s")
    if words[-1] in _ROLES or last in person_nouns() or (len(words) == 1 and words[0] in TITLES):
        return True
    if len(words) == 1:
        return is_given_name(words[0])
    return names_person(name.title() if name.isupper() else name)


def is_talk(turns: Sequence[tuple[str, str]]) -> bool:
    """Say whether labelled stretches are turns of a talk.

    Args:
        turns: of each its label and the beginning of its words.

    >>> is_talk([("Weir", "a low dam."), ("Lock", "a chamber."), ("Weir", "see dam.")])
    False
    >>> is_talk([("Weir", "Were you there?"), ("Lock", "I was."), ("Weir", "Good.")])
    True
    """
    if not turns:
        return False
    signs = small = people = 0
    for label, words in turns:
        words = words[:_TURN_CHARS]
        unquoted = _QUOTED.sub(" ", words)  # what a report quotes is nobody's who is labelled
        signs += _SIGN.search(unquoted if _SOME_WORDS.search(unquoted) else words) is not None
        small += words[:1].islower()
        people += is_sure_label(label)
    number = len(turns)
    if _is_foreign(words for _, words in turns):
        return small <= _SMALL_SHARE * number  # its signs of talk are not known
    if people >= _PEOPLE_SHARE * number:
        return signs >= max(1, _SURE_SHARE * number)
    return signs >= _UNSURE_SHARE * number and small <= _SMALL_SHARE * number


def _is_foreign(stretches: Iterable[str]) -> bool:
    """Whether what is said is surely not English."""
    number = english = 0
    for words in stretches:
        tokens = _WORD.findall(words[:_TURN_CHARS].casefold())
        number += len(tokens)
        english += sum(word in _ENGLISH for word in tokens)
    return number >= _FOREIGN_WORDS and english < _ENGLISH_SHARE * number
