"""How the Glue crawler is configured, so that it cannot change what is declared.

It crawls the tables of the catalog, not the bucket: types, comments and tables stay ours (update LOG, delete LOG),
and a new partition inherits from its table. Starting and awaiting it is in ``crawler.py``.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

from nubank_assets.aws.clients import AwsMissingError
from nubank_assets.aws.glue_calls import call, call_unless
from nubank_assets.aws.glue_inputs import covers
from nubank_assets.domain.catalog import TABLES
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.tables import Table
from nubank_assets.messages import message

_CONFIGURATION: Final = {"Version": 1.0, "CrawlerOutput": {"Partitions": {"AddOrUpdateBehavior": "InheritFromTable"}}}


def crawler_input(name: str, database: str, tables: Mapping[str, Table] = TABLES) -> dict[str, Any]:
    """The crawler as it must be: only partitioned tables have anything that a crawl could add."""
    partitioned = sorted(table.name for table in tables.values() if table.partitioned)
    return {
        "Name": name,
        "Description": "Adds partitions that others wrote; types and comments are those of nubank_assets",
        "Targets": {"CatalogTargets": [{"DatabaseName": database, "Tables": partitioned}]},
        "SchemaChangePolicy": {"UpdateBehavior": "LOG", "DeleteBehavior": "LOG"},
        # Crawling new folders alone is for targets in S3, not in the catalog.
        "RecrawlPolicy": {"RecrawlBehavior": "CRAWL_EVERYTHING"},
        "Configuration": json.dumps(_CONFIGURATION, sort_keys=True),
    }


def ensure_crawler(name: str, role: str, database: str, tables: Mapping[str, Table] = TABLES) -> None:
    """Make the crawler, or let it be configured as it must be; raises InputError when a role is needed and lacks."""
    wanted = crawler_input(name, database, tables)
    found = read_crawler(name)
    if found is None:
        if not role:
            raise InputError(message("glue_crawler_role_missing", crawler=name))
        call_unless("AlreadyExistsException", "CreateCrawler", name, **wanted, Role=role)
    elif not is_configured(found, wanted):
        call_unless("CrawlerRunningException", "UpdateCrawler", name, **wanted)


def is_configured(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether a crawler is as it must be; its configuration is compared as what it says, not as text."""
    says = json.loads(found.get("Configuration") or "{}")
    order = [{**target, "Tables": sorted(target["Tables"])} for target in found["Targets"].get("CatalogTargets") or []]
    others = [kind for kind, targets in found["Targets"].items() if targets and kind != "CatalogTargets"]
    return (
        not others
        and says == json.loads(wanted["Configuration"])
        and covers({**found, "Targets": {"CatalogTargets": order}, "Configuration": wanted["Configuration"]}, wanted)
    )


def read_crawler(name: str) -> dict[str, Any] | None:
    """Glue's description of the crawler, or None."""
    try:
        found: dict[str, Any] = call("GetCrawler", name, Name=name)["Crawler"]
    except AwsMissingError:
        return None
    return found
