"""Pages by hand, by word processors and by offices: old layouts, lists, tables, notes, charsets."""

from __future__ import annotations

from html import escape

from tests.support.pages.articles import TEASERS, Article
from tests.support.pages.parts import (
    WebPage,
    builder,
    document,
    footer,
    navigation,
    related,
    tagged,
    teaser_list,
)
from tests.support.pages.site_builders import CAPTION


def _lines(article: Article) -> list[str]:
    return [article.title, *article.paragraphs]


@builder("double-breaks", 5)
def _(article: Article) -> WebPage:
    """A blog whose paragraphs are parted by two breaks."""
    words = "<br /><br />\n".join(escape(p, quote=False) for p in article.paragraphs)
    body = (
        f'{navigation()}<div class="post hentry"><h3 class="post-title">{article.title}</h3><div'
        f' class="post-body entry-content">{words}<div style="clear: both;"></div></div><div'
        ' class="post-footer">Posted by Noor at 9:12 AM <a>5 comments:</a></div></div><div'
        f' class="sidebar"><h2>Blog Archive</h2><ul><li>2023 (41)</li><li>2022 (38)</li></ul></div>'
    )
    return WebPage(document(body, title=article.title), _lines(article))


@builder("breaks-in-a-cell", 1)
def _(article: Article) -> WebPage:
    """A page of the nineties: tables for its layout, fonts, no paragraphs."""
    words = "<br><br>\n".join(escape(p, quote=False) for p in article.paragraphs)
    cells = "".join(f"<a href='{n}.htm'>{title}</a><br>" for n, (title, _) in enumerate(TEASERS))
    body = (
        '<table width="760" border="0"><tr><td colspan="2" bgcolor="#003366"><font color="white">'
        f'The Tolland Ledger Online</font></td></tr><tr><td width="140" valign="top">{cells}</td>'
        f'<td valign="top"><font face="Arial" size="4"><b>{article.title}</b></font><br><font'
        f' size="2">By {article.author}</font><p><font face="Times" size="3">{words}</font></td>'
        '</tr><tr><td colspan="2"><font size="1">Copyright 1998 The Tolland Ledger</font></td></tr>'
        "</table>"
    )
    return WebPage(
        f"<html><head><title>{article.title}</title></head><body bgcolor=white>{body}</body></html>",
        _lines(article),
        ["By " + article.author, "Copyright 1998 The Tolland Ledger"],
    )


@builder("paragraphs-in-tables", 0)
def _(article: Article) -> WebPage:
    words = "".join(f"<P><FONT SIZE=2>{escape(p, quote=False)}</FONT>" for p in article.paragraphs)
    body = (
        f"<CENTER><TABLE><TR><TD><TABLE><TR><TD>{teaser_list()}</TD></TR></TABLE></TD><TD><TABLE>"
        f"<TR><TD><H1>{article.title}</H1>{words}</TD></TR></TABLE></TD></TR></TABLE></CENTER>"
    )
    return WebPage(
        f"<HTML><TITLE>{article.title}</TITLE><BODY>{body}</BODY></HTML>", _lines(article)
    )


@builder("divisions-only", 3)
def _(article: Article) -> WebPage:
    words = tagged(article.paragraphs, "div")
    body = (
        f'<div class="top">{navigation()}</div><div class="main"><div class="head">{article.title}'
        f'</div><div class="txt">{words}</div></div><div class="foot">© 2022 The Ledger</div>'
    )
    return WebPage(document(body, title=article.title), _lines(article), ["© 2022 The Ledger"])


@builder("deep-divisions", 2)
def _(article: Article) -> WebPage:
    inside = f"<h1>{article.title}</h1>{tagged(article.paragraphs)}"
    body = f"{navigation()}{'<div>' * 40}{inside}{'</div>' * 40}{footer()}"
    return WebPage(document(body, title=article.title), _lines(article))


