"""Rebuild a part of the weights: ``python -m quotecheck.training PART --data DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quotecheck.errors import QuotecheckError
from quotecheck.training.checkpoint_packing import write_manifest
from quotecheck.training.parts import PARTS
from quotecheck.training.recipes import Bench


def main(arguments: list[str] | None = None) -> int:
    """Run the recipes asked for and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training", description=__doc__)
    parser.add_argument("part", choices=[*PARTS, "all"])
    parser.add_argument(
        "--data", type=Path, required=True, help="has ud/, ner/, vectors/, polnear/, misquotes/"
    )
    parser.add_argument(
        "--encoder",
        type=Path,
        help="for spans, span-distillation, sentence-encoder: an unpacked all-MiniLM-L6-v2",
        metavar="DIR",
    )
    parser.add_argument(
        "--teacher-encoder",
        type=Path,
        help="for span-distillation: an unpacked all-mpnet-base-v2",
        metavar="DIR",
    )
    parser.add_argument("--out", type=Path, default=Path("weights-new"), help="where they go")
    parser.add_argument("--short", action="store_true", help="a few steps each, to try the recipe")
    options = parser.parse_args(arguments)
    bench = Bench(
        options.data,
        options.out,
        encoder=options.encoder,
        teacher_encoder=options.teacher_encoder,
        short=options.short,
    )
    try:
        for part in PARTS if options.part == "all" else [options.part]:
            PARTS[part].make(bench)
    except QuotecheckError as error:
        print(error, file=sys.stderr)
        return 2
    write_manifest(bench.out, dict.fromkeys(f for part in PARTS.values() for f in part.files))
    return 0


if __name__ == "__main__":
    sys.exit(main())
