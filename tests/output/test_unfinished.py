"""A file that is written whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from quotecheck.errors import InputError, MissingExtraError, needing
from quotecheck.output.unfinished import written_whole


def test_the_file_takes_its_name_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before", encoding="utf-8")
    with written_whole(target) as unfinished:
        unfinished.write_text("after", encoding="utf-8")
        assert target.read_text(encoding="utf-8") == "before"
    assert target.read_text(encoding="utf-8") == "after"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_what_goes_wrong_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(UnicodeEncodeError), written_whole(target) as unfinished:
        unfinished.write_text("aft\ud800", encoding="utf-8")
    assert target.read_text(encoding="utf-8") == "before"
    assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]


def test_the_users_temporary_file_is_left_alone(tmp_path: Path) -> None:
    mine = tmp_path / "out.txt.tmp"
    mine.write_text("mine", encoding="utf-8")
    with written_whole(tmp_path / "out.txt") as unfinished:
        unfinished.write_text("theirs", encoding="utf-8")
    assert mine.read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(os.name == "nt", reason="permissions and links of POSIX")
def test_permissions_and_links_stay(tmp_path: Path) -> None:
    real = tmp_path / "real.txt"
    real.write_text("before", encoding="utf-8")
    real.chmod(0o600)
    link = tmp_path / "link.txt"
    link.symlink_to(real)
    with written_whole(link) as unfinished:
        unfinished.write_text("after", encoding="utf-8")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "after"
    assert stat.S_IMODE(real.stat().st_mode) == 0o600


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="a device of POSIX")
def test_a_device_is_written_to_and_stays_one() -> None:
    with written_whole(Path("/dev/null")) as unfinished:
        unfinished.write_bytes(b"gone")
    assert Path("/dev/null").is_char_device()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(InputError, match="cannot be written"),
        written_whole(tmp_path / "none" / "a.txt"),
    ):
        pass


def test_a_missing_package_names_its_extra() -> None:
    with (
        pytest.raises(MissingExtraError, match=r"toolkit\[colours\]', or use chalk\."),
        needing("colours need paint", "colours", instead="or use chalk"),
    ):
        __import__("paint_that_nobody_has")
    with pytest.raises(ValueError, match="other"), needing("colours need paint", "colours"):
        raise ValueError("other")
