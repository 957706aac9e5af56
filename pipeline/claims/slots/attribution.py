"""Who is said to have said it: for each number of a sentence the speaker whom the sentence names for it.

The verbs of saying and the nouns that can speak are data in `[attribution]` of `seeds/reference/claim_cues.toml`; which words
make the speaker's name, and how far his words go, is grammar and stands here.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.claims.context.cues import Cue
from pipeline.claims.context.memory import Speech
from pipeline.claims.context.reading import SentenceReading, Spanned
from pipeline.claims.context.scene import Scene
from pipeline.claims.context.sides import words
from pipeline.contract.reference import read_toml
from pipeline.language.marks import NameMark
from pipeline.language.phrases import one_of

_LONGEST = 130
_MOST_WORDS = 16
_AT_ONCE = 14  # characters between a verb and the number that is its object
_BREAK = re.compile(r"[;:()\[\]\"“”—]\s*|\s(?:[–-]|--)\s|,\s+")
_NAME_END = re.compile(r"[,;:()\[\]\"“”—]|\n\s*(?:\n|[-*•])|\s(?:[–-]|--)\s|\.\s|\.$")
# One word with what it is of: a thing, if the word is none for who speaks (`Exports of Peru`).
_WORD_OF = re.compile(r"[^\W\d_]+\sof\s")
_GOVERNED = re.compile(r"(?:to|into|onto|from|with|at|on|in|for|through|over|via|until|till)\s")  # `went on to Kenya`
_LETTER = re.compile(r"[^\W\d_]")
_OF_TIME = re.compile(r"\s+(?:on|in|at|during|late on|early on)$")
_BRACKET = re.compile(r"\s*\([^()]{1,40}\)$")
_NAMED = re.compile(r",\s+(?:[A-Z][\w.'’-]*\s+){1,3}[A-Z][\w'’-]+(?=[.,;\n]|$)")
_SOURCE_LINE = re.compile(r"(?m:^)[^\w\n]{0,8}(?:Sources?|SOURCES?|Data|DATA)\s*:\s*(?P<who>[^\n;:]{2,120})")
_SEVERAL = re.compile(r"\b[A-Z][\w.'’-]*(?:,|\s+and|,\s+and)\s+(?:[a-z]{1,12}\s+){0,2}[A-Z]")
_ASIDE = re.compile(r",\s+[^,;\d]{1,60}\s$")
_MOST_TOLD = 3  # sentences that somebody is told to have given the figures of
_RELATIVE = re.compile(r"(?:which|whom|whose)\b")  # `a report according to which`
_OPENING = re.compile(r"[\"“]")
_QUOTES = re.compile(r"[\"“”]")
_ACTORS = frozenset({"country", "bloc", "person", "organisation", "company"})
# A verb that is joined to others of its subject (`toured the port and said`).
_JOINED_VERB = re.compile(r"[\s,]and(?:\s(?:also|then|later|there|again))?\s*$")
# The noun before a clause that explains it without a word between (`a figure the bank puts at`).
_EXPLAINED_NOUN = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat)\s(?:[\w-]+\s){0,2}?"
    r"(?!(?:of|for|in|at|from|with|on|by|to|as|and|or|than)\s)[\w-]+\s(?=(?:the|its|their|his|her)\s)"
)
# A clause with a verb of its own that another is joined to (`accords were signed and the two sides`).
_JOINED_CLAUSE = re.compile(r"\s(?:is|are|was|were|has|have|had|will|would)\s[^,;]{1,80}?\sand\s")


class Speaker(NamedTuple):
    """A speaker at his place in the text; the place is empty where a pronoun stands for him."""

    start: int
    end: int
    text: str


class Statement(NamedTuple):
    """What somebody says: his name, and the place of the words of saying between which his own words go on."""

    speaker: Speaker
    start: int
    end: int
    leads: bool
    part: tuple[int, int]


class _Grammar(NamedTuple):
    """The patterns from the word lists."""

    evidence: frozenset[str]
    needs_that: frozenset[str]
    speech: frozenset[str]
    attitudes: frozenset[str]
    sums: frozenset[str]
    wishes: frozenset[str]
    deeds: frozenset[str]
    asides: tuple[str, ...]
    sources: frozenset[str]
    inverts: frozenset[str]
    nobody: tuple[str, ...]
    nouns: re.Pattern[str]
    lead: re.Pattern[str]
    tail: re.Pattern[str]
    passive: re.Pattern[str]
    preposition: re.Pattern[str]
    clause: re.Pattern[str]
    stop: re.Pattern[str]
    pronoun: re.Pattern[str]
    person: re.Pattern[str]
    persons: re.Pattern[str]
    titled: re.Pattern[str]
    agent: re.Pattern[str]
    owner: re.Pattern[str]
    issued: re.Pattern[str]
    own_words: re.Pattern[str]
    informed: re.Pattern[str]
    told_of: re.Pattern[str]
    reports: re.Pattern[str]
    opens: re.Pattern[str]
    body: re.Pattern[str]
    keeps: re.Pattern[str]
    brings: re.Pattern[str]


@cache
def _grammar() -> _Grammar:
    lists = read_toml("claim_cues.toml")["attribution"]
    adverbs, verbs = one_of(lists["adverbs"]), one_of(lists["passive"])
    return _Grammar(
        evidence=frozenset(lists["evidence"]),
        sources=frozenset(lists["sources"]),
        needs_that=frozenset(lists["needs_that"]),
        speech=frozenset(lists["speech"]),
        attitudes=frozenset(lists["attitudes"]),
        sums=frozenset(lists["sums"]),
        wishes=frozenset(lists["wishes"]),
        deeds=frozenset(lists["deeds"]),
        asides=tuple(f"{word} " for word in lists["asides"]),
        nobody=tuple(f"{word} " for word in lists["nobody"]),
        inverts=frozenset(lists["inverts"]),
        nouns=re.compile(rf"\b{one_of(lists['nouns'])}$", re.IGNORECASE),
        lead=re.compile(rf"(?:{one_of(lists['leads'])},?\s+)+", re.IGNORECASE),
        tail=re.compile(rf"(?:\s+{adverbs})+$"),
        passive=re.compile(rf"\b(?:is|was|are|were|be|been|being)(?:\s+(?:{adverbs}|[a-z]+ly|often))?$"),
        preposition=re.compile(r"\s(?:of|for|in|at|from|with|on|by|to)\s"),
        clause=re.compile(rf"\b{one_of(lists['clauses'])}\s"),
        stop=re.compile(rf"\s{one_of(lists['stops'])}\b"),
        pronoun=re.compile(
            rf"(?:^|\s)(?:(?P<who>he|she)|(?P<it>it)|(?P<they>they)|we|i|(?:(?P<whose>his|her)|their|its|our)\s+{one_of(lists['houses'])})$",
            re.IGNORECASE,
        ),
        person=re.compile(rf"\b{one_of(lists['persons'])}\b", re.IGNORECASE),
        persons=re.compile(one_of(lists["persons"])),
        titled=re.compile(rf"\b(?i:{one_of(lists['persons'])})\s+(?P<name>(?:[A-Z][\w.'’-]*\s+){{1,4}}[A-Z][\w'’-]+)"),
        agent=re.compile(rf"\s{one_of(lists['issued'])}\b(?:[^,;]{{0,30}}?\sby\s+(?P<who>.+))?$"),
        issued=re.compile(rf"\s{one_of(lists['issued'])}\b[^,;]{{0,60}}$"),
        own_words=re.compile(rf"\b(?:in|by|according to) (?:his|her) (?:own )?{one_of(lists['words'])}\b"),
        owner=re.compile(rf"'s?\s+(?:own\s+|latest\s+|first\s+)?{one_of(lists['words'])}\b"),
        informed=re.compile(rf"\bit (?:is|was|has been|were) {verbs}\b[^,;.()]{{0,40}}?\b(?:in|by|at) (?=the\s|[a-z])"),
        told_of=re.compile(
            rf"\b(?:{one_of(lists['speech'])}(?: reporters| journalists)? (?P<one>so|this|it|as much)"
            rf"(?=[.,;]|$|\s{one_of(lists['afterwards'])}\b)"
            rf"|ma(?:de|kes?) (?:this|that|it|the news) (?:known|public|clear)\b"
            rf"|{one_of(lists['gives'])} (?:out )?(?:this|that|these|those|the) (?:[a-z]+ )?{one_of(lists['told'])}\b)"
        ),
        reports=re.compile(rf"\b{one_of(lists['reports'])}\b"),
        # `Deputy Minister Ana Torres`, `The president`: a person at the place where a clause begins.
        opens=re.compile(
            rf"(?:The\s|the\s)?(?:(?:[A-Z][\w.'’-]*|(?i:{one_of(lists['persons'])}|{one_of(lists['ranks'])}))\s){{0,7}}?"
            rf"(?:(?!The\b)[A-Z][\w’'-]+|(?i:{one_of(lists['persons'])}))(?=,|\s[a-z])(?!\s(?i:{one_of(lists['persons'])})\b)"
        ),
        body=re.compile(rf"(?:The|the|A|An)\s(?:[\w-]+\s){{0,3}}?{one_of(lists['nouns'])}(?=\s)"),
        keeps=re.compile(
            rf"\b{one_of(lists['keepers'])}\b[^,;:.()\d]{{0,30}}?\s(?:itself\s)?(?P<verb>{one_of(lists['keeps'])})\s"
            r"(?:[^,;:.()\d]{1,60}\s(?:at|of)\s)?(?=(?:[a-z]+\s){0,2}[$€£¥]?\d)"
        ),
        brings=re.compile(
            rf"\b(?P<verb>{one_of(lists['brings'])})\s(?:[a-z]+\s){{0,3}}{one_of(lists['sums_told'])}\b[^.,;:\d]{{0,25}}:"
        ),
    )


def statements(scene: Scene, text: str, speech: Speech) -> tuple[Statement, ...]:
    """Who speaks in a sentence, in the order of the text. A sentence inside a quotation is its speaker's."""
    found = sorted(_named(scene, text, speech), key=lambda statement: (statement.start, statement.end))
    goes_on = speech.speaker if _is_quoted(scene, text, speech) or _is_listed(scene, text, speech) else None
    speaker = speech.answers.get(scene.reading.sentence.paragraph) or goes_on
    if not found and speaker:
        start = scene.reading.start
        found = [_statement(scene, Speaker(start, start, speaker), start, start)]
    return tuple(found)


