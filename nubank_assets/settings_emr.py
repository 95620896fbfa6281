"""The settings of the engines `emr` and `emr-serverless`; ``settings.py`` makes them a part of all settings."""

from typing import Final

from pydantic import Field
from pydantic_settings import BaseSettings

#: The engines that run nothing on this machine.
REMOTE_ENGINES: Final = frozenset({"emr", "emr-serverless"})


class EmrSettings(BaseSettings):
    """Where steps run on EMR, on how much, and how long they may take."""

    emr_cluster: str = ""
    """Id or name of a cluster that is up; empty: each run makes one and ends it."""
    emr_release: str = "emr-spark-8.2.0"
    emr_instance_type: str = "m5.xlarge"
    emr_core_nodes: int = Field(1, ge=0, le=20)
    """Nodes beside the primary one, of the same type."""
    emr_service_role: str = ""
    emr_instance_profile: str = ""
    """The role of the nodes, as an instance profile; needed, like the service's, only to make a cluster."""
    emr_subnet: str = ""
    """Empty: the default VPC's."""
    emr_log_uri: str = ""
    """Where a cluster that is made puts its logs; empty: in the bucket."""
    emr_python: str = "python3.11"
    """Which Python of the cluster runs steps."""
    emr_timeout_minutes: int = Field(120, ge=1, le=1440)
    """So long may a step take, waiting for its cluster included."""
    emr_idle_minutes: int = Field(15, ge=1, le=1440)
    """So long after the last step EMR ends a cluster that nobody could release."""
    emr_serverless_application: str = ""
    """Id of the application of the engine `emr-serverless`."""
    emr_serverless_role: str = ""
    """ARN of the role by which its steps reach the bucket."""
    emr_serverless_executors: int = Field(2, ge=1, le=50)
    """Workers beside the driver, at most; each has 4 vCPUs and 16 GB."""

    def emr_environment(self) -> dict[str, str]:
        """These settings as environment variables."""
        return {f"NUBANK_{name.upper()}": str(getattr(self, name)) for name in EmrSettings.model_fields}
