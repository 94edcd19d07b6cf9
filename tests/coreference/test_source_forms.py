"""What resolve makes of odd sources, of speech within speech, of a table, and what it shows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from cProfile import Profile
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotecheck.coreference.persons import compatible
from quotecheck.coreference.pronouns import relative_antecedent
from quotecheck.coreference.resolve import resolve
from quotecheck.language.name_parts import clean_name, parts
from quotecheck.language.person_nouns import noun_gender
from quotecheck.pipeline.attributor import with_identifiers
from quotecheck.reading.entity_table import Entities
from quotecheck.records.quotation import Attribution, Evidence, Quotation
from quotecheck.records.text import ParsedDocument, Sentence, Span, Token
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from tests.support.cases import cases
from tests.support.store_parses import parsed
from tests.support.stored_quotations import quotations_of

LABELS = [case["label"] for case in cases("speakers")]


def at(text: str, words: str, start: int = 0) -> Span:
    place = text.index(words, start)
    return Span(place, place + len(words))


def answer(
    parse: ParsedDocument, content: str, source: str | Span, author: str | None = None
) -> Quotation:
    """The quotation for one attribution given by hand."""
    text = parse.text
    span = at(text, source) if isinstance(source, str) else source
    one = Attribution((at(text, content),), (), (span,), "direct", "given", 1.0)
    quoted = [p.outer for p in quoted_passages(text, paragraphs(text))]
    (found,) = resolve(parse, [one], paragraphs(text), quoted, author)
    return found


@pytest.mark.parametrize(
    "source",
    [
        "Berit Solheim, the mayor of Aldry",
        " said Berit Solheim",
        "Solheim, the mayor of Aldry.",
        "Berit Solheim",
        "Solheim",
        "said Berit Solheim, the mayor",
    ],
)
def test_a_source_may_be_cut_long_or_short(source: str) -> None:
    parse = parsed("speakers", "an apposition after the name is the role")
    found = answer(parse, "“We counted the bricks,”", source)
    assert found.speaker == "Berit Solheim"
    assert found.role == "mayor of Aldry"


def test_a_source_may_stand_in_another_sentence() -> None:
    parse = parsed("speakers", "the role is found where the name is first given")
    found = answer(parse, "“None of them can sail,”", "Harbour commissioner Nora Quill")
    assert found.speaker == "Nora Quill"
    assert found.source_form == "name"


@given(st.sampled_from(LABELS), st.data())
@settings(max_examples=150, deadline=None)
def test_any_source_is_borne(label: str, data: st.DataObject) -> None:
    """Whatever span is handed in, nothing raises and every place holds."""
    parse = parsed("speakers", label)
    cuts = data.draw(st.lists(st.integers(0, len(parse.text)), min_size=4, max_size=4))
    first, second, third, fourth = sorted(cuts)
    spans = (Span(first, second), Span(third, fourth))
    content, source = spans if data.draw(st.booleans()) else spans[::-1]
    one = Attribution((content,), (), (source,) if source.start < source.end else (),
                      "direct", "given", 1.0)  # fmt: skip
    for found in resolve(parse, [one], paragraphs(parse.text)):
        assert 0.0 <= sum(chance for _, chance in found.candidates) <= 1.001
        for speaker in found.speakers:
            assert speaker.name is None or speaker.name.strip()
            assert speaker.identifier is None
            if speaker.role_span is not None:
                words = " ".join(speaker.role_span.of(parse.text).split())
                assert speaker.role is not None
                assert speaker.role in words or words in speaker.role


@pytest.mark.parametrize("label", LABELS)
def test_every_role_and_name_can_be_shown(label: str) -> None:
    parse = parsed("speakers", label)
    for found in quotations_of(parse):
        for speaker in found.speakers:
            if speaker.label == "person":
                assert speaker.mention is not None
                assert speaker.mention.of(parse.text).split()[-1].strip("’s.") in (
                    speaker.name or ""
                )
            if speaker.role_span is not None and speaker.label == "person":
                assert " ".join(speaker.role_span.of(parse.text).split()) == speaker.role


def test_nobody_in_particular_is_described() -> None:
    (found,) = quotations_of(parsed("speakers", "two officials have no name"))
    (speaker,) = found.speakers
    assert (speaker.name, speaker.label, speaker.description) == (
        None,
        "anonymous",
        "Two officials",
    )
    assert found.speaker is None
    assert found.role == "Two officials"


def test_joint_speakers_have_a_role_each() -> None:
    (found,) = quotations_of(parsed("speakers", "each of two joint speakers has a role"))
    assert [(s.name, s.role) for s in found.speakers] == [
        ("Berit Solheim", "Mayor"),
        ("Rolf Dane", "union secretary"),
    ]
    assert found.role == "Mayor; union secretary"


def test_the_choice_of_an_antecedent_is_shown_with_its_runner_up() -> None:
    parse = parsed("speakers", "“He” goes back to the subject rather than the object")
    (found,) = quotations_of(parse)
    shown = [e for e in found.evidence if e.name.startswith("antecedent")]
    assert [e.name for e in shown] == ["antecedent", "antecedent, runner-up"]
    assert shown[0].note == "he -> Owen Marsh"
    assert shown[1].note == "he -> Pavel Ruhn"
    assert all(e.unit == "probability" for e in shown)
    assert (shown[0].weight or 0) > (shown[1].weight or 0) > 0
    assert found.candidates[0][0] == "Owen Marsh"


def test_evidence_of_the_stage_before_is_kept() -> None:
    parse = parsed("speakers", "a surname stands for the full name in front")
    text = parse.text
    content = at(text, "“The kiln is cold,”")
    source = at(text, "Oyelaran", content.end)
    given_ = Evidence("rule said-subject", 0.9, "probability")
    one = Attribution((content,), (), (source,), "direct", "given", 1.0, evidence=(given_,))
    (found,) = resolve(parse, [one], paragraphs(text))
    assert found.evidence == (given_, Evidence("name", note="Oyelaran -> Marta Oyelaran"))


def test_i_within_a_quotation_is_its_speaker() -> None:
    parse = parsed("speakers", "“he” is the one with a man's given name")
    text = parse.text
    outer = Attribution(
        (at(text, "“I never liked bridges,”"),), (), (at(text, "he", text.index("”")),),
        "direct", "given", 1.0,
    )  # fmt: skip
    me = Span(text.index("I never"), text.index("I never") + 1)
    inner = Attribution((at(text, "never liked bridges"),), (), (me,), "indirect", "given", 1.0)
    found = resolve(parse, [outer, inner], paragraphs(text), author="Somebody Else")
    assert [q.speaker for q in found] == ["Henry Colm", "Henry Colm"]


def test_identifiers_come_from_the_table_alone() -> None:
    parse = parsed("speakers", "two names joined by “and” speak together")
    table = Entities.of([("Oyelaran, Marta", "Q21", ["Marta Oyelaran"])])
    limits = paragraphs(parse.text)
    plain = quotations_of(parse)
    given_ = [Attribution(q.content, q.cue, q.source, q.kind, q.rule, q.confidence) for q in plain]
    (found,) = with_identifiers(resolve(parse, given_, limits), table)
    assert [s.identifier for s in found.speakers] == ["Q21", None]
    assert all(s.identifier is None for q in plain for s in q.speakers)


def unspoken(parse: ParsedDocument) -> Sequence[Quotation]:
    return [q for q in quotations_of(parse) if q.kind in {"scare", "title"} or not q.source]


def test_words_without_a_source_get_no_name(
    stored_parse: Callable[[str, str], ParsedDocument],
) -> None:
    held = [stored_parse("sample", name) for name in ("article", "article-misquotes")]
    held += [parsed("speakers", label) for label in LABELS]
    found = [q for parse in held for q in unspoken(parse)]
    assert len(found) >= 8
    assert all(q.speakers == () and q.speaker is None for q in found)
    assert all(chance <= 0.5 for q in found for _, chance in q.candidates)


@pytest.mark.parametrize(
    ("raw", "name", "gender"),
    [
        ("Nevada Sen. Harry Reid", "Harry Reid", ""),
        ("Dean Johnson", "Dean Johnson", ""),
        ("Prime Minister Ann Lee", "Ann Lee", ""),
        ("Ms. Lee-Orr’s", "Lee-Orr", "f"),
        ("the Herald’s Ann Lee", "Ann Lee", ""),
        ("Ann Lee (D-Ore.)", "Ann Lee", ""),
        ("Sammy Davis Jr.", "Sammy Davis Jr.", ""),
        ("Lord", "Lord", ""),
        ("", "", ""),
    ],
)
def test_names_lose_their_titles(raw: str, name: str, gender: str) -> None:
    assert clean_name(raw)[:2] == (name, gender)


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        ("Orr", "Lena Orr", True),
        ("Lena", "Lena Orr", True),
        ("L. Orr", "Lena Orr", True),
        ("Lena Orr", "Emil Orr", False),
        ("Lena Q. Orr", "Lena Orr", True),
        ("George W. Marsh", "George H. W. Marsh", False),
        ("Emil Orr Jr.", "Emil Orr Sr.", False),
        ("Zoë Müller", "Zoe Muller", True),
        ("Vander Orr", "Lena Vander Orr", True),
        ("Bill Marsh", "William Marsh", True),
        ("", "Lena Orr", False),
    ],
)
def test_which_names_may_be_one_person(one: str, other: str, fits: bool) -> None:
    assert compatible(parts(one), parts(other)) is fits
    assert compatible(parts(other), parts(one)) is fits


def test_long_texts_take_work_in_proportion() -> None:
    parse = parsed("speakers", "two offices tell two people apart")

    def calls(times: int) -> int:
        long = repeated(parse, times)
        found = [
            Attribution((at(long.text, "“It is done,”", start),), (), (), "direct", "given", 1.0)
            for start in accumulate([0] + [len(parse.text) + 2] * (times - 1))
        ]
        limits = paragraphs(long.text)
        profile = Profile()
        profile.runcall(resolve, long, found, limits)
        return sum(entry.callcount for entry in profile.getstats())

    calls(20)
    assert calls(400) < 6 * calls(100)


def repeated(parse: ParsedDocument, times: int) -> ParsedDocument:
    """A parse of the same text written again and again."""
    from dataclasses import replace

    step = len(parse.text) + 2

    def moved(span: Span, by: int) -> Span:
        return Span(span.start + by, span.end + by)

    sentences = tuple(
        replace(
            sentence,
            span=moved(sentence.span, number * step),
            tokens=tuple(
                replace(t, start=t.start + number * step, end=t.end + number * step)
                for t in sentence.tokens
            ),
            mentions=tuple(
                replace(m, span=moved(m.span, number * step)) for m in sentence.mentions
            ),
        )
        for number in range(times)
        for sentence in parse.sentences
    )
    return ParsedDocument("\n\n".join([parse.text] * times), sentences)


def test_nouns_tell_genders_only_where_they_do() -> None:
    told = {"heiress": "f", "spokesperson": "", "human": "", "person": "", "chairman": "m"}
    assert {word: noun_gender(word) for word in told} == told


def _antecedent(rows: Sequence[tuple[str, str, int, str]], pronoun: str) -> str | None:
    """The antecedent of a pronoun in a sentence of (word, upos, head, relation)."""
    starts = [0, *accumulate(len(word) + 1 for word, *_ in rows)]
    tokens = tuple(
        Token(start, start + len(word), word, word, upos, "", "", head, relation)
        for start, (word, upos, head, relation) in zip(starts, rows, strict=False)
    )
    text = " ".join(word for word, *_ in rows)
    found = relative_antecedent(
        Sentence(Span(0, len(text)), tokens),
        next(token.span for token in tokens if token.text == pronoun),
    )
    return found.of(text) if found else None


def test_an_antecedent_is_without_what_ties_it_to_the_sentence() -> None:
    rows = [
        ("came", "VERB", -1, "root"), ("from", "ADP", 4, "case"), ("very", "ADV", 3, "advmod"),
        ("loud", "ADJ", 4, "amod"), ("clerks", "NOUN", 0, "obl"), ("who", "PRON", 6, "nsubj"),
        ("say", "VERB", 4, "acl:relcl"),
    ]  # fmt: skip
    assert _antecedent(rows, "who") == "very loud clerks"
    assert _antecedent([*rows[:1], ("who", "PRON", 0, "obj")], "who") is None
