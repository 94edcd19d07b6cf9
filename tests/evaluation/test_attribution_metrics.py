from __future__ import annotations

import importlib.util
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans, read_gold, spans_in
from quotecheck.evaluation.metrics.attribution import score_exact, score_polnear
from quotecheck.evaluation.metrics.text_matching import Letters, marked_passages
from quotecheck.records.text import Span
from tests.support import paths

SHARED = paths.SHARED / "polnear"

TEXT = """\
“The bridge stays shut,” said Mayor Ilse Norran.
Porters warned that the ferry is old.
The hall was called a “sorry sight” by its owner, Tam Weld of Aldry.
He read “Winter on the Quay” twice.
"""


def at(phrase: str, text: str = TEXT) -> list[list[int]]:
    start = text.index(phrase)
    return [[start, start + len(phrase)]]


def marked(content: str, cue: str = "", source: str = "", text: str = TEXT) -> dict[str, Any]:
    fields = {"content": content, "cue": cue, "source": source}
    return {name: at(phrase, text) if phrase else [] for name, phrase in fields.items()}


def gold_of(*attributions: dict[str, Any], text: str = TEXT, name: str = "quay") -> GoldDocument:
    fields = ("content", "cue", "source")
    return GoldDocument(
        name,
        text,
        tuple(MarkedSpans(*(spans_in(x, field) for field in fields)) for x in attributions),
        "",
    )


GOLD = gold_of(
    marked("“The bridge stays shut,”", "said", "Mayor Ilse Norran"),
    marked("that the ferry is old", "warned", "Porters"),
    marked("a “sorry sight”", "called", "its owner, Tam Weld of Aldry"),
)
SYSTEM = [
    {
        "doc": "quay",
        "attributions": [
            marked("The bridge stays shut", "said", "Ilse Norran"),
            marked("the ferry is old"),
            marked("sorry sight", "called", "The hall"),
            marked("Winter on the Quay", "", "He"),
        ],
    }
]


def counts(figure: dict[str, Any]) -> tuple[int, int, int]:
    return figure["tp"], figure["fp"], figure["fn"]


def test_figures_of_a_small_page_are_those_worked_out_by_hand() -> None:
    found = score_polnear([GOLD], SYSTEM, errors=5)
    assert found["documents"] == 1
    assert found["unknown_documents"] == []
    # Three pairs; the title is one claim too many.
    assert found["attribution"] == {
        "p": 0.75, "r": 1.0, "f1": 0.8571, "tp": 3, "fp": 1, "fn": 0,
    }  # fmt: skip
    # 18 + 17 + 11 letters are gold; 18 + 13 + 10 of them found, and 15 of the title.
    assert counts(found["content"]) == (41, 15, 5)
    assert counts(found["cue"]) == (2, 2, 1)
    assert counts(found["full"]) == (1, 3, 2)
    assert counts(found["head"]) == (1, 3, 2)
    assert found["quoted"] == {
        "p": 0.3333, "r": 0.5, "f1": 0.4, "tp": 1, "fp": 2, "fn": 1,
        "claimed": 3, "unowned": 1, "gold": 2, "found": 2, "right": 1,
    }  # fmt: skip
    assert {k: counts(v["attribution"]) for k, v in found["kinds"].items()} == {
        "direct": (1, 1, 0),
        "mixed": (1, 0, 0),  # ten of eleven letters in marks
        "indirect": (1, 0, 0),
    }
    assert counts(found["kinds"]["mixed"]["full"]) == (0, 1, 1)
    assert found["errors"] == [
        {
            "doc": "quay",
            "quote": "sorry sight",
            "gold": ["its owner, Tam Weld of Aldry"],
            "system": [["The hall"]],
        }
    ]


def test_exact_spans_forgive_marks_and_nothing_else() -> None:
    found = score_exact([GOLD], SYSTEM)
    assert {name: counts(figure) for name, figure in found.items()} == {
        "source": (0, 3, 3),
        "cue": (2, 0, 1),
        "content": (1, 3, 2),
        "all": (0, 4, 3),
    }


