"""The words of the platform, each defined once: layers, states of documents and lines, kinds, flows, categories.

Here belong closed lists of terms. What each kind means for money is in ``domain/flows.py``, how a line is recognised
as one is a rule (``transforms/rules``), and how a table is laid out is a declaration (``domain/tables.py``).
"""

from enum import IntEnum, StrEnum
from typing import Final


class Layer(StrEnum):
    """A stage of the data, which is also a Dagster group and a folder of the lake."""

    RAW = "raw_transactions"
    CLEANED = "cleaned_parquet"
    CATEGORIZED = "categorized_tables"
    INSIGHTS = "insights"
    EXPORT = "sheets_export"


class AccountType(StrEnum):
    """The two products a line can belong to."""

    CARD = "card"
    ACCOUNT = "account"


class Family(IntEnum):
    """Whose words a document is in; where two tell of the same, the greater counts."""

    STATED = 0
    PLUGGY = 1
    PYNUBANK = 2
    EXPORTS = 3


class DocumentFormat(StrEnum):
    """What a stored document is: an export of the app, an answer of an API, or what a person stated.

    A `*_bill` is one bill, a `*_feed` one month of movements; a `*_balance` or `*_limit` has no lines, only what
    was observed on a day. The card feed of pynubank describes purchases and is no money itself. The three that hold
    a whole worksheet of a person are `is_worksheet`.
    """

    CARD_CSV = "card_csv"
    CARD_OFX = "card_ofx"
    CARD_PYNUBANK_BILL = "card_pynubank_bill"
    CARD_PYNUBANK_FEED = "card_pynubank_feed"
    CARD_PYNUBANK_LIMIT = "card_pynubank_limit"
    CARD_PLUGGY_BILL = "card_pluggy_bill"
    CARD_PLUGGY_LIMIT = "card_pluggy_limit"
    CARD_STATED_LIMIT = "card_stated_limit"
    ACCOUNT_CSV = "account_csv"
    ACCOUNT_OFX = "account_ofx"
    ACCOUNT_PYNUBANK_FEED = "account_pynubank_feed"
    ACCOUNT_PYNUBANK_BALANCE = "account_pynubank_balance"
    ACCOUNT_PLUGGY_FEED = "account_pluggy_feed"
    ACCOUNT_PLUGGY_BALANCE = "account_pluggy_balance"
    ACCOUNT_STATED_BALANCE = "account_stated_balance"
    CARD_STATED_LIMITS = "card_stated_limits"
    ACCOUNT_STATED_BALANCES = "account_stated_balances"
    STATED_CORRECTIONS = "stated_corrections"
    """Categories that a person corrected; of no account."""
    STATED_CORRECTION = "stated_correction"
    """One correction, by `nubank correct`."""
    STATED_RULE = "stated_rule"
    """One rule of the person's own."""

    @property
    def account_type(self) -> AccountType:
        """The product whose lines the format holds."""
        return AccountType.CARD if self.value.startswith("card") else AccountType.ACCOUNT

    @property
    def is_reading(self) -> bool:
        """Whether it has no lines, only what was observed on a day."""
        return self.value.endswith(("_balance", "_limit"))

    @property
    def is_worksheet(self) -> bool:
        """Whether it is all that a person has on a worksheet: the newest replaces those before, and may say less."""
        return self.value.endswith(("_balances", "_limits", "_corrections"))

    @property
    def is_of_categories(self) -> bool:
        """Whether it says which category something is, and nothing of money or of an account."""
        return self.value.endswith(("_correction", "_corrections", "_rule"))

    @property
    def family(self) -> Family:
        """Whose words it is in: an export's, an API's or the person's."""
        parts = self.value.split("_")
        return next((family for family in Family if family.name.lower() in parts), Family.EXPORTS)

    @property
    def sign(self) -> int:
        """What turns the format's amounts into ours: in a card CSV a purchase is positive, everywhere else negative."""
        return -1 if self is DocumentFormat.CARD_CSV else 1


class BillState(StrEnum):
    """How final a bill was when its document was made."""

    CLOSED = "closed"
    OPEN = "open"
    FUTURE = "future"


