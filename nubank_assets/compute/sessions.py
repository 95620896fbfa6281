"""Sessions of the embedded engines: Sail (no JVM, the default) and JVM Spark in local mode.

One session a process, started when it is first needed and kept: starting costs more than a month's work.
What is computed with it is for ``step.py``.
"""

import atexit
import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

EmbeddedEngine = Literal["sail", "spark"]

#: Each of thousands of expressions would look for the line of code that made it, and for a notebook, first.
_QUICK: Final = {"spark.python.sql.dataFrameDebugging.enabled": "false"}
#: What decides which values come out, on any JVM Spark.
MEANING: Final = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.outputTimestampType": "TIMESTAMP_MICROS",
    "spark.sql.ansi.enabled": "true",
}
#: JVM Spark for small data on one machine: few threads, no adaptive planning, quick start.
_JVM_CONFIG = {
    **MEANING,
    **_QUICK,
    "spark.master": "local[2]",
    "spark.app.name": "nubank_assets",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.driver.extraJavaOptions": "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
}


def open_session(engine: EmbeddedEngine) -> "SparkSession":
    """The process's session of an engine, through dagster-pyspark's resource.

    Raises RuntimeError when the engine cannot start (JVM Spark without Java).
    """
    return _sail_session() if engine == "sail" else _spark_session()


@cache
def _sail_session() -> "SparkSession":
    os.environ.setdefault("RUST_LOG", "error")
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer(ip="127.0.0.1", port=0)
    server.start(background=True)
    atexit.register(server.stop)
    _, port = server.listening_address
    session = _session({"spark.remote": f"sc://127.0.0.1:{port}", "spark.sql.session.timeZone": "UTC", **_QUICK})
    # PySpark clears a cache of ML models when the process ends; Sail has none, and would log an error.
    connected: Any = session
    # The server is in this process: when it is gone, as after Ctrl-C, no later try can reach it.
    connected.client.set_retry_policies([])
    atexit.unregister(connected.client._cleanup_ml_cache)
    return session


@cache
def _spark_session() -> "SparkSession":
    # A process that used Sail leaves this to its children, and PySpark would look for a remote server.
    os.environ.pop("SPARK_CONNECT_MODE_ENABLED", None)
    return _session(_JVM_CONFIG)


def _session(config: dict[str, str]) -> "SparkSession":
    from dagster_pyspark import LazyPySparkResource

    session: SparkSession = LazyPySparkResource(spark_config=config).spark_session
    return session
