"""How certain a number is, through the extraction of quantity claims."""

from datetime import date

import pytest

from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.script import read_script
from pipeline.documents.reading import read_text

PUBLISHED = date(2025, 2, 14)


def modalities(text: str) -> list[str]:
    return [claim.modality for claim in quantity_claims(read_script(read_text(text, PUBLISHED)))]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Peru's exports to Chile reached $5.2 billion in 2024.", "reported"),
        ("Peru's exports to Chile are expected to reach $6 billion in 2026.", "forecast"),
        ("Peru's exports to Chile will reach $6 billion next year.", "forecast"),
        ("The bank thinks that Peru's exports to Chile will be raised to $6 billion in 2026.", "forecast"),
        ("It should be noted that Peru's exports to Chile reached $5.2 billion in 2024.", "reported"),
        ("It must be recalled that Peru's exports to Chile were $5.2 billion.", "reported"),
        ("Peru's exports to Chile should reach $6 billion in 2026.", "target"),
        ("Peru aims to raise exports to Chile to $6 billion.", "target"),
        ("Peru has set a goal of $6 billion for its exports to Chile.", "target"),
        ("Peru will invest $6 billion in Chile.", "target"),
        ("Exports of Peru to Chile of 40,000 tons of wheat will be allowed.", "target"),
        ("The minister said Peru would raise exports to Chile to $6 billion.", "target"),
        ("The minister said Peru's exports to Chile would reach $6 billion.", "forecast"),
        ("Peru's exports to Chile could reach $6 billion.", "possible"),
        ("Exports would reach $6 billion if Peru sold more copper to Chile.", "possible"),
        ("Peru's exports to Chile have yet to reach $6 billion.", "negated"),
        ("Peru does not expect its exports to Chile to reach $6 billion in 2030.", "negated"),
        ("Peru's exports to Chile are not expected to exceed $6 billion.", "negated"),
        ("Peru denied reports that its exports to Chile were $6 billion.", "negated"),
        ("In May 2024 Peru's exports to Chile were $6 billion.", "reported"),
        ("I doubt that Peru's exports to Chile will ever reach $6 billion.", "possible"),
        ("No doubt Peru's exports to Chile reached $6 billion.", "reported"),
        ("Peru has agreed to buy 12 aircraft from Brazil.", "reported"),
    ],
)
def test_the_words_around_a_number_tell_how_certain_it_is(text: str, modality: str) -> None:
    assert modalities(text) == [modality]


def test_the_base_of_a_plan_is_reported() -> None:
    assert modalities("Peru plans to raise exports to Chile to $6 billion from $5 billion.") == ["target", "reported"]


def test_a_clause_that_explains_a_word_keeps_its_own_certainty() -> None:
    text = "The trade deficit of Peru, which hit $2 billion in 2023, is expected to fall to $1 billion in 2026."
    assert modalities(text) == ["reported", "forecast"]


def test_a_negation_ends_with_its_part_of_the_sentence() -> None:
    assert modalities("Not much, for now: Peru's exports to Chile were $6 billion in 2024.") == ["reported"]


