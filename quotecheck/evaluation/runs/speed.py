"""Measures what an answer costs: the stages of attribution, and others on the same texts.

Contestants (this version, another one, a peer) run in processes of their own, on one thread, in
turns: a machine that is slower for a minute is slower for all of them. What is counted is CPU time,
and of the rounds the median.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import IO, TYPE_CHECKING, Any, Final, cast

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.evaluation.runs.stage_watch import StageWatch
from quotecheck.reading.documents import document_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotecheck.pipeline.attributor import Attributor

__all__ = ["Contestant", "contestants", "evaluate_speed", "stages"]

_OURS: Final = """
from quotecheck.pipeline.attributor import load_attributor
from quotecheck.reading.documents import document_of
attributor = load_attributor()
def answer(texts):
    return sum(len(found) for _, found in attributor.each([document_of(text) for text in texts]))
"""
_PEER: Final = """
import en_core_web_sm
from textacy.extract import direct_quotations
nlp = en_core_web_sm.load()
def found(text):
    try:
        return len(list(direct_quotations(nlp(text))))
    except ValueError:  # an odd number of quotation marks: it reads no such text
        return 0
def answer(texts):
    return sum(map(found, texts))
"""
_WORKER: Final = """
import json, sys, time
texts = json.loads(sys.stdin.readline())
begun = time.process_time()
{body}
print(time.process_time(), flush=True)
for _ in sys.stdin:
    begun = time.process_time()
    found = answer(texts)
    print(time.process_time() - begun, found, flush=True)
