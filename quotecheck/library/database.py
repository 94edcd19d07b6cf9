"""sqlite_utils as a library uses it: without numpy, and without dateutil until a date is parsed.

In a process of quotecheck's own alone. It imports numpy and pandas wherever they are installed, to
make columns for their numbers, and dateutil for its command line; a check needs none of them, and
they take a quarter of its start.
"""

from __future__ import annotations

from quotecheck.weights.loading import Later, spared_imports

__all__ = ["Database", "Migrations"]

_dateutil = Later("dateutil")
_dateutil.__dict__["parser"] = Later("dateutil.parser")
with spared_imports("numpy", "pandas", _dateutil):
    from sqlite_utils import Database, Migrations