def test_an_expectation_of_a_time_gone_by_is_an_estimate_of_a_fact() -> None:
    assert modalities("Peru's exports to Chile are likely to have been $6 billion in 2024.") == ["reported"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The minister denied that Kenya would cut exports of tea to 5 million tonnes.", "negated"),
        ("The minister ruled out that imports of Kenya might exceed $5 billion.", "negated"),
        ("Neither side has denied that exports of Kenya fell 5 percent in May.", "reported"),
        ("The minister said Kenya might cut exports of tea to 5 million tonnes.", "possible"),
        ("It is far from certain that exports of Kenya will reach $5 billion.", "possible"),
        ("Kenya had planned to export 5 million tonnes of tea.", "target"),
        ("The line was to have carried 5 million tonnes of coal a year.", "target"),
        ("The port would have handled 5 million tonnes of coal with a deeper channel.", "possible"),
        ("The line is due to carry 5 million tonnes of coal.", "target"),
        ("The port has budgeted for 5 million tonnes of coal this year.", "target"),
        ("Kenya wants its exports to reach $5 billion.", "target"),
        ("Exports of Kenya must reach $5 billion, the president said.", "target"),
        ("The port is set to handle 5 million tonnes of coal in 2026.", "forecast"),
        ("Exports of Kenya are reckoned to come to $5 billion next year.", "forecast"),
        ("A loan of $5 billion from China to Kenya is being discussed.", "possible"),
        ("China has approved a loan of $5 billion to Kenya.", "reported"),
    ],
)
def test_nested_and_past_intentions(text: str, modality: str) -> None:
    assert modalities(text) == [modality]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The ferry from Poti to Varna needs 36 hours if the weather is good.", "reported"),
        ("By ship a container from Poti to Varna takes four days, if there is a ship.", "reported"),
        ("If trains take 36 hours from Baku to Poti, exporters gain.", "possible"),
        ("The port could handle 5 million tonnes of coal if the channel were dredged.", "possible"),
    ],
)
def test_a_condition_reaches_what_it_supposes_and_no_fact(text: str, modality: str) -> None:
    assert modalities(text) == [modality]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Exports of Kenya were 1.2 percent above the board's goal of $24 billion.", ["reported", "target"]),
        ("The bank cut its forecast for Peru's trade surplus to $2 billion from $4 billion.", ["forecast", "forecast"]),
        ("The bank sees Kenya's exports at $5 billion next year, up from $4 billion.", ["forecast", "reported"]),
        ("The 980-km railway from Baku to Tabriz is to raise capacity to 15 million tonnes.", ["reported", "target"]),
        ("Exports of Kenya fell 5 percent in May, and nobody wants that again.", ["reported"]),
        ("Nine-tenths of the goods that Chile sells to Peru would be freed of duties.", ["target"]),
        ("The reduction of 25 percent in rail tariffs to China applies until 30 September.", ["reported"]),
        ("Kenya to cut duty on wheat to 10 percent\n\nNairobi said so on Monday.", ["target"]),
    ],
)
def test_what_a_number_is_measured_against_does_not_make_it_a_plan(text: str, expected: list[str]) -> None:
    assert modalities(text) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Exports of Peru to Chile came to $3 billion and will be helped by the pact.", "reported"),
        ("Exports of Peru to Chile are $3 billion and could soon be helped by the pact.", "reported"),
        ("Under study are deliveries of wheat, 2 million tons, from Peru to Chile.", "possible"),
        ("Peru is studying exports of tea to Chile of up to 3 million tons.", "possible"),
        ("The ministries are exploring exports of 3 million tons of wheat from Peru to Chile.", "possible"),
    ],
)
def test_a_second_verb_leaves_the_amount_of_the_first_as_it_is(text: str, told: str) -> None:
    assert [claim.modality for claim in quantity_claims(read_script(read_text(text, date(2024, 6, 15))))] == [told]


@pytest.mark.parametrize(
    "told",
    [
        "The railways of Kenya and Uganda agreed on transport of up to 2 million tons a year.",
        "In May they signed an accord, which raises the volume by rail to 2 million tons a year.",
        "A new contract with Kenya increases rail freight to 2 million tons a year.",
    ],
)
def test_a_yearly_amount_that_an_instrument_sets_is_a_target_and_no_capacity(told: str) -> None:
    claims = quantity_claims(read_script(read_text(f"Rail freight in Uganda\n\n{told}", date(2024, 6, 15))))
    assert [(claim.indicator, claim.modality) for claim in claims] == [("cargo", "target")]


def test_what_an_instrument_set_in_the_past_is_a_fact() -> None:
    text = "Rail freight in Uganda\n\nThe accord raised rail freight to 2 million tons a year in 2020."
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [claim.modality for claim in claims] == ["reported"]


def test_an_estimate_of_a_cost_ahead_stays_one_and_parts_are_as_certain_as_the_whole() -> None:
    text = (
        "A railway for Laos\n\nIn April 2023 the railway was estimated to cost $8 billion, with a length of about 450 km, "
        "of which 280 km in Laos."
    )
    claims = quantity_claims(read_script(read_text(text, date(2024, 6, 15))))
    assert [claim.modality for claim in claims] == ["forecast", "reported", "reported"]