def with_sources(
    scenes: Sequence[Scene], text: str, said: dict[int, tuple[Statement, ...]]
) -> dict[int, tuple[Statement, ...]]:
    """The statements of all sentences, with what nobody says in its own sentence given to whom another names for it.

    That is the source under a list, the report that a heading says the lines behind it are from, and who `said so`.
    """
    found = {**said, **_told_of(scenes, text, said)}
    found.update(_under_report(scenes, text, found))
    if not _SOURCE_LINE.search(text):
        return found
    ends = [*(scene.reading.start for scene in scenes[1:]), len(text)]
    for place, (scene, end) in enumerate(zip(scenes, ends, strict=False)):
        source = _SOURCE_LINE.search(text, scene.reading.start, min(end, scene.reading.end + _LONGEST))
        speaker = _speaker(text, source.start("who"), source.end("who")) if source else None
        if source is None or speaker is None or source.start() == 0 or source.end("who") > end:
            continue
        above = scenes[: place + (source.start() >= scene.reading.end - 1)]
        for line in itertools.takewhile(lambda one: one.reading.sentence.kind == "item", reversed(above)):
            start = line.reading.start
            if not found[line.reading.index]:
                found[line.reading.index] = (_statement(line, Speaker(start, start, speaker.text), start, start),)
    return found


