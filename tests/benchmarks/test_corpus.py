"""benchmarks/corpus.py makes large corpora, the same for the same seed."""

import re
from pathlib import Path

import pytest

from benchmarks.corpus import FARTHEST_REPEAT, Corpus, other_news, patterns
from pipeline.documents.document import Document
from pipeline.documents.reading import read_document, read_text
from pipeline.sources.raw import RawText

CORPUS = Corpus()
SOME = 40


def test_a_text_is_a_function_of_seed_number_and_edition() -> None:
    again = Corpus()
    assert list(CORPUS.texts(SOME)) == list(again.texts(SOME))
    assert [again.text(number) for number in reversed(range(SOME))] == [*reversed(list(CORPUS.texts(SOME)))]
    assert CORPUS.text(3) != Corpus(seed=2).text(3)


def test_the_texts_of_a_seed_stay_what_they_are_in_every_process() -> None:
    told = "\n".join(CORPUS.texts(5))
    assert 5 * 800 < len(told) < 5 * 8_000
    assert "Random" not in told  # no slot is left open


def test_no_two_texts_are_alike() -> None:
    assert len(set(Corpus(repeats=0).texts(500))) == 500


def test_another_edition_has_the_same_words_with_other_figures() -> None:
    changed = [number for number in range(SOME) if CORPUS.text(number) != CORPUS.text(number, edition=1)]
    assert len(changed) > SOME * 0.9
    for number in changed:
        first, second = (re.sub(r"\d", "", CORPUS.text(number, edition)) for edition in (0, 1))
        assert len(first) == pytest.approx(len(second), abs=10)


def test_texts_are_as_long_as_asked_on_average() -> None:
    lengths = [len(text) for text in CORPUS.texts(400)]
    assert sum(lengths) / len(lengths) == pytest.approx(2_500, rel=0.15)
    assert max(lengths) > 2 * min(lengths)


def test_every_text_can_be_read_and_is_english_with_a_title() -> None:
    for number, text in enumerate(CORPUS.texts(SOME)):
        found = read_document(RawText("made", f"made/{number}", f"{number}.txt", text.encode()))
        assert isinstance(found, Document)
        assert found.language == "en"
        assert found.sentences


def test_a_share_of_the_texts_is_about_other_matters() -> None:
    words = {part for pattern in other_news() for one in pattern.body for part in one.parts if isinstance(part, str)}
    long = {part for part in words if len(part) > 60}

    def share(silent: float) -> float:
        texts = list(Corpus(silent=silent, repeats=0).texts(100))
        return sum(any(part in text for part in long) for text in texts) / len(texts)

    assert (share(0), share(1)) == (0, 1)
    assert share(0.4) == pytest.approx(0.4, abs=0.15)


def test_a_share_of_the_texts_repeats_an_earlier_one() -> None:
    texts = list(Corpus(repeats=0.3).texts(100))
    repeats = [
        place
        for place, text in enumerate(texts)
        if any(earlier.startswith(text.rstrip()[:600]) for earlier in texts[max(0, place - FARTHEST_REPEAT) : place])
    ]
    assert len(repeats) / len(texts) == pytest.approx(0.3, abs=0.12)


def test_countries_years_and_figures_move(tmp_path: Path) -> None:
    slots = [part for pattern in patterns() for one in pattern.body for part in one.parts if not isinstance(part, str)]
    assert {slot.kind for slot in slots} == {"number", "day", "year", "iso", "month", "country"}
    assert len(slots) > 3_000


def test_a_corpus_is_written_as_files_that_can_be_written_again_in_part(tmp_path: Path) -> None:
    characters = CORPUS.write(tmp_path, 20)
    files = sorted(tmp_path.rglob("*.txt"))
    assert [file.read_text(encoding="utf-8") for file in files] == list(CORPUS.texts(20))
    assert characters == sum(map(len, CORPUS.texts(20)))
    CORPUS.write(tmp_path, 20, edition=1, every=10)
    changed = [file.read_text(encoding="utf-8") == text for file, text in zip(files, CORPUS.texts(20), strict=True)]
    assert changed.count(False) == 2
    assert read_text(files[1].read_text(encoding="utf-8")).text == CORPUS.text(1)
