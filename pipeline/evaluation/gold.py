"""Reads annotated texts: a folder of `NAME.txt` with `NAME.gold.json` beside each, and which of them were left out of learning.

The reader is strict: what it does not know it refuses, since a field that is skipped would be scored as something else. What
annotations are compared with belongs to `matching`.
"""

import json
import math
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar, cast

from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import Meanings, Vocabulary, vocabulary
from pipeline.documents.decoding import decode
from pipeline.evaluation.errors import GoldError, GoldFolderError
from pipeline.evaluation.evaluation import ALL_FOLDERS
from pipeline.evaluation.likeness import has_words, squashed
from pipeline.evaluation.shapes import METADATA, Agreement, Claim, Codes, Event, GoldText, Period, Quantity
from pipeline.evaluation.told import EVENT

SUFFIX = ".gold.json"
LEFT_OUT = "left_out.toml"

T = TypeVar("T")


def gold_folders(folders: Iterable[Path]) -> list[Path]:
    """The folders that hold annotations: those given or, for one that holds none, the ones in it, sorted.

    Raises `GoldFolderError` for a folder that is none, and for one without annotations.
    """
    found: dict[Path, Path] = {}
    for folder in folders:
        if not folder.is_dir():
            raise GoldFolderError(f"{folder} is no folder; name one that holds annotated texts (NAME.txt and NAME{SUFFIX})")
        within = [folder] if _annotations(folder) else [path for path in sorted(folder.iterdir()) if _annotations(path)]
        if not within:
            raise GoldFolderError(f"{folder} holds no annotated texts: beside NAME.txt there must be NAME{SUFFIX}")
        for path in within:
            found.setdefault(path.resolve(), path)
    return [*found.values()]


def read_gold(folders: Iterable[Path]) -> list[GoldText]:
    """The annotated texts of folders, in the order of folders and names. Raises `GoldError` and `GoldFolderError`.

    A folder is called by its name; where two have the same, by as much of their paths as tells them apart.
    """
    paths = gold_folders(folders)
    names = _names_of(paths)
    for path, name in names.items():
        if name == ALL_FOLDERS:
            raise GoldFolderError(f"{path}: {name!r} is what all folders together are called; rename the folder")
    return [text for path in paths for text in _read_folder(path, names[path])]


def gold_files(folders: Iterable[Path]) -> list[Path]:
    """All files that the annotated texts of folders are read from. Raises `GoldFolderError`."""
    paths = gold_folders(folders)
    lists = {path.parent / LEFT_OUT for path in paths}
    found = [file for path in paths for file in path.iterdir() if file.is_file()]
    return sorted([*found, *(path for path in lists if path.is_file())])


def _annotations(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []


def _names_of(folders: Sequence[Path]) -> dict[Path, str]:
    parts = {folder: folder.resolve().parts for folder in folders}
    length = 1
    while len({parts[folder][-length:] for folder in folders}) < len({parts[folder] for folder in folders}):
        length += 1
    return {folder: "/".join(parts[folder][-length:]) for folder in folders}


def _read_folder(folder: Path, name: str) -> list[GoldText]:
    left_out = _left_out(folder)
    texts = [_read_text(path, name, left_out) for path in _annotations(folder)]
    unknown = sorted((left_out or frozenset()) - {text.name for text in texts})
    if unknown:
        raise GoldError(f"{folder.parent / LEFT_OUT}: [{folder.name}] names {unknown[0]}, which the folder does not hold")
    return texts


def _left_out(folder: Path) -> frozenset[str] | None:
    """The texts of a folder from which no rule was learnt, as `left_out.toml` beside it lists them; None without a list."""
    path = folder.parent / LEFT_OUT
    if not path.is_file():
        return None
    try:
        lists = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}: not TOML: {error}") from error
    for name, section in lists.items():
        _require_list(section, name, path)
    texts = lists[folder.name]["texts"] if folder.name in lists else []
    if texts == "all":
        return frozenset(path.name.removesuffix(SUFFIX) + ".txt" for path in _annotations(folder))
    return frozenset(texts)


def _require_list(section: Any, name: str, path: Path) -> None:
    """That a section of `left_out.toml` lists texts of a folder beside it, and nothing else."""
    texts = section.get("texts") if isinstance(section, dict) else None
    if texts != "all" and not (isinstance(texts, list) and all(isinstance(text, str) for text in texts)):
        raise GoldError(f'{path}: [{name}] must have texts = a list of file names, or "all"')
    unknown = sorted(section.keys() - {"texts"})
    if unknown:
        raise GoldError(f"{path}: [{name}] has {unknown[0]}; it may have texts only")
    if Path(name).name != name or not (path.parent / name).is_dir():
        raise GoldError(f"{path}: [{name}]: there is no folder of that name beside the list")