def _told_of(scenes: Sequence[Scene], text: str, said: dict[int, tuple[Statement, ...]]) -> dict[int, tuple[Statement, ...]]:
    """Sentences whose speaker the next one names (`Peru will double its sales. The minister said so on Monday.`)."""
    found: dict[int, tuple[Statement, ...]] = {}
    for place, scene in enumerate(scenes[1:], start=1):
        told = _grammar().told_of.search(scene.folded, scene.reading.start, scene.reading.end)
        speaker = _teller(scene, text, told.start()) if told else None
        if told is None or speaker is None:
            continue
        paragraph = scene.reading.sentence.paragraph
        for one in reversed(scenes[max(0, place - (1 if told["one"] else _MOST_TOLD)) : place]):
            if one.reading.sentence.paragraph != paragraph or said[one.reading.index]:
                break
            start = one.reading.start
            found[one.reading.index] = (_statement(one, Speaker(start, start, speaker.text), start, start),)
    return found


def _teller(scene: Scene, text: str, verb: int) -> Speaker | None:
    """Who is named before the verb of a sentence that tells who said what stands before it."""
    start = scene.reading.start
    end = _end_of_subject(scene, text, start, verb)
    if end <= start or any(quantity.start < verb for quantity in scene.reading.quantities):
        return None
    found = (
        _with_title(text, start, end - 1) if text[start:end].endswith(",") else _speaker(text, _begin(text, start, end), end)
    )
    return found if found is not None and _can_speak(found.text, "") and not _grammar().pronoun.search(found.text) else None


def _under_report(
    scenes: Sequence[Scene], text: str, said: dict[int, tuple[Statement, ...]]
) -> dict[int, tuple[Statement, ...]]:
    """The lines of a list under a heading that says they are from a report (`The study in figures`), as those of its author."""
    found: dict[int, tuple[Statement, ...]] = {}
    author, speaker = None, None
    if not any(scene.reading.sentence.kind == "item" for scene in scenes):
        return found
    for scene in scenes:
        sentence = scene.reading
        named = _grammar().reports.search(scene.folded, sentence.start, sentence.end)
        if sentence.sentence.kind == "item":
            if speaker is not None and not said[sentence.index]:
                start = sentence.start
                found[sentence.index] = (_statement(scene, Speaker(start, start, speaker), start, start),)
            continue
        if named:
            author = _author(scene, text) or author
        speaker = author if named and _is_line(scene, text[sentence.start : sentence.end].rstrip()) else None
    return found


