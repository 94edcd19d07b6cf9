"""The quality gate: figures on annotated data, and floors that they must not fall below.

The floors lie in quality_floors.json. From the project's root::

    python -m tests.evaluation.quality            # measure, and show figures beside floors
    python -m tests.evaluation.quality --raise    # raise floors to what is measured now
    python -m tests.evaluation.quality --lower NAME --reason TEXT

The last is the only way down; the reason is kept.

A floor never goes below its bar, which the project has promised. Floors hold for the data whose
sha256 is noted beside them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck.errors import InputError
from quotecheck.text.digest import sha256_hex
from tests.support.paths import SAMPLE, SHARED, TRUST_SAMPLE

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

HERE = Path(__file__).parent
FLOORS = HERE / "quality_floors.json"
SLACK = 0.01
"""What a figure may lose before it counts as a loss."""


class Remembering:
    """An attributor that reads each text once, for several measurements of one set of texts."""

    def __init__(self, attributor: Attributor) -> None:
        self._attributor = attributor
        self._held: dict[str, tuple[Quotation, ...]] = {}

    @property
    def weights_sha256(self) -> Mapping[str, str]:
        return self._attributor.weights_sha256

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        return next(self.each([document]))[1]

    def each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
        given = list(documents)
        unread = [document for document in given if document.text not in self._held]
        for document, found in self._attributor.each(unread):
            assert not isinstance(found, InputError)
            self._held[document.text] = found
        return ((document, self._held[document.text]) for document in given)


@dataclass
class Measured:
    """What one group of measurements found."""

    figures: dict[str, float]
    data: str


@dataclass
class Bench:
    """Measures, each group once and only when asked."""

    load: Callable[[], Attributor]
    _held: dict[str, Measured] = field(default_factory=dict)

    @cached_property
    def attributor(self) -> Any:
        return Remembering(self.load())

    def measured(self, group: str) -> Measured:
        """The figures of a group.

        Raises:
            FileNotFoundError: its data are not beside the project.
        """
        if group not in self._held:
            self._held[group] = MEASUREMENTS[group](self)
        return self._held[group]


def _sample(bench: Bench) -> Measured:
    from quotecheck.evaluation.runs.attribution import evaluate_speakers

    figures, digests = {}, []
    for name in ("article", "article-misquotes"):
        gold = SAMPLE / f"{name}.gold.jsonl"
        found, _ = evaluate_speakers(SAMPLE, gold, bench.attributor)
        held = found["slices"]["all"]
        figures[f"{name} paired"] = float(held["paired"])
        figures[f"{name} speaker"] = held["strict_accuracy"]
        digests.append(found["gold_sha256"])
    return Measured(figures, sha256_hex(" ".join(digests).encode()))


def _polnear(bench: Bench) -> Measured:
    from quotecheck.evaluation.runs.attribution import evaluate_polnear

    found, _ = evaluate_polnear(_there(SHARED / "polnear" / "dev"), bench.attributor)
    names = ("quoted", "attribution", "full", "content", "cue")
    figures = {f"{name} f1": found[name]["f1"] for name in names}
    figures |= {f"exact {name} f1": found["exact"][name]["f1"] for name in ("content", "all")}
    figures["calibration error"] = found["calibration"]["ece"]
    return Measured(figures, found["gold_sha256"])


def _speakers(bench: Bench) -> Measured:
    from quotecheck.evaluation.runs.attribution import evaluate_speakers

    gold = _there(SHARED / "polnear" / "speakers.dev.jsonl")
    found, _ = evaluate_speakers(SHARED / "polnear" / "dev" / "text", gold, bench.attributor)
    held = found["slices"]["all"]
    figures = {
        "role": found["role"]["accuracy"],
        "strict accuracy": held["strict_accuracy"],
        "strict f1": held["strict_prf"][2],
        "paired": held["paired"] / held["gold"],
    }
    return Measured(figures, found["gold_sha256"])


MAX_CHECK_CPU_MS = 30
"""CPU time of checking one quotation, with room for a slow machine."""


def _misquotes(_bench: Bench) -> Measured:
    from quotecheck.building.build import build
    from quotecheck.evaluation.runs.misquotes import evaluate_misquotes
    from quotecheck.library.library import open_library

    folder = _there(SHARED / "misquotes")
    gold = folder / "dev.jsonl"
    with tempfile.TemporaryDirectory() as held:
        path = Path(held) / "misquotes.db"
        build([str(folder / "corpus")], path, attribute=False)
        with open_library(path) as library:
            found, _, spent = evaluate_misquotes(gold, library)
    assert spent < MAX_CHECK_CPU_MS, f"{spent} ms a quotation"
    names = (
        "retrieval", "verdict", "joint", "false_alarm", "harmful", "wrongly_accused",
        "misattribution_recall",
    )  # fmt: skip
    figures = {name.replace("_", " "): found[name] for name in names}
    fabricated = (one for kind, one in found["kinds"].items() if kind.startswith("fabricated"))
    figures["fabricated"] = min(one["verdict"] for one in fabricated)
    files = [gold, *sorted((folder / "corpus").iterdir())]
    digest = sha256_hex(" ".join(sha256_hex(file.read_bytes()) for file in files).encode())
    return Measured(figures, digest)


TRUST_SEEDS = (1, 2)
TRUST_CASES_PER_KIND = 3


def _trust(_bench: Bench) -> Measured:
    """Cases made by two seeds from the two samples; rates over both."""
    from quotecheck.building.build import build
    from quotecheck.evaluation.metrics.trust import score_trust
    from quotecheck.evaluation.runs.trust import evaluate_trust
    from quotecheck.library.library import open_library

    folders = [_there(sample / "sources") for sample in (SAMPLE, TRUST_SAMPLE)]
    asked, answered = [], []
    with tempfile.TemporaryDirectory() as held:
        path = Path(held) / "trust.db"
        build([str(folder) for folder in folders], path, attribute=False)
        with open_library(path) as library:
            for seed in TRUST_SEEDS:
                _, cases, answers = evaluate_trust(
                    library, seed=seed, per_kind=TRUST_CASES_PER_KIND
                )
                asked += cases
                answered += answers
    scores = score_trust(asked, answered)["scores"]
    changed, faithful = scores["pass_through"], scores["false_accusation"]
    figures = {
        "pass-through": changed["rate"],
        "green": changed["green"] / changed["n"],
        "false accusation": faithful["rate"],
        "stopped": faithful["stopped"] / faithful["n"],
        "lost": faithful["lost"] / faithful["n"],
        "wrongly accused": scores["wrongly_accused"]["rate"],
        "misattribution recall": scores["misattribution_recall"]["rate"],
        "false alarm": scores["false_alarm"]["rate"],
    }
    files = [file for folder in folders for file in sorted(folder.iterdir())]
    digest = sha256_hex(" ".join(sha256_hex(file.read_bytes()) for file in files).encode())
    return Measured({name: round(figure, 4) for name, figure in figures.items()}, digest)


MEASUREMENTS: dict[str, Callable[[Bench], Measured]] = {
    "sample": _sample,
    "polnear": _polnear,
    "speakers": _speakers,
    "misquotes": _misquotes,
    "trust": _trust,
}


def _there(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def read_floors(path: Path = FLOORS) -> dict[str, Any]:
    """``data`` (sha256 by group), ``floors`` (by "GROUP: FIGURE"), ``lowered`` (with reasons)."""
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


def write_floors(floors: Mapping[str, Any], path: Path = FLOORS) -> None:
    """A floor a line, so that a change shows as one."""
    rows = [f"  {json.dumps(name)}: {json.dumps(one)}" for name, one in floors["floors"].items()]
    path.write_text(
        f'{{\n "data": {_indented(floors["data"])},\n "floors": {{\n'
        + ",\n".join(rows)
        + f'\n }},\n "lowered": {_indented(floors.get("lowered", []))}\n}}\n',
        encoding="utf-8",
    )


def _indented(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n ")


def shortfall(floor: Mapping[str, float], figure: float) -> str:
    """Why a figure does not hold its floor, or is above what it may be at most; "" if it holds."""
    if "at_most" in floor:
        return "" if figure <= floor["at_most"] else f"{figure} is more than {floor['at_most']}"
    return "" if figure >= floor["at_least"] else f"{figure} is less than {floor['at_least']}"


def raised(floor: Mapping[str, float], figure: float) -> dict[str, float]:
    """The floor after a measurement: never easier than before."""
    if "at_most" in floor:
        return {**floor, "at_most": min(floor["at_most"], round(figure + SLACK, 4))}
    slack = SLACK if figure <= 1 else 0
    return {**floor, "at_least": max(floor["at_least"], round(figure - slack, 4))}


def lower(floors: dict[str, Any], name: str, figure: float, reason: str) -> None:
    """Lower one floor to a figure, and keep the reason.

    Raises:
        ValueError: there is no reason, no such floor, nothing to lower, or a bar in the way.
    """
    if not reason.strip():
        raise ValueError("a floor is lowered for a reason: --reason TEXT")
    if name not in floors["floors"]:
        raise ValueError(f"there is no floor {name!r}")
    floor = floors["floors"][name]
    key = "at_most" if "at_most" in floor else "at_least"
    if not shortfall(floor, figure):
        raise ValueError(f"{name} holds at {figure}: nothing to lower")
    bar = floor.get("bar")
    if bar is not None and (figure > bar if key == "at_most" else figure < bar):
        raise ValueError(f"{name} would fall below the bar of {bar}: {figure}")
    slack = SLACK if key == "at_least" and figure <= 1 else 0
    new = round(figure - slack, 4)
    floors.setdefault("lowered", []).append(
        {
            "name": name,
            "from": floor[key],
            "to": new if bar is None or key == "at_most" else max(new, bar),
            "reason": reason.strip(),
            "date": datetime.now(UTC).date().isoformat(),
        }
    )
    floor[key] = floors["lowered"][-1]["to"]


def main(arguments: list[str] | None = None) -> int:
    """Measure what there is data for; show, raise or lower."""
    from quotecheck.pipeline.attributor import load_attributor

    options = argparse.ArgumentParser(
        prog="python -m tests.evaluation.quality", description=__doc__
    )
    options.add_argument("--raise", dest="raising", action="store_true")
    options.add_argument("--lower", metavar="NAME")
    options.add_argument("--reason", default="")
    given = options.parse_args(arguments)
    floors = read_floors()
    bench = Bench(load_attributor)
    fell = False
    for name, floor in floors["floors"].items():
        group, _, figure_name = name.partition(": ")
        if given.lower and name != given.lower:
            continue
        try:
            measured = bench.measured(group)
        except FileNotFoundError as error:
            sys.stdout.write(f"{name:36} no data at {error}\n")
            continue
        figure = measured.figures[figure_name]
        why = shortfall(floor, figure)
        fell = fell or bool(why)
        limit = floor.get("at_least", floor.get("at_most"))
        sys.stdout.write(f"{name:36} {figure:8.4f}  floor {limit:8.4f}  {why}\n")
        if given.raising:
            floors["floors"][name] = raised(floor, figure)
            floors["data"][group] = measured.data
        elif given.lower:
            lower(floors, name, figure, given.reason)
    if given.lower and given.lower not in floors["floors"]:
        options.error(f"there is no floor {given.lower!r}")
    if given.raising or given.lower:
        write_floors(floors)
    return int(fell and not given.lower)


if __name__ == "__main__":
    sys.exit(main())
