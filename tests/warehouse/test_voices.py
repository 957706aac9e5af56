"""Two names of one speaker are one voice, and words that name nobody are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.warehouse.voices import house, speaker


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("President Kassym-Jomart Tokayev", "Tokayev"),
        ("Turkish Energy Minister Taner Yildiz", "Taner Yıldız"),
        ("Asel Tlepova, deputy head of the transport committee", "Tlepova"),
        ("the authority's CEO, Allard Hoekstra", "Hoekstra"),
        ("Georgia's National Statistics Service", "the National Statistics Service of Georgia"),
        ("the Ministry of Agriculture", "agriculture ministry officials"),
        ("Kazakh officials", "the government of Kazakhstan"),
        ("National rail carrier KTZ", "Kazakhstan Temir Zholy"),
        ("the news agency Kabar", "Kabar"),
        ("Tajikistan's Statistics Agency", "the Agency for Statistics of Tajikistan"),
    ],
)
def test_two_names_of_one_speaker_are_one_voice(one: str, other: str) -> None:
    assert speaker(one).name == speaker(other).name is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tokayev", "Mirziyoyev"),
        ("Kazakhstan's customs committee", "China's customs committee"),
        ("the agriculture ministry", "the energy ministry"),
        ("Kazakh officials", "Turkish officials"),
        ("Tokayev", "Presidents Kassym-Jomart Tokayev and Ilham Aliyev"),
    ],
)
def test_two_speakers_are_two_voices(one: str, other: str) -> None:
    assert speaker(one).name != speaker(other).name


@pytest.mark.parametrize(
    "told",
    ["the ministry", "Officials", "a source close to the project", "the two leaders", "official figures", "the company", "he"],
)
def test_words_that_name_nobody_are_no_voice(told: str) -> None:
    assert speaker(told).name is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trend News Agency", "Trend News Agency via MENAFN"),
        ("Qazinform", "Kazinform"),
        ("THE WAYBILL", "The Waybill"),
        ("News Central Asia (nCa)", "nCa (News Central Asia)"),
    ],
)
def test_two_names_of_one_publisher_are_one_voice(one: str, other: str) -> None:
    assert house(one) == house(other)


def test_a_publisher_and_an_agency_that_is_quoted_are_one_voice() -> None:
    assert house("Kazinform") == speaker("Kazinform").name
    assert house("APA") == speaker("the APA agency").name


@given(st.text(max_size=400))
def test_any_words_can_be_judged(told: str) -> None:
    assert speaker(told).name != ""
    assert isinstance(house(told), str)
