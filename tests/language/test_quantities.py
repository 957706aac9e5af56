"""What the quantity finder reads, and what it passes over."""

import pytest

from pipeline.language.marks import QuantityMark
from pipeline.language.quantities import find_quantities


def only(text: str) -> QuantityMark:
    marks = find_quantities(text)
    assert len(marks) == 1, [mark.text for mark in marks]
    return marks[0]


def read(text: str) -> list[tuple[float, float, str | None]]:
    return [(mark.value_low, mark.value_high, mark.unit) for mark in find_quantities(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5 tons", 1234.5),
        ("1 234,5 tons", 1234.5),
        ("816 000 tons", 816_000),
        ("816\u00a0000 tons", 816_000),
        ("816\u2009000 tons", 816_000),
        ("816\u202f000 tons", 816_000),
        ("1'250'000 tons", 1_250_000),
        ("12,34,567 tons", 1_234_567),
        ("1.234.567 tons", 1_234_567),
        ("4.5 mln tons", 4_500_000),
        ("4.5mln tons", 4_500_000),
        ("4,5 mln tons", 4_500_000),
        ("1.2 bln tons", 1_200_000_000),
        ("12 thousand tons", 12_000),
        ("13 009 million tons", 13_009_000_000),
        ("35 lakh tonnes", 3_500_000),
        ("2 crore tonnes", 20_000_000),
        ("a hundred tons", 100),
        ("twenty-five million tons", 25_000_000),
        ("two hundred and fifty thousand tons", 250_000),
        ("half a million tons", 500_000),
        ("one and a half billion tons", 1_500_000_000),
        ("a quarter of a million tons", 250_000),
        ("a million and a half tons", 1_500_000),
        ("three dozen tons", 36),
        ("2 1/2 tons", 2.5),
        ("6-3/4 tons", 6.75),
        ("2½ tons", 2.5),
        (".5 tons", 0.5),
        ("10^6 tons", 1_000_000),
        ("5x10^6 tons", 5_000_000),
        ("4.5e3 tons", 4_500),
        ("3.5m tonnes", 3_500_000),
        ("8k tonnes", 8_000),
        ("6 mln. tons", 6_000_000),
        ("7.5\nmillion\ntons", 7_500_000),
        ("five (5) million tons", 5_000_000),
        ("3 and a half million tons", 3_500_000),
    ],
)
def test_numbers_in_every_style(text: str, value: float) -> None:
    mark = only(f"The port took {text} of barley.")
    assert (mark.value_low, mark.value_high, mark.unit) == (value, value, "t")
    assert mark.text == text


