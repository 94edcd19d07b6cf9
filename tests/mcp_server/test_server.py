"""The tools for language models, asked by the protocol's own client."""

from __future__ import annotations

import asyncio
import json
import re
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

import quotecheck
from quotecheck.errors import InputError, LibraryError
from quotecheck.mcp_server.server import make_server
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, with_document
from quotecheck.records.text import Span
from tests.support import paths

mcp = pytest.importorskip("mcp", reason="the extra mcp is not installed")

SAMPLE = paths.ROOT / "corpora" / "sample"
QUOTE = "No village will be asked to move twice."
CHANGED = "No town will be asked to move twice."
TOOLS = {"check_quotation", "check_draft", "find_origin", "what_did_say", "attribute"}


class Marks:
    """Takes whatever stands in marks for a quotation of nobody's."""

    weights_sha256: dict[str, str] = {}  # noqa: RUF012

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        spans = [Span(*match.span()) for match in re.finditer("“[^”]*”", document.text)]
        quotations = [Quotation((span,), (), (), "direct", "marks", 0.9) for span in spans]
        return with_document(quotations, document.text)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("mcp") / "library.db"
    quotecheck.build(SAMPLE / "sources", path, attribute=False)
    return path


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    (folder / "draft.txt").write_text(f"“{QUOTE}” “{CHANGED}”", encoding="utf-8")
    (tmp_path / "secret.txt").write_text("“Not for you.”", encoding="utf-8")
    return folder


def asked(server: Any, question: Callable[[Any], Awaitable[Any]]) -> Any:
    async def ask() -> Any:
        async with mcp.Client(server) as client:
            return await question(client)

    return asyncio.run(ask())


def called(server: Any, tool: str, **arguments: Any) -> Any:
    """The answer of a tool; a string where it is an error."""

    async def call(client: Any) -> Any:
        return await client.call_tool(tool, arguments)

    result = asked(server, call)
    text = "".join(part.text for part in result.content)
    return text if result.is_error else json.loads(text)


def test_the_tools_say_what_they_do(library: Path) -> None:
    async def listed(client: Any) -> Any:
        return (await client.list_tools()).tools

    tools = asked(make_server(library), listed)
    assert {tool.name for tool in tools} == TOOLS
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        for name, field in tool.input_schema["properties"].items():
            assert field.get("description"), (tool.name, name)


def test_a_quotation_is_found_with_its_place(library: Path) -> None:
    server = make_server(library)
    found = called(server, "check_quotation", quotation=QUOTE, speaker="Ilse Norran")
    assert (found["verdict"], found["severity"]) == ("verbatim", "none")
    source = found["source"]
    assert source["said_by"] == "Ilse Norran"
    text = Path(source["open"]).read_text(encoding="utf-8")
    assert QUOTE.split()[1] in source["words"]
    assert text
    changed = called(server, "check_quotation", quotation=CHANGED)
    assert (changed["verdict"], changed["severity"]) == ("altered", "meaning")
    assert {one["severity"] for one in changed["differences"]} >= {"meaning"}


def test_a_negative_is_honest(library: Path) -> None:
    words = "Seventeen otters voted against the tram on Wednesday."
    found = called(make_server(library), "check_quotation", quotation=words)
    assert found["verdict"] == "not_found"
    assert "does not make the quotation false" in found["in_words"]
    assert found["searched"] in found["in_words"]
    traced = called(make_server(library), "find_origin", quotation=words)
    assert traced["occurrences"] == []
    assert "does not make the quotation false" in traced["in_words"]


def test_a_draft_is_checked_as_text_and_as_a_file(library: Path, drafts: Path) -> None:
    server = make_server(library, [drafts], attributor=Marks())
    for given in ({"text": f"“{QUOTE}” “{CHANGED}”"}, {"path": "draft.txt"}):
        found = called(server, "check_draft", **given)
        assert found["checked"] == 2
        assert found["verdicts"] == {"verbatim": 1, "altered": 1}
        assert [one["start"] for one in found["quotations"]] == [0, len(QUOTE) + 3]
    assert "no quotation" in called(server, "check_draft", text="She left.")["in_words"]


@pytest.mark.parametrize(
    "path", ["../secret.txt", "/etc/passwd", "nothing.txt", "..", "a\0b", "link.txt", ""]
)
def test_nothing_else_is_read(library: Path, drafts: Path, path: str) -> None:
    (drafts / "link.txt").symlink_to(drafts.parent / "secret.txt")
    server = make_server(library, [drafts], attributor=Marks())
    told = called(server, "check_draft", path=path)
    assert isinstance(told, str)
    assert "no such file in the folders" in told
    assert "Not for you" not in told
    without = called(make_server(library, attributor=Marks()), "attribute", path="draft.txt")
    assert "--folder" in without


def test_who_said_what(library: Path) -> None:
    server = make_server(library, attributor=Marks())
    found = called(server, "attribute", text="“One,” she said. “Two.”")
    assert [one["words"] for one in found["quotations"]] == ["“One,”", "“Two.”"]
    assert [one["speaker"] for one in found["quotations"]] == [None, None]


def test_origins_and_what_somebody_said(library: Path) -> None:
    server = make_server(library)
    found = called(server, "find_origin", quotation=QUOTE, limit=1)
    assert len(found["occurrences"]) == 1
    assert found["occurrences"][0]["said_by"] == "Ilse Norran"
    said = called(server, "what_did_say", speaker="Norran", about="village")
    assert said["said"]
    assert {hit["said_by"] for hit in said["said"]} == {"Ilse Norran"}
    told = called(server, "what_did_say", speaker="Zebulon Quist", about="village")
    assert isinstance(told, str)
    assert "Zebulon Quist" in told


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("check_quotation", {"quotation": "…"}, "no word"),
        ("check_draft", {}, "text or a path"),
        ("check_draft", {"text": "a", "path": "b"}, "text or a path"),
        ("attribute", {"text": "a" * 200_001}, "too many"),
        ("what_did_say", {"speaker": "Ilse Norran", "about": "dam", "date_from": "soon"}, "soon"),
    ],
)
def test_what_cannot_be_answered_says_what_to_do(
    library: Path, tool: str, arguments: dict[str, Any], told: str
) -> None:
    answer = called(make_server(library, attributor=Marks()), tool, **arguments)
    assert isinstance(answer, str)
    assert told in answer


def test_what_cannot_be_started_says_so(library: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library here"):
        make_server(tmp_path / "none.db")
    with pytest.raises(InputError):
        make_server(library, [tmp_path / "none"])
    with pytest.raises(InputError, match="a file"):
        make_server(library, [library])


def test_the_command_answers_over_pipes(library: Path, drafts: Path) -> None:
    command = ["-m", "quotecheck", "mcp", "--db", str(library), "--folder", str(drafts)]
    server = mcp.StdioServerParameters(command=sys.executable, args=command, cwd=str(paths.ROOT))
    found = called(server, "check_quotation", quotation=QUOTE)
    assert found["verdict"] == "verbatim"
    before = library.read_bytes()
    called(server, "find_origin", quotation=QUOTE)
    assert library.read_bytes() == before  # it writes nothing
