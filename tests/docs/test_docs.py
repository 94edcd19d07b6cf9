"""What is written about the project, held to what it does."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from quotecheck import cli, weights
from quotecheck.output import serialising as formats
from quotecheck.records.check import Verdict
from tests.support import paths
from tests.support.commands import command_paths

ROOT = paths.ROOT
APP = typer.main.get_command(cli.app)
PAGES = [
    path
    for path in (
        ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md")),
        *sorted((ROOT / "corpora").rglob("*.md")), weights.FOLDER / "README.md",
    )
    if path.is_file()
]  # fmt: skip


def command_at(path: tuple[str, ...]) -> Any:
    found: Any = APP
    for name in path:
        found = found.commands[name]
    return found


def commands() -> Iterator[tuple[str, Any]]:
    for path in command_paths():
        yield " ".join(path), command_at(path)


@pytest.mark.parametrize("path", command_paths(), ids=" ".join)
def test_commands_and_options_have_help(path: tuple[str, ...]) -> None:
    name, command = " ".join(path), command_at(path)
    assert command.help, name
    assert command.help.split("\n")[0].strip().endswith((".", ":")), "the first line is a sentence"
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name} has no help"
        assert parameter.help.endswith((".", ")", "?")), f"{name}: {parameter.name}"


def examples(text: str) -> Iterator[str]:
    """The command lines that a page or a help text shows: in code blocks, or indented."""
    fenced = False
    for line in text.replace("\\\n", " ").splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        shown = re.match(r"\s*(?:\$ )?(?:[^|`]*\| )?(quotecheck .*)", line)
        if shown and (fenced or line.startswith(("    ", "\t"))):
            yield re.sub(r"\s+(?:#.*|&)$", "", shown[1])
    yield from re.findall(r"`(quotecheck [^`\n]+)`", text)


def shown() -> Iterator[Any]:
    for page in PAGES:
        for line in examples(page.read_text(encoding="utf-8")):
            yield pytest.param(line, id=f"{page.relative_to(ROOT)}: {line}"[:90])
    for name, command in commands():
        # In a help text, examples are lines of their own.
        for line in re.findall(r"^\s*(?:.*\| )?(quotecheck .*)$", command.help, re.MULTILINE):
            yield pytest.param(line, id=f"{name} --help: {line}"[:90])


@pytest.mark.parametrize("line", list(shown()))
def test_shown_command_lines_parse(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command and option that is shown exists; what is to be filled in is taken as it is."""
    monkeypatch.setenv("QUOTECHECK_DB", "library.db")  # where a line names no library
    words = shlex.split(line.partition(" | ")[0], comments=True)[1:]
    words = words[: words.index(">")] if ">" in words else words
    command: Any = APP
    context = typer.Context(command, info_name="quotecheck")
    while words and hasattr(command, "commands"):
        if words[0].startswith("-"):
            known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
            assert words[0] in known | {"--help"}
            return
        assert words[0] in command.commands, f"there is no command {words[0]}"
        name = words.pop(0)
        command = command.commands[name]
        context = typer.Context(command, info_name=name, parent=context)
    if not words:  # only named, as in "see `quotecheck build`"
        return
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)}
    for word in words:
        if re.match(r"--?[A-Za-z]", word):
            assert word.partition("=")[0] in known | {"--help"}, f"no option {word}"
    if "…" not in line and "..." not in line:
        command.parse_args(context, words)


def test_the_readme_shows_each_command() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for path in command_paths():
        assert f"quotecheck {path[0]}" in readme


def test_the_readme_names_each_verdict() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for verdict in Verdict.__args__:
        assert verdict in readme or verdict.replace("_", " ") in readme


def test_pages_are_finished() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"@[A-Z]+@|\bTODO\b|\bFIXME\b|\bTBD\b", text), page


def test_links_within_the_project_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if not re.match(r"[a-z]+:", target):
                assert (page.parent / target).exists(), f"{page}: {target}"


def test_make_targets_that_are_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= named <= targets


def test_the_json_schemas_are_documented() -> None:
    page = (ROOT / "docs" / "json-schema.md").read_text(encoding="utf-8")
    for name in ("attributions", "checks"):
        rules = formats.schema(name)  # type: ignore[arg-type]
        assert f"quotecheck/{name}/" in page
        for part in rules["$defs"].values():
            for field in part.get("properties", {}):
                assert f"`{field}`" in page or f'"{field}"' in page, f"{name}: {field}"


def _weights() -> list[Path]:
    return sorted(p for p in weights.FOLDER.iterdir() if p.suffix == ".safetensors")


@pytest.mark.parametrize("path", _weights(), ids=lambda path: path.name)
def test_weights_have_a_card_and_a_sum(path: Path) -> None:
    manifest = json.loads((weights.FOLDER / "manifest.json").read_text(encoding="utf-8"))
    assert hashlib.sha256(path.read_bytes()).hexdigest() == weights.manifest()[path.name]
    assert manifest["files"][path.name]["bytes"] == path.stat().st_size
    card = (weights.FOLDER / "README.md").read_text(encoding="utf-8")
    assert path.name in card or f"`{path.stem}`" in card


def test_learned_files_beside_the_weights_are_in_the_card() -> None:
    card = (weights.FOLDER / "README.md").read_text(encoding="utf-8")
    for path in weights.FOLDER.iterdir():
        if path.suffix == ".json" and path.name != "manifest.json":
            assert path.name in card


def test_weights_stay_small() -> None:
    assert sum(path.stat().st_size for path in weights.FOLDER.iterdir()) < 75e6
