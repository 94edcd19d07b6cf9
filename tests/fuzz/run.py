"""Fuzz a target: ``python tests/fuzz/run.py TARGET --seconds 60`` (needs atheris, on Linux).

Coverage leads the way (libFuzzer under atheris). What makes a target fail, or take longer than
``--slow`` seconds, is written to ``tests/cases/crashes/TARGET/``; there a test replays it from then
on. ``--all`` takes the targets in turn. Exit code 0: nothing was found. 1: something was.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
CRASHES = HERE.parent / "cases" / "crashes"
sys.path.insert(0, str(HERE))


def fuzz(name: str, seconds: int, slow: int, corpus: Path | None) -> int:
    """Fuzz in a process of its own, which libFuzzer ends as it likes; its figures on one line."""
    found = CRASHES / name
    found.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    with tempfile.TemporaryDirectory() as folder:
        held = corpus / name if corpus else Path(folder)
        held.mkdir(parents=True, exist_ok=True)
        ran = subprocess.run(
            [
                *(sys.executable, __file__, name, "--inside", f"{found}/", str(held)),
                *("--seconds", str(seconds), "--slow", str(slow)),
            ],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
    runs = re.findall(r"^#(\d+)\b", ran.stdout, re.MULTILINE)
    done = re.search(r"Done (\d+) runs in (\d+) second", ran.stdout)
    executions = done[1] if done else (runs[-1] if runs else "0")
    new = sorted(set(found.iterdir()) - before)
    ends = f"{executions} executions, {len(new)} finds"
    print(f"{name}: {ends} (exit code {ran.returncode})", flush=True)
    if new or ran.returncode:
        print(ran.stdout[-4000:])
        for path in new:
            print(f"  {path}")
    if not any(found.iterdir()):
        found.rmdir()
    return 1 if new or ran.returncode else 0


def inside(name: str, artifacts: str, corpus: str, seconds: int, slow: int) -> None:
    """The process that fuzzes."""
    import atheris

    with atheris.instrument_imports(include=["quotecheck"]):
        from targets import TARGETS, seeds

        run = TARGETS[name]
        for number, seed in enumerate(seeds(name)):
            (Path(corpus) / f"seed-{number}").write_bytes(seed)
            run(seed)  # imports what the target imports, under instruments
    arguments = [
        sys.argv[0],
        f"-artifact_prefix={artifacts}",
        f"-max_total_time={seconds}",
        f"-timeout={slow}",
        "-max_len=8192",
        "-rss_limit_mb=3000",
        "-print_final_stats=1",
        corpus,
    ]
    atheris.Setup(arguments, run)
    atheris.Fuzz()


def main() -> int:
    from targets import TARGETS

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", nargs="?", choices=sorted(TARGETS))
    parser.add_argument("--all", action="store_true", help="every target in turn")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--slow", type=int, default=20, help="seconds that one call may take")
    parser.add_argument("--corpus", type=Path, help="keep what it has learned there")
    parser.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        inside(given.target, *given.inside, given.seconds, given.slow)
        return 0
    names = sorted(TARGETS) if given.all else [given.target]
    if names == [None]:
        parser.error("name a target, or give --all")
    return max(fuzz(name, given.seconds, given.slow, given.corpus) for name in names)


if __name__ == "__main__":
    sys.exit(main())
