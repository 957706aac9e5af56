"""Numbers as texts write them, in digits or in words, and what they are worth.

The forms of numbers, their scales and their values belong here. Units, bounds and what a number measures do not.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from pipeline.contract.reference import read_toml
from pipeline.language.phrases import trie

_VULGAR = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅙": 1 / 6,
    "⅚": 5 / 6,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}
_SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_VULGAR_CLASS = "[" + "".join(_VULGAR) + "]"

# Digits are ASCII: what \d matches beyond them is no number of an English text.
DIGITS = (
    r"[0-9]{1,3}(?:,[0-9]{3}){1,8}(?:\.[0-9]{1,15})?(?!,?[0-9])"
    r"|[0-9]{1,2}(?:,[0-9]{2}){1,6},[0-9]{3}(?:\.[0-9]{1,15})?(?!,?[0-9])"
    r"|[0-9]{1,3}(?:'[0-9]{3}){1,8}(?:\.[0-9]{1,15})?(?![0-9])"
    r"|[0-9]{1,3}(?: [0-9]{3}){1,8}(?:[.,][0-9]{1,15})?(?![0-9/:]|-(?![a-z]|[0-9]{1,3} [0-9]{3})|[.,][0-9]| [0-9]{1,2}/)"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){1,8},[0-9]{1,15}(?![0-9])"
    r"|[0-9]{1,3}(?:\.[0-9]{3}){2,8}(?![0-9]|\.[0-9])"
    rf"|[0-9]{{1,6}}[ -]?{_VULGAR_CLASS}|{_VULGAR_CLASS}"
    r"|[0-9]{1,6}[ -][0-9]{1,2} ?/ ?[0-9]{1,2}(?![0-9/])"
    r"|[0-9]{1,3}/[0-9]{1,3}(?![0-9/.,-])"
    r"|[0-9]{1,15}(?:\.[0-9]{1,15})? ?[x×*] ?10(?:\^?[-−]?[0-9]{1,2}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?![0-9])"
    r"|[0-9]{1,15}(?:\.[0-9]{1,15}e[0-9]{1,2}|(?:\.[0-9]{1,15})?e(?:[+-][0-9]{1,2}|[0-9]{2}))(?![0-9a-z])"
    r"|10(?:\^[-−]?[0-9]{1,2}|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})(?![0-9])"
    r"|[0-9]{1,15}\.[0-9]{1,15}(?![0-9])"
    r"|(?<![0-9],)[0-9]{1,9},[0-9]{1,2}(?![0-9]|,[0-9])"
    r"|\.[0-9]{1,15}(?![0-9])|[0-9]{1,18}(?![0-9])"
)
_POWER = re.compile(r"(?:(?P<factor>[0-9.]+) ?[x×*] ?)?10\^?(?P<power>-?[0-9]{1,4})")
_FRACTION = re.compile(rf"(?:(?P<whole>[0-9]+)[ -]*)?(?:(?P<above>[0-9]+) ?/ ?(?P<below>[0-9]+)|(?P<vulgar>{_VULGAR_CLASS}))")
_GROUPED = re.compile(r"[0-9]{1,3}(?:([,.' ])[0-9]{2,3})*(?:(?<=[0-9]{3})\1[0-9]{3})?")
_WORD = re.compile(r"[a-z]+")


def read_digits(written: str) -> float | None:
    """What a number in one of the forms of `DIGITS` is worth; None for a fraction whose denominator is no usual one."""
    if written.isdigit() and written.isascii():
        return float(written)
    if "/" in written or any(sign in _VULGAR for sign in written):
        return _read_fraction(written)
    plain = written.translate(_SUPERSCRIPT)
    if plain != written or "^" in plain or any(sign in plain for sign in "x×*"):
        return _read_power(plain)
    if "e" in plain:
        return float(plain)
    return float(_without_groups(plain))


def _read_fraction(written: str) -> float | None:
    match = _FRACTION.fullmatch(written)
    if match is None:
        return None
    whole = float(match["whole"] or 0)
    if match["vulgar"]:
        return whole + _VULGAR[match["vulgar"]]
    above, below = int(match["above"]), int(match["below"])
    # 24/7, 9/11, 1986/87 and dates are written like fractions; parts of one with these denominators are not.
    if below not in (2, 3, 4, 5, 6, 8, 10, 16, 20, 32, 40, 50, 64, 100) or above >= below or (above == 0):
        return None
    return whole + above / below


def _read_power(plain: str) -> float | None:
    match = _POWER.fullmatch(plain)
    if match is None:
        return None
    return float(match["factor"] or 1) * 10.0 ** int(match["power"])


def _without_groups(plain: str) -> str:
    """Digits with a decimal point only: group marks dropped, a decimal comma turned into a point."""
    plain = plain.replace(" ", "").replace("'", "")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma < 0:
        return plain.replace(".", "") if plain.count(".") > 1 else plain
    if point > comma:
        return plain.replace(",", "")
    if point >= 0 or (plain.count(",") == 1 and len(plain) - comma != 4):
        return plain.replace(".", "").replace(",", ".")
    return plain.replace(",", "")


class Numerals(NamedTuple):
    """The number words of English: patterns for them and what they are worth."""

    words: str
    parts: str
    multiples: str
    scales: str
    small: Mapping[str, float]
    scale: Mapping[str, float]
    part: Mapping[str, float]
    multiple: Mapping[str, float]

    def read_words(self, written: str) -> float:
        """The worth of number words that `words` matched: `two hundred and fifty thousand` is 250000."""
        words = _WORD.findall(written)
        total, current, ended = 0.0, 0.0, ""
        decimals = 0
        for index, word in enumerate(words):
            if word == "point":
                decimals = 1
            elif word in self.small and decimals:
                current, decimals = round(current + self.small[word] / 10**decimals, decimals), decimals + 1
            elif word in self.small:
                current += self.small[word]
            elif word == "hundred":
                current = (current or 1.0) * 100
            elif word in self.scale:
                total, current, ended, decimals = total + (current or 1.0) * self.scale[word], 0.0, word, 0
            elif word.rstrip("s") in self.part and index:
                current += 1 / self.part[word.rstrip("s")] * (1 if current or not ended else self.scale[ended])
        return total + current

    def read_part(self, written: str) -> float:
        """The worth of `half`, `a third`, `two-thirds`, `three quarters of a million`."""
        words = _WORD.findall(written)
        above = next((self.small[word] for word in words if word in self.small), 1.0)
        value = above
        for word in words:
            part = "half" if word == "halves" else word.rstrip("s")
            if part in self.part:
                value /= self.part[part]
            elif word in self.scale:
                value *= self.scale[word]
        return value

    def read_multiple(self, written: str) -> float:
        """The worth of `doubled`, `tenfold`, `14-fold`, `twenty-five-fold`."""
        if written in self.multiple:
            return self.multiple[written]
        stem = written.removesuffix("fold").rstrip(" -")
        return float(stem.replace(",", "")) if stem[0].isdigit() else self.read_words(stem)

    def read_scale(self, written: str) -> float:
        """The factor of one or two scale words (`million`, `lakh crore`)."""
        factor = 1.0
        for word in written.replace("-", " ").split():
            factor *= self.scale[word]
        return factor


@cache
def numerals() -> Numerals:
    """The number words of `numerals.toml`, read once."""
    data = read_toml("numerals.toml")
    small = {word: float(value) for word, value in (data["small"] | data["tens"]).items()}
    scale = {word: float(value) for word, value in (data["scale"] | data["scale_short"]).items()}
    return Numerals(
        words=_words_pattern(data),
        parts=_parts_pattern(data),
        multiples=_multiples_pattern(data),
        scales=rf"(?:{either(scale)})(?![^\W_])(?:[ -](?:{either(scale)})(?![^\W_]))?",
        small=small,
        scale=scale,
        part={word: float(value) for word, value in data["part"].items()},
        multiple={word: float(value) for word, value in data["multiple"].items()},
    )


def either(words: Any) -> str:
    """A pattern for any of the words, the longest first; a blank in a word stands for any blanks."""
    return trie(words).replace(r"\ ", " {1,4}")


def _group_pattern(data: dict[str, Any]) -> str:
    ones = [word for word, value in data["small"].items() if 0 < value < 10]
    below = rf"(?:(?:{either(data['tens'])})(?:[ -](?:{either(ones)}))?|{either(data['small'])})(?![^\W_])"
    return rf"(?:{below}(?:[ -]hundred(?: (?:and )?{below})?)?|an? hundred(?: (?:and )?{below})?)(?![^\W_])"


def _words_pattern(data: dict[str, Any]) -> str:
    group = _group_pattern(data)
    big = rf"(?:{either(set(data['scale']) - {'hundred'})})(?![^\W_])"
    more = rf"(?:,? {{1,4}}(?:(?:and|&) )?{group}(?:[ -]{{1,4}}{big})?){{0,4}}"
    half = rf"(?:[ -]and[ -](?:a|one)[ -](?:{either(data['part'])}))"
    point = (
        rf"(?:[ -]point(?:[ -](?:{either([word for word, value in data['small'].items() if value < 10])})){{1,3}}(?![^\W_]))"
    )
    return rf"(?:(?:{group}(?:{half}|{point})?|an?(?:other)?)[ -]{{1,4}}{big}(?:{half}|{more})|{group}(?:{half}|{point})?)"


def _parts_pattern(data: dict[str, Any]) -> str:
    counts = [word for word, value in data["small"].items() if 0 < value < 20]
    big = rf"(?:{either(set(data['scale']) - {'hundred'})})(?![^\W_])"
    many = either([f"{word}s" for word in data["part"] if word != "half"] + ["halves"])
    one = either(data["part"])
    scaled = rf"(?:[ -](?:of )?(?:an? )?{big})?"
    single = rf"(?:an?|one)[ -](?:{one})(?![^\W_]){scaled}"
    several = rf"(?:{either(counts)})[ -](?:{many})(?![^\W_]){scaled}"
    return rf"(?:{single}|{several}|(?:half|quarter)(?![^\W_]){scaled})"


def _multiples_pattern(data: dict[str, Any]) -> str:
    below = (
        rf"(?:(?:{either(data['tens'])})(?:-(?:{either(data['small'])}))?|{either(data['small'])}|a hundred|hundred|thousand)"
    )
    return rf"(?:(?:{either(data['multiple'])})|(?:[0-9]{{1,6}}(?:[.,][0-9]{{1,3}})?|{below})[ -]?fold)(?![^\W_])"
