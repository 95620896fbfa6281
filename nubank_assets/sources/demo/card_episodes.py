"""What happens to the household's card now and then: a financed purchase, an undone one, and Pix paid with the
card (which moves the account too).

What becomes of purchases in parcels is in ``plan_episodes.py``; paying bills, and paying one late, in ``bills.py``.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from nubank_assets.domain.vocabulary import Category, Kind
from nubank_assets.sources.demo import cast
from nubank_assets.sources.demo.chance import Chance, Scene
from nubank_assets.sources.demo.events import (
    AccountLine,
    CardLine,
    Event,
    Suffix,
    in_parcels,
    purchase,
)


def financed(scene: Scene) -> Iterator[CardLine]:
    """A purchase the bank itself splits up, in July."""
    if scene.is_in(7):
        chance = scene.chance("financed")
        day, (name, category) = chance.day(6, 24), cast.FINANCED_AT
        whole = purchase(chance, day, (name, category), chance.centavos(420, 690))
        whole = replace(whole, title=f"Parcelamento de Compra - {whole.title}")
        yield from in_parcels(whole, f"financed/{scene.month}", 4, Suffix.PLAIN)


def undone(scene: Scene) -> Iterator[CardLine]:
    """A NuPay purchase that is undone days later, in March and October."""
    if not scene.is_in(3, 10):
        return
    chance = scene.chance("undone")
    name, category = cast.UNDONE_AT
    amount, day = chance.centavos(60, 180), chance.day(6, 20)
    bought = purchase(chance, day, (name, category), amount)
    bought = replace(bought, title=f"{bought.title} - NuPay", pair=f"undone/{scene.month}")
    back_on = chance.day(day.day + 1, day.day + 6)
    yield bought
    yield replace(bought, day=back_on, centavos=amount, kind=Kind.REFUND, identifier=chance.identifier(back_on))


def pix_on_credit(scene: Scene) -> Iterator[Event]:
    """Money sent to a person from the card: whole in May, in three parcels in January and September."""
    if not scene.is_in(1, 5, 9):
        return
    chance = scene.chance("pix on credit")
    day, amount = chance.day(11, 24), chance.centavos(180, 420)
    pair = f"pix on credit/{scene.month}"
    charged = -(amount + amount * 499 // 10000)
    identifier = chance.identifier(day)
    title = f"Pix no Crédito - {cast.CREDIT_PERSON}" if scene.is_in(5) else cast.CREDIT_PERSON
    whole = CardLine(day, title, charged, Kind.PIX_ON_CREDIT, Category.OUTROS, identifier, pair=pair)
    yield from [whole] if scene.is_in(5) else in_parcels(whole, pair, 3, Suffix.PLAIN)
    yield from _through_the_account(chance, day, amount, pair)


EPISODES: Final[tuple[Callable[[Scene], Iterator[Event]], ...]] = (
    financed,
    undone,
    pix_on_credit,
)


def _through_the_account(chance: Chance, day: date, amount: int, pair: str) -> Iterator[AccountLine]:
    identifier = chance.identifier(day)
    added = AccountLine(
        day, "Valor adicionado na conta por cartão de crédito", amount, Kind.PIX_ON_CREDIT, None, identifier, pair
    )
    yield added
    sent = f"Transferência enviada pelo Pix - {cast.CREDIT_PERSON_ACCOUNT}"
    yield replace(added, title=sent, centavos=-amount)