class LineState(StrEnum):
    """What became of a line of a document; together they account for every line."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    VOID = "void"
    """It is status, not money: see `VoidReason`."""


class RejectReason(StrEnum):
    """Why a line could not be read."""

    BROKEN_DATE = "broken_date"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    BROKEN_AMOUNT = "broken_amount"
    AMBIGUOUS_AMOUNT = "ambiguous_amount"
    CONTRADICTORY_SIGN = "contradictory_sign"
    """The source says that money left and that it came in (Pluggy's `type` against its amount)."""
    WRONG_FIELD_COUNT = "wrong_field_count"


class VoidReason(StrEnum):
    """Why a line that can be read moved no money."""

    FAILED = "failed"
    """The movement failed, was struck through or cancelled."""
    SCHEDULED = "scheduled"
    """The movement will happen later, if at all."""
    PENDING = "pending"
    """The movement is not booked yet; a later answer has it again."""
    INFORMATION = "information"
    """A notice, such as a welcome or a closed bill."""
    DETAIL = "detail"
    """It describes a line of a bill: the total of a purchase, its time, its foreign currency."""


class Reading(StrEnum):
    """What an observation of an account measures, in BRL, on the day it was made."""

    ACCOUNT_BALANCE = "account_balance"
    CARD_LIMIT = "card_limit"
    AVAILABLE_LIMIT = "available_limit"
    OPEN_BILL = "open_bill"
    INVESTED = "invested"
    """Money in the account's RDB deposits: what was put in and not taken out."""


class Flow(StrEnum):
    """What a line does to the person's month."""

    INCOME = "income"
    EXPENSE = "expense"
    EXPENSE_REDUCTION = "expense_reduction"
    NEUTRAL = "neutral"


class Kind(StrEnum):
    """What a line is."""

    PURCHASE = "purchase"
    INSTALLMENT = "installment"
    REFUND = "refund"
    EARLY_DISCOUNT = "early_discount"
    BILL_PAYMENT = "bill_payment"
    PIX_IN = "pix_in"
    PIX_OUT = "pix_out"
    PIX_ON_CREDIT = "pix_on_credit"
    TRANSFER_IN = "transfer_in"
    TRANSFER_OUT = "transfer_out"
    OWN_TRANSFER = "own_transfer"
    DEBIT_PURCHASE = "debit_purchase"
    BOLETO = "boleto"
    CASH_WITHDRAWAL = "cash_withdrawal"
    INVESTMENT_IN = "investment_in"
    """Money that comes back from an investment (Resgate RDB)."""
    INVESTMENT_OUT = "investment_out"
    """Money that goes into an investment (Aplicação RDB, Dinheiro guardado)."""
    LOAN = "loan"
    REFINANCING_CREDIT = "refinancing_credit"
    """The bank takes a debt off the bill because it is now owed as a new plan."""
    REFINANCING_CHARGE = "refinancing_charge"
    """What a renegotiated debt charges afterwards; with the credit it nets to the price of refinancing."""
    FEE = "fee"
    INTEREST = "interest"
    IOF = "iof"
    CARRIED_BALANCE = "carried_balance"
    REWARD = "reward"
    OTHER = "other"


class Category(StrEnum):
    """Nubank's own twelve categories, and `encargos` for what credit costs."""

    TRANSPORTE = "transporte"
    RESTAURANTE = "restaurante"
    SUPERMERCADO = "supermercado"
    ELETRONICOS = "eletrônicos"
    SAUDE = "saúde"
    SERVICOS = "serviços"
    VESTUARIO = "vestuário"
    CASA = "casa"
    LAZER = "lazer"
    EDUCACAO = "educação"
    VIAGEM = "viagem"
    OUTROS = "outros"
    ENCARGOS = "encargos"


class CategoryMethod(StrEnum):
    """How a line got its category."""

    CORRECTION = "correction"
    """A person says so of this line, which counts before everything else."""
    OWN_RULE = "own_rule"
    """A rule that the person made, of the merchant or of words in its name."""
    MEMORY = "memory"
    """A person said so twice of the merchant in the months before, or a source did; never what was decided here."""
    SOURCE = "source"
    """Nubank's own category of the line."""
    KIND = "kind"
    """It is the price of credit."""
    RULE = "rule"
    """The shipped knowledge of merchants."""
    FALLBACK = "fallback"
    """Nothing is known of the merchant: outros."""


#: Kinds that are the price of credit, whatever the title says.
CHARGE_KINDS: Final = frozenset({Kind.FEE, Kind.INTEREST, Kind.IOF, Kind.REFINANCING_CREDIT, Kind.REFINANCING_CHARGE})


class Basis(StrEnum):
    """How a summary puts card lines into months: by the month the bill is due, or by the line's own date."""

    BILL = "bill"
    DATE = "date"
