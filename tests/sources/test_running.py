from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.declared import Declaration, load_declarations
from pipeline.sources.raw import SourceError
from pipeline.sources.running import Running, VolumeLimits, cron


def declared(folder: Path, *lines: str) -> Declaration:
    path = folder / "sources.toml"
    path.write_text("\n".join(('[[source]]\nname = "port"\nkind = "folder"\npath = "."', *lines)), encoding="utf-8")
    return load_declarations(path)[0]


def test_a_source_says_when_it_is_read(tmp_path: Path) -> None:
    found = declared(
        tmp_path,
        'schedule = "*/30 6-22  * * MON-fri"',
        'timezone = "Asia/Baku"',
        'freshness = "36h"',
        'volume = { least = 0.2, most = 5, empty = "accept" }',
    )
    assert found.running == Running(
        "*/30 6-22 * * MON-fri", "Asia/Baku", timedelta(hours=36), VolumeLimits(least=0.2, most=5.0, empty="accept")
    )


def test_a_source_that_says_nothing_is_read_with_the_others(tmp_path: Path) -> None:
    assert declared(tmp_path).running == Running(None, "UTC", None, VolumeLimits(None, None, None))


@pytest.mark.parametrize(
    "schedule",
    ["0 5 * * *", "*/15 * * * *", "5,35 6-22/2 1 jan,jul *", "0 0 29 2 *", "0 0 31 2 1", "0 8 * * 7", "@hourly", "@daily"],
)
def test_schedules_that_come_due(schedule: str) -> None:
    assert cron(schedule) == schedule


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('schedule = "daily"', "schedule: must have five fields"),
        ('schedule = "0 5 * *"', "schedule: must have five fields"),
        ('schedule = "0 5 * * * *"', "schedule: must have five fields"),
        ('schedule = "60 5 * * *"', "schedule: minute: 60 is not between 0 and 59"),
        ('schedule = "0 24 * * *"', "schedule: hour: 24"),
        ('schedule = "0 5 0 * *"', "schedule: day: 0"),
        ('schedule = "0 5 * 13 *"', "schedule: month: 13"),
        ('schedule = "0 5 * * 8"', "schedule: weekday: 8"),
        ('schedule = "0 5 * * montag"', "schedule: weekday: 'montag'"),
        ('schedule = "0 5 * foo *"', "schedule: month: 'foo' is no month"),
        ('schedule = "10-5 5 * * *"', "schedule: minute: '10-5' takes in nothing"),
        ('schedule = "*/0 5 * * *"', "schedule: minute: '*/0' takes in nothing"),
        ('schedule = "*/90 * * * *"', "schedule: minute: the step of '*/90' goes beyond the field, which is from 0 to 59"),
        ('schedule = "0 */24 * * *"', "schedule: hour: the step of '*/24' goes beyond the field, which is from 0 to 23"),
        ('schedule = "0 0 31 4,6 *"', "never comes due: no such month has a day 31"),
        ("schedule = 5", "schedule: must be a text"),
        ('schedule = "0 5 * * *"\ntimezone = "Baku"', 'timezone: must be a time zone such as "Asia/Baku"'),
        ('schedule = "0 5 * * *"\ntimezone = "../UTC"', "timezone: must be a time zone"),
        ('schedule = "0 5 * * *"\ntimezone = 4', "timezone: must be a time zone"),
        ('timezone = "UTC"', "timezone: is that of a schedule, and there is none"),
        ('freshness = "soon"', 'freshness: must be a time such as "10s"'),
        ('freshness = "20000d"', "\"36h\", from 1 minute to 10 years, not '20000d'"),
        ('freshness = "-1h"', "freshness: must be a time"),
        ("volume = 3", "volume: must be a table with keys of least, most, empty"),
        ("volume = { fewest = 3 }", "volume: 'fewest' is none of its keys, which are least, most, empty"),
        ("volume = { least = 2 }", "volume: least must be a share from 0 to 1"),
        ("volume = { most = 0.5 }", "volume: most must be a number of times"),
        ("volume = { most = inf }", "volume: most must be a number of times"),
        ('volume = { empty = "never" }', "volume: empty must be hold_back or accept"),
    ],
)
def test_a_faulty_setting_is_told_with_its_line_and_key(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(SourceError) as fault:
        declared(tmp_path, line)
    assert f"sources.toml: line {5 + line.count(chr(10))}: source 1 (port): " in str(fault.value)
    assert told in str(fault.value)


@given(st.text(alphabet="0123456789*/-, @ajnmofr", max_size=40))
def test_no_text_breaks_the_reader_of_schedules(written: str) -> None:
    try:
        read = cron(written)
    except ValueError:
        return
    assert cron(read) == read
