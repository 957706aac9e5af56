"""What is kept of a text to find those that repeat it: its key, its sketch and its figures."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.documents.reading import read_text
from pipeline.documents.repeats import content_key, sketch

REPORT = "Ruritania exported 3.4 million tons of grain in 2024. Most of it went by rail.\n"
LONG = f"""Grain leaves

{REPORT}
The ministry said that the harvest of the north had been brought in before the rains came, and that wagons for the ports of the
south would be found in time.
"""


def key(text: str) -> str:
    return content_key(read_text(text))


def test_white_space_case_and_furniture_do_not_matter() -> None:
    first = key(f"Grain exports rise\n\nMarch 4, 2024\n\n{REPORT}\nShare: Facebook  X\nTags: grain")
    assert first == key(f"GRAIN EXPORTS RISE\n\nBy Jane Doe\n\n{REPORT.replace(' ', '  ')}\n\nRead also\nAnother story")


def test_a_changed_figure_is_another_text() -> None:
    assert key(REPORT) != key(REPORT.replace("3.4", "3.5"))


def test_a_short_text_has_no_sketch() -> None:
    found = sketch(read_text(REPORT))
    assert (found.shingles, found.minhash, found.figures) == (0, b"", b"")


def test_the_sketch_of_a_text_is_the_same_whatever_its_title_case_and_quotes() -> None:
    other = (
        LONG.replace("Grain leaves", "Another headline")
        .replace("3.4 million tons", "3.4 mln tonnes")
        .replace("wagons", "Wagons")
    )
    assert sketch(read_text(LONG))[1:] == sketch(read_text(other))[1:]


def test_a_changed_figure_and_a_changed_side_of_it_show_in_the_figures() -> None:
    grown = LONG.replace("exported", "said exports rose to")
    told = [
        sketch(read_text(text)).figures for text in (LONG, LONG.replace("3.4", "3.5"), grown, grown.replace("rose", "fell"))
    ]
    assert len(set(told)) == len(told)


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_can_be_sketched(text: str) -> None:
    document = read_text(text)
    assert sketch(document) == sketch(document)


def test_a_text_of_many_figures_keeps_a_bounded_number_of_them() -> None:
    rows = "\n".join(f"Region number {place} sent wheat of {place} tons abroad." for place in range(9_000))
    assert len(sketch(read_text(rows)).figures) <= 8 * 2 * 2_000
