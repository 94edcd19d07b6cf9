"""What holds for every command: guesses, addresses, widths, colours; and the demo."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.errors import InputError
from tests.support import paths


def command(*words: str, cwd: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own, since options before a command change that process."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "FORCE_COLOR")}
    python_path = os.pathsep.join(filter(None, [str(paths.ROOT), os.environ.get("PYTHONPATH")]))
    return subprocess.run(
        [sys.executable, "-m", "quotecheck", *words],
        cwd=cwd, env=environment | {"PYTHONPATH": python_path} | more, capture_output=True,
        encoding="utf-8", timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    done = command("demo", "here", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "here", done.stdout


def test_the_demo_makes_a_library_and_says_what_to_try(demo: tuple[Path, str]) -> None:
    folder, told = demo
    assert (folder / "quotecheck.db").is_file()
    lines = re.findall(r"^  (quotecheck .+)$", told, re.MULTILINE)
    assert len(lines) >= 6
    expected = {"check": {0, 1}, "trace": {0}, "search": {0}}
    for line in lines:
        words = shlex.split(line)[1:]
        if words[0] in ("attribute", "serve") or words[1].endswith(".txt"):
            # Weights are loaded in another test, and a server runs until it is ended.
            assert (folder / words[1]).is_file()
            continue
        done = command(*words, cwd=folder)
        assert done.returncode in expected[words[0]], (line, done.stderr)
        assert done.stdout


def test_the_demo_replaces_nothing(demo: tuple[Path, str]) -> None:
    folder, _ = demo
    for place in (folder, folder / "article.txt"):
        error = CliRunner().invoke(app, ["demo", str(place)]).exception
        assert isinstance(error, InputError)
        assert "the folder is not empty" in str(error)


def test_a_misspelt_value_gets_one_sentence_and_a_guess() -> None:
    done = CliRunner().invoke(app, ["check", "We paid it.", "--format", "jsno", "--db", "x.db"])
    told = " ".join(re.sub("[│╭╮╰╯─]", " ", done.output).split())
    assert done.exit_code == 2
    assert "there is no 'jsno'; take table, json" in told
    assert "Did you mean 'json'?" in told
    assert "Value error" not in told
    done = CliRunner().invoke(app, ["--color", "alwys", "check", "a"])
    assert "Did you mean 'always'?" in " ".join(re.sub("[│╭╮╰╯─]", " ", done.output).split())
    done = CliRunner().invoke(app, ["check", "a", "--fail-on", "qqqq", "--db", "x.db"])
    assert "Did you mean" not in done.output


@pytest.mark.parametrize("name", ["a.json", "a.docx", "a.xlsx", "a.html"])
def test_an_output_without_a_folder_is_told_before_the_work(tmp_path: Path, name: str) -> None:
    target = tmp_path / "none" / name
    form = target.suffix[1:]
    words = ["check", "We paid it.", "--format", form, "--output", str(target)]
    error = CliRunner().invoke(app, [*words, "--db", str(tmp_path / "x.db")]).exception
    assert isinstance(error, InputError)
    assert "the folder for the output does not exist" in str(error)
    assert "mkdir -p" in (error.remedy or "")


@pytest.mark.parametrize("words", [["check"], ["attribute"], ["build"]])
def test_a_web_address_is_not_fetched(words: list[str], tmp_path: Path) -> None:
    library = ["--db", str(tmp_path / "x.db")]
    for place in ("https://example.org/a.html", "HTTP://example.org"):
        error = CliRunner().invoke(app, [*words, place, *library]).exception
        assert isinstance(error, InputError)
        assert "nothing is fetched" in str(error)
        assert "Save the page" in (error.remedy or "")
    assert list(tmp_path.iterdir()) == []


def test_tables_in_a_pipe_are_as_wide_as_asked_and_end_without_blanks(
    demo: tuple[Path, str],
) -> None:
    folder, _ = demo
    for width in (60, 140):
        done = command("--width", str(width), "search", "village", cwd=folder)
        lines = done.stdout.splitlines()
        assert lines
        table = lines[: lines.index("")]  # what was searched stands below it, on one line
        assert max(map(len, table)) == width
        assert not [line for line in lines if line.endswith(" ")]
    words = ("check", "We paid it.")
    assert "\x1b[" not in command(*words, cwd=folder).stdout
    assert "\x1b[" in command("--color", "always", *words, cwd=folder).stdout
    assert "\x1b[" not in command("--color", "never", *words, cwd=folder, FORCE_COLOR="1").stdout
