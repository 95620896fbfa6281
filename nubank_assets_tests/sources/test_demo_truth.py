"""The demo's truth ledger: what happens in every household of two years, and that its bookkeeping adds up."""

import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from nubank_assets.domain.proof_words import BillSettlement
from nubank_assets.domain.vocabulary import AccountType, BillState, Category, Flow, Kind
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth, TruthLine

TODAY = date(2026, 11, 23)
ENDS = [TODAY] + [date(2026, month, 6) for month in range(1, 13)] + [date(2027, 8, 31)]

#: What every demo of 24 months shows, wherever in the year it ends: title, kind, flow, category.
FEATURES = [
    (r"Transferência recebida pelo Pix - EMPRESA .+ - ITAÚ .+", Kind.PIX_IN, Flow.INCOME, None),
    (r"Transferência recebida pelo Pix - JOAO .+", Kind.PIX_IN, Flow.INCOME, None),
    (r"Transferência Recebida - Ana .+", Kind.TRANSFER_IN, Flow.INCOME, None),
    (r"Transferência enviada pelo Pix - IMOBILIARIA .+", Kind.PIX_OUT, Flow.EXPENSE, Category.CASA),
    (r"Transferência enviada pelo Pix - .+ \d{11} - .+", Kind.PIX_OUT, Flow.EXPENSE, Category.OUTROS),
    (r"Transferência enviada pelo Pix - PEDRO .+ - COOPERATIVA .+", Kind.PIX_OUT, Flow.EXPENSE, Category.OUTROS),
    (rf"Transferência enviada pelo Pix - {HOLDER_NAME} - .+", Kind.OWN_TRANSFER, Flow.NEUTRAL, None),
    (rf"Transferência recebida pelo Pix - {HOLDER_NAME} - .+", Kind.OWN_TRANSFER, Flow.NEUTRAL, None),
    (r"Reembolso recebido pelo Pix - .+", Kind.REFUND, Flow.EXPENSE_REDUCTION, Category.OUTROS),
    (r"Pagamento de boleto efetuado - CONDOMINIO .+", Kind.BOLETO, Flow.EXPENSE, Category.CASA),
    (r"Pagamento de boleto efetuado - ENERGIA .+", Kind.BOLETO, Flow.EXPENSE, Category.CASA),
    (r"Pagamento de boleto efetuado - .*INTERNET.*", Kind.BOLETO, Flow.EXPENSE, Category.SERVICOS),
    (r"Pagamento de boleto efetuado - COLEGIO .+", Kind.BOLETO, Flow.EXPENSE, Category.EDUCACAO),
    (r"Compra no débito - Padaria .+", Kind.DEBIT_PURCHASE, Flow.EXPENSE, Category.RESTAURANTE),
    (r"Compra no débito via NuPay - Loja Azul", Kind.DEBIT_PURCHASE, Flow.EXPENSE, Category.OUTROS),
    (r"Estorno - Compra no débito - .+", Kind.REFUND, Flow.EXPENSE_REDUCTION, Category.SUPERMERCADO),
    (r"Recarga de celular", Kind.DEBIT_PURCHASE, Flow.EXPENSE, Category.SERVICOS),
    (r"Aplicação RDB", Kind.INVESTMENT_OUT, Flow.NEUTRAL, None),
    (r"Dinheiro guardado", Kind.INVESTMENT_OUT, Flow.NEUTRAL, None),
    (r"Resgate RDB", Kind.INVESTMENT_IN, Flow.NEUTRAL, None),
    (r"Pagamento de fatura", Kind.BILL_PAYMENT, Flow.NEUTRAL, None),
    (r"Pagamento recebido", Kind.BILL_PAYMENT, Flow.NEUTRAL, None),
    (r"Valor adicionado na conta por cartão de crédito", Kind.PIX_ON_CREDIT, Flow.NEUTRAL, None),
    (r"Transferência enviada pelo Pix - CARLOS .+", Kind.PIX_ON_CREDIT, Flow.NEUTRAL, None),
    (r"Pix no Crédito - CARLOS .+", Kind.PIX_ON_CREDIT, Flow.EXPENSE, Category.OUTROS),
    (r"CARLOS FICTICIO ALVES - [123]/3", Kind.PIX_ON_CREDIT, Flow.EXPENSE, Category.OUTROS),
    (r"Supermercado Natal Fel", Kind.PURCHASE, Flow.EXPENSE, Category.SUPERMERCADO),
    (r".+ - Parcela 1/12", Kind.INSTALLMENT, Flow.EXPENSE, None),
    (r"Parcelamento de Compra - .+ - 3/4", Kind.INSTALLMENT, Flow.EXPENSE, Category.CASA),
    (r"Antecipada - .+ - Parcela 10/10", Kind.INSTALLMENT, Flow.EXPENSE, Category.ELETRONICOS),
    (r"Desconto Antecipação Colchoes .+", Kind.EARLY_DISCOUNT, Flow.EXPENSE_REDUCTION, Category.CASA),
    (r"Antecipada - Colchoes .+ - Parcela 6/6", Kind.INSTALLMENT, Flow.EXPENSE, Category.CASA),
    (r'Estorno de "Esportes .+"', Kind.REFUND, Flow.EXPENSE_REDUCTION, Category.LAZER),
    (r'Estorno de "Malas .+"', Kind.REFUND, Flow.EXPENSE_REDUCTION, Category.VIAGEM),
    (r"Desconto Antecipação Magazine .+", Kind.EARLY_DISCOUNT, Flow.EXPENSE_REDUCTION, Category.ELETRONICOS),
    (r'IOF de "Hotel .+"', Kind.IOF, Flow.EXPENSE, Category.ENCARGOS),
    (r'Estorno de "Loja Virtual Vestebem"', Kind.REFUND, Flow.EXPENSE_REDUCTION, Category.VESTUARIO),
    (r'Estorno de "Mercado Azul"', Kind.REFUND, Flow.EXPENSE_REDUCTION, Category.SUPERMERCADO),
    (r"Multa de atraso", Kind.FEE, Flow.EXPENSE, Category.ENCARGOS),
    (r"Juros de atraso", Kind.INTEREST, Flow.EXPENSE, Category.ENCARGOS),
    (r"IOF de atraso", Kind.IOF, Flow.EXPENSE, Category.ENCARGOS),
    (r"Saldo em atraso", Kind.CARRIED_BALANCE, Flow.NEUTRAL, None),
    (r"Crédito de atraso", Kind.CARRIED_BALANCE, Flow.NEUTRAL, None),
    (r"Saldo em rotativo", Kind.CARRIED_BALANCE, Flow.NEUTRAL, None),
    (r"Crédito de rotativo", Kind.CARRIED_BALANCE, Flow.NEUTRAL, None),
    (r"Juros de rotativo", Kind.INTEREST, Flow.EXPENSE, Category.ENCARGOS),
    (r"IOF de rotativo", Kind.IOF, Flow.EXPENSE, Category.ENCARGOS),
    (r"Rewards - Assinatura", Kind.FEE, Flow.EXPENSE, Category.ENCARGOS),
    (r"Rewards - Crédito de compra apagada", Kind.REWARD, Flow.EXPENSE_REDUCTION, Category.OUTROS),
]


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return write_demo(tmp_path_factory.mktemp("demo"), months=24, seed=7, today=TODAY)


