"""What is told of a change for the worse or the better, once to each address. How things stand belongs to `standing`, and how a
message gets to its address to `notifying`.
"""

import json
import socket
from collections.abc import Mapping, Sequence

from pipeline.orchestration.notifying import Address
from pipeline.orchestration.standing import DECLARATION, FAULTY, REFRESH, STALE, Standing
from pipeline.warehouse.store import EXTRACTION_FAILED, HELD_BACK, READING_FAILED

LONGEST_LINE = 600  # characters of what went wrong

_HEADS = {
    READING_FAILED: "cannot be read and keeps what it held",
    HELD_BACK: "was held back and keeps what it held",
    EXTRACTION_FAILED: "has texts whose extraction broke down",
    STALE: "is out of date",
    FAULTY: "is faulty",
}
_SOLVED = "is well again"

States = Mapping[str, str]  # subject -> state, for subjects that are not well


def states(standings: Sequence[Standing]) -> dict[str, str]:
    """The states of what is not well."""
    return {standing.subject: standing.state for standing in standings if standing.state}


def message(told_before: States, standings: Sequence[Standing]) -> tuple[str, str] | None:
    """Subject and text of what an address is to be told that knows `told_before`; None if nothing changed.

    A subject that is no longer looked at (a source that is no longer declared) is left without a word.
    """
    worse = [one for one in standings if one.state and told_before.get(one.subject) != one.state]
    better = [one for one in standings if not one.state and told_before.get(one.subject)]
    if not worse and not better:
        return None
    lines = [f"{_said(one)}: {_shortened(one.told)}" for one in worse] + [_well_again(one) for one in better]
    lines += ["", f"Corridor on {socket.gethostname()}. What each of these means, and what to do: deploy/README.md"]
    return _title(worse, better), "\n".join(lines)


def tell(addresses: Sequence[Address], cursor: str | None, standings: Sequence[Standing]) -> tuple[str, list[str], list[str]]:
    """Tells every address what changed since it was last told. Gives the next cursor, and who was told and who could not be.

    An address that cannot be reached keeps its place, and is told the next time; the others are not told twice.
    """
    known: dict[str, dict[str, str]] = json.loads(cursor) if cursor else {}
    following: dict[str, States] = {}
    reached: list[str] = []
    missed: list[str] = []
    for address in addresses:
        before = known.get(address.name, {})
        found = message(before, standings)
        following[address.name] = states(standings)
        if found is None:
            continue
        if address.send(*found):
            reached.append(address.name)
        else:
            missed.append(address.name)
            following[address.name] = before
    return json.dumps(following, sort_keys=True), reached, missed


def carried_over(cursor: str | None) -> list[Standing]:
    """What was not well when last told of, for as long as it cannot be worked out anew."""
    known: dict[str, dict[str, str]] = json.loads(cursor) if cursor else {}
    merged = {subject: state for told in known.values() for subject, state in told.items() if subject != DECLARATION}
    return [Standing(subject, state, "as before") for subject, state in sorted(merged.items())]


def _title(worse: Sequence[Standing], better: Sequence[Standing]) -> str:
    if len(worse) + len(better) == 1:
        return f"Corridor: {_said(worse[0])}" if worse else f"Corridor: {better[0].subject} {_SOLVED}"
    counts = [f"{len(some)} {word}" for some, word in ((worse, "in trouble"), (better, "well again")) if some]
    return f"Corridor: {', '.join(counts)}"


def _well_again(standing: Standing) -> str:
    return f"{standing.subject}: {_SOLVED}" + (f"; {_shortened(standing.told)}" if standing.told else "")


def _said(standing: Standing) -> str:
    if standing.subject == REFRESH:
        return "the last refresh failed, what was published before stays"
    return f"{standing.subject} {_HEADS.get(standing.state, standing.state)}"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else f"{line[: LONGEST_LINE - 2]} …"
