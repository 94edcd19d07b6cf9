from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.checking.articles import check_quotations
from quotecheck.checking.checker import Checker, check_quote
from quotecheck.checking.evidence import ParaphraseEvidence
from quotecheck.errors import InputError
from quotecheck.library.library import Library, open_library
from quotecheck.records.check import Check
from quotecheck.records.quotation import Facts, Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.checking_sources import DOCUMENTS, HEARING, KHAMENEI, PUTIN
from tests.support.documents import document, fill


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with fill(tmp_path_factory.mktemp("library") / "sources.db", DOCUMENTS) as library:
        library.add_alias("Vladimir Putin", "VVP")
        yield library


@pytest.mark.parametrize(
    ("quote", "speaker", "verdict", "severity"),
    [
        # Small cases of sense.
        ("We will not deploy ground troops in Syria in 2015", "Putin", "verbatim", "wording"),
        ("America’s long-term scheme for the region", "Ali Khamenei", "typographic", "none"),
        ("We will deploy ground troops in Syria in 2015", "Putin", "altered", "meaning"),
        ("air support for as long as 34 days", "Vladimir Putin", "altered", "meaning"),
        ("we shall continue air support for as long as 43 days.", None, "truncated", "meaning"),
        ("deploy ground troops in Syria in 2015", None, "truncated", "meaning"),
        ("the new axis of Iran and Russian Federation", "Chuck Todd", "altered", "wording"),
        (
            "America's long-term scheme … should be thwarted through vigilance",
            "Ali Khamenei",
            "truncated",
            "wording",
        ),
        (
            "We will not deploy ground troops … it should be thwarted through vigilance and closer "
            "interaction",
            "Vladimir Putin",
            "spliced",
            "meaning",
        ),
        ("Our fleet stands ready at the gates of the harbour", None, "not_found", "none"),
        ("the West has no answer to it", "Vladimir Putin", "misattributed", "meaning"),
        # And others.
        ("The wall is tired, and so am I.", "Ruth Amadi", "verbatim", "none"),
        ("The wall is tired, and so am I.", "Koss", "misattributed", "meaning"),
        ("the lock is sound", None, "typographic", "none"),
        ("We shall continue air support", "VVP", "truncated", "none"),
    ],
)
def test_checks(
    library: Library, quote: str, speaker: str | None, verdict: str, severity: str
) -> None:
    check = check_quote(library, f"“{quote}”", speaker=speaker)
    assert (check.verdict, check.severity) == (verdict, severity), check


def test_clauses_turned_round_beside_a_look_alike(tmp_path: Path) -> None:
    text = (
        "Thus we should strengthen the common defence under the Harbour League charter, and arm "
        "the coast with boats enough and lamps to keep off the wreckers and protect the island. We "
        "shall continue to furnish and strengthen the Harbour League. The vote is tonight."
    )
    with fill(tmp_path / "turned.db", [document("talk", text)]) as library:
        quote = "Strengthen the Harbour League and we shall continue to furnish."
        check = check_quote(library, quote)
    assert check.verdict == "altered", check
    assert any(edit.kind == "order" for edit in check.edits)
    assert check.spans[0].of(text) == "strengthen the Harbour League"


def test_another_translation_is_not_found_by_words_alone(library: Library) -> None:
    # By meaning it is: test_semantic.
    quote = "This threat should be neutralised wisely and with closer interaction"
    assert check_quote(library, quote).document is None


def test_a_place_gives_its_words_back(library: Library) -> None:
    check = check_quote(library, "shall continue air support", speaker="Vladimir Putin")
    assert check.document == "putin"
    assert [span.of(PUTIN) for span in check.spans] == ["shall continue air support"]
    assert check.origin_text == "shall continue air support"
    assert check.surroundings == PUTIN
    assert (check.speaker, check.date, check.title) == ("Vladimir Putin", "2015-11-23", "Answers")
    assert check.wording == "verbatim"
    assert 0.5 < check.score <= 1


def test_a_turn_has_its_speaker(library: Library) -> None:
    check = check_quote(library, "Then we mend the wall.")
    assert check.speaker == "Koss"
    assert check.spans[0].of(HEARING) == "Then we mend the wall"


def test_other_places_of_the_words_are_told_and_the_earliest_comes_first(library: Library) -> None:
    check = check_quote(library, "the West has no answer to it")
    assert check.document == "todd"
    assert [other[0] for other in check.others] == ["copy"]
    check = check_quote(library, "The talks are over.")
    assert check.document == "hearing"
    assert len(check.others) == 1


