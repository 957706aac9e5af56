"""Who wrote a text: persons in bylines, desks and agencies that are none, and outlets.

Judges phrases; where in a text to look belongs to `pipeline.documents.head`.
"""

import re
from functools import cache

from pipeline.documents.furniture import is_section
from pipeline.documents.lexicon import metadata_lexicon

_TOKEN = re.compile(r"[^\s,;|]+")
_BETWEEN = re.compile(r"\s*(?:,|;|&|/|\band\b)\s*")
_WITHIN = re.compile(r"(?:^|[\s|·•(])by:?\s+(?=\S)", re.IGNORECASE)
_CUT = re.compile(r"[|·•(\[@<]|\s[-–—]+\s|\s{2,}|\d")
# Names in capitals before a house that is not: `JANE DOE and JOHN ROE Zenda Press`.
_CAPITALS = re.compile(r"(?P<names>[A-Z][A-Z.'’-]+(?: (?:[A-Z][A-Z.'’-]*|and)){1,8}),? (?=[A-Z][a-z])")
_NO_NAME = re.compile(r"[\d:;!?]|\.$")
_NAME_TOKEN = re.compile(r"(?:[^\W\d_]\.){1,3}|[^\W\d_][^\W\d_'’]*(?:['’-][^\W\d_]+)*\.?")
MOST_AUTHORS = 6
MOST_BODY = 14
# Words in small letters of a phrase that tells something and is no name.
_TOLD = 2
_JOINING = frozenset({"&", "and", "of", "the", "for", "in", "on", "under", "to"})


def byline_in(line: str) -> str | None:
    """What follows the `By` of a byline: of `By Jane Doe in Baku`, `Jane Doe in Baku`. None if the line opens otherwise."""
    match = _opening().match(line)
    return line[match.end() :].strip() if match else None


def byline_within(text: str) -> tuple[int, str] | None:
    """Where a `by` stands after other words of a line and who is named after it: `12 March by Jane Doe`."""
    match = _WITHIN.search(text)
    names = persons(text[match.end() :]) if match else None
    return (match.start(), names) if match and names else None


def persons(phrase: str) -> str | None:
    """The names of persons with which a byline begins, or None if it names a desk, an agency or nobody."""
    capitals = _CAPITALS.match(phrase)
    phrase = capitals["names"] if capitals else phrase
    cut = _CUT.search(phrase)
    names = []
    for part in _BETWEEN.split((phrase[: cut.start()] if cut else phrase).strip(" .:,;-–—"))[:MOST_AUTHORS]:
        name = _person(part)
        if not name:
            break
        names.append(name)
    return ", ".join(names) or None


def house_after(phrase: str) -> str | None:
    """The house that stands behind names in capitals: `Zenda Press` in `JANE DOE Zenda Press`."""
    capitals = _CAPITALS.match(phrase)
    return phrase[capitals.end() :].strip(" .,") or None if capitals else None


def is_person(phrase: str) -> bool:
    """Whether a phrase that no `By` opens looks like a person's name and nothing else: two or three capitalised words."""
    words = phrase.split()
    lexicon = metadata_lexicon()
    return (
        2 <= len(words) <= 3
        and not phrase.isupper()
        and _person(phrase) == phrase
        and all(len(word) > 1 for word in words)
        and words[0].lower() not in lexicon.place_openings
        and words[-1].lower() not in lexicon.places_after
        and not is_section(phrase)
        and not any(word.lower() in lexicon.no_names for word in words)
        and not any(is_section(word) for word in words)
    )


def persons_alone(phrase: str) -> str | None:
    """The names in a phrase of names and nothing else that no `By` opens: `Jane Doe and John Roe`. Capitals are allowed."""
    plain = phrase.strip(" .:,;*_-–—")
    parts = _BETWEEN.split(plain.title() if plain.isupper() else plain)
    if len(parts) > MOST_AUTHORS or not all(is_person(part) for part in parts) or outlet(plain):
        return None
    return ", ".join(_BETWEEN.split(plain))


