"""Attaches to a number what stands behind it: its scale, its unit, the noun that it counts, and its rate.

Deciding which unit the words beside a number mean belongs here; the words themselves are data, read by `units`.
"""

import re
from functools import cache

from pipeline.contract.reference import read_toml
from pipeline.language.numerals import either, numerals
from pipeline.language.quantities_context import bound_after, context, read_before, tells_development
from pipeline.language.quantities_numbers import Number, Passage, scale_words
from pipeline.language.units import Unit, Written, money, normal, units

NEXT_WORD = re.compile(r"[ -]{1,4}([^\W\d_][\w'./&-]{0,60})")
_LETTER = re.compile(r" ?([kmbt]|mm)(?![^\W_])")
_REPEATED = re.compile(r" {0,2}\((?:[0-9][0-9.,]{0,14}|[a-z][a-z -]{1,60})\)(?= )")
_AND_A_HALF = " and a half"
_LAST_WORD = re.compile(r"([a-z]+) {1,4}$")
# A bracket that spells a unit out before its rate: `550,000 TEUs (20-foot equivalent units) a year`.
_SPELT_OUT = re.compile(r" ?\((?:[a-z ]|-(?=[a-z])|(?:20|40)[- ]?f(?=t|oot|eet)){3,48}\)(?= (?:an?|per|every|each)\b)")
_OF_A = re.compile(r" (?:of )?an?(?= )")


def attach_unit(place: Passage, number: Number) -> Number:
    """The number with its scale, unit and rate, as far as they stand beside it."""
    if number.form == "multiple":
        return number
    repeated = _REPEATED.match(place.folded, number.end)
    if repeated is not None and number.form != "part":
        # `five (5) percent`, `10 (ten) million`
        whole = _attached(place, number._replace(end=repeated.end()))
        if whole.scale > 1.0 or (whole.named and not number.named):
            return attach_rate(place, whole)
    return attach_rate(place, _attached(place, number))


def _attached(place: Passage, number: Number) -> Number:
    number = _with_scale(place, number)
    after = bound_after(place.folded, number.end)
    if after is not None:
        number = number._replace(bound=after[0], end=after[1])
    return _with_money(place, number) if number.prefixed else _with_measure(place, number)


def _with_scale(place: Passage, number: Number) -> Number:
    if number.form == "digits" and place.folded.startswith(_AND_A_HALF, number.end):
        end = number.end + len(_AND_A_HALF)
        number = number._replace(value=number.value + 0.5, end=end, number_end=end)
    match = scale_words().match(place.folded, number.end)
    if match is not None and number.form != "part":
        factor, end = numerals().read_scale(match.group().strip(" -")), match.end()
        # `5 mln. tons`: the point belongs to the abbreviation unless it ends the sentence.
        if len(match.group()) < 6 and place.text.startswith(". ", end) and _goes_on(place, number, end + 1):
            end += 1
        return number._replace(end=end, number_end=end, scale=factor)
    letter = _LETTER.match(place.folded, number.end) if number.form == "digits" else None
    if letter is None or not _is_scale_letter(place, number, letter):
        return number
    factor = units().letters[place.text[letter.start(1) : letter.end(1)]]
    return number._replace(end=letter.end(), number_end=letter.end(), scale=factor)


def _goes_on(place: Passage, number: Number, at: int) -> bool:
    """Whether the sentence goes on after a point: a small letter follows, or a currency (`10 Mio. EUR`)."""
    return place.text[at + 1 : at + 2].islower() or _kind_after(place, number, at) == "money"


def _is_scale_letter(place: Passage, number: Number, letter: re.Match[str]) -> bool:
    """`$5m`, `5.5m tonnes`, `10k`, `2B`: a scale after money or before what is counted; k, K, M and B also alone."""
    raw = place.text[letter.start(1) : letter.end(1)]
    glued = letter.start(1) == number.end
    if raw not in units().letters:
        return False
    if number.prefixed:
        return glued or raw != "t"
    if not glued:
        return raw in ("M", "B") and _kind_after(place, number, letter.end()) == "money"
    return raw not in ("t", "T", "mm", "MM") and _counts_by_letter(place, number, raw, letter.end())


