"""The cases of `test_growth`: what is run, on which shapes of text. Run as a module by the test."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from quotecheck.errors import QuotecheckError
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token
from tests.robustness.growth_files import file_cases
from tests.support.documents import document, fill
from tests.support.growth import FLOOR_SECONDS, SIZES, Case, measure
from tests.support.pattern_shapes import all_patterns, attacks

__all__ = ["GROUPS"]

PATTERN_SIZES = (1_000, 4_000, 16_000)
"""Patterns are many and do one thing: it shows on shorter texts."""
PATTERN_CHEAP_SECONDS = 0.0006
"""At a thousand characters; the square of the length costs more than that."""
PATTERN_FLOOR_SECONDS = 0.02

HALF_SIZES = (2_000, 8_000, 32_000)
"""Attribution and checks do much for each character: it shows on half of the text."""
HALF_FLOOR_SECONDS = 0.08

BOUNDED = {
    "quotecheck.attribution.credit_lines._BEHIND[0]": 140,  # `_LONGEST`
    "quotecheck.attribution.credit_lines._BEHIND[1]": 140,
    "quotecheck.attribution.credit_lines._BEFORE": 140,
    "quotecheck.coreference.full_names._LONG_FORM": 160,  # reads `_LONGEST` characters
}
"""Patterns whose text has a bound, in characters."""

PROSE = (
    "The mayor, Ann Lee, told the Herald that “the ferry leaves at six,” and that nobody waved. "
    "“It was cold,” said Jon Orr of Halden, who had 43 days left.\n\n"
)
TEXTS: dict[str, str] = {
    "prose": PROSE,
    "one paragraph": PROSE.replace("\n", " "),
    "spaces": " ",
    "blank lines": "\n",
    "lines with spaces": "a \n \n",
    "a word without end": "a",
    "capitals": "A",
    "words in capitals": "ANN LEE ",
    "one word": "ferry ",
    "numbers": "1,000 ",
    "numbers in words": "twenty-one hundred and ",
    "stops": ".",
    "ellipses": "… . . . ",
    "dashes": "a -- b — ",
    "opening marks": "“",
    "closing marks": "”",
    "straight marks": '"a" ',
    "apostrophes": "' ",
    "nested marks": "“a ‘b ",
    "unclosed paragraphs": "“a\n\n",
    "brackets": "(a [b ",
    "labels": "ANN LEE: It is so.\n",
    "many labels": "",
    "questions": "Q. Is it so?\nA. It is.\n",
    "examinations": "EXAMINATION BY MR. ROE:\nBY MS. LEE:\n",
    "an examination of spaces": "EXAMINATION" + " " * 60 + "BY ",
    "speech tags": "said Ann Lee, said Jon Orr, ",
    "said": "“Yes,” he said. ",
    "people of one surname": "",
    "people": "",
    "conjunctions": "and, ",
    "commas": "a, ",
    "quotation lines": "> a\n",
    "lists": "- a\n",
    "dates": "3 March 2024, ",
    "addresses": "http://a.b/c?d ",
    "tags": "<b>a</b> ",
    "emphasis": "*a* _b_ ",
    "letters apart": "a b ",
}


def text_of(name: str, size: int) -> str:
    """A text of this shape and size."""
    if name == "many labels":
        return "".join(f"{_name(n)} LEE: It is so.\n" for n in range(size // 24))
    if name == "people of one surname":
        return "".join(f"{_name(n)} Lee said so. " for n in range(size // 20))
    if name == "people":
        return "".join(f"{_name(n)} {_name(n)}sen said so. " for n in range(size // 24))
    piece = TEXTS[name]
    return (piece * (size // len(piece) + 1))[:size] + "\x01"


def _name(number: int) -> str:
    letters = "abcdefghijklmnop"
    return "B" + "".join(letters[int(digit, 16)] for digit in f"{number:04x}")


def on_texts(
    name: str, run: Callable[[str], object], *, sizes: tuple[int, int, int] = SIZES
) -> Iterator[Case]:
    """A function on every shape of text."""
    for shape in TEXTS:
        floor = FLOOR_SECONDS if sizes == SIZES else HALF_FLOOR_SECONDS
        make = functools.partial(text_of, shape)
        yield Case(f"{name}: {shape}", make, run, sizes=sizes, floor=floor)


def quietly(run: Callable[[Any], object]) -> Callable[[Any], None]:
    """A refusal is an answer too."""

    def refused(given: Any) -> None:
        with contextlib.suppress(QuotecheckError):
            run(given)

    return refused


# ------------------------------------------------------------------------------------- patterns


def pattern_cases() -> Iterator[Case]:
    for pattern in all_patterns():
        bound = BOUNDED.get(pattern.name)
        for front, body in attacks(pattern.compiled):

            def make(
                size: int, front: str = front, body: str = body, most: int | None = bound
            ) -> str:
                return (front + body * (size // len(body)))[:most] + "\x01"

            yield Case(
                f"{pattern.name} on {front!r} and then {body!r}",
                make,
                pattern.run,
                PATTERN_CHEAP_SECONDS,
                PATTERN_SIZES,
                PATTERN_FLOOR_SECONDS,
            )


# -------------------------------------------------------------------------------------- readers

PAGES: dict[str, str] = {
    "tables in tables": "<table><tr><td>a",
    "tables": "<table><tr><td>a</td></tr></table>",
    "lists in lists": "<ul><li>a",
    "quotations in quotations": "<blockquote>a",
    "marks in marks": "<q>a",
    "headings": "<h1>a",
    "bold in bold": "<b>a",
    "divisions": "<div>a",
    "paragraphs": "<p>a <b>b</b> c</p>",
    "spans": "<span>",
    "links": "<a href='/x'>a</a> ",
    "notes": "<sup>1</sup>a",
    "struck": "<del>a</del>",
    "comments": "<!-- -->a",
    "open comments": "<!--",
    "less-than signs": "<",
    "breaks": "a<br>",
    "preformatted": "<pre>a\n",
    "entities": "&amp;a&nbsp;",
    "scripts": "<script>a</script>",
    "metadata": '<meta name="author" content="Ann Lee">',
    "data": '<script type="application/ld+json">{"a": 1}</script>',
    "paragraphs parted by breaks": "a<br><br>",
    "indented lines": "<br>&nbsp;&nbsp;a",
    "boxes": "<div class='related'>A ferry left at six and nobody waved.</div>",
    "boxes in boxes": "<div class='related'>a ",
    "hidden": "<div hidden>a</div>",
    "containers": "<div class='text'><p>a</p></div><h2>b</h2>",
    "entries": "<article><p>A ferry left at six, and nobody waved at it.</p></article>",
    "speakers": "<p><span class='speaker'>A</span><span>b</span></p>",
    "bold questions": "<p><b>So?</b></p><p>I am.</p>",
    "definitions": "<dl><dt>ANN</dt><dd>a</dd></dl>",
}
CUES: dict[str, str] = {
    "voices": "<v.a",
    "voices of spaces": "<v  ",
    "tags": "<c.",
    "labels": "ANN LEE: a ",
    "changes": ">> a ",
    "braces": "{\\",
}


def reader_cases() -> Iterator[Case]:
    from quotecheck.reading.documents import read_documents

    folder = Path(tempfile.mkdtemp(prefix="quotecheck-growth-"))

    def read(path: Path) -> None:
        for _ in read_documents(path):
            pass

    def written(name: str, words: str) -> Path:
        path = folder / name
        path.write_text(words, encoding="utf-8")
        return path

    def case(name: str, suffix: str, make: Callable[[int], str]) -> Case:
        return Case(
            f"{suffix}: {name}", lambda size: written(f"a{suffix}", make(size)), quietly(read)
        )

    for shape in TEXTS:
        yield case(shape, ".txt", functools.partial(text_of, shape))
    for shape in ("quotation lines", "lists", "brackets", "emphasis", "blank lines", "tags"):
        yield case(shape, ".md", functools.partial(text_of, shape))
    for shape, piece in PAGES.items():
        yield case(
            shape,
            ".html",
            lambda size, piece=piece: f"<p>A ferry.</p>{piece * (size // len(piece))}",
        )
    for shape, piece in CUES.items():
        yield case(
            f"one cue, {shape}",
            ".vtt",
            lambda size, piece=piece: (
                f"WEBVTT\n\n00:01.000 --> 00:02.000\n{piece * (size // len(piece))}\n"
            ),
        )
    for suffix, head, comma in ((".vtt", "WEBVTT\n\n", "."), (".srt", "", ",")):
        yield case(
            "many cues",
            suffix,
            lambda size, head=head, comma=comma: (
                head
                + "\n".join(
                    f"{n}\n00:{n // 60 % 60:02}:{n % 60:02}{comma}000 --> "
                    f"00:{n // 60 % 60:02}:{n % 60:02}{comma}900\na {n} b\n"
                    for n in range(1, size // 45)
                )
            ),
        )
    yield case("growing lines", ".vtt", _rolling)
    yield case("rows", ".csv", lambda size: "text,author\n" + "A ferry left.,Ann\n" * (size // 18))
    yield case("marks in a row", ".csv", lambda size: 'text,author\n"' + '""' * (size // 2))
    yield case(
        "rows", ".jsonl", lambda size: (json.dumps({"text": "A ferry."}) + "\n") * (size // 21)
    )
    for name, piece in {
        "lines": "a: b\n",
        "spaces": "a:  ",
        "lists": "- a\n",
        "depth": "[",
        "comments": "# ",
    }.items():
        yield case(
            f"front matter, {name}",
            ".md",
            lambda size, piece=piece: (
                f"---\ntitle: {piece * (size // len(piece))}\n---\nA ferry.\n"
            ),
        )


def binary_cases() -> Iterator[Case]:
    from quotecheck.reading.documents import read_documents

    def read(path: Path) -> None:
        for _ in read_documents(path):
            pass

    yield from file_cases(quietly(read))


def _rolling(size: int) -> str:
    """Captions that show each line twice, as it goes up."""
    cues = []
    for n in range(size // 50):
        start, end = f"{n // 60:02}:{n % 60:02}.000", f"{(n + 1) // 60:02}:{(n + 1) % 60:02}.000"
        cues.append(f"{start} --> {end}\nline {n}\nline {n + 1}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


# ----------------------------------------------------------------------------------- text, names


def text_cases() -> Iterator[Case]:
    from quotecheck.comparison.shingles import shingles
    from quotecheck.reading.formats.front_matter import front_matter
    from quotecheck.reading.formats.markdown import blockquotes, heading
    from quotecheck.reading.transcripts.turns import segments
    from quotecheck.text.layout import layout_of
    from quotecheck.text.normalisation import normalise
    from quotecheck.text.passages import split_passages
    from quotecheck.text.speech_tags import names_beside, reports_person

    def read(text: str) -> None:
        layout_of(document("a", text, segments=segments(text)))
        list(split_passages(text))
        normalise(text, fold_case=True)
        front_matter(text)
        blockquotes(text)
        heading(text)
        shingles(text)
        names_beside(text, text)
        reports_person(text, frozenset({"lee"}))

    yield from on_texts("marks, turns, passages", read)


def name_cases() -> Iterator[Case]:
    from quotecheck.coreference.persons import compatible
    from quotecheck.language.bylines import names_person
    from quotecheck.language.name_parts import clean_name, name_readings, parts
    from quotecheck.language.person_names import initials_of, same_person
    from quotecheck.language.register_names import names_party, names_turn
    from quotecheck.reading.metadata import iso_date
    from quotecheck.reading.transcripts.speaker_labels import label_of
    from quotecheck.text.letter_case import LetterCase

    def read(text: str) -> None:
        clean_name(text)
        name_readings(text)
        words = parts(text)
        compatible(words, words[1:])
        same_person(text, text[1:])
        initials_of(text)
        iso_date(text)
        label_of(text)
        names_person(text)
        names_turn(text)
        for label in ("person", "organisation", "document"):
            names_party(text, label=label)

    def case_of_letters(text: str) -> None:
        case = LetterCase(text)
        for start in range(0, len(text), 8):
            case.writes_as_name(Span(start, start + 8))

    yield from on_texts("names, dates, labels", read)
    yield from on_texts("letter case", case_of_letters)


# ------------------------------------------------------------------------------------ attribution

_WORD = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_MOST_TOKENS = 60


class StubParser:
    """Sentences, tags, trees and names by the simplest rules: only their number matters here."""

    weights_sha256: dict[str, str] = {}  # noqa: RUF012 - a protocol's attribute

    def parse_many(self, texts: Iterable[tuple[Any, ...]], **_: object) -> Iterator[ParsedDocument]:
        for text, paragraphs, *_rest in texts:
            sentences = [s for p in paragraphs for s in self._sentences(text, p)]
            yield ParsedDocument(text, tuple(sentences))

    def _sentences(self, text: str, paragraph: Span) -> Iterator[Sentence]:
        held: list[re.Match[str]] = []
        for word in _WORD.finditer(text, paragraph.start, paragraph.end):
            held.append(word)
            if word[0] in ".!?" or len(held) == _MOST_TOKENS:
                yield self._sentence(held)
                held = []
        if held:
            yield self._sentence(held)

    @staticmethod
    def _sentence(words: list[re.Match[str]]) -> Sentence:
        verb = next((n for n, word in enumerate(words) if word[0] in {"said", "told"}), 0)
        tokens = []
        for n, word in enumerate(words):
            form = word[0]
            tag = (
                "PUNCT" if not form[0].isalnum()
                else "VERB" if form in {"said", "told"}
                else "NUM" if form[0].isdigit()
                else "PROPN" if form[0].isupper()
                else "PRON" if form in {"he", "it", "who"}
                else "NOUN"
            )  # fmt: skip
            relation = "root" if n == verb else "punct" if tag == "PUNCT" else "obj"
            if n + 1 == verb or (n - 1 == verb and tag == "PROPN"):
                relation = "nsubj"
            head = -1 if n == verb else verb if relation == "nsubj" or n < verb else n - 1
            lemma = {"said": "say", "told": "tell"}.get(form, form.lower())
            tokens.append(Token(word.start(), word.end(), form, lemma, tag, "", "", head, relation))
        names = []
        for token in tokens:
            if token.upos != "PROPN":
                continue
            if names and names[-1].end == token.start - 1:
                names[-1] = Span(names[-1].start, token.end)
            else:
                names.append(token.span)
        span = Span(words[0].start(), words[-1].end())
        return Sentence(span, tuple(tokens), tuple(Mention(name, "Person") for name in names))


def attribution_cases() -> Iterator[Case]:
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.reading.transcripts.turns import segments

    attributor = Attributor(StubParser(), full_parse=True)

    def attribute(text: str) -> None:
        attributor(document("a", text, segments=segments(text)))

    yield from on_texts("attribution", quietly(attribute), sizes=HALF_SIZES)


# --------------------------------------------------------------------------------------- checking


def checking_cases() -> Iterator[Case]:
    from quotecheck.checking.checker import check_quote
    from quotecheck.comparison.quantity_parsing import find_quantities
    from quotecheck.comparison.sentence_leads import sentence_lead
    from quotecheck.comparison.words import quotation_words, source_words

    def read(text: str) -> None:
        quotation_words(text)
        source_words(text)
        sentence_lead(text)
        find_quantities(text)

    yield from on_texts("words and quantities", read)
    folder = Path(tempfile.mkdtemp(prefix="quotecheck-growth-"))
    known = "the ferry leaves at six, and nobody had waved for 43 days"

    def in_library(text: str) -> tuple[Any, str]:
        path = folder / "sources.db"
        for old in folder.iterdir():
            old.unlink()
        library = fill(path, [document("a", f"{known}. {text}\n\n{known}", author="Ann Lee")])
        return library, text

    def check(given: tuple[Any, str]) -> None:
        library, text = given
        with library:
            check_quote(library, f"{known} {text[:200]}", speaker="Jon Orr")
            check_quote(library, "the ferry left at six … and nobody waved for 44 days")

    for shape in TEXTS:
        yield Case(
            f"check in a document: {shape}",
            lambda size, shape=shape: in_library(text_of(shape, size)),
            quietly(check),
            sizes=HALF_SIZES,
            floor=HALF_FLOOR_SECONDS,
        )

    long_ones = (
        "prose",
        "spaces",
        "a word without end",
        "words in capitals",
        "one word",
        "numbers",
    )
    long_ones += (
        "numbers",
        "stops",
        "ellipses",
        "straight marks",
        "nested marks",
        "said",
        "commas",
        "dates",
    )

    def check_long(given: tuple[Any, str]) -> None:
        library, text = given
        with library:
            check_quote(library, f"{known} {text}", speaker="Jon Orr")

    for shape in long_ones:
        yield Case(
            f"check of a long quotation: {shape}",
            lambda size, shape=shape: (in_library(PROSE)[0], text_of(shape, size)),
            quietly(check_long),
            sizes=HALF_SIZES,
            floor=HALF_FLOOR_SECONDS,
        )


GROUPS: dict[str, Callable[[], Iterator[Case]]] = {
    "patterns": pattern_cases,
    "readers": reader_cases,
    "files": binary_cases,
    "text": text_cases,
    "names": name_cases,
    "attribution": attribution_cases,
    "checking": checking_cases,
}

if __name__ == "__main__":
    measure(GROUPS[sys.argv[1]](), int(sys.argv[2]))
