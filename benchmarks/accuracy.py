"""How many of the claims that are marked in texts are found, and how many of those are right.

    python benchmarks/accuracy.py [FOLDER ...]

A folder holds texts and beside each its annotation, `NAME.gold.json`. A marked claim is found if a told one stands on its words
with the same value and unit; for an agreement, with half of the parties or one organisation. It is right if its other core
fields agree too: for a quantity what is measured and how, the two sides, the period and the modality. Precision: of the claims
told, those found. Recall: of the claims marked, those found. F1 is their harmonic mean. A told claim that the annotation calls
debatable, or that repeats a found one, counts neither way.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.documents.document import Document
from pipeline.orchestration.batches import extract_batch, read_batch
from pipeline.sources.raw import RawText

TEXTS = Path(__file__).resolve().parents[1] / "tests" / "gold"
FOLDERS = ("caspian", "world", "independent")
HELD_OUT = frozenset(  # texts from which no rule was learnt: see tests/gold/README.md
    {
        "column-the-closed-gate.txt",
        "iran-interview-rasht-astara-2016.txt",
        "wire-anatolian-gas-corridor-2015.txt",
        "australia-china-barley-explainer-2023.txt",
        "trieste-coffee-museum-review.txt",
        "wikinews-gas-row-2009.txt",
        "wire2014-indonesia-ore-exports.txt",
    }
)
LIKE_WORDS = 0.7  # of the shorter of two quotes, for both to be one passage
LIKE_NAMES = 0.5  # of the words of the shorter of two names
LIKE_PARTIES = 0.5
LIKE_VALUES = 0.005  # rounding of converted units
SMALL_WORDS = frozenset({"the", "of", "on", "a", "an", "and"})
EITHER_WAY = frozenset({"turnover", "deal_value"})  # trade without a seller and a buyer
HEADINGS = ("", "marked", "told", "precision", "recall", "found F1", "right F1")

Claim = Mapping[str, Any]


class Kind(NamedTuple):
    """How claims of a kind are compared."""

    found: Callable[[Claim, Claim], bool]
    agreeing: Callable[[Claim, Claim], list[bool]]


class Count(NamedTuple):
    """Claims marked in the texts, told by the extractor, found and right."""

    marked: int
    told: int
    found: int
    right: int

    def cells(self) -> tuple[str, ...]:
        """The figures, ready for a table."""
        shares = (_share(self.found, self.told), _share(self.found, self.marked), self.f1(self.found), self.f1(self.right))
        return (str(self.marked), str(self.told), *(f"{share:.2f}" for share in shares))

    def f1(self, hits: int) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * hits, self.told + self.marked)


def main() -> None:
    """Prints a table for each folder, and one for its texts that were held out."""
    options = argparse.ArgumentParser(description="How many of the claims marked in texts are found, and how many are right.")
    options.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", default=[TEXTS / name for name in FOLDERS])
    for folder in options.parse_args().folders:
        annotations = annotated(folder)
        learnt = [(path, gold) for path, gold in annotations if path.name not in HELD_OUT]
        held_out = [(path, gold) for path, gold in annotations if path.name in HELD_OUT]
        for name, texts in ((folder.name, learnt), (f"{folder.name}, held out", held_out)):
            if texts:
                _print_table(f"{name}, {len(texts)} texts", accuracy(texts))


def _print_table(title: str, counts: Mapping[str, Count]) -> None:
    print(title)
    print(_row(HEADINGS))
    for name, count in counts.items():
        print(_row((name, *count.cells())))
    print()


def annotated(folder: Path) -> list[tuple[Path, Claim]]:
    """The texts of a folder with their annotations; ends the program if there are none."""
    found = [
        (path.with_name(gold["doc"]), gold)
        for path in sorted(folder.glob("*.gold.json"))
        if (gold := json.loads(path.read_text(encoding="utf-8")))
    ]
    if not found:
        raise SystemExit(f"{folder} holds no annotation (*.gold.json)")
    return found


def accuracy(annotations: Sequence[tuple[Path, Claim]]) -> dict[str, Count]:
    """The counts of each kind of claim, over texts with their annotations."""
    told = told_claims([path for path, _ in annotations])
    counts = {name: [_count(name, gold, told[path.name][name]) for path, gold in annotations] for name in KINDS}
    return {name: Count(*map(sum, zip(*of_texts, strict=True))) for name, of_texts in counts.items()}


def told_claims(paths: Iterable[Path]) -> dict[str, dict[str, list[Claim]]]:
    """What is accepted from each text, by file name and kind."""
    raw_texts = [RawText("accuracy", path.name, path.name, path.read_bytes()) for path in paths]
    documents = [found for found in read_batch(raw_texts) if isinstance(found, Document)]
    names = {document.doc_id: document.file_name for document in documents}
    told: dict[str, dict[str, list[Claim]]] = {raw.file_name: {kind: [] for kind in KINDS} for raw in raw_texts}
    for table, frame in extract_batch(documents).accepted.items():
        for row in frame.iter_rows(named=True):
            told[names[row["doc_id"]]][_kind_of(table, row)].append({**row, "family": table.removesuffix("_claims")})
    return told


def _kind_of(table: str, row: Claim) -> str:
    if table == "agreement_claims":
        return "agreements"
    return "events" if row["measure"] == "event" else "quantities"


def judged(name: str, gold: Claim, told: Sequence[Claim]) -> list[tuple[Claim, bool | None]]:
    """What is told of a kind, and whether right: `None` if it is not marked. What is debatable or repeats is left out."""
    kind = KINDS[name]
    marked = gold.get(name, [])
    marking_of = {j: marked[i] for i, j in _paired(kind, marked, told).items()}
    found = [(told[j], all(kind.agreeing(marking, told[j]))) for j, marking in marking_of.items()]
    extra = [
        (claim, None)
        for j, claim in enumerate(told)
        if j not in marking_of and not _repeats(kind, name, claim, marking_of.values()) and not _debatable(name, claim, gold)
    ]
    return [*found, *extra]


def _count(name: str, gold: Claim, told: Sequence[Claim]) -> Count:
    verdicts = [right for _, right in judged(name, gold, told)]
    found = len(verdicts) - verdicts.count(None)
    return Count(len(gold.get(name, [])), len(verdicts), found, verdicts.count(True))


def _paired(kind: Kind, marked: Sequence[Claim], told: Sequence[Claim]) -> dict[int, int]:
    """Each marked claim with at most one told one, those that agree best first."""
    candidates = [
        (-sum(kind.agreeing(marking, claim)), -_shared_words(claim["evidence"], marking["quote"]), i, j)
        for i, marking in enumerate(marked)
        for j, claim in enumerate(told)
        if kind.found(marking, claim)
    ]
    pairs: dict[int, int] = {}
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _repeats(kind: Kind, name: str, claim: Claim, matched: Iterable[Claim]) -> bool:
    if name == "events":
        return False
    return any(kind.found(gold, claim) and (name == "quantities" or gold["status"] == claim["status"]) for gold in matched)


def _debatable(name: str, claim: Claim, gold: Claim) -> bool:
    quotes = [quote for quote in gold.get("ignore", []) if _on_quote(claim, [quote])]
    if name == "quantities":
        return any(_squashed(claim["value_text"]) in _squashed(quote) for quote in quotes)
    return bool(quotes)


def _quantity_found(gold: Claim, claim: Claim) -> bool:
    same = _like_values(gold["low"], claim["value_low"]) and _like_values(gold["high"], claim["value_high"])
    return same and gold["unit"] == claim["unit"] and _on_quote(claim, [gold["quote"], *gold["also"]])


def _quantity_agreeing(gold: Claim, claim: Claim) -> list[bool]:
    return [
        gold["family"] == claim["family"],
        gold["indicator"] == claim["indicator"],
        gold["measure"] == claim["measure"],
        (gold["low"] < 0) == (claim["value_low"] < 0),
        gold["family"] == claim["family"] and _sides(gold) == _sides(claim),
        _months(gold["period"]) == _months({"start": claim["period_start"], "end": claim["period_end"]}),
        gold["modality"] == claim["modality"],
    ]


def _agreement_found(gold: Claim, claim: Claim) -> bool:
    marked, told = set(gold["parties"]), set(claim["parties"])
    alike = len(marked & told) >= LIKE_PARTIES * len(marked | told)
    alike = alike or any(_like_names(a, b) for a in gold["organisations"] for b in claim["organisations"])
    return alike and _on_quote(claim, [gold["quote"], *gold["also"]])


def _agreement_agreeing(gold: Claim, claim: Claim) -> list[bool]:
    return [
        set(gold["parties"]) == set(claim["parties"]),
        gold["status"] == claim["status"],
        gold["modality"] == claim["modality"],
        _months(gold["date"]) == _months({"start": claim["date_start"], "end": claim["date_end"]}),
    ]


def _event_found(gold: Claim, claim: Claim) -> bool:
    return _on_quote(claim, [gold["quote"], *gold["also"]])


def _event_agreeing(gold: Claim, claim: Claim) -> list[bool]:
    return [
        gold["kind"] == claim["indicator"],
        set(gold["origin"]) == set(claim["origin"]) and set(gold["destination"]) == set(claim["destination"]),
        gold["modality"] == claim["modality"],
    ]


KINDS = {
    "quantities": Kind(_quantity_found, _quantity_agreeing),
    "agreements": Kind(_agreement_found, _agreement_agreeing),
    "events": Kind(_event_found, _event_agreeing),
}


def _sides(claim: Claim) -> tuple[frozenset[str], ...]:
    if claim["family"] == "freight":
        return (frozenset(claim["reporter"]), frozenset(claim["origin"]), frozenset(claim["destination"]))
    if claim["indicator"] in EITHER_WAY:
        return (frozenset(claim["reporter"]) | frozenset(claim["partner"]),)
    return (frozenset(claim["reporter"]), frozenset(claim["partner"]))


def _months(period: Claim) -> tuple[str, str]:
    return (str(period["start"] or "")[:7], str(period["end"] or "")[:7])


def _like_values(a: float, b: float) -> bool:
    return abs(abs(a) - abs(b)) <= LIKE_VALUES * max(abs(a), abs(b), 1e-9)


def _like_names(a: str, b: str) -> bool:
    x, y = (set(_words(text)) - SMALL_WORDS for text in (a, b))
    return bool(x and y) and len(x & y) >= LIKE_NAMES * min(len(x), len(y))


def _on_quote(claim: Claim, quotes: Iterable[str]) -> bool:
    return any(_shared_words(claim["evidence"], quote) >= LIKE_WORDS for quote in quotes)


def _shared_words(a: str, b: str) -> float:
    x, y = Counter(_words(a)), Counter(_words(b))
    return _share((x & y).total(), min(x.total(), y.total()))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[.,]\d+)*", text.lower())


def _squashed(text: str) -> str:
    return " ".join(text.split())


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _row(cells: Sequence[str]) -> str:
    widths = [max(len(heading), 4) + 2 for heading in HEADINGS[1:]]
    figures = (f"{cell:>{width}}" for cell, width in zip(cells[1:], widths, strict=True))
    return f"  {cells[0]:<10}{''.join(figures)}"


if __name__ == "__main__":
    main()
