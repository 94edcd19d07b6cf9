"""Who speaks in a dialogue: the lines without a name are decided together, once all were read.

The resolver goes through a text in order and knows of each source what its words tell. Here the
direct quotations are seen as turns of a conversation, and `dialogue_model` weighs who speaks those
whose source is a pronoun, a description or missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from quotecheck.coreference.addresses import with_addresses
from quotecheck.coreference.alternation import with_alternation
from quotecheck.coreference.answers import Answer, guesses
from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.dialogue_features import NOBODY
from quotecheck.coreference.dialogue_model import DialogueModel, Shares
from quotecheck.coreference.discourse import Discourse
from quotecheck.coreference.person_clusters import Person
from quotecheck.coreference.pronouns import GENDERS
from quotecheck.coreference.role_index import joined_roles
from quotecheck.language.person_nouns import noun_gender
from quotecheck.records.quotation import Attribution, Evidence, Speaker
from quotecheck.records.text import Span

__all__ = ["LEAST", "conversation_of", "decided"]

LEAST = 0.6
"""The probability from which a line is given a name: five in six of them are right, held out."""
_LEAST_DESCRIBED = 0.5
"""Probability, 0..1, as ``LEAST``, for somebody without a name: a wrong one names nobody."""
_IS_SPEECH = 0.95
"""How surely a sentence in marks that stands in a conversation is speech."""
_BESIDE = 0.96
"""How surely a clause beside the marks names who speaks, in a dialogue: of those in LitBank's train
part 98 in 100 do; what was learned from news is less sure of them."""
_OWNING = frozenset(
    f"quoted:{rule}" for rule in ("inverted", "subject-cue", "lead", "lead-verb", "interrupted")
)
_NAMED = frozenset({"name", "partial-name"})
_FIRST = frozenset({"i", "me", "my", "myself", "mine"})

Name = Callable[[Person, float], Speaker]
"""Makes the speaker of a person and a probability."""


def conversation_of(
    discourse: Discourse, attributions: Sequence[Attribution], answers: Sequence[Answer]
) -> Conversation:
    """The direct quotations of a document as lines, with what their sources told."""
    pairs = enumerate(zip(attributions, answers, strict=True))
    lines = [
        _line(discourse, number, attribution, answer)
        for number, (attribution, answer) in pairs
        if attribution.kind == "direct" and not attribution.parent
    ]
    return Conversation(discourse, sorted(lines, key=lambda line: line.span))


def _line(discourse: Discourse, number: int, attribution: Attribution, answer: Answer) -> Line:
    span = Span.cover(attribution.content)
    source = Span.cover(attribution.source) if attribution.source else None
    line = Line(
        number,
        span,
        attribution.content,
        discourse.paragraph(span.start),
        _form(answer),
        source=source,
    )
    line.beside = attribution.rule in _OWNING and bool(attribution.cue)
    if source is not None and _is_far(discourse, attribution, source):
        line.form, line.linked = "orphan", answer.person
        return line
    words = source.of(discourse.text).lower().strip(" ,") if source is not None else ""
    if line.form == "orphan" and source is not None:
        line.form = "other"
    if words in _FIRST:
        line.form, line.known = "narrator", discourse.narrator
    elif answer.form in _NAMED and answer.person is not None:
        line.form, line.known = "named", answer.person
    elif words in GENDERS:
        line.form, line.gender = "pronoun", GENDERS[words]
        line.shares = {id(person): share for person, share in answer.ranked}
    elif line.form == "nominal":
        line.noun = _noun(answer)
        line.gender = noun_gender(line.noun)
        line.shares = {id(person): share for person, share in answer.ranked}
        if answer.person is not None and any(s.name for s in answer.speakers):
            line.form, line.known = "named", answer.person
    return line


def _form(answer: Answer) -> str:
    if answer.form == "none":
        return "orphan"
    single = len(answer.speakers) == 1 and answer.speakers[0].label in {"anonymous", "person", ""}
    return "nominal" if answer.form == "nominal" and single else "other"


def _noun(answer: Answer) -> str:
    words = (answer.speakers[0].description or answer.role or "").lower().split()
    return words[-1].strip(".,") if words else ""


def _is_far(discourse: Discourse, attribution: Attribution, source: Span) -> bool:
    """Whether a source stands in another paragraph, and does not introduce the words."""
    paragraph = discourse.paragraph(source.start)
    paragraphs = [discourse.paragraph(span.start) for span in attribution.content]
    if paragraph in paragraphs:
        return False
    before = (
        discourse.paragraphs[paragraphs[0] - 1].of(discourse.text).rstrip()[-1:]
        if paragraphs[0]
        else ""
    )
    return not (paragraph == paragraphs[0] - 1 and before in {":", ",", "—", "-"})


def decided(
    conversation: Conversation, answers: Sequence[Answer], model: DialogueModel, name: Name
) -> list[Answer]:
    """The answers again, those of open lines as the model sees them.

    Args:
        conversation: the lines.
        answers: what the sources alone told, in order of the attributions.
        model: weighs who speaks.
        name: makes a speaker.
    """
    decisions = list(answers)
    shares = with_addresses(conversation, model.speakers(conversation))
    shares = with_alternation(conversation, shares)
    lines = {line.number: line for line in conversation.lines}
    for line in conversation.lines:
        if line.form == "named" and line.beside:
            decisions[line.number] = replace(decisions[line.number], confidence=_BESIDE)
    for number, person_shares in shares.items():
        decisions[number] = _answer(
            conversation, lines[number], answers[number], person_shares, name
        )
    return decisions


def _answer(
    conversation: Conversation, line: Line, answer: Answer, shares: Shares, name: Name
) -> Answer:
    ranked = sorted(
        ((conversation.people[key], share) for key, share in shares.items() if key != NOBODY),
        key=lambda item: -item[1],
    )
    evidence = [
        Evidence(
            "turn of a dialogue" if not place else "turn of a dialogue, runner-up",
            round(share, 3),
            "probability",
            person.name,
        )
        for place, (person, share) in enumerate(ranked[:2])
    ]
    evidence.append(Evidence("somebody else", round(shares.get(NOBODY, 0.0), 3), "probability"))
    best, share = ranked[0] if ranked else (None, 0.0)
    shown = replace(
        answer,
        speakers=tuple(s for s in answer.speakers if not s.name),
        role=next((s.role for s in answer.speakers if not s.name), None),
        candidates=guesses(ranked),
        evidence=(*answer.evidence, *evidence),
        person=None,
    )
    if best is None or share < (_LEAST_DESCRIBED if best.described else LEAST):
        return shown
    if best.described:
        described = _described(best, share)
        speakers = shown.speakers or (described,)
        return replace(shown, speakers=speakers, person=best)
    speaker = name(best, share)
    role = joined_roles((speaker,)) or shown.role
    return replace(shown, speakers=(speaker,), role=role, person=best, confidence=_confidence(line))


def _confidence(line: Line) -> float | None:
    return _IS_SPEECH if line.form == "orphan" else None


def _described(person: Person, share: float) -> Speaker:
    """A speaker without a name: the words for them, or "the writer" where "I" is meant."""
    label = "writer" if person.name == "I" else "anonymous"
    return Speaker(None, None, None, label, None, person.name, probability=share)
