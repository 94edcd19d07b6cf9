"""What the rest of the sentence does to the words quoted from it: frames that were cut off.

Works on words alone. The text before the quotation is divided at commas and dashes; from its end
backwards each piece is read as an aside (no reproach), an adverbial (condition, hedge, source) or a
matrix clause whose predicate asserts, denies, supposes or reports the clause after it. The text
after is read for what limits, doubts or judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.context import Frame, without_interruption
from quotecheck.comparison.fronted_limits import (
    is_alternative,
    is_invitation,
    is_price,
    limits_clause,
    opened_limit,
)
from quotecheck.comparison.lead_pieces import (
    LeadPiece,
    core_of,
    pieces_of,
    prefix_size,
)
from quotecheck.comparison.predicates import Matrix, frame_of_matrix
from quotecheck.comparison.quoted_clause import QuotedClause
from quotecheck.comparison.sentence_leads import sentence_lead
from quotecheck.comparison.told_by_others import is_told_aside
from quotecheck.language.clause_operators import (
    AUXILIARIES,
    BOUNDS,
    CONTINUATIONS,
    NEGATORS,
    NOMINATIVES,
    OWN,
    QUANTIFIED,
    SOURCE_OPENERS,
    TRANSPARENT,
    UNIVERSALS,
)
from quotecheck.language.hedges import FICTION, HEDGES
from quotecheck.language.limiting_phrases import (
    EXCEPTIONS,
    TIME_OPENERS,
)
from quotecheck.language.privatives import PRIVATIVES
from quotecheck.language.word_classes import (
    DETERMINERS,
    HEARSAY,
    NEGATIVE_FRAMES,
    NUMBER_WORDS,
    OPPOSING,
)

__all__ = ["frame_before", "frame_of_predicate"]


_TALES: Final = frozenset("story tale version".split())
"""In what is told by somebody, and not by the speaker: "in the story that my uncle tells"."""
_REACH: Final = 5
"""Pieces, counted from the quotation, in which an adverbial that still holds is looked for."""
_ADJACENT: Final = 4
"""Words in front of the quotation in which a negation still holds for it."""
_BEHIND_HEDGES: Final = (
    ("that",), ("though",), ("even",), ("one", "day"), ("some", "day"), ("soon",), ("tomorrow",),
)  # fmt: skip
"""What may stand between a hedge and its clause."""
_PORTIONS: Final = tuple((word,) for word in "of more less time money hope help".split())
"""What "little" says a quantity of; before other nouns it may be a size."""
_COORDINATORS: Final = frozenset(("and", "but", "or"))
_AUXILIARY_WORDS: Final = 3
"""Auxiliaries of one predicate: "would have been"."""
_SUBJECT_PRONOUNS: Final = frozenset("i we he she they".split())
"""After these a verb follows: "we exaggerate"."""
_OPEN_MODALS: Final = frozenset(("may", "might"))
_SUBJECT: Final = 8
"""Words of a subject between "that" and the verb with which a quotation begins."""
_AGENT: Final = 4
"""Words of the phrase that says by whom something is believed: "by all in town"."""
_BE: Final = frozenset("is are was were be been being".split())
_HEARD: Final = HEARSAY | {"described"}
_SUBJECT_STARTS: Final = NOMINATIVES | DETERMINERS


def frame_before(before: str, quoted: QuotedClause) -> Frame | None:
    """What stands in the same sentence before a place and keeps it from being asserted.

    Args:
        before: the spoken text up to the place.
        quoted: the words at the place.

    >>> frame_before("Nobody doubts it. We will not", QuotedClause(("sell", "the", "mill")))
    Frame(kind='negation', words='not')
    >>> frame_before("My opponent says that", QuotedClause(("we", "will", "lose")))
    Frame(kind='report', words='My opponent says that')
    >>> frame_before("If the wells run dry,", QuotedClause(("we", "will", "go")))
    Frame(kind='condition', words='If the wells run dry,')
    >>> frame_before("It is clear that", QuotedClause(("we", "will", "go")))
    """
    resumed = without_interruption(before)
    if resumed != before:
        frame = frame_before(resumed, quoted)
        return frame if frame is not None and frame.kind in ("condition", "hedge") else None
    lead = sentence_lead(before)
    pieces = pieces_of(lead)
    adjoining = bool(pieces) and not pieces[-1].mark
    if pieces and (is_price(pieces, quoted) or is_alternative(pieces, quoted)):
        return Frame("condition", _shown(lead, pieces[0]))
    joined = pieces[-1].forms[0] if pieces and pieces[-1].forms[0] in _COORDINATORS else ""
    while pieces and _is_aside(pieces[-1]) and not _is_no(pieces[-1], quoted):
        pieces.pop()
        adjoining = False
    if not pieces:
        return None
    if adjoining and pieces[-1].forms[-1] == "even" and quoted.forms[0] in ("if", "when"):
        return Frame("head", pieces[-1].raw[-1])
    set_off = not adjoining
    return (
        _adverbial(pieces, lead, quoted, set_off=set_off, joined=joined)
        or _matrix(pieces, lead, quoted)
        or (
            None
            if set_off or pieces[-1].forms[-1] == "that"
            else _adjacent(pieces[-1], lead, quoted)
        )
    )


def frame_of_predicate(before: str, quoted: QuotedClause) -> Frame | None:
    """What frames the rest of a clause whose subject was cut off, or its auxiliaries as well.

    Args:
        before: the spoken text up to the place.
        quoted: the words at the place.

    >>> frame_of_predicate("He may have", QuotedClause(("missed", "the", "handball")))
    Frame(kind='hedge', words='may have')
    >>> frame_of_predicate("Some say the baths are", QuotedClause(("a", "luxury")))
    Frame(kind='report', words='Some say')
    >>> frame_of_predicate("Unless it rains, we will", QuotedClause(("sell", "the", "pier")))
    Frame(kind='condition', words='Unless it rains,')
    """
    words = sentence_lead(before).split()
    size = 0
    while size < min(_AUXILIARY_WORDS, len(words)) and _is_affirmed(words[-size - 1]):
        size += 1
    auxiliaries = tuple(words[len(words) - size :])
    if _OPEN_MODALS & set(auxiliaries) or auxiliaries == ("could", "have"):
        return Frame("hedge", " ".join(auxiliaries))
    if size or quoted.forms[0] in AUXILIARIES:
        clause = pieces_of(" ".join(words[: len(words) - size]))
        subject = clause[-1].forms if len(clause) > 1 and not clause[-1].mark else ()
        if len(subject) <= _SUBJECT and subject[:1] and subject[0] in _SUBJECT_STARTS:
            size += len(subject)
    if size < len(words) and words[-size - 1].casefold() in _SUBJECT_PRONOUNS:
        size += 1
    if not size:
        return None
    moved = tuple(word.casefold() for word in words[-size:])
    rest = " ".join(words[:-size])
    return frame_before(rest, QuotedClause((*moved, *quoted.forms), quoted.as_sentence))


def _is_affirmed(word: str) -> bool:
    """Whether a word is an auxiliary that denies nothing."""
    return word in AUXILIARIES and word != "cannot" and not word.endswith("n't")


def _is_aside(piece: LeadPiece) -> bool:
    """Whether a piece is a connective, an address, or the speaker's own stress."""
    core = core_of(piece)
    if not core or core in TRANSPARENT or piece.forms in TRANSPARENT:
        return True
    if core[0] in ("mr", "mrs", "madam", "dear", "fellow", "my", "ladies") and piece.mark:
        return len(core) <= 5 and not AUXILIARIES & set(core)
    if prefix_size(core, TIME_OPENERS) or piece.forms in HEDGES:
        return False
    if piece.forms[0] == "as" and piece.mark and OWN & set(piece.forms) and len(piece.forms) < 8:
        return not is_told_aside(piece.forms)
    return len(core) == 1 and core[0].endswith("ly") and (core not in HEDGES) and bool(piece.mark)


