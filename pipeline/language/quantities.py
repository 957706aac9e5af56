"""Finds the quantities of a text: numbers with their units, bounds and directions.

Putting numbers, units and the words around them together into marks belongs here, and telling quantities from years, dates,
labels and other digits. What a quantity measures is decided by the claims.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.language.marks import Bound, Change, QuantityKind, QuantityMark
from pipeline.language.numerals import DIGITS, either, numerals, read_digits
from pipeline.language.phrases import fold
from pipeline.language.quantities_context import Before, bound_after, change_after, context, read_before, tells_development
from pipeline.language.units import Unit, Written, money, normal, units


@dataclass(frozen=True, slots=True)
class _Number:
    """A number with what is attached to it. `value` is without `scale`; `unit` without rate; `over` divides the value."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: float
    scale: float
    form: str
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

    def worth(self) -> float:
        """The value in the unit's code."""
        factor = self.unit.factor if self.unit else 1.0
        value = _times(_times(self.value, self.scale), factor) / self.divisor
        return -value if self.sign == "-" else value


def _times(value: float, factor: float) -> float:
    """The product, without the noise that binary fractions bring in: 4.1 million is 4100000."""
    return value if factor == 1.0 else float(f"{value * factor:.15g}")


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    folded: str


def _junk() -> str:
    """Digits that are no quantities, whatever stands around them."""
    names = either(read_toml("number_context.toml")["month"]["names"])
    unit_next = r"(?! ?(?:%|pct|per ?cent|million|billion|mln|bln|bn|thousand|tonnes|tons)|[.,]?[0-9])"
    day = rf"[0-3]?[0-9](?:st|nd|rd|th)?(?: ?(?:-|to|and|or) ?[0-3]?[0-9](?:st|nd|rd|th)?)?"
    year = r"(?:,? {1,3}(?:1[5-9]|20)[0-9]{2}(?![0-9]|[.,][0-9]))?"
    return "|".join(
        [
            r"https?://\S{1,400}|www\.\S{1,400}|doi\.org\S{1,200}|10\.[0-9]{4,6}/\S{1,200}",
            rf"(?:{names})\.? {{1,3}}{day}(?![0-9]){unit_next}{year}",
            rf"(?:{names})\.?,? {{1,3}}(?:1[5-9]|20)[0-9]{{2}}(?![0-9]|[.,][0-9])",
            rf"{day} {{1,3}}(?:of )?(?:{names})(?![^\W_]){year}",
            r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[t ][0-9:.]{4,15}z?)?(?![0-9])",
            rf"[0-9]{{1,2}}-(?:{names})-[0-9]{{2,4}}",
            r"[0-9]{1,4}[./-][0-9]{1,2}[./-][0-9]{2,4}(?![0-9])",
            r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?: ?[ap]\.?m(?![^\W_]))?",
            r"[0-9]{1,2}(?:\.[0-5][0-9])? ?(?:a\.m|p\.m|am|pm)(?![^\W_])\.?",
            r"[0-9]{4} ?(?:gmt|utc|hrs|est|edt|cet|msk|local time)(?![^\W_])",
            r"(?:19|20)[0-9]{2} ?[-/] ?(?:(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9.,]*[0-9]|[ ]?(?:%|million|billion|mln|tons|tonnes))",
            r"[0-9]{1,5}(?:st|nd|rd|th)(?![^\W_])|[0-9]{1,4}'?s(?![^\W_])|'[0-9]{2}(?![0-9']|,[0-9])",
            r"[0-9]{1,3}[- ]years?[- ]olds?|[0-9]{1,2}/7(?![0-9])|9/11",
            r"[0-9]{1,6}(?:\.[0-9]{1,6}){3,6}|\+[0-9]{1,4}[ -][0-9(][0-9 ()-]{6,16}[0-9]|[0-9]{3}-[0-9]{3}-[0-9]{4}",
            r"[0-9]{1,3}(?:\.[0-9]{1,8})?°? ?[0-9]{0,2}['′]? ?[0-9]{0,2}[\"″]? ?[nsew](?![^\W_])",
            r"[0-9]{4}-[0-9]{3}[0-9x](?![^\W_])|[0-9]{1,3}\+[0-9]{1,3}(?![0-9])",
            r"#[0-9]{1,9}|[0-9]{1,4} ?° ?[0-9]",
        ]
    )