def by_pair(truth: Truth, prefix: str) -> dict[str, list[TruthLine]]:
    pairs: dict[str, list[TruthLine]] = defaultdict(list)
    for line in truth.lines:
        if line.pair and line.pair.startswith(prefix):
            pairs[line.pair].append(line)
    return pairs


@pytest.mark.parametrize("today", ENDS, ids=str)
def test_two_years_show_every_feature(tmp_path: Path, today: date) -> None:
    truth = write_demo(tmp_path, months=24, seed=11, today=today)
    for title, kind, flow, category in FEATURES:
        lines = [line for line in truth.lines if re.fullmatch(title, line.title)]
        assert lines, title
        assert {(line.kind, line.flow) for line in lines} == {(kind, flow)}, title
        assert category is None or {line.category for line in lines} == {category}, title


@pytest.mark.parametrize("seed", [0, 1, 2, 99])
def test_every_seed_shows_the_same_kinds_and_all_categories(tmp_path: Path, seed: int) -> None:
    truth = write_demo(tmp_path, months=24, seed=seed, today=TODAY)
    assert {line.kind for line in truth.lines} == set(Kind) - {
        Kind.TRANSFER_OUT,
        Kind.CASH_WITHDRAWAL,
        Kind.LOAN,
        Kind.REFINANCING_CREDIT,
        Kind.REFINANCING_CHARGE,
        Kind.OTHER,
    }
    assert {line.category for line in truth.lines} == {None, *Category}


def test_a_category_is_there_exactly_where_money_is_spent(truth: Truth) -> None:
    spent = {Flow.EXPENSE, Flow.EXPENSE_REDUCTION}
    assert all((line.category is not None) == (line.flow in spent) for line in truth.lines)


