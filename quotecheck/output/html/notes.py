"""What a page says beside a quotation: speaker, role, who passed the words on, doubt in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from quotecheck.output.confidence import DOUBT, sure_words
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.output.unprintable import printable
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.text.markdown_marks import shown_markdown
from quotecheck.text.percentages import percent

__all__ = ["Note", "note_of", "without_marks"]

_MODALITIES = {
    "possible": "only possibly said",
    "necessary": "something that has to be said",
    "wanted": "something wished for, not said",
    "conditional": "only on a condition",
}

_LONGEST = 120  # Code points of a role or name in a note. By eye: a line of a page.


@dataclass(frozen=True, slots=True)
class Note:
    """A note, ready to be shown.

    ``number`` is the quotation's, from 1. ``variant`` is the class of its colour and line.
    ``label`` says it to a screen reader in a line. ``who`` are names; where there is none, ``who``
    is empty and ``unnamed`` the article's words for the speaker, if any. ``doubt`` is "" where
    there is none worth a word. ``within`` is the number of the quotation that this one stands in, 0
    for none.
    """

    number: int
    variant: str
    label: str
    spoken: bool
    who: tuple[str, ...]
    unnamed: str
    role: str
    circumstances: tuple[str, ...]
    via: str
    for_whom: str
    warning: str
    doubt: str
    sure: str
    guesses: tuple[tuple[str, str], ...]
    within: int = 0


def note_of(
    text: str, quotation: Quotation, number: int, variant: str, *, within: int | None = None
) -> Note:
    """The note on a quotation.

    Args:
        text: the document's raw text.
        quotation: what the note is about.
        number: the quotation's number on the page, from 1.
        variant: the class of its colour and line.
        within: the number of the quotation that it stands in.
    """
    spoken = quotation.is_speech
    who = tuple(printable(person.name) for person in quotation.speakers if person.name)
    described = [person.description for person in quotation.speakers if person.description]
    unnamed = "" if who else "; ".join(map(printable, described)) or _words(text, quotation.source)
    roles = [person.role for person in quotation.speakers if person.role]
    role = quotation.role or "; ".join(dict.fromkeys(roles))
    sure = sure_words(quotation)
    kind = KIND_LABELS[quotation.kind].page
    speaker = " and ".join(who) or (f"“{unnamed}”" if unnamed else "speaker not known")
    return Note(
        number=number,
        variant=variant,
        label=f"Note {number}: {kind}, {speaker}" if spoken else f"Note {number}: {kind}",
        spoken=spoken,
        who=who,
        unnamed=unnamed,
        role=printable(role) if who or role not in unnamed else "",
        circumstances=_circumstances(text, quotation, kind),
        via=_via(quotation, who),
        for_whom=_for(quotation, who),
        warning=_warning(text, quotation),
        doubt=_doubt(quotation, who, unnamed) if spoken else "",
        sure=sure if spoken else "",
        guesses=tuple(
            (printable(name), percent(chance))
            for name, chance in (quotation.candidates if spoken else ())[:3]
        )
        if not who or quotation.confidence < DOUBT
        else (),
        within=within or 0,
    )


def without_marks(note: Note) -> Note:
    """A note on a document of Markdown, without its marks in the words that it takes from it."""
    return replace(
        note,
        label=shown_markdown(note.label),
        unnamed=shown_markdown(note.unnamed),
        circumstances=tuple(map(shown_markdown, note.circumstances)),
        warning=shown_markdown(note.warning),
    )


def _circumstances(text: str, quotation: Quotation, kind: str) -> tuple[str, ...]:
    """How, to whom, when and where."""
    facts = quotation.facts
    remarks = [kind]
    if cue := _words(text, quotation.cue):
        sort = facts.cue_class
        remarks[0] += f": “{cue}”" + (f" ({sort})" if sort and sort != quotation.cue_lemma else "")
    if addressee := _words(text, facts.addressee):
        remarks.append(f"to {_without(addressee, 'to')}")
    if time := _words(text, facts.time):
        remarks.append(time)
    if place := _words(text, facts.place):
        remarks.append(place)
    if facts.tense == "future":
        remarks.append("yet to be said")
    return tuple(remarks)


def _warning(text: str, quotation: Quotation) -> str:
    """A warning that this was not said, or not asserted."""
    facts = quotation.facts
    if facts.negated:
        words = _words(text, facts.negation)
        return f"The article says this was not said{f': “{words}”' if words else ''}"
    if modality := _MODALITIES.get(facts.modality):
        return modality[0].upper() + modality[1:]
    return ""


def _via(quotation: Quotation, who: Sequence[str]) -> str:
    """Who passed the words on, outermost first, without those who are the speaker anyway."""
    names = [link.name for link in quotation.relay if link.part != "principal"] or quotation.via
    return printable(" ← ".join(name for name in names if name and name not in who))


def _for(quotation: Quotation, who: Sequence[str]) -> str:
    """Whom a spokesman speaks for."""
    names = [link.name for link in quotation.relay if link.part == "principal"]
    return printable(", ".join(name for name in names if name and name not in who))


def _doubt(quotation: Quotation, who: Sequence[str], unnamed: str) -> str:
    if who and quotation.confidence < DOUBT:
        return "Doubtful: check who said this before you use it"
    if not who and not unnamed:
        return "The article does not say who"
    return ""


def _words(text: str, spans: Sequence[Span]) -> str:
    """The words at these places on one line, cut where they would fill the margin."""
    words = " ".join(printable(" … ".join(span.of(text) for span in spans)).split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST].rstrip()} …"


def _without(words: str, first: str) -> str:
    return words[len(first) + 1 :] if words.casefold().startswith(f"{first} ") else words
