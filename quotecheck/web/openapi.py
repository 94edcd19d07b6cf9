"""The description of the JSON interface (OpenAPI 3.1), made from its endpoints."""

from __future__ import annotations

from functools import cache
from typing import Any

from quotecheck._version import __version__
from quotecheck.output.search import search_schema
from quotecheck.output.serialising import schema
from quotecheck.output.traces import trace_schema
from quotecheck.web.explorer import Limits
from quotecheck.web.json_api import API, ENDPOINTS, Endpoint, Field

__all__ = ["description"]

_ERROR = {
    "type": "object",
    "required": ["ok", "status", "error", "remedy"],
    "properties": {
        "ok": {"const": False},
        "status": {"type": "integer"},
        "error": {"type": "string", "description": "What failed."},
        "remedy": {"type": ["string", "null"], "description": "What to do about it."},
    },
}
_FAILURES = {
    "400": "The question cannot be answered as it is.",
    "403": "The token is missing or wrong, or the request came from another site.",
    "413": "The body is too long.",
    "415": "The body is not declared as application/json.",
    "503": "Too much is being asked at the moment, or the answer took too long.",
}


@cache
def description(base: str, limits: Limits) -> dict[str, Any]:
    """The whole description.

    Args:
        base: the path under which the site lies, without a slash at its end.
        limits: those of the server.
    """
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "quotecheck",
            "version": __version__,
            "summary": "Find who said what, and check quotations against one library of sources.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base or "/"}],
        "paths": {
            f"{API}/{endpoint.name}": _operations(endpoint, limits)
            for endpoint in ENDPOINTS.values()
        },
        "components": {
            "schemas": {
                "attributions": schema("attributions"),
                "checks": schema("checks"),
                "trace": trace_schema(),
                "search": search_schema(),
                "error": _ERROR,
            },
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "For “keep” alone: the token that the server has.",
                }
            },
        },
    }


def _operations(endpoint: Endpoint, limits: Limits) -> dict[str, Any]:
    name = endpoint.name.replace("-", "_")
    common: dict[str, Any] = {"summary": endpoint.summary, "responses": _responses(endpoint)}
    if any(field.name == "keep" for field in endpoint.fields):
        common["security"] = [{}, {"token": []}]
    body = {
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in endpoint.fields if field.required],
        "properties": {
            field.name: _type(field, limits) | {"description": field.about}
            for field in endpoint.fields
        },
    }
    operations = {
        "post": common
        | {
            "operationId": name,
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        }
    }
    if endpoint.by_query:
        parameters = [
            {
                "name": field.name,
                "in": "query",
                "required": field.required,
                "description": field.about,
                "schema": _type(field, limits),
            }
            for field in endpoint.fields
        ]
        operations["get"] = common | {"operationId": f"{name}_by_query", "parameters": parameters}
    return operations


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    answer = {"application/json": {"schema": {"$ref": f"#/components/schemas/{endpoint.schema}"}}}
    wrong = {"application/json": {"schema": {"$ref": "#/components/schemas/error"}}}
    responses: dict[str, Any] = {"200": {"description": endpoint.summary, "content": answer}}
    if any(field.name == "keep" for field in endpoint.fields):
        responses["201"] = {"description": "The same; the text is kept now.", "content": answer}
    return responses | {
        status: {"description": description, "content": wrong}
        for status, description in _FAILURES.items()
    }


def _type(field: Field, limits: Limits) -> dict[str, Any]:
    if field.kind == "boolean":
        return {"type": "boolean"}
    if field.kind == "integer":
        return {"type": "integer", "minimum": 0, "maximum": field.most}
    return {"type": "string", "maxLength": field.limit(limits)}
