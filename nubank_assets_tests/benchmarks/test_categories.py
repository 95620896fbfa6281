"""The comparison of ways parts titles by time and by merchant, and counts what it says it counts."""

from pathlib import Path

import pytest

from benchmarks.categories import teaching, ways
from benchmarks.categories.__main__ import Score, score
from benchmarks.categories.teaching import Taught
from benchmarks.categories.titles import Labelled, by_merchant, by_time, read_labelled
from nubank_assets.domain.vocabulary import Category

TITLES = """\
bill_index,title,category
2,Padaria Azul,restaurante
1,Padaria Azul Lj 2,restaurante
1,Xyzw,casa
3,Xyzw,casa
3,Posto Verde,casa
3,Posto Verde,casa
3,Abcd,outros
"""


@pytest.fixture
def rows(tmp_path: Path) -> list[Labelled]:
    path = tmp_path / "labelled.csv"
    path.write_text(TITLES)
    return read_labelled(path)


def test_a_bill_is_asked_of_one_who_knows_the_bills_before_it(rows: list[Labelled]) -> None:
    splits = list(by_time(rows))
    assert [len(split.asked) for split in splits] == [2, 1, 4]
    for split in splits:
        assert all(known.bill < asked.bill for known in split.known for asked in split.asked)


def test_a_merchant_is_asked_once_of_one_who_knows_only_others(rows: list[Labelled]) -> None:
    splits = list(by_merchant(rows))
    assert sorted(row.key for split in splits for row in split.asked) == sorted({row.key for row in rows})
    for split in splits:
        assert not {row.key for row in split.known} & {row.key for row in split.asked}


def test_answers_and_what_is_right_of_them_are_counted_apart(rows: list[Labelled]) -> None:
    every, first = score(ways.shipped, by_time(rows))
    assert every == Score(asked=7, right=3, answered=4, answered_right=2)
    assert first == Score(asked=4, right=2, answered=2, answered_right=1)
    assert first.shares() == "50.0% | 50.0% | 50.0%"


def test_the_memory_answers_what_it_saw_and_the_next_way_the_rest(rows: list[Labelled]) -> None:
    answer = ways.first_of(ways.memory, ways.first_rules)(rows)
    assert [answer(title) for title in ("XYZW", "Drogaria Azul", "Qwerty")] == [Category.CASA, Category.SAUDE, None]


def test_a_merchant_that_is_corrected_on_a_bill_needs_no_correction_on_the_next(rows: list[Labelled]) -> None:
    assert teaching.teach(rows) == [Taught(2, 1, 1), Taught(1, 0, 0), Taught(4, 3, 1)]
    assert list(teaching.table(rows))[-1] == "| all | 7 | 4 (57.1%) | 2 (28.6%) |"
