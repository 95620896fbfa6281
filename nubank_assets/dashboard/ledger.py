"""What the page counts with: the daily totals, and the lines behind them as far back as there is room.

Both are in one order, newest day first, so that the lines of a total are the next ones; a total says how many. Money
is in centavos with our sign. What was observed and what is to come is in ``readings.py``.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from nubank_assets.dashboard import columns
from nubank_assets.domain import catalog
from nubank_assets.domain.months import day_of
from nubank_assets.domain.vocabulary import AccountType, Basis, BillState, Flow
from nubank_assets.lake.publish import Lake

_NAMED: Final = ("month", "bill_state", "flow", "category", "kind")
_KEYS: Final = ("date", "account", "account_type", *_NAMED)
_ORDER: Final = [("date", "descending"), *((name, "ascending") for name in _KEYS[1:])]
#: A line takes at least so many bytes of the page.
_SHORTEST_LINE: Final = 4

_COUNTS: Final = (pc.field("basis") == Basis.BILL.value) & (
    pc.field("bill_state").is_null() | (pc.field("bill_state") != BillState.FUTURE.value)
)
_IS_COMPARED: Final = pc.field("flow") != Flow.NEUTRAL.value


@dataclass(frozen=True)
class Ledger:
    """The totals by day and the lines, both newest first. `first` is the first day, counted from 1970."""

    first: int
    totals: pa.Table
    lines: pa.Table

    @property
    def newest_day(self) -> date | None:
        """The newest day that a document of any line describes."""
        newest = pc.max(self.lines["as_of"]).as_py()
        return day_of(newest) if newest else None

    def encoded(self) -> dict[str, Any]:
        """The accounts, the totals column by column, and the words that their numbers stand for."""
        named = {name: columns.words(self.totals[name]) for name in _NAMED}
        accounts = self._accounts()
        names = [_full_name(account["name"], account["type"]) for account in accounts]
        full_names = pc.binary_join_element_wise(self.totals["account"], self.totals["account_type"], "|")
        return {
            "accounts": accounts,
            "words": {name: known for name, (known, _) in named.items()},
            "totals": {
                "day": columns.days(self.totals["date"], self.first),
                "account": columns.places(full_names, names),
                **{name: numbers for name, (_, numbers) in named.items()},
                "position": self.totals["position"].to_pylist(),
                "amount": columns.centavos(self.totals["amount_brl"]),
                "count": self.totals["transactions"].to_pylist(),
                "came": list(self._came()),
            },
            "known": self._known(named["month"][0], names),
        }

    def _came(self) -> Iterator[list[int]]:
        """Of each total of which a part came in and a part left: its place, what came, and with how many lines."""
        amounts = iter(columns.centavos(self.lines["amount_brl"]))
        for place, count in enumerate(self.totals["transactions"].to_pylist()):
            came = [amount for amount in islice(amounts, count) if amount > 0]
            if 0 < len(came) < count:
                yield [place, sum(came), len(came)]

    def _accounts(self) -> list[dict[str, Any]]:
        """Every account with the last day that any document tells of it. A name may be a card's and an account's."""
        found = self.totals.group_by(["account", "account_type"]).aggregate([("seen", "max")])
        found = found.sort_by([("account", "ascending"), ("account_type", "ascending")])
        seen = columns.days(found["seen_max"], self.first)
        rows = zip(found["account"].to_pylist(), found["account_type"].to_pylist(), seen, strict=True)
        return [{"name": name, "type": kind, "seen": day} for name, kind, day in rows]

    def _known(self, months: list[str], names: list[str]) -> list[list[int]]:
        """Up to which position an open bill is known: month, account, position."""
        counted = self.totals.filter(_COUNTS & _IS_COMPARED & (pc.field("account_type") == AccountType.CARD.value))
        known = counted.group_by(["month", "account"]).aggregate([("known_until", "max")]).drop_null()
        known = known.sort_by([("month", "ascending"), ("account", "ascending")])
        rows = known.select(["month", "account", "known_until_max"]).to_pylist()
        return [
            [months.index(row["month"]), names.index(_full_name(row["account"], "card")), row["known_until_max"]]
            for row in rows
        ]

    def encoded_lines(self, room: int) -> dict[str, Any]:
        """The newest lines that fit into so many bytes: a number of a title, and an amount, for each."""
        kept = self.lines.slice(0, room // _SHORTEST_LINE)
        title = kept["title"].combine_chunks().dictionary_encode()
        titles, numbers = title.dictionary.to_pylist(), title.indices.to_pylist()
        amounts = columns.centavos(kept["amount_brl"])
        count = sum(1 for _ in _while_room(room, titles, numbers, amounts))
        return {
            "titles": titles[: max(numbers[:count], default=-1) + 1],
            "title": numbers[:count],
            "amount": amounts[:count],
        }

    def places_of(self, transactions: pa.ChunkedArray) -> list[int]:
        """Where these transactions are among the lines; -1 for what is not there."""
        found = pc.index_in(transactions, self.lines["transaction_id"].combine_chunks())
        places: list[int] = pc.fill_null(found, -1).to_pylist()
        return places


def read_ledger(lake: Lake) -> Ledger:
    """Read all totals and lines. A line's date is its own; its month is the bill's, as everywhere."""
    totals = columns.read(lake, catalog.DAILY_TOTALS).filter(pc.field("basis") == Basis.BILL.value).sort_by(_ORDER)
    wanted = [*_KEYS, "transaction_id", "title", "amount_brl", "as_of"]
    lines = columns.read(lake, catalog.CATEGORIZED_TRANSACTIONS, wanted)
    lines = lines.sort_by([*_ORDER, ("transaction_id", "ascending")])
    first = pc.min(columns.day_numbers(totals["date"])).as_py() or 0
    return Ledger(first, totals, lines)


def _full_name(name: str, account_type: str) -> str:
    return f"{name}|{account_type}"


def _while_room(room: int, titles: list[str], numbers: list[int], amounts: list[int]) -> Iterator[None]:
    """Once for each line that fits, in order."""
    named = 0
    for number, amount in zip(numbers, amounts, strict=True):
        room -= len(str(number)) + len(str(amount)) + 2
        if number == named:
            room -= len(as_script(titles[number]).encode()) + 1
            named += 1
        if room < 0:
            return
        yield None


def as_script(value: Any) -> str:
    """JSON that may stand inside a script element, whatever its texts are."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
