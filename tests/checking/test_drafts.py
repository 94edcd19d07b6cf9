"""A draft against a library, or against sources that are only read for it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import quotecheck
from quotecheck.errors import InputError, LibraryError
from quotecheck.library.library import library_in_memory
from quotecheck.records.document import Document, Segment
from quotecheck.records.quotation import Quotation, with_document
from quotecheck.records.text import Span

SPEECH = "We mended the weir in March. The town paid for it twice, and nobody thanked the diver."
DRAFT = "“The town paid for it twice,” she said. “The town paid for it once,” he said."


class Marks:
    """Takes whatever stands in marks for a quotation, by whoever is named in front of a colon."""

    weights_sha256: dict[str, str] = {}  # noqa: RUF012

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        spans = [Span(*match.span()) for match in re.finditer("“[^”]*”", document.text)]
        quotations = [Quotation((span,), (), (), "direct", "marks", 0.9) for span in spans]
        return with_document(quotations, document.text)


MARKS: Any = Marks()


def verdicts(draft: Any, **given: Any) -> list[tuple[str, str]]:
    found = quotecheck.check_text(draft, attributor=MARKS, **given)
    return [(check.verdict, check.severity) for check, _ in found]


def test_a_text_is_checked_against_a_text() -> None:
    found = quotecheck.check_text(DRAFT, sources=[SPEECH], attributor=MARKS)
    assert [(one.check.verdict, one.check.severity) for one in found] == [
        ("verbatim", "none"),
        ("altered", "meaning"),
    ]
    assert [one.quotation.text for one in found] == re.findall("“[^”]*”", DRAFT)
    check, quotation = found[1]  # a pair, too
    assert check.searched == "1 document"
    assert check.quote == quotation.text.strip("“”,") or check.quote in quotation.text


def test_sources_may_be_files_folders_and_documents(tmp_path: Path) -> None:
    folder = tmp_path / "speeches"
    folder.mkdir()
    (folder / "weir.txt").write_text(SPEECH, encoding="utf-8")
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    expected = [("verbatim", "none"), ("altered", "meaning")]
    turn = Segment(0, len(SPEECH), "Ada Bell")
    spoken = Document("turn", SPEECH, "0" * 64, "1" * 64, segments=(turn,))
    for sources in ([folder], [folder / "weir.txt"], [str(folder / "weir.txt")], [spoken]):
        assert verdicts(tmp_path / "draft.txt", sources=sources) == expected
    (check, _), _ = quotecheck.check_text(DRAFT, sources=[spoken], attributor=MARKS)
    assert check.speaker == "Ada Bell"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["draft.txt", "speeches"]


def test_a_library_gives_the_same_answer(tmp_path: Path) -> None:
    (tmp_path / "weir.txt").write_text(SPEECH, encoding="utf-8")
    path = tmp_path / "library.db"
    quotecheck.build(tmp_path / "weir.txt", path, attribute=False)
    expected = [("verbatim", "none"), ("altered", "meaning")]
    assert verdicts(DRAFT, library=path) == expected
    with quotecheck.open_library(path) as library:
        assert verdicts(DRAFT, library=library) == expected
        assert library.statistics().documents == 1  # still open


def test_what_cannot_be_answered_is_said(tmp_path: Path) -> None:
    for given in ({}, {"library": "a.db", "sources": [SPEECH]}):
        with pytest.raises(TypeError, match="a library or sources"):
            quotecheck.check_text(DRAFT, attributor=MARKS, **given)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="no source"):
        verdicts(DRAFT, sources=[])
    with pytest.raises(InputError) as caught:
        verdicts(DRAFT, sources=[tmp_path / "none.txt"])
    assert "none.txt" in str(caught.value)
    with pytest.raises(InputError, match="no such file"):
        verdicts("draft.txt", sources=[SPEECH])
    with pytest.raises(LibraryError, match="no library here"):
        verdicts(DRAFT, library=tmp_path / "none.db")


def test_a_draft_without_quotations_has_no_checks() -> None:
    assert quotecheck.check_text("She left.", sources=[SPEECH], attributor=MARKS) == ()


def test_a_library_in_memory_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with library_in_memory() as library:
        assert library.statistics().documents == 0
        assert library.writable
    assert list(tmp_path.iterdir()) == []


@pytest.mark.weights
def test_the_quoted_of_a_source_is_known(attributor: Any) -> None:
    story = "The weir is mended. “We paid for it twice,” Ada Bell, the mayor, said on Monday."
    draft = "“We paid for it once,” said Ada Bell."
    ((check, quotation),) = quotecheck.check_text(draft, sources=[story], attributor=attributor)
    assert (quotation.speaker, check.severity) == ("Ada Bell", "meaning")
    draft = "“We paid for it twice,” said Hugh Marr."
    ((check, _),) = quotecheck.check_text(draft, sources=[story], attributor=attributor)
    assert check.speaker == "Ada Bell"


def test_an_article_in_the_library_does_not_hide_the_source_of_its_words(tmp_path: Path) -> None:
    """Its own words, exactly there, would else be the only candidates, and then be left out."""
    said = "We counted 31 leaks in the wall last week, and nine of them were not there in March."
    article = "“We counted 31 leaks, and nine of them weren’t there in March,” the engineer said."
    (tmp_path / "said.txt").write_text(said, encoding="utf-8")
    (tmp_path / "article.txt").write_text(article, encoding="utf-8")
    library = tmp_path / "both.db"
    quotecheck.build([tmp_path / "said.txt", tmp_path / "article.txt"], library, attribute=False)
    for draft in (tmp_path / "article.txt", tmp_path / "article.txt"):  # and again
        ((check, _),) = quotecheck.check_text(draft, library, attributor=MARKS)
        assert check.verdict not in {"not_found", "verbatim"}
        assert check.document.startswith("said")
