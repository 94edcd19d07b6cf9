"""Claims about the speaker: the right one in other forms, one that cannot be known, another."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from quotecheck.evaluation.synthetic.changes import FORM_ALONE, Changed, Kind, Sub
from quotecheck.language.folding import without_accents
from quotecheck.records.check import Verdict

if TYPE_CHECKING:
    from quotecheck.evaluation.synthetic.real_quotations import Pool, RealQuotation

__all__ = ["SPEAKER_CLAIMS", "is_person_name"]

_PERSON = re.compile(r"(?:[A-Z][\w’'-]*\.?,? ){1,3}[A-Z][\w’'-]{2,}(?: (?:Jr|Sr)\.?| I{2,3})?")
_NO_PERSON = re.compile(
    r"\b(?:The|Mr|Mrs|Ms|Dr|Sir|Lord|Lady|President|Speaker|Senator|Minister|Chair\w*|Committee|"
    r"Commission|Council|Government|Ministry|Department|Office|Press|News|Agency|Staff|Reporter|"
    r"Desk|Editors?|Team|Bureau|University|Institute|Bank|Court|House|Senate|Member|Moderator|"
    r"Question|Answer|Witness|Officer|Secretary|Audience|"
    r"Unknown|Anonymous|Guest|Author|OR|AND|By|Various|Editorial|Association|Union|Party|Post|Times|Chorus|First|Second|Third|Man|Woman)\b"
    r"|^(?:King|Queen|Prince|Princess|Pope|Bishop|General|Judge|Duke|Earl|Count)\b"
)
_CORPORATE = re.compile(
    r"\b(?:Staff|Reporters?|Desk|Editors?|Agency|News|Press|Office|Ministry|Department|Team|"
    r"Bureau|Commission|Council|Board|Service|Newsroom|Correspondents?)\b",
    re.IGNORECASE,
)
_OFFICES: Final = (
    "the president", "a spokesman", "the prime minister", "the minister", "officials",
    "the chairwoman", "a government spokeswoman", "the committee", "the Foreign Ministry",
    "the senator", "a source close to the talks", "the delegate",
)  # fmt: skip
_STRANGERS: Final = (
    "Orsolya Tengeri", "Bartholomew Quickfall", "Ingrid Sandvoll", "Teodoro Vascelli",
    "Philippa Ravenhurst", "Casimir Dubrowolny", "Hedvig Almqvistson", "Leopold Grunwinkel",
)  # fmt: skip
_POST_NOMINALS: Final = ("PhD", "MP", "OBE", "Esq.", "MD")
_DISTINCTIVE_WORDS: Final = 12
"""Words from which on a sentence is one speaker's own."""

Claim = Callable[["RealQuotation", str, random.Random, "Pool"], str | None]
"""Gives the name that is claimed, for a quotation and its speaker."""


def is_person_name(name: str) -> bool:
    """Whether a name has two parts or more and no title, office or institution in it.

    >>> is_person_name("Ada Fenwick"), is_person_name("The PRESIDING OFFICER")
    (True, False)
    """
    return bool(_PERSON.fullmatch(name)) and not _NO_PERSON.search(name)


def _surname(name: str) -> str:
    parts = [p for p in name.split() if p.rstrip(".") not in ("Jr", "Sr", "II", "III")]
    return parts[-1]


