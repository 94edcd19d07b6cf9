"""`quotecheck attribute --format …`: what goes where, and the refusals, without any weights."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from quotecheck import cli
from quotecheck.output.registry import RESULTS
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span

TEXT = "“The kiln is cold,” said Marta Oyelaran.\n"
Run = Callable[..., tuple[int, str, str]]


class Marta:
    """Finds Marta Oyelaran's words, and nobody else's."""

    def __init__(self) -> None:
        self.weights_sha256 = {"marta.pt": "0" * 64}

    def each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
        for document in documents:
            assert document.text == TEXT
            speaker = Speaker("Marta Oyelaran", Span(25, 39), label="Person")
            yield document, (Quotation((Span(0, 19),), (Span(20, 24),), (Span(25, 39),), "direct",
                                       "r", 0.9, "say", (speaker,)),)  # fmt: skip


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    monkeypatch.setattr(
        "quotecheck.pipeline.attributor.load_attributor", lambda **_options: Marta()
    )

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["quotecheck", "attribute", *map(str, arguments)])
        code: object = 0
        try:
            cli.main()
        except SystemExit as done:
            code = done.code or 0
        sys.stdout.flush()
        out, err = capsysbinary.readouterr()
        assert isinstance(code, int)
        return code, out.decode(), err.decode()

    return run


FORMATS = {name: form for name, form in RESULTS["attributions"].items() if not form.table}


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.files])
def test_one_article_on_standard_output(name: str, news: Path, run: Run) -> None:
    code, out, _ = run(news / "one.txt", "--format", name)
    assert code == 0
    assert "Marta Oyelaran" in out


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if not form.stream])
def test_a_folder_of_articles_into_a_folder(
    name: str, news: Path, tmp_path: Path, run: Run
) -> None:
    code, _, err = run(news, "--format", name, "--output", tmp_path / "out")
    assert (code, err) == (0, "")
    found = [path for path in (tmp_path / "out").iterdir() if path.name.startswith(("one", "two"))]
    assert len(found) == (4 if name == "brat" else 2)


@pytest.mark.parametrize("name", [name for name, form in FORMATS.items() if form.page])
def test_a_folder_of_articles_into_one_file_is_refused(
    name: str, news: Path, tmp_path: Path, run: Run
) -> None:
    code, _, err = run(news, "--format", name, "--output", tmp_path / "out.file")
    assert code == 2
    assert "--output FOLDER" in err
    assert not (tmp_path / "out.file").exists()


def test_brat_without_a_folder_is_refused(news: Path, run: Run) -> None:
    code, out, err = run(news, "--format", "brat")
    assert (code, out) == (2, "")
    assert "--output FOLDER" in err
