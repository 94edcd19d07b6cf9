"""List forms that are mostly finite verbs: ``python -m quotecheck.training.verb_forms``.

From a treebank (CoNLL-U) come the forms that are finite where they occur, and the verbs; to each
verb belong its third person and its regular past, seen or not.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from quotecheck.training.word_lists import write_words

__all__ = ["finite_forms", "main"]

_FINITE: Final = 0.25
"""The least share of the occurrences of a form that are finite."""
_VERB: Final = 0.5
"""The least share of the occurrences of a lemma that are a verb, for its third person ("plans" is
more often a noun)."""
_SURE: Final = 0.9
"""The same for its bare form, which in the plural is finite as well."""
_PLAIN = re.compile(r"[a-z]{2,}\Z")
_COLUMNS: Final = 10  # Columns of a token in CoNLL-U.


def finite_forms(lines: Iterable[str]) -> set[str]:
    r"""The forms, from the lines of a treebank.

    >>> row = "1\t{}\tthreaten\tVERB\t_\tVerbForm=Fin\t_\t_\t_\t_"
    >>> sorted(finite_forms([row.format("threaten")]))
    ['threaten', 'threatened', 'threatens']
    """
    finite: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    verbs: Counter[str] = Counter()
    lemmas: Counter[str] = Counter()
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) < _COLUMNS or not cells[0].isdigit():
            continue
        form, lemma = cells[1].lower(), cells[2].lower()
        if not _PLAIN.match(form) or not _PLAIN.match(lemma):
            continue
        forms[form] += 1
        lemmas[lemma] += 1
        finite[form] += "VerbForm=Fin" in cells[5]
        verbs[lemma] += cells[3] in ("VERB", "AUX")
    finite_words = {
        form for form, count in finite.items() if count and count >= _FINITE * forms[form]
    }
    for lemma, count in verbs.items():
        if count and count >= _VERB * lemmas[lemma]:
            finite_words.update(
                form
                for form in _inflected(lemma)
                if not forms[form] or finite[form] >= _FINITE * forms[form]
            )
        if count >= _SURE * lemmas[lemma]:
            finite_words.add(lemma)
    return finite_words


def _inflected(verb: str) -> Iterator[str]:
    """The third person and the regular past of a verb."""
    if re.search(r"(?:s|x|z|ch|sh|o)\Z", verb):
        yield f"{verb}es"
    elif re.search(r"[^aeiou]y\Z", verb):
        yield f"{verb[:-1]}ies"
    else:
        yield f"{verb}s"
    if verb.endswith("e"):
        yield f"{verb}d"
    elif re.search(r"[^aeiou]y\Z", verb):
        yield f"{verb[:-1]}ied"
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        yield f"{verb}{verb[-1]}ed"
    else:
        yield f"{verb}ed"


def main(arguments: list[str] | None = None) -> int:
    """Write the list, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.verb_forms")
    parser.add_argument("--treebank", type=Path, required=True, help="a CoNLL-U file")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options = parser.parse_args(arguments)
    with options.treebank.open(encoding="utf-8") as lines:
        words = finite_forms(lines)
    title = "forms that are mostly finite verbs; made by quotecheck.training.verb_forms"
    write_words(options.out / "verb_forms.txt", title, words)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