def _right(claim: Claim) -> Callable[[RealQuotation, random.Random, Pool], Changed | None]:
    """Claim a form of the speaker's name."""

    def change(quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
        if quotation.speaker is None or not is_person_name(quotation.speaker):
            return None
        claimed = claim(quotation, quotation.speaker, rng, pool)
        if claimed is None:
            return None
        return Changed(quotation.text, f"{claimed} for {quotation.speaker}", claimed)

    return change


def _surname_alone(_q: RealQuotation, name: str, _rng: random.Random, pool: Pool) -> str | None:
    surname = _surname(name)
    return surname if len(pool.namesakes(surname)) == 1 else None


def _shared_surname(_q: RealQuotation, name: str, _rng: random.Random, pool: Pool) -> str | None:
    surname = _surname(name)
    return surname if len(pool.namesakes(surname)) > 1 else None


def _initial(_q: RealQuotation, name: str, _rng: random.Random, _pool: Pool) -> str:
    return f"{name[0]}. {_surname(name)}"


def _surname_first(_q: RealQuotation, name: str, _rng: random.Random, _pool: Pool) -> str | None:
    given_names, _, surname = name.rpartition(" ")
    return f"{surname}, {given_names}" if _surname(name) == surname else None


def _without_middle(_q: RealQuotation, name: str, _rng: random.Random, _pool: Pool) -> str | None:
    parts = name.split()
    return f"{parts[0]} {_surname(name)}" if len(parts) > 2 and len(parts[0]) > 2 else None


def _plain_letters(_q: RealQuotation, name: str, _rng: random.Random, _pool: Pool) -> str | None:
    plain = without_accents(name)
    return None if plain == name else plain


def _another(quotation: RealQuotation, name: str, rng: random.Random, pool: Pool) -> str | None:
    """A speaker of the library who has no part of the name, and whom the document never names."""
    text = pool.texts[quotation.document].lower()
    name_words = set(re.findall(r"\w+", name.lower()))
    others = [
        other
        for other in pool.speakers
        if is_person_name(other)
        and not name_words & set(re.findall(r"\w{2,}", other.lower()))
        and _surname(other).lower() not in text
    ]
    if len(quotation.text.split()) < _DISTINCTIVE_WORDS or not others:
        return None
    return rng.choice(others)


def _stranger(quotation: RealQuotation, _name: str, rng: random.Random, pool: Pool) -> str | None:
    text = pool.texts[quotation.document]
    if len(quotation.text.split()) < _DISTINCTIVE_WORDS:
        return None
    name = rng.choice(_STRANGERS)
    return None if _surname(name) in text else name


def _no_person_wrote_it(quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
    author = pool.authors.get(quotation.document)
    if author is None or quotation.speaker or not _CORPORATE.search(author):
        return None
    claimed = rng.choice(_STRANGERS)
    return Changed(quotation.text, f"the author is {author}", claimed)


def _author(quotation: RealQuotation, _rng: random.Random, pool: Pool) -> Changed | None:
    author = pool.authors.get(quotation.document)
    if author is None or not is_person_name(author):
        return None
    return Changed(quotation.text, "the author of the document", author)


def _titled(quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
    """Claim "Reid" or "Mr Reid" for "Mr. REID"."""
    match = re.fullmatch(r"(Mr|Mrs|Ms|Dr)\. ([A-Z][\w’'-]+)", quotation.speaker or "")
    if match is None or len(pool.namesakes(match[2])) > 1:
        return None
    name = match[2].capitalize() if match[2].isupper() else match[2]
    claimed = rng.choice((name, f"{match[1]} {name}", f"{match[1]}. {name.upper()}"))
    return Changed(quotation.text, f"{claimed} for {quotation.speaker}", claimed)


def _stock(_quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
    """A short sentence of several documents, credited to somebody whom the library does not have.

    The quotation chosen is not used: these sentences are not among those long enough.
    """
    if not pool.stock_phrases:
        return None
    text = rng.choice(pool.stock_phrases)
    return Changed(text, "said in several documents", rng.choice(_STRANGERS), text)


def _kind(
    name: str,
    sub: Sub,
    change: Callable[[RealQuotation, random.Random, Pool], Changed | None],
    accept: tuple[Verdict, ...] = FORM_ALONE,
) -> Kind:
    severity = ("meaning",) if sub == "other" else ("none",)
    return Kind(name, "mouth", change, accept, severity, sub)  # type: ignore[arg-type]


SPEAKER_CLAIMS: Final = (
    _kind("full name", "right", _right(lambda _q, name, _r, _p: name)),
    _kind("surname", "right", _right(_surname_alone)),
    _kind("initial and surname", "right", _right(_initial)),
    _kind("surname first", "right", _right(_surname_first)),
    _kind("name in capitals", "right", _right(lambda _q, name, _r, _p: name.upper())),
    _kind("middle name left out", "right", _right(_without_middle)),
    _kind("name without accents", "right", _right(_plain_letters)),
    _kind(
        "post-nominal letters",
        "right",
        _right(lambda _q, name, rng, _p: f"{name}, {rng.choice(_POST_NOMINALS)}"),
    ),
    _kind("doctor", "right", _right(lambda _q, name, _r, _p: f"Dr. {name}")),
    _kind("title and surname", "right", _titled),
    _kind("author", "right", _author),
    _kind("surname of several", "open", _right(_shared_surname)),
    _kind("office", "open", _right(lambda _q, _n, rng, _p: rng.choice(_OFFICES))),
    _kind("author that is no person", "open", _no_person_wrote_it),
    _kind(
        "stock phrase",
        "open",
        _stock,
        ("not_found", "verbatim", "typographic", "truncated", "altered"),
    ),
    _kind("another speaker", "other", _right(_another), ("misattributed",)),
    _kind("unknown to the library", "other", _right(_stranger), ("misattributed",)),
)
"""Kinds of claims about who spoke."""
