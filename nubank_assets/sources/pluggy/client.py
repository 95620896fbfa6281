"""Pluggy's HTTP API: keys, pages and refusals. What answers mean is for ``collection.py`` and ``reading.py``.

Plain requests and not pluggy-sdk: its models make floats of amounts and drop fields they do not know.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Self
from urllib.parse import parse_qsl, quote, urlsplit

import requests
import simplejson

from nubank_assets.domain.failures import SourceAnswerError, SourceRefusedError
from nubank_assets.messages import message
from nubank_assets.sources import http
from nubank_assets.sources.credentials import Credentials, require
from nubank_assets.sources.json_documents import read_json
from nubank_assets.sources.pluggy.shapes import PLUGGY, Row, missing, row, rows, text

#: More pages than any account has (500 lines each); what goes on after them does not end.
MOST_PAGES: Final = 400
_NOT_KNOWN: Final = (400, 404)


class PluggyClient:
    """Reads what one application of Pluggy may see. Keys live in memory, for one run; leaving it ends connections."""

    def __init__(self, credentials: Credentials, url: str) -> None:
        """`url` is the API's address, without a slash at its end."""
        self._credentials = credentials
        self._url = url
        self._session = requests.Session()
        self._key: str | None = None
        self._may_renew = True

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._session.close()

    def item(self, item: str) -> Row:
        """A connection with its status; raises SourceRefusedError when Pluggy does not know it."""
        statuses: list[int] = []
        try:
            return row(self._get(f"/items/{quote(item, safe='')}", {}, statuses))
        except SourceAnswerError as error:
            if statuses and statuses[-1] in _NOT_KNOWN:
                raise SourceRefusedError(message("pluggy_item_unknown", item=item[:8])) from error
            raise

    def accounts(self, item: str) -> list[Row]:
        """The accounts and cards of a connection."""
        return list(self._numbered_pages("/accounts", {"itemId": item}))

    def bills(self, account: str) -> list[Row]:
        """The closed bills of a card."""
        return list(self._numbered_pages("/bills", {"accountId": account}))

    def transactions(self, account: str, date_from: date | None = None) -> list[Row]:
        """The transactions of an account, each id once, from a day on or as far back as Pluggy has them."""
        first = {"accountId": account} | ({"dateFrom": date_from.isoformat()} if date_from else {})
        return _each_once(self._cursor_pages("/v2/transactions", first))

    def _numbered_pages(self, path: str, fields: Mapping[str, str]) -> Iterator[Row]:
        for number in range(1, MOST_PAGES + 1):
            page = row(self._get(path, {**fields, "page": str(number)} if number > 1 else fields))
            yield from rows(page, "results")
            total = page.get("totalPages", 1)
            if not isinstance(total, int) or number >= total:
                return
        raise SourceAnswerError(message("pluggy_pages_endless"))

    def _cursor_pages(self, path: str, first: dict[str, str]) -> Iterator[Row]:
        fields, seen = first, set()
        for _ in range(MOST_PAGES):
            page = row(self._get(path, fields))
            yield from rows(page, "results")
            if page.get("next") is None:
                return
            cursor = text(page, "next")
            if cursor in seen:
                break
            seen.add(cursor)
            # Only the cursor is taken from there: the path and the account stay ours.
            fields = {**self._fields_of(cursor), "accountId": first["accountId"]}
        raise SourceAnswerError(message("pluggy_pages_endless"))

    def _fields_of(self, cursor: str) -> dict[str, str]:
        """The query of `next`: a relative query string (with or without `?`), or an address of this host."""
        try:
            parts = urlsplit(cursor if "?" in cursor else f"?{cursor}")
        except ValueError as error:
            raise missing("next") from error
        if (parts.scheme or parts.netloc) and not f"{self._url}/".startswith(f"{parts.scheme}://{parts.netloc}/"):
            raise SourceAnswerError(message("pluggy_page_elsewhere"))
        fields = dict(parse_qsl(parts.query))
        if not fields:
            raise missing("next")
        return fields

    def _get(self, path: str, fields: Mapping[str, str], statuses: list[int] | None = None) -> Any:
        statuses = [] if statuses is None else statuses
        key = self._key or self._authenticate()
        try:
            return self._read("GET", path, {"params": fields, "headers": {"X-API-KEY": key}}, statuses)
        except SourceRefusedError as error:
            if not self._may_renew:
                raise SourceRefusedError(message("pluggy_forbidden", status=statuses[-1])) from error
        # A key lives for two hours, and a run may have waited: one new key per run.
        self._may_renew = False
        self._key = None
        return self._get(path, fields, statuses)

    def _authenticate(self) -> str:
        names = {"clientId": "pluggy_client_id", "clientSecret": "pluggy_client_secret"}
        body = {field: require(self._credentials, name) for field, name in names.items()}
        statuses: list[int] = []
        try:
            answer = self._read("POST", "/auth", {"json": body}, statuses)
        except (SourceRefusedError, SourceAnswerError) as error:
            if statuses and statuses[-1] in {400, 401, 403}:
                raise SourceRefusedError(message("pluggy_keys_refused", status=statuses[-1])) from error
            raise
        self._key = text(answer, "apiKey")
        return self._key

    def _read(self, method: str, path: str, options: Mapping[str, Any], statuses: list[int]) -> Any:
        return read_json(http.call(PLUGGY, self._sender(method, path, options, statuses)), PLUGGY)

    def _sender(self, method: str, path: str, options: Mapping[str, Any], statuses: list[int]) -> http.Send:
        """One request, sent as often as `call` asks for; its statuses tell 401 from 403 and 404 from others."""

        def send() -> requests.Response:
            # A redirect would take the key along to wherever it points.
            response = self._session.request(
                method, self._url + path, timeout=http.TIMEOUT, stream=True, allow_redirects=False, **options
            )
            statuses.append(response.status_code)
            return response

        return send


def _each_once(found: Iterator[Row]) -> list[Row]:
    """Rows without those that a page repeats: while a bill closes, lines move between pages."""
    by_id: dict[str, Row] = {}
    for one in found:
        by_id.setdefault(_identity(one), one)
    return list(by_id.values())


def _identity(one: Row) -> str:
    return str(one.get("id") or simplejson.dumps(one, use_decimal=True, sort_keys=True))
