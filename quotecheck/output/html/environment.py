"""The files behind the pages, and the one way in which their templates are read."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment, Template

__all__ = ["page_file", "page_template", "template_environment"]


def page_file(name: str) -> str:
    """The text of a file in ``templates/``."""
    return (files("quotecheck.output.html") / "templates" / name).read_text(encoding="utf-8")


@cache
def page_template(name: str) -> Template:
    """A template of that folder; everything that it is given is escaped."""
    return template_environment().get_template(name)


def template_environment(load: Callable[[str], str | None] | None = None) -> Environment:
    """Make the Jinja environment of the folder's templates; those that ``load`` knows come first.

    Everything that a template is given is escaped; a name that it is not given is an error.
    """
    from jinja2 import ChoiceLoader, Environment, FunctionLoader, StrictUndefined

    loaders = [FunctionLoader(load)] if load is not None else []
    return Environment(
        loader=ChoiceLoader([*loaders, FunctionLoader(page_file)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
