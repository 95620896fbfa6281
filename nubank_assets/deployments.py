"""Deployments: each is one function from settings to the resources of all assets.

A setting that a chosen part needs and lacks is an error that names it, never a fallback.
"""

from collections.abc import Callable
from typing import Any, Final

from nubank_assets.athena_resource import AthenaResource
from nubank_assets.aws_resources import GlueResource
from nubank_assets.credentials import secrets_prefix
from nubank_assets.domain.failures import InputError
from nubank_assets.emr_resource import EmrPySparkStepLauncher
from nubank_assets.emr_serverless_resource import EmrServerlessEngine
from nubank_assets.lake.io_manager import ParquetLakeIOManager
from nubank_assets.messages import message
from nubank_assets.resources import (
    DestinationsResource,
    EmbeddedEngineResource,
    EngineResource,
    FilesResource,
    InboxResource,
    LakeResource,
    NotificationsResource,
    SourcesResource,
)
from nubank_assets.settings import Deployment, Settings


def local(settings: Settings) -> dict[str, Any]:
    """One machine: everything under the home, an embedded engine, no cloud."""
    return _of_every_deployment(settings)


def aws(settings: Settings) -> dict[str, Any]:
    """Inbox and lake in S3; Dagster's home, workbook and lock stay in the home. Asks no network.

    Raises InputError without a bucket.
    """
    return {
        **_of_every_deployment(settings),
        "glue": GlueResource(
            database=settings.glue_database,
            bucket_root=settings.bucket_root,
            crawler=settings.glue_crawler,
            crawler_role=settings.glue_crawler_role,
        ),
        "athena": AthenaResource.of(settings),
    }


def _of_every_deployment(settings: Settings) -> dict[str, Any]:
    """What each has; where inbox and lake lie is the settings' to say."""
    return {
        "io_manager": ParquetLakeIOManager(lake_root=settings.lake_root),
        "inbox": InboxResource(root=settings.inbox_root),
        "sources": SourcesResource(
            names=list(settings.asked_sources),
            pynubank_url=settings.pynubank_url,
            pluggy_url=settings.pluggy_url,
            pluggy_items=list(settings.pluggy_items),
            spreadsheet=settings.spreadsheet,
            sheets_url=settings.sheets_url,
            inbox_root=settings.inbox_root,
            lake_root=settings.lake_root,
            secrets_folder=str(settings.secrets_folder),
            secrets_prefix=secrets_prefix(settings),
        ),
        "lake": LakeResource(root=settings.lake_root),
        "engine": _engine(settings),
        "files": FilesResource(
            workbook_path=str(settings.workbook_path),
            dashboard_path=str(settings.dashboard_path),
            locale=settings.locale,
        ),
        "destinations": DestinationsResource(
            names=list(settings.destinations),
            workbook_path=str(settings.workbook_path),
            locale=settings.locale,
            spreadsheet=settings.spreadsheet,
            sheets_url=settings.sheets_url,
            report_template_id=settings.report_template_id,
            report_url=settings.report_url,
            secrets_folder=str(settings.secrets_folder),
            secrets_prefix=secrets_prefix(settings),
        ),
        "notifications": NotificationsResource(settings=settings.model_dump(mode="json")),
    }


def _engine(settings: Settings) -> EngineResource:
    """What runs steps. Raises InputError for a cluster without data that it can reach, or without what it needs."""
    if settings.engine == "sail" or settings.engine == "spark":  # noqa: PLR1714 (so that types are known)
        holders = list(settings.holder_names)
        return EmbeddedEngineResource(engine=settings.engine, lake_root=settings.lake_root, holder_names=holders)
    if settings.deployment != "aws":
        raise InputError(message("emr_needs_aws", engine=settings.engine))
    engine = EmrPySparkStepLauncher if settings.engine == "emr" else EmrServerlessEngine
    return engine(settings=settings.model_dump(mode="json"))


DEPLOYMENTS: Final[dict[Deployment, Callable[[Settings], dict[str, Any]]]] = {"local": local, "aws": aws}
