"""Below Google's rate by itself: 60 reads and 60 writes a minute for a user, however many spreadsheets there are."""

import itertools
import threading

import pytest

from nubank_assets.google.pacing import PER_MINUTE, Clock, Pace
from nubank_assets.google.spreadsheet import open_spreadsheet
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets_tests.fakes.sheets import FakeSheets
from nubank_assets_tests.google.conftest import TestClock, write_request


def test_no_minute_has_more_calls_than_google_allows(clock: TestClock) -> None:
    pace, times = Pace(clock.clock), []
    for _ in range(4 * PER_MINUTE):
        pace.keep("write")
        times.append(clock.now())
        clock.seconds += 0.3
    assert all(later - first > 60 - 1e-6 for first, later in zip(times, times[PER_MINUTE:], strict=False))
    assert PER_MINUTE < 60


def test_reads_and_writes_are_counted_apart(clock: TestClock) -> None:
    pace = Pace(clock.clock)
    for _ in range(PER_MINUTE):
        pace.keep("read")
        pace.keep("write")
    assert clock.slept == []


def test_calls_that_are_far_apart_never_wait(clock: TestClock) -> None:
    pace = Pace(clock.clock)
    for _ in range(3 * PER_MINUTE):
        pace.keep("read")
        clock.seconds += 60 / PER_MINUTE
    assert sum(clock.slept) == pytest.approx(0)


def test_threads_share_a_pace() -> None:
    ticks = itertools.count()
    seen = TestClock()
    pace = Pace(Clock(lambda: next(ticks) * 1e-9 + seen.seconds, seen.sleep))

    def work() -> None:
        for _ in range(30):
            pace.keep("write")

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert seen.seconds == pytest.approx(120, abs=1)


def test_many_spreadsheets_of_one_account_never_meet_the_quota(
    sheets: FakeSheets, credentials: LocalCredentials, clock: TestClock
) -> None:
    sheets.limit(60, clock.now)
    keys = [sheets.new_spreadsheet() for _ in range(3)]
    opened = [open_spreadsheet(key, sheets.url, credentials, clock.clock) for key in keys]
    for number in range(30):
        for spreadsheet in opened:
            spreadsheet.update([write_request(str(number))], repeatable=False)
    assert sheets.writes == 90
    assert len(clock.slept) == 90 - PER_MINUTE
    assert clock.seconds == pytest.approx(60)


def test_a_quota_that_somebody_else_used_up_is_waited_for(
    sheets: FakeSheets, credentials: LocalCredentials, clock: TestClock, key: str
) -> None:
    sheets.limit(20, clock.now)
    spreadsheet = open_spreadsheet(key, sheets.url, credentials, clock.clock)
    for number in range(30):
        spreadsheet.update([write_request(str(number))], repeatable=False)
    assert sheets.book(key).sheet("Página1").rows() == [["29"]]
    assert 40 < clock.seconds < 180
