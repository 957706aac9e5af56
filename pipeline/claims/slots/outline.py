"""What a document is about as a whole: its home country, the pair of sides it speaks of, its corridor and goods.

Only what the title and the lead say belongs here; what a sentence says belongs to the slot modules.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from pipeline.claims.context.cues import Cue
from pipeline.claims.context.facilities import mentions
from pipeline.claims.context.memory import Memory, Section
from pipeline.claims.context.patterns import pattern
from pipeline.claims.context.reading import Reading, SentenceReading, shared_out
from pipeline.claims.context.scene import Scene, thresholds
from pipeline.claims.context.sides import called_as, countries_of_line, preposition_before, side_groups, venues, words
from pipeline.claims.slots.goods import generic_goods, parts_of
from pipeline.contract.reference import read_toml
from pipeline.documents.byline import names_body
from pipeline.documents.document import Document
from pipeline.language.marks import NameMark
from pipeline.language.names import names_in_label

_LEAD = 4
_CARRIER_LEAD = 3
_TWO = 2
_RAILWAY = re.compile(r"\brailways?\b|\brailroad\b|\bby rail\b|\bblock trains?\b")
_PORT = re.compile(r"\b(?:sea)?ports?\b")
_LINE_BETWEEN = re.compile(r"\b(?:railway|railroad|rail line|train line|rail link)(?: line| link)? (?:between|from) (?:the )?$")
_LINE_BEFORE = 50
_OPENS_AT = 4  # characters before the name that a sentence opens with (`The `)
_OPENS = 50  # characters before the noun of what a sentence opens with
_ACTS = re.compile(
    r"(?:\s+(?:authority|company|operator|administration))?(?:\s+(?:in|of|at|on)\s+[^,.;:]{2,40}?)?(?:\s?,[^,.;:]{2,60}\s?,)?"
    r"\s+(?:has |had |have )?(?:\w+ly )?(?:handled|handles|carried|carries|moved|moves|hauled|hauls|transported"
    r"|loaded|loads|received|processed"
    r"|reloaded|said|says|reported|reports|dispatched|ran|put through|unloaded|served|expects|plans|wants|set)\b"
)
_WAYS = frozenset({"across", "through", "via", "over"})  # before what lies between two sides and is none of them
_DIRECTIONS = frozenset({"to", "from", "into", "with", "against", "on", "by", "for"})
_NO_KIND = frozenset({"other", "services"})
_HOMES = frozenset({"country", "bloc", "place", "port", "railway"})
_ACTORS = _HOMES | {"organisation"}


def begin_memory(reading: Reading, cues: Sequence[Cue] = ()) -> Memory:
    """What a reader knows after the headline and the lead; `cues` are those of the whole text."""
    lead = [sentence for sentence in reading.sentences if sentence.sentence.kind != "heading"]
    counts = _homes(reading, lead)
    ranked = sorted(counts, key=lambda code: -counts[code])
    pair = tuple(ranked[:2]) if len(ranked) > 1 else ()
    operator = _operator(reading, lead[:_CARRIER_LEAD])
    one_country = _dominates(counts, ranked) and not any(
        name.kind == "corridor" for sentence in lead[:_LEAD] for name in sentence.names
    )
    return Memory(
        published_on=reading.document.published_on,
        home=tuple(ranked[:1]),
        pair=pair,
        corridor=_first(lead[:_LEAD], "corridor"),
        title_corridor=_main_corridor(lead),
        commodity=_goods_of_text(reading),
        carrier=operator or _carrier(lead[:_CARRIER_LEAD]),
        operator=operator,
        mode=_mode_of_text(reading, cues),
        carrier_mode="rail" if _opens_by_rail(reading, lead[:_CARRIER_LEAD]) else None,
        one_country=one_country,
        on_works=any(
            pattern("on_money_for_works").search(reading.folded, sentence.start, sentence.end)
            for sentence in lead
            if sentence.sentence.kind == "title"
        ),
        digest=_is_digest(reading, tuple(ranked[:1]) if one_country else ()),
        title_pair=_title_pair(reading, lead) or (_bilateral(counts, ranked) if _on_two(reading, lead, cues, pair) else ()),
    )


def _homes(reading: Reading, sentences: list[SentenceReading]) -> dict[str, float]:
    """How much a text is on each country, in the order in which they are named: by how often and where it names them, by whom
    it comes from, and by whose money it counts in."""
    weights = thresholds()["home"]
    counts: dict[str, float] = {}
    for sentence in sentences:
        place = "title" if sentence.sentence.kind == "title" else "lead" if sentence.index <= _LEAD else "body"
        for code, governed in _homes_named(reading, sentence):
            counts[code] = counts.get(code, 0.0) + weights[place] * (weights["governed"] if governed else 1.0)
    publisher = reading.document.publisher
    for code in _own_names(publisher):
        if code in counts or names_body(publisher or ""):  # a ministry or an office tells of its own country
            counts[code] = counts.get(code, 0.0) + weights["publisher"]
    dateline = reading.document.dateline
    for code in _own_names(reading.document.text[dateline.start : dateline.end] if dateline else None):
        counts[code] = counts.get(code, 0.0) + weights["dateline"]
    for code in dict.fromkeys(code for line in _head_lines(reading.document) for code in _own_names(line)):
        counts[code] = counts.get(code, 0.0) + weights["head"]
    for code, sums in _moneys(sentences).items():
        counts[code] = counts.get(code, 0.0) + min(weights["money_most"], weights["money"] * sums)
    return counts


def _head_lines(document: Document) -> Iterator[str]:
    """The lines between the headline and the first sentence, which tell who issued a text and where; not who wrote it."""
    begins = [sentence for sentence in document.sentences if sentence.kind not in ("title", "heading")][:1]
    titles = [sentence.end for sentence in document.sentences if sentence.kind == "title"]
    if not begins:
        return
    end = document.dateline.start if document.dateline else begins[0].start
    for line in document.text[max(titles, default=0) : end].splitlines():
        told = line.replace(document.author or "\n", "").replace(document.publisher or "\n", "")
        if told.strip():
            yield told


def _own_names(text: str | None) -> list[str]:
    """The countries that a short text names, a publisher's name or a dateline."""
    named = [name.codes[0] for name in names_in_label((text or "").title()) if name.kind in _HOMES and len(name.codes) == 1]
    return [code for code in dict.fromkeys(named) if code not in words("no_traders")]


