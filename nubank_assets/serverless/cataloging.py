"""The Glue catalog follows what an execution made; where a crawler is set, it crawls and is awaited.

The state machine does the waiting: each call here looks once.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from nubank_assets.aws_resources import GlueResource
from nubank_assets.deployments import DEPLOYMENTS
from nubank_assets.domain.catalog import tables_of
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.serverless.telling import name_of
from nubank_assets.settings import Settings

_RUNNING: Final = "running"
_DONE: Final = "done"


def catalog(told: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Update the catalog (`update`), start the crawler (`crawl`), or look how it is (`crawled`).

    Raises PermanentError if the catalog cannot show what is declared, or a crawl failed.
    """
    glue: GlueResource = DEPLOYMENTS[settings.deployment](settings)["glue"]
    if told["action"] == "update":
        return _update(glue, told)
    if told["action"] == "crawl":
        return _crawl(glue)
    return _look(glue, told["crawl"])


def _update(glue: GlueResource, told: Mapping[str, Any]) -> dict[str, Any]:
    """Every table and view, and the months of these layers as made by this execution."""
    glue.publish()
    tables = [table for layer in told["layers"] for table in tables_of(Layer(layer))]
    made = [(table.name, month) for table in tables for month in (told["months"] if table.partitioned else [None])]
    glue.update(made, name_of(str(told["execution"])))
    return {"entries": len(made)}


def _crawl(glue: GlueResource) -> dict[str, Any]:
    before = glue.start_crawl() if glue.crawler else None
    if before is None:
        return {"state": _DONE}
    known = before.started_at.isoformat() if before.started_at else ""
    return {"state": _RUNNING, "started": datetime.now(UTC).isoformat(), "known": known}


def _look(glue: GlueResource, crawl: Mapping[str, str]) -> dict[str, Any]:
    known = datetime.fromisoformat(crawl["known"]) if crawl["known"] else None
    has_ended = glue.crawl_ended(known, datetime.fromisoformat(crawl["started"]), datetime.now(UTC))
    return {**crawl, "state": _DONE if has_ended else _RUNNING}
