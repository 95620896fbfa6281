"""The engine `emr`: steps run on a cluster of EMR, their reports come back through Dagster Pipes.

What a cluster is told is in ``compute/launch.py``, what AWS is asked in ``aws/emr_*.py``. No engine starts here.
"""

import uuid
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import dagster as dg
from pydantic import PrivateAttr

from nubank_assets.compute.report import StepReport
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message
from nubank_assets.resources import EngineResource
from nubank_assets.transforms.steps import STEPS, Step

if TYPE_CHECKING:
    from nubank_assets.aws.emr_prices import Estimate
    from nubank_assets.aws.emr_steps import Patience, StepEnd
    from nubank_assets.settings import Settings


class RemoteEngineResource(EngineResource):
    """What the engines that are elsewhere have in common. Seconds are between looks, and how long a log is awaited."""

    settings: dict[str, Any]
    first_look_seconds: float = 5
    longest_look_seconds: float = 30
    cancel_seconds: float = 60
    message_seconds: float = 5
    log_seconds: float = 60

    def load(self) -> "Settings":
        """The settings."""
        from nubank_assets.settings import load_settings

        return load_settings(**self.settings)


class EmrPySparkStepLauncher(RemoteEngineResource):
    """Runs steps on a cluster that is up, or on one that the first step of a run makes and the end of it releases."""

    _made: str = PrivateAttr("")

    def run(self, context: dg.AssetExecutionContext, step: Step, months: Sequence[str]) -> StepReport:
        """Run a step on the cluster and report; it is canceled there when it is here.

        Raises PermanentError or RetryableError with the step's own exception, or EMR's reason, and the end of its log.
        """
        from nubank_assets.aws.emr_logs import tail_of_step
        from nubank_assets.compute.launch import RemoteEnd, conclude, read_messages, step_extras
        from nubank_assets.compute.shipping import ship
        from nubank_assets.emr_pipes import MESSAGES, open_exchange

        settings, name = self.load(), f"{step.name}-{context.run.run_id[:8]}-{uuid.uuid4().hex[:8]}"
        code = ship(settings.emr_root)
        cluster = self._cluster(context, settings)
        extras = step_extras(step, months, name, settings)
        place = f"{settings.emr_root}/{MESSAGES}/{name}"
        with open_exchange(context, place, self.message_seconds) as (injector, reader):
            with dg.open_pipes_session(context, injector, reader, extras) as session:
                arguments = dict(session.get_bootstrap_cli_arguments())
                words = _spark_submit(code, settings.emr_python, arguments)
                made, end = self._run(context, cluster, name, words)
            told = read_messages(reader.custom_messages())
        went_well = end.is_completed and isinstance(told, StepReport)
        log = [] if went_well else tail_of_step(cluster, made, self.log_seconds)
        return conclude(step, RemoteEnd(end.is_completed, end.state, end.reason, f"{cluster}/{made}"), told, log)

    def teardown_after_execution(self, context: dg.InitResourceContext) -> None:
        """Release the cluster that the run made."""
        from nubank_assets.aws.emr_clusters import release_cluster

        if not self._made:
            return
        try:
            release_cluster(self._made)
        except (PermanentError, RetryableError) as error:
            minutes = self.load().emr_idle_minutes
            if context.log:
                context.log.warning(message("emr_not_released", cluster=self._made, minutes=minutes, error=error))

    def _run(
        self, context: dg.AssetExecutionContext, cluster: str, name: str, words: Sequence[str]
    ) -> "tuple[str, StepEnd]":
        """Add the step and await its end; whatever ends the waiting before cancels it."""
        from nubank_assets.aws.emr_steps import add_step, await_step

        step = add_step(cluster, name, words)
        try:
            context.log.info(f"{name}: {cluster}/{step}")
            return step, await_step(cluster, step, self._patience())
        except BaseException:
            self._cancel(context, name, cluster, step)
            raise

    def _cancel(self, context: dg.AssetExecutionContext, name: str, cluster: str, step: str) -> None:
        from nubank_assets.aws.emr_steps import cancel_step

        where = f"{cluster}/{step}"
        try:
            cancel_step(cluster, step, self._patience())
            context.log.info(message("emr_canceled", step=name, where=where))
        except (PermanentError, RetryableError) as error:
            context.log.warning(message("emr_not_canceled", step=name, where=where, error=error))

    def _patience(self) -> "Patience":
        from nubank_assets.aws.emr_steps import Patience

        timeout = 60 * self.load().emr_timeout_minutes
        return Patience(self.first_look_seconds, self.longest_look_seconds, timeout, self.cancel_seconds)

    def _cluster(self, context: dg.AssetExecutionContext, settings: "Settings") -> str:
        """The id of the cluster for this run; what it may cost is said before it is made."""
        from nubank_assets.aws.emr_clusters import ClusterPlan, create_cluster, find_cluster

        if settings.emr_cluster:
            found = find_cluster(settings.emr_cluster)
            context.log.info(message("emr_estimate_shared", cluster=found))
            return found
        if not self._made:
            plan = ClusterPlan.of(settings, f"nubank-{context.run.run_id}")
            tell_estimate(context, estimate_of(settings), settings.emr_instance_type)
            self._made = create_cluster(plan)
        return self._made


def tell_estimate(context: dg.AssetExecutionContext, estimate: "Estimate | None", what: str) -> None:
    """Into the log and, as metadata, onto the page of the first table: before anything is launched."""
    if estimate is None:
        context.log.info(message("emr_estimate_none", what=what, region=region()))
        return
    context.log.info(estimate.sentence)
    context.log_event(dg.AssetObservation(min(context.selected_asset_keys), metadata=estimate.metadata()))


def estimate_of(settings: "Settings") -> "Estimate | None":
    """Of a cluster that is made for all steps; None if its price is not known."""
    from nubank_assets.aws.emr_prices import estimate_cluster

    nodes = 1 + settings.emr_core_nodes
    return estimate_cluster(region(), settings.emr_instance_type, nodes, len(STEPS), settings.emr_timeout_minutes)


def region() -> str:
    """AWS's, as its clients know it."""
    from nubank_assets.aws.clients import client

    return str(client("emr").meta.region_name)


def _spark_submit(code: Any, python: str, arguments: dict[str, str]) -> Sequence[str]:
    from nubank_assets.compute.launch import encryption_options, spark_submit

    return spark_submit(code, python, encryption_options(), arguments)
