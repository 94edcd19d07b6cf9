"""The public Python face: light to import, the same as the commands, and as the README shows it."""

from __future__ import annotations

import copy
import doctest
import inspect
import io
import json
import pickle
import pydoc
import re
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import quotecheck
from quotecheck import api
from quotecheck.cluster.json_codec import pack_outcome, unpack_outcome
from quotecheck.errors import InputError, LibraryError
from quotecheck.library import library as library_module
from quotecheck.output.attributions import attributions_json
from quotecheck.output.checks import checks_json
from quotecheck.pipeline import attributor as attributing
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, with_document
from quotecheck.records.text import Span
from tests.support import building_cases as cases
from tests.support import paths

SAMPLE = paths.ROOT / "corpora" / "sample"
QUOTE = "No village will be asked to move twice."
FUNCTIONS = (
    "attribute",
    "build",
    "check",
    "check_text",
    "trace",
    "search",
    "export",
    "open_library",
)
CLASSES = (
    "Quotation",
    "Check",
    "CheckedQuotation",
    "Document",
    "Span",
    "Attributor",
    "Library",
    "BuildReport",
    "Trace",
    "SearchResults",
)


# ------------------------------------------------------------------------------------ importing it


MOST_MODULES = 150
"""Some 90 of the standard library and of quotecheck are enough; a slow package adds hundreds."""


def modules_after(code: str) -> set[str]:
    """The modules that some imports load."""
    program = f"import sys\n{code}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=paths.ROOT
    )
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "code",
    [
        "import quotecheck",
        "import quotecheck; quotecheck.Quotation, quotecheck.Check, quotecheck.check",
        "from quotecheck import api; api.attribute_text, api.check_quotation, api.Document",
    ],
)
def test_importing_loads_little(code: str) -> None:
    modules = modules_after(code)
    assert not modules & {"torch", "stanza", "numpy", "lxml", "sqlite_utils", "rich"}
    assert len(modules) < MOST_MODULES


def test_looking_at_all_of_it_loads_no_weights() -> None:
    code = "import quotecheck\nfor name in dir(quotecheck): getattr(quotecheck, name)"
    assert not modules_after(code) & {"torch", "stanza"}


def test_the_names() -> None:
    assert set(dir(quotecheck)) == {*FUNCTIONS, *CLASSES, "__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", quotecheck.__version__)
    for name in (*FUNCTIONS, *CLASSES):
        assert getattr(quotecheck, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="no attribute 'attributes'"):
        quotecheck.attributes  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        api.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_the_older_names_still_work() -> None:
    assert set(dir(api)) >= {"attribute_text", "attribute_file", "check_quotation", "document_of"}
    assert api.document_of("“Yes.”").text == "“Yes.”"
    assert api.schema("checks")["$id"].startswith("urn:quotecheck:schema:checks:")
    assert api.read_brat("T1\tSource 0 3\tAnn\n") == []


def test_help_reads_like_a_page() -> None:
    page = pydoc.plain(pydoc.render_doc(quotecheck))
    for name in (*FUNCTIONS, *CLASSES):
        assert re.search(rf"^ +{name} +\S", page, re.MULTILINE), name
        assert inspect.getdoc(getattr(quotecheck, name)), name
    for name in FUNCTIONS[:-1]:
        told = inspect.getdoc(getattr(quotecheck, name)) or ""
        for part in ("Args:", "Raises:", "Example:"):
            assert part in told, f"{name}: {part}"
        assert "Returns:" in told or name == "export"
        assert told.partition("\n")[0] in page


# ---------------------------------------------------------------------------------- what is a file


class Marks:
    """Takes whatever stands in marks for a quotation of Ada's."""

    weights_sha256: dict[str, str] = {}  # noqa: RUF012

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        found = re.finditer("“[^”]*”", document.text)
        spans = [Span(*match.span()) for match in found]
        quotations = [Quotation((span,), (), (), "direct", "marks", 0.9) for span in spans]
        return with_document(quotations, document.text)


MARKS: Any = Marks()


def said(source: Any) -> list[str]:
    return [quotation.text for quotation in quotecheck.attribute(source, attributor=MARKS)]


