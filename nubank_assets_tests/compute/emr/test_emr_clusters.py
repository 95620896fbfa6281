"""The cluster that is meant is found, or one is made once, released, and its price told."""

from decimal import Decimal

import pytest

from nubank_assets.aws.emr_clusters import ClusterPlan, create_cluster, find_cluster, release_cluster
from nubank_assets.aws.emr_prices import Estimate, estimate_cluster, estimate_serverless
from nubank_assets.aws.looking_emr import look_at_emr
from nubank_assets.domain.failures import InputError, PermanentError
from nubank_assets.settings import Settings, load_settings
from nubank_assets_tests.fakes.emr.clusters import Cluster
from nubank_assets_tests.fakes.emr.server import FakeEmr
from nubank_assets_tests.fakes.troubled_aws import DENIED, TroubledAws


def settings_of(**changes: str) -> Settings:
    roles = {"emr_service_role": "nubank-emr", "emr_instance_profile": "nubank-emr-nodes"}
    return load_settings(deployment="aws", bucket="some-bucket", engine="emr", **{**roles, **changes})


def test_a_cluster_is_found_by_name_on_any_page_and_by_id(emr: FakeEmr, cluster: Cluster) -> None:
    for number in range(4):
        emr.new_cluster(Name=f"other-{number}")
    wanted = emr.new_cluster(Name="last")
    assert find_cluster("last") == wanted.id
    assert find_cluster(cluster.id) == cluster.id


def test_a_name_that_is_of_two_or_of_none_is_refused(emr: FakeEmr, cluster: Cluster) -> None:
    other = emr.new_cluster(Name="nubank")
    with pytest.raises(PermanentError, match=f"{cluster.id}, {other.id}"):
        find_cluster("nubank")
    with pytest.raises(PermanentError, match="NUBANK_EMR_CLUSTER"):
        find_cluster("nobody")


def test_a_cluster_that_has_ended_is_refused_with_its_reason(cluster: Cluster) -> None:
    cluster.end("TERMINATED_WITH_ERRORS", "BOOTSTRAP_FAILURE", "it did not start")
    with pytest.raises(PermanentError, match="BOOTSTRAP_FAILURE: it did not start"):
        find_cluster(cluster.id)


def test_a_cluster_is_made_as_the_settings_say_and_ends_by_itself(emr: FakeEmr) -> None:
    plan = ClusterPlan.of(settings_of(emr_subnet="subnet-1", emr_core_nodes="2", kms_key="key-1"), "nubank-1")
    made = emr.clusters[create_cluster(plan)].request
    groups = {group["InstanceRole"]: group["InstanceCount"] for group in made["Instances"]["InstanceGroups"]}
    assert groups == {"MASTER": 1, "CORE": 2}
    assert made["Instances"]["Ec2SubnetId"] == "subnet-1"
    assert made["AutoTerminationPolicy"] == {"IdleTimeout": 900}
    assert made["Tags"] == [{"Key": "nubank_assets", "Value": "true"}]
    assert (made["ServiceRole"], made["JobFlowRole"]) == ("nubank-emr", "nubank-emr-nodes")
    assert made["LogUri"] == "s3://some-bucket/nubank/emr/logs/"
    assert made["LogEncryptionKmsKeyId"] == "key-1"


def test_a_cluster_whose_answer_was_lost_is_not_made_again(emr: FakeEmr, troubled: TroubledAws) -> None:
    troubled.faults = ["lost"]
    made = create_cluster(ClusterPlan.of(settings_of(), "nubank-1"))
    assert list(emr.clusters) == [made]
    release_cluster(made)
    assert emr.clusters[made].state == "TERMINATED"


def test_a_cluster_without_its_roles_is_refused_before_anything_is_asked(emr: FakeEmr) -> None:
    with pytest.raises(InputError, match="NUBANK_EMR_INSTANCE_PROFILE"):
        ClusterPlan.of(settings_of(emr_instance_profile=""), "nubank-1")
    assert not emr.calls


def test_what_it_costs_is_told_of_known_prices_alone() -> None:
    told = estimate_cluster("us-east-1", "m5.xlarge", nodes=2, steps=3, timeout_minutes=120)
    # 2 × 0.240 an hour; 8 + 3 × 3 minutes; 8 + 3 × 120 minutes; each rounded up.
    assert told == Estimate(Decimal("0.48"), Decimal("0.14"), Decimal("2.95"))
    assert "US$ 0.48" in told.sentence
    assert told.metadata()["estimated_usd_most"] == "2.95"
    assert estimate_cluster("us-east-1", "x9.huge", 2, 3, 120) is None
    assert estimate_cluster("nowhere-1", "m5.xlarge", 2, 3, 120) is None
    assert estimate_serverless("us-east-1", vcpus=12, gigabytes=48, timeout_minutes=60) == Estimate(
        Decimal("0.91"), Decimal("0.05"), Decimal("0.91")
    )


def test_doctor_says_which_cluster_there_is(emr: FakeEmr, cluster: Cluster) -> None:
    ((is_right, sentence),) = look_at_emr(settings_of(emr_cluster="nubank"))
    assert is_right
    assert f"{cluster.id}: WAITING, emr-spark-8.2.0" in sentence


def test_doctor_says_what_is_odd_of_a_cluster(emr: FakeEmr) -> None:
    old = emr.new_cluster(Name="old", ReleaseLabel="emr-7.13.0")
    told = list(look_at_emr(settings_of(emr_cluster="old")))
    assert [is_right for is_right, _ in told] == [True, None, None]
    assert "nubank_assets=true" in told[1][1]
    assert "emr-7.13.0" in told[2][1]
    assert old.id in told[0][1]


def test_doctor_names_what_is_missing(emr: FakeEmr, troubled: TroubledAws) -> None:
    ((is_right, sentence),) = look_at_emr(settings_of(emr_service_role=""))
    assert (is_right, "NUBANK_EMR_SERVICE_ROLE" in sentence) == (False, True)
    troubled.faults = [DENIED]
    ((is_right, sentence),) = look_at_emr(settings_of(emr_cluster="nubank"))
    assert (is_right, "elasticmapreduce:ListClusters" in sentence) == (False, True)


def test_doctor_says_that_a_run_makes_its_cluster(emr: FakeEmr) -> None:
    ((is_right, sentence),) = look_at_emr(settings_of())
    assert is_right
    assert "2 × m5.xlarge, emr-spark-8.2.0" in sentence
    assert not emr.calls
