"""How documents and accounts are named and when two titles are the same. The ids of lines are computed by
``transforms/cleaning.py``; here is what has to be known before any engine runs.
"""

import hashlib
import re
import unicodedata
from typing import Final

from nubank_assets.domain.failures import InputError
from nubank_assets.messages import message

_ACCOUNT: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
_PARCEL: Final = re.compile(r"(?: - parcela| -)? ([0-9]{1,2}/[0-9]{1,2})$")
_IOF_OF_PURCHASE: Final = re.compile(r'^iof de (compra internacional$|")')

#: What Nubank calls a payment of the card's bill on the card.
BILL_PAYMENT_TITLE: Final = "Pagamento recebido"

#: The IOF of a foreign purchase while the bill is open; when it closes, Nubank names the purchase in it.
OPEN_BILL_TITLE: Final = "IOF de compra internacional"


def check_account_name(name: str) -> str:
    """`name` if it can name an account: lower-case letters, digits, `-`, `_`; raises InputError otherwise."""
    if not _ACCOUNT.fullmatch(name):
        raise InputError(message("account_name_wrong", name=name))
    return name


def content_hash(data: bytes) -> str:
    """sha256 of a document's bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def document_id(sha256: str, bill: str | None) -> str:
    """Name of a document's receipt: two empty bills have equal bytes, so a bill's month is part of it."""
    return f"{sha256[:16]}-{bill}" if bill else sha256[:16]


def title_key(title: str) -> str:
    """A title for comparing documents: no accents, case, odd spaces or controls; both names of the IOF of a
    foreign purchase (open bill and closed bill) are one, and so are `Loja 2/10` and `Loja - Parcela 2/10`.
    """
    plain = unicodedata.normalize("NFKD", title)
    words = "".join(c if c.isprintable() else " " for c in plain if c.isascii() or c.isspace()).lower().split()
    key = _PARCEL.sub(r" \1", " ".join(words))
    return "iof de compra internacional" if _IOF_OF_PURCHASE.match(key) else key
