"""Who is said to have said a number, through the extraction of quantity claims."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 2, 14)
FACT = "Peru's exports to Chile reached $5.2 billion in 2024"


def speakers(text: str) -> list[str | None]:
    return [claim.attributed_to for claim in quantity_claims(read_script(read_text(text, PUBLISHED)))]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"{FACT}.", None),
        (f"{FACT}, Ana Torres said.", "Ana Torres"),
        (f"{FACT}, said Ana Torres.", "Ana Torres"),
        (f"Ana Torres said that {FACT}.", "Ana Torres"),
        (f"According to the Central Bank, {FACT}.", "the Central Bank"),
        ("In 2025 as a whole the ministry expects exports of Peru to Chile of $5 billion.", "the ministry"),
        (f"Neither Lima nor Santiago denied that {FACT}.", None),
        (f"{FACT}, according to a study by the University of Lima.", "a study by the University of Lima"),
        (f"{FACT}, Andina reported, citing the Central Bank.", "the Central Bank"),
        (f"As the head of the bank, Ana Torres, put it, {FACT}.", "Ana Torres"),
        ("Exports of Peru grew, said Ana Torres, by 5 percent in 2024.", "Ana Torres"),
        (f"The treaty states the terms; {FACT}.", None),
        (f"{FACT}, trade sources said.", "trade sources"),
        (f"{FACT}, official figures show.", "official figures"),
        (f"{FACT}, figures released on Monday by the Customs Service show.", "the Customs Service"),
        (f"{FACT}, the Port Authority of Callao (PAC) told reporters.", "the Port Authority of Callao"),
        (f"A report by the Central Bank seen by Reuters on Tuesday said {FACT}.", "the Central Bank"),
        (f"A statement of the ministry obtained by the agency said that {FACT}.", "the agency"),
        (f"The Port Authority of Callao on Tuesday said {FACT}.", "The Port Authority of Callao"),
        (f"The state grain buyer earlier this month said that {FACT}.", "The state grain buyer"),
        (f"Ana Torres, who runs a bank in Lima, said that {FACT}.", "Ana Torres"),
        (f"It was reported on Tuesday in the Ministry of Trade that {FACT}.", "the Ministry of Trade"),
        ("The operator's hope: exports of 3 million tons of copper from Peru.", "The operator"),
        ("Exports showed that Peru sold copper worth $5.2 billion to Chile.", None),
        ("The cost of the railway in Peru is estimated at $5.2 billion.", None),
        ("The United States exported goods worth $5.2 billion to Peru in 2024.", None),
    ],
)
def test_the_speaker_whom_a_sentence_names(text: str, speaker: str | None) -> None:
    assert speakers(text) == [speaker]


def test_a_pronoun_means_the_last_who_spoke() -> None:
    text = f"{FACT}, Trade Minister Ana Torres said. Imports were $1.1 billion, she added."
    assert speakers(text)[1] == speakers(text)[0]


def test_he_is_the_person_and_not_the_agency() -> None:
    text = f"Oil Minister Juan Diaz met reporters. {FACT}, the Andina agency reported. Imports were $1.1 billion, he said."
    assert speakers(text) == ["the Andina agency", "Juan Diaz"]


def test_who_begins_a_later_clause_said_nothing_before() -> None:
    text = (
        "Peru exported goods worth $5 billion to Chile in 2023, and Ana Torres calculated that exports had grown to $7 billion."
    )
    assert speakers(text) == [None, "Ana Torres"]


def test_a_semicolon_ends_what_somebody_said() -> None:
    text = f"{FACT}, Ana Torres said; imports from Chile were $1.1 billion."
    assert speakers(text) == ["Ana Torres", None]


def test_answers_are_those_of_who_is_asked() -> None:
    text = (
        "The director of the port, Juan Diaz, on what comes next.\n\nQ: How much do you carry?\n\n"
        f"A: Much. {FACT}.\n\nQ: And imports?\n\nA: Imports from Chile were $1.1 billion.\n"
    )
    assert speakers(text) == ["Juan Diaz", "Juan Diaz"]


NAMES = [
    "Peru's",
    "exports",
    "to",
    "Chile",
    "reached",
    "$5.2 billion",
    "3 million tons",
    "12%",
    "from",
    "in 2024",
    "by 2030",
    "last year",
]
SIGNS = [",", ".", ";", ":", '"', "“", "”", "(", ")", "—", "\n\n", "A:", "Q:", "’s hope"]
VERBS = ["said", "Ana Torres", "he", "according to", "which", "that", "the", "will", "would", "not", "data", "show", "reported"]
WORDS = st.sampled_from([*NAMES, *SIGNS, *VERBS, "of which", "its", "it was said in"])


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join))
def test_any_words_give_claims_whose_speaker_stands_in_the_text(text: str) -> None:
    for claim in quantity_claims(read_script(read_text(text, PUBLISHED))):
        assert claim.attributed_to is None or claim.attributed_to in text


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Exports of Kenya fell 5 percent in May, port agents said.", "port agents"),
        ("Exports of Kenya fell 5 percent in May, said one of the brokers, who had seen the tables.", "one of the brokers"),
        (
            "Three people with knowledge of the matter said exports of Kenya fell 5 percent.",
            "Three people with knowledge of the matter",
        ),
        ("The Grain Board (GB), said on Tuesday exports of Kenya fell 5 percent.", "The Grain Board"),
        ("Kenya's main buyer, the Grain Board (GB), said exports of Kenya fell 5 percent.", "the Grain Board"),
        ("Exports of Kenya fell 5 percent in May, grumbled Ana Torres, a trader.", "Ana Torres"),
        ("Exports of Kenya fell 5 percent in May, says the head of the port, Ana Torres.", "the head of the port, Ana Torres"),
        (
            '"A pity," said Ana Torres, an economist at a bank, who pencils in exports from Kenya of $5 billion.',
            "Ana Torres, an economist at a bank",
        ),
        ("A panel explains that exports of Kenya fell 5 percent in May.", "A panel"),
        ("Both presidents name $500 million as the turnover between Kenya and Uganda in 2030.", "Both presidents"),
        ("The government wants exports from Kenya to reach $5 billion in 2025.", "The government"),
        ("The minister said that farmers want exports from Kenya to reach $5 billion in 2025.", "The minister"),
        ("The port of Lamu added 36 ship calls in May.", None),
        ("The line from Baku to Astara is often said to be 500 km long.", None),
    ],
)
def test_who_speaks_follows_from_the_verb_and_its_place(text: str, speaker: str | None) -> None:
    assert set(speakers(text)) == {speaker}


def test_the_lines_of_a_list_are_of_whoever_gives_it_or_of_the_source_under_it() -> None:
    listed = "Traders gave the following breakdown:\n\n"
    listed += "* 5,000 tonnes of wheat exported to Kenya\n* 6,000 tonnes of corn exported to Peru\n"
    assert speakers(listed) == ["Traders", "Traders"]
    sourced = "AT A GLANCE\n\n* Tea exported from Kenya: $741m\n* Coffee: $578m\n"
    sourced += "Source: Tea Board\n\nImports from Iran were $3 million."
    assert speakers(sourced) == ["Tea Board", "Tea Board", None]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Presidents Kassym-Jomart Tokayev and Ilham Aliyev said so. Cargo, Tokayev said, came to 4 million tons in 2023; "
            "he expects 10 million tons.",
            ["Tokayev", "Tokayev"],
        ),
        ("Exports of cars, Silva noted, rose 5 percent in 2023; she hopes for 7 percent.", ["Silva", "Silva"]),
        (
            "Minister John Smith and his guest Peter Novak met. Exports rose 5 percent, Novak reported; he expects 7 percent.",
            ["Novak", "Novak"],
        ),
        ("Ministers Ana Silva and Peter Novak said imports fell 3 percent. He expects exports of $9 billion.", [None]),
    ],
)
def test_he_is_one_and_the_one_who_spoke_last(text: str, speakers: list[str | None]) -> None:
    assert [claim.attributed_to for claim in quantity_claims(read_script(read_text(text)))][-len(speakers) :] == speakers


@pytest.mark.parametrize(
    ("told", "speaker"),
    [
        ("Presidents Ana Torres and Juan Diaz said so on Monday.", "Presidents Ana Torres and Juan Diaz"),
        ("Trade Minister Ana Torres gave these figures at a forum in Lima.", "Trade Minister Ana Torres"),
        ("The Central Bank made this known on Tuesday.", "The Central Bank"),
        ("Ana Torres, head of the customs service, announced the results in Lima.", "Ana Torres, head of the customs service"),
        ("Juan Diaz told reporters this after the talks.", "Juan Diaz"),
        ("Ana Torres gave the port a new name.", None),
        ("Exports of wool made the figures better.", None),
    ],
)
def test_the_next_sentence_names_who_said_it(told: str, speaker: str | None) -> None:
    assert speakers(f"{FACT}. {told}") == [speaker]


def test_figures_given_afterwards_are_not_those_of_another_speaker() -> None:
    assert speakers(f"{FACT}, Juan Diaz said. Ana Torres gave these figures in Lima.") == ["Juan Diaz"]


@pytest.mark.parametrize(
    ("opening", "said", "speaker"),
    [
        ("The World Bank had seen this coming.", "it found,", "The World Bank"),
        ("The IMF has published its outlook.", "it expects,", "The IMF"),
        ("The Asian Development Bank sees a new trend.", "it notes,", "The Asian Development Bank"),
        ("The World Bank had seen this coming.", "divers found,", None),
    ],
)
def test_it_is_the_organisation_that_the_sentence_before_was_on(opening: str, said: str, speaker: str | None) -> None:
    assert speakers(f"{opening} In 2024, {said} Peru exported 7 percent more to Chile than a year earlier.") == [speaker]


@pytest.mark.parametrize(
    ("opening", "heading", "speaker"),
    [
        ("The World Bank presented its study on Peru.", "THE STUDY IN FIGURES", "The World Bank"),
        ("On Monday the IMF released a report.", "From the report", "the IMF"),
        ("On Monday Lima celebrated.", "Findings of the OECD survey", "the OECD"),
        ("The World Bank presented its study on Peru.", "Exports in figures", None),
    ],
)
def test_lines_under_a_heading_are_of_the_report_that_it_names(opening: str, heading: str, speaker: str | None) -> None:
    text = f"{opening}\n\n{heading}\n- {FACT}.\n- Imports of Peru from Chile grew by 4 percent in 2024.\n\n{FACT} again."
    assert speakers(text) == [speaker, speaker, None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Kenya and Uganda signed a protocol in Kampala; they said their trade would reach $3 billion by 2030.",
            "Kenya and Uganda",
        ),
        (
            "Chile and Peru met in Lima. In a joint paper they said they want to double their trade to $12 billion.",
            "Chile and Peru",
        ),
        ("In Accra, Ghana and Togo agreed on customs. They expect their trade to reach $2 billion.", "Ghana and Togo"),
        (
            "Brokers met on Monday. Traders said Ghana sold 2 million tons of cocoa. They expect exports of 3 million tons.",
            "Traders",
        ),
    ],
)
def test_they_are_those_whom_the_passage_joins(text: str, speaker: str | None) -> None:
    before = "The World Bank said exports of Mali fell by 5% in 2024.\n\n"
    assert speakers(before + text)[-1] == speaker


def test_they_are_not_the_single_speaker_of_another_paragraph() -> None:
    text = (
        "The World Bank said exports of Mali fell by 5% in 2024.\n\nDrivers struck in Lima. They expect exports of $3 billion."
    )
    assert speakers(text) == ["The World Bank", None]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("President Ruto toured the port of Mombasa and said it had handled 40 million tons in 2024.", "President Ruto"),
        (
            "Deputy Minister Ana Silva opened the fair and cited trade of Peru with Mexico of $4 billion.",
            "Deputy Minister Ana Silva",
        ),
        ("The ministry published its tables and said exports of Peru rose by 5%.", "The ministry"),
        (
            "Minister Ali Khan came to Ankara and gave some numbers: Pakistan sold Turkey $3 billion of goods.",
            "Minister Ali Khan",
        ),
        (
            "Ana Silva, envoy and ambassador in Lima, spoke, and she had brought figures: Brazil sold Peru $5 billion.",
            "Ana Silva",
        ),
        ("Ambassador Ana Silva, marking the day, pointed to trade of Peru with Brazil of $9 billion.", "Ambassador Ana Silva"),
        ("Mr. Ruto visited Lima, where he said that trade of Kenya with Peru came to $500 million.", "Mr. Ruto"),
        ("In July the United States and Kenya announced trade of $40 billion.", "the United States and Kenya"),
        ("Drake, a company from the United States, bought copper of Peru for $300 million.", None),
        ("The same day the ministry said exports of Peru reached $5 billion.", "the ministry"),
    ],
)
def test_the_subject_of_the_sentence_goes_on_to_its_later_verbs(text: str, speaker: str | None) -> None:
    assert speakers(text)[-1] == speaker


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Chile's statistics office itself has $4.5 billion for the exports of copper.", ["Chile's statistics office"]),
        ("The Customs Service has exports of Kenya to Uganda at $900 million.", ["The Customs Service"]),
        ("Exports of Peru reached $42 billion, a sum the central bank puts at $41 billion.", [None, "the central bank"]),
        ("Kenya has a port for 5 million tons of exports.", [None]),
    ],
)
def test_whose_figure_it_is_says_it(text: str, told: list[str | None]) -> None:
    assert speakers(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "Trade of Georgia (excluding non-declared goods) came to $3 million in 2022.",
        "A bulletin was issued according to which Georgia exported goods worth $3 million in 2022.",
    ],
)
def test_a_part_of_a_word_and_a_word_that_points_back_say_nothing(text: str) -> None:
    assert speakers(text) == [None]
