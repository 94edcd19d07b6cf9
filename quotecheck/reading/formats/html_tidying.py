"""Prepare the tree of a web page for extraction, so that its sentences come out as they are shown.

Comments end no paragraph, an article in several containers is one, and what is not a word of a
sentence (`quotecheck.reading.formats.html_inline`) is left out.
"""

from __future__ import annotations

import re
from typing import Any, Final

from quotecheck.reading.formats.html_emphasis import mark_emphasis, part_labels
from quotecheck.reading.formats.html_furniture import drop_furniture
from quotecheck.reading.formats.html_inline import (
    RUBY_READINGS,
    STRUCK,
    is_note_link,
    is_page_mark,
    marks_note,
    raised_text,
)
from quotecheck.reading.formats.html_prose import mark_article, open_breaks, open_layout_tables

__all__ = ["tidy"]

_MOST_STRUCK: Final = 0.5
"""Share of a page's text: above it a strike was never closed, or the page is struck as a whole."""
_BLOCKS: Final = ("p", "div", "ul", "ol", "table", "section", "article", "blockquote")
_CONTAINERS: Final = ("article", "div", "main", "section")
_BODY = re.compile(
    r"(?:article|story|post|entry|page|main|section|blog)[-_]{0,2}(?:body|content|text)"
    r"|(?:body|content)[-_]{0,2}(?:text|main|body)|\A(?:text|story|entry|post)\Z|rich-?text",
    re.IGNORECASE,
)
_NO_BODY = re.compile(
    r"comment|teaser|card|related|promo|newsletter|sidebar|widget|recommend|reply|footer|summary",
    re.IGNORECASE,
)
_LEAD_CHARS: Final = 40
"""Code points before a raised figure that tell a power from a note."""
_MOST_GROUPS: Final = 5
"""Containers of one class are looked at together for so many classes, the most frequent first."""


def tidy(tree: Any, *, whole: bool = True) -> None:
    """Change a page's tree in place as the module says.

    Args:
        tree: the page.
        whole: whether its article is to be extracted; for metadata alone the rest is left.
    """
    from lxml import etree

    etree.strip_tags(tree, etree.Comment, etree.ProcessingInstruction)
    for element in list(tree.iter(*RUBY_READINGS)):
        element.drop_tree()
    for element in list(tree.iter("span", "a")):
        attributes = " ".join(f"{name}={value}" for name, value in element.attrib.items())
        words = "".join(element.itertext())[:_LEAD_CHARS]
        note = element.tag == "a" and (element.get("href") or "").startswith("#")
        if is_page_mark(attributes, words) or (note and is_note_link(attributes, words)):
            element.drop_tree()
    _drop_struck(tree)
    for element in list(tree.iter("sup")):
        _settle_raised(element)
    if not whole:
        return
    open_breaks(tree)
    open_layout_tables(tree)
    drop_furniture(tree)
    _join_containers(tree)
    mark_article(tree)
    part_labels(tree)
    mark_emphasis(tree)


def _drop_struck(tree: Any) -> None:
    struck = [
        element
        for element in tree.iter(*STRUCK)
        if element.tag == "del" or next(element.iterdescendants(*_BLOCKS), None) is None
    ]
    if not struck:
        return
    shown = sum(map(len, tree.itertext()))
    struck_chars = sum(sum(map(len, element.itertext())) for element in struck)
    if struck_chars > _MOST_STRUCK * shown:
        return
    for element in struck:
        if element.getparent() is not None:
            element.drop_tree()


def _settle_raised(element: Any) -> None:
    """Drop the sign of a note; write a power with raised figures; leave "1st" as it is."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    lead = (before.tail if before is not None else parent.text) or ""
    if not lead and before is not None:
        lead = "".join(before.itertext())
    linked = _is_linked(element)
    settled = raised_text("".join(element.itertext()), lead[-_LEAD_CHARS:], linked=linked)
    if settled is None:
        return
    tail = element.tail
    element.clear()
    element.tail = tail
    element.text = settled
    element.tag = "span"  # taking it out would copy all text before it, once a note


def _is_linked(element: Any) -> bool:
    """Whether a raised sign links to a place, stands within such a link, or is called a note."""
    parent = element.getparent()
    links = [*element.iter("a"), *([parent] if parent.tag == "a" else [])]
    if any(link.get("href") for link in links):
        return True
    return marks_note(f"{element.get('class') or ''} {element.get('id') or ''}")


def _join_containers(tree: Any) -> None:
    """Move the text of an article's later containers into its first, where a class names them.

    The extraction takes the first of several containers that look alike. Containers in articles of
    their own stay apart.
    """
    from lxml import etree

    groups: dict[tuple[Any, ...], list[Any]] = {}
    articles: list[Any] = []  # those that are open
    open_container: Any = None
    for event, element in etree.iterwalk(tree, events=("start", "end"), tag=_CONTAINERS):
        if event == "start":
            name = element.get("class") or element.get("itemprop") or ""
            if open_container is None and _BODY.search(name) and not _NO_BODY.search(name):
                key = (element.tag, " ".join(name.split()), articles[-1] if articles else None)
                groups.setdefault(key, []).append(element)
                open_container = element
            if element.tag == "article":
                articles.append(element)
        else:
            if element.tag == "article":
                articles.pop()
            if element is open_container:
                open_container = None
    by_size = sorted(groups.values(), key=len, reverse=True)
    for number, (first, *later) in enumerate(by_size):
        looked_at = later and number < _MOST_GROUPS
        whole = _common_container([first, *later]) if looked_at else None
        if whole is not None:
            whole.set("itemprop", "articleBody")
            continue
        for container in later:
            _append(first, container)


def _common_container(parts: list[Any]) -> Any:
    """What holds several containers and the headings between them; None where there are none."""
    above = [set(part.iterancestors(*_CONTAINERS)) for part in parts]
    whole = next(
        (
            container
            for container in parts[0].iterancestors()
            if all(container in them for them in above)
        ),
        None,
    )
    if whole is None:
        return None
    inside = set(parts)
    for heading in whole.iter("h2", "h3", "h4"):
        if not any(container in inside for container in heading.iterancestors(*_CONTAINERS)):
            return whole
    return None


def _append(first: Any, container: Any) -> None:
    """Put what a container holds after what the first one holds."""
    words = container.text or ""
    if len(first):
        first[-1].tail = (first[-1].tail or "") + words
    else:
        first.text = (first.text or "") + words
    first.extend(list(container))
    container.drop_tree()
