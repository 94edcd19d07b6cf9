"""Runs one of Stanza's trainers with the replacements of `faster` and a rate of `schedule`.

``python -m quotecheck.training.stanza_trainer MODULE RATE START END WARMUP OPTIONS...``; END 0
leaves the rate to Stanza. A process of its own for each training, because both change Stanza's
classes.
"""

from __future__ import annotations

import importlib
import os
import runpy
import sys
from pathlib import Path

from quotecheck.training import learning_rate as schedule
from quotecheck.training import trainer_speedups as faster

__all__ = ["main"]

_TRAINERS = {
    "stanza.models.parser": "stanza.models.depparse.trainer",
    "stanza.models.tagger": "stanza.models.pos.trainer",
    "stanza.models.ner_tagger": "stanza.models.ner.trainer",
}


def main(arguments: list[str]) -> None:
    """Trains; see the module's first line for the arguments."""
    module, rate, start, end, warmup, *options = arguments
    faster.apply()
    if int(end):
        trainer = importlib.import_module(_TRAINERS[module]).Trainer
        schedule.falling(
            trainer, rate=float(rate), start=int(start), end=int(end), warmup=int(warmup)
        )
        if begin := os.environ.get("QUOTECHECK_START_FROM"):
            schedule.start_from(trainer, Path(begin))
    sys.argv = [module, *options]
    runpy.run_module(module, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
