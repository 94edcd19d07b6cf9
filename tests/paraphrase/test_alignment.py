"""Two wordings laid over one another, and what contradicts that they say the same."""

from __future__ import annotations

import math

import pytest

from quotecheck.paraphrase.alignment import align_statements, name_likeness
from quotecheck.paraphrase.context import denial_clashes, words_in_context
from quotecheck.paraphrase.contradictions import contradictions
from quotecheck.paraphrase.encoder import load_encoder
from quotecheck.paraphrase.features import WORDING_FEATURES, Nearness, wording_numbers
from quotecheck.paraphrase.statements import Statement, read_statement, shared_weight
from quotecheck.paraphrase.static_vectors import load_word_vectors


def read(text: str) -> Statement:
    return read_statement(text, lambda form: 1 + min(8.0, len(form) / 1.5), load_word_vectors())


def kinds(quote: str, there: str, around: str = "") -> list[str]:
    mine, theirs = read(quote), read(there)
    laid = align_statements(mine, theirs)
    return [found.kind for found in contradictions(mine, theirs, laid, read(around or there))]


LONG = (
    "The council met late, and although nobody had read the report, the mayor of Brenholm promised "
    "that the ferry would sail again in May, which did not please the harbour master."
)


def test_a_clause_is_found_in_a_long_sentence() -> None:
    quote, there = read("the ferry should run again in May, the mayor pledged"), read(LONG)
    laid = align_statements(quote, there)
    window = there.content[laid.first : laid.last]
    assert {"ferry", "mayor"} <= set(window)
    assert not {"report", "harbour"} & set(window)
    numbers = wording_numbers(quote, there, laid, Nearness(0.6, 0.5, 0.7, 3, None))
    assert len(numbers) == len(WORDING_FEATURES)


def test_each_encoder_s_cosine_is_a_number_of_its_own() -> None:
    quote, there = read("the ferry should run again in May, the mayor pledged"), read(LONG)
    laid = align_statements(quote, there)
    near = Nearness(0.6, 0.5, 0.7, 3, None, clause=0.65, best_clause=0.8)
    numbers = dict(zip(WORDING_FEATURES, wording_numbers(quote, there, laid, near), strict=True))
    assert numbers["clause cosine"] == 0.65
    assert numbers["clause cosine behind"] == pytest.approx(0.15)
    assert math.isnan(numbers["multilingual cosine"]), "the second encoder did not read it"
    assert math.isnan(numbers["multilingual cosine behind"])
    near = near._replace(multilingual=0.4, best_multilingual=0.5)
    numbers = dict(zip(WORDING_FEATURES, wording_numbers(quote, there, laid, near), strict=True))
    assert numbers["multilingual cosine"] == 0.4
    assert numbers["multilingual cosine behind"] == pytest.approx(0.1)


def test_a_denial_in_another_clause_says_nothing() -> None:
    assert kinds("the mayor promised that the ferry would run again in May", LONG) == []


@pytest.mark.parametrize(
    ("quote", "there", "kind"),
    [
        ("the ferry would not sail again in May", LONG, "negation"),
        ("Our boats take 700 people a day.", "The ferries carry 400 people daily.", "number"),
        ("They paid half a million.", "They paid 5 million.", "number"),
        ("the mayor of Carrowmere promised a ferry", LONG, "name"),
        ("Tolvan sued Brandmark over the mill.", "Brandmark sued Tolvan over the mill.", "roles"),
        ("We shall send 34 ships.", "We shall send 43 ships.", "number"),
        ("We shall never do it.", "We shall do it.", "negation"),
        ("They only gave soil.", "They not only gave soil but seed.", "negation"),
        ("They gave soil, only a thesis.", "They gave soil, not just a thesis.", "negation"),
        ("We want it in Norway.", "We want it in Chile.", "name"),
        ("Taxes will rise.", "Taxes will fall.", "opposite"),
        ("Fewer people lost, many won.", "Fewer people lost, few won.", "opposite"),
        ("The boat left on Sunday.", "The boat left on Saturday.", "name"),
        ("Danish ships came first.", "Swedish ships came first.", "name"),
        ("Norway will build the cable.", "Denmark will build the cable.", "name"),
        ("They had waited since 2 am.", "They had waited since 6 am.", "number"),
        ("We came third in the race.", "We came second in the race.", "number"),
        ("The mill costs 5 euros.", "The mill costs 5 dollars.", "number"),
        ("It takes 30 to 40 days.", "It takes 20 to 40 days.", "number"),
        ("The dam is 5 km long.", "The dam is 5 percent longer.", "number"),
        (
            "The mill will open, said Sadiya.",
            "The mill is to open, it was said by Grindel.",
            "name",
        ),
        ("In Tosk it will be 28 degrees.", "Brenholm is to expect 28 degrees.", "name"),
        ("Ahlen: nine were hurt near Kano.", "Ahlen: nine people were hurt in Ahlen.", "name"),
        ("The pilot did not see the ship.", "The pilot saw the ship.", "negation"),
        (
            "It is no 4 on the list that won.",
            "It is not the fourth on the list that won.",
            "negation",
        ),
        ("The mill isn't safe for children.", "The mill is safe, but not for the old.", "negation"),
    ],
)
def test_what_contradicts(quote: str, there: str, kind: str) -> None:
    assert kind in kinds(quote, there)


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("Some 2.5 million people fled.", "About two and a half million people fled."),
        ("It fell by 15 %.", "It dropped by fifteen per cent."),
        ("We spoke with Zelenskyy in Kharkiv.", "In Kharkov we talked to Zelensky."),
        ("The WHO warned of a new wave.", "The World Health Organization warned of a wave."),
        ("The World Health Organization gave a warning.", "There was a warning by the WHO."),
        ("Some thirty ships will sail.", "We shall send thirty ships."),
        ("The Iranian plan is bad.", "The plan of Iran is evil."),
        ("The Russian troops went home.", "The troops of Russia returned home."),
        ("It isn't true that they left.", "It is not true that they went away."),
        ("Tolvan was sued by Brandmark.", "Brandmark sued Tolvan."),
        ("On 4 July the mill burned.", "The mill burnt down on July 4th."),
        ("Russians sailed to the island.", "To the island sailed the Russian fleet."),
        ("The ships of Denmark sailed.", "Danish ships sailed."),
        ("Companies in the UK gained.", "In Britain companies gained."),
        ("The U.S. sends grain.", "America sends grain."),
        ("Two girls fell ill with COVID-19.", "Two girls fell ill with the coronavirus."),
        ("It is 9 degrees Celsius in the cellar.", "In the cellar it is 9 degrees."),
        ("What I'd seen was a legend.", "I had seen a legend."),
        ("The mill will close on Monday.", "The mill is to be closed."),
        ("At first the mill ran well.", "Initially the mill ran well."),
        ("The two sides agreed on a truce.", "Both sides agreed on a truce."),
        ("Sales rose by 70 to 80 percent.", "Sales rose by 70 - 80 percent."),
        ("One million crowns were paid.", "A million was paid."),
        ("She fell ill on the 6th.", "On July 6 she fell ill."),
        ("Aldo Fenn sang.", "There sang Fenn Aldo."),
        ("The envoys of the United States left.", "The envoys of the U.S. went away."),
        ("A new shop opened in the Tarnish town of Most.", "In Most a new shop has opened."),
        ("The cable carries 30,000 Volt.", "The cable carries 30,000 V."),
        ("The boat with number 4 won.", "Boat No. 4 won."),
        ("The pilot did not see the ship.", "The pilot overlooked the ship."),
        (
            "Aldo Fenn isn't a paid consultant for the League.",
            "Aldo Fenn is not, as they say, the League's paid consultant.",
        ),
    ],
)
def test_the_same_in_another_form_does_not(quote: str, there: str) -> None:
    assert kinds(quote, there) == []


