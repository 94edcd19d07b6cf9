"""sqlite_utils without numpy and dateutil, in a process of quotecheck's own alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

_PROGRAM = """
import sys
from quotecheck.weights.loading import claim_process
if "ours" in sys.argv:
    claim_process()
from quotecheck.library.database import Database
print(*sorted({"numpy", "dateutil.parser"} & set(sys.modules)))
db = Database(memory=True)
db.table("talks").insert({"id": 1, "given": "3 May 2016"}, pk="id")
db.table("talks").convert("given", __import__("sqlite_utils").recipes.parsedate)
print(db.table("talks").get(1)["given"])
import numpy, dateutil.parser
print(numpy.arange(3).sum(), dateutil.parser.parse("2016-05-03").year)
"""


@pytest.mark.parametrize("ours", [True, False])
def test_what_is_spared_is_there_as_soon_as_it_is_used(ours: bool) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *(["ours"] if ours else [])],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = "" if ours else "dateutil.parser numpy"
    assert ran.stdout.splitlines() == [loaded, "2016-05-03", "3 2016"]
