"""Where a name begins and ends in what the entity tagger marked: no marks, dashes or callings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.language.bylines import COMPANY_FORMS, ORGANISATION_NOUNS
from quotecheck.language.person_nouns import (
    PARTICLES,
    POST_NOMINALS,
    is_given_name,
    noun_gender,
    person_nouns,
    title_flags,
    titles,
)
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.records.text import Sentence, Span

__all__ = [
    "bare_name",
    "divided_at_verbs",
    "ends_in_title",
    "is_called",
    "names_company",
    "names_organisation",
    "names_seat",
    "nicknamed",
    "opens_with_title",
    "titled_relative",
]

_BREAK = re.compile(rf"(?:(?<!\s)\s++)?(?:--++|[—–]|[{DOUBLE}]|\.\.\.)\s*+")
_TITLED = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Rev|Revd|Fr|Sir|Dame|Prof|Capt|Col|Sgt|Lt|Maj|Gen|Cllr|Gov|Sen|Rep|Sheriff|"
    r"Judge|Mayor)\.?\s[A-Z][a-z]"
)
_SEAT = re.compile(
    r"\b(?:MP|MEP|MSP|MLA|TD|[Mm]ember|[Ss]enator|[Cc]ouncillor|[Mm]ayor|[Bb]ishop|[Aa]rchbishop|"
    r"[Dd]uke|[Ee]arl|Oba|Emir) (?:for|of) \Z"
)
_SEAT_CHARS = 20
"""Code points in front of a place in which such an office stands."""
_TITLE = re.compile(r"\b(Mrs?\.?|Ms\.?|Miss)\s\Z")
_RELATIVE = re.compile(
    r"\b(?:his|her|their|the\s\w+['’]s)\s(?:\w+\s)?(mother|father|wife|husband|son|daughter|sister|"
    r"brother|aunt|uncle|widow|widower|grandmother|grandfather|parents)\b(?!,?\s[^\W\d_a-z])"
)
_NEVER_NAMES = frozenset("VERB AUX ADV SCONJ CCONJ ADP PRON DET INTJ PART".split())
"""Parts of speech of a word that opens a sentence and does not belong to the name after it."""
_ENDEARMENTS = frozenset(
    "dear dearest darling beloved poor sweet ah o oh bravo hello hallo hullo yes no well god "
    "goodness".split()
)
"""Words that a speaker puts before a name, and that are none of it."""
_OFFICES = frozenset("MP MEP MSP MLA MLC MPP TD CEO CFO COO CTO PRO".split())
"""Offices written in letters before a name of two words: "Labour MP Ann Lee"."""
_SIBLINGS = frozenset("twins brothers sisters cousins siblings triplets".split())
"""Nouns for several people before the given names of two: "Twins Femi and Kemi Balogun"."""
_POSSESSOR = re.compile(r"[^\W\d_]+(?:['’]s|s['’])")
_BODIES = frozenset("partners holdings group associates capital industries lines".split())
"""Words at the end of a company's name that are left out where it is said again."""
_SURNAMES = frozenset({"bank", "church"})
_NAMING = frozenset({"PROPN", "ADJ", "NOUN"})
_NEAR = 400
"""Characters before a surname in which a relative may have been spoken of."""
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*[^\W\d_A-Z]")
_WORD = re.compile(r"\S+")
_CAPITAL = r"[^\W\d_a-z][\w’'-]*+\.?"
_NICKNAMED = re.compile(
    rf"(?<!\w)(?<!\w[’'-])(?P<given>{_CAPITAL}(?: {_CAPITAL})?) "
    rf"(?:“(?:[^\W\d_a-z][\w’-]*|The|the)(?: [^\W\d_a-z][\w’-]*){{0,2}}”"
    rf"|\"(?:[^\W\d_a-z][\w’-]*|the)(?: [^\W\d_a-z][\w’-]*){{0,2}}\")"
    rf" (?P<surname>{_CAPITAL}(?:-{_CAPITAL})?)"
)


