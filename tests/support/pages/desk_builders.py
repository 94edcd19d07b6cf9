"""Pages as desks and offices leave them: pointers, embeds, columns, mails, records, misused tags."""

from __future__ import annotations

from html import escape

from tests.support.pages.articles import OFFERS, TEASERS, Article
from tests.support.pages.parts import (
    WebPage,
    builder,
    comments,
    document,
    footer,
    navigation,
    related,
    tagged,
    teaser_list,
)
from tests.support.pages.site_builders import CAPTION
from tests.support.pages.talk_builders import INTRO, TALK, TITLE


def _lines(article: Article) -> list[str]:
    return [article.title, *article.paragraphs]


def _page(article: Article, inside: str, name: str = "article") -> str:
    body = f"{navigation()}<{name}><h1>{article.title}</h1>{inside}</{name}>{footer()}"
    return document(body, title=article.title)


@builder("capital-links", 2)
def _(article: Article) -> WebPage:
    """Links to other stories in capitals, each a paragraph, and captions in divisions."""
    rows = [f"<p>{escape(p, quote=False)}</p>" for p in article.paragraphs]
    rows.insert(
        2,
        '<p><a href="/a"><strong><u>FERRY COMPANY NAMES ITS SHIP AFTER A GOAT</u></strong></a></p>',
    )
    rows.insert(
        5,
        f'<div class="image-ct inline"><img src="x"><div class="caption"><p>{CAPTION}</p></div></div>',
    )
    rows.insert(7, '<p><strong><a href="/app">CLICK HERE TO GET THE LEDGER APP</a></strong></p>')
    return WebPage(
        _page(article, f'<div class="article-body">{"".join(rows)}</div>'),
        _lines(article),
        [CAPTION],
    )


@builder("two-columns", 3)
def _(article: Article) -> WebPage:
    """Half of the article in each of two columns."""
    first, second = article.paragraphs[:5], article.paragraphs[5:]
    body = (
        f'{navigation()}<h1>{article.title}</h1><div class="row"><div class="col-md-6">'
        f'{tagged(first)}</div><div class="col-md-6">{tagged(second)}</div></div>{footer()}'
    )
    return WebPage(document(body, title=article.title), _lines(article))


@builder("sections-of-a-report", 3)
def _(article: Article) -> WebPage:
    """A publication of an office: a section for each heading, a list of contents before them."""
    parts, gold = [], [article.title]
    for number, words in enumerate(article.paragraphs, 1):
        head = f"{number}. Findings of the {number} day"
        parts.append(
            f'<section id="s{number}"><h2>{head}</h2><div class="text"><p>{escape(words, quote=False)}'
            "</p></div></section>"
        )
        gold += [head, words]
    contents = "".join(
        f'<li><a href="#s{n}">{n}. Findings of the {n} day</a></li>' for n in range(1, 10)
    )
    body = (
        f'{navigation()}<div id="wrapper"><div class="publication-header"><h1>{article.title}</h1>'
        f'</div><nav role="navigation"><h2>Contents</h2><ol>{contents}</ol></nav><div'
        f' class="publication">{"".join(parts)}</div></div>{footer()}'
    )
    return WebPage(document(body, title=article.title), gold)


@builder("bare-body", 1)
def _(article: Article) -> WebPage:
    """No container at all."""
    body = f"<h1>{article.title}</h1><hr>{tagged(article.paragraphs)}<hr><a href='/'>Back</a>"
    return WebPage(document(body, title=article.title, site=""), _lines(article))


@builder("mail-of-tables", 5)
def _(article: Article) -> WebPage:
    """A newsletter as its sender's system keeps it: a table for each paragraph."""
    rows = "".join(
        '<table class="mcnTextBlock"><tbody><tr><td><table class="mcnTextContentContainer"><tbody><tr>'
        f'<td class="mcnTextContent">{escape(p, quote=False)}</td></tr></tbody></table></td></tr></tbody>'
        "</table>"
        for p in article.paragraphs
    )
    body = (
        '<span class="mcnPreviewText" style="display:none;font-size:0">News of the choir</span><table'
        f' id="bodyTable"><tr><td><table><tr><td><h1>{article.title}</h1>{rows}</td></tr><tr><td><em>'
        "Copyright © 2023, All rights reserved.</em><br><a href='#'>unsubscribe from this list</a>"
        "</td></tr></table></td></tr></table>"
    )
    return WebPage(
        document(body, title=article.title, site=""),
        _lines(article),
        ["Copyright © 2023, All rights reserved. unsubscribe from this list"],
    )


