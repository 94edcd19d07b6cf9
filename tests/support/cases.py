"""The catalogue of cases, as data."""

from __future__ import annotations

import json
from typing import Any

from tests.support.paths import CASES


def cases(*names: str) -> list[dict[str, Any]]:
    """The lines of tests/cases/NAME.jsonl, of one name after another."""
    return [
        json.loads(row)
        for name in names
        for row in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        if row.strip()
    ]