def test_comma_is_decimal_where_the_text_writes_decimal_commas() -> None:
    assert read("Exports rose 4,5 percent to 2,651 mln tons.")[1] == (2_651_000, 2_651_000, "t")
    assert read("Exports rose 4.5 percent to 2,651 mln tons.")[1] == (2_651_000_000, 2_651_000_000, "t")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("$13 009 million", 13_009_000_000, "USD"),
        ("US$7.2 bn", 7_200_000_000, "USD"),
        ("$2.174T", 2.174e12, "USD"),
        ("$5m", 5_000_000, "USD"),
        ("$ 25", 25, "USD"),
        ("€1.5bn", 1_500_000_000, "EUR"),
        ("15 €", 15, "EUR"),
        ("C$5.4 billion", 5_400_000_000, "CAD"),
        ("A$300m", 300_000_000, "AUD"),
        ("HK$2 bln", 2_000_000_000, "HKD"),
        ("NT$30 billion", 30_000_000_000, "TWD"),
        ("R$ 12 million", 12_000_000, "BRL"),
        ("N2.3 trillion", 2_300_000_000_000, "NGN"),
        ("N41.6bn", 41_600_000_000, "NGN"),
        ("K3.1 billion", 3_100_000_000, "ZMW"),
        ("R640m", 640_000_000, "ZAR"),
        ("B7.5 billion", 7_500_000_000, "THB"),
        ("₸90 bn", 90_000_000_000, "KZT"),
        ("₼4 million", 4_000_000, "AZN"),
        ("100 ₾", 100, "GEL"),
        ("USD 5.5 mln", 5_500_000, "USD"),
        ("75 USD million", 75_000_000, "USD"),
        ("115USD", 115, "USD"),
        ("30 MUSD", 30_000_000, "USD"),
        ("40 mln dlrs", 40_000_000, "USD"),
        ("9.5 billion U.S. dlrs", 9_500_000_000, "USD"),
        ("dlrs 2.5 billion", 2_500_000_000, "USD"),
        ("3 billion Canadian dollars", 3_000_000_000, "CAD"),
        ("2,150 stg", 2_150, "GBP"),
        ("42 billion pounds", 42_000_000_000, "GBP"),
        ("25 pounds", 25, "lb"),
        ("40 million pounds of copper", 40_000_000, "lb"),
        ("100 billion yuan", 100_000_000_000, "CNY"),
        ("7 bln renminbi", 7_000_000_000, "CNY"),
        ("4 trillion roubles", 4_000_000_000_000, "RUB"),
        ("300 billion tenge", 300_000_000_000, "KZT"),
        ("3 billion manats", 3_000_000_000, "AZN"),
        ("5 million Turkmen manats", 5_000_000, "TMT"),
        ("500 Swiss francs", 500, "CHF"),
        ("20 billion francs", 20_000_000_000, "FRF"),
        ("8 billion marks", 8_000_000_000, "DEM"),
        ("Rs 1,048.40 crore", 10_484_000_000, "INR"),
        ("Rs. 500 cr", 5_000_000_000, "INR"),
        ("35 lakh rupees", 3_500_000, "INR"),
        ("Sh5.6 billion", 5_600_000_000, "KES"),
        ("TSh 9 billion", 9_000_000_000, "TZS"),
        ("12 mln ECU", 12_000_000, "XEU"),
        ("50 million SDRs", 50_000_000, "XDR"),
        ("48 cents", 0.48, "USD"),
        ("197 pence", 1.97, "GBP"),
        ("3 dollars 50 cents", 3.5, "USD"),
        ("GEL 4 million", 4_000_000, "GEL"),
        ("20 millions of dollars", 20_000_000, "USD"),
        ("10 Mio. EUR", 10_000_000, "EUR"),
        ("Y1.4tn", 1.4e12, "JPY"),
    ],
)
def test_money(text: str, value: float, unit: str) -> None:
    mark = only(f"They paid {text}.")
    assert (mark.value_low, mark.unit, mark.kind == "money") == (pytest.approx(value), unit, unit != "lb")
    assert mark.text == text.split(" of copper", 1)[0]


def test_a_currency_that_others_share_is_settled_by_the_places_that_the_text_names() -> None:
    assert read("Sweden sold steel for 5 billion crowns.") == [(5e9, 5e9, "SEK")]
    assert read("In Prague the plant cost 5 billion crowns.") == [(5e9, 5e9, "CZK")]
    assert read("Pakistan bought rice for 5 billion rupees.") == [(5e9, 5e9, "PKR")]
    assert read("Ashgabat spent 5 billion manats.") == [(5e9, 5e9, "TMT")]