def test_the_claimed_speakers_own_place_comes_before_an_accusation(library: Library) -> None:
    check = check_quote(library, "the West has no answer to it", speaker="Ada Fenwick")
    assert (check.verdict, check.document) == ("verbatim", "copy")
    check = check_quote(library, "the West has no answer to it", speaker="Fenwick")
    assert check.verdict == "verbatim"


def test_a_misattribution_names_both(library: Library) -> None:
    check = check_quote(library, "the West has no answer to it", speaker="Vladimir Putin")
    assert check.wording == "verbatim"
    assert check.reasons[0] == "the words are Chuck Todd’s, not Vladimir Putin’s"


def test_a_negative_says_what_was_searched(library: Library) -> None:
    check = check_quote(library, "Nobody ever weighed the velvet comet")
    assert check.document is None
    assert not check.spans
    assert check.searched == "5 documents (2015-11-22 to 2024-03-12)"
    assert check.reasons[0] == "not in these 5 documents (2015-11-22 to 2024-03-12)"


def test_a_near_miss_is_told(library: Library) -> None:
    quote = "A foreign scheme for the region hurts most nations, above all those of the Gulf"
    check = check_quote(library, quote)
    assert check.verdict == "not_found"
    assert any("khamenei" in reason for reason in check.reasons)


def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with open_library(tmp_path / "empty.db", create=True) as library:
        check = check_quote(library, "We will not deploy ground troops")
    assert check.verdict == "not_found"
    assert check.reasons == ("the library holds no document",)


@pytest.mark.parametrize("quote", ["", "   ", "“”", "...", "🎉🎉", "?!", "\x00", "“ … ”"])
def test_a_quotation_without_words_is_refused(library: Library, quote: str) -> None:
    with pytest.raises(InputError, match="no word"):
        check_quote(library, quote)


@pytest.mark.parametrize(
    "quote",
    [
        "Syria",
        "zebra",
        "the",
        "Россия не отступит",
        "新しい橋",
        'AND OR NOT NEAR(a, b) "x" * - : ^',
        "43",
        "🎉 the West has no answer 🎉",
        "a\x00b the West",
    ],
)
def test_odd_quotations_have_an_honest_answer(library: Library, quote: str) -> None:
    check = check_quote(library, quote, speaker="Nobody Known")
    assert check.quote == quote
    assert check.verdict != "misattributed"  # so few words are nobody's own
    assert check.claim in ("not asked", "undecided")


@pytest.mark.parametrize(
    "quote",
    [
        "air support " * 2500,
        "the " * 5000,
        f"{PUTIN} {KHAMENEI} " * 90,
        " ".join(f"w{n}" for n in range(5000)),
        "a" * 100_000,
        "…" * 5000 + " air support",
        "([{" * 5000 + "air support",
    ],
    ids=["phrase", "word", "sentences", "unknown", "endless", "ellipses", "brackets"],
)
@pytest.mark.usefixtures("no_hang")
def test_a_very_long_quotation_does_not_hang(library: Library, quote: str) -> None:
    check_quote(library, quote)


def test_too_long_is_refused(library: Library) -> None:
    with pytest.raises(InputError, match="20,001 words"):
        check_quote(library, "word " * 20_001)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=100)
    | st.text(alphabet="\"'()*:^-AND ORNEAR…“”[] 43", max_size=60)
    | st.integers(0, len(PUTIN) - 30).map(lambda at: PUTIN[at : at + 30])
)
def test_any_text_has_an_answer_or_an_input_error(library: Library, quote: str) -> None:
    checker = Checker(library)
    texts = {d.id: d.text for d in DOCUMENTS}
    try:
        check = checker.check(quote, speaker="Vladimir Putin")
    except InputError:
        return
    assert (check.document is None) == (check.verdict == "not_found") == (not check.spans)
    if check.document is not None:
        assert all(span.of(texts[check.document]).strip() for span in check.spans[:1])
        assert 0 <= check.score <= 1


def quotation(content: Sequence[Span], kind: str, speaker: str | None) -> Quotation:
    speakers = (Speaker(speaker),) if speaker else ()
    return Quotation(tuple(content), (), (), kind, "rule", 0.9, speakers=speakers)  # type: ignore[arg-type]