def _is_no(piece: LeadPiece, quoted: QuotedClause) -> bool:
    """Whether "no" denies the noun that the quotation begins with, and answers nothing."""
    # "No one came" is a denial, not an answer: "no: one came".
    starts_clause = quoted.forms[0] in (NOMINATIVES | DETERMINERS) - {"one"}
    return not piece.mark and piece.forms[-1] == "no" and not starts_clause


def _shown(lead: str, piece: LeadPiece) -> str:
    """The words of the lead from a piece on."""
    return " ".join(lead[piece.start :].split())


def _adverbial(
    pieces: Sequence[LeadPiece], lead: str, quoted: QuotedClause, *, set_off: bool, joined: str
) -> Frame | None:
    """A hedge, a condition, a source or a setting in front of the quoted clause.

    A clause ``joined`` to the quoted one, by "and", is a statement beside it and no aside in it;
    what holds for it holds for both: "if it fails, the mill will close, and we will leave".
    """
    last = pieces[-1]
    for forms in (last.forms, core_of(last)):
        size = prefix_size(forms, HEDGES)
        if size and (len(forms) == size or forms[size:] in _BEHIND_HEDGES):
            return Frame("hedge", _shown(lead, last))
    for k in range(len(pieces) - 1, max(-1, len(pieces) - 1 - _REACH), -1):
        piece = pieces[k]
        core = opened_limit(piece)
        if core is not None and core[-1] == "if" and is_invitation(quoted):
            return None
        if set_off and prefix_size(core_of(piece), EXCEPTIONS) and UNIVERSALS & set(quoted.forms):
            return Frame("condition", _shown(lead, piece))
        if core is not None and limits_clause(core, piece, quoted, set_off=set_off):
            if set_off or quoted.is_clause:
                return Frame("condition", _shown(lead, piece))
            if k == len(pieces) - 1 and len(core) <= 3:
                return Frame("condition", _shown(lead, piece))
        for forms in (piece.forms, core_of(piece)):
            if quoted.is_clause and forms[:2] == ("according", "to"):
                return Frame("report", _shown(lead, piece))
            if set_off and prefix_size(forms, SOURCE_OPENERS):
                return Frame("report", _shown(lead, piece))
        named = piece.raw[-1][:1].isupper()  # The Washington Post posts nothing
        if (
            set_off
            and not named
            and not (joined and piece.forms[0] != "as")
            and is_told_aside(piece.forms if piece.forms[0] == "as" else core_of(piece))
        ):
            return Frame("report", _shown(lead, piece))
        fiction = FICTION & set(piece.forms if set_off else piece.forms[-1:])  # in my dream
        tale = set_off and bool(_TALES & set(piece.forms[1:4]))
        if piece.forms[0] == "in" and (fiction or tale) and (set_off or quoted.is_clause):
            return Frame("hedge", _shown(lead, piece))
        if _is_main_clause(piece) and not (
            joined == "and" and quoted.looks_ahead and k == len(pieces) - 1
        ):
            break
    return None