@builder("word-processor", 4)
def _(article: Article) -> WebPage:
    """Saved by a word processor."""
    words = "".join(
        f"<p class=MsoNormal style='margin-bottom:8.0pt'><span lang=EN-GB>{escape(p, quote=False)}"
        "<o:p></o:p></span></p>\n<p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        for p in article.paragraphs
    )
    head = (
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>"
        "<![endif]--><style>p.MsoNormal {margin:0cm}</style>"
    )
    body = f"<div class=WordSection1><p class=MsoTitle>{article.title}</p>{words}</div>"
    return WebPage(document(body, title=article.title, head=head, site=""), _lines(article))


@builder("press-release", 2)
def _(article: Article) -> WebPage:
    """An office: identifiers of its system, empty paragraphs, a contact at the end."""
    words = "".join(
        f"<p><span style='font-size:11pt'>{escape(p, quote=False)}</span></p><p>&nbsp;</p>"
        for p in article.paragraphs
    )
    body = (
        '<form id="aspnetForm"><div id="s4-workspace"><div id="ctl00_Nav"><ul><li>Ministry</li><li>'
        f"Press</li></ul></div><div id='ctl00_PlaceHolderMain_ctl01'><h1>{article.title}</h1><div"
        f' class="ms-rtestate-field" id="ctl00_PlaceHolderMain_Content">{words}<p>###</p><p>Press'
        " contact: Berit Moen, tel. 555 0142, press@ministry.example</p></div></div></div></form>"
    )
    return WebPage(
        document(body, title=article.title, site="Ministry of Transport"),
        _lines(article),
        ["Press contact: Berit Moen, tel. 555 0142, press@ministry.example"],
    )


@builder("wiki", 3)
def _(article: Article) -> WebPage:
    edit = '<span class="mw-editsection">[<a href="?edit">edit</a>]</span>'
    parts, note = [], 1
    for tag, words in article.blocks():
        if tag == "h2":
            parts.append(f'<h2><span class="mw-headline">{words}</span>{edit}</h2>')
            continue
        mark = f'<sup id="cite_ref-{note}" class="reference"><a href="#c{note}">[{note}]</a></sup>'
        parts.append(f"<p>{escape(words, quote=False)}{mark}</p>")
        note += 1
    box = (
        '<table class="infobox"><tr><th colspan="2">Zelma Ocaña</th></tr><tr><th>Known for</th><td>'
        "Notebooks</td></tr></table>"
    )
    contents = '<div id="toc" class="toc"><h2>Contents</h2><ul><li>1 With a rope</li></ul></div>'
    notes = (
        f'<h2><span class="mw-headline">References</span>{edit}</h2><div class="reflist"><ol'
        ' class="references"><li>^ Valley Post, 9 August 2022.</li><li>^ Falk (2021), p. 12.</li>'
        "</ol></div>"
    )
    body = (
        f'<div id="mw-navigation"><ul><li>Main page</li><li>Random article</li></ul></div><div'
        f' id="content" class="mw-body"><h1 id="firstHeading">{article.title}</h1><div id="siteSub">'
        f'From the Free Valley Book</div><div id="mw-content-text"><div class="mw-parser-output">'
        f'<div role="note" class="hatnote">For the river, see Arro (river).</div>{box}{contents}'
        f'{"".join(parts)}{notes}<table class="navbox"><tr><td>Wells of the world</td></tr></table>'
        '</div></div><div id="catlinks">Categories: Wells | Notebooks</div></div>'
    )
    return WebPage(
        document(body, title=article.title, site="Valley Book"),
        [article.title, *(words for _, words in article.blocks())],
        [
            "Zelma Ocaña | Known for | Notebooks",
            "Zelma Ocaña",
            "Known for | Notebooks",
            "References",
            "Valley Post, 9 August 2022.",
            "^ Valley Post, 9 August 2022.",
            "^ Falk (2021), p. 12.",
            "Falk (2021), p. 12.",
            "For the river, see Arro (river).",
        ],
    )