@pytest.mark.parametrize("text", ["ALL 5 solutions were wrong.", "We TRY 3 doors.", "He won 5."])
def test_words_that_look_like_money_are_none(text: str) -> None:
    assert all(mark.kind != "money" for mark in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("30 kt", 30_000, "t"),
        ("2.5 Mt", 2_500_000, "t"),
        ("13.4 mmt", 13_400_000, "t"),
        ("5.2 mt", 5_200_000, "t"),
        ("25,000 mt", 25_000, "t"),
        ("500 MT", 500, "t"),
        ("30,000t", 30_000, "t"),
        ("1,000 short tons", 907.18474, "t"),
        ("1,000 long tons", 1016.0469088, "t"),
        ("12 kg", 12, "kg"),
        ("268,000 barrels per day", 268_000, "bbl/d"),
        ("1.2 mln bpd", 1_200_000, "bbl/d"),
        ("1.2 mb/d", 1_200_000, "bbl/d"),
        ("90 kb/d", 90_000, "bbl/d"),
        ("96,000 TEUs", 96_000, "TEU"),
        ("4,000 twenty-foot equivalent units", 4_000, "TEU"),
        ("5,000 20-foot containers", 5_000, "TEU"),
        ("300 40-foot containers", 300, "FEU"),
        ("313 container vessels", 313, "vessel"),
        ("15 loaded grain wagons", 15, "wagon"),
        ("four more ships", 4, "vessel"),
        ("900 lorries", 900, "truck"),
        ("14 charter flights", 14, "flight"),
        ("10 bcm", 10_000_000_000, "m3"),
        ("2.5 billion cubic metres", 2_500_000_000, "m3"),
        ("3.2 TWh", 3_200_000_000, "kWh"),
        ("450 GWh", 450_000_000, "kWh"),
        ("3 mln bushels", 3_000_000, "bu"),
        ("7 bln tonne-kilometres", 7_000_000_000, "t_km"),
        ("two weeks", 14, "d"),
        ("36 hours", 36, "h"),
        ("60 miles per hour", 60, "mile/h"),
        ("300 km/h", 300, "km/h"),
        ("15 pct", 15, "%"),
        ("15 per cent", 15, "%"),
        ("2 percentage points", 2, "pp"),
        ("25 basis points", 25, "bp"),
        ("5 feet 6 inches", 5.5, "foot"),
        ("241 projects", 241, "projects"),
        ("37 aircraft", 37, "aircraft"),
        ("4,000 European companies", 4_000, "companies"),
    ],
)
def test_units(text: str, value: float, unit: str) -> None:
    mark = only(f"It had {text} in all.")
    assert (mark.value_low, mark.unit, mark.text) == (pytest.approx(value), unit, text)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("10 million tons a year", 10_000_000, "t/yr"),
        ("10 million tonnes of freight a year", 10_000_000, "t/yr"),
        ("5 mln tons of oil and oil products per year", 5_000_000, "t/yr"),
        ("34 million tonnes of rice annually", 34_000_000, "t/yr"),
        ("20,000 TEU/yr", 20_000, "TEU/yr"),
        ("six trains daily", 6, "train/d"),
        ("90 mln dlrs per month", 90_000_000, "USD/mo"),
        ("$3,500 per 40-foot container", 3_500, "USD/FEU"),
        ("$1,700 per twenty-foot box", 1_700, "USD/TEU"),
        ("$900 per container", 900, "USD/container"),
        ("€1,200/TEU", 1_200, "EUR/TEU"),
        ("160 dlrs/tonne", 160, "USD/t"),
        ("€195/t", 195, "EUR/t"),
        ("$3 a barrel", 3, "USD/bbl"),
        ("75 cents a pound", 0.75, "USD/lb"),
        ("$170 per 1,000 cubic metres", 0.17, "USD/m3"),
        ("$500 per container per day", 500, "USD/container/d"),
        ("$40 a share", 40, "USD/share"),
    ],
)
def test_rates_are_part_of_the_unit_and_of_the_mark(text: str, value: float, unit: str) -> None:
    mark = only(f"It was {text} in all.")
    assert (mark.value_low, mark.unit, mark.text) == (pytest.approx(value), unit, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It moved 7 million tons a year earlier.", "7 million tons"),
        ("It moved 7 million tons a year ago.", "7 million tons"),
        ("It grew 7 percent a year.", "7 percent"),
        ("It moved 7 million tons from the daily market.", "7 million tons"),
    ],
)
def test_what_is_no_rate(text: str, found: str) -> None:
    assert only(text).text == found


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("2.3-2.5 bn tons", 2.3e9, 2.5e9, "t"),
        ("2.3 to 2.5 billion tons", 2.3e9, 2.5e9, "t"),
        ("between 3 and 4 pct", 3, 4, "%"),
        ("between 120,000 and 240,000 tonnes of ore a year", 120_000, 240_000, "t/yr"),
        ("from $62 million to $344 million", 62e6, 344e6, "USD"),
        ("$2-3 billion", 2e9, 3e9, "USD"),
        ("€12–13bn", 12e9, 13e9, "EUR"),
        ("€1bn-€2bn", 1e9, 2e9, "EUR"),
        ("8-10 days", 8, 10, "d"),
        ("8- to 10-day", 8, 10, "d"),
        ("15-20%", 15, 20, "%"),
        ("15%-20%", 15, 20, "%"),
        ("5 to 7 pct", 5, 7, "%"),
        ("five to 10 percent", 5, 10, "%"),
        ("two or three trains", 2, 3, "train"),
        ("10-15 thousand tons", 10_000, 15_000, "t"),
        ("800 million-1 billion dollars", 8e8, 1e9, "USD"),
        ("a third to a half", 100 / 3, 50, "%"),
        ("4-5,000 tons", 4_000, 5_000, "t"),
        ("18.50/55 dollars", 18.5, 18.55, "USD"),
        ("$2,300-2,500/FEU", 2_300, 2_500, "USD/FEU"),
        ("from 5% up to 7%", 5, 7, "%"),
    ],
)
def test_a_range_is_one_mark(text: str, low: float, high: float, unit: str) -> None:
    mark = only(f"It takes {text} at present.")
    assert (mark.value_low, mark.value_high, mark.unit) == (pytest.approx(low, rel=1e-4), pytest.approx(high), unit)
    assert mark.text == text


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Output rose from 2.1 to 3.4 million tons.", [(2.1e6, "t"), (3.4e6, "t")]),
        ("Freight grew from 76 to 233 thousand tons.", [(76e3, "t"), (233e3, "t")]),
        ("The duty goes from 15 to 3 percent.", [(15, "%"), (3, "%")]),
        ("The duty was cut from 5% to zero.", [(5, "%"), (0, "%")]),
        ("Traffic went from 800 to 1.2 million tons.", [(800, "t"), (1.2e6, "t")]),
        ("Loads of 45 and 50 tons came.", [(45, "t"), (50, "t")]),
        ("It rose by 5 to 105 ships.", [(5, "vessel"), (105, "vessel")]),
        ("Rates slipped 4 percent or $201 to $4,914.", [(4, "%"), (201, "USD"), (4914, "USD")]),
        ("Output fell to 2.5 from 3.1 million tons.", [(2.5e6, "t"), (3.1e6, "t")]),
        ("It gained 300 or 5 percent.", [(300, None), (5, "%")]),
        ("It was cut from 53 to 19-23 days.", [(53, None), (19, "d")]),
    ],
)
def test_a_development_or_a_pair_is_two_marks_with_one_unit(text: str, values: list[tuple[float, str]]) -> None:
    assert [(low, unit) for low, _, unit in read(text)] == values


