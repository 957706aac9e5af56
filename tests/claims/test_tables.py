"""Claims from tables: every layout is read back exactly, and tables that are not of trade or freight yield nothing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.claims.claim import QuantityClaim
from pipeline.claims.context.reading import read
from pipeline.claims.quantities.claims import quantity_claims
from pipeline.claims.slots.outline import begin_memory
from pipeline.claims.slots.script import read_script
from pipeline.claims.tables.claims import table_claims, tables_of
from pipeline.documents.reading import read_text

PUBLISHED = date(2024, 8, 14)
COUNTRIES = {"China": "CHN", "Turkiye": "TUR", "Italy": "ITA", "Uzbekistan": "UZB", "Russia": "RUS", "South Korea": "KOR"}
HEAD = "Kazakhstan's exports grew in 2023\n\nKazakhstan's exports grew last year, the statistics bureau said.\n\n"
CAPTION = "Table 2. Exports of Kazakhstan by country, mln US dollars\n"


def claims_of(text: str, published: date | None = PUBLISHED) -> list[QuantityClaim]:
    """The claims of a text's tables alone."""
    reading = read(read_text(text, published))
    return table_claims(reading, tables_of(reading), begin_memory(reading))


def brief(claims: list[QuantityClaim]) -> list[tuple[object, ...]]:
    """What most tests look at."""
    return [(claim.value_text, claim.indicator, claim.measure, claim.value_low, claim.unit) for claim in claims]


