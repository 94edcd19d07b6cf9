"""Where things lie: the project, its tests, the sample, the measuring data beside the project."""

from pathlib import Path

__all__ = ["CASES", "ROOT", "SAMPLE", "SHARED", "TESTS", "TRUST_SAMPLE"]

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
CASES = TESTS / "cases"
SAMPLE = ROOT / "corpora" / "sample"
TRUST_SAMPLE = ROOT / "corpora" / "trust-sample"
SHARED = ROOT.parent / "shared"
