"""Words that stand for a country named elsewhere: `our exports`, `to its neighbour`, `from the kingdom`, `the latter`.

Finding whom such a word means belongs here, with the words in `seeds/reference/sides.toml`; which side he is on does not.
`Its` and `their` depend on the clause and belong to the slot modules.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from functools import cache

from pipeline.claims.context.memory import Memory
from pipeline.claims.context.reading import Spanned
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import Group, any_of, preposition_before
from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import NameForm, NameMark

Codes = tuple[str, ...]
_PAIR = 2
_EXISTS = re.compile(r"(?:^|[,;:.(\"“-]|\b(?:that|and|but|while|because|if|as|where|when|or|so|than|though|although))\s*$")
_BEFORE = 12
_FACING = frozenset({"to", "with", "from", "into"})  # before a side that is none of those named before it
_LYING_IN = ("in ", "across ", "throughout ", "around ", "outside ")  # before a region that is only where something is
_NEIGHBOUR = ("the neighbour", "the neighbor")  # of whom the sentence has named before
_FORMS: dict[str, NameForm] = {"ours": "adjective", "we": "people"}


@cache
def _words() -> re.Pattern[str]:
    kinds: dict[str, Iterable[str]] = dict(read_toml("sides.toml")["anaphor"])
    after = {"it": rf"(?=\s+(?:{any_of('auxiliaries')}\s+){{0,3}}{any_of('gets', 'gives')})"}
    longest = {kind: sorted(words, key=lambda word: (-len(word), word)) for kind, words in kinds.items()}
    one_of = {kind: "|".join(map(re.escape, words)) for kind, words in longest.items()}
    kinds_of_words = (rf"(?P<{kind}>{words})\b(?!\$){after.get(kind, '')}" for kind, words in one_of.items())
    nouns, others, small = ("|".join(read_toml("sides.toml")["described"][name]) for name in ("nouns", "others", "small"))
    described_as = rf"(?P<described>the (?!(?:{others})(?![a-z]))(?:(?!{small})[a-z][a-z-]+ ){{1,3}}?(?:{nouns}))\b"
    # Looked at first: no other word begins any, and most words of a text are others.
    opening = "|".join(sorted({re.escape(word.split()[0]) for words in longest.values() for word in words} | {"the"}))
    return re.compile(rf"\b(?=(?:{opening})\b)(?:{'|'.join([*kinds_of_words, described_as])})")


def _is_region(mark: Spanned) -> bool:
    """Whether a mark is the adjective of a region (`the West African country`)."""
    return isinstance(mark, NameMark) and mark.form == "adjective" and bool(mark.codes) and mark.codes[0] in vocabulary().blocs


def _explains(scene: Scene, place: int) -> bool:
    """Whether a word only explains the name before it (`Russia, its neighbour`)."""
    return any(scene.folded[group.end : place].strip() == "," for group in scene.groups if group.end < place)


def _on_route(scene: Scene) -> bool:
    """Whether a sentence speaks of a corridor, which is nobody's own."""
    return bool(scene.of_kind("route")) or any(name.kind == "corridor" for name in scene.reading.names)


def _exists(scene: Scene, place: int) -> bool:
    """Whether `there` only opens a clause (`there are`)."""
    return _EXISTS.search(scene.folded[max(scene.reading.start, place - _BEFORE) : place]) is not None


@cache
def _takes() -> re.Pattern[str]:
    """Verbs of which `it` is no side: what takes time is a journey."""
    return re.compile(r"\s+(?:\w+\s+){0,2}t(?:ak(?:es?|en)|ook)\b")


def read_out(scene: Scene, memory: Memory, speakers: Codes = (), trades: bool = True) -> Scene:
    """The sentence with a name for each word that stands for a country; see `stand_ins`."""
    meant = stand_ins(scene, memory, speakers, trades)
    if not meant:
        return scene
    return scene.once(_with_names, tuple(meant))


def _with_names(scene: Scene, meant: tuple[NameMark, ...]) -> Scene:
    """The sentence with names put for some of its words."""
    kept = (name for name in scene.reading.names if not any(word.start <= name.start < word.end for word in meant))
    names = tuple(sorted((*kept, *meant), key=lambda name: name.start))
    return replace(scene, reading=replace(scene.reading, names=names))


def stand_ins(scene: Scene, memory: Memory, speakers: Codes, trades: bool) -> list[NameMark]:
    """The words of a sentence that stand for a country, as names of it.

    `speakers` are the countries of who speaks in it; `trades` tells that a number of trade is asked for, where `it` may be one.
    """
    found = []
    for match in scene.once(_pointing):
        if match.lastgroup == "there" and (not trades or _exists(scene, match.start())):
            continue
        if match.lastgroup == "area" and (not trades or scene.folded.endswith(_LYING_IN, 0, match.start())):
            continue
        if match.lastgroup == "we" and not trades and _on_route(scene):
            continue
        if match.lastgroup == "it" and not trades and _takes().match(scene.folded, match.end()):
            continue
        kind = str(match.lastgroup)
        meant = _meant(scene, memory, kind, match, speakers)
        if meant:
            form = _FORMS.get(kind, "name")
            found.append(NameMark(match.start(), match.end(), match.group(), "country", meant, form, "+".join(meant)))
    return found


