"""`corridor explain`: one claim, with its evidence in context."""

# ruff: noqa: PLC0415 - what a command works with is imported only when it runs, so that help comes at once

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import debug_option, warehouse_option

if TYPE_CHECKING:
    from pipeline.warehouse.queries import ClaimInContext

# Signs that news texts do not use, so that a mark is never taken for the text; colours come on top, on a terminal.
MARKS = {"evidence": ("⟦", "⟧", "cyan"), "value": ("⟪", "⟫", "green"), "attribution": ("⟨", "⟩", "yellow")}
_OF_EVIDENCE = frozenset({"claim_id", "doc_id", "evidence", "evidence_start", "evidence_end", "value_start", "value_end"})


@click.command(short_help="Show a claim with its evidence in context.")
@click.argument("claim_id")
@warehouse_option
@debug_option
def explain(claim_id: str, warehouse: Path) -> None:
    """Show a claim, accepted or rejected, its fields, and its evidence in the text around it.

    The first characters of an id, at least four, will do if no other claim's id begins with them.
    """
    from pipeline.warehouse.queries import explain_claim

    for line in explanation(explain_claim(warehouse, claim_id)):
        click.echo(line)


def explanation(claim: "ClaimInContext") -> list[str]:
    """The lines that explain a claim."""
    from pipeline.cli.formats import printable

    document = claim.document
    about = [str(document[name]) for name in ("publisher", "published_on") if document[name] is not None]
    rejected = [f"rejected: {', '.join(claim.reasons)}"] if claim.reasons else []
    return [
        f"{claim.family} claim {claim.claim_id}",
        *rejected,
        f"{printable(document['title'] or document['file_name'])}{' (' + printable(', '.join(about)) + ')' if about else ''}",
        f"{printable(document['uri'])}, code points {claim.fields['evidence_start']} to {claim.fields['evidence_end']}",
        "",
        *(f"  {name:<18}{printable(_shown(value))}" for name, value in claim.fields.items() if _worth_showing(name, value)),
        "",
        *(f"  {line}".rstrip() for line in _marked(claim).splitlines()),
        "",
        "  " + "  ".join(f"{opening}{kind}{closing}" for kind, (opening, closing, _) in MARKS.items()),
    ]


def _worth_showing(name: str, value: Any) -> bool:
    return name not in _OF_EVIDENCE and value is not None and value != []


def _shown(value: Any) -> str:
    from pipeline.warehouse.wording import number

    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return number(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _marked(claim: "ClaimInContext") -> str:
    """The context with a sign before and after each span; spans may lie within each other."""
    from pipeline.cli.formats import printable

    signs: list[tuple[int, int, str]] = []
    for span in claim.spans:
        opening, closing, colour = MARKS[span.kind]
        length = span.end - span.start
        signs.append((span.start, 1_000_000 - length, click.style(opening, fg=colour, bold=True)))
        signs.append((span.end, length - 1_000_000, click.style(closing, fg=colour, bold=True)))
    pieces, at = [], 0
    for place, _, sign in sorted(signs):
        pieces += [printable(claim.context[at:place], keep_lines=True), sign]
        at = place
    pieces.append(printable(claim.context[at:], keep_lines=True))
    before = "…" if claim.context_start else ""
    return f"{before}{''.join(pieces)}"
