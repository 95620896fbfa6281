"""What `nubank doctor` says of EMR: is the cluster or application there, which setting or permission lacks.

Nothing is started: what that costs is for a run.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from nubank_assets.aws.clients import client
from nubank_assets.aws.emr_calls import emr_failures
from nubank_assets.aws.emr_clusters import TAG, ClusterPlan, describe_cluster, find_cluster
from nubank_assets.aws.emr_serverless import SERVICE, check_application
from nubank_assets.domain.failures import PermanentError, RetryableError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: A sentence about one thing, and whether it is all right (None: worth knowing).
Diagnosis = tuple[bool | None, str]
#: The release whose Spark the tests run.
_TRIED: Final = "emr-spark-8.2"
_USABLE: Final = frozenset({"CREATED", "STARTING", "STARTED", "STOPPING", "STOPPED"})


def look_at_emr(settings: "Settings") -> Iterator[Diagnosis]:
    """A sentence about each thing, for the engine that is chosen."""
    look = _look_at_application if settings.engine == SERVICE else _look_at_cluster
    try:
        yield from look(settings)
    except (PermanentError, RetryableError) as error:
        yield False, str(error)


def _look_at_cluster(settings: "Settings") -> Iterator[Diagnosis]:
    if not settings.emr_cluster:
        plan = ClusterPlan.of(settings, "nubank")
        values = {"nodes": 1 + plan.cores, "instance_type": plan.instance_type, "release": plan.release}
        yield True, message("emr_cluster_made", **values)
        yield from _look_at_release(plan.release)
        return
    found = describe_cluster(find_cluster(settings.emr_cluster))
    release, tags = str(found.get("ReleaseLabel")), {tag["Key"]: tag.get("Value") for tag in found.get("Tags", [])}
    yield True, message("emr_cluster_up", cluster=found["Id"], state=found["Status"]["State"], release=release)
    if tags.get(TAG) != "true":
        yield None, message("emr_cluster_untagged", cluster=found["Id"], tag=TAG)
    yield from _look_at_release(release)


def _look_at_application(settings: "Settings") -> Iterator[Diagnosis]:
    check_application(settings)
    name = settings.emr_serverless_application
    with emr_failures(f"{SERVICE}:GetApplication", name):
        found = client(SERVICE).get_application(applicationId=name)["application"]
    values = {"application": name, "state": found["state"], "release": found["releaseLabel"]}
    yield found["state"] in _USABLE, message("emr_application_up", **values)
    yield from _look_at_release(found["releaseLabel"])


def _look_at_release(release: str) -> Iterator[Diagnosis]:
    if not release.startswith(_TRIED):
        yield None, message("emr_release_untried", release=release)
