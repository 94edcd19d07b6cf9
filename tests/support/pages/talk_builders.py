"""Pages on which people speak in turn: interviews, hearings, speeches, forums, questions."""

from __future__ import annotations

from html import escape

from tests.support.pages.articles import COMMENTS, Article
from tests.support.pages.parts import (
    WebPage,
    builder,
    document,
    footer,
    navigation,
    newsletter,
    related,
    tagged,
)

TALK = (
    (
        "Were you ever afraid of the river?",
        "Only once, and it was asleep. I have been afraid of ferrymen much more often than of any water.",
    ),
    (
        "What does a lock sound like at night?",
        "Like somebody who is about to say something and thinks better of it. You get used to waiting for the end of that sentence.",
    ),
    (
        "And the otters?",
        "The otters came later. I wrote in the book that two inspectors had arrived, without papers, and that they had found nothing to object to.",
    ),
    (
        "Do you miss the work?",
        "I miss the slate. A number on a slate is a small thing, but somebody has to write it, and for nineteen years that was me.",
    ),
)
INTRO = (
    "Jory Penhall kept the lock at Sallow Ferry for nineteen years before he learned to dive. We"
    " met him on the bank, where he was counting, and asked him to go on while we talked."
)
TITLE = "“I have been more afraid of ferrymen”: Jory Penhall on locks"


def _talk_gold(asks: str = "", answers: str = "") -> list[str]:
    gold = [TITLE, INTRO]
    for question, answer in TALK:
        gold += [f"{asks}{question}", f"{answers}{answer}"]
    return gold


@builder("interview-strong", 0)
def _(article: Article) -> WebPage:
    rows = "".join(f"<p><strong>{q}</strong></p><p>{a}</p>" for q, a in TALK)
    body = (
        f"{navigation()}<article><h1>{TITLE}</h1><div class='entry-content'><p><em>{INTRO}</em></p>"
        f"{rows}{newsletter()}</div></article>{related()}{footer()}"
    )
    return WebPage(document(body, title=TITLE), _talk_gold())


@builder("interview-headings", 0)
def _(article: Article) -> WebPage:
    rows = "".join(f"<h3>{q}</h3><p>{a}</p>" for q, a in TALK)
    body = f"{navigation()}<article><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</article>{footer()}"
    return WebPage(document(body, title=TITLE), _talk_gold())


@builder("interview-initials", 0)
def _(article: Article) -> WebPage:
    rows = "".join(f"<p><b>HQ:</b> {q}</p><p><b>JP:</b> {a}</p>" for q, a in TALK)
    body = f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</main>{footer()}"
    return WebPage(document(body, title=TITLE), _talk_gold("HQ: ", "JP: "))


@builder("interview-breaks", 0)
def _(article: Article) -> WebPage:
    """Question in bold and answer in one paragraph, with a break between."""
    rows = "".join(f"<p><b>{q}</b><br/>{a}</p>" for q, a in TALK)
    body = f"{navigation()}<div class='post'><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</div>{footer()}"
    return WebPage(document(body, title=TITLE), _talk_gold())


@builder("hearing-list", 0)
def _(article: Article) -> WebPage:
    rows = "".join(
        f"<dt>The Chair</dt><dd>{q}</dd><dt>Mr Penhall</dt><dd>{a}</dd>" for q, a in TALK
    )
    body = f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p><dl>{rows}</dl></main>{footer()}"
    gold = [TITLE, INTRO]
    for q, a in TALK:
        gold += ["The Chair", q, "Mr Penhall", a]
    return WebPage(document(body, title=TITLE), gold)


@builder("hearing-strong-labels", 0)
def _(article: Article) -> WebPage:
    """A page of a government: labels in bold, the words behind them."""
    rows = "".join(
        f"<p><strong>THE CHAIR:</strong> {q}</p><p><strong>MR. PENHALL:</strong>&nbsp; {a}</p>"
        for q, a in TALK
    )
    body = (
        f"<div class='region-header'>{navigation()}</div><div class='page-content'><h1>{TITLE}</h1>"
        f"<p>April 18, 2023</p><p>{INTRO}</p>{rows}<p>END 3:12 P.M.</p></div>{footer()}"
    )
    gold = [*_talk_gold("THE CHAIR: ", "MR. PENHALL: "), "END 3:12 P.M."]
    return WebPage(document(body, title=TITLE), gold, ["April 18, 2023"])


