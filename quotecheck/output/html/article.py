"""An article as one HTML page: who said what in the text itself, with notes beside it.

The page is whole in itself: no script, nothing fetched, a policy that forbids both. Every word of
the document is data and escaped by Jinja; crossing spans are closed and opened again, so that no
input breaks the page. Colour is never alone: each speaker has a kind of line too, and every
quotation a number that leads to its note.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quotecheck._version import __version__
from quotecheck.output.html.environment import page_file, page_template
from quotecheck.output.html.notes import Note, note_of, without_marks
from quotecheck.output.interchange.nested_spans import Event, nested, spread
from quotecheck.output.links import safe_url
from quotecheck.output.speaker_index import SpeakerEntry, speaker_index
from quotecheck.output.unprintable import printable
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, numbers_of_parents
from quotecheck.records.text import Span
from quotecheck.text.layout import layout_of
from quotecheck.text.markdown_marks import markdown_look, shown_markdown

__all__ = ["VARIANTS", "ArticleParts", "article_parts", "page_html", "title_of"]

VARIANTS = 8
"""How many kinds of line and colour there are; the ninth speaker gets the first's again."""

_PARTS = ("said", "who", "cue", "via", "at")
_SAID = 0  # Places in ``_PARTS``: of the words, and (``_AT``) of time and place.
_AT = 4  # Place in ``_PARTS`` of time and place.
_LONGEST_HEADING = 140  # Code points. By eye: a longer first line is a paragraph.


@dataclass(frozen=True, slots=True)
class _Layer:
    """A span to mark: which part of which quotation (from 0; -1 for the place asked for)."""

    span: Span
    part: int
    quotation: int