def test_what_stands_in_the_passage_is_no_contradiction() -> None:
    there = "She promised that the ferry would sail again."
    assert "name" in kinds("Ilse Brandmark pledged that the ferry will run again", there)
    around = f"Then Ilse Brandmark rose. {there}"
    assert kinds("Then Ilse Brandmark pledged that the ferry will run again", there, around) == []


def test_a_name_of_the_passage_does_not_stand_for_another_in_its_place() -> None:
    there = "The Minsk accord helped to stop the fighting."
    around = f"{there} It had been prepared in Brenholm."
    assert kinds("the Brenholm accord helped to end the fights", there, around) == ["name"]
    there = "The accord helped to stop the fighting."
    around = f"{there} It had been prepared in Brenholm."
    assert kinds("the Brenholm accord helped to end the fights", there, around) == []


@pytest.mark.parametrize("text", ["", "…", "!!!", "the of and", "42", "A", "x" * 4000, "not"])
def test_anything_is_laid_over_anything(text: str) -> None:
    for other in ("", "The mill closed.", text):
        mine, theirs = read(text), read(other)
        laid = align_statements(mine, theirs)
        wording_numbers(mine, theirs, laid, Nearness(0.0, 0.0, 0.0, 0, None))
        contradictions(mine, theirs, laid, theirs)


def test_names_are_compared_by_their_letters() -> None:
    assert name_likeness("djuricic", "duricic") >= 0.75
    assert name_likeness("irkutsk", "guiying") < 0.5
    assert name_likeness("brenholm", "carrowmere") < 0.5


READ = (
    ("Access to the harbour will be limited, but it will be ended.",
     "The right to use the harbour will be limited but not ended."),
    ("Her bench stood between two doors, but that night the guards were at their places.",
     "Her bench stood between two guarded doors but no guards were there that night."),
)  # fmt: skip


@pytest.mark.parametrize(("quote", "there"), READ)
def test_what_is_denied_in_other_words(quote: str, there: str) -> None:
    encoder = load_encoder()
    mine, theirs = read(quote), read(there)
    laid = align_statements(mine, theirs)
    a, b = encoder.states([quote, there])
    tables = (a.middle @ b.middle.T, a.last @ b.last.T)
    words = words_in_context(mine, theirs, laid, a.starts, b.starts, tables)
    assert [c.kind for c in contradictions(mine, theirs, laid, theirs, words)] == ["negation"]
    assert max(denial_clashes(mine, theirs, words)) > 0.5
    assert all(words.ravel() >= 0)
    assert all(words.ravel() <= 1)


def test_a_look_at_a_text_tells_which_words_it_shares() -> None:
    quote = read("The ferries sailed in May.")
    assert shared_weight(quote, "A FERRY will sail in May") == pytest.approx(1)
    assert 0 < shared_weight(quote, "The ferry was sold.") < 1
    assert shared_weight(quote, "Nobody came.") == 0
    assert shared_weight(read("…"), "Nobody came.") == 0


def test_nothing_stands_for_nothing() -> None:
    empty, there = read("…"), read("The mill closed.")
    laid = align_statements(empty, there)
    words = words_in_context(empty, there, laid, [], [0, 4, 9], ())
    assert words.shape == (0, len(there.content))
    assert denial_clashes(empty, there, words) == (0.0, 0.0)
