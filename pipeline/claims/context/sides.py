"""The countries and blocs of a sentence, grouped as they are coordinated, with the words that tell which side each is on.

Finding the groups belongs here, with the words around them in `seeds/reference/sides.toml`; which of them a given number is
about belongs to `pipeline.claims.slots.quantity_sides`.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from pipeline.claims.context.patterns import pattern
from pipeline.contract.reference import read_toml
from pipeline.contract.vocabulary import vocabulary
from pipeline.language.marks import NameMark
from pipeline.language.names import find_names
from pipeline.language.phrases import one_of

# What may stand between two names of one group: `Kazakhstan, Kyrgyzstan and the EU`, `Georgian-Russian`, `Moscow/Kiev`.
_IMPORTS_OF = re.compile(r"\bimports of (?:the )?$")
_COORDINATION = re.compile(
    r"(?:'s?)?\s*(?:,\s*(?:and|as well as|or)?|and|as well as|or|&|/|-|–|—|plus)\s*(?:the|its|with)?\s*", re.IGNORECASE
)
_WINDOW = 60
_MEMBER_OF = re.compile(r"\b(?:members?|membership|part) of (?:the )?$")
_PAIR = 2
_STEM = 4
_OBJECT = "object"  # of a verb that is none of trade: `overtook the USA`
_BASED_BEFORE = 30
_VENUE_BEFORE = 70
_AT = (" in ", " at ", " the ", " city of ", " port of ", " capital ")  # what may end the words before the name of a venue
_TIES_CALLED = ("of", "for", "to")  # ties a supplier or buyer to a name
_TIES_NOUN, _TIES_SITE = ("of", "in"), ("at", "near", "on")  # tie any noun, and a place where goods start or end, to a name
_MAY_END_CALLED = (*_TIES_CALLED, "the")
_MAY_END_NOUN = (*_TIES_NOUN, *_TIES_SITE, "the")
_WITHIN = re.compile(r"\s?,\s(?:in\s+)?|\s\(")


Act = Literal["", "gets", "gives", "taker", "agent", "counterpart"]


_VERBS: tuple[Act, ...] = ("gets", "gives")
_CALLED: dict[str, Act] = {"partners": "counterpart", "customers": "gets", "suppliers": "gives"}


_OF_CALLED: dict[str, Act] = {"customers": "gives", "suppliers": "gets"}


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand together and share a side.

    `members` holds the codes of each name in order; `preposition` the word that governs the group, empty for none; `owner`
    tells a possessive (`Kazakhstan's`) or an adjective (`Kazakh`); `place` that all members are places within countries;
    `act` what the words beside the group make of it: one who gets, who gives, (`taker`) who is given a number at once,
    (`agent`) the country of a firm or bank that acts, or (`counterpart`) who is called another's partner;
    `source` that goods follow an owner (`Kazakh grain`), `flow` that a flow does (`Kazakh exports`),
    `site` that a place does where goods start or end (`the Greek border`).
    """

    start: int
    end: int
    members: tuple[tuple[str, ...], ...]
    preposition: str
    owner: bool
    place: bool
    act: Act = ""
    source: bool = False
    flow: bool = False
    site: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """All codes of the group, sorted, without repeats."""
        return _codes(self.members)