def _author(scene: Scene, text: str) -> str | None:
    """The organisation that a sentence on a report names, with its article."""
    bodies = [name for name in scene.reading.names if _is_body(name)]
    if len({name.codes for name in bodies}) != 1:
        return None
    name = bodies[0]
    article = text[max(scene.reading.start, name.start - len("the ")) : name.start]
    return text[name.start - len("the ") * (article.lower() == "the ") : name.end]


def speaker_at(said: tuple[Statement, ...], span: Spanned) -> str | None:
    """Who says what stands at a span: the one whose words lead to it, else the one named behind it."""
    own = [statement for statement in said if statement.part[0] <= span.start < statement.part[1]]
    leading = [statement for statement in own if statement.leads and statement.start <= span.start]
    if leading:
        return leading[-1].speaker.text
    behind = [statement for statement in own if not statement.leads]
    after = [statement for statement in behind if statement.start >= span.end]
    chosen = after[0] if after else behind[-1] if behind else None
    return chosen.speaker.text if chosen else None


def remember_speaker(scene: Scene, text: str, speech: Speech, said: tuple[Statement, ...]) -> None:
    """Keeps the last speaker for the pronouns that follow, and whether a quotation or a list of his is still open."""
    sentence = scene.reading
    line = text[sentence.start : sentence.end].rstrip()
    opens = line.endswith((":", "--", "\u2014"))
    named = any(statement.start < statement.end for statement in said)
    speech.listing = opens if named else speech.listing and _is_line(scene, line)
    speech.person = _person_named(scene, text) or speech.person
    if said:
        speech.speaker, speech.paragraph, speech.speaker_sentence = (
            said[-1].speaker.text,
            sentence.sentence.paragraph,
            sentence.index,
        )
        speech.person = speech.speaker if _is_person(scene, said[-1].speaker) else speech.person
    body = _opening_body(scene, text)
    speech.body, speech.body_sentence = (body, sentence.index) if body else (speech.body, speech.body_sentence)
    speech.before = sentence
    opened = speech.quoting and speech.quoting_paragraph == sentence.sentence.paragraph
    for sign in _QUOTES.findall(line):
        opened = sign == "“" or (sign == '"' and not opened)
    speech.quoting, speech.quoting_paragraph = opened, sentence.sentence.paragraph


def _is_body(name: NameMark) -> bool:
    """Whether a name is of an organisation that has opinions, not of a state or of a bloc that trades."""
    if name.kind in ("organisation", "company"):
        return True
    return name.kind == "bloc" and (set(name.codes) <= set(words("no_traders")) or bool(_grammar().nouns.search(name.text)))


def _opening_body(scene: Scene, text: str) -> str | None:
    """The organisation that a sentence opens with as its subject, which `it` can mean in the next one."""
    name = next(iter(scene.reading.names), None)
    if name is None or not _is_body(name) or text.startswith(("'", "’"), name.end):
        return None
    start = scene.reading.start
    before = text[start : name.start].strip()
    return text[start : name.end].strip() if before in ("", "The") else None


def _is_person(scene: Scene, speaker: Speaker) -> bool:
    """Whether a speaker is somebody whom `he` or `she` can mean."""
    if _grammar().person.search(speaker.text):
        return True
    named = [name for name in scene.reading.names if speaker.start <= name.start and name.end <= speaker.end]
    words = speaker.text.split()
    plain = not _grammar().nouns.search(speaker.text) and all(word[:1].isupper() for word in words)
    people = all(name.kind == "person" or name.form == "leader" for name in named)
    return people and plain and not speaker.text.isupper()


def _is_listed(scene: Scene, text: str, speech: Speech) -> bool:
    """Whether a line stands in the list that somebody's words open (`The agency expects:`)."""
    return speech.listing and _is_line(scene, text[scene.reading.start : scene.reading.end].rstrip())


def _is_line(scene: Scene, words: str) -> bool:
    """Whether a sentence is a line of a list rather than of a text."""
    return scene.reading.sentence.kind == "item" or words[-1:] not in ".!?"


def _is_quoted(scene: Scene, text: str, speech: Speech) -> bool:
    """Whether a whole sentence stands in quotation marks."""
    sentence = scene.reading
    if speech.quoting and speech.quoting_paragraph == sentence.sentence.paragraph:
        return True
    words = text[sentence.start : sentence.end].strip()
    return _OPENING.match(words) is not None and not re.search(r"[\"”]", words[1:-2])


