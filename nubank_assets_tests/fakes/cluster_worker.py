"""A cluster of one process: JVM Spark that runs steps, one for each line of JSON that it is given.

Run as a program, by an interpreter that has pyspark; whatever else that interpreter has is refused, as a cluster has no
more. The package is found by PYTHONPATH.
"""

import json
import os
import sys
import traceback
from dataclasses import asdict
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from typing import Any, Final

#: All that a cluster has beside Python, and what pyspark brings along.
_ON_CLUSTER = {"pyspark", "py4j", "nubank_assets", "nubank_assets_tests", "dagster_pipes", "__main__", "__mp_main__"}


class _OnlyPySpark(PathFinder):
    """Finds no package that a cluster does not have."""

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        root = fullname.split(".", maxsplit=1)[0]
        is_there = root.startswith("_") or root in _ON_CLUSTER | sys.stdlib_module_names
        return super().find_spec(fullname, path, target) if is_there else None


def _run(session: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """A step's report."""
    from nubank_assets.compute.cluster_step import run_cluster_step
    from nubank_assets.transforms.steps import STEPS, Parameters

    parameters = Parameters(tuple(asked["holder_names"]))
    report = run_cluster_step(session, STEPS[asked["step"]], asked["months"], asked["root"], asked["run"], parameters)
    return report.to_dict()


def _audit(session: Any, asked: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """What audits by these names find in tables that lie in these files, by month."""
    from nubank_assets.compute.audit import run_audits
    from nubank_assets.compute.audits import AUDITS
    from nubank_assets.compute.cluster_frames import read_table
    from nubank_assets.domain.catalog import TABLES

    frames = {name: read_table(session, TABLES[name], [file]).cache() for name, file in asked["files"].items()}
    for name, frame in frames.items():
        frame.createOrReplaceTempView(name)
    audits = [audit for layer in AUDITS.values() for audit in layer if audit.name in asked["audits"]]
    found = run_audits(audits, asked["months"], {}, lambda sql: [row.asDict() for row in session.sql(sql).collect()])
    return {str(month): [asdict(finding) for finding in findings] for month, findings in found.items()}


def _plans(session: Any, asked: dict[str, Any]) -> dict[str, str]:
    """How Spark would make each output of a step."""
    from nubank_assets.compute.cluster_frames import read_table
    from nubank_assets.domain.catalog import TABLES
    from nubank_assets.transforms.steps import STEPS, Parameters

    step, plans = STEPS[asked["step"]], {}
    frames = {name: read_table(session, TABLES[name], [file]) for name, file in asked["files"].items()}
    for name, transform in step.transforms().items():
        made = transform(frames, Parameters())
        plans[name] = made._jdf.queryExecution().executedPlan().toString()
        frames[name] = made.cache()
    return plans


_ANSWERS: Final = {"run": _run, "audit": _audit, "plans": _plans}


def main() -> None:
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter, _OnlyPySpark]
    os.environ["NUBANK_LOCALE"] = "en"
    from pyspark.sql import SparkSession

    from nubank_assets.compute.sessions import MEANING

    builder: Any = SparkSession.builder
    for name, value in {**MEANING, **json.loads(sys.stdin.readline())}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("FATAL")
    print(json.dumps({"version": session.version}), flush=True)
    for line in sys.stdin:
        try:
            name, asked = json.loads(line)
            answer: dict[str, Any] = {"answer": _ANSWERS[name](session, asked)}
        except Exception as error:  # noqa: BLE001 (told to the test, which decides)
            answer = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
