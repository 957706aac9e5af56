"""Finds which statements of all texts are about one instrument.

A statement that names its instrument belongs with those that use the same name, or its initials, for the same sides. One that
names none is known by its matter: sides, kind of form and subject, at a time that fits. Statements are joined in steps, the
surest ground first; within a step the nearest in time first. Some things keep unlike ones apart at every step: an instrument
has one name, is signed once and without a name takes every step once and in order, and of any two lists of its sides one holds
the other. Where not both have a name, a deal of companies is none of states, and several accords are not one. What would fit
two instruments joins neither, nor do two that do not fit each other join what both would fit.

Lists and lengths of time are in `seeds/reference/analysis/instruments.toml`. Every statement is compared with a bounded number
of others, so the work grows with their number. What the tables mean is in `pipeline.contract.analysis.agreements`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import combinations, islice
from typing import Any, NamedTuple

import polars as pl

from pipeline.contract.reference import read_toml
from pipeline.warehouse.instrument_names import initials_of, is_initials, name_words, organisation_key, words_of

_NEIGHBOURS = 4  # statements next in time with which each is compared
_MOST_SIDES = 12  # of a long list, the first so many lead to it
_MOST_YEARS = 60  # over which an instrument is looked for
_MOST_TRIED = 40  # instruments that one is compared with in a step
_ID_LENGTH = 20
_SIGNED = "signed"
_OPEN_KIND = "other"  # of an instrument whose form is not told
_ONE, _SEVERAL = "one", "several"  # how many instruments a noun speaks of
_PLACELESS = date.max


class Days(NamedTuple):
    """A stretch of time, both ends within."""

    first: date
    last: date

    def gap(self, other: "Days") -> int:
        """Days between the two, 0 if they overlap."""
        return max(0, (other.first - self.last).days, (self.first - other.last).days)


class Name(NamedTuple):
    """A name as it is compared: its words and the kind of instrument. Initials that nothing spells out are their own word."""

    words: frozenset[str]
    kind: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A row of `agreement_claims`, as it is compared. `stated` is the time that the text tells, `told_on` its publication."""

    claim_id: str
    doc_id: str
    full_name: str | None
    name: Name | None
    kind: str
    subject: str
    sides: frozenset[str]
    status: str
    reached: bool
    stated: Days | None
    told_on: date | None
    place: int
    of_companies: bool
    nouns: frozenset[str]

    @property
    def several(self) -> bool:
        """Whether it tells of several instruments at once, none of which it names."""
        return self.name is None and self.nouns == {_SEVERAL}

    @property
    def order(self) -> tuple[date, str, int, str]:
        """The earliest told comes first, those of no day last."""
        return (self.told_on or _PLACELESS, self.doc_id, self.place, self.claim_id)

    @property
    def at(self) -> Days | None:
        """Where it stands in time: what it tells as a fact at the time told, all else when it was told."""
        if self.stated and self.reached:
            return self.stated
        return Days(self.told_on, self.told_on) if self.told_on else self.stated


@dataclass(slots=True)
class Instrument:
    """Statements taken for one instrument, with what they have in common."""

    first: Statement
    statements: list[Statement]
    name: Name | None
    sides: frozenset[str]
    sides_told: frozenset[frozenset[str]]
    documents: set[str]
    told_in: dict[str, Days] = field(default_factory=dict)  # status reached -> the time in which all its statements can hold
    dayless: dict[str, Days] = field(default_factory=dict)  # status reached -> when texts told it that tell no day
    within: Days | None = None
    of_companies: bool = False
    told_as_one: bool = False  # whether a noun for one instrument speaks of it, or a name

    @property
    def several(self) -> bool:
        """Whether it is rather a number of instruments of which texts tell at once."""
        return self.name is None and self.first.several

    @classmethod
    def of(cls, statement: Statement) -> "Instrument":
        """An instrument of which one statement tells."""
        when = {statement.status: statement.at} if statement.reached and statement.at else {}
        told, dayless = (when, {}) if statement.stated else ({}, when)
        return cls(
            first=statement,
            statements=[statement],
            name=statement.name,
            sides=statement.sides,
            sides_told=frozenset({statement.sides}),
            documents={statement.doc_id},
            told_in=told,
            dayless=dayless,
            within=statement.at,
            of_companies=statement.of_companies,
            told_as_one=statement.name is not None or _ONE in statement.nouns,
        )

    def take(self, other: "Instrument") -> None:
        """Makes the statements of another its own."""
        self.first = min(self.first, other.first, key=lambda statement: statement.order)
        self.statements += other.statements
        self.name = self.name or other.name
        self.sides |= other.sides
        self.sides_told |= other.sides_told
        self.documents |= other.documents
        for status, days in other.told_in.items():
            mine = self.told_in.get(status)
            self.told_in[status] = _shared(mine, days) if mine else days
        for status, days in other.dayless.items():
            self.dayless[status] = _span(self.dayless.get(status), days)
        if other.within:
            self.within = _span(self.within, other.within)
        self.of_companies = self.of_companies or other.of_companies
        self.told_as_one = self.told_as_one or other.told_as_one


