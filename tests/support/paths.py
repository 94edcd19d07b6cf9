"""Where things lie: the project, its tests, the sample, the measuring data beside the project."""

from pathlib import Path

__all__ = ["CASES", "ROOT", "SAMPLE", "SHARED", "TESTS"]

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
CASES = TESTS / "cases"
SAMPLE = ROOT / "corpora" / "sample"
SHARED = ROOT.parent / "shared"
