"""What an organisation is called in full: the long form of an acronym or of a name cut short."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from quotecheck.language.outlets import is_outlet
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.records.text import Mention, Span

__all__ = ["TAILS", "FullNames", "plain_name"]

TAILS = frozenset(
    "university college institute corp inc co company group foundation news administration "
    "department campaign partners holdings ltd limited plc corporation industries systems "
    "technologies solutions associates international securities capital energy foods motors "
    "airlines pharmaceuticals entertainment media trust council".split()
)
"""Words at the end of a name that are left out where it is said again."""
_LONG_FORM = re.compile(
    r"(?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and|on|in|&)\s+)*){1,7}[A-Z][\w’'-]+(?=\s*\Z)"
)
_IN_BRACKETS = re.compile(r"\(([A-Z][A-Z.&]{1,7})\)")
_LONGEST = 160
"""Characters before "(AWB)" in which its long form stands."""
_DEFINED = re.compile(r"\((?:[a-z]+ ){0,2}(?:the )?[“\"][^()\n]{1,80}[”\"]\)")
"""What a party is called from here on: (“Ostrava” or “the Group”), (the “Company”)."""
_DEFINED_NAME = re.compile(r"[“\"](?:[Tt]he )?([A-Z][\w&’'. -]{1,40}?)[”\"]")
_FORM_CHARS = 8
"""Code points between a name and its bracket: a space and the form of a company ("plc", "Ltd")."""
_SHORT_FORM = re.compile(r"[A-Z][A-Z.&]{1,7}")


def plain_name(text: str, span: Span) -> str:
    """The words at a place, white space made one, without article, possessive and "itself".

    >>> plain_name("The Aldry Water Board’s", Span(0, 23))
    'Aldry Water Board'
    """
    name = re.sub(r"\s+", " ", span.of(text)).strip(" ,;:." + DOUBLE)
    name = re.sub(r"^(?:the|a|an)\s+(?=\S)", "", name, flags=re.IGNORECASE)
    name = re.sub(r"(?<=\w) (?:itself|themselves)$", "", name)
    return re.sub(r"(?<=\w)['’]s?$", "", name)


class FullNames:
    """The longer forms of names in one document.

    Args:
        text: the raw text.
        mentions: its organisations, places and the like.
    """

    def __init__(self, text: str, mentions: Iterable[Mention]) -> None:
        self.text = text
        self._full: dict[str, str] = {}
        self._acronyms: dict[str, list[int]] = {}
        for match in _IN_BRACKETS.finditer(text):
            self._acronyms.setdefault(match.group(1).replace(".", ""), []).append(match.start())
        self._longer: dict[str, list[str]] = {}
        self._defined: dict[str, str] = {}
        brackets = {match.start(): match.group() for match in _DEFINED.finditer(text)}
        self._bodies: set[str] = set()
        self._places: set[str] = set()
        for mention in mentions:
            words = plain_name(text, mention.span).split()
            body = mention.label.lower().startswith("org")
            bracket = text.find("(", mention.span.end, mention.span.end + _FORM_CHARS)
            for defined in _DEFINED_NAME.findall(brackets.get(bracket, "")):
                self._defined.setdefault(defined, " ".join(words))
            if len(words) == 1:
                (self._bodies if body else self._places).add(words[0])
            if len(words) > 1 and mention.label.lower().startswith("org"):
                for word in {words[0], words[-1]}:
                    self._longer.setdefault(word, []).append(" ".join(words))

    def of(self, name: str) -> str:
        """The long form of an acronym or of a name cut short, where the text gives it."""
        if name not in self._full:
            self._full[name] = self._defined.get(name) or self._lengthened(name)
        return self._full[name]

    def is_short_form(self, word: str) -> bool:
        """Whether the text puts a word in brackets after a longer name ("(WHO)")."""
        return word in self._acronyms

    def _lengthened(self, name: str) -> str:
        letters = name.replace(".", "")
        for place in self._acronyms.get(letters, ()) if _SHORT_FORM.fullmatch(name) else ():
            match = _LONG_FORM.search(self.text, max(0, place - _LONGEST), place)
            if match:
                return self._fitted(match.group(0), name)
        if len(name.split()) != 1 or not name[:1].isupper():
            return self._with_tail(name) if " " in name and name[:1].isupper() else name
        spelled = self._spelled_out(name)
        if spelled:
            return spelled
        longer: Counter[str] = Counter()
        for other in self._longer.get(name, ()):
            words = other.split()
            first = words[0] == name and len(words) == 2 and words[1].lower().strip(".") in TAILS
            if first or (words[-1] == name and is_outlet(other)):
                longer[other] += 1
        if not longer and name in self._bodies - self._places:
            begun = {o for o in self._longer.get(name, ()) if o.startswith(f"{name} ")}
            if len(begun) == 1 and not is_outlet(*begun):
                return begun.pop()  # "Grantham" of Grantham Cement, which is not a place
        return max(longer, key=lambda key: (longer[key], len(key))) if longer else name

    def _with_tail(self, name: str) -> str:
        """A name of several words with what it begins or ends with elsewhere.

        "Calder Marsh" of Calder Marsh Partners, "Security Council" of the United Nations.
        """
        words = name.split()
        longer = {o for o in self._longer.get(words[-1], ()) if o.endswith(f" {name}")}
        if len(longer) == 1 and (only := longer.pop()) and len(only.split()) <= len(words) + 3:
            return only  # "the Security Council" of the United Nations
        for other in self._longer.get(words[0], ()) if name[:1].isupper() else ():
            tail = other.split()[len(words) :]
            if other.startswith(f"{name} ") and all(w.lower().strip(".") in TAILS for w in tail):
                return other
        return name

    def _spelled_out(self, acronym: str) -> str:
        """The one organisation whose words begin with the letters of an acronym; "" for none."""
        letters = acronym.replace(".", "").replace("&", "")
        if not 2 < len(letters) < 8 or not letters.isupper():
            return ""
        full_names = {
            " ".join(words)
            for names in self._longer.values()
            for words in map(str.split, names)
            if "".join(w[0] for w in words if w[0].isupper()) == letters
        }
        return full_names.pop() if len(full_names) == 1 else ""

    @staticmethod
    def _fitted(long: str, short: str) -> str:
        """Of the capitalised words before "(AWB)", those that its letters begin."""
        letters = [c.lower() for c in short if c.isalpha()]
        words = long.split()
        for first in range(len(words)):
            rest = words[first:]
            initials = [w[0].lower() for w in rest]
            capitals = [w[0].lower() for w in rest if w[0].isupper()]
            if rest[0][0].lower() == letters[0] and letters in (initials, capitals):
                return " ".join(rest)
        return re.sub(r"^The\s+", "", long)
