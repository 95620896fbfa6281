"""Round after round, as months go by: bills open and close, ids are made anew, and each line counts once."""

from collections import Counter
from datetime import date, datetime, time
from pathlib import Path
from string import Formatter

from nubank_assets.domain.months import SAO_PAULO, month_of, months_between
from nubank_assets.domain.vocabulary import LineState
from nubank_assets.lake.inbox import Inbox
from nubank_assets.sources.collection import collect_sources
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.pluggy.collection import PluggySource
from nubank_assets.sources.pluggy.sentences import MESSAGES
from nubank_assets.sources.raw import read_raw_tables
from nubank_assets_tests.fakes.pluggy_api import CLIENT_ID, CLIENT_SECRET, FakePluggy

#: Around closings (the 3rd), due dates (the 10th), ends of months, and after a pause.
ROUNDS = [date(2026, *day) for day in ((5, 31), (6, 1), (6, 3), (6, 4), (6, 20), (7, 2), (7, 10), (11, 2), (11, 23))]
FIRST = "2026-03"


def household(folder: Path, today: date) -> Truth:
    months = len(months_between(FIRST, month_of(today)))
    return write_demo(folder, months=months, seed=5, today=today)


def run_round(folder: Path, truth: Truth) -> tuple[int, int]:
    """Number of answers and of new ones."""
    kept = LocalCredentials(folder / "secrets")
    kept.put("pluggy_client_id", CLIENT_ID.encode())
    kept.put("pluggy_client_secret", CLIENT_SECRET.encode())
    now = datetime.combine(truth.today, time(12), SAO_PAULO)
    with FakePluggy(truth, truth.today) as pluggy:
        found = collect_sources(Inbox(str(folder / "inbox")), [PluggySource(kept, pluggy.url, [pluggy.item])], now)
    assert found.failures == ()
    return len(found.answers), sum(answer.is_new for answer in found.answers)


def test_rounds_of_half_a_year_count_every_line_once(tmp_path: Path) -> None:
    for today in ROUNDS:
        truth = household(tmp_path / "demo", today)
        run_round(tmp_path, truth)

        tables = read_raw_tables(Inbox(str(tmp_path / "inbox")), months_between(FIRST, "2027-12"))
        current = [row for row in tables.lines.to_pylist() if row["line_state"] == LineState.CURRENT.value]
        found = Counter((row["account"], row["month"], row["line_date"], row["centavos"]) for row in current)
        assert found == Counter((line.account.value, line.month, line.date, line.centavos) for line in truth.lines), (
            today
        )


def test_a_round_in_which_nothing_happened_stores_nothing(tmp_path: Path) -> None:
    truth = household(tmp_path / "demo", ROUNDS[0])
    answered, new = run_round(tmp_path, truth)

    assert answered == new > 0
    assert run_round(tmp_path, truth)[1] == 0


def test_sentences_are_in_both_languages_with_the_same_places() -> None:
    for key, sentences in MESSAGES.items():
        assert key.startswith("pluggy_")
        assert set(sentences) == {"pt-BR", "en"}
        places = [{place for _, place, _, _ in Formatter().parse(text) if place} for text in sentences.values()]
        assert places[0] == places[1]