def _named(scene: Scene, text: str, speech: Speech) -> Iterator[Statement]:
    verbs = list(_by_verbs(scene, text, speech))
    repeated = {id(before) for before, after in itertools.pairwise(verbs) if _is_source(scene, after)}
    told = [statement for statement in verbs if not _is_attitude(scene, statement)]
    yield from (
        statement
        for statement in verbs
        if id(statement) not in repeated and not (_is_attitude(scene, statement) and _is_told_of(statement, told))
    )
    yield from _owners(scene, text, speech)
    yield from _givers(scene, text, speech, verbs)
    for match in _grammar().informed.finditer(scene.folded, scene.reading.start, scene.reading.end):
        speaker = _name_from(text, match.end(), scene.reading.end)
        if speaker is not None:
            yield _statement(scene, speaker, match.start(), match.end())


def _givers(scene: Scene, text: str, speech: Speech, said: list[Statement]) -> Iterator[Statement]:
    """A keeper of statistics who has a figure, and somebody who brings some along (`he had listed a few numbers: ...`)."""
    start, end = scene.reading.start, scene.reading.end
    if not scene.reading.quantities:
        return
    brought = _grammar().brings.finditer(scene.folded, start, end) if scene.folded.find(":", start, end) > 0 else ()
    for match in (*_grammar().keeps.finditer(scene.folded, start, end), *brought):
        if any(statement.start <= match.end() and match.start("verb") <= statement.end for statement in said):
            continue
        cue = Cue(match.start("verb"), match.end("verb"), match["verb"], "says", "", strong=True, hint=False)
        speaker = _subject(scene, cue, text, speech, start, None)
        if speaker is not None:
            yield _statement(scene, speaker, cue.start, cue.end)


def _is_source(scene: Scene, statement: Statement) -> bool:
    """Whether a statement names whom the one before it repeats (`the agency reported, citing the bank`)."""
    return scene.folded[statement.start : statement.end] in _grammar().sources


def _is_attitude(scene: Scene, statement: Statement) -> bool:
    """Whether a statement is a wish or a belief, which others may tell of."""
    return scene.folded[statement.start : statement.end] in _grammar().attitudes


def _is_told_of(statement: Statement, told: list[Statement]) -> bool:
    """Whether somebody else tells of a wish or a belief in the same part of its sentence."""
    return any(other.part == statement.part and other.leads >= (other.start < statement.start) for other in told)


def _by_verbs(scene: Scene, text: str, speech: Speech) -> Iterator[Statement]:
    taken, issuer = scene.reading.start, scene.reading.start
    named: Speaker | None = None
    for cue in sorted((*scene.of_kind("said_by"), *scene.of_kind("says")), key=lambda cue: (cue.start, -cue.end)):
        issued = issuer > scene.reading.start and _grammar().issued.match(text, issuer, cue.start)
        if cue.start < taken or (cue.kind == "says" and (issued or _is_in_name(scene, cue))):
            continue  # `a report by X seen by Y said` is X's
        speaker = _after(scene, cue, text) if cue.kind == "said_by" else _subject(scene, cue, text, speech, taken, named)
        if speaker is not None:
            named = speaker if speaker.start < speaker.end and _is_person(scene, speaker) else named
            yield _statement(scene, speaker, cue.start, cue.end)
            taken = cue.end
            issuer = speaker.end if cue.kind == "said_by" else issuer


def _is_in_name(scene: Scene, cue: Cue) -> bool:
    """Whether what looks like a verb is a word of a name or a part of another word (`the United States`, `non-declared`)."""
    return scene.folded.endswith("-", 0, cue.start) or any(
        name.start < cue.start and cue.end <= name.end for name in scene.reading.names
    )


def _statement(scene: Scene, speaker: Speaker, start: int, end: int) -> Statement:
    """A statement with the part of the sentence that it can cover: between semicolons."""
    sentence = scene.reading
    left = scene.folded.rfind(";", sentence.start, start) + 1 or sentence.start
    right = scene.folded.find(";", end, sentence.end)
    part = (left, sentence.end if right < 0 else right)
    first = min(start, speaker.start) if speaker.start < speaker.end else start
    told_before = any(left <= quantity.start < first for quantity in sentence.quantities)
    told_after = any(end <= quantity.start < part[1] for quantity in sentence.quantities)
    begins = not _LETTER.search(scene.folded[left:first])
    if told_before and speaker.start >= end:
        return Statement(speaker, start, end, leads=False, part=part)
    begins = begins or scene.folded[left:first].rstrip().endswith(" and")
    leads = begins or (told_after and not (told_before and scene.folded[left:first].rstrip()[-1:] in ',"”'))
    return Statement(speaker, start, end, leads, part)


