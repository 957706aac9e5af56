"""How certain a statement is: reported, forecast, target, possible or negated.

The nearest governing cue decides; the cues are data in `seeds/reference/claim_cues.toml`.
"""

from datetime import date

from pipeline.claims.cues import Cue
from pipeline.claims.reading import Spanned
from pipeline.claims.scene import Scene, thresholds

_STRENGTH = {"possible": 2.0, "negated": -2.0, "forecast": 1.0, "target": 0.0}


def modality_at(scene: Scene, span: Spanned, period: tuple[date | None, date | None], published_on: date | None) -> str:
    """The modality of what is said at a span. A time wholly ahead of the publication makes a bare statement a forecast."""
    limits = thresholds()["modality"]

    def handicap(cue: Cue) -> float:
        commas = scene.folded.count(", ", cue.end, span.start) if cue.end <= span.start else 0
        return limits["comma"] * commas - _STRENGTH.get(cue.value, 0.0)

    found = scene.nearest(span, _governing(scene, span), limits["limit"], limits["limit_after"], handicap)
    if found and found[1].value != "reported":
        return found[1].value
    start, end = period
    ahead = start or end
    if published_on and ahead and ahead > published_on:
        return "forecast" if start else "target"
    return "reported"


def _governing(scene: Scene, span: Spanned) -> list[Cue]:
    """The cues that can govern a span: those before it, and those behind it in the same clause as a passive verb has them."""
    cues = scene.of_kind("modality")
    shielded = [cue for cue in cues if cue.value == "reported"]
    return [
        cue
        for cue in cues
        if not (cue.start < span.end and span.start < cue.end and cue.start >= span.start)
        and not any(shield.start <= cue.start and cue.end <= shield.end and shield is not cue for shield in shielded)
        and (cue.start < span.start or cue.value != "negated")
    ]
