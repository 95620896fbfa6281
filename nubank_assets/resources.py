"""What assets are given: the inbox, the lake, the engine, the destinations. No secrets in their fields.

Which of them a deployment uses is decided in ``deployments.py``; what they do is in ``lake``, ``compute`` and
``export``.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dagster as dg

from nubank_assets.compute.report import StepReport
from nubank_assets.compute.sessions import EmbeddedEngine, open_session
from nubank_assets.transforms.steps import Parameters, Step

if TYPE_CHECKING:
    from nubank_assets.google.spreadsheet import Spreadsheet
    from nubank_assets.lake.inbox import Inbox
    from nubank_assets.lake.publish import Lake
    from nubank_assets.notifications.events import RunEvent
    from nubank_assets.notifications.marks import Marks
    from nubank_assets.settings import Settings
    from nubank_assets.sources.collection import Collection


class InboxResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where documents are stored."""

    root: str

    def open(self) -> "Inbox":
        """The inbox."""
        from nubank_assets.lake.inbox import Inbox

        return Inbox(self.root)


class SourcesResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The sources that collect by themselves. Their secrets are read when they are asked.

    They are in Secrets Manager where there is a prefix, else in the folder.
    """

    names: list[str]
    pynubank_url: str
    pluggy_url: str
    pluggy_items: list[str]
    spreadsheet: str
    sheets_url: str
    inbox_root: str
    lake_root: str
    secrets_folder: str
    secrets_prefix: str | None = None

    def collect(self, inbox: "Inbox") -> "Collection":
        """Ask every source once and store what it says. Raises InputError when one lacks its login or keys."""
        from nubank_assets.credentials import open_secrets
        from nubank_assets.sources.collection import collect_sources
        from nubank_assets.sources.registry import SourceSettings, open_sources

        settings = SourceSettings(
            pynubank_url=self.pynubank_url,
            pluggy_url=self.pluggy_url,
            pluggy_items=tuple(self.pluggy_items),
            spreadsheet=self.spreadsheet,
            sheets_url=self.sheets_url,
            inbox_root=self.inbox_root,
            lake_root=self.lake_root,
        )
        sources = open_sources(self.names, settings, open_secrets(self.secrets_folder, self.secrets_prefix))
        return collect_sources(inbox, sources, datetime.now(UTC))


class LakeResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where tables are stored."""

    root: str

    def open(self) -> "Lake":
        """The lake."""
        from nubank_assets.lake.publish import Lake

        return Lake(self.root)


class EngineResource(dg.ConfigurableResource, ABC):  # type: ignore[type-arg]
    """Runs steps, wherever that is."""

    @abstractmethod
    def run(self, context: dg.AssetExecutionContext, step: Step, months: Sequence[str]) -> StepReport:
        """Run a step for these months (an unpartitioned one: for all) and report."""


class EmbeddedEngineResource(EngineResource):
    """Runs steps in this process, on Sail or on JVM Spark."""

    engine: EmbeddedEngine
    lake_root: str
    holder_names: list[str]

    def run(
        self,
        context: dg.AssetExecutionContext,
        step: Step,
        months: Sequence[str],
    ) -> StepReport:
        """Run a step for these months and report."""
        from nubank_assets.compute.step import run_step
        from nubank_assets.lake.publish import Lake

        context.log.info(f"{step.name}: {len(months) or 'all'} months on {self.engine}")
        session = open_session(self.engine)
        parameters = Parameters(holder_names=tuple(self.holder_names))
        return run_step(session, step, months, Lake(self.lake_root), parameters)


class FilesResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the files that a person opens are, and in which language."""

    workbook_path: str
    dashboard_path: str
    locale: str

    def write_workbook(self, lake: "Lake") -> dict[str, Any]:
        """Replace the workbook; metadata says where it is and how much it holds. Raises PermanentError."""
        from nubank_assets.export.workbook import write_workbook

        rows = write_workbook(lake, Path(self.workbook_path), self.locale)
        return {"path": dg.MetadataValue.path(self.workbook_path), "rows": rows}

    def write_dashboard(self, lake: "Lake") -> dict[str, Any]:
        """Replace the page; metadata says where it is and how much of it there was room for. Raises PermanentError."""
        from nubank_assets.dashboard.page import write_page

        page = write_page(lake, Path(self.dashboard_path), self.locale)
        path = dg.MetadataValue.path(self.dashboard_path)
        return {"path": path, "bytes": page.size, "lines": page.lines, "lines_without_room": page.omitted}


class DestinationsResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Where the tables are published. Of each destination only what it needs to find its place is a field.

    The service account's key is in Secrets Manager where there is a prefix, else in the folder.
    """

    names: list[str]
    workbook_path: str
    locale: str
    spreadsheet: str
    sheets_url: str
    report_template_id: str
    report_url: str
    secrets_folder: str
    secrets_prefix: str | None = None

    def check(self) -> None:
        """Raise InputError that names what a destination lacks; to be called before a run. Asks no destination."""
        if "sheets" in self.names:
            self._open_spreadsheet()

    def publish(self, lake: "Lake") -> dict[str, Any]:
        """Publish to every destination; metadata says where it is. Raises what a destination raises."""
        metadata: dict[str, Any] = {}
        if "workbook" in self.names:
            metadata["workbook"] = dg.MetadataValue.path(self.workbook_path)
        if "sheets" in self.names:
            metadata |= self._publish_sheets(lake)
        return metadata

    def _publish_sheets(self, lake: "Lake") -> dict[str, Any]:
        from nubank_assets.export.report_link import report_link
        from nubank_assets.export.sheets.publishing import publish

        done = publish(lake, self._open_spreadsheet(), self.locale)
        report = report_link(self.report_url, self.report_template_id, self.spreadsheet, done.ids, self.locale)
        return {
            "sheets": dg.MetadataValue.url(done.address),
            "report": dg.MetadataValue.url(report),
            "worksheets": len(done.ids),
            "rows": done.rows,
            "written": dg.MetadataValue.json(list(done.written)),
            "reads": done.reads,
            "writes": done.writes,
            "warnings": dg.MetadataValue.json(list(done.warnings)),
        }

    def _open_spreadsheet(self) -> "Spreadsheet":
        from nubank_assets.credentials import open_secrets
        from nubank_assets.google.spreadsheet import open_spreadsheet

        return open_spreadsheet(
            self.spreadsheet, self.sheets_url, open_secrets(self.secrets_folder, self.secrets_prefix)
        )


class NotificationsResource(dg.ConfigurableResource):  # type: ignore[type-arg]
    """Whom to tell of runs, and how."""

    settings: dict[str, Any]

    def load(self) -> "Settings":
        """The settings."""
        from nubank_assets.settings import load_settings

        return load_settings(**self.settings)

    def tell(self, event: "RunEvent", marks: "Marks") -> list[str]:
        """Tell of the event where it is not marked as told; sentences about what could not be delivered."""
        from nubank_assets.credentials import open_credentials
        from nubank_assets.notifications.channels import notify

        settings = self.load()
        return notify(settings, open_credentials(settings), event, marks)
