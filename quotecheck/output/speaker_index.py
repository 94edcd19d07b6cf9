"""Who speaks in a document: each speaker once, however many quotations they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span

__all__ = ["SpeakerEntry", "speaker_index"]


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """One of those who speak.

    ``number`` counts from 1 in order of their first quotation. ``name`` is None for a speaker whom
    the document does not name; ``description`` are then its words for them. ``roles`` are the
    words for what they are, each once. ``quotations`` are the numbers, from 1, of what they say,
    ``mentions`` the places that name them, in text order. ``organisation`` is whether the entity
    is not a person.
    """

    number: int
    name: str | None
    description: str | None
    roles: tuple[str, ...]
    identifier: str | None
    organisation: bool
    quotations: tuple[int, ...]
    mentions: tuple[Span, ...]


def speaker_index(
    quotations: Sequence[Quotation],
) -> tuple[list[SpeakerEntry], list[tuple[int, ...]]]:
    """The speakers of these quotations, and for each quotation the numbers of its speakers.

    Those with the same name are one. Two without a name are one only where the same mention stands
    for both: "a woman" may be another woman further down.
    """
    appearances_of: dict[object, list[tuple[int, Speaker]]] = {}
    keys: list[list[object]] = []
    for number, quotation in enumerate(quotations, start=1):
        keys.append([])
        for place, speaker in enumerate(quotation.speakers):
            if not (speaker.name or speaker.description):
                continue
            key: object = speaker.name
            if not speaker.name:
                key = speaker.mention or (number, place)
            appearances_of.setdefault(key, []).append((number, speaker))
            if key not in keys[-1]:
                keys[-1].append(key)
    numbers = {key: number for number, key in enumerate(appearances_of, start=1)}
    members = [
        _member(numbers[key], appearances, quotations)
        for key, appearances in appearances_of.items()
    ]
    return members, [tuple(numbers[key] for key in appearances) for appearances in keys]


def _member(
    number: int, appearances: Sequence[tuple[int, Speaker]], quotations: Sequence[Quotation]
) -> SpeakerEntry:
    first = appearances[0][1]
    mentions = {speaker.mention for _, speaker in appearances if speaker.mention}
    for at, _ in appearances:
        if len(quotations[at - 1].speakers) == 1:  # the words for joint speakers name none of them
            mentions.update(quotations[at - 1].source)
    return SpeakerEntry(
        number=number,
        name=first.name,
        description=None if first.name else first.description,
        roles=tuple(dict.fromkeys(each.role for _, each in appearances if each.role)),
        identifier=next((each.identifier for _, each in appearances if each.identifier), None),
        organisation=any(each.label.casefold().startswith("org") for _, each in appearances),
        quotations=tuple(dict.fromkeys(at for at, _ in appearances)),
        mentions=tuple(sorted(mentions)),
    )