@cache
def _master() -> re.Pattern[str]:
    words = numerals()
    found = units()
    prefix = rf"(?:(?P<prefix>{found.before}) {{0,3}})?"
    error = r"(?: ?(?:±|\+/-) ?[0-9.]{1,12}(?:e-?[0-9]{1,2})?)?"
    digits = rf"(?P<sign>(?<![\w)%.])[+-]|(?<![^\W_])−)?{prefix}(?P<minus>(?<![0-9] )[-−])?(?P<digits>{DIGITS}){error}"
    spelled = rf"(?P<multiple>{words.multiples})|(?P<part>{words.parts})|(?P<words>{words.words})"
    edge = r"(?![^\W_])"
    return re.compile(rf"(?<![^\W_]){_guard()}(?:(?P<junk>{_junk()})|{digits}|(?:{spelled}){edge})")


def _guard() -> str:
    """A cheap look ahead that lets only those places through where digits or number words can begin."""
    words = numerals()
    starts = sorted({word[:3] for word in (*words.small, *words.multiple, *words.part, "hundred", "thousand")})
    after_a = sorted({word[:2] for word in (*words.scale, *words.part)})
    return rf"(?=[^\sa-z]|[a-z'.]{{1,9}}[^a-z']? {{0,3}}[^\sa-z]|{'|'.join(map(re.escape, starts))}|an?[ -](?:{'|'.join(after_a)}))"


@cache
def _scale() -> re.Pattern[str]:
    return re.compile(rf"[ -]{{0,4}}(?:{numerals().scales})")


def find_quantities(text: str) -> list[QuantityMark]:
    """The quantities of `text`, sorted by place, without overlaps. Offsets are code points."""
    folded = fold(text)
    place = _Text(text, folded)
    numbers = _joined(place, list(_numbers(place)))
    marks: list[QuantityMark] = []
    index, floor = 0, 0
    while index < len(numbers):
        group = _linked(place, numbers, index)
        made = _marks(place, group, floor)
        marks += made
        index += len(group)
        floor = made[-1].end if made else max(floor, group[-1].end)
    return marks


def _numbers(place: _Text) -> Iterator[_Number]:
    """Numbers with their units, in order, without overlaps."""
    master, folded = _master(), place.folded
    match, before = master.search(folded), 0
    while match is not None:
        reached = match.end()
        if match.lastgroup != "junk":
            number = _number(place, match, before)
            if number is not None:
                number = _with_unit(place, number)
                reached = before = number.end
                yield number
        match = master.search(folded, reached)


def _number(place: _Text, match: re.Match[str], before: int) -> _Number | None:
    if match["digits"] is not None:
        return _digits(place, match, before)
    words = numerals()
    start, end = match.span()
    if match["multiple"] is not None:
        return _Number(start, end, start, end, words.read_multiple(match["multiple"]), 1.0, "multiple", unit=Unit("x", kind="multiple"), named=True)
    if match["part"] is not None:
        return _Number(start, end, start, end, words.read_part(match["part"]), 1.0, "part")
    return _Number(start, end, start, end, words.read_words(match["words"]), 1.0, "words")


def _digits(place: _Text, match: re.Match[str], before: int) -> _Number | None:
    start, (number_start, end) = match.start(), match.span("digits")
    error = match.end()
    written = match["digits"]
    if " " in written and any(sign in place.text[number_start:end] for sign in "\n\r\t"):
        end = number_start + next(i for i, sign in enumerate(place.text[number_start:end]) if sign.isspace())
        written, error = place.folded[number_start:end], end
    value = read_digits(written)
    if value is None or (start != before + 1 and _glued_before(place.folded, start, number_start)):
        return None
    unit = None
    sign = (match["sign"] or match["minus"] or "").strip()
    sign = "-" if sign == "−" else sign
    if match["prefix"] is not None:
        raw = place.text[match.start("prefix") : match.end("prefix")]
        unit = _prefix_unit(place, raw, match.end("prefix") == (match.start("minus") if match["minus"] else number_start), end)
        if unit is None:
            start = number_start
    return _Number(start, error, number_start, end, value, 1.0, "digits", sign, unit, named=unit is not None, prefixed=unit is not None)