@builder("table-of-figures", 3)
def _(article: Article) -> WebPage:
    rows = [("Year", "Wells", "Depth"), ("1988", "418", "19 m"), ("2022", "97", "41 m")]
    table = "".join(
        f"<tr>{''.join(f'<t{c}>{x}</t{c}>' for x in row)}</tr>"
        for c, row in zip("hdd", rows, strict=True)
    )
    first, rest = article.paragraphs[:4], article.paragraphs[4:]
    body = (
        f"{navigation()}<article><h1>{article.title}</h1><div class='content'>{tagged(first)}"
        f"<table>{table}</table>{tagged(rest)}</div></article>{footer()}"
    )
    gold = [article.title, *first, *(" ".join(row) for row in rows), *rest]
    return WebPage(document(body, title=article.title), gold)


@builder("lists", 2)
def _(article: Article) -> WebPage:
    """Half of the article is a list, one of its items of two paragraphs."""
    first, items = article.paragraphs[:4], article.paragraphs[4:8]
    marked = "".join(f"<li>{escape(item, quote=False)}</li>" for item in items[:3])
    marked += f"<li><p>{escape(items[3], quote=False)}</p><p>That was all on Tuesday.</p></li>"
    body = (
        f"{navigation()}<article><h1>{article.title}</h1><div class='content'>{tagged(first)}<ul>"
        f"{marked}</ul>{tagged(article.paragraphs[8:])}</div></article>{footer()}"
    )
    gold = [*_lines(article)[:9], "That was all on Tuesday.", *article.paragraphs[8:]]
    return WebPage(document(body, title=article.title), gold)


@builder("countdown", 5)
def _(article: Article) -> WebPage:
    """Numbered headings with a picture and a paragraph each."""
    parts, gold = [], [article.title]
    for number, words in enumerate(article.paragraphs, 1):
        head = f"{number}. Place number {number}"
        parts.append(
            f"<h2>{head}</h2><figure><img src='{number}.jpg'><figcaption>Photo: Ida Kroll"
            f"</figcaption></figure><p>{escape(words, quote=False)}</p>"
        )
        gold += [head, words]
    body = (
        f"{navigation()}<main><h1>{article.title}</h1>{''.join(parts)}</main>{related()}{footer()}"
    )
    return WebPage(document(body, title=article.title), gold, ["Photo: Ida Kroll"] * 7)


@builder("quoted-letters", 0)
def _(article: Article) -> WebPage:
    """<q>, <blockquote> with a credit, and quotations of several paragraphs."""
    inside = tagged(article.paragraphs[:4]).replace(
        "“when the otters say so.”", "<q>when the otters say so</q>."
    )
    letter = (
        "We have read your notice with interest.",
        "We regret that the otters cannot read it at all, and ask you to be patient with them.",
    )
    quote = f"<blockquote>{tagged(letter)}<footer>— <cite>Letter of the trust</cite></footer></blockquote>"
    body = (
        f"{navigation()}<article><h1>{article.title}</h1>{inside}<p>A letter hangs on the gate:</p>"
        f"{quote}{tagged(article.paragraphs[4:])}</article>{footer()}"
    )
    gold = [*_lines(article)[:5], "A letter hangs on the gate:", *letter, *article.paragraphs[4:]]
    return WebPage(document(body, title=article.title), gold, ["— Letter of the trust"])


@builder("notes-below", 1)
def _(article: Article) -> WebPage:
    marks = iter("123456")
    inside = "".join(
        f'<p>{escape(p, quote=False)}<sup><a href="#n{(m := next(marks))}" id="r{m}">{m}</a></sup></p>'
        for p in article.paragraphs
    )
    notes = ("Minutes of the council, 4 May 2009.", "Interview with the stationmaster, 2021.")
    listed = "".join(
        f'<li id="n{n}">{note} <a href="#r{n}">↩</a></li>' for n, note in enumerate(notes, 1)
    )
    body = (
        f"{navigation()}<article><h1>{article.title}</h1>{inside}<hr><section class='footnotes'>"
        f"<ol>{listed}</ol></section></article>{footer()}"
    )
    return WebPage(document(body, title=article.title), _lines(article), notes)