def test_the_gold_itself_is_perfect_and_serves_each_span_once() -> None:
    own = [marked("“The bridge stays shut", "said", "Mayor Ilse Norran")]
    gold = gold_of(own[0])
    assert counts(score_exact([gold], [{"doc": "quay", "attributions": own}])["all"]) == (1, 0, 0)
    twice = [{"doc": "quay", "attributions": own * 2}]
    assert counts(score_exact([gold], twice)["cue"]) == (1, 1, 0)
    assert counts(score_polnear([gold], twice)["full"]) == (1, 1, 0)


def test_pieces_of_a_content_may_be_cut_anywhere_between_words() -> None:
    text = "“Not today,\nnot ever,” she said: so be it."
    whole = marked("“Not today,\nnot ever,”", "said", "she", text)
    cut = whole | {"content": at("Not today", text) + at("not ever", text)}
    lines = [{"doc": "quay", "attributions": [cut]}]
    assert counts(score_exact([gold_of(whole, text=text)], lines)["all"]) == (1, 0, 0)


def test_a_cue_of_no_letters_is_compared_by_its_place() -> None:
    text = "Norran: the bridge stays shut. Weld: it does not."
    gold = gold_of(marked("the bridge stays shut", ":", "Norran", text), text=text)
    other = marked("the bridge stays shut", "", "Norran", text) | {"cue": at(": it", text)}
    other["cue"][0][1] -= 3
    for attribution, right in (
        (marked("the bridge stays shut", ":", "Norran", text), 1),
        (other, 0),
    ):
        lines = [{"doc": "quay", "attributions": [attribution]}]
        assert score_exact([gold], lines)["cue"]["tp"] == right


SOURCES = "Its owner, Tam Weld of Aldry, and others; Weld said it to them: they pay. He left."


@pytest.mark.parametrize(
    ("gold", "system", "full", "head"),
    [
        ("owner, Tam Weld of Aldry", "Tam Weld", True, True),
        ("owner, Tam Weld of Aldry", "owner, Tam Weld of Aldry, and others; Weld", True, True),
        ("Tam", "Tam Weld of Aldry", True, True),  # one word of three
        ("Tam", "Tam Weld of Aldry, and others", False, False),  # one of four
        ("Tam Weld", "; Weld", False, True),  # the same name elsewhere
        ("owner, Tam Weld of Aldry", "Aldry", True, True),
        ("Tam Weld of Aldry", "others; Weld", False, True),
        ("Tam Weld", "", False, False),
        ("", "", True, True),
        ("", "Weld", False, False),
        ("He", "He", True, True),
        ("Its", "Its", True, True),  # no word of its own: the place decides
        ("Its", "Its owner, Tam", True, True),
        ("Its", "Its owner, Tam Weld", False, False),
    ],
)
def test_sources_are_right_by_words_in_place_and_heads_anywhere(
    gold: str, system: str, full: bool, head: bool
) -> None:
    wanted, given = (marked("they pay", "said", x, SOURCES) for x in (gold, system))
    found = score_polnear(
        [gold_of(wanted, text=SOURCES)], [{"doc": "quay", "attributions": [given]}]
    )
    assert (bool(found["full"]["tp"]), bool(found["head"]["tp"])) == (full, head)


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("“One,” she said, “two.”", ["One,", "two."]),
        ("He called \"it\" ''that''.", ["it", "that"]),
        ("“One.\n\n“Two.”", ["One.", "Two."]),  # re-opened
        ("“One.\n \n''Two''", ["One.", "Two"]),
        ("“One.\nTwo.”", []),  # a stray mark, and a closing one that closes nothing
        ("“One “two” three”", ["One “two"]),
        ("“One.", []),
        ("", []),
    ],
)
def test_marks_pair_within_a_line_and_run_on_only_before_another(
    text: str, passages: list[str]
) -> None:
    assert [span.of(text) for span in marked_passages(text)] == passages


