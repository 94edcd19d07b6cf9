"""Records as JSON and back, nothing lost: for whatever leaves one machine and enters another.

What a record holds is read from its annotations: dataclasses become objects with the names of their
fields, spans become pairs of numbers.

>>> written = pack(Quotation((Span(1, 5),), (), (), "direct", "marks", 0.5))
>>> unpack(Quotation, written).content
(Span(start=1, end=5),)
"""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal, TypeVar, Union

from quotecheck import errors
from quotecheck.errors import InputError, QuotecheckError
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span

__all__ = ["pack", "pack_document", "pack_outcome", "unpack", "unpack_document", "unpack_outcome"]

T = TypeVar("T")
Code = tuple[Callable[[Any], Any], Callable[[Any], Any]]
"""How a value becomes one that JSON knows, and back."""

_ERRORS: dict[str, type[QuotecheckError]] = {name: getattr(errors, name) for name in errors.__all__}


def pack(record: object) -> str:
    """A record of `quotecheck.records` as JSON in ASCII; floats come back to the last bit."""
    kind: Any = type(record)
    return json.dumps(_code(kind)[0](record))


def unpack(kind: type[T], written: str) -> T:
    """The record of this type that `pack` wrote.

    Raises:
        InputError: when it is not one.
    """

    def read() -> T:
        any_kind: Any = kind
        value: T = _code(any_kind)[1](json.loads(written))
        return value

    return _read(read, kind.__name__)


def pack_document(document: Document) -> tuple[str | None, str]:
    """A document's text, and the rest of it as JSON.

    The text is None where UTF-8 cannot hold it (half of a surrogate pair); then the JSON does.
    """
    try:
        document.text.encode()
    except UnicodeEncodeError:
        return None, pack(document)
    return document.text, pack(dataclasses.replace(document, text=""))


def unpack_document(text: str | None, written: str) -> Document:
    """The document that `pack_document` took apart.

    Raises:
        InputError: when the two do not make one.
    """
    document = unpack(Document, written)
    return document if text is None else dataclasses.replace(document, text=text)


def pack_outcome(outcome: Sequence[Quotation] | QuotecheckError | None) -> str | None:
    """What became of a document: its quotations, an error, or None when nobody asked."""
    if outcome is None:
        return None
    if isinstance(outcome, QuotecheckError):
        return json.dumps(
            {
                "error": type(outcome).__name__,
                "what": outcome.what,
                "where": outcome.where,
                "remedy": outcome.remedy,
            }
        )
    write = _code(Quotation)[0]
    return json.dumps([write(quotation) for quotation in outcome])


def unpack_outcome(written: str | None) -> tuple[Quotation, ...] | QuotecheckError | None:
    """What `pack_outcome` wrote.

    Raises:
        InputError: when it did not write it.
    """
    if written is None:
        return None

    def read() -> tuple[Quotation, ...] | QuotecheckError:
        outcome = json.loads(written)
        if isinstance(outcome, dict):
            kind = _ERRORS.get(str(outcome["error"]), QuotecheckError)
            return kind(str(outcome["what"]), where=outcome["where"], remedy=outcome["remedy"])
        return tuple(map(_code(Quotation)[1], outcome))

    return _read(read, "list of quotations")


def _read(read: Callable[[], T], what: str) -> T:
    try:
        return read()
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise InputError(
            f"this is not a {what} as quotecheck writes it ({type(error).__name__}: {error})",
            remedy="Build this part again.",
        ) from error


@cache
def _code(kind: Any) -> Code:
    """How to write and read values of a type that the records use."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind is Span:
        return _write_span, lambda pair: Span(_as_int(pair[0]), _as_int(pair[1]))
    if dataclasses.is_dataclass(kind):
        return _record_code(kind)
    if origin is Literal or kind is str:
        return _as_str, _as_str
    if kind is float:  # numpy's become Python's
        return float, float
    if kind is int:
        return int, _as_int
    if kind is bool:
        return bool, _as_bool
    if origin in (types.UnionType, Union):
        (inner,) = (argument for argument in arguments if argument is not type(None))
        write, read = _code(inner)
        return (
            lambda value: None if value is None else write(value),
            lambda value: None if value is None else read(value),
        )
    if origin is tuple and arguments[-1] is Ellipsis:
        write, read = _code(arguments[0])
        return lambda items: [write(x) for x in items], lambda items: tuple(read(x) for x in items)
    if origin is tuple:
        codes = [_code(argument) for argument in arguments]
        return (
            lambda items: [w(x) for (w, _), x in zip(codes, items, strict=True)],
            lambda items: tuple(r(x) for (_, r), x in zip(codes, items, strict=True)),
        )
    if origin is dict:
        write, read = _code(arguments[1])
        return (
            lambda items: {_as_str(k): write(v) for k, v in items.items()},
            lambda items: {_as_str(k): read(v) for k, v in items.items()},
        )
    raise TypeError(f"no way to write {kind}")


def _record_code(kind: Any) -> Code:
    hints = typing.get_type_hints(kind)
    # What is neither compared nor shown is the document's, and goes with it.
    codes = {
        field.name: _code(hints[field.name])
        for field in dataclasses.fields(kind)
        if field.init and (field.compare or field.repr)
    }

    def write(record: Any) -> dict[str, Any]:
        return {name: code[0](getattr(record, name)) for name, code in codes.items()}

    def read(fields: Any) -> Any:
        return kind(**{name: codes[name][1](value) for name, value in fields.items()})

    return write, read


def _write_span(span: Span) -> list[int]:
    return [int(span.start), int(span.end)]


def _as_int(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{value!r} is not a whole number")
    return value


def _as_bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return value


def _as_str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not text")
    return str(value)
