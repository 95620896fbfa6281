"""The words of proofs: how a bill or an account agrees with its bank, how a bill was paid, what documents cover.

Closed lists only. What makes a bill proven is decided in ``transforms/bill_proofs.py`` and beside it; what the words
are called for a person is in ``export/labels.py``.
"""

from enum import StrEnum


class BillProof(StrEnum):
    """Whether the lines of a bill are all there."""

    PROVEN = "proven"
    """They add up to the total that the issuer states."""
    DIFFERS = "differs"
    """They do not; `bill_differences` says what lies between."""
    UNSTATED = "unstated"
    """Nobody states a total."""
    NOT_CLOSED = "not_closed"
    """The bill may still get lines."""


class StatedBy(StrEnum):
    """Who states the total of a bill."""

    OFX = "ofx"
    PYNUBANK = "pynubank"
    PLUGGY = "pluggy"
    PERSON = "person"


class DifferenceCause(StrEnum):
    """What lies between the total that is stated of a bill and what its lines add up to."""

    OTHER_DOCUMENT = "other_document"
    """The document that states the total has other lines than the one that counts."""
    REJECTED_LINES = "rejected_lines"
    """Lines that could not be read, but their amounts could."""
    UNREADABLE_LINES = "unreadable_lines"
    """Lines of which not even the amount could be read: it is what they must have come to."""
    SUPERSEDED_LINES = "superseded_lines"
    """Lines that only a document has that was replaced."""
    VOID_LINES = "void_lines"
    """Lines that were no money when the document was made: pending, failed."""
    CARRIED_LINES = "carried_lines"
    """The total counts a carried balance otherwise than the lines do."""
    PAYMENTS = "payments"
    """The total counts payments received."""
    BILL_BEFORE = "bill_before"
    """The total counts what the bill before left open, or what was paid too much."""
    UNEXPLAINED = "unexplained"


class BillSettlement(StrEnum):
    """How a bill was paid, as far as documents tell."""

    NOT_DUE = "not_due"
    """It is not closed, or not yet due as far as is known."""
    NOTHING_DUE = "nothing_due"
    PAID = "paid"
    PAID_EARLY = "paid_early"
    """All of it before it closed."""
    PAID_LATE = "paid_late"
    PAID_PARTLY = "paid_partly"
    """Its due day is over, a part is paid, and the next bill has not closed."""
    UNPAID = "unpaid"
    """Its due day is over, nothing is paid, and the next bill has not closed."""
    CARRIED = "carried"
    """A part was still open when the next bill closed: it went on to that one."""
    OVERPAID = "overpaid"
    """More was paid until it closed than it and all before it charge."""
    UNKNOWN = "unknown"
    """The document that would have its payment, the next bill, is not there."""


class PaymentTiming(StrEnum):
    """When a payment came, seen from the bill it settles."""

    EARLY = "early"
    """Before the bill closed."""
    ON_TIME = "on_time"
    LATE = "late"
    DUE_UNKNOWN = "due_unknown"
    """In the month that the bill was due, of which the day is unknown."""
    FROM_CREDIT = "from_credit"
    """It was too much for an earlier bill."""
    UNKNOWN_BILL = "unknown_bill"
    """It settles a bill of which there is no document."""
    UNUSED = "unused"
    """There is nothing to settle by it yet."""
    RETURNED = "returned"
    """A payment that was taken back: its bill owes it again."""


class SettledBy(StrEnum):
    """What settles a bill."""

    PAYMENT = "payment"
    CREDIT = "credit"
    """A bill that gives money back: refunds, or a debt that was refinanced."""


class ProofSpan(StrEnum):
    """What a row of `account_proofs` is about."""

    MONTH = "month"
    READINGS = "readings"
    """The days between two balances that were stated."""


class AccountProof(StrEnum):
    """Whether the movements of an account are all there."""

    PROVEN = "proven"
    """Opening balance and movements make the closing balance, both stated, or lying between stated ones."""
    DIFFERS = "differs"
    RUNNING_DAY = "running_day"
    """They differ by no more than the movements of a day that still ran when its balance was stated."""
    HALF_STATED = "half_stated"
    """No balance is stated before it, or none after: nothing to compare with."""
    UNSTATED = "unstated"
    """No balance of the account was ever stated."""
    RUNNING = "running"
    """The month is not over as far as is known."""


class Coverage(StrEnum):
    """What the documents have of a stretch of days, or of the bill of a month."""

    COVERED = "covered"
    OVERLAP = "overlap"
    """Several documents tell of it; each line counts once."""
    GAP = "gap"
    """None does, but of before and after."""


class PeriodBy(StrEnum):
    """How the days that a document covers are known."""

    DOCUMENT = "document"
    """It says so: in itself, in its name, or because its source was asked for these days."""
    LINES = "lines"
    """From its first line to its last."""
