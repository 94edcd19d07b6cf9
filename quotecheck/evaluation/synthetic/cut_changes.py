"""Changes of meaning by cutting, joining and turning round."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, Final

from quotecheck.evaluation.synthetic.changes import (
    ANOTHER_MEANING,
    MEANING_OR_WORDING,
    OTHER_WORDS,
    Changed,
    Kind,
    Mutator,
    capitalised,
)

if TYPE_CHECKING:
    from quotecheck.evaluation.synthetic.real_quotations import Pool, RealQuotation

__all__ = ["CUT_CHANGES"]

_FEWEST_WORDS: Final = 5
"""Words that a cut quotation still has."""
_SUBJECT: Final = (
    r"(?:I|we|you|he|she|it|they|there|this|that|these|those|the|our|my|their|his|her|its|no|a|an|"
    r"all|every|[A-Z][a-z]+)"
)
_SURE: Final = r"(?:I|we|you|it is|there is|the fact)"
_OTHERS: Final = (
    r"(?:Some|They|Many|Critics|Others|People|Our (?:opponents|critics|enemies|rivals)|My "
    r"(?:opponents?|critics|rivals?|enemies)|He|She|Experts|Economists|Mr\.? [A-Z]\w+|"
    r"Mrs\.? [A-Z]\w+|The (?:\w+ ){1,3})"
)
_CLAIMING: Final = (
    r"(?:say|says|said|claim|claims|claimed|argue|argues|argued|believe|believes|believed|think|"
    r"thinks|thought|insist|insists|insisted|tell us|tells us|told us|told me|suggest|suggests|"
    r"suggested|maintain|maintains|contend|contends|allege|alleges|alleged|report|reports|"
    r"assume|assumed|pretend)"
)
_DOUBTING: Final = (
    r"(?:I|We) (?:doubt|do not believe|don[’']t believe|do not think|don[’']t think|deny|"
    r"cannot believe|can[’']t believe|am not sure|are not sure|used to (?:think|believe)|"
    r"never (?:said|thought|believed)|did not say|didn[’']t say|refuse to believe)"
    r"|It is (?:not true|false|untrue|doubtful|a lie|a myth|wrong to say|not the case)"
    r"|Nobody (?:believes|thinks|says|claims)|No one (?:believes|thinks|says|claims)"
    r"|Only a \w+ (?:would|could) (?:say|think|believe)"
)
_HOPING: Final = (
    r"(?:I|We) (?:hope|wish|fear|suspect|guess|imagine|expect|assume|suppose)"
    r"|It (?:may|might|could) be|It is (?:possible|likely|probable|said|alleged|claimed|rumoured)"
    r"|It (?:seems|appears)"
)
_ADVERBS: Final = (
    "Perhaps|Maybe|Possibly|Allegedly|Reportedly|Apparently|Supposedly|Probably|Presumably|"
    "In theory|In principle|At best|On paper|With luck|Ideally"
)


def _is_enough(words: str) -> bool:
    return len(words.split()) >= _FEWEST_WORDS


def _front(pattern: str, *, keep_small: bool = False) -> Mutator:
    """Cut off the start of a sentence up to what the group ``rest`` holds."""
    expression = re.compile(pattern)

    def change(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
        match = expression.match(quotation.text)
        if match is None or not _is_enough(match["rest"]):
            return None
        rest = match["rest"] if keep_small else capitalised(match["rest"])
        return Changed(rest, f"cut in front: {match.group()[: match.start('rest')]}")

    return change


def _behind(pattern: str) -> Mutator:
    """Cut off the end of a sentence after what the group ``head`` holds."""
    expression = re.compile(pattern)

    def change(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
        match = expression.match(quotation.text)
        if match is None or not _is_enough(match["head"]):
            return None
        return Changed(f"{match['head']}.", f"cut behind: {quotation.text[match.end('head') :]}")

    return change


def _ellipsis_over_not(quotation: RealQuotation, rng: random.Random, _pool: Pool) -> Changed | None:
    if quotation.text.endswith("?"):
        return None
    matches = list(
        re.finditer(
            r"(?<=[a-z] )(?:not|never)(?! only| merely| just| to)(?: [a-z]+){0,2} "
            r"(?=[a-z]+ [a-z]+)",
            quotation.text,
        )
    )
    if not matches:
        return None
    match = rng.choice(matches)
    quote = f"{quotation.text[: match.start()].rstrip()} … {quotation.text[match.end() :]}"
    return Changed(quote, f"… for ‘{match.group().strip()}’")


_ASKED: Final = {
    "Do": "", "Does": "", "Did": "", "Is": "is", "Are": "are", "Was": "was", "Were": "were",
    "Will": "will", "Can": "can", "Should": "should", "Shall": "shall", "Must": "must",
    "Have": "have", "Has": "has", "Could": "could", "Would": "would",
}  # fmt: skip


def _question(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    """Turn a question into a statement: "Shall we sell it?" into "We shall sell it"."""
    match = re.fullmatch(
        rf"({'|'.join(_ASKED)}) (I|we|you|he|she|it|they|this|that|there) ([^?;]+)\?",
        quotation.text,
    )
    if match is None:
        return None
    asked, subject, rest = match.groups()
    verb = _ASKED[asked]
    quote = " ".join(part for part in (capitalised(subject), verb, rest) if part)
    return Changed(f"{quote}.", "a question as a statement")


_ASKING = re.compile(
    r"\b(?:what|who|whom|whose|why|how|when|where|which)\b"
    r"|^(?:So |And |But )?(?:Am|Is|Are|Was|Were|Do|Does|Did|Has|Have|Had|Will|Would|Can|Could|"
    r"Shall|Should|Must|May|Might|Is|Isn|Aren|Don|Doesn|Didn)\b"
    r"|[,.] (?:do|does|did|is|are|was|were|can|could|will|would|have|has)(?:n[’']t)? \w+$",
    re.IGNORECASE,
)


def _plain_question(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    """A question in the order of a statement, without its mark."""
    match = re.fullmatch(rf"((?:So |And |But )?{_SUBJECT} [a-z][^?:]+)\?", quotation.text)
    if match is None or _ASKING.search(match[1]):
        return None
    return Changed(f"{match[1]}.", "a question as a statement")


_JOINED = re.compile(r"(?:and|but|so|also|or|because|well|now|then|that)\b", re.IGNORECASE)


def _around_because(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    match = re.fullmatch(
        rf"({_SUBJECT} [^,;:]{{12,140}}?),? because ({_SUBJECT} [^;:]{{12,140}})[.!]",
        quotation.text,
        re.IGNORECASE,
    )
    if match is None or " not " in match[1] or _JOINED.match(match[1]):
        return None
    first = match[1] if match[1].startswith("I ") else match[1][0].lower() + match[1][1:]
    return Changed(f"{capitalised(match[2])} because {first}.", "cause and effect turned round")


def _agents(quotation: RealQuotation, _rng: random.Random, _pool: Pool) -> Changed | None:
    """Turn "We trust them" into "They trust us"."""
    for subject, target, new_subject, new_target in (
        ("we", "them", "they", "us"), ("they", "us", "we", "them"), ("I", "him", "he", "me"),
        ("he", "me", "I", "him"), ("I", "them", "they", "me"), ("they", "me", "I", "them"),
        ("you", "us", "we", "you"), ("we", "you", "you", "us"),
    ):  # fmt: skip
        match = re.search(
            rf"\b({subject}|{subject.capitalize()}) ((?:[a-z]+ ){{1,4}}){target}\b", quotation.text
        )
        if match is None:
            continue
        start = new_subject if match[1] == subject != "I" else capitalised(new_subject)
        new = f"{start} {match[2]}{new_target}"
        quote = quotation.text[: match.start()] + new + quotation.text[match.end() :]
        return Changed(quote, f"‘{match.group()}’ > ‘{new}’")
    return None


def _two_speakers(*, mark: str) -> Mutator:
    def change(quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
        others = [
            other
            for other in pool.by_document[quotation.document]
            if other.speaker and quotation.speaker and other.speaker != quotation.speaker
        ]
        if not others:
            return None
        other = rng.choice(others)
        return Changed(
            f"{quotation.text}{mark}{other.text}", f"{quotation.speaker} and {other.speaker} joined"
        )

    return change


def _far_apart(quotation: RealQuotation, rng: random.Random, pool: Pool) -> Changed | None:
    others = [
        other
        for other in pool.by_document[quotation.document]
        if other.speaker == quotation.speaker and abs(other.start - quotation.start) > 1_500
    ]
    if not others:
        return None
    return Changed(f"{quotation.text} {rng.choice(others).text}", "far apart, joined unmarked")


def _unmarked(quotation: RealQuotation, rng: random.Random, _pool: Pool) -> Changed | None:
    words = quotation.text.split()
    if len(words) < 14:
        return None
    count = rng.randint(3, 5)
    at = rng.randrange(3, len(words) - count - 3)
    quote = " ".join([*words[:at], *words[at + count :]])
    return Changed(quote, f"left out unmarked: {' '.join(words[at : at + count])}")


def _kind(name: str, change: Mutator, *, mild: bool = False, any_grade: bool = False) -> Kind:
    severity = MEANING_OR_WORDING if mild else ANOTHER_MEANING
    if any_grade:
        severity = ("none", "wording", "meaning")
    return Kind(name, "changed", change, OTHER_WORDS, severity)


_CONDITION: Final = (
    r"(?!If (?:you (?:look|ask|remember|recall|like|will|please|think)|anything|I may|we look)\b)"
    r"(?!Until (?:now|then|recently)\b)(?!Without (?:a |any )?(?:doubt|question|delay|further)\b)"
    r"(?:If|Unless|Without|Provided(?: that)?|As long as|So long as|Assuming|In case|Even if|"
    r"Only if|Until|Except for|But for|Were it not for|In the event of)\b"
)
_REST: Final = rf"(?P<rest>(?!(?:then|With|In|On|At|And|Of|To|By|From|For|But)\b){_SUBJECT} .+)"
_THAT: Final = r"(?: that|(?= (?:I|we|you|he|she|it|they|there)\b))"
_PROMISE: Final = rf"(?P<rest>{_SUBJECT} (?:will|shall|must) .+)"
_HEAD: Final = (
    r"(?P<head>(?!According|Not only|When|While|As |At |From |Once|After|Since|What|How|Why|"
    r"Although|But according|And when|But when|But at|There are some who|"
    r".*\b(?:know|asks?|asked|wonder|see|tell|doubt) .*\bif\b).{24,}?)"
    r"(?<!\bthat)(?<!\beven)(?<!\bas)(?<!\bwhat)(?<!\bsee)(?<!\bknow)(?<!\bask)(?<!\bwonder)"
    r"(?<!\band)(?<!\bbut)(?<!\bis)(?<!\bare)(?<!\bwas)(?<!\bnot)(?<!\bonly)(?<!\bto)(?<!\bbecause)(?<!\bthan)"
    r"(?<!\bor)(?<!\bthat,)(?<!\band,)(?<!\bbut,)"
)
_CONDITION_BEHIND: Final = (
    r"unless|if(?! not| any| only)|provided that|as long as|so long as|except|only if|but only|"
    r"on condition that|on the condition that"
)
_LIMIT_BEHIND: Final = (
    r"(?:until(?! now| then| recently)|but not|"
    r"without(?! (?:a |any )?(?:doubt|question|delay|further|exception|ceasing)))"
)
CUT_CHANGES: Final = (
    _kind("condition cut in front", _front(rf"{_CONDITION}[^,;]{{4,120}}, (?:then )?{_REST}")),
    _kind(
        "inverted condition cut in front",
        _front(rf"(?:Had|Were|Should) {_SUBJECT}\b[^,;]{{4,120}}, {_REST}"),
    ),
    _kind(
        "condition cut in front, no capital",
        _front(rf"{_CONDITION}[^,;]{{4,120}}, (?:then )?{_REST}", keep_small=True),
    ),
    _kind(
        "time condition cut in front",
        _front(
            rf"(?:When(?! you (?:just )?ask)|Once|Whenever|As soon as)\b[^,;]{{6,120}}, {_PROMISE}"
        ),
        mild=True,
    ),
    _kind("doubt cut in front", _front(rf"(?:{_DOUBTING}){_THAT} {_REST}")),
    _kind("hope cut in front", _front(rf"(?:{_HOPING}){_THAT} {_REST}"), mild=True),
    _kind("hedge cut in front", _front(rf"(?:{_ADVERBS}),? {_REST}"), mild=True),
    _kind(
        "source cut in front",
        _front(rf"(?!{_SURE}\b)(?:But |And )?{_OTHERS} ?(?:\w+ )?{_CLAIMING} that {_REST}"),
    ),
    _kind(
        "according to cut in front",
        _front(rf"(?:According to|In the (?:view|opinion) of|To hear)\b[^,;]{{3,80}}, {_REST}"),
    ),
    _kind("condition cut behind", _behind(rf"{_HEAD},? (?:{_CONDITION_BEHIND}) .+[.!]")),
    _kind("limit cut behind", _behind(rf"{_HEAD},? {_LIMIT_BEHIND} .+[.!]"), mild=True),
    _kind("ellipsis over a negation", _ellipsis_over_not),
    _kind("question as a statement", _question),
    _kind("question without its mark", _plain_question, mild=True),
    _kind("cause turned round", _around_because),
    _kind("agent and patient swapped", _agents),
    _kind("two speakers joined", _two_speakers(mark=" ")),
    _kind("two speakers joined by an ellipsis", _two_speakers(mark=" … ")),
    _kind("sentences far apart joined", _far_apart, any_grade=True),
    _kind("words left out unmarked", _unmarked, any_grade=True),
)
"""Kinds of changes by what is left out, joined or put in another order."""
