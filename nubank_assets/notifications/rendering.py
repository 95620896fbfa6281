"""An event in words: a subject, a text, and the same as HTML. The sentences are in ``sentences.py``."""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from nubank_assets.messages import locale, message
from nubank_assets.notifications.events import MonthFigures, Notice, RunEvent

#: An e-mail that is read on a telephone; the whole story is in the workbook and on Dagster's page.
_MOST_LINES: Final = 10
_LONGEST_LINE: Final = 400
_LONGEST_SUBJECT: Final = 120
#: With two decimals, or after R$; no date, month or version.
_AMOUNT: Final = re.compile(r"R\$\s*[-−]?\d[\d.,]*|(?<![\d.,])[-−]?\d+(?:[.,]\d{3})*[.,]\d{2}(?![.,]?\d)")


@dataclass(frozen=True)
class _Part:
    """A paragraph, or a heading with a list below."""

    heading: str
    lines: tuple[str, ...] = ()


def render(event: RunEvent) -> Notice:
    """The notice of an event, in the language of this process."""
    parts = list(_parts(event))
    subject = message(f"notice_subject_{event.status}", months=_period(event.months))
    words = one_line(subject, _LONGEST_SUBJECT), _as_text(parts), _as_html(parts)
    return Notice(*words, status=event.status, run_id=event.run_id)


def without_amounts(event: RunEvent) -> RunEvent:
    """The event for a channel that may not name amounts: without figures, and sentences with their amounts covered."""
    failures, warnings = (tuple(map(_cover, lines)) for lines in (event.failures, event.warnings))
    return replace(event, figures=(), failures=failures, warnings=warnings)


def one_line(value: str, longest: int = _LONGEST_LINE) -> str:
    """The value without line breaks or other control characters, cut where it is too long.

    A line break in a header would begin another header, and an escape character could command a terminal.
    """
    clean = " ".join("".join(char if char.isprintable() else " " for char in value).split())
    return clean if len(clean) <= longest else f"{clean[: longest - 1]}…"


def _parts(event: RunEvent) -> Iterator[_Part]:
    yield _Part(_opening(event))
    if event.figures:
        yield _Part(message("notice_figures"), tuple(_figures(month) for month in event.figures))
    if event.failures:
        yield _Part(message("notice_failures"), _shortened(event.failures))
    if event.warnings:
        yield _Part(message("notice_warnings"), _shortened(event.warnings))
    if event.results:
        yield _Part(message("notice_results"), _shortened(event.results))
    if event.status == "failed":
        yield _Part(message("notice_what_now"))
    if event.link:
        yield _Part(message("notice_link", link=event.link))
    if event.id:
        yield _Part(message("notice_id", id=event.id))


def _opening(event: RunEvent) -> str:
    sentences = [message(f"notice_{event.status}", months=_period(event.months))]
    if event.seconds is not None:
        sentences.append(message("notice_seconds", duration=_duration(event.seconds)))
    if event.rows is not None:
        sentences.append(message("notice_rows", rows=event.rows))
    if event.rejects is not None:
        sentences.append(message("notice_rejects", rejects=event.rejects))
    if event.runs is not None:
        sentences.append(message("notice_runs", total=event.runs.total, failed=event.runs.failed))
    return " ".join(sentences)


def _cover(sentence: str) -> str:
    return _AMOUNT.sub("•••", sentence)


def _period(months: Sequence[str]) -> str:
    if not months:
        return message("notice_all_months")
    if len(set(months)) == 1:
        return months[0]
    return message("notice_period", first=min(months), last=max(months))


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"


def _figures(figures: MonthFigures) -> str:
    key = "notice_month_open" if figures.is_open else "notice_month_closed"
    return message(key, month=figures.month, income=_money(figures.income), expenses=_money(figures.expenses))


def _money(value: Decimal) -> str:
    from babel.numbers import format_currency

    return str(format_currency(value, "BRL", locale=locale().replace("-", "_")))


def _shortened(lines: Sequence[str]) -> tuple[str, ...]:
    shown = [one_line(line) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        shown.append(message("notice_more", count=len(lines) - _MOST_LINES))
    return tuple(shown)


def _as_text(parts: Sequence[_Part]) -> str:
    return "\n\n".join("\n".join([part.heading, *(f"- {line}" for line in part.lines)]) for part in parts) + "\n"


def _as_html(parts: Sequence[_Part]) -> str:
    body = "\n".join(_part_as_html(part) for part in parts)
    return f'<!doctype html>\n<html lang="{locale()}"><body>\n{body}\n</body></html>\n'


def _part_as_html(part: _Part) -> str:
    heading = f"<p>{html.escape(part.heading)}</p>"
    if not part.lines:
        return heading
    items = "".join(f"<li>{html.escape(line)}</li>" for line in part.lines)
    return f"{heading}\n<ul>{items}</ul>"
