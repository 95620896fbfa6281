"""What an execution can be asked for."""

from datetime import date
from typing import Any

import pytest

from nubank_assets.domain.failures import InputError
from nubank_assets.serverless.asking import Asked

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("given", "months"),
    [
        ({}, ("2026-10", "2026-11", "2026-12")),
        ({"month": "2026-10"}, ("2026-10",)),
        ({"month": "current"}, ("2026-11",)),
        ({"from": "2026-09", "to": "2026-11"}, ("2026-09", "2026-10", "2026-11")),
        ({"from": "2026-09"}, ("2026-09", "2026-10", "2026-11")),
        ({"to": "next"}, ("2026-11", "2026-12")),
        ({"from": "current", "to": "next"}, ("2026-11", "2026-12")),
        ({"months": ["2026-03", "2025-12", "2026-03"]}, ("2025-12", "2026-03")),
    ],
)
def test_the_months_that_are_meant(given: dict[str, Any], months: tuple[str, ...]) -> None:
    asked = Asked.of(given, TODAY)
    assert tuple(asked.months_or_scheduled(TODAY)) == months
    assert Asked.of(asked.to_input(), TODAY) == asked


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("2026-10", "2026-10.*não serve"),
        ({"month": 202610}, "202610 não é um mês"),
        ({"month": "2013-12"}, "fora dos meses possíveis"),
        ({"month": "2028-01"}, "fora dos meses possíveis"),
        ({"months": "2026-10"}, "não é um mês"),
        ({"months": []}, "não é um mês"),
        ({"from": "2026-11", "to": "2026-09"}, "Não há meses de 2026-11 a 2026-09"),
        ({"month": "2026-10", "to": "2026-11"}, "só um dos três"),
        ({"engine": "spark"}, "engine: 'spark' não serve; use um destes: lambda, emr, emr-serverless"),
        ({"offline": "yes"}, "offline"),
        ({"Month": "2026-10"}, "Month, que não existe"),
    ],
)
def test_what_cannot_be_asked_for_is_named(given: object, sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        Asked.of(given, TODAY)


def test_a_name_is_one_that_step_functions_takes() -> None:
    assert Asked.of({"name": "monthly-2026-11-01T07:00:00Z"}, TODAY).name == "monthly-2026-11-01T07-00-00Z"
    long = [Asked.of({"name": f"{'x' * 200}{number}"}, TODAY).name for number in (1, 2)]
    assert all(len(name) <= 80 for name in long)
    assert long[0] != long[1]
