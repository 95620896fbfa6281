"""The page as one file: figures, styles, scripts and the chart library together, replaced whole.

No clock is read and nothing is fetched: the same lake gives the same bytes, and the page asks no network. What it
shows is read in ``ledger.py``, ``readings.py`` and ``month.py``; how it looks is in ``templates`` and ``styles``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from nubank_assets.dashboard.columns import EPOCH
from nubank_assets.dashboard.commitments import months_ahead, open_plans, read_commitments
from nubank_assets.dashboard.inlined import icon, library, policy, scripts, styles
from nubank_assets.dashboard.learning import learning_months, read_uncertain
from nubank_assets.dashboard.ledger import Ledger, as_script, read_ledger
from nubank_assets.dashboard.linked import counted_rows, read_links
from nubank_assets.dashboard.month import MonthView, read_month
from nubank_assets.dashboard.proofs import read_proofs, read_settled
from nubank_assets.dashboard.readings import (
    count_rejects,
    read_balances,
    read_limits,
    read_open_months,
)
from nubank_assets.dashboard.sentences import text, texts
from nubank_assets.dashboard.standing import card_limits
from nubank_assets.dashboard.wording import day_name
from nubank_assets.domain.failures import PermanentError
from nubank_assets.domain.months import last_day
from nubank_assets.export.labels import WORDS, label
from nubank_assets.lake.publish import Lake

#: The page stays below; of more lines the newest are in it. So much is kept for all but the scripts and the data.
MAX_BYTES: Final = 2_000_000
_MARGIN: Final = 150_000
_WORDS: Final = ("category.", "kind.", "balance.", "part.", "parcel.")
_TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Written:
    """How large the page is, how many lines it holds, and how many older ones it has no room for."""

    size: int
    lines: int
    omitted: int


def write_page(lake: Lake, path: Path, locale: str, most: int = MAX_BYTES) -> Written:
    """Write the page to `path` in this language (pt-BR or en), of at most so many bytes for a person's years.

    A reader of `path` sees the old file or the new one; only its owner may read it. Raises PermanentError when the
    file cannot be written.
    """
    content, written = _render(lake, locale, most)
    with _explained(path, locale):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryDirectory(prefix=".page-", dir=path.parent) as folder:
            staged = Path(folder) / "page.html"
            staged.write_bytes(content)
            staged.chmod(0o600)
            staged.replace(path)
    return written


@contextmanager
def _explained(path: Path, locale: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PermanentError(text("page_locked", locale, path=path, error=error)) from error


def _render(lake: Lake, locale: str, most: int) -> tuple[bytes, Written]:
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    ledger, view = read_ledger(lake), read_month(lake, locale)
    data = _data(lake, ledger, locale)
    room = most - _MARGIN - len(library()) - len(scripts()) - len(as_script(data).encode())
    data["lines"] = ledger.encoded_lines(room)
    kept = len(data["lines"]["title"])
    templates = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    page = templates.get_template("page.html").render(
        **_shown(data, ledger, view, locale),
        proofs=read_proofs(lake, data["settled"], locale),
        learning=learning_months(lake, data["uncertain"], locale),
        counted=counted_rows(lake, view.month, locale) if view else (),
        months_ahead=months_ahead(data["commitments"]["months"], locale),
        open_plans=open_plans(data["commitments"]["plans"], locale),
        say=partial(_say, locale),
        policy=policy(),
        icon=icon(),
        data=Markup(as_script(data)),  # noqa: S704 (escaped by as_script)
        styles=Markup(styles()),  # noqa: S704 (this package's own files)
        library=Markup(library()),  # noqa: S704
        scripts=Markup(scripts()),  # noqa: S704
    )
    content = page.encode()
    return content, Written(len(content), kept, ledger.lines.num_rows - kept)


def _say(locale: str, key: str, **values: Any) -> str:
    return text(key, locale, **values)


def _data(lake: Lake, ledger: Ledger, locale: str) -> dict[str, Any]:
    """All that the scripts are given, but for the lines."""
    newest = ledger.newest_day
    return {
        "locale": locale,
        "first": ledger.first,
        "today": (newest - EPOCH).days - ledger.first if newest else 0,
        **ledger.encoded(),
        "open": read_open_months(lake),
        "balances": read_balances(lake, ledger.first),
        "limits": read_limits(lake, ledger.first),
        "uncertain": read_uncertain(lake, ledger),
        "settled": read_settled(lake, ledger),
        "links": read_links(lake, ledger),
        "commitments": read_commitments(lake, ledger),
        "rejects": count_rejects(lake),
        "texts": texts(locale),
        "labels": {key: label(key, locale) for key in WORDS if key.startswith(_WORDS)},
    }


def _shown(data: dict[str, Any], ledger: Ledger, view: MonthView | None, locale: str) -> dict[str, Any]:
    """What stands in the page itself, without scripts."""
    kept = len(data["lines"]["title"])
    newest, omitted = ledger.newest_day, ledger.lines.num_rows - kept
    oldest = ledger.lines["date"][kept - 1].as_py() if omitted and kept else None
    return {
        "locale": locale,
        "view": view,
        "today": day_name(newest, locale) if newest else None,
        "notes": _notes(data, view, locale) if view else (),
        "limits": card_limits(data, last_day(view.month), locale) if view else (),
        "omitted_before": day_name(oldest + timedelta(days=1), locale) if oldest else None,
    }


def _notes(data: dict[str, Any], view: MonthView, locale: str) -> Iterator[str]:
    """What a person must know of the month, as the scripts say it of any period."""
    if rejects := data["rejects"]:
        yield text(f"note.rejects.{'one' if rejects == 1 else 'many'}", locale, count=rejects)
    if view.is_open:
        yield text("note.open", locale, months=view.title)
