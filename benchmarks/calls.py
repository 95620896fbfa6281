"""What one execution of the serverless deployment asks of AWS: each function in a process of its own, on ministack.

`python -m benchmarks.calls` prints, for each task of an execution over three months of a household with two years of
data, its seconds from start to end and its calls, as JSON. What ``aws/costs.py`` assumes is from it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, Final

from nubank_assets_tests.fakes.ministack import environment, ministack

_EXECUTION: Final = "arn:aws:states:sa-east-1:123456789012:execution:nubank:monthly-1"
_MONTHS: Final = ["2026-10", "2026-11", "2026-12"]
_BUCKET: Final = "nubank-of-ana"


def _layers(*layers: str) -> dict[str, Any]:
    return {"execution": _EXECUTION, "layers": list(layers), "months": _MONTHS}


#: The tasks of an execution on Lambda in their order: function, payload.
TASKS: Final = [
    ("notify", {"status": "started", "execution": _EXECUTION, "input": {}, "months": []}),
    ("lock", {"action": "acquire", "execution": _EXECUTION}),
    ("collect", {"execution": _EXECUTION, "input": {"from": _MONTHS[0], "to": _MONTHS[-1]}}),
    ("materialize", _layers("raw_transactions")),
    ("materialize", _layers("cleaned_parquet")),
    ("materialize", _layers("categorized_tables")),
    ("catalog", {"action": "update", **_layers("raw_transactions", "cleaned_parquet", "categorized_tables")}),
    ("materialize", _layers("insights")),
    ("catalog", {"action": "update", **_layers("insights")}),
    ("export", _layers("sheets_export")),
    ("lock", {"action": "release", "execution": _EXECUTION}),
    ("notify", {"status": "succeeded", "execution": _EXECUTION, "input": {}, "months": _MONTHS}),
]


def main() -> None:
    """Fill a bucket with a demo and all its tables, then measure an execution."""
    with ministack() as url, tempfile.TemporaryDirectory() as folder:
        os.environ.update(environment(url))
        os.environ.update(_prepare(Path(folder)))
        measured = [{"function": name, **_measured(name, payload)} for name, payload in TASKS]
        print(json.dumps(measured, indent=1))


def _prepare(folder: Path) -> dict[str, str]:
    """A household's two years in S3, run once; the variables of the functions."""
    from nubank_assets.aws.clients import client
    from nubank_assets_tests.fakes.homes import demo_home, import_files, run
    from nubank_assets_tests.fakes.s3_homes import s3_settings

    where = {"LocationConstraint": "sa-east-1"}
    client("s3").create_bucket(Bucket=_BUCKET, CreateBucketConfiguration=where)
    topic = client("sns").create_topic(Name="nubank")["TopicArn"]
    settings = s3_settings(folder / "home", _BUCKET)
    exports = demo_home(folder / "demo", months=24).settings.home / "files" / "exports"
    import_files(settings, [exports], source="demo")
    assert all(outcome.succeeded for outcome in run(settings))
    changes = {"NUBANK_HOME": str(folder / "lambda"), "NUBANK_NOTIFICATIONS": "sns", "NUBANK_SNS_TOPIC": topic}
    return {**settings.environment(), **changes}


def _measured(name: str, payload: dict[str, Any]) -> dict[str, Any]:
    """A function's seconds in a new process, and its calls."""
    began = time.monotonic()
    command = [sys.executable, "-m", "benchmarks.calls", name, json.dumps(payload)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"seconds": round(time.monotonic() - began, 1), **told}


def _run(name: str, payload: str) -> None:
    """Run one function and print what it asked of AWS."""
    from botocore.session import Session

    calls: Counter[str] = Counter()
    made = Session.create_client

    def counting(self: Session, service: str, *args: Any, **kwargs: Any) -> Any:
        client = made(self, service, *args, **kwargs)
        client.meta.events.register("before-call", lambda model, **_: calls.update([f"{service}:{model.name}"]))
        return client

    Session.create_client = counting  # type: ignore[method-assign]
    from nubank_assets.serverless import handlers

    getattr(handlers, name)(json.loads(payload), None)
    # Of this program alone, unlike getrusage, which begins with what started it.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    megabytes = int(peak[1]) // 1024 if peak else None
    print(json.dumps({"megabytes": megabytes, "calls": dict(sorted(calls.items()))}))


if __name__ == "__main__":
    _run(*sys.argv[1:]) if len(sys.argv) > 1 else main()