@builder("indented-lines", 1)
def _(article: Article) -> WebPage:
    """A paragraph is a line that begins with spaces that do not break."""
    words = "<br>\n".join(
        f"&nbsp;&nbsp;&nbsp;&nbsp;{escape(p, quote=False)}" for p in article.paragraphs
    )
    return WebPage(_page(article, f"<p>{words}</p>", "div"), _lines(article))


@builder("hard-wrapped", 4)
def _(article: Article) -> WebPage:
    """Lines end where a typewriter would have ended them."""
    import textwrap

    words = "".join(
        f"<p>{'<br>'.join(escape(line, quote=False) for line in textwrap.wrap(p, 60))}</p>"
        for p in article.paragraphs
    )
    return WebPage(_page(article, words, "div"), _lines(article))


@builder("quotation-tag-for-margins", 0)
def _(article: Article) -> WebPage:
    """A whole article in <blockquote>, for its margins."""
    body = f"<h1>{article.title}</h1><blockquote>{tagged(article.paragraphs)}</blockquote>"
    return WebPage(document(body, title=article.title, site=""), _lines(article))


@builder("post-in-article", 4)
def _(article: Article) -> WebPage:
    """A post of a network is quoted; a picture's embed says nothing."""
    said = "Two loaves entered, one plum left. Proud of this court."
    post = (
        f'<blockquote class="twitter-tweet"><p lang="en">{said}</p>— Tolland Court (@tollandcourt) <a'
        ' href="#">February 14, 2020</a></blockquote>'
    )
    embed = '<blockquote class="instagram-media"><a href="#">View this post on Instagram</a></blockquote>'
    first, rest = article.paragraphs[:3], article.paragraphs[3:]
    inside = f"<div class='entry-content'>{tagged(first)}{post}{tagged(rest)}{embed}</div>"
    gold = [article.title, *first, said, *rest]
    optional = ["— Tolland Court (@tollandcourt) February 14, 2020", "View this post on Instagram"]
    return WebPage(_page(article, inside), gold, optional)


@builder("linked-words", 3)
def _(article: Article) -> WebPage:
    """Paragraphs half of whose words are links."""
    words = []
    for paragraph in article.paragraphs:
        pieces = paragraph.split(" ")
        for n in range(0, len(pieces) - 3, 5):
            pieces[n] = f'<a href="/{n}">{pieces[n]}'
            pieces[n + 2] += "</a>"
        words.append(f"<p>{' '.join(pieces)}</p>")
    return WebPage(_page(article, f'<div class="text">{"".join(words)}</div>'), _lines(article))


@builder("short-answers", 0)
def _(article: Article) -> WebPage:
    """Paragraphs of one word among longer ones."""
    said = [
        "“Was it cold?”",
        "“Yes.”",
        "“Wet?”",
        "“No.”",
        "“Then why did you leave?”",
        "He shrugged.",
    ]
    gold = [article.title]
    for paragraph in article.paragraphs[:6]:
        gold += [paragraph, said[article.paragraphs.index(paragraph)]]
    return WebPage(_page(article, tagged(gold[1:]), "main"), gold)


@builder("note-above", 2)
def _(article: Article) -> WebPage:
    note = "Editor’s note: This report was first published in the weekend edition and has been cut."
    inside = f"<p><em>{note}</em></p><hr>{tagged(article.paragraphs)}"
    gold = [article.title, note, *article.paragraphs]
    return WebPage(_page(article, f'<div class="post-content">{inside}</div>'), gold)


@builder("readers-ask", 0)
def _(article: Article) -> WebPage:
    rows = "".join(f"<p><em>{q}</em></p><p>{a}</p>" for q, a in TALK)
    body = f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</main>{footer()}"
    gold = [TITLE, INTRO]
    for q, a in TALK:
        gold += [q, a]
    return WebPage(document(body, title=TITLE), gold)