@builder("drop-cap", 3)
def _(article: Article) -> WebPage:
    first = article.paragraphs[0]
    head = f'<p class="has-dropcap"><span class="dropcap">{first[0]}</span>{escape(first[1:], quote=False)}</p>'
    body = (
        f"{navigation()}<article><h1>{article.title}</h1><div class='prose'>{head}"
        f"{tagged(article.paragraphs[1:])}</div></article>{footer()}"
    )
    return WebPage(document(body, title=article.title), _lines(article))


@builder("print-view", 2)
def _(article: Article) -> WebPage:
    body = (
        '<body onload="window.print()"><div class="print-header"><a href="javascript:window.close()">'
        "Close window</a> <a href='javascript:window.print()'>Print this page</a></div><h1>"
        f"{article.title}</h1><p class='byline'>By {article.author}, {article.day}</p>"
        f"{tagged(article.paragraphs)}<hr><p class='url'>Printed from"
        " https://ledger.example/2024/night-trains</p>"
    )
    return WebPage(
        document(body, title=article.title),
        _lines(article),
        [
            f"By {article.author}, {article.day}",
            "Printed from https://ledger.example/2024/night-trains",
        ],
    )


@builder("preformatted-mail", 4)
def _(article: Article) -> WebPage:
    """An archive of mails: one preformatted text."""
    import textwrap

    words = "\n\n".join(textwrap.fill(p, 68) for p in article.paragraphs)
    body = (
        f"<H1>{article.title}</H1><B>{article.author}</B> <I>Fri Feb 14 2020</I><UL><LI>Previous"
        " message</LI><LI>Next message</LI></UL><HR><PRE>"
        f"{escape(words, quote=False)}</PRE><HR><a href='/list'>More information about the list</a>"
    )
    return WebPage(
        document(body, title=article.title, site=""),
        _lines(article),
        [f"{article.author} Fri Feb 14 2020", "More information about the list"],
    )


def _in_bytes(article: Article, declared: str, written: str) -> WebPage:
    page = document(
        f"{navigation()}<article><h1>{article.title}</h1>{tagged(article.paragraphs)}</article>"
        f"{footer()}",
        title=article.title,
    ).replace('charset="utf-8"', f'charset="{declared}"')
    return WebPage(page.encode(written, "xmlcharrefreplace"), _lines(article))


@builder("declared-utf8-is-windows", 3)
def _(article: Article) -> WebPage:
    return _in_bytes(article, "utf-8", "cp1252")


@builder("declared-latin1-is-utf8", 3)
def _(article: Article) -> WebPage:
    return _in_bytes(article, "iso-8859-1", "utf-8")


@builder("declared-latin1-is-windows", 0)
def _(article: Article) -> WebPage:
    return _in_bytes(article, "iso-8859-1", "cp1252")


@builder("entities-and-signs", 1)
def _(article: Article) -> WebPage:
    """Marks as references, soft hyphens within words, signs of direction, thin spaces."""
    inside = tagged(article.paragraphs)
    for written, shown in {
        "“": "&ldquo;",
        "”": "&#8221;",
        "stationmaster": "station&shy;master",
        "passengers": "passen&shy;gers",
        "Lucian Farr": "&rlm;Lucian&nbsp;Farr&lrm;",
        "eighteen others": "eighteen&#8239;others",
    }.items():
        inside = inside.replace(written, shown)
    body = f"{navigation()}<article><h1>{article.title}</h1>{inside}</article>{footer()}"
    return WebPage(document(body, title=article.title), _lines(article))


@builder("photo-essay", 5)
def _(article: Article) -> WebPage:
    """Long captions among paragraphs."""
    parts = []
    for number, words in enumerate(article.paragraphs):
        parts.append(f"<p>{escape(words, quote=False)}</p>")
        parts.append(
            f'<figure class="wide"><picture><source srcset="{number}.webp"><img alt="Rain"></picture>'
            f"<figcaption>{CAPTION}</figcaption></figure>"
        )
    body = f"{navigation()}<article><h1>{article.title}</h1>{''.join(parts)}</article>{footer()}"
    captions = [CAPTION] * len(article.paragraphs)
    return WebPage(document(body, title=article.title), _lines(article), captions)


