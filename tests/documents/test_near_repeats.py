"""How well repeats are found: variants made of the annotated and the demonstration texts, against all other texts.

Prints the figures on which the thresholds of seeds/reference/analysis/repeats.toml rest (`pytest -s`).
"""

import re
import textwrap
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

import pytest

from pipeline.documents.reading import read_text
from pipeline.documents.repeats import sketch
from pipeline.documents.standing import Sketched, standing

ROOT = Path(__file__).parents[2]
EVERY = 4  # of the texts one in so many is varied; each variant is held against all
NUMBER = re.compile(r"\d[\d,.]*")
ADDED = "Analysts polled by the newspaper had expected a smaller rise of 3.7 percent."

Change = Callable[[str, Random], str]


def paragraphs(text: str) -> list[str]:
    return re.split(r"\n\s*\n", text.strip())


def cut(text: str, random: Random) -> str:
    parts = paragraphs(text)
    return "\n\n".join(parts[:-1]) if len(parts) > 3 else text


def added(text: str, random: Random) -> str:
    parts = paragraphs(text)
    parts.insert(random.randrange(1, len(parts) + 1), ADDED)
    return "\n\n".join(parts)


def headed(text: str, random: Random) -> str:
    first, *rest = paragraphs(text)
    lines = ["Officials hail growth in regional commerce", *first.split("\n")[1:]]
    return "\n\n".join(["\n".join(lines), "By Jane Roe", *rest])


def set_otherwise(text: str, random: Random) -> str:
    text = text.replace("'", "’").replace(" - ", " — ").replace(" percent", "%").replace("million", "mln")
    return re.sub(r'"([^"]*)"', "“\\1”", text).replace("organization", "organisation")


def wrapped(text: str, random: Random) -> str:
    return "\n\n".join(textwrap.fill(" ".join(part.split()), 72) for part in paragraphs(text))


def reworded(text: str, random: Random) -> str:
    return re.sub(r"\b[a-z]{4,}\b", lambda word: "notable" if random.random() < 0.03 else word[0], text)


def all_together(text: str, random: Random) -> str:
    for change in (headed, cut, added, set_otherwise, wrapped):
        text = change(text, random)
    return text


def other_figures(text: str, random: Random) -> str:
    return NUMBER.sub(lambda number: _other(number[0], random), text)


def one_other_figure(text: str, random: Random) -> str:
    told = [sentence for sentence in read_text(text).sentences if sentence.kind != "title"]
    found = [number for sentence in told for number in NUMBER.finditer(text, sentence.start, sentence.end)]
    if not found:
        return text
    number = random.choice(found)
    return text[: number.start()] + _other(number[0], random) + text[number.end() :]


def _other(number: str, random: Random) -> str:
    place = random.choice([place for place, sign in enumerate(number) if sign.isdigit()])
    return f"{number[:place]}{(int(number[place]) + random.randrange(1, 9)) % 10}{number[place + 1 :]}"


def sketched(doc_id: str, text: str, day: int) -> Sketched:
    return Sketched(doc_id, date(2025, 1, day), doc_id, 0, *sketch(read_text(text)))


@cache
def texts() -> dict[str, str]:
    paths = [*(ROOT / "tests" / "gold").glob("*/*.txt"), *(ROOT / "seeds" / "documents").glob("**/*.txt")]
    return {path.name: path.read_text(encoding="utf-8", errors="replace") for path in sorted(paths)}


@cache
def originals() -> tuple[Sketched, ...]:
    return tuple(sketched(name, text, 1) for name, text in texts().items())


def found_as_repeats(change: Change) -> tuple[float, int]:
    """The share of varied texts that are found to repeat their original, and how many links lead elsewhere."""
    random = Random(7)
    sample = list(texts().items())[::EVERY]
    varied = [sketched(f"{name} varied", new, 2) for name, text in sample if (new := change(text, random)) != text]
    links = standing([*originals(), *varied]).duplicate_of
    right = sum(links.get(one.doc_id) == one.doc_id.removesuffix(" varied") for one in varied)
    print(f"{change.__name__}: {right} of {len(varied)} found")
    return right / len(varied), len(links) - right


@pytest.mark.parametrize(
    ("change", "least"),
    [(cut, 0.97), (added, 0.97), (headed, 0.97), (set_otherwise, 0.95), (wrapped, 0.9), (reworded, 0.95), (all_together, 0.85)],
)
def test_a_text_with_small_edits_is_found_to_repeat_its_original(change: Change, least: float) -> None:
    found, astray = found_as_repeats(change)
    assert (found >= least, astray) == (True, 0)


@pytest.mark.parametrize(("change", "most"), [(other_figures, 0.05), (one_other_figure, 0.06)])
def test_a_text_with_other_figures_is_not(change: Change, most: float) -> None:
    """Those that are found have the other figure among words too few to tell it by, as the number of an item."""
    found, astray = found_as_repeats(change)
    assert (found <= most, astray) == (True, 0)


def test_no_two_unlike_texts_repeat_each_other() -> None:
    assert standing(originals()).duplicate_of == {}
