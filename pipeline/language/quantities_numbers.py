"""Finds the numbers of a text, in digits or words, and passes over the digits that never are a quantity: dates, times, codes.

What a number is worth, its sign and the money sign before it belong here. The units behind it do not.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.marks import Bound
from pipeline.language.numerals import DIGITS, either, numerals, read_digits
from pipeline.language.phrases import fold
from pipeline.language.units import Unit, money, units

_LINE_BREAKS = re.compile(r"[\n\r\t]")
_MONEY_BY_M = re.compile(
    r"(?:[$£€] ?[0-9][0-9.,]{0,9}m|[0-9]m (?:tons?|tonnes?|teus?|barrels|boxes|containers|people|passengers))(?![^\W_])"
)
_COMMA_DECIMALS = re.compile(r"(?<![0-9.,])[0-9]{1,4},[0-9]{1,2} ?(?:%|percent|pct|mln|bln|million|billion|thousand)(?![^\W_])")
_POINT_DECIMALS = re.compile(
    r"(?<![0-9.,])[0-9]{1,4}\.[0-9]{1,2} ?(?:%|percent|pct|mln|bln|million|billion|thousand)(?![^\W_])"
)
_DOLLARS = re.compile(
    r"\b(?:all|the|unless otherwise (?:stated|noted|indicated),?)(?: (?:dollar|money|other|monetary))? ?"
    r"(?:dollars|figures|amounts|sums|values|prices|dollar signs)(?: (?:in|on) this [a-z]{3,12}| here| given| quoted| cited)?"
    r" (?:are|is)(?: (?:given|quoted|stated|expressed|meant))?(?: in)? (?P<whose>[a-z.]{2,12}(?: [a-z]{4,8})?) dollars\b"
)


@dataclass(frozen=True)
class Passage:
    """A text and its folded form, of the same length, with what the whole of it tells about its numbers."""

    text: str
    folded: str
    _places: dict[str, list[int]] = field(default_factory=dict, compare=False)

    @cached_property
    def writes_millions_m(self) -> bool:
        """Whether the text writes millions with an m (`$5.5m`, `3m tonnes`)."""
        return _MONEY_BY_M.search(self.folded) is not None

    @cached_property
    def writes_decimal_commas(self) -> bool:
        """Whether a comma is the decimal mark of the text (`4,5 mln`), and a point never is."""
        return _COMMA_DECIMALS.search(self.folded) is not None and _POINT_DECIMALS.search(self.folded) is None

    @cached_property
    def speaks_sterling(self) -> bool:
        """Whether the text has the sign or the name of British money."""
        return "£" in self.text or "sterling" in self.folded

    @cached_property
    def dollars(self) -> str | None:
        """The currency of a text's dollars: as it says (`All dollars are Canadian dollars`), or those of whoever counts."""
        declared = _DOLLARS.search(self.folded) if " dollars" in self.folded else None
        if declared is not None:
            named = money().named.get(f"{declared['whose']} dollars")
            return named.code if named is not None else None
        counting: dict[str, list[str]] = read_toml("number_context.toml")["counting_dollars"]
        return next((code for code, offices in counting.items() if any(office in self.folded for office in offices)), None)

    def currency_by_place(self, noun: str, at: int) -> str | None:
        """The currency among those that share `noun` whose place is named nearest to `at`; None if none is named."""
        coins = money()
        found = [
            (distance, code)
            for code in coins.shared.get(noun, ())
            for place in coins.places[code]
            if (distance := self._distance(place, at)) is not None
        ]
        return min(found)[1] if found else None

    def _distance(self, place: str, at: int) -> int | None:
        if place not in self._places:
            self._places[place] = [match.start() for match in re.finditer(rf"(?<![^\W_]){re.escape(place)}", self.folded)]
        found = self._places[place]
        after = bisect_left(found, at)
        # A place named after the number counts half as much: a text names its country before it speaks of its money.
        distances = [at - found[after - 1]] if after else []
        return min([*distances, *(2 * (where - at) for where in found[after : after + 1])], default=None)


