"""What Lambda calls: one function each, by this module's name. What they do is in the modules beside this one.

Each loads no more than it needs: of a cold start, importing is most.
"""

from collections.abc import Mapping
from typing import Any

from nubank_assets.serverless.failures import by_kind
from nubank_assets.settings import load_settings

Told = Mapping[str, Any]


def start(event: object, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Start an execution: by hand, by the clock, for a dropped file."""
    from nubank_assets.serverless.starting import start as run

    with by_kind():
        return run(event, load_settings())


def lock(event: Told, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Take the lock for an execution, or give it back."""
    from datetime import UTC, datetime

    from nubank_assets.serverless.locking import acquire, release

    with by_kind():
        root = load_settings().bucket_root
        if event["action"] == "acquire":
            acquire(root, event["execution"], datetime.now(UTC))
        else:
            release(root, event["execution"])
    return {}


def collect(event: Told, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Ask the sources; the months and the engine of an execution."""
    from nubank_assets.serverless.collecting import collect_for

    with by_kind():
        return collect_for(event, load_settings())


def materialize(event: Told, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Make layers of the data; as `export`, with more rights, those that people see."""
    from nubank_assets.serverless.materializing import materialize as run

    with by_kind():
        return run(load_settings(), event["layers"], event.get("months", ()), event["execution"])


export = materialize


def catalog(event: Told, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Let the Glue catalog follow, or look after its crawler."""
    from nubank_assets.serverless.cataloging import catalog as run

    with by_kind():
        return run(event, load_settings())


def cluster(event: Told, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Start a step on EMR, look how it is, or release what it ran on."""
    from nubank_assets.serverless.cluster import run

    with by_kind():
        return run(event, load_settings())


def notify(event: Told, context: object) -> dict[str, Any]:  # noqa: ARG001
    """Tell people of an execution."""
    from nubank_assets.serverless.telling import tell_of_execution

    with by_kind():
        return tell_of_execution(event, load_settings())
