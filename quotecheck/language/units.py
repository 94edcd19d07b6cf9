"""Units of measure, currencies and magnitudes of English, each form with one canonical name.

A unit is a string: "kilometre", "kilometre^2", "mile/hour", "dollar", "dollar:us". What stands
after the colon narrows a currency that several countries have.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "COUNTRIES",
    "CURRENCY_CODES",
    "CURRENCY_SYMBOLS",
    "CURRENCY_WORDS",
    "GLUED_UNITS",
    "MAGNITUDES",
    "MINOR_CURRENCY",
    "PER",
    "RATES",
    "SCALES",
    "SPACED_UNITS",
    "SUBUNITS",
    "UNIT_WORDS",
    "is_currency",
    "is_same_country",
    "is_same_unit",
]

SCALES: Final[dict[str, int]] = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "lakh": 10**5, "lac": 10**5, "crore": 10**7, "grand": 10**3,
}  # fmt: skip
"""Words that multiply the number before them."""

MAGNITUDES: Final[dict[str, int]] = {
    "k": 10**3, "K": 10**3, "m": 10**6, "M": 10**6, "mn": 10**6, "mln": 10**6, "mil": 10**6,
    "b": 10**9, "B": 10**9, "bn": 10**9, "Bn": 10**9, "bln": 10**9, "bil": 10**9, "t": 10**12,
    "T": 10**12, "tn": 10**12, "trn": 10**12, "tr": 10**12, "MM": 10**6, "mm": 10**6, "cr": 10**7,
    "BN": 10**9, "TN": 10**12, "MN": 10**6,
}  # fmt: skip
"""Letters that multiply the number before them."""

CURRENCY_SYMBOLS: Final[dict[str, str]] = {
    "$": "dollar", "€": "euro", "£": "pound", "¥": "yen", "₹": "rupee", "₽": "ruble", "₩": "won",
    "₪": "shekel", "₦": "naira", "₫": "dong", "₴": "hryvnia", "₱": "peso", "฿": "baht",
    "₺": "lira", "₡": "colon", "₵": "cedi", "₿": "bitcoin", "＄": "dollar", "￡": "pound",
    "￥": "yen", "﹩": "dollar", "₤": "pound",
}  # fmt: skip

COUNTRIES: Final[dict[str, str]] = {
    "us": "us", "u.s": "us", "american": "us", "a": "au", "au": "au", "australian": "au", "c": "ca",
    "ca": "ca", "can": "ca", "canadian": "ca", "nz": "nz", "hk": "hk", "s": "sg", "sg": "sg",
    "singapore": "sg", "nt": "tw", "taiwan": "tw", "r": "br", "brazilian": "br", "mx": "mx",
    "mexican": "mx", "jamaican": "jm", "j": "jm", "egyptian": "eg", "lebanese": "lb",
    "syrian": "sy", "sudanese": "sd", "turkish": "tr", "sterling": "gb", "british": "gb",
    "english": "gb", "irish": "ie", "swiss": "ch", "belgian": "be", "french": "fr",
    "indian": "in", "pakistani": "pk", "nepalese": "np", "swedish": "se", "norwegian": "no",
    "danish": "dk", "czech": "cz", "iranian": "ir", "saudi": "sa", "kuwaiti": "kw", "iraqi": "iq",
    "jordanian": "jo", "zimbabwean": "zw", "trinidad": "tt", "bahamian": "bs", "barbados": "bb",
    "japanese": "jp", "chinese": "cn",
}  # fmt: skip
"""Words and letters before a currency that say whose it is."""

CURRENCY_CODES: Final[dict[str, str]] = {
    "USD": "dollar:us", "EUR": "euro", "GBP": "pound:gb", "JPY": "yen", "CNY": "yuan",
    "RMB": "yuan", "INR": "rupee:in", "PKR": "rupee:pk", "AUD": "dollar:au", "CAD": "dollar:ca",
    "NZD": "dollar:nz", "HKD": "dollar:hk", "SGD": "dollar:sg", "CHF": "franc:ch", "RUB": "ruble",
    "BRL": "real", "MXN": "peso:mx", "ZAR": "rand", "SEK": "krone:se", "NOK": "krone:no",
    "DKK": "krone:dk", "PLN": "zloty", "TRY": "lira:tr", "KRW": "won", "ILS": "shekel",
    "NGN": "naira", "AED": "dirham", "SAR": "riyal:sa", "EGP": "pound:eg", "THB": "baht",
    "Rs": "rupee", "Rs.": "rupee", "US$": "dollar:us", "BTC": "bitcoin", "KES": "shilling",
}  # fmt: skip

CURRENCY_WORDS: Final[dict[str, str]] = {
    "dollar": "dollar", "dollars": "dollar", "buck": "dollar", "bucks": "dollar", "euro": "euro",
    "euros": "euro", "pound": "pound", "pounds": "pound", "quid": "pound", "sterling": "pound:gb",
    "yen": "yen", "yuan": "yuan", "renminbi": "yuan", "rupee": "rupee", "rupees": "rupee",
    "ruble": "ruble", "rubles": "ruble", "rouble": "ruble", "roubles": "ruble", "franc": "franc",
    "francs": "franc", "krona": "krone", "kronor": "krone", "krone": "krone", "kroner": "krone",
    "kronur": "krone", "peso": "peso", "pesos": "peso", "reais": "real", "won": "won",
    "lira": "lira", "liras": "lira", "lire": "lira", "shekel": "shekel", "shekels": "shekel",
    "zloty": "zloty", "zlotys": "zloty", "rand": "rand", "rands": "rand", "baht": "baht",
    "dirham": "dirham", "dirhams": "dirham", "riyal": "riyal", "riyals": "riyal", "rial": "rial",
    "rials": "rial", "dinar": "dinar", "dinars": "dinar", "naira": "naira", "cedi": "cedi",
    "cedis": "cedi", "shilling": "shilling", "shillings": "shilling", "guinea": "guinea",
    "guineas": "guinea", "bitcoin": "bitcoin", "bitcoins": "bitcoin", "deutschmarks": "mark",
    "guilder": "guilder", "guilders": "guilder", "crown": "crown", "crowns": "crown",
    "mark": "mark", "marks": "mark", "hryvnia": "hryvnia", "hryvnias": "hryvnia",
}  # fmt: skip

MINOR_CURRENCY: Final[dict[str, tuple[str, ...]]] = {
    "cent": ("dollar", "euro"), "cents": ("dollar", "euro"), "¢": ("dollar",), "￠": ("dollar",),
    "penny": ("pound", "dollar"), "pennies": ("pound", "dollar"), "pence": ("pound",),
    "p": ("pound",), "c": ("dollar", "euro"), "kopecks": ("ruble",), "paise": ("rupee",),
}  # fmt: skip
"""Hundredths, with the currencies that they may be of."""

_PLURALS: Final = """
metre meter metres meters
kilometre kilometer kilometres kilometers
centimetre centimeter centimetres centimeters
millimetre millimeter millimetres millimeters
micrometre micrometer micrometres micrometers micron microns
nanometre nanometer nanometres nanometers
inch inches
foot feet
yard yards
mile miles
league leagues
fathom fathoms
light-year light-years lightyear lightyears
gram grams gramme grammes
kilogram kilograms kilogramme kilogrammes kilo kilos
milligram milligrams
microgram micrograms
tonne tonnes
ton tons
lb pound pounds
ounce ounces
stone stones
carat carats
second seconds
millisecond milliseconds
minute minutes
hour hours
day days
week weeks
fortnight fortnights
month months
year years
decade decades
century centuries
millennium millennia millenniums
hectare hectares
acre acres
litre liter litres liters
millilitre milliliter millilitres milliliters
centilitre centiliter centilitres centiliters
gallon gallons
pint pints
quart quarts
barrel barrels
bushel bushels
degree degrees
kelvin kelvins
knot knots
bit bits
byte bytes
kilobyte kilobytes
megabyte megabytes
gigabyte gigabytes
terabyte terabytes
petabyte petabytes
megabit megabits
gigabit gigabits
watt watts
kilowatt kilowatts
megawatt megawatts
gigawatt gigawatts
terawatt terawatts
kilowatt-hour kilowatt-hours
megawatt-hour megawatt-hours
joule joules
calorie calories
kilocalorie kilocalories
volt volts
amp amps ampere amperes
hertz
kilohertz
megahertz
gigahertz
decibel decibels
pixel pixels
megapixel megapixels
horsepower
point points
kilojoule kilojoules
megaton megatons
kiloton kilotons
times
"""
UNIT_WORDS: Final[dict[str, str]] = {
    form: forms[0] for line in _PLURALS.split("\n") if (forms := line.split()) for form in forms
}
"""Words of units, one or many of each."""

_GLUED: Final = """
metre m
kilometre km kms
centimetre cm cms
millimetre mm
micrometre µm μm um
nanometre nm
inch in
foot ft
yard yd yds
mile mi
gram g gm gms
kilogram kg kgs Kg KG
milligram mg
microgram µg μg mcg ug
tonne t
lb lb lbs
ounce oz
second s sec secs
millisecond ms
minute min mins
hour h hr hrs
day d
week wk wks
year yr yrs
month mo mos
hectare ha
litre l L ltr
millilitre ml mL
centilitre cl cL
gallon gal gals
barrel bbl
celsius C
fahrenheit F
kelvin K
kilobyte KB kB kb
megabyte MB
gigabyte GB
terabyte TB
petabyte PB
megabit Mb Mbit
gigabit Gb Gbit
watt W
kilowatt kW KW
megawatt MW
gigawatt GW
terawatt TW
kilowatt-hour kWh kwh
megawatt-hour MWh mwh
volt V
hertz Hz
kilohertz kHz
megahertz MHz
gigahertz GHz
decibel dB db
calorie cal
kilocalorie kcal
kilojoule kJ
joule J
horsepower hp
times x
stone st
percent pc pct
"""
GLUED_UNITS: Final[dict[str, tuple[str, ...]]] = {}
"""Symbols of units right after a number, with what they may stand for."""
for _line in _GLUED.split("\n"):
    for _form in _line.split()[1:]:
        GLUED_UNITS[_form] = (*GLUED_UNITS.get(_form, ()), _line.split()[0])

SPACED_UNITS: Final = frozenset(GLUED_UNITS) - frozenset(
    "in d s x st pc V J W K cal um us mo pc".split()
)
"""Those that may be written apart from the number; the others look like words too much."""

RATES: Final[dict[str, str]] = {
    "mph": "mile/hour", "kph": "kilometre/hour", "kmh": "kilometre/hour", "kmph": "kilometre/hour",
    "mpg": "mile/gallon", "rpm": "revolution/minute", "bpm": "beat/minute",
    "mbps": "megabit/second", "gbps": "gigabit/second", "fps": "frame/second",
    "kts": "knot", "kt": "knot", "bpd": "barrel/day", "ppm": "part/million",
}  # fmt: skip

PER: Final = frozenset("per a an each every /".split())

SUBUNITS: Final[dict[str, tuple[str, int]]] = {
    "foot": ("inch", 12), "lb": ("ounce", 16), "stone": ("lb", 14), "hour": ("minute", 60),
    "minute": ("second", 60), "year": ("month", 12), "metre": ("centimetre", 100),
    "kilogram": ("gram", 1000), "week": ("day", 7), "kilometre": ("metre", 1000),
}  # fmt: skip
"""What may follow as a second part: five feet ten inches."""

_CURRENCIES: Final = frozenset(
    name.partition(":")[0]
    for name in (*CURRENCY_SYMBOLS.values(), *CURRENCY_CODES.values(), *CURRENCY_WORDS.values())
)
_NARROWER: Final = {
    "degree": frozenset({"celsius", "fahrenheit"}),
    "yen": frozenset({"yuan"}),  # one sign for both
}
"""A unit that leaves open which of some others it is."""


def is_currency(unit: str) -> bool:
    """Return whether a canonical unit is money, or money per something.

    >>> is_currency("dollar:us"), is_currency("mile/hour")
    (True, False)
    """
    return unit.partition("/")[0].partition(":")[0] in _CURRENCIES


def is_same_unit(a: str, b: str) -> bool:
    """Return whether two canonical units may be one: equal, or one leaves open what the other says.

    >>> is_same_unit("dollar", "dollar:us"), is_same_unit("dollar:au", "dollar:us")
    (True, False)
    >>> is_same_unit("degree", "celsius"), is_same_unit("mile/hour", "mile")
    (True, False)
    """
    if a == b:
        return True
    first, second = a.split("/"), b.split("/")
    return len(first) == len(second) and all(map(_is_same, first, second))


_USUAL_COUNTRY: Final = {"dollar": "us", "pound": "gb", "rupee": "in", "franc": "ch"}
"""Whose money a currency is where nobody says whose."""


def is_same_country(a: str, b: str) -> bool:
    """Return whether two units of which each may be the other are money of one country.

    >>> is_same_country("dollar", "dollar:us"), is_same_country("dollar", "dollar:ca")
    (True, False)
    """
    (name, _, country), (_, _, its) = a.partition(":"), b.partition(":")
    usual = _USUAL_COUNTRY.get(name.partition("/")[0], country or its)
    return (country or usual) == (its or usual)


def _is_same(a: str, b: str) -> bool:
    if a == b or b in _NARROWER.get(a, ()) or a in _NARROWER.get(b, ()):
        return True
    (name, _, country), (other, _, its) = a.partition(":"), b.partition(":")
    return name == other and (not country or not its)
