"""Remove from a page's tree what stands around its article: teasers, boxes, banners, hidden words.

The extraction knows many of these, but not those that stand within an article or are longer than
it. Names of classes and ids say what an element is, as people who build pages choose them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from quotecheck.reading.formats.html_prose import prose_chars

__all__ = ["drop_furniture"]

_BOXES: Final = (
    "div",
    "section",
    "aside",
    "ul",
    "ol",
    "figure",
    "nav",
    "table",
    "form",
    "p",
    "footer",
)
_NAME = re.compile(
    r"(?:\A|[\s_-])(?:related|recommended|recommendations|recirc(?:ulation)?|most-?read"
    r"|most-?popular|trending|read-?next|up-?next|also-?read|read-?also|read-?more-?box|onwards"
    r"|newsletters?|sign-?up|subscribe|subscription|paywall|regwall|cookies?|consent|gdpr"
    r"|share-?(?:bar|buttons?|tools|this|links)|social-?(?:share|links|buttons)|sharedaddy"
    r"|sponsored|promo(?:tion|box)?|advert(?:s|isement)?|ads?|ad-?(?:slot|label|unit|container)"
    r"|taboola|outbrain|sidebar|bread-?crumbs?|pagination|pager|toc|navbox|catlinks|hatnote"
    r"|editsection|article-body__trust|author-?bio|about-?the-?author"
    r"|carousel|sitesub|rich-?link|post-?footer|board-?index)(?=\Z|[\s_-])",
    re.IGNORECASE,
)
_NAMING: Final = ("class", "id", "data-component", "data-qa", "data-testid")
_PULLED = re.compile(r"pull-?quote", re.IGNORECASE)
_MOST_PULLED: Final = 20
"""Pull quotes of a page that are looked up in its text."""
_LARGE_SHARE: Final = 0.25
"""Of the running text: a box that holds more is dropped only where it is made of links."""
_MORE = re.compile(
    r"(?:keep reading|read (?:more|next|on)|more (?:from|on|in|stories|articles|news|like)\b.{0,40}"
    r"|more|related(?: \w+)?|recommended(?: \w+){0,2}|you (?:may|might) (?:also )?(?:like|enjoy)"
    r".{0,20}|most (?:read|popular|viewed)|(?:up|what[’']s) next|trending(?: now)?|latest(?: \w+)?"
    r"|top (?:stories|news)|other (?:stories|news)|elsewhere.{0,30}|don[’']t miss"
    r"|editors[’'] picks):?",
    re.IGNORECASE,
)
_MORE_CHARS: Final = 80
"""Code points of a heading such as "More on this"."""
_MAX_HEADINGS: Final = 40
"""Headings of a page that are looked at."""
_LINK_CHARS: Final = 12
"""Code points from which on a paragraph or link counts; shorter ones are buttons."""
_WALL = re.compile(r"(?:pay|reg)-?wall|subscri", re.IGNORECASE)
_OFFER = re.compile(
    r"\b(?:subscri|sign (?:up|in)|log ?in|cancel any ?time|per month)", re.IGNORECASE
)
_ASKING: Final = ("button", "form", "input", "a")
"""What a box has that asks for money or an address; an article behind a wall has none."""
_LAYOUT = re.compile(
    r"(?:has|with|no|without|hide|show|is|two|left|right|left-and-right)[_-](?:a-)?(?:sidebar|toc"
    r"|ads?|newsletter|related|promo|paywall|cookies?|consent)|(?:sidebar|toc)[_-](?:enabled"
    r"|layout|none|open|closed)|wp-block-(?:group|columns)|(?:category|tag)-[\w-]+",
    re.IGNORECASE,
)
"""Names of whole layouts, which say that something stands beside the article."""
_UNSEEN = re.compile(
    r"(?:\A|[\s_-])(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|assistive-text)"
    r"(?=\Z|[\s_-])",
    re.IGNORECASE,
)
_FOLDED = re.compile(r"(?:display\s?:\s?none|visibility\s?:\s?hidden)", re.IGNORECASE)
_UNSEEN_CHARS: Final = 120
"""What is written for those who hear a page is short; longer text is the page's own."""
_FEWEST_LEFT_CHARS: Final = 200
"""Of running text; where less would be left, the element was the article."""
_POINTER = re.compile(
    r"\s*(?:(?:read|see|watch|listen)(?:[ ](?:more|also|next|now|on))?|also[ ]read|related"
    r"(?:[ ](?:story|stories|article|articles|coverage))?|more(?:[ ](?:on|from)[ ][^:]{1,40})?"
    r"|don['’]t[ ]miss|recommended)\s?[:|➤►▶→»]|\s*[➤►▶→»]\s*\w",
    re.IGNORECASE,
)
"""How a line begins that points to another article."""
_SAYS_NOTHING = re.compile(
    r"\s*(?:advertisements?|ad|sponsored|(?:(?:story|article|content)[ ])?continues?[ ]below"
    r"(?:[ ](?:this[ ])?(?:advertisement|ad))?|(?:story|article)[ ]continues[ ]after[ ](?:the[ ])?"
    r"(?:advertisement|ad)|skip[ ](?:past[ ])?(?:advertisement|ad|newsletter[ ]promotion)"
    r"|skip[ ]to[ ]end[ ]of[ ]\w+|end[ ]of[ ]carousel|scroll[ ]to[ ]continue)\s*",
    re.IGNORECASE,
)
"""Paragraphs that only describe what stands beside them."""
_MIN_CAPITAL_WORDS: Final = 4
"""Words from which on a line in capitals is one; a shorter one may be an abbreviation."""
_MIN_CARDS: Final = 2
"""Cards of one kind from which on they are a list of other articles."""
_CARD_CHARS: Final = 400
"""Code points of a card; what is longer is text."""
_FOLDED_SHARE: Final = 0.5
"""Share of the page's prose from which on a folded part is the article."""
_POINTER_CHARS: Final = 240
"""Code points of a line that points to another article."""
_LINKED_SHARE: Final = 0.5
"""Share of linked code points from which on a line only points elsewhere."""
_PANELS: Final = frozenset({"region", "tabpanel"})