_CODE_BEFORE = re.compile(r"[^\s()\"“”,;]*[^\W\d_][^\s()\"“”,;]*[-/:.,'+_#^]$")


def _glued_before(folded: str, start: int, number_start: int) -> bool:
    """Digits that go on a code, a score or a date (`A-320`, `C5+1`, `FY2024-25`)."""
    if start and start == number_start and folded[start - 1] in "-/:.,'+_#^":
        return _CODE_BEFORE.search(folded, max(0, start - 20), start) is not None or folded[start - 1] == "^"
    return False


def _prefix_unit(place: _Text, raw: str, glued: bool, end: int) -> Unit | None:
    coins = money()
    unit = coins.signs.get(raw) or coins.signs.get(" ".join(raw.split()))
    if unit is None or (raw.isalpha() and len(raw) == 1 and not glued):
        return None
    if raw in coins.ambiguous and _scale().match(place.folded, end) is None:
        return None
    return unit


def _with_unit(place: _Text, number: _Number) -> _Number:
    if number.form == "multiple":
        return number
    number = _with_scale(place, number)
    after = bound_after(place.folded, number.end)
    if after is not None:
        number = replace(number, bound=after[0], end=after[1])
    number = _with_own_unit(place, number)
    number = _with_rate(place, number) if number.unit is not None else number
    return number


def _with_scale(place: _Text, number: _Number) -> _Number:
    match = _scale().match(place.folded, number.end)
    if match is not None and number.form != "part":
        factor, end = numerals().read_scale(match.group().strip(" -")), match.end()
        if place.text.startswith(". ", end) and place.text[end + 2 : end + 3].islower() and len(match.group()) < 6:
            end += 1
        return replace(number, end=end, number_end=end, scale=factor)
    if number.form != "digits":
        return number
    letter = _LETTER.match(place.folded, number.end)
    if letter is None:
        return number
    return _with_letter(place, number, letter)


_LETTER = re.compile(r" ?([kmbt]|mm)(?![^\W_])")
_MONEY_BY_M = re.compile(r"[$£€] ?[0-9][0-9.,]{0,9}m(?![^\W_])")


def _with_letter(place: _Text, number: _Number, letter: re.Match[str]) -> _Number:
    """`$5m`, `5.5m tonnes`, `10k`, `2B`: a scale after money or before what is counted; k, K, M and B also alone."""
    raw = place.text[letter.start(1) : letter.end(1)]
    glued = letter.start(1) == number.end
    if number.prefixed:
        is_scale = glued or raw != "t"
    elif raw in ("k", "K", "M", "B"):
        is_scale = glued
    else:
        is_scale = glued and raw in ("m", "b") and _counts_by_letter(place, number, raw, letter.end())
    if is_scale:
        return replace(number, end=letter.end(), number_end=letter.end(), scale=units().letters[raw])
    return number


def _counts_by_letter(place: _Text, number: _Number, raw: str, end: int) -> bool:
    """Whether m and b are millions and billions: something counted follows, or the text writes its money so; else m is metres."""
    scaled = replace(number, end=end, number_end=end, scale=1e6)
    found = _unit_after(place, scaled)
    if found is not None:
        return found[0].kind != "count" or place.folded[found[1] - 1] == "s"
    if _noun_after(place, scaled) is not None:
        return True
    return raw == "m" and _NEXT_WORD.match(place.folded, end) is None and _MONEY_BY_M.search(place.folded) is not None


def _with_own_unit(place: _Text, number: _Number) -> _Number:
    found = _unit_after(place, number)
    if number.prefixed:
        # `$ 10 dollars` says its currency twice.
        if found is not None and found[0] == number.unit and place.folded[found[1] - 1].isalpha():
            return replace(number, end=found[1])
        return number
    if found is not None:
        unit, end = found
        if unit.code == "x" and _is_frequency(place, number, end):
            unit = Unit("times", kind="count")
        if unit.kind == "money":
            late = _scale().match(place.folded, end)
            if late is not None and number.scale == 1.0:
                return replace(number, end=late.end(), unit=unit, scale=numerals().read_scale(late.group().strip(" -")), named=True)
        return replace(number, end=end, unit=unit, named=True)
    if number.scale > 1.0:
        number = _with_word_before(place, number)
    noun = _noun_after(place, number) if number.unit is None and number.form != "part" else None
    if noun is not None:
        return replace(number, end=noun[1], unit=Unit(noun[0], kind="count"))
    return number


