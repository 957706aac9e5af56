"""Stories that each claim one thing, told in words of their own, so that none repeats another."""

import random
from dataclasses import dataclass, replace
from datetime import date
from html import escape

_SELLERS = {"Kazakhstan": "KAZ", "Uzbekistan": "UZB", "Peru": "PER", "Kenya": "KEN", "Vietnam": "VNM", "Norway": "NOR"}
_BUYERS = {"Chile": "CHL", "Japan": "JPN", "Poland": "POL", "Georgia": "GEO", "Uganda": "UGA", "India": "IND"}
_ABOUT = (
    *(
        "garden",
        "violin",
        "mountain",
        "teacher",
        "lantern",
        "orchard",
        "novel",
        "painter",
        "kitchen",
        "meadow",
        "sculptor",
        "poet",
    ),
    *(
        "library",
        "sparrow",
        "cathedral",
        "blanket",
        "carpenter",
        "lighthouse",
        "village",
        "theatre",
        "cellar",
        "window",
        "balcony",
    ),
    *(
        "bicycle",
        "clock",
        "harvest festival",
        "museum",
        "choir",
        "stadium",
        "footballer",
        "chess player",
        "singer",
        "actor",
        "pond",
    ),
)
_DOES = (
    *(
        "delights",
        "resembles",
        "surprises",
        "follows",
        "remembers",
        "pleases",
        "amuses",
        "avoids",
        "admires",
        "describes",
        "puzzles",
    ),
    *(
        "inspires",
        "comforts",
        "attracts",
        "teaches",
        "greets",
        "forgets",
        "visits",
        "paints",
        "observes",
        "imitates",
        "welcomes",
    ),
)
_HOW = (
    "quietly",
    "in the evening",
    "without a word",
    "as ever",
    "gladly",
    "by the river",
    "on Sundays",
    "in the rain",
    "again",
)
_ADJECTIVES = (
    "old",
    "small",
    "red",
    "gentle",
    "distant",
    "famous",
    "wooden",
    "quiet",
    "curious",
    "bright",
    "forgotten",
    "young",
)
_SENTENCES = 14


@dataclass(frozen=True, slots=True)
class Story:
    """A story: what it claims, and the number of its telling. A story told again has other words and another number."""

    key: str
    seller: str
    buyer: str
    millions: int
    year: int
    published_on: date
    telling: int = 0

    @property
    def title(self) -> str:
        """The same in every telling."""
        choice = random.Random(f"title of {self.key}")
        return f"The {choice.choice(_ADJECTIVES)} {choice.choice(_ABOUT)} and the {choice.choice(_ABOUT)} of {self.seller}"

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What it claims, among sentences that claim nothing."""
        choice = random.Random(f"{self.key} {self.telling}")
        about = [
            f"The {choice.choice(_ADJECTIVES)} {choice.choice(_ABOUT)} {choice.choice(_DOES)} the {choice.choice(_ADJECTIVES)}"
            f" {choice.choice(_ABOUT)} {choice.choice(_HOW)}."
            for _ in range(_SENTENCES)
        ]
        claim = f"{self.seller}'s exports to {self.buyer} reached ${self.millions} million in {self.year}, the ministry said."
        return (claim, " ".join(about[:7]), " ".join(about[7:]))

    @property
    def claim(self) -> tuple[str, float, str, str, date, date]:
        """Indicator, value in dollars, who sells, who buys, and the year's first and last day."""
        days = (date(self.year, 1, 1), date(self.year, 12, 31))
        return ("exports", self.millions * 1e6, _SELLERS[self.seller], _BUYERS[self.buyer], *days)

    def as_html(self) -> str:
        return "".join(f"<p>{escape(part)}</p>" for part in self.paragraphs)

    def as_page(self) -> bytes:
        return (
            f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(self.title)}</title></head><body>'
            f"<nav><a href='/'>Home</a></nav><article><h1>{escape(self.title)}</h1>{self.as_html()}</article></body></html>"
        ).encode()

    def as_text(self) -> bytes:
        return "\n\n".join([self.title, f"Published: {self.published_on:%d %B %Y}", *self.paragraphs]).encode()

    def told_again(self) -> "Story":
        """A correction: the same story with another number."""
        return replace(self, telling=self.telling + 1, millions=self.millions + 1)


def story(key: str) -> Story:
    """The story of a key."""
    choice = random.Random(f"story {key}")
    year = choice.randint(2010, 2023)
    return Story(
        key,
        choice.choice(sorted(_SELLERS)),
        choice.choice(sorted(_BUYERS)),
        choice.randint(20, 900),
        year,
        date(2025, choice.randint(1, 10), choice.randint(1, 28)),
    )