def _is_main_clause(piece: LeadPiece) -> bool:
    """Whether a main clause begins with a piece, so that what stands before it is done with."""
    if piece.forms[0] in CONTINUATIONS and piece.forms[0] not in ("that", "then", "so"):
        return False
    core = core_of(piece)
    return len(core) > 1 and (core[0] in NOMINATIVES or bool(AUXILIARIES & set(core[1:4])))


def _matrix(pieces: Sequence[LeadPiece], lead: str, quoted: QuotedClause) -> Frame | None:
    """A clause on which the quoted one depends, as what is said, thought, hoped or denied."""
    subject = pieces[-1]
    pieces = [*pieces[:-1], _without_subject(subject, quoted)]
    forms = [form for piece in pieces for form in piece.forms]
    last = pieces[-1]
    ends_with_that = last.forms[-1] == "that"
    if not ends_with_that and not last.mark and not quoted.is_clause:
        return None
    if last.mark and last.mark != ":" and not ends_with_that:
        return None
    kind = frame_of_matrix(Matrix(tuple(forms), ends_with_that, last.mark == ":"))
    if kind is None:
        return None
    if last is not subject:
        return Frame(kind, " ".join(last.raw))
    shown = last if len(last.forms) > 2 else pieces[max(0, len(pieces) - 2)]
    return Frame(kind, _shown(lead, shown))


