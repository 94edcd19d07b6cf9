"""Which nouns may say what somebody is, and which beside a name tell a time or a thing."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.coreference.body_phrases import is_body
from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.language.calendar import DAYS, MONTHS
from quotecheck.records.text import Span, Token

__all__ = [
    "PARTIES",
    "TIMES",
    "goes_on_with_of",
    "is_agent",
    "is_party",
    "may_be_person",
    "tells_when",
    "without_title",
]

TIMES = frozenset(
    "day week month year decade century hour minute moment morning afternoon evening night time "
    "weekend summer winter spring fall autumn "
    "move step decision sign reference nod claim charge line quote way thing issue place fact idea "
    "development position stance proposal plan policy vote state city town country county "
    "news report story article interview statement speech debate show book column op-ed post tweet "
    "poll survey study campaign rally event party group company organization organisation firm "
    "committee agency network newspaper magazine website site rate number percentage majority "
    "effort bid trip tour visit win victory loss defeat prospect possibility practice process "
    "while lot bit kind sort part hand house home university college school church team".split()
) | {*DAYS, *MONTHS} - {"may"}
"""Nouns after a comma or before a name that do not denote a person."""
_DATES = frozenset({*DAYS, *MONTHS}) - {"may", "march"}
_UNITS = frozenset("day week month year morning afternoon evening night weekend spring".split())
_ENDS = (
    "man", "woman", "person", "ist", "ian", "eer", "ster", "smith", "wright", "holder", "keeper",
    "owner", "maker", "goer", "worker", "fighter", "writer", "player", "runner", "yer", "ologist",
)  # fmt: skip
_THINGS = frozenset(
    "matter letter number paper order power offer winter summer quarter chapter character computer "
    "center disaster corner error factor sector border weather dinner river tower water center "
    "former latter further another mirror terror horror favor flavor color labor harbor motor "
    "master cluster filter shelter shoulder finger danger hunger trailer folder cover layer".split()
)
_IN_LETTERS = frozenset("rep sen gov dr rev sgt capt lt prof det".split())
PARTIES = frozenset("democrat republican independent liberal conservative labour".split())


def may_be_person(token: Token) -> bool:
    """The same, with nouns that only their ending betrays ("salesman", "florist")."""
    if is_person_noun(token):
        return True
    low = token.lemma.lower()
    return low.endswith(_ENDS) and low not in TIMES and len(low) > 5


def goes_on_with_of(head: Token) -> bool:
    """Whether what "of" follows belongs to a role: "editor of", "Bank of Tarn spokesman"."""
    return is_person_noun(head) or is_body(head)


def is_agent(token: Token) -> bool:
    """Whether a noun may be one for who does something ("a welder"), by its ending alone."""
    low = token.lemma.lower()
    return low.endswith(("er", "or")) and len(low) > 5 and low not in _THINGS | TIMES


def tells_when(tokens: Sequence[Token], here: int, last: int) -> bool:
    """Whether a word before a role is of a date: "Last week State Department official"."""
    low = tokens[here].text.lower()
    if low in _DATES or low in {"today", "yesterday", "tonight"}:
        return True
    following = tokens[here + 1].text.lower() if here + 1 < last else ""
    if low in {"last", "next", "this", "earlier", "late", "early"}:
        return following in _DATES | _UNITS
    before = tokens[here - 1].text.lower() if here else ""
    return low in _UNITS and before in {"last", "next", "this", "earlier"}


def without_title(tokens: Sequence[Token], here: int, end: int) -> int:
    """The last word of a role, without a title after another calling: "panel chairman Rep."."""
    last = end - 1 if tokens[end].text == "." and end > here else end
    low = tokens[last].text.lower().strip(".")
    before = last - 1
    if low not in _IN_LETTERS or before < here or not is_person_noun(tokens[before]):
        return end
    return end if tokens[before].text.lower().strip(".") in _IN_LETTERS else before


def is_party(span: Span, tokens: Sequence[Token]) -> bool:
    """Whether words for a person say no more than a party and a place: "Democrat of Tarn"."""
    words = [t.text.lower() for t in tokens if span.contains(t.span)]
    return len(words) > 2 and words[0] in PARTIES and words[1] in {"of", "from"}
