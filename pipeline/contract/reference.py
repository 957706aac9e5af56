"""Reads the reference data under `seeds/reference/`: lexicons, code lists and thresholds.

What a lexicon means belongs to the module that uses it; where the files lie and how they are read belongs here.
"""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import tomli


@cache
def seeds_folder() -> Path:
    """The folder `seeds/`: beside the package in a checkout, inside it when installed from a wheel."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package.parent / "seeds", package / "seeds"):
        if (folder / "reference").is_dir():
            return folder
    raise FileNotFoundError(f"no seeds/reference folder beside or inside {package}")


def reference_path(name: str) -> Path:
    """The path of one reference file, for example `countries.csv`."""
    return seeds_folder() / "reference" / name


@cache
def read_toml(name: str) -> dict[str, Any]:
    """One reference file in TOML, read once; callers leave it as it is.

    Raises `FileNotFoundError` or `tomli.TOMLDecodeError`.
    """
    with reference_path(name).open("rb") as file:
        return tomli.load(file)


def read_rows(name: str) -> list[dict[str, str]]:
    """One reference file in CSV, as a list of rows keyed by the header. Lines that start with `#` are comments.

    Raises `FileNotFoundError`, or `ValueError` for a row with more or fewer cells than the header.
    """
    with reference_path(name).open(encoding="utf-8", newline="") as file:
        rows = csv.reader((line for line in file if line[0] != "#" and not line.isspace()), strict=True)
        header = next(rows)
        return [dict(zip(header, row, strict=True)) for row in rows]
