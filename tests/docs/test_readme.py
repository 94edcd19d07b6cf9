"""The README runs as it is printed: its commands in their order, from an empty folder."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.support.commands import Run
from tests.support.paths import ROOT
from tests.support.printed_steps import assert_printed, steps

PAGE = (ROOT / "README.md").read_text(encoding="utf-8")
STEPS = steps(PAGE)


@pytest.mark.weights
@pytest.mark.usefixtures("loaded")
def test_the_readme_runs_as_printed(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    for step in STEPS:
        program, *words = shlex.split(step.command)
        if program == "cd":
            monkeypatch.chdir(Path.cwd() / words[0])
            continue
        assert program == "quotecheck", step.command
        told = run(*words)
        assert told.code == step.code, f"README.md:{step.line}: {told.said}"
        assert_printed(step, told.out, "README.md")
    assert (tmp_path / "quotecheck-demo" / "report.html").exists()
    assert (tmp_path / "quotecheck-demo" / "checks.md").exists()


@pytest.mark.weights
def test_the_picture_is_what_the_command_prints(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("demo").code == 0
    monkeypatch.chdir(tmp_path / "quotecheck-demo")
    picture = re.search(r"^```\n(\$ quotecheck check .*?)```", PAGE, re.DOTALL | re.MULTILINE)
    assert picture is not None
    (step,) = steps(f"```console\n{picture[1]}```\n")
    told = run(*shlex.split(step.command)[1:])
    assert told.code == 1
    assert_printed(step, told.out, "README.md")


def test_the_readme_is_in_the_order_of_its_reader() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert headings == [
        "Install",
        "The first answer",
        "Checking",
        "Building",
        "Interfaces",
        "How good it is",
        "Limits",
        "Contributing",
    ]
    assert STEPS[0].command == "quotecheck demo"


def test_no_link_needs_the_folder_that_the_page_lies_in() -> None:
    """An index of packages shows the page alone: a link into the repository leads nowhere there."""
    for target in re.findall(r"\]\(([^)\s]+)\)", PAGE):
        assert re.match(r"https?://|#", target), target


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in (ROOT / "docs").glob("*.md"):
        if page.name != "README.md":
            assert f"]({page.name})" in index, page.name
    for name in re.findall(r"`(docs/[\w-]+\.md)`", PAGE):
        assert (ROOT / name).exists(), name
