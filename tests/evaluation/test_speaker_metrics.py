from __future__ import annotations

import importlib.util
import json
import random
from typing import Any

import pytest

from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.speakers import Grade, grade_speaker, score_speakers
from tests.support import paths

SHARED = paths.SHARED / "polnear"

GOLD_LINE: dict[str, Any] = {
    "doc": "quay",
    "content": [[0, 20]],
    "source": [[30, 40]],
    "speaker": "Ilse Norran",
    "role": None,
    "via": None,
    "source_form": "name",
    "kind": "direct",
}


def gold(**fields: Any) -> dict[str, Any]:
    return GOLD_LINE | fields


def score(wanted: list[dict[str, Any]], *given: dict[str, Any], errors: int = 0) -> dict[str, Any]:
    return score_speakers(wanted, [{"doc": "quay", "attributions": list(given)}], errors=errors)


@pytest.mark.parametrize(
    ("speaker", "given", "grade"),
    [
        ("Ilse Norran", "Ilse Norran", Grade.STRICT),
        ("Ilse Norran", "the ILSE NORRAN’s", Grade.STRICT),
        ("Ilse Norran", "Mayor Ilse Norran", Grade.STRICT),  # more words, the last the same
        ("Dr. Ilse Norran", "Ilse Norran", Grade.STRICT),
        ("Ilse Norran", "Norran", Grade.LENIENT),
        ("Ilse Norran", "Ms. Norran", Grade.LENIENT),
        ("Ilse Norran", "Ilse", Grade.WRONG),
        ("Ilse Norran", "Tam Norran", Grade.WRONG),
        ("Ilse Norran", "Norran of Aldry", Grade.WRONG),  # its last word is not hers
        ("Tam Weld Jr.", "Tam Weld", Grade.LENIENT),
        ("Tam Weld", "Tam Weld Jr.", Grade.WRONG),
        ("Ann O'Dell", "Ann ODell", Grade.STRICT),
        ("Ilse Norran", None, Grade.WRONG),
        (None, None, Grade.STRICT),
        (None, "Ilse Norran", Grade.WRONG),
        ("Ilse Norran", ["Ilse Norran"], Grade.STRICT),
        ("Ilse Norran", ["Ilse Norran", "Tam Weld"], Grade.LENIENT),
        (["Ilse Norran", "Tam Weld"], ["Tam Weld", "Ilse Norran"], Grade.STRICT),
        (["Ilse Norran", "Tam Weld"], ["Weld", "Ilse Norran"], Grade.LENIENT),
        (["Ilse Norran", "Tam Weld"], ["Ilse Norran"], Grade.LENIENT),
        (["Ilse Norran", "Tam Weld"], ["Ilse Norran", "Tam Weld", "Bo Reed"], Grade.LENIENT),
        (["Ilse Norran", "Tam Weld"], "Ilse Norran and Tam Weld", Grade.STRICT),
        (["Ilse Norran", "Tam Weld"], "Weld", Grade.LENIENT),
        (["Ilse Norran", "Tam Weld"], "Bo Reed", Grade.WRONG),
        (["Ilse Norran", "Tam Weld"], None, Grade.WRONG),
    ],
)
def test_speakers_are_graded_by_words_and_last_words(
    speaker: Any, given: Any, grade: Grade
) -> None:
    assert grade_speaker({"speaker": speaker}, given) is grade


def test_aliases_are_as_good_and_a_role_stands_in_for_nobody() -> None:
    paper = {"speaker": None, "role": "a harbour spokesman", "aliases": ["Quay Gazette"]}
    assert grade_speaker(paper, "The Quay Gazette") is Grade.STRICT
    assert grade_speaker(paper, "harbour spokesman") is Grade.LENIENT
    assert grade_speaker(paper | {"speaker": "Bo Reed"}, "harbour spokesman") is Grade.WRONG
    assert grade_speaker({"speaker": None, "role": ["clerk", "porter"]}, "porter") is Grade.LENIENT
    joint = {"speaker": ["Bo Reed", "Tam Weld"], "aliases": [["Bob Reed"], []]}
    assert grade_speaker(joint, ["Bob Reed", "Tam Weld"]) is Grade.STRICT


