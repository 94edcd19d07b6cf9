"""Abbreviations that stand for more than one word; `word_classes` has the commonest of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

__all__ = ["may_abbreviate"]

_OTHER_SENSES: Final[dict[str, tuple[str, ...]]] = {
    "st": ("street", "state"), "dr": ("drive",), "ft": ("fort", "foot"), "mt": ("mountain",),
    "rd": ("road",), "blvd": ("boulevard",), "ln": ("lane",), "sq": ("square",), "ct": ("court",),
    "pl": ("place",), "hwy": ("highway",), "rte": ("route",), "pt": ("point", "part", "port"),
    "vol": ("volume",), "vols": ("volumes",), "ch": ("chapter",), "chap": ("chapter",),
    "fig": ("figure",), "figs": ("figures",), "sect": ("section",), "art": ("article",),
    "arts": ("articles",), "para": ("paragraph",), "paras": ("paragraphs",), "app": ("appendix",),
    "pp": ("pages",), "p": ("page",), "univ": ("university",), "inst": ("institute",),
    "comm": ("committee", "commission"), "gov't": ("government",), "int'l": ("international",),
    "nat'l": ("national",), "ass'n": ("association",), "bldg": ("building",),
    "cllr": ("councillor",),
    "fr": ("father",), "sr": ("sister", "senior"), "br": ("brother",), "mgr": ("monsignor",),
    "supt": ("superintendent",), "insp": ("inspector",), "det": ("detective",), "pvt": ("private",),
    "cpl": ("corporal",), "cmdr": ("commander",), "brig": ("brigadier",), "gal": ("gallon",),
    "gals": ("gallons",), "oz": ("ounce", "ounces"), "mins": ("minutes",), "secs": ("seconds",),
    "wk": ("week",), "wks": ("weeks",), "mo": ("month",), "mos": ("months",), "c": ("circa",),
    "ca": ("circa",), "b": ("born",), "d": ("died",), "est": ("established", "estimated"),
    "max": ("maximum",), "min": ("minimum",), "temp": ("temperature",), "viz": ("namely",),
}  # fmt: skip
"""Folded abbreviation -> what it may stand for beside what `ABBREVIATIONS` says."""


def may_abbreviate(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether one of two folded words may be short for the other, beyond the commonest senses.

    >>> may_abbreviate(("st",), ("street",)), may_abbreviate(("street",), ("saint",))
    (True, False)
    """
    if not len(a) == len(b) == 1:
        return False
    return b[0] in _OTHER_SENSES.get(a[0], ()) or a[0] in _OTHER_SENSES.get(b[0], ())
