"""Documents one by one and together: the same quotations, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.documents import document_of

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

TEXTS = (
    '"The dam will hold," said Ilse Norran, the engineer.\n\nShe added that nobody would leave.\n',
    "word " * 500_000,
    "The mayor denied it. “We never met,” he told reporters on Friday.\n",
    "There is no speech in this.\n",
)


@pytest.mark.weights
def test_together_as_one_by_one(attributor: Attributor) -> None:
    documents = [replace(document_of(text), id=str(n)) for n, text in enumerate(TEXTS)]
    found = list(attributor.each(documents))
    assert [document.id for document, _ in found] == ["0", "1", "2", "3"]
    for document, together in found:
        if document.id == "1":
            assert isinstance(together, InputError)
            with pytest.raises(InputError):
                attributor(document)
            continue
        assert not isinstance(together, InputError)
        alone = attributor(document)
        assert [(q.content, q.source, q.speakers) for q in together] == [
            (q.content, q.source, q.speakers) for q in alone
        ]
    assert len(found[0][1]) == 2  # type: ignore[arg-type]
