"""What each section says of hand-made rows, and what it leaves unsaid."""

from datetime import UTC, date, datetime

import polars as pl
import pytest
from analysis.made import agreement, document, number

from pipeline.contract.analysis.history import CHANGES, DOCUMENT_CHANGES
from pipeline.contract.schemas import polars_schema
from pipeline.contract.tables import ACRONYM_MENTIONS, REFRESHES
from pipeline.report import wording
from report.made import Parsed, page

PAIR = {"reporter": ["AZE"], "partner": ["KAZ"]}


def year(number: int) -> dict[str, date]:
    return {"period_start": date(number, 1, 1), "period_end": date(number, 12, 31)}


def on(day: date) -> dict[str, date]:
    return {"date_start": day, "date_end": day}


def section(name: str, *rows: object, **options: object) -> str:
    return Parsed(page(*rows, **options)).text(name)  # type: ignore[arg-type]


def test_a_target_stands_beside_the_latest_value_of_the_same_thing() -> None:
    said = section(
        "targets",
        [document("one", date(2024, 5, 1)), document("two", date(2025, 5, 1))],
        number("one", "turnover", 2e9, **PAIR, **year(2023)),
        number("one", "turnover", 10e9, **PAIR, period_end=date(2030, 12, 31), modality="target"),
        number("two", "turnover", 4e9, **PAIR, **year(2024)),
    )
    assert "1 open" in said
    assert "$10 bn3 by 2030target$4 bn2 2024from $2 bn1 202340% of it25% of the way, needs +16.5% a year" in said
    assert said.count("Turnover, Azerbaijan – Kazakhstan") == 1


def test_sources_that_differ_on_the_latest_value_are_told_beside_it() -> None:
    rows = (
        [document("one", date(2025, 5, 1)), document("two", date(2025, 5, 1))],
        number("one", "turnover", 10e9, **PAIR, period_end=date(2030, 12, 31), modality="target"),
        number("one", "turnover", 4e9, **PAIR, **year(2024)),
    )
    said = section("targets", *rows, number("two", "turnover", 5e9, **PAIR, **year(2024)))
    assert "2024sources differ: $4–5 bn" in said
    assert "differ" not in section("targets", *rows, number("two", "turnover", 4e9, **PAIR, **year(2024)))


def test_where_sources_differ_on_the_latest_value_the_share_of_a_goal_is_a_range() -> None:
    rows = (
        [document("one", date(2025, 5, 1)), document("two", date(2025, 5, 1))],
        number("one", "turnover", 10e9, **PAIR, period_end=date(2030, 12, 31), modality="target"),
        number("one", "turnover", 4e9, **PAIR, **year(2024)),
    )
    differing = Parsed(page(*rows, number("two", "turnover", 5e9, **PAIR, **year(2024))))
    assert "40–50% of it" in differing.text("targets")
    assert "needs" not in differing.text("targets")
    assert "bar" not in differing.attributes("svg", "class")
    agreeing = Parsed(page(*rows, number("two", "turnover", 4e9, **PAIR, **year(2024))))
    assert "40% of itneeds" in agreeing.text("targets")
    assert "bar" in agreeing.attributes("svg", "class")


def test_a_growth_that_only_another_thing_can_need_is_not_told() -> None:
    said = section(
        "targets",
        [document("a", date(2025, 5, 1))],
        number("a", "turnover", 1e7, **PAIR, **year(2024)),
        number("a", "turnover", 10e9, **PAIR, period_end=date(2026, 12, 31), modality="target"),
    )
    assert "0% of it" in said
    assert "needs" not in said