"""
_PEER_NEEDS: Final = ("textacy", "spacy", "en_core_web_sm")
_NETWORKS: Final = {
    "tokenise": "tokens and sentences",
    "expand": "contracted words",
    "tag": "parts of speech",
    "lemmatise": "lemmas",
    "entities": "entities",
    "heads": "trees",
}
"""Methods of `quotecheck.parsing.inference.runner.StanzaRunner`, in words."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """Who takes part: a name, the code that makes ``answer``, and where Python finds it."""

    name: str
    code: str
    path: Path | None = None


def contestants(against: Path | None = None) -> list[Contestant]:
    """This version; another one, if a folder is given; the peer, where it can be imported.

    The peer is what others use for quotations in Python: textacy over spaCy's small English model,
    which finds direct quotations and the nearest name, and resolves nothing.

    Raises:
        InputError: there is no quotecheck in the folder.
    """
    here = Path(__file__).resolve().parents[3]
    runners = [Contestant("this version", _OURS, here)]
    if against is not None:
        if not (against / "quotecheck" / "__init__.py").is_file():
            raise InputError(
                "there is no quotecheck in this folder",
                where=str(against),
                remedy="Give a checkout of another version (git worktree add FOLDER COMMIT).",
            )
        runners.append(Contestant("the other version", _OURS, against.resolve()))
    if all(find_spec(name) for name in _PEER_NEEDS):
        runners.append(Contestant("textacy with spaCy small", _PEER))
    return runners


def evaluate_speed(
    texts: Sequence[str],
    attributor: Attributor,
    runners: Sequence[Contestant],
    *,
    rounds: int = 5,
    progress: Callable[[int, int], None] | None = None,
) -> dict[str, Any]:
    """Measure the stages of attribution, and the contestants in turns.

    Args:
        texts: what is read, the same by all.
        attributor: of this version, whose stages are measured.
        runners: the contestants; the first is what the others are compared with.
        rounds: how often each reads the texts.
        progress: called with (done, all) rounds.

    Returns:
        ``words``, ``documents``, ``rounds``; ``stages``, microseconds a word and share by stage;
        ``contestants``, by name: ``start_cpu_seconds``, ``words_per_cpu_second`` (median),
        ``ratio``, the median over the rounds of its speed over the first one's in that round, and
        ``quotations``; ``weights`` (sha256 by file).

    Raises:
        InputError: there are no words in the texts.
        QuotecheckError: a contestant came to an end.
    """
    words = sum(len(text.split()) for text in texts)
    if not words:
        raise InputError(
            "there are no words to measure speed with", remedy="Give texts with words in them."
        )
    spent = stages(texts, attributor)
    whole = sum(spent.values())
    timings: dict[str, list[tuple[float, int]]] = {runner.name: [] for runner in runners}
    starts: dict[str, float] = {}
    with ExitStack() as stack:
        workers = {runner.name: stack.enter_context(_Worker(runner, texts)) for runner in runners}
        for name, worker in workers.items():
            starts[name] = float(worker.answer()[0])
            worker.again()  # what is made once is not part of a round
        for number in range(rounds):
            for name, worker in workers.items():
                timings[name].append(worker.again())
            if progress is not None:
                progress(number + 1, rounds)
    first = timings[runners[0].name]
    return {
        "words": words,
        "documents": len(texts),
        "rounds": rounds,
        "stages": {
            name: {
                "microseconds_per_word": round(1e6 * seconds / words, 1),
                "share": round(seconds / whole, 3),
            }
            for name, seconds in spent.items()
        },
        "contestants": {
            name: {
                "start_cpu_seconds": round(starts[name], 2),
                "words_per_cpu_second": round(words / median(t for t, _ in turns)),
                "ratio": round(
                    median(
                        own_seconds / other_seconds
                        for (own_seconds, _), (other_seconds, _) in zip(first, turns, strict=True)
                    ),
                    3,
                ),
                "quotations": turns[-1][1],
            }
            for name, turns in timings.items()
        },
        "weights": dict(attributor.weights_sha256),
    }


def stages(texts: Sequence[str], attributor: Attributor) -> dict[str, float]:
    """CPU seconds of each stage, the texts read together, in the order in which stages follow.

    The texts are read twice, and the second time counts.
    """
    parser, tagger = attributor._parser, attributor._tagger
    networks = getattr(parser, "_networks", None)
    documents = [document_of(text) for text in texts]
    list(attributor.each(documents))
    watch = StageWatch()
    with ExitStack() as stack:
        if tagger is not None:
            watch.watch(stack, tagger, {"tag": "tagger"})
        if networks is not None:
            parts = {method: f"parser: {name}" for method, name in _NETWORKS.items()}
            watch.watch(stack, networks, parts)
        start = time.process_time()
        list(attributor.each(documents))
        whole = time.process_time() - start
    return watch.spent | {
        "rules, coreference, the rest in Python": whole - sum(watch.spent.values())
    }


class _Worker:
    """A contestant's process; texts go in once, and every line after it asks for a round."""

    def __init__(self, runner: Contestant, texts: Sequence[str]) -> None:
        self._runner, self._texts = runner, texts

    def __enter__(self) -> _Worker:
        variables = {**os.environ, "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        if self._runner.path is not None:
            variables["PYTHONPATH"] = str(self._runner.path)
        code = _WORKER.format(body=self._runner.code)
        self._process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-c", code],  # without the folder that we stand in
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=variables,
        )  # fmt: skip
        self._input = cast("IO[str]", self._process.stdin)
        self._output = cast("IO[str]", self._process.stdout)
        self._ask(json.dumps(list(self._texts)))
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(BrokenPipeError):
            self._input.close()
        self._output.close()
        self._process.wait()

    def again(self) -> tuple[float, int]:
        """CPU seconds of a round, and how many quotations were found."""
        self._ask("again")
        seconds, count = self.answer()
        return float(seconds), int(count)

    def answer(self) -> list[str]:
        """The next line of the process, in parts."""
        line = self._output.readline().split()
        if not line:
            raise self._ended()
        return line

    def _ask(self, line: str) -> None:
        try:
            self._input.write(line + "\n")
            self._input.flush()
        except BrokenPipeError:
            raise self._ended() from None

    def _ended(self) -> QuotecheckError:
        return QuotecheckError(
            f"{self._runner.name} came to an end",
            where=str(self._runner.path or ""),
            remedy="What it wrote to the terminal says why.",
        )
