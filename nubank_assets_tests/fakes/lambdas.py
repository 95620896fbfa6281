"""The serverless deployment on the AWS of this machine: real functions, the real state machine, by API calls.

The functions run by AWS's own runtime client, as in their image: ministack's Python worker forgets of which class an
error was, and Step Functions goes by that name. The templates that make the same in an account have tests of their own.
"""

import io
import json
import re
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from nubank_assets.aws.clients import client
from nubank_assets.settings import Settings
from nubank_assets_tests.fakes.ministack import ACCOUNT, COMMAND, REGION

ROOT: Final = Path(__file__).parents[2]
AWS_CLI: Final = COMMAND.with_name("aws")
DEFINITION: Final = ROOT / "deploy" / "aws" / "state_machine.asl.json"
#: Seconds that each may take; those of the state machine are a little longer.
FUNCTIONS: Final = {
    "start": 60,
    "lock": 30,
    "collect": 120,
    "materialize": 120,
    "export": 120,
    "catalog": 120,
    "cluster": 120,
    "notify": 60,
}
_BOOTSTRAP: Final = '#!/bin/sh\nexec "$NUBANK_PYTHON" -m awslambdaric "$_HANDLER"\n'
_ROLE: Final = f"arn:aws:iam::{ACCOUNT}:role/nubank"
_ENDED: Final = ("SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED")
_SECONDS: Final = 120


def package() -> bytes:
    """What is uploaded: a bootstrap alone, because the modules are this checkout's."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        file = zipfile.ZipInfo("bootstrap")
        file.external_attr = 0o755 << 16
        archive.writestr(file, _BOOTSTRAP)
    return data.getvalue()


def definition(arns: Mapping[str, str]) -> str:
    """The state machine with the functions' ARNs in it, as CloudFormation substitutes them."""
    return re.sub(r"\$\{(\w+)Function\}", lambda found: arns[found[1].lower()], DEFINITION.read_text())


@dataclass
class Serverless:
    """One deployment: its settings, its functions and its state machine."""

    settings: Settings
    name: str = field(default_factory=lambda: f"nubank-{uuid.uuid4().hex[:8]}")

    def deploy(self) -> None:
        """Make it all."""
        arns = {name: self._make_function(name, seconds) for name, seconds in FUNCTIONS.items()}
        client("stepfunctions").create_state_machine(
            name=self.name, definition=definition(arns), roleArn=_ROLE, type="STANDARD"
        )
        self._tell_of_drops(arns["start"])

    @property
    def machine(self) -> str:
        return f"arn:aws:states:{REGION}:{ACCOUNT}:stateMachine:{self.name}"

    def variables(self) -> dict[str, str]:
        """Of every function."""
        settings = self.settings.model_copy(update={"state_machine": self.machine})
        place = {"NUBANK_PYTHON": sys.executable, "PYTHONPATH": str(ROOT)}
        return {**settings.environment(), **place, "AWS_ENDPOINT_URL": self.endpoint}

    @property
    def endpoint(self) -> str:
        """The address of the AWS that it is on."""
        return str(client("stepfunctions").meta.endpoint_url)

    def _make_function(self, name: str, seconds: int) -> str:
        made = client("lambda").create_function(
            FunctionName=f"{self.name}-{name}",
            Runtime="provided.al2023",
            Handler=f"nubank_assets.serverless.handlers.{name}",
            Role=_ROLE,
            Code={"ZipFile": package()},
            Timeout=seconds,
            MemorySize=3008,
            Environment={"Variables": self.variables()},
        )
        return str(made["FunctionArn"])

    def _tell_of_drops(self, start: str) -> None:
        rule = {"Name": "prefix", "Value": f"{self.settings.bucket_prefix}/inbox/new/"}
        told = {
            "LambdaFunctionArn": start,
            "Events": ["s3:ObjectCreated:*"],
            "Filter": {"Key": {"FilterRules": [rule]}},
        }
        client("s3").put_bucket_notification_configuration(
            Bucket=self.settings.bucket, NotificationConfiguration={"LambdaFunctionConfigurations": [told]}
        )

    def configure(self, name: str, seconds: int | None = None, **variables: str) -> None:
        """Give a function other variables and seconds; without any, those that it had."""
        client("lambda").update_function_configuration(
            FunctionName=f"{self.name}-{name}",
            Timeout=seconds or FUNCTIONS[name],
            Environment={"Variables": {**self.variables(), **variables}},
        )

    def invoke(self, name: str, payload: object) -> Any:
        """What a function answers, as `aws lambda invoke` shows it; raises RuntimeError with what it failed by."""
        answer = client("lambda").invoke(FunctionName=f"{self.name}-{name}", Payload=json.dumps(payload).encode())
        told = json.loads(answer["Payload"].read())
        if "FunctionError" in answer:
            raise RuntimeError(f"{told['errorType']}: {told['errorMessage']}")
        return told

    def start_by_command(self, payload: object, folder: Path) -> str:
        """The ARN of an execution that a person started with the AWS CLI."""
        asked, answer = folder / "asked.json", folder / "answer.json"
        asked.write_text(json.dumps(payload))
        words = ["lambda", "invoke", "--function-name", f"{self.name}-start", "--payload", f"fileb://{asked}"]
        subprocess.run([AWS_CLI, *words, str(answer)], check=True, capture_output=True, timeout=_SECONDS)
        return str(json.loads(answer.read_text())["execution"])

    def start(self, payload: object) -> str:
        """The ARN of an execution that was started by hand."""
        return str(self.invoke("start", payload)["execution"])

    def run(self, payload: object) -> dict[str, Any]:
        """An execution that was started by hand, when it has ended."""
        return self.wait(self.start(payload))

    def wait(self, execution: str, seconds: float = _SECONDS) -> dict[str, Any]:
        """The execution when it has ended."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            described: dict[str, Any] = client("stepfunctions").describe_execution(executionArn=execution)
            if described["status"] in _ENDED:
                return described
            time.sleep(0.2)
        raise TimeoutError(f"{execution} is in {self.states(execution)[-1:]}")

    def executions(self) -> list[str]:
        """The ARNs of all executions."""
        pages = client("stepfunctions").get_paginator("list_executions").paginate(stateMachineArn=self.machine)
        return [execution["executionArn"] for page in pages for execution in page["executions"]]

    def states(self, execution: str) -> list[str]:
        """The states it went through, in order."""
        return [name for name, _ in self.entered(execution)]

    def entered(self, execution: str) -> Iterator[tuple[str, Any]]:
        """The same with when each was entered."""
        history = client("stepfunctions").get_paginator("get_execution_history")
        for page in history.paginate(executionArn=execution):
            for event in page["events"]:
                if "stateEnteredEventDetails" in event:
                    yield event["stateEnteredEventDetails"]["name"], event["timestamp"]
