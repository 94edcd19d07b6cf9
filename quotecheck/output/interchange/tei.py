"""TEI P5: the text code point for code point, with ``<said who>`` in it and the facts beside it.

White space is the document's own (``xml:space="preserve"`` on the body, and no line break of ours
in it), so the text of ``<body>`` is the raw text and offsets hold. A quotation in several pieces,
or cut by a paragraph or a crossing span, is joined by ``next`` and ``prev``. Characters that XML
has no place for stand as ``<g>``, declared in the header.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotecheck.output.interchange.nested_spans import Event, nested, spread
from quotecheck.output.interchange.tei_elements import (
    FORBIDDEN,
    attributes,
    escaped,
    facts_of,
    header,
    people,
    safe,
)
from quotecheck.output.speaker_index import SpeakerEntry, speaker_index
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.text.layout import layout_of

__all__ = ["tei"]

_PARTS = ("source", "cue", "via", "role", "addressee", "time", "place", "negation")
_SAID = {"scare": "soCalled", "title": "title"}
_SPACE = " \t\n\r"  # what a grammar passes over between two paragraphs; nothing else is


@dataclass(slots=True)
class _Layer:
    """A span to mark. ``chain`` is the id that its fragments are numbered under."""

    span: Span
    chain: str
    element: str
    attributes: dict[str, str] = field(default_factory=dict)


def tei(
    document: Document, quotations: Sequence[Quotation], *, weights: Mapping[str, str]
) -> Iterator[str]:
    """A TEI document, in pieces of text.

    Args:
        document: the article.
        quotations: its quotations; ``xml:id="q3"`` is where the third begins.
        weights: the sha256 of each file of weights that took part, by file name.
    """
    text = document.text
    members, spoken = speaker_index(quotations)
    layers = [
        layer
        for number, (quotation, speakers) in enumerate(zip(quotations, spoken, strict=True), 1)
        for layer in _layers(text, quotation, number, speakers)
    ]
    regions = layout_of(document).paragraphs
    layers += _in_marks(document, quotations)
    blocks = _blocks(text, regions)
    body = _Body(text, layers, blocks)
    head = document.headline is not None and bool(regions)
    head = head and document.headline is not None and document.headline.overlaps(regions[0])
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">\n'
    yield header(document, sorted(set(FORBIDDEN.findall(text))), weights)
    yield from _stand_off(members, quotations, body.chains)
    yield '<text>\n<body xml:space="preserve">'
    yield from body.pieces("head" if head else "p")
    yield "</body>\n</text>\n</TEI>\n"


def _layers(
    text: str, quotation: Quotation, number: int, speakers: Sequence[int]
) -> Iterator[_Layer]:
    me = f"q{number}"
    element = _SAID.get(quotation.kind, "said")
    attributes = {"ana": f"#{me}.facts"}
    if element == "said":
        attributes |= {"who": " ".join(f"#s{speaker}" for speaker in speakers)}
        # White space between paragraphs is written outside all elements: nothing to point to.
        if any(span.of(text).strip() for span in quotation.facts.addressee):
            attributes["toWhom"] = f"#{me}.addressee"
        attributes["direct"] = "true" if quotation.kind == "direct" else "false"
        if quotation.facts.cue_class == "think":
            attributes["aloud"] = "false"
        attributes |= {"cert": f"{quotation.confidence:.4f}", "resp": "#quotecheck"}
    for span in dict.fromkeys(quotation.content):
        yield _Layer(span, me, element, attributes)
    facts = quotation.facts
    roles = tuple(speaker.role_span for speaker in quotation.speakers if speaker.role_span)
    spans = (quotation.source, quotation.cue, quotation.via_spans, roles, facts.addressee,
             facts.time, facts.place, facts.negation)  # fmt: skip
    for part, places in zip(_PARTS, spans, strict=True):
        for span in dict.fromkeys(places):
            more = (
                {"corresp": " ".join(f"#s{speaker}" for speaker in speakers)}
                if part == "source"
                else {}
            )
            yield _Layer(span, f"{me}.{part}", "seg", {"type": part} | more)


def _in_marks(document: Document, quotations: Sequence[Quotation]) -> Iterator[_Layer]:
    """The words in quotation marks within content that is partly in marks."""
    mixed = {
        span for quotation in quotations if quotation.kind == "mixed" for span in quotation.content
    }
    if not mixed:
        return
    passages = [passage.outer for passage in layout_of(document).outermost]
    contents = sorted(mixed)
    for outer, inside in zip(passages, spread(contents, passages), strict=True):
        for index in inside:
            shared = Span(
                max(outer.start, contents[index].start), min(outer.end, contents[index].end)
            )
            yield _Layer(shared, "", "quote")


def _blocks(text: str, regions: Sequence[Span]) -> list[Span]:
    """The paragraphs, widened to hold what is not white space to XML but stands between them."""
    blocks: list[Span] = []
    at = 0
    for region in regions:
        odd = [place for place in range(at, region.start) if text[place] not in _SPACE]
        if odd and blocks:
            blocks[-1] = Span(blocks[-1].start, odd[-1] + 1)
        blocks.append(Span(odd[0] if odd and not blocks else region.start, region.end))
        at = region.end
    odd = [place for place in range(at, len(text)) if text[place] not in _SPACE]
    if odd:
        blocks = [*blocks[:-1], Span(blocks[-1].start if blocks else odd[0], odd[-1] + 1)]
    return blocks or [Span(len(text), len(text))]


class _Body:
    """The text with its tags.

    ``chains`` says of each id how many fragments it has; written before the body, in the facts.
    """

    def __init__(self, text: str, layers: Sequence[_Layer], blocks: Sequence[Span]) -> None:
        self._text = text
        self._layers = layers
        self._blocks = blocks
        self._spans = [layer.span for layer in layers]
        self._spans_by_block = spread(self._spans, blocks)
        self.chains: dict[str, int] = {}
        for block, indices in zip(blocks, self._spans_by_block, strict=True):
            for event in nested(self._spans, block, indices):
                if event.kind == "open":
                    chain = layers[event.index].chain
                    self.chains[chain] = self.chains.get(chain, 0) + 1

    def pieces(self, first: str) -> Iterator[str]:
        """The paragraphs and what stands between them; the first has this element."""
        written: dict[str, int] = {}
        at, element = 0, first
        for block, indices in zip(self._blocks, self._spans_by_block, strict=True):
            yield escaped(self._text[at : block.start]) + f"<{element}>"
            events = nested(self._spans, block, indices)
            yield "".join(self._tags(events, written))
            yield f"</{element}>"
            at, element = block.end, "p"
        yield escaped(self._text[at:])

    def _tags(self, events: Sequence[Event], written: dict[str, int]) -> Iterator[str]:
        names = self._names(events)
        stack: list[str] = []
        for place, event in enumerate(events):
            if event.kind == "text":
                yield escaped(event.span.of(self._text))
            elif event.kind == "open":
                name = names[place]
                stack.append(name)
                yield f"<{name}{self._attributes(self._layers[event.index], name, written)}>"
            else:
                yield f"</{stack.pop()}>"

    def _names(self, events: Sequence[Event]) -> dict[int, str]:
        """The element of each opening: ``soCalled`` may hold phrases, and no quotation."""
        names: dict[int, str] = {}
        open_: list[int] = []
        for place, event in enumerate(events):
            if event.kind == "open":
                names[place] = self._layers[event.index].element
                if names[place] != "seg":
                    for outer in open_:
                        if names[outer] == "soCalled":
                            names[outer] = "seg"
                open_.append(place)
            elif event.kind == "close":
                open_.pop()
        return names

    def _attributes(self, layer: _Layer, name: str, written: dict[str, int]) -> str:
        if not layer.chain:
            return ""
        number = written[layer.chain] = written.get(layer.chain, 0) + 1
        links = {"xml:id": _id(layer.chain, number)}
        if number > 1:
            links["prev"] = f"#{_id(layer.chain, number - 1)}"
        if number < self.chains[layer.chain]:
            links["next"] = f"#{_id(layer.chain, number + 1)}"
        if name == "seg" and layer.element == "soCalled":
            links["type"] = "soCalled"
        return attributes(links | layer.attributes)


def _id(chain: str, number: int) -> str:
    return chain if number == 1 else f"{chain}.{number}"


def _stand_off(
    members: Sequence[SpeakerEntry], quotations: Sequence[Quotation], chains: Mapping[str, int]
) -> Iterator[str]:
    """Who speaks, which parts belong together, and the facts of each quotation."""
    if not quotations:
        return
    yield "<standOff>\n"
    yield people(members)
    links = []
    for number in range(1, len(quotations) + 1):
        parts = [f"q{number}", *(f"q{number}.{part}" for part in _PARTS)]
        chained = [part for part in parts if part in chains]
        if len(chained) > 1 and f"q{number}" in chains:
            target = " ".join(f"#{part}" for part in chained)
            links.append(f'<link target="{safe(target)}"/>\n')
    if links:
        yield '<linkGrp type="attribution">\n' + "".join(links) + "</linkGrp>\n"
    for number, quotation in enumerate(quotations, start=1):
        yield facts_of(f"q{number}.facts", quotation)
    yield "</standOff>\n"
