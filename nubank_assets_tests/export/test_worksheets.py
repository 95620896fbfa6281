"""What stands on each worksheet, read back from the file."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from nubank_assets_tests.export.household import TABLES, cells_of, header_row, household, sheet_of, written

UNKNOWN = "não informado"
LINE = "transaction_id-0000"
#: Why a line has its category: a rule says, or nobody knows.
RULE, NOBODY = ("regra", "cafe", 93), ("não se sabe", None, 1)


@pytest.fixture
def book(tmp_path: Path) -> openpyxl.Workbook:
    return written(tmp_path, household(tmp_path))


def test_worksheets_are_in_order(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == [
        "Painel",
        "Resumo",
        "Comparação",
        "Por conta",
        "Transacao",
        "Receitas",
        "Despesas",
        "Limite",
        "Saldo",
        "Saldo por dia",
        "Próximas faturas",
        "Parcelas",
        "Faturas",
        "Contas conferidas",
        "Extratos",
        "Vínculos",
        "Sem par",
        "Rejeitados",
        "Aprendizado",
        "Saldo atual",
        "Uso do cartão",
        "Despesas por categoria",
        "Receita x Despesas",
    ]


@pytest.mark.parametrize("locale", ["pt-BR", "en"])
def test_the_originals_headers_are_verbatim_and_ours_are_to_their_right(tmp_path: Path, locale: str) -> None:
    book = written(tmp_path, household(tmp_path), locale)
    originals = {
        "Transacao": (
            "time category description title amount qtd_parcelas parcela",
            "conta id fatura categoria_por regra confianca",
        ),
        "Receitas": ("postDate title amount", "conta id"),
        "Despesas": ("postDate title amount", "conta id fatura_ou_mes categoria categoria_por regra confianca"),
        "Limite": ("Data Fatura_atual Limite_disponivel limite", "conta"),
        "Saldo": ("Data Saldo", "conta"),
    }
    for title, (headers, ours) in originals.items():
        assert next(sheet_of(book, title).values) == tuple(f"{headers} {ours}".split())


def test_summary_has_the_months_of_the_bill_basis_newest_first(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Resumo"))[:3] == [
        [date(2026, 10, 1), 0, 10, -10, 0, 0, 0, "em aberto", "aberta"],
        [date(2026, 9, 1), 5000, 1500.3, 3499.7, 1000.3, 500, 3.21, "encerrado", "fechada"],
        [date(2026, 8, 1), 5000, 1200.1, 3799.9, 0, 0, 0, "encerrado", "fechada"],
    ]


def test_summary_says_what_is_known_and_what_was_rejected(book: openpyxl.Workbook) -> None:
    lines = [row[0] for row in sheet_of(book, "Resumo").iter_rows(max_row=4, values_only=True)]
    assert lines[0] == "Resumo"
    assert "fatura vence" in str(lines[1])
    assert lines[2] == (
        "Saldo: R$ 1.234,56 (30/09/2026) · Fatura atual: R$ 1.000,30 (30/09/2026) · Limite disponível: não informado"
    )
    assert lines[3] == "2 linhas não puderam ser lidas: veja a aba Rejeitados."


def test_comparison_shows_spending_positive_and_marks_the_same_days(book: openpyxl.Workbook) -> None:
    september, august = date(2026, 9, 1), date(2026, 8, 1)
    whole = [september, "mês anterior", august, "mês inteiro"]
    assert cells_of(sheet_of(book, "Comparação")) == [
        [*whole, "total", "despesas", 1500.3, 1200.1, 300.2, None],
        [*whole, "total", "receitas", 110, 100, 10, 0.1],
        [*whole, "categoria", "saúde", 30, 20, 10, 0.5],
        [*whole, "tipo", "compra", 30, 20, 10, None],
        [september, "ano anterior", date(2025, 9, 1), "mesmos dias", "total", "despesas", 0, 0, 0, None],
    ]


def test_card_transactions_are_positive_newest_first_and_without_future_bills(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Transacao")) == [
        [
            date(2026, 9, 5),
            "outros",
            "Padaria",
            "Padaria",
            0.1,
            1,
            1,
            "card",
            "transaction_id-0001",
            "2026-09",
            *NOBODY,
        ],
        [date(2026, 9, 5), "outros", "Café", "Café", 0.2, 1, 1, "card", "transaction_id-0002", "2026-09", *RULE],
        [date(2026, 9, 2), "vestuário", "Loja", "Loja - Parcela 2/3", 33.34, 3, 2, "card", LINE, "2026-09", *NOBODY],
    ]


def test_spending_is_positive_and_what_came_back_negative(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Receitas")) == [[date(2026, 9, 4), "Salário", 5000, "account", LINE]]
    assert cells_of(sheet_of(book, "Despesas")) == [
        [date(2026, 9, 4), "Farmácia", 500, "account", "transaction_id-0002", "2026-09", "saúde", *NOBODY],
        [date(2026, 9, 3), "Estorno", -100, "card", "transaction_id-0001", "2026-09", "vestuário", *NOBODY],
        [date(2026, 9, 2), "Loja", 1100.3, "card", LINE, "2026-09", "vestuário", *NOBODY],
    ]


def test_unknown_is_said_and_never_zero(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Limite")) == [
        [date(2026, 9, 30), 1000.3, UNKNOWN, 8000, "card"],
        [date(2026, 9, 29), UNKNOWN, UNKNOWN, UNKNOWN, "card"],
    ]
    assert cells_of(sheet_of(book, "Saldo")) == [
        [date(2026, 9, 30), 1234.56, "account"],
        [date(2026, 9, 29), -0.01, "account"],
    ]


def test_each_account_has_its_own_summary(book: openpyxl.Workbook) -> None:
    september = date(2026, 9, 1)
    assert cells_of(sheet_of(book, "Por conta")) == [
        [september, "account", 5000, 500, 4500, 0, -900, "encerrado"],
        [september, "card", 0, 1000.3, -1000.3, 3.21, 900, "encerrado"],
    ]


def test_daily_balances_say_which_are_derived_and_what_is_unexplained(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Saldo por dia")) == [
        [date(2026, 9, 30), "account", 10, 1234.56, "observado", 5.5],
        [date(2026, 9, 29), "account", -3, 1219.06, "calculado", None],
    ]


def test_parcels_ahead_are_listed_by_month(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Parcelas")) == [
        [date(2026, 10, 1), "Curso", "1/12", 80, date(2027, 9, 1), "card", "na fatura", date(2026, 9, 9)],
        [date(2026, 11, 1), "Loja", "3/3", 33.33, date(2026, 11, 1), "card", "prevista", UNKNOWN],
    ]


def test_the_bills_ahead_say_what_is_spent_already_and_when_it_gets_better(book: openpyxl.Workbook) -> None:
    assert cells_of(sheet_of(book, "Próximas faturas")) == [
        [date(2026, 10, 1), "card", 80, 1, 80, 0, 0, 0, 80, 913.33],
        [date(2026, 11, 1), "card", 113.33, 2, 0, 113.33, 1, 33.33, 113.33, 800],
    ]


def test_bills_say_whether_they_are_proven_and_how_they_were_paid(book: openpyxl.Workbook) -> None:
    rows = cells_of(sheet_of(book, "Faturas"))
    assert [row[:9] for row in rows] == [
        [date(2026, 10, 1), "card", UNKNOWN, "aberta", 10, 0, UNKNOWN, None, "não fechou"],
        [date(2026, 9, 1), "card", date(2026, 9, 10), "fechada", 1000.3, 900, 1000.3, 0, "conferida"],
        [date(2026, 8, 1), "card", UNKNOWN, "fechada", 10, 0, 12, 2, "difere"],
    ]
    assert [row[9:] for row in rows] == [
        ["ninguém", "–", "a vencer", 0, None, None, 10],
        ["OFX", "–", "o resto foi para a próxima", 1000.3, date(2026, 9, 12), 100, 0],
        ["Pluggy", "linhas pendentes ou que falharam", "falta a fatura seguinte", 0, None, None, UNKNOWN],
    ]


def test_accounts_say_whether_they_are_proven(book: openpyxl.Workbook) -> None:
    month = ["mês", date(2026, 9, 1), date(2026, 9, 30)]
    assert cells_of(sheet_of(book, "Contas conferidas")) == [
        ["account", *month, 100, 50, -20, 129, -1, -1, "difere"],
        ["reserva", *month, UNKNOWN, 50, 0, UNKNOWN, None, None, "nada informado"],
    ]


def test_statements_say_what_is_missing(book: openpyxl.Workbook) -> None:
    september, august = date(2026, 9, 1), date(2026, 8, 1)
    assert cells_of(sheet_of(book, "Extratos")) == [
        ["account", "conta", september, september, date(2026, 9, 1), date(2026, 9, 14), "falta", 0, 0],
        ["card", "cartão", august, august, None, None, "repetido", 2, 40],
    ]


def test_rejects_say_why(book: openpyxl.Workbook) -> None:
    name, month = "Nubank_2026-09-10.csv", date(2026, 9, 1)
    assert cells_of(sheet_of(book, "Rejeitados")) == [
        [name, 7, "A data não pôde ser lida.", "2026-13-01,Loja,10.00", month],
        [name, 9, "O valor pode ser lido de duas formas, como 1.234.", "x,1.234", month],
    ]


def test_sums_equal_the_tables_to_the_centavo(book: openpyxl.Workbook) -> None:
    shown_tables = (("Despesas", "expenses", 2), ("Receitas", "income", 2), ("Saldo", "account_balances", 1))
    for title, table, column in shown_tables:
        shown = sum(Decimal(str(row[column])) for row in cells_of(sheet_of(book, title)))
        stored = sum(Decimal(str(row.get("amount_brl") or row["balance_brl"])) for row in TABLES[table])
        assert shown == (-stored if title == "Despesas" else stored), title


def test_formats_are_those_of_dates_months_and_money(book: openpyxl.Workbook) -> None:
    card, summary = sheet_of(book, "Transacao"), sheet_of(book, "Resumo")
    assert card["A2"].number_format == "dd/mm/yyyy"
    assert card["A2"].is_date
    assert card["E2"].number_format.startswith("[$R$ ]#,##0.00")
    assert "[Red]-" in card["E2"].number_format
    assert summary["A6"].number_format == "[$-416]mmm/yyyy"
    assert summary["A6"].is_date


def test_headers_are_white_on_purple_frozen_and_filtered(book: openpyxl.Workbook) -> None:
    for title in book.sheetnames:
        sheet = sheet_of(book, title)
        cell = sheet.cell(header_row(sheet), 1)
        assert cell.fill.fgColor.rgb == "FF830BCF", title
        assert cell.font.b, title
        assert cell.font.color is not None, title
        assert cell.font.color.rgb == "FFFFFFFF", title
        assert str(sheet.auto_filter.ref).startswith(f"A{header_row(sheet)}:"), title
        assert sheet.page_setup.orientation == "landscape", title


def test_there_is_no_formula_anywhere(book: openpyxl.Workbook) -> None:
    kinds = {cell.data_type for title in book.sheetnames for row in sheet_of(book, title) for cell in row}
    assert kinds <= {"s", "n", "d"}


def test_english(tmp_path: Path) -> None:
    book = written(tmp_path, household(tmp_path), "en")
    assert book.sheetnames[:4] == ["Dashboard", "Summary", "Comparison", "By account"]
    assert book.sheetnames[9:18] == [
        "Daily balance",
        "Bills ahead",
        "Installments",
        "Bills",
        "Accounts proven",
        "Statements",
        "Links",
        "Unlinked",
        "Rejects",
    ]
    assert book.sheetnames[18] == "Learning"
    assert book.sheetnames[19:] == ["Current balance", "Card use", "Expenses by category", "Income and expenses"]
    assert cells_of(sheet_of(book, "Transacao"))[2][1] == "clothing"
    assert cells_of(sheet_of(book, "Limite"))[1][1] == "not stated"
    assert sheet_of(book, "Summary")["A3"].value == (
        "Balance: R$1,234.56 (Sep 30, 2026) · Open bill: R$1,000.30 (Sep 30, 2026) · Available limit: not stated"
    )
    assert sheet_of(book, "Summary")["A6"].number_format == "[$-409]mmm/yyyy"
