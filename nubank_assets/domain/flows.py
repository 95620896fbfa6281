"""What each kind of line does to the person's month: the one table of meaning, and the rule that applies it."""

from typing import Final

from nubank_assets.domain.vocabulary import AccountType, Flow, Kind

#: The one table of meaning. Two kinds depend on more than themselves, see `flow_of`.
FLOW_BY_KIND: Final[dict[Kind, Flow]] = {
    Kind.PURCHASE: Flow.EXPENSE,
    Kind.INSTALLMENT: Flow.EXPENSE,
    Kind.REFUND: Flow.EXPENSE_REDUCTION,
    Kind.EARLY_DISCOUNT: Flow.EXPENSE_REDUCTION,
    Kind.BILL_PAYMENT: Flow.NEUTRAL,
    Kind.PIX_IN: Flow.INCOME,
    Kind.PIX_OUT: Flow.EXPENSE,
    Kind.PIX_ON_CREDIT: Flow.EXPENSE,
    Kind.TRANSFER_IN: Flow.INCOME,
    Kind.TRANSFER_OUT: Flow.EXPENSE,
    Kind.OWN_TRANSFER: Flow.NEUTRAL,
    Kind.DEBIT_PURCHASE: Flow.EXPENSE,
    Kind.BOLETO: Flow.EXPENSE,
    Kind.CASH_WITHDRAWAL: Flow.EXPENSE,
    Kind.INVESTMENT_IN: Flow.NEUTRAL,
    Kind.INVESTMENT_OUT: Flow.NEUTRAL,
    Kind.LOAN: Flow.NEUTRAL,
    Kind.REFINANCING_CREDIT: Flow.EXPENSE_REDUCTION,
    Kind.REFINANCING_CHARGE: Flow.EXPENSE,
    Kind.FEE: Flow.EXPENSE,
    Kind.INTEREST: Flow.EXPENSE,
    Kind.IOF: Flow.EXPENSE,
    Kind.CARRIED_BALANCE: Flow.NEUTRAL,
    Kind.REWARD: Flow.EXPENSE_REDUCTION,
    Kind.OTHER: Flow.EXPENSE,
}

#: Pix on credit is an expense on the card only: on the account its two lines only pass through.
NEUTRAL_ON_ACCOUNT: Final = frozenset({Kind.PIX_ON_CREDIT})

#: Kinds whose money can go both ways: a positive line of an expense kind reduces expense (a refund of IOF,
#: of a fee), and a positive line that nobody recognises on the account is income.
INCOME_WHEN_POSITIVE: Final = frozenset({Kind.OTHER})


def flow_of(kind: Kind, account_type: AccountType, centavos: int) -> Flow:
    """The flow of one line, the reference that the Spark transform is tested against.

    `centavos` has our sign: negative when money leaves the person or debt grows.
    """
    if account_type is AccountType.ACCOUNT and kind in NEUTRAL_ON_ACCOUNT:
        return Flow.NEUTRAL
    flow = FLOW_BY_KIND[kind]
    if flow is Flow.EXPENSE and centavos > 0:
        on_account = account_type is AccountType.ACCOUNT
        return Flow.INCOME if kind in INCOME_WHEN_POSITIVE and on_account else Flow.EXPENSE_REDUCTION
    if flow is Flow.EXPENSE_REDUCTION and centavos < 0:
        return Flow.EXPENSE
    return flow