def _owners(scene: Scene, text: str, speech: Speech) -> Iterator[Statement]:
    """`By the Commission's own reckoning`, `The operator's hope:`, `In his words`."""
    meant = speech.person or speech.speaker
    own = _grammar().own_words.search(scene.folded, scene.reading.start, scene.reading.end) if meant else None
    if own and meant:
        yield _statement(scene, Speaker(scene.reading.start, scene.reading.start, meant), own.start(), own.end())
    for match in _grammar().owner.finditer(scene.folded, scene.reading.start, scene.reading.end):
        begin = _begin(text, scene.reading.start, match.start())
        speaker = _speaker(text, begin, match.start())
        if speaker is not None and (_can_speak(speaker.text, "") or speaker.text[:4].lower() == "the "):
            yield _statement(scene, speaker, match.start(), match.end())


def _after(scene: Scene, cue: Cue, text: str) -> Speaker | None:
    """`According to X`."""
    return _name_from(text, cue.end, scene.reading.end)


def _name_from(text: str, start: int, end: int) -> Speaker | None:
    """The name that begins at a place."""
    tail = text[start : min(end, start + _LONGEST)]
    begin = start + len(tail) - len(tail.lstrip())
    body = text[begin : start + len(tail)]
    if _RELATIVE.match(body):
        return None
    stops = [found.start() for found in (_stop_of_name(body), _grammar().stop.search(body.lower(), 1)) if found]
    return _speaker(text, begin, begin + min(stops, default=len(body)))


def _stop_of_name(body: str) -> re.Match[str] | None:
    """Where a name ends for certain; the stop of an initial or a short form (`Capt. Ruto`) is no end."""
    for found in _NAME_END.finditer(body, 1):
        initial = re.search(r"(?:\b[A-Z]|\b(?:Capt|Mr|Mrs|Ms|Dr|Gen|St|Co|Prof|Sen|Gov|Lt|Col))$", body[: found.start()])
        if not (found.group().startswith(".") and initial):
            return found
    return None


def _subject(  # noqa: PLR0917
    scene: Scene, cue: Cue, text: str, speech: Speech, taken: int, named: Speaker | None
) -> Speaker | None:
    """The subject of a verb of saying: `X said`, `said X`, `he said`; `named` is who has spoken in the sentence before it."""
    grammar = _grammar()
    adds = cue.phrase in grammar.sums and any(cue.end <= mark.start <= cue.end + _AT_ONCE for mark in scene.reading.quantities)
    wishes = cue.phrase in grammar.wishes and scene.folded.startswith(" to ", cue.end)
    deeds = cue.phrase in grammar.deeds and scene.folded.startswith((" with ", " by "), cue.end)
    if adds or wishes or deeds or grammar.passive.search(scene.folded[taken : cue.start].rstrip()):
        return None
    if cue.phrase in grammar.needs_that and not _governs(scene, cue, taken):
        return _inverted(scene, cue, text)
    end = _end_of_subject(scene, text, taken, cue.start)
    pronoun = grammar.pronoun.search(text[taken:end])
    if pronoun:
        meant = _meant(scene, text, speech, pronoun, named, taken)
        return Speaker(scene.reading.start, scene.reading.start, meant) if meant else None
    if _ends_with_who(text, taken, end):
        return _speaker(text, _begin_before_who(text, taken, end), end - len("who"))
    if taken == scene.reading.start and (joined := _JOINED_VERB.search(text, taken, end)):
        return _opening(text, _begin(text, taken, joined.start()))
    return _named_subject(scene, cue, text, taken, end)


def _meant(  # noqa: PLR0917
    scene: Scene, text: str, speech: Speech, pronoun: re.Match[str], named: Speaker | None, taken: int
) -> str | None:
    """Whom a pronoun before a verb of saying means."""
    if pronoun["who"] or pronoun["whose"]:
        opening = named or _opening_person(scene, text, taken + pronoun.start())
        return opening.text if opening else _one_meant(speech)
    if pronoun["they"]:
        return _several_meant(scene, text, speech, taken + pronoun.start())
    body = speech.body if pronoun["it"] and speech.body_sentence == scene.reading.index - 1 else None
    return body or speech.speaker


def _several_meant(scene: Scene, text: str, speech: Speech, end: int) -> str | None:
    """Whom `they` means: those whom the sentence or the one before it has as its joint subject, else the last speaker.

    A single speaker of another paragraph is not several.
    """
    joint = _joint_subject(scene.reading, text, end)
    if joint is not None:
        return joint
    before = speech.before
    if before is not None and speech.speaker_sentence < before.index == scene.reading.index - 1:
        joint = _joint_subject(before, text, before.end)
        if joint is not None:
            return joint
    here = speech.paragraph == scene.reading.sentence.paragraph
    several = speech.speaker is not None and (_SEVERAL.search(speech.speaker) or speech.speaker.split(" of ")[0].endswith("s"))
    return speech.speaker if here or several else None


