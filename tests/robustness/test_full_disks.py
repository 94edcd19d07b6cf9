"""Full and read-only disks, limits on files, odd outputs: a clear error, and nothing is lost."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import resource
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecheck.building.build import build
from quotecheck.cli.console import write_pieces
from quotecheck.errors import InputError, LibraryError
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from tests.support import paths
from tests.support.building_cases import write_sources

SAMPLE = paths.SAMPLE
QUOTE = "No village will be asked to move twice."


def run(
    *arguments: str | Path, before: Callable[[], Any] | None = None, **more: Any
) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-m", "quotecheck", *arguments],
        preexec_fn=before,
        text=True,
        timeout=120,
        check=False,
        **({"capture_output": True} | more),
    )
    assert "Traceback" not in (ran.stderr or "")
    assert "a bug in quotecheck" not in (ran.stderr or "")
    return ran


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("disks") / "library.db"
    build([str(SAMPLE / "sources")], path, attribute=False)
    return path


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder, files=10, per_file=20)
    return folder


def assert_whole(path: Path, sources: Path) -> None:
    """What was stored is sound, and a build with room goes on to the end."""
    with Verification(path) as verification:
        assert list(verification.findings()) == []
    report = build([str(sources)], path, attribute=False)
    assert not report.failed
    with open_library(path) as opened:
        assert opened.statistics().documents == 10 * 20 + 10


# ----------------------------------------------------------------------------------------- no room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 kB."""
    folder = tmp_path / "small"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    if not sys.platform.startswith("linux") or libc.mount(
        b"none", str(folder).encode(), b"tmpfs", 0, b"size=200k"
    ):
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        libc.umount2(str(folder).encode(), 2)


def test_a_library_on_a_full_disk(small_disk: Path, sources: Path, tmp_path: Path) -> None:
    path = small_disk / "library.db"
    ran = run("build", sources, "--db", path, "--no-attribute")
    assert ran.returncode == 2
    assert "disk is full" in ran.stderr
    assert "Make room" in ran.stderr
    room = tmp_path / "library.db"
    for name in ("", "-wal", "-shm"):
        if Path(f"{path}{name}").exists():
            shutil.copy(f"{path}{name}", f"{room}{name}")
    if room.stat().st_size:
        with open_library(room, create=True):
            pass
    assert_whole_or_new(room, sources)


def assert_whole_or_new(path: Path, sources: Path) -> None:
    build([str(sources)], path, attribute=False)
    assert_whole(path, sources)


def test_an_output_on_a_full_disk(small_disk: Path, library: Path) -> None:
    output = small_disk / "out.json"
    output.write_text("before", encoding="utf-8")
    (small_disk / "filler").write_bytes(bytes(small_disk_room(small_disk)))
    ran = run("check", QUOTE, "--db", library, "-f", "html", "-o", output)
    assert ran.returncode == 2
    assert "No space left" in ran.stderr
    assert output.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "out.json"]


def small_disk_room(folder: Path) -> int:
    held = os.statvfs(folder)
    return held.f_bavail * held.f_frsize