@pytest.mark.parametrize("cost", ["will cost an estimated", "is going to cost about", "would cost some", "is expected to cost"])
def test_what_a_thing_not_yet_built_costs_is_a_forecast(cost: str) -> None:
    assert modalities(f"The railway from Kenya to Uganda {cost} $4.7 billion.") == ["forecast"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Kenya and Uganda have agreed on the export of 36,000 tonnes of tea for 2025.", "target"),
        ("Kenya and Uganda agreed on exports of 36,000 tonnes of tea for 2022.", "reported"),
        ("From 1 April 2025 rail freight rates in Kenya rise by 6 percent.", "target"),
        ("The minister talked of a tariff of 10 percent on imports from Peru.", "possible"),
        ("The pact contains a promise of $100 million of investment in Peru by Japan.", "target"),
        ("Chile should export 5 million tonnes of copper next year.", "forecast"),
        (
            "January figures are due on Thursday and traders expect imports of 5 million tonnes of copper by China.",
            "forecast",
        ),
    ],
)
def test_what_is_agreed_scheduled_or_talked_of_is_still_to_come(text: str, modality: str) -> None:
    assert modalities(text) == [modality]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Oman and India signed a trade agreement on Monday. It removes duties on 85 percent of Omani goods.", "target"),
        ("The framework agreement was announced in July. Under it Omani goods face a duty of 19 percent in India.", "target"),
        ("Peru and Japan initialed a trade deal. Japan scraps tariffs on 99 percent of Peruvian goods.", "target"),
        ("Peru and Japan signed a trade pact. The pact lowers the duty on fish to 5 percent.", "target"),
        ("Peru and Japan signed a trade pact. The duty on fish is to fall, and tariffs on rice go to 5 percent.", "target"),
        ("A trade agreement was due. Peru and Japan signed the agreement. Peru cuts tariffs on 90 percent of lines.", "target"),
        ("Peru and Japan signed a security pact in May 2023. Peru lowers its import duty on rice to 5 percent.", "reported"),
        ("Peru signed a peace deal with the rebels. Japan lowers its import duty on rice to 5 percent.", "reported"),
        ("Peru and Japan signed a trade pact. Ghana lowers its import duty on rice to 5 percent.", "reported"),
        ("A partnership of two theatres was announced. Japan lowers its import duty on rice to 5 percent.", "reported"),
        ("The trade agreement of Peru and Japan is in force. It removes duties on 85 percent of Peruvian goods.", "reported"),
        ("The pact of Peru and Japan took effect in May. Japan scraps tariffs on 99 percent of Peruvian goods.", "reported"),
        ("Peru and Japan signed a trade deal, which scraps Japan's 20 percent duty on Peruvian fish.", "reported"),
        ("Peru and Japan signed a trade deal. Peruvian fish now faces a duty of 20 percent in Japan.", "reported"),
    ],
)
def test_what_an_agreement_not_yet_in_force_makes_of_duties_is_still_to_come(text: str, modality: str) -> None:
    assert modalities(text) == [modality]


def test_what_is_told_as_done_behind_a_plan_is_a_fact() -> None:
    text = "Japan's bank will lend Peru 500 million euros, and the Dutch government has given Peru a grant of 40 million euros."
    assert modalities(text) == ["target", "reported"]


def test_what_a_thing_is_to_cost_is_a_forecast() -> None:
    assert modalities("The canal in Peru is to cost $1.7 billion.") == ["forecast"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2024 imports of Nepal were to the tune of $5 billion.", ["reported"]),
        ("In 2024 Mali's exports to Togo were to the value of $40 million.", ["reported"]),
        (
            "Trade of Chad and Niger had exceeded $400 million and we have plans to raise it to $2 billion.",
            ["reported", "target"],
        ),
        (
            "Togo's exports to Mali stood at 3 million tons and the government intends to raise them to 5 million tons.",
            ["reported", "target"],
        ),
        ("Togo's exports to Mali stood at 3 million tons and they are to reach 5 million tons.", ["reported", "target"]),
        ("Peru and Chile agreed on Tuesday to raise mutual trade to $5 billion.", ["target"]),
        ("Peru and Chile pledged in Lima on 11 February to raise mutual trade to $5 billion.", ["target"]),
    ],
)
def test_a_plan_told_behind_a_fact_leaves_it_one(text: str, expected: list[str]) -> None:
    assert modalities(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("India agreed on Monday to buy 37 aircraft from France.", ("reported", date(2025, 8, 18))),
        ("Peru agreed on 11 February to sell gas worth $3 billion to Chile.", ("reported", date(2025, 2, 11))),
        ("Peru agreed on Friday to supply 3 million tons of wheat to Chile.", ("target", None)),
        ("Peru decided on Tuesday to buy 3 million tons of wheat from Canada.", ("reported", date(2025, 8, 19))),
        ("Peru agreed to supply 3 million tons of wheat to Chile.", ("target", None)),
        ("Kenya agreed on Tuesday to raise trade with Egypt to $5 billion.", ("target", None)),
        ("Peru and Chile agreed on Monday to bring mutual trade to $5 billion.", ("target", None)),
    ],
)
def test_a_deal_agreed_on_a_day_is_a_fact_of_it_and_a_goal_is_neither(text: str, expected: tuple[str, date | None]) -> None:
    [claim] = quantity_claims(read_script(read_text(f"News in brief\n\n{text}", date(2025, 8, 20))))

    assert (claim.modality, claim.period_start) == expected
