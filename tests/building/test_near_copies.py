"""Near copies: what is one text is told once, whatever came first and however often it is built."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from quotecheck.building.build import build
from quotecheck.building.near_copies import THRESHOLD, link_copies
from quotecheck.cli import app
from quotecheck.comparison.shingles import BANDS, bands, shingles, similarity
from quotecheck.evaluation.synthetic.news import Article, articles
from quotecheck.library.copies import copies_of
from quotecheck.library.library import open_library


def write(path: Path, *held: Article) -> Path:
    lines = [
        json.dumps({"id": one.id, "text": one.text, "date": one.date}, ensure_ascii=False) + "\n"
        for one in held
    ]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def linked(db: Path) -> dict[str, tuple[str, float]]:
    with open_library(db) as library:
        rows = library.db.execute(
            "SELECT d.key, o.key, similarity FROM document_copies AS c"
            " JOIN documents AS d ON d.id = c.document_id JOIN documents AS o ON o.id = c.copy_of"
        ).fetchall()
    return {key: (model, alike) for key, model, alike in rows}


# What texts are compared by


def test_typography_and_case_make_no_difference() -> None:
    one = shingles("“The pier — it's long — will be CLOSED,” she said.")
    other = shingles('the pier it\'s long will be closed: "She" said')
    assert similarity(one, other) == 1.0


@settings(deadline=None)
@given(st.lists(st.sampled_from("rope tide pier lamp fog gull".split()), max_size=60))
def test_similarity_counts_runs_of_four_words(words: list[str]) -> None:
    text = " ".join(words)
    runs = {tuple(words[n : n + 4]) for n in range(len(words) - 3)}
    assert len(shingles(text)) == len(runs)
    other = {tuple(words[n : n + 4]) for n in range(3, len(words) - 3)}
    expected = len(runs & other) / len(runs | other) if runs | other else 0.0
    assert similarity(shingles(text), shingles(" ".join(words[3:]))) == pytest.approx(expected)


def test_a_sketch_is_the_same_in_every_process() -> None:
    (found,) = bands(
        [
            shingles(
                "The quick tide turns at six and the pilot waits for it. " * 3
                + "So" * 9
                + " it was on the pier that they met and spoke of the ferry."
            )
        ]
    )
    assert found is not None
    assert len(found) == BANDS
    assert found[:3].tolist() == [838452738, 2190254251, 1552461410]
    assert bands([shingles("Too short to tell.")]) == [None]
    assert bands([]) == []


# Linking


def test_planted_copies_are_found_and_nothing_else(tmp_path: Path) -> None:
    held = list(articles(400, words=150, copies=0.15, seed=3))
    write(tmp_path / "a.jsonl", *held)
    build([tmp_path / "a.jsonl"], tmp_path / "a.db", attribute=False)
    report = link_copies(tmp_path / "a.db")
    found = linked(tmp_path / "a.db")
    planted = {one.id: one.copy_of for one in held if one.copy_of}
    assert len(planted) > 40
    assert {key: model for key, (model, _) in found.items()} == planted
    assert all(THRESHOLD <= alike <= 1 for _, alike in found.values())
    assert (report.copies, report.models) == (len(planted), len(set(planted.values())))
    assert report.signed == 400


def test_it_makes_no_difference_in_how_many_builds_they_come(tmp_path: Path) -> None:
    held = list(articles(200, words=120, copies=0.3, seed=4))
    write(tmp_path / "all.jsonl", *held)
    build([tmp_path / "all.jsonl"], tmp_path / "once.db", attribute=False)
    link_copies(tmp_path / "once.db")
    for n in range(4):
        write(tmp_path / f"part-{n}.jsonl", *held[n * 50 : n * 50 + 50])
        build([tmp_path / f"part-{n}.jsonl"], tmp_path / "often.db", attribute=False)
        report = link_copies(tmp_path / "often.db")
        assert report.signed == 50
    assert linked(tmp_path / "often.db") == linked(tmp_path / "once.db") != {}
    again = link_copies(tmp_path / "often.db")
    assert (again.signed, again.compared, again.copies) == (0, 0, report.copies)


def test_the_earliest_is_the_original_whenever_it_comes(tmp_path: Path) -> None:
    text = next(iter(articles(1, words=200))).text
    for key, date in [("b", "2031-05-02"), ("c", "2031-05"), ("a", "2031-04-30"), ("z", "")]:
        source = write(tmp_path / f"{key}.jsonl", Article(key, "", date, "", f"{text} {key * 9}"))
        build([source], tmp_path / "a.db", attribute=False)
        link_copies(tmp_path / "a.db")
        models = {model for model, _ in linked(tmp_path / "a.db").values()}
        assert models == {"b": set(), "c": {"c"}, "a": {"a"}, "z": {"a"}}[key]
    assert set(linked(tmp_path / "a.db")) == {"b", "c", "z"}
    with open_library(tmp_path / "a.db") as library:
        assert copies_of(library, ["z", "b", "other", "a"]) == {"a": ("z", "b"), "other": ()}
        assert copies_of(library, ["z", "c"]) == {"z": ("c",)}
        assert copies_of(library, [f"no-{n}" for n in range(1200)])["no-7"] == ()


def test_a_replaced_document_is_no_copy_any_more(tmp_path: Path) -> None:
    one, other = list(articles(2, words=200, copies=0))
    for name, key in (("a", "2031"), ("b", "2032"), ("c", "2033")):
        (tmp_path / f"{name}.md").write_text(
            f"---\ndate: {key}\n---\n{one.text} {name}", encoding="utf-8"
        )
    build([tmp_path], tmp_path / "a.db", attribute=False)
    assert link_copies(tmp_path / "a.db").copies == 2
    (tmp_path / "a.md").write_text(f"---\ndate: 2031\n---\n{other.text}", encoding="utf-8")
    build([tmp_path], tmp_path / "a.db", attribute=False)
    report = link_copies(tmp_path / "a.db")
    assert (report.copies, report.models) == (1, 1)
    ((key, (model, alike)),) = linked(tmp_path / "a.db").items()
    assert key.startswith("c-")
    assert model.startswith("b-")
    assert alike > 0.9


def test_a_thousand_copies_of_one_text_are_linked_soon(tmp_path: Path) -> None:
    text = next(iter(articles(1, words=80))).text
    held = [Article(f"d{n}", "", f"{2000 + n}", "", f"{text} {n}") for n in range(1000)]
    build([write(tmp_path / "a.jsonl", *held)], tmp_path / "a.db", attribute=False)
    report = link_copies(tmp_path / "a.db")
    assert (report.copies, report.models) == (999, 1)
    assert report.compared < 3000  # not a million


def test_short_documents_are_no_copies(tmp_path: Path) -> None:
    held = [Article(key, "", "2031", "", "Thank you all, and good night.") for key in "ab"]
    build([write(tmp_path / "a.jsonl", *held)], tmp_path / "a.db", attribute=False)
    assert link_copies(tmp_path / "a.db").copies == 0


def test_an_empty_library_has_no_copies(tmp_path: Path) -> None:
    open_library(tmp_path / "a.db", create=True).close()
    assert link_copies(tmp_path / "a.db").copies == 0


def test_the_command_links_unless_told_not_to(tmp_path: Path) -> None:
    held: Any = list(articles(30, words=100, copies=0.3))
    source = write(tmp_path / "a.jsonl", *held)
    arguments = ["build", str(source), "--no-attribute", "--db", str(tmp_path / "a.db")]
    runner = CliRunner()
    result = runner.invoke(app, [*arguments, "--no-copies"])
    assert (result.exit_code, linked(tmp_path / "a.db")) == (0, {})
    result = runner.invoke(app, arguments)
    assert "near copies of" in result.output
    assert len(linked(tmp_path / "a.db")) == sum(one.copy_of is not None for one in held)