def test_best_pairs_come_first_and_of_equals_the_first() -> None:
    text = "alpha beta gamma delta"
    gold = gold_of(marked("alpha beta gamma", text=text), text=text)
    close, same = marked("alpha beta", text=text), marked("alpha beta gamma", "delta", text=text)
    found = score_polnear([gold], [{"doc": "quay", "attributions": [close, same]}])
    assert (counts(found["attribution"]), counts(found["cue"])) == ((1, 1, 0), (0, 2, 1))
    found = score_polnear([gold], [{"doc": "quay", "attributions": [gold_line(gold), same]}])
    assert counts(found["cue"]) == (1, 1, 0)


def gold_line(gold: GoldDocument) -> dict[str, Any]:
    first = gold.attributions[0]
    return {
        name: [[span.start, span.end] for span in getattr(first, name)]
        for name in ("content", "cue", "source")
    }


def test_nothing_given_and_nothing_known_are_counted_not_raised() -> None:
    found = score_polnear([GOLD], [{"doc": "elsewhere", "attributions": []}])
    assert found["unknown_documents"] == ["elsewhere"]
    assert counts(found["attribution"]) == (0, 0, 3)
    assert found["full"]["f1"] == 0.0
    assert score_polnear([], [])["quoted"]["gold"] == 0


@pytest.mark.parametrize(
    "line",
    [
        {"doc": "quay"},
        {"attributions": []},
        {"doc": "quay", "attributions": ["word"]},
        {"doc": "quay", "attributions": [{"content": [[9, 2]]}]},
        {"doc": "quay", "attributions": [{"content": [[-1, 2]]}]},
        {"doc": "quay", "attributions": [{"content": [["1", "2"]]}]},
        {"doc": "quay", "attributions": [{"content": [1, 2]}]},
        {"doc": ["quay"], "attributions": []},
    ],
)
def test_a_line_of_another_form_is_named(line: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="line 2"):
        score_polnear([GOLD], [SYSTEM[0], line])


def test_spans_past_the_end_hold_nothing() -> None:
    assert Letters("ab.").of([Span(1, 10**9)]) == 0b10
    assert Letters("").of([Span(0, 4)]) == 0


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 70), st.integers(0, 70)), max_size=4)
)
def test_letters_are_those_of_the_spans(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [Span(min(pair), max(pair)) for pair in pairs]
    wanted = {i for span in spans for i in range(span.start, span.end) if text[i : i + 1].isalnum()}
    bits = Letters(text).of(spans)
    assert {i for i in range(len(text)) if bits >> i & 1} == wanted


@given(st.text(alphabet="ab “”\"'\n", max_size=60))
def test_marked_passages_lie_in_one_line_and_in_order(text: str) -> None:
    found = marked_passages(text)
    assert found == sorted(found)
    assert all("\n" not in span.of(text) for span in found)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "quay.txt").write_bytes(TEXT.encode())
    return tmp_path


def annotate(folder: Path, marks: str, name: str = "quay_a") -> None:
    (folder / "attributions" / f"{name}.ann").write_text(marks, encoding="utf-8")


def test_gold_is_read_with_its_oddities(folder: Path) -> None:
    annotate(
        folder,
        "T1\tContent 0 10;11 24\t“The …\n"
        "T2\tCue 25 29\tsaid\n"
        "T3\tSource 36 40\tIlse\n"
        "T4\tSource 41 47\tNorran\n"
        "T5\tContent 60 70\tmore\n"
        "#1\tAnnotatorNotes T1\ta note that\ngoes on\n"
        "E1\tAttribution:T2 Content:T5 Content2:T1 Cue:T2 Source:T4 Source:T3 Source:T9\n"
        "E2\tAttribution:T2 Cue:T2\n",
    )
    annotate(folder, "", "quay_b")
    (folder / "text" / "unread.txt").write_text("No gold.")
    (document,) = read_gold(folder)
    assert (document.id, document.text) == ("quay", TEXT)
    assert document.attributions == (
        MarkedSpans(
            content=(Span(0, 10), Span(11, 24), Span(60, 70)),
            cue=(Span(25, 29),),
            source=(Span(36, 40), Span(41, 47)),
        ),
    )


