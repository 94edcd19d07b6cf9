"""Where the running text of a web page stands, and its paragraphs where breaks alone part them."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["mark_article", "open_breaks", "open_layout_tables", "prose_chars"]

_SHORTEST_CHARS: Final = 25
"""Of a run of text within one element; shorter ones are labels, links and dates."""
_NO_PROSE: Final = frozenset(
    "a button nav footer form script style noscript select option template textarea title head svg "
    "label".split()
)
_BREAKABLE: Final = ("div", "td", "p", "center", "font", "section", "article", "main", "span", "li")
_INLINE: Final = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd mark q ruby s "
    "samp small span strike strong sub sup time tt u var wbr".split()
)
_INDENT: Final = "\xa0\xa0"
_MIN_INDENTED: Final = 2
"""Indented lines from which on they are paragraphs."""
_BOLD: Final = ("b", "strong")
_BOLD_CHARS: Final = 300
"""Code points of a bold question or name at the beginning of a paragraph."""
_LAYOUT_CELL_CHARS: Final = 500
"""Code points from which on a cell of several paragraphs lays a page out."""
_CONTAINERS: Final = frozenset(
    ("div", "section", "main", "article", "td", "form", "center", "body")
)
_STEP_SHARE: Final = 0.8
"""Of a container's running text: a part that holds so much of it is looked into."""
_BODY_SHARE: Final = 0.7
"""Share of a page's prose that its article has."""
_MIN_ENTRIES: Final = 3
"""Entries from which on a page is a feed (a live blog)."""
_ENTRY_CHARS: Final = 60
"""Code points of prose from which on an entry counts."""


def prose_chars(tree: Any) -> dict[Any, int]:
    """Count the characters of running text within each element, links and menus left out."""
    from lxml import etree

    sizes: dict[Any, int] = {}
    stack: list[int] = []
    hidden = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            hidden += element.tag in _NO_PROSE
            stack.append(0 if hidden else _long(element.text))
            continue
        chars = stack.pop()
        if chars:
            sizes[element] = chars
        hidden -= element.tag in _NO_PROSE
        if stack:
            stack[-1] += chars + (0 if hidden else _long(element.tail))
    return sizes


def _long(words: str | None) -> int:
    number = len(words.strip()) if words else 0
    return number if number >= _SHORTEST_CHARS else 0


# ------------------------------------------------------------------------------ breaks and tables


def open_breaks(tree: Any) -> None:
    """Turn text separated by ``<br><br>`` into paragraphs, and set a bold first line apart.

    >>> from lxml import html
    >>> page = html.fromstring("<div>One.<br> <br>Two <b>and</b> three.</div>")
    >>> open_breaks(page); html.tostring(page).decode()
    '<div><p>One.</p><p>Two <b>and</b> three.</p></div>'
    """
    for element in list(tree.iter("center")):
        if all(child.tag in _INLINE for child in element):
            element.tag = "p"
    for element in list(tree.iter(*_BREAKABLE)):
        _double_indented(element)
        doubled = _has_double_break(element)
        if not doubled and not (element.tag == "p" and _has_bold_line(element)):
            continue
        _split(element, bold_line=not doubled)
        for above in element.iterancestors("p", "font", "span", "b", "i"):
            above.tag = "div"  # none of them holds paragraphs


def _double_indented(element: Any) -> None:
    """Make two breaks of one where the line after it begins with spaces, as paragraphs do."""
    indented = [
        child
        for child in element
        if child.tag == "br" and (child.tail or "").lstrip("\n").startswith(_INDENT)
    ]
    if len(indented) < _MIN_INDENTED:
        return
    for child in indented:
        child.addprevious(child.makeelement("br"))


def _has_double_break(element: Any) -> bool:
    last = False
    for child in element:
        if child.tag == "br":
            if last:
                return True
            last = not (child.tail or "").strip()
        else:
            last = False
    return False


def _has_bold_line(element: Any) -> bool:
    """Whether a paragraph is a line in bold and, after a break, more text."""
    if (element.text or "").strip() or len(element) < 2:
        return False
    first, second = element[0], element[1]
    if first.tag not in _BOLD or second.tag != "br" or (first.tail or "").strip():
        return False
    words = "".join(first.itertext()).strip()
    rest = (second.tail or "").strip() or len(element) > 2
    return bool(words and rest) and len(words) <= _BOLD_CHARS and words[-1:] in '?:.!”"'