def test_an_article_is_checked_quotation_by_quotation(library: Library) -> None:
    text = (
        "“The West,” Todd wrote, “has no answer to it.” It was a “game changer”. He denied that it "
        "was over. “?!” he said."
    )
    article = document("article", text)

    def place(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    quotations = [
        quotation([place("“The West,”"), place("“has no answer to it.”")], "direct", "Todd"),
        quotation([place("“game changer”")], "scare", None),
        quotation([place("it was over")], "indirect", "Todd"),
        quotation([place("“?!”")], "direct", "Todd"),
    ]
    checks: list[Check] = check_quotations(library, article, quotations)
    assert [check.verdict for check in checks] == ["truncated", "not_found"]
    assert checks[0].quote == "The West, has no answer to it."
    assert checks[1].reasons == ("the quotation holds no word to look for",)


def test_of_speech_within_speech_the_inner_marks_are_checked(library: Library) -> None:
    text = "“Todd called us ‘a game changer’ once,” said Orr."
    article = document("article", text)
    outer = quotation([Span(0, 39)], "direct", "Orr")
    inner = replace(quotation([Span(13, 32)], "mixed", "Todd"), parent=outer.content)
    assert inner.content[0].of(text) == "us ‘a game changer’"
    checks = check_quotations(library, article, [outer, inner])
    assert [check.quote for check in checks] == [
        "Todd called us ‘a game changer’ once,", "a game changer",
    ]  # fmt: skip


def test_where_words_fail_another_finder_may_answer(library: Library) -> None:
    asked: list[tuple[str, str | None]] = []

    def finder(quote: str, speaker: str | None) -> ParaphraseEvidence | None:
        asked.append((quote, speaker))
        if "neutralised" not in quote:
            return None
        return ParaphraseEvidence(
            "khamenei", None, None, 0, len(KHAMENEI), KHAMENEI, KHAMENEI, "Ali Khamenei",
            likeness=0.8, chance=0.9, is_likely=True, spoken_by_claimed=True,
        )  # fmt: skip

    quote = "“This threat should be neutralised wisely and with closer interaction”"
    check = check_quote(library, quote, speaker="Ali Khamenei", semantic=finder)
    assert (check.verdict, check.document) == ("paraphrase", "khamenei")
    assert check_quote(library, "Velvet comets vote", semantic=finder).verdict == "not_found"
    assert check_quote(library, "the West has no answer", semantic=finder).document == "todd"
    assert asked == [(quote.strip("“”"), "Ali Khamenei"), ("Velvet comets vote", None)]


def test_an_article_is_no_source_of_itself(tmp_path: Path) -> None:
    text = "“The West has no answer to it,” the mayor said, and the hall fell silent for a while."
    article = document("todays", text, date="2019-01-01")
    said = quotation([Span(1, text.index(",”"))], "direct", None)
    with fill(tmp_path / "own.db", [*DOCUMENTS, article]) as library:
        (check,) = check_quotations(library, article, [said])
        assert (check.document, [other[0] for other in check.others]) == ("todd", ["copy"])
    with fill(tmp_path / "alone.db", [article]) as library:
        (check,) = check_quotations(library, article, [said])
        assert check.verdict == "not_found"


def test_joint_speakers_and_denials_accuse_nobody(library: Library) -> None:
    article = document("article", "“The West has no answer to it.”")
    words = (Span(1, len(article.text) - 1),)
    both = (Speaker("Vladimir Putin"), Speaker("Chuck Todd"))
    joint = Quotation(words, (), (), "direct", "rule", 0.9, speakers=both)
    denied = Quotation(
        words, (), (), "direct", "rule", 0.9, speakers=both[:1], facts=Facts(negated=True)
    )
    first, second = check_quotations(library, article, [joint, denied])
    assert (first.verdict, first.claimed_speaker) == ("truncated", "Chuck Todd")
    assert second.verdict == "truncated"
    assert second.reasons[-1] == "the article says that this was not said"


def test_checking_imports_neither_torch_nor_stanza(tmp_path: Path) -> None:
    fill(tmp_path / "one.db", DOCUMENTS).close()
    code = (
        "import sys; from quotecheck.library.library import open_library;"
        "from quotecheck.checking.checker import check_quote;"
        f"library = open_library({str(tmp_path / 'one.db')!r});"
        "check = check_quote(library, 'the West has no answer');"
        "assert check.verdict == 'truncated' or check.verdict == 'verbatim', check;"
        "heavy = {'torch', 'stanza', 'trafilatura', 'rich'} & set(sys.modules);"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