def test_line_ends_are_kept_so_that_offsets_hold(folder: Path) -> None:
    (folder / "text" / "quay.txt").write_bytes("\ufeffOne.\r\nTwo.".encode())
    annotate(folder, "")
    assert read_gold(folder)[0].text == "\ufeffOne.\r\nTwo."


def test_gold_that_is_not_there_or_broken_is_said(folder: Path) -> None:
    with pytest.raises(InputError, match="no text there has an annotation"):
        read_gold(folder)
    annotate(folder, "T1\tContent four five\twords\n")
    with pytest.raises(InputError, match="line 1"):
        read_gold(folder)
    (folder / "text" / "quay.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        read_gold(folder)
    (folder / "text" / "quay.txt").unlink()
    with pytest.raises(InputError, match=r"no \.txt file"):
        read_gold(folder)
    with pytest.raises(InputError, match="no such folder"):
        read_gold(folder / "nowhere")
    shutil.rmtree(folder / "attributions")
    (folder / "text" / "quay.txt").write_text("x")
    with pytest.raises(InputError, match="no such folder"):
        read_gold(folder)


def _spoiled(document: GoldDocument, chance: random.Random) -> list[dict[str, Any]]:
    """A document's gold with sources dropped and swapped, spans shifted, merged and missing."""
    found = []
    for attribution in document.attributions:
        line: dict[str, Any] = {
            name: [[span.start, span.end] for span in getattr(attribution, name)]
            for name in ("content", "cue", "source")
        }
        match chance.randrange(10):
            case 0:
                continue
            case 1:
                line["source"] = []
            case 2:
                other = chance.choice(document.attributions)
                line["source"] = [[span.start, span.end] for span in other.source]
            case 3:
                shift = chance.randint(-80, 80)
                line["content"] = [
                    [max(0, s + shift), max(0, e + shift)] for s, e in line["content"]
                ]
            case 4:
                line["content"] = [[line["content"][0][0], line["content"][-1][1] + 40]]
                line["cue"] = []
            case 5:
                line["source"] = [[max(0, s - 30), e + 30] for s, e in line["source"]]
            case 6:
                found.append(line | {"content": line["content"][:1], "source": []})
        found.append(line)
    return found


@pytest.mark.shared("polnear")
@pytest.mark.filterwarnings("ignore::ResourceWarning")  # the benchmark's scorer leaves files open
@pytest.mark.parametrize("seed", [None, 1, 2])
def test_figures_equal_those_of_the_benchmark_scorer(tmp_path: Path, seed: int | None) -> None:
    spec = importlib.util.spec_from_file_location("shared_polnear_score", SHARED / "score.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    texts = sorted((SHARED / "dev" / "text").glob("*.txt"))[::6][:15]
    for part in ("text", "attributions"):
        (tmp_path / part).mkdir()
    for text in texts:
        shutil.copyfile(text, tmp_path / "text" / text.name)
        for ann in (SHARED / "dev" / "attributions").glob(f"{text.stem}_*.ann"):
            shutil.copyfile(ann, tmp_path / "attributions" / ann.name)
    gold = read_gold(tmp_path)
    chance = random.Random(seed)
    lines = [
        {
            "doc": document.id,
            "attributions": _spoiled(document, chance)
            if seed
            else [gold_line(GoldDocument("", "", (x,), "")) for x in document.attributions],
        }
        for document in gold
    ]
    if seed:
        lines[3]["doc"] = "nobody knows it"
    ours = score_polnear(gold, lines, errors=50)
    wanted = theirs.score(str(tmp_path), {x["doc"]: x["attributions"] for x in lines}, 50)
    wanted["quoted"].setdefault("unowned", 0)  # theirs leaves it out where there is none to count
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(wanted))
    if not seed:
        exact = score_exact(gold, lines)
        assert {figure["f1"] for figure in exact.values()} == {1.0}