def _joint_subject(sentence: SentenceReading, text: str, end: int) -> str | None:
    """Those who stand joined where a clause of the sentence begins (`In Lima, Chile and Peru signed`), before a place."""
    names = [name for name in sentence.names if name.kind in _ACTORS and name.end <= end]
    found = None
    for first, last in itertools.pairwise(names):
        if text[first.end : last.start] not in (" and ", ", and ") or not text.startswith(" ", last.end):
            continue
        before = text[sentence.start : first.start].rstrip()
        if not before or before.lower().endswith((",", ";", "the", "presidents", "leaders", "ministers")):
            found = text[first.start : last.end]
    return found


def _opening_person(scene: Scene, text: str, end: int) -> Speaker | None:
    """The person whom a sentence opens with as its subject, before a place in it."""
    found = _opening(text, scene.reading.start)
    if found is None or found.end > end:
        return None
    named = any(
        name.start < found.end <= name.end and (name.kind == "person" or name.form == "leader") for name in scene.reading.names
    )
    if named or _grammar().person.search(found.text):
        return found
    several = len(found.text.split()) > 1
    title = text.find(",", found.end + 1, end) if text.startswith(",", found.end) else -1
    return found if several and title > 0 and _grammar().person.search(text, found.end, title) else None


def _person_named(scene: Scene, text: str) -> str | None:
    """Whom the next sentence can mean: the person that a sentence opens with, else the one named last with a title."""
    opening = _opening_person(scene, text, scene.reading.end)
    end = opening.end if opening else scene.reading.end
    persons = _grammar().persons.search(scene.folded, scene.reading.start, end) is not None
    titled = list(_grammar().titled.finditer(text, scene.reading.start, end)) if persons else []
    return titled[-1]["name"] if titled else opening.text if opening else None


def _opening(text: str, start: int) -> Speaker | None:
    """The person or the body that the words at a place begin with (`The minister toured the port and`)."""
    grammar = _grammar()
    found = grammar.opens.match(text, start) or grammar.body.match(text, start)
    if found is None or text.startswith(("'", "’"), found.end()):
        return None
    return _speaker(text, found.start(), found.end())


def _governs(scene: Scene, cue: Cue, taken: int) -> bool:
    """Whether a verb that does not always speak does: before `that`, or between commas with its subject (`, it found,`)."""
    if scene.folded.startswith(" that ", cue.end):
        return True
    return scene.folded.startswith(",", cue.end) and _ASIDE.search(scene.folded, taken, cue.start) is not None


def _one_meant(speech: Speech) -> str | None:
    """Whom `he` means: the person named last, else the last speaker, if he is one."""
    several = speech.speaker is not None and _SEVERAL.search(speech.speaker) is not None
    return speech.person or (None if several else speech.speaker)


def _named_subject(scene: Scene, cue: Cue, text: str, taken: int, end: int) -> Speaker | None:
    """The subject before a verb of saying, or the one behind it where none stands before."""
    titled = text[taken:end].endswith(",")
    if titled:
        found = _with_title(text, taken, _before_bracket(text, taken, end - 1))
    else:
        found = _speaker(text, _begin_of_name(scene, text, taken, end), end)
    if found is not None and _can_speak(found.text, cue.phrase):
        return _agent(text, found)
    inverted = _inverted(scene, cue, text)
    if inverted is None and found is not None and not titled and cue.phrase in _grammar().speech and _is_somebody(found.text):
        return found
    return inverted


def _ends_with_who(text: str, taken: int, end: int) -> bool:
    return text[taken:end].endswith((" who", ",who"))


def _begin_before_who(text: str, taken: int, end: int) -> int:
    """Where the name begins that `who` stands for (`Ana Torres, an economist at the bank, who expects`)."""
    comma = text.rfind(",", taken, end - len("who"))
    if comma < 0:
        return _begin(text, taken, end - len(" who"))
    first = _begin(text, taken, comma)
    before = text.rfind(",", taken, first)
    return (
        _begin(text, taken, before)
        if before > taken and text[first : first + 3].lower() in ("a ", "an ", "the", "a s")
        else first
    )


def _is_somebody(name: str) -> bool:
    """Whether any subject of a verb of speech is somebody: it is no clause of its own, no number and nobody."""
    words = name.split()
    return (
        len(words) <= _MOST_WORDS
        and not any(letter.isdigit() for letter in name)
        and not name.lower().startswith((*_grammar().nobody, "what ", "there ", "this ", "that ", "these ", "- ", "as "))
        and not _grammar().lead.fullmatch(f"{name} ")
    )


def _end_of_subject(scene: Scene, text: str, taken: int, verb: int) -> int:
    """Where the subject ends before its verb: dates, adverbs and short forms in brackets between them are not of it."""
    end = verb
    for mark in reversed(scene.reading.dates):
        if taken <= mark.start and mark.end <= end and not text[mark.end : end].strip():
            end = mark.start
    head = text[taken:end].rstrip()
    if end < verb:
        head = _OF_TIME.sub("", head)
    for trailing in (_grammar().tail, _BRACKET):
        if found := trailing.search(head):
            head = head[: found.start()]
    return taken + len(head)


