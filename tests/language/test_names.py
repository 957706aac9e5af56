"""What `find_names` finds, in whichever writing, and what it leaves alone."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract.reference import read_rows
from pipeline.language.names import find_names

ALPHABET = "abYZ Uu.S-'’–“\n\r\t 0$%@/:ıİğée\u0301\u0308🚢中한\x1f\u00a0"
PIECES = [
    "Kazakhstan",
    "U.S.",
    "Türkiye",
    "the Port of ",
    "Ministry of ",
    "Corp.",
    "Mr. ",
    "Turkey",
    "Strait of\r\nHormuz",
    "oil",
    "🚢",
]


def found(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(mark.text, mark.kind, mark.codes) for mark in find_names(text)]


def codes(text: str) -> list[str]:
    return [code for mark in find_names(text) for code in mark.codes]


@settings(deadline=None)  # the first example loads the lexicons
@given(st.lists(st.one_of(st.text(), st.text(alphabet=ALPHABET), st.sampled_from(PIECES)), max_size=12).map("".join))
def test_marks_of_any_text_are_sorted_disjoint_and_grounded(text: str) -> None:
    end = 0
    for mark in find_names(text):
        assert end <= mark.start < mark.end <= len(text)
        assert mark.text == text[mark.start : mark.end]
        end = mark.end


@settings(deadline=None)  # the first example loads the lexicons
@given(
    st.text(alphabet="🚢中 \n", max_size=20).filter(lambda text: not text or text[-1] in " \n"),
    st.sampled_from(["Uzbekistan", "South Korea", "Bab el-Mandeb", "Port of Rotterdam", "vegetable oil", "Côte d'Ivoire"]),
)
def test_a_planted_name_is_found_behind_anything(before: str, name: str) -> None:
    text = f"{before}{name} rose."
    assert [(mark.start, mark.end) for mark in find_names(text)] == [(len(before), len(before) + len(name))]


def _country_words() -> list[tuple[str, str, str]]:
    words = []
    for row in read_rows("countries.csv"):
        for column in ("names", "adjectives", "peoples", "capitals"):
            words += [(row["code"], column, word) for word in row[column].split("|") if word]
        words.append((row["code"], "name", row["name"]))
    return words


HEADINGS = {word for _, column, word in _country_words() if column == "name" and ("," in word or "(" in word)}


@pytest.mark.parametrize("column", ["name", "names", "adjectives", "peoples", "capitals"])
def test_every_word_of_a_country_gives_its_code_in_a_sentence(column: str) -> None:
    shared = {"Congo"}  # heads the code list for COG, but means COD in news
    for code, where, marked in _country_words():
        word = marked.lstrip("^!")
        if where != column or word in HEADINGS or word in shared:
            continue
        marks = find_names(f"Last year {word}'s partners, we hear, sold more.")
        assert [(mark.codes, mark.text) for mark in marks] == [((code,), word)], word


@pytest.mark.parametrize("column", ["name", "names", "capitals"])
def test_every_country_and_capital_is_found_in_capitals(column: str) -> None:
    for code, where, marked in _country_words():
        word = marked.lstrip("^")
        if where == column and not marked.startswith("!") and word not in HEADINGS | {"Congo"} and len(word) > 3:
            assert (code,) in {mark.codes for mark in find_names(f"PACT WITH {word.upper()} NEAR")}, word


def test_a_mark_leaves_the_possessive_out() -> None:
    text = "Azerbaijan's port and Kazakhstan’s wheat, the Netherlands' flowers"
    assert [mark.text for mark in find_names(text)][:2] == ["Azerbaijan", "Kazakhstan"]
    assert ("Netherlands", "country", ("NLD",)) in found(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Astana agreed", "capital"),
        ("the Kazakh side", "adjective"),
        ("Kazakhs agreed", "people"),
        ("Tokayev agreed", "leader"),
        ("Kazakhstan agreed", "name"),
    ],
)
def test_the_form_tells_how_a_state_is_named(text: str, form: str) -> None:
    assert [(mark.form, mark.codes) for mark in find_names(text)] == [(form, ("KAZ",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("U.S.-JAPAN CHIP PACT", ["USA", "JPN", "electronics"]),
        ("WASHINGTON URGES TAIWAN TO OPEN MARKET", ["USA", "TWN"]),
        ("The USSR and the GDR met in East Berlin", ["SUN", "DDR", "DDR"]),
        ("the twelve EC states and Comecon", ["EEC", "COMECON"]),
        ("Brussels and the 27-nation bloc", ["EU", "EU"]),
        ("the five Central Asian states and the Gulf states", ["C5", "GCC"]),
        ("turkeys, a chad and fine china for us in jordan almonds", ["fruit_vegetables"]),
        ("Turkey, Chad and China asked the US and the U.K.", ["TUR", "TCD", "CHN", "USA", "GBR"]),
        ("İSTANBUL and İzmir", ["TUR", "TUR"]),
        ("Sino-Russian trade, Kyrgyz-Uzbek border", ["CHN", "RUS", "KGZ", "UZB"]),
        ("South\nKorea and the Strait of\r\nHormuz", ["KOR", "HORMUZ"]),
        ("Guinea, Guinea-Bissau, Equatorial Guinea and Papua New Guinea", ["GIN", "GNB", "GNQ", "PNG"]),
        ("Niger and Nigeria, Nigerien and Nigerian", ["NER", "NGA", "NER", "NGA"]),
        ("the Democratic Republic of Congo and the Republic of Congo", ["COD", "COG"]),
        ("North Korea, South Korea, Korea", ["PRK", "KOR", "KOR"]),
        ("Dominica and the Dominican Republic", ["DMA", "DOM"]),
        ("Latin American and North American buyers and American sellers", ["LATAM", "USA"]),
        ("Indian Ocean islands, the Indian side", ["IND"]),
        ("New Mexico, Mexico City, Mexico", ["USA", "MEX", "MEX"]),
        ("Sudan, South Sudan", ["SDN", "SSD"]),
        ("the World Bank and the Gulf", ["WORLD_BANK"]),
        ("the White House, the Kremlin and Downing Street", ["USA", "RUS", "GBR"]),
    ],
)
def test_states_and_blocs(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "write to us and tell us",
        "5 mln Canadian dollars and 3 bln Swiss francs",
        "the Turkish lira, the U.S. dollar, US$40",
        "the Paris Agreement and the Uruguay Round",
        "a gas station, an oil painting, a coffee break",
        "see https://example.org/kazakhstan or kazakhstan@example.org",
        "polish the chinaware",
        "woman romanian-ish-unbounded_Iran_x Iranx xIran",
        "reading a nice split in the mobile orange",
    ],
)
def test_what_is_no_name(text: str) -> None:
    assert found(text) in ([], [("romanian", "country", ("ROU",))])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the Middle Corridor", "TITR"),
        ("the Trans-Caspian route", "TITR"),
        ("along TMTM", "TITR"),
        ("the Zangezur corridor", "TRIPP"),
        ("the Baku–Tbilisi–Kars railway", "BTK"),
        ("the North–South corridor", "INSTC"),
        ("the Panama Canal", "PANAMA"),
        ("through Suez", "SUEZ"),
        ("the STRAIT OF HORMUZ", "HORMUZ"),
        ("the Bab al-Mandab strait", "RED_SEA"),
        ("One Belt, One Road", "BRI"),
        ("round the Cape of Good Hope", "CAPE"),
        ("the Northern Sea Route", "NSR"),
        ("the Malacca Strait", "strait of malacca"),
        ("the Druzhba oil pipeline", "druzhba pipeline"),
        ("the Vientiane-Boten Railway", "vientiane-boten railway"),
        ("the Zambezi Corridor", "zambezi corridor"),
        ("the Rasht–Astara railway", "rasht-astara railway"),
        ("the Grodekovo-Suifenhe line", "grodekovo-suifenhe line"),
    ],
)
def test_corridors(text: str, code: str) -> None:
    assert [mark.codes for mark in find_names(text) if mark.kind == "corridor"] == [(code,)]


@pytest.mark.parametrize(
    "text", ["the new transport corridor", "The Green Corridor", "this Economic Corridor", "the Iran route", "a canal"]
)
def test_a_corridor_without_a_name_is_none(text: str) -> None:
    assert not [mark for mark in find_names(text) if mark.kind == "corridor"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("palm oil", "oilseeds"),
        ("vegetable oil", "oilseeds"),
        ("crude", "oil"),
        ("fuel oil", "oil_products"),
        ("LNG", "lng"),
        ("iron ore", "iron_ore"),
        ("wheat-laden", "wheat"),
        ("Locomotives", "vehicles"),
        ("SEMICONDUCTORS", "electronics"),
        ("rare earths", "critical_minerals"),
        ("urea", "fertilizer"),
        ("garments", "textiles"),
        ("live cattle", "meat"),
        ("soyabeans", "soybeans"),
        ("corn gluten feed", "corn"),
        ("gold and silver", "precious_metals"),
    ],
)
def test_goods(text: str, code: str) -> None:
    assert [mark.codes for mark in find_names(f"They sold {text} abroad.")] == [(code,)]


def test_a_surname_is_no_good_and_a_good_may_open_a_sentence() -> None:
    assert found("We asked Condoleezza Rice.") == []
    assert found("They met. Rice was dear. RICE FELL") == [("Rice", "commodity", ("rice",)), ("RICE", "commodity", ("rice",))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Georgian Railway", ("Georgian Railway", "railway", ("GEO",))),
        ("Kazakhstan Temir Zholy", ("Kazakhstan Temir Zholy", "railway", ("KAZ",))),
        ("the Port of Rotterdam", ("Port of Rotterdam", "port", ("NLD",))),
        ("the port of Vizhinjam", ("port of Vizhinjam", "port", ("IND",))),
        ("Port of Zzyzx", ("Port of Zzyzx", "port", ())),
        ("Xinjiang", ("Xinjiang", "place", ("CHN",))),
        ("the Black Sea", ("Black Sea", "place", ())),
        ("Boeing", ("Boeing", "company", ("USA",))),
        ("the Export-Import Bank of China", ("Export-Import Bank of China", "organisation", ("CHN",))),
        ("Acme Grain Trading LLC", ("Acme Grain Trading LLC", "company", ())),
        ("Latvian Sugar Company", ("Latvian Sugar Company", "company", ("LVA",))),
        ("Moldovan Railways", ("Moldovan Railways", "railway", ("MDA",))),
        (
            "the Ministry of Trade and Integration of the Republic of Kazakhstan",
            ("Ministry of Trade and Integration of the Republic of Kazakhstan", "organisation", ("KAZ",)),
        ),
        ("the Ministry of Transport", ("Ministry of Transport", "organisation", ())),
        ("the Uzbek Chamber of Commerce", ("Uzbek Chamber of Commerce", "organisation", ("UZB",))),
        ("San Antonio, Chile", ("San Antonio, Chile", "port", ("CHL",))),
    ],
)
def test_places_and_organisations(text: str, expected: tuple[str, str, tuple[str, ...]]) -> None:
    assert found(f"Last week {text} reported.") == [expected]


def test_the_country_before_a_ministry_is_a_mark_of_its_own_and_gives_its_code() -> None:
    assert found("The Uzbek Energy Ministry spoke.") == [
        ("Uzbek", "country", ("UZB",)),
        ("Energy Ministry", "organisation", ("UZB",)),
    ]


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Kazakh Transport Minister Marat Sariev said", "Marat Sariev", ("KAZ",)),
        ("Azerbaijan's deputy prime minister Shahin Aslanov said", "Shahin Aslanov", ("AZE",)),
        ("the analyst Mary-Ann O'Neill said", "Mary-Ann O'Neill", ()),
        ("Mr. Michael Jordan said", "Michael Jordan", ()),
        ("Minister of Peru Juan de la Cruz said", "Juan de la Cruz", ("PER",)),
        ("Minister of Trade and Integration Arman Sadykov said", "Arman Sadykov", ()),
        ("Minister of Transport of the Republic of Uzbekistan Ilhom Sobirov said", "Ilhom Sobirov", ("UZB",)),
    ],
)
def test_people_are_found_by_their_titles(text: str, name: str, country: tuple[str, ...]) -> None:
    assert [(mark.text, mark.codes) for mark in find_names(text) if mark.kind == "person"] == [(name, country)]


@pytest.mark.parametrize(
    "text", ["MINISTER SIGNS PACT", "The minister Today", "President in office", "chairman, Kazakhstan", "Minister Visits Oslo"]
)
def test_a_title_alone_names_nobody(text: str) -> None:
    assert not [mark for mark in find_names(text) if mark.kind == "person"]


def test_a_leader_stays_a_leader_behind_a_title() -> None:
    assert [(mark.text, mark.form) for mark in find_names("President Ilham Aliyev")] == [("Ilham Aliyev", "leader")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Moscow will sell grain, the Soviet Union said.", ["SUN", "grain", "SUN"]),
        ("Moscow will sell grain, Russia said of the Soviet Union.", ["RUS", "grain", "RUS", "SUN"]),
        ("Georgia's poultry goes through Savannah.", ["USA", "meat", "USA"]),
        ("The EEC buys sugar from Fiji.", ["EEC", "sugar", "FJI"]),
        ("The EEC sets the tariffs of the Eurasian Economic Union.", ["EAEU", "EAEU"]),
        ("Georgia's poultry goes from Tbilisi to Savannah.", ["GEO", "meat", "GEO", "USA"]),
    ],
)
def test_homonyms_are_read_by_their_company(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(("day", "code"), [(date(1987, 4, 1), "SUN"), (date(1991, 12, 26), "RUS"), (None, "RUS")])
def test_the_day_tells_which_state_a_capital_spoke_for(day: date | None, code: str) -> None:
    assert [mark.codes for mark in find_names("Moscow may buy.", day)] == [(code,)]


@pytest.mark.parametrize("text", ["Moscow, Idaho", "Paris, Texas", "Birmingham, Ala.", "St. Petersburg, Fla."])
def test_a_city_with_a_state_behind_it_is_american(text: str) -> None:
    assert {mark.codes for mark in find_names(text)} == {("USA",)}


def test_words_before_a_body_belong_to_its_name_but_no_other_name() -> None:
    assert found("Boeing and the Export Import Bank of Guyana") == [
        ("Boeing", "company", ("USA",)),
        ("Export Import Bank of Guyana", "organisation", ("GUY",)),
    ]
    assert found("Boeing and Afghan Railway Authority") == [
        ("Boeing", "company", ("USA",)),
        ("Afghan", "country", ("AFG",)),
        ("Railway Authority", "organisation", ("AFG",)),
    ]


def test_combining_marks_and_missing_diacritics_name_the_same() -> None:
    for spelling in ("Türkiye", unicodedata.normalize("NFD", "Türkiye"), "Turkiye"):
        assert found(f"in {spelling}.") == [(spelling, "country", ("TUR",))]


def test_a_combining_mark_behind_a_name_makes_it_another_word() -> None:
    assert found("Mali\u0301 spoke") == []


def test_a_name_does_not_reach_over_a_paragraph() -> None:
    assert codes("trade of South\n\nKorea") == ["KOR"]
    assert [mark.text for mark in find_names("trade of South\n\nKorea")] == ["Korea"]
