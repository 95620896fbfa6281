"""The assets of some layers and months, made by Dagster in this process: the very same as everywhere else.

Its instance lives as long as the call. What others may know of the run is in the lake, the catalog and the answer.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import dagster as dg

from nubank_assets.definitions import build_definitions
from nubank_assets.domain.failures import InputError, PermanentError, RetryableError
from nubank_assets.domain.months import contiguous_blocks
from nubank_assets.domain.vocabulary import Layer
from nubank_assets.jobs import COMMAND_TAG, range_tags
from nubank_assets.local_runs import RunOutcome, run_job
from nubank_assets.messages import message
from nubank_assets.resources import EngineResource
from nubank_assets.serverless.results import keep_results
from nubank_assets.settings import Settings
from nubank_assets.settings_emr import REMOTE_ENGINES

_JOB: Final = "nubank_serverless"
#: Layers that are made month by month; the others are always made whole.
_MONTHLY: Final = frozenset({Layer.RAW, Layer.CLEANED, Layer.CATEGORIZED})
_ROWS: Final = "dagster/partition_row_count"


def materialize(
    settings: Settings,
    layers: Sequence[str],
    months: Sequence[str],
    execution: str,
    engine: EngineResource | None = None,
) -> dict[str, Any]:
    """Make these layers of these months; what came of it, with the sentences of warnings and failed checks.

    Without an engine it is the settings'. Raises what Dagster says of a run that failed: RetryableError if the same
    may pass later, else PermanentError.
    """
    _check(layers)
    with _own_home(settings) as own, dg.DagsterInstance.ephemeral(tempdir=str(own.home)) as instance:
        job = _job(own, layers, {"engine": engine} if engine else {})
        blocks = list(contiguous_blocks(months)) if set(layers) & _MONTHLY else [None]
        outcomes = [_run(instance, job, block, execution) for block in blocks]
        if Layer.EXPORT in layers:
            keep_results(own)
        rows = _rows(instance)
    return {
        "layers": list(layers),
        "months": list(months),
        "rows": rows,
        "warnings": [sentence for outcome in outcomes for sentence in outcome.warnings],
        "failures": [sentence for outcome in outcomes for sentence in outcome.failures],
    }


def _check(layers: Sequence[str]) -> None:
    if unknown := sorted(set(layers) - set(Layer)):
        known = ", ".join(Layer)
        raise InputError(message("serverless_word_wrong", name="layers", value=", ".join(unknown), known=known))


@contextmanager
def _own_home(settings: Settings) -> Iterator[Settings]:
    """The settings of a home that is gone afterwards. A function is no place to wait for a cluster from."""
    engine = "sail" if settings.engine in REMOTE_ENGINES else settings.engine
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=settings.home) as folder:
        yield settings.model_copy(update={"home": Path(folder), "engine": engine})


def _job(settings: Settings, layers: Sequence[str], resources: Mapping[str, Any]) -> dg.JobDefinition:
    """The assets of these layers, with the checks of what they make."""
    job = dg.define_asset_job(_JOB, selection=dg.AssetSelection.groups(*layers))
    definitions = build_definitions(settings, **resources)
    return dg.Definitions.merge(definitions, dg.Definitions(jobs=[job])).resolve_job_def(_JOB)


def _run(
    instance: dg.DagsterInstance, job: dg.JobDefinition, block: tuple[str, str] | None, execution: str
) -> RunOutcome:
    tags = {COMMAND_TAG: "serverless", "nubank/execution": execution, **(range_tags(*block) if block else {})}
    outcome = run_job(instance, job, tags, block or ("", ""))
    if not outcome.succeeded:
        kind = RetryableError if outcome.may_pass_later else PermanentError
        raise kind("\n".join(outcome.failures))
    return outcome


def _rows(instance: dg.DagsterInstance) -> dict[str, int]:
    """How many rows were made of each table."""
    rows: Counter[str] = Counter()
    for run in instance.get_runs():
        for entry in instance.all_logs(run.run_id, of_type=dg.DagsterEventType.ASSET_MATERIALIZATION):
            made = entry.asset_materialization
            if made and _ROWS in made.metadata:
                rows[made.asset_key.path[-1]] += int(str(made.metadata[_ROWS].value))
    return dict(rows)
