"""What goes on after quoted words in the same sentence, or judges them in the next."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.context import Frame, first_words
from quotecheck.comparison.words import fold
from quotecheck.language.clause_operators import (
    AUXILIARIES,
    CONTINUATIONS,
    EVERYBODY,
    MODAL_VERBS,
    NOMINATIVES,
    OWN,
    UNIVERSALS,
    has_past,
    is_past,
    predicate_class,
)
from quotecheck.language.hedges import FICTION, HEDGES_BEHIND
from quotecheck.language.limiting_phrases import HARMLESS_LIMITS, IF_NEED_BE, LIMITING_OPENERS
from quotecheck.language.quotation_characters import DOUBLE, GUILLEMETS
from quotecheck.language.verb_forms import is_finite
from quotecheck.language.word_classes import (
    DETERMINERS,
    LIMITING,
    NEGATIONS,
    NUMBER_WORDS,
    OPPOSING,
)

__all__ = ["frame_after", "judgement_on"]

_DEGREE: Final = (
    r"(?: (?:a|an|just|simply|plainly|all|all a|utterly|completely|totally|absolutely|pure|"
    r"complete|such a|another|also|clearly|quite|entirely))? "
)
_JUDGED = re.compile(
    # ", and it is nonsense": also behind a clause that says whose words these are
    r"(?P<told>(?:that|this|it)(?:’s|'s| is| was) what [^.!?;:,]{1,60}, )?"
    r"(?:(?:and|but|at least|or) )?"
    rf"((?:(?:that|this|it|which)(?:’s|'s| is| was)|is|was|are|would be){_DEGREE}"
    r"(?:false|untrue|nonsense|not true|not so|lies?|myth|rubbish|fiction|rumou?r|slander|gossip|"
    r"superstition|exaggeration|hoax|canard|"
    r"fabrication|falsehood|smear|matter of opinion|open question|moot point|"
    r"what (?:they|he|she|people|some) (?:say|says|said|think|thinks|want|wants|"
    r"claim|claims|tell|tells|told)"
    r")\b)"
    r"(?! (?:that|to|by)\b)",
    re.IGNORECASE,
)
"""What the speaker says of the words before; "it is not true that" says it of what follows."""
_MOCKED = re.compile(
    r"(?:[—–-]+\s*)?(not(?=\s*!)|(?:oh,? )?yeah,? right|(?:i(?:’m|'m| am) )?(?:just |only )?"
    r"(?:joking|kidding)|i jest|that (?:is|was) a joke)(?=\s*(?:[.!,;—–\"”’]|\Z))",
    re.IGNORECASE,
)
"""What takes back the words before as not meant; "joking apart" does not."""
_DISOWNED = re.compile(
    r"((?:those|these) (?:were|are) (?:his|her|their|your) words, not (?:mine|ours)|"
    r"so (?:says?|said) (?!(?:i|we)\b)\w+|"
    r"so (?:they|he|she) (?:says?|said|claims?|claimed)|so (?:i|we) (?:was|were|am|are) told|"
    r"so (?:i|we) thought|"
    r"i (?:used to|once) (?:believed?|think|thought) (?:that|so|it)(?=\s*[.!;,…])|"
    r"(?:how )?(?:i|we) wish (?:that|it) (?:were|was) (?:true|so)|"
    r"if only(?: (?:it|that) (?:were|was)(?: true| so)?)?(?=\s*[.!…])|my (?:foot|eye)(?=\s*[.!])|"
    r"says who|as if(?=\s*[.!])|in your dreams|dream on|pull the other one|wishful thinking)",
    re.IGNORECASE,
)
"""What gives the words before to others, or says that the speaker does not hold them."""
_UNDONE = re.compile(
    r"(far from it|not really|not at all|quite the opposite|hardly)(?=\s*[.!])", re.IGNORECASE
)
"""What denies a statement, and stresses a denial."""
_DISMISSED = re.compile(
    rf"((?:(?:that|this|which)(?:’s|'s| is| was)){_DEGREE}"
    r"(?:wrong|absurd|ridiculous|crazy|insane|joke))(?=\s*(?:[.!,;:—–\"”’]|\Z|and\b))",
    re.IGNORECASE,
)
"""What may be said of a statement as well as of a deed."""
_STATES: Final = frozenset(
    "is are was were am be isn't aren't wasn't weren't can cannot can't will won't should must "
    "it's he's she's they're we're you're i'm has have".split()
)
"""Verbs of a statement, of which "that is wrong" says that it is not so."""
_SENTENCE_REST = re.compile(r"[,;:\s—–-]*([^.!?…]*)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|--|[,;:—–()\n]")
_MARKS: Final = DOUBLE + GUILLEMETS + "’"
_WH_WORDS: Final = frozenset(
    "what whatever whoever whichever however when whenever where wherever how why if unless "
    "until till because no".split()
)
"""What begins a clause that depends on the one before it: no ascription."""
_TIME: Final = frozenset(("until", "till"))
_PAST: Final = frozenset("was were had did".split())
_VERBS_TOO: Final = frozenset("save except provided".split())
_BEFORE_VERBS: Final = MODAL_VERBS | {"to", "not"}
_WHOLE: Final = UNIVERSALS - {"no"}
"""Of these "but" takes something away."""
_EXCEPTED: Final = (("the", "one"), ("the", "ones"), ("one", "of"), ("those", "who"))
"""Behind "but" these are taken away from all, wherever "all" stands."""
_UNIVERSAL: Final = frozenset(
    "all every everybody everyone everything no nobody nothing none never any anybody anyone each "
    "always".split()
)
_HEAD_WORDS: Final = 4
"""Last words in which a universal governs the noun that a clause after them restricts."""
_POINTING: Final = frozenset("this these those there there's that's one".split())
_RELATIVES: Final = frozenset("who whom whose that which".split())
_SCOPES: Final = frozenset(
    "to against for in with from on at by about during after before under over within".split()
)
"""Prepositions whose phrase may be all that a negation denies."""
_PRESENT: Final = frozenset("is are am do does isn't aren't don't doesn't i'm it's".split())
_SUBJECTS: Final = frozenset("i we he she they we'll i'll they'll he'll she'll".split())
_REASON_STARTS: Final = frozenset("because to for by as in on so".split())
"""Words after "if only" that give a reason and make no condition."""
_MANNERS: Final = frozenset(
    "sound noise word warning incident ceremony fuss hesitation hesitating trace hitch pause "
    "complaint protest smile glance speaking looking stopping turning haste hurry".split()
)
"""What something happened without, which tells how it did and limits nothing."""
_MEASURES: Final = frozenset(
    "plan schedule law rule custom tradition need needs size taste ability merit age weight".split()
)
"""What things happen according to, and nobody says."""
_OPTIONS: Final = frozenset("can could may might".split())
"""Verbs of what is open: of two such the one holds without the other."""
_SAYS: Final = frozenset("says claims insists swears argues".split())
_OWNERS: Final = frozenset("my our your his her their".split())
_WORDS_READ: Final = 24
"""Words after a quotation's end that may still change its sense."""