def test_what_falls_due_next_is_at_a_glance_though_nothing_is_set_against_it() -> None:
    latest, otherwise = (number(told, "turnover", told_as, **PAIR, **year(2024)) for told, told_as in (("a", 4e9), ("b", 5e9)))
    later = number("a", "turnover", 10e9, **PAIR, period_end=date(2030, 12, 31), modality="target")
    documents = [document("a", date(2025, 5, 1)), document("b", date(2025, 5, 1))]
    assert "Due next: Turnover, Azerbaijan – Kazakhstan$10 bn2target by 2030$4 bn" in section(
        "glance", documents, latest, later
    )
    assert "2024; sources differ: $4–5 bn" in section("glance", documents, latest, otherwise, later)
    soon = number("a", "capacity", 4e5, unit="TEU/yr", reporter=["GEO"], period_end=date(2027, 12, 31), modality="target")
    assert "Due next: Capacity, Georgia400,000" in section("glance", documents, latest, later, soon)
    # what is doubtful only where there is nothing else
    doubtful = number(
        "a", "capacity", 3e5, unit="TEU/yr", reporter=["AZE"], period_end=date(2026, 12, 31), modality="target", confidence=0.1
    )
    assert "Due next: Capacity, Georgia400,000" in section("glance", documents, latest, soon, doubtful)
    assert "Due next: Capacity, Azerbaijan300,000" in section("glance", documents, latest, doubtful)
    # however many others more documents tell of
    many = [
        number(told, "turnover", (10 + place) * 1e9, **PAIR, period_end=date(2031, 12, 31), modality="target")
        for place in range(int(wording.settings("limits")["targets"]))
        for told in "ab"
    ]
    assert "Due next: Capacity, Georgia400,000" in section("glance", documents, latest, soon, *many)


def test_a_goal_that_nothing_is_reported_of_stands_apart() -> None:
    said = section(
        "targets", [document("one")], number("one", "turnover", 1e10, **PAIR, period_end=date(2030, 12, 31), modality="target")
    )
    assert "1 that nothing reported can be set against" in said
    assert "Those with something reported" not in said


def test_sales_stand_beside_the_purchases_that_mirror_them() -> None:
    said = section(
        "trade",
        [document("one"), document("two")],
        number("one", "exports", 100e6, **PAIR, **year(2024)),
        number("two", "imports", 110e6, reporter=["KAZ"], partner=["AZE"], **year(2024)),
    )
    assert "Azerbaijan → Kazakhstanall goods2024$100 m1$110 m2+10%reported" in said


def test_an_agreement_shows_its_steps_and_where_it_stands() -> None:
    text = page(
        [document("one", date(2025, 3, 1)), document("two", date(2025, 9, 1))],
        agreement("one", "signed", ["AZE", "KAZ"], name="Port Accord", date_start=date(2025, 2, 3), date_end=date(2025, 2, 3)),
        agreement(
            "two", "ratified", ["AZE", "KAZ"], name="Port Accord", date_start=date(2025, 8, 9), date_end=date(2025, 8, 9)
        ),
    )
    said = Parsed(text).text("agreements")
    assert "Azerbaijan and Kazakhstan: Port Accordtrade" in said
    assert "Ratified" in said
    assert "9 Aug 2025" in said
    assert "Azerbaijan and Kazakhstan: Port Accord: signed 3 February 2025</title>" in text


def test_agreements_of_one_name_are_told_apart_by_their_texts() -> None:
    documents = [document(name, date(2025, 3, 1)) for name in ("one", "two", "other")]
    said = section(
        "agreements",
        documents,
        *(
            agreement(name, "signed", parties, evidence=evidence, date_start=on_day, date_end=on_day)
            for name, parties, evidence, on_day in (
                ("one", ["AZE", "KAZ"], "A memorandum on cable ducts was signed.", date(2019, 5, 6)),
                ("two", ["AZE", "KAZ"], "A memorandum on rail tariffs was signed.", date(2025, 2, 3)),
                ("other", ["GEO", "TUR"], "A memorandum on ferries was signed.", date(2025, 2, 3)),
            )
        ),
    )
    assert "cable ducts" in said
    assert "rail tariffs" in said
    assert "ferries" not in said


def test_what_is_denied_or_planned_is_not_told_as_reached() -> None:
    text = page(
        [document("one")],
        agreement("one", "signed", ["AZE", "KAZ"], name="Port Accord", modality="negated"),
        agreement("one", "in_force", ["GEO", "TUR"], name="Road Pact", modality="target", date_end=date(2027, 1, 1)),
    )
    said = Parsed(text).text("agreements")
    assert "in force by 1 Jan 2027" in said
    assert said.count("Not yet") == 2


def test_a_conflict_names_who_says_what() -> None:
    said = section(
        "conflicts",
        [document("one"), document("two")],
        number("one", "turnover", 2e9, **PAIR, **year(2024)),
        number("two", "turnover", 3e9, **PAIR, **year(2024), attributed_to="the ministry"),
    )
    assert "Turnover, Azerbaijan – Kazakhstan, 202450% apart" in said
    assert "$2 bn1 Publisher of one, 1 Feb 2026" in said
    assert "$3 bn2 the ministry, in Publisher of two" in said


