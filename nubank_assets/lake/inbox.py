"""The inbox: immutable documents by their sha256, and a receipt for each that says where it came from.

It only grows; `forget` is the one way out, and is the person's own. Reading a document's lines is for
``sources``; which document counts is for ``domain/documents.py``.
"""

from datetime import date
from typing import Final

from pydantic import AwareDatetime, BaseModel, ConfigDict

from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.domain.identity import content_hash
from nubank_assets.domain.months import day_of
from nubank_assets.domain.vocabulary import DocumentFormat
from nubank_assets.lake.files import open_store
from nubank_assets.messages import message

_RECEIPTS: Final = "receipts"
_DOCUMENTS: Final = "documents"


class Receipt(BaseModel):
    """What the platform knows of a stored document without reading it.

    `bill` is the key of a card bill within its account (its month), `bill_due` its due date when known;
    `as_of` is the moment the document describes, `collected_at` when it was stored; both UTC. `lines` is the
    number of lines that were counted when it was stored, without those of an API that are no money, and `months` all
    months a line or reading is in. `external_account` is what an API calls the account.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    document: str
    sha256: str
    name: str
    source: str
    format: DocumentFormat
    account: str
    bill: str | None = None
    bill_due: date | None = None
    as_of: AwareDatetime
    collected_at: AwareDatetime
    lines: int
    months: tuple[str, ...]
    external_account: str | None = None

    @property
    def as_of_day(self) -> date:
        """The São Paulo day the document describes."""
        return day_of(self.as_of)


class Inbox:
    """Documents and receipts under one root."""

    def __init__(self, root: str) -> None:
        self._store = open_store(root)

    def receipts(self) -> list[Receipt]:
        """All receipts, in the order they were collected."""
        found = map(Receipt.model_validate_json, self._store.read_folder(_RECEIPTS))
        return sorted(found, key=lambda receipt: (receipt.collected_at, receipt.document))

    def find(self, document: str) -> Receipt | None:
        """The receipt with this name, if there is one."""
        try:
            return Receipt.model_validate_json(self._store.read(_receipt(document)))
        except FileNotFoundError:
            return None

    def add(self, receipt: Receipt, data: bytes) -> bool:
        """Store a document, then its receipt; False if that very document was there already.

        A known document that is seen again at a later moment keeps its receipt, with the later moment.

        Raises InputError when the document was stored before under another account.
        """
        known = self.find(receipt.document)
        if not known:
            self._keep(receipt, data)
            if self._store.create(_receipt(receipt.document), _json(receipt)):
                return True
            # Another machine stored the same document at this very moment; or the answer to our own writing was lost.
            known = self.find(receipt.document) or receipt
            if known == receipt:
                return True
        if known.account != receipt.account:
            raise InputError(message("document_of_other_account", name=receipt.name, account=known.account))
        if receipt.as_of > known.as_of:
            # The same lines, seen again later: the bill closed, or the month ended, without a change.
            later = receipt.model_copy(update={"collected_at": known.collected_at, "name": known.name})
            self._store.write(_receipt(receipt.document), _json(later))
        return False

    def _keep(self, receipt: Receipt, data: bytes) -> None:
        """Store the bytes of a document that has no receipt yet; those that a crash left are kept if they are right."""
        name = f"{_DOCUMENTS}/{receipt.sha256}"
        if not self._store.create(name, data) and content_hash(self._store.read(name)) != receipt.sha256:
            self._store.write(name, data)

    def with_content(self, sha256: str) -> list[Receipt]:
        """The receipts of documents with these bytes."""
        names = [name for name in self._store.names(_RECEIPTS) if name.startswith(f"{_RECEIPTS}/{sha256[:16]}")]
        return [Receipt.model_validate_json(data) for data in self._store.read_all(names)]

    def read(self, receipt: Receipt) -> bytes:
        """The bytes of a stored document; raises PermanentError if they are not what was stored."""
        data = self._store.read(f"{_DOCUMENTS}/{receipt.sha256}")
        if content_hash(data) != receipt.sha256:
            raise PermanentError(message("document_damaged", document=receipt.document, name=receipt.name))
        return data

    def forget(self, receipt: Receipt) -> None:
        """Erase a receipt, and the document when no other receipt needs it."""
        self._store.remove(_receipt(receipt.document))
        if all(other.sha256 != receipt.sha256 for other in self.receipts()):
            self._store.remove(f"{_DOCUMENTS}/{receipt.sha256}")


def _receipt(document: str) -> str:
    return f"{_RECEIPTS}/{document}.json"


def _json(receipt: Receipt) -> bytes:
    return receipt.model_dump_json(indent=1).encode()
