"""Nubank's API on this machine: a real HTTP server that says of a demo's truth what Nubank would say.

How it is asked, how it fails and what it remembers is here; what it says of money is in ``nubank_answers.py``.
Transfers inside Nubank are told apart from Pix by exports (`Transferência Recebida`) but not by this API.
"""

import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, Self

from nubank_assets.sources.demo.truth import Truth
from nubank_assets_tests.fakes.certificates import signed
from nubank_assets_tests.fakes.nubank_answers import NubankAnswers
from nubank_assets_tests.fakes.nubank_server import Asked, Failure, server_of

Json = dict[str, Any]


@dataclass
class _Plan:
    """`times` failures of requests whose path has `part` in it, after `after` that pass."""

    part: str
    failure: Failure
    times: int
    after: int


@dataclass
class FakeNubank:
    """A context manager; inside, `url` is what NUBANK_PYNUBANK_URL must be.

    `refresh_token` is the one token that works now: using it makes a new one. `page_size` and `endless` are of the
    account's feed: an endless one always says that there is a next page, and repeats its last one. `answers` may be
    changed between rounds. `secrets` are texts that must not be seen anywhere.
    """

    truth: Truth
    today: date
    cpf: str = "52998224725"
    password: str = "correct horse"
    code: str = "c0de77"
    page_size: int = 25
    endless: bool = False
    rotates: bool = True
    asked: list[Asked] = field(default_factory=list)
    refresh_token: str = field(default_factory=lambda: f"refresh-{uuid.uuid4()}")
    _tokens: list[str] = field(default_factory=list)
    _plans: list[_Plan] = field(default_factory=list)
    _closing: threading.Event = field(default_factory=threading.Event)

    @cached_property
    def answers(self) -> NubankAnswers:
        """What it says of money; its lists may be changed."""
        return NubankAnswers(self.truth, self.today)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def logins(self) -> list[Asked]:
        """The login attempts."""
        return self.requests("/api/token")

    @property
    def secrets(self) -> list[str]:
        """What must be seen nowhere but in these requests."""
        return [self.cpf, self.password, self.code, self.refresh_token, *self._tokens, "encrypted/code=="]

    def requests(self, part: str) -> list[Asked]:
        """The requests whose path has `part` in it."""
        return [asked for asked in self.asked if part in asked.path]

    def fail_with(self, part: str, failure: Failure, times: int = 1_000_000, after: int = 0) -> None:
        """Answer requests whose path has `part` in it by a status, garbage, late, or by closing the connection."""
        self._plans.append(_Plan(part, failure, times, after))

    def heal(self) -> None:
        """No failures any more."""
        self._plans.clear()

    def __enter__(self) -> Self:
        self._server = server_of(self)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def failure_of(self, path: str) -> Failure | None:
        """How this request is to fail, if it is."""
        for plan in self._plans:
            if plan.part in path and plan.after > 0:
                plan.after -= 1
            elif plan.part in path and plan.times > 0:
                plan.times -= 1
                return plan.failure
        return None

    def wait(self) -> None:
        """As long as nobody waits for."""
        self._closing.wait(10)

    def answer(self, asked: Asked) -> "tuple[int, Json, dict[str, str]]":
        """Status, body and headers for a request."""
        open_routes: dict[str, Callable[[Json], tuple[int, Json, dict[str, str]]]] = {
            "/api/discovery": lambda _: (200, {"login": f"{self.url}/api/proxy/login"}, {}),
            "/api/app/discovery": lambda _: (200, self._discovery(), {}),
            "/api/token": self._token,
            "/api/proxy/gen_certificate": self._gen_certificate,
        }
        if asked.path in open_routes:
            return open_routes[asked.path](asked.body)
        if not self._tokens or asked.headers.get("Authorization") != f"Bearer {self._tokens[-1]}":
            return 401, {"error": "unauthorized"}, {}
        found = self._private(asked)
        return (404, {"error": "not found"}, {}) if found is None else (200, found, {})

    def _discovery(self) -> Json:
        return {"token": f"{self.url}/api/token", "gen_certificate": f"{self.url}/api/proxy/gen_certificate"}

    def _token(self, body: Json) -> "tuple[int, Json, dict[str, str]]":
        by_password = body.get("grant_type") == "password" and self._is_person(body)
        by_token = body.get("grant_type") == "refresh_token" and body.get("refresh_token") == self.refresh_token
        if not (by_password or by_token):
            return 401, {"error": "unauthorized"}, {}
        if self.rotates:
            self.refresh_token = f"refresh-{uuid.uuid4()}"
        self._tokens.append(f"access-{uuid.uuid4()}")
        links = {name: {"href": f"{self.url}/api/proxy/{name}"} for name in ("ghostflame", "revoke_token")}
        links |= {name: {"href": f"{self.url}/api/proxy/{name}"} for name in self.answers.card_links}
        answer = {"access_token": self._tokens[-1], "token_type": "bearer", "_links": links}
        return 200, {**answer, "refresh_token": self.refresh_token}, {}

    def _is_person(self, body: Json) -> bool:
        return body.get("login") == self.cpf and body.get("password") == self.password

    def _gen_certificate(self, body: Json) -> "tuple[int, Json, dict[str, str]]":
        if not self._is_person(body):
            return 401, {"error": "unauthorized"}, {}
        if "code" not in body:
            challenge = 'device-authorization encrypted-code="encrypted/code==", sent-to="m****@example.com"'
            return 401, {}, {"WWW-Authenticate": challenge}
        if body["code"] != self.code or body.get("encrypted-code") != "encrypted/code==":
            return 401, {"error": "unauthorized"}, {}
        certificates = {"certificate": "public_key", "certificate_crypto": "public_key_crypto"}
        return 200, {name: signed(body[key]) for name, key in certificates.items()}, {}

    def _private(self, asked: Asked) -> Json | None:
        routes: dict[str, Callable[[], Json]] = {
            "/api/proxy/bills_summary": lambda: self.answers.bills_summary(self.url),
            "/api/proxy/events": self.answers.events,
            "/api/proxy/account": self.answers.card_account,
            "/api/proxy/ghostflame#account_balance": self.answers.account_balance,
            "/api/proxy/ghostflame#account_investments": self.answers.investments,
            "/api/proxy/ghostflame#account_savings": self.answers.savings,
            "/api/proxy/ghostflame#account_feed_paginated": lambda: self._feed(asked.body["variables"]["cursor"]),
        }
        if asked.path.startswith("/api/bills/"):
            return self.answers.bill(asked.path.rpartition("/")[2], self.url)
        return routes[asked.path]() if asked.path in routes else None

    def _feed(self, cursor: str | None) -> Json:
        pages = self.answers.feed_pages(self.page_size)
        number = min(int(cursor) if cursor else 0, len(pages) - 1)
        has_next = self.endless or number + 1 < len(pages)
        edges = [{"cursor": str(number + 1), "node": node} for node in pages[number]]
        items = {"pageInfo": {"hasNextPage": has_next}, "edges": edges}
        return self.answers.viewer({"feedItems": items})