def test_two_days_of_one_step_are_a_conflict() -> None:
    said = section(
        "conflicts",
        [document("one"), document("two")],
        *(
            agreement(name, "in_force", ["AZE", "KAZ"], name="Port Accord", date_start=on_day, date_end=on_day)
            for name, on_day in (("one", date(2025, 6, 5)), ("two", date(2025, 6, 9)))
        ),
    )
    assert "The same step is dated on days that cannot both be right." in said
    assert "In force, 5 Jun 2025" in said


def test_values_that_agree_are_no_conflict() -> None:
    said = section(
        "conflicts",
        [document("one"), document("two")],
        number("one", "turnover", 2e9, **PAIR, **year(2024)),
        number("two", "turnover", 2e9, **PAIR, **year(2024)),
    )
    assert said == "Where sources conflict No two sources contradict each other."


def refreshed(*rows: dict[str, object]) -> dict[str, pl.DataFrame]:
    """Two refreshes, the later of which made the changes."""
    told = {"documents_seen": 1, "documents_new": 0, "documents_changed": 0, "documents_removed": 0, "claims": 1, "rejected": 0}
    refreshes = [
        {
            "refresh_id": f"r{day}",
            "started_at": datetime(2026, 3, day, tzinfo=UTC),
            "finished_at": datetime(2026, 3, day, 1, tzinfo=UTC),
            "extractor_version": "1",
            "status": "published",
        }
        | told
        for day in (1, 2)
    ]
    common = {"refresh_id": "r2", "family": "trade", "source": "made", "uri": "made/one.txt", "doc_id": "one", "fields": []}
    frames = {
        REFRESHES: refreshes,
        CHANGES: [common | {"cause": "changed_document"} | row for row in rows],
        DOCUMENT_CHANGES: [],
    }
    return {table.name: pl.DataFrame(found, schema=polars_schema(table), orient="row") for table, found in frames.items()}


def test_what_the_last_refresh_changed_is_told_and_what_is_gone_is_struck_out() -> None:
    tables = refreshed(
        {"change": "altered", "claim_id": "c1", "previous_claim_id": "x", "summary": "Now 2", "previous_summary": "Then 1"},
        {"change": "removed", "previous_claim_id": "y", "summary": "Said once", "evidence": "It was said once."},
    )
    text = page([document("one")], number("one", "turnover", 2e9, **PAIR, **year(2024)), tables=tables)
    said = Parsed(text).text("changes")
    assert "Since the refresh before, with that of 2 March 2026: 1 claim changed, 1 claim gone." in said
    assert "changedNow 21before: Then 1" in said
    assert "<s><bdi>Said once</bdi></s>" in text


def test_without_changes_the_section_says_so() -> None:
    assert "has changed anything" in section("changes", [document("one")])


@pytest.mark.parametrize(
    ("value", "shown"), [(4.5e6, True), (4.5e9, False)], ids=["of the size of the others", "a thousand times larger"]
)
def test_a_doubtful_figure_does_not_make_all_others_vanish(value: float, shown: bool) -> None:
    cargo = {"unit": "t", "corridor": "TITR"}
    text = page(
        [document("one")],
        number("one", "cargo", 2e6, **cargo, **year(2022)),
        number("one", "cargo", 3e6, **cargo, **year(2023)),
        number("one", "cargo", value, **cargo, **year(2024), confidence=0.1),
    )
    found = Parsed(text)
    drawn = [link for link in found.attributes("a", "href") if link == "#c-c3"]
    assert ("off the scale" in found.text("corridors")) is not shown
    assert (len(drawn) > 2) is shown


def test_figures_of_a_part_of_a_corridor_are_in_the_table_only() -> None:
    cargo = {"unit": "t", "corridor": "TITR"}
    text = page(
        [document("one")],
        number("one", "cargo", 2e6, **cargo, **year(2022)),
        number("one", "cargo", 3e6, **cargo, **year(2023)),
        number("one", "cargo", 1e6, **cargo, **year(2023), mode="rail", reporter=["KAZ"]),
    )
    said = Parsed(text).text("corridors")
    assert "3 figures, 1 of parts" in said
    assert "cargo by rail, Kazakhstan" in said


CARGO = {"unit": "t", "corridor": "TITR"}