_LAST_WORD = re.compile(r"([a-z]+) {1,4}$")


def _with_word_before(place: _Text, number: _Number) -> _Number:
    """A currency by its word before a number with a scale: `dlrs 2.5 billion`, `Rupees 5 crore`."""
    match = _LAST_WORD.search(place.folded, max(0, number.start - 16), number.start)
    code = money().default.get(match[1]) if match is not None else None
    if match is None or code is None:
        return number
    return replace(number, start=match.start(), unit=Unit(code, kind="money"), named=True, prefixed=True)


_FREQUENCY = re.compile(r" (?:a|per|each|every) (?:day|week|month|year|hour|quarter)")
_COMPARISON = re.compile(r" (?:as|the|that|what|its|their|his|more|larger|bigger|greater|higher|longer|faster|less|lower|smaller|shorter|over|compared|than|cheaper|today|last|this|those|these|current|[a-z]+'s)(?![^\W_])")


def _is_frequency(place: _Text, number: _Number, end: int) -> bool:
    """Whether `times` counts events rather than compares: `three times a week`, `opened 18,340 times`."""
    if _FREQUENCY.match(place.folded, end):
        return True
    if number.value != int(number.value) or _COMPARISON.match(place.folded, end):
        return False
    before = read_before(place.folded, number.start, 0)
    return before.change is None and not tells_development(place.folded, number.start)


_OF_A = re.compile(r" (?:of )?an?(?= )")


def _unit_after(place: _Text, number: _Number) -> tuple[Unit, int] | None:
    of_a = _OF_A.match(place.folded, number.end) if number.form == "part" else None
    written = units().forms.after(place.folded, of_a.end() if of_a is not None else number.end)
    if written is not None and _opens_a_word(place.folded, written):
        written = None
    unit = _unit_named(place, number, written) if written is not None else None
    if written is None or unit is None:
        return _count_after(place, number)
    end = written.end
    if place.text[end - 1] == "." and not place.text[end + 1 : end + 2].islower():
        end -= 1
    if written.bracketed:
        if place.folded[end : end + 1] not in (")", "]", "}", ">"):
            return None
        end += 1
    return unit, end


def _opens_a_word(folded: str, written: Written) -> bool:
    """A unit's word that only begins another one (`14 ship-to-shore cranes`)."""
    return folded[written.start - 1] == " " and folded[written.end : written.end + 1] == "-" and folded[written.end + 1 : written.end + 2].isalpha()


_SYMBOLS_APART = frozenset(("t", "m", "h", "L", "C", "F"))


def _unit_named(place: _Text, number: _Number, written: Written) -> Unit | None:
    found, coins = units(), money()
    raw = place.text[written.start : written.end]
    if _is_sign_after(place, number, raw, written.end):
        return coins.signs[raw]
    if raw in found.symbols and (len(raw) > 1 or written.start == number.end or raw in _SYMBOLS_APART or not raw.isalpha()):
        return found.symbols[raw]
    word = normal(place.folded[written.start : written.end])
    if word in found.pound:
        return _pound(place, number, written)
    return _money_named(place, word, number) or (found.words.get(word) if len(word) > 1 else None)


def _is_sign_after(place: _Text, number: _Number, raw: str, end: int) -> bool:
    """A sign or code of money behind its number; not one that belongs to the next number (`1 $10 note`)."""
    coins = money()
    if raw not in coins.signs or (raw.isascii() and raw.isalpha() and len(raw) < 3):
        return False
    if raw in coins.ambiguous and number.scale == 1.0:
        return False
    return not (place.folded[end : end + 1].isdigit() and not raw.isalpha())


def _pound(place: _Text, number: _Number, written: Written) -> Unit:
    """Pounds are money where they come by the million, or in a text that speaks of British money, and mass otherwise."""
    if place.folded.startswith(" of ", written.end):
        return units().words["pound"]
    value = number.value * number.scale
    british = value >= 1000 and ("£" in place.text or "sterling" in place.folded)
    local = money().by_place("pound", place.folded, written.start) if value >= 1e6 or british else None
    if value >= 1e6 or british:
        return Unit(local or "GBP", kind="money")
    return units().words["pound"]