def test_figures_of_a_small_page_are_those_worked_out_by_hand() -> None:
    wanted = [
        gold(),
        gold(content=[[50, 90]], source=[[100, 102]], source_form="pronoun", kind="indirect"),
        gold(content=[[200, 240]], speaker=None, source_form="nominal", role="porter"),
    ]
    found = score(
        wanted,
        {"content": [[0, 10]], "speaker": "Norran"},  # IoU of one half: a pair
        {"content": [[50, 60], [70, 90]], "speaker": "Ilse Norran"},
        {"content": [[210, 226]], "speaker": None},  # 16 of 40: none
        {"content": [[300, 310]], "speaker": "Bo Reed", "source_form": "pronoun", "kind": "mixed"},
        errors=5,
    )
    assert found["documents"] == 1
    assert list(found["slices"]) == [
        "all",
        "named",
        "form name",
        "form nominal",
        "form pronoun",
        "kind direct",
        "kind indirect",
    ]
    assert found["slices"]["all"] == {
        "gold": 3, "paired": 2, "claims": 4, "strict": 1, "lenient": 2,
        "strict_accuracy": 0.5, "strict_prf": [0.25, 0.3333, 0.2857],
        "lenient_accuracy": 1.0, "lenient_prf": [0.5, 0.6667, 0.5714],
    }  # fmt: skip
    named, pronoun = found["slices"]["named"], found["slices"]["form pronoun"]
    assert (named["gold"], named["paired"], named["claims"]) == (2, 2, 3)
    assert (pronoun["gold"], pronoun["claims"], pronoun["strict_prf"][0]) == (1, 2, 0.5)
    assert found["errors"] == [
        {
            "doc": "quay",
            "content": [[0, 20]],
            "form": "name",
            "gold": "Ilse Norran",
            "system": "Norran",
            "lenient": True,
        }
    ]


def test_of_equal_contents_the_better_source_pairs() -> None:
    found = score(
        [gold()],
        {"content": [[0, 20]], "source": [[60, 70]], "speaker": "Bo Reed"},
        {"content": [[0, 12], [10, 20]], "source": [[30, 40]], "speaker": "Ilse Norran"},
    )
    assert (found["slices"]["all"]["strict"], found["slices"]["all"]["claims"]) == (1, 2)


@pytest.mark.parametrize(
    ("field", "wanted", "given", "right"),
    [
        ("role", None, None, True),
        ("role", None, "porter", False),
        ("role", "porter", None, False),
        ("role", "the head porter", "porter", True),
        ("role", "head porter of Aldry", "head porter at Aldry", True),  # three of five
        ("role", "head porter", "head clerk", False),  # one of three
        ("role", ["clerk", "porter"], ["porter", "clerk"], True),
        ("via", "Quay Gazette", "the Gazette", True),
        ("via", "Twitter", "tweets", True),
        ("via", "Twitter", "retweeted", True),
        ("via", "Gazettes", "Gazette", True),
        ("role", "porters", "porter", False),
    ],
)
def test_roles_and_media_are_right_with_half_of_the_words(
    field: str, wanted: Any, given: Any, right: bool
) -> None:
    found = score([gold(**{field: wanted})], {"content": [[0, 20]], field: given})[field]
    assert found["accuracy"] == float(right)
    assert (found["gold"], found["system"]) == (bool(wanted), bool(given))
    assert found["both"] == bool(right and wanted)


def test_another_role_that_is_as_good_is_right() -> None:
    line = gold(role="mayor", roles_also=["candidate for the senate"])
    assert score([line], {"content": [[0, 20]], "role": "senate candidate"})["role"]["right"] == 1


def test_what_only_one_side_has_is_left_out_or_missed() -> None:
    lines = [{"doc": "elsewhere", "attributions": [{"content": [[0, 4]]}]}]
    found = score_speakers([gold()], lines)
    assert found["slices"]["all"]["claims"] == 0
    assert found["slices"]["all"]["strict_prf"] == [0.0, 0.0, 0.0]
    assert score_speakers([], [])["slices"] == {}


