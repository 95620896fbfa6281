"""The sources are asked, once an execution: what they say goes into the inbox, and which months are to be made."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from nubank_assets.deployments import DEPLOYMENTS
from nubank_assets.domain.failures import InputError
from nubank_assets.domain.months import day_of
from nubank_assets.lake.inbox import Inbox
from nubank_assets.messages import message
from nubank_assets.serverless.asking import ENGINES, Asked
from nubank_assets.settings import Settings
from nubank_assets.settings_emr import REMOTE_ENGINES
from nubank_assets.sources.collection import Collection


def collect(asked: Asked, settings: Settings) -> dict[str, Any]:
    """Ask the sources, and say which months are to be made where.

    What a source brought of other months than those asked for is made too: no later execution would know of it. Why a
    source brought nothing is told at the end, and what is stored is processed. Raises InputError where nothing is
    stored, and for what a destination or a source lacks.
    """
    resources = DEPLOYMENTS[settings.deployment](settings)
    resources["destinations"].check()
    inbox = Inbox(settings.inbox_root)
    collection: Collection = Collection() if asked.offline else resources["sources"].collect(inbox)
    if not inbox.receipts():
        raise collection.failures[0] if collection.failures else InputError(message("inbox_empty"))
    months = {*asked.months_or_scheduled(day_of(datetime.now(UTC))), *collection.new_months}
    return {
        "months": sorted(months),
        "engine": asked.engine or (settings.engine if settings.engine in REMOTE_ENGINES else ENGINES[0]),
        "failures": [str(failure) for failure in collection.failures],
        "warnings": list(collection.warnings),
    }


def collect_for(told: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """The same for the input of an execution."""
    return collect(Asked.of(told["input"], day_of(datetime.now(UTC))), settings)
