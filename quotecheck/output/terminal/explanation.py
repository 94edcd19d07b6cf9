"""Why a quotation reads as it does: rule, evidence, facts, relay and runners-up, for people."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from quotecheck.language.cue_classes import CLASSES
from quotecheck.output.confidence import sure_words
from quotecheck.output.plain_text import shorten
from quotecheck.output.terminal.console import QUIET
from quotecheck.output.unprintable import visible
from quotecheck.records.quotation import ConfidenceParts, Evidence, Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.text.percentages import percent

__all__ = ["explanation"]

_LONGEST = 100  # Code points of a name in the explanation: one line.


def explanation(text: str, quotation: Quotation) -> Text:
    """A block of short lines, each with its name in front; ends without a line end."""
    block = Text()
    for name, words in _lines(text, quotation):
        if block:
            block.append("\n")
        block.append(f"{name}: ", style="bold").append(words, style=f"{QUIET} not bold")
    return block


def _lines(text: str, quotation: Quotation) -> Iterator[tuple[str, str]]:
    yield "rule", f"{visible(quotation.rule) or 'none'}, {sure_words(quotation)}"
    if quotation.confidence_parts is not None:
        yield "confidence", _parts(quotation.confidence_parts)
    for evidence in quotation.evidence:
        yield "because", _evidence(evidence)
    yield from _facts(text, quotation)
    for speaker in quotation.speakers:
        yield "speaker", _speaker(text, speaker)
    if quotation.relay:
        links = (f"{shorten(link.name, _LONGEST)} ({link.part})" for link in quotation.relay)
        yield "came by", " < ".join(links)
    if quotation.candidates:
        guesses = (
            f"{shorten(name, 80)} {percent(chance)}" for name, chance in quotation.candidates
        )
        yield "runners-up" if quotation.speaker else "candidates", ", ".join(guesses)


def _parts(parts: ConfidenceParts) -> str:
    """What the confidence is made of: "words 98%, source 95%, name 60%"."""
    chances = (("words", parts.span), ("source", parts.source), ("name", parts.name))
    return ", ".join(f"{name} {percent(chance)}" for name, chance in chances if chance is not None)


def _evidence(evidence: Evidence) -> str:
    words = shorten(evidence.name, _LONGEST)
    if evidence.weight is not None:
        if evidence.unit == "probability":
            words += f" {percent(evidence.weight)}"
        else:
            words += f" {evidence.weight:+.2f}" + (
                f" {visible(evidence.unit)}" if evidence.unit else ""
            )
    return f"{words} ({shorten(evidence.note, _LONGEST)})" if evidence.note else words


def _facts(text: str, quotation: Quotation) -> Iterator[tuple[str, str]]:
    facts = quotation.facts
    if facts.cue_class in CLASSES:
        article = "an" if CLASSES[facts.cue_class][0][0] == "a" else "a"
        words = f"{facts.cue_class}, {article} {CLASSES[facts.cue_class][0]}"
        yield "cue", f"{_quoted(text, quotation.cue)}: {words}" if quotation.cue else words
    if facts.negated:
        yield "not said", _quoted(text, facts.negation)
    shown = [word for word in (facts.tense, facts.modality) if word]
    if shown:
        yield "form", ", ".join(shown)
    for name, spans in (("to", facts.addressee), ("when", facts.time), ("where", facts.place)):
        if spans:
            yield name, _quoted(text, spans)


def _speaker(text: str, speaker: Speaker) -> str:
    words = shorten(speaker.name or speaker.description or "?", _LONGEST)
    if speaker.identifier:
        words += f" ({visible(speaker.identifier)})"
    if speaker.role:
        words += f", {shorten(speaker.role, _LONGEST)}"
    if speaker.mention is not None:
        named = shorten(speaker.mention.of(text), _LONGEST)
        words += f", named at {speaker.mention.start}: “{named}”"
    return words


def _quoted(text: str, spans: tuple[Span, ...]) -> str:
    return ", ".join(f"“{shorten(span.of(text), _LONGEST)}”" for span in spans)