@pytest.mark.parametrize(
    ("bound", "shown"), [("over", "over $5 bn"), ("about", "about $5 bn"), ("under", "up to $5 bn"), ("exact", "$5 bn")]
)
def test_an_amount_keeps_its_bound(bound: str, shown: str) -> None:
    rows = (
        [document("one"), document("two")],
        number("one", "turnover", 5e9, **PAIR, **year(2024), bound=bound),
        number("two", "turnover", 4e9, **PAIR, **year(2023)),
        number("two", "turnover", 9e9, **PAIR, period_end=date(2030, 12, 31), modality="target"),
    )
    found = Parsed(page(*rows))
    assert f"Azerbaijan – Kazakhstan: trade{shown}2" in found.text("glance")
    assert f"Azerbaijan – Kazakhstan$ bn {shown}2 2024" in found.text("trade")
    assert f"2024 {shown}2reported" in found.text("trade")
    assert f"target{shown}2 2024" in found.text("targets")


def test_flows_and_conflicts_keep_their_bounds() -> None:
    found = Parsed(
        page(
            [document("one"), document("two")],
            number("one", "exports", 3e9, **PAIR, **year(2024), bound="about"),
            number("two", "exports", 5e9, **PAIR, **year(2024), bound="over"),
            number("one", "imports", 7e9, **PAIR, **year(2023), bound="over"),
        )
    )
    assert "over $7 bn" in found.text("trade")
    assert "about $3 bn1" in found.text("conflicts") or "about $3 bn2" in found.text("conflicts")
    assert "over $5 bn" in found.text("conflicts")


def test_the_whole_stands_out_and_not_a_part_of_it() -> None:
    rows = (
        [document("one"), document("two")],
        number("one", "cargo", 23.9e6, **CARGO, **year(2024), confidence=0.6),
        number("one", "cargo", 21.5e6, **CARGO, **year(2024), origin=["KAZ"], confidence=0.9),
        number("two", "cargo", 21.5e6, **CARGO, **year(2024), origin=["KAZ"], confidence=0.9),
    )
    assert "Middle Corridor: cargo23.9 Mt" in section("glance", *rows)


def test_a_part_that_stands_out_says_what_it_is_of() -> None:
    rows = (
        [document("one")],
        number("one", "cargo", 23.9e6, **CARGO, **year(2023)),
        number("one", "cargo", 21.5e6, **CARGO, **year(2024), origin=["KAZ"]),
    )
    assert "Middle Corridor: cargo, Kazakhstan21.5 Mt" in section("glance", *rows)
    assert "2024, cargo, Kazakhstan" in section("corridors", *rows)


def test_what_stands_out_says_that_sources_differ_on_it() -> None:
    first = number("one", "turnover", 2e9, **PAIR, **year(2024))
    differing = number("two", "turnover", 3e9, **PAIR, **year(2024))
    agreeing = number("two", "turnover", 2e9, **PAIR, **year(2024))
    documents = [document("one"), document("two")]
    assert "$2–3 bn122024; sources differ" in section("glance", documents, first, differing)
    assert "differ" not in section("glance", documents, first, agreeing)


def test_a_shorter_time_with_more_stands_beside_the_longer_one() -> None:
    longer = {"period_start": date(2025, 1, 1), "period_end": date(2025, 10, 13)}
    shorter = {"period_start": date(2025, 1, 1), "period_end": date(2025, 8, 31)}
    rows = ([document("one"), document("two")], number("one", "turnover", 4e9, **PAIR, **longer))
    found = Parsed(page(*rows, number("two", "turnover", 4.5e9, **PAIR, **shorter)))
    assert "sources differ: $4–4.5 bn" in found.text("glance")
    assert found.text("trade").count("1 voice; sources differ: $4–4.5 bn") == 2
    assert "differ:" not in section("trade", *rows, number("two", "turnover", 3.5e9, **PAIR, **shorter))


def test_what_a_text_tells_beside_a_figure_is_no_source_of_it() -> None:
    rows = (
        [document("one"), document("two")],
        number("one", "cargo", 5e6, **CARGO, **year(2024), value_start=0, value_end=1),
        number("one", "cargo", 3e6, **CARGO, **year(2024), value_start=4, value_end=5),
        number("one", "cargo", 4e6, **CARGO, **year(2023)),
    )
    said = section("corridors", *rows)
    assert "5 Mt2 2024; the same text also has 3 Mt3" in said
    assert "the same text" not in section("corridors", *rows[:2], *rows[3:])


