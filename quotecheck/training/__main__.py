"""Makes a part of the weights anew: ``python -m quotecheck.training PART --data DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quotecheck.errors import QuotecheckError
from quotecheck.training.packing import write_manifest
from quotecheck.training.recipes import RECIPES, Bench


def main(arguments: list[str] | None = None) -> int:
    """Runs the recipes asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training", description=__doc__)
    parser.add_argument("part", choices=[*RECIPES, "frames", "all"])
    parser.add_argument(
        "--data", type=Path, required=True, help="has ud/, ner/, vectors/ and (for frames) polnear/"
    )
    parser.add_argument("--out", type=Path, default=Path("weights-new"), help="where they go")
    parser.add_argument("--short", action="store_true", help="four steps each, to try the recipe")
    given = parser.parse_args(arguments)
    bench = Bench(given.data, given.out, short=given.short)
    try:
        for part in [*RECIPES, "frames"] if given.part == "all" else [given.part]:
            if part == "frames":  # wants gold attributions, and the parser that is installed
                from quotecheck.training.frames import fit_frames

                fit_frames(given.data, given.out, short=given.short)
            else:
                RECIPES[part](bench)
    except QuotecheckError as error:
        print(error, file=sys.stderr)
        return 2
    write_manifest(bench.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
