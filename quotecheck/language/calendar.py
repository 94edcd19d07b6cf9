"""Names of the months and of the days of the week, with their abbreviations."""

from __future__ import annotations

from typing import Final

__all__ = ["DAYS", "DAY_ABBREVIATIONS", "MONTHS", "MONTH_NUMBERS"]

_MONTH_FORMS: Final = (
    "january jan", "february feb febr", "march mar", "april apr", "may", "june jun", "july jul",
    "august aug", "september sept sep", "october oct", "november nov", "december dec",
)  # fmt: skip

MONTHS: Final = tuple(forms.split()[0] for forms in _MONTH_FORMS)
"""Names in lower case, January first."""

MONTH_NUMBERS: Final[dict[str, int]] = {
    form: number for number, forms in enumerate(_MONTH_FORMS, 1) for form in forms.split()
}
"""Name or abbreviation (in lower case, without a stop) -> 1 for January to 12."""

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY_ABBREVIATIONS: Final = (
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
)  # fmt: skip