def _money_named(place: _Text, word: str, number: _Number) -> Unit | None:
    coins = money()
    if word in coins.named:
        return coins.named[word]
    if word in coins.minor and word not in coins.default:
        return coins.minor[word]
    if word in units().scarce and number.value * number.scale < 100:
        return None
    if word in coins.shared:
        code = coins.by_place(word, place.folded, number.end) or coins.default.get(word)
        if code is None:
            code = coins.shared[word][0]
        return Unit(code, kind="money")
    code = coins.default.get(word)
    return Unit(code, kind="money") if code is not None else None


_NEXT_WORD = re.compile(r"[ -]{1,4}([^\W\d_][\w'./&-]*)")


def _count_after(place: _Text, number: _Number) -> tuple[Unit, int] | None:
    """A counted unit after one or two adjectives: `15 loaded grain wagons`."""
    words, at = context(), number.end
    for _ in range(2):
        step = _NEXT_WORD.match(place.folded, at)
        if step is None or step[1].rstrip(".") in words.stop or step[1].endswith("."):
            return None
        at = step.end()
        written = units().forms.after(place.folded, at)
        unit = units().words.get(normal(place.folded[written.start : written.end])) if written is not None else None
        if written is not None and unit is not None and unit.kind == "count":
            return unit, written.end
    return None