def _moneys(sentences: list[SentenceReading]) -> Counter[str]:
    """How many sums a text tells in the money of each country."""
    owners: dict[str, str] = read_toml("claim_traits.toml")["money"]
    units = (str(mark.unit).partition("/")[0] for sentence in sentences for mark in sentence.quantities if mark.kind == "money")
    return Counter(owners[unit] for unit in units if unit in owners)


def _homes_named(reading: Reading, sentence: SentenceReading) -> list[tuple[str, bool]]:
    """The sides that a sentence names, each as often as it does, with whether a word of direction governs it.

    A name and its short form behind it (`... (OTS)`) are one.
    """
    found: list[tuple[str, bool]] = []
    left_out = venues(reading.folded, sentence.names)
    end = -1
    for name in sentence.names:
        if name.kind not in _ACTORS or len(name.codes) != 1 or name.codes[0] in words("no_traders"):
            continue
        again = bool(found) and found[-1][0] == name.codes[0] and reading.folded[end : name.start].strip() == "("
        preposition = preposition_before(reading.folded, sentence.start, name.start)
        if not again and preposition not in _WAYS and name not in left_out:
            other = preposition in _DIRECTIONS or called_as(reading.folded, name.end) != ""
            found.append((name.codes[0], other and name.form != "adjective"))
        end = name.end
    return found


def _bilateral(counts: dict[str, float], ranked: list[str]) -> tuple[str, ...]:
    """The two that a text is on, where it names hardly any other."""
    weights = thresholds()["home"]
    if len(ranked) < _TWO or sum(counts[code] for code in ranked[:_TWO]) < weights["bilateral"] * sum(counts.values()):
        return ()
    return tuple(ranked[:_TWO]) if counts[ranked[1]] >= weights["second"] * counts[ranked[0]] else ()


def _on_two(reading: Reading, sentences: list[SentenceReading], cues: Sequence[Cue], pair: tuple[str, ...]) -> bool:
    """Whether a text speaks of two sides as a pair: calls them so again and again, or once where it names them together."""
    called = sum(1 for cue in cues if cue.kind in ("pair", "pair_adjective"))
    if not called or called >= thresholds()["home"]["called_pair"]:
        return bool(called)
    groups = (group for sentence in sentences[:_TWO] for group in side_groups(reading.folded, sentence.start, sentence.names))
    return any(len(group.members) == _TWO and set(group.codes) == set(pair) for group in groups)


def _dominates(counts: dict[str, float], ranked: list[str]) -> bool:
    """Whether a text is on one country above all others."""
    weights = thresholds()["home"]
    return bool(ranked) and counts[ranked[0]] >= max(weights["least"], weights["dominant"] * sum(counts.values()))


