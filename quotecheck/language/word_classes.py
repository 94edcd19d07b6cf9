"""Small English word lists that weigh an edit: what is common, negative, modal, a number."""

from __future__ import annotations

from typing import Final

from quotecheck.language.calendar import DAYS, MONTHS
from quotecheck.language.tables import table_rows

__all__ = [
    "ABBREVIATIONS",
    "ATTEMPTS",
    "CAPITAL_ONLY",
    "CHANGES",
    "COMMON_TELLING",
    "CONTRACTIONS",
    "COORDINATORS",
    "DEGREES",
    "DETERMINERS",
    "FUNCTION_WORDS",
    "HEARSAY",
    "IMPLICATIVES",
    "LIMITING",
    "MODALS",
    "NEARLY_ONE",
    "NEGATIONS",
    "NEGATIVE_FRAMES",
    "NUMBER_WORDS",
    "OPPOSING",
    "OPPOSITES",
    "PERSONS",
    "PREPOSITIONS",
    "QUANTIFIERS",
    "RELATION_PAIRS",
    "RELATIVES",
    "SOUND_ALIKE",
    "SPELLINGS",
    "SUBORDINATORS",
    "TIMES",
    "UNITS",
    "VARIANTS",
    "WISHES",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS: Final = _words(
    "a about after again all also am an and any are as at be because been before being but by came "
    "can come could d did do does doing don done down each even every for from get go going good "
    "got "
    "great had has have having he her here him his how i if in into is it its just know like ll "
    "look m made make many may me might more most much must my never new no not now of off on one "
    "only or other our out over own people re really right s said same say see she should so some "
    "such t take than that the their them then there these they thing things think this those "
    "through time to too two under up upon us ve very want was way we well were what when where "
    "which who whom why will with without world would year years yes you your thou thee thy ye "
    "unto shall hath i'm it's that's we're they're you're don't i've we've you've i'll we'll"
)
"""Words too common to tell a place."""

COMMON_TELLING: Final[dict[str, str]] = {
    word: base
    for base, forms in (
        pair.split(":")
        for pair in (
            "come:come came|go:go going|good:good|great:great|know:know|look:look|make:make made|"
            "new:new|own:own|people:people|say:say said|see:see|take:take|thing:thing things|"
            "think:think|time:time|want:want|world:world|year:year years|have:have has had having"
        ).split("|")
    )
    for word in forms.split()
}
"""Common words of which one does not say what another says, each with its base."""

NEARLY_ONE: Final = frozenset(
    frozenset(pair.split()) for pair in "come go|good great|look see|make have|take have".split("|")
)
"""Bases of common words that may stand for one another."""

NEGATIONS: Final = _words(
    "not no never none nobody nothing nowhere neither nor without cannot cant n't ain't aint "
    "hardly "
    "scarcely barely seldom rarely don't doesn't didn't won't wouldn't can't couldn't shouldn't "
    "isn't aren't wasn't weren't hasn't haven't hadn't mustn't needn't shan't mightn't dont doesnt "
    "didnt wont wouldnt couldnt shouldnt isnt arent wasnt werent hasnt havent hadnt"
)

DETERMINERS: Final = _words(
    "the a an our my your his her their its this these that those any all no some every"
)
"""Words after which a noun phrase goes on."""

PREPOSITIONS: Final = _words(
    "about above across after against along amid among around at before behind below beneath "
    "beside besides between beyond by despite down during except for from in inside into like near "
    "of off on onto out outside over past per since through throughout to toward towards under "
    "underneath until till unto up upon via with within without"
)

COORDINATORS: Final = _words("and or but nor yet")

RELATIVES: Final = _words("who whom whose which that where")

SUBORDINATORS: Final = _words(
    "because although though if unless when while whereas since until before after as that whether "
    "lest once provided so"
)
"""Words that begin a clause within another."""

IMPLICATIVES: Final = _words(
    "fail fails failed failing refuse refuses refused refusing decline declines declined declining "
    "neglect neglects neglected forget forgets forgot omit omits omitted cease ceases ceased "
    "hesitate hesitates hesitated unable unwilling reluctant forbidden loath"
)
"""Verbs and adjectives before an infinitive that say of it that it is not done."""

ATTEMPTS: Final = _words(
    "try tries tried trying attempt attempts attempted attempting plan plans planned planning seem "
    "seems seemed appear appears appeared expected intend intends intended intending threaten "
    "threatens threatened threatening promise promises promised promising vow vows vowed pledge "
    "pledges pledged pretend pretends pretended offer offers offered claims claimed wanted wants "
    "hoped hopes wished wishes sought seeks aims aimed about supposed likely willing eager used "
    "ordered asked urged invited advised helped "
    "purport purports purported profess professes professed tend tends tended"
)
"""What stands before "to" and an infinitive whose deed was tried, meant or likely, not done."""

CHANGES: Final = _words(
    "rise rises rose risen rising fall falls fell fallen falling grow grows grew grown growing "
    "drop drops dropped dropping sink sinks sank sunk increase increases increased increasing "
    "decrease decreases decreased decline declines declined climb climbs climbed cut cuts raise "
    "raises raised lower lowers lowered go goes went shrink shrinks shrank jump jumps jumped"
)
"""Verbs of a change, after which "from" says where it began."""

WISHES: Final = _words("want wish hope hoping wanting seek aim claim propose proposed ready agreed")
"""The same, where "I want to thank you" may do the very deed."""

MODALS: Final = _words(
    "will would shall should can could may might must ought i'll you'll he'll she'll it'll we'll "
    "they'll i'd you'd he'd she'd we'd they'd won't wouldn't can't couldn't shouldn't perhaps "
    "maybe "
    "probably possibly certainly definitely surely likely unlikely allegedly reportedly apparently "
    "arguably conceivably presumably hopefully"
)

QUANTIFIERS: Final = _words(
    "all every each both any some most many few several more less fewer least much half only "
    "always "
    "never often sometimes usually rarely seldom everyone everybody everything someone somebody "
    "anyone anybody almost nearly about entire whole majority minority least mostly"
)

NUMBER_WORDS: Final[dict[str, int]] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000,
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "dozen": 12, "twice": 2, "once": 1,
}  # fmt: skip

