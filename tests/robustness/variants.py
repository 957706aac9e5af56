"""Harmless changes of a text: other line ends and wrapping, other Unicode, other spelling, another currency or country.

Each variant says what it does to the text and which fields of its claims may change by it; what they are compared with belongs
to the tests.
"""

import re
import textwrap
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.language.names import find_names

_LONG = 110  # a paragraph on one line is longer, and no row of a table or item of a list
_LIST = re.compile(r"^\s*(?:[-*•|>#]|\d{1,2}[.)]\s)|\t|\||  ", re.MULTILINE)
_CLOSE = re.compile(r"[^\n]{46,}\n(?=[^\n])")  # a line of prose with another right below it
UNRELATED = "The weather stayed fine over the weekend, and many families of the town spent their days in the woods."
ABOVE = "Skip to content\nHome\nSubscribe\n\n"
BELOW = """

Share this article
Facebook
Twitter

We use cookies to make this page better. By continuing to browse you agree to our use of cookies.

Related news
Festival of lights opens in the old town
Museum shows forgotten paintings

Subscribe to our newsletter
"""


@dataclass(frozen=True, slots=True)
class Variant:
    """A change of a text, None for a text that it does not touch, and the code that it puts for another."""

    name: str
    change: Callable[[str], str | None]
    codes: tuple[str, str] | None = None


def wrapped(width: int) -> Callable[[str], str | None]:
    """All lines no longer than `width`, items of lists with their further lines indented.

    None for a text with a table, or whose paragraphs do not each stand on a line of their own between blank ones.
    """

    def change(text: str) -> str | None:
        if "|" in text or "\t" in text or _CLOSE.search(text):
            return None
        lines = [
            textwrap.fill(
                line,
                width,
                subsequent_indent="  " if _LIST.search(line) else "",
                break_long_words=False,
                break_on_hyphens=False,
            )
            for line in text.split("\n")
        ]
        changed = "\n".join(lines)
        return changed if changed != text else None

    return change


def _replaced(*pairs: tuple[str, str]) -> Callable[[str], str | None]:
    def change(text: str) -> str | None:
        changed = text
        for old, new in pairs:
            changed = re.sub(old, new, changed)
        return changed if changed != text else None

    return change


def _decomposed(text: str) -> str | None:
    changed = unicodedata.normalize("NFD", text)
    return changed if changed != text else None


def _with_page(text: str) -> str:
    return text.rstrip("\n") + BELOW


def _in_the_middle(text: str) -> str | None:
    """An unrelated paragraph before the last one, where that is prose."""
    head, blank, last = text.rstrip("\n").rpartition("\n\n")
    if not blank or len(last) < _LONG or _LIST.search(last) or head.count("\n\n") < 3:
        return None
    return f"{head}\n\n{UNRELATED}\n\n{last}\n"


def another_country(code: str, other: str, pairs: tuple[tuple[str, str], ...]) -> Callable[[str], str | None]:
    """Another country throughout; None where the text names the other one, or places, lines and firms of the first."""

    def change(text: str) -> str | None:
        names = find_names(text)
        own = [name for name in names if code in name.codes]
        plain = all(name.kind == "country" for name in own)
        known = all(name.text in dict(pairs) for name in own)
        if not own or not plain or not known or any(other in name.codes for name in names):
            return None
        for old, new in pairs:
            text = re.sub(rf"\b{old}\b", new, text)
        return text

    return change


VARIANTS = (
    Variant("line ends of Windows", lambda text: text.replace("\n", "\r\n")),
    Variant("wrapped at 60", wrapped(60)),
    Variant("wrapped at 72", wrapped(72)),
    Variant("decomposed letters", _decomposed),
    Variant("no-break spaces in amounts", _replaced((r"(\d) (million|billion|percent|tons|tonnes)\b", "\\1\u00a0\\2"))),
    Variant("thin spaces in amounts", _replaced((r"(\d) (million|billion|percent|tons|tonnes)\b", "\\1\u2009\\2"))),
    Variant("typographic apostrophes", _replaced((r"(?<=\w)'(?=\w)", "’"))),
    Variant("typographic quotes", _replaced((r'"([^"\n]*)"', "“\\1”"))),
    Variant(
        "dashes in ranges", _replaced((r"(?<=\d)-(?=\d+(?:\.\d)? (?:percent|million|billion|days|tons|tonnes|km)\b)", "–"))
    ),
    Variant("long dashes", _replaced((r"(?<=[\w,]) - (?=\w)", " – "))),
    Variant("millions as mln", _replaced((r"(?<=\d) million\b", " mln"), (r"(?<=\d) billion\b", " bln"))),
    Variant("percent by its sign", _replaced((r"(?<=\d) per ?cent\b", "%"))),
    Variant("tonnes for tons", _replaced((r"\btons\b", "tonnes"))),
    Variant("spaces between thousands", _replaced((r"(?<![\d.,])(\d{1,3}),(\d{3})(?![\d,.])", "\\1\u00a0\\2"))),
    Variant("page around", _with_page),
    Variant("unrelated paragraph", _in_the_middle),
    Variant(
        "euros for dollars",
        _replaced(
            (r"(?<![A-TV-Z])(?:\bUS ?|U\.S\. ?)?(?<![A-RT-Z])\$", "€"),
            (r"\b(?:US |U\.S\. )?dollars\b", "euros"),
            (r"\bUSD\b", "EUR"),
        ),
        ("USD", "EUR"),
    ),
    *(
        Variant(f"{other} for {code}", another_country(code, other, pairs), (code, other))
        for code, other, pairs in (
            (
                "UZB",
                "MNG",
                (("Uzbekistan", "Mongolia"), ("Uzbek", "Mongolian"), ("Uzbeks", "Mongolians"), ("Tashkent", "Ulaanbaatar")),
            ),
            ("TJK", "MNG", (("Tajikistan", "Mongolia"), ("Tajik", "Mongolian"), ("Dushanbe", "Ulaanbaatar"))),
            ("KGZ", "MNG", (("Kyrgyzstan", "Mongolia"), ("Kyrgyz", "Mongolian"), ("Bishkek", "Ulaanbaatar"))),
            ("UGA", "MWI", (("Uganda", "Malawi"), ("Ugandan", "Malawian"), ("Kampala", "Lilongwe"))),
            ("VNM", "LKA", (("Vietnam", "Sri Lanka"), ("Vietnamese", "Sri Lankan"), ("Hanoi", "Colombo"))),
            ("DEU", "SWE", (("Germany", "Sweden"), ("German", "Swedish"), ("Germans", "Swedes"), ("Berlin", "Stockholm"))),
            ("JPN", "NPL", (("Japan", "Nepal"), ("Japanese", "Nepalese"), ("Tokyo", "Kathmandu"))),
            ("PAK", "NPL", (("Pakistan", "Nepal"), ("Pakistani", "Nepalese"), ("Islamabad", "Kathmandu"))),
        )
    ),
)