@dataclass(frozen=True, slots=True)
class _Step:
    """What the template writes next: a tag, a stretch of text, or the number of a note."""

    kind: str
    text: str = ""
    classes: str = ""
    anchor: str = ""
    number: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    number: int
    heading: bool
    steps: Sequence[_Step]
    notes: Sequence[Note]
    places: Sequence[str]
    look: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list of speakers."""

    name: str
    named: bool
    roles: str
    variant: str
    numbers: Sequence[int]


@dataclass(frozen=True, slots=True)
class ArticleParts:
    """What a page shows of an article, ready for the macros of ``article.html.j2``.

    ``heading_in_text`` is whether the first paragraph is the headline. ``speakers`` are the rows of
    the list of speakers, ``count`` the quotations that are shown, ``kinds`` their kinds. ``notes``
    are the notes shown, in order.
    """

    title: str
    heading_in_text: bool
    byline: Sequence[str]
    url: str | None
    paragraphs: Sequence[_Paragraph]
    speakers: Sequence[_Row]
    count: int
    kinds: frozenset[str]

    @property
    def notes(self) -> Sequence[Note]:
        """The notes on all paragraphs."""
        return [note for paragraph in self.paragraphs for note in paragraph.notes]


def article_parts(
    document: Document,
    quotations: Sequence[Quotation],
    *,
    regions: Sequence[Span] | None = None,
    places: Mapping[int, Sequence[str]] | None = None,
    at: Span | None = None,
    numbers: Sequence[int] | None = None,
) -> ArticleParts:
    """The parts of an article's page.

    Args:
        document: the article.
        quotations: its quotations.
        regions: the stretches to show as paragraphs, in order; by default all paragraphs.
        places: what to note beside the region with this index (a speaker's turn, a page).
        at: a place to mark, with the anchor "at".
        numbers: the number of each quotation; by default from 1 on, in this order.
    """
    if numbers is None:
        numbers = range(1, len(quotations) + 1)
    members, spoken = speaker_index(quotations)
    variants = list(map(_variant, quotations, spoken))
    parents = [numbers[parent - 1] if parent else None for parent in numbers_of_parents(quotations)]
    notes = [
        _clean_note(document, note_of(document.text, quotation, number, variant, within=parent))
        for number, quotation, variant, parent in zip(
            numbers, quotations, variants, parents, strict=True
        )
    ]
    if regions is None:
        regions = layout_of(document).paragraphs
    body = _body(document, quotations, notes, regions, places or {}, at)
    placed = {note.number for paragraph in body for note in paragraph.notes}
    byline = (document.publication, document.author, document.date)
    return ArticleParts(
        title=printable(
            _clean(document, document.title or "") or _heading_of(body) or _name(document)
        ),
        heading_in_text=bool(body and body[0].heading),
        byline=[printable(part) for part in byline if part],
        url=safe_url(document.url),
        paragraphs=body,
        speakers=_rows(members, quotations, spoken, placed, numbers),
        count=len(placed),
        kinds=frozenset(quotation.kind for quotation in quotations),
    )


def page_html(
    document: Document, quotations: Sequence[Quotation], *, weights: Mapping[str, str]
) -> Iterator[str]:
    """The page, in pieces of text.

    Args:
        document: the article. What no page can hold (control characters, halves of surrogate
            pairs) is shown as U+FFFD.
        quotations: its quotations; they are numbered in this order.
        weights: the sha256 of each file of weights that took part, by file name.
    """
    parts = article_parts(document, quotations)
    css = page_file("page.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    stream = page_template("page.html.j2").stream(
        css=css,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'",
        article=parts,
        version=__version__,
        text_sha256=document.text_sha256,
        weights=sorted(weights.items()),
    )
    stream.enable_buffering(64)
    return (str(piece) for piece in stream)


def _body(
    document: Document,
    quotations: Sequence[Quotation],
    notes: Sequence[Note],
    regions: Sequence[Span],
    places: Mapping[int, Sequence[str]],
    asked_span: Span | None,
) -> list[_Paragraph]:
    """The paragraphs; a note goes beside the first that holds some of its quotation's content."""
    text = document.text
    layers = [layer for at, quotation in enumerate(quotations) for layer in _layers(quotation, at)]
    if asked_span is not None:
        layers.append(_Layer(asked_span, _AT, -1))
    spans = [layer.span for layer in layers]
    indices_at = spread(spans, regions)
    last = {index: at for at, indices in enumerate(indices_at) for index in indices}
    anchored: set[int] = set()
    body = []
    for at, (region, indices) in enumerate(zip(regions, indices_at, strict=True)):
        events = nested(spans, region, indices)
        ending = {index for index in indices if last[index] == at and layers[index].part == _SAID}
        before = set(anchored)
        steps = _steps(text, events, layers, notes, ending, anchored)
        heading = at == 0 and _is_heading(document, region, len(regions))
        notes_beside = [notes[number] for number in sorted(anchored - before - {-1})]
        beside = [printable(place) for place in places.get(at, ())]
        look = ""
        if document.reader == "markdown":
            look = markdown_look(region.of(text))
            steps = _without_marks(steps)
        body.append(
            _Paragraph(at + 1, heading, steps, notes_beside, beside, "" if heading else look)
        )
    return body


def _without_marks(steps: Sequence[_Step]) -> list[_Step]:
    """The steps of a paragraph of Markdown with its marks left out of what is shown."""
    first = next((at for at, step in enumerate(steps) if step.kind == "text"), -1)
    return [
        replace(step, text=shown_markdown(step.text, begins=at == first))
        if step.kind == "text"
        else step
        for at, step in enumerate(steps)
    ]


def _layers(quotation: Quotation, at: int) -> Iterator[_Layer]:
    """The spans of a quotation, each piece once however often it is named."""
    fields = (quotation.content, quotation.source, quotation.cue, quotation.via_spans)
    for part, spans in enumerate(fields):
        for span in dict.fromkeys(spans):
            yield _Layer(span, part, at)


def _steps(
    text: str,
    events: Sequence[Event],
    layers: Sequence[_Layer],
    notes: Sequence[Note],
    ending: set[int],
    anchored: set[int],
) -> list[_Step]:
    """A paragraph's tags and text. The number of a note stands after each piece of content.

    Args:
        text: the document's raw text.
        events: the tags and text of the paragraph.
        layers: what the events' indices mean.
        notes: the note of each quotation.
        ending: the pieces of content that end in this paragraph.
        anchored: quotations whose beginning has been written; those of this paragraph are added,
            and -1 for the place asked for.
    """
    last = {event.index: at for at, event in enumerate(events) if event.kind == "close"}
    steps = []
    for at, event in enumerate(events):
        if event.kind == "text":
            steps.append(_Step("text", printable(event.span.of(text))))
            continue
        layer = layers[event.index]
        if layer.part == _AT:
            anchor = "" if layer.quotation in anchored else "at"
            anchored.add(layer.quotation)
            steps.append(_Step(event.kind, classes="at", anchor=anchor))
            continue
        note = notes[layer.quotation]
        if event.kind == "open":
            classes, anchor = _PARTS[layer.part], ""
            if layer.part == _SAID:
                classes += f" {note.variant}"
                if layer.quotation not in anchored:
                    anchored.add(layer.quotation)
                    anchor = f"q{note.number}"
            steps.append(_Step("open", classes=classes, anchor=anchor))
            continue
        steps.append(_Step("close"))
        if event.index in ending and last[event.index] == at:
            steps.append(_Step("ref", number=note.number, label=note.label))
    return steps


def _variant(quotation: Quotation, speakers: Sequence[int]) -> str:
    """The class of the content's colour and line: its first speaker's, or nobody's."""
    if not quotation.is_speech:
        return "v-none"
    if not speakers:
        return "v-unknown"
    return f"v{(speakers[0] - 1) % VARIANTS + 1}"


def _rows(
    members: Sequence[SpeakerEntry],
    quotations: Sequence[Quotation],
    spoken: Sequence[tuple[int, ...]],
    placed: set[int],
    numbers_of: Sequence[int],
) -> list[_Row]:
    """The speakers, who says most first; then the quotations whose speaker is not known."""
    rows = []
    for member in sorted(members, key=lambda entry: (-len(entry.quotations), entry.number)):
        candidates = (numbers_of[at - 1] for at in member.quotations)
        numbers = [number for number in candidates if number in placed]
        if numbers:
            name = printable(member.name or member.description or "")
            variant = f"v{(member.number - 1) % VARIANTS + 1}"
            roles = printable("; ".join(member.roles))
            rows.append(_Row(name, bool(member.name), roles, variant, numbers))
    nobody = [
        number
        for number, quotation, speakers in zip(numbers_of, quotations, spoken, strict=True)
        if number in placed and not speakers and quotation.is_speech
    ]
    if nobody:
        rows.append(_Row("Speaker not known", False, "", "v-unknown", nobody))
    return rows


def _is_heading(document: Document, first: Span, count: int) -> bool:
    """Whether the first paragraph is the article's headline."""
    words = first.of(document.text)
    if document.headline is not None:
        return document.headline.overlaps(first) and len(words) < 2 * _LONGEST_HEADING
    if (
        document.title
        and _clean(document, document.title).split() == _clean(document, words).split()
    ):
        return True
    if document.title or count < 2:
        return False
    return len(words) <= _LONGEST_HEADING and not re.search(r"[.!?:;,…][\"'”’»]*$", words)


def title_of(document: Document) -> str:
    """What a page calls a document: its title, its headline, else the name of its file."""
    if document.title:
        return printable(_clean(document, document.title))
    if document.headline is not None:
        return printable(_clean(document, " ".join(document.headline.of(document.text).split())))
    regions = layout_of(document).paragraphs
    if regions and _is_heading(document, regions[0], len(regions)):
        words = " ".join(regions[0].of(document.text).split())
        return printable(_clean(document, words))
    return printable(_name(document))


def _clean(document: Document, words: str) -> str:
    """Words of a document without Markdown's marks, if it is Markdown."""
    return shown_markdown(words, begins=True) if document.reader == "markdown" else words


def _clean_note(document: Document, note: Note) -> Note:
    return without_marks(note) if document.reader == "markdown" else note


def _heading_of(body: Sequence[_Paragraph]) -> str | None:
    if not (body and body[0].heading):
        return None
    return "".join(step.text for step in body[0].steps if step.kind == "text")


def _name(document: Document) -> str:
    path = re.split(r"[/\\]", document.path or "")[-1]
    return path or document.id
