"""Figures hold their floors (see quality), and the gate itself lets nothing slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.evaluation.quality import MEASUREMENTS, Bench, lower, raised, read_floors, shortfall

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

FLOORS = read_floors()
NEED_SHARED = {"polnear": "polnear", "speakers": "polnear", "misquotes": "misquotes"}
NEED_WEIGHTS = {"sample", "polnear", "speakers"}


@pytest.fixture(scope="module")
def bench(request: pytest.FixtureRequest) -> Bench:
    def load() -> Attributor:
        held: Attributor = request.getfixturevalue("attributor")
        return held

    return Bench(load)


def marks_of(group: str) -> list[pytest.MarkDecorator]:
    marks = [pytest.mark.shared(NEED_SHARED[group])] if group in NEED_SHARED else []
    return [*marks, pytest.mark.weights] if group in NEED_WEIGHTS else marks


@pytest.mark.parametrize(
    "group", [pytest.param(group, marks=marks_of(group)) for group in MEASUREMENTS]
)
def test_figures_hold_their_floors(group: str, bench: Bench) -> None:
    """One test a group, so that parallel runs do not measure twice."""
    try:
        measured = bench.measured(group)
    except FileNotFoundError as error:
        pytest.skip(f"the measuring data are not beside the project: {error}")
    assert measured.data == FLOORS["data"][group], (
        "the data have changed: set the floors anew, python -m tests.evaluation.quality --raise"
    )
    floors = {
        name.removeprefix(f"{group}: "): floor
        for name, floor in FLOORS["floors"].items()
        if name.startswith(f"{group}: ")
    }
    assert set(floors) == set(measured.figures)
    fallen = {name: shortfall(floor, measured.figures[name]) for name, floor in floors.items()}
    assert not {name: why for name, why in fallen.items() if why}


def test_no_floor_is_easier_than_its_bar() -> None:
    barred = [floor for floor in FLOORS["floors"].values() if "bar" in floor]
    assert len(barred) >= 5
    for floor in barred:
        if "at_most" in floor:
            assert floor["at_most"] <= floor["bar"]
        else:
            assert floor["at_least"] >= floor["bar"]


def test_every_lowering_has_its_reason() -> None:
    assert all(entry["reason"].strip() and entry["name"] for entry in FLOORS["lowered"])


@pytest.mark.parametrize(
    ("floor", "figure", "holds"),
    [
        ({"at_least": 0.8}, 0.8, True),
        ({"at_least": 0.8}, 0.7999, False),
        ({"at_most": 0}, 0.0, True),
        ({"at_most": 0}, 0.001, False),
    ],
)
def test_what_is_below_its_floor_fails(floor: dict[str, float], figure: float, holds: bool) -> None:
    assert (shortfall(floor, figure) == "") is holds


def test_raising_never_lowers() -> None:
    assert raised({"at_least": 0.8}, 0.9) == {"at_least": 0.89}
    assert raised({"at_least": 0.8}, 0.5) == {"at_least": 0.8}
    assert raised({"at_least": 43}, 44) == {"at_least": 44}
    assert raised({"at_most": 0.5}, 0.01) == {"at_most": 0.02}
    assert raised({"at_most": 0.02}, 0.5) == {"at_most": 0.02}


def test_lowering_keeps_its_reason() -> None:
    floors: dict[str, Any] = {"floors": {"x: y": {"at_least": 0.8, "bar": 0.7}}, "lowered": []}
    lower(floors, "x: y", 0.76, "the gold was mended")
    assert floors["floors"]["x: y"]["at_least"] == 0.75
    assert floors["lowered"][0]["reason"] == "the gold was mended"
    assert (floors["lowered"][0]["from"], floors["lowered"][0]["to"]) == (0.8, 0.75)


@pytest.mark.parametrize(
    ("name", "figure", "reason"),
    [("x: y", 0.76, " "), ("x: z", 0.76, "why"), ("x: y", 0.9, "why"), ("x: y", 0.69, "why")],
)
def test_a_floor_is_not_lowered_lightly(name: str, figure: float, reason: str) -> None:
    floors: dict[str, Any] = {"floors": {"x: y": {"at_least": 0.8, "bar": 0.7}}}
    with pytest.raises(ValueError, match=r"reason|no floor|nothing to lower|below the bar"):
        lower(floors, name, figure, reason)
    assert floors == {"floors": {"x: y": {"at_least": 0.8, "bar": 0.7}}}
