"""W3C Web Annotations: one for each part of a quotation, and one that links them.

The target is the document's text, named by its sha256, with two selectors for each place: the
offsets (code points), and the words with what stands around them, which hold in a copy of the text
that has shifted. ``scope`` is the web page that the text was read from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.output.confidence import DOUBT, confidence_label
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.output.links import identifier_address, safe_url
from quotecheck.output.serialising import dumps
from quotecheck.records.document import Document
from quotecheck.records.plain import Record
from quotecheck.records.quotation import Quotation, Speaker, numbers_of_parents
from quotecheck.records.text import Span
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["CONTEXT", "annotation_pieces", "web_annotations"]

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"quotecheck": "urn:quotecheck:terms:"}]
"""The JSON-LD context: the standard's, and a prefix for what it has no words for."""

_AROUND = 32  # code points of prefix and suffix


def annotation_pieces(
    document: Document, quotations: Sequence[Quotation], *, weights: Mapping[str, str]
) -> Iterator[str]:
    """The annotations of a document as JSON-LD text, one annotation a line, as they are made.

    It is a collection with one page that holds them all; ``total`` comes last, when it is known.

    Args:
        document: the document that is annotated.
        quotations: its quotations.
        weights: the sha256 of each file of weights that took part, by file name.
    """
    base = f"urn:quotecheck:text:{document.text_sha256}"
    page = f"{base}:annotations:1"
    head: Record = {
        "@context": CONTEXT,
        "id": f"{base}:annotations",
        "type": "AnnotationCollection",
        "label": f"Quotations in {document.title or document.id}",
        "generator": {
            "id": "urn:quotecheck:software",
            "type": "Software",
            "name": f"quotecheck {__version__}",
        },
        "quotecheck:textSha256": document.text_sha256,
        "quotecheck:weights": [f"{name} {digest}" for name, digest in sorted(weights.items())],
        "last": page,
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "partOf": f"{base}:annotations",
            "startIndex": 0,
        },
    }
    yield dumps(head, indent=2).removesuffix("\n  }\n}") + ',\n    "items": ['
    total = 0
    for annotation in web_annotations(document, quotations):
        yield ("," if total else "") + "\n      " + dumps(annotation)
        total += 1
    yield ("\n    ]" if total else "]") + f'\n  }},\n  "total": {total}\n}}\n'


def web_annotations(document: Document, quotations: Sequence[Quotation]) -> Iterator[Record]:
    """The annotations one by one: of each quotation the link, its parts, and what is in doubt."""
    writer = _Writer(document, f"urn:quotecheck:text:{document.text_sha256}")
    parents = numbers_of_parents(quotations)
    for number, (quotation, parent) in enumerate(zip(quotations, parents, strict=True), start=1):
        yield from writer.annotations(quotation, number, parent)


