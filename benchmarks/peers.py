"""Beside what a user could install instead: quantulum3 for quantities, dateparser for dates, spaCy as the cost of just parsing.

    python -m benchmarks.run --only peers

All run over the same texts one after the other, on one core, by the time of the processor. They live in an environment of their
own, made from `peers.txt` in `benchmarks/.cache` on first use; where that cannot be made, what is missing is said in place of
figures. What they find is held against public sets (`accuracy.py` says where they lie) by the measures that `quantities.py` and
`dates.py` use for this project.
"""

import hashlib
import json
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import dates, quantities
from benchmarks.accuracy import PUBLIC
from benchmarks.extraction import in_batches, texts_of, whole
from benchmarks.results import Section, count, table
from pipeline.documents.reading import read_document
from pipeline.language.dates import find_dates
from pipeline.language.marks import QuantityMark
from pipeline.language.quantities import find_quantities

WANTED = Path(__file__).with_name("peers.txt")
WORKER = Path(__file__).with_name("peers_worker.py")
HOW = "install what `benchmarks/peers.txt` lists into an environment and name its interpreter in CORRIDOR_PEERS"
_ENTITIES: Mapping[str, Callable[[str], bool]] = {
    "currency": lambda entity: entity == "currency",
    "dimension": lambda entity: entity not in ("currency", "dimensionless"),
    "quantities": lambda entity: True,  # noqa: ARG005
}


def peers(characters: int, cache: Path, public: Path = PUBLIC) -> Section:
    """Measures all that can be had."""
    texts = texts_of(characters, 300)
    told = [document.text for document in texts.documents]
    judged = {name: list(_texts_of_set(public / f"{name}.jsonl")) for name in quantities.SETS}
    dated = _dated(public / "datetime.jsonl")
    asked = {
        "texts": told,
        "quantities": [text for name in quantities.SETS for text in judged[name]],
        "dates": [(text, base) for text, base in dated],
    }
    interpreter = environment(cache)
    found = _run(interpreter, asked) if interpreter else {}
    own = _own(texts, told)
    rows = [*_rows(found, own["rates"]), *((name, count(rate), "") for name, rate in own["rates"].items())]
    scores = _scores(found, judged, public)
    text = f"""\
{count(sum(map(len, told)))} characters of generated texts, the same for all, in one run, on one core.

{table(("what runs", "characters a second a core", "Corridor is so many times as fast"), rows)}
{_missing(found)}{_told_scores(scores)}
"""
    rates = {name: one["characters"] / one["seconds"] for name, one in found.items() if "seconds" in one}
    return Section("peers", "Beside other libraries", text, {"rates": {**rates, **own["rates"]}, "scores": scores})


# The environment --------------------------------------------------------------------------------------------------------


def environment(cache: Path) -> Path | None:
    """The interpreter of an environment that has what is wanted; None where none can be made."""
    if named := os.environ.get("CORRIDOR_PEERS"):
        return Path(named)
    place = cache / f"peers-{hashlib.sha256(WANTED.read_bytes()).hexdigest()[:12]}"
    interpreter = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (place / "ready").exists():
        return interpreter
    try:
        venv.create(place, with_pip=True, clear=True)
        options = ("--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--requirement")
        subprocess.run([interpreter, "-m", "pip", "install", *options, WANTED], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"no other libraries to hold against: {error}", file=sys.stderr)
        return None
    (place / "ready").touch()
    return interpreter


def _run(interpreter: Path, asked: Mapping[str, Any]) -> dict[str, Any]:
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    one_thread = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
    ended = subprocess.run(
        [interpreter, WORKER],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        env={**clean, **one_thread},
        check=False,
    )
    if ended.returncode:
        print(f"the other libraries failed: {ended.stderr.strip()[-1000:]}", file=sys.stderr)
        return {}
    return dict(json.loads(ended.stdout))


# Speed ------------------------------------------------------------------------------------------------------------------

_BESIDE = {
    "quantulum3": "Corridor: quantities",
    "dateparser": "Corridor: dates",
    "spacy": "Corridor: whole extraction",
}
_DOES = {
    "quantulum3": "finds quantities",
    "dateparser": "`search_dates`, finds dates",
    "spacy": "parses",
}