@builder("record-in-a-table", 0)
def _(article: Article) -> WebPage:
    """Minutes word for word: the speaker in one cell, the words in the next."""
    rows = "".join(
        f"<tr><td>Ms Quarles</td><td>{q}</td></tr><tr><td>Mr Penhall</td><td>{a}</td></tr>"
        for q, a in TALK
    )
    body = (
        f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p><table>{rows}</table></main>{footer()}"
    )
    gold = [TITLE, INTRO]
    for q, a in TALK:
        gold += [f"Ms Quarles {q}", f"Mr Penhall {a}"]
    return WebPage(document(body, title=TITLE), gold)


@builder("parliament-record", 0)
def _(article: Article) -> WebPage:
    """A debate: each contribution in a division, the member's name in a heading that is a link."""
    rows = "".join(
        f'<div class="debate-item" id="c{n}"><h2 class="memberLink"><a href="/m/1">{who}</a></h2><div'
        f' class="contribution"><p class="hs_Para">{words}</p></div><button>Share</button></div>'
        for n, (who, words) in enumerate(
            pair for q, a in TALK for pair in (("Hedda Quarles", q), ("Jory Penhall", a))
        )
    )
    body = f"{navigation()}<main><h1>{TITLE}</h1><div class='debate'>{rows}</div></main>{footer()}"
    gold = [TITLE]
    for q, a in TALK:
        gold += ["Hedda Quarles", q, "Jory Penhall", a]
    return WebPage(document(body, title=TITLE), gold)


@builder("remarks", 0)
def _(article: Article) -> WebPage:
    """An office's page of remarks: place and hour above, labels at the head of paragraphs."""
    rows = "".join(f"<p>Q&nbsp; {q}</p><p>THE MINISTER:&nbsp; {a}</p>" for q, a in TALK)
    body = (
        f"{navigation()}<main><header><h1>{TITLE}</h1></header><section class='body-content'><p><em>"
        f"Lock House, Sallow Ferry</em></p><p>10:05 A.M. BST</p>{rows}<p>10:31 A.M. BST</p></section>"
        f"</main>{footer()}"
    )
    gold = [TITLE, "Lock House, Sallow Ferry", "10:05 A.M. BST"]
    for q, a in TALK:
        gold += [f"Q {q}", f"THE MINISTER: {a}"]
    return WebPage(document(body, title=TITLE), [*gold, "10:31 A.M. BST"])