def test_words_of_spread_make_a_range_of_any_order() -> None:
    assert read("Rates ranged from 700 to 500 dollars.") == [(500, 700, "USD")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("doubled", 2),
        ("doubling", 2),
        ("twice", 2),
        ("tripled", 3),
        ("trebled", 3),
        ("quadrupled", 4),
        ("halved", 0.5),
        ("twofold", 2),
        ("tenfold", 10),
        ("14-fold", 14),
        ("2.4-fold", 2.4),
        ("twenty-five-fold", 25),
        ("three times the load", 3),
        ("1.5 times", 1.5),
        ("a hundred times larger", 100),
    ],
)
def test_multiples(text: str, value: float) -> None:
    mark = only(f"Trade was {text}.")
    assert (mark.value_low, mark.unit, mark.kind) == (value, "x", "multiple")


@pytest.mark.parametrize(
    "text",
    [
        "a double-digit gain",
        "double taxation",
        "It met twice a week.",
        "The Double Contribution Convention",
        "He called 3 times already.",
    ],
)
def test_what_is_no_multiple(text: str) -> None:
    assert all(mark.kind != "multiple" for mark in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a third", 100 / 3),
        ("one fifth", 20),
        ("two-thirds", 200 / 3),
        ("half", 50),
        ("a quarter", 25),
        ("three quarters", 75),
        ("three-quarters", 75),
    ],
)
def test_parts_are_percent(text: str, value: float) -> None:
    mark = only(f"Coal made {text} of the freight.")
    assert (mark.value_low, mark.unit, mark.kind) == (pytest.approx(value, rel=1e-4), "%", "fraction")


