"""Makes a part of the weights anew: ``python -m quotecheck.training PART --data DIR``."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.training.checkpoint_packing import write_manifest
from quotecheck.training.recipes import RECIPES, Bench

_ON_GOLD = ("frames", "antecedents", "spans", "attributions")
"""Parts fitted to gold attributions: rules on the parse, the span tagger, and the choice between
them; the last wants the first two, and all want the parser that is installed."""


def _on_gold(part: str, given: argparse.Namespace) -> None:
    if part == "frames":
        from quotecheck.training.frame_model import fit_frames

        fit_frames(given.data, given.out, short=given.short)
    elif part == "antecedents":
        from quotecheck.training.antecedent_ranker import fit_antecedents

        fit_antecedents(given.data, given.out, short=given.short)
    elif part == "attributions":
        from quotecheck.training.candidate_ranker import fit_attributions

        fit_attributions(given.data, given.out, short=given.short)
    elif given.encoder is None:
        raise InputError(
            "the span tagger is trained from an encoder",
            where="--encoder",
            remedy="Give the folder of an unpacked all-MiniLM-L6-v2.",
        )
    else:
        from quotecheck.training.span_tagger import fit

        fit(given.data, given.encoder, given.out, short=given.short)


def main(arguments: list[str] | None = None) -> int:
    """Runs the recipes asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training", description=__doc__)
    parser.add_argument("part", choices=[*RECIPES, *_ON_GOLD, "all"])
    parser.add_argument(
        "--data", type=Path, required=True, help="has ud/, ner/, vectors/, polnear/"
    )
    parser.add_argument(
        "--encoder", type=Path, help="for spans: an unpacked all-MiniLM-L6-v2", metavar="DIR"
    )
    parser.add_argument("--out", type=Path, default=Path("weights-new"), help="where they go")
    parser.add_argument("--short", action="store_true", help="four steps each, to try the recipe")
    given = parser.parse_args(arguments)
    bench = Bench(given.data, given.out, short=given.short)
    try:
        for part in [*RECIPES, *_ON_GOLD] if given.part == "all" else [given.part]:
            if part in RECIPES:
                RECIPES[part](bench)
            else:
                _on_gold(part, given)
    except QuotecheckError as error:
        print(error, file=sys.stderr)
        return 2
    write_manifest(bench.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
