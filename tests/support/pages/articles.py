"""Prose for web pages: articles, what stands around them, what people write below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

__all__ = ["ARTICLES", "COMMENTS", "COOKIES", "NAVIGATION", "OFFERS", "TEASERS", "Article"]


@dataclass(frozen=True, slots=True)
class Article:
    """A text of paragraphs. ``subheads`` stand above the paragraph of that number."""

    title: str
    author: str
    day: str
    paragraphs: tuple[str, ...]
    subheads: dict[int, str]

    def blocks(self) -> list[tuple[str, str]]:
        """("h2" or "p", text) in order."""
        found = []
        for number, paragraph in enumerate(self.paragraphs):
            if number in self.subheads:
                found.append(("h2", self.subheads[number]))
            found.append(("p", paragraph))
        return found


ARTICLES: Final = (
    Article(
        "Otters halt work on the Sallow weir",
        "Hedda Quarles",
        "2023-04-18",
        (
            "Work on the weir at Sallow Ferry has stopped for the second time this spring, after"
            " a diver found a pair of otters asleep in the dry half of the lock.",
            "“They looked at me as if I had come without an appointment,” said the diver, Jory"
            " Penhall, who has inspected locks for nineteen years and had never met one.",
            "The river trust says that nothing can be built until the animals have moved out,"
            " which may be in June or, in the words of its ecologist, “when the otters say so.”",
            "Villagers are divided. The weir was to have been finished before the regatta, and"
            " the regatta pays for the roof of the school, the lamps on the quay and most of the"
            " brass band.",
            "“I like an otter as well as anybody,” said the bandmaster, Olwen Tregear. “But an"
            " otter does not buy a tuba.”",
            "The contractor has sent its men to another job and keeps one watchman on the bank,"
            " who counts the otters every evening and writes the number on a slate.",
            "Last night the number was three.",
            "A spokeswoman for the county said that the cost of the delay, about 40,000 a week,"
            " would be shared between the trust and the insurers, and that no decision had been"
            " taken on the regatta.",
        ),
        {3: "A roof, some lamps and a tuba", 5: "The slate on the bank"},
    ),
    Article(
        "The clock at Marrow Street tells the truth twice a day",
        "Ansel Viruet",
        "2021-11-02",
        (
            "Nobody in the town of Dunmore Cross has trusted the station clock since the flood,"
            " and nobody has had the heart to stop it.",
            "It runs eleven minutes fast in dry weather and gains a little more when it rains."
            " The stationmaster, who retired in 2009, used to correct it every morning with a"
            " broom handle.",
            "“You do not repair a clock like that,” said Perpetua Oakes, whose kiosk stands below"
            " it. “You come to an understanding with it.”",
            "The railway has offered to replace the works with a receiver that takes the time"
            " from a satellite. Passengers were asked for their opinion in a survey, and 212 of"
            " 230 of them wrote that they would rather be early.",
            "Among the eighteen others was a retired judge, Lucian Farr, who said in a letter to"
            " the council that “a public clock is a promise, and a promise that is eleven minutes"
            " wrong is a lie with a good view.”",
            "The council answered that it had no jurisdiction over time.",
        ),
        {3: "Early by choice"},
    ),
    Article(
        "Minister promises night trains by spring, and a bed for everyone",
        "Tove Lagerkranz",
        "2024-01-30",
        (
            "Night trains will run again between the capital and the northern ports from the"
            " first week of May, the transport minister told parliament on Tuesday, eleven years"
            " after the last of them was scrapped.",
            "“We sold the beds and kept the rails,” Ingmar Solheim said to laughter from the"
            " opposition. “I would not have done it in that order, but the rails are still there.”",
            "Forty carriages have been bought from a bankrupt operator abroad. Twelve of them"
            " have been repaired in the yard at Vessby, where the work is going “neither fast nor"
            " slow, but forward,” according to the foreman, Dag Ruud.",
            "The ministry puts the cost at 310 million, of which a third comes from the regions.",
            "Not everybody was convinced. Sunniva Aas, who speaks for the opposition on"
            " transport, asked whether the minister had slept in one of the carriages himself.",
            "He had, he replied, and had been woken twice: once by a goods train, and once by"
            " Mrs Aas’s question, which he had been expecting since midnight.",
            "Tickets go on sale on 2 April. A bed in a compartment for four will cost 49, a"
            " single cabin 160, and children under six travel free if they are, as the leaflet"
            " has it, “willing to share a pillow.”",
            "The drivers’ union welcomed the plan but warned that it was short of sixty drivers"
            " who are trained for the northern line. Training one takes fourteen months.",
            "“You can buy a carriage,” said its chairman, Petter Lunde. “A driver has to grow.”",
        ),
        {2: "Forty carriages", 6: "What a bed costs", 7: "Short of drivers"},
    ),
    Article(
        "She mapped every well in the valley, and then they dried",
        "Ruben Castellane",
        "2022-08-09",
        (
            "For thirty-one summers Zelma Ocaña walked the valley of the Arro with a rope, a tin"
            " cup and a notebook, and wrote down how far it was to water.",
            "There are 418 wells in her notebooks. In the first of them, from 1988, the deepest"
            " water lay nineteen metres down. In the last one the shallowest lies at twenty-two.",
            "She never meant to prove anything. “I was a girl who liked to drop stones and count,”"
            " she said at her kitchen table, with the notebooks stacked in front of her like"
            " bread. “Then the counting got longer.”",
            "The university has now scanned all of them, and a hydrologist, Dr Imre Falk, calls"
            " them the best record of groundwater between the two mountain ranges.",
            "“We have satellites that weigh the water from orbit,” he said. “They agree with her"
            " to within a hand’s breadth. She did it with a rope.”",
            "Farmers in the valley take their water from boreholes four times as deep as any of"
            " the wells. Permits for thirty-six more were granted last year, and the association"
            " of growers says that it needs twenty more still.",
            "Its president, Basilio Renn, declined to be interviewed but sent a statement: “Our"
            " members use every drop twice. The valley has always been dry. It is the notebooks"
            " that are new.”",
            "Ms Ocaña read it twice and put it under the notebooks. Then she went out to measure"
            " the well behind the house.",
            "It took the stone a long time to say anything.",
        ),
        {3: "With a rope", 5: "Thirty-six permits"},
    ),
    Article(
        "Court clears the baker of Tolland of stealing a recipe",
        "Millicent Dray",
        "2020-02-14",
        (
            "A baker who was accused of stealing a rival’s recipe for plum bread was cleared on"
            " Friday by a court that had spent part of the morning eating it.",
            "Judge Harriet Bolam said that the two loaves were “as different as cousins” and that"
            " nobody could own the idea of a plum.",
            "The case began two years ago, when Edric Moule opened a shop across the street from"
            " Crispin Yaxley, for whom he had worked for nine years.",
            "“I left with my apron and my back,” Mr Moule told the court. “The bread was in my"
            " hands already.”",
            "Mr Yaxley, whose family has baked in Tolland since 1874, said that he would not"
            " appeal. He asked for one thing, which the judge said was outside her power: that"
            " the other loaf should not be called Tolland Plum.",
        ),
        {},
    ),
    Article(
        "How a choir of sixty learned to sing without a hall",
        "Noor Abendroth",
        "2023-12-11",
        (
            "On the first Monday after the fire, fifty-eight of the sixty singers of the Brack"
            " Choral Society came to a car park, in the rain, and stood where they thought their"
            " places would be.",
            "“Altos by the ticket machine,” said their conductor, Ludmila Hasek. It is now a"
            " saying in the town.",
            "They have since rehearsed in a swimming bath, a tram depot and the cold store of a"
            " cheese merchant, who gave them the key on condition that nobody sang flat near the"
            " Gouda.",
            "Each place taught them something. In the bath every consonant came back four seconds"
            " later, so they learned to leave room. In the depot they could not hear one another"
            " at all, so they learned to watch.",
            "“We used to be sixty people listening to ourselves,” said Teun Brouwer, a bass who"
            " drives one of the trams. “Now we look up.”",
            "The new hall is to open in the autumn of next year. Its architect came to the cheese"
            " store in November to hear what sound they would like it to have.",
            "They sang him the same hymn three times, without a word. “I wrote down one line,” he"
            " said afterwards. “Not too kind.”",
        ),
        {2: "A bath, a depot, a cheese store", 5: "What the hall should sound like"},
    ),
)

NAVIGATION: Final = ("Home", "News", "Politics", "Business", "Sport", "Culture", "Weather", "About")
COOKIES: Final = (
    "We value your privacy. We and our 812 partners store and access information on your device,"
    " such as cookies, and process personal data, such as unique identifiers, to show you"
    " personalised advertising and content, to measure advertising and to learn about audiences.",
    "With your permission we and our partners may use precise geolocation data. You may click to"
    " consent to our processing as described above, or click to refuse to consent. Your choices"
    " will apply to this site only, and you can change them at any time at the foot of the page.",
)
OFFERS: Final = (
    "Sign up for our morning briefing: the five stories that matter, in your inbox by seven.",
    "By signing up you agree to our terms of service and acknowledge our privacy policy.",
    "Subscribe now for full access. Cancel anytime. Already a subscriber? Log in.",
)
TEASERS: Final = (
    (
        "Ferry company names its new ship after a goat",
        "The animal swam out to the last one twice a day for eleven years and is said to be"
        " pleased, as far as anybody can tell with goats.",
    ),
    (
        "What the census says about umbrellas",
        "There are more of them than people, and most are in lost property offices, our"
        " correspondent found when she went to look for her own.",
    ),
    (
        "Opinion: give the bees a vote",
        "They turn out in any weather, they argue in public, and they have never once asked for a"
        " recount, writes our gardening columnist.",
    ),
    (
        "Snow expected on the high passes by Thursday",
        "Drivers should carry chains, blankets and something to read, the road office warned,"
        " since the tunnel will be closed until noon.",
    ),
)
COMMENTS: Final = (
    (
        "rowboat71",
        "I grew up two streets from there and I can promise you that it was never like this. My"
        " grandmother would have sorted it out in an afternoon with one telephone call and a"
        " cake, and everybody would have gone home and been ashamed of themselves.",
    ),
    (
        "Plain Speaking",
        "Typical. They spend our money on surveys and committees, and when you ask a simple"
        " question they send you a form. I have written to the paper about it four times and they"
        " printed the shortest one with the joke taken out.",
    ),
    (
        "margit_v",
        "Does anybody know whether the exhibition is still open at weekends? We are coming with"
        " three children and a dog on the ninth and the web page has said the same thing since"
        " last summer. Thank you in advance, and lovely pictures by the way.",
    ),
)
