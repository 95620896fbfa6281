"""Pluggy's descriptions in the words of an export, so that the rules for exports know what a line is.

Nubank's own words come through Pluggy as ``Transferência enviada|NOME``; how it was paid is in `paymentData`. The
words that stand for a meaning are the tables here; what they mean is in ``transforms/rules/kinds.csv``. Numbers of
documents (CPF) in `paymentData` are never part of a title.
"""

import re
from typing import Final

from nubank_assets.domain.identity import title_key
from nubank_assets.sources.pluggy.shapes import Row

_PIX, _TED, _BOLETO = "PIX", "TED", "BOLETO"

#: What Nubank calls a movement, how it was paid (None: in any way), and the words of an export.
_WORDS: Final = (
    ("transferencia enviada", _PIX, "Transferência enviada pelo Pix"),
    ("transferencia enviada", None, "Transferência enviada"),
    ("transferencia recebida", _PIX, "Transferência recebida pelo Pix"),
    ("transferencia recebida", None, "Transferência Recebida"),
    ("pix enviado", None, "Transferência enviada pelo Pix"),
    ("pix recebido", None, "Transferência recebida pelo Pix"),
    ("reembolso recebido", _PIX, "Reembolso recebido pelo Pix"),
    ("pagamento efetuado", _PIX, "Transferência enviada pelo Pix"),
    ("pagamento efetuado", None, "Pagamento de boleto efetuado"),
    ("pagamento de boleto", None, "Pagamento de boleto efetuado"),
)
#: Beginnings that an export has too: such a description needs no other words.
_OF_EXPORTS: Final = (
    "aplicacao",
    "compra no debito",
    "deposito",
    "dinheiro guardado",
    "dinheiro resgatado",
    "estorno",
    "iof",
    "juros",
    "multa",
    "pagamento da fatura",
    "pagamento de boleto efetuado",
    "pagamento de emprestimo",
    "pagamento de fatura",
    "recarga de celular",
    "reembolso recebido pelo pix",
    "rendimento",
    "resgate",
    "saque",
    "tarifa",
    "transferencia enviada pelo pix",
    "transferencia recebida pelo pix",
    "valor adicionado na conta",
)
#: Where the description says none of this: how it was paid, whether money came in, and the words of an export.
_BY_PAYMENT: Final = {
    (_PIX, False): "Transferência enviada pelo Pix",
    (_PIX, True): "Transferência recebida pelo Pix",
    (_TED, False): "Transferência enviada",
    (_TED, True): "Transferência Recebida",
    (_BOLETO, False): "Pagamento de boleto efetuado",
    (_BOLETO, True): "Depósito recebido por boleto",
    ("CARTAO", False): "Compra no débito",
    ("SAQUE", False): "Saque",
    ("DEPOSITO", True): "Depósito",
    ("FOLHA_PAGAMENTO", True): "Transferência Recebida",
    ("PORTABILIDADE_SALARIO", True): "Transferência Recebida",
    ("RENDIMENTO_APLIC_FINANCEIRA", True): "Rendimento",
    ("RESGATE_APLIC_FINANCEIRA", True): "Resgate",
    ("PACOTE_TARIFA_SERVICOS", False): "Tarifa",
    ("TARIFA_SERVICOS_AVULSOS", False): "Tarifa",
}
_SAME_AS_TED: Final = frozenset({"DOC", "TEF", "TRANSFERENCIA_MESMA_INSTITUICAO"})
_CONVENIO: Final = "CONVENIO_ARRECADACAO"

_PARCEL: Final = re.compile(r"(?P<base>.*?)(?P<parcela> - Parcela| -)? (?P<number>[0-9]{1,2})/(?P<count>[0-9]{1,2})")


def description(row: Row) -> str | None:
    """What the line is called, verbatim."""
    return next((text for name in ("description", "descriptionRaw") if isinstance(text := row.get(name), str)), None)


def bank_title(row: Row, *, is_credit: bool) -> str | None:
    """The title of an account's line in the words of an export; None where the description has them."""
    said = " ".join((description(row) or "").split())
    head, _, rest = (part.strip() for part in said.partition("|"))
    method, words = _method(row), title_key(head)
    if words in _OF_EXPORTS or not (head or method):
        title = _joined(head, rest)
    elif known := _known_words(words, method):
        title = _joined(known, rest or _other_party(row, is_credit=is_credit))
    elif words.startswith(_OF_EXPORTS):
        title = _joined(head, rest)
    else:
        title = _title_by_payment(said.replace("|", " - "), row, method, is_credit=is_credit)
    return title if title != description(row) else None


def _known_words(words: str, method: str | None) -> str | None:
    return next((export for known, paid, export in _WORDS if words == known and paid in {None, method}), None)


def _title_by_payment(said: str, row: Row, method: str | None, *, is_credit: bool) -> str:
    words = _BY_PAYMENT.get((method or "", is_credit))
    return _joined(words, _other_party(row, is_credit=is_credit) or said) if words else said


def _method(row: Row) -> str | None:
    """How it was paid: as the payment says, else as the operation is classified."""
    payment = row.get("paymentData")
    said = payment.get("paymentMethod") if isinstance(payment, dict) else None
    method = said or row.get("operationType")
    if method == _CONVENIO:
        return _BOLETO
    return _TED if method in _SAME_AS_TED else method if isinstance(method, str) else None


def _other_party(row: Row, *, is_credit: bool) -> str:
    """The name of who paid or was paid: never the number of a document."""
    payment, merchant = row.get("paymentData"), row.get("merchant")
    party = payment.get("payer" if is_credit else "receiver") if isinstance(payment, dict) else None
    names = [part.get("name") for part in (party, merchant) if isinstance(part, dict)]
    return next((name.strip() for name in names if isinstance(name, str) and name.strip()), "")


def _joined(words: str, party: str) -> str:
    return f"{words} - {party}" if party else words


def card_title(row: Row) -> str | None:
    """``Loja Azul - Parcela 2/10`` of a card's parcel; None where the description is as an export has it.

    Which parcel it is says the card's metadata, else the description's end (as in 2023, when only that told).
    A Pix on credit ends in `` - 2/3`` in exports too and stays as it is.
    """
    said = description(row)
    if not said:
        return None
    ending = _PARCEL.fullmatch(said)
    written = (int(ending["number"]), int(ending["count"])) if ending else None
    parcel = _stated_parcel(row) or written
    if not parcel or not 1 <= parcel[0] <= parcel[1] or parcel[1] < 2:
        return None
    if ending and parcel == written:
        return None if ending["parcela"] else f"{ending['base']} - Parcela {parcel[0]}/{parcel[1]}"
    return f"{said} - Parcela {parcel[0]}/{parcel[1]}"


def _stated_parcel(row: Row) -> tuple[int, int] | None:
    metadata = row.get("creditCardMetadata")
    if not isinstance(metadata, dict):
        return None
    number, count = metadata.get("installmentNumber"), metadata.get("totalInstallments")
    return (number, count) if type(number) is int and type(count) is int else None