def test_a_text_is_a_text_and_a_file_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("“In the file,” she said.", encoding="utf-8")
    (tmp_path / "“One”").write_text("“In the odd file,” she said.", encoding="utf-8")
    assert said("“In the text,” she said.") == ["“In the text,”"]
    assert said("a.txt") == said(Path("a.txt")) == said(str(tmp_path / "a.txt"))
    assert said("a.txt") == ["“In the file,”"]
    assert said("“One”") == ["“In the odd file,”"]  # a file that exists is the file
    assert [q.text for q in api.attribute_text("“One”", attributor=MARKS)] == ["“One”"]
    assert said(api.document_of("“At hand.”", author="Ann Lee")) == ["“At hand.”"]
    assert said("see a.txt “here”") == ["“here”"]
    assert said("“x” " * 5_000) == ["“x”"] * 5_000  # no name of a file, and no error of the system
    assert said("“a\0b”") == ["“a\0b”"]
    assert said("") == []


def test_a_file_that_is_missing_is_no_text(tmp_path: Path) -> None:
    for missing in ("b.txt", "notes/b.html", Path("b"), tmp_path / "“b”"):
        with pytest.raises(InputError) as caught:
            said(missing)
        assert str(missing) in str(caught.value)
    assert said("It ends with b.txt") == []
    assert said("b.xyz") == []  # no kind of file that is read


def test_a_file_of_several_documents_is_gone_through(tmp_path: Path) -> None:
    path = tmp_path / "two.jsonl"
    rows = [{"id": name, "text": f"“{name},” she said."} for name in ("one", "two")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(InputError, match="several documents") as caught:
        said(path)
    assert "attribute_file" in (caught.value.remedy or "")
    found = {
        document.id: [quotation.text for quotation in quotations]
        for document, quotations in api.attribute_file(path, attributor=MARKS)
    }
    assert found == {"one": ["“one,”"], "two": ["“two,”"]}


# --------------------------------------------------------------------------------------- the record


def made() -> tuple[Document, tuple[Quotation, ...]]:
    document = api.document_of("“Never,” said Ann, “again.” The “great wade” is over.")
    spans = [Span(*match.span()) for match in re.finditer("“[^”]*”", document.text)]
    quotations = (
        Quotation((spans[0], spans[1]), (Span(9, 13),), (Span(14, 17),), "direct", "r", 0.9, "say"),
        Quotation((spans[2],), (), (), "scare", "scare", 0.6),
    )
    return document, quotations


def test_a_quotation_has_its_words_and_its_record() -> None:
    document, bare = made()
    first, second = with_document(bare, document.text)
    assert first.text == "“Never,” … “again.”"
    assert (first.is_speech, first.is_verbatim) == (True, True)
    assert (second.is_speech, second.is_verbatim) == (False, False)
    mixed, indirect = replace(first, kind="mixed"), replace(first, kind="indirect")
    assert (mixed.is_verbatim, indirect.is_verbatim, indirect.is_speech) == (True, False, True)
    written = json.loads("".join(attributions_json([(document, bare)], weights={})))
    assert [first.to_dict(), second.to_dict()] == written["documents"][0]["quotations"]


def test_the_text_that_it_carries_changes_nothing_else() -> None:
    document, bare = made()
    carrying = with_document(bare, document.text)
    assert carrying == bare
    assert hash(carrying[0]) == hash(bare[0])
    assert repr(carrying) == repr(bare)
    assert pack_outcome(carrying) == pack_outcome(bare)
    assert unpack_outcome(pack_outcome(carrying)) == bare
    for again in (pickle.loads(pickle.dumps(carrying)), copy.deepcopy(carrying)):  # noqa: S301
        assert again == carrying
        assert [one.text for one in again] == [one.text for one in carrying]
        assert again[0].document_text is again[1].document_text  # once for all of a document
    long = with_document(bare * 500, document.text + "x" * 100_000)
    assert len(pickle.dumps(long)) < 200_000


def test_without_its_text_it_says_so() -> None:
    for quotation in made()[1]:
        with pytest.raises(ValueError, match="with_document"):
            quotation.text  # noqa: B018
        with pytest.raises(ValueError, match="with_document"):
            quotation.to_dict()


# ------------------------------------------------------------------------------ weights loaded once


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Any]]:
    """What was loaded; nothing is, in truth."""
    noted: list[tuple[str, Any]] = []

    def load_parser(**options: Any) -> object:
        noted.append(("parser", options))
        return object()

    def load_tagger() -> object:
        noted.append(("tagger", None))
        return object()

    monkeypatch.setattr("quotecheck.parsing.parser.load_parser", load_parser)
    monkeypatch.setattr("quotecheck.tagging.load_tagger", load_tagger)
    monkeypatch.setattr(attributing, "_SHARED", attributing._Weights())
    return noted