def _kind_after(place: Passage, number: Number, end: int) -> str:
    found = _unit_after(place, number._replace(end=end, scale=1e6))
    return found[0].kind if found is not None else "bare"


def _counts_by_letter(place: Passage, number: Number, raw: str, end: int) -> bool:
    """Whether m and b are millions and billions: something counted follows, or the text writes its money so."""
    scaled = number._replace(end=end, number_end=end, scale=1e6)
    found = _unit_after(place, scaled)
    if found is not None:
        return found[0].kind != "count" or place.folded[found[1] - 1] == "s"
    if _noun_after(place, scaled) is not None:
        return True
    following = NEXT_WORD.match(place.folded, end)
    if raw == "m":
        return place.writes_millions_m and (following is None or following[1] not in units().metres_before)
    return raw != "b" and (following is None or number.value != int(number.value) or following[1] in context().stop)


def _with_money(place: Passage, number: Number) -> Number:
    """`$ 10 dollars` says its currency twice."""
    found = _unit_after(place, number)
    repeated = found is not None and found[0] == number.unit and place.folded[found[1] - 1].isalpha()
    return number._replace(end=found[1]) if found is not None and repeated else number


def _with_measure(place: Passage, number: Number) -> Number:
    found = _unit_after(place, number)
    if found is None and number.scale > 1.0 and place.folded.startswith(" of ", number.end):
        # `20 millions of dollars`
        amount = _unit_after(place, number._replace(end=number.end + 3))
        found = amount if amount is not None and amount[0].kind == "money" else None
    if found is not None:
        return _with_named_unit(place, number, *found)
    if number.form == "part":
        return number
    unit, start = _money_word_before(place, number) if number.scale > 1.0 else (None, number.start)
    if unit is not None:
        return number._replace(start=start, unit=unit, named=True, prefixed=True)
    noun = _noun_after(place, number)
    return number._replace(end=noun[1], unit=Unit(noun[0], kind="count")) if noun is not None else number


def _with_named_unit(place: Passage, number: Number, unit: Unit, end: int) -> Number:
    if unit.code == "x" and place.folded.endswith("times", number.end, end) and _is_frequency(place, number, end):
        unit = Unit("times", kind="count")
    if unit.kind == "money" and number.scale == 1.0:
        # `75 USD million`
        late = scale_words().match(place.folded, end)
        if late is not None:
            return number._replace(end=late.end(), unit=unit, scale=numerals().read_scale(late.group().strip(" -")), named=True)
    return number._replace(end=end, unit=unit, named=True)


def _money_word_before(place: Passage, number: Number) -> tuple[Unit | None, int]:
    """A currency by its word before a number with a scale: `dlrs 2.5 billion`, `Rupees 5 crore`."""
    match = _LAST_WORD.search(place.folded, max(0, number.start - 16), number.start)
    code = money().default.get(match[1]) if match is not None else None
    return (Unit(code, kind="money"), match.start()) if match is not None and code is not None else (None, number.start)


@cache
def _after_times() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = read_toml("numerals.toml")["times"]
    return re.compile(rf" (?:{either(words['frequency'])})"), re.compile(
        rf" (?:{either(words['comparison'])}|[a-z]+'s)(?![^\W_])"
    )


def _is_frequency(place: Passage, number: Number, end: int) -> bool:
    """Whether `times` counts events rather than compares: `three times a week`, `opened 18,340 times`."""
    frequency, comparison = _after_times()
    if frequency.match(place.folded, end):
        return True
    if number.value != int(number.value) or comparison.match(place.folded, end):
        return False
    before = read_before(place.folded, number.start, 0)
    return before.change is None and not tells_development(place.folded, number.start)


def _unit_after(place: Passage, number: Number) -> tuple[Unit, int] | None:
    folded = place.folded
    of_a = _OF_A.match(folded, number.end) if number.form == "part" else None
    written = units().forms.after(folded, of_a.end() if of_a is not None else number.end)
    unit = _unit_named(place, number, written) if written is not None and not _opens_a_word(folded, written) else None
    if written is None or unit is None:
        return _count_after(place, number)
    if unit.kind == "count" and folded[number.end] != "-" and folded[written.end - 1] != "s":
        vehicle = _count_form(place, written.end)
        if vehicle is None and _names_other_things(place, written.end):
            return None
        return vehicle if vehicle is not None else (unit, written.end)
    end = _before_stop(place, written.end)
    if written.bracketed:
        return (unit, end + 1) if folded[end : end + 1] in (")", "]", "}", ">") and end < len(folded) else None
    return unit, end


