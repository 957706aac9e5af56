"""What acronyms are said to stand for, over all texts; the single places are in `acronym_mentions`."""

from pipeline.contract.columns import count, day, text, texts, truth
from pipeline.contract.fields import Reference, Table

ACRONYMS = Table(
    "acronyms",
    "One row for each thing that an acronym is said to stand for. Spellings that differ by articles, hyphens, capitals, plural "
    "or kind of company are one.",
    (
        text("acronym", "The acronym, in the singular and without dots."),
        text("expansion", "What it is said to stand for, as most mentions spell it."),
        texts("spellings", "All spellings of it."),
        truth(
            "has_its_letters",
            "Whether the letters of the acronym are those of the expansion. If not, the texts tie the two all the same: as "
            "with names from another language, or wrongly.",
        ),
        count("documents", "Documents that say so."),
        texts("doc_ids", "These documents."),
        count("publishers", "Publishers that say so; documents without one count for none."),
        count("mentions", "Places where they say so."),
        day("first_told_on", "Publication of the first text that says so; NULL if no text has a day."),
        day("latest_told_on", "Publication of the latest text that says so; NULL if no text has a day."),
        truth(
            "conflicting",
            "Whether texts say that it stands for something else as well. An expansion with more or fewer words, or one that "
            "may be a translation (its letters are not the acronym's, and it shares a word), is nothing else.",
        ),
        texts("other_expansions", "What else it is said to stand for, the 20 commonest at most; empty unless conflicting."),
        text("mention_id", "The first mention; see acronym_mentions."),
    ),
    key=("acronym", "expansion"),
    references=(Reference("mention_id", "acronym_mentions", "mention_id"),),
)

TABLES: tuple[Table, ...] = (ACRONYMS,)