def laid_out(layout: str, rows: list[list[str]]) -> str:
    """Rows of cells as a table in one of the layouts."""
    if layout == "tab":
        return "\n".join("\t".join(row) for row in rows)
    if layout == "tight":
        return "\n".join(" ".join(row) for row in rows)
    if layout in ("pipe", "markdown"):
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]] if layout == "markdown" else lines)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "   ".join(
            cell.ljust(width) if not number else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def written(value: int, style: str) -> str:
    """A number of tenths as a table writes it."""
    whole, tenth = divmod(value, 10)
    grouped = f"{whole:,}"
    if style == "comma":
        return f"{grouped.replace(',', ' ')},{tenth}"
    return f"{grouped if style == 'point' else grouped.replace(',', ' ')}.{tenth}"


numbers = st.integers(min_value=10, max_value=99_999_999)
rows = st.lists(
    st.tuples(st.sampled_from(sorted(COUNTRIES)), numbers, numbers), min_size=2, max_size=6, unique_by=lambda row: row[0]
)


@pytest.mark.parametrize("layout", ["blank", "tab", "pipe", "markdown"])
@settings(max_examples=25, deadline=None)
@given(rows=rows, style=st.sampled_from(["point", "comma", "blanks"]), corner=st.sampled_from(["Country", "Partner"]))
def test_planted_tables_are_read_back(layout: str, rows: list[tuple[str, int, int]], style: str, corner: str) -> None:
    cells = [[corner, "2022", "2023"], *([name, written(first, style), written(second, style)] for name, first, second in rows)]
    text = HEAD + CAPTION + laid_out(layout, cells) + "\n"
    claims = claims_of(text)
    planted = [(name, value, year) for name, first, second in rows for value, year in ((first, 2022), (second, 2023))]
    assert [(claim.partner, claim.value_low, claim.period_start) for claim in claims] == [
        ((COUNTRIES[name],), round(value / 10 * 1e6, 6), date(year, 1, 1)) for name, value, year in planted
    ]
    for claim in claims:
        assert (claim.reporter, claim.unit, claim.measure, claim.modality) == (("KAZ",), "USD", "level", "reported")
        assert text[claim.value_start : claim.value_end] == claim.value_text
        assert text[claim.evidence_start : claim.evidence_end] == claim.evidence
        assert claim.evidence_start <= (claim.value_start or 0) < (claim.value_end or 0) <= claim.evidence_end


def test_single_blanks_part_columns_where_the_headings_tell_how_many() -> None:
    rows = "Country 2022 2023 change, %\nChina 1 234.5 1 567.8 27.0\nItaly 345.6 400.1 15.8\nRussia 98.0 n/a -\n"
    assert [(claim.value_text, claim.measure) for claim in claims_of(HEAD + CAPTION + rows)] == [
        ("1 234.5", "level"),
        ("1 567.8", "level"),
        ("27.0", "growth"),
        ("345.6", "level"),
        ("400.1", "level"),
        ("15.8", "growth"),
        ("98.0", "level"),
    ]


def test_rows_that_do_not_fit_the_headings_yield_nothing() -> None:
    table = (
        "Country     2022     2023\n"
        "China       120.5    130.1    9.9    4.4\n"
        "Italy        20.5     22.1\n"
        "Russia       10.0     11.0\n"
    )
    assert {claim.partner for claim in claims_of(HEAD + CAPTION + table)} == {("ITA",), ("RUS",)}


def test_signs_footnotes_and_empty_cells() -> None:
    table = (
        "Country     2022      2023     +/-, %\n"
        "China      120.5*    130.1¹     +8.0\n"
        "Italy       20.5         -       n/a\n"
        "Russia      10.0       9.0     −10.0\n"
    )
    assert [(claim.value_text, claim.value_low) for claim in claims_of(HEAD + CAPTION + table)] == [
        ("120.5", 120.5e6),
        ("130.1", 130.1e6),
        ("+8.0", 8.0),
        ("20.5", 20.5e6),
        ("10.0", 10e6),
        ("9.0", 9e6),
        ("−10.0", -10.0),
    ]


@pytest.mark.parametrize(
    ("heading", "cell", "measure", "value"),
    [
        ("change, %", "25.0", "growth", 25.0),
        ("2023 in % to 2022", "125.0", "growth", 25.0),
        ("+/-", "+10.0", "change", 10e6),
        ("difference", "10.0", "change", 10e6),
        ("share, %", "25.0", "share", 25.0),
    ],
)
def test_what_a_column_holds_is_told_by_its_heading_and_proved_by_its_numbers(
    heading: str, cell: str, measure: str, value: float
) -> None:
    table = f"| Country | 2022 | 2023 | {heading} |\n|---|---|---|---|\n| China | 40.0 | 50.0 | {cell} |\n"
    last = claims_of(HEAD + CAPTION + table)[-1]
    assert (last.value_text, last.measure, last.value_low, last.period_start) == (cell, measure, value, date(2023, 1, 1))


def test_a_change_that_its_numbers_do_not_bear_out_is_no_claim() -> None:
    table = (
        "| Country | 2022 | 2023 | change |\n|---|---|---|---|\n| China | 40.0 | 50.0 | 7.7 |\n| Italy | 4.0 | 5.0 | 3.3 |\n"
    )
    assert {claim.measure for claim in claims_of(HEAD + CAPTION + table)} == {"level"}


def test_indicators_in_rows_lead_their_countries() -> None:
    text = (
        "Foreign trade of Armenia\n\nForeign trade of Armenia in January-March 2024, USD million\n\n"
        "                   2023      2024\n"
        "Exports         1,512.3   4,011.0\n"
        "Imports         2,500.0   4,000.1\n"
        "of which:\n"
        "  from Russia     900.0   1,800.0\n"
        "Total           4,012.3   8,011.1\n"
    )
    claims = claims_of(text)
    assert [(claim.indicator, claim.partner) for claim in claims[::2]] == [
        ("exports", ()),
        ("imports", ()),
        ("imports", ("RUS",)),
        ("turnover", ()),
    ]
    assert {claim.reporter for claim in claims} == {("ARM",)}
    assert {(claim.period_start, claim.period_end) for claim in claims} == {
        (date(2023, 1, 1), date(2023, 3, 31)),
        (date(2024, 1, 1), date(2024, 3, 31)),
    }


def test_freight_by_commodity_with_spanning_headings() -> None:
    text = (
        "Rail freight in Kazakhstan\n\nFreight carried by rail, thousand tonnes\n\n"
        "               January-June\n"
        "               2022      2023\n"
        "Grain         4,512     5,100\n"
        "Coal         56,120    55,001\n"
        "Glass         1,200     1,300\n"
    )
    claims = claims_of(text)
    assert [(claim.commodity, claim.value_low) for claim in claims[1::2]] == [
        ("grain", 5.1e6),
        ("coal", 55.001e6),
        ("other", 1.3e6),
    ]
    assert {(claim.indicator, claim.unit, claim.mode) for claim in claims} == {("cargo", "t", "rail")}
    assert {claim.period_end for claim in claims} == {date(2022, 6, 30), date(2023, 6, 30)}


def test_units_of_rows_and_their_own_column() -> None:
    text = (
        "Railway of Kazakhstan\n\nResults of the railway of Kazakhstan\n\n"
        "Indicator             Unit          2022     2023\n"
        "Freight carried       mln t        405.0    412.0\n"
        "Freight turnover      bln tkm      305.1    316.8\n"
        "Container traffic     thsd TEU     1,178    1,334\n"
        "Passengers            mln           18.1     19.2\n"
    )
    assert brief(claims_of(text))[1::2] == [
        ("412.0", "cargo", "level", 412e6, "t"),
        ("316.8", "tonne_km", "level", 316.8e9, "t_km"),
        ("1,334", "containers", "level", 1_334_000.0, "TEU"),
    ]


def test_columns_of_plans_and_forecasts() -> None:
    text = (
        "Middle Corridor\n\nCargo on the Middle Corridor, mln t\n\n"
        "Year               Volume   Containers, TEU\n"
        "2022                 1.48   33,600\n"
        "2023                 2.76   20,070\n"
        "2030 (forecast)     11.00   300,000\n"
    )
    claims = claims_of(text)
    assert [(claim.indicator, claim.modality) for claim in claims[2:]] == [
        ("cargo", "reported"),
        ("containers", "reported"),
        ("cargo", "forecast"),
        ("containers", "forecast"),
    ]
    assert {claim.corridor for claim in claims} == {"TITR"}


@pytest.mark.parametrize(
    "text",
    [
        "Prices\n\nAverage retail prices, soms\n           June    July\nBread       35.1    36.0\nSugar       89.0    91.2\n",
        "Rates\n\nOfficial rates of the National Bank\n\nUSD   447.3   448.1\nEUR   480.1   481.9\nRUB   4.88    4.91\n",
        "Football\n\nTeam        P   W   D   L   Pts\nKairat      26  18  3   5   57\nAstana      26  17  4   5   55\n",
        "Tourism\n\nTourist arrivals, thousand\n           2022    2023\nRussia      451     510\nTurkiye     561     550\n",
        "Oil\n\nOil production by country, mln t\n           2022    2023\nRussia      451     510\nKazakhstan   84      90\n",
        "Exports\n\nExports of Georgia, mln USD\n           2022    2023   2021\nPrice index  101     102\n",
    ],
)
def test_tables_of_other_things_yield_nothing(text: str) -> None:
    assert claims_of(text) == []


def test_sentences_around_a_table_are_read_and_its_rows_only_once() -> None:
    table = "            2022     2023\nChina       120.5    130.1\nItaly        20.5     22.1\n"
    text = HEAD + CAPTION + table + "\nExports to Turkiye rose by 12 percent to $3.1 billion in 2023.\n"
    claims = quantity_claims(read_script(read_text(text, PUBLISHED)))
    assert [claim.value_text for claim in claims] == ["120.5", "130.1", "20.5", "22.1", "12 percent", "$3.1 billion"]


def test_prose_has_no_tables() -> None:
    text = (
        "Exports rose by 5 percent to 4.1 million tonnes in 2023.  Imports fell to 3 million.\n"
        "In 2022  the port  handled 12 million tonnes.\nBaku, 5 May 2023\nShipments: 5 trains and 300 containers.\n"
    )
    assert tables_of(read(read_text(text, PUBLISHED))) == []


PIECES = [
    "China",
    "Exports, mln t",
    "2022",
    "1 234,5",
    "-",
    "|",
    "\t",
    "  ",
    "   ",
    "\n",
    "n/a",
    "%",
    "change, %",
    "Table 1.",
    "(1.2)",
    "---",
    ":",
    "Total",
    "TEU",
    "II-V 2023",
    "29.02.2024",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=60).map("".join))
