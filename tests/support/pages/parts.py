"""What the builders of pages share: a page with its gold text, and the furniture of web sites."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from tests.support.pages.articles import (
    ARTICLES,
    COMMENTS,
    COOKIES,
    NAVIGATION,
    OFFERS,
    TEASERS,
    Article,
)

__all__ = [
    "BUILDERS",
    "WebPage",
    "builder",
    "built",
    "comments",
    "cookies",
    "document",
    "footer",
    "navigation",
    "newsletter",
    "related",
    "tagged",
    "teaser_list",
]


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page, the blocks of text that it says, and those that may be read with it or not."""

    html: str | bytes
    gold: Sequence[str]
    optional: Sequence[str] = ()


Builder = Callable[[Article], WebPage]
BUILDERS: dict[str, tuple[Builder, int]] = {}
"""Of each page: what builds it, and the number of its article."""


def builder(name: str, article: int) -> Callable[[Builder], Builder]:
    """Enter a builder under the name of its page."""

    def enter(build: Builder) -> Builder:
        assert name not in BUILDERS, name
        BUILDERS[name] = (build, article)
        return build

    return enter


def built() -> Iterator[tuple[str, WebPage]]:
    """Every page with its name."""
    for name, (build, number) in BUILDERS.items():
        yield name, build(ARTICLES[number])


def document(
    body: str, *, title: str = "", head: str = "", site: str = "The Tolland Ledger"
) -> str:
    """A whole page around its body."""
    name = escape(f"{title} | {site}" if title else site)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{name}</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def tagged(words: Sequence[str], tag: str = "p", attributes: str = "") -> str:
    """Each paragraph in an element of its own."""
    opened = f"<{tag} {attributes}>" if attributes else f"<{tag}>"
    return "\n".join(f"{opened}{escape(one, quote=False)}</{tag}>" for one in words)


def navigation() -> str:
    """A menu."""
    links = "".join(f'<li><a href="/{one.lower()}">{one}</a></li>' for one in NAVIGATION)
    return (
        '<header class="site-header"><a href="/" class="logo">The Tolland Ledger</a>'
        f'<nav class="main-nav"><ul>{links}</ul></nav></header>'
    )


def footer() -> str:
    """The foot of a site."""
    return (
        '<footer class="site-footer"><ul><li><a href="/terms">Terms</a></li><li><a'
        ' href="/privacy">Privacy</a></li><li><a href="/contact">Contact us</a></li></ul>'
        "<p>© 2024 Tolland Ledger Ltd. All rights reserved. Registered in Tolland.</p></footer>"
    )


def cookies() -> str:
    """A banner that asks for consent."""
    return (
        '<div id="onetrust-consent-sdk" class="cookie-banner" role="dialog"><h2>Your privacy</h2>'
        f"{tagged(COOKIES)}<button>Accept all</button><button>Reject</button></div>"
    )


def newsletter(kind: str = "div") -> str:
    """A box in the middle of an article."""
    return (
        f'<{kind} class="newsletter-signup"><h4>Get the briefing</h4><p>{OFFERS[0]}</p><form>'
        '<input type="email" placeholder="Your email"><button>Sign up</button></form>'
        f"<p><small>{OFFERS[1]}</small></p></{kind}>"
    )


def related(kind: str = "aside", name: str = "related-articles") -> str:
    """Teasers of other articles."""
    return (
        f'<{kind} class="{name}"><h3>More on this story</h3><ul>'
        + "".join(
            f'<li><a href="/s/{n}"><h4>{title}</h4></a><p>{words}</p></li>'
            for n, (title, words) in enumerate(TEASERS)
        )
        + f"</ul></{kind}>"
    )


def teaser_list() -> str:
    """Titles of other articles as links."""
    return "".join(f'<li><a href="/t/{n}">{title}</a></li>' for n, (title, _) in enumerate(TEASERS))


def comments(name: str = "comments") -> str:
    """What readers write below."""
    rows = "".join(
        f'<li class="comment"><div class="comment-author">{who}</div><div class="comment-content">'
        f"<p>{words}</p></div><a href='#r'>Reply</a></li>"
        for who, words in COMMENTS
    )
    return f'<section id="{name}" class="{name}-area"><h2>3 comments</h2><ol>{rows}</ol></section>'
