"""What patterns may open with: no match begins with anything else."""

import re

import pytest

from pipeline.language.dates import find_dates
from pipeline.language.dates_grammar import RULES, rule, rules_at
from pipeline.language.openings import Openings, opening_at


@pytest.mark.parametrize(
    ("template", "opens"),
    [
        ("may", {"ma"}),
        ("(?:the )?(?:may|june)", {"th", "ma", "ju"}),
        ("(?P<day>[1-3]?\\d)(?:st|nd)?", {"0", "00", "0s", "0n"}),
        ("a{1,3}b|c+d", {"aa", "ab", "cc", "cd"}),
        ("(?<!x)(?=m)<MONTH>", {"ma", "ju"}),
        ("a*$", {"", "a", "aa"}),
    ],
)
def test_openings_of_a_template(template: str, opens: set[str]) -> None:
    assert Openings({"MONTH": "(?:may|june)"}).of(template) == opens


def test_digits_and_blanks_are_one_and_other_signs_are_not_told() -> None:
    assert [opening_at(text, 0) for text in ("17", "a\n", "m.", "—5", "m")] == ["00", "a ", "m.", None, None]


def test_a_template_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="no pattern of a known kind"):
        Openings({}).of("\\")


def test_no_rule_is_left_out_where_it_reads_an_expression() -> None:
    text = (
        "the first half of 2020, in may 2019, 12-14 june, 2020-05-01, last week, q3 2021, three months to july, "
        "the 1990s, fy2024, two years ago, by the end of the year, this spring, on monday, 9m 2020, mid-2021, the 3rd quarter"
    )
    places = [match.start() for match in re.finditer(r"\b\w", text)]
    read = {(name, at) for name, _ in RULES for at in places if rule(name).match(text, at)}
    assert len(read) > len(places) / 2
    assert all(name in dict(rules_at(text, at)) for name, at in read)
    assert len(find_dates(text, None)) > 12