def test_any_text_is_read_with_exact_spans(text: str) -> None:
    document = read_text(text, PUBLISHED)
    reading = read(document)
    tables = tables_of(reading)
    assert all(0 <= table.start < table.end <= len(document.text) for table in tables)
    for claim in table_claims(reading, tables, begin_memory(reading)):
        assert document.text[claim.value_start : claim.value_end] == claim.value_text
        assert document.text[claim.evidence_start : claim.evidence_end] == claim.evidence


def test_rows_that_count_something_else_do_not_go_on_with_the_row_above() -> None:
    text = (
        "Port of Baku\n\nBaku International Sea Port: transshipment, January-September\n\n"
        "\t2022\t2023\tGrowth\n"
        "Total cargo, thousand tonnes\t4,600\t5,300\t15.2%\n"
        "Containers, TEU\t38,100\t41,000\t7.6%\n"
        "Trucks\t29,000\t35,500\t22.4%\n"
    )
    assert brief(claims_of(text))[1::3] == [
        ("5,300", "cargo", "level", 5_300_000.0, "t"),
        ("41,000", "containers", "level", 41_000.0, "TEU"),
        ("35,500", "movements", "level", 35_500.0, "truck"),
    ]


def test_a_table_right_under_the_headline_is_no_furniture() -> None:
    rows = "Country      2022    2023\nChina       100.5   200.6\nRussia       90.5    80.6\n"
    after = "The bureau of statistics said on Monday that it expects growth.\n"
    text = f"Kazakhstan's exports to main partners grew\n\n{CAPTION}\n{rows}\n{after}"
    assert [claim.value_text for claim in claims_of(text)] == ["100.5", "200.6", "90.5", "80.6"]


