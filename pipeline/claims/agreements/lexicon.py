"""The words of agreements: instruments, what is done to them, how certain it is, and whom they bind.

Reading `agreements.toml` into searchable lexicons belongs here; the grammar that uses them belongs to the modules beside it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, NamedTuple

from pipeline.claims.agreements.inflection import forms
from pipeline.contract.reference import read_rows, read_toml
from pipeline.language.phrases import Phrases, fold, one_of

Construction = Literal["verb", "noun", "state", "talks", "content", "awaited", "split", "event", "list", "deed", "echo"]


class Head(NamedTuple):
    """A noun that names an instrument. A weak one counts only where a strong trigger governs it; a named one is a name.

    A paired one is weak, unless both its parties are named. `parties` are those of a well-known instrument. The form `same`
    is that of one more of the kind told of last.
    """

    form: str
    weak: bool
    subject: str | None
    named: bool = False
    parties: tuple[str, ...] = ()
    paired: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that says where an instrument stands, and the construction that ties it to the instrument.

    A strong one governs an instrument at some distance, and weak nouns; a partnered one only an instrument `with` another.
    `modality` is set where the word itself tells it, as `rejected` does.
    """

    status: str
    construction: Construction
    strong: bool
    partnered: bool = False
    modality: str | None = None


class Grammar(NamedTuple):
    """Closed classes of words."""

    determiners: frozenset[str]
    definite: frozenset[str]
    numbers: tuple[str, ...]
    prepositions: frozenset[str]
    conjunctions: frozenset[str]
    adverbs: frozenset[str]
    times: frozenset[str]
    posts: frozenset[str]
    seated: frozenset[str]
    own_time: frozenset[str]
    pronouns: frozenset[str]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    chain: frozenset[str]
    calendar: frozenset[str]
    spans: frozenset[str]
    complement_ends: frozenset[str]
    clause_breaks: frozenset[str]
    light: frozenset[str]
    planned: frozenset[str]
    after_participle: frozenset[str]
    before_participle: frozenset[str]
    bygone: frozenset[str]
    terms: frozenset[str]
    awaiting: frozenset[str]
    no_adverbs: frozenset[str]
    carriers: frozenset[str]
    processes: frozenset[str]
    attributive: frozenset[str]
    ways: frozenset[str]

    def is_adverb(self, word: str) -> bool:
        """Whether a folded word is an adverb by its ending: `officially`, not `Italy`."""
        return word.endswith("ly") and word not in self.no_adverbs


class Organisations(NamedTuple):
    """Words that tell the name of an organisation from that of a person or a state organ."""

    inside: frozenset[str]
    before: frozenset[str]
    pooled: frozenset[str]
    generic: frozenset[str]
    state: frozenset[str]
    person: frozenset[str]
    described: frozenset[str]
    press: frozenset[str]
    states: frozenset[str]
    signing_for: frozenset[str]
    ranks: frozenset[str]


class Upgrade(NamedTuple):
    """The words of `raised their relations to a strategic partnership`; `attained` is what stands before a rank that
    relations have come to by themselves (`now have the rank of a`).
    """

    verbs: Phrases[None]
    objects: Phrases[None]
    ranks: Phrases[None]
    founding: frozenset[str]
    attained: re.Pattern[str]


class Talks(NamedTuple):
    """The words beside a noun for talks: what opens, ends or breaks them, and what says which instrument they are to make."""

    prepositions: frozenset[str]
    verbs: Phrases[str]
    kinds: Phrases[tuple[str, str]]
    aims: Phrases[tuple[str, str]]
    happened: frozenset[str]
    ordinals: frozenset[str]
    matters: frozenset[str]
    gathering: frozenset[str]


class Distributive(NamedTuple):
    """The words of `each signed a pact with X` (`verbal`) and `signed separate pacts with X and Y` (`nominal`); `bilateral`
    those of plurals that are one instrument with each partner (`free trade pacts with X and Y`).
    """

    verbal: frozenset[str]
    nominal: frozenset[str]
    bilateral: frozenset[str]


class Issued(NamedTuple):
    """What opens a sentence before the statement that its sides issue in it, and the verbs of what they say there."""

    openers: frozenset[str]
    verbs: frozenset[str]


class Joining(NamedTuple):
    """The words of who joins or leaves a bloc, nouns for that, and the blocs with the subject of their treaty.

    What follows a bloc: openers of another clause, words of time and those before one, and what tells of no membership.
    """

    verbs: frozenset[str]
    nouns: frozenset[str]
    subjects: Mapping[str, str]
    clauses: frozenset[str]
    times: frozenset[str]
    spans: frozenset[str]
    company: frozenset[str]