@lru_cache(maxsize=1024)
def _codes(members: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(sorted({code for member in members for code in member}))


_BORDERING = "bordering"  # whom a place lies next to: no side of what passes there
_BORDER = re.compile(r"\b(?:border|frontier|boundary)\s+$")
_OF_ALL = re.compile(r"\b(?:world|global|planet|exporter|importer|consumer)")
_ENDS = re.compile(r"[-–—]|\bto\b")
_STATES = frozenset({"country", "bloc"})
_LEFT_OUT = ("non-", "non ", "anti-", "post-", "ex-", "former ")
_EXCEPT = re.compile(r"\bnon-[a-z]+ $")  # `non-OPEC Arab states` are not all Arab states
_EVERYBODY = ("WORLD",)  # trade with the world names no partner
_SIDE_KINDS = {"country", "bloc", "place", "port", "railway", "company", "organisation", "person"}


@cache
def words(kind: str) -> tuple[str, ...]:
    """One list of words of `seeds/reference/sides.toml`."""
    return tuple(read_toml("sides.toml")["words"][kind])


def any_of(*kinds: str) -> str:
    """A pattern for one whole word or phrase of some lists."""
    return rf"\b{one_of([word for kind in kinds for word in words(kind)])}\b"


@cache
def pattern_of(kind: str) -> re.Pattern[str]:
    """Any whole word or phrase of a list."""
    return re.compile(any_of(kind))


@cache
def apposition() -> re.Pattern[str]:
    """A noun that explains the name before it, with the commas around it."""
    return re.compile(rf"\s?,\s(?:{any_of('apposes')}|[\w-]{{2,20}}'s?)\s[^,;:.()\d]{{2,70}}\s?,")


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The patterns beside a name: verbs behind it, behind it and a noun, and before it; the goods and nouns behind an owner."""
    verb = rf"(?:(?:{any_of('auxiliaries')}|(?:is|are|was|were|be|been)\s+{any_of('prospects')})\s+){{0,3}}"
    subject = rf"(?:{apposition().pattern}|(?:\s?,\s)?(?=(?:which|who)\b))?\s?"
    noun = rf"\s+(?!{any_of('flows')})[a-z-]+\s+{verb}(?!{any_of('flows')})"
    return {
        "gets": re.compile(rf"{subject}(?<=\s){verb}{any_of('gets')}"),
        "gives": re.compile(rf"{subject}(?<=\s){verb}{any_of('gives')}"),
        "owner_gets": re.compile(rf"{noun}{any_of('gets')}"),
        "owner_gives": re.compile(rf"{noun}{any_of('gives')}"),
        # `to Kenya`, `to the southern ports of Kenya`; and `to the dry port at Modjo`, where the first preposition governs all.
        "preposition": re.compile(
            rf"(?:^|\W)(?!in all\b)({any_of('prepositions')}):?\s+(?:{any_of('before_names')}\s+){{0,4}}$"
        ),
        "preposition_of_noun": re.compile(
            rf"(?:^|\W)(to|from|into|through|via|towards?|bound for|destined for)\s+"
            rf"(?:(?:the|an?|its|their|his|her|our|all|both|some|other|several|two|three|four)\s+(?:[\w'-]+\s+){{0,3}}"
            rf"|(?:{any_of('before_names')}\s+){{0,2}})"
            rf"(?:[\w'-]+\s+(?:{'|'.join(_TIES_NOUN)})|{any_of('sites')}\s+(?:{'|'.join(_TIES_SITE)}))\s+(?:the\s+)?$"
        ),
        "whereabouts": re.compile(r"\s*(?:,|\(|in|of)\s*(?:(?:the|northern|southern|eastern|western|central)\s+){0,2}"),
        "finite": re.compile(rf"\s+(?:{any_of('finite', 'gets', 'gives')})"),
        "opens_with": re.compile(
            r"\W*(?:according to|in|on|at|by|for|from|with|under|after|following|behind|besides|alongside|unlike|like|as"
            r"|speaking|writing)\b[^,]{0,60}$"
        ),
        "tops": re.compile(
            r"\s+(?:\w+\s+)?(?:topped|tops|headed|heads|led|leads|topping|heading|leading) "
            r"(?:the|a|this) (?:list|rankings?|table)\b"
        ),
        "no_direction": re.compile(rf"{any_of('before_to')} to$"),
        "called_of": re.compile(
            rf"(?:(?P<suppliers>{any_of('suppliers')})|(?P<customers>{any_of('buyers')}))"
            rf"\s+(?:{'|'.join(_TIES_CALLED)})\s+(?:the\s+)?$"
        ),
        "participle": re.compile(rf",\s+(?:[a-z]+ly\s+)?(?:(?P<getting>{any_of('getting')})|{any_of('giving')})"),
        # `with Peru selling copper and Chile buying it`
        "absolute": re.compile(rf"\s+(?:[a-z]+ly\s+)?(?:(?P<getting>{any_of('getting')})|{any_of('giving')})"),
        "given_by": re.compile(
            rf"(?:{any_of('gives')}\s+by|{any_of('covered')}\s+by|{any_of('relies')}(?:\s+on)?)\s+(?:{any_of('before_names')}\s+){{0,4}}$"
        ),
        "got_by": re.compile(rf"{any_of('gets')}\s+by\s+(?:{any_of('before_names')}\s+){{0,4}}$"),
        "wanted_from": re.compile(rf"{any_of('wanted')}\s+from\s+(?:{any_of('before_names')}\s+){{0,4}}$"),
        "gives_to": re.compile(rf"{any_of('gives_to')}\s+(?:the\s+)?$"),
        "based_in": re.compile(rf"{any_of('based')}\s+in\s+(?:the\s+)?$"),
        # `a conference on ports held in Samarkand, in`, `met on Monday in`
        "venue": re.compile(
            rf"(?:{any_of('occasions')}(?:\s+(?:of|on|with|between|for|about)\s+(?:[\w'-]+\s+){{0,3}}[\w'-]+)?"
            rf"(?:,?\s+(?:which\s+|that\s+)?(?:was\s+|were\s+|is\s+)?(?:being\s+)?{any_of('convenes')})?"
            rf"|{any_of('convenes')})"
            rf"(?:,?\s+(?:on\s+\w+(?:\s+\d{{1,2}})?|in\s+\w+|last\s+\w+|this\s+\w+|today|yesterday|recently|earlier|here),?)?"
            rf"\s+(?:in|at)\s+(?:the\s+)?(?:[a-z]+\s+){{0,2}}$"
        ),
        "made_in": re.compile(rf"{any_of('made')}\s+in\s+(?:the\s+)?$"),
        "agents_of": re.compile(
            rf"{any_of('agents')}\s+(?:of\s+[\w-]+\s+)?(?:from|of|in)\s+(?:{any_of('before_names')}\s+){{0,4}}$"
        ),
        "called": re.compile(
            rf"\s+(?:{any_of('copulas')})\s+(?:[\w'-]+\s+){{0,5}}?(?:(?P<partners>{any_of('partners')})|"
            rf"(?P<customers>{any_of('buyers')})|(?P<suppliers>{any_of('suppliers')}))"
        ),
        "agents": re.compile(rf"(?:'s?)?\s+(?:[a-z-]+\s+){{0,2}}?{any_of('agents')}"),
        # `the Chinese [cherries]`, `Kenya's railway [the equivalent of $3 million]`, `Peru [a duty-free quota of 5 tons]`
        "gives_to_people": re.compile(rf"{any_of('gives_to')}\s+the\s+$"),
        "number_of_body": re.compile(
            rf"'s?\s+(?:[a-z-]+\s+){{1,3}}?(?:the equivalent of\s+)?(?:{any_of('bounds')}\s+){{0,2}}"
            r"(?:(?:us|[a-z]{3} )?[$€£¥]?\d)"
        ),
        "goods_for_number": re.compile(
            rf"\s+(?:[a-z-]+\s+){{1,4}}?(?:for|worth|valued at|to the value of)\s+(?:{any_of('bounds')}\s+){{0,2}}"
            r"(?:us)?[$€£¥]?\d"
        ),
        "quota": re.compile(r"\s+(?:an?|the|its|another)\s+(?:[a-z-]+\s+){0,4}?quotas?\s+of\b"),
        "number": re.compile(
            rf"\s+(?:with\s+)?(?:{any_of('bounds')}\s+){{0,2}}(?:(?:[a-z-]+\s+){{1,3}}(?:of|worth)\s+(?:{any_of('bounds')}\s+){{0,2}})?"
            rf"(?:(?:us|[a-z]{{3}} )?[$€£¥]?\d|{any_of('numerals')})"
        ),
        # `$3 billion worth of American energy`, `2 million tonnes of Indian stone`
        "amount_of": re.compile(
            rf"(?:\bworth|(?:\d|\b(?:hundred|thousand|million|mln|billion|bln))\s+{any_of('units_of_goods')})\s+of\s+(?:the\s+)?$"
        ),
        "goods": re.compile(rf"(?:'s?)?\s+(?:[a-z-]+\s+)?{any_of('goods')}(?!\s+{any_of('flows')})"),
        "flow_next": re.compile(rf"\s+(?:and\s+[a-z-]+\s+)?{any_of('flows')}"),
        "adjectives": re.compile(r"(?:'s?)?\s+(?:(?!(?:and|or|to|of|with|in|for|from|by)\b)[a-z-]+\s+){0,2}"),
        "site_behind": re.compile(rf"(?:'s?)?\s+(?:[a-z-]+\s+){{0,2}}?{any_of('sites')}"),
        # `Russia's seaborne crude oil exports`, `Chile's 2024 exports`
        "flow_behind": re.compile(
            rf"(?:\s?'s?)?\s+(?:(?:19|20)\d\d(?:[/-]\d{{2,4}})?\s+)?"
            rf"(?:(?:[a-z-]+\s+){{0,2}}?|(?:(?!(?:to|of|with|in|for|from|by|on|as|at)\b)[a-z-]+\s+){{3,4}}?)"
            rf"{any_of('own_flows')}"
        ),
        "flow": pattern_of("flows"),
        "aside": re.compile(rf"(?:-|(?:'s)?\s+){any_of('aside')}(?!-|\s+(?:{any_of('own_flows')}|{any_of('moneys')}))"),
    }


def side_groups(folded: str, start: int, names: Sequence[NameMark]) -> list[Group]:
    """The groups of a sentence that starts at `start`, by place. Names without a country are left out."""
    left_out = venues(folded, names)
    sided = [
        name
        for name in names
        if name.codes
        and name.kind in _SIDE_KINDS
        and name.codes != _EVERYBODY
        and _stands_for_country(name)
        and not _said_aside(folded, name)
        and name not in left_out
    ]
    runs: list[list[NameMark]] = []
    for name in sided:
        goes_on = runs and _coordinated(folded, runs[-1][-1], name) and not _lists_members(folded, runs[-1], name)
        if goes_on and not _new_subject(folded, start, runs[-1], name):
            runs[-1].append(name)
        else:
            runs.append([name])
    groups: list[Group] = []
    for run in runs:
        groups.append(_group(folded, start, run, names, groups[-1] if groups else None))
    return _with_participles(folded, _without_members(folded, groups))


def _lists_members(folded: str, run: Sequence[NameMark], name: NameMark) -> bool:
    """Whether a name behind a bloc and a dash or colon opens the list of its members."""
    if len(run) > 1 or run[0].kind != "bloc" or len(run[0].codes) != 1:
        return False
    return pattern("members_named").fullmatch(folded, run[0].end, name.start) is not None


def _without_members(folded: str, groups: list[Group]) -> list[Group]:
    """The groups without the members of a bloc that are only listed behind it (`the Gulf states - Oman, Qatar and ...`).

    Those that do something themselves stay (`Demand fell in the bloc: Chad, Niger and Mali imported`).
    """
    blocs = vocabulary().blocs
    listed = [
        after
        for bloc, after in itertools.pairwise(groups)
        if len(bloc.codes) == 1
        and bloc.codes[0] in blocs
        and len(after.members) > _PAIR
        and not (after.preposition or after.act)
        and _patterns()["finite"].match(folded, after.end) is None
        and pattern("members_named").fullmatch(folded, bloc.end, after.start)
    ]
    return [group for group in groups if group not in listed]


def _new_subject(folded: str, start: int, run: Sequence[NameMark], name: NameMark) -> bool:
    """Whether a name behind a governed one opens a clause of its own (`to Serbia, and Croatia said`, `In Baku, Minsk said`)."""
    between = folded[run[-1].end : name.start]
    if not between.startswith((",", " ,")) or _patterns()["finite"].match(folded, name.end) is None:
        return False
    if _patterns()["opens_with"].match(folded, start, run[0].start) is not None:
        return True
    return "and" in between and bool(preposition_before(folded, start, run[0].start))


def _with_participles(folded: str, groups: list[Group]) -> list[Group]:
    """The groups with what a participle behind them makes of the one that opens its clause (`Peru led, buying ...`)."""
    if not groups:
        return groups
    for match in _patterns()["participle"].finditer(folded, groups[0].end, groups[-1].end + _WINDOW):
        opens = max(folded.rfind(sign, 0, match.start()) for sign in ";:.\n")
        subject = next((index for index, group in enumerate(groups) if opens < group.start and not group.preposition), None)
        if subject is not None and groups[subject].end <= match.start() and not groups[subject].act:
            groups[subject] = replace(groups[subject], act="gets" if match["getting"] else "gives")
            for index in range(subject + 1, len(groups)):
                other = groups[index]
                if other.end <= match.start() and not (other.preposition or other.owner or other.act):
                    groups[index] = replace(groups[index], preposition=_OBJECT)
    return groups


@cache
def countries_of_line(corridor: str) -> tuple[str, ...]:
    """The countries of a line named by its ends (`china-laos railway`); empty for others, and for corridors with a code."""
    parts = (
        [find_names(part.strip().title()) for part in _ENDS.split(corridor)] if corridor not in vocabulary().corridors else []
    )
    ends = [name.codes[0] for names in parts for name in names[:1] if len(name.codes) == 1 and name.kind in _SIDE_KINDS]
    return tuple(dict.fromkeys(ends)) if len(ends) == len(parts) and len(set(ends)) > 1 else ()


def _said_aside(folded: str, name: NameMark) -> bool:
    """Whether a name is said of a calendar or an age, or to be left out (`the Ethiopian fiscal year`, `non-EU`)."""
    low = max(0, name.start - _BASED_BEFORE)
    before = folded[low : name.start].rstrip()
    if folded.endswith(_LEFT_OUT, 0, name.start) or ("non-" in before and _EXCEPT.search(folded, low, name.start)):
        return True
    if before.endswith(("in", "the")) and _patterns()["based_in"].search(folded, low, name.start):
        return True
    if before.endswith((" of", " the")) and pattern("framework_of").search(
        folded, max(0, name.start - _VENUE_BEFORE), name.start
    ):
        return True
    return _patterns()["aside"].match(folded, name.end) is not None


def venues(folded: str, names: Sequence[NameMark]) -> frozenset[NameMark]:
    """The names that only tell where people came together (`a conference in Hamburg`, `met on Monday in Osh, Kyrgyzstan`)."""
    found: list[NameMark] = []
    for name in names:
        again = bool(found) and found[-1].codes == name.codes and _WITHIN.fullmatch(folded, found[-1].end, name.start)
        before = max(0, name.start - _VENUE_BEFORE)
        if again or (folded.endswith(_AT, 0, name.start) and _patterns()["venue"].search(folded, before, name.start)):
            found.append(name)
    return frozenset(found)


def _stands_for_country(name: NameMark) -> bool:
    """A company stands for its country only if its name says which."""
    if name.kind != "company":
        return True
    countries = vocabulary().countries
    return any(countries.get(code, "?")[:_STEM].lower() in name.text.lower() for code in name.codes)


def _coordinated(folded: str, left: NameMark, right: NameMark) -> bool:
    if "capital" not in (left.form, right.form) and (left.kind in _STATES) != (right.kind in _STATES):
        return False
    if "," in folded[left.end : right.start] and right.form == "adjective" != left.form:
        return False  # `in Chad, and Chadian investments`
    if folded.startswith("'", right.end) and folded[left.end : right.start].strip() == ",":
        return False  # a noun that explains the name before it: `Iraq, Turkey's neighbour`
    if folded[left.end : right.start].strip() == "," and _MEMBER_OF.search(folded, max(0, left.start - _WINDOW), left.start):
        return False  # `As a member of the Union, Croatia`
    return right.start - left.end <= 20 and _COORDINATION.fullmatch(folded, left.end, right.start) is not None


def _group(folded: str, start: int, run: Sequence[NameMark], names: Sequence[NameMark], previous: Group | None) -> Group:
    first, last = run[0], run[-1]
    left = previous.end if previous else start
    before = folded[max(left, first.start - _WINDOW) : first.start]
    members = tuple(name.codes for name in run)
    preposition = preposition_before(folded, left, first.start)
    if previous and previous.members[-1:] == members and _patterns()["whereabouts"].fullmatch(folded, left, first.start):
        preposition = previous.preposition
    if preposition in ("from", "of", "in") and _right_before("agents_of", before):
        preposition = ""
    if preposition == "in" and _right_before("made_in", before):
        preposition = "from"
    if preposition == "from" and _patterns()["wanted_from"].search(before):
        preposition = "to"
    if first.text == "there" and not preposition:
        preposition = "there"
    if preposition == "for" and folded[start : first.start].strip(" \"'(") in ("for", "for the") and _owns(folded, run):
        preposition = ""
    if preposition == "of" and _imports_itself(folded, run, names, before):
        preposition = "by"
    called = _right_before("called_of", before) if before.rstrip().endswith(_MAY_END_CALLED) else None
    if called and first.form != "adjective":
        preposition = ""
    peoples = all(name.form == "adjective" and name.text.lower().endswith(words("people_endings")) for name in run)
    people = peoples and _right_before("gives_to_people", before) is not None
    owner = _owns(folded, run) and not people
    place = all(name.kind not in ("country", "bloc") for name in run)
    absolute = preposition == "with" and _patterns()["absolute"].match(folded, last.end)
    if absolute:
        preposition = ""
    act = ("taker" if people else "") or (
        (("gets" if absolute["getting"] else "gives") if absolute else "")
        or _called_of(called, owner)
        or _act(folded, last.end, before, owner)
        or _firm_named(folded, last.end, owner, names)
    )
    return Group(
        first.start,
        last.end,
        members,
        preposition,
        owner,
        place,
        act if not place or act == "taker" else "",
        owner
        and (
            _owns_goods(folded, last.end, [name for name in names if name.kind == "commodity"])
            or (first.form == "adjective" and _patterns()["amount_of"].search(before) is not None)
        ),
        owner and _patterns()["flow_behind"].match(folded, last.end) is not None,
        owner and _patterns()["site_behind"].match(folded, last.end) is not None,
    )


def _imports_itself(folded: str, run: Sequence[NameMark], names: Sequence[NameMark], before: str) -> bool:
    """Whether imports are those of the countries named behind them (`the imports of Chad`), not of goods (`of US wheat`)."""
    if run[0].form != "name" or _IMPORTS_OF.search(before) is None:
        return False
    return not any(name.kind == "commodity" and folded[run[-1].end : name.start].isspace() for name in names)


def _right_before(kind: str, before: str) -> re.Match[str] | None:
    """What a pattern reads in the words before a name, up to the blank that parts them."""
    return _patterns()[kind].search(before) if before[-1:].isspace() else None


def _owns(folded: str, run: Sequence[NameMark]) -> bool:
    """Whether names are a possessive or adjectives."""
    return all(name.form == "adjective" for name in run) or folded.startswith(("'", " 's "), run[-1].end)


def _called_of(called: re.Match[str] | None, owner: bool) -> Act:
    """What the noun before a name makes of it (`the supplier of Germany`)."""
    return _OF_CALLED[str(called.lastgroup)] if called and not owner else ""


def preposition_before(folded: str, start: int, place: int) -> str:
    """The preposition that governs a name at a place in a sentence that starts at `start`; empty for none."""
    before = folded[max(start, place - _WINDOW) : place]
    of_noun = _right_before("preposition_of_noun", before) if before.rstrip().endswith(_MAY_END_NOUN) else None
    match = of_noun or _right_before("preposition", before)
    if match is None or (match.group(1) == "to" and _patterns()["no_direction"].search(before, 0, match.end(1))):
        return ""
    if match.group(1) == "with" and _BORDER.search(before, 0, match.start(1)):
        return _BORDERING
    alike: dict[str, str] = read_toml("sides.toml")["alike"]
    return alike.get(match.group(1), match.group(1))


def _act(folded: str, end: int, before: str, owner: bool) -> Act:
    """What the verb beside a name that ends at `end` makes of it."""
    patterns = _patterns()
    got = "by" in before and _right_before("got_by", before)
    passive: Act = "gives" if _right_before("given_by", before) else "gets" if got else ""
    if passive:
        return passive
    if _right_before("gives_to", before) and any(
        patterns[behind].match(folded, end)
        for behind in (("number_of_body",) if owner else ("number", "quota", "goods_for_number"))
    ):
        return "taker"
    prefix = "owner_" if owner else ""
    for act in _VERBS:
        if patterns[prefix + act].match(folded, end):
            return act
    if not owner and patterns["tops"].match(folded, end):
        return "counterpart"
    called = patterns["called"].match(folded, end)
    if called and called.lastgroup:
        return _CALLED[called.lastgroup]
    return "agent" if owner and patterns["agents"].match(folded, end) else ""


def called_as(folded: str, end: int) -> str:
    """What the predicate behind a name that ends at `end` calls it in another's trade: `customers`, `suppliers` or `partners`.

    Empty where it calls it nothing, and where it ranks it among all the world (`is the world's largest buyer`).
    """
    called = _patterns()["called"].match(folded, end)
    if called is None or _OF_ALL.search(called.group()):
        return ""
    return str(called.lastgroup)


def _firm_named(folded: str, end: int, owner: bool, names: Sequence[NameMark]) -> Act:
    """Whether the name of a firm follows an owner that ends at `end` (`China's CNOOC`)."""
    firms = (name for name in names if name.kind in ("company", "organisation") and name.start >= end)
    named = next(firms, None) if owner else None
    return "agent" if named and _patterns()["adjectives"].fullmatch(folded, end, named.start) else ""


def _owns_goods(folded: str, end: int, goods: Sequence[NameMark]) -> bool:
    """Whether goods follow an owner that ends at `end`: `Kazakh grain`, not the flow of `Kazakh grain exports`."""
    patterns = _patterns()
    if patterns["goods"].match(folded, end):
        return True
    named = next((name for name in goods if name.start >= end), None)
    if named is None or patterns["adjectives"].fullmatch(folded, end, named.start) is None:
        return False
    between = folded[end : named.start]
    return patterns["flow_next"].match(folded, named.end) is None and not patterns["flow"].search(between)
