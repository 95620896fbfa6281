"""What comes into the household's account and leaves it, apart from the card's bill and the savings."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from nubank_assets.domain.vocabulary import Category, Kind
from nubank_assets.sources.demo import cast
from nubank_assets.sources.demo.chance import Chance, Scene, at_prices_of
from nubank_assets.sources.demo.events import AccountLine

_RECEIVED: Final = "Transferência recebida pelo Pix"
_SENT: Final = "Transferência enviada pelo Pix"
_SALARY: Final = 11600
_RENT: Final = 2450
_CLEANING: Final = 170


def salary(scene: Scene) -> Iterator[AccountLine]:
    """The salary on the fifth, and the two halves of the thirteenth at the end of the year."""
    chance = scene.chance("salary")
    title = f"{_RECEIVED} - {cast.EMPLOYER}"
    wage = at_prices_of(f"{scene.month[:4]}-01", _SALARY)
    yield _line(chance, chance.day(5, 6), title, wage, Kind.PIX_IN)
    if scene.is_in(11):
        yield _line(chance, chance.day(28, 30), title, wage // 2, Kind.PIX_IN)
    if scene.is_in(12):
        yield _line(chance, chance.day(17, 20), title, wage * 3 // 10, Kind.PIX_IN)


def from_people(scene: Scene) -> Iterator[AccountLine]:
    """Friends paying their share, and twice a year a transfer inside Nubank."""
    chance = scene.chance("from people")
    for _ in range(chance.between(1, 3)):
        title = f"{_RECEIVED} - {chance.pick(cast.FRIENDS)}"
        yield _line(chance, chance.day(), title, chance.centavos(20, 110), Kind.PIX_IN)
    if scene.is_in(2, 8):
        title = f"Transferência Recebida - {cast.NUBANK_FRIEND}"
        yield _line(chance, chance.day(8, 24), title, chance.centavos(60, 150), Kind.TRANSFER_IN)


def rent_and_help(scene: Scene) -> Iterator[AccountLine]:
    """Rent to an agency, the cleaner every second week."""
    chance = scene.chance("rent and help")
    rent = at_prices_of(f"{scene.month[:4]}-01", _RENT)
    yield _line(chance, chance.day(6, 8), f"{_SENT} - {cast.LANDLORD}", -rent, Kind.PIX_OUT, category=Category.CASA)
    fee = -at_prices_of(f"{scene.month[:4]}-01", _CLEANING)
    for first in (7, 21):
        day = chance.day(first, first + 4)
        yield _line(chance, day, f"{_SENT} - {cast.CLEANER}", fee, Kind.PIX_OUT, category=Category.OUTROS)


def to_people(scene: Scene) -> Iterator[AccountLine]:
    """Small Pix to friends, and a Pix to a shop that pays it back."""
    chance = scene.chance("to people")
    for _ in range(chance.between(1, 3)):
        title = f"{_SENT} - {chance.pick(cast.FRIENDS)}"
        yield _line(chance, chance.day(), title, -chance.centavos(15, 130), Kind.PIX_OUT, category=Category.OUTROS)
    if scene.is_in(3, 8, 12):
        day, amount, pair = chance.day(8, 14), chance.centavos(50, 160), f"pix refund/{scene.month}"
        sent, back = f"{_SENT} - {cast.SHOP_BY_PIX}", f"Reembolso recebido pelo Pix - {cast.SHOP_BY_PIX}"
        yield _line(chance, day, sent, -amount, Kind.PIX_OUT, category=Category.OUTROS, pair=pair)
        yield _line(chance, chance.day(16, 22), back, amount, Kind.REFUND, category=Category.OUTROS, pair=pair)


def boletos(scene: Scene) -> Iterator[AccountLine]:
    """Building, electricity, internet and school; no school in January."""
    chance = scene.chance("boletos")
    for payee, category, low, high, day in cast.BOLETOS:
        if category is Category.EDUCACAO and scene.is_in(1):
            continue
        title = f"Pagamento de boleto efetuado - {payee}"
        yield _line(chance, chance.day(day, day), title, -chance.centavos(low, high), Kind.BOLETO, category=category)


def debit(scene: Scene) -> Iterator[AccountLine]:
    """Small purchases with the debit card, one by NuPay every other month, one undone twice a year, phone credit."""
    chance = scene.chance("debit")
    for _ in range(chance.between(2, 4)):
        name, category = chance.pick(cast.DEBIT_AT)
        title, amount = f"Compra no débito - {name}", chance.centavos(9, 65)
        yield _line(chance, chance.day(), title, -amount, Kind.DEBIT_PURCHASE, category=category)
    if scene.is_in(2, 4, 6, 8, 10, 12):
        name, category = cast.NUPAY_AT
        title, amount = f"Compra no débito via NuPay - {name}", chance.centavos(30, 120)
        yield _line(chance, chance.day(5, 25), title, -amount, Kind.DEBIT_PURCHASE, category=category)
    if scene.is_in(3, 9):
        yield from _undone_debit(chance)
    yield _line(chance, chance.day(9, 20), "Recarga de celular", -3500, Kind.DEBIT_PURCHASE, category=Category.SERVICOS)


def between_own_accounts(scene: Scene) -> Iterator[AccountLine]:
    """Money moved to the holder's account at another bank, and once a year some of it back."""
    chance = scene.chance("between own accounts")
    if scene.is_in(1, 4, 7, 10):
        sent = f"{_SENT} - {cast.OWN_ELSEWHERE}"
        yield _line(chance, chance.day(12, 25), sent, -chance.between(2, 5) * 10000, Kind.OWN_TRANSFER)
    if scene.is_in(8):
        back = f"{_RECEIVED} - {cast.OWN_ELSEWHERE}"
        yield _line(chance, chance.day(12, 25), back, chance.between(2, 6) * 10000, Kind.OWN_TRANSFER)


def saving(scene: Scene) -> Iterator[AccountLine]:
    """A fixed sum put aside after the salary; some of the savings back for the holidays in January and July."""
    chance = scene.chance("saving")
    yield _line(chance, chance.day(9, 11), "Dinheiro guardado", -30000, Kind.INVESTMENT_OUT)
    if scene.is_in(1, 7):
        yield _line(chance, chance.day(8, 9), "Resgate RDB", chance.between(8, 16) * 10000, Kind.INVESTMENT_IN)


HABITS: Final[tuple[Callable[[Scene], Iterator[AccountLine]], ...]] = (
    salary,
    from_people,
    rent_and_help,
    to_people,
    boletos,
    debit,
    between_own_accounts,
    saving,
)


def _line(  # noqa: PLR0913 (one line has this many facts)
    chance: Chance,
    day: date,
    title: str,
    centavos: int,
    kind: Kind,
    *,
    category: Category | None = None,
    pair: str | None = None,
) -> AccountLine:
    return AccountLine(day, title, centavos, kind, category, chance.identifier(day), pair)


def _undone_debit(chance: Chance) -> Iterator[AccountLine]:
    name, category = cast.DEBIT_UNDONE_AT
    day, amount, pair = chance.day(6, 20), chance.centavos(30, 120), f"undone debit/{chance.month}"
    title = f"Compra no débito - {name}"
    yield _line(chance, day, title, -amount, Kind.DEBIT_PURCHASE, category=category, pair=pair)
    back_on = chance.day(day.day + 1, day.day + 5)
    yield _line(chance, back_on, f"Estorno - {title}", amount, Kind.REFUND, category=category, pair=pair)
