"""The forms of verbs and nouns that lexicons hold in their bare form."""

import pytest

from pipeline.claims.events.inflection import plural, verb_forms

IRREGULAR = {"lay": ["laid"], "break": ["broke", "broken"], "permit": ["permitted"]}


@pytest.mark.parametrize(
    ("phrase", "forms"),
    [
        ("ban", {"ban", "bans", "banned", "banning"}),
        ("ease", {"ease", "eases", "eased", "easing"}),
        ("agree to", {"agree to", "agrees to", "agreed to", "agreeing to"}),
        ("levy", {"levy", "levies", "levied", "levying"}),
        ("open", {"open", "opens", "opened", "opening"}),
        ("reach", {"reach", "reaches", "reached", "reaching"}),
        ("lay", {"lay", "lays", "laid", "laying"}),
        (
            "break ground on",
            {"break ground on", "breaks ground on", "broke ground on", "broken ground on", "breaking ground on"},
        ),
        ("permit", {"permit", "permits", "permitted", "permitting"}),
        ("double track~", {"double track", "double tracks", "double tracked", "double tracking"}),
    ],
)
def test_a_verb_has_its_forms(phrase: str, forms: set[str]) -> None:
    assert {spelling for spelling, _ in verb_forms(phrase, IRREGULAR)} == forms


@pytest.mark.parametrize(
    ("word", "many"),
    [("duty", "duties"), ("ferry", "ferries"), ("railway", "railways"), ("crossing", "crossings"), ("seaman", "seamen")],
)
def test_a_noun_has_its_plural(word: str, many: str) -> None:
    assert plural(word) == many