class _Writer:
    """Annotations of one text."""

    def __init__(self, document: Document, base: str) -> None:
        self._text = document.text
        self._base = base
        self._scope = safe_url(document.url)

    def annotations(self, quotation: Quotation, number: int, parent: int | None) -> list[Record]:
        """The link first, then the parts, then what is in doubt."""
        me = f"{self._base}:q{number}"
        parts = [part for part in self._parts(quotation, me) if part["target"]]
        link: Record = {
            "id": me,
            "type": "Annotation",
            "motivation": "linking",
            "body": [
                {
                    "type": "SpecificResource",
                    "purpose": "identifying" if ":source" in part["id"] else "describing",
                    "source": part["id"],
                }
                for part in parts[1:]
            ],
            "target": parts[0]["id"],
            "quotecheck:kind": quotation.kind,
            "quotecheck:confidence": round(quotation.confidence, 4),
            "quotecheck:rule": quotation.rule,
        } | self._facts(quotation)
        if parent is not None:
            link["quotecheck:within"] = f"{self._base}:q{parent}"
        if not link["body"]:
            del link["body"]
        return [link, *parts, *self._doubt(quotation, me)]

    def _parts(self, quotation: Quotation, me: str) -> list[Record]:
        facts = quotation.facts
        kind = _textual(KIND_LABELS[quotation.kind].full, "classifying")
        content = self._annotation(f"{me}:content", "content", quotation.content, kind)
        content["motivation"] = "classifying"
        speakers = [body for speaker in quotation.speakers for body in _identity(speaker)]
        # the words that name the speaker; where there are none, the speaker is known for the words
        source = self._annotation(
            f"{me}:source", "source", quotation.source or quotation.content, *speakers
        )
        source["motivation"] = "identifying"
        lemma = [_textual(quotation.cue_lemma, "describing")] if quotation.cue_lemma else []
        sort = [_textual(facts.cue_class, "classifying")] if facts.cue_class else []
        cue = self._annotation(f"{me}:cue", "cue", quotation.cue, *lemma, *sort)
        parts = [content, *([source] if quotation.source or speakers else []), cue]
        for number, link in enumerate(quotation.relay, start=1):
            named = [_textual(link.name, "identifying")] if link.name else []
            parts.append(self._annotation(f"{me}:relay:{number}", link.part, [link.span], *named))
        if not quotation.relay:
            named = [_textual(name, "identifying") for name in quotation.via]
            parts.append(self._annotation(f"{me}:via", "via", quotation.via_spans, *named))
        roles = [speaker.role_span for speaker in quotation.speakers if speaker.role_span]
        for name, spans in (
            ("role", roles),
            ("addressee", facts.addressee),
            ("time", facts.time),
            ("place", facts.place),
            ("negation", facts.negation),
        ):
            parts.append(self._annotation(f"{me}:{name}", name, spans))
        return parts

    def _annotation(self, me: str, part: str, spans: Sequence[Span], *bodies: Record) -> Record:
        targets = [self._target(span) for span in spans]
        return {
            "id": me,
            "type": "Annotation",
            "motivation": "tagging",
            "body": [_textual(part, "tagging"), *bodies],
            "target": targets[0] if len(targets) == 1 else targets,
        }

    def _target(self, span: Span) -> Record:
        text = self._text
        target: Record = {"type": "SpecificResource", "source": self._base}
        if self._scope:
            target["scope"] = self._scope
        return target | {
            "selector": [
                {"type": "TextPositionSelector", "start": span.start, "end": span.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": span.of(text),
                    "prefix": text[max(0, span.start - _AROUND) : span.start],
                    "suffix": text[span.end : span.end + _AROUND],
                },
            ],
        }

    def _facts(self, quotation: Quotation) -> Record:
        facts = quotation.facts
        record: Record = {"quotecheck:cueClass": facts.cue_class, "quotecheck:tense": facts.tense,
                        "quotecheck:modality": facts.modality}  # fmt: skip
        record = {key: value for key, value in record.items() if value}
        return record | ({"quotecheck:negated": True} if facts.negated else {})

    def _doubt(self, quotation: Quotation, me: str) -> list[Record]:
        """What a reader should ask before they trust the link."""
        guesses = [
            _textual(f"perhaps {name} ({percent(chance)})", "questioning")
            for name, chance in quotation.candidates
        ]
        is_speech = quotation.is_speech
        if is_speech and quotation.speakers and quotation.confidence < DOUBT:
            words = f"{confidence_label(quotation.confidence)} ({percent(quotation.confidence)})"
            guesses.insert(0, _textual(words, "assessing"))
        if not guesses:
            return []
        return [
            {
                "id": f"{me}:doubt",
                "type": "Annotation",
                "motivation": "questioning",
                "body": guesses,
                "target": me,
            }
        ]


def _textual(value: str, purpose: str) -> Record:
    return {
        "type": "TextualBody",
        "purpose": purpose,
        "value": value,
        "format": "text/plain",
        "language": "en",
    }


def _identity(speaker: Speaker) -> list[Record]:
    bodies = []
    if name := speaker.name or speaker.description:
        bodies.append(_textual(name, "identifying"))
    if speaker.identifier:
        bodies.append(
            {
                "type": "SpecificResource",
                "purpose": "identifying",
                "source": identifier_address(speaker.identifier),
            }
        )
    if speaker.role:
        bodies.append(_textual(speaker.role, "describing"))
    return bodies
