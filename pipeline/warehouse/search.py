"""Finds sentences that carry claims by words, and narrows them by what the claims are about.

Ranking is BM25 over the index that `full_text` builds; how finds look on a screen belongs to the command line. What is
searched for reaches DuckDB as parameters only.
"""

import calendar
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import duckdb

from pipeline.contract.tables import CLAIM_TABLES
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.names import find_names
from pipeline.warehouse.errors import SearchRefusedError, SearchUnavailableError
from pipeline.warehouse.full_text import INDEX, STEMMER, has_index, load_full_text, stems, word_of_code
from pipeline.warehouse.queries import open_published, records
from pipeline.warehouse.wording import summary

MOST_CHARACTERS = 1_000  # of a query; beyond that it is no query
_WORD = re.compile(r"[^\W_]+")
_CODED = frozenset({"country", "bloc", "corridor", "commodity"})
_NAMING = frozenset({"name", "adjective", "people"})  # not a capital or a leader: they are looked for as themselves
_K, _B = 1.2, 0.75  # how much the count of a word, and the length of a sentence, weigh: what the index takes if not told
_Place = tuple[str, int]  # of a claim: its family, and its row in the table of that
_TIME = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Filters:
    """What a claim must be about besides the words: all of `countries` (codes or names), and one of each other kind.

    `period` is `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or two of them with `..` between; a claim is within if its own period meets it.
    """

    family: str | None = None
    countries: tuple[str, ...] = ()
    period: str | None = None
    modality: str | None = None
    indicator: str | None = None

    @property
    def any(self) -> bool:
        """Whether there is one."""
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Find:
    """A sentence with the claims in it that pass the filters, the one that fits the words best first.

    `summary` is what that claim says. `marks` are where words of the query, or other names of what they name, stand in
    `evidence`: half-open, in code points, in order.
    """

    score: float
    claim_ids: tuple[str, ...]
    family: str
    summary: str
    published_on: date | None
    publisher: str | None
    title: str | None
    uri: str
    evidence: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Finds:
    """The best `finds`, how many sentences hold any of the words (`matching`), how many of them pass the filters (`passing`),
    and how many sentences and documents were searched.
    """

    finds: tuple[Find, ...]
    matching: int
    passing: int
    sentences: int
    documents: int


@dataclass(frozen=True)
class _Query:
    """The words of a query with the codes that they name."""

    words: tuple[str, ...]
    codes: frozenset[str] = field(default_factory=frozenset)

    @property
    def asked(self) -> str:
        return " ".join((*self.words, *map(word_of_code, sorted(self.codes))))


def search(warehouse: Path, text: str, filters: Filters | None = None, limit: int = 10) -> Finds:
    """The `limit` sentences that the words of `text` rank highest.

    Raises `SearchRefusedError` when there is no word to look for or a filter names nothing, `SearchUnavailableError` without
    the extension or an index, and `NotPublishedError`.
    """
    filters = filters or Filters()
    query = _query(text.encode("utf-8", "replace").decode())
    narrowed = _conditions(filters)
    with open_published(warehouse, load_full_text) as connection:
        if not has_index(connection):
            raise SearchUnavailableError(
                f"{warehouse} was published without an index for search; `corridor refresh` makes one if DuckDB's full-text"
                " extension is installed"
            )
        connection.execute(_MATCHING, [query.asked])
        connection.execute(_passing(narrowed), list(narrowed.values()))
        connection.execute(_BEST, {"most": limit})
        rows = records(connection, _claims_of_best(narrowed), list(narrowed.values()))
        counts = records(connection, _COUNTS)[0]
        claims = _claims(connection, (place for row in rows for place in _places(row)))
        wanted = set(stems(connection, query.words).values())
        said = stems(connection, (word for claim in claims.values() for word in _WORD.findall(claim["evidence"])))
    words = {word for word, stem in said.items() if stem in wanted}
    return Finds(tuple(_find(row, [claims[place] for place in _places(row)], query, words) for row in rows), **counts)