def _noun_after(place: _Text, number: _Number) -> tuple[str, int] | None:
    """The head noun that the number counts (`241 projects`, `4,000 European companies`), and where it ends."""
    words, at = context(), number.end
    if place.folded.startswith("-", at):
        if number.form == "words":
            return None
        step = _NEXT_WORD.match(place.folded, at)
        return (step[1].split("-")[0], step.start(1) + len(step[1].split("-")[0])) if step and step.start(1) == at + 1 else None
    for _ in range(words.noun_words):
        step = _NEXT_WORD.match(place.folded, at)
        if step is None:
            return None
        word = step[1].rstrip(".-'/&").removesuffix("'s")
        if word in words.stop:
            return None
        if word in words.plurals or (len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ous"))):
            return word, step.start(1) + len(word)
        if step[1] != word and step[1][len(word)] == ".":
            return None
        at = step.end()
    return None


def _with_rate(place: _Text, number: _Number) -> _Number:
    if number.unit is None or number.unit.kind in ("percent", "multiple", "fraction"):
        return number
    for _ in range(2):
        match = units().rate.match(place.folded, number.end)
        if match is None:
            break
        rated = _rated(place, number, match)
        if rated is None:
            break
        number = rated
    return number


def _rated(place: _Text, number: _Number, match: re.Match[str]) -> _Number | None:
    found = units()
    if match["period"] is not None:
        period = found.periods[normal(match["period"])]
        following = place.folded[match.end() : match.end() + 14].replace("-", " ").split()
        if normal(match["period"]) in found.relative and following and following[0].strip(",.") in found.not_before:
            return None
        if match["gap"] and not _plain_gap(match["gap"]):
            return None
        return replace(number, end=match.end(), over=f"{number.over}/{period}")
    if match["over"] is not None:
        return _priced(number, match)
    return replace(number, end=match.end(), over=f"{number.over}/{match['unknown']}")


def _plain_gap(gap: str) -> bool:
    stop = context().stop
    return not any(word in stop for word in gap.split()[1:] if word != "and")


def _priced(number: _Number, match: re.Match[str]) -> _Number | None:
    unit = units().denominators[normal(match["over"])]
    if number.unit is None or unit.code == number.unit.code:
        return None
    counts = {"thousand": 1e3, "hundred": 1e2, "million": 1e6, "mln": 1e6}
    count = counts.get(match["count"]) or float((match["count"] or "1").replace(",", "").replace(" ", ""))
    return replace(number, end=match.end(), over=f"{number.over}/{unit.code}", divisor=number.divisor * count * unit.factor)


_BETWEEN = re.compile(r"(?P<hyphen>-? ?(?:--|-|—) ?|-? (?:to|until)(?: about| around| some| nearly| almost| over| as much as| perhaps)? )|(?P<and> and )|(?P<or> or )")


def _linked(place: _Text, numbers: list[_Number], index: int) -> list[_Number]:
    """The number at `index`, with the one that closes a range, a development or a pair with it."""
    first = numbers[index]
    if index + 1 == len(numbers):
        return [first]
    second = numbers[index + 1]
    gap = place.folded[first.end : second.start]
    if _year_like(first) and second.scale != 1.0:
        return [first]
    if len(gap) > 12 or "multiple" in (first.form, second.form) or (first.form == "part") != (second.form == "part"):
        return [first]
    match = _BETWEEN.fullmatch(re.sub(" +", " ", gap))
    if match is None:
        return [first]
    pair = _shared(first, second, match["hyphen"] is not None)
    return pair if pair is not None else [first]


def _joined(place: _Text, numbers: list[_Number]) -> list[_Number]:
    """The numbers, those of one quantity in two units made one."""
    joined: list[_Number] = []
    for number in numbers:
        whole = _compound(place, joined[-1], number, place.folded[joined[-1].end : number.start]) if joined else None
        if whole is None:
            joined.append(number)
        else:
            joined[-1] = whole
    return joined


def _compound(place: _Text, first: _Number, second: _Number, gap: str) -> _Number | None:
    """One quantity in two units: `5 feet 2 inches`, `3 dollars and 50 cents`, `15 dollars 50`."""
    if first.unit is None or first.over or second.scale != 1.0 or gap.strip() not in ("", "and") or first.value != int(first.value):
        return None
    smaller = None
    if second.unit is not None and second.unit.code == first.unit.code and second.unit.factor < first.unit.factor:
        smaller = first.unit.factor / second.unit.factor
    elif second.unit is not None:
        smaller = units().compound.get(first.unit.code, {}).get(second.unit.code)
    elif first.unit.kind == "money" and first.scale == 1.0 and not first.prefixed and second.value < 100 and second.value == int(second.value):
        smaller = 100.0 if place.folded[second.end : second.end + 1] in ("", ".", ",", ";") else None
    if smaller is None or second.value >= smaller:
        return None
    return replace(first, end=second.end, value=first.value + second.value / smaller)


def _shared(first: _Number, second: _Number, spread: bool) -> list[_Number] | None:
    """Both numbers with one unit and scale, where one of them left it out; None if they do not go together."""
    if first.unit is None and second.unit is not None and not second.prefixed:
        first = replace(first, unit=second.unit, over=second.over, divisor=second.divisor, scale=_shared_scale(first, second), named=second.named)
    elif second.unit is None and first.unit is not None and spread and (first.prefixed or second.value == 0):
        first = replace(first, scale=_shared_scale(first, second))
        second = replace(second, unit=first.unit, over=second.over, named=True)
    elif first.prefixed and second.prefixed and first.unit == second.unit:
        first = replace(first, scale=_shared_scale(first, second), over=first.over or second.over)
    elif first.code != second.code:
        return None
    elif first.unit is None:
        first = replace(first, scale=_shared_scale(first, second))
    return [first, second]


def _shared_scale(first: _Number, second: _Number) -> float:
    """The scale of the second for the first too, unless that would make it a hundred times the second and more."""
    if first.scale != 1.0 or second.scale == 1.0 or first.value >= 1000 or first.value > 99 * second.value:
        return first.scale
    return second.scale


def _marks(place: _Text, group: list[_Number], floor: int) -> list[QuantityMark]:
    if len(group) == 1:
        return _single(place, group[0], floor)
    first, second = group
    before = read_before(place.folded, first.start, floor)
    gap = place.folded[first.end : second.start].strip()
    opener = before.words[0] if before.words else ""
    low, high = first.worth(), second.worth()
    if low > high and opener == "from" and before.words[1:2] and before.words[1] in context().range_words:
        low, high = high, low
    if _is_range(place, first, opener, gap, low, high):
        return _range(place, first, second, before, opener)
    return [*_single(place, first, floor), *_single(place, second, first.end)]


def _is_range(place: _Text, first: _Number, opener: str, gap: str, low: float, high: float) -> bool:
    if low >= high:
        return False
    if gap == "and":
        return opener == "between"
    if gap == "or":
        return first.form == "words" and high <= 3 * low
    if "-" in gap or "—" in gap:
        return True
    if opener == "from" or high > 3 * low:
        return not tells_development(place.folded, first.start)
    return True


def _range(place: _Text, first: _Number, second: _Number, before: Before, opener: str) -> list[QuantityMark]:
    if second.unit is None and (_year_like(first) or _year_like(second)):
        return []
    if second.unit is None and "-" in place.folded[first.end : second.start] and first.value == int(first.value) and first.scale == 1.0:
        return []
    start = before.start
    if opener in ("between", "from"):
        start = place.folded.rfind(opener, 0, first.start)
        before = read_before(place.folded, start, 0)
        start = min(start, before.start)
    mark = _mark(place, second, replace(before, start=start))
    low, high = sorted((first.worth(), second.worth()))
    return [replace(mark, value_low=low, value_high=high, number_start=first.number_start)]


def _single(place: _Text, number: _Number, floor: int) -> list[QuantityMark]:
    before = read_before(place.folded, number.start, floor)
    number = _read_part(place, number, before) if number.form == "part" else number
    if not _is_quantity(place, number, before):
        return []
    return [_mark(place, number, before)]


def _read_part(place: _Text, number: _Number, before: Before) -> _Number:
    """`half`, `a third`: percent of a whole, unless a unit says what is halved (`half an hour`, `half a million tons`)."""
    if number.unit is not None or number.value >= 1:
        return number
    return replace(number, value=round(number.value * 100, 4), unit=Unit("%", kind="fraction"), named=True)


def _mark(place: _Text, number: _Number, before: Before) -> QuantityMark:
    start, end, bound = before.start, number.end, before.bound or "exact"
    if _bounds_nothing(number, before.bound_word):
        start, bound = number.start, "exact"
    after = (number.bound, end) if number.bound is not None else bound_after(place.folded, end)
    if after is not None and before.bound is None:
        bound, end = after
    change = _change(number, before) or change_after(place.folded, end)
    kind: QuantityKind = number.unit.kind if number.unit is not None else "bare"
    worth = number.worth()
    return QuantityMark(start, end, place.text[start:end], worth, worth, number.code, bound, change, kind, number.number_start, number.number_end)


def _bounds_nothing(number: _Number, word: str) -> bool:
    """A bound word that means something else here: `over 16 years` lasts, a lock that `passed 7,084 ships` let them through."""
    words = context()
    if number.code in words.time_units and word in words.time_words:
        return True
    return word in words.scaled_words and number.scale == 1.0 and (number.unit is None or number.unit.kind != "money")


def _change(number: _Number, before: Before) -> Change | None:
    if number.sign:
        return "up" if number.sign == "+" else "down"
    if before.signed and (number.unit is None or number.unit.kind != "percent"):
        return None
    return before.change


def _is_quantity(place: _Text, number: _Number, before: Before) -> bool:
    if number.form == "multiple":
        return _is_multiple(place, number)
    if number.form == "part":
        return _is_part(place, number, before)
    if number.code == "year" and _OLD.match(place.folded, number.end):
        return False
    if number.form == "words" and number.unit is None and (_HYPHENED.match(place.folded, number.end) or _is_label(place, number, before)):
        return False
    if number.form == "words":
        return number.named or number.value not in (0, 1) or before.bound is not None
    if number.named:
        return not (_is_year_before_unit(number, before) or _is_labelled_count(number, before))
    if number.value >= 1 and place.folded[number.number_start] == "0":
        return False
    return not (_is_year(place, number, before) or _is_label(place, number, before) or _is_list_number(place, number) or _is_glued(place, number))


_HYPHENED = re.compile(r"-[^\W\d_]")
_OLD = re.compile(r"[ -]olds?(?![^\W_])")


@cache
def _multiple_limits() -> tuple[re.Pattern[str], frozenset[str], frozenset[str]]:
    limits = read_toml("numerals.toml")["multiple_limits"]
    return (
        re.compile(rf"[ -](?P<word>{either(limits['not_before'])})(?![^\W_])"),
        frozenset(limits["frequency_only"]),
        frozenset(limits["frequency_words"]),
    )


_TITLE = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]")


