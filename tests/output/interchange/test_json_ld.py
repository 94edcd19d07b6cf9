"""W3C, schema.org and Citron: true to their schemas, and their offsets give the text back."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given

from quotecheck.output.confidence import confidence_label
from quotecheck.output.interchange.citron import citron_record
from quotecheck.output.interchange.schema_org import quotation_graph
from quotecheck.output.interchange.w3c import annotation_pieces, web_annotations
from quotecheck.output.links import identifier_address, safe_url
from quotecheck.output.serialising import dumps
from quotecheck.output.speaker_index import speaker_index
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.formats_samples import RICH, annotated, rich
from tests.support.gold_sample import document, document_of, quotations

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")

WEIGHTS = {"pos.pt": "0" * 64}
SAMPLES = [rich(), (document(), quotations()), (document_of("Nothing."), [])]


@cache
def validator(name: str) -> Any:
    path = files("quotecheck") / "schemas" / f"{name}.json"
    rules = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(rules)
    return jsonschema.Draft202012Validator(rules)


def through_json(record: dict[str, Any]) -> dict[str, Any]:
    back: dict[str, Any] = json.loads(dumps(record))
    assert back == record
    return back


# ------------------------------------------------------------------------------ W3C annotations


def w3c(article: Document, found: list[Quotation]) -> dict[str, Any]:
    written = "".join(annotation_pieces(article, found, weights=WEIGHTS))
    value: dict[str, Any] = json.loads(written)
    assert value["first"]["items"] == list(web_annotations(article, found))
    validator("w3c-annotations-1").validate(value)
    return value


def targets(value: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for item in value["first"]["items"]:
        held = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for one in held:
            if isinstance(one, dict):
                yield item["id"], one


def places(value: dict[str, Any], me: str) -> list[Span]:
    return [
        Span(target["selector"][0]["start"], target["selector"][0]["end"])
        for name, target in targets(value)
        if name.endswith(me)
    ]


@pytest.mark.parametrize(("article", "found"), SAMPLES)
def test_annotations_fit_their_schema(article: Document, found: list[Quotation]) -> None:
    value = w3c(article, found)
    ids = [item["id"] for item in value["first"]["items"]]
    assert len(ids) == len(set(ids)) == value["total"]
    for number, quotation in enumerate(found, start=1):
        assert places(value, f":q{number}:content") == list(quotation.content)
        assert places(value, f":q{number}:cue") == list(quotation.cue)
        if quotation.source:
            assert places(value, f":q{number}:source") == list(quotation.source)


@given(annotated())
def test_any_annotations_give_the_text_back(sample: tuple[Document, list[Quotation]]) -> None:
    article, found = sample
    value = w3c(article, found)
    text = article.text
    for _, target in targets(value):
        position, quote = target["selector"]
        start, end = position["start"], position["end"]
        assert text[start:end] == quote["exact"]
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        assert "scope" not in target  # the sample's address is no web address


def test_links_lead_to_annotations_that_are_there() -> None:
    value = w3c(*rich())
    items = {item["id"]: item for item in value["first"]["items"]}
    links = [item for item in items.values() if item["motivation"] == "linking"]
    assert len(links) == 10
    for link in links:
        assert items[link["target"]]["motivation"] == "classifying"
        for body in link.get("body", []):
            assert body["source"] in items
    told = next(link for link in links if link["id"].endswith(":q2"))
    parts = [body["source"].rpartition(":")[2] for body in told["body"]]
    assert parts == ["source", "cue", "role", "addressee", "time", "place"]
    assert [body["purpose"] for body in told["body"]][:2] == ["identifying", "describing"]
    never = next(link for link in links if link["id"].endswith(":q4"))
    assert never["quotecheck:negated"] is True


def test_the_source_says_who_it_is_and_doubt_is_a_question() -> None:
    value = w3c(*rich())
    items = {item["id"].rpartition(":text:")[2][65:]: item for item in value["first"]["items"]}
    bodies = items["q2:source"]["body"]
    assert {body["purpose"]: body["value"] for body in bodies if "value" in body} == {
        "identifying": "Inge Roos",
        "describing": "harbour chief",
        "tagging": "source",
    }
    assert "http://www.wikidata.org/entity/Q7747" in {body.get("source") for body in bodies}
    assert items["q9:doubt"]["body"][0]["value"] == "doubtful (41%)"
    assert items["q10:doubt"]["motivation"] == "questioning"
    assert items["q10:doubt"]["body"][0]["value"] == "perhaps Inge Roos (33%)"
    assert items["q2:content"]["target"][0]["scope"] == "https://example.org/vell?a=1&b=2"
    chain = [items[f"q3:relay:{n}"]["body"][0]["value"] for n in (1, 2, 3)]
    assert chain == ["outlet", "relayer", "principal"]


# ----------------------------------------------------------------------------------- schema.org


def graph(article: Document, found: list[Quotation]) -> list[dict[str, Any]]:
    value = through_json(quotation_graph(article, found))
    validator("schema-org-quotations-1").validate(value)
    nodes: list[dict[str, Any]] = value["@graph"]
    return nodes


@pytest.mark.parametrize(("article", "found"), SAMPLES)
def test_the_graph_fits_its_schema(article: Document, found: list[Quotation]) -> None:
    nodes = graph(article, found)
    ids = {node["@id"] for node in nodes}
    assert len(ids) == len(nodes)
    for node in nodes:
        for field in ("isPartOf", "creator", "spokenByCharacter"):
            held = node.get(field, [])
            for one in held if isinstance(held, list) else [held]:
                assert one["@id"] in ids


@given(annotated())
def test_any_graph_gives_the_text_back(sample: tuple[Document, list[Quotation]]) -> None:
    article, found = sample
    for node in graph(article, found)[1:]:
        if node["@type"] == "Quotation":
            quotation = found[node["position"] - 1]
            spans = []
            for piece in node["hasPart"]:
                start, end = map(int, piece["@id"].partition("#char=")[2].split(","))
                assert article.text[start:end] == piece["text"]
                spans.append(Span(start, end))
            assert tuple(spans) == quotation.content


def test_only_what_was_said_is_published_as_said() -> None:
    nodes = graph(*rich())
    said = {node["position"]: node for node in nodes if node["@type"] == "Quotation"}
    # not 4 (never said), 6 (hopes), 7 (scare quote), 8 (title), 9 (may say)
    assert sorted(said) == [1, 2, 3, 5, 10]
    assert said[2]["creator"] == said[2]["spokenByCharacter"]
    assert "creator" not in said[1], "reported words are nobody's wording"
    assert "spokenByCharacter" not in said[10]
    assert said[10]["description"] == "Direct quotation, speaker not known (doubtful, 30%)."
    assert said[2]["text"] == "“The ferry will sail on Friday,” … “and it will sail full.”"
    assert said[2]["audience"] == {"@type": "Audience", "name": "traders"}
    assert said[2]["locationCreated"] == {"@type": "Place", "name": "in Vell"}
    assert said[3]["isBasedOn"][0]["publisher"]["name"] == "Radio Vell"
    people = {node["name"]: node for node in nodes if node["@type"] == "Person"}
    assert people["Inge Roos"]["sameAs"] == "http://www.wikidata.org/entity/Q7747"
    assert people["Inge Roos"]["jobTitle"] == "harbour chief"
    assert "Lise Hahn" not in people, "only what she thinks or may say is told"
    assert nodes[0]["@type"] == "NewsArticle"
    assert nodes[0]["url"] == "https://example.org/vell?a=1&b=2"


def test_a_doubtful_speaker_is_no_creator() -> None:
    text = "“Yes,” Ann Lee said."
    lee = Speaker("Ann Lee", Span(7, 14))
    doubtful = Quotation((Span(0, 6),), (Span(15, 19),), (Span(7, 14),), "direct", "r", 0.4,
                         speakers=(lee,))  # fmt: skip
    node = graph(document_of(text), [doubtful])[-1]
    assert "creator" not in node
    assert "spokenByCharacter" in node
    assert "doubtful, 40%" in node["description"]


# --------------------------------------------------------------------------------------- Citron


def citron(article: Document, found: list[Quotation]) -> dict[str, Any]:
    value = through_json(citron_record(article, found))
    validator("citron-1").validate(value)
    return value


@pytest.mark.parametrize(("article", "found"), SAMPLES)
def test_citrons_layout_holds_what_was_said(article: Document, found: list[Quotation]) -> None:
    value = citron(article, found)
    said = [one for one in found if one.kind not in ("scare", "title")]
    without = value["quotecheck"]["quotes_without_cue"]
    assert len(value["quotes"]) + len(without) == len(said)
    for quote, quotation in zip(value["quotes"], [one for one in said if one.cue], strict=True):
        assert quote["cue"]["start"] == quotation.cue[0].start
        assert [(s["start"], s["end"]) for s in quote["contents"]] == [
            (s.start, s.end) for s in quotation.content
        ]


@given(annotated())
def test_any_citron_span_gives_the_text_back(sample: tuple[Document, list[Quotation]]) -> None:
    value = citron(*sample)
    quotes = value["quotes"] + value["quotecheck"]["quotes_without_cue"]
    spans = [s for group in value["coreference_groups"] for s in group]
    spans += [s for q in quotes for k in ("sources", "contents", "coreferences") for s in q[k]]
    for span in spans + [q["cue"] for q in value["quotes"]]:
        assert value["text"][span["start"] : span["end"]] == span["text"]


def test_coreferences_are_the_names_outside_the_source() -> None:
    value = citron(*rich())
    headline, told = value["quotes"][:2]
    assert [s["text"] for s in headline["coreferences"]] == ["Inge Roos"]
    assert told["coreferences"] == []
    groups = [[s["text"] for s in group] for group in value["coreference_groups"]]
    assert ["Harbour Chief", "harbour chief Inge Roos", "Inge Roos"] in groups


# ------------------------------------------------------------------------------------- the cast


def test_the_cast_has_each_speaker_once() -> None:
    _, found = rich()
    members, spoken = speaker_index(found)
    assert [one.name or one.description for one in members] == [
        "Inge Roos", "Arno Beck", "Two dockers", "Lise Hahn",
    ]  # fmt: skip
    assert members[0].quotations == (1, 2, 9)
    assert spoken[8] == (1, 4)
    assert [s.of(RICH) for s in members[3].mentions] == ["Mayor Lise Hahn", "Lise Hahn"]


def test_two_without_a_name_stay_two() -> None:
    one = Quotation((Span(0, 1),), (), (), "direct", "r", 1.0,
                    speakers=(Speaker(None, Span(4, 5), description="a woman"),))  # fmt: skip
    other = Quotation((Span(2, 3),), (), (), "direct", "r", 1.0,
                      speakers=(Speaker(None, Span(6, 7), description="a woman"),))  # fmt: skip
    assert len(speaker_index([one, other])[0]) == 2
    assert len(speaker_index([one, one])[0]) == 1


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x", "http:", "http://[", "", "ftp://a/b",
            "http://a\"b/", "jAvAsCrIpT://x/%0aalert(1)"],
)  # fmt: skip
def test_only_web_addresses_are_addresses(url: str) -> None:
    assert safe_url(url) is None


def test_addresses_hold_nothing_that_ends_an_attribute() -> None:
    found = safe_url('https://example.org/a b"><script>\u202e\ud800')
    assert found is not None
    assert re.fullmatch(r"https://example\.org/[\w%.?]+", found, re.ASCII)
    assert identifier_address("a b<") == "urn:quotecheck:entity:a%20b%3C"


def test_sureness_goes_down() -> None:
    words = [confidence_label(n / 100) for n in range(101)]
    assert [w for n, w in enumerate(words) if not n or words[n - 1] != w] == [
        "doubtful", "unsure", "likely", "sure",
    ]  # fmt: skip