# What is looked for -------------------------------------------------------------------------------------------------


def _query(text: str) -> _Query:
    if len(text) > MOST_CHARACTERS:
        raise SearchRefusedError(f"search for a few words; this is a text of {len(text):,} characters")
    words = tuple(dict.fromkeys(_WORD.findall(text)))
    if not words:
        raise SearchRefusedError(f"there is no word to search for in {text!r}")
    return _Query(words, frozenset(_codes(text, words)))


def _codes(text: str, words: Iterable[str]) -> Iterable[str]:
    """The codes of what a query names, also where nothing is capitalised; a code may be given itself."""
    for mark in (*find_names(text), *find_names(text.title())):
        if mark.kind in _CODED and mark.form in _NAMING:
            yield from mark.codes
    known = vocabulary()
    for word in words:
        if word in known.places or word in known.corridors:
            yield word
        elif word.upper() in known.blocs or word.upper() in known.corridors:
            yield word.upper()


def _conditions(filters: Filters) -> dict[str, object]:
    """SQL conditions on claims with the value that each takes."""
    conditions: dict[str, object] = {}
    if filters.family:
        conditions["told.family = ?"] = _known(filters.family, CLAIM_TABLES, "a family")
    if filters.countries:
        conditions["list_has_all(told.places, ?::VARCHAR[])"] = [country_code(name) for name in filters.countries]
    if filters.modality:
        conditions["told.modality = ?"] = _known(filters.modality, vocabulary().modalities, "a modality")
    if filters.indicator:
        known = vocabulary()
        indicators = (*known.trade_kinds, *known.freight_kinds, *known.statuses)
        conditions["told.indicator = ?"] = _known(filters.indicator, indicators, "an indicator")
    if filters.period:
        start, end = time_span(filters.period)
        # What holds from a day on, or is due by one, counts for that day: how long it holds is not told.
        conditions["coalesce(told.period_end, told.period_start) >= ?"] = start
        conditions["coalesce(told.period_start, told.period_end) <= ?"] = end
    return conditions


def _known(given: str, codes: Iterable[str], what: str) -> str:
    there = list(dict.fromkeys(codes))
    if given in there:
        return given
    near = get_close_matches(given.lower(), there, n=3)
    meant = f"perhaps {' or '.join(near)} is meant; " if near and len(near) < len(there) else ""
    raise SearchRefusedError(f"{given!r} is not {what}; {meant}there are {', '.join(there)}")


def country_code(name: str) -> str:
    """The code of a country or bloc, given by it or by a name. Raises `SearchRefusedError`."""
    places = vocabulary().places
    if name.upper() in places:
        return name.upper()
    by_meaning = {_folded(meaning): code for code, meaning in places.items() if meaning}
    name = name.encode("utf-8", "replace").decode()
    if _folded(name) in by_meaning:
        return by_meaning[_folded(name)]
    for text in (name, name.title()):
        for mark in find_names(text):
            if mark.kind in ("country", "bloc") and len(mark.codes) == 1 and (mark.start, mark.end) == (0, len(text)):
                return mark.codes[0]
    near = [by_meaning[meaning] for meaning in get_close_matches(_folded(name), by_meaning, n=2)]
    named = " or ".join(f"{places[code]} ({code})" for code in near)
    hint = f"did you mean {named}?" if named else "give its name or ISO 3166 code"
    raise SearchRefusedError(f"{name!r} is no country or bloc that is known; {hint}")


