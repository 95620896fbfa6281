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
LATE_BILL_IN: Final = 2
_DAYS_LATE: Final = 7
#: Of June's bill a part is paid before it closes.
EARLY_PART_IN: Final = 6
#: Of September's bill a part waits for the next one: the winter's trip was dear.
CARRIED_BILL_IN: Final = 9

Bills = dict[str, list[CardLine]]
#: Bills, oldest first, and the centavos that are owed of each.
Owed = tuple[tuple[str, int], ...]


def by_bill(lines: Iterable[CardLine]) -> Bills:
    """The lines of each bill."""
    bills: Bills = {}
    for line in lines:
        bills.setdefault(line.bill, []).append(line)
    return bills


def pay_bills(seed: int, bills: Bills, months: Iterable[str]) -> Iterator[AccountLine]:
    """Pay the bills of these months in order: puts the card's side on the next bill, yields the account's."""
    rest: Owed = ()
    for bill in months:
        owed = (*rest, (bill, amount_due(bills.get(bill, []))))
        events, rest = _settle(Scene(seed, bill), owed)
        for event in events:
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


def _settle(scene: Scene, owed: Owed) -> tuple[list[Event], Owed]:
    """What the household pays of a closed bill and of what is left of those before it, and what it leaves."""
    events: list[Event] = []
    if scene.is_in(EARLY_PART_IN):
        events, owed = _early_part(scene, owed)
    chance = scene.chance("bill payment")
    due = due_date(scene.month)
    day = due - timedelta(days=chance.between(0, 2))
    if scene.is_in(LATE_BILL_IN):
        day = due + timedelta(days=_DAYS_LATE)
        events += _late(chance, sum(amount for _, amount in owed), due, day)
    if scene.is_in(CARRIED_BILL_IN):
        events += _payment(chance, day, _without(owed, part := _part_left(scene, owed)), f"payment/{scene.month}")
        return [*events, *_carried(scene, part)], ((scene.month, part),)
    return [*events, *_payment(chance, day, owed, f"payment/{scene.month}")], ()


def _payment(chance: Chance, day: date, owed: Owed, pair: str) -> Iterator[Event]:
    """The payment on the card and on the account."""
    amount = sum(centavos for _, centavos in owed)
    identifier = chance.identifier(day)
    yield CardLine(day, "Pagamento recebido", amount, Kind.BILL_PAYMENT, None, identifier, pair, settles=owed)
    title = "Pagamento de fatura" if month_of(day) >= "2023-01" else "Pagamento da fatura - Cartão Nubank"
    yield AccountLine(day, title, -amount, Kind.BILL_PAYMENT, None, chance.identifier(day), pair)


def _early_part(scene: Scene, owed: Owed) -> tuple[list[Event], Owed]:
    """Some hundred reais while the bill still runs."""
    chance = scene.chance("early part")
    day, part = opening_day(scene.month) + timedelta(days=chance.between(14, 20)), chance.centavos(400, 700)
    events = list(_payment(chance, day, ((scene.month, part),), f"payment/{scene.month}/early"))
    return events, _without(owed, part)


def _without(owed: Owed, part: int) -> Owed:
    """What is owed, less a part of the newest bill."""
    bill, centavos = owed[-1]
    return (*owed[:-1], (bill, centavos - part))


def _part_left(scene: Scene, owed: Owed) -> int:
    """A fifth of the bill, more or less."""
    return owed[-1][1] * scene.chance("carried").between(14, 22) // 100


def _carried(scene: Scene, part: int) -> Iterator[CardLine]:
    """What is left goes on to the next bill, with what that costs."""
    chance = scene.chance("carried lines")
    after, pair = due_date(scene.month) + timedelta(days=1), f"carried/{scene.month}"
    for title, centavos in (("Saldo em rotativo", -part), ("Crédito de rotativo", part)):
        yield CardLine(after, title, centavos, Kind.CARRIED_BALANCE, None, chance.identifier(after), pair)
    for title, kind, permyriad in (("Juros de rotativo", Kind.INTEREST, 1190), ("IOF de rotativo", Kind.IOF, 62)):
        charge = (part * permyriad + 5000) // 10000
        yield CardLine(after, title, -charge, kind, Category.ENCARGOS, chance.identifier(after), pair)


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
