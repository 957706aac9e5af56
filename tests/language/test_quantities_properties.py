"""Any number written in any style reads back as itself; marks are sound on any text."""

import math

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.language.marks import QuantityMark
from pipeline.language.quantities import find_quantities

# The first call compiles the lexicons, and other work may share the machine.
UNTIMED = settings(deadline=None)
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
ONES = [*"zero one two three four five six seven eight nine".split(), *TEENS.split()]  # noqa: SIM905
TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
PIECES = [
    "$",
    "€",
    "£",
    "USD ",
    "12",
    "1,234.5",
    "7",
    ".",
    ",",
    " ",
    "-",
    "–",
    "%",
    " pct",
    " million",
    "mln",
    " tons",
    "t",
    "m",
    "km",
    " a year",
    "/t",
    " to ",
    "from ",
    "between ",
    " and ",
    "half",
    "a third",
    "doubled",
    "ten",
    "-fold",
    "twenty",
    "hundred",
    " of ",
    "\n",
    "(",
    ")",
    "more than ",
    "or more",
    "+",
    "rose ",
    "by ",
    "3rd",
    "May ",
    "2024",
    "²",
    "½",
    "İ",
    "\u0301",
    "😀",
    "中",
    "\u00a0",
    "０",
    "٣",
    "x10^",
    "e5",
    "No. ",
    "'",
    "°",
    " per ",
]


def spelled(number: int) -> str:
    """A number below a billion in English words."""
    for size, name in ((1_000_000, "million"), (1_000, "thousand")):
        if number >= size:
            rest = f" {spelled(number % size)}" if number % size else ""
            return f"{spelled(number // size)} {name}{rest}"
    if number >= 100:
        rest = f" and {spelled(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    if number >= 20:
        return TENS[number // 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    return ONES[number]


def grouped(number: int, mark: str) -> str:
    return f"{number:,}".replace(",", mark)


def indian(number: int) -> str:
    head, tail = divmod(number, 1000)
    if not head:
        return str(tail)
    parts = [f"{tail:03}"]
    while head >= 100:
        head, part = divmod(head, 100)
        parts.append(f"{part:02}")
    return ",".join([str(head), *reversed(parts)])


def tons(written: str) -> QuantityMark:
    marks = find_quantities(f"They have {written} tons of ore")
    assert len(marks) == 1, marks
    assert marks[0].text == f"{written} tons"
    assert marks[0].unit == "t"
    return marks[0]


@UNTIMED
@given(st.integers(1, 10**12), st.sampled_from([",", " ", "\u00a0", "\u2009", "\u202f", "'", "’", ""]))
def test_whole_numbers_in_any_grouping(number: int, mark: str) -> None:
    assert tons(grouped(number, mark)).value_low == number


@UNTIMED
@given(st.integers(1, 10**9))
def test_whole_numbers_in_indian_grouping(number: int) -> None:
    assert tons(indian(number)).value_low == number


@UNTIMED
@given(st.integers(0, 10**9), st.integers(1, 99))
def test_decimals_after_a_point(whole: int, part: int) -> None:
    assert tons(f"{whole:,}.{part:02}").value_low == float(f"{whole}.{part:02}")


@UNTIMED
@given(st.integers(0, 999), st.integers(1, 99))
def test_decimals_after_a_comma(whole: int, part: int) -> None:
    assert tons(f"{whole},{part:02}").value_low == float(f"{whole}.{part:02}")


@UNTIMED
@given(st.integers(2, 999_999_999))
def test_number_words(number: int) -> None:
    assert tons(spelled(number)).value_low == number


@UNTIMED
@given(
    st.integers(1, 999),
    st.integers(0, 99),
    st.sampled_from(
        [
            ("thousand", 3),
            ("million", 6),
            ("mln", 6),
            ("mn", 6),
            ("bn", 9),
            ("bln", 9),
            ("billion", 9),
            ("trillion", 12),
            ("lakh", 5),
            ("crore", 7),
        ]
    ),
    st.sampled_from([" ", "", "\u00a0", "\n", "-"]),
)
def test_scales(whole: int, part: int, scale: tuple[str, int], blank: str) -> None:
    word, power = scale
    assert tons(f"{whole}.{part:02}{blank}{word}").value_low == float(f"{whole}.{part:02}e{power}")


@UNTIMED
@given(
    st.integers(1, 500), st.integers(1, 500), st.sampled_from(["{}-{}", "{} to {}", "between {} and {}", "{}–{}", "{} - {}"])
)
def test_ranges(low: int, more: int, form: str) -> None:
    mark = tons(form.format(low, low + more))
    assert (mark.value_low, mark.value_high) == (low, low + more)


@UNTIMED
@given(
    st.integers(1, 10**7),
    st.sampled_from(["$", "€", "£", "¥", "₽", "₸", "₼", "₾", "₺", "₹", "₩", "C$", "A$", "HK$", "US$", "NT$", "R$"]),
    st.booleans(),
)
def test_money_signs(amount: int, sign: str, spaced: bool) -> None:
    (mark,) = find_quantities(f"They paid {sign}{' ' if spaced else ''}{amount:,} for it")
    assert (mark.value_low, mark.kind) == (amount, "money")
    assert mark.unit is not None
    assert len(mark.unit) == 3


def check(text: str) -> None:
    marks = find_quantities(text)
    reached = 0
    for mark in marks:
        assert reached <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == mark.text
        assert mark.start <= mark.number_start < mark.number_end <= mark.end
        assert math.isfinite(mark.value_low)
        assert math.isfinite(mark.value_high)
        assert mark.value_low <= mark.value_high
        assert (mark.unit is None) == (mark.kind == "bare")
        assert mark.text == mark.text.strip()
        reached = mark.end


@UNTIMED
@given(st.text())
def test_marks_are_sound_on_any_text(text: str) -> None:
    check(text)


@UNTIMED
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_marks_are_sound_on_texts_full_of_numbers(text: str) -> None:
    check(text)


@UNTIMED
@example("a third,")
@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_what_stands_before_does_not_move_marks(text: str) -> None:
    alone = find_quantities(text)
    behind = find_quantities(f"{'İ😀. ' * 40}\n\n{text}")
    offset = len(behind) and behind[0].start - alone[0].start if alone else 0
    assert [mark.value_low for mark in alone] == [mark.value_low for mark in behind]
    assert all(late.start - early.start == offset for early, late in zip(alone, behind, strict=True))


@pytest.mark.parametrize("text", ["", " ", "no numbers here", "İ" * 50])
def test_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    "piece",
    ["1,", "1 ", "a hundred ", "from 1 to ", "20 million francs in Paris, ", "5 of a b c d ", "(", "'", "9.9", "ten ", "1.5m "],
)
def test_long_repetitions_are_read_in_the_end(piece: str) -> None:
    check(piece * 3000)
