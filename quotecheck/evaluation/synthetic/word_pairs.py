"""Words that a benchmark puts in the place of others.

These tables are kept apart from `quotecheck.language` on purpose: a benchmark made of the checker's
own lists could not show what is missing in them.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ABBREVIATIONS",
    "ACCENTED",
    "ANTONYMS",
    "COMPARATIVES",
    "CONTRACTIONS",
    "GLUED",
    "NEGATIVE_PREFIXES",
    "SPELLINGS",
]


def _pairs(text: str) -> list[tuple[str, str]]:
    """Pairs "one/other" separated by spaces; an underscore stands for a space."""
    pairs = []
    for pair in text.split():
        old, new = pair.replace("_", " ").split("/")
        pairs.append((old, new))
    return pairs


def _both_ways(text: str) -> dict[str, str]:
    """Each word to the other one of its pair."""
    pairs = _pairs(text)
    return dict(pairs) | {new: old for old, new in pairs}


def _one_way(text: str) -> dict[str, str]:
    """The first word of each pair to the second."""
    return dict(_pairs(text))


ANTONYMS: Final = _both_ways(
    "accept/reject accepted/rejected agreed/disagreed allies/enemies ancient/modern "
    "arrived/departed arrival/departure asset/liability began/ended begin/end beautiful/ugly "
    "better/worse best/worst borrowed/lent brave/cowardly bought/sold buy/sell build/demolish "
    "built/demolished cheap/expensive clean/dirty closed/opened confidence/mistrust "
    "courage/cowardice create/destroy created/destroyed dangerous/safe decrease/increase "
    "decreased/increased deficit/surplus despair/hope difficult/easy early/late east/west "
    "eastern/western encourage/discourage exports/imports failure/success failed/succeeded "
    "false/true first/last forget/remember friend/enemy friends/enemies gain/loss gained/lost "
    "generous/mean guilty/innocent happy/sad hard/soft hate/love heavy/light honest/crooked "
    "improved/worsened include/exclude includes/excludes inside/outside join/leave joined/left "
    "lies/truths long/short loud/quiet majority/minority narrow/wide north/south "
    "northern/southern oldest/newest old/young oppose/support opposed/supported "
    "opponents/supporters peace/war peaceful/violent poor/rich poverty/wealth praise/blame "
    "praised/blamed private/public profit/loss progress/decline raise/lower raised/lowered "
    "rise/fall rose/fell rising/falling strengthen/weaken strong/weak stronger/weaker "
    "temporary/permanent victory/defeat victories/defeats voluntary/compulsory "
    "wise/foolish winners/losers won/lost"
)
"""Words and their opposites; of a word with several, the last."""

COMPARATIVES: Final = _both_ways(
    "more/less greater/smaller higher/lower faster/slower better/worse larger/smaller "
    "longer/shorter stronger/weaker earlier/later older/younger at_least/at_most "
    "more_than/less_than cheaper/dearer wider/narrower nearer/further"
)

NEGATIVE_PREFIXES: Final = _both_ways(
    "able/unable acceptable/unacceptable adequate/inadequate available/unavailable "
    "capable/incapable certain/uncertain clear/unclear complete/incomplete dependent/independent "
    "effective/ineffective equal/unequal fair/unfair happy/unhappy honest/dishonest "
    "human/inhuman known/unknown lawful/unlawful legal/illegal likely/unlikely "
    "necessary/unnecessary official/unofficial paid/unpaid patient/impatient perfect/imperfect "
    "popular/unpopular possible/impossible predictable/unpredictable prepared/unprepared "
    "reasonable/unreasonable responsible/irresponsible safe/unsafe satisfied/dissatisfied "
    "secure/insecure significant/insignificant stable/unstable successful/unsuccessful "
    "sufficient/insufficient sustainable/unsustainable tolerable/intolerable true/untrue "
    "willing/unwilling wise/unwise worthy/unworthy"
)

GLUED: Final = _one_way(
    "nowhere/now_here notable/not_able already/all_ready altogether/all_together apart/a_part "
    "alone/a_lone resigned/re-signed recovered/re-covered "
    "recreation/re-creation reformed/re-formed resent/re-sent resort/re-sort "
    "represent/re-present released/re-leased unionised/un-ionised "
    "manslaughter/man’s_laughter abroad/a_broad ahead/a_head amend/a_mend atone/at_one "
    "ascent/a_scent "
    "not_able/notable now_here/nowhere all_together/altogether all_ready/already"
)
"""Words that are others when a space or a hyphen comes in or goes."""

SPELLINGS: Final = _both_ways(
    "armour/armor behaviour/behavior colour/color colours/colors favour/favor favourable/favorable "
    "favourite/favorite harbour/harbor harbours/harbors honour/honor honourable/honorable "
    "humour/humor labour/labor labourers/laborers neighbour/neighbor neighbours/neighbors "
    "neighbouring/neighboring rumour/rumor vigour/vigor valour/valor endeavour/endeavor "
    "centre/center centres/centers metre/meter metres/meters kilometres/kilometers "
    "litre/liter litres/liters theatre/theater fibre/fiber sombre/somber "
    "defence/defense offence/offense licence/license pretence/pretense "
    "catalogue/catalog "
    "analyse/analyze analysed/analyzed organise/organize organised/organized "
    "organisation/organization organisations/organizations realise/realize realised/realized "
    "recognise/recognize recognised/recognized emphasise/emphasize emphasised/emphasized "
    "criticise/criticize criticised/criticized apologise/apologize "
    "modernise/modernize mobilise/mobilize civilisation/civilization globalisation/globalization "
    "travelled/traveled travelling/traveling cancelled/canceled labelled/labeled "
    "modelling/modeling counsellor/counselor jewellery/jewelry "
    "grey/gray plough/plow sceptical/skeptical mould/mold moult/molt "
    "enrol/enroll fulfil/fulfill skilful/skillful wilful/willful "
    "ageing/aging judgement/judgment acknowledgement/acknowledgment towards/toward "
    "aluminium/aluminum manoeuvre/maneuver "
    "encyclopaedia/encyclopedia anaesthetic/anesthetic"
)

CONTRACTIONS: Final = _both_ways(
    "do_not/don’t does_not/doesn’t did_not/didn’t is_not/isn’t are_not/aren’t was_not/wasn’t "
    "were_not/weren’t will_not/won’t would_not/wouldn’t should_not/shouldn’t could_not/couldn’t "
    "cannot/can’t has_not/hasn’t have_not/haven’t had_not/hadn’t must_not/mustn’t it_is/it’s "
    "we_are/we’re they_are/they’re you_are/you’re i_am/I’m we_will/we’ll i_will/I’ll "
    "they_will/they’ll you_will/you’ll we_have/we’ve i_have/I’ve they_have/they’ve "
    "there_is/there’s "
    "that_is/that’s let_us/let’s"
)

ABBREVIATIONS: Final = _one_way(
    "Mr./Mister Dr./Doctor Senator/Sen. Governor/Gov. Representative/Rep. Professor/Prof. "
    "United_States/U.S. United_Nations/UN European_Union/EU United_Kingdom/UK "
    "U.S./US U.N./UN Mister/Mr. Doctor/Dr. Sen./Senator Saint/St."
)

ACCENTED: Final = _one_way(
    "café/cafe naïve/naive façade/facade cliché/cliche fiancé/fiance résumé/resume "
    "coöperate/cooperate "
    "coöperation/cooperation rôle/role élite/elite régime/regime"
)