def place_meant(name: str) -> str | None:
    """The country or bloc that a name is read as, where that is neither its code nor what it is called here.

    Raises `SearchRefusedError`.
    """
    code = country_code(name)
    meaning = vocabulary().places[code]
    return None if name.upper() == code or _folded(name) == _folded(meaning) else meaning or code


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def time_span(period: str) -> tuple[date, date]:
    """First and last day of `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or of two with `..` between. Raises `SearchRefusedError`."""
    first, dots, last = period.partition("..")
    try:
        start, end = _span(first), _span(last if dots else first)
    except ValueError:
        raise SearchRefusedError(
            f"{period!r} is no period; write it as 2024, 2024-05, 2024-05-31 or 2023-07..2024-06"
        ) from None
    if end[1] < start[0]:
        raise SearchRefusedError(f"the period {period} ends before it begins")
    return start[0], end[1]


def _span(text: str) -> tuple[date, date]:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    year, month, day = (None if part is None else int(part) for part in match.groups())
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


# What is found ------------------------------------------------------------------------------------------------------

# What `match_bm25` of the index would give, without a look at each sentence that holds none of the words.
_MATCHING = f"""
CREATE TEMP TABLE matching AS
WITH asked AS (
    SELECT termid, df
    FROM {INDEX}.dict
    WHERE term IN (SELECT stem(unnest({INDEX}.tokenize(?)), '{STEMMER}'))
),

counted AS (
    SELECT docid, termid, count(*) AS tf
    FROM {INDEX}.terms
    WHERE termid IN (SELECT termid FROM asked)
    GROUP BY docid, termid
)

SELECT docs.name AS sentence_id,
    sum(
        log((num_docs - df + 0.5) / (df + 0.5) + 1)
        * tf * ({_K} + 1) / (tf + {_K} * (1 - {_B} + {_B} * docs.len / avgdl))
    ) AS score
FROM counted
JOIN asked USING (termid)
JOIN {INDEX}.docs USING (docid)
CROSS JOIN {INDEX}.stats
GROUP BY docs.name
"""

# Claims by their place, with what they can be narrowed by.
_TOLD = """
told AS (
    SELECT 'trade' AS family, rowid AS place, doc_id, evidence_start, evidence_end, indicator, modality,
        reporter || partner || origin || destination AS places, period_start, period_end
    FROM trade_claims
    UNION ALL
    SELECT 'freight', rowid, doc_id, evidence_start, evidence_end, indicator, modality,
        reporter || partner || origin || destination, period_start, period_end
    FROM freight_claims
    UNION ALL
    SELECT 'agreement', rowid, doc_id, evidence_start, evidence_end, status, modality, parties, date_start, date_end
    FROM agreement_claims
)
"""


def _passing(conditions: Mapping[str, object]) -> str:
    """Makes a table of the sentences that hold a claim which meets all `conditions`; each holds one, so that all pass if there
    are none.
    """
    if not conditions:
        return "CREATE TEMP VIEW passing AS FROM matching"
    return f"""
CREATE TEMP TABLE passing AS
WITH {_TOLD}

SELECT DISTINCT matching.sentence_id, matching.score
FROM told
JOIN sentences ON sentences.doc_id = told.doc_id
    AND sentences.evidence_start = told.evidence_start AND sentences.evidence_end = told.evidence_end
JOIN matching ON matching.sentence_id = sentences.sentence_id
WHERE {" AND ".join(conditions)}
"""


# Those that rank like the last one are among the candidates: of equals the latest count.
_BEST = """
CREATE TEMP TABLE best AS
WITH highest AS (
    SELECT min(score) AS least_score FROM (SELECT score FROM passing ORDER BY score DESC LIMIT $most)
),

candidates AS (
    SELECT passing.sentence_id, passing.score
    FROM passing
    JOIN highest ON passing.score >= highest.least_score
)

SELECT candidates.score, sentences.*, documents.published_on, documents.publisher, documents.title, documents.uri
FROM candidates
JOIN sentences ON sentences.sentence_id = candidates.sentence_id
JOIN documents ON documents.doc_id = sentences.doc_id
ORDER BY candidates.score DESC, documents.published_on DESC NULLS LAST, candidates.sentence_id
LIMIT $most
"""