def passage(text: str) -> Passage:
    """The text, ready for reading its numbers."""
    return Passage(text, fold(text))


class Number(NamedTuple):
    """A number with what is attached to it.

    `start:end` covers all of that, `number_start:number_end` the digits or words with their scale. `value` is without
    `scale` and without `unit.factor`; `over` is the denominator of a rate (`/yr`), `divisor` what the value is to be divided
    by for it. `named`: a unit of the lexicon or a sign, not just some noun; `prefixed`: the unit stands before the number.
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    form: str
    scale: float = 1.0
    sign: str = ""
    unit: Unit | None = None
    over: str = ""
    divisor: float = 1.0
    named: bool = False
    prefixed: bool = False
    bound: Bound | None = None

    @property
    def code(self) -> str | None:
        """The unit's code with its rate."""
        return None if self.unit is None else self.unit.code + self.over

    @property
    def kind(self) -> str:
        """The unit's kind, `bare` without a unit."""
        return "bare" if self.unit is None else self.unit.kind

    @property
    def amount(self) -> float:
        """The value with its scale, before any conversion."""
        return _times(self.value, self.scale)

    @property
    def worth(self) -> float:
        """The value in the unit's code, negative after a written minus."""
        value = _times(self.amount, self.unit.factor if self.unit is not None else 1.0)
        if self.divisor != 1.0:
            value /= self.divisor
        return -value if self.sign == "-" else value

    @property
    def is_whole(self) -> bool:
        """Whether it is written as a plain integer, without scale."""
        return self.scale == 1.0 and self.value == int(self.value)

    @property
    def is_year_like(self) -> bool:
        """Four digits that may be a year."""
        return self.is_whole and self.number_end - self.number_start == 4 and 1500 <= self.value <= 2100 and not self.prefixed


def _times(value: float, factor: float) -> float:
    """The product, without the noise that binary fractions bring in: 4.1 million is 4100000."""
    return value if factor == 1.0 else float(f"{value * factor:.15g}")


def _never() -> str:
    """Digits that are no quantities, whatever stands around them."""
    months = either(read_toml("number_context.toml")["month"]["names"])
    counted = r"(?! ?(?:%|pct|per ?cent|million|billion|mln|bln|bn|thousand|tonnes|tons)|[.,]?[0-9])"
    day = r"[0-3]?[0-9](?:st|nd|rd|th)?(?: ?(?:-|to|and|or) ?[0-3]?[0-9](?:st|nd|rd|th)?)?"
    year = r"(?:,? {1,3}(?:1[5-9]|20)[0-9]{2}(?![0-9]|[.,][0-9]))?"
    some_year = r"(?:1[5-9]|20)[0-9]{2}"
    addresses = r"https?://\S{1,400}|www\.\S{1,400}|doi\.org\S{1,200}|10\.[0-9]{4,6}/\S{1,200}|#[0-9]{1,9}"
    dates = (
        rf"(?:{months})\.? {{1,3}}{day}(?![0-9]){counted}{year}|(?:{months})\.?,? {{1,3}}{some_year}(?![0-9]|[.,][0-9])"
        rf"|{day} {{1,3}}(?:of )?(?:{months})(?![^\W_]){year}|[0-9]{{1,2}}-(?:{months})-[0-9]{{2,4}}"
        r"|[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[t ][0-9:.]{4,15}z?)?(?![0-9])"
        r"|[0-9]{1,4}(?:\.[0-9]{1,2}\.|/[0-9]{1,2}/|-[0-9]{1,2}-)[0-9]{2,4}(?![0-9])"
    )
    years = (
        r"(?:19|20)[0-9]{2} ?[-/] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9.,]*[0-9]| ?(?:%|million|billion|mln|tons|tonnes))"
        r"|[0-9]{1,4}'?s(?![^\W_])|'[0-9]{2}(?![0-9']|,[0-9])|[0-9]{1,3}[- ]years?[- ]olds?(?![^\W_])"
    )
    times = (
        r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?[ap]\.?m(?![^\W_]))?"
        r"|[0-9]{1,2}(?:\.[0-5][0-9])? ?(?:a\.m|p\.m|am|pm)(?![^\W_])\.?"
        r"|[0-9]{1,2} o'clock|[0-9]{4} ?(?:gmt|utc|hrs|est|edt|cet|msk|local time)(?![^\W_])"
    )
    codes = (
        r"[0-9]{1,5}(?:st|nd|rd|th)(?![^\W_])|[0-9]{1,2}/7(?![0-9])|9/11|[0-9]{1,3}\+[0-9]{1,3}(?![0-9])"
        r"|[0-9]{1,6}(?:\.[0-9]{1,6}){3,6}|\+[0-9]{1,4}[ -][0-9(][0-9 ()-]{6,16}[0-9]|[0-9]{3}-[0-9]{3}-[0-9]{4}"
        r"|[0-9]{4}-[0-9]{3}[0-9x](?![^\W_])|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,2}(?![0-9])"
        r"|[0-9]{1,2}[mqh](?: ?'?(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])"
        r"|[0-9]{1,3}(?:\.[0-9]{1,8})?°? ?[0-9]{0,2}['′]? ?[0-9]{0,2}[\"″]? ?[nsew](?![^\W_])|[0-9]{1,4} ?° ?[0-9]"
    )
    return "|".join((addresses, dates, years, times, codes))