ABBREVIATIONS: Final[dict[str, str]] = {
    "sen": "senator", "sens": "senators", "rep": "representative", "reps": "representatives",
    "gov": "governor", "govs": "governors", "gen": "general", "col": "colonel", "capt": "captain",
    "lt": "lieutenant", "sgt": "sergeant", "maj": "major", "adm": "admiral", "pres": "president",
    "prof": "professor", "dr": "doctor", "mr": "mister", "mrs": "missus", "ms": "miss",
    "rev": "reverend", "st": "saint", "hon": "honorable", "sec": "secretary", "amb": "ambassador",
    "atty": "attorney", "dept": "department", "govt": "government", "natl": "national",
    "approx": "approximately", "incl": "including", "excl": "excluding",
    "intl": "international", "assn": "association", "bros": "brothers", "co": "company",
    "corp": "corporation", "inc": "incorporated", "jr": "junior", "sr": "senior", "mt": "mount",
    "ave": "avenue", "vs": "versus", "v": "versus", "etc": "et cetera", "no": "number",
    "ok": "okay", "okey": "okay", "&": "and", "%": "percent", "pct": "percent",
    "us": "united states",
    "usa": "united states of america", "un": "united nations", "uk": "united kingdom",
    "eu": "european union", "dc": "district of columbia", "ny": "new york", "la": "los angeles",
    "jan": "january", "feb": "february", "mar": "march", "apr": "april", "jun": "june",
    "jul": "july", "aug": "august", "sep": "september", "sept": "september", "oct": "october",
    "nov": "november", "dec": "december", "mon": "monday", "tue": "tuesday", "tues": "tuesday",
    "wed": "wednesday", "thu": "thursday", "thurs": "thursday", "fri": "friday",
    "sat": "saturday", "sun": "sunday", "tv": "television", "lb": "pound", "lbs": "pounds",
    "ft": "feet", "hr": "hour", "hrs": "hours", "min": "minutes", "yr": "year", "yrs": "years",
    "km": "kilometers", "kg": "kilograms", "bn": "billion", "mn": "million", "tn": "trillion",
}  # fmt: skip
"""Folded abbreviation -> what it stands for. Both are one word for the same thing."""

CAPITAL_ONLY: Final = _words(
    "us un uk eu la ny dc no co min sat sun mon mar st wed ave v rep gen sec jan may aug mt ms fri "
    "col maj hon rev pres inc ft la amb dec"
)
"""Abbreviations only where they are written with a capital or a stop."""

