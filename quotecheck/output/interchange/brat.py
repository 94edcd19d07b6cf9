"""brat's standoff format, written and read: annotations beside a text that stays as it is.

Laid out as the published quotation corpora are: text-bound ``Content``, ``Cue`` and ``Source``, an
``Attribution`` event that joins them, so that a corpus reader for those takes ours. Facts are
attributes of the event (kind, cue class, tense, modality, negated) and roles of it (addressee,
time, place, negation, role), the relay chain is roles and a relation from each link to the next.
What brat has no place for is a note (JSON, one line).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from quotecheck.errors import InputError
from quotecheck.language.cue_classes import CLASSES
from quotecheck.output.serialising import dumps
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ANNOTATION_CONF", "StandoffEvent", "read_standoff", "standoff", "standoff_files"]

_RELAY_PARTS = {"outlet": "Outlet", "relayer": "Relayer", "principal": "Principal"}

_ROLES = (
    "Source", "Cue", "Content", "Via", "Role", "Addressee", "Time", "Place", "Negation",
    *_RELAY_PARTS.values(),
)  # fmt: skip

_EVENT = ", ".join(f"{role}{'+' if role == 'Content' else '*'}:{role}" for role in _ROLES)

ANNOTATION_CONF = f"""\
[entities]
{chr(10).join(_ROLES)}

[relations]
Relays\tArg1:Outlet|Relayer, Arg2:Outlet|Relayer|Principal
<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>

[events]
Attribution\t{_EVENT}

[attributes]
Kind\tArg:Attribution, Value:direct|mixed|indirect|scare|title
CueClass\tArg:Attribution, Value:{"|".join(CLASSES)}
Tense\tArg:Attribution, Value:past|present|future
Modality\tArg:Attribution, Value:possible|necessary|wanted|conditional
Negated\tArg:Attribution
"""
"""The ``annotation.conf`` with which brat shows and edits these files."""

# A line of an .ann file ends where any reader by lines would end it, so no fragment may hold one.
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class StandoffEvent:
    """An attribution as a standoff file holds it.

    A span that ran over a line end comes back as one span a line. ``relay`` are the links of the
    chain, outermost first, each with its part ("outlet", "relayer", "principal"). What the file
    does not say is "", False or empty; ``facts``, which is the note, is then None.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    via: tuple[Span, ...] = ()
    kind: str = ""
    facts: Mapping[str, Any] | None = None
    role: tuple[Span, ...] = ()
    addressee: tuple[Span, ...] = ()
    time: tuple[Span, ...] = ()
    place: tuple[Span, ...] = ()
    negation: tuple[Span, ...] = ()
    relay: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    cue_class: str = ""
    tense: str = ""
    modality: str = ""
    negated: bool = False


def standoff(text: str, quotations: Sequence[Quotation]) -> str:
    """The ``.ann`` file for ``text``: T, E, R, A and # lines, quotations in the order given.

    The event's trigger is the cue, or the content where there is no cue. Fragments of one span are
    ``start end;start end``, and a span is parted where its text has a line end.

    >>> said = Quotation((Span(0, 6),), (Span(7, 11),), (Span(12, 14),), "direct", "r", 0.9, "say")
    >>> print(standoff("“Yes,” said he.", [said]).splitlines()[0])
    T1	Content 0 6	“Yes,”
    """
    writing = _Writing(text)
    for number, quotation in enumerate(quotations, start=1):
        writing.event(number, quotation)
    return "".join(line + "\n" for line in writing.lines)


class _Writing:
    """Lines with their running numbers; E and # lines have the quotation's."""

    def __init__(self, text: str) -> None:
        self.lines: list[str] = []
        self._text = text
        self._counts = dict.fromkeys("TAR", 0)

    def event(self, number: int, quotation: Quotation) -> None:
        """All lines of a quotation; none where its spans hold nothing but line ends."""
        facts = quotation.facts
        roles = tuple(link.role_span for link in quotation.speakers if link.role_span)
        fields = (
            ("Content", quotation.content), ("Cue", quotation.cue), ("Source", quotation.source),
            ("Via", quotation.via_spans), ("Role", roles), ("Addressee", facts.addressee),
            ("Time", facts.time), ("Place", facts.place), ("Negation", facts.negation),
        )  # fmt: skip
        arguments = [(role, name) for role, spans in fields if (name := self._bound(role, spans))]
        relay = [
            (part, name)
            for link in quotation.relay
            if (part := _RELAY_PARTS.get(link.part)) and (name := self._bound(part, [link.span]))
        ]
        trigger = self._bound("Attribution", quotation.cue or quotation.content)
        if not trigger:
            return
        targets = " ".join(f"{role}:{name}" for role, name in [*arguments, *relay])
        self.lines.append(f"E{number}\tAttribution:{trigger} {targets}")
        for (_, outer), (_, inner) in pairwise(relay):
            self._line("R", f"Relays Arg1:{outer} Arg2:{inner}")
        for name, value in (
            ("Kind", quotation.kind),
            ("CueClass", facts.cue_class),
            ("Tense", facts.tense),
            ("Modality", facts.modality),
        ):
            if value:
                self._line("A", f"{name} E{number} {value}")
        if facts.negated:
            self._line("A", f"Negated E{number}")
        self.lines.append(f"#{number}\tAnnotatorNotes E{number}\t{dumps(_facts(quotation))}")

    def _bound(self, label: str, spans: Sequence[Span]) -> str:
        """Writes a T line and gives its name; "" where the spans hold nothing but line ends."""
        pieces = [piece for span in spans for piece in _fragments(self._text, span)]
        if not pieces:
            return ""
        where = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
        words = " ".join(piece.of(self._text) for piece in pieces)
        return self._line("T", f"{label} {where}\t{words}")

    def _line(self, letter: str, body: str) -> str:
        self._counts[letter] += 1
        name = f"{letter}{self._counts[letter]}"
        self.lines.append(f"{name}\t{body}")
        return name