@builder("fact-box", 2)
def _(article: Article) -> WebPage:
    box = '<div class="factbox"><h3>Night trains in figures</h3><ul><li>40 carriages</li><li>60 drivers short</li></ul></div>'
    body = (
        f"{navigation()}<article><h1>{article.title}</h1>{tagged(article.paragraphs[:4])}{box}"
        f"{tagged(article.paragraphs[4:])}</article>{footer()}"
    )
    facts = ["Night trains in figures", "40 carriages", "60 drivers short"]
    return WebPage(document(body, title=article.title), _lines(article), facts)


@builder("brief", 4)
def _(article: Article) -> WebPage:
    """Two sentences, and much beside them."""
    body = (
        f"{navigation()}<div class='story'><h1>{article.title}</h1>{tagged(article.paragraphs[:2])}"
        f"</div>{related()}{related('div', 'also')}{footer()}"
    )
    return WebPage(document(body, title=article.title), _lines(article)[:3])


@builder("struck-and-inserted", 4)
def _(article: Article) -> WebPage:
    inside = tagged(article.paragraphs).replace(
        "nine years", "<del>ten</del> <ins>nine</ins> years"
    )
    body = f"{navigation()}<article><h1>{article.title}</h1>{inside}</article>{footer()}"
    return WebPage(document(body, title=article.title), _lines(article))


@builder("unclosed-tags", 5)
def _(article: Article) -> WebPage:
    words = "".join(f"<p>{escape(p, quote=False)}\n" for p in article.paragraphs)
    page = (
        f"<html><head><title>{article.title}</title><body><div id=wrap><h1>{article.title}</h1><div"
        f" id=body>{words}<div class=nav><a href=/>Home</a> <a href=/n>News</a>"
    )
    return WebPage(page, _lines(article))


@builder("poem-in-article", 4)
def _(article: Article) -> WebPage:
    verse = (
        "The plum fell down, the plum fell far,",
        "it rolled as far as Tolland bar,",
        "and nobody could own it.",
    )
    body = (
        f"{navigation()}<article><h1>{article.title}</h1>{tagged(article.paragraphs[:3])}<p>"
        f"{'<br>'.join(verse)}</p>{tagged(article.paragraphs[3:])}</article>{footer()}"
    )
    gold = [*_lines(article)[:4], " ".join(verse), *article.paragraphs[3:]]
    return WebPage(document(body, title=article.title), gold)


@builder("recipe", 4)
def _(article: Article) -> WebPage:
    things = ("500 g flour", "2 eggs", "300 g plums, stoned", "1 tsp salt")
    steps = (
        "Warm the milk and stir in the yeast; leave it until it froths.",
        "Knead flour, eggs and milk for ten minutes, then fold in the plums.",
        "Bake for fifty minutes and wait for a day, if you can.",
    )
    body = (
        f"{navigation()}<article class='recipe'><h1>Plum bread</h1>{tagged(article.paragraphs[:2])}"
        f"<h2>Ingredients</h2><ul>{tagged(things, 'li')}</ul><h2>Method</h2><ol>"
        f"{tagged(steps, 'li')}</ol></article>{related()}{footer()}"
    )
    gold = ["Plum bread", *article.paragraphs[:2], "Ingredients", *things, "Method", *steps]
    return WebPage(document(body, title="Plum bread"), gold)


@builder("next-page", 0)
def _(article: Article) -> WebPage:
    body = (
        f"{navigation()}<article><h1>{article.title}</h1><div class='text'>"
        f"{tagged(article.paragraphs[:5])}</div><div class='pagination'><a>1</a> <a>2</a> <a>Next"
        f" page</a></div></article>{related()}{footer()}"
    )
    return WebPage(document(body, title=article.title), _lines(article)[:6])
