"""A notice of a lake that cannot be read is a notice without figures."""

from pathlib import Path

from nubank_assets.notifications.figures import figures_of
from nubank_assets_tests.fakes.lake import make_lake


def test_a_damaged_table_costs_the_figures_and_not_the_notice(tmp_path: Path) -> None:
    lake = make_lake(tmp_path, monthly_summary=[{"month": "2026-09", "income_brl": "1.00"}])
    assert figures_of(lake, ["2026-09"])[2][0].month == "2026-09"
    for file in (tmp_path / "lake").rglob("*.parquet"):
        file.write_bytes(b"broken")
    assert figures_of(lake, ["2026-09"]) == (None, None, ())


def test_a_table_that_is_not_there_costs_nothing(tmp_path: Path) -> None:
    assert figures_of(make_lake(tmp_path), []) == (None, None, ())
