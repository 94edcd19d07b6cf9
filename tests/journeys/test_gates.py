"""The hook, the Action and the image: run as far as they can be run here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import quotecheck
from tests.support import paths

TRUE = "“No village will be asked to move twice,” said Ilse Norran.\n"
FALSE = "“I will sign a paper that leaves the mills dry,” said Ilse Norran.\n"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gates") / "library.db"
    quotecheck.build(paths.ROOT / "corpora" / "sample" / "sources", path, attribute=False)
    return path


def environment(**more: str) -> dict[str, str]:
    """With this quotecheck as the command."""
    here = str(Path(sys.executable).parent)
    return os.environ | {"PATH": f"{here}{os.pathsep}{os.environ['PATH']}"} | more


@pytest.mark.weights
@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_the_step_of_the_action_annotates_and_ends_as_it_should(db: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "a good one.txt", tmp_path / "bad.txt"
    good.write_text(TRUE, encoding="utf-8")
    bad.write_text(FALSE, encoding="utf-8")
    sarif = tmp_path / "found.sarif"

    def run(files: str, **more: str) -> subprocess.CompletedProcess[str]:
        given = {"QC_FILES": files, "QC_DB": str(db)} | more
        step = paths.ROOT / ".ci" / "check-articles"
        return subprocess.run(
            ["bash", str(step)], env=environment(**given), capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip

    done = run(f"{good}\n{bad}\n", QC_SARIF=str(sarif))
    assert done.returncode == 1, done.stderr
    assert re.fullmatch(rf"::error file={re.escape(str(bad))},line=1,.*\n", done.stdout)
    assert '"level": "error"' in sarif.read_text(encoding="utf-8")
    assert run(str(tmp_path / "none.txt")).returncode == 2


def test_the_action_names_what_its_step_reads() -> None:
    action = (paths.ROOT / "action.yml").read_text(encoding="utf-8")
    step = (paths.ROOT / ".ci" / "check-articles").read_text(encoding="utf-8")
    assert "/.ci/check-articles" in action
    assert set(re.findall(r"QC_[A-Z_]+", step)) <= set(re.findall(r"QC_[A-Z_]+", action))
    assert os.access(paths.ROOT / ".ci" / "check-articles", os.X_OK)


@pytest.mark.weights
def test_the_hook_runs_from_a_clone(db: Path, tmp_path: Path) -> None:
    pytest.importorskip("pre_commit", reason="the extra [dev] is not installed")
    if shutil.which("git") is None:
        pytest.skip("there is no git")
    hooks, articles = tmp_path / "hooks", tmp_path / "articles"

    def git(where: Path, *words: str) -> None:
        names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *names, *words], cwd=where, check=True, capture_output=True)

    for folder in (hooks, articles):
        folder.mkdir()
        git(folder, "init", "-q")
    shutil.copy(paths.ROOT / ".pre-commit-hooks.yaml", hooks)
    git(hooks, "add", ".")
    git(hooks, "commit", "-qm", "hooks")
    (articles / "a.txt").write_text(TRUE, encoding="utf-8")
    (articles / "b.md").write_text(FALSE, encoding="utf-8")
    git(articles, "add", ".")
    config = tmp_path / "config.yaml"
    config.write_text(
        f"repos:\n  - repo: {hooks}\n    rev: HEAD\n    hooks:\n"
        f"      - id: quotecheck-installed\n        args: [--db, {db}]\n"
    )

    def run(*files: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "pre_commit", "run", "-c", str(config), "--files", *files]
        return subprocess.run(
            command, cwd=articles, capture_output=True, text=True, timeout=300, check=False,
            env=environment(PRE_COMMIT_HOME=str(tmp_path / "cache")),
        )  # fmt: skip

    passed = run("a.txt")
    assert passed.returncode == 0, passed.stdout + passed.stderr
    failed = run("a.txt", "b.md")
    assert failed.returncode == 1
    assert "other meaning" in failed.stdout


def test_the_image_is_without_root_and_without_a_network() -> None:
    text = (paths.ROOT / "Dockerfile").read_text(encoding="utf-8")
    lines = text.splitlines()
    user = next(n for n, line in enumerate(lines) if line.startswith("USER "))
    start = next(n for n, line in enumerate(lines) if line.startswith("ENTRYPOINT"))
    assert user < start
    assert lines[user] != "USER root"
    for copied in re.findall(r"^COPY (.+) /src", text, re.MULTILINE):
        for name in copied.split():
            assert (paths.ROOT / name).exists(), name
    assert "--network none" in text