@pytest.mark.parametrize(
    ("start", "shown"), [(date(2027, 1, 1), "for 2027"), (None, "by 2027")], ids=["what a year shall bring", "a deadline"]
)
def test_a_goal_for_a_year_is_no_goal_by_it(start: date | None, shown: str) -> None:
    found = Parsed(
        page(
            [document("one")],
            number("one", "cargo", 3e6, **CARGO, **year(2024)),
            number("one", "cargo", 5e6, **CARGO, period_start=start, period_end=date(2027, 12, 31), modality="target"),
        )
    )
    assert f"5 Mt2 target {shown}" in found.text("glance")
    assert f"5 Mt2 {shown}" in found.text("targets")


def test_goals_of_one_name_are_told_apart_by_their_words() -> None:
    evidence = "This year is to bring 5 tons. Of that, 4 tons would go by sea, 3 of them as oil."
    places = {
        value: {"evidence": evidence, "value_start": evidence.index(f"{value} "), "value_end": evidence.index(f"{value} ") + 6}
        for value in (5, 4)
    }
    goals = [
        number("one", "cargo", value * 1e6, **CARGO, **year(2027), modality="forecast", evidence_end=len(evidence), **place)
        for value, place in places.items()
    ]
    said = section("targets", [document("one")], *goals)
    assert "This year is to bring 5 tons" in said
    assert "Of that, 4 tons would go by sea" in said
    assert "to bring" not in section("targets", [document("one")], goals[0])


def test_a_corridor_of_which_only_capacity_is_told_is_headed_so() -> None:
    cargo = number("one", "cargo", 3e6, **CARGO, **year(2024))
    capacity = number("one", "capacity", 5e6, corridor="TITR", unit="t/yr", **year(2024))
    for rows, heading in (
        ([cargo], "Middle Corridor: cargocargo"),
        ([capacity], "Middle Corridor: capacitycapacity"),
        ([cargo, capacity], "Middle Corridor: cargo and capacityMt"),
    ):
        found = Parsed(page([document("one")], *rows))
        assert heading in found.text("corridors")
    assert "Middle Corridor: cargo3 Mt" in found.text("glance")


def test_acronyms_are_counted_apart_from_conflicts() -> None:
    mentions = pl.DataFrame(
        [mention("one", "CCC", "Caspian Cargo Council"), mention("two", "CCC", "Central Cotton Company")],
        schema=polars_schema(ACRONYM_MENTIONS),
        orient="row",
    )
    text = page(
        [document("one"), document("two")],
        number("one", "turnover", 2e9, **PAIR, **year(2024)),
        number("two", "turnover", 3e9, **PAIR, **year(2024)),
        tables={ACRONYM_MENTIONS.name: mentions},
    )
    assert 'Conflicts <span class="count">1</span>' in text
    assert "CCC stands for 2 things" in Parsed(text).text("conflicts")


def mention(doc_id: str, acronym: str, expansion: str) -> dict[str, object]:
    evidence = f"{expansion} ({acronym}) met."
    end = len(expansion)
    return {
        "mention_id": f"m{doc_id}",
        "doc_id": doc_id,
        "acronym": acronym,
        "expansion": expansion,
        "letters": "initials",
        "evidence": evidence,
        "evidence_start": 0,
        "evidence_end": len(evidence),
        "expansion_start": 0,
        "expansion_end": end,
        "acronym_start": end + 2,
        "acronym_end": end + 2 + len(acronym),
        "extractor_version": "1",
    }


@pytest.mark.parametrize(("widest", "drawn"), [(16, True), (2, False)])
def test_panels_share_their_years_as_far_as_the_reference_data_say(
    monkeypatch: pytest.MonkeyPatch, widest: int, drawn: bool
) -> None:
    settings = wording.settings
    changed = {**settings("charts"), "widest_span": widest}
    monkeypatch.setattr(wording, "settings", lambda name: changed if name == "charts" else settings(name))
    other = {"reporter": ["GEO"], "partner": ["TUR"]}
    text = page(
        [document("one")],
        *(number("one", "turnover", 2e9 + each * 1e8, **PAIR, **year(each)) for each in (2015, 2016)),
        *(number("one", "turnover", 2e9 + each * 1e8, **other, **year(each)) for each in (2023, 2024)),
    )
    years = Parsed(text).text("trade")
    assert ("2024" in years.partition("Georgia – Türkiye")[0]) is drawn


def test_trade_of_a_bloc_with_itself_is_within_it() -> None:
    inner = {"reporter": ["C5"], "partner": ["C5"]}
    said = section("trade", [document("one")], number("one", "turnover", 11e9, **inner, **year(2023)))
    assert "Within Central Asia" in said
    assert "Central Asia –" not in said