@cache
def _numbers() -> re.Pattern[str]:
    words = numerals()
    prefix = rf"(?:(?P<prefix>{units().before}) {{0,3}}(?P<minus>[-−])?)?"
    error = r"(?: ?(?:±|\+/-) ?[0-9.]{1,12}(?:e-?[0-9]{1,2})?)?"
    digits = rf"(?P<sign>(?<![\w)%.])[+-]|(?<![^\W_])−)?{prefix}(?P<digits>{DIGITS}){error}"
    multiple = rf"(?P<multiple>{words.multiples})"
    spelled = rf"(?:(?P<part>{words.parts})|(?P<words>{words.words}))(?![^\W_])"
    return re.compile(rf"(?<![^\W_]){_guard()}(?:(?P<never>{_never()})|{multiple}|{digits}|{spelled})")


def _guard() -> str:
    """A cheap look ahead that lets only those places through where digits or number words can begin."""
    words = numerals()
    starts = sorted({word[:3] for word in (*words.small, *words.multiple, *words.part, "hundred", "thousand")})
    after_a = sorted({word[:2] for word in (*words.scale, *words.part)})
    # A word only before digits, as the sign of a money or a month may stand there, or at the head of an address.
    behind_blank = {sign.split(" ", 1)[1].lower() for sign in money().signs if " " in sign}
    word = rf"[a-z][^\s0-9¼-¾⅐-↉]{{0,11}}+(?: {{1,4}}(?:{either(sorted(behind_blank))}))?"
    prefixed = rf"{word} {{0,3}}[-−.]{{0,2}}[^\W_a-z]|https?:|www\.|doi\."
    signs = r"[^\sa-z0-9,;:!?()\"“”.']|[.'][0-9]"
    return rf"(?=[0-9]|{signs}|{prefixed}|{'|'.join(map(re.escape, starts))}|an?(?:other)?[ -](?:{'|'.join(after_a)}))"


@cache
def scale_words() -> re.Pattern[str]:
    """Scale words directly behind a number."""
    return re.compile(rf"[ -]{{0,4}}(?:{numerals().scales})")


def find_numbers(place: Passage, attach: Callable[[Passage, Number], Number]) -> Iterator[Number]:
    """The numbers by place, without overlaps, each with what `attach` finds behind it."""
    pattern, folded = _numbers(), place.folded
    match, before = pattern.search(folded), 0
    while match is not None:
        reached = match.end()
        if match.lastgroup != "never":
            number = _digits(place, match, before) if match["digits"] is not None else _spelled(match)
            if number is not None:
                number = attach(place, number)
                reached = before = number.end
                yield number
        match = pattern.search(folded, reached)


