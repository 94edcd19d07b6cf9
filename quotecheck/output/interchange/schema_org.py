"""Quotations in schema.org's vocabulary, as JSON-LD that a page can carry in its head.

What is published so is taken as a statement by search engines and databases. So a quotation that
the document says was *not* said is left out, as are marks around titles, scare quotes, and reports
of thoughts and deeds ("hopes that", "praised her as"); and ``creator`` stands only beside words in
quotation marks whose speaker is not in doubt.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.language.cue_classes import group_of
from quotecheck.output.confidence import DOUBT, confidence_label
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.output.links import identifier_address, safe_url
from quotecheck.output.serialising import dumps
from quotecheck.output.speaker_index import SpeakerEntry, speaker_index
from quotecheck.records.document import Document
from quotecheck.records.plain import Record
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["graph_page", "quotation_graph"]


def quotation_graph(document: Document, quotations: Sequence[Quotation]) -> Record:
    """The document, those who speak in it and what they say, as one JSON-LD graph.

    The ``@id`` of each piece of a quotation is the text's URN with its place as RFC 5147 writes it:
    ``#char=12,30``, a half-open range of code points.
    """
    base = f"urn:quotecheck:text:{document.text_sha256}"
    members, spoken = speaker_index(quotations)
    nodes = []
    for number, (quotation, speakers) in enumerate(zip(quotations, spoken, strict=True), start=1):
        if not _is_statement(quotation):
            continue
        said_by = [members[n - 1] for n in speakers if members[n - 1].name]
        nodes.append(_quotation(document, base, quotation, number, said_by))
    speaking = {number for node in nodes for number in _speakers_of(node, base)}
    people = [_person(member, base) for member in members if member.number in speaking]
    return {
        "@context": "https://schema.org",
        "@graph": [_article(document, base, nodes), *people, *nodes],
    }


def graph_page(
    document: Document, quotations: Sequence[Quotation], **_about: object
) -> Iterator[str]:
    """A document's graph as the text of a file."""
    yield dumps(quotation_graph(document, quotations), indent=2) + "\n"


def _is_statement(quotation: Quotation) -> bool:
    """Whether the document says that these words were spoken or written."""
    if not quotation.is_speech or quotation.facts.negated:
        return False
    if quotation.facts.modality in ("possible", "wanted"):
        return False
    has_statement_cue = group_of(quotation.facts.cue_class) in ("statement", "")
    return has_statement_cue or quotation.kind != "indirect"


def _article(document: Document, base: str, nodes: Sequence[Record]) -> Record:
    url = safe_url(document.url)
    article: Record = {
        "@id": base,
        "@type": "Article" if document.genre and document.genre != "news" else "NewsArticle",
        "headline": document.title
        or (document.headline.of(document.text) if document.headline else None),
        "inLanguage": "en",
        "datePublished": document.date,
        "author": _named("Person", document.author),
        "publisher": _named("Organization", document.publication),
        "url": url,
        "license": safe_url(document.licence),
        "identifier": {
            "@type": "PropertyValue",
            "propertyID": "sha256",
            "value": document.text_sha256,
        },
        "hasPart": [{"@id": node["@id"]} for node in nodes],
    }
    return _filled(article)


def _person(member: SpeakerEntry, base: str) -> Record:
    return _filled(
        {
            "@id": f"{base}:speaker:{member.number}",
            "@type": "Organization" if member.organisation else "Person",
            "name": member.name,
            "jobTitle": _one_or_list(() if member.organisation else member.roles),
            "description": _one_or_list(member.roles if member.organisation else ()),
            "sameAs": identifier_address(member.identifier) if member.identifier else None,
        }
    )


def _quotation(
    document: Document,
    base: str,
    quotation: Quotation,
    number: int,
    said_by: Sequence[SpeakerEntry],
) -> Record:
    text = document.text
    speakers = _one_or_list(tuple({"@id": f"{base}:speaker:{member.number}"} for member in said_by))
    direct = quotation.is_verbatim and quotation.confidence >= DOUBT
    source = _words(text, quotation.source)
    return _filled(
        {
            "@id": f"{base}:q{number}",
            "@type": "Quotation",
            "position": number,
            "text": _words(text, quotation.content),
            "inLanguage": "en",
            "spokenByCharacter": speakers,
            "creator": speakers if direct else None,
            "creditText": source,
            "description": _description(text, quotation, said_by),
            "isPartOf": {"@id": base},
            "citation": _citation(document),
            "isBasedOn": _one_or_list(tuple(map(_report, _chain(quotation)))),
            "audience": _one_or_list(_things(text, "Audience", quotation.facts.addressee)),
            "temporal": _words(text, quotation.facts.time),
            "locationCreated": _one_or_list(_things(text, "Place", quotation.facts.place)),
            "hasPart": [
                {
                    "@id": f"{base}#char={span.start},{span.end}",
                    "@type": "CreativeWork",
                    "position": place,
                    "text": span.of(text),
                }
                for place, span in enumerate(quotation.content, start=1)
            ],
        }
    )


def _description(text: str, quotation: Quotation, said_by: Sequence[SpeakerEntry]) -> str:
    kind = KIND_LABELS[quotation.kind].full.removesuffix(" quotation").capitalize()
    names = " and ".join(member.name for member in said_by if member.name)
    words = _words(text, quotation.source)
    by = f"attributed to {names}" if names else "speaker not known"
    if not names and words:
        by = f"attributed to “{words}”, without a name"
    sure = f"{confidence_label(quotation.confidence)}, {percent(quotation.confidence)}"
    return f"{kind} quotation, {by} ({sure})."


def _chain(quotation: Quotation) -> list[tuple[str, str]]:
    """Who passed the words on, outermost first, as (part, name)."""
    if quotation.relay:
        return [(link.part, link.name) for link in quotation.relay if link.part != "principal"]
    return [("outlet", name) for name in quotation.via]


def _report(link: tuple[str, str]) -> Record:
    part, name = link
    if part == "outlet":
        return {"@type": "CreativeWork", "publisher": {"@type": "Organization", "name": name}}
    return {"@type": "CreativeWork", "creator": {"@type": "Person", "name": name}}


def _citation(document: Document) -> str | None:
    """The article as a line of a bibliography."""
    parts = (document.author, document.title, document.publication, document.date)
    citation = ", ".join(part for part in parts if part)
    url = safe_url(document.url)
    return f"{citation}. {url}" if citation and url else citation or url


def _things(text: str, kind: str, spans: Sequence[Span]) -> tuple[Record, ...]:
    return tuple({"@type": kind, "name": span.of(text)} for span in spans)


def _named(kind: str, name: str | None) -> Record | None:
    return {"@type": kind, "name": name} if name else None


def _words(text: str, spans: Sequence[Span]) -> str | None:
    return " … ".join(span.of(text) for span in spans) or None


def _one_or_list(values: Sequence[object]) -> object:
    """A list only where there are several: how JSON-LD is written by hand."""
    return list(values) if len(values) > 1 else (values[0] if values else None)


def _speakers_of(node: Record, base: str) -> set[int]:
    value = node.get("spokenByCharacter", [])
    listed = value if isinstance(value, list) else [value]
    return {int(reference["@id"].removeprefix(f"{base}:speaker:")) for reference in listed}


def _filled(record: Record) -> Record:
    """Without the properties that nothing is known for."""
    return {key: value for key, value in record.items() if value is not None}
