"""One round of questions to Nubank's own API, as a person's phone asks them. ``reading.py`` knows what answers mean."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from pynubank import Nubank, NuException

from nubank_assets.domain.failures import InputError
from nubank_assets.domain.identity import check_account_name
from nubank_assets.domain.months import day_of
from nubank_assets.lake.inbox import Receipt
from nubank_assets.messages import message
from nubank_assets.sources.base import Answer
from nubank_assets.sources.credentials import Credentials
from nubank_assets.sources.pynubank.balances import account_balance_answers, card_limit_answers
from nubank_assets.sources.pynubank.bills import bill_answers
from nubank_assets.sources.pynubank.client import NubankClient
from nubank_assets.sources.pynubank.feeds import account_feed_answers, card_feed_answers
from nubank_assets.sources.pynubank.names import LoginNames
from nubank_assets.sources.pynubank.shapes import missing

SOURCE: Final = "pynubank"


class PynubankSource:
    """One login at Nubank: a card and an account, either of which may be missing.

    Logs in once a round, by the refresh token that `nubank login` keeps, else by `nubank_cpf` and
    `nubank_password`; each token that Nubank gives is kept at once, because it takes back the one before.
    """

    def __init__(self, credentials: Credentials, url: str, login_name: str | None = None) -> None:
        """`login_name` tells several logins apart: their accounts are `card-<name>` and `account-<name>`."""
        self._credentials = credentials
        self._url = url
        self._names = LoginNames(login_name)
        self._card = check_account_name(self._names.card)
        self._account = check_account_name(self._names.account)

    @property
    def name(self) -> str:
        """``pynubank``."""
        return SOURCE

    def collect(self, known: Sequence[Receipt], now: datetime) -> list[Answer]:
        """Everything Nubank says now (see `Source.collect`); raises InputError when nobody has logged in here."""
        nubank, day = self._log_in(), day_of(now)
        own = [receipt for receipt in known if receipt.account in {self._card, self._account}]
        balance = account_balance_answers(nubank, self._account, day)
        return [
            *bill_answers(nubank, self._card, own, day),
            *card_feed_answers(nubank, self._card, day),
            *(account_feed_answers(nubank, self._account, own, day) if balance else []),
            *card_limit_answers(nubank, self._card, day),
            *balance,
        ]

    def check(self, now: datetime) -> list[str]:  # noqa: ARG002 (the protocol's)
        """The accounts of the login, if what it needs is kept and whole; Nubank is not asked, which would log in."""
        certificate, *_ = self._secrets()
        NubankClient(self._url, command=self._names.command).set_cert_data(certificate)
        return [self._card, self._account]

    def _secrets(self) -> tuple[bytes, str, str, str]:
        """Certificate, refresh token, CPF and password; raises InputError when they are not enough to log in."""
        certificate = self._credentials.get(self._names.certificate)
        token = self._secret(self._names.refresh_token)
        cpf, password = self._secret(self._names.cpf), self._secret(self._names.password)
        if not certificate or not (token or (cpf and password)):
            raise InputError(message("pynubank_no_login", command=self._names.command))
        return certificate, token, cpf, password

    def _log_in(self) -> Any:
        certificate, token, cpf, password = self._secrets()
        client = NubankClient(self._url, self._keep, self._names.command)
        with shapes_of_pynubank():
            nubank = Nubank(client)
            if token:
                # Nubank takes this token back when it gives the next: that one can be kept must be sure before.
                self._keep(token)
                nubank.authenticate_with_refresh_token(token, cert_data=certificate)
            else:
                nubank.authenticate_with_cert(cpf, password, cert_data=certificate)
        return nubank

    def _secret(self, name: str) -> str:
        return (self._credentials.get(name) or b"").decode(errors="replace").strip()

    def _keep(self, refresh_token: str) -> None:
        self._credentials.put(self._names.refresh_token, refresh_token.encode())


@contextmanager
def shapes_of_pynubank() -> Iterator[None]:
    """What pynubank does not find in an answer while it logs in is a SourceAnswerError that names it."""
    try:
        yield
    except KeyError as error:
        raise missing(str(error.args[0])) from None
    except NuException as error:
        raise missing(str(error).rpartition(" ")[2]) from None
    except (AttributeError, TypeError):
        raise missing("_links") from None