@pytest.mark.parametrize(
    "text",
    [
        "in the first half of the year",
        "the third quarter",
        "a third country",
        "a half-year report",
        "for two quarters",
        "in the past three quarters",
        "over four quarters",
        "half-time",
    ],
)
def test_what_is_no_part(text: str) -> None:
    assert find_quantities(text) == []


def test_a_part_of_a_unit_is_an_amount_of_it() -> None:
    assert read("It took half an hour.") == [(0.5, 0.5, "h")]
    assert read("It lasted a quarter of a century.") == [(0.25, 0.25, "century")]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("more than 5 million tons", "over"),
        ("over 5 million tons", "over"),
        ("at least 5 million tons", "over"),
        ("exceeded 5 million tons", "over"),
        ("passed 5 million tons", "over"),
        ("topped 5 million tons", "over"),
        ("surpassed 5 million tons", "over"),
        ("upwards of 5 million tons", "over"),
        ("no less than 5 million tons", "over"),
        ("a minimum of 5 million tons", "over"),
        ("5 million tons or more", "over"),
        ("5 million+ tons", "over"),
        ("some 5 million tons", "about"),
        ("about 5 million tons", "about"),
        ("nearly 5 million tons", "about"),
        ("almost 5 million tons", "about"),
        ("close to 5 million tons", "about"),
        ("approximately 5 million tons", "about"),
        ("an estimated 5 million tons", "about"),
        ("~5 million tons", "about"),
        ("5 million tons or so", "about"),
        ("up to 5 million tons", "under"),
        ("less than 5 million tons", "under"),
        ("below 5 million tons", "under"),
        ("at most 5 million tons", "under"),
        ("no more than 5 million tons", "under"),
        ("just under 5 million tons", "under"),
        ("5 million tons or less", "under"),
        ("5 million tons", "exact"),
    ],
)
def test_bounds_are_read_and_covered(text: str, bound: str) -> None:
    mark = only(f"Cargo in May {text} then.")
    assert (mark.bound, mark.text, mark.value_low) == (bound, text, 5_000_000)


@pytest.mark.parametrize(
    "text",
    [
        "It was 18 percent below the $67 billion of last year.",
        "It was 3.6 pct higher than 11 tons.",
        "The contract runs over 16 years.",
        "The lock passed 7,084 ships.",
        "They fought over a $10 billion contract.",
    ],
)
def test_words_that_compare_or_last_do_not_bound(text: str) -> None:
    assert [mark.bound for mark in find_quantities(text)][-1] == "exact"


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Trade was up 12 percent.", "up"),
        ("Trade rose 5 pct.", "up"),
        ("Trade rose by 5 pct.", "up"),
        ("Trade rose sharply by 5 pct.", "up"),
        ("Trade rose nearly 5 pct.", "up"),
        ("There was an increase of 5 pct.", "up"),
        ("There was growth of some 5 pct.", "up"),
        ("It came to +15%.", "up"),
        ("Trade was 5% higher.", "up"),
        ("There was a 5% increase.", "up"),
        ("Exports increased, the ministry said, by 5 pct.", "up"),
        ("Trade was down 5 pct.", "down"),
        ("Trade fell by 5 pct.", "down"),
        ("There was a drop of 5 pct.", "down"),
        ("Trade shrank a further 5 pct.", "down"),
        ("It came to -3.2%.", "down"),
        ("The way is 900 km less.", "down"),
        ("There was a 5% decline.", "down"),
        ("Trade rose to 5 million tons.", None),
        ("Trade fell from 5 million tons.", None),
        ("Grain made up 5 million tons.", None),
        ("Trade was 5 million tons.", None),
    ],
)
def test_change(text: str, change: str | None) -> None:
    assert only(text).change == change


