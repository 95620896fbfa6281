"""When a daily run is due, and what is kept of it."""

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.scheduling.records import (
    DailyRun,
    is_due,
    log_of,
    read_last_lines,
    read_record,
    rotate,
    write_record,
)
from nubank_assets_tests.scheduling.fakes import plan_of

ZONE = timezone(timedelta(hours=-3))
#: The plan of the tests: 08:05.
PLAN = plan_of("/home/ana")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-{text}-03:00").astimezone(ZONE)


def success(text: str) -> DailyRun:
    return DailyRun(moment(text).isoformat(), moment(text).isoformat(), 0)


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        ("23T08:05:00", None, True),
        ("23T08:04:30", success("22T08:05:01"), True),  # a moment early
        ("23T07:00:00", success("22T08:05:01"), False),  # login before the time: yesterday's was made
        ("23T07:00:00", success("21T08:05:01"), True),  # login after a day off
        ("23T08:05:00", success("23T07:00:00"), False),  # … and one a day is enough
        ("23T20:00:00", success("23T08:05:01"), False),  # login in the evening
        ("23T20:00:00", success("22T08:05:01"), True),
        ("23T20:00:00", DailyRun(moment("23T08:05:01").isoformat(), moment("23T08:06:00").isoformat(), 1), True),
        ("23T20:00:00", DailyRun(moment("23T08:05:01").isoformat()), True),  # cut off
        ("24T00:30:00", success("23T08:05:01"), False),
    ],
)
def test_what_is_due(now: str, last: DailyRun | None, due: bool) -> None:
    assert is_due(PLAN, last, moment(now)) is due


@pytest.mark.parametrize(("now", "due"), [("23T15:01:00", False), ("24T07:00:00", False), ("24T08:05:00", True)])
def test_what_was_installed_after_its_time_begins_the_next_day(now: str, due: bool) -> None:
    plan = plan_of("/home/ana", installed="2026-11-23T15:00:00-03:00")
    assert is_due(plan, None, moment(now)) is due


@given(st.lists(st.integers(0, 30 * 24 * 60), min_size=1, max_size=40))
def test_however_often_it_is_started_one_success_a_day(minutes: list[int]) -> None:
    """Started at the planned time and at any others: every day has exactly one run, none has two."""
    begin = moment("02T00:00:00")
    planned = [begin + timedelta(days=day, hours=8, minutes=5) for day in range(20)]
    starts = sorted({*planned, *(begin + timedelta(minutes=minute) for minute in minutes)})
    last, made = None, []
    for now in starts:
        if is_due(PLAN, last, now):
            last = DailyRun(now.isoformat(), now.isoformat(), 0)
            made.append(now.date())
    assert len(made) == len(set(made))
    assert {start.date() for start in planned} <= set(made)


def test_a_record_comes_back(tmp_path: Path) -> None:
    run = DailyRun("2026-11-23T08:05:01-03:00", "2026-11-23T08:06:01-03:00", 1, last_lines=("ação", "falhou"))
    write_record(tmp_path, run)
    assert read_record(tmp_path) == run
    assert (tmp_path / "logs" / "daily.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"started": 5}', '{"started": "x", "last_lines": []}'])
def test_a_damaged_record_is_none(content: str, tmp_path: Path) -> None:
    write_record(tmp_path, DailyRun("2026-11-23T08:05:01-03:00"))
    (tmp_path / "logs" / "daily.json").write_text(content)
    assert read_record(tmp_path) is None


def test_the_log_has_an_end(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    rotate(log)
    assert log.stat().st_mode & 0o777 == 0o600
    for run in range(5):
        rotate(log)
        with log.open("a") as output:
            output.write(f"run {run}\n" + "x" * 600_000)
    assert sorted(path.name for path in log.parent.iterdir()) == ["daily.log", "daily.log.1"]
    assert log.read_text().startswith("run 4")
    assert log.with_name("daily.log.1").read_text().count("run ") == 2


def test_last_lines_are_of_this_run_alone(tmp_path: Path) -> None:
    log = log_of(tmp_path)
    rotate(log)
    log.write_text("of yesterday\n")
    start = log.stat().st_size
    assert read_last_lines(log, start) == ()
    with log.open("a") as output:
        output.writelines(f"linha {number}\n" for number in range(5000))
    lines = read_last_lines(log, start)
    assert lines == tuple(f"linha {number}" for number in range(4980, 5000))
