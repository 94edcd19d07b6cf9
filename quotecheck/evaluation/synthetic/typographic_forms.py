"""Changes of form in letters, marks and spaces, and fair cuts: the quotation stays faithful."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from quotecheck.evaluation.synthetic.changes import (
    CUT_FAIRLY,
    FORM_ALONE,
    NOTHING_OR_WORDING,
    Changed,
    Kind,
    Mutator,
    capitalised,
)
from quotecheck.evaluation.synthetic.word_pairs import ACCENTED
from quotecheck.language.folding import without_accents
from quotecheck.records.check import Severity, Verdict

if TYPE_CHECKING:
    from quotecheck.evaluation.synthetic.real_quotations import Pool, RealQuotation

__all__ = ["TYPOGRAPHIC_FORMS"]

_WEIGHTY = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|hardly|scarcely|cannot|without|if|"
    r"unless|until|except|provided|but|only|although|though|however|yet|perhaps|maybe|may|might|"
    r"could|would|should|probably|possibly|allegedly|whether|say|says|said|claim\w*|believe\w*|"
    r"think\w*|thought|argu\w+|suggest\w*|hope\w*|fear\w*|doubt\w*|deny|denies|denied|wish\w*|"
    r"suppose\w*|seem\w*|appear\w*|when|because|than|rather|instead|almost|nearly|some|most|few|"
    r"according|far from|fail\w*|refus\w*|lest|while|whereas|who|which|that)\b|n[’']t|\?",
    re.IGNORECASE,
)
"""Words that a fair cut does not leave out, nor stand beside."""
_LEADS = re.compile(r"(?:And|But|So|Now|Moreover|Furthermore|Indeed|Well|Therefore|Thus),? (?=\w)")
_STRESSES = re.compile(
    r"(?:It is clear|It is obvious|There is no doubt|I am convinced|We are convinced|I know|"
    r"We know|Let me (?:say|repeat|stress|add)|I (?:want|wish) to (?:say|stress|repeat|add)|"
    r"I must (?:say|stress)|The (?:fact|truth) is|It is a fact|It is true) that (?=\w)"
)
_ADDRESSES = (
    r"(?:Mr\.? (?:President|Speaker|Chairman)|Madam (?:President|Speaker|Chair)|Your Excellency|"
    r"[Ll]adies and gentlemen|[Mm]y (?:fellow )?(?:friends|colleagues|countrymen|Americans)|"
    r"[Ff]ellow citizens|[Dd]ear friends|[Cc]olleagues|[Ff]riends|[Cc]omrades)"
)
_ASIDES = (
    r"(?:of course|in fact|indeed|for example|for instance|as you (?:all )?know|as we know|"
    r"as I said|I repeat|I may add|you know|I mean|in short|to be sure|as always)"
)
_COUNTED = re.compile(
    r"\d|[$£€%]|^(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|hundred|"
    r"thousand|million|billion|half|percent|per)\b",
    re.IGNORECASE,
)
"""A word of a number, which a fragment must not break."""
_LONG_WORD = re.compile(r"[a-z]{8,}")


def _whole(transform: Callable[[str, random.Random], str | None]) -> Mutator:
    """A change of the whole text; None, or the text itself, where there is nothing to change."""

    def change(quotation: RealQuotation, rng: random.Random, _pool: Pool) -> Changed | None:
        new = transform(quotation.text, rng)
        return None if new is None or new == quotation.text else Changed(new)

    return change


def _exact(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    return Changed(quotation.text)


def _as_printed(quotation: RealQuotation, _rng: random.Random, pool: Pool) -> Changed | None:
    raw = pool.texts[quotation.document][quotation.start : quotation.end]
    return None if raw == quotation.text else Changed(raw, "with the line ends of the source")


def _two_sentences(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    if len(quotation.after.split()) < 3:
        return None
    both = f"{quotation.text} {quotation.after}"
    return Changed(both, source=both, end=quotation.after_end)


def _title_case(text: str, _rng: random.Random) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in text.split())


def _small_start(text: str, _rng: random.Random) -> str | None:
    first = text.split()[0]
    return None if first == "I" or first.startswith(("I’", "I'")) else text[:1].lower() + text[1:]


def _straight(text: str, _rng: random.Random) -> str:
    return text.translate(str.maketrans("’‘“”", "''\"\""))


def _curly(text: str, _rng: random.Random) -> str:
    return text.replace("'", "’")


def _dashes(text: str, rng: random.Random) -> str:
    new = rng.choice((" – ", " - ", "—", " -- ", "--", " — "))
    return re.sub(r"(?:(?<!\s)\s++)?(?:—|–|(?<= )- |--)\s*(?=\D)", new, text)


def _spaces(text: str, rng: random.Random) -> str:
    space = rng.choice(("  ", "\u00a0", "\u2009", "\n", "\t", " \n", "\u202f"))
    words = text.split(" ")
    at = rng.sample(range(1, len(words)), min(3, len(words) - 1))
    return "".join(
        word if k == 0 else f"{space if k in at else ' '}{word}" for k, word in enumerate(words)
    )


def _inside(mark: str, count: int = 2) -> Callable[[str, random.Random], str | None]:
    """A mark put into some long words."""

    def transform(text: str, rng: random.Random) -> str | None:
        matches = list(_LONG_WORD.finditer(text))
        if not matches:
            return None
        for match in sorted(
            rng.sample(matches, min(count, len(matches))), key=lambda m: -m.start()
        ):
            at = match.start() + rng.randrange(3, len(match.group()) - 2)
            text = text[:at] + mark + text[at:]
        return text

    return transform


def _ligatures(text: str, _rng: random.Random) -> str:
    for letters, ligature in (("ffi", "ﬃ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
        text = text.replace(letters, ligature)
    return text


def _accents(text: str, _rng: random.Random) -> str:
    for accented, plain in ACCENTED.items():
        text = re.sub(rf"\b{accented}\b", plain, text)
    return without_accents(text)


def _sic(text: str, rng: random.Random) -> str:
    words = text.split()
    words.insert(rng.randrange(2, len(words)), "[sic]")
    return " ".join(words)


def _note_mark(text: str, rng: random.Random) -> str:
    return f"{text}{rng.choice(('[1]', ' [12]', '*', '†', '¹'))}"


def _bracketed_letter(text: str, _rng: random.Random) -> str | None:
    lead = _LEADS.match(text)
    if lead is None:
        return f"[{text[0].lower()}]{text[1:]}" if text[0] != "I" else None
    rest = text[lead.end() :]
    return f"[{rest[0].upper()}]{rest[1:]}"


def _outer(text: str, rng: random.Random) -> str:
    opening, closing = rng.choice((("“", "”"), ('"', '"'), ("«", "»"), ("‘", "’"), ("„", "“")))
    return f"{opening}{text}{closing}"


def _ampersand(text: str, _rng: random.Random) -> str:
    return text.replace(" and ", " & ", 1)


def _without_lead(text: str, _rng: random.Random) -> str | None:
    match = _LEADS.match(text)
    return capitalised(text[match.end() :]) if match else None


def _without_stress(text: str, _rng: random.Random) -> str | None:
    match = _STRESSES.match(text)
    return capitalised(text[match.end() :]) if match else None


def _without_address(text: str, _rng: random.Random) -> str | None:
    match = re.match(rf"{_ADDRESSES}, (?=\w)", text)
    return capitalised(text[match.end() :]) if match else None


def _aside(text: str, _rng: random.Random) -> str | None:
    match = re.search(
        rf",? ?\b(?:{_ASIDES}|{_ADDRESSES}),(?= \w)|, (?:{_ADDRESSES})(?=[.!]$)", text
    )
    if match is None or match.start() == 0:
        return None
    return f"{text[: match.start()]} …{text[match.end() :]}"


def _sentence_out(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    """The second half of one sentence's neighbour, with the words between them left out."""
    if not quotation.before or _WEIGHTY.search(quotation.text) or len(quotation.after) < 20:
        return None
    if _WEIGHTY.search(quotation.after) or _WEIGHTY.search(quotation.before):
        return None
    return Changed(
        f"{quotation.before} … {quotation.after}",
        f"left out: {quotation.text}",
        source=f"{quotation.before} {quotation.text} {quotation.after}",
        end=quotation.after_end,
    )