def test_only_a_written_minus_makes_a_value_negative() -> None:
    assert only("It came to -3.2%.").value_low == -3.2
    assert only("It came to −3.2%.").value_low == -3.2
    assert only("It fell 3.2%.").value_low == 3.2


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 and 1987 it ran.",
        "From 2019 to 2023 it ran.",
        "Between 2019 and 2023 it ran.",
        "In 2024-2025, FY2024-25, 2023/24 and the 1990s it ran.",
        "On November 6, 2024, on 5 May 2023 and on Jan. 1 2015 it ran.",
        "On 2024-12-17, 17.12.2024, 12/17/2024 and 3-APR-1987 it ran.",
        "At 10:30, at 5 p.m., at 5pm, at 1400 GMT it ran.",
        "The 3rd, the 21st and the 10th ran.",
        "The 68-year-old and Ivan Petrov, 45, ran, both aged 50.",
        "Call +7 727 123 45 67 or 495-123-4567.",
        "1. What is it?",
        "(2) It ran.",
        "It ran [12] well.",
        "Under Article 5, No. 41, Vol. 9 and Resolution 1244 it ran.",
        "A Boeing 787, an A-320, a C5+1, a Su-30, 5G, B2B, G20 and COVID-19.",
        "See https://example.org/2024/12/345 or doi.org/10.1000/182.",
        "ISSN 2789-0145",
        "They won 3-1.",
        "Version 1.2.3.4 ran.",
        "At 41.5°N it ran.",
        "One of them, and the one before, ran.",
        "Hundreds of ships and several thousand people ran.",
        "Falcon 9 ran.",
        "Berths 3 and 4 ran.",
        "It met at three o'clock.",
        "One Belt One Road and the Big Three ran.",
        "2) Quotas ran.",
        "In 9M 2024, in 11M2025 and in 4Q23 it ran.",
        "In the 2nd half it ran.",
        "Under Law No. 123-FZ it ran.",
        "Release 3.5.2 ran.",
    ],
)
def test_never_taken(text: str) -> None:
    assert find_quantities(text) == []


def test_a_number_that_looks_like_a_year_is_a_quantity_with_a_unit() -> None:
    assert read("They sold 2000 tonnes.") == [(2000, 2000, "t")]
    assert read("It took 1987 km.") == [(1987, 1987, "km")]


def test_bare_numbers_have_no_unit() -> None:
    marks = find_quantities("It rose to 13,000 against 53.7 in May.")
    assert [(mark.value_low, mark.unit, mark.kind) for mark in marks] == [(13_000, None, "bare"), (53.7, None, "bare")]


def test_number_and_scale_are_told_from_the_rest_of_the_mark() -> None:
    text = "They sold more than 4.1 million tons."
    mark = only(text)
    assert text[mark.start : mark.end] == "more than 4.1 million tons"
    assert text[mark.number_start : mark.number_end] == "4.1 million"


def test_a_point_that_ends_the_sentence_is_not_part_of_the_unit() -> None:
    assert [mark.text for mark in find_quantities("It fell 5 pct. Then it rose 6 bln. Good.")] == ["5 pct", "6 bln"]


def test_attributive_units() -> None:
    assert read("A 304-kilometre section, a 15-day trip and a 10,000-tonne cargo.") == [
        (304, 304, "km"),
        (15, 15, "d"),
        (1e4, 1e4, "t"),
    ]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Peru sells three to four million tons of ore.", 3e6, 4e6),
        ("The port loads two to three hundred thousand tons.", 2e5, 3e5),
        ("It takes 5 to six thousand tons.", 5e3, 6e3),
        ("It takes between twelve and fifteen tons.", 12, 15),
    ],
)
def test_a_scale_at_the_end_of_a_range_in_words_is_that_of_both_ends(text: str, low: float, high: float) -> None:
    mark = only(text)
    assert (mark.value_low, mark.value_high) == (low, high)


