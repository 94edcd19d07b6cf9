"""A corpus made of a folder of downloaded files: pinned, written, and held against both."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quotecheck.reading.documents import read_documents
from quotecheck.records.document import Document
from tests.support import paths

ROOT = paths.ROOT
SCRIPT = ROOT / "corpora" / "prepare_folder.py"

FILES = {
    "lords/debate-1998-07-14.txt": (
        "LORD MARL: The bridge is not ours to sell.\n\nLADY COLE: Nor ours to mend.\n\n"
        "LORD MARL: Then whose is it?\n\nLADY COLE: The river's.\n"
    ),
    "speech.md": "---\ntitle: On bridges\ndate: 1998\nspeaker: Ada Fenn\n---\n"
    "A bridge is a habit.\n",
    "speech.md.meta.json": '{"url": "https://bridges.example/speech"}',
    "verses.jsonl": (
        '{"id": "one", "text": "In the morning the water was low.", "date": "1611"}\n'
        '{"id": "one", "text": "And in the evening it was high."}\n{"text": 7}\n'
    ),
    "cover.png": "\x89PNG",
}


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("prepare_folder", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["prepare_folder"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "downloads"
    for name, words in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="latin-1", newline="\n")
    (folder / ".hidden").write_text("x", encoding="utf-8")
    (folder / "round").symlink_to(folder)
    (folder / "link.txt").symlink_to(folder / "speech.md")
    return folder


@pytest.fixture
def corpus(tmp_path: Path, folder: Path, script: ModuleType) -> Path:
    corpus = tmp_path / "bridges"
    corpus.mkdir()
    (corpus / "corpus.toml").write_text(
        'genre = "debate"\nlicence = "CC0-1.0"\norigin = "own prose"\n', encoding="utf-8"
    )
    assert script.main([str(folder), str(corpus), "--write"]) == 1  # with damage, which is told
    return corpus


def records(corpus: Path) -> list[dict[str, Any]]:
    rows = (corpus / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows]


def test_documents_have_turns_dates_and_what_the_corpus_says(corpus: Path) -> None:
    debate, speech, first, second = records(corpus)
    assert [s[2] for s in debate["segments"]] == ["Lord Marl", "Lady Cole"] * 2
    assert debate["date"] == "1998-07-14"
    assert speech["segments"] == [[0, 20, "Ada Fenn"]]
    assert (speech["title"], speech["date"]) == ("On bridges", "1998")
    assert speech["url"] == "https://bridges.example/speech"
    assert (first["id"], first["date"], second["id"]) == ("one", "1611", "verses/one")
    for record in (debate, speech, first, second):
        assert (record["genre"], record["licence"]) == ("debate", "CC0-1.0")
        for start, end, _ in record.get("segments", ()):
            assert 0 <= start < end <= len(record["text"])


def test_what_it_writes_is_read_back_the_same(corpus: Path) -> None:
    read = list(read_documents(corpus / "documents.jsonl"))
    assert len(read) == 4
    for document, record in zip(read, records(corpus), strict=True):
        assert isinstance(document, Document)
        assert (document.id, document.text) == (record["id"], record["text"])
        assert [[s.start, s.end, s.speaker] for s in document.segments] == record.get(
            "segments", []
        )


def test_the_sums_are_those_of_sha256sum(corpus: Path, folder: Path) -> None:
    names = [line[66:] for line in (corpus / "SHA256SUMS").read_text().splitlines()]
    assert names == sorted(FILES)  # neither hidden files nor links
    program = subprocess.run(
        ["sha256sum", "--check", "--quiet", corpus / "SHA256SUMS"], cwd=folder, check=False
    )
    assert program.returncode == 0


def test_the_readme_counts_and_keeps_what_was_written(
    corpus: Path, folder: Path, script: ModuleType
) -> None:
    readme = corpus / "README.md"
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("# bridges\n")
    assert "| documents | 4 |" in text
    assert "| speakers | 3 |" in text
    assert "| dates | 1611 to 1998-07-14; 1 documents without |" in text
    assert "| not read | 2 |" in text
    assert "own prose" in text
    assert "CC0-1.0" in text
    readme.write_text(text.replace("What it is, who", "Of bridges; who"), encoding="utf-8")
    (folder / "more.txt").write_text("A bridge more.", encoding="utf-8")
    script.main([str(folder), str(corpus), "--write"])
    text = readme.read_text(encoding="utf-8")
    assert "Of bridges" in text
    assert "| documents | 5 |" in text


def test_a_second_look_finds_all_as_it_was(
    corpus: Path, folder: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path.name: path.read_bytes() for path in corpus.iterdir()}
    assert script.main([str(folder), str(corpus)]) == 0
    assert "every file and document holds" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in corpus.iterdir()} == before


def test_whatever_changed_is_told(
    corpus: Path, folder: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "speech.md").write_text("A bridge is a rumour.", encoding="utf-8")
    (folder / "verses.jsonl").unlink()
    (folder / "new.txt").write_text("New.", encoding="utf-8")
    assert script.main([str(folder), str(corpus)]) == 1
    told = capsys.readouterr().err
    assert "speech.md: not the file that was pinned" in told
    assert "verses.jsonl: missing" in told
    assert "new.txt: not pinned" in told


def test_a_reader_that_reads_otherwise_is_told(
    corpus: Path, folder: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "corpus.toml").write_text('genre = "speech"\n', encoding="utf-8")
    assert script.main([str(folder), str(corpus)]) == 1
    assert "other documents come out" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda corpus: (corpus / "SHA256SUMS").unlink(), "no list of checksums"),
        (lambda corpus: (corpus / "SHA256SUMS").write_text("x\n"), "no line of sha256sum"),
        (lambda corpus: (corpus / "corpus.toml").write_text("x"), "cannot be read"),
        (lambda corpus: (corpus / "corpus.toml").write_text("x = 1"), "nothing is known"),
    ],
)
def test_what_cannot_be_read_is_an_error_in_words(
    change: Any,
    said: str,
    corpus: Path,
    folder: Path,
    script: ModuleType,
    capsys: pytest.CaptureFixture[str],
) -> None:
    change(corpus)
    assert script.main([str(folder), str(corpus)]) == 2
    assert said in capsys.readouterr().err


def test_folders_that_will_not_do(
    tmp_path: Path, folder: Path, script: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty").mkdir()
    for arguments, said in (
        ([tmp_path / "nowhere", tmp_path / "c"], "no such folder"),
        ([tmp_path / "empty", tmp_path / "c"], "no file in it"),
        ([folder, folder / "c"], "part of itself"),
    ):
        assert script.main([*map(str, arguments), "--write"]) == 2
        assert said in capsys.readouterr().err
        assert not (folder / "c").exists()


def test_dates_in_names(script: ModuleType) -> None:
    for name, found in {
        "debate-2024-03-11.txt": "2024-03-11",
        "20240311_lords.html": "2024-03-11",
        "hc_1998_07.txt": "1998-07",
        "2024.03.11.txt": "2024-03-11",
        "2024-02-30.txt": None,
        "123420240311.txt": None,
        "202403.txt": None,
        "page-12.txt": None,
    }.items():
        assert script.date_in(name) == found, name


def test_the_reading_shown_in_the_readme_works(tmp_path: Path) -> None:
    page = (ROOT / "corpora" / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    corpora = tmp_path / "corpora"
    (corpora / "lines").mkdir(parents=True)
    for name in ("prepare_folder.py", "TEMPLATE.md"):
        (corpora / name).write_text((ROOT / "corpora" / name).read_text(), encoding="utf-8")
    own = corpora / "lines" / "prepare.py"
    own.write_text(code, encoding="utf-8")
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "talk-2001-05-06.tsv").write_text(
        "Ann Lee\tIs it deep?\nJo Rook\tDeep enough.\n", encoding="utf-8"
    )
    for more in (["--write"], []):
        ran = subprocess.run(
            [sys.executable, own, tmp_path / "raw", own.parent, *more],
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stderr
    (record,) = records(own.parent)
    assert record["date"] == "2001-05-06"
    assert [record["text"][s:e] for s, e, _ in record["segments"]] == [
        "Is it deep?",
        "Deep enough.",
    ]
