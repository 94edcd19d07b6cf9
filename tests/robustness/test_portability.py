"""What only some systems have is done without, or said to be missing in plain words."""

from __future__ import annotations

import builtins
import errno
import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import ModuleType
from typing import Any

import pytest

from quotecheck import cli
from quotecheck.errors import QuotecheckError
from quotecheck.evaluation.runs import memory
from quotecheck.library import file as library_file
from quotecheck.output.files import file_stem
from quotecheck.rechecking import recheck
from quotecheck.speakers import changes
from quotecheck.web import article_worker
from tests.support.documents import document
from tests.support.paths import ROOT

SOURCES = sorted((ROOT / "quotecheck").rglob("*.py"))
POSIX_MODULES = ("fcntl", "grp", "posix", "pwd", "resource", "syslog", "termios", "tty")


def without_modules(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Let imports of these modules fail, as they do on other systems."""
    real = builtins.__import__

    def importing(name: str, *rest: Any, **named: Any) -> ModuleType:
        if name.partition(".")[0] in names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest, **named)

    for name in names:
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)


def test_no_module_needs_posix_to_be_imported() -> None:
    asked = re.compile(rf"^(?:import|from) (?:{'|'.join(POSIX_MODULES)})\b", re.MULTILINE)
    assert [path for path in SOURCES if asked.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_imported_that_later_pythons_have_no_more() -> None:
    gone = "|".join(
        "aifc asynchat asyncore audioop cgi cgitb chunk crypt distutils imghdr imp lib2to3 mailcap"
        " msilib nis nntplib ossaudiodev pipes sndhdr smtpd spwd sunau telnetlib uu xdrlib".split()
    )
    asked = re.compile(rf"^\s*(?:import|from) (?:{gone})\b", re.MULTILINE)
    assert [path for path in SOURCES if asked.search(path.read_text(encoding="utf-8"))] == []


def test_nothing_is_forked() -> None:
    forking = re.compile(r"os\.fork|get_context\((?![\"']spawn[\"']\))|set_start_method|AF_UNIX")
    assert [path for path in SOURCES if forking.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_of_text_is_opened_in_the_encoding_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ada said: “The ferry left at six.”\n", encoding="utf-8")
    (tmp_path / "people.csv").write_text("name,identifier\nAda,Q1\n", encoding="utf-8")
    strict = [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning"]
    for command in (
        ["build", "a.txt", "--db", "l.db", "--no-attribute"],
        ["search", "ferry", "--db", "l.db", "-o", "found.txt"],
        ["check", "The ferry left at six", "--db", "l.db"],
        ["speakers", "identify", "--from", "people.csv", "--db", "l.db"],
        ["export", "l.db"],
    ):
        ran = subprocess.run(
            [*strict, "-m", "quotecheck", *command], cwd=tmp_path, capture_output=True, check=False,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert b"EncodingWarning" not in ran.stderr, command


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_terminal_of_an_older_encoding_has_question_marks(tmp_path: Path, encoding: str) -> None:
    record = {"id": "a", "text": "Ada said: “→ The ferry left.”", "author": "Ada Bell"}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}

    def ran(*command: str) -> subprocess.CompletedProcess[bytes]:
        line = [sys.executable, "-m", "quotecheck", *command]
        return subprocess.run(line, cwd=tmp_path, env=env, capture_output=True, check=False)

    assert ran("build", "a.jsonl", "--db", "l.db", "--no-attribute").returncode == 0
    renamed = ran("speakers", "rename", "Ada Bell", "Ada → Bell", "--db", "l.db")
    assert (renamed.returncode, renamed.stderr) == (0, b"")
    assert b"Ada ? Bell" in renamed.stdout
    found = ran("search", "ferry", "--db", "l.db")
    assert (found.returncode, found.stderr) == (0, b"")
    assert "→ The ferry left." in found.stdout.decode()
    missing = ran("search", "ferry", "--db", "→.db")
    assert missing.returncode == 2
    assert b"there is no library here" in missing.stderr


def test_a_reader_that_has_gone_is_told_apart_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, wrong = OSError(errno.EINVAL, "Invalid argument"), OSError(errno.EINVAL, "x", "a.txt")
    assert cli._is_reader_gone(BrokenPipeError())
    assert not cli._is_reader_gone(gone)
    monkeypatch.setattr(cli.os, "name", "nt")
    assert cli._is_reader_gone(gone)
    assert not cli._is_reader_gone(wrong)
    assert not cli._is_reader_gone(OSError(errno.ENOENT, "x"))


def test_the_process_for_articles_does_without_alarms_and_limits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("setitimer", "pthread_sigmask", "SIGALRM"):
        monkeypatch.delattr(signal, name)
    article_worker._alarm(0.01)  # the server's own clock ends it
    with article_worker._without_interrupts():
        pass
    without_modules(monkeypatch, "resource")
    article_worker._limit_memory()
    with monkeypatch.context() as nowhere:
        nowhere.setattr(Path, "read_text", _no_such_file)  # no /proc
        assert article_worker._peak_bytes() == 0


def _no_such_file(*_: object, **__: object) -> str:
    raise FileNotFoundError


def test_a_system_without_limits_of_memory_sets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    def refuse(*_: object) -> None:
        raise AssertionError("nothing is to be set")

    monkeypatch.delattr(resource, "RLIMIT_DATA")
    monkeypatch.delattr(resource, "RLIMIT_AS")
    monkeypatch.setattr(resource, "setrlimit", refuse)
    article_worker._limit_memory()


def test_memory_is_not_measured_where_nobody_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory.Path, "exists", lambda _: False)
    without_modules(monkeypatch, "resource")
    with pytest.raises(QuotecheckError, match="does not report") as caught:
        memory.peak_memory()
    assert "Linux or macOS" in (caught.value.remedy or "")


def test_a_user_whom_the_system_does_not_name_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        monkeypatch.delenv(name, raising=False)
    without_modules(monkeypatch, "pwd")
    assert changes.user_name() == "unknown"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        (PureWindowsPath(r"C:\news\a b.db"), "file:///C:/news/a%20b.db"),
        (PureWindowsPath(r"\\server\share\l.db"), "file:////server/share/l.db"),
        (Path("/news/ü.db"), "file:///news/%C3%BC.db"),
    ],
)
def test_the_address_of_a_library_on_other_systems(path: Any, uri: str) -> None:
    assert library_file._uri(path) == uri


@pytest.mark.parametrize("name", ["con", "NUL", "aux.2024", "com1", "LPT9", "prn"])
def test_a_file_is_never_named_like_a_device(name: str) -> None:
    assert file_stem(document(name, "Words.")) == f"_{name}"


@pytest.mark.parametrize("name", ["console", "null", "auxiliary.1", "com10", "a.con"])
def test_other_names_stay(name: str) -> None:
    assert file_stem(document(name, "Words.")) == name


def test_letter_case_of_paths_counts_as_the_system_has_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert recheck._is_below("/News/a.txt", "/News")
    assert not recheck._is_below("/News/a.txt", "/news")
    assert not recheck._is_below("/newspaper/a.txt", "/news")
    monkeypatch.setattr(recheck.os.path, "normcase", str.lower)
    assert recheck._is_below("/News/a.txt", "/news")
    assert not recheck._is_below("/Newspaper/a.txt", "/news")
