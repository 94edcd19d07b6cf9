"""Names of countries, and which are of one: its own, its people's, its abbreviation.

Where letters tell that two are of one ("Russia", "Russian", see
`quotecheck.comparison.name_forms`), the country's own name is enough.
"""

from __future__ import annotations

from typing import Final

__all__ = ["is_country", "is_same_country"]

_COUNTRIES: Final = (
    "america american americans us usa states",
    "argentina argentine argentines",
    "britain british briton britons uk kingdom",
    "china chinese",
    "cyprus cypriot cypriots",
    "czechia czech czechs",
    "denmark danish dane danes",
    "emirates emirati emiratis uae",
    "finland finnish finn finns",
    "france french frenchman frenchmen",
    "greece greek greeks",
    "iceland icelandic icelander icelanders",
    "ireland irish irishman",
    "myanmar burma burmese",
    "netherlands dutch dutchman dutchmen holland",
    "norway norwegian norwegians",
    "philippines philippine filipino filipinos",
    "poland polish pole poles",
    "portugal portuguese",
    "scotland scottish scots scotsman",
    "slovakia slovak slovaks",
    "slovenia slovene slovenes",
    "spain spanish spaniard spaniards",
    "sweden swedish swede swedes",
    "switzerland swiss",
    "thailand thai thais",
    "turkey turkish turk turks türkiye",
    "ukraine ukrainian ukrainians",
    "wales welsh welshman",
    *(
        "afghanistan albania algeria angola armenia australia austria azerbaijan bahrain "
        "bangladesh belarus belgium bolivia bosnia brazil bulgaria cambodia cameroon "
        "canada chile colombia croatia cuba ecuador egypt england estonia ethiopia "
        "germany ghana haiti honduras hungary india indonesia iran iraq israel italy "
        "jamaica japan jordan kazakhstan kenya kosovo kuwait latvia lebanon liberia libya "
        "lithuania luxembourg malaysia mali malta mexico moldova mongolia morocco "
        "mozambique namibia nepal nicaragua niger nigeria pakistan palestine panama "
        "paraguay peru qatar romania russia rwanda senegal serbia singapore somalia sudan "
        "syria taiwan tanzania tunisia uganda uruguay uzbekistan venezuela vietnam yemen "
        "zambia zimbabwe"
    ).split(),
)
_COUNTRY_OF: Final = {
    name: number for number, names in enumerate(_COUNTRIES) for name in names.split()
}


def is_country(name: str) -> bool:
    """Whether a folded word names a country or its people.

    >>> is_country("danish"), is_country("norway"), is_country("mill")
    (True, True, False)
    """
    return name in _COUNTRY_OF


def is_same_country(a: str, b: str) -> bool:
    """Whether two folded names are of one country.

    >>> is_same_country("danish", "denmark"), is_same_country("danish", "sweden")
    (True, False)
    """
    return a in _COUNTRY_OF and _COUNTRY_OF[a] == _COUNTRY_OF.get(b)
