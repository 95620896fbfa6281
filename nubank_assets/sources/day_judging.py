"""Which document counts for each day of an account, and what that makes of the lines of the others."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import pyarrow as pa

from nubank_assets.domain.documents import DocumentFacts, choose_day_documents
from nubank_assets.domain.months import first_day, last_day
from nubank_assets.domain.vocabulary import Family, LineState
from nubank_assets.sources.day_twins import DAYS_OFF, find_twins
from nubank_assets.sources.exports.names import period_in_name
from nubank_assets.sources.judged import JudgedDocument, LineKey, MoneyLines, lines_of_money


def judge_days(group: Mapping[str, JudgedDocument]) -> None:
    """Where several documents have lines of a day, let one count; a line it does not have is superseded."""
    if len(group) == 1:
        return
    replaced = _replaced_answers(group)
    lines = {name: lines_of_money(document) for name, document in group.items()}
    standing = {name: document.facts for name, document in group.items() if name not in replaced}
    chosen = choose_day_documents(standing.values(), {name: lines[name].days for name in standing})
    chosen |= _covered_days(standing, group, lines)
    twins = find_twins(standing, lines, chosen)
    for name, document in group.items():
        instead = [chosen.get(day, replaced.get(name, name)) for day in lines[name].days]
        lost = {at: other for at, other in enumerate(instead) if other != name}
        if lost:
            _mark_lost(document, lost, lines, chosen, group)
        if twins[name]:
            _mark_repeated(document, (lines[name].indices[at] for at in twins[name]))
        if name in replaced:
            # An API corrects itself; only what it says now can contradict.
            document.contradictions.clear()


def _replaced_answers(group: Mapping[str, JudgedDocument]) -> dict[str, str]:
    """The answers of an API that it gave anew, with the newest: a movement may have moved to another day since."""
    newest: dict[tuple[str, tuple[str, ...]], JudgedDocument] = {}
    replaced: dict[str, str] = {}
    for document in sorted(group.values(), key=lambda document: (document.receipt.as_of, document.name)):
        receipt = document.receipt
        if receipt.format.family is not Family.EXPORTS:
            part = (receipt.format.value, receipt.months)
            if part in newest:
                replaced[newest[part].name] = document.name
            newest[part] = document
    return {name: _last(replaced, name) for name in replaced}


def _last(replaced: Mapping[str, str], name: str) -> str:
    while name in replaced:
        name = replaced[name]
    return name


def _covered_days(
    facts: Mapping[str, DocumentFacts], group: Mapping[str, JudgedDocument], lines: Mapping[str, MoneyLines]
) -> dict[date, str]:
    """For days on which only a lesser family has lines, the greater one's document that covers them.

    A movement that Pluggy dates a day off the statement must not count beside the statement's own.
    """
    if len({fact.format.family for fact in facts.values()}) == 1:
        return {}
    spans = {name: span for name in facts if (span := _span(group[name], lines[name]))}
    families: dict[date, Family] = {}
    for name in facts:
        for day in lines[name].days:
            families[day] = max(families.get(day, Family.STATED), facts[name].format.family)
    covered = {}
    for day, family in families.items():
        greater = [facts[name] for name, (first, last) in spans.items() if first <= day <= last]
        greater = [fact for fact in greater if fact.format.family > family and fact.knows(day)]
        if greater:
            covered[day] = max(greater, key=lambda fact: fact.rank_on(day)).document
    return covered


def _span(document: JudgedDocument, lines: MoneyLines) -> tuple[date, date] | None:
    """The days a document tells of: an export's period, an API's month; else from its first line to its last."""
    receipt = document.receipt
    if receipt.format.family is not Family.EXPORTS and len(receipt.months) == 1:
        return first_day(receipt.months[0]), last_day(receipt.months[0])
    return period_in_name(receipt.name) or ((min(lines.days), max(lines.days)) if lines.days else None)


def _mark_lost(
    document: JudgedDocument,
    lost: Mapping[int, str],
    lines: Mapping[str, MoneyLines],
    chosen: Mapping[date, str],
    group: Mapping[str, JudgedDocument],
) -> None:
    """Say of each line that does not count whether the document that counts instead has it too."""
    own, family = lines[document.name], document.receipt.format.family
    states: list[str] = document.line_states.to_pylist()
    months: list[str] = document.months.to_pylist()
    counting: dict[bool, Counter[LineKey]] = {True: Counter(), False: Counter()}
    for name in set(lost.values()):
        by_money = group[name].receipt.format.family is not family
        keys = lines[name].keys(by_money=by_money)
        counting[by_money].update(key for key in keys if chosen.get(key[0], name) == name)
    keys_of = {by_money: own.keys(by_money=by_money) for by_money in counting}
    for at, instead in lost.items():
        by_money = group[instead].receipt.format.family is not family
        is_repeated = _take(counting[by_money], keys_of[by_money][at], days=DAYS_OFF if by_money else 0)
        index = own.indices[at]
        states[index] = LineState.DUPLICATE.value if is_repeated else LineState.SUPERSEDED.value
        if not is_repeated and (by_money or family is Family.EXPORTS):
            document.contradictions[months[index]] = instead
    document.line_states = pa.array(states, pa.string())


def _mark_repeated(document: JudgedDocument, indices: Iterable[int]) -> None:
    states: list[str] = document.line_states.to_pylist()
    for index in indices:
        states[index] = LineState.DUPLICATE.value
    document.line_states = pa.array(states, pa.string())


def _take(counting: Counter[LineKey], key: LineKey, days: int) -> bool:
    """Use up one equal line, of the same day or else of the nearest within `days`; False if none is left."""
    day, name, centavos = key
    for off in sorted(range(-days, days + 1), key=abs):
        near = (day + timedelta(days=off), name, centavos)
        if counting[near] > 0:
            counting[near] -= 1
            return True
    return False