def frame_after(
    after: str, *, closed: bool = False, looks_ahead: bool = False, quoted: Sequence[str] = ()
) -> Frame | None:
    """What goes on after a place in the same sentence, or judges it in the next.

    Args:
        after: the text from the place on, its line breaks kept.
        closed: whether the quotation ends with a full stop, as a sentence.
        looks_ahead: whether the quoted words speak of what will or may be.
        quoted: the last quoted words, folded, no more than their sentence.

    >>> frame_after(", unless the ferrymen ask us to stop.")
    Frame(kind='condition', words='unless the ferrymen ask us to stop')
    >>> frame_after(". That is a lie.").kind
    'judgement'
    >>> frame_after(", or so the signs claim.").kind
    'report'
    >>> frame_after(" if you will.")
    """
    judged = judgement_on(after, quoted)
    if judged:
        return Frame("judgement", judged)
    rest = _SENTENCE_REST.match(after)
    if rest is None or not rest[1].strip() or rest[1][0] in _MARKS:
        return None
    words = first_words(rest[1])
    tokens = [fold(token) for token in _WORD.findall(rest[1])[:_WORDS_READ]]
    forms = [token for token in tokens if token[0].isalnum()]
    if not forms:
        return None
    parted = after[: rest.start(1)]
    if not parted.strip() and forms[0] in _VERBS_TOO and set(quoted[-1:]) & _BEFORE_VERBS:
        return None  # to save the town; a comma makes it a limit: by May, provided
    if re.match(r"[,—–-]|--|\s-", parted) and _is_ascription(tokens):
        return Frame("report", words)
    if re.match(r"[,—–-]|--|\s-", parted) and (hedge := _hedge(tokens)):
        return Frame("hedge", hedge)
    kind = _compared(forms, parted, quoted, closed=closed) or _limit(
        forms,
        parted,
        closed=closed,
        looks_ahead=looks_ahead or bool(_PRESENT & set(quoted) and not _PAST & set(quoted)),
        negated=closed and bool(NEGATIONS & set(quoted[-4:])),
        may=bool(_OPTIONS & set(quoted)),
        past=has_past(quoted) and not NEGATIONS & set(quoted),
    )
    if (
        kind == "contrast"
        and forms[0] == "but"
        and "," not in parted
        and not AUXILIARIES & set(forms[1:5])
        and _WHOLE & set(quoted if _names_exception(forms) else quoted[-3:])
    ):
        kind = "condition"  # everything but the horse
    return Frame(kind, words) if kind else None


