"""What attribution gives: quotations with source, cue, content, speaker and facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypeVar, get_args

from quotecheck.records.text import Span

__all__ = [
    "SOURCE_TYPES",
    "Attribution",
    "ConfidenceParts",
    "Evidence",
    "Facts",
    "Kind",
    "Quotation",
    "RelayLink",
    "SourceType",
    "Speaker",
    "is_speech",
    "is_verbatim",
    "numbers_of_parents",
    "outermost",
    "with_document",
]


Kind = Literal["direct", "mixed", "indirect", "scare", "title"]
"""direct: all content in quotation marks; mixed: some; indirect: none; scare: marks around words
that nobody is said to have spoken; title: marks around the name of a work."""


SourceType = Literal["named person", "unnamed person", "organisation", "group", "document", "other"]
"""What kind of source words have: "group" for people by what they have in common ("protesters"),
"document" for whatever holds words (a poll, a law, a sign)."""
SOURCE_TYPES: Final[tuple[SourceType, ...]] = get_args(SourceType)


def is_speech(kind: Kind) -> bool:
    """Whether somebody is said to have uttered a quotation of this kind.

    >>> is_speech("indirect"), is_speech("scare"), is_speech("title")
    (True, False, False)
    """
    return kind not in ("scare", "title")


def is_verbatim(kind: Kind) -> bool:
    """Whether a quotation of this kind gives exact words of a speaker, in whole or in part.

    >>> is_verbatim("direct"), is_verbatim("mixed"), is_verbatim("indirect")
    (True, True, False)
    """
    return kind in ("direct", "mixed")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Evidence for an attribution, or against it: shown by ``--explain``.

    ``name`` says which rule, score or fact ("rule said-subject", "tagger content", "link").
    ``weight`` is a probability or a weight in log odds, as ``unit`` says ("probability",
    "log odds", "" for a rule that is sure). ``note`` is for people.
    """

    name: str
    weight: float | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ConfidenceParts:
    """What a confidence is made of, each a probability in 0..1.

    ``span``: the content was said by somebody, and its limits are right for the better half.
    ``source``: the source is right, given the span. ``name``: the name is right, given both; None
    where no name is given. Their product is the confidence.
    """

    span: float
    source: float
    name: float | None = None