def test_the_totals_are_the_lines_added_up(truth: Truth) -> None:
    for month, totals in truth.totals.items():
        lines = [line for line in truth.lines if line.month == month]
        counted = [line for line in lines if line.bill_state is not BillState.FUTURE]
        spent = [line for line in counted if line.flow in {Flow.EXPENSE, Flow.EXPENSE_REDUCTION}]
        assert totals.lines == len(lines)
        assert totals.income == sum(line.centavos for line in counted if line.flow is Flow.INCOME)
        assert totals.expenses == sum(line.centavos for line in spent) == sum(totals.by_category.values())
        for category, centavos in totals.by_category.items():
            assert centavos == sum(line.centavos for line in spent if line.category is category)
    assert set(truth.totals) == {line.month for line in truth.lines}


def test_the_household_spends_less_than_it_earns(truth: Truth) -> None:
    whole = list(truth.balances)[:-1]
    earned = sum(truth.totals[month].income for month in whole)
    spent = -sum(truth.totals[month].expenses for month in whole)
    assert 0.6 < spent / earned < 0.95


def test_the_ledger_survives_its_json(truth: Truth) -> None:
    assert Truth.from_json(truth.to_json()) == truth


def test_a_bill_is_paid_from_the_account_and_received_on_a_bill(truth: Truth) -> None:
    payments = by_pair(truth, "payment/")
    parts = defaultdict(list)
    for part in truth.payments:
        parts[part.identifier].append(part)
    whole = [name for name in payments if not name.endswith("/early")]
    assert len(whole) == 24
    for pair, lines in payments.items():
        bill = pair.split("/")[1]
        received, paid = sorted(lines, key=lambda line: line.centavos, reverse=True)
        assert (received.account, paid.account) == (AccountType.CARD, AccountType.ACCOUNT)
        assert received.centavos == -paid.centavos == sum(part.centavos for part in parts[received.identifier])
        assert received.date == paid.date
        assert received.month == bill if pair not in whole else received.month > bill == paid.month


def test_every_bill_charges_what_its_lines_say_and_most_are_paid_whole(truth: Truth) -> None:
    paid = Counter[str | None]()
    for part in truth.payments:
        paid[part.bill] += part.centavos
    for bill in truth.bills:
        lines = [line for line in truth.lines if line.account is AccountType.CARD and line.month == bill.bill]
        assert bill.total == -sum(line.centavos for line in lines if line.kind is not Kind.BILL_PAYMENT)
        assert bill.paid == paid[bill.bill]
        assert bill.paid == bill.total or bill.settlement is BillSettlement.NOT_DUE
    counted = Counter(bill.settlement for bill in truth.bills)
    assert counted == {
        BillSettlement.PAID: 20,
        BillSettlement.PAID_LATE: 2,
        BillSettlement.CARRIED: 2,
        BillSettlement.NOT_DUE: 1,
    }


def test_the_parcels_of_a_plan_follow_each_other(truth: Truth) -> None:
    plans: dict[str, list[TruthLine]] = defaultdict(list)
    for line in truth.lines:
        if line.plan:
            plans[line.plan].append(line)
    whole = 0
    for parcels in plans.values():
        parcels.sort(key=lambda line: line.installment or 0)
        numbers = [line.installment for line in parcels]
        of = parcels[0].installments
        assert of
        assert numbers == list(range(numbers[0] or 0, (numbers[-1] or 0) + 1))
        whole += numbers == list(range(1, of + 1))
        amounts = [-line.centavos for line in parcels]
        rest = amounts[1:] if numbers[0] == 1 else amounts
        assert len(set(rest)) <= 1
        assert all(0 <= amounts[0] - amount < of for amount in rest)
    assert whole > 10


def test_parcels_paid_early_are_on_one_bill_and_on_no_later_one(truth: Truth) -> None:
    early = by_pair(truth, "early/")
    assert len(early) == 2
    for lines in early.values():
        parcels = [line for line in lines if line.kind is Kind.INSTALLMENT]
        assert [line.installment for line in parcels] == [7, 8, 9, 10]
        assert len({(line.month, line.date) for line in lines}) == 1
        others = [line for line in truth.lines if line.plan == parcels[0].plan and line not in parcels]
        assert [line.installment for line in others] == [1, 2, 3, 4, 5, 6]
        assert max(line.month for line in others) == lines[0].month


def test_before_they_are_paid_early_the_parcels_are_on_future_bills(tmp_path: Path) -> None:
    truth = write_demo(tmp_path, months=6, seed=7, today=date(2026, 8, 10))
    future = [line for line in truth.lines if line.bill_state is BillState.FUTURE and "Eletro Norte" in line.title]
    assert [line.installment for line in future] == [7, 8, 9]
    assert not [line for line in truth.lines if line.title.startswith("Antecipada") and line.date.year == 2026]


