"""Parts of a library, made as many machines make them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from quotecheck.cluster.shards import Made, make_part, plan
from tests.support import building_cases as cases

FACTORY: Any = cases.make_attributor


def make_all(sources: Path, folder: Path, number: int, **options: Any) -> list[Made]:
    return [make_part(task) for task in plan([sources], folder, number, **options)]
