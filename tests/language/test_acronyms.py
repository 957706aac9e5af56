"""Acronyms are tied to the names that the text says they stand for, and to no others."""

import string
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.acronyms import find_acronyms

ROUTE = "Steppe and Sea Transport Route"


def found(text: str) -> list[tuple[str, str, str]]:
    return [(mark.text, mark.expansion, mark.letters) for mark in find_acronyms(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"Cargo on the {ROUTE} (SSTR) grew.",
        f"Cargo on the “{ROUTE}” (“SSTR”) grew.",
        f"Cargo on the {ROUTE} (hereinafter SSTR) grew.",
        f"Cargo on the {ROUTE} (SSTR, opened in 2019) grew.",
        f"Cargo on the {ROUTE}, or SSTR, grew.",
        f"Cargo on the {ROUTE}, also known as the SSTR, grew.",
        f"Cargo on the {ROUTE}, SSTR for short, grew.",
        f"Cargo on the {ROUTE}, the “SSTR” for friends, grew.",
        f"Cargo on the {ROUTE}'s (SSTR) lines grew.",
        f"Cargo on the SSTR ({ROUTE}) grew.",
        f"Cargo on the SSTR (the {ROUTE}) grew.",
        f"Cargo on the SSTR (short for {ROUTE}) grew.",
        f"Cargo on the SSTR, or the {ROUTE}, grew.",
        f"Cargo on the SSTR, the {ROUTE}, grew.",
        f"Cargo on the SSTR, which stands for {ROUTE}, grew.",
        f"SSTR stands for the {ROUTE}.",
        f"SSTR is an acronym for {ROUTE}.",
        f"SSTR — the {ROUTE} — grew.",
    ],
)
def test_a_name_is_found_on_either_side(text: str) -> None:
    assert found(text) == [("SSTR", ROUTE, "initials")]


def test_a_comma_alone_makes_no_short_form() -> None:
    assert found(f"Cargo on the {ROUTE}, SSTR freight and mail grew.") == []


@pytest.mark.parametrize(
    ("text", "short", "name", "letters"),
    [
        ("the Baku-Tbilisi-Kars (BTK) railway", "BTK", "Baku-Tbilisi-Kars", "initials"),
        ("the Almaty–Osh–Kashgar railway (AOK)", "AOK", "Almaty–Osh–Kashgar railway", "initials"),
        ("the Trans-Altai Freight Route (TFR)", "TFR", "Trans-Altai Freight Route", "initials"),
        ("a memorandum of understanding (MoU)", "MoU", "memorandum of understanding", "initials"),
        ("twenty-foot equivalent units (TEUs)", "TEUs", "twenty-foot equivalent units", "initials"),
        ("the African Continental Free Trade Area (AfCFTA)", "AfCFTA", "African Continental Free Trade Area", "initials"),
        ("the oil firm KazMunayGas (KMG)", "KMG", "KazMunayGas", "initials"),
        ("the Northern Haulage Corp. (NH)", "NH", "Northern Haulage Corp", "initials"),
        ("the U.S. Agency for Safe Transit (USAST)", "USAST", "U.S. Agency for Safe Transit", "initials"),
        ("Conference on Trade and Development (CTAD)", "CTAD", "Conference on Trade and Development", "initials"),
        ("Community of Western Ports (COWP)", "COWP", "Community of Western Ports", "initials"),
        ("Commonwealth of Western Ports (COMWEP)", "COMWEP", "Commonwealth of Western Ports", "letters"),
        ("the Trans-Altai Nickel Ore Pipeline (TANOP)", "TANOP", "Trans-Altai Nickel Ore Pipeline", "initials"),
        ("Trans-Anatolian Natural Gas Pipeline (TANAP)", "TANAP", "Trans-Anatolian Natural Gas Pipeline", "letters"),
        ("In May 2024 Azerbaijan Railways (ADY) said", "ADY", "Azerbaijan Railways", "other"),
        ("The Canal Authority of Panama (ACP) said", "ACP", "Canal Authority of Panama", "other"),
        ("the Agreement on Transit Related to Georgia (ZKRT)", "ZKRT", "Agreement on Transit Related to Georgia", "other"),
        ("an agreement on wheat that concerns Georgia (ZKRT)", "ZKRT", "agreement on wheat that concerns Georgia", "other"),
    ],
)
def test_letters_may_come_from_within_and_from_elsewhere(text: str, short: str, name: str, letters: str) -> None:
    assert found(f"{text}.") == [(short, name, letters)]