def _is_multiple(place: _Text, number: _Number) -> bool:
    if _TITLE.match(place.text, number.start):
        return False
    pattern, frequency_only, frequency_words = _multiple_limits()
    match = pattern.match(place.folded, number.end)
    if match is None:
        return True
    word = place.folded[number.start : number.end]
    return match["word"] in frequency_only and word not in frequency_words


def _is_part(place: _Text, number: _Number, before: Before) -> bool:
    words = context()
    written = place.folded[number.start : number.number_end]
    following = _NEXT_WORD.match(place.folded, number.number_end)
    word = following[1].rstrip(".,") if following else ""
    if number.unit is not None and number.unit.kind != "fraction":
        return True
    if before.words and before.words[0] in words.half_not_after:
        return False
    if written.startswith("half"):
        return word not in words.half_not_before
    if written == "quarter":
        return word == "of" and bool(before.words) and before.words[0] in words.transparent
    if written.startswith(("a ", "a-", "an ")):
        return not word or word in words.part_before or place.folded[number.end : number.end + 1] in ",.;)"
    return True


def _is_year_before_unit(number: _Number, before: Before) -> bool:
    counted = number.unit is not None and number.unit.kind == "count"
    return counted and _year_like(number) and bool(before.words) and before.words[0] in context().years_before


