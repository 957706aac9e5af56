"""Whether an agreement that a text is on has begun: what it does to duties is still to come until then.

Only that is kept here; the claims of agreements themselves belong to `pipeline.claims.agreements`.
"""

from pipeline.claims.context.clauses import clause_of
from pipeline.claims.context.memory import Pact
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.scene import Scene
from pipeline.language.marks import QuantityMark

_NEAR = 3  # sentences
_LEAD = 1  # the last paragraph of a title and a lead, of which the text as a whole is


def pact_told(scene: Scene, known: Pact | None) -> Pact | None:
    """The agreement that a sentence tells of, else the one known before.

    One that the title or the lead tells to be in force is so, whenever it was signed.
    """
    sentence = scene.reading
    if pattern("pact").search(scene.folded, sentence.start, sentence.end) is None:
        return known
    of_text = sentence.sentence.paragraph <= _LEAD or (known is not None and known.of_text)
    if pattern("pact_in_force").search(scene.folded, sentence.start, sentence.end):
        return Pact(True, sentence.index, of_text, *_bound(scene, known))
    if known is not None and known.in_force and known.of_text:
        return known
    settled = pattern("pact_settled").search(scene.folded, sentence.start, sentence.end)
    return Pact(False, sentence.index, of_text, *_bound(scene, known)) if settled else known


def _bound(scene: Scene, known: Pact | None) -> tuple[frozenset[str], bool]:
    """Whom the agreement of a sentence binds, and whether it is on trade, be it that the one known before was."""
    named = (name for name in scene.reading.names if name.kind in ("country", "bloc"))
    parties = frozenset(code for name in named for code in name.codes)
    start = scene.reading.start
    if pattern("the_pact").search(scene.folded, start, scene.reading.end):  # one that its paragraph has told of before
        start = scene.folded.rfind("\n", 0, start) + 1
    on_trade = pattern("pact_on_trade").search(scene.folded, start, scene.reading.end) is not None
    if known is not None and parties <= known.parties:
        return known.parties, on_trade or known.on_trade
    return parties, on_trade


def is_under_pact(scene: Scene, quantity: QuantityMark, known: Pact | None) -> bool:
    """Whether a duty is what an agreement not yet in force will make of it (`It removes duties on 85 percent of goods`).

    What is still levied (`scraps Taiwan's 20 percent duty`) is not.
    """
    if known is None or known.in_force or scene.reading.index - known.sentence > _NEAR:
        return False
    start = clause_of(scene, quantity.start)[0]
    own = pattern("own_duty").search(scene.folded, start, quantity.start)
    if pattern("as_it_is").search(scene.folded, start, quantity.end) or (
        own and pattern("duty_behind").match(scene.folded, quantity.end)
    ):
        return False
    if not _levied_by(scene, start, quantity.start, known):
        return False
    if pattern("changes_duty").search(scene.folded, start, quantity.start):
        return True
    alike = pattern("change_duty").search(scene.folded, start, quantity.start) is not None
    under = pattern("under_pact").match(scene.folded, scene.reading.start) is not None
    return alike and under


def _levied_by(scene: Scene, start: int, end: int, known: Pact) -> bool:
    """Whether what is told there is of an agreement: by a pronoun or its noun, or, of one on trade, by a party or of duties."""
    told = pattern("by_pact").match(scene.folded, start) or pattern("under_pact").match(scene.folded, scene.reading.start)
    if told or pattern("pact").search(scene.folded, start, end):
        return True
    sides = (name for name in scene.reading.names if name.kind in ("country", "bloc"))
    levying = next((name for name in sides if start <= name.start < end), None)
    if levying is not None:
        return known.on_trade and bool(known.parties & set(levying.codes))
    return known.on_trade and pattern("duty_opens").match(scene.folded, start) is not None
