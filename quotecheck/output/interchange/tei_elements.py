"""The parts of a TEI document around its text: header, persons, feature structures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from quotecheck._version import __version__
from quotecheck.output.links import identifier_address, safe_url
from quotecheck.output.speaker_index import SpeakerEntry
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

__all__ = ["FORBIDDEN", "attributes", "escaped", "facts_of", "header", "people", "safe"]

FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML document can hold, escaped or not."""

_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;",
            "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}  # fmt: skip
_IN_TEXT = re.compile(f"[&<>\r]|{FORBIDDEN.pattern}")
_IN_ATTRIBUTE = re.compile('[&<>"\r\n\t]')


def escaped(text: str) -> str:
    r"""Text for an element: an XML parser gives the same code points back, and ``<g>`` for others.

    >>> escaped("a < b\r\n\x07")
    'a &lt; b&#13;\n<g ref="#U-0007"/>'
    """
    return _IN_TEXT.sub(_piece, text)


def safe(text: str) -> str:
    """Text for an attribute, or for an element that may hold no ``<g>``; others become U+FFFD."""
    return _IN_ATTRIBUTE.sub(lambda match: _ESCAPES[match[0]], FORBIDDEN.sub("\ufffd", text))


def attributes(values: Mapping[str, str]) -> str:
    """Attributes as they stand in a tag, those without a value left out."""
    return "".join(f' {name}="{safe(value)}"' for name, value in values.items() if value)


def header(document: Document, forbidden: Sequence[str], weights: Mapping[str, str]) -> str:
    """The ``teiHeader``: what the text is, where it comes from, and what marked it up."""
    title = document.title or document.id
    bibl = _element("title", document.title) + _element("author", document.author)
    bibl += _element("publisher", document.publication) + _date(document.date)
    url = safe_url(document.url)
    bibl += f'<ref target="{safe(url)}">{safe(url)}</ref>\n' if url else ""
    bibl += f'<idno type="sha256">{safe(document.text_sha256)}</idno>\n'
    bibl += _element("note", document.licence, type="licence")
    digests = "; ".join(f"{name} {digest}" for name, digest in sorted(weights.items()))
    number = re.match(r"\d+(\.\d+){0,3}", __version__)
    version = number[0] if number else "0"
    return (
        "<teiHeader>\n<fileDesc>\n<titleStmt>\n"
        + _element("title", title)
        + _element("author", document.author)
        + "</titleStmt>\n<publicationStmt>\n"
        + "<p>The text as it was read, with the quotations that quotecheck found in it.</p>\n"
        + f"</publicationStmt>\n<sourceDesc>\n<bibl>\n{bibl}</bibl>\n</sourceDesc>\n</fileDesc>\n"
        + "<encodingDesc>\n<appInfo>\n"
        + f'<application xml:id="quotecheck" ident="quotecheck" version="{version}">\n'
        + f"<label>quotecheck {safe(__version__)}</label>\n"
        + _element("desc", f"Weights: {digests}" if digests else None)
        + f"</application>\n</appInfo>\n{_characters(forbidden)}</encodingDesc>\n"
        + '<profileDesc>\n<langUsage>\n<language ident="en">English</language>\n</langUsage>\n'
        + "</profileDesc>\n</teiHeader>\n"
    )


def people(members: Sequence[SpeakerEntry]) -> str:
    """Those who speak, as ``listPerson`` and ``listOrg``; "" where there are none."""
    persons = [_member(member) for member in members if not member.organisation]
    organisations = [_member(member) for member in members if member.organisation]
    note = ""
    if persons:
        note += "<listPerson>\n" + "".join(persons) + "</listPerson>\n"
    if organisations:
        note += "<listOrg>\n" + "".join(organisations) + "</listOrg>\n"
    return note


def facts_of(me: str, quotation: Quotation) -> str:
    """What is known of a quotation, as a feature structure with the id ``me``."""
    facts = quotation.facts
    features = _symbol("kind", quotation.kind)
    features += _feature("confidence", f'<numeric value="{quotation.confidence:.4f}"/>')
    features += _string("rule", quotation.rule) + _string("cueLemma", quotation.cue_lemma)
    features += _symbol("cueClass", facts.cue_class)
    negated = "true" if facts.negated else "false"
    features += _feature("negated", f'<binary value="{negated}"/>')
    features += _symbol("tense", facts.tense) + _symbol("modality", facts.modality)
    features += _string("role", quotation.role) + _symbol("sourceForm", quotation.source_form)
    features += _list("via", [f"<string>{safe(name)}</string>" for name in quotation.via])
    relay = [
        f'<fs type="relay">{_symbol("part", link.part)}{_string("name", link.name)}</fs>'
        for link in quotation.relay
    ]
    guesses = [
        f'<fs type="candidate">{_string("name", name)}'
        + _feature("probability", f'<numeric value="{chance:.4f}"/>')
        + "</fs>"
        for name, chance in quotation.candidates
    ]
    features += _list("relay", relay) + _list("candidates", guesses)
    return f'<fs type="attribution" xml:id="{me}">\n{features}</fs>\n'


def _member(member: SpeakerEntry) -> str:
    """A person or an organisation; an identifier stands as ``idno``."""
    kind = "org" if member.organisation else "person"
    element = _element("orgName" if member.organisation else "persName", member.name)
    if member.identifier:
        iri = identifier_address(member.identifier)
        sort = "wikidata" if "www.wikidata.org/" in iri else "identifier"
        element += f'<idno type="{sort}">{safe(member.identifier)}</idno>\n'
    element += _element("note", member.description, type="description")
    for role in member.roles:
        element += (
            _element("note", role, type="role")
            if member.organisation
            else _element("occupation", role)
        )
    return f'<{kind} xml:id="s{member.number}">\n{element}</{kind}>\n'


def _characters(forbidden: Sequence[str]) -> str:
    if not forbidden:
        return ""
    declared = "".join(
        f'<char xml:id="{_name(sign)}">\n'
        f'<mapping type="codepoint">{_name(sign)}</mapping>\n</char>\n'
        for sign in forbidden
    )
    return f"<charDecl>\n{declared}</charDecl>\n"


def _name(sign: str) -> str:
    return f"U-{ord(sign):04X}"


def _piece(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[0]) or f'<g ref="#{_name(match[0])}"/>'


def _date(date: str | None) -> str:
    if not date:
        return ""
    exact = re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", date, re.ASCII)
    return f"<date{attributes({'when': date if exact else ''})}>{safe(date)}</date>\n"


def _element(name: str, text: str | None, **values: str) -> str:
    return f"<{name}{attributes(values)}>{safe(text)}</{name}>\n" if text else ""


def _feature(name: str, value: str) -> str:
    return f'<f name="{name}">{value}</f>\n'


def _symbol(name: str, value: str) -> str:
    return _feature(name, f'<symbol value="{safe(value)}"/>') if value else ""


def _string(name: str, value: str | None) -> str:
    return _feature(name, f"<string>{safe(value)}</string>") if value else ""


def _list(name: str, values: Sequence[str]) -> str:
    return _feature(name, f'<vColl org="list">{"".join(values)}</vColl>') if values else ""