SPELLINGS: Final[dict[str, str]] = {
    "tho": "though", "altho": "although", "thru": "through", "thro": "through",
    "alright": "all right",
    "fibre": "fiber", "fibres": "fibers",
    "calibre": "caliber", "calibres": "calibers", "sabre": "saber", "sabres": "sabers",
    "sombre": "somber", "meagre": "meager", "ochre": "ocher", "fibreglass": "fiberglass",
    "grey": "gray", "programme": "program", "programmes": "programs", "cheque": "check",
    "cheques": "checks", "tyre": "tire", "tyres": "tires", "plough": "plow", "ploughs": "plows",
    "ploughshares": "plowshares", "storey": "story", "whisky": "whiskey", "sceptical": "skeptical",
    "sceptic": "skeptic", "ageing": "aging", "judgement": "judgment", "acknowledgement":
    "acknowledgment", "mum": "mom", "pyjamas": "pajamas", "aeroplane": "airplane", "gaol": "jail",
    "defence": "defense", "offence": "offense", "licence": "license", "practise": "practice",
    "pretence": "pretense", "enquiry": "inquiry", "enquire": "inquire", "connexion": "connection",
    "shew": "show", "shewed": "showed", "shewn": "shown", "burthen": "burden", "chuse": "choose",
    "surprize": "surprise", "ancle": "ankle", "everyday": "every day", "anymore": "any more",
    "o'er": "over", "e'er": "ever", "ne'er": "never", "e'en": "even", "i'": "in", "o'": "of",
    "th'": "the", "ta'en": "taken", "wi'": "with", "mann'd": "manned", "whilst": "while",
    "amongst": "among", "amidst": "amid", "towards": "toward", "afterwards": "afterward",
    "forwards": "forward", "backwards": "backward", "till": "until", "spake": "spoke",
    "leapt": "leaped", "learnt": "learned", "burnt": "burned", "dreamt": "dreamed",
    "spilt": "spilled", "leant": "leaned", "knelt": "kneeled", "dwelt": "dwelled",
    "spelt": "spelled", "spoilt": "spoiled", "focussed": "focused", "manoeuvre": "maneuver",
    "compleat": "complete", "compleatly": "completely", "intire": "entire",
    "intirely": "entirely", "encrease": "increase", "encreased": "increased",
    "encreasing": "increasing", "encreases": "increases", "risque": "risk", "risques": "risks",
    "inclose": "enclose", "inclosed": "enclosed", "indorse": "endorse", "indorsed": "endorsed",
    "imploy": "employ", "imployed": "employed", "imbark": "embark", "imbarked": "embarked",
    "incumber": "encumber", "incumbered": "encumbered", "incumbrance": "encumbrance",
    "incumbrances": "encumbrances", "intrust": "entrust", "intrusted": "entrusted",
    "inforce": "enforce", "inforced": "enforced", "ingage": "engage", "ingaged": "engaged",
    "inlarge": "enlarge", "inlarged": "enlarged", "enquired": "inquired",
    "enquiries": "inquiries", "enquiring": "inquiring", "cloathes": "clothes", "cloaths": "clothes",
    "cloathed": "clothed", "controul": "control", "controuled": "controlled", "shewing": "showing",
    "shews": "shows", "chuses": "chooses", "chusing": "choosing", "antient": "ancient",
    "antients": "ancients", "oeconomy": "economy", "oeconomical": "economical",
    "expence": "expense", "expences": "expenses", "suspence": "suspense", "supream": "supreme",
    "extream": "extreme", "extreamly": "extremely", "meerly": "merely", "untill": "until",
    "compell": "compel", "expell": "expel", "fulfil": "fulfill", "instal": "install",
    "instalment": "installment", "enrol": "enroll", "enthral": "enthrall", "skilful": "skillful",
    "wilful": "willful", "owne": "own", "selfe": "self", "selfes": "selves", "onely": "only",
    "soone": "soon", "moone": "moon", "sonne": "son", "sunne": "sun", "towne": "town",
    "downe": "down", "knowne": "known", "againe": "again",
    "certaine": "certain", "beene": "been", "keepe": "keep", "sleepe": "sleep",
    "deepe": "deep", "speake": "speak", "breake": "break", "goe": "go", "soe": "so", "hee": "he",
    "shee": "she", "mee": "me", "finde": "find", "kinde": "kind",
    "minde": "mind", "blinde": "blind", "winde": "wind", "olde": "old", "colde": "cold",
    "tolde": "told", "worde": "word", "wordes": "words", "worlde": "world", "lorde": "lord",
    "farre": "far", "warre": "war", "warres": "wars", "starre": "star", "starres": "stars",
    "eies": "eyes", "eie": "eye", "yeare": "year", "yeares": "years", "feare": "fear",
    "heare": "hear", "teares": "tears", "deare": "dear", "neere": "near",
    "doore": "door", "poore": "poor", "soule": "soul", "soules": "souls",
    "paine": "pain", "raine": "rain", "vaine": "vain", "dayes": "days", "wayes": "ways",
    "sayes": "says", "alwayes": "always", "mooued": "moved", "loued": "loved", "booke": "book",
    "bookes": "books", "looke": "look", "tooke": "took", "thinke": "think", "drinke": "drink",
    "speciall": "special", "generall": "general", "naturall": "natural", "royall": "royal",
    "mortall": "mortal", "equall": "equal", "finall": "final", "totall": "total",
    "publique": "public", "musique": "music", "realme": "realm",
    "kingdome": "kingdom", "freedome": "freedom", "wisdome": "wisdom",
    "connexions": "connections", "reflexion": "reflection", "inflexion": "inflection",
    "gulph": "gulf", "cyder": "cider", "tyger": "tiger", "surprized": "surprised",
    "surprizing": "surprising", "phantasy": "fantasy", "phrensy": "frenzy", "develope": "develop",
    "havock": "havoc", "almanack": "almanac",
    "to-day": "today", "to-morrow": "tomorrow", "to-night": "tonight", "hiccough": "hiccup",
    "waggon": "wagon", "waggons": "wagons",
    "cosy": "cozy", "moult": "molt", "smoulder": "smolder",
    "sulphur": "sulfur", "aluminium": "aluminum", "moustache": "mustache", "jewellery": "jewelry",
    "carcase": "carcass", "artefact": "artifact", "artefacts": "artifacts", "furore": "furor",
    "disc": "disk", "discs": "disks", "orientated": "oriented",
    "iraqui": "iraqi", "moslem": "muslim", "moslems": "muslims",
    "koran": "quran", "kiev": "kyiv", "czar": "tsar", "isil": "isis",
    **dict(table_rows("spellings.tsv")),
}  # fmt: skip
"""Spelling variants, each to one form; their inflections follow from them."""