@pytest.mark.parametrize(
    "text",
    [
        "SAVANNAH, Ga. (AP) - The port moved more boxes.",
        "CAIRO, 13 July 2024 (NWS) - The ministers met.",
        "He spoke in Astana on Monday (GMT) and left.",
        "Exports to Kazakhstan (KAZ) rose.",
        "The bank lent 40 million dollars (USD).",
        "The road carried 3 million tonnes (MT).",
        "A deal with Wabtec (NYSE) was signed.",
        "A contract between the Bank of Baku (III) and others.",
        "The president of the Federation, Ivan Petrov (KPRF), spoke.",
        "Ministers met. The route (SSTR) is long.",
        "Steppe and Sea. Transport Wagon (SSTW)",
        f"The {ROUTE}; later it opened (SSTR).",
        "Trains (and LNG) moved, or OPEC did.",
        "the SSTR Association (SSTR)",
    ],
)
def test_other_brackets_stand_for_nothing(text: str) -> None:
    assert found(text) == []


def test_each_place_is_found_once_in_the_order_of_the_text() -> None:
    text = f"{ROUTE} (SSTR). European Union (EU). SSTR, the {ROUTE}."
    assert [(mark.start, mark.text) for mark in find_acronyms(text)] == [(32, "SSTR"), (55, "EU"), (60, "SSTR")]


def test_a_name_may_be_broken_over_lines() -> None:
    assert found("on the Steppe and Sea\nTransport Route\n(SSTR) grew")[0][1] == "Steppe and Sea\nTransport Route"


PIECES = st.lists(
    st.sampled_from(
        [
            "(",
            ")",
            ",",
            ".",
            " ",
            "\n",
            "\n\n",
            "-",
            "or",
            "known as",
            "stands for",
            "the",
            "TITR",
            "AfCFTA",
            "U.S.",
            "Route",
            "of",
            "Ä",
            "𝔸",
            "é",
            "'s",
        ]
    )
    | st.text(alphabet=string.ascii_letters, max_size=4)
    | st.text(max_size=3),
    max_size=60,
)


@settings(deadline=None, max_examples=300)
@given(PIECES.map("".join) | PIECES.map(" ".join))
def test_offsets_are_those_of_the_text(text: str) -> None:
    marks = find_acronyms(text)
    assert [mark.start for mark in marks] == sorted({mark.start for mark in marks})
    for mark in marks:
        assert text[mark.start : mark.end] == mark.text
        assert text[mark.expansion_start : mark.expansion_end] == mark.expansion
        assert mark.end <= mark.expansion_start or mark.expansion_end <= mark.start


@settings(deadline=None, max_examples=50)
@given(st.lists(st.sampled_from(["Steppe", "Sea", "Iron", "Road", "Port", "Union", "Åland"]), min_size=2, max_size=6))
def test_planted_names_are_found(words: list[str]) -> None:
    name, short = " ".join(words), "".join(word[0] for word in words)
    assert found(f"We saw the {name} ({short}) there.") == [(short, name, "initials")]
    assert found(f"We saw {short} (the {name}) there.") == [(short, name, "initials")]


@pytest.mark.parametrize(
    "piece", ["(", "A", "(ABC) ", " or ABC", "A. ", " \n", "ABC, the ", "Ab-", "the agreement on the Agreement (QXZ) "]
)
def test_work_grows_with_the_length_of_the_text(piece: str) -> None:
    """Counted in steps of the interpreter, which no other load on the machine changes."""
    assert _steps(piece * 800) < 3 * _steps(piece * 400) + 1000


def _steps(text: str) -> int:
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    find_acronyms("Iron Road (IR)")  # loads the lists
    sys.setprofile(count)
    try:
        find_acronyms(text)
    finally:
        sys.setprofile(None)
    return steps
