"""The state machine as written: lint, an end to every wait, and every failure gives the lock back and is told."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonata
import pytest

from nubank_assets.serverless import handlers
from nubank_assets_tests.fakes.lambdas import DEFINITION, FUNCTIONS, definition

ARNS = {name: f"arn:aws:lambda:sa-east-1:123456789012:function:nubank-{name}" for name in FUNCTIONS}
MACHINE: dict[str, Any] = json.loads(DEFINITION.read_text())
STATES: dict[str, dict[str, Any]] = MACHINE["States"]
TASKS = {name: state for name, state in STATES.items() if state["Type"] == "Task"}
#: What may pass by trying again; `LockedError` is another execution's, and only of the lock.
PASSING = {
    "RetryableError",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
}
#: Tasks after which nothing can be given back or told any more.
LAST = {"TellSucceeded", "TellIncomplete", "TellFailed"}
#: Those after a failure go on to the next of them.
CLEANING = {"ReleaseAfterFailure", "UnlockAfterFailure", "Unlock"}


def test_it_is_as_the_language_wants_it(tmp_path: Path) -> None:
    file = tmp_path / "machine.json"
    file.write_text(definition(ARNS))
    linted = subprocess.run(
        [str(Path(sys.executable).parent / "statelint"), str(file)], capture_output=True, text=True, check=False
    )
    assert (linted.returncode, linted.stdout) == (0, "")
    for expression in expressions(MACHINE):
        jsonata.Jsonata.jsonata(expression)
    assert len(list(expressions(MACHINE))) > 50


def test_it_calls_functions_that_exist_and_nothing_else() -> None:
    assert {state["Resource"] for state in TASKS.values()} == {"arn:aws:states:::lambda:invoke"}
    called = {re.fullmatch(r"\$\{(\w+)Function\}", state["Arguments"]["FunctionName"])[1] for state in TASKS.values()}  # type: ignore[index]
    assert {name.lower() for name in called} == FUNCTIONS.keys() - {"start"}
    assert all(callable(getattr(handlers, name)) for name in FUNCTIONS)


def test_every_wait_has_an_end() -> None:
    assert 0 < MACHINE["TimeoutSeconds"] <= 7 * 3600
    assert all(0 < state["TimeoutSeconds"] <= 930 for state in TASKS.values())
    for state in TASKS.values():
        for retry in state["Retry"]:
            assert retry["MaxAttempts"] <= 24
            assert retry["MaxDelaySeconds"] <= 300
            assert retry["BackoffRate"] > 1


@pytest.mark.parametrize("name", TASKS)
def test_only_what_may_pass_is_tried_again(name: str) -> None:
    tried = {error for retry in TASKS[name]["Retry"] for error in retry["ErrorEquals"]}
    assert tried == PASSING | ({"LockedError"} if name == "Lock" else set())


@pytest.mark.parametrize("name", TASKS)
def test_every_failure_leads_to_the_lock_given_back_and_people_told(name: str) -> None:
    caught = TASKS[name]["Catch"][-1]
    assert caught["ErrorEquals"] == ["States.ALL"]
    if name in LAST:
        assert caught["Next"] == "Untold"
        return
    way = set(reachable(caught["Next"]))
    assert way & LAST
    if name not in CLEANING:
        assert caught["Next"] == "WhatIsLeft"
        assert caught["Assign"].keys() == {"error", "state"}
        assert {"ReleaseAfterFailure", "UnlockAfterFailure", "TellFailed"} <= way


def test_no_state_is_out_of_reach_and_each_end_follows_one_notice() -> None:
    assert set(reachable(MACHINE["StartAt"])) == STATES.keys()
    before = {end: {name for name in STATES if end in following(name)} for end in ("Done", "Failed", "Incomplete")}
    assert before == {
        "Done": {"TellSucceeded", "WhatEnded"},
        "Failed": {"WhatEnded"},
        "Incomplete": {"TellIncomplete"},
    }


def expressions(value: Any) -> Iterator[str]:
    """Every JSONata expression in it."""
    if isinstance(value, str) and (found := re.fullmatch(r"\{%(.*)%\}", value)):
        yield found[1].strip()
    elif isinstance(value, dict | list):
        for child in value.values() if isinstance(value, dict) else value:
            yield from expressions(child)


def following(name: str) -> set[str]:
    """The states that may come next."""
    state = STATES[name]
    rules = [*state.get("Choices", []), *state.get("Catch", []), state]
    return {rule[key] for rule in rules for key in ("Next", "Default") if key in rule}


def reachable(name: str) -> set[str]:
    """The states that may come at any time from this one on."""
    found, new = set(), {name}
    while new:
        found |= new
        new = {other for known in new for other in following(known)} - found
    return found