@dataclass(frozen=True, slots=True)
class RelayLink:
    """A link of the chain that words took: who passed them on, and as what.

    ``part`` is "outlet", "relayer" (a spokesman, a lawyer, a witness who quotes) or "principal"
    (whom a spokesman speaks for). ``name`` is as `resolve` names it, else the words of the span.
    """

    name: str
    span: Span
    part: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the parse says of an utterance, each with the words that say it.

    ``cue_class`` is a class of the lexicon of cues ("say", "claim", "deny", "ask", …), "" when it
    has none. ``tense`` is "past", "present", "future" or "". ``modality`` is "" for a plain
    assertion, else "possible", "necessary", "wanted" or "conditional". ``negated`` is True where it
    was not said ("never said"). The spans are empty where the article does not tell.
    ``report_probability``, in 0..1, is how likely words without marks are a report rather than a
    deed or a state ("was charged with", "is known for"); 1.0 for words in marks.
    """

    cue_class: str = ""
    negated: bool = False
    tense: str = ""
    modality: str = ""
    negation: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    time: tuple[Span, ...] = ()
    place: tuple[Span, ...] = ()
    report_probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """What `attribute` finds: content, cue and source as spans, and the rule that found them.

    Content has one or more spans in text order (a split quotation has two). Cue and source may be
    empty. ``confidence`` is in 0..1. ``via`` is the span of an outlet or relay. ``cue_lemma`` is ""
    where there is no cue.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: Kind
    rule: str
    confidence: float
    cue_lemma: str = ""
    via: tuple[Span, ...] = ()
    role: tuple[Span, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    parent: tuple[Span, ...] = ()
    """The content of the attribution in whose content this one stands; empty for an outermost."""

    @property
    def is_speech(self) -> bool:
        """Whether somebody is said to have uttered it: neither a scare quote nor a title."""
        return is_speech(self.kind)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a source span: the fullest name that the article gives.

    ``name`` is None when the article never names them, or when it is not sure. ``mention`` is where
    that name stands. ``role`` are the article's words for what they are ("Kremlin spokesman"),
    ``role_span`` where they stand. ``description`` are the words for a speaker without a name ("two
    officials"). ``identifier`` comes from a table of the user's ("Q7747"), never from a guess.
    ``probability``, in 0..1, is how likely the words are this person's, given that the source was
    found: of the antecedent behind a pronoun or a description, or of the turn of a dialogue; 1.0
    where the source names them. It is not part of the record's value and is not stored.
    """

    name: str | None
    mention: Span | None = None
    role: str | None = None
    label: str = ""
    role_span: Span | None = None
    description: str | None = None
    identifier: str | None = None
    probability: float = field(default=1.0, compare=False)


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation of a document: content, cue, source, speakers, and how it was said.

    All places are spans of code points in the document's raw text. ``text`` and `to_dict` give the
    words at them.

    Attributes:
        content: what was said; several spans where a cue divides it.
        cue: the reporting expression ("said"); empty where there is none.
        source: the article's words for who said it ("the minister"); may be empty.
        kind: "direct", "mixed", "indirect", "scare" or "title".
        rule: the rule that found it ("quoted:inverted").
        confidence: the probability, in 0..1, that content, source and name are all right.
        cue_lemma: the base form of the cue ("say").
        speakers: who said it; several who speak jointly, none where the speaker is unknown.
        role: the article's words for what the speaker is ("Kremlin spokesman").
        via: names of outlets or relayers, outermost first.
        via_spans: where these stand.
        source_form: the form of the source ("name", "pronoun", …).
        candidates: (name, probability) guesses where there is no speaker, best first; never shown
            as the speaker.
        facts: negation, tense, modality, addressee, time, place.
        relay: the chain that the words took, outermost first: outlet, relayer, principal.
        evidence: what decided, for ``--explain``.
        confidence_parts: what the confidence is made of; None where that is not known (made by
            hand, or stored by a version that did not tell).
        parent: the content of the quotation within which this one is reported ("Koss said that
            Amadi had told …"); empty for an outermost one. No two quotations of a document have
            the same content, so it names one.
        document_text: the document's raw text, which all its quotations share; None where the
            quotation was read from a library or made by hand (see `with_document`). Two quotations
            that differ only in this and in the numbers are equal.
        number: its number among the document's quotations, from 1; 0 when it is not known.
        parent_number: the number of the quotation it stands in; 0 for an outermost one.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: Kind
    rule: str
    confidence: float
    cue_lemma: str = ""
    speakers: tuple[Speaker, ...] = ()
    role: str | None = None
    via: tuple[str, ...] = ()
    via_spans: tuple[Span, ...] = ()
    source_form: str = "none"
    candidates: tuple[tuple[str, float], ...] = ()
    facts: Facts = Facts()
    relay: tuple[RelayLink, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    confidence_parts: ConfidenceParts | None = None
    parent: tuple[Span, ...] = ()
    document_text: str | None = field(default=None, compare=False, repr=False, kw_only=True)
    number: int = field(default=0, compare=False, repr=False, kw_only=True)
    parent_number: int = field(default=0, compare=False, repr=False, kw_only=True)

    @property
    def speaker(self) -> str | tuple[str, ...] | None:
        """The name, several names of joint speakers, or None when unsure."""
        names = tuple(s.name for s in self.speakers if s.name)
        if not names:
            return None
        return names[0] if len(names) == 1 else names

    @property
    def source_type(self) -> SourceType | None:
        """What kind of source it is; None where no source is named, as for words without a cue.

        Of several speakers of different kinds, and of a pronoun that stays undecided, "other".
        """
        if not self.is_speech or not (self.speakers or self.source):
            return None
        types = {_source_type(speaker) for speaker in self.speakers}
        return types.pop() if len(types) == 1 else "other"

    @property
    def text(self) -> str:
        """What was said, with its marks if it has any: the spans of the content, joined by " … ".

        Raises:
            ValueError: the quotation does not carry its document's text.
        """
        text = self._document()
        return " … ".join(span.of(text) for span in self.content)

    @property
    def is_speech(self) -> bool:
        """Whether somebody is said to have uttered it: neither a scare quote nor a title."""
        return is_speech(self.kind)

    @property
    def is_verbatim(self) -> bool:
        """Whether it gives exact words of its speaker: direct, or mixed."""
        return is_verbatim(self.kind)

    def to_dict(self) -> dict[str, Any]:
        """The record that ``quotecheck attribute --format json`` writes for this quotation.

        Every place has its words. The fields are described in ``docs/json-schema.md``.

        Raises:
            ValueError: the quotation does not carry its document's text.
        """
        from quotecheck.records.plain import quotation_record

        return quotation_record(self._document(), self, self.number, self.parent_number or None)

    def _document(self) -> str:
        if self.document_text is None:
            raise ValueError(
                "this quotation does not carry the text of its document;"
                " with_document(quotations, document.text) gives it one"
            )
        return self.document_text


def _source_type(speaker: Speaker) -> SourceType:
    if speaker.label == "organisation":
        return "organisation"
    if speaker.label == "group":
        return "group"
    if speaker.label == "document":
        return "document"
    if speaker.label in ("person", "") and speaker.name:
        return "named person"
    return "unnamed person"


def with_document(quotations: Iterable[Quotation], text: str) -> tuple[Quotation, ...]:
    """Quotations of one document, in order, each with the document's text and its number.

    >>> said = Quotation((Span(0, 7),), (), (), "direct", "by hand", 1.0)
    >>> with_document([said], "“Never” is a long time.")[0].text
    '“Never”'
    """
    every = list(quotations)
    parents = numbers_of_parents(every)
    return tuple(
        replace(quotation, document_text=text, number=number, parent_number=parent or 0)
        for number, (quotation, parent) in enumerate(zip(every, parents, strict=True), start=1)
    )


_Q = TypeVar("_Q", Attribution, Quotation)


def outermost(quotations: Iterable[_Q]) -> list[_Q]:
    """The quotations that stand in no other, in their order: the flat form."""
    return [quotation for quotation in quotations if not quotation.parent]


def numbers_of_parents(quotations: Iterable[Quotation]) -> list[int | None]:
    """For each quotation the number, from 1, of the one it stands in.

    None for an outermost one, and where the outer one is not among those given.
    """
    every = list(quotations)
    numbers = {quotation.content: number for number, quotation in enumerate(every, start=1)}
    return [numbers.get(quotation.parent) if quotation.parent else None for quotation in every]