def _names_other_things(place: Passage, at: int) -> bool:
    """Whether a noun in the plural follows, which is what is counted (`4,000 truck drivers`)."""
    step, words = NEXT_WORD.match(place.folded, at), context()
    word = step[1].rstrip(".-'/&") if step is not None else ""
    return len(word) > 3 and word.endswith("s") and word not in words.stop and not word.endswith(words.singular_endings)


def _before_stop(place: Passage, end: int) -> int:
    """The end of an abbreviation, without the point that ends its sentence."""
    if place.folded[end - 1] != "." or place.text[end : end + 1] in (",", ";", ")"):
        return end
    return end if place.text[end + 1 : end + 2].islower() else end - 1


def _opens_a_word(folded: str, written: Written) -> bool:
    """A unit's word that only begins another one (`14 ship-to-shore cranes`)."""
    if folded[written.start - 1] != " " or folded.startswith("-worth", written.end):
        return False
    if units().rate.match(folded, written.end) is not None:
        return False
    return folded[written.end : written.end + 1] == "-" and folded[written.end + 1 : written.end + 2].isalpha()


def _unit_named(place: Passage, number: Number, written: Written) -> Unit | None:
    found = units()
    raw = place.text[written.start : written.end]
    if _is_money_sign(place, number, raw, written.end):
        return money().signs[raw]
    word = normal(place.folded[written.start : written.end])
    if word in found.metric_tons:
        return _metric_tons(number, raw)
    if raw in found.scaled_symbols and number.scale == 1.0:
        return None
    if raw in found.symbols and (len(raw) > 1 or written.start == number.end or raw in found.apart or not raw.isalpha()):
        return found.symbols[raw]
    if word in found.pound:
        return _pound(place, number, written)
    return _money_named(place, word, number) or (found.words.get(word) if len(word) > 1 else None)


def _is_money_sign(place: Passage, number: Number, raw: str, end: int) -> bool:
    """A sign or code of money behind its number; not one that belongs to the next number (`1 $10 note`)."""
    coins = money()
    if raw not in coins.signs or (raw.isascii() and raw.isalpha() and len(raw) < 3):
        return False
    if raw in coins.ambiguous and number.scale == 1.0:
        return False
    return not (place.folded[end : end + 1].isdigit() and not raw.isalpha())


def _metric_tons(number: Number, raw: str) -> Unit:
    """`5.2 mt` of grain are million tonnes, a cargo of `25,000 mt` or `500 MT` is metric tons."""
    many = number.scale > 1.0 or number.value >= units().metric_tons_below
    whole = raw.isupper() and number.value == int(number.value)
    return Unit("t") if many or whole else Unit("t", 1e6)


def _pound(place: Passage, number: Number, written: Written) -> Unit:
    """Pounds are money where they come by the million, or in a text that speaks of British money, and mass otherwise."""
    if place.folded.startswith(" of ", written.end):
        return units().words["pound"]
    if number.amount >= 1e6 or (number.amount >= 1000 and place.speaks_sterling):
        return Unit(place.currency_by_place("pound", written.start) or "GBP", kind="money")
    return units().words["pound"]


def _money_named(place: Passage, word: str, number: Number) -> Unit | None:
    coins = money()
    if word in coins.named:
        return coins.named[word]
    if word in coins.minor and word not in coins.default:
        return coins.minor[word]
    if word in coins.scarce and number.amount < 100:
        return None
    code = coins.default.get(word)
    if word in ("dollar", "dollars") and place.dollars is not None:
        return Unit(place.dollars, kind="money")
    if word in coins.shared:
        code = place.currency_by_place(word, number.end) or code or coins.shared[word][0]
    return Unit(code, kind="money") if code is not None else None


def _count_form(place: Passage, at: int) -> tuple[Unit, int] | None:
    """A counted unit directly after `at`."""
    written = units().forms.after(place.folded, at)
    if written is None or written.bracketed:
        return None
    unit = units().words.get(normal(place.folded[written.start : written.end]))
    return (unit, written.end) if unit is not None and unit.kind == "count" else None


