"""Clusters of EMR: the one a person has, or one that is made for a run and released after it.

What runs on them is for ``emr_steps.py``, what they cost for ``emr_prices.py``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

from nubank_assets.aws.emr_calls import call, call_once, pages
from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.messages import message

if TYPE_CHECKING:
    from nubank_assets.settings import Settings

#: Every cluster that the platform may touch has it; the IAM policy of docs/emr.md goes by it.
TAG: Final = "nubank_assets"
_ID: Final = re.compile(r"j-[A-Z0-9]+")
_ALIVE: Final = ("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING")
_GONE: Final = frozenset({"TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"})


@dataclass(frozen=True)
class ClusterPlan:
    """What a cluster of a run is made of. `cores` are nodes beside the primary one, all of one type.

    `idle_minutes` is when EMR ends it by itself if nobody releases it.
    """

    name: str
    release: str
    instance_type: str
    cores: int
    log_uri: str
    service_role: str
    instance_profile: str
    subnet: str = ""
    kms_key: str = ""
    idle_minutes: int = 15

    @classmethod
    def of(cls, settings: "Settings", name: str) -> Self:
        """By the settings; raises InputError that names what is missing."""
        for field in ("emr_service_role", "emr_instance_profile"):
            if not getattr(settings, field):
                needed_by = "NUBANK_ENGINE=emr (NUBANK_EMR_CLUSTER=)"
                raise InputError(message("setting_missing", name=f"NUBANK_{field.upper()}", needed_by=needed_by))
        return cls(
            name=name,
            release=settings.emr_release,
            instance_type=settings.emr_instance_type,
            cores=settings.emr_core_nodes,
            log_uri=settings.emr_log_uri or f"{settings.emr_root}/logs/",
            service_role=settings.emr_service_role,
            instance_profile=settings.emr_instance_profile,
            subnet=settings.emr_subnet,
            kms_key=settings.kms_key,
            idle_minutes=settings.emr_idle_minutes,
        )

    def request(self) -> dict[str, Any]:
        """As `RunJobFlow` takes it."""
        nodes = [("Primary", "MASTER", 1), *([("Core", "CORE", self.cores)] if self.cores else [])]
        groups = [
            {"Name": name, "InstanceRole": role, "InstanceType": self.instance_type, "InstanceCount": count}
            for name, role, count in nodes
        ]
        instances = {"InstanceGroups": groups, "KeepJobFlowAliveWhenNoSteps": True, "TerminationProtected": False}
        return {
            "Name": self.name,
            "LogUri": self.log_uri,
            "ReleaseLabel": self.release,
            "Applications": [{"Name": "Spark"}],
            "Instances": {**instances, **({"Ec2SubnetId": self.subnet} if self.subnet else {})},
            "ServiceRole": self.service_role,
            "JobFlowRole": self.instance_profile,
            "VisibleToAllUsers": True,
            "Tags": [{"Key": TAG, "Value": "true"}],
            "AutoTerminationPolicy": {"IdleTimeout": 60 * self.idle_minutes},
            **({"LogEncryptionKmsKeyId": self.kms_key} if self.kms_key else {}),
        }


def find_cluster(id_or_name: str) -> str:
    """The id of a cluster that can take steps.

    Raises PermanentError if there is none of the name, more than one, or it has ended.
    """
    found = clusters_of(id_or_name)
    if not found:
        raise PermanentError(message("emr_cluster_missing", cluster=id_or_name))
    if len(found) > 1:
        raise PermanentError(message("emr_cluster_ambiguous", cluster=id_or_name, ids=", ".join(found)))
    status = describe_cluster(found[0])["Status"]
    if status["State"] in _GONE:
        raise PermanentError(message("emr_cluster_gone", cluster=id_or_name, reason=reason_of(status)))
    return found[0]


def clusters_of(id_or_name: str) -> list[str]:
    """The ids of the clusters that are up and have this name; an id is itself."""
    return [id_or_name] if _ID.fullmatch(id_or_name) else _ids_of(id_or_name)


def take_cluster(plan: ClusterPlan) -> str:
    """The id of the cluster of the plan's name, which is made if there is none."""
    return next(iter(_ids_of(plan.name)), "") or create_cluster(plan)


def create_cluster(plan: ClusterPlan) -> str:
    """The id of a new cluster; one that an earlier try made although its answer was lost is taken instead.

    Its name must be of this run alone.
    """
    answer = call_once("RunJobFlow", plan.name, lambda: next(iter(_ids_of(plan.name)), ""), **plan.request())
    return answer if isinstance(answer, str) else str(answer["JobFlowId"])


def release_cluster(cluster: str) -> None:
    """Let EMR end a cluster and what runs on it."""
    call("TerminateJobFlows", cluster, JobFlowIds=[cluster])


def describe_cluster(cluster: str) -> dict[str, Any]:
    """EMR's words about a cluster."""
    described: dict[str, Any] = call("DescribeCluster", cluster, ClusterId=cluster)["Cluster"]
    return described


def reason_of(status: Mapping[str, Any]) -> str:
    """Why a cluster is in its state, as EMR says it."""
    reason = status.get("StateChangeReason", {})
    told = ": ".join(filter(None, (reason.get("Code"), reason.get("Message"))))
    return f"{status['State']} ({told})" if told else str(status["State"])


def _ids_of(name: str) -> list[str]:
    clusters = pages("ListClusters", name, "Clusters", ClusterStates=list(_ALIVE))
    return [cluster["Id"] for cluster in clusters if cluster["Name"] == name]
