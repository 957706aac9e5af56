"""Where the time of an extraction goes, and what it could not fall below.

    python -m benchmarks.run --only floor

Processor time by part, measured from outside: what is told is the time within the functions named, without that within other
parts. The floor is reckoned from the parts that every way of extracting needs: decoding the bytes, going over each text once
with each of the automata and patterns that find marks, and laying down the rows.
"""

import cProfile
import io
import pstats
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl

from benchmarks.extraction import Texts, in_batches, texts_of, whole
from benchmarks.results import Section, count, table
from pipeline.contract.reference import reference_path
from pipeline.contract.tables import TRADE_CLAIMS
from pipeline.documents.identification import language_of

Function = tuple[str, int, str]

PACKAGE = Path(__file__).resolve().parents[1] / "pipeline"
# Part -> what its modules are called, the first that fits; the rest of a package after its modules.
PARTS: Mapping[str, tuple[str, ...]] = {
    "reading": ("documents/", "sources/"),
    "marks: names": ("language/names", "language/phrases", "language/acronyms"),
    "marks: quantities": ("language/quantit", "language/num", "language/units"),
    "marks: dates": ("language/dates",),
    "marks: other": ("language/",),
    "claims: quantities": ("claims/quantities/",),
    "claims: events": ("claims/events/",),
    "claims: agreements": ("claims/agreements/",),
    "claims: tables in texts": ("claims/tables/",),
    "claims: slots (sides, periods, goods, modality)": ("claims/slots/",),
    "claims: context (clauses, scene, anaphora)": ("claims/context/",),
    "frames": ("claims/frames", "orchestration/", "claims/version"),
    "validation": ("claims/validation", "contract/"),
    "claims: other": ("claims/",),
}
OTHER = "other"
MOST_STEPS = 60  # from a library's function to whoever called it first


def floor(characters: int) -> Section:
    """Profiles a whole extraction, and measures what any would need."""
    warm, texts, plain = (texts_of(characters, 200 + number) for number in range(3))
    _run(warm)
    parts = _by_part(texts)
    total = sum(parts.values())
    began = time.process_time()
    _run(plain)
    rate = plain.characters / (time.process_time() - began)
    needed = _needed(plain)
    least = sum(needed.values())
    rows = [(part, f"{spent / total:.0%}") for part, spent in sorted(parts.items(), key=lambda one: -one[1])]
    floor_rows = [(part, count(plain.characters / spent)) for part, spent in needed.items()]
    text = f"""\
{count(characters)} characters, extracted whole, at {count(rate)} characters a second of processor time. By part, each with the
library calls it makes and without other parts (a profiler runs along and makes many small calls look dearer than they are):

{table(("part", "share"), rows)}
What any extraction of this kind does at least, in characters a second when alone:

{table(("least work", "characters a second a core"), floor_rows)}
Together these allow {count(plain.characters / least)} characters a second: the floor of a design that goes over each text once
for each kind of mark, in compiled code. What lies between is rules that look at what marks stand near each other, which is
Python.
"""
    shares = {part: spent / total for part, spent in parts.items()}
    return Section("floor", "Where the time goes", text, {"shares": shares, "rate": rate, "floor": plain.characters / least})


def _run(texts: Texts) -> int:
    return sum(whole(batch) for batch in in_batches(texts.raw))


def _by_part(texts: Texts) -> dict[str, float]:
    """Seconds by part. What a library takes counts for the parts that call it, by how long they did."""
    profile = cProfile.Profile(time.process_time)
    profile.runcall(_run, texts)
    stats = pstats.Stats(profile).stats  # type: ignore[attr-defined]
    waiting = {function: told[2] for function, told in stats.items()}
    spent: dict[str, float] = {}
    for _ in range(MOST_STEPS):
        above: dict[Function, float] = {}
        for function, time_of_it in waiting.items():
            part = _part(function[0])
            callers = {} if part else stats[function][4]
            total = sum(told[3] for told in callers.values())
            if part or not total:
                spent[part or OTHER] = spent.get(part or OTHER, 0.0) + time_of_it
                continue
            for caller, told in callers.items():
                above[caller] = above.get(caller, 0.0) + time_of_it * told[3] / total
        waiting = above
    spent[OTHER] = spent.get(OTHER, 0.0) + sum(waiting.values())
    return spent


def _part(file: str) -> str | None:
    path = Path(file)
    if not path.is_relative_to(PACKAGE):
        return None
    inside = path.relative_to(PACKAGE).as_posix()
    return next((part for part, names in PARTS.items() if inside.startswith(names)), OTHER)


def _needed(texts: Texts) -> dict[str, float]:
    """Seconds of the least work."""
    import ahocorasick_rs  # noqa: PLC0415 - only here

    lines = reference_path("cities.csv").read_text(encoding="utf-8").splitlines()
    names = sorted({line.rsplit(",", 1)[-1].split("|")[0] for line in lines if line and not line.startswith("#")})
    automaton = ahocorasick_rs.AhoCorasick(names, matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    contents = [raw.content for raw in texts.raw]
    told = [document.text for document in texts.documents]
    rows = [dict.fromkeys(TRADE_CLAIMS.columns, "") for _ in range(_run(texts))]
    tasks: dict[str, Callable[[], object]] = {
        "decode the bytes": lambda: [content.decode() for content in contents],
        "tell the language": lambda: [language_of(text) for text in told],
        "divide into sentences: one pattern": lambda: [_SENTENCE.findall(text) for text in told],
        "names: one automaton of ten thousand": lambda: [automaton.find_matches_as_indexes(text) for text in told],
        "quantities and dates: one pattern": lambda: [_NUMBER.findall(text) for text in told],
        "cues: one automaton of as many words": lambda: [automaton.find_matches_as_indexes(text.lower()) for text in told],
        "lay down as many rows as there are claims": lambda: pl.DataFrame(rows).write_parquet(io.BytesIO(), compression="zstd"),
    }
    return {name: max(min(_cpu(task) for _ in range(3)), 1e-6) for name, task in tasks.items()}


_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?\n]+|$)")
_NUMBER = re.compile(r"\b(?:\d[\d.,]*|January|March|June|one|two|three|last|this)\b(?:[ -](?:\w+))?")


def _cpu(task: Callable[[], object]) -> float:
    began = time.process_time()
    task()
    return time.process_time() - began