def standoff_files(
    document: Document, quotations: Sequence[Quotation], stem: str = ""
) -> dict[str, str]:
    """What a brat folder needs for one document: file names with their content.

    ``stem`` is what its files are called where other documents of the folder may be called alike;
    else its id tells. Write them as UTF-8 without translating line ends, or the offsets no longer
    hold.
    """
    name = stem or (re.sub(r"[^\w.-]+", "_", document.id).lstrip(".") or "document")[:120]
    return {
        f"{name}.txt": document.text,
        f"{name}.ann": standoff(document.text, quotations),
        "annotation.conf": ANNOTATION_CONF,
    }


def read_standoff(annotations: str) -> list[StandoffEvent]:
    """The attributions of a ``.ann`` file, in order of its E lines.

    Takes the files of published quotation corpora too: numbered roles (``Content2:T7``), notes of
    any kind, and lines that are not about attributions are passed over.

    Raises:
        InputError: an event names a T line that is not there, or an offset is not a number.
    """
    bound: dict[str, tuple[Span, ...]] = {}
    events: dict[str, tuple[str, str]] = {}
    fields_of: dict[str, dict[str, str]] = {}
    notes: dict[str, dict[str, Any] | None] = {}
    for number, line in enumerate(annotations.split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if len(cells) < 2:
            continue
        name, body = cells[:2]
        if re.fullmatch(r"T\d+", name):
            bound[name] = _spans(body, f"line {number}")
        elif re.fullmatch(r"E\d+", name):
            events[name] = (body, f"line {number}")
        elif re.fullmatch(r"A\d+", name) and " " in body:
            attribute, event, value = (body + "  ").split(" ")[:3]
            fields_of.setdefault(event, {})[attribute] = value
        elif name.startswith("#") and body.startswith("AnnotatorNotes "):
            notes[body.split(" ")[1]] = _facts_in(cells[2] if len(cells) > 2 else "")
    standoff = []
    for event, (body, where) in events.items():
        roles = _roles(body, bound, where)
        spans = {
            role: tuple(
                sorted(span for part, part_spans in roles if part == role for span in part_spans)
            )
            for role in _ROLES
        }
        relay = [
            (part.lower(), part_spans)
            for part, part_spans in roles
            if part in _RELAY_PARTS.values()
        ]
        attributes = fields_of.get(event, {})
        standoff.append(
            StandoffEvent(
                content=spans["Content"],
                cue=spans["Cue"],
                source=spans["Source"],
                via=spans["Via"],
                kind=attributes.get("Kind", ""),
                facts=notes.get(event),
                role=spans["Role"],
                addressee=spans["Addressee"],
                time=spans["Time"],
                place=spans["Place"],
                negation=spans["Negation"],
                relay=tuple(relay),
                cue_class=attributes.get("CueClass", ""),
                tense=attributes.get("Tense", ""),
                modality=attributes.get("Modality", ""),
                negated="Negated" in attributes,
            )
        )
    return standoff


def _facts(quotation: Quotation) -> dict[str, Any]:
    speaker = quotation.speaker
    facts: dict[str, Any] = {
        "speaker": list(speaker) if isinstance(speaker, tuple) else speaker,
        "role": quotation.role,
        "via": list(quotation.via),
        "cue_lemma": quotation.cue_lemma,
        "source_form": quotation.source_form,
        "confidence": round(quotation.confidence, 4),
        "rule": quotation.rule,
    }
    described = [each.description for each in quotation.speakers if each.description]
    identifiers = [each.identifier for each in quotation.speakers if each.identifier]
    facts |= {"description": described} if described else {}
    facts |= {"identifiers": identifiers} if identifiers else {}
    if quotation.relay:
        facts["relay"] = [[each.part, each.name] for each in quotation.relay]
    if quotation.candidates:
        facts["candidates"] = [[name, round(chance, 4)] for name, chance in quotation.candidates]
    return facts


def _fragments(text: str, span: Span) -> list[Span]:
    """The parts of a span between line ends."""
    pieces = []
    start = span.start
    for line_end in _LINE_ENDS.finditer(text, span.start, span.end):
        pieces.append(Span(start, line_end.start()))
        start = line_end.end()
    pieces.append(Span(start, span.end))
    return [piece for piece in pieces if piece.start < piece.end]


def _spans(body: str, where: str) -> tuple[Span, ...]:
    _, _, offsets = body.partition(" ")
    try:
        pairs = [tuple(map(int, pair.split())) for pair in offsets.split(";")]
        return tuple(Span(start, end) for start, end in pairs)
    except ValueError:
        raise InputError(
            f"not the offsets of a text-bound annotation: {offsets[:40]!r}",
            where=where,
            remedy="A T line reads: T1, tab, label, space, start, space, end, tab, text.",
        ) from None


def _roles(
    body: str, bound: Mapping[str, tuple[Span, ...]], where: str
) -> list[tuple[str, tuple[Span, ...]]]:
    """Role and spans of each part of an E line; a role may come several times, numbered."""
    roles = []
    for pair in body.split():
        role, _, target = pair.partition(":")
        if (role := role.rstrip("0123456789")) not in _ROLES:
            continue
        if target not in bound:
            raise InputError(
                f"the event points to {target[:20]}, which no T line defines",
                where=where,
                remedy="Every role of an attribution names a T line of the same file.",
            )
        roles.append((role, bound[target]))
    return roles


def _facts_in(note: str) -> dict[str, Any] | None:
    """What a note of ours says; None for a note of somebody else's."""
    try:
        facts = json.loads(note)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None
