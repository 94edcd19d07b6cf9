"""The layout of a document: worked out once, kept with it, no part of its value."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

from quotecheck.cluster import json_codec
from quotecheck.pipeline.attributor import Attributor
from quotecheck.records.document import Document
from quotecheck.records.text import ParsedDocument, Sentence, Span
from quotecheck.text import layout, paragraphs, quotation_marks
from quotecheck.text.layout import layout_of

if TYPE_CHECKING:
    import pytest

TEXT = "“The weir holds, and ‘holds’ is the word,” the keeper said.\n\nNobody asked “why”.\n"


def document(text: str = TEXT, blocks: tuple[Span, ...] = ()) -> Document:
    return Document("one", text, "0" * 64, "1" * 64, blocks=blocks)


def test_it_is_that_of_the_text() -> None:
    found = layout_of(document(blocks=(Span(0, 9),)))
    limits = paragraphs.paragraphs(TEXT)
    assert found.paragraphs == limits
    assert found.passages == quotation_marks.quoted_passages(TEXT, limits, (Span(0, 9),))
    assert found.outermost == tuple(p for p in found.passages if p.depth == 0)
    assert len(found.outermost) < len(found.passages)


def test_it_is_no_part_of_the_document() -> None:
    one = document()
    found = layout_of(one)
    assert layout_of(one) is found
    assert one == document()
    assert "layout" not in repr(one)
    assert replace(one, text="Another.").layout is None
    other = pickle.loads(pickle.dumps(one))  # noqa: S301 - our own
    assert other == one
    assert other.layout is None
    assert json_codec.unpack_document(*json_codec.pack_document(one)) == one


def test_what_was_worked_out_is_not_pickled_on_any_python() -> None:
    """The slots of Python 3.11.0 to 3.11.2 replace ``__getstate__``, and leave ``__reduce__``."""
    one = document()
    layout_of(one)
    sentence = Sentence(Span(0, 3), (), parsed=False)
    object.__setattr__(sentence, "index", "a tree")
    for record in (one, sentence):
        assert "__reduce__" in vars(type(record))
        for again in (pickle.loads(pickle.dumps(record)), copy.deepcopy(record)):  # noqa: S301
            assert again == record
            assert getattr(again, "layout", None) is None
            assert getattr(again, "index", None) is None


def test_a_document_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attribution, the page and TEI of an article, and its checks share one layout."""
    from quotecheck.output.html.article import article_parts
    from quotecheck.output.interchange.tei import tei

    calls: list[str] = []

    def counted(text: str, *rest: object) -> object:
        calls.append(text)
        return quotation_marks.quoted_passages(text, *rest)  # type: ignore[arg-type]

    class NoParser:
        weights_sha256: dict[str, str] = {}  # noqa: RUF012

        def parse_many(self, texts: object, **_: object) -> object:
            for text in texts:  # type: ignore[attr-defined]
                yield ParsedDocument(text[0], ())

    monkeypatch.setattr(layout, "quoted_passages", counted)
    one = document()
    quotations = Attributor(NoParser())(one)  # type: ignore[arg-type]
    assert quotations
    article_parts(one, quotations)
    "".join(tei(one, quotations, weights={}))
    assert calls == [TEXT]
