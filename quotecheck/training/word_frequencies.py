"""Count words and phrases of English: ``python -m quotecheck.training.word_frequencies``.

Each ``--corpus`` is a kind of text (a folder of .txt files, a .jsonl of documents, a .conllu file)
and weighs the same, however long. Written are the words by their information (the negative log2 of
how frequent they are) and the three-word phrases that texts of several authors share.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from quotecheck.language.word_frequencies import PHRASE_WORDS, words_of

__all__ = ["main"]

_MAX_BITS = 18
"""Words that are rarer than one in 2^18 are left out: they count as unknown."""
_AUTHORS = 5
"""Authors who must share a phrase."""


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """Texts with their authors (or names, where nobody is named)."""
    if path.is_dir():
        for file in sorted(path.rglob("*.txt")):
            yield str(file), file.read_text(encoding="utf-8")
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield record.get("author") or record["id"], record["text"]
    else:
        for block in path.read_text(encoding="utf-8").split("# newdoc")[1:]:
            sentences = [
                line.removeprefix("# text = ")
                for line in block.splitlines()
                if line.startswith("# text = ")
            ]
            yield block.split("\n", 1)[0], " ".join(sentences)


def main(arguments: list[str] | None = None) -> int:
    """Count, and write both files; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.word_frequencies")
    parser.add_argument("--corpus", type=Path, action="append", required=True)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options = parser.parse_args(arguments)
    share: Counter[str] = Counter()
    authors: defaultdict[str, set[int]] = defaultdict(set)
    for corpus in options.corpus:
        counts: Counter[str] = Counter()
        for author, text in _texts(corpus):
            words = words_of(text)
            counts.update(words)
            for k in range(len(words) - PHRASE_WORDS + 1):
                known = authors[" ".join(words[k : k + PHRASE_WORDS])]
                if len(known) < _AUTHORS:
                    known.add(hash(author))
        total = counts.total()
        for word, count in counts.items():
            share[word] += count / total / len(options.corpus)  # type: ignore[assignment]
    by_bits: defaultdict[int, list[str]] = defaultdict(list)
    for word, frequency in share.items():
        bits = round(-math.log2(frequency))
        if bits <= _MAX_BITS:
            by_bits[bits].append(word)
    lines = [
        "# bits, and the words that tell as much; made by quotecheck.training.word_frequencies"
    ]
    lines += [f"{bits}\t{' '.join(sorted(by_bits[bits]))}" for bits in sorted(by_bits)]
    (options.out / "word_frequencies.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    common = sorted(phrase for phrase, known in authors.items() if len(known) >= _AUTHORS)
    common.insert(0, "# phrases of three words that many share; made by the same recipe")
    (options.out / "common_phrases.txt").write_text("\n".join(common) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