def test_what_nears_a_figure_is_about_it() -> None:
    assert only("Turnover nears $7 bln.").bound == "about"


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("eighty point five per cent", 80.5, "%"),
        ("three point two million tons", 3_200_000, "t"),
        ("another million tons", 1_000_000, "t"),
        ("one mln tons", 1_000_000, "t"),
        ("16 billion cubic metres (bcm) a year", 16_000_000_000, "m3/yr"),
        ("5.5 million tonnes or so a year", 5_500_000, "t/yr"),
        ("4.5 million container units", 4_500_000, "TEU"),
        ("eight ferry sailings a week", 8, "vessel/wk"),
        ("600 tanker trucks a day", 600, "truck/d"),
    ],
)
def test_longer_ways_of_saying_a_number_and_its_unit(text: str, value: float, unit: str) -> None:
    mark = only(text)
    assert (mark.value_low, mark.unit, mark.text) == (value, unit, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("four tonnes in every five", 80.0),
        ("two out of three containers", 66.6667),
        ("nine out of 10 boxes", 90.0),
        ("one in ten trucks", 10.0),
    ],
)
def test_so_many_in_so_many_are_a_share(text: str, value: float) -> None:
    mark = only(text)
    assert (mark.value_low, mark.unit, mark.kind) == (value, "%", "fraction")


@pytest.mark.parametrize(
    "text",
    ["three in four weeks", "two in 2023", "2 terminals out of 3", "One pact is signed, and a third, with Chile, is near."],
)
def test_numbers_in_other_stretches_are_no_share(text: str) -> None:
    assert all(mark.kind != "fraction" for mark in find_quantities(text))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("(All dollars are New Zealand dollars.) Trade was $20 billion", "NZD"),
        ("All figures are in Canadian dollars. Trade was $20 billion", "CAD"),
        ("All amounts are quoted in Australian dollars. Trade was 20 billion dollars", "AUD"),
        ("The dollars of the bank are safe. Trade was $20 billion", "USD"),
    ],
)
def test_a_text_may_say_whose_its_dollars_are(text: str, unit: str) -> None:
    assert only(text).unit == unit


def test_a_verb_that_adds_up_to_a_figure_does_not_bound_it() -> None:
    mark = only("The surplus added up to $1.2 billion")
    assert (mark.bound, mark.change, mark.text) == ("exact", None, "$1.2 billion")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("Sales increased 3.5 percent - up to $500 million", "exact"),
        ("Peru will raise exports to Chile up to $500 million", "exact"),
        ("Trade grew up to $500 million", "exact"),
        ("Sales may rise by up to $500 million", "under"),
        ("The quay can hold up to 500 boxes", "under"),
    ],
)
def test_up_to_behind_a_verb_of_growth_tells_what_was_reached(text: str, bound: str) -> None:
    assert find_quantities(text)[-1].bound == bound


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Rates to Genoa rose 9% or $40 to $160 a box.", [9, 40, 160]),
        ("Freight from Lagos fell by 4 percent or $300 to $1,450 per container.", [4, 300, 1450]),
        ("Costs rose 2 percent or 3 to 4 million dollars.", [2, 3_000_000]),
    ],
)
def test_an_amount_that_only_says_a_percentage_in_money_opens_no_range(text: str, values: list[float]) -> None:
    assert [mark.value_low for mark in find_quantities(text)] == values


@pytest.mark.parametrize("text", ["first-half exports fell", "exports in the second-half of 2024", "last-half sales of tea"])
def test_a_half_of_a_year_is_no_part(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("room for 300,000 TEU (twenty-foot equivalent units) a year", "TEU/yr"),
        ("room for 90,000 TEUs (20-foot-equivalent-units) per year", "TEU/yr"),
        ("a price of 40 dollars (in cash) a tonne", "USD/t"),
        ("room for 90,000 TEUs (a record) that year", "TEU"),
    ],
)
def test_a_bracket_that_spells_a_unit_out_does_not_part_it_from_its_rate(text: str, unit: str) -> None:
    assert [mark.unit for mark in find_quantities(text)][:1] == [unit]
