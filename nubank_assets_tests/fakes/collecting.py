"""A demo that comes from the APIs of Nubank and Pluggy on this machine instead of from exports."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from nubank_assets.lake.inbox import Inbox
from nubank_assets.local_home import lock_home
from nubank_assets.settings import Settings
from nubank_assets.sources.collection import Collection, collect_sources
from nubank_assets.sources.credentials import LocalCredentials
from nubank_assets.sources.demo.cast import HOLDER_NAME
from nubank_assets.sources.demo.generator import write_demo
from nubank_assets.sources.demo.truth import Truth
from nubank_assets.sources.registry import SourceSettings, open_sources
from nubank_assets_tests.fakes.certificates import pkcs12_of_a_person
from nubank_assets_tests.fakes.homes import TODAY, import_files
from nubank_assets_tests.fakes.nubank_api import FakeNubank
from nubank_assets_tests.fakes.pluggy_api import CLIENT_ID, CLIENT_SECRET, FakePluggy

#: When the demo is collected: the afternoon of its last day.
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 18, tzinfo=UTC)


@dataclass
class CollectedHome:
    """A home and the two APIs it can ask; `exports` is a folder with the files of the same demo."""

    settings: Settings
    truth: Truth
    nubank: FakeNubank
    pluggy: FakePluggy
    exports: Path

    @property
    def inbox(self) -> Inbox:
        return Inbox(self.settings.inbox_root)

    def import_exports(self) -> None:
        """Import the exports of the demo, as a person would have."""
        with lock_home(self.settings):
            import_files(self.settings, [self.exports])

    def collect(self, *names: str, now: datetime = NOW) -> Collection:
        """One round over these sources."""
        credentials = LocalCredentials(self.settings.secrets_folder)
        places = SourceSettings(self.settings.pynubank_url, self.settings.pluggy_url, self.settings.pluggy_items)
        with lock_home(self.settings):
            return collect_sources(self.inbox, open_sources(names, places, credentials), now)


@contextmanager
def collected_home(folder: Path, *, months: int = 6, today: date = TODAY, seed: int = 1) -> Iterator[CollectedHome]:
    """A home whose person has logged in everywhere; nothing is collected or imported yet."""
    truth = write_demo(folder / "files", months=months, seed=seed, today=today)
    with ExitStack() as stack:
        nubank = stack.enter_context(FakeNubank(truth, today))
        pluggy = stack.enter_context(FakePluggy(truth, today))
        settings = Settings(
            home=folder / "home",
            holder_names=(HOLDER_NAME,),
            sources=("pynubank", "pluggy"),
            pynubank_url=nubank.url,
            pluggy_url=pluggy.url,
            pluggy_items=(pluggy.item,),
        )
        secrets = {
            "nubank_certificate": pkcs12_of_a_person(),
            "nubank_refresh_token": nubank.refresh_token.encode(),
            "pluggy_client_id": CLIENT_ID.encode(),
            "pluggy_client_secret": CLIENT_SECRET.encode(),
        }
        for name, secret in secrets.items():
            LocalCredentials(settings.secrets_folder).put(name, secret)
        yield CollectedHome(settings, truth, nubank, pluggy, folder / "files" / "exports")