@pytest.mark.parametrize(
    ("lead", "period"),
    [
        ("In January-June 2024 exports of Kazakhstan rose by 3 %.", (date(2024, 1, 1), date(2024, 6, 30))),
        ("Exports of Kazakhstan rose in 2023. They had been the same in 2022.", (date(2022, 1, 1), date(2022, 12, 31))),
        ("Exports of Kazakhstan were counted on 3 July 2024.", (None, None)),
        ("Exports of Kazakhstan rose by 3 %, compared with January-June 2023.", (None, None)),
    ],
)
def test_the_text_before_a_table_dates_what_that_leaves_undated(lead: str, period: tuple[date | None, date | None]) -> None:
    rows = "Country      Exports     Imports\nChina          790.5     4,093.7\nRussia       1,402.1     3,275.4\n"
    claims = claims_of(f"Trade of Kazakhstan\n\n{lead}\n\nTable 1. Partners, mln US dollars\n\n{rows}")
    assert [(claim.period_start, claim.period_end) for claim in claims] == [period] * 4


@pytest.mark.parametrize("line", ["Astana, 20 July 2024. Source: Bureau of Statistics", "Published 20 July 2024"])
def test_the_day_of_publication_over_a_table_dates_no_figures(line: str) -> None:
    rows = "Country      Exports     Imports\nChina          790.5     4,093.7\nRussia       1,402.1     3,275.4\n"
    text = f"Trade of Kazakhstan in 2023, mln US dollars\n\n{line}\n\n{rows}"
    claims = quantity_claims(read_script(read_text(text, date(2024, 7, 20))))
    assert [(claim.period_start, claim.period_end) for claim in claims] == [(date(2023, 1, 1), date(2023, 12, 31))] * 4


def test_a_unit_noted_under_a_table() -> None:
    text = (
        "Port of Antwerp\n\nThe Port of Antwerp handled more cargo.\n\n"
        "               H1 2019    H1 2018    change\nDry bulk           6.9        6.5     +6.0%\n"
        "Coal              37.0       38.5     -3.9%\n\n(in million tonnes)\n"
    )
    assert [(claim.commodity, claim.value_low) for claim in claims_of(text)] == [
        (None, 6.9e6),
        (None, 6.5e6),
        (None, 6.0),
        ("coal", 37e6),
        ("coal", 38.5e6),
        ("coal", -3.9),
    ]


def test_months_with_short_years_and_a_currency_that_several_countries_have() -> None:
    text = (
        "West German trade surplus narrows\n\nWest Germany's trade surplus narrowed in February, the statistics office said.\n"
        "The figures are as follows, in billion marks:\n\n"
        "             Feb 87   Jan 87\nExports        41.2     39.1\nSurplus        10.2      7.2\n"
    )
    claims = claims_of(text, date(1987, 3, 11))
    assert [(claim.indicator, claim.unit, claim.value_low, claim.period_end) for claim in claims[::2]] == [
        ("exports", "DEM", 41.2e9, date(1987, 2, 28)),
        ("balance", "DEM", 10.2e9, date(1987, 2, 28)),
    ]
