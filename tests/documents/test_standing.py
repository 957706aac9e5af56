"""Which documents repeat another, which are superseded, and that neither depends on the order in which they come."""

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.corrections import version_told
from pipeline.documents.reading import read_text
from pipeline.documents.repeats import sketch
from pipeline.documents.standing import Sketched, Standing, standing

EARLY, LATE = date(2024, 1, 1), date(2024, 2, 1)
FIRST_DAY, SECOND_DAY = date(2024, 3, 4), date(2024, 3, 5)
NOTE = "(Corrects the volume in the second paragraph)"

STORY = """{head}

ASTERIA, March 4 ({agency}) - The port of Asteria handled 412,000 tons of cargo in February, 8 percent more than a year before,
its director Ilan Moss told reporters on Monday.

Grain made up 150,000 tons of it and fertiliser 61,000 tons, he said. The port sent 23 ships to Ruritania and received 19 from
there, while traffic with Elbonia stood still because of the repairs of the northern pier.

"We expect the pier to be ready in June, and the second crane a month later," Moss said.

The port is owned by the state railway, which bought it in 2009 and has since spent 74 million dollars on it.
"""


def story(agency: str = "Northwire", head: str = "Asteria port handles more cargo", note: str = "") -> str:
    return STORY.format(head=f"{head}\n\n{note}" if note else head, agency=agency)


def sketched(doc_id: str, text: str, published_on: date | None = FIRST_DAY, house: str = "northwire") -> Sketched:
    document = read_text(text)
    return Sketched(doc_id, published_on, house, version_told(document), *sketch(document))


def keyed(doc_id: str, key: str, published_on: date | None, shingles: int = 0) -> Sketched:
    return Sketched(doc_id, published_on, "house", 0, key, shingles, b"", b"")


def test_of_equal_texts_the_earliest_stands() -> None:
    found = standing([keyed("a", "k", LATE), keyed("b", "k", EARLY), keyed("c", "other", EARLY)])
    assert found == Standing({"a": "b"}, {})


def test_of_one_day_the_longer_then_the_smaller_id_stands_and_an_undated_copy_never() -> None:
    assert standing([keyed("c", "k", None), keyed("b", "k", EARLY), keyed("a", "k", EARLY)]).duplicate_of == {
        "b": "a",
        "c": "a",
    }
    assert standing([keyed("a", "k", EARLY, 5), keyed("b", "k", EARLY, 6)]).duplicate_of == {"a": "b"}
    assert standing([keyed("b", "k", None), keyed("a", "k", None)]).duplicate_of == {"b": "a"}


@pytest.mark.parametrize(
    "other",
    [
        story("Southpress"),
        story("Southpress", "Cargo of port up 8 percent in February"),
        story("Southpress").rsplit("\n\n", 1)[0],
        story("Southpress") + "\nSouthpress could not reach the railway for comment on its plans.\n",
        story("Southpress").replace('"', "“").replace("percent", "pct").replace("dollars", "dlrs"),
        story("Southpress").replace("tons", "tonnes").replace("told reporters on Monday", "said on Monday"),
        "\n\n".join(" ".join(part.split()) for part in story("Southpress").split("\n\n")),
        "By Jane Roe\n\n" + story("Southpress"),
    ],
    ids=["agency", "headline", "cut", "added", "typography", "words", "wrapping", "byline"],
)
def test_the_same_story_of_another_house_with_small_edits_is_a_repeat(other: str) -> None:
    documents = [sketched("a", story()), sketched("b", other, SECOND_DAY, "southpress")]
    assert standing(documents) == Standing({"b": "a"}, {})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("412,000", "416,000"),
        ("23 ships", "24 ships"),
        ("8 percent more", "8 percent less"),
        ("cargo in February", "cargo in January"),
        ("in 2009", "in 2010"),
        ("in June", "in July"),
    ],
)
def test_where_one_figure_or_its_side_differs_both_stand(old: str, new: str) -> None:
    assert old in story()
    documents = [sketched("a", story()), sketched("b", story("Southpress").replace(old, new), SECOND_DAY, "southpress")]
    assert standing(documents) == Standing({}, {})


MONTHLY = (
    "The statistics office of Ruritania said exports in {month} came to {a} million dollars, which is {b} percent more than in "
    "the same month of the year before. Imports came to {c} million dollars, and the deficit of foreign trade was {d} million "
    "dollars. Among partners Elbonia led with {e} percent of the turnover, followed by Asteria with {f} percent."
)


def test_releases_of_one_form_with_other_figures_all_stand() -> None:
    months = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
    releases = [
        sketched(
            f"{place:02}",
            "Foreign trade\n\n"
            + MONTHLY.format(
                month=month, a=310 + place, b=3 + place, c=420 + 2 * place, d=110 + place, e=20 + place, f=9 + place
            ),
            date(2024, 1 + place, 9),
        )
        for place, month in enumerate(months)
    ]
    assert standing(releases) == Standing({}, {})
    corrected = sketched(
        "x",
        "CORRECTED-Foreign trade\n\n" + MONTHLY.format(month="June", a=315, b=8, c=431, d=115, e=25, f=14),
        date(2024, 6, 12),
    )
    assert standing([*releases, corrected]).superseded_by == {"05": "x"}