CONTRACTIONS: Final[dict[str, str]] = {
    "i'm": "i am", "you're": "you are", "we're": "we are", "they're": "they are", "he's": "he is",
    "she's": "she is", "it's": "it is", "that's": "that is", "there's": "there is",
    "here's": "here is", "what's": "what is", "who's": "who is", "where's": "where is",
    "how's": "how is", "let's": "let us", "i've": "i have", "you've": "you have",
    "we've": "we have", "they've": "they have", "i'll": "i will", "you'll": "you will",
    "he'll": "he will", "she'll": "she will", "it'll": "it will", "we'll": "we will",
    "they'll": "they will", "that'll": "that will", "there'll": "there will", "i'd": "i would",
    "you'd": "you would", "he'd": "he would", "she'd": "she would", "we'd": "we would",
    "they'd": "they would", "it'd": "it would", "don't": "do not", "doesn't": "does not",
    "didn't": "did not", "won't": "will not", "wouldn't": "would not", "can't": "can not",
    "cannot": "can not", "couldn't": "could not", "shouldn't": "should not", "isn't": "is not",
    "aren't": "are not", "wasn't": "was not", "weren't": "were not", "hasn't": "has not",
    "haven't": "have not", "hadn't": "had not", "mustn't": "must not", "needn't": "need not",
    "shan't": "shall not", "mightn't": "might not", "ain't": "is not", "could've": "could have",
    "should've": "should have", "would've": "would have", "might've": "might have",
    "must've": "must have", "i'd've": "i would have", "we'd've": "we would have",
    "y'all": "you all", "'tis": "it is", "tis": "it is",
    "'twas": "it was", "twas": "it was", "who've": "who have", "who'd": "who would",
    "who'll": "who will", "what'll": "what will", "everybody's": "everybody is",
    "everyone's": "everyone is", "nobody's": "nobody is", "somebody's": "somebody is",
}  # fmt: skip

SOUND_ALIKE: Final[dict[str, str]] = {
    "gonna": "going to", "gotta": "got to", "wanna": "want to", "gimme": "give me",
    "lemme": "let me", "kinda": "kind of", "sorta": "sort of", "outta": "out of",
    "cause": "because",
    "'cause": "because", "cuz": "because", "em": "them", "'em": "them", "dunno": "do not know",
    "coulda": "could have", "shoulda": "should have", "woulda": "would have", "lotta": "lot of",
    "gotcha": "got you", "whatcha": "what are you", "yeah": "yes", "yep": "yes", "yup": "yes",
    "nope": "no", "nah": "no", "oughta": "ought to", "hafta": "have to", "hasta": "has to",
    "useta": "used to", "supposta": "supposed to", "needa": "need to", "musta": "must have",
    "mighta": "might have", "lotsa": "lots of", "cuppa": "cup of", "nuthin": "nothing",
    "wouldja": "would you", "didja": "did you", "c'mon": "come on", "goin": "going",
    "doin": "doing", "nothin": "nothing",
    "somethin": "something", "ya": "you", "ol": "old", "til": "until", "s'pose": "suppose",
}  # fmt: skip
"""What transcribers write in two ways: wording, never meaning."""