def _read_text(path: Path, folder: str, left_out: frozenset[str] | None) -> GoldText:
    fields = _Fields(_parsed(path), str(path), "")
    name = fields.text("doc")
    if Path(name).name != name:
        raise fields.fault("doc", f"{name!r} is no file name")
    content = _content(path.with_name(name), fields)
    claims = {kind: fields.items(kind, read) for kind, read in _READERS.items()}
    metadata = fields.object("metadata")
    text = GoldText(
        folder,
        name,
        content,
        {field: metadata.optional_text(field) for field in METADATA},
        claims,
        fields.texts("ignore"),
        None if left_out is None else name in left_out,
    )
    metadata.day_or_none("published_on")
    metadata.end()
    fields.end()
    _require_passages(text, path)
    return text


def _parsed(path: Path) -> Any:
    def without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field, value in pairs:
            if field in values:
                raise GoldError(f"{path}: {field}: stands twice in one object; keep one, or join their lists")
            values[field] = value
        return values

    if not path.is_file():
        raise GoldError(f"{path}: is no file, though named as an annotation; rename or remove it")
    limit = cast(int, read_toml("documents_limits.toml")["max_bytes"])
    if path.stat().st_size > limit:
        raise GoldError(f"{path}: larger than {limit} bytes; divide the annotation")
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=without_repeats)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{path}: not JSON in UTF-8: {error}") from error


def _content(path: Path, fields: "_Fields") -> bytes:
    if not path.is_file() or not path.resolve().is_relative_to(path.parent.resolve()):
        raise fields.fault("doc", f"there is no text {path.name} beside the annotation")
    return path.read_bytes()


def _require_passages(text: GoldText, path: Path) -> None:
    """That what is quoted stands in the text, white space aside; a text that cannot be decoded is for the reader to refuse."""
    decoded = decode(text.content)
    if not isinstance(decoded, str):
        return
    held = squashed(decoded)
    quoted = [(f"{kind}[{n}]", claim.passages) for kind, claims in text.claims.items() for n, claim in enumerate(claims)]
    for place, passages in [*quoted, ("ignore", text.debatable)]:
        for passage in passages:
            if squashed(passage) not in held:
                raise GoldError(f"{path}: {place}: the quote {_shortened(passage)!r} is not in {text.name}")
            if not has_words(passage):
                raise GoldError(f"{path}: {place}: the quote {_shortened(passage)!r} has no word")
    for n, claim in enumerate(text.claims["quantities"]):
        if isinstance(claim, Quantity) and squashed(claim.value_text) not in held:
            raise GoldError(f"{path}: quantities[{n}].value_text: {_shortened(claim.value_text)!r} is not in {text.name}")


def _shortened(passage: str) -> str:
    line = squashed(passage)
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


_SHOWN = 60


