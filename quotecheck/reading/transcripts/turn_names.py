"""Whom the labels of a transcript stand for: full names for surnames, usual spelling."""

from __future__ import annotations

import re
from collections import Counter

from quotecheck.language.person_nouns import SEAT_LETTERS
from quotecheck.language.register_names import is_unnamed_voice
from quotecheck.reading.transcripts.speaker_labels import (
    PARTICLES,
    TITLES,
    is_upper,
    surname_of,
)

__all__ = ["label_names", "spelled"]


def label_names(labels: set[str], text: str, *, introduced: bool) -> dict[str, str | None]:
    """What each label stands for.

    Args:
        labels: of all turns.
        text: the transcript.
        introduced: whether the text itself may name somebody in full. In plays, what stands before
            a name is as often something that is called out to them.
    """
    forms = _spellings(labels, text)
    fuller: dict[str, set[str]] = {}  # surname -> full names among the labels
    for label in labels:
        words = _untitled(label)
        if len(words) > 1 and not is_unnamed_voice(label):
            fuller.setdefault(surname_of(label), set()).add(" ".join(words).casefold())
    if not introduced:
        fuller = {}  # Brutus and Decius Brutus are two people of one play
    single = {surname_of(label) for label in labels} - set(fuller)
    running = _in_running_text(single, text) if introduced else {}
    names: dict[str, str | None] = {}
    for label in labels:
        if is_unnamed_voice(label):
            names[label] = None
            continue
        words = _untitled(label)
        full = fuller.get(surname_of(label), set())
        if len(words) == 1 and len(full) == 1:
            names[label] = _spelled(next(iter(full)), forms)
        elif len(words) == 1 and not full:
            titled = " ".join(_without_letters(label.split()))
            names[label] = running.get(surname_of(label)) or _spelled(titled, forms)
        else:
            # A title stays where it is all that tells two people apart.
            if label.casefold().startswith("the "):
                words = label.split()
            names[label] = _spelled(" ".join(words) if len(words) > 1 else label, forms)
    return names


def _untitled(label: str) -> list[str]:
    """The words of a label except for titles; "the" stays where it joins two words of a name.

    "MP" after the name is left out like a title.
    """
    words = [w for w in label.split() if w.casefold() == "the" or not _is_title(w)]
    return _without_letters(words[1:] if words and words[0].casefold() == "the" else words)


def _without_letters(words: list[str]) -> list[str]:
    """The words of a label without the letters of a seat after the name ("MP")."""
    while len(words) > 1 and words[-1].isupper() and words[-1].casefold() in SEAT_LETTERS:
        words = words[:-1]
    return words


def _is_title(word: str) -> bool:
    return word.casefold().strip(".,") in TITLES


def _spellings(labels: set[str], text: str) -> dict[str, str]:
    """How the text writes the words that labels write in capitals: "mccain" -> "McCain"."""
    label_words = {word.casefold().strip(".,") for label in labels for word in label.split()}
    forms_of: dict[str, Counter[str]] = {}
    for match in re.finditer(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+", text):
        word = match.group()
        if word[0].isupper() and not is_upper(word) and word.casefold() in label_words:
            forms_of.setdefault(word.casefold(), Counter())[word] += 1
    return {key: forms.most_common(1)[0][0] for key, forms in forms_of.items()}


def spelled(label: str) -> str:
    """A label as its name is usually written: one in capitals in small letters.

    >>> spelled("MARTA VAN OYELARAN"), spelled("Jon McBride")
    ('Marta van Oyelaran', 'Jon McBride')
    """
    return _spelled(label, {}) if is_upper(label) else label


def _spelled(label: str, forms: dict[str, str]) -> str:
    words = []
    for number, word in enumerate(label.split()):
        key = word.casefold().strip(".,")
        if key in PARTICLES and number:
            words.append(word.lower())
        elif (word[1:].islower() and word[0].isupper()) or (
            number and word.islower() and not label.islower()
        ):
            words.append(word)
        else:
            form = forms.get(key) or re.sub(
                r"[^\W\d_]+", lambda part: _capitalised(part.group()), word.strip(",")
            )
            words.append(form + ("." if word.endswith(".") and not form.endswith(".") else ""))
    return " ".join(words)


def _capitalised(word: str) -> str:
    low = word.capitalize()
    return f"Mc{low[2:].capitalize()}" if low.startswith("Mc") and len(low) > 4 else low


_NAMED = re.compile(r"\b([A-Z][a-z’'-]+(?: [A-Z]\.)?)(?= ([A-Z][\w’'-]*))")


def _in_running_text(surnames: set[str], text: str) -> dict[str, str]:
    """The full name that a text gives each surname, where it gives one and hardly another."""
    forms_of: dict[str, Counter[str]] = {}
    for match in _NAMED.finditer(text):
        first, last = match.groups()
        key = last.casefold()
        key = key if key in surnames else re.sub(r"['’]s\Z", "", key)
        if key in surnames and first.casefold().strip(".") not in TITLES | _NOT_FIRST:
            if len(last) > 3 and last.isupper():
                continue  # a label, or a headline
            forms_of.setdefault(key, Counter())[f"{first} {last[: len(key)]}"] += 1
    names = {}
    for key, counts in forms_of.items():
        (best, count), *_ = counts.most_common(1)
        if count >= 0.75 * counts.total():
            names[key] = best
    return names


_NOT_FIRST = frozenset(
    "and but so well now thank thanks yes no with for that this when if as to of by is was"
    " are in on at or because then what who how why where while than hello hi dear both either"
    " neither".split()
)
