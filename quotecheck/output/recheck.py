"""What has become of a library's sources, for programs: JSON Lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck.output.serialising import dumps

if TYPE_CHECKING:
    from quotecheck.rechecking.recheck import Recheck, Result

__all__ = ["recheck_record", "result_line", "summary_line"]


def recheck_record(result: Result) -> dict[str, object]:
    """One result of a recheck as a record for programs; ``type`` says which kind it is."""
    from quotecheck.rechecking.recheck import DocumentState, QuotationState

    record: dict[str, object] = {
        name: getattr(result, name) for name in type(result).__dataclass_fields__
    }
    if isinstance(result, DocumentState):
        return {"type": "document"} | record
    if record["span"] is not None:
        record["span"] = [record["span"].start, record["span"].end]  # type: ignore[attr-defined]
    if isinstance(result, QuotationState):
        return {"type": "quotation"} | record
    fields = [
        {"field": name, "before": before, "after": after} for name, before, after in result.fields
    ]
    return {"type": "attribution"} | record | {"fields": fields}


def result_line(result: Result) -> str:
    """One result of a recheck as a line of JSON."""
    return dumps(recheck_record(result)) + "\n"


def summary_line(recheck: Recheck) -> str:
    """How many documents and quotations there were of each state, as a line of JSON."""
    record = {
        "type": "summary",
        "library": str(recheck.library.path),
        "documents": dict(recheck.documents),
        "quotations": dict(recheck.quotations),
        "attributions": dict(recheck.changes),
        "elsewhere": recheck.elsewhere,
        "failures": [
            {"where": e.where, "what": e.what, "remedy": e.remedy} for e in recheck.failures
        ],
    }
    return dumps(record) + "\n"
