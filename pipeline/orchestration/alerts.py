"""What is told of a change for the worse or the better, once to each address. How things stand belongs to `standing`, and how a
message gets to its address to `notifying`.
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from pipeline.orchestration.notifying import Address, Kind, Message
from pipeline.orchestration.standing import ADDRESSES, DECLARATION, FAILED, FAULTY, STALE, UNKNOWN_ADDRESS, Standing
from pipeline.warehouse.store import EXTRACTION_FAILED, HELD_BACK, PARTLY_READ, READING_FAILED
from pipeline.warehouse.volume import advice, without_advice

LONGEST_LINE = 600  # characters of what went wrong
MOST_NAMED = 3  # subjects in a title


@dataclass(frozen=True, slots=True)
class Wording:
    """How a state is told: what is wrong, and once it is over, right; what is kept meanwhile, and what to do.

    `{documents}` is what a source holds, `{source}` its name, `{advice}` what to do about a reading that was held back.
    """

    kind: Kind
    wrong: str
    right: str
    kept: str
    to_do: str


_OF_STATES = {
    READING_FAILED: Wording(
        "failure",
        "cannot be read",
        "can be read again",
        "{documents} of it stay published",
        "nothing, if its server is only down for a while; if its place moved, mend sources.toml;"
        " to see what it gives: corridor sources --try {source}",
    ),
    PARTLY_READ: Wording(
        "warning",
        "was read in part",
        "can be read whole again",
        "{documents} of it stay published; all that could be read is taken in",
        "nothing, if it is down for a while only; if its place moved or is no more, mend sources.toml;"
        " to see what it gives: corridor sources --try {source}",
    ),
    HELD_BACK: Wording(
        "warning",
        "was held back",
        "is taken in again",
        "{documents} of it stay published, and nothing of this reading is taken in",
        "{advice}; to see what it gives: corridor sources --try {source}",
    ),
    EXTRACTION_FAILED: Wording(
        "warning",
        "has texts whose extraction broke down",
        "has claims of all its texts again",
        "all other texts are published with their claims; these are in the table unreadable_documents",
        "report it with the text: it is a defect of the program",
    ),
    STALE: Wording(
        "warning",
        "is out of date",
        "is up to date again",
        "{documents} of it stay published",
        "if no other alert says why, see whether the daemon and the queue run: systemctl status 'corridor-*', and the page Runs"
        " of the UI; to read it now: corridor refresh --source {source}",
    ),
    FAULTY: Wording(
        "failure",
        "is faulty",
        "is in order again",
        "what is published stays; no source is read until this is mended",
        "mend it at the line that is named; to check it: corridor sources",
    ),
    FAILED: Wording(
        "failure",
        "failed",
        "was published",
        "what was published before stays",
        "a check that failed is shown in the UI at the asset warehouse, any other reason at the page Runs; if a disk is full,"
        " make room; to try now: corridor refresh",
    ),
    UNKNOWN_ADDRESS: Wording(
        "failure",
        "is faulty",
        "is in order again",
        "all other addresses are told of everything",
        "mend it where CORRIDOR_ALERTS is set, and start the daemon anew; to check it: corridor alert",
    ),
}
_NEXT_TRIES = {
    FAULTY: "as soon as it is mended",
    FAILED: "with the next refresh that is due",
    UNKNOWN_ADDRESS: "once it is mended",
}
_SELDOM = "not by itself"

States = Mapping[str, str]  # subject -> state, for subjects that are not well


def states(standings: Sequence[Standing]) -> dict[str, str]:
    """The states of what is not well."""
    return {standing.subject: standing.state for standing in standings if standing.state}


def message(told_before: States, standings: Sequence[Standing]) -> Message | None:
    """What an address is to be told that knows `told_before`; None if nothing changed.

    A subject that is no longer looked at (a source that is no longer declared) is left without a word.
    """
    worse = [one for one in standings if one.state and told_before.get(one.subject) != one.state]
    over = [(one, told_before[one.subject]) for one in standings if not one.state and told_before.get(one.subject)]
    if not worse and not over:
        return None
    wrong = [(f"{one.subject} {_OF_STATES[one.state].wrong}", list(_trouble(one))) for one in worse]
    right = [(f"{one.subject} {_OF_STATES[state].right}", list(_recovery(one))) for one, state in over]
    subjects = wrong + right
    parts = [lines if len(subjects) == 1 else [head, *lines] for head, lines in subjects]
    parts.append([f"Corridor on {socket.gethostname()}. What each of these means: deploy/README.md"])
    kinds = [_OF_STATES[one.state].kind for one in worse] or ["success"]
    kind: Kind = "failure" if "failure" in kinds else kinds[0]
    return Message(_title([head for head, _ in subjects]), "\n\n".join("\n".join(lines) for lines in parts), kind)


def tell(
    addresses: Sequence[Address], cursor: str | None, standings: Sequence[Standing], note: Callable[[str], object]
) -> tuple[str, list[str], list[str]]:
    """Tells every address what changed since it was last told. Gives the next cursor, and who was told and who could not be.

    An address that cannot be reached keeps its place, and is told the next time; the others are not told twice. `note` is given
    the cursor after each address that was told, in case the next ones take too long.
    """
    known: dict[str, dict[str, str]] = json.loads(cursor) if cursor else {}
    following: dict[str, States] = {address.name: known.get(address.name, {}) for address in addresses}
    reached: list[str] = []
    missed: list[str] = []
    for address in addresses:
        before = known.get(address.name, {})
        found = message(before, standings)
        if found is not None and not address.send(found):
            missed.append(address.name)
            continue
        following[address.name] = states(standings)
        if found is not None:
            reached.append(address.name)
            note(json.dumps(following, sort_keys=True))
    return json.dumps(following, sort_keys=True), reached, missed


def carried_over(cursor: str | None) -> list[Standing]:
    """What was not well when last told of, for as long as it cannot be worked out anew."""
    known: dict[str, dict[str, str]] = json.loads(cursor) if cursor else {}
    merged = {subject: state for told in known.values() for subject, state in told.items() if subject not in _ALWAYS_KNOWN}
    return [Standing(subject, state, "as before") for subject, state in sorted(merged.items())]


_ALWAYS_KNOWN = (DECLARATION, ADDRESSES)


def _title(heads: Sequence[str]) -> str:
    more = len(heads) - MOST_NAMED
    return f"Corridor: {'; '.join(heads[:MOST_NAMED])}" + (f"; and {more} more" if more > 0 else "")


def _trouble(standing: Standing) -> Iterator[str]:
    wording = _OF_STATES[standing.state]
    source = standing.source
    facts = {"documents": _documents(standing.documents), "source": source, "advice": advice(source)}
    yield f"What happened: {_shortened(without_advice(standing.told, source))}"
    if standing.since:
        yield f"Since: {_moment(standing.since)}"
    yield f"Kept: {wording.kept.format_map(facts)}"
    yield f"To do: {wording.to_do.format_map(facts)}"
    yield f"Next try: {_moment(standing.again) if standing.again else _NEXT_TRIES.get(standing.state, _SELDOM)}"


def _recovery(standing: Standing) -> Iterator[str]:
    if standing.since:
        done = "read" if standing.source else "published"
        gave = "" if standing.documents is None else f" and gave {_documents(standing.documents)}"
        yield f"What happened: it was {done} {_moment(standing.since)}{gave}"
    else:
        yield "What happened: it was mended"
    if standing.told:
        yield f"To know: {_shortened(standing.told)}"


def _documents(count: int | None) -> str:
    return "the documents" if count is None else f"{count:,} document{'' if count == 1 else 's'}"


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 2]} …"
