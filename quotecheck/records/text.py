"""The records that the stages hand to one another: frozen, typed, free of behaviour.

Every position is a half-open pair of code-point offsets into a document's raw text, which is never
edited: ``text[span.start:span.end]`` gives the words back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

__all__ = [
    "Attribution",
    "Check",
    "Document",
    "Edit",
    "Evidence",
    "Facts",
    "Kind",
    "Locator",
    "Mention",
    "ParsedDocument",
    "Passage",
    "Quotation",
    "QuotedPassage",
    "Relay",
    "Segment",
    "Sentence",
    "Severity",
    "Span",
    "Speaker",
    "Token",
    "Verdict",
]

Kind = Literal["direct", "mixed", "indirect", "scare", "title"]
"""direct: all content in quotation marks; mixed: some; indirect: none; scare: marks around words
that nobody is said to have spoken; title: marks around the name of a work."""

Verdict = Literal[
    "verbatim",
    "typographic",
    "truncated",
    "spliced",
    "altered",
    "paraphrase",
    "misattributed",
    "not_found",
]
"""How a quotation stands to its origin. The first rule that fits, from the last of these to the
first: not_found, misattributed, paraphrase, altered, spliced, truncated, typographic, verbatim."""

Severity = Literal["none", "wording", "meaning"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points.

    >>> Span(0, 4).of("Said he.")
    'Said'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words at this place in ``text``."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end

    @staticmethod
    def cover(spans: Iterable[Span]) -> Span:
        """The smallest span that holds all of ``spans`` (at least one)."""
        held = list(spans)
        return Span(min(s.start for s in held), max(s.end for s in held))


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word. ``head`` is the index of its head in `Sentence.tokens`, -1 at the root.

    The parts of a contracted word ("don't") share the span of the whole where the text does not
    divide, so spans of neighbouring tokens may coincide but never run backwards. ``head`` is -1 and
    ``deprel`` empty for every token of a sentence that was not parsed.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    deprel: str

    @property
    def span(self) -> Span:
        """Its place in the raw text."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity. ``label`` is the tagger's type (Person, Organization, …)."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its place, its tokens in order, the named entities in it."""

    span: Span
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...] = ()
    parsed: bool = True


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A raw text with its sentences, in order of the text."""

    text: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A stretch in quotation marks, as `marks` pairs them.

    ``outer`` takes the marks in, ``inner`` leaves them out. ``depth`` is 0 for outermost marks.
    ``closed`` is False where the closing mark is missing and the end is the paragraph's.
    ``continues`` is True when this passage goes on with the quotation of the paragraph before
    (re-opened, the former left unclosed). ``block`` is True for set-off quotations (blockquotes)
    that need no marks.
    """

    outer: Span
    inner: Span
    depth: int = 0
    closed: bool = True
    continues: bool = False
    block: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """What spoke for an attribution, or against it: shown by ``--explain``.

    ``name`` says which rule, score or fact ("rule said-subject", "tagger content", "link").
    ``weight`` is a probability or a weight in log odds, as ``unit`` says ("probability",
    "log odds", "" for a rule that is sure). ``note`` is for people.
    """

    name: str
    weight: float | None = None
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Relay:
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
    """

    cue_class: str = ""
    negated: bool = False
    tense: str = ""
    modality: str = ""
    negation: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    time: tuple[Span, ...] = ()
    place: tuple[Span, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who stands behind a source span: the fullest name that the article gives.

    ``name`` is None when the article never names them, or when it is not sure. ``mention`` is where
    that name stands. ``role`` are the article's words for what they are ("Kremlin spokesman"),
    ``role_span`` where they stand. ``description`` are the words for a speaker without a name ("two
    officials"). ``identifier`` comes from a table of the user's ("Q7747"), never from a guess.
    """

    name: str | None
    mention: Span | None = None
    role: str | None = None
    label: str = ""
    role_span: Span | None = None
    description: str | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """The record the two halves share: an attribution with its speakers resolved.

    ``speakers`` has several entries where they speak jointly, none where the speaker is unknown.
    ``via`` are the names of outlets or relays, outermost first. ``candidates`` are (name,
    probability) guesses for a quotation without a speaker, best first: never shown as the speaker.
    ``relay`` is the chain that the words took, outermost first: outlet, relayer, principal.
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
    relay: tuple[Relay, ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def speaker(self) -> str | tuple[str, ...] | None:
        """The name, several names of joint speakers, or None when unsure."""
        names = tuple(s.name for s in self.speakers if s.name)
        if not names:
            return None
        return names[0] if len(names) == 1 else names


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document that one speaker holds (a turn of a transcript)."""

    start: int
    end: int
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a stretch of a document's text stands in its source: a page, a time, a chapter.

    ``kind`` is "page", "time" or "chapter"; ``label`` is for people ("12", "00:01:02.500"). The
    stretches of a kind follow one another and do not overlap; they have nothing to do with turns.
    """

    start: int
    end: int
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """A text and where it comes from. Dates are ISO 8601, as precise as known ("1861").

    ``bytes_sha256`` is of the file as it was read, ``text_sha256`` of the UTF-8 form of ``text``.
    ``encoding`` is the one that decoded it, ``reader`` the reader that did. ``metadata_origin``
    says for each metadata field where it came from ("html", "front matter", "sidecar", "option").
    ``blocks`` are set-off quotations (HTML blockquotes, Markdown ``>``); ``headline`` is the span
    of the headline where the reader knows it. ``locators`` say where in the source the text stands.
    """

    id: str
    text: str
    bytes_sha256: str
    text_sha256: str
    path: str | None = None
    url: str | None = None
    title: str | None = None
    publication: str | None = None
    author: str | None = None
    date: str | None = None
    genre: str | None = None
    licence: str | None = None
    origin: str | None = None
    encoding: str | None = None
    reader: str = "text"
    segments: tuple[Segment, ...] = ()
    blocks: tuple[Span, ...] = ()
    headline: Span | None = None
    locators: tuple[Locator, ...] = ()
    metadata_origin: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a stored document, as candidate generation returns it.

    ``start`` is the offset of ``text`` in the document; ``rank`` orders candidates, best first.
    """

    id: int
    document: str
    start: int
    end: int
    text: str
    rank: float = 0.0


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between quotation and origin.

    ``before`` are the origin's words (empty for an insertion), ``after`` the quotation's (empty
    for an omission). ``kind`` names the class of the edit ("number", "negation", "name",
    "typography", …) and ``severity`` what it does to the sense.
    """

    kind: str
    before: str
    after: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Check:
    """The answer about one quotation: verdict, place, person, differences, and what was searched.

    ``spans`` are the places in the origin (several for a splice); ``score`` in 0..1 says how sure
    it is that the passage is the origin. ``diff`` is a list of (operation, origin words,
    quotation words) with operation one of equal, replace, delete, insert. ``wording`` is the
    verdict on the words alone. ``others`` are further places with the same words as
    (document id, start, end, speaker). ``locator`` is the origin's in its source ("page 12").
    """

    quote: str
    verdict: Verdict
    wording: Verdict
    severity: Severity
    score: float
    claimed_speaker: str | None = None
    document: str | None = None
    spans: tuple[Span, ...] = ()
    speaker: str | None = None
    date: str | None = None
    title: str | None = None
    origin_text: str | None = None
    surroundings: str | None = None
    edits: tuple[Edit, ...] = ()
    diff: tuple[tuple[str, str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    others: tuple[tuple[str, int, int, str | None], ...] = ()
    searched: str = ""
    locator: str | None = None