@cache
def _opposites() -> re.Pattern[str]:
    words = either(read_toml("number_context.toml")["opposites"]["words"])
    return re.compile(rf" {words} (?:and|or) {words}(?= )")


def _count_after(place: Passage, number: Number) -> tuple[Unit, int] | None:
    """A counted unit after one or two adjectives or two opposite ones: `9 loaded grain wagons`, `9 loaded and empty wagons`."""
    stop, at = context().stop, number.end
    if (both := _opposites().match(place.folded, at)) is not None:
        at = both.end()
        if (found := _count_form(place, at)) is not None:
            return found
    for _ in range(2):
        step = NEXT_WORD.match(place.folded, at)
        if step is None or step[1].rstrip(".") in stop or step[1].endswith("."):
            return None
        at = step.end()
        found = _count_form(place, at)
        if found is not None:
            other = place.folded[found[1] - 1] != "s" and _names_other_things(place, found[1])
            return None if other else found
    return None


def _noun_after(place: Passage, number: Number) -> tuple[str, int] | None:
    """The head noun that the number counts (`241 projects`, `4,000 European companies`), and where it ends."""
    words, at = context(), number.end
    if place.folded.startswith("-", at):
        return None if number.form == "words" else _hyphened_noun(place, at)
    for _ in range(words.noun_words):
        step = NEXT_WORD.match(place.folded, at)
        if step is None:
            return None
        word = step[1].rstrip(".-'/&").removesuffix("'s")
        if word in words.stop:
            return None
        if word in words.plurals or (len(word) > 3 and word.endswith("s") and not word.endswith(words.singular_endings)):
            return word, step.start(1) + len(word)
        if step[1][len(word) : len(word) + 1] == ".":
            return None
        at = step.end()
    return None


def _hyphened_noun(place: Passage, at: int) -> tuple[str, int] | None:
    """`12` and `member` of `12-member`."""
    step = NEXT_WORD.match(place.folded, at)
    if step is None or step.start(1) != at + 1:
        return None
    word = step[1].split("-", 1)[0].rstrip(".'/&")
    return None if word in context().stop else (word, step.start(1) + len(word))


def attach_rate(place: Passage, number: Number) -> Number:
    """The number with the rate behind its unit; percentages and multiples have none."""
    if number.kind not in ("money", "measure", "count"):
        return number
    for _ in range(2):
        match, bound = units().rate.match(place.folded, number.end), number.bound
        if match is None and bound is None and (after := bound_after(place.folded, number.end)) is not None:
            match, bound = units().rate.match(place.folded, after[1]), after[0]  # `5 million tonnes or so a year`
        if match is None and bound is None and (bracket := _SPELT_OUT.match(place.folded, number.end)) is not None:
            match = units().rate.match(place.folded, bracket.end())
        rated = _rated(place, number._replace(bound=bound), match) if match is not None else None
        if rated is None:
            break
        number = rated._replace(end=_before_stop(place, rated.end))
    return number


def _rated(place: Passage, number: Number, match: re.Match[str]) -> Number | None:
    if match["over"] is not None:
        return _priced(number, match)
    if match["unknown"] is not None:
        return number._replace(end=match.end(), over=f"{number.over}/{match['unknown']}")
    found, period = units(), normal(match["period"])
    if period in found.relative and found.not_before.match(place.folded, match.end()):
        return None
    stop = context().stop
    if match["gap"] and any(word in stop for word in match["gap"].split()[1:] if word not in found.gap_goods):
        return None
    return number._replace(end=match.end(), over=f"{number.over}/{found.periods[period]}")


def _priced(number: Number, match: re.Match[str]) -> Number | None:
    """A price or a flow over a unit, or over many of it: `170 dollars per 1,000 cubic metres`."""
    unit = units().denominators[normal(match["over"])]
    if number.unit is None or unit.code == number.unit.code:
        return None
    count = match["count"] or "1"
    many = numerals().scale[count] if count.isalpha() else float(count.replace(",", "").replace(" ", ""))
    return number._replace(end=match.end(), over=f"{number.over}/{unit.code}", divisor=number.divisor * many * unit.factor)