def _claims_of_best(conditions: Mapping[str, object]) -> str:
    """Asks for the best sentences and the places of the claims in each that meet all `conditions`."""
    return f"""
WITH {_TOLD},

told_in_best AS (
    SELECT best.sentence_id, list({{'family': family, 'place': place}}) AS claims
    FROM told
    JOIN best ON best.doc_id = told.doc_id
        AND best.evidence_start = told.evidence_start AND best.evidence_end = told.evidence_end
    WHERE {" AND ".join(conditions) or "true"}
    GROUP BY best.sentence_id
)

SELECT best.*, told_in_best.claims
FROM best
JOIN told_in_best ON told_in_best.sentence_id = best.sentence_id
ORDER BY best.score DESC, best.published_on DESC NULLS LAST, best.sentence_id
"""


_COUNTS = """
SELECT (SELECT count(*) FROM matching) AS matching, (SELECT count(*) FROM passing) AS passing,
    (SELECT count(*) FROM sentences) AS sentences, (SELECT count(*) FROM documents) AS documents
"""


def _claims(connection: duckdb.DuckDBPyConnection, places: Iterable[_Place]) -> dict[_Place, dict[str, Any]]:
    """The claims at these places. Asked for by place, since all else would be read of every claim."""
    of_family: dict[str, list[int]] = {family: [] for family in CLAIM_TABLES}
    for family, place in places:
        of_family[family].append(place)
    return {
        (family, row.pop("row_asked")): {**row, "family": family}
        for family, found in of_family.items()
        for row in records(connection, _AT_PLACES.format(table=CLAIM_TABLES[family].name), [found])
    }


_AT_PLACES = """
SELECT claims.rowid AS row_asked, claims.*
FROM {table} AS claims
JOIN (SELECT unnest(?::BIGINT[]) AS row_asked) AS asked ON asked.row_asked = claims.rowid
"""


def _places(row: Mapping[str, Any]) -> list[_Place]:
    return [(claim["family"], claim["place"]) for claim in row["claims"]]


def _find(row: Mapping[str, Any], claims: Iterable[Mapping[str, Any]], query: _Query, words: set[str]) -> Find:
    fitting = sorted(claims, key=lambda claim: _order(claim, query))
    best = fitting[0]
    return Find(
        score=row["score"],
        claim_ids=tuple(claim["claim_id"] for claim in fitting),
        family=best["family"],
        summary=summary(best),
        published_on=row["published_on"],
        publisher=row["publisher"],
        title=row["title"],
        uri=row["uri"],
        evidence=best["evidence"],
        marks=_marks(best["evidence"], query.codes, words),
    )


def _order(claim: Mapping[str, Any], query: _Query) -> tuple[int, float, str]:
    """First the claim that is about most of a query: what it names, and what it tells of it, by the words of its code."""
    counted = claim["status"] if claim["family"] == "agreement" else claim["indicator"]
    fit = len(query.codes & _named(claim)) + len({word.casefold() for word in query.words} & set(counted.split("_")))
    return -fit, -claim["confidence"], claim["claim_id"]


def _named(claim: Mapping[str, Any]) -> set[str]:
    """The codes of places, corridor and goods of a claim."""
    if claim["family"] == "agreement":
        return set(claim["parties"])
    sides = (claim["reporter"], claim["partner"], claim["origin"], claim["destination"])
    return {code for side in sides for code in side} | {code for code in (claim["corridor"], claim["commodity"]) if code}


def _marks(evidence: str, codes: frozenset[str], words: set[str]) -> tuple[tuple[int, int], ...]:
    """Where a sentence holds one of `words`, or a name of one of `codes`; marks that meet are one."""
    named = [(m.start, m.end) for m in find_names(evidence) if m.kind in _CODED and m.form in _NAMING and codes & set(m.codes)]
    found = [match.span() for match in _WORD.finditer(evidence) if match.group() in words]
    marks: list[tuple[int, int]] = []
    for start, end in sorted((*named, *found)):
        if marks and start < marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((start, end))
    return tuple(marks)
