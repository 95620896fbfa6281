"""What a month costs: the page is as computed, under a dollar, and about what is really deployed."""

import json
import re
from decimal import Decimal
from typing import Any

import pytest

from nubank_assets.aws import costs
from nubank_assets_tests.starting import ROOT

DEPLOY = ROOT / "deploy" / "aws"


def _quantity(price: str) -> Decimal:
    (item,) = (item for item in costs.USUAL if item.price == price)
    return item.quantity


def _states_on_lambda() -> list[dict[str, Any]]:
    """The states of an execution that goes well, without cluster and crawler, in their order."""
    machine = json.loads((DEPLOY / "state_machine.asl.json").read_text(encoding="utf-8"))
    chosen = {"WhereToCompute": "Clean"}
    names = [machine["StartAt"]]
    while following := _next(names[-1], machine["States"], chosen):
        names.append(following)
    return [machine["States"][name] for name in names]


def _next(name: str, states: dict[str, Any], chosen: dict[str, str]) -> str | None:
    found: str | None = chosen.get(name) or states[name].get("Next") or states[name].get("Default")
    return found


def test_the_page_of_costs_is_what_is_computed() -> None:
    """Renew its tables from `python -m nubank_assets.aws.costs`."""
    page = (ROOT / "docs/costs.md").read_text(encoding="utf-8")
    for table in costs.describe_costs().strip().split("\n\n"):
        assert table in page


@pytest.mark.parametrize("region", costs.REGIONS)
def test_a_month_costs_less_than_a_dollar_even_without_what_is_free(region: str) -> None:
    listed, paid = (costs.total(costs.USUAL, region, with_free=free) for free in (False, True))
    assert Decimal("0.1") < paid < listed < 1


def test_what_is_free_is_taken_off_and_never_paid_back() -> None:
    price = costs.prices()["step_transition"]
    item = costs.Item("Step Functions", "step_transition", Decimal(5000), "")
    assert item.dollars("sa-east-1", with_free=True) == 1000 * Decimal(price["sa-east-1"])
    few = costs.Item("Step Functions", "step_transition", Decimal(10), "")
    assert few.dollars("sa-east-1", with_free=True) == 0
    assert few.dollars("sa-east-1", with_free=False) == 10 * Decimal(price["sa-east-1"])


def test_transitions_and_invocations_are_those_of_the_state_machine() -> None:
    states = _states_on_lambda()
    assert states[-1]["Type"] == "Succeed"
    assert len(states) == costs.TRANSITIONS
    # And the function that starts the execution.
    assert len([state for state in states if state["Type"] == "Task"]) + 1 == costs.INVOCATIONS


def test_what_costs_although_nothing_runs_is_what_the_templates_make() -> None:
    made = "\n".join(path.read_text(encoding="utf-8") for path in sorted(DEPLOY.glob("*.yaml")))
    counted = {
        kind: len(re.findall(rf"Type: AWS::{kind}\n", made)) for kind in set(re.findall(r"AWS::(\w+::\w+)", made))
    }
    assert counted["CloudWatch::Alarm"] == _quantity("alarm")
    assert counted["SecretsManager::Secret"] == _quantity("secret")
    assert counted["Scheduler::Schedule"] == 2
    # Each of these would cost more than everything else together.
    dear = {"KMS::Key", "EC2::NatGateway", "EC2::VPC", "EC2::VPCEndpoint", "CloudWatch::Dashboard", "RDS::DBInstance"}
    assert not dear & counted.keys()
    assert '"countNumber": 2}' in (DEPLOY / "image.yaml").read_text(encoding="utf-8")


def test_every_price_is_used_and_has_source_date_and_both_regions() -> None:
    prices = costs.prices()
    assert {item.price for item in (*costs.USUAL, *costs.OPTIONS)} == prices.keys()
    for name, price in prices.items():
        assert price["source"].startswith("https://aws.amazon.com/"), name
        assert re.fullmatch(r"20\d\d-\d\d", price["as_of"]), name
        assert price["known_from"], name
        assert all(Decimal(price[region]) >= 0 for region in costs.REGIONS), name