@builder("ruling-with-pages", 4)
def _(article: Article) -> WebPage:
    """A law report: the pages of the print within sentences."""
    rows = []
    for number, words in enumerate(article.paragraphs):
        cut = words.find(" ", len(words) // 2)
        mark = f' <span class="star-pagination">*{40 + number}</span>'
        rows.append(
            f'<p class="indent">{escape(words[:cut], quote=False)}{mark}{escape(words[cut:], quote=False)}</p>'
        )
    return WebPage(
        _page(article, f'<div class="opinion">{"".join(rows)}</div>', "div"), _lines(article)
    )


@builder("folded-body", 3)
def _(article: Article) -> WebPage:
    """A script shows the rest of the article when somebody asks for it."""
    first, rest = article.paragraphs[:3], article.paragraphs[3:]
    inside = (
        f'<div class="article-body">{tagged(first)}<div id="more" class="collapsed" style="display:none">'
        f'{tagged(rest)}</div><button aria-controls="more">Continue reading</button></div>'
    )
    return WebPage(_page(article, inside), _lines(article))


@builder("advertisements-within", 2)
def _(article: Article) -> WebPage:
    """Paragraphs that only say what stands beside them."""
    rows = []
    for paragraph in article.paragraphs:
        rows += [f"<p>{escape(paragraph, quote=False)}</p>", "<p>Advertisement</p>"]
    rows.insert(6, "<p>Story continues below advertisement</p>")
    return WebPage(
        _page(article, f'<div class="story-text">{"".join(rows)}</div>'), _lines(article)
    )


@builder("bullets-above", 2)
def _(article: Article) -> WebPage:
    """A popular paper: what is new as a list on top, captions as paragraphs, counts at the end."""
    points = (
        "Forty carriages were bought abroad",
        "Sixty drivers are missing",
        "Tickets from April",
    )
    rows = [
        f'<p class="mol-para-with-font">{escape(p, quote=False)}</p>' for p in article.paragraphs
    ]
    rows.insert(3, f'<p class="imageCaption">{CAPTION}</p>')
    inside = (
        f"<ul class='mol-bullets'>{tagged(points, 'li')}</ul><p class='author-section byline-plain'>By <a"
        f" class='author'>{article.author}</a></p><div itemprop='articleBody'>{''.join(rows)}</div><div"
        f" class='column-content'><h3>Share or comment on this article:</h3></div>"
    )
    optional = [CAPTION, *points, "By " + article.author, "Share or comment on this article:"]
    return WebPage(_page(article, inside, "div"), _lines(article), optional)


@builder("contents-box", 5)
def _(article: Article) -> WebPage:
    """A list of contents that a plugin writes, and posts that it thinks are like this one."""
    box = (
        '<div id="ez-toc-container" class="ez-toc-v2"><p class="ez-toc-title">Table of Contents</p><ul>'
        "<li><a href='#a'>A bath, a depot, a cheese store</a></li></ul></div>"
    )
    alike = (
        f'<div class="yarpp yarpp-related"><h3>Related posts:</h3><ol>{teaser_list()}</ol></div>'
    )
    inside = "".join(
        f"<{tag}>{escape(words, quote=False)}</{tag}>" for tag, words in article.blocks()
    )
    page = _page(article, f'<div class="entry-content">{box}{inside}{alike}</div>')
    return WebPage(page, [article.title, *(words for _, words in article.blocks())])


@builder("author-boxes", 1)
def _(article: Article) -> WebPage:
    box = (
        f'<div class="author-box"><img src="a.jpg"><h4>{article.author}</h4><p>He has written about towns'
        " for twenty years and lives in one. His last book is about bus stops.</p></div>"
    )
    inside = f"<div class='body-copy'>{tagged(article.paragraphs)}</div>{box}"
    optional = [
        article.author,
        "He has written about towns for twenty years and lives in one. His last book is about bus stops.",
    ]
    return WebPage(_page(article, inside), _lines(article), optional)


@builder("carousel", 2)
def _(article: Article) -> WebPage:
    """Boxes that are hidden steps for those who hear the page."""
    box = (
        f'<div data-qa="carousel"><a href="#end">Skip to end of carousel</a><div><h3>{TEASERS[0][0]}</h3>'
        f"<p>{TEASERS[0][1]}</p></div><div><h3>{TEASERS[1][0]}</h3><p>{TEASERS[1][1]}</p></div><span"
        ' id="end">End of carousel</span></div>'
    )
    rows = [
        f'<div class="wpds-c-1"><p data-el="text">{escape(p, quote=False)}</p></div>'
        for p in article.paragraphs
    ]
    rows.insert(4, box)
    inside = f'<div class="teaser-content"><div data-qa="article-body">{"".join(rows)}</div></div>'
    return WebPage(_page(article, inside, "main"), _lines(article))


@builder("question-and-answers", 0)
def _(article: Article) -> WebPage:
    """A board of questions: votes, tags, a question and answers."""
    rows = "".join(
        f'<div class="answer"><div class="vote"><span>{n}</span></div><div class="s-prose js-post-body"><p>'
        f'{a}</p></div><div class="user-info">answered Apr {n + 1} at 9:12 <a>rowboat7{n}</a></div></div>'
        for n, (_, a) in enumerate(TALK)
    )
    question = "My lock makes a sound at night, as if somebody were about to speak. Is that usual for its age?"
    body = (
        f"{navigation()}<div id='content'><h1>What does a lock sound like?</h1><div class='question'><div"
        f" class='s-prose js-post-body'><p>{question}</p></div><div class='tags'><a>locks</a></div></div>"
        f"<div id='answers'><h2>4 Answers</h2>{rows}</div></div><div id='sidebar'>{related('div')}</div>"
    )
    gold = ["What does a lock sound like?", question, *(a for _, a in TALK)]
    optional = [
        "4 Answers",
        *(f"answered Apr {n + 1} at 9:12 rowboat7{n}" for n in range(4)),
        *"0123",
        "locks",
    ]
    return WebPage(
        document(body, title="What does a lock sound like?", site="Locks"), gold, optional
    )


@builder("match-report", 4)
def _(article: Article) -> WebPage:
    """A report with a table of results and teams as short lists."""
    sides = (
        "Tolland: Moule; Yaxley, Farr, Oakes; Bolam.",
        "Dunmore: Penhall; Ruud, Lunde, Aas; Falk.",
    )
    table = "<table><tr><th>Team</th><th>Points</th></tr><tr><td>Tolland</td><td>41</td></tr><tr><td>Dunmore</td><td>38</td></tr></table>"
    inside = f"<div class='report'>{tagged(article.paragraphs)}{tagged(sides)}{table}</div>"
    gold = [*_lines(article), *sides, "Team Points", "Tolland 41", "Dunmore 38"]
    return WebPage(_page(article, inside), gold)


@builder("comments-as-articles", 3)
def _(article: Article) -> WebPage:
    """The article is one <article>, and so is every comment below it."""
    below = comments().replace("<li", "<article").replace("</li>", "</article>")
    inside = f'<article class="post"><h1>{article.title}</h1>{tagged(article.paragraphs)}</article>{below}'
    return WebPage(
        document(f"{navigation()}<main>{inside}</main>{footer()}", title=article.title),
        _lines(article),
    )


@builder("cards-below", 4)
def _(article: Article) -> WebPage:
    """Teasers as articles of their own, below an article that is none."""
    cards = "".join(
        f'<article class="card"><h3><a href="/{n}">{title}</a></h3><p>{words}</p></article>'
        for n, (title, words) in enumerate(TEASERS)
    )
    body = (
        f'{navigation()}<div class="page"><h1>{article.title}</h1><div class="copy">'
        f'{tagged(article.paragraphs)}</div></div><div class="grid">{cards}</div>{footer()}'
    )
    return WebPage(document(body, title=article.title), _lines(article))


@builder("linked-blocks-below", 2)
def _(article: Article) -> WebPage:
    """Classes that say how things look, and teasers that are links as a whole below a heading."""
    cards = "".join(
        f'<a class="block" href="/{n}"><p class="font-bold">{title}</p><p>{words}</p></a>'
        for n, (title, words) in enumerate(TEASERS)
    )
    body = (
        f'<div class="min-h-screen bg-white"><div class="mx-auto px-4"><h1 class="text-3xl">{article.title}'
        f'</h1><div class="mt-4 flex"><span>{article.author}</span></div><div class="prose mt-8">'
        f'{tagged(article.paragraphs)}</div><div class="mt-16"><h2 class="text-xl">Keep reading</h2><div'
        f' class="grid grid-cols-2">{cards}</div></div></div></div>'
    )
    return WebPage(document(body, title=article.title), _lines(article), [article.author])


@builder("centred-headings", 0)
def _(article: Article) -> WebPage:
    """A record with headings that are only centred and bold."""
    first, second = article.paragraphs[:3], article.paragraphs[3:]
    closing = "[Whereupon, at 3:12 p.m., the hearing was adjourned.]"
    inside = (
        f"<center><b>OPENING STATEMENTS</b></center>{tagged(first)}<center><b>TESTIMONY</b></center>"
        f'{tagged(second)}<p align="center">{closing}</p>'
    )
    gold = [article.title, "OPENING STATEMENTS", *first, "TESTIMONY", *second, closing]
    return WebPage(_page(article, inside, "div"), gold)


@builder("offers-within", 3)
def _(article: Article) -> WebPage:
    """Requests for money and addresses set as paragraphs of the article, in boxes without names."""
    rows = [f"<p>{escape(p, quote=False)}</p>" for p in article.paragraphs]
    rows.insert(3, f"<div class='inline-promo'><p>{OFFERS[0]}</p><p>{OFFERS[1]}</p></div>")
    rows.insert(8, f"<div class='subscribe-block'><p>{OFFERS[2]}</p></div>")
    return WebPage(_page(article, f'<div class="c-body">{"".join(rows)}</div>'), _lines(article))