def _names_exception(forms: Sequence[str]) -> bool:
    """Whether "but" names one or a few that are taken away from all: but the one, but two."""
    counted = len(forms) == 2 and forms[1] in NUMBER_WORDS
    return counted or tuple(forms[1:3]) in _EXCEPTED


def judgement_on(after: str, quoted: Sequence[str] = ()) -> str:
    """The words with which the speaker calls what stands before false or somebody else's, or "".

    "That is wrong" may blame a deed: it counts where the words before state how things are.

    Args:
        after: the text after the quoted words.
        quoted: the last quoted words, folded.

    >>> judgement_on(". That is a lie."), judgement_on(" It is not true that he left.")
    ('That is a lie', '')
    >>> judgement_on(". That is wrong.", ["ships", "are", "slow"]), judgement_on(". It is wrong.")
    ('That is wrong', '')
    """
    rest = after.lstrip('.!?:"”’, ')
    judged = _JUDGED.match(rest) or _MOCKED.match(rest)
    if judged is None:  # a narrator may say so behind the marks of speech
        judged = _DISOWNED.match(after.lstrip(".!?:, "))
    if judged is None and not NEGATIONS & set(quoted):
        judged = _UNDONE.match(rest)
    if judged is None and _STATES & set(quoted):
        judged = _DISMISSED.match(rest)
    return judged[judged.lastindex or 1] if judged is not None else ""


