"""Which attributions of a library an older version made."""

from __future__ import annotations

import pytest

from quotecheck._version import __version__
from quotecheck.library.attribution_age import (
    OlderAttributions,
    attributed_version,
    is_older,
    older_attributions,
)
from quotecheck.library.library import Library
from quotecheck.output.plain_text import older_words
from tests.support.library_samples import QUOTATION, make


@pytest.mark.parametrize(
    ("version", "than", "older"),
    [("0.1.0", "0.2.0", True), ("0.2.0", "0.10.0", True), ("0.2.0", "0.2.0", False),
     ("0.3.0", "0.2.9", False), ("", "0.2.0", True), ("odd", "0.2.0", True),
     ("0.2.0+local.9", "0.2.0", False)],
)  # fmt: skip
def test_versions_are_compared_by_their_numbers(version: str, than: str, older: bool) -> None:
    assert is_older(version, than) is older


def test_only_the_newest_attribution_of_a_document_counts(library: Library) -> None:
    assert older_attributions(library.db) == []
    first = library.start_run("build", version="0.0.1", settings={})
    now = library.start_run("recheck", version=__version__, settings={})
    for key in ("one", "two", "three"):
        added = library.add_document(make(key), passages=None, run=first)
        library.add_quotations(added.id, [QUOTATION], run=first)
        if key == "two":
            library.add_quotations(added.id, [QUOTATION], run=now, again=True)
            assert attributed_version(library.db, added.id) == __version__
    assert older_attributions(library.db) == [OlderAttributions("0.0.1", 2, 2)]
    assert older_attributions(library.db, "0.0.1") == []
    told = older_words(older_attributions(library.db), "my library.db")
    assert told == (
        "2 documents were attributed by an older version (0.0.1: 2). Renew: quotecheck recheck"
        " --db 'my library.db' --attribute --store"
    )
    assert older_words([], "library.db") == ""
    assert [one.version for one in library.quotations("two")] == [__version__]
