"""Events in words, in both languages, and that no value of an event is anything but text."""

from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nubank_assets.notifications.events import MonthFigures, RunEvent
from nubank_assets.notifications.rendering import one_line, render, without_amounts

SUCCEEDED = RunEvent(
    "succeeded",
    ("2026-09", "2026-10", "2026-11"),
    seconds=83.4,
    rows=120,
    figures=(
        MonthFigures("2026-10", False, Decimal("8000.00"), Decimal("1234.56")),
        MonthFigures("2026-11", True, Decimal("0.00"), Decimal("99.90")),
    ),
    warnings=("contas_diferem: 2026-08 falta um documento",),
    results=("/home/ana/nubank.xlsx",),
)


def test_a_run_that_succeeded_in_portuguese() -> None:
    notice = render(SUCCEEDED)
    assert notice.subject == "Nubank: tudo atualizado (2026-09 a 2026-11)"
    assert notice.text.replace("\xa0", " ") == (
        "Os seus dados do Nubank estão atualizados e conferidos: 2026-09 a 2026-11. Durou 1 min 23 s. "
        "Linhas nesses meses: 120.\n"
        "\n"
        "Entradas e despesas, por fatura:\n"
        "- 2026-10 (fechado): entradas R$ 8.000,00, despesas R$ 1.234,56\n"
        "- 2026-11 (em aberto): entradas R$ 0,00, despesas R$ 99,90 até agora\n"
        "\n"
        "Avisos:\n"
        "- contas_diferem: 2026-08 falta um documento\n"
        "\n"
        "Onde estão os resultados:\n"
        "- /home/ana/nubank.xlsx\n"
    )


def test_a_run_that_failed_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", "en")
    notice = render(RunEvent("failed", ("2026-10",), seconds=5, failures=("lines_add_up: 2026-10 lost a line",)))
    assert notice.subject == "Nubank: the update failed (2026-10)"
    assert notice.text == (
        "The update of your Nubank data failed: 2026-10. It took 5 s.\n"
        "\n"
        "What failed:\n"
        "- lines_add_up: 2026-10 lost a line\n"
        "\n"
        "What was published before is whole. To know more, use `nubank doctor`.\n"
    )


@pytest.mark.parametrize(
    ("locale", "subject"),
    [("pt-BR", "Nubank: a atualização começou (todos os meses)"), ("en", "Nubank: the update started (all months)")],
)
def test_a_run_that_started(locale: str, subject: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUBANK_LOCALE", locale)
    assert render(RunEvent("started")).subject == subject


def test_many_failures_are_cut_with_their_number() -> None:
    text = render(RunEvent("failed", failures=tuple(f"falha {number}" for number in range(14)))).text
    assert "- falha 9\n- … e mais 4\n" in text
    assert "falha 10" not in text


class _Texts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@given(st.text(max_size=500))
def test_whatever_a_failure_says_it_is_one_line_of_text(failure: str) -> None:
    notice = render(RunEvent("failed", (failure,), failures=(failure, "<script>alert('&')</script>")))
    assert notice.subject.isprintable()
    assert len(notice.subject) <= 120
    shown = one_line(failure)
    assert f"\n- {shown}\n" in notice.text
    parser = _Texts()
    parser.feed(str(notice.html))
    parser.close()
    assert parser.tags == {"html", "body", "p", "ul", "li"}
    assert "<script>alert('&')</script>" in parser.texts
    assert not shown or shown in parser.texts


@pytest.mark.parametrize(
    ("sentence", "covered"),
    [
        ("soma R$ 1.234,56 e R$ -0.05", "soma ••• e •••"),
        ("difere em -12,30; eram 1234.56.", "difere em •••; eram •••."),
        ("R$ 50 a mais", "••• a mais"),
        (
            "2026-10: 1.234 linhas, dia 10.11.2026, versão 1.13.27",
            "2026-10: 1.234 linhas, dia 10.11.2026, versão 1.13.27",
        ),
    ],
)
def test_amounts_are_covered_and_nothing_else(sentence: str, covered: str) -> None:
    event = without_amounts(RunEvent("failed", failures=(sentence,), warnings=(sentence,)))
    assert event.failures == event.warnings == (covered,)
