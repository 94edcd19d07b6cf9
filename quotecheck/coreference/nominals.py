"""What kind of party a description is: a person, people without a name, a group, a document."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quotecheck.coreference.mention_heads import is_person_noun
from quotecheck.coreference.name_runs import is_headline
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.language.register_names import is_party_plural
from quotecheck.records.quotation import Speaker
from quotecheck.records.text import Sentence, Span, Token

__all__ = [
    "calls_somebody",
    "description_of",
    "indefinite",
    "is_definite",
    "is_generic",
    "kind_of",
    "name_span",
    "named_behind",
    "trimmed",
    "unnamed",
    "writer",
]

_DETERMINERS = frozenset("the a an this that these those his her its their our my your".split())
_ARTICLES = frozenset("the a an this that".split())
_DEFINITE = frozenset("the this that his her its their our my".split())
_GENERIC = frozenset(
    "analyst critic expert insider observer official person people source many those few several "
    "anyone someone everyone nobody one skeptic sceptic witness aide other adviser advisor "
    "strategist operative lawyer attorney diplomat staffer spokesman spokeswoman spokesperson "
    "ally friend employee associate researcher scientist historian pundit commentator "
    "guy folk individual figure participant bystander eyewitness onlooker passer-by".split()
)
"""Nouns for people who are heard for what they know, not as members of a group."""
_SOMEBODY = frozenset("someone somebody anyone anybody everyone everybody one another each".split())
_SOME = frozenset("some several many most few others all both".split())
_COUNTING = frozenset(
    "some several many few most one two three four five six seven eight nine ten dozens hundreds "
    "thousands numerous various other others unnamed another any".split()
)
_RELATIVE = frozenset({"who", "whom", "whose", "which"})
_DOCUMENTS = frozenset(
    "poll survey study report letter article story document bill law memo email statement book "
    "ad advertisement editorial column tweet post transcript filing lawsuit complaint ruling "
    "constitution amendment analysis data figure record statistic headline video film page "
    "website site blog release resolution treaty agreement paper research review findings "
    "sign notice banner poster plaque placard label diary map caption leaflet pamphlet brochure "
    "menu screen graph chart photo photograph footage picture inscription note telegram fax will "
    "contract lease deed warrant indictment charter manifesto petition survey audit ledger log "
    "register transcript affidavit verse song rule".split()
)
_VOICES = frozenset(
    "voice cry shout chant whisper scream yell reply answer response murmur rejoinder retort query "
    "question call exclamation reflection".split()
)
_PUBLISHED = re.compile(r"\s(?:published|released|issued|posted|printed)\Z")
_AGED = re.compile(r"(?:\d{1,3}|\w+)-year-old")
_NAME_BEHIND = re.compile(r"\s+([^\W\d_a-z][\w’'-]*(?:\s[^\W\d_a-z][\w’'-]*){1,2})[\s,]*\Z")
_LOOSE = ",;:—–" + DOUBLE
_STOPS = re.compile(
    r"(?:(?<!\s)\s++)?[,;:(\[—–]|\s--?\s|\s(?:on|late|early)\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
)


def is_definite(words: str) -> bool:
    """Whether a description speaks of somebody known ("the mayor", "his lawyer", "Lee's aide").

    >>> is_definite("The mayor"), is_definite("a mayor"), is_definite("Lee’s lawyer")
    (True, False, True)
    """
    first = words.split()[0].lower() if words.split() else ""
    return first in _DEFINITE or bool(re.match(r"[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)*['’]s?\s", words))


def calls_somebody(sentence: Sentence, head: Token, words: str) -> bool:
    """Whether a source calls a person by a noun and not by name: "the mayor", "the Republican".

    Args:
        sentence: the sentence it stands in.
        head: its head.
        words: its words.
    """
    if (head.upos == "NOUN" and head.text.islower()) or is_headline(sentence):
        return is_person_noun(head)
    article, _, member = words.partition(" ")
    return article.lower() in _ARTICLES and member == head.text and is_party_plural(f"{member}s")


def is_generic(token: Token) -> bool:
    """Whether a noun stands for people who are cited without a name ("officials")."""
    return token.lemma.lower() in _GENERIC or token.text.lower() in _GENERIC


def kind_of(sentence: Sentence, source: Span, head: int, words: str) -> str:
    """What a description without a name is: "person", "anonymous", "group" or "document".

    Args:
        sentence: the sentence it stands in.
        source: its place.
        head: the index of its head.
        words: its words.
    """
    token = sentence.tokens[head]
    plural = token.xpos in {"NNS", "NNPS"} or token.lemma.lower() == "people"
    if token.lemma.lower() in _DOCUMENTS or token.text.lower() == "minutes":
        return "document"
    if token.lemma.lower() in _VOICES:
        return "anonymous"
    if _AGED.fullmatch(token.text) or _AGED.fullmatch(words.rpartition(" ")[2]):
        return "person"
    first = words.split()[0].lower() if words.split() else ""
    counted = first in _COUNTING or first[:1].isdigit()
    people = token.lemma.lower() == "people" and not counted and first not in {"people", "those"}
    if is_generic(token) and (plural or counted) and not people:
        named = any(t.upos == "PROPN" for t in _before(sentence, source, head))
        return "group" if named and not counted and first not in _DETERMINERS else "anonymous"
    if not plural and (is_person_noun(token) or _is_one_of_people(sentence, token)):
        return "person"
    return "group" if plural else "organisation"


def _is_one_of_people(sentence: Sentence, token: Token) -> bool:
    """Whether a capital stands on the word for somebody by people or faith: "the Finn"."""
    labels = {m.label.lower() for m in sentence.mentions if m.span == token.span}
    return token.text[:1].isupper() and bool(labels & {"person", "per", "norp"})


def _before(sentence: Sentence, source: Span, head: int) -> Sequence[Token]:
    return [t for t in sentence.tokens[:head] if t.start >= source.start]


def name_span(text: str, sentence: Sentence, source: Span, head: int) -> Span:
    """The words that stand for a group or a document: to the comma or the relative clause."""
    token = sentence.tokens[head]
    end = source.end
    stop = _STOPS.search(text, token.end, source.end)
    if stop:
        end = stop.start()
        published = _PUBLISHED.search(text, token.end, end)  # "a study published on Monday"
        end = published.start() if published else end
    for other in sentence.tokens:
        if not token.end <= other.start < end:
            continue
        that = other.text.lower() == "that" and other.upos in {"PRON", "SCONJ"}
        if other.text.lower() in _RELATIVE or that:
            end = other.start
            break
    start = source.start
    first = next((t for t in sentence.tokens if t.start >= start), token)
    if first.upos in {"DET", "PRON"} and first.text.lower() in _DETERMINERS and first.end < end:
        start = first.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:"):
        end -= 1
    return Span(start, end) if end > start else source


def description_of(text: str, source: Span) -> str:
    """The words for a speaker without a name, as they stand: "two officials"."""
    return re.sub(r"\s+", " ", source.of(text)).strip(" ,;:")


def unnamed(text: str, source: Span, role: str | None) -> tuple[Speaker, ...]:
    """A person by the words for them alone; ``role`` is what these say that they are."""
    words = description_of(text, source)
    return (Speaker(None, None, role, "anonymous", source if role else None, words),)


def writer(text: str, source: Span, author: str | None) -> tuple[Speaker, ...]:
    """The one who tells the text: by name where a byline gives it, else as the writer."""
    if author:
        return (Speaker(author),)
    return (Speaker(None, None, None, "writer", None, source.of(text)),)


def named_behind(text: str, source: Span, head: Token) -> Speaker | None:
    """The speaker whose name, two or three words, ends a source after a noun for a person.

    For names that the entity tagger does not know: "council spokeswoman Ivy Marr".
    """
    match = _NAME_BEHIND.match(text, head.end, source.end)
    if match is None:
        return None
    role = re.sub(r"^(?:the|an?)\s+", "", text[source.start : head.end], flags=re.IGNORECASE)
    span = Span(match.start(1), match.end(1))
    return Speaker(re.sub(r"\s+", " ", span.of(text)), span, " ".join(role.split()), "person")


def indefinite(text: str, source: Span, sentence: Sentence, head: int) -> Speaker | None:
    """The speaker after an indefinite pronoun ("someone at the back", "many"); None for others."""
    word = sentence.tokens[head].text.lower() if head >= 0 else ""
    if word not in _SOMEBODY | _SOME:
        return None
    label = "anonymous" if word in _SOMEBODY else "group"
    return Speaker(None, None, None, label, None, description_of(text, source))


def trimmed(text: str, source: Span) -> Span:
    """A source without the white space, commas, dashes and marks at its ends.

    >>> trimmed("said Ann Lee, ", Span(4, 14))
    Span(start=5, end=12)
    """
    start, end = source.start, source.end
    while start < end and (text[start].isspace() or text[start] in _LOOSE):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _LOOSE):
        end -= 1
    return Span(start, end)
