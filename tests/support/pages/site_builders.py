"""Pages as content systems and large sites build them."""

from __future__ import annotations

from html import escape

from tests.support.pages.articles import OFFERS, TEASERS, Article
from tests.support.pages.parts import (
    WebPage,
    builder,
    comments,
    cookies,
    document,
    footer,
    navigation,
    newsletter,
    related,
    tagged,
    teaser_list,
)

CAPTION = "The bank on Thursday, as seen from the bridge. Photograph: Ida Kroll"


def _gold(article: Article, *, subheads: bool = True) -> list[str]:
    blocks = [words for tag, words in article.blocks() if subheads or tag == "p"]
    return [article.title, *blocks]


def _body(article: Article, between: dict[int, str] | None = None, *, p: str = "p") -> str:
    """Paragraphs and subheads; ``between`` stands above the block of that number."""
    parts = []
    for number, (tag, words) in enumerate(article.blocks()):
        parts.append((between or {}).get(number, ""))
        name = p if tag == "p" else tag
        parts.append(f"<{name}>{escape(words, quote=False)}</{name.split()[0]}>")
    return "\n".join(parts)


@builder("wordpress-classic", 0)
def _(article: Article) -> WebPage:
    body = (
        f'{navigation()}<div id="content"><div class="post type-post"><h1 class="entry-title">'
        f'{article.title}</h1><div class="entry-meta">Posted on <time>{article.day}</time> by <a'
        f' rel="author">{article.author}</a></div><div class="entry-content">{_body(article)}'
        '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li>'
        "<a>Click to share on Facebook</a></li><li><a>Email</a></li></ul></div>"
        f'<div id="jp-relatedposts" class="jp-relatedposts"><h3>Related</h3>{related("div")}</div>'
        f'</div></div>{comments()}</div><div id="sidebar" class="widget-area"><h3>Recent Posts</h3>'
        f"<ul>{teaser_list()}</ul></div>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("wordpress-blocks", 5)
def _(article: Article) -> WebPage:
    pull = (
        '<figure class="wp-block-pullquote"><blockquote><p>“Now we look up.”</p><cite>Teun'
        " Brouwer</cite></blockquote></figure>"
    )
    button = '<div class="wp-block-button"><a class="wp-block-button__link">Donate</a></div>'
    image = (
        '<figure class="wp-block-image"><img src="a.jpg"><figcaption class="wp-element-caption">'
        f"{CAPTION}</figcaption></figure>"
    )
    inside = _body(article, {3: image, 6: pull, 8: newsletter()})
    body = (
        f'{navigation()}<main class="wp-block-group"><h1 class="wp-block-post-title">'
        f'{article.title}</h1><div class="entry-content wp-block-post-content">{inside}{button}'
        f'</div><div class="wp-block-query">{related("div")}</div></main>{footer()}{cookies()}'
    )
    return WebPage(document(body, title=article.title), _gold(article), [CAPTION])


@builder("react-containers", 2)
def _(article: Article) -> WebPage:
    """Comments of a renderer within paragraphs, and a container for each few of them."""
    groups: list[str] = []
    for number, (tag, words) in enumerate(article.blocks()):
        half = len(words) // 2
        cut = words.find(" ", half)
        shown = f"{escape(words[:cut], quote=False)}<!-- -->{escape(words[cut:], quote=False)}"
        if number % 4 == 0:
            groups.append("")
        groups[-1] += f'<{tag} class="css-at9mc1 evys1bk0">{shown}</{tag}>'
    inside = '<div class="ad-slot"><p>Advertisement</p><a>SKIP ADVERTISEMENT</a></div>'.join(
        f'<div class="css-s99gbd StoryBodyCompanionColumn"><div class="css-53u6y8">{group}</div>'
        '<aside class="css-ew4tgv" aria-label="companion column"></aside></div>'
        for group in groups
    )
    body = (
        f'<div id="app">{navigation()}<article id="story"><header><h1>{article.title}</h1><p'
        f' class="byline">By <span>{article.author}</span></p></header><section name="articleBody"'
        f' class="meteredContent">{inside}</section></article>{related("section", "recirc")}</div>'
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("drupal-fields", 3)
def _(article: Article) -> WebPage:
    body = (
        f'{navigation()}<div class="region region-content"><div class="node node--type-article">'
        f'<h1 class="page-title"><span class="field field--name-title">{article.title}</span></h1>'
        f'<div class="node__meta">By <span>{article.author}</span></div><div class="node__content">'
        '<div class="clearfix text-formatted field field--name-body field--type-text-with-summary'
        f' field__item">{_body(article)}</div><div class="field field--name-field-tags"><div'
        ' class="field__label">Tags</div><div class="field__item"><a>Water</a></div></div></div>'
        f'</div></div><div class="region-sidebar">{related("div", "block-views")}</div>{footer()}'
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("newsletter-platform", 5)
def _(article: Article) -> WebPage:
    """A mail that is a page as well, with notes at its end."""
    note = "The cheese merchant has asked us to say that the key has been returned."
    words = _body(article, {5: newsletter()}).replace(
        "the Gouda.",
        'the Gouda.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a>',
    )
    body = (
        '<div class="main-menu"><h1><a href="/">Small Halls</a></h1></div><div class="single-post">'
        f'<article class="newsletter-post post"><div class="post-header"><h1 class="post-title">'
        f'{article.title}</h1><h3 class="subtitle">Fire, rain and Gouda</h3><div>{article.author}'
        f'</div><div>Dec 11, 2023</div><button>Share</button></div><div class="available-content">'
        f'<div class="body markup">{words}<div class="footnote"><a id="footnote-1"'
        f' href="#footnote-anchor-1">1</a><div class="footnote-content"><p>{note}</p></div></div>'
        "<p class='button-wrapper'><a class='button primary'>Leave a comment</a></p></div></div>"
        f'</article></div><div class="comments-page">{comments("discussion")}</div>'
    )
    return WebPage(
        document(body, title=article.title, site="Small Halls"),
        _gold(article),
        [note, "Fire, rain and Gouda", "Dec 11, 2023", article.author],
    )


@builder("hashed-classes", 0)
def _(article: Article) -> WebPage:
    inside = _body(article).replace("<p>", '<p class="pw-post-body-paragraph nd ne fr nf b">')
    inside = inside.replace("<h2>", '<h1 class="og oh fr be oi">').replace("</h2>", "</h1>")
    figure = f'<figure class="mq mr"><img src="x"><figcaption class="na nb">{CAPTION}</figcaption>'
    body = (
        f'<div id="root"><div class="a b c"><nav>Open in app Sign up Sign in</nav><article><div'
        f' class="fy fz"><section><div><h1 class="pw-post-title">{article.title}</h1><div'
        f' class="jp"><a>{article.author}</a><a>Follow</a><span>4 min read</span></div>{figure}'
        f"</figure>{inside}</div></section></div></article><div class='ab ca'><p>Written by"
        f" {article.author}</p><p>812 Followers</p></div></div></div>"
    )
    return WebPage(document(body, title=article.title, site="Pages"), _gold(article), [CAPTION])


@builder("ghost-cards", 3)
def _(article: Article) -> WebPage:
    card = (
        '<figure class="kg-card kg-bookmark-card"><a class="kg-bookmark-container"><div'
        f' class="kg-bookmark-title">{TEASERS[0][0]}</div><div class="kg-bookmark-description">'
        f"{TEASERS[0][1]}</div></a></figure>"
    )
    call = f'<div class="kg-card kg-signup-card"><h2>Stay near</h2><p>{OFFERS[0]}</p></div>'
    body = (
        f'{navigation()}<main class="gh-main"><article class="gh-article post"><header><h1'
        f' class="gh-article-title">{article.title}</h1></header><section class="gh-content'
        f' gh-canvas">{_body(article, {4: card, 7: call})}</section></article></main>'
        f'<section class="gh-container"><h2>Read more</h2>{related("div", "gh-feed")}</section>'
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("aside-quotes", 0)
def _(article: Article) -> WebPage:
    """A large site: pull quotes, rich links and a box to sign up stand among the paragraphs."""
    pull = (
        '<aside class="dcr-pull"><blockquote>An otter does not buy a tuba</blockquote><footer>'
        "<cite>Olwen Tregear</cite></footer></aside>"
    )
    rich = (
        '<aside data-component="rich-link"><div><h3><a href="/x">What the census says about'
        " umbrellas</a></h3><span>Read more</span></div></aside>"
    )
    box = (
        '<figure class="element-newsletter"><aside aria-label="newsletter promotion"><h4>Sign up'
        f" to First Thing</h4><p>{OFFERS[0]}</p><span><strong>Privacy Notice: </strong>"
        f"{OFFERS[1]}</span></aside></figure>"
    )
    body = (
        f'{navigation()}<main data-layout="StandardLayout"><div data-gu-name="headline"><h1>'
        f'{article.title}</h1></div><div data-gu-name="standfirst"><p>The animals are in no hurry,'
        f' and neither is the law</p></div><div data-gu-name="meta"><a rel="author">'
        f'{article.author}</a> Tue 18 Apr 2023 16.40 CEST</div><div data-gu-name="body"><div'
        f' id="maincontent"><div class="article-body-commercial-selector">'
        f"{_body(article, {3: rich, 5: pull, 7: box})}</div></div></div><div class='submeta'>"
        f"<span>Explore more on these topics</span><ul>{teaser_list()}</ul></div></main>"
        f"{related('section', 'onwards')}{footer()}"
    )
    standfirst = "The animals are in no hurry, and neither is the law"
    return WebPage(document(body, title=article.title), _gold(article), [standfirst])


@builder("component-blocks", 2)
def _(article: Article) -> WebPage:
    """A broadcaster: every paragraph and subhead in a component of its own."""
    rows = []
    for number, (tag, words) in enumerate(article.blocks()):
        said = f"<b>{escape(words)}</b>" if number == 0 else escape(words)
        kind = "text" if tag == "p" else "subheadline"
        inner = f"<p>{said}</p>" if tag == "p" else f"<h2><span>{said}</span></h2>"
        rows.append(f'<div data-component="{kind}-block" class="ssrcss-11r1m41">{inner}</div>')
        if number == 4:
            rows.append(
                '<div data-component="links-block"><ul>' + teaser_list() + "</ul></div>"
                f'<div data-component="image-block"><figure><span>Image source, Agency</span>'
                f'<figcaption><span class="visually-hidden">Image caption, </span>{CAPTION}'
                "</figcaption></figure></div>"
            )
    body = (
        f'{navigation()}<main id="main-content"><article><header><h1>{article.title}</h1><div'
        f"><time>30 January 2024</time><span>Published</span></div></header>{''.join(rows)}"
        f'<section data-component="topic-list"><h2>Related Topics</h2><ul>{teaser_list()}</ul>'
        f"</section></article>{related('section', 'more')}</main>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article), [CAPTION])


@builder("agency-divs", 4)
def _(article: Article) -> WebPage:
    """A news agency: paragraphs are divisions, told apart by a number."""
    rows = "".join(
        f'<div data-testid="paragraph-{n}" class="text__text__1FZLe body__small_body__2vQyf">'
        f"{escape(words, quote=False)}</div>"
        for n, words in enumerate(article.paragraphs)
    )
    trust = (
        '<div class="article-body__trust"><p>Our Standards: <a>The Wire Trust Principles.</a></p>'
        "</div>"
    )
    body = (
        f'<div id="fusion-app">{navigation()}<main><article><header><h1>{article.title}</h1><div'
        f">By <a>{article.author}</a></div><time>February 14, 2020 3:12 PM GMT</time></header><div"
        f' class="article-body__content">{rows}<p class="sign-off">Reporting by'
        f" {article.author}; Editing by Ott Lund</p>{trust}</div></article></main></div>"
    )
    return WebPage(
        document(body, title=article.title),
        _gold(article),
        [f"Reporting by {article.author}; Editing by Ott Lund", "By " + article.author],
    )


@builder("live-blog", 2)
def _(article: Article) -> WebPage:
    """Entries with a time each, in articles of their own."""
    posts, gold = [], [article.title]
    for number, words in enumerate(article.paragraphs):
        head = f"Entry {number + 1}: the debate goes on"
        posts.append(
            f'<article class="live-post" id="post-{number}"><header><time>1{number}:05</time><h2>'
            f"{head}</h2></header><div class='post-text'><p>{escape(words, quote=False)}</p></div>"
            "<button>Share</button></article>"
        )
        gold += [head, words]
    body = (
        f'{navigation()}<main class="liveblog"><h1>{article.title}</h1><div class="live-feed">'
        f"{''.join(posts)}</div></main>{related()}{footer()}"
    )
    times = [f"1{n}:05" for n in range(len(article.paragraphs))]
    return WebPage(document(body, title=article.title), gold, times)


@builder("paywall", 3)
def _(article: Article) -> WebPage:
    body = (
        f'{navigation()}<article><h1>{article.title}</h1><div class="article-text">'
        f'{tagged(article.paragraphs[:2])}</div><div class="paywall-offer" id="regwall"><h2>Keep'
        f" reading with a subscription</h2><p>{OFFERS[2]}</p><ul><li>Unlimited articles</li><li>"
        f"The daily crossword</li></ul><button>Subscribe for 1 a week</button></div></article>"
        f"{related()}{footer()}{cookies()}"
    )
    return WebPage(document(body, title=article.title), [article.title, *article.paragraphs[:2]])


@builder("amp", 0)
def _(article: Article) -> WebPage:
    page = document(
        '<amp-sidebar id="s"><ul><li>Home</li><li>News</li></ul></amp-sidebar><header>The Ledger'
        f'</header><main><h1>{article.title}</h1><amp-img src="a.jpg"></amp-img><p'
        f' class="amp-caption">{CAPTION}</p><div class="article-body">'
        + _body(article, {4: '<amp-ad width="300"><div placeholder>Advertisement</div></amp-ad>'})
        + "</div></main><amp-list><template><p>{{title}}</p></template></amp-list>"
        "<amp-consent><div>We value your privacy</div></amp-consent>",
        title=article.title,
    ).replace("<html ", "<html amp ", 1)
    return WebPage(page, _gold(article), [CAPTION])


@builder("site-builder-blocks", 5)
def _(article: Article) -> WebPage:
    """A site builder: blocks of text, quotations and pictures in rows and columns."""
    rows = []
    for number, (tag, words) in enumerate(article.blocks()):
        rows.append(
            f'<div class="sqs-row"><div class="sqs-col-12"><div class="sqs-block html-block"'
            f' id="block-{number}"><div class="sqs-block-content"><{tag}'
            f' style="white-space:pre-wrap;">{escape(words, quote=False)}</{tag}></div></div></div>'
            "</div>"
        )
    body = (
        f'{navigation()}<main id="page"><article class="blog-item"><div class="blog-item-title">'
        f'<h1>{article.title}</h1></div><div class="blog-item-content e-content">{"".join(rows)}'
        f"</div></article><section class='item-pagination'><a>Previous: {TEASERS[0][0]}</a><a>Next:"
        f" {TEASERS[1][0]}</a></section></main>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("spans-and-joiners", 4)
def _(article: Article) -> WebPage:
    """A site builder: every paragraph in spans of its fonts, empty ones with a joiner between."""
    rows = "".join(
        f'<p class="font_8 wixui-rich-text__text" style="font-size:17px;"><span'
        f' class="color_15"><span style="font-family:georgia;">{escape(words, quote=False)}</span>'
        '</span></p><p class="font_8"><span class="wixGuard">\u200b</span></p>'
        for words in article.paragraphs
    )
    body = (
        f'<div id="SITE_CONTAINER">{navigation()}<div id="PAGES_CONTAINER"><div'
        f' data-testid="mesh-container-content"><div class="wixui-rich-text"><h1 class="font_2">'
        f"<span>{article.title}</span></h1></div><div class='wixui-rich-text'>{rows}</div></div>"
        f"</div>{footer()}</div>"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("widget-containers", 3)
def _(article: Article) -> WebPage:
    """A page builder: one widget for each paragraph, deep in sections and columns."""
    rows = []
    for tag, words in article.blocks():
        kind = "text-editor" if tag == "p" else "heading"
        rows.append(
            '<section class="elementor-section"><div class="elementor-container"><div'
            ' class="elementor-column"><div class="elementor-widget-wrap"><div'
            f' class="elementor-element elementor-widget elementor-widget-{kind}"><div'
            f' class="elementor-widget-container"><{tag}>{escape(words, quote=False)}</{tag}></div>'
            "</div></div></div></div></section>"
        )
    body = (
        f'{navigation()}<div class="elementor elementor-22" data-elementor-type="single-post">'
        f"<h1>{article.title}</h1>{''.join(rows)}<div class='elementor-share-buttons'>Share</div>"
        f"</div>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("itemprop-body", 1)
def _(article: Article) -> WebPage:
    body = (
        f'{navigation()}<div class="item-page" itemscope itemtype="https://schema.org/Article"><h2'
        f' itemprop="headline"><a>{article.title}</a></h2><dl class="article-info"><dt>Details</dt>'
        f'<dd>Written by <span itemprop="author">{article.author}</span></dd><dd>Hits: 412</dd>'
        f'</dl><div itemprop="articleBody">{_body(article)}</div><ul class="pager"><li>Prev</li>'
        f"<li>Next</li></ul></div><div class='moduletable'><h3>Latest</h3><ul>{teaser_list()}</ul>"
        f"</div>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("linked-data-only", 2)
def _(article: Article) -> WebPage:
    """A page whose text comes by script, and stands in its linked data."""
    import json

    data = json.dumps(
        {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": article.title,
            "author": {"@type": "Person", "name": article.author},
            "datePublished": article.day,
            "articleBody": "\n\n".join(article.paragraphs),
        }
    )
    body = f'<div id="root"></div><script>window.app()</script><script type="application/ld+json">{data}</script>'
    return WebPage(
        document(f"{body}<noscript>You need to enable JavaScript to run this app.</noscript>"),
        _gold(article, subheads=False),
    )


@builder("long-consent", 4)
def _(article: Article) -> WebPage:
    """A banner that is longer than the article, above it."""
    long = "".join(cookies() for _ in range(2)).replace("onetrust-consent-sdk", "cmp")
    body = f"{long}{navigation()}<main><h1>{article.title}</h1>{_body(article)}</main>{footer()}"
    return WebPage(document(body, title=article.title), _gold(article))


@builder("long-sidebar", 4)
def _(article: Article) -> WebPage:
    side = related("div", "sidebar-right") + related("div", "most-read")
    body = (
        f'{navigation()}<div class="row"><div class="col-8"><h1>{article.title}</h1><p class="by">'
        f'By {article.author}</p>{_body(article)}</div><div class="col-4">{side}</div></div>'
        f"{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article), ["By " + article.author])


@builder("related-within", 1)
def _(article: Article) -> WebPage:
    box = related("div", "inline-related-stories")
    between = {2: box, 4: '<p class="ad-label">ADVERTISEMENT</p>'}
    body = (
        f'{navigation()}<article><h1>{article.title}</h1><div class="story-body">'
        f"{_body(article, between)}<p><em>{article.author} writes about towns. Follow"
        " @aviruet.</em></p></div></article>"
    )
    return WebPage(
        document(body, title=article.title),
        _gold(article),
        [f"{article.author} writes about towns. Follow @aviruet."],
    )


@builder("read-more-lines", 3)
def _(article: Article) -> WebPage:
    """Links to other stories as paragraphs, as some desks set them by hand."""
    line = (
        '<p><strong>READ MORE: <a href="/x">What the census says about umbrellas</a></strong></p>'
    )
    other = '<p>➤ <a href="/y">Opinion: give the bees a vote</a></p>'
    body = (
        f'{navigation()}<div class="article"><h1>{article.title}</h1><div class="article__body">'
        f"{_body(article, {3: line, 6: other})}</div></div>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("comments-longer", 4)
def _(article: Article) -> WebPage:
    more = comments("disqus_thread") + comments("respond") + comments("reader-comments")
    body = (
        f'{navigation()}<main><article><h1>{article.title}</h1><div class="article-content">'
        f"{_body(article)}</div></article>{more}</main>{footer()}"
    )
    return WebPage(document(body, title=article.title), _gold(article))


@builder("correction-and-note", 1)
def _(article: Article) -> WebPage:
    note = (
        "Correction: An earlier version of this article said that the judge was still in office."
        " He retired in 2015."
    )
    body = (
        f'{navigation()}<article><h1>{article.title}</h1><div class="article-body">{_body(article)}'
        f'<p class="correction"><i>{note}</i></p></div><div class="author-bio"><p>{article.author}'
        f" covers the railways. Reach him at the desk.</p></div></article>{footer()}"
    )
    return WebPage(document(body, title=article.title), [*_gold(article), note])


@builder("hidden-words", 0)
def _(article: Article) -> WebPage:
    """Words for screen readers, hidden copies and templates that no reader sees."""
    hidden = f'<div style="display:none">{tagged([w for _, w in TEASERS])}</div>'
    hidden += f"<div hidden>{tagged([TEASERS[0][1]])}</div>"
    tail = ' <span class="sr-only">opens in a new window</span>'
    inside = _body(article, {3: hidden}).replace("the roof", f"<a href='/r'>the roof{tail}</a>")
    body = f"{navigation()}<article><h1>{article.title}</h1>{inside}</article>{footer()}"
    return WebPage(document(body, title=article.title), _gold(article))
