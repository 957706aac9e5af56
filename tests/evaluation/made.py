"""Annotated texts made for tests, and claims in the shape in which they are compared."""

import json
from pathlib import Path
from typing import Any

from pipeline.evaluation.shapes import Agreement, Event, Period, Quantity

QUOTE = "Kazakhstan exported wheat worth $1.2 billion to Uzbekistan in 2024."
SIGNED = "Kazakhstan and Uzbekistan signed an agreement on transit on 3 March 2025."
TEXT = f"Wheat sales\nAstana, 4 March 2025\n\n{QUOTE}\n\n{SIGNED}\n"
YEAR = {"start": "2024-01-01", "end": "2024-12-31"}
QUANTITY: dict[str, Any] = {
    "quote": QUOTE,
    "value_text": "$1.2 billion",
    "family": "trade",
    "indicator": "exports",
    "measure": "level",
    "low": 1.2e9,
    "high": 1.2e9,
    "bound": "exact",
    "unit": "USD",
    "reporter": ["KAZ"],
    "partner": ["UZB"],
    "origin": [],
    "destination": [],
    "corridor": None,
    "mode": None,
    "commodity": "wheat",
    "period": YEAR,
    "modality": "reported",
    "attributed_to": None,
    "also": [],
}
AGREEMENT: dict[str, Any] = {
    "quote": SIGNED,
    "name": None,
    "form": "agreement",
    "subject": "transport",
    "parties": ["KAZ", "UZB"],
    "organisations": [],
    "status": "signed",
    "modality": "reported",
    "date": {"start": "2025-03-03", "end": "2025-03-03"},
    "place": None,
    "also": [],
}
EVENT: dict[str, Any] = {
    "quote": SIGNED,
    "kind": "transit_permission",
    "actor": ["KAZ"],
    "origin": [],
    "destination": ["UZB"],
    "corridor": None,
    "mode": None,
    "commodity": None,
    "modality": "reported",
    "period": {"start": None, "end": None},
    "also": [],
}
METADATA = {"title": "Wheat sales", "author": None, "publisher": None, "published_on": "2025-03-04", "language": "en"}


def annotation(**changes: Any) -> dict[str, Any]:
    return {
        "doc": "wheat.txt",
        "metadata": METADATA,
        "quantities": [QUANTITY],
        "agreements": [AGREEMENT],
        "events": [],
        "ignore": [],
        **changes,
    }


def write(folder: Path, text: str = TEXT, name: str = "wheat", **changes: Any) -> Path:
    """Writes a text with its annotation; returns the annotation's path."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    path = folder / f"{name}.gold.json"
    path.write_text(json.dumps(annotation(**{"doc": f"{name}.txt", **changes})), encoding="utf-8")
    return path


def quantity(**changes: Any) -> Quantity:
    known: dict[str, Any] = {
        "passages": (QUOTE,),
        "value_text": "$1.2 billion",
        "family": "trade",
        "indicator": "exports",
        "measure": "level",
        "low": 1.2e9,
        "high": 1.2e9,
        "bound": "exact",
        "unit": "USD",
        "reporter": frozenset({"KAZ"}),
        "partner": frozenset({"UZB"}),
        "origin": frozenset(),
        "destination": frozenset(),
        "corridor": None,
        "mode": None,
        "commodity": "wheat",
        "period": Period(None, None),
        "modality": "reported",
        "attributed_to": None,
        "confidence": 0.75,
    }
    return Quantity(**{**known, **changes})


def agreement(**changes: Any) -> Agreement:
    known: dict[str, Any] = {
        "passages": (SIGNED,),
        "name": None,
        "form": "agreement",
        "subject": "transport",
        "parties": frozenset({"KAZ", "UZB"}),
        "organisations": (),
        "status": "signed",
        "modality": "reported",
        "date": Period(None, None),
        "place": None,
        "confidence": 0.75,
    }
    return Agreement(**{**known, **changes})


def event(**changes: Any) -> Event:
    known: dict[str, Any] = {
        "passages": (SIGNED,),
        "kind": "transit_permission",
        "actor": frozenset({"KAZ"}),
        "origin": frozenset(),
        "destination": frozenset({"UZB"}),
        "corridor": None,
        "mode": None,
        "commodity": None,
        "period": Period(None, None),
        "modality": "reported",
        "confidence": 0.75,
    }
    return Event(**{**known, **changes})
