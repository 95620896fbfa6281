"""The inbox: it keeps what it was given, notices damage, and forgets when asked."""

from datetime import UTC, datetime

import pytest

from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.domain.identity import content_hash, document_id
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.files import ObjectStore, open_store
from nubank_assets.lake.inbox import Inbox, Receipt

DATA = b"date,title,amount\n"


def receipt(bill: str | None = "2026-06", data: bytes = DATA, account: str = "card", second: int = 0) -> Receipt:
    return Receipt(
        document=document_id(content_hash(data), bill),
        sha256=content_hash(data),
        name="Nubank_2026-06-10.csv",
        source="exports",
        format=DocumentFormat.CARD_CSV,
        account=account,
        bill=bill,
        as_of=datetime(2026, 7, 1, 1, tzinfo=UTC),
        collected_at=datetime(2026, 7, 1, 1, 0, second, tzinfo=UTC),
        lines=0,
        months=("2026-06",),
    )


@pytest.fixture
def store(root: str) -> ObjectStore:
    return open_store(root)


@pytest.fixture
def inbox(root: str) -> Inbox:
    return Inbox(root)


def stored(store: ObjectStore) -> list[bytes]:
    return store.read_all(store.names("documents"))


def test_a_new_inbox_is_empty(inbox: Inbox) -> None:
    assert inbox.receipts() == []
    assert inbox.find("anything") is None


def test_a_document_is_stored_once_and_comes_back(inbox: Inbox) -> None:
    assert inbox.add(receipt(), DATA)
    assert not inbox.add(receipt(), DATA)
    assert inbox.find(receipt().document) == receipt()
    assert inbox.read(receipt()) == DATA


def test_receipts_come_in_the_order_of_collection(inbox: Inbox) -> None:
    late, early = receipt("2026-05", second=9), receipt("2026-07", second=1)
    inbox.add(late, DATA)
    inbox.add(early, DATA)
    assert inbox.receipts() == [early, late]


def test_the_day_of_a_document_is_that_of_sao_paulo() -> None:
    assert receipt().as_of_day.isoformat() == "2026-06-30"


def test_another_account_is_refused(inbox: Inbox) -> None:
    inbox.add(receipt(), DATA)
    with pytest.raises(InputError, match="card"):
        inbox.add(receipt(account="ana"), DATA)


def test_damage_is_noticed_and_named(inbox: Inbox, store: ObjectStore) -> None:
    inbox.add(receipt(), DATA)
    store.write(f"documents/{receipt().sha256}", DATA + b"x")
    with pytest.raises(PermanentError, match=f"nubank forget {receipt().document}"):
        inbox.read(receipt())


def test_a_damaged_document_can_be_forgotten_and_brought_again(inbox: Inbox, store: ObjectStore) -> None:
    inbox.add(receipt(), DATA)
    store.write(f"documents/{receipt().sha256}", b"")
    inbox.forget(receipt())
    assert inbox.add(receipt(), DATA)
    assert inbox.read(receipt()) == DATA


def test_forgetting_erases_the_bytes(inbox: Inbox, store: ObjectStore) -> None:
    inbox.add(receipt(), DATA)
    inbox.forget(receipt())
    assert inbox.receipts() == []
    assert stored(store) == []


def test_bytes_that_another_receipt_needs_stay_until_it_is_forgotten_too(inbox: Inbox, store: ObjectStore) -> None:
    first, second = receipt("2026-05"), receipt("2026-06")
    inbox.add(first, DATA)
    inbox.add(second, DATA)
    inbox.forget(first)
    assert inbox.receipts() == [second]
    assert inbox.read(second) == DATA
    inbox.forget(second)
    assert stored(store) == []