LIMITING: Final = _words(
    "unless if except until till provided providing only without save lest assuming excepting "
    "barring"
)
"""A clause that begins so limits the one before it."""

OPPOSING: Final = _words("but although though however yet while whereas nevertheless nonetheless")

NEGATIVE_FRAMES: Final = _words(
    "not never no nobody none neither cannot can't don't doesn't didn't won't wouldn't couldn't "
    "shouldn't isn't aren't wasn't weren't hasn't haven't hadn't mustn't hardly deny denied denies "
    "doubt doubts doubted false untrue wrong lie refuse refused refuses fail failed nor without "
    "unlikely impossible"
)
"""Words that, cut off in front of a quotation, turn its sense."""

TIMES: Final = _words(
    " ".join((*DAYS, *(month for month in MONTHS if month != "may")))
    + " today tomorrow yesterday tonight morn even "
    "tomorr yesterda toda monda tuesda wednesda thursda frida saturda sunda januar februar jul"
)
"""Days, months and the like, by their stems as well."""

UNITS: Final = _words(
    "day week month year hour minut second decad centur mil kilometer mete foot feet inch pound "
    "ton dollar cent euro ruble percent degre acr"
)
"""Stems of units of measure."""

PERSONS: Final[dict[str, int]] = {
    "i": 1, "me": 1, "my": 1, "mine": 1, "myself": 1, "i'm": 1, "i've": 1, "i'll": 1, "i'd": 1,
    "we": 2, "us": 2, "our": 2, "ours": 2, "we're": 2, "we've": 2, "we'll": 2, "we'd": 2,
    "you": 3, "your": 3, "yours": 3, "you're": 3, "thou": 3, "thee": 3, "thy": 3,
    "he": 4, "him": 4, "his": 4, "he's": 4, "she": 5, "her": 5, "hers": 5, "she's": 5,
    "they": 6, "them": 6, "their": 6, "they're": 6, "it": 7, "its": 7, "it's": 7,
}  # fmt: skip

_PAIRS: Final = (
    "more less|better worse|best worst|good bad|increase decrease|increases decreases|rise fall|"
    "up down|before after|win lose|won lost|friend enemy|friends enemies|first last|right wrong|"
    "true false|strong weak|high low|higher lower|big small|large small|old new|rich poor|"
    "peace war|love hate|always never|all none|everyone nobody|open closed|open shut|begin end|"
    "start stop|allow forbid|support oppose|accept reject|agree disagree|buy sell|give take|"
    "import export|success failure|succeed fail|strength weakness|victory defeat|safe dangerous|"
    "legal illegal|guilty innocent|inside outside|above below|north south|east west|left right|"
    "light dark|life death|live die|early late|easy hard|fast slow|hope fear|war peace|"
    "majority minority|maximum minimum|public private|possible impossible|necessary unnecessary|"
    "full empty|"
    "positive negative|ally enemy|allies enemies|same different|many few|against for|with without"
)
OPPOSITES: Final[dict[str, str]] = {
    word: other
    for pair in _PAIRS.split("|")
    for word, other in (pair.split(), reversed(pair.split()))
}

RELATION_PAIRS: Final = frozenset(
    frozenset(pair.split())
    for pair in (
        "before after|before when|before since|as than|here there|now then|if when|if because|"
        "if although|if until|if since|unless because|because although|unless until|before while|"
        "before during|after by|after until|after during|by until|by since|from to|to by|into from|"
        "into out|under over|on off|in out|up down|and or|from by|over below|above under|"
        "beyond within|outside within|since until"
    ).split("|")
)
"""Prepositions and conjunctions of which one does not say what the other says."""

HEARSAY: Final = _words(
    "alleged accused suspected suspicion rumoured rumored reputed reputedly purported supposed "
    "supposedly ostensibly presumed believed thought reported understood said claimed apparent "
    "seemingly"
)
"""Words that leave it to others whether what they stand beside is so."""

DEGREES: Final = _words(
    "fairly partly partially largely mainly mostly virtually practically roughly approximately "
    "somewhat potentially nominally conditionally provisionally relatively"
)
"""Adverbs without which the word beside them claims more."""

VARIANTS: Final[dict[str, str]] = {**ABBREVIATIONS, **SPELLINGS}
"""One word in two forms, for aligning: whether they may stand for one another is judged later."""