def bare_name(text: str, span: Span) -> Span:
    """The name alone of a mention: after the last dash or mark, without calling and letters.

    >>> bare_name("Tarn -- Ranger Obi Stokke", Span(0, 25)).of("Tarn -- Ranger Obi Stokke")
    'Obi Stokke'
    >>> bare_name("Toby Wren KC", Span(0, 12)).of("Toby Wren KC")
    'Toby Wren'
    """
    start, end = span.start, span.end
    for gap in _BREAK.finditer(text, start, end):
        if gap.end() < end and any(c.isalpha() for c in text[gap.end() : end]):
            start = gap.end()
        else:
            end = max(start, gap.start())
            break
    words = [Span(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    called = [
        n
        for n, w in enumerate(words[:-2])
        if (w.of(text).islower() and _is_calling(w.of(text))) or w.of(text) in _OFFICES
    ]
    words = words[called[-1] + 1 :] if called else words  # "MSNBC host", "Labour MP Ann Lee"
    while len(words) > 1 and words[0].of(text).strip(",!").lower() in _ENDEARMENTS:
        words = words[1:]  # "Dearest Meg"
    if len(words) > 1 and words[0].of(text).lower() in _SIBLINGS:
        words = words[1:]
    while len(words) > 1 and words[0].of(text)[:1].isupper() and _is_modifier(words[-1].of(text)):
        words = words[:-1]  # "Ann Lee sang"
    owners = [n for n, w in enumerate(words[:-2]) if _POSSESSOR.fullmatch(w.of(text))]
    if owners and words[owners[-1]].of(text)[:1].islower():
        words = words[owners[-1] + 1 :]  # "union’s Petra Sand"
    while len(words) > 2 and (_is_calling(words[0].of(text)) or _is_modifier(words[0].of(text))):
        words = words[1:]
    while len(words) > 2 and _is_post_nominal(words[-1].of(text)):
        words = words[:-1]
    return Span(words[0].start, words[-1].end) if words else span


def divided_at_verbs(sentence: Sentence, span: Span) -> list[Span]:
    """The parts of a mention between its verbs: in "Robert bade Edna" two people are marked.

    A word that has its capital as the first of a sentence, not as a name ("Thereupon Tessa shut the
    door") is left out.
    """
    span = _without_opening_word(sentence, span)
    tokens = sentence.tokens
    first = bisect_left(tokens, span.start, key=lambda t: t.start)
    last = bisect_left(tokens, span.end, key=lambda t: t.start)
    begin, parts = first, []
    for n in range(first + 1, last - 1):
        if tokens[n].upos in {"VERB", "AUX"} and tokens[n].text.islower():
            parts.append((begin, n))
            begin = n + 1
    if not parts:
        return [span]
    parts.append((begin, last))
    return [Span(tokens[a].start, tokens[b - 1].end) for a, b in parts if a < b]


def _without_opening_word(sentence: Sentence, span: Span) -> Span:
    tokens = sentence.tokens
    first = bisect_left(tokens, span.start, key=lambda t: t.start)
    if first + 1 >= len(tokens) or tokens[first + 1].end > span.end:
        return span
    opening = tokens[first]
    opens = not any(token.text[:1].isalnum() for token in tokens[:first])
    low = opening.text.lower().strip(".")
    named = is_given_name(opening.text) or low in titles()
    if not opens or named or opening.upos not in _NEVER_NAMES:
        return span
    return Span(tokens[first + 1].start, span.end)


def nicknamed(text: str) -> Iterator[tuple[Span, str]]:
    """The names with a nickname in marks in the middle, and each without it.

    >>> [name for _, name in nicknamed("Gus “Wheels” Ferrante said so.")]
    ['Gus Ferrante']
    """
    for match in _NICKNAMED.finditer(text):
        given_names = match["given"].split()
        if is_given_name(given_names[-1]) or is_given_name(given_names[0]):
            yield Span(*match.span()), f"{match['given']} {match['surname']}"


def names_seat(text: str, span: Span) -> bool:
    """Whether a mention of one word is the place of somebody's office: "MP for Tarn"."""
    word = span.of(text)
    before = text[max(0, span.start - _SEAT_CHARS) : span.start]
    return " " not in word and _SEAT.search(before) is not None


def opens_with_title(text: str, span: Span) -> bool:
    """Whether a mention begins with a title that persons alone have: "Rev Miles Lind"."""
    return _TITLED.match(text, span.start, span.end) is not None


def titled_relative(text: str, span: Span) -> str:
    """What a bare surname is called where it may be a relative's: "her mother … Mrs Grant".

    Empty where no such title stands before it, or nobody's relative was spoken of shortly before
    without a name.
    """
    title = _TITLE.search(text, max(0, span.start - 6), span.start)
    if title is None:
        return ""
    near = _RELATIVE.finditer(text, max(0, span.start - _NEAR), span.start)
    other = "f" if title[1].startswith("Mr") and not title[1].startswith("Mrs") else "m"
    if all(noun_gender(relative[1]) == other for relative in near):
        return ""  # "Mrs Grant" is not "her husband"
    return f"{title[1]} {span.of(text)}"


def is_called(sentence: Sentence, span: Span) -> bool:
    """Whether a name stands right after what somebody is called.

    A noun for a person before a given name ("engineer Theo Banks"), or a title before two names
    ("Inspector Lowri Banks").
    """
    tokens = sentence.tokens
    first = bisect_left(tokens, span.start, key=lambda t: t.start)
    if not 0 < first < len(tokens) - 1 or tokens[first + 1].start >= span.end:
        return False
    before = tokens[first - 1]
    if before.end != span.start - 1:
        return False
    if before.text == "," and first > 1 and is_person_noun(tokens[first - 2]):
        behind = bisect_left(tokens, span.end, key=lambda t: t.start)
        closed = behind < len(tokens) and tokens[behind].text == ","
        return closed and is_given_name(tokens[first].text)  # "the Chancellor, Miles Pond,"
    if before.text[:1].isupper() and before.text.lower().strip(".") in titles():
        names = tokens[first : bisect_left(tokens, span.end, key=lambda t: t.start)]
        return all(_NAME.match(name.text) for name in names) and (
            not names_organisation([name.text for name in names])
        )
    return before.upos == "NOUN" and is_person_noun(before) and is_given_name(tokens[first].text)


def is_common_noun(sentence: Sentence, span: Span) -> bool:
    """Whether a single word is a noun for somebody in spite of its capital: "the Finn said".

    A person's name does not follow an article, unless it modifies a further noun ("the Trump
    campaign").
    """
    tokens = sentence.tokens
    at = bisect_left(tokens, span.start, key=lambda t: t.start)
    if not 0 < at < len(tokens) or tokens[at].end < span.end:
        return False
    after = tokens[at + 1].upos if at + 1 < len(tokens) else ""
    article = tokens[at - 1].text.lower() in {"the", "a", "an"}
    return article and after not in {"NOUN", "PROPN", "ADJ", "PART"}


def ends_in_title(text: str, span: Span, words: Sequence[str]) -> bool:
    """Whether the last of several words is a title whose stop was cut off: "Tarn Gov" of "Gov.".

    So are letters in brackets, a part of what stands before the name: "Justice (Rtd.) Ada Moss".
    """
    last = words[-1].lower().strip(".")
    if last in POST_NOMINALS and "(" in text[max(0, span.start - 1) : span.start + 1]:
        return len(words) == 1
    stop = "." in text[span.end - 1 : span.end + 1]
    return len(words) > 1 and stop and last in titles() and "name" not in title_flags(last)


def names_organisation(words: Sequence[str]) -> bool:
    """Whether several words end in what an organisation is called: "Lincoln Museum"."""
    return len(words) > 1 and words[-1].lower() in ORGANISATION_NOUNS - _SURNAMES


def names_company(sentence: Sentence, span: Span, bodies: Collection[str]) -> bool:
    """Whether what the tagger takes for a person is a company or a group, or a part of its name.

    Args:
        sentence: where the mention stands.
        span: the mention.
        bodies: names of two words or more that the tagger takes for no person anywhere.
    """
    tokens = sentence.tokens
    first = bisect_left(tokens, span.start, key=lambda t: t.start)
    behind = bisect_left(tokens, span.end, key=lambda t: t.start)
    words = [token.text for token in tokens[first:behind]]
    if not words:
        return False
    follows = tokens[behind].text if behind < len(tokens) else ""
    if {words[-1].lower().strip("."), follows.lower().strip(".")} & COMPANY_FORMS:
        return True
    apposed = tokens[first].deprel == "appos" and is_person_noun(tokens[tokens[first].head])
    while first and tokens[first - 1].text[:1].isupper() and tokens[first - 1].upos in _NAMING:
        first -= 1
        words.insert(0, tokens[first].text)
    if (
        apposed
        or len(words) < 2
        or is_given_name(words[0])
        or words[0].lower().strip(".") in titles()
    ):
        return False
    name = " ".join(words)
    return name in bodies or any(
        body.startswith(f"{name} ") and body.split()[-1].lower() in _BODIES for body in bodies
    )


def _is_calling(word: str) -> bool:
    low = word.lower()
    known = low in person_nouns() and low.strip(".") not in titles()
    return known and not is_given_name(word)


def _is_modifier(word: str) -> bool:
    """Whether a word in small letters is not part of a name ("lock keeper Hamza Yilmaz")."""
    return word.isalpha() and word.islower() and word not in PARTICLES


def _is_post_nominal(word: str) -> bool:
    plain = word.replace(".", "").strip(",")
    return plain.lower() in POST_NOMINALS and sum(c.isupper() for c in plain) > 1
