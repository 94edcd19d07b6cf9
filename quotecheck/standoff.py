"""brat's standoff format, written and read: annotations beside a text that stays as it is.

Laid out as the published quotation corpora are: text-bound ``Content``, ``Cue`` and ``Source``, an
``Attribution`` event that joins them, so that a corpus reader for those takes ours. What they have
no place for is a note (JSON, one line) and an attribute ``Kind``.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotecheck.annotations import Document, Quotation, Span
from quotecheck.errors import InputError
from quotecheck.formats import dumps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["ANNOTATION_CONF", "StandoffEvent", "read_standoff", "standoff", "standoff_files"]

ANNOTATION_CONF = """\
[entities]
Content
Cue
Source
Via

[relations]

[events]
Attribution\tSource*:Source, Cue*:Cue, Content+:Content, Via*:Via

[attributes]
Kind\tArg:Attribution, Value:direct|mixed|indirect|scare|title
"""
"""The ``annotation.conf`` with which brat shows and edits these files."""

_ROLES = ("Source", "Cue", "Content", "Via")

# A line of an .ann file ends where any reader by lines would end it, so no fragment may hold one.
_LINE_ENDS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class StandoffEvent:
    """An attribution as a standoff file holds it.

    A span that ran over a line end comes back as one span a line. ``kind`` is "" and ``facts``
    None where the file does not say.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()
    via: tuple[Span, ...] = ()
    kind: str = ""
    facts: Mapping[str, Any] | None = None


def standoff(text: str, quotations: Sequence[Quotation]) -> str:
    """The ``.ann`` file for ``text``: T, E, A and # lines, quotations in the order given.

    The event's trigger is the cue, or the content where there is no cue. Fragments of one span are
    ``start end;start end``, and a span is parted where its text has a line end.

    >>> said = Quotation((Span(0, 6),), (Span(7, 11),), (Span(12, 14),), "direct", "r", 0.9, "say")
    >>> print(standoff("“Yes,” said he.", [said]).splitlines()[0])
    T1	Content 0 6	“Yes,”
    """
    lines: list[str] = []
    bound = 0
    for number, quotation in enumerate(quotations, start=1):
        roles: list[str] = []
        fields = (quotation.content, quotation.cue, quotation.source, quotation.via_spans)
        for role, spans in zip(("Content", "Cue", "Source", "Via"), fields, strict=True):
            if line := _bound(text, role, spans):
                bound += 1
                lines.append(f"T{bound}\t{line}")
                roles.append(f"{role}:T{bound}")
        if trigger := _bound(text, "Attribution", quotation.cue or quotation.content):
            bound += 1
            lines.append(f"T{bound}\t{trigger}")
        else:
            continue
        lines.append(f"E{number}\tAttribution:T{bound} {' '.join(roles)}")
        lines.append(f"A{number}\tKind E{number} {quotation.kind}")
        lines.append(f"#{number}\tAnnotatorNotes E{number}\t{dumps(_facts(quotation))}")
    return "".join(line + "\n" for line in lines)


def standoff_files(document: Document, quotations: Sequence[Quotation]) -> dict[str, str]:
    """What a brat folder needs for one document: file names with their content.

    Write them as UTF-8 without translating line ends, or the offsets no longer hold.
    """
    name = re.sub(r"[^\w.-]+", "_", document.id).lstrip(".") or "document"
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
        InputError: an event names a T line that is not there, or an offset is no number.
    """
    bound: dict[str, tuple[Span, ...]] = {}
    events: dict[str, tuple[str, str]] = {}
    kinds: dict[str, str] = {}
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
        elif re.fullmatch(r"A\d+", name) and body.startswith("Kind "):
            _, event, kind = (body + " ").split(" ")[:3]
            kinds[event] = kind
        elif name.startswith("#") and body.startswith("AnnotatorNotes "):
            notes[body.split(" ")[1]] = _facts_in(cells[2] if len(cells) > 2 else "")
    found = []
    for event, (body, where) in events.items():
        roles = _roles(body, bound, where)
        found.append(
            StandoffEvent(
                content=tuple(sorted(roles["Content"])),
                cue=tuple(sorted(roles["Cue"])),
                source=tuple(sorted(roles["Source"])),
                via=tuple(sorted(roles["Via"])),
                kind=kinds.get(event, ""),
                facts=notes.get(event),
            )
        )
    return found


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
    if quotation.candidates:
        facts["candidates"] = [[name, round(chance, 4)] for name, chance in quotation.candidates]
    return facts


def _bound(text: str, label: str, spans: Sequence[Span]) -> str:
    """A T line without its number; "" where the spans hold nothing but line ends."""
    pieces = [piece for span in spans for piece in _fragments(text, span)]
    if not pieces:
        return ""
    where = ";".join(f"{piece.start} {piece.end}" for piece in pieces)
    return f"{label} {where}\t{' '.join(piece.of(text) for piece in pieces)}"


def _fragments(text: str, span: Span) -> list[Span]:
    """The parts of a span between line ends."""
    pieces = []
    start = span.start
    for found in _LINE_ENDS.finditer(text, span.start, span.end):
        pieces.append(Span(start, found.start()))
        start = found.end()
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
) -> dict[str, tuple[Span, ...]]:
    """The spans of each role of an E line; a role may come several times, numbered."""
    roles: dict[str, tuple[Span, ...]] = dict.fromkeys(_ROLES, ())
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
        roles[role] += bound[target]
    return roles


def _facts_in(note: str) -> dict[str, Any] | None:
    """What a note of ours says; None for a note of somebody else's."""
    try:
        facts = json.loads(note)
    except (ValueError, RecursionError):
        return None
    return facts if isinstance(facts, dict) else None