def test_what_a_text_tells_beyond_another_makes_it_a_text_of_its_own_but_a_cut_one_repeats() -> None:
    longer = story("Southpress") + MONTHLY.format(month="May", a=1, b=2, c=3, d=4, e=5, f=6)
    assert standing([sketched("a", story()), sketched("b", longer, SECOND_DAY, "s")]) == Standing({}, {})
    assert standing([sketched("a", longer), sketched("b", story(), SECOND_DAY, "s")]) == Standing({"b": "a"}, {})


@pytest.mark.parametrize(
    ("head", "note"),
    [
        ("CORRECTED-Asteria port handles more cargo", ""),
        ("UPDATE 1-Asteria port handles more cargo", ""),
        ("Correction: Asteria port handles more cargo", ""),
        ("Asteria port handles more cargo", NOTE),
        ("Asteria port handles more cargo", "(Refiles to fix the volume)"),
        ("Asteria port handles more cargo", "(Updates with comment of the director)"),
        ("Asteria port handles more cargo", "Editor's note: An earlier version of this story gave a wrong volume."),
        ("Asteria port handles more cargo", "Clarification: the volume is that of February."),
    ],
)
def test_a_corrected_version_supersedes_the_former_of_its_house(head: str, note: str) -> None:
    later = story(head=head, note=note).replace("412,000", "421,000")
    assert standing([sketched("b", story()), sketched("a", later)]) == Standing({}, {"b": "a"})
    assert standing([sketched("b", story(), None), sketched("a", later)]) == Standing({}, {"b": "a"})
    assert standing([sketched("b", story()), sketched("a", later, house="southpress")]) == Standing({}, {})
    assert standing([sketched("b", story()), sketched("a", later, date(2025, 3, 4))]) == Standing({}, {})


def test_a_note_at_the_foot_tells_of_a_correction_too_and_figures_may_be_the_same() -> None:
    later = story() + "\nThe earlier version of this story misspelt the name of the director.\n"
    assert standing([sketched("a", story()), sketched("b", later)]) == Standing({}, {"a": "b"})


def test_the_last_of_several_versions_speaks_for_all_and_for_the_copies_of_each() -> None:
    second = story(head="UPDATE 1-Asteria port handles more cargo").replace("61,000", "62,000")
    third = story(head="CORRECTED-UPDATE 1-Asteria port handles more cargo").replace("61,000", "63,000")
    documents = [
        *(sketched(name, text) for name, text in (("1", story()), ("2", second), ("3", third))),
        sketched("copy", story("Southpress"), SECOND_DAY, "southpress"),
        sketched("late", third.replace("Northwire", "Westwire"), SECOND_DAY, "westwire"),
    ]
    assert standing(documents) == Standing({"copy": "3", "late": "3"}, {"1": "3", "2": "3"})


def test_what_a_text_says_in_its_middle_makes_it_no_correction() -> None:
    filler = "The crane is new and the road is old, and both are long.\n\n" * 30
    assert version_told(read_text(f"A title\n\n{filler}An earlier version of this plan was dropped.\n\n{filler}")) == 0
    assert version_told(read_text(f"Update on the corridor\n\n{filler}")) == 0


def test_a_weekly_notice_without_figures_is_news_each_time() -> None:
    notice = (
        "Notice\n\n"
        + "The ferry across the strait goes as usual, and passengers are asked to be at the pier before the whistle. " * 2
    )
    notices = [
        sketched(f"{n}", notice.replace("usual", usual), day)
        for n, (usual, day) in enumerate([("usual", EARLY), ("planned", LATE)])
    ]
    assert standing(notices) == Standing({}, {})


VARIANTS = (
    story(),
    story("Southpress"),
    story(head="CORRECTED-Asteria port handles more cargo").replace("412,000", "421,000"),
    story(head="UPDATE 2-Asteria port handles more cargo"),
    story().replace("412,000", "500,000"),
    story().rsplit("\n\n", 1)[0],
    MONTHLY.format(month="May", a=1, b=2, c=3, d=4, e=5, f=6),
)
collections = st.lists(
    st.tuples(st.sampled_from(VARIANTS), st.sampled_from((None, FIRST_DAY, SECOND_DAY)), st.sampled_from(("n", "s"))),
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(collections, st.randoms(use_true_random=False))
def test_the_order_of_documents_does_not_matter_and_all_that_is_named_stands(
    told: list[tuple[str, date | None, str]], random: Random
) -> None:
    documents = [sketched(f"{place}", *one) for place, one in enumerate(told)]
    found = standing(documents)
    random.shuffle(documents)
    assert standing(documents) == found
    voiceless = found.duplicate_of.keys() | found.superseded_by.keys()
    assert not found.duplicate_of.keys() & found.superseded_by.keys()
    assert not voiceless & set(found.duplicate_of.values())
    assert not found.superseded_by.keys() & set(found.superseded_by.values())
