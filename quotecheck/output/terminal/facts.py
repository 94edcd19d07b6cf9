"""The facts of a quotation in a few words, for a line of a table."""

from __future__ import annotations

from typing import Final

from quotecheck.facts.filters import omitted_label
from quotecheck.records.quotation import Quotation, RelayLink
from quotecheck.records.text import Span

__all__ = ["fact_words", "left_out_words", "relay_words"]

_MODALITIES: Final = {
    "possible": "possibly",
    "necessary": "due",
    "wanted": "wanted",
    "conditional": "on a condition",
}
_PLAIN: Final = frozenset({"", "say", "write"})
_SMALL: Final = frozenset(
    "on in at during since by before after until from last this next the a an earlier later "
    "yesterday today recently previously outside inside near aboard across behind".split()
)
_PRONOUNS: Final = frozenset("his her their its my our your him them he she they".split())


def fact_words(text: str, quotation: Quotation) -> list[str]:
    """What a reader would want to know of the utterance, each in a word or two.

    The class of the cue where the cue's own words do not say it, whether it was said at all, to
    whom, when and where. What stands in the cue already is left out.
    """
    facts = quotation.facts
    cue = " ".join(span.of(text) for span in quotation.cue).lower()
    words = []
    if facts.cue_class not in _PLAIN and facts.cue_class[:4] not in cue:
        words.append(facts.cue_class)
    if facts.negated:
        words.append("NOT said" if facts.cue_class in _PLAIN else "NOT")
    elif facts.tense == "future":
        words.append("yet to come")
    if facts.modality:
        words.append(_MODALITIES.get(facts.modality, facts.modality))
    for prefix, spans in (("to ", facts.addressee), ("", facts.time), ("", facts.place)):
        words += [
            prefix + _softened(span.of(text))
            for span in spans
            if not any(part.contains(span) for part in quotation.cue)
        ]
    return words


def relay_words(quotation: Quotation) -> list[str]:
    """For whom the speaker speaks, or through whom: "for the Kremlin", "through a lawyer"."""
    relayer = _first(quotation.relay, "relayer")
    principal = _first(quotation.relay, "principal")
    if relayer is None or principal is None:
        return []
    if any(_covers(span, principal.span) for span in quotation.source) and not any(
        _covers(span, relayer.span) for span in quotation.source
    ):
        return [f"through {relayer.name}"]
    return [] if principal.name.lower() in _PRONOUNS else [f"for {principal.name}"]


def left_out_words(left: list[Quotation]) -> str:
    """What was left out, counted: "3 attitudes, 1 act, 2 not said"; "" for nothing."""
    kinds = [omitted_label(quotation) for quotation in left]
    counts = {kind: kinds.count(kind) for kind in ("attitude", "act", "unsaid", None)}
    words = []
    for kind, count in counts.items():
        if not count:
            continue
        if kind == "unsaid":
            words.append(f"{count} not said, or not yet")
        elif kind is None:
            words.append(f"{count} other{'s' if count > 1 else ''}")
        else:
            words.append(f"{count} {kind}{'s' if count > 1 else ''}")
    return ", ".join(words)


def _first(links: tuple[RelayLink, ...], part: str) -> RelayLink | None:
    return next((link for link in links if link.part == part), None)


def _covers(outer: Span, inner: Span) -> bool:
    return outer.contains(inner)


def _softened(words: str) -> str:
    """Without the capital of a sentence's first word, where that is not a name."""
    first = words.split(maxsplit=1)[0] if words.split() else ""
    return words[:1].lower() + words[1:] if first.lower() in _SMALL else words