_LENGTH = re.compile(r"(?<=\w)[ -](?:twenty|forty)$")
_FEET = re.compile(r"[ -](?:foot|feet|ft)\b")


def _spelled(match: re.Match[str]) -> Number:
    words = numerals()
    start, end = match.span()
    if match["multiple"] is not None:
        value = words.read_multiple(match["multiple"])
        return Number(start, end, start, end, value, "multiple", unit=Unit("x", kind="multiple"), named=True)
    if match["part"] is not None:
        return Number(start, end, start, end, words.read_part(match["part"]), "part")
    # `Three million twenty-foot units`: the last number belongs to the unit.
    length = _LENGTH.search(match.string, start, end) if _FEET.match(match.string, end) else None
    end = length.start() if length is not None else end
    return Number(start, end, start, end, words.read_words(match.string[start:end]), "words")


def _digits(place: Passage, match: re.Match[str], before: int) -> Number | None:
    start, (first, last), end = match.start(), match.span("digits"), match.end()
    if " " in match["digits"]:
        broken = _LINE_BREAKS.search(place.text, first, last)
        if broken is not None:
            last = end = broken.start()
    written = place.folded[first:last]
    value = read_digits(written)
    if value is None or (start != before + 1 and _continues_code(place.folded, start)):
        return None
    sign = "-" if (match["sign"] or match["minus"]) in ("-", "−") else match["sign"] or ""
    number = Number(start, end, first, last, _decimal(place, written, value, last), "digits", sign=sign)
    if match["prefix"] is None:
        return number
    unit = _money_before(place, match, last)
    if unit is None and match["prefix"].isalpha() and match.end("prefix") == first:
        return None  # a letter at a number that is no money makes it a code (`B2B`, `N95`)
    return number._replace(start=start if unit else first, unit=unit, named=unit is not None, prefixed=unit is not None)


def _decimal(place: Passage, written: str, value: float, end: int) -> float:
    """`2,651 mln` in a text of decimal commas is 2.651."""
    if (
        len(written) - written.find(",") == 4
        and "," in written[1:4]
        and written.count(",") == 1
        and place.writes_decimal_commas
    ):
        return value / 1000 if scale_words().match(place.folded, end) is not None else value
    return value


_SCALE_LETTER = re.compile(r"(?:m|mn|b)(?![^\W_])")
_CODE_BEFORE = re.compile(r"[^\s()\"“”,;]{0,20}[^\W\d_][^\s()\"“”,;]{0,20}[-/:.,'+_#^]$")


def _continues_code(folded: str, start: int) -> bool:
    """Whether digits go on a code, a name or an address (`A-320`, `FY2024-25`, `m^2`)."""
    if start == 0 or folded[start - 1] not in "-/:.,'+_#^":
        return False
    return folded[start - 1] == "^" or _CODE_BEFORE.search(folded, max(0, start - 20), start) is not None


def _money_before(place: Passage, match: re.Match[str], end: int) -> Unit | None:
    coins = money()
    raw = place.text[match.start("prefix") : match.end("prefix")]
    unit = coins.signs.get(raw) or coins.signs.get(" ".join(raw.split()))
    if unit is None:
        return None
    if raw == "$" and place.dollars is not None:
        return Unit(place.dollars, kind="money")
    if raw in coins.ambiguous or (raw.isalpha() and raw.isascii() and len(raw) <= 2 and raw not in coins.certain):
        glued = match.end("prefix") == match.start("minus" if match["minus"] else "digits")
        sized = scale_words().match(place.folded, end) or _SCALE_LETTER.match(place.text, end) or "," in match["digits"]
        return unit if sized and (glued or len(raw) > 1) else None
    return unit
