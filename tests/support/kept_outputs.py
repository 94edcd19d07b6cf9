"""Keep what the commands write for the sample in every format, and compare it later.

A change that should move code and nothing else is proved by it:

    python tests/support/kept_outputs.py keep FOLDER       # before
    python tests/support/kept_outputs.py compare FOLDER    # after; exit code 1 where a byte differs

Times of a run, the folder it ran in, and the version are the only things that are masked.
"""

from __future__ import annotations

import argparse
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

__all__ = ["commands", "differences", "write_outputs"]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "corpora" / "sample"
_TIME = re.compile(rb"20\d\d-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)?")
_VERSION = re.compile(rb"quotecheck(-toolkit)?([ /\"':=@a-zA-Z,-]{1,20})\d+\.\d+\.\d+(?:\.dev\d+)?")
_VERSION_ALONE = re.compile(rb'("version": ")\d+\.\d+\.\d+(?:\.dev\d+)?')
_ARTICLES = ("article.txt", "article-second-round.txt", "article-misquotes.txt")
_QUOTE = "No village will be asked to move twice."
_CHANGED = "I will sign a paper that leaves the mills dry."


def commands() -> dict[str, list[str]]:
    """The command lines by the name of the file or folder that each writes.

    All run in a folder that holds copies of the sample's articles and sources.
    """
    lines: dict[str, list[str]] = {}
    for form in "table json jsonl csv html tei w3c schema-org citron brat".split():
        name = f"attribute.{form}"
        many = list(_ARTICLES) if form in {"table", "json", "jsonl", "csv"} else [_ARTICLES[0]]
        lines[name] = ["attribute", *many, "--format", form, "--output", name]
    lines["attribute.all"] = ["attribute", *_ARTICLES, "--only", "all", "--output", "attribute.all"]
    lines["attribute.explain"] = ["attribute", _ARTICLES[0], "--explain"]
    for form in "table json jsonl csv html claim-review".split():
        name = f"check-article.{form}"
        lines[name] = [
            "check", _ARTICLES[2], "--db", "library.db", "--format", form, "--output", name,
        ]  # fmt: skip
        if form == "claim-review":
            continue
        for what, quote, speaker in (
            ("found", _QUOTE, ""), ("changed", _CHANGED, "Ilse Norran"),
            ("other", _QUOTE, "Petra Lindqvist"), ("none", "The moon is a ferry of tin.", ""),
        ):  # fmt: skip
            name = f"check-{what}.{form}"
            said = ["--speaker", speaker] if speaker else []
            lines[name] = ["check", quote, *said, "--db", "library.db", "--format", form,
                           "--output", name]  # fmt: skip
    for form in "table json jsonl svg".split():
        name = f"trace.{form}"
        lines[name] = ["trace", _QUOTE, "--db", "library.db", "--format", form, "--output", name]
    for form in "table json jsonl csv".split():
        name = f"search.{form}"
        lines[name] = ["search", "village", "--db", "library.db", "--format", form,
                       "--output", name]  # fmt: skip
        name = f"search-chart.{form}"
        lines[name] = ["search", "village", "--chart", "--db", "library.db", "--format", form,
                       "--output", name]  # fmt: skip
    for form in "prov jsonl csv parquet tei w3c schema-org".split():
        name = f"export.{form}"
        lines[name] = ["export", "library.db", "--format", form, "--output", name]
    return lines


def _run(folder: Path, line: list[str]) -> bytes:
    env = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(
        [sys.executable, "-m", "quotecheck", *line], cwd=folder, env=env, capture_output=True
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(line)}: exit code {done.returncode}\n{done.stderr.decode()}")
    return done.stdout + b"\nexit code %d\n" % done.returncode


def _rows(path: Path) -> bytes:
    """The rows and the schema of a Parquet file as text; its bytes hold compressed times."""
    import pyarrow.parquet as pq

    table = pq.read_table(path)
    rows = "\n".join(json.dumps(row, default=str, sort_keys=True) for row in table.to_pylist())
    return f"{table.schema.remove_metadata()}\n{rows}\n".encode()


def _masked(content: bytes, folder: Path) -> bytes:
    content = _TIME.sub(b"TIME", content.replace(str(folder).encode(), b"FOLDER"))
    content = _VERSION_ALONE.sub(rb"\1VERSION", content)
    return _VERSION.sub(rb"quotecheck\1\2VERSION", content)


def write_outputs(to: Path) -> None:
    """Run every command on the sample and write what it gives below ``to``, times masked."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    folder = Path(tempfile.mkdtemp(prefix="kept-"))
    try:
        for name in _ARTICLES:
            shutil.copy2(SAMPLE / name, folder / name)
        shutil.copytree(SAMPLE / "sources", folder / "sources")
        for path in folder.rglob("*"):
            os.utime(path, (1_700_000_000, 1_700_000_000))
        _run(folder, ["build", "sources", _ARTICLES[0], "--db", "library.db"])
        for name, line in commands().items():
            shown = _run(folder, line)
            (to / f"{name}.shown").write_bytes(_masked(shown, folder))
            written = folder / name
            for path in [written] if written.is_file() else sorted(written.rglob("*")):
                if path.is_file():
                    target = to / path.relative_to(folder)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    content = _rows(path) if path.suffix == ".parquet" else path.read_bytes()
                    target.write_bytes(_masked(content, folder))
            print(name, file=sys.stderr)
    finally:
        shutil.rmtree(folder)


def differences(kept: Path, now: Path) -> list[str]:
    """What differs between two folders of outputs, one line of text for each file."""
    found: list[str] = []
    names = {
        path.relative_to(base) for base in (kept, now) for path in base.rglob("*") if path.is_file()
    }
    for name in sorted(names):
        old, new = kept / name, now / name
        if not old.is_file() or not new.is_file():
            found.append(f"{name}: {'only before' if old.is_file() else 'only now'}")
        elif (a := old.read_bytes()) != (b := new.read_bytes()):
            lines = difflib.unified_diff(
                a.decode(errors="replace").splitlines(), b.decode(errors="replace").splitlines(),
                "before", "now", lineterm="", n=0,
            )  # fmt: skip
            found.append("\n".join([f"{name}:", *list(lines)[:12]]))
    return found


def main() -> int:
    """Keep or compare; the exit code is 1 where something differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["keep", "compare"])
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if asked.what == "keep":
        write_outputs(asked.folder)
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        now = Path(scratch) / "now"
        write_outputs(now)
        found = differences(asked.folder, now)
    print("\n".join(found) or "nothing differs")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