def _without_subject(piece: LeadPiece, quoted: QuotedClause) -> LeadPiece:
    """A piece without the subject of quoted words that begin with their verb.

    "I doubt that the toll" before "is fair" ends with "that", "some say the toll" with "say".
    """
    if piece.mark or quoted.forms[0] not in AUXILIARIES:
        return piece
    for size in range(1, min(_SUBJECT, len(piece.forms) - 1) + 1):
        rest = piece.forms[:-size]
        if piece.forms[-size] in _SUBJECT_STARTS and (
            rest[-1] == "that" or frame_of_matrix(Matrix(rest)) is not None
        ):
            return piece._replace(forms=rest, raw=piece.raw[:-size])
    return piece


def _is_hearsay(forms: tuple[str, ...]) -> bool:
    """Whether others say of somebody what follows: "is alleged to", "on suspicion of"."""
    if forms[-2:] == ("suspicion", "of"):
        return True
    if forms[-1] not in ("to", "of", "as"):
        return False
    verb = forms[:-1]
    if "by" in verb[-_AGENT:]:  # believed by all to be
        verb = verb[: len(verb) - 1 - verb[::-1].index("by")]
    return verb[-1:] != () and verb[-1] in _HEARD and bool(_BE & set(verb[-4:-1]))


def _is_bound(piece: LeadPiece, quoted: QuotedClause) -> bool:
    """Whether a piece ends with a bound of the number that the quotation begins with: "up to"."""
    first = quoted.forms[0]
    if not (first[:1].isdigit() or first in NUMBER_WORDS or first == "half") or first == "one":
        return False
    core = core_of(piece)
    return any(
        piece.forms[-len(bound) :] == bound if len(bound) > 1 else core == bound for bound in BOUNDS
    )


def _is_few(forms: Sequence[str]) -> bool:
    """Whether words begin with what an article before them makes more of: few, little."""
    return forms[0] == "few" or (forms[0] == "little" and tuple(forms[1:2]) in _PORTIONS)


def _adjacent(piece: LeadPiece, lead: str, quoted: QuotedClause) -> Frame | None:
    """What stands right before the quoted words and belongs to them."""
    forms = piece.forms
    nearest = max(0, len(forms) - _ADJACENT)
    if nearest and forms[nearest] in NEGATIVE_FRAMES and forms[nearest - 1] in NEGATORS:
        nearest -= 1  # no doubt
    negative = [
        k
        for k in range(nearest, len(forms))
        if (forms[k] in NEGATORS or forms[k] in NEGATIVE_FRAMES)
        and forms[k : k + 3] not in (("no", "fewer", "than"), ("no", "less", "than"))
        and not (forms[k] in ("little", "few") and k and forms[k - 1] in ("a", "the"))
        and forms[k + 1 : k + 2] not in (("only",), ("just",))
    ]
    if len(negative) % 2 and not OPPOSING & set(forms[negative[-1] + 1 :]):
        return Frame("negation", " ".join(piece.raw[negative[-1] :]))
    if forms[-1] == "if" and is_invitation(quoted):
        return None
    if forms[-1] == "a" and _is_few(quoted.forms):
        return Frame("head", " ".join(piece.raw[-2:]))
    if _is_hearsay(forms):
        return Frame("report", _shown(lead, piece))
    if quoted.as_sentence and forms[-1] == "only" and forms[-2:-1] != ("not",):
        return Frame("head", piece.raw[-1])
    if quoted.as_sentence and _is_bound(piece, quoted):
        return Frame("head", _shown(lead, piece))
    if forms[-2:] == ("as", "though"):
        return Frame("hedge", _shown(lead, piece))
    if any(form in ("whether", "if", "unless", "lest") for form in forms[-3:]):
        return Frame("condition", _shown(lead, piece))
    if quoted.as_sentence and forms[-1] in PRIVATIVES:
        return Frame("head", piece.raw[-1])
    if quoted.as_sentence and (forms[-1] in QUANTIFIED or (len(forms) > 1 and forms[-1] == "of")):
        return Frame("head", _shown(lead, piece))
    return None