def test_weights_are_loaded_once_a_process(loads: list[tuple[str, Any]], tmp_path: Path) -> None:
    load = quotecheck.Attributor.load
    load()
    load(full_parse=True)
    load(rules_only=True)
    assert [name for name, _ in loads] == ["parser", "tagger"]
    load(stanza_dir=tmp_path)
    load(stanza_dir=str(tmp_path), rules_only=True)
    assert [name for name, _ in loads] == ["parser", "tagger", "parser"]
    load(package="gum")
    assert loads[-1] == ("parser", {"stanza_dir": None, "package": "gum"})


def test_a_set_of_ones_own_can_be_asked_for(loads: list[tuple[str, Any]]) -> None:
    for _ in range(2):
        quotecheck.Attributor.load(shared=False)
    assert [name for name, _ in loads] == ["parser", "tagger"] * 2
    quotecheck.Attributor.load()
    assert len(loads) == 6


def test_threads_that_begin_together_load_once(loads: list[tuple[str, Any]]) -> None:
    begin = threading.Barrier(8)

    def load() -> None:
        begin.wait()
        quotecheck.Attributor.load()

    threads = [threading.Thread(target=load) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [name for name, _ in loads] == ["parser", "tagger"]


def test_what_cannot_be_loaded_is_tried_again(
    loads: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("quotecheck.tagging.load_tagger", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            quotecheck.Attributor.load()
    quotecheck.Attributor.load()
    assert [name for name, _ in loads] == ["parser", "tagger"]


@pytest.mark.weights
def test_threads_share_one_attributor(attributor: quotecheck.Attributor) -> None:
    texts = [f"“{word} is late,” said Ann Lee, a doctor." for word in ("The bus", "He", "Rain")]
    expected = [api.attribute_text(text, attributor=attributor) for text in texts]
    found: dict[int, tuple[Quotation, ...]] = {}

    def work(number: int) -> None:
        for _ in range(3):
            found[number] = quotecheck.attribute(texts[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(len(texts))] == expected


# ---------------------------------------------------------------------------------------- a library


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The libraries that were opened."""
    noted: list[str] = []
    known = library_module.connect

    def connect(path: Path, **options: Any) -> Any:
        noted.append(path.name)
        return known(path, **options)

    monkeypatch.setattr(library_module, "connect", connect)
    return noted


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("face") / "library.db"
    quotecheck.build(SAMPLE / "sources", path, attribute=False)
    return path


def test_a_build_opens_the_library_once(tmp_path: Path, opened: list[str]) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,alias,identifier\nIlse Norran,I. Norran,Q1\n", encoding="utf-8")
    stages: list[str] = []
    report = quotecheck.build(
        [SAMPLE / "sources", str(SAMPLE / "article.txt")], tmp_path / "library.db",
        attribute=False, speakers_table=table, semantic=True, metadata={"genre": "speech"},
        progress=lambda stage, *_: stages.append(stage),
    )  # fmt: skip
    assert opened == ["library.db"]
    assert (report.added, report.failed) == (13, 0)
    assert report.speaker_import is not None
    assert report.speaker_import.speakers == 1
    assert report.copies is not None
    assert report.copies.copies == 1
    assert report.embedded is not None
    assert report.embedded.vectors > 50
    assert list(dict.fromkeys(stages)) == ["building", "comparing", "embedding"]
    again = quotecheck.build(
        SAMPLE / "sources", str(tmp_path / "library.db"), attribute=False,
        metadata={"genre": "speech"},
    )  # fmt: skip
    assert (again.added, again.skipped, again.speaker_import, again.embedded) == (0, 12, None, None)


def test_a_bad_table_of_speakers_stops_a_build_before_it_begins(tmp_path: Path) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,alias\n,x\n", encoding="utf-8")
    with pytest.raises(InputError):
        quotecheck.build(SAMPLE, tmp_path / "a.db", attribute=False, speakers_table=table)
    with quotecheck.open_library(tmp_path / "a.db") as library:
        assert list(library.documents()) == []


def test_a_quotation_is_checked(db: Path) -> None:
    check = quotecheck.check(f"“{QUOTE}”", db, "Ilse Norran")
    assert (check.verdict, check.severity) == ("verbatim", "none")
    changed = quotecheck.check("I will sign a paper that leaves the mills dry.", db, speaker=None)
    assert (changed.verdict, changed.severity) == ("altered", "meaning")
    assert quotecheck.check(QUOTE, str(db), "Petra Lindqvist").verdict == "misattributed"
    assert quotecheck.check("The moon is a ferry of tin.", db).verdict == "not_found"
    assert api.check_quotation(QUOTE, db, speaker="Ilse Norran").verdict == "verbatim"
    written = json.loads("".join(checks_json([(check, None)])))["checks"][0]
    assert check.to_dict() | {"quotation": None} == written
    with pytest.raises(LibraryError):
        quotecheck.check(QUOTE, db.with_name("none.db"))
    with pytest.raises(InputError):
        quotecheck.check("…", db)


def test_an_open_library_stays_open(db: Path, opened: list[str]) -> None:
    with quotecheck.open_library(db) as library:
        assert quotecheck.check(QUOTE, library, "Ilse Norran").verdict == "verbatim"
        assert len(quotecheck.trace(QUOTE, library).occurrences) == 2
        assert quotecheck.search("village", library).total == 2
        text = io.StringIO()
        quotecheck.export(library, text, format="csv")
        assert text.getvalue().startswith("doc,n,kind,speaker")
        assert len(list(library.documents())) == 12
    assert opened == ["library.db"]


def test_words_are_traced_and_searched(db: Path) -> None:
    trace = quotecheck.trace(QUOTE, db)
    assert [one.speaker for one in trace.occurrences] == ["Ilse Norran", "Livia Moreno"]
    assert len(quotecheck.trace(QUOTE, db, limit=1).occurrences) == 1
    found = quotecheck.search("village", db, speaker="Ilse Norran", order="oldest", limit=1)
    assert [hit.speakers for hit in found.hits] == [("Ilse Norran",)]
    with pytest.raises(InputError):
        quotecheck.search("village", db, kinds=["shouted"])


def test_a_library_is_exported(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    cases.write_sources(tmp_path / "sources")
    from quotecheck.building.build import build

    build([tmp_path / "sources"], path, attributor_factory=cases.make_attributor)
    lines, raw = io.StringIO(), io.BytesIO()
    quotecheck.export(path, lines)
    quotecheck.export(path, raw)
    quotecheck.export(path, tmp_path / "all.jsonl", format="jsonl")
    assert lines.getvalue().encode() == raw.getvalue() == (tmp_path / "all.jsonl").read_bytes()
    assert lines.getvalue().count("\n") == 6 * 8 * 4 + 6 * 2
    key = json.loads(lines.getvalue().partition("\n")[0])["doc"]
    one = io.StringIO()
    quotecheck.export(path, one, document=key)
    assert {json.loads(line)["doc"] for line in one.getvalue().splitlines()} == {key}
    quotecheck.export(path, tmp_path / "pages", format="w3c", document=key)
    assert len(list((tmp_path / "pages").iterdir())) == 1
    quotecheck.export(path, str(tmp_path / "from.json"), format="prov")
    assert "entity" in json.loads((tmp_path / "from.json").read_text(encoding="utf-8"))
    for target, options in (
        (io.StringIO(), {"format": "pdf"}), (io.BytesIO(), {"format": "parquet"}),
        (io.StringIO(), {"document": "none"}), (tmp_path, {"format": "csv"}),
        (io.StringIO(), {"format": "prov", "speaker": "Ada Fenwick"}),
        (tmp_path / "none" / "x.csv", {"format": "csv"}),
    ):  # fmt: skip
        with pytest.raises(InputError):
            quotecheck.export(path, target, **options)  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------- the README


def readme_example() -> str:
    text = (paths.ROOT / "README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```python\n(>>> import quotecheck\n.*?)```", text, re.DOTALL)
    return str(example)


def test_the_readme_needs_no_private_module() -> None:
    lines = [line[4:] for line in readme_example().splitlines() if line.startswith((">>>", "..."))]
    assert len(lines) <= 12
    assert [line for line in lines if "import" in line] == ["import quotecheck"]
    for name in ("attribute", "build", "check", "trace"):
        assert f"quotecheck.{name}(" in "\n".join(lines)


@pytest.mark.weights
def test_the_readme_shows_what_python_answers(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    attributor: quotecheck.Attributor,  # loaded, and shared with the example
) -> None:
    shutil.copytree(SAMPLE / "sources", tmp_path / "sources")
    monkeypatch.chdir(tmp_path)
    example = doctest.DocTestParser().get_doctest(readme_example(), {}, "README.md", None, None)
    output: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert runner.run(example, out=output.append).failed == 0, "".join(output)