class Another(NamedTuple):
    """The words of `a pact of its own` (`behind`), `a similar pact` (`before`) and `with A, too, a pact` (`added`)."""

    behind: frozenset[str]
    before: frozenset[str]
    added: frozenset[str]


class OwnWork(NamedTuple):
    """What tells a contract of a person or of a town.

    Whose it is, endings of names of many, words before a town, trades of persons, and words behind a town.
    """

    owners: frozenset[str]
    of_many: frozenset[str]
    of_town: frozenset[str]
    persons: frozenset[str]
    town_hall: frozenset[str]


class AgreementLexicon(NamedTuple):
    """All lexicons of agreements, each a search over folded text."""

    heads: Phrases[Head]
    bloc_heads: Mapping[str, Head]
    not_heads: Phrases[None]
    common_acronyms: frozenset[str]
    triggers: Phrases[Trigger]
    splits: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    given: frozenset[str]
    participles: frozenset[str]
    scheduled: frozenset[str]
    approvers: Phrases[None]
    executives: Phrases[None]
    laws: frozenset[str]
    lacking: Phrases[None]
    clearing: frozenset[str]
    ending: frozenset[str]
    bargaining: frozenset[str]
    settling: frozenset[str]
    material: frozenset[str]
    outdoing: frozenset[str]
    talks: Talks
    upgrade: Upgrade
    same_day: Phrases[None]
    same_occasion: Phrases[None]
    signed_then: Phrases[None]
    occasions: Phrases[None]
    agree: Phrases[None]
    exchange: frozenset[str]
    matters: frozenset[str]
    joint: frozenset[str]
    loose: frozenset[str]
    anniversaries: Phrases[None]
    modalities: Phrases[str]
    denials: Phrases[None]
    expecting: frozenset[str]
    collectives: Phrases[int]
    trilateral: frozenset[str]
    mutual: frozenset[str]
    counted: re.Pattern[str]
    firms: re.Pattern[str]
    several_firms: Phrases[None]
    issued: Issued
    among: tuple[str, ...]
    distributive: Distributive
    another: Another
    joining: Joining
    bystanders: Phrases[None]
    onlookers: Phrases[None]
    reactions: re.Pattern[str]
    locatives: frozenset[str]
    visits: frozenset[str]
    own_work: OwnWork
    sayings: Phrases[None]
    members: Mapping[str, frozenset[str]]
    not_party: frozenset[str]
    bloc_nouns: Mapping[str, frozenset[str]]
    gatherings: tuple[str, ...]
    gatherings_of: Phrases[None]
    other_part: tuple[str, ...]
    composed: frozenset[str]
    described: tuple[str, ...]
    statesmen: frozenset[str]
    offices: Phrases[None]
    own_offices: frozenset[str]
    seats: frozenset[str]
    parliaments: Mapping[str, str]
    reviews: Phrases[None]
    organisations: Organisations
    subjects: Phrases[str]
    generic_subjects: frozenset[str]
    pipelines: frozenset[str]
    grammar: Grammar


_SIZES = ((2, "two"), (3, "three"), (4, "four"), (5, "five"), (0, "more"))


def _words(phrases: Iterable[str]) -> Phrases[None]:
    return Phrases(dict.fromkeys(phrases))