@builder("podcast-times", 0)
def _(article: Article) -> WebPage:
    rows = "".join(
        f"<div class='turn'><p><b>Hedda Quarles</b> <span class='time'>[00:0{n}:10]</span> {q}</p></div>"
        f"<div class='turn'><p><b>Jory Penhall</b> <span class='time'>[00:0{n}:21]</span> {a}</p></div>"
        for n, (q, a) in enumerate(TALK)
    )
    body = f"{navigation()}<article><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</article>{footer()}"
    gold = [TITLE, INTRO]
    for n, (q, a) in enumerate(TALK):
        gold += [f"Hedda Quarles [00:0{n}:10] {q}", f"Jory Penhall [00:0{n}:21] {a}"]
    return WebPage(document(body, title=TITLE), gold)


@builder("speech", 5)
def _(article: Article) -> WebPage:
    body = (
        f"{navigation()}<main id='content'><div class='govspeak-metadata'><dl><dt>From:</dt><dd>"
        f"Ministry of Song</dd><dt>Published</dt><dd>11 December 2023</dd></dl></div><h1>"
        f"{article.title}</h1><p class='lead'>The speech was given in a car park.</p><div"
        f" class='govspeak'>{tagged(article.paragraphs)}</div><div class='feedback'><h2>Is this page"
        " useful?</h2><button>Yes</button><button>No</button></div></main>"
    )
    gold = [article.title, "The speech was given in a car park.", *article.paragraphs]
    about = ["From:", "Ministry of Song", "Published", "11 December 2023"]
    return WebPage(document(body, title=article.title), gold, about)


@builder("questions-folded", 0)
def _(article: Article) -> WebPage:
    rows = "".join(f"<details><summary>{q}</summary><p>{a}</p></details>" for q, a in TALK)
    body = f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</main>{footer()}"
    return WebPage(document(body, title=TITLE), _talk_gold())


@builder("questions-accordion", 0)
def _(article: Article) -> WebPage:
    rows = "".join(
        f"<div class='accordion-item'><h3><button aria-expanded='false'>{q}</button></h3><div"
        f" class='accordion-panel'><p>{a}</p></div></div>"
        for q, a in TALK
    )
    body = f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</main>{footer()}"
    return WebPage(document(body, title=TITLE), _talk_gold())


@builder("forum-posts", 0)
def _(article: Article) -> WebPage:
    rows = "".join(
        f"<div class='postbody' id='p{n}'><p class='author'>by <b>{who}</b> » Tue Apr 18</p><div"
        f" class='content'>{words}</div><div class='signature'>Row well.</div></div>"
        for n, (who, words) in enumerate(COMMENTS)
    )
    body = f"<div id='page-header'>Board index</div><h2>Sallow weir</h2>{rows}<div>Powered by forum</div>"
    gold = ["Sallow weir", *(words for _, words in COMMENTS)]
    optional = [f"by {who} » Tue Apr 18" for who, _ in COMMENTS]
    optional += ["Row well."] * 3 + ["Powered by forum", "Board index"]
    return WebPage(document(body, title="Sallow weir", site="Boats"), gold, optional)


@builder("chat-of-emphasis", 0)
def _(article: Article) -> WebPage:
    """Labels in small capitals by a style, words in spans."""
    rows = "".join(
        f"<p><span style='font-variant:small-caps'>Quarles</span>: <span>{escape(q)}</span></p><p>"
        f"<span style='font-variant:small-caps'>Penhall</span>: <span>{escape(a)}</span></p>"
        for q, a in TALK
    )
    body = f"{navigation()}<main><h1>{TITLE}</h1><p>{INTRO}</p>{rows}</main>{footer()}"
    return WebPage(document(body, title=TITLE), _talk_gold("Quarles: ", "Penhall: "))