class _Fields:
    """The fields of one object of an annotation, taken one by one; what is left over at the end is a fault."""

    def __init__(self, value: Any, file: str, place: str) -> None:
        self._file = file
        self._place = place
        if not isinstance(value, dict):
            raise GoldError(
                f"{file}: {place.removesuffix('.')}: must be an object" if place else f"{file}: must hold one object, {{...}}"
            )
        self._values: Mapping[str, Any] = value
        self._taken: set[str] = set()

    def fault(self, field: str, what: str) -> GoldError:
        """The error that says what is wrong with a field."""
        return GoldError(f"{self._file}: {self._place}{field}: {what}")

    def end(self) -> None:
        """Refuses fields that nobody took."""
        unknown = sorted(self._values.keys() - self._taken)
        if unknown:
            raise self.fault(unknown[0], "no such field; the guideline of tests/gold names them all")

    def text(self, field: str) -> str:
        value = self._value(field)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(field, f"must be a text, not {value!r}")
        return value

    def optional_text(self, field: str) -> str | None:
        return None if self._value(field) is None else self.text(field)

    def number(self, field: str) -> float:
        value = self._value(field)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.fault(field, f"must be a number, not {value!r}")
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise self.fault(field, f"must be a finite number, not {_shortened(str(value))}")
        return number

    def texts(self, field: str) -> tuple[str, ...]:
        value = self._value(field)
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.fault(field, "must be a list of texts")
        return tuple(value)

    def code(self, field: str, codes: Meanings) -> str:
        value = self.text(field)
        if value not in codes:
            raise self.fault(field, f"{value!r} is no code of the vocabulary ({', '.join(sorted(codes)[:_MOST_NAMED])}...)")
        return value

    def optional_code(self, field: str, codes: Meanings) -> str | None:
        return None if self._value(field) is None else self.code(field, codes)

    def unit(self, field: str) -> str:
        value = self.text(field)
        if not vocabulary().is_unit(value):
            raise self.fault(
                field, f"{value!r} is no unit: a code of the vocabulary, a currency, or a rate of them such as t/yr"
            )
        return value

    def corridor(self, field: str) -> str | None:
        value = self.optional_text(field)
        if value is not None and not vocabulary().is_corridor(value):
            raise self.fault(field, f"{value!r} is no corridor: a code of the vocabulary, or a name in lower case")
        return value

    def places(self, field: str) -> Codes:
        values = self.texts(field)
        for value in values:
            if value not in vocabulary().places:
                raise self.fault(field, f"{value!r} is no code of a country or bloc")
        return frozenset(values)

    def period(self, field: str) -> Period:
        inner = self.object(field)
        period = Period(inner.day_or_none("start"), inner.day_or_none("end"))
        inner.end()
        if period.start and period.end and period.start > period.end:
            raise self.fault(field, f"starts on {period.start}, after its end on {period.end}")
        return period

    def day_or_none(self, field: str) -> date | None:
        value = self.optional_text(field)
        if value is None:
            return None
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:  # ISO 8601 has other forms, and days are compared as they are written
            raise self.fault(field, f"{value!r} is no day; write it as YYYY-MM-DD")
        return day

    def object(self, field: str) -> "_Fields":
        return _Fields(self._value(field), self._file, f"{self._place}{field}.")

    def items(self, field: str, read: Callable[["_Fields"], T]) -> tuple[T, ...]:
        value = self._value(field, [])
        if not isinstance(value, list):
            raise self.fault(field, "must be a list of objects")
        found = []
        for number, item in enumerate(value):
            fields = _Fields(item, self._file, f"{self._place}{field}[{number}].")
            found.append(read(fields))
            fields.end()
        return tuple(found)

    def _value(self, field: str, default: Any = ...) -> Any:
        self._taken.add(field)
        value = self._values.get(field, default)
        if value is ...:
            raise self.fault(field, "is missing")
        return value


_MOST_NAMED = 6


def _quantity(fields: _Fields) -> Claim:
    words = vocabulary()
    family = fields.code("family", words.families)
    if family not in ("trade", "freight"):
        raise fields.fault("family", f"{family!r} has no quantities; it is trade or freight")
    measures = {code: meaning for code, meaning in words.measures.items() if code != EVENT}
    claim = Quantity(
        **_grounds(fields, words),
        **_way(fields, words),
        value_text=fields.text("value_text"),
        family=family,
        indicator=fields.code("indicator", words.trade_indicators if family == "trade" else words.freight_indicators),
        measure=fields.code("measure", measures),
        low=fields.number("low"),
        high=fields.number("high"),
        bound=fields.code("bound", words.bounds),
        unit=fields.unit("unit"),
        reporter=fields.places("reporter"),
        partner=fields.places("partner"),
        attributed_to=fields.optional_text("attributed_to"),
    )
    if claim.low > claim.high:
        raise fields.fault("low", f"{claim.low:g} is above high, {claim.high:g}")
    return claim


def _agreement(fields: _Fields) -> Claim:
    words = vocabulary()
    return Agreement(
        **_grounds(fields, words),
        name=fields.optional_text("name"),
        form=fields.code("form", words.forms),
        subject=fields.code("subject", words.subjects),
        parties=fields.places("parties"),
        organisations=fields.texts("organisations"),
        status=fields.code("status", words.statuses),
        date=fields.period("date"),
        place=fields.optional_text("place"),
    )


def _event(fields: _Fields) -> Claim:
    words = vocabulary()
    return Event(
        **_grounds(fields, words),
        **_way(fields, words),
        kind=fields.code("kind", words.events),
        actor=fields.places("actor"),
    )


def _grounds(fields: _Fields, words: Vocabulary) -> dict[str, Any]:
    passages = (fields.text("quote"), *fields.texts("also"))
    return {"passages": passages, "modality": fields.code("modality", words.modalities)}


def _way(fields: _Fields, words: Vocabulary) -> dict[str, Any]:
    return {
        "origin": fields.places("origin"),
        "destination": fields.places("destination"),
        "corridor": fields.corridor("corridor"),
        "mode": fields.optional_code("mode", words.modes),
        "commodity": fields.optional_code("commodity", words.commodities),
        "period": fields.period("period"),
    }


_READERS: Mapping[str, Callable[[_Fields], Claim]] = {"quantities": _quantity, "agreements": _agreement, "events": _event}