def _before_bracket(text: str, taken: int, end: int) -> int:
    """Where a name ends before its short form in brackets."""
    bracket = _BRACKET.search(text[taken:end])
    return taken + bracket.start() if bracket else end


def _agent(text: str, speaker: Speaker) -> Speaker:
    """`Figures released by X` are X's; `figures released` stay what they are."""
    agent = _grammar().agent.search(speaker.text)
    if agent is None or agent["who"] is None:
        return speaker
    return _speaker(text, speaker.start + agent.start("who"), speaker.end) or speaker


def _begin(text: str, taken: int, end: int) -> int:
    """Where the phrase begins that ends at a place: behind the last comma, sign or joining word."""
    start = max(taken, end - _LONGEST)
    head = text[start:end]
    cuts = [match.end() for match in _BREAK.finditer(head)]
    cuts += [match.end() for match in _grammar().clause.finditer(head.lower())]
    cuts += [match.end() for match in _JOINED_CLAUSE.finditer(head.lower())]
    begin = start + max(cuts, default=0)
    lead = _grammar().lead.match(text[begin:end])
    return begin + lead.end() if lead else begin


def _begin_of_name(scene: Scene, text: str, taken: int, end: int) -> int:
    """Where a subject begins, behind a date (`In July the ministry`) or a noun that its clause explains (`a sum the bank`)."""
    begin = _begin(text, taken, end)
    begin = max((match.end() for match in _EXPLAINED_NOUN.finditer(text, begin, end)), default=begin)
    return next((mark.end for mark in scene.reading.dates if mark.start <= begin < mark.end < end), begin)


def _with_title(text: str, taken: int, end: int) -> Speaker | None:
    """`Jane Doe, head of the port, said` and `The head of the port, Jane Doe, said`."""
    last = _begin(text, taken, end)
    comma = text.rfind(",", taken, last)
    if comma > taken and text[last:end].lower().startswith(_grammar().asides):
        return _speaker(text, _begin(text, taken, comma), comma)
    title = _speaker(text, last, end)
    office = title is not None and _grammar().person.search(title.text) is not None
    if title is not None and title.text[:4].lower() == "the " and title.text.split()[-1][:1].isupper() and not office:
        return title
    if title is None or comma < 0 or (title.text[:1].isupper() and not office):
        return title
    named = _begin(text, taken, comma)
    return _speaker(text, named, end if office and title.text[:3] != "who" else comma)


def _inverted(scene: Scene, cue: Cue, text: str) -> Speaker | None:
    """`..., said X`."""
    if cue.phrase not in _grammar().inverts:
        return None
    found = _name_from(text, cue.end, scene.reading.end)
    if found is None or _GOVERNED.match(found.text) or not (_can_speak(found.text, "") or _closes(scene, cue, text, found)):
        return None
    named = _NAMED.match(text, found.end) if _grammar().person.search(found.text) else None
    return Speaker(found.start, named.end(), text[found.start : named.end()]) if named else found


def _closes(scene: Scene, cue: Cue, text: str, found: Speaker) -> bool:
    """Whether a verb of speech and its subject stand behind what was said and close it (`..., said one of them.`)."""
    after_speech = text[: cue.start].rstrip()[-1:] in ',"”'
    at_end = found.end >= scene.reading.end or text[found.end] in '.,;"”'
    return cue.phrase in _grammar().speech and after_speech and at_end and _is_somebody(found.text)


def _can_speak(name: str, verb: str) -> bool:
    """Whether a phrase can be a speaker: it is headed by a noun of those who speak, or by a name.

    Of figures only what is called so speaks (`data show`), and an opinion is nobody's without a name or a noun for him.
    """
    grammar = _grammar()
    core = grammar.agent.sub("", grammar.preposition.split(f"{name.split(',', maxsplit=1)[0]} ", maxsplit=1)[0].strip())
    if (
        len(name.split()) > _MOST_WORDS
        or not core
        or grammar.lead.fullmatch(f"{core} ")
        or any(letter.isdigit() for letter in core)
        or core.lower().startswith(grammar.nobody)
    ):
        return False
    if grammar.nouns.search(core):
        return True
    if verb in grammar.evidence or _WORD_OF.match(name):
        return False
    last = core.split()[-1]
    return last[:1].isupper() or last.startswith("(")


def _speaker(text: str, start: int, end: int) -> Speaker | None:
    """The words between two places without the blanks and signs around them."""
    name = text[start:end]
    body = name.strip(" ,'’\n\t")
    if len(body) < 2 or not _LETTER.search(body):
        return None
    begin = start + name.index(body)
    return Speaker(begin, begin + len(body), body)