def instruments_of(statements: pl.DataFrame) -> pl.DataFrame:
    """The rows of `agreement_statements`, from the rows of its statement in `sql/analysis/`.

    The same rows give the same result in whatever order they come.
    """
    read = sorted(_statements(statements), key=lambda statement: statement.order)
    joining = _Joining(read)
    joining.join_alike()
    for step in _STEPS:
        joining.join_to_their_only_one(step)
    rows = [
        (statement.claim_id, agreement_id, statement.full_name, joining.reasons.get(statement.claim_id))
        for agreement_id, statement in joining.result()
    ]
    return pl.DataFrame(rows, schema=_RESULT, orient="row")


def agreement_stages() -> pl.DataFrame:
    """Each status with how far it leads, and whether it is a step taken `once`, for all parties together, or a `halt`."""
    rules = _rules()
    rows = [
        (status, stage, status in rules["once"]["statuses"], status in rules["halts"]["statuses"])
        for status, stage in rules["stages"].items()
    ]
    columns = {"status": pl.String(), "stage": pl.Int32(), "once": pl.Boolean(), "halt": pl.Boolean()}
    return pl.DataFrame(rows, schema=columns, orient="row")


_RESULT = {
    "claim_id": pl.String(),
    "agreement_id": pl.String(),
    "full_name": pl.String(),
    "joined_by": pl.String(),
}


# Statements as they are compared ------------------------------------------------------------------------------------


def _statements(rows: pl.DataFrame) -> Iterator[Statement]:
    full_names = _full_names(rows)
    kinds = _rules()["kinds"]
    for row in rows.iter_rows(named=True):
        kind = kinds[row["form"]]
        written = row["name"]
        full_name = row["spelled_out"] or full_names.get(written, written) if written else None
        words = _words_of(full_name) if full_name else frozenset()
        bounds = [day for day in (row["date_start"], row["date_end"]) if day]
        yield Statement(
            claim_id=row["claim_id"],
            doc_id=row["doc_id"],
            full_name=full_name,
            name=Name(words, kind) if words else None,
            kind=kind,
            subject=row["subject"],
            sides=_sides(row["parties"], row["organisations"]),
            status=row["status"],
            reached=row["modality"] == "reported",
            stated=Days(min(bounds), max(bounds)) if bounds else None,
            told_on=row["published_on"],
            place=row["evidence_start"],
            of_companies=any(not words_of(name) & _state_bodies() for name in row["organisations"]),
            nouns=_nouns_of(row["evidence"], kind),
        )


def _full_names(rows: pl.DataFrame) -> dict[str, str]:
    """Initials -> the one name in the statements that they can stand for."""
    named = sorted({name for column in ("name", "spelled_out") for name in rows[column].drop_nulls() if not is_initials(name)})
    by_initials: dict[str, dict[frozenset[str], str]] = defaultdict(dict)
    for name in named:
        by_initials[initials_of(name)].setdefault(name_words(name), name)
    return {initials: next(iter(names.values())) for initials, names in by_initials.items() if len(names) == 1}


@cache
def _words_of(name: str) -> frozenset[str]:
    return frozenset({name.casefold()}) if is_initials(name) else name_words(name)


def _nouns_of(evidence: str, kind: str) -> frozenset[str]:
    """Whether a sentence speaks of one instrument of a kind, of several, of both or of neither."""
    words = words_of(evidence)
    return frozenset(number for number in (_ONE, _SEVERAL) if words & _nouns(number, kind))


@cache
def _nouns(number: str, kind: str) -> frozenset[str]:
    listed = _rules()["nouns"]
    kinds = listed if kind == _OPEN_KIND else (kind,)
    return frozenset(noun for each in kinds for noun in listed[each][number])


@cache
def _state_bodies() -> frozenset[str]:
    return frozenset(_rules()["state"]["bodies"])