@pytest.mark.parametrize(
    "line",
    [
        {"doc": "quay"},
        {"doc": "quay", "attributions": [3]},
        {"doc": "quay", "attributions": [{"content": [[5, 1]]}]},
        {"doc": "quay", "attributions": [{"content": [[0, 1]], "speaker": 7}]},
        {"doc": "quay", "attributions": [{"content": [[0, 1]], "role": [7]}]},
    ],
)
def test_a_line_of_another_form_is_named(line: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="line 1"):
        score_speakers([gold()], [line])


def test_gold_of_another_form_is_named() -> None:
    with pytest.raises(InputError, match="has no content, no speaker"):
        score_speakers([{"doc": "quay", "via": None}], [])
    with pytest.raises(InputError, match="empty list"):
        score_speakers([gold(speaker=[])], [])


def _spoiled(lines: list[dict[str, Any]], chance: random.Random) -> dict[str, list[dict[str, Any]]]:
    """The gold with names cut, swapped, joined and parted, roles lost, contents shifted."""
    kept = ("content", "source", "speaker", "role", "via", "kind", "source_form")
    found: dict[str, list[dict[str, Any]]] = {}
    for gold_line in lines:
        line = {name: gold_line[name] for name in kept}
        other, name = chance.choice(lines), line["speaker"]
        match chance.randrange(14):
            case 0:
                continue
            case 1:
                line["speaker"] = other["speaker"]
            case 2:
                line["speaker"] = name.split()[-1] if isinstance(name, str) else None
            case 3:
                line["speaker"] = name[:1] if isinstance(name, list) else [name or "Bo Reed"]
            case 4:
                line["speaker"] = " and ".join(name) if isinstance(name, list) else line["role"]
            case 5:
                line["speaker"] = f"Mr. {name} Jr."
            case 6:
                line["speaker"] = [*(name if isinstance(name, list) else [name]), "Bo Reed"]
            case 7:
                line["content"] = [[s + chance.randint(0, 40), e + 40] for s, e in line["content"]]
            case 8:
                line |= {"role": other["role"], "via": other["via"]}
            case 9:
                line |= {"source_form": other["source_form"], "kind": other["kind"], "source": []}
            case 10:
                found.setdefault(gold_line["doc"], []).append(line | {"source": other["source"]})
        found.setdefault(gold_line["doc"], []).append(line)
    return found


@pytest.mark.shared("polnear")
@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_figures_equal_those_of_the_benchmark_scorer(seed: int | None) -> None:
    spec = importlib.util.spec_from_file_location("shared_speakers", SHARED / "score_speakers.py")
    assert spec is not None
    assert spec.loader is not None
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    rows = (SHARED / "speakers.dev.jsonl").read_text(encoding="utf-8").split("\n")
    lines = [json.loads(row) for row in rows if row.strip()]
    if seed:
        given = _spoiled(lines, random.Random(seed))
    else:
        given = {x["doc"]: [y for y in lines if y["doc"] == x["doc"]] for x in lines}
    given["nobody knows it"] = []
    ours = score_speakers(
        lines, [{"doc": k, "attributions": v} for k, v in given.items()], errors=500
    )
    assert json.loads(json.dumps(ours)) == json.loads(json.dumps(theirs.score(lines, given, 500)))
    assert seed or ours["slices"]["all"]["strict_accuracy"] == 1.0


def test_what_a_gold_line_lacks_is_not_scored_on_it() -> None:
    novel = {"doc": "quay", "content": [[0, 20]], "speaker": "Ilse Norran"}
    answer = {"content": [[0, 20]], "speaker": "Bo Reed", "role": "mayor", "kind": "direct"}
    figures = score([novel], answer, errors=1)
    assert set(figures["slices"]) == {"all", "named"}
    assert figures["role"]["paired"] == figures["via"]["paired"] == 0
    assert figures["errors"][0]["system"] == "Bo Reed"