def _pointing(scene: Scene) -> list[re.Match[str]]:
    """The words that may stand for a country: those that are part of no name or number and explain no name before them."""
    marks: tuple[Spanned, ...] = (*scene.reading.names, *scene.reading.quantities)
    found = []
    for match in _words().finditer(scene.folded, scene.reading.start, scene.reading.end):
        covered = [mark for mark in marks if mark.start < match.end() and match.start() < mark.end]
        if covered and not (match.lastgroup == "described" and all(_is_region(mark) for mark in covered)):
            continue
        if not _explains(scene, match.start()):
            found.append(match)
    return found


def _meant(scene: Scene, memory: Memory, kind: str, match: re.Match[str], speakers: Codes) -> Codes:
    """Whom a word stands for; empty if nobody fits."""
    if kind in ("ours", "we"):
        return speakers if len(speakers) == 1 else memory.home
    before = [group for group in scene.groups if group.end <= match.start()]
    if kind == "described":
        governed = preposition_before(scene.folded, scene.reading.start, match.start())
        return _described(memory, before, governed in _FACING)
    if kind in ("it", "own"):
        free = [group for group in before if group.preposition in ("", "and")]
        named = [group for group in free if not group.place] or free
        named = named or [group for group in before if group.preposition not in ("from", "with")]  # `From Chad it buys oil`
        return named[-1].codes if named else memory.subject or memory.home
    return _named_before(scene, memory, match, before)


def _named_before(scene: Scene, memory: Memory, match: re.Match[str], before: list[Group]) -> Codes:
    """The country or bloc that a word means by what it is to those named before it, or by its kind."""
    kind = str(match.lastgroup)
    if kind in ("former", "latter"):
        return _of_two(scene, memory, match)
    told = (*reversed(_codes(before)), *memory.recent)
    areas: dict[str, list[str]] = read_toml("sides.toml")["regions"]
    if kind == "area":
        known = {*areas["codes"], *areas["blocs"]}
        return next(((code,) for code in (*memory.title_pair, *told, *memory.home) if code in known), ())
    if kind == "region":
        governed = preposition_before(scene.folded, scene.reading.start, match.start()) in _FACING
        here = set(_codes(before)) if governed else set()
        return next(((code,) for code in told if code in vocabulary().blocs and code not in here), ())
    if kind in ("bloc", "state"):
        states: dict[str, list[str]] = read_toml("sides.toml")["anaphor"]["state"]
        meant = set(vocabulary().blocs).difference(areas["codes"]) if kind == "bloc" else states[match.group()]
        return next(((code,) for code in (*told, *memory.home) if code in meant), ())
    others = (*told, *memory.title_pair, *memory.pair)
    if match.group() in _NEIGHBOUR:
        return _first(others, {code for group in before for code in group.codes} or memory.subject or memory.home)
    return _neighbour(memory, before, others) if match.group().startswith("its") else _other(memory, kind, before, others)


def _described(memory: Memory, before: Sequence[Group], governed: bool) -> Codes:
    """The country that `the landlocked country` means: whom the text is on, or behind `with` and `to` whom it named."""
    here = {code for group in before for code in group.codes}
    if not before and not governed:
        return (memory.home if memory.one_country else ()) or memory.subject or memory.home
    other = _first((*memory.recent, *memory.home) if governed else (*memory.home, *memory.recent), here)
    return other or (memory.home if set(memory.home) & here else ())


def _other(memory: Memory, kind: str, before: Sequence[Group], known: Codes) -> Codes:
    """The country named last that the text is not on: for `that country` and `there` none that the clause is of."""
    if kind == "other":
        return _first(known, memory.home)
    here = {code for group in before if group.preposition not in ("to", "in", "into") for code in group.codes}
    return _first(known, (*here, *memory.home)) or _first(known, here)


def _neighbour(memory: Memory, before: Sequence[Group], known: Codes) -> Codes:
    """The neighbour of whom the clause is on: the country that the text is on, else the other one named last."""
    subject = next((group.codes for group in before if not group.preposition), memory.subject) or memory.home
    if memory.home and not set(subject) & set(memory.home):
        return memory.home
    return _first(known, subject)


def _first(codes: Iterable[str], without: Collection[str]) -> Codes:
    return next(((code,) for code in codes if code not in without), ())


def _of_two(scene: Scene, memory: Memory, match: re.Match[str]) -> Codes:
    """The first or the second of the two named together before a word."""
    before = [group for group in scene.groups if group.end <= match.start()]
    pair = next((group.members for group in reversed(before) if len(group.members) == _PAIR), ())
    two = pair or (tuple((code,) for code in memory.ordered) if len(memory.ordered) == _PAIR else ())
    if not two:
        return ()
    return two[0] if match.lastgroup == "former" else two[1]


def _codes(groups: Iterable[Group]) -> list[str]:
    return [code for group in groups for member in group.members for code in member]


def named_in_order(groups: Sequence[Group], ordered: Codes) -> Codes:
    """The two that `the former` and `the latter` mean after a sentence: its last two named together, or the only two."""
    together = [group for group in groups if len(group.members) == _PAIR]
    if together:
        return tuple(member[0] for member in together[-1].members)
    named = tuple(dict.fromkeys(_codes(groups)))
    return named if len(named) == _PAIR else () if named else ordered


def recently_named(groups: Sequence[Group], recent: Codes) -> Codes:
    """The countries and blocs named so far, the last one first."""
    return tuple(dict.fromkeys((*reversed(_codes(groups)), *recent)))
