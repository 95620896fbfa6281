"""What became of each row that a person wrote, in one sentence beside it; the rows are told apart by what they say.

So a row that was moved, or stands below new ones, keeps its answer, and one that was changed since has to wait.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import pyarrow.compute as pc

from nubank_assets.domain.catalog import CORRECTION_OUTCOMES, CORRECTIONS, RAW_DOCUMENTS, RAW_READINGS, RULES
from nubank_assets.domain.months import SAO_PAULO
from nubank_assets.domain.person_sheets import MOST_ROWS, CorrectionOutcome, RowProblem
from nubank_assets.domain.vocabulary import AccountType, DocumentFormat, Reading
from nubank_assets.export.labels import label
from nubank_assets.export.person_sentences import say
from nubank_assets.export.sheet import Row
from nubank_assets.lake.publish import Lake
from nubank_assets.sources.sheets.cells import text_of
from nubank_assets.sources.sheets.correction_rows import CorrectionRow, identify_rows, meanings, stored_row
from nubank_assets.sources.sheets.stated_rows import Stated, judge_rows

_SOURCE: Final = "sheets"
#: The outcomes that one sentence tells; the others say of which lines.
_PLAIN: Final = ("unmatched", "not_an_expense", "replaced")


def answer_corrections(lake: Lake, rows: Sequence[Sequence[Any]], locale: str, first: int) -> list[Row]:
    """The answer to each row of the worksheet `Correções`; `first` is the number of the first of them."""
    stored = [stored_row(row) for row in rows]
    names = identify_rows(stored)
    places = {name: place for place, name in enumerate(names, first) if name}
    outcomes = {row["correction"]: row for row in lake.read(CORRECTION_OUTCOMES).to_pylist()}
    commands = _commands(lake)
    problems = [meaning["reason"] for meaning in meanings(stored)]
    answers = []
    for place, (row, name, problem) in enumerate(zip(stored, names, problems, strict=True)):
        outcome = outcomes.get(name)
        if not row:
            answers.append("")
        elif place >= MOST_ROWS:
            answers.append(say("row_beyond", locale, most=MOST_ROWS))
        elif problem:
            answers.append(_explain(problem, row, locale))
        else:
            answers.append(_tell(outcome, places, commands, locale) if outcome else say("row_new", locale))
    return [(answer,) for answer in answers]


def _explain(problem: str, row: CorrectionRow, locale: str) -> str:
    values = {name: text_of(row.get(name)) or "" for name in ("category", "amount", "bill", "account", "applies_to")}
    return say(f"row_{problem}", locale, **values)


def _commands(lake: Lake) -> set[str]:
    """The corrections and rules that are no rows of the worksheet."""
    corrections = lake.read(CORRECTIONS, columns=["correction", "source"]).to_pylist()
    rules = lake.read(RULES, columns=["rule", "source"]).to_pylist()
    return {row.get("correction") or row["rule"] for row in (*corrections, *rules) if row["source"] != _SOURCE}


def _tell(outcome: Mapping[str, Any], places: Mapping[str, int], commands: set[str], locale: str) -> str:
    """What became of a correction that could be used."""
    what = outcome["outcome"]
    if what in _PLAIN:
        return say(f"correction_{what}", locale)
    if what == CorrectionOutcome.CONFLICTING:
        others = outcome["conflicts_with"].split(", ")
        if against := ", ".join(name for name in others if name in commands):
            return say("correction_conflicting_command", locale, documents=against)
        rows = sorted(places[name] for name in others if name in places)
        return say("correction_conflicting", locale, rows=", ".join(map(str, rows)) or "?")
    if what == CorrectionOutcome.WAITING:
        return say("correction_waiting", locale, months=outcome["months"])
    before = ", ".join(
        label(f"category.{name}", locale) for name in (outcome["uncorrected_categories"] or "").split(", ")
    )
    after = label(f"category.{outcome['category']}", locale)
    if outcome["uncorrected_categories"] is None:
        return say("correction_of_merchant", locale, lines=_lines(outcome, locale), after=after)
    key = "correction_confirmed" if before == after else "correction_applied"
    return say(key, locale, lines=_lines(outcome, locale), before=before, after=after)


def _lines(outcome: Mapping[str, Any], locale: str) -> str:
    return say("lines_one" if outcome["applied_lines"] == 1 else "lines_many", locale, lines=outcome["applied_lines"])


def known_corrections(lake: Lake) -> list[Row]:
    """The rows of the worksheet `Correções` that were read last; their notes are not kept."""
    rows = lake.read(CORRECTIONS).to_pylist()
    return [
        (
            row["raw_id"],
            row["raw_account"],
            row["bill"] or row["raw_bill"],
            row["raw_title"],
            row["raw_amount"] if row["amount_brl"] is None else row["amount_brl"],
            row["raw_category"],
            None,
            row["raw_applies_to"],
        )
        for row in rows
        if row["source"] == _SOURCE
    ]


def answer_statements(lake: Lake, rows: Sequence[Sequence[Any]], locale: str, first: int) -> list[Row]:  # noqa: ARG001
    """The answer to each row of the worksheet `Saldos e limites`."""
    products = _products(lake)
    judged = judge_rows(rows[:MOST_ROWS], products, datetime.now(SAO_PAULO).date())
    read = {(row["account"], row["reading"], row["observed_on"], Decimal(row["raw_value"])) for row in _readings(lake)}
    answers = [_tell_statement(stated, read, products, locale) for stated in judged]
    answers += [say("row_beyond", locale, most=MOST_ROWS)] * (len(rows) - len(answers))
    return [(answer,) for answer in answers]


def _tell_statement(
    stated: Stated, read: set[tuple[Any, ...]], products: Mapping[str, AccountType], locale: str
) -> str:
    if isinstance(stated, RowProblem):
        return say(f"row_{stated.value}", locale, amount="", account="")
    if not stated:
        return ""
    is_read = all((one.account, one.reading.value, one.day, one.value) in read for one in stated)
    if not is_read:
        return say("row_new", locale)
    # A mistyped name is an account of its own, whose balance is added to the others.
    strange = next((one.account for one in stated if one.account not in products), None)
    if strange is None or not products:
        return say("statement_read", locale)
    return say("statement_read_new_account", locale, account=strange, known=", ".join(sorted(products)))


def known_statements(lake: Lake) -> list[Row]:
    """The rows of the worksheet `Saldos e limites` that were read last, one for each amount."""
    places = (Reading.ACCOUNT_BALANCE.value, Reading.CARD_LIMIT.value, Reading.AVAILABLE_LIMIT.value)
    rows = sorted(_readings(lake), key=lambda row: (row["observed_on"], row["account"], row["reading"]))
    return [
        (
            row["observed_on"],
            row["account"],
            *(Decimal(row["raw_value"]) if row["reading"] == p else None for p in places),
        )
        for row in rows
    ]


def _readings(lake: Lake) -> list[dict[str, Any]]:
    """What was read of the worksheet."""
    readings = lake.read(RAW_READINGS)
    rows: list[dict[str, Any]] = readings.filter(pc.equal(readings["source"], _SOURCE)).to_pylist()
    return rows


def _products(lake: Lake) -> dict[str, AccountType]:
    """The accounts that others tell of."""
    documents = lake.read(RAW_DOCUMENTS, columns=["account", "account_type"]).to_pylist()
    readings = lake.read(RAW_READINGS, columns=["account", "format", "source"]).to_pylist()
    others = {
        row["account"]: DocumentFormat(row["format"]).account_type for row in readings if row["source"] != _SOURCE
    }
    return others | {row["account"]: AccountType(row["account_type"]) for row in documents}
