"""Folders of texts as they change from one refresh to the next: the same in every run for the same seed."""

import random
from collections.abc import Iterator
from pathlib import Path

from pipeline.contract.reference import seeds_folder

Folder = dict[str, bytes]

_KEPT = 7  # documents at a time: enough for every table to have rows, few enough to read in a second
_ADDED = "\n\nExports of {country} to Georgia came to ${millions} million in {year}, the customs service said.\n"
_COUNTRIES = ("Kazakhstan", "Armenia", "Uzbekistan", "Peru", "Türkiye")
_FAULTY = (b"\x00\x01\x02 no text", b"", "Экспорт".encode("cp1251") * 9, b"\xff\xfe\x00")


def histories(steps: int, seed: int) -> Iterator[Folder]:
    """The content of a folder at each step: texts are added, changed, renamed and removed, and some cannot be read."""
    choice = random.Random(seed)
    stock = [(path.name, path.read_bytes()) for path in sorted((seeds_folder() / "documents").glob("*.txt"))]
    choice.shuffle(stock)
    folder = dict(stock[:_KEPT])
    left = stock[_KEPT:]
    yield dict(folder)
    for step in range(1, steps):
        for change in choice.sample((_add, _change, _change, _rename, _remove, _spoil), 2):
            change(folder, left, choice, step)
        yield dict(folder)


def write(folder: Path, texts: Folder) -> None:
    """Makes a folder hold these files and no others. Files that hold this already are not touched."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in texts:
            path.unlink()
    for name, content in texts.items():
        path = folder / name
        if not path.exists() or path.read_bytes() != content:
            path.write_bytes(content)


def _add(folder: Folder, left: list[tuple[str, bytes]], choice: random.Random, step: int) -> None:
    if left:
        name, content = left.pop()
        folder[name] = content


def _change(folder: Folder, left: list[tuple[str, bytes]], choice: random.Random, step: int) -> None:
    name = choice.choice(sorted(folder))
    sentence = _ADDED.format(country=choice.choice(_COUNTRIES), millions=choice.randint(2, 900), year=2010 + step % 14)
    folder[name] += sentence.encode()


def _rename(folder: Folder, left: list[tuple[str, bytes]], choice: random.Random, step: int) -> None:
    name = choice.choice(sorted(folder))
    folder[f"renamed-{step}.txt"] = folder.pop(name)


def _remove(folder: Folder, left: list[tuple[str, bytes]], choice: random.Random, step: int) -> None:
    if len(folder) > 3:
        name = choice.choice(sorted(folder))
        left.insert(0, (name, folder.pop(name)))


def _spoil(folder: Folder, left: list[tuple[str, bytes]], choice: random.Random, step: int) -> None:
    folder[f"faulty-{step}.txt"] = choice.choice(_FAULTY)