def _opens_by_rail(reading: Reading, sentences: list[SentenceReading]) -> bool:
    """Whether the headline and the lead are on a railway, or a railway publishes the text."""
    if any(name.kind == "railway" for name in names_in_label(reading.document.publisher or "")):
        return True
    titled = [name.kind for sentence in sentences if sentence.sentence.kind == "title" for name in sentence.names]
    if "port" in titled and "railway" not in titled:
        return False
    return any(name.kind == "railway" for sentence in sentences for name in sentence.names) or any(
        _on_railway(reading.folded, sentence) for sentence in sentences
    )


def _on_railway(folded: str, sentence: SentenceReading) -> bool:
    """Whether a sentence is on a railway: not where that only serves a port told of before it (`The port handled more cargo,
    helped by a new railway`)."""
    found = _RAILWAY.search(folded, sentence.start, sentence.end)
    return found is not None and _PORT.search(folded, sentence.start, found.start()) is None


def _carrier(sentences: list[SentenceReading]) -> tuple[str, ...]:
    """The country of the railway or port that a text opens with."""
    return next(
        (name.codes for sentence in sentences for name in sentence.names if name.kind in ("railway", "port") and name.codes), ()
    )


def _operator(reading: Reading, sentences: list[SentenceReading]) -> tuple[str, ...]:
    """The country or countries of the railway or port that a text as a whole is on.

    Either it publishes the text, or the headline or lead names it or tells the two ends of the line.
    """
    publisher = names_in_label(reading.document.publisher or "")
    for name in publisher:
        if name.kind in ("railway", "port") and name.codes:
            return name.codes
    return next((found for sentence in sentences for found in (_operator_named(reading, sentence),) if found), ())


def _operator_named(reading: Reading, sentence: SentenceReading) -> tuple[str, ...]:
    """The operator as a sentence of the headline or the lead names it."""
    title = sentence.sentence.kind == "title"
    for name in sentence.names:
        opens = title or reading.folded[sentence.start : name.start].strip() in ("", "the")
        if name.codes and (name.kind == "railway" or (name.kind == "port" and opens)):
            return name.codes
        if name.kind == "corridor" and name.codes and countries_of_line(name.codes[0]):
            return countries_of_line(name.codes[0])
    scene = Scene(reading.folded, sentence, ())
    for group in scene.groups:
        before = reading.folded[max(sentence.start, group.start - _LINE_BEFORE) : group.start]
        if len(group.members) == _TWO and _LINE_BETWEEN.search(before):
            return group.codes
    return _facility_acts(scene)


def _facility_acts(scene: Scene) -> tuple[str, ...]:
    """The country of a port or a railway that opens a sentence and does something (`Colombo port in Sri Lanka handled`)."""
    for mention in mentions(scene):
        opens = mention.start - scene.reading.start <= _OPENS and mention.kind in ("port", "line")
        if opens and mention.means is not None and _ACTS.match(scene.folded, mention.end, scene.reading.end):
            return mention.means.countries if not mention.means.origin else ()
    return ()


def _title_pair(reading: Reading, sentences: list[SentenceReading]) -> tuple[str, ...]:
    """The two sides that the headline names, or the lead where there is none, if it sets them against each other."""
    titles = [sentence for sentence in sentences if sentence.sentence.kind == "title"] or [
        sentence for sentence in sentences[:1] if _faces(reading, sentence)
    ]
    named = [
        name
        for title in titles
        for name in title.names
        if name.kind in ("country", "bloc") and not set(name.codes) <= set(words("no_traders"))
        if not _is_occasion(reading, title, name)
    ]
    for names in (named, [name for name in named if name.form != "capital"]):
        sides = dict.fromkeys(code for name in names for code in name.codes)
        if len(sides) == _TWO:
            return tuple(sides)
    return ()


def _is_occasion(reading: Reading, title: SentenceReading, name: NameMark) -> bool:
    """Whether a headline names a side only for its duties or sanctions, in which its news happened (`as U.S. tariffs bite`)."""
    behind = pattern("occasion_behind").match(reading.folded, name.end, title.end)
    return behind is not None and pattern("occasion").search(reading.folded, title.start, name.start) is not None


def _faces(reading: Reading, sentence: SentenceReading) -> bool:
    """Whether a sentence tells of what goes from one side to another, or between them."""
    groups = side_groups(reading.folded, sentence.start, sentence.names)
    return any(group.preposition in ("to", "from", "with", "between", "into") for group in groups)


