"""What each kind does to the month, against a table written by hand."""

import pytest

from nubank_assets.domain.flows import FLOW_BY_KIND, flow_of
from nubank_assets.domain.vocabulary import CHARGE_KINDS, AccountType, Flow, Kind

#: kind: flow of a charge on the card, a credit on the card, money out of the account, money into it.
BY_HAND = {
    "purchase": "expense reduction expense reduction",
    "installment": "expense reduction expense reduction",
    "refund": "expense reduction expense reduction",
    "early_discount": "expense reduction expense reduction",
    "bill_payment": "neutral neutral neutral neutral",
    "pix_in": "income income income income",
    "pix_out": "expense reduction expense reduction",
    "pix_on_credit": "expense reduction neutral neutral",
    "transfer_in": "income income income income",
    "transfer_out": "expense reduction expense reduction",
    "own_transfer": "neutral neutral neutral neutral",
    "debit_purchase": "expense reduction expense reduction",
    "boleto": "expense reduction expense reduction",
    "cash_withdrawal": "expense reduction expense reduction",
    "investment_in": "neutral neutral neutral neutral",
    "investment_out": "neutral neutral neutral neutral",
    "loan": "neutral neutral neutral neutral",
    "refinancing_credit": "expense reduction expense reduction",
    "refinancing_charge": "expense reduction expense reduction",
    "fee": "expense reduction expense reduction",
    "interest": "expense reduction expense reduction",
    "iof": "expense reduction expense reduction",
    "carried_balance": "neutral neutral neutral neutral",
    "reward": "expense reduction expense reduction",
    "other": "expense reduction expense income",
}
FLOWS = {"reduction": Flow.EXPENSE_REDUCTION, **{flow.value: flow for flow in Flow}}


@pytest.mark.parametrize("kind", Kind)
def test_the_flow_of_every_kind(kind: Kind) -> None:
    cases = [(account_type, sign) for account_type in AccountType for sign in (-1, 1)]
    assert [flow_of(kind, *case) for case in cases] == [FLOWS[name] for name in BY_HAND[kind.value].split()]


def test_every_kind_has_a_flow() -> None:
    assert set(FLOW_BY_KIND) == set(Kind)
    assert {kind.value for kind in CHARGE_KINDS} == {
        "fee",
        "interest",
        "iof",
        "refinancing_credit",
        "refinancing_charge",
    }
