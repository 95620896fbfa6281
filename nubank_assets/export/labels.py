"""The words on worksheets, in the two languages: titles, columns, kinds, categories, states.

Whole sentences are in ``messages.py`` and ``sentences.py``; which worksheet uses which word is in ``worksheets.py``.
"""

from collections import ChainMap
from typing import Final

from nubank_assets.domain import person_sheets
from nubank_assets.domain.teaching import CATEGORY_WORDS
from nubank_assets.export import link_labels, proof_labels
from nubank_assets.export.sentences import MESSAGES as REPORT_MESSAGES
from nubank_assets.messages import DEFAULT_LOCALE, MESSAGES

#: Key to the word in Brazilian Portuguese and in English.
WORDS: Final[dict[str, tuple[str, str]]] = {
    **person_sheets.WORDS,
    **proof_labels.WORDS,
    **link_labels.WORDS,
    "sheet.panel": ("Painel", "Dashboard"),
    "sheet.current_balance": ("Saldo atual", "Current balance"),
    "sheet.card_use": ("Uso do cartão", "Card use"),
    "sheet.by_category": ("Despesas por categoria", "Expenses by category"),
    "sheet.by_month": ("Receita x Despesas", "Income and expenses"),
    "sheet.summary": ("Resumo", "Summary"),
    "sheet.comparison": ("Comparação", "Comparison"),
    "sheet.by_account": ("Por conta", "By account"),
    "sheet.daily_balances": ("Saldo por dia", "Daily balance"),
    "sheet.installments": ("Parcelas", "Installments"),
    "sheet.bills": ("Faturas", "Bills"),
    "sheet.rejects": ("Rejeitados", "Rejects"),
    "sheet.learning": ("Aprendizado", "Learning"),
    "column.learning_lines": ("Lançamentos", "Lines"),
    "column.learning_corrections": ("Suas correções", "Your corrections"),
    "column.learning_share": ("Correções %", "Corrections %"),
    "column.learning_yours": ("Pelo que você ensinou", "By what you taught"),
    "column.learning_source": ("Pelo Nubank", "By Nubank"),
    "column.learning_shipped": ("Por regras prontas", "By shipped rules"),
    "column.learning_unknown": ("Não se sabe", "Unknown"),
    "column.learning_uncertain": ("Incertos", "Uncertain"),
    "column.before": ("Mês anterior", "Month before"),
    "column.card_use": ("Uso do cartão", "Card use"),
    "column.day": ("Dia", "Day"),
    "column.movements": ("Movimentos", "Movements"),
    "column.neutral": ("Neutros", "Neutral"),
    "column.origin": ("Origem", "Origin"),
    "column.unexplained": ("Não explicado", "Unexplained"),
    "balance.observed": ("observado", "observed"),
    "balance.derived": ("calculado", "derived"),
    "column.account_expenses": ("Despesas da conta", "Account expenses"),
    "column.bill_state": ("Fatura", "Bill"),
    "column.card": ("Cartão", "Card"),
    "column.card_expenses": ("Despesas do cartão", "Card expenses"),
    "column.category": ("Categoria", "Category"),
    "column.change": ("Variação", "Change"),
    "column.charges": ("Encargos", "Charges"),
    "column.compared_amount": ("Valor comparado", "Compared amount"),
    "column.compared_days": ("Período", "Days"),
    "column.compared_month": ("Comparado com", "Compared with"),
    "column.comparison": ("Comparação", "Comparison"),
    "column.difference": ("Diferença", "Difference"),
    "column.dimension": ("Por", "By"),
    "column.document": ("Arquivo", "File"),
    "column.due": ("Vencimento", "Due"),
    "column.expenses": ("Despesas", "Expenses"),
    "column.income": ("Receitas", "Income"),
    "column.last_month": ("Última parcela", "Last parcel"),
    "column.ledger": ("Total informado", "Stated total"),
    "column.line": ("Linha", "Line"),
    "column.merchant": ("Estabelecimento", "Merchant"),
    "column.month": ("Mês", "Month"),
    "column.month_state": ("Situação", "State"),
    "column.name": ("O quê", "What"),
    "column.net": ("Resultado", "Net"),
    "column.parcel": ("Parcela", "Parcel"),
    "column.payments": ("Pagamentos", "Payments"),
    "column.proof": ("Conferência", "Proof"),
    "column.reason": ("Motivo", "Reason"),
    "column.text": ("Linha como está no arquivo", "Line as it is in the file"),
    "column.total": ("Total", "Total"),
    "card.balance": ("Saldo", "Balance"),
    "card.income": ("Receitas", "Income"),
    "card.expenses": ("Despesas", "Expenses"),
    "card.card": ("Cartão de crédito", "Credit card"),
    "chart.card_use": ("Uso do cartão de crédito ao longo do tempo", "Credit card use over time"),
    "chart.month_over": ("do mês mais recente que já acabou", "of the newest month that is over"),
    "chart.months": ("Receita x Despesas", "Income and expenses"),
    "chart.categories": ("Despesas por categoria", "Expenses by category"),
    "unknown": ("não informado", "not stated"),
    "month.open": ("em aberto", "open"),
    "month.closed": ("encerrado", "over"),
    "bill.closed": ("fechada", "closed"),
    "bill.open": ("aberta", "open"),
    "bill.future": ("futura", "future"),
    "bill.none": ("sem fatura", "no bill"),
    "comparison.previous_month": ("mês anterior", "previous month"),
    "comparison.previous_year": ("ano anterior", "previous year"),
    "days.same": ("mesmos dias", "same days"),
    "days.whole": ("mês inteiro", "whole month"),
    "dimension.total": ("total", "total"),
    "dimension.category": ("categoria", "category"),
    "dimension.kind": ("tipo", "kind"),
    "total.income": ("receitas", "income"),
    "total.expenses": ("despesas", "expenses"),
    "method.correction": ("sua correção", "your correction"),
    "method.own_rule": ("sua regra", "your rule"),
    "method.memory": ("memória", "memory"),
    "method.source": ("fonte", "source"),
    "method.kind": ("tipo", "kind"),
    "method.rule": ("regra", "rule"),
    "method.fallback": ("não se sabe", "unknown"),
    **{f"category.{category.value}": words for category, words in CATEGORY_WORDS.items()},
    "kind.purchase": ("compra", "purchase"),
    "kind.installment": ("parcela", "installment"),
    "kind.refund": ("estorno", "refund"),
    "kind.early_discount": ("desconto de antecipação", "early payment discount"),
    "kind.bill_payment": ("pagamento de fatura", "bill payment"),
    "kind.pix_in": ("Pix recebido", "Pix received"),
    "kind.pix_out": ("Pix enviado", "Pix sent"),
    "kind.pix_on_credit": ("Pix no crédito", "Pix on credit"),
    "kind.transfer_in": ("transferência recebida", "transfer received"),
    "kind.transfer_out": ("transferência enviada", "transfer sent"),
    "kind.own_transfer": ("transferência própria", "own transfer"),
    "kind.debit_purchase": ("compra no débito", "debit purchase"),
    "kind.boleto": ("boleto", "boleto"),
    "kind.cash_withdrawal": ("saque", "cash withdrawal"),
    "kind.investment_in": ("resgate de investimento", "investment redeemed"),
    "kind.investment_out": ("aplicação", "investment made"),
    "kind.loan": ("empréstimo", "loan"),
    "kind.refinancing_credit": ("crédito de refinanciamento", "refinancing credit"),
    "kind.refinancing_charge": ("parcela de refinanciamento", "refinancing charge"),
    "kind.fee": ("tarifa", "fee"),
    "kind.interest": ("juros", "interest"),
    "kind.iof": ("IOF", "IOF"),
    "kind.carried_balance": ("saldo em atraso", "carried balance"),
    "kind.reward": ("recompensa", "reward"),
    "kind.other": ("outro", "other"),
    "reason.broken_date": ("A data não pôde ser lida.", "The date cannot be read."),
    "reason.date_out_of_range": ("A data está fora do período possível.", "The date is outside the possible time."),
    "reason.broken_amount": ("O valor não pôde ser lido.", "The amount cannot be read."),
    "reason.contradictory_sign": (
        "A fonte diz que o dinheiro entrou e que saiu.",
        "The source says that the money came in and that it went out.",
    ),
    "reason.ambiguous_amount": (
        "O valor pode ser lido de duas formas, como 1.234.",
        "The amount can be read in two ways, such as 1.234.",
    ),
    "reason.wrong_field_count": (
        "A linha tem mais ou menos campos que o cabeçalho.",
        "The line has more or fewer fields than the header.",
    ),
}

_SENTENCES: Final = ChainMap(MESSAGES, REPORT_MESSAGES)


def label(key: str, locale: str) -> str:
    """The word for a key; a key nobody has put in words (a new kind) stands for itself, without its prefix."""
    words = WORDS.get(key)
    if words is None:
        return key.partition(".")[2] or key
    return words[locale == "en"]


def sentence(key: str, locale: str, /, **values: object) -> str:
    """The sentence `key` of the export in a given language; any but a known language is the default."""
    texts = _SENTENCES[key]
    return texts.get(locale, texts[DEFAULT_LOCALE]).format(**values)