def test_iof_is_the_tax_on_the_purchase_it_belongs_to(truth: Truth) -> None:
    pairs = by_pair(truth, "abroad/")
    assert len(pairs) > 24
    for bought, tax in pairs.values():
        assert (bought.kind, tax.kind) == (Kind.PURCHASE, Kind.IOF)
        permyriad = {True: 350, False: 338 if bought.date.year == 2025 else 438}[bought.date >= date(2025, 5, 23)]
        assert abs(tax.centavos * 10000 - bought.centavos * permyriad) <= 5000


def test_an_open_bill_says_iof_another_way(truth: Truth) -> None:
    states = {line.bill_state for line in truth.lines if line.title == "IOF de compra internacional"}
    assert states == {BillState.OPEN}


def test_refunds_are_at_most_what_was_paid_and_never_before(truth: Truth) -> None:
    for prefix in ("refund/", "undone/", "undone debit/", "pix refund/"):
        pairs = by_pair(truth, prefix)
        assert pairs
        for lines in pairs.values():
            bought, back = sorted(lines, key=lambda line: line.centavos)
            assert 0 < back.centavos <= -bought.centavos
            assert back.category == bought.category
            assert back.kind is Kind.REFUND
            assert back.date > bought.date
    partial = [sum(line.centavos for line in lines) for lines in by_pair(truth, "refund/").values()]
    assert any(partial)
    assert not all(partial)


def test_pix_on_credit_passes_through_the_account_under_one_identifier(truth: Truth) -> None:
    pairs = by_pair(truth, "pix on credit/")
    assert pairs
    for lines in pairs.values():
        through = [line for line in lines if line.account is AccountType.ACCOUNT]
        if through:
            assert sum(line.centavos for line in through) == 0
            assert len({line.identifier for line in through}) == 1


def test_a_carried_balance_nets_to_nothing(truth: Truth) -> None:
    for lines in by_pair(truth, "late/").values():
        assert sum(line.centavos for line in lines if line.kind is Kind.CARRIED_BALANCE) == 0
        assert {line.kind for line in lines} == {Kind.CARRIED_BALANCE, Kind.FEE, Kind.INTEREST, Kind.IOF}


def test_equal_lines_on_one_day_are_two_lines(truth: Truth) -> None:
    lines = Counter((line.month, line.date, line.title, line.centavos) for line in truth.lines)
    twice = {title for (_, _, title, _), count in lines.items() if count == 2}
    assert {"Padaria Pao Quente", "Pedagio Via do Litoral"} <= twice


def test_one_subscription_gets_dearer_and_one_does_not(truth: Truth) -> None:
    dearer = [-line.centavos for line in truth.lines if line.title == "Netfilmes.Com"]
    assert dearer == sorted(dearer)
    assert len(set(dearer)) > 1
    assert len({line.centavos for line in truth.lines if line.title == "Musify Assinatura"}) == 1


def test_the_thirteenth_salary_comes_at_the_end_of_the_year(truth: Truth) -> None:
    salaries = Counter(line.month for line in truth.lines if "EMPRESA" in line.title)
    assert (salaries["2025-10"], salaries["2025-11"], salaries["2025-12"]) == (1, 2, 2)


def test_merchants_are_cut_as_bills_cut_them(truth: Truth) -> None:
    bought = [line.title for line in truth.lines if line.kind is Kind.PURCHASE and " - NuPay" not in line.title]
    assert max(len(title) for title in bought) == 22


def ends_in_its_check_digits(digits: str, weights: list[int]) -> bool:
    """Whether the last two digits follow from the others, as in every CPF and CNPJ; `weights` are of the last."""
    for used in (weights[1:], weights):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, used, strict=False)) % 11
        if (0 if rest < 2 else 11 - rest) != int(digits[len(used)]):
            return False
    return True


CPF_WEIGHTS = list(range(11, 1, -1))
CNPJ_WEIGHTS = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]


def test_the_check_knows_a_real_number() -> None:
    assert ends_in_its_check_digits("12345678909", CPF_WEIGHTS)
    assert ends_in_its_check_digits("00000000000191", CNPJ_WEIGHTS)


def test_nobody_in_the_demo_can_exist(truth: Truth) -> None:
    text = "\n".join(line.title for line in truth.lines)
    people = set(re.findall(r"\b\d{11}\b", text))
    companies = {re.sub(r"\D", "", number) for number in re.findall(r"\d\d\.\d{3}\.\d{3}/\d{4}-\d\d", text)}
    assert people
    assert companies
    assert not [number for number in people if ends_in_its_check_digits(number, CPF_WEIGHTS)]
    assert not [number for number in companies if ends_in_its_check_digits(number, CNPJ_WEIGHTS)]
    assert all(re.match(r"•••\.\d{3}\.\d{3}-••", text[found.start() :]) for found in re.finditer(r"(?<!•)•••", text))
