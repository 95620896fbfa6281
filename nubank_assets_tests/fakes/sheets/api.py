"""Google Sheets as far as a test needs it: accounts, spreadsheets, what goes wrong, and what was asked."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote

from nubank_assets_tests.fakes.sheets.book import Book, Json, Role, Sheet
from nubank_assets_tests.fakes.sheets.changes import UnknownRequestError
from nubank_assets_tests.fakes.sheets.discovery import complaints_about
from nubank_assets_tests.fakes.sheets.dispatch import Query, answer, schema_of
from nubank_assets_tests.fakes.sheets.errors import ApiError, invalid
from nubank_assets_tests.fakes.sheets.faults import Fault, How, Kind, Quota
from nubank_assets_tests.fakes.sheets.oauth import Tokens, make_service_account
from nubank_assets_tests.fakes.sheets.person import Person

_DISABLED: Final = (
    "Google Sheets API has not been used in project 123456 before or it is disabled. Enable it by visiting "
    "https://console.developers.google.com/apis/api/sheets.googleapis.com/overview?project=123456 then retry."
)


@dataclass(frozen=True)
class Request:
    """One call that came: its kind, its path without the host, its size in bytes, what it held, its headers."""

    kind: Kind
    method: str
    path: str
    size: int
    body: Any = field(repr=False, compare=False)
    headers: dict[str, str] = field(repr=False, compare=False)
    """Their names in lower case."""


@dataclass
class FakeSheets:
    """The server of a test. `complaints` are bodies that Google's description forbids: a test with one fails."""

    url: str = ""
    service_account: str = ""
    books: dict[str, Book] = field(default_factory=dict)
    tokens: Tokens = field(default_factory=Tokens)
    faults: list[Fault] = field(default_factory=list)
    quota: Quota | None = None
    is_api_enabled: bool = True
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    refuse_connections: Callable[[], None] = field(default=lambda: None, repr=False)
    """From now on nobody listens; `accept_connections` ends that."""
    accept_connections: Callable[[], None] = field(default=lambda: None, repr=False)
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)

    def begin(self, url: str) -> None:
        """Take an address, and make the first service account."""
        self.url, self.tokens.address = url, f"{url}/token"
        self.service_account = self.make_service_account()

    # What a test prepares

    def make_service_account(self, **changes: Any) -> str:
        """Another account that is known here, as the JSON that a person downloads."""
        made = make_service_account(self.tokens.address, **changes)
        self.tokens.known.add(json.loads(made)["client_email"])
        return made

    @property
    def client_email(self) -> str:
        return str(json.loads(self.service_account)["client_email"])

    def new_spreadsheet(
        self, title: str = "Minhas finanças", locale: str = "pt_BR", *, role: Role | None = "editor"
    ) -> str:
        """A spreadsheet as a person makes it, shared with the account in this role; its key."""
        key = f"1fake{len(self.books):04}{'abcdefghijklmnopqrstuvwxyz0123456789'[:35]}"
        first = "Página1" if locale.startswith("pt") else "Sheet1"
        zone = "America/Sao_Paulo" if locale.startswith("pt") else "Etc/GMT"
        self.books[key] = Book(key, title, locale, zone, [Sheet(0, first)])
        self.person(key).share(self.client_email, role)
        return key

    def person(self, key: str) -> Person:
        """The owner of a spreadsheet, working by hand."""
        return Person(self.books, key, self.lock)

    def book(self, key: str) -> Book:
        """The spreadsheet as it is now; later changes do not reach what this gave."""
        return self.books[key]

    # What goes wrong

    def fail_next(
        self, times: int, status: int, *, retry_after: int | None = None, kind: Kind | None = None, how: How = "error"
    ) -> None:
        """Answer the next calls so, without carrying them out; `page`: with Google's HTML instead of JSON."""
        self.faults.append(Fault(how, status, kind=kind, times=times, retry_after=retry_after))

    def lose_response_after(self, nth: int = 1, *, how: How = "drop", kind: Kind = "write", times: int = 1) -> None:
        """Carry out the nth call from now and hang up before its answer (or answer with nonsense)."""
        self.faults.append(Fault(how, 200, is_carried_out=True, kind=kind, skip=nth - 1, times=times))

    def answer_slowly(self, seconds: float, times: int = 1, kind: Kind | None = None) -> None:
        self.faults.append(Fault("slow", seconds=seconds, kind=kind, times=times))

    def limit(self, per_minute: int, now: Callable[[], float]) -> None:
        """Google's rate, by this clock."""
        self.quota = Quota(per_minute, now)

    def revoke(self) -> None:
        """Delete the account's key: its tokens count no more, and it gets no others."""
        self.tokens.known.discard(self.client_email)
        self.tokens.valid.clear()

    def expire_tokens(self) -> None:
        self.tokens.valid.clear()

    # What came

    def count(self, kind: Kind) -> int:
        return sum(request.kind == kind for request in self.requests)

    @property
    def reads(self) -> int:
        return self.count("read")

    @property
    def writes(self) -> int:
        return self.count("write")

    def updates(self) -> list[list[Json]]:
        """The requests of every batchUpdate that came, whether it was carried out or not."""
        return [
            request.body["requests"]
            for request in self.requests
            if request.path.endswith(":batchUpdate") and "requests" in request.body
        ]

    # Answering

    def fault_for(self, kind: Kind) -> Fault | None:
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and fault.meets(kind):
                    return fault
            return None

    def answer(self, method: str, path: str, query: Query, body: bytes, token: str) -> tuple[int, Json]:
        """The status and the answer of a call of the API."""
        with self.lock:
            try:
                return 200, self._answer(method, path, query, body, token)
            except ApiError as error:
                return error.code, error.body()

    def _answer(self, method: str, path: str, query: Query, body: bytes, token: str) -> Json:
        key, rest = _parts(path)
        content = json.loads(body) if body else {}
        if self.quota and self.quota.is_over("read" if method == "GET" else "write"):
            raise ApiError(429, "Quota exceeded for quota metric 'requests' per minute per user.", "RESOURCE_EXHAUSTED")
        email = self._authenticate(token)
        book = self._opened(key, email, "reader" if method == "GET" else "editor")
        self._check_body(method, rest, content)
        try:
            self.books[key], answered = answer(method, rest, book, query, content, email)
        except UnknownRequestError as error:
            self.complaints.append(f"the fake does not know the request {error}")
            raise invalid(f"the fake does not know {error}") from None
        return answered

    def _authenticate(self, token: str) -> str:
        if token not in self.tokens.valid:
            text = "Request had invalid authentication credentials. Expected OAuth 2 access token."
            raise ApiError(401, text, "UNAUTHENTICATED")
        if not self.is_api_enabled:
            details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}]
            raise ApiError(403, _DISABLED, "PERMISSION_DENIED", details)
        return self.tokens.valid[token]

    def _opened(self, key: str, email: str, needed: Role) -> Book:
        if key not in self.books:
            raise ApiError(404, "Requested entity was not found.", "NOT_FOUND")
        role = self.books[key].shared.get(email)
        if not role or (needed == "editor" and role == "reader"):
            raise ApiError(403, "The caller does not have permission", "PERMISSION_DENIED")
        return self.books[key]

    def _check_body(self, method: str, rest: str, body: Any) -> None:
        schema = schema_of(method, rest)
        found = complaints_about(body, schema) if schema else []
        self.complaints += found[:10]
        if found:
            raise invalid(f"Invalid JSON payload received. {found[0]}")


def _parts(path: str) -> tuple[str, str]:
    """The key of a spreadsheet and what follows it."""
    prefix = "/v4/spreadsheets/"
    if not path.startswith(prefix):
        raise ApiError(404, "Not Found", "NOT_FOUND")
    rest = path.removeprefix(prefix)
    end = min((place for mark in ":/" if (place := rest.find(mark)) >= 0), default=len(rest))
    return unquote(rest[:end]), rest[end:]