def drop_furniture(tree: Any) -> None:
    """Change a page's tree in place as the module says."""
    _open_buttons(tree)
    _drop_unseen(tree)
    _drop_pointers(tree)
    _drop_pulled(tree)
    _drop_headed(tree)
    _drop_boxes(tree)


def _open_buttons(tree: Any) -> None:
    """Keep the words of a heading that folds what stands below it."""
    for heading in tree.iter("h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"):
        for button in list(heading.iter("button")):
            button.tag = "span"


def _drop_unseen(tree: Any) -> None:
    opened = set()
    for element in tree.iter("button", "a", "h2", "h3", "h4", "summary"):
        for name in ("aria-controls", "data-target", "data-bs-target", "href"):
            opened.add((element.get(name) or "").lstrip("#"))
    opened.discard("")
    prose: dict[Any, int] | None = None
    for element in list(tree.iter("div", "section", "p", "span", "ul", "h2", "h3")):
        if element.getparent() is None:
            continue
        if _FOLDED.search(element.get("style") or ""):
            prose = prose_chars(tree) if prose is None else prose
            share = prose.get(element, 0) / max(1, prose.get(tree, 0))
            if element.get("id", "") in opened or share >= _FOLDED_SHARE:
                del element.attrib["style"]  # a script shows it to those who ask
        names = element.get("class") or ""
        unseen = _UNSEEN.search(names) and _shown_chars(element, _UNSEEN_CHARS) < _UNSEEN_CHARS
        if unseen or _is_hidden(element, opened):
            element.drop_tree()


def _is_hidden(element: Any, opened: set[str]) -> bool:
    """Whether an element is hidden, and no control shows it to those who ask."""
    return (
        element.get("hidden") is not None
        and element.get("hidden") != "until-found"
        and element.get("role") not in _PANELS
        and element.get("id", "") not in opened
        and next(element.iter("h1", "main", "article"), None) is None
    )


def _shown_chars(element: Any, most: int) -> int:
    """How many characters an element shows, counted no further than to ``most``."""
    number = 0
    for words in element.itertext():
        number += len(words.strip())
        if number >= most:
            break
    return number


def _drop_pointers(tree: Any) -> None:
    """Drop paragraphs that only point to another article ("READ MORE: …")."""
    for element in list(tree.iter("p", "h3", "h4", "h5", "div", "span")):
        if element.getparent() is None or (element.tag in ("div", "span") and len(element)):
            continue
        words = "".join(_texts(element, _POINTER_CHARS))
        if _SAYS_NOTHING.fullmatch(words[:80]) and len(words) <= 80:
            element.drop_tree()
            continue
        if element.tag in ("div", "span") or len(words) >= _POINTER_CHARS:
            continue
        if not _POINTER.match(words) and not _is_in_capitals(words):
            continue
        linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
        inside = element.getparent()
        if inside is not None and inside.tag == "a":
            linked = len(words)
        capitals = not _POINTER.match(words)
        if linked >= (0.9 if capitals else _LINKED_SHARE) * len(words.strip()):
            element.drop_tree()


def _is_in_capitals(words: str) -> bool:
    return words.isupper() and len(words.split()) >= _MIN_CAPITAL_WORDS


def _texts(element: Any, most: int) -> Iterator[str]:
    number = 0
    for words in element.itertext():
        yield words
        number += len(words)
        if number >= most:
            return


