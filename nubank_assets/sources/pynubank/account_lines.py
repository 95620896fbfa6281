"""Lines of the account's feed: a date without a time, an amount in a text, a direction in tags."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pyarrow as pa

from nubank_assets.domain.vocabulary import RejectReason, VoidReason
from nubank_assets.sources.exports.amounts import parse_amounts
from nubank_assets.sources.exports.dates import parse_day
from nubank_assets.sources.pynubank.account_titles import direction_of_words, statement_title, void_reason
from nubank_assets.sources.pynubank.lines import Centavos, check_day, raw, read_line
from nubank_assets.sources.pynubank.shapes import Row, text_or_empty

#: An amount, with a sign only where a line of text begins with it: `NOME - R$ 1,00` has none.
_AMOUNT: Final = re.compile(r"(?:^\s*[-+−]\s*)?R\$\s*[-+−]?\s*[0-9][0-9.,]*(?<![.,])", re.MULTILINE)
_MARKED_IN: Final = re.compile(r"^\s*\+|R\$\s*\+")
#: Unknown directions of a movement, as reasons.
_NEITHER: Final = RejectReason.AMBIGUOUS_AMOUNT
_BOTH: Final = RejectReason.CONTRADICTORY_SIGN

Amounts = Mapping[str, int | RejectReason]


def account_lines(nodes: list[Row], latest: date) -> Iterator[dict[str, Any]]:
    """A row for each node of the feed."""
    texts = [_amount_texts(node) for node in nodes]
    amounts = _read_amounts(found for its_texts in texts for found in its_texts)
    for node, its_texts in zip(nodes, texts, strict=True):
        title = text_or_empty(node.get("title"))
        void = _void_reason(node, title, its_texts)
        columns = {
            "raw_date": raw(node.get("postDate")),
            "raw_title": raw(node.get("title")),
            "raw_amount": its_texts[0] if its_texts else None,
            "raw_identifier": raw(node.get("id")),
            "statement_title": statement_title(title, _name(node)) if its_texts else None,
            "void_reason": void.value if void else None,
        }
        centavos = _centavos(node, title, its_texts, amounts)
        if void and isinstance(centavos, RejectReason):
            centavos = None
        yield read_line(node, columns, check_day(parse_day(text_or_empty(node.get("postDate"))), latest), centavos)


def _amount_texts(node: Row) -> list[str]:
    """The amounts that the node names, those of its detail first."""
    fields = (text_or_empty(node.get(field)) for field in ("detail", "footer"))
    return [found.strip() for field in fields for found in _AMOUNT.findall(field)]


def _read_amounts(texts: Iterable[str]) -> Amounts:
    distinct = list(dict.fromkeys(texts))
    centavos, reasons = parse_amounts(pa.array(distinct, pa.string()), dot_may_be_thousands=True)
    pairs = zip(distinct, centavos.to_pylist(), reasons.to_pylist(), strict=True)
    return {text: RejectReason(reason) if reason else amount for text, amount, reason in pairs}


def _void_reason(node: Row, title: str, texts: list[str]) -> VoidReason | None:
    if node.get("strikethrough") is True:
        return VoidReason.FAILED
    return void_reason(title) or (None if texts else _without_amount(node))


def _without_amount(node: Row) -> VoidReason | None:
    """A notice, unless it names an amount that cannot be found: that is a reject."""
    return (
        None
        if any("R$" in text_or_empty(node.get(field)) for field in ("detail", "footer"))
        else VoidReason.INFORMATION
    )


def _name(node: Row) -> str:
    """Whom a movement's detail names: what is left of it without amounts."""
    return " ".join(_AMOUNT.sub(" ", text_or_empty(node.get("detail"))).split()).strip(" -")


def _centavos(node: Row, title: str, texts: list[str], amounts: Amounts) -> Centavos:
    if not texts:
        return RejectReason.BROKEN_AMOUNT
    read = [amounts[text] for text in texts]
    broken = [amount for amount in read if isinstance(amount, RejectReason)]
    if broken or len({abs(amount) for amount in read if not isinstance(amount, RejectReason)}) > 1:
        return broken[0] if broken else RejectReason.AMBIGUOUS_AMOUNT
    direction = _direction(node, title, texts[0])
    amount = read[0]
    if isinstance(direction, RejectReason) or isinstance(amount, RejectReason):
        return direction
    return direction * abs(amount)


def _direction(node: Row, title: str, text: str) -> int | RejectReason:
    """1 or -1 by the tags, else by the icon, else by the words of the title; a sign in the amount must agree."""
    tags = node.get("tags")
    found = _of_marks(tags if isinstance(tags, list) else [], "money-in", "money-out")
    if found == 0:
        found = _of_marks(text_or_empty(node.get("iconKey")), "money_in", "money_out")
    if isinstance(found, RejectReason):
        return found
    signed = _sign(text)
    found = found or signed or direction_of_words(title)
    if found and signed and found != signed:
        return _BOTH
    return found or _NEITHER


def _of_marks(marks: "list[Any] | str", money_in: str, money_out: str) -> int | RejectReason:
    if money_in in marks and money_out in marks:
        return _BOTH
    return (money_in in marks) - (money_out in marks)


def _sign(text: str) -> int:
    if "-" in text or "−" in text:
        return -1
    return 1 if _MARKED_IN.search(text) else 0
