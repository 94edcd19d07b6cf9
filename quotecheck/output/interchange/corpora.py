"""A whole library in one file: a TEI corpus, a collection of W3C annotations, a graph.

Each is made of what `quotecheck attribute` writes for one document, one document in memory at a
time. Names within a TEI document begin with the number of the document there ("d2.q3" is the third
quotation of the second), for in one file each must be another.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.errors import InputError
from quotecheck.output.interchange.schema_org import quotation_graph
from quotecheck.output.interchange.tei import tei
from quotecheck.output.interchange.tei_elements import safe
from quotecheck.output.interchange.w3c import CONTEXT, web_annotations
from quotecheck.output.serialising import dumps
from quotecheck.records.plain import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["annotation_collection", "library_graph", "tei_corpus"]

_TAG = re.compile("<[^<>]*>")  # an attribute holds neither of these as it is
_NAMED = re.compile(r'( xml:id=")')
_POINTS = re.compile(r' (?:who|toWhom|ana|resp|next|prev|corresp|target|ref)="#[^"]*"')


def tei_corpus(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    *,
    title: str,
    weights: Mapping[str, str],
) -> Iterator[str]:
    """A ``teiCorpus`` with a ``TEI`` for each document, in pieces of text.

    Args:
        results: documents with their quotations.
        title: of the corpus.
        weights: the sha256 of each file of weights that took part, by file name.

    Raises:
        InputError: there is no document; a corpus has at least one.
    """
    number = 0
    for number, (document, quotations) in enumerate(results, start=1):
        if number == 1:
            yield _corpus_head(title)
        text = "".join(tei(document, quotations, weights=weights))
        yield _renamed(text[text.index("<TEI ") :], f"d{number}.")
    if not number:
        raise InputError(
            "there is no document with quotations to write",
            remedy="A TEI corpus needs at least one. Use wider filters.",
        )
    yield "</teiCorpus>\n"


def _corpus_head(title: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en">\n'
        "<teiHeader>\n<fileDesc>\n<titleStmt>\n"
        f"<title>{safe(title)}</title>\n"
        "</titleStmt>\n<publicationStmt>\n"
        f"<p>Texts with the quotations that quotecheck {safe(__version__)} found in them.</p>\n"
        "</publicationStmt>\n<sourceDesc>\n<p>Each text has its own header.</p>\n</sourceDesc>\n"
        "</fileDesc>\n</teiHeader>\n"
    )


def _renamed(text: str, before: str) -> str:
    """A TEI document with ``before`` in front of each name in it and of what points to one."""

    def tag(element: re.Match[str]) -> str:
        named = _NAMED.sub(rf"\g<1>{before}", element[0])
        return _POINTS.sub(lambda match: match[0].replace("#", f"#{before}"), named)

    return _TAG.sub(tag, text)


def annotation_collection(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    *,
    name: str,
    weights: Mapping[str, str],
) -> Iterator[str]:
    """The annotations of all documents as one JSON-LD collection, one annotation a line.

    It has one page that holds them all; ``total`` comes last, when it is known.

    Args:
        results: documents with their quotations.
        name: an address of the library (a URN) for the names of collection and page.
        weights: the sha256 of each file of weights that took part, by file name.
    """
    page = f"{name}:annotations:1"
    head: Record = {
        "@context": CONTEXT,
        "id": f"{name}:annotations",
        "type": "AnnotationCollection",
        "label": "Quotations of a library",
        "generator": {
            "id": "urn:quotecheck:software",
            "type": "Software",
            "name": f"quotecheck {__version__}",
        },
        "quotecheck:weights": [f"{file} {digest}" for file, digest in sorted(weights.items())],
        "last": page,
        "first": {
            "id": page,
            "type": "AnnotationPage",
            "partOf": f"{name}:annotations",
            "startIndex": 0,
        },
    }
    yield dumps(head, indent=2).removesuffix("\n  }\n}") + ',\n    "items": ['
    total = 0
    for document, quotations in results:
        for annotation in web_annotations(document, quotations):
            yield ("," if total else "") + "\n      " + dumps(annotation)
            total += 1
    yield ("\n    ]" if total else "]") + f'\n  }},\n  "total": {total}\n}}\n'


def library_graph(results: Iterable[tuple[Document, Sequence[Quotation]]]) -> Iterator[str]:
    """The schema.org graphs of all documents as one, a node a line.

    Args:
        results: documents with their quotations.
    """
    yield '{"@context": "https://schema.org", "@graph": ['
    between = "\n"
    for document, quotations in results:
        for node in quotation_graph(document, quotations)["@graph"]:
            yield f"{between}{dumps(node)}"
            between = ",\n"
    yield "\n]}\n"