def _fragment(*, edges: tuple[str, str] = ("", "")) -> Mutator:
    """Seven words or more from the midst of a sentence in which nothing hangs on the rest."""

    def change(quotation: RealQuotation, rng: random.Random, _pool: Pool) -> Changed | None:
        words = quotation.text.split()
        if len(words) < 12 or _WEIGHTY.search(quotation.text):
            return None
        length = rng.randint(7, min(14, len(words) - 3))
        at = rng.randrange(1, len(words) - length)
        beside = (*words[max(0, at - 2) : at + 2], *words[at + length - 2 : at + length + 2])
        if words[at - 1].lower() == "of" or any(_COUNTED.search(word) for word in beside):
            return None
        part = " ".join(words[at : at + length]).strip(",;:—–- ")
        return Changed(f"{edges[0]}{part}{edges[1]}", "a part of a sentence")

    return change


def _tail_cut(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    """A sentence without what is added after a semicolon or after "and" with a new subject."""
    match = re.match(
        r"(?P<head>.{30,}?)(?:;|, and (?=(?:we|I|they|it|he|she|the|our|that) )) (?P<tail>.+)",
        quotation.text,
    )
    if match is None or _WEIGHTY.search(match["tail"]) or _WEIGHTY.search(match["head"]):
        return None
    return Changed(f"{match['head']}.", f"left out behind: {match['tail']}")


def _kind(
    name: str,
    change: Mutator,
    accept: tuple[Verdict, ...] = FORM_ALONE,
    severity: tuple[Severity, ...] = ("none",),
) -> Kind:
    return Kind(name, "faithful", change, accept, severity)


TYPOGRAPHIC_FORMS: Final = (
    _kind("exact", _exact),
    _kind("as printed", _as_printed),
    _kind("two sentences", _two_sentences, CUT_FAIRLY),
    _kind("small letters", _whole(lambda text, _: text.lower())),
    _kind("capitals", _whole(lambda text, _: text.upper())),
    _kind("title case", _whole(_title_case)),
    _kind("small first letter", _whole(_small_start)),
    _kind("straight marks", _whole(_straight)),
    _kind("curly marks", _whole(_curly)),
    _kind("marks around", _whole(_outer)),
    _kind("final stop left out", _whole(lambda text, _: text.rstrip(".!"))),
    _kind(
        "final comma", _whole(lambda text, _: f"{text.rstrip('.')}," if text[-1] == "." else None)
    ),
    _kind(
        "exclamation mark as a stop",
        _whole(lambda text, _: f"{text[:-1]}." if text[-1] == "!" else None),
    ),
    _kind("semicolon as a comma", _whole(lambda text, _: text.replace(";", ",", 1))),
    _kind("dashes", _whole(_dashes)),
    _kind("spaces", _whole(_spaces)),
    _kind("zero-width characters", _whole(_inside("\u200b"))),
    _kind("soft hyphens", _whole(_inside("\u00ad"))),
    _kind("hyphen at a line end", _whole(_inside("-\n", 1))),
    _kind("ligatures", _whole(_ligatures)),
    _kind("accents left out", _whole(_accents)),
    _kind("sic", _whole(_sic)),
    _kind("note mark", _whole(_note_mark)),
    _kind("bracketed letter", _whole(_bracketed_letter), CUT_FAIRLY),
    _kind("ampersand", _whole(_ampersand)),
    _kind("joining word cut in front", _whole(_without_lead), CUT_FAIRLY),
    _kind("stress cut in front", _whole(_without_stress), CUT_FAIRLY, NOTHING_OR_WORDING),
    _kind("address cut in front", _whole(_without_address), CUT_FAIRLY),
    _kind("ellipsis over an aside", _whole(_aside), CUT_FAIRLY, NOTHING_OR_WORDING),
    _kind("ellipsis over a sentence", _sentence_out, CUT_FAIRLY, NOTHING_OR_WORDING),
    _kind("fair cut behind", _tail_cut, CUT_FAIRLY, NOTHING_OR_WORDING),
    _kind("fragment", _fragment()),
    _kind("fragment between ellipses", _fragment(edges=("… ", " …")), CUT_FAIRLY),
)
"""Kinds of changes of form in letters and marks, and of fair cuts."""