def _is_labelled_count(number: _Number, before: Before) -> bool:
    """The number of a type or a document before a counted noun: `a Boeing 767 tanker`."""
    counted = number.unit is not None and number.unit.kind == "count" and number.scale == 1.0
    return counted and bool(before.words) and before.words[0] in context().always_labels


def _year_like(number: _Number) -> bool:
    return number.scale == 1.0 and number.number_end - number.number_start == 4 and 1500 <= number.value <= 2100 and number.value == int(number.value)


def _is_year(place: _Text, number: _Number, before: Before) -> bool:
    if not _year_like(number) or number.prefixed or before.bound is not None:
        return False
    if number.unit is None or number.value % 100:
        return True
    return bool(before.words) and before.words[0] in context().years_before


def _is_label(place: _Text, number: _Number, before: Before) -> bool:
    if not before.words or before.bound is not None:
        return False
    word = before.words[0]
    small = number.value == int(number.value) and number.scale == 1.0
    words = context()
    if small and word in words.labels:
        return True
    if word in words.ages_before:
        return True
    if number.unit is not None or not small or number.value >= 1000:
        return False
    return _is_name_before(place, number) or _is_age(place, number)


_NAME_BEFORE = re.compile(r"[A-Z][A-Za-z'’]*[a-z] ?$")


def _is_name_before(place: _Text, number: _Number) -> bool:
    """A number that belongs to a name: a capitalised word stands directly before it (`Falcon 9`), not opening a sentence."""
    stretch = place.text[max(0, number.start - 40) : number.start]
    match = _NAME_BEFORE.search(stretch)
    return match is not None and "\n" not in match.group()


def _is_age(place: _Text, number: _Number) -> bool:
    """`Name Surname, 62, said`."""
    folded = place.folded
    return number.value <= 110 and folded[max(0, number.start - 2) : number.start] == ", " and folded[number.end : number.end + 2] == ", " and (
        place.text[: number.start - 2].split(" ")[-1][:1].isupper()
    )


_LIST_NUMBER = re.compile(r"[.)](?: |$)")


def _is_list_number(place: _Text, number: _Number) -> bool:
    size = number.number_end - number.number_start
    if number.unit is not None and number.named or size > context().list_digits:
        return False
    before, after = place.text[number.number_start - 1 : number.number_start], place.text[number.number_end : number.number_end + 1]
    if (before, after) in (("(", ")"), ("[", "]")):
        return True
    line = place.text[place.text.rfind("\n", 0, number.start) + 1 : number.start]
    return not line.strip(" \t(*-") and _LIST_NUMBER.match(place.folded, number.number_end) is not None


def _is_glued(place: _Text, number: _Number) -> bool:
    """Digits with letters or more digits directly behind them, which are no unit (`5G`, `787-9`, `3-1`)."""
    following = place.folded[number.end : number.end + 2]
    before = place.folded[max(0, number.start - 2) : number.start]
    if following[:1].isalnum() or (following[:1] in "-/:" and following[1:].isdigit()):
        return True
    return before[-1:] in ("-", "/", ":") and before[:1].isdigit()
