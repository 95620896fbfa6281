"""What the account's feed calls movements, in the words of an export; which words say that none happened, and which
way money went. Data, and how it is looked up.
"""

import re
import unicodedata
from typing import Final

from nubank_assets.domain.vocabulary import VoidReason

#: The feed's title, without accents and case, and the export's words for it. pynubank itself takes the first two for
#: Pix (`PIX_TRANSACTION_MAP`); a transfer inside Nubank cannot be told from one.
_STATEMENT_WORDS: Final = {
    "transferencia enviada": "Transferência enviada pelo Pix",
    "transferencia recebida": "Transferência recebida pelo Pix",
    "reembolso enviado": "Reembolso enviado pelo Pix",
    "reembolso recebido": "Reembolso recebido pelo Pix",
    "pagamento efetuado": "Pagamento de boleto efetuado",
}
#: Titles of which an export has the words alone, whatever the detail says (`Cartão Nubank`).
_WHOLE_WORDS: Final = {
    "pagamento da fatura": "Pagamento de fatura",
    "pagamento de fatura": "Pagamento de fatura",
}
_VOID_WORDS: Final = (
    (re.compile("falhou|nao realizad|nao concluid|recusad"), VoidReason.FAILED),
    (re.compile("^(transferencia|pagamento|pix|agendamento)( agendad.)? cancelad"), VoidReason.FAILED),
    (re.compile("agendad"), VoidReason.SCHEDULED),
)
_IN_WORDS: Final = re.compile("recebid|resgat|deposito|estorno|rendimento|adicionad")
_OUT_WORDS: Final = re.compile("enviad|efetuad|pagamento|compra|guardad|saque|aplicac|recarga|tarifa")


def title_words(title: str) -> str:
    """A title without accents, case and odd spaces."""
    plain = unicodedata.normalize("NFKD", title)
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).lower().split())


def statement_title(title: str, name: str) -> str | None:
    """The words of an export for a feed's title and whom its detail names; None where the title has them."""
    words = title_words(title)
    if words in _WHOLE_WORDS:
        found = _WHOLE_WORDS[words]
    else:
        found = " - ".join(filter(None, (_STATEMENT_WORDS.get(words, title.strip()), name)))
    return found if found != title else None


def void_reason(title: str) -> VoidReason | None:
    """Why a movement with this title moved no money, if it says so."""
    words = title_words(title)
    return next((reason for pattern, reason in _VOID_WORDS if pattern.search(words)), None)


def direction_of_words(title: str) -> int:
    """1 when the title alone says that money came in, -1 when it went out, 0 when it says neither, or both."""
    words = title_words(title)
    return bool(_IN_WORDS.search(words)) - bool(_OUT_WORDS.search(words))
