"""What attribution gives: quotations with source, cue, content, speaker and facts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from quotecheck.records.text import Span

__all__ = ["Attribution", "Evidence", "Facts", "Kind", "Quotation", "Relay", "Speaker"]


Kind = Literal["direct", "mixed", "indirect", "scare", "title"]
"""direct: all content in quotation marks; mixed: some; indirect: none; scare: marks around words
that nobody is said to have spoken; title: marks around the name of a work."""


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