def _main_corridor(sentences: list[SentenceReading]) -> str | None:
    """The corridor that a text is on: the one of its headline, or the only one that it names, if it does so at once."""
    titled = _first([sentence for sentence in sentences if sentence.sentence.kind == "title"], "corridor")
    named = {name.codes[0] for sentence in sentences for name in sentence.names if name.kind == "corridor" and name.codes}
    return titled or (_first(sentences[:_CARRIER_LEAD], "corridor") if len(named) == 1 else None)


def _mode_of_text(reading: Reading, cues: Sequence[Cue]) -> str | None:
    """The mode of transport that a text as a whole is on: the one that most of its sentences that name any name."""
    named = Counter(
        mode
        for inside in shared_out([cue for cue in cues if cue.kind == "mode"], reading.sentences)
        for mode in sorted({cue.value for cue in inside})
    )
    limits = thresholds()["mode"]
    counted = sum(1 for sentence in reading.sentences if sentence.quantities)
    for mode, sentences in named.most_common(1):
        if sentences >= max(limits["own_mentions"], limits["own_sentences"] * counted):
            return mode if sentences >= limits["own_share"] * named.total() else None
    return None


def _goods_of_text(reading: Reading) -> str | None:
    """The goods that a text as a whole is on: of those that its sentences with a number name, the ones named most by far."""
    titled = _goods_named(sentence for sentence in reading.sentences if sentence.sentence.kind == "title")
    counted = [sentence for sentence in reading.sentences if sentence.quantities and sentence.sentence.kind != "title"]
    named = Counter(
        code for sentence in counted for code in sorted(_goods_named([sentence]) - _carriers_of_goods().difference(titled))
    )
    if not named:
        return None
    limits = thresholds()["commodity"]
    at_large = sum(1 for _ in pattern("trade_at_large").finditer(reading.folded)) > limits["own_at_large"]
    for code in sorted(named, key=lambda code: (-named[code], code)):
        wholes = {whole for whole, parts in generic_goods().items() if code in parts and named[whole] <= named[code]}
        share = sum(named[kind] for kind in {code, *wholes, *(parts_of(code) if code in titled else ())}) / named.total()
        much = max(limits["own_mentions"], limits["own_sentences"] * len(counted))
        often = code in titled or (named[code] >= much and not at_large)
        least = limits["own_share"] if at_large or code not in titled else limits["own_share_titled"]
        if often and share >= least and code not in _NO_KIND:
            return code
    return None


def _goods_named(sentences: Iterable[SentenceReading]) -> set[str]:
    """The codes of the goods that sentences name."""
    return {name.codes[0] for sentence in sentences for name in sentence.names if name.kind == "commodity" and name.codes}


@cache
def _carriers_of_goods() -> frozenset[str]:
    """Goods whose names are as often those of what carries goods (locomotives, cars)."""
    return frozenset(read_toml("claim_traits.toml")["carriers"]["goods"])


def _first(sentences: list[SentenceReading], kind: str) -> str | None:
    return next((name.codes[0] for sentence in sentences for name in sentence.names if name.kind == kind and name.codes), None)


def subject_of(scene: Scene, subject: tuple[str, ...]) -> tuple[str, ...]:
    """The country that `its` means after a sentence: its first that no preposition governs."""
    named = next((group for group in scene.groups if not group.place and group.preposition in ("", "and")), None)
    return named.codes if named else subject


def opener_of(scene: Scene) -> tuple[str, ...]:
    """The only country of a sentence, where the sentence opens with it: whom `the country` of the next means."""
    named = {group.codes for group in scene.groups if not group.place}
    first = scene.groups[0] if scene.groups else None
    opens = first is not None and first.start <= scene.reading.start + _OPENS_AT and first.preposition == ""
    return first.codes if first is not None and opens and len(named) == 1 and len(first.codes) == 1 else ()


def remember_site(scene: Scene, memory: Memory) -> None:
    """Keeps the country of the places that a sentence tells of, where they all lie in one."""
    places = {group.codes for group in scene.groups if group.place or group.preposition in ("in", "at", "across")}
    if places:
        memory.site = places.pop() if len(places) == 1 else ()
        memory.site_paragraph = scene.reading.sentence.paragraph


