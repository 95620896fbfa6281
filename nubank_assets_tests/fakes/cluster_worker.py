"""A cluster of one process: JVM Spark that runs steps, one for each line of JSON that it is given.

Run as a program, by an interpreter that has pyspark; whatever else that interpreter has is refused, as a cluster has no
more. The package is found by PYTHONPATH.
"""

import json
import os
import sys
import traceback
from importlib.machinery import BuiltinImporter, FrozenImporter, PathFinder
from typing import Any

#: All that a cluster has beside Python, and what pyspark brings along.
_ON_CLUSTER = {"pyspark", "py4j", "nubank_assets", "nubank_assets_tests", "dagster_pipes", "__main__", "__mp_main__"}


class _OnlyPySpark(PathFinder):
    """Finds no package that a cluster does not have."""

    @classmethod
    def find_spec(cls, fullname: str, path: Any = None, target: Any = None) -> Any:
        root = fullname.split(".", maxsplit=1)[0]
        is_there = root.startswith("_") or root in _ON_CLUSTER | sys.stdlib_module_names
        return super().find_spec(fullname, path, target) if is_there else None


def _answer(session: Any, asked: dict[str, Any]) -> dict[str, Any]:
    from nubank_assets.compute.cluster_step import run_cluster_step
    from nubank_assets.transforms.steps import STEPS, Parameters

    parameters = Parameters(tuple(asked["holder_names"]))
    report = run_cluster_step(session, STEPS[asked["step"]], asked["months"], asked["root"], asked["run"], parameters)
    return {"report": report.to_dict()}


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
            answer = _answer(session, json.loads(line))
        except Exception as error:  # noqa: BLE001 (told to the test, which decides)
            answer = {"error": f"{type(error).__name__}: {error}", "trace": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