def test_a_standard_output_that_is_full(library: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full")
    for form in ("table", "json"):
        with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
            ran = run(
                "check", QUOTE, "--db", library, "-f", form,
                stdout=full, stderr=subprocess.PIPE, capture_output=False,
            )  # fmt: skip
        assert ran.returncode == 2
        assert "No space left" in ran.stderr


@pytest.mark.parametrize("limit", [20_000, 150_000])
def test_a_limit_on_the_size_of_files(limit: int, sources: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    ran = run(
        *("build", sources, "--db", path, "--no-attribute"),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
    )
    assert ran.returncode == 2
    assert "library.db" in ran.stderr
    assert "disk" in ran.stderr
    if path.stat().st_size > 0:
        build([str(sources)], path, attribute=False)
    assert_whole_or_new(path, sources)


LIMITED = """
import resource, sys
from pathlib import Path
from quotecheck.cli.console import write_pieces
from quotecheck.errors import InputError
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_pieces(Path(sys.argv[1]), ["x" * 100] * 1000)
except InputError as error:
    print(error)
"""


def test_a_limit_on_the_size_of_an_output(tmp_path: Path) -> None:
    output = tmp_path / "out.html"
    ran = subprocess.run(
        [sys.executable, "-c", LIMITED, output], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    assert "out.html" in ran.stdout
    assert "Make room" in ran.stdout
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_fails_for_want_of_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "out.txt"
    output.write_text("before", encoding="utf-8")

    def pieces() -> Iterator[str]:
        yield "half"
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with pytest.raises(InputError, match="No space left") as caught:
        write_pieces(output, pieces())
    assert caught.value.remedy is not None
    assert "Make room" in caught.value.remedy
    assert output.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


# -------------------------------------------------------------------------------------- no writing


def without_leave() -> None:
    """From the next program on, the superuser too is bound by permissions (Linux)."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)  # PR_CAPBSET_DROP, CAP_DAC_OVERRIDE


@pytest.fixture
def read_only(library: Path) -> Iterator[Path]:
    """A library in a folder, neither of which may be written to."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(library, folder / "library.db")
        (folder / "library.db").chmod(0o444)
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def bound(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run(*arguments, before=without_leave)


def test_what_only_reads_works_on_a_read_only_disk(read_only: Path) -> None:
    before = sorted(path.name for path in read_only.iterdir())
    db = read_only / "library.db"
    assert bound("check", QUOTE, "--db", db).returncode == 0
    assert bound("trace", QUOTE, "--db", db).returncode == 0
    ran = bound("verify", db)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert sorted(path.name for path in read_only.iterdir()) == before


def test_what_writes_says_why_it_cannot(read_only: Path) -> None:
    db = read_only / "library.db"
    ran = bound("build", read_only, "--db", db, "--no-attribute")
    assert ran.returncode == 2
    assert "cannot be written to" in ran.stderr
    assert "permissions" in ran.stderr
    new = bound("build", read_only, "--db", read_only / "new.db", "--no-attribute")
    assert new.returncode == 2
    assert "new.db" in new.stderr
    out = bound("check", QUOTE, "--db", db, "-f", "json", "-o", read_only / "out.json")
    assert out.returncode == 2
    assert "Permission denied" in out.stderr


# ------------------------------------------------------------------------------------- odd outputs


def test_a_device_is_written_to_and_not_replaced() -> None:
    null = Path("/dev/null")
    before = null.stat()
    write_pieces(null, ["words"])
    after = null.stat()
    assert stat.S_ISCHR(after.st_mode)
    assert (before.st_rdev, before.st_ino) == (after.st_rdev, after.st_ino)


def test_a_pipe_is_written_to(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", pipe], stdout=subprocess.PIPE)
    write_pieces(pipe, ["one ", "two"])
    assert reader.communicate(timeout=20)[0] == b"one two"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.txt", tmp_path / "link.txt"
    target.write_text("before", encoding="utf-8")
    link.symlink_to(target)
    write_pieces(link, ["after"])
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "after"
    target.unlink()
    write_pieces(link, ["anew"])
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "anew"


def test_outputs_that_cannot_be(tmp_path: Path) -> None:
    for output in (tmp_path, tmp_path / "no" / "folder", tmp_path / ("x" * 300)):
        with pytest.raises(InputError) as caught:
            write_pieces(output, ["x"])
        assert caught.value.remedy
    assert list(tmp_path.iterdir()) == []


def test_json_that_was_written_is_whole(library: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    assert run("check", QUOTE, "--db", library, "-f", "json", "-o", output).returncode == 0
    assert json.loads(output.read_text(encoding="utf-8"))


def test_a_library_that_is_a_link_to_nothing_or_to_itself(tmp_path: Path) -> None:
    loop = tmp_path / "loop.db"
    loop.symlink_to(loop)
    with pytest.raises(LibraryError), open_library(loop):
        pass
    with pytest.raises(LibraryError), open_library(loop, create=True):
        pass