def _sides(parties: Sequence[str], organisations: Sequence[str]) -> frozenset[str]:
    """The parties, a bloc in place of its members if all are listed or it is itself; organisations by their words."""
    sides = set(parties)
    for bloc, members in _members().items():
        if bloc in sides or members <= sides:
            sides = sides - members | {bloc}
    return frozenset(sides | {organisation_key(name) for name in organisations})


@cache
def _members() -> dict[str, frozenset[str]]:
    listed = {**read_toml("agreements.toml")["members"], **_rules()["members"]}
    # The largest first: the six are the five and one more.
    return {bloc: frozenset(codes) for bloc, codes in sorted(listed.items(), key=lambda item: (-len(item[1]), item[0]))}


@cache
def _rules() -> Mapping[str, Any]:
    return read_toml("analysis/instruments.toml")


# What keeps statements apart ----------------------------------------------------------------------------------------


def _go_together(one: Instrument, other: Instrument) -> bool:
    """Whether nothing forbids that two are the same: one name, sides that hold each other, each step once, in order.

    What has one name may be told with two days of a step by a text that errs, but it is signed once. Where not both have it, a
    deal of companies is none of states, and several instruments are not one.
    """
    if one.name and other.name and one.name != other.name:
        return False
    if not all(a <= b or b <= a for a in one.sides_told for b in other.sides_told):
        return False
    both_named = one.name is not None and other.name is not None
    once = frozenset({_SIGNED}) if both_named else _once()
    if any(days.gap(other.told_in[status]) for status, days in one.told_in.items() if status in once & other.told_in.keys()):
        return False
    return both_named or (_of_one_sort(one, other) and _in_order(one, other) and _told_at_once(one, other))


def _of_one_sort(one: Instrument, other: Instrument) -> bool:
    """Whether both are of companies or both are not, and both are one instrument or both several."""
    return one.of_companies == other.of_companies and one.several == other.several


def _told_at_once(one: Instrument, other: Instrument) -> bool:
    """Whether a step taken once, of no name and no day, is told within the time in which newspapers retell it."""
    longest = _rules()["days"]["retold"]
    spans = (
        _span(days, other.dayless[status]) for status, days in one.dayless.items() if status in _once() & other.dayless.keys()
    )
    return all((span.last - span.first).days <= longest for span in spans)


def _in_order(one: Instrument, other: Instrument) -> bool:
    """Whether no step of either comes after a later step of the other. Of what has a name, that is an error of a text."""
    return all(
        later not in b.told_in or earlier not in a.told_in or a.told_in[earlier].first <= b.told_in[later].last
        for earlier, later in _rules()["order"]["steps"]
        for a, b in ((one, other), (other, one))
    )


@cache
def _once() -> frozenset[str]:
    return frozenset(_rules()["once"]["statuses"])


def _shared(one: Days, other: Days) -> Days:
    """What two times have in common; where they have nothing, from the end of the earlier to the start of the later."""
    first, last = max(one.first, other.first), min(one.last, other.last)
    return Days(min(first, last), max(first, last))


def _span(one: Days | None, other: Days) -> Days:
    return Days(min(one.first, other.first), max(one.last, other.last)) if one else other


def _fit_in_time(one: Statement, other: Statement) -> bool:
    """Whether two statements without a name can be of one instrument by when they are told, and of when they tell."""
    if (one.doc_id, one.place) == (other.doc_id, other.place) and one.status != other.status:
        return True  # one sentence tells several steps of what it speaks of
    at, other_at = one.at, other.at
    if at is None or other_at is None:
        return one.doc_id == other.doc_id
    days = _rules()["days"]
    gap = at.gap(other_at)
    if one.status != other.status or not (one.reached and other.reached):
        return gap <= int(days["progress"])
    if one.stated and other.stated:
        return gap == 0 if one.status in _once() else gap <= int(days["progress"])
    if one.stated or other.stated:
        told, retold = (at, other_at) if one.stated else (other_at, at)
        return gap <= int(days["early"] if retold < told else days["retold"])
    return gap <= int(days["echo"])


# Joining ------------------------------------------------------------------------------------------------------------


class _Step(NamedTuple):
    """A ground on which an instrument joins another, its host, if it is the only one that fits.

    `sought` gives the keys under which one that may join looks for a host (none if it may not), `offered` those under which
    a host is found. `near` says that the two must also be near in time.
    """

    reason: str
    sought: Callable[[Instrument], Iterable[tuple[Any, ...]]]
    offered: Callable[[Instrument], Iterable[tuple[Any, ...]]]
    fits: Callable[[Instrument, Instrument], bool] | None
    near: bool


