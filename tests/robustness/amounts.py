"""Amounts as texts write them, each with its worth: numbers in many formats, units, bounds and ranges.

What a sentence says with an amount belongs to `sentence_forms`.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """The words of an amount, bound words included, and what they are worth in `unit`."""

    text: str
    low: float
    high: float
    unit: str
    bound: str = "exact"


@dataclass(frozen=True, slots=True)
class _Figure:
    text: str
    value: float


_SCALES = ((1e9, ("billion", "bln", "bn")), (1e6, ("million", "mln")), (1e3, ("thousand",)))
_WORDS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty")
_WORTHS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 20)
_BOUNDS = {
    "about": ("about", "around", "some", "nearly", "almost", "roughly", "approximately", "close to"),
    "over": ("more than", "over", "at least"),
    "under": ("less than", "under", "up to", "at most"),
}
_DASHES = ("-", "–", " to ")


def money(rng: random.Random) -> Amount:
    return _bounded(rng, _coin(rng), _scaled(rng, 1e6, 9e10), ranges=True)


def tonnes(rng: random.Random) -> Amount:
    return _bounded(rng, _after(rng, "t", ("tons", "tonnes", "metric tons")), _counted(rng, 12_000, 9e7), ranges=True)


def teu(rng: random.Random) -> Amount:
    words = ("TEU", "TEUs", "twenty-foot equivalent units", "20-foot equivalent units")
    return _bounded(rng, _after(rng, "TEU", words), _counted(rng, 3_000, 4e6), ranges=True)


def trains(rng: random.Random) -> Amount:
    return _bounded(
        rng, _after(rng, "train", ("container trains", "freight trains", "block trains", "trains")), _small(rng, 20)
    )


def wagons(rng: random.Random) -> Amount:
    return _bounded(rng, _after(rng, "wagon", ("wagons", "railcars", "rail cars")), _small(rng, 200))


def trucks(rng: random.Random) -> Amount:
    return _bounded(rng, _after(rng, "truck", ("trucks", "lorries")), _small(rng, 200))


def vessels(rng: random.Random) -> Amount:
    return _bounded(rng, _after(rng, "vessel", ("ships", "vessels")), _small(rng, 20))


def days(rng: random.Random) -> Amount:
    return _duration(rng, "d", "days", 3, 60)


def hours(rng: random.Random) -> Amount:
    return _duration(rng, "h", "hours", 4, 96)


def kilometres(rng: random.Random) -> Amount:
    figure = _whole(rng, rng.randrange(40, 9_000))
    return _bounded(rng, _after(rng, "km", ("km", "kilometres", "kilometers")), figure)


def plain_tonnes(rng: random.Random) -> Amount:
    """Without a bound, as a list has them."""
    return _plain(rng, _after(rng, "t", ("tons", "tonnes")), _counted(rng, 12_000, 9e7))


def plain_teu(rng: random.Random) -> Amount:
    return _plain(rng, _after(rng, "TEU", ("TEU", "TEUs", "twenty-foot equivalent units")), _counted(rng, 3_000, 4e6))


def plain_days(rng: random.Random) -> Amount:
    value = rng.randrange(3, 60)
    return Amount(f"{value} days", value, value, "d")


def plus_percent(rng: random.Random) -> Amount:
    """A growth that its sign tells."""
    value = rng.choice((rng.randrange(2, 96), round(rng.uniform(1.1, 96), 1)))
    return Amount(f"+{value}%", value, value, "%")


def tonne_kilometres(rng: random.Random) -> Amount:
    value = round(rng.uniform(1.1, 400), 1)
    words = ("billion tonne-kilometres", "billion ton-kilometers", "billion tkm")
    return Amount(f"{value} {rng.choice(words)}", value * 1e9, value * 1e9, "t_km")


def plain_money(rng: random.Random) -> Amount:
    return _plain(rng, _coin(rng), _scaled(rng, 1e6, 9e10))


def percent(rng: random.Random) -> Amount:
    value = rng.choice((rng.randrange(2, 96), round(rng.uniform(1.1, 96), 1)))
    figure = _Figure(f"{value}", value)
    if rng.random() < 0.15:
        number = rng.randrange(len(_WORDS))
        figure = _Figure(_WORDS[number], _WORTHS[number])
        return _bounded(rng, _after(rng, "%", ("percent", "per cent")), figure)
    return _bounded(rng, rng.choice((_after(rng, "%", ("percent", "per cent", "pct")), _joined("%"))), figure)


def plain_percent(rng: random.Random) -> Amount:
    value = rng.choice((rng.randrange(2, 96), round(rng.uniform(1.1, 96), 1)))
    return Amount(*rng.choice(((f"{value}%", value, value), (f"{value} percent", value, value))), "%")


def times(rng: random.Random) -> Amount:
    text, value = rng.choice(
        (("2.5 times", 2.5), ("1.4 times", 1.4), ("three times", 3.0), ("3.2-fold", 3.2), ("threefold", 3.0), ("tenfold", 10.0))
    )
    return Amount(text, value, value, "x")


def money_per_teu(rng: random.Random) -> Amount:
    return _per(rng, "TEU", ("per TEU", "a TEU", "per 20-foot container", "per twenty-foot container"))


def money_per_feu(rng: random.Random) -> Amount:
    return _per(rng, "FEU", ("per FEU", "per 40-foot container", "per forty-foot container", "per 40ft container"))


def money_per_tonne(rng: random.Random) -> Amount:
    value = rng.choice((rng.randrange(8, 95), round(rng.uniform(8, 95), 2)))
    return Amount(f"${value} {rng.choice(('a tonne', 'per tonne', 'per ton', 'a ton'))}", value, value, "USD/t")


def barrels_a_day(rng: random.Random) -> Amount:
    figure = _counted(rng, 20_000, 4e6)
    return _bounded(rng, _after(rng, "bbl/d", ("barrels a day", "barrels per day", "barrels of oil per day")[:2]), figure)


def tonnes_a_year(rng: random.Random) -> Amount:
    words = ("tonnes a year", "tons a year", "tons per year", "tonnes per year", "tonnes annually", "tons annually")
    return _bounded(rng, _after(rng, "t/yr", words), _counted(rng, 100_000, 9e7))


def teu_a_year(rng: random.Random) -> Amount:
    words = ("TEU a year", "TEUs per year", "TEU per year", "TEU annually")
    return _bounded(rng, _after(rng, "TEU/yr", words), _counted(rng, 30_000, 4e6))


def cubic_metres(rng: random.Random) -> Amount:
    value = round(rng.uniform(1.1, 60), 1)
    return Amount(
        f"{value} {rng.choice(('billion cubic metres', 'billion cubic meters', 'bcm'))}", value * 1e9, value * 1e9, "m3"
    )


def kilowatt_hours(rng: random.Random) -> Amount:
    value = round(rng.uniform(1.1, 60), 1)
    return Amount(f"{value} {rng.choice(('billion kilowatt-hours', 'billion kWh'))}", value * 1e9, value * 1e9, "kWh")


_Unit = Callable[[str], tuple[str, str]]


def _after(rng: random.Random, code: str, words: tuple[str, ...]) -> _Unit:
    word = rng.choice(words)
    return lambda figure: (f"{figure} {word}", code)


def _joined(code: str) -> _Unit:
    return lambda figure: (f"{figure}{code}", code)


def _coin(rng: random.Random) -> _Unit:
    pattern, code = rng.choice(
        (
            *(("${}", "USD"),) * 4,
            ("US${}", "USD"),
            ("USD {}", "USD"),
            ("{} dollars", "USD"),
            ("{} US dollars", "USD"),
            ("€{}", "EUR"),
            ("{} euros", "EUR"),
            ("EUR {}", "EUR"),
            ("£{}", "GBP"),
            ("{} yuan", "CNY"),
            ("{} yen", "JPY"),
            ("{} roubles", "RUB"),
            ("{} tenge", "KZT"),
            ("{} Swiss francs", "CHF"),
        )
    )
    return lambda figure: (pattern.format(figure), code)


def _per(rng: random.Random, box: str, words: tuple[str, ...]) -> Amount:
    value = rng.randrange(600, 12_000)
    text = rng.choice((f"{value:,}", f"{value}"))
    return Amount(f"${text} {rng.choice(words)}", value, value, f"USD/{box}")


def _duration(rng: random.Random, code: str, word: str, least: int, most: int) -> Amount:
    low = rng.randrange(least, most)
    if rng.random() < 0.3:
        high = low + rng.randrange(1, 9)
        return Amount(f"{low}{rng.choice(_DASHES)}{high} {word}", low, high, code)
    number = _WORTHS.index(low) if low in _WORTHS and rng.random() < 0.5 else None
    figure = _Figure(f"{low}" if number is None else _WORDS[number], low)
    return _bounded(rng, lambda text: (f"{text} {word}", code), figure)


def _plain(rng: random.Random, unit: _Unit, figure: _Figure) -> Amount:
    text, code = unit(figure.text)
    return Amount(text, figure.value, figure.value, code)


def _bounded(rng: random.Random, unit: _Unit, figure: _Figure, ranges: bool = False) -> Amount:
    draw = rng.random()
    if ranges and draw < 0.1 and figure.text[-1].isalpha() and figure.text.split(" ", 1)[0].replace(".", "", 1).isdigit():
        return _range(rng, unit, figure)
    text, code = unit(figure.text)
    if draw < 0.7:
        return Amount(text, figure.value, figure.value, code)
    bound = rng.choice(tuple(_BOUNDS))
    return Amount(f"{rng.choice(_BOUNDS[bound])} {text}", figure.value, figure.value, code, bound)


def _range(rng: random.Random, unit: _Unit, figure: _Figure) -> Amount:
    digits, scale = figure.text.split(" ", 1)
    factor = figure.value / float(digits)
    top = round(float(digits) + rng.choice((1.0, 1.5, 2.0)), 1)
    shown = f"{top:g}" if "." not in digits else f"{top:.1f}"
    text, code = unit(f"{digits}{rng.choice(_DASHES)}{shown} {scale}")
    return Amount(text, figure.value, round(top * factor, 3), code)


def _small(rng: random.Random, least: int) -> _Figure:
    return _whole(rng, rng.randrange(least, least * 40))


def _whole(rng: random.Random, value: int) -> _Figure:
    return _Figure(rng.choice((f"{value:,}", f"{value:,}", f"{value}", f"{value:,}".replace(",", " "))), value)


def _counted(rng: random.Random, least: float, most: float) -> _Figure:
    draw = rng.random()
    if draw < 0.25:
        return _whole(rng, int(10 ** rng.uniform(_power(least), _power(min(most, 5e6)))))
    if draw < 0.3:
        return _Figure("half a million", 500_000)
    if draw < 0.36:
        number = rng.randrange(len(_WORDS))
        return _Figure(f"{_WORDS[number]} million", _WORTHS[number] * 1e6)
    if draw < 0.42:
        number = rng.randrange(9, len(_WORDS))
        return _Figure(f"{_WORDS[number]} thousand", _WORTHS[number] * 1e3)
    return _scaled(rng, least, most)


def _scaled(rng: random.Random, least: float, most: float) -> _Figure:
    value = 10 ** rng.uniform(_power(max(least, 1e4)), _power(most))
    scale, words = next((scale, words) for scale, words in _SCALES if value >= scale)
    digits = rng.choice((0, 1, 1, 2)) if scale > 1e3 else 0
    shown = f"{max(value / scale, 1.1):.{digits}f}"
    if scale == 1e6 and rng.random() < 0.08:
        shown = f"{rng.randrange(1_050, 9_000) + rng.choice((0.5, 0.2)):,.1f}"
    worth = round(float(shown.replace(",", "")) * scale, 3)
    return _Figure(f"{shown} {rng.choice(words)}", worth)


def _power(value: float) -> float:
    return len(f"{int(value)}") - 1 + (int(value) / 10 ** (len(f"{int(value)}") - 1)) / 10


AMOUNTS: dict[str, Callable[[random.Random], Amount]] = {
    "money": money,
    "tonnes": tonnes,
    "teu": teu,
    "plain_teu": plain_teu,
    "plain_days": plain_days,
    "plus_percent": plus_percent,
    "tkm": tonne_kilometres,
    "plain_tonnes": plain_tonnes,
    "plain_money": plain_money,
    "trains": trains,
    "wagons": wagons,
    "trucks": trucks,
    "vessels": vessels,
    "days": days,
    "hours": hours,
    "km": kilometres,
    "percent": percent,
    "plain_percent": plain_percent,
    "times": times,
    "per_teu": money_per_teu,
    "per_feu": money_per_feu,
    "per_tonne": money_per_tonne,
    "bpd": barrels_a_day,
    "tonnes_a_year": tonnes_a_year,
    "teu_a_year": teu_a_year,
    "m3": cubic_metres,
    "kwh": kilowatt_hours,
}
