"""An evaluation: judged texts, and their figures by folder and by whether rules were learnt from the texts.

Its rows in the published file belong to `tables`, its comparison with floors to `floors`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.evaluation.causes import Cause, causes
from pipeline.evaluation.figures import Report, report
from pipeline.evaluation.matching import JudgedText, judge
from pipeline.evaluation.shapes import GoldText, ToldText

ALL_FOLDERS = "all folders"
ALL, LEARNT, LEFT_OUT = "all", "learnt", "left_out"


@dataclass(frozen=True)
class Evaluation:
    """The outcome for annotated texts, by the version of the extractor that told the claims."""

    texts: tuple[JudgedText, ...]
    extractor_version: str

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders of the texts, in the order in which they were given."""
        return tuple(dict.fromkeys(judged.text.folder for judged in self.texts))

    @cached_property
    def whole(self) -> Report:
        """The figures of all texts together."""
        return report(self.texts)

    @cached_property
    def by_folder(self) -> Mapping[str, Report]:
        """The figures of each folder."""
        return {folder: report(self.of(folder)) for folder in self.folders}

    @cached_property
    def causes(self) -> list[Cause]:
        """The causes of mistakes, the most frequent first: not of texts left out, whose mistakes nobody is to learn from."""
        return causes([judged for judged in self.texts if judged.text.left_out is not True])

    @property
    def kept_back(self) -> int:
        """How many texts were left out, whose mistakes are not listed."""
        return sum(judged.text.left_out is True for judged in self.texts)

    def reports(self) -> Iterator[tuple[str, str, Report]]:
        """Folder, selection of its texts, and their figures: each folder and all of them together; all texts, and where it is
        known, those that rules were learnt from and those left out.
        """
        for folder in (ALL_FOLDERS, *self.folders):
            for selection in (ALL, LEARNT, LEFT_OUT):
                texts = self.of(folder, selection)
                if texts:
                    yield folder, selection, report(texts)

    def told_apart(self) -> Iterator[tuple[str, str, Report]]:
        """As `reports`, without repeats: a folder all of whose texts were left out, or learnt from, has that report only."""
        reports = list(self.reports())
        for folder in (ALL_FOLDERS, *self.folders):
            whole, *parts = [one for one in reports if one[0] == folder]
            yield from parts if len(parts) == 1 and parts[0][2].texts == whole[2].texts else (whole, *parts)

    def of(self, folder: str, selection: str = ALL) -> Sequence[JudgedText]:
        """The texts of a folder, or of all folders: all, learnt or left out."""
        wanted = {ALL: (True, False, None), LEARNT: (False,), LEFT_OUT: (True,)}[selection]
        return [
            judged for judged in self.texts if folder in (ALL_FOLDERS, judged.text.folder) and judged.text.left_out in wanted
        ]


def evaluate(pairs: Iterable[tuple[GoldText, ToldText]], extractor_version: str) -> Evaluation:
    """Judges what is told of each text."""
    return Evaluation(tuple(judge(text, told) for text, told in pairs), extractor_version)
