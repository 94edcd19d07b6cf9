"""The files behind the pages, and the one way in which their templates are read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Template

__all__ = ["page_file", "page_template"]


def page_file(name: str) -> str:
    """The text of a file in ``templates/``."""
    return (files("quotecheck") / "templates" / name).read_text(encoding="utf-8")


@cache
def page_template(name: str) -> Template:
    """A template of that folder; everything that it is given is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(page_file(name))
