"""What the bank makes of the card's lines: bills, what they look like at a moment, and their payment.

A bill changes until it is closed: `snapshot` is the bill as an export of that day shows it.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from nubank_assets.domain.flows import flow_of
from nubank_assets.domain.months import month_of
from nubank_assets.domain.vocabulary import AccountType, BillState, Category, Kind
from nubank_assets.sources.demo.chance import Chance, Scene
from nubank_assets.sources.demo.cycle import due_date, months_later, opening_day, state_of
from nubank_assets.sources.demo.eras import Era, era_of
from nubank_assets.sources.demo.events import AccountLine, CardLine, Event, Suffix
from nubank_assets.sources.demo.truth import TruthLine

#: The bill of February is paid a week late: the holidays were dear.
_LATE_BILL_IN: Final = 2
_DAYS_LATE: Final = 7

Bills = dict[str, list[CardLine]]


def by_bill(lines: Iterable[CardLine]) -> Bills:
    """The lines of each bill."""
    bills: Bills = {}
    for line in lines:
        bills.setdefault(line.bill, []).append(line)
    return bills


def pay_bills(seed: int, bills: Bills, months: Iterable[str]) -> Iterator[AccountLine]:
    """Pay the bills of these months in order: puts the card's side on the next bill, yields the account's."""
    for bill in months:
        for event in _payment(Scene(seed, bill), amount_due(bills.get(bill, []))):
            if isinstance(event, CardLine):
                bills.setdefault(event.bill, []).append(event)
            else:
                yield event


def amount_due(lines: Iterable[CardLine]) -> int:
    """What a closed bill with these lines charges, in centavos: payments received are no part of it."""
    return -sum(line.centavos for line in lines if line.kind is not Kind.BILL_PAYMENT and not line.settled_on)


def snapshot(bills: Bills, bill: str, as_of: date) -> tuple[TruthLine, ...]:
    """A bill as an export of the day `as_of` shows it, newest line first."""
    state = state_of(bill, as_of)
    known = [line for line in bills.get(bill, []) if line.day <= as_of and not _settled(line, as_of)]
    shown = [_shown(line, bill, state) for line in known]
    return tuple(sorted(shown, key=lambda line: line.date, reverse=True))


def _settled(line: CardLine, as_of: date) -> bool:
    return line.settled_on is not None and line.settled_on <= as_of


def _shown(line: CardLine, bill: str, state: BillState) -> TruthLine:
    draft = line.draft if state is BillState.OPEN else None
    centavos = (draft and draft.centavos) or line.centavos
    return TruthLine(
        account=AccountType.CARD,
        month=bill,
        date=_date_shown(line, bill, state),
        title=((draft and draft.title) or line.title) + _suffix(line, bill),
        centavos=centavos,
        kind=line.kind,
        flow=flow_of(line.kind, AccountType.CARD, centavos),
        category=line.category,
        identifier=line.identifier,
        plan=line.parcel.plan if line.parcel else None,
        installment=line.parcel.number if line.parcel else None,
        installments=line.parcel.of if line.parcel else None,
        pair=line.pair,
        bill_state=state,
    )


def _date_shown(line: CardLine, bill: str, state: BillState) -> date:
    if line.parcel and line.parcel.number > 1 and line.parcel.suffix is not Suffix.EARLY:
        later = months_later(line.day, line.parcel.number - 1)
        return later if state is BillState.FUTURE else opening_day(bill)
    if state is BillState.OPEN and line.draft.day:
        return max(line.draft.day, opening_day(bill))
    return line.day


def _suffix(line: CardLine, bill: str) -> str:
    if line.parcel is None:
        return ""
    number = f"{line.parcel.number}/{line.parcel.of}"
    if line.parcel.suffix is Suffix.PLAIN:
        return f" - {number}"
    short = era_of(bill) is Era.A and line.parcel.suffix is Suffix.PARCELA
    return f" {number}" if short else f" - Parcela {number}"


def _payment(scene: Scene, amount: int) -> Iterator[Event]:
    chance = scene.chance("bill payment")
    due, pair = due_date(scene.month), f"payment/{scene.month}"
    day = due - timedelta(days=chance.between(0, 2))
    if scene.is_in(_LATE_BILL_IN):
        day = due + timedelta(days=_DAYS_LATE)
        yield from _late(chance, amount, due, day)
    yield CardLine(day, "Pagamento recebido", amount, Kind.BILL_PAYMENT, None, chance.identifier(day), pair)
    title = "Pagamento de fatura" if month_of(day) >= "2023-01" else "Pagamento da fatura - Cartão Nubank"
    yield AccountLine(day, title, -amount, Kind.BILL_PAYMENT, None, chance.identifier(day), pair)


def _late(chance: Chance, amount: int, due: date, paid: date) -> Iterator[CardLine]:
    after, pair = due + timedelta(days=1), f"late/{chance.month}"
    for title, carried in (("Saldo em atraso", -amount), ("Crédito de atraso", amount)):
        yield CardLine(after, title, carried, Kind.CARRIED_BALANCE, None, chance.identifier(after), pair)
    for title, kind, permyriad in (
        ("Multa de atraso", Kind.FEE, 200),
        ("Juros de atraso", Kind.INTEREST, 310),
        ("IOF de atraso", Kind.IOF, 44),
    ):
        charge = (amount * permyriad + 5000) // 10000
        yield CardLine(paid, title, -charge, kind, Category.ENCARGOS, chance.identifier(paid), pair)