class _Joining:
    """Statements on their way to instruments."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self.instruments = [Instrument.of(statement) for statement in statements]
        self.reasons: dict[str, str] = {}
        self._parents = list(range(len(statements)))

    def result(self) -> Iterator[tuple[str, Statement]]:
        """Each statement with the id of its instrument."""
        for place, statement in enumerate(self.statements):
            first = self.instruments[self._root(place)].first
            yield hashlib.blake2b(first.claim_id.encode(), digest_size=_ID_LENGTH // 2).hexdigest(), statement

    def join_alike(self) -> None:
        """Joins statements of the same name and sides, or of the same matter at a time that fits, the nearest first."""
        groups: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for place, statement in enumerate(self.statements):
            groups[_likeness(statement)].append(place)
        for group in groups.values():
            links = sorted(self._links(group))
            for _, _, one, other in links:
                reason = "name" if self.statements[one].name else "matter"
                self._join(one, other, reason)

    def _links(self, group: Sequence[int]) -> Iterator[tuple[int, int, int, int]]:
        """Pairs worth joining, with what orders them: other steps of one document first, then by the days between."""
        in_time = sorted(group, key=lambda place: (self._at(place), place))
        by_document = sorted(group, key=lambda place: (self.statements[place].doc_id, self._at(place), place))
        seen = set()
        for ordered in (by_document, in_time):
            for nth, one in enumerate(ordered):
                for other in ordered[nth + 1 : nth + 1 + _NEIGHBOURS]:
                    pair = (min(one, other), max(one, other))
                    a, b = self.statements[one], self.statements[other]
                    if pair not in seen and (a.name or _fit_in_time(a, b)):
                        seen.add(pair)
                        gap = a.at.gap(b.at) if a.at and b.at else 0
                        yield (int(a.doc_id != b.doc_id), gap, *pair)

    def _at(self, place: int) -> Days:
        return self.statements[place].at or Days(_PLACELESS, _PLACELESS)

    def join_to_their_only_one(self, step: _Step) -> None:
        """Joins each instrument to the only host that fits it, those with most sides first."""
        roots = sorted({self._root(place) for place in range(len(self.statements))})
        hosts: dict[tuple[Any, ...], list[int]] = defaultdict(list)
        for root in roots:
            instrument = self.instruments[root]
            for key in step.offered(instrument):
                for year in _years(instrument.within, 0) if step.near else (0,):
                    hosts[(*key, year)].append(root)
        by_sides: dict[int, list[int]] = defaultdict(list)
        for root in roots:
            by_sides[len(self.instruments[root].sides)].append(root)
        for _, joiners in sorted(by_sides.items(), reverse=True):
            self._join_equals(step, joiners, hosts)

    def _join_equals(self, step: _Step, joiners: Sequence[int], hosts: Mapping[tuple[Any, ...], list[int]]) -> None:
        """Joins instruments with equally many sides to their hosts, but not those of different sides to the same."""
        chosen: dict[int, list[int]] = defaultdict(list)
        for joiner in joiners:
            host = self._only_host(joiner, step, hosts)
            if host is not None:
                chosen[host].append(joiner)
        for host, taken in chosen.items():
            if len({self.instruments[self._root(joiner)].sides for joiner in taken}) == 1:
                for joiner in taken:
                    self._join(host, joiner, step.reason)

    def _only_host(self, joiner: int, step: _Step, hosts: Mapping[tuple[Any, ...], list[int]]) -> int | None:
        instrument = self.instruments[self._root(joiner)]
        span = _rules()["days"]["retold"]
        keys = [
            (*key, year) for key in step.sought(instrument) for year in (_years(instrument.within, span) if step.near else (0,))
        ]
        found: dict[int, None] = {}
        for host in islice((host for key in keys for host in hosts.get(key, ())), _MOST_TRIED):
            root = self._root(host)
            other = self.instruments[root]
            if root in found or other is instrument:
                continue
            if (
                (step.fits is None or step.fits(instrument, other))
                and (not step.near or _near(instrument, other))
                and _go_together(instrument, other)
            ):
                found[root] = None
        at_home = [root for root in found if self.instruments[root].documents & instrument.documents]
        chosen = at_home if at_home else list(found)
        return chosen[0] if len(chosen) == 1 else None

    def _join(self, one: int, other: int, reason: str) -> None:
        """Joins two instruments unless something keeps them apart. What joined gets the reason."""
        host, joiner = self._root(one), self._root(other)
        if host == joiner or not _go_together(self.instruments[host], self.instruments[joiner]):
            return
        if len(self.instruments[host].statements) < len(self.instruments[joiner].statements):
            host, joiner = joiner, host
        firsts = (self.instruments[host].first, self.instruments[joiner].first)
        self.instruments[host].take(self.instruments[joiner])
        self._parents[joiner] = host
        later = max(firsts, key=lambda statement: statement.order)
        self.reasons[later.claim_id] = reason

    def _root(self, place: int) -> int:
        while self._parents[place] != place:
            self._parents[place] = self._parents[self._parents[place]]
            place = self._parents[place]
        return place


def _likeness(statement: Statement) -> tuple[Any, ...]:
    """What statements share that are joined at once. Of what has not two sides, only one text can know that it is the same."""
    if statement.name:
        return ("name", statement.name, statement.sides)
    alone = "" if len(statement.sides) > 1 or statement.sides & _members().keys() else statement.doc_id
    return ("matter", statement.kind, statement.subject, statement.sides, alone)


def _years(days: Days | None, more: int) -> Iterable[int]:
    """The years that a time touches, `more` days before and after it included."""
    if days is None:
        return (0,)
    first, last = (days.first.toordinal() - more, days.last.toordinal() + more)
    most = date.max.toordinal()
    years = range(date.fromordinal(max(1, first)).year, date.fromordinal(min(most, last)).year + 1)
    return years[-_MOST_YEARS:]


def _near(one: Instrument, other: Instrument) -> bool:
    if one.within is None or other.within is None:
        return bool(one.documents & other.documents)
    return one.within.gap(other.within) <= int(_rules()["days"]["retold"])


# The steps after likeness -------------------------------------------------------------------------------------------


def _fewer_named(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if one.name:
        yield (one.name, min(one.sides, default=""))


def _more_named(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if one.name:
        yield (one.name, "")
        yield from ((one.name, side) for side in sorted(one.sides)[:_MOST_SIDES])


def _is_told_as_one(one: Instrument, _: Instrument) -> bool:
    return one.told_as_one


def _has_more_sides(one: Instrument, other: Instrument) -> bool:
    return one.sides < other.sides


def _has_more_sides_elsewhere(one: Instrument, other: Instrument) -> bool:
    return one.sides < other.sides and _of_other_texts(one, other)


def _matters(one: Instrument) -> list[tuple[str, str]]:
    return sorted({(statement.kind, statement.subject) for statement in one.statements})


def _unnamed(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if not one.name and len(one.sides) > 1:
        yield from ((*matter, one.sides) for matter in _matters(one))


def _named(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if one.name:
        yield from ((*matter, one.sides) for matter in _matters(one))


def _fewer_sides(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if not one.name and len(one.sides) > 1:
        yield from ((*matter, *sorted(one.sides)[:2]) for matter in _matters(one))


def _more_sides(one: Instrument) -> Iterator[tuple[Any, ...]]:
    pairs = list(combinations(sorted(one.sides)[:_MOST_SIDES], 2)) if len(one.sides) > 2 else []
    yield from ((*matter, *pair) for matter in _matters(one) for pair in pairs)


def _open(one: Instrument) -> Iterator[tuple[Any, ...]]:
    subjects = _rules()["open"]["subjects"]
    if not one.name and len(one.sides) > 1 and all(statement.subject in subjects for statement in one.statements):
        yield from sorted({(statement.kind, one.sides, statement.status) for statement in one.statements if statement.reached})


def _of_a_subject(one: Instrument) -> Iterator[tuple[Any, ...]]:
    yield from sorted({(statement.kind, one.sides, statement.status) for statement in one.statements if statement.reached})


def _of_other_texts(one: Instrument, other: Instrument) -> bool:
    """A text that tells two things apart has them apart."""
    return not one.documents & other.documents


def _formless(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if not one.name and len(one.sides) > 1 and {statement.kind for statement in one.statements} == {_OPEN_KIND}:
        yield from sorted({(statement.subject, one.sides) for statement in one.statements})


def _of_a_form(one: Instrument) -> Iterator[tuple[Any, ...]]:
    if any(statement.kind != _OPEN_KIND for statement in one.statements):
        yield from sorted({(statement.subject, one.sides) for statement in one.statements})


_STEPS = (
    _Step("name_of_fewer_sides", _fewer_named, _more_named, _has_more_sides, near=False),
    _Step("matter_of_a_named_one", _unnamed, _named, _is_told_as_one, near=True),
    _Step("matter_of_fewer_sides", _fewer_sides, _more_sides, _has_more_sides_elsewhere, near=True),
    _Step("open_form", _formless, _of_a_form, None, near=True),
    _Step("open_subject", _open, _of_a_subject, _of_other_texts, near=True),
)
