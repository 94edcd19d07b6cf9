"""Other words, same statement: vectors in a library, and what a check makes of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotecheck import cli
from quotecheck.building.embeddings import embed_passages, installed_encoders
from quotecheck.checking.checker import Checker, check_quote
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.errors import LibraryError
from quotecheck.library.library import Library, open_library
from quotecheck.library.vectors import count_lacking, lacking, read_blocks
from quotecheck.paraphrase.encoder import load_encoder
from quotecheck.records.document import Segment
from quotecheck.text.passages import split_passages
from tests.support.checking_sources import DOCUMENTS
from tests.support.documents import document, fill

ORPHAN = "This threat should be neutralised wisely and with closer interaction"
TALK = (
    "Marr: The toll on the old bridge must fall before the frost comes. I have said so for nine "
    "years and the council has laughed at me for nine years.\n"
    "Lind: Our ferries carry four hundred people a day. Nobody on this island wants to pay twice "
    "for the same crossing. My mother mended nets by lamplight and never once complained of it.\n"
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path = tmp_path_factory.mktemp("semantic") / "sources.db"
    cut = TALK.index("Lind:")
    turns = (Segment(0, cut, "Thomas Marr"), Segment(cut, len(TALK), "Oskar Lind"))
    talk = document("talk", TALK, date="2020-01-09", segments=turns)
    fill(path, [*DOCUMENTS, talk]).close()
    report = embed_passages(path)
    assert report.passages == 6
    assert report.vectors > 15  # of sentences, and of clauses
    assert embed_passages(path).passages == 0
    with open_library(path) as library:
        yield library


def found(library: Library, quote: str, speaker: str | None = None):  # type: ignore[no-untyped-def]
    return check_quote(library, quote, speaker=speaker, semantic=semantic_search(library))


@pytest.mark.parametrize("speaker", ["Ali Khamenei", None])
def test_the_other_translation_is_found(library: Library, speaker: str | None) -> None:
    check = found(library, f"“{ORPHAN}”", speaker)
    assert check.document == "khamenei"
    assert check.verdict in ("paraphrase", "not_found")
    assert "vigilance and closer interaction" in (check.origin_text or "")
    assert "in other words" in check.reasons[0] or "nearest in meaning" in check.reasons[0]
    assert "candidate" in check.reasons[0]
    also = [reason for reason in check.reasons if reason.kind == "also near"]  # type: ignore[attr-defined]
    assert len(also) == (2 if check.verdict == "not_found" else 0)


@pytest.mark.xfail(reason="found, and held to be too unsure to call a paraphrase", strict=True)
def test_the_other_translation_is_called_a_paraphrase(library: Library) -> None:
    assert found(library, f"“{ORPHAN}”", "Ali Khamenei").verdict == "paraphrase"


@pytest.mark.parametrize(
    ("quote", "key"),
    [
        ("The charge for the ancient bridge has to go down before winter arrives.", "talk"),
        ("No islander cares to be charged two times for one journey.", "talk"),
    ],
)
def test_the_same_in_other_words(library: Library, quote: str, key: str) -> None:
    check = found(library, quote)
    assert (check.verdict, check.document, check.severity) == ("paraphrase", key, "wording")
    assert check.origin_text == f"{check.spans[0].of(TALK)}."


@pytest.mark.parametrize(
    "quote",
    [
        "The charge for the ancient bridge must never go down before winter arrives.",
        "Our boats take some seven hundred folk across daily.",
        "No one in Portugal cares to be charged two times for one journey.",
    ],
)
def test_what_differs_in_sense_is_not_called_the_same(library: Library, quote: str) -> None:
    check = found(library, quote)
    assert check.verdict == "not_found"
    if check.document is not None:
        assert any(r.kind.startswith("differs") for r in check.reasons)  # type: ignore[attr-defined]


def test_another_mouth_is_not_called_the_same(library: Library) -> None:
    quote = "No islander cares to be charged two times for one journey."
    assert found(library, quote, "Oskar Lind").verdict == "paraphrase"
    check = found(library, quote, "Vladimir Putin")
    assert check.verdict == "not_found"


@pytest.mark.parametrize(
    "quote",
    ["Velvet comets vote for marmalade on alternate Sundays", "I like it", "…", "42"],
)
def test_what_is_not_there(library: Library, quote: str) -> None:
    if any(c.isalnum() for c in quote):
        assert found(library, quote).verdict == "not_found"


def test_faithful_words_never_ask(library: Library) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("the sentences were searched")

    checker = Checker(library, semantic=asked)
    assert checker.check("the West has no answer to it").verdict == "verbatim"


def test_an_article_is_no_source_of_itself(library: Library) -> None:
    talk = library.document("talk")
    assert talk is not None
    checker = Checker(library, semantic=semantic_search(library))
    checker.leave_out(talk)
    quote = "No islander cares to be charged two times for one journey."
    assert checker.check(quote).document != "talk"


def test_a_build_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quotecheck.library.vectors.PASSAGES", 2)
    path = tmp_path / "sources.db"
    fill(path, DOCUMENTS).close()
    encoder = load_encoder()
    name = encoder.sha256

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        embed_passages(path, encoders=[encoder], progress=stop)
    with open_library(path) as library:
        assert len(list(read_blocks(library, name))) == 1
        left = count_lacking(library.db.conn, name)
        assert left == sum(map(len, lacking(library.db.conn, name))) > 0
        statuses = [row[0] for row in library.db.execute("SELECT status FROM runs").fetchall()]
        assert statuses[-1] == "interrupted"
    assert embed_passages(path, encoders=[encoder]).passages == left


def test_a_new_text_has_new_vectors(tmp_path: Path) -> None:
    path = tmp_path / "sources.db"
    fill(path, DOCUMENTS).close()
    embed_passages(path)
    new = document("todd", "What goes on is a scandal of the first order, and nobody minds it.")
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="0")
        library.add_document(new, passages=list(split_passages(new.text)), run=run)
        assert semantic_search(library) is None  # the row that held them went with them
    assert embed_passages(path).passages == len(DOCUMENTS)


def test_vectors_of_another_encoder_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "sources.db"
    fill(path, DOCUMENTS).close()
    embed_passages(path)
    with open_library(path, create=True) as library:
        with library.write() as db:
            db.execute("UPDATE passage_vectors SET encoder = ?", ["0" * 64])
        quote = "The plan should be met with watchfulness by all."
        assert check_quote(library, quote, semantic=semantic_search(library)).document is None
    assert embed_passages(path).passages > 0
    with open_library(path) as library:
        assert {r[0] for r in library.db.execute("SELECT encoder FROM passage_vectors")} == {
            encoder.sha256 for encoder in installed_encoders()
        }


def test_no_library_no_vectors(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no such library"):
        embed_passages(tmp_path / "missing.db")
    with fill(tmp_path / "plain.db", DOCUMENTS) as library:
        assert semantic_search(library) is None


def test_from_the_command_line(tmp_path: Path) -> None:
    source = tmp_path / "talk.txt"
    source.write_text(TALK.replace("Lind:", "LIND:").replace("Marr:", "MARR:"), encoding="utf-8")
    path = str(tmp_path / "sources.db")
    build = ["build", str(source), "--db", path, "--no-attribute", "--semantic"]
    built = CliRunner().invoke(cli.app, build)
    assert built.exit_code == 0
    assert "Vectors of sentences and clauses: 7 of 1 passages" in built.output
    quote = "No islander cares to be charged two times for one journey."
    checked = CliRunner().invoke(cli.app, ["check", quote, "--db", path])
    assert checked.exit_code == 1  # other words are no faithful quotation
    assert "in other words" in " ".join(checked.output.split())


def test_a_check_loads_no_torch(library: Library) -> None:
    code = (
        "import sys; from quotecheck.library.library import open_library;"
        "from quotecheck.checking.checker import check_quote;"
        "from quotecheck.checking.paraphrase_search import semantic_search;"
        f"library = open_library({str(library.path)!r});"
        f"check = check_quote(library, {ORPHAN!r}, semantic=semantic_search(library));"
        "assert check.document == 'khamenei', check; assert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