def _own(texts: Any, told: Sequence[str]) -> dict[str, dict[str, float]]:
    tasks: dict[str, Callable[[], object]] = {
        "Corridor: quantities": lambda: [find_quantities(text) for text in told],
        "Corridor: dates": lambda: [find_dates(one.text, one.published_on) for one in texts.documents],
        "Corridor: reading": lambda: [read_document(raw) for raw in texts.raw],
        "Corridor: whole extraction": lambda: [whole(batch) for batch in in_batches(texts.raw)],
    }
    rates = {}
    warm = texts_of(20_000, 301)
    [whole(batch) for batch in in_batches(warm.raw)]
    for name, task in tasks.items():
        began = time.process_time()
        task()
        rates[name] = sum(map(len, told)) / (time.process_time() - began)
    return {"rates": rates}


def _rows(found: Mapping[str, Any], own: Mapping[str, float]) -> Iterator[tuple[str, str, str]]:
    for name, one in found.items():
        if "seconds" not in one:
            continue
        rate = one["characters"] / one["seconds"]
        model = f", {one['model']} {one['model_version']}".rstrip() if "model" in one else ""
        yield f"{name} {one['version']}{model}: {_DOES[name]}", count(rate), f"{own[_BESIDE[name]] / rate:.1f}"


def _missing(found: Mapping[str, Any]) -> str:
    lacking = [name for name in _BESIDE if "seconds" not in found.get(name, {})]
    return f"Not measured, since it is not at hand: {', '.join(lacking)}; {HOW}.\n\n" if lacking else ""


# What is found ----------------------------------------------------------------------------------------------------------


def _texts_of_set(path: Path) -> Iterator[str]:
    if path.exists():
        yield from (json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines())


def _dated(path: Path) -> list[tuple[str, str | None]]:
    if not path.exists():
        return []
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [(row["text"], row["ref"][:10] if row["ref"] else None) for row in rows]


def _scores(found: Mapping[str, Any], judged: Mapping[str, Sequence[str]], public: Path) -> dict[str, dict[str, float]]:
    """Set -> who -> F1 of quantities by value, or the share of dates found with their value."""
    scores: dict[str, dict[str, float]] = {}
    told = iter(found.get("quantulum3", {}).get("judged", ()))
    for name in quantities.SETS:
        if not judged[name]:
            continue
        path = public / f"{name}.jsonl"
        scores[name] = {"Corridor": quantities.scored(list(quantities.cases(name, path))).value}
        marks = [_marks(name, one) for one in islice(told, len(judged[name]))]
        if marks:
            finder = dict(zip(judged[name], marks, strict=True))
            scores[name]["quantulum3"] = quantities.scored(list(quantities.cases(name, path, finder.__getitem__))).value
    if (public / "datetime.jsonl").exists():
        path = public / "datetime.jsonl"
        scores["dates"] = {"Corridor": dates.scores(list(dates.cases(path)))["dates"].right}
        if judgements := found.get("dateparser", {}).get("judged"):
            scores["dates"]["dateparser"] = _share_of_dates(path, judgements)
    return scores


def _marks(name: str, told: Sequence[Sequence[Any]]) -> list[QuantityMark]:
    """What quantulum3 told of a text in the shape of this project's marks."""
    return [
        QuantityMark(start, end, "", low, high, unit, "exact", None, "money" if entity == "currency" else "measure", start, end)
        for start, end, low, high, unit, entity in told
        if _ENTITIES[name](entity)
    ]


def _share_of_dates(path: Path, judgements: Sequence[Sequence[Sequence[str]]]) -> float:
    """The share of labelled dates with their words and their value among what was told."""
    right = labelled = 0
    for line, told in zip(path.read_text(encoding="utf-8").splitlines(), judgements, strict=True):
        row = json.loads(line)
        found = {(dates.stripped(words), date.fromisoformat(day)) for words, day in told}
        for label in row["results"]:
            if dates.KINDS.get(label["type"]) != "dates":
                continue
            labelled += 1
            words = dates.stripped(row["text"][label["start"] : label["end"] + 1])
            right += any((words, dates.day(value.get("value"))) in found for value in label["resolution"]["values"])
    return right / max(labelled, 1)


def _told_scores(scores: Mapping[str, Mapping[str, float]]) -> str:
    if not scores:
        return "The public sets are not at hand, so what is found is not compared."
    rows = [(name, who, f"{value:.2f}") for name, of_set in scores.items() for who, value in of_set.items()]
    return f"""\
What is found on public sets, each finder by itself: of quantities F1 by value (by value and unit: [ACCURACY.md](ACCURACY.md)),
of dates the share found with their words and day. The set `quantities` is quantulum3's own.

{table(("set", "finder", "score"), rows)}"""
