"""What Datasette says about a library's tables, so that they make sense without an explanation."""

from __future__ import annotations

from typing import Any, Final

from quotecheck.library.schema.descriptions import MAIN_TABLES, TABLES, VIEWS

__all__ = ["datasette_metadata", "groups"]

_HIDDEN: Final = ("_sqlite_migrations", "passages_vocab")

Group = tuple[str, str, list[tuple[str, str, list[tuple[str, str]]]], bool]
"""A heading, a word about it, (name, description, columns) of each table, whether it is folded."""


def groups() -> list[Group]:
    """The views and tables in the order in which people want them: views first."""
    views = [
        (name, description, list(columns.items())) for name, (description, columns) in VIEWS.items()
    ]
    main = [(name, TABLES[name][0], list(TABLES[name][1].items())) for name in MAIN_TABLES]
    rest = [
        (name, description, list(columns.items()))
        for name, (description, columns) in TABLES.items()
        if name not in MAIN_TABLES
    ]
    return [
        ("To read", "Views, in words: begin here.", views, False),
        ("What the library holds", "The tables behind the views.", main, False),
        ("Internals", "What the tables above are made of, and found by.", rest, True),
    ]


def datasette_metadata(database: str = "library", *, name: str = "library") -> dict[str, Any]:
    """Metadata for Datasette: titles, and what each table, view and column holds.

    Args:
        database: what Datasette calls the file (its name without the suffix).
        name: what people call it.

    >>> sorted(datasette_metadata("tour")["databases"])
    ['tour']
    """
    tables: dict[str, Any] = {}
    for table, (description, columns) in {**VIEWS, **TABLES}.items():
        tables[table] = {
            "description": description,
            **({"columns": dict(columns)} if columns else {}),
        }
        if table in TABLES and table not in MAIN_TABLES:
            tables[table]["hidden"] = True
    tables |= {hidden: {"hidden": True} for hidden in _HIDDEN}
    return {
        "title": f"quotecheck: {name}",
        "description": "Who said what, with where it was said and which run found it.",
        "databases": {
            database: {
                "description": "Begin with the views who_said_what, who_spoke and what_is_here."
                " The view what_it_means explains every table and column.",
                "tables": tables,
            }
        },
    }