def _split(element: Any, *, bold_line: bool) -> None:
    """Regroup what an element holds into paragraphs, at double breaks or after its first line."""
    from lxml import etree

    children = list(element)
    runs: list[Any] = []
    run = etree.Element("p")
    run.text = element.text
    element.text = None
    pending = None  # a single break, kept where text follows
    for child in children:
        tail, child.tail = child.tail, None
        element.remove(child)
        if child.tag == "br" and (pending is not None or (bold_line and not runs)):
            runs.append(run)
            run = etree.Element("p")
            run.text, pending = tail, None
            continue
        if child.tag == "br":
            if (tail or "").strip():
                run.append(child)
                child.tail = tail
            else:
                pending = child
            continue
        if pending is not None:
            run.append(pending)
            pending = None
        if child.tag not in _INLINE and isinstance(child.tag, str):
            runs += [run, child]
            run = etree.Element("p")
            run.text = tail
        else:
            run.append(child)
            child.tail = tail
    runs.append(run)
    if element.tag in ("p", "font", "span"):
        element.tag = "div"
    for each in runs:
        if each.tag != "p" or len(each) or (each.text or "").strip():
            element.append(each)


def open_layout_tables(tree: Any) -> None:
    """Turn tables that lay out a page, with whole texts in their cells, into divisions."""
    for table in list(tree.iter("table")):
        if not _is_layout(table):
            continue
        table.tag = "div"
        for element in list(table.iter("tr", "tbody", "thead", "tfoot", "td", "th")):
            if _nearest_table(element) is None:
                element.tag = "div"


def _is_layout(table: Any) -> bool:
    if (
        table.get("role") == "presentation"
        or next(table.iterdescendants("table"), None) is not None
    ):
        return True
    for cell in table.iter("td"):
        paragraphs = sum(1 for _ in cell.iter("p"))
        if paragraphs > 2 and sum(map(len, cell.itertext())) >= _LAYOUT_CELL_CHARS:
            return True
    return False


def _nearest_table(element: Any) -> Any:
    """The data table that an element belongs to, None where that was opened."""
    for above in element.iterancestors("table", "div"):
        return above if above.tag == "table" else None
    return None


# --------------------------------------------------------------------------------- the article


def mark_article(tree: Any) -> None:
    """Mark the element that holds the article, where no name of an element says which does.

    Entries of a live page or a forum, articles beside one another, become parts of one.
    """
    prose = prose_chars(tree)
    total = prose.get(tree, 0)
    if not total:
        return
    _join_entries(tree, prose, total)
    if next(tree.iter("article"), None) is not None:
        return
    element, chars = tree, total
    while True:
        below = [(prose.get(child, 0), n) for n, child in enumerate(element)]
        best, number = max(below, default=(0, 0))
        if best < _STEP_SHARE * chars or element[number].tag not in (*_CONTAINERS, "html"):
            break
        element, chars = element[number], best
    element = _with_heading(element, chars, prose)
    if element.tag in _CONTAINERS - {"body"} and chars >= _BODY_SHARE * total:
        element.tag = "div"
        element.set("itemprop", "articleBody")


def _with_heading(element: Any, chars: int, prose: dict[Any, int]) -> Any:
    """What holds an article's text and its heading, where hardly any text is added by that."""
    for above in element.iterancestors():
        if above.tag not in _CONTAINERS or chars < _STEP_SHARE * prose.get(above, 0):
            break
        if next(above.iter("h1"), None) is not None:
            return above if next(element.iter("h1"), None) is None else element
    return element


def _join_entries(tree: Any, prose: dict[Any, int], total: int) -> None:
    groups: dict[Any, list[Any]] = {}
    for element in tree.iter("article"):
        if prose.get(element, 0) >= _ENTRY_CHARS:
            groups.setdefault(element.getparent(), []).append(element)
    for parent, entries in groups.items():
        chars = sum(prose.get(entry, 0) for entry in entries)
        if parent is None or len(entries) < _MIN_ENTRIES or chars < _BODY_SHARE * total:
            continue
        if max(prose[entry] for entry in entries) > 0.5 * chars or parent.tag == "article":
            continue
        for entry in entries:
            entry.tag = "div"
            entry.attrib.pop("class", None)
        parent.tag = "article" if parent.tag != "body" else "body"
