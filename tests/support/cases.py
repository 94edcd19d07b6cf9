"""The catalogue of cases, as data."""

from __future__ import annotations

import json
from typing import Any

from tests.support.paths import CASES


def cases(name: str) -> list[dict[str, Any]]:
    """The lines of tests/cases/NAME.jsonl."""
    rows = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows if row.strip()]
