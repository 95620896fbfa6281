"""A cluster for tests: a process with JVM Spark and nothing else (``cluster_worker.py``), asked by lines of JSON."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from nubank_assets.compute.report import StepReport

ROOT: Final = Path(__file__).parents[2]
#: Hadoop's way to S3, of the Hadoop that pyspark brings: `make .jars/installed`.
JARS: Final = ROOT / ".jars"
#: PySpark of emr-7: `make .spark35/installed`.
SPARK35: Final = ROOT / ".spark35" / "bin" / "python"
_SMALL: Final = {
    "spark.master": "local[2]",
    "spark.ui.enabled": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1500m",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "spark.sql.shuffle.partitions": "3",
    "spark.sql.codegen.wholeStage": "false",
}


#: So many characters of what it logged are told when it dies.
_LOG: Final = 4000


class ClusterError(Exception):
    """What a step raised on the cluster."""


class _EndedError(ClusterError):
    """The process is gone."""


@dataclass(frozen=True)
class Cluster:
    """A cluster that is up; its version of Spark."""

    process: "subprocess.Popen[str]"
    version: str

    def run(
        self, step: str, months: Sequence[str], root: str, run: str = "run", holder_names: Sequence[str] = ()
    ) -> StepReport:
        """Run a step there; raises ClusterError."""
        asked = {"step": step, "months": list(months), "root": root, "run": run, "holder_names": list(holder_names)}
        return StepReport.from_dict(self.ask("run", asked))

    def ask(self, what: str, asked: Mapping[str, Any]) -> Any:
        """Another question of ``cluster_worker.py``; raises ClusterError."""
        told = _ask(self.process, [what, asked])
        if "error" in told:
            raise ClusterError(told["trace"])
        return told["answer"]


@contextmanager
def cluster(settings: Mapping[str, str], python: Path = Path(sys.executable)) -> Iterator[Cluster]:
    """A cluster that lives as long as the block."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    log = tempfile.TemporaryFile("w+")  # noqa: SIM115 (closed below, after the process)
    process = subprocess.Popen(
        [python, Path(__file__).with_name("cluster_worker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        text=True,
        env={**kept, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": str(python), "SPARK_LOCAL_IP": "127.0.0.1"},
    )
    try:
        yield Cluster(process, _ask(process, {**_SMALL, **settings})["version"])
    except _EndedError as error:
        log.seek(0)
        raise ClusterError(f"{error}: {log.read()[-_LOG:]}") from None
    finally:
        assert process.stdin
        process.stdin.close()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        log.close()


def s3_settings(endpoint: str) -> dict[str, str]:
    """What lets Hadoop speak to this endpoint by `s3://`; nothing is tried twice for long."""
    options = {
        "endpoint": endpoint,
        "endpoint.region": "sa-east-1",
        "path.style.access": "true",
        "connection.ssl.enabled": "false",
        "access.key": "123456789012",
        "secret.key": "testing",
        "attempts.maximum": "1",
        "retry.limit": "0",
    }
    return {
        "spark.driver.extraClassPath": str(JARS / "jars" / "*"),
        "spark.hadoop.fs.s3.impl": "org.apache.hadoop.fs.s3a.S3AFileSystem",
        **{f"spark.hadoop.fs.s3a.{name}": value for name, value in options.items()},
    }


def _ask(process: "subprocess.Popen[str]", asked: Any) -> dict[str, Any]:
    assert process.stdin
    assert process.stdout
    process.stdin.write(json.dumps(asked) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise _EndedError(f"the process ended with {process.wait(30)}")
    answer: dict[str, Any] = json.loads(line)
    return answer
