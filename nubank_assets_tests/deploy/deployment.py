"""A deployment made by the commands that a person types, with the real AWS CLI, on the AWS of this machine."""

import json
import os
import subprocess
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nubank_assets.aws.clients import client
from nubank_assets.settings import Settings
from nubank_assets_tests.deploy.templates import ROOT
from nubank_assets_tests.fakes.lambdas import Serverless
from nubank_assets_tests.fakes.ministack import ACCOUNT, COMMAND, REGION

#: The Python of the functions' image.
PYTHON: Final = ROOT / ".lambda" / "bin" / "python"


@dataclass(frozen=True)
class Deployment:
    """One by its name; `package` is the code that its functions run."""

    stack: str
    package: Path
    endpoint: str

    @property
    def bucket(self) -> str:
        return f"{self.stack}-{ACCOUNT}-{REGION}"

    @property
    def settings(self) -> Settings:
        """As somebody who looks at its lake needs them."""
        return Settings(deployment="aws", bucket=self.bucket, glue_database=self.stack, secrets_prefix=f"{self.stack}/")

    @property
    def machine(self) -> Serverless:
        """Its state machine, to ask and to wait for."""
        return Serverless(self.settings, self.stack)

    def make(self, target: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        """`make deploy` or `make destroy`. No budget: the AWS of this machine knows none."""
        given = {"STACK": self.stack, "PACKAGE": str(self.package), "BUDGET_USD": "0", **variables}
        return run_make(target, given)

    def write_package(self, prelude: str = "") -> None:
        """A package whose bootstrap starts the image's Python with this checkout; its endpoint is ministack's."""
        lines = ["#!/bin/sh", f"export AWS_ENDPOINT_URL={self.endpoint} AWS_ALLOW_HTTP=true PYTHONPATH={ROOT}", prelude]
        command = f'exec {PYTHON} -m awslambdaric "$_HANDLER"'
        with zipfile.ZipFile(self.package, "w") as archive:
            file = zipfile.ZipInfo("bootstrap")
            file.external_attr = 0o755 << 16
            archive.writestr(file, "\n".join([*lines, command, ""]))

    def drop(self, file: Path) -> None:
        """What `aws s3 cp` does."""
        key = f"nubank/inbox/new/{file.name}"
        client("s3").put_object(Bucket=self.bucket, Key=key, Body=file.read_bytes())

    def wait_for_executions(self, seconds: float = 180) -> list[dict[str, Any]]:
        """All executions when the drop folder is empty and none runs any more, the oldest first."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            ended = [self.machine.wait(arn, seconds) for arn in self.machine.executions()]
            if ended and not self.dropped() and len(ended) == len(self.machine.executions()):
                return sorted(ended, key=lambda execution: execution["startDate"])
            time.sleep(0.5)
        raise TimeoutError(f"still dropped: {self.dropped()}")

    def dropped(self) -> list[str]:
        """The keys in the drop folder."""
        found = client("s3").list_objects_v2(Bucket=self.bucket, Prefix="nubank/inbox/new/")
        return [item["Key"] for item in found.get("Contents", [])]

    def may_read_database(self, *functions: str) -> None:
        """Ministack takes the database that `glue:GetDatabase` names for a table of that name; AWS does not."""
        table = f"arn:aws:glue:{REGION}:{ACCOUNT}:table/{self.stack}"
        policy = {"Effect": "Allow", "Action": "glue:GetDatabase", "Resource": table}
        for name in functions:
            role = client("lambda").get_function_configuration(FunctionName=f"{self.stack}-{name}")["Role"]
            client("iam").put_role_policy(
                RoleName=role.rpartition("/")[2],
                PolicyName="ministack",
                PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [policy]}),
            )


def run_make(target: str, variables: dict[str, str], path: str = "") -> "subprocess.CompletedProcess[str]":
    """A target of the Makefile, with the AWS CLI of the tests in front of any other."""
    environment = {**os.environ, "PATH": path or f"{COMMAND.parent}:{os.environ['PATH']}", **variables}
    command = ["make", "--silent", target]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False)
