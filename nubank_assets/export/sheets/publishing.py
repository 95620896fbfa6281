"""Publishing all worksheets to a spreadsheet: look, decide, bring what is large, and show everything in one request.

Nothing is shown before that request, and Google carries out all of it or nothing. What nobody answered, or was refused
because somebody changed the spreadsheet meanwhile, is looked at again and decided anew.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt

from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.export.person_sheets import PERSON_SHEETS
from nubank_assets.export.sheets.book import Book, read_book
from nubank_assets.export.sheets.changes import requests_of
from nubank_assets.export.sheets.content import Content, read_content
from nubank_assets.export.sheets.declared import Declared, declared
from nubank_assets.export.sheets.locating import find_candidates, may_be_taken
from nubank_assets.export.sheets.panel import panel_requests
from nubank_assets.export.sheets.person import Filled, declared_person_sheet, fill_all, find_person_tabs
from nubank_assets.export.sheets.person_requests import requests_of as person_requests
from nubank_assets.export.sheets.plan import Plan, TooManyCellsError, look_at, make_plan, whole_ranges
from nubank_assets.export.sheets.requests import Request, spreadsheet_properties
from nubank_assets.export.sheets.staging import STAGING_ID, emptied_staging
from nubank_assets.export.worksheets import WORKSHEETS
from nubank_assets.google.answers import UnansweredError
from nubank_assets.google.repeating import LONGEST
from nubank_assets.google.spreadsheet import LOCALES, TIME_ZONE
from nubank_assets.lake.publish import Lake

if TYPE_CHECKING:
    from nubank_assets.google.spreadsheet import Spreadsheet

#: How often the spreadsheet is looked at, and the seconds before the next look where Google did not answer.
_LOOKS: Final = 3
_PAUSES: Final = (5.0, 30.0)
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Published:
    """What was done: where it is, how much it holds, which worksheets were written, and how often Google was asked.

    `ids` are those of the worksheets by their declared names.
    """

    address: str
    ids: Mapping[str, int]
    rows: int
    written: tuple[str, ...] = ()
    reads: int = 0
    writes: int = 0
    warnings: tuple[str, ...] = ()


class _UnknownOutcomeError(UnansweredError):
    """Nobody knows whether the request was carried out."""


def publish(lake: Lake, spreadsheet: "Spreadsheet", locale: str) -> Published:
    """Let the spreadsheet show the lake, in this language; what is there already is not written again.

    Whatever fails, the spreadsheet is as it was or as it shall be, and the next publishing mends it. Raises what
    `Spreadsheet` raises, and PermanentError where Google would not hold so many cells.
    """
    sheets = [(sheet, declared(sheet, locale)) for sheet in WORKSHEETS]
    contents = {shown: read_content(lake, sheet, shown, locale) for sheet, shown in sheets}
    publishing = _Publishing(lake, spreadsheet, locale, contents)
    looks = Retrying(
        retry=retry_if_exception(_may_pass),
        stop=lambda state: stop_after_attempt(_LOOKS)(state) or state.upcoming_sleep > LONGEST,
        wait=_pause,
        sleep=spreadsheet.wait,
        reraise=True,
    )
    published = looks(publishing.publish)
    for warning in published.warnings:
        _LOG.warning(warning)
    return published


def _may_pass(error: BaseException) -> bool:
    """Whether it may be otherwise after another look at the spreadsheet."""
    if isinstance(error, (InputError, TooManyCellsError)):
        return False
    return isinstance(error, (PermanentError, _UnknownOutcomeError))


def _pause(state: RetryCallState) -> float:
    """As long as Google asks for, at least; what was only changed meanwhile is looked at again at once."""
    error = state.outcome.exception() if state.outcome else None
    if not isinstance(error, _UnknownOutcomeError):
        return 0.0
    return max(error.retry_after, _PAUSES[min(state.attempt_number, len(_PAUSES)) - 1])


@dataclass
class _Publishing:
    """The contents on their way to the spreadsheet, and how often it was asked."""

    lake: Lake
    spreadsheet: "Spreadsheet"
    locale: str
    contents: Mapping[Declared, Content]
    reads: int = field(default=0, init=False)
    writes: int = field(default=0, init=False)

    def publish(self) -> Published:
        """Look, decide, and write what is not there."""
        self.reads += 1
        book = read_book(self.spreadsheet.structure())
        plan, filled = self._decide(book)
        plan.check_size({one.id: one.row_count * one.columns for one in filled})
        answers = [(one.title, person_requests(one)) for one in filled]
        requests = list(self._requests(plan, answers))
        if requests:
            self._show(plan, requests)
        written = (*(change.title for change in plan.changes), *(title for title, asked in answers if asked))
        rows = sum(content.count for content in self.contents.values())
        ids = {**plan.ids, **{one.shown.name: one.id for one in filled}}
        warnings = (*plan.warnings, *(one.warning for one in filled if one.warning))
        return Published(self.spreadsheet.address, ids, rows, written, self.reads, self.writes, warnings)

    def _decide(self, book: Book) -> tuple[Plan, list[Filled]]:
        """What is written, of the worksheets of the platform and of those that the person fills."""
        look, theirs = (
            look_at(book, self.contents),
            {declared_person_sheet(one, self.locale): one for one in PERSON_SHEETS},
        )
        known = find_person_tabs(book, theirs)
        unsure = find_candidates(book, theirs, known)
        ranges = look.ranges | whole_ranges({**known, **unsure})
        self.reads += bool(ranges)
        rows = dict(zip(ranges, self.spreadsheet.values(list(ranges.values())), strict=True))
        plan = make_plan(book, self.contents, look, rows)
        known |= {
            one.name: unsure[one.name]
            for one in theirs
            if one.name in unsure and may_be_taken(one, unsure[one.name], rows[one.name])
        }
        titles = [*(tab.title for tab in book.tabs), *(change.title for change in plan.changes)]
        return plan, fill_all(theirs, known, rows, titles, self.lake, self.locale)

    def _requests(self, plan: Plan, answers: Iterable[tuple[str, list[Request]]]) -> Iterator[Request]:
        """Everything that becomes visible at once."""
        yield from _properties(plan.book, self.locale)
        for change in plan.changes:
            cells = plan.staging.copied(change) if plan.staging and plan.is_staged(change) else None
            yield from requests_of(change, cells)
        for _, requests in answers:
            yield from requests
        if plan.is_panel_drawn:
            yield from panel_requests(plan.ids, plan.book.charts, self.locale)
        tab = plan.book.by_id.get(STAGING_ID)
        if plan.staging or (tab and tab.rows * tab.columns > 1):
            yield from emptied_staging()

    def _show(self, plan: Plan, requests: list[Request]) -> None:
        """Bring what is large, then let everything be seen."""
        if plan.staging:
            self._update(plan.staging.prepared(), repeatable=plan.staging.tab is not None)
            for values in plan.staging.writes():
                self.writes += 1
                self.spreadsheet.write_values(values)
        self._update(requests, repeatable=False)

    def _update(self, requests: list[Request], *, repeatable: bool) -> None:
        self.writes += 1
        try:
            self.spreadsheet.update(requests, repeatable=repeatable)
        except UnansweredError as error:
            if repeatable or error.is_undone:
                raise
            raise _UnknownOutcomeError(str(error), is_undone=False, retry_after=error.retry_after) from error


def _properties(book: Book, locale: str) -> Iterator[Request]:
    """Language and time zone, where they differ: they decide how amounts and days are shown."""
    wanted = {"locale": LOCALES[locale], "timeZone": TIME_ZONE}
    if (book.locale, book.time_zone) != (wanted["locale"], wanted["timeZone"]):
        yield spreadsheet_properties(**wanted)