def _mapped(classes: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each phrase with its class. Raises `ValueError` if two classes claim one phrase."""
    meanings: dict[str, str] = {}
    for name, phrases in classes.items():
        for phrase in phrases:
            if meanings.setdefault(phrase, name) != name:
                raise ValueError(f"agreements.toml: {phrase!r} stands under {meanings[phrase]} and {name}")
    return meanings


def _heads(data: Mapping[str, Any]) -> dict[str, Head]:
    inherent = _mapped(data["inherent"])
    heads: dict[str, Head] = {}
    for form, nouns in data["instrument"].items():
        for key, weak in (("nouns", False), ("weak", True), ("paired", True)):
            for noun in nouns.get(key, ()):
                heads[noun] = Head(form, weak, inherent.get(noun), paired=key == "paired")
    for row in read_rows("instruments.csv"):
        known = Head(row["form"], False, row["subject"], True, tuple(sorted(row["parties"].split())))
        heads |= {fold(name): known for name in row["names"].split("|")}
    return heads


def _bloc_head(code: str) -> Head:
    return Head("agreement", False, "trade", named=True, parties=(code,))


def _triggers(data: Mapping[str, Any]) -> dict[str, Trigger]:
    """Each phrase with its trigger. A phrase spelt out under `words` goes before a form of another trigger's verb."""
    spelt: dict[str, Trigger] = {}
    inflected: dict[str, Trigger] = {}
    for entry in data["trigger"]:
        weight = entry["weight"]
        trigger = Trigger(
            entry["status"], entry["construction"], weight == "strong", weight == "partnered", entry.get("modality")
        )
        for triggers, phrases in ((spelt, entry.get("words", ())), (inflected, _inflected(data, entry.get("verbs", ())))):
            for phrase in phrases:
                if triggers.setdefault(phrase, trigger) != trigger:
                    raise ValueError(f"agreements.toml: {phrase!r} stands under two triggers")
    return inflected | spelt


def _inflected(data: Mapping[str, Any], verbs: Iterable[str]) -> list[str]:
    irregular = {entry.split()[0]: entry.split() for entry in data["inflection"]["irregular"]}
    return [form for verb in verbs for form in forms(verb, irregular, data["inflection"]["possessives"])]


def _attained(words: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """Matches up to a rank: a verb with a noun for it (`have reached the level of a`), or one of becoming alone."""
    verbs, nouns, becoming = (one_of(words[key]) for key in ("attained", "standing", "becoming"))
    adverb, article = r"(?: (?:now|already|officially|formally|finally))?", r"(?:the |a |an |its |their )?(?:\w+ )?"
    told = rf"(?P<verb>\b(?:{verbs})\b){adverb} {article}(?:{nouns}) of "
    return re.compile(rf"(?:{told}|(?P<becomes>\b(?:{becoming})\b) )(?:(?:a|an|the|full|new) ){{0,2}}$")


def _splits(data: Mapping[str, Any]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The forms of verbs whose other half stands behind the object, each with those halves and the status they tell."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for entry in data["split"]:
        for form in _inflected(data, entry["verbs"]):
            found.setdefault(form, []).extend((tuple(half.split()), entry["status"]) for half in entry["halves"])
    return {form: tuple(halves) for form, halves in found.items()}


def _split_triggers(splits: Iterable[str]) -> dict[str, Trigger]:
    return dict.fromkeys(splits, Trigger("", "split", False))


def _talks(data: Mapping[str, Any]) -> Talks:
    words = data["talks"]
    verbs = {
        name: [*_inflected(data, words[name]["verbs"]), *words[name]["words"]]
        for name in ("open", "closed", "failed", "planned")
    }
    kinds, aims = (_implied(words[key]) for key in ("kinds", "aims"))
    return Talks(
        frozenset(words["prepositions"]),
        Phrases(_mapped(verbs)),
        Phrases(kinds),
        Phrases(aims),
        *(frozenset(words[key]) for key in ("happened", "ordinals", "matters", "gathering")),
    )


def _implied(subjects: Mapping[str, Mapping[str, Iterable[str]]]) -> dict[str, tuple[str, str]]:
    """Each phrase with the form and subject of the instrument that it implies."""
    return {
        phrase: (form, subject) for subject, forms in subjects.items() for form, phrases in forms.items() for phrase in phrases
    }


def _counted(numbers: Sequence[str], nouns: Sequence[str]) -> re.Pattern[str]:
    """`the five littoral states`, `all three`: a number with one of some nouns, or by itself behind an article."""
    number = f"({'|'.join(numbers[1:9])})"
    noun = rf"(?:the |all |these |those |its |other |our |both )?{number} (?:[a-z-]+ ){{0,2}}?(?:{'|'.join(nouns)})"
    return re.compile(rf"\b{noun}\b")


def _grammar(data: Mapping[str, Iterable[str]]) -> Grammar:
    classes = {key: frozenset(data[key]) for key in Grammar._fields if key != "numbers"}
    return Grammar(numbers=tuple(data["numbers"]), **classes)


@cache
def agreement_lexicon() -> AgreementLexicon:
    """The lexicons of `seeds/reference/agreements.toml`. Raises `ValueError` if a phrase has two meanings."""
    data = read_toml("agreements.toml")
    splits = _splits(data)
    collectives = {phrase: size for size, key in _SIZES for phrase in data["collective"][key]}
    return AgreementLexicon(
        heads=Phrases(_heads(data)),
        bloc_heads={code: _bloc_head(code) for code in data["instrument"]["agreement"]["blocs"]},
        common_acronyms=frozenset(data["not_instrument"]["acronyms"]),
        not_heads=_words(data["not_instrument"]["phrases"]),
        triggers=Phrases(_split_triggers(splits) | _triggers(data)),
        splits=splits,
        given=frozenset(_inflected(data, data["given"]["verbs"])),
        participles=frozenset(form for entry in data["inflection"]["irregular"] for form in entry.split()[2:-1]),
        scheduled=frozenset(data["scheduled"]["words"]),
        approvers=_words(data["approver"]["words"]),
        executives=_words(data["approver"]["executives"]),
        laws=frozenset(data["approver"]["laws"]),
        lacking=_words(data["lacking"]["words"]),
        bargaining=frozenset(_inflected(data, data["bargaining"]["verbs"])),
        outdoing=frozenset(_inflected(data, data["outdoing"]["verbs"])),
        settling=frozenset(_inflected(data, data["settling"]["verbs"])),
        material=frozenset(_inflected(data, data["settling"]["material"])),
        ending=frozenset(_inflected(data, data["ending"]["verbs"])),
        clearing=frozenset(_inflected(data, data["clearing"]["verbs"])),
        talks=_talks(data),
        upgrade=Upgrade(
            verbs=_words(data["upgrade"]["verbs"]),
            objects=_words(data["upgrade"]["objects"]),
            ranks=_words(data["upgrade"]["status_phrases"]),
            founding=frozenset(data["upgrade"]["founding"]),
            attained=_attained(data["upgrade"]),
        ),
        same_day=_words(data["same_day"]["words"]),
        same_occasion=_words(data["same_day"]["occasion"]),
        signed_then=_words(data["signed_then"]["words"]),
        occasions=_words(data["occasion"]["words"]),
        agree=_words(data["deal_verbs"]["agree"]),
        exchange=frozenset(data["deal_verbs"]["exchange"]),
        matters=frozenset(data["deal_verbs"]["matters"]),
        joint=frozenset(data["deal_verbs"]["joint"]),
        loose=frozenset(data["deal_verbs"]["loose"]),
        anniversaries=_words(data["anniversary"]["words"]),
        modalities=Phrases(_mapped({name: entry["words"] for name, entry in data["modality"].items()})),
        denials=_words(data["denial"]["words"]),
        expecting=frozenset(data["expecting"]["words"]),
        collectives=Phrases(collectives),
        trilateral=frozenset(data["collective"]["trilateral"]),
        mutual=frozenset(data["collective"]["mutual"]),
        counted=_counted(data["grammar"]["numbers"], data["collective"]["counted"]),
        firms=_counted(data["grammar"]["numbers"], data["collective"]["firms"]),
        several_firms=_words(data["collective"]["several_firms"]),
        issued=Issued(frozenset(data["issued"]["openers"]), frozenset(data["issued"]["verbs"])),
        among=tuple(data["among"]["openers"]),
        distributive=Distributive(*(frozenset(data["distributive"][key]) for key in Distributive._fields)),
        joining=Joining(
            frozenset(_inflected(data, data["joining"]["verbs"])),
            frozenset(data["joining"]["nouns"]),
            _mapped(data["joining"]["blocs"]),
            *(frozenset(data["joining"][key]) for key in ("clauses", "times", "spans", "company")),
        ),
        another=Another(*(frozenset(data["another"][key]) for key in Another._fields)),
        bystanders=_words(data["bystander"]["words"]),
        onlookers=_words(data["onlooker"]["words"]),
        reactions=re.compile(rf"\b(?:{'|'.join(data['reaction']['words'])})\b"),
        locatives=frozenset(data["locative"]["words"]),
        visits=frozenset(data["visit"]["words"]),
        own_work=OwnWork(*(frozenset(data["own_work"][key]) for key in OwnWork._fields)),
        sayings=_words(data["saying"]["words"]),
        members={bloc: frozenset(codes) for bloc, codes in data["members"].items()},
        described=tuple(data["described"]["endings"]),
        not_party=frozenset(data["not_party"]["codes"]),
        bloc_nouns={noun: frozenset(codes) for noun, codes in data["bloc_nouns"].items()},
        gatherings=tuple(data["gathering"]["endings"]),
        gatherings_of=_words(data["gathering"]["of"]),
        other_part=tuple(data["parts"]["other"]),
        composed=frozenset(data["parts"]["composed"]),
        statesmen=frozenset(data["statesman"]["words"]),
        offices=_words(data["statesman"]["words"]),
        own_offices=frozenset(data["statesman"]["own"]),
        parliaments=_mapped(data["parliament"]),
        seats=frozenset(data["seat"]["words"]),
        reviews=_words(data["review"]["words"]),
        organisations=Organisations(*(frozenset(data["organisation"][key]) for key in Organisations._fields)),
        subjects=Phrases(_mapped({name: entry["words"] for name, entry in data["subject"].items()})),
        pipelines=frozenset(data["generic_subjects"]["pipelines"]),
        generic_subjects=frozenset(data["generic_subjects"]["codes"]),
        grammar=_grammar(data["grammar"]),
    )
