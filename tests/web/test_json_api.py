"""The JSON interface: the same answers as the command line, and the same limits as the pages."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotecheck.output.search import search_schema
from quotecheck.output.serialising import schema
from quotecheck.output.traces import trace_schema
from tests.support import paths
from tests.support.web_cases import LINE, TOKEN, Marks, write_library
from tests.support.web_pages import FORM, Get, rows

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

import jsonschema

from quotecheck.web.explorer import Limits
from quotecheck.web.server import application

API = "/-/quotecheck"
JSON = {"Content-Type": "application/json"}
TEXT = f"“{LINE},” Ada Fenwick said. “Nobody asked the ferrymen.”"


def ask(get: Get, name: str, status: int = 200, **fields: Any) -> Any:
    """The answer to a question that is sent as JSON."""
    headers = JSON | fields.pop("headers", {})
    answer = get(f"{API}/{name}", "POST", content=json.dumps(fields), headers=headers)
    assert answer.status_code == status, answer.text[:400]
    assert answer.headers["content-type"].startswith("application/json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    return answer.json()


def test_each_answer_fits_the_schema_of_the_command_line(get: Get) -> None:
    for name, fields, rule in (
        ("attribute", {"text": TEXT, "title": "Bridge"}, schema("attributions")),
        ("check", {"quotation": LINE, "speaker": "Ada Fenwick"}, schema("checks")),
        ("check-text", {"text": TEXT, "date": "1890-01-02"}, schema("checks")),
        ("trace", {"quotation": LINE}, trace_schema()),
        ("search", {"words": "lamps", "limit": 1}, search_schema()),
    ):
        jsonschema.validate(ask(get, name, **fields), rule)


def test_what_is_said(get: Get) -> None:
    (check,) = ask(get, "check", quotation=LINE, speaker="Ada Fenwick")["checks"]
    assert (check["verdict"], check["speaker"]) == ("verbatim", "Ada Fenwick")
    text = ask(get, "check-text", text=TEXT)
    assert text["checks"][0]["verdict"] in ("verbatim", "typographic")
    found = ask(get, "search", words="lamps", speaker="Jon Parr")
    assert found["total"] >= 1
    assert {name for hit in found["hits"] for name in hit["speakers"]} == {"Jon Parr"}
    assert len(ask(get, "trace", quotation=LINE)["occurrences"]) >= 2


def test_short_questions_may_be_asked_by_address(get: Get) -> None:
    by_body = ask(get, "check", quotation=LINE)
    answer = get(f"{API}/check", params={"quotation": LINE})
    assert answer.json() == by_body
    assert get(f"{API}/search?words=lamps&limit=1&offset=1").json()["offset"] == 1
    refused = get(f"{API}/attribute?text=a")
    assert refused.status_code == 400
    assert "POST" in refused.json()["remedy"]


@pytest.mark.parametrize(
    ("name", "fields", "told"),
    [
        ("check", {}, "“quotation” is missing"),
        ("check", {"quotation": "  "}, "“quotation” is empty"),
        ("check", {"quotation": 7}, "must be a string"),
        ("check", {"quotation": None}, "is missing"),
        ("check", {"quotation": "a", "speakers": "b"}, "no field “speakers”"),
        ("check", {"quotation": "a" * 2_001}, "too many"),
        ("check", {"quotation": "…"}, "no word"),
        ("attribute", {"text": "a" * 100_001}, "too many"),
        ("attribute", {"text": "a", "keep": "perhaps"}, "true or false"),
        ("search", {"words": "lamps", "limit": -1}, "whole number"),
        ("search", {"words": "lamps", "limit": True}, "whole number"),
        ("search", {"words": "lamps", "order": "odd"}, "no such order"),
        ("search", {"words": "lamps", "from": "soon"}, "soon"),
        ("search", {"words": "lamps", "speaker": "Nobody At All"}, "Nobody At All"),
    ],
)
def test_what_is_wrong_is_said(get: Get, name: str, fields: dict[str, Any], told: str) -> None:
    answer = ask(get, name, 400, **fields)
    assert answer["ok"] is False
    assert answer["status"] == 400
    assert told in answer["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"7", b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(get: Get, body: bytes) -> None:
    answer = get(f"{API}/check", "POST", content=body, headers=JSON)
    assert answer.status_code == 400
    assert "JSON" in answer.json()["error"]


def test_other_sites_cannot_send(get: Get) -> None:
    body = json.dumps({"quotation": LINE})
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = get(f"{API}/check", "POST", content=body, headers=JSON | header)
        assert answer.status_code == 403
        assert answer.json()["ok"] is False
    for kind in (FORM, {"Content-Type": "text/plain"}, {}):
        answer = get(f"{API}/check", "POST", content=body, headers=kind)
        assert answer.status_code == 415
    long = b"x" * (Limits().body + 1)
    assert get(f"{API}/check", "POST", content=long, headers=JSON).status_code == 413
    for method in ("PUT", "DELETE", "OPTIONS"):
        assert get(f"{API}/check", method).status_code == 405
    for place in (f"{API}/nothing", "/-/quotecheck", "/check", "/library"):
        assert get(place, "POST", content=body, headers=JSON).status_code == 405
    assert get(f"{API}/nothing").status_code == 404


def test_nothing_is_kept_without_the_token(
    tmp_path: Path, serving: Callable[[Any], Get], caplog: pytest.LogCaptureFixture
) -> None:
    place = write_library(tmp_path / "kept.db")
    limits = Limits(wrong_token_seconds=0.0)
    get = serving(application(place, token=TOKEN, load=Marks, limits=limits))
    before = rows(place, "SELECT count(*) FROM documents")
    for header in ({}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": TOKEN}):
        told = ask(get, "attribute", 403, text=TEXT, keep=True, headers=header)
        assert "nothing was kept" in told["error"]
    ask(get, "attribute", text=TEXT)
    assert rows(place, "SELECT count(*) FROM documents") == before
    assert TOKEN not in caplog.text
    header = {"Authorization": f"Bearer {TOKEN}"}
    for _ in range(2):  # the second time it is there already
        ask(get, "attribute", 201, text=TEXT, keep=True, headers=header)
        assert rows(place, "SELECT count(*) FROM documents") == [(before[0][0] + 1,)]
    other = serving(application(place, load=Marks))
    assert "--token" in ask(other, "check-text", 403, text=TEXT, keep=True)["remedy"]


def test_the_description_holds(get: Get) -> None:
    described = get(f"{API}/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    for path, operations in described["paths"].items():
        assert path.startswith(API)
        assert "post" in operations
        for operation in operations.values():
            assert operation["summary"]
            reference = operation["responses"]["200"]["content"]["application/json"]["schema"]
            assert reference["$ref"].rpartition("/")[2] in described["components"]["schemas"]
        name = path.rpartition("/")[2]
        body = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
        jsonschema.Draft202012Validator.check_schema(body)
        missing = ask(get, name, 400)
        assert body["required"][0] in missing["error"]
    error = described["components"]["schemas"]["error"]
    jsonschema.validate(ask(get, "check", 400), error)


@pytest.mark.parametrize(
    "page",
    "documents speakers document/1 speaker/1 quotation/1 search check trace".split(),
)
def test_each_page_has_its_data(get: Get, page: str) -> None:
    query = {"search": "?q=lamps", "check": "?quote=velvet+comet", "trace": "?quote=velvet+comet"}
    answer = get(f"/{page}.json{query.get(page, '')}")
    assert answer.status_code == 200, answer.text[:300]
    assert answer.headers["content-type"].startswith("application/json")
    assert isinstance(answer.json(), dict)


def test_lists_go_on_and_what_is_missing_says_so(get: Get) -> None:
    first = get("/documents.json").json()
    assert first["total"] == len(first["documents"])
    assert first["next"] is None
    assert get("/document/1.json").json()["documents"][0]["quotations"] is not None
    assert get("/speaker/1.json").json()["names"]
    for page in ("document/999", "speaker/999", "quotation/999"):
        answer = get(f"/{page}.json")
        assert answer.status_code == 404
        assert answer.json()["ok"] is False
    assert get("/check.json").status_code == 400
    assert get("/documents.json?q=" + "a" * 300).status_code == 400


CLIENT = """
import json, sys
import httpx

base, quotation = sys.argv[1:]
with httpx.Client(base_url=base, timeout=60) as client:
    check = client.post("/-/quotecheck/check", json={"quotation": quotation})
    described = client.get("/-/quotecheck/openapi.json")
print(json.dumps([check.json()["checks"][0]["verdict"], described.status_code]))
"""


def test_a_program_asks_a_running_server(path: Path) -> None:
    """The client is a process of its own: this one may open no socket."""
    pytest.importorskip("httpx")
    environment = os.environ | {"PYTHONPATH": str(paths.ROOT), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "quotecheck", "serve", str(path), "--port", "0"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        assert server.stdout is not None
        (base,) = re.findall(r"http://\S+", server.stdout.readline())
        asked = subprocess.run(
            [sys.executable, "-c", CLIENT, base, LINE],
            capture_output=True, text=True, env=environment, timeout=120, check=True,
        )  # fmt: skip
        assert json.loads(asked.stdout) == ["verbatim", 200]
    finally:
        server.terminate()
        server.wait(timeout=60)
        if server.stdout is not None:
            server.stdout.close()