def _drop_boxes(tree: Any) -> None:
    """Drop elements whose names say that they are not part of the article."""
    named = [element for element in tree.iter(*_BOXES, "span") if _is_box(element)]
    if not named and next(tree.iter("article"), None) is None:
        return
    prose = prose_chars(tree)
    left = prose.get(tree, 0)
    named += _cards(tree, prose)
    for element in named:
        parent = element.getparent()
        if parent is None or not _is_under(element, tree):
            continue
        chars = prose.get(element, 0)
        if _is_kept(element, chars, left):
            if _LAYOUT.search(_names(element)) or _WALL.search(_names(element)):
                _rename(element)
            continue
        left -= chars
        element.drop_tree()


def _is_kept(element: Any, chars: int, left: int) -> bool:
    """Whether an element is article by what it holds, whatever its name says."""
    if chars and left - chars < _FEWEST_LEFT_CHARS:
        return True
    if next(element.iter("h1", "main"), None) is not None:
        return True
    names = _names(element)
    if _LAYOUT.search(names):
        return True
    if chars > _LARGE_SHARE * left:
        return not _is_made_of_links(element)  # such as what a wall lets through
    if not _WALL.search(names) or next(element.iter(*_ASKING), None) is not None:
        return False
    return not _OFFER.search("".join(_texts(element, _POINTER_CHARS)))


def _rename(element: Any) -> None:
    """Take the names off an element by which the extraction would drop it."""
    for name in _NAMING:
        element.attrib.pop(name, None)


def _cards(tree: Any, prose: dict[Any, int]) -> list[Any]:
    """Articles beside one another that are teasers: a heading that is a link, and little else."""
    groups: dict[Any, list[Any]] = {}
    for element in tree.iter("article"):
        heading = next(element.iter("h2", "h3", "h4"), None)
        if heading is None or prose.get(element, 0) > _CARD_CHARS:
            continue
        above = heading.getparent()
        linked = next(heading.iter("a"), None) is not None or above.tag == "a"
        if linked and next(element.iter("blockquote", "time"), None) is None:
            groups.setdefault(element.getparent(), []).append(element)
    return [card for group in groups.values() if len(group) >= _MIN_CARDS for card in group]


def _drop_headed(tree: Any) -> None:
    """Drop lists of links to other stories below a heading that says so."""
    headings = [
        heading
        for heading in tree.iter("h2", "h3", "h4", "h5")
        if _MORE.fullmatch("".join(_texts(heading, _MORE_CHARS)).strip())
    ]
    if not headings:
        return
    prose = prose_chars(tree)
    left = prose.get(tree, 0)
    for heading in headings[:_MAX_HEADINGS]:
        above, after = heading.getparent(), heading.getnext()
        if above is None or not _is_under(heading, tree):
            continue
        for box in (above, after):
            if box is None or box.tag not in _BOXES or not _is_made_of_links(box):
                continue
            chars = prose.get(box, 0)
            if left - chars < _FEWEST_LEFT_CHARS or next(box.iter("h1", "main"), None) is not None:
                continue
            left -= chars
            box.drop_tree()
            if box is after:
                heading.drop_tree()
            break


def _is_made_of_links(element: Any) -> bool:
    """Whether there is a link for every second paragraph, as in a list of teasers."""
    links = sum(1 for link in element.iter("a") if _shown_chars(link, 99) >= _LINK_CHARS)
    paragraphs = sum(
        1 for paragraph in element.iter("p") if _shown_chars(paragraph, 99) >= _LINK_CHARS
    )
    return links > 0 and 2 * links >= paragraphs


def _drop_pulled(tree: Any) -> None:
    """Drop pull quotes, whose words stand in the article as well."""
    pulled = [
        box for box in tree.iter("figure", "aside", "blockquote", "div", "p") if _is_pulled(box)
    ]
    if not pulled:
        return
    whole = _key("".join(tree.itertext()))
    for element in pulled[:_MOST_PULLED]:
        quoted = next(element.iter("p"), element)
        words = _key("".join(quoted.itertext()))
        if words and element.getparent() is not None and whole.count(words) > 1:
            element.drop_tree()
        elif words:
            _rename(element)
            element.tag = "div" if element.tag == "figure" else element.tag


def _is_pulled(element: Any) -> bool:
    return _PULLED.search(element.get("class") or "") is not None


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _is_under(element: Any, tree: Any) -> bool:
    """Whether an element is still in the tree: what holds it may have been dropped."""
    root = element.getroottree().getroot()
    return root is tree.getroottree().getroot()


def _is_box(element: Any) -> bool:
    return _NAME.search(_names(element)) is not None


def _names(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in _NAMING)
