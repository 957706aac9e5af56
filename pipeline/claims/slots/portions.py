"""Who has which portion of an amount: parts that go to one side, wholes that parts are of, and sides told one for each number.

Whose flow it is belongs to `trade_sides`; which side a lone share falls to does so too.
"""

import itertools
import re
from collections.abc import Sequence

from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group
from pipeline.claims.slots.period_words import RELATIVE
from pipeline.language.marks import QuantityMark

_GOODS_FROM = re.compile(r",?\s(?:and\s)?(?:(?!and\b)[\w'’-]+\s){1,4}(?:from|to)\s(?:the\s)?")
_ENDS = frozenset({"from", "to"})


def whole_of(scene: Scene, quantity: QuantityMark) -> QuantityMark | None:
    """The amount that a share is a part of (`62 percent of the 310,000 tonnes of Ugandan exports`)."""
    after = scene.quantity_after(quantity) if quantity.kind in RELATIVE else None
    if after is None or after.kind in RELATIVE:
        return None
    return after if pattern("of_its_whole").fullmatch(scene.folded, quantity.end, after.start) else None


def is_shared_out(scene: Scene, quantity: QuantityMark) -> bool:
    """Whether an amount is the whole that the share before it is of: who has the share has nothing to do with the rest."""
    share = scene.quantity_before(quantity)
    return share is not None and whole_of(scene, share) is quantity


def has_other_portion(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    """Whether a side has only a part of what a number counts, which another number tells.

    `Kenya took 62 percent of Uganda's 310,000 tonnes`, `6 million tons were exported, 30 percent of them sent to Iran`.
    """
    return _took_part(scene, quantity, group) or _gets_part(scene, quantity, group)


def _took_part(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    share = scene.quantity_before(quantity)
    if share is None or group.end > share.start or whole_of(scene, share) is not quantity:
        return False
    return any(
        other.start >= share.end and (other.flow or other.owner or other.preposition in ("of", "from"))
        for other in scene.groups
    )


def _gets_part(scene: Scene, quantity: QuantityMark, group: Group) -> bool:
    if quantity.kind in RELATIVE or group.start < quantity.end:
        return False
    shares = (mark for mark in scene.reading.quantities if quantity.end <= mark.start and mark.end <= group.start)
    return any(
        share.kind in RELATIVE
        and share.change is None
        and pattern("portion_goes").fullmatch(scene.folded, share.end, group.start) is not None
        for share in shares
    )


def one_each(scene: Scene, quantity: QuantityMark, groups: Sequence[Group]) -> list[Group]:
    """The sides without those that other numbers of a list are for (`tea to Iran, coffee to Egypt rose 5 and 7 percent`)."""
    numbers: Sequence[Spanned] = scene.list_of(quantity)
    count = len(numbers)
    before = [group for group in groups if group.end <= numbers[0].start and group.preposition in _ENDS] if numbers else []
    told = before[-count:]
    if count < 2 or len(told) < count or len({group.preposition for group in told}) > 1:
        return list(groups)
    gaps = (scene.folded[left.end : right.start] for left, right in itertools.pairwise(told))
    if not all(_GOODS_FROM.fullmatch(gap) for gap in gaps):
        return list(groups)
    own = told[[number.start for number in numbers].index(quantity.start)]
    return [group for group in groups if group is own or group not in told]
