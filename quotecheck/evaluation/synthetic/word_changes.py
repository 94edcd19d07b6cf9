"""Changes of meaning in words: negation, modality, quantity, comparison, names, persons, tense."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from quotecheck.evaluation.synthetic.changes import (
    ANOTHER_MEANING,
    MEANING_OR_WORDING,
    OTHER_WORDS,
    Changed,
    Kind,
    Mutator,
    substituted,
    swapped,
)
from quotecheck.evaluation.synthetic.word_pairs import (
    ANTONYMS,
    COMPARATIVES,
    GLUED,
    NEGATIVE_PREFIXES,
)

if TYPE_CHECKING:
    from quotecheck.evaluation.synthetic.real_quotations import Pool, RealQuotation

__all__ = ["WORD_CHANGES"]

Match = re.Match[str]
Replacement = Callable[[Match, random.Random], str | None]

_AUXILIARY: Final = (
    "is|are|was|were|will|would|can|could|shall|should|must|may|might|has|have|had|do|does|did|am"
)
_NEGATIVE: Final = (
    r"\b(?:not|never|no|none|nobody|nothing|nowhere|neither|nor|hardly|scarcely|cannot|without)\b"
    r"|n[’']t\b"
)
_QUESTION: Final = r"\?$"
_CONTRACTED: Final = {"won’t": "will", "can’t": "can", "shan’t": "shall"}


def _fixed(text: str) -> Replacement:
    return lambda match, _: match.expand(text)


def _without_nt(match: Match, _rng: random.Random) -> str:
    word = match.group().replace("'", "’")
    short = _CONTRACTED.get(word.lower())
    if short:
        return short.capitalize() if word[0].isupper() else short
    return word[:-3]


def _another_name(quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
    """A name of the library in the place of another."""
    names = set(pool.names) - _NO_NAMES
    places = [
        match
        for match in re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}(?![\w’'-]| [A-Z])", quotation.text)
        if match.group() in names
    ]
    if not places:
        return None
    match = rng.choice(places)
    others = sorted(
        name for name in names if name[:3].lower() != match.group()[:3].lower()
        and not name.lower().endswith(("ian", "ish", "ese", "ans", "ern"))
    )  # fmt: skip
    if not others:
        return None
    new = rng.choice(others)
    quote = quotation.text[: match.start()] + new + quotation.text[match.end() :]
    return Changed(quote, f"‘{match.group()}’ > ‘{new}’")


_NO_NAMES: Final = frozenset(
    "God Lord Almighty Heaven Christ Jesus Father Mother President Speaker Senator Senate Congress "
    "House Minister Government State States Union Nation Nations People Madam Sir Monday Tuesday "
    "Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December Member Members Chair Chairman Secretary General".split()
)


def _negated(match: Match, _rng: random.Random) -> str:
    return f"{match[1]} not "


def _insertion(phrases: tuple[str, ...]) -> Mutator:
    """Words put in before the final mark."""

    def change(quotation: RealQuotation, rng: random.Random, _pool: Pool) -> Changed | None:
        if not quotation.text.endswith("."):
            return None
        phrase = rng.choice(phrases)
        return Changed(f"{quotation.text[:-1]} {phrase}.", f"put in: {phrase}")

    return change


def _dropped(words: str) -> Mutator:
    return substituted(rf"(?<=[\w,] )(?:{words}) (?=[a-z])", _fixed(""))


_PERSONS: Final = {
    "we will": "they will", "we have": "they have", "we are": "they are", "our": "their",
    "i will": "he will", "i have": "you have", "my": "his", "they will": "we will",
    "they have": "we have", "their": "our", "he was": "I was", "he will": "she will",
    "we must": "you must", "we should": "they should", "we can": "they can", "he said": "she said",
    "his": "her", "he has": "she has",
}  # fmt: skip
_QUANTIFIERS: Final = {
    "all of": "some of", "all the": "some of the", "all our": "some of our",
    "all these": "some of these", "all those": "some of those", "some of": "all of",
    "many of": "few of", "most of": "some of", "few of": "many of", "every": "hardly any",
    "many": "few", "most": "some", "several": "countless", "everyone": "someone",
    "everybody": "somebody", "somebody": "everybody", "someone": "everyone", "always": "sometimes",
    "sometimes": "always", "often": "rarely", "rarely": "often", "seldom": "often",
    "everywhere": "somewhere", "both": "neither of", "none of": "all of", "half of": "all of",
    "usually": "rarely", "everything": "something", "each of": "one of",
}  # fmt: skip
_NEGATIVES: Final = {
    "nobody": "everybody", "no one": "everyone", "nothing": "everything", "never": "always",
    "nowhere": "everywhere", "everybody": "nobody", "everything": "nothing", "always": "never",
    "no longer": "still", "still": "no longer", "neither": "both",
}  # fmt: skip
_MODALS: Final = {
    "will": "may", "must": "may", "shall": "might", "should": "could", "may": "will",
    "might": "will", "could": "will", "can": "must", "have to": "may", "need to": "may",
    "ought to": "might", "is able to": "is obliged to", "are able to": "are obliged to",
}  # fmt: skip
_TENSES: Final = {
    "will be": "has been", "has been": "will be", "have been": "will be", "will have": "had",
    "is": "was", "was": "is", "are": "were", "were": "are", "has": "had", "do": "did",
}  # fmt: skip
_COMMITMENTS: Final = {
    "we will": "we did", "i will": "I did", "they will": "they did", "we shall": "we did",
    "we have": "we will have", "will be": "was to be",
}  # fmt: skip
_CONNECTIVES: Final = {
    "because": "although", "although": "because", "therefore": "nevertheless",
    "despite": "because of", "because of": "in spite of", "unless": "if", "before": "after",
    "after": "before", "until": "since", "so that": "even though", "as well as": "instead of",
}  # fmt: skip
_ROLES: Final = {
    "against": "for", "into": "out of", "out of": "into", "with the": "against the",
}  # fmt: skip
_VERBS_OF_FAILING: Final = {
    "failed to": "managed to", "fails to": "manages to", "fail to": "manage to",
    "refused to": "agreed to", "refuse to": "agree to", "refuses to": "agrees to",
    "managed to": "failed to", "agreed to": "refused to", "forgot to": "remembered to",
    "stopped": "started", "denied": "confirmed", "allowed to": "forbidden to",
    "forbidden to": "allowed to", "able to": "unable to", "willing to": "unwilling to",
}  # fmt: skip
_PUT_IN: Final = (
    "against the advice of our own lawyers", "in return for a favour", "whatever the courts say",
    "as my own notes show too", "in secret", "by force if need be", "without telling anybody",
    "for the third time this month", "even though it is wrong", "to the delight of our rivals",
)  # fmt: skip


def _kind(name: str, change: Mutator, *, mild: bool = False) -> Kind:
    severity = MEANING_OR_WORDING if mild else ANOTHER_MEANING
    return Kind(name, "changed", change, OTHER_WORDS, severity)


WORD_CHANGES: Final = (
    _kind(
        "not dropped",
        substituted(
            rf"(?<=\b)({_AUXILIARY}) not (?!only\b|merely\b|just\b|least\b|to\b|simply\b|solely\b)",
            _fixed(r"\1 "),
            unless=_QUESTION,
        ),
    ),
    _kind("cannot to can", substituted(r"\bcannot\b(?! but)", _fixed("can"), unless=_QUESTION)),
    _kind(
        "n’t dropped",
        substituted(
            r"\b(?:do|does|did|is|are|was|were|wo|would|could|should|ca|has|have|had|must)n[’']t\b"
            r"(?! only)",
            _without_nt,
            unless=_QUESTION,
            flags=re.IGNORECASE,
        ),
    ),
    _kind(
        "not put in",
        substituted(
            r"\b(is|are|was|were|will|can|should|must|would|could) (?=[a-z]{3,})(?!not\b)",
            _negated,
            unless=rf"{_NEGATIVE}|{_QUESTION}",
        ),
    ),
    _kind(
        "never put in",
        substituted(
            r"\b(we|they|I|has|have|will|would) (?=[a-z]{3,})(?!never\b|not\b)",
            _fixed(r"\1 never "),
            unless=rf"{_NEGATIVE}|{_QUESTION}",
        ),
    ),
    _kind("never dropped", _dropped("never")),
    _kind("hardly dropped", _dropped("hardly|scarcely|barely|rarely|seldom")),
    _kind(
        "hardly put in",
        substituted(
            r"\b(can|could|will|would|has|have|is|are|was|were) (?=[a-z]{4,})",
            _fixed(r"\1 hardly "),
            unless=rf"{_NEGATIVE}|{_QUESTION}",
        ),
    ),
    _kind(
        "no dropped",
        substituted(
            r"\b(is|are|was|were|have|has|had|with|make|see|find) no (?=[a-z])"
            r"(?!longer|more|less|doubt|matter|other|better|one\b|fewer|later)",
            _fixed(r"\1 "),
        ),
    ),
    _kind("negative word turned", swapped(_NEGATIVES, unless=r"not (?:always|everybody|still)")),
    _kind("neither to either", substituted(r"\bneither (.{3,60}?) nor\b", _fixed(r"either \1 or"))),
    _kind(
        "without to with", swapped({"without": "with"}, after=" (?:a )?(?:doubt|question|delay)")
    ),
    _kind("negative prefix", swapped(NEGATIVE_PREFIXES)),
    _kind("failing turned", swapped(_VERBS_OF_FAILING)),
    _kind("modal changed", swapped(_MODALS, unless=r"\bMay \d|[Cc]an(?:not|’t)|\?$")),
    _kind(
        "hedge dropped",
        _dropped(
            "perhaps|probably|possibly|apparently|allegedly|reportedly|presumably|seemingly|maybe"
        ),
        mild=True,
    ),
    _kind("only dropped", _dropped("only|merely|solely"), mild=True),
    _kind("almost dropped", _dropped("almost|nearly|partly|largely|mostly"), mild=True),
    _kind(
        "qualifier of a number dropped",
        substituted(
            r"\b(?:about|almost|nearly|at least|at most|up to|more than|less than|fewer than) "
            r"(?=\d|two |three |four |five |ten |twenty |half |a hundred|a million)",
            _fixed(""),
        ),
        mild=True,
    ),
    _kind(
        "quantifier changed",
        swapped(
            _QUANTIFIERS,
            unless=r"not (?:all|always|every|both|many)|(?:how|so|too|as|very|great) many",
            after=" of all| and more| recent| likely| importantly",
        ),
    ),
    _kind(
        "comparative turned",
        swapped(COMPARATIVES, unless=r"no (?:more|less)|more and more|once more|any ?more"),
    ),
    _kind("antonym", swapped(ANTONYMS)),
    _kind("name changed", _another_name),
    _kind("person changed", swapped(_PERSONS)),
    _kind(
        "tense changed",
        swapped(_TENSES, unless=r"\b(?:[Ii]f|[Ww]ish|as though|as if)\b|\?$"),
        mild=True,
    ),
    _kind("promise as deed", swapped(_COMMITMENTS)),
    _kind(
        "connective changed",
        swapped(
            _CONNECTIVES,
            after=" (?:us|you|me|them|him|the (?:House|Senate|Council|Court|Committee|Assembly))",
        ),
    ),
    _kind("preposition turned", swapped(_ROLES)),
    _kind("words glued or split", swapped(GLUED), mild=True),
    _kind("phrase put in", _insertion(_PUT_IN), mild=True),
)
"""Kinds of changes by words put in, left out or exchanged."""