def described_person(phrase: str) -> str | None:
    """The person in a phrase that goes on to an office, a house or a paper: `Jane Doe, chief economist`."""
    name, _, after = (piece.strip() for piece in phrase.partition(","))
    words = {word.strip(".,").lower() for word in after.split()}
    told = words & (metadata_lexicon().bodies | metadata_lexicon().author_roles)
    named = told or (after.startswith("The ") and outlet(after) == after)
    return name if named and is_person(name.title() if name.isupper() else name) else None


def names_body(phrase: str) -> bool:
    """Whether a phrase is the name of a public body, a house or a firm: `Customs Committee of Ruritania`."""
    words = [word.strip("\"“”«».,()'").lower() for word in phrase.split()]
    lexicon = metadata_lexicon()
    named = [
        i
        for i, word in enumerate(words)
        if word in lexicon.bodies and (words[i + 1 :] or ["of"])[0] in {"of", "for", "on", "under", "-", ""}
    ]
    if not named or len(words) > MOST_BODY or _NO_NAME.search(phrase):
        return False
    capitals = all(word[0].isupper() or not word[0].isalpha() or word in _JOINING for word in phrase.split())
    return capitals and not lexicon.headline_verbs & (set(words) - {"to"})


def firm_in(phrase: str) -> str | None:
    """The firm that a phrase names, a town allowed after it: `Zenda Grain Brokers, Strelsau`."""
    name = phrase.split(",", 1)[0]
    return name if names_body(name) and name.split()[-1].lower().strip(".") in metadata_lexicon().firms else None


def is_nobody(phrase: str) -> bool:
    """Whether a phrase names a desk or an office: `Trade desk`, `the editorial staff`."""
    return any(word.lower().strip(".,:;") in metadata_lexicon().nobody for word in phrase.split())


def known_outlet(phrase: str) -> str | None:
    """The published name of a known agency or outlet, or None: `AZERTAG` gives `AZERTAC`."""
    plain, known = phrase.strip(" .:,;-–—/()").lower(), metadata_lexicon().known
    return known.get(plain) or known.get(plain.removeprefix("the "))


def outlet(phrase: str) -> str | None:
    """The name of an outlet if the phrase is a known one or calls itself so: `The Port Gazette`."""
    plain = phrase.strip(" .:,;-–—/()")
    if known := known_outlet(plain):
        return known
    words = [word.lower().strip(".,") for word in plain.split()]
    told = sum(word[0].islower() and word not in _JOINING for word in plain.split())
    named = any(word in metadata_lexicon().outlet_words for word in words) and told < _TOLD
    return plain if named and len(words) <= 8 and not is_section(plain) and not is_nobody(plain) else None


def _person(part: str) -> str | None:
    """The name at the beginning of `part`, up to a word that tells an office or a place."""
    lexicon = metadata_lexicon()
    taken: list[str] = []
    for token in _TOKEN.findall(part):
        low = token.lower().strip(".,:;")
        agency = low in lexicon.known and (token.isupper() or low not in lexicon.given_names)
        if low in lexicon.nobody or low in lexicon.outlet_words or agency:
            return None if not (taken and low in lexicon.offices) else _joined(taken)
        if low in lexicon.offices:
            break
        if low in lexicon.particles and taken:
            taken.append(token)
            continue
        if not _NAME_TOKEN.fullmatch(token) or not token[0].isupper():
            if taken and token[0].islower():
                break
            return None
        taken.append(token)
    return _joined(taken)


def _joined(taken: list[str]) -> str | None:
    return " ".join(taken) if 2 <= len(taken) <= 5 else None


@cache
def _opening() -> re.Pattern[str]:
    openings = "|".join(re.escape(words) for words in metadata_lexicon().byline_openings)
    office = r"(?:(?-i:[A-Z])[\w-]{1,20}\s)?(?:staff\s|special\s)?(?:writers?|reporters?|correspondents?)\s(?=(?-i:[A-Z]))"
    return re.compile(rf"[•*·\s]*(?:{openings})(?:\s*:\s*|\s+)(?:{office})?(?=\S)", re.IGNORECASE)