def pair_of(scene: Scene, pair: tuple[str, ...], home: tuple[str, ...]) -> tuple[str, ...]:
    """The sides that `the two countries` means after a sentence: the last two or more that were named together.

    Where it names but one as whom something is done with (`How is trade with Chad?`), the other is the one that the text is on.
    """
    named = [
        group
        for group in scene.groups
        if not group.place and group.preposition not in _WAYS and not set(group.codes) <= set(words("no_traders"))
    ]
    together = [group for group in named if len(group.members) > 1]
    if together:
        return tuple(dict.fromkeys(code for member in together[-1].members for code in member))
    codes = tuple(dict.fromkeys(code for group in named for code in group.codes))
    if len(named) == 1 and named[0].preposition == "with" and len({*codes, *home}) == _TWO:
        return (*home, *codes)
    return codes if len(codes) == 2 else pair


_JOINS = re.compile(r"(?:[\W\d_]|\b(?:and|the|with|vs|to)\b)*")
_LABEL = re.compile(r"\W{0,4}(?:[a-z][\w'&/-]*\W{1,3}){1,4}")


def enter_section(scene: Scene, memory: Memory) -> None:
    """Keeps what a label over a part of the text says it is on (`AIR FREIGHT`, `2) Rhine.`)."""
    sentence, section = scene.reading, memory.section
    paragraph = sentence.sentence.paragraph
    if section is not None and not section.heads and section.paragraph != paragraph:
        memory.section = None
    opens = memory.section is None or memory.section.paragraph != paragraph
    heads = sentence.sentence.kind == "heading"
    text = scene.folded[sentence.start : sentence.end]
    if not opens or sentence.quantities or _LABEL.fullmatch(text + " ") is None:
        return
    if heads:
        _enter_sides(sentence, text, memory)
    modes = {str(match.lastgroup) for match in _section_modes().finditer(text)}
    corridors = {name.codes[0] for name in sentence.names if name.kind == "corridor" and name.codes}
    memory.section = Section(_only(modes), _only(corridors), paragraph, heads)


def _enter_sides(sentence: SentenceReading, text: str, memory: Memory) -> None:
    """Goes over to the sides that a heading is on: a pair (`Chile - Vietnam`), one country of several, or a partner of the one.

    Any other heading leads back to those of the text as a whole.
    """
    home, pair, one_country = memory.whole or (memory.home, memory.title_pair, memory.one_country)
    sides = _sides_headed(sentence, text)
    if len(sides) == _TWO:
        memory.home = home if home and set(home) <= set(sides) else sides[:1]
        memory.title_pair, memory.pair, memory.one_country = sides, sides, False
        memory.last = memory.told = memory.duty = None
        memory.whole = home, pair, one_country
    elif len(sides) == 1 and memory.digest:
        memory.home, memory.title_pair, memory.one_country = sides, (), True
        memory.last = memory.told = memory.duty = None
        memory.whole = home, pair, one_country
    elif len(sides) == 1 and home != sides and one_country:
        memory.title_pair = (*home, *sides)
        memory.last = memory.told = None
        memory.whole = home, pair, one_country
    elif memory.whole is not None:
        memory.home, memory.title_pair, memory.one_country = memory.whole
        memory.whole = None


def _is_digest(reading: Reading, home: tuple[str, ...]) -> bool:
    """Whether headings divide a text by countries, of which the one that it is on, if any, is but one."""
    heads = [sentence for sentence in reading.sentences if sentence.sentence.kind in ("title", "heading")]
    sides = {_sides_headed(head, reading.folded[head.start : head.end]) for head in heads}
    countries = {headed for headed in sides if len(headed) == 1}
    return len(countries) >= _TWO and (not home or home in countries)


def _sides_headed(sentence: SentenceReading, text: str) -> tuple[str, ...]:
    """The sides that a heading names, where it holds nothing else; none that trade in nothing."""
    names = [name for name in sentence.names if name.kind in ("country", "bloc") and len(name.codes) == 1]
    rest = text
    for name in reversed(names):
        rest = rest[: name.start - sentence.start] + rest[name.end - sentence.start :]
    if not names or _JOINS.fullmatch(rest) is None:
        return ()
    return tuple(dict.fromkeys(name.codes[0] for name in names if name.codes[0] not in words("no_traders")))


def _only(found: set[str]) -> str | None:
    return next(iter(found)) if len(found) == 1 else None


@cache
def _section_modes() -> re.Pattern[str]:
    """The modes as a label names them, one by one."""
    modes: dict[str, list[str]] = read_toml("claim_traits.toml")["section"]
    return re.compile("|".join(rf"\b(?P<{mode}>{'|'.join(map(re.escape, words))})\b" for mode, words in modes.items()))