def _starts(forms: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    return any(tuple(forms[: len(phrase)]) == phrase for phrase in phrases)


def _hedge(tokens: Sequence[str]) -> str:
    """The words set off right after a clause that leave it open whether it is so, or ""."""
    end = next((k for k, token in enumerate(tokens) if not token[0].isalnum()), len(tokens))
    return " ".join(tokens[:end]) if tuple(tokens[:end]) in HEDGES_BEHIND else ""


def _is_ascription(tokens: Sequence[str]) -> bool:
    """Whether a clause gives the words before it to somebody else: "they say", "according to"."""
    end = next((k for k, token in enumerate(tokens) if not token[0].isalnum()), len(tokens))
    clause = [token for token in tokens[:end] if token not in ("or", "so", "at", "least")]
    clause = clause[bool(clause) and clause[0].isdecimal() :]  # the number of the next verse
    if tokens[:2] == ["or", "so"] and OWN & set(clause) and is_past(clause[-1]):
        return True  # or so I thought
    if tokens[:2] == ["or", "so"] and not (OWN - {"us", "me"}) & set(clause):
        # or so she maintains; or so the signs would have us believe
        return len(clause) == 2 or predicate_class(clause[-1])[1] in ("say", "claim", "think")
    if clause[:2] == ["according", "to"]:
        return not _MEASURES & set(clause[2:4])
    if not clause or clause[0] in CONTINUATIONS or clause[0] in _WH_WORDS:
        return False
    for k, form in enumerate(clause[:8]):
        kind = predicate_class(form)[1]
        if kind in ("say", "claim") and form not in ("so", "to", "no"):
            near = clause[max(0, k - 4) : k + 5]
            if OWN & set(near) or EVERYBODY & set(clause[:k]) or clause[0] in ("you", "they'll"):
                return False
            reports = form in ("say", "says", "said", "claim", "claims", "claimed", "tell", "tells",
                               "told", "argue", "argues", "insist", "insists", "swear", "swears",
                               "alleges", "allege", "alleged", "boast", "boasts")  # fmt: skip
            inverted = form == "said" or (
                form in _SAYS and clause[1:2] and clause[1] in DETERMINERS
            )
            return reports and bool(k > 0 or inverted)
    return False


def _compared(forms: Sequence[str], parted: str, quoted: Sequence[str], *, closed: bool) -> str:
    """The kind of frame where quoted words lack what they compare with, or whom they speak of."""
    if parted.strip() or not quoted:
        return ""
    if forms[0] == "as" and forms[1:2] not in (["well"], ["soon"], ["i"], ["we"], ["you"]):
        return "condition" if {"so", "as", "such", "same"} & set(quoted[-4:]) else ""
    if not closed:
        return ""
    if forms[0] == "than":
        return "condition"
    if "\n" in parted:
        return ""
    universal = _UNIVERSAL & set(quoted[-_HEAD_WORDS:])
    if universal and (forms[0] in _RELATIVES or forms[0] in NOMINATIVES - _POINTING):
        return "condition"  # never trust a gate you have not shut
    if forms[0] in _SCOPES and NEGATIONS & set(quoted):
        return "contrast"  # does not work against viruses
    return ""


def _is_alternative(forms: Sequence[str]) -> bool:
    """Whether "or" begins a clause: of two that exclude each other the first was quoted alone."""
    subject = forms[1:2] and forms[1] in (NOMINATIVES | DETERMINERS) - {"any", "some", "no", "one"}
    if forms[1:2] and (forms[1] in _SUBJECTS or forms[1] in ("nobody", "everybody", "everyone")):
        return True
    verbs = [k for k in range(2, min(6, len(forms))) if is_finite(forms[k], forms[k - 1])]
    bound = len(_RELATIVES & set(forms[2 : verbs[-1]])) if verbs else 0  # or the men who came
    return forms[1:2] == ["else"] or bool(subject and len(verbs) > bound)


def _limit(
    forms: Sequence[str],
    parted: str,
    *,
    closed: bool,
    looks_ahead: bool,
    negated: bool,
    past: bool,
    may: bool,
) -> str:
    """The kind of frame that the words after make, "" for none."""
    if closed and looks_ahead and _starts(forms, IF_NEED_BE):
        return "condition"
    if closed and forms[:2] == ["if", "only"] and forms[2:] and forms[2] not in _REASON_STARTS:
        return "condition"  # if only he asked
    if _starts(forms, HARMLESS_LIMITS):
        return ""
    if forms[0] == "in" and forms[1:2] and forms[1] in _OWNERS and FICTION & set(forms[2:3]):
        return "hedge"  # in our dreams
    if (forms[0] == "as" and forms[1:2] == ["a"] and FICTION & set(forms[2:3])) or (
        forms[:2] in (["in", "jest"], ["for", "fun"])
    ):
        return "hedge"  # as a joke
    if closed and forms[0] == "or" and not may and _is_alternative(forms):
        return "condition"
    if forms[0] in _TIME and ("\n" in parted or ("," in parted and not (closed and looks_ahead))):
        return ""  # set off, of what has been: a mere time, not a term
    if forms[1:2] in (["permitting"], ["allowing"], ["willing"]):
        return "condition"  # weather permitting
    if forms[0] in OPPOSING and any(form in LIMITING for form in forms[1:4]):
        return "condition"  # "but only if"
    if _starts(forms, LIMITING_OPENERS):
        if forms[0] == "without" and (not closed or (past and _MANNERS & set(forms[1:4]))):
            return ""
        return "condition"
    if forms[0] in OPPOSING and forms[1:2] in (["not"], ["never"], ["hardly"]):
        return "condition"
    if forms[:1] in (["to"], ["for"], ["of"]) and (
        forms[1:3] in (["those", "who"], ["people", "who"], ["anyone", "who"], ["a", "few"])
    ):
        return "condition"
    if negated and forms[0] in ("more", "less", "better", "worse", "any", "enough"):
        return "condition"  # "could not agree more"
    if forms[0] == "once" and forms[1:2] in (["again"], ["more"], ["and"]):
        return ""
    if closed and looks_ahead and forms[0] in ("when", "whenever", "once") and ("," not in parted):
        return "" if has_past(forms[1:8]) or MODAL_VERBS & set(forms[1:4]) else "condition"
    return "contrast" if forms[0] in OPPOSING else ""
