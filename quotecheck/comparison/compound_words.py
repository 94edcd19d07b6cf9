"""English compounds and look-alikes: which words are the same glued and split, and which are not."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACCIDENTAL",
    "ARTICLES_AND_PRONOUNS",
    "LITTLE_WORDS",
    "OPEN_FORMS",
    "OTHER_WITH_HYPHEN",
    "SHORT_ROOTS",
    "UNSURE_FORMS",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ARTICLES_AND_PRONOUNS: Final = _words(
    "a an the i me my we us you he him his she her it they them their our is am are was were has "
    "had have not no nor now all any and or if but that this these those who what how when if do "
    "does did may must can might would could should will"
)
"""Words that a hyphen does not join to the next one."""

LITTLE_WORDS: Final = ARTICLES_AND_PRONOUNS | _words(
    "as at be been by for from in into of off on onto so to too than then there here some every "
    "each go up with"
)
"""Words that stand for themselves where a space is before or behind them: now here, not able."""

OPEN_FORMS: Final = _words(
    "cannot alright anymore another without within upon today tonight tomorrow forever forevermore "
    "nevertheless nonetheless notwithstanding insofar inasmuch insomuch whatever whoever whomever "
    "whichever whenever wherever however whatsoever whosoever wheresoever moreover therefore "
    "wherefore thereby therein thereof thereon thereto thereupon thereafter therewith hereby "
    "herein hereof hereto hereafter hereupon herewith heretofore whereby wherein whereof whereon "
    "whereas whereupon anybody somebody everybody anything something everything nothing anyone "
    "someone everyone somewhere anywhere everywhere elsewhere nowhere somehow anyhow somewhat "
    "myself yourself himself herself itself ourselves yourselves themselves thyself oneself "
    "awhile alot meantime meanwhile goodbye overall ongoing online onboard offshore onshore onsite "
    "offline inside outside indoor indoors outdoors bypass byproduct byproducts byline upcoming "
    "upfront upstairs offspring offhand onset input inputs became become becomes because before "
    "between behind beyond beside besides until although albeit already.not together.not "
    "onlooker onlookers inland inboard inbound insofar offset offsets onto.not update updates "
    "updated upgrade upgrades upgraded upright uphold upheld upkeep uplift upset uprising upward "
    "noone mayday wellbeing someday sometimes goodwill godspeed allspice almighty"
) - _words("already.not together.not onto.not")
"""Closed words that are also written in two, without another sense."""

UNSURE_FORMS: Final = _words(
    "everyday anyway anyways sometime into onto maybe anytime anyplace someplace overtime indeed "
    "apiece underway"
)
"""Closed words that say nearly, not quite, what they say in two."""

ACCIDENTAL: Final = _words(
    """
    abuses accused accuser accuses acetate acreage actor adamant adapt adore alternate alternative
    alternatives amass amend anagram anger antique apart appear appeared appears append appendage
    apples applied applies archers arches ashore assassin assigned assent assort assess atone
    attempt attend attested attire attract attune audited auditory await awaken awoke backseat
    badges ballads banana bandage bandages bandana banish banned bargain bargained bargaining
    bargains barking barnet barrack barrage barred barring barrow bated batted beatles beginner
    begin behold belittle beloved below bested bestowed betray betrays better between bidder binder
    boasted boating bonuses booking boomed boosting booties boring botany bother bottom bowled
    bowles braise brazen bridesmaid broken broker brokerage bronze budgets bullion bumped bunting
    buses bushes busted butler button buttons cabins cables called calmed camera camped camping
    campuses canada canals candied candied candidate canned canteen canvassing capable capitalist
    capitalists capsized captain capture caress cargoes carnation carnal carpet carpets carrot
    carted cartel carton cartons cartridge cashmere castaway castle castles castrated casualties
    catalan catamaran centrally centred chaplain chained chains chairs chapel chaste chariot
    charred chastened chided chopping clamour cleansing clothing clubbing coaxed codified collapse
    collateral colleague collide colours combat combed comfort coming committed common compact
    compacted companion compass compassion compiled complain complied complies complying compose
    comprise comprises conceal condom condone confess confide confine confirm conform conquest
    constable constables constant constrain constrained consul contact content contents contest
    context contour contract contrast convent convince copper coral corporal corporate costume
    coupled couples courage coverage covered covering coverings coveted cowardice crowding cupid
    cursed customer damages damask damned damper dampen dandelion danger daring dashes deadline.no
    declare declined decline decree deepen defeat defeats defend defended defends define delay
    delegate deliver demand demise denounce deploy depose depart despair destiny destroy detail
    detained detour device diesel digest dimmed discover discuss disease dismiss dispose dispute
    distant donate donations donkey donor doomed dotted dosage downed dozen drought drugstore.no
    during earnest earning earnings electrode elegant element elfin enact endow endowed engage
    engaged engine england enigma enrage ensign entail entice entire entity envoy epicenter
    erasing erasure escape estate estranged evading everest exam example excellent except expand
    expend expended expedition expert expose exposing exposure express extend extent extraordinary
    fallow fatally fathers fattest feather feathers fedex feeder feeding fellow female finale
    finalist finally finding finest finish finland flagrant flatten flushed forage foraging forbade
    forbear forbid forbidden forced forefinger forego forest forests forfeit forgave forge forget
    forgets forgetting forging forgive forgiven forgiving forgo forgot forgotten format formed
    former formula formulated forsake forties fortune fortunes forum fraction frankly frantic
    freedom friendlies fundamental funding furlong furniture gallant gallon galore gangrene garbled
    gender general generally generate generated generates generating generation genesis genres
    gentile gentiles gentry getting ginger goat goblet gotten gradual grammar grandparent grandpa
    grant gratefully greenland growled gunned guppies habit hallowed halted hamlet hamper handled
    handles handsome happen harbour hardy harrow hasten hated hatred haven havens heaven hear heard
    heart hearten heathen hence herald here hereford hermit hero heroes heroin heroine herring
    hesitate hidden hippie hiring hisses history holding honest hopping horizon hostage hostile
    human humanity hurried ideal idealist ideals identity idol illegal illness image imitate impact
    impaired impart impeach impose imprint inability inaction inactive incapable incense incise
    incited inclination incline include income incomes increase indeed.no indicate indict
    indifference indifferent infamous infancy infant infect inferno infer infested infinite inflame
    inform informal informant information informed informer infringe inhabit inhabits inhale
    inherit injury injustice inkling innate innkeeper innocent insane insect insert insight
    insights insist install instance instances instant instead instill insult insure intact integer
    intellect intend intended intends intense intent intention intents interact interest interests
    interior intern interned interval intestate intimate intolerant intone intonation introduce
    invade invalid invaluable invent inverse invest investor inveterate invisible invite invoice
    involve inward ironed isolate issue issued island islands justice kidnap kidney kindle
    kingdom kingship.no kneaded knowledge label labour laced ladder lambent lament landed landscape
    languish larvae lasting lateral laughter lavatory layer leaflets leaden learned leased legacy
    legend legends legion lessen lesson leverage leveraged liable liaison license limerick
    limestone.no lipstick.no litany liverpool livery loading loaned locate locust loyalties
    madam madness.no magnet maiden malign mallet manage managed manager mandate mangle mango mankind
    manic manners manor manslaughter mansion mantle manual march marigold marine market marrow
    marshal marshall martial marvel massacre massacres massage mastered matador matched material
    maternal matter mature mayoral meander means measure medallion medallions meddle medial medic
    meditate melted melting member membrane memory menace mental mention menu merely message
    messages messaged messaging meted method midget mildew militant mincing minister minor minuses
    misled misread missed mission mistake mistrust mobile moderate moderated moderates moderating
    modest molest moment monarch monitor mono moral morale morass moray moreover.no mother motion
    mountain mourning mundane mustard mutiny myriad myself.no namely napkin nation necklace
    needless nightmare noble nobody noised nonsense nook notable notables notary note nothing.no
    notice noticed notices notified notion nourish novice noxious nowhere nuance nudge nullify
    numb nutshell.no oaken object obliged observe occur odour offence offend offended offends
    offense offer offered office officer offices often ogled older omen onion onward open opened
    operate opinion oral orally orange orator orbit orbits ordeal order organ organic orient
    ornate orphan other otherwise ought ounce ours outage outages outrage outspoken.no oversee
    overt overtone overtones oyster packaged packaging padre pageant pained painstaking palace
    palate pale pallid palsy pandas panel panic panicking pansies pantry paradise paragraph
    paramount parasite parasites parchment pardon pared parent parental parish parking parody
    parson partake parted partial particle parties parting partisan passage passages passion
    passionate passive past pastime.no pastoral patent paternal pathos pathetic patient patrol
    patted pattern paused peace.no peanut.no pearl peasant pedal pendant pending penance penchant
    penis pension penultimate people peptide perform perhaps period perish permit perplexed person
    personal persons pertain petal petition petulant phantom philter picked pigment pillage pinking
    pinnacle pirate pitied pleading please pleased pleasing pleasure pledge plover poignant
    poised polite politic ponder pored portend portent portrait portrays posted posture potato
    potion pouring power.no praise prayer preach prefer preferring prelate premise prepare presence
    present president pressing pressure presto pretend prevent priced primate princess prison
    proactive probe probed process proclaim procure produce profane profess profile profit
    profits program progress prolong promise promote prone pronoun propel proper properties
    propose prosecute prospect prostate protect protest proud proverb provide provoke pulled
    punish pushed putting quadrant quicken rabbit raging raised rampage ramparts random ransack
    rapport rarest rather ration rational rearrange rearranged rebel rebellion rebellions recant
    recede recent recess recipe reckless.no recline recover recruit redact redder reddish reduce
    refer referring refine refit reform refrain refresh refuge refund refuse regain regal regard
    regent regret regrettable rehash reign rejoice relapse relate relation relax relay release
    relent relic relied relief relish rely remain remark remedy remember remiss remorse remote
    remove render renegade renew rent renounce repaid repair repast repeal repeat repent report
    repose represent reprise reproach resent reserve reside resign resist resolve resort resource
    respect respond rest restarts restless.no restore restrain restrained restraining restraint
    result resume retail retain retard retire retort retreat return reveal revenge revere reverse
    review revive revolt reward riddance ridden ringer rotten rouse routine royalties sadden
    safari safeties salient salvage sandal sandwich satin satire savage saved scandal scarcity
    scarring scent season seasoned seasons seated secret section secure sedate seeing seeking seen
    seething select senate senior sensation sentence sentences sentinel seriously servant seventies
    several severed shallow shamrock sharking shatter she sheath shearer shepherd sherbet sherry
    shipped.no shortage shovel showed shutting sidle signal signet sincerely singe sinking sirloin
    sister situation sixties sixty slander slaughter slipper soaped sober social sodom soften
    solace soldier solemn solid solidarity someone.no sonnet soothe soothing sore sorely soul
    sour southern.no sowing spanking spared sparring sparrow specialties spice spinster sponsor
    sporting stabbing stained stallion standing standstill.no starring starve statuses status
    steward stewed stoppage stranger stubborn student sublime submit substance subtle suburban
    succeed success suction sudden suffice suffrage suggest suitable sullen sultan sundry sunken
    superb supper suppose surface surge surgery surpass surplus surprise surreal surrender suspect
    suspend sustain swallow swine syntax table tables talented talking tampered tangent tantrum
    tapestries target tarnish tartan taxing teaming tearing teasing tempest template temporal
    temptation tenant tending tendon tenor tentative termite terrace testament testing thanking
    the themselves.no then thence therapist therapists there therefor these thesis thin thing
    things thinking thinnest thirties thorough those thousand thousands thrashing threat throne
    throughout.no thrusting ticket tidings timid tinted tirade to toad today.no toilet token tokens
    tomato tome topics topple torment tornado torrent total totally totaled toward towed tower
    trafficking traipsed traitor trance transit transport treason treatise trekking trespass
    trial tribe tribune tribute trident trinket triplets trophy trouble truant tumour turban
    turkey turnip turnstile.no typical tyrant ultimate unable unarmed unction under undo unearth
    union unison unit united uniting unless until upper usable usage useless.no usher ushers usual
    utter vacate valet validate vantage variable vendor verbatim verse version vestige vicar
    victor villain vindicate violate violent virtue visage viscount visible vocation volume
    vouchsafe voyage wager waging wagon waiter wallet wallowing wander wane wanted wanton warble
    warden warlock warmed warning warped warrant warrants warren warring warship.no washed
    wastage watered weaken weaned weapon weather wedded wedding weighed welcome.no western whence
    whereas.no whether whisky whistle wholesome.no whores wicked widow wildly willow window winding
    winking winner winsome winter wisdom wished wit with.no withal wither witness witnesses
    woman women wonder wonderfully wording workspace.no worship worst would wrangle wretched
    yardstick.no yearn youth zealot
    """
)
"""Closed words that are two or three others without the space, with another sense."""

OTHER_WITH_HYPHEN: Final = _words(
    "resign recover recreate recreation reform resent relay relaid remark repress recollect recount "
    "redress release reserve resort restore retreat reprove repair retire refuse repose return "
    "restrain resound research recite represent resolve replace rebound recoil record refund remit "
    "repeal reply retail reverse reward reproof recede resume recess rebate remand relieve "
    "unionise unionize coop coax present preposition detail defer depress proverb protest propose "
    "disease discover expose extort mistake overall.not nowhere notable therapist legend"
) - _words("overall.not mistake")
"""Words that a hyphen turns into others: re-sign, re-cover, un-ionise, co-op."""

SHORT_ROOTS: Final = _words(
    "air arm bag ball bar bat bay bed bee big box boy bus cap cat cow cup cut day dog dry ear egg "
    "end eye fan fly fox gas gun hat hay hip hot ice jet job key kid law leg lip log low map mid "
    "net new nut off oil old one out pan pay pen pin pop pot red rib sea set sky son sun tax tea "
    "tip toe top toy two war wax way web wet win age ago ash axe bow bug can cab cod dam den dew "
    "dye elm era far fat fin fir fit fur god gum gut ham hen ill ink ivy jam jaw keg lap lay mad "
    "man men mud nit oak pad pie pig pit pod pub pug ram rat raw rod rug rum rye sex shy sin sod "
    "sow soy spa spy sub tan tar tin tie try tub tug van vat wig zip fro run sit up.not per non"
) - _words("up.not")
"""Roots of three letters that compounds are made of: air port, sun light."""
